"""The files of the rules, ``patterns/checks/CODE.toml``: label, roles, reasons, and the relations with their formulas.

``label``, ``roles`` and ``reasons`` are in both languages, as are ``basis`` and ``advice``, which may be left out;
each ``[[relation]]`` has its formula, the roles in it, what binds its numbers, the patterns that are its evidence, and
its sentence. One that is the same for several whole numbers lists them in ``over``, and ``{over}`` stands for each in
its id, formula and sentences. A file that lacks any of it is refused when it is loaded, with the name of what is
missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import chain
from typing import Any, Literal, TypeVar

from msgspec import Struct, field

from extractor import patterns
from extractor.checks.engine.formula import Formula, FormulaError, find_summed, parse
from extractor.checks.engine.rule import Severity
from extractor.messages import Sentence
from extractor.model import Binding
from extractor.patterns import PatternError

T = TypeVar("T")
FOLDER, METRICS = "checks", "metrics"
# The tables of a file that the rules read themselves, and those whose entries can be evidence.
NAMED = ("derived", "fragments", "words")
OVER = "over"


class Reason(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a check is unclear: in a word or two, and as the end of its sentence."""

    label: Sentence
    sentence: Sentence


class Form(Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of relation as its file gives it.

    ``roles`` are those of its operands, the number in question first. ``formula`` is what that number should be, or a
    bound that all keep; without one the relation is said by words alone, and ``status`` is what they make of it.
    ``equals`` is what the formula gives where
    nobody prints it (100 % as 1, in the base unit). ``as_printed`` numbers are one figure told twice: with the same
    digits they must be the same. ``scope`` is what is asked of them before they may fail: that none is of another
    level, fund or group (``agree``), or that what one is known to be of is known of all (``known``).
    ``link`` says how its numbers were found: words tell which they are, or they are near one another; the latter are
    doubted where they are far from agreeing.
    ``endings`` replace the common ends of a sentence, by status. ``metrics`` are those of each role where no code finds
    the numbers (``declared``): one, or within a sum as many as are added up.
    """

    roles: list[str]
    binding: Binding
    zh: str
    en: str
    formula: str | None = None
    status: Literal["holds", "fails"] = "fails"
    equals: str | None = None
    as_printed: bool = False
    scope: Literal["any", "agree", "known"] = "any"
    link: Literal["told", "near"] = "told"
    severity: Severity = "error"
    evidence: list[str] = field(default_factory=list)
    endings: dict[str, Sentence] = field(default_factory=dict)
    metrics: dict[str, list[str]] = field(default_factory=dict)

    @property
    def parsed(self) -> Formula | None:
        """The formula ready to be computed."""
        return None if self.formula is None else parse(self.formula)

    @property
    def due(self) -> Fraction | None:
        """The number in question where nobody prints it."""
        return None if self.equals is None else _read_due(self.equals)


@cache
def _read_due(equals: str) -> Fraction:
    return Fraction(equals)


# What a rule may say of the norm behind it, and of what is to be done; one of one's own need not.
ADVISING = ("basis", "advice")
NOTHING_SAID = Sentence("", "")


class RuleFile(Struct, frozen=True):
    """All that a rule says of itself."""

    label: Sentence
    roles: dict[str, Sentence]
    reasons: dict[str, Reason]
    forms: dict[str, Form]
    basis: Sentence = NOTHING_SAID
    """What a report is held to: the relation, and the norm that asks for it where there is one."""
    advice: Sentence = NOTHING_SAID
    """What is to be done where it does not hold."""


@cache
def load(code: str) -> RuleFile:
    """The file of a rule; PatternError where it lacks something, naming the file and what is accepted."""
    name = f"{FOLDER}/{code}"
    (file,) = patterns.files(name)
    if not file.is_file():
        raise PatternError("no-rule-file", place=name)
    table = patterns.read(file)
    found = RuleFile(
        label=patterns.convert(f"{name}.label", table.get("label", {}), Sentence),
        roles=_read_named(f"{name}.roles", table, Sentence),
        reasons=_read_named(f"{name}.reasons", table, Reason),
        forms=dict(_read_forms(name, _list_relations(table))),
        **{field: patterns.convert(f"{name}.{field}", table[field], Sentence) for field in ADVISING if field in table},
    )
    _refuse_incomplete(name, found)
    return found


def _read_named(key: str, table: dict[str, Any], entry: type[T]) -> dict[str, T]:
    """A table of entries by their names."""
    raw: dict[str, object] = table.get(key.rpartition(".")[2], {})
    return {name: patterns.convert(f"{key}.{name}", fields, entry) for name, fields in raw.items()}


def _list_relations(table: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The relations of a file, one that stands over several numbers for each of them."""
    for raw in table.get("relation", []):
        fields = {key: value for key, value in raw.items() if key != OVER}
        yield from (_put_in(fields, number) for number in raw[OVER]) if OVER in raw else (raw,)


def _put_in(fields: Mapping[str, Any], number: int) -> dict[str, Any]:
    """The fields of a relation with a number in place of ``{over}``."""
    place = f"{{{OVER}}}"
    return {
        key: value.replace(place, str(number)) if isinstance(value, str) else value for key, value in fields.items()
    }


def _read_forms(name: str, relations: Iterator[dict[str, Any]]) -> Iterator[tuple[str, Form]]:
    for raw in relations:
        identifier = str(raw.get("id", ""))
        if not patterns.ID.fullmatch(identifier):
            raise PatternError("no-relation-id", place=name, id=repr(identifier))
        fields = {key: value for key, value in raw.items() if key != "id"}
        yield identifier, patterns.convert(f"{name}.{identifier}", fields, Form)


def _refuse_incomplete(name: str, file: RuleFile) -> None:
    if not file.forms:
        raise PatternError("no-relation", place=name)
    _refuse_two_readings(name, file)
    for identifier, form in file.forms.items():
        _refuse_roles(f"{name}.{identifier}", form, file)
        _refuse_evidence(f"{name}.{identifier}", form)
        if form.metrics or not (patterns.root() / f"{name}.toml").is_file():
            _refuse_metrics(f"{name}.{identifier}", form)


def _refuse_two_readings(name: str, file: RuleFile) -> None:
    """Refuses one formula that is of all operands in one form, and of those behind the first in another."""
    due = {form.formula for form in file.forms.values() if form.equals is not None}
    for identifier, form in file.forms.items():
        if form.formula in due and form.equals is None:
            raise PatternError("two-readings", place=f"{name}.{identifier}", formula=str(form.formula))


def _refuse_roles(key: str, form: Form, file: RuleFile) -> None:
    """Refuses a role without its label, and a formula that cannot be read or names a role that the form has not."""
    for role in form.roles:
        if role not in file.roles:
            raise PatternError("role-label", place=key, role=role, accepted=", ".join(file.roles))
    try:
        unknown = form.parsed.roles - set(form.roles) if form.parsed else set()
    except FormulaError as error:
        raise PatternError("formula", place=key, formula=str(form.formula), reason=str(error)) from error
    if unknown:
        raise PatternError("formula-role", place=key, role=", ".join(sorted(unknown)), accepted=", ".join(form.roles))


def _refuse_evidence(key: str, form: Form) -> None:
    for one in form.evidence:
        if not is_pattern(one):
            raise PatternError("evidence", place=key, name=one)


def _refuse_metrics(key: str, form: Form) -> None:
    """Refuses a relation without code whose formula or roles lack what they need to be found by metrics alone."""
    summed = find_summed(form.parsed) if form.parsed else set()
    for role in form.roles:
        metrics = form.metrics.get(role, [])
        if form.parsed is None or not metrics:
            raise PatternError("no-metrics", place=f"{key}.metrics", role=role)
        if len(metrics) > 1 and role not in summed:
            raise PatternError("one-metric", place=f"{key}.metrics.{role}", role=role)
        _refuse_unknown_metrics(f"{key}.metrics.{role}", metrics)


def _refuse_unknown_metrics(place: str, metrics: Sequence[str]) -> None:
    """Refuses metrics that the vocabulary lacks."""
    for metric in metrics:
        if not is_pattern(f"{METRICS}/{metric}"):
            raise PatternError("unknown-metric", place=place, metric=metric)


def is_pattern(name: str) -> bool:
    """Whether a full name is that of an entry, a fragment or a list of words that a pattern file has.

    >>> is_pattern("checks/sum.total"), is_pattern("checks/sum.nothing"), is_pattern("checks/sum")
    (True, False, False)
    """
    file, _, entry = name.partition(".")
    return patterns.files(file)[0].is_file() and entry in _find_entries(file)


@cache
def _find_entries(file: str) -> frozenset[str]:
    table = patterns.read(patterns.files(file)[0])
    listed = (str(raw.get("id")) for raw in chain(table.get("pattern", []), _list_relations(table)))
    return frozenset(chain(listed, *(table.get(kind, {}) for kind in NAMED)))


def find_form(code: str, form: str) -> Form:
    """One relation of a rule's file."""
    forms = load(code).forms
    if form not in forms:
        raise PatternError("unknown-relation", place=f"{FOLDER}/{code}", name=form, accepted=", ".join(forms))
    return forms[form]


def takes_all(code: str, formula: Formula) -> bool:
    """Whether a rule's formula is one of all operands, the number in question among them.

    So are bounds, and what must give a number that nobody prints; forms of one rule with one formula agree in that.
    """
    if formula.bound is not None:
        return True
    alike = [form for form in load(code).forms.values() if form.formula == formula.text]
    return any(form.equals is not None for form in alike)
