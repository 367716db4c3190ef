"""The pages under docs/ are true: made from the types, naming what exists, one word for one thing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "CONTRIBUTING.md"]
PLACE = re.compile(r"`((?:extractor|patterns|tests|corpus|docs)/[A-Za-z0-9_./]*[a-z0-9/])`")
PLACEHOLDER = re.compile(r"CODE|room\.toml|extractor/1$")


def read_glossary() -> list[list[str]]:
    lines = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")][1:]


@pytest.mark.parametrize("maker", ["format_page.py", "metrics_page.py", "rules_page.py", "data_set_page.py"])
def test_a_page_that_is_made_is_what_the_types_and_patterns_say(maker: str) -> None:
    line = [sys.executable, f"docs/{maker}", "--check"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_places_and_links_of_a_page_exist(page: Path) -> None:
    text = re.sub(r"^(```+).*?^\1$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    made = set(re.findall(r"^A new file `([^`]+)`", text, re.MULTILINE))
    named = {place for place in PLACE.findall(text) if not PLACEHOLDER.search(place)} - made
    assert {place for place in named if not (ROOT / place).exists()} == set()
    links = {link for link in re.findall(r"\]\(([^)#:]+)\)", text) if not (page.parent / link).exists()}
    assert links == set()


def test_every_room_stands_in_the_architecture() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {path.stem for path in (ROOT / "extractor").iterdir() if path.suffix in ("", ".py") and path.stem[0] != "_"}
    told = {room for room in rooms if re.search(rf"`extractor/{room}(?:/|\.py)`", text)}
    assert rooms - told == set()


def test_one_word_for_one_thing() -> None:
    english, chinese, meanings = zip(*read_glossary(), strict=True)
    for words in (english, chinese):
        assert [word for word, times in Counter(words).items() if times > 1] == []
    assert all(meanings)
