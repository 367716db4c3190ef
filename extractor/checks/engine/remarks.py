"""Failures that only follow from another one: numbers known to be wrong, and what holds once they are mended."""

from __future__ import annotations

import msgspec

from extractor.checks.engine.judge import has_failed
from extractor.checks.engine.rule import Operands, Relation


def soften(relation: Relation, mended: Operands, form: str) -> Relation:
    """A relation; where it only fails for numbers that ``mended`` has put right, a mere remark in another form.

    ``mended`` are its operands in their order. The wrong numbers are told of where they were found.
    """
    if mended == relation.operands or not has_failed(relation):
        return relation
    if has_failed(msgspec.structs.replace(relation, operands=mended)):
        return relation
    return msgspec.structs.replace(relation, form=form, severity="info")
