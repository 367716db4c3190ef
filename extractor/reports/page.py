"""A result as one page to review it on: nothing is loaded, and only the page's own script runs.

The page carries its data as JSON; the script builds everything from that as text, never as markup. Its policy names
the script by its hash and allows nothing else.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any, BinaryIO

from extractor.messages import Lang
from extractor.model import Result
from extractor.reports import page_data
from extractor.reports.page_images import page_images
from extractor.reports.page_words import shown, words
from extractor.reports.targets import replacing

__all__ = ["SCRIPTS", "data", "page_images", "write"]

CODES = {"zh": "zh-CN", "en": "en"}
STYLES = ("page.css", "page_text.css")
SCRIPTS = (
    "page_base.js",
    "page_text.js",
    "page_cards.js",
    "page_lists.js",
    "page_decisions.js",
    "page_main.js",
    "page_keys.js",
)


def write(
    result: Result,
    target: Path | BinaryIO,
    lang: Lang = "zh",
    decisions: Mapping[str, Any] | None = None,
    images: Mapping[int, str] | None = None,
) -> None:
    """Writes the page to a file, which is replaced as a whole, or to a stream. Raises ``OutputError``.

    ``decisions`` are what a reviewer decided: the content of a file that the page saved, or its part by check.
    ``images`` are the pages as data URIs (see ``page_images``).
    """
    made = data(result, lang, decisions, images)
    if not isinstance(target, Path):
        target.write(made)
        return
    with replacing(target) as file:
        file.write(made)


def data(
    result: Result,
    lang: Lang = "zh",
    decisions: Mapping[str, Any] | None = None,
    images: Mapping[int, str] | None = None,
) -> bytes:
    """The page in UTF-8."""
    payload = page_data.payload(result, lang, _by_check(decisions), images or {})
    return "\n".join(_page(result, lang, payload)).encode()


def _by_check(decisions: Mapping[str, Any] | None) -> dict[str, Any]:
    found = decisions or {}
    return dict(found.get("decisions", found) if "schema" in found else found)


def embedded(payload: Any) -> str:
    r"""Data as JSON that can end no script.

    >>> embedded("</script>")
    '"\\u003c/script>"'
    """
    said = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return said.encode("utf-8", "backslashreplace").decode()


def _policy(script: str) -> str:
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; img-src data:"


def _read(names: tuple[str, ...]) -> str:
    return "".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in names)


def _page(result: Result, lang: Lang, payload: dict[str, Any]) -> Iterator[str]:
    script = f"\n'use strict';\n(() => {{\n{_read(SCRIPTS)}}})();\n"
    said = words(lang)
    title = escape(said["title"].format(title=shown(result.document.title or result.document.name)))
    yield f'<!DOCTYPE html>\n<html lang="{CODES[lang]}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_policy(script)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>\n{_read(STYLES)}</style>\n</head>\n<body>"
    yield f'<a class="skip" href="#panel">{escape(said["skip"])}</a>'
    yield f'<div id="app"></div>\n<noscript><p>{escape(said["noscript"])}</p></noscript>'
    yield f'<script type="application/json" id="data">{embedded(payload)}</script>'
    yield f"<script>{script}</script>\n</body>\n</html>\n"
