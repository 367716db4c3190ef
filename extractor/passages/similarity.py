"""How alike two claims are by what they measure: their numbers do not count."""

from __future__ import annotations

from itertools import product

from extractor.amounts.names import is_disjoint
from extractor.model import Likeness, Period
from extractor.passages.items import Item
from extractor.passages.words import Bag, compare_bags, compare_spellings, compile_fragment, weigh_shared

# What the parts of a similarity weigh.
METRIC, CONTEXT, TRAITS = 0.6, 0.3, 0.1
# Two claims this much alike may be of one thing; so must their metrics be, and their surroundings for generic words.
LEAST, LEAST_METRIC, LEAST_CONTEXT = 0.6, 0.5, 0.35
# So must their surroundings be where the two documents are about different places.
STRANGERS = 0.5
# What a metric is worth that is another one with more words in front of the same head, or with words behind it.
MODIFIED, LONGER = 0.8, 0.7
# Names shorter than this are no telling beginnings of others; those of common words must be this much of the other.
TELLING, MOSTLY = 4, 0.4
# The last characters of a name are its head noun: 补助资金, 维修资金.
HEAD = 2
# What is taken off where each of two metrics has words of weight that the other lacks: 困难残疾人, 重度残疾人.
OPPOSED = 0.3
# What the words of a name and those of its clause are worth where neither tells enough alone.
BY_WORDS, BY_CLAUSE = 0.4, 0.5
# Verbs weigh less than this.
NOUN = 0.6
# What a heading loses for each step that it is further out, on either side.
FURTHER_OUT = 0.15
# What is taken off for traits that differ: the base unit, the role, the direction, the period, one in a table alone.
OTHER_UNIT, OTHER_ROLE, OTHER_DIRECTION, OTHER_PERIOD, OTHER_PLACE = 0.3, 0.2, 0.2, 0.4, 0.2


def rate(found: Likeness) -> float:
    """A likeness in one number, from 0 to 1.

    >>> round(rate(Likeness(1.0, 0.5, 1.0)), 2)
    0.85
    """
    return METRIC * found.metric + CONTEXT * found.context + TRAITS * found.traits


def compare_items(one: Item, two: Item, strangers: bool = False) -> Likeness | None:
    """How alike two claims are; None where they cannot be of one thing, ``strangers`` being reports of other places."""
    if not _may_be_one_thing(one, two):
        return None
    metric = compare_metrics(one, two)
    if metric < LEAST_METRIC:
        return None
    found = Likeness(metric, compare_contexts(one, two), _compare_traits(one, two))
    if rate(found) < LEAST:
        return None
    least = _least_context(one, two, strangers)
    return found if found.context >= least else None


def _least_context(one: Item, two: Item, strangers: bool) -> float:
    """How alike the surroundings must be: names of common words alone do not tell that two claims are of one thing."""
    if strangers:
        return STRANGERS
    if _is_common(one) or _is_common(two):
        return LEAST_CONTEXT
    return 0.0


def _is_common(item: Item) -> bool:
    """Whether a metric is made of common words, and none of the vocabulary."""
    return item.generic and not item.metric_id


def _may_be_one_thing(one: Item, two: Item) -> bool:
    """Whether nothing says that two claims are of different things: their groups, ids, scopes, projects."""
    if one.group != two.group:
        return False
    ids = {one.metric_id, two.metric_id} - {None}
    if len(ids) > 1:
        return False
    if is_disjoint(one.scopes, two.scopes) or _are_other_items(one, two):
        return False
    if _is_residual(one) != _is_residual(two):
        return False
    if one.claim.dimension != "money":
        return True
    is_total = any((ids, one.generic, two.generic))
    return not is_total or _is_of_one_project(one, two)


def _are_other_items(one: Item, two: Item) -> bool:
    """Whether two claims are of two items of the accounts; a misspelled one is the same."""
    return bool(one.item and two.item) and compare_spellings(one.item or "", two.item or "") <= LEAST


def _is_residual(item: Item) -> bool:
    """Whether a metric is what the named parts of something leave over: other income is not all income."""
    return bool(compile_fragment("residual").match(item.named))


def _is_of_one_project(one: Item, two: Item) -> bool:
    """Whether two totals are of the same project, or both of no project."""
    if one.project is None:
        return two.project is None
    if two.project is None:
        return False
    return compare_spellings(one.project, two.project) >= LEAST


def compare_metrics(one: Item, two: Item) -> float:
    """How alike two metrics are, by words and by characters, and by the clauses they were read from."""
    if one.metric_id and one.metric_id == two.metric_id:
        return 1.0
    if one.named == two.named:
        return 1.0 if one.named else _compare_nameless(one, two)
    opposition = measure_opposition(one.metric, two.metric)
    words = _compare_names(one, two) * (1 - OPPOSED * opposition)
    clauses = compare_bags(one.clause, two.clause)
    return max(words, BY_WORDS * words + BY_CLAUSE * clauses)


def _compare_nameless(one: Item, two: Item) -> float:
    """How alike two claims without a metric are, by their clauses or their sentences."""
    return max(compare_bags(one.clause, two.clause), compare_bags(one.sentence, two.sentence))


def _compare_names(one: Item, two: Item) -> float:
    """How alike two names are by their words and characters, their last words above all."""
    short, long = sorted((one, two), key=lambda item: len(item.named))
    characters = compare_spellings(one.named, two.named)
    is_telling = characters >= MOSTLY if short.generic else len(short.named) >= TELLING
    found = max(compare_bags(one.metric, two.metric), characters)
    if _has_same_head(short.named, long.named):
        found = max(found, _rate_modified(short, long, is_telling))
    else:
        found *= MODIFIED
    is_longer = is_telling and long.named.startswith(short.named)
    if not is_longer:
        return found
    return max(found, LONGER)


def _rate_modified(short: Item, long: Item, is_telling: bool) -> float:
    """What a name is worth that another one has with more words in front of the same head; 0 where it has not."""
    may_be_begun = is_telling or not short.generic
    if may_be_begun and _contains(long.metric, short.metric):
        return MODIFIED
    if short.generic:
        return 0.0
    things = _take_things(short.metric)
    return LONGER if _contains(long.metric, things) else 0.0


def measure_opposition(one: Bag, two: Bag) -> float:
    """How much each of two names says that the other does not, from 0 to 1; other spellings are not counted.

    >>> from extractor.passages.words import weigh_words
    >>> measure_opposition(weigh_words("困难残疾人补贴"), weigh_words("重度残疾人护理补贴"))
    0.6
    >>> measure_opposition(weigh_words("残疾人补贴"), weigh_words("重度残疾人护理补贴"))
    0
    """
    return min(1.0, _weigh_own_things(one, two), _weigh_own_things(two, one))


def _weigh_own_things(one: Bag, two: Bag) -> float:
    """The weight of the things that stand in the first name only, no character of them in the other."""
    characters = set("".join(two))
    things = _take_things(one).items()
    own = (weight for word, weight in things if characters.isdisjoint(word))
    return sum(own)


def _take_things(name: Bag) -> Bag:
    """The words of a name but for its verbs."""
    return Bag({word: weight for word, weight in name.items() if weight >= NOUN})


def _has_same_head(short: str, long: str) -> bool:
    head = short[-HEAD:]
    return bool(head) and head == long[-HEAD:]


def _contains(long: Bag, short: Bag) -> bool:
    is_told = bool(short)
    return is_told and short.keys() <= long.keys()


def compare_contexts(one: Item, two: Item) -> float:
    """How alike the surroundings of two claims are: their sentences and their headings."""
    sentence, heading = compare_bags(one.sentence, two.sentence), _compare_headings(one, two)
    return 0.5 * max(sentence, heading) + 0.25 * (sentence + heading)


def _compare_headings(one: Item, two: Item) -> float:
    """The best likeness of two headings; those further out count less."""
    best = 0.0
    for (at, first), (to, second) in product(enumerate(one.headings), enumerate(two.headings)):
        best = max(best, compare_bags(first, second) * (1 - FURTHER_OUT * (at + to)))
    return best


def _compare_traits(one: Item, two: Item) -> float:
    """What else agrees: unit, role, direction, period."""
    a, b = one.claim, two.claim
    agree = 1.0
    agree -= OTHER_UNIT * (a.base_unit != b.base_unit)
    agree -= OTHER_ROLE * (a.role != b.role)
    agree -= OTHER_DIRECTION * (a.direction != b.direction)
    agree -= OTHER_PERIOD * (not has_same_period(one, two))
    agree -= OTHER_PLACE * ((a.cell is None) != (b.cell is None))
    return max(0.0, agree)


def has_same_period(one: Item, two: Item) -> bool:
    """Whether two claims speak of one time, as far as both say so themselves."""
    if not (one.told and two.told):
        return True
    first, second = _date(one.claim.period), _date(two.claim.period)
    return None in (first, second) or first == second


def _date(period: Period | None) -> tuple[str | None, str | None] | None:
    """The dates of a period; None where it has none."""
    if period is None:
        return None
    dates = period.start, period.end
    return None if dates == (None, None) else dates


def share_words(one: Item, two: Item) -> float:
    """The part of the lighter metric's words that the other has too."""
    least = min(one.metric.total, two.metric.total)
    if not least:
        return 0.0
    return weigh_shared(one.metric, two.metric) / least
