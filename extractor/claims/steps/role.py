"""The role of a number: whether it happened, is wanted, or is what a budget allows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from itertools import takewhile
from typing import Literal

import regex
from msgspec import Struct

from extractor import patterns
from extractor.claims.announced import list_headings
from extractor.claims.context import Context
from extractor.claims.owners import PLAN
from extractor.claims.readings import Reading, Settled
from extractor.claims.sentences import Mention, find_clause_end
from extractor.claims.word_lists import compile_list
from extractor.model import Dimension, Role
from extractor.needed import NOTHING_NEEDED, Asked, Needed, find_needed

# How far in front of a number, in characters, words may still give it its role: of 3,138 numbers of the annotated
# reports five stand further behind the start of their sentence; what is longer is a table that lost its lines.
REACH = 300
# What a paragraph says once for all its sentences stands within so many in front of the last of them.
ABOVE = 600
# Words that take a role back may begin so many characters before those that give it: two words of two (实际完成预算).
BESIDE = 4
# The places of words that stand in the sentence of a number.
IN_SENTENCES = ("before", "clause")
# Those of words that are over more than one sentence.
OVER_SENTENCES = ("heading", "title", "above")
# The places of words that stand over many numbers, or at none.
OVER_MANY = ("heading", "column", "title", "above")
# The patterns below so many headings are kept: those of one document.
MOST_HEADINGS = 1024
# What so many sentences say is kept: the numbers of one are read one behind the other.
MOST_SENTENCES = 16
CARRIED = "role.carried"
# The group of a year that a pattern names.
YEAR = "year"
# Kinds of numbers that say something of an amount, and those that are amounts of their own.
RATE_OF_CHANGE = "change_rate"
CHANGES, APART = ("change_amount", RATE_OF_CHANGE), ("level", "rate", "completion")
# What no words say anything else of has happened.
DEFAULT: Role = "actual"


class RolePattern(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that give a number its role, where they stand, and the words beside them that take it back.

    ``within`` and ``outside`` are about the headings above the number: one of them has to match, or none may.
    ``measured`` says that the number has to be the plan that something is measured against (完成目标任务600人的98%).
    """

    role: Role
    place: Literal["column", "heading", "before", "clause", "behind", "above", "title"]
    text: str
    unless: str = ""
    document: str = ""
    within: str = ""
    outside: str = ""
    measured: bool = False
    dimensions: tuple[Dimension, ...] = ()


class Compiled(Struct, frozen=True):
    """A role pattern with its expressions; those that are None it does not have."""

    key: str
    entry: RolePattern
    text: regex.Pattern[str]
    unless: regex.Pattern[str] | None
    document: regex.Pattern[str] | None
    within: regex.Pattern[str] | None
    outside: regex.Pattern[str] | None


def settle_role(reading: Reading, context: Context) -> Settled[Role]:
    """The role of a mention by the first pattern that gives it one; what none of them claims has happened.

    A share or a change of the amount in front of it has that one's role.

    >>> from extractor.claims.trial import read_last
    >>> read_last("预计全年收入52万元，").role, read_last("全年收入52万元，").role
    ('target', 'actual')
    >>> read_last("预计全年收入52万元；增长5%。").role
    'target'
    """
    characters, words = _list_characters(reading.mention), Words(reading, context)
    silent = _list_silent(reading, context)
    selected = _select_patterns(context.source.told, context.headings.path, reading.quantity.dimension)
    for pattern in _load_asked().list_possible(characters, selected):
        if _is_asked(pattern, reading, silent) and _fires(pattern, words.find(pattern), context.source.latest):
            return Settled(pattern.entry.role, pattern.key)
    return _carry_role(reading, context)


def _carry_role(reading: Reading, context: Context) -> Settled[Role]:
    """The role of the total for a part of it, of the antecedent for what is said of that; a base has one of its own.

    >>> from extractor.claims.trial import read_last
    >>> read_last("支出预算52万元，其中：人员经费30万元。").role
    'budget'
    >>> read_last("计划改造46户，其中一期11户，现已经完成10户。").role
    'actual'
    >>> read_last("培训费预算2万元，较2022年预算1.5万元增长33.3%。").role
    'budget'
    >>> read_last("培训费预算总额2万元，较2022年的1.5万元增加0.5万元。接待费预算1万元，其中接待费增加1万元。").role
    'budget'
    >>> read_last("培训费8.4万元，完成年初预算12万元的70%，较年初预算减少3.6万元。").role
    'actual'
    """
    if _is_done(reading, context):
        return Settled(DEFAULT)
    whole = reading.ties.total.id if reading.ties.total else None
    levels = [one for one in reversed(context.antecedents) if not _is_held(one)]
    last = _find_changed(reading, context) or next((one for one in levels if _is_of(reading, one)), None)
    of = next((one for one in context.antecedents if one.id == whole), last)
    return Settled(of.role, CARRIED) if of and of.role != DEFAULT else Settled(DEFAULT)


def _is_done(reading: Reading, context: Context) -> bool:
    """Whether a number's own words say that it was done; what it is compared with (比上年执行数) says nothing of it."""
    before, mention = context.last_in(reading.mention.sentence), reading.mention
    start = max(mention.clause, before.quantity.end if before else 0)
    own = mention.text[start : mention.quantity.start]
    if reading.frame.kind in CHANGES and reading.frame.baseline:
        own = own.replace(reading.frame.baseline, "")
    return compile_done().search(own) is not None


def _is_held(level: Reading) -> bool:
    """Whether an amount is what another one is held against: 较2022年的1.5万元, 完成年初预算12万元的70%."""
    return bool(level.frame.base) or level.evidence.get("name") == PLAN


def _is_of(reading: Reading, level: Reading) -> bool:
    """Whether a number says something of an earlier amount, and is none of its own but what a budget is compared with.

    What has a name of its own is of the amount that was called so (接待费2万元；…，其中接待费增加1万元).
    """
    if reading.frame.kind in CHANGES and not reading.name.carried:
        return level.frame.kind == "level" and _is_same(reading.name.text, level.name.text)
    if reading.frame.base:
        return reading.name.text == level.name.text and bool(compile_list("planned").search(level.name.text))
    return reading.name.carried and reading.frame.kind not in APART


def _is_same(name: str, other: str) -> bool:
    """Whether two names are one, or one of them goes on behind the other (因公出国费, 因公出国费用)."""
    return bool(name and other) and (name.startswith(other) or other.startswith(name))


@cache
def compile_done() -> regex.Pattern[str]:
    """Any of the words that say that something was done: it is what it is, whatever it is a part of."""
    return patterns.compiled("claims/roles.done", "{done}", patterns.lexicon("claims/roles"))


@cache
def compile_roles() -> tuple[Compiled, ...]:
    """Every role pattern, in the order written."""
    entries = patterns.load("claims/roles", RolePattern).items()
    return tuple(_compile_role(key, entry) for key, entry in entries)


def _compile_role(key: str, entry: RolePattern) -> Compiled:
    """A pattern with its expressions compiled."""
    return Compiled(
        key=key,
        entry=entry,
        text=patterns.compiled(key, entry.text, patterns.lexicon("claims/roles")),
        unless=_compile_optional(key, entry.unless),
        document=_compile_optional(key, entry.document),
        within=_compile_optional(key, entry.within),
        outside=_compile_optional(key, entry.outside),
    )


def _compile_optional(key: str, expression: str) -> regex.Pattern[str] | None:
    """An expression compiled; None of none."""
    return patterns.compiled(key, expression, patterns.lexicon("claims/roles")) if expression else None


@cache
def _load_asked() -> Asked[Compiled]:
    """The patterns by what their words need in front of a number; nothing where they stand elsewhere."""
    return Asked((one, _find_needed(one)) for one in compile_roles())


def _find_needed(pattern: Compiled) -> Needed:
    return find_needed(pattern.text.pattern) if pattern.entry.place in IN_SENTENCES else NOTHING_NEEDED


@lru_cache(MOST_HEADINGS)
def _select_patterns(title: str, headings: tuple[str, ...], dimension: Dimension) -> int:
    """Which patterns are about documents of this title and such numbers below these headings."""
    return _load_asked().choose(lambda one: _is_about(one, title, headings, dimension))


def _is_about(pattern: Compiled, title: str, headings: Sequence[str], dimension: Dimension) -> bool:
    if pattern.entry.dimensions and dimension not in pattern.entry.dimensions:
        return False
    return _is_of_document(pattern, title) and _is_below(pattern, headings)


def _is_of_document(pattern: Compiled, title: str) -> bool:
    return not pattern.document or bool(pattern.document.search(title))


def _list_characters(mention: Mention) -> set[str]:
    """The characters of the words in front of a number that may give it its role."""
    return set(mention.text[min(mention.clause, _find_reach(mention)) : mention.quantity.start])


def _find_reach(mention: Mention) -> int:
    """From where on words of a sentence may give a number its role."""
    return max(mention.sentence.start, mention.quantity.start - REACH)


def _list_silent(reading: Reading, context: Context) -> Sequence[str]:
    r"""The places that say nothing of a part or a change of an amount of its sentence, which has told its role.

    >>> from extractor.claims.trial import read_last
    >>> read_last("某局2026年部门预算\n水费支出完成3亿元，比上年执行数减少2亿元。").role
    'actual'
    """
    return OVER_SENTENCES if _find_said_of(reading, context) else ()


def _find_said_of(reading: Reading, context: Context) -> Reading | None:
    """The amount of its sentence that a number is a part or a change of: words in front of that are not its own."""
    total = reading.ties.total
    told = (one for one in _list_told(reading, context) if total and one.id == total.id)
    return next(told, None) or _find_changed(reading, context)


def _list_told(reading: Reading, context: Context) -> list[Reading]:
    """The readings in front of a number in its sentence, the last first."""
    sentence = reading.mention.sentence
    return [*takewhile(lambda one: one.mention.sentence is sentence, reversed(context.antecedents))]


def _find_changed(reading: Reading, context: Context) -> Reading | None:
    """The amount of its sentence that a change is of, of its unit but for a rate (not 购书2.4万册，增加58万元)."""
    if reading.frame.kind not in CHANGES or not reading.name.carried:
        return None
    is_rate, unit = reading.frame.kind == RATE_OF_CHANGE, reading.quantity.base_unit
    told = (one for one in _list_told(reading, context) if not _is_held(one))
    alike = (one for one in told if is_rate or one.quantity.base_unit == unit)
    return next((one for one in alike if _is_of(reading, one)), None)


def _is_asked(pattern: Compiled, reading: Reading, silent: Sequence[str]) -> bool:
    """Whether a pattern is about a number of such a time and frame.

    A heading says nothing of a number of the past, what a move begins with is not wanted (将由30%提高到35%), and a part
    or a change of an amount whose role is told has that one's, unless words of its own say another.
    """
    begins = reading.frame.end == "origin" and pattern.entry.role == "target"
    is_above = _is_of_heading(pattern)
    is_told = bool(silent) and (is_above or pattern.entry.place in silent)
    if pattern.entry.measured and reading.evidence.get("name") != PLAN:
        return False
    return not begins and not (reading.time.past and is_above) and not is_told


def _is_of_heading(pattern: Compiled) -> bool:
    """Whether it is a heading that gives the role."""
    return pattern.entry.place == "heading" or pattern.within is not None


def _is_below(pattern: Compiled, headings: Sequence[str]) -> bool:
    """Whether a pattern is about numbers below these headings."""
    if pattern.within and not any(map(pattern.within.search, headings)):
        return False
    return not (pattern.outside and any(map(pattern.outside.search, headings)))


class Words:
    """The texts in which patterns look, for one number: each is taken once."""

    def __init__(self, reading: Reading, context: Context) -> None:
        self._reading, self._context = reading, context
        self._known: dict[str, str] = {}

    @cached_property
    def _headings(self) -> tuple[str, ...]:
        """The headings over the number from the top down, and the title of its table."""
        title = self._context.stand.title if self._context.stand else None
        return (*list_headings(self._context), *filter(None, (title,)))

    def find(self, pattern: Compiled) -> str:
        """The text in which a pattern looks."""
        place = pattern.entry.place
        if place == "heading":
            return _find_heading(pattern.key, self._headings)
        if place not in self._known:
            self._known[place] = _find_words(place, self._reading, self._context)
        return self._known[place]


def _find_words(place: str, reading: Reading, context: Context) -> str:
    """The text of a place."""
    mention = reading.mention
    if place == "title":
        return context.source.told
    if place == "column":
        return context.stand.label if context.stand else ""
    start, end = _find_span("clause" if place == "before" and _is_past_alone(reading) else place, mention)
    told = _find_said_of(reading, context) if place == "before" else None
    return mention.text[max(start, told.quantity.end) if told else start : end]


def _is_past_alone(reading: Reading) -> bool:
    """Whether a number's own clause says that it is of the past: what is foreseen in front of it is not it.

    >>> from extractor.claims.trial import read_last
    >>> read_last("2024年比重为65%，2026年将提高到79%，2023年为60%。", 2025).role
    'actual'
    """
    time, mention = reading.time, reading.mention
    if not time.past or not time.period:
        return False
    return time.period.text in mention.text[mention.clause : mention.quantity.start]


def _find_span(place: str, mention: Mention) -> tuple[int, int]:
    """From where to where the words of a place stand in the paragraph."""
    quantity = mention.quantity
    if place == "behind":
        return quantity.end, find_clause_end(mention.text, quantity.end, mention.sentence.end)
    if place == "above":
        return _find_above(mention)
    return (_find_reach(mention) if place == "before" else mention.clause), quantity.start


def _find_above(mention: Mention) -> tuple[int, int]:
    """Where the words in front of a mention's sentence stand; none where the sentence says that it was done."""
    sentence = mention.sentence
    done = _find_done(mention.text, sentence.start)
    is_done = done and compile_done().search(mention.text, done.start(), mention.quantity.start)
    return (sentence.start if is_done else max(sentence.block.start, sentence.start - ABOVE)), sentence.start


@lru_cache(MOST_SENTENCES)
def _find_done(text: str, start: int) -> regex.Match[str] | None:
    """The first word of a sentence that says that something was done: looked for once, however many its numbers."""
    return compile_done().search(text, start)


@lru_cache(MOST_HEADINGS)
def _find_heading(key: str, headings: tuple[str, ...]) -> str:
    """The innermost of the headings and the table's title that decides the role, one way or the other."""
    pattern = _load_roles()[key]
    return next((heading for heading in reversed(headings) if _is_decided(pattern, heading)), "")


@cache
def _load_roles() -> dict[str, Compiled]:
    """Every role pattern by its full name."""
    return {pattern.key: pattern for pattern in compile_roles()}


def _is_decided(pattern: Compiled, heading: str) -> bool:
    """Whether a heading decides the role, one way or the other."""
    if pattern.text.search(heading):
        return True
    return bool(pattern.unless and pattern.unless.search(heading))


def _fires(pattern: Compiled, words: str, year: int | None) -> bool:
    """Whether a pattern gives the role; what stands over many numbers is read once."""
    if pattern.entry.place in OVER_MANY:
        return _fires_over(pattern.key, words, year)
    return _has_fired(pattern, words, year)


@lru_cache(MOST_HEADINGS)
def _fires_over(key: str, words: str, year: int | None) -> bool:
    return _has_fired(_load_roles()[key], words, year)


def _has_fired(pattern: Compiled, words: str, year: int | None) -> bool:
    """Whether the last match of the pattern stands, with nothing at or behind it that takes it back."""
    last = None
    for match in pattern.text.finditer(words):
        if not _is_past(match, year):
            last = match.start()
    if last is None:
        return False
    taken_back = pattern.unless.search(words, max(0, last - BESIDE)) if pattern.unless else None
    return taken_back is None


def _is_past(match: regex.Match[str], year: int | None) -> bool:
    """Whether a match names a year that the document already looks back on."""
    if not year or YEAR not in match.re.groupindex:
        return False
    named = match[YEAR]
    return bool(named) and int(named) < year
