"""Guards that are not asked of a text would have found nothing in it."""

from __future__ import annotations

import examples
import pytest
import regex

from extractor import patterns
from extractor.needed import find_first, find_needed
from extractor.quantities.guards import expressions, find_masks, lay_guard
from extractor.scope import facets


def test_guards_that_are_not_asked_are_silent() -> None:
    for text in {one.text for one in examples.all_examples()}:
        asked = [mask for key, guard in expressions().items() for mask in lay_guard(key, guard, text)]
        assert list(find_masks(text)) == asked


@pytest.mark.parametrize(
    ("expression", "needed"),
    [
        ("第[一二]届", {"第"}),
        ("(?:甲|乙丙)?丁+", {"丁"}),
        ("(?:甲|乙[0-9])", {"甲", "乙"}),
        ("(?>[甲乙])(?=丙丁)", {"丙"}),
        ("(?P<name>甲)|(?P<name>乙)", {"甲", "乙"}),
        ("[0-2]", {"0", "1", "2"}),
        # Without any of these characters the expressions may match.
        ("甲*", set()),
        ("甲|", set()),
        ("甲|[^乙]", set()),
        (r"\p{Han}", set()),
        (r"\d甲?", set()),
        ("(?!甲)乙?", set()),
        ("(?i)g", set()),
        ("(?i:g)", set()),
        ("(?<!乙)(?:甲|.)", set()),
    ],
)
def test_what_an_expression_needs_is_told(expression: str, needed: set[str]) -> None:
    regex.compile(expression)
    assert set().union(*find_needed(expression)[:1]) == needed


@pytest.mark.parametrize(
    ("expression", "needed"),
    [
        ("第[一二]届", ({"第"}, {"届"}, {"一", "二"})),
        ("甲[0-9]+(?:乙|丙丁)戊?", ({"甲"}, {"乙", "丙"})),
        ("[0-9](?:年|月)", ({"年", "月"},)),
        ("(?<=甲)乙甲(?!丙)", ({"甲"}, {"乙"})),
    ],
)
def test_all_that_an_expression_needs_is_told(expression: str, needed: tuple[set[str], ...]) -> None:
    assert find_needed(expression) == needed


@pytest.mark.parametrize(
    ("expression", "first"),
    [
        ("第[一二]届", {"第"}),
        ("年?(?:甲|乙丙)", {"年", "甲", "乙"}),
        ("(?<!第)(?=甲)(?P<name>[甲乙])", {"甲", "乙"}),
        ("(?>[甲乙])丁", {"甲", "乙"}),
        ("甲{2,}", {"甲"}),
        # These may begin with anything, or match nothing.
        ("甲*", set()),
        ("甲|", set()),
        (".甲", set()),
        (r"\s?甲", {"甲", *filter(str.isspace, map(chr, range(0x3001)))}),
        (r"\p{Han}甲", set()),
        ("[^乙]甲", set()),
        ("(?i)g", set()),
    ],
)
def test_what_an_expression_begins_with_is_told(expression: str, first: set[str]) -> None:
    regex.compile(expression)
    assert find_first(expression) == first


def test_facets_are_found_as_one_expression_of_all_words_finds_them() -> None:
    names = patterns.lexicon(facets.WORDS)
    words = patterns.load(facets.WORDS, facets.FacetPattern).items()
    parts = (f"(?P<{key.rpartition('.')[2]}>{entry.text})" for key, entry in words)
    of_all = patterns.compiled(facets.WORDS, "|".join(parts), names)
    for text in {one.text for one in examples.all_examples()}:
        found = [(match.start(), f"{facets.WORDS}.{match.lastgroup}") for match in of_all.finditer(text)]
        assert [
            (one.start, one.pattern) for one in facets.find_facets(text) if one.pattern.startswith(facets.WORDS)
        ] == found
