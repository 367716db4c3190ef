"""rjieba with those words alone that may stand in the texts it cuts: to load them all takes a tenth of a short run.

They are the words of jieba's list, which are rjieba's too, and the genre's. The list is kept beside Python's bytecode
by the characters that its words begin with, as long as it is the same (``kept``).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from itertools import accumulate
from mmap import ACCESS_READ, mmap
from operator import add
from pathlib import Path
from struct import Struct, error
from threading import Lock
from typing import Any, Final
from zlib import crc32

from extractor.kept import digest_sources, keep_plainly, locate_beside, may_keep, write_whole

# What the list was made of, how often all of its words are met, and how many characters have a place.
HEAD = Struct("<32sQI")
# Where the words of a character begin in the file, and what they come to: for each character by its code.
NUMBER: Final = "I"
# Stands for all words that are not loaded: the more often those are met, the less likely are the others.
OTHERS = "\0\0"
# So many pairs of characters are remembered; a language has fewer.
MOST_MET = 500_000


class Lexicon:
    """Cuts and tags texts as rjieba does where all words are loaded, the ``genre``'s and their parts of speech too."""

    def __init__(self, lines: Lines, genre: Mapping[str, str]) -> None:
        self._lines, self._cutter = lines, load_extension().empty()
        self._others, self._tags = lines.total, dict(genre)
        self._met: set[str] = set()
        # The dictionary takes words from one thread at a time, and from none while another cuts.
        self._lock = Lock()
        for word, frequency in find_frequencies("\n".join(genre)).items():
            self._cutter.add_word(word, frequency, genre[word])
            self._others -= sum(listed for same, listed, _ in self._find(word) if same == word)

    def cut(self, text: str) -> list[tuple[str, str | None]]:
        """The words of a text with their parts of speech: None where no list has the word, as that takes long to know.

        To tag the first of these takes longer than all else that is done with a report's words.
        """
        with self._lock:
            self._load(text)
            return [(word, self._tags.get(word)) for word in self._cutter.cut(text)]

    def tag(self, text: str) -> list[tuple[str, str]]:
        """The words with the parts of speech of all of them."""
        with self._lock:
            self._load(text)
            tagged: list[tuple[str, str]] = self._cutter.tag(text)
            return tagged

    def _load(self, text: str) -> None:
        """Loads the words that begin with a character of the text and the one behind it."""
        fresh = {*text, *map(add, text, text[1:])} - self._met
        if fresh:
            for beginning in fresh:
                self._add(beginning)
            self._cutter.add_word(OTHERS, self._others, None)
            self._met = self._met if len(self._met) < MOST_MET else set()
            self._met |= fresh

    def _add(self, beginning: str) -> None:
        for word, frequency, tag in self._find(beginning):
            if word not in self._tags:
                self._tags[word] = tag
                self._cutter.add_word(word, frequency, tag)
                self._others -= frequency

    def _find(self, beginning: str) -> Iterator[tuple[str, int, str]]:
        """The word of one character, or the words that begin with several, which stand side by side."""
        lines = self._lines.find(beginning[0])
        wanted = f"\n{beginning}{' ' * (len(beginning) == 1)}".encode("utf-8", "surrogatepass")
        at = lines.find(wanted)
        while at >= 0 and lines.startswith(wanted, at):
            end = lines.index(b"\n", at + 1)
            word, frequency, tag = lines[at + 1 : end].decode().split(" ")
            yield word, int(frequency), tag
            at = end


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────


class Lines:
    """The words of a list by their first characters, as ``pack_lines`` packs them: what is not asked for is not read.

    ``listed`` is the file of the list itself, which is read again where what is packed was damaged. Raises
    ``ValueError`` for what was cut off.
    """

    def __init__(self, packed: bytes | mmap, listed: Path) -> None:
        _, self.total, self._count = HEAD.unpack_from(packed)
        self._packed, self._listed = packed, listed
        if len(packed) < HEAD.size + 8 * self._count:
            raise ValueError
        numbers = memoryview(packed)[HEAD.size : HEAD.size + 8 * self._count].cast(NUMBER)
        self._starts, self._sums = numbers[: self._count], numbers[self._count :]

    def find(self, first: str) -> bytes:
        """The lines of the words that begin with a character, each with its frequency and tag and between line ends."""
        code = ord(first)
        if code + 1 >= self._count:
            return b""
        found = self._packed[self._starts[code] : self._starts[code + 1]]
        return found if crc32(found) == self._sums[code] else _read_lines(self._listed).get(first, b"")


def load_lines() -> Lines | None:
    """The list as it is kept, made anew where it is another one; None where it cannot be kept, or is not there."""
    listed, file = _locate_list(), locate_beside(__file__, ".words")
    if listed is None:
        return None
    origin = _digest_origin(listed)
    kept = _open(file, listed, origin)
    if kept or not may_keep(file):
        return kept
    packed = pack_lines(_read_lines(listed), origin)
    write_whole(file, packed)
    return Lines(packed, listed)


def _open(file: Path, listed: Path, origin: bytes) -> Lines | None:
    """What a file keeps; None of one that is not there, is of another list, or was cut off."""
    try:
        with file.open("rb") as opened:
            packed = mmap(opened.fileno(), 0, access=ACCESS_READ)
            return Lines(packed, listed) if packed[: len(origin)] == origin else None
    except (OSError, ValueError, error):
        return None


def _digest_origin(listed: Path) -> bytes:
    told = listed.stat()
    return sha256(f"{digest_sources((__file__,))} {told.st_size} {told.st_mtime_ns}".encode()).digest()


def pack_lines(lines: Mapping[str, bytes], origin: bytes) -> bytes:
    """Lines by first characters, with what tells where in a file those of each stand."""
    count = max(map(ord, lines)) + 2
    ordered = [lines.get(chr(code), b"") for code in range(count)]
    front = HEAD.size + 8 * count
    starts = array(NUMBER, accumulate(map(len, ordered[:-1]), initial=front))
    sums = array(NUMBER, map(crc32, ordered))
    total = sum(int(line.split()[1]) for found in ordered for line in found.splitlines() if line)
    return HEAD.pack(origin, total, count) + starts.tobytes() + sums.tobytes() + b"".join(ordered)


@cache
def _read_lines(listed: Path) -> dict[str, bytes]:
    return make_lines(listed.read_text("utf-8"))


def make_lines(listed: str) -> dict[str, bytes]:
    r"""The words of a list with their frequencies and tags, sorted, by first characters.

    >>> {first: line.decode() for first, line in make_lines("收入 9 n\n收 4 v\n人 2 n\n").items()}
    {'人': '\n人 2 n\n', '收': '\n收 4 v\n收入 9 n\n'}
    """
    entries = {line.split(" ")[0]: line for line in listed.split("\n") if line}
    lines: dict[str, list[str]] = defaultdict(list)
    for word in sorted(entries):
        lines[word[0]].append(entries[word])
    return {first: "\n".join(["", *found, ""]).encode() for first, found in lines.items()}


def _locate_list() -> Path | None:
    package = find_spec("jieba")
    file = Path(next(iter(package.submodule_search_locations or ()))) / "dict.txt" if package else None
    return file if file and file.is_file() else None


# ── rjieba ───────────────────────────────────────────────────────────────────────────────────────────────


@cache
def load_extension() -> Any:
    """The class that cuts, without the package around it, which loads all words. Raises ``ImportError``."""
    package = find_spec("rjieba")
    spec = package and PathFinder.find_spec("rjieba.rjieba", package.submodule_search_locations)
    if not spec or not spec.loader:
        raise ImportError(name="rjieba")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Jieba


def load_all(genre: Iterable[str]) -> tuple[Any, dict[str, int]]:
    """What cuts by all words and the genre's, and how often it takes these to be met: so that none of them is cut."""
    cutter = load_extension()()
    return cutter, {word: cutter.add_word(word, None, None) for word in genre}


@keep_plainly("frequencies", dict[str, int])
def find_frequencies(genre: str) -> dict[str, int]:
    """How often words (one a line) are taken to be met."""
    return load_all(genre.split("\n"))[1]
