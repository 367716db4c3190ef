"""Quantities become claims: what each number is of, of which kind, when, and how it stands to others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from extractor.claims.assembly import make_claim
from extractor.claims.blocks import Step, read_blocks
from extractor.claims.context import open_context
from extractor.claims.named_cells import name_cells
from extractor.claims.readings import map_evidence
from extractor.claims.steps.baseline import settle_baseline
from extractor.claims.steps.frame import settle_frame
from extractor.claims.steps.identity import settle_identity
from extractor.claims.steps.metric import settle_metric
from extractor.claims.steps.parts import settle_parts
from extractor.claims.steps.period import settle_period
from extractor.claims.steps.role import settle_role
from extractor.claims.steps.scope import settle_scope
from extractor.claims.steps.series import settle_series
from extractor.claims.steps.unit import settle_unit
from extractor.documents.model import Document
from extractor.model import Claim, Table
from extractor.sections.model import Outline

__all__ = ["STEPS", "ReadClaim", "name_cells", "read_claims"]

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
    "scope": settle_scope,
    "baseline": settle_baseline,
    "metric_id": settle_identity,
}


class ReadClaim(Struct, frozen=True):
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

    >>> from extractor.documents import read
    >>> from extractor.sections import outline
    >>> document = read("全年发放救助金20余万元，惠及112户。".encode(), "report.txt")
    >>> found = read_claims(document, outline(document), 2020)
    >>> [(each.claim.raw, each.claim.metric, each.evidence["metric"]) for each in found]
    [('20余万元', '发放救助金', 'metrics.in_front'), ('112户', '发放救助金惠及', 'metrics.served')]
    """
    start = open_context(document, outline, year, published, tables)
    for context, reading in read_blocks(start, outline.blocks, STEPS):
        yield ReadClaim(make_claim(reading, context), map_evidence(reading))
