"""What is made of the patterns alone is kept beside Python's bytecode, and is the same as if it were made anew."""

from __future__ import annotations

import os
import pickle
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import regex

from extractor import kept, patterns
from extractor.layers import digest_files, forget_patterns
from extractor.needed import find_needed

EXPRESSION = r"(?<!第)(?P<count>[0-9]+)(?:万元|户)"
TEXT = "第3户，支出20万元，惠及112户"


@pytest.fixture
def file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where things are kept for one test, by a process that has made nothing yet."""
    place = tmp_path / "new" / "kept"
    monkeypatch.setattr(kept, "locate_kept", lambda: place)
    monkeypatch.setattr(kept, "_made", {})
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    kept._load.cache_clear()
    return place


def test_what_is_kept_is_read_and_not_made_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = kept.compile_expression(EXPRESSION)
    needed = find_needed(EXPRESSION)
    kept.save_made()
    assert len(kept.read_kept(file).read_all()) == 2
    kept._load.cache_clear()
    monkeypatch.setattr(regex, "compile", lambda expression: pytest.fail(expression))
    again = kept.compile_expression(EXPRESSION)
    assert again.pattern == made.pattern
    assert [found.groupdict() for found in again.finditer(TEXT)] == [{"count": "20"}, {"count": "112"}]
    assert find_needed(EXPRESSION) == needed == ({"万", "户"},)


def test_what_is_kept_is_restored_when_it_is_asked_and_once(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, restored = kept.compile_expression(EXPRESSION), kept._restore
    kept.save_made()
    kept._load.cache_clear()
    asked: list[bytes] = []
    monkeypatch.setattr(kept, "_restore", lambda known, text: asked.append(known) or restored(known, text))
    again = kept.compile_expression(EXPRESSION)
    assert (again.pattern, asked) == (EXPRESSION, [])
    for _ in range(3):
        assert (again.groupindex, again.groups) == (made.groupindex, made.groups)
    assert len(asked) == 1


def test_what_others_keep_stays(file: Path) -> None:
    for expression in ("一", "二"):
        kept.compile_expression(expression)
        kept.save_made()
    assert len(kept.read_kept(file).read_all()) == 2


def test_what_has_grown_too_much_is_begun_anew(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.compile_expression("一")
    kept.save_made()
    monkeypatch.setattr(kept, "MOST_KEPT", file.stat().st_size)
    kept.compile_expression("二")
    kept.save_made()
    assert len(kept.read_kept(file).read_all()) == 1


def make_by(code: Path, returned: str) -> str:
    """What is made of a text by code that returns something, in a file that always has the same date and length."""
    code.write_text(f"def make(text):\n    return {returned}\n", encoding="utf-8")
    os.utime(code, (1, 1))
    kept._load.cache_clear()
    found = kept.keep_plainly("word", str)(runpy.run_path(str(code))["make"])("户")
    kept.save_made()
    return found


def test_what_other_code_made_is_made_anew(file: Path, tmp_path: Path) -> None:
    code = tmp_path / "maker.py"
    assert [make_by(code, "text * 2"), make_by(code, "text * 3")] == ["户户", "户户户"]
    assert len(kept.read_kept(file).read_all()) == 2


def test_nothing_is_kept_of_code_that_cannot_be_read(file: Path) -> None:
    names: dict[str, Any] = {}
    exec("def make(text): return text", names)
    assert kept.keep_plainly("word", str)(names["make"]) is names["make"]


def test_an_entry_of_another_expression_is_not_found(file: Path) -> None:
    kept.compile_expression(EXPRESSION)
    kept.save_made()
    kept._load.cache_clear()
    other = EXPRESSION.replace("万元", "千元")
    assert kept.compile_expression(other).pattern == other


@pytest.mark.parametrize("damage", [b"", b"short", bytes(2000)])
def test_a_damaged_file_keeps_nothing(file: Path, damage: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(damage)
    assert kept.read_kept(file).read_all() == {}
    assert kept.compile_expression(EXPRESSION).search(TEXT)


def test_a_damaged_thing_is_made_anew_and_others_stay(file: Path) -> None:
    for expression in ("一", EXPRESSION):
        kept.compile_expression(expression)
    kept.save_made()
    content = file.read_bytes()
    file.write_bytes(b"?" * 20 + content[20:])
    kept._load.cache_clear()
    assert len(kept.read_kept(file).read_all()) == 1
    assert kept.compile_expression("一").search("一")
    assert len(kept._made) == 1


@pytest.mark.parametrize("foreign", [pickle.dumps(print), msgspec.msgpack.encode([1]), b"\x80"])
def test_what_compiles_no_expression_is_not_called(file: Path, monkeypatch: pytest.MonkeyPatch, foreign: bytes) -> None:
    kept.compile_expression(EXPRESSION)
    monkeypatch.setattr(kept, "_load", lambda _: dict.fromkeys(kept._made, foreign))
    assert kept.compile_expression(EXPRESSION).search(TEXT)


def test_nothing_is_written_where_python_writes_no_bytecode(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    kept.compile_expression(EXPRESSION)
    kept.save_made()
    assert not file.exists()


def test_a_pattern_file_that_cannot_be_read_is_another_tree(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("[words]", encoding="utf-8")
    before = digest_files.__wrapped__(tmp_path, None)
    (tmp_path / "lost.toml").symlink_to(tmp_path / "nowhere")
    assert digest_files.__wrapped__(tmp_path, None) != before


TREE = """
[words]
counted = ["户", "{other.more}"]
[fragments]
number = "[0-9]+{counted}"
[[pattern]]
id = "one"
words = ["万"]
"""


@pytest.fixture
def tree(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A tree of patterns with a file, and a room that it takes words from."""
    folder = tmp_path / "patterns"
    (folder / "vocabulary").mkdir(parents=True)
    (folder / "own.toml").write_text(TREE, encoding="utf-8")
    (folder / "vocabulary" / "other.toml").write_text('[words]\nmore = ["人"]\n', encoding="utf-8")
    monkeypatch.setattr(patterns, "root", lambda: folder)
    forget_patterns()
    yield folder
    monkeypatch.undo()
    forget_patterns()


def read_tree() -> tuple[object, ...]:
    """All that is made of the files, by a process that knows nothing of them."""
    forget_patterns()
    names = patterns.lexicon("own")
    number = patterns.compiled("own.number", "{number}", names).pattern
    return dict(names), number, patterns.load("own", dict[str, list[str]])


def test_what_is_made_of_pattern_files_is_read_and_not_made_again(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = read_tree()
    assert made[1:] == ("[0-9]+(?:[人户])", {"own.one": {"words": ["万"]}})
    kept.save_made()
    monkeypatch.setattr(patterns, "_read_file", lambda file: pytest.fail(str(file)))
    assert read_tree() == made


@pytest.mark.parametrize(("name", "old", "new"), [("own", "万", "亿"), ("vocabulary/other", "人", "件")])
def test_where_a_pattern_file_is_another_one_all_is_made_anew(tree: Path, name: str, old: str, new: str) -> None:
    made = str(read_tree())
    kept.save_made()
    file = tree / f"{name}.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert str(read_tree()) == made.replace(old, new)


def test_what_patterns_one_has_of_ones_own_is_told_apart(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = read_tree()
    kept.save_made()
    own = tree.with_name("mine")
    own.mkdir()
    (own / "own.toml").write_text('[words]\ncounted = ["头"]\n', encoding="utf-8")
    monkeypatch.setenv("EXTRACT_PATTERNS", str(own))
    monkeypatch.setattr("extractor.layers.refuse_misplaced", lambda _: None)
    assert read_tree()[1] == "[0-9]+(?:[人头户])"
    monkeypatch.delenv("EXTRACT_PATTERNS")
    assert read_tree() == made


def test_a_folder_that_may_not_be_written_is_no_error(file: Path) -> None:
    file.parent.write_text("no folder")
    kept.compile_expression(EXPRESSION)
    kept.save_made()
    assert kept.read_kept(file).read_all() == {}
