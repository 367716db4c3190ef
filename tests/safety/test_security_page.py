"""Every promise of SECURITY.md names the tests that hold it, and these are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/.:]+)`", PAGE)
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ")][2:]


@pytest.mark.parametrize("named", sorted(set(NAMED)))
def test_what_is_named_is_there(named: str) -> None:
    place, _, test = named.partition("::")
    path = ROOT / place
    assert path.exists()
    if path.is_dir():
        assert [*path.glob("test_*.py")]
    elif test:
        assert f"def {test}(" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("row", ROWS)
def test_every_promise_names_a_test(row: str) -> None:
    assert re.search(r"`tests/[\w/.:]+`", row)


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_both_readmes_lead_to_it(readme: str) -> None:
    assert "(SECURITY.md)" in (ROOT / readme).read_text(encoding="utf-8")
