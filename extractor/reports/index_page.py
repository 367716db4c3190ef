"""One page over all documents of a batch: those with most findings first, filters, and a link to each report.

The page loads nothing; its policy names its own script by its hash and allows no other. Text of a document is escaped.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from msgspec import Struct

from extractor.messages import Lang, render
from extractor.model import Notice, Result
from extractor.reports.findings import findings, named
from extractor.reports.printable import printable
from extractor.reports.standing import said

CODES = {"zh": "zh-CN", "en": "en"}
FILTERS = ("entity", "year")
STANDINGS = ("verified", "contradicted", "unverified")
# So many findings of a document are listed; of the others the page gives the number.
LISTED = 50


class Row(Struct, frozen=True):
    """What the page tells of one document; ``findings`` are pairs of a severity and a sentence, the worst first."""

    key: str
    paths: tuple[str, ...]
    title: str
    entity: str
    year: str
    claims: tuple[int, int, int]
    findings: tuple[tuple[str, str], ...]

    def count(self, severity: str) -> int:
        """How many of its findings are of this severity."""
        return sum(found == severity for found, _ in self.findings)


def row(key: str, paths: Sequence[str], result: Result, lang: Lang) -> Row:
    """What is kept of a result once its own report is written."""
    info, found = result.document, result.verification
    told = tuple((check.severity or "info", said(check, lang)) for check in findings(result))
    standing = len(found.verified), len(found.contradicted), len(found.unverified)
    year = "" if info.year is None else str(info.year)
    title = printable(info.title or info.name)
    return Row(key, tuple(paths), title, printable(info.entity or ""), year, standing, told)


def data(rows: Sequence[Row], failed: Sequence[str], lang: Lang) -> bytes:
    """The page in UTF-8; ``failed`` are sentences about what could not be read."""
    ranked = sorted(rows, key=lambda one: (-one.count("error"), -one.count("warning"), one.title, one.key))
    return "\n".join(_page(ranked, failed, lang)).encode()


def text(words: str) -> str:
    r"""Text of a document as text of the page.

    >>> text('<b title="x">\u202e')
    '&lt;b title=&quot;x&quot;&gt;\\u202e'
    """
    return escape(printable(words))


def _word(name: str, lang: Lang, **facts: str | int) -> str:
    return escape(render(Notice(f"batch_report.{name}", facts), lang))


def _asset(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _policy(script: str) -> str:
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"


def _page(rows: Sequence[Row], failed: Sequence[str], lang: Lang) -> Iterator[str]:
    script, title = _asset("index_page.js"), _word("title", lang)
    yield f'<!DOCTYPE html>\n<html lang="{CODES[lang]}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_policy(script)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>\n{_asset('index_page.css')}</style>\n</head>\n<body>\n<h1>{title}</h1>"
    yield f"<p>{_summary(rows, lang)}</p>"
    yield from _filters(rows, lang)
    yield from _table(rows, lang)
    if failed:
        yield f"<details class=failed><summary>{_word('failed', lang, count=len(failed))}</summary><ul>"
        yield from (f"<li>{text(words)}</li>" for words in failed)
        yield "</ul></details>"
    yield f"<script>{script}</script>\n</body>\n</html>\n"


def _summary(rows: Sequence[Row], lang: Lang) -> str:
    counts = Counter(severity for one in rows for severity, _ in one.findings)
    facts = {"documents": len(rows), "errors": counts["error"], "warnings": counts["warning"]}
    return _word("summary", lang, **facts)


def _filters(rows: Sequence[Row], lang: Lang) -> Iterator[str]:
    """A list for the entity and one for the year, and a field to search in."""
    yield '<form role="search">'
    for name in FILTERS:
        values = sorted({getattr(one, name) for one in rows} - {""})
        options = "".join(f'<option value="{text(value)}">{text(value)}</option>' for value in values)
        everything = f'<option value="">{_word("every", lang)}</option>'
        yield f'<label>{_word(name, lang)} <select name="{name}">{everything}{options}</select></label>'
    yield f'<label>{_word("search", lang)} <input type="search" name="words"></label>'
    yield f'<output aria-live="polite" data-of="{len(rows)}">{len(rows)} / {len(rows)}</output></form>'


def _table(rows: Sequence[Row], lang: Lang) -> Iterator[str]:
    heads = ("errors", "warnings", "document", "entity", "year", *STANDINGS)
    yield "<table>\n<thead><tr>"
    yield "".join(f'<th scope="col">{_word(head, lang)}</th>' for head in heads) + "</tr></thead>\n<tbody>"
    for one in rows:
        yield f'<tr data-entity="{text(one.entity)}" data-year="{text(one.year)}">{"".join(_cells(one, lang))}</tr>'
    yield "</tbody>\n</table>"


def _cells(one: Row, lang: Lang) -> Iterator[str]:
    for severity in ("error", "warning"):
        count = one.count(severity)
        look = f"number {severity}" if count else "number"
        yield f'<td class="{look}" data-name="{_word(f"{severity}s", lang)}">{count}</td>'
    files = "".join(f"<small>{text(path)}</small>" for path in one.paths)
    yield f'<td><a href="{one.key}.html">{text(one.title)}</a>{files}{"".join(_findings(one, lang))}</td>'
    yield f"<td>{text(one.entity)}</td><td>{text(one.year)}</td>"
    for name, count in zip(STANDINGS, one.claims, strict=True):
        yield f'<td class="number" data-name="{_word(name, lang)}">{count}</td>'


def _findings(one: Row, lang: Lang) -> Iterator[str]:
    if not one.findings:
        return
    yield f"<details><summary>{_word('findings', lang, count=len(one.findings))}</summary><ul>"
    for severity, words in one.findings[:LISTED]:
        yield f'<li><b class="{severity}">{escape(named(f"severity.{severity}", lang))}</b> {text(words)}</li>'
    if left := len(one.findings) - LISTED:
        yield f"<li>{_word('more', lang, count=left)}</li>" if left > 0 else ""
    yield "</ul></details>"
