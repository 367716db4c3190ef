"""Reads the examples beside the patterns, and compares what they expect with what the tool finds.

The notation is described in ``corpus/examples/README.md``. ``check`` has one message for each way to fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import regex

from extractor import Claim, extract
from extractor.quantities import scan

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "corpus" / "examples"
# The examples of these have a notation and a test of their own.
ELSEWHERE = ("checks/", "passages/", "headings/", "entities/", "statements/", "tables/", "vocabulary/numbering")
ATTRIBUTES = (
    "value", "value_high", "unit", "unit_implied", "dimension", "base_value", "base_unit", "approximation",
    "interval", "metric", "metric_id", "kind", "direction", "baseline", "period", "period_start", "period_end",
    "role", "path", "cell", "part_of", "share_of", "by", "not",
)  # fmt: skip
# A facet of a claim's scope is shown by its value.
FACETS = ("level", "fund", "account", "side", "stage", "measure", "group", "place", "owner")
COMPUTED = ("base_value", "interval")
DROPPED = regex.compile(r"(?P<raw>.+) (?P<guard>guards/\S+|words|no unit)")


class NotationError(ValueError):
    """A line of an example file that cannot be read: names file, line and what is accepted."""


class Expected(NamedTuple):
    """A claim by its raw text, and the attributes that it must have."""

    raw: str
    attributes: tuple[tuple[str, str], ...] = ()


class Dropped(NamedTuple):
    """A number that is no claim, and the guard that says so."""

    raw: str
    guard: str


class Example(NamedTuple):
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
            raise NotationError(f"{self.place}: expects claims, or `-`, and not both")
        text = "\n".join(self.lines)
        return Example(self.place, text, tuple(self.claims), tuple(self.dropped), self.known_failure)


def read(text: str, name: str) -> list[Example]:
    """The examples of one file called ``name``, in order."""
    drafts: list[Draft] = []
    for number, line in enumerate(text.splitlines(), 1):
        place, mark, rest = f"{name}:{number}", line[:2], line[2:].rstrip()
        if mark in ("= ", "? "):
            drafts.append(Draft(place, rest, mark == "? "))
        elif not line.strip() or line.startswith("#"):
            continue
        elif not drafts or mark not in ("| ", "  "):
            raise NotationError(f"{place}: a line begins with `# `, `= `, `? `, `| ` or is indented")
        elif mark == "| ":
            drafts[-1].lines.append(rest)
        else:
            _expect(drafts[-1], rest.strip(), place)
    return [draft.done() for draft in drafts]


def _expect(draft: Draft, line: str, place: str) -> None:
    """Adds one indented line: nothing, a dropped number, or a claim."""
    if line == "-":
        draft.silent = True
    elif line.startswith("! "):
        found = DROPPED.fullmatch(line[2:])
        if not found:
            raise NotationError(f"{place}: `! RAW GUARD`, where GUARD is guards/FILE.ID, words or no unit")
        draft.dropped.append(Dropped(found["raw"], found["guard"]))
    else:
        raw, *attributes = line.split(" | ")
        draft.claims.append(Expected(raw.strip(), tuple(_attribute(part.strip(), place) for part in attributes)))


def _attribute(part: str, place: str) -> tuple[str, str]:
    """``value 20`` as a pair; a name that no claim has is an error."""
    name, _, value = part.partition(" ")
    if name not in (*ATTRIBUTES, *FACETS):
        raise NotationError(f"{place}: unknown attribute {name!r} (known: {', '.join(ATTRIBUTES)})")
    if not value:
        raise NotationError(f"{place}: attribute {name!r} has no value (`-` for none)")
    return name, value


def files() -> list[Path]:
    """Every example file in this notation."""
    return [file for file in sorted(FOLDER.rglob("*.txt")) if not name(file).startswith(ELSEWHERE)]


def name(file: Path) -> str:
    """The name an example file shares with its pattern file: units/money."""
    return file.relative_to(FOLDER).with_suffix("").as_posix()


def all_examples() -> list[Example]:
    """The examples of all files."""
    return [one for file in files() for one in read(file.read_text(encoding="utf-8"), name(file))]


def claims(example: Example) -> tuple[Claim, ...]:
    """What the tool claims of the example's text."""
    return extract(example.text.encode(), name="example.txt").claims


def check(example: Example) -> list[str]:
    """Every way in which the tool's result differs from what the example expects."""
    found = claims(example)
    return [*_differences(example.claims, found), *_undropped(example)]


def _differences(expected: tuple[Expected, ...], found: tuple[Claim, ...]) -> Iterator[str]:
    """Missing and extra claims, and the wrong attributes of those that are there."""
    left, right = [one.raw for one in expected], [claim.raw for claim in found]
    known = {claim.id: claim.raw for claim in found}
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            for one, claim in zip(expected[a:b], found[c:d], strict=True):
                yield from _wrong(one, claim, known)
        else:
            yield from (f"missing claim: {raw}" for raw in left[a:b])
            yield from (f"extra claim: {claim.raw} ({claim.metric}; {claim.evidence[0]})" for claim in found[c:d])


def _wrong(expected: Expected, claim: Claim, known: dict[str, str]) -> Iterator[str]:
    """The attributes in which a claim differs."""
    for attribute, value in expected.attributes:
        if attribute == "by" and value not in claim.evidence:
            yield f"{claim.raw}: pattern {value} did not fire (fired: {', '.join(claim.evidence)})"
        elif attribute == "not" and value in claim.evidence:
            yield f"{claim.raw}: pattern {value} must not fire"
        elif attribute not in ("by", "not"):
            is_value = shown(attribute, claim, known)
            if not _same(attribute, is_value, value):
                yield f"{claim.raw}: {attribute} is {is_value}, expected {value}"


def _same(attribute: str, left: str, right: str) -> bool:
    """Whether two spellings of an attribute are equal; computed numbers are, whatever their trailing zeros."""
    if attribute not in COMPUTED or "-" in (left, right):
        return left == right
    return _numbers(left) == _numbers(right)


def _numbers(text: str) -> list[Decimal | None]:
    """One number, or the ends of an interval; an open end is None."""
    return [Decimal(end) if end else None for end in text.split("..")]


def shown(attribute: str, claim: Claim, known: dict[str, str]) -> str:
    """An attribute of a claim as the notation writes it; ``-`` for none. ``known`` has the raw text of every claim."""
    if attribute == "interval":
        return "..".join(end or "" for end in claim.interval)
    if attribute == "path":
        return " / ".join(claim.path) or "-"
    if attribute == "cell":
        return f"{claim.cell.row_label}@{claim.cell.column_label}" if claim.cell else "-"
    if attribute.startswith("period"):
        part = attribute.partition("_")[2] or "text"
        return getattr(claim.period, part, None) or "-"
    if attribute in FACETS:
        facet = getattr(claim.scope, attribute)
        return facet.value if facet else "-"
    value = getattr(claim, attribute)
    return (known[value] if attribute in ("part_of", "share_of") and value else value) or "-"


def _undropped(example: Example) -> Iterator[str]:
    """The numbers that no guard, or another guard, dropped."""
    for one in example.dropped:
        guards = dropped_by(example, one.raw)
        if not guards:
            yield f"no number starts in {one.raw!r}"
        elif one.guard not in guards:
            yield f"{one.raw}: dropped by {', '.join(guards)}, expected {one.guard}"


def dropped_by(example: Example, raw: str) -> list[str]:
    """What became of the numbers that start within ``raw``: the guard that dropped each, or ``nothing``."""
    return [
        quantity.dropped or "nothing"
        for line in example.text.splitlines()
        for at in _places(line, raw)
        for quantity in scan(line)
        if at <= quantity.start < at + len(raw)
    ]


def _places(text: str, raw: str) -> list[int]:
    """Every offset at which ``raw`` stands in ``text``."""
    return [match.start() for match in regex.finditer(regex.escape(raw), text, overlapped=True)]
