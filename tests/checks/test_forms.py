"""The files of the rules: what a rule lacks is refused when its file is read, with the name of what is missing."""

from __future__ import annotations

import re
from pathlib import Path
from pkgutil import iter_modules

import pytest

from extractor import patterns
from extractor.checks import rules
from extractor.checks.engine import forms
from extractor.checks.engine.formula import parse
from extractor.checks.engine.judge import judge
from extractor.checks.engine.rule import SILENT, TOLD, Relation
from extractor.patterns import PatternError

RULES = sorted(module.name for module in iter_modules(rules.__path__))
WHOLE = """# A rule.
label = { zh = "占比", en = "share" }
basis = { zh = "占比＝部分÷总数。", en = "Share = part ÷ whole." }
advice = { zh = "核对占比。", en = "Check the share." }
[roles]
share = { zh = "占比", en = "share" }
part = { zh = "部分", en = "part" }
[reasons.no_part]
label = { zh = "无", en = "none" }
sentence = { zh = "：无。", en = ": none." }
[fragments]
named = '占'
[[relation]]
id = "given"
roles = ["share", "part"]
formula = "part / 2"
binding = "words"
evidence = ["checks/trial.named"]
zh = "{subject}"
en = "{subject}"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree of patterns with nothing in it but the folder of the rules."""
    monkeypatch.setattr(patterns, "root", lambda: tmp_path)
    (tmp_path / "checks").mkdir()
    return tmp_path / "checks"


def load(folder: Path, text: str) -> forms.RuleFile:
    (folder / "trial.toml").write_text(text, encoding="utf-8")
    forms._find_entries.cache_clear()
    patterns.read.cache_clear()
    return forms.load.__wrapped__("trial")


def test_a_whole_file_is_read(folder: Path) -> None:
    assert load(folder, WHOLE).forms["given"].parsed == parse("part / 2")


@pytest.mark.parametrize("code", RULES)
def test_every_rule_names_its_basis_and_gives_advice(code: str) -> None:
    file = forms.load(code)
    assert all((file.basis.zh, file.basis.en, file.advice.zh, file.advice.en))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('label = { zh = "占比", en = "share" }\n', "", "label"),
        (', en = "share" }\nbasis', " }\nbasis", "label"),
        (', en = "Share = part ÷ whole."', "", "basis"),
        ('part = { zh = "部分", en = "part" }\n', "", "role part has no label"),
        ('sentence = { zh = "：无。", en = ": none." }\n', "", "reasons"),
        ('en = "{subject}"\n', "", "given.*en"),
        ('zh = "{subject}"\n', "", "given.*zh"),
        ("checks/trial.named", "checks/trial.nothing", "evidence checks/trial.nothing is no pattern"),
        ("checks/trial.named", "nowhere/at.all", "evidence nowhere/at.all is no pattern"),
        ("part / 2", "whole_thing / 2", "whole_thing in the formula is no role"),
        ("part / 2", "part /", "is no formula"),
        ("part / 2", "part * part", "power higher than one"),
        ('binding = "words"\n', "", "binding"),
        ('binding = "words"', 'binding = "luck"', "binding"),
        ('id = "given"', 'id = ""', "every ..relation.. has one"),
        (WHOLE[WHOLE.index("[[relation]]") :], "", "at least one"),
        ('formula = "part / 2"\n', 'formula = "part / 2"\notherwise = "no_words"\n', "no field otherwise"),
    ],
)
def test_what_a_file_lacks_is_told(folder: Path, old: str, new: str, said: str) -> None:
    assert old in WHOLE
    with pytest.raises(PatternError, match=f"(?s)checks/trial.*{said}"):
        load(folder, WHOLE.replace(old, new))


def test_one_formula_is_not_read_in_two_ways(folder: Path) -> None:
    again = WHOLE[WHOLE.index("[[relation]]") :].replace('id = "given"', 'id = "due"\nequals = "1"')
    with pytest.raises(PatternError, match="equals"):
        load(folder, WHOLE + again)


def test_a_rule_without_its_file_is_told(folder: Path) -> None:
    with pytest.raises(PatternError, match="there is none"):
        forms.load.__wrapped__("trial")


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_its_file_and_is_called_by_its_code(name: str) -> None:
    module = __import__(f"extractor.checks.rules.{name}", fromlist=["RULE"])
    assert name == module.RULE
    assert forms.load(name).forms


def test_every_file_has_its_rule() -> None:
    assert {patterns.name(file).removeprefix("checks/") for file in patterns.files("checks")} == set(RULES)


def test_a_relation_that_the_file_does_not_have_is_told() -> None:
    with pytest.raises(PatternError, match="no relation nothing"):
        judge(Relation("sum", "nothing", ()))


@pytest.mark.parametrize("rule", sorted(Path(rules.__path__[0]).glob("[a-z]*.py")), ids=lambda rule: rule.stem)
def test_every_reason_that_a_rule_names_has_its_words(rule: Path) -> None:
    named = re.findall(r'(?:reason|otherwise)=\(?"([a-z_]+)"', rule.read_text(encoding="utf-8"))
    assert set(named) <= {*forms.load(rule.stem).reasons, TOLD, SILENT}
