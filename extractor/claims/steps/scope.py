"""The scope of a claim: of which level, fund, side, stage and so on it is, and where that is said."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from extractor.claims.context import Context
from extractor.claims.readings import Reading, Settled
from extractor.model import Role, Scope
from extractor.scope import (
    Found,
    Stretch,
    choose_scope,
    fill_scope,
    fits_role,
    read_headings,
    read_label,
    read_name,
)


def settle_scope(reading: Reading, context: Context) -> Settled[Scope]:
    """The facets of a mention: from its clause, its antecedent, its sentence and paragraph, the labels and headings.

    >>> from extractor.claims.trial import read_last
    >>> scope = read_last("全市一般公共预算收入完成52亿元，其中税收收入40亿元。").scope
    >>> scope.level.value, scope.level.origin, scope.side.value, scope.side.origin
    ('全市', 'sentence', '收入', 'clause')
    """
    scope = choose_scope([_read_clause(reading, context)])
    antecedent = _find_antecedent(reading, context)
    if antecedent:
        here = antecedent.mention.sentence is reading.mention.sentence
        scope = fill_scope(scope, antecedent.scope, "sentence" if here else "paragraph")
    scope = fill_scope(scope, choose_scope([read_name(reading.name.metric or "")]))
    scope = fill_scope(scope, choose_scope(_list_above(reading, context)))
    return Settled(fill_scope(scope, read_headings(context.headings.path, context.source.title or "")))


def _read_clause(reading: Reading, context: Context) -> Stretch:
    """The facets of the words that name a mention, in front of its frame and behind its number."""
    quantity, begins = reading.quantity, reading.quantity.start - len(reading.mention.left)
    front = _cut(context.facets, begins, begins + len(reading.frame.lead))
    behind = _cut(context.facets, quantity.end, quantity.end + len(reading.name.behind))
    return Stretch("clause", _choose_stages((*front, *behind), reading.role))


def _cut(found: Sequence[Found], start: int, end: int) -> tuple[Found, ...]:
    """The facets that a paragraph names between two offsets; they stand in their order."""
    first, last = (bisect_left(found, at, key=_read_start) for at in (start, end))
    return tuple(found[first:last])


def _read_start(found: Found) -> int:
    return found.start


def _choose_stages(found: Sequence[Found], role: Role) -> tuple[Found, ...]:
    """The facets that do not speak against the role of a number: 为预算的98% is no budget."""
    return tuple(one for one in found if fits_role(one, role))


def _find_antecedent(reading: Reading, context: Context) -> Reading | None:
    """The reading whose name a mention carries on."""
    if not reading.name.carried:
        return None
    named = [one for one in reversed(context.antecedents) if one.name.is_own]
    return next((one for one in named if one.name.metric == reading.name.metric), next(iter(named), None))


def _list_above(reading: Reading, context: Context) -> Iterator[Stretch]:
    """What governs a mention outside of its clause and below its headings, the nearest first."""
    sentence = reading.mention.sentence.start
    reached = sorted(_find_reached(reading, context), key=_read_start)
    yield Stretch("sentence", _cut(reached, sentence, reading.quantity.start), whole=False)
    yield Stretch("paragraph", _cut(reached, 0, sentence), whole=False)
    stand = context.stand
    if stand:
        labels = (*read_label(stand.cell.row_label), *read_label(stand.cell.column_label))
        yield Stretch("label", _choose_stages(labels, reading.role))
        yield Stretch("title", _choose_stages(read_label(stand.title or ""), reading.role))


def _find_reached(reading: Reading, context: Context) -> Iterator[Found]:
    """Of each facet the last one in front of a mention's clause that reaches the mention: no other one is chosen."""
    mention, at = reading.mention, reading.quantity.start
    begins = mention.sentence.start
    for kind, governing in context.governing.items():
        here = _list_back(governing, begins, mention.clause)
        before = _list_back(context.lasting[kind], 0, min(begins, mention.clause))
        yield from islice((one for one in chain(here, before) if context.reaches(one.start, at)), 1)


def _list_back(found: Sequence[Found], start: int, end: int) -> Iterator[Found]:
    """The facets between two offsets, the last one first."""
    first, last = (bisect_left(found, at, key=_read_start) for at in (start, end))
    return map(found.__getitem__, range(last - 1, first - 1, -1))
