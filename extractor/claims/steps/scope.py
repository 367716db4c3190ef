"""The scope of a claim: of which level, fund, side, stage and so on it is, and where that is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.claims.context import Context
from extractor.claims.governing import cut_facets, find_reached, read_start
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
    front = cut_facets(context.facets, begins, begins + len(reading.frame.lead))
    behind = cut_facets(context.facets, quantity.end, quantity.end + len(reading.name.behind))
    return Stretch("clause", _choose_stages((*front, *behind), reading.role))


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
    reached = sorted(find_reached(reading, context), key=read_start)
    yield Stretch("sentence", cut_facets(reached, sentence, reading.quantity.start), whole=False)
    yield Stretch("paragraph", cut_facets(reached, 0, sentence), whole=False)
    stand = context.stand
    if stand:
        labels = (*read_label(stand.cell.row_label), *read_label(stand.cell.column_label))
        yield Stretch("label", _choose_stages(labels, reading.role))
        yield Stretch("title", _choose_stages(read_label(stand.title or ""), reading.role))
