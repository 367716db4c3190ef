"""Text of a document or a file name, made safe to show on a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator

# What Python counts as white space though it parts no words: separators of files and records, a control character.
SEPARATORS = "\x1c\x1d\x1e\x1f\x85"
# What a terminal obeys or hides: controls of both sets but tab and line breaks, marks and overrides of direction, and
# separators of lines and paragraphs that no program but a terminal takes for such.
COMMANDS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


# The same in UTF-8 but for the controls that JSON never holds as they are: behind first bytes of which Chinese text is
# full, and behind such as it rarely has. To look for one first byte at a time takes a tenth of looking for them all.
_COMMON = (re.compile(rb"\xe2(?:\x80[\x8e\x8f\xa8-\xae]|\x81[\xa0-\xaf])"), re.compile(rb"\xef\xbb\xbf"))
_RARE = {b"\x7f": re.compile(rb"\x7f"), b"\xc2": re.compile(rb"\xc2[\x80-\x9f]"), b"\xd8": re.compile(rb"\xd8\x9c")}


def printable(text: str) -> str:
    r"""``text`` on one line, with every control, direction and other invisible character as an escape.

    >>> printable("收入\t总计\n（万元）")
    '收入 总计 （万元）'
    >>> printable("报告\x1b[2J\u202e.pdf")
    '报告\\x1b[2J\\u202e.pdf'
    """
    if text.isprintable():
        return text
    line = " ".join(text.split())
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


def escape_commands(text: str) -> str:
    r"""``text`` with what a terminal would obey as an escape; tabs, line breaks and spaces stay.

    >>> escape_commands("收入\n\x1b[2J\x9b31m\u202e")
    '收入\n\\x1b[2J\\x9b31m\\u202e'
    """
    return COMMANDS.sub(lambda found: _escape(found[0]), text)


def escape_json(data: bytes) -> bytes:
    r"""JSON in UTF-8 with what a terminal would obey written as JSON's own escapes: it says the same.

    >>> escape_json('"收入\x9b31m\u202e"'.encode()).decode()
    '"收入\\u009b31m\\u202e"'
    """
    return COMMANDS.sub(_escape_in_json, data.decode()).encode() if _has_commands(data) else data


def _has_commands(data: bytes) -> bool:
    """Whether JSON in UTF-8 holds anything that a terminal would obey."""
    if any(encoded.search(data) for encoded in _COMMON):
        return True
    return any(encoded.match(data, at) for first, encoded in _RARE.items() for at in _find_all(data, first))


def _find_all(data: bytes, first: bytes) -> Iterator[int]:
    at = data.find(first)
    while at >= 0:
        yield at
        at = data.find(first, at + 1)


def _escape_in_json(found: re.Match[str]) -> str:
    # Between strings there are line breaks and spaces only, so every other control stands in a string.
    return f"\\u{ord(found[0]):04x}"
