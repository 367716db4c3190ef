"""Bytes become characters: the encodings of Chinese text files, told apart strictly and always alike."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from itertools import filterfalse

from extractor.documents.characters import fold

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Enough to judge by, and independent of the length of the file.
SAMPLE = 20_000
# Chinese prose has 97 % and more of its characters in everyday use (GB 2312, level 1), read in simplified ones;
# other encodings read as GB18030, or GB18030 as Big5, give characters scattered over the whole range.
COMMON_SHARE = 0.8
CJK_SHARE = 0.85
REPLACEMENT = "\ufffd"
# Of a text that is damaged at most this share of characters is lost: of more nothing can be relied on.
MOST_DAMAGE = 0.01


Decoded = tuple[str, str]


def decode(data: bytes) -> Decoded | None:
    """The characters of ``data`` without a byte order mark, and the encoding's name; None if it is no text.

    Of a text in Chinese that is damaged in a few places, U+FFFD stands for what cannot be read.

    >>> decode("收入合计165.71万元".encode("gbk"))
    ('收入合计165.71万元', 'gb18030')
    """
    for attempt in (
        _decode_marked,
        _decode_utf8,
        _decode_utf16,
        _decode_gb18030,
        _decode_big5,
        _decode_damaged,
        _decode_guessed,
    ):
        found = attempt(data)
        if found and "\0" not in found[0]:
            return found
    return None


def _decode_marked(data: bytes) -> Decoded | None:
    """The encoding that a byte order mark names."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _decode_as(data[len(bom) :], encoding)
    return None


def _decode_utf8(data: bytes) -> Decoded | None:
    return _decode_as(data, "utf-8")


def _decode_utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: its line ends, digits and spaces have nulls; one byte order gives a language."""
    if len(data) % 2 or b"\0" not in data:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        found = _decode_as(data, encoding, _is_language)
        if found:
            return found
    return None


def _decode_gb18030(data: bytes) -> Decoded | None:
    return _decode_as(data, "gb18030", _is_chinese)


def _decode_big5(data: bytes) -> Decoded | None:
    """The encoding of traditional characters: what it gives is everyday Chinese in simplified ones."""
    return _decode_as(data, "big5hkscs", _is_chinese)


def _decode_damaged(data: bytes) -> Decoded | None:
    """The encoding in which a Chinese text is whole but for a few bytes, each of which becomes U+FFFD."""
    if b"\0" in data:
        return None
    found = ((data.decode(encoding, "replace"), encoding) for encoding in ("utf-8", "gb18030", "big5hkscs"))
    return min(filter(_is_nearly_whole, found), key=lambda one: count_damage(one[0]), default=None)


def _is_nearly_whole(decoded: Decoded) -> bool:
    """Whether a text is Chinese of which little is lost."""
    text, _ = decoded
    return count_damage(text) <= MOST_DAMAGE * len(text) and _is_chinese(text[:SAMPLE])


def count_damage(text: str) -> int:
    """How many characters of a text could not be decoded.

    >>> count_damage("收入\ufffd万元")
    1
    """
    return text.count(REPLACEMENT)


def _decode_guessed(data: bytes) -> Decoded | None:
    """The encoding that the characters' frequencies speak for."""
    if b"\0" in data:
        return None
    from charset_normalizer import from_bytes

    best = from_bytes(data[: SAMPLE * 4]).best()
    return _decode_as(data, best.encoding, _is_printable) if best else None


def _decode_as(data: bytes, encoding: str, is_readable: Callable[[str], bool] | None = None) -> Decoded | None:
    """The characters in one encoding, if every byte has its place in it and a sample is readable."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    if is_readable and not is_readable(text[:SAMPLE]):
        return None
    return text, encoding


def _is_printable(sample: str) -> bool:
    """Whether at most one in a hundred characters is a control character."""
    controls = sum(map(_is_control, sample))
    return controls * 100 <= len(sample)


def _is_control(char: str) -> bool:
    return not char.isprintable() and not char.isspace()


def _is_language(sample: str) -> bool:
    """Whether a text is in a language: Chinese, or one that is written in ASCII."""
    if not _is_printable(sample):
        return False
    plain = sum(map(str.isascii, sample))
    return plain > COMMON_SHARE * len(sample) or _is_chinese(sample)


def _is_chinese(sample: str) -> bool:
    """Whether what is not ASCII is Chinese, and of the characters in everyday use."""
    foreign = list(filterfalse(str.isascii, fold(sample)))
    ideographs = list(filter(_is_ideograph, foreign))
    if not ideographs:
        return False
    marks = sum(map(_is_mark, foreign))
    if len(ideographs) + marks < CJK_SHARE * len(foreign):
        return False
    return sum(map(_is_common, ideographs)) >= COMMON_SHARE * len(ideographs)


def _is_ideograph(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _is_common(char: str) -> bool:
    """Whether ``char`` stands in level 1 of GB 2312, which is rows 16 to 55."""
    code = char.encode("gb18030")
    if len(code) != 2:
        return False
    return 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1


def _is_mark(char: str) -> bool:
    """Whether ``char`` is from the blocks of punctuation, numbers and full-width forms, or stands for a broken one."""
    if char in ("\xa0", REPLACEMENT):
        return True
    return "\u2000" <= char <= "\u33ff" or "\uff00" <= char <= "\uffef"
