"""The console script ``extract``: it loads nothing itself, so that Ctrl-C is obeyed while all else is being loaded."""

from __future__ import annotations

import gc
import os

INTERRUPTED = 130
"""The exit code of a command that was interrupted, as ``Outcome`` has it."""

# So many things are new before the interpreter first looks for garbage among them: what is loaded for a report, 70,000
# things, has next to none, and was looked through a hundred times.
NEW = 100_000

try:
    import signal
except KeyboardInterrupt:
    os._exit(INTERRUPTED)


def main() -> None:
    """Loads and runs the command; nothing is open before it is loaded, so an interruption can simply end it."""
    gc.set_threshold(NEW)
    handler = signal.getsignal(signal.SIGINT)
    if handler is signal.default_int_handler:
        signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    from extractor.cli import main as run_command

    signal.signal(signal.SIGINT, handler)
    run_command()
