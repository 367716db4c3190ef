"""The questions as tools of the Model Context Protocol, over the standard input and output."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from extractor import __version__
from extractor.messages import Lang, render
from extractor.model import InputError
from extractor.serving.tools import Answer, Tools

NAMES = ("outline", "find_claims", "claim", "findings", "compare", "verify_citation")
INSTRUCTIONS = (
    "Chinese public reports of one folder: their sections, quantitative claims, findings, and comparisons. "
    "Call outline without a file for the names of the files. Every claim has an anchor (sha256, page, boxes, start, "
    "end, quote): cite it, and check a citation with verify_citation. Nothing is ever written."
)


def make_server(tools: Tools, lang: Lang) -> Any:
    """The server with its tools, all of which only read. Raises ``InputError`` where the extra is not installed."""
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError as error:
        raise InputError("serving.no-extra") from error
    server = MCPServer("extract", instructions=INSTRUCTIONS, version=__version__, log_level="ERROR")
    hints = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    for name in NAMES:
        server.tool(name, annotations=hints)(_tell_errors(getattr(tools, name), lang))
    return server


def _tell_errors(ask: Callable[..., Answer], lang: Lang) -> Callable[..., Answer]:
    """A question whose failure is one sentence for who asks."""
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(ask)
    def answer(*arguments: Any, **named: Any) -> Answer:
        try:
            return ask(*arguments, **named)
        except InputError as error:
            raise ToolError(render(error.notice, lang)) from error

    return answer
