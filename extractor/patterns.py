"""Reads the pattern files: data in TOML under ``patterns/``, found in a checkout and in an installed wheel.

A stage asks for a folder or a file with the type its entries must have: ``load("units", Unit)``. Every file is a
list of ``[[pattern]]`` tables with an ``id``, over the ``[defaults]`` of the file; ``folder/file.id`` is the full name
of a pattern. Beside them a file may give names: ``[words]`` (lists), ``[fragments]`` (expressions) and ``[derived]``
(lists that are taken from the patterns of other files). Its expressions use them as ``{name}``, and those of the files
in ``patterns/vocabulary``, which are called rooms, as ``{room.name}``. A folder of one's own may lie over these files
(``layers``).

A file that does not fit says which file, which pattern and field, and what would be accepted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec
import regex
from msgspec import Struct, field

from extractor import alternatives
from extractor.alternatives import alternation, join_expressions, leave_out_longer
from extractor.kept import compile_expression, keep, keep_plainly
from extractor.layers import EXAMPLES, digest_files, find_own, find_package, list_entries, merge_tables
from extractor.layers import PatternError as PatternError
from extractor.validation import explain_invalid

T = TypeVar("T")
Words = list[str] | str
Names = Mapping[str, Words]
ID = regex.compile("[A-Za-z0-9]+(?:[_.-][A-Za-z0-9]+)*")
NAME = regex.compile(r"\{([a-z_]+(?:\.[a-z_]+)?)\}")
VOCABULARY = "vocabulary"
# Beside this file: what has to be the same for what was made of words to be so.
MADE_BY = (alternatives.__file__,)


class NameUsedError(Exception):
    """A name that an expression or a list uses and that does not exist, or is made of itself."""

    def __init__(self, reference: str, message: str, **facts: str) -> None:
        super().__init__(message)
        self.reference, self.message, self.facts = reference, message, facts

    def locate(self, key: str) -> PatternError:
        """The error of the pattern ``key`` that uses the name."""
        place = locate(self.reference, key)
        return PatternError(self.message, place=place, name=f"{{{self.reference}}}", **self.facts)


class Derived(Struct, frozen=True, forbid_unknown_fields=True):
    """A list that is made of the patterns of other files, so that no word of theirs is written twice.

    ``take`` is the field that is taken of every pattern at ``source`` (a file or a folder; of its own file, where none
    is given) whose fields have one of the values in ``where``. Words of the fields ``without`` are left out. Fields
    that hold expressions make one that matches any of them, and so do words with ``unless``, the field that has what
    must not follow some of them. ``shortest`` leaves out words that begin with another one: where nothing but the
    presence of a word is asked for, they find nothing that the other does not.
    """

    take: str
    source: str = field(default="", name="from")
    where: dict[str, list[Any]] = {}
    without: list[str] = []
    unless: str = ""
    shortest: bool = False


def root() -> Path:
    """The folder of the package's pattern files."""
    return find_package()


def files(path: str) -> list[Path]:
    """The pattern files at ``path`` (a folder or a file without its ending), in the order of their names.

    Behind the package's stand those that only a folder of one's own has.
    """
    package, own = _list_files(root(), path), find_own()
    if own is None:
        return package
    known = {file.relative_to(root()) for file in package if file.is_file()}
    further = [file for file in _list_files(own, path) if file.is_file() and file.relative_to(own) not in known]
    return [*filter(Path.is_file, package), *further] or package


def _list_files(folder: Path, path: str) -> list[Path]:
    """The files of one folder at ``path``, be it there or not."""
    place = folder / path
    if not place.is_dir():
        return [place.with_name(place.name + ".toml")]
    return [file for file in sorted(place.rglob("*.toml")) if file.relative_to(folder).parts[0] != EXAMPLES]


@cache
def read(file: Path) -> dict[str, Any]:
    """One file's tables as plain values, with those of one's own at the same path over them."""
    own = _find_over(file)
    return merge_tables(_read_file(file), _read_file(own)) if own else _read_file(file)


def _find_over(file: Path) -> Path | None:
    """The file of one's own that lies over one of the package."""
    own = find_own()
    if own is None or not file.is_relative_to(root()):
        return None
    over = own / file.relative_to(root())
    return over if over.is_file() else None


def _read_file(file: Path) -> dict[str, Any]:
    try:
        return read_text(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise PatternError("encoding", place=name(file)) from error
    except ValueError as error:
        raise PatternError("toml", place=name(file), reason=str(error)) from error


def list_own_files(path: str) -> list[Path]:
    """The files of one's own at ``path``, be there any of the package at the same or not."""
    own = find_own()
    return list(filter(Path.is_file, _list_files(own, path))) if own else []


@cache
def list_own_entries() -> frozenset[str]:
    """The full names of the entries that stand in a folder of one's own."""
    own = find_own()
    if own is None:
        return frozenset()
    return frozenset(chain.from_iterable(list_entries(name(file), _read_file(file)) for file in _list_files(own, "")))


def is_own(key: str) -> bool:
    """Whether the pattern of a full name is one's own."""
    return key in list_own_entries()


@keep_plainly("table", dict[str, Any])
def read_text(text: str) -> dict[str, Any]:
    """The tables of a file's text. Raises ``tomllib.TOMLDecodeError``, which is a ``ValueError``."""
    import tomllib

    return tomllib.loads(text)


def name(file: Path) -> str:
    """A file's name below ``patterns/``, without its ending: ``units/money``."""
    own = find_own()
    whose = own if own and file.is_relative_to(own) else root()
    return file.relative_to(whose).with_suffix("").as_posix()


def load(path: str, entry: type[T]) -> dict[str, T]:
    """Every ``[[pattern]]`` at ``path`` as an ``entry``, by full name, in the order written."""
    raw = pack_entries(name_in_tree(path))
    try:
        found: dict[str, T] = _make_decoder(cast("Any", entry)).decode(raw)
        return found
    except msgspec.ValidationError:
        return {key: convert(key, fields, entry) for key, fields in msgspec.msgpack.decode(raw).items()}


@cache
def _make_decoder(entry: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(dict[str, entry])


def name_in_tree(*words: str) -> str:
    """What is made of the pattern files by some names, as a text that is another one where any of the files is."""
    return "\n".join((digest_files(root(), find_own()), *words))


@keep("entries", bytes, lambda known, _: known)
def pack_entries(named: str) -> bytes:
    """The fields of every ``[[pattern]]`` at a path of the tree, by full name."""
    found: dict[str, dict[str, Any]] = {}
    for key, fields in read_entries(named.partition("\n")[2]):
        if key in found:
            raise PatternError("id-twice", place=key)
        found[key] = {field: value for field, value in fields.items() if field != "id"}
    return msgspec.msgpack.encode(found)


def read_entries(path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every ``[[pattern]]`` at ``path`` by full name, over the defaults of its file."""
    for file in files(path):
        table = read(file)
        whose, defaults = name(file), table.get("defaults", {})
        for raw in table.get("pattern", []):
            yield f"{whose}.{identifier(file, raw)}", defaults | raw


def identifier(file: Path, raw: dict[str, Any]) -> str:
    """The id of one ``[[pattern]]``: letters and digits, joined by ``_``, ``.`` or ``-``."""
    found = raw.get("id")
    if not isinstance(found, str) or not ID.fullmatch(found):
        raise PatternError("no-id", place=name(file), id=repr(found))
    return found


def convert(key: str, raw: Any, entry: type[T]) -> T:
    """``raw`` as an ``entry``, or an error that names the pattern and the field."""
    try:
        return msgspec.convert(raw, entry)
    except msgspec.ValidationError as error:
        raise explain_invalid(key, error, entry) from error


class Lexicon(dict[str, Words]):
    """The names of the files at a path: what is made of them needs to be made but once."""

    def __init__(self, path: str, names: Names) -> None:
        super().__init__(names)
        self.path = path


@cache
def lexicon(path: str) -> Lexicon:
    """The names of the files at ``path``: lists with the lists that they take in, expressions as they are written.

    >>> lexicon("vocabulary/time")["last_year"]
    ['上年', '去年', '上年度', '上一年度', '上一年']
    """
    return Lexicon(path, complete_names(name_in_tree(path)))


@keep_plainly("names", dict[str, Words], MADE_BY)
def complete_names(named: str) -> dict[str, Words]:
    """The names of the files at a path of the tree."""
    path = named.partition("\n")[2]
    return {own: complete(f"{path}.{own}", words) for own, words in read_names(path).items()}


def complete(key: str, words: Words) -> Words:
    """A list with the words of the lists that it takes in as ``{room.name}``; an expression as it is."""
    if isinstance(words, str):
        return words
    try:
        return list(dict.fromkeys(splice(words, ())))
    except NameUsedError as error:
        raise error.locate(key) from error


@cache
def read_names(path: str) -> dict[str, Words]:
    """The ``[words]``, ``[fragments]`` and ``[derived]`` of the files at ``path``, as they are written."""
    table: dict[str, Words] = {}
    for file in files(path):
        raw = read(file)
        table |= raw.get("fragments", {}) | raw.get("words", {})
        table |= {own: derive(file, own, entry) for own, entry in raw.get("derived", {}).items()}
    return table


def derive(file: Path, own: str, raw: Any) -> Words:
    """The list, or the expression, that one entry of ``[derived]`` stands for."""
    key = f"{name(file)}.{own}"
    entry = convert(key, raw, Derived)
    source = entry.source or name(file)
    found = [fields for _, fields in read_entries(source) if is_meant(fields, entry)]
    if not found:
        raise PatternError("nothing-taken", place=key, source=source, field=repr(entry.take))
    if isinstance(found[0][entry.take], str):
        return join_expressions([fields[entry.take] for fields in found])
    words, unless = take_words(found, entry), take_unless(found, entry)
    if entry.shortest:
        words = leave_out_longer(words, unless)
    return alternation(words, unless) if entry.unless else words


def is_meant(fields: dict[str, Any], entry: Derived) -> bool:
    """Whether a pattern has the field that is taken, and one of the values that are asked for in each other."""
    if entry.take not in fields:
        return False
    return all(fields.get(asked) in values for asked, values in entry.where.items())


def take_words(found: list[dict[str, Any]], entry: Derived) -> list[str]:
    """The words of the field that is taken, without those of the fields that are left out."""
    left_out: set[str] = set()
    for fields in found:
        left_out.update(*(fields.get(other, []) for other in entry.without))
    words = chain.from_iterable(fields[entry.take] for fields in found)
    return [word for word in words if word not in left_out]


def take_unless(found: list[dict[str, Any]], entry: Derived) -> dict[str, str]:
    """What must not follow some of the words."""
    unless: dict[str, str] = {}
    for fields in found:
        unless |= fields.get(entry.unless, {})
    return unless


@cache
def fragment(path: str, name: str) -> regex.Pattern[str]:
    """One of the fragments of the file at ``path``, compiled with the names of that file."""
    return compiled(f"{path}.{name}", "{" + name + "}", lexicon(path))


def compiled(key: str, expression: str, names: Names | None = None) -> regex.Pattern[str]:
    """``expression`` compiled; ``{name}`` stands for a fragment, or for any word of a list, longest first.

    ``key`` is the full name of the pattern, ``names`` those of its file; ``{room.name}`` is a name of the vocabulary.
    """
    try:
        return compile_expression(expand_once(expression, names or {}))
    except NameUsedError as error:
        raise error.locate(key) from error
    except regex.error as error:
        raise PatternError("expression", place=key, reason=str(error)) from error


def expand_once(expression: str, names: Names) -> str:
    """As ``expand``, once for all runs where the names are those of a path, or there are none but of rooms."""
    path = names.path if isinstance(names, Lexicon) else ""
    if not NAME.search(expression) or (names and not path):
        return expand(expression, names)
    return expand_named(name_in_tree(path, expression))


@keep_plainly("expanded", str, MADE_BY)
def expand_named(named: str) -> str:
    """An expression with the names of a path of the tree put in."""
    _, path, expression = named.split("\n", 2)
    return expand(expression, lexicon(path) if path else {})


def expand(expression: str, names: Names, room: str = "", trail: tuple[str, ...] = ()) -> str:
    """``expression`` with its names put in; ``names`` are those of its file, or of its ``room``.

    ``trail`` are the full names that are being put in around it: none of them may come again.

    >>> expand("共{amount}", {"amount": "[0-9]+{unit}", "unit": ["元", "元整"]})
    '共[0-9]+(?:元(?:整|))'
    """

    def put_in(found: regex.Match[str]) -> str:
        reference = str(found[1])
        return (
            expand_room(reference, _of_rooms(trail)) if "." in reference else expand_name(reference, names, room, trail)
        )

    return str(NAME.sub(put_in, expression))


def expand_name(own: str, names: Names, room: str, trail: tuple[str, ...]) -> str:
    """What one of ``names`` stands for, as a part of an expression."""
    place = f"{room}.{own}"
    words = look_up(place, names, trail)
    if isinstance(words, str):
        return expand(words, names, room, (*trail, place))
    return alternation(splice(words, _of_rooms((*trail, place))))


@cache
def expand_room(reference: str, trail: tuple[str, ...]) -> str:
    """What ``{room.name}`` stands for, as a part of an expression."""
    room, _, own = reference.partition(".")
    return expand_name(own, read_room(reference), room, trail)


def splice(words: list[str], trail: tuple[str, ...]) -> list[str]:
    """The words of a list, and in the place of each ``{room.name}`` those of that list."""
    return list(chain.from_iterable(splice_one(word, trail) for word in words))


def splice_one(word: str, trail: tuple[str, ...]) -> list[str]:
    """A word of a list, or the words of the list that it names."""
    named = NAME.fullmatch(word) if word.startswith("{") else None
    if named is None or "." not in named[1]:
        return [word]
    reference = str(named[1])
    others = look_up(reference, read_room(reference), trail)
    if isinstance(others, str):
        raise NameUsedError(reference, "no-list")
    return splice(others, (*trail, reference))


def look_up(place: str, names: Names, trail: tuple[str, ...]) -> Words:
    """What the name ``place`` (``room.name``; without a room, of the pattern's own file) stands for."""
    room, _, own = place.rpartition(".")
    reference = place.removeprefix(".")
    if own not in names:
        accepted = ", ".join(names) or "-"
        whose = f"{VOCABULARY}/{room}" if room else "[fragments], [words]"
        raise NameUsedError(reference, "unknown-name", whose=whose, accepted=accepted)
    if place in trail:
        circle = " -> ".join(one.removeprefix(".") for one in (*trail, place))
        raise NameUsedError(reference, "circle", circle=circle)
    return names[own]


def read_room(reference: str) -> dict[str, Words]:
    """The names of the room that ``room.name`` speaks of."""
    room = reference.partition(".")[0]
    rooms = list_rooms()
    if room not in rooms:
        raise NameUsedError(reference, "unknown-room", room=room, accepted=", ".join(rooms) or "-")
    return read_names(f"{VOCABULARY}/{room}")


@cache
def list_rooms() -> tuple[str, ...]:
    """The files of the vocabulary."""
    return tuple(file.stem for file in files(VOCABULARY) if file.is_file())


def _of_rooms(trail: tuple[str, ...]) -> tuple[str, ...]:
    """The names of a trail that a room can come back to: it never names those of a pattern's own file."""
    return tuple(place for place in trail if not place.startswith("."))


def locate(reference: str, key: str) -> str:
    """Where in the file of the pattern ``key`` a name is used: file, id and field; ``key`` where it is made in code."""
    path, used = key.partition(".")[0], f"{{{reference}}}"
    if not files(path)[0].is_file():
        return key
    places = [place for place, value in list_fields(path) if used in str(value)]
    return ", ".join(places) or key


def list_fields(path: str) -> Iterator[tuple[str, Any]]:
    """Every field of a pattern and every name at ``path``, by its full name."""
    for key, fields in read_entries(path):
        for own, value in fields.items():
            yield f"{key}.{own}", value
    for own, words in read_names(path).items():
        yield f"{path}.{own}", words
