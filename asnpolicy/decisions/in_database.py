"""In the database: one rule as a SELECT over a government's own tables, whose answers are those of decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from asnpolicy.backends.columns import Columns
from asnpolicy.backends.columns.plan import Plan
from asnpolicy.backends.sql.cells import RawTables
from asnpolicy.backends.sql.dialect import dialect_of
from asnpolicy.backends.sql.query import Query
from asnpolicy.decisions import reading
from asnpolicy.decisions.assessment import ALONE
from asnpolicy.decisions.decider import opening_of
from asnpolicy.decisions.frame import with_needed
from asnpolicy.people import Agency, Opening
from asnpolicy.problems import PolicyError, Problem, Problems, meant
from asnpolicy.text import phrase
from asnpolicy.workforce import check
from asnpolicy.workforce.schema import EMPLOYEES, tables


def select(
    columns: Columns,
    rule: str,
    dialect: str,
    as_of: date,
    agency: Agency,
    delivered: Mapping[str, Iterable[str]] | None,
    target: str | Opening | None = None,
) -> str:
    """Return the SELECT of one rule; raises PolicyError for what a query can't say."""
    spoken = dialect_of(dialect)
    opening = None if target is None else opening_of(target, agency)
    whole, asked = columns.plan(as_of), columns.program.by_id[rule]
    if asked.into_post and agency.openings and opening is None:
        raise _which(rule)
    if asked.kind not in ALONE:
        raise _of_two(rule)
    plan = Plan({name: whole.rules[name] for name in with_needed(whole, (rule,))})
    there = RawTables.whole() if delivered is None else _delivered(delivered)
    effect = reading.takes_effect(asked, as_of)
    return Query(plan, plan.rules[rule], as_of, spoken, agency, there, effect, opening).text()


def _which(rule: str) -> PolicyError:
    message = phrase(
        en="`{rule}` leads into a vacant post, and a query asks about one",
        id="`{rule}` menuju jabatan lowong, dan satu kueri menanyakan satu jabatan",
        rule=rule,
    )
    help_ = phrase(en="say which one: `target`", id="sebutkan yang mana: `target`")
    return PolicyError([Problem("openings", message, help=help_)])


def _delivered(given: Mapping[str, Iterable[str]]) -> RawTables:
    """Return the tables that there are; raises PolicyError for one, or a column, that the schema does not have."""
    problems = Problems()
    for name in given:
        if name not in tables():
            message = phrase(en="unknown table `{name}`", id="tabel `{name}` tidak dikenal", name=name)
            problems.add("unknown-table", message, help=meant(name, tables()))
    if EMPLOYEES not in given:
        message = phrase(en="there is no table `{name}`", id="tabel `{name}` tidak ada", name=EMPLOYEES)
        help_ = phrase(en="name it with its columns", id="sebutkan tabel itu dengan kolom-kolomnya")
        problems.add("missing-table", message, help=help_)
    problems.raise_if_any()
    kept = {name: tuple(heads) for name, heads in given.items()}
    for name, heads in kept.items():
        check.heads(heads, name)
    return RawTables(kept)


def _of_two(rule: str) -> PolicyError:
    message = phrase(
        en="`{rule}` is not asked of one person alone",
        id="`{rule}` tidak ditanyakan untuk satu pegawai saja",
        rule=rule,
    )
    help_ = phrase(en="ask it with `decide`", id="tanyakan lewat `decide`")
    return PolicyError([Problem("not-alone", message, help=help_)])
