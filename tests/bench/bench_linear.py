"""Times ``extract`` on texts of growing length, of three kinds: the time per byte should stand still.

Memory is the most that the process has held until then, so it is that of the longest text so far.

    python tests/bench/bench_linear.py [MEGABYTES ...]

Ordinary prose is the project's own reports with other numbers and names each time (``prose.py``). The other texts are
the examples of ``corpus/examples``, over and over, under numbered headings, as many lines and as one line.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count, cycle
from pathlib import Path

from prose import write_paragraphs

import extractor

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
SIZES = ("0.5", "1", "2")
# So many examples make a section.
SECTION = 40


def lines() -> Iterator[str]:
    """The sentences of all examples without end, a heading in front of every so many."""
    import examples

    texts = cycle(one.text.replace("\n", "") for one in examples.all_examples() if one.claims)
    for section in count(1):
        yield f"（{section}）第{section}批工作完成情况"
        yield from (next(texts) for _ in range(SECTION))


KINDS: dict[str, tuple[Callable[[], Iterator[str]], str]] = {
    "prose": (write_paragraphs, "\n"),
    "many lines": (lines, "\n"),
    "one line": (lines, ""),
}


def text(kind: str, size: int) -> bytes:
    """A text of at least ``size`` bytes."""
    write, joint = KINDS[kind]
    taken, length = [], 0
    for line in write():
        taken.append(line)
        length += len((line + joint).encode())
        if length >= size:
            break
    return joint.join(taken).encode()


def seconds(content: bytes) -> tuple[float, int]:
    """The processor time that one run takes, and how many claims it finds."""
    start = time.process_time()
    result = extractor.extract(content, name="long.txt")
    return time.process_time() - start, len(result.claims)


def peak() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Warms up, measures, prints a line for each text."""
    sizes = [float(size) for size in sys.argv[1:] or SIZES]
    seconds(text("prose", 10_000))
    print(f"{'':12}{'MB':>6}{'seconds':>10}{'claims':>10}{'s/MB':>8}{'ratio':>8}{'peak MB':>9}")
    for name in KINDS:
        first = None
        for size in sizes:
            taken, claims = seconds(text(name, round(size * 1_000_000)))
            rate = taken / size
            first = first or rate
            print(
                f"{name:12}{size:6.1f}{taken:10.2f}{claims:10}{rate:8.2f}{rate / first:7.2f}x{peak():9.0f}", flush=True
            )


if __name__ == "__main__":
    main()
