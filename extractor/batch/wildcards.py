"""Paths with wildcards: what they match, in a time that the pattern cannot grow."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from extractor.model import InputError

ANY_DEPTH = "**"
DEEPEST = 2
"""How often a pattern may leave the depth open: each time anew every folder below is gone through."""


def expand(pattern: str) -> list[str]:
    """The files and folders that match, in order; ``**`` goes through folders, not through links to them.

    What begins with a dot is matched only by a pattern that has such a name. Raises ``InputError`` for a pattern that
    leaves the depth open too often.

    >>> expand("nowhere/**/**/*.pdf")
    []
    """
    anchor, parts = Path(pattern).anchor, _simplify(Path(pattern).parts)
    if parts.count(ANY_DEPTH) > DEEPEST:
        raise InputError("batch.wide-pattern", pattern=pattern, most=DEEPEST)
    named = parts[1:] if anchor else parts
    found = Path(anchor).glob(str(Path(*named)))
    return sorted({str(path) for path in found if _is_dotted(named) or not _is_dotted(path.parts)})


def _simplify(parts: Iterable[str]) -> list[str]:
    """The parts with one ``**`` for several behind each other; within a name it is a ``*``."""
    plain = [part if part == ANY_DEPTH else part.replace(ANY_DEPTH, "*") for part in parts]
    return [part for before, part in pairwise(["", *plain]) if not before == part == ANY_DEPTH]


def _is_dotted(parts: Iterable[str]) -> bool:
    return any(part.startswith(".") and part != ".." for part in parts)
