"""How well a comparison finds what two texts have in common, and how its time grows.

    python tests/bench/bench_diff.py [--misses] [--sizes 1000 10000]

The body of a published report against its attachments (gold in ``tests/gold``; left out where the report is not beside
the project), the two versions of ``corpus/reports/versions`` with their edits, all pairs of unrelated reports, and a
report's claims repeated with changed words.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from pairs import EDITS, PAIRS, SHARED, records  # noqa: E402

import extractor  # noqa: E402
from extractor import messages  # noqa: E402
from extractor.diffs import against_attachments  # noqa: E402
from extractor.model import Claim, Diff, Result, Side  # noqa: E402

REPORTS = ROOT / "corpus" / "reports"
# A company has nothing in common with any office, and these three have nothing in common with each other.
COMPANY = "hengchuan_annual_report_2025"
APART = {
    "ningchuan_plan_report_1952",
    "tongan_water_self_evaluation_2025",
    "yuchuan_urban_management_summary_2025",
}
# What the sentence of a pair must point out, where its relation does not tell the edit.
NOTES = {"direction": "direction"}
# Edits that the comparison of the texts tells, beside pairs that are equal.
IN_WORDS = ("wording", "modifiers", "reordered")
Spans = list[list[int]]
Record = dict[str, Any]


@dataclass
class Found:
    """A pair of a diff, or a claim of one side only, with its claims."""

    relation: str
    left: list[Claim]
    right: list[Claim]
    message: str = ""

    def __str__(self) -> str:
        sides = (" + ".join(f"{one.raw} {one.metric}@{one.start}" for one in side) for side in (self.left, self.right))
        return f"{self.relation:16} {' | '.join(sides)}"


@dataclass
class Count:
    """What is right among what was found, and what is found of what is right."""

    right: list[Found] = field(default_factory=list)
    wrong: list[Found] = field(default_factory=list)
    related: list[Found] = field(default_factory=list)
    lookalikes: list[Found] = field(default_factory=list)
    missed: list[Record] = field(default_factory=list)
    groups: int = 0
    lines: int = 0
    lines_found: int = 0
    groups_related: int = 0


def found(diff: Diff) -> list[Found]:
    """Every pair of a diff."""
    return [
        Found(one.relation, _side(diff.left, one.left), _side(diff.right, one.right), one.message.zh)
        for one in diff.pairs
    ]


def alone(diff: Diff) -> list[Found]:
    """Every claim that stands on one side only."""
    left = [Found("only_left", _side(diff.left, one), []) for one in diff.only_left]
    return left + [Found("only_right", [], _side(diff.right, one)) for one in diff.only_right]


def _side(side: Side, ids: str | Sequence[str]) -> list[Claim]:
    known = {claim.id: claim for claim in side.claims}
    return [known[one] for one in ([ids] if isinstance(ids, str) else ids)]


def stands(claims: Sequence[Claim], spans: Spans) -> bool:
    """Whether the claims stand where the spans are, each on its own."""
    if len(claims) != len(spans):
        return False
    return all(any(one.start < end and start < one.end for one in claims) for start, end in spans)


def matching(record: Record, pairs: Iterable[Found]) -> list[Found]:
    return [one for one in pairs if stands(one.left, record["left"]) and stands(one.right, record["right"])]


def fits(record: Record, one: Found) -> bool:
    return one.relation in (record["relation"], *record.get("relation_alt", ()))


def attachments(file: Path) -> Count | None:
    """The body of the report of a gold file against its attachments; None where the report is not here."""
    report = SHARED / file.name.replace(".pairs.jsonl", ".txt")
    if not report.is_file():
        return None
    pairs = [one for diff in against_attachments(extractor.extract(report)) for one in found(diff)]
    return counted(records(file), pairs)


def counted(gold: Sequence[Record], pairs: Sequence[Found]) -> Count:
    """A group of lines is what one number of the attachment has on the other side; one of them is enough."""
    count = Count()
    meant = [record for record in gold if record["relation"] != "none"]
    for one in pairs:
        records_ = [record for record in meant if one in matching(record, [one])]
        _judge(count, one, records_, [record for record in gold if record not in meant])
    groups: dict[str, list[Record]] = {}
    for record in meant:
        if record.get("status") != "optional":
            groups.setdefault(str(record["right"]), []).append(record)
            count.lines += 1
            count.lines_found += bool(matching(record, pairs))
    count.groups = len(groups)
    for records_ in groups.values():
        hits = [(record, one) for record in records_ for one in matching(record, pairs)]
        count.groups_related += any(fits(record, one) for record, one in hits)
        count.missed += [] if hits else records_[:1]
    return count


def _judge(count: Count, one: Found, records_: Sequence[Record], lookalikes: Sequence[Record]) -> None:
    """Whether a pair is right; one that gold calls optional counts neither way."""
    if any(record.get("status") == "optional" for record in records_):
        return
    if not records_:
        count.wrong.append(one)
        count.lookalikes += [one] if any(matching(record, [one]) for record in lookalikes) else []
        return
    count.right.append(one)
    count.related += [one] if any(fits(record, one) for record in records_) else []


@dataclass
class Edits:
    """What was said of each edit, and what was said beside them."""

    reported: int
    unreported: list[Record]
    unexpected: list[Found]


def noted(one: Found) -> set[str]:
    """What the sentence of a pair points out beside its relation, by the sentences' ids."""
    notes = {
        name.partition("note-")[2]: said.zh for name, said in messages.sentences().items() if "diffs.note-" in name
    }
    return {name for name, said in notes.items() if said.partition("{")[0].rstrip("“") in one.message}


def tells(record: Record, one: Found) -> bool:
    """Whether what was found is told as the edit that it is."""
    return fits(record, one) and NOTES.get(record["kind"]) in (None, *noted(one))


def changed(diff: Diff, record: Record) -> bool:
    """Whether a change of the text holds, or stands around, the number of an edit."""
    spots = [spot for change in diff.changes for spot in (change.left, change.right) if spot]
    around = [(spot.sentence.start, spot.sentence.end) for spot in spots]
    return any(start <= first and last <= end for first, last in record["left"] for start, end in around)


def edits(file: Path) -> Edits:
    """Every edit is to be told as gold says, and nothing else but that numbers are equal."""
    stem = file.name.removesuffix(".edits.jsonl")
    diff = extractor.diff(*(file.with_name(f"{stem}_{which}.txt") for which in "ab"))
    told = [*found(diff), *alone(diff)]
    gold = records(file)
    missing = [record for record in gold if not any(tells(record, one) for one in matching(record, told))]
    missing += [one for one in gold if one["kind"] in IN_WORDS and one not in missing and not changed(diff, one)]
    meant = [one for record in gold for one in matching(record, told) if tells(record, one)]
    texts = [file.with_name(f"{stem}_{which}.txt").read_text(encoding="utf-8") for which in "ab"]
    unexpected = [one for one in told if not any(one is other for other in meant) and not _kept(one, texts)]
    numbers = {record["edit"] for record in gold}
    return Edits(len(numbers - {record["edit"] for record in missing}), missing, unexpected)


def _kept(one: Found, texts: Sequence[str]) -> bool:
    """Whether a pair says that a number stands unchanged behind the same words, and no more than this."""
    if one.relation != "equal" or noted(one) - {"stale-rate"}:
        return False
    behind = [text[claim.start - 2 : claim.end] for text, (claim,) in zip(texts, (one.left, one.right), strict=True)]
    return behind[0] == behind[1]


def unrelated() -> Iterator[tuple[str, str, list[Found]]]:
    """The pairs that are found between two reports about different things."""
    results = {file.stem: extractor.extract(file) for file in sorted(REPORTS.glob("*.txt"))}
    for one, two in combinations(results, 2):
        yield one, two, found(extractor.diff(results[one], results[two]))


def repeated(size: int) -> tuple[Result, Result]:
    """Two results of so many claims: those of one report over and over, each time of other things."""
    result = extractor.extract(next(REPORTS.glob("liulin*.txt")))
    left = [_renamed(result.claims[at % len(result.claims)], at, len(result.claims)) for at in range(size)]
    right = [msgspec.structs.replace(one, metric=f"累计{one.metric}") for one in left]
    return tuple(msgspec.structs.replace(result, claims=tuple(claims)) for claims in (left, right))  # type: ignore[return-value]


def _renamed(claim: Claim, at: int, period: int) -> Claim:
    """The claim as number ``at``; another round is of another place, named by two characters."""
    turn = at // period
    place = f"{chr(0x4E00 + turn * 7)}{chr(0x5E00 + turn * 11)}社区" if turn else ""
    path = (*claim.path[:-1], f"{place}{claim.path[-1]}") if claim.path else ()
    changes: dict[str, Any] = {"part_of": None, "share_of": None, "cell": None}
    return msgspec.structs.replace(claim, id=f"c{at + 1}", metric=f"{place}{claim.metric or ''}", path=path, **changes)


def percent(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "-"


def show_attachments(misses: bool) -> None:
    for file in PAIRS:
        count = attachments(file)
        if count is None:
            print(f"{file.stem}: skipped, the published report is not beside the project")
            continue
        judged, hits = len(count.right) + len(count.wrong), count.groups - len(count.missed)
        print(f"{file.stem}: body against attachments")
        shown = [("pairs", len(count.right), hits), ("relations", len(count.related), count.groups_related)]
        for name, right, recalled in shown:
            print(f"  {name:10} precision {percent(right, judged)}  recall {percent(recalled, count.groups)}")
        print(
            f"  lines of gold {percent(count.lines_found, count.lines)}; look-alikes matched: {len(count.lookalikes)}"
        )
        related = {id(one) for one in count.related}
        _list("wrong pair", count.wrong, misses)
        _list("wrong relation", [one for one in count.right if id(one) not in related], misses)
        _list("missed", [f"{one['relation']:16} {one['raw']} {one['note']}" for one in count.missed], misses)


def show_edits(misses: bool) -> None:
    for file in EDITS:
        told = edits(file)
        total = len({record["edit"] for record in records(file)})
        print(f"{file.stem}: reported {percent(told.reported, total)}; unexpected differences: {len(told.unexpected)}")
        lines = [f"{one['edit']:2} {one['kind']:10} {one['relation']:16} {one['raw']}" for one in told.unreported]
        _list("not as gold says", lines, misses)
        _list("unexpected", [f"{one} {sorted(noted(one))}" for one in told.unexpected], misses)


def show_unrelated(misses: bool) -> None:
    """Reports of one kind about other places have metrics in common, so their pairs are shown apart."""
    pairs = list(unrelated())
    for title, apart in (("with nothing in common", True), ("of other kinds and places", False)):
        some = [pair for pair in pairs if (COMPANY in pair[:2] or set(pair[:2]) <= APART) == apart]
        total = sum(len(hits) for *_, hits in some)
        print(f"reports {title}: {total} pairs of claims in {len(some)} pairs of reports")
        for one, two, hits in some:
            _list(f"{one} and {two}", hits, misses)


def show_times(sizes: Sequence[int]) -> None:
    for size in sizes:
        left, right = repeated(size)
        start = time.perf_counter()
        diff = extractor.diff(left, right)
        seconds = time.perf_counter() - start
        print(
            f"{size:7} claims a side  {seconds:7.2f} s  {seconds / size * 1e3:6.2f} ms a claim  {len(diff.pairs)} pairs"
        )


def _list(title: str, lines: Sequence[object], shown: bool) -> None:
    for line in lines if shown else ():
        print(f"    {title}: {line}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="list what is wrong or missed")
    parser.add_argument("--sizes", nargs="*", type=int, default=[1000, 10_000], help="claims a side to time")
    options = parser.parse_args()
    show_attachments(options.misses)
    show_edits(options.misses)
    show_unrelated(options.misses)
    show_times(options.sizes)


if __name__ == "__main__":
    main()
