"""How many wrong numbers the checks find: one number of a report is changed at a time, and the report is read again.

    python tests/bench/bench_checks.py [REPORT ...] [--sample N] [--jobs N] [--misses N]

The numbers are the operands of the relations in ``corpus/reports``; only changes that break a relation beyond what
rounding allows count. A change is found when a check fails (error or warning) that has the changed number among its
operands and did not fail before. What fails in an unchanged report without a gold relation that is false is a false
alarm.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from changes import Case, Change, cases

import extractor

FOLDER = Path(__file__).resolve().parents[2] / "corpus" / "reports"
Span = tuple[int, int]
ENDING = ".relations.jsonl"


class Failure(NamedTuple):
    """A check that fails, and where the numbers it speaks of stand."""

    rule: str
    spans: frozenset[Span]


class Outcome(NamedTuple):
    """A change to a report, and whether it was found."""

    report: str
    case: Case
    found: bool


def relations(report: str) -> list[dict[str, Any]]:
    """The gold of a report."""
    return [json.loads(line) for line in (FOLDER / f"{report}{ENDING}").read_text(encoding="utf-8").splitlines()]


@cache
def text(report: str) -> str:
    """The report itself, its line breaks unchanged."""
    return (FOLDER / f"{report}.txt").read_bytes().decode()


def overlap(one: Span, two: Span) -> bool:
    """Whether two stretches share a character."""
    return one[0] < two[1] and two[0] < one[1]


def spans(result: extractor.Result, operands: Iterable[extractor.Operand]) -> Iterator[Span]:
    """Where the operands of a check stand in the text."""
    claims = {claim.id: claim for claim in result.claims}
    tables = {table.id: table for table in result.tables}
    for operand in operands:
        if operand.claim is not None:
            yield claims[operand.claim].start, claims[operand.claim].end
        elif operand.table is not None and operand.row is not None and operand.column is not None:
            cell = tables[operand.table].rows[operand.row][operand.column]
            yield cell.start, cell.end


def failures(content: str, report: str) -> set[Failure]:
    """The checks of a text that fail and say so loudly."""
    result = extractor.extract(content.encode(), name=f"{report}.txt")
    return {
        Failure(check.rule, frozenset(spans(result, check.operands)))
        for check in result.checks
        if check.status == "fails" and check.severity in ("error", "warning")
    }


@cache
def known(report: str) -> frozenset[Failure]:
    """What fails in the report as it is."""
    return frozenset(failures(text(report), report))


def before(span: Span, change: Change) -> Span:
    """The stretch of the unchanged text that became ``span``."""
    end = change.start + len(change.new)
    longer = len(change.new) - len(change.raw)
    low = span[0] - longer if span[0] >= end else span[0]
    return low, span[1] - longer if span[1] >= end else span[1]


def is_new(failure: Failure, change: Change) -> bool:
    """Whether a failure speaks of the changed number."""
    return any(overlap(span, (change.start, change.start + len(change.new))) for span in failure.spans)


def outcome(report: str, case: Case) -> Outcome:
    """Reads the report with the change in it."""
    change, content = case.change, text(report)
    found = failures(content[: change.start] + change.new + content[change.end :], report)
    fresh = (one for one in found if is_new(one, change))
    old = {one.spans for one in known(report)}
    return Outcome(report, case, any(frozenset(before(span, change) for span in one.spans) not in old for one in fresh))


def sample(found: list[Case], size: int) -> list[Case]:
    """At most so many of the cases, evenly spread."""
    return found[:: max(1, -(-len(found) // size))] if size else found


def run(reports: list[str], size: int, jobs: int) -> list[Outcome]:
    """The outcome of every case of the reports."""
    with ProcessPoolExecutor(jobs) as pool:
        running = [pool.map(partial(outcome, one), sample(cases(relations(one)), size), chunksize=8) for one in reports]
        return [each for outcomes in running for each in outcomes]


def tally(pairs: Iterable[tuple[str, bool]]) -> dict[str, tuple[int, int]]:
    """(found, all) for every name."""
    counted: dict[str, list[bool]] = defaultdict(list)
    for name, found in pairs:
        counted[name].append(found)
    return {name: (sum(found), len(found)) for name, found in sorted(counted.items())}


def table(title: str, pairs: Iterable[tuple[str, bool]]) -> list[str]:
    """One line a name: changes, found, recall."""
    lines = [f"{title:42}{'changes':>8}{'found':>8}{'recall':>8}"]
    for name, (found, every) in tally(pairs).items():
        lines.append(f"  {name:40}{every:8}{found:8}{found / every:8.3f}")
    return lines


def summary(outcomes: list[Outcome]) -> list[str]:
    """Recall by rule, by kind of change, by report and overall."""
    by_rule = [(rule, each.found) for each in outcomes for rule in sorted({one["rule"] for one in each.case.broken})]
    lines = table("rule broken", by_rule)
    lines += table("kind of change", ((each.case.change.kind, each.found) for each in outcomes))
    lines += table("report", ((each.report, each.found) for each in outcomes))
    return lines + table("", (("all", each.found) for each in outcomes))


def around(report: str, start: int, end: int) -> str:
    """The words that lead up to a number, and the number."""
    return text(report)[max(0, start - 16) : end].replace("\n", "/").replace("\t", "|")


def misses(outcomes: list[Outcome], most: int) -> list[str]:
    """The changes that were not found."""
    missed = [each for each in outcomes if not each.found]
    lines = [f"misses: {len(missed)}"]
    for report, (change, broken), _ in missed[:most]:
        rules = ", ".join(f"{one['rule']} {one['id']}" for one in broken[:3])
        lines.append(f"  {report} …{around(report, change.start, change.end)} -> {change.new} ({change.kind}; {rules})")
    return lines


def touches(failure: Failure, wrong: list[dict[str, Any]]) -> bool:
    """Whether a failure has an operand of a relation that is false."""
    operands = [one["span"] for relation in wrong for one in relation["operands"] if one["span"]]
    return any(overlap(span, (one[0], one[1])) for span in failure.spans for one in operands)


def unchanged(reports: list[str]) -> list[str]:
    """What fails in the reports as they are: relations of gold that are false, and alarms that have no reason."""
    alarms, found, every = [], 0, 0
    for report in reports:
        wrong = [one for one in relations(report) if not one["holds"]]
        every += len(wrong)
        found += sum(any(touches(failure, [one]) for failure in known(report)) for one in wrong)
        for failure in sorted(known(report), key=lambda one: (sorted(one.spans), one.rule)):
            if not touches(failure, wrong):
                shown = " ; ".join(around(report, *span) for span in sorted(failure.spans))
                alarms.append(f"  {report} {failure.rule}: {shown}")
    return [f"false relations of the reports found: {found} of {every}", f"false alarms: {len(alarms)}", *alarms]


def main() -> None:
    """Reads the options, runs, prints."""
    every = sorted(path.name.removesuffix(ENDING) for path in FOLDER.glob(f"*{ENDING}"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="*", choices=[*every, []], metavar="REPORT", help="all by default")
    parser.add_argument("--sample", type=int, default=200, help="changes a report, evenly spread; 0 for all")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="list the first N changes not found")
    options = parser.parse_args()
    reports = options.reports or every
    outcomes = run(reports, options.sample, options.jobs)
    print(*summary(outcomes), *misses(outcomes, options.misses), *unchanged(reports), sep="\n")


if __name__ == "__main__":
    main()
