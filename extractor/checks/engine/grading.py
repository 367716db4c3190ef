"""How loud what does not hold is told: a link between numbers is doubted before the document is.

Numbers that stand near one another are tied wrongly more often than they are printed wrongly. A mismatch of theirs is
told as it is where one slip of the number in question explains it or where they all but agree; where a slip of another
number does it is a warning; where nothing does the link is doubtful. So it is, whatever ties the numbers, where the one
in question holds in another relation of the same rule, or where most relations of one form fail in this document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

import msgspec

from extractor.amounts.misprints import count_digits
from extractor.checks.engine.judge import DOUBTED, Case, Judgement, read_case
from extractor.checks.engine.prefer import find_binding
from extractor.checks.engine.rule import NAMED, RESTATED
from extractor.checks.engine.slips import is_other_wrong, is_stated_wrong, measure_gap

# Numbers that differ by less than this are near.
NEAR = Fraction(1, 10)
# Numbers that differ by less are the same but for what was rounded.
SAME = Fraction(1, 1000)
# A form that fails so often in a document, and more often than it holds, is not what the document says.
MOST_FAILING = 3
# One slip makes another number of three digits in one case of forty; among many that fail it says nothing.
TELLING = 4
# How numbers were found that words tell: as a form's ``link`` says.
TOLD = "told"
# The formula of a sum.
SUM = "sum(part)"
# Only what notices nine slips of ten says that a number is right.
CERTAIN = Fraction(9, 10)


def grade(judgements: Sequence[Judgement]) -> list[Judgement]:
    """The judgements of a document, each as loud as what is known of it allows."""
    failing = _count_forms(filter(_is_told, judgements))
    holding = _count_forms(one for one in judgements if one.status.startswith("holds"))
    habitual = {form for form, count in failing.items() if count >= MOST_FAILING and count > holding[form]}
    right = {_find_subject(one) for one in judgements if _is_certain(one)}
    return [_grade(one, habitual, right) if _is_told(one) else one for one in judgements]


def _count_forms(judgements: Iterable[Judgement]) -> Counter[tuple[str, str]]:
    """How many relations each form has; what is found in two ways is one relation, and so is one told in two places."""
    found = {(_name_form(one), _list_numbers(one)) for one in judgements}
    return Counter(form for form, _ in found)


def _list_numbers(judgement: Judgement) -> frozenset[tuple[str, int, int, int]]:
    """The number in question by its place, and the others by what they are."""
    subject = judgement.relation.subject
    return frozenset(
        (role, subject.start, *amount.exact.as_integer_ratio()) for role, amount in judgement.relation.operands
    )


def _name_form(judgement: Judgement) -> tuple[str, str]:
    return judgement.relation.rule, judgement.relation.form


def _find_subject(judgement: Judgement) -> tuple[str, int, int]:
    subject = judgement.relation.subject
    return judgement.relation.rule, subject.start, subject.end


def _is_certain(judgement: Judgement) -> bool:
    is_bound = find_binding(judgement) != "guess"
    return is_bound and judgement.status.startswith("holds") and judgement.power >= CERTAIN


def _is_told(judgement: Judgement) -> bool:
    """Whether a judgement says that printed numbers do not agree, and is no mere remark."""
    if judgement.status != "fails" or judgement.severity == "info":
        return False
    return judgement.form.parsed is not None


def _grade(judgement: Judgement, habitual: set[tuple[str, str]], right: set[tuple[str, int, int]]) -> Judgement:
    if _is_counted_twice(judgement):
        return _doubt(judgement)
    is_told = _find_link(judgement) in (TOLD, NAMED, RESTATED)
    case = read_case(judgement.relation, judgement.form, judgement.form.parsed)  # type: ignore[arg-type]
    if not is_told and _find_subject(judgement) in right:
        return _soften(judgement) if is_other_wrong(case) else _doubt(judgement)
    is_habitual = _name_form(judgement) in habitual
    if is_stated_wrong(case) and not (is_habitual and _has_few_digits(case)):
        return judgement
    if is_habitual:
        return _doubt(judgement)
    if is_told or _is_near(judgement):
        return judgement
    return _soften(judgement) if is_other_wrong(case) else _doubt(judgement)


def _has_few_digits(case: Case) -> bool:
    """Whether a slip explains the number in question by chance where many of its form fail."""
    return case.stated is not None and count_digits(f"{case.stated.value:f}") < TELLING


def _find_link(judgement: Judgement) -> str:
    return judgement.relation.link or judgement.form.link


def _is_counted_twice(judgement: Judgement) -> bool:
    """Whether a sum is of what is the total itself, or of a total and its parts."""
    stated, computed = judgement.stated, judgement.computed
    if not stated or computed is None or judgement.form.formula != SUM:
        return False
    parts = [part.exact for part in judgement.relation.others]
    is_itself = len(parts) > 1 and max(parts) == stated
    return is_itself or measure_gap(2 * stated, computed) <= SAME


def _is_near(judgement: Judgement) -> bool:
    """Whether two numbers all but agree; things are miscounted by one."""
    stated, computed = judgement.stated, judgement.computed
    if stated is None or computed is None:
        return False
    is_miscounted = judgement.relation.subject.counted and abs(stated - computed) == 1
    return is_miscounted or measure_gap(stated, computed) <= NEAR


def _soften(judgement: Judgement) -> Judgement:
    return msgspec.structs.replace(judgement, severity="warning")


def _doubt(judgement: Judgement) -> Judgement:
    return msgspec.structs.replace(judgement, status="unclear", reason=DOUBTED)
