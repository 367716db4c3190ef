"""The words of the review page."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.messages import Lang, Sentence, choose, sentences
from extractor.model import Result
from extractor.reports.labels import label_rule

# Of the names that other rooms have too, those that the page shows.
KEPT = ("names.kind.", "names.dimension.", "findings.severity.")


def list_words(result: Result, lang: Lang) -> dict[str, str]:
    """The words of ``messages/page``, and the names of kinds, dimensions, severities and the rules of the checks."""
    rules = dict.fromkeys(check.rule for check in result.checks)
    return {name: choose(sentence, lang) for name, sentence in find_words()} | {
        f"rule.{rule}": label_rule(rule, lang) for rule in rules
    }


def find_words() -> Iterator[tuple[str, Sentence]]:
    """The words by the names that the page's script has for them."""
    for name, sentence in sentences().items():
        room, _, word = name.removeprefix("messages/").partition(".")
        if room == "page" or f"{room}.{word}".startswith(KEPT):
            yield word, sentence
