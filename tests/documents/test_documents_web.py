from __future__ import annotations

import codecs
import socket
import time
from pathlib import Path

import pytest
from webpages import archive, page

import extractor
from extractor import documents
from extractor.documents.model import Document
from extractor.model import InputError

REPORT = "<h1>2025年某局工作总结</h1><p>一、收支</p><p>全年收入合计165.71万元，比上年增长5.2%。</p>"
REPORT += "<p>二、其他</p><p>无。</p>"
LINES = ["2025年某局工作总结", "一、收支", "全年收入合计165.71万元，比上年增长5.2%。", "二、其他", "无。"]
OWN = Path(__file__).parents[2] / "corpus" / "reports"
PUBLISHED = Path(__file__).parents[2].parent / "shared" / "corpus"


def read(body: str, head: str = "") -> Document:
    return documents.read(page(body, head).encode(), "page.html")


def lines(body: str, head: str = "") -> list[str]:
    return read(body, head).text.splitlines()


def claims(body: str) -> list[str]:
    return [claim.raw for claim in extractor.extract(page(body).encode(), name="page.html").claims]


def rows(body: str) -> list[list[str]]:
    (table,) = extractor.extract(page(body).encode(), name="page.html").tables
    return [[cell.text for cell in row] for row in table.rows]


def test_what_stands_around_an_article_is_no_text() -> None:
    assert lines(REPORT) == LINES


@pytest.mark.parametrize(
    ("declared", "encoding", "stated"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("GBK", "gbk", "gb18030"),
        ("big5", "big5hkscs", "big5hkscs"),
        ("gb2312", "utf-8", "utf-8"),
        ("nonsense", "gbk", "gb18030"),
        ("punycode", "gbk", "gb18030"),
        ("cp037", "gbk", "gb18030"),
        ("unicode_escape", "gbk", "gb18030"),
        ("utf-16", "gbk", "gb18030"),
    ],
)
def test_encodings_of_pages(declared: str, encoding: str, stated: str) -> None:
    data = page(REPORT).replace('charset="utf-8"', f'charset="{declared}"').encode(encoding, "xmlcharrefreplace")
    document = documents.read(data, "page.html")
    assert (document.text.splitlines(), document.encoding) == (LINES, stated)


def test_a_byte_order_mark_tells_the_encoding() -> None:
    document = documents.read(codecs.BOM_UTF16_LE + page(REPORT).encode("utf-16-le"), "page.html")
    assert (document.text.splitlines(), document.encoding) == (LINES, "utf-16-le")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_broken_bytes_and_controls_lose_no_page(encoding: str) -> None:
    article = REPORT.replace("<p>二", "<p style='display:none'>\x01\x0b</p>\x02<p>二")
    data = (
        page(article + "<p>完成全部任务。</p>" * 40)
        .replace('charset="utf-8"', f'charset="{encoding}"')
        .encode(encoding)
    )
    broken = data.replace("二、".encode(encoding), b"\xff\xff" + "二、".encode(encoding))
    assert documents.read(broken, "page.html").text.splitlines()[2] == LINES[2]


def test_a_page_that_a_browser_saved_as_an_archive() -> None:
    data = archive(page(REPORT).replace("utf-8", "gb2312"), "gb18030", "http://mzj.example/a.html")
    document = documents.read(data, "page.mht")
    assert document.text.splitlines() == LINES
    assert document.origin.url == "http://mzj.example/a.html"


def test_an_archive_without_a_page_is_refused() -> None:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    data = head + b"--x\r\nContent-Type: text/css\r\n\r\np{}\r\n--x--"
    with pytest.raises(InputError):
        documents.read(data, "page.mht")


def test_a_text_about_markup_is_a_text() -> None:
    assert documents.read("<三公>经费5万元。".encode(), "a.txt").format == "text"
    assert documents.read(b"From: the office\nContent: 5 items", "a.txt").format == "text"


def test_marks_within_a_number_do_not_cut_it() -> None:
    body = "<p>支出<b>1236</b>.<b>50</b>万元，惠及<a href='x'>3200</a>户、<font>12<!-- x -->5</font>人"
    body += "，参保率98.6&#37;。</p>"
    assert claims(body) == ["1236.50万元", "3200户", "125人", "98.6%"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>全年外贸出口（海关口径）48.25</p><p>亿元，下降3.1%。</p>", ["48.25\n亿元", "3.1%"]),
        ("<p>全镇有桥梁13座，其中石拱桥</p><p>5座，均已检修。</p>", ["13座", "5座"]),
        ("<p>表2 桥梁13</p><p>座落于镇东，共3孔。</p>", ["3孔"]),
    ],
)
def test_a_paragraph_that_is_cut_within_a_clause_goes_on(body: str, found: list[str]) -> None:
    assert claims(body) == found


def test_a_heading_does_not_go_on_in_a_paragraph_that_opens_with_a_year() -> None:
    document = read("<p>二、桥梁，道路情况</p><p>2025年，新建3座。</p>")
    assert [part.text for part in document.paragraphs] == ["二、桥梁，道路情况", "2025年，新建3座。"]


def test_raised_marks_are_no_digits_but_those_of_units_and_powers_are() -> None:
    body = "<p>产值1349.08<sup>2</sup>亿元<sup>[3]</sup>，面积120km<sup>2</sup>，约10<sup>4</sup>个。</p>"
    assert lines(body) == ["产值1349.08亿元，面积120km²，约10⁴个。"]


def test_white_space_is_what_a_browser_shows() -> None:
    body = "<p>\n   全年\n   收入12\u200b5.50\n万元，GDP\nper head 5万元。\t</p>"
    body += "<pre>一、甲\n二、乙</pre><p>丙<br>丁<br/></p>"
    assert lines(body) == ["全年收入125.50万元，GDP per head 5万元。", "一、甲", "二、乙", "丙", "丁"]


def test_what_is_hidden_is_no_text() -> None:
    body = "<p>支出5万元。</p><p style='display:none'>支出6万元。</p><p hidden>7万元</p>"
    body += "<noscript>8万元</noscript><textarea>9万元</textarea>"
    assert lines(body) == ["支出5万元。"]


def test_controls_that_a_page_names_by_their_numbers_are_no_text() -> None:
    body = "<p>支出5&#1;万元<b hidden>6万元</b>&#x1F;，其中&#65534;基本支出3万元。</p>"
    assert lines(body) == ["支出5万元，其中基本支出3万元。"]


SPANS = (
    "<table><tr><th rowspan=2>项目</th><th colspan='2'>支出（万元）</th></tr><tr><th>本年</th><th>上年</th></tr>"
    "<tr><td>基本<br>支出</td><td>992.10</td><td>900</td></tr><tr><td>合计</td><td>992.10</td><td>900</td></tr></table>"
)


def test_spans_of_cells() -> None:
    assert rows(SPANS) == [
        ["项目", "支出（万元）", ""],
        ["", "本年", "上年"],
        ["基本支出", "992.10", "900"],
        ["合计", "992.10", "900"],
    ]


def test_spans_that_a_page_leaves_out_or_repeats_are_mended() -> None:
    title = "<tr><td>表1 支出情况</td></tr>"
    head = "<tr><td rowspan=2>项目</td><td rowspan=2>支出</td></tr>"
    assert rows(
        f"<table>{title}{head}<tr><td>基本</td><td>5.1</td></tr><tr><td>合计</td><td>5.1</td></tr></table>"
    ) == [
        ["项目", "支出"],
        ["基本", "5.1"],
        ["合计", "5.1"],
    ]


def test_cells_stand_in_the_text() -> None:
    document = read(SPANS)
    (table,) = document.ruled
    assert [document.text[cell.start : cell.end] for cell in table.rows[2]] == ["基本支出", "992.10", "900"]
    assert (table.rows[0][0].rowspan, table.rows[0][1].colspan) == (2, 2)


def test_a_table_that_lays_out_a_page_is_unwrapped_and_the_one_in_it_is_read() -> None:
    body = f"<table><tr><td>{REPORT}</td></tr><tr><td>{SPANS}</td></tr></table>"
    assert lines(body)[:5] == LINES
    assert len(rows(body)) == 4


def test_a_table_within_a_cell_is_words() -> None:
    inner = "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    long = "<td>" + "说明文字" * 12 + "</td>"
    found = rows(f"<table><tr><td>项目</td><td>内容</td></tr><tr><td>{inner}</td>{long}</tr></table>")
    assert found[1] == ["甲1乙2", "说明文字" * 12]


@pytest.mark.parametrize("span", ["99999999999", "-3", "x", "0", "1e9"])
def test_senseless_spans(span: str) -> None:
    document = read(SPANS.replace("rowspan=2", f"rowspan='{span}' colspan='{span}'"))
    assert "992.10" in document.text


def test_facts_of_a_page() -> None:
    head = (
        '<meta name="ArticleTitle" content="2025年某局工作总结"><meta name="PubDate" content="2026-03-09 10:00">'
        '<meta name="ContentSource" content="本站"><meta name="SiteName" content="某市某局">'
        '<link rel="canonical" href="https://mou.example/1.html">'
    )
    info = extractor.extract(page(REPORT, head).encode(), name="page.html").document
    assert (info.title, info.publisher, info.published, info.url) == (
        "2025年某局工作总结",
        "某市某局",
        "2026-03-09",
        "https://mou.example/1.html",
    )


def test_facts_that_a_page_only_shows() -> None:
    above = "<div class='info'>发布时间：2026-03-09 10:00　来源：某市财政局　浏览次数：88</div>"
    document = read(REPORT.replace("</h1>", "</h1>" + above))
    assert document.text.splitlines() == LINES
    assert (document.origin.publisher, document.origin.published) == ("某市财政局", "2026-03-09")


def test_a_title_outside_of_the_article_stands_above_it_with_its_head() -> None:
    body = "".join(
        f"<p>{number}.全年完成项目{number}0个，投资{number}5.20亿元，比上年增长{number}.1%。</p>"
        for number in range(1, 9)
    )
    whole = (
        f"<html><body><div><h2>关于2025年预算执行情况的报告</h2><p>——2026年1月22日在会议上</p><p>浏览次数：5</p></div>"
        f"<div class='content'>{body}</div></body></html>"
    ).replace("h2", "h1")
    text = documents.read(whole.encode(), "page.html").text
    assert text.startswith("关于2025年预算执行情况的报告\n——2026年1月22日在会议上\n1.全年")


def test_a_title_that_the_article_repeats_stands_once() -> None:
    assert lines(REPORT.replace("<p>一、收支", "<p>2025年某局<br>工作总结</p><p>一、收支")) == [
        "2025年某局",
        "工作总结",
        *LINES[1:],
    ]


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ("<p>附件：<a href='a.xlsx'>决算表.xlsx</a></p>", ["input.page_only_attachments"]),
        (
            "<p>决算公开</p><img src='1.jpg'><img src='2.jpg' width='700'><img src='i.png' width=16>",
            ["input.page_pictures"],
        ),
        (REPORT * 3 + "<a href='a.pdf?v=2'>附件</a><a href='b.html'>其他</a>", ["input.page_attachments"]),
        ("<p>决算公开</p><embed src='/upload/1.pdf'>", ["input.page_only_attachments"]),
        ("<p>决算公开</p><iframe src='view.html'></iframe>", ["input.page_frames"]),
        ("<p>决算公开</p><iframe src='s.html' width=1 height=1></iframe><iframe src='t.html' hidden></iframe>", []),
        (REPORT * 3 + "<iframe src='share.html'></iframe>", []),
        ("".join(f"<article>{REPORT * 2}</article>" for _ in range(2)), ["input.page_several"]),
        (REPORT, []),
    ],
)
def test_what_is_told_of_a_page(body: str, messages: list[str]) -> None:
    assert [notice.message for notice in read(body).warnings] == messages


def test_a_table_of_senseless_size_is_told() -> None:
    table = "<table>" + ("<tr>" + "<td>5" * 1000) * 501 + "</table>"
    assert [notice.message for notice in read(f"<p>支出3万元。</p>{table}").warnings] == ["input.table_too_large"]
    with pytest.raises(InputError) as error:
        documents.read(f"<html><body>{table}".encode(), "page.html")
    assert error.value.notice.message == "input.table_too_large"


def test_lines_wrapped_by_hand_are_joined() -> None:
    words = "全年共完成投资一千二百三十四万元，其中用于道路建设的有五百六十七万元，用于绿化的有八十九万元，"
    body = "".join(f"<p>{words[:40]}</p>" for _ in range(6))
    assert len(read(body).paragraphs) == 1


def test_wrapped_lines_of_which_some_break_off_in_a_number_are_joined() -> None:
    words = "全年共完成投资一千二百三十四万元，其中用于道路建设的有五百六十七万元，用于绿化的有八十九万元，"
    cut = words[:36] + "余额为687"
    body = "".join(
        f"<p>{line}</p>" for line in (words[:40], cut, ".99亿元，" + words[:34], words[:40], "其余为零。") * 2
    )
    paragraphs = read(body).paragraphs
    assert [paragraph.text.count("687.99亿元") for paragraph in paragraphs] == [1, 1]


@pytest.mark.parametrize(
    "markup",
    [
        '<!DOCTYPE html [<!ENTITY a "5万元"><!ENTITY b SYSTEM "file:///etc/passwd">]><html><body><p>支出&a;&b;</p></body></html>',
        '<html><body><iframe src="http://127.0.0.1:9/x"></iframe><img src="http://127.0.0.1:9/y"><p>支出3万元。</p></body></html>',
        "<html><body>" + "<div>" * 1500 + "<p>支出3万元。</p>",
        "<html><body><p>支出3万元。" + "<b>" * 1500,
        "<html><body><p>支出3万元。</p><table>" + "<tr><td rowspan=65534 colspan=1000>x" * 3000 + "</table>",
        "<html><body><table>"
        + "<tr>"
        + "<td rowspan=9999>1" * 5000
        + "<tr><td>2" * 5000
        + "</table><p>支出3万元。</p>",
        "<html><body>" + "<a href=x>支出3万元</a> " * 20000,
        "<html><body>" + "<div>" * 240 + "<p>支出3万元。</p>" * 5000,
    ],
    ids=["entities", "references", "depth", "open", "spans", "columns", "links", "nested"],
)
def test_hostile_pages(markup: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)
    began = time.process_time()
    document = documents.read(markup.encode(), "page.html")
    assert "root:" not in document.text
    assert "5万元" not in document.text
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ("<html></html>", "input.empty"),
        ("<!DOCTYPE html>", "input.page_damaged"),
        ("<html><body><script>1</script></body>", "input.page_scripts"),
        (
            "<html><frameset cols='20%,80%'><frame src='a.html'><frame src='b.html'></frameset></html>",
            "input.page_frames",
        ),
        ("<p></p>", "input.empty"),
    ],
)
def test_pages_without_text_are_refused(markup: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        documents.read(markup.encode(), "page.html")
    assert error.value.notice.message == message


@pytest.mark.parametrize("name", ["liulin_final_accounts_2024", "jinxi_housing_budget_2026"])
def test_a_report_is_the_same_as_a_page_and_as_a_text(name: str) -> None:
    text, web = (extractor.extract(OWN / f"{name}{ending}") for ending in (".txt", ".html"))
    assert [(claim.raw, claim.metric, claim.path) for claim in web.claims] == [
        (claim.raw, claim.metric, claim.path) for claim in text.claims
    ]
    fails = [[check.rule for check in one.checks if check.status == "fails"] for one in (text, web)]
    assert fails[0] == fails[1]


@pytest.mark.skipif(not PUBLISHED.exists(), reason="published pages are not at hand")
def test_published_pages() -> None:
    pages = [*sorted((PUBLISHED / "panel").glob("*.html")), *sorted((PUBLISHED / "wild").glob("*.html"))]
    assert len(pages) >= 40
    for file in pages:
        document = documents.read(file)
        assert document.format == "html"
        assert all(document.text[part.start : part.end] for part in document.paragraphs)
