"""Text of a document or a file name, made safe to show on a terminal."""

from __future__ import annotations

# What Python counts as white space though it parts no words: separators of files and records, a control character.
SEPARATORS = "\x1c\x1d\x1e\x1f\x85"


def printable(text: str) -> str:
    r"""``text`` on one line, with every control, direction and other invisible character as an escape.

    >>> printable("收入\t总计\n（万元）")
    '收入 总计 （万元）'
    >>> printable("报告\x1b[2J\u202e.pdf")
    '报告\\x1b[2J\\u202e.pdf'
    """
    line = " ".join(text.split()) if not text.isprintable() else text
    return "".join(char if char.isprintable() else _escape(char) for char in line)


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def escape_invisible(text: str) -> str:
    r"""``text`` with every control, direction and other invisible character as an escape; spaces stay spaces.

    >>> escape_invisible("报告\u202e\t（万元）")
    '报告\\u202e （万元）'
    """
    if text.isprintable():
        return text
    return "".join(" " if char.isspace() and char not in SEPARATORS else printable(char) for char in text)
