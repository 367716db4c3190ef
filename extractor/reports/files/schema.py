"""The JSON Schema of a result and of a diff, made from the types of ``extractor.model``."""

from __future__ import annotations

from typing import Any

import msgspec

from extractor import model

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def make_schema(root: type[model.Result] | type[model.Diff] = model.Result) -> bytes:
    """The schema (draft 2020-12) of what ``extract`` or its ``diff`` writes, indented, with a line break at the end."""
    _, definitions = msgspec.json.schema_components((root,), ref_template="#/$defs/{name}")
    types = {name: _describe_type(name, definition) for name, definition in definitions.items()}
    made = {"$schema": DIALECT, **types.pop(root.__name__), "$defs": types}
    return msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n"


def _describe_type(name: str, definition: dict[str, Any]) -> dict[str, Any]:
    """One type as it is written: a field with a default stands in the JSON like any other.

    Only the types that leave out defaults may lack a field, and the fields that are left out where they are unset.
    """
    properties, type_ = definition["properties"], getattr(model, name)
    if type_.__struct_config__.omit_defaults:
        return definition
    unset = {field.encode_name for field in msgspec.structs.fields(type_) if field.default is msgspec.UNSET}
    plain = {key: {k: v for k, v in value.items() if k != "default"} for key, value in properties.items()}
    return {**definition, "properties": plain, "required": [key for key in properties if key not in unset]}
