"""Small reports to read many of, and the command as a process."""

from __future__ import annotations

import subprocess
import sys

REPORT = """云溪市青石区第{number}街道办事处2024年度部门决算
第一部分 决算情况
一、收入支出决算情况
2024年收入总计{number}.50万元，比上年增长5.2%；支出总计{number}.50万元。
二、“三公”经费
“三公”经费支出决算{number}.20万元，其中公务接待费{number}.20万元。
"""


def text(number: int, length: int = 1) -> str:
    """The report of one number; ``length`` repeats its end."""
    return REPORT.format(number=number) + f"三、民生\n发放救助金{number}万元，救助困难群众{number}人次。\n" * length


def start(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    """The command as a process that runs."""
    line = [sys.executable, "-c", "from extractor.cli import main; main()", *arguments]
    return subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload,no-any-return]
