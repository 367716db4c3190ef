"""The formats that things leave the tool in: a file each, called like the format, which is what its files end in.

Nothing lists them: a module that stands in a folder of formats is one, and it is loaded when something is written.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path
from types import ModuleType

from msgspec import Struct

TOOL = Path(__file__).parents[1]


class Formats(Struct, frozen=True):
    """The formats of one thing: the folder that holds them, from the tool's own, and the one that nobody asks for."""

    folder: str
    default: str

    @property
    def names(self) -> tuple[str, ...]:
        """What may be asked for, the default first.

        >>> RESULTS.names
        ('json', 'jsonl')
        """
        found = sorted(module.name for module in pkgutil.iter_modules([str(TOOL / self.folder)]))
        return (self.default, *(name for name in found if name != self.default))

    def is_ending(self, target: str | Path) -> bool:
        """Whether the target's name ends in one of the formats."""
        return self._find_ending(target) in self.names

    def choose(self, asked: str | None, target: str | Path | None) -> str:
        """The format asked for, else the one that the target's name ends in, else the default.

        >>> COMPARISONS.choose(None, "diff.HTML"), COMPARISONS.choose("csv", "diff.html"), COMPARISONS.choose(None, "-")
        ('html', 'csv', 'json')
        """
        ending = self._find_ending(target or "")
        return asked or (ending if ending in self.names else self.default)

    def _find_ending(self, target: str | Path) -> str:
        return Path(target).suffix.lower().removeprefix(".")

    def load(self, name: str) -> ModuleType:
        """The module that writes a format."""
        return import_module(f"{TOOL.name}.{self.folder.replace('/', '.')}.{name}")


RESULTS = Formats("reports/files/formats", "json")
"""Of a result: ``encode(result) -> bytes``."""
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
