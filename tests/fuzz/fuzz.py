"""Tries damaged files on a reader or a stage: by what they reach in the code, or a given number of them.

    python tests/fuzz/fuzz.py TARGET --seconds 3600      guided by coverage (pip install atheris)
    python tests/fuzz/fuzz.py TARGET --files 500         the same files each time; TARGET may be "all"
    python tests/fuzz/fuzz.py TARGET --only 17           one of them again; a path in its place tries that file

What breaks is told with the number of the file, or kept as a file by the guided search. Where ../shared is at hand its
files are damaged too. A file that takes more than LIMIT seconds of the processor, or the process more than MEMORY, is a
fault.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random
from types import FrameType
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / folder) for folder in ("", "fuzz", "documents"))]

# A text of this length has everything that is to be found in one of a megabyte.
TEXT = 8_000
LIMIT = 20
MEMORY = 1024
# A process that waits uses no processor; on a machine that does much else, LIMIT may take this many times as long.
WAIT = 15


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target")
    parser.add_argument("--seconds", type=int)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--made", action="store_true", help="damage only the small files that are made for this")
    parser.add_argument("--only")
    parser.add_argument("--corpus", help="folder in which the guided search keeps what reached new code")
    return parser.parse_args()


# ── a number of files ────────────────────────────────────────────────────────────────────────────────────


def make_file(name: str, number: int, real: bool) -> bytes:
    """One damaged file of a target, the same each time while its seeds are."""
    from mutations import mutate
    from seeds import list_seeds
    from targets import TARGETS

    random = Random(f"{name} {number}")
    return mutate(random.choice(list_seeds(TARGETS[name].ending, real=real)), random)


class HangError(BaseException):
    """A file takes too long; nothing that goes on without what an exception ended goes on without this."""


def stop(number: int, frame: FrameType | None) -> NoReturn:
    raise HangError(f"more than {LIMIT} s")


def try_files(name: str, count: int, real: bool) -> Counter[str]:
    """What came of so many files: ``read``, ``refused``, ``broken``; the slowest in milliseconds."""
    from targets import TARGETS

    outcomes: Counter[str] = Counter()
    for number in range(count):
        data, start = make_file(name, number, real), time.process_time()
        signal.setitimer(signal.ITIMER_PROF, LIMIT)
        try:
            outcomes[TARGETS[name].run(data)] += 1
        except (Exception, HangError) as error:
            outcomes["broken"] += 1
            last = traceback.extract_tb(error.__traceback__)[-1]
            print(f"{name} {number}: {type(error).__name__} {str(error)[:120]!r} at {last.filename}:{last.lineno}")
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        outcomes["slowest"] = max(outcomes["slowest"], round(1000 * (time.process_time() - start)))
    return outcomes


def run_files(names: list[str], count: int, real: bool) -> int:
    signal.signal(signal.SIGPROF, stop)
    broken = 0
    for name in names:
        found = try_files(name, count, real)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        broken += found["broken"]
        print(
            f"{name}: {count} files, {found['read']} read, {found['refused']} refused, {found['broken']} broken, "
            f"slowest {found['slowest'] / 1000:.1f} s, peak {peak} MB",
            flush=True,
        )
    return int(broken > 0)


def try_one(name: str, which: str, real: bool) -> int:
    from targets import TARGETS

    data = make_file(name, int(which), real) if which.isdecimal() else Path(which).read_bytes()
    print(TARGETS[name].run(data))
    return 0


# ── guided by coverage ───────────────────────────────────────────────────────────────────────────────────


def search(name: str, seconds: int, corpus: str | None) -> None:
    """Looks for files that reach code that none has reached; ends the process."""
    import atheris

    with atheris.instrument_imports(include=["extractor"], exclude=["extractor._patterns"]):
        from mutations import mutate
        from seeds import list_seeds
        from targets import TARGETS
    target = TARGETS[name]
    folder = Path(corpus or tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
    folder.mkdir(parents=True, exist_ok=True)
    longest = TEXT if target.ending in (".txt", ".md", ".csv") else 400_000
    for at, seed in enumerate(list_seeds(target.ending)):
        (folder / f"seed{at}").write_bytes(seed[:longest])

    def damage(data: bytes, largest: int, seed: int) -> bytes:
        return mutate(data, Random(seed))[:largest]

    def run(data: bytes) -> None:
        signal.setitimer(signal.ITIMER_PROF, LIMIT)
        target.run(data)

    signal.signal(signal.SIGPROF, stop)
    bounds = [
        f"-max_total_time={seconds}",
        f"-timeout={WAIT * LIMIT}",
        f"-rss_limit_mb={MEMORY}",
        f"-max_len={longest}",
        "-seed=1",
    ]
    atheris.Setup([sys.argv[0], str(folder), f"-artifact_prefix={folder}/broken-", *bounds], run, custom_mutator=damage)
    atheris.Fuzz()


def main() -> int:
    # Office programs and the recognition of pictures are no part of what is tried: what needs them is refused.
    os.environ |= {"PATH": "", "EXTRACT_OCR": "off"}
    asked = read_arguments()
    if asked.seconds:
        search(asked.target, asked.seconds, asked.corpus)
    if asked.only:
        return try_one(asked.target, asked.only, not asked.made)
    from targets import TARGETS

    names = list(TARGETS) if asked.target == "all" else [asked.target]
    return run_files(names, asked.files, not asked.made)


if __name__ == "__main__":
    sys.exit(main())
