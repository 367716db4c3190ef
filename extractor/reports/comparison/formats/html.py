"""A comparison as one page: both sides in columns, pairs linked; nothing is loaded, and its own script alone runs.

The policy of the page allows its own styles and script and no more; text of a document is escaped, and characters that
do not show are written out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape

from extractor.messages import Lang
from extractor.model import Diff, SideClaim
from extractor.reports.comparison.beside import NOTHING, Beside
from extractor.reports.comparison.colours import DARK, LIGHT, SIGNS, Colours
from extractor.reports.comparison.judging import describe_judging, name_pair
from extractor.reports.comparison.rows import (
    RELATIONS,
    Row,
    draw_arrow,
    explain_similarity,
    get_phrase,
    join_raw,
    list_rows,
    list_sentences,
    name_kind,
    name_part,
    name_place,
    say_pair,
)
from extractor.reports.comparison.sections import (
    write_cells,
    write_changes,
    write_findings,
    write_page_link,
    write_pictures,
    write_sentence,
)
from extractor.reports.comparison.sentences import Piece
from extractor.reports.markup import embed, escape_text, read_asset, write_head, write_tail

# What is not shown at first where there are pairs: what stands on one side alone, and where there are differences, what
# is equal.
ALONE = ("only_left", "only_right")
SCRIPTS = ("comparison/page.js", "comparison/judging.js", "comparison/sheets.js")
ORDERS = ("place", "weight")


def encode(diffs: Sequence[Diff], lang: Lang, beside: Beside = NOTHING) -> list[bytes]:
    """A page for each diff, in UTF-8."""
    return ["\n".join(_write_page(diff, list_rows(diff), lang, beside)).encode() for diff in diffs]


def _get_phrase(name: str, lang: Lang, **facts: str | int) -> str:
    return escape(get_phrase(name, lang, **facts))


def _write_page(diff: Diff, found: Sequence[Row], lang: Lang, beside: Beside) -> Iterator[str]:
    script = "".join(map(read_asset, SCRIPTS))
    left, right = _name_sides(diff, lang)
    title = escape_text(get_phrase("title", lang, left=left, right=right))
    yield from write_head(title, _write_styles(), lang, script, images=any(beside.pictures.pages))
    kind = f"{_get_phrase('as', lang)} {escape_text(name_kind(diff, lang))}"
    yield f"<header><h1>{title}</h1><p>{kind}</p></header>\n<main>"
    yield _write_tools(lang)
    yield from _write_legend(found, lang)
    yield from _write_contradictions(found, lang)
    yield from write_cells(diff, lang, beside)
    yield from write_changes(diff, lang, beside)
    yield from write_findings(diff, lang)
    yield from _write_table(diff, found, lang, beside)
    yield "</main>"
    data = describe_judging(diff, beside.decisions, lang) | {"pages": beside.pictures.pages}
    yield f'<script type="application/json" id="data">{embed(data)}</script>'
    yield write_tail(script)


def _write_tools(lang: Lang) -> str:
    """What finds and orders: a search, the order of the rows, and the way to the next difference."""
    orders = "".join(f'<option value="{name}">{_get_phrase(f"order.{name}", lang)}</option>' for name in ORDERS)
    find, order, following, before = (_get_phrase(name, lang) for name in ("search", "order", "next", "previous"))
    return (
        f'<form class="tools"><input type="search" name="words" aria-label="{find}" placeholder="{find}">'
        f'<select name="order" aria-label="{order}">{orders}</select>'
        f'<span class="steps"><button type="button" name="previous" aria-label="{before}">‹</button>'
        f'<span id="step" role="status"></span><button type="button" name="next">{following}</button></span></form>'
    )


def _name_sides(diff: Diff, lang: Lang) -> list[str]:
    """What the sides are called: their titles, where these differ, else the files' names; and their parts."""
    sides = diff.left, diff.right
    alike = sides[0].document.title == sides[1].document.title and sides[0].document.name != sides[1].document.name
    titles = [None if alike else side.document.title for side in sides]
    parts = [name_part(diff, side, lang) for side in sides]
    documents = [title or side.document.name for title, side in zip(titles, sides, strict=True)]
    return [
        get_phrase("side", lang, document=document, part=of) if of else document
        for document, of in zip(documents, parts, strict=True)
    ]


def _write_styles() -> str:
    """The style sheet with the colours of the relations, and the rules that hide what is not to be shown."""
    sheet = read_asset("comparison/page.css")
    hidden = "".join(
        f"body:has(#show-{name}:not(:checked)) tr.{name}:not(.open) {{ display: none; }}\n" for name in RELATIONS
    )
    return f"{sheet}{_write_colours(LIGHT)}@media (prefers-color-scheme: dark) {{\n{_write_colours(DARK)}}}\n{hidden}"


def _write_colours(colours: Colours) -> str:
    rules = (f".{name} {{ --r-ink: {ink}; --r-ground: {ground}; }}\n" for name, (ink, ground) in colours.items())
    return "".join(rules)


def _write_badge(relation: str, lang: Lang) -> str:
    return f'<span aria-hidden="true">{SIGNS[relation]}</span> {_get_phrase(f"relation.{relation}", lang)}'


def _write_legend(found: Sequence[Row], lang: Lang) -> Iterator[str]:
    """The relations that occur with their counts; each can be hidden, and what has no counterpart is at first."""
    counts = Counter(row.relation for row in found)
    folded = list_folded(found)
    yield f"<fieldset><legend>{_get_phrase('show', lang)}</legend>"
    for name in (name for name in RELATIONS if counts[name]):
        checked = "" if name in folded else " checked"
        box = f'<input type="checkbox" id="show-{name}"{checked}>'
        yield f'<label class="{name}">{box} {_write_badge(name, lang)} {counts[name]}</label>'
    yield "</fieldset>"


def list_folded(found: Sequence[Row]) -> tuple[str, ...]:
    """The relations whose rows are not shown at first."""
    if not any(row.left and row.right for row in found):
        return ()
    return (*ALONE, "equal") if any(row.relation not in (*ALONE, "equal") for row in found) else ALONE


def weigh(row: Row) -> str:
    """How much a row differs: by the rate of its change, what has none behind those."""
    rate = row.pair.rate if row.pair else None
    return "-1" if rate is None else format(abs(Decimal(rate)), "f")


def _write_contradictions(found: Sequence[Row], lang: Lang) -> Iterator[str]:
    """Links to the rows that differ."""
    differing = [(at, row) for at, row in enumerate(found, 1) if row.relation == "different"]
    if not any(row.left and row.right for row in found):
        yield f"<p>{_get_phrase('no-pairs', lang)}</p>"
    elif not differing:
        yield f"<p>{_get_phrase('no-contradictions', lang)}</p>"
    else:
        yield f'<h2>{_get_phrase("contradictions", lang, count=len(differing))}</h2>\n<ol class="contradictions">'
        for at, row in differing:
            sides = (draw_arrow(side[0]) + escape_text(join_raw(side)) for side in (row.left, row.right))
            numbers = " ≠ ".join(f'<span class="whole">{side}</span>' for side in sides)
            yield f'<li><a href="#r{at}">{escape_text(row.metric or "")} {numbers}</a></li>'
        yield "</ol>"


def _write_table(diff: Diff, found: Sequence[Row], lang: Lang, beside: Beside) -> Iterator[str]:
    sides = [
        f'<th scope="col" role="columnheader">{_get_phrase(name, lang)}<br><small>{escape_text(called)} · '
        f"{_get_phrase('counted', lang, count=len(side.claims))}</small></th>"
        for name, side, called in zip(("left", "right"), (diff.left, diff.right), _name_sides(diff, lang), strict=True)
    ]
    middle = f'<th scope="col" role="columnheader">{_get_phrase("relation", lang)}</th>'
    yield f"<h2>{_get_phrase('comparison', lang)}</h2>"
    yield f'<table role="table">\n<thead role="rowgroup"><tr role="row">{sides[0]}{middle}{sides[1]}</tr></thead>'
    yield '<tbody role="rowgroup">'
    for at, row in enumerate(found, 1):
        name = name_pair(row.pair) if row.pair else None
        key = f' data-key="{escape(name)}"' if name else ""
        yield f'<tr id="r{at}" role="row" class="{row.relation}" data-weight="{weigh(row)}"{key}>'
        told = list_sentences(row.left, row.right)
        written = (
            _write_claims(row.left, told[0], "left", beside.links[0], lang),
            _write_claims(row.right, told[1], "right", beside.links[1], lang),
        )
        yield _write_link(row, lang, beside).join(written)
        yield "</tr>"
    yield "</tbody>\n</table>"


def _write_claims(
    claims: Sequence[SideClaim], sentences: Sequence[Sequence[Piece]], side: str, link: str | None, lang: Lang
) -> str:
    """One side of a row."""
    marks = f'role="cell" data-side="{_get_phrase(side, lang)}"'
    if not claims:
        return f'<td class="side empty" {marks}>{_get_phrase("none", lang)}</td>'
    written = (_write_claim(claim, pieces, link, lang) for claim, pieces in zip(claims, sentences, strict=True))
    return f'<td class="side" {marks}>{"".join(written)}</td>'


def _write_claim(claim: SideClaim, sentence: Sequence[Piece], link: str | None, lang: Lang) -> str:
    """A number with what it is of, its sentence, and where it stands."""
    facts = (escape_text(claim.period.text if claim.period else ""), escape_text(name_place(claim)))
    where = " · ".join(filter(None, (facts[0], write_page_link(claim.page, link, lang), facts[1])))
    number = f"<b>{draw_arrow(claim)}{escape_text(claim.raw)}</b>"
    told = f'<p class="sentence">{write_sentence(sentence)}</p>'
    return f'<div class="claim">{number} {escape_text(claim.metric or "")}{told}<small>{where}</small></div>'


def _write_link(row: Row, lang: Lang, beside: Beside) -> str:
    """What joins the two sides: the relation, and what is said about it."""
    told = (
        f'<small title="{escape_text(explain_similarity(row, lang))}">{escape_text(say_pair(row, lang))}</small>'
        if row.pair
        else ""
    )
    marks = [beside.pictures.mark_claims(0, row.left), beside.pictures.mark_claims(1, row.right)]
    shown = write_pictures(marks, lang) if row.pair else ""
    return (
        f'<td class="link" role="cell"><span class="badge">{_write_badge(row.relation, lang)}</span>{told}{shown}</td>'
    )
