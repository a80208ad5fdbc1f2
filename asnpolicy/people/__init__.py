"""Who and what a policy is about: employees and their histories, the agency, ranks, posts and numbers."""

import sys
from importlib import import_module

from asnpolicy.people.agency import (
    Agency,
    Candidacy,
    CompetencyStandard,
    Course,
    Opening,
    Pair,
    Relation,
    Unit,
    candidacy,
    pair,
)
from asnpolicy.people.appraisals import Expectation, Rating
from asnpolicy.people.confirmation import Confirmation
from asnpolicy.people.days import COMPLETE, OPEN, PartialDay
from asnpolicy.people.education import EducationLevel
from asnpolicy.people.employee import HISTORIES, Employee, Protected
from asnpolicy.people.findings import DataFinding
from asnpolicy.people.histories import History
from asnpolicy.people.labels import ABSENT, Absent, Label
from asnpolicy.people.posts import Category, Echelon, Jenjang, PostKind
from asnpolicy.people.ranks import PppkGrade, Rank, RankChange
from asnpolicy.people.records import (
    AbsenceRecord,
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
    LetterRecord,
    MentoringRecord,
    PostRecord,
    RankRecord,
    Record,
    SanctionRecord,
    StatusRecord,
    TargetRecord,
    TrainingRecord,
)
from asnpolicy.people.status import Employment, SanctionLevel, ServiceStatus, Sex

__all__ = [
    "ABSENT",
    "COMPLETE",
    "HISTORIES",
    "OPEN",
    "AbsenceRecord",
    "Absent",
    "Agency",
    "AppraisalRecord",
    "AssessmentRecord",
    "AwardRecord",
    "Candidacy",
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
    "Label",
    "LeaveRecord",
    "LetterRecord",
    "MentoringRecord",
    "Opening",
    "Pair",
    "PartialDay",
    "PostKind",
    "PostRecord",
    "PppkGrade",
    "Protected",
    "Rank",
    "RankChange",
    "RankRecord",
    "Rating",
    "Record",
    "Relation",
    "SanctionLevel",
    "SanctionRecord",
    "ServiceStatus",
    "Sex",
    "StatusRecord",
    "TargetRecord",
    "TrainingRecord",
    "Unit",
    "candidacy",
    "pair",
]

if "hypothesis" in sys.modules:  # it asks for its strategies when it is loaded: where that was before, it is told now
    import_module("asnpolicy.fairness.hypothesis_entry").setup()
