"""What is wrong with an entry that does not have the type it must have: the field, and what is accepted there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from extractor.layers import PatternError

# The sentences of the library, with what each says.
SAID = {
    "unknown-field": re.compile(r"Object contains unknown field `(?P<field>[^`]*)`(?P<at>.*)"),
    "missing-field": re.compile(r"Object missing required field `(?P<field>[^`]*)`(?P<at>.*)"),
    "wrong-value": re.compile(r"Invalid enum value '?(?P<value>.*?)'?(?P<at> - at `[^`]*`)?$"),
    "wrong-type": re.compile(r"Expected `(?P<expected>[^`]*)`, got `(?P<found>[^`]*)`(?P<at>.*)"),
}
PLACE = re.compile(r"`\$\.?(?P<field>[^`]*)`")


def explain_invalid(key: str, error: msgspec.ValidationError, entry: Any) -> PatternError:
    """The error about the entry ``key``, which is no ``entry``, in words that name field and what is accepted."""
    for message, expression in SAID.items():
        found = expression.match(str(error))
        if found:
            return _explain(message, key, found.groupdict(default=""), entry)
    return PatternError("invalid", place=key, reason=str(error), accepted=", ".join(_list_fields(entry)))


def _explain(message: str, key: str, said: dict[str, str], entry: Any) -> PatternError:
    """The sentence of the library with the place and what is accepted there."""
    found = PLACE.search(said.pop("at"))
    place = ".".join(filter(None, (key, found["field"] if found else "")))
    if message == "wrong-type":
        return PatternError(message, place=place, accepted=", ".join(_list_fields(entry)), **said)
    accepted = _list_values(entry, place.rpartition(".")[2]) if message == "wrong-value" else _list_fields(entry)
    return PatternError(message, place=place, accepted=", ".join(accepted) or "-", **said)


def _list_fields(entry: Any) -> Iterator[str]:
    """The fields of a type as they are written."""
    yield from (field.encode_name for field in _inspect_fields(entry))


def _list_values(entry: Any, name: str) -> Iterator[str]:
    """What a field accepts that accepts some words only."""
    for field in _inspect_fields(entry):
        if field.encode_name == name:
            yield from map(str, _find_literals(field.type))


def _inspect_fields(entry: Any) -> tuple[Any, ...]:
    found: tuple[Any, ...] = getattr(msgspec.inspect.type_info(entry), "fields", ())
    return found


def _find_literals(kind: Any) -> tuple[Any, ...]:
    """The words of a type that is a choice, or that may be one."""
    values: Callable[[Any], tuple[Any, ...]] = lambda one: getattr(one, "values", ())  # noqa: E731
    return sum(map(values, getattr(kind, "types", (kind,))), ())
