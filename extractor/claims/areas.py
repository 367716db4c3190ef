"""The whole area that a claim's own words say it is of (全市, 全省): its name is told with it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extractor.claims.context import Context
from extractor.claims.readings import Reading
from extractor.claims.word_lists import compile_list
from extractor.model import Claim

# What the evidence of a claim says whose name has its area in front.
WHOLE_AREA = "metrics.whole_area"

# Between the area and what it is told of stand at most so many characters: 全市共有…, 全省累计实现….
NEAR = 8
# So many characters of a name are looked for behind its area.
HEAD = 2


def find_area(reading: Reading, context: Context) -> str:
    """The area that the clause of a number names in front of its metric, which is told with it; else nothing.

    A carried name has that of where it was first told. Names are told apart without it: which level a number is of is
    its scope.

    >>> from extractor import extract
    >>> told = extract("全省共有医院5家。县级医院5家。全国重点实验室5家。".encode(), name="trial.txt")
    >>> [claim.metric for claim in told.claims]
    ['全省医院', '县级医院', '全国重点实验室']
    >>> told = extract("全市实现外贸总额290亿元，增长5%。电信业务总量6亿元。".encode(), name="trial.txt")
    >>> [claim.metric for claim in told.claims]
    ['全市外贸总额', '全市外贸总额', '电信业务总量']
    """
    area = _find_area(reading) or _find_carried(reading, context)
    return "" if area in reading.name.text else area


def drop_areas(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims by the names that are compared: without the area that was put in front of them.

    >>> from extractor import extract
    >>> [claim.metric for claim in drop_areas(extract("全省共有医院5家。".encode(), name="trial.txt").claims)]
    ['医院']
    """
    return tuple(_drop_area(claim) if WHOLE_AREA in claim.evidence else claim for claim in claims)


def _drop_area(claim: Claim) -> Claim:
    """A claim by its name without the area in front of it."""
    name = compile_list("whole_area").sub("", claim.metric or "", count=1)
    return msgspec.structs.replace(claim, metric=name)


def _find_area(reading: Reading) -> str:
    """The last area in front of a number that stands right in front of what the number is of; else nothing."""
    lead, head = reading.frame.lead, reading.name.text[:HEAD]
    for found in reversed(list(compile_list("whole_area").finditer(lead))):
        at = lead.find(head, found.end())
        return found[0] if found.end() <= at <= found.end() + NEAR else ""
    return ""


def _find_carried(reading: Reading, context: Context) -> str:
    """The area of the number in this sentence whose name a number without its own has taken."""
    if not reading.name.carried:
        return ""
    told = (one for one in reversed(context.antecedents) if one.name.metric == reading.name.metric)
    first = next((one for one in told if not one.name.carried), None)
    return _find_area(first) if first else ""
