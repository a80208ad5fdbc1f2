"""Groups: who takes part and who is assigned, by protected attribute, for audit alone; small groups are put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from asnpolicy.decisions.reasons import Part, Reason, because
from asnpolicy.decisions.words import label, plain
from asnpolicy.language.dates import plus_months
from asnpolicy.people import Employee, Label

SMALLEST = 5
"""A group with fewer people is not shown by itself."""
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
    assigned: int


def shares(side: str, people: Iterable[Employee], assigned: Collection[str], as_of: date) -> Iterator[GroupShare]:
    """The groups of one side, by attributes that may be looked at for audit: not religion.

    Attributes are read here alone: nothing in an assignment depends on them.
    """
    those = list(people)
    for attribute, read in ATTRIBUTES.items():
        groups = [(read(person, as_of), person.nip in assigned) for person in those]
        everybody, taken = Counter(group for group, _ in groups), Counter(group for group, one in groups if one)
        if set(everybody) == {UNKNOWN}:
            continue
        for group, members in _put_together(everybody):
            count = sum(taken[one] for one in members)
            yield GroupShare(side, attribute, group, sum(everybody[one] for one in members), count)


def _put_together(sizes: Mapping[Reason, int]) -> Iterator[tuple[Reason, tuple[Reason, ...]]]:
    """Give the groups that are large enough, and the others as one, which takes up larger ones until it is."""
    by_size = sorted(sizes, key=lambda group: (sizes[group], group.to("id")))
    small: list[Reason] = []
    for group in by_size:
        if sizes[group] < SMALLEST or (small and sum(sizes[one] for one in small) < SMALLEST):
            small.append(group)
    for group in sorted(set(by_size) - set(small), key=lambda group: group.to("id")):
        yield group, (group,)
    if sum(sizes[one] for one in small) >= SMALLEST:
        yield Reason("group.small"), tuple(small)


UNKNOWN = Reason("value.unknown")


def _labelled(value: Part | None) -> Reason:
    if value is None:
        return UNKNOWN
    written = label(value) if isinstance(value, Label) else plain(str(value))
    return written if isinstance(written, Reason) else because("text", text=written)


def _age(person: Employee, as_of: date) -> Reason:
    if person.birth_date is None:
        return UNKNOWN
    reached = [age for age in AGES if plus_months(person.birth_date, 12 * age) <= as_of]
    if not reached:
        return because("group.age.below", age=AGES[0])
    if reached[-1] == AGES[-1]:
        return because("group.age.from", age=AGES[-1])
    return because("group.age.between", low=reached[-1], high=AGES[len(reached)] - 1)


def _disability(person: Employee, as_of: date) -> Reason:
    del as_of
    known = person.protected.disability
    return UNKNOWN if known is None else Reason("value.yes" if known else "value.no")


ATTRIBUTES: dict[str, Callable[[Employee, date], Reason]] = {
    "sex": lambda person, _: _labelled(person.protected.sex),
    "age": _age,
    "marital_status": lambda person, _: _labelled(person.protected.marital_status),
    "disability": _disability,
    "ethnicity": lambda person, _: _labelled(person.protected.ethnicity),
}
