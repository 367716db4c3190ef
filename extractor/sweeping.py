"""When the interpreter looks for garbage: not while a document is read, which leaves next to none to be found."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

# The little that documents leave (a type for each length of a page's text) is looked for so seldom that a search, which
# walks all that the process holds, costs none of them a hundredth of its time.
SELDOM = 64
_counted = count(1)


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
        _count_as_walked()
        gc.enable()


def _count_as_walked() -> None:
    """Has what was made within counted among what searches have walked; else all of it is walked right behind it.

    Where something has been frozen by others, which only all at once can be thawed, that walk takes place.
    """
    if next(_counted) % SELDOM == 0:
        gc.collect()
    elif not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()
