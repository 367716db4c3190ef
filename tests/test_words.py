"""Words: cut and tagged as the genre uses them; by jieba where rjieba is not, and for words of one's own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor import lexicon, patterns, words
from extractor.words import cut, find_word

REPORT = Path(__file__).resolve().parent.parent / "corpus" / "reports" / "liulin_final_accounts_2024.txt"
LINES = REPORT.read_text(encoding="utf-8").splitlines()[:120]


@pytest.fixture
def without_rjieba(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    forget_cutter()
    yield
    monkeypatch.undo()
    forget_cutter()


def forget_cutter() -> None:
    for known in (words._load_tagger, words._load_lexicon, words._tag_all, lexicon.load_extension):
        known.cache_clear()


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
    by_rjieba = [(word.text, word.tag) for line in LINES for word in cut(line)]
    request.getfixturevalue("without_rjieba")
    by_jieba = [(word.text, word.tag) for line in LINES for word in cut(line)]
    assert [text for text, _ in by_rjieba] == [text for text, _ in by_jieba]
    assert sum(one == two for one, two in zip(by_rjieba, by_jieba, strict=True)) >= 0.99 * len(by_rjieba)


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


# ── the words that texts have ────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the list is kept for one test, by a process that has loaded no word."""
    place = tmp_path / "kept"
    monkeypatch.setattr(lexicon, "locate_beside", lambda source, ending: place)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    forget_cutter()
    yield place
    monkeypatch.undo()
    forget_cutter()


def test_words_that_are_loaded_when_texts_have_them_cut_as_all_do(file: Path) -> None:
    tagged, known = words.load_rjieba(), words.read_words("words")
    assert words._load_lexicon() is not None
    for line in (*LINES, *reversed(LINES), "王小明说，２０％的PPP为3.5亿元㎡ \0\0。", ""):
        assert [(word.text, word.tag) for word in cut(line)] == [
            (one, known.get(one, tag)) for one, tag in tagged(line)
        ]


def test_the_list_is_kept_and_read_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = lexicon.load_lines()
    monkeypatch.setattr(lexicon, "_read_lines", pytest.fail)
    again = lexicon.load_lines()
    assert made is not None
    assert again is not None
    for first in ("收", "一", "T", "\0", "\uffff", "\U0010ffff"):
        assert made.find(first) == again.find(first)
    assert b"\n\xe6\x94\xb6\xe5\x85\xa5 " in again.find("收")
    assert again.find("\0") == again.find("\U0010ffff") == b""


@pytest.mark.parametrize("length", [0, 10, 100])
def test_a_file_that_is_cut_off_is_made_anew(file: Path, length: int) -> None:
    made = lexicon.load_lines()
    file.write_bytes(file.read_bytes()[:length])
    again = lexicon.load_lines()
    assert made is not None
    assert again is not None
    assert again.find("收") == made.find("收")


def test_what_was_damaged_is_read_from_the_list(file: Path) -> None:
    assert lexicon.load_lines() is not None
    content = file.read_bytes()
    at = content.index("\n收入 ".encode())
    file.write_bytes(content[:at] + b"\n???" + content[at + 4 :])
    damaged = lexicon.load_lines()
    assert damaged is not None
    assert "\n收入 ".encode() in damaged.find("收")


def test_another_list_is_made_anew(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = tmp_path / "dict.txt"
    monkeypatch.setattr(lexicon, "_locate_list", lambda: listed)
    for text, total in (("收入 9 n\n", 9), ("收入 9 n\n收 1 v\n", 10)):
        listed.write_text(text, "utf-8")
        lexicon._read_lines.cache_clear()
        lines = lexicon.load_lines()
        assert lines is not None
        assert lines.total == total


def test_all_words_are_loaded_where_the_list_cannot_be_kept(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert lexicon.load_lines() is None
    assert [(word.text, word.tag) for word in cut("走访退役军人1035人")][:2] == [("走访", "v"), ("退役军人", "n")]
    assert not file.exists()


def test_pairs_of_characters_are_not_remembered_without_end(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "MOST_MET", 100)
    once = [cut(line) for line in LINES]
    found = words._load_lexicon()
    assert found is not None
    assert len(found._met) < 100 + max(map(len, LINES)) * 2
    assert [cut(line) for line in LINES] == once
