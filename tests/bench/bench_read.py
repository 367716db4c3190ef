"""Times ``extract`` on a PDF next to scripts that only read the same file with pdfplumber or pypdfium2.

    python tests/bench/bench_read.py [FILE.pdf] [ROUNDS]

``cold``: every contender is a process of its own, started from nothing, so that imports count as for a user. ``warm``:
a process that has read the file once reads it again, as a batch or a service would; only the second reading counts.
The rounds alternate between the contenders: a machine that slows down slows all of them. Processor time is what a
contender and its processes take of the machine, whatever else runs on it.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "corpus/reports/liulin_final_accounts_2024.pdf"
EXTRACT = Path(sys.executable).with_name("extract")
# As most do, a contender's Python keeps its bytecode, whatever this one was told.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
# What the contenders do with the file that is their only argument.
READ = {
    "extract": """
import extractor
def read(file):
    extractor.extract(file)
""",
    "pdfplumber, text and tables": """
import pdfplumber
def read(file):
    with pdfplumber.open(file) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()
""",
    "pdfplumber, text": """
import pdfplumber
def read(file):
    with pdfplumber.open(file) as pdf:
        for page in pdf.pages:
            page.extract_text()
""",
    "pypdfium2, text": """
import pypdfium2
def read(file):
    for page in pypdfium2.PdfDocument(file):
        page.get_textpage().get_text_bounded()
""",
}
COLD = "{read}\nimport sys\nread(sys.argv[1])"
# The second reading, timed from within.
WARM = """{read}
import sys, time
read(sys.argv[1])
start, used = time.perf_counter(), time.process_time()
read(sys.argv[1])
print(time.perf_counter() - start, time.process_time() - used)
"""


class Time(NamedTuple):
    """What one run takes, in seconds: on the clock, and of the processor."""

    clock: float
    processor: float


Contender = Callable[[], Time]


def list_cold(pdf: Path, folder: str) -> dict[str, Contender]:
    """The contenders that start from nothing; ours is the command, which also writes its JSON."""
    scripts = {name: [sys.executable, "-c", COLD.format(read=read), str(pdf)] for name, read in READ.items()}
    commands = scripts | {"extract": [str(EXTRACT), str(pdf), "-q", "-o", folder]}
    return {name: lambda command=command: time_command(command) for name, command in commands.items()}


def list_warm(pdf: Path) -> dict[str, Contender]:
    """The contenders that have read the file before."""
    scripts = {name: [sys.executable, "-c", WARM.format(read=read), str(pdf)] for name, read in READ.items()}
    return {name: lambda script=script: read_time(script) for name, script in scripts.items()}


def time_command(command: Sequence[str]) -> Time:
    """What one run of a command takes; a run that fails ends the benchmark."""
    before, start = sum_used(), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT)
    return Time(time.perf_counter() - start, sum_used() - before)


def sum_used() -> float:
    """The processor time of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def read_time(script: Sequence[str]) -> Time:
    """What a script says that its second reading took."""
    said = subprocess.run(script, check=True, capture_output=True, text=True, env=ENVIRONMENT).stdout
    return Time(*map(float, said.split()[-2:]))


def measure(contenders: Mapping[str, Contender], rounds: int) -> dict[str, list[Time]]:
    """``rounds`` runs of every contender, alternating, after one of each that only warms the file cache."""
    for run in contenders.values():
        run()
    times: dict[str, list[Time]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            times[name].append(run())
    return times


def write_table(title: str, times: Mapping[str, Sequence[Time]]) -> str:
    """Medians of each contender, and its processor time in terms of ours."""
    base = statistics.median(one.processor for one in times["extract"])
    lines = [f"{title:40}{'clock':>9}{'processor':>11}{'ratio':>8}"]
    for name, runs in times.items():
        clock, processor = (statistics.median(column) for column in zip(*runs, strict=True))
        lines.append(f"  {name:38}{clock:8.2f}s{processor:10.2f}s{processor / base:7.1f}x")
    return "\n".join(lines)


def main() -> None:
    """Reads the arguments, measures, prints."""
    pdf = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    if not pdf.is_file():
        sys.exit(f"{pdf}: no such file")
    with tempfile.TemporaryDirectory() as folder:
        print(f"{pdf.name}, medians of {rounds} rounds")
        print(write_table("cold: a process from nothing", measure(list_cold(pdf, folder), rounds)), flush=True)
    print(write_table("warm: the second reading of a process", measure(list_warm(pdf), rounds)))


if __name__ == "__main__":
    main()
