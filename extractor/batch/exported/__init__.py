"""What may leave a store: a query in a file each, called like it, whose first line says what it gives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.messages import Lang

FOLDER = Path(__file__).parent
WHATS = tuple(sorted(file.stem for file in FOLDER.glob("*.sql")))
PANEL = "panel"
"""Which of them is asked of a table that is made for it."""


def read_query(what: str, lang: Lang) -> str:
    """The query of what may leave; its names and messages are in ``lang``, which stands as ``{lang}`` in the file."""
    _, _, query = (FOLDER / f"{what}.sql").read_text(encoding="utf-8").partition("\n")
    return query.rstrip().replace("{lang}", lang)
