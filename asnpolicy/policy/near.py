"""Near: codes of people that no rule asks for, each but for a slip, or for its hyphens, one that a rule does ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from asnpolicy.people import HISTORIES, Agency, Employee
from asnpolicy.people.codes import CODED_AS, CODES, MOST, SHORTEST_CLOSED, folded, hyphened, is_slip, shortest
from asnpolicy.people.findings.finding import name_of
from asnpolicy.people.masking import is_personal
from asnpolicy.people.titles import TITLES
from asnpolicy.policy.policy import Policy
from asnpolicy.policy.vocabulary import POST, CodedField, CodesByKind, codes_of

FEW = 3
"""So many people are named of each code."""


class Near(NamedTuple):
    """A code in the data that no rule asks for, and the one beside it that a rule, or a vacant post, does ask for."""

    field: str
    """Where it stands, such as `trainings.code`."""
    text: str
    near: str

    @property
    def is_personal(self) -> bool:
        """Whether no message shows the code: it is of a sanction, or of a leave."""
        return is_personal(self.field.split("."))


class Bearer(NamedTuple):
    """Somebody whose data have such a code, and the line on which the person begins, where a file was read."""

    nip: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class NearCode:
    """A code in the data that no rule asks for and that is, but for a slip or its hyphens, one that a rule does ask for."""

    field: str
    """Where it stands, such as `trainings.code`."""
    text: str
    near: str
    """The code that is asked for."""
    people: int
    first: tuple[Bearer, ...]
    """The first few of those who bear it."""


class NearCodes:
    """Looks for such codes in people; each distinct text of a field is compared once."""

    def __init__(self, asked: CodesByKind) -> None:
        self._asked = asked
        self._known = {kind: texts | _listed(kind) for kind, texts in asked.items()}
        self._seen: dict[CodedField, dict[str | None, str | None]] = {}
        everywhere = (*_of_people(), *_of_records())
        self.places = tuple(one for one in everywhere if asked.get(one.kind, frozenset()) - _listed(one.kind))
        """The fields in which a slip may be: what is known without a policy is told where people are read."""
        self._own = tuple(one for one in self.places if one.table == "employees")
        self._recorded = tuple(one for one in self.places if one.table != "employees")

    @classmethod
    def of(cls, policy: Policy, agency: Agency) -> NearCodes:
        """Return what looks for codes beside those of a policy, and of the posts and units of an agency."""
        return cls(codes_of(policy.programs, agency))

    def near(self, place: CodedField, text: str | None) -> str | None:
        """Return the code that is asked for and that a text is but for a slip; None for one that is known, or like none."""
        seen = self._seen.setdefault(place, {None: None})
        if text in seen:
            return seen[text]
        found = self._beside(place, str(text))
        if len(seen) < MOST:
            seen[text] = found
        return found

    def _beside(self, place: CodedField, text: str) -> str | None:
        kind = place.kind
        if text in self._known.get(kind, ()):
            return None
        plain, words = folded(text), hyphened(text)
        least = SHORTEST_CLOSED if kind == POST else shortest(*CODED_AS.get(place, place))
        close = (
            code
            for code in self._asked.get(kind, ())
            if (other := folded(code)) == plain or (len(other) >= least and is_slip(plain, other, words, hyphened(code)))
        )
        return min(close, default=None)

    def of_person(self, person: Employee) -> list[tuple[str, Near]]:
        """Return those of one person, each with the field or the record that bears it, such as `trainings[2024-03-01].code`."""
        found: list[tuple[str, Near]] = []
        known, delivered = person.__dict__, person.delivered
        for place in self._own:
            value = known[place.field]
            for text in value if isinstance(value, tuple) else (value,):
                near = self.near(place, text) if isinstance(text, str) else None
                if near is not None:
                    found.append((place.field, Near(f"employees.{place.field}", text, near)))
        for place in self._recorded:
            for at, record in enumerate(delivered.get(place.table, ())):
                text = record.__dict__[place.field]
                near = self.near(place, text)
                if near is not None:
                    about = f"{name_of(place.table, record, at)}.{place.field}"
                    found.append((about, Near(f"{place.table}.{place.field}", text, near)))
        return found


class NearTally:
    """Counts who bears which of such codes."""

    def __init__(self) -> None:
        self._people: Counter[Near] = Counter()
        self._first: dict[Near, list[Bearer]] = {}

    def add(self, bearer: Bearer, found: Iterable[Near]) -> None:
        """Count one person for each of the codes, once."""
        for one in dict.fromkeys(found):
            self._people[one] += 1
            first = self._first.setdefault(one, [])
            if len(first) < FEW:
                first.append(bearer)

    def count(self, one: Near, people: int, first: Iterable[Bearer]) -> None:
        """Count many people at once."""
        self._people[one] += people
        known = self._first.setdefault(one, [])
        known += list(first)[: FEW - len(known)]

    def told(self) -> tuple[NearCode, ...]:
        """Return the codes, those of most people first."""
        order = sorted(self._people, key=lambda one: (-self._people[one], one))
        return tuple(NearCode(*one, self._people[one], tuple(self._first[one])) for one in order)


def near_codes(policy: Policy, people: Iterable[Employee], agency: Agency) -> tuple[NearCode, ...]:
    """Return the codes of people beside those that a policy, or an agency, asks for."""
    codes, tally = NearCodes.of(policy, agency), NearTally()
    for person in people:
        tally.add(Bearer(person.nip), (one for _, one in codes.of_person(person)))
    return tally.told()


def _listed(kind: tuple[str, str]) -> frozenset[str]:
    """Return the codes, or names of posts, that are known without a policy."""
    return frozenset(TITLES) if kind == POST else frozenset(CODES.get(kind, ()))


def _of_people() -> Iterator[CodedField]:
    return (CodedField("employees", name) for name in Employee.model_fields)


def _of_records() -> Iterator[CodedField]:
    return (CodedField(history, name) for history, model in HISTORIES.items() for name in model.model_fields)
