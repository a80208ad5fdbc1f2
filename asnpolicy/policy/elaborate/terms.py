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
from asnpolicy.policy.dated import BEGINNING, Span, Version
from asnpolicy.policy.elaborate.context import UNSAID, Context, Typed
from asnpolicy.policy.elaborate.durations import duration
from asnpolicy.policy.elaborate.fitting import fitted, kind_words
from asnpolicy.policy.elaborate.lookups import look_up
from asnpolicy.policy.elaborate.naming import figure_instead, in_indonesian, under_a_history
from asnpolicy.policy.elaborate.offsets import offset
from asnpolicy.policy.surface.literals import is_well_written, literal, value_of
from asnpolicy.policy.surface.names import Name, RawValue
from asnpolicy.policy.surface.operands import FactTerm, ItemTerm, OffsetTerm, Operand, PeriodTerm, TableTerm, ValueTerm
from asnpolicy.policy.surface.values import Transition, ValueVersion
from asnpolicy.policy.tables import TableVersion
from asnpolicy.problems import TABLE, VALUE, Place, Problems, did_you_mean, meant, write
from asnpolicy.text import Text, phrase


def operand(ctx: Context, given: Operand, type_: Type) -> Expr | None:
    """Build what a fact is compared with."""
    built = _operand(ctx, given, type_)
    return duration(ctx, built, _place_of(given)) if built is not None and type_.kind is Kind.DURATION else built


def _place_of(given: Operand) -> Place:
    match given:
        case ValueTerm(name) | TableTerm(name) | FactTerm(name):
            return name.place
        case PeriodTerm(edge):
            return edge.place
        case _:
            return given.place


def _operand(ctx: Context, given: Operand, type_: Type) -> Expr | None:
    match given:
        case RawValue():
            return None if _names(ctx, given, type_) else literal_of(given, type_, ctx.problems)
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
        case OffsetTerm(term, word, amount):
            return offset(ctx, operand(ctx, term, type_), word, amount, type_)
        case _:
            assert_never(given)


def _names(ctx: Context, given: RawValue, type_: Type) -> bool:
    """Tell a fact, a figure or a value that stands where a number, a day or a length is needed, without saying that it is named."""
    if type_.kind not in (Kind.NUMBER, Kind.DATE, Kind.DURATION) or not given.text[:1].isalpha():
        return False
    of = "value" if given.text in ctx.policy.names("values") else "fact"
    if of == "fact" and given.text not in FACTS and given.text not in ctx.policy.names("figures"):
        return False
    message = phrase(
        en="`{name}` is named here as if it were written out", id="`{name}` disebut di sini seolah-olah nilainya sendiri", name=given.text
    )
    ctx.problems.add("wrong-value", message, given.place, write(f"{{{of}: {given.text}}}"))
    return True


def literal_of(written: RawValue, type_: Type, problems: Problems) -> Literal | None:
    """Build a value as it is written."""
    value = literal(written, type_, problems)
    return None if value is None else Literal(value)


def _item(ctx: Context, place: Place, type_: Type) -> Expr | None:
    """Build the item of the enclosing `each`, read as what it is compared with."""
    if ctx.each is None:
        ctx.problems.add(
            "no-each",
            phrase(en="there is no `each` here", id="di sini tidak ada `each`"),
            place,
            phrase(
                en="`fact: each` stands inside `each`, beside the list of what is meant: `each: {{of: [latsar, pim-4], trainings: {{where: {{code: {{is: {{fact: each}}}}}}, count: {{at_least: 1}}}}}}`",
                id="`fact: each` berada di dalam `each`, di samping daftar butirnya: `each: {{of: [latsar, pim-4], trainings: {{where: {{code: {{is: {{fact: each}}}}}}, count: {{at_least: 1}}}}}}`",
            ),
        )
        return None
    return literal_of(ctx.each, type_, ctx.problems)


def _period(ctx: Context, name: str, place: Place, type_: Type) -> Expr | None:
    if ctx.period is None or name not in ("start", "end") or (name == "end" and ctx.period.is_open):
        message = phrase(en="there is no `period: {name}` here", id="di sini tidak ada `period: {name}`", name=name)
        ctx.problems.add(
            "no-period",
            message,
            place,
            phrase(
                en="only duties with `every:` have a period: start, and end but for the rank or the post that is held",
                id="hanya kewajiban dengan `every:` yang punya periode: start, dan end kecuali untuk pangkat atau jabatan yang dipegang",
            ),
        )
        return None
    return fitted(ctx, Typed(ctx.period.end if name == "end" else ctx.period.start, DATE), type_, place)


# Facts


def fact(ctx: Context, name: Name) -> Typed | None:
    """Find a fact, a figure, a field of the record or of a scope, or the target."""
    if name.text.startswith("record."):
        return record_field(ctx, replace(name, text=name.text.removeprefix("record.")))
    if name.text == "target":
        if ctx.target is None:
            ctx.problems.add(
                "no-target",
                phrase(en="there is no target here", id="di sini tidak ada tujuan"),
                name.place,
                phrase(en="only a rule with `to:` has a target", id="hanya aturan dengan `to:` yang punya tujuan"),
            )
        return ctx.target
    if name.text in ctx.policy.names("figures") and name.text not in FACTS:
        return ctx.figure(ctx, name)
    found = find_fact(ctx, name)
    return Typed(found.value(EVER), found.type) if found else None


def record_field(ctx: Context, name: Name) -> Typed | None:
    """Find a field of the record that the words speak of; without `record.` a word speaks of the person."""
    if ctx.history is None:
        message = phrase(
            en="`record.{name}` has no record here", id="`record.{name}` tidak punya catatan di sini", name=name.text
        )
        ctx.problems.add(
            "no-record",
            message,
            name.place,
            under_a_history(name.text),
        )
        return None
    fields = record_fields(ctx.history)
    if name.text not in fields:
        ctx.problems.unknown(
            "unknown-fact", name.text, Text(f"isian `{ctx.history}`", f"field of `{ctx.history}`"), name.place, fields
        )
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
            phrase(
                en="`{name}` reads the protected attribute `{protected}`",
                id="`{name}` membaca ciri terlindung `{protected}`",
                name=name.text, protected=found.protected,
            ),
            name.place,
            phrase(
                en="leave it out, or state the law that allows it: `protected: {{{protected}: {law} pasal 1}}` in the rule",
                id="hapus, atau sebut hukum yang membolehkannya: `protected: {{{protected}: {law} pasal 1}}` pada aturannya",
                protected=found.protected, law=next(iter(ctx.policy.source_names()), "perda"),
            ),
        )
    return found


def _no_fact(ctx: Context, name: Name, prefix: str) -> None:
    if prefix in _WHOM and prefix not in dict(ctx.scopes):
        message = phrase(
            en="there is no `{prefix}` here for `{name}`",
            id="di sini tidak ada `{prefix}` untuk `{name}`",
            prefix=prefix,
            name=name.text,
        )
        ctx.problems.add("unknown-fact", message, name.place, _WHOM[prefix])
        return
    of_record = [f"record.{field}" for field in record_fields(ctx.history)] if ctx.history else []
    of_scopes = [f"{whom}.{field}" for whom, scope in ctx.scopes for field in _fields(scope)]
    known = [*FACTS, *ctx.policy.names("figures"), *of_record, *of_scopes]
    close = in_indonesian(name.text)
    help_ = figure_instead(name.text) or (did_you_mean(close) if close else meant(name.text, known, ALL_FACTS))
    ctx.problems.add(
        "unknown-fact",
        phrase(en="unknown fact `{name}`", id="fakta `{name}` tidak dikenal", name=name.text),
        name.place,
        help_,
    )


ALL_FACTS = phrase(en="docs/reference/facts.md lists what may be asked", id="daftar fakta ada di docs/reference/facts.md")
_WHOM = {
    "opening": phrase(
        en="only a promotion with `to: opening` has one", id="hanya kenaikan dengan `to: opening` yang memilikinya"
    )
} | dict.fromkeys(
    ("mentor", "mentee", "pair"),
    phrase(
        en="only mentoring speaks of a mentor, a mentee and their pair",
        id="hanya pembimbingan (mentoring) yang mengenal mentor, mentee, dan pasangannya",
    ),
)


def _fields(scope: Scope) -> Iterable[str]:
    return fields_of(scope) if scope in ("opening", "pair") else FACTS


# Dated values


def dated_value(ctx: Context, term: ValueTerm, type_: Type) -> Expr | None:
    """Build a dated value of the policy, on the day that `on` names (as-of when it does not)."""
    name = term.name
    versions = ctx.policy.value_versions(name.text)
    if versions is None:
        ctx.problems.unknown("unknown-value-name", name.text, VALUE, name.place, ctx.policy.names("values"))
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
    if value_of(what, type_) is None and is_well_written(what) and not _is_number(what, type_):
        ctx.problems.add(
            "type-mismatch",
            phrase(
                en="the value `{name}` is `{what}`, but {type} is needed here",
                id="nilai `{name}` adalah `{what}`, padahal di sini diperlukan {type}",
                name=name.text,
                what=what.text,
                type=kind_words(type_),
            ),
            name.place,
            phrase(
                en="name another value, or correct it in {what}",
                id="sebut nilai lain, atau perbaiki di {what}",
                what=what.place,
            ),
        )
        return None
    return literal_of(what, type_, ctx.problems)


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
        phrase(
            en="`{name}` has no version for {day}, but a rule uses it then",
            id="`{name}` tidak punya versi untuk {day}, padahal ada aturan yang memakainya saat itu",
            name=name.text,
            day=ctx.day,
        ),
        name.place,
        phrase(
            en="give a version with an earlier `from`, or let the rule begin later",
            id="beri versi dengan `from` lebih awal, atau mulai aturannya lebih kemudian",
        ),
    )
    return None


def _is_number(what: RawValue, type_: Type) -> bool:
    """Tell whether a number is needed and one is written, in another way: that is told where it is written."""
    return type_.kind is Kind.NUMBER and value_of(what, Type(Kind.NUMBER, places=6)) is not None


def _of_version(
    ctx: Context, name: Name, version: Version[Any], versions: list[Version[Any]], build: Build, picked: Truth
) -> Expr | None:
    """Build one version; for whom it says `unless`, the older one that it keeps."""
    unless = version.unless
    if unless is None or unless.keep is None:
        return build(version.what, picked)
    kept = next((v for v in versions if v.span.since == unless.keep < version.span.since), None)
    if kept is None:
        if [v.span.since for v in versions].count(unless.keep) > 1:  # two begin on that day, which is told where they stand
            return None
        _nothing_kept(ctx, name, unless, [v.span.since for v in versions if v.span.since < version.span.since])
        return build(version.what, picked)
    with ctx.entering(Text(f"peralihan `{name.text}`", f"transition of `{name.text}`"), unless.place) as inside:
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
        phrase(
            en="`{name}` has no older version that began on {keep}",
            id="`{name}` tidak punya versi lama yang dimulai pada {keep}",
            name=name.text,
            keep=unless.keep,
        ),
        unless.place,
        phrase(en="the older versions began on: {known}", id="versi lamanya dimulai pada: {known}", known=known)
        if known
        else phrase(
            en="the first version has none to keep", id="versi pertama tidak punya versi lama yang dapat dipertahankan"
        ),
    )


class Pick(NamedTuple):
    """The day that picks a version: an expression, and how many days later that one lies."""

    day: Expr
    later: timedelta = timedelta(0)

    def lies_in(self, span: Span) -> Truth:
        """Return the condition that the day lies in a span."""
        begun = Compare("at_least", self.day, Literal(span.since + self.later))
        if span.until == OPEN:
            return begun
        ended = Compare("below", self.day, Literal(span.until + self.later))
        return ended if span.since <= BEGINNING else AllOf((begun, ended))


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
                message = phrase(en="`on: record` has no record here", id="`on: record` tidak punya catatan di sini")
                ctx.problems.add(
                    "no-record",
                    message,
                    on.place,
                    phrase(en="it is meant for `where:` and `of:`", id="itu untuk `where:` dan `of:`"),
                )
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
        ctx.problems.add(
            "type-mismatch",
            phrase(en="`{name}` is not a date", id="`{name}` bukan tanggal", name=name.text),
            name.place,
            phrase(en="{what} names a date", id="{what} menyebut tanggal", what=what),
        )
        return None
    return typed.expr if typed else None


def chain(on: Pick, parts: list[tuple[date, date, Expr]]) -> Expr:
    """Choose among dated values by a day that is not known yet; none before the first, unless that began with the state."""
    result: Expr = Literal(ABSENT)
    for since, until, value in parts:
        still: Expr = value
        if until != OPEN:
            still = If(Compare("below", on.day, Literal(until + on.later)), value, Literal(ABSENT))
        ever = since <= BEGINNING and until != OPEN  # an open one would hold where there is no day, too
        result = still if ever else If(Compare("at_least", on.day, Literal(since + on.later)), still, result)
    return result


# Tables


def table(ctx: Context, term: TableTerm, type_: Type) -> Expr | None:
    """Build a look-up in a table, in the version of the day that `on` names."""
    name = term.name
    declared = ctx.policy.table(name.text)
    if declared is None:
        ctx.problems.unknown("unknown-table", name.text, TABLE, name.place, ctx.policy.names("tables"))
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
        phrase(
            en="the table `{name}` is by {declared}, but {given} {what} named",
            id="tabel `{name}` menurut {declared}, padahal yang disebut {given}",
            name=term.name.text,
            declared=len(declared),
            given=len(given),
            what="is" if len(given) == 1 else "are",
        ),
        term.by_place,
        phrase(
            en="name one fact for each name in the table's `by`",
            id="sebut satu fakta untuk setiap nama pada `by` tabel",
        ),
    )
    return declared


def _key(ctx: Context, name: Name) -> Typed | None:
    typed = fact(ctx, name)
    if typed is not None and typed.type.kind in (Kind.SPAN, Kind.TEXTS):
        ctx.problems.add(
            "type-mismatch",
            phrase(
                en="a table can't be keyed by `{name}`, which is {type}",
                id="tabel tidak dapat menurut `{name}`, yang berupa {type}",
                name=name.text,
                type=kind_words(typed.type),
            ),
            name.place,
            phrase(en="key it by a fact with single values", id="pakai fakta yang bernilai tunggal"),
        )
        return None
    return typed and replace(typed, name=name.text)
