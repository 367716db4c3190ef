"""Examples of rules: small documents and the checks expected of them, as ``corpus/examples/README.md`` describes."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from extractor.layers import PatternError
from extractor.model import Check, Notice, Operand, Result
from extractor.pipeline import extract


class Example(Struct, frozen=True):
    """A small document and the checks expected of it; no others may fail."""

    place: str
    text: str
    expected: tuple[str, ...]

    @property
    def file(self) -> str:
        """The file it stands in, named as its pattern file is: checks/sum."""
        return self.place.rpartition(":")[0]

    @property
    def rule(self) -> str:
        """The rule that the file is about."""
        return self.file.rpartition("/")[2]


def read(text: str, name: str) -> list[Example]:
    r"""The examples of one file called ``name``. Raises ``PatternError`` for a line that cannot be read.

    >>> read("= 其中女性党员占60.5%。\n  -", "checks/share")
    [Example(place='checks/share:1', text='其中女性党员占60.5%。', expected=())]
    """
    found: list[Example] = []
    for number, line in enumerate(text.splitlines(), 1):
        mark, rest = line[:2], line[2:]
        if mark == "= ":
            found.append(Example(f"{name}:{number}", rest, ()))
        elif found and (mark == "| " or line == "|"):
            found[-1] = replace(found[-1], text=f"{found[-1].text}\n{rest}".replace("⇥", "\t"))
        elif found and mark == "  " and rest.strip() != "-":
            found[-1] = replace(found[-1], expected=(*found[-1].expected, " ".join(rest.split())))
        elif line.strip() and not line.startswith(("#", "  ")):
            raise PatternError("example-line", place=f"{name}:{number}")
    return found


def show_check(check: Check, result: Result) -> str:
    """A check as the notation writes it: ``sum fails error | 10万元 | 4万元 | 5万元``."""
    words = " ".join(filter(None, (check.rule, check.status, check.severity if check.status == "fails" else None)))
    return " | ".join([words, *(read_raw(operand, result) for operand in check.operands)])


def read_raw(operand: Operand, result: Result) -> str:
    """The words of an operand."""
    if operand.text:
        return result.text[operand.text.start : operand.text.end]
    if operand.claim:
        return next(claim.raw for claim in result.claims if claim.id == operand.claim).replace("\n", "")
    table = next(table for table in result.tables if table.id == operand.table)
    return table.rows[operand.row or 0][operand.column or 0].text


def find_checks(example: Example) -> set[str]:
    """The checks of an example's document, as the notation writes them."""
    result = extract(example.text.encode(), name="example.txt")
    return {show_check(check, result) for check in result.checks}


def find_fired(example: Example) -> set[str]:
    """The relations and patterns that the checks of an example's document name."""
    result = extract(example.text.encode(), name="example.txt")
    return {name for check in result.checks for name in check.evidence}


def check(example: Example) -> Iterator[Notice]:
    """Every check that is missing, and every one that fails and was not expected."""
    found = find_checks(example)
    failing = {one for one in found if " fails " in one.partition("|")[0]}
    for one in sorted(set(example.expected) - found):
        yield Notice("own.missing-check", {"check": one, "found": "; ".join(sorted(found)) or "-"})
    for one in sorted(failing - set(example.expected)):
        yield Notice("own.extra-check", {"check": one})
