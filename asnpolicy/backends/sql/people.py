"""People of delivered tables as a plan reads them, as decisions of a day see them; whom a query can't say is passed on.

INVARIANT: whoever is not passed on has whole days, each thing once and no finding that leaves anything unknown, so that the
view of the person is what the tables say, with employment, status and appraisals of the day.
"""

from __future__ import annotations

from datetime import date

from asnpolicy.backends.columns.openings import COMPETENCIES, GAPS
from asnpolicy.backends.columns.people import ALWAYS, STANDING, Reads
from asnpolicy.backends.sql.cells import NO_NUMBER, NUMBER, TEXT, TEXTS, RawTables, TableCells
from asnpolicy.backends.sql.days import DayArithmetic
from asnpolicy.backends.sql.dialect import identifier
from asnpolicy.backends.sql.ends import any_of, opposite, pick
from asnpolicy.backends.sql.number import number_of
from asnpolicy.backends.sql.openings import field_of, lacks
from asnpolicy.backends.sql.records import records_of
from asnpolicy.backends.sql.service import ServiceTests
from asnpolicy.backends.sql.sheet import PEOPLE, Sheet, Sql, sql
from asnpolicy.backends.sql.suspects import Suspects, complete_since
from asnpolicy.backends.sql.writer import FieldSource
from asnpolicy.language.nodes import Kind
from asnpolicy.language.reading import fields_of
from asnpolicy.people import Opening
from asnpolicy.workforce.check import PPPK
from asnpolicy.workforce.schema import COMPLETE, EMPLOYEES, KEY


class TablePeople(FieldSource):
    """Fields of people and of their records, made of delivered tables."""

    def __init__(self, sheet: Sheet, reads: Reads, delivered: RawTables, as_of: date, opening: Opening | None) -> None:
        self.sheet, self.delivered, self.as_of, self.opening = sheet, delivered, as_of, opening
        self.cells = TableCells(sheet, delivered, PEOPLE)
        names = dict.fromkeys((*ALWAYS, "agency_since", "last_raise_on", *sorted(reads.fields)))
        self.fields = {name: self._own(name) for name in names}
        wanted = {name: reads.histories.get(name, frozenset[str]()) for name in (*STANDING, *reads.histories)}
        self.histories = {
            name: records_of(TableCells(sheet, delivered, name), read, self.fields["known_on"])
            for name, read in wanted.items()
        }
        self.promised = {name: self._promised(name) for name in wanted}
        days = DayArithmetic(sheet, PEOPLE)
        self.nip = number_of(self.cells.text(KEY), days)
        self._suspects = Suspects(self.fields, self.histories, self.nip, {*reads.histories, "contracts"}, days)
        self._service = ServiceTests(sheet, self.fields, self.histories, self.promised, self.nip, as_of.toordinal())

    def _own(self, name: str) -> Sql:
        """Return a field of people: who is under a contract was never appointed, where the table does not speak of it at all."""
        if name in ("cpns_on", "pns_on") and not self.cells.there(name) and not self.cells.there(f"{name}_is"):
            listed = ", ".join(f"'{each}'" for each in PPPK)
            under = sql(f"{{}} IN ({listed})", self.cells.text("employment"))
            return self.sheet.keep(pick(under, Sql("1"), NO_NUMBER)) if under.reads else self.sheet.nothing(NUMBER)
        return self.cells.value(name)

    def _promised(self, history: str) -> Sql:
        """Return since when a history is complete: never, where a record of it is nobody's, and may be anybody's."""
        if history not in self.delivered.tables:
            return self.sheet.nothing(NUMBER)
        table = identifier(history)
        stray = f"SELECT 1 FROM {table} h WHERE h.{KEY} IS NULL OR NOT EXISTS (SELECT 1 FROM {EMPLOYEES} e WHERE e.{KEY} = h.{KEY})"
        value = self.cells.value(history + COMPLETE)
        return self.sheet.keep(pick(Sql(f"EXISTS ({stray})"), NO_NUMBER, value))

    def out(self) -> Sql:
        """Tell who is passed on."""
        self._suspects.mark()
        tests = [opposite(self.nip.good), self.sheet.keep(sql("{} > 1", self.sheet.read(PEOPLE, "rows_of_one")))]
        if self.cells.there("confirmed"):
            tests.append(sql("{} IS NOT NULL", self.cells.raw("confirmed")))
        tests += [self.cells.odd(name) for name in self.fields]
        tests += [complete_since(day) for day in self.promised.values() if day.reads]
        tests += [*self._suspects.people(), *self._service.out()]
        tests += [records.out() for records in self.histories.values()]
        kept = [self.sheet.keep(sql("{} IS TRUE", test)) for test in tests if test.reads]
        return self.sheet.keep(any_of(kept))

    # What a plan reads

    def field(self, name: str) -> Sql:
        """Return a field of people or of the opening that is given; of a mentor, a mentee and a pair nothing is known."""
        scope, _, own = name.partition(".")
        if scope == "employee":
            return self.fields[own]
        if scope == "opening" and self.opening is not None:
            return self._of_opening(self.opening, own)
        kind = fields_of(scope)[own].kind
        return self.sheet.nothing({Kind.TEXT: TEXT, Kind.TEXTS: TEXTS}.get(kind, NUMBER))

    def _of_opening(self, opening: Opening, name: str) -> Sql:
        if name != GAPS:
            return field_of(self.sheet, opening, name)
        if opening.competencies is None:
            return self.sheet.nothing(NUMBER)
        of_people = self.histories[COMPETENCIES]
        return lacks(self.sheet, opening.competencies, of_people, self.promised[COMPETENCIES], self.as_of)

    def record(self, history: str, name: str) -> Sql:
        """Return a field of records."""
        return self.histories[history].fields[name]

    def complete(self, history: str) -> Sql:
        """Return since when a history is complete."""
        return self._service.ranks_complete() if history == "ranks" else self.promised[history]
