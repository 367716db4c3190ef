"""The project's outside: what its pages say exists, and its files speak of the project alone."""

from __future__ import annotations

import importlib.metadata
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.cli import commands

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
PAGES = (*READMES, *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))))
# Put together here so that this file passes its own test.
PLACES = ("/" + "work/", "/" + "root/", "/" + "tmp/prompt", "/" + "home/")
CODE_BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)


def project() -> dict[str, Any]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def help_text() -> str:
    names = [command.callback.__name__ for command in commands.registered_commands if command.callback]
    code = f"from extractor.cli import run; [run([*name, '--help']) for name in ([], *zip({names}))]"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout


def tracked_files() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    if listing.returncode:
        pytest.skip("not a git checkout: the project's own files cannot be told from others")
    return [ROOT / name for name in listing.stdout.splitlines() if (ROOT / name).is_file()]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("page", READMES)
def test_make_commands_of_the_readme_exist(page: str) -> None:
    named = set(re.findall(r"(?:^|`)make ([a-z]+)\b", text(page), re.MULTILINE))
    assert {"demo", "test"} <= named <= targets()


@pytest.mark.parametrize("page", PAGES)
def test_options_of_a_page_are_the_commands_own(page: str) -> None:
    lines = re.findall(r"^(?:\$ |    )?extract .*$", text(page), re.MULTILINE)
    named = {option for line in lines for option in re.findall(r"(?<!\S)--?[a-z][a-z-]*", line)}
    assert {option for option in named if option not in help_text()} == set()


@pytest.mark.parametrize("page", READMES)
def test_paths_of_the_readme_exist(page: str) -> None:
    linked = re.findall(r"\]\(([^)#:]+)\)", text(page))
    assert [path for path in linked if not (ROOT / path).exists()] == []


def test_readmes_link_to_each_other_at_the_top() -> None:
    assert "(README.zh-CN.md)" in "".join(text("README.md").splitlines()[:6])
    assert "(README.md)" in "".join(text("README.zh-CN.md").splitlines()[:6])


def test_readmes_show_the_same_commands() -> None:
    english, chinese = (re.findall(r"^(?:\$ )?extract \S+", text(page), re.MULTILINE) for page in READMES)
    assert english == chinese


def test_version_is_stated_once() -> None:
    assert "version" in project()["project"]["dynamic"]
    assert extractor.__version__ == importlib.metadata.version(project()["project"]["name"])


def test_every_phony_target_has_a_rule_and_a_help_line() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", text("Makefile"), re.MULTILINE)
    assert phony
    helped = set(re.findall(r"^([a-z]+):.*## ", text("Makefile"), re.MULTILINE))
    assert set(phony[1].split()) == helped == targets()


def test_wheel_carries_the_patterns() -> None:
    included = project()["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {"patterns": "extractor/_patterns"}


def test_files_name_no_place_of_one_machine() -> None:
    found = []
    for path in tracked_files():
        if path.suffix != ".pdf":
            content = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{path.relative_to(ROOT)}: {place}" for place in PLACES if place in content]
    assert found == []
