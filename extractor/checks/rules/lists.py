"""Lists of parts that are whole by how they are written: closed by 和, or alone in a bracket behind the total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from extractor import patterns
from extractor.amounts.book import Book
from extractor.amounts.interval import total
from extractor.checks.drafts import Draft, judged
from extractor.checks.relations.clauses import is_origin
from extractor.checks.relations.groups import is_average
from extractor.checks.relations.misprints import is_slip
from extractor.model import Claim

# A bracket is looked for this many characters behind the last part.
CLOSING = 8


_expression = partial(patterns.fragment, "checks/lists")


def find(book: Book) -> Iterator[Draft]:
    """Every total with such a list behind it in its sentence."""
    for sentence in book.sentences:
        for at, whole in enumerate(sentence):
            parts = _parts(book, whole, sentence[at + 1 :]) if whole.kind == "level" and not whole.cell else []
            if len(parts) > 1 and not is_average(whole):
                draft = _checked(book, whole, parts)
                if draft:
                    yield draft


def _parts(book: Book, whole: Claim, behind: Sequence[Claim]) -> list[Claim]:
    """The parts of a total that stand together right behind it: levels of its unit alone."""
    parts: list[Claim] = []
    for one in behind:
        alike = one.kind == "level" and one.base_unit == whole.base_unit and one.role == whole.role
        if one.part_of != whole.id or not alike or is_origin(book, one):
            break
        parts.append(one)
    return parts


def _checked(book: Book, whole: Claim, parts: Sequence[Claim]) -> Draft | None:
    bracket = _is_bracket(book, whole, parts)
    if not bracket and not _is_closed(book, whole, parts):
        return None
    amounts = [book.amount(part) for part in parts]
    operands = [("total", book.amount(whole)), *(("part", amount) for amount in amounts)]
    draft = judged("sum", operands, total, severity="warning", evidence=("checks/lists",))
    # People are told again by what they are (男5人、女7人、党员3人).
    told_again = bracket and whole.dimension == "person" and not is_slip(book.amount(whole), amounts)
    return None if draft.status == "fails" and told_again else draft


def _is_closed(book: Book, whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether a list is opened by its words and closed by the one in front of its last part."""
    opened = _expression("opener").search(book.text, whole.end, parts[0].start)
    joined = _expression("joined").search(book.text[parts[-2].end : parts[-1].start])
    return bool(opened and joined) and not _expression("open").search(book.text[parts[-1].end :][: 2 * CLOSING])


def _is_bracket(book: Book, whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether a bracket right behind a total holds its parts and nothing else."""
    text = book.text
    if not _expression("bracket").search(text[whole.end : parts[0].start]):
        return False
    between = _expression("between")
    together = all(between.search(text[one.end : two.start]) for one, two in pairwise(parts))
    return together and bool(_expression("end").match(text[parts[-1].end :][:CLOSING]))
