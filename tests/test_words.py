"""Words: cut as jieba cuts them, tagged as the genre uses them."""

from pathlib import Path

from extractor.words import covering, cut

REPORT = Path(__file__).resolve().parent.parent / "corpus" / "reports" / "liulin_final_accounts_2024.txt"


def test_cut_as_jieba_does() -> None:
    import jieba

    from extractor import patterns

    for entries in patterns.lexicon("words").values():
        for word in entries:
            jieba.add_word(word)
    lines = REPORT.read_text(encoding="utf-8").splitlines()[:120]
    same = sum([word.text for word in cut(line)] == jieba.lcut(line) for line in lines)
    assert same >= 0.97 * len(lines)


def test_offsets() -> None:
    text = "走访退役军人1035人"
    assert [text[word.start : word.end] for word in cut(text)] == [word.text for word in cut(text)]
    assert covering(cut(text), text.index("役")).text == "退役军人"


def test_the_genre_goes_before_the_dictionary() -> None:
    assert {word.text: word.tag for word in cut("预算单位新增泊位")}["预算"] == "n"
