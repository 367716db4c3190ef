"""How many claims of a report are not told apart: the same metric, place, period and scope, but another value.

    .venv/bin/python tests/bench/bench_complete.py [FILE ...]

Of such claims at least one has a metric that says too little, a period or a facet that was not read, or a wrong role;
no gold is needed to find them. Without files, the project's own reports are read. ``--show N`` prints N metrics.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from pathlib import Path

from extractor import Claim, Result, extract

REPORTS = Path(__file__).resolve().parents[2] / "corpus" / "reports"
# So many characters in front of a number are shown.
SHOWN = 48
# What something moved to is told apart from where it moved from by its place in the move.
MOVED = "claims/moves.result"


def find_incomplete(result: Result) -> list[list[Claim]]:
    """The claims of the narrative that only their values tell apart, together."""
    alike: defaultdict[Hashable, list[Claim]] = defaultdict(list)
    for claim in result.claims:
        if claim.metric and not claim.cell and MOVED not in claim.evidence:
            alike[_identify(claim)].append(claim)
    return [claims for claims in alike.values() if len({claim.base_value for claim in claims}) > 1]


def _identify(claim: Claim) -> Hashable:
    """All that says what a claim is of, and how; its value left out."""
    period = (claim.period.start, claim.period.end) if claim.period else None
    kind = claim.kind, claim.direction, claim.role, claim.baseline, claim.base_unit
    return claim.section, claim.metric, period, claim.scope, kind


def list_lines(result: Result, show: int) -> Iterator[str]:
    """The first of the incomplete metrics, each with where its numbers stand."""
    for claims in find_incomplete(result)[:show]:
        yield f"  {claims[0].metric}"
        for claim in claims:
            front = result.text[max(0, claim.start - SHOWN) : claim.start].replace("\n", " ")
            yield f"    …{front}[{claim.raw}]"


def main(files: Iterable[Path], show: int) -> None:
    """Print a line for each file, and the sum."""
    total = 0
    for file in files:
        result = extract(file)
        count = sum(map(len, find_incomplete(result)))
        total += count
        print(f"{file.name:48} {len(result.claims):5} claims {count:4} incomplete")
        for line in list_lines(result, show):
            print(line)
    print(f"{'all':48} {total:17} incomplete")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(REPORTS.glob("*.txt")))
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    main(options.files, options.show)
