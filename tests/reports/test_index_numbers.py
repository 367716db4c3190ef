"""The numbers on the page over a batch: told exactly, led to their pages, and nothing but data."""

from __future__ import annotations

import json
import re

from extractor.reports.index_page import page
from extractor.reports.index_page.numbers import Metric, Numbers, Report, Value

HOSTILE = "</script><img src=x onerror=alert(1)>"
NUMBERS = Numbers(
    [Metric("fiscal.revenue.total", "收入总计", "元", "money")],
    [
        Value("云溪区教育局", 2024, "fiscal.revenue.total", "actual", "1005000.50", True, "a"),
        Value(HOSTILE, 2023, "fiscal.revenue.total", None, "7", False, "b"),
        Value("别处", 2023, "fiscal.revenue.total", None, "7", False, "gone"),
    ],
    [Report("云溪区教育局", 2024, "部门决算", "a"), Report(HOSTILE, None, "", "b")],
)


def test_numbers_are_data_of_the_page() -> None:
    rows = [page.Row(key, (f"/{key}.txt",), f"报告{key}", "", "2024", (0, 0, 0), ()) for key in "ab"]
    made = page.encode(rows, [], "zh", NUMBERS).decode()
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', made)
    data = json.loads(found)
    assert data["entities"] == ["云溪区教育局", HOSTILE]
    assert data["values"] == [[0, 2024, 0, "actual", "1005000.50", True, 0], [1, 2023, 0, None, "7", False, 1]]
    assert data["metrics"] == [["收入总计", "元", "money"]]
    assert data["pages"] == [one.link() for one in rows]
    assert data["reports"] == [[0, 2024, "部门决算", 0], [1, None, "", 1]]
    assert HOSTILE not in made
    assert made.count("data-view=") == 4


def test_a_page_without_a_database_has_its_two_views() -> None:
    made = page.encode([], [], "en").decode()
    assert made.count("data-view=") == 2
    assert 'id="data"' not in made
