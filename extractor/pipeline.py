"""The order of the stages: a document in, a result out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from extractor import __version__, messages
from extractor.checks import make_checks, verification
from extractor.claims import ReadClaim, name_cells, read_claims
from extractor.documents import read_with_tables
from extractor.documents.characters import find_unreadable, fold_document
from extractor.documents.model import Document
from extractor.documents.written import quote_written
from extractor.facts import Facts, find_facts
from extractor.model import DocumentInfo, Finding, InputError, Result, Tool
from extractor.sections import outline
from extractor.sections.model import Outline
from extractor.sweeping import unswept
from extractor.tables import tables as find_tables
from extractor.tables.model import Tabulation

DISTRIBUTION = "narrative-extractor"


def extract(
    source: str | os.PathLike[str] | bytes,
    *,
    name: str | None = None,
    lang: messages.Lang = "zh",
    tables: Sequence[str | os.PathLike[str]] = (),
) -> Result:
    """Everything the document states: its text, pages, sections, tables and claims, and the checks of them.

    ``source`` is a path, or the content as bytes; ``name`` is what the document is called in the result (the file's own
    name by default); ``lang`` is the language of the warnings. ``tables`` are files with the statements that the
    document is about; they are read behind it, each under its name. Raises ``InputError`` for what cannot be read.
    """
    try:
        return result(read_with_tables(source, tables, name), lang)
    except InputError as error:
        error.args = (messages.render(error.notice, lang),)
        raise


def check(
    source: str | os.PathLike[str] | bytes | Result,
    *,
    name: str | None = None,
    lang: messages.Lang = "zh",
    tables: Sequence[str | os.PathLike[str]] = (),
) -> tuple[Finding, ...]:
    """What does not hold in a report, or in a result of one; nothing where all that could be checked does.

    The arguments are those of ``extract``. Raises ``InputError`` for what cannot be read.

    >>> [found] = check("发放救助金10.0万元，其中：城镇4.0万元，农村5.0万元，其他救助0.5万元。".encode())
    >>> found.severity, found.stated
    ('error', '10.0')
    """
    result = source if isinstance(source, Result) else extract(source, name=name, lang=lang, tables=tables)
    return result.findings


class Structure(Struct, frozen=True):
    """What claims are read from beside the text: sections, tables, and the document's own facts."""

    outline: Outline
    tabulation: Tabulation
    facts: Facts


def find_structure(document: Document) -> Structure:
    """The sections, tables and facts of a document that has been read."""
    sections = outline(document)
    return Structure(
        outline=sections,
        tabulation=find_tables(document, sections.sections),
        facts=find_facts(
            sections.title or document.origin.title,
            document.text,
            (section.title for section in sections.sections),
            document.origin.publisher,
        ),
    )


def find_claims(document: Document, structure: Structure) -> Iterator[ReadClaim]:
    """The claims of a document, each with the patterns that its fields come from."""
    known = structure.facts
    return read_claims(document, structure.outline, known.year, known.published, structure.tabulation.tables)


@unswept()
def result(document: Document, lang: messages.Lang = "zh") -> Result:
    """The result of a document that has been read; what it quotes stands as it is written."""
    written, document = document.text, fold_document(document)
    structure = find_structure(document)
    known, tabulation = structure.facts, structure.tabulation
    told = (*document.warnings, *find_unreadable(document), *tabulation.warnings)
    stated = Result(
        schema="extractor/1",
        tool=Tool(DISTRIBUTION, __version__),
        document=DocumentInfo(
            name=document.name,
            sha256=document.sha256,
            format=document.format,
            encoding=document.encoding,
            page_count=len(document.pages) or None,
            title=known.title,
            entity=known.entity,
            year=known.year,
            kind=known.kind,
            stage=known.stage,
            place=known.place,
            parent=known.parent,
            publisher=document.origin.publisher,
            published=document.origin.published or known.published,
            url=document.origin.url,
            warnings=tuple(messages.render(notice, lang) for notice in told),
        ),
        text=document.text,
        pages=document.pages,
        sections=structure.outline.sections,
        claims=tuple(found.claim for found in find_claims(document, structure)),
        tables=name_cells(tabulation.tables, structure.outline.sections, known.year, known.title),
    )
    checked = make_checks(stated)
    warnings = (*stated.document.warnings, *(messages.render(notice, lang) for notice in checked.notices))
    found = msgspec.structs.replace(
        stated,
        document=msgspec.structs.replace(stated.document, warnings=warnings),
        checks=checked.checks,
        findings=checked.findings,
        verification=verification(stated.claims, checked.checks, checked.findings),
    )
    return quote_written(found, written)
