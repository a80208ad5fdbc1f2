"""Database: the tables of a workforce in PostgreSQL, read whole or in buckets of people by their NIP, all as of one moment."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import polars as pl

from asnpolicy.problems import PolicyError, Problem, missing_extra
from asnpolicy.text import Text, phrase
from asnpolicy.workforce import cell_texts, check
from asnpolicy.workforce.address import problem, shown, unreadable
from asnpolicy.workforce.schema import EMPLOYEES, KEY, Holds, delivered, tables
from asnpolicy.workforce.workforce import Workforce, checked

AS_THEY_ARE = frozenset(
    {
        "int2",
        "int4",
        "int8",
        "float4",
        "float8",
        "bool",
        "date",
        "timestamp",
        "text",
        "varchar",
        "bpchar",
        "_text",
        "_varchar",
    }
)
"""Types whose values arrive as they are; all others are read as text, which keeps each digit of a number."""
TEXTS = ("text", "varchar", "bpchar")
BEGIN = ("set transaction isolation level repeatable read, read only", "set local datestyle to 'ISO'")
COLUMNS = """
select a.attname, t.typname from pg_attribute a join pg_type t on t.oid = a.atttypid
where a.attrelid = to_regclass('"{table}"') and a.attnum > 0 and not a.attisdropped order by a.attnum
"""
PLAIN = "^[0-9]{18}$"
CAUSES = {
    "password authentication failed": Text("kata sandi atau nama pengguna tidak diterima", "the password or the user is not accepted"),
    "no password supplied": Text("kata sandi diminta, tetapi tidak ada", "it asks for a password, and there is none"),
    "could not translate host name": Text("tidak ada host dengan nama itu", "there is no host of that name"),
    "Connection refused": Text("tidak ada server di host dan port itu", "no server listens on that host and port"),
    "timeout": Text("server tidak menjawab", "the server does not answer"),
    "does not exist": Text("tidak ada database atau pengguna dengan nama itu", "there is no database or user of that name"),
}  # fmt: skip
"""Why there is no connection, by what the driver says: its own words may hold a part of the password."""
UNREADABLE = ("percent-encoded", "invalid")
"""What the driver says of an address with a sign that must be escaped."""
OTHERWISE = Text("server menolak, atau alamatnya keliru", "the server refuses, or the address is wrong")


@dataclass(frozen=True)
class Database:
    """A connection to the tables of a workforce, by their names of the schema; all is read as of its first question."""

    name: str
    """Its address, without the password."""
    columns: dict[str, dict[str, str]]
    """The tables that there are, each with the types of its columns."""
    _connection: Any = field(repr=False, compare=False)

    @classmethod
    def of(cls, address: str, wanted: Collection[str] = tables()) -> Database:
        """Connect and look for tables; raises PolicyError where that can't be, or where the tables are not there."""
        name = shown(address)
        connection = _connected(address, name)
        try:
            for statement in BEGIN:
                _run(connection, statement)
            found = {table: _columns(connection, table) for table in wanted}
        except _driver_errors():
            connection.close()
            raise _unreachable(name, OTHERWISE) from None
        database = cls(name, {table: types for table, types in found.items() if types}, connection)
        if not database.columns or EMPLOYEES in set(wanted) - set(database.columns):
            database.close()
            lacks = EMPLOYEES if EMPLOYEES in wanted else ", ".join(wanted)
            raise problem(
                "no-tables",
                phrase(en="there is no table `{table}` in `{name}`", id="tidak ada tabel `{table}` di `{name}`", table=lacks, name=name),
                phrase(
                    en="make views of these names, in a schema on the search path of the user",
                    id="buat view dengan nama itu, di skema yang ada di search path pengguna",
                ),
            )  # fmt: skip
        return database

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def whole(self) -> Workforce:
        """Read all of it."""
        self.check_heads()
        return checked({table: self.read(table, "") for table in self.columns}, self.month_first())

    def month_first(self) -> frozenset[str]:
        """Name the columns of days that are written month first somewhere, as texts: each part is read as the whole is."""
        found: list[str] = []
        for table, types in self.columns.items():
            texts = {head: pl.String for head, type_ in types.items() if type_ in TEXTS or type_ not in (*AS_THEY_ARE, "timestamptz")}
            for day in cell_texts.days_in_texts(texts, table):
                distinct = self._asked(f'select distinct {_head(table, day, types[day])} from "{table}"', table)  # noqa: S608  # names of the schema
                found += cell_texts.written_month_first(distinct, table)
        return frozenset(found)

    def rows(self) -> int:
        """Return how many rows the table of people has."""
        return int(self._asked(f'select count(*) from "{EMPLOYEES}"', EMPLOYEES).item())  # noqa: S608  # a name of the schema

    def state(self) -> dict[str, Any]:
        """Return what no other run has: a database may have moved on since, so that none is taken up."""
        return {"database": self.name, "run": secrets.token_hex(8)}

    def check_heads(self) -> None:
        """Raise PolicyError for each table with a column that is missing or that there is not."""
        problems: list[Problem] = []
        for table, types in self.columns.items():
            try:
                check.heads(types, table)
            except PolicyError as error:
                problems += error.problems
        if problems:
            raise PolicyError(problems)

    def buckets(self, size: int) -> Iterator[Range]:
        """Part the people by the digits of their NIP into ranges of about so many."""
        self.check_heads()
        odd = [f"select 1 from \"{table}\" where {KEY}::text !~ '{PLAIN}'" for table in self.columns]  # noqa: S608
        spaced = any(self._asked(f"select exists({one})", EMPLOYEES).item() for one in odd)
        key = _digits() if spaced else _plain(self.columns[EMPLOYEES][KEY])
        keys = self._asked(f'select {key} as key from "{EMPLOYEES}"', EMPLOYEES)["key"].drop_nulls().sort()  # noqa: S608
        if not len(keys):
            raise check.empty(EMPLOYEES)
        starts = [None, *dict.fromkeys(keys[at] for at in range(size, len(keys), size))]
        month_first = self.month_first()
        for number, (first, last) in enumerate(zip(starts, [*starts[1:], None], strict=True)):
            yield Range(self, number, first, last, month_first, spaced=spaced)

    def read(self, table: str, where: str) -> pl.DataFrame:
        """Read some rows of a table."""
        heads = ", ".join(_head(table, head, type_) for head, type_ in self.columns[table].items())
        return self._asked(f'select {heads} from "{table}" {where}', table)  # noqa: S608  # names of the schema, digits

    def _asked(self, question: str, table: str) -> pl.DataFrame:
        try:
            return _run(self._connection, question)
        except _driver_errors() as error:
            cause = "permission" if "permission denied" in str(error) else ""
            raise problem(
                "unreadable-table",
                phrase(en="table `{table}` of `{name}` can't be read", id="tabel `{table}` di `{name}` tidak dapat dibaca", table=table, name=self.name),
                phrase(en="let the user read it: `grant select`", id="beri pengguna hak baca: `grant select`") if cause
                else phrase(en="look into the log of the server", id="lihat log server"),
            ) from None  # fmt: skip


@dataclass(frozen=True, slots=True)
class Range:
    """The people of a database from one NIP up to another; None is open."""

    database: Database
    number: int
    first: str | None
    last: str | None
    month_first: frozenset[str]
    """The columns of days that are written month first somewhere in the database."""
    spaced: bool
    """Whether numbers are written with anything but digits in them."""

    def read(self) -> Workforce:
        """Read the people of the range, with their records; a row without a readable number is in the first one."""
        tables = {table: self.database.read(table, self._where(table)) for table in self.database.columns}
        return checked(tables, self.month_first)

    def _where(self, table: str) -> str:
        key = _digits() if self.spaced else _plain(self.database.columns[table][KEY])
        bounds = [f"{key} {sign} '{end}'" for sign, end in ((">=", self.first), ("<", self.last)) if end is not None]
        if not bounds:
            return ""
        inside = " and ".join(bounds)
        return f"where {inside}" if self.first is not None else f"where ({inside}) or {KEY} is null"


def _plain(type_: str) -> str:
    """Return the number as it stands, so that an index over it serves; numbers of 18 digits each stand in the order of all collations."""
    return KEY if type_ in TEXTS else f"{KEY}::text"


def _digits() -> str:
    """Return the digits of the number: however it is written, a person meets their records."""
    return f"regexp_replace({KEY}::text, '[^0-9]', '', 'g') collate \"C\""


def _head(table: str, head: str, type_: str) -> str:
    name = f'"{head}"'
    if type_ == "timestamptz":  # the day by the clock of the database, not of Greenwich
        return f"{name}::timestamp as {name}"
    if type_ == "numeric" and delivered(table)[head].holds is Holds.NUMBER:
        return f"case when {name} = trunc({name}) then trunc({name})::text else {name}::text end as {name}"
    return name if type_ in AS_THEY_ARE else f"{name}::text as {name}"


def _columns(connection: Any, table: str) -> dict[str, str]:
    return {str(name): str(type_) for name, type_ in _run(connection, COLUMNS.format(table=table)).rows()}


def _run(connection: Any, statement: str) -> pl.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found = cursor.fetch_arrow_table()
    return cast("pl.DataFrame", pl.from_arrow(found))


def _driver_errors() -> type[Exception]:
    from adbc_driver_manager import Error  # noqa: PLC0415  # needs an extra

    return cast("type[Exception]", Error)


def _connected(address: str, name: str) -> Any:
    try:
        from adbc_driver_postgresql import dbapi  # noqa: PLC0415  # needs an extra
    except ModuleNotFoundError as error:
        raise missing_extra("a workforce in a database", "database") from error
    try:
        return dbapi.connect(address)
    except _driver_errors() as error:
        told = str(error)
    cause = next((text for words, text in CAUSES.items() if words in told), None)
    if cause is None and any(word in told for word in UNREADABLE):
        raise unreadable()
    raise _unreachable(name, cause or OTHERWISE)


def _unreachable(name: str, cause: Text) -> PolicyError:
    return problem(
        "no-database",
        phrase(en="can't connect to `{name}`: {cause}", id="tidak dapat tersambung ke `{name}`: {cause}", name=name, cause=cause),
        phrase(en="try the same address with `psql`", id="coba alamat yang sama dengan `psql`"),
    )  # fmt: skip
