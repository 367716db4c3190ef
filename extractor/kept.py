"""What is made of the patterns alone, kept where Python keeps its own bytecode: making it takes half of a short run.

As with modules, nothing is kept where Python is told to write no bytecode or may not write, and nothing is read that
another version made. What is kept is found by the text that it was made of, so that it is never out of date.
"""

from __future__ import annotations

import copyreg
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache, wraps
from hashlib import sha256
from importlib.util import cache_from_source
from itertools import accumulate
from mmap import ACCESS_READ, mmap
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar, cast
from zlib import crc32

import msgspec
import regex
from regex import _regex

T = TypeVar("T")
Make = Callable[[str], T]
# What a compiled expression is made anew of beside its text, as it tells who copies it: its flags, its code, its groups
# by name and by number, named lists, and what a text needs for it to match.
Compiled = tuple[int, bytes, dict[str, int], dict[int, str], dict[str, Any], list[Any], int, tuple[int, ...], int, int]
COMPILED = msgspec.msgpack.Decoder(Compiled)
DIGEST = sha256().digest_size
# All patterns take 2.3 MB (as of 1,066 expressions and 148 files).
MOST_KEPT = 8 * 2**20
# Where a thing begins in a file and ends, and what its bytes come to.
Place = tuple[int, int, int]
PLACES = msgspec.msgpack.Decoder(dict[str, Place])
# In so many bytes a file says how long the list of its places is.
LENGTH = 4
# All that a compiled expression may be asked, and what most are.
ASKED = tuple(asked for asked in dir(regex.Pattern) if not asked.startswith("_"))
OFTEN = ("search", "match", "fullmatch", "finditer", "sub")
# What this process made and nobody has kept yet.
_made: dict[str, bytes] = {}


class NotKeptError(Exception):
    """What is kept cannot be read, and is made anew."""


def keep(
    kind: str, write: Callable[[T], bytes], read: Callable[[bytes, str], T], also: Sequence[str] = ()
) -> Callable[[Make[T]], Make[T]]:
    """Keeps what a function makes of a text, as ``write`` writes it and ``read`` reads it, given the text too.

    ``also`` are the files of code beside its own that it is made by. Of what is not kept nothing but time is lost:
    ``read`` raises ``NotKeptError`` for what it cannot read.
    """

    def decorate(make: Make[T]) -> Make[T]:
        source = digest_sources((make.__code__.co_filename, *also))
        if source is None:
            return make
        maker = f"{kind}:{source}"

        @wraps(make)
        def find(text: str) -> T:
            key = f"{maker}:{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"
            known = _load(locate_kept()).get(key)
            with suppress(NotKeptError):
                if known is not None:
                    return read(known, text)
            made = make(text)
            if not sys.dont_write_bytecode:
                _made[key] = write(made)
            return made

        return find

    return decorate


def keep_plainly(kind: str, entry: type[T], also: Sequence[str] = ()) -> Callable[[Make[T]], Make[T]]:
    """The same of plain values of a type."""
    decoder = msgspec.msgpack.Decoder(entry)

    def read(known: bytes, _: str) -> T:
        try:
            return decoder.decode(known)
        except msgspec.MsgspecError as error:
            raise NotKeptError from error

    return keep(kind, msgspec.msgpack.encode, read, also)


def digest_sources(files: Sequence[str]) -> str | None:
    """The code that makes something: what other code made is made anew, whatever the dates of files say.

    None where the code cannot be read, so that nobody can tell.
    """
    with suppress(OSError):
        return sha256(b"".join(map(_digest_source, files))).hexdigest()
    return None


def _digest_source(file: str) -> bytes:
    return sha256(Path(file).read_bytes()).digest()


def _write_compiled(compiled: regex.Pattern[str]) -> bytes:
    """What a compiled expression is made anew of; its text is at hand."""
    arguments: Any = copyreg.dispatch_table[regex.Pattern](compiled)[1]
    return msgspec.msgpack.encode(arguments[1:])


def _restore(known: bytes, expression: str) -> regex.Pattern[str]:
    """A compiled expression as it was kept."""
    try:
        found: regex.Pattern[str] = _regex.compile(expression, *COMPILED.decode(known))
    except Exception as error:
        # Whatever a damaged one raises, the expression can be compiled.
        raise NotKeptError from error
    return found


class _Restored:
    """A compiled expression that was kept, with all that one may be asked."""

    _compiled: regex.Pattern[str]


for rare in set(ASKED) - {*OFTEN, "pattern"}:
    setattr(_Restored, rare, property(attrgetter(f"_compiled.{rare}")))


class _Deferred(_Restored):
    """One that is restored when it is first asked anything but its text: a document asks half of them nothing."""

    def __init__(self, known: bytes, expression: str) -> None:
        self._known, self.pattern = known, expression

    def __getattr__(self, name: str) -> Any:
        compiled = self._compile()
        self.__dict__.update({asked: getattr(compiled, asked) for asked in OFTEN}, _compiled=compiled)
        # From now on it is asked without a way around, as often as a document has words.
        self.__class__ = _Restored  # type: ignore[assignment]
        return getattr(self, name)

    def _compile(self) -> regex.Pattern[str]:
        try:
            return _restore(self._known, self.pattern)
        except NotKeptError:
            return regex.compile(self.pattern)


def _defer(known: bytes, expression: str) -> regex.Pattern[str]:
    return cast("regex.Pattern[str]", _Deferred(known, expression))


@keep("expression", _write_compiled, _defer)
def compile_expression(expression: str) -> regex.Pattern[str]:
    """An expression compiled. Raises ``regex.error``.

    >>> compile_expression("[0-9]+万元").search("支出20万元")[0]
    '20万元'
    """
    return regex.compile(expression)


def save_made() -> None:
    """Saves what this process made, together with what is kept already; no matter where that cannot be.

    What patterns and code of the past left there is never asked for again: where it has grown too much, all goes.
    """
    if not _made:
        return
    file = locate_kept()
    content = _pack({**read_kept(file).read_all(), **_made})
    # Some systems put no file in the place of one that is open.
    _load.cache_clear()
    write_whole(file, content if len(content) <= MOST_KEPT else _pack(_made))
    _made.clear()


@cache
def locate_kept() -> Path:
    """The file for this Python and this version of what compiles expressions."""
    return locate_beside(__file__, f".regex-{regex.__version__}")


def locate_beside(source: str, ending: str) -> Path:
    """A file beside the bytecode of a module."""
    return Path(cache_from_source(source)).with_suffix(ending)


def may_keep(file: Path) -> bool:
    """Whether a file may be written beside the bytecode."""
    return not sys.dont_write_bytecode and os.access(file.parent, os.W_OK)


class Kept:
    """What a file keeps: what is not asked for is not read, and what was damaged is not there.

    ``places`` are where things stand in the ``content``, and what their bytes come to.
    """

    def __init__(self, content: bytes | mmap, places: Mapping[str, Place]) -> None:
        self._content, self._places = content, places

    def get(self, key: str) -> bytes | None:
        """One of the things."""
        place = self._places.get(key)
        if place is None:
            return None
        start, end, summed = place
        found = self._content[start:end]
        return found if crc32(found) == summed else None

    def read_all(self) -> dict[str, bytes]:
        """All of them."""
        return {key: found for key in self._places if (found := self.get(key)) is not None}


def read_kept(file: Path) -> Kept:
    """What a file keeps; nothing of one that is not there or not whole."""
    try:
        with file.open("rb") as opened:
            content = mmap(opened.fileno(), 0, access=ACCESS_READ)
        return Kept(content, _read_places(content))
    except (OSError, ValueError, msgspec.MsgspecError):
        return Kept(b"", {})


@cache
def _load(file: Path) -> Kept:
    """The same, opened once."""
    return read_kept(file)


def _read_places(content: mmap) -> dict[str, Place]:
    """Where things stand, as the end of a file says. Raises ``ValueError`` for one that is not whole."""
    told = int.from_bytes(content[-LENGTH:], "big")
    places = content[-LENGTH - DIGEST - told : -LENGTH - DIGEST]
    if sha256(places).digest() != content[-LENGTH - DIGEST : -LENGTH]:
        raise ValueError
    return PLACES.decode(places)


def _pack(things: Mapping[str, bytes]) -> bytes:
    """Things as a file keeps them: behind all stands where each does, and what tells that it is so."""
    ends = [*accumulate(map(len, things.values()))]
    places = zip([0, *ends[:-1]], ends, map(crc32, things.values()), strict=True)
    told = msgspec.msgpack.encode(dict(zip(things, places, strict=True)))
    return b"".join([*things.values(), told, sha256(told).digest(), len(told).to_bytes(LENGTH, "big")])


def write_whole(file: Path, content: bytes) -> None:
    """Puts a whole file in the place of another; no matter where that cannot be."""
    with suppress(OSError):
        _write(file, content)


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        fresh.write_bytes(content)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
