"""The vocabulary: words that several pattern files need stand once, and what is made of them is right everywhere."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import regex

from extractor import patterns
from extractor.patterns import PatternError
from extractor.quantities.units import entries

# Reads the documents in its arguments with the pattern tree in the first one, and prints what it found of each.
READ = """
import json, sys
from pathlib import Path
from extractor import patterns
patterns.root = lambda: Path(sys.argv[1])
from extractor import extract

def found(text):
    result = extract(text.encode(), name="trial.txt")
    raw = {claim.id: claim.raw for claim in result.claims}
    return {
        "headings": [section.heading for section in result.sections],
        "claims": [(claim.raw, claim.dimension, claim.kind, raw.get(claim.part_of)) for claim in result.claims],
        "metrics": [claim.metric for claim in result.claims],
        "checks": [(check.rule, check.status) for check in result.checks],
    }

print(json.dumps([found(text) for text in sys.argv[2:]]))
"""
STYLE = """
[[pattern]]
id = "lenticular"
expression = '〖\\s*(?P<number>{zh}{1,4})\\s*〗'
mark = '〖{zh}{1,3}〗'
form = "enclosed"
line = "opens"
"""
# A measure word as an entry of its own.
ENTRY = """
[[pattern]]
id = "storefront"
words = ["爿"]
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the pattern tree."""
    return Path(shutil.copytree(patterns.root(), tmp_path / "patterns"))


def read_with(tree: Path, *texts: str) -> list[dict[str, Any]]:
    """What the tool finds in ``texts`` with the patterns of ``tree``; in its own process, for patterns are cached."""
    made = subprocess.run([sys.executable, "-c", READ, str(tree), *texts], capture_output=True, text=True, check=True)
    return list(json.loads(made.stdout))


@pytest.mark.parametrize(
    "replaced", [('words = ["台", ', 'words = ["爿", "台", '), ("\n[[pattern]]", f"{ENTRY}\n[[pattern]]")]
)
def test_a_measure_word_given_in_one_file_is_known_everywhere(tree: Path, replaced: tuple[str, str]) -> None:
    """Be it one more word of an entry, or an entry of its own."""
    file = tree / "units" / "counts.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(*replaced, 1), encoding="utf-8")
    sentences = [
        "老街现有商铺3爿。",
        "全区共有2019爿商铺。",
        "两条街各有商铺2018爿、2019爿。",
        "对新开业商铺每爿补助5000元。",
        "全年新增一爿商铺。",
        "每3爿商铺配备1名管理员。",
        "对12爿新开业的商铺给予补助。",
    ]
    new, known = (read_with(tree, *(text.replace("爿", word) for text in sentences)) for word in ("爿", "家"))
    assert json.loads(json.dumps(new, ensure_ascii=False).replace("爿", "家")) == known
    assert new[1]["claims"] == [["2019爿", "count", "level", None]]
    assert [claim[0] for claim in new[2]["claims"]][-2:] == ["2018爿", "2019爿"]
    assert new[3]["claims"] == [["5000元", "money", "rate", None]]
    assert new[4]["claims"] == []


def test_a_numbering_style_given_in_one_file_is_known_everywhere(tree: Path) -> None:
    file = tree / "vocabulary" / "numbering.toml"
    file.write_text(file.read_text(encoding="utf-8") + STYLE, encoding="utf-8")
    documents = [
        "某局2024年决算\n〖一〗基本支出情况\n基本支出100万元。\n〖二〗项目支出情况\n项目支出200万元。",
        "某局2024年决算\n支出合计300万元，其中：〖一〗人员经费支出100万元；〖二〗公用经费支出190万元。",
        "某局2024年决算\n支出合计300万元，其中：\n〖一〗人员经费支出100万元；\n〖二〗公用经费支出190万元。",
        "某局2024年决算\n〖一〗教育支出：决算100万元，完成预算的98%。\n〖二〗卫生支出：决算200万元，完成预算的95%。",
    ]
    known = [text.replace("〖", "（").replace("〗", "）") for text in documents]
    headings, inline, lines, labels = new = read_with(tree, *documents)
    written = json.dumps(new, ensure_ascii=False).replace("〖", "（").replace("〗", "）")
    assert json.loads(written) == read_with(tree, *known)
    assert headings["headings"] == ["〖一〗基本支出情况", "〖二〗项目支出情况"]
    assert [claim[3] for claim in inline["claims"]] == [None, "300万元", "300万元"]
    assert ["sum", "fails"] in inline["checks"]
    assert ["sum", "fails"] in lines["checks"]
    assert labels["headings"] == ["〖一〗教育支出：", "〖二〗卫生支出："]
    assert all("教育支出" in metric for metric in labels["metrics"][:2])


ROOM = """# A room of its own.
[words]
tools = ["锄", "犁"]
more = ["{made.tools}", "镰"]
first = ["{made.second}"]
second = ["{made.first}"]
mixed = ["{made.counted}"]

[fragments]
counted = '{tools}[一二三]'
round = '{made.about}'
about = '{round}'
"""


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pattern tree with one room."""
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary" / "made.toml").write_text(ROOM, encoding="utf-8")
    cached = (patterns.expand_room, patterns.list_rooms, patterns.read_names, patterns.lexicon)
    for one in cached:
        one.cache_clear()
    monkeypatch.setattr(patterns, "root", lambda: tmp_path)
    yield tmp_path
    for one in cached:
        one.cache_clear()


@pytest.mark.usefixtures("made")
def test_names_of_a_room_are_put_in() -> None:
    assert patterns.compiled("made/up.one", "(?:{made.counted}|{made.more})").fullmatch("犁三")
    assert patterns.complete("made/up.one", ["{made.more}", "耙"]) == ["锄", "犁", "镰", "耙"]


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    ("expression", "parts"),
    [
        ("{made.spades}", ["{made.spades}", "vocabulary/made", "known: counted", "tools"]),
        ("{yard.tools}", ["{yard.tools}", "vocabulary/ has no yard", "known: made"]),
        ("{made.round}", ["is made of itself", "made.round -> made.about -> made.round"]),
        ("{made.first}", ["is made of itself", "made.first -> made.second -> made.first"]),
        ("{made.mixed}", ["{made.counted} is an expression", "lists only"]),
    ],
)
def test_a_name_that_cannot_be_used_says_why(expression: str, parts: list[str]) -> None:
    with pytest.raises(PatternError) as error:
        patterns.compiled("made/up.one", expression)
    assert [part for part in ["made/up.one", *parts] if part not in str(error.value)] == []


def test_an_unknown_name_is_told_with_file_id_and_field(made: Path) -> None:
    text = "# One.\n[[pattern]]\nid = \"one\"\nmask = '{made.spades}'\n"
    (made / "guards.toml").write_text(text, encoding="utf-8")
    with pytest.raises(PatternError, match=r"^guards\.one\.mask: \{made\.spades\}"):
        patterns.compiled("guards.one", "{made.spades}")


@pytest.mark.parametrize(
    ("entry", "parts"),
    [
        ('take = "wrods"', ["vocabulary/yard.all", "no pattern of units", "'wrods'"]),
        ('takes = "words"', ["vocabulary/yard.all", "takes", "fields: take, from"]),
    ],
)
def test_a_derived_list_that_cannot_be_made_says_why(made: Path, entry: str, parts: list[str]) -> None:
    (made / "units.toml").write_text('[[pattern]]\nid = "one"\nwords = ["锄"]\n', encoding="utf-8")
    file = made / "vocabulary" / "yard.toml"
    file.write_text(f'[derived.all]\nfrom = "units"\n{entry}\n', encoding="utf-8")
    with pytest.raises(PatternError) as error:
        patterns.read_names("vocabulary/yard")
    assert [part for part in parts if part not in str(error.value)] == []


# Files whose words are no expressions of a text: what jieba's dictionary lacks, and the sentences that the tool writes.
# Standard names of units are of the units, by their base.
ELSEWHERE = ("units/", "vocabulary/", "help/", "messages/", "standard_units", "words", "own_words")
# Unit words that are more often another word, by what they are then.
OTHERWISE = {
    "parts of a date or a period": "年 日 天 周 度 份 期 间",
    "verbs, adverbs and prepositions": "只 则 把 对 出 升 起 所 成 分 列",
    "parts of a name or an address": "本 部 处 场 里 道 级 点 幅",
    "levels of the classification of accounts": "类 项",
}
# Where a unit word is meant as something else than what is counted in it.
MEANT = {
    "accounts/words.place_head": "the heads of columns of places",
    "checks/sum.more": "what stands behind 加 in words that add nothing",
    "cite/bodies.general": "what ends like the name of a place",
    "cite/bodies.organs": "what stands in front of 局 in words that are no bodies",
    "claims/links.each": "how many of the largest are named",
    "claims/metrics.placed": "where something stands among others: 第3位",
    "claims/metrics.noun_tags": "parts of speech",
    "claims/metrics.organisation": "个 and 家 in front of 单位, which is then no name",
    "claims/subjects.bodies": "the units of what may own attributes, which are two of many",
    "documents/web.button": "the size of the letters of a page",
    "documents/web.written": "what only lines of an article hold: an amount, a share, the end of a sentence",
    "guards/dates.day.mask": "3日元 is money, not a day",
    "guards/names.averaging_time.mask": "the hours that a mean is named by",
    "guards/names.per_so_many.mask": "shares are left out: a number is stated of so many",
    "guards/names.threshold_name.mask": "单位价值 is left out",
    "guards/numbering.house_number.mask": "the numbers of houses",
    "guards/numbering.top_of_ranking.mask": "places in a ranking",
    **dict.fromkeys(
        (
            "metrics/visits.abroad.groups.names",
            "metrics/visits.abroad.persons.names",
            "metrics/visits.foreign.batches.names",
            "metrics/visits.foreign.persons.names",
            "metrics/visits.reception.batches.names",
            "metrics/visits.reception.batches.short",
            "metrics/visits.reception.persons.names",
            "metrics/visits.reception.persons.short",
        ),
        "the names of what is counted in groups, times and persons",
    ),
    "headings/openers.whole.expression": "what stands in front of 据 in words that open nothing",
    "tables/headers.own.expression": "the names of columns",
    "tables/titles.measured.expression": "the unit of some columns, behind their names",
    "tables/titles.mixed.expression": "the unit of some columns, among their names",
    "tables/titles.aside.expression": "who filled a form in",
    "claims/rates.multiple.units": "the unit that the pattern is about",
    "claims/rates.times_each.units": "the units of how often something is done",
    "scope/facets.men.text": "what is counted by sex",
    "scope/facets.women.text": "what is counted by sex",
    "scope/names.named": "what stands in front of 市 and 县 in words that are no names",
    "scope/names.no_place": "what ends like the name of a place",
    "relations/divisions/statistics.single_group.words": "the names of both parts of a whole",
}
BRANCH = regex.compile(r"(?:(?<=[(|>])|(?<=\(\?[:=!])|(?<=\(\?<[=!])|^)[^()|\[\]{}?*+.\\^$]+(?=[|)]|$)")
LETTERS = regex.compile(r"(?<!\\)\[((?:[^\]\\\[]|\\.)*)\]")
YEAR = regex.compile(r"19\|20|20\[|20\\d|\\d\{4\}|\[12[^\]]*\]\[|\[[^\]]*(?:0-9|〇)[^\]]*\]\{4\}")
TELEPHONE = "guards/numbering.telephone.mask"
# The numbers of lists as word processors write them are those of their standard, whatever headings look like.
STANDARD = "documents/list_numbers."
NUMBERING = regex.compile(
    r"[①-⑳㈠-㈩⒈-⒛⑴-⒇]|第\S{0,20}(?:部分|章|节|编)"
    r"|(?:[一二三四五六七八九十]|numerals\.(?:small|ordinal)\})\]\{\d,\d\}(?:[、）]|\[[）)、]|\{brackets\.close\})"
    r"|(?:\\d|\[0-9(?:０-９)?\])\{1,\d\}(?:[、）]|\{brackets\.close\}|\[[.．、）)]+\])"
)


def written() -> Iterator[tuple[str, str, bool]]:
    """Every string of a pattern file but the vocabulary: where it stands, itself, whether it is a word of a list."""
    for file in sorted(patterns.root().rglob("*.toml")):
        name, table = patterns.name(file), patterns.read(file)
        if name.startswith(ELSEWHERE):
            continue
        for kind in ("words", "fragments"):
            yield from strings(name, table.get(kind, {}))
        for raw in table.get("pattern", []):
            yield from strings(f"{name}.{raw['id']}", raw)


def strings(place: str, fields: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """The strings of some fields, those of lists one by one."""
    for field, value in fields.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                yield f"{place}.{field}", one, isinstance(value, list)


def parts(text: str, is_word: bool) -> list[str]:
    """A word of a list; of an expression the branches that are words, and classes of characters, in brackets."""
    letters = (patterns.NAME.sub("", found) for found in LETTERS.findall(text))
    return [text] if is_word else BRANCH.findall(text) + [f"[{found}]" for found in letters]


def telling() -> set[str]:
    """The words that are units and nothing else."""
    units = entries().values()
    other = {word for unit in units for word in unit.nouns} | set(" ".join(OTHERWISE.values()).split())
    return {word for unit in units for word in unit.words} - other


def is_typed_again(part: str, units: set[str]) -> bool:
    """Whether a part is a unit word, or a class that has two or more for its characters."""
    return part in units or (part.startswith("[") and sum(letter in units for letter in part) > 1)


def test_no_unit_word_is_spelled_outside_the_units() -> None:
    """One that is meant comes from {measures.…}; a word that is merely spelled so is told above, with its reason."""
    units = telling()
    found = {
        (place, part)
        for place, text, is_word in written()
        for part in parts(text, is_word)
        if place not in MEANT and is_typed_again(part, units)
    }
    assert sorted(found) == []


def test_no_year_is_spelled_outside_the_vocabulary() -> None:
    """Years come from {time.…}."""
    assert [place for place, text, _ in written() if YEAR.search(text) and place != TELEPHONE] == []


def test_no_numbering_style_is_spelled_outside_the_vocabulary() -> None:
    """Markers of headings and items come from {numbering.…}."""
    own = ((place, text) for place, text, _ in written() if not place.startswith(STANDARD))
    assert [(place, found[0]) for place, text in own if (found := NUMBERING.search(text))] == []


@pytest.mark.parametrize(
    "text",
    [
        "[12][0-9]{3}年",
        "(?:19|20)[0-9]{2}",
        r"\d{4}年度?",
        "[〇一二三四五六七八九]{4}年",
        "20[2-9][0-9]",
        "[0-9０-９]{4}年",
    ],
)
def test_a_year_is_recognised(text: str) -> None:
    assert YEAR.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "[（(][一二三四五六七八九十]{1,3}[）)]",
        "[{numerals.small}]{1,3}、",
        "[0-9]{1,2}[.．、]",
        r"\d{1,3}{brackets.close}",
        "①",
    ],
)
def test_a_numbering_style_is_recognised(text: str) -> None:
    assert NUMBERING.search(text)


@pytest.mark.parametrize(
    ("text", "is_word"), [("家", True), ("每(?:人|户)", False), ("[股人户]", False), ("(?=公里)", False)]
)
def test_a_unit_word_is_recognised(text: str, is_word: bool) -> None:
    assert any(is_typed_again(part, telling()) for part in parts(text, is_word))


def test_the_exceptions_are_needed() -> None:
    units = telling()
    used = {place for place, text, is_word in written() for part in parts(text, is_word) if is_typed_again(part, units)}
    assert sorted(set(MEANT) - used) == []
