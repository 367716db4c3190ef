"""One run of `extract serve`: reports of a folder for programs that speak the Model Context Protocol."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from extractor.apart.limits import Limits
from extractor.messages import Lang
from extractor.model import InputError, Result
from extractor.reports.printable import printable
from extractor.runs.outcome import Outcome, attempt
from extractor.runs.reading import Reader
from extractor.runs.watching import Line


def serve_folder(root: Path, lang: Lang, limits: Limits) -> Outcome:
    """Answers over the standard streams until nobody asks any more."""
    return attempt(partial(_serve, root, lang, limits), lang, str(root))


def _serve(root: Path, lang: Lang, limits: Limits) -> Outcome:
    from extractor.serving.server import make_server
    from extractor.serving.shelf import Shelf
    from extractor.serving.tools import Tools

    if not root.is_dir():
        raise InputError("serving.no-folder", name=printable(str(root)))
    with Reader(limits, Line(lang, is_quiet=True)) as reader:
        server = make_server(Tools(Shelf(root, partial(_load, reader, lang)), lang), lang)
        # The process that reads is there before the server has threads of its own.
        reader.call(root.name, os.getpid)
        server.run("stdio")
    return Outcome.DONE


def _load(reader: Reader, lang: Lang, path: Path) -> Result:
    return reader.load(path, lang)


def refuse_protocol(lang: Lang) -> Outcome:
    """Says that a way to serve must be named: others may come."""
    return attempt(_refuse, lang, "extract serve")


def _refuse() -> Outcome:
    raise InputError("serving.no-protocol")
