"""Patterns that are named as evidence in one document only: rules for one sentence, or words that are rare.

    python tests/bench/single_patterns.py [--least N]

Reads every report at hand (those of this project, and the published ones where they are there) and counts for each
pattern the documents in which a claim or a check names it. A list to look through, no gate: what stands in it may be
right, but nobody has seen it work on a second report. Versions of one report count as one document.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import extractor

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "corpus" / "reports", ROOT.parent / "shared" / "corpus")
ENDINGS = {".txt", ".pdf"}


def find_reports() -> list[Path]:
    """Every text and PDF at hand."""
    return [file for folder in FOLDERS for file in sorted(folder.rglob("*")) if file.suffix in ENDINGS]


def read_evidence(file: Path) -> frozenset[str]:
    """The patterns that the claims and checks of a report name; none for one that cannot be read."""
    try:
        result = extractor.extract(file)
    except extractor.InputError:
        return frozenset()
    named = [one.evidence for one in (*result.claims, *result.checks)]
    return frozenset().union(*named)


def count_documents(files: list[Path]) -> Mapping[str, set[str]]:
    """Per pattern the documents that name it, a text and the PDF that it comes from being one."""
    found: dict[str, set[str]] = defaultdict(set)
    with ProcessPoolExecutor() as pool:
        for file, patterns in zip(files, pool.map(read_evidence, files), strict=True):
            for pattern in patterns:
                found[pattern].add(file.stem)
    return found


def list_rare(found: Mapping[str, set[str]], least: int) -> Iterator[str]:
    """A line for each pattern that fewer documents than ``least`` name."""
    for pattern, documents in sorted(found.items()):
        if len(documents) < least:
            yield f"{pattern}  {', '.join(sorted(documents))}"


def main() -> None:
    """Prints the list and its length."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--least", type=int, default=2, help="documents from which a pattern is not listed")
    rare = list(list_rare(count_documents(find_reports()), parser.parse_args().least))
    sys.stdout.write("\n".join([*rare, f"{len(rare)} patterns", ""]))


if __name__ == "__main__":
    main()
