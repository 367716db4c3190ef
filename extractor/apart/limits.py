"""What the work on one document may take."""

from __future__ import annotations

from msgspec import Struct


class Limits(Struct, frozen=True):
    """``timeout`` in seconds, ``memory_mb`` in MB beyond what the process begins with; 0 is no limit."""

    timeout: float = 120.0
    memory_mb: int = 2048


class Ended(Struct, frozen=True):
    """Work that was ended before it was done, after so many seconds.

    ``reason`` is ``timeout``, ``memory``, ``pages`` (several were too heavy) or ``crash``.
    ``facts`` are those of the message of that reason; ``held_mb`` is the memory that it held when it was last seen.
    """

    reason: str
    facts: dict[str, str]
    seconds: float
    held_mb: float


class Sign(Struct, frozen=True):
    """A sign of life of long work: ``at`` pieces of it are done, ``of`` all; ``what`` says of which work."""

    at: int
    of: int
    what: str = ""

    @property
    def is_slow(self) -> bool:
        """Whether each piece may take as long as other documents do, so that the limit of time begins anew."""
        return self.what not in QUICK


QUICK: frozenset[str] = frozenset(("read", "drawn", "marked"))
"""Work of which all pieces together have the time that a document has."""


class UnexpectedError(Exception):
    """What a process of its own did not expect: the type and the words of an exception that stayed there."""
