"""Blocks become sentences, and every quantity gets the clause it stands in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile
from unicodedata import category

import regex
from msgspec import Struct

from extractor import patterns
from extractor.quantities.model import Quantity
from extractor.sections.model import Block

# A clause longer than this is read only in part: nine in ten numbers stand within 22 characters of its start, and
# what is longer is the text of a table that lost its lines.
REACH = 120
# The category of the numbers in circles and of the raised ones, which are marks of notes.
RAISED = "No"
# The name of a plan stands within so many characters in front of its amount.
PLAN = 24


class Sentence(Struct, frozen=True):
    """A sentence of a block: ``start..end`` in the paragraph's text, with its quantities in order."""

    block: Block
    start: int
    end: int
    quantities: tuple[Quantity, ...]

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.block.paragraph.text[self.start : self.end]


class Place(Struct, frozen=True):
    """The place of a mention in a series of ``length`` numbers; 0 is the first, which states the frame.

    ``units`` are those of the numbers of the series, where they differ.
    """

    index: int = 0
    length: int = 1
    units: tuple[str, ...] = ()


class Mention(Struct, frozen=True):
    """A quantity in its clause.

    ``left`` and ``right`` are the words beside it, up to the clause's end or the next quantity; ``clause`` is where the
    clause starts in the paragraph's text. A mention that stands alone is a series of one.
    """

    sentence: Sentence
    quantity: Quantity
    clause: int
    left: str
    right: str
    place: Place = Place()

    @property
    def text(self) -> str:
        """The words of its paragraph, in which all its offsets are."""
        return self.sentence.block.paragraph.text


@cache
def load_marks() -> dict[str, str]:
    """Per name, the punctuation of ``patterns/claims/sentences.toml`` as one string."""
    names = patterns.lexicon("claims/sentences").items()
    return {name: "".join(words) for name, words in names if not isinstance(words, str)}


@cache
def compile_label() -> regex.Pattern[str]:
    """The end of a title that labels the text behind it."""
    return patterns.fragment("claims/sentences", "label")


@cache
def compile_item() -> regex.Pattern[str]:
    """What an inline item begins with, where a sentence or a clause does."""
    return patterns.fragment("claims/sentences", "item")


@cache
def compile_end() -> regex.Pattern[str]:
    """A run of sentence marks, with the closing quotes behind it."""
    close = regex.escape(load_marks()["close"])
    return regex.compile(f"[{regex.escape(load_marks()['sentence'])}]+[{close}]*")


@cache
def _compile_stops() -> regex.Pattern[str]:
    """What ends the words behind a number: a clause mark or a bracket, not a quotation mark."""
    marks = load_marks()
    stops = set(marks["clause"] + marks["open"] + marks["close"]) - set(marks["quotes"])
    return regex.compile(f"[{regex.escape(''.join(sorted(stops)))}]")


def cut_sentences(block: Block, quantities: Sequence[Quantity]) -> Iterator[Sentence]:
    """The sentences of a block that hold quantities; ``quantities`` are the block's own, in order.

    >>> from extractor.documents.model import Paragraph
    >>> from extractor.quantities import find
    >>> text = "一是救助。发放救助金20余万元。惠及112户。"
    >>> block = Block(Paragraph(text, ((0, 0),)), 0, len(text), None)
    >>> [sentence.text for sentence in cut_sentences(block, find(text))]
    ['发放救助金20余万元。', '惠及112户。']
    """
    start, at = block.start, 0
    for end in _find_ends(block.paragraph.text, block.start, block.end):
        inside = bisect_left(quantities, end, at, key=lambda quantity: quantity.start)
        if inside > at:
            yield Sentence(block, start, end, tuple(quantities[at:inside]))
        start, at = end, inside


def _find_ends(text: str, start: int, end: int) -> Iterator[int]:
    """The offsets at which the sentences of ``text[start:end]`` end."""
    last = start
    for match in compile_end().finditer(text, start, end):
        last = match.end()
        yield last
    if last < end:
        yield end


def find_sentence(text: str, at: int) -> str:
    """The sentence of ``text`` that holds the character ``at``.

    >>> find_sentence("一是救助。发放救助金20余万元。", 10)
    '发放救助金20余万元。'
    """
    start = 0
    for end in _find_ends(text, 0, len(text)):
        if at < end:
            return text[start:end].strip()
        start = end
    return text[start:].strip()


def find_next(sentence: Sentence, at: int) -> Quantity | None:
    """The first quantity of a sentence that starts at the offset ``at`` of its paragraph or behind it."""
    index = bisect_left(sentence.quantities, at, key=lambda quantity: quantity.start)
    return sentence.quantities[index] if index < len(sentence.quantities) else None


def find_last(sentence: Sentence, at: int) -> Quantity | None:
    """The last quantity of a sentence that ends at the offset ``at`` of its paragraph or in front of it."""
    index = bisect_right(sentence.quantities, at, key=lambda quantity: quantity.end)
    return sentence.quantities[index - 1] if index else None


def cut_mentions(sentence: Sentence) -> Iterator[Mention]:
    """The sentence's quantities, each with its clause.

    >>> from extractor.claims.trial import read_last
    >>> mention = read_last("全年发放（含补发）救助金20万元，惠及112户。").mention
    >>> mention.left, mention.right
    ('惠及', '')
    >>> read_last("30岁以下教师98人、31-40岁教师174人。").mention.left
    '、31-40岁教师'
    """
    quantities, floor = sentence.quantities, sentence.start
    ceilings = (*(quantity.start for quantity in quantities[1:]), sentence.end)
    for quantity, ceiling in zip(quantities, ceilings, strict=True):
        yield _make_mention(sentence, quantity, floor, ceiling)
        floor = floor if _is_attribute(sentence.block.paragraph.text, quantity) else quantity.end


def _make_mention(sentence: Sentence, quantity: Quantity, floor: int, ceiling: int) -> Mention:
    """The quantity in its clause, between where the last that is no attribute ends and where the next one starts."""
    text = sentence.block.paragraph.text
    clause = find_clause_start(text, quantity.start, max(sentence.start, quantity.start - REACH))
    floor = max(floor, clause)
    left = text[floor : quantity.start]
    right = text[quantity.end : find_clause_end(text, quantity.end, min(ceiling, quantity.end + REACH))]
    return Mention(sentence, quantity, clause, left, _skip_marks(right))


def _skip_marks(right: str) -> str:
    """The words behind a number, without the mark of a note right behind it.

    >>> _skip_marks("⑨，下降1.7%"), _skip_marks("人")
    ('，下降1.7%', '人')
    """
    marks = takewhile(lambda char: category(char) == RAISED, right)
    return right[sum(1 for _ in marks) :]


def _is_attribute(text: str, before: Quantity) -> bool:
    """Whether a number belongs to the name behind it: 90分以上的项目13个, 65岁及以上人口占17%.

    >>> from extractor.claims.trial import read_last
    >>> read_last("65岁及以上人口占17%，").mention.left
    '65岁及以上人口占'
    """
    if before.dimension == "age":
        return not text.startswith(tuple(load_marks()["compared"]), before.end)
    is_own = text.startswith(tuple(load_marks()["relative"]), before.end) or _is_each(text, before)
    return is_own or is_bound(text, before) or _is_done_to(text, before) or bool(find_enclosed_plan(text, before))


def _is_done_to(text: str, before: Quantity) -> bool:
    """Whether a number says of how many things somebody did what the name behind it is described by.

    >>> from extractor.claims.trial import read_last
    >>> read_last("全面完成四种计划的企业只占30%，").mention.left
    '全面完成四种计划的企业只占'
    >>> read_last("建成5个小区，绿地的面积占30%，").mention.left
    '绿地的面积占'
    """
    if before.dimension == "percent" or not patterns.fragment("claims/sentences", "described").match(text, before.end):
        return False
    return bool(patterns.fragment("claims/sentences", "deed").search(text, max(0, before.start - PLAN), before.start))


def is_bound(text: str, quantity: Quantity) -> bool:
    """Whether an age or an amount says which things are meant that stand behind it: 产值10亿元以上企业达到4家.

    >>> from extractor.claims.trial import read_last
    >>> read_last("新增产值10亿元以上企业4家，500亩以上农场3家。").mention.left
    '500亩以上农场'
    """
    bounding = quantity.dimension == "age" or (quantity.approximation or "none") in load_marks()["bound"]
    if quantity.dimension == "percent" or not bounding:
        return False
    return bool(patterns.fragment("claims/sentences", "bounded").match(text, quantity.end))


def find_enclosed_plan(text: str, quantity: Quantity) -> str:
    """The plan that a number alone in brackets is (完成全年目标（90万元）的91%); empty where it is none.

    >>> from extractor.claims.trial import read_last
    >>> read_last("收入81万元，完成全年目标（90万元）的90%").mention.left
    '完成全年目标（90万元）的'
    """
    if not patterns.fragment("claims/completion", "closed").match(text, quantity.end):
        return ""
    window = max(0, quantity.start - PLAN)
    found = patterns.fragment("claims/completion", "enclosed").search(text, window, quantity.start)
    return found["plan"] if found else ""


def _is_each(text: str, before: Quantity) -> bool:
    """Whether a number says for how many of something another one is (每10股派发2.50元).

    >>> from extractor.claims.trial import read_last
    >>> read_last("向全体股东每10股派发现金红利2.50元。").mention.left
    '向全体股东每10股派发现金红利'
    """
    return bool(patterns.fragment("claims/sentences", "each").search(text, 0, before.start))


def find_clause_start(text: str, at: int, floor: int) -> int:
    """Where the clause that reaches ``at`` starts: behind the last clause mark or unmatched bracket."""
    marks, depth = load_marks(), 0
    for index in range(at - 1, floor - 1, -1):
        char = text[index]
        if char in marks["close"]:
            depth += 1
        elif char in marks["open"]:
            if not depth and char not in marks["quotes"]:
                return index + 1
            depth = max(depth - 1, 0)
        elif not depth and char in marks["clause"] and not _joins_digits(text, index):
            return index + 1
    return floor


def _joins_digits(text: str, index: int) -> bool:
    """Whether a mark stands within a number or between two, and ends no clause: 1,234元, 1—6月.

    >>> from extractor.claims.trial import read_last
    >>> read_last("投资增长15%；比2019年1—6月份增长17%。").frame.baseline
    '2019年1—6月份'
    """
    return text[index - 1 : index].isdigit() and text[index + 1 : index + 2].isdigit()


def find_clause_end(text: str, at: int, ceiling: int) -> int:
    """Where the words behind ``at`` end: at the next clause mark or bracket, but one of ranks (乡（镇）).

    >>> find_clause_end("20万元（含补发），", 3, 9), find_clause_end("4个乡（镇），", 2, 9)
    (4, 6)
    """
    found, ranked = _compile_stops().search(text, at, ceiling), patterns.fragment("claims/sentences", "ranked")
    while found and (ranks := ranked.match(text, found.start())):
        found = _compile_stops().search(text, ranks.end(), ceiling)
    return found.start() if found else ceiling
