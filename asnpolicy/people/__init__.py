"""Who and what a policy is about: employees and their histories, the agency, ranks, posts and numbers."""

from asnpolicy.people.agency import Agency, Candidacy, Course, Opening, Pair, Relation, Unit, candidacy, pair
from asnpolicy.people.confirmation import Confirmation
from asnpolicy.people.days import COMPLETE, OPEN, PartialDay
from asnpolicy.people.employee import HISTORIES, Employee, Protected
from asnpolicy.people.findings import DataFinding
from asnpolicy.people.histories import History
from asnpolicy.people.labels import ABSENT, Absent, Label
from asnpolicy.people.records import Record

__all__ = [
    "ABSENT",
    "COMPLETE",
    "HISTORIES",
    "OPEN",
    "Absent",
    "Agency",
    "Candidacy",
    "Confirmation",
    "Course",
    "DataFinding",
    "Employee",
    "History",
    "Label",
    "Opening",
    "Pair",
    "PartialDay",
    "Protected",
    "Record",
    "Relation",
    "Unit",
    "candidacy",
    "pair",
]
