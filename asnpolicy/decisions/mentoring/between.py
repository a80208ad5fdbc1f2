"""Between two people: what `people.pair` says of them, for many pairs; what hangs on one person is looked up once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from asnpolicy.people import COMPLETE, Agency, Employee, Pair

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
        superiors = self.superiors(mentee)
        return Pair(
            None if superiors is None else mentor.nip in superiors,
            _same(mentor.field, mentee.field),
            _same(mentor.unit, mentee.unit),
            self._gaps_covered(mentor, mentee),
        )

    def superiors(self, mentee: Employee) -> Collection[str] | None:
        """The numbers of the direct superiors of a mentee; None when that is not known."""
        if mentee.supervisor is not None:
            return (mentee.supervisor,) if isinstance(mentee.supervisor, str) else ()
        return None if self._superiors is None else self._superiors.get(mentee.nip, ())

    def _gaps_covered(self, mentor: Employee, mentee: Employee) -> int | None:
        theirs, own = self.levels(mentor), self.levels(mentee)
        if theirs is None or own is None:
            return None
        return sum([level > own.get(code, 0) for code, level in theirs.items()])

    def levels(self, person: Employee) -> Mapping[str, int] | None:
        """The level of each competency of a person; None when one is not known."""
        if person.nip not in self._levels:
            self._levels[person.nip] = self._measured(person)
        return self._levels[person.nip]

    def _measured(self, person: Employee) -> Mapping[str, int] | None:
        """The highest level of each competency that was measured by the day; None when one is not known."""
        if person.competencies.complete_since != COMPLETE:
            return None
        known: dict[str, int] = {}
        for record in person.competencies.records:
            if record.assessed_on > self._as_of:
                continue
            if record.code is None or record.level is None:
                return None
            known[record.code] = max(record.level, known.get(record.code, 0))
        return known


def _same(one: str | None, other: str | None) -> bool | None:
    return None if one is None or other is None else one == other
