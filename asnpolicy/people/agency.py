"""Agency: what a decision may need beyond the person: units, vacant posts and their standards, relations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from asnpolicy.people.codes import coded
from asnpolicy.people.days import COMPLETE, WholeDay, first_of, last_of
from asnpolicy.people.education import EducationLevel
from asnpolicy.people.employee import Employee
from asnpolicy.people.labels import Absent, OrAbsent
from asnpolicy.people.model import Model, remembered
from asnpolicy.people.nip import NipText
from asnpolicy.people.posts import Category, Echelon, Jenjang, PostKind, none_of_the_other_ladder
from asnpolicy.people.ranks import Rank
from asnpolicy.people.records import CompetencyRecord, FieldOfWork, Level, Text, UnitCode
from asnpolicy.text import phrase

MANY = 100_000
"""No post is vacant more often."""

_UNIT, _OPENING = phrase(en="unit", id="unit"), phrase(en="opening", id="jabatan lowong")


class Unit(Model):
    """A unit of the agency; `part_of` is the unit above it, `none` at the top, None where that was not delivered."""

    code: UnitCode
    name: Text | None = None
    part_of: OrAbsent[UnitCode] | None = None


class CompetencyStandard(Model):
    """A competency that a post asks for, and its least level."""

    code: Annotated[Text, coded("competencies", "code")]
    level: Level


class Calendar(Model):
    """The days between which a head of region may replace nobody without leave of the minister; `none` where there is none."""

    candidates_fixed_on: OrAbsent[WholeDay] | None = None
    """The day on which the candidates of the election are fixed."""
    head_term_ends_on: OrAbsent[WholeDay] | None = None
    head_inaugurated_on: OrAbsent[WholeDay] | None = None
    replacement_approved_on: OrAbsent[WholeDay] | None = None
    """The day of the minister's written approval (Mendagri) to replace officials."""


class Opening(Calendar):
    """A vacant post with its standard: what a promotion into a post may lead to."""

    id: Text
    title: Text | None = None
    kind: PostKind | None = None
    category: OrAbsent[Category] | None = None
    jenjang: OrAbsent[Jenjang] | None = None
    echelon: OrAbsent[Echelon] | None = None
    unit: UnitCode | None = None
    field: FieldOfWork | None = None
    vacancies: Annotated[int, Field(ge=0, le=MANY)] | None = None
    lowest_rank: OrAbsent[Rank] | None = None
    lowest_education: OrAbsent[EducationLevel] | None = None
    competencies: tuple[CompetencyStandard, ...] | None = None

    @model_validator(mode="before")
    @classmethod
    def _as_posts(cls, data: Any) -> Any:
        return none_of_the_other_ladder(data)


class Relation(Model):
    """A relation between two people, such as `superior` or `family`: `of` has it to `to`."""

    kind: Annotated[Text, coded("relations", "kind")]
    of: NipText
    to: NipText


class Course(Model):
    """A course of the catalogue, and the competencies that it closes."""

    code: Annotated[Text, coded("trainings", "code")]
    title: Text | None = None
    kind: Annotated[Text, coded("trainings", "kind")] | None = None
    field: FieldOfWork | None = None
    hours: Annotated[int, Field(ge=0)] | None = None
    closes: tuple[CompetencyStandard, ...] | None = None


class Agency(Calendar):
    """The government that people work for, as far as it is delivered; None is not delivered.

    Its calendar is that of each of its openings which has none of its own.
    """

    units: tuple[Unit, ...] | None = None
    openings: tuple[Opening, ...] = ()
    courses: tuple[Course, ...] = ()
    relations: tuple[Relation, ...] | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_calendar(cls, data: Any) -> Any:
        own = (
            {name: data[name] for name in Calendar.model_fields if data.get(name) is not None}
            if isinstance(data, dict)
            else {}
        )
        openings = data.get("openings") if own else None
        if not isinstance(openings, (list, tuple)):
            return data
        return {**data, "openings": [_dated(one, own) for one in openings]}

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        """A unit or an opening stands once; one that is written twice in the same way is no mistake."""
        for what, those, key in ((_UNIT, self.units or (), "code"), (_OPENING, self.openings, "id")):
            known: dict[str, Any] = {}
            for one in those:
                name = getattr(one, key)
                if known.setdefault(name, one) != one:
                    raise ValueError(
                        phrase(
                            en="{what} `{name}` is given twice, in two ways",
                            id="{what} `{name}` diberikan dua kali, dengan isi berbeda",
                            what=what,
                            name=name,
                        )
                    )
        return self

    @model_validator(mode="after")
    def _units_form_trees(self) -> Self:
        parents = self._parents
        for code in parents:
            seen: set[str] = set()
            at: str | Absent | None = code
            while isinstance(at, str):
                if at in seen:
                    raise ValueError(
                        phrase(
                            en="unit `{code}` is part of itself",
                            id="unit `{code}` menjadi bagian dari dirinya sendiri",
                            code=code,
                        )
                    )
                seen.add(at)
                at = parents.get(at)
        return self

    @remembered
    def _parents(self) -> dict[str, str | Absent | None]:
        return {unit.code: unit.part_of for unit in self.units or ()}

    def within(self, unit: str, code: str) -> bool | None:
        """Tell whether a unit is the one named or below it; None when the tree does not say."""
        at: str | Absent | None = unit
        while isinstance(at, str):
            if at == code:
                return True
            at = self._parents.get(at)
        return False if isinstance(at, Absent) else None

    def with_each_opening_once(self) -> Agency:
        """Return the same agency with an opening that is written twice standing once."""
        once = tuple({one.id: one for one in self.openings}.values())
        return self if len(once) == len(self.openings) else self.model_copy(update={"openings": once})

    def opening(self, id: str) -> Opening | None:
        """Give the opening with this id."""
        return next((opening for opening in self.openings if opening.id == id), None)


def _dated(opening: Any, calendar: Mapping[str, Any]) -> Any:
    """Return an opening with the days of a calendar that it does not say itself."""
    if isinstance(opening, Opening):
        return opening.model_copy(
            update={name: day for name, day in calendar.items() if getattr(opening, name) is None}
        )
    return {**calendar, **opening} if isinstance(opening, dict) else opening


@dataclass(frozen=True, slots=True)
class Candidacy:
    """An opening as one person stands before it: what rules about a target post may ask."""

    kind: PostKind | None = None
    category: Category | Absent | None = None
    jenjang: Jenjang | Absent | None = None
    echelon: Echelon | Absent | None = None
    unit: str | None = None
    field: str | None = None
    vacancies: int | None = None
    lowest_rank: Rank | Absent | None = None
    lowest_education: EducationLevel | Absent | None = None
    competency_gaps: int | None = None
    candidates_fixed_on: date | Absent | None = None
    head_term_ends_on: date | Absent | None = None
    head_inaugurated_on: date | Absent | None = None
    replacement_approved_on: date | Absent | None = None


def candidacy(employee: Employee, opening: Opening, as_of: date) -> Candidacy:
    """Put a person before an opening."""
    return Candidacy(
        opening.kind,
        opening.category,
        opening.jenjang,
        opening.echelon,
        opening.unit,
        opening.field,
        opening.vacancies,
        opening.lowest_rank,
        opening.lowest_education,
        gaps(employee, opening.competencies, as_of),
        opening.candidates_fixed_on,
        opening.head_term_ends_on,
        opening.head_inaugurated_on,
        opening.replacement_approved_on,
    )


def gaps(employee: Employee, standard: tuple[CompetencyStandard, ...] | None, as_of: date) -> int | None:
    """Count the competencies of a standard that a person has not been found to have; None when it can't be known."""
    if standard is None:
        return None
    found = measured_gaps(employee, standard, as_of)
    return len(found) if all(one.known for one in found) else None


@dataclass(frozen=True, slots=True)
class MeasuredGap:
    """A competency of a standard that somebody has not been found to have."""

    code: str
    required: int
    seen: int | None
    """The highest level that was measured; None when there is none, or it is not known."""
    known: bool
    """Whether it is known to be a gap; else data are missing."""


def measured_gaps(
    employee: Employee, standard: tuple[CompetencyStandard, ...] | None, as_of: date
) -> tuple[MeasuredGap, ...]:
    """Return the competencies of a standard that a person has not been found to have by a day, or of which it is not known."""
    found = []
    for asked in standard or ():
        has = _has(employee, asked, as_of)
        if not has:
            seen = [r.level or 0 for r in employee.competencies.records if r.code == asked.code and _measured(r, as_of)]
            found.append(MeasuredGap(asked.code, asked.level, max(seen, default=None), has is False))
    return tuple(found)


def _has(employee: Employee, asked: CompetencyStandard, as_of: date) -> bool | None:
    """Whether a competency was found at the level asked for by a day; None when it can't be known."""
    history = employee.competencies
    seen = [r for r in history.records if first_of(r.assessed_on) <= as_of and r.code in (asked.code, None)]
    if any(r.code is not None and _measured(r, as_of) and (r.level or 0) >= asked.level for r in seen):
        return True
    may_have = any(r.level is None or r.level >= asked.level for r in seen)
    return None if may_have or history.complete_since != COMPLETE else False


def _measured(record: CompetencyRecord, as_of: date) -> bool:
    """Whether a level was surely measured by a day."""
    return record.level is not None and record.assessed_on is not None and last_of(record.assessed_on) <= as_of


@dataclass(frozen=True, slots=True)
class Pair:
    """What holds between a mentor and a mentee."""

    mentor_is_superior: bool | None = None
    same_field: bool | None = None
    same_unit: bool | None = None
    gaps_covered: int | None = None


def pair(mentor: Employee, mentee: Employee, agency: Agency, as_of: date) -> Pair:
    """Look at two people together, as they were known on a day."""
    return Pair(
        _superior(mentor, mentee, agency),
        same(mentor.field, mentee.field),
        same(mentor.unit, mentee.unit),
        _gaps_covered(mentor, mentee, as_of),
    )


def _gaps_covered(mentor: Employee, mentee: Employee, as_of: date) -> int | None:
    """Count the competencies in which the mentor is measured higher than the mentee; None when it can't be known."""
    return covered(levels(mentor, as_of), levels(mentee, as_of))


def covered(theirs: Mapping[str, int] | None, own: Mapping[str, int] | None) -> int | None:
    """Count the competencies of which one has a higher level than another; None when it can't be known."""
    if theirs is None or own is None:
        return None
    return sum([level > own.get(code, 0) for code, level in theirs.items()])


def levels(employee: Employee, as_of: date) -> Mapping[str, int] | None:
    """Return the highest level of each competency that was measured by a day; None when one is not known."""
    if employee.competencies.complete_since != COMPLETE:
        return None
    known: dict[str, int] = {}
    for record in employee.competencies.records:
        if first_of(record.assessed_on) > as_of:
            continue
        if record.code is None or record.level is None or not _measured(record, as_of):
            return None
        known[record.code] = max(record.level, known.get(record.code, 0))
    return known


def _superior(mentor: Employee, mentee: Employee, agency: Agency) -> bool | None:
    """Whether one is the superior of the other; what two sources say differently is not known."""
    by_person = None if mentee.supervisor is None else mentee.supervisor == mentor.nip
    by_agency = None
    if agency.relations is not None:
        by_agency = any(r.kind == "superior" and r.of == mentor.nip and r.to == mentee.nip for r in agency.relations)
    return agreed(by_person, by_agency)


def agreed(one: bool | None, other: bool | None) -> bool | None:
    """Return what two sources say, one that says nothing aside; None where they differ or both are silent."""
    if one is None or other is None:
        return other if one is None else one
    return one if one == other else None


def same(one: str | None, other: str | None) -> bool | None:
    """Whether two are the same; None where one is not known."""
    return None if one is None or other is None else one == other


NO_AGENCY = Agency.model_construct()
NO_CANDIDACY = Candidacy()
NO_PAIR = Pair()
