"""Thresholds: what the rules of a policy compare with, each with one step to each side, so that made people meet it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from asnpolicy.language.dates import cut, plus_months
from asnpolicy.language.daycount import Holidays, plus_days
from asnpolicy.language.nodes import (
    Compare,
    Cut,
    Expr,
    Field,
    Fold,
    Literal,
    Lookup,
    Member,
    Node,
    PlusDays,
    PlusMonths,
    RecordField,
    children,
    walk,
)
from asnpolicy.language.rules import Program
from asnpolicy.people import OPEN

DAY = timedelta(days=1)
FIRST, LAST = date(1960, 1, 1), date(2089, 12, 31)


@dataclass(frozen=True, slots=True, eq=False)
class Thresholds:
    """What made people should meet: days, numbers, and the texts of each field of a record; each is its own key."""

    days: tuple[date, ...] = ()
    numbers: tuple[int, ...] = ()
    texts: Mapping[tuple[str, str], tuple[str, ...]] | None = None
    """By history and field; the history is empty for fields of the person."""
    reads: tuple[str, ...] = ()
    """The histories and fields of the person that the rules look at."""

    def words(self, history: str, field: str) -> tuple[str, ...]:
        """Return the texts that a field is compared with."""
        return (self.texts or {}).get((history, field), ())


def thresholds_of(program: Program, as_of: date) -> Thresholds:
    """Return what the rules of a program compare with, seen from a day."""
    months: set[int] = set()
    counted: set[tuple[int, Holidays | None]] = set()
    days: set[date] = set()
    numbers: set[int] = set()
    texts: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    reads: set[str] = set()
    for rule in program.rules:
        for root in rule.roots:
            for node in walk(root):
                if isinstance(node, (Cut, PlusMonths)):
                    months |= _whole(node.months)
                elif isinstance(node, PlusDays):
                    counted.add((abs(node.count), node.holidays))
                elif isinstance(node, Literal) and isinstance(node.value, date) and node.value != OPEN:
                    days.add(node.value)
                elif isinstance(node, Compare):
                    numbers |= _whole(node.right)
                elif isinstance(node, Fold):
                    reads.add(node.history)
                elif isinstance(node, Field) and node.scope == "employee":
                    reads.add(node.name)
            _texts(root, "", texts)
    for number in months:
        days |= {cut(as_of, number), plus_months(as_of, -number)}
    for number, holidays in counted:
        days |= {plus_days(as_of, -number)} if holidays is None else {day for day in holidays.moved(as_of, -number) if day is not None}
    words = {key: tuple(found) for key, found in texts.items()}
    return Thresholds(_around(days), tuple(sorted(numbers)), words, tuple(sorted(reads)))


def _around(days: Iterable[date]) -> tuple[date, ...]:
    near = {one for day in days if FIRST < day < LAST for one in (day - DAY, day, day + DAY)}
    return tuple(sorted(near))


def _whole(expr: Expr) -> set[int]:
    match expr:
        case Literal(int() as value):
            return {int(value)}
        case Lookup(_, rows, otherwise):
            return {int(cell) for cell in (*(cell for _, cell in rows), otherwise) if isinstance(cell, int)}
        case _:
            return set()


def _texts(node: Node, history: str, found: Mapping[tuple[str, str], dict[str, None]]) -> None:
    match node:
        case Compare("is", RecordField(name) | Field(_, name), Literal(str() as text)):
            found[history, name][text] = None
        case Member(RecordField(name) | Field(_, name), among):
            found[history, name].update(dict.fromkeys(text for text in among if isinstance(text, str)))
        case _:
            pass
    for child in children(node):
        _texts(child, node.history if isinstance(node, Fold) else history, found)
