"""Tables come in right from whatever library holds them: days, exact numbers, lists, words, and what is not known."""

from datetime import date
from decimal import Decimal

import pytest

pl = pytest.importorskip("polars", reason="the extra `columns` is not installed")
pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

from asnpolicy.workforce import Workforce  # noqa: E402  # needs the extra

ONE, OTHER = "199001012015031001", "199106152016042002"
BORN = date(1990, 1, 1)


def tables():
    """Give two people and their credits as tables of Arrow, with words as a dictionary of them."""
    words = pa.array(["PNS", None]).dictionary_encode()
    people = {
        "nip": pa.array([ONE, OTHER]).dictionary_encode(), "employment": words, "birth_date": pa.array([BORN, None]),
        "interests": pa.array([["a", "b"], None]), "protected.disability": pa.array([True, None]),
        "recruitment_year": pa.array([2014, None], pa.int16()), "unit": pa.nulls(2),
    }  # fmt: skip
    amounts = pa.array([Decimal("12.345"), None], pa.decimal128(10, 3))
    credits_ = {"nip": [ONE, OTHER], "amount": amounts, "granted_on": pa.array([date(2020, 1, 1), None], pa.date64())}
    return pa.table(people), pa.table(credits_)


def arrow(table):
    return table


def lazy(table):
    return pl.from_arrow(table).lazy()


def eager(table):
    return pl.from_arrow(table)


def duck(table):
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    return duckdb.connect().from_arrow(table)


def duck_query(table):
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    connection = duckdb.connect()
    connection.register("given", table)
    connection.execute("create table kept as select * from given")
    if "employment" in table.column_names:
        connection.execute("create type word as enum ('PPPK', 'PNS')")
        connection.execute("alter table kept alter employment type word")
    return connection.sql("select * from kept")


def pandas(table):
    pytest.importorskip("pandas", reason="pandas is not installed")
    return table.to_pandas()


def pandas_nullable(table):
    return pandas(table).convert_dtypes()


def pandas_arrow(table):
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    return table.to_pandas(types_mapper=pd.ArrowDtype)


@pytest.mark.parametrize("form", [arrow, lazy, eager, duck, duck_query, pandas, pandas_nullable, pandas_arrow])
def test_tables_of_each_library_are_the_same_people(form):
    """Nothing is lost, rounded or made up on the way, and what is not there stays not known."""
    people, credits_ = tables()
    made = Workforce.from_frames(form(people), credits=form(credits_))
    assert made.amiss == ()
    one, other = made
    assert (one.nip, one.employment.label, one.birth_date, one.interests) == (ONE, "PNS", BORN, ("a", "b"))
    assert (one.protected.disability, one.recruitment_year, one.unit) == (True, 2014, None)
    assert (one.credits.records[0].amount, one.credits.records[0].granted_on) == (Decimal("12.345"), date(2020, 1, 1))
    assert (other.employment, other.birth_date, other.interests, other.protected.disability) == (None, None, None, None)
    assert (other.recruitment_year, other.credits.records[0].amount, other.credits.records[0].granted_on) == (None,) * 3
    assert one.ranks.complete_since is None


@pytest.mark.parametrize("form", [arrow, lazy, duck_query])
def test_days_that_python_has_not_are_not_known(form):
    """A register's infinity is no panic and no day."""
    far = pa.array([2_147_483_000, -2_147_483_000], pa.int32()).cast(pa.date32())
    made = Workforce.from_frames(form(pa.table({"nip": [ONE, OTHER], "birth_date": far})))
    assert [each.birth_date for each in made] == [None, None]
    assert [(each.column, each.count) for each in made.amiss] == [("birth_date", 2)]
