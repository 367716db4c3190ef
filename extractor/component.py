"""A component of spaCy that finds the quantitative claims of a text: ``nlp.add_pipe("quantity_claims")``.

Each claim is a span of ``doc.spans["claims"]``, labelled with its dimension; what is known of it is ``span._.claim``, a
dictionary as in the JSON. It stands in ``doc.user_data`` and is kept with it in bytes. A span has whole tokens: where a
number begins within one, it begins with that token, and ``claim["start"]`` and ``claim["end"]`` say where exactly.

>>> import spacy
>>> nlp = spacy.blank("zh")
>>> _ = nlp.add_pipe("quantity_claims")
>>> doc = nlp("全年发放救助金20余万元，惠及困难家庭112户。")
>>> [(span.text, span.label_, span._.claim["metric"]) for span in doc.spans["claims"]]
[('20余万元', 'money', '发放救助金'), ('112户', 'household', '惠及困难家庭')]
"""

from __future__ import annotations

from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor.model import Claim

NAME = "quantity_claims"
# Where a document's claims are kept, and the tokens of each: what stands here is in its bytes.
DATA, TOKENS = "quantity_claims", "quantity_claims.tokens"
SPANS = "claims"


class QuantityClaims:
    """Finds the claims of each document, its text read as a report's; ``spans_key`` names the spans."""

    def __init__(self, name: str = NAME, spans_key: str = SPANS) -> None:
        self.name, self.spans_key = name, spans_key

    def __call__(self, doc: Doc) -> Doc:
        """The document with its claims."""
        from extractor.documents import from_text
        from extractor.pipeline import result

        claims = result(from_text(doc.text, self.name)).claims if doc.text.strip() else ()
        spans = [_make_span(doc, claim) for claim in claims]
        doc.user_data[DATA] = [msgspec.to_builtins(claim) for claim in claims]
        doc.user_data[TOKENS] = [[span.start, span.end] for span in spans]
        doc.spans[self.spans_key] = spans
        return doc


def _make_span(doc: Doc, claim: Claim) -> Span:
    """The tokens of a claim, labelled with its dimension."""
    span = doc.char_span(claim.start, claim.end, claim.dimension, alignment_mode="expand", span_id=claim.id)
    assert span is not None, "a claim lies in the text"
    return span


@Language.factory(
    NAME,
    default_config={"spans_key": SPANS},
    assigns=["doc._.claims", "doc.spans", "span._.claim"],
)
def make_component(nlp: Language, name: str, spans_key: str) -> QuantityClaims:
    """The component of a pipeline."""
    return QuantityClaims(name, spans_key)


def list_claims(doc: Doc) -> list[dict[str, Any]]:
    """What is known of the claims of a document, in the order of the text."""
    return list(doc.user_data.get(DATA, ()))


def find_claim(span: Span) -> dict[str, Any] | None:
    """What is known of the claim that a span is, or that has its tokens; None for any other span.

    Two claims have the same tokens where a tokenizer cuts neither off; their own spans tell them apart by their ids.
    """
    claims, here = list_claims(span.doc), [span.start, span.end]
    those = [claim for claim, place in zip(claims, span.doc.user_data.get(TOKENS, ()), strict=True) if place == here]
    own = [claim for claim in those if claim["id"] == span.id_]
    return next(iter(own or those), None)


Doc.set_extension("claims", getter=list_claims, force=True)
Span.set_extension("claim", getter=find_claim, force=True)
