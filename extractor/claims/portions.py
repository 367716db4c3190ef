"""Portions: the share that an earlier clause speaks of, where its number comes only now (…的比重，由30%上升到32%)."""

from __future__ import annotations

from functools import partial

from msgspec import Struct

from extractor import patterns
from extractor.claims.phrases import clean_phrase
from extractor.claims.readings import Frame, Reading
from extractor.claims.sentences import Mention, find_last
from extractor.claims.word_lists import load_lists

# A number stands at most so many characters behind the words that name its share: a clause and a half.
REACH = 120

_expression = partial(patterns.fragment, "claims/shares")
"""One of the fragments of ``patterns/claims/shares.toml``."""
_of_series = partial(patterns.fragment, "claims/series")
"""One of the fragments of ``patterns/claims/series.toml``."""


class Portion(Struct, frozen=True):
    """What has a share, and of what; the latter is empty where it is not said."""

    what: str
    whole: str


def find_portion(mention: Mention, lead: str, last: Reading | None) -> Portion | None:
    """The share that a percentage is, named a clause in front; ``lead`` are the words in front of its frame.

    ``last`` is the number in front of it in its sentence: where that is a share, a bare percentage is one too.

    >>> from extractor.claims.trial import read_last
    >>> find_portion(read_last("服务业在生产总值中的比重，去年为50%。").mention, "去年", None)
    Portion(what='服务业', whole='生产总值')
    >>> read_last("现代工业的产值占总产值的比重不断上升。去年，这个比重是17%。").name.metric
    '现代工业的产值'
    """
    if mention.quantity.dimension != "percent" or not _is_bare(lead):
        return None
    said = mention.text[_find_floor(mention) : mention.quantity.start]
    if not _expression("left").search(said):
        return None if mention.right.startswith(tuple(load_lists().relative)) else _go_on(last)
    again = _expression("again").search(clean_phrase(lead))
    return _find_named(mention.text[max(0, mention.quantity.start - REACH) : mention.quantity.start] if again else said)


def is_portion(lead: str) -> bool:
    """Whether the words in front of a number are only those of a share (所占比重, 这一比重).

    >>> is_portion("所占比重"), is_portion("税收比重")
    (True, False)
    """
    return bool(lead) and bool(_expression("bare").fullmatch(lead))


def call_portion(last: Reading | None, lead: str) -> str:
    """What a share is called in full that is told of again: of what it is, and the word for it; empty without that.

    >>> from extractor.claims.trial import read_last
    >>> call_portion(read_last("甲公司产值占工业总产值的17%，"), "占比")
    '占工业总产值占比'
    """
    taken = last and last.frame.kind == "share" and _find_taken(last.mention)
    word = _expression("ending").search(lead)
    return str(taken + word[0]) if taken and word else ""


def _find_taken(mention: Mention) -> str:
    """The words that say of what a share is: 占移动电话用户."""
    found = _expression("taken").search(mention.text, mention.sentence.start, mention.quantity.start)
    return str(found[0]) if found else ""


def find_composed(mention: Mention) -> tuple[str, ...]:
    """What shares are of in turn, where a clause in front says what something is made up of; none where it fits not.

    >>> from extractor.claims.trial import read_last
    >>> read_last("资产主要由存货和应收账款构成，分别占总资产的64.2%和10.4%。").name.series
    ('存货', '应收账款')
    >>> read_last("资产主要由存货和应收账款构成，近三年占比分别为60.2%、61.4%。").name.series
    ('', '')
    """
    found = _of_series("composed").search(mention.text, mention.sentence.start, mention.quantity.start)
    items = [clean_phrase(item) for item in _of_series("parted").split(found["items"])] if found else []
    return tuple(items) if all(items) and len(items) == mention.place.length else ()


def _go_on(last: Reading | None) -> Portion | None:
    """The share in front, where there is one."""
    return Portion(last.name.text, last.frame.whole or "") if last and _is_of_share(last.frame) else None


def _is_of_share(frame: Frame) -> bool:
    """Whether a number is a share, or by how much one has moved (比重下降3个百分点，为61%)."""
    return frame.kind == "share" or bool(_expression("ending").search(frame.lead))


def _find_floor(mention: Mention) -> int:
    """Where the words of a number begin: behind the last number of its sentence, or with the sentence."""
    last = find_last(mention.sentence, mention.quantity.start)
    return last.end if last else mention.sentence.start


def _is_bare(lead: str) -> bool:
    """Whether the words in front name nothing but the share itself (这个比重), or when it was."""
    phrase = clean_phrase(lead)
    return not phrase or bool(_expression("bare").fullmatch(phrase))


def _find_named(text: str) -> Portion | None:
    """The last share that a text names in full."""
    found = None
    for match in _expression("told").finditer(text):
        found = match
    if not found:
        return None
    return Portion(clean_phrase(found["what"], whole=True), found["whole"] or found["of"] or "")
