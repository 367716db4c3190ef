"""One run of `extract explain`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from extractor.apart.limits import Limits
from extractor.lookup import Found, find, is_id
from extractor.messages import Lang
from extractor.model import InputError
from extractor.reports.printable import printable
from extractor.runs.outcome import Outcome, attempt
from extractor.runs.reading import Reader, unpack
from extractor.runs.watching import Line


def explain_quote(file: Path, quote: str, lang: Lang, limits: Limits, every: bool = False) -> Outcome:
    """Shows what an id is, or why each number of the quoted words is a claim, or is none."""
    return attempt(partial(_explain, file, quote, lang, limits, every), lang, file.name)


def _explain(file: Path, quote: str, lang: Lang, limits: Limits, every: bool) -> Outcome:
    with Reader(limits, Line(lang)) as reader:
        if is_id(quote) or file.suffix.lower() == ".json":
            return _look_up(reader, file, quote, lang, every)
        return _explain_words(reader, file, quote, lang, every)


def _look_up(reader: Reader, file: Path, quote: str, lang: Lang, every: bool) -> Outcome:
    """Shows what an id is; words that only look like one are looked for in the report."""
    packed = reader.load_packed(file, lang)
    found = reader.call(file.name, _find, packed, quote)
    if found is not None:
        from extractor.reports.terminal.looked_up import show

        show(unpack(packed), found, lang)
        return Outcome.DONE
    if file.suffix.lower() == ".json":
        raise InputError("explain.no-id", name=printable(file.name), id=printable(quote))
    return _explain_words(reader, file, quote, lang, every)


def _find(packed: bytes, identity: str) -> Found | None:
    return find(unpack(packed), identity)


def _explain_words(reader: Reader, file: Path, quote: str, lang: Lang, every: bool) -> Outcome:
    from extractor.explain import explain
    from extractor.reports.terminal.explanation import show

    found = reader.call(file.name, explain, file, quote)
    show(found, lang, every)
    _show_checks(reader, file, [one.claim.id for one in found if one.claim], lang)
    return Outcome.DONE


def _show_checks(reader: Reader, file: Path, claims: Sequence[str], lang: Lang) -> None:
    """Shows for each claim the checks that looked at it."""
    from extractor.reports.terminal.looked_up import show_checks

    result = reader.load(file, lang)
    show_checks(result, [known for claim in claims if (known := find(result, claim))], lang)
