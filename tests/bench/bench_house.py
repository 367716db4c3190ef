"""The measures of the house: length and density of functions, parameters, rooms and arrows, repeated lines.

    python tests/bench/bench_house.py [FOLDER] [--densest N]

Density is decisions a body line: a comprehension, a condition (if, while, match case, a conditional expression, the if
of a comprehension) and a boolean operator each count one; signature, docstring, blank lines and comments are no body.
The strict density counts each comparison too.
An arrow is one file that imports another inside of a room; a repeat is a run of six lines that stands in two places.
"""

from __future__ import annotations

import argparse
import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("checks", "reports")
# Runs of fewer lines than this are alike by chance: signatures, imports, field lists.
REPEATED = 6
# The figure that house.md asks for beside the median.
MOST = 0.9
Functions = ast.FunctionDef | ast.AsyncFunctionDef


class Measured(NamedTuple):
    """One function: where it stands, its lines, those of its body, its decisions, its comparisons, its parameters."""

    place: str
    lines: int
    body: int
    decisions: int
    comparisons: int
    parameters: int

    @property
    def density(self) -> float:
        """Decisions a body line."""
        return self.decisions / self.body if self.body else 0.0


def sources(folder: Path) -> dict[str, str]:
    """The text of every Python file below a folder, by its name."""
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in sorted(folder.rglob("*.py"))}


def functions(name: str, text: str) -> Iterator[Measured]:
    """Every function of a file; one inside of another counts by itself and in the outer one."""
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, Functions):
            yield _measure(f"{name}:{node.lineno} {node.name}", node, lines)


def _measure(place: str, node: Functions, lines: Sequence[str]) -> Measured:
    start = _without_docstring(node)
    body = [line.strip() for line in lines[start - 1 : node.end_lineno] if line.strip()]
    written = [line for line in body if not line.startswith("#")]
    arguments = node.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    own = [one for one in named if one.arg not in ("self", "cls")]
    return Measured(
        place, (node.end_lineno or 0) - node.lineno + 1, len(written), _decisions(node), _comparisons(node), len(own)
    )


def _without_docstring(node: Functions) -> int:
    """The line on which the body begins, behind the docstring."""
    first = node.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    if not documented:
        return first.lineno
    return (first.end_lineno or 0) + 1


def _decisions(node: ast.AST) -> int:
    return sum(map(_weight, ast.walk(node)))


def _comparisons(node: ast.AST) -> int:
    return sum(isinstance(one, ast.Compare) for one in ast.walk(node))


def _weight(node: ast.AST) -> int:
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    return int(isinstance(node, ast.If | ast.While | ast.IfExp | ast.match_case | ast.Assert))


def arrows(room: str, texts: dict[str, str]) -> set[tuple[str, str]]:
    """Which file of a room imports which other."""
    names = {module(name): name for name in texts if name.startswith(f"{room}/")}
    return {(one, other) for one, name in names.items() for other in _imported(texts[name], names) if one != other}


def module(name: str) -> str:
    """The dotted name of a file below the package."""
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _imported(text: str, names: dict[str, str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            base = node.module.removeprefix("extractor.").removeprefix("extractor")
            inside = [f"{base}.{alias.name}" for alias in node.names]
            found = [one for one in inside if one in names]
            yield from found or ([base] if base in names else [])


def repeats(texts: dict[str, str]) -> int:
    """How many pairs of files share a run of lines."""
    places: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name, text in texts.items():
        lines = [line.strip() for line in text.splitlines() if _tells(line.strip())]
        for at in range(len(lines) - REPEATED + 1):
            places[tuple(lines[at : at + REPEATED])].add(name)
    return len({pair for names in places.values() for pair in combinations(sorted(names), 2)})


def _tells(line: str) -> bool:
    """Whether a line is more than a bracket, a comment or an import."""
    return any(char.isalnum() for char in line) and not line.startswith(("#", "import ", "from ", '"""'))


def table(texts: dict[str, str]) -> Iterator[tuple[str, list[Measured]]]:
    """The functions of everything and of each room."""
    rooms: dict[str, list[Measured]] = defaultdict(list)
    for name, text in texts.items():
        for one in functions(name, text):
            rooms["all"].append(one)
            rooms[name.partition("/")[0].removesuffix(".py")].append(one)
    yield from sorted(rooms.items(), key=lambda entry: (entry[0] != "all", entry[0]))


def row(name: str, found: Sequence[Measured]) -> str:
    """The figures of a room in a line."""
    lines = sorted(one.lines for one in found)
    body = max(1, sum(one.body for one in found))
    density = sum(one.decisions for one in found) / body
    strict = density + sum(one.comparisons for one in found) / body
    over = sum(one.density > 0.5 for one in found)
    ninth = lines[int(len(lines) * MOST)] if lines else 0
    most = max(one.parameters for one in found)
    figures = (len(found), f"{median(lines):.0f}", ninth, lines[-1], f"{density:.2f}", f"{strict:.2f}", over, most)
    return f"{name:12}" + "".join(f"{figure!s:>10}" for figure in figures)


def main() -> None:
    """Prints the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "extractor")
    parser.add_argument("--densest", type=int, default=25, help="so many of the densest functions are listed")
    parser.add_argument("--room", default="", help="list only the functions of one room")
    chosen = parser.parse_args()
    texts = sources(chosen.folder)
    heads = ("functions", "median", "90 %", "longest", "density", "strict", "over 0.5", "params")
    print(" " * 12 + "".join(f"{head:>10}" for head in heads))
    rooms = dict(table(texts))
    print(*(row(name, found) for name, found in rooms.items()), sep="\n")
    for room in ROOMS:
        files = [name for name in texts if name.startswith(f"{room}/")]
        print(f"{room}: {len(files)} files, {len(arrows(room, texts))} arrows")
    print(f"files that share {REPEATED} lines: {repeats(texts)} pairs")
    listed = [one for one in rooms["all"] if one.place.startswith(chosen.room) and one.body > 2]
    for one in sorted(listed, key=lambda one: -one.density)[: chosen.densest]:
        print(f"  {one.density:.2f} {one.decisions:3}/{one.body:<3} {one.place}")


if __name__ == "__main__":
    main()
