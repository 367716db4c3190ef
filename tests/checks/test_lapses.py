"""A check that raises costs itself: it is left out and told, and all others are made."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from extractor import checks, extract
from extractor.amounts.book import Book
from extractor.checks.engine import judge, wording
from extractor.checks.engine.judge import Judgement
from extractor.checks.engine.rule import Relation
from extractor.model import DEBUG, Check
from extractor.patterns import PatternError

TEXT = "购置车辆31辆，其中客车12辆，占38.7%；货车9辆。全年支出合计15万元，同比增长50%；上年支出合计10万元。".encode()


def find_rules(lang: str = "zh") -> tuple[set[str], tuple[str, ...]]:
    """The rules of the checks that are made of the text, and the warnings."""
    found = extract(TEXT, name="x.txt", lang=lang)  # type: ignore[arg-type]
    return {check.rule for check in found.checks}, found.document.warnings


def fail(*_: object) -> None:
    raise ValueError("a number that nobody thought of")


def test_a_relation_that_cannot_be_judged_is_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    before, warnings = find_rules()
    assert before >= {"share", "change"}
    assert not warnings

    def refuse_shares(relation: Relation) -> Judgement | None:
        return judge.judge(relation) if relation.rule != "share" else fail()

    monkeypatch.setattr(checks, "judge", refuse_shares)
    after, (warning,) = find_rules()
    assert after == before - {"share"}
    assert warning.startswith("占比：有1处关系")
    assert find_rules("en")[1][0].startswith("share: relations that could not be checked")


def test_a_rule_that_raises_midway_keeps_what_it_has_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = list(checks.load_rules())
    (at,) = [at for at, rule in enumerate(rules) if rule.__module__.endswith(".change")]
    find = rules[at]

    def break_off(book: Book) -> Iterator[Relation]:
        yield next(find(book))
        fail()

    break_off.__module__ = find.__module__
    rules[at] = break_off
    before, _ = find_rules()
    monkeypatch.setattr(checks, "load_rules", lambda: tuple(rules))
    after, (warning,) = find_rules()
    assert after == before
    assert "1处" in warning


def test_a_check_whose_sentence_cannot_be_made_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(judgement: Judgement, figures: wording.Figures) -> object:
        return fail() if judgement.relation.rule == "share" else wording.word(judgement, figures)

    monkeypatch.setattr(checks, "word", refuse)
    after, warnings = find_rules()
    assert "share" not in after
    assert len(warnings) == 1


def test_whoever_asks_is_told_where_it_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "judge", fail)
    monkeypatch.setenv(DEBUG, "1")
    with pytest.raises(ValueError, match="nobody thought of"):
        find_rules()


@pytest.mark.parametrize("error", [PatternError("no such form"), MemoryError()])
def test_what_is_no_matter_of_one_check_is_not_hidden(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def refuse(_: Relation) -> Check:
        raise error

    monkeypatch.setattr(checks, "judge", refuse)
    with pytest.raises(type(error)):
        find_rules()
