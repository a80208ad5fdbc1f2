"""Comparisons: what is required of one fact, in the window it looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias, assert_never, get_args

from asnpolicy.language.facts import Fact, compare, each_year, fold, rescope
from asnpolicy.language.nodes import (
    DATE,
    DURATION,
    NUMBER,
    AllOf,
    AnyOf,
    Compare,
    Comparison,
    Contains,
    Expr,
    Field,
    Fold,
    FoldOp,
    IsNone,
    Kind,
    Literal,
    Member,
    Not,
    RecordField,
    StartOfYear,
    Truth,
    Type,
    Value,
    Within,
)
from asnpolicy.language.rules import Branch, ConditionTree, Leaf, Observation, YearLeaf, together
from asnpolicy.language.windows import EVER, Window, during, in_last, last, last_full_years, last_rated, since
from asnpolicy.people import ABSENT
from asnpolicy.policy.elaborate.choices import never_so
from asnpolicy.policy.elaborate.coding import codes_agree, held_in
from asnpolicy.policy.elaborate.components import compared
from asnpolicy.policy.elaborate.context import HOLDS, Context
from asnpolicy.policy.elaborate.contradictions import tests_agree
from asnpolicy.policy.elaborate.terms import appraisal_due, operand
from asnpolicy.policy.surface.examples import comparison, of_some
from asnpolicy.policy.surface.literals import A_BOUND, bound_meant, literal
from asnpolicy.policy.surface.names import Name, RawValue
from asnpolicy.policy.surface.operands import Operand
from asnpolicy.policy.surface.requirements import (
    DuringPeriod,
    InLast,
    LastFullYears,
    LastRated,
    LastRecords,
    ListTest,
    OperandTest,
    OperandWord,
    Requirement,
    SinceDay,
    Stretch,
    Test,
    TextsTest,
    UnitTest,
    hold_to,
)
from asnpolicy.problems import Place, write
from asnpolicy.text import Message, phrase

assert set(get_args(Comparison)) < set(get_args(OperandWord))  # noqa: S101  # what the core compares by, authors write

Tested: TypeAlias = tuple[Truth, tuple[Expr, ...]] | None
"""A comparison with what it requires; None, with a problem, when it is none."""


def asked(ctx: Context, found: Fact, required: Requirement, named: str = "") -> ConditionTree:
    """Build what is required of a fact; `named` is what the author calls it, when that is not its name."""
    named = named or found.name
    if _picks_records(ctx, found, required):
        return HOLDS
    hold_to(required, named, ctx.problems, windowed=found.windowed)
    if not required.tests:
        return HOLDS
    tests_agree(named, found.type, required.tests, ctx.problems, anywhere=named == found.name)
    look = window(ctx, required.stretches) if found.windowed else EVER
    return together([_windowed(ctx, found, look, test, named) for test in required.tests])


def _picks_records(ctx: Context, found: Fact, required: Requirement) -> bool:
    """Tell `where` under a fact that is made of a history: records are picked under the history itself."""
    where = next((one for one in required.strange if one.text == "where"), None)
    if where is None:
        return False
    value = found.value()
    word = MADE_BY.get(value.op) if isinstance(value, Fold) else None
    if word is None or not isinstance(value, Fold):
        return False
    field = value.value.name if isinstance(value.value, RecordField) else None
    given = [f"{test.word}: {test.operand.text}" for test in required.tests if isinstance(test, OperandTest) and isinstance(test.operand, RawValue)]
    size = ", ".join(given) or "at_least: 1"
    measured = f"{word}: {{of: {field}, {size}}}" if field else f"count: {{{size}}}"
    message = phrase(
        en="`{name}` is of all `{history}`, and picks none of them", id="`{name}` dihitung dari semua `{history}`, dan tidak memilih di antaranya",
        name=found.name, history=value.history,
    )  # fmt: skip
    ctx.problems.add("unknown-key", message, where.place, write(f"{value.history}: {{where: {{{of_some(value.history)}}}, {measured}}}"))
    return True


MADE_BY: dict[FoldOp, str] = {"sum": "sum", "count": "count", "least": "lowest", "greatest": "highest", "latest": "latest"}
"""The measure of a history that a fold is."""


def _windowed(ctx: Context, found: Fact, look: Window, test: Test, named: str) -> ConditionTree:
    if look.rated:
        last = [rescope(_nth_rating(nth), found.scope) for nth in range(1, look.rated + 1)]
        return together([_leaf(ctx, found, rating, test, named) for rating in last])
    leaf = _leaf(ctx, found, found.value(look), test, named)
    if found.years_due and look.years and test.word in ("is", "at_least", "above", "in"):
        there: AllOf = rescope(each_year(found.years_due, look), found.scope)
        years = zip(there.items, look.years, strict=True)
        each = tuple(YearLeaf(truth, found.years_due, year) for truth, year in years)
        return Branch("all", (Branch("all", each), leaf))
    return leaf


def _nth_rating(nth: int) -> Expr:
    """Return the predicate of the last year but so many that was rated: the lowest one, where it was rated in parts."""
    year = _nth_year(nth)
    there = Compare("is", RecordField("year", NUMBER), year)
    found = fold("least", "appraisals", "rating", where=(there,), otherwise=ABSENT)
    return replace(found, covers=StartOfYear(year))


def _nth_year(nth: int) -> Expr:
    earlier = (Compare("below", RecordField("year", NUMBER), _nth_year(nth - 1)),) if nth > 1 else ()
    return fold("latest", "appraisals", "year", where=earlier, otherwise=ABSENT)


# Windows


def window(ctx: Context, stretches: tuple[Stretch, ...]) -> Window:
    """Build the window that is written; without one, all that is seen."""
    if len(stretches) > 1:
        ctx.problems.add(
            "two-windows",
            phrase(en="a fact looks at one window", id="satu fakta melihat satu rentang waktu saja"),
            stretches[1].key.place,
            phrase(en="keep one of them", id="pertahankan salah satu saja"),
        )
    return (_window(ctx, stretches[0]) if stretches else None) or EVER


def _window(ctx: Context, stretch: Stretch) -> Window | None:
    match stretch:
        case InLast(length):
            months = operand(ctx, length, DURATION)
            return None if months is None else in_last(months)
        case LastFullYears(count, place):
            due = appraisal_due(ctx, place)
            return None if due is None else last_full_years(count, due)
        case LastRated(count):
            return last_rated(count)
        case LastRecords(count):
            return last(count)
        case DuringPeriod(period):
            return _during(ctx, period)
        case SinceDay(day):
            first = operand(ctx, day, DATE)
            return None if first is None else since(first)
        case _:
            assert_never(stretch)


def _during(ctx: Context, period: Name) -> Window | None:
    if period.text != "period" or ctx.period is None:
        message = phrase(
            en="there is no `{period}` here to look at",
            id="di sini tidak ada `{period}` yang dapat dilihat",
            period=period.text,
        )
        ctx.problems.add(
            "no-period",
            message,
            period.place,
            phrase(
                en="write `during: period`, in a duty with `every:`",
                id="tulis `during: period`, pada kewajiban dengan `every:`",
            ),
        )
    if ctx.period is None:
        return None
    return since(ctx.period.start) if ctx.period.is_open else during(ctx.period.start, ctx.period.end)


# One comparison


def _leaf(ctx: Context, found: Fact, value: Expr, test: Test, named: str) -> ConditionTree:
    built = tested(ctx, named, found.type, value, test)
    if built is None:
        return HOLDS
    truth, required = built
    codes_agree(ctx, *held_in(ctx, found.name), required, test)
    if found.type.kind is Kind.TEXT and isinstance(test, (OperandTest, ListTest)):
        never_so(ctx, named, value, test)
    seen = Observation(
        found.name, found.label, found.type, found.unit, value, test.word, required,
        components=found.components, against=compared(ctx, test.operand) if isinstance(test, OperandTest) else (),
    )  # fmt: skip
    return Leaf(truth, seen)


def tested(ctx: Context, name: str, type_: Type, value: Expr, test: Test) -> Tested:
    """Build one comparison of a value, with what it requires."""
    match test:
        case OperandTest(word="not"):
            return _negated(value, _one(ctx, name, type_, value, replace(test, word="is")))
        case OperandTest():
            return _one(ctx, name, type_, value, test)
        case ListTest(word="not_in"):
            return _negated(value, _one_of(ctx, name, type_, value, test))
        case ListTest():
            return _one_of(ctx, name, type_, value, test)
        case TextsTest():
            return _has(ctx, name, type_, value, test)
        case UnitTest():
            return _within(ctx, name, value, test)
        case _:
            assert_never(test)


def _negated(value: Expr, inner: Tested) -> Tested:
    """Say that it is not so; to be other than something, there must be one."""
    if inner is None:
        return None
    truth, required = inner
    return Not(truth) if isinstance(truth, IsNone) else AllOf((Not(IsNone(value)), Not(truth))), required


def _one(ctx: Context, name: str, type_: Type, value: Expr, test: OperandTest) -> Tested:
    given = test.operand
    if test.word == "is" and isinstance(given, RawValue) and given.is_none:
        return _none(ctx, name, value, test.place)
    if not _orders(ctx, name, type_, test.word, test.place, given):
        return None
    wanted = operand(ctx, given, type_)
    return None if wanted is None else (compare(test.word, type_, value, wanted), (wanted,))


def _none(ctx: Context, name: str, value: Expr, place: Place) -> Tested:
    if isinstance(value, Fold) and value.op in ("count", "sum", "greatest", "least") and value.otherwise is not ABSENT:
        message = phrase(
            en="`{name}` is a number, which is never `none`",
            id="`{name}` adalah bilangan, yang tidak pernah `none`",
            name=name,
        )
        ctx.problems.add("wrong-value", message, place, phrase(en="compare it with `0`", id="bandingkan dengan `0`"))
        return None
    return IsNone(value), (Literal(ABSENT),)


def _orders(
    ctx: Context, name: str, type_: Type, word: OperandWord, place: Place, given: Operand | None = None
) -> bool:
    """Tell whether values of a type can be compared so."""
    if word == "is":
        if type_.kind in (Kind.DURATION, Kind.SPAN):
            ctx.problems.add(
                "exact-duration", phrase(en="`{name}` is a length of time, which is never exactly one", id="`{name}` adalah lama waktu, yang tidak pernah tepat sama", name=name), place,
                bound_meant(given) if isinstance(given, RawValue) else A_BOUND,
            )  # fmt: skip
            return False
        return type_.kind is not Kind.TEXTS or _holds_many(ctx, name, place, given)
    ordered = type_.kind in (Kind.NUMBER, Kind.DATE, Kind.DURATION, Kind.SPAN)
    if ordered or (type_.labels is not None and type_.labels.ordered()):
        return True
    message = phrase(en="`{name}` has no order, so `{word}` says nothing", id="`{name}` tidak berurutan, jadi `{word}` tidak bermakna", name=name, word=word)
    ctx.problems.add("no-order", message, place, _plainly(name, given))
    return False


def _holds_many(ctx: Context, name: str, place: Place, given: Operand | None, word: str = "") -> bool:
    """Tell a comparison with one value of what holds many."""
    message = phrase(
        en="`{name}` holds several values, and is compared here as if it were one",
        id="`{name}` memuat beberapa nilai, tetapi di sini dibandingkan seperti satu nilai",
        name=name,
    )
    text = word or (given.text if isinstance(given, RawValue) else "")
    ctx.problems.add("no-order", message, place, write(f"{name}: {{has: {text or 'kesehatan'}}}"))
    return False


def _plainly(name: str, given: Operand | None, texts: Iterable[str] = ()) -> Message:
    """Return the way out of a test that does not fit: the value itself, or a list of values."""
    each = [*texts] or [given.text if isinstance(given, RawValue) and given.text else comparison(name).partition(": ")[2]]
    one = f"{name}: {each[0]}" if len(each) == 1 else f"{name}: [{', '.join(each)}]"
    return phrase(en="write `{one}`, or a list of values", id="tulis `{one}`, atau daftar nilai", one=one) if len(each) == 1 else write(one)


def _one_of(ctx: Context, name: str, type_: Type, value: Expr, test: ListTest) -> Tested:
    listed = ", ".join(item.text for item in test.items)
    if type_.kind is Kind.TEXTS and test.items:
        _holds_many(ctx, name, test.place, None, f"[{listed}]")
        return None
    if not _orders(ctx, name, type_, "is", test.place) or not _listed(ctx, name, test.items, test.place):
        return None
    found = [ABSENT if item.is_none else literal(item, type_, ctx.problems) for item in test.items]
    among: tuple[Value, ...] = tuple(value for value in found if value is not None)
    return (Member(value, among), tuple(Literal(each) for each in among)) if among else None


def _listed(ctx: Context, name: str, items: tuple[object, ...], place: Place) -> bool:
    if not items:
        message = phrase(en="the list for `{name}` is empty", id="daftar untuk `{name}` kosong", name=name)
        ctx.problems.add(
            "empty-condition",
            message,
            place,
            phrase(en="list at least one value, or `none`", id="sebutkan paling sedikit satu nilai, atau `none`"),
        )
    return bool(items)


def _has(ctx: Context, name: str, type_: Type, value: Expr, test: TextsTest) -> Tested:
    if type_.kind is not Kind.TEXTS or not isinstance(value, Field):
        message = phrase(
            en="`{name}` has one value, and `has` is for what holds several",
            id="`{name}` bernilai tunggal, padahal `has` untuk yang memuat beberapa nilai",
            name=name,
        )
        ctx.problems.add("no-order", message, test.place, _plainly(name, None, (text.text for text in test.texts)))
        return None
    if not _listed(ctx, name, test.texts, test.place):
        return None
    texts = [text.text for text in test.texts]
    each: tuple[Truth, ...] = tuple(Contains(value, text) for text in texts)
    return each[0] if len(each) == 1 else AnyOf(each), tuple(Literal(text) for text in texts)


def _within(ctx: Context, name: str, value: Expr, test: UnitTest) -> Tested:
    if name.rpartition(".")[2] != "unit":
        message = phrase(
            en="`{name}` is no unit, and `within` asks for a unit", id="`{name}` bukan unit kerja, padahal `within` menanyakan unit kerja",
            name=name,
        )  # fmt: skip
        ctx.problems.add("no-order", message, test.place, _plainly(name, None, (test.unit.text,)))
        return None
    return Within(value, test.unit.text), (Literal(test.unit.text),)
