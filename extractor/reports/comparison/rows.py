"""A comparison as rows: one for each pair and for each claim of one side only, in the order of the left side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec
from msgspec import Struct

from extractor.messages import Lang, render, speak
from extractor.model import Claim, Diff, Notice, Pair, Side, SideClaim
from extractor.reports.comparison.sentences import Piece, cut_sentence, cut_sentences, write_plain
from extractor.reports.printable import printable

RELATIONS = (
    "different", "contained", "different_period", "derived", "combined", "truncated", "rounded", "equal_converted",
    "equal", "only_left", "only_right",
)  # fmt: skip
"""What a row can be, the most telling first."""
FRONT = ("number", "relation", "metric")
SIDE = (
    "raw", "value", "unit", "base_value", "base_unit", "direction", "period", "section", "page", "id", "sentence",
)  # fmt: skip
BACK = ("difference", "rate", "similarity", "message")
Cell = str | Decimal | None


class Row(Struct, frozen=True):
    """One line of a comparison; a side is empty, and there is no pair, where the claim stands on the other one only."""

    relation: str
    left: tuple[SideClaim, ...]
    right: tuple[SideClaim, ...]
    metric: str | None
    pair: Pair | None = None


def list_sentences(
    left: Sequence[SideClaim], right: Sequence[SideClaim]
) -> tuple[list[list[Piece]], list[list[Piece]]]:
    """The sentence of each claim of two sides that are of one thing, with what the other side has not marked."""
    if not (left and right):
        return [*map(cut_sentence, left)], [*map(cut_sentence, right)]
    first = [cut_sentences(claim, right[0])[0] for claim in left]
    return first, [cut_sentences(left[0], claim)[1] for claim in right]


def get_phrase(name: str, lang: Lang, **facts: str | int) -> str:
    """The word or phrase of this name in ``messages/diff_files``."""
    return render(Notice(f"diff_files.{name}", facts), lang)


def list_rows(diff: Diff) -> list[Row]:
    """Every pair and every single claim; what stands on the right only comes behind what it follows there."""
    lefts, rights = _place_claims(diff.left), _place_claims(diff.right)
    placed: list[tuple[int, int, Row]] = []
    follows: dict[int, int] = {}
    for pair in diff.pairs:
        one, two = [lefts[found] for found in _list_ids(pair.left)], [rights[found] for found in _list_ids(pair.right)]
        at = min(place for place, _ in one)
        follows |= {place: at for place, _ in two}
        sides = tuple(claim for _, claim in one), tuple(claim for _, claim in two)
        placed.append((at, -1, Row(pair.relation, *sides, pair.metric, pair)))
    for at, claim in (lefts[found] for found in diff.only_left):
        placed.append((at, -1, Row("only_left", (claim,), (), claim.metric)))
    placed += _place_unpaired(sorted(rights[found][0] for found in diff.only_right), follows, diff.right.claims)
    rows = [row for *_, row in sorted(placed, key=lambda place: place[:2])]
    return sorted(rows, key=weigh_row) if diff.comparison == "year" else rows


def weigh_row(row: Row) -> tuple[bool, Decimal]:
    """What rows of two years are ordered by: contradictions, then the largest rates of change."""
    return row.relation != "different", weigh_pair(row.pair)


def weigh_pair(pair: Pair | None) -> Decimal:
    """How little a number changed: the largest changes first, what has no rate last."""
    return -abs(Decimal(pair.rate)) if pair and pair.rate else Decimal(1)


def _place_claims(side: Side) -> dict[str, tuple[int, SideClaim]]:
    """The claims of a side and their places in its order, by id."""
    return {claim.id: (at, claim) for at, claim in enumerate(side.claims)}


def _list_ids(ids: str | Sequence[str]) -> Sequence[str]:
    return [ids] if isinstance(ids, str) else ids


def _place_unpaired(
    places: Iterable[int], follows: dict[int, int], claims: Sequence[SideClaim]
) -> Iterable[tuple[int, int, Row]]:
    """Rows for claims of the right side only, placed behind the pair in front of each."""
    paired, behind, at = sorted(follows), -1, 0
    for place in places:
        while at < len(paired) and paired[at] < place:
            behind, at = follows[paired[at]], at + 1
        yield behind, place, Row("only_right", (), (claims[place],), claims[place].metric)


def name_kind(diff: Diff, lang: Lang) -> str:
    """What the sides are to each other, and what that was told by."""
    facts = {"kind": render(Notice(f"kinds.kind-{diff.comparison}"), lang), "why": speak(diff.why, lang)}
    return printable(get_phrase("kind", lang, **facts))


def name_part(diff: Diff, side: Side, lang: Lang) -> str | None:
    """The part of the document that a side is: its heading, the body beside a part of the same file, else None."""
    one = diff.left.document.sha256 == diff.right.document.sha256 and diff.left.part != diff.right.part
    return side.part or (get_phrase("body", lang) if one else None)


def name_columns(lang: Lang) -> list[str]:
    """The names of the columns of ``cells``."""
    front, side, back = ([get_phrase(name, lang) for name in names] for names in (FRONT, SIDE, BACK))
    left = [get_phrase("left-column", lang, column=name) for name in side]
    right = [get_phrase("right-column", lang, column=name) for name in side]
    return [*front, *left, *right, *back]


def fill_cells(number: int, row: Row, lang: Lang) -> list[Cell]:
    """The row as cells: numbers as ``Decimal``, text on one line and safe to show."""
    front: list[Cell] = [Decimal(number), get_phrase(f"relation.{row.relation}", lang), printable(row.metric or "")]
    similarity = None if row.pair is None else Decimal(str(row.pair.similarity))
    left, right = map(join_sentences, list_sentences(row.left, row.right))
    sides = [*_fill_side(row.left, lang), left, *_fill_side(row.right, lang), right]
    rate = None if row.pair is None or row.pair.rate is None else Decimal(row.pair.rate)
    return [*front, *sides, subtract(row), rate, similarity, say_pair(row, lang) + explain_similarity(row, lang)]


def _fill_side(claims: Sequence[Claim], lang: Lang) -> list[Cell]:
    units = {find_unit(claim) for claim in claims}
    values = [None if claim.value_high else claim.value for claim in claims]
    return [
        join_raw(claims),
        add_up(values) if len(units) == 1 else None,
        _list_words(find_unit(claim) for claim in claims),
        sum_base(claims),
        _list_words(claim.base_unit for claim in claims),
        _list_words(get_phrase(f"direction.{claim.direction}", lang) for claim in claims if claim.direction),
        _list_words(claim.period.text for claim in claims if claim.period),
        _list_words(name_place(claim) for claim in claims),
        next((Decimal(claim.page) for claim in claims if claim.page is not None), None),
        _list_words(claim.id for claim in claims),
    ]


def join_sentences(sentences: Sequence[Sequence[Piece]]) -> str:
    """The sentences of a side with signs for what is marked, each once."""
    return " / ".join(dict.fromkeys(map(write_plain, sentences)))


def join_raw(claims: Sequence[Claim]) -> str:
    """The numbers of a side as written; several are added: ``6700元 + 7700元``."""
    return " + ".join(printable(claim.raw) for claim in claims)


def draw_arrow(claim: Claim) -> str:
    """The direction of a change as a sign in front of its number."""
    return {"increase": "↑ ", "decrease": "↓ ", "flat": "→ ", None: ""}[claim.direction]


def find_unit(claim: Claim) -> str:
    """The unit that is written, else the one that is stated elsewhere."""
    return claim.unit or claim.unit_implied or ""


def name_place(claim: Claim) -> str:
    """The headings a claim stands under, from the top down."""
    return " › ".join(printable(heading) for heading in claim.path)


def sum_base(claims: Sequence[Claim]) -> Decimal | None:
    """The number of a side in the base unit; None for a range and where a number has none."""
    if len({claim.base_unit for claim in claims}) != 1:
        return None
    return add_up([None if claim.value_high else claim.base_value for claim in claims])


def subtract(row: Row) -> Decimal | None:
    """By how much the right side's number is larger, in the base unit that both share."""
    left, right = sum_base(row.left), sum_base(row.right)
    if left is None or right is None or _name_measure(row.left[0]) != _name_measure(row.right[0]):
        return None
    return right - left


def _name_measure(claim: Claim) -> tuple[str, str]:
    """What numbers must have in common for one to be taken off the other: a change is no level."""
    return claim.base_unit, claim.kind


def say_pair(row: Row, lang: Lang) -> str:
    """What there is to say about a pair in the reader's language."""
    return printable(speak(row.pair.message, lang)) if row.pair else ""


def explain_similarity(row: Row, lang: Lang) -> str:
    """What the similarity of a pair is made up of, in brackets behind what there is to say."""
    if row.pair is None:
        return ""
    parts = {"score": row.pair.similarity, **msgspec.structs.asdict(row.pair.likeness)}
    return get_phrase("similarity-parts", lang, **{name: f"{value:.2f}" for name, value in parts.items()})


def add_up(values: Sequence[str | None]) -> Decimal | None:
    """The exact sum; None if a number is missing or there is none.

    >>> add_up(["6700", "7700"])
    Decimal('14400')
    """
    known = [Decimal(value) for value in values if value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(values) else None


def _list_words(words: Iterable[str]) -> str:
    """Different words, each once, in the order of the text."""
    return "; ".join(dict.fromkeys(printable(word) for word in words if word))
