"""Comparisons: what is asked of one fact, in the window it looks at."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeAlias, get_args

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
from asnpolicy.language.rules import Branch, Leaf, Observation, TestWord, Tree, YearLeaf, together
from asnpolicy.language.windows import EVER, Window, during, in_last, last_full_years, last_rated, since
from asnpolicy.people import ABSENT
from asnpolicy.policy.elaborate.context import HOLDS, Context
from asnpolicy.policy.elaborate.terms import dated_value, duration, operand
from asnpolicy.policy.source.scalars import as_text, as_whole
from asnpolicy.policy.source.shapes import as_sequence, keys
from asnpolicy.policy.source.tree import Mapping, Node, Scalar, Sequence
from asnpolicy.policy.surface.literals import NONE, literal
from asnpolicy.problems import Place

COMPARISONS = ("at_least", "at_most", "below", "above")
TESTS = ("is", "not", "in", "not_in", *COMPARISONS, "has", "within")
WINDOWS = ("in_last", "last_full_years", "last_rated", "during", "since")
MOST_YEARS = 20
"""A window of years or of appraisals is at most so long."""
assert set(COMPARISONS) < set(get_args(Comparison))  # noqa: S101  # one list of comparisons, two spellings

Tested: TypeAlias = tuple[Truth, tuple[Expr, ...]] | None
"""A comparison with what it requires; None, with a problem, when it is none."""


def asked(ctx: Context, found: Fact, node: Node, named: str = "") -> Tree:
    """Build what is asked of a fact: a bare value means `is`, a list means one of them, else each word a test.

    `named` is what the author calls it, when that is not its name.
    """
    named = named or found.name
    if isinstance(node, Mapping):
        return _tests(ctx, found, node, named)
    return _leaf(ctx, found, found.value(EVER), "in" if isinstance(node, Sequence) else "is", node, named)


def _tests(ctx: Context, found: Fact, node: Mapping, named: str) -> Tree:
    words = tests_in(ctx, named, node, WINDOWS if found.windowed else ())
    if not words:
        return HOLDS
    look = window(ctx, node) if found.windowed else EVER
    return together([_windowed(ctx, found, look, word, value, named) for word, value in words])


def tests_in(ctx: Context, name: str, node: Mapping, windows: tuple[str, ...] = ()) -> list[tuple[TestWord, Node]]:
    """Give the tests that are written for a fact; there must be one."""
    allowed = (*TESTS, *windows)
    keys(node, allowed, f"`{name}`", ctx.problems)
    tests: list[tuple[Any, Node]] = [(word, entry.value) for word, entry in node.entries.items() if word in TESTS]
    if not tests and all(word in allowed for word in node.entries):  # else the unknown word is the mistake
        ctx.problems.add(
            "empty-condition",
            f"`{name}` is not compared with anything",
            node.place,
            "add `is`, `at_least`, `at_most`, `below` or `above`",
        )
    return tests


def _windowed(ctx: Context, found: Fact, look: Window, word: TestWord, node: Node, named: str) -> Tree:
    if look.rated:
        last = [rescope(_nth_rating(nth), found.scope) for nth in range(1, look.rated + 1)]
        return together([_leaf(ctx, found, rating, word, node, named) for rating in last])
    leaf = _leaf(ctx, found, found.value(look), word, node, named)
    if found.years_due and look.years and word in ("is", "at_least", "above", "in"):
        there: AllOf = rescope(each_year(found.years_due, look), found.scope)
        years = zip(there.items, look.years, strict=True)
        each = tuple(YearLeaf(truth, found.years_due, year) for truth, year in years)
        return Branch("all", (Branch("all", each), leaf))
    return leaf


def _nth_rating(nth: int) -> Expr:
    """Give the predicate of the last year but so many that was rated: the lowest one, where it was rated in parts."""
    year = _nth_year(nth)
    there = Compare("is", RecordField("year", NUMBER), year)
    found = fold("least", "appraisals", "rating", where=(there,), otherwise=ABSENT)
    return replace(found, covers=StartOfYear(year))


def _nth_year(nth: int) -> Expr:
    earlier = (Compare("below", RecordField("year", NUMBER), _nth_year(nth - 1)),) if nth > 1 else ()
    return fold("latest", "appraisals", "year", where=earlier, otherwise=ABSENT)


# Windows


def window(ctx: Context, node: Mapping) -> Window:
    """Read the window that is written beside the tests; without one, all that is seen."""
    given = [word for word in WINDOWS if word in node.entries]
    if len(given) > 1:
        ctx.problems.add(
            "two-windows", "a fact looks at one window", node.entries[given[1]].key.place, "keep one of them"
        )
    return (_window(ctx, given[0], node.entries[given[0]].value) if given else None) or EVER


def _window(ctx: Context, word: str, value: Node) -> Window | None:
    match word:
        case "in_last":
            months = duration(ctx, value)
            return None if months is None else in_last(months)
        case "last_full_years":
            count = _count(ctx, word, value)
            due = dated_value(ctx, "appraisal_due", value.place, DURATION)
            return last_full_years(count, due) if count and due is not None else None
        case "last_rated":
            count = _count(ctx, word, value)
            return last_rated(count) if count else None
        case "during":
            return _during(ctx, value)
        case _:
            day = operand(ctx, value, DATE)
            return None if day is None else since(day)


def _count(ctx: Context, word: str, node: Node) -> int | None:
    """Read how many years or appraisals a window holds."""
    count = as_whole(node, ctx.problems)
    if count is None or 1 <= count <= MOST_YEARS:
        return count
    ctx.problems.add(
        "wrong-value", f"`{word}: {count}` is no window", node.place, f"write a number from 1 to {MOST_YEARS}"
    )
    return None


def _during(ctx: Context, value: Node) -> Window | None:
    word = as_text(value, ctx.problems)
    if word is not None and (word != "period" or ctx.period is None):
        ctx.problems.add(
            "no-period",
            f"there is no `{word}` here to look at",
            value.place,
            "write `during: period`, in a duty with `every:`",
        )
    return during(*ctx.period) if ctx.period else None


# One comparison


def _leaf(ctx: Context, found: Fact, value: Expr, word: TestWord, node: Node, named: str) -> Tree:
    built = tested(ctx, named, found.type, value, word, node)
    if built is None:
        return HOLDS
    truth, required = built
    return Leaf(truth, Observation(found.name, found.label, found.type, found.unit, value, word, required))


def tested(ctx: Context, name: str, type_: Type, value: Expr, word: str, node: Node) -> Tested:
    """Build one comparison of a value, with what it requires."""
    match word:
        case "not" | "not_in":
            inner = tested(ctx, name, type_, value, "in" if word == "not_in" else "is", node)
            if inner is None:
                return None
            return Not(inner[0]) if _is_none(node) else AllOf((Not(IsNone(value)), Not(inner[0]))), inner[1]
        case "in":
            return _one_of(ctx, name, type_, value, node)
        case "has":
            return _has(ctx, name, type_, value, node)
        case "within":
            return _within(ctx, name, value, node)
        case "is" if _is_none(node):
            return _none(ctx, name, value, node)
        case _:
            return _compared(ctx, name, type_, value, word, node)


def _compared(ctx: Context, name: str, type_: Type, value: Expr, word: str, node: Node) -> Tested:
    if not _orders(ctx, name, type_, word, node.place):
        return None
    wanted = operand(ctx, node, type_)
    return None if wanted is None else (compare(word, type_, value, wanted), (wanted,))


def _is_none(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text == NONE and not node.quoted


def _none(ctx: Context, name: str, value: Expr, node: Node) -> Tested:
    if isinstance(value, Fold) and value.op in ("count", "sum", "greatest", "least") and value.otherwise is not ABSENT:
        ctx.problems.add(
            "wrong-value", f"`{name}` is a number, which is never `none`", node.place, "compare it with `0`"
        )
        return None
    return IsNone(value), (Literal(ABSENT),)


def _orders(ctx: Context, name: str, type_: Type, word: str, place: Place) -> bool:
    if word == "is":
        if type_.kind in (Kind.DURATION, Kind.SPAN):
            ctx.problems.add(
                "exact-duration", f"`{name}` is a length of time, which is never exactly one", place,
                "use `at_least`, `at_most`, `below` or `above`",
            )  # fmt: skip
            return False
        return type_.kind is not Kind.TEXTS or _no_order(ctx, name, place, "use `has`")
    ordered = type_.kind in (Kind.NUMBER, Kind.DATE, Kind.DURATION, Kind.SPAN)
    if ordered or (type_.labels is not None and type_.labels.ordered()):
        return True
    return _no_order(ctx, name, place, "use `is` or a list of values")


def _no_order(ctx: Context, name: str, place: Place, help: str) -> bool:
    ctx.problems.add("no-order", f"the values of `{name}` can't be compared so", place, help)
    return False


def _one_of(ctx: Context, name: str, type_: Type, value: Expr, node: Node) -> Tested:
    sequence = as_sequence(node, ctx.problems)
    if sequence is None or not _orders(ctx, name, type_, "is", node.place) or not _listed(ctx, name, sequence):
        return None
    found = [ABSENT if _is_none(item) else literal(item, type_, ctx.problems) for item in sequence.items]
    among: tuple[Value, ...] = tuple(value for value in found if value is not None)
    return (Member(value, among), tuple(Literal(each) for each in among)) if among else None


def _listed(ctx: Context, name: str, node: Sequence) -> bool:
    if not node.items:
        ctx.problems.add(
            "empty-condition", f"the list for `{name}` is empty", node.place, "list at least one value, or `none`"
        )
    return bool(node.items)


def _has(ctx: Context, name: str, type_: Type, value: Expr, node: Node) -> Tested:
    if type_.kind is not Kind.TEXTS or not isinstance(value, Field):
        _no_order(ctx, name, node.place, "use `is`")
        return None
    if isinstance(node, Sequence) and not _listed(ctx, name, node):
        return None
    nodes = node.items if isinstance(node, Sequence) else (node,)
    texts = [text for text in (as_text(item, ctx.problems) for item in nodes) if text is not None]
    if not texts:
        return None
    each: tuple[Truth, ...] = tuple(Contains(value, text) for text in texts)
    return each[0] if len(each) == 1 else AnyOf(each), tuple(Literal(text) for text in texts)


def _within(ctx: Context, name: str, value: Expr, node: Node) -> Tested:
    if name.rpartition(".")[2] != "unit":
        _no_order(ctx, name, node.place, "`within` is for units: use `is`")
        return None
    text = as_text(node, ctx.problems)
    return (Within(value, text), (Literal(text),)) if text else None
