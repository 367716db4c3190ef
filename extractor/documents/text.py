"""Text files become Documents: the text stays as it is, the paragraphs point into it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec.structs import replace

from extractor.documents import aligned, listed_forms, markup, pipes, spaced, tabular, two_sides, wrapping
from extractor.documents import lines as words
from extractor.documents.breaks import Part
from extractor.documents.encoding import count_damage, decode
from extractor.documents.furniture import is_page_number
from extractor.documents.model import Document, Paragraph, RuledTable
from extractor.documents.page_lines import find_page_lines
from extractor.documents.spacing import close
from extractor.documents.tabular import SHORT, Kind, Line
from extractor.documents.wrapping import Wrapping, find_column, measure_width, measure_widths
from extractor.model import InputError, Notice

# So few lines tell nothing of all.
FEWEST = 4
# The share of lines that have what says nothing of a paragraph: all, but for a first or last one.
EVERY = 0.97
# A line of a sentence is no shorter: cells that end in a full stop are.
SENTENCE = 2 * SHORT
# So many lines without print may part a page's number from its neighbours.
BLANK = 6


def read(data: bytes, name: str) -> Document:
    """The Document of a text file's bytes; its ``encoding`` is stated.

    Raises ``InputError`` (``input.undecodable``, ``input.binary``) for what is no text.
    """
    text, encoding = decode_text(data, name)
    return _make_document(text, name, data, encoding)


def decode_text(data: bytes, name: str) -> tuple[str, str]:
    """The characters of a text file and their encoding; raises ``InputError`` for what is no text."""
    found = decode(data)
    if found is None:
        raise InputError("input.binary" if b"\0" in data else "input.undecodable", name=name)
    if not found[0].strip():
        raise InputError("input.empty", name=name)
    return found


def from_text(text: str, name: str) -> Document:
    r"""The Document of a text that is at hand as characters; offsets refer to ``text`` as given.

    >>> document = from_text("一、概况\n\u3000\u3000收入165.71万元。", "示例")
    >>> [paragraph.text for paragraph in document.paragraphs]
    ['一、概况', '收入165.71万元。']
    """
    return _make_document(text, name, text.encode("utf-8", "surrogatepass"), None)


def _make_document(text: str, name: str, data: bytes, encoding: str | None) -> Document:
    """The Document of a text, by what rests of markup in it show."""
    if not markup.has_markup(text):
        return _lay_out(text, name, data, encoding)
    shown = markup.read_markup(text)
    return markup.place_document(_lay_out(shown.text, name, data, encoding), shown, text)


def _lay_out(text: str, name: str, data: bytes, encoding: str | None) -> Document:
    lines = list(_drop_page_numbers(text, list(_split_lines(text))))
    lines = list(_drop_note_marks(text, lines))
    lines = _drop_spacing(text, _drop_tabs(text, lines))
    tables = aligned.find_tables(text, lines)
    sound = [table for table in tables if not table.is_torn]
    is_flattened = wrapping.is_flattened(text, lines)
    if is_flattened:
        lines = wrapping.keep_spaces(text, lines)
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format="text",
        text=text,
        paragraphs=tuple(listed_forms.mark_cells(list(_join_paragraphs(text, lines, tables, is_flattened)))),
        encoding=encoding,
        ruled=tuple(RuledTable(None, None, tuple(one.rows)) for one in sound),
        warnings=(*find_damage(text, name), *_name_torn(text, lines, tables, name)),
    )


def _name_torn(text: str, lines: Sequence[Line], tables: Sequence[Part], name: str) -> Iterator[Notice]:
    """A warning of each table of which rows are missing, by its first word."""
    firsts = (tabular.PIECE.search(text, lines[table.start].start) for table in tables if table.is_torn)
    return tabular.limit([Notice("tables.not_laid_out", {"name": name, "cell": one[0]}) for one in firsts if one], name)


def _drop_spacing(text: str, lines: list[Line]) -> list[Line]:
    """The lines of a wrapped text without what all of them have: a blank line behind, or room in front."""
    printed = [line for line in lines if line.width]
    if len(printed) < FEWEST:
        return lines
    is_spaced = len(lines) - len(printed) >= EVERY * (len(printed) - 1)
    is_indented = sum(line.indented for line in printed) >= EVERY * (len(printed) - 1)
    if not (is_spaced or is_indented) or find_column(text, printed) is None:
        return lines
    kept = printed if is_spaced else lines
    return [replace(line, indented=False) for line in kept] if is_indented else kept


def _drop_tabs(text: str, lines: list[Line]) -> list[Line]:
    """The lines of a text without the tab that all of them begin with: it sets in paragraphs and tells of no cells.

    Cells alone are not wrapped, and have no sentence among them that takes up a line.
    """
    printed = [line for line in lines if line.width]
    if len(printed) < FEWEST or sum(line.tab for line in printed) < EVERY * (len(printed) - 1):
        return lines
    has_sentence = any(line.width > SENTENCE and words.has_clause(text[line.start : line.end]) for line in printed)
    set_out = [replace(line, tab=False) for line in lines]
    is_prose = has_sentence or find_column(text, list(filter(_is_printed, set_out))) is not None
    return set_out if is_prose else lines


def find_damage(text: str, name: str) -> Iterator[Notice]:
    """A warning of what of a file could not be decoded."""
    damage = count_damage(text)
    if damage:
        yield Notice("input.characters_damaged", {"name": name, "count": damage})


def _split_lines(text: str) -> Iterator[Line]:
    """The printed part of every line."""
    start = 0
    wholes = text.splitlines(keepends=True)
    lines = list(map(str.strip, wholes))
    for whole, printed, width in zip(wholes, lines, measure_widths(map(close, lines)), strict=False):
        left = start + (len(whole) - len(whole.lstrip()) if printed else 0)
        yield Line(left, left + len(printed), width, whole[0] == "\t", left > start)
        start += len(whole)


def _drop_page_numbers(text: str, lines: list[Line]) -> Iterator[Line]:
    """The lines without those that hold a page's number, as such or alone beside a form feed."""
    marks = find_page_lines(text, lines)
    if "\f" in text:
        marks.update(at for at in _list_beside_breaks(text, lines) if _is_lone_number(text, lines, at))
    yield from (line for at, line in enumerate(lines) if at not in marks)


def _list_beside_breaks(text: str, lines: list[Line]) -> Iterator[int]:
    """The printed lines that may stand beside a form feed: one is there, or many lines without print are."""
    printed = [-1, *(at for at, line in enumerate(lines) if line.width), len(lines)]
    for above, at, below in zip(printed, printed[1:], printed[2:], strict=False):
        start = lines[above].end if above >= 0 else 0
        end = lines[below].start if below < len(lines) else len(text)
        if "\f" in text[start:end] or max(at - above, below - at) > BLANK:
            yield at


def _is_lone_number(text: str, lines: list[Line], at: int) -> bool:
    """Whether a line holds a page's number alone, beside a form feed."""
    printed = " ".join(text[lines[at].start : lines[at].end].split())
    return is_page_number(printed) and _is_at_page_break(text, lines, at)


def _drop_note_marks(text: str, lines: list[Line]) -> Iterator[Line]:
    """The lines without those that hold a note's mark alone, in the middle of a sentence."""
    before: Line | None = None
    for line in lines:
        if not before or not _is_note_mark(text, line) or words.ends_sentence(text[before.start : before.end]):
            yield line
            before = line if line.width else None


def _is_note_mark(text: str, line: Line) -> bool:
    is_short = line.end - line.start <= words.NOTE_MARK
    return is_short and words.is_note_mark(text[line.start : line.end])


def _is_at_page_break(text: str, lines: list[Line], at: int) -> bool:
    """Whether nothing but white space stands between a line and a form feed."""
    above = list(filter(_is_printed, lines[max(0, at - BLANK) : at]))
    below = list(filter(_is_printed, lines[at + 1 : at + 1 + BLANK]))
    start = above[-1].end if above else 0
    end = below[0].start if below else len(text)
    return "\f" in text[start : lines[at].start] + text[lines[at].end : end]


def _is_printed(line: Line) -> bool:
    return line.width > 0


def _join_paragraphs(text: str, lines: list[Line], tables: Sequence[Part], is_flattened: bool) -> Iterator[Paragraph]:
    """The paragraphs of a text's lines, of which those of ``tables`` that are sound are rows."""
    kinds = tabular.sort_lines(text, lines)
    parted = {stretch.first: stretch for stretch in _find_parted(text, lines, tables)}
    rows = [range(one.first, one.last + 1) for one in parted.values()]
    rows += [range(one.start, one.end) for one in tables if not one.is_torn]
    for at in chain.from_iterable(rows):
        kinds[at] = "row"
    wrapped = Wrapping(text, lines, kinds, is_flattened)
    at = 0
    while at < len(lines):
        kind, last = kinds[at], at
        if at in parted:
            yield from parted[at].paragraphs
            at = parted[at].last + 1
            continue
        if kind == "cell":
            last = tabular.find_last_of_cell(text, lines, kinds, at)
        elif kind == "body":
            last = wrapped.find_last(at)
        group = [line for line in lines[at : last + 1] if line.end > line.start]
        if kind == "row":
            group = [tabular.widen_row(text, line) for line in group]
        if group:
            yield _make_paragraph(text, group, kind)
        at = last + 1


def _find_parted(text: str, lines: list[Line], tables: Sequence[Part]) -> Iterator[pipes.Stretch]:
    """The tables whose cells are parted by pipes, or by spaces, in lines without tabs; none of what ``tables`` take."""
    taken = set(chain.from_iterable(range(table.start, table.end) for table in tables))
    for stretch in chain.from_iterable(room.find_stretches(text, lines) for room in (pipes, spaced, two_sides)):
        if taken.isdisjoint(range(stretch.first, stretch.last + 1)):
            yield stretch
            taken.update(range(stretch.first, stretch.last + 1))


def join_wrapped(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    r"""Paragraphs that are a line each, joined where these lines were wrapped by hand; rows and headings stay.

    >>> text = "\n".join(["全年完成投资一千二百三十四万元其中用于道路建设的有五百"] * 5)
    >>> lines = [Paragraph(line, ((0, 28 * at),)) for at, line in enumerate(text.splitlines())]
    >>> len(list(join_wrapped(text, lines)))
    1
    """
    printed = [(at, line) for at, paragraph in enumerate(paragraphs) for line in _list_lines(paragraph)]
    lines = [line for _, line in printed]
    kinds: list[Kind] = [_name_kind(paragraphs[at]) for at, _ in printed]
    wrapped = Wrapping(text, lines, kinds, wrapping.is_flattened(text, lines))
    at = 0
    while at < len(lines):
        last = wrapped.find_last(at)
        # What was joined before, as a word or a number was cut in two, is not parted here.
        while last + 1 < len(lines) and printed[last][0] == printed[last + 1][0]:
            last = wrapped.find_last(last + 1)
        owner = printed[at][0]
        yield paragraphs[owner] if owner == printed[last][0] else _make_paragraph(text, lines[at : last + 1], "body")
        at = last + 1


def _list_lines(paragraph: Paragraph) -> Iterator[Line]:
    """The lines that a paragraph was joined of."""
    ends = [here for here, _ in paragraph.pieces[1:]] + [len(paragraph.text)]
    for (here, start), end in zip(paragraph.pieces, ends, strict=True):
        printed = paragraph.text[here:end]
        yield Line(start, start + len(printed), measure_width(printed), False, False)


def _name_kind(paragraph: Paragraph) -> Kind:
    return "row" if paragraph.kind == "row" or paragraph.large or paragraph.centered else "body"


def _make_paragraph(text: str, group: list[Line], kind: Kind) -> Paragraph:
    """Lines as one paragraph."""
    if len(group) == 1:
        line = group[0]
        return Paragraph(text[line.start : line.end], ((0, line.start),), kind)
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    length = 0
    for line in group:
        if parts and words.needs_space(parts[-1][-1], text[line.start]):
            # The space takes the place of the line end, so that it too has an offset.
            parts.append(" ")
            length += 1
        pieces.append((length, line.start))
        parts.append(text[line.start : line.end])
        length += line.end - line.start
    return Paragraph("".join(parts), tuple(pieces), kind)
