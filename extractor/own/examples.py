"""Reads the examples beside patterns, and compares what they expect with what the tool finds.

An example is a small document and the claims expected of it, as ``corpus/examples/README.md`` describes. Every way to
fail has a sentence of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher

import regex
from msgspec import Struct

from extractor.layers import PatternError
from extractor.model import Claim, Notice
from extractor.pipeline import extract
from extractor.quantities import scan

ATTRIBUTES = (
    "value", "value_high", "unit", "unit_implied", "dimension", "base_value", "base_unit", "approximation",
    "interval", "metric", "metric_id", "kind", "direction", "baseline", "period", "period_start", "period_end",
    "role", "path", "cell", "part_of", "share_of", "by", "not",
)  # fmt: skip
# A facet of a claim's scope is shown by its value.
FACETS = ("level", "fund", "account", "side", "stage", "measure", "group", "place", "owner")
COMPUTED = ("base_value", "interval")
DROPPED = regex.compile(r"\A(?P<raw>.+) (?P<guard>guards/\S+|words|no unit)")
NONE = "-"


class Expected(Struct, frozen=True):
    """A claim by its raw text, and the attributes that it must have."""

    raw: str
    attributes: tuple[tuple[str, str], ...] = ()


class Dropped(Struct, frozen=True):
    """A number that is no claim, and the guard that says so."""

    raw: str
    guard: str


class Example(Struct, frozen=True):
    """One small document and everything that is expected of it."""

    place: str
    text: str
    claims: tuple[Expected, ...]
    dropped: tuple[Dropped, ...]
    known_failure: bool

    @property
    def file(self) -> str:
        """The file it stands in, named as its pattern file is: units/money."""
        return self.place.rpartition(":")[0]


class Draft:
    """An example while its lines are read."""

    def __init__(self, place: str, first: str, known_failure: bool) -> None:
        self.place, self.lines, self.known_failure = place, [first], known_failure
        self.claims: list[Expected] = []
        self.dropped: list[Dropped] = []
        self.silent = False

    def done(self) -> Example:
        """The example; one that expects nothing must say so."""
        if self.silent == bool(self.claims) and not (self.dropped and not self.silent):
            raise PatternError("example-expects", place=self.place)
        text = "\n".join(self.lines).replace("⇥", "\t")
        return Example(self.place, text, tuple(self.claims), tuple(self.dropped), self.known_failure)


def read(text: str, name: str) -> list[Example]:
    r"""The examples of one file called ``name``, in order. Raises ``PatternError`` for a line that cannot be read.

    >>> [example] = read("= 发放救助金20万元。\n  20万元 | value 20", "units/money")
    >>> example.place, example.claims
    ('units/money:1', (Expected(raw='20万元', attributes=(('value', '20'),)),))
    """
    drafts: list[Draft] = []
    for number, line in enumerate(text.splitlines(), 1):
        place, mark, rest = f"{name}:{number}", line[:2], line[2:].rstrip()
        if mark in ("= ", "? "):
            drafts.append(Draft(place, rest, mark == "? "))
        elif not line.strip() or line.startswith("#"):
            continue
        elif not drafts or mark not in ("| ", "  "):
            raise PatternError("example-line", place=place)
        elif mark == "| ":
            drafts[-1].lines.append(rest)
        else:
            _expect(drafts[-1], rest.strip(), place)
    return [draft.done() for draft in drafts]


def _expect(draft: Draft, line: str, place: str) -> None:
    """Adds one indented line: nothing, a dropped number, or a claim."""
    if line == NONE:
        draft.silent = True
    elif line.startswith("! "):
        found = DROPPED.fullmatch(line[2:])
        if not found:
            raise PatternError("example-dropped", place=place)
        draft.dropped.append(Dropped(found["raw"], found["guard"]))
    else:
        raw, *attributes = line.split(" | ")
        draft.claims.append(Expected(raw.strip(), tuple(_read_attribute(part.strip(), place) for part in attributes)))


def _read_attribute(part: str, place: str) -> tuple[str, str]:
    """``value 20`` as a pair; a name that no claim has is an error."""
    name, _, value = part.partition(" ")
    if name not in (*ATTRIBUTES, *FACETS):
        accepted = ", ".join((*ATTRIBUTES, *FACETS))
        raise PatternError("example-attribute", place=place, name=name, accepted=accepted)
    if not value:
        raise PatternError("example-value", place=place, name=name)
    return name, value


# ── what is found ────────────────────────────────────────────────────────────────────────────────────────────────────


def find_claims(example: Example) -> tuple[Claim, ...]:
    """What the tool claims of the example's text."""
    return extract(example.text.encode(), name="example.txt").claims


def check(example: Example) -> list[Notice]:
    """Every way in which the tool's result differs from what the example expects."""
    return [*_compare(example.claims, find_claims(example)), *_find_undropped(example)]


def _differ(message: str, **facts: str) -> Notice:
    return Notice(f"own.{message}", dict(facts))


def _compare(expected: tuple[Expected, ...], found: tuple[Claim, ...]) -> Iterator[Notice]:
    """Missing and extra claims, and the wrong attributes of those that are there."""
    left, right = [one.raw for one in expected], [claim.raw for claim in found]
    known = {claim.id: claim.raw for claim in found}
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            for one, claim in zip(expected[a:b], found[c:d], strict=True):
                yield from _compare_one(one, claim, known)
        else:
            yield from (_differ("missing", raw=raw) for raw in left[a:b])
            yield from (
                _differ("extra", raw=one.raw, name=one.metric or NONE, by=one.evidence[0]) for one in found[c:d]
            )


def _compare_one(expected: Expected, claim: Claim, known: dict[str, str]) -> Iterator[Notice]:
    """The attributes in which a claim differs."""
    for attribute, value in expected.attributes:
        if attribute == "by" and value not in claim.evidence:
            yield _differ("not-by", raw=claim.raw, pattern=value, fired=", ".join(claim.evidence))
        elif attribute == "not" and value in claim.evidence:
            yield _differ("must-not", raw=claim.raw, pattern=value)
        elif attribute not in ("by", "not"):
            found = show_attribute(attribute, claim, known)
            if not _is_same(attribute, found, value):
                yield _differ("differs", raw=claim.raw, name=attribute, found=found, expected=value)


def _is_same(attribute: str, left: str, right: str) -> bool:
    """Whether two spellings of an attribute are equal; computed numbers are, whatever their trailing zeros."""
    if attribute not in COMPUTED or NONE in (left, right):
        return left == right
    return _read_numbers(left) == _read_numbers(right)


def _read_numbers(text: str) -> list[Decimal | None]:
    """One number, or the ends of an interval; an open end is None."""
    return [Decimal(end) if end else None for end in text.split("..")]


def show_attribute(attribute: str, claim: Claim, known: dict[str, str]) -> str:
    """An attribute of a claim as the notation writes it; ``-`` for none. ``known`` has the raw text of every claim."""
    if attribute == "interval":
        return "..".join(end or "" for end in claim.interval)
    if attribute == "path":
        return " / ".join(claim.path) or NONE
    if attribute == "cell":
        return f"{claim.cell.row_label}@{claim.cell.column_label}" if claim.cell else NONE
    if attribute.startswith("period"):
        part = attribute.partition("_")[2] or "text"
        return getattr(claim.period, part, None) or NONE
    if attribute in FACETS:
        facet = getattr(claim.scope, attribute)
        return facet.value if facet else NONE
    value = getattr(claim, attribute)
    return (known[value] if attribute in ("part_of", "share_of") and value else value) or NONE


def _find_undropped(example: Example) -> Iterator[Notice]:
    """The numbers that no guard, or another guard, dropped."""
    for one in example.dropped:
        guards = find_droppers(example, one.raw)
        if not guards:
            yield _differ("no-number", raw=one.raw)
        elif one.guard not in guards:
            yield _differ("dropped-by", raw=one.raw, found=", ".join(guards), expected=one.guard)


def find_droppers(example: Example, raw: str) -> list[str]:
    """What became of the numbers that start within ``raw``: the guard that dropped each, or ``nothing``."""
    return [
        quantity.dropped or "nothing"
        for line in example.text.splitlines()
        for at in _find_places(line, raw)
        for quantity in scan(line)
        if at <= quantity.start < at + len(raw)
    ]


def _find_places(text: str, raw: str) -> list[int]:
    """Every offset at which ``raw`` stands in ``text``."""
    return [match.start() for match in regex.finditer(regex.escape(raw), text, overlapped=True)]


def find_fired(example: Example) -> set[str]:
    """The evidence of every claim of an example, and the guard of each dropped number."""
    evidence = {name for claim in find_claims(example) for name in claim.evidence}
    return evidence | {quantity.dropped for quantity in scan(example.text) if quantity.dropped}
