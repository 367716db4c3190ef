"""`extract diff` as a command: what it compares, prints and writes, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from rich.cells import cell_len

import extractor
from extractor import Diff, cli
from extractor.diffs import parts
from extractor.reports.files.schema import make_schema

DRAFT = "一、民生工作\n发放低保金165.71万元，走访退役军人1035人，升级日间照料中心4处。\n"
FINAL = "一、民生工作\n发放低保金165.7万元，走访退役军人1035人，升级日间照料中心3处。\n"
REPORT = f"第一部分 工作情况\n{DRAFT}附件1\n自评报告\n{FINAL}附件2\n项目报告\n一、项目情况\n走访退役军人1035人。\n"


@pytest.fixture(autouse=True)
def _with_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for name, text in (("draft.txt", DRAFT), ("final.txt", FINAL), ("report.txt", REPORT)):
        Path(name).write_text(text, encoding="utf-8")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.run(["diff", *arguments])
    return code, *capsys.readouterr()


def test_two_files_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "draft.txt", "final.txt")
    assert (code, err) == (1, "")
    assert next(li for li in out.splitlines() if "4处" in li).split()[:5] == [
        "4处",
        "≠",
        "不一致",
        "3处",
        "升级日间照料中心",
    ]
    assert "1035人" not in out
    assert "不一致 1 处" in out


def test_the_columns_are_aligned_and_fit(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "draft.txt", "final.txt", "-v")
    lines = out.splitlines()
    head = next(line for line in lines if "关系" in line)
    rows = [line for line in lines if " ≠ " in line or " = " in line or " ≈ " in line]
    assert len(rows) == 3
    assert len({cell_len(line[: line.index(mark)]) for line in rows for mark in "≠=≈" if f" {mark} " in line}) == 1
    assert cell_len(head[: head.index("关系")]) == cell_len(rows[0][: rows[0].index("≈")])
    assert max(cell_len(line) for line in lines) <= 100


def test_sentences_stand_below_their_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "draft.txt", "final.txt", "-v")
    said = [" ".join(line.split()) for line in out.splitlines()]
    told = next(at for at, line in enumerate(said) if line.startswith("4处"))
    assert said[told + 1 : told + 3] == [
        "左：发放低保金[-165.71-]万元，走访退役军人1035人，升级日间照料中心【4处】。",
        "右：发放低保金{+165.7+}万元，走访退役军人1035人，升级日间照料中心【3处】。",
    ]


def test_claims_carry_their_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "draft.txt", "final.txt", "-o", "-")
    sentence = json.loads(out)["right"]["claims"][2]["sentence"]
    assert sentence["text"] == FINAL[sentence["start"] : sentence["end"]].strip()
    assert "日间照料中心3处" in sentence["text"]


def test_what_the_files_are_to_each_other_is_told_or_named(capsys: pytest.CaptureFixture[str]) -> None:
    _, told, _ = run(capsys, "draft.txt", "final.txt", "-o", "-")
    _, named, _ = run(capsys, "draft.txt", "final.txt", "--as", "attachment", "-o", "-")
    assert [json.loads(one)["as"] for one in (told, named)] == ["version", "attachment"]
    assert json.loads(named)["why"]["en"] == "named by --as"
    assert "比较方式  两个版本" in run(capsys, "draft.txt", "final.txt")[1]


def test_words_that_changed_stand_below_the_pairs(capsys: pytest.CaptureFixture[str]) -> None:
    Path("other.txt").write_text(DRAFT.replace("民生工作", "民生事业"), encoding="utf-8")
    code, out, _ = run(capsys, "draft.txt", "other.txt")
    assert code == 0
    assert "标题由“一、民生工作”改为“一、民生事业”" in out


def test_findings_that_a_reader_dismissed_are_told_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    wrong = "一、收支情况\n收入合计100.50万元，其中：财政收入60.20万元，其他收入30.10万元。\n"
    for name, text in (("one.txt", wrong), ("two.txt", wrong.replace("30.10", "31.10"))):
        Path(name).write_text(text, encoding="utf-8")
    result = extractor.extract("one.txt")
    check = result.findings[0].checks[0]
    made = {"schema": "extractor-decisions/1", "document": result.document.sha256}
    Path("d.json").write_text(json.dumps({**made, "decisions": {check: {"state": "dismissed"}}}), encoding="utf-8")
    found = [run(capsys, "one.txt", "two.txt", "-o", "-", *more)[1] for more in ((), ("--decisions", "d.json"))]
    assert [[one["status"] for one in json.loads(out)["findings"]] for out in found] == [["changed"], ["dismissed"]]


def test_a_command_may_follow_its_options(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--lang", "en", "diff", "draft.txt", "final.txt"]) == 1
    assert "1 contradictions" in capsys.readouterr().out


def test_nothing_contradicts(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "draft.txt", "draft.txt", "--lang", "en")
    assert code == 0
    assert "Nothing contradicts." in out
    assert "3 equal" in out


def test_rounded_and_cut_numbers_contradict_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Path("cut.txt").write_text("一、民生工作\n发放低保金165万元。\n", encoding="utf-8")
    code, out, _ = run(capsys, "draft.txt", "cut.txt")
    assert code == 0
    assert "舍去末位" in out


def test_saved_results_give_the_same_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["draft.txt", "final.txt", "-q", "-o", "out/"]) == 0
    of_files = run(capsys, "draft.txt", "final.txt", "-o", "-")
    assert of_files == run(capsys, "out/draft.json", "out/final.json", "-o", "-")
    found = json.loads(of_files[1])
    assert found["schema"] == "extractor-diff/1"
    assert [pair["relation"] for pair in found["pairs"]] == ["rounded", "equal", "different"]
    Draft202012Validator(json.loads(make_schema(Diff))).validate(found)


def test_the_schema_of_a_diff(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["schema", "--diff"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Diff"


def test_two_parts_of_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "report.txt", "--between", "第一部分", "附件1", "--lang", "en")
    assert code == 1
    assert "第一部分 工作情况  3 claims" in out
    assert "附件1 自评报告  3 claims" in out


def test_the_body_against_each_attachment(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "report.txt", "-o", "-")
    first, second = json.loads(out)
    assert code == 1
    assert [side["part"] for side in (first["left"], first["right"], second["right"])] == [
        None,
        "附件1 自评报告",
        "附件2 项目报告",
    ]
    assert [pair["relation"] for pair in second["pairs"]] == ["equal"]


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx", "html"])
def test_the_ending_chooses_the_format(capsys: pytest.CaptureFixture[str], ending: str) -> None:
    code, out, _ = run(capsys, "draft.txt", "final.txt", "-o", f"diff.{ending}")
    assert code == 1
    assert f"diff.{ending}" in out
    assert Path(f"diff.{ending}").stat().st_size > 100


def test_a_file_for_each_attachment(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "report.txt", "-q", "-o", "diff.csv")[:2] == (1, "")
    assert sorted(file.name for file in Path().glob("*.csv")) == ["diff-1.csv", "diff-2.csv"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["draft.txt", "missing.txt"], "missing.txt"),
        (["draft.txt"], "--between"),
        (["draft.txt", "final.txt", "report.txt"], "3"),
        (["draft.txt", "final.txt", "--between", "第一部分", "附件1"], "--between"),
        (["report.txt", "--between", "第一部分", "附件9"], "附件9”，请从这些标题中选用：第一部分 工作情况 | 附件1"),
        (["report.txt", "--between", "附件1", "一、"], "有 3 个标题与“一、”相符"),
        (["report.txt", "--format", "csv"], "-o"),
    ],
)
def test_what_cannot_be_compared_is_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert words in err.replace("”相符，请", "”，请") or words in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("options", [(), ("-o", "x.csv"), ("--format", "json", "-o", "-")])
def test_images_of_pages_need_a_page(capsys: pytest.CaptureFixture[str], options: tuple[str, ...]) -> None:
    code, out, err = run(capsys, "draft.txt", "final.txt", "--pages", *options)
    assert (code, out) == (2, "")
    assert err == "extract: --pages 是在对照网页中附上各页图像：请用 -o 指定 .html 文件。\n"


def test_nothing_that_is_read_is_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    before = Path("draft.txt").read_bytes()
    code, _, err = run(capsys, "draft.txt", "final.txt", "-o", str(Path("draft.txt").absolute()))
    assert code == 2
    assert "结果会覆盖输入文件" in err
    assert Path("draft.txt").read_bytes() == before


def test_parts_are_named_in_three_ways() -> None:
    result = extractor.extract(REPORT.encode())
    for name in ("附件1", "附件1 自评报告", "附件1自评", "自评报告", "自评"):
        part = parts.take_part(result, name).part
        assert part is not None
        assert part.number == "附件1"


def test_the_library_takes_paths_bytes_and_results() -> None:
    result = extractor.extract("final.txt")
    diffs = [extractor.diff("draft.txt", result), extractor.diff(Path("draft.txt"), "final.txt")]
    assert diffs[0] == diffs[1]
    part = extractor.diff(REPORT.encode(), REPORT.encode(), left_part="附件1", right_part="附件2")
    assert [pair.metric for pair in part.pairs] == ["走访退役军人"]
