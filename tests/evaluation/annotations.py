"""Annotations made by hand and by chance, for the tests of the evaluation."""

from typing import Any, get_args

from hypothesis import strategies as st

from extractor.evaluation.annotation import Annotation, Mention
from extractor.model import Dimension, Direction, Kind, Role

TEXT = "一、救助情况\n2020年发放救助金20余万元，比上年增长5.2%，\n惠及112户。满意度90%。\n"
HEADING = ("一、救助情况",)


def mention(raw: str, **changes: Any) -> Mention:
    start = TEXT.index(raw)
    fields: dict[str, Any] = {
        "start": start, "end": start + len(raw), "raw": raw, "value": "20", "unit": "万元", "dim": "money",
        "kind": "level", "metric": "发放救助金", "role": "actual", "section": HEADING, "period": "2020年",
    }  # fmt: skip
    return Mention(**(fields | changes))


MONEY = mention("20余万元", approx="余")
RISE = mention("5.2%", value="5.2", unit="%", dim="percent", kind="change_rate", direction="increase", baseline="上年")
HOUSEHOLDS = mention("112户", value="112", unit="户", dim="household", metric="惠及")
RATE = mention("90%", value="90", unit="%", dim="percent", kind="rate", metric="满意度", period=None)


def annotation(*mentions: Mention, **changes: Any) -> Annotation:
    return Annotation(**({"name": "report.txt", "mentions": mentions, "text": TEXT} | changes))


# Characters that annotation formats give a meaning: separators, quotes, brackets, line ends, and one outside the BMP.
WORDS = st.text("收入支出5 \t\n\r;|#\"'{}[]<>&\\/\u2028𠮷", min_size=1, max_size=8)
LINES = st.lists(WORDS, max_size=3).map(tuple)


@st.composite
def annotations(draw: st.DrawFn) -> Annotation:
    """A text of gaps and mentions, with every field of the guide filled by chance."""
    text, mentions = "", []
    for gap, raw in draw(st.lists(st.tuples(WORDS, WORDS), max_size=4)):
        start = len(text) + len(gap)
        text += gap + f"1{raw}2"
        mentions.append(draw(_mention(start, text[start:])))
    return Annotation("report.txt", tuple(mentions), text, draw(st.none() | st.just(((0, len(text)),))))


def _mention(start: int, raw: str) -> st.SearchStrategy[Mention]:
    maybe = st.none() | WORDS
    return st.builds(
        Mention,
        start=st.just(start), end=st.just(start + len(raw)), raw=st.just(raw), value=WORDS, value_high=maybe,
        unit=st.just("") | WORDS, unit_implied=maybe, dim=st.sampled_from(get_args(Dimension)), approx=maybe,
        kind=st.sampled_from(get_args(Kind)), direction=st.none() | st.sampled_from(get_args(Direction)),
        baseline=maybe, metric=maybe, metric_alt=LINES, period=maybe, role=st.sampled_from(get_args(Role)),
        section=LINES, cell=maybe, status=st.sampled_from(["claim", "optional"]),
    )  # fmt: skip
