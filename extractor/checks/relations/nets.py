"""Totals that are one side less the other: 净增210人，其中迁入520人，迁出310人."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.amounts.book import Book
from extractor.checks.relations.clauses import read_lead
from extractor.checks.relations.groups import Group
from extractor.model import Claim

expression = partial(patterns.fragment, "relations/nets")


class Net(Struct, frozen=True):
    """The parts of a total that are added, and those that are taken away."""

    added: tuple[Claim, ...]
    taken: tuple[Claim, ...]

    @property
    def is_plain(self) -> bool:
        """Whether it is one number less another."""
        return len(self.added) == len(self.taken) == 1


def read_net(book: Book, group: Group) -> Net | None:
    """The two sides of a total whose name says that it is what one leaves of the other; None for other totals."""
    metric = group.whole.metric or ""
    if expression("net").search(metric):
        return _part(book, group.parts, "taken")
    if expression("profit").search(metric):
        net = _part(book, group.parts, "loss")
        return net if net.taken else None
    return None


def _part(book: Book, parts: Sequence[Claim], name: str) -> Net:
    taken = tuple(part for part in parts if expression(name).search(read_lead(book, part)))
    return Net(tuple(part for part in parts if part not in taken), taken)
