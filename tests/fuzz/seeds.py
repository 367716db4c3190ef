"""Files that are damaged: those of the project, small ones made for it, and published ones where they are at hand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import webpages
import words
import workbooks
from pdfs import PdfPage, pdf
from test_documents_ofd import make as make_ofd
from test_documents_ofd import text as ofd_text
from test_documents_parts import pack

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "corpus" / "reports"
PUBLISHED = ROOT.parent / "shared" / "corpus"
# Reports of which nobody may know more than figures.
SET_ASIDE = (
    "law_enforcement_budget_2018", "nanping_rating_2026", "performance_review_2024_opening", "hefei_communique_2025",
    "o_j", "o_x", "s_a", "s_nanping", "s_hefei",
)  # fmt: skip
LARGEST = 300_000

REPORT = """\
2024年某县政府工作报告

一、工作回顾
地区生产总值1234.56亿元，增长5.6%，其中：第一产业234.5亿元，第二产业500.06亿元，第三产业500亿元。
（一）民生保障。发放低保金165.71万元，惠及困难家庭112户，占全县的3.5‰。
二、2025年目标
一般公共预算收入增长6%左右，新增就业1.2万人以上，建成学校3所。
"""
ROWS = """\
表1 支出表
单位：万元
项目	金额	占比
教育支出	1,236.50	79.83%
卫生支出	312.40	20.17%
合计	1,548.90	100%
"""
MARKDOWN = """\
# 2024年某县报告

## 一、收入

收入**12.5**亿元。

| 项目 | 万元 |
|---|--:|
| 教育 | 5.5 |
| 合计 | 5.5 |

1. 第一项6户
"""
PAGE = (
    "<h1>2024年某县公报</h1><div class='nav'>首页</div>"
    + "".join(f"<p>{line}</p>" for line in REPORT.splitlines())
    + "<table><tr><th rowspan=2>项目</th><th colspan=2>金额（万元）</th></tr><tr><td>预算</td><td>决算</td></tr>"
    "<tr><td>教育</td><td>12.5</td><td>13.5</td></tr></table>"
)
SHEET = (
    '<table:table table:name="表"><table:table-row><table:table-cell office:value-type="string"><text:p>项目</text:p>'
    '</table:table-cell><table:table-cell office:value-type="float" office:value="12.5"><text:p>12.5</text:p>'
    "</table:table-cell></table:table-row></table:table>"
)


@cache
def list_made() -> dict[str, tuple[bytes, ...]]:
    """Small files made for this, by what they end in."""
    lines = REPORT.splitlines()
    page = PdfPage()
    for at, line in enumerate(lines):
        page.text(72, 760 - 24 * at, line)
    workbook = workbooks.make_xlsx(change=workbooks.finish)
    markup = webpages.page(PAGE)
    document = words.make_paragraphs(*filter(None, lines))
    return {
        ".txt": (REPORT.encode(), ROWS.encode(), REPORT.encode("gb18030"), REPORT.encode("utf-16")),
        ".md": (MARKDOWN.encode(),),
        ".csv": (ROWS.replace(",", "").replace("\t", ",").encode(),),
        ".html": (markup.encode(),),
        ".mht": (webpages.archive(markup, "utf-8", "http://example.org/1.html"),),
        ".docx": (document,),
        ".xlsx": (workbook,),
        ".xls": (workbooks.make_xls(),),
        ".ods": (workbooks.make_ods(SHEET),),
        ".ofd": (make_ofd("".join(ofd_text(20, 20 + 8 * at, line) for at, line in enumerate(lines) if line)),),
        ".zip": (pack({"报告.docx": document, "附件1.xlsx": workbook, "附件2.txt": ROWS.encode()}),),
        ".pdf": (pdf([page]),),
    }


@cache
def list_seeds(ending: str, *, real: bool = True) -> list[bytes]:
    """The files of one kind; the ``real`` ones too, which are larger."""
    found = list(list_made()[ending])
    if real:
        found += [path.read_bytes() for path in _list_files(ending)]
    return found


def _list_files(ending: str) -> Iterator[Path]:
    for folder in (OWN, PUBLISHED):
        for path in sorted(folder.rglob(f"*{ending}")):
            if not path.name.startswith(SET_ASIDE) and path.stat().st_size <= LARGEST:
                yield path
