"""What several tests use: a folder of small reports, and a browser, offline and strict about what a page says.

Here stands too what `make quick` leaves out.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from batches import text
from hypothesis import HealthCheck, settings

from extractor import extract

# Results are the same whether or not pages can be recognised here; what tests recognition turns it on.
os.environ["EXTRACT_OCR"] = "off"
# A machine that does other work beside the tests makes inputs slowly; that is no fault of what is tested.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

# Left out by `make quick`: whatever asks for a browser, and these, by the beginning of their names.
SLOW = {
    "tests/batch/test_asking.py": "makes a database for each question",
    "tests/batch/test_batch_tables.py": "fills databases and workbooks",
    "tests/batch/test_cluster.py": "starts a scheduler and its workers",
    "tests/batch/test_damage.py": "runs a batch for each kind of damage",
    "tests/batch/test_given.py": "runs batches again and again",
    "tests/batch/test_kill.py": "kills batches at random moments",
    "tests/batch/test_local.py": "waits for limits of time and memory",
    "tests/batch/test_questions.py": "asks databases of batches",
    "tests/batch/test_remote.py": "serves files to batches",
    "tests/batch/test_runs.py": "runs whole batches in processes of their own",
    "tests/checks/test_checks_of_reports.py": "judges every check of long reports anew",
    "tests/checks/test_preference.py::test_the_order_of_the_rules": "checks long reports in every order",
    "tests/checks/test_statements.py::test_every_sum_of_a_long_table": "adds up a table of thousands of rows",
    "tests/cite/test_cite.py::test_articles_about_reports": "reads articles and their reports",
    "tests/documents/test_documents_growth.py": "reads files of many sizes",
    "tests/documents/test_documents_libreoffice.py": "starts an office program",
    "tests/documents/test_documents_inputs.py": "reads a file of every kind",
    "tests/documents/test_documents_pdf.py::test_threads": "reads PDFs in threads, over and over",
    "tests/documents/test_documents_web.py::test_hostile_pages": "reads pages that were made to take long",
    "tests/documents/test_documents_web.py::test_published_pages": "reads published pages",
    "tests/documents/test_recognition.py": "recognises scanned pages",
    "tests/diffs/test_determinism.py": "starts a process for each seed",
    "tests/diffs/test_diff_gold.py": "compares long reports",
    "tests/diffs/test_planted_changes.py::test_versions": "compares every version of long reports",
    "tests/evaluation/test_commands.py": "starts a process for each command",
    "tests/evaluation/test_formats.py::test_nothing_is_lost": "writes a long report in every format",
    "tests/evaluation/test_scores.py": "scores long reports",
    "tests/fuzz/test_fuzz.py": "reads damaged files of every kind for a minute",
    "tests/golden/test_golden.py::test_results_are_as_kept[published": "reads a hundred long reports",
    "tests/own/test_own_patterns.py": "loads the patterns anew for each folder of one's own",
    "tests/probe/test_probe.py": "reads a report again for each error planted in it",
    "tests/python/test_component.py": "loads spaCy",
    "tests/python/test_python.py::test_examples_of_the_page_run": "runs every example of a page",
    "tests/reports/test_comparison.py::test_the_pages_of_two_pdfs": "draws the pages of two PDFs",
    "tests/reports/test_computation.py": "computes every check of every report at hand",
    "tests/reports/test_decisions.py::test_fifty_findings": "compares reports with fifty findings",
    "tests/reports/test_memo.py": "writes and reads memos",
    "tests/reports/test_oim.py": "writes taxonomies and reads them",
    "tests/reports/test_pages_told.py": "writes every output of a PDF",
    "tests/reports/test_recalculated.py": "computes every formula of a workbook",
    "tests/test_growth.py": "reads documents of many sizes",
    "tests/test_linear.py": "tries every expression on long texts",
    "tests/runs/test_report.py": "writes every report of a document",
    "tests/safety/test_bombs.py": "has processes take what a page may take",
    "tests/safety/test_injection.py": "writes every output of forty reports",
    "tests/safety/test_nothing_leaves.py": "runs every command in a process that is watched",
    "tests/tables/test_reference.py": "reads long PDFs with pdfplumber",
    "tests/test_contributing.py::test_a_recipe": "tries the recipes on copies of the project",
    "tests/test_docs.py::test_sessions": "runs the sessions of every page",
    "tests/test_docs.py::test_the_site": "builds the site",
    "tests/test_properties.py::test_long_texts": "reads texts of a megabyte",
    "tests/test_project.py::test_batch_session": "runs a batch of PDFs",
}
BROWSERS = {"browser", "visited"}

QUICK = "not slow"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leaves files out that are slow as a whole where nothing slow is asked for: some are long to load."""
    name = collection_path.relative_to(config.rootpath).as_posix()
    return True if config.option.markexpr == QUICK and name in SLOW else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what is slow."""
    for item in items:
        needs_browser = BROWSERS & set(getattr(item, "fixturenames", ()))
        if needs_browser or item.nodeid.startswith(tuple(SLOW)):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def loaded() -> None:
    """Has read a report: processes of documents begin with what this one has loaded, and need not load it each."""
    extract("一、收入情况\n2024年收入总计100.50万元，其中财政拨款60.00万元，占59.70%。\n".encode(), name="a.txt")


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three reports; the working folder is the one around it."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"{number}.txt").write_text(text(number), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install playwright")
    if BROWSER is None:
        pytest.skip("no chromium: on Debian and Ubuntu run apt-get install chromium")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with api.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=BROWSER, args=arguments)
        yield started
        started.close()


@pytest.fixture
def visited(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page from disk, offline; fails on any complaint of the browser."""
    complaints: list[str] = []
    contexts = []

    def show(target: Path, width: int = 1440, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True, **options)
        contexts.append(context)
        view = context.new_page()
        view.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        view.on("pageerror", lambda error: complaints.append(str(error)))
        view.goto(target.as_uri())
        return view

    yield show
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def faults() -> Callable[..., list[Any]]:
    """What axe finds wrong with a page, or with a part of it."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

    def found(view: Any, part: str | None = None) -> list[Any]:
        broken = axe.Axe().run(view, context=part).response["violations"]
        return [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in broken]

    return found
