"""Annotations in three formats: nothing is lost from one to another, and what a person changes is read."""

import json
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import msgspec
import pytest
from annotations import HOUSEHOLDS, MONEY, RATE, RISE, TEXT, annotation, annotations
from hypothesis import given

from extractor.evaluation import annotation as lines
from extractor.evaluation import brat, labelstudio, sources, targets
from extractor.evaluation.annotation import Annotation
from extractor.evaluation.formats import FORMATS
from extractor.model import InputError, Kind
from extractor.reports.files.targets import OutputError


@given(annotations())
def test_nothing_is_lost_in_any_format(made: Annotation) -> None:
    assert made.text is not None
    assert lines.decode(lines.encode(made.mentions), "gold.jsonl") == made.mentions
    assert brat.decode(brat.encode(made.mentions, made.text), made.text, "gold.ann") == made.mentions
    assert labelstudio.decode(labelstudio.encode(made, made.text), "gold.json") == [made]


@pytest.mark.parametrize("form", tuple(FORMATS))
def test_files_hold_what_was_written(form: str, tmp_path: Path) -> None:
    made = annotation(MONEY, RISE, ranges=((0, 30),))
    written = targets.write(made, f"{tmp_path}/gold/", form)
    assert sources.single(written[0]) == made
    assert targets.write(made, f"{tmp_path}/gold/", form) == written


def test_the_way_through_all_formats_ends_where_it_began(tmp_path: Path) -> None:
    made = annotation(MONEY, RISE, HOUSEHOLDS, RATE)
    first = targets.write(made, str(tmp_path / "a.jsonl"))
    second = targets.write(sources.single(first[0]), str(tmp_path / "b.ann"))
    third = targets.write(sources.single(second[0]), str(tmp_path / "c.json"))
    last = targets.write(sources.single(third[0]), str(tmp_path / "d.jsonl"))
    assert last[0].read_bytes() == first[0].read_bytes()


def test_somebodys_work_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "report.jsonl").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="exists"):
        targets.write(annotation(MONEY), f"{tmp_path}/")
    assert [file.name for file in tmp_path.iterdir()] == ["report.jsonl"]


@pytest.mark.parametrize(("name", "form"), [("gold.txt", None), ("gold", None), ("gold.ann", "jsonl")])
def test_a_name_that_would_not_be_read_again(name: str, form: str | None, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="ending"):
        targets.write(annotation(MONEY), str(tmp_path / name), form)


def test_brat_takes_a_mention_over_a_line_break_in_pieces() -> None:
    text = "发放5\n万元"
    made = msgspec.structs.replace(MONEY, start=2, end=6, raw=text[2:], value="5")
    written = brat.encode((made,), text)
    assert written.startswith("T1\tlevel 2 3;4 6\t5 万元\n".encode())
    assert brat.decode(written, text, "gold.ann") == (made,)


def test_what_a_person_adds_in_brat_is_read_from_its_words() -> None:
    start = TEXT.index("20余万元")
    added = f"T7\tlevel {start} {start + 5}\t20余万元\nR1\tPart Arg1:T7 Arg2:T7\t\n#1\tAnnotatorNotes T7\t发放救助金\n"
    found = brat.decode(added.encode(), TEXT, "gold.ann")[0]
    assert (found.value, found.unit, found.approx, found.dim) == ("20", "万元", "余", "money")
    assert (found.metric, found.role, found.status) == ("发放救助金", "actual", "claim")


def exported(**value: object) -> bytes:
    region = {"id": "x", "from_name": "kind", "to_name": "text", "type": "labels", "value": value}
    relation = {"from_id": "x", "to_id": "x", "type": "relation", "direction": "right"}
    task = {"id": 1, "data": {"text": "𠮷" + TEXT}, "annotations": [{"id": 2, "result": [region, relation]}]}
    return json.dumps([task]).encode()


@pytest.mark.parametrize("shift", [1, 2])
def test_label_studio_counts_rare_characters_once_or_twice(shift: int) -> None:
    start = TEXT.index("112户") + shift
    found = labelstudio.decode(exported(start=start, end=start + 4, text="112户", labels=["level"]), "tasks.json")
    assert found[0].mentions[0].start == TEXT.index("112户") + 1
    assert found[0].mentions[0].unit == "户"


def test_of_several_entries_a_person_comes_first_unless_cancelled() -> None:
    task = json.loads(labelstudio.encode(annotation(MONEY, RISE), TEXT))[0]
    region = task["predictions"][0]["result"][:1]
    task["annotations"] = [{"was_cancelled": True, "result": []}, {"result": region}]
    found = labelstudio.decode(json.dumps(task).encode(), "tasks.json")[0]
    assert [one.raw for one in found.mentions] == ["20余万元"]


@pytest.mark.parametrize("lang", get_args(targets.Lang))
def test_the_interface_offers_every_code(lang: targets.Lang) -> None:
    view = ElementTree.fromstring(labelstudio.interface(lang))
    assert [label.get("alias") for label in view.iter("Label")] == list(get_args(Kind))
    assert {area.get("name") for area in view.iter("TextArea")} == set(labelstudio.AREAS)
    controls = {control.get("name") for control in view.iter() if control.get("toName")}
    offered = {"start", "end", "raw", *controls}
    assert offered == set(lines.Mention.__struct_fields__)


def test_brats_configuration_names_the_kinds() -> None:
    entities = brat.annotation_conf().decode().partition("[relations]")[0].splitlines()[1:]
    assert entities == list(get_args(Kind))
    assert "change_rate | 变动率" in brat.visual_conf("zh").decode()


BAD = {
    "line.jsonl": (b'{"start": 1}\n', "annotation.line"),
    "kind.jsonl": (lines.encode((MONEY,)).replace(b"level", b"levl"), "annotation.line"),
    "bytes.jsonl": (b"\xff\xfe\n", "annotation.line"),
    "short.ann": (b"T1\tlevel\n", "annotation.line"),
    "kind.ann": (b"T1\tlevl 0 3\tx\n", "annotation.mention"),
    "bytes.ann": (b"\xff\xff", "input.undecodable"),
    "note.ann": (b'T1\tlevel 0 3\tx\n#1\tAnnotatorNotes T1\t{"metric"\n', "annotation.line"),
    "deep.jsonl": (b'{"x": ' + b"[" * 100_000, "annotation.line"),
    "deep.json": (b"[" * 100_000, "annotation.tasks"),
    "list.json": (b"[1]", "annotation.tasks"),
    "cut.json": (b"{", "annotation.tasks"),
    "old.json": (b'{"schema": "extractor/1"}', "annotation.result"),
    "far.json": (exported(start=0, end=3, text="112户", labels=["level"]), "annotation.mention"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_says_why(name: str, tmp_path: Path) -> None:
    data, message = BAD[name]
    (tmp_path / name).write_bytes(data)
    (tmp_path / name).with_suffix(".txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(InputError) as error:
        sources.read(tmp_path / name)
    assert error.value.notice.message == message


def test_a_damaged_meta_file_is_named(tmp_path: Path) -> None:
    written = targets.write(annotation(MONEY), f"{tmp_path}/")[0]
    written.with_suffix(".meta.json").write_text('{"ranges": 5}', encoding="utf-8")
    with pytest.raises(InputError, match=r"report\.meta\.json"):
        sources.read(written)


@pytest.mark.parametrize("named", ["../absent.txt", "x" * 300, "a\0b", "."])
def test_a_meta_file_that_names_no_file_leaves_the_text_beside(named: str, tmp_path: Path) -> None:
    written = targets.write(annotation(MONEY), f"{tmp_path}/")[0]
    written.with_suffix(".meta.json").write_text(json.dumps({"text": named}), encoding="utf-8")
    assert sources.single(written).text == TEXT


def test_a_meta_file_reaches_no_file_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.txt").write_text("别处的文字", encoding="utf-8")
    written = targets.write(annotation(MONEY), f"{tmp_path}/in/")[0]
    for named in ("../elsewhere.txt", str(tmp_path / "elsewhere.txt")):
        written.with_suffix(".meta.json").write_text(json.dumps({"text": named}), encoding="utf-8")
        assert sources.single(written).text == TEXT
