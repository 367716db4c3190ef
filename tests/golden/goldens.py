"""Whole results, kept and compared field by field.

A golden holds every record of a result (the document, pages, sections, claims, rows of tables, checks). For the reports
of this project it holds the values themselves; for published reports, whose words stay outside of the repository, it
holds a short fingerprint of each value. A record is one line, so that a change of a golden reads as what it is.

    python tests/golden/goldens.py [--write] [NAME ...]

compares the reports whose name holds one of the words (all without any), counts what changed by field with the first
places (but for reports that are set aside), and with ``--write`` keeps the results as they are now.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

import extractor

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).resolve().parent
OWN = ROOT / "corpus" / "reports"
PUBLISHED = ROOT.parent / "shared" / "corpus"
# The other web pages are held by the tests of their reader: those of own PDFs give what the texts of these give.
PAGES = ("nanhe_relief_page_2025.html",)
# Reports that are set aside to measure with, by how their names begin: of these, differences are told as counts alone.
ASIDE = (
    "published/law_enforcement_budget_2018",
    "published/nanping_rating_2026",
    "published/performance_review_2024_opening",
    "published/hefei_communique_2025",
    "published/panel/o_j",
    "published/panel/o_x",
    "published/panel/s_a",
    "published/panel/s_hefei",
    "published/panel/s_nanping",
)
# Two bytes a value: one change in 65,536 goes unseen, and a golden stays a tenth of its result.
FINGERPRINT = 4
# The text is compared in stretches of so many characters, so that a change tells where it is.
STRETCH = 2000
# What is read without a text layer has no result.
REFUSED = "refused"
# Cells of published reports are compared by the field of a whole table: they are ten times as many as claims.
CELL = [field.encode_name for field in msgspec.structs.fields(extractor.TableCell) if field.name != "confidence"]
# Results are kept as they are where no page can be recognised, so that goldens are the same on every machine.
os.environ["EXTRACT_OCR"] = "off"

Record = dict[str, Any]
Records = dict[str, Record]


class Change(NamedTuple):
    """A field of a record that is not as it was; a record that is new or gone has the field ``""``."""

    record: str
    field: str
    was: str
    now: str


def reports() -> dict[str, Path]:
    """Every report at hand by the name of its golden: ``own/…`` and, where they are there, ``published/…``."""
    folders = {"own": OWN, "published": PUBLISHED}
    return {
        f"{owner}/{file.relative_to(folder).as_posix()}": file
        for owner, folder in folders.items()
        for file in sorted(folder.rglob("*"))
        if file.suffix in (".txt", ".pdf") or file.name in PAGES
    }


def golden(name: str) -> Path:
    """The file that keeps the result of a report."""
    return GOLDEN / f"{name}.golden"


def kept() -> list[str]:
    """The names of all goldens."""
    return sorted(file.relative_to(GOLDEN).as_posix().removesuffix(".golden") for file in GOLDEN.rglob("*.golden"))


def records(name: str) -> Records:
    """The result of a report by its records; one that cannot be read has only the reason."""
    file = reports()[name]
    try:
        result = msgspec.to_builtins(extractor.extract(file))
    except extractor.InputError as error:
        return {REFUSED: {"reason": str(error)}}
    return dict(_records(result, is_secret(name)))


def _records(result: Record, secret: bool) -> Iterator[tuple[str, Record]]:
    text = result["text"]
    yield "document", result["document"]
    yield "text", {str(at): text[at : at + STRETCH] for at in range(0, len(text), STRETCH)}
    for page in result["pages"]:
        yield f"page {page['number']}", page
    for kind in ("sections", "claims", "checks"):
        for one in result[kind]:
            yield f"{kind} {one['id']}", one
    for table in result["tables"]:
        rows = table.pop("rows")
        yield f"tables {table['id']}", table
        if secret:
            yield f"cells {table['id']}", {key: [[cell.get(key) for cell in row] for row in rows] for key in CELL}
        else:
            yield from (
                (f"rows {table['id']}:{number}", {str(at): cell for at, cell in enumerate(row)})
                for number, row in enumerate(rows)
            )
    yield "verification", result["verification"]


def fingerprint(value: Any) -> str:
    """A value as a short word that tells it from others."""
    return sha256(_written(value).encode()).hexdigest()[:FINGERPRINT]


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def encode(found: Records, *, secret: bool) -> str:
    """Records as lines; of ``secret`` ones the values are fingerprints, under a line that names their fields."""
    lines: list[str] = []
    fields: list[str] = []
    for name, record in found.items():
        if secret and [*record] != fields:
            fields = [*record]
            lines.append("\t".join(["", *fields]))
        lines.append("\t".join([name, *map(fingerprint, record.values())] if secret else [name, _written(record)]))
    return "\n".join(lines) + "\n"


def decode(lines: str) -> dict[str, Mapping[str, str]]:
    """What a golden keeps, each value as it is compared."""
    found: dict[str, Mapping[str, str]] = {}
    fields: list[str] = []
    for name, *values in (line.split("\t") for line in lines.splitlines()):
        if not name:
            fields = values
        elif values[0].startswith("{"):
            found[name] = {key: _written(value) for key, value in json.loads(values[0]).items()}
        else:
            found[name] = dict(zip(fields, values, strict=True))
    return found


def compare(name: str, found: Records) -> list[Change]:
    """Every field in which a result is not what its golden keeps."""
    secret = is_secret(name)
    was = decode(golden(name).read_text(encoding="utf-8"))
    now = {key: _as_compared(record, secret) for key, record in found.items()}
    return [change for record in {**was, **now} for change in _changes(record, was.get(record), now.get(record), found)]


def is_secret(name: str) -> bool:
    """Whether a report's words stay outside of the repository."""
    return not name.startswith("own/")


def is_aside(name: str) -> bool:
    """Whether a report is set aside: what it says is read by no one who works on the patterns."""
    return name.startswith(ASIDE)


def _as_compared(record: Record, secret: bool) -> Mapping[str, str]:
    return {str(key): fingerprint(value) if secret else _written(value) for key, value in record.items()}


def _changes(
    record: str, was: Mapping[str, str] | None, now: Mapping[str, str] | None, found: Records
) -> Iterator[Change]:
    if was is None or now is None:
        yield Change(record, "", "" if was is None else "there", "" if now is None else _written(found[record]))
        return
    for field in {**was, **now}:
        if was.get(field) != now.get(field):
            yield Change(
                record,
                field,
                was.get(field, ""),
                _written(found[record].get(field)),
            )


def summary(changes: Iterable[Change], most: int = 3) -> Iterator[str]:
    """A line for each field that changed: how often, and the first ``most`` places."""
    listed = list(changes)
    count = Counter((change.record.split()[0], change.field) for change in listed)
    for (kind, field), number in count.most_common():
        yield f"  {kind}.{field or '(new or gone)'}: {number}"
        for change in [one for one in listed if (one.record.split()[0], one.field) == (kind, field)][:most]:
            yield f"    {change.record}: {change.was[:80]} -> {change.now[:160]}"


def _read_and_compare(name: str) -> tuple[str, Records, list[Change]]:
    found = records(name)
    return name, found, compare(name, found) if golden(name).exists() else [Change("golden", "", "", "new")]


def main() -> int:
    """Compares, and writes where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="words of the names of reports (default: all)")
    parser.add_argument("--write", action="store_true", help="keep the results as they are now")
    parser.add_argument("--most", type=int, default=3, help="places shown for each field")
    chosen = parser.parse_args()
    names = [name for name in reports() if not chosen.names or any(word in name for word in chosen.names)]
    changed = 0
    with ProcessPoolExecutor() as pool:
        for name, found, changes in pool.map(_read_and_compare, names):
            changed += bool(changes)
            if changes:
                most = 0 if is_aside(name) else chosen.most
                print(f"{name}: {len(changes)} changes", *summary(changes, most), sep="\n")
            if changes and chosen.write:
                golden(name).parent.mkdir(parents=True, exist_ok=True)
                golden(name).write_text(encode(found, secret=is_secret(name)), encoding="utf-8")
    print(f"{len(names)} reports, {changed} not as kept{', now kept' if chosen.write and changed else ''}")
    return 1 if changed and not chosen.write else 0


if __name__ == "__main__":
    sys.exit(main())
