"""Chinese text in lines of a terminal's width: numbers stay whole, and marks stay beside their words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rich.cells import cell_len

# A number with what is written close to it, a name of letters (of a file, an option, a command), white space, or one
# character.
_ATOM = re.compile(r"[-−+]?[0-9０-９][0-9０-９.,，．]*[%％‰]?(?<![，,．.])|[A-Za-z_-][A-Za-z0-9_.-]*(?<!\.)|\s+|.")
# Closing brackets, closing quotes and other marks (by their Unicode categories) never begin a line.
_NEVER_FIRST = ("Pe", "Pf", "Po")
# Opening ones never end a line.
_NEVER_LAST = ("Ps", "Pi")


def wrap_text(text: str, width: int) -> list[str]:
    """The lines of ``text``, each at most ``width`` cells wide unless one number alone is wider.

    >>> wrap_text("卫生健康支出236.63万元，两处不一致。", 18)
    ['卫生健康支出236.63', '万元，两处不一致。']
    >>> wrap_text("未说明基数 12，用 extract diff budget_2025.pdf 对照", 24)
    ['未说明基数 12，用', 'extract diff', 'budget_2025.pdf 对照']
    """
    lines, line = [], ""
    for atom in _cut_atoms(text):
        if line and cell_len(line + atom.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += atom if line or not atom.isspace() else ""
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _cut_atoms(text: str) -> Iterator[str]:
    """The pieces that are not parted, each with the opening marks in front of it and the closing ones behind it.

    A count stays beside the word that it is of: 未说明基数 12, 4 个附件.
    """
    held, opening = "", False
    for atom in _ATOM.findall(text):
        category = unicodedata.category(atom[0]) if len(atom) == 1 else ""
        if held and not opening and category not in _NEVER_FIRST and not _is_beside(held, atom):
            yield held
            held = ""
        held += atom
        opening = category in _NEVER_LAST
    if held:
        yield held


def _is_beside(held: str, atom: str) -> bool:
    """Whether a piece is a space behind a word, or stands beside one that it is of, as the parts of 共 3 项 do."""
    if atom == " ":
        return True
    last = held.rstrip(" ")[-1:]
    if not held.endswith(" ") or not last:
        return False
    return (last.isdecimal() and _is_ideograph(atom[0])) or (_is_ideograph(last) and atom[0].isdecimal())


def _is_ideograph(character: str) -> bool:
    return unicodedata.category(character) == "Lo"
