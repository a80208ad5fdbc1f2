"""Terms: what a condition compares with: written values, dated values, tables, facts and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeAlias, assert_never

from asnpolicy.language.facts import FACTS, Fact, fact_of
from asnpolicy.language.nodes import (
    DATE,
    DURATION,
    YES,
    AllOf,
    Arithmetic,
    Compare,
    Expr,
    If,
    Kind,
    Literal,
    Not,
    RecordField,
    Scope,
    Truth,
    Type,
)
from asnpolicy.language.reading import fields_of, record_fields
from asnpolicy.language.windows import EVER
from asnpolicy.people import ABSENT, OPEN
from asnpolicy.policy.dated import Span, Version
from asnpolicy.policy.elaborate.context import UNSAID, Context, Typed
from asnpolicy.policy.elaborate.lookups import look_up
from asnpolicy.policy.elaborate.naming import in_indonesian
from asnpolicy.policy.surface.literals import is_well_written, literal, value_of
from asnpolicy.policy.surface.names import Name, RawValue
from asnpolicy.policy.surface.operands import FactTerm, ItemTerm, Operand, PeriodTerm, TableTerm, ValueTerm
from asnpolicy.policy.surface.values import Transition, ValueVersion
from asnpolicy.policy.tables import TableVersion
from asnpolicy.problems import Place, Problems, meant


def operand(ctx: Context, given: Operand, type_: Type) -> Expr | None:
    """Build what a fact is compared with."""
    match given:
        case RawValue():
            return _literal_of(given, type_, ctx.problems)
        case ValueTerm():
            return dated_value(ctx, given, type_)
        case TableTerm():
            return table(ctx, given, type_)
        case PeriodTerm(edge):
            return _period(ctx, edge.text, edge.place, type_)
        case ItemTerm(place):
            return _item(ctx, place, type_)
        case FactTerm(name):
            typed = fact(ctx, name)
            return fitted(ctx, typed, type_, name.place) if typed else None
        case _:
            assert_never(given)


def _literal_of(written: RawValue, type_: Type, problems: Problems) -> Expr | None:
    value = literal(written, type_, problems)
    return None if value is None else Literal(value)


def _item(ctx: Context, place: Place, type_: Type) -> Expr | None:
    """Build the item of the enclosing `each`, read as what it is compared with."""
    if ctx.each is None:
        ctx.problems.add("no-each", "there is no `each` here", place, "`fact: each` stands inside `each: {of: […], …}`")
        return None
    return _literal_of(ctx.each, type_, ctx.problems)


def fitted(ctx: Context, typed: Typed, type_: Type, place: Place) -> Expr | None:
    """Check that a term can be compared with a fact, and bring its decimal places to the fact's."""
    if type_.kind in (Kind.DURATION, Kind.SPAN):
        ctx.problems.add(
            "type-mismatch",
            "a length of time is compared with a written one",
            place,
            "write it, as in `4 years`, or name a `value` or a `table` that holds it",
        )
        return None
    given = typed.type
    if type_.kind is not given.kind or type_.labels is not given.labels or given.places > type_.places:
        ctx.problems.add(
            "type-mismatch",
            f"{_what(typed.type)} can't be compared with {_what(type_)}",
            place,
            "compare things of the same kind",
        )
        return None
    factor = 10 ** (type_.places - typed.type.places)
    return typed.expr if factor == 1 else Arithmetic("times", typed.expr, Literal(factor))


def _what(type_: Type) -> str:
    if type_.labels is not None:
        return f"a value such as `{next(iter(type_.labels))}`"
    if type_.places:
        return f"a number with {type_.places} decimal{'s' * (type_.places != 1)}"
    return _KINDS[type_.kind]


_KINDS = {
    Kind.TRUTH: "`true` or `false`",
    Kind.NUMBER: "a whole number",
    Kind.DATE: "a date",
    Kind.LABEL: "a value of a vocabulary",
    Kind.TEXT: "a text",
    Kind.TEXTS: "a list of texts",
    Kind.DURATION: "a length of time",
    Kind.SPAN: "a length of time",
}


def _period(ctx: Context, name: str, place: Place, type_: Type) -> Expr | None:
    if ctx.period is None or name not in ("start", "end"):
        message = f"there is no `period: {name}` here"
        ctx.problems.add("no-period", message, place, "only duties with `every:` have a period: start or end")
        return None
    return fitted(ctx, Typed(ctx.period[name == "end"], DATE), type_, place)


# Facts


def fact(ctx: Context, name: Name) -> Typed | None:
    """Find a fact, a figure, a field of the record or of a scope, or the target."""
    if name.text.startswith("record."):
        return record_field(ctx, replace(name, text=name.text.removeprefix("record.")))
    if name.text == "target":
        if ctx.target is None:
            ctx.problems.add("no-target", "there is no target here", name.place, "only a rule with `to:` has a target")
        return ctx.target
    if name.text in ctx.policy.names("figures") and name.text not in FACTS:
        return ctx.figure(ctx, name)
    found = find_fact(ctx, name)
    return Typed(found.value(EVER), found.type) if found else None


def record_field(ctx: Context, name: Name) -> Typed | None:
    """Find a field of the record that the words speak of; without `record.` a word speaks of the person."""
    if ctx.history is None:
        message = f"`record.{name.text}` has no record here"
        ctx.problems.add("no-record", message, name.place, "it is meant for `where:` and `of:`")
        return None
    fields = record_fields(ctx.history)
    if name.text not in fields:
        ctx.problems.unknown("unknown-fact", name.text, f"field of `{ctx.history}`", name.place, fields)
        return None
    return Typed(RecordField(name.text, fields[name.text]), fields[name.text])


def find_fact(ctx: Context, name: Name) -> Fact | None:
    """Find a declared fact by its name, and hold it to what the rule may read."""
    prefix, dot, rest = name.text.partition(".")
    scopes = dict(ctx.scopes)
    found = fact_of(scopes[prefix], rest) if dot and prefix in scopes else fact_of("employee", name.text)
    if found is None:
        _no_fact(ctx, name, prefix if dot else "")
    elif found.protected and found.protected not in ctx.allows:
        ctx.problems.add(
            "protected",
            f"`{name.text}` reads the protected attribute `{found.protected}`",
            name.place,
            f"leave it out, or state the law that allows it: `protected: {{{found.protected}: <basis>}}` in the rule",
        )
    return found


def _no_fact(ctx: Context, name: Name, prefix: str) -> None:
    if prefix in _WHOM and prefix not in dict(ctx.scopes):
        message = f"there is no `{prefix}` here for `{name.text}`"
        ctx.problems.add("unknown-fact", message, name.place, _WHOM[prefix])
        return
    of_record = [f"record.{field}" for field in record_fields(ctx.history)] if ctx.history else []
    of_scopes = [f"{whom}.{field}" for whom, scope in ctx.scopes for field in _fields(scope)]
    known = [*FACTS, *ctx.policy.names("figures"), *of_record, *of_scopes]
    close = in_indonesian(name.text)
    help_ = f"did you mean `{close}`?" if close else meant(name.text, known, ALL_FACTS)
    ctx.problems.add("unknown-fact", f"unknown fact `{name.text}`", name.place, help_)


ALL_FACTS = "docs/reference/facts.md lists what may be asked"
_WHOM = {"opening": "only a promotion with `to: opening` has one"} | dict.fromkeys(
    ("mentor", "mentee", "pair"), "only mentoring speaks of a mentor, a mentee and their pair"
)


def _fields(scope: Scope) -> Iterable[str]:
    return fields_of(scope) if scope in ("opening", "pair") else FACTS


# Dated values


def dated_value(ctx: Context, term: ValueTerm, type_: Type) -> Expr | None:
    """Build a dated value of the policy, on the day that `on` names (as-of when it does not)."""
    name = term.name
    versions = ctx.policy.value_versions(name.text)
    if versions is None:
        ctx.problems.unknown("unknown-value-name", name.text, "value", name.place, ctx.policy.names("values"))
        return None

    def build(version: ValueVersion, picked: Truth) -> Expr | None:
        standing = version.standing or "in_force"
        ctx.cite(name.text, version.basis, standing, picked)
        built = _of_kind(ctx, name, version.value, type_)
        return Literal(UNSAID) if built is not None and ctx.policy.lawful and standing == "illustrative" else built

    return _dated(ctx, name, _on(ctx, term.on), versions, build)


def appraisal_due(ctx: Context, place: Place) -> Expr | None:
    """Build how long after a year its appraisal is due: the one value that the language itself reads."""
    return dated_value(replace(ctx, cited=[]), ValueTerm(Name("appraisal_due", place), place), DURATION)


def _of_kind(ctx: Context, name: Name, what: RawValue, type_: Type) -> Expr | None:
    """Read a version of a value as what it is used for; well written but of another kind, it is the wrong value."""
    if value_of(what, type_) is None and is_well_written(what):
        ctx.problems.add(
            "type-mismatch",
            f"the value `{name.text}` is `{what.text}`, but {_what(type_)} is needed here",
            name.place,
            f"name another value, or correct it in {what.place}",
        )
        return None
    return _literal_of(what, type_, ctx.problems)


Build: TypeAlias = Callable[[Any, Truth], Expr | None]
"""Builds what a version says, for whom it is the one that is picked."""


def _dated(ctx: Context, name: Name, on: Pick | None, versions: list[Version[Any]], build: Build) -> Expr | None:
    """Build what holds on a day: on the as-of date at once, on another by a chain of choices."""
    if not versions:  # what is amiss with it is told where it stands
        return None
    if on is not None:
        parts = [(v, _of_version(ctx, name, v, versions, build, on.lies_in(v.span))) for v in versions]
        return chain(on, [(v.span.since, v.span.until, expr) for v, expr in parts if expr is not None])
    now = next((version for version in versions if ctx.in_force(version.span)), None)
    if now is not None:
        return _of_version(ctx, name, now, versions, build, YES)
    ctx.problems.add(
        "not-covered",
        f"`{name.text}` has no version for {ctx.day}, but a rule uses it then",
        name.place,
        "give a version with an earlier `from`, or let the rule begin later",
    )
    return None


def _of_version(
    ctx: Context, name: Name, version: Version[Any], versions: list[Version[Any]], build: Build, picked: Truth
) -> Expr | None:
    """Build one version; for whom it says `unless`, the older one that it keeps."""
    unless = version.unless
    if unless is None or unless.keep is None:
        return build(version.what, picked)
    kept = next((v for v in versions if v.span.since == unless.keep < version.span.since), None)
    if kept is None:
        _nothing_kept(ctx, name, unless, [v.span.since for v in versions if v.span.since < version.span.since])
        return build(version.what, picked)
    with ctx.entering(f"transition of `{name.text}`", unless.place) as inside:
        if inside is None or unless.whom is None:
            return build(version.what, picked)
        for_whom = ctx.condition(replace(inside, history=None), unless.whom).truth
        old = _of_version(inside, name, kept, versions, build, AllOf((picked, for_whom)))
    new = build(version.what, AllOf((picked, Not(for_whom))))
    return new if old is None or new is None else If(for_whom, old, new)


def _nothing_kept(ctx: Context, name: Name, unless: Transition, older: list[date]) -> None:
    known = ", ".join(map(str, older))
    ctx.problems.add(
        "wrong-value",
        f"`{name.text}` has no older version that began on {unless.keep}",
        unless.place,
        f"the older versions began on: {known}" if known else "the first version has none to keep",
    )


class Pick(NamedTuple):
    """The day that picks a version: an expression, and how many days later that one lies."""

    day: Expr
    later: timedelta = timedelta(0)

    def lies_in(self, span: Span) -> Truth:
        """Return the condition that the day lies in a span."""
        begun = Compare("at_least", self.day, Literal(span.since + self.later))
        return (
            begun
            if span.until == OPEN
            else AllOf((begun, Compare("below", self.day, Literal(span.until + self.later))))
        )


def _pick(day: Expr | None, later: int = 0) -> Pick | None:
    return None if day is None else Pick(day, timedelta(days=later))


def _on(ctx: Context, on: Name | None) -> Pick | None:
    """Build the day that picks the version; None is the as-of date."""
    if on is None:
        return _pick(ctx.record_day())
    match on.text:
        case "as_of":
            return None
        case "record":
            if ctx.history is None:
                message = "`on: record` has no record here"
                ctx.problems.add("no-record", message, on.place, "it is meant for `where:` and `of:`")
            return _pick(ctx.record_day())
        case "period_start":
            return _pick(_period(ctx, "start", on.place, DATE))
        case "period_end":  # a period is half open: its last day is the one before its end
            return _pick(_period(ctx, "end", on.place, DATE), later=1)
        case _:
            return _pick(date_of(ctx, on, "`on`"))


def date_of(ctx: Context, name: Name, what: str) -> Expr | None:
    """Find a fact that must be a date."""
    typed = fact(ctx, name)
    if typed is not None and typed.type.kind is not Kind.DATE:
        ctx.problems.add("type-mismatch", f"`{name.text}` is not a date", name.place, f"{what} names a date")
        return None
    return typed.expr if typed else None


def chain(on: Pick, parts: list[tuple[date, date, Expr]]) -> Expr:
    """Choose among dated values by a day that is not known yet; none before the first."""
    result: Expr = Literal(ABSENT)
    for since, until, value in parts:
        still: Expr = value
        if until != OPEN:
            still = If(Compare("below", on.day, Literal(until + on.later)), value, Literal(ABSENT))
        result = If(Compare("at_least", on.day, Literal(since + on.later)), still, result)
    return result


# Tables


def table(ctx: Context, term: TableTerm, type_: Type) -> Expr | None:
    """Build a look-up in a table, in the version of the day that `on` names."""
    name = term.name
    declared = ctx.policy.table(name.text)
    if declared is None:
        ctx.problems.unknown("unknown-table", name.text, "table", name.place, ctx.policy.names("tables"))
        return None
    by = [_key(ctx, one) for one in _keyed_by(ctx, term, declared.by)]
    typed = [one for one in by if one is not None]
    if len(typed) != len(by):
        return None

    def build(version: TableVersion, picked: Truth) -> Expr | None:
        return look_up(ctx, name, version, typed, type_, term.column, picked)

    return _dated(ctx, name, _on(ctx, term.on), declared.versions, build)


def _keyed_by(ctx: Context, term: TableTerm, declared: tuple[Name, ...]) -> tuple[Name, ...]:
    """Return the facts that a table is looked up by: those it declares, or others of the same kind named with `by`."""
    given = term.by
    if term.by_place is None or len(given) == len(declared):
        return given or declared
    ctx.problems.add(
        "table-shape",
        f"the table `{term.name.text}` is by {len(declared)}, but {len(given)} {'is' if len(given) == 1 else 'are'} named",
        term.by_place,
        "name one fact for each name in the table's `by`",
    )
    return declared


def _key(ctx: Context, name: Name) -> Typed | None:
    typed = fact(ctx, name)
    if typed is not None and typed.type.kind in (Kind.DURATION, Kind.SPAN, Kind.TEXTS):
        ctx.problems.add(
            "type-mismatch",
            f"a table can't be keyed by `{name.text}`, which is {_what(typed.type)}",
            name.place,
            "key it by a fact with single values",
        )
        return None
    return typed
