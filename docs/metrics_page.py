"""Writes docs/metrics.md and metrics.zh-CN.md, the list of all canonical metrics, from the files of patterns/metrics.

    python docs/metrics_page.py [--check]

``--check`` writes nothing and ends with 1 where a page is not what it would write. What a file of metrics holds is said
by its first line, and in Chinese by docs/metrics.toml.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from keeping import keep_page

from extractor.claims.vocabulary import FOLDER, Entry, load_metrics
from extractor.messages import Lang, render
from extractor.model import Notice

HERE = Path(__file__).resolve().parent
PAGES: dict[Lang, Path] = {"en": HERE / "metrics.md", "zh": HERE / "metrics.zh-CN.md"}
PATTERNS, CHINESE = HERE.parent / "patterns" / FOLDER, HERE / "metrics.toml"
INTRO: dict[Lang, str] = {
    "en": """# The metrics

A number has a `metric_id` where the vocabulary knows what it is of, whatever words its own report has for it: a level,
and a change, a share or a rate of it, which its `kind` tells apart. Of whom it is, of which level and fund, its `scope`
says.
This page is made by `docs/metrics_page.py` from `patterns/metrics/`; how a metric is added is told in
[CONTRIBUTING.md](../CONTRIBUTING.md). 中文：[metrics.zh-CN.md](metrics.zh-CN.md)
""",
    "zh": """# 规范指标

词表认得一个数说的是什么时，它就有 `metric_id`，不管报告自己用什么词：数额本身，以及它的变动额、占比或变动率，用 `kind`
区分。是谁的、哪一级、哪一类资金，见它的 `scope`。
本页由 `docs/metrics_page.py` 根据 `patterns/metrics/` 生成；怎样增加指标见
[CONTRIBUTING.md](../CONTRIBUTING.md)。 English: [metrics.md](metrics.md)
""",
}
HEAD: dict[Lang, str] = {"en": "| metric_id | zh | en | measured in |", "zh": "| metric_id | 名称 | 英文名称 | 量纲 |"}


def render_page(lang: Lang) -> str:
    """The whole page: a table for each file of metrics, under what it holds."""
    entries = sorted(load_metrics().values(), key=_name_file)
    parts = [_render_file(file, found, lang) for file, found in groupby(entries, key=_name_file)]
    return "\n".join([INTRO[lang], *parts]).rstrip() + "\n"


def _name_file(entry: Entry) -> str:
    """The file that a metric stands in: ``economy`` of ``economy.gdp.total``."""
    return entry.id.partition(".")[0]


def _render_file(file: str, entries: Iterator[Entry], lang: Lang) -> str:
    rows = [f"| `{one.id}` | {one.zh} | {one.en} | {_name_dimension(one, lang)} |" for one in entries]
    return "\n".join([f"## {file}", "", _tell_file(file, lang), "", HEAD[lang], "|---|---|---|---|", *rows, ""])


def _tell_file(file: str, lang: Lang) -> str:
    """What a file of metrics holds."""
    if lang == "zh":
        told: str = tomllib.loads(CHINESE.read_text(encoding="utf-8"))[file]
        return told
    legend = (PATTERNS / f"{file}.toml").read_text(encoding="utf-8").split("\n\n")[0]
    return legend.replace("\n# ", " ").removeprefix("# ").partition(". ")[0].split(": ")[0] + "."


def _name_dimension(entry: Entry, lang: Lang) -> str:
    return entry.dimension if lang == "en" else render(Notice(f"names.dimension.{entry.dimension}"), lang)


def main() -> int:
    """Writes the pages, or says which are not up to date."""
    return max(keep_page(page, render_page(lang), __file__, "the patterns say") for lang, page in PAGES.items())


if __name__ == "__main__":
    sys.exit(main())
