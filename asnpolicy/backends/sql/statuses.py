"""Statuses: what a rule comes to, as pieces of a query: statuses, the verdict, and the criteria that carry it."""

from __future__ import annotations

from asnpolicy.backends.sql.ends import SqlEnds, all_of, any_of, opposite, pick, sure
from asnpolicy.backends.sql.sheet import NO, NULL, Sql, sql
from asnpolicy.backends.sql.writer import Writer
from asnpolicy.language.rules import FAILED, HELD, NOT_APPLICABLE, UNKNOWN, Criterion, Rule


def status(truth: Sql) -> Sql:
    """Return a condition as a status: failed, unknown or held."""
    return sql(f"CASE WHEN {{0}} THEN {HELD} WHEN NOT {{0}} THEN {FAILED} ELSE {UNKNOWN} END", truth, whole=True)


def statuses(writer: Writer, rule: Rule) -> dict[str, Sql]:
    """Return the statuses of a rule: whether it applies, the least of its criteria, and each criterion and warning."""
    applies, holds = writer.outcome(rule)
    found = {"applies": status(applies), "holds": status(holds)}
    named = [("c", one) for one in rule.criteria] + [("w", one) for one in rule.warnings]
    return found | {f"{kind}:{one.id}": _of_criterion(writer, one) for kind, one in named}


def _of_criterion(writer: Writer, criterion: Criterion) -> Sql:
    holds, out = writer.criterion(criterion)
    return pick(out, Sql(str(NOT_APPLICABLE)), status(holds))


VERDICTS = ("eligible", "ineligible", "undetermined", "not_applicable")
"""Verdicts by their codes."""


def verdict(writer: Writer, rule: Rule) -> Sql:
    """Return the code of the verdict: whether the rule applies first, then whether all criteria hold."""
    applies, holds = writer.outcome(rule)
    pattern = "CASE WHEN NOT {0} THEN 3 WHEN {0} IS NULL OR {1} IS NULL THEN 2 WHEN {1} THEN 0 ELSE 1 END"
    return writer.sheet.keep(sql(pattern, applies, holds, whole=True))


def because(writer: Writer, rule: Rule, code: Sql) -> Sql:
    """Name the criteria that carry each verdict: all that held, or the failed ones, or the unknown ones."""
    if not rule.criteria:
        return Sql("''")
    named = []
    for one in rule.criteria:
        holds, out = writer.criterion(one)
        pattern = "CASE {} WHEN 0 THEN {} WHEN 1 THEN NOT {} WHEN 2 THEN {} IS NULL END"
        carries = sql(pattern, code, all_of((holds, opposite(out))), holds, holds, whole=True)
        named.append(sql(f"CASE WHEN {{}} THEN {writer.sheet.dialect.quoted(one.id)} END", carries, whole=True))
    return sql(f"CONCAT_WS(', ', {', '.join('{}' for _ in named)})", *named, whole=True)


def known(seen: SqlEnds) -> Sql:
    """Return a value where it is known and there is one."""
    value = seen.low if seen.exact else pick(sql("{} = {}", seen.low, seen.high), seen.low, NULL)
    return pick(seen.absent, NULL, value)


def overdue(due: SqlEnds, day: int) -> tuple[Sql, Sql]:
    """Tell whether the day of a duty has surely come, and whether it surely has not."""
    there = opposite(due.absent)
    held = all_of((there, sure(sql("{} <= {}", due.high, day))))
    failed = any_of((due.absent, all_of((there, sure(sql("{} > {}", due.low, day))))))
    return held, failed


def may_have_been(writer: Writer, rule: Rule) -> Sql:
    """Tell for whom an event may have been."""
    applies, holds = writer.outcome(rule)
    return opposite(any_of((sure(opposite(applies)), sure(opposite(holds))))) if applies != NO else NO
