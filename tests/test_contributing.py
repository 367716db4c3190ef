"""The recipes of CONTRIBUTING.md do what they say: tried on a copy of the project, with their own blocks alone."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("extractor", "patterns", "corpus/examples", "tests", "pyproject.toml")
BLOCK = re.compile(
    r"^(?:At the end of|A new file) `(?P<file>[^`]+)`[^\n]*:\n\n(?P<fence>```+)\w*\n(?P<text>.*?)^(?P=fence)$",
    re.DOTALL | re.MULTILINE,
)
COMMAND = re.compile(r"^Try it:\n\n```\n(?P<command>[^\n]+)\n```$", re.MULTILINE)


class Recipe(NamedTuple):
    name: str
    blocks: dict[str, str]
    command: str


def read_recipes() -> list[Recipe]:
    parts = re.split(r"^## ", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = []
    for part in parts:
        command = COMMAND.search(part)
        if command:
            blocks = {block["file"]: block["text"] for block in BLOCK.finditer(part)}
            found.append(Recipe(part.partition("\n")[0], blocks, command["command"]))
    return found


def copy_project(target: Path) -> None:
    aside = shutil.ignore_patterns("__pycache__", "golden", "bench")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=aside)
        else:
            shutil.copy(source, target / name)


def put_in(blocks: dict[str, str], target: Path) -> None:
    for name, text in blocks.items():
        with (target / name).open("a", encoding="utf-8") as file:
            file.write(text)


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs the tests that a recipe names."""
    arguments = re.findall(r'"([^"]+)"|(\S+)', command)
    words = [quoted or plain for quoted, plain in arguments]
    assert words[:3] == ["python", "-m", "pytest"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    line = [sys.executable, *words[1:], "-p", "no:cacheprovider", "-p", "no:xdist"]
    return subprocess.run(line, capture_output=True, text=True, cwd=folder, env=environment, check=False)


def take_stock(folder: Path) -> dict[str, str]:
    aside = {"__pycache__", ".hypothesis"}
    files = (path for path in folder.rglob("*") if path.is_file() and not aside & set(path.parts))
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_there_is_a_recipe_for_each_thing_that_is_often_added() -> None:
    assert [recipe.name for recipe in read_recipes()] == [
        "Add a word: a unit",
        "Add a heading style",
        "Add a canonical metric",
        "Add a rule",
        "Add an output format",
    ]


@pytest.mark.parametrize("recipe", read_recipes(), ids=lambda recipe: recipe.name)
def test_a_recipe_does_what_it_says(recipe: Recipe, tmp_path: Path) -> None:
    copy_project(tmp_path)
    before = take_stock(tmp_path)
    examples = {name: text for name, text in recipe.blocks.items() if name.startswith("corpus/")}
    if examples:
        put_in(examples, tmp_path)
        alone = run(recipe.command, tmp_path)
        assert alone.returncode == 1, f"the examples pass without the rest:\n{alone.stdout}"
    put_in({name: text for name, text in recipe.blocks.items() if name not in examples}, tmp_path)
    done = run(recipe.command, tmp_path)
    assert done.returncode == 0, done.stdout[-3000:]
    after = take_stock(tmp_path)
    assert {name for name in after if after[name] != before.get(name)} == set(recipe.blocks)
