"""Contradictions in what the registers deliver, and what they leave unknown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from asnpolicy.people import nip
from asnpolicy.people.histories import History
from asnpolicy.people.labels import Absent
from asnpolicy.people.records import AppraisalRecord, PostRecord

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
    return (*_nip(employee), *_before_birth(employee), *_overlaps(employee), *_predicates(employee))


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


def settle(employee: Employee, found: tuple[DataFinding, ...]) -> Employee:
    """Make what is contradicted unknown."""
    touched = {field for finding in found for field in finding.unknown}
    if not touched:
        return employee
    update: dict[str, object] = dict.fromkeys(touched & {"birth_date", "cpns_on", "employment"})
    if "protected.sex" in touched:
        update["protected"] = employee.protected.model_copy(update={"sex": None})
    if "posts" in touched:
        update["posts"] = _without_overlaps(employee.posts)
    if "appraisals" in touched:
        update["appraisals"] = _without_contradictions(employee.appraisals)
    return employee.model_copy(update=update)


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
    records = tuple(r if r.consistent else r.model_copy(update={"rating": None}) for r in appraisals.records)
    return appraisals.model_copy(update={"records": records})
