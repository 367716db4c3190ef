"""What came of planted errors, each and in figures: by kind of slip, by rule, by section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from msgspec import Struct

from extractor import __version__
from extractor.model import DocumentInfo, Message, Tool
from extractor.pipeline import DISTRIBUTION
from extractor.probe.numbers import Number

DEPTH = 2
"""Sections are told apart by so many headings from the top."""


class Planted(Struct, frozen=True):
    """One error: ``raw`` at ``start..end`` of the text became ``planted``, and whether a check on it failed.

    ``rules`` are those that saw it, ``message`` is what the first of them says; ``stray`` counts the alarms about other
    numbers.
    """

    id: str
    slip: str
    place: Literal["narrative", "table"]
    path: tuple[str, ...]
    page: int | None
    start: int
    end: int
    label: str
    raw: str
    planted: str
    seen: bool
    rules: tuple[str, ...]
    stray: int
    message: Message


class Rate(Struct, frozen=True):
    """How many errors of one ``name`` were planted, and how many of them seen."""

    name: str
    planted: int
    seen: int


class Sight(Struct, frozen=True):
    """How many errors a rule saw, and how many of them no other rule did."""

    rule: str
    seen: int
    alone: int


class Stretch(Struct, frozen=True):
    """A section of the narrative or a table: its numbers, those that a check watches, and what came of errors in it.

    A check watches a number if it holds and nine in ten changes of one digit would break it.
    """

    place: Literal["narrative", "table"]
    path: tuple[str, ...]
    numbers: int
    watched: int
    planted: int
    seen: int


class Probe(Struct, frozen=True):
    """What a report's checks would have seen of planted errors: the root of the JSON."""

    schema: Literal["extractor-probe/1"]
    tool: Tool
    document: DocumentInfo
    seed: int
    numbers: int
    watched: int
    planted: int
    seen: int
    stray: int
    places: tuple[Rate, ...]
    slips: tuple[Rate, ...]
    rules: tuple[Sight, ...]
    sections: tuple[Stretch, ...]
    errors: tuple[Planted, ...]


def count_up(
    document: DocumentInfo, seed: int, numbers: Sequence[Number], watched: frozenset[int], errors: Sequence[Planted]
) -> Probe:
    """The figures over all planted errors, and over all numbers of the report."""
    return Probe(
        schema="extractor-probe/1",
        tool=Tool(DISTRIBUTION, __version__),
        document=document,
        seed=seed,
        numbers=len(numbers),
        watched=sum(number.start in watched for number in numbers),
        planted=len(errors),
        seen=sum(error.seen for error in errors),
        stray=sum(error.stray for error in errors),
        places=_rate(errors, lambda error: error.place),
        slips=_rate(errors, lambda error: error.slip),
        rules=_list_sights(errors),
        sections=tuple(_list_stretches(numbers, watched, errors)),
        errors=tuple(errors),
    )


def _rate(errors: Sequence[Planted], name: Callable[[Planted], str]) -> tuple[Rate, ...]:
    planted, seen = Counter(map(name, errors)), Counter(name(error) for error in errors if error.seen)
    return tuple(Rate(one, planted[one], seen[one]) for one in sorted(planted))


def _list_sights(errors: Sequence[Planted]) -> tuple[Sight, ...]:
    """The rules, the one that saw most first."""
    seen = Counter(rule for error in errors for rule in error.rules)
    alone = Counter(error.rules[0] for error in errors if len(error.rules) == 1)
    return tuple(Sight(rule, seen[rule], alone[rule]) for rule in sorted(seen, key=lambda one: (-seen[one], one)))


def _list_stretches(numbers: Sequence[Number], watched: frozenset[int], errors: Sequence[Planted]) -> Iterable[Stretch]:
    """The sections and tables with numbers, in document order, narrative first."""
    every = Counter(map(_find_key, numbers))
    kept = Counter(_find_key(number) for number in numbers if number.start in watched)
    planted, seen = Counter(map(_find_key, errors)), Counter(_find_key(error) for error in errors if error.seen)
    for key in sorted(every, key=lambda key: key[0]):
        yield Stretch(*key, every[key], kept[key], planted[key], seen[key])


def _find_key(one: Number | Planted) -> tuple[Literal["narrative", "table"], tuple[str, ...]]:
    return one.place, one.path[:DEPTH]
