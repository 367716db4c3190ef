"""Writes docs/format.md from the types of extractor/model.py and the meanings in docs/format.toml.

    python docs/format_page.py [--check]

``--check`` writes nothing and ends with 1 where the page is not what it would write, or a field has no meaning.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path
from typing import Any

import msgspec
from keeping import keep_page

from extractor import model

HERE = Path(__file__).resolve().parent
PAGE, MEANINGS = HERE / "format.md", HERE / "format.toml"
ROOTS = (model.Result, model.Diff)


def render_page() -> str:
    """The whole page. Raises ``ValueError`` for a type or field without a meaning, and for a meaning without one."""
    meanings = tomllib.loads(MEANINGS.read_text(encoding="utf-8"))
    intro = meanings.pop("intro")
    _, types = msgspec.json.schema_components(ROOTS, ref_template="{name}")
    fields = {(name, field) for name, type_ in types.items() for field in type_["properties"]}
    told = {(name, field) for name, table in meanings.items() for field in table}
    if fields != told:
        raise ValueError(f"{MEANINGS.name} and the types differ in {sorted(fields ^ told)}")
    parts = [_render_type(name, types[name], meanings[name]) for name in meanings]
    return "\n".join(["# The format of results", "", intro.strip(), "", *parts]).rstrip() + "\n"


def _render_type(name: str, type_: dict[str, Any], meanings: dict[str, str]) -> str:
    text = cleandoc(getattr(model, name).__doc__).replace("``", "`")
    rows = [f"| `{field}` | {_name_type(type_['properties'][field])} | {told} |" for field, told in meanings.items()]
    return "\n".join([f"## {name}", "", text, "", "| field | type | meaning |", "|---|---|---|", *rows, ""])


def _name_type(schema: dict[str, Any]) -> str:
    """A field's type in words.

    >>> _name_type({"anyOf": [{"type": "string"}, {"type": "null"}]}), _name_type({"enum": ["text", "ocr"]})
    ('string or null', '`text`, `ocr`')
    """
    return " or ".join(dict.fromkeys(_name_alternatives(schema)))


def _name_alternatives(schema: dict[str, Any]) -> Iterator[str]:
    if "$ref" in schema:
        yield f"[{schema['$ref']}](#{schema['$ref'].lower()})"
    elif "anyOf" in schema:
        for one in schema["anyOf"]:
            yield from _name_alternatives(one)
    elif "enum" in schema:
        yield ", ".join(f"`{value}`" for value in schema["enum"] if value is not None)
        yield from ("null" for value in schema["enum"] if value is None)
    elif schema["type"] == "array":
        yield f"list of {_name_items(schema)}"
    else:
        yield schema["type"]


def _name_items(schema: dict[str, Any]) -> str:
    items = schema["items"] or schema["prefixItems"][0]
    return _name_type(items)


def main() -> int:
    """Writes the page, or says that it is not up to date."""
    return keep_page(PAGE, render_page(), __file__, "the types say")


if __name__ == "__main__":
    sys.exit(main())
