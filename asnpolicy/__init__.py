"""Career policies of Indonesia's civil service as rule sets: decided, explained, proved."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from asnpolicy.version import VERSION

if TYPE_CHECKING:
    from asnpolicy.decisions import Decision, DutyState, FigureValue, Verdict, Waiver
    from asnpolicy.decisions.assessment import Assessment
    from asnpolicy.decisions.card import CareerCard
    from asnpolicy.decisions.certificate import Certificate
    from asnpolicy.decisions.criteria import CriterionResult, CriterionStatus
    from asnpolicy.decisions.mentoring import AssignedPair, Assignment, Objective, Pairing, UnassignedMentee
    from asnpolicy.decisions.path import Action, CareerPath, Ladder, Lapse, NextStep, Remedy, Rung, Task
    from asnpolicy.decisions.plan import PlanEntry
    from asnpolicy.decisions.summary import Summary
    from asnpolicy.decisions.talent import SuccessionList, Successor, TalentGrid, TalentMap, TalentPlace
    from asnpolicy.decisions.timeline import Assumed, Assumption, Change, EffectSpan, Segment, Timeline
    from asnpolicy.decisions.verification import Verification
    from asnpolicy.engine import Engine
    from asnpolicy.exchange.intake import read_employees
    from asnpolicy.people import (
        ABSENT,
        COMPLETE,
        OPEN,
        AbsenceRecord,
        Agency,
        AppraisalRecord,
        AssessmentRecord,
        AwardRecord,
        Category,
        CompetencyRecord,
        CompetencyStandard,
        Confirmation,
        ContractRecord,
        Course,
        CreditRecord,
        DataFinding,
        Echelon,
        EducationLevel,
        EducationRecord,
        Employee,
        Employment,
        ExamRecord,
        Expectation,
        GradeRecord,
        History,
        Jenjang,
        LeaveRecord,
        LetterRecord,
        MentoringRecord,
        Opening,
        PartialDay,
        PostKind,
        PostRecord,
        PppkGrade,
        Protected,
        Rank,
        RankChange,
        RankRecord,
        Rating,
        Relation,
        SanctionLevel,
        SanctionRecord,
        ServiceStatus,
        Sex,
        StatusRecord,
        TargetRecord,
        TrainingRecord,
        Unit,
    )
    from asnpolicy.policy.listing import ListedFact, ListedFigure, ListedRule, ListedValue, ListedVersion
    from asnpolicy.policy.near import NearCode
    from asnpolicy.problems import (
        DisagreementError,
        MissingExtraError,
        Place,
        PolicyError,
        Problem,
        UnknownNameError,
        WrongDataError,
    )
    from asnpolicy.report.letters.issuer import Issuer, Signer
    from asnpolicy.report.letters.letter import Letter
    from asnpolicy.report.letters.notice import notice
    from asnpolicy.report.letters.notice_kind import NoticeKind

__version__ = VERSION

__all__ = [
    "ABSENT",
    "COMPLETE",
    "OPEN",
    "AbsenceRecord",
    "Action",
    "Agency",
    "AppraisalRecord",
    "Assessment",
    "AssessmentRecord",
    "AssignedPair",
    "Assignment",
    "Assumed",
    "Assumption",
    "AwardRecord",
    "CareerCard",
    "CareerPath",
    "Category",
    "Certificate",
    "Change",
    "CompetencyRecord",
    "CompetencyStandard",
    "Confirmation",
    "ContractRecord",
    "Course",
    "CreditRecord",
    "CriterionResult",
    "CriterionStatus",
    "DataFinding",
    "Decision",
    "DisagreementError",
    "DutyState",
    "Echelon",
    "EducationLevel",
    "EducationRecord",
    "EffectSpan",
    "Employee",
    "Employment",
    "Engine",
    "ExamRecord",
    "Expectation",
    "FigureValue",
    "GradeRecord",
    "History",
    "Issuer",
    "Jenjang",
    "Ladder",
    "Lapse",
    "LeaveRecord",
    "Letter",
    "LetterRecord",
    "ListedFact",
    "ListedFigure",
    "ListedRule",
    "ListedValue",
    "ListedVersion",
    "MentoringRecord",
    "MissingExtraError",
    "NearCode",
    "NextStep",
    "NoticeKind",
    "Objective",
    "Opening",
    "Pairing",
    "PartialDay",
    "Place",
    "PlanEntry",
    "PolicyError",
    "PostKind",
    "PostRecord",
    "PppkGrade",
    "Problem",
    "Protected",
    "Rank",
    "RankChange",
    "RankRecord",
    "Rating",
    "Relation",
    "Remedy",
    "Rung",
    "SanctionLevel",
    "SanctionRecord",
    "Segment",
    "ServiceStatus",
    "Sex",
    "Signer",
    "StatusRecord",
    "SuccessionList",
    "Successor",
    "Summary",
    "TalentGrid",
    "TalentMap",
    "TalentPlace",
    "TargetRecord",
    "Task",
    "Timeline",
    "TrainingRecord",
    "UnassignedMentee",
    "Unit",
    "UnknownNameError",
    "Verdict",
    "Verification",
    "Waiver",
    "WrongDataError",
    "__version__",
    "notice",
    "read_employees",
]

_ROOMS = {
    "asnpolicy.decisions": ("Decision", "DutyState", "FigureValue", "Verdict", "Waiver"),
    "asnpolicy.decisions.mentoring": ("AssignedPair", "Assignment", "Objective", "Pairing", "UnassignedMentee"),
    "asnpolicy.decisions.certificate": ("Certificate",),
    "asnpolicy.decisions.verification": ("Verification",),
    "asnpolicy.decisions.summary": ("Summary",),
    "asnpolicy.decisions.talent": ("SuccessionList", "Successor", "TalentGrid", "TalentMap", "TalentPlace"),
    "asnpolicy.decisions.card": ("CareerCard",),
    "asnpolicy.decisions.path": ("Action", "CareerPath", "Ladder", "Lapse", "NextStep", "Remedy", "Rung", "Task"),
    "asnpolicy.decisions.plan": ("PlanEntry",),
    "asnpolicy.decisions.timeline": ("Assumed", "Assumption", "Change", "EffectSpan", "Segment", "Timeline"),
    "asnpolicy.decisions.assessment": ("Assessment",),
    "asnpolicy.engine": ("Engine",),
    "asnpolicy.exchange.intake": ("read_employees",),
    "asnpolicy.report.letters.issuer": ("Issuer", "Signer"),
    "asnpolicy.report.letters.letter": ("Letter",),
    "asnpolicy.report.letters.notice": ("notice",),
    "asnpolicy.report.letters.notice_kind": ("NoticeKind",),
    "asnpolicy.people": (
        "ABSENT",
        "Agency",
        "AbsenceRecord",
        "AppraisalRecord",
        "AssessmentRecord",
        "AwardRecord",
        "COMPLETE",
        "Category",
        "CompetencyRecord",
        "CompetencyStandard",
        "Confirmation",
        "ContractRecord",
        "Course",
        "CreditRecord",
        "DataFinding",
        "Echelon",
        "EducationLevel",
        "EducationRecord",
        "Employee",
        "Employment",
        "ExamRecord",
        "Expectation",
        "GradeRecord",
        "History",
        "Jenjang",
        "LeaveRecord",
        "LetterRecord",
        "MentoringRecord",
        "OPEN",
        "Opening",
        "PartialDay",
        "PostKind",
        "PostRecord",
        "PppkGrade",
        "Protected",
        "Rank",
        "RankChange",
        "RankRecord",
        "Rating",
        "Relation",
        "SanctionLevel",
        "SanctionRecord",
        "ServiceStatus",
        "Sex",
        "StatusRecord",
        "TargetRecord",
        "TrainingRecord",
        "Unit",
    ),
    "asnpolicy.policy.listing": ("ListedFact", "ListedFigure", "ListedRule", "ListedValue", "ListedVersion"),
    "asnpolicy.policy.near": ("NearCode",),
    "asnpolicy.decisions.criteria": ("CriterionResult", "CriterionStatus"),
    "asnpolicy.problems": (
        "DisagreementError",
        "MissingExtraError",
        "Place",
        "PolicyError",
        "Problem",
        "UnknownNameError",
        "WrongDataError",
    ),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> object:
    """Load what is exported when it is first asked for: a program that needs only people loads no engine."""
    if name not in _HOME:
        raise AttributeError(f"module `asnpolicy` has no `{name}`")
    found = getattr(import_module(_HOME[name]), name)
    globals()[name] = found
    if name == "Employee" and "hypothesis" in sys.modules:  # which asks for strategies when it is loaded, if that was before
        import_module("asnpolicy.fairness.hypothesis_entry").setup()
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
