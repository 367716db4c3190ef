"""The words of the working papers, in both languages."""

from __future__ import annotations

from extractor.messages import Lang, render
from extractor.model import Notice


def get_phrase(name: str, lang: Lang, **facts: str | int) -> str:
    """The word or phrase of this name in ``messages/papers``."""
    return render(Notice(f"papers.{name}", facts), lang)
