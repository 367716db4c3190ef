"""Writes docs/metrics.md, the list of all canonical metrics, from the patterns of patterns/metrics.

    python docs/metrics_page.py [--check]

``--check`` writes nothing and ends with 1 where the page is not what it would write.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from keeping import keep_page

from extractor.claims.vocabulary import FOLDER, Entry, load_metrics

HERE = Path(__file__).resolve().parent
PAGE, PATTERNS = HERE / "metrics.md", HERE.parent / "patterns" / FOLDER
INTRO = """# The metrics

A number has a `metric_id` where the vocabulary knows what it is of, whatever words its own report has for it: a level,
and a change, a share or a rate of it, which its `kind` tells apart. Of whom it is, of which level and fund, its `scope`
says.
This page is made by `docs/metrics_page.py` from `patterns/metrics/`; how a metric is added is told in
[CONTRIBUTING.md](../CONTRIBUTING.md).
"""


def render_page() -> str:
    """The whole page: a table for each file of metrics, under the first line of the file."""
    entries = sorted(load_metrics().values(), key=_name_file)
    parts = [_render_file(file, found) for file, found in groupby(entries, key=_name_file)]
    return "\n".join([INTRO, *parts]).rstrip() + "\n"


def _name_file(entry: Entry) -> str:
    """The file that a metric stands in: ``economy`` of ``economy.gdp.total``."""
    return entry.id.partition(".")[0]


def _render_file(file: str, entries: Iterator[Entry]) -> str:
    legend = (PATTERNS / f"{file}.toml").read_text(encoding="utf-8").split("\n\n")[0]
    about = legend.replace("\n# ", " ").removeprefix("# ").partition(". ")[0].split(": ")[0]
    rows = [f"| `{one.id}` | {one.zh} | {one.en} | {one.dimension} |" for one in entries]
    head = ["| metric_id | zh | en | measured in |", "|---|---|---|---|"]
    return "\n".join([f"## {file}", "", f"{about}.", "", *head, *rows, ""])


def main() -> int:
    """Writes the page, or says that it is not up to date."""
    return keep_page(PAGE, render_page(), __file__, "the patterns say")


if __name__ == "__main__":
    sys.exit(main())
