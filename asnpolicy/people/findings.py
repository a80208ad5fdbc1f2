"""Contradictions in what the registers deliver, and what they leave unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from asnpolicy.people import nip, periods
from asnpolicy.people.histories import History
from asnpolicy.people.labels import Absent
from asnpolicy.people.records import AppraisalRecord, PostRecord, RankRecord, Record

if TYPE_CHECKING:
    from asnpolicy.people.employee import Employee


@dataclass(frozen=True, slots=True)
class DataFinding:
    """One contradiction: its code, what it is about, and the fields it leaves unknown."""

    code: str
    about: str
    unknown: tuple[str, ...]


_NIP_TOUCHES = {
    "nip-birth-date": ("birth_date",),
    "nip-sex": ("protected.sex",),
    "nip-cpns": ("cpns_on",),
    "nip-employment": ("employment",),
}


def of(employee: Employee) -> tuple[DataFinding, ...]:
    """Find the contradictions of one person."""
    return (
        *_nip(employee), *_before_birth(employee), *_overlaps(employee), *_predicates(employee),
        *_repeated_ranks(employee), *_rated_twice(employee), *_two_on_one_day(employee),
    )  # fmt: skip


def _nip(employee: Employee) -> Iterator[DataFinding]:
    sex = employee.protected.sex
    cpns = None if isinstance(employee.cpns_on, Absent) else employee.cpns_on
    employment = employee.employment
    codes = nip.findings(
        employee.nip,
        birth_date=employee.birth_date,
        sex=None if sex is None else int(sex),
        employment=None if employment is None else employment.label,
        cpns_on=cpns,
    )
    for code in codes:
        yield DataFinding(code, nip.masked(employee.nip), _NIP_TOUCHES.get(code, ()))


def _before_birth(employee: Employee) -> Iterator[DataFinding]:
    born = employee.birth_date
    if born is None:
        return
    for name in ("ranks", "posts", "educations", "trainings"):
        records = getattr(employee, name).records
        if records and records[0].placed <= born:
            yield DataFinding("record-before-birth", f"{name}[{records[0].placed}]", ("birth_date",))


def _overlaps(employee: Employee) -> Iterator[DataFinding]:
    held = [r for r in employee.posts.records if r.acting is False]
    for before, after in pairwise(held):
        if before.until is not None and before.until > after.since:
            yield DataFinding("overlapping-posts", f"posts[{after.since}]", ("posts",))


def _predicates(employee: Employee) -> Iterator[DataFinding]:
    for record in employee.appraisals.records:
        if not record.consistent:
            yield DataFinding("appraisal-predicate", f"appraisals[{record.year}]", ("appraisals",))


def _repeated_ranks(employee: Employee) -> Iterator[DataFinding]:
    for before, after in pairwise(employee.ranks.records):
        if after.rank is not None and before.rank is after.rank:
            yield DataFinding("repeated-rank", f"ranks[{after.since}]", ("ranks",))


def _rated_twice(employee: Employee) -> Iterator[DataFinding]:
    for _, after in periods.overlapping(periods.told_apart(employee.appraisals)):
        yield DataFinding("overlapping-appraisals", f"appraisals[{after.year}]", ("appraisals",))


_ONE_A_DAY = {"ranks": "rank", "pppk_grades": "grade", "assessments": "score"}
"""Histories of which the latest record tells what holds, and the field that tells it: one a day, of each kind."""


def _two_on_one_day(employee: Employee) -> Iterator[DataFinding]:
    for name in _ONE_A_DAY:
        for day in sorted({record.placed for record in _at_odds(name, getattr(employee, name).records)}):
            yield DataFinding("two-on-one-day", f"{name}[{day}]", (name,))


def _at_odds(name: str, records: tuple[Record, ...]) -> list[Record]:
    """Give the records of one day and kind of which each says something else: which of them is the later can't be told."""
    if all(before.placed < after.placed for before, after in pairwise(records)):
        return []
    said: dict[tuple[date, object], list[Record]] = {}
    for record in records:
        said.setdefault((record.placed, getattr(record, "kind", None)), []).append(record)
    field = _ONE_A_DAY[name]
    return [one for group in said.values() if len({getattr(r, field) for r in group}) > 1 for one in group]


def _without_odds(name: str, history: History[Any]) -> History[Any]:
    odd = {id(record) for record in _at_odds(name, history.records)}
    blurred = {_ONE_A_DAY[name]: None}
    records = tuple(r.model_copy(update=blurred) if id(r) in odd else r for r in history.records)
    return history.model_copy(update={"records": records})


def settle(employee: Employee, found: tuple[DataFinding, ...]) -> Employee:
    """Make what is contradicted unknown; each month of service is appraised once, in the level of that month."""
    touched = {field for finding in found for field in finding.unknown}
    update: dict[str, Any] = dict.fromkeys(touched & {"birth_date", "cpns_on", "employment"})
    if "employment" in touched:  # that a PPPK has no such days is not known either
        update |= {name: None for name in ("cpns_on", "pns_on") if isinstance(getattr(employee, name), Absent)}
    if "protected.sex" in touched:
        update["protected"] = employee.protected.model_copy(update={"sex": None})
    if "posts" in touched:
        update["posts"] = _without_overlaps(employee.posts)
    update |= {name: _without_odds(name, getattr(employee, name)) for name in touched & set(_ONE_A_DAY)}
    if "ranks" in touched:
        update["ranks"] = _each_rank_once(update["ranks"])
    appraisals = _without_contradictions(employee.appraisals) if "appraisals" in touched else employee.appraisals
    appraisals = periods.promised(periods.split_at_levels(periods.told_apart(appraisals), employee.posts))
    if appraisals is not employee.appraisals:
        update["appraisals"] = appraisals
    return employee.model_copy(update=update) if update else employee


def _without_overlaps(posts: History[PostRecord]) -> History[PostRecord]:
    held = [r for r in posts.records if r.acting is False]
    doubtful = {
        id(record)
        for before, after in pairwise(held)
        if before.until is not None and before.until > after.since
        for record in (before, after)
    }
    records = tuple(PostRecord(since=r.since) if id(r) in doubtful else r for r in posts.records)
    return posts.model_copy(update={"records": records})


def _without_contradictions(appraisals: History[AppraisalRecord]) -> History[AppraisalRecord]:
    apart = periods.told_apart(appraisals)
    twice = {id(record) for pair in periods.overlapping(apart) for record in pair}
    records = tuple(
        r if r.consistent and id(r) not in twice else r.model_copy(update={"rating": None}) for r in apart.records
    )
    return appraisals.model_copy(update={"records": records})


def _each_rank_once(ranks: History[RankRecord]) -> History[RankRecord]:
    """Keep the first letter of a rank: time in it runs from there, for the first rank from CPNS (PP 99/2000)."""
    kept: list[RankRecord] = []
    for record in ranks.records:
        if not kept or record.rank is None or record.rank is not kept[-1].rank:
            kept.append(record)
    return ranks.model_copy(update={"records": tuple(kept)})
