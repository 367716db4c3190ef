"""The page of the inputs that were tried says what comes of them, and the command ends as it says."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from inputs import INPUTS, Input

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = ROOT.parent / "shared" / "corpus"
# Office programs and the recognition of pictures may be installed or not.
PLAIN = {**os.environ, "PYTHONPATH": str(ROOT), "EXTRACT_OCR": "off"}
COMMAND = "import sys; from extractor.cli import main; sys.exit(main())"
# One of each group, and those that are refused for another reason, by the command itself.
TRIED = [one for one in INPUTS if one.name in ("report.md", "report.ofd", "report.json", "report.7z")]


def test_the_page_of_inputs_is_what_comes_of_them() -> None:
    line = [sys.executable, "docs/inputs_page.py", "--check"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, env=PLAIN)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("one", TRIED, ids=lambda one: f"{one.name}: {one.what}")
def test_the_command_ends_as_the_page_says(one: Input, tmp_path: Path) -> None:
    file = tmp_path / one.name
    file.write_bytes(one.make())
    line = [sys.executable, "-c", COMMAND, str(file), "--lang", "en", "-o", str(tmp_path / "out.json")]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, env=PLAIN)
    (row,) = (row for row in (ROOT / "docs" / "inputs.md").read_text("utf-8").splitlines() if f"| {one.what} |" in row)
    assert row.endswith(f"| {done.returncode} |"), done.stderr
    assert (done.returncode == 0) == (tmp_path / "out.json").exists()


def test_every_published_report_at_hand_is_counted() -> None:
    if not PUBLISHED.is_dir():
        pytest.skip("no published reports at hand in ../shared/corpus")
    rows = tomllib.loads((ROOT / "docs" / "inputs.toml").read_text("utf-8"))["row"]
    assert all(row["files"] == row["read"] + row["refused"] for row in rows)
    pdfs = len(list(PUBLISHED.rglob("*.pdf")))
    assert sum(row["files"] for row in rows if row["ending"] == ".pdf") == pdfs
