"""Files become Documents: text with offsets, pages, boxes and paragraphs.

``read`` takes a path or bytes and picks the reader by what the content is, not by the file's name;
``from_text`` takes a text that is at hand as characters.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from extractor.documents import sniff
from extractor.documents.model import Document
from extractor.documents.naming import decode_name
from extractor.documents.readers import READERS, VALUES, read_values
from extractor.documents.sniff import Signature
from extractor.endings import MARKDOWN
from extractor.model import InputError

__all__ = ["from_text", "read", "read_with_tables"]

UNNAMED = "-"


def read(source: str | os.PathLike[str] | bytes, name: str | None = None) -> Document:
    r"""The Document in a file (a ``str`` or path object) or in its content (``bytes``); a folder is one of its files.

    ``name`` is what messages and the result call it; the file's own name where not given. Offsets are code
    points into ``text``, boxes points from the top left corner of the page as displayed. Raises
    ``InputError`` with the file, the reason and the next step where there is nothing to read.

    >>> read("一、机构设置\n下属单位5家。".encode("gb18030"), "示例.txt").encoding
    'gb18030'
    """
    if isinstance(source, bytes):
        return _read_content(source, name or UNNAMED)
    path = Path(source)
    called = name or decode_name(path.name) or str(path)
    # Unlike that of Path this raises nothing where a folder may not be entered or a name is too long.
    if os.path.isdir(path) and path.name:  # noqa: PTH112
        from extractor.documents import parts

        return parts.read_folder(path, called, read)
    return _read_content(_load_content(path, called), called)


def from_text(text: str, name: str) -> Document:
    """The Document of a text that is at hand as characters; offsets refer to ``text`` as given.

    >>> from_text("全年发放20次。", "示例").paragraphs[0].text
    '全年发放20次。'
    """
    from extractor.documents import text as texts

    return texts.from_text(text, name)


def read_with_tables(
    source: str | os.PathLike[str] | bytes, tables: Sequence[str | os.PathLike[str]], name: str | None = None
) -> Document:
    """The Document of a report with the files of its statements behind it, each under a heading that names the file.

    Raises ``InputError`` as ``read`` does, for any of the files.
    """
    document = read(source, name)
    if not tables:
        return document
    from extractor.documents.bundle import Part, join_documents

    others = [Part(decode_name(Path(path).name), read(path)) for path in tables]
    return join_documents(msgspec.structs.replace(document, warnings=()), [Part(None, document), *others])


def _load_content(path: Path, name: str) -> bytes:
    """The bytes of a file, or the reason why there are none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError("input.missing", name=name) from None
    except PermissionError:
        raise InputError("input.permission", name=name) from None
    except OSError as error:
        if os.path.isdir(path):  # noqa: PTH112
            raise InputError("input.directory", name=name) from None
        raise InputError("input.unreadable", name=name, reason=error.strerror or str(error)) from None


def _read_content(data: bytes, name: str, is_carried: bool = False) -> Document:
    """The Document that bytes hold; refuses types that are known and not read.

    What a PDF carries belongs to it; what that carries in turn is only named, or there would be no end.
    """
    if not data:
        raise InputError("input.empty", name=name)
    if sniff.is_pdf(data):
        from extractor.documents import pdf

        return pdf.read(data, name, None if is_carried else _read_carried)
    known = sniff.find_signature(data)
    if name.lower().endswith(".pdf"):
        raise InputError("input.not_pdf", name=name, type=_name_type(known, data))
    return _read_known(known, data, name) if known else _read_text(data, name)


def _read_carried(data: bytes, name: str) -> Document:
    return _read_content(data, name, is_carried=True)


def _name_type(known: Signature | None, data: bytes) -> str:
    """The type of what is no PDF, as far as it shows."""
    if known:
        return known.type
    return "HTML" if sniff.is_page(data) else sniff.UNKNOWN


def _read_known(known: Signature, data: bytes, name: str) -> Document:
    """The Document in a file of a type that has a signature."""
    if known.encrypted:
        raise InputError("input.encrypted_file", name=name)
    if known.type in READERS:
        return READERS[known.type](data, name)
    raise InputError("input.image" if known.image else "input.unsupported", name=name, type=known.type)


def _read_text(data: bytes, name: str) -> Document:
    """The Document of characters; of those parted by commas where the file is called so. JSON and XML are no report."""
    ending = Path(name).suffix.lower()
    if ending == ".json" and _is_json(data):
        raise InputError("input.json", name=name)
    if sniff.is_page(data):
        from extractor.documents import web

        return web.read(data, name)
    if sniff.is_xml(data):
        raise InputError("input.unsupported", name=name, type="XML")
    if ending in MARKDOWN or sniff.is_marked(data):
        from extractor.documents import markdown

        return markdown.read(data, name)
    from extractor.documents import text

    table = read_values(data, name) if ending in VALUES else None
    return table or text.read(data, name)


def _is_json(data: bytes) -> bool:
    try:
        msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True
