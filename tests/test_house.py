"""The house keeps its order: imports follow the flow of data, and heavy libraries wait until they are used."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Each room may import those in front of it; rooms in one group do not import each other.
ORDER = [
    {"frames"},
    {"alternatives", "endings", "kept", "model", "progress", "sweeping"},
    {"layers", "lexicon"},
    {"validation"},
    {"patterns", "needed"},
    {"messages", "sought", "words"},
    {"documents"},
    {"sections", "tables", "quantities", "scope"},
    {"facts", "claims"},
    {"amounts"},
    {"passages"},
    {"checks"},
    {"pipeline"},
    {"component", "explain", "lookup", "diffs", "probe"},
    {"cite"},
    {"saved"},
    {"reports", "apart"},
    {"evaluation", "batch", "serving"},
    {"own"},
    {"runs"},
    {"cli"},
    {"console"},
]
RANK = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}
# Named, but loaded only when an attribute is asked for, or for annotations.
LAZY = {"extractor"}


def room_of(path: Path) -> str:
    """The room a file belongs to: its folder, or its own name at the top."""
    parts = path.relative_to(ROOT / "extractor").with_suffix("").parts
    return parts[0]


def imported_rooms(path: Path) -> set[str]:
    """The rooms that a file imports, wherever in the file it does."""
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "extractor":
            rest = node.module.split(".")[1:]
            rooms |= {rest[0]} if rest else {alias.name for alias in node.names if alias.name in RANK}
    return rooms


FILES = sorted(path for path in (ROOT / "extractor").rglob("*.py") if room_of(path) != "__init__")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_follow_the_flow(path: Path) -> None:
    own = room_of(path)
    assert own in RANK, f"{own}: a new room; give it a place in ORDER"
    back = {room for room in imported_rooms(path) - {own} if RANK[room] >= RANK[own]}
    assert not back, f"{path.name} imports {sorted(back)}, which come after {own} in the flow"


# Inside of the checks: what a text or a table relates knows nothing of how it is judged; only rules know both. What the
# digits of the narrative relate is asked what the words in front of them are.
CHECKS = {
    "engine": set(),
    "grids": set(),
    "narrative": {"relations"},
    "relations": set(),
    "statements": set(),
    "rules": {"engine", "grids", "narrative", "relations", "statements"},
}


@pytest.mark.parametrize("room", CHECKS)
def test_rooms_of_the_checks_have_no_circle(room: str) -> None:
    imported = {
        node.module.split(".")[2]
        for path in (ROOT / "extractor" / "checks" / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("extractor.checks.")
    }
    assert imported - {room} <= CHECKS[room]


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        ("import extractor", {"regex", "pypdfium2_raw", "rjieba", "jieba", "spacy", "pdfplumber", "rich"}),
        ("import extractor.cli", {"regex", "pypdfium2_raw", "rjieba", "spacy", "pdfplumber", "rich"}),
        ("import extractor.runs.batch, extractor.batch.work", {"dask", "distributed", "fsspec", "duckdb"}),
        (
            "import extractor; extractor.extract('发放救助金20余万元。'.encode(), name='report.txt')",
            {"pypdfium2_raw", "jieba", "spacy", "pdfplumber", "rich", "charset_normalizer"},
        ),
        (
            "import extractor; extractor.extract('corpus/reports/jinxi_housing_budget_2026.pdf')",
            {"pypdfium2", "jieba", "spacy", "pdfplumber", "rich"},
        ),
    ],
)
def test_heavy_libraries_wait_until_they_are_used(statement: str, unwanted: set[str]) -> None:
    code = f"import sys; {statement}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not unwanted & set(run.stdout.split())


def test_spacy_is_loaded_by_a_trigger() -> None:
    code = (
        "import sys, extractor;"
        "result = extractor.extract('成立了以90名人员组成的5支应急队伍。'.encode(), name='report.txt');"
        "print('spacy' in sys.modules, result.claims[0].metric)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.split() == ["True", "应急队伍人员"]
