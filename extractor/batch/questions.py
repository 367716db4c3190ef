"""Questions that are ready to be asked of any store: ``patterns/questions``, a file of SQL each.

Its first two lines say in Chinese and English what it is called and what it tells; ``{lang}`` stands for the reader's
language, ``$entity`` for words of the names of the entities that are asked for, null for all.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from pathlib import Path

import regex
from msgspec import Struct

from extractor import patterns
from extractor.messages import Lang
from extractor.model import InputError

FOLDER = "questions"
HEAD = regex.compile(r"-- (?P<lang>zh|en): (?P<name>[^|]+?) \| (?P<told>.+)")
ENTITY = "entity"
# What has the signs of SQL is no name.
WORD = regex.compile(r"[^\s(*;=-][^\s(*;=]*")
NEAR = 3


class Question(Struct, frozen=True):
    """A question: its id, its name and what it tells in both languages, and its SQL."""

    id: str
    names: dict[str, str]
    told: dict[str, str]
    sql: str

    def write_sql(self, lang: Lang) -> str:
        """The SQL for a reader of a language."""
        return self.sql.replace("{lang}", lang)


@cache
def load_questions() -> tuple[Question, ...]:
    """Every question, in the order of the files' names."""
    return tuple(_read_question(file) for file in sorted((patterns.root() / FOLDER).glob("*.sql")))


def _read_question(file: Path) -> Question:
    heads, sql = [], file.read_text(encoding="utf-8")
    while found := HEAD.match(sql):
        heads.append(found)
        sql = sql[found.end() :].lstrip("\n")
    names = {head["lang"]: head["name"] for head in heads}
    assert names.keys() == {"zh", "en"}, f"{file.name}: a question has a name in both languages"
    return Question(file.stem, names, {head["lang"]: head["told"] for head in heads}, sql)


def is_name(asked: str) -> bool:
    """Whether what is asked is meant as the name of a question: one word, or words like those of a name.

    >>> is_name("三公"), is_name("two year"), is_name("SELECT 1"), is_name("DROP TABLE claims")
    (True, True, False, False)
    """
    wanted = asked.casefold()
    return bool(WORD.fullmatch(asked)) or bool(wanted and _list_holding(wanted)) or bool(_find_near(wanted))


def find_question(asked: str, lang: Lang) -> Question:
    """The question of a name, or of the one name that holds these words. Raises ``InputError``, with names like it.

    >>> find_question("三公", "zh").id, find_question("two years", "en").id
    ('three_public', 'two_years')
    """
    wanted = asked.casefold()
    named = [one for one in load_questions() if wanted in _list_names(one)]
    holding = _list_holding(wanted)
    for found in (named, holding):
        if len(found) == 1:
            return found[0]
    near = holding or _find_near(wanted) or load_questions()
    raise InputError("batch.no-question", name=asked, near=", ".join(one.names[lang] for one in near))


def _list_holding(wanted: str) -> list[Question]:
    """The questions with a name that holds these words."""
    return [one for one in load_questions() if any(wanted in name for name in _list_names(one))]


def _list_names(question: Question) -> list[str]:
    return [question.id, *(name.casefold() for name in question.names.values())]


def _find_near(wanted: str) -> list[Question]:
    """The questions with a name like these words, the likest first."""
    by_name = {name: one.id for one in load_questions() for name in _list_names(one)}
    ids = [by_name[name] for name in get_close_matches(wanted, by_name, NEAR)]
    return [one for identifier in dict.fromkeys(ids) for one in load_questions() if one.id == identifier]
