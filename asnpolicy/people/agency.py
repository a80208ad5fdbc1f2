"""Agency: what a decision may need beyond the person: units, vacant posts and their standards, relations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from asnpolicy.people.education import EducationLevel
from asnpolicy.people.employee import Employee
from asnpolicy.people.labels import COMPLETE, Absent
from asnpolicy.people.nip import NipText
from asnpolicy.people.posts import Category, Echelon, Jenjang, PostKind
from asnpolicy.people.ranks import Rank
from asnpolicy.people.records import Text, none_of_the_other_ladder


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Unit(_Model):
    """A unit of the agency; `part_of` is the unit above it, or None at the top."""

    code: Text
    name: Text | None = None
    part_of: Text | None = None


class CompetencyStandard(_Model):
    """A competency that a post asks for, and its least level."""

    code: Text
    level: Annotated[int, Field(ge=0, le=9)]


class Opening(_Model):
    """A vacant post with its standard: what a promotion into a post may lead to."""

    id: Text
    title: Text | None = None
    kind: PostKind | None = None
    category: Category | Absent | None = None
    jenjang: Jenjang | Absent | None = None
    echelon: Echelon | Absent | None = None
    unit: Text | None = None
    field: Text | None = None
    vacancies: Annotated[int, Field(ge=0)] | None = None
    lowest_rank: Rank | Absent | None = None
    lowest_education: EducationLevel | Absent | None = None
    competencies: tuple[CompetencyStandard, ...] | None = None

    @model_validator(mode="before")
    @classmethod
    def _as_posts(cls, data: Any) -> Any:
        return none_of_the_other_ladder(data)


class Relation(_Model):
    """A relation between two people, such as `superior` or `family`: `of` has it to `to`."""

    kind: Text
    of: NipText
    to: NipText


class Course(_Model):
    """A course of the catalogue, and the competencies that it closes."""

    code: Text
    title: Text | None = None
    kind: Text | None = None
    field: Text | None = None
    hours: Annotated[int, Field(ge=0)] | None = None
    closes: tuple[CompetencyStandard, ...] = ()


class Agency(_Model):
    """The government that people work for, as far as it is delivered; None is not delivered."""

    units: tuple[Unit, ...] | None = None
    openings: tuple[Opening, ...] = ()
    courses: tuple[Course, ...] = ()
    relations: tuple[Relation, ...] | None = None

    @model_validator(mode="after")
    def _units_form_trees(self) -> Self:
        parents = self._parents
        for code in parents:
            seen: set[str] = set()
            at: str | None = code
            while at is not None:
                if at in seen:
                    raise ValueError(f"unit `{code}` is part of itself")
                seen.add(at)
                at = parents.get(at)
        return self

    @cached_property
    def _parents(self) -> dict[str, str | None]:
        return {unit.code: unit.part_of for unit in self.units or ()}

    def within(self, unit: str, code: str) -> bool | None:
        """Tell whether a unit is the one named or below it; None when the tree does not say."""
        at: str | None = unit
        while at is not None:
            if at == code:
                return True
            if at not in self._parents:
                return None
            at = self._parents[at]
        return False

    def opening(self, id: str) -> Opening | None:
        """Give the opening with this id."""
        return next((opening for opening in self.openings if opening.id == id), None)


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
    )


def gaps(employee: Employee, standard: tuple[CompetencyStandard, ...] | None, as_of: date) -> int | None:
    """Count the competencies of a standard that a person has not been found to have; None when it can't be known."""
    if standard is None:
        return None
    history = employee.competencies
    complete = history.complete_since == COMPLETE
    count = 0
    for asked in standard:
        known = [r for r in history.records if r.assessed_on <= as_of and r.code in (asked.code, None)]
        if any(r.code is not None and r.level is not None and r.level >= asked.level for r in known):
            continue
        if not complete or any(r.code is None or r.level is None for r in known):
            return None
        count += 1
    return count


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
        _same(mentor.field, mentee.field),
        _same(mentor.unit, mentee.unit),
        _gaps_covered(mentor, mentee, as_of),
    )


def _gaps_covered(mentor: Employee, mentee: Employee, as_of: date) -> int | None:
    """Count the competencies in which the mentor is measured higher than the mentee; None when it can't be known."""
    theirs, own = _levels(mentor, as_of), _levels(mentee, as_of)
    if theirs is None or own is None:
        return None
    return sum(level > own.get(code, 0) for code, level in theirs.items())


def _levels(employee: Employee, as_of: date) -> dict[str, int] | None:
    """Give the highest level of each competency that was measured by a day; None when one is not known."""
    if employee.competencies.complete_since != COMPLETE:
        return None
    known: dict[str, int] = {}
    for record in employee.competencies.records:
        if record.assessed_on > as_of:
            continue
        if record.code is None or record.level is None:
            return None
        known[record.code] = max(record.level, known.get(record.code, 0))
    return known


def _superior(mentor: Employee, mentee: Employee, agency: Agency) -> bool | None:
    if mentee.supervisor is not None:
        return not isinstance(mentee.supervisor, Absent) and mentee.supervisor == mentor.nip
    if agency.relations is None:
        return None
    return any(r.kind == "superior" and r.of == mentor.nip and r.to == mentee.nip for r in agency.relations)


def _same(one: str | None, other: str | None) -> bool | None:
    return None if one is None or other is None else one == other


NO_AGENCY = Agency.model_construct()
NO_CANDIDACY = Candidacy()
NO_PAIR = Pair()
