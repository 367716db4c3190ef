"""Quantities become claims: what each number is of, of which kind, when, and how it stands to others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from extractor.claims.assembly import make_claim
from extractor.claims.context import Context, enter_block, enter_paragraph, open_context, tell_year
from extractor.claims.readings import Reading, Settled, add_settled, map_evidence
from extractor.claims.sentences import Mention, cut_mentions, cut_sentences
from extractor.claims.steps.baseline import settle_baseline
from extractor.claims.steps.frame import settle_frame
from extractor.claims.steps.identity import settle_identity
from extractor.claims.steps.metric import settle_metric
from extractor.claims.steps.parts import settle_parts
from extractor.claims.steps.period import settle_period
from extractor.claims.steps.role import settle_role
from extractor.claims.steps.series import place_mentions, settle_series
from extractor.claims.steps.unit import complete_units, settle_unit
from extractor.model import Block, Claim, Document, Outline, Quantity, Table
from extractor.quantities import find

__all__ = ["STEPS", "ReadClaim", "read_blocks", "read_claims", "read_mention"]

Step = Callable[[Reading, Context], Settled[Any]]

# The only order in which a claim is made. Each step is given the mention as far as it has been read, and the context,
# and settles one field of the reading: what it needs of another field stands above it.
STEPS: Mapping[str, Step] = {
    "mention": settle_unit,
    "frame": settle_frame,
    "series": settle_series,
    "ties": settle_parts,
    "name": settle_metric,
    "time": settle_period,
    "role": settle_role,
    "baseline": settle_baseline,
    "metric_id": settle_identity,
}


class ReadClaim(NamedTuple):
    """A claim, and the pattern or rule that each of its fields comes from; what holds by default is left out."""

    claim: Claim
    evidence: Mapping[str, str]


def read_claims(
    document: Document,
    outline: Outline,
    year: int | None,
    published: str | None = None,
    tables: Sequence[Table] = (),
) -> Iterator[ReadClaim]:
    """Every quantity of the narrative as a claim, in document order.

    ``year`` is the document's own, ``published`` the ISO day of its publication; ``tables`` tell in which cells claims
    stand.
    """
    start = open_context(document, outline, year, published, tables)
    for context, reading in read_blocks(start, outline.blocks):
        yield ReadClaim(make_claim(reading, context), map_evidence(reading))


def read_blocks(context: Context, blocks: Iterable[Block]) -> Iterator[tuple[Context, Reading]]:
    """The reading of every mention of the blocks, with the context that it was read in; ``context`` is the first."""
    bodies = (block for block in blocks if not block.heading)
    for _, paragraph in groupby(bodies, key=lambda block: id(block.paragraph)):
        parts = list(paragraph)
        quantities = find_quantities(parts[0].paragraph.text)
        if quantities:
            context = enter_paragraph(context, parts[0])
        for block in parts:
            context = tell_year(context, block)
            for mention in find_mentions(block, quantities):
                context = enter_block(context, block)
                reading = read_mention(mention, context)
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


def read_mention(mention: Mention, context: Context) -> Reading:
    """What the steps make of one mention."""
    reading = Reading(f"c{context.count + 1}", mention)
    for field, settle in STEPS.items():
        reading = add_settled(reading, field, settle(reading, context))
    return reading
