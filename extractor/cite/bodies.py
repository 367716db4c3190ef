"""Whose numbers a text tells: which of the reports it speaks of at a place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from extractor import patterns
from extractor.diffs.kinds import are_other_bodies
from extractor.model import Claim, Result
from extractor.passages.words import compile_fragment

SHORT = 2
"""A place is known by so many characters, as in comparisons."""
BREAK = "\n"
ORGAN = 5
"""A body with a name of its own has so many characters at least: 财政局 alone is of many places."""


def name_body(entity: str | None) -> tuple[str, ...]:
    """What a text may call a body, the government of a place like the place.

    >>> name_body("云溪市青石区柳林街道办事处"), name_body("鄂州市"), name_body("上海市普陀区规划和自然资源局")
    (('柳林',), ('鄂州',), ('规划和自然资源局', '划和自然资源局'))
    >>> name_body("中共上海市普陀区委社会工作部"), name_body("青溪市民政局"), name_body(None)
    (('委社会工作部', '社会工作部'), ('青溪市民政局', '青溪民政局'), ())
    """
    if not entity:
        return ()
    bare = _seats().sub("", entity) or entity
    parts = [part for part in compile_fragment("place").split(bare) if part]
    own = parts[-1] if parts else bare
    if bare == entity and bare.endswith(own):
        return _name_organ(entity, parts)
    return (own[:SHORT],) if len(own) >= SHORT else (bare[:SHORT],)


def _name_organ(entity: str, parts: Sequence[str]) -> tuple[str, ...]:
    """A body that is no place: by its own name, and one that is called like those of other places by its place, too."""
    own = parts[-1]
    if len(own) >= ORGAN or len(parts) == 1:
        return own, own[1:]
    place = parts[-2]
    return entity[entity.rfind(place, 0, -len(own)) :], place + own


def _seats() -> regex.Pattern[str]:
    """What stands behind a place and means the place itself."""
    return patterns.compiled("entities/names.seats", "{seats}", patterns.lexicon("entities/names"))


@cache
def _compile_body() -> regex.Pattern[str]:
    """An expression for a body at the beginning of a clause."""
    return patterns.compiled("cite/bodies.body", "{body}", patterns.lexicon("cite/bodies"))


@cache
def _compile_place() -> regex.Pattern[str]:
    """An expression for the name of a place at the end of a text."""
    return patterns.compiled("cite/bodies.place_before", "{place_before}", patterns.lexicon("cite/bodies"))


def list_bodies(text: str) -> list[tuple[int, str]]:
    """The bodies that a text names at the beginning of a clause, and where.

    >>> list_bodies("2026年区教育局收入预算9.8亿元，全市支出120亿元，浦东新区收入1420亿元")
    [(5, '区教育局'), (29, '浦东新区')]
    """
    return [(found.start("name"), found["name"]) for found in _compile_body().finditer(text)]


class Bodies:
    """The bodies of some reports, as a text names them."""

    def __init__(self, article: Result, reports: Sequence[Result]) -> None:
        self._article = article
        self._entities = [report.document.entity for report in reports]
        self._names = [name_body(report.document.entity) for report in reports]
        self._are_several = len(set(self._names)) > 1
        self._named = self._find_in(article.text)
        others = (are_other_bodies(article.document, report.document) for report in reports)
        self._strange = {at for at, is_other in enumerate(others) if is_other} - self._named

    def list_possible(self, claim: Claim) -> list[int]:
        """The reports that may support a claim: of several bodies those that its sentence names in front of it.

        Where it names none, all but those of bodies that the text never names and is not about.
        """
        named = self._find_in_sentence(claim) if self._are_several else set()
        return sorted(named or set(range(len(self._names))) - self._strange)

    def find_meant(self, claim: Claim) -> set[int]:
        """The reports that may contradict a claim: those of the body that is named last in front of it.

        In its own paragraph another body may be; where the text names none there, it goes on about the one before.
        """
        *above, own = self._article.text[: claim.start].split(BREAK)
        named = self._find_last(own, are_others_known=True)
        for line in reversed(above):
            if named is not None:
                break
            named = self._find_last(line, are_others_known=False)
        return set() if named is None else named

    def _find_in_sentence(self, claim: Claim) -> set[int]:
        return self._find_in(self._article.text[claim.sentence.start : claim.start])

    def _find_last(self, line: str, are_others_known: bool) -> set[int] | None:
        """The reports whose bodies are named last in a line; of none if another body is, None where nobody is."""
        places = {at: self._find_place(at, line) for at in range(len(self._names))}
        last = max(places.values(), default=-1)
        others = [at for at, name in list_bodies(line) if not self._is_own(name)] if are_others_known else []
        if others and others[-1] > last:
            return set()
        return {at for at, place in places.items() if place == last} if last >= 0 else None

    def _find_place(self, at: int, text: str) -> int:
        """Where a text names the body of a report last; -1 where it does not."""
        return max(
            (text.rfind(name) for name in self._names[at] if self._is_of(at, text, text.rfind(name))), default=-1
        )

    def _is_of(self, at: int, text: str, place: int) -> bool:
        """Whether what stands at a place is no body of the same name elsewhere: 静安区规划局 for 普陀区规划局."""
        before = _compile_place().search(text[:place]) if place >= 0 else None
        return place >= 0 and (before is None or before[0] in (self._entities[at] or ""))

    def _is_own(self, name: str) -> bool:
        """Whether a name is that of a report's body, or has it, or a part of it."""
        is_part = any(name in (entity or "") for entity in self._entities)
        return is_part or bool(self._find_in(name))

    def _find_in(self, text: str) -> set[int]:
        """The reports whose bodies a text names."""
        return {at for at in range(len(self._names)) if self._find_place(at, text) >= 0}
