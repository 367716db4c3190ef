"""Writes docs/data_set.md: the tables of a data set of many reports, and the questions that are ready.

    python docs/data_set_page.py [--check]

``--check`` writes nothing and ends with 1 where the page is not what it would write.
"""

from __future__ import annotations

import sys
from pathlib import Path

from keeping import keep_page

from extractor.batch.questions import Question, load_questions
from extractor.batch.schema import find_meaning, list_columns, load_tables

PAGE = Path(__file__).resolve().parent / "data_set.md"
INTRO = """# The data set of many reports

`extract batch` keeps what it reads in `store.duckdb`; `extract query` asks it, `extract export` writes it to files. A
number leads to its page and place: by `document_id`, and by `claim` or by `table`, `row` and `column`. This page is
made by `docs/data_set_page.py` from the SQL of `extractor/batch`, from `patterns/data_set` and `patterns/questions`;
`extract query OUT --schema` prints the same, and the metrics that [metrics.md](metrics.md) lists.

## Questions that are ready

`extract query OUT` lists them, `extract query OUT 三公` asks the one whose name holds these words, `--entity 柳林` asks
it only of entities with these words in their names. Each is a file of SQL in `patterns/questions`, to be read and
changed.
"""
TABLES = """## Tables and views

`figures` and `panel_long` are views: what they hold is reckoned when they are asked for. The numbers to reckon with are
`DECIMAL(38,10)`, null where one does not fit exactly.
"""


def render_page() -> str:
    """The whole page: the questions, then a table for each table and view."""
    questions = ["| | | tells | |", "|---|---|---|---|", *map(_render_question, load_questions())]
    columns = list_columns()
    parts = [_render_table(name, columns[name]) for name in load_tables()]
    return "\n".join([INTRO, *questions, "", TABLES, *parts]).rstrip() + "\n"


def _render_question(question: Question) -> str:
    names, told = question.names, question.told
    return f"| {names['zh']} | {names['en']} | {told['zh']} | {told['en']} |"


def _render_table(name: str, columns: list[tuple[str, str]]) -> str:
    about = load_tables()[name]
    rows = [_render_column(name, column, kind) for column, kind in columns]
    head = [f"### {name}", "", f"{about.zh}。{about.en}.", "", "| column | type | zh | en |", "|---|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def _render_column(table: str, column: str, kind: str) -> str:
    meaning = find_meaning(table, column)
    return f"| `{column}` | {kind} | {meaning.zh} | {meaning.en} |"


def main() -> int:
    """Writes the page, or says that it is not up to date."""
    return keep_page(PAGE, render_page(), __file__, "the tables, meanings and questions say")


if __name__ == "__main__":
    sys.exit(main())
