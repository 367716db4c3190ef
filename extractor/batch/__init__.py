"""Many files become one store: each read once, in a process of its own, and what was read is kept exactly.

``items`` finds the files, ``work`` reads one, ``local`` spreads the work over processes, ``store`` keeps the results,
``database`` and ``export`` make them answer questions; ``plan`` says what is still to be read. The room has the name of
the function ``extractor.batch``, and is called as it: whichever was loaded first, the name means both.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _Room(ModuleType):
    """The module, called as ``extractor.runs.data_set.read_data_set`` is."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return import_module("extractor.runs.data_set").read_data_set(*arguments, **options)


sys.modules[__name__].__class__ = _Room
