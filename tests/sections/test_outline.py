"""What holds of every outline, and how well the sections of annotated reports are found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractor.documents import from_text, read
from extractor.documents.model import Document
from extractor.sections import outline
from extractor.sections.model import Outline

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
ANNOTATED = ["taojiadu_2020", "wanli_budget_2025", "pingtan_communique_2019", "henan_work_report_2026"]
PUNCTUATION = set("，。、；：:,.“”\"'（）()《》〈〉-—－ 　\t\n的了和与及")
MARK = "①"

lines = st.lists(
    st.text(alphabet="一二三十第部分章附件（）()12.．、：。，①目录…收入元万说明情况 \t", max_size=30),
    max_size=20,
)


def assert_well_formed(document: Document, made: Outline) -> None:
    by_id = {section.id: section for section in made.sections}
    for section in made.sections:
        # The mark of a note that stands within a heading is left out of it.
        begins = "".join(section.heading.split()).replace(MARK, "")[:6]
        assert "".join(document.text[section.start :].split()).replace(MARK, "").startswith(begins)
        assert section.start < section.end <= len(document.text)
        if section.parent is None:
            assert section.level == 1
        else:
            above = by_id[section.parent]
            assert section.level == above.level + 1
            assert above.start <= section.start
            assert section.end <= above.end
    assert [section.start for section in made.sections] == sorted(section.start for section in made.sections)
    places = [block.paragraph.offset(block.start) for block in made.blocks]
    assert places == sorted(places)
    assert all(block.section is None or block.section in by_id for block in made.blocks)


@settings(max_examples=60, deadline=None)
@example(["一、", MARK, "1"])
@given(lines)
def test_any_text_has_a_well_formed_outline(written: list[str]) -> None:
    document = from_text("\n".join(written), "random")
    assert_well_formed(document, outline(document))


def test_every_printed_character_outside_the_contents_is_in_one_block() -> None:
    listed = "目录\n一、概况…………1\n二、收支…………2\n"
    body = "一、概况\n设科室5个。\n（一）机构。编制6名。\n二、收支\n收入3万元。"
    document = from_text(listed + body, "example")
    made = outline(document)
    blocks = "".join(block.paragraph.text[block.start : block.end] for block in made.blocks)
    assert blocks == "".join(body.split())
    assert [document.text[span.start : span.end] for span in made.contents] == [listed.rstrip()]


def test_heading_and_body_of_one_paragraph_are_two_blocks() -> None:
    document = from_text("1．抓项目，投资稳步增长。全年投资5亿元。\n2．抓服务，企业满意。走访60家。", "example")
    pieces = [
        (block.paragraph.text[block.start : block.end], block.section, block.heading)
        for block in outline(document).blocks
    ]
    assert pieces == [
        ("1．抓项目，投资稳步增长。", "s1", True),
        ("全年投资5亿元。", "s1", False),
        ("2．抓服务，企业满意。", "s2", True),
        ("走访60家。", "s2", False),
    ]


def test_a_document_without_headings_has_no_sections() -> None:
    made = outline(from_text("全年收入5万元，支出4万元。", "example"))
    assert made.sections == ()
    assert [block.section for block in made.blocks] == [None]


def same(heading: str, gold: str) -> bool:
    one, other = ("".join(c for c in text if c not in PUNCTUATION) for text in (heading, gold))
    return bool(one) and (one.startswith(other) or other.startswith(one))


@pytest.mark.parametrize("name", ANNOTATED)
def test_sections_of_annotated_reports(name: str) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the annotated reports are not here (../shared/corpus)")
    document = read(CORPUS / f"{name}.txt")
    made = outline(document)
    assert_well_formed(document, made)
    records = [json.loads(line) for line in (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    claims = [one for one in records if one["status"] == "claim" and not one.get("cell")]
    right = 0
    for claim in claims:
        inside = [one.heading for one in made.sections if one.start <= claim["start"] < one.end]
        right += same(inside[-1], claim["section"][-1]) if inside and claim["section"] else inside == claim["section"]
    assert right / len(claims) >= 0.97
