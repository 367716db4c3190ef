"""Writes docs/inputs.md and inputs.zh-CN.md: every kind of file that was tried, and what came of it.

    python docs/inputs_page.py [--check]
    python docs/inputs_page.py --published      counts what became of the published reports in ../shared/corpus first

``--check`` writes nothing and ends with 1 where a page is not what it would write. The files are those of
tests/documents/inputs.py, called in Chinese as docs/inputs.zh.toml calls them; what became of published reports is kept
in docs/inputs.toml, in figures alone.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / folder) for folder in (".", "documents"))]

from inputs import INPUTS, Input  # noqa: E402
from keeping import keep_page  # noqa: E402

import extractor  # noqa: E402
from extractor.documents import ocr  # noqa: E402
from extractor.messages import Lang, render  # noqa: E402
from extractor.model import InputError, Result  # noqa: E402
from extractor.runs.outcome import Outcome  # noqa: E402

PAGES: dict[Lang, Path] = {"en": HERE / "inputs.md", "zh": HERE / "inputs.zh-CN.md"}
FIGURES, CHINESE = HERE / "inputs.toml", HERE / "inputs.zh.toml"
PUBLISHED = ROOT.parent / "shared" / "corpus"
INTRO: dict[Lang, str] = {
    "en": """\
# Inputs tried, and what came of each

Made by `python docs/inputs_page.py`, which reads every file of `tests/documents/inputs.py`; a test holds the page up
to date. What is read is told in sections, claims and tables; what is said, in the words of the command, with the exit
code of `extract FILE`: 0 read, 2 refused in one sentence. Scans are read with the extra `[ocr]`, and older files of
office programs by LibreOffice, where they are installed; here they are not. 中文：[inputs.zh-CN.md](inputs.zh-CN.md)
""",
    "zh": """\
# 试过的文件，以及各自的结果

由 `python docs/inputs_page.py` 读取 `tests/documents/inputs.py` 里的每个文件生成，测试保证它是最新的。
读出的内容按章节、表述和表格计数；命令说的话照录，并注明 `extract 文件` 的退出码：0 已读，2 用一句话拒绝。
扫描件要装附加组件 `[ocr]`，旧版办公文件要装 LibreOffice；这里都没有装。 English: [inputs.md](inputs.md)
""",
}
COLUMNS: dict[Lang, str] = {
    "en": "| input | what is read | what is said | exit code |\n|---|---|---|---|\n",
    "zh": "| 输入 | 读出什么 | 说了什么 | 退出码 |\n|---|---|---|---|\n",
}
HEAD: dict[Lang, str] = {
    "en": """
## Published reports

Figures alone, by where they come from and what they end in (`--published` counts them anew).

| from | ending | files | read | read with a warning | refused | claims |
|---|---|---|---|---|---|---|
""",
    "zh": """
## 公开的报告

只有数字，按来源和扩展名分列（`--published` 重新统计）。

| 来源 | 扩展名 | 文件 | 已读 | 有提醒 | 拒绝 | 表述 |
|---|---|---|---|---|---|---|
""",
}
NOTHING: dict[Lang, str] = {"en": "nothing", "zh": "无"}


def render_page(lang: Lang) -> str:
    """The whole page."""
    parts = [INTRO[lang]]
    for group in dict.fromkeys(one.group for one in INPUTS):
        rows = "".join(_render_row(one, lang) for one in INPUTS if one.group == group)
        parts.append(f"\n## {_name(group, lang)}\n\n{COLUMNS[lang]}{rows}")
    return "".join([*parts, HEAD[lang], *_render_figures(lang)])


def _name(words: str, lang: Lang) -> str:
    """What a group, a file or a folder is called; names such as UTF-8 are the same in both languages."""
    return words if lang == "en" else _read_chinese().get(words, words)


@cache
def _read_chinese() -> dict[str, str]:
    words: dict[str, str] = tomllib.loads(CHINESE.read_text(encoding="utf-8"))["words"]
    return words


def _render_row(one: Input, lang: Lang) -> str:
    read, said, code = _try_input(one, lang)
    return f"| {_name(one.what, lang)} | {read} | {_escape(said)} | {code} |\n"


def _try_input(one: Input, lang: Lang) -> tuple[str, str, int]:
    """What is read of a file, what is said of it, and how the command ends."""
    try:
        found = extractor.extract(one.make(), name=one.name, lang=lang)
    except InputError as error:
        return NOTHING[lang], render(error.notice, lang), Outcome.FAILED.value
    return _count(found, lang), " ".join(found.document.warnings) or NOTHING[lang], Outcome.DONE.value


def _count(found: Result, lang: Lang) -> str:
    """What a result holds.

    >>> found = extractor.extract("全年收入5万元。".encode(), name="a.txt")
    >>> _count(found, "en"), _count(found, "zh")
    ('text, utf-8: 0 sections, 1 claim, 0 tables', 'text, utf-8：章节 0，表述 1，表格 0')
    """
    kind = ", ".join(filter(None, (found.document.format, found.document.encoding)))
    if lang == "zh":
        return f"{kind}：章节 {len(found.sections)}，表述 {len(found.claims)}，表格 {len(found.tables)}"
    counts = {"section": len(found.sections), "claim": len(found.claims), "table": len(found.tables)}
    return f"{kind}: " + ", ".join(f"{count} {word}{'s' * (count != 1)}" for word, count in counts.items())


def _escape(words: str) -> str:
    shown = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in words)
    return shown.replace("|", "\\|")


# ── published reports ────────────────────────────────────────────────────────────────────────────────────


def _render_figures(lang: Lang) -> Iterator[str]:
    for row in tomllib.loads(FIGURES.read_text(encoding="utf-8"))["row"]:
        figures = (row[key] for key in ("files", "read", "warned", "refused", "claims"))
        yield f"| {_name(row['folder'], lang)} | `{row['ending']}` | {' | '.join(map(str, figures))} |\n"


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
    """Writes the pages, or says which are not up to date."""
    os.environ |= {"PATH": "", ocr.SWITCH: ocr.OFF}
    if "--published" in sys.argv:
        FIGURES.write_text(count_published(), encoding="utf-8")
    return max(keep_page(page, render_page(lang), __file__, "comes of its files") for lang, page in PAGES.items())


if __name__ == "__main__":
    sys.exit(main())
