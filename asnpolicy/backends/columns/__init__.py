"""Columns: all rules of a policy and a day as one plan, for a whole workforce at once, with Polars."""

from asnpolicy.backends.columns.columns import Columns as Columns
from asnpolicy.backends.columns.questions import QuestionTables as QuestionTables
from asnpolicy.backends.columns.questions import asked as asked
