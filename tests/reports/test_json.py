import json as standard
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from extractor.diffs import diff
from extractor.model import Claim, Diff, DocumentInfo, Page, Result, Section, TableCell
from extractor.reports.files import records
from extractor.reports.files.formats import json, jsonl
from extractor.reports.files.indented import indent
from extractor.reports.files.schema import DIALECT, make_schema
from extractor.reports.printable import COMMANDS, escape_json
from tests.reports.results import result

FORMAT = Path(__file__).parents[2] / "../shared/design/format.md"
# What the contract tells above its tables: of pages that were recognised.
RECOGNISED = ["confidence"]


def test_json_reads_back_as_the_same_result() -> None:
    for data in (json.encode(result()), jsonl.encode(result())):
        assert msgspec.json.decode(data, type=Result) == result()


def test_an_entry_of_json_stands_on_a_few_lines_of_its_own() -> None:
    made = result()
    lines = json.encode(made).decode().splitlines()
    assert lines[0] == "{"
    assert lines[1] == '  "schema": "extractor/1",'
    for claim in made.claims:
        (first,) = (at for at, line in enumerate(lines) if line.startswith(f'    {{"id":"{claim.id}","section":'))
        assert '"boxes":[[72.0,90.5,140.0,104.0]]' in lines[first] or not claim.boxes
        assert lines[first + 1].startswith('     "scope":{"level":')
    cells = [cell for table in made.tables for row in table.rows for cell in row]
    assert sum(line.lstrip("[ ").startswith('{"text":"') for line in lines) == len(cells)


@pytest.mark.parametrize("breaks", records.BREAKS.items(), ids=lambda item: item[0].__name__)
def test_lines_break_at_fields_that_every_entry_has(breaks: tuple[Any, tuple[bytes, ...]]) -> None:
    type_, fields = breaks
    names = [re.findall(r'"(\w+)"', field.decode())[0] for field in fields]
    if type_ is tuple:
        assert TableCell.__struct_encode_fields__[0] == names[0]
        return
    assert type_.__struct_config__.omit_defaults is False
    assert [name for name in type_.__struct_encode_fields__[1:] if name in names] == names


def test_what_looks_like_a_field_in_a_text_breaks_no_line() -> None:
    text = ',"scope":{"level":1}\n],{"text":"a"}'
    made = result(text=text)
    assert msgspec.json.decode(json.encode(made), type=Result) == made
    assert json.encode(made).count(b'     "scope":{"level":') == len(made.claims)


def test_comparisons_are_laid_out_alike() -> None:
    made = diff("收入10万元。支出8万元。".encode(), "收入11万元。支出8万元。".encode())
    laid = records.lay_out(made)
    assert msgspec.json.decode(laid, type=Diff) == made
    assert standard.loads(records.lay_out([made, made])) == [standard.loads(laid)] * 2
    assert laid.count(b'\n      {"id":"c') == laid.count(b'\n       "scope":{"level":') == 4
    assert laid.count(b'\n     "message":{"zh":"') == len(made.pairs)


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


def test_what_a_terminal_would_obey_is_escaped_wherever_it_stands() -> None:
    for code in {*range(0x3000), *range(0xFE00, 0x10000)}:
        data = msgspec.json.encode(f"·“甲{chr(code)}乙”")
        escaped = escape_json(data)
        assert not COMMANDS.search(escaped.decode())
        assert (escaped == data) == (not COMMANDS.search(data.decode()))
        assert standard.loads(escaped) == standard.loads(data)
