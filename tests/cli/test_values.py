"""What is read plainly of a command line is what typer reads of it, and most command lines have nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from extractor import cli
from extractor.cli.values import NotPlainError, read_plainly

VALUES = (
    None, "zh", "en", "ZH", "", "-", "json", "a b", "report.txt", "missing.txt", "folder", "5", "0.5", "-1", "nan",
    5, 0, -1, 120, 2.5, True, False, ["zh"], (), ("report.txt", "folder"), ("missing.txt", ""), ("合计", "部分"),
)  # fmt: skip


def list_parameters(command: Any) -> Iterator[Any]:
    """Every parameter of a command and of those in it."""
    yield from command.params
    for other in getattr(command, "commands", {}).values():
        yield from list_parameters(other)


def read(parameter: Any, value: Any) -> object:
    """What typer reads; the sentence where it refuses."""
    try:
        return parameter.get_runtime_param().coerce(value, param=parameter, ctx=None)
    except typer.TyperException as error:
        return error.format_message()


@pytest.mark.parametrize("app", [cli.extraction, cli.commands])
def test_what_is_read_plainly_is_what_typer_reads(
    app: typer.Typer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("report.txt").write_text("支出20万元", encoding="utf-8")
    plain = 0
    for parameter in list_parameters(get_command(app)):
        for value in (*VALUES, parameter.default):
            try:
                found = read_plainly(parameter, value)
            except NotPlainError:
                continue
            expected = read(parameter, value)
            assert (found, type(found)) == (expected, type(expected)), (parameter.name, value)
            plain += 1
    assert plain > 50


def test_a_file_that_may_not_be_read_is_left_to_typer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("支出20万元", encoding="utf-8")
    [files] = [one for one in get_command(cli.extraction).params if one.name == "files"]
    assert read_plainly(files, (str(file),)) == [file]
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(NotPlainError):
        read_plainly(files, (str(file),))


@pytest.mark.parametrize("line", [["schema"], ["report.txt", "-q"], ["check", "report.txt", "--lang", "en"]])
def test_a_usual_command_line_does_without_pydantic(line: list[str], tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("支出20万元", encoding="utf-8")
    code = "import sys; from extractor.cli import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, *line], capture_output=True, check=True, text=True, cwd=tmp_path)
    assert "typer" in done.stderr.split()
    assert "pydantic" not in done.stderr.split()
