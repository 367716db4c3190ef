"""A part of one document, named by its heading, and what a document is besides its attachments."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from extractor.diffs.halves import Half
from extractor.model import Claim, InputError, Result, Section
from extractor.sections import styles

# So many headings at most are listed where a name fits none of them, and so many characters of each.
LISTED, LENGTH = 20, 24
SEPARATOR = " | "
BRACKETS = "（）"


def find_attachments(result: Result) -> list[Section]:
    """The attachments of a document that stand in no other one."""
    found: list[Section] = []
    end = -1
    for section in sorted(result.sections, key=lambda one: (one.start, -one.end)):
        is_inside = section.end <= end
        if not is_inside and _is_attachment(section.number or ""):
            found.append(section)
            end = section.end
    return found


def _is_attachment(number: str) -> bool:
    """Whether a marker opens an attachment.

    >>> _is_attachment("附件2"), _is_attachment("第二部分")
    (True, False)
    """
    marker = styles.load_marker().match(number)
    if not marker:
        return False
    opened = {id_ for id_, raw in marker.groupdict().items() if raw}
    return not opened.isdisjoint(_list_attachment_markers())


@cache
def _list_attachment_markers() -> frozenset[str]:
    """The groups of the marker pattern that open an attachment."""
    families = styles.load_families().items()
    return frozenset(id_ for id_, family in families if family.attachment)


def take_body(result: Result) -> Half:
    """A document without its attachments."""
    attached: set[str] = set()
    for section in find_attachments(result):
        claims = _list_claims(result, section)
        attached.update(claim.id for claim in claims)
    body = [claim for claim in result.claims if claim.id not in attached]
    return Half(result, body)


def take_section(result: Result, section: Section) -> Half:
    """The part of a document under a heading."""
    return Half(result, _list_claims(result, section), section)


def _list_claims(result: Result, section: Section) -> list[Claim]:
    within = range(section.start, section.end)
    return [claim for claim in result.claims if claim.start in within]


def take_part(result: Result, name: str) -> Half:
    """The part that a name means: a heading's number, its beginning, or words of it.

    Raises ``InputError``, which lists the headings, where none or several fit.
    """
    wanted = squeeze(name)
    if not wanted:
        raise _make_error("diffs.part-none", result, name, _list_chapters(result))
    for fits in (_has_number, _has_heading, _has_beginning, _has_words):
        found = [section for section in result.sections if fits(section, wanted)]
        if len(found) == 1:
            return take_section(result, found[0])
        if found:
            raise _make_error("diffs.part-several", result, name, found)
    raise _make_error("diffs.part-none", result, name, _list_chapters(result))


def squeeze(words: str) -> str:
    """Words without spaces and punctuation but brackets, in lower case.

    >>> squeeze("附件 2："), squeeze("(一)概况"), squeeze("一、概况")
    ('附件2', '（一）概况', '一概况')
    """
    words = words.lower().replace("(", BRACKETS[0]).replace(")", BRACKETS[1])
    kept = (char for char in words if char.isalnum() or char in BRACKETS)
    return "".join(kept)


def _has_number(section: Section, wanted: str) -> bool:
    return squeeze(section.number or "") == wanted


def _has_heading(section: Section, wanted: str) -> bool:
    return wanted in (squeeze(section.heading), squeeze(section.title))


def _has_beginning(section: Section, wanted: str) -> bool:
    names = squeeze(section.heading), squeeze(section.title)
    return any(name.startswith(wanted) for name in names)


def _has_words(section: Section, wanted: str) -> bool:
    return wanted in squeeze(section.heading)


def _list_chapters(result: Result) -> list[Section]:
    """The headings that a reader is told: the outer ones and the attachments."""
    attachments = find_attachments(result)
    outer = (section for section in result.sections if section.parent is None)
    shown = {section.id for section in (*outer, *attachments)}
    return [section for section in result.sections if section.id in shown]


def _make_error(message: str, result: Result, name: str, sections: Sequence[Section]) -> InputError:
    """What was asked for, and the headings there are."""
    shown = [_shorten(section.heading) for section in sections[:LISTED]]
    if len(sections) > LISTED:
        shown.append("…")
    headings = SEPARATOR.join(shown) or "-"
    document, count = result.document.name, len(sections)
    return InputError(message, name=document, part=name, headings=headings, count=count)


def _shorten(heading: str) -> str:
    if len(heading) <= LENGTH:
        return heading
    return heading[: LENGTH - 1] + "…"
