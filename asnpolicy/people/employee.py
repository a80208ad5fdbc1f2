"""Employee: the person whom a policy is about, as far as the registers deliver them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Self

from pydantic import Field, PrivateAttr, model_validator

from asnpolicy.people.confirmation import Confirmation
from asnpolicy.people.days import Day, PartialDay, WholeDay
from asnpolicy.people.education import EducationLevel
from asnpolicy.people.findings.finding import DataFinding
from asnpolicy.people.histories import History
from asnpolicy.people.labels import ABSENT, Absent, OrAbsent
from asnpolicy.people.model import Model, remembered
from asnpolicy.people.nip import NipParts, NipText, masked, parse
from asnpolicy.people.ranks import Rank
from asnpolicy.people.records import (
    AbsenceRecord,
    AppraisalRecord,
    AssessmentRecord,
    AwardRecord,
    ComparedText,
    CompetencyRecord,
    ContractRecord,
    CreditRecord,
    EducationRecord,
    ExamRecord,
    FieldOfWork,
    GradeRecord,
    LeaveRecord,
    LetterRecord,
    MentoringRecord,
    PostRecord,
    RankRecord,
    Record,
    SanctionRecord,
    StatusRecord,
    TargetRecord,
    Text,
    TrainingRecord,
    Truth,
    UnitCode,
    Year,
)
from asnpolicy.people.status import Employment, ServiceStatus, Sex
from asnpolicy.people.view import View, Views


class Protected(Model):
    """Attributes that no rule may read unless it states its legal basis."""

    sex: Sex | None = None
    religion: ComparedText | None = None
    ethnicity: ComparedText | None = None
    marital_status: ComparedText | None = None
    disability: Truth | None = None


class Employee(Model):
    """A civil servant. Every field but `nip` may be None: not delivered, which is neither false nor zero nor none.

    `employment` and `service_status` are what the registers said on the day on which they were known: `known_on`, else
    the day that is asked for. What is dated (`cpns_on`, `pns_on`, `contracts`, `statuses`, `leaves`) decides for other days.

    >>> Employee.model_validate({"nip": "199001012015031001", "ranks": [{"rank": "III/a", "since": "2019-04-01"}]})
    Employee(nip='********201503*001')
    """

    nip: NipText
    earlier_nips: Annotated[tuple[Text, ...], Field(max_length=20)] | None = None
    """Earlier numbers of the same person: an NI PPPK before an NIP, an old NIP."""
    known_on: WholeDay | None = None
    """The day on which the registers were known; the day that is asked for when it is not given."""
    name: Text | None = None
    employment: OrAbsent[Employment] | None = None
    service_status: ServiceStatus | None = None
    cpns_on: OrAbsent[Day] | None = None
    pns_on: OrAbsent[Day] | None = None
    recruitment_year: OrAbsent[Year] | None = None
    """The year of the recruitment round (pengadaan) in which the person was taken on as candidate."""
    last_raise_on: OrAbsent[Day] | None = None
    """The day (TMT) of the last periodic pay raise (KGB); none before the first."""
    agency: ComparedText | None = None
    agency_since: Day | None = None
    unit: UnitCode | None = None
    field: FieldOfWork | None = None
    supervisor: OrAbsent[NipText] | None = None
    supervisor_rank: OrAbsent[Rank] | None = None
    interests: Annotated[tuple[FieldOfWork, ...], Field(max_length=100)] | None = None
    birth_date: Day | None = None
    protected: Protected = Field(default_factory=Protected)
    confirmed: Annotated[tuple[Confirmation, ...], Field(max_length=1_000)] = ()
    """Findings that an officer has checked and settled."""
    ranks: History[RankRecord] = Field(default_factory=History[RankRecord])
    pppk_grades: History[GradeRecord] = Field(default_factory=History[GradeRecord])
    statuses: History[StatusRecord] = Field(default_factory=History[StatusRecord])
    posts: History[PostRecord] = Field(default_factory=History[PostRecord])
    educations: History[EducationRecord] = Field(default_factory=History[EducationRecord])
    appraisals: History[AppraisalRecord] = Field(default_factory=History[AppraisalRecord])
    credits: History[CreditRecord] = Field(default_factory=History[CreditRecord])
    trainings: History[TrainingRecord] = Field(default_factory=History[TrainingRecord])
    exams: History[ExamRecord] = Field(default_factory=History[ExamRecord])
    competencies: History[CompetencyRecord] = Field(default_factory=History[CompetencyRecord])
    sanctions: History[SanctionRecord] = Field(default_factory=History[SanctionRecord])
    leaves: History[LeaveRecord] = Field(default_factory=History[LeaveRecord])
    absences: History[AbsenceRecord] = Field(default_factory=History[AbsenceRecord])
    letters: History[LetterRecord] = Field(default_factory=History[LetterRecord])
    awards: History[AwardRecord] = Field(default_factory=History[AwardRecord])
    service_targets: History[TargetRecord] = Field(default_factory=History[TargetRecord])
    mentoring: History[MentoringRecord] = Field(default_factory=History[MentoringRecord])
    contracts: History[ContractRecord] = Field(default_factory=History[ContractRecord])
    assessments: History[AssessmentRecord] = Field(default_factory=History[AssessmentRecord])

    _intake: tuple[DataFinding, ...] = PrivateAttr(default=())
    _assumed: frozenset[Record] = PrivateAttr(default=frozenset())
    _supposed: bool = PrivateAttr(default=False)

    @property
    def intake(self) -> tuple[DataFinding, ...]:
        """What the reader of a file found: fields that it could not read, or that were written otherwise; they are in `findings` too."""
        return self._intake

    def with_intake(self, found: Iterable[DataFinding]) -> Self:
        """Return the person with what a reader found in the file."""
        copied = self.model_copy()
        copied._intake = tuple(found)
        return copied

    @property
    def assumed(self) -> frozenset[Record]:
        """Records that are on no register: they are taken to come."""
        return self._assumed

    def with_assumed(self, records: Mapping[str, Sequence[Record]]) -> Self:
        """Return the person with more records of some histories, which are taken to come."""
        known = {name: getattr(self, name) for name in records}
        update = {
            name: type(history)(records=(*history.records, *records[name]), complete_since=history.complete_since)
            for name, history in known.items()
        }
        copied = self.model_copy(update=update)
        copied._assumed = self._assumed.union(*records.values())
        return copied

    @property
    def register_day(self) -> date | None:
        """The day on which the registers were known, where that was delivered and is not only supposed."""
        return None if self._supposed else self.known_on

    def as_known_on(self, day: date) -> Self:
        """Return the person as if the registers had been known on a day, of which nobody has said so."""
        copied = self.model_copy(update={"known_on": day})
        copied._supposed = True
        return copied

    def _fields(self) -> tuple[Any, ...]:
        return *super()._fields(), self._intake, self._assumed, self._supposed

    @model_validator(mode="before")
    @classmethod
    def _a_pppk_has_no_pns_dates(cls, data: Any) -> Any:
        return without_pns_dates(data) if isinstance(data, dict) else data

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        yield "nip", masked(self.nip)

    @staticmethod
    def histories() -> tuple[str, ...]:
        """Return the names of the histories."""
        return _NAMES

    def at(self, as_of: date) -> Self:
        """Return the person as the registers may have known them on a day: what is surely of a later day is not seen."""
        seen = {name: getattr(self, name).at(as_of) for name in HISTORIES}
        changed = {name: history for name, history in seen.items() if history is not getattr(self, name)}
        return self.model_copy(update=changed) if changed else self

    def view(self, as_of: date) -> Employee:
        """Return the person as decisions of a day are made on: contradictions unknown, doubles once, statuses of the day."""
        return self._view(as_of).person

    def findings(self, as_of: date) -> tuple[DataFinding, ...]:
        """Return what the data that were known on a day show: contradictions, fillers, doubles, and what is unusual."""
        return self._view(as_of).findings

    def settled_by(self, as_of: date) -> tuple[Confirmation, ...]:
        """Return the confirmations that settle findings of a day."""
        return self._view(as_of).confirmed

    def view_turns(self, since: date, until: date, *, standing: bool) -> tuple[date, ...]:
        """Return the days between two on which what decisions see of the person changes.

        `standing`: whether what hangs on employment or status is looked at too.
        """
        return self._views.turns(since, until, standing=standing)

    def seen_between(self, since: date, until: date) -> tuple[Employee, ...]:
        """Return the person as delivered, and as seen on each stretch between two days."""
        return self._views.people(since, until)

    def known_alike(self, day: date) -> tuple[date, date]:
        """Return the days of which one may be `known_on` in the place of a day: they show the same of every earlier day."""
        return self._views.known_alike(day)

    @property
    def data_findings(self) -> tuple[DataFinding, ...]:
        """What all the data show, on the day on which they were known, or the last day that is on record."""
        return self.findings(self.known_on or self._views.last)

    @remembered
    def number(self) -> NipParts:
        """What the employee number says."""
        return parse(self.nip)

    @remembered
    def delivered(self) -> dict[str, tuple[Any, ...]]:
        """The records of each history that has any."""
        return {name: records for name, part in self._parts.items() if (records := part["records"])}

    @property
    def promises(self) -> list[date | None]:
        """Since when each history is complete."""
        return [part["complete_since"] for part in self._parts.values()]

    @remembered
    def _parts(self) -> dict[str, dict[str, Any]]:
        """What each history holds: looked at once for all, since most ask for several."""
        known = self.__dict__
        return {name: known[name].__dict__ for name in _NAMES}

    @remembered
    def _views(self) -> Views:
        return Views(self)

    def _view(self, as_of: date) -> View:
        return self._views.on(as_of)

    def employment_is_dated(self, as_of: date) -> bool:
        """Tell whether anything dated speaks of how the person is employed that may have been known on a day."""
        dated = any(isinstance(day, (date, PartialDay)) for day in (self.cpns_on, self.pns_on))
        return dated or bool(self.contracts.at(as_of).records)

    def status_is_dated(self, as_of: date) -> bool:
        """Tell whether anything dated speaks of the status in the service that may have been known on a day."""
        return self.statuses.complete_since is not None or bool(self.statuses.at(as_of).records)

    @remembered
    def plain(self) -> bool:
        """Whether all days are whole, and no two records may be the same thing: the plain case, which is the fast one."""
        own = (self.birth_date, self.cpns_on, self.pns_on, self.agency_since, self.last_raise_on)
        whole = all(day is None or isinstance(day, (date, Absent)) for day in own)
        return whole and all(getattr(self, name).whole for name in self.delivered)

    def education_at(self, as_of: date) -> EducationLevel | None:
        """Return the highest recognised level that is on record, for display."""
        levels = [
            record.level
            for record in self.educations.records
            if record.level is not None and isinstance(record.recognised_on, date) and record.recognised_on <= as_of
        ]
        return max(levels, default=None)


_PPPK = {str(Employment.PPPK), str(Employment.PPPK_PARUH_WAKTU)}


def without_pns_dates(data: dict[str, Any]) -> dict[str, Any]:
    """Return what is given of somebody; who is under a contract has no appointment as a PNS, unless something is said of it."""
    if str(data.get("employment")) not in _PPPK:
        return data
    return {"cpns_on": str(ABSENT), "pns_on": str(ABSENT), **data}


def _histories() -> dict[str, type[Record]]:
    annotations = {name: field.annotation for name, field in Employee.model_fields.items()}
    return {
        name: annotation.of()
        for name, annotation in annotations.items()
        if isinstance(annotation, type) and issubclass(annotation, History)
    }


HISTORIES: dict[str, type[Record]] = _histories()
"""The histories of an employee, and what their records are."""
_NAMES = tuple(HISTORIES)
