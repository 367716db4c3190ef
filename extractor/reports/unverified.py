"""Why a claim is neither verified nor contradicted: what a reader who must judge it alone is told."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.checks import is_verifying
from extractor.messages import Lang, render
from extractor.model import Check, Notice, Result
from extractor.reports.labels import label_rule, name_reason
from extractor.reports.standing import group_by_claim


def list_reasons(result: Result, lang: Lang) -> dict[str, list[str]]:
    """Why each claim that is unverified is so, by its id: a phrase or more, what says most first."""
    touching = group_by_claim(result.checks)
    return {identity: explain(touching.get(identity, ()), lang) for identity in result.verification.unverified}


def explain(checks: Sequence[Check], lang: Lang) -> list[str]:
    """Why none of the checks that a claim takes part in verifies it; where there are none, that it stands alone.

    Of those that hold, that which proves most stands for the others.
    """
    told = [_describe_failing(check, lang) for check in checks if check.status == "fails"]
    told += [_describe_unclear(check, lang) for check in checks if check.status == "unclear" and check.reason]
    weak = max(filter(_is_weak, checks), key=lambda check: check.power, default=None)
    told += [_describe_weak(weak, lang)] if weak else []
    return [*dict.fromkeys(told)] or [_say("alone", lang)]


def _is_weak(check: Check) -> bool:
    return check.status.startswith("holds") and not is_verifying(check)


def _describe_failing(check: Check, lang: Lang) -> str:
    return _say("elsewhere", lang, rule=label_rule(check.rule, lang))


def _describe_unclear(check: Check, lang: Lang) -> str:
    return _say("unclear", lang, rule=label_rule(check.rule, lang), reason=name_reason(check, lang))


def _describe_weak(check: Check, lang: Lang) -> str:
    return _say("weak", lang, rule=label_rule(check.rule, lang))


def _say(name: str, lang: Lang, **facts: str | int) -> str:
    return render(Notice(f"unverified.{name}", facts), lang)
