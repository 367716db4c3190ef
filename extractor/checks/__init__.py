"""Claims and tables become Checks: every relation that the document asserts, and whether it holds.

The files of ``rules`` are walked in the order of their names; what two of them say of the same numbers is kept once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib import import_module
from pkgutil import iter_modules

from extractor.amounts.amount import write_in_unit
from extractor.amounts.book import Book
from extractor.checks import rules
from extractor.checks.drafts import Draft
from extractor.checks.wording import message
from extractor.model import Check, Claim, Result, Verification

__all__ = ["checks", "verification"]

Rule = Callable[[Book], Iterator[Draft]]
# The length of the fingerprint in a check's id.
DIGITS = 8


@cache
def found_by() -> tuple[Rule, ...]:
    """The ``find`` of every file in ``rules``, by name."""
    names = sorted(module.name for module in iter_modules(rules.__path__))
    return tuple(import_module(f"{rules.__name__}.{name}").find for name in names)


def checks(result: Result) -> tuple[Check, ...]:
    """Every check of a result's claims and tables; the ids stay the same while what they are about does."""
    book = Book(result)
    seen: set[tuple[str, frozenset[tuple[int, int]]]] = set()
    ids: Counter[str] = Counter()
    made: list[Check] = []
    for rule in found_by():
        for draft in rule(book):
            key = (draft.rule, frozenset((amount.start, amount.end) for _, amount in draft.operands))
            if key not in seen:
                seen.add(key)
                made.append(_check(draft, ids))
    return tuple(made)


def verification(claims: Sequence[Claim], made: Sequence[Check]) -> Verification:
    """Which claims are verified, which contradicted by a failing check that is no mere remark, and which neither."""
    touched: dict[str, set[str]] = {"holds": set(), "fails": set()}
    for check in made:
        status = "fails" if check.status == "fails" and check.severity != "info" else check.status
        kind = "holds" if status.startswith("holds") else status
        touched.setdefault(kind, set()).update(operand.claim for operand in check.operands if operand.claim)
    verified = tuple(one.id for one in claims if one.id in touched["holds"] and one.id not in touched["fails"])
    contradicted = tuple(claim.id for claim in claims if claim.id in touched["fails"])
    settled = {*verified, *contradicted}
    return Verification(verified, contradicted, tuple(claim.id for claim in claims if claim.id not in settled))


def _check(draft: Draft, ids: Counter[str]) -> Check:
    subject = draft.subject
    difference = None if draft.stated is None or draft.computed is None else draft.stated - draft.computed
    return Check(
        id=_identifier(draft, ids),
        rule=draft.rule,
        status=draft.status,
        severity=draft.severity if draft.status != "unclear" else draft.severity or "info",
        operands=draft.refer(),
        stated=None if draft.stated is None else write_in_unit(draft.stated, subject),
        computed=None if draft.computed is None else write_in_unit(draft.computed, subject),
        difference=None if difference is None else write_in_unit(difference, subject),
        message=message(draft),
        reason=draft.reason,
        evidence=draft.evidence,
    )


def _identifier(draft: Draft, ids: Counter[str]) -> str:
    """An id from the rule and the words and numbers of the operands, so that it outlives changes elsewhere."""
    words = "|".join(f"{role}:{amount.label}:{amount.heading}:{amount.raw}" for role, amount in draft.operands)
    identifier = f"{draft.rule}-{sha256(words.encode()).hexdigest()[:DIGITS]}"
    ids[identifier] += 1
    return identifier if ids[identifier] == 1 else f"{identifier}-{ids[identifier]}"
