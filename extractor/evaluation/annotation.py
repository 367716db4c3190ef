"""An annotation: what somebody says a text states, one mention for each quantity, in the guide's fields."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Struct

from extractor.model import Claim, Dimension, Direction, InputError, Kind, Result, Role

Status = Literal["claim", "optional"]
Ranges = tuple[tuple[int, int], ...]
Offset = Annotated[int, msgspec.Meta(ge=0)]
Words = Annotated[str, msgspec.Meta(min_length=1)]


class Mention(Struct, frozen=True, kw_only=True):
    """One quantity as an annotator writes it down; the fields are the guide's, in its order.

    ``start..end`` are code points of the annotated text. ``optional`` mentions are neither asked for nor held against a
    result. ``metric_alt`` are other readings of the metric that are right too.
    """

    start: Offset
    end: Offset
    raw: Words
    value: str
    value_high: str | None = None
    unit: str
    unit_implied: str | None = None
    dim: Dimension
    approx: str | None = None
    kind: Kind
    direction: Direction | None = None
    baseline: str | None = None
    metric: str | None
    metric_alt: tuple[str, ...] = ()
    period: str | None = None
    role: Role
    section: tuple[str, ...] = ()
    cell: str | None = None
    status: Status = "claim"


class Annotation(Struct, frozen=True):
    """The mentions of one document, ordered by place.

    ``ranges`` are the stretches of the text that were annotated, None for the whole. ``text`` is None where the
    annotation came without the words it is about.
    """

    name: str
    mentions: tuple[Mention, ...]
    text: str | None
    ranges: Ranges | None = None


class Meta(Struct, frozen=True):
    """What ``NAME.meta.json`` says beside an annotation: the file of its text, and the annotated ranges."""

    text: str | None = None
    ranges: Ranges | None = None


# What is raised for JSON that cannot be read, nested too deep among it.
MALFORMED = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)

# Left out of a line where they hold nothing; every other field of the guide is always written.
RARE = ("value_high", "metric_alt")


def ordered(mentions: list[Mention]) -> tuple[Mention, ...]:
    """The mentions by their place in the text."""
    return tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end)))


def of_result(result: Result) -> Annotation:
    """The claims of a result as mentions."""
    return Annotation(result.document.name, ordered([*map(of_claim, result.claims)]), result.text)


def of_claim(claim: Claim) -> Mention:
    """One claim in the guide's fields."""
    cell = claim.cell
    return Mention(
        start=claim.start,
        end=claim.end,
        raw=claim.raw,
        value=claim.value,
        value_high=claim.value_high,
        unit=claim.unit,
        unit_implied=claim.unit_implied,
        dim=claim.dimension,
        approx=claim.approximation,
        kind=claim.kind,
        direction=claim.direction,
        baseline=claim.baseline,
        metric=claim.metric,
        period=claim.period.text if claim.period else None,
        role=claim.role,
        section=claim.path,
        cell=f"{cell.row_label}|{cell.column_label}" if cell else None,
    )


def fields(mention: Mention) -> dict[str, Any]:
    """The mention as plain values, without the rare fields that hold nothing."""
    values: dict[str, Any] = msgspec.to_builtins(mention)
    return {name: value for name, value in values.items() if value or name not in RARE}


def decode(data: bytes, name: str) -> tuple[Mention, ...]:
    """The mentions of JSON Lines, one a line. Raises ``InputError`` that names the line and the field.

    >>> line = '{"start": 4, "end": 9, "raw": "6700元", "value": "6700", "unit": "元", "dim": "money", "kind": "level",'
    >>> decode((line + ' "metric": "慰问金", "role": "actual"}').encode(), "gold.jsonl")[0].metric
    '慰问金'
    """
    mentions = []
    for number, line in enumerate(data.splitlines(), start=1):
        if line.strip():
            try:
                mentions.append(msgspec.json.decode(line, type=Mention))
            except MALFORMED as error:
                raise InputError("annotation.line", name=name, line=number, reason=str(error)) from error
    return ordered(mentions)


def encode(mentions: tuple[Mention, ...]) -> bytes:
    """The mentions as JSON Lines."""
    return b"".join(msgspec.json.encode(fields(mention)) + b"\n" for mention in mentions)


def verify(annotation: Annotation, text: str, message: str = "annotation.misplaced") -> None:
    """Raises ``InputError`` for the first mention whose words do not stand at its place in ``text``."""
    for mention in annotation.mentions:
        if text[mention.start : mention.end] != mention.raw:
            facts: dict[str, str | int] = {"raw": mention.raw, "start": mention.start, "end": mention.end}
            raise InputError(message, name=annotation.name, **facts)
