"""When the interpreter looks for garbage: not while a document is read, which leaves next to none to be found."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unswept() -> Iterator[None]:
    """Within this no search for garbage interrupts; what nothing refers to goes at once, as ever.

    Everything that is made of a document is kept until the document is done, and each search walks all of it anew:
    a fifth of the time that a report with many tables takes.

    >>> with unswept():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
