"""What a file is called in a document: text and JSON hold Unicode only, the names of files any bytes."""

from __future__ import annotations

import os


def decode_name(name: str) -> str:
    r"""The name of a file as the system gives it, in Unicode; bytes of another encoding are marked as such.

    >>> decode_name("决算.pdf"), decode_name("\udcbe\udcf6.pdf")
    ('决算.pdf', '\ufffd\ufffd.pdf')
    """
    return os.fsencode(name).decode("utf-8", "replace")
