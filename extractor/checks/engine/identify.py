"""Ids of checks and findings, made of words and structure, so that they outlive the numbers of a draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from extractor.amounts.amount import Amount
from extractor.checks.engine.rule import Relation

# The length of the fingerprint in an id: one of four thousand million, far more than a document has checks.
FINGERPRINT = 8
# So many headings are remembered: most numbers share theirs.
HEADINGS = 1024
# What the ids of findings begin with; no rule is called so.
FINDING = "finding"


class Ids:
    """The ids of one document: what is made of the same words is told apart by its order."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def name_check(self, relation: Relation) -> str:
        """An id from the rule, its form, and the words of the operands."""
        words = (f"{role}:{_describe(amount)}" for role, amount in relation.operands)
        return self._number(relation.rule, (relation.form, *words))

    def name_finding(self, suspect: Amount) -> str:
        """An id from the words of the number to suspect."""
        return self._number(FINDING, (_describe(suspect),))

    def _number(self, start: str, words: Iterable[str]) -> str:
        identifier = f"{start}-{sha256('|'.join(words).encode()).hexdigest()[:FINGERPRINT]}"
        self._counts[identifier] += 1
        count = self._counts[identifier]
        return identifier if count == 1 else f"{identifier}-{count}"


def _describe(amount: Amount) -> str:
    """What a number is of and under which heading; a heading may hold numbers of its own, which are left out."""
    return f"{amount.label}:{_drop_numbers(amount.heading)}"


@lru_cache(HEADINGS)
def _drop_numbers(heading: str) -> str:
    return "".join(char for char in heading if not char.isdecimal())
