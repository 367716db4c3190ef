"""The sentence of a citation for a reader, in Chinese and English."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.cite.answer import Source, SourceFinding, Status
from extractor.messages import Lang, render, speak
from extractor.model import Claim, Message, Notice


def write_message(claim: Claim, status: Status, sources: Sequence[Source]) -> Message:
    """What the reports say of a number, in both languages."""
    return Message(_write(claim, status, sources, "zh"), _write(claim, status, sources, "en"))


def _write(claim: Claim, status: Status, sources: Sequence[Source], lang: Lang) -> str:
    facts: dict[str, str | int] = {
        "raw": flatten(claim.raw),
        "metric": claim.metric or render(Notice("cite.nameless"), lang),
    }
    if not sources:
        return render(Notice("cite.told.not_found", facts), lang)
    first = sources[0]
    facts |= {"quote": flatten(first.anchor.quote), "place": name_place(first, lang)}
    name = _choose_sentence(claim, status, first)
    told = render(Notice(f"cite.told.{name}", facts), lang)
    return _add_finding(told, first.finding, lang) if first.finding else told


def _add_finding(told: str, finding: SourceFinding, lang: Lang) -> str:
    """A sentence with what the report's own checks found about its number."""
    facts: dict[str, str | int] = {"told": told, "id": finding.id, "finding": speak(finding.message, lang)}
    return render(Notice("cite.with-finding", facts), lang)


def _choose_sentence(claim: Claim, status: Status, source: Source) -> str:
    """The sentence for what the best source says; a number that is the same and contradicted rises for falls."""
    if status == "not_found":
        return "nearest"
    if status == "contradicted":
        is_same = flatten(source.anchor.quote) == flatten(claim.raw)
        return "opposed" if is_same else status
    return source.match if source.basis == "name" else f"{source.match}-{source.basis}"


def name_place(source: Source, lang: Lang) -> str:
    """Where a source stands: the document, the page, the innermost heading."""
    anchor = source.anchor
    facts: dict[str, str | int] = {"document": anchor.document, "page": anchor.page or 0}
    place = render(Notice("cite.place" if anchor.page is None else "cite.place-page", facts), lang)
    heading = anchor.section[-1] if anchor.section else ""
    return render(Notice("cite.place-heading", {"place": place, "heading": heading}), lang) if heading else place


def flatten(words: str) -> str:
    r"""Words on one line, as they are read: without the breaks of lines.

    >>> flatten("165.71\n万元")
    '165.71万元'
    """
    return "".join(words.split())
