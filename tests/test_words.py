"""Words: cut and tagged as the genre uses them; by jieba where rjieba is not, and for words of one's own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor import patterns, words
from extractor.words import cut, find_word

REPORT = Path(__file__).resolve().parent.parent / "corpus" / "reports" / "liulin_final_accounts_2024.txt"
LINES = REPORT.read_text(encoding="utf-8").splitlines()[:120]


@pytest.fixture
def without_rjieba(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    words._load_tagger.cache_clear()
    yield
    words._load_tagger.cache_clear()


@pytest.fixture
def own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Two words of one's own, in a tree of patterns beside the project's."""
    (tmp_path / "words.toml").write_bytes((patterns.root() / "words.toml").read_bytes())
    (tmp_path / "own_words.toml").write_text('[words]\nnz = ["云脑一站办"]\nn = ["社区议"]\n', encoding="utf-8")
    monkeypatch.setattr(patterns, "root", lambda: tmp_path)
    forget()
    yield ["云脑一站办", "社区议"]
    monkeypatch.undo()
    forget()


def forget() -> None:
    for known in (patterns.lexicon, patterns.read_names, words.read_words, words.load_jieba):
        known.cache_clear()


def test_cut_as_jieba_does(request: pytest.FixtureRequest) -> None:
    by_rjieba = [cut(line) for line in LINES]
    request.getfixturevalue("without_rjieba")
    by_jieba = [cut(line) for line in LINES]
    assert [[word.text for word in line] for line in by_rjieba] == [[word.text for word in line] for line in by_jieba]
    pairs = [pair for lines in zip(by_rjieba, by_jieba, strict=True) for pair in zip(*lines, strict=True)]
    assert sum(one.tag == two.tag for one, two in pairs) >= 0.99 * len(pairs)


def test_jieba_cuts_where_rjieba_is_not(without_rjieba: None) -> None:
    assert [(word.text, word.tag) for word in cut("走访退役军人1035人")][:2] == [("走访", "v"), ("退役军人", "n")]
    assert words._load_tagger() is words.load_jieba(own=False)


def test_own_words_are_kept_whole_where_a_text_holds_one(own_words: list[str]) -> None:
    text = "新建云脑一站办3处，召开社区议事会"
    found = {word.text: word.tag for word in cut(text)}
    assert found["云脑一站办"] == "nz"
    assert "".join(word.text for word in cut(text)) == text


def test_own_words_change_no_other_text(own_words: list[str]) -> None:
    assert words._choose_tagger("召开居民议事会")[1] is words._load_tagger()
    assert words._choose_tagger("召开社区议事会")[1] is words.load_jieba(own=True)


def test_offsets() -> None:
    text = "走访退役军人1035人"
    assert [text[word.start : word.end] for word in cut(text)] == [word.text for word in cut(text)]
    assert find_word(cut(text), text.index("役")).text == "退役军人"


def test_the_genre_goes_before_the_dictionary() -> None:
    assert {word.text: word.tag for word in cut("预算单位新增泊位")}["预算"] == "n"
