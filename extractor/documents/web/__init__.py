"""Web pages become Documents: the article of a page as a browser shows it, and what the page says of itself.

Nothing that a page names is loaded, and nothing in it is executed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import chain

from extractor.documents.elements import Writer, explain_empty
from extractor.documents.listed_forms import mark_cells
from extractor.documents.model import Document
from extractor.documents.text import join_wrapped
from extractor.documents.web import article, facts, furniture, sources, supplements
from extractor.documents.web.blocks import Drawn, Item, Read, read_items
from extractor.documents.web.tree import parse
from extractor.model import InputError, Notice


def read(data: bytes, name: str) -> Document:
    """The Document of a web page's bytes, which may be an archive in which a browser saved it.

    Its text is a line for each paragraph and each row of a table; ``encoding`` is that of the page. Raises
    ``InputError`` (``input.undecodable``, ``input.page_damaged``, ``input.empty``, ``input.page_frames``,
    ``input.page_scripts``) where there is no text to read.
    """
    page = sources.find_page(data)
    if page is None:
        raise InputError("input.undecodable", name=name)
    root = parse(page.markup)
    if root is None:
        raise InputError("input.page_damaged", name=name)
    frames, is_written = supplements.list_frames(root), root.find(".//script") is not None
    found = article.find_article(root)
    origin = facts.find_origin(root, page)
    known: Read = {}
    items = _head(found, list(furniture.drop(read_items(found.element, known))), origin.title, known)
    writer = _write(items)
    told = list(writer.warn(name))
    if not writer.text:
        message = supplements.explain_empty(frames, is_written)
        raise explain_empty(told, name) if told else InputError(message, name=name, count=len(frames))
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format="html",
        text=writer.text,
        paragraphs=tuple(mark_cells(list(join_wrapped(writer.text, writer.paragraphs)))),
        encoding=page.encoding,
        ruled=writer.tables,
        warnings=(*told, *_warn(found, frames, writer.text, name)),
        origin=origin,
    )


def _write(items: list[Item]) -> Writer:
    """The text of paragraphs and tables."""
    writer = Writer()
    for item in items:
        if isinstance(item, Drawn):
            writer.write_table(item.rows)
        else:
            writer.write_paragraph(item.text, large=item.large, centered=item.centered)
    return writer


def _head(found: article.Article, items: list[Item], title: str | None, known: Read) -> list[Item]:
    """The article under its title: once, where it repeats it, with what stands between, where it does not hold it."""
    if not title or not items:
        return items
    if not furniture.find_title(items, title):
        items = [*furniture.find_head(read_items(found.body, known), title, items[0]), *items]
    said = furniture.find_title(items, title)
    above = furniture.drop_above(items[: said.start], title)
    return [*above, *items[said.start : said.stop], *furniture.set_head(items[said.stop :])]


def _warn(found: article.Article, frames: list[str], text: str, name: str) -> Iterator[Notice]:
    """What the reader must know of the page: several articles, and what it shows or names beside its text."""
    several = Notice("input.page_several", {"name": name, "count": found.articles})
    return chain([several] if found.articles > 1 else [], supplements.warn(found, frames, text, name))
