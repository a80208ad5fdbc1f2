"""Query: the answer to one rule for everybody in a government's own tables, as one SELECT."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from asnpolicy.backends.columns.people import Reads
from asnpolicy.backends.columns.plan import Plan
from asnpolicy.backends.sql.cells import RawTables
from asnpolicy.backends.sql.dialect import Dialect, day, written
from asnpolicy.backends.sql.ends import SqlEnds, any_of, pick, sure
from asnpolicy.backends.sql.people import TablePeople
from asnpolicy.backends.sql.sheet import NULL, Sheet, Sql, sql
from asnpolicy.backends.sql.statuses import VERDICTS, because, known, may_have_been, overdue, verdict
from asnpolicy.backends.sql.writer import Writer
from asnpolicy.language.nodes import Kind
from asnpolicy.language.rules import Rule
from asnpolicy.people import Agency, Opening
from asnpolicy.workforce.schema import KEY

STATES = ("fulfilled", "owed", "undetermined", "not_applicable", "overdue")
"""States of a duty: the first four in the order of the verdicts."""


@dataclass(frozen=True, slots=True)
class Query:
    """Asks one rule of a plan for everybody, on a day."""

    plan: Plan
    rule: Rule
    as_of: date
    dialect: Dialect
    agency: Agency
    delivered: RawTables
    effect: date | None
    opening: Opening | None = None

    def text(self) -> str:
        """Return the SELECT; raises PolicyError for what a query can't say."""
        sheet = Sheet(self.dialect, self.delivered.sources())
        reads = Reads.of(self.plan)
        if self.opening is not None and self.opening.competencies is not None:
            reads = reads.with_competencies()
        people = TablePeople(sheet, reads, self.delivered, self.as_of, self.opening)
        writer = Writer(self.plan, sheet, people, self.agency)
        answer = self._answer(writer)
        events = [may_have_been(writer, self.plan.rules[name]) for name in self.rule.follows if name in self.plan.rules]
        passed = sheet.keep(sure(any_of((people.out(), *writer.beyond, *events))))
        told = {name: pick(passed, NULL, piece) for name, piece in answer.items()}
        layers = sheet.layers(told | {"passed_on": passed})
        return _named(layers)

    def _answer(self, writer: Writer) -> dict[str, Sql]:
        rule = self.rule
        code = verdict(writer, rule)
        found = {"state" if rule.kind == "duty" else "verdict": self._word(writer, code)}
        if rule.target is not None:
            found["to"] = self._told(writer.value(rule.target))
        if rule.due is not None:
            value = writer.sheet.keep(known(writer.value(rule.due)))
            found["due"] = Sql("CAST(NULL AS DATE)") if value == NULL else Sql(day(value.inside), value.reads)
        if rule.takes_effect is not None:
            found["effect"] = Sql("CAST(NULL AS DATE)" if self.effect is None else written(self.effect))
        return found | {"because": because(writer, rule, code)}

    def _word(self, writer: Writer, code: Sql) -> Sql:
        """Return the verdict, or the state of a duty: one that is not fulfilled is overdue once its day has come."""
        words = STATES if self.rule.kind == "duty" else VERDICTS
        if self.rule.kind == "duty" and self.rule.strength == "wajib" and self.rule.due is not None:
            held, failed = overdue(writer.value(self.rule.due), self.as_of.toordinal())
            past = pick(held, Sql("4"), pick(failed, Sql("1"), Sql("2")))
            code = writer.sheet.keep(pick(sql("{} = 1", code), past, code))
        rows = " ".join(f"WHEN {at} THEN '{word}'" for at, word in enumerate(words))
        return sql(f"CASE {{}} {rows} END", code, whole=True)

    def _told(self, seen: SqlEnds) -> Sql:
        """Return the target as text."""
        value, type_ = known(seen), self.rule.target_type
        if value == NULL:
            return Sql("CAST(NULL AS VARCHAR)")
        if type_ is not None and type_.labels is not None:
            rows = " ".join(f"WHEN {int(each)} THEN {self.dialect.quoted(each.label)}" for each in type_.labels)
            return sql(f"CASE {{}} {rows} END", value, whole=True)
        if type_ is not None and type_.kind in (Kind.DATE, Kind.DURATION):
            return Sql(f"CAST({day(value.inside)} AS VARCHAR)", value.reads)
        return sql("CAST({} AS VARCHAR)", value, whole=True)


def _named(layers: str) -> str:
    """Return layers as a whole query, its rows in the order of the numbers of people."""
    head, _, last = layers.rpartition("\nSELECT of, ")
    return f"WITH {head}\nSELECT of AS {KEY}, {last}\nORDER BY of"
