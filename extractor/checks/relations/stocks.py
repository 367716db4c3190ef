"""What a balance grew by, told apart from it: 各项贷款余额860亿元，同比增长7.5%. … 全年各项贷款增加60亿元."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.names import normalize_name
from extractor.checks.relations.times import read_dates
from extractor.model import Claim

Thing = tuple[str, str, str | None]
"""The unit of what is in stock, its name, and which way it went."""

_expression = partial(patterns.fragment, "checks/change")


def find_stock_changes(book: Book, rate: Claim, level: Claim) -> list[Claim]:
    """The amounts by which the document says that a balance went the way of its rate, the nearest first."""
    name = normalize_name(level.metric or "")
    if level.cell or not _expression("stock").search(name):
        return []
    told = book.view(_group_changes).get((level.base_unit, _name_thing(name), rate.direction), ())
    same = [one for one in told if read_dates(one)[1] == read_dates(level)[1]]
    return sorted(same, key=lambda one: abs(one.start - level.start))


def _group_changes(book: Book) -> Mapping[Thing, Sequence[Claim]]:
    """The amounts by which things grew or fell; by how much more than a year ago they did is none of these."""
    found: dict[Thing, list[Claim]] = {}
    for claim in book.claims:
        if claim.kind == "change_amount" and not claim.cell and not _is_of_change(claim):
            thing = claim.base_unit, _name_thing(normalize_name(claim.metric or "")), claim.direction
            found.setdefault(thing, []).append(claim)
    return found


def _is_of_change(claim: Claim) -> bool:
    return bool(claim.baseline) and not _expression("opening").search(claim.baseline or "")


def _name_thing(name: str) -> str:
    """A name without the words that call it a balance."""
    return str(_expression("stock").sub("", name))
