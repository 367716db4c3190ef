"""A function called in a process of its own: its value, its errors, and whatever it does to that process."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from extractor.apart import inside
from extractor.apart.desk import Desk
from extractor.apart.limits import Limits, Sign, UnexpectedError
from extractor.model import InputError
from extractor.reports.files.targets import OutputError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory and death are the system's affair elsewhere")
LIMITS = Limits(timeout=1.0, memory_mb=400)
PATIENT = Limits(timeout=20.0, memory_mb=400)


def refuse() -> None:
    raise InputError("input.not_pdf", name="a.pdf", type="ZIP")


def refuse_output() -> None:
    raise OutputError("cli.unwritable", path="a", reason="full")


def divide() -> float:
    return 1 / 0


def loop() -> None:
    while True:
        pass


def grow() -> None:
    """Takes memory at the pace of a document that is unpacked."""
    held = []
    while True:
        held.append(bytearray(b"x" * 2**22))


def take() -> None:
    """Takes all at once, more than the address space has."""
    bytearray(2**33)


def kill(number: int) -> None:
    os.kill(os.getpid(), number)


def work_long() -> int:
    for at in range(6):
        inside.tell(at, 6)
        time.sleep(0.4)
    return 6


def read_long() -> None:
    for at in range(20):
        inside.tell_pages("read", at, 20)
        time.sleep(0.2)


def test_values_come_back_from_another_process() -> None:
    # Roomy limits: on a busy machine a call may take a second.
    with Desk(Limits(timeout=30.0, memory_mb=4000)) as desk:
        first, second = desk.call("a", os.getpid), desk.call("a", os.getpid)
    assert first == second != os.getpid()


def test_errors_are_the_same_and_say_where_they_were_raised() -> None:
    with Desk(LIMITS) as desk:
        with pytest.raises(InputError) as caught:
            desk.call("a", refuse)
        assert caught.value.notice.facts == {"name": "a.pdf", "type": "ZIP"}
        with pytest.raises(OutputError):
            desk.call("a", refuse_output)
        with pytest.raises(UnexpectedError, match="ZeroDivisionError: division by zero") as unexpected:
            desk.call("a", divide)
        assert "in divide" in unexpected.value.__notes__[0]
        assert desk.call("a", abs, -1) == 1


@pytest.mark.parametrize(
    ("function", "arguments", "message"),
    [
        (loop, (), "limits.timeout"),
        (take, (), "limits.memory"),
        (grow, (), "limits.memory"),
        (kill, (signal.SIGSEGV,), "limits.crash"),
        (os._exit, (1,), "limits.crash"),
    ],
    ids=["loop", "take", "grow", "segfault", "exit"],
)
def test_what_ends_the_process_costs_one_call(function: object, arguments: tuple[int, ...], message: str) -> None:
    with Desk(LIMITS if function is loop else PATIENT) as desk:
        with pytest.raises(InputError) as caught:
            desk.call("a.pdf", function, *arguments)  # type: ignore[arg-type]
        assert caught.value.notice.message == message
        assert caught.value.notice.facts["name"] == "a.pdf"
        assert desk.call("b.pdf", abs, -1) == 1


def test_a_sign_of_life_begins_the_time_anew() -> None:
    heard: list[Sign] = []
    with Desk(LIMITS, heard.append) as desk:
        assert desk.call("a", work_long) == 6
    assert heard == [Sign(at, 6) for at in range(6)]


def test_pages_that_are_only_read_share_the_time_of_their_document() -> None:
    assert [Sign(1, 2, what).is_slow for what in ("", "recognised", "read", "drawn", "marked")] == [True] * 2 + [
        False
    ] * 3
    with Desk(LIMITS) as desk, pytest.raises(InputError, match="timeout"):
        desk.call("a", read_long)


def test_no_limit_is_no_limit() -> None:
    with Desk(Limits(0, 0)) as desk:
        assert desk.call("a", len, bytes(2**20)) == 2**20


def test_no_process_outlives_its_desk() -> None:
    with Desk(LIMITS) as desk:
        pid = desk.call("a", os.getpid)
        desk.begin(loop)
    assert not Path(f"/proc/{pid}").exists()
