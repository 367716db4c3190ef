"""A part of one document, named by its heading, and what a document is besides its attachments."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.diffs.halves import Half
from extractor.model import InputError, Result, Section
from extractor.sections import styles

# So many headings at most are listed where a name fits none of them, and so many characters of each.
LISTED, LENGTH = 20, 24
SEPARATOR = " | "
BRACKETS = "（）"


def attachments(result: Result) -> list[Section]:
    """The attachments of a document that stand in no other one."""
    found = [section for section in result.sections if section.number and _is_attachment(section.number)]
    return [one for one in found if not any(two is not one and _inside(one, two) for two in found)]


def _is_attachment(number: str) -> bool:
    """Whether a marker opens an attachment.

    >>> _is_attachment("附件2"), _is_attachment("第二部分")
    (True, False)
    """
    marker = styles.load_marker().match(number)
    groups = marker.groupdict() if marker else {}
    return any(groups.get(id_) for id_, family in styles.load_families().items() if family.attachment)


def _inside(one: Section, two: Section) -> bool:
    return two.start <= one.start and one.end <= two.end


def body(result: Result) -> Half:
    """A document without its attachments."""
    out = attachments(result)
    claims = [claim for claim in result.claims if not any(one.start <= claim.start < one.end for one in out)]
    return Half(result, claims)


def under(result: Result, section: Section) -> Half:
    """The part of a document under a heading."""
    claims = [claim for claim in result.claims if section.start <= claim.start < section.end]
    return Half(result, claims, section)


def named(result: Result, name: str) -> Half:
    """The part that a name means: a heading's number, its beginning, or words of it.

    Raises ``InputError``, which lists the headings, where none or several fit.
    """
    wanted = plain(name)
    for fits in (_by_number, _by_heading, _by_beginning, _by_words):
        found = [section for section in result.sections if wanted and fits(section, wanted)]
        if len(found) == 1:
            return under(result, found[0])
        if found:
            raise _error("diffs.part-several", result, name, found)
    raise _error("diffs.part-none", result, name, _chapters(result))


def plain(words: str) -> str:
    """Words without spaces and punctuation but brackets, in lower case.

    >>> plain("附件 2："), plain("(一)概况"), plain("一、概况")
    ('附件2', '（一）概况', '一概况')
    """
    words = words.lower().replace("(", BRACKETS[0]).replace(")", BRACKETS[1])
    return "".join(char for char in words if char.isalnum() or char in BRACKETS)


def _by_number(section: Section, wanted: str) -> bool:
    return plain(section.number or "") == wanted


def _by_heading(section: Section, wanted: str) -> bool:
    return wanted in (plain(section.heading), plain(section.title))


def _by_beginning(section: Section, wanted: str) -> bool:
    return plain(section.heading).startswith(wanted) or plain(section.title).startswith(wanted)


def _by_words(section: Section, wanted: str) -> bool:
    return wanted in plain(section.heading)


def _chapters(result: Result) -> list[Section]:
    """The headings that a reader is told: the outer ones and the attachments."""
    inner = {one.id for one in attachments(result)}
    return [section for section in result.sections if section.parent is None or section.id in inner]


def _error(message: str, result: Result, name: str, sections: Sequence[Section]) -> InputError:
    """What was asked for, and the headings there are."""
    shown = [_short(section.heading) for section in sections[:LISTED]]
    listed = SEPARATOR.join([*shown, "…"] if len(sections) > LISTED else shown) or "-"
    return InputError(message, name=result.document.name, part=name, headings=listed, count=len(sections))


def _short(heading: str) -> str:
    return heading if len(heading) <= LENGTH else heading[: LENGTH - 1] + "…"
