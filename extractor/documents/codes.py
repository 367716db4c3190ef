"""The codes of a PDF page's characters, as the library tells them: units of its text, become characters."""

from __future__ import annotations

from itertools import groupby, pairwise

# Stands for a unit that is no character of its own: it has no width and leaves nothing.
NOTHING = 0x200B
HIGH, LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
# What fonts name as they like; two planes hold nothing else.
PRIVATE, PRIVATE_PLANES = range(0xE000, 0xF900), range(0xF0000, 0x110000)
# A character of a font's own that stands so many times in a row leads the eye from an entry to its page; a word has
# none of its characters so often in a row.
LEADING = 4


def join_halves(codes: list[int]) -> list[int]:
    """Codes with those that the library splits into two units as one, and nothing in the second's place.

    >>> [hex(code) for code in join_halves([0x6536, 0xD842, 0xDFB7, 0xD842])]
    ['0x6536', '0x20bb7', '0x200b', '0xd842']
    """
    joined = list(codes)
    for at, (high, low) in enumerate(pairwise(codes)):
        if high in HIGH and low in LOW:
            joined[at : at + 2] = 0x10000 + ((high - HIGH.start) << 10) + (low - LOW.start), NOTHING
    return joined


def count_leaders(codes: list[int]) -> int:
    r"""How many codes of a page are private characters that are repeated in a row, wherever they stand.

    >>> count_leaders([0xE5E5] * 4 + [0x31, 0xE5E5, 0xE001])
    5
    """
    private = {code for code in set(codes) if code in PRIVATE or code in PRIVATE_PLANES}
    rows = groupby(code for code in codes if code != NOTHING) if private else ()
    leading = {code for code, row in rows if code in private and len(list(row)) >= LEADING}
    return sum(code in leading for code in codes) if leading else 0
