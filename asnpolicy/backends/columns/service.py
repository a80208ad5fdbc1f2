"""Employment and status of a day in columns, where what the registers say is plain; whoever else it is of is named."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from asnpolicy.backends.columns.reduce import number_of
from asnpolicy.backends.columns.values import NO_DAY, full, pick, sure, unknown
from asnpolicy.people import COMPLETE
from asnpolicy.people.findings.standing import LATEST_RETIREMENT
from asnpolicy.people.service import LEAVE
from asnpolicy.people.status import Employment, ServiceStatus

if TYPE_CHECKING:
    from asnpolicy.backends.columns.tables import Mask, Records

ALL = COMPLETE.toordinal()
PNS, CPNS, FULL, PART = (
    int(one) for one in (Employment.PNS, Employment.CPNS, Employment.PPPK, Employment.PPPK_PARUH_WAKTU)
)
FINAL = [int(one) for one in ServiceStatus if one.is_final]


def serve(
    out: Mask,
    fields: dict[str, pl.Series],
    histories: dict[str, Records],
    complete: dict[str, pl.Series],
    birth: pl.Series,
    as_of: date,
) -> None:
    """Make employment and status those of a day, and name those of whom that takes more than the registers.

    The registers' word holds where the dates of appointment and the contracts allow it on the day on which they were
    known and on the day that is asked for, and no status or leave on record may say otherwise.
    """
    size, day = len(out), as_of.toordinal()
    known_on = fields["known_on"].fill_null(day)
    out |= (known_on > day).to_numpy()
    _status(out, fields, histories, known_on, birth)
    employment = fields["employment"]
    out |= (unknown(employment) | (employment == 0)).to_numpy()
    fits = _allowed(fields, histories, complete, known_on, size)
    later = known_on < day
    if later.any():
        fits &= _allowed(fields, histories, complete, full(day, size, pl.Int64), size)
        turns = sure((fields["pns_on"] > known_on) & (fields["pns_on"] <= day))
        fits &= ~(later & turns)
    out |= ~sure(fits).to_numpy()
    _ranks_of_pppk(fields, histories, complete, size)


def _status(
    out: Mask, fields: dict[str, pl.Series], histories: dict[str, Records], known_on: pl.Series, birth: pl.Series
) -> None:
    statuses, leaves = histories["statuses"], histories["leaves"]
    out[statuses.of] = True
    if leaves.size:
        kind = leaves.columns["kind"]
        out[leaves.of[(unknown(kind) | (kind == LEAVE)).to_numpy()]] = True
    status = fields["service_status"]
    serving = ~unknown(status) & ~status.is_in(FINAL)
    out |= sure(serving & (known_on - birth > (LATEST_RETIREMENT - 1) * 365)).to_numpy()


def _allowed(
    fields: dict[str, pl.Series],
    histories: dict[str, Records],
    complete: dict[str, pl.Series],
    day: pl.Series,
    size: int,
) -> pl.Series:
    """Tell for whom the dates allow on a day what the registers say of the employment."""
    cpns, pns = fields["cpns_on"], fields["pns_on"]
    candidate, servant = ((one <= day) & (one != NO_DAY) for one in (cpns, pns))  # null: not known
    no_candidate, no_servant = (sure(~one) for one in (candidate, servant))
    is_candidate, is_servant = sure(candidate), sure(servant)
    as_pns = is_servant | (~no_servant & ~no_candidate)
    as_cpns = ~is_servant & ~no_candidate
    free = ~is_servant & ~is_candidate
    employment = fields["employment"]
    full_time, part_time = (
        free & each for each in _by_contract(histories["contracts"], complete["contracts"], day, size)
    )
    return (
        (sure(employment == PNS) & as_pns) | (sure(employment == CPNS) & as_cpns)
        | (sure(employment == FULL) & full_time) | (sure(employment == PART) & part_time)
    )  # fmt: skip


def _by_contract(contracts: Records, complete: pl.Series, day: pl.Series, size: int) -> tuple[pl.Series, pl.Series]:
    """Tell who may be under a contract on a day, full time and part time."""
    open_ = ~sure(complete <= day)
    if not contracts.size:
        return open_, open_
    on = day[contracts.whose]
    since, until, part = (contracts.columns[name] for name in ("since", "until", "part_time"))
    sure_, maybe = sure((since <= on) & (on < until)), sure(since <= on) & unknown(until)

    def anybody(which: pl.Series) -> pl.Series:
        return number_of(contracts.of[which.to_numpy()], size) > 0

    def may_be(kind: pl.Series) -> pl.Series:
        runs = anybody(sure_)
        return (runs & anybody(sure_ & kind)) | (~runs & (open_ | anybody(maybe & kind)))

    return may_be(unknown(part) | sure(part == 0)), may_be(unknown(part) | sure(part == 1))


def _ranks_of_pppk(
    fields: dict[str, pl.Series], histories: dict[str, Records], complete: dict[str, pl.Series], size: int
) -> None:
    """Who is under a contract has no rank: that need not be promised."""
    without = number_of(histories["ranks"].of, size) == 0
    pppk = sure(fields["employment"].is_in([FULL, PART]))
    complete["ranks"] = pick(pppk & without, ALL, complete["ranks"])
