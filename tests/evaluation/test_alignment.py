"""Two readings of one document: every character that both hold is found again, also where parts changed places."""

from hypothesis import given
from hypothesis import strategies as st

from extractor.evaluation.alignment import counterparts

WORDS = st.text("收入支出合计万元0123456789，。", max_size=60)
PARAGRAPHS = [f"第{number}项支出{number * 37}.{number}万元，主要用于第{number}类社区服务。" for number in range(1, 400)]


@given(WORDS, st.lists(st.integers(0, 60), max_size=10))
def test_white_space_makes_no_difference(text: str, cuts: list[int]) -> None:
    spaced = text
    for cut in cuts:
        spaced = spaced[:cut] + "\n " + spaced[cut:]
    found = counterparts(spaced, text)
    assert [spaced[at] for at in sorted(found)] == [text[found[at]] for at in sorted(found)]
    assert sorted(found.values()) == [*range(len(text))]


@given(WORDS, WORDS)
def test_only_equal_characters_are_counterparts(source: str, target: str) -> None:
    assert all(source[at] == target[place] for at, place in counterparts(source, target).items())


def test_headers_between_pages_are_left_out() -> None:
    text = "\n".join(PARAGRAPHS)
    paged = "\n".join(
        f"{paragraph}\n— {page} —" if page % 9 == 0 else paragraph for page, paragraph in enumerate(PARAGRAPHS)
    )
    assert len(counterparts(text, paged)) == len(text.replace("\n", ""))


def test_parts_that_changed_places_are_found() -> None:
    text, moved = "".join(PARAGRAPHS), "".join(PARAGRAPHS[200:] + PARAGRAPHS[:200])
    found = counterparts(text, moved)
    assert len(found) > 0.99 * len(text)
    assert all(text[at] == moved[place] for at, place in found.items())


def test_a_character_that_differs_has_no_counterpart() -> None:
    assert counterparts("救助金20万元", "救助款20万元") == {0: 0, 1: 1, 3: 3, 4: 4, 5: 5, 6: 6}


def test_a_text_that_repeats_itself_is_laid_upon_its_ends() -> None:
    line = "本年支出0万元，与上年持平。"
    found = counterparts(line * 200 + "页眉" + line * 200, line * 400)
    assert [*found.values()] == [*range(400 * len(line))]
