"""The PDF library's functions for calls in bulk: bound once, without checks of the types of their arguments."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from functools import cache
from threading import RLock
from typing import Any

# The library is not made for threads: whoever opens, reads, draws or closes with it holds this.
PDFIUM = RLock()
C_TYPES: dict[str, Any] = {"i": ctypes.c_int, "u": ctypes.c_uint, "f": ctypes.c_float, "p": ctypes.c_void_p}
# What the library writes of many things is asked for so many at a time, always into the same room.
PIECE = 1024


@cache
def begin_library() -> Any:
    """The library's own functions, with it begun.

    Of the module they are in nothing else is needed, and the classes around it take longer to load than the library.
    Who uses these in the same process begins it as well: it is begun once.
    """
    import pypdfium2_raw as pdfium

    pdfium.FPDF_InitLibraryWithConfig(pdfium.FPDF_LIBRARY_CONFIG(version=2))
    return pdfium


@cache
def function(name: str, signature: str) -> Callable[..., Any]:
    """The library's function ``name``; ``signature`` has a letter for the result and one for each address it is given.

    ``i`` is an int, ``u`` an unsigned one, ``f`` a float, ``p`` an address as a Python integer. Behind the arguments
    with a letter stand handles of the library, places (``ctypes.byref``) and ints. To convert an argument takes as long
    as most calls do, and so does letting other threads run meanwhile.
    """
    import pypdfium2_raw as pdfium

    result, *arguments = (C_TYPES[letter] for letter in signature)
    return ctypes.PYFUNCTYPE(result, *arguments)(address(getattr(pdfium, name)))


def address(handle: Any) -> int:
    """The address that a handle or a function of the library stands for."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def ask_edges(ask: Callable[..., int], places: int, *arguments: Sequence[Any]) -> tuple[list[int], list[float]]:
    """What ``ask`` gives for each of many arguments, and the four numbers that it writes, 0.0 where it writes none.

    It is given ``places`` to write them: one for all four, or one for each.
    """
    return _ask(ask, places, arguments, ctypes.c_float)


def ask_colours(ask: Callable[..., int], items: Sequence[int]) -> tuple[list[int], list[int]]:
    """What ``ask`` gives for each object, and the four parts of a colour that it writes, each to its own place."""
    return _ask(ask, 4, (items,), ctypes.c_uint)


def _ask(ask: Callable[..., int], places: int, arguments: Sequence[Sequence[Any]], kind: Any) -> tuple[Any, Any]:
    room, columns = _make_room(kind)
    given: list[int] = []
    written: list[Any] = []
    for start in range(0, len(arguments[0]), PIECE):
        own = [each[start : start + PIECE] for each in arguments]
        ctypes.memset(room, 0, ctypes.sizeof(room))
        given += map(ask, *own, *columns[:places])
        written += room[: 4 * len(own[0])]
    return given, written


@cache
def _make_room(kind: Any) -> tuple[Any, tuple[list[Any], ...]]:
    """Room for four numbers of each of ``PIECE`` things, and the places of the first, second, third and fourth ones."""
    room = (kind * (4 * PIECE))()
    size = ctypes.sizeof(kind)
    return room, tuple([ctypes.byref(room, (4 * at + part) * size) for at in range(PIECE)] for part in range(4))
