"""Numbers of the narrative that a form parts under two heads."""

import pytest

from extractor import extract

PAGE = """<html><body><h1>青山县2024年政府信息公开工作年度报告</h1><p>{told}</p><table>
<tr><td colspan=2>行政复议</td><td colspan=6>行政诉讼</td></tr>
<tr><td rowspan=2>结果维持</td><td rowspan=2>总计</td>
<td colspan=3>未经复议直接起诉</td><td colspan=3>复议后起诉</td></tr>
<tr><td>结果维持</td><td>结果纠正</td><td>总计</td><td>结果维持</td><td>结果纠正</td><td>总计</td></tr>
<tr><td>8</td><td>8</td><td>11</td><td>4</td><td>15</td><td>5</td><td>9</td><td>14</td></tr></table></body></html>"""


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("政府信息公开行政诉讼29件，其中结果维持16件，结果纠正13件。", ["holds 29件", "holds 16件", "holds 13件"]),
        ("政府信息公开行政诉讼39件，其中结果维持26件，结果纠正13件。", ["fails 39件", "fails 26件", "holds 13件"]),
        # Of one head alone, of the other one, and of no head.
        ("政府信息公开行政诉讼15件，其中结果维持11件，结果纠正4件。", []),
        ("政府信息公开行政复议8件，其中结果维持8件。", []),
        ("投诉结果维持16件。", []),
    ],
)
def test_a_number_is_the_sum_of_the_columns_of_its_name_under_its_head(told: str, expected: list[str]) -> None:
    result = extract(PAGE.format(told=told).encode(), name="a.html")
    raws = {claim.id: claim.raw for claim in result.claims}
    found = [check for check in result.checks if "checks/table.parted" in check.evidence]
    assert [f"{check.status} {raws[check.operands[0].claim or '']}" for check in found] == expected
