"""Assignment: the mentors assigned by one rule on one day, with the reasons, what could not be, and what shows the rest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeAlias

from asnpolicy.decisions.mentoring.fixed_pairs import ReleasedPair
from asnpolicy.decisions.mentoring.groups import GroupShare
from asnpolicy.decisions.mentoring.orders import Pairing
from asnpolicy.decisions.reasons import Reason
from asnpolicy.language.rules import Standing, Text
from asnpolicy.people.nip import masked

Amount: TypeAlias = int | Decimal
"""Points: whole, or with the decimal places of what is weighed."""


class Objective(StrEnum):
    """What the best assignment is."""

    STABLE = "stable"
    """No mentee and mentor would both rather have each other."""
    TOTAL = "total"
    """The most mentees placed, then the most points of both sides."""
    MAX_MIN = "max-min"
    """The most mentees placed, then the most points for the mentee who has the fewest, then the most points of both sides."""


class How(StrEnum):
    """How a pair came about."""

    CHOSEN = "chosen"
    KEPT = "kept"
    FORCED = "forced"


class Limit(StrEnum):
    """What bound a mentee who has no mentor."""

    NO_CANDIDATE = "no_candidate"
    """Nobody who may be a mentor meets the limits of a pair."""
    FULL = "full"
    """Whoever does has no place left."""
    UNKNOWN = "unknown"
    """Of whoever might it is not known."""


@dataclass(frozen=True, slots=True, repr=False)
class Participant:
    """Somebody who takes part."""

    nip: str
    name: str | None
    unit: str | None
    unit_name: str | None = None
    """What the agency calls the unit."""
    lot: str | None = None
    """The lottery number, in hexadecimal digits; None for those who were not assigned by it."""

    def __repr__(self) -> str:
        return f"Participant({masked(self.nip)})"


@dataclass(frozen=True, slots=True)
class PreferenceResult:
    """One thing that was preferred: how much of it there is, and the points that it gives."""

    fact: str
    label: Text
    seen: Text
    weight: int
    """The points of one more of it; of a length of time, for each whole month."""
    monthly: bool
    points: Amount
    missing: tuple[str, ...] = ()
    """What would tell, where the amount is not known exactly: then the points are the fewest that it can give."""


@dataclass(frozen=True, slots=True, repr=False)
class AssignedPair:
    """A mentee with the mentor assigned, and why."""

    mentor: Participant
    mentee: Participant
    how: How
    wish: Amount
    """The points in the eyes of the mentee."""
    claim: Amount
    """The points in the eyes of the mentor."""
    choice: int | None
    """Which choice of the mentee it is, by points; None when a kept mentor could not be chosen today."""
    candidates: int
    """How many mentors the mentee could have had."""
    wishes: tuple[PreferenceResult, ...]
    claims: tuple[PreferenceResult, ...]
    missing: tuple[str, ...] = ()
    """What is missing to tell whether a kept pair still meets the limits."""

    def __repr__(self) -> str:
        return f"AssignedPair({masked(self.mentor.nip)} → {masked(self.mentee.nip)}, {self.how})"

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why this pair, in words: how it came about, what the mentee and the mentor prefer in it."""
        from asnpolicy.decisions.mentoring.telling import of_pair  # noqa: PLC0415  # wanted by few

        return of_pair(self)


@dataclass(frozen=True, slots=True)
class LimitCount:
    """A limit, and how many mentors do not meet it."""

    criterion: str
    title: Text
    mentors: int


@dataclass(frozen=True, slots=True)
class UnassignedMentee:
    """A mentee without a mentor, and the limit that bound."""

    mentee: Participant
    limit: Limit
    mentors: tuple[Participant, ...] = ()
    """Who could have been the mentor, all full."""
    rivals: int | None = None
    """With `total` and `max-min`: so many mentees have only these places, and those of mentors to whom they could move."""
    places: int | None = None
    failed: tuple[LimitCount, ...] = ()
    superior: Reason | None = None
    """What is with the direct superior, where that is who the mentor must be."""
    missing: tuple[str, ...] = ()

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why there is no mentor, in words."""
        from asnpolicy.decisions.mentoring.telling import of_unassigned  # noqa: PLC0415  # wanted by few

        return of_unassigned(self)


@dataclass(frozen=True, slots=True)
class UndecidedPair:
    """A pair that is not offered since a limit is unknown; None stands for everybody of that side."""

    mentor: Participant | None
    mentee: Participant | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UndeterminedPerson:
    """Somebody of whom it is not known whether they need a mentor (`mentee`) or may be one (`mentor`)."""

    participant: Participant
    side: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MentorLoad:
    """A mentor: places, mentees, and what one place more would give."""

    mentor: Participant
    places: int | None
    """None: as many as there are."""
    taken: int
    more_placed: int = 0
    """How many mentees more would have a mentor."""
    more_points: Amount | None = None
    """By how much the points of all would grow (`total`, `max-min`)."""
    better_off: int | None = None
    """So many mentees at least would have a mentor whom they prefer (`stable`)."""


@dataclass(frozen=True, slots=True)
class Attainment:
    """What an assignment reaches: mentees placed, the fewest points of one of them, the points of both sides in all."""

    placed: int
    least: Amount | None
    total: Amount


@dataclass(frozen=True, slots=True)
class KeepCost:
    """What keeping pairs cost, beside the same assignment without it."""

    placed: int
    """So many mentees more would have a mentor."""
    total: Amount
    """So many points more there would be."""
    better_off: int
    """So many mentees would have a mentor whom they prefer by points, or one at all."""
    worse_off: int


@dataclass(frozen=True, repr=False)
class Assignment:
    """Who mentors whom, by one rule on one day. The same people, whatever their order, give the same bytes."""

    region: str
    rule: str
    title: Text
    basis: str
    standing: Standing
    as_of: date
    objective: Objective
    seed: str
    """The published seed of the lottery."""
    policy: str
    """The content hash of the policy."""
    library: str
    mentees: int
    mentors: int
    candidates: int
    """How many pairs could be."""
    pairs: tuple[AssignedPair, ...]
    unassigned: tuple[UnassignedMentee, ...]
    undecided: tuple[UndecidedPair, ...]
    undetermined: tuple[UndeterminedPerson, ...]
    loads: tuple[MentorLoad, ...]
    groups: tuple[GroupShare, ...]
    reached: Attainment
    bound: Attainment | None
    """What no assignment exceeds, in the order of the objective and given the fixed pairs; None with `stable`."""
    blocking_pairs: int
    """Pairs who would both rather have each other: none with `stable`, unless pairs are kept or forced."""
    released: tuple[ReleasedPair, ...] = ()
    keep_cost: KeepCost | None = None
    reads_protected: str | None = None
    """The protected attributes that the rule reads, each with the law that allows it."""
    alike: tuple[Participant, ...] = ()
    """Those whom only their number or what is protected tells apart: give them keys for the lottery."""

    def __repr__(self) -> str:
        how = f"{self.region} {self.rule} {self.as_of} {self.objective}"
        return f"Assignment({how}: {self.reached.placed} of {self.mentees} mentees)"

    @property
    def optimal(self) -> bool | None:
        """Tell whether the bound shows that no assignment is better; None with `stable`, which has no bound."""
        return None if self.bound is None else self.bound == self.reached

    @property
    def pairings(self) -> tuple[Pairing, ...]:
        """The pairs as they are given to `keep` the next time."""
        return tuple(Pairing(mentor=one.mentor.nip, mentee=one.mentee.nip) for one in self.pairs)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What the assignment is, reaches and rests on, line by line."""
        from asnpolicy.decisions.mentoring.telling import summary  # noqa: PLC0415  # wanted by few

        return summary(self)

    @cached_property
    def _by_mentee(self) -> Mapping[str, AssignedPair]:
        return {one.mentee.nip: one for one in self.pairs}

    def mentor_of(self, nip: str) -> AssignedPair | None:
        """The pair of a mentee, by NIP; None when there is none."""
        return self._by_mentee.get(nip)

    @cached_property
    def _by_mentor(self) -> Mapping[str, list[AssignedPair]]:
        found: dict[str, list[AssignedPair]] = {}
        for one in self.pairs:
            found.setdefault(one.mentor.nip, []).append(one)
        return found

    def mentees_of(self, nip: str) -> tuple[AssignedPair, ...]:
        """The pairs of a mentor, by NIP."""
        return tuple(self._by_mentor.get(nip, ()))

    def model_dump(self) -> Mapping[str, Any]:
        """The assignment as plain data: codes and parameters, not texts of a language."""
        from asnpolicy.decisions.plain import as_data  # noqa: PLC0415  # wanted by few

        return as_data(self)

    def model_dump_json(self, *, indent: int | None = None) -> str:
        """The assignment as JSON."""
        return json.dumps(self.model_dump(), ensure_ascii=False, indent=indent)
