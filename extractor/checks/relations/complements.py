"""Words that divide a whole without a rest (税收收入, 非税收入), and the claims whose metrics are the sides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache, partial

from msgspec import Struct

from extractor import patterns
from extractor.model import Claim

Words = tuple[str, ...]
# Two names are of one thing where their last characters are the same: the length of a common head noun (收入, 支出).
HEAD = 2
# The sides of so many names are kept: more than a report has of one division.
MOST_NAMES = 4096
_expression = partial(patterns.fragment, "relations/parts")


class Complement(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that divide a whole; ``usual`` ones leave something out in some reports.

    What is ``additive`` on average, too, adds up per head. A whole that has a name of its own (``whole``) is looked for
    by that, and its sides need not be called alike.
    """

    words: list[str]
    usual: bool = False
    additive: bool = False
    whole: list[str] = []


@cache
def _load_complements() -> dict[Words, tuple[str, Complement]]:
    """The sets of words that divide a whole, each with its pattern and the name of that."""
    return {
        tuple(entry.words): (name, entry) for name, entry in patterns.load("relations/divisions", Complement).items()
    }


def list_complements() -> tuple[Words, ...]:
    """The sets of words that divide a whole."""
    return tuple(_load_complements())


def name_complement(words: Words) -> str:
    """The pattern that has these words."""
    return _load_complements()[words][0]


def read_complement(words: Words) -> Complement:
    """What is known of a division by these words."""
    return _load_complements()[words][1]


def is_divided(parts: Sequence[Claim]) -> bool:
    """Whether the parts are the sides of one division that leaves nothing out: 货物, 工程 and 服务."""
    return any(not read_complement(words).usual for words in _find_divisions(parts))


def is_usually_divided(parts: Sequence[Claim]) -> bool:
    """Whether the parts are the sides of one division that leaves nothing out in most reports: 夏粮, 秋粮."""
    return bool(_find_divisions(parts))


def adds_up_on_average(parts: Sequence[Claim]) -> bool:
    """Whether the parts are the sides of a division that adds up per head: 工资性收入, 经营净收入 …."""
    return any(read_complement(words).additive for words in _find_divisions(parts))


def _find_divisions(parts: Sequence[Claim]) -> list[Words]:
    """The divisions whose sides the parts are."""
    return [words for words in _list_of_size(len(parts)) if has_sides(words, parts)]


def is_division(parts: Sequence[Claim]) -> bool:
    """Whether the parts are the sides of one division, none narrower: 城镇人口, 农村人口, not 农村低保人口."""
    divisions = (words for words in _list_of_size(len(parts)) if not read_complement(words).usual)
    return any(_is_even(words, parts) for words in divisions)


@cache
def _list_of_size(size: int) -> tuple[Words, ...]:
    return tuple(words for words in list_complements() if len(words) == size)


def _is_even(words: Words, parts: Sequence[Claim]) -> bool:
    """Whether parts are the sides of a division and no name but for its side is longer than the first one's."""
    if not has_sides(words, parts):
        return False
    name = drop_side(words, parts[0])
    return all(name.endswith(drop_side(words, part)) for part in parts)


def has_sides(words: Words, parts: Sequence[Claim]) -> bool:
    """Whether each part has a dividing word of its own, in any order."""
    sides = {find_side(words, part) for part in parts}
    if None in sides:
        return False
    return len(sides) == len(parts)


def find_side(words: Words, claim: Claim) -> str | None:
    """The dividing word of a metric: the one that stands first, the longer of two; 非税 is not 税收.

    A metric with two of the words is no side but the whole: 购置及运行费.
    """
    return find_sides(claim.metric or "").get(words)


@lru_cache(maxsize=MOST_NAMES)
def find_sides(metric: str) -> dict[Words, str]:
    """The divisions that a metric is a side of, each with its dividing word.

    >>> find_sides("税收收入"), find_sides("常住人口")
    ({('税收', '非税'): '税收'}, {})
    """
    name = _read_name(metric)
    sides = ((words, _choose_side(words, name)) for words in list_complements())
    return {words: side for words, side in sides if side}


def _choose_side(words: Words, name: str) -> str | None:
    found = [word for word in words if word in name]
    if not found:
        return None
    side = min(found, key=lambda word: (name.find(word), -len(word), word))
    rest = name.replace(side, "", 1)
    others = (word for word in found if word != side)
    if any(map(rest.__contains__, others)):
        return None
    return side


def count_sides(words: Words, claim: Claim) -> int:
    """How many of the dividing words stand in a metric."""
    return sum(map(_read_name(claim.metric or "").__contains__, words))


def drop_side(words: Words, claim: Claim) -> str:
    """A metric without its dividing word."""
    return (claim.metric or "").replace(find_side(words, claim) or "", "", 1)


def has_same_head(words: Words, one: Claim, two: Claim) -> bool:
    """Whether two metrics end alike without their dividing words."""
    return drop_side(words, one)[-HEAD:] == drop_side(words, two)[-HEAD:]


def is_called_alike(words: Words, parts: Sequence[Claim]) -> bool:
    """Whether metrics are the same but for their dividing words."""
    return len({drop_side(words, part) for part in parts}) == 1


def is_called_whole(words: Words, whole: Claim) -> bool:
    """Whether a total has the name that the whole of a division has of its own: 三公."""
    return any(map((whole.metric or "").__contains__, read_complement(words).whole))


def is_narrower(words: Words, part: Claim) -> bool:
    """Whether a side of a whole with a name of its own is a side of one of its sides: 公务用车购置费."""
    others = map(read_complement, find_sides(part.metric or ""))
    return bool(read_complement(words).whole) and not all(other.whole or other.usual for other in others)


def is_named_whole(words: Words, part: Claim, whole: Claim) -> bool:
    """Whether a total is called what its parts are called without the dividing words, or names all of them."""
    if is_called_whole(words, whole):
        return True
    metric = whole.metric or ""
    if metric.endswith(drop_side(words, part)):
        return True
    return all(map(metric.__contains__, words))


def _read_name(metric: str) -> str:
    """A metric without the words that name both sides of a division at once: 出入境."""
    return str(_expression("both").sub("", metric))
