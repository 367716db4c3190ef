"""Keeps a page that is made of something else: writes it, or says that it is not what would be written."""

from __future__ import annotations

import sys
from pathlib import Path


def keep_page(page: Path, text: str, maker: str, source: str) -> int:
    """Writes ``text`` to ``page``; with ``--check`` writes nothing and gives 1 where the page says something else.

    ``maker`` is the script that is run, ``source`` what the page is made of, for the sentence on the standard error.
    """
    if "--check" not in sys.argv:
        page.write_text(text, encoding="utf-8")
        return 0
    is_same = page.is_file() and page.read_text(encoding="utf-8") == text
    if not is_same:
        print(f"{page.name} is not what {source}: python docs/{Path(maker).name}", file=sys.stderr)
    return 0 if is_same else 1
