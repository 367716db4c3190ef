"""What is told of many sheets alike is told once: a workbook of fifty sheets has a hundred things to warn of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from extractor.model import Notice

# Of so many sheets each is told by itself.
FEW = 3
# The warnings that one sheet has as well as another, and what each is called where many have it.
GATHERED = {
    f"input.{kind}": f"input.{kind}_of_many"
    for kind in ("sheet_hidden", "rows_hidden", "columns_hidden", "cells_unprinted", "formulas_unknown")
}


def gather(warnings: Sequence[Notice], name: str) -> Iterator[Notice]:
    """The warnings of the file ``name``; those that more than ``FEW`` sheets have become one, in place of the first.

    >>> told = [Notice("input.rows_hidden", {"name": "表", "sheet": sheet, "count": 2}) for sheet in "甲乙丙丁"]
    >>> [(one.message, one.facts["sheets"], one.facts["count"]) for one in gather(told, "表")]
    [('input.rows_hidden_of_many', 4, 8)]
    >>> len(list(gather(told[:FEW], "表")))
    3
    """
    alike: dict[str, list[Notice]] = defaultdict(list)
    for notice in warnings:
        alike[notice.message].append(notice)
    for notice in warnings:
        own = alike[notice.message]
        if notice.message not in GATHERED or len(own) <= FEW:
            yield notice
        elif notice is own[0]:
            yield _join(own, name)


def _join(alike: Sequence[Notice], name: str) -> Notice:
    """One warning for many: how many sheets, the first of them, and how much there is in all."""
    first = "、".join(str(one.facts["sheet"]) for one in alike[:FEW])
    count = sum(int(one.facts.get("count", 1)) for one in alike)
    return Notice(GATHERED[alike[0].message], {"name": name, "sheets": len(alike), "first": first, "count": count})
