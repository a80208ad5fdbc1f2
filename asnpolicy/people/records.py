"""The dated records of a career: one class for each kind, each naming the date that places it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from asnpolicy.people.appraisals import Expectation, Rating, rating_of
from asnpolicy.people.codes import a_code, coded
from asnpolicy.people.contradiction import ContradictionError
from asnpolicy.people.days import OPEN, AnyDay, Day, Until, between, first_of, last_of
from asnpolicy.people.education import EducationLevel
from asnpolicy.people.labels import OrAbsent
from asnpolicy.people.model import Model, remembered
from asnpolicy.people.placeholders import a_name
from asnpolicy.people.posts import (
    Acting,
    Category,
    Echelon,
    Jenjang,
    PostKind,
    acting_as,
    none_of_the_other_ladder,
)
from asnpolicy.people.ranks import PppkGrade, Rank, RankChange
from asnpolicy.people.status import SanctionLevel, ServiceStatus
from asnpolicy.people.titles import bare_title
from asnpolicy.text import phrase


@dataclass(frozen=True, slots=True)
class Places:
    """How many decimal places an exact number has."""

    count: int


def _exact(value: object) -> object:
    """Leave a number as it is, and a text that writes one out; neither yes and no nor digits of other scripts are numbers."""
    if isinstance(value, bool) or (isinstance(value, str) and _DECIMAL.fullmatch(value) is None):
        raise ValueError(phrase(en="a number is written like 12.5", id="bilangan ditulis seperti 12.5"))
    return value


_DECIMAL = re.compile(r"\d+(\.\d+)?", re.ASCII)
_EXACT = BeforeValidator(_exact)
Credit = Annotated[Decimal, Places(3), Field(ge=0, le=100_000, decimal_places=3, allow_inf_nan=False), _EXACT]
Score = Annotated[Decimal, Places(2), Field(ge=0, le=1_000, decimal_places=2, allow_inf_nan=False), _EXACT]
Hours = Annotated[int, Field(ge=0, le=5_000, strict=True)]
Workdays = Annotated[int, Field(ge=0, le=400, strict=True)]
Year = Annotated[int, Field(ge=1950, le=2200, strict=True)]
RetirementAge = Annotated[int, Field(ge=58, le=70, strict=True)]
Level = Annotated[int, Field(ge=0, le=9, strict=True)]
Truth = Annotated[bool, Field(strict=True)]
"""Yes or no: only `true` and `false`, since a `T` is `tidak` for some and `true` for others."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
ComparedText = Annotated[Text, AfterValidator(a_name)]
"""A text that is compared, so that what stands where nothing was delivered must not be one."""
FieldOfWork = Annotated[Text, AfterValidator(a_code)]
"""A field of work, as a code: words in small letters, joined by hyphens."""
UnitCode = Annotated[Text, AfterValidator(a_code)]
"""A unit of the agency, as a code: words in small letters, joined by hyphens."""
DAY = timedelta(days=1)


class Record(Model):
    """One dated entry of a history: a field that is None was not delivered, its day may be known in part."""

    placed_by: ClassVar[str] = "since"
    """The date that places the record in time."""
    seen_by: ClassVar[str] = "since"
    """The first day on which the record can be known of."""
    ends_by: ClassVar[str | None] = None
    dated: ClassVar[tuple[str, ...]] = ()
    """Its fields that are days."""
    identity: ClassVar[tuple[str, ...]]
    """What makes two records one: when all of it is known and equal, they are the same thing, delivered twice."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        cls.dated = tuple(
            name
            for name, field in cls.model_fields.items()
            if "Day" in str(cls.__annotations__[name]) or "Until" in str(cls.__annotations__[name])
        )

    @property
    def placed(self) -> AnyDay | None:
        """The date that places the record."""
        day: AnyDay | None = getattr(self, self.placed_by)
        return day

    @property
    def seen(self) -> AnyDay | None:
        """The first day on which the record can be known of."""
        day: AnyDay | None = getattr(self, self.seen_by)
        return day


class SpanRecord(Record):
    """A record of what lasts for a time, half open."""

    ends_by = "until"

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        until, placed = self.__dict__["until"], self.__dict__["since"]
        if until is not None and placed is not None and last_of(until) < first_of(placed):
            raise ContradictionError(
                phrase(
                    en="ends on {until}, before it begins on {placed}",
                    id="berakhir pada {until}, sebelum dimulai pada {placed}",
                    until=until,
                    placed=placed,
                ),
                "until",
                "since",
            )
        return self


class RankRecord(Record):
    """A rank and since when it is held (TMT)."""

    identity = ("rank", "since")

    rank: Rank | None = None
    since: Day | None = None
    kind: RankChange | None = None


class GradeRecord(Record):
    """A PPPK grade and since when it is held."""

    identity = ("grade", "since")

    grade: PppkGrade | None = None
    since: Day | None = None


class PostRecord(SpanRecord):
    """A post and the time it was held, half open; `acting` posts (Plt, Plh) and additional duties may overlap others."""

    identity = ("kind", "title", "jenjang", "echelon", "since", "acting")

    title: ComparedText | None = None
    kind: PostKind | None = None
    category: OrAbsent[Category] | None = None
    jenjang: OrAbsent[Jenjang] | None = None
    echelon: OrAbsent[Echelon] | None = None
    unit: UnitCode | None = None
    field: FieldOfWork | None = None
    since: Day | None = None
    until: Until | None = None
    acting: Truth | None = None
    acting_as: OrAbsent[Acting] | None = None
    """As which of the two somebody acts; None beside `acting` when that was not delivered."""
    wealth_report: Truth | None = None
    """Whether the agency has named the post among those whose holders report their wealth (LHKPN)."""
    retirement_age: RetirementAge | None = None
    """The years of age at which the norm of the post itself ends service in it; asked where no shipped table is sure of it."""

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, data: Any) -> Any:
        return bare_title(none_of_the_other_ladder(acting_as(data)))

    @property
    def definitive(self) -> bool | None:
        """Whether it is held in its own right: neither acting nor an additional duty; None when that is not known."""
        if self.acting or self.kind is PostKind.TUGAS_TAMBAHAN:
            return False
        return None if self.acting is None or self.kind is None else True


class StatusRecord(SpanRecord):
    """A status in the service and the time it lasts, half open; one that is final lasts for ever."""

    identity = ("status", "since")

    status: ServiceStatus | None = None
    since: Day | None = None
    until: Until | None = None
    released: Truth | None = None
    """Whether a study assignment released the person from the post."""

    @model_validator(mode="after")
    def _for_ever(self) -> Self:
        if self.status is not None and self.status.is_final and self.until is None:
            object.__setattr__(self, "until", OPEN)
        return self


class EducationRecord(Record):
    """A diploma; it counts from the day the service recognised it (`recognised_on`)."""

    placed_by = "graduated_on"
    seen_by = "graduated_on"
    identity = ("level", "field", "graduated_on")

    level: EducationLevel | None = None
    field: FieldOfWork | None = None
    institution: Text | None = None
    graduated_on: Day | None = None
    recognised_on: OrAbsent[Day] | None = None
    needed_on_duty: Truth | None = None
    """Whether the post or the duty that the person was given needs it."""
    study_permit: Truth | None = None
    """Whether it was earned by a study permit or assignment (izin belajar, tugas belajar)."""


class AppraisalRecord(Record):
    """The appraisal of a calendar year or a part of one; where only the year is given, which part is not known."""

    placed_by = "period_start"
    seen_by = "decided_on"
    identity = ("year", "period_start", "period_end")

    year: Year | None = None
    period_start: Day | None = None
    period_end: Day | None = None
    results: Expectation | None = None
    behaviour: Expectation | None = None
    rating: Rating | None = None
    decided_on: Day | None = None

    @model_validator(mode="after")
    def _follow(self) -> Self:
        """What follows from the other fields: the year from the period, and the predicate from its two parts."""
        start, end, year = self.period_start, self.period_end, self.year
        if year is None or not (type(start) is type(end) is date and start <= end and start.year == end.year == year):
            self._follow_period(start, end)
        if self.rating is None and self.results is not None and self.behaviour is not None:
            self._set(rating=rating_of(self.results, self.behaviour))
        return self

    def _follow_period(self, start: AnyDay | None, end: AnyDay | None) -> None:
        if self.year is None:
            years = {day.year for side in (start, end) if side is not None for day in (first_of(side), last_of(side))}
            self._set(year=years.pop() if len(years) == 1 else None)
        if self.year is not None:
            self._place_within(date(self.year, 1, 1), date(self.year, 12, 31))

    def _place_within(self, first: date, last: date) -> None:
        start = _meet(self.period_start, first, last_of(self.period_end or last))
        end = _meet(self.period_end, first_of(start or first), last)
        if start is None or end is None or last_of(end) < first_of(start):
            message = phrase(
                en="the period {period_start} to {period_end} is not within {year}",
                id="periode {period_start} sampai {period_end} tidak berada dalam tahun {year}",
                period_start=self.period_start,
                period_end=self.period_end,
                year=self.year,
            )
            raise ContradictionError(message, "year", "period_start", "period_end")
        self._set(period_start=start, period_end=end)

    def _set(self, **values: Any) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def whole_period(self) -> tuple[date, date] | None:
        """Its first and last day; None when one of them is not known."""
        start, end = self.period_start, self.period_end
        return (start, end) if isinstance(start, date) and isinstance(end, date) else None

    @remembered
    def counted(self) -> int | None:
        """The months that count, as bits from January: those that the period touches, but for what is rated elsewhere.

        None when they are not known.
        """
        return touched(self)

    @property
    def months(self) -> int | None:
        """How many months count; None when they are not known."""
        return None if self.counted is None else self.counted.bit_count()

    def counting(self, months: int | None) -> Self:
        """Return the appraisal with only some of its months counted; None when it can't be told which."""
        copied = self.model_copy()
        copied.__dict__["counted"] = months
        return copied

    @property
    def consistent(self) -> bool:
        """Whether the predicate is the one that its two parts give."""
        if self.results is None or self.behaviour is None:
            return True
        return self.rating == rating_of(self.results, self.behaviour)


def touched(record: AppraisalRecord) -> int | None:
    """Return the months that the period of an appraisal touches, as bits from January; None when not known."""
    period = record.whole_period
    if period is None:
        return None
    return (1 << period[1].month) - (1 << period[0].month - 1)


def _meet(day: AnyDay | None, first: date, last: date) -> AnyDay | None:
    """Return what of a day lies between two others; None when nothing does."""
    low, high = max(first_of(day), first), min(last_of(day), last)
    return None if high < low else day if isinstance(day, date) else between(low, high)


class CreditRecord(Record):
    """Angka kredit set by a letter, beside what predicates convert to."""

    placed_by = "granted_on"
    seen_by = "granted_on"
    identity = ("kind", "amount", "granted_on")

    kind: Annotated[Text, coded("credits", "kind")] | None = None
    amount: Credit | None = None
    granted_on: Day | None = None


class TrainingRecord(Record):
    """A training that was finished, with its hours (JP)."""

    placed_by = "completed_on"
    seen_by = "completed_on"
    identity = ("code", "completed_on")

    code: Annotated[Text, coded("trainings", "code")] | None = None
    kind: Annotated[Text, coded("trainings", "kind")] | None = None
    field: FieldOfWork | None = None
    hours: Hours | None = None
    completed_on: Day | None = None
    passed: Truth | None = None


class ExamRecord(Record):
    """An examination that was taken; `jenjang` when it is the competency test for one."""

    placed_by = "taken_on"
    seen_by = "taken_on"
    identity = ("code", "jenjang", "taken_on")

    code: Annotated[Text, coded("exams", "code")] | None = None
    jenjang: OrAbsent[Jenjang] | None = None
    passed: Truth | None = None
    taken_on: Day | None = None


class CompetencyRecord(Record):
    """A measured competency with its level."""

    placed_by = "assessed_on"
    seen_by = "assessed_on"
    identity = ("code", "assessed_on")

    code: Annotated[Text, coded("competencies", "code")] | None = None
    level: Level | None = None
    assessed_on: Day | None = None


class SanctionRecord(SpanRecord):
    """A disciplinary sanction and the time it runs, half open."""

    identity = ("level", "kind", "since")

    level: SanctionLevel | None = None
    kind: Annotated[Text, coded("sanctions", "kind")] | None = None
    since: Day | None = None
    until: Until | None = None
    final: Truth | None = None


class AbsenceRecord(Record):
    """One unbroken run of working days of absence without a valid reason, by the day it began."""

    identity = ("since", "days")

    since: Day | None = None
    days: Workdays | None = None


class LetterRecord(Record):
    """A letter or a report on file that has a day of its own: a summons, a wealth report, a medical finding."""

    placed_by = "dated_on"
    seen_by = "dated_on"
    identity = ("code", "dated_on")

    code: Annotated[Text, coded("letters", "code")] | None = None
    dated_on: Day | None = None


class LeaveRecord(SpanRecord):
    """A leave and the time it runs, half open; `days` are the working days that it takes of a yearly right."""

    identity = ("kind", "since")

    kind: Annotated[Text, coded("leaves", "kind")] | None = None
    since: Day | None = None
    until: Until | None = None
    days: Workdays | None = None


class AwardRecord(Record):
    """An award, a decoration or a certified invention."""

    placed_by = "granted_on"
    seen_by = "granted_on"
    identity = ("code", "kind", "granted_on")

    code: Annotated[Text, coded("awards", "code")] | None = None
    kind: Annotated[Text, coded("awards", "kind")] | None = None
    granted_on: Day | None = None


class TargetRecord(Record):
    """A service target of a year, and whether it was reached."""

    placed_by = "decided_on"
    seen_by = "decided_on"
    identity = ("year", "decided_on")

    year: Year | None = None
    reached: Truth | None = None
    decided_on: Day | None = None


class MentoringRecord(SpanRecord):
    """A mentoring relation and the time it runs, half open."""

    identity = ("role", "partner", "since")

    role: Annotated[Text, coded("mentoring", "role")] | None = None
    partner: Text | None = None
    since: Day | None = None
    until: Until | None = None


class ContractRecord(SpanRecord):
    """A PPPK contract and the time it runs, half open."""

    identity = ("since",)

    since: Day | None = None
    until: Until | None = None
    part_time: Truth | None = None
    still_needed: Truth | None = None
    """Whether the agency still needs the work when the contract ends."""


class AssessmentRecord(Record):
    """A result of an assessment centre or a talent review."""

    placed_by = "assessed_on"
    seen_by = "assessed_on"
    identity = ("kind", "assessed_on")

    kind: Annotated[Text, coded("assessments", "kind")] | None = None
    score: Score | None = None
    assessed_on: Day | None = None
