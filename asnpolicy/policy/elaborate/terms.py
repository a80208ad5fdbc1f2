"""Terms: what a condition compares with: written values, dated values, tables, facts and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeAlias

from asnpolicy.language.facts import FACTS, Fact, fact_of
from asnpolicy.language.nodes import (
    DATE,
    DURATION,
    Arithmetic,
    Compare,
    Expr,
    If,
    Kind,
    Literal,
    RecordField,
    Scope,
    Type,
)
from asnpolicy.language.reading import fields_of, record_fields
from asnpolicy.language.windows import EVER
from asnpolicy.people import ABSENT, OPEN
from asnpolicy.policy.dated import Version
from asnpolicy.policy.elaborate.context import Context, Typed
from asnpolicy.policy.elaborate.lookups import look_up
from asnpolicy.policy.elaborate.naming import in_indonesian
from asnpolicy.policy.source.scalars import as_date, as_decimal, as_duration, as_text
from asnpolicy.policy.source.shapes import keys
from asnpolicy.policy.source.tree import Mapping, Node, Scalar, Sequence
from asnpolicy.policy.surface.literals import NONE, literal
from asnpolicy.policy.tables import TableVersion
from asnpolicy.problems import Place, Problems, suggest

__all__ = (
    "NONE", "OPERANDS", "chain", "date_of", "dated_value", "duration", "fact", "find_fact", "literal", "one_of", "operand",
    "record_field", "table",
)  # fmt: skip
OPERANDS = ("value", "table", "fact", "period")
BESIDE = {"value": ("on",), "table": ("on", "column", "by")}
"""What may stand beside the word that names a term."""


def operand(ctx: Context, node: Node, type_: Type) -> Expr | None:
    """Read what a fact is compared with: a written value, or a mapping with `value`, `table`, `fact` or `period`."""
    if not isinstance(node, Mapping):
        value = literal(node, type_, ctx.problems)
        return None if value is None else Literal(value)
    word = one_of(ctx, node, OPERANDS, "an operand")
    return _named(ctx, node, word, type_) if word else None


def one_of(ctx: Context, node: Mapping, names: Iterable[str], what: str) -> str | None:
    """Give the one word that says what is named, with beside it only what belongs to it; None, with a problem."""
    words = [word for word in names if word in node.entries]
    if len(words) == 1:
        keys(node, (words[0], *BESIDE.get(words[0], ())), f"{what} with `{words[0]}`", ctx.problems)
        return words[0]
    known = (*names, *(word for beside in BESIDE.values() for word in beside))
    keys(node, dict.fromkeys(known), what, ctx.problems)
    if all(word in known for word in node.entries):  # else the unknown word is the mistake
        choices = ", ".join(f"`{word}: …`" for word in names)
        ctx.problems.add("operand", f"{what} names one thing", node.place, f"write one of: {choices}")
    return None


def _named(ctx: Context, node: Mapping, word: str, type_: Type) -> Expr | None:
    place = node.entries[word].value.place
    name = as_text(node.entries[word].value, ctx.problems)
    if name is None:
        return None
    match word:
        case "value":
            return dated_value(ctx, name, place, type_, node)
        case "table":
            return table(ctx, name, place, type_, node)
        case "period":
            return _period(ctx, name, place, type_)
        case "fact" if name == "each":
            return _item(ctx, place, type_)
        case _:
            typed = fact(ctx, name, place)
            return fitted(ctx, typed, type_, place) if typed else None


def _item(ctx: Context, place: Place, type_: Type) -> Expr | None:
    """Give the item of the enclosing `each`, read as what it is compared with."""
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
        ctx.problems.add(
            "no-period",
            f"there is no `period: {name}` here",
            place,
            "only duties with `every:` have a period: start or end",
        )
        return None
    return fitted(ctx, Typed(ctx.period[name == "end"], DATE), type_, place)


def fact(ctx: Context, name: str, place: Place) -> Typed | None:
    """Find a fact, a figure, a field of the record or of a scope, or the target."""
    if name.startswith("record."):
        return record_field(ctx, name.removeprefix("record."), place)
    if name == "target":
        if ctx.target is None:
            ctx.problems.add("no-target", "there is no target here", place, "only a rule with `to:` has a target")
        return ctx.target
    if name in ctx.policy.names("figures") and name not in FACTS:
        return ctx.figure(ctx, name, place)
    found = find_fact(ctx, name, place)
    return Typed(found.value(EVER), found.type) if found else None


def record_field(ctx: Context, name: str, place: Place) -> Typed | None:
    """Find a field of the record that the words speak of; without `record.` a word speaks of the person."""
    if ctx.history is None:
        ctx.problems.add(
            "no-record", f"`record.{name}` has no record here", place, "it is meant for `where:` and `of:`"
        )
        return None
    fields = record_fields(ctx.history)
    if name not in fields:
        ctx.unknown("unknown-fact", name, f"field of `{ctx.history}`", place, fields)
        return None
    return Typed(RecordField(name, fields[name]), fields[name])


def find_fact(ctx: Context, name: str, place: Place) -> Fact | None:
    """Find a declared fact by its name, and hold it to what the rule may read."""
    prefix, dot, rest = name.partition(".")
    scopes = dict(ctx.scopes)
    found = fact_of(scopes[prefix], rest) if dot and prefix in scopes else fact_of("employee", name)
    if found is None and dot and prefix in _WHOM and prefix not in scopes:
        ctx.problems.add("unknown-fact", f"there is no `{prefix}` here for `{name}`", place, _WHOM[prefix])
        return None
    if found is None:
        of_record = [f"record.{field}" for field in record_fields(ctx.history)] if ctx.history else []
        of_scopes = [f"{whom}.{field}" for whom, scope in ctx.scopes for field in _fields(scope)]
        known = [*FACTS, *ctx.policy.names("figures"), *of_record, *of_scopes]
        close = in_indonesian(name) or suggest(name, known)
        help_ = f"did you mean `{close}`?" if close else "docs/reference/facts.md lists what may be asked"
        ctx.problems.add("unknown-fact", f"unknown fact `{name}`", place, help_)
        return None
    if found.protected and found.protected not in ctx.allows:
        ctx.problems.add(
            "protected",
            f"`{name}` reads the protected attribute `{found.protected}`",
            place,
            f"leave it out, or state the law that allows it: `protected: {{{found.protected}: <basis>}}` in the rule",
        )
    return found


_WHOM = {"opening": "only a promotion with `to: opening` has one"} | dict.fromkeys(
    ("mentor", "mentee", "pair"), "only mentoring speaks of a mentor, a mentee and their pair"
)


def _fields(scope: Scope) -> Iterable[str]:
    return fields_of(scope) if scope in ("opening", "pair") else FACTS


# Dated values


def dated_value(ctx: Context, name: str, place: Place, type_: Type, node: Mapping | None = None) -> Expr | None:
    """Give a dated value of the policy, on the day that `on` names (as-of when it does not)."""
    versions = ctx.policy.value_versions(name)
    if versions is None:
        ctx.unknown("unknown-value-name", name, "value", place, ctx.policy.names("values"))
        return None
    return _dated(ctx, name, place, _on(ctx, node), versions, lambda what: _of_kind(ctx, name, what, type_, place))


def _of_kind(ctx: Context, name: str, what: Node, type_: Type, place: Place) -> Expr | None:
    """Read a version of a value as what it is used for; well written but of another kind, it is the wrong value."""
    found = Problems()
    read = _literal_of(what, type_, found)
    if read is None and isinstance(what, Scalar) and any(r(what, Problems()) is not None for r in _READERS):
        ctx.problems.add(
            "type-mismatch",
            f"the value `{name}` is `{what.text}`, but {_what(type_)} is needed here",
            place,
            f"name another value, or correct it in {what.place}",
        )
    elif read is None:
        literal(what, type_, ctx.problems)
    return read


_READERS: tuple[Callable[[Node, Problems], object], ...] = (
    as_date, as_duration, lambda node, problems: as_decimal(node, problems, 6),
)  # fmt: skip


def _literal_of(node: Node, type_: Type, problems: Problems) -> Expr | None:
    value = literal(node, type_, problems)
    return None if value is None else Literal(value)


Build: TypeAlias = Callable[[Any], Expr | None]


def _dated(
    ctx: Context, name: str, place: Place, on: Pick | None, versions: list[Version[Any]], build: Build
) -> Expr | None:
    """Give what holds on a day: on the as-of date at once, on another by a chain of choices."""
    if on is not None:
        parts = [(v, _of_version(ctx, name, v, versions, build)) for v in versions]
        return chain(on, [(v.span.since, v.span.until, expr) for v, expr in parts if expr is not None])
    now = next((version for version in versions if ctx.in_force(version.span)), None)
    if now is not None:
        return _of_version(ctx, name, now, versions, build)
    ctx.problems.add(
        "not-covered",
        f"`{name}` has no version for {ctx.day}, but a rule uses it then",
        place,
        "give a version with an earlier `from`, or let the rule begin later",
    )
    return None


def _of_version(
    ctx: Context, name: str, version: Version[Any], versions: list[Version[Any]], build: Build
) -> Expr | None:
    """Give one version; for whom it says `unless`, the older one that it keeps."""
    new = build(version.what)
    if version.unless is None or new is None:
        return new
    entry = version.unless.entries["keep"].value
    since = as_date(entry, ctx.problems)
    kept = next((v for v in versions if v.span.since == since and since < version.span.since), None)
    if kept is None:
        if since is not None:
            known = ", ".join(str(v.span.since) for v in versions if v.span.since < version.span.since)
            ctx.problems.add(
                "wrong-value",
                f"`{name}` has no older version that began on {since}",
                entry.place,
                f"the older versions began on: {known}" if known else "the first version has none to keep",
            )
        return new
    with ctx.entering(f"transition of `{name}`", entry.place) as inside:
        if inside is None:
            return new
        for_whom = ctx.condition(replace(inside, history=None), version.unless, ("keep",)).truth
        old = _of_version(inside, name, kept, versions, build)
    return new if old is None else If(for_whom, old, new)


class Pick(NamedTuple):
    """The day that picks a version: an expression, and how many days later that one lies."""

    day: Expr
    later: timedelta = timedelta(0)


def _pick(day: Expr | None, later: int = 0) -> Pick | None:
    return None if day is None else Pick(day, timedelta(days=later))


def _on(ctx: Context, node: Mapping | None) -> Pick | None:
    """Read which date picks the version; None is the as-of date."""
    if node is None or "on" not in node.entries:
        return _pick(ctx.record_day())
    entry = node.entries["on"].value
    word = as_text(entry, ctx.problems)
    match word:
        case None | "as_of":
            return None
        case "record":
            if ctx.history is None:
                ctx.problems.add(
                    "no-record", "`on: record` has no record here", entry.place, "it is meant for `where:` and `of:`"
                )
            return _pick(ctx.record_day())
        case "period_start":
            return _pick(_period(ctx, "start", entry.place, DATE))
        case "period_end":  # a period is half open: its last day is the one before its end
            return _pick(_period(ctx, "end", entry.place, DATE), later=1)
        case _:
            return _pick(date_of(ctx, word, entry.place, "`on`"))


def date_of(ctx: Context, name: str, place: Place, what: str) -> Expr | None:
    """Find a fact that must be a date."""
    typed = fact(ctx, name, place)
    if typed is not None and typed.type.kind is not Kind.DATE:
        ctx.problems.add("type-mismatch", f"`{name}` is not a date", place, f"{what} names a date")
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


def table(ctx: Context, name: str, place: Place, type_: Type, node: Mapping | None = None) -> Expr | None:
    """Give a look-up in a table, in the version of the day that `on` names."""
    declared = ctx.policy.table(name, ctx.problems)
    if declared is None:
        ctx.unknown("unknown-table", name, "table", place, ctx.policy.names("tables"))
        return None
    by = [_key(ctx, one) for one in _keyed_by(ctx, name, declared.by, node)]
    if not all(by):
        return None
    typed = [one for one in by if one is not None]
    column = node.entries["column"].value if node and "column" in node.entries else None

    def build(version: TableVersion) -> Expr | None:
        return look_up(ctx, name, version, typed, type_, column, place)

    return _dated(ctx, name, place, _on(ctx, node), declared.versions, build)


def _keyed_by(ctx: Context, name: str, declared: tuple[Scalar, ...], node: Mapping | None) -> tuple[Scalar, ...]:
    """Give the facts that a table is looked up by: those it declares, or others of the same kind named with `by`."""
    if node is None or "by" not in node.entries:
        return declared
    given = node.entries["by"].value
    items = tuple(
        item for item in (given.items if isinstance(given, Sequence) else (given,)) if isinstance(item, Scalar)
    )
    if len(items) == len(declared):
        return items
    ctx.problems.add(
        "table-shape",
        f"the table `{name}` is by {len(declared)}, but {len(items)} {'is' if len(items) == 1 else 'are'} named",
        given.place,
        "name one fact for each name in the table's `by`",
    )
    return declared


def _key(ctx: Context, node: Scalar) -> Typed | None:
    typed = fact(ctx, node.text, node.place)
    if typed is not None and typed.type.kind in (Kind.DURATION, Kind.SPAN, Kind.TEXTS):
        ctx.problems.add(
            "type-mismatch",
            f"a table can't be keyed by `{node.text}`, which is {_what(typed.type)}",
            node.place,
            "key it by a fact with single values",
        )
        return None
    return typed


def duration(ctx: Context, node: Node) -> Expr | None:
    """Read a duration in months: written, or a dated value."""
    return operand(ctx, node, DURATION)
