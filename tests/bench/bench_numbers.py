"""How fast and how well the numbers of a text are found, next to general recognisers of numbers and units.

    python tests/bench/bench_numbers.py [PYTHON] [ROUNDS]

The texts are the annotated ones of ``corpus/reports``. ``PYTHON`` is an interpreter that has the others installed
(``recognizers-text-suite`` with ``emoji<2`` and ``grapheme``, ``jionlp``); who is not installed there is left out.
A number is right where it overlaps one that was annotated and is the same amount, with or without its 万 and 亿;
neither units nor what the number is of are asked of anybody. JioNLP finds sums of money, so it is measured by those.
Times are of the processor, of a second reading.
What stands in rows of tables counts only where it was annotated, optional mentions count neither way.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "corpus/reports"
MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
# Units of their own that begin like a multiplier.
WHOLE = ("千克", "千米", "千瓦", "百分点")
# Each reads the lines of a text: start, end and amount of every number. Ours are written as value and unit.
READERS = {
    "extract, claims and checks": """
import extractor
def read(text):
    return [(c.start, c.end, c.value, c.unit) for c in extractor.extract(text.encode(), name="a.txt").claims]
""",
    "extract, numbers alone": """
from extractor.quantities import find
def read(text):
    return [(at + q.start, at + q.end, str(q.value), q.unit) for at, line in lines(text) for q in find(line)]
""",
    "Recognizers-Text": """
from recognizers_number import NumberRecognizer
from recognizers_number_with_unit import Culture, NumberWithUnitRecognizer
units, numbers = NumberWithUnitRecognizer(Culture.Chinese), NumberRecognizer(Culture.Chinese)
models = [units.get_currency_model(), units.get_dimension_model(), units.get_age_model(),
          units.get_temperature_model(), numbers.get_percentage_model(), numbers.get_number_model()]
def read(text):
    return [one for at, line in lines(text) for one in read_line(at, line)]
def read_line(at, line):
    taken = set()
    for model in models:
        for one in model.parse(line):
            span = range(one.start, one.start + len(one.text))
            if one.resolution and one.resolution.get("value") and taken.isdisjoint(span):
                taken.update(span)
                yield at + span.start, at + span.stop, one.resolution["value"].rstrip("%"), ""
""",
    "JioNLP": """
import jionlp
def read(text):
    return [one for at, line in lines(text) for one in read_line(at, line)]
def read_line(at, line):
    for one in jionlp.ner.extract_money(line):
        number = one["detail"]["num"]
        if isinstance(number, str):
            yield at + one["offset"][0], at + one["offset"][1], number, ""
""",
}
MONEY = ("JioNLP",)
RUN = """
import contextlib, json, sys, time
def lines(text):
    at = 0
    for line in text.splitlines(keepends=True):
        yield at, line
        at += len(line)
{read}
texts = json.load(sys.stdin)
with contextlib.redirect_stdout(sys.stderr):
    for text in texts:
        list(read(text))
    start = time.process_time()
    found = [list(read(text)) for text in texts]
    used = time.process_time() - start
json.dump([used, found], sys.stdout)
"""


class Number(NamedTuple):
    """A number at its place in a text, as an amount without multipliers."""

    start: int
    end: int
    amount: Decimal


class Report(NamedTuple):
    """A text with the numbers that were annotated, and the places that count neither way."""

    text: str
    wanted: Sequence[tuple[Number, str]]
    optional: frozenset[int]


def read_amount(value: str, unit: str) -> Decimal:
    """A value times the multipliers that its unit begins with.

    >>> read_amount("186.4", "亿元"), read_amount("5", "千瓦时")
    (Decimal('18640000000.0'), Decimal('5'))
    """
    amount = abs(Decimal(value.replace(",", "")))
    while unit and unit[0] in MULTIPLIERS and not unit.startswith(WHOLE):
        amount, unit = amount * MULTIPLIERS[unit[0]], unit[1:]
    return amount


def read_reports() -> list[Report]:
    """The annotated texts."""
    golds = [file for file in sorted(REPORTS.glob("*.jsonl")) if not file.name.endswith(".relations.jsonl")]
    return [read_report(gold) for gold in golds]


def read_report(gold: Path) -> Report:
    """One of them."""
    text = gold.with_suffix(".txt").read_text(encoding="utf-8")
    records = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line]
    required = [one for one in records if one["status"] != "optional"]
    optional = {at for one in records if one["status"] == "optional" for at in range(one["start"], one["end"])}
    wanted = [
        (Number(one["start"], one["end"], read_amount(one["value"], one["unit"] or "")), one["dim"]) for one in required
    ]
    return Report(text, wanted, frozenset(optional | list_rows(text)))


def list_rows(text: str) -> set[int]:
    """The places of a text that are in rows of tables."""
    places: set[int] = set()
    at = 0
    for line in text.splitlines(keepends=True):
        places.update(range(at, at + len(line)) if "\t" in line else ())
        at += len(line)
    return places


def run(python: str, reader: str, texts: Sequence[str]) -> tuple[float, list[list[Any]]] | None:
    """The processor time and the numbers of each text; None where a recogniser is not installed."""
    command = [python, "-c", RUN.format(read=READERS[reader])]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=False)
    if "ModuleNotFoundError" in done.stderr:
        return None
    if done.returncode:
        sys.exit(f"{reader}: {done.stderr}")
    used, found = json.loads(done.stdout.splitlines()[-1])  # some greet those who import them
    return used, found


def score(reports: Iterable[Report], found: Iterable[Sequence[Any]], dimension: str | None) -> tuple[float, float]:
    """Precision and recall over all texts, of numbers of one dimension or of any."""
    right = wanted = got = 0
    for report, each in zip(reports, found, strict=True):
        asked = [one for one, dim in report.wanted if dimension in (None, dim)]
        others = {at for one, dim in report.wanted if dimension not in (None, dim) for at in range(one.start, one.end)}
        numbers = [Number(start, end, read_amount(value, unit)) for start, end, value, unit in each]
        matched = {one for one in asked if any(is_same(one, number) for number in numbers)}
        aside = (report.optional | others) - {at for one in asked for at in range(one.start, one.end)}
        right, wanted = right + len(matched), wanted + len(asked)
        got += sum(aside.isdisjoint(range(number.start, number.end)) for number in numbers)
    return right / max(got, right, 1), right / wanted


def is_same(one: Number, other: Number) -> bool:
    """Whether two numbers overlap and are one amount."""
    return one.start < other.end and other.start < one.end and one.amount == other.amount


def main() -> None:
    """Reads the arguments, measures, prints."""
    python = sys.argv[1] if len(sys.argv) > 1 else sys.executable
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    reports = read_reports()
    texts = [report.text for report in reports]
    size = sum(len(text.encode()) for text in texts) / 1_000_000
    print(f"{len(texts)} texts, {size:.2f} MB, medians of {rounds} rounds")
    print(f"{'numbers of texts':30}{'MB/s':>8}{'precision':>11}{'recall':>8}{'F1':>7}")
    for reader in READERS:
        whose = sys.executable if reader.startswith("extract") else python
        runs = [run(whose, reader, texts) for _ in range(rounds)]
        known = [one for one in runs if one]
        if not known:
            print(f"  {reader:28}  not installed in {whose}")
            continue
        precision, recall = score(reports, known[0][1], "money" if reader in MONEY else None)
        rate = size / statistics.median(used for used, _ in known)
        f1 = 2 * precision * recall / (precision + recall)
        note = " (money)" if reader in MONEY else ""
        print(f"  {reader + note:28}{rate:8.3f}{precision:11.3f}{recall:8.3f}{f1:7.3f}", flush=True)


if __name__ == "__main__":
    main()
