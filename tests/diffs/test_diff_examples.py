"""Walks corpus/examples/passages: what two texts have in common is what the examples say, and nothing more."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from measured import claims

import extractor
from extractor import Diff, Pair, patterns
from extractor.diffs.halves import Half
from extractor.passages.words import find_total

FOLDER = Path(__file__).resolve().parents[2] / "corpus/examples/passages"


class Example(NamedTuple):
    """Two small documents and the pairs expected of them: all of them, in the order of the left."""

    place: str
    left: str
    right: str = ""
    expected: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    """What else must have changed, as `date 3月 | 6月`; `-` is nothing. Not asked where nothing is written."""


def read(file: Path) -> list[Example]:
    """The examples of one file, in the notation of corpus/examples/README.md."""
    found: list[Example] = []
    side = "left"
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        mark, rest = line[:2], line[2:]
        if mark == "= ":
            found.append(Example(f"{file.stem}:{number}", rest))
            side = "left"
        elif mark == "+ ":
            found[-1], side = found[-1]._replace(right=rest), "right"
        elif mark == "| ":
            found[-1] = found[-1]._replace(**{side: f"{getattr(found[-1], side)}\n{rest}"})
        elif mark == "~ ":
            found[-1] = found[-1]._replace(changes=(*found[-1].changes, rest))
        elif mark == "  " and rest != "-":
            found[-1] = found[-1]._replace(expected=(*found[-1].expected, rest))
        elif line.strip() and not line.startswith(("# ", "  ")):
            raise ValueError(f"{file.name}:{number}: a line begins with `# `, `= `, `+ `, `| `, `~ ` or is indented")
    return found


EVERYTHING = [example for file in sorted(FOLDER.glob("*.txt")) for example in read(file)]


def shown(diff: Diff, pair: Pair, with_remarks: bool) -> str:
    """A pair as the notation writes it: `combined 6700元 + 7700元 | 14400元`."""
    sides = (claims(diff.left, pair.left), claims(diff.right, pair.right))
    numbers = " | ".join(" + ".join(claim.raw for claim in side) for side in sides)
    said = pair.remarks.zh if pair.remarks else ""
    return f"{pair.relation} {numbers}" + (f" | {said}" if said and with_remarks else "")


@pytest.mark.parametrize("example", EVERYTHING, ids=lambda example: example.place)
def test_example(example: Example) -> None:
    diff = extractor.diff(example.left.encode(), example.right.encode())
    wanted = [expected.count("|") > 1 for expected in example.expected] + [False] * len(diff.pairs)
    assert tuple(shown(diff, *one) for one in zip(diff.pairs, wanted, strict=False)) == example.expected


@pytest.mark.parametrize("example", [one for one in EVERYTHING if one.changes], ids=lambda example: example.place)
def test_what_else_changed(example: Example) -> None:
    diff = extractor.diff(example.left.encode(), example.right.encode())
    told = [(one.what, one.left.text if one.left else "", one.right.text if one.right else "") for one in diff.changes]
    found = tuple(f"{what} {left} | {right}".replace("\n", "⏎") for what, left, right in told)
    assert (found or ("-",)) == example.changes


@pytest.mark.parametrize("example", EVERYTHING, ids=lambda example: example.place)
def test_every_claim_is_in_a_pair_or_on_one_side_only(example: Example) -> None:
    diff = extractor.diff(example.left.encode(), example.right.encode())
    for side, paired, only in (
        (diff.left, [pair.left for pair in diff.pairs], diff.only_left),
        (diff.right, [pair.right for pair in diff.pairs], diff.only_right),
    ):
        ids = {claim.id for one in paired for claim in claims(side, one)}
        assert ids.isdisjoint(only)
        assert ids | set(only) == {claim.id for claim in side.claims}


def test_every_pattern_file_has_a_mirror() -> None:
    files = sorted(file.stem for file in patterns.files("passages"))
    assert files == sorted(file.stem for file in FOLDER.glob("*.txt"))


def test_every_synonym_and_name_stands_in_an_example() -> None:
    texts = {
        stem: "\n".join(e.left + e.right for e in EVERYTHING if e.place.startswith(stem)) for stem in ("synonyms",)
    }
    for raw in patterns.read(patterns.files("passages/synonyms")[0])["pattern"]:
        assert any(word in texts["synonyms"] for word in raw["words"]), raw["id"]
    named = [
        find_total(item.named)
        for example in EVERYTHING
        for text in (example.left, example.right)
        for item in Half(extractor.extract(text.encode())).items
    ]
    assert {raw["means"] for raw in patterns.read(patterns.files("passages/names")[0])["pattern"]} <= set(named)
