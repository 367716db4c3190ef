"""A page that was made to harm costs itself: the other pages are read, every output is made, and it is told."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import bombs
import pytest
from pypdf import PdfReader

from extractor import cli

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what a page takes is bounded on Linux alone")
QUICK = 60
"""Seconds, on a machine that has much else to do, within which a bomb is refused; its document may take 120."""


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(name).read_bytes())
    return found


@pytest.mark.parametrize("kind", bombs.BOMBS)
def test_a_bomb_is_one_sentence(kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    Path("bomb.pdf").write_bytes(bombs.make_pdf(bombs.BOMBS[kind]))
    line = ["bomb.pdf", "-o", "x.json", "-q", "--lang", "en", "--timeout", str(QUICK)]
    assert cli.run(line) == 2
    said = "extract: bomb.pdf: the pages of the PDF take far more time or memory than those of any report"
    err = capfd.readouterr().err
    assert err.startswith(said)
    assert err.count("\n") == 1
    assert not Path("x.json").exists()


@pytest.mark.parametrize("kind", ["a form that draws itself", "a hundred thousand baselines"])
def test_the_other_pages_are_read(kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    """The first is found out by what it takes, the second by what it has."""
    Path("part.pdf").write_bytes(bombs.make_pdf(bombs.GOOD, bombs.BOMBS[kind], bombs.GOOD))
    line = ["report", "part.pdf", "-o", "x.html", "--pdf", "x.pdf", "--xlsx", "x.xlsx", "--pages", "-q"]
    assert cli.run(["part.pdf", "-o", "x.json", "--lang", "en"]) == 0
    assert "page 2 takes far more time or memory" in capfd.readouterr().out
    assert cli.run([*line, "--lang", "en"]) == 0
    assert capfd.readouterr().err == ""
    found = read("x.json")
    assert [claim["page"] for claim in found["claims"]] == [1, 3]
    # A page of findings stands in front.
    assert len(PdfReader("x.pdf").pages) == 1 + 3
    assert Path("x.html").stat().st_size
    assert Path("x.xlsx").stat().st_size


def test_a_batch_reads_the_other_pages(capfd: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    Path("in/part.pdf").write_bytes(bombs.make_pdf(bombs.BOMBS["a form that draws itself"], bombs.GOOD))
    Path("in/whole.pdf").write_bytes(bombs.make_pdf(bombs.GOOD))
    assert cli.run(["batch", "in", "-o", "store", "-j", "2", "--lang", "en"]) == 0
    assert cli.run(["query", "store", "SELECT document, page FROM claims ORDER BY 1, 2", "--format", "csv"]) == 0
    assert capfd.readouterr().out.split()[-2:] == ["part.pdf,2", "whole.pdf,1"]


def test_many_bombs_are_one_sentence(capfd: pytest.CaptureFixture[str]) -> None:
    bomb = bombs.BOMBS["a form that draws itself"]
    Path("many.pdf").write_bytes(bombs.make_pdf(*[bomb] * 5, bombs.GOOD))
    assert cli.run(["many.pdf", "-o", "x.json", "-q", "--lang", "en"]) == 2
    err = capfd.readouterr().err
    assert err.startswith("extract: many.pdf: several of its pages take far more time or memory")
    assert err.count("\n") == 1


def test_every_output_of_a_file_without_its_first_page(capfd: pytest.CaptureFixture[str]) -> None:
    whole = bombs.make_pdf(bombs.GOOD, bombs.GOOD)
    first = whole.index(b"<</Type/Page/")
    end = whole.index(b">>\nendobj", first) + 2
    Path("part.pdf").write_bytes(whole[:first] + b"null".ljust(end - first) + whole[end:])
    line = ["report", "part.pdf", "-o", "x.html", "--pdf", "x.pdf", "--xlsx", "x.xlsx", "--pages", "-q"]
    assert cli.run([*line, "--lang", "en"]) == 0
    assert "the findings in front and the bookmarks could not be added" in capfd.readouterr().err
    assert all(Path(f"x.{ending}").stat().st_size for ending in ("html", "pdf", "xlsx"))


def test_the_largest_page_is_a_small_image() -> None:
    """A page of 14,400 points each way, the largest that there is."""
    made = bombs.make_pdf(bombs.GOOD).replace(b"[0 0 595 842]", b"[0 0 14400 14400]")
    Path("large.pdf").write_bytes(made)
    line = ["report", "large.pdf", "-o", "x.html", "--pages", "--memory", "300", "-q"]
    subprocess.run([sys.executable, "-c", "from extractor.cli import main; main()", *line], check=True)
    assert "data:image/png" in Path("x.html").read_text(encoding="utf-8")
