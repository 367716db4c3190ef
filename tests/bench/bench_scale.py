"""What one document costs: processor time, throughput, memory and storage, the figures behind ``docs/scale.md``.

    python tests/bench/bench_scale.py [FILE ...] [--rounds N]

Every file is read in a process of its own, which has read the sample once before, as a worker of a batch has. The time
is that of the processor (user and system, the least of the rounds), so whatever else the machine does counts little.
The JSON is one line, as a batch stores it, and the same line under gzip.
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "corpus/reports"
WARM = REPORTS / "liulin_final_accounts_2024.pdf"
HEAD = (
    f"{'':36}{'MB':>7}{'pages':>6}{'claims':>7}{'cells':>7}{'CPU s':>8}{'read s':>8}"
    f"{'docs/h':>8}{'MB/s':>7}{'JSON MB':>9}{'gz MB':>7}{'peak MB':>8}"
)


class Cost(msgspec.Struct):
    """What one document took: bytes and seconds; ``read`` is the part that only opens the file and takes its bytes."""

    name: str
    size: int
    pages: int
    claims: int
    cells: int
    seconds: float
    read: float
    json: int
    packed: int
    peak: int

    def row(self) -> str:
        """The document's line of the table."""
        return (
            f"{self.name[:35]:36}{self.size / 1e6:7.3f}{self.pages:6}{self.claims:7}{self.cells:7}{self.seconds:8.2f}"
            f"{self.read:8.4f}{3600 / self.seconds:8.0f}{self.size / 1e6 / self.seconds:7.2f}{self.json / 1e6:9.3f}"
            f"{self.packed / 1e6:7.3f}{self.peak / 1024:8.0f}"
        )


def cost(path: Path, rounds: int) -> Cost:
    """Reads the file ``rounds`` times in this process, and keeps the least time."""
    from extractor import extract
    from extractor.reports.files.formats import jsonl

    extract(WARM)
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        result = extract(path)
        line = jsonl.encode(result)
        packed = len(gzip.compress(line, 6))
        taken.append(time.process_time() - start)
    start = time.perf_counter()
    content = path.read_bytes()
    read = time.perf_counter() - start
    cells = sum(len(row) for table in result.tables for row in table.rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Cost(
        path.name, len(content), len(result.pages), len(result.claims), cells, min(taken), read, len(line), packed, peak
    )


def apart(path: Path, rounds: int) -> Cost:
    """The cost as a process of its own finds it."""
    command = [sys.executable, __file__, "--one", str(path), "--rounds", str(rounds)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment)
    return msgspec.json.decode(run.stdout, type=Cost)


def main() -> None:
    """Reads the arguments, measures, prints a line for each file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        sys.stdout.buffer.write(msgspec.json.encode(cost(given.one, given.rounds)))
        return
    print(HEAD)
    for path in given.files or sorted([*REPORTS.glob("*.pdf"), *REPORTS.glob("*.txt")]):
        print(apart(path, given.rounds).row(), flush=True)


if __name__ == "__main__":
    main()
