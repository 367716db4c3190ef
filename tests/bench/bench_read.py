"""Times ``extract`` on a PDF next to scripts that only read the same file with pdfplumber.

    python tests/bench/bench_read.py [FILE.pdf] [ROUNDS]

Every contender is a process of its own, started from nothing, so that imports count as for a user. The
rounds alternate between the contenders: a machine that slows down slows all of them.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "corpus/reports/liulin_final_accounts_2024.pdf"
EXTRACT = Path(sys.executable).with_name("extract")
READ = """
import sys, pdfplumber
with pdfplumber.open(sys.argv[1]) as pdf:
    for page in pdf.pages:
        page.extract_text()
"""
READ_TABLES = READ + "        page.extract_tables()\n"


def contenders(pdf: Path, folder: str) -> dict[str, list[str]]:
    """The command of each contender, by the name it has in the table."""
    python = sys.executable
    return {
        "extract (text, sections, claims, JSON)": [str(EXTRACT), str(pdf), "-q", "-o", folder],
        "pdfplumber, text": [python, "-c", READ, str(pdf)],
        "pdfplumber, text and tables": [python, "-c", READ_TABLES, str(pdf)],
    }


def seconds(command: list[str]) -> float:
    """How long one run of ``command`` takes; a run that fails ends the benchmark."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def measure(commands: dict[str, list[str]], rounds: int) -> dict[str, list[float]]:
    """``rounds`` runs of every command, alternating, after one of each that only warms the file cache."""
    for command in commands.values():
        seconds(command)
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            times[name].append(seconds(command))
    return times


def table(times: dict[str, list[float]]) -> str:
    """Median, fastest and slowest of each contender, and its median in terms of the first one's."""
    base = statistics.median(next(iter(times.values())))
    lines = [f"{'':40}{'median':>9}{'min':>8}{'max':>8}{'ratio':>8}"]
    for name, runs in times.items():
        middle = statistics.median(runs)
        lines.append(f"{name:40}{middle:8.2f}s{min(runs):7.2f}s{max(runs):7.2f}s{middle / base:7.1f}x")
    return "\n".join(lines)


def main() -> None:
    """Reads the arguments, measures, prints."""
    pdf = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    if not pdf.is_file():
        sys.exit(f"{pdf}: no such file")
    with tempfile.TemporaryDirectory() as folder:
        print(f"{pdf.name}, {rounds} rounds\n{table(measure(contenders(pdf, folder), rounds))}")


if __name__ == "__main__":
    main()
