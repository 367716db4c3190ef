"""The line that tells how far a document is: after a moment, on a terminal, and gone when the work is done."""

from __future__ import annotations

from typing import get_args

import pytest

from extractor import progress
from extractor.apart.limits import Sign
from extractor.messages import Lang
from extractor.runs import watching
from extractor.runs.watching import Line

CLEARED = ""


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a terminal is told of work that takes long: the lines, one in place of the other."""
    lines: list[str] = []
    monkeypatch.setattr(watching, "show_progress", lines.append)
    monkeypatch.setattr(watching, "clear_progress", lambda: lines.append(CLEARED))
    monkeypatch.setattr(watching, "MOMENT", 0.0)
    return lines


@pytest.mark.parametrize(("lang", "words"), [("zh", "2/3 a.pdf：读取第 4/9 页"), ("en", "2/3 a.pdf: reading page 4/9")])
def test_it_tells_the_page(told: list[str], lang: Lang, words: str) -> None:
    line = Line(lang)
    line.place = "2/3"
    with line.about("a.pdf"):
        line.hear(Sign(3, 9, "read"))
        line.hear(Sign(9, 9, "read"))
    assert told == [words, "2/3 a.pdf …", CLEARED]


def test_nothing_is_told_of_what_takes_a_moment(told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "MOMENT", 60.0)
    line = Line()
    with line.about("a.pdf"):
        line.hear(Sign(3, 9, "read"))
        line.wait()
    assert told == []


def test_nothing_is_told_where_it_is_not_wanted(told: list[str]) -> None:
    quiet = Line(is_quiet=True)
    with quiet.about("a.pdf"):
        quiet.hear(Sign(3, 9, "read"))
        quiet.wait()
    assert told == []


def test_without_a_terminal_there_is_no_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(watching, "MOMENT", 0.0)
    line = Line()
    with line.about("a.pdf"):
        line.hear(Sign(3, 9, "read"))
        line.wait()
    assert capsys.readouterr().err == ""


def test_every_stage_has_its_words(told: list[str]) -> None:
    line = Line()
    with line.about("a.pdf"):
        for stage in get_args(progress.Stage):
            line.hear(Sign(0, 2, stage))
    assert all("1/2" in words for words in told[:-1])
    assert len(set(told)) == len(get_args(progress.Stage)) + 1


def test_a_name_cannot_steer_the_terminal(told: list[str]) -> None:
    line = Line()
    with line.about("a\x1b[2J\u202e.pdf"):
        line.wait()
    assert told[0].isprintable()
