"""Chinese text in lines of a terminal's width: numbers stay whole, and marks stay beside their words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rich.cells import cell_len

# A number with what is written close to it, a run of letters, white space, or one character.
_ATOM = re.compile(r"[-−+]?[0-9０-９][0-9０-９.,，．]*[%％‰]?(?<![，,．.])|[A-Za-z_]+|\s+|.")
# Closing brackets, closing quotes and other marks (by their Unicode categories) never begin a line.
_NEVER_FIRST = ("Pe", "Pf", "Po")
# Opening ones never end a line.
_NEVER_LAST = ("Ps", "Pi")


def wrap_text(text: str, width: int) -> list[str]:
    """The lines of ``text``, each at most ``width`` cells wide unless one number alone is wider.

    >>> wrap_text("卫生健康支出236.63万元，两处不一致。", 18)
    ['卫生健康支出236.63', '万元，两处不一致。']
    """
    lines, line = [], ""
    for atom in _cut_atoms(text):
        if line and cell_len(line + atom.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += atom if line or not atom.isspace() else ""
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _cut_atoms(text: str) -> Iterator[str]:
    """The pieces that are not parted, each with the opening marks in front of it and the closing ones behind it."""
    held, opening = "", False
    for atom in _ATOM.findall(text):
        category = unicodedata.category(atom[0]) if len(atom) == 1 else ""
        if held and not opening and category not in _NEVER_FIRST:
            yield held
            held = ""
        held += atom
        opening = category in _NEVER_LAST
    if held:
        yield held
