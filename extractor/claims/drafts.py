"""What an excerpt says of its amounts that has lost the title of its document."""

from __future__ import annotations

from collections.abc import Sequence

from extractor import patterns


def find_draft(headings: Sequence[str]) -> str:
    """The heading of a document without a title that says that it drafts a budget; none where one tells what was done.

    >>> find_draft(["四、财政拨款收支预算情况说明", "五、一般公共预算支出情况说明"])
    '四、财政拨款收支预算情况说明'
    >>> find_draft(["一、收入预算情况", "二、支出决算情况"])
    ''
    """
    done, drafted = (patterns.fragment("claims/roles", name) for name in ("done_heading", "drafted"))
    if any(map(done.search, headings)):
        return ""
    return next(filter(drafted.search, headings), "")
