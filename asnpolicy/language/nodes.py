"""The core nodes: everything that a policy can say is made of these, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from typing import Any, TypeAlias, TypeVar, dataclass_transform, get_args
from typing import Literal as Choice

from asnpolicy.language.dates import Period
from asnpolicy.language.daycount import Days, Holidays
from asnpolicy.people.labels import Absent, Label

N = TypeVar("N")
Value: TypeAlias = int | str | date | Absent | frozenset[str] | Days
"""A known value: numbers are scaled integers, labels and truth values are integers too."""

Comparison: TypeAlias = Choice["is", "at_least", "at_most", "below", "above"]
Rounding: TypeAlias = Choice["half_up", "half_even", "down", "up"]
FoldOp: TypeAlias = Choice["count", "sum", "least", "greatest", "latest", "held_since", "unbroken_since"]
Scope: TypeAlias = Choice["employee", "opening", "mentor", "mentee", "pair"]


class Kind(Enum):
    """The kinds of value that the language tells apart."""

    TRUTH = "truth"
    NUMBER = "number"
    DATE = "date"
    LABEL = "label"
    TEXT = "text"
    TEXTS = "texts"
    DURATION = "duration"
    """Time since a date: its value is the date, so that it is compared exactly."""
    SPAN = "span"
    """Added-up time, in thirty-firsts of a month."""


@dataclass(frozen=True, slots=True)
class Type:
    """What a value is: its kind, its vocabulary or its decimal places."""

    kind: Kind
    labels: type[Label] | None = None
    places: int = 0


TRUTH, DATE, TEXT, TEXTS, NUMBER = (Type(k) for k in (Kind.TRUTH, Kind.DATE, Kind.TEXT, Kind.TEXTS, Kind.NUMBER))
DURATION, SPAN = Type(Kind.DURATION), Type(Kind.SPAN)


class _HashedOnce:
    """Has room for the hash of a node, and for what it means: a tree is asked far more often than it is made."""

    __slots__ = ("_hash", "means")


@dataclass_transform(frozen_default=True)
def node(kind: type[N]) -> type[N]:
    """Make a class of nodes: frozen, compared by what it says, hashed once."""
    made = dataclass(frozen=True, slots=True)(kind)
    whole = made.__hash__

    def once(self: Any) -> int:
        try:
            known: int = self._hash
        except AttributeError:
            known = whole(self)
            object.__setattr__(self, "_hash", known)
        return known

    made.__hash__ = once  # type: ignore[method-assign]  # the hash of its fields, remembered
    return made


@dataclass(frozen=True, slots=True, eq=False)
class Literal:
    """A value written in the policy; `true`, `1` and `I/a` are three values, though Python finds them equal."""

    value: Value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Literal) and type(self.value) is type(other.value) and self.value == other.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


@node
class Field(_HashedOnce):
    """A field of a person, an opening or a pair."""

    scope: Scope
    name: str
    type: Type


@node
class RecordField(_HashedOnce):
    """A field of the record that the enclosing fold is looking at."""

    name: str
    type: Type


@node
class AsOf(_HashedOnce):
    """The day the question is asked for."""


@node
class YearOf(_HashedOnce):
    """The calendar year of a date."""

    day: Expr


@node
class StartOfYear(_HashedOnce):
    """The first of January of a year."""

    year: Expr


@node
class Arithmetic(_HashedOnce):
    """Exact arithmetic on scaled integers."""

    op: Choice["plus", "minus", "times"]
    left: Expr
    right: Expr


@node
class Divide(_HashedOnce):
    """Division by a written number, with the rounding that the policy states."""

    value: Expr
    by: int
    rounding: Rounding


@node
class If(_HashedOnce):
    """One value or the other; unknown when the condition is."""

    test: Truth
    then: Expr
    otherwise: Expr


@node
class MonthsBetween(_HashedOnce):
    """The whole months from one date to another."""

    start: Expr
    end: Expr


@node
class PlusMonths(_HashedOnce):
    """A date some months later."""

    day: Expr
    months: Expr


@node
class PlusDays(_HashedOnce):
    """A date some days later, or earlier; working days where there are holidays."""

    day: Expr
    count: int
    holidays: Holidays | None = None


@node
class Cut(_HashedOnce):
    """A day some months back: the last start that has `lasted` so long, the first that has not (`fresh`), or is `not_over`."""

    day: Expr
    months: Expr
    edge: Choice["lasted", "fresh", "not_over"] = "lasted"


@node
class LastMonthEnd(_HashedOnce):
    """The last day of the month before the one that a day lies in."""

    day: Expr


@node
class Upcoming(_HashedOnce):
    """The first day of some periods of the year on or after a day."""

    day: Expr
    periods: tuple[Period, ...]


@node
class CountedMonths(_HashedOnce):
    """How many months of the appraisal that the enclosing fold looks at count, from the first of a month on or after a day."""

    since: Expr


@node
class Elapsed(_HashedOnce):
    """The length of a span in thirty-firsts of a month, never below zero."""

    start: Expr
    end: Expr


@node
class Band(_HashedOnce):
    """A key of a table row that stands for a stretch of values: `low <= value < high`."""

    low: int | None
    high: int | None


Key: TypeAlias = Value | Band


@node
class Lookup(_HashedOnce):
    """A total look-up in a table: a known key without a row gives `otherwise`."""

    keys: tuple[Expr, ...]
    rows: tuple[tuple[tuple[Key, ...], Value], ...]
    otherwise: Value
    table: str = ""


@node
class Fold(_HashedOnce):
    """One bounded, unnested pass over the records of a history.

    `covers` is the first day for which the history must be complete (None: all of it);
    `asks` names the record that is missing when it is not. `by` is the day by which all that counts should be on record
    (None: the as-of date). `once` says that records which run at the same time are added up as time that passed once.
    `held_since` gives the first day of the last run of one value, `unbroken_since` that of the
    chain of touching spans that still runs.
    """

    op: FoldOp
    scope: Scope
    history: str
    where: Truth
    value: Expr | None = None
    nth: int = 1
    otherwise: Value = 0
    covers: Expr | None = None
    asks: Expr | None = None
    by: Expr | None = None
    once: bool = False


@node
class Figure(_HashedOnce):
    """A named value of the policy, kept in the tree so that it can be explained."""

    name: str
    body: Expr


@node
class Compare(_HashedOnce):
    """A comparison; with an absent value it is false."""

    op: Comparison
    left: Expr
    right: Expr


@node
class IsNone(_HashedOnce):
    """Whether there is none, as opposed to: not known."""

    value: Expr


@node
class Member(_HashedOnce):
    """Whether a value is one of those written."""

    value: Expr
    among: tuple[Value, ...]


@node
class Contains(_HashedOnce):
    """Whether a set of texts has the one written."""

    texts: Field
    text: str


@node
class Within(_HashedOnce):
    """Whether a unit is the one written, or stands below it in the agency's tree."""

    unit: Expr
    code: str


@node
class AllOf(_HashedOnce):
    """Strong Kleene conjunction."""

    items: tuple[Truth, ...]


@node
class AnyOf(_HashedOnce):
    """Strong Kleene disjunction."""

    items: tuple[Truth, ...]


@node
class Not(_HashedOnce):
    """Strong Kleene negation."""

    item: Truth


@node
class Asks(_HashedOnce):
    """A reference to another rule: `eligible` (applies and holds) or `clear` (does not apply, or holds)."""

    rule: str
    question: Choice["eligible", "clear"]


Expr: TypeAlias = (
    Literal | Field | RecordField | AsOf | YearOf | StartOfYear | Arithmetic | Divide | If | MonthsBetween
    | PlusMonths | PlusDays | Cut | LastMonthEnd | Upcoming | CountedMonths | Elapsed | Lookup | Fold | Figure
)  # fmt: skip
Truth: TypeAlias = Literal | Compare | IsNone | Member | Contains | Within | AllOf | AnyOf | Not | Asks
Node: TypeAlias = Expr | Truth
KINDS = frozenset(get_args(Node))
"""Every kind of node, as the type says: there is no second list to forget one in."""

YES = Literal(True)
NO = Literal(False)


_NAMES = frozenset({"Expr", "Truth", *(kind.__name__ for kind in KINDS)})
_SLOTS: dict[type, tuple[str, ...]] = {}


def _slots_of(node: Node) -> tuple[str, ...]:
    """Name the fields in which other nodes may be, as their types are written."""
    kind = type(node)
    known = _SLOTS.get(kind)
    if known is None:
        written = ((field.name, re.findall(r"\w+", str(field.type))) for field in fields(node))
        known = _SLOTS[kind] = tuple(name for name, words in written if not _NAMES.isdisjoint(words))
    return known


def children(node: Node) -> Iterator[Node]:
    """Give the nodes directly inside one."""
    return iter(_inside(node))


def _inside(node: Node) -> list[Node]:
    found: list[Node] = []
    for name in _slots_of(node):
        part = getattr(node, name)
        if type(part) in KINDS:
            found.append(part)
        elif isinstance(part, tuple):
            found += [item for item in part if type(item) in KINDS]
    return found


def rebuild(node: Node, change: Callable[[Node], Node]) -> Node:
    """Make the same node with each child changed."""
    changed: dict[str, object] = {}
    for name in _slots_of(node):
        part = getattr(node, name)
        if type(part) in KINDS:
            new: object = change(part)
        elif isinstance(part, tuple) and any(type(item) in KINDS for item in part):
            new = tuple(change(item) if type(item) in KINDS else item for item in part)
        else:
            continue
        if new != part:
            changed[name] = new
    return replace(node, **changed) if changed else node  # type: ignore[arg-type]  # the same field types by construction


def walk(node: Node) -> Iterator[Node]:
    """Give a node and all inside it, outermost first."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += _inside(node)[::-1]
