"""Openings: what stands in the fields of a vacant post, the same for everybody but for what each lacks of its standard."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from asnpolicy.backends.columns.openings import COMPETENCIES
from asnpolicy.backends.columns.values import none_of
from asnpolicy.backends.sql.cells import NO_NUMBER, NUMBER, TEXT
from asnpolicy.backends.sql.ends import all_of, any_of, cell, opposite, pick, sure
from asnpolicy.backends.sql.records import RecordColumns
from asnpolicy.backends.sql.sheet import Sheet, Sql, number, sql
from asnpolicy.language.nodes import Kind
from asnpolicy.language.reading import fields_of
from asnpolicy.people import ABSENT, COMPLETE, Opening
from asnpolicy.people.agency import CompetencyStandard


def field_of(sheet: Sheet, opening: Opening, name: str) -> Sql:
    """Return a field of a vacant post, but for what each lacks of its standard."""
    kind, value = fields_of("opening")[name].kind, getattr(opening, name)
    type_ = TEXT if kind is Kind.TEXT else NUMBER
    if value is None:
        return sheet.nothing(type_)
    return sheet.given(cell(none_of(kind) if value is ABSENT else value, sheet.dialect), type_)


def lacks(sheet: Sheet, standard: Iterable[CompetencyStandard], records: RecordColumns, promised: Sql, as_of: date) -> Sql:
    """Count the competencies of a standard that each has not been found to have; null where it can't be known."""
    whole = sure(sql(f"{{}} = {COMPLETE.toordinal()}", promised))
    count, open_ = number(0), []
    for asked in standard:
        has, may = _has(sheet, records, asked, as_of.toordinal())
        count = sheet.keep(sql("{} + {}", count, pick(has, number(0), number(1))))
        open_.append(all_of((opposite(has), any_of((may, opposite(whole))))))
    return sheet.keep(pick(any_of(open_), NO_NUMBER, count)) if open_ else sheet.given(count, NUMBER)


def _has(sheet: Sheet, records: RecordColumns, asked: CompetencyStandard, as_of: int) -> tuple[Sql, Sql]:
    """Tell who was found to have a competency at the level asked for by a day, and who may have been."""
    code, level, day = (records.fields[name] for name in ("code", "level", "assessed_on"))
    tests = [
        sql("{} = {}", code, cell(asked.code, sheet.dialect)),
        sql("{} >= {}", level, number(asked.level)),
        sql("{} <= {}", day, number(as_of)),
    ]
    found = [all_of(tests), all_of(any_of((test, sql("{} IS NULL", one))) for test, one in zip(tests, (code, level, day), strict=True))]
    folded = [sheet.fold(sql("BOOL_OR({})", sheet.keep(sure(each), COMPETENCIES), whole=True), COMPETENCIES) for each in found]
    has, may = (sheet.keep(sure(each)) for each in folded)
    return has, may
