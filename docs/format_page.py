"""Writes docs/format.md and format.zh-CN.md from the types of extractor/model.py and the meanings in docs/format.toml.

    python docs/format_page.py [--check]

``--check`` writes nothing and ends with 1 where a page is not what it would write, or a field has no meaning.
docs/format.zh.toml has the same in Chinese, and what the types themselves are (``about``); a field that ``SideClaim``
has in common with ``Claim`` is told once.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping
from inspect import cleandoc
from pathlib import Path
from typing import Any

import msgspec
from keeping import keep_page

from extractor import model
from extractor.messages import Lang

HERE = Path(__file__).resolve().parent
PAGES: dict[Lang, Path] = {"en": HERE / "format.md", "zh": HERE / "format.zh-CN.md"}
MEANINGS: dict[Lang, Path] = {"en": HERE / "format.toml", "zh": HERE / "format.zh.toml"}
ROOTS = (model.Result, model.Diff)
# Of these the meanings of the fields that both have are told once.
LIKE = {"SideClaim": "Claim"}
ABOUT = "about"
WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        "title": "The format of results", "head": "| field | type | meaning |", "or": " or ", "and": ", ",
        "list": "list of {}",
    },
    "zh": {
        "title": "结果格式", "head": "| 字段 | 类型 | 含义 |", "or": " 或 ", "and": "、", "list": "{} 的列表",
        "string": "字符串", "integer": "整数", "number": "数", "boolean": "布尔值",
    },
}  # fmt: skip

Schema = dict[str, Any]
Meanings = dict[str, dict[str, str]]


def render_page(lang: Lang) -> str:
    """The whole page. Raises ``ValueError`` for a type or field without a meaning, and for a meaning without one."""
    _, types = msgspec.json.schema_components(ROOTS, ref_template="{name}")
    intro, meanings = read_meanings(MEANINGS[lang])
    fields = {(name, field) for name, type_ in types.items() for field in type_["properties"]}
    told = {(name, field) for name, table in meanings.items() for field in table if field != ABOUT}
    if fields != told:
        raise ValueError(f"{MEANINGS[lang].name} and the types differ in {sorted(fields ^ told)}")
    parts = [_render_type(name, types[name], meanings[name], lang) for name in meanings]
    return "\n".join([f"# {WORDS[lang]['title']}", "", intro.strip(), "", *parts]).rstrip() + "\n"


def read_meanings(file: Path) -> tuple[str, Meanings]:
    """What opens the page, and what each type's fields mean."""
    meanings = tomllib.loads(file.read_text(encoding="utf-8"))
    intro: str = meanings.pop("intro")
    for name, like in LIKE.items():
        meanings[name] = {**meanings[like], **meanings[name]}
    return intro, meanings


def _render_type(name: str, type_: Schema, meanings: Mapping[str, str], lang: Lang) -> str:
    about = meanings.get(ABOUT, "").strip() or cleandoc(getattr(model, name).__doc__).replace("``", "`")
    rows = [
        f"| `{field}` | {name_type(type_['properties'][field], lang)} | {told} |"
        for field, told in meanings.items()
        if field != ABOUT
    ]
    return "\n".join([f"## {name}", "", about, "", WORDS[lang]["head"], "|---|---|---|", *rows, ""])


def name_type(schema: Schema, lang: Lang = "en") -> str:
    """A field's type in words.

    >>> name_type({"anyOf": [{"type": "string"}, {"type": "null"}]}), name_type({"enum": ["text", "ocr"]})
    ('string or null', '`text`, `ocr`')
    >>> name_type({"type": "array", "items": {"type": "string"}}, "zh")
    '字符串 的列表'
    """
    return WORDS[lang]["or"].join(dict.fromkeys(_name_alternatives(schema, lang)))


def _name_alternatives(schema: Schema, lang: Lang) -> Iterator[str]:
    words = WORDS[lang]
    if "$ref" in schema:
        yield f"[{schema['$ref']}](#{schema['$ref'].lower()})"
    elif "anyOf" in schema:
        for one in schema["anyOf"]:
            yield from _name_alternatives(one, lang)
    elif "enum" in schema:
        yield words["and"].join(f"`{value}`" for value in schema["enum"] if value is not None)
        yield from ("null" for value in schema["enum"] if value is None)
    elif schema["type"] == "array":
        yield words["list"].format(name_type(schema["items"] or schema["prefixItems"][0], lang))
    else:
        yield words.get(schema["type"], schema["type"])


def main() -> int:
    """Writes the pages, or says which are not up to date."""
    return max(keep_page(page, render_page(lang), __file__, "the types say") for lang, page in PAGES.items())


if __name__ == "__main__":
    sys.exit(main())
