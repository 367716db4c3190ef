"""The formats that things leave the tool in: a file each, called like the format, which is what its files end in.

Nothing lists them: a module that stands in a folder of formats is one, and it is loaded when something is written.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType

from msgspec import Struct

TOOL = Path(__file__).parents[1]


class Formats(Struct, frozen=True):
    """The formats of one thing: the folder that holds them, from the tool's own, and the one that nobody asks for.

    ``endings`` are those of formats whose files do not end in their names; ``beside`` is the ending of the second file
    that some formats have, which stands beside the first.
    """

    folder: str
    default: str
    endings: Mapping[str, str] = {}
    beside: Mapping[str, str] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """What may be asked for, the default first.

        >>> RESULTS.names
        ('json', 'jsonl', 'oim')
        """
        found = sorted(module.name for module in pkgutil.iter_modules([str(TOOL / self.folder)]))
        return (self.default, *(name for name in found if name != self.default))

    def is_ending(self, target: str | Path) -> bool:
        """Whether the target's name ends in one of the formats."""
        return self._find_named(target) is not None

    def choose(self, asked: str | None, target: str | Path | None) -> str:
        """The format asked for, else the one that the target's name ends in, else the default.

        >>> COMPARISONS.choose(None, "diff.HTML"), COMPARISONS.choose("csv", "diff.html"), COMPARISONS.choose(None, "-")
        ('html', 'csv', 'json')
        """
        return asked or self._find_named(target or "") or self.default

    def end(self, name: str) -> str:
        """What the files of a format end in, without the point.

        >>> RESULTS.end("jsonl"), RESULTS.end("oim")
        ('jsonl', 'oim.json')
        """
        return self.endings.get(name, name)

    def _find_named(self, target: str | Path) -> str | None:
        """The format whose ending a name has, the longest first: an ``.oim.json`` is no ``.json``."""
        words = Path(target).name.lower()
        longest = sorted(self.names, key=lambda name: -len(self.end(name)))
        return next((name for name in longest if words.endswith(f".{self.end(name)}")), None)

    def load(self, name: str) -> ModuleType:
        """The module that writes a format."""
        return import_module(f"{TOOL.name}.{self.folder.replace('/', '.')}.{name}")


RESULTS = Formats("reports/files/formats", "json", endings={"oim": "oim.json"}, beside={"oim": "xsd"})
"""Of a result: ``encode(result) -> bytes``; with a file beside it ``encode(result, name)``, given the name of that, and
``encode_beside(result)``."""
COMPARISONS = Formats("reports/comparison/formats", "json")
"""Of diffs: ``encode(diffs, lang, beside) -> [bytes]``, a file each, or all in one."""
FINDINGS = Formats("reports/findings/formats", "json")
"""Of the findings of documents: ``encode(listings, lang) -> bytes``, all in one."""
EXPORTS = Formats("batch/exports", "csv")
"""Of what leaves a store: ``write(export) -> int``, the number of its rows."""
ANSWERS = Formats("batch/answers", "table")
"""Of an answer to a query: ``draw(columns, rows) -> [str]``, in pieces."""
CITATIONS = Formats("reports/citations/formats", "json")
"""Of citations: ``encode(found, lang) -> bytes``."""
