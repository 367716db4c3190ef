"""The PDF library's functions for calls in bulk: bound once, with plain integers for handles and addresses."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from threading import RLock
from typing import Any

# The library is not made for threads: whoever opens, reads, draws or closes with it holds this.
PDFIUM = RLock()
C_TYPES = {"i": ctypes.c_int, "u": ctypes.c_uint, "p": ctypes.c_void_p}


@cache
def function(name: str, signature: str) -> Callable[..., Any]:
    """The library's function ``name``; ``signature`` has a letter for the result and one for every argument.

    ``i`` is an int, ``u`` an unsigned int, ``p`` an address as a Python integer. Half of the time of a call
    through the library's own binding goes into checks of its arguments' types.
    """
    import pypdfium2.raw as pdfium

    result, *arguments = (C_TYPES[letter] for letter in signature)
    return ctypes.CFUNCTYPE(result, *arguments)(address(getattr(pdfium, name)))


def address(handle: Any) -> int:
    """The address that a handle or a function of the library stands for."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
