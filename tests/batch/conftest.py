"""A folder of small reports for every test of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from batches import text


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three reports; the working folder is the one around it."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"{number}.txt").write_text(text(number), encoding="utf-8")
    return folder
