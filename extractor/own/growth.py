"""Texts that grow, made of the words of an expression, and whether the time of a call grows faster than they do.

It tells which expressions would hold up long documents: the package's in its tests, one's own where they are checked.

What backtracks does so where a repetition can begin over and over: each is given its own words again and again, those
behind what stands in front of it, and what stands in front alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from math import inf
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import regex

from extractor import patterns

Node = tuple[Any, Any]
# A repetition that may be shorter than this is cheap wherever it begins.
LONG = 100
# Classes that only the library of the expressions knows, and groups that have one name twice.
UNKNOWN = regex.compile(r"\\[pP]\{[^}]*\}")
NAMED = regex.compile(r"\(\?P<\w+>")
CATEGORIES = {codes.CATEGORY_DIGIT: "1", codes.CATEGORY_SPACE: " "}
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
SHORTEST, MIDDLE, LONGEST = 1_000, 2_000, 4_000
# Four times the text in eight times the time is more than linear, however the machine is loaded; in fewer seconds than
# this nobody is kept waiting.
RATIO, SECONDS = 8, 0.01
# Each try is on texts so many times as long: what is linear jumps where a text no longer fits into the processor's own
# memory, and does so once.
TRIES = (1, 1, 4)
# Longer than any call takes that is linear, on a machine with much else to do.
TIMEOUT = 2.0


def grow(pump: str, length: int) -> str:
    """``pump`` again and again, ``length`` characters of it."""
    return (pump * (length // len(pump) + 1))[:length]


def is_superlinear(ask: Callable[[str], object], pump: str) -> bool:
    """Whether asking takes more than in proportion longer of a longer text, each time that it is tried."""
    if measure(ask, grow(pump, MIDDLE)) < SECONDS / RATIO:
        return False
    return all(_grows(ask, pump, times) for times in TRIES)


def _grows(ask: Callable[[str], object], pump: str, times: int) -> bool:
    short, long = grow(pump, times * SHORTEST), grow(pump, times * LONGEST)
    taken = measure(ask, long)
    return taken >= SECONDS and (taken == inf or taken > RATIO * measure(ask, short))


def measure(ask: Callable[[str], object], text: str) -> float:
    """The seconds of processor time that asking takes; without end where that is given up."""
    start = time.process_time()
    try:
        ask(text)
    except TimeoutError:
        return inf
    return time.process_time() - start


# ── the words of an expression ───────────────────────────────────────────────────────────────────────────────────────


@cache
def _list_words(name: str) -> tuple[str, ...]:
    """A list of ``patterns/lint/growth.toml``."""
    return tuple(patterns.lexicon("lint/growth")[name])


def _take_letter() -> str:
    return _list_words("letter")[0]


def list_pumps(expression: str) -> list[str]:
    """What is repeated to make a text grow: plain ones, and those of the expression's own words."""
    tree = list(parser.parse(NAMED.sub("(?:", UNKNOWN.sub(_take_letter(), expression))))
    whole = _write(tree, 0)
    return list(dict.fromkeys(filter(None, (*_list_words("plain"), whole, whole[:-1], *_find_pumps(tree, "")))))


def _find_pumps(tree: Sequence[Node], front: str) -> Iterator[str]:
    """Of each repetition that may be long: its words, these behind what stands in front, and that alone."""
    for at, (code, told) in enumerate(tree):
        before = front + _write(tree[:at], 0)
        if code in REPEATS and told[1] >= LONG:
            for branch in (0, -1):
                body = _write(list(told[2]), branch)
                yield from (body, before + body, before)
        for inner in _list_inner(code, told):
            yield from _find_pumps(inner, before)


def _list_inner(code: Any, told: Any) -> list[list[Node]]:
    """The sequences in a part: the branches of a choice, the body of a group, a repetition or a condition."""
    if code is codes.BRANCH:
        return [list(branch) for branch in told[1]]
    if code is codes.ATOMIC_GROUP:
        return [list(told)]
    places = {codes.SUBPATTERN: 3, codes.ASSERT: 1, codes.ASSERT_NOT: 1} | dict.fromkeys(REPEATS, 2)
    return [list(told[places[code]])] if code in places else []


def _write(tree: Sequence[Node], branch: int) -> str:
    """A text that a sequence matches, but for its conditions; of each choice the ``branch`` with that number."""
    return "".join(_write_one(code, told, branch) for code, told in tree)


def _write_one(code: Any, told: Any, branch: int) -> str:
    if code is codes.LITERAL:
        return chr(told)
    if code is codes.IN:
        return _write_class(told)
    if code in (codes.ANY, codes.NOT_LITERAL):
        return next(letter for letter in _list_words("others") if ord(letter) != told)
    if code is codes.ASSERT_NOT or (code is codes.ASSERT and told[0] > 0):
        return ""
    inner = _list_inner(code, told)
    if not inner:
        return ""
    return _write(inner[branch], branch) * (max(1, told[0]) if code in REPEATS else 1)


def _write_class(members: Sequence[Node]) -> str:
    """A character of a class."""
    if members[0][0] is codes.NEGATE:
        return next(
            (letter for letter in _list_words("others") if not any(_has(one, letter) for one in members[1:])), ""
        )
    code, told = members[0]
    if code is codes.CATEGORY:
        return _name_category(told) or _take_letter()
    return chr(told[0] if code is codes.RANGE else told)


def _has(member: Node, letter: str) -> bool:
    code, told = member
    if code is codes.RANGE:
        return bool(told[0] <= ord(letter) <= told[1])
    return _name_category(told) == letter if code is codes.CATEGORY else bool(told == ord(letter))


def _name_category(told: Any) -> str | None:
    """A character of a category; None for what is none of it."""
    return _take_letter() if told is codes.CATEGORY_WORD else CATEGORIES.get(told)
