"""What the tool says to people, in Chinese and English: the sentences are data in ``patterns/messages``."""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

from extractor import patterns
from extractor.model import Message, Notice

Lang = Literal["zh", "en"]

# The signs of shares and rates, and what the points are called that these differ by.
POINTS = {"%": "percent", "％": "percent", "﹪": "percent", "‰": "per_mille"}


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
    return choose(sentences()[f"messages/{notice.message}"], lang).format(**notice.facts)


def choose(sentence: Sentence, lang: Lang) -> str:
    """A sentence in the reader's language, with the places of its facts."""
    return sentence.zh if lang == "zh" else sentence.en


def speak(message: Message, lang: Lang) -> str:
    """A message in the reader's language."""
    return message.zh if lang == "zh" else message.en


def gap(number: str, unit: str, lang: Lang) -> str:
    """How far two numbers in ``unit`` are apart: shares and rates in points.

    >>> gap("0.481", "%", "zh"), gap("3.91", "万元", "zh")
    ('0.481个百分点', '3.91万元')
    """
    name = POINTS.get(unit)
    return render(Notice(f"gaps.{name}", {"number": number}), lang) if name else f"{number}{unit}"
