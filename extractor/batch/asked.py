"""What is asked of a batch, and what it has seen so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from extractor.batch.items import DOCUMENTS
from extractor.batch.work import Options, Outcome
from extractor.messages import Lang


class Request(Struct, frozen=True):
    """What is asked of a batch: which files, how they are read, and where the results go.

    ``files`` is a list of more files with what is known of them, ``aliases`` one of names of one's own for bodies.
    """

    paths: Sequence[str]
    out: Path
    options: Options
    glob: Sequence[str] = DOCUMENTS
    recursive: bool = True
    limit: int | None = None
    jobs: int = 1
    reprocess: bool = False
    engine: Literal["local", "dask"] = "local"
    scheduler: str | None = None
    quiet: bool = False
    files: Path | None = None
    aliases: Path | None = None

    @property
    def lang(self) -> Lang:
        """The language that the batch speaks."""
        return self.options.lang


class Tally(Struct):
    """What a batch has seen so far; ``failed`` counts by reason, ``unmet`` is what could not even be looked at.

    ``passed_over`` are the paths that were not meant, each with the reason in one word.
    """

    done: int = 0
    skipped: int = 0
    same: int = 0
    pages: int = 0
    claims: int = 0
    failed: Counter[str] = msgspec.field(default_factory=Counter)
    unmet: list[Outcome] = []
    passed_over: list[tuple[str, str]] = []

    def add(self, outcome: Outcome) -> None:
        """Counts one document."""
        if outcome.status == "done":
            self.done += 1
            self.pages += outcome.pages
            self.claims += outcome.claims
        else:
            self.failed[outcome.reason or "error"] += 1
