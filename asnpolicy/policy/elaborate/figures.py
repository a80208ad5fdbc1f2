"""Figures: computed, explained values of a policy, usable wherever a fact is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal as Choice
from typing import assert_never

from asnpolicy.language.facts import FACTS, fold, on_last_day, summed
from asnpolicy.language.history_labels import HISTORY_LABELS, labelled
from asnpolicy.language.nodes import (
    NUMBER,
    TEXT,
    YES,
    AllOf,
    Arithmetic,
    Divide,
    Expr,
    Figure,
    FoldOp,
    If,
    Kind,
    Literal,
    MonthsBetween,
    Not,
    Rounding,
    Truth,
    Type,
    Value,
)  # fmt: skip
from asnpolicy.language.ranges import too_wide
from asnpolicy.language.rules import MadeOf, Text
from asnpolicy.language.windows import AS_OF
from asnpolicy.people import ABSENT, HISTORIES
from asnpolicy.policy.elaborate.comparisons import window
from asnpolicy.policy.elaborate.components import How, chosen, component, of_several, with_division
from asnpolicy.policy.elaborate.conditions import condition
from asnpolicy.policy.elaborate.context import Context, Typed
from asnpolicy.policy.elaborate.fitting import kind_words
from asnpolicy.policy.elaborate.terms import dated_value, fact, literal_of, record_field, table
from asnpolicy.policy.merged import Merged
from asnpolicy.policy.surface.figure_hints import length_since
from asnpolicy.policy.surface.figures import (
    Choose,
    Division,
    FigureForm,
    FigurePart,
    FigureTerm,
    Formula,
    HalfWord,
    Parts,
    RecordsTerm,
    RecordsWord,
    TimeTerm,
    TimeWord,
)
from asnpolicy.policy.surface.literals import decimals, is_well_written, number
from asnpolicy.policy.surface.measures import measured
from asnpolicy.policy.surface.names import Name, RawValue
from asnpolicy.policy.surface.operands import FactTerm, TableTerm, ValueTerm
from asnpolicy.problems import FIGURE, Place, Problems, did_you_mean, either, meant, there_is, unknown, write
from asnpolicy.text import Message, phrase

_YEAR = 12
"""Months in a year."""
ROUNDINGS: dict[HalfWord, Rounding] = {"up": "half_up", "even": "half_even"}


def figure(ctx: Context, name: Name) -> Typed | None:
    """Build a figure of the policy as a term."""
    known = ctx.policy.names("figures")
    if name.text not in known:
        ctx.problems.unknown("unknown-figure", name.text, FIGURE, name.place, known)
        return None
    declared, form = ctx.policy.declared("figures", name.text), ctx.policy.figure(name.text)
    formula = form.formula if form is not None and _has_its_record(ctx, name, form) else None
    if declared is None or form is None or formula is None:
        return None
    with ctx.entering(Text(f"angka `{name.text}`", f"figure `{name.text}`"), name.place) as inside:
        if inside is None:
            return None
        typed = _built(inside if form.of is not None else inside.within(None), formula)
        if form.divide is not None:
            typed = _number(ctx, typed, declared.place)
            typed = None if typed is None else _divided(typed, form.divide)
    if typed is not None and too_wide(typed.expr, ctx.history or ""):
        message = phrase(
            en="`{name}` may come to larger numbers than can be counted exactly",
            id="`{name}` dapat menghasilkan bilangan lebih besar daripada yang dapat dihitung dengan tepat",
            name=name.text,
        )
        help = phrase(
            en="multiply fewer things, keep fewer decimals, or divide and round on the way",
            id="kalikan lebih sedikit hal, kurangi desimalnya, atau bagi dan bulatkan di tengah hitungan",
        )
        ctx.problems.add("overflow", message, declared.place, help)
        return None
    return Typed(Figure(name.text, typed.expr), typed.type, of_several(typed.components)) if typed else None


@dataclass(frozen=True, slots=True)
class Named:
    """A figure of one day, on its own: what it is called, and how it is worked out."""

    id: str
    title: Text
    unit: Text | None
    basis: str
    type: Type
    value: Expr
    history: str | None
    components: tuple[MadeOf, ...] = ()


def named(policy: Merged, name: str, day: date) -> Named | None:
    """Return a figure as a policy has it on a day; None when it has none of that name."""
    declared, form = policy.declared("figures", name), policy.figure(name)
    if declared is None or form is None:
        return None
    allowed = frozenset(fact.protected for fact in FACTS.values() if fact.protected)
    ctx = Context(
        day=day, policy=policy, problems=Problems(), figure=figure, condition=condition,
        scopes=(("opening", "opening"),), allows=allowed,
    )  # fmt: skip
    history = form.of.text if form.of else None
    typed = figure(ctx.within(history), Name(name, declared.place))
    if typed is None:
        return None
    basis = policy.citation(form.basis)
    return Named(name, form.title, form.unit, basis, typed.type, typed.expr, history, typed.components)


def _has_its_record(ctx: Context, name: Name, form: FigureForm) -> bool:
    """Tell whether a figure of records stands where their history is meant."""
    if form.of is None or form.of.text == ctx.history:
        return True
    message = phrase(
        en="`{name}` is of one of the `{of}`, and none is meant here",
        id="`{name}` dihitung untuk satu catatan `{of}`, padahal di sini tidak ada catatan",
        name=name.text,
        of=form.of.text,
    )
    ctx.problems.add(
        "no-record",
        message,
        name.place,
        phrase(en="add it up: `sum: {{of: {name}}}`", id="jumlahkan: `sum: {{of: {name}}}`", name=name.text),
    )
    return False


def _built(ctx: Context, formula: Formula) -> Typed | None:
    match formula:
        case Parts():
            return _parts(ctx, formula)
        case Choose():
            return _chosen(ctx, formula)
        case RecordsTerm():
            typed = _records(ctx, formula)
            return None if typed is None else replace(typed, components=(component(ctx, "plus", formula, typed),))
        case _:
            assert_never(formula)


def _parts(ctx: Context, written: Parts) -> Typed | None:
    parts = [_part(ctx, part) for part in written.parts]
    typed = [part for part in parts if part is not None]
    if len(typed) != len(parts):
        return None
    result = typed[0]
    for part in typed[1:]:
        result = _times(result, part) if written.word == "times" else _aligned(written.word, result, part)
    hows: list[How] = ["plus", *(written.word for _ in typed[1:])]
    made_of = tuple(component(ctx, *each) for each in zip(hows, written.parts, typed, strict=True))
    return replace(result, components=made_of)


def _times(one: Typed, other: Typed) -> Typed:
    places = one.type.places + other.type.places
    return Typed(Arithmetic("times", one.expr, other.expr), Type(Kind.NUMBER, None, places))


def _aligned(word: Choice["plus", "minus"], one: Typed, other: Typed) -> Typed:
    places = max(one.type.places, other.type.places)
    return Typed(Arithmetic(word, _to(one, places), _to(other, places)), Type(Kind.NUMBER, None, places))


def _to(typed: Typed, places: int) -> Expr:
    factor = 10 ** (places - typed.type.places)
    return typed.expr if factor == 1 else Arithmetic("times", typed.expr, Literal(factor))


def _part(ctx: Context, part: FigurePart) -> Typed | None:
    match part:
        case RawValue():
            value = number(part, ctx.problems)
            return None if value is None else Typed(Literal(value), Type(Kind.NUMBER, None, decimals(part)))
        case FactTerm(name):
            return _number(ctx, fact(ctx, name), name.place, name.text)
        case FigureTerm(name):
            return _number(ctx, figure(ctx, name), name.place)
        case ValueTerm(name):
            type_ = Type(Kind.NUMBER, None, ctx.policy.decimals_of_value(name.text))
            return _typed(dated_value(ctx, part, type_), type_)
        case TableTerm(name):
            type_ = Type(Kind.NUMBER, None, ctx.policy.decimals_of_table(name.text))
            return _typed(table(ctx, part, type_), type_)
        case TimeTerm(word, name):
            return _time(ctx, fact(ctx, name), word, name)
        case RecordsTerm():
            return _number(ctx, _records(ctx, part), part.place)
        case _:
            assert_never(part)


def _time(ctx: Context, typed: Typed | None, word: TimeWord, name: Name) -> Typed | None:
    """Build the whole years or months that have passed since the day a length of time is counted from."""
    if typed is None:
        return None
    if typed.type.kind is not Kind.DURATION:
        message = phrase(en="`{word}` is of a length of time", id="`{word}` adalah untuk lama waktu", word=word)
        length = length_since(name.text)
        named = phrase(en="name one, such as `time_in_service`", id="sebut lama waktu, seperti `time_in_service`")
        ctx.problems.add("type-mismatch", message, name.place, write(f"{word}: {length}") if length else named)
        return None
    months = MonthsBetween(typed.expr, AS_OF)
    return Typed(months if word == "months" else Divide(months, _YEAR, "down"), NUMBER)


def _typed(expr: Expr | None, type_: Type) -> Typed | None:
    return None if expr is None else Typed(expr, type_)


def _number(ctx: Context, typed: Typed | None, place: Place, named: str = "") -> Typed | None:
    if typed is not None and typed.type.kind is not Kind.NUMBER:
        message = phrase(
            en="a figure is worked out from numbers, and this is {type}",
            id="angka dihitung dari bilangan, sedangkan ini {type}",
            type=kind_words(typed.type),
        )
        ctx.problems.add("type-mismatch", message, place, _a_number(typed, named))
        return None
    return typed


def _a_number(typed: Typed, named: str) -> Message:
    """Return the way out of what is no number: of a length of time and of a day the years, of a label a table."""
    length = named if typed.type.kind is Kind.DURATION else length_since(named)
    if length:
        return write(f"{{years: {length}}}")
    if not named:
        return phrase(
            en="name a field that is a number, as in `sum: {{of: trainings, field: hours}}`",
            id="sebut isian yang berupa bilangan, seperti `sum: {{of: trainings, field: hours}}`",
        )
    return phrase(
        en="name a number, such as `{{fact: training_hours}}`, or a table by `{named}` that gives one",
        id="sebut sebuah bilangan, seperti `{{fact: training_hours}}`, atau tabel menurut `{named}` yang memberi bilangan",
        named=named,
    )


def _records(ctx: Context, term: RecordsTerm) -> Typed | None:
    if term.history is None:
        _no_records(ctx, term)
        return None
    inside = ctx.within(term.history)
    if term.word == "count":
        value: Typed | None = Typed(Literal(1), NUMBER)
    elif term.of.text in HISTORIES:
        value = _foldable(ctx, record_field(inside, term.field), term, term.field.place) if term.field else None
    else:
        value = _foldable(ctx, figure(inside, Name(term.of.text, term.place)), term, term.of.place)
    return None if value is None else _folded(ctx, inside, term, value)


def _no_records(ctx: Context, term: RecordsTerm) -> None:
    """Tell what has no records: an unknown name, or a figure that is one number."""
    name = term.of.text
    figures = {one: ctx.policy.figure(one) for one in ctx.policy.names("figures")}
    found = figures.get(name)
    if found is not None and found.of is None and found.formula is not None:
        message = phrase(en="figure `{name}` is one number, and has no records", id="angka `{name}` satu bilangan saja, dan tidak punya catatan", name=name)
        ctx.problems.add("no-record", message, term.of.place, write(f"plus: [{{figure: {name}}}]"))
    if name in figures:  # what is amiss with a figure of records is told where it stands
        return
    of_records = [one for one, form in sorted(figures.items()) if form is not None and form.of is not None]
    what = Text("riwayat atau angka per catatan", "history or figure of records")
    close = labelled(name, HISTORY_LABELS)
    help = did_you_mean(close) if close else meant(name, [*HISTORIES, *of_records], there_is([*sorted(HISTORIES), *of_records]))
    ctx.problems.add("unknown-figure", unknown(what, name), term.of.place, help)


def _foldable(ctx: Context, typed: Typed | None, term: RecordsTerm, place: Place) -> Typed | None:
    """Hold a field to what can be made of it: only numbers add up, and only what has an order has a lowest."""
    if typed is None or term.word == "sum":
        return _number(ctx, typed, place)
    kind, labels = typed.type.kind, typed.type.labels
    ordered = kind in (Kind.NUMBER, Kind.DATE) or (labels is not None and labels.ordered())
    if ordered or (term.word == "latest" and kind is not Kind.TEXTS):
        return typed
    message = phrase(
        en="the values of `{field}` have no `{word}`", id="nilai `{field}` tidak punya `{word}`",
        field=(term.field or term.of).text, word=term.word,
    )  # fmt: skip
    ctx.problems.add("no-order", message, place, either(*measured("lowest", term.history or "")))
    return None


def _folded(ctx: Context, inside: Context, term: RecordsTerm, value: Typed) -> Typed | None:
    where = condition(inside, term.where).truth if term.where else YES
    look = window(ctx.within(None), term.stretches)
    history, each = term.history or "", _plain(value.expr)
    if term.word == "sum" and not look.last and look.until is None and look.months is None:
        return Typed(summed(history, each, where, look.first), value.type, value.components)
    otherwise: Value = 0 if term.word in ("sum", "count") else ABSENT
    if term.otherwise is not None:
        given = literal_of(term.otherwise, value.type, ctx.problems)
        if given is None:
            return None
        otherwise = given.value
    meant = (where,) if term.nth == 1 else (where, on_last_day(history, where, term.nth, look))
    folded = fold(
        _OPS[term.word], history, each if term.word != "count" else None, where=meant, window=look, otherwise=otherwise
    )
    return Typed(folded, value.type, value.components)


_OPS: dict[RecordsWord, FoldOp] = {
    "sum": "sum",
    "count": "count",
    "lowest": "least",
    "highest": "greatest",
    "latest": "latest",
}


def _picked(ctx: Context, part: FigurePart, test: Truth) -> Typed | None:
    """Build a part that counts for some: what it cites is cited of them alone."""
    before = len(ctx.cited)
    typed = _part(ctx, part)
    ctx.cited[before:] = [replace(one, picked=AllOf((test, one.picked))) for one in ctx.cited[before:]]
    return typed


def _chosen(ctx: Context, written: Choose) -> Typed | None:
    """Build one part or the other; two texts are a text, and all else are numbers."""
    decides = condition(ctx, written.test)
    test, parts = decides.truth, (written.then, written.otherwise)
    texts = [part for part in parts if isinstance(part, RawValue) and not is_well_written(part)]
    if len(texts) == len(parts):
        words = [Typed(Literal(part.text), TEXT) for part in texts]
        told = chosen(ctx, decides, (written.then, words[0]), (written.otherwise, words[1]))
        return Typed(If(test, words[0].expr, words[1].expr), TEXT, (told,))
    if texts:
        _word_beside_number(ctx, texts[0])
        return None
    then, otherwise = _picked(ctx, written.then, test), _picked(ctx, written.otherwise, Not(test))
    if then is None or otherwise is None:
        return None
    places = max(then.type.places, otherwise.type.places)
    told = chosen(ctx, decides, (written.then, then), (written.otherwise, otherwise))
    return Typed(If(test, _to(then, places), _to(otherwise, places)), Type(Kind.NUMBER, None, places), (told,))


def _word_beside_number(ctx: Context, word: RawValue) -> None:
    """Tell a choice that comes to a word one way and to a number the other."""
    message = phrase(
        en="`{word}` is a word, and the other way this figure comes to a number",
        id="`{word}` adalah kata, sedangkan cabang yang lain menghasilkan bilangan",
        word=word.text,
    )
    help = phrase(
        en="write words under both `then` and `otherwise`, such as `umum`, or numbers under both",
        id="tulis kata di bawah `then` dan `otherwise`, misalnya `umum`, atau bilangan di bawah keduanya",
    )
    ctx.problems.add("type-mismatch", message, word.place, help)


def _plain(expr: Expr) -> Expr:
    return expr.body if isinstance(expr, Figure) else expr


def _divided(typed: Typed, division: Division) -> Typed:
    places = division.places
    up, down = max(0, places - typed.type.places), max(0, typed.type.places - places)
    value = typed.expr if up == 0 else Arithmetic("times", typed.expr, Literal(10**up))
    quotient = Divide(value, division.by * 10**down, ROUNDINGS[division.half])
    return with_division(Typed(quotient, Type(Kind.NUMBER, None, places), typed.components), division.by)
