"""Writes docs/rules.md, the record of every rule: what it asserts, how, and what it said of the reports at hand.

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
from extractor.model import Check  # noqa: E402

PAGE, FIGURES, VERDICTS = HERE / "rules.md", HERE / "rules.toml", HERE / "verdicts.tsv"
# Reports that are set aside are counted apart: nobody who works on the rules reads what they say.
HAND, ASIDE = "at hand", "set aside"
COUNTED = ("reports", "checks", "hold", "unclear", "remarks", "failing", "right", "false")
INTRO = """\
# The rules

What every rule of `extractor/checks/rules/` asserts, and what it said of real reports. `make rules` reads all reports
at hand and writes the page; a test holds it to the patterns. *Failing* are checks that are told as an error or a
warning; *right* and *false* are those that somebody held against the report; of the others it cannot be told, or
nobody has. *Remarks* fail as information only. `docs/verdicts.tsv` has each verdict with its reason. Our own reports
have planted errors, and one that is there as text and as PDF is counted twice.

"""
SUMMARY = """
| rule | | reports | checks | hold | unclear | remarks | failing | right | false |
|---|---|---:|---:|---:|---:|---:|---:|---:|---:|
"""
RELATIONS = """
| relation | should be | bound by | told as | sentence |
|---|---|---|---|---|
"""

Counts = dict[str, int]
Figures = dict[str, dict[str, Counts]]


def render_page() -> str:
    """The whole page: the figures of all rules side by side, then each rule under the same headings."""
    figures = read_figures()
    groups = [group for group in (HAND, ASIDE) if any(group in found for found in figures.values())]
    tables = [_render_summary(group, figures) for group in groups]
    return "\n".join([INTRO.rstrip(), *tables, *map(_render_rule, list_codes())]).rstrip() + "\n"


def list_codes() -> list[str]:
    """The codes of all rules."""
    return sorted(file.stem for file in (ROOT / "patterns" / FOLDER).glob("*.toml"))


def _render_summary(group: str, figures: Figures) -> str:
    rows = [_render_counts(code, figures.get(code, {}).get(group, {})) for code in list_codes()]
    every: Counter[str] = Counter()
    for found in figures.values():
        every.update(found.get(group, {}))
    every["reports"] = figures.get("all", {}).get(group, {}).get("reports", 0)
    return f"\n## Reports {group}\n{SUMMARY}" + "\n".join([*rows, _render_counts("all", every)])


def _render_counts(code: str, counts: Mapping[str, int]) -> str:
    label = "" if code == "all" else load(code).label.zh
    return f"| {code} | {label} | " + " | ".join(str(counts.get(name, 0)) for name in COUNTED) + " |"


def _render_rule(code: str) -> str:
    file = load(code)
    asserted = import_module(f"extractor.checks.rules.{code}").__doc__ or ""
    rows = "\n".join(_render_form(name, form) for name, form in file.forms.items())
    parts = [
        f"\n## {code}: {file.label.zh}, {file.label.en}\n\n### Asserts\n\n{' '.join(asserted.split())}",
        f"\n### Relations\n{RELATIONS}{rows}",
        f"\n### Unclear where\n\n{_render_reasons(file.reasons)}",
    ]
    return "\n".join(parts)


def _render_form(name: str, form: Form) -> str:
    due = f"`{form.formula}`" if form.formula else "said by words"
    if form.equals:
        due += f" is {form.equals}"
    doubted = ", doubted when far" if form.link == "near" else ""
    return f"| `{name}` | {due} | {form.binding}{doubted} | {form.severity} | {form.en} |"


def _render_reasons(reasons: Mapping[str, Reason]) -> str:
    if not reasons:
        return "Only where the engine doubts it, as any rule."
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
    return keep_page(PAGE, render_page(), __file__, "the patterns and figures say")


if __name__ == "__main__":
    sys.exit(main())
