"""A command as a process in which every socket kills, and of which all that Python does outside is written down.

A filter of the system's calls (seccomp) is inherited by whatever the command starts, and sees what libraries in C do; a
hook of Python's audit events (PEP 578) is loaded by every Python process among them, and sees files and programs.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
import subprocess
import sys
from pathlib import Path

from msgspec import Struct

HOOK = """
import os, sys
LOG = os.open(os.environ["WATCH_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
ALWAYS = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.",
    "subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.startfile", "webbrowser.", "ftplib.", "smtplib.")
CHANGES = ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate",
    "shutil.")
def hook(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if not isinstance(path, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
            tell("write", path)
    elif event.startswith(ALWAYS):
        tell(event, *arguments)
    elif event.startswith(CHANGES):
        for one in arguments[:2]:
            if isinstance(one, (str, bytes, os.PathLike)):
                tell("write", one)
def tell(event, *arguments):
    if event == "write":
        arguments = [os.path.abspath(os.fsdecode(arguments[0]))]
    os.write(LOG, ("\\t".join([event, *(repr(one) for one in arguments)]) + "\\n").encode("utf-8", "replace"))
sys.addaudithook(hook)
"""
LOAD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, KILL = 0x7FFF0000, 0x80000000
"""Of the machine that filters calls: its instructions, and what it may return."""
ARCHITECTURE, NUMBER, FIRST_ARGUMENT = 4, 0, 16
"""Where the call that is filtered says what it is."""
SOCKETS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""What the two machines call themselves, and the number of the call that makes a socket."""
LOCAL = 1
"""The family of sockets between processes of one machine."""
NO_NEW_PRIVILEGES, FILTER_CALLS, BY_FILTER = 38, 22, 2
CAN_FILTER = sys.platform == "linux" and platform.machine() in SOCKETS


class Watched(Struct, frozen=True):
    """What a command did: its code, what it said, the events, and the files that it wrote or changed."""

    code: int
    said: str
    events: list[str]
    written: list[Path]


def watch(arguments: list[str], folder: Path) -> Watched:
    """Runs a command in ``folder``; a socket that is not local ends it, and whatever it started, by a signal."""
    hooks = folder.parent / "hooks"
    hooks.mkdir(exist_ok=True)
    (hooks / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    log = hooks / "log"
    log.unlink(missing_ok=True)
    path = os.pathsep.join([str(hooks), *(entry for entry in sys.path if entry)])
    line = [sys.executable, "-c", "from extractor.cli import main; main()", *arguments]

    done = subprocess.run(
        line,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": path, "WATCH_LOG": str(log), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=forbid_sockets if CAN_FILTER else None,
    )
    told = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    written = [line.partition("\t")[2] for line in told if line.startswith("write\t")]
    events = [line for line in told if not line.startswith("write\t")]
    return Watched(done.returncode, done.stdout + done.stderr, events, [Path(path.strip("'")) for path in written])


def forbid_sockets() -> None:
    """Has the system kill this process, and whatever it becomes, when it asks for a socket that is not local."""
    machine, number = SOCKETS[platform.machine()]
    program = [
        (LOAD, 0, 0, ARCHITECTURE), (JUMP_IF_EQUAL, 0, 4, machine),
        (LOAD, 0, 0, NUMBER), (JUMP_IF_EQUAL, 0, 2, number),
        (LOAD, 0, 0, FIRST_ARGUMENT), (JUMP_IF_EQUAL, 0, 1, LOCAL),
        (RETURN, 0, 0, ALLOW), (RETURN, 0, 0, KILL),
    ]  # fmt: skip
    steps = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in program))
    rules = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program), ctypes.addressof(steps)))
    system = ctypes.CDLL(None, use_errno=True)
    for call in ((NO_NEW_PRIVILEGES, 1, 0, 0, 0), (FILTER_CALLS, BY_FILTER, rules, 0, 0)):
        if system.prctl(*call):
            raise OSError(ctypes.get_errno(), "no filter of calls")


KILLED = -signal.SIGSYS if sys.platform == "linux" else 0
