"""The component of spaCy: in a blank pipeline and in a trained one, kept in bytes, drawn, and its pages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example

import extractor
import extractor.component

ROOT = Path(__file__).resolve().parents[2]
TEXT = "一、救助\n2024年发放救助金20余万元，惠及困难家庭112户。\n\ufeff其中“Ａ类”共３０人，占12.5%。"
PAGES = ["spacy.md", "spacy.zh-CN.md"]
NONE = pytest.mark.skip(reason="no trained pipeline is installed")


@pytest.fixture(scope="module")
def nlp() -> Any:
    made = spacy.blank("zh")
    made.add_pipe("quantity_claims")
    return made


def read_blocks(page: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.M | re.S)


@pytest.mark.parametrize("page", PAGES)
def test_examples_of_the_page_run(page: str) -> None:
    names: dict[str, object] = {}
    for block in read_blocks(page):
        exec(compile(block, page, "exec"), names)


def test_both_pages_have_the_same_examples() -> None:
    english, chinese = map(read_blocks, PAGES)
    assert english == chinese


def test_it_is_found_by_its_entry_point() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["spacy_factories"] == {"quantity_claims": "extractor.component:make_component"}


def test_claims_are_those_of_the_report(nlp: Any) -> None:
    doc = nlp(TEXT)
    known = extractor.extract(TEXT.encode(), name="a.txt").claims
    assert [(one["raw"], one["start"], one["value"]) for one in doc._.claims] == [
        (one.raw, one.start, one.value) for one in known
    ]
    for span, claim in zip(doc.spans["claims"], known, strict=True):
        assert span._.claim["id"] == claim.id
        assert span.start_char <= claim.start
        assert claim.end <= span.end_char
        assert span.label_ == claim.dimension
    assert doc[0:1]._.claim is None


@pytest.mark.parametrize(
    "text",
    ["", " \n", "没有数字。", "<html><body>12万元</body></html>", "%PDF-1.4 12万元", "\x00收入3元", "\ufeff收入3元"],
)
def test_any_text_is_a_text(text: str, nlp: Any) -> None:
    doc = nlp(text)
    assert len(doc.spans["claims"]) == len(doc._.claims)
    assert all(doc.text[one["start"] : one["end"]] == one["raw"] for one in doc._.claims)


def test_two_claims_of_one_token_are_told_apart(nlp: Any) -> None:
    doc = nlp.get_pipe("quantity_claims")(Doc(nlp.vocab, words=["惠及112户268人。"]))
    for one in (doc, Doc(nlp.vocab).from_bytes(doc.to_bytes())):
        assert [span._.claim["raw"] for span in one.spans["claims"]] == ["112户", "268人"]
        assert one[:1]._.claim["raw"] == "112户"


@pytest.mark.parametrize("name", spacy.util.get_installed_models() or [pytest.param("", marks=NONE)])
def test_in_every_trained_pipeline_that_is_installed(name: str) -> None:
    """None is asked for; whoever has one sees that it goes on as it did."""
    trained = spacy.load(name)
    before = [(token.text, token.tag_) for token in trained(TEXT)]
    trained.add_pipe("quantity_claims")
    doc = trained(TEXT)
    assert [(token.text, token.tag_) for token in doc] == before
    assert [span._.claim["raw"] for span in doc.spans["claims"]] == [one["raw"] for one in doc._.claims] != []


def test_in_a_trained_pipeline_that_was_saved(tmp_path: Path) -> None:
    """None for Chinese is to be had as a package of the index, so a tagger is trained on a sentence."""
    made = spacy.blank("zh")
    made.add_pipe("tagger")
    made.add_pipe("quantity_claims", config={"spans_key": "numbers"})
    words = ["发", "放", "补", "助", "3", "元"]
    example = Example.from_dict(
        Doc(made.vocab, words=words, spaces=[False] * 6), {"tags": ["V", "V", "N", "N", "M", "Q"]}
    )
    made.initialize(lambda: [example])
    made.update([example])
    made.to_disk(tmp_path / "model")
    doc = spacy.load(tmp_path / "model")("发放补助3元")
    assert [span.text for span in doc.spans["numbers"]] == ["3元"]
    assert all(token.tag_ for token in doc)
