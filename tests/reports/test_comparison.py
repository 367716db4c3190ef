"""A comparison as CSV, workbook and page: what is in it, and that text of a document stays text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from pages import Page
from pdfs import PdfPage, pdf
from results import TEXT, claim, result

from extractor.messages import Lang
from extractor.model import Claim, Diff, DocumentInfo, Likeness, Message, Pair, Quote, Relation, Side, SideClaim, Tool
from extractor.reports import markup
from extractor.reports.comparison import colours as diff_colours
from extractor.reports.comparison.beside import NOTHING, Beside
from extractor.reports.comparison.judging import is_of_comparison, name_diff
from extractor.reports.comparison.pictures import Pictures
from extractor.reports.comparison.rows import RELATIONS, fill_cells, list_rows, name_columns
from extractor.reports.decisions import Decision, load_json
from extractor.reports.formats import COMPARISONS
from extractor.runs.diff import Request, compare_files
from extractor.runs.outcome import Outcome

LANGS: tuple[Lang, ...] = ("zh", "en")
LIKENESS = Likeness(1.0, 0.5, 1.0)
HOSTILE = [
    "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", '=HYPERLINK("http://x.example","x")',
    "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1", " =1+1",
    "\x1b[31mred", "\x1b]0;title\x07", "a\u202eb\u2066c", "' onx='1",
    "</style><b>", "http://x.example/", "&lt;i&gt;", "\x00\x0b", "\ud800", 'a","b\nc',
]  # fmt: skip


def money(number: int, raw: str, value: str, unit: str = "元", **changes: Any) -> Claim:
    base = Decimal(value) * (10_000 if unit == "万元" else 1)
    return claim(number, raw, value=value, unit=unit, base_value=format(base, "f"), **changes)


def said(words: str) -> Message:
    return Message(f"{words}。", f"{words}.")


def side(*claims: Claim, **changes: Any) -> Side:
    return Side(
        changes.get("document", result().document),
        changes.get("part"),
        tuple(one if isinstance(one, SideClaim) else quoted(one) for one in claims),
    )


def quoted(one: Claim) -> SideClaim:
    """A claim as a side has it, with the words of its sentence."""
    start, end = one.sentence.start, one.sentence.end
    fields = {name: getattr(one, name) for name in Claim.__struct_fields__}
    return SideClaim(**fields | {"sentence": Quote(start, end, TEXT[start:end])})


def quoted_as(text: str, raw: str, **changes: Any) -> SideClaim:
    """A claim in a sentence of its own."""
    start = text.index(raw)
    one = claim(1, raw, start=start, end=start + len(raw), **changes)
    fields = {name: getattr(one, name) for name in Claim.__struct_fields__}
    return SideClaim(**fields | {"sentence": Quote(0, len(text), text)})


def sample() -> Diff:
    left = side(
        money(1, "6700元", "6700", metric="慰问金"), money(2, "7700元", "7700", metric="慰问金"),
        money(3, "165.71万元", "165.71", "万元", metric="保障金", page=3), money(4, "4元", "4", metric="费用"),
        money(5, "3元", "3", metric="其他"), claim(6, "3—5万元", value="3", value_high="5", metric="标准"),
        part="附件1",
    )  # fmt: skip
    right = side(
        money(1, "9元", "9", metric="在前"), money(2, "14400元", "14400", metric="慰问金"),
        money(3, "165.7万元", "165.7", "万元", metric="保障金"), money(4, "5元", "5", metric="费用"),
        money(5, "-1234567890123456.78元", "-1234567890123456.78", metric="补助"),
        claim(6, "3—5万元", value="3", value_high="5", metric="标准"), part="附件2",
    )  # fmt: skip
    pairs = (
        Pair(("c1", "c2"), "c2", "combined", "慰问金", 0.93, LIKENESS, said("合计"), None),
        Pair("c3", "c3", "rounded", "保障金", 0.9, LIKENESS, said("取舍"), None),
        Pair("c4", "c4", "different", "费用", 0.8, LIKENESS, said("不同"), None),
        Pair("c6", "c6", "equal", "标准", 1.0, LIKENESS, said("相同"), None),
    )
    return Diff("extractor-diff/1", Tool("t", "1"), left, right, pairs, ("c5",), ("c1", "c5"))


def hostile() -> Diff:
    """Every text of a document that is shown, in turn each of the hostile ones."""
    claims = [
        money(at, words, "1", metric=words, path=(words, words), unit_implied=words)
        for at, words in enumerate(HOSTILE, 1)
    ]
    names = [DocumentInfo(words, "0", "text", None, None, words, words, None, ()) for words in (HOSTILE[0], HOSTILE[4])]
    pairs = [
        Pair(one.id, one.id, "different", one.metric, 0.5, LIKENESS, said(one.metric or ""), None)
        for one in claims[::2]
    ]
    single = tuple(one.id for one in claims[1::2])
    sides = [
        side(*claims, document=one, part=words) for one, words in zip(names, (HOSTILE[1], HOSTILE[2]), strict=True)
    ]
    return Diff("extractor-diff/1", Tool("t", "1"), *sides, tuple(pairs), single, single)


def made(diff: Diff, form: str, lang: Lang = "zh") -> bytes:
    [data] = COMPARISONS.load(form).encode([diff], lang)
    return bytes(data)


def table(diff: Diff, lang: Lang = "zh") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made(diff, "csv", lang).decode("utf-8-sig"), newline="")))


def workbook(diff: Diff, lang: Lang = "zh") -> Any:
    openpyxl = pytest.importorskip("openpyxl")
    return openpyxl.load_workbook(io.BytesIO(made(diff, "xlsx", lang)))


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_claim_stands_in_a_row_in_the_order_of_the_left_side() -> None:
    found = list_rows(sample())
    assert [(row.relation, row.metric) for row in found] == [
        ("only_right", "在前"), ("combined", "慰问金"), ("rounded", "保障金"), ("different", "费用"),
        ("only_right", "补助"), ("only_left", "其他"), ("equal", "标准"),
    ]  # fmt: skip


def test_relations_are_those_of_the_format() -> None:
    assert set(RELATIONS) == {*get_args(Relation), "only_left", "only_right"}
    assert set(diff_colours.LIGHT) == set(diff_colours.DARK) == set(diff_colours.SIGNS) == set(RELATIONS)


@pytest.mark.parametrize("lang", LANGS)
def test_columns_have_names_of_their_own(lang: Lang) -> None:
    names = name_columns(lang)
    assert len(names) == len(set(names)) == len(fill_cells(1, list_rows(sample())[0], lang))


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_csv_holds_the_numbers_as_written_and_in_the_base_unit() -> None:
    assert made(sample(), "csv").startswith(b"\xef\xbb\xbf")
    combined, rounded, different = (table(sample())[at] for at in (1, 2, 3))
    assert (combined["左侧原文"], combined["左侧数值"], combined["右侧数值"]) == ("6700元 + 7700元", "14400", "14400")
    assert (rounded["左侧数值"], rounded["左侧单位"], rounded["左侧折算值"]) == ("165.71", "万元", "1657100.00")
    assert (rounded["左侧页码"], rounded["右侧页码"]) == ("3", "")
    assert (different["关系"], different["差额（右减左，折算单位）"], different["说明"]) == (
        "不一致",
        "1",
        "不同。（相似度0.80：指标1.00，语境0.50，其他特征1.00）",
    )


def test_sentences_are_marked_on_either_side() -> None:
    text = "增长率小于5%。", "增长率大于5%。"
    sides = [
        side(quoted_as(one, "5%", dimension="percent", unit="%")) for one in text
    ]  # fmt: skip
    pair = Pair("c1", "c1", "equal", "增长率", 1.0, LIKENESS, said("相同"), None)
    diff = Diff("extractor-diff/1", Tool("t", "1"), *sides, (pair,), (), ())
    [row] = table(diff)
    assert (row["左侧原句"], row["右侧原句"]) == ("增长率[-小-]于【5%】。", "增长率{+大+}于【5%】。")
    assert "<del>小</del>于<mark>5%</mark>" in made(diff, "html").decode()


def test_a_range_has_no_single_number() -> None:
    row = table(sample(), "en")[-1]
    assert (row["Left as written"], row["Left value"], row["Left base value"]) == ("3—5万元", "", "")


def test_no_cell_of_a_csv_starts_a_formula() -> None:
    for row in table(hostile()):
        for name, cell in row.items():
            if not re.fullmatch(r"-?\d+(\.\d+)?", cell):
                assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")), name
            assert "\t" not in cell
            assert cell.isprintable()


def test_a_negative_number_stays_one() -> None:
    row = next(row for row in table(sample()) if row["指标"] == "补助")
    assert row["右侧数值"] == "-1234567890123456.78"
    assert row["右侧原文"] == "'-1234567890123456.78元"


# ── workbook ─────────────────────────────────────────────────────────────────────────────────────────────


def test_workbook_has_numbers_filters_and_a_header_that_stays() -> None:
    sheet = workbook(sample())["比较"]
    named = {cell.value: cell.column for cell in sheet[1]}
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("D2", f"A1:{sheet.cell(1, len(named)).column_letter}8")
    assert [sheet.cell(4, named[name]).value for name in ("左侧数值", "左侧单位", "左侧折算值")] == [
        165.71,
        "万元",
        1657100,
    ]
    assert sheet.cell(4, named["关系"]).fill.fgColor.rgb == "FF" + diff_colours.LIGHT["rounded"][1][1:].upper()


def test_a_number_with_more_digits_than_a_spreadsheet_keeps_is_text() -> None:
    sheet = workbook(sample())["比较"]
    named = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(6, named["右侧数值"]).value == "-1234567890123456.78"


@pytest.mark.parametrize("diff", [sample(), hostile()], ids=["sample", "hostile"])
def test_workbook_has_no_formula_and_no_link(diff: Diff) -> None:
    for sheet in workbook(diff):
        for cell in chain.from_iterable(sheet.iter_rows()):
            assert cell.data_type in ("n", "s")
            assert cell.hyperlink is None


def test_summary_counts_the_relations() -> None:
    sheet = workbook(sample(), "en")["Summary"]
    facts = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
    assert (facts["Part"], facts["Claims"], facts["different"], facts["right only"]) == ("附件1", 6, 1, 2)


def test_workbook_is_the_same_every_time() -> None:
    assert made(sample(), "xlsx") == made(sample(), "xlsx")


# ── page ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lang", LANGS)
def test_page_shows_both_sides_and_links_to_what_differs(lang: Lang) -> None:
    page = Page(made(sample(), "html", lang).decode())
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    links = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
    assert links == ["#r4"]
    assert "r4" in ids
    assert len(ids) == len(set(ids))
    assert [attrs["class"] for tag, attrs in page.tags if tag == "tr" and "class" in attrs] == [
        row.relation for row in list_rows(sample())
    ]


@pytest.mark.parametrize("diff", [sample(), hostile()], ids=["sample", "hostile"])
def test_page_loads_nothing_and_runs_its_own_script_alone(diff: Diff) -> None:
    page = Page(made(diff, "html").decode())
    allowed = {
        "html", "head", "meta", "title", "style", "body", "header", "main", "h1", "h2", "fieldset", "legend", "label",
        "input", "p", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td", "span", "small", "br", "div", "b",
        "form", "select", "option", "button", "mark", "del", "ins", "ul", "script",
    }  # fmt: skip
    names = {
        "lang", "charset", "http-equiv", "content", "name", "type", "id", "checked", "class", "href", "scope", "role",
        "aria-hidden", "data-side", "title", "aria-label", "placeholder", "value", "data-weight",
        "data-key",
    }  # fmt: skip
    assert {tag for tag, _ in page.tags} <= allowed
    assert {name for _, attrs in page.tags for name in attrs} <= names
    assert all((attrs["href"] or "").startswith("#") for _, attrs in page.tags if "href" in attrs)
    policies = [
        attrs["content"] or "" for _, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    assert [re.sub("sha256-[^']+", "sha256-", policy) for policy in policies] == [
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-'"
    ]
    assert [attrs.get("type") for tag, attrs in page.tags if tag == "script"] == ["application/json", None]
    styles = re.search("<style>(.*?)</style>", made(diff, "html").decode(), re.DOTALL)
    assert styles
    assert not re.search(r"url\(|@import", styles[1])


def test_text_of_a_document_is_shown_as_text() -> None:
    content = made(hostile(), "html").decode()
    text = Page(content).text
    for words in ("<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "</style><b>", "&lt;i&gt;"):
        assert words in text
    assert not set("\x1b\x07\x00\x0b\u202e\u2066").intersection(content)
    assert r"a\u202eb\u2066c" in text


def test_page_says_when_nothing_differs_and_when_nothing_is_common() -> None:
    full = sample()
    equal = Diff("extractor-diff/1", full.tool, full.left, full.right, full.pairs[3:], (), ())
    none = Diff("extractor-diff/1", full.tool, full.left, full.right, (), ("c1",), ("c1",))
    assert "没有发现不一致之处" in made(equal, "html").decode()
    assert "没有相同的指标" in made(none, "html").decode()


def test_versions_with_one_title_are_told_apart_by_their_files() -> None:
    one, two = (result(name).document for name in ("a.txt", "b.txt"))
    diff = Diff("extractor-diff/1", Tool("t", "1"), side(document=one), side(document=two), (), (), ())
    assert "<h1>比较结果：a.txt 与 b.txt</h1>" in made(diff, "html").decode()


def test_what_is_beside_a_part_of_the_same_file_is_its_body() -> None:
    diff = Diff("extractor-diff/1", Tool("t", "1"), side(), side(part="附件2"), (), (), ())
    title = result().document.title
    assert f"<h1>比较结果：{title} · 正文 与 {title} · 附件2</h1>" in made(diff, "html").decode()


def test_colours_have_the_contrast_of_wcag_aa() -> None:
    pairs = chain(diff_colours.LIGHT.values(), diff_colours.DARK.values())
    assert [pair for pair in pairs if diff_colours.measure_contrast(*pair) < 4.5] == []
    sheet = markup.read_asset(markup.PALETTE)
    schemes = [
        dict(re.findall(r"--(ink|paper|panel|soft|accent): (#[0-9a-f]{6})", root))
        for root in re.findall(r":root \{[^}]*\}", sheet)
    ]
    for scheme, colours in zip(schemes, (diff_colours.LIGHT, diff_colours.DARK), strict=True):
        grounds = [scheme["paper"], scheme["panel"], *(ground for _, ground in colours.values())]
        inks = [scheme[name] for name in ("ink", "soft", "accent")]
        assert [
            (ink, ground) for ink in inks for ground in grounds if diff_colours.measure_contrast(ink, ground) < 4.5
        ] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024, 400])
def test_page_meets_the_standard_at_every_width(
    visited: Callable[..., Any], faults: Callable[..., Any], tmp_path: Path, width: int, scheme: str
) -> None:
    target = tmp_path / "diff.html"
    target.write_bytes(made(sample(), "html"))
    view = visited(target, width, color_scheme=scheme)
    assert view.evaluate("document.documentElement.scrollWidth") <= width
    view.locator(".contradictions a").first.click()
    assert faults(view) == []
    relation = view.locator("tr[id]:target").get_attribute("class").split()[0]
    view.locator(f"#show-{relation}").click()
    assert not view.locator(f"tr.{relation}").first.is_visible()


# ── what a reader does on the page ───────────────────────────────────────────────────────────────────────

BOXED = {"page": 1, "boxes": ((72.0, 90.5, 140.0, 104.0),)}


def version(*numbers: str) -> Diff:
    """Two versions with the same metrics, of which the first differs."""
    lefts = [money(at, f"{number}元", number, metric=f"指标{at}", **BOXED) for at, number in enumerate(numbers, 1)]
    rights = [money(1, "9元", "9", metric="指标1", **BOXED), *lefts[1:]]
    pairs = tuple(
        Pair(f"c{at}", f"c{at}", "equal" if at > 1 else "different", f"指标{at}", 1.0, LIKENESS, said("比较"), None)
        for at in range(1, len(numbers) + 1)
    )
    return Diff("extractor-diff/1", Tool("t", "1"), side(*lefts), side(*rights, part="附件1"), pairs, (), ())


@pytest.fixture
def opened(visited: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    """Opens the page of a comparison."""

    def show(diff: Diff, beside: Beside = NOTHING, width: int = 1440, **options: Any) -> Any:
        target = tmp_path / "diff.html"
        target.write_bytes(COMPARISONS.load("html").encode([diff], "zh", beside)[0])
        return visited(target, width, **options)

    return show


def test_equal_rows_are_folded_where_they_stand(opened: Callable[..., Any]) -> None:
    view = opened(version("1", "2", "3"))
    fold = view.locator(".fold button")
    assert fold.inner_text() == "= 2 行相等"
    assert view.locator("tr.equal:visible").count() == 0
    fold.click()
    assert view.locator("tr.equal:visible").count() == 2
    fold.click()
    assert view.locator("tr.equal:visible").count() == 0
    view.locator("#show-equal").click()
    assert view.locator(".fold").count() == 0
    assert view.locator("tr.equal:visible").count() == 2


def test_one_goes_from_difference_to_difference(opened: Callable[..., Any]) -> None:
    view = opened(sample())
    view.keyboard.press("n")
    assert view.locator(".here").get_attribute("id") == "r4"
    assert view.locator("#step").inner_text() == "1 / 1"
    view.locator("[name=previous]").click()
    assert view.locator(".here").count() == 1


def test_an_anchor_is_not_under_the_header(opened: Callable[..., Any]) -> None:
    view = opened(sample(), width=700)
    view.locator(".contradictions a").first.click()
    view.wait_for_timeout(100)
    top = view.locator("tr:target").bounding_box()["y"]
    head = view.locator("thead th").first.bounding_box()
    assert top >= head["y"] + head["height"] - 1


def test_decisions_are_kept_saved_and_read_back(opened: Callable[..., Any], tmp_path: Path) -> None:
    diff = version("1", "2")
    view = opened(diff)
    view.locator("tr.different label.dismissed").click()
    view.locator("tr.different textarea").fill("口径不同</script>")
    view.fill("#reviewer", "某审计员")
    assert view.locator("#progress").inner_text() == "已审 1 / 1"
    assert "已自动保存" in view.locator("#kept").inner_text()
    view.reload()
    assert view.locator("tr.different textarea").input_value() == "口径不同</script>"
    with view.expect_download() as download:
        view.get_by_role("button", name="保存意见").click()
    saved = tmp_path / "decisions.json"
    download.value.save_as(saved)
    known = load_json(saved)
    assert (known.document, is_of_comparison(known)) == (name_diff(diff), True)
    assert known.decisions == {"pair-c1~c1": Decision("dismissed", "口径不同</script>")}
    again = opened(diff, Beside(decisions=(known,)))
    assert again.locator("tr.different.is-dismissed textarea").input_value() == "口径不同</script>"
    assert again.locator("#reviewer").input_value() == "某审计员"
    other = opened(version("1", "2", "3"), Beside(decisions=(msgspec.structs.replace(known, document="0" * 64),)))
    assert other.locator("tr.is-dismissed").count() == 0
    other.set_input_files("#file", saved)
    other.wait_for_selector("tr.is-dismissed")


def test_both_pages_are_shown_with_the_numbers_in_boxes(opened: Callable[..., Any], faults: Callable[..., Any]) -> None:
    dot = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    pictures = Pictures(pages=({1: (dot, 595.0, 842.0)}, {1: (dot, 595.0, 842.0)}))
    view = opened(version("1", "2"), Beside(pictures=pictures))
    view.locator("tr.different button.sheets").click()
    assert view.locator("#sheets figure").count() == 2
    sheets, boxes = view.locator("#sheets .sheet"), view.locator("#sheets .box")
    assert boxes.count() == 2
    sheet, box = sheets.first.bounding_box(), boxes.first.bounding_box()
    assert (box["x"] - sheet["x"]) / sheet["width"] == pytest.approx(72 / 595, abs=0.01)
    assert faults(view) == []
    view.keyboard.press("Escape")
    assert view.locator("#sheets").is_hidden()


def drawn(*numbers: str) -> bytes:
    """A PDF of two lines with these numbers."""
    first, second = numbers
    page = PdfPage().text(72, 700, f"全年收入合计{first}万元。").text(72, 660, f"全年支出合计{second}万元。")
    return pdf([page])


def test_the_pages_of_two_pdfs_are_drawn_where_they_differ(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.pdf", "b.pdf", "a.txt")]
    for file, numbers in zip(files, (("100.50", "80.20"), ("100.50", "80.30")), strict=False):
        file.write_bytes(drawn(*numbers))
    files[2].write_text("全年收入合计100.50万元。", encoding="utf-8")
    target, saved = tmp_path / "diff.html", tmp_path / "decisions.json"
    request = Request(str(target), quiet=True, pages=True)
    assert compare_files(files[:2], None, request) == Outcome.FOUND
    page = Page(target.read_text(encoding="utf-8"))
    buttons = [attrs for _, attrs in page.tags if attrs.get("class") == "sheets"]
    assert len(buttons) == 2
    assert re.fullmatch(r"1( \d+\.\d){4}", buttons[0]["data-left"] or "")
    assert page.text.count("data:image/png") == 2
    refused = msgspec.structs.replace(request, pages=False, decisions=saved)
    saved.write_text(json.dumps({"schema": "extractor-decisions/1", "document": "0" * 64,
                                 "decisions": {"pair-c1~c1": {"state": "confirmed"}}}), encoding="utf-8")  # fmt: skip
    assert compare_files(files[:2], None, refused) == Outcome.FAILED
    assert compare_files([files[2], files[2]], None, request) == Outcome.FAILED
