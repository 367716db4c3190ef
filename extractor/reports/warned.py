"""The warnings of a document as people are told them: one that was given ten times is told once, with its count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractor.messages import Lang, render
from extractor.model import Notice
from extractor.reports.printable import printable


def tell_warnings(warnings: Sequence[str], lang: Lang) -> list[str]:
    """Each warning once, in the order of the first, on one line and safe to show.

    >>> tell_warnings(["表格未提取。", "第3页空白。", "表格未提取。"], "zh")
    ['表格未提取。（共 2 处）', '第3页空白。']
    """
    return [_count(printable(warning), count, lang) for warning, count in Counter(warnings).items()]


def _count(warning: str, count: int, lang: Lang) -> str:
    return warning if count == 1 else render(Notice("findings.warned", {"warning": warning, "count": count}), lang)
