"""Records of delivered tables as a plan reads them: what the models fill is filled, and who they would fill otherwise is marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from asnpolicy.backends.columns.suspects import looked_at, placed_by
from asnpolicy.backends.sql.cells import TableCells
from asnpolicy.backends.sql.days import DayArithmetic
from asnpolicy.backends.sql.ends import all_of, any_of, opposite, pick, sure
from asnpolicy.backends.sql.sheet import NO, YES, Sheet, Sql, number, sql
from asnpolicy.people import HISTORIES
from asnpolicy.people.appraisals import Expectation, rating_of
from asnpolicy.people.posts import Jenjang, PostKind
from asnpolicy.workforce.schema import Holds, columns_of

WINDOW = "OVER (PARTITION BY of ORDER BY {})"


@dataclass(slots=True)
class RecordColumns:
    """The records of one history as pieces: their fields, and which of them make their person one to pass on."""

    sheet: Sheet
    history: str
    fields: dict[str, Sql]
    marks: list[Sql] = field(default_factory=list)

    def keep(self, what: Sql) -> Sql:
        """Keep a piece as a column of the records."""
        return self.sheet.keep(what, self.history)

    def bring(self, what: Sql) -> Sql:
        """Bring a piece of people to their records."""
        return self.sheet.bring(what, self.history)

    def mark(self, *tests: Sql) -> None:
        """Pass on whoever has a record for which something holds."""
        self.marks += [test for test in tests if test != NO]

    def before(self, name: str) -> Sql:
        """Return a field of the record before, of the same person."""
        return self.keep(sql(f"LAG({{}}) {WINDOW.format('{}')}", self.fields[name], self.fields["seq"], whole=True))

    def anybody(self, which: Sql) -> Sql:
        """Tell who has a record for which something holds."""
        if which == NO:
            return NO
        counted = Sql("COUNT(*)") if which == YES else sql("COUNT(*) FILTER (WHERE {})", which, whole=True)
        return sql("COALESCE({}, 0) > 0", self.sheet.fold(counted, self.history))

    def out(self) -> Sql:
        """Tell who is passed on because of a record."""
        return self.anybody(self.keep(any_of(self.marks)))


def records_of(cells: TableCells, read: Iterable[str], known_on: Sql) -> RecordColumns:
    """Return the records of a history with the fields that are read or looked at, and those that the models fill."""
    history, sheet = cells.table, cells.sheet
    specs, wanted = columns_of(history), {*looked_at(history), *read}
    found = RecordColumns(sheet, history, {name: cells.value(name) for name in specs if name in wanted})
    found.mark(*(cells.odd(name) for name, spec in specs.items() if name in wanted or spec.holds is Holds.DAY))
    placed = found.fields[placed_by(history)]
    ends = HISTORIES[history].ends_by
    if ends is not None:
        found.mark(sql("{} < {}", found.fields[ends], placed))
    found.fields["placed"] = placed
    found.fields["seq"] = found.keep(
        sql("ROW_NUMBER() OVER (PARTITION BY of ORDER BY COALESCE({}, 0))", placed, whole=True)
    )
    if history == "posts":
        _fill_posts(found)
    elif history == "appraisals":
        _fill_appraisals(found, known_on)
    return found


def is_(value: Sql, *codes: int) -> Sql:
    """Tell where a value surely is one of some codes."""
    return sure(sql(f"{{}} IN ({', '.join(str(int(code)) for code in codes)})", value))


# Posts

_LEVELS = sorted({part.lower() for level in Jenjang for part in (level.label, level.label.rpartition(" ")[2])})


def _fill_posts(found: RecordColumns) -> None:
    """Posts outside a ladder have no level of it; the level of a functional one tells its category."""
    fields, kind = found.fields, found.fields["kind"]
    functional = found.keep(is_(kind, PostKind.FUNGSIONAL))
    other = found.keep(
        all_of((sql("{} IS NOT NULL", kind), opposite(functional), opposite(is_(kind, PostKind.TUGAS_TAMBAHAN))))
    )
    without = {"jenjang": other, "category": other, "echelon": any_of((functional, is_(kind, PostKind.PELAKSANA)))}
    for name, none in without.items():
        column = fields[name]
        found.mark(all_of((none, sql("{} > 0", column))))
        fields[name] = found.keep(pick(all_of((none, sql("{} IS NULL", column))), number(0), column))
    _fill_acting(found)
    jenjang, category = fields["jenjang"], fields["category"]
    missing = all_of((functional, sql("{} IS NULL", category), sql("{} > 0", jenjang)))
    told = sql("CASE WHEN {} > 4 THEN 2 ELSE 1 END", jenjang, whole=True)
    fields["category"] = found.keep(pick(missing, told, category))
    if "title" in fields:
        found.mark(_levelled(fields["title"]))


def _fill_acting(found: RecordColumns) -> None:
    """Who acts as Plt or Plh acts, and who does not acts as neither."""
    acting, way = found.fields["acting"], found.fields["acting_as"]
    found.mark(sql("({0} = 0 AND {1} > 0) OR ({0} = 1 AND {1} = 0)", acting, way))
    told = sql("CASE WHEN {} > 0 THEN 1 ELSE 0 END", way, whole=True)
    found.fields["acting"] = found.keep(pick(all_of((sql("{} IS NULL", acting), sql("{} IS NOT NULL", way))), told, acting))
    neither = all_of((sql("{} IS NULL", way), sql("{} = 0", acting)))
    found.fields["acting_as"] = found.keep(pick(neither, number(0), way))


def _levelled(title: Sql) -> Sql:
    """Tell which titles may be read otherwise: with a level behind them, or in letters of one height."""
    endings = any_of([sql(f"LOWER({{}}) LIKE '% {level}'", title) for level in _LEVELS])
    return any_of((endings, sql("{0} = UPPER({0})", title), sql("{0} = LOWER({0})", title)))


# Appraisals


def _fill_appraisals(found: RecordColumns, known_on: Sql) -> None:
    """An appraisal without a decision is decided after its period, and by when it was known; its months are those that it touches."""
    fields, days = found.fields, DayArithmetic(found.sheet, found.history)
    start, end, year = (fields[name] for name in ("period_start", "period_end", "year"))
    within = [sql("{} = {}", days.part("YEAR", each), year) for each in (start, end)]
    found.mark(opposite(sure(all_of((*within, sql("{} <= {}", start, end))))))
    results, behaviour = fields["results"], fields["behaviour"]
    cells = [
        f"WHEN {{0}} = {int(one)} AND {{1}} = {int(other)} THEN {int(rating_of(one, other))}"
        for one in Expectation
        for other in Expectation
    ]
    rated = sql(f"CASE {' '.join(cells)} END", results, behaviour, whole=True)
    parts = sql("{} IS NOT NULL AND {} IS NOT NULL", results, behaviour)
    found.mark(all_of((parts, opposite(sure(sql("{} = {}", fields["rating"], rated))))))
    decided = fields["decided_on"]
    found.mark(all_of((sql("{} IS NULL", decided), sql("{} > {} + 1", found.bring(known_on), end))))
    fields["decided_on"] = found.keep(sql("COALESCE({}, {} + 1)", decided, end, whole=True))
    first, last = days.part("MONTH", start), days.part("MONTH", end)
    rows = " ".join(f"WHEN {at} THEN {2**at}" for at in range(13))
    power = f"CASE {{}} {rows} END"
    fields["counted"] = found.keep(
        sql("{} - {}", sql(power, last, whole=True), sql(power, found.keep(sql("{} - 1", first)), whole=True))
    )
    fields["months"] = found.keep(sql("{} - {} + 1", last, first))
    found.mark(sql("{} = {}", year, found.before("year")))
