"""Whether a folder of patterns of one's own is in order: its files, their entries and expressions, and its examples."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import regex
from msgspec import Struct

from extractor import patterns
from extractor.checks.engine.forms import load as load_rule
from extractor.layers import EXAMPLES, LISTED, PatternError, list_own, use_patterns
from extractor.model import Notice
from extractor.own import checks, examples, growth
from extractor.own.kinds import find_type
from extractor.own.stubs import CODE

RULES = "checks/"
# Their examples have notations of their own, which are not run here.
OTHERS = ("passages/", "headings/", "entities/", "statements/", "tables/", "vocabulary/numbering", "messages/")
# A field with one of these is an expression; in those files it is words for readers.
SIGNS = regex.compile(r"[\[({*+?|\\^$]")
READ = ("messages/",)


class Problem(Struct, frozen=True):
    """What is wrong, and where: a file with an entry, or an example with its line."""

    place: str
    notice: Notice | PatternError


class Checked(Struct, frozen=True):
    """What was looked at, what is wrong, and which entries no example shows."""

    files: int
    entries: int
    examples: int
    problems: tuple[Problem, ...]
    unshown: tuple[str, ...]


def check_folder(folder: Path) -> Checked:
    """Checks a folder of patterns of one's own. Raises ``PatternError`` where it cannot be read at all.

    Examples are run only where all files can be used.
    """
    use_patterns(folder)
    files = list_own(folder.resolve())
    problems = [problem for file in files for problem in _check_file(file)]
    names = sorted(patterns.list_own_entries()) if not problems else []
    told = list(_read_examples(folder.resolve())) if not problems else []
    fired: set[str] = set()
    for name, text in told:
        problems += _run_examples(name, text, fired)
    unshown = [name for name in names if _is_shown(name) and name not in fired]
    count = sum(text.count("\n= ") + text.startswith("= ") for _, text in told)
    return Checked(len(files), len(names), count, tuple(problems), tuple(unshown))


def _attempt(place: str, work: Callable[[], Any]) -> Iterator[Problem]:
    """The problem that some work tells."""
    try:
        work()
    except PatternError as error:
        yield Problem(place, error)


def _check_file(file: Path) -> Iterator[Problem]:
    """What is wrong in one file: that it cannot be read, or its entries, or its expressions."""
    name = patterns.name(file)
    found = list(_attempt(name, partial(_read_whole, name)))
    yield from found
    if not found:
        yield from _check_expressions(name)


def _read_whole(name: str) -> None:
    """Reads a file as its stage does. Raises ``PatternError``."""
    entry = find_type(name)
    table = patterns.read(patterns.files(name)[0])
    patterns.lexicon(name)
    if entry:
        patterns.load(name, entry)
    if name.startswith(RULES):
        _read_rule(name.removeprefix(RULES))
    elif entry is None and any(table.get(kind) for kind in LISTED):
        raise PatternError("no-entries", place=name)


def _read_rule(code: str) -> None:
    if not CODE.fullmatch(code):
        raise PatternError("stub-name", name=code)
    load_rule(code)


def _check_expressions(name: str) -> Iterator[Problem]:
    """The expressions of one's own in a file that do not compile, or that would hold up long documents."""
    if name.startswith(READ):
        return
    for key, value in patterns.list_fields(name):
        is_own = patterns.is_own(key) or patterns.is_own(key.rpartition(".")[0])
        if is_own and isinstance(value, str) and SIGNS.search(value):
            yield from _attempt(key, partial(_try_expression, key, value, name))


def _try_expression(key: str, value: str, name: str) -> None:
    """Compiles an expression, and has it search texts that grow. Raises ``PatternError``."""
    compiled = patterns.compiled(key, value, patterns.lexicon(name))
    for pump in growth.list_pumps(compiled.pattern):
        if growth.is_superlinear(partial(_search, compiled), pump):
            raise PatternError("slow", place=key)


def _search(compiled: regex.Pattern[str], text: str) -> None:
    deque(compiled.finditer(text, timeout=growth.TIMEOUT), maxlen=0)


# ── examples ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _read_examples(folder: Path) -> Iterator[tuple[str, str]]:
    """The files of examples by the names of their pattern files, but for those of other notations."""
    for file in sorted((folder / EXAMPLES).rglob("*.txt")):
        name = file.relative_to(folder / EXAMPLES).with_suffix("").as_posix()
        if not name.startswith(OTHERS):
            yield name, file.read_text(encoding="utf-8")


def _run_examples(name: str, text: str, fired: set[str]) -> Iterator[Problem]:
    """What differs from the examples of one file; what fired in them is added to ``fired``."""
    run = _run_checks if name.startswith(RULES) else _run_claims
    try:
        yield from run(name, text, fired)
    except PatternError as error:
        yield Problem(name, error)


def _run_claims(name: str, text: str, fired: set[str]) -> Iterator[Problem]:
    for example in examples.read(text, name):
        fired |= examples.find_fired(example)
        yield from (Problem(example.place, notice) for notice in examples.check(example))


def _run_checks(name: str, text: str, fired: set[str]) -> Iterator[Problem]:
    for example in checks.read(text, name):
        fired |= checks.find_fired(example)
        yield from (Problem(example.place, notice) for notice in checks.check(example))


def _is_shown(name: str) -> bool:
    """Whether an entry is one that results name, so that an example can show it."""
    place, _, entry = name.partition(".")
    if place.startswith(OTHERS):
        return False
    table = patterns.read(patterns.files(place)[0])
    return any(raw.get("id") == entry for kind in LISTED for raw in table.get(kind, []))
