"""Where a title ends that the body behind it was glued to: every sign that a place has is counted."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

import regex
from msgspec import Struct

from extractor import words
from extractor.sections import lost, styles
from extractor.words import Word

# Longer titles are sentences.
LONGEST = 45
SHORTEST = 2
# So far behind a marker a title and the beginning of its body are looked for.
REACH = 90
# A repeated word of this many characters shows where the body takes up its title.
WORD = 2
# So many characters of a body are looked up in the titles around it.
NAME = 4
# A title of which nothing tells but that a sentence opens behind it is at least so long.
FEWEST = 4
# From here on a title is long, and a verb behind it opens the body: that of a short one may be its verb (情况通报).
LONG = 6
# The parts of speech that open clauses: prepositions, adverbs, times, pronouns, verbs.
OPENING = ("p", "d", "ad", "t", "r", "v")
ADVERBS = ("d", "ad")
NOUNS = ("n", "vn")
# Those of what is done, as a noun: 建设, 治理.
MADE = ("vn", "v")
# A topic sentence is no longer.
TOPIC = 16
# A title of the genre that is as long tells by itself.
NAMED = 8
# What is done takes a verb and its object.
DONE = 6
# What a sign weighs. From SURE on a title ends at a place.
LISTED, APART, ENTITY, DOUBLED, SURE, LIKELY, SLIGHT = 5, 5, 3, 3, 2, 2, 1

BOUNDARIES = "headings/boundaries"


class Known(Struct, frozen=True):
    """What is known around a text: how its document begins, its titles that stand alone, whether spaces part lines.

    The titles are written behind their markers, without white space.
    """

    opening: str
    titles: Collection[str]
    has_spaces: bool


NOTHING = Known("", (), False)


def strip_title(title: str) -> str:
    """A title without white space and the marks of notes.

    >>> strip_title("城乡 [4]人口")
    '城乡人口'
    """
    return str(styles.load_expression(BOUNDARIES, "bracketed_note").sub("", "".join(title.split())))


def opens_chapter(behind: str) -> bool:
    """Whether a stretch begins with the name of a communiqué's chapter: asked before its words are cut."""
    return styles.load_expression(BOUNDARIES, "chapter").match(strip_title(behind)) is not None


class Ends:
    """The places where the title in front of a stretch may end, each with the weight of its signs.

    ``behind`` is the text from behind the ``marker`` up to the next one, ``known`` what is known of the text around it.
    """

    def __init__(self, behind: str, known: Known = NOTHING, marker: str = "") -> None:
        self.behind = behind
        self._marker = marker
        self._known = known
        sentence = styles.load_expression(BOUNDARIES, "title_stop").search(behind)
        self._sentence = sentence.end() if sentence else len(behind)
        self._stop = min(sentence.start() if sentence else len(behind), LONGEST)
        self._words = words.cut(behind[: self._stop + NAME])
        starts = [word.start for word in self._words]
        self._openers = list(self._find_openers())
        self.places = sorted({*starts, *self._find_restated(), *self._find_done(), *self._openers} - {0})
        self._space = self._find_space()
        self._topic = self._find_topic()

    def find_best(self) -> tuple[int, int]:
        """The place with the most signs, the first of equals, and their weight; (0, 0) where there is no place."""
        weighed = [(self._weigh(place), -place) for place in self.places if self.can_end(place)]
        weight, place = max(weighed, default=(0, 0))
        return -place, weight

    def find_chapter(self) -> int:
        """Where the name of a communiqué's chapter ends that a stretch begins with; else 0.

        >>> Ends("贸易外经全市零售总额3亿元。").find_chapter(), Ends("教育支出3亿元。").find_chapter()
        (4, 0)
        """
        bare = strip_title(self.behind)
        name = styles.load_expression(BOUNDARIES, "chapter").match(bare)
        if name is None:
            return 0
        place = next(at for at in range(len(self.behind), 0, -1) if strip_title(self.behind[:at]) == name[0])
        return 0 if self._is_subject(place) or not self.can_end(place) else place

    def _is_subject(self, place: int) -> bool:
        """Whether a title goes on behind the name of a chapter, up to where a word opens the body."""
        return place not in self._openers and any(0 < start - place <= LONG for start in self._openers)

    def can_end(self, place: int) -> bool:
        """Whether a title can end at a place: words are whole, brackets closed, and no amount is in it."""
        title, rest = self.behind[:place].strip(), self.behind[place:].lstrip()
        if place > self._stop or len(title) < SHORTEST or self._sentence - place <= NAME:
            return False
        if styles.load_expression(BOUNDARIES, "no_end").search(title):
            return False
        if styles.load_expression(BOUNDARIES, "no_begin").match(rest):
            return False
        if "，" in title and not self._is_apart(place) and not self._is_pair(title, rest):
            return False
        return not self._parts_amount(place)

    def _is_pair(self, title: str, rest: str) -> bool:
        """Whether a title of several clauses ends where a word opens a sentence, or tells what is done."""
        opens = rest[:1].isalnum() and styles.load_alternatives("headings/openers").match(rest) is not None
        is_told = opens or self._weigh_done(len(title), title, rest) > 0 or self._is_even(title) or rest[:LONG] in title
        return is_told and styles.load_expression(BOUNDARIES, "pair").fullmatch(title) is not None

    def _parts_amount(self, place: int) -> bool:
        """Whether an amount stands in the title or right behind it."""
        amount = styles.load_expression(BOUNDARIES, "amount")
        found = amount.search(self.behind, 0, place + LONGEST)
        return found is not None and found.start() <= place + len(self.behind[place:]) - len(
            self.behind[place:].lstrip()
        )

    def _find_restated(self) -> Iterator[int]:
        """Where the title's first word comes again, be it as part of another one."""
        word = regex.escape(self.behind.lstrip()[:WORD])
        return (match.start() for match in regex.finditer(word, self.behind, pos=SHORTEST, endpos=self._stop + WORD))

    def _find_done(self) -> Iterator[int]:
        """Where what is done ends in front of a word that tells how, also where the two were taken for another word."""
        done = styles.load_expression(BOUNDARIES, "done")
        doing = styles.load_expression(BOUNDARIES, "doing").finditer(self.behind, DONE, self._stop + NAME)
        return (match.start() for match in doing if done.search(self.behind, 0, match.start()))

    def _find_openers(self) -> Iterator[int]:
        """Where words stand that open a sentence, also where they were taken for the end of another word."""
        openers = styles.load_alternatives("headings/openers")
        return (match.start() for match in openers.finditer(self.behind, SHORTEST, self._stop + NAME))

    # ── the signs ────────────────────────────────────────────────────────────────────────────────────────

    def _weigh(self, place: int) -> int:
        title, rest = self.behind[:place].strip(), self.behind[place:].lstrip()
        opener = styles.load_alternatives("headings/openers").match(self.behind, len(self.behind) - len(rest))
        weight = (
            LISTED * (self._marker + "".join(title.split()) in self._known.titles)
            + self._weigh_space(place)
            + LIKELY * bool(opener)
            + SLIGHT * bool(opener and opener.lastgroup in ("spoken", "marked"))
            + self._weigh_words(title, self._has_verb(place))
            + SLIGHT * self._opens_clause(place)
            + LIKELY * self._opens_time(title, rest)
            + self._weigh_done(place, title, rest)
            + self._weigh_went(place, title, rest)
            + SLIGHT * self._is_even(title)
            + max(self._weigh_restated(title, rest), LIKELY * bool(opener and self._comes_back(title, rest)))
            + ENTITY * self._names_entity(place)
            + LISTED * self._opens_known(place)
        )
        return SLIGHT if opener and weight == LIKELY and not self._may_be_title(place) else weight

    def _weigh_done(self, place: int, title: str, rest: str) -> int:
        """Whether a title ends in what is done, where a body tells how, or who did it: 深化体制改革|完善预算制度."""
        if len(title) < DONE or styles.load_expression(BOUNDARIES, "done").search(title) is None:
            return 0
        doing = styles.load_expression(BOUNDARIES, "doing")
        word = words.find_word(self._words, place)
        if self._ends_title(word) and doing.match(self.behind, word.end):
            return 0
        tells = doing.match(rest)
        return LIKELY + SLIGHT * bool(tells["who"]) if tells else LIKELY * (place == self._topic)

    def _find_topic(self) -> int:
        """Where a title ends that tells what is done, in front of a short sentence that says how it went; else 0."""
        done, went = (styles.load_expression(BOUNDARIES, name) for name in ("done", "went"))
        topic = self.behind[: self._sentence].rstrip("。 ")
        if self._sentence == len(self.behind) or "，" in topic or went.search(topic) is None:
            return 0
        places = (place for place in self.places if place >= DONE and NAME < len(topic) - place <= TOPIC)
        ended = (place for place in places if done.search(self.behind, 0, place))
        return next((place for place in ended if not self._goes_on(place)), 0)

    def _goes_on(self, place: int) -> bool:
        """Whether the word at a place is one that a title ends in, or points back."""
        word = words.find_word(self._words, place)
        return self._ends_title(word) or word.tag == "r"

    def _ends_title(self, word: Word) -> bool:
        return word.tag in MADE and styles.load_expression(BOUNDARIES, "done").fullmatch(word.text) is not None

    def _opens_time(self, title: str, rest: str) -> bool:
        """Whether a body begins with a time that no comma parts from the title: 酸雨|上半年，…."""
        opens, owner = (styles.load_expression(BOUNDARIES, name) for name in ("opens_time", "owner_end"))
        return opens.match(rest) is not None and owner.search(title) is None

    def _weigh_went(self, place: int, title: str, rest: str) -> int:
        """Whether a title says how something went, where a word opens what a sentence would not go on with."""
        head = next(word for word in self._words if word.text.strip())
        if len(title) < LONG or not head.tag.startswith(NOUNS):
            return 0
        went = styles.load_expression(BOUNDARIES, "went").search(title) is not None
        opens = words.find_word(self._words, place).tag in OPENING or title[:WORD] == rest[:WORD]
        return LIKELY * (went and opens)

    def _is_even(self, title: str) -> bool:
        """Whether the clauses of a title are as long as each other, as those of titles often are."""
        lengths = {len(clause) for clause in title.split("，")}
        return "，" in title and len(lengths) == 1 and min(lengths) >= FEWEST

    def _may_be_title(self, place: int) -> bool:
        """Whether a stretch that a body opens behind is more than a short word or a verb and what comes before it."""
        last = words.find_word(self._words, place - 1)
        return place >= FEWEST and (last.tag != "v" or "，" in self.behind[:place] or self._has_subject(last))

    def _has_subject(self, verb: Word) -> bool:
        """Whether a noun opens what a verb ends that names no duty, unless an adverb says how: 粮食生产全面丰收."""
        if verb.end < LONG or not self._words[0].tag.startswith("n"):
            return False
        is_duty = styles.load_words("headings/shapes", "duty").match(verb.text) is not None
        return not is_duty or words.find_word(self._words, verb.start - 1).tag in ADVERBS

    def _opens_clause(self, place: int) -> bool:
        """Whether a long title that its noun ends is followed by a word that clauses open with."""
        noun = styles.load_expression(BOUNDARIES, "title_noun").search(self.behind, 0, place)
        is_sure = noun is not None and noun["sure"] is not None
        return is_sure and place >= LONG and words.find_word(self._words, place).tag in OPENING

    def _has_verb(self, place: int) -> bool:
        """Whether a verb goes on behind a title's words, up to where a body opens: 消费市场保持增长全年…."""
        opener = next((start for start in self._openers if start > place), 0)
        went = styles.load_expression(BOUNDARIES, "went").search(self.behind, 0, opener)
        is_verb = words.find_word(self._words, place).tag.startswith("v") or went is not None
        return opener > 0 and is_verb and "，" not in self.behind[place:opener]

    def _weigh_words(self, title: str, has_verb: bool) -> int:
        """What the title's own words tell, which end in a chapter's name unless it ``has_verb`` behind that."""
        bare = strip_title(title)
        known = styles.load_expression(BOUNDARIES, "communique_title").fullmatch(bare) is not None
        noun = styles.load_expression(BOUNDARIES, "title_noun").search(bare)
        weight = 0 if noun is None else LIKELY if noun["sure"] else SLIGHT
        chapter = (SLIGHT if has_verb else LIKELY) * known + SLIGHT * (known and self._opens_topic(len(title)))
        named = lost.name_title(bare) is not None
        return chapter + weight + (SLIGHT if len(bare) < NAMED else LIKELY) * named

    def _opens_topic(self, place: int) -> bool:
        """Whether a topic sentence opens the body behind the name of a chapter."""
        topic = self.behind[place : self._sentence]
        is_topic = len(topic) <= TOPIC and "，" not in topic and self._sentence < len(self.behind)
        is_named = place >= FEWEST or topic.startswith(self.behind[:WORD])
        if not is_topic or not is_named or any(start < place for start in self._openers):
            return False
        return not words.find_word(self._words, place).tag.startswith("v")

    def _weigh_space(self, place: int) -> int:
        if not self._is_apart(place):
            return 0
        around = self.behind[:place].rstrip()[-1] + self.behind[place:].lstrip()[0]
        is_number = any(char.isascii() and char.isalnum() for char in around)
        return APART if self._known.has_spaces and not is_number else SLIGHT

    def _is_apart(self, place: int) -> bool:
        return place == self._space

    def _weigh_restated(self, title: str, rest: str) -> int:
        """Whether the body takes up the title's first words, or some of its words."""
        bare = "".join(title.split())
        if len(bare) <= WORD:
            return 0
        if self._is_doubled(bare, rest):
            return DOUBLED
        if rest[:WORD] == bare[:WORD] or self._takes_up(bare, rest):
            return LIKELY
        return LIKELY if rest[:LONG] in bare else SLIGHT * (rest[:NAME] in bare)

    def _is_doubled(self, bare: str, rest: str) -> bool:
        """Whether the title's last word stands twice, or the title comes again, be it behind whose it is."""
        if bare[-WORD:] == rest[:WORD]:
            return bare[-WORD:].isalpha()
        owner, again = styles.load_expression(BOUNDARIES, "owner_end"), rest[: len(bare) + LONG].find(bare)
        is_owned = again > 0 and owner.search(rest, 0, again) is not None
        goes_on = rest.startswith(rest[:WORD], again + len(bare))
        return len(bare) >= FEWEST and (again == 0 or (is_owned and not goes_on))

    def _comes_back(self, title: str, rest: str) -> bool:
        """Whether the whole title comes again soon behind the words that open the body."""
        bare = "".join(title.split())
        return len(bare) >= FEWEST and bare in rest[:LONGEST]

    def _takes_up(self, bare: str, rest: str) -> bool:
        """Whether the body begins, but for whose it is, with words of a title that its noun ends."""
        if styles.load_expression(BOUNDARIES, "title_noun").search(bare) is None:
            return False
        return any(rest[at : at + NAME] in bare for at in range(min(NAME, len(rest) - NAME)))

    def _names_entity(self, place: int) -> bool:
        """Whether the body begins as the document's title does, its year aside."""
        first = words.find_word(self._words, place).text
        if len(first) < WORD:
            return False
        names = styles.load_expression(BOUNDARIES, "name").finditer(self._known.opening)
        return any(self._known.opening.startswith(first, name.end()) for name in names)

    def _opens_known(self, place: int) -> bool:
        """Whether a known title stands between the end of another one and its own body."""
        if lost.name_title(self.behind[:place]) is None:
            return False
        return any(lost.name_title(self.behind[place:end]) for end in self._openers if end - place >= NAME)

    def _find_space(self) -> int | None:
        """The first white space that does not merely space the letters of a short title, or those around a number."""
        pieces = styles.load_expression(BOUNDARIES, "piece").finditer(self.behind, 0, REACH)
        so_far = 0
        for piece, after in pairwise(pieces):
            so_far += len(piece[0])
            if so_far >= WORD and len(after[0]) > WORD and self._stands_apart(piece.end()):
                return int(piece.end())
        return None

    def _stands_apart(self, end: int) -> bool:
        """Whether white space parts words rather than a number from the words around it."""
        return not (self.behind[end - 1].isascii() and self.behind[end - 1].isalnum())
