"""By hand: five of the frozen rules as somebody writes them in Polars, and one as vectors, for people of whom all is known.

Each takes a workforce and gives a column of verdicts in the order of its people. Nothing is unknown here: what was not
delivered counts as not there, and nobody is looked at for what no career can be.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import polars as pl

from asnpolicy.workforce import Workforce
from asnpolicy.workforce.schema import KEY

DAY = date(2026, 10, 1)
YEAR, END = date(2026, 1, 1), date(2026, 12, 31)
SERVING = ("aktif", "tugas-belajar", "diperbantukan")
MODERATE = ("sedang", "berat")
NOT_SITTING = ("diberhentikan-sementara", "uang-tunggu", "cltn", "pensiun", "meninggal", "tewas", "diberhentikan")
ByHand = Callable[[Workforce], pl.Series]


def _verdict(people: pl.DataFrame, applies: pl.Expr, met: pl.Expr, words: tuple[str, str]) -> pl.Series:
    verdict = pl.when(~applies).then(pl.lit("not_applicable")).when(met).then(pl.lit(words[0])).otherwise(pl.lit(words[1]))
    return people.select(verdict.alias("verdict"))["verdict"]


def _hours(staff: Workforce) -> pl.DataFrame:
    """Return people with their training hours of the year so far."""
    done = staff.histories["trainings"].filter(pl.col("completed_on").is_between(YEAR, DAY))
    hours = done.group_by(KEY).agg(pl.col("hours").sum())
    return staff.employees.join(hours, on=KEY, how="left", maintain_order="left").with_columns(pl.col("hours").fill_null(0))


def _having(staff: Workforce, rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return people with whether any of some records is theirs."""
    whose = rows.select(KEY).unique().with_columns(pl.lit(value=True).alias(name))
    return staff.employees.join(whose, on=KEY, how="left", maintain_order="left").with_columns(pl.col(name).fill_null(value=False))


def jp_tahunan(staff: Workforce) -> pl.Series:
    """Twenty training hours in the year."""
    applies = (pl.col("employment") == "PNS") & (pl.col("service_status") == "aktif") & (pl.col("pns_on") < END)
    return _verdict(_hours(staff), applies, pl.col("hours") >= 20, ("fulfilled", "owed"))


def batas_jp_pppk(staff: Workforce) -> pl.Series:
    """No more than 24 training hours in the year."""
    applies = (pl.col("employment") == "PPPK") & (pl.col("service_status") == "aktif")
    return _verdict(_hours(staff), applies, pl.col("hours") <= 24, ("fulfilled", "owed"))


def orientasi_pppk(staff: Workforce) -> pl.Series:
    """An orientation, passed."""
    done = staff.histories["trainings"].filter(
        (pl.col("code") == "orientasi-pppk") & pl.col("passed") & (pl.col("completed_on") <= DAY)
    )
    applies = (pl.col("employment") == "PPPK") & (pl.col("service_status") == "aktif")
    return _verdict(_having(staff, done, "done"), applies, pl.col("done"), ("fulfilled", "owed"))


def mengikuti_ujian_dinas_1(staff: Workforce) -> pl.Series:
    """Two years in II/d, not away, no moderate or severe sanction running."""
    ranks = staff.histories["ranks"].filter(pl.col("since") <= DAY).group_by(KEY).agg(pl.all().sort_by("since").last())
    sanctions = staff.histories["sanctions"].filter(
        (pl.col("since") <= DAY) & (pl.col("until") > DAY) & pl.col("level").is_in(MODERATE)
    )
    people = _having(staff, sanctions, "punished").join(
        ranks.select(KEY, "rank", "since"), on=KEY, how="left", maintain_order="left"
    )
    applies = (pl.col("employment") == "PNS") & (pl.col("rank") == "II/d").fill_null(value=False)
    met = (pl.col("since").dt.offset_by("2y") <= DAY) & ~pl.col("service_status").is_in(NOT_SITTING) & ~pl.col("punished")
    return _verdict(people, applies, met, ("eligible", "ineligible"))


def satyalancana_x(staff: Workforce) -> pl.Series:
    """Ten years in service, never a moderate or severe sanction, no unpaid leave."""
    sanctions = staff.histories["sanctions"].filter((pl.col("since") <= DAY) & pl.col("level").is_in(MODERATE))
    leaves = staff.histories["leaves"].filter((pl.col("since") <= DAY) & (pl.col("kind") == "cltn"))
    against = pl.concat([sanctions.select(KEY), leaves.select(KEY)])
    applies = (pl.col("employment") == "PNS") & pl.col("service_status").is_in(SERVING)
    met = (pl.col("cpns_on").dt.offset_by("10y") <= DAY) & ~pl.col("against")
    return _verdict(_having(staff, against, "against"), applies, met, ("eligible", "ineligible"))


RULES: dict[str, ByHand] = {
    "jp-tahunan": jp_tahunan,
    "batas-jp-pppk": batas_jp_pppk,
    "orientasi-pppk": orientasi_pppk,
    "mengikuti-ujian-dinas-1": mengikuti_ujian_dinas_1,
    "satyalancana-karya-satya-x": satyalancana_x,
}


# One rule as vectors

Vectors = dict[str, np.ndarray]  # type: ignore[type-arg]  # of several types


def vectors(staff: Workforce) -> Vectors:
    """Return what yearly training asks of people as one vector each, as OpenFisca takes it: hours are added up before."""
    people = _hours(staff)
    return {
        "employment": people["employment"].to_physical().to_numpy(),
        "service_status": people["service_status"].to_physical().to_numpy(),
        "pns_on": people["pns_on"].fill_null(date(9999, 1, 1)).to_numpy(),
        "hours": people["hours"].to_numpy(),
    }


def jp_tahunan_of_vectors(known: Vectors) -> np.ndarray:  # type: ignore[type-arg]
    """Yearly training as a formula over vectors: 0 fulfilled, 1 owed, 3 not applicable."""
    applies = (known["employment"] == 1) & (known["service_status"] == 1) & (known["pns_on"] < np.datetime64(END))
    return np.where(applies, np.where(known["hours"] >= 20, 0, 1), 3)
