"""Terms: what a condition compares with: written values, dated values, tables, facts and figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, TypeAlias

from asnpolicy.language.facts import FACTS, Fact, fact_of
from asnpolicy.language.nodes import (
    DATE,
    DURATION,
    Arithmetic,
    Band,
    Compare,
    Expr,
    If,
    Key,
    Kind,
    Literal,
    Lookup,
    RecordField,
    Type,
    Value,
)
from asnpolicy.language.reading import record_fields
from asnpolicy.language.windows import EVER
from asnpolicy.people import ABSENT, OPEN
from asnpolicy.policy.context import Context, Typed
from asnpolicy.policy.dated import Version, active
from asnpolicy.policy.source import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    as_date,
    as_decimal,
    as_duration,
    as_text,
    as_truth,
    as_whole,
    keys,
)
from asnpolicy.problems import Place, Problems, suggest

NONE = "none"
OPERANDS = ("value", "table", "fact", "period")


def literal(node: Node, type_: Type, problems: Problems) -> Value | None:
    """Read a written value of a type; None, with a problem, when it is not one."""
    match type_.kind:
        case Kind.TRUTH:
            return as_truth(node, problems)
        case Kind.NUMBER:
            return as_decimal(node, problems, type_.places) if type_.places else as_whole(node, problems)
        case Kind.DATE:
            return as_date(node, problems)
        case Kind.DURATION | Kind.SPAN:
            return as_duration(node, problems)
        case Kind.LABEL:
            return _label(node, type_, problems)
        case Kind.TEXT | Kind.TEXTS:
            return as_text(node, problems)


def _label(node: Node, type_: Type, problems: Problems) -> Value | None:
    text = as_text(node, problems)
    if text is None or type_.labels is None:
        return None
    try:
        return type_.labels.of(text)
    except ValueError:
        known = [member.label for member in type_.labels]
        close = suggest(text, known)
        help_ = f"did you mean `{close}`?" if close else f"it is one of: {', '.join(known)}"
        problems.add("unknown-value", f"unknown value `{text}`", node.place, help_)
        return None


def operand(ctx: Context, node: Node, type_: Type) -> Expr | None:
    """Read what a fact is compared with: a written value, or a mapping with `value`, `table`, `fact` or `period`."""
    if not isinstance(node, Mapping):
        value = literal(node, type_, ctx.problems)
        return None if value is None else Literal(value)
    words = [word for word in OPERANDS if word in node.entries]
    keys(node, (*OPERANDS, "on", "column", "by"), "an operand", ctx.problems)
    if len(words) != 1:
        ctx.problems.add(
            "operand",
            "an operand names one thing",
            node.place,
            "write one of: " + ", ".join(f"`{w}: …`" for w in OPERANDS),
        )
        return None
    return _named(ctx, node, words[0], type_)


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
    kinds = {DURATION.kind: DATE.kind}
    wanted, given = kinds.get(type_.kind, type_.kind), kinds.get(typed.type.kind, typed.type.kind)
    if wanted != given or type_.labels is not typed.type.labels or typed.type.places > type_.places:
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
        return f"a number with {type_.places} decimals"
    return f"a {type_.kind.value}"


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
    if name in ctx.policy.names("figures"):
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
    found = fact_of(scopes[prefix], rest) if dot and prefix in scopes else fact_of(ctx.default, name)
    if found is None:
        of_record = [f"record.{field}" for field in record_fields(ctx.history)] if ctx.history else []
        known = [*FACTS, *ctx.policy.names("figures"), *(f"{p}." for p in scopes), *of_record]
        ctx.unknown("unknown-fact", name, "fact", place, known)
        return None
    if found.protected and found.protected not in ctx.allows:
        ctx.problems.add(
            "protected",
            f"`{name}` reads the protected attribute `{found.protected}`",
            place,
            f"leave it out, or state the law that allows it: `protected: {{{found.protected}: <basis>}}` in the rule",
        )
    return found


# Dated values


def dated_value(ctx: Context, name: str, place: Place, type_: Type, node: Mapping | None = None) -> Expr | None:
    """Give a dated value of the policy, on the day that `on` names (as-of when it does not)."""
    versions = ctx.policy.value_versions(name)
    if versions is None:
        ctx.unknown("unknown-value-name", name, "value", place, ctx.policy.names("values"))
        return None
    return _dated(ctx, name, place, _on(ctx, node), versions, lambda what: _literal_of(what, type_, ctx.problems))


def _literal_of(node: Node, type_: Type, problems: Problems) -> Expr | None:
    value = literal(node, type_, problems)
    return None if value is None else Literal(value)


Build: TypeAlias = Callable[[Any], Expr | None]


def _dated(
    ctx: Context, name: str, place: Place, on: Expr | None, versions: list[Version[Any]], build: Build
) -> Expr | None:
    """Give what holds on a day: on the as-of date at once, on another by a chain of choices."""
    if on is not None:
        parts = [(v, _of_version(ctx, name, v, versions, build)) for v in versions]
        return chain(on, [(v.span.since, v.span.until, expr) for v, expr in parts if expr is not None])
    now = active(versions, ctx.day)
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
                "not-covered",
                f"`{name}` has no older version that began on {since}",
                entry.place,
                f"the older versions began on: {known}" if known else "the first version has none to keep",
            )
        return new
    with ctx.entering(f"transition of {name}", entry.place) as inside:
        if inside is None:
            return new
        for_whom = ctx.condition(replace(inside, history=None), version.unless, ("keep",)).truth
        old = _of_version(inside, name, kept, versions, build)
    return new if old is None else If(for_whom, old, new)


def _on(ctx: Context, node: Mapping | None) -> Expr | None:
    """Read which date picks the version; None is the as-of date."""
    if node is None or "on" not in node.entries:
        return ctx.record_day()
    entry = node.entries["on"].value
    word = as_text(entry, ctx.problems)
    choices: dict[str, Expr | None] = {"as_of": None, "record": ctx.record_day()}
    if ctx.period is not None:
        choices |= {"period_start": ctx.period[0], "period_end": ctx.period[1]}
    if word in choices:
        return choices[word]
    if word is None:
        return None
    typed = fact(ctx, word, entry.place)
    if typed is not None and typed.type.kind is not Kind.DATE:
        ctx.problems.add("type-mismatch", f"`{word}` is not a date", entry.place, "`on` names a date")
        return None
    return typed.expr if typed else None


def chain(day: Expr, parts: list[tuple[date, date, Expr]]) -> Expr:
    """Choose among dated values by a day that is not known yet; none before the first."""
    result: Expr = Literal(ABSENT)
    for since, until, value in parts:
        ended = until != OPEN
        still: Expr = If(Compare("below", day, Literal(until)), value, Literal(ABSENT)) if ended else value
        result = If(Compare("at_least", day, Literal(since)), still, result)
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
    column = as_text(node.entries["column"].value, ctx.problems) if node and "column" in node.entries else None

    def build(version: Any) -> Expr | None:
        return _lookup(ctx, name, version, typed, type_, column, place)

    return _dated(ctx, name, place, _on(ctx, node), declared.versions, build)


def _keyed_by(ctx: Context, name: str, declared: tuple[Scalar, ...], node: Mapping | None) -> tuple[Scalar, ...]:
    """Give the facts that a table is looked up by: those it declares, or others of the same kind named with `by`."""
    if node is None or "by" not in node.entries:
        return declared
    given = node.entries["by"].value
    items = tuple(item for item in (given.items if isinstance(given, Sequence) else (given,)) if isinstance(item, Scalar))
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
    return fact(ctx, node.text, node.place)


def _lookup(
    ctx: Context, name: str, version: Any, by: list[Typed], type_: Type, column: str | None, place: Place
) -> Expr | None:
    rows: list[tuple[tuple[Key, ...], Value]] = []
    for path, cell in version.cells(column):
        key = tuple(_row_key(node, typed.type, ctx.problems) for node, typed in zip(path, by, strict=False))
        value = ABSENT if isinstance(cell, Scalar) and cell.text == NONE else literal(cell, type_, ctx.problems)
        if len(path) != len(by):
            ctx.problems.add(
                "table-shape",
                f"this row of `{name}` has {len(path)} key{'s' * (len(path) != 1)}, but the table is by {len(by)}",
                path[-1].place if path else place,
                "write one level of keys for each name in `by`",
            )
        elif None not in key and value is not None:
            rows.append((key, value))  # type: ignore[arg-type]  # no None is left
    if not rows:
        return None
    otherwise = _otherwise(ctx, name, version, by, rows, type_)
    return Lookup(tuple(typed.expr for typed in by), tuple(rows), otherwise, name)


def _otherwise(ctx: Context, name: str, version: Any, by: list[Typed], rows: Any, type_: Type) -> Value:
    node = version.otherwise
    if node is not None:
        if isinstance(node, Scalar) and node.text == NONE:
            return ABSENT
        value = literal(node, type_, ctx.problems)
        return ABSENT if value is None else value
    wanted = 1
    for typed in by:
        wanted *= len(typed.type.labels) if typed.type.labels else 10**9
    if len({key for key, _ in rows}) < wanted:
        ctx.problems.add(
            "table-not-total",
            f"the table `{name}` does not say what holds for the keys without a row",
            version.place,
            "add `otherwise:` with a value, or `otherwise: none`",
        )
    return ABSENT


def _row_key(node: Scalar, type_: Type, problems: Problems) -> Key | None:
    if node.text == NONE and not node.quoted:
        return ABSENT
    if type_.kind is Kind.NUMBER and ".." in node.text:
        low, _, high = node.text.partition("..")
        ends = [
            literal(Scalar(end.strip(), node.place, True), type_, problems) if end.strip() else None
            for end in (low, high)
        ]
        return Band(ends[0], ends[1])  # type: ignore[arg-type]  # numbers
    return literal(node, type_, problems)


def duration(ctx: Context, node: Node) -> Expr | None:
    """Read a duration in months: written, or a dated value."""
    return operand(ctx, node, DURATION)
