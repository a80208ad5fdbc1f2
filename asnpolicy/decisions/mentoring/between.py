"""Between two people: what `people.pair` says of them, for many pairs; what hangs on one person is looked up once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from asnpolicy.people import Agency, Employee, Pair
from asnpolicy.people.agency import agreed, covered, levels, same

SUPERIOR = "superior"


class Between:
    """The facts of pairs in an agency on a day, equal to those of `people.pair`."""

    def __init__(self, agency: Agency, as_of: date) -> None:
        self._as_of = as_of
        self._levels: dict[str, Mapping[str, int] | None] = {}
        self._superiors: dict[str, set[str]] | None = None
        if agency.relations is not None:
            self._superiors = {}
            for relation in agency.relations:
                if relation.kind == SUPERIOR:
                    self._superiors.setdefault(relation.to, set()).add(relation.of)

    def pair(self, mentor: Employee, mentee: Employee) -> Pair:
        """What holds between a mentor and a mentee."""
        return Pair(
            self.is_superior(mentor.nip, mentee),
            same(mentor.field, mentee.field),
            same(mentor.unit, mentee.unit),
            covered(self.levels(mentor), self.levels(mentee)),
        )

    def is_superior(self, nip: str, mentee: Employee) -> bool | None:
        """Whether somebody is the direct superior of a mentee; what two sources say differently is not known."""
        by_person = None if mentee.supervisor is None else mentee.supervisor == nip
        by_agency = None if self._superiors is None else nip in self._superiors.get(mentee.nip, ())
        return agreed(by_person, by_agency)

    def superiors(self, mentee: Employee) -> Collection[str] | None:
        """The numbers of all whom a source names as a superior of a mentee; None when no source says anything.

        Whoever is not among them is surely no superior; where sources differ, whoever is may be one.
        """
        own = mentee.supervisor
        if own is None and self._superiors is None:
            return None
        by_agency = frozenset((self._superiors or {}).get(mentee.nip, ()))
        return by_agency | {own} if isinstance(own, str) else by_agency

    def levels(self, person: Employee) -> Mapping[str, int] | None:
        """The level of each competency of a person; None when one is not known."""
        if person.nip not in self._levels:
            self._levels[person.nip] = levels(person, self._as_of)
        return self._levels[person.nip]
