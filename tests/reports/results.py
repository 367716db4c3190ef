"""A result made by hand from the real types, for what is shown and written."""

from typing import Any

from extractor.model import Claim, DocumentInfo, Period, Result, Section, Span, Tool

TEXT = "第一部分 决算情况\n一、收入情况\n2020年收入总计100.50万元，比上年增长5.2%。\n第二部分 绩效\n满意度90%。\n"


def claim(number: int, raw: str, **changes: Any) -> Claim:
    start = TEXT.find(raw)
    fields: dict[str, Any] = {
        "id": f"c{number}", "section": "s2", "path": ("第一部分 决算情况", "一、收入情况"),
        "start": start, "end": start + len(raw), "raw": raw, "sentence": Span(16, 43),
        "page": None, "boxes": (),
        "value": "100.50", "value_high": None, "unit": "万元", "unit_implied": None, "dimension": "money",
        "base_value": "1005000", "base_unit": "元", "approximation": None, "interval": ("1004950", "1005050"),
        "metric": "收入总计", "metric_id": None, "kind": "level", "direction": None, "baseline": None,
        "period": Period("2020年", "2020-01-01", "2020-12-31"), "role": "actual", "part_of": None,
        "share_of": None, "cell": None, "evidence": ("units/money.yuan",),
    }  # fmt: skip
    return Claim(**(fields | changes))


def section(identity: str, parent: str | None, level: int, heading: str) -> Section:
    number, title = heading[:4], heading[4:].strip()
    return Section(identity, parent, level, number, title, heading, TEXT.find(heading), len(TEXT), None)


def result(name: str = "report.txt", warnings: tuple[str, ...] = (), **changes: Any) -> Result:
    info = DocumentInfo(name, "0" * 64, "text", "utf-8", None, "某街道2020年度部门决算", "某街道", 2020, warnings)
    claims = (
        claim(1, "100.50万元", page=1, boxes=((72.0, 90.5, 140.0, 104.0),)),
        claim(
            2,
            "5.2%",
            unit="%",
            dimension="percent",
            kind="change_rate",
            direction="increase",
            baseline="上年",
        ),
        claim(3, "90%", section="s3", path=("第二部分 绩效",), dimension="percent", kind="rate", role="target"),
    )
    sections = (
        section("s1", None, 1, "第一部分 决算情况"),
        section("s2", "s1", 2, "一、收入情况"),
        section("s3", None, 1, "第二部分 绩效"),
    )
    fields: dict[str, Any] = {
        "schema": "extractor/1", "tool": Tool("narrative-extractor", "0.1.0"), "document": info, "text": TEXT,
        "pages": (), "sections": sections, "claims": claims,
    }  # fmt: skip
    return Result(**(fields | changes))
