"""The line that tells how far a document is: after a moment, on a terminal, and gone when the work is done."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import get_args

import pytest

from extractor import progress
from extractor.apart.limits import Sign
from extractor.messages import Lang
from extractor.runs import watching
from extractor.runs.watching import Line


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """What a terminal is told, of work that takes long."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(watching, "MOMENT", 0.0)
    return lambda: capsys.readouterr().err


@pytest.mark.parametrize(("lang", "words"), [("zh", "2/3 a.pdf：读取第 4/9 页"), ("en", "2/3 a.pdf: reading page 4/9")])
def test_it_tells_the_page(told: Callable[[], str], lang: Lang, words: str) -> None:
    line = Line(lang)
    line.place = "2/3"
    with line.about("a.pdf"):
        line.hear(Sign(3, 9, "read"))
        assert told().endswith(words)
        line.hear(Sign(9, 9, "read"))
        assert told().endswith("2/3 a.pdf …")
    assert told().endswith("\r\x1b[K")


def test_nothing_is_told_of_what_takes_a_moment(told: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "MOMENT", 60.0)
    line = Line()
    with line.about("a.pdf"):
        line.hear(Sign(3, 9, "read"))
        line.wait()
    assert told() == ""


def test_nothing_is_told_where_it_is_not_wanted(told: Callable[[], str]) -> None:
    quiet = Line(is_quiet=True)
    with quiet.about("a.pdf"):
        quiet.hear(Sign(3, 9, "read"))
        quiet.wait()
    assert told() == ""


def test_without_a_terminal_there_is_no_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(watching, "MOMENT", 0.0)
    line = Line()
    with line.about("a.pdf"):
        line.hear(Sign(3, 9, "read"))
        line.wait()
    assert capsys.readouterr().err == ""


def test_every_stage_has_its_words(told: Callable[[], str]) -> None:
    line = Line()
    with line.about("a.pdf"):
        for stage in get_args(progress.Stage):
            line.hear(Sign(0, 2, stage))
            assert "1/2" in told().rpartition("\r")[2]
        line.wait()


def test_a_name_cannot_steer_the_terminal(told: Callable[[], str]) -> None:
    line = Line()
    with line.about("a\x1b[2J\u202e.pdf"):
        line.wait()
    assert "\x1b[2J" not in told()
