"""`asnpolicy sql` as somebody with a database meets it: a query that runs, and clear answers to slips."""

import pytest

from tests.behaviour.test_cli import DAY, REGULER
from tests.commands import run

pytest.importorskip("polars", reason="the extra `columns` is not installed")


def test_the_query_runs_over_the_tables_that_are_named(tmp_path):
    """What is not there is not known, and refuses nobody."""
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    tables = tmp_path / "tables.json"
    tables.write_text('{"employees": ["nip", "employment", "service_status"], "ranks": ["nip", "rank", "since"]}')
    done = run("sql", "nasional", "--rule", "jp-tahunan", *DAY, "--tables", tables)
    assert (done.returncode, done.stderr) == (0, "")
    database = duckdb.connect()
    database.execute(
        "CREATE TABLE employees AS SELECT '198609262015051001' nip, 'PNS' employment, 'aktif' service_status"
    )
    database.execute("CREATE TABLE ranks AS SELECT '198609262015051001' nip, 'III/b' rank, DATE '2022-10-01' since")
    ((nip, state, *_, passed_on),) = database.execute(done.stdout).fetchall()
    assert (nip, state, passed_on) == ("198609262015051001", "undetermined", False)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--rule", REGULER, "--dialect", "oracle"), "unknown dialect `oracle`"),
        (("--rule", "reguler"), "unknown rule `reguler`"),
        (("--rule", REGULER, "--tables", "pyproject.toml"), "`pyproject.toml` does not list tables with their columns"),
        (("--rule", REGULER, "--tables", "nowhere.json"), "nowhere.json"),
    ],
)
def test_slips_are_told(words, told):
    """One sentence each, and exit status 2."""
    done = run("sql", "nasional", *DAY, *words)
    assert done.returncode == 2
    assert told in done.stderr
