"""Which findings of two versions are one and the same: by the words their ids are made of, then by their numbers."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Literal

from msgspec import Struct

from extractor.model import Check, Finding, Operand, Result

# What tells apart what is made of the same words, by its order: another one may be mended before it.
ORDER = re.compile(r"(?<=-[0-9a-f]{8})-[0-9]+$")
# The digits of what stands for numbers: one of 2^64, far more than two versions have findings.
DIGITS = 16
# Readers and programs put these between the digits of one number, or do not.
SEPARATORS = str.maketrans("", "", " \t\n,，")

Status = Literal["fixed", "new", "unchanged", "changed"]
Key = tuple[str, str]


class Seen(Struct, frozen=True):
    """What a finding is known by: its id, those of its checks, and a fingerprint of its numbers; each may be empty."""

    id: str = ""
    checks: tuple[str, ...] = ()
    numbers: str = ""


class Paired(Struct, frozen=True):
    """A finding in the earlier and the later of two lists, by its place there; None where the list has none."""

    before: int | None
    now: int | None
    status: Status


def list_seen(result: Result, findings: Iterable[Finding]) -> list[Seen]:
    """What findings of a result are known by, in their order."""
    checks = {check.id: check for check in result.checks}
    printed = _Printed(result)
    return [
        Seen(one.id, one.checks, printed.mark([checks[id_] for id_ in one.checks if id_ in checks])) for one in findings
    ]


class _Printed:
    """The numbers of checks, as what a result says prints them."""

    def __init__(self, result: Result) -> None:
        self._text = result.text
        self._claims = {claim.id: claim.raw for claim in result.claims}
        self._tables = {table.id: table.rows for table in result.tables}

    def mark(self, checks: Iterable[Check]) -> str:
        """A fingerprint of the numbers of checks, the same in whatever order these are."""
        return sha256("\n".join(sorted(map(self._write, checks))).encode()).hexdigest()[:DIGITS]

    def _write(self, check: Check) -> str:
        numbers = (check.stated, check.computed) if check.stated else map(self._find, check.operands)
        return "|".join(str(number).translate(SEPARATORS) for number in numbers)

    def _find(self, operand: Operand) -> str:
        if operand.text is not None:
            return self._text[operand.text.start : operand.text.end]
        if operand.claim is not None:
            return self._claims.get(operand.claim, "")
        rows = self._tables.get(operand.table or "", ())
        if operand.row is None or operand.column is None or operand.row >= len(rows):
            return ""
        row = rows[operand.row]
        return row[operand.column].text if operand.column < len(row) else ""


def pair_findings(before: Sequence[Seen], now: Sequence[Seen]) -> list[Paired]:
    """The findings of two versions as pairs: in the order of the later one, then those that it has no more.

    Those with equal words and numbers are paired first, so that one that was mended takes away nobody else's place.

    >>> first, second = Seen("finding-0123abcd", (), "a"), Seen("finding-0123abcd-2", (), "b")
    >>> pair_findings([first, second], [Seen("finding-0123abcd", (), "b")])
    [Paired(before=1, now=0, status='unchanged'), Paired(before=0, now=None, status='fixed')]
    """
    partner: dict[int, int] = {}
    for name_keys in (_name_exactly, _name_checks_exactly, _name, _name_checks):
        partner |= _match(before, now, partner, name_keys)
    found = [_pair(before, now, partner.get(at), at) for at in range(len(now))]
    taken = set(partner.values())
    return [*found, *(Paired(at, None, "fixed") for at in range(len(before)) if at not in taken)]


def _pair(before: Sequence[Seen], now: Sequence[Seen], earlier: int | None, later: int) -> Paired:
    if earlier is None:
        return Paired(None, later, "new")
    known = before[earlier].numbers
    return Paired(earlier, later, "unchanged" if known in ("", now[later].numbers) else "changed")


def _match(
    before: Sequence[Seen], now: Sequence[Seen], partner: dict[int, int], name_keys: Callable[[Seen], Iterator[Key]]
) -> dict[int, int]:
    """The partners of findings that have none yet and share a key, in the order of both lists."""
    taken, free = set(partner.values()), defaultdict[Key, deque[int]](deque)
    for at, one in enumerate(before):
        for key in dict.fromkeys(name_keys(one)) if at not in taken else ():
            free[key].append(at)
    found: dict[int, int] = {}
    for at, one in enumerate(now):
        left = (other for key in name_keys(one) for other in free.get(key, ()) if other not in taken)
        if at not in partner and (other := next(left, None)) is not None:
            found[at] = other
            taken.add(other)
    return found


def _name_exactly(one: Seen) -> Iterator[Key]:
    if one.id and one.numbers:
        yield _strip_order(one.id), one.numbers


def _name_checks_exactly(one: Seen) -> Iterator[Key]:
    return ((_strip_order(check), one.numbers) for check in one.checks if one.numbers)


def _name(one: Seen) -> Iterator[Key]:
    if one.id:
        yield from ((one.id, ""), (_strip_order(one.id), ""))


def _name_checks(one: Seen) -> Iterator[Key]:
    for check in one.checks:
        yield from ((check, ""), (_strip_order(check), ""))


def _strip_order(identity: str) -> str:
    return ORDER.sub("", identity)
