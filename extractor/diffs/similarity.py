"""How alike two claims are by what they measure: their numbers do not count."""

from __future__ import annotations

from extractor.diffs.halves import Item
from extractor.diffs.words import Bag, alike, dice, shared
from extractor.model import Likeness

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
HEAD = 2
# What is taken off where each of two metrics has words of weight that the other lacks: 困难残疾人, 重度残疾人.
OPPOSED = 0.3
# Verbs weigh less than this.
NOUN = 0.6


def rate(found: Likeness) -> float:
    """A likeness in one number, from 0 to 1.

    >>> round(rate(Likeness(1.0, 0.5, 1.0)), 2)
    0.85
    """
    return METRIC * found.metric + CONTEXT * found.context + TRAITS * found.traits


def likeness(one: Item, two: Item, strangers: bool = False) -> Likeness | None:
    """How alike two claims are; None where they cannot be of one thing, ``strangers`` being reports of other places."""
    if not _compatible(one, two):
        return None
    metric = metrics(one, two)
    if metric < LEAST_METRIC:
        return None
    found = Likeness(metric, context(one, two), _traits(one, two))
    unclear = any(item.generic and not item.metric_id for item in (one, two))
    needed = STRANGERS if strangers else LEAST_CONTEXT if unclear else 0.0
    return found if rate(found) >= LEAST and found.context >= needed else None


def _compatible(one: Item, two: Item) -> bool:
    """Whether nothing says that two claims are of different things: ids, scopes, projects."""
    if one.group != two.group or (one.metric_id and two.metric_id and one.metric_id != two.metric_id):
        return False
    if one.scopes and two.scopes and not one.scopes & two.scopes:
        return False
    fiscal = one.metric_id or two.metric_id or one.generic or two.generic
    return not (fiscal and one.claim.dimension == "money" and not _of_one_project(one, two))


def _of_one_project(one: Item, two: Item) -> bool:
    """Whether two totals are of the same project, or both of no project."""
    if one.project is None or two.project is None:
        return one.project is two.project
    return alike(one.project, two.project) >= LEAST


def metrics(one: Item, two: Item) -> float:
    """How alike two metrics are, by words and by characters, and by the clauses they were read from."""
    if one.metric_id and one.metric_id == two.metric_id:
        return 1.0
    if one.named == two.named:
        return 1.0 if one.named else max(dice(one.clause, two.clause), dice(one.sentence, two.sentence))
    words = _by_words(one, two) * (1 - OPPOSED * opposed(one.metric, two.metric))
    return max(words, 0.4 * words + 0.5 * dice(one.clause, two.clause))


def _by_words(one: Item, two: Item) -> float:
    """How alike two names are by their words and characters, their last words above all."""
    short, long = sorted((one, two), key=lambda item: len(item.named))
    characters = alike(one.named, two.named)
    found = max(dice(one.metric, two.metric), characters)
    telling = characters >= MOSTLY if short.generic else len(short.named) >= TELLING
    if not _same_head(short.named, long.named):
        found *= MODIFIED
    elif _contained(short.metric, long.metric) and (telling or not short.generic):
        found = max(found, MODIFIED)
    elif _contained(_things(short.metric), long.metric) and not short.generic:
        found = max(found, LONGER)
    if telling and long.named.startswith(short.named):
        found = max(found, LONGER)
    return found


def opposed(one: Bag, two: Bag) -> float:
    """How much each of two names says that the other does not, from 0 to 1; other spellings are not counted.

    >>> from extractor.diffs.words import bag
    >>> opposed(bag("困难残疾人补贴"), bag("重度残疾人护理补贴"))
    0.6
    >>> opposed(bag("残疾人补贴"), bag("重度残疾人护理补贴"))
    0
    """
    alone = [_alone(one, two), _alone(two, one)]
    return min(1.0, *alone)


def _alone(one: Bag, two: Bag) -> float:
    """The weight of the things that stand in the first name only, no character of them in the other."""
    other = "".join(two)
    return sum(w for word, w in one.items() if w >= NOUN and word not in two and not any(c in other for c in word))


def _things(name: Bag) -> Bag:
    """The words of a name but for its verbs."""
    return Bag({word: weight for word, weight in name.items() if weight >= NOUN})


def _same_head(short: str, long: str) -> bool:
    return bool(short) and short[-HEAD:] == long[-HEAD:]


def _contained(short: Bag, long: Bag) -> bool:
    return bool(short) and short.keys() <= long.keys()


def context(one: Item, two: Item) -> float:
    """How alike the surroundings of two claims are: their sentences and their headings."""
    sentence, heading = dice(one.sentence, two.sentence), _headings(one, two)
    return 0.5 * max(sentence, heading) + 0.25 * (sentence + heading)


def _headings(one: Item, two: Item) -> float:
    """The best likeness of two headings; those further out count less."""
    return max(
        (
            dice(first, second) * (1 - 0.15 * (at + to))
            for at, first in enumerate(one.headings)
            for to, second in enumerate(two.headings)
        ),
        default=0.0,
    )


def _traits(one: Item, two: Item) -> float:
    """What else agrees: unit, role, direction, period."""
    a, b = one.claim, two.claim
    agree = 1.0
    agree -= 0.3 * (a.base_unit != b.base_unit)
    agree -= 0.2 * (a.role != b.role)
    agree -= 0.2 * (a.direction != b.direction)
    agree -= 0.4 * (not same_period(one, two))
    agree -= 0.2 * ((a.cell is None) != (b.cell is None))
    return max(0.0, agree)


def same_period(one: Item, two: Item) -> bool:
    """Whether two claims speak of one time, as far as both say so themselves."""
    if not (one.told and two.told):
        return True
    a, b = one.claim.period, two.claim.period
    if a is None or b is None or (a.start is None and a.end is None) or (b.start is None and b.end is None):
        return True
    return (a.start, a.end) == (b.start, b.end)


def common(one: Item, two: Item) -> float:
    """The part of the lighter metric's words that the other has too."""
    least = min(one.metric.total, two.metric.total)
    return shared(one.metric, two.metric) / least if least else 0.0
