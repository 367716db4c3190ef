"""The console script ``extract``: it loads nothing itself, so that Ctrl-C is obeyed while all else is being loaded."""

from __future__ import annotations

import os

INTERRUPTED = 130
"""The exit code of a command that was interrupted, as ``Outcome`` has it."""

try:
    import signal
except KeyboardInterrupt:
    os._exit(INTERRUPTED)


def main() -> None:
    """Loads and runs the command; nothing is open before it is loaded, so an interruption can simply end it."""
    handler = signal.getsignal(signal.SIGINT)
    if handler is signal.default_int_handler:
        signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    from extractor.cli import main as run_command

    signal.signal(signal.SIGINT, handler)
    run_command()
