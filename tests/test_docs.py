"""The pages under docs/ are true: made from the types, naming what exists, one word for one thing."""

from __future__ import annotations

import importlib.util
import json
import math
import os
import re
import shlex
import subprocess
import sys
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from extractor.cli import run
from extractor.pipeline import extract

ROOT = Path(__file__).resolve().parents[1]
PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "CONTRIBUTING.md"]
BOTH = [page for page in PAGES if page.with_suffix(".zh-CN.md").exists()]
WITH_SESSIONS = [page for page in PAGES if "<!-- session -->" in page.read_text(encoding="utf-8")]
SESSION = re.compile(r"<!-- session -->\n```\n(.*?)```", re.DOTALL)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
GUIDES = ("start", "auditors", "reviewers", "journalists", "developers")
SAMPLE = ROOT / "corpus/reports/liulin_final_accounts_2024.pdf"
PICTURE = 300_000
PLACE = re.compile(r"`((?:extractor|patterns|tests|corpus|docs)/[A-Za-z0-9_./]*[a-z0-9/])`")
PLACEHOLDER = re.compile(r"CODE|room\.toml|extractor/1$")


def read_glossary(page: str = "glossary.md") -> list[list[str]]:
    lines = (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines()
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


def test_the_glossary_is_the_same_in_both_languages() -> None:
    chinese = [[english, chinese.replace("、", ", ")] for chinese, english, _ in read_glossary("glossary.zh-CN.md")]
    assert chinese == [words[:2] for words in read_glossary()]


def list_commands(page: Path) -> list[str]:
    """The commands of a page, without what only chooses the language."""
    text = page.read_text(encoding="utf-8")
    lines = [line for _, block in FENCE.findall(text) for line in block.splitlines() if "$ extract " in line]
    return [re.sub(r" --lang (?:en|zh)", "", line) for line in lines]


def list_shape(page: Path) -> tuple[list[str], list[str], list[str], list[int]]:
    """Levels of headings, languages of blocks, commands of sessions, columns of tables."""
    text = page.read_text(encoding="utf-8")
    prose = FENCE.sub("", text)
    levels = re.findall(r"^(#+) ", prose, re.MULTILINE)
    rules = [line.count("|") for line in prose.splitlines() if re.fullmatch(r"[|:\- ]+", line) and "|" in line]
    return levels, [name for name, _ in FENCE.findall(text)], list_commands(page), rules


@pytest.mark.parametrize("page", BOTH, ids=lambda page: page.stem)
def test_both_languages_are_in_step(page: Path) -> None:
    assert list_shape(page) == list_shape(page.with_suffix(".zh-CN.md"))


def test_guides_are_there_in_both_languages_with_a_session() -> None:
    named = {f"{guide}{suffix}" for guide in GUIDES for suffix in (".md", ".zh-CN.md")}
    assert named <= {page.name for page in WITH_SESSIONS}


@pytest.mark.parametrize("page", WITH_SESSIONS, ids=lambda page: page.name)
def test_sessions_of_a_page_are_the_tools_own(
    page: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("EXTRACT_OCR", "off")
    monkeypatch.chdir(tmp_path)
    # On a machine that does other things too, a line of progress would come in between.
    monkeypatch.setattr("extractor.batch.progress.EVERY", math.inf)
    (tmp_path / "corpus").symlink_to(ROOT / "corpus")
    for session in "".join(SESSION.findall(page.read_text(encoding="utf-8"))).split("$ extract ")[1:]:
        command, _, shown = session.partition("\n")
        assert run(shlex.split(command)) in (0, 1)
        printed = [line.rstrip() for line in "\n".join(capfd.readouterr()).splitlines()]
        lines = [line.rstrip() for line in shown.splitlines() if line.strip(".… ")]
        assert [line for line in lines if line not in printed] == []


@pytest.mark.parametrize("page", ["claims.md", "claims.zh-CN.md"])
def test_claim_of_the_page_is_the_tools_own(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    found = re.search(r"<!-- claim -->\n```json\n(.*?)```", text, re.DOTALL)
    assert found
    shown = json.loads(found[1])
    claims = json.loads(msgspec.json.encode(extract(SAMPLE).claims))
    assert shown in [{field: claim[field] for field in shown} for claim in claims]


def test_pictures_are_small() -> None:
    assert [path.name for path in (ROOT / "docs").rglob("*.png") if path.stat().st_size > PICTURE] == []


@pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in ("mkdocs", "material", "mkdocs_static_i18n")),
    reason="the site's tools are not installed: pip install --group docs",
)
def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for page in ("index.html", "zh-CN/index.html", "zh-CN/rules.html", "zh-CN/auditors.html", "img/page_zh.png"):
        assert (tmp_path / "site" / page).is_file()
