"""Groups: who takes part and who is assigned, by protected attribute, for audit alone; small groups are put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from asnpolicy.decisions.privacy import OPEN, SMALLEST, kept_back
from asnpolicy.decisions.reasons import Reason, because
from asnpolicy.decisions.words import label, plain
from asnpolicy.language.dates import plus_months
from asnpolicy.people import Employee, Label
from asnpolicy.people.days import ends

AGES = (30, 40, 50)


@dataclass(frozen=True, slots=True)
class GroupShare:
    """A group by a protected attribute: how many take part on a side, and how many of them are assigned.

    Small groups stand together as one; where even those are few, the attribute is left out.
    """

    side: str
    """`mentee` or `mentor`."""
    attribute: str
    group: Reason
    people: int
    assigned: int | None
    """None where it is kept back: so few are, or are not, that the names beside it would tell what they are."""


def shares(side: str, people: Iterable[Employee], assigned: Collection[str], as_of: date) -> Iterator[GroupShare]:
    """The groups of one side, by attributes that may be looked at for audit: not religion.

    Attributes are read here alone: nothing in an assignment depends on them.
    """
    those = list(people)
    for attribute, read in ATTRIBUTES.items():
        values = [read(person, as_of) for person in those]
        everybody = Counter(values)
        taken = Counter(value for value, person in zip(values, those, strict=True) if person.nip in assigned)
        groups = list(_put_together(everybody))
        sizes = [sum(everybody[one] for one in members) for _, members in groups]
        with_ = [sum(taken[one] for one in members) for _, members in groups]
        cells = [(some, size - some) for size, some in zip(sizes, with_, strict=True)]
        back = kept_back(sizes, cells, [range(len(sizes))])
        for (group, _), size, some, level in zip(groups, sizes, with_, back, strict=True):
            yield GroupShare(side, attribute, group, size, some if level == OPEN else None)


def _put_together(sizes: Mapping[Value, int]) -> Iterator[tuple[Reason, tuple[Value, ...]]]:
    """Return the groups that are large enough, and the others as one, which takes up larger ones until it is.

    Nothing is given where that leaves one group: it would say nothing.
    """
    names = {value: _said(value) for value in sizes}
    small: list[Value] = []
    for value in sorted(sizes, key=lambda value: (sizes[value], names[value].to("id"))):
        if sizes[value] < SMALLEST or 0 < sum(sizes[one] for one in small) < SMALLEST:
            small.append(value)
    large = sorted(
        (value for value in sizes if value not in small), key=lambda value: (_age_order(value), names[value].to("id"))
    )
    if len(large) + bool(small) > 1:
        yield from ((names[value], (value,)) for value in large)
        if small:
            yield Reason("group.small"), tuple(small)


def _age_order(value: Value) -> int:
    """Put ages in the order of years, not of their names."""
    return value if type(value) is int else len(AGES) + 1


# Attributes

Value: TypeAlias = "Label | str | int | bool | None"


def _said(value: Value) -> Reason:
    if value is None:
        return Reason("value.unknown")
    if isinstance(value, bool):
        return Reason("value.yes" if value else "value.no")
    if isinstance(value, Label):
        written = label(value)
        return written if isinstance(written, Reason) else because("text", text=written)
    return because("text", text=plain(value)) if isinstance(value, str) else _band(value)


def _band(reached: int) -> Reason:
    """Name an age by the last of the bounds that it has reached."""
    if not reached:
        return because("group.age.below", age=AGES[0])
    if reached == len(AGES):
        return because("group.age.from", age=AGES[-1])
    return because("group.age.between", low=AGES[reached - 1], high=AGES[reached] - 1)


def _age(person: Employee, as_of: date) -> int | None:
    """Count the ages that are reached; None where that is not known."""
    earliest, latest = (None if born is None else _reached(born, as_of) for born in ends(person.birth_date))
    return earliest if earliest == latest else None


def _reached(born: date, as_of: date) -> int:
    return sum(plus_months(born, 12 * age) <= as_of for age in AGES)


ATTRIBUTES: dict[str, Callable[[Employee, date], Value]] = {
    "sex": lambda person, _: person.protected.sex,
    "age": _age,
    "marital_status": lambda person, _: person.protected.marital_status,
    "disability": lambda person, _: person.protected.disability,
    "ethnicity": lambda person, _: person.protected.ethnicity,
}
