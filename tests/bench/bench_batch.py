"""Times ``extract batch`` on many reports: two jobs against one, the batch against bare extraction, and its memory.

    python tests/bench/bench_batch.py [DOCUMENTS] [ROUNDS]

The documents are copies of the sample reports with other bytes behind their end, so that every one is new. Throughput
is measured on a part of them, all contenders in turns; then all of them are read in one batch, and the memory of its
processes is printed as it goes. Next to it stands a script that only reads the same files with pdfplumber.
"""

from __future__ import annotations

import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "corpus/reports"
COMMAND = [sys.executable, "-c", "from extractor.cli import main; main()"]
PART = 120
"""Documents that the contenders of the throughput are timed on."""
BARE = """
import sys
from pathlib import Path
from extractor.pipeline import extract
from extractor.reports.files.formats.jsonl import encode
for name in sys.argv[2:]:
    data = encode(extract(name))
    Path(sys.argv[1], Path(name).name).write_bytes(data)
"""
PLUMBER = """
import sys, pdfplumber
for name in sys.argv[2:]:
    if name.endswith(".pdf"):
        with pdfplumber.open(name) as pdf:
            for page in pdf.pages:
                page.extract_text(), page.extract_tables()
    else:
        open(name, encoding="utf-8").read()
"""


def copies(folder: Path, count: int) -> list[Path]:
    """So many documents: the sample reports in turns, each with its number behind its end."""
    samples = itertools.cycle(sorted([*REPORTS.glob("*.pdf"), *REPORTS.glob("*.txt")]))
    made = []
    for number, sample in zip(range(count), samples, strict=False):
        mark = f"\n%{number}\n" if sample.suffix == ".pdf" else f"\n附注：第{number}号\n"
        made.append(folder / f"{number:05}{sample.suffix}")
        made[-1].write_bytes(sample.read_bytes() + mark.encode())
    return made


def batch(out: Path, files: list[Path], jobs: int) -> list[str]:
    """The command that reads these files."""
    return [*COMMAND, "batch", *(str(file) for file in files), "-o", str(out), "-j", str(jobs), "-q"]


class Run(NamedTuple):
    """How long a command took, on the clock and on the processors, its workers' time among it."""

    seconds: float
    processor: float


def timed(command: list[str]) -> Run:
    """One run of ``command``; one that fails ends the benchmark."""
    start, before = time.perf_counter(), os.times()
    subprocess.run(command, check=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(time.perf_counter() - start, used)


def contenders(folder: Path, files: list[Path]) -> Iterator[tuple[str, list[str]]]:
    """The command of each contender, in a folder of its own."""
    names = [str(file) for file in files]
    yield "bare extraction, JSON lines written", [sys.executable, "-c", BARE, str(folder), *names]
    yield "batch, 1 job", batch(folder / "one", files, 1)
    yield "batch, 2 jobs", batch(folder / "two", files, 2)
    yield "pdfplumber, text and tables", [sys.executable, "-c", PLUMBER, "-", *names]


def measure(files: list[Path], rounds: int) -> dict[str, list[Run]]:
    """``rounds`` runs of every contender, alternating, each into an empty folder."""
    times: dict[str, list[Run]] = {}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            for name, command in contenders(Path(folder), files):
                times.setdefault(name, []).append(timed(command))
    return times


def table(times: dict[str, list[Run]], count: int) -> str:
    """Each contender's median, fastest and slowest run, its processor time, and documents a second."""
    lines = [f"{'':38}{'median':>9}{'min':>8}{'max':>8}{'processor':>11}{'docs/s':>8}"]
    for name, runs in times.items():
        clock = [run.seconds for run in runs]
        middle, used = statistics.median(clock), statistics.median(run.processor for run in runs)
        lines.append(f"{name:38}{middle:8.2f}s{min(clock):7.2f}s{max(clock):7.2f}s{used:10.2f}s{count / middle:8.2f}")
    return "\n".join(lines)


def ratios(times: dict[str, list[Run]]) -> str:
    """The figures asked for: the throughput by the fastest runs, the overhead by the clock and by the processors.

    What else the machine does only makes a run slower, so the fastest is the one that says most; processor time hardly
    depends on it.
    """
    bare, one, two, _ = times.values()
    best = [min(run.seconds for run in runs) for runs in (bare, one, two)]
    used = [min(run.processor for run in runs) for runs in (bare, one)]
    cost = (
        f"{100 * (best[1] / best[0] - 1):+.1f} % by the clock, {100 * (used[1] / used[0] - 1):+.1f} % by the processors"
    )
    return f"two jobs against one: {best[1] / best[2]:.2f}x; one job over the bare extraction: {cost}"


def held(pid: int) -> tuple[float, float]:
    """The memory of a process and of its largest child, in MB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    sizes = []
    for one in (str(pid), *children):
        try:
            pages = int(Path(f"/proc/{one}/statm").read_text().split()[1])
            sizes.append(pages * os.sysconf("SC_PAGE_SIZE") / 2**20)
        except OSError:
            continue
    return sizes[0], max(sizes[1:], default=0.0)


def curve(out: Path, files: list[Path], jobs: int) -> None:
    """Reads all files in one batch and prints twenty times how much memory its processes hold."""
    start = time.perf_counter()
    run = subprocess.Popen([*batch(out, [files[0].parent], jobs)])
    peak = [0.0]
    watch = threading.Thread(target=follow, args=(run, out / "index.jsonl", max(1, len(files) // 20), peak))
    watch.start()
    code = run.wait()
    watch.join()
    took = time.perf_counter() - start
    size = sum(path.stat().st_size for path in out.glob("results/??/*")) / len(files)
    print(f"{len(files)} documents, exit {code}, {took:.0f} s, {len(files) / took:.2f} a second")
    print(f"largest worker ever {peak[0]:.0f} MB; {size / 1024:.0f} KB a result,", end=" ")
    print(f"{(out / 'store.duckdb').stat().st_size / len(files) / 1024:.0f} KB a document in the database")
    print(f"extract rebuild: {timed([*COMMAND, 'rebuild', str(out)]).seconds:.1f} s")


def follow(run: subprocess.Popen[bytes], index: Path, step: int, peak: list[float]) -> None:
    """Prints the memory every ``step`` documents until the run ends."""
    print(f"{'documents':>10}{'batch MB':>10}{'worker MB':>11}")
    after = 0
    while run.poll() is None:
        time.sleep(0.05)
        try:
            own, worker = held(run.pid)
            done = index.read_bytes().count(b"\n")
        except OSError:
            continue
        peak[0] = max(peak[0], worker)
        if done >= after:
            print(f"{done:10}{own:10.0f}{worker:11.0f}", flush=True)
            after += step


def main() -> None:
    """Reads the arguments, measures, prints."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        files = copies(Path(folder), count)
        part = files[:PART]
        if rounds:
            times = measure(part, rounds)
            print(f"{len(part)} documents, {rounds} rounds\n{table(times, len(part))}\n{ratios(times)}\n", flush=True)
        if count > PART:
            with tempfile.TemporaryDirectory() as out:
                curve(Path(out, "out"), files, 2)


if __name__ == "__main__":
    main()
