"""Which files a batch reads, whatever they are called and wherever links lead."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from extractor.batch.items import find
from extractor.model import InputError


def names(*paths: str, **options: object) -> list[str]:
    return [Path(item.path).name for item in find(paths, **options)]  # type: ignore[arg-type]


@pytest.fixture
def complaints() -> list[tuple[str, str]]:
    return []


def test_folders_files_and_patterns_in_one_order(reports: Path) -> None:
    (reports / "b").mkdir()
    (reports / "b/4.TXT").write_text("四")
    (reports / "photo.jpg").write_bytes(b"\xff")
    (reports / ".hidden.txt").write_text("x")
    assert names("reports") == ["1.txt", "2.txt", "3.txt", "4.TXT"]
    assert names("reports", recursive=False) == ["1.txt", "2.txt", "3.txt"]
    assert names("reports", glob="*.jpg") == ["photo.jpg"]
    assert names("reports/[23].txt", "reports/3.txt", "reports/photo.jpg") == ["2.txt", "3.txt", "photo.jpg"]
    assert names("reports/**/*.TXT") == ["4.TXT"]
    assert names("reports", limit=2) == ["1.txt", "2.txt"]
    assert names("reports", avoid=["reports/b"]) == ["1.txt", "2.txt", "3.txt"]
    assert [item.size for item in find(["reports/b"])] == [3]


@pytest.mark.parametrize(
    "name",
    ["两\n行.txt", "'单'\"双\".txt", "🧮.txt", "[1].txt", "-.txt", " 空 格 .txt", b"\xff\xfe\xb1\xa8.txt", "*.txt"],
)
def test_odd_names(reports: Path, name: str | bytes) -> None:
    path = os.fsdecode(name)
    (reports / path).write_text("收入1万元")
    assert path in names("reports")
    assert names(f"reports/{path}") == [path]
    listed = io.BytesIO(os.fsencode(f"reports/{path}") + b"\0reports/1.txt\0")
    assert names("-", stdin=listed) == [path, "1.txt"]


def test_a_list_by_lines(reports: Path) -> None:
    assert names("-", stdin=io.BytesIO("\ufeffreports/1.txt\r\n\nreports/2.txt".encode())) == ["1.txt", "2.txt"]


def test_links_that_loop_and_second_names(reports: Path, complaints: list[tuple[str, str]]) -> None:
    (reports / "deep").mkdir()
    (reports / "deep/up").symlink_to(reports)
    (reports / "again.txt").symlink_to(reports / "1.txt")
    (reports / "self.txt").symlink_to(reports / "self.txt")
    (reports / "gone.txt").symlink_to(reports / "nowhere.txt")

    def complain(path: str, error: InputError) -> None:
        complaints.append((Path(path).name, error.notice.message))

    found = [Path(item.path).name for item in find(["reports"], complain=complain)]
    assert found == ["1.txt", "2.txt", "3.txt", "again.txt"]
    assert complaints == [("gone.txt", "batch.missing"), ("self.txt", "batch.loop")]


def test_what_cannot_be_looked_at_costs_itself_alone(
    reports: Path, complaints: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (reports / "closed").mkdir()
    os.mkfifo("pipe.txt")
    scandir = os.scandir

    def scan(folder: Path) -> object:
        if Path(folder).name == "closed":
            raise PermissionError(13, "Permission denied", str(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", scan)

    def complain(path: str, error: InputError) -> None:
        complaints.append((Path(path).name, error.notice.message))

    found = find(["absent", "no*thing", "pipe.txt", "reports"], complain=complain)
    assert [Path(item.path).name for item in found] == ["1.txt", "2.txt", "3.txt"]
    assert complaints == [
        ("absent", "batch.missing"),
        ("no*thing", "batch.no-match"),
        ("pipe.txt", "batch.no-file"),
        ("closed", "batch.permission"),
    ]


def test_links_that_lead_out_of_a_folder_are_told(reports: Path, complaints: list[tuple[str, str]]) -> None:
    outside = reports.parent / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("全年支出100万元。", encoding="utf-8")
    (reports / "file.txt").symlink_to(outside / "secret.txt")
    (reports / "deep").mkdir()
    (reports / "deep/folder").symlink_to(outside)
    (reports / "deep/near.txt").symlink_to("../1.txt")
    (reports / "device.txt").symlink_to("/dev/zero")
    found = [
        Path(item.path).name
        for item in find(
            [str(reports)], complain=lambda path, error: complaints.append((Path(path).name, error.notice.message))
        )
    ]
    assert found == ["1.txt", "2.txt", "3.txt", "near.txt"]
    assert complaints == [("device.txt", "batch.link"), ("file.txt", "batch.link"), ("folder", "batch.link")]
    assert [item.path for item in find([str(reports / "file.txt")])] == [str(reports / "file.txt")]


def test_patterns_end_however_deep_they_ask_and_links_lead(reports: Path, complaints: list[tuple[str, str]]) -> None:
    for number in range(20):
        (reports / "deep" / "/".join("abcdefgh"[: number % 8 + 1])).mkdir(parents=True, exist_ok=True)
        (reports / f"loop{number}").symlink_to(".")
    (reports / "deep/a/b/9.txt").write_text("九")
    assert names(f"reports/{'**/' * 200}9.txt") == ["9.txt"]
    assert names("reports/**/b/**/*.txt") == ["9.txt"]
    assert names("reports/**.txt") == ["1.txt", "2.txt", "3.txt"]
    found = find(
        ["reports/" + "**/a*/" * 200 + "9.txt", "reports/" + "x" * 300 + "*"],
        complain=lambda _path, error: complaints.append(("", error.notice.message)),
    )
    assert not [*found]
    assert complaints == [("", "batch.wide-pattern"), ("", "batch.no-match")]
