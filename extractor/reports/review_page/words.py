"""The words of the review page, and text of a document as the page shows it."""

from __future__ import annotations

from extractor.messages import Lang, sentences
from extractor.reports.printable import printable

ROOMS = ("page", "names", "findings")
KEPT = {"kind", "dimension", "rule", "severity", "reason"}


def words(lang: Lang) -> dict[str, str]:
    """The words of ``messages/page``, and the names of kinds, dimensions, rules, severities and reasons."""
    found: dict[str, str] = {}
    for name, sentence in sentences().items():
        room, _, word = name.partition("/")[2].partition(".")
        if room == "page" or (room in ROOMS and word.partition(".")[0] in KEPT and "." in word):
            found[word] = sentence.zh if lang == "zh" else sentence.en
    return found


def shown(text: str) -> str:
    r"""``text`` with every control, direction and other invisible character as an escape; spaces stay spaces.

    >>> shown("报告\u202e\t（万元）")
    '报告\\u202e （万元）'
    """
    if text.isprintable():
        return text
    return "".join(" " if char.isspace() and char not in "\x1c\x1d\x1e\x1f\x85" else printable(char) for char in text)
