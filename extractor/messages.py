"""What the tool says to people, in Chinese and English: the sentences are data in ``patterns/messages``."""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

from extractor import patterns
from extractor.model import Notice

Lang = Literal["zh", "en"]


class Sentence(Struct, frozen=True, forbid_unknown_fields=True):
    """One message in both languages; ``{name}`` stands for a fact."""

    zh: str
    en: str


@cache
def sentences() -> dict[str, Sentence]:
    """Every message by its full name, ``messages/input.encrypted``."""
    return patterns.load("messages", Sentence)


def known(message: str) -> bool:
    """Whether there is such a message."""
    return f"messages/{message}" in sentences()


def render(notice: Notice, lang: Lang = "zh") -> str:
    """The notice as a sentence in ``lang``."""
    sentence = sentences()[f"messages/{notice.message}"]
    return (sentence.zh if lang == "zh" else sentence.en).format(**notice.facts)
