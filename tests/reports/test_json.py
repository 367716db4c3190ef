import json as standard
import re
from pathlib import Path

import msgspec
import pytest
from jsonschema import Draft202012Validator

from extractor.model import Claim, DocumentInfo, Page, Result, Section
from extractor.reports.files.formats import json, jsonl
from extractor.reports.files.indented import indent
from extractor.reports.files.schema import DIALECT, make_schema
from tests.reports.results import result

FORMAT = Path(__file__).parents[2] / "../shared/design/format.md"
# What the contract tells above its tables: of pages that were recognised.
RECOGNISED = ["confidence"]


def test_json_reads_back_as_the_same_result() -> None:
    for data in (json.encode(result()), jsonl.encode(result())):
        assert msgspec.json.decode(data, type=Result) == result()


def test_json_is_indented_with_a_box_on_one_line() -> None:
    lines = json.encode(result()).decode().splitlines()
    assert lines[0] == "{"
    assert lines[1] == '  "schema": "extractor/1",'
    assert "        [72.0, 90.5, 140.0, 104.0]" in lines


def test_text_that_looks_like_an_array_stays_as_it_is() -> None:
    text = "[\n  1,\n  2\n]"
    assert standard.loads(json.encode(result(text=text)))["text"] == text


def test_a_line_is_one_line_and_both_end_with_a_break() -> None:
    assert jsonl.encode(result()).count(b"\n") == 1
    assert jsonl.encode(result()).endswith(b"}\n")
    assert json.encode(result()).endswith(b"}\n")


def test_a_result_fits_its_schema() -> None:
    made = standard.loads(make_schema())
    assert made["$schema"] == DIALECT
    Draft202012Validator.check_schema(made)
    Draft202012Validator(made).validate(standard.loads(json.encode(result())))


def test_the_schema_refuses_what_is_no_result() -> None:
    wrong = standard.loads(jsonl.encode(result()))
    del wrong["claims"][0]["metric"]
    wrong["claims"][1]["kind"] = "guess"
    errors = [error.message for error in Draft202012Validator(standard.loads(make_schema())).iter_errors(wrong)]
    assert len(errors) == 2


def test_the_schema_is_the_same_every_time() -> None:
    assert make_schema() == make_schema()


def test_the_types_have_the_fields_of_the_contract() -> None:
    if not FORMAT.is_file():
        pytest.skip(f"the contract is not beside this checkout ({FORMAT})")
    contract = FORMAT.read_text(encoding="utf-8")
    parts = {part.split("\n", 1)[0]: part for part in contract.split("\n## ")}
    rows = [re.findall(r"`(\w+)`", line.split("|")[1]) for line in parts["Claim"].splitlines() if line[:3] == "| `"]
    promised = [field for row in rows for field in row]
    assert [*promised, *RECOGNISED] == list(Claim.__struct_fields__)
    assert [*re.findall(r"\w+", parts["Section"].split("\n")[1])] == list(Section.__struct_fields__)
    example = contract.split("```")[1]
    for type_ in (Result, DocumentInfo, Page):
        unknown = {field for field in type_.__struct_fields__ if f'"{field}"' not in example}
        # The encoding of a text, who published a page, and what the checks verify, are told beyond the contract.
        assert unknown <= {"encoding", "publisher", "verification"}


def test_short_objects_stand_on_one_line_and_long_ones_do_not() -> None:
    text = 'ends with {\n "a": [ 1,\n } and "quotes" \\'
    value = {
        "short": {"start": 1, "end": 9},
        "long": {"zh": "数" * 200, "en": text},
        "nested": {"a": {"b": text}, "c": []},
    }
    made = indent(value)
    assert standard.loads(made) == value
    assert '  "short": {"start": 1, "end": 9},' in made.decode().splitlines()
    assert '  "long": {' in made.decode().splitlines()
    assert standard.loads(json.encode(result())) == standard.loads(jsonl.encode(result()))
