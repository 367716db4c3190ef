"""A minute of damaged files, the same each time: none ends in anything but a result or a sentence."""

from __future__ import annotations

from random import Random

import pytest
from mutations import mutate
from seeds import list_seeds
from targets import TARGETS

from extractor.documents import ocr

# So many of each kind take a few seconds.
FILES = {"quantities": 150, "sections": 200, "tables": 100, "pdf": 60}
OF_OTHERS = 40


@pytest.fixture(autouse=True)
def without_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Office programs and the recognition of pictures are no part of what is tried: what needs them is refused."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv(ocr.SWITCH, ocr.OFF)


@pytest.mark.parametrize("name", TARGETS)
def test_damaged_files_are_read_or_refused(name: str) -> None:
    target = TARGETS[name]
    seeds, random = list_seeds(target.ending, real=False), Random(name)
    outcomes = {target.run(mutate(random.choice(seeds), random)) for _ in range(FILES.get(name, OF_OTHERS))}
    assert outcomes <= {"read", "refused"}


@pytest.mark.parametrize("name", TARGETS)
def test_whole_files_are_read(name: str) -> None:
    for seed in list_seeds(TARGETS[name].ending, real=False):
        assert TARGETS[name].run(seed) == "read"


def test_the_same_seed_gives_the_same_file() -> None:
    (seed,) = list_seeds(".docx", real=False)
    assert mutate(seed, Random(5)) == mutate(seed, Random(5)) != mutate(seed, Random(6))
