"""Reports served to the reference client over the standard streams: answers, anchors, and what must stay closed."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from extractor import InputError, extract
from extractor.apart.limits import Limits
from extractor.runs.outcome import Outcome
from extractor.runs.serve import refuse_protocol, serve_folder
from extractor.serving.server import NAMES, make_server
from extractor.serving.shelf import Shelf
from extractor.serving.tools import Tools

REPORT = "一、支出情况\n2024年支出合计350.00万元，其中：基本支出210.00万元，项目支出150.00万元。\n"
CODE = "import sys; from extractor.cli import run; sys.exit(run(sys.argv[1:]))"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "reports"
    (root / "2024").mkdir(parents=True)
    (root / "2024" / "a.txt").write_text(REPORT, encoding="utf-8")
    (root / "b.txt").write_text(REPORT.replace("210.00", "200.00"), encoding="utf-8")
    (tmp_path / "secret.txt").write_text("支出9万元。", encoding="utf-8")
    (root / "out.txt").symlink_to(tmp_path / "secret.txt")
    (root / "in.txt").symlink_to(root / "b.txt")
    return root


def talk(folder: Path, conversation: Callable[[Callable[..., Awaitable[Any]]], Awaitable[None]]) -> None:
    """Starts the server as a program would, and holds a conversation of tool calls."""
    pytest.importorskip("mcp", reason="the extra mcp is not installed")
    import anyio
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    async def run() -> None:
        line = ["-c", CODE, "serve", "--mcp", "--root", str(folder), "--lang", "en"]
        async with (
            stdio_client(StdioServerParameters(command=sys.executable, args=line)) as streams,
            ClientSession(*streams) as session,
        ):
            await session.initialize()
            assert {tool.name for tool in (await session.list_tools()).tools} == set(NAMES)

            async def ask(name: str, **arguments: Any) -> Any:
                answer = await session.call_tool(name, arguments)
                text = "".join(getattr(part, "text", "") for part in answer.content)
                return text if answer.is_error else json.loads(text)

            await conversation(ask)

    anyio.run(run)


def test_the_reference_client_gets_answers_with_anchors(folder: Path) -> None:
    async def conversation(ask: Callable[..., Awaitable[Any]]) -> None:
        assert (await ask("outline"))["files"] == ["b.txt", "2024/a.txt"]
        outline = await ask("outline", file="2024/a.txt")
        assert (outline["claims"], outline["findings"]) == (3, 1)
        (found,) = (await ask("find_claims", file="2024/a.txt", metric="基本支出"))["claims"]
        anchor = found["anchor"]
        assert anchor["quote"] == "210.00万元"
        told = await ask("claim", file="2024/a.txt", claim_id=found["id"])
        assert told["checks"][0]["status"] == "fails"
        (finding,) = (await ask("findings", file="2024/a.txt"))["findings"]
        assert finding["message"]
        pairs = (await ask("compare", left="2024/a.txt", right="b.txt"))["pairs"]
        assert [pair["relation"] for pair in pairs] == ["different"]
        assert (await ask("verify_citation", anchor=anchor, quote="210.00 万元"))["verified"] is True
        wrong = await ask("verify_citation", anchor=anchor, quote="200.00万元")
        assert (wrong["verified"], wrong["words"]) == (False, "210.00万元")
        gone = await ask("verify_citation", anchor={**anchor, "sha256": "0" * 64}, quote="210.00万元")
        assert gone["verified"] is False
        assert "relative to it" in await ask("outline", file="../secret.txt")
        assert "relative to it" in await ask("outline", file="out.txt")

    talk(folder, conversation)


def shelve(folder: Path) -> Shelf:
    return Shelf(folder, extract)


@pytest.mark.parametrize(
    "name",
    ["../secret.txt", "/etc/passwd", "out.txt", "2024/../../secret.txt", "", ".", "a\0.txt", ".hidden.txt", "2024"],
)
def test_nothing_outside_of_the_folder_is_read(name: str, folder: Path) -> None:
    with pytest.raises(InputError):
        shelve(folder).read(name)


def test_links_within_the_folder_are_followed_but_not_listed(folder: Path) -> None:
    shelf = shelve(folder)
    assert shelf.find("in.txt") == folder / "b.txt"
    assert list(shelf.list_names()) == ["b.txt", "2024/a.txt"]


def test_a_file_is_read_once_and_again_when_it_changed(folder: Path) -> None:
    read: list[Path] = []

    def load(path: Path) -> Any:
        read.append(path)
        return extract(path)

    shelf = Shelf(folder, load)
    assert shelf.read("b.txt") is shelf.read("in.txt")
    (folder / "b.txt").write_text(REPORT, encoding="utf-8")
    shelf.read("b.txt")
    assert len(read) == 2


def test_an_anchor_without_its_parts_and_a_claim_that_is_not_there_are_one_sentence(folder: Path) -> None:
    tools = Tools(shelve(folder), "en")
    with pytest.raises(InputError, match="no-anchor"):
        tools.verify_citation({"sha256": "x"}, "9")
    with pytest.raises(InputError, match="no-anchor"):
        tools.verify_citation({"sha256": "x", "start": float("inf"), "end": 2}, "9")
    with pytest.raises(InputError, match="no-claim"):
        tools.claim("b.txt", "c99")
    sha256 = shelve(folder).read("b.txt").document.sha256
    assert tools.verify_citation({"sha256": sha256, "start": 5, "end": 999}, "9")["verified"] is False


def test_a_citation_is_verified_though_another_file_cannot_be_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = shelve(folder).read("2024/a.txt").document.sha256
    shelf = shelve(folder)
    monkeypatch.setattr(shelf, "list_names", lambda: iter(["gone.txt", "2024/a.txt"]))
    found = shelf.find_content(sha256)
    assert found is not None
    assert found.document.name == "a.txt"


def test_without_the_extra_it_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    with pytest.raises(InputError, match="no-extra"):
        make_server(Tools(shelve(folder), "en"), "en")


def test_what_cannot_be_served_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve_folder(tmp_path / "none", "en", Limits()) == Outcome.FAILED
    assert refuse_protocol("en") == Outcome.FAILED
    assert capsys.readouterr().err.count("\n") == 2
