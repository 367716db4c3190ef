import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents.naming import decode_name
from extractor.model import DEBUG, InputError, Result
from extractor.reports.files.targets import OutputError, name_stems, replacing
from extractor.runs.extract import Request, extract_files
from tests.reports.results import result


def extract(file: Path) -> Result:
    if file.name.startswith("absent"):
        raise InputError("input.missing", name=file.name)
    if file.name.startswith("bug"):
        raise ValueError("boom")
    return result(decode_name(file.name), warnings=("页眉较多。",) if file.name.startswith("noted") else ())


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written() -> list[str]:
    return sorted(path.as_posix() for path in Path().rglob("*") if path.is_file())


def test_one_file_goes_to_outputs_with_a_summary(capsys: pytest.CaptureFixture[str]) -> None:
    assert extract_files([Path("决算.pdf")], extract, Request("outputs/")) == 0
    assert written() == ["outputs/决算.json"]
    out, err = capsys.readouterr()
    assert "3 条量化表述" in out
    assert err == ""


def test_files_with_one_stem_do_not_overwrite_each_other() -> None:
    files = [Path(name) for name in ("a/x.pdf", "b/x.pdf", "x.txt", "y.pdf", "y.pdf")]
    assert extract_files(files, extract, Request("out/")) == 0
    assert written() == ["out/a_x.pdf.json", "out/b_x.pdf.json", "out/x.txt.json", "out/y.json"]


def test_the_others_are_done_when_one_fails(capsys: pytest.CaptureFixture[str]) -> None:
    files = [Path(name) for name in ("one.pdf", "absent.pdf", "bug.pdf", "noted.pdf")]
    assert extract_files(files, extract, Request("out/")) == 2
    assert written() == ["out/noted.json", "out/one.json"]
    out, err = capsys.readouterr()
    assert out.splitlines()[-1] == "共 4 份文件，完成 2 份，失败 2 份，6 条量化表述。"
    assert [line.split("：")[0] for line in err.splitlines()] == [
        "extract: absent.pdf",
        "extract: bug.pdf",
        "extract: noted.pdf",
    ]
    assert "Traceback" not in err


def test_a_failed_file_leaves_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    for target in ("out.json", "out.jsonl", "deep/out/"):
        assert extract_files([Path("absent.pdf")], extract, Request(target)) == 2
    assert list(Path().iterdir()) == []


def test_quiet_says_only_errors_and_a_variable_asks_where(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert extract_files([Path("noted.pdf"), Path("bug.pdf")], extract, Request("o/", quiet=True)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    monkeypatch.setenv(DEBUG, "1")
    extract_files([Path("bug.pdf")], extract, Request("o/"))
    assert "Traceback" in capsys.readouterr().err


def test_json_lines_in_one_file_or_on_the_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    files = [Path("one.pdf"), Path("absent.pdf"), Path("two.pdf")]
    assert extract_files(files, extract, Request("all.jsonl", "jsonl", quiet=True)) == 2
    lines = Path("all.jsonl").read_bytes()
    assert [json.loads(line)["document"]["name"] for line in lines.splitlines()] == ["one.pdf", "two.pdf"]
    capfdbinary.readouterr()
    extract_files(files, extract, Request("-", "jsonl"))
    assert capfdbinary.readouterr().out == lines


def test_several_documents_are_no_single_json(capsys: pytest.CaptureFixture[str]) -> None:
    for target in ("-", "all.json"):
        assert extract_files([Path("a.pdf"), Path("b.pdf")], extract, Request(target)) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert "--format jsonl" in err
    assert written() == []


def test_a_source_is_never_overwritten(capsys: pytest.CaptureFixture[str]) -> None:
    Path("report.json").write_text("原文")
    assert extract_files([Path("report.json")], extract, Request("./")) == 2
    assert extract_files([Path("report.json")], extract, Request("report.json")) == 2
    assert Path("report.json").read_text() == "原文"


def test_a_target_that_cannot_be_written_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    Path("file").write_text("")
    Path("folder.json").mkdir()
    cases = {"file/x.json": "file/x.json", "file/": "file/one.json", "n" * 300 + ".json": "n" * 300}
    for target, named in cases.items():
        assert extract_files([Path("one.pdf")], extract, Request(target)) == 2
        err = capsys.readouterr().err
        assert err.startswith(f"extract: {named}")
        assert err.count("\n") == 1
    assert written() == ["file"]


def test_a_device_is_written_to_and_a_full_one_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert extract_files([Path("one.pdf")], extract, Request("/dev/null", quiet=True)) == 0
    assert Path("/dev/null").is_char_device()
    assert extract_files([Path("one.pdf")], extract, Request("/dev/full", quiet=True)) == 2
    assert capsys.readouterr().err.startswith("extract: /dev/full：磁盘空间不足")


def interrupted(target: Path) -> None:
    with replacing(target) as file:
        file.write(b"half")
        raise KeyboardInterrupt


def test_a_link_is_followed_and_an_interruption_keeps_the_old_file() -> None:
    Path("real.json").write_text("old")
    Path("link.json").symlink_to("real.json")
    with pytest.raises(KeyboardInterrupt):
        interrupted(Path("link.json"))
    assert Path("real.json").read_text() == "old"
    with replacing(Path("link.json")) as file:
        file.write(b"new")
    assert Path("link.json").is_symlink()
    assert Path("real.json").read_text() == "new"
    assert written() == ["link.json", "real.json"]


def test_a_hostile_name_is_shown_as_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    assert extract_files([Path("absent\x1b[2J\u202e.pdf")], extract, Request("out/")) == 2
    assert capsys.readouterr().err.startswith("extract: absent\\x1b[2J\\u202e.pdf：")


def test_a_name_that_is_no_unicode_is_extracted_all_the_same() -> None:
    file = Path(os.fsdecode("报告".encode("gbk") + b".txt"))
    assert extract_files([file], extract, Request("out/", quiet=True)) == 0
    assert json.loads(next(Path("out").iterdir()).read_bytes())["document"]["name"].endswith(".txt")


names = st.text("abAB._", min_size=1, max_size=3).filter(lambda name: name.strip("."))


@given(st.lists(st.lists(names, min_size=1, max_size=3).map(lambda parts: Path(*parts)), min_size=1, unique=True))
def test_stems_never_coincide(files: list[Path]) -> None:
    made = name_stems(files)
    assert len({name.casefold() for name in made}) == len(files)
    assert not any(os.sep in name for name in made)


def test_an_unknown_reason_is_told_in_the_systems_words() -> None:
    with pytest.raises(OutputError) as caught, replacing(Path("x.json")):
        raise OSError(5, "Input/output error")
    assert caught.value.notice.message == "cli.unwritable"
