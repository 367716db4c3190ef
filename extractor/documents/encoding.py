"""Bytes become characters: the encodings of Chinese text files, told apart strictly and always alike."""

from __future__ import annotations

import codecs
from collections.abc import Callable

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Enough to judge by, and independent of the length of the file.
SAMPLE = 20_000
# Chinese prose has 97 % and more of its characters in everyday use (GB 2312, level 1); other encodings read
# as GB18030 give characters scattered over the whole range.
COMMON_SHARE = 0.8
CJK_SHARE = 0.85


def decode(data: bytes) -> tuple[str, str] | None:
    """The characters of ``data`` without a byte order mark, and the encoding's name; None if it is no text.

    >>> decode("收入合计165.71万元".encode("gbk"))
    ('收入合计165.71万元', 'gb18030')
    """
    attempts: tuple[Callable[[bytes], tuple[str, str] | None], ...] = (
        _marked, _utf8, _utf16, _gb18030, _guessed,
    )  # fmt: skip
    for attempt in attempts:
        found = attempt(data)
        if found and "\0" not in found[0]:
            return found
    return None


def _marked(data: bytes) -> tuple[str, str] | None:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding)
    return None


def _utf8(data: bytes) -> tuple[str, str] | None:
    return _strict(data, "utf-8")


def _utf16(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark: its line ends, digits and spaces have nulls; one byte order gives a language."""
    if len(data) % 2 or b"\0" not in data:
        return None
    orders = (_strict(data, "utf-16-le"), _strict(data, "utf-16-be"))
    return next((found for found in orders if found and _is_language(found[0][:SAMPLE])), None)


def _gb18030(data: bytes) -> tuple[str, str] | None:
    found = _strict(data, "gb18030")
    return found if found and _is_chinese(found[0][:SAMPLE]) else None


def _guessed(data: bytes) -> tuple[str, str] | None:
    if b"\0" in data:
        return None
    from charset_normalizer import from_bytes

    best = from_bytes(data[: SAMPLE * 4]).best()
    found = _strict(data, best.encoding) if best else None
    return found if found and _is_printable(found[0][:SAMPLE]) else None


def _strict(data: bytes, encoding: str) -> tuple[str, str] | None:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        return None


def _is_printable(text: str) -> bool:
    controls = sum(not char.isprintable() and not char.isspace() for char in text[:SAMPLE])
    return controls * 100 <= min(len(text), SAMPLE)


def _is_language(sample: str) -> bool:
    ascii_only = sum(char.isascii() for char in sample) > COMMON_SHARE * len(sample)
    return _is_printable(sample) and (ascii_only or _is_chinese(sample))


def _is_chinese(sample: str) -> bool:
    """Whether what is not ASCII is Chinese, and of the characters in everyday use."""
    foreign = [char for char in sample if not char.isascii()]
    ideographs = [char for char in foreign if "\u3400" <= char <= "\u9fff"]
    marks = sum(map(_is_mark, foreign))
    if not ideographs or len(ideographs) + marks < CJK_SHARE * len(foreign):
        return False
    return sum(map(_is_common, ideographs)) >= COMMON_SHARE * len(ideographs)


def _is_common(char: str) -> bool:
    """Whether ``char`` stands in level 1 of GB 2312, which is rows 16 to 55."""
    code = char.encode("gb18030")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1


def _is_mark(char: str) -> bool:
    """Whether ``char`` is from the blocks of punctuation, numbers and full-width forms."""
    return char == "\xa0" or "\u2000" <= char <= "\u33ff" or "\uff00" <= char <= "\uffef"
