"""Growth and fall: rates against the amounts of change and the levels, and what no rate can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from extractor.amounts.book import Book
from extractor.amounts.interval import Interval, exact
from extractor.amounts.names import find_nearest, measure_likeness
from extractor.checks.drafts import Draft, Fact, Status, judged
from extractor.checks.relations.base_year import check_against_base
from extractor.model import Claim

RULE = "change"
# A level stands among this many claims in front of its change; the amount of a change among this many.
NEAREST, BESIDE = 16, 6
ONE = exact(1)


def find(book: Book) -> Iterator[Draft]:
    """Each rate of change with the amount of the change and the level, or what may be said without them."""
    for at, claim in enumerate(book.claims):
        if claim.kind == "change_rate" and claim.dimension == "percent":
            yield from _rate(book, at, claim)
        elif claim.kind == "change_amount":
            yield from _zero_base(book, at, claim)


def _rate(book: Book, at: int, rate: Claim) -> Iterator[Draft]:
    amount = amount_of(book, at, rate)
    level = level_of(book, at, rate, amount.base_unit if amount else None)
    if rate.direction == "decrease" and _is_over(book.amount(rate).rounded):
        yield _impossible(book, rate, level)
    elif not level or not amount:
        yield _alone(book, at, rate, level)
    elif not _has_base(book, level, amount):
        yield _on_zero(book, rate, level, amount)
    else:
        claims = [("rate", rate), ("change", amount), ("current", level)]
        growing = rate.direction == "increase"
        yield judged(
            RULE, [(role, book.amount(one)) for role, one in claims], growth if growing else fall,
            message=f"change-{rate.direction}", evidence=("checks/changes",),
        )  # fmt: skip


def _alone(book: Book, at: int, rate: Claim, level: Claim | None) -> Draft:
    """A rate without the amount of its change: by the level before, or by the whole numbers that may have been."""
    draft = check_against_base(book, rate, level) if level else None
    if draft:
        return draft
    if level and counted(level) and not book.amount(level).vague and not _parted(book, at, level):
        return _whole_base(book, rate, level)
    operands = [("rate", book.amount(rate))] + ([("current", book.amount(level))] if level else [])
    return Draft(RULE, "unclear", tuple(operands), "change", reason="no_base")


def growth(amounts: Sequence[Interval]) -> Interval:
    """The rate of a growth by an amount to a level: each stands once, so that the interval is no wider than it must."""
    change, current = amounts
    return exact(0) if change == exact(0) else ONE / (current / change - ONE)


def fall(amounts: Sequence[Interval]) -> Interval:
    """The rate of a fall by an amount to a level."""
    change, current = amounts
    return exact(0) if change == exact(0) else ONE / (current / change + ONE)


def level_of(book: Book, at: int, change: Claim, unit: str | None = None) -> Claim | None:
    """The level that a change led to: the nearest in front with its metric, done or planned alike, in ``unit``."""
    before = [
        one for one in book.claims[max(0, at - NEAREST) : at]
        if one.kind in ("level", "rate") and one.role == change.role and one.section == change.section
        and one.dimension not in ("percent", "percentage_point") and unit in (None, one.base_unit)
    ]  # fmt: skip
    return find_nearest(change, before)


def amount_of(book: Book, at: int, rate: Claim) -> Claim | None:
    """The amount of the change that a rate tells: the nearest in front, or right behind it, in its paragraph."""
    around = [*book.claims[at + 1 : at + 2], *book.claims[max(0, at - BESIDE) : at]]
    fitting = [
        one for one in around
        if one.kind == "change_amount" and one.direction == rate.direction and one.section == rate.section
        and one.dimension != "percentage_point" and one.role == rate.role and measure_likeness(one, rate)
    ]  # fmt: skip
    found = find_nearest(rate, [one for one in fitting if one.sentence == rate.sentence])
    return found if found and not _parted(book, at, found) else None


def _parted(book: Book, at: int, amount: Claim) -> bool:
    """Whether another level stands between an amount and the rate behind it, so that the rate is of that one."""
    between = book.claims[book.find_index(amount) + 1 : at]
    return any(one.kind == "level" and one.base_unit != amount.base_unit for one in between)


def counted(level: Claim) -> bool:
    """Whether a level counts things, which come in ones."""
    low, high = level.interval
    return low is not None and low == high


def _is_over(rate: Interval) -> bool:
    return rate.low is not None and rate.low > 1


def _impossible(book: Book, rate: Claim, level: Claim | None) -> Draft:
    """Nothing falls by more than all of it."""
    operands = [("rate", book.amount(rate))] + ([("current", book.amount(level))] if level else [])
    return Draft(
        RULE, "fails", tuple(operands), "change-impossible", severity="error", evidence=("checks/changes.impossible",)
    )


def _whole_base(book: Book, rate: Claim, level: Claim) -> Draft:
    """A count grew or fell from a whole number: there must be one that gives the rate."""
    sign = 1 if rate.direction == "increase" else -1
    allowed, current = book.amount(rate).rounded, book.amount(level).exact
    low, high = allowed.low or Fraction(0), allowed.high or Fraction(0)
    ends = sorted(current / (1 + sign * end) for end in (low, high) if 1 + sign * end)
    whole = -(-ends[0].numerator // ends[0].denominator) if ends else 0
    operands = (("rate", book.amount(rate)), ("current", book.amount(level)))
    found = bool(ends) and len(ends) == 2 and whole <= ends[1]
    facts: dict[str, Fact] = {"base": str(whole)}
    if found:
        return Draft(RULE, "holds", operands, "change-whole", facts=facts, evidence=("checks/changes.whole",))
    return Draft(
        RULE, "fails", operands, "change-no-whole", severity="warning", facts=facts, evidence=("checks/changes.whole",)
    )


def _has_base(book: Book, level: Claim, amount: Claim) -> bool:
    """Whether there was anything before the change."""
    sign = 1 if amount.direction == "increase" else -1
    return book.amount(level).exact - sign * book.amount(amount).exact > 0


def _on_zero(book: Book, rate: Claim, level: Claim, amount: Claim) -> Draft:
    """A rate of change from nothing."""
    operands = tuple((role, book.amount(one)) for role, one in (("rate", rate), ("change", amount), ("current", level)))
    nothing = not book.amount(rate).exact and not book.amount(amount).exact
    status: Status = "holds" if nothing else "fails"
    return Draft(
        RULE,
        status,
        operands,
        "change-on-zero",
        severity=None if nothing else "error",
        evidence=("checks/changes.zero",),
    )


def _zero_base(book: Book, at: int, amount: Claim) -> Iterator[Draft]:
    """A growth by more than there is: the level before would have been negative."""
    level = level_of(book, at, amount, amount.base_unit) if amount.direction == "increase" else None
    if not level or level.sentence != amount.sentence:
        return
    one, two = book.amount(amount), book.amount(level)
    if one.rounded.low is not None and two.rounded.high is not None and one.rounded.low > two.rounded.high:
        yield Draft(
            RULE, "fails", (("change", one), ("current", two)), "change-exceeds", severity="error",
            evidence=("checks/changes.exceeds",),
        )  # fmt: skip
