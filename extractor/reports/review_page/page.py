"""A result as one page to review it on: nothing is loaded, and only the page's own script runs.

The page carries its data as JSON; the script builds everything from that as text, never as markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, BinaryIO

from extractor.messages import Lang
from extractor.model import Result
from extractor.reports import markup
from extractor.reports.files.targets import replacing
from extractor.reports.printable import escape_invisible
from extractor.reports.printed import PrintedLine
from extractor.reports.review_page import payload as page_data

STYLES = ("page.css", "text.css")
SCRIPTS = (
    "base.js",
    "text.js",
    "images.js",
    "reading.js",
    "cards.js",
    "lists.js",
    "decisions.js",
    "main.js",
    "printing.js",
    "keys.js",
)


def write(
    result: Result,
    target: Path | BinaryIO,
    lang: Lang = "zh",
    decisions: Mapping[str, Any] | None = None,
    images: Mapping[int, str] | None = None,
    home: str = "",
    printed: Mapping[int, Sequence[PrintedLine]] = page_data.NOTHING,
) -> None:
    """Writes the page to a file, which is replaced as a whole, or to a stream. Raises ``OutputError``.

    ``decisions`` are what a reviewer decided: the content of a file that the page saved, or its part by check.
    ``images`` are the pages as data URIs (see ``images.draw_pages``), ``printed`` the lines on them for a search (see
    ``printed.read_lines``). ``home`` is where a page over several is.
    """
    made = encode(result, lang, decisions, images, home, printed)
    if not isinstance(target, Path):
        target.write(made)
        return
    with replacing(target) as file:
        file.write(made)


def encode(
    result: Result,
    lang: Lang = "zh",
    decisions: Mapping[str, Any] | None = None,
    images: Mapping[int, str] | None = None,
    home: str = "",
    printed: Mapping[int, Sequence[PrintedLine]] = page_data.NOTHING,
) -> bytes:
    """The page in UTF-8."""
    payload = page_data.make_payload(result, lang, _index_decisions(decisions), images or {}, printed)
    payload["home"] = home
    payload["reviewer"] = escape_invisible(str((decisions or {}).get("reviewer", "")))
    return "\n".join(_write_page(result, lang, payload)).encode()


def _index_decisions(decisions: Mapping[str, Any] | None) -> dict[str, Any]:
    found = decisions or {}
    return dict(found.get("decisions", found) if "schema" in found else found)


def _read_assets(names: tuple[str, ...]) -> str:
    """The assets without what only their authors read: no string goes over lines, so that margins mean nothing."""
    read = "".join(markup.read_asset(f"review_page/{name}") for name in names)
    lines = filter(None, map(str.strip, read.split("\n")))
    return "".join(f"{line}\n" for line in lines if not line.startswith("//"))


def _write_page(result: Result, lang: Lang, payload: dict[str, Any]) -> Iterator[str]:
    script = f"\n'use strict';\n(() => {{\n{_read_assets(SCRIPTS)}}})();\n"
    said = payload["words"]
    title = escape(said["title"].format(title=escape_invisible(result.document.title or result.document.name)))
    yield from markup.write_head(title, _read_assets(STYLES), lang, script, images=True)
    yield f'<a class="skip" href="#panel">{escape(said["skip"])}</a>'
    yield f'<div id="app"></div>\n<noscript><p>{escape(said["noscript"])}</p></noscript>'
    yield f'<script type="application/json" id="data">{markup.embed(payload)}</script>'
    yield markup.write_tail(script)
