"""The examples of ``corpus/examples`` in the notation of claims; how they are read and compared is the package's."""

from __future__ import annotations

from pathlib import Path

from extractor.own.examples import Example, read

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "corpus" / "examples"
# The examples of these have a notation and a test of their own.
ELSEWHERE = (
    "checks/", "cite/", "passages/", "headings/", "entities/", "statements/", "tables/", "vocabulary/numbering",
)  # fmt: skip


def files() -> list[Path]:
    """Every example file in this notation."""
    return [file for file in sorted(FOLDER.rglob("*.txt")) if not name(file).startswith(ELSEWHERE)]


def name(file: Path) -> str:
    """The name an example file shares with its pattern file: units/money."""
    return file.relative_to(FOLDER).with_suffix("").as_posix()


def all_examples() -> list[Example]:
    """The examples of all files."""
    return [one for file in files() for one in read(file.read_text(encoding="utf-8"), name(file))]
