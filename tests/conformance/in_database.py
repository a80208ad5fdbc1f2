"""A back end of the tests: rules as queries, run by DuckDB on people who are put into tables as columns read them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import duckdb
import polars as pl

from asnpolicy.backends.columns import asked
from asnpolicy.backends.columns.plan import Plan
from asnpolicy.backends.compiled import Compiled
from asnpolicy.backends.protocol import BackEnd, Statuses
from asnpolicy.backends.sql.dialect import DIALECTS
from asnpolicy.backends.sql.sheet import Sheet, read_columns
from asnpolicy.backends.sql.statuses import known, statuses
from asnpolicy.backends.sql.writer import PreparedTables, Writer
from asnpolicy.language.lower import bind
from asnpolicy.language.reading import Question, nobody
from asnpolicy.people import ABSENT, HISTORIES, PartialDay
from asnpolicy.problems import PolicyError


class InDuckDb(BackEnd):
    """Rules as queries; people whom tables can't hold, or whom a query passes on, are asked about one by one."""

    def __init__(self, program):
        self.program, self.compiled = program, Compiled(program)
        self.plan = lru_cache(maxsize=64)(self._plan)
        self.passed_on = self.asked = 0

    def _plan(self, as_of):
        return Plan({rule.id: rule for rule in bind(self.program, as_of).rules})

    def decide(self, rule, question):
        """Decide one rule."""
        return self.decide_each(rule, [question])[0]

    def decide_each(self, rule, questions):
        """Decide one rule for several questions of one day."""
        return self.decide_all([rule], questions)[rule]

    def decide_all(self, rules, questions):
        """Decide some rules for questions of one day and agency in one query."""
        as_of, agency = questions[0].as_of, questions[0].agency
        assert all(one.as_of == as_of and one.agency is agency for one in questions)
        plan = self.plan(as_of)
        writer = written(plan, agency)
        made = {rule: statuses(writer, plan.rules[rule]) for rule in rules}
        wanted = {f"{rule}|{name}": piece for rule, those in made.items() for name, piece in those.items()}
        told, people = run(writer, wanted, questions)
        rows = {people.rows[of]: row for of, row in told.items()}
        found = {}
        for rule in rules:
            most = len(plan.rules[rule].criteria)
            found[rule] = [
                _statuses(rows[at], rule, made[rule], most) if at in rows else self.compiled.decide(rule, one)
                for at, one in enumerate(questions)
            ]
        self.asked, self.passed_on = self.asked + len(questions), self.passed_on + len(questions) - len(rows)
        return found

    def leads_to(self, of, rules, questions):
        """Give the target or the due day of some rules, for questions of one day."""
        plan = self.plan(questions[0].as_of)
        writer = written(plan, questions[0].agency)
        nodes = {rule: getattr(plan.rules[rule], of) for rule in rules}
        seen = {rule: writer.value(node) for rule, node in nodes.items()}
        wanted = {f"{rule}|value": known(one) for rule, one in seen.items()}
        wanted |= {f"{rule}|absent": one.absent for rule, one in seen.items()}
        told, people = run(writer, wanted, questions)
        rows = {people.rows[of_]: row for of_, row in told.items()}
        ask = getattr(self.compiled, of)
        return {
            rule: [
                (ABSENT if rows[at][f"{rule}|absent"] else rows[at][f"{rule}|value"]) if at in rows else ask(rule, one)
                for at, one in enumerate(questions)
            ]
            for rule in rules
        }

    def target(self, rule, question):
        """Return what compiled rules do."""
        return self.compiled.target(rule, question)

    def due(self, rule, question):
        """Return what compiled rules do."""
        return self.compiled.due(rule, question)

    def unsupported(self, rule, as_of):
        """Say why a rule can't run here."""
        try:
            self.decide(rule, Question(as_of, nobody()))
        except PolicyError as error:
            return tuple(problem.message for problem in error.problems)
        return ()


def written(plan, agency):
    """Give a writer of a plan over prepared tables."""
    sheet = Sheet(DIALECTS["duckdb"])
    return Writer(plan, sheet, PreparedTables(sheet), agency)


def _statuses(row, rule, made, most):
    applies, _, *others = (row[f"{rule}|{name}"] for name in made)
    return Statuses(applies, tuple(others[:most]), tuple(others[most:]))


def run(writer, wanted, questions):
    """Ask DuckDB; give what it says of each row that it does not pass on."""
    people = asked(questions)
    wanted = wanted | {f"beyond{at}": piece for at, piece in enumerate(writer.beyond)}
    statement = writer.sheet.layers(wanted)
    with duckdb.connect() as database:
        for name, rows in _tables(writer, wanted, people.tables).items():
            _load(database, f"_{name or 'people'}", rows)
        cursor = database.execute(f"WITH {statement}")
        names = [one[0] for one in cursor.description]
        told = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row["of"]: row for row in told if not any(row[f"beyond{at}"] for at in range(len(writer.beyond)))}, people


def _tables(writer, wanted, tables):
    found = {"": {"of": pl.Series(range(tables.size), dtype=pl.Int64)}}
    for one in read_columns(writer.sheet, wanted.values()):
        name = one.what.text.strip('"')
        own = found.setdefault(one.table, {})
        if not one.table:
            own[name] = (
                tables.complete[name.removeprefix("complete.")] if name.startswith("complete.") else tables.fields[name]
            )
            continue
        records = tables.histories[one.table]
        own["of"] = pl.Series(records.of)
        own[name] = pl.Series(range(records.size), dtype=pl.Int64) if name == "seq" else records.columns[name]
    for table in {one.table for one in writer.sheet.columns.values() if one.table} - set(found):
        found[table] = {"of": pl.Series(tables.histories[table].of)}
    return found


TYPES = {pl.String: "VARCHAR", pl.List(pl.String): "VARCHAR[]"}


def _load(database, name, columns):
    heads = ", ".join(f'"{head}" {TYPES.get(column.dtype, "BIGINT")}' for head, column in columns.items())
    database.execute(f'CREATE TABLE "{name}" ({heads})')
    rows = list(zip(*(column.to_list() for column in columns.values()), strict=True))
    if rows:
        database.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" for _ in columns)})', rows)


def plain(question):
    """Give a question whose people tables can hold: without what may be double, and without days known in part."""
    person = _plain(question.employee)
    return replace(question, employee=person, mentee=person, mentor=nobody())


def _plain(person):
    update = {name: None for name in type(person).model_fields if isinstance(getattr(person, name), PartialDay)}
    for name in HISTORIES:
        history = getattr(person, name)
        double = {at for group in history.alike for at in group[1:]}
        kept = [one for at, one in enumerate(history.records) if at not in double and _whole(one)]
        update[name] = history.with_records(kept)
    return person.model_copy(update=update)


def _whole(record):
    days = [getattr(record, name) for name in record.dated]
    return record.placed is not None and record.seen is not None and PartialDay not in map(type, days)
