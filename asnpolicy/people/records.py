"""The dated records of a career: one class for each kind, each naming the date that places it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from asnpolicy.people.appraisals import Expectation, Rating, rating_of
from asnpolicy.people.education import EducationLevel
from asnpolicy.people.labels import ABSENT, Absent, Day, Until
from asnpolicy.people.posts import Category, Echelon, Jenjang, PostKind
from asnpolicy.people.ranks import PppkGrade, Rank
from asnpolicy.people.status import SanctionLevel


@dataclass(frozen=True, slots=True)
class Places:
    """How many decimal places an exact number has."""

    count: int


Credit = Annotated[Decimal, Places(3), Field(ge=0, le=100_000, decimal_places=3, allow_inf_nan=False)]
Score = Annotated[Decimal, Places(2), Field(ge=0, le=1_000, decimal_places=2, allow_inf_nan=False)]
Hours = Annotated[int, Field(ge=0, le=5_000)]
Year = Annotated[int, Field(ge=1950, le=2200)]
Text = Annotated[str, Field(min_length=1, max_length=200)]


class Record(BaseModel):
    """One dated entry of a history: a field that is None was not delivered."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    placed_by: ClassVar[str] = "since"
    """The date that places the record in time."""
    seen_by: ClassVar[str] = "since"
    """The first day on which the record can be known of."""
    ends_by: ClassVar[str | None] = None

    @property
    def placed(self) -> date:
        """Give the date that places the record."""
        day: date = getattr(self, self.placed_by)
        return day

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.ends_by is not None:
            until = getattr(self, self.ends_by)
            if until is not None and until < self.placed:
                raise ValueError(f"ends on {until}, before it begins on {self.placed}")
        return self


class RankRecord(Record):
    """A rank and since when it is held (TMT)."""

    rank: Rank | None = None
    since: Day


class GradeRecord(Record):
    """A PPPK grade and since when it is held."""

    grade: PppkGrade | None = None
    since: Day


class PostRecord(Record):
    """A post and the time it was held, half open; `acting` posts (Plt, Plh) may overlap others."""

    ends_by = "until"

    title: Text | None = None
    kind: PostKind | None = None
    category: Category | Absent | None = None
    jenjang: Jenjang | Absent | None = None
    echelon: Echelon | Absent | None = None
    unit: Text | None = None
    field: Text | None = None
    since: Day
    until: Until | None = None
    acting: bool | None = False

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, data: Any) -> Any:
        return bare_title(none_of_the_other_ladder(data))


def bare_title(data: Any) -> Any:
    """Give the name of a functional post without its level, which has a field of its own: `GURU AHLI MUDA` is `Guru`."""
    title, jenjang = (data.get("title"), data.get("jenjang")) if isinstance(data, Mapping) else (None, None)
    if not isinstance(title, str) or jenjang in (None, ABSENT, "none"):
        return data
    bare = title.strip()
    for level in (str(jenjang), str(jenjang).rpartition(" ")[2]):
        if bare.casefold().endswith(f" {level.casefold()}"):
            bare = bare[: -len(level)].strip()
            break
    return {**data, "title": bare.title() if bare.isupper() or bare.islower() else bare}


def none_of_the_other_ladder(data: Any) -> Any:
    """Say that a post outside the functional ladder has no jenjang, and one inside it or a pelaksana no echelon."""
    kind = data.get("kind") if isinstance(data, Mapping) else None
    if kind is None:
        return data
    functional = str(kind) == PostKind.FUNGSIONAL.label
    none = ("echelon",) if functional else ("jenjang", "category")
    if str(kind) == PostKind.PELAKSANA.label:
        none = (*none, "echelon")
    wrong = [name for name in none if data.get(name) not in (None, ABSENT, "none")]
    if wrong:
        raise ValueError(f"a `{kind}` post has no {wrong[0]}, but `{data[wrong[0]]}` is given")
    return {**data, **dict.fromkeys(none, str(ABSENT)), **_category(data, functional)}


def _category(data: Mapping[str, Any], functional: bool) -> dict[str, Any]:
    jenjang = data.get("jenjang")
    if not functional or jenjang is None or data.get("category") is not None:
        return {}
    known = {member.label: member for member in Jenjang}.get(str(jenjang))
    return {"category": str(known.category)} if known else {}


class EducationRecord(Record):
    """A diploma; it counts from the day the service recognised it (`recognised_on`)."""

    placed_by = "graduated_on"
    seen_by = "graduated_on"

    level: EducationLevel | None = None
    field: Text | None = None
    institution: Text | None = None
    graduated_on: Day
    recognised_on: Day | Absent | None = None


class AppraisalRecord(Record):
    """The appraisal of a calendar year or a part of one."""

    placed_by = "period_start"
    seen_by = "decided_on"

    year: Year
    period_start: Day
    period_end: Day
    results: Expectation | None = None
    behaviour: Expectation | None = None
    rating: Rating | None = None
    decided_on: Day

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, data: Any) -> Any:
        """A year alone stands for all of it; a predicate follows from its two parts; it is known from the day after."""
        if not isinstance(data, Mapping):
            return data
        filled = dict(data)
        year = filled.get("year")
        if isinstance(year, int) and 1950 <= year <= 2200:
            filled.setdefault("period_start", date(year, 1, 1))
            filled.setdefault("period_end", date(year, 12, 31))
        end = filled.get("period_end")
        if filled.get("decided_on") is None and isinstance(end, (date, str)):
            try:
                filled["decided_on"] = date.fromisoformat(str(end)) + timedelta(days=1)
            except ValueError:
                return filled
        return filled

    @model_validator(mode="after")
    def _rate(self) -> Self:
        if not self.year == self.period_start.year == self.period_end.year or self.period_end < self.period_start:
            raise ValueError(f"the period {self.period_start} to {self.period_end} is not within {self.year}")
        if self.rating is None and self.results is not None and self.behaviour is not None:
            object.__setattr__(self, "rating", rating_of(self.results, self.behaviour))
        return self

    @property
    def months(self) -> int:
        """Count the calendar months that the period touches."""
        return self.period_end.month - self.period_start.month + 1

    @property
    def consistent(self) -> bool:
        """Tell whether the predicate is the one that its two parts give."""
        if self.results is None or self.behaviour is None:
            return True
        return self.rating == rating_of(self.results, self.behaviour)


class CreditRecord(Record):
    """Angka kredit set by a letter, beside what predicates convert to."""

    placed_by = "granted_on"
    seen_by = "granted_on"

    kind: Text | None = None
    amount: Credit | None = None
    granted_on: Day


class TrainingRecord(Record):
    """A training that was finished, with its hours (JP)."""

    placed_by = "completed_on"
    seen_by = "completed_on"

    code: Text | None = None
    kind: Text | None = None
    field: Text | None = None
    hours: Hours | None = None
    completed_on: Day
    passed: bool | None = None


class ExamRecord(Record):
    """An examination that was taken; `jenjang` when it is the competency test for one."""

    placed_by = "taken_on"
    seen_by = "taken_on"

    code: Text | None = None
    jenjang: Jenjang | Absent | None = None
    passed: bool | None = None
    taken_on: Day


class CompetencyRecord(Record):
    """A measured competency with its level."""

    placed_by = "assessed_on"
    seen_by = "assessed_on"

    code: Text | None = None
    level: Annotated[int, Field(ge=0, le=9)] | None = None
    assessed_on: Day


class SanctionRecord(Record):
    """A disciplinary sanction and the time it runs, half open."""

    ends_by = "until"

    level: SanctionLevel | None = None
    kind: Text | None = None
    since: Day
    until: Until | None = None
    final: bool | None = None


class LeaveRecord(Record):
    """A leave and the time it runs, half open."""

    ends_by = "until"

    kind: Text | None = None
    since: Day
    until: Until | None = None


class AwardRecord(Record):
    """An award, a decoration or a certified invention."""

    placed_by = "granted_on"
    seen_by = "granted_on"

    code: Text | None = None
    kind: Text | None = None
    granted_on: Day


class TargetRecord(Record):
    """A service target of a year, and whether it was reached."""

    placed_by = "decided_on"
    seen_by = "decided_on"

    year: Year | None = None
    reached: bool | None = None
    decided_on: Day


class MentoringRecord(Record):
    """A mentoring relation and the time it runs, half open."""

    ends_by = "until"

    role: Text | None = None
    partner: Text | None = None
    since: Day
    until: Until | None = None


class ContractRecord(Record):
    """A PPPK contract and the time it runs, half open."""

    ends_by = "until"

    since: Day
    until: Until | None = None


class AssessmentRecord(Record):
    """A result of an assessment centre or a talent review."""

    placed_by = "assessed_on"
    seen_by = "assessed_on"

    kind: Text | None = None
    score: Score | None = None
    assessed_on: Day
