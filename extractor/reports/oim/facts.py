"""The facts of a report: a number of a claim each, what it is of, and a note with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractor.model import Claim, Result, Scope
from extractor.reports.oim.concepts import choose_concept, find_unit, write_period
from extractor.reports.oim.names import escape_name, qualify
from extractor.reports.oim.notes import write_place
from extractor.reports.oim.numbers import Number, list_numbers
from extractor.reports.printable import printable

Fact = dict[str, Any]
FACETS = Scope.__struct_fields__
MEMBERS = {
    "kind": ("level", "change_amount", "change_rate", "share", "completion", "rate"),
    "role": ("actual", "target", "budget"),
    "direction": ("increase", "decrease", "flat"),
    "bound": ("low", "high"),
}
"""The dimensions with members of their own."""
TYPED = ("metric", "baseline", "approximation", "time", *(f"scope-{facet}" for facet in FACETS))
"""The dimensions whose values are words of the text, or of the patterns."""
RELATIONS = {"partOf": "part_of", "shareOf": "share_of"}
"""What links facts to each other, by the field that names the other claim."""
# The group of all links, and the language of the notes: that of the reports.
GROUP, LANGUAGE = "_", "zh"


def list_facts(result: Result) -> dict[str, Fact]:
    """All facts by their ids: the claim's, with ``-high`` for the upper end of a range and ``-place`` for its note."""
    facts: dict[str, Fact] = {}
    for claim in result.claims:
        for number in list_numbers(claim):
            facts[_name_fact(claim, number)] = _make_fact(result, claim, number)
        facts[_name_note(claim)] = _make_note(result, claim)
    return facts


def _name_fact(claim: Claim, number: Number) -> str:
    return f"{claim.id}-high" if number.bound == "high" else claim.id


def _name_note(claim: Claim) -> str:
    return f"{claim.id}-place"


def _make_fact(result: Result, claim: Claim, number: Number) -> Fact:
    certain = {} if number.decimals is None else {"decimals": number.decimals}
    own = dict(_list_own(claim, number))
    dimensions = {**dict(_list_core(result, claim)), **{qualify(name): value for name, value in own.items()}}
    return {"value": number.value, **certain, "dimensions": dimensions, "links": _link(claim)}


def _list_core(result: Result, claim: Claim) -> Iterator[tuple[str, str]]:
    """The dimensions that every report has; a number without a unit has none."""
    yield "concept", qualify(choose_concept(claim).name)
    if result.document.entity:
        yield "entity", f"entities:{escape_name(result.document.entity)}"
    period, unit = write_period(claim.period), find_unit(claim)
    if period:
        yield "period", period
    if unit:
        yield "unit", unit


def _list_own(claim: Claim, number: Number) -> Iterator[tuple[str, str]]:
    """The dimensions of the taxonomy, those that the claim tells."""
    members = {"kind": claim.kind, "role": claim.role, "direction": claim.direction, "bound": number.bound}
    yield from ((name, qualify(f"{name}-{member}")) for name, member in members.items() if member)
    yield from ((name, printable(words)) for name, words in _list_words(claim) if words)


def _list_words(claim: Claim) -> Iterator[tuple[str, str | None]]:
    # A metric of the vocabulary is the concept; the text's name for it stands in the note.
    yield "metric", None if claim.metric_id else claim.metric
    yield "baseline", claim.baseline
    yield "approximation", claim.approximation
    is_undated = claim.period is not None and write_period(claim.period) is None
    yield "time", claim.period.text if claim.period and is_undated else None
    for facet in FACETS:
        told = getattr(claim.scope, facet)
        yield f"scope-{facet}", told.value if told else None


def _link(claim: Claim) -> dict[str, dict[str, list[str]]]:
    others = {name: getattr(claim, field) for name, field in RELATIONS.items()}
    linked = {name: {GROUP: [other]} for name, other in others.items() if other}
    return {"footnote": {GROUP: [_name_note(claim)]}, **linked}


def _make_note(result: Result, claim: Claim) -> Fact:
    dimensions = {"concept": "xbrl:note", "noteId": _name_note(claim), "language": LANGUAGE}
    return {"value": write_place(result, claim), "dimensions": dimensions}
