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

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "corpus/reports"
COMMAND = [sys.executable, "-c", "from extractor.cli import main; main()"]
PART = 40
"""Documents that the contenders of the throughput are timed on."""
BARE = """
import sys
from pathlib import Path
from extractor.pipeline import extract
from extractor.reports.json import line
for name in sys.argv[2:]:
    data = line(extract(name))
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


def seconds(command: list[str]) -> float:
    """How long one run of ``command`` takes; a run that fails ends the benchmark."""
    start = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - start


def contenders(folder: Path, files: list[Path]) -> Iterator[tuple[str, list[str]]]:
    """The command of each contender, in a folder of its own."""
    names = [str(file) for file in files]
    yield "bare extraction, JSON lines written", [sys.executable, "-c", BARE, str(folder), *names]
    yield "batch, 1 job", batch(folder / "one", files, 1)
    yield "batch, 2 jobs", batch(folder / "two", files, 2)
    yield "pdfplumber, text and tables", [sys.executable, "-c", PLUMBER, "-", *names]


def measure(files: list[Path], rounds: int) -> dict[str, list[float]]:
    """``rounds`` runs of every contender, alternating, each into an empty folder."""
    times: dict[str, list[float]] = {}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            for name, command in contenders(Path(folder), files):
                times.setdefault(name, []).append(seconds(command))
    return times


def table(times: dict[str, list[float]], count: int) -> str:
    """Median, fastest and slowest of each contender, its documents a second, and its median in terms of the first's."""
    base = statistics.median(next(iter(times.values())))
    lines = [f"{'':38}{'median':>9}{'min':>8}{'max':>8}{'docs/s':>8}{'ratio':>8}"]
    for name, runs in times.items():
        middle = statistics.median(runs)
        row = f"{middle:8.2f}s{min(runs):7.2f}s{max(runs):7.2f}s{count / middle:8.2f}{middle / base:7.2f}x"
        lines.append(f"{name:38}{row}")
    return "\n".join(lines)


def ratios(times: dict[str, list[float]]) -> str:
    """The two figures asked for, as medians of what each round says: what its contenders met alike."""
    bare, one, two, _ = times.values()
    gain = statistics.median(a / b for a, b in zip(one, two, strict=True))
    cost = statistics.median(a / b for a, b in zip(one, bare, strict=True))
    return f"two jobs against one: {gain:.2f}x; one job over the bare extraction: {100 * (cost - 1):+.1f} %"


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
    lines = (out / "index.jsonl", max(1, len(files) // 20))
    start = time.perf_counter()
    run = subprocess.Popen([*batch(out, [files[0].parent], jobs)])
    peak = [0.0]
    watch = threading.Thread(target=follow, args=(run, *lines, peak))
    watch.start()
    code = run.wait()
    watch.join()
    took = time.perf_counter() - start
    size = sum(path.stat().st_size for path in out.glob("results/??/*")) / len(files)
    print(f"{len(files)} documents, exit {code}, {took:.0f} s, {len(files) / took:.2f} a second")
    print(f"largest worker ever {peak[0]:.0f} MB; {size / 1024:.0f} KB a result,", end=" ")
    print(f"{(out / 'store.duckdb').stat().st_size / len(files) / 1024:.0f} KB a document in the database")
    print(f"extract rebuild: {seconds([*COMMAND, 'rebuild', str(out)]):.1f} s")


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
        times = measure(part, rounds)
        print(f"{len(part)} documents, {rounds} rounds\n{table(times, len(part))}\n{ratios(times)}\n")
        with tempfile.TemporaryDirectory() as out:
            curve(Path(out, "out"), files, 2)


if __name__ == "__main__":
    main()
