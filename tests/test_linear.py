"""No expression takes more than in proportion longer of a longer text, whatever the text repeats."""

from __future__ import annotations

import pkgutil
import re
from collections import deque
from collections.abc import Iterator
from functools import partial
from importlib import import_module

import pytest
import regex

import extractor
from extractor import patterns
from extractor.own import growth
from extractor.quantities.scan import grammar
from extractor.sections import styles

# A field that has one of these is an expression.
SIGNS = regex.compile(r"[\[({*+?|\\^$]")
# Files without expressions: sentences for readers, and what heads a column.
SENTENCES = ("help/", "messages/", "panel", "vocabulary/numerals")
# What is asked of the beginning of a line, or of a whole one, and not of every place in it.
OF_LINES = ("headings/", "tables/", "documents/", "accounts/statements.name_leaf", "accounts/statements.carried")
# Of these what is searched for in a line.
SEARCHED = (
    "headings/boundaries", "headings/contents.leader", "headings/contents.entity", "headings/openers",
    "headings/cells.quantity", "headings/cells.date", "headings/cells.goal", "headings/cells.word",
    "tables/headers.brackets", "tables/titles.unit", "tables/titles.continued", "tables/titles.number",
    "tables/labels.remark",
)  # fmt: skip
ALTERNATIVES = ("headings/plain", "headings/titles", "headings/openers")


def list_expressions() -> dict[str, regex.Pattern[str]]:
    """Every expression of the tree, those made of several, and those of modules, by name; each once."""
    names: dict[str, str] = {}
    found: dict[str, regex.Pattern[str]] = {}
    for key, compiled in (*read_tree(), *read_made(), *read_modules()):
        found[names.setdefault(compiled.pattern, key)] = compiled
    return found


def read_tree() -> Iterator[tuple[str, regex.Pattern[str]]]:
    """The fragments of every file and the expressions of its patterns, by their names."""
    for file in patterns.files(""):
        name = patterns.name(file)
        if name.startswith(SENTENCES):
            continue
        fields = dict(patterns.list_fields(name))
        for key, value in fields.items():
            if isinstance(value, str) and SIGNS.search(value):
                yield key, patterns.compiled(key, value, patterns.lexicon(name))


def read_made() -> Iterator[tuple[str, regex.Pattern[str]]]:
    """What is made of many patterns."""
    yield "quantities", grammar()
    yield "vocabulary/numbering", styles.load_marker()
    for path in ALTERNATIVES:
        yield path, styles.load_alternatives(path)


def read_modules() -> Iterator[tuple[str, regex.Pattern[str]]]:
    """The expressions over marks and digits that modules hold."""
    for module in pkgutil.walk_packages(extractor.__path__, "extractor."):
        if ".cli" in module.name or ".batch" in module.name:
            continue
        for name, value in vars(import_module(module.name)).items():
            # One that is kept compiled is no pattern by its type; those of the standard library cannot be stopped.
            is_simple = isinstance(value, re.Pattern)
            if isinstance(getattr(value, "pattern", None), str) and hasattr(value, "finditer") and not is_simple:
                yield f"{module.name}.{name}", value


def ask(key: str, compiled: regex.Pattern[str], text: str) -> None:
    """Asks of a text what the tool may ask: everything that matches in it, or of its beginning and of all of it."""
    if key.startswith(OF_LINES) and not key.startswith(SEARCHED):
        compiled.match(text, timeout=growth.TIMEOUT)
        compiled.fullmatch(text, timeout=growth.TIMEOUT)
    else:
        deque(compiled.finditer(text, timeout=growth.TIMEOUT), maxlen=0)


EXPRESSIONS = list_expressions()


@pytest.mark.parametrize("key", EXPRESSIONS)
def test_an_expression_takes_time_in_proportion(key: str) -> None:
    compiled = EXPRESSIONS[key]
    pumps = growth.list_pumps(compiled.pattern)
    assert [pump for pump in pumps if growth.is_superlinear(partial(ask, key, compiled), pump)] == []


@pytest.mark.parametrize("expression", ["甲+乙", "[0-9]+(?:元|人)"])
def test_what_backtracks_is_noticed(expression: str) -> None:
    compiled = regex.compile(expression)
    pumps = growth.list_pumps(expression)
    assert any(growth.is_superlinear(partial(ask, "", compiled), pump) for pump in pumps)
