"""What rules, roles and reasons are called: the words stand with the rule, in ``patterns/checks/CODE.toml``."""

from __future__ import annotations

from extractor import patterns
from extractor.checks.engine.wording import advise, label_reason, label_role, label_rule, name_basis
from extractor.messages import Lang
from extractor.model import Check

__all__ = ["advise", "label_role", "label_rule", "list_rules", "name_basis", "name_reason"]


def list_rules() -> list[str]:
    """The codes of all rules: what ``Check.rule`` may be."""
    return [file.stem for file in patterns.files("checks")]


def name_reason(check: Check, lang: Lang) -> str:
    """Why a check is unclear, in a word or two; nothing for one that is not."""
    return label_reason(check.rule, check.reason, lang) if check.reason else ""
