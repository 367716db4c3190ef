"""A batch that is killed loses what was in flight and nothing else: going on ends as if it had not been."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from batches import start, text

from extractor import cli
from extractor.batch import store

KILLS = int(os.environ.get("BATCH_KILLS", "3"))
SEED = os.environ.get("BATCH_SEED", "")
WITHIN = float(os.environ.get("BATCH_KILL_WITHIN", "2"))
"""Seconds within which a command is killed."""
FILES = int(os.environ.get("BATCH_FILES", "60"))
TABLES = ("documents", "entities", "sections", "claims", "tables", "cells", "checks", "findings")


def rows(out: str, table: str) -> list[tuple[object, ...]]:
    columns = "* EXCLUDE (seconds, peak_mb)" if table == "documents" else "*"
    with duckdb.connect(f"{out}/store.duckdb", read_only=True) as connection:
        return connection.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()


def results(out: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(out).glob("results/??/[!.]*")}


def workers(pid: int) -> set[int]:
    return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


@pytest.mark.skipif(sys.platform != "linux", reason="looks at the processes in /proc")
def test_killed_at_random_moments(reports: Path) -> None:
    for number in range(FILES):
        (reports / f"{number}.txt").write_text(text(number % (FILES - 10), 8), encoding="utf-8")
    assert cli.run(["batch", "reports", "-o", "whole", "-j", "2", "-q"]) == 0
    chance = random.Random(SEED or None)
    counts = []
    for _ in range(KILLS):
        batch = start("batch", "reports", "-o", "out", "-j", "2", "-q")
        wait_for(batch, len(results("out")) + chance.randint(0, 2 * FILES // KILLS))
        time.sleep(chance.random() / 10)
        children = workers(batch.pid) if batch.poll() is None else set()
        batch.send_signal(signal.SIGKILL)
        assert batch.wait(10) in (0, -signal.SIGKILL)
        assert results("out").items() <= results("whole").items()
        gone(children)
        counts.append(len(results("out")))
    assert cli.run(["batch", "reports", "-o", "out", "-j", "2", "-q"]) == 0
    print("results after each kill:", counts)
    assert counts == sorted(counts)
    assert results("out") == results("whole")
    listed = [entry.path for entry in store.entries(Path("out"))]
    assert sorted(listed) == sorted(set(listed)) == sorted(entry.path for entry in store.entries(Path("whole")))
    assert [rows("out", table) for table in TABLES] == [rows("whole", table) for table in TABLES]
    assert [path.name for path in Path("out").iterdir() if path.name.startswith(".s")] == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks at the processes in /proc")
def test_killed_while_the_data_set_is_made_pruned_and_written(reports: Path) -> None:
    for number in range(20):
        (reports / f"{number}.txt").write_text(text(number, 8), encoding="utf-8")
    assert cli.run(["batch", "reports", "-o", "out", "-j", "2", "-q"]) == 0
    for number in (4, 9, 13):
        (reports / f"{number}.txt").unlink()
    (reports / "5.txt").write_text(text(500, 8), encoding="utf-8")
    shutil.copytree("out", "whole")
    assert cli.run(["batch", "reports", "-o", "whole", "-j", "2", "-q"]) == 0
    assert cli.run(["prune", "whole", "--yes"]) == 0
    commands = (
        ["rebuild", "out"], ["batch", "reports/5.txt", "-o", "out", "-j", "1", "-q"], ["prune", "out", "--yes"],
        ["export", "out", "-o", "claims.csv"],
    )  # fmt: skip
    chance = random.Random(SEED or None)
    for at in range(max(KILLS, len(commands))):
        killed = start(*commands[at % len(commands)])
        time.sleep(chance.random() * WITHIN)
        killed.send_signal(signal.SIGKILL)
        assert killed.wait(10) in (0, -signal.SIGKILL)
        assert killed.stderr
        killed.stderr.close()
        assert cli.run(["query", "out", "SELECT count(*) FROM claims"]) == 0
    assert cli.run(["batch", "reports", "-o", "out", "-j", "2", "-q"]) == 0
    assert cli.run(["prune", "out", "--yes"]) == 0
    assert results("out") == results("whole")
    assert [rows("out", table) for table in TABLES] == [rows("whole", table) for table in TABLES]
    for folder in ("out", "whole"):
        assert cli.run(["export", folder, "-o", f"{folder}.csv"]) == 0
    assert Path("out.csv").read_bytes() == Path("whole.csv").read_bytes()
    assert [path.name for path in Path("out").iterdir() if path.name.startswith(".s")] == []


def wait_for(batch: subprocess.Popen[bytes], count: int) -> None:
    """Waits until there are so many results, or the batch has ended."""
    while batch.poll() is None and len(list(Path("out").glob("results/??/[!.]*"))) < count:
        time.sleep(0.001)


def gone(children: set[int]) -> None:
    """The workers of a killed batch end with it."""
    until = time.monotonic() + 5
    while any(Path(f"/proc/{child}/cmdline").exists() and alive(child) for child in children):
        assert time.monotonic() < until, "a worker outlived its batch"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
