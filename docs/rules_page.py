"""Writes docs/rules.md and rules.zh-CN.md: of every rule, what it asserts, how, and what it said of real reports.

    python docs/rules_page.py [--check]
    python docs/rules_page.py --measure [--list]    reads every report at hand first, and names what nobody judged

``--check`` writes nothing and ends with 1 where the page is not what it would write. What rules assert is read from
`patterns/checks/` and `extractor/checks/rules/`. What they said of reports is kept in docs/rules.toml, in figures
alone, and what readers found of each failing check, right or false, in docs/verdicts.tsv: report, check, verdict, why.
"""

from __future__ import annotations

import csv
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "golden")]

import goldens  # noqa: E402
from keeping import keep_page  # noqa: E402

import extractor  # noqa: E402
from extractor.checks.engine.forms import FOLDER, Form, Reason, load  # noqa: E402
from extractor.messages import Lang, speak  # noqa: E402
from extractor.model import Check  # noqa: E402

PAGES: dict[Lang, Path] = {"en": HERE / "rules.md", "zh": HERE / "rules.zh-CN.md"}
FIGURES, VERDICTS = HERE / "rules.toml", HERE / "verdicts.tsv"
# Reports that are set aside are counted apart: nobody who works on the rules reads what they say.
HAND, ASIDE = "at hand", "set aside"
COUNTED = ("reports", "checks", "hold", "unclear", "remarks", "failing", "right", "false")
INTRO: dict[Lang, str] = {
    "en": """\
# The rules

What every rule of `extractor/checks/rules/` asserts, and what it said of real reports. `make rules` reads all reports
at hand and writes the page; a test holds it to the patterns. *Failing* are checks that are told as an error or a
warning; *right* and *false* are those that somebody held against the report; of the others it cannot be told, or
nobody has. *Remarks* fail as information only. `docs/verdicts.tsv` has each verdict with its reason. Our own reports
have planted errors, and one that is there as text and as PDF is counted twice. 中文：[rules.zh-CN.md](rules.zh-CN.md)

""",
    "zh": """\
# 核对规则

`extractor/checks/rules/` 的每条规则断言什么，在真实报告里查出了什么。`make rules` 读手头所有的报告并写出本页，
测试保证它与规则文件一致。“不符”是作为错误或警告报出的核对；“属实”和“误报”是有人对照原文看过的，
其余的看不出来，或者没有人看过。“提示”只作参考，不算问题。`docs/verdicts.tsv` 记着每个结论及其理由。
项目自己的报告里有故意放进的错误，同时有文本和 PDF 的算两份。 English: [rules.md](rules.md)

""",
}
SUMMARY: dict[Lang, str] = {
    "en": """
| rule | | reports | checks | hold | unclear | remarks | failing | right | false |
|---|---|---:|---:|---:|---:|---:|---:|---:|---:|
""",
    "zh": """
| 规则 | | 报告 | 核对 | 成立 | 无法判断 | 提示 | 不符 | 属实 | 误报 |
|---|---|---:|---:|---:|---:|---:|---:|---:|---:|
""",
}
RELATIONS: dict[Lang, str] = {
    "en": """
| relation | should be | bound by | told as | sentence |
|---|---|---|---|---|
""",
    "zh": """
| 关系 | 应当等于 | 凭什么相联 | 报为 | 说法 |
|---|---|---|---|---|
""",
}
# What stands between the tables.
WORDS: dict[Lang, dict[str, str]] = {
    "en": {
        HAND: "Reports at hand", ASIDE: "Reports set aside", "asserts": "Asserts", "relations": "Relations",
        "unclear": "Unclear where", "by words": "said by words", "is": " is {}", "near": ", doubted when far",
        "no reasons": "Only where the engine doubts it, as any rule.", "info": "info", "warning": "warning",
        "error": "error", "words": "words", "structure": "structure", "identity": "identity", "guess": "guess",
    },
    "zh": {
        HAND: "手头的报告", ASIDE: "专门留出的报告", "asserts": "断言（取自代码，英文）", "relations": "关系",
        "unclear": "何时无法判断", "by words": "凭文字", "is": " 为 {}", "near": "，相距远时存疑",
        "no reasons": "只在引擎存疑时，与其他规则相同。", "info": "提示", "warning": "警告",
        "error": "错误", "words": "文字", "structure": "结构", "identity": "恒等", "guess": "推测",
    },
}  # fmt: skip

Counts = dict[str, int]
Figures = dict[str, dict[str, Counts]]


def render_page(lang: Lang) -> str:
    """The whole page: the figures of all rules side by side, then each rule under the same headings."""
    figures = read_figures()
    groups = [group for group in (HAND, ASIDE) if any(group in found for found in figures.values())]
    tables = [_render_summary(group, figures, lang) for group in groups]
    rules = (_render_rule(code, lang) for code in list_codes())
    return "\n".join([INTRO[lang].rstrip(), *tables, *rules]).rstrip() + "\n"


def list_codes() -> list[str]:
    """The codes of all rules."""
    return sorted(file.stem for file in (ROOT / "patterns" / FOLDER).glob("*.toml"))


def _render_summary(group: str, figures: Figures, lang: Lang) -> str:
    rows = [_render_counts(code, figures.get(code, {}).get(group, {}), lang) for code in list_codes()]
    every: Counter[str] = Counter()
    for found in figures.values():
        every.update(found.get(group, {}))
    every["reports"] = figures.get("all", {}).get(group, {}).get("reports", 0)
    title = WORDS[lang][group]
    return f"\n## {title}\n{SUMMARY[lang]}" + "\n".join([*rows, _render_counts("all", every, lang)])


def _render_counts(code: str, counts: Mapping[str, int], lang: Lang) -> str:
    label = "" if code == "all" else speak(load(code).label, lang)
    return f"| {code} | {label} | " + " | ".join(str(counts.get(name, 0)) for name in COUNTED) + " |"


def _render_rule(code: str, lang: Lang) -> str:
    file, words = load(code), WORDS[lang]
    asserted = import_module(f"extractor.checks.rules.{code}").__doc__ or ""
    rows = "\n".join(_render_form(name, form, lang) for name, form in file.forms.items())
    parts = [
        f"\n## {code}: {file.label.zh}, {file.label.en}\n\n### {words['asserts']}\n\n{' '.join(asserted.split())}",
        f"\n### {words['relations']}\n{RELATIONS[lang]}{rows}",
        f"\n### {words['unclear']}\n\n{_render_reasons(file.reasons, lang)}",
    ]
    return "\n".join(parts)


def _render_form(name: str, form: Form, lang: Lang) -> str:
    words = WORDS[lang]
    due = f"`{form.formula}`" if form.formula else words["by words"]
    if form.equals:
        due += words["is"].format(form.equals)
    bound = words[form.binding] + (words["near"] if form.link == "near" else "")
    sentence = form.zh if lang == "zh" else form.en
    return f"| `{name}` | {due} | {bound} | {words[form.severity]} | {sentence} |"


def _render_reasons(reasons: Mapping[str, Reason], lang: Lang) -> str:
    if not reasons:
        return WORDS[lang]["no reasons"]
    if lang == "zh":
        return "\n".join(f"- {reason.label.zh}" for reason in reasons.values())
    return "\n".join(f"- {reason.label.zh} ({reason.label.en})" for reason in reasons.values())


# ── figures ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def read_figures() -> Figures:
    """What was counted, by rule and group of reports."""
    figures: Figures = tomllib.loads(FIGURES.read_text(encoding="utf-8"))
    return figures


def read_verdicts() -> dict[tuple[str, str], str]:
    """By report and check what a reader said of it: ``right`` or ``false``."""
    with VERDICTS.open(encoding="utf-8", newline="") as file:
        return {(row["report"], row["check"]): row["verdict"] for row in csv.DictReader(file, delimiter="\t")}


def list_reports() -> dict[str, Path]:
    """Every report at hand by its name, published web pages too; one that is there in two formats is two."""
    pages = sorted(goldens.PUBLISHED.rglob("*.html"))
    return goldens.reports() | {f"published/{file.relative_to(goldens.PUBLISHED).as_posix()}": file for file in pages}


def measure_rules(*, is_listing: bool) -> None:
    """Reads every report at hand and keeps the figures."""
    reports = list_reports()
    names = list(reports)
    verdicts, counted = read_verdicts(), defaultdict[tuple[str, str], Counter[str]](Counter)
    with ProcessPoolExecutor() as pool:
        for name, made in zip(names, pool.map(check_report, reports.values()), strict=True):
            group = ASIDE if goldens.is_aside(name) else HAND
            counted["all", group]["reports"] += 1
            for code in {check.rule for check in made}:
                counted[code, group]["reports"] += 1
            for check in made:
                counted[check.rule, group].update(_count_check(check, verdicts.get((name, check.id))))
            if is_listing and group == HAND:
                _list_unjudged(name, made, verdicts)
    FIGURES.write_text(_write_figures(counted), encoding="utf-8")


def check_report(file: Path) -> tuple[Check, ...]:
    """The checks of a report; none of one that cannot be read."""
    try:
        return extractor.extract(file).checks
    except extractor.InputError:
        return ()


def _count_check(check: Check, verdict: str | None) -> Iterator[str]:
    """The columns in which a check counts."""
    yield "checks"
    if check.status.startswith("holds"):
        yield "hold"
    elif check.status == "unclear":
        yield "unclear"
    elif check.severity == "info":
        yield "remarks"
    else:
        yield from ("failing", verdict) if verdict else ("failing",)


def _list_unjudged(name: str, made: Iterable[Check], verdicts: Mapping[tuple[str, str], str]) -> None:
    for check in made:
        if "failing" in _count_check(check, None) and (name, check.id) not in verdicts:
            print(name, check.id, check.message.zh, sep="\t")


def _write_figures(counted: Mapping[tuple[str, str], Counter[str]]) -> str:
    """The figures as a table of TOML for each rule and group."""
    parts = []
    for (code, group), counts in sorted(counted.items()):
        lines = [f"{name} = {counts[name]}" for name in COUNTED if name in counts]
        parts.append("\n".join([f'[{code}."{group}"]', *lines, ""]))
    return "\n".join(parts)


def main() -> int:
    """Writes the page, or says that it is not up to date."""
    if "--measure" in sys.argv:
        measure_rules(is_listing="--list" in sys.argv)
    told = "the patterns and figures say"
    return max(keep_page(page, render_page(lang), __file__, told) for lang, page in PAGES.items())


if __name__ == "__main__":
    sys.exit(main())
