"""How accounts (类, 款, 项) of expenditure by function are named, and whose expenditure words speak of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import regex
from msgspec import Struct

from extractor import patterns
from extractor.claims.vocabulary import StandPattern, plain


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
def word(name: str) -> regex.Pattern[str]:
    """One of the expressions of how accounts are written."""
    return patterns.compiled(f"accounts/words.{name}", str(patterns.lexicon("accounts/words")[name]))


@cache
def scopes() -> Mapping[str, ScopePattern]:
    """The scopes by name, in the order in which they are asked."""
    found = patterns.load("accounts/scopes", ScopePattern)
    return {name.rpartition(".")[2]: scope for name, scope in found.items()}


@cache
def mirrors() -> tuple[MirrorPattern, ...]:
    """The accounts that basic expenditure states again."""
    return tuple(patterns.load("accounts/mirrors", MirrorPattern).values())


@cache
def classes() -> Mapping[str, str]:
    """The codes of the classes by their bare names."""
    found = patterns.load("accounts/classes", ClassPattern).values()
    return {bare(name): entry.code for entry in found for name in entry.called}


@cache
def scope_of(words: str) -> str:
    """Whose expenditure some words speak of; empty where they do not say."""
    asked = ((name, scope.heading) for name, scope in scopes().items() if scope.heading)
    return next((name for name, heading in asked if compiled(f"{name}.heading", heading).search(words)), "")


def bare(name: str) -> str:
    """The name of an account without the tail that it may lack.

    >>> bare("卫生健康支出"), bare("城乡社区管理事务")
    ('卫生健康', '城乡社区管理事务')
    """
    words = plain(name)
    return str(word("tail").sub("", words)) or words


@cache
def compiled(name: str, expression: str) -> regex.Pattern[str]:
    """An expression of the scopes."""
    return patterns.compiled(f"accounts/scopes.{name}", expression, patterns.lexicon("accounts/scopes"))


def path(metric: str) -> tuple[str, ...] | None:
    """The names of the 类, 款 and 项 that a metric speaks of; None where it speaks of none, or of a part of one.

    >>> path("卫生健康支出（类）公共卫生（款）疾病预防（项）支出决算"), path("卫生健康支出"), path("公务接待费")
    (('卫生健康', '公共卫生', '疾病预防'), ('卫生健康',), None)
    """
    words = plain(metric)
    marks = list(word("mark").finditer(words))
    if not marks:
        return (bare(words),) if bare(words) in classes() else None
    starts = [0, *(mark.end() for mark in marks)]
    names = [words[start : mark.start()] for start, mark in zip(starts, marks, strict=False)]
    names[0] = word("number").sub("", word("before").sub("", names[0]))
    levels = "".join(mark["level"] for mark in marks)
    whole = levels == str(patterns.lexicon("accounts/words")["levels"])[: len(levels)]
    return tuple(map(bare, names)) if whole and word("rest").fullmatch(words[starts[-1] :]) else None
