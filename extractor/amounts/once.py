"""What several rules ask of a book is found once: of the whole book, or of each of its claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TypeVar

from extractor.amounts.book import Book
from extractor.model import Claim

T = TypeVar("T")
# What nobody has asked of a claim yet.
NOT_ASKED = object()


def once_a_book(find: Callable[[Book], Iterable[T]]) -> Callable[[Book], tuple[T, ...]]:
    """Has what stands in a book looked for once, however many rules ask for it."""

    def make(book: Book) -> tuple[T, ...]:
        return tuple(find(book))

    @wraps(find)
    def find_once(book: Book) -> tuple[T, ...]:
        return book.view(make)

    return find_once


def once_a_claim(ask: Callable[[Book, Claim], T]) -> Callable[[Book, Claim], T]:
    """Has a question about a claim answered once, however many rules ask it."""

    def make(_: Book) -> dict[str, object]:
        return {}

    @wraps(ask)
    def ask_once(book: Book, claim: Claim) -> T:
        answers = book.view(make)
        answer = answers.get(claim.id, NOT_ASKED)
        if answer is NOT_ASKED:
            answer = answers[claim.id] = ask(book, claim)
        return answer  # type: ignore[return-value]

    return ask_once
