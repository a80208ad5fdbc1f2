"""Numbers of people in columns: what an NIP says of birth, appointment and sex, and whether it can be one at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from asnpolicy.people.nip import DIGITS, PPPK_CODES, YOUNGEST_PPPK
from asnpolicy.people.spelling.field import number as number_of

Rows = npt.NDArray[np.int64]
FIRST = 10**17
"""The least number of 18 digits."""


@dataclass(frozen=True, slots=True)
class NipColumns:
    """What the numbers of people say."""

    birth: pl.Series
    """Days; null where the number can't be one."""
    year: pl.Series
    month: pl.Series
    """Of appointment; null for a PPPK."""
    sex: pl.Series
    good: pl.Series
    """Whether the number can be one."""

    @property
    def appointed(self) -> pl.Series:
        """The first day as candidate; null for a PPPK."""
        frame = pl.DataFrame({"y": self.year, "m": self.month})
        return frame.select(pl.date("y", "m", 1).alias("appointed")).to_series()


def parts(nip: pl.Series) -> NipColumns:
    """Read numbers that are written without spaces."""
    number = pl.select(pl.when(nip.str.len_bytes() == DIGITS).then(nip)).to_series().cast(pl.Int64, strict=False)
    n, digits = pl.col("n"), pl.DataFrame({"n": number})
    found = digits.select(
        (n // 10**14).alias("y"), (n // 10**12 % 100).alias("m"), (n // 10**10 % 100).alias("d"),
        (n // 10**6 % 10_000).alias("year"), (n // 10**4 % 100).alias("code"), (n // 1000 % 10).alias("sex"),
        (n % 1000).alias("serial"), "n",
    )  # fmt: skip
    birth = _dates(found)
    y, year, code = found["y"], found["year"], found["code"]
    pppk = code >= PPPK_CODES
    good = (
        (number >= FIRST) & birth.is_not_null() & (code.is_between(1, 12) | pppk) & found["sex"].is_in([1, 2])
        & (found["serial"] > 0) & (year > y) & (~pppk | (year - y >= YOUNGEST_PPPK))
    ).fill_null(value=False)  # fmt: skip
    month = pl.select(pl.when(~pppk).then(code)).to_series()
    return NipColumns(birth, year, month, found["sex"], good)


def _dates(found: pl.DataFrame) -> pl.Series:
    """Return the days of birth; null where there is no such day."""
    number = pl.col("y") * 10_000 + pl.col("m") * 100 + pl.col("d")
    shared = found.select(number.alias("n")).unique()
    table = shared.with_columns(pl.col("n").cast(pl.String).str.to_date("%Y%m%d", strict=False).alias("day"))
    return found.select(number.alias("n")).join(table, on="n", how="left", maintain_order="left")["day"]


def normalised(nip: pl.Series) -> pl.Series:
    """Return numbers without what offices and spreadsheets put around them; null where one can't be an NIP."""
    good = parts(nip).good
    if good.all():
        return nip
    odd = nip.filter(~good).unique().drop_nulls()
    known = {text: number_of(text) for text in odd}
    mended = (
        nip.replace_strict(known, default=None, return_dtype=pl.String)
        if known
        else pl.repeat(None, len(nip), dtype=pl.String, eager=True)
    )
    return pl.select(pl.when(good).then(nip).otherwise(mended)).to_series().alias(nip.name)


def whole(nip: pl.Series) -> Rows:
    """Return numbers as whole ones, 0 where one can't be."""
    return nip.cast(pl.Int64, strict=False).fill_null(0).to_numpy()


def rows_of(nip: pl.Series, people: pl.Series | Rows) -> Rows:
    """Return the row of the person of each number, -1 where there is none; numbers that stand together are looked up once."""
    own, key = whole(nip), people if isinstance(people, np.ndarray) else whole(people)
    if not len(own) or not len(key):
        return np.full(len(own), -1)
    starts = np.flatnonzero(np.concatenate(([True], own[1:] != own[:-1])))
    by = None if (key[1:] >= key[:-1]).all() else np.argsort(key, kind="stable")
    ordered = key if by is None else key[by]
    at = np.minimum(np.searchsorted(ordered, own[starts]), len(key) - 1)
    found = np.where(ordered[at] == own[starts], at if by is None else by[at], -1)
    return np.repeat(found, np.diff(np.append(starts, len(own))))
