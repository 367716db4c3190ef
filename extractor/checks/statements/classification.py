"""How accounts (类, 款, 项) of expenditure by function are named, and whose expenditure words speak of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import regex
from msgspec import Struct

from extractor import patterns
from extractor.claims.vocabulary import StandPattern, normalize_name

# Digits of the code of a 类, a 款 and a 项 in the 政府收支分类科目.
CLASS, GROUP, ITEM = 3, 5, 7
LEVELS = 3


class ScopePattern(Struct, frozen=True, forbid_unknown_fields=True):
    """Whose expenditure an account is of; the legend of the file says what the fields mean."""

    heading: str = ""
    stands: list[StandPattern] = []
    totals: list[str] = []
    wider: list[str] = []
    budget: bool = False
    inner: bool = False


class ClassPattern(Struct, frozen=True, forbid_unknown_fields=True):
    """A class of expenditure by function."""

    code: str
    called: list[str]


class MirrorPattern(Struct, frozen=True, forbid_unknown_fields=True):
    """Accounts and the item of basic expenditure that usually is the same money."""

    accounts: list[str]
    items: str


@cache
def read_word(name: str) -> regex.Pattern[str]:
    """One of the expressions of how accounts are written."""
    return patterns.fragment("accounts/words", name)


@cache
def list_scopes() -> Mapping[str, ScopePattern]:
    """The scopes by name, in the order in which they are asked."""
    found = patterns.load("accounts/scopes", ScopePattern)
    return {name.rpartition(".")[2]: scope for name, scope in found.items()}


@cache
def load_mirrors() -> Mapping[str, MirrorPattern]:
    """The accounts that basic expenditure states again, by the full names of their patterns."""
    return patterns.load("accounts/mirrors", MirrorPattern)


@cache
def classes() -> Mapping[str, str]:
    """The codes of the classes by their bare names."""
    found = patterns.load("accounts/classes", ClassPattern).values()
    return {drop_tail(name): entry.code for entry in found for name in entry.called}


@cache
def find_scope(words: str) -> str:
    """Whose expenditure some words speak of; empty where they do not say."""
    for name, scope in list_scopes().items():
        if scope.heading and compile_scope(f"{name}.heading", scope.heading).search(words):
            return name
    return ""


def drop_tail(name: str) -> str:
    """The name of an account without the tail that it may lack.

    >>> drop_tail("卫生健康支出"), drop_tail("城乡社区管理事务")
    ('卫生健康', '城乡社区管理事务')
    """
    words = normalize_name(name)
    return str(read_word("tail").sub("", words)) or words


@cache
def compile_scope(name: str, expression: str) -> regex.Pattern[str]:
    """An expression of the scopes."""
    return patterns.compiled(f"accounts/scopes.{name}", expression, patterns.lexicon("accounts/scopes"))


def split_path(metric: str) -> tuple[str, ...] | None:
    """The names of the 类, 款 and 项 that a metric speaks of; None where it speaks of none, or of a part of one.

    >>> split_path("卫生健康支出（类）公共卫生（款）疾病预防（项）支出决算")
    ('卫生健康', '公共卫生', '疾病预防')
    >>> split_path("卫生健康支出"), split_path("公务接待费")
    (('卫生健康',), None)
    >>> split_path("“教育支出-普通教育-初中教育”年初预算"), split_path("“十三五”-“十四五”")
    (('教育', '普通教育', '初中教育'), None)
    """
    words = normalize_name(metric)
    marks = list(read_word("mark").finditer(words))
    if not marks:
        return _split_plain(words)
    if not _is_whole_path(marks) or not read_word("rest").fullmatch(words, marks[-1].end()):
        return None
    starts = [0, *(mark.end() for mark in marks)]
    first, *others = (words[start : mark.start()] for start, mark in zip(starts, marks, strict=False))
    first = read_word("number").sub("", read_word("before").sub("", first))
    return tuple(map(drop_tail, (first, *others)))


def _split_plain(words: str) -> tuple[str, ...] | None:
    """The name of a 类, or those of its levels with hyphens between them."""
    found = read_word("hyphened").fullmatch(words)
    names = tuple(map(drop_tail, found.group("class", "group", "item"))) if found else (drop_tail(words),)
    return names if names[0] in classes() else None


def _is_whole_path(marks: Sequence[regex.Match[str]]) -> bool:
    """Whether the marks of levels begin with that of a 类 and leave none out."""
    levels = "".join(mark["level"] for mark in marks)
    return str(patterns.lexicon("accounts/words")["levels"]).startswith(levels)
