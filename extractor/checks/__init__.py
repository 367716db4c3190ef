"""Claims and tables become Checks: every relation that the document asserts, and whether it holds.

The rules propose relations, those of one's own (``declared``) by data alone; one judge computes them, one preference
decides which of two over the same numbers is kept, failing ones that share a number are one finding, and the sentences
are made once. ``rules/CODE.py`` and ``patterns/checks/CODE.toml`` are all there is of a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from itertools import chain, filterfalse
from pkgutil import iter_modules

import msgspec
from msgspec import Struct

from extractor.amounts.book import Book
from extractor.checks import rules
from extractor.checks.declared import find_declared, list_declared
from extractor.checks.engine.findings import make_findings
from extractor.checks.engine.forms import FOLDER
from extractor.checks.engine.grading import grade
from extractor.checks.engine.identify import Ids
from extractor.checks.engine.judge import Judgement, judge
from extractor.checks.engine.lapses import Lapses
from extractor.checks.engine.prefer import find_binding, prefer
from extractor.checks.engine.readings import read_all_otherwise
from extractor.checks.engine.rule import Relation
from extractor.checks.engine.wording import word, write_figures
from extractor.claims.areas import drop_areas
from extractor.model import Check, Claim, Finding, Notice, Result, Verification

__all__ = ["checks", "load_rules", "make_checks", "name_rule", "verification"]

Rule = Callable[[Book], Iterator[Relation]]
# Only checks that notice nine slips of ten verify the claims in them.
VERIFYING = 0.9
# A power is told to a thousandth, which is finer than the digits of any check.
POWER_DIGITS = 3


class Checked(Struct, frozen=True):
    """All that checking says of a document."""

    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    notices: tuple[Notice, ...]


@cache
def load_rules() -> tuple[Rule, ...]:
    """The ``find`` of every file in ``rules``; their order decides nothing."""
    names = sorted(module.name for module in iter_modules(rules.__path__))
    return tuple(import_module(f"{rules.__name__}.{name}").find for name in names)


def checks(result: Result) -> tuple[Check, ...]:
    """Every check of a result's claims and tables; the ids stay the same while what they are about does."""
    return make_checks(result).checks


def make_checks(result: Result) -> Checked:
    """Every check of a result, the mistakes that they show, and what is to be told of what could not be judged."""
    bare = msgspec.structs.replace(result, claims=drop_areas(result.claims))
    lapses, book, ids = Lapses(), Book(bare), Ids()
    kept = prefer(grade(read_all_otherwise(book, list(_judge_all(book, lapses)))))
    judged, made = _word_all(kept, ids, lapses)
    found = tuple(make_findings(judged, made, ids, lapses))
    book.forget_views()
    return Checked(tuple(made), found, lapses.list_notices())


def _word_all(kept: Sequence[Judgement], ids: Ids, lapses: Lapses) -> tuple[list[Judgement], list[Check]]:
    """The checks of some judgements, and those that they are of: a sentence that raises costs its check."""
    judged: list[Judgement] = []
    made: list[Check] = []
    for judgement in kept:
        with lapses.spare(judgement.relation.rule):
            made.append(_make_check(judgement, ids))
            judged.append(judgement)
    return judged, made


def _judge_all(book: Book, lapses: Lapses) -> Iterator[Judgement]:
    """What becomes of every relation that the rules propose, but for those that raise."""
    own = ((code, find_declared(book, code)) for code in list_declared())
    for rule, relations in chain(((name_rule(find), find(book)) for find in load_rules()), own):
        for relation in lapses.draw(rule, relations):
            judged = None
            with lapses.spare(relation.rule):
                judged = judge(relation)
            if judged:
                yield judged


def name_rule(find: Rule) -> str:
    """The code of a rule, which its file is called by."""
    return find.__module__.rpartition(".")[2]


def verification(claims: Sequence[Claim], made: Sequence[Check], findings: Sequence[Finding]) -> Verification:
    """Which claims are verified, which are the number to suspect of a finding, and which neither.

    A check that holds verifies its claims if its power is high enough to tell that their digits are right. What else
    stands in a failing check is what its own checks say: one number that is wrong does not make those beside it wrong.
    """
    wrong = {found.suspect.claim for found in findings}
    right = _find_claims(filter(is_verifying, made))
    ids = [claim.id for claim in claims]
    verified = filter((right - wrong).__contains__, ids)
    contradicted = filter(wrong.__contains__, ids)
    unsettled = filterfalse((right | wrong).__contains__, ids)
    return Verification(tuple(verified), tuple(contradicted), tuple(unsettled))


def is_verifying(check: Check) -> bool:
    """Whether a check holds and would have noticed a slip."""
    if not check.status.startswith("holds"):
        return False
    return check.power >= VERIFYING


def _find_claims(made: Iterator[Check]) -> set[str | None]:
    operands = chain.from_iterable(check.operands for check in made)
    return {operand.claim for operand in operands}


def _make_check(judgement: Judgement, ids: Ids) -> Check:
    relation, form = judgement.relation, judgement.form
    figures = write_figures(judgement)
    severity = "info" if judgement.status == "unclear" else judgement.severity
    return Check(
        id=ids.name_check(relation),
        rule=relation.rule,
        status=judgement.status,
        severity=severity,
        operands=relation.refer(),
        stated=figures.stated,
        computed=figures.computed,
        difference=figures.difference,
        message=word(judgement, figures),
        reason=judgement.reason,
        evidence=(f"{FOLDER}/{relation.rule}.{relation.form}", *form.evidence, *relation.evidence),
        formula=None if relation.reason else form.formula,
        power=round(float(judgement.power), POWER_DIGITS),
        binding=find_binding(judgement),
    )
