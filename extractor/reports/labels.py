"""What rules, roles and reasons are called: the words stand with the rule, in ``patterns/checks/CODE.toml``."""

from __future__ import annotations

from extractor.checks.engine import wording
from extractor.messages import Lang, known, render
from extractor.model import Check, Notice


def name_rule(rule: str, lang: Lang) -> str:
    """What a rule is called: 合计与分项."""
    told = f"findings.rule.{rule}"
    return render(Notice(told), lang) if known(told) else wording.label_rule(rule, lang)


def name_role(rule: str, role: str, lang: Lang) -> str:
    """What an operand of a rule is called: 合计."""
    told = f"page.operand.{role}"
    return render(Notice(told), lang) if known(told) else wording.label_role(rule, role, lang)


def name_reason(check: Check, lang: Lang) -> str:
    """Why a check is unclear, in a word or two; nothing for one that is not."""
    if not check.reason:
        return ""
    told = f"findings.reason.{check.reason}"
    return render(Notice(told), lang) if known(told) else wording.label_reason(check.rule, check.reason, lang)
