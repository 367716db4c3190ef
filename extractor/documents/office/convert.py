"""Older Word files (.doc, .wps), .rtf, .odt and XML of office programs are read by way of LibreOffice, if installed."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import msgspec

from extractor.documents.model import Document
from extractor.documents.office import docx, xlsx
from extractor.model import InputError

PROGRAMS = ("soffice", "libreoffice")
# In seconds: a report of 500 pages takes LibreOffice a quarter of it.
TIME_LIMIT = 90
# The types that are made of a file: by the filter of LibreOffice, what the file ends in, and who reads it.
WORDS = ("docx:MS Word 2007 XML", "made/source.docx", docx.read)
SHEETS = ("xlsx:Calc MS Excel 2007 XML", "made/source.xlsx", xlsx.read)
MADE = {"SPREADSHEETML": SHEETS}
# Settings of the profile that is made for one conversion: no macro runs, and nothing that a file links to is loaded.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


def read(data: bytes, name: str, kind: str) -> Document:
    """The Document of a file of a ``kind`` (DOC, RTF, SPREADSHEETML) that LibreOffice makes a new file of.

    Raises ``InputError`` where LibreOffice is not installed, fails, or takes longer than its time.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise InputError("input.needs_libreoffice", name=name, type=kind)
    wanted, path, reader = MADE.get(kind, WORDS)
    with tempfile.TemporaryDirectory(prefix="extract-", ignore_cleanup_errors=True) as folder:
        made = _convert(program, data, Path(folder) / path, wanted, kind.lower())
    if made is None:
        raise InputError("input.not_converted", name=name, type=kind)
    document = reader(made, name)
    return msgspec.structs.replace(document, sha256=hashlib.sha256(data).hexdigest(), format=kind.lower())


def _convert(program: str, data: bytes, made: Path, wanted: str, ending: str) -> bytes | None:
    """The file that LibreOffice makes in a folder of its own; None where it makes none in time."""
    folder = made.parents[1]
    profile, source = folder / "profile", folder / f"source.{ending}"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    source.write_bytes(data)
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--nodefault", "--nofirststartwizard", "--convert-to", wanted,
        "--outdir", str(made.parent), str(source),
    ]  # fmt: skip
    _run(command, folder)
    return made.read_bytes() if made.is_file() and not made.is_symlink() else None


def _run(command: list[str], folder: Path) -> None:
    """Run a program in a folder, alone and silent; it and what it started end when its time is over."""
    environment = {
        "HOME": str(folder),
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "TMPDIR": str(folder),
    }
    silent = subprocess.DEVNULL
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=silent, stdout=silent, stderr=silent, start_new_session=True
    ) as process:
        try:
            process.wait(TIME_LIMIT)
        except subprocess.TimeoutExpired:
            pass
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program with all that it started."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
