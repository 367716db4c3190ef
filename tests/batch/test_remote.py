"""Files that are named by a URL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.batch import remote, work
from extractor.batch.items import find
from extractor.model import InputError

fsspec = pytest.importorskip("fsspec", reason="URLs need narrative-extractor[distributed]")

TEXT = "发放救助金20余万元。"
NAMES = ("2024/a.txt", "2024/b.pdf", "2024/c.json", "2024/.hidden.txt", "2024/deep/d.txt", "2024/.trash/e.txt")


@pytest.fixture
def bucket() -> Iterator[str]:
    """A folder in the memory of this process."""
    files = fsspec.filesystem("memory")
    for name in NAMES:
        files.pipe_file(f"/bucket/{name}", TEXT.encode())
    yield "memory://bucket"
    files.rm("/bucket", recursive=True)


def found(url: str, *, recursive: bool = True) -> list[str]:
    return [item.path for item in find([url], recursive=recursive)]


def test_folders_are_searched_as_those_of_a_disk_are(bucket: str) -> None:
    assert found(bucket) == [f"memory:///bucket/2024/{name}" for name in ("a.txt", "b.pdf", "deep/d.txt")]
    assert found(f"{bucket}/2024", recursive=False) == [f"memory:///bucket/2024/{name}" for name in ("a.txt", "b.pdf")]


def test_files_and_patterns_are_taken_as_they_are(bucket: str) -> None:
    assert found(f"{bucket}/2024/c.json") == ["memory:///bucket/2024/c.json"]
    assert found(f"{bucket}/*/*.txt") == ["memory:///bucket/2024/.hidden.txt", "memory:///bucket/2024/a.txt"]


def test_a_url_that_is_named_twice_counts_once(bucket: str) -> None:
    items = list(find([f"{bucket}/2024/a.txt", bucket, bucket]))
    assert len(items) == len({item.path for item in items}) == 3
    assert {item.size for item in items} == {len(TEXT.encode())}


def test_a_document_is_read_from_a_url_as_from_a_disk(bucket: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    options = work.options()
    there, here = work.one(f"{bucket}/2024/a.txt", options), work.one(str(file), options)
    assert (there.status, there.key, there.result) == ("done", here.key, here.result)
    assert there.claims == 1


@pytest.mark.parametrize(
    ("url", "reason"),
    [("memory://bucket/none.txt", "missing"), ("memory://none", "missing"), ("nosuch://bucket/a.txt", "protocol")],
)
def test_what_cannot_be_reached_is_told_and_the_rest_goes_on(bucket: str, url: str, reason: str) -> None:
    told: list[tuple[str, InputError]] = []
    items = list(find([url, f"{bucket}/2024/a.txt"], complain=lambda path, error: told.append((path, error))))
    assert [item.path for item in items] == ["memory:///bucket/2024/a.txt"]
    assert [(path, error.notice.message) for path, error in told] == [(url, f"batch.{reason}")]
    assert work.one(url, work.options()).reason == reason


def test_a_failure_of_the_network_is_told_in_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise RuntimeError("the other side hung up\nand more")

    monkeypatch.setattr(fsspec.get_filesystem_class("memory"), "cat_file", broken)
    outcome = work.one("memory://bucket/a.txt", work.options(lang="en"))
    assert outcome.reason == "unreadable"
    assert "the other side hung up" in (outcome.message or "")
    with pytest.raises(OSError, match="hung up"):
        remote.content("memory://bucket/a.txt")
