"""Whether a check is one of the rules that there are, and its formula one that its operands fill."""

from __future__ import annotations

import re

from extractor.checks.engine.forms import RuleFile, load, takes_all
from extractor.checks.engine.formula import parse
from extractor.checks.engine.judge import COMMON
from extractor.checks.engine.written import write_out
from extractor.model import Check, Operand
from extractor.patterns import PatternError
from extractor.saved.lies import LieError

CODE = re.compile("[a-z]+(_[a-z]+)*")


def verify(check: Check, place: str) -> None:
    """Raises ``LieError`` for a rule, a reason or a formula that this version does not know, or cannot fill."""
    rule = _find_rule(check.rule, f"{place}.rule")
    if check.reason is not None and check.reason not in (*COMMON, *rule.reasons):
        raise LieError(f"an unknown reason - at `{place}.reason`")
    if check.formula is not None:
        _verify_formula(check, check.formula, rule, f"{place}.formula")


def _find_rule(code: str, place: str) -> RuleFile:
    if not CODE.fullmatch(code):
        raise LieError(f"no rule has such a name - at `{place}`")
    try:
        return load(code)
    except PatternError as error:
        raise LieError(f"this version knows no such rule - at `{place}`") from error


def _verify_formula(check: Check, text: str, rule: RuleFile, place: str) -> None:
    """The formula is one of the rule's, and has a number for each of its names."""
    if text not in {form.formula for form in rule.forms.values()}:
        raise LieError(f"no formula of this rule - at `{place}`")
    formula = parse(text)
    used = check.operands[0 if takes_all(check.rule, formula) else 1 :]
    try:
        pieces = write_out(formula, _sort_by_role(used))
    except LookupError as error:
        raise LieError(f"an operand is missing - at `{place}`") from error
    if not pieces:
        raise LieError(f"an operand is missing - at `{place}`")


def _sort_by_role(operands: tuple[Operand, ...]) -> dict[str, list[Operand]]:
    found: dict[str, list[Operand]] = {}
    for operand in operands:
        found.setdefault(operand.role, []).append(operand)
    return found
