"""The parts of an office file, which is a zip archive of XML: read within bounds, and nothing outside it."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from extractor.documents.archives import Archive
from extractor.model import InputError

# An element of lxml, which has no types.
Element = Any

TRANSITIONAL = "http://schemas.openxmlformats.org"
# What the strict form of the standard calls the same things.
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"/officeDocument/2006/relationships"),
)
R = f"{{{TRANSITIONAL}/officeDocument/2006/relationships}}"


class Package:
    """An office file: its parts by their paths. What is damaged, too large or not plain XML is an ``InputError``."""

    def __init__(self, data: bytes, name: str) -> None:
        self._archive = Archive(data, name)
        self._name = name
        self._paths = {path.lower(): path for path in self._archive.paths}

    def find_main(self, usual: str) -> str:
        """The path of the part that the file is about; ``usual`` is where it stands if the file does not say."""
        for kind, target in self.read_relations("").values():
            if kind == "officeDocument":
                return target
        return usual

    def read_relations(self, path: str) -> dict[str, tuple[str, str]]:
        """What a part refers to within the file: (kind, path) by id; what lies outside of it is left out."""
        folder, own = posixpath.split(path)
        root = self.parse(posixpath.join(folder, "_rels", f"{own}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for relation in () if root is None else root:
            target = relation.get("Target")
            if target and relation.get("TargetMode") != "External":
                kind = relation.get("Type", "").rpartition("/")[2]
                found[relation.get("Id", "")] = (kind, posixpath.normpath(posixpath.join("/", folder, target))[1:])
        return found

    def parse(self, path: str) -> Element | None:
        """The root element of a part; None where there is no such part."""
        data = self._read(path)
        return None if data is None else parse_xml(data, self._name)

    def iterate(self, path: str, tags: Sequence[str]) -> Iterator[Element]:
        """The elements of a large part with these tags, each for as long as it is looked at; none without the part."""
        data = self._read(path)
        stream = io.BytesIO(b"" if data is None else data)
        found = etree.iterparse(stream, tag=tags, resolve_entities=False, no_network=True, load_dtd=False)
        try:
            for _, element in found if data else ():
                yield element
                element.clear()
        except (etree.XMLSyntaxError, ValueError):
            raise InputError("input.damaged_file", name=self._name) from None
        if data and found.root.getroottree().docinfo.doctype:
            raise InputError("input.entities", name=self._name)

    def _read(self, path: str) -> bytes | None:
        """The bytes of a part, in the usual form of the standard."""
        stored = self._paths.get(path.lower())
        if stored is None:
            return None
        data = self._archive.read(stored)
        for strict, usual in STRICT:
            data = data.replace(strict, TRANSITIONAL.encode() + usual)
        return data


def parse_xml(data: bytes, name: str) -> Element:
    """The root element of plain XML: no entity is resolved, nothing is fetched.

    Raises ``InputError`` for what is no XML, and for what declares entities, which no office program writes.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise InputError("input.damaged_file", name=name) from None
    if root.getroottree().docinfo.doctype:
        raise InputError("input.entities", name=name)
    return root


def read_number(value: str | None) -> int | None:
    """A whole number that an attribute holds; None for anything else, and for more than nine digits.

    >>> read_number("12"), read_number("x")
    (12, None)
    """
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None


def read_local(element: Element) -> str:
    """The name of an element without its namespace; empty for what is no element.

    >>> read_local(etree.fromstring("<w:p xmlns:w='urn:w'/>"))
    'p'
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
