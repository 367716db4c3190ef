"""Token patterns: spaCy's Matcher over the words of a clause, for the shapes that regular expressions cannot say.

spaCy takes long to load, so a pattern names a trigger, and nothing of spaCy is imported before one is found.
"""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

import regex
from msgspec import Struct

from extractor import patterns, words
from extractor.claims.sentences import Mention, find_clause_end

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.vocab import Vocab

QUANTITY = "QUANTITY"
# spaCy's modules import one another: two threads that load them at once may each meet one that is half there.
LOADING = Lock()


class TokenPattern(Struct, frozen=True, forbid_unknown_fields=True):
    """A shape of a clause, the place of the number in it, and the places of the words that name what it counts."""

    trigger: str
    number: int
    metric: tuple[int, ...]
    tokens: list[dict[str, Any]]


class Found(Struct, frozen=True):
    """The metric that a shape gives to a number, and the pattern that found it."""

    metric: str
    pattern: str


@cache
def load_shapes() -> dict[str, tuple[regex.Pattern[str], TokenPattern]]:
    """Every token pattern with its trigger, by full name."""
    return {
        key: (patterns.compiled(key, entry.trigger), entry)
        for key, entry in patterns.load("claims/tokens", TokenPattern).items()
    }


@cache
def _build_matcher(key: str) -> tuple[Matcher, Vocab]:
    """The matcher of one pattern, and the vocabulary it reads."""
    with LOADING:
        from spacy.matcher import Matcher
        from spacy.vocab import Vocab

    vocab = Vocab()
    matcher = Matcher(vocab)
    matcher.add(key, [load_shapes()[key][1].tokens], greedy="LONGEST")
    return matcher, vocab


def find_metric(mention: Mention) -> Found | None:
    """The metric of a mention by the first shape its clause has, or None.

    >>> from extractor.claims.trial import read_last
    >>> find_metric(read_last("带动30人就业，").mention)
    Found(metric='带动就业', pattern='claims/tokens.helped_to')
    """
    for key, (trigger, entry) in load_shapes().items():
        if trigger.search(mention.left) or trigger.search(mention.right):
            found = _match_clause(key, entry, mention)
            if found:
                return Found(found, key)
    return None


def _match_clause(key: str, entry: TokenPattern, mention: Mention) -> str | None:
    """The words that one pattern takes as the metric of the mention, or None where it does not match there."""
    with LOADING:
        from spacy.tokens import Doc

    cut = _cut_clause(mention)
    matcher, vocab = _build_matcher(key)
    doc = Doc(vocab, words=[word.text for word in cut], tags=[word.tag for word in cut], spaces=[False] * len(cut))
    for match in matcher(doc, with_alignments=True):
        # With alignments a match has a fourth part, which spaCy's own annotation leaves out.
        start, end, alignment = cast("tuple[int, int, list[int]]", match[1:])
        if cut[start + alignment.index(entry.number)].start == mention.quantity.start:
            taken = ((at, word.text) for at, word in zip(alignment, cut[start:end], strict=True) if at in entry.metric)
            return "".join(text for _, text in sorted(taken, key=lambda pair: entry.metric.index(pair[0])))
    return None


def _cut_clause(mention: Mention) -> list[words.Word]:
    """The words of the mention's clause, each quantity as one word."""
    sentence, text = mention.sentence, mention.sentence.block.paragraph.text
    end = find_clause_end(text, mention.quantity.end, sentence.end)
    cut, at = [], mention.clause
    for quantity in sentence.quantities:
        if mention.clause <= quantity.start < end:
            cut += _cut_words(text[at : quantity.start], at)
            cut.append(words.Word(text[quantity.start : quantity.end], QUANTITY, quantity.start))
            at = quantity.end
    return cut + _cut_words(text[at:end], at)


def _cut_words(text: str, offset: int) -> list[words.Word]:
    """The words of ``text``, which begins at ``offset``."""
    return [words.Word(word.text, word.tag, word.start + offset) for word in words.cut(text)]
