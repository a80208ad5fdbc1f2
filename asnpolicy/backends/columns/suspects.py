"""Suspects: who may have a finding that leaves something unknown, a record twice, or one that the models read otherwise.

INVARIANT: each test holds for everybody in whose data the findings of people find such a thing, and for whom a model
would fill or refuse a field. It may hold for more: those are only decided one by one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache

import numpy as np
import polars as pl

from asnpolicy.backends.columns import calendar
from asnpolicy.backends.columns.reduce import least_by, number_of
from asnpolicy.backends.columns.tables import Mask, Records, Rows
from asnpolicy.backends.columns.values import NO_DAY, brought, full, pick, possible, sure, truths, unknown
from asnpolicy.language.dates import OPEN
from asnpolicy.people import COMPLETE, HISTORIES
from asnpolicy.people.appraisals import Expectation, rating_of
from asnpolicy.people.contradiction import ContradictionError
from asnpolicy.people.findings.day import (
    ANY_DAY_OF_THE_MONTH,
    FAR_FUTURE,
    FILLERS,
    LAST_FILLER,
    LATE_FILLER,
    LEAST_AGE,
    SERVICE,
)
from asnpolicy.people.findings.rank import SKIPS
from asnpolicy.people.findings.rating import ONE_A_DAY
from asnpolicy.people.findings.register import PAST
from asnpolicy.people.posts import PostKind
from asnpolicy.people.ranks import RankChange
from asnpolicy.people.status import Employment, ServiceStatus
from asnpolicy.people.titles import bare_title
from asnpolicy.workforce.numbers import NipColumns
from asnpolicy.workforce.schema import Holds, columns_of

Fields = dict[str, pl.Series]
Histories = dict[str, Records]
RUNNING = OPEN.toordinal()
FAR = date(FAR_FUTURE, 1, 1).toordinal()
FILLER_DAYS = [day.toordinal() for day in FILLERS]
LAST_FILLER_DAY, LATE_FILLER_DAY = LAST_FILLER.toordinal(), LATE_FILLER.toordinal()


def placed_by(history: str) -> str:
    """Return the field that places a record."""
    return HISTORIES[history].placed_by


@cache
def looked_at(history: str) -> frozenset[str]:
    """Return the fields of the records of a history that the tests look at."""
    record = HISTORIES[history]
    days = {name for name, spec in columns_of(history).items() if spec.holds is Holds.DAY}
    more = {
        "posts": {"kind", "category", "jenjang", "echelon", "acting", "acting_as"},
        "appraisals": {"year", "results", "behaviour", "rating"},
        "ranks": {"rank", "kind"},
        "statuses": {"status"},
        "leaves": {"kind"},
        "contracts": {"part_time"},
    }
    return frozenset(days | more.get(history, set()) | (set(record.identity) & set(columns_of(history))))


# What the models fill


def fill(history: str, columns: Fields, of: Rows, known_on: pl.Series, out: Mask) -> None:
    """Fill what the models of records fill, and name whose records they would fill otherwise, or refuse."""
    ends = HISTORIES[history].ends_by
    if ends is not None:
        _mark(out, of, sure(columns[ends] < columns[placed_by(history)]))
    if history == "posts":
        _fill_posts(columns, of, out)
    elif history == "appraisals":
        _fill_appraisals(columns, of, known_on, out)


def _mark(out: Mask, of: Rows, which: pl.Series) -> None:
    if which.any():
        out[of[sure(which).to_numpy()]] = True


def _fill_posts(columns: Fields, of: Rows, out: Mask) -> None:
    """Posts outside a ladder have no level of it; the level of a functional one tells its category."""
    kind = columns["kind"]
    functional, duty = sure(kind == PostKind.FUNGSIONAL), sure(kind == PostKind.TUGAS_TAMBAHAN)
    other = ~unknown(kind) & ~functional & ~duty
    without = {"jenjang": other, "category": other, "echelon": functional | sure(kind == PostKind.PELAKSANA)}
    for name, none in without.items():
        column = columns[name]
        _mark(out, of, none & (column > 0))
        if column.null_count():
            columns[name] = pick(none & column.is_null(), 0, column)
    _fill_acting(columns, of, out)
    jenjang, category = columns["jenjang"], columns["category"]
    missing = functional & unknown(category) & sure(jenjang > 0)
    if missing.any():
        told = (jenjang > 4).cast(pl.Int8) + 1
        columns["category"] = pick(missing, told, category)
    if "title" in columns:
        _mark(out, of, _levelled(columns))


def _fill_acting(columns: Fields, of: Rows, out: Mask) -> None:
    """Who acts as Plt or Plh acts, and who does not acts as neither."""
    acting, way = columns["acting"], columns["acting_as"]
    _mark(out, of, (sure(acting == 0) & sure(way > 0)) | (sure(acting == 1) & sure(way == 0)))
    for name, missing, told in (
        ("acting", unknown(acting) & ~unknown(way), (way > 0).cast(acting.dtype)),
        ("acting_as", unknown(way) & sure(acting == 0), acting.cast(way.dtype)),
    ):
        if missing.any():
            columns[name] = pick(missing, told, columns[name])


def _levelled(columns: Fields) -> pl.Series:
    """Tell which titles are not bare: looked at once for each that there is."""
    titles = columns["title"]
    odd = [title for title in titles.unique().drop_nulls() if _is_levelled(title)]
    return titles.is_in(odd) if odd else truths(value=False, size=len(titles))


@lru_cache(maxsize=4096)
def _is_levelled(title: str) -> bool:
    """Tell whether a title may be read otherwise: with a level in it, whatever kind of post it is, in other letters, or as a slip."""
    try:
        return any(bare_title({"title": title, "kind": each})["title"] != title for each in (None, str(PostKind.PELAKSANA)))
    except ContradictionError:
        return True


def _fill_appraisals(columns: Fields, of: Rows, known_on: pl.Series, out: Mask) -> None:
    """An appraisal without a decision is decided after its period, and by when it was known; its months are those that it touches."""
    start, end, year = columns["period_start"], columns["period_end"], columns["year"]
    first, last = calendar.days(start).dt, calendar.days(end).dt
    whole = (first.year() == year) & (last.year() == year) & (start <= end)
    _mark(out, of, ~sure(whole))
    results, behaviour, rating = (columns[name] for name in ("results", "behaviour", "rating"))
    parts = ~(unknown(results) | unknown(behaviour))
    if parts.any():
        _mark(out, of, parts & ~sure(rating == _rated(results, behaviour)))
    decided = columns["decided_on"]
    if decided.null_count():
        later = known_on[pl.Series(of.astype(np.uint32))] > end + 1
        _mark(out, of, decided.is_null() & later)
        columns["decided_on"] = decided.fill_null(end + 1)
    months = (last.month().cast(pl.Int64), first.month().cast(pl.Int64))
    powers = pl.Series([1 << at for at in range(13)])
    columns["counted"] = brought(powers, months[0]) - brought(powers, months[1] - 1)
    columns["months"] = months[0] - months[1] + 1
    same = sure(year[1:] == year[:-1]).to_numpy() & (of[1:] == of[:-1])
    out[of[1:][same]] = True  # records stand in the order of their days, so those of one year stand together


def _rated(results: pl.Series, behaviour: pl.Series) -> pl.Series:
    table = [0] * 16
    for one in Expectation:
        for other in Expectation:
            table[one * 4 + other] = rating_of(one, other)
    at = (results.cast(pl.Int64) * 4 + behaviour.cast(pl.Int64)).cast(pl.UInt32)
    return pl.Series(table, dtype=pl.Int8)[at]


# Findings


def mark(out: Mask, fields: Fields, histories: Histories, nip: NipColumns, read: frozenset[str]) -> None:
    """Name everybody in whose data there may be such a finding, or records that may be one, of what is read."""
    size = len(out)
    birth = calendar.ordinals(nip.birth).fill_null(1)
    _own_fields(out, fields, nip, birth)
    grown = calendar.ordinals(
        pl.DataFrame({"d": nip.birth})
        .select(pl.date(pl.col("d").dt.year() + LEAST_AGE, pl.col("d").dt.month(), 1))
        .to_series()
    ).fill_null(1)
    for history, records in histories.items():
        if history in read and records.size:
            _days(out, history, records, birth, grown)
            _doubles(out, history, records)
            _past(out, history, records, fields["known_on"])
    _ranks(out, fields, histories, nip, size)
    _serving(out, fields, histories)
    if "appraisals" in read and histories["appraisals"].size:
        columns = histories["appraisals"].columns
        _mark(out, histories["appraisals"].of, columns["decided_on"] < columns["period_end"])
    _years(out, fields, histories, birth)
    if "educations" in read and histories["educations"].size:
        columns = histories["educations"].columns
        known, done, of = columns["recognised_on"], columns["graduated_on"], histories["educations"].of
        least = grown[histories["educations"].whose]
        _mark(out, of, ((known < least) & (known != NO_DAY)) | (done < least))
        _mark(out, histories["educations"].of, (known < done) & (known != NO_DAY))
    for history in ("posts", "contracts"):
        if history in histories:
            _posting(out, history, histories[history])


def _serving(out: Mask, fields: Fields, histories: Histories) -> None:
    """Pensions of the twelfth of January or before, but the first; contracts made after the appointment as PNS."""
    if "statuses" in histories and histories["statuses"].size:
        columns = histories["statuses"].columns
        pension = sure(columns["status"] == int(ServiceStatus.PENSIUN))
        _mark(out, histories["statuses"].of, _swapped(columns["since"]) & pension)
    if "contracts" in histories and histories["contracts"].size:
        records = histories["contracts"]
        servant = _real(fields["pns_on"])[records.whose]
        _mark(out, records.of, records.columns["since"] > servant)


def complete_since(out: Mask, days: Iterable[pl.Series]) -> None:
    """Name whoever has a history that is complete since a filler."""
    for day in days:
        out |= sure(day.is_in(FILLER_DAYS) & (day != COMPLETE.toordinal())).to_numpy()


def _longest(until: pl.Series, of: Rows) -> pl.Series:
    """Return the last end of a record of the same person so far."""
    person = of.astype(np.int64) * (2 * RUNNING)
    return pl.Series(np.maximum.accumulate(until.fill_null(0).to_numpy().astype(np.int64) + person) - person)


def _years(out: Mask, fields: Fields, histories: Histories, birth: pl.Series) -> None:
    """Years that stand for themselves: of the round of recruitment, of appraisals and of targets."""
    grown = calendar.days(birth).dt.year().cast(pl.Int64) + LEAST_AGE
    known = calendar.days(fields["known_on"]).dt.year().cast(pl.Int64)
    if "recruitment_year" in fields:
        year = fields["recruitment_year"].cast(pl.Int64)
        out |= sure((year != 0) & ((year >= FAR_FUTURE) | (year <= grown))).to_numpy()
        out |= sure((year != 0) & (year > known)).to_numpy()
    for history in ("appraisals", "service_targets"):
        if history in histories and histories[history].size and "year" in histories[history].columns:
            records = histories[history]
            year = records.columns["year"].cast(pl.Int64)
            of_person = grown[records.whose]
            _mark(out, records.of, (year >= FAR_FUTURE) | (year <= of_person))
            _mark(out, records.of, year > known[records.whose])


def _own_fields(out: Mask, fields: Fields, nip: NipColumns, birth: pl.Series) -> None:
    employment, born = fields["employment"], fields["birth_date"]
    cpns, pns, raised = (_real(fields[name]) for name in ("cpns_on", "pns_on", "last_raise_on"))
    pppk_number = unknown(nip.month)
    pppk = employment.is_in([int(Employment.PPPK), int(Employment.PPPK_PARUH_WAKTU)])
    begun = calendar.days(cpns).dt
    tests = [
        born != birth,
        fields["protected.sex"].cast(pl.Int64) != nip.sex,
        (begun.year() != nip.year) | (begun.month().cast(pl.Int64) != nip.month),
        (employment > 0) & (pppk != pppk_number),
        _is_filler(_real(fields["agency_since"])), _is_filler(cpns), _is_filler(pns), _is_filler(born) & (born != birth),
        _real(fields["agency_since"]) <= birth,
        pns < cpns,
        _swapped(cpns), _swapped(pns), _swapped(raised), _is_filler(raised), raised < cpns,
        raised < calendar.ordinals(nip.appointed),
    ]  # fmt: skip
    young = calendar.days(birth).dt.year()
    for day in (cpns, pns, raised):
        tests += [day <= birth, calendar.days(day).dt.year() <= young + LEAST_AGE]
    for found in tests:
        out |= sure(found).to_numpy()


def _real(day: pl.Series) -> pl.Series:
    """Return days without the one that stands for none."""
    none = day == NO_DAY
    return pick(~none, day, None) if none.any() else day


def _is_filler(day: pl.Series) -> pl.Series:
    early_or_late = (day <= LAST_FILLER_DAY) | (day >= LATE_FILLER_DAY)
    return (early_or_late & day.is_in(FILLER_DAYS)) | ((day >= FAR) & (day != RUNNING))


def _swapped(day: pl.Series) -> pl.Series:
    found = calendar.days(day).dt
    return (found.month() == 1) & found.day().is_between(2, 12)


def _days(out: Mask, history: str, records: Records, birth: pl.Series, grown: pl.Series) -> None:
    """Whole days of records: none that is a filler, before birth or before the age of service, and each that places one known."""
    of, record = records.of, HISTORIES[history]
    born = birth[records.whose]
    for name in record.dated:
        day = records.columns[name]
        real = _real(day)
        _mark(out, of, (real <= born) | _is_filler(real))
    if history in SERVICE:
        _mark(out, of, records.columns["placed"] < grown[records.whose])
    for name in (record.placed_by, record.seen_by):
        if records.columns[name].null_count():
            _mark(out, of, records.columns[name].is_null())


def _past(out: Mask, history: str, records: Records, known_on: pl.Series) -> None:
    """Days of what is past, after the day on which the registers were known."""
    if known_on.null_count() < len(known_on):
        known = known_on[records.whose]
        for name in PAST.get(history, ()):
            _mark(out, records.of, _real(records.columns[name]) > known)


def _doubles(out: Mask, history: str, records: Records) -> None:
    """Records of one day that may be one: nothing that identifies them is known to differ."""
    tied = records.tied
    if tied is None:
        return
    both = tied.copy()
    both[:-1] |= tied[1:]
    if history in ONE_A_DAY:
        out[records.of[both]] = True
        return
    at = np.flatnonzero(both)
    of, days = records.of[at], records.columns["placed"][pl.Series(at.astype(np.uint32))].to_numpy()
    named = [name for name in HISTORIES[history].identity if name != placed_by(history)]
    parts = [records.columns[name][pl.Series(at.astype(np.uint32))] for name in named]
    for apart in range(1, len(at)):
        same = pl.Series((of[apart:] == of[:-apart]) & (days[apart:] == days[:-apart]))
        if not same.any():
            return
        for part in parts:
            same &= possible(part[apart:] == part[:-apart])
        out[of[apart:][same.to_numpy()]] = True


def _ranks(out: Mask, fields: Fields, histories: Histories, nip: NipColumns, size: int) -> None:
    records = histories["ranks"]
    if not records.size:
        return
    of, columns = records.of, records.columns
    rank, since, kind = columns["rank"], columns["since"], columns["kind"]
    pppk = fields["employment"].is_in([int(Employment.PPPK), int(Employment.PPPK_PARUH_WAKTU)])
    out |= sure(pppk & (number_of(of, size) > 0)).to_numpy()
    for first in (calendar.ordinals(nip.appointed), _real(fields["cpns_on"])):
        _mark(out, of, since < first[records.whose])
    free = sure(kind.is_in([int(one) for one in ANY_DAY_OF_THE_MONTH]))
    _mark(out, of, _swapped(since) & ~free)
    if records.size > 1:
        _steps(out, records, histories, rank, since, kind, size)


def _steps(
    out: Mask, records: Records, histories: Histories, rank: pl.Series, since: pl.Series, kind: pl.Series, size: int
) -> None:
    """Ranks that fall, and those that skip without a diploma before: others may explain them, one by one."""
    of = records.of
    same = pl.Series(of[1:] == of[:-1])
    falls, skips = same & (rank[1:] < rank[:-1]), same & (rank[1:] > rank[:-1] + 1)
    _mark(out, of[1:], falls | (same & (since[1:] == since[:-1])))  # of one day either may come first
    if not sure(skips).any():
        return
    educations = histories.get("educations")
    diploma = full(None, size, pl.Int64)
    if educations is not None and educations.size:
        days = educations.columns["placed"].fill_null(RUNNING).to_numpy().astype(np.int64)
        diploma = least_by(educations.of, days, size)
    before = sure(diploma[records.whose[1:]] <= since[1:])
    later = kind[1:]
    plain = unknown(later) | (later == RankChange.PNS)
    explained = pick(plain, before, later.is_in([int(one) for one in SKIPS]))
    _mark(out, of[1:], skips & ~sure(explained))


def _posting(out: Mask, history: str, records: Records) -> None:
    """Definitive posts or contracts that overlap, that begin on one day, or of which one ends on the day before the next."""
    columns, of = records.columns, records.of
    if records.size < 2:
        return
    since, until = columns["since"], columns["until"]
    if history == "posts":
        beside = sure(columns["acting"] == 1) | sure(columns["kind"] == PostKind.TUGAS_TAMBAHAN)
        if beside.any():
            kept = ~beside
            since, until, of = since.filter(kept), until.filter(kept), of[kept.to_numpy()]
    same = pl.Series(of[1:] == of[:-1])
    overlaps = (_longest(until, of)[:-1] > since[1:]) if history == "posts" else until[:-1] + 1 == since[1:]
    last_day = until[:-1] + 1 == since[1:]
    at_once = since[1:] == since[:-1]  # which of them comes first only the definition says
    _mark(out, of[1:], same & (overlaps | last_day | at_once))
