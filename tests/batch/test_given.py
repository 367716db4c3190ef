"""Lists of files with what is known of them, names of one's own, what was passed over, and what is taken out again."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest
from batches import text

from extractor import cli
from extractor.batch import store

BARE = "一、情况\n发放救助金{0}万元，救助困难群众{0}人次。\n"


def run(*arguments: str) -> int:
    return cli.run(["batch", *arguments, "-o", "out", "-j", "1", "--lang", "en"])


def ask(sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect("out/store.duckdb", read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_list_says_what_documents_do_not(reports: Path) -> None:
    (reports / "bare.txt").write_text(BARE.format(7), encoding="utf-8")
    rows = [
        "Path,url,title,publisher,date", "reports/bare.txt,https://example.org/7,救助情况,云溪市民政局,2024/3/1",
        "reports/1.txt,,别的标题,别的单位,2024年12月31日",
    ]  # fmt: skip
    Path("list.csv").write_text("\n".join(rows), encoding="gb18030")
    assert run("--files", "list.csv") == 0
    told = "SELECT document, title, entity, publisher, url, CAST(published AS VARCHAR) FROM documents ORDER BY id"
    first, second = ask(told)
    assert first == ("bare.txt", "救助情况", "云溪市民政局", "云溪市民政局", "https://example.org/7", "2024-03-01")
    assert second[:4] == ("1.txt", "云溪市青石区第1街道办事处2024年度部门决算", "别的单位", "别的单位")
    assert ask("SELECT name, kind, level, place FROM entities WHERE id = 1") == [
        ("云溪市民政局", "department", "city", "云溪市")
    ]
    assert cli.run(["rebuild", "out"]) == 0
    assert ask(told) == [first, second]


def test_a_list_beside_a_folder_is_no_document(reports: Path) -> None:
    (reports / "metadata.csv").write_text("path,title\n1.txt,清单\n", encoding="utf-8")
    (reports / "other.csv").write_text("项目,收入（万元）\n甲,12\n", encoding="utf-8")
    assert run("reports") == 0
    assert ask("SELECT document FROM documents ORDER BY id") == [("1.txt",), ("2.txt",), ("3.txt",), ("other.csv",)]


@pytest.mark.parametrize(
    ("words", "said"),
    [("a,b\n1,2\n", "names its columns"), ("path,date\n1.txt,March\n", "cannot be read; write it as"), (None, "list")],
)
def test_a_list_that_is_none(reports: Path, words: str | None, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    if words:
        Path("list.csv").write_text(words, encoding="utf-8")
    assert run(str(reports), "--files", "list.csv") == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1.txt,2024年,", "the date of 1.txt, “2024年”, cannot be read"),
        (f"1.txt,,{'字' * 140_000}", "the list cannot be read (field larger than field limit"),
    ],
)
def test_a_list_beside_a_folder_that_is_wrong_is_told(
    reports: Path, row: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (reports / "metadata.csv").write_text(f"path,date,text\n{row}\n", encoding="utf-8")
    assert run("reports") == 0
    assert said in capsys.readouterr().err
    assert ask("SELECT document, published FROM documents ORDER BY id") == [(f"{number}.txt", None) for number in "123"]


def test_aliases_stay_until_others_are_given(reports: Path) -> None:
    Path("names.csv").write_text("alias,name\n市局,云溪市公安局\n", encoding="utf-8")
    for number, name in enumerate(("云溪市公安局", "市局", "云溪市民政局")):
        (reports / f"{number + 1}.txt").write_text(f"单位名称：{name}\n{BARE.format(number)}", encoding="utf-8")
    assert run("reports", "--aliases", "names.csv") == 0
    assert ask("SELECT document, entity FROM documents ORDER BY id") == [
        ("1.txt", "云溪市公安局"), ("2.txt", "云溪市公安局"), ("3.txt", "云溪市民政局"),
    ]  # fmt: skip
    (reports / "4.txt").write_text(f"单位名称：市局\n{BARE.format(9)}", encoding="utf-8")
    assert run("reports") == 0
    assert ask("SELECT count(DISTINCT entity), count(*) FROM documents") == [(2, 4)]
    Path("names.csv").write_text("alias,name\n", encoding="utf-8")
    assert cli.run(["rebuild", "out", "--aliases", "names.csv"]) == 0
    assert ask("SELECT count(DISTINCT entity), count(*) FROM documents") == [(3, 4)]


def test_what_is_passed_over_is_named(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (reports / "a.jpg").write_bytes(b"\xff")
    (reports / "b.exe").write_bytes(b"MZ")
    (reports / "self.txt").symlink_to("self.txt")
    assert run("reports") == 3
    assert "2 more files in the folders were not read (.jpg 1, .exe 1)" in capsys.readouterr().out
    told = ask("SELECT parse_filename(path), reason FROM passed_over ORDER BY ALL")
    assert told == [("a.jpg", "ending"), ("b.exe", "ending"), ("self.txt", "loop")]
    assert run(".") == 3
    assert ask("SELECT count(*) FROM documents") == [(3,)], "the batch's own files are no documents"


def test_another_batch_s_folder_is_passed_over(reports: Path) -> None:
    assert cli.run(["batch", "reports", "-o", "reports/data", "-q"]) == 0
    assert run("reports") == 0
    assert ask("SELECT parse_filename(path), reason FROM passed_over") == [("data", "store")]


def test_numbers_stay(reports: Path) -> None:
    assert run("reports") == 0
    before = dict(ask("SELECT document, id FROM documents"))
    (reports / "0.txt").write_text(text(9), encoding="utf-8")
    (reports / "2.txt").unlink()
    assert run("reports") == 0
    assert cli.run(["prune", "out", "--yes"]) == 0
    assert dict(ask("SELECT document, id FROM documents")) == {
        "0.txt": 4,
        "1.txt": before["1.txt"],
        "3.txt": before["3.txt"],
    }
    (reports / "5.txt").write_text(text(5), encoding="utf-8")
    assert run("reports") == 0
    assert ask("SELECT id FROM documents WHERE document = '5.txt'") == [(5,)]


def test_prune_says_first_and_removes_then(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("reports") == 0
    (reports / "1.txt").unlink()
    (reports / "2.txt").write_text(text(22), encoding="utf-8")
    assert run("reports") == 0
    left = Path("out/results/00")
    left.mkdir(exist_ok=True)
    (left / ".half.part").write_text("x")
    capsys.readouterr()
    assert cli.run(["prune", "out", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "1.txt: the file is gone." in shown
    assert "1 files are gone and 3 results are of no use" in shown
    assert len([*Path("out").rglob("*.zst")]) == 4
    assert cli.run(["prune", "out", "--yes", "--lang", "en"]) == 0
    assert "were removed" in capsys.readouterr().out
    assert len([*Path("out").rglob("*.zst")]) == 2
    assert ask("SELECT document FROM documents ORDER BY ALL") == [("2.txt",), ("3.txt",)]
    assert ask("SELECT count(DISTINCT document_id) FROM claims") == [(2,)]
    assert cli.run(["prune", "out", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "nothing to remove.\n"
    (reports / "1.txt").write_text(text(1), encoding="utf-8")
    assert run("reports") == 0
    assert ask("SELECT id FROM documents WHERE document = '1.txt'") == [(1,)]


def test_a_file_that_looks_as_it_did_is_not_read_again(
    reports: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("extractor.batch.items.TICK", -1.0)
    assert run("reports") == 0
    reads: list[str] = []
    monkeypatch.setattr("extractor.batch.work.content_hash", lambda path: reads.append(path) or "0" * 64)
    capsys.readouterr()
    assert run("reports") == 0
    assert capsys.readouterr().out.startswith("0 done (0 pages, 0 claims), 3 done before")
    assert reads == []
    os.utime(reports / "1.txt")
    run("reports")
    assert [Path(path).name for path in reads] == ["1.txt"]


def test_one_more_file_changes_the_database_by_itself(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("reports") == 0
    before = (store.Path("out") / "store.duckdb").stat().st_ino
    half = store.Path("out") / ".store.duckdb"
    half.write_bytes(b"half")
    parsed: list[int] = []
    from extractor.batch import database

    parse = database._parse
    monkeypatch.setattr(database, "_parse", lambda one, out, keys: parsed.append(len(keys)) or parse(one, out, keys))
    (reports / "4.txt").write_text(text(4), encoding="utf-8")
    assert run("reports") == 0
    assert parsed == [1]
    assert not half.exists(), "what a killed run left"
    assert (store.Path("out") / "store.duckdb").stat().st_ino == before
    changed = {name: ask(f"SELECT * FROM {name} ORDER BY ALL") for name in ("documents", "claims", "entities")}
    assert cli.run(["rebuild", "out"]) == 0
    assert {name: ask(f"SELECT * FROM {name} ORDER BY ALL") for name in changed} == changed
