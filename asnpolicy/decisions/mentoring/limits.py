"""Limits: why a mentee has no candidate: nobody meets the limits, or of whoever might it is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from asnpolicy.decisions.mentoring.assignment import LimitCount
from asnpolicy.decisions.mentoring.candidates import Candidates, Refusals
from asnpolicy.decisions.mentoring.joins import Join
from asnpolicy.decisions.mentoring.scheme import MENTOR, PAIR, Scheme
from asnpolicy.decisions.reasons import Reason, because
from asnpolicy.language.bounds import NOTHING, Missing
from asnpolicy.language.rules import FAILED, Text
from asnpolicy.people import Employee

FORBIDDEN = LimitCount("forbidden", Text("Pasangan itu dilarang", "The pair is forbidden"), 0)


@dataclass(frozen=True)
class Limits:
    """Looks for why mentees have no candidate."""

    scheme: Scheme
    found: Candidates
    maybe: tuple[Employee, ...]
    """Of whom it is not known whether they may be mentors."""
    people: Mapping[str, Employee]

    # What is not known

    @cached_property
    def pairs(self) -> dict[int, list[tuple[int, Missing]]]:
        """The mentors of the undecided pairs of each mentee, each with what is missing."""
        pairs: dict[int, list[tuple[int, Missing]]] = {}
        for mentee, mentor in self.found.undecided:
            question = self.scheme.together(self.found.mentors[mentor], self.found.mentees[mentee])
            pairs.setdefault(mentee, []).append((mentor, self.scheme.outcome(PAIR, question).missing))
        return pairs

    @cached_property
    def _join(self) -> Join:
        return Join(self.scheme, self.maybe)

    def missing(self, mentee: int) -> Missing:
        """What is missing to tell whether a mentee has a candidate; nothing when it is known."""
        person = self.found.mentees[mentee]
        return NOTHING.union(
            self.found.open_mentees.get(mentee, NOTHING),
            *(missing for _, missing in self.pairs.get(mentee, ())),
            *self._of_open(person, self.found.open_mentors, self.found.mentors),
            *self._of_open(person, self._join.open, self.maybe),
            *self._of_maybe(person),
        )

    def _of_open(
        self, person: Employee, open_: Mapping[int, Missing], mentors: Sequence[Employee]
    ) -> Iterator[Missing]:
        """What is missing of mentors of whom no pair could be looked at, where they might be the one for a mentee."""
        superiors = self.scheme.superiors(person) or () if self.found.join.by_superior else None
        for at, missing in open_.items():
            nip = mentors[at].nip
            if nip != person.nip and (superiors is None or nip in superiors):
                yield missing

    def _of_maybe(self, person: Employee) -> Iterator[Missing]:
        """What is missing of those who might be mentors, and might be a pair with a mentee."""
        for at in self._join.partners(person).mentors:
            mentor = self.maybe[at]
            question = self.scheme.together(mentor, person)
            if mentor.nip != person.nip and self.scheme.statuses(question).holds != FAILED:
                yield self._missing_of(mentor)
                yield self.scheme.outcome(PAIR, question).missing

    def _missing_of(self, mentor: Employee) -> Missing:
        missing = self.scheme.outcome(MENTOR, self.scheme.alone(mentor)).missing
        return frozenset(f"mentor.{name}" for name in missing)

    # Nobody

    def failed(self, mentee: int) -> tuple[LimitCount, ...]:
        """The limits that mentors do not meet, those of most mentors first."""
        refused = self.found.refused.get(mentee, Refusals())
        counts: Counter[str] = Counter()
        for statuses, mentors in refused.by_limits.items():
            for criterion, status in zip(self.scheme.of_pairs.criteria, statuses, strict=True):
                if status == FAILED:
                    counts[criterion.id] += mentors
        for name in self.found.join.criteria:
            counts[name] += refused.left_out
        titles = {criterion.id: criterion.title for criterion in self.scheme.of_pairs.criteria}
        named = [LimitCount(name, titles[name], number) for name, number in counts.items() if number]
        if refused.forbidden:
            named.append(LimitCount(FORBIDDEN.criterion, FORBIDDEN.title, refused.forbidden))
        return tuple(sorted(named, key=lambda one: (-one.mentors, one.criterion)))

    def superior(self, mentee: int) -> Reason | None:
        """What is with the direct superior of a mentee, where that is who the mentor must be."""
        if not self.found.join.by_superior:
            return None
        person = self.found.mentees[mentee]
        named = self.scheme.superiors(person)
        if named is not None and not named:
            return Reason("superior.none")
        superiors = [nip for nip in sorted(named or ()) if self.scheme.is_superior(nip, person)]
        if not superiors:
            return Reason("superior.unknown")
        there = [self.people[nip] for nip in superiors if nip in self.people]
        return self._against(there[0]) if there else Reason("superior.elsewhere")

    def _against(self, mentor: Employee) -> Reason | None:
        findings = self.scheme.outcome(MENTOR, self.scheme.alone(mentor)).findings
        failed = tuple(finding.criterion.title for finding in findings if finding.status == FAILED)
        return because("superior.may_not", limits=failed) if failed else None
