"""Staff: the tables of a workforce as Spark DataFrames; each person is brought together with their records, and decided."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any

import polars as pl

from asnpolicy.engine import Engine
from asnpolicy.exchange.spark.share import COUNTS, Doubles, Numbers, Share, Unreadable
from asnpolicy.people import Agency
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import phrase
from asnpolicy.workforce import Amiss, check
from asnpolicy.workforce.cell_texts import days_in_texts, written_month_first
from asnpolicy.workforce.schema import EMPLOYEES, KEY
from asnpolicy.workforce.workforce import check_names

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame
    from pyspark.sql.types import StructType

BY = "digits"
"""The column that people and records are brought together by: whatever else stands in a number, its digits are those of one person."""

TYPES = {
    "string": pl.String, "varchar": pl.String, "char": pl.String, "void": pl.String, "boolean": pl.Boolean, "byte": pl.Int8,
    "short": pl.Int16, "integer": pl.Int32, "long": pl.Int64, "float": pl.Float32, "double": pl.Float64, "date": pl.Date,
    "timestamp": pl.Datetime("us", "UTC"), "timestamp_ntz": pl.Datetime("us"),
}  # fmt: skip
"""Types of Spark, by their names, as workers get them; no column of the schema is of any other."""


@dataclass(frozen=True)
class SparkWorkforce:
    """Many people as tables of Spark, as `Workforce` has them as tables of Polars; nothing of them is fetched.

    >>> from datetime import date
    >>> from asnpolicy import Engine
    >>> from pyspark.sql import SparkSession  # doctest: +SKIP
    >>> spark = SparkSession.builder.getOrCreate()  # doctest: +SKIP
    >>> people = spark.createDataFrame([("199001012015031001", "PNS")], ["nip", "employment"])  # doctest: +SKIP
    >>> ranks = spark.createDataFrame([("19900101 201503 1 001", "III/a")], ["nip", "rank"])  # doctest: +SKIP
    >>> staff = SparkWorkforce.from_frames(people, ranks=ranks)  # doctest: +SKIP
    >>> answers = staff.assess(Engine.load("nasional"), as_of=date(2026, 10, 1), rules=["jp-tahunan"])  # doctest: +SKIP
    >>> [(row["nip"], row["jp-tahunan"]) for row in answers.collect()], staff.amiss  # doctest: +SKIP
    ([('199001012015031001', 'undetermined')], ())
    """

    tables: Mapping[str, DataFrame]
    """The tables that there are, by their names; that of people first."""

    @classmethod
    def from_frames(cls, employees: DataFrame, **histories: DataFrame) -> SparkWorkforce:
        """Take tables as they are; a history that is not given is not known. Nothing is read yet.

        Raises PolicyError for a table or a column that there is not, and a column that is missing or of a wrong type.
        """
        check_names(histories)
        tables = {EMPLOYEES: employees, **histories}
        problems: list[Problem] = []
        for name, frame in tables.items():
            try:
                check.table(_empty(frame, name), name)
            except PolicyError as error:
                problems += error.problems
        if problems:
            raise PolicyError(problems)
        return cls({name: _typed(frame) for name, frame in tables.items()})

    def assess(
        self,
        engine: Engine,
        *,
        as_of: date,
        agency: Agency = NO_AGENCY,
        rules: Iterable[str] | None = None,
        detail: bool = False,
    ) -> DataFrame:
        """Decide for everybody as `Engine.assess_frame` does, on the workers: a DataFrame of its columns, words as text.

        The answers are worked out when they are asked for; which tables have rows of nobody is looked up at once. Each worker
        has asnpolicy of the same version, and a policy of one's own at the same place: it refuses another. Raises
        PolicyError as `assess_frame` does, and for a table of nobody.
        """
        maker = engine.frame_maker(as_of=as_of, agency=agency, rules=rules, detail=detail)
        asked = tuple(rule.id for rule in maker.layout.rules)
        share = Share(pickle.dumps(engine), as_of, agency, asked, detail, self.void, self.month_first)
        return self._persons().mapInArrow(share, _columns(maker.layout.schema()))

    @cached_property
    def void(self) -> frozenset[str]:
        """The histories with rows of nobody, which may be anybody's: they are taken as complete for nobody."""
        return frozenset(one.table for one in self._of_nobody if one.table != EMPLOYEES)

    @cached_property
    def month_first(self) -> frozenset[str]:
        """The columns of days that are written month first somewhere, as texts: each worker reads its part as the whole is read."""
        found: list[str] = []
        for name, frame in self.tables.items():
            texts = {head: pl.String for head, type_ in frame.dtypes if type_ == "string"}
            for day in days_in_texts(texts, name):
                rows = frame.select(f"`{day}`").distinct().collect()
                found += written_month_first(pl.DataFrame({day: [row[0] for row in rows]}, schema={day: pl.String}), name)
        return frozenset(found)

    @cached_property
    def amiss(self) -> tuple[Amiss, ...]:
        """What could not be read, and what stands double or is of nobody, as `Workforce.amiss` tells; it reads all tables."""
        counts = [
            frame.select(_row(frame).alias(name)).mapInArrow(Unreadable(name, self.month_first), _columns(COUNTS))
            for name, frame in self.tables.items()
        ]
        several = self._persons(EMPLOYEES).filter(f"size({EMPLOYEES}) > 1")
        whole = reduce(type(several).unionAll, [*counts, several.mapInArrow(Doubles(self.month_first), _columns(COUNTS))])
        rows = whole.groupBy("code", "table", "column").sum("count").collect()
        return (*self._of_nobody, *(Amiss(*row) for row in sorted(map(tuple, rows))))

    @cached_property
    def _of_nobody(self) -> tuple[Amiss, ...]:
        """Count the rows of nobody of all tables in one job: those without a number, and those of nobody in `employees`.

        A record whose number is written as that of somebody is theirs; only what is left is read as workers read numbers.
        """
        from pyspark.sql import functions as f  # noqa: PLC0415  # needs an extra

        written = [_written(frame, name) for name, frame in self.tables.items()]
        own = _numbered(written[0])
        people = own.filter(f.col("number").isNotNull())
        if len(written) > 1:
            records = reduce(type(own).unionAll, written[1:])
            rest = _numbered(records.join(people.select(KEY), KEY, "left_anti").select("table", KEY, "rows"))
            own = own.unionAll(rest)
        there = people.select("number", f.lit(1).alias("there")).distinct()
        nobody, stranger = f.col("number").isNull(), f.col("number").isNotNull() & f.col("there").isNull()
        counts = [
            f.sum(f.when(one, f.col("rows"))).alias(name) for name, one in (("nobody", nobody), ("stranger", stranger))
        ]
        marked = own.join(there, "number", "left").groupBy("table").agg(f.count("there").alias("own"), *counts)
        found = {row["table"]: row for row in marked.collect()}
        if EMPLOYEES not in found or not found[EMPLOYEES]["own"]:
            raise check.empty(EMPLOYEES)
        amiss = []
        for name, row in sorted(found.items()):
            without = "bad-nip" if name == EMPLOYEES else "no-person"
            amiss += [Amiss(without, name, KEY, row["nobody"])] if row["nobody"] else []
            amiss += [Amiss("orphan", name, KEY, row["stranger"])] if row["stranger"] else []
        return tuple(amiss)

    def _persons(self, *names: str) -> DataFrame:
        """Return one row a person, with a list of rows for each table: one exchange for all tables, by the hash of the number."""
        from pyspark.sql import functions as f  # noqa: PLC0415  # needs an extra

        kept = names or tuple(self.tables)
        parts = [_rows(self.tables[name], name) for name in kept]
        together = reduce(lambda one, other: one.unionByName(other, allowMissingColumns=True), parts)
        lists = [f.collect_list(name).alias(name) for name in kept]
        whole = together.groupBy(BY).agg(*lists).filter(f.size(EMPLOYEES) > 0)
        return whole.select(*kept)


def _rows(frame: DataFrame, name: str) -> DataFrame:
    """Return the rows of a table in one column, with the digits of the number beside it; rows without any digit are nobody's."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # needs an extra

    digits = f.regexp_replace(f.col(KEY).cast("string"), "[^0-9]", "")
    return frame.select(digits.alias(BY), _row(frame).alias(name)).filter(f.col(BY) != "")


def _row(frame: DataFrame) -> Column:
    """Return all columns of a table in one: names with a dot in them can't be handed to workers otherwise."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # needs an extra

    return f.struct(*(f.col(f"`{head}`") for head in frame.columns))


def _written(frame: DataFrame, name: str) -> DataFrame:
    """Return the numbers of a table as they are written, each once, with how many rows have it."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # needs an extra

    rows = frame.select(f.lit(name).alias("table"), f.col(KEY).cast("string").alias(KEY)).groupBy("table", KEY)
    return rows.agg(f.count("*").alias("rows"))


def _numbered(written: DataFrame) -> DataFrame:
    """Read numbers as workers do: as one text without spaces, null where one can't be an NIP."""
    return written.mapInArrow(
        Numbers(), _columns({"table": pl.String, KEY: pl.String, "rows": pl.Int64, "number": pl.String})
    )


def _typed(frame: DataFrame) -> DataFrame:
    """Give columns of nothing at all a type that travels."""
    from pyspark.sql import functions as f  # noqa: PLC0415  # needs an extra
    from pyspark.sql.types import NullType  # noqa: PLC0415

    empty = {one.name for one in frame.schema.fields if isinstance(one.dataType, NullType)}
    return frame.select(
        *(f.col(f"`{h}`").cast("string").alias(h) if h in empty else f.col(f"`{h}`") for h in frame.columns)
    )


def _empty(frame: Any, name: str) -> pl.DataFrame:
    """Return a frame of the columns of a table, without rows; raises PolicyError for what is no table of Spark."""
    if not hasattr(frame, "mapInArrow"):
        message = phrase(
            en="table `{name}` is no DataFrame of Spark", id="tabel `{name}` bukan DataFrame Spark", name=name
        )
        help_ = phrase(
            en="give it with `spark.createDataFrame`, or use `Workforce.from_frames`",
            id="berikan lewat `spark.createDataFrame`, atau pakai `Workforce.from_frames`",
        )
        raise PolicyError([Problem("wrong-type", message, help=help_)])
    check.heads(frame.columns, name)
    return pl.DataFrame(schema={one.name: _type_of(one.dataType) for one in frame.schema.fields})


def _type_of(type_: Any) -> Any:
    """Return the type of Polars in which a worker gets a type of Spark."""
    name = type_.typeName()
    if name == "array":
        return pl.List(_type_of(type_.elementType))
    return pl.Decimal(type_.precision, type_.scale) if name == "decimal" else TYPES.get(name, pl.Object)


def _columns(schema: Mapping[str, Any]) -> StructType:
    """Return columns of Polars as those of Spark."""
    from pyspark.sql import types as t  # noqa: PLC0415  # needs an extra

    known = {pl.Boolean: t.BooleanType(), pl.Date: t.DateType(), pl.Int64: t.LongType()}
    texts = pl.List(pl.String)
    return t.StructType(
        [
            t.StructField(n, t.ArrayType(t.StringType()) if type_ == texts else known.get(type_, t.StringType()))
            for n, type_ in schema.items()
        ]
    )
