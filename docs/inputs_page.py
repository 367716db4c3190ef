"""Writes docs/inputs.md: every kind of file that was tried, and what came of it.

    python docs/inputs_page.py [--check]
    python docs/inputs_page.py --published      counts what became of the published reports in ../shared/corpus first

``--check`` writes nothing and ends with 1 where the page is not what it would write. The files are those of
tests/documents/inputs.py; what became of published reports is kept in docs/inputs.toml, in figures alone.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / folder) for folder in (".", "documents"))]

from inputs import INPUTS, Input  # noqa: E402
from keeping import keep_page  # noqa: E402

import extractor  # noqa: E402
from extractor.documents import ocr  # noqa: E402
from extractor.model import InputError, Result  # noqa: E402
from extractor.runs.outcome import Outcome  # noqa: E402

PAGE, FIGURES = HERE / "inputs.md", HERE / "inputs.toml"
PUBLISHED = ROOT.parent / "shared" / "corpus"
INTRO = """\
# Inputs tried, and what came of each

Made by `python docs/inputs_page.py`, which reads every file of `tests/documents/inputs.py`; a test holds the page up
to date. What is read is told in sections, claims and tables; what is said, in the words of the command, with the exit
code of `extract FILE`: 0 read, 2 refused in one sentence. Scans are read with the extra `[ocr]`, and older files of
office programs by LibreOffice, where they are installed; here they are not.
"""
COLUMNS = "| input | what is read | what is said | exit code |\n|---|---|---|---|\n"
HEAD = """
## Published reports

Figures alone, by where they come from and what they end in (`--published` counts them anew).

"""


def render_page() -> str:
    """The whole page."""
    parts = [INTRO]
    for group in dict.fromkeys(one.group for one in INPUTS):
        rows = "".join(_render_row(one) for one in INPUTS if one.group == group)
        parts.append(f"\n## {group}\n\n{COLUMNS}{rows}")
    return "".join([*parts, HEAD, *_render_figures()])


def _render_row(one: Input) -> str:
    read, said, code = _try_input(one)
    return f"| {one.what} | {read} | {_escape(said)} | {code} |\n"


def _try_input(one: Input) -> tuple[str, str, int]:
    """What is read of a file, what is said of it, and how the command ends."""
    try:
        found = extractor.extract(one.make(), name=one.name, lang="en")
    except InputError as error:
        return "nothing", str(error), Outcome.FAILED.value
    return _count(found), " ".join(found.document.warnings) or "nothing", Outcome.DONE.value


def _count(found: Result) -> str:
    """What a result holds.

    >>> _count(extractor.extract("全年收入5万元。".encode(), name="a.txt"))
    'text, utf-8: 0 sections, 1 claim, 0 tables'
    """
    kind = ", ".join(filter(None, (found.document.format, found.document.encoding)))
    counts = {"section": len(found.sections), "claim": len(found.claims), "table": len(found.tables)}
    return f"{kind}: " + ", ".join(f"{count} {word}{'s' * (count != 1)}" for word, count in counts.items())


def _escape(words: str) -> str:
    shown = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in words)
    return shown.replace("|", "\\|")


# ── published reports ────────────────────────────────────────────────────────────────────────────────────


def _render_figures() -> Iterator[str]:
    yield "| from | ending | files | read | read with a warning | refused | claims |\n|---|---|---|---|---|---|---|\n"
    for row in tomllib.loads(FIGURES.read_text(encoding="utf-8"))["row"]:
        figures = (row[key] for key in ("files", "read", "warned", "refused", "claims"))
        yield f"| {row['folder']} | `{row['ending']}` | {' | '.join(map(str, figures))} |\n"


def list_published() -> list[Path]:
    """The reports that are at hand."""
    from extractor.endings import DOCUMENTS

    return [path for path in sorted(PUBLISHED.rglob("*")) if path.suffix in DOCUMENTS and path.is_file()]


def count_published() -> str:
    """The figures of the reports at hand, as a file."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for path in list_published():
        folder = path.parent.relative_to(PUBLISHED).as_posix().replace(".", "reports")
        counts.setdefault((folder, path.suffix), Counter()).update(_try_published(path))
    return "\n".join(_write_figures(folder, ending, found) for (folder, ending), found in sorted(counts.items()))


def _try_published(path: Path) -> Counter[str]:
    try:
        found = extractor.extract(path)
    except InputError:
        return Counter(files=1, refused=1)
    warned = int(bool(found.document.warnings))
    return Counter(files=1, read=1, warned=warned, claims=len(found.claims))


def _write_figures(folder: str, ending: str, found: Counter[str]) -> str:
    keys = ("files", "read", "warned", "refused", "claims")
    return f'[[row]]\nfolder = "{folder}"\nending = "{ending}"\n' + "".join(f"{key} = {found[key]}\n" for key in keys)


def main() -> int:
    """Writes the page, or says that it is not up to date."""
    os.environ |= {"PATH": "", ocr.SWITCH: ocr.OFF}
    if "--published" in sys.argv:
        FIGURES.write_text(count_published(), encoding="utf-8")
    return keep_page(PAGE, render_page(), __file__, "comes of its files")


if __name__ == "__main__":
    sys.exit(main())
