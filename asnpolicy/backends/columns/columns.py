"""The columns back end: the rules of a program for many people at once, by one plan for each day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache

import polars as pl

from asnpolicy.backends.columns.piece import Piece
from asnpolicy.backends.columns.plan import Plan
from asnpolicy.backends.columns.questions import QuestionTables, asked
from asnpolicy.backends.compiled import Compiled
from asnpolicy.backends.protocol import BackEnd, Statuses
from asnpolicy.language.lower import bind
from asnpolicy.language.nodes import Value
from asnpolicy.language.reading import Question, nobody
from asnpolicy.language.rules import Criterion, Program, Rule
from asnpolicy.people import Agency
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.problems import PolicyError


class Columns(BackEnd):
    """Runs all rules of a program for many people at once."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.plan = lru_cache(maxsize=64)(self._plan)

    def _plan(self, as_of: date) -> Plan:
        return Plan({rule.id: rule for rule in bind(self.program, as_of).rules})

    @cached_property
    def compiled(self) -> Compiled:
        """The compiled rules, for whom columns can't say."""
        return Compiled(self.program)

    def decide(self, rule: str, question: Question) -> Statuses:
        """Decide one rule, as for a workforce of one."""
        return self.decide_each(rule, [question])[0]

    def decide_each(self, rule: str, questions: Sequence[Question]) -> list[Statuses]:
        """Decide one rule for several questions: those of one day and agency at once."""
        found: dict[int, Statuses] = {}
        together: dict[tuple[date, int], list[int]] = {}
        for row, one in enumerate(questions):
            together.setdefault((one.as_of, id(one.agency)), []).append(row)
        most = len(self.program.rule(rule).criteria)
        for (as_of, _), rows in together.items():
            some = [questions[row] for row in rows]
            table = self.decide_many(rule, asked(some), as_of, some[0].agency)
            for row, (_, applies, _, *statuses) in zip(rows, table.rows(), strict=True):
                found[row] = Statuses(applies, tuple(statuses[:most]), tuple(statuses[most:]))
        return [found[row] for row in range(len(questions))]

    def target(self, rule: str, question: Question) -> Value | None:
        """Return what a rule leads to, as compiled rules have it: one question makes no table."""
        return self.compiled.target(rule, question)

    def due(self, rule: str, question: Question) -> Value | None:
        """Return the day from which a duty is overdue, as compiled rules have it."""
        return self.compiled.due(rule, question)

    def decide_many(self, rule: str, people: QuestionTables, as_of: date, agency: Agency = NO_AGENCY) -> pl.DataFrame:
        """Return a row a question: `applies`, `holds`, `c:<criterion>` and `w:<warning>` as statuses.

        Questions that columns can't say are answered one by one by compiled rules. Raises KeyError for a rule that is not
        there, PolicyError for one that columns can't say.
        """
        return self.decide_all([rule], people, as_of, agency)[rule]

    def decide_all(
        self, rules: list[str], people: QuestionTables, as_of: date, agency: Agency = NO_AGENCY
    ) -> dict[str, pl.DataFrame]:
        """Return what `decide_many` does, for several rules in one plan."""
        plan = self.plan(as_of)
        piece = Piece(plan, people.tables, agency)
        found = {rule: statuses(piece, plan.rules[rule]) for rule in rules}
        kept = {row for row, beyond in zip(people.rows, piece.beyond, strict=True) if not beyond}
        others = [(row, one) for row, one in enumerate(people.questions) if row not in kept]
        return {
            rule: _whole(made, people, piece, self._one_by_one(rule, others, agency)) for rule, made in found.items()
        }

    def _one_by_one(self, rule: str, others: list[tuple[int, Question]], agency: Agency) -> list[tuple[int, ...]]:
        made = ((row, self.compiled.decide(rule, replace(one, agency=agency))) for row, one in others)
        return [(row, each.applies, each.holds, *each.criteria, *each.warnings) for row, each in made]

    def unsupported(self, rule: str, as_of: date) -> tuple[str, ...]:
        """Say why a rule can't run here; empty when it can."""
        try:
            self.decide_many(rule, asked([Question(as_of, nobody())]), as_of)
        except PolicyError as error:
            return tuple(problem.message for problem in error.problems)
        return ()


def _whole(made: pl.DataFrame, people: QuestionTables, piece: Piece, others: list[tuple[int, ...]]) -> pl.DataFrame:
    """Put what columns said and what was decided one by one into one table, in the order of the questions."""
    rows = pl.Series("row", people.rows, dtype=pl.Int64)
    kept = made.insert_column(0, rows).filter(~pl.Series(piece.beyond))
    return pl.concat([kept, pl.DataFrame(others, schema=kept.schema, orient="row")]).sort("row")


def statuses(piece: Piece, rule: Rule) -> pl.DataFrame:
    """Return the statuses of a rule: whether it applies, the least of its criteria, and each criterion and warning."""
    applies, holds = piece.outcome(rule)
    named = [("c", one) for one in rule.criteria] + [("w", one) for one in rule.warnings]
    columns = {"applies": _status(applies), "holds": _status(holds)}
    columns |= {f"{kind}:{one.id}": status(piece, one) for kind, one in named}
    return pl.DataFrame(columns)


def status(piece: Piece, criterion: Criterion) -> pl.Series:
    """Return the status of a criterion: failed 0, unknown 1, held 2, not applicable 4."""
    holds, out = piece.criterion(criterion)
    found = _status(holds)
    return found if out is None or not out.any() else found + 2 * out.cast(pl.Int8)


def _status(truth: pl.Series) -> pl.Series:
    return 2 * truth.cast(pl.Int8) if not truth.null_count() else (2 * truth.cast(pl.Int8)).fill_null(1)
