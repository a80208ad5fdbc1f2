"""Employee: the person whom a policy is about, as far as the registers deliver them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from asnpolicy.people import findings
from asnpolicy.people.education import EducationLevel
from asnpolicy.people.histories import History
from asnpolicy.people.labels import ABSENT, Absent, Day
from asnpolicy.people.nip import NipText
from asnpolicy.people.ranks import Rank
from asnpolicy.people.records import (
    AppraisalRecord,
    AssessmentRecord,
    AwardRecord,
    CompetencyRecord,
    ContractRecord,
    CreditRecord,
    EducationRecord,
    ExamRecord,
    GradeRecord,
    LeaveRecord,
    MentoringRecord,
    PostRecord,
    RankRecord,
    Record,
    SanctionRecord,
    TargetRecord,
    Text,
    TrainingRecord,
)
from asnpolicy.people.status import Employment, ServiceStatus, Sex


class Protected(BaseModel):
    """Attributes that no rule may read unless it states its legal basis."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    sex: Sex | None = None
    religion: Text | None = None
    ethnicity: Text | None = None
    marital_status: Text | None = None
    disability: bool | None = None


class Employee(BaseModel):
    """A civil servant. Every field but `nip` may be None: not delivered, which is neither false nor zero nor none.

    >>> Employee.model_validate({"nip": "199001012015031001", "ranks": [{"rank": "III/a", "since": "2019-04-01"}]}).nip
    '199001012015031001'
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    nip: NipText
    name: Text | None = None
    employment: Employment | None = None
    service_status: ServiceStatus | None = None
    cpns_on: Day | Absent | None = None
    pns_on: Day | Absent | None = None
    agency: Text | None = None
    agency_since: Day | None = None
    unit: Text | None = None
    field: Text | None = None
    supervisor: NipText | Absent | None = None
    supervisor_rank: Rank | Absent | None = None
    interests: Annotated[tuple[Text, ...], Field(max_length=100)] | None = None
    birth_date: Day | None = None
    protected: Protected = Protected.model_construct()
    ranks: History[RankRecord] = Field(default_factory=History[RankRecord])
    pppk_grades: History[GradeRecord] = Field(default_factory=History[GradeRecord])
    posts: History[PostRecord] = Field(default_factory=History[PostRecord])
    educations: History[EducationRecord] = Field(default_factory=History[EducationRecord])
    appraisals: History[AppraisalRecord] = Field(default_factory=History[AppraisalRecord])
    credits: History[CreditRecord] = Field(default_factory=History[CreditRecord])
    trainings: History[TrainingRecord] = Field(default_factory=History[TrainingRecord])
    exams: History[ExamRecord] = Field(default_factory=History[ExamRecord])
    competencies: History[CompetencyRecord] = Field(default_factory=History[CompetencyRecord])
    sanctions: History[SanctionRecord] = Field(default_factory=History[SanctionRecord])
    leaves: History[LeaveRecord] = Field(default_factory=History[LeaveRecord])
    awards: History[AwardRecord] = Field(default_factory=History[AwardRecord])
    service_targets: History[TargetRecord] = Field(default_factory=History[TargetRecord])
    mentoring: History[MentoringRecord] = Field(default_factory=History[MentoringRecord])
    contracts: History[ContractRecord] = Field(default_factory=History[ContractRecord])
    assessments: History[AssessmentRecord] = Field(default_factory=History[AssessmentRecord])

    @model_validator(mode="before")
    @classmethod
    def _a_pppk_has_no_pns_dates(cls, data: Any) -> Any:
        if isinstance(data, dict) and str(data.get("employment")) == Employment.PPPK.label:
            return {"cpns_on": str(ABSENT), "pns_on": str(ABSENT), **data}
        return data

    def at(self, as_of: date) -> Self:
        """Give the person as the registers knew them on a day: records of later days are not seen."""
        seen = {name: getattr(self, name).at(as_of) for name in HISTORIES}
        changed = {name: history for name, history in seen.items() if history is not getattr(self, name)}
        return self.model_copy(update=changed) if changed else self

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Copy the person with other fields; what was worked out of the old ones is not taken along."""
        copied = super().model_copy(update=update, deep=deep)
        for name in ("data_findings", "settled", "_last_seen"):
            copied.__dict__.pop(name, None)
        return copied

    @cached_property
    def data_findings(self) -> tuple[findings.DataFinding, ...]:
        """Contradictions in what was delivered; what they touch is held to be unknown."""
        return findings.of(self)

    @cached_property
    def settled(self) -> Employee:
        """Give the person with each contradicted field unknown: what decisions are made on."""
        return findings.settle(self, self.data_findings)

    def settled_at(self, as_of: date) -> Employee:
        """Give the settled person as the registers knew them on a day: a later record contradicts nothing before it."""
        return self.settled if self._last_seen <= as_of else self.at(as_of).settled

    @cached_property
    def _last_seen(self) -> date:
        records = (*self.ranks.records, *self.posts.records, *self.appraisals.records)
        return max((getattr(record, record.seen_by) for record in records), default=date.min)

    def education_at(self, as_of: date) -> EducationLevel | None:
        """Give the highest recognised level that is on record, for display."""
        levels = [
            record.level
            for record in self.educations.records
            if record.level is not None and isinstance(record.recognised_on, date) and record.recognised_on <= as_of
        ]
        return max(levels, default=None)


def _histories() -> dict[str, type[Record]]:
    found = {}
    for name, field in Employee.model_fields.items():
        annotation = field.annotation
        if isinstance(annotation, type) and issubclass(annotation, History):
            found[name] = annotation.__pydantic_generic_metadata__["args"][0]
    return found


HISTORIES: dict[str, type[Record]] = _histories()
"""The histories of an employee, and what their records are."""
