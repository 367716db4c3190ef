"""Damage to files, the same for the same seed: bytes, words and pieces changed; in archives, those of their members."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from random import Random

# What readers decide by: marks of numbers, of markup, of rows and columns, of PDF, odd characters.
WORDS = tuple(
    word.encode()
    for word in (
        "一、", "（二）", "3．", "万元", "亿", "%", "百分之", "增长", "其中：", "占", "-", "—", ".", ",", "\t", "\n",
        "\r\n", "\f", "９", "0", "1e999999999", "99999999999999999999", "\u200b", "\ufffd", "\ue000", "\u2028",
        "萬", "⼀", "“", "”", "（", "<", ">", "</td>", "<table>", "<td colspan=99999>", "rowspan=65535", "&#x0;",
        "&amp;", "<!--", "]]>", "<![CDATA[", "|", "|-|-|", "#", "**", "](", "```", "~~", "=1/0", "'", '"', ";",
        "obj", "endobj", "stream", "endstream", "<<", ">>", "/Length 99999999", "/Kids [1 0 R]", "1 0 R",
        "0 0 0 0 re", "BT", "ET", "Tj", "q", "Q", "Do", "EI", "BI",
    )
)  # fmt: skip
ODD = (b"\0", b"\xff", b"\xfe\xff", b"\x80", b"\x1b", b"\xa4")
LARGEST = 400_000
STREAM = b"stream"

Change = Callable[[bytearray, Random], None]


def mutate(data: bytes, random: Random) -> bytes:
    """A damaged copy of a file; of an archive, mostly one whose members are damaged."""
    if data.startswith(b"PK\3\4") and random.random() < 0.8:
        return _mutate_archive(data, random)
    return _mutate_bytes(data, random)


def _mutate_bytes(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(1 << random.randrange(5)):
        random.choice(CHANGES)(changed, random)
    damaged = bytes(changed[:LARGEST])
    return _mend_text(damaged) if _is_text(data) and random.random() < 0.8 else damaged


def _is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _mend_text(data: bytes) -> bytes:
    """A text without what broke its encoding, so that more is tried of it than that."""
    return data.decode("utf-8", "ignore").replace("\0", "").encode()


def _mutate_archive(data: bytes, random: Random) -> bytes:
    """An archive with one or two of its members damaged, renamed, doubled or left out."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return _mutate_bytes(data, random)
    for _ in range(random.randrange(1, 3)):
        at = random.randrange(len(members)) if members else 0
        members[at : at + 1] = _change_member(*members[at], random) if members else []
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _change_member(name: str, content: bytes, random: Random) -> list[tuple[str, bytes]]:
    chance = random.random()
    if chance < 0.05:
        return []
    if chance < 0.1:
        return [(name, content), (name + "x", content)]
    return [(name, mutate(content, random))]


def _find_stretch(data: bytearray, random: Random) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.choice((1, 2, 4, 16, 64, 256, 1024)))


def _flip(data: bytearray, random: Random) -> None:
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _insert_word(data: bytearray, random: Random) -> None:
    at = random.randrange(len(data) + 1)
    data[at:at] = random.choice((*WORDS, *ODD)) * random.choice((1, 1, 1, 2, 50, 2000))


def _overwrite(data: bytearray, random: Random) -> None:
    start, _ = _find_stretch(data, random)
    word = random.choice((*WORDS, *ODD))
    data[start : start + len(word)] = word


def _remove(data: bytearray, random: Random) -> None:
    start, end = _find_stretch(data, random)
    del data[start:end]


def _double(data: bytearray, random: Random) -> None:
    start, end = _find_stretch(data, random)
    data[start:start] = data[start:end] * random.choice((1, 1, 2, 20))


def _move(data: bytearray, random: Random) -> None:
    start, end = _find_stretch(data, random)
    piece = data[start:end]
    del data[start:end]
    at = random.randrange(len(data) + 1)
    data[at:at] = piece


def _change_digit(data: bytearray, random: Random) -> None:
    """Another digit in the place of one: counts, offsets, spans and amounts."""
    start = random.randrange(len(data) + 1)
    for at in range(start, min(start + 4096, len(data))):
        if 0x30 <= data[at] <= 0x39:
            data[at] = random.choice(b"0123456789")
            return


def _cut(data: bytearray, random: Random) -> None:
    if random.random() < 0.3:
        del data[random.randrange(len(data) + 1) :]


CHANGES: tuple[Change, ...] = (
    _flip, _flip, _insert_word, _insert_word, _overwrite, _remove, _double, _move, _change_digit, _change_digit, _cut,
)  # fmt: skip
