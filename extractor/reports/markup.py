"""What every page we write has in common: nothing is loaded, only the page's own script runs, text stays text."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

import msgspec

from extractor.messages import Lang
from extractor.reports.printable import printable

CODES = {"zh": "zh-CN", "en": "en"}
PALETTE = "palette.css"
ROOM = Path(__file__).parent


def escape_text(words: str) -> str:
    r"""Text of a document as text of the page.

    >>> escape_text('<b title="x">\u202e')
    '&lt;b title=&quot;x&quot;&gt;\\u202e'
    """
    return escape(printable(words))


def embed(payload: Any) -> str:
    r"""Data as JSON that can end no script.

    >>> embed("</script>")
    '"\\u003c/script>"'
    """
    return _encode(payload).replace("<", "\\u003c")


def _encode(payload: Any) -> str:
    """The data as JSON; halves of characters, which UTF-8 has not, as escapes of JSON."""
    try:
        return msgspec.json.encode(payload).decode()
    except UnicodeEncodeError:
        said = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
        return said.encode("utf-8", "backslashreplace").decode()


def read_asset(name: str) -> str:
    """A style sheet or script of this room, as ``index_page/page.css``."""
    return (ROOM / name).read_text(encoding="utf-8")


GENERATOR = '<meta name="generator" content="narrative-extractor">'
"""Says that a page was made by this program, so that nobody takes it for a report."""


def write_head(title: str, styles: str, lang: Lang, script: str = "", images: bool = False) -> Iterator[str]:
    """The page up to its body. ``title`` is markup; the policy names ``script`` by its hash and allows no other."""
    yield f'<!DOCTYPE html>\n<html lang="{CODES[lang]}">\n<head>\n<meta charset="utf-8">{GENERATOR}'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_write_policy(script, images)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>\n{read_asset(PALETTE)}{styles}</style>\n</head>\n<body>"


def write_tail(script: str = "") -> str:
    """The end of the page, behind the body."""
    run = f"<script>{script}</script>\n" if script else ""
    return f"{run}</body>\n</html>\n"


def write_options(values: Sequence[str], everything: str) -> str:
    """The options of a list to choose from: ``everything``, which is markup, then texts."""
    found = "".join(f'<option value="{escape_text(value)}">{escape_text(value)}</option>' for value in values)
    return f'<option value="">{everything}</option>{found}'


def _write_policy(script: str, images: bool) -> str:
    allowed = ["default-src 'none'", "style-src 'unsafe-inline'"]
    if script:
        digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
        allowed.append(f"script-src 'sha256-{digest}'")
    if images:
        allowed.append("img-src data:")
    return "; ".join(allowed)
