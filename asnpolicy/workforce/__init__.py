"""Workforces: many people as tables, from files and frames and typed people, and back."""

from asnpolicy.workforce.agency import AgencyTables as AgencyTables
from asnpolicy.workforce.check import Amiss as Amiss
from asnpolicy.workforce.workforce import Workforce as Workforce
