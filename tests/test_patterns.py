"""The linter over patterns: every file loads as its stage loads it, and its words and expressions are in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
import regex

from extractor import extract, patterns
from extractor.batch import panel
from extractor.claims import vocabulary
from extractor.claims.word_lists import Lists
from extractor.model import ExtractorError
from extractor.own.kinds import find_type
from extractor.patterns import PatternError
from extractor.quantities.numerals import Numerals
from extractor.quantities.scan import Approximator, scan
from extractor.quantities.units import Unit

TABLES = {"defaults", "derived", "fragments", "pattern", "words"}
# What the file of a rule of checking holds beside them.
OF_RULES = {"advice", "basis", "label", "reasons", "relation", "roles"}
# Fields that hold an expression; those of the second group stand beside a number and may match the empty string.
FILLED = ("mask", "text", "unless", "trigger", "expression", "names", "short", "heading")
MAY_BE_EMPTY = ("before", "after")
PROBES = {
    "digits": "1" * 1000,
    "numerals": "一" * 1000,
    "places": "千万亿" * 300,
    "separators": "1," * 500,
    "points": "1." * 500,
    "brackets": "（1）" * 300,
    "words": "增加到完成预算" * 150,
    "periods": "2020年1—9月" * 150,
    "spaces": " \u3000" * 500,
}
SECONDS = 2.0
# Expressions of these are asked at the beginning of a line only.
ANCHORED = ("headings/", "documents/", "tables/")


class Named(NamedTuple):
    key: str
    expression: str
    file: str


def files() -> list[str]:
    return [patterns.name(file) for file in sorted(patterns.root().rglob("*.toml"))]


def table(name: str) -> dict[str, Any]:
    return patterns.read(patterns.root() / f"{name}.toml")


def entries(name: str) -> dict[str, dict[str, Any]]:
    """The patterns of a file by full name, the file's defaults under each."""
    read = table(name)
    return {f"{name}.{raw['id']}": read.get("defaults", {}) | raw for raw in read.get("pattern", [])}


def of_type(name: str) -> Any:
    return find_type(name)


def expressions(fields: tuple[str, ...]) -> list[Named]:
    return [
        Named(key, entry[field], name)
        for name in files()
        for key, entry in entries(name).items()
        for field in fields
        if entry.get(field)
    ]


def exceptions() -> list[Named]:
    """What must not follow a unit's word."""
    return [
        Named(f"{key}.except.{word}", follows, name)
        for name in files()
        for key, entry in entries(name).items()
        for word, follows in entry.get("except", {}).items()
    ]


def compiled(named: Named) -> regex.Pattern[str]:
    return patterns.compiled(named.key, named.expression, patterns.lexicon(named.file))


def identify(named: Named) -> str:
    return named.key


@pytest.mark.parametrize("name", files())
def test_file_begins_with_its_legend(name: str) -> None:
    first = (patterns.root() / f"{name}.toml").read_text(encoding="utf-8").splitlines()[0]
    assert re.match(r"# \S+ \S+", first), "the first line is a comment that says what the file holds"


@pytest.mark.parametrize("name", files())
def test_file_loads_as_its_stage_loads_it(name: str) -> None:
    if name == "vocabulary/numerals":
        patterns.convert(name, table(name), Numerals)
        return
    if name.startswith("help/"):
        assert all(set(entry) == {"id", "zh"} and entry["zh"] for entry in entries(name).values())
        return
    accepted_tables = TABLES | OF_RULES if name.startswith("checks/") else TABLES
    assert set(table(name)) <= accepted_tables, f"a file holds {', '.join(sorted(accepted_tables))}"
    if table(name).get("pattern"):
        accepted = {field.encode_name for field in msgspec.structs.fields(of_type(name))} | {"id"}
        assert patterns.load(name, of_type(name))
        assert {key: set(entry) - accepted for key, entry in entries(name).items() if set(entry) - accepted} == {}


@pytest.mark.parametrize("name", [name for name in files() if not name.startswith(("help/", "messages/"))])
def test_ids_are_in_snake_case(name: str) -> None:
    ids = [entry["id"] for entry in entries(name).values()]
    assert [found for found in ids if not re.fullmatch(r"[a-z][a-z0-9]*([_.][a-z0-9]+)*", found)] == []


def test_lists_of_metrics_are_complete() -> None:
    assert patterns.convert("claims/metrics", patterns.lexicon("claims/metrics"), Lists)


def word_lists() -> Iterator[tuple[str, list[str]]]:
    """Every list of words, by the place where it stands."""
    for name in files():
        for word, entry in table(name).get("words", {}).items():
            yield f"{name} [words] {word}", entry
        for key, entry in entries(name).items():
            if "words" in entry:
                yield key, entry["words"]


def test_no_word_stands_twice_in_its_list() -> None:
    twice = {place: [word for word, times in Counter(words).items() if times > 1] for place, words in word_lists()}
    assert {place: words for place, words in twice.items() if words} == {}


def test_no_word_is_empty_or_has_space_around_it() -> None:
    # A space is what texts are made of, too, from which one that grows is made (lint/growth).
    marks = ("\n", "\t", " ")
    odd = [(place, word) for place, words in word_lists() for word in words if word != word.strip() or not word]
    assert [(place, word) for place, word in odd if word not in marks] == []


def test_every_unit_word_stands_once_over_all_files() -> None:
    places = Counter(word for entry in patterns.load("units", Unit).values() for word in entry.words)
    assert [word for word, times in places.items() if times > 1] == []


def test_every_approximating_word_stands_once_in_its_place() -> None:
    entries_ = patterns.load("approximators", Approximator).values()
    places = Counter((entry.place, word) for entry in entries_ for word in entry.words)
    assert [place for place, times in places.items() if times > 1] == []


def test_exceptions_are_about_words_of_their_pattern() -> None:
    stray = {key: set(unit.exceptions) - set(unit.words) for key, unit in patterns.load("units", Unit).items()}
    assert {key: words for key, words in stray.items() if words} == {}


@pytest.mark.parametrize("named", expressions(FILLED) + exceptions(), ids=identify)
def test_expression_compiles_and_does_not_match_nothing(named: Named) -> None:
    assert not compiled(named).fullmatch("")


@pytest.mark.parametrize("named", expressions(MAY_BE_EMPTY), ids=identify)
def test_expression_beside_a_number_compiles(named: Named) -> None:
    assert compiled(named)


@pytest.mark.parametrize("named", expressions(FILLED + MAY_BE_EMPTY), ids=identify)
def test_expression_does_not_backtrack_without_end(named: Named) -> None:
    expression = compiled(named)
    ask = expression.match if named.file.startswith(ANCHORED) else expression.search
    for probe in PROBES.values():
        ask(probe, timeout=SECONDS)


@pytest.mark.parametrize("probe", PROBES)
def test_grammar_of_quantities_does_not_backtrack_without_end(probe: str) -> None:
    assert all(quantity.start < quantity.end for quantity in scan(PROBES[probe]))
    extract(f"一、概况\n{PROBES[probe]}。".encode(), name="probe.txt")


@pytest.mark.parametrize("name", files())
def test_character_classes_hold_no_list(name: str) -> None:
    """[{list}] would hold the brackets and bars of an alternation; a fragment of characters is meant."""
    lists = {key for key, entry in patterns.lexicon(name).items() if not isinstance(entry, str)}
    text = (patterns.root() / f"{name}.toml").read_text(encoding="utf-8")
    inside = re.findall(r"(?<!\\)\[(?:[^\]\\\n]|\\.)*?\{([a-z_]+)\}[^\]\n]*\]", "\n".join(quoted(text)))
    assert [found for found in inside if found in lists] == []


def quoted(text: str) -> list[str]:
    """The literal strings of a file, in which expressions are written."""
    return re.findall(r"= '(.*)'$", text, re.MULTILINE)


@pytest.mark.parametrize("name", files())
def test_named_lists_are_used(name: str) -> None:
    if name in ("words", "own_words"):
        return
    source = "".join(file.read_text(encoding="utf-8") for file in Path(patterns.__file__).parent.rglob("*.py"))
    own = (patterns.root() / f"{name}.toml").read_text(encoding="utf-8")
    read = table(name)
    named = [word for kind in ("words", "fragments", "derived") for word in read.get(kind, {})]
    if name.startswith("vocabulary/"):
        room = name.rpartition("/")[2]
        own += "".join(f"{{{word}}}" for word in named if f"{{{room}.{word}}}" in whole_tree())
    unused = [word for word in named if f"{{{word}}}" not in own]
    assert [word for word in unused if not re.search(rf'["{{]{word}["}}]|\.{word}\b', source)] == []


@cache
def whole_tree() -> str:
    return "".join((patterns.root() / f"{name}.toml").read_text(encoding="utf-8") for name in files())


GOOD = '[[pattern]]\nid = "one"\nwords = ["元"]\ndimension = "money"\nbase = "元"\n'


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (GOOD.replace("words", "wrods"), ["units/broken.one", "words", "fields: words, dimension, base"]),
        (GOOD.replace('"money"', '"cash"'), ["units/broken.one.dimension", "cash", "(accepted: ", "money"]),
        (GOOD.replace('["元"]', '"元"'), ["units/broken.one.words", "array"]),
        (GOOD + "factor = true\n", ["units/broken.one.factor"]),
        (GOOD + GOOD, ["units/broken.one", "twice", "unique"]),
        (GOOD.replace('id = "one"\n', ""), ["units/broken", "None", "more_inside"]),
        (GOOD.replace('"one"', '"one two"'), ["units/broken", "one two", "more_inside"]),
        (GOOD.replace("]]", "]", 1), ["units/broken", "not valid TOML"]),
    ],
)
def test_loader_says_what_is_wrong_and_where(
    text: str, parts: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns, "root", lambda: tmp_path)
    (tmp_path / "units").mkdir()
    (tmp_path / "units" / "broken.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PatternError) as error:
        patterns.load("units", Unit)
    assert isinstance(error.value, ExtractorError)
    assert [part for part in parts if part not in str(error.value)] == []


@pytest.mark.parametrize(
    ("expression", "parts"),
    [("(", ["guards/broken.one", "not a valid expression"]), ("{nubmer}", ["{nubmer}", "known: number"])],
)
def test_expression_that_does_not_compile_is_named(expression: str, parts: list[str]) -> None:
    with pytest.raises(PatternError) as error:
        patterns.compiled("guards/broken.one", expression, {"number": "[0-9]"})
    assert [part for part in parts if part not in str(error.value)] == []


def test_a_fragment_may_hold_lists_and_fragments_above_it() -> None:
    names: dict[str, list[str] | str] = {"unit": ["元", "元整"], "amount": "[0-9]+{unit}"}
    found = patterns.compiled("made/up.one", "共{amount}", names).search("合计共12元整")
    assert found
    assert found[0] == "共12元整"


def test_the_panel_takes_values_of_metrics_that_there_are() -> None:
    columns = patterns.load(panel.FILE, panel.Column)
    named = {key.removeprefix("panel.") for key in columns} | {one for got in columns.values() for one in got.instead}
    assert named - set(vocabulary.load_metrics()) == set()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_two_metrics_have_the_same_name(lang: str) -> None:
    named = Counter(getattr(entry, lang) for entry in vocabulary.load_metrics().values())
    assert [name for name, times in named.items() if times > 1] == []


def test_no_two_metrics_are_called_the_same() -> None:
    called = Counter(name for entry in vocabulary.load_metrics().values() for name in entry.called)
    assert [name for name, times in called.items() if times > 1] == []
