"""Databases of the tests: DuckDB in the process, and a PostgreSQL of its own that is gone when the test is."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from asnpolicy.backends.sql.dialect import identifier
from asnpolicy.workforce.schema import Holds, delivered
from tests.postgres import server, why_not

TYPES = {Holds.TEXTS: "text[]", Holds.TRUTH: "boolean", Holds.DAY: "date", Holds.LAST_DAY: "date", Holds.NUMBER: "integer", Holds.EXACT: "numeric(12, 3)"}  # fmt: skip


class Duck:
    """DuckDB in this process."""

    dialect = "duckdb"
    mark = "?"

    def __init__(self):
        self.connection = pytest.importorskip("duckdb", reason="DuckDB is not installed").connect()

    def execute(self, statement):
        """Run a statement."""
        return self.connection.execute(statement)

    def insert(self, statement, rows):
        """Run a statement for each row."""
        self.connection.executemany(statement, rows)

    def ask(self, query):
        """Give the rows of a query, by the names of its columns."""
        cursor = self.execute(query)
        heads = [one[0] for one in cursor.description]
        return [dict(zip(heads, row, strict=True)) for row in cursor.fetchall()]


class Postgres(Duck):
    """A PostgreSQL server that listens on this machine alone."""

    dialect = "postgres"
    mark = "%s"

    def __init__(self, connection):
        self.connection = connection

    def insert(self, statement, rows):
        """Run a statement for each row."""
        with self.connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def deliver(database, frames):
    """Put the tables of a workforce into a database, in the place of those that were there."""
    for name, frame in frames.items():
        specs = delivered(name)
        heads = ", ".join(f"{identifier(each)} {TYPES.get(specs[each].holds, 'text')}" for each in frame.columns)
        database.execute(f"DROP TABLE IF EXISTS {identifier(name)}")
        database.execute(f"CREATE TABLE {identifier(name)} ({heads})")
        if frame.height:
            marks = ", ".join([database.mark] * frame.width)
            database.insert(f"INSERT INTO {identifier(name)} VALUES ({marks})", frame.rows())


@contextmanager
def postgres():
    """Start a server in a folder of its own, and stop it again; skipped where there is none."""
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")
    if why_not():
        pytest.skip(why_not())
    with server() as (host, port, user, password):
        own = {"host": host, "port": port, "user": user, "password": password, "dbname": "postgres"}
        with psycopg.connect(**own, autocommit=True) as connection:
            yield Postgres(connection)
