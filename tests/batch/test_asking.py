"""What is asked of a store reaches its tables and nothing else, within bounds; what it answers commands no terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from batches import text

from extractor import cli
from extractor.batch import asking

CLOSED = [
    "SELECT * FROM read_csv('{file}')",
    "SELECT * FROM read_text('{file}')",
    "SELECT * FROM read_blob('{file}')",
    "SELECT * FROM read_json('{file}')",
    "SELECT * FROM read_parquet('{file}')",
    "SELECT * FROM sniff_csv('{file}')",
    "SELECT * FROM glob('{folder}/*')",
    "FROM query('SELECT * FROM read_text(''{file}'')')",
    "SELECT * FROM read_csv('https://example.org/a.csv')",
    "COPY claims TO '{folder}/left.csv'",
    "COPY (SELECT 1) TO '{folder}/left.parquet' (FORMAT parquet)",
    "EXPORT DATABASE '{folder}/left'",
    "IMPORT DATABASE '{folder}'",
    "ATTACH '{folder}/left.duckdb' AS other",
    "ATTACH ':memory:' AS other",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "RESET lock_configuration",
    "PRAGMA enable_profiling = 'json'",
    "SET profiling_output = '{folder}/left.json'",
    "CALL enable_logging(storage = 'file', storage_config = {{'path': '{folder}/left.log'}})",
    "SELECT 1; COPY claims TO '{folder}/left.csv'",
    "CREATE TABLE other AS SELECT 1",
    "UPDATE claims SET value = '1'",
]
ODD = "\x1b[31m红\x07\x9b1m\u202e=1+1"


@pytest.fixture
def out(reports: Path) -> Path:
    assert cli.run(["batch", str(reports), "-o", "out", "-q"]) == 0
    return reports.parent / "out"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of one report, which no test changes."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "1.txt").write_text(text(1), encoding="utf-8")
    assert cli.run(["batch", str(folder / "1.txt"), "-o", str(folder / "out"), "-q"]) == 0
    return folder / "out"


@pytest.mark.parametrize("sql", CLOSED)
def test_a_question_reaches_nothing_else(
    small: Path, tmp_path: Path, sql: str, capfd: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("word\nhidden\n")
    asked = sql.format(file=secret, folder=tmp_path)
    assert cli.run(["query", str(small), asked, "--format", "csv", "--lang", "en"]) == 2
    shown = capfd.readouterr()
    assert "hidden" not in shown.out + shown.err
    assert shown.err.count("\n") == 1
    assert "internal error" not in shown.err
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_no_variable_of_the_program_is_a_table(small: Path) -> None:
    assert cli.run(["query", str(small), "SELECT * FROM columns", "--format", "json"]) == 2


def test_what_describes_the_tables_is_answered(small: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for sql in (
        "SHOW TABLES",
        "DESCRIBE claims",
        "SUMMARIZE claims",
        "PRAGMA table_info('claims')",
        "EXPLAIN SELECT 1",
    ):
        assert cli.run(["query", str(small), sql, "--format", "json"]) == 0
    assert "claims" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("sql", "option", "words"),
    [
        ("SELECT count(*) FROM range(100000000000000)", ["--timeout", "0.3"], "no answer within 0.3 s"),
        ("SELECT range FROM range(100000000000000)", ["--timeout", "0.3"], "no answer within 0.3 s"),
        ("SELECT list(range) FROM range(100000000)", ["--memory", "100"], "more than 100 MB"),
        # One value, which the database neither counts nor leaves halfway.
        ("SELECT repeat('x', 3000000000)", ["--memory", "300"], "more than 300 MB"),
    ],
)
def test_an_answer_is_bounded(
    small: Path, sql: str, option: list[str], words: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["query", str(small), sql, *option, "--format", "csv", "--lang", "en"]) == 2
    assert words in capfd.readouterr().err


def test_a_view_of_a_hostile_database_reaches_nothing(out: Path, capfd: pytest.CaptureFixture[str]) -> None:
    secret = out.parent / "secret.txt"
    secret.write_text("hidden")
    with duckdb.connect(str(out / "store.duckdb")) as connection:
        columns = [str(name) for (name, *_) in connection.execute("DESCRIBE claims").fetchall()]
        lies = ", ".join(f'content AS "{name}"' for name in columns)
        connection.execute("DROP TABLE claims")
        connection.execute(f"CREATE VIEW claims AS SELECT {lies} FROM read_text('{secret}')")
    for arguments in (["query", "out", "SELECT * FROM claims"], ["export", "out", "-o", "claims.csv"]):
        assert cli.run(arguments) == 2
    assert cli.run(["export", "out", "-o", "claims.jsonl"]) == 2
    shown = capfd.readouterr()
    assert "hidden" not in shown.out + shown.err
    assert not Path("claims.csv").exists()
    assert not Path("claims.jsonl").exists()


@pytest.mark.parametrize("form", ["table", "csv", "json"])
@pytest.mark.parametrize("columns", [1, 40])
def test_names_of_columns_and_words_command_no_terminal(
    small: Path, form: str, columns: int, capfd: pytest.CaptureFixture[str]
) -> None:
    wanted = ", ".join(f"'{ODD}' AS \"{ODD} {number}\"" for number in range(columns))
    assert cli.run(["query", str(small), f"SELECT {wanted}", "--format", form]) == 0
    shown = capfd.readouterr().out
    assert all(char.isprintable() or char == "\n" for char in shown)
    assert "红" in shown


def test_headings_of_csv_are_no_formulas(small: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["query", str(small), 'SELECT \'@x\' AS "=1+1", 1 AS "-2+3"', "--format", "csv"]) == 0
    assert capfd.readouterr().out == "'=1+1,'-2+3\n'@x,1\n"


def test_an_answer_longer_than_a_table(small: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["query", str(small), "SELECT range AS n FROM range(5001)"]) == 0
    lines = capfd.readouterr().out.split()
    assert lines.count("n") == 2
    assert [line for line in lines if line.isdigit()] == [str(number) for number in range(5001)]


@pytest.mark.parametrize("damage", [b"", b"x" * 5000, None])
def test_a_damaged_database_is_made_anew(out: Path, damage: bytes | None, capfd: pytest.CaptureFixture[str]) -> None:
    database = out / "store.duckdb"
    database.write_bytes(database.read_bytes()[:9000] if damage is None else damage)
    asked = ["query", "out", "SELECT count(*) AS n FROM documents", "--format", "csv", "--lang", "en"]
    assert cli.run(asked) == 0
    shown = capfd.readouterr()
    assert shown.out == "n\n3\n"
    assert "the database is damaged; it is made anew" in shown.err
    assert cli.run(asked) == 0
    assert capfd.readouterr().err == ""


def test_a_block_that_is_damaged_is_met_while_asking(out: Path, capfd: pytest.CaptureFixture[str]) -> None:
    database = out / "store.duckdb"
    whole = database.read_bytes()
    asked = ["query", "out", "SELECT max(sentence) IS NULL AS none FROM claims", "--format", "csv", "--lang", "en"]
    damaged = 0
    for block in range(12288, len(whole), 2**18):
        database.write_bytes(whole[: block + 2048] + b"\xff" * 8 + whole[block + 2056 :])
        cli.run(asked)
        damaged += "made anew" in capfd.readouterr().err
        assert cli.run(asked) == 0
        assert capfd.readouterr().out == "none\nFalse\n"
    assert damaged


def test_a_database_that_may_not_be_read_is_left_alone(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise duckdb.IOException('IO Error: Cannot open file "store.duckdb": Permission denied')

    before = (out / "store.duckdb").read_bytes()
    monkeypatch.setattr(asking, "_connect", refuse)
    assert cli.run(["query", "out", "SELECT 1"]) == 2
    assert (out / "store.duckdb").read_bytes() == before


def test_a_batch_mends_a_damaged_database(out: Path, reports: Path) -> None:
    (out / "store.duckdb").write_bytes(b"x" * 5000)
    shutil.copy(reports / "1.txt", reports / "4.txt")
    assert cli.run(["batch", str(reports), "-o", "out", "-q"]) == 0
    with duckdb.connect("out/store.duckdb", read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(4,)]
