"""A folder of patterns of one's own over those of the package, and what is said of pattern files that cannot be used.

Files stand at the same relative paths: ``units/esg.toml`` is one more file of units, ``units/money.toml`` adds to the
package's and replaces what has the same id. The folder is named by an environment variable, so that the processes which
read documents know it, too. It holds data only: nothing in it is run, and what is no ``.toml`` is not read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import _lru_cache_wrapper, cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from extractor.model import ExtractorError, Notice

VARIABLE = "EXTRACT_PATTERNS"
# The examples of one's own patterns, under the paths of these.
EXAMPLES = "examples"
# Where the sentences about pattern files stand: read without the rest, as any of that may be what is wrong.
SENTENCES = "messages/patterns.toml"
# Tables of tables with an id each.
LISTED = ("pattern", "relation")
# Folders that are read whole, so that a file of any name in them is used.
OPEN = ("checks", "guards", "messages", "metrics", "relations/divisions", "units", "vocabulary")
Table = dict[str, Any]


class PatternError(ExtractorError):
    """A pattern file that cannot be used: names the file, the pattern, the field and what is accepted.

    ``notice`` is the id of a sentence in ``messages/patterns`` with its facts.
    """

    def __init__(self, message: str, **facts: str | int) -> None:
        super().__init__(message, facts)
        self.notice = Notice(message, facts)

    def __reduce__(self) -> tuple[partial[PatternError], tuple[()]]:
        """An error may come from another process."""
        return partial(type(self), self.notice.message, **self.notice.facts), ()

    def __str__(self) -> str:
        return self.say("en")

    def say(self, lang: str) -> str:
        """The sentence in a language, ``zh`` or ``en``."""
        return str(read_sentences()[self.notice.message][lang]).format(**self.notice.facts)


@cache
def read_sentences() -> dict[str, Table]:
    """What is said of pattern files, by its id."""
    import tomllib

    table = tomllib.loads((find_package() / SENTENCES).read_text(encoding="utf-8"))
    return {raw["id"]: raw for raw in table["pattern"]}


# ── the folders ──────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def find_package() -> Path:
    """The folder of the package's pattern files: the wheel's own copy, else the checkout's."""
    here = Path(__file__).resolve().parent
    for folder in (here / "_patterns", here.parent / "patterns"):
        if folder.is_dir():
            return folder
    raise ExtractorError("No pattern files found: reinstall the package, or run from a complete checkout.")


@cache
def find_own() -> Path | None:
    """The folder of one's own patterns, where there is one. Raises ``PatternError`` where it cannot be used."""
    named = os.environ.get(VARIABLE)
    if not named:
        return None
    folder = Path(named).resolve()
    refuse_misplaced(folder)
    return folder


def use_patterns(folder: str | os.PathLike[str] | None) -> None:
    """Has all that is read from now on read with the patterns in ``folder``, too; None: with the package's alone.

    It holds for the whole process and for those that it starts. Raises ``PatternError`` for a folder that is not there,
    or that has a file where none is read.
    """
    if folder is None:
        os.environ.pop(VARIABLE, None)
    else:
        refuse_misplaced(Path(folder).resolve())
        os.environ[VARIABLE] = str(Path(folder).resolve())
    forget_patterns()


@contextmanager
def keep_patterns() -> Iterator[None]:
    """Has whatever is said of patterns within forgotten behind it."""
    before = os.environ.get(VARIABLE)
    try:
        yield
    finally:
        if os.environ.get(VARIABLE) != before:
            use_patterns(before)


def forget_patterns() -> None:
    """Forgets all that was made of patterns: every cache of the package, which stand in its modules."""
    for name, module in [*sys.modules.items()]:
        if name.partition(".")[0] == __package__:
            for one in [*vars(module).values()]:
                if isinstance(one, _lru_cache_wrapper):
                    one.cache_clear()


@cache
def digest_files(package: Path, own: Path | None) -> str:
    """All pattern files of the package, and those of one's own, as one digest: they are asked for by many names."""
    found = sha256()
    for folder in filter(None, (package, own)):
        for file in _walk(os.fspath(folder)):
            content, name = _read_content(file), file.removeprefix(os.fspath(folder))
            found.update(f"{name}:{len(content)}:".encode("utf-8", "surrogateescape") + content)
    return found.hexdigest()


def _read_content(file: str) -> bytes:
    """What a file holds; nothing of one that cannot be read, which whoever reads it for its patterns will tell."""
    with suppress(OSError), open(file, "rb") as stream:  # noqa: PTH123 - a third of the time that Path takes
        return stream.read()
    return b""


def _walk(folder: str) -> list[str]:
    """The pattern files below a folder, in one order."""
    below = ((place, name) for place, _, names in os.walk(folder) for name in names if name.endswith(".toml"))
    return sorted(f"{place}{os.sep}{name}" for place, name in below)


def list_own(folder: Path) -> list[Path]:
    """The pattern files of a folder of one's own, in the order of their names."""
    files = sorted(folder.rglob("*.toml"))
    return [file for file in files if file.relative_to(folder).parts[0] != EXAMPLES]


def refuse_misplaced(folder: Path) -> None:
    """Refuses a folder that is not there, and files whose path nothing reads."""
    if not folder.is_dir():
        raise PatternError("no-folder", folder=str(folder))
    for file in list_own(folder):
        name = file.relative_to(folder).with_suffix("").as_posix()
        if not is_read(name):
            places = ", ".join((*(f"{place}/" for place in OPEN), "scope/facets.toml", "headings/plain.toml"))
            raise PatternError("misplaced", place=name, accepted=places)


def is_read(name: str) -> bool:
    """Whether patterns are read from a file of this name: the package has it, or reads all of its folder.

    >>> is_read("units/esg"), is_read("scope/facets"), is_read("unit/esg")
    (True, True, False)
    """
    return name.rpartition("/")[0] in OPEN or (find_package() / f"{name}.toml").is_file()


# ── one file over another ────────────────────────────────────────────────────────────────────────────────────────────


def merge_tables(package: Table, own: Table) -> Table:
    """The tables of a file with those of one's own at the same path over them.

    What has an id replaces what has the same, and else stands behind it; words join a list; all else is replaced.

    >>> merge_tables({"pattern": [{"id": "a", "words": ["元"]}]}, {"pattern": [{"id": "b"}, {"id": "a"}]})
    {'pattern': [{'id': 'a'}, {'id': 'b'}]}
    >>> merge_tables({"words": {"n": ["一"]}, "fragments": {"x": "1"}}, {"words": {"n": ["二"]}, "fragments": {}})
    {'words': {'n': ['一', '二']}, 'fragments': {'x': '1'}}
    """
    merged = dict(package)
    for key, value in own.items():
        if key != "defaults":
            merged[key] = _merge_one(key, package.get(key), value, own.get("defaults", {}))
    return merged


def _merge_one(key: str, package: Any, own: Any, defaults: Table) -> Any:
    """One table of a file over the package's."""
    if key in LISTED:
        filled = ({**defaults, **raw} if key == "pattern" else raw for raw in own)
        return list({raw.get("id"): raw for raw in (*(package or ()), *filled)}.values())
    if isinstance(package, dict) and isinstance(own, dict):
        return package | {name: _join_words(package.get(name), value) for name, value in own.items()}
    return own


def _join_words(package: Any, own: Any) -> Any:
    """A list with more words; anything else is replaced."""
    is_list = isinstance(package, list) and isinstance(own, list)
    return list(dict.fromkeys([*package, *own])) if is_list else own


def list_entries(name: str, table: Table) -> Iterator[str]:
    """The full names of the entries of a file: of what has an id, and of words, fragments and derived lists."""
    for kind in LISTED:
        yield from (f"{name}.{raw.get('id')}" for raw in table.get(kind, []))
    for kind in ("words", "fragments", "derived"):
        yield from (f"{name}.{own}" for own in table.get(kind, {}))
