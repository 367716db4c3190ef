"""One diff is the same bytes in every run, in whatever order a set is walked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

REPORT = Path(__file__).resolve().parents[2] / "corpus/reports/ningchuan_plan_report_1952.txt"
CODE = """
import sys, msgspec, extractor
text = open(sys.argv[1], encoding="utf-8").read()
turned = "\\n".join([*text.split("\\n")[:3], *text.split("\\n")[:2:-1]])
found = extractor.diff(text.encode(), turned.encode())
sys.stdout.buffer.write(msgspec.json.encode(found.pairs))
"""


def test_hash_seeds_do_not_show() -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-c", CODE, str(REPORT)],
            capture_output=True, check=True, env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    ]  # fmt: skip
    assert len(runs[0]) > 1000
    assert len(set(runs)) == 1
