"""A check that raises costs itself: it is counted and told, and all others are made."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeVar

from extractor.checks.engine.wording import label_rule
from extractor.model import DEBUG, ExtractorError, Notice

T = TypeVar("T")
# What is wrong with the pattern files or the machine is no matter of one check.
LOUD = (ExtractorError, MemoryError)


class Spared:
    """A block that may raise; no generator, as every relation is drawn, judged and worded in one."""

    def __init__(self, counts: Counter[str], rule: str) -> None:
        self._counts, self._rule = counts, rule

    def __enter__(self) -> None:
        """Nothing is to be done before anything raises."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        """Whether what was raised is counted, and raised no further."""
        if not isinstance(error, Exception) or isinstance(error, LOUD) or os.environ.get(DEBUG):
            return False
        self._counts[self._rule] += 1
        return True


class Lapses:
    """How many relations of each rule could not be judged because something raised."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def spare(self, rule: str) -> Spared:
        """Counts what raises as one relation of ``rule``; raises it where the environment asks for that."""
        return Spared(self._counts, rule)

    def draw(self, rule: str, relations: Iterable[T]) -> Iterator[T]:
        """The relations that a rule proposes, as far as it gets."""
        drawn, item = iter(relations), None
        while True:
            with self.spare(rule):
                item = next(drawn, None)
            if item is None:
                return
            yield item
            item = None

    def list_notices(self) -> tuple[Notice, ...]:
        """A sentence for each rule with relations that could not be judged, by the codes of the rules."""
        return tuple(_word(rule, count) for rule, count in sorted(self._counts.items()))


def _word(rule: str, count: int) -> Notice:
    return Notice(
        "checks.lapsed", {"rule_zh": label_rule(rule, "zh"), "rule_en": label_rule(rule, "en"), "count": count}
    )
