"""Patterns that are named as evidence in one document only: rules for one sentence, or words that are rare.

    python tests/bench/single_patterns.py [--least N] [--facets]

Reads every report at hand (those of this project, and the published ones where they are there) and counts for each
pattern the documents in which a claim or a check names it. A list to look through, no gate: what stands in it may be
right, but nobody has seen it work on a second report. Versions of one report count as one document. With --facets it
counts for each pattern of a facet the documents whose text names it.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import extractor
from extractor import patterns
from extractor.documents import read
from extractor.scope import find_facets

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "corpus" / "reports", ROOT.parent / "shared" / "corpus")
ENDINGS = {".txt", ".pdf", ".html"}
FACETS = ("scope/facets", "scope/names")


def find_reports() -> list[Path]:
    """Every text, PDF and web page at hand."""
    return [file for folder in FOLDERS for file in sorted(folder.rglob("*")) if file.suffix in ENDINGS]


def read_evidence(file: Path) -> frozenset[str]:
    """The patterns that the claims and checks of a report name; none for one that cannot be read."""
    try:
        result = extractor.extract(file)
    except extractor.InputError:
        return frozenset()
    named = [one.evidence for one in (*result.claims, *result.checks)]
    return frozenset().union(*named)


def read_facets(file: Path) -> frozenset[str]:
    """The patterns of facets that the text of a report names; none for one that cannot be read."""
    try:
        document = read(file.read_bytes(), file.name)
    except extractor.InputError:
        return frozenset()
    return frozenset(found.pattern for line in document.text.splitlines() for found in find_facets(line))


def count_documents(files: list[Path], ask: Callable[[Path], frozenset[str]]) -> dict[str, set[str]]:
    """Per pattern the documents that name it, a text and the PDF that it comes from being one."""
    found: dict[str, set[str]] = defaultdict(set)
    with ProcessPoolExecutor() as pool:
        for file, named in zip(files, pool.map(ask, files), strict=True):
            for pattern in named:
                found[pattern].add(file.stem)
    return found


def count_facets(files: list[Path]) -> dict[str, set[str]]:
    """Per pattern of a facet the documents that name it, those of none too."""
    found = count_documents(files, read_facets)
    known = (
        f"{file}.{raw['id']}" for file in FACETS for raw in patterns.read(patterns.root() / f"{file}.toml")["pattern"]
    )
    return {key: found.get(key, set()) for key in known}


def list_rare(found: Mapping[str, set[str]], least: int) -> Iterator[str]:
    """A line for each pattern that fewer documents than ``least`` name."""
    for pattern, documents in sorted(found.items()):
        if len(documents) < least:
            yield f"{pattern}  {', '.join(sorted(documents))}"


def main() -> None:
    """Prints the list and its length."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--least", type=int, default=2, help="documents from which a pattern is not listed")
    parser.add_argument("--facets", action="store_true", help="patterns of facets, by the texts that name them")
    options, files = parser.parse_args(), find_reports()
    found = count_facets(files) if options.facets else count_documents(files, read_evidence)
    rare = list(list_rare(found, options.least))
    sys.stdout.write("\n".join([*rare, f"{len(rare)} patterns", ""]))


if __name__ == "__main__":
    main()
