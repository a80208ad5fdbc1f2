"""Figure: a computed value of the policy for one person on one day, as a number, a day or a word, with what could make it known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from asnpolicy.decisions.makeup import SeenComponent
from asnpolicy.decisions.trees import components_of
from asnpolicy.language.bounds import Bounds
from asnpolicy.language.dates import OPEN
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import Type
from asnpolicy.language.rules import Text
from asnpolicy.people import HISTORIES, Absent
from asnpolicy.problems import Problem, UnknownNameError, meant
from asnpolicy.text import phrase

if TYPE_CHECKING:
    from asnpolicy.policy.elaborate.figures import Named

Amount: TypeAlias = Decimal | int | date | str | None
"""A number, the day or the word that records come to, or the text that a condition chooses."""


@dataclass(frozen=True, slots=True)
class FigureValue:
    """What a figure comes to: its value, or the bounds it lies between (None: open); absent when there is none.

    A figure of records has one value a record, by the day that places the record, and no value of its own. All is worked
    out by what holds on the as-of date: credit of an earlier level is asked for on a day in that level.
    """

    id: str
    title: Text
    unit: Text | None
    basis: str
    as_of: date
    value: Amount = None
    absent: bool = False
    low: Amount = None
    high: Amount = None
    missing: tuple[str, ...] = ()
    records: tuple[tuple[date, Amount], ...] = ()
    components: tuple[SeenComponent, ...] = ()
    """What it was worked out from: each part and each record that is added up, with its value."""

    def __repr__(self) -> str:
        return f"FigureValue({self.id}, {self.as_of}: {self._short})"

    @property
    def _short(self) -> str:
        if self.records:
            return f"{len(self.records)} records"
        if self.value is not None or self.absent:
            return "none" if self.absent else str(self.value)
        return "unknown" if self.low is None and self.high is None else f"{'' if self.low is None else self.low}..{'' if self.high is None else self.high}"


def worked_out(figure: Named, meaning: Meaning) -> FigureValue:
    """Work a figure out by the definition; the meaning knows the person and the day."""
    given = FigureValue(figure.id, figure.title, figure.unit, figure.basis, meaning.question.as_of)
    if figure.history is not None:
        return _of_records(given, figure, meaning)
    seen = meaning.value(figure.value)
    given = replace(given, components=components_of(figure.components, meaning, given.as_of))
    if isinstance(seen, Absent):
        return replace(given, absent=True)
    if isinstance(seen, Bounds):
        low, high = _amount(seen.low, figure.type), _amount(seen.high, figure.type)
        return replace(given, low=low, high=high, missing=tuple(sorted(seen.missing)))
    amount = _amount(seen, figure.type)
    return replace(given, value=amount, low=amount, high=amount)


def _of_records(given: FigureValue, figure: Named, meaning: Meaning) -> FigureValue:
    seen_by = HISTORIES[figure.history or ""].seen_by
    records = getattr(meaning.question.employee, figure.history or "").records
    known = [record for record in records if getattr(record, seen_by) <= meaning.question.as_of]
    values = tuple((record.placed, _amount(meaning.value(figure.value, record), figure.type)) for record in known)
    return replace(given, records=values)


def _amount(value: Any, type_: Type) -> Amount:
    """Give a value as it is written; what is not known is None."""
    if type_.labels is not None and isinstance(value, int):
        return next((str(one) for one in type_.labels if int(one) == int(value)), None)
    if not isinstance(value, int):
        return "ongoing" if value == OPEN else value if isinstance(value, date | str) else None
    return Decimal(value).scaleb(-type_.places) if type_.places else value


def unknown_figure(name: str, known: list[str]) -> UnknownNameError:
    """Say that there is no such figure."""
    return UnknownNameError(
        [
            Problem(
                "unknown-figure",
                phrase(en="unknown figure `{name}`", id="angka `{name}` tidak dikenal", name=name),
                help=meant(name, known),
            )
        ]
    )
