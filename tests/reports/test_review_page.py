"""The review page in a browser: what a reviewer does with it, and that text of a document stays text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2
import pytest
from results import claim, result

import extractor
from extractor.checks import is_verifying
from extractor.model import Check, Finding, Message, Operand, Result, Span, Table, TableCell, Verification
from extractor.reports import markup
from extractor.reports.decisions import mark_findings
from extractor.reports.printable import escape_invisible
from extractor.reports.printed import read_lines
from extractor.reports.review_page import blocks as page_text
from extractor.reports.review_page import page
from extractor.reports.review_page import payload as page_data
from extractor.reports.review_page.images import draw_pages
from extractor.reports.review_page.words import find_words
from extractor.reports.standing import SEVERITIES, list_mistakes

REPORT = Path(__file__).resolve().parents[2] / "corpus" / "reports" / "liulin_final_accounts_2024.pdf"
HOSTILE = [
    "<img src=x onerror=window.hit=1>", "</script><script>window.hit=1</script>", "<!--<script>",
    '=HYPERLINK("http://x.example","x")', "\x1b[31mred\x1b]0;title\x07", "a\u202eb\u2066c", "' onx='1", '"><b>',
    "{title}{0}", "&lt;i&gt;", "\x00\x0b", "\ud800", "javascript:window.hit=1", "𠮷𠮷", "__proto__",
]  # fmt: skip


@pytest.fixture(scope="session")
def report() -> Result:
    return extractor.extract(REPORT)


Opened = Callable[..., Any]
WRITTEN = ("lang", "decisions", "images", "printed")


@pytest.fixture
def opened(visited: Callable[..., Any], tmp_path: Path) -> Opened:
    """Opens a result's page."""

    def show(made: Result, width: int = 1440, **options: Any) -> Any:
        target = tmp_path / "report.html"
        page.write(made, target, **{k: options.pop(k) for k in WRITTEN if k in options})
        view = visited(target, width, **options)
        view.wait_for_selector("html[data-ready]", timeout=20_000)
        return view

    return show


def in_view(view: Any, selector: str) -> bool:
    return bool(
        view.evaluate(
            """selector => { const box = document.querySelector(selector).getBoundingClientRect();
               return box.width > 0 && box.top >= 0 && box.bottom <= innerHeight; }""",
            selector,
        )
    )


# ── without a browser ──


def test_is_one_file_that_loads_nothing(report: Result) -> None:
    made = page.encode(report).decode()
    assert re.search(
        r"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[\w+/]+='; img-src data:", made
    )
    assert not re.search(
        r"(src|href)=\"(?!#)|url\(|@import|\beval\b|innerHTML|insertAdjacentHTML|document\.write", made
    )
    assert made.count("<script") == 2
    assert made == page.encode(report).decode()


def test_data_cannot_end_the_script() -> None:
    assert "<" not in markup.embed(HOSTILE)
    assert json.loads(markup.embed(HOSTILE)) == HOSTILE


def test_the_whole_text_is_in_the_blocks(report: Result) -> None:
    def said(found: Any) -> str:
        return "".join(run if isinstance(run, str) else run[0] for run in found)

    blocks = page_text.cut_blocks(report)
    written = "".join(
        "".join(said(cell["r"]) for row in block["rows"] for cell in row)
        if block["t"] == "t" else said(block.get("h", [])) + said(block["r"]) + block.get("l", "") + block.get("e", "")
        for block in blocks
    )  # fmt: skip
    letters = re.sub(r"\s", "", written)
    for line in report.text.split("\n"):
        assert re.sub(r"\s", "", line) in letters or "\t" in line
    marked = {
        at
        for block in blocks
        if block["t"] == "p"
        for run in block["r"]
        if run[1:] and isinstance(run, list)
        for at in run[1]
    }
    assert len(marked) > 300


def test_computations_are_written_out(report: Result) -> None:
    made = {check["id"]: check for check in page_data.make_payload(report, "zh", {}, {})["checks"]}
    share = next(check for check in report.checks if check.rule == "share" and check.status == "fails")
    assert made[share.id]["f"] == [
        [["number", "1351.69"], "÷", ["number", "2556.71"], "=", ["result", "52.8683%"]],
        ["≠", ["stated", "52.78%"]],
        ["Δ", ["gap", "0.0883个百分点"]],
    ]


def test_both_languages_have_the_same_words() -> None:
    chinese = {name: sentence.zh for name, sentence in find_words()}
    english = {name: sentence.en for name, sentence in find_words()}
    assert chinese.keys() == english.keys()
    for name, sentence in chinese.items():
        assert set(re.findall(r"\{\w+\}", sentence)) == set(re.findall(r"\{\w+\}", english[name])), name
    used = set()
    for script in page.SCRIPTS:
        used |= set(re.findall(r"say\('([^']+)'", Path(page.__file__).with_name(script).read_text(encoding="utf-8")))
    assert used <= chinese.keys()


# ── in a browser ──


def test_a_finding_is_clicked_and_its_operands_are_in_view(opened: Opened, report: Result) -> None:
    view = opened(report)
    share = next(check for check in report.checks if check.rule == "share" and check.status == "fails")
    card = view.locator(f"#list-findings [data-check='{share.id}']")
    assert "1351.69÷2556.71=52.8683%" in card.locator(".calc").text_content()
    card.locator(".pick").click()
    view.wait_for_timeout(200)
    assert [node.inner_text() for node in view.locator("#text .q.on").all()] == ["2556.71万元", "1351.69万元", "52.78%"]
    assert in_view(view, "#text .q.first")
    assert view.locator("#text .q.first").inner_text() == "52.78%"
    view.keyboard.press("]")
    view.wait_for_timeout(200)
    assert view.locator("#text .q.first").inner_text() == "1351.69万元"


def test_operands_in_tables_are_lit(opened: Opened, report: Result) -> None:
    view = opened(report)
    table = next(check for check in report.checks if check.rule == "table_sum" and check.severity == "error")
    view.locator(f"#list-findings [data-check='{table.id}'] .pick").click()
    view.wait_for_timeout(200)
    assert [node.inner_text() for node in view.locator("#text td.on").all()] == ["178.36", "178.63"]
    assert in_view(view, "#text td.first")


def test_a_claim_shows_its_fields_and_checks(opened: Opened, report: Result) -> None:
    view = opened(report)
    view.locator("#text .q", has_text="2461.85万元").first.click()
    shown_text = view.locator("#claim").inner_text()
    assert "2461.85" in shown_text
    assert "24618500 元" in shown_text
    rows = view.locator("#claim .row")
    assert rows.count() > 1
    rows.first.click()
    assert view.locator("#claim .unfolded .card").count() == 1
    view.keyboard.press("Escape")
    assert view.locator("#claim").is_hidden()


def test_filters_and_search(opened: Opened, report: Result) -> None:
    view = opened(report)
    every = view.locator("#list-findings .card").count()
    view.select_option("#f-k", "share")
    assert 0 < view.locator("#list-findings .card").count() < every
    shares = sum(one.kind == "share" for one in report.claims)
    assert view.locator("#list-claims .row").count() == shares
    view.select_option("#f-s", "contradicted")
    assert view.locator("#list-claims .row").count() < shares
    assert view.locator("#text .q:not(.off)").count() == view.locator("#list-claims .row").count()
    view.click("#reset")
    assert view.locator("#list-findings .card").count() == every
    view.select_option("#f-x", report.claims[0].section)
    assert view.locator("#list-claims .row").count() < len(report.claims)
    view.click("#reset")
    view.keyboard.press("Escape")
    view.keyboard.press("/")
    view.keyboard.type("低保金")
    view.locator("#hits", has_text="/").wait_for()
    view.keyboard.press("Enter")
    assert view.locator("#hits").inner_text() == f"1 / {report.text.count('低保金')}"
    assert view.locator("#list-findings .card").count() == 1


def test_keys_go_through_the_findings(opened: Opened, report: Result) -> None:
    view = opened(report)
    view.keyboard.press("j")
    first = view.locator(".card[aria-current]").get_attribute("data-check")
    view.keyboard.press("j")
    second = view.locator(".card[aria-current]").get_attribute("data-check")
    assert first != second
    assert view.evaluate("document.activeElement.className") == "pick"
    view.keyboard.press("k")
    assert view.locator(".card[aria-current]").get_attribute("data-check") == first
    view.keyboard.press("x")
    assert "is-dismissed" in view.locator(".card[aria-current]").get_attribute("class")
    view.keyboard.press("Escape")
    assert view.locator(".card[aria-current]").count() == 0
    assert view.locator("#text .on").count() == 0


def test_keys_follow_what_is_seen_and_stop_at_its_end(opened: Opened) -> None:
    view = opened(heavy_warning())
    shown = [card.get_attribute("data-check") for card in view.locator("#list-findings > .card").all()]
    assert shown == ["small", "heavy"]
    current = view.locator(".card[aria-current]")
    assert current.get_attribute("data-check") == "small"
    assert in_view(view, "[data-check=small] .pick")
    view.keyboard.press("y")
    view.keyboard.press("j")
    assert current.get_attribute("data-check") == "heavy"
    view.keyboard.press("x")
    view.keyboard.press("j")
    view.locator("#status.shown", has_text="已是最后一条。").wait_for()
    view.keyboard.press("y")
    view.keyboard.press("n")
    assert view.evaluate("document.activeElement.tagName") != "TEXTAREA"
    assert "is-dismissed" in (current.get_attribute("class") or "")
    view.keyboard.press("k")
    view.keyboard.press("o")
    assert "is-open" in (current.get_attribute("class") or "")
    assert current.get_attribute("data-check") == "heavy"


def test_a_key_saves_and_tells_what_is_still_open(opened: Opened) -> None:
    view = opened(heavy_warning())
    view.keyboard.press("y")
    with view.expect_download():
        view.keyboard.press("s")
    view.locator("#status.shown", has_text="已保存 1 条处理意见；还有 1 条问题待定。").wait_for()
    view.keyboard.press("?")
    assert view.locator("#keys dt", has_text=re.compile("^s$")).count() == 1


def heavy_warning() -> Result:
    """A small error and a warning over much more money, which comes behind it nevertheless."""
    said = Message("两处不一致。", "They differ.")
    severities: dict[str, Any] = {"small": "error", "heavy": "warning"}
    checks = [
        Check(name, "sum", "fails", severity, (Operand("part", claim=identity),), "1", "2", "-1", said)
        for (name, severity), identity in zip(severities.items(), ("c1", "c2"), strict=True)
    ]
    findings = [
        Finding(f"f-{one.id}", severities[one.id], one.operands[0], "1", None, amount, (one.id,), (), (), said)
        for one, amount in zip(checks, ("20000", "900000"), strict=True)
    ]
    return result(checks=tuple(checks), findings=tuple(findings))


def test_a_decision_survives_reloading_saving_and_loading(opened: Opened, report: Result, tmp_path: Path) -> None:
    view = opened(report)
    card = view.locator("#list-findings .card").first
    identity = card.get_attribute("data-check")
    card.locator("label.confirmed").click()
    note = "已电话核实，</script><b>{n}"
    card.locator("textarea").fill(note)
    view.fill("#reviewer", "某审计员")
    view.reload()
    view.wait_for_selector("html[data-ready]")
    assert view.locator("#list-findings .card").first.locator("textarea").input_value() == note
    with view.expect_download() as download:
        view.get_by_role("button", name="保存意见").click()
    saved = tmp_path / "decisions.json"
    download.value.save_as(saved)
    decided = json.loads(saved.read_text(encoding="utf-8"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", decided.pop("saved"))
    (finding,) = [one for one in report.findings if identity in one.checks]
    said = escape_invisible(finding.message.zh)
    made = {"state": "confirmed", "note": note, "seen": mark_findings(report)[finding.id], "said": said}
    assert decided == {
        "schema": "extractor-decisions/1",
        "reviewer": "某审计员",
        "document": report.document.sha256,
        "title": report.document.title,
        "decisions": {identity: made},
    }
    again = opened(report)
    assert again.locator("#list-findings .card.is-confirmed").count() == 0
    again.set_input_files("#file", saved)
    again.wait_for_selector("#list-findings .card.is-confirmed")
    assert again.locator("#list-findings .card.is-confirmed textarea").input_value() == note
    assert again.locator("#reviewer").input_value() == "某审计员"
    version = opened(report)
    saved.write_text(json.dumps(decided | {"document": "0" * 64}), encoding="utf-8")
    version.set_input_files("#file", saved)
    version.wait_for_selector("#list-findings .card.is-confirmed")
    other = {"document": "0" * 64, "decisions": {identity: made | {"seen": "0" * 16}}}
    saved.write_text(json.dumps(decided | other), encoding="utf-8")
    again.set_input_files("#file", saved)
    again.locator("#status.shown", has_text="另一份文件").wait_for()
    embedded = opened(report, decisions=decided)
    assert embedded.locator("#list-findings .card.is-confirmed textarea").input_value() == note


CUT = """() => [...document.querySelectorAll('body *')].filter(node => {
  const style = getComputedStyle(node), box = node.getBoundingClientRect();
  if (!box.width || style.position === 'absolute' || node.closest('.hidden, .strip, .skip')) return false;
  const clips = style.overflowX !== 'visible' || style.overflowY !== 'visible';
  return (clips && (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1))
    || box.right > document.documentElement.clientWidth + 1;
}).map(node => node.className + ' ' + node.textContent.slice(0, 40))"""


def test_the_print_view_has_no_cut_text(opened: Opened, report: Result, tmp_path: Path) -> None:
    view = opened(report, width=700)
    view.emulate_media(media="print")
    assert view.evaluate(CUT) == []
    assert not view.locator("#outline").is_visible()
    assert not view.locator(".toolbar").is_visible()
    view.pdf(path=tmp_path / "page.pdf", format="A4")
    printed = pypdfium2.PdfDocument(tmp_path / "page.pdf")
    text = re.sub(r"\s", "", "".join(sheet.get_textpage().get_text_range() for sheet in printed))
    printed.close()
    for number in ("52.8683%", "178.36", "2461.85万元"):
        assert number in text
    assert len(text) > 15_000


@pytest.mark.parametrize("width", [1440, 1024, 400])
def test_nothing_runs_over_the_edge(opened: Opened, report: Result, width: int) -> None:
    view = opened(report, width=width)
    for tab in ("findings", "claims", "checks", "charts", *(["outline", "text"] if width < 990 else [])):
        view.click(f"#tab-{tab}")
        assert view.evaluate("document.documentElement.scrollWidth") <= width, tab


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024, 400])
def test_axe_finds_nothing(opened: Opened, faults: Callable[..., Any], report: Result, width: int, scheme: str) -> None:
    images = draw_pages(REPORT, report, 0.5)
    view = opened(report, width, images=images, color_scheme=scheme)
    ground = view.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (int(re.findall(r"\d+", ground)[0]) < 60) == (scheme == "dark")
    view.keyboard.press("j")
    assert faults(view) == []
    if width > 990:
        view.locator("#text .q.on").first.click()
    for tab in ("claims", "checks", "charts", *(["outline", "text"] if width < 990 else [])):
        view.click(f"#tab-{tab}")
        assert faults(view, None if width < 990 else "#panel") == [], tab
    for name in ("版面", "未核对"):
        view.locator("#source").get_by_role("button", name=name).click()
        assert faults(view, "#source") == [], name
    view.get_by_role("button", name="打印").click()
    assert faults(view, "#printing") == []


def hostile() -> Result:
    text = "".join(f"{words}\n" for words in HOSTILE) + "合计5万元。\n"
    spans = [(text.index(words), text.index(words) + len(words)) for words in HOSTILE]
    spans[0] = text.index("5万元"), text.index("5万元") + 3
    told: dict[str, Any] = {"section": "s1", "sentence": Span(0, len(text))}
    claims = tuple(
        claim(at, words, start=start, end=end, metric=words, path=(words,), evidence=(words,), baseline=words, **told)
        for at, (words, (start, end)) in enumerate(zip(HOSTILE, spans, strict=True), 1)
    )
    cells = tuple((TableCell(words, 0, 0, "1", words, None),) for words in HOSTILE)
    table = Table("t1", HOSTILE[0], None, None, None, len(text), len(text), HOSTILE[0], 0, cells)
    operands = [(Operand(words, f"c{at + 1}"), Operand("part", None, "t1", at, 0)) for at, words in enumerate(HOSTILE)]
    checks = tuple(
        Check(f"x-{at}", "sum", "fails", "error", both, "1", "2", "1", Message(words, words))
        for at, (words, both) in enumerate(zip(HOSTILE, operands, strict=True), 1)
    )
    section = msgspec.structs.replace(result().sections[0], heading=HOSTILE[0], start=0, end=len(text))
    info = msgspec.structs.replace(
        result().document, name=HOSTILE[1], title=HOSTILE[0], entity=HOSTILE[2], warnings=(HOSTILE[0],)
    )
    return result(text=text, claims=claims, tables=(table,), checks=checks, sections=(section,), document=info)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_text_of_a_document_stays_text(opened: Opened, lang: str) -> None:
    view = opened(hostile(), lang=lang, decisions={"x-1": {"state": "confirmed", "note": HOSTILE[1]}})
    for tab in ("claims", "checks", "charts", "findings"):
        view.click(f"#tab-{tab}")
    for row in view.locator(".card .pick").all():
        row.click()
    view.locator("#text .q").first.click()
    assert view.evaluate("window.hit") is None
    assert view.locator("img, #app script, b b").count() == 0
    seen = view.locator("body").inner_text() + view.locator("#text").inner_text()
    for said in HOSTILE:
        assert escape_invisible(said).strip() in seen, said
    assert not re.search("[\x00-\x08\x0b\x1b\u202e\u2066]", view.locator("html").inner_text())
    assert view.title().startswith(HOSTILE[0])


def many(count: int) -> Result:
    """A result of ``count`` claims, as a long report would give."""
    lines, claims, checks, at = [], [], [], 0
    for number in range(1, count + 1):
        line = f"第{number}项工作完成投资{number}.50万元，全面推进项目建设，取得积极成效。\n"
        start = at + line.index("投资") + 2
        raw = f"{number}.50万元"
        claims.append(
            claim(number, raw, start=start, end=start + len(raw), sentence=Span(at, at + len(line) - 1), section="s1")
        )
        if number % 5 == 0:
            operands = tuple(Operand("part" if one else "total", f"c{number - one}") for one in range(4))
            status: Any = "fails" if number % 50 == 0 else "holds"
            checks.append(Check(f"sum-{number}", "sum", status, "error" if status == "fails" else None, operands,
                                "1", "2", "1", Message("不符", "off")))  # fmt: skip
        lines.append(line)
        at += len(line)
    identities = tuple(one.id for one in claims)
    return result(
        text="".join(lines), claims=tuple(claims), checks=tuple(checks), verification=Verification(identities)
    )


def test_holds_five_thousand_claims(opened: Opened) -> None:
    view = opened(many(5_000))
    assert view.locator("#text .q").count() == 5_000


def test_pages_are_shown_with_the_claims_on_them(opened: Opened, report: Result) -> None:
    images = draw_pages(REPORT, report, 0.5)
    assert len(images) == len(report.pages)
    view = opened(report, images=images)
    view.get_by_role("button", name="版面").click()
    assert view.locator(".sheet img").count() < len(images)
    view.locator("#list-findings .pick").first.click()
    view.wait_for_timeout(300)
    assert view.locator(".sheet .box.on").count() >= 1
    assert in_view(view, ".sheet .box.on")


def test_a_link_to_a_finding_opens_it(opened: Opened, report: Result) -> None:
    view = opened(report)
    table = next(check for check in report.checks if check.rule == "table_sum" and check.severity == "error")
    view.goto(f"{view.url}#{table.id}")
    view.wait_for_selector(f"[data-check='{table.id}'][aria-current]")
    assert in_view(view, f"[data-check='{table.id}'] .pick")
    assert in_view(view, "#text td.first")
    view.reload()
    view.wait_for_selector(f"[data-check='{table.id}'][aria-current]")
    assert in_view(view, "#text td.first")


def test_contents_are_entries_with_a_leader(opened: Opened) -> None:
    text = "目 录\n一、部门概况…………………………………………3\n二、决算情况说明 …………………………………………12\n三、附件\n"
    view = opened(result(text=text, sections=(), claims=()))
    entries = view.locator("#text .entry")
    assert [node.text_content() for node in entries.all()] == text.split("\n")[1:3]
    right = [entries.nth(at).locator("span").last.bounding_box() for at in range(2)]
    assert len({round(box["x"] + box["width"]) for box in right}) == 1
    assert all(box["height"] < 40 for box in right)


def test_errors_come_first_and_of_these_the_heaviest(report: Result) -> None:
    mistakes = list_mistakes(report)
    known = [(one.severity, -Decimal(one.finding.amount)) for one in mistakes if one.finding and one.finding.amount]
    assert len(known) > 2
    assert known == sorted(known)
    assert [one.severity for one in list_mistakes(heavy_warning())] == ["error", "warning"]


def test_a_card_has_the_number_that_other_outputs_give_its_finding(opened: Opened, report: Result) -> None:
    view = opened(report)
    numbers = view.locator("#list-findings > [data-check] header .no").all_text_contents()
    assert numbers[: len(list_mistakes(report))] == [str(at) for at in range(1, len(list_mistakes(report)) + 1)]
    for number, mistake in enumerate(list_mistakes(report), 1):
        card = view.locator(f"#list-findings > [data-check='{mistake.checks[0].id}']")
        assert card.locator("header .no").text_content() == str(number)


def test_a_finding_is_a_card_with_its_other_checks(opened: Opened, report: Result) -> None:
    mistake = next(one for one in list_mistakes(report) if len(one.checks) > 2)
    first, second, *_ = mistake.checks
    view = opened(report)
    card = view.locator(f"#list-findings [data-check='{first.id}']")
    assert mistake.finding
    assert mistake.finding.proposed
    assert card.locator(".proposal").inner_text() == f"改为此数后，不符的 {len(mistake.finding.mends)} 项核对成立。"
    assert card.locator(".pick .proposed").inner_text() == f"{mistake.finding.proposed}万元"
    others = card.locator(".rows .row")
    assert others.count() == len(mistake.checks) - 1
    others.first.click()
    assert card.locator(".unfolded .card").get_attribute("data-check") == second.id
    assert view.locator("#list-findings > .card").count() < sum(check.status == "fails" for check in report.checks)


def test_a_decision_on_another_check_of_a_finding_is_one_on_the_finding(opened: Opened, report: Result) -> None:
    first, second = next(one.checks for one in list_mistakes(report) if len(one.checks) == 2)
    decisions = {second.id: {"state": "dismissed", "note": "口径"}}
    made = {"schema": "extractor-decisions/1", "document": report.document.sha256, "decisions": decisions}
    card = opened(report, decisions=made).locator(f"#list-findings [data-check='{first.id}']")
    assert "is-dismissed" in (card.get_attribute("class") or "")


def test_it_opens_on_the_first_finding_with_its_place_shown(opened: Opened, report: Result) -> None:
    view = opened(report)
    view.wait_for_timeout(200)
    first = min(list_mistakes(report), key=lambda one: SEVERITIES.index(one.severity)).checks[0].id
    assert view.locator(".card[aria-current]").get_attribute("data-check") == first
    assert in_view(view, f"[data-check='{first}'] .pick")
    assert in_view(view, "#text .first")
    assert view.locator("#outline [aria-current]").count() == 1


def test_the_number_to_suspect_is_red_and_what_others_confirm_is_green(opened: Opened, report: Result) -> None:
    mistake = next(one for one in list_mistakes(report) if one.checks[0].rule == "sum" and one.severity == "error")
    suspect = next(one for one in report.claims if one.id == mistake.suspects[0].claim)
    card = opened(report).locator(f"#list-findings [data-check='{mistake.checks[0].id}']")
    assert card.locator(".pick b").first.inner_text() == suspect.raw
    assert card.locator(".calc .s-contradicted").inner_text() == suspect.value
    assert card.locator(".operand.s-contradicted .raw").text_content() == f"{suspect.raw}疑点所在"
    assert card.locator(".operand.s-verified .sure").count() > 3
    assert card.locator(".context mark.first").inner_text() == suspect.raw


def test_a_number_of_the_text_leads_to_its_finding(opened: Opened, report: Result) -> None:
    view = opened(report)
    table = next(check for check in report.checks if check.rule == "table_sum" and check.severity == "error")
    view.locator("#text td.s-contradicted", has_text="178.36").click()
    assert view.locator(".card[aria-current]").get_attribute("data-check") == table.id
    assert in_view(view, f"[data-check='{table.id}'] .pick")
    view.locator("#text td.s-verified").first.click()
    assert view.locator("#claim .row").count() > 0
    view.keyboard.press("Escape")
    assert view.locator("#claim").is_hidden()


def test_the_badge_of_a_section_counts_findings_in_tables_too(opened: Opened, report: Result) -> None:
    mistake = next(one for one in list_mistakes(report) if one.checks[0].rule == "table_sum")
    section = next(table.section for table in report.tables if table.id == mistake.suspects[0].table)
    badges = opened(report).locator(f"#outline [data-section='{section}'] .bad")
    assert int(badges.inner_text()) >= 1


def test_what_was_not_checked_is_a_list_to_read(opened: Opened, report: Result) -> None:
    view = opened(report)
    view.locator("#view-reading").click()
    marked = view.locator("#reading .q.s-unverified").count()
    assert marked == len(report.verification.unverified)
    entries = view.locator("#reading .unread")
    assert entries.count() == view.locator("#reading .unread:has(dd)").count()
    assert view.locator("#reading dd", has_text="文中没有可以与它核对的数").count() > 10
    number = entries.first.locator(".chip").first
    raw = number.inner_text()
    number.click()
    assert view.locator("#text .q.chosen").first.inner_text() == raw
    assert "未核对的原因" in view.locator("#claim").inner_text()


def test_a_search_finds_words_on_the_images_of_pages(opened: Opened, report: Result) -> None:
    view = opened(report, images=draw_pages(REPORT, report, 0.5), printed=read_lines(REPORT, report))
    view.keyboard.press("v")
    view.keyboard.press("/")
    view.keyboard.type("低保金")
    view.locator("#hits", has_text="/").wait_for()
    view.keyboard.press("Enter")
    assert view.locator("#hits").inner_text() == f"1 / {report.text.count('低保金')}"
    view.wait_for_timeout(200)
    assert in_view(view, ".hit.here")
    box, sheet = (view.locator(one).first.bounding_box() for one in (".hit.here", ".sheet:has(.hit.here)"))
    assert 8 < box["height"] * 842 / sheet["height"] < 20
    assert 30 < box["width"] * 595 / sheet["width"] < 60


def test_pages_are_as_large_as_one_likes(opened: Opened, report: Result) -> None:
    view = opened(report, images=draw_pages(REPORT, report, 0.5))
    view.keyboard.press("v")
    before = view.locator(".sheet").first.bounding_box()["width"]
    view.keyboard.press("+")
    view.get_by_role("button", name="放大").click()
    assert view.locator("#zoomed").inner_text() == "150%"
    assert view.locator(".sheet").first.bounding_box()["width"] == pytest.approx(before * 1.5, rel=0.02)
    view.keyboard.press("0")
    assert view.locator(".sheet").first.bounding_box()["width"] == pytest.approx(before, rel=0.02)


@pytest.mark.parametrize("way", ["findings", "context", "reading"])
def test_what_is_printed_is_chosen(opened: Opened, report: Result, way: str) -> None:
    view = opened(report)
    view.evaluate("window.print = () => { window.printed = true; }")
    view.get_by_role("button", name="打印").click()
    view.click(f"[data-way={way}]")
    assert view.evaluate("window.printed")
    view.emulate_media(media="print")
    shown = {name for name in ("#list-findings", "#text", "#reading") if view.locator(name).is_visible()}
    wanted = {"findings": {"#list-findings"}, "context": {"#list-findings", "#text"}, "reading": {"#reading"}}
    assert shown == wanted[way]


def test_that_decisions_are_kept_is_told(opened: Opened, report: Result) -> None:
    view = opened(report)
    assert "自动保存在本浏览器中" in view.locator("#kept").inner_text()
    view.keyboard.press("y")
    assert re.match(r"\d\d:\d\d 已自动保存", view.locator("#kept").inner_text())
    view.evaluate("() => { Storage.prototype.setItem = () => { throw new Error(); }; }")
    view.keyboard.press("x")
    assert "不允许" in view.locator("#kept").inner_text()


def test_charts_are_made_of_what_is_confirmed_alone(report: Result) -> None:
    charts = page_data.make_payload(report, "zh", {}, {})["charts"]
    known = {check.id: check for check in report.checks}
    shown = [known[one["check"]] for kind in charts.values() for one in kind]
    assert shown
    assert all(is_verifying(check) for check in shown)
    wrong = set(report.verification.contradicted)
    assert wrong.isdisjoint(operand.claim for check in shown for operand in check.operands)


def test_lines_of_a_page_have_a_place_for_every_character(report: Result) -> None:
    lines = read_lines(REPORT, report)
    assert len(lines) == len(report.pages)
    for line in lines[4]:
        assert len(line.edges) == len(line.text) + 1
        assert 0 <= line.top < line.bottom <= 842
    text = "".join(line.text for line in lines[4])
    page = report.pages[3]
    assert set(re.sub(r"\s", "", report.text[page.start : page.end])) <= set(text)


def test_warnings_leave_room_for_the_findings(opened: Opened, report: Result) -> None:
    warned = tuple(f"第{page}页没有文字。" for page in range(1, 9)) + ("有的表格未提取。",) * 10
    info = msgspec.structs.replace(report.document, warnings=warned)
    view = opened(msgspec.structs.replace(report, document=info))
    told = view.locator("header.top > .ident > p.warning")
    assert told.count() == 2
    rest = view.locator("header.top details.warning")
    assert rest.locator("summary").inner_text() == "另有 7 条提示"
    rest.locator("summary").click()
    assert rest.locator("p").last.inner_text().endswith("有的表格未提取。（共 10 处）")


def test_nothing_is_said_over_several_lines_of_a_script_or_a_style(report: Result) -> None:
    for name in (*page.SCRIPTS, *page.STYLES):
        assert all(line.count("`") % 2 == 0 for line in markup.read_asset(f"review_page/{name}").splitlines())
    assert "\n  " not in page.encode(report).decode().split("<script>")[-1]


def test_a_cell_of_several_checks_stands_once(report: Result) -> None:
    payload = page_data.make_payload(report, "zh", {}, {})
    told = [one["i"] for check in payload["checks"] for one in check["o"] if "i" in one]
    assert sorted(set(told)) == [*range(len(payload["cells"]))]
    assert len(told) > len(payload["cells"])
