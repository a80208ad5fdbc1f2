"""Databases of the tests: DuckDB in the process, and a PostgreSQL of its own that is gone when the test is."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from asnpolicy.backends.sql.dialect import identifier
from asnpolicy.workforce.schema import Holds, delivered

TYPES = {Holds.TEXTS: "text[]", Holds.TRUTH: "boolean", Holds.DAY: "date", Holds.LAST_DAY: "date", Holds.NUMBER: "integer", Holds.EXACT: "numeric(12, 3)"}  # fmt: skip
PROGRAMS = (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), *map(Path, os.get_exec_path()))
"""Where the programs of PostgreSQL may lie."""


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
    programs = next((each for each in PROGRAMS if (each / "initdb").exists()), None)
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="asn-pg-"))
    try:
        if owner is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        _run(
            programs / "initdb",
            "-D",
            folder / "data",
            "-U",
            "tester",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            owner=owner,
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='' -c fsync=off"
        control = programs / "pg_ctl", "-D", folder / "data", "-w"
        _run(*control, "-o", options, "-l", folder / "log", "start", owner=owner)
        try:
            address = f"host=127.0.0.1 port={port} user=tester dbname=postgres"
            with psycopg.connect(address, autocommit=True) as connection:
                yield Postgres(connection)
        finally:
            _run(*control, "-m", "immediate", "stop", owner=owner)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner():
    """Give who the server runs as: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return pytest.skip("PostgreSQL does not run as root, and there is nobody else")


def _run(*command, owner):
    given = {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": "/"}
    done = subprocess.run([str(each) for each in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, cwd="/", check=False, **given)  # fmt: skip
    if done.returncode:
        pytest.skip(f"PostgreSQL does not start here: {done.stderr.decode()[-300:]}")
