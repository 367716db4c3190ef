"""What the site does with pages that are read in the checkout too: links that only hold there."""

from __future__ import annotations

import logging
import re
from typing import Any

OTHER_LANGUAGE = re.compile(
    r"^(?:中文：|English: )\[[^\]]+\]\([^)]+\)$\n?|\s(?:中文：|English: )\[[^\]]+\]\([^)]+\)", re.M
)
OUTSIDE = re.compile(r"\[([^\]]+)\]\(\.\./[^)]+\)")
CHINESE_PAGE = re.compile(r"\.zh-CN\.md(?=[)#])")
# It cuts the words that are searched for, and would tell each time that it has read its dictionary.
logging.getLogger("jieba").setLevel(logging.WARNING)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """A page as the site has it.

    >>> on_page_markdown("See [CONTRIBUTING.md](../CONTRIBUTING.md) and [it](a.zh-CN.md#b).")
    'See CONTRIBUTING.md and [it](a.md#b).'
    >>> on_page_markdown("Run by a test. 中文：[a](a.zh-CN.md)")
    'Run by a test.'
    """
    # The switch at the top of the site leads to the other language, and to a page's own language by itself.
    alone = OTHER_LANGUAGE.sub("", markdown)
    return CHINESE_PAGE.sub(".md", OUTSIDE.sub(r"\1", alone))
