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
            agreed(*(None if those is None else mentor.nip in those for those in self._named(mentee))),
            same(mentor.field, mentee.field),
            same(mentor.unit, mentee.unit),
            covered(self.levels(mentor), self.levels(mentee)),
        )

    def superiors(self, mentee: Employee) -> Collection[str] | None:
        """The numbers of the direct superiors of a mentee; None when that is not known."""
        by_person, by_agency = self._named(mentee)
        if by_person is None or by_agency is None:
            return by_agency if by_person is None else by_person
        return by_person if set(by_person) == set(by_agency) else None

    def _named(self, mentee: Employee) -> tuple[Collection[str] | None, Collection[str] | None]:
        """The superiors by the record of the mentee, and by the relations of the agency."""
        own = mentee.supervisor
        by_person = None if own is None else (own,) if isinstance(own, str) else ()
        return by_person, None if self._superiors is None else self._superiors.get(mentee.nip, ())

    def levels(self, person: Employee) -> Mapping[str, int] | None:
        """The level of each competency of a person; None when one is not known."""
        if person.nip not in self._levels:
            self._levels[person.nip] = levels(person, self._as_of)
        return self._levels[person.nip]
