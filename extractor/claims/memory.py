"""Memory that never changes: adding to it makes another one, and the old one stays as it was.

Both kinds share what they have in common with the one they were made from, so that remembering one more thing costs
the same however much is remembered already.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Generic, TypeVar

from msgspec import Struct

K = TypeVar("K")
V = TypeVar("V")


class Chain(Struct, Generic[V], frozen=True, eq=False):
    """A list that grows at its end: the last item and the chain in front of it."""

    last: V
    before: Chain[V] | None = None


def walk_back(chain: Chain[V] | None, limit: int) -> Iterator[V]:
    """The last ``limit`` items of a chain, the last first; none of no chain.

    >>> chain = Chain("a")
    >>> longer = Chain("b", chain)
    >>> list(walk_back(longer, 10)), list(walk_back(chain, 10)), list(walk_back(None, 10))
    (['b', 'a'], ['a'], [])
    """
    return islice(_walk(chain), limit)


def _walk(chain: Chain[V] | None) -> Iterator[V]:
    """All items of a chain, the last first."""
    while chain is not None:
        yield chain.last
        chain = chain.before


class Map(Struct, Generic[K, V], frozen=True, eq=False):
    """A mapping as layers of dictionaries, the newest last and each smaller than the one below it.

    A new entry is a layer of one, which is merged with those below that are no larger: n entries are copied log n
    times each, and asked for in log n layers.
    """

    layers: tuple[dict[K, V], ...] = ()

    def put(self, key: K, value: V) -> Map[K, V]:
        """The mapping with one more entry, or another value for a key.

        >>> first = Map().put("a", 1)
        >>> second = first.put("a", 2).put("b", 3)
        >>> first.get("a"), second.get("a"), second.get("b"), second.get("c")
        (1, 2, 3, None)
        """
        below, layer = list(self.layers), {key: value}
        while below and len(below[-1]) <= len(layer):
            layer = below.pop() | layer
        return Map((*below, layer))

    def get(self, key: K) -> V | None:
        """The value of a key, or None."""
        for layer in reversed(self.layers):
            if key in layer:
                return layer[key]
        return None
