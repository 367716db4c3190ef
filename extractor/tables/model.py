"""What the tables of a document become."""

from __future__ import annotations

from msgspec import Struct

from extractor.model import Notice, Table


class Tabulation(Struct, frozen=True):
    """The tables of a document, and what the reader must know of those that could not be rebuilt."""

    tables: tuple[Table, ...] = ()
    warnings: tuple[Notice, ...] = ()
