"""Blocks are read in order: each mention in the context that all before it have left."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from extractor.claims.announced import tell_tasks, tell_year
from extractor.claims.context import Context, enter_block, enter_paragraph, leave_brackets
from extractor.claims.readings import Reading, Settled, add_settled
from extractor.claims.sentences import Mention, cut_mentions, cut_sentences
from extractor.claims.steps.series import place_mentions
from extractor.claims.steps.unit import complete_units
from extractor.quantities import find
from extractor.quantities.model import Quantity
from extractor.sections.model import Block

Step = Callable[[Reading, Context], Settled[Any]]
Steps = Mapping[str, Step]


def read_blocks(context: Context, blocks: Iterable[Block], steps: Steps) -> Iterator[tuple[Context, Reading]]:
    """The reading of every mention of the blocks, with the context that it was read in; ``context`` is the first."""
    bodies = (block for block in blocks if not block.heading)
    for _, paragraph in groupby(bodies, key=lambda block: id(block.paragraph)):
        parts = list(paragraph)
        quantities = find_quantities(parts[0].paragraph.text)
        if quantities:
            context = enter_paragraph(context, parts[0])
        for block in parts:
            context = tell_tasks(tell_year(context, block), block)
            for mention in find_mentions(block, quantities):
                context = leave_brackets(enter_block(context, block), mention)
                reading = read_mention(mention, context, steps)
                yield context, reading
                context = context.after(reading)


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of a paragraph, in the units that its own words give them."""
    return complete_units(text, find(text))


def find_mentions(block: Block, quantities: Sequence[Quantity]) -> Iterator[Mention]:
    """The mentions of a block, in order; ``quantities`` are those of its paragraph."""
    first, behind = (bisect_left(quantities, at, key=lambda found: found.start) for at in (block.start, block.end))
    for sentence in cut_sentences(block, quantities[first:behind]):
        yield from place_mentions(list(cut_mentions(sentence)))


def read_mention(mention: Mention, context: Context, steps: Steps) -> Reading:
    """What the steps make of one mention, each told what those before it have settled."""
    reading = Reading(f"c{context.count + 1}", mention)
    for field, settle in steps.items():
        reading = add_settled(reading, field, settle(reading, context))
    return reading
