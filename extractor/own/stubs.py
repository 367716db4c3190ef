"""First files to begin with: an entry of a kind, and its examples, which hold as they are."""

from __future__ import annotations

import re
from pathlib import Path

from extractor import patterns
from extractor.layers import EXAMPLES, PatternError

# The folder of the package with a stub of each kind: what goes into the pattern file, and behind a line what into that
# of the examples.
FOLDER, BETWEEN = "stubs", "\n--- examples ---\n"
PLACES = {"metric": "metrics", "rule": "checks", "unit": "units"}
# A rule is called by its code in results.
CODE = re.compile("[a-z]+(?:_[a-z]+)*")
PLACE = "NAME"


def write_stub(kind: str, name: str, folder: Path) -> tuple[Path, Path]:
    """Writes the pattern file and the examples of a new entry into a folder of one's own, and gives where they stand.

    Raises ``PatternError`` for a name that is none, and where a file is there already.
    """
    refuse_name(kind, name)
    text = (patterns.root() / FOLDER / f"{kind}.txt").read_text(encoding="utf-8").replace(PLACE, name)
    place = f"{PLACES[kind]}/{name}"
    files = folder / f"{place}.toml", folder / EXAMPLES / f"{place}.txt"
    for file, content in zip(files, text.split(BETWEEN), strict=True):
        if file.exists():
            raise PatternError("stub-there", place=str(file))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content.strip() + "\n", encoding="utf-8")
    return files


def refuse_name(kind: str, name: str) -> None:
    """Refuses a name that no file, or no rule, can have, and one that the package has."""
    if not CODE.fullmatch(name):
        raise PatternError("stub-name", name=name)
    if (patterns.root() / PLACES[kind] / f"{name}.toml").is_file():
        raise PatternError("stub-known", place=f"{PLACES[kind]}/{name}")
