"""Findings: what delivered data show that no lawful career looks like, or that is unusual."""

from asnpolicy.people.findings.catalogue import CATALOGUE
from asnpolicy.people.findings.finding import DataFinding, FindingKind

__all__ = ["CATALOGUE", "DataFinding", "FindingKind"]
