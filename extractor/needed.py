"""What a text has to have before an expression can match in it: most texts have not, and need not be searched."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache, reduce
from re import IGNORECASE, error
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

import msgspec
import regex

from extractor.alternatives import NAMED_GROUP
from extractor.kept import keep

T = TypeVar("T")
Node = tuple[Any, Any]
# A sequence from its beginning, or from its end.
Walk = Callable[[Sequence[Node]], Iterator[Node]]
Characters = frozenset[str]
Needed = tuple[Characters, ...]
ANY: Characters = frozenset()
NOTHING_NEEDED: Needed = ()
# So many combinations of things are remembered: texts of one document lack the same ones again and again.
MOST_TOLD = 4096
# What may match is remembered of so many texts, of each kind of things.
MOST_ASKED = 1024
# All things: every bit is set.
ALL = -1
# So many of the sets that an expression needs are asked for: most that cannot match lack one of the first two.
ASKED = 3
# So few characters are looked for in a text faster one by one than by going through the text.
FEW = 12
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
CHARACTERS = (codes.LITERAL, codes.IN, codes.BRANCH)
GROUPS = (codes.SUBPATTERN, codes.ATOMIC_GROUP)
ZERO_WIDTH = (codes.ASSERT, codes.ASSERT_NOT, codes.AT)
# What an expression begins with that may match nothing.
NOTHING = ""
# Every text with a number has one of these.
COMMON = frozenset("0123456789")
# A kind of characters that only the module regex knows (\p{Han}); to what is asked here it is as good as any other.
PROPERTY = regex.compile(r"\\[pP]\{\w+\}")
# A class of more characters than this is hardly missing in a text, but for those that fonts have of their own.
MOST = 10_000
# All white space stands below this.
SPACES = frozenset(filter(str.isspace, map(chr, range(0x3001))))


def _write_sets(sets: Iterable[Characters]) -> bytes:
    return msgspec.msgpack.encode(["".join(sorted(one)).encode("utf-8", "surrogatepass") for one in sets])


def _read_sets(kept: bytes, _: str = "") -> Needed:
    sets = msgspec.msgpack.decode(kept, type=list[bytes])
    return tuple(frozenset(one.decode("utf-8", "surrogatepass")) for one in sets)


@keep("needed", _write_sets, _read_sets)
def find_needed(expression: str) -> Needed:
    r"""Sets of characters of each of which a text has one wherever the expression matches, the smallest first.

    None where that cannot be told.

    >>> [sorted(one) for one in find_needed("[0-9]{1,2}(?:次会|届)三")], find_needed("[^，]*"), find_needed("(?i)g7")
    ([['三'], ['届', '次']], (), ())
    >>> [sorted(one) for one in find_needed(r"[\p{Han}a-z]{2,8}区")], find_needed(r"\p{Han}+")
    ([['区']], ())
    """
    try:
        read = _read(expression)
    except error:
        return NOTHING_NEEDED
    return NOTHING_NEEDED if read.state.flags & IGNORECASE else _choose_rarest(_list_needed(read))


def _choose_rarest(sets: Iterable[Characters]) -> Needed:
    """The smallest of some sets; those that every text fulfils only where there is no other."""
    ordered = sorted(dict.fromkeys(sets), key=_rank)
    return tuple(one for one in ordered if not one & COMMON)[:ASKED] or tuple(ordered[:1])


def _rank(characters: Characters) -> tuple[bool, int]:
    """What the fewest characters fulfil stands first, and digits behind all else."""
    return bool(characters & COMMON), len(characters)


@keep("first", lambda first: _write_sets([first]), lambda kept, _: _read_sets(kept)[0])
def find_first(expression: str) -> Characters:
    """The characters of which one begins whatever the expression matches; none where that cannot be told.

    >>> sorted(find_first("(?<!第)(?:全市|市(?:本|)级)")), sorted(find_first("年?度")), sorted(find_first("年?"))
    (['全', '市'], ['年', '度'], [])
    """
    return _find_outermost(expression, iter)


@keep("last", lambda last: _write_sets([last]), lambda kept, _: _read_sets(kept)[0])
def find_last(expression: str) -> Characters:
    """The characters of which one ends whatever the expression matches; none where that cannot be told.

    >>> sorted(find_last("(?:全市|地区)(?:收入|支出)(?!户)")), sorted(find_last("年度?")), sorted(find_last("年.*"))
    (['入', '出'], ['年', '度'], [])
    """
    return _find_outermost(expression, reversed)


def _find_outermost(expression: str, walk: Walk) -> Characters:
    """The characters that an expression begins with, walked from its beginning, or from its end those it ends with."""
    try:
        read = _read(expression)
        found = _list_first(read, walk)
    except (error, LookupError):
        return ANY
    return ANY if NOTHING in found or read.state.flags & IGNORECASE else found


def say_first(expression: str) -> str:
    """An expression that asks first for the characters that it begins with, as at most places of a text none stands.

    >>> say_first("(?<!第)(?:一|二)、")
    '(?=[一二])(?:(?<!第)(?:一|二)、)'
    """
    first = find_first(expression)
    return f"(?=[{''.join(map(regex.escape, sorted(first)))}])(?:{expression})" if first else expression


class Asked(Generic[T]):
    """Things that are asked of texts, each with what it needs: of a text only those are that may match in it.

    >>> Asked([("甲", find_needed("届|次会")), ("乙", ()), ("丙", find_needed("期"))]).list_possible("二期")
    ('乙', '丙')
    """

    def __init__(self, things: Iterable[tuple[T, Needed]]) -> None:
        told = list(things)
        self._things = [thing for thing, _ in told]
        # A bit for each thing and each of its sets: those of its characters, and of all texts where it has fewer sets.
        self._bits: dict[str, int] = {}
        self._given = 0
        for at, (_, needed) in enumerate(told):
            for rank in range(ASKED):
                bit = 1 << (rank * len(told) + at)
                if rank >= len(needed):
                    self._given |= bit
                for character in needed[rank] if rank < len(needed) else ():
                    self._bits[character] = self._bits.get(character, 0) | bit
        # The same paragraphs and names are asked about again.
        self._find_of_text = lru_cache(MOST_ASKED)(self._find_possible)

    def choose(self, is_wanted: Callable[[T], bool]) -> int:
        """Some of the things, as ``list_possible`` takes them."""
        return sum(1 << at for at, thing in enumerate(self._things) if is_wanted(thing))

    def list_possible(self, text: str | AbstractSet[str], among: int = ALL) -> tuple[T, ...]:
        """The things (``among`` some) that may match in a text, by it or by its characters, in their order."""
        return self._find_of_text(text, among) if isinstance(text, str) else self._find_possible(text, among)

    def _find_possible(self, text: str | AbstractSet[str], among: int) -> tuple[T, ...]:
        fulfilled, bits, count = self._given, self._bits, len(self._things)
        for character in bits.keys() & frozenset(text):
            fulfilled |= bits[character]
        possible = among & (1 << count) - 1
        for rank in range(ASKED):
            possible &= fulfilled >> (rank * count)
        return tuple([self._things[at] for at in _list_set(possible)])


@lru_cache(MOST_TOLD)
def _list_set(bits: int) -> tuple[int, ...]:
    """The places of the bits that are set, the lowest first.

    >>> _list_set(0b1010)
    (1, 3)
    """
    return tuple(at for at in range(bits.bit_length()) if bits >> at & 1)


def is_possible(needed: Needed, characters: AbstractSet[str] | str) -> bool:
    """Whether an expression that needs one of each of some sets may match in a text that has these characters.

    >>> is_possible(find_needed("届|次会"), "三届"), is_possible(find_needed("届|次会"), "三期")
    (True, False)
    """
    for one in needed:  # a generator takes twice as long, and this is asked most of all
        if len(one) > FEW:
            if one.isdisjoint(characters):
                return False
            continue
        for character in one:
            if character in characters:
                break
        else:
            return False
    return True


def _read(expression: str) -> Any:
    """The parts of an expression, read without a word about what a later Python may read otherwise."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return parser.parse(PROPERTY.sub(r"\\w", NAMED_GROUP.sub("(?:", expression)))


def _find_rarest(sequence: Iterable[Node]) -> Characters:
    """Of what the parts of a sequence need, that which the fewest characters fulfil, and no digit if possible."""
    return min(_list_needed(sequence), key=_rank, default=ANY)


def _list_needed(sequence: Iterable[Node]) -> Iterator[Characters]:
    """What the parts of a sequence need, each a character, one of a class, or one of what all its branches need."""
    for part in sequence:
        code, told = part
        if code in CHARACTERS:
            found = _find_of_part(part)
            if found:
                yield found
        else:
            yield from _list_needed(_list_body(code, told))


def _find_of_part(part: Node) -> Characters:
    """What a character, a class or branches need."""
    code, told = part
    if code is codes.LITERAL:
        return frozenset(chr(told))
    if code is codes.IN:
        return _list_class(told)
    return _join(map(_find_rarest, told[1]))


def _list_body(code: Any, told: Any) -> Sequence[Node]:
    """The parts that have to match where a group, a repetition or a condition does."""
    if code is codes.SUBPATTERN:
        return () if told[1] & IGNORECASE else told[3]
    if code is codes.ATOMIC_GROUP:
        return told  # type: ignore[no-any-return]
    if code is codes.ASSERT:
        return told[1]  # type: ignore[no-any-return]
    return told[2] if code in REPEATS and told[0] else ()


def _list_class(members: Iterable[Node]) -> Characters:
    """The characters of a class; none where it names kinds of them, or those that it is without."""
    return _join(map(_list_member, members))


def _list_member(member: Node) -> Characters:
    code, told = member
    if code is codes.LITERAL:
        return frozenset(chr(told))
    if code is codes.RANGE and told[1] - told[0] < MOST:
        return frozenset(map(chr, range(told[0], told[1] + 1)))
    return SPACES if told is codes.CATEGORY_SPACE else ANY


def _join(found: Iterator[Characters]) -> Characters:
    """What any of several need; none where one of them needs nothing."""
    each = list(found)
    return reduce(frozenset.union, each) if all(each) else ANY


# ── what an expression begins with, or ends with ──────────────────────────────────────────────────────────────────────


def _list_first(sequence: Sequence[Node], walk: Walk) -> Characters:
    """The characters that a sequence begins with, ``NOTHING`` among them where it may match that.

    LookupError where it may begin with any of a kind.
    """
    found = frozenset((NOTHING,))
    for part in walk(sequence):
        if NOTHING not in found:
            break
        found = (found - {NOTHING}) | _list_first_of_part(part, walk)
    return found


def _list_first_of_part(part: Node, walk: Walk) -> Characters:
    """The same of one part."""
    code, told = part
    if code in (codes.LITERAL, codes.IN):
        return _find_of_part(part) or _refuse(code)
    if code is codes.BRANCH:
        return reduce(frozenset.union, (_list_first(branch, walk) for branch in told[1]))
    if code in REPEATS:
        return _list_first(told[2], walk) | (frozenset() if told[0] else {NOTHING})
    if code in ZERO_WIDTH:
        return frozenset((NOTHING,))
    return _list_first(_list_body(code, told), walk) if code in GROUPS else _refuse(code)


def _refuse(code: Any) -> Characters:
    raise LookupError(code)
