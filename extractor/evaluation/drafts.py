"""Mentions that come from an annotation tool: what the annotator did not fill in is read from the words."""

from __future__ import annotations

from typing import Any

import msgspec

from extractor.evaluation.annotation import Mention
from extractor.model import InputError

DEFAULTS = {"kind": "level", "role": "actual", "metric": None}


def complete(draft: dict[str, Any], name: str) -> Mention:
    """The mention that ``draft`` describes; without a value, value and unit are those of its words.

    Raises ``InputError`` with the field for a draft that is no mention.

    >>> complete({"start": 3, "end": 9, "raw": "20余万元", "metric": "救助金"}, "gold.ann").unit
    '万元'
    """
    filled = DEFAULTS | (draft if "value" in draft else _read(draft["raw"]) | draft)
    try:
        return msgspec.convert({"unit": "", "dim": "other"} | filled, Mention)
    except msgspec.ValidationError as error:
        raise InputError("annotation.mention", name=name, raw=draft["raw"], reason=str(error)) from error


def _read(raw: str) -> dict[str, Any]:
    """What the words of a mention say by themselves."""
    from extractor.quantities import scan

    found = next(iter(scan(raw)), None)
    if found is None:
        return {}
    return {
        "value": str(found.value),
        "value_high": None if found.value_high is None else str(found.value_high),
        "unit": found.unit,
        "dim": found.dimension,
        "approx": found.approximation,
    }
