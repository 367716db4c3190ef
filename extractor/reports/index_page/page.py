"""One page over all documents of a batch: those with most findings first, every finding ranked, and links to each.

Text of a document is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape
from urllib.parse import quote

from msgspec import Struct

from extractor.messages import Lang, render, speak
from extractor.model import Check, Notice, Result
from extractor.reports.index_page.numbers import VIEWS, Numbers, write_numbers
from extractor.reports.markup import escape_text, read_asset, write_head, write_options, write_tail
from extractor.reports.printable import printable
from extractor.reports.standing import Mistake, list_mistakes
from extractor.reports.terminal.findings import get_phrase

SCRIPTS = ("index_page/head.js", "index_page/numbers.js", "index_page/page.js")
SEVERITIES = ("error", "warning")
STANDINGS = ("verified", "contradicted", "unverified")
# So many findings of a document are listed under it, and so many over all; of the others the page gives the number.
LISTED, RANKED = 50, 1_000
# What stands in the name of a report's file: letters and digits of the title, and so many digits of the key.
UNSAFE = re.compile(r"[^\w-]+")
LONGEST, SHORT = 50, 12


class Finding(Struct, frozen=True):
    """A finding as the page tells it, by its first check; ``weight`` is its gap as a part of the larger number."""

    check: str
    severity: str
    said: str
    weight: Decimal


class Row(Struct, frozen=True):
    """What the page tells of one document; its findings with the worst first."""

    key: str
    paths: tuple[str, ...]
    title: str
    entity: str
    year: str
    claims: tuple[int, int, int]
    findings: tuple[Finding, ...]

    def count(self, severity: str) -> int:
        """How many of its findings are of this severity."""
        return sum(found.severity == severity for found in self.findings)

    def link(self, finding: Finding | None = None) -> str:
        """Where its report is, and the finding in it."""
        return quote(self.page) + (f"#{quote(finding.check)}" if finding else "")

    @property
    def page(self) -> str:
        """The file of its report: its title, as far as a file may be called so, and the beginning of the key."""
        return f"{UNSAFE.sub('_', self.title)[:LONGEST].strip('_')}-{self.key[:SHORT]}.html"


def make_row(key: str, paths: Sequence[str], result: Result, lang: Lang) -> Row:
    """What is kept of a result once its own report is written."""
    info, found = result.document, result.verification
    told = tuple(_make_finding(mistake, lang) for mistake in list_mistakes(result))
    standing = len(found.verified), len(found.contradicted), len(found.unverified)
    year = "" if info.year is None else str(info.year)
    title = printable(info.title or info.name)
    return Row(key, tuple(paths), title, printable(info.entity or ""), year, standing, told)


def _make_finding(mistake: Mistake, lang: Lang) -> Finding:
    said = printable(speak(mistake.message, lang))
    return Finding(mistake.checks[0].id, mistake.severity, said, max(map(weigh, mistake.checks)))


def weigh(check: Check) -> Decimal:
    """The gap between what is stated and what is computed as a part of the larger; 0 where there are no two numbers."""
    if check.stated is None or check.computed is None:
        return Decimal(0)
    stated, computed = Decimal(check.stated), Decimal(check.computed)
    most = max(abs(stated), abs(computed))
    return abs(stated - computed) / most if most else Decimal(0)


def encode(rows: Sequence[Row], failed: Sequence[str], lang: Lang, numbers: Numbers | None = None) -> bytes:
    """The page in UTF-8; ``failed`` are sentences about what could not be read, ``numbers`` what the database has."""
    ordered = sorted(rows, key=lambda one: (-one.count("error"), -one.count("warning"), one.title, one.key))
    return "\n".join(_write_page(ordered, failed, lang, numbers)).encode()


def rank_findings(rows: Sequence[Row]) -> list[tuple[Row, Finding]]:
    """Every finding with its document: errors first, and the widest gaps among those of one severity."""
    found = ((one, finding) for one in rows for finding in one.findings)
    return sorted(found, key=lambda pair: (SEVERITIES.index(pair[1].severity), -pair[1].weight))


def _get_phrase(name: str, lang: Lang, **facts: str | int) -> str:
    return escape(render(Notice(f"batch_report.{name}", facts), lang))


def _write_page(rows: Sequence[Row], failed: Sequence[str], lang: Lang, numbers: Numbers | None) -> Iterator[str]:
    script, title = "".join(map(read_asset, SCRIPTS)), _get_phrase("title", lang)
    yield from write_head(title, read_asset("index_page/page.css"), lang, script)
    yield f"<header><h1>{title}</h1>{_write_figures(rows, lang)}</header>"
    yield from _write_filters(rows, lang, numbers)
    yield "<main>"
    yield from _write_documents(rows, lang)
    yield from _write_ranked(rows, lang)
    if numbers:
        yield from write_numbers(numbers, {one.key: one.link() for one in rows}, lang)
    yield f'<p id="none" class="more" hidden>{_get_phrase("none", lang)}</p>'
    if failed:
        yield f'<details class="failed"><summary>{_get_phrase("failed", lang, count=len(failed))}</summary><ul>'
        yield from (f"<li>{escape_text(words)}</li>" for words in failed)
        yield "</ul></details>"
    yield f"</main>\n{write_tail(script)}"


def _write_figures(rows: Sequence[Row], lang: Lang) -> str:
    counts = {f"{severity}s": sum(one.count(severity) for one in rows) for severity in SEVERITIES}
    figures = [
        f'<li class="{name.rstrip("s")}"><b>{count:,}</b>{_get_phrase(name, lang)}</li>'
        for name, count in {"documents": len(rows), **counts}.items()
    ]
    return f'<ul class="figures">{"".join(figures)}</ul>'


def _write_filters(rows: Sequence[Row], lang: Lang, numbers: Numbers | None) -> Iterator[str]:
    """The views, lists for the entity, the year and the severity, and a field to search in."""
    views = {"documents": len(rows), "findings": sum(len(one.findings) for one in rows)}
    buttons = [
        f'<button type="button" data-view="{name}" aria-pressed="{str(not at).lower()}">'
        f"{_get_phrase(f'by-{name}', lang)} {count:,}</button>"
        for at, (name, count) in enumerate(views.items())
    ]
    for name in VIEWS if numbers else ():
        buttons.append(
            f'<button type="button" data-view="{name}" aria-pressed="false">{_get_phrase(f"by-{name}", lang)}</button>'
        )
    every = _get_phrase("every", lang)
    yield f'<form role="search"><div class="views">{"".join(buttons)}</div>'
    for name in ("entity", "year"):
        values = sorted({getattr(one, name) for one in rows} - {""})
        yield f'<label>{_get_phrase(name, lang)} <select name="{name}">{write_options(values, every)}</select></label>'
    severities = "".join(f'<option value="{name}">{_name_severity(name, lang)}</option>' for name in SEVERITIES)
    chosen = f'<select name="severity"><option value="">{every}</option>{severities}</select>'
    yield f"<label>{_get_phrase('severity', lang)} {chosen}</label>"
    yield f'<label>{_get_phrase("search", lang)} <input type="search" name="words"></label>'
    yield '<output aria-live="polite"></output></form>'


def _name_severity(name: str, lang: Lang) -> str:
    return escape(get_phrase(f"severity.{name}", lang))


def _write_badge(finding: Finding, lang: Lang) -> str:
    return f'<b class="badge {finding.severity}">{_name_severity(finding.severity, lang)}</b>'


# ── by document ──


def _write_documents(rows: Sequence[Row], lang: Lang) -> Iterator[str]:
    numbers = {"errors", "warnings", *STANDINGS}
    yield '<section id="documents"><table>\n<thead><tr>'
    for name in ("errors", "warnings", "document", "entity", "year", *STANDINGS):
        look = ' class="number"' if name in numbers else ""
        yield f'<th scope="col"{look}>{_get_phrase(name, lang)}</th>'
    yield "</tr></thead>\n<tbody>"
    for one in rows:
        severities = " ".join(name for name in SEVERITIES if one.count(name))
        yield f'<tr {_write_facts(one)} data-severity="{severities}">{"".join(_write_cells(one, lang))}</tr>'
    yield "</tbody>\n</table></section>"


def _write_facts(one: Row) -> str:
    return f'data-entity="{escape_text(one.entity)}" data-year="{escape_text(one.year)}"'


def _write_cells(one: Row, lang: Lang) -> Iterator[str]:
    for severity in SEVERITIES:
        count = one.count(severity)
        shown = f'<b class="badge {severity}">{count:,}</b>' if count else '<span class="none">0</span>'
        yield f'<td class="number" data-name="{_get_phrase(f"{severity}s", lang)}">{shown}</td>'
    files = "".join(f"<small>{escape_text(path)}</small>" for path in one.paths)
    listed = "".join(_write_findings(one, lang))
    yield f'<td class="document"><a href="{one.link()}">{escape_text(one.title)}</a>{files}{listed}</td>'
    yield f'<td class="entity">{escape_text(one.entity)}</td><td class="year">{escape_text(one.year)}</td>'
    for name, count in zip(STANDINGS, one.claims, strict=True):
        yield f'<td class="number" data-name="{_get_phrase(name, lang)}">{count:,}</td>'


def _write_findings(one: Row, lang: Lang) -> Iterator[str]:
    if not one.findings:
        return
    yield f"<details><summary>{_get_phrase('findings', lang, count=len(one.findings))}</summary><ul>"
    for finding in one.findings[:LISTED]:
        link = f'<a href="{one.link(finding)}">{escape_text(finding.said)}</a>'
        yield f"<li>{_write_badge(finding, lang)}{link}</li>"
    if (left := len(one.findings) - LISTED) > 0:
        yield f'<li class="more">{_get_phrase("more", lang, count=left)}</li>'
    yield "</ul></details>"


# ── by finding ──


def _write_ranked(rows: Sequence[Row], lang: Lang) -> Iterator[str]:
    found = rank_findings(rows)
    yield f'<section id="findings"><h2>{_get_phrase("ranked", lang)}</h2><ol class="ranked">'
    for one, finding in found[:RANKED]:
        facts = " · ".join(escape_text(fact) for fact in dict.fromkeys((one.title, one.entity, one.year)) if fact)
        link = f'<a href="{one.link(finding)}">{escape_text(finding.said)}</a>'
        yield (
            f'<li {_write_facts(one)} data-severity="{finding.severity}">{_write_badge(finding, lang)}'
            f"<div>{link}<small>{facts}</small></div></li>"
        )
    yield "</ol>"
    if (left := len(found) - RANKED) > 0:
        yield f'<p class="more">{_get_phrase("more-ranked", lang, count=left)}</p>'
    yield "</section>"
