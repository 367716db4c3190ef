"""Writes docs/data_set.md and its Chinese twin: tables of a data set of many reports, and questions that are ready.

    python docs/data_set_page.py [--check]

``--check`` writes nothing and ends with 1 where the page is not what it would write.
"""

from __future__ import annotations

import sys
from pathlib import Path

from keeping import keep_page

from extractor.batch.questions import Question, load_questions
from extractor.batch.schema import find_meaning, list_columns, load_tables
from extractor.messages import Lang, speak

HERE = Path(__file__).resolve().parent
PAGES: dict[Lang, Path] = {"en": HERE / "data_set.md", "zh": HERE / "data_set.zh-CN.md"}
INTRO: dict[Lang, str] = {
    "en": """# The data set of many reports

`extract batch` keeps what it reads in `store.duckdb`; `extract query` asks it, `extract export` writes it to files. A
number leads to its page and place: by `document_id`, and by `claim` or by `table`, `row` and `column`. This page is
made by `docs/data_set_page.py` from the SQL of `extractor/batch`, from `patterns/data_set` and `patterns/questions`;
`extract query OUT --schema` prints the same, and the metrics that [metrics.md](metrics.md) lists.
中文：[data_set.zh-CN.md](data_set.zh-CN.md)

## Questions that are ready

`extract query OUT` lists them, `extract query OUT 三公` asks the one whose name holds these words, `--entity 柳林` asks
it only of entities with these words in their names. Each is a file of SQL in `patterns/questions`, to be read and
changed.
""",
    "zh": """# 多份报告的数据集

`extract batch` 把读到的存进 `store.duckdb`，`extract query` 向它提问，`extract export` 导出成文件。
每个数都能追到所在的页和位置：凭 `document_id`，再凭 `claim`，或凭 `table`、`row`、`column`。
本页由 `docs/data_set_page.py` 根据 `extractor/batch` 的 SQL、`patterns/data_set` 和 `patterns/questions` 生成；
`extract query OUT --schema` 打印同样的内容，以及[规范指标](metrics.zh-CN.md)。 English: [data_set.md](data_set.md)

## 现成的问题

`extract query OUT` 列出这些问题，`extract query OUT 三公` 问名称含这几个字的那个，
`--entity 柳林` 只问名称含这几个字的主体。每个问题是 `patterns/questions` 里的一个 SQL 文件，可以看，可以改。
""",
}
TABLES: dict[Lang, str] = {
    "en": """## Tables and views

`figures` and `panel_long` are views: what they hold is reckoned when they are asked for. The numbers to reckon with are
`DECIMAL(38,10)`, null where one does not fit exactly.
""",
    "zh": """## 表和视图

`figures` 和 `panel_long` 是视图，查询时才计算。
供计算的数是 `DECIMAL(38,10)`，不能精确放下的为空。
""",
}
QUESTION_HEADS: dict[Lang, str] = {"en": "| asked as | | tells |", "zh": "| 名称 | 英文 | 回答什么 |"}
COLUMN_HEADS: dict[Lang, str] = {"en": "| column | type | holds |", "zh": "| 列 | 类型 | 含义 |"}
STOPS: dict[Lang, str] = {"en": ".", "zh": "。"}
RULE = "|---|---|---|"


def render_page(lang: Lang) -> str:
    """The whole page: the questions, then a table for each table and view."""
    questions = [QUESTION_HEADS[lang], RULE, *(_render_question(one, lang) for one in load_questions())]
    columns = list_columns()
    parts = [_render_table(name, columns[name], lang) for name in load_tables()]
    return "\n".join([INTRO[lang], *questions, "", TABLES[lang], *parts]).rstrip() + "\n"


def _render_question(question: Question, lang: Lang) -> str:
    return f"| {question.names['zh']} | {question.names['en']} | {question.told[lang]} |"


def _render_table(name: str, columns: list[tuple[str, str]], lang: Lang) -> str:
    told = speak(load_tables()[name], lang)
    rows = [f"| `{column}` | {kind} | {speak(find_meaning(name, column), lang)} |" for column, kind in columns]
    return "\n".join([f"### {name}", "", told + STOPS[lang], "", COLUMN_HEADS[lang], RULE, *rows, ""])


def main() -> int:
    """Writes the pages, or says that one is not up to date."""
    told = "the tables, meanings and questions say"
    return max(keep_page(page, render_page(lang), __file__, told) for lang, page in PAGES.items())


if __name__ == "__main__":
    sys.exit(main())
