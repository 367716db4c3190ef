"""Whether a number of a text and one of a report are of one thing: surely, probably, or by their digits alone."""

from __future__ import annotations

from extractor.amounts.names import is_disjoint
from extractor.cite.numbers import SAID, Told, name_account
from extractor.model import Claim, Facet, Period, Scope
from extractor.passages.items import Item
from extractor.passages.similarity import LEAST_METRIC, compare_items, compare_metrics, has_same_period
from extractor.passages.words import list_generic_words, weigh_shared

# A cell has only its labels: they must be this much alike.
CALLED = 0.7
# So many digits are the same by chance once in ten thousand numbers, and so many in a report with shared words.
RARE, TELLING = 5, 3
# A metric of fewer characters is no name by which a text can be contradicted.
NAMED = 3
YEAR = 4


def is_probably_one(cited: Item, told: Told) -> bool:
    """Whether names, scopes and periods let two numbers be of one thing."""
    if not may_be_same_time(cited, told.item):
        return False
    if not told.place:
        return compare_items(cited, told.item) is not None
    if is_disjoint(cited.scopes, told.item.scopes):
        return False
    return compare_metrics(cited, told.item) >= CALLED


def is_told_by_digits(cited: Item, told: Told, digits: int) -> bool:
    """Whether equal numbers of so many digits are one: by these alone, or by words that both have."""
    if not may_be_same_time(cited, told.item):
        return False
    if digits >= RARE:
        return True
    if compare_metrics(cited, told.item) >= LEAST_METRIC:
        return True
    return digits >= TELLING and share_thing(cited, told.item)


def share_thing(cited: Item, told: Item) -> bool:
    """Whether a word of one metric stands in the other's sentence."""
    shared = weigh_shared(cited.metric, told.sentence), weigh_shared(told.metric, cited.sentence)
    return any(weight > 0 for weight in shared)


def is_called_alike(cited: Item, told: Item) -> bool:
    """Whether one name is the other, or has all its words and more; words that many numbers carry are no name."""
    if cited.named == told.named or (cited.metric_id and cited.metric_id == told.metric_id):
        return True
    short, long = sorted((cited, told), key=lambda item: len(item.metric))
    return not short.generic and short.metric.keys() <= long.metric.keys()


def is_surely_one(cited: Item, told: Told, year: Period | None) -> bool:
    """Whether two numbers are called the same, of the same kind, time and body: only then do they contradict.

    ``year`` is the one that the text is about, for numbers of which it tells no time.
    """
    one, two = cited.claim, told.item.claim
    if told.place or cited.group != told.item.group:
        return False
    if not _is_one_name(cited, told.item):
        return False
    if one.baseline and two.baseline and one.baseline != two.baseline:
        return False
    if not _end_together(one.period or year, two.period):
        return False
    return compare_items(cited, told.item) is not None and _is_scope_known(one, two)


def may_be_meant(cited: Item, told: Told) -> bool:
    """Whether a number is called the same, and is of the same kind and scope, whatever its period."""
    if cited.group != told.item.group or not _is_one_name(cited, told.item):
        return False
    return not is_disjoint(cited.scopes, told.item.scopes) and _is_scope_known(cited.claim, told.item.claim)


def _is_one_name(one: Item, two: Item) -> bool:
    """Whether two names are one: spelled alike, or of one total of the accounts but for words that many names have."""
    if one.named == two.named:
        return _is_name(one, two)
    account = name_account(one.claim.scope)
    if account is None or account != name_account(two.claim.scope):
        return False
    return one.metric.keys() ^ two.metric.keys() <= list_generic_words()


def _is_name(cited: Item, told: Item) -> bool:
    """Whether a name that two numbers have says what they are: it is long enough, or the vocabulary knows it."""
    return len(cited.named) >= NAMED or bool(cited.metric_id and cited.metric_id == told.metric_id)


def may_be_same_time(one: Item, two: Item) -> bool:
    """Whether two numbers may be of one time: what is there at the end of a year is told of the year, too."""
    return has_same_period(one, two) or _end_together(one.claim.period, two.claim.period)


def _end_together(first: Period | None, second: Period | None) -> bool:
    """Whether both periods are known, are in one year, and end together."""
    if not (first and second and first.end and second.end and first.start and second.start):
        return False
    return first.end == second.end and first.start[:YEAR] == second.start[:YEAR]


def _is_scope_known(one: Claim, two: Claim) -> bool:
    """Whether every facet that the text itself tells of a number is the other's, too."""
    return all(_is_same(getattr(one.scope, name), getattr(two.scope, name)) for name in Scope.__struct_fields__)


def _is_same(one: Facet | None, two: Facet | None) -> bool:
    if one is None or one.origin not in SAID:
        return True
    return two is not None and two.value == one.value
