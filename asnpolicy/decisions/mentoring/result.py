"""Result: an assignment in numbers, told of people: pairs with their reasons, those left over, loads, groups, costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from asnpolicy.decisions import words
from asnpolicy.decisions.mentoring import groups
from asnpolicy.decisions.mentoring.amounts import preferences, scopes
from asnpolicy.decisions.mentoring.assign import Solution
from asnpolicy.decisions.mentoring.assignment import (
    Amount,
    AssignedPair,
    Assignment,
    Attainment,
    How,
    KeepCost,
    Limit,
    MentorLoad,
    Objective,
    Participant,
    PreferenceResult,
    UnassignedMentee,
    UndecidedPair,
    UndeterminedPerson,
)
from asnpolicy.decisions.mentoring.fixed_pairs import FixedPair
from asnpolicy.decisions.mentoring.limits import Limits
from asnpolicy.decisions.mentoring.market import NO_GAIN, NOBODY, Gain, Merit, measure, placed_pairs
from asnpolicy.decisions.mentoring.points import decimals
from asnpolicy.decisions.mentoring.scheme import MENTOR, named
from asnpolicy.decisions.mentoring.shortage import Shortage, shortages
from asnpolicy.decisions.mentoring.stable import blocking
from asnpolicy.language.bounds import Bounds
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import Kind, Value
from asnpolicy.language.rules import Preference
from asnpolicy.people import Employee
from asnpolicy.version import VERSION


def assignment(made: Solution, region: str, policy: str) -> Assignment:
    """Tell of an assignment; `policy` is the content hash of the policy."""
    told = _Report(made)
    rule = made.scheme.rule
    reached, bound = told.reached()
    return Assignment(
        region, rule.id, rule.title, rule.basis, rule.standing, made.scheme.as_of, made.request.objective,
        made.request.seed, policy, VERSION, len(made.sides.mentees), len(made.sides.mentors), len(made.whole.mentee_of),
        pairs=tuple(sorted(told.pairs(), key=lambda one: (one.mentor.nip, one.mentee.nip))),
        unassigned=tuple(sorted(told.unassigned(), key=lambda one: one.mentee.nip)),
        undecided=tuple(told.undecided()),
        undetermined=tuple(told.undetermined()),
        loads=tuple(sorted(told.loads(), key=lambda one: one.mentor.nip)),
        groups=tuple(told.groups()),
        reached=reached,
        bound=bound,
        blocking_pairs=told.blocking_pairs(),
        released=tuple(sorted(made.released, key=lambda one: (one.pair.mentor, one.pair.mentee))),
        keep_cost=told.keep_cost(),
        reads_protected=rule.reads_protected,
        alike=tuple(told.participant(made.people[nip]) for nip in sorted(made.lottery.alike)),
    )  # fmt: skip


@dataclass(frozen=True)
class _Report:
    """An assignment being told; what is told again and again is made once."""

    made: Solution
    _participants: dict[str, Participant] = field(default_factory=dict)
    _told: dict[tuple[Any, ...], PreferenceResult] = field(default_factory=dict)

    # People and points

    def participant(self, person: Employee) -> Participant:
        known = self._participants.get(person.nip)
        if known is None:
            number = self.made.lottery.numbers.get(person.nip)
            lot = None if number is None else f"{number:016x}"
            unit = self._unit_names.get(person.unit or "")
            known = self._participants[person.nip] = Participant(person.nip, person.name, person.unit, unit, lot)
        return known

    @cached_property
    def _unit_names(self) -> dict[str, str]:
        return {unit.code: unit.name for unit in self.made.scheme.agency.units or () if unit.name is not None}

    @cached_property
    def mentees(self) -> tuple[Participant, ...]:
        return tuple(map(self.participant, self.made.candidates.mentees))

    @cached_property
    def mentors(self) -> tuple[Participant, ...]:
        return tuple(map(self.participant, self.made.candidates.mentors))

    @cached_property
    def chosen(self) -> list[int]:
        return self.made.remaining.chosen()

    @cached_property
    def decimals(self) -> int:
        return decimals(self.made.scheme.of_pairs)

    def amount(self, points: int) -> Amount:
        return words.number(points, self.decimals)

    # Pairs

    def pairs(self) -> Iterator[AssignedPair]:
        """The pairs, fixed or chosen."""
        found = self.made.candidates
        for fixed in self.made.fixed:
            yield self._pair(fixed, self._number.get(fixed.mentee.nip), How.FORCED if fixed.forced else How.KEPT)
        for pair in placed_pairs(self.chosen):
            mentee = found.mentee_of[pair]
            both = FixedPair(found.mentors[found.mentor_of[pair]], found.mentees[mentee], forced=False)
            yield self._pair(both, mentee, How.CHOSEN)

    def _pair(self, both: FixedPair, mentee: int | None, how: How) -> AssignedPair:
        scheme, points = self.made.scheme, self.made.candidates.points
        question = scheme.together(both.mentor, both.mentee)
        each = points.each(scheme.weigher(question))
        wish, claim = points.sides(each)
        weighed = tuple(self._weighed(Meaning(question), each))
        split = len(scheme.of_pairs.mentee_prefers)
        choice, of = self._choice(mentee, both.mentor.nip, wish)
        return AssignedPair(
            self.participant(both.mentor), self.participant(both.mentee), how, self.amount(wish), self.amount(claim),
            choice, of, weighed[:split], weighed[split:], both.missing,
        )  # fmt: skip

    def _weighed(self, meaning: Meaning, points: tuple[int, ...]) -> Iterator[PreferenceResult]:
        """What was preferred of a pair, by the definition; what hangs on the mentor alone is asked once."""
        mentor = meaning.question.mentor.nip
        for (one, of_mentor), number in zip(self._preferences, points, strict=True):
            known = self._told.get((one, mentor)) if of_mentor else None
            if known is None:
                known = self._asked(one, meaning, number)
                if of_mentor:
                    self._told[one, mentor] = known
            yield known

    @cached_property
    def _preferences(self) -> list[tuple[Preference, bool]]:
        """All that is preferred, and whether it hangs on the mentor alone."""
        return [(one, scopes(one.amount) == {"mentor"}) for one in preferences(self.made.scheme.of_pairs)]

    def _asked(self, one: Preference, meaning: Meaning, points: int) -> PreferenceResult:
        seen = meaning.value(one.observation.seen)
        amount = seen if one.amount is one.observation.seen else meaning.value(one.amount)
        key = one, seen, type(seen), amount, points
        if key not in self._told:
            self._told[key] = self._one(one, seen, amount, points)
        return self._told[key]

    def _one(self, one: Preference, seen: Value | Bounds, amount: Value | Bounds, points: int) -> PreferenceResult:
        observation = one.observation
        text = words.seen(observation, seen, self.made.scheme.as_of)
        missing = named(amount.missing) if isinstance(amount, Bounds) else ()
        monthly = observation.type.kind is Kind.DURATION
        return PreferenceResult(
            observation.fact, observation.label, text, one.weight, monthly, self.amount(points), missing
        )

    def _choice(self, mentee: int | None, mentor: str, wish: int) -> tuple[int | None, int]:
        """Which choice of a mentee a mentor is, by points, and of how many."""
        if mentee is None:
            return None, 0
        whole, found = self.made.whole, self.made.candidates
        start, end = whole.starts[mentee], whole.starts[mentee + 1]
        there = any(found.mentors[one].nip == mentor for one in whole.mentor_of[start:end])
        return 1 + sum([one > wish for one in whole.wishes[start:end]]) if there else None, end - start

    # Those left over

    def unassigned(self) -> Iterator[UnassignedMentee]:
        """Mentees without a mentor, each with the limit that bound."""
        fixed = {one.mentee.nip for one in self.made.fixed}
        for mentee, pair in enumerate(self.chosen):
            if pair == NOBODY and self.mentees[mentee].nip not in fixed:
                yield self._without(mentee)

    def _without(self, mentee: int) -> UnassignedMentee:
        whole, person = self.made.whole, self.mentees[mentee]
        mentors = tuple(self.mentors[whole.mentor_of[p]] for p in range(whole.starts[mentee], whole.starts[mentee + 1]))
        if mentors:
            shortage = self._shortages.get(mentee)
            rivals, places = (None, None) if shortage is None else (shortage.mentees, shortage.places)
            return UnassignedMentee(person, Limit.FULL, _by_number(mentors), rivals, places)
        missing = named(self._limits.missing(mentee))
        superior = self._limits.superior(mentee)
        if missing:
            return UnassignedMentee(person, Limit.UNKNOWN, superior=superior, missing=missing)
        return UnassignedMentee(person, Limit.NO_CANDIDATE, failed=self._limits.failed(mentee), superior=superior)

    @cached_property
    def _shortages(self) -> Mapping[int, Shortage]:
        remaining = self.made.remaining
        if self.made.request.objective is Objective.STABLE:
            return {}
        return shortages(remaining.market, remaining.matching.chosen)

    @cached_property
    def _limits(self) -> Limits:
        made = self.made
        return Limits(made.scheme, made.candidates, made.sides.maybe_mentors, made.people)

    def undecided(self) -> Iterator[UndecidedPair]:
        """Pairs that are not offered since a limit is unknown, and people of whom no pair could be looked at."""
        found = self.made.candidates
        for mentee in _in_order(found.open_mentees, self.mentees):
            yield UndecidedPair(None, self.mentees[mentee], named(found.open_mentees[mentee]))
        for mentor in _in_order(found.open_mentors, self.mentors):
            yield UndecidedPair(self.mentors[mentor], None, named(found.open_mentors[mentor]))
        for mentee in _in_order(self._limits.pairs, self.mentees):
            for mentor, missing in sorted(self._limits.pairs[mentee], key=lambda one: self.mentors[one[0]].nip):
                yield UndecidedPair(self.mentors[mentor], self.mentees[mentee], named(missing))

    def undetermined(self) -> Iterator[UndeterminedPerson]:
        """People of whom it is not known whether they need a mentor, or may be one."""
        scheme, sides = self.made.scheme, self.made.sides
        for side, part, people in (("mentee", "", sides.maybe_mentees), ("mentor", MENTOR, sides.maybe_mentors)):
            for person in people:
                missing = scheme.missing(part, scheme.alone(person))
                yield UndeterminedPerson(self.participant(person), side, missing)

    # Loads and groups

    def loads(self) -> Iterator[MentorLoad]:
        """Every mentor, with places and mentees."""
        made, remaining = self.made, self.made.remaining
        fixed = Counter(one.mentor.nip for one in made.fixed)
        load = remaining.market.load(remaining.matching.chosen)
        for mentor, who in enumerate(self.mentors):
            gain = remaining.matching.gains.get(mentor, NO_GAIN)
            yield self._load(who, load[mentor] + fixed.pop(who.nip, 0), gain)
        for nip, taken in sorted(fixed.items()):  # kept mentors of whom it is not known whether they may be one
            yield self._load(self.participant(made.people[nip]), taken, NO_GAIN)

    def _load(self, mentor: Participant, taken: int, gain: Gain) -> MentorLoad:
        places = self.made.request.orders.places.get(mentor.nip, self.made.scheme.rule.capacity)
        stable = self.made.request.objective is Objective.STABLE
        points = None if stable else self.amount(gain.points or 0)
        return MentorLoad(mentor, places, taken, gain.placed, points, (gain.better or 0) if stable else None)

    def groups(self) -> Iterator[groups.GroupShare]:
        """Who needs a mentor and who has one, who may be one and who is, by protected attribute."""
        made, as_of = self.made, self.made.scheme.as_of
        pairs = [(one.mentor.nip, one.mentee.nip) for one in made.fixed]
        pairs += [(self.mentors[m].nip, self.mentees[i].nip) for i, m in self._chosen_pairs()]
        for side, people, at in (("mentee", made.sides.mentees, 1), ("mentor", made.sides.mentors, 0)):
            given = [made.people[person.nip] for person in people]
            yield from groups.shares(side, given, {pair[at] for pair in pairs}, as_of)

    def _chosen_pairs(self) -> Iterator[tuple[int, int]]:
        whole = self.made.whole
        return ((whole.mentee_of[pair], whole.mentor_of[pair]) for pair in placed_pairs(self.chosen))

    # What is reached

    def reached(self) -> tuple[Attainment, Attainment | None]:
        """What the assignment reaches, and what none exceeds."""
        remaining = self.made.remaining
        least = self.made.request.objective is Objective.MAX_MIN
        own = measure(remaining.market, remaining.matching.chosen, least=least)
        bound = remaining.matching.bound
        return self._reach(own), None if bound is None else self._reach(bound)

    def _reach(self, measure: Merit) -> Attainment:
        """A measure with what the fixed pairs add to it."""
        fixed = self._fixed_points
        leasts = [wish for wish, _ in fixed] if self.made.request.objective is Objective.MAX_MIN else []
        least = min((one for one in (*leasts, measure.least) if one is not None), default=None)
        total = measure.total + sum(wish + claim for wish, claim in fixed)
        return Attainment(
            measure.placed + len(fixed), None if least is None else self.amount(least), self.amount(total)
        )

    @cached_property
    def _fixed_points(self) -> list[tuple[int, int]]:
        scheme, points = self.made.scheme, self.made.candidates.points
        asked = (scheme.together(one.mentor, one.mentee) for one in self.made.fixed)
        return [points.sides(points.each(scheme.weigher(question))) for question in asked]

    def blocking_pairs(self) -> int:
        """How many pairs would both rather have each other."""
        made = self.made
        chosen = dict(enumerate(self.chosen)) | self._fixed_pairs
        taken = Counter(one.mentor.nip for one in made.fixed if not self._is_candidate(one))
        places = tuple(p - taken[m.nip] for p, m in zip(made.whole.places, self.mentors, strict=True))
        aside = {self._number[one.mentee.nip] for one in made.fixed if self._is_aside(one)}
        return sum(1 for _ in blocking(replace(made.whole, places=places), [chosen[i] for i in sorted(chosen)], aside))

    @cached_property
    def _number(self) -> dict[str, int]:
        return {mentee.nip: at for at, mentee in enumerate(self.mentees)}

    @cached_property
    def _fixed_pairs(self) -> dict[int, int]:
        """The pair of each mentee who is fixed, where it is one of the candidates."""
        whole = self.made.whole
        at = {mentor.nip: number for number, mentor in enumerate(self.mentors)}
        wanted = {
            self._number[f.mentee.nip]: at.get(f.mentor.nip) for f in self.made.fixed if f.mentee.nip in self._number
        }
        pairs = ((i, pair) for i in wanted for pair in range(whole.starts[i], whole.starts[i + 1]))
        return {i: pair for i, pair in pairs if whole.mentor_of[pair] == wanted[i]}

    def _is_candidate(self, one: FixedPair) -> bool:
        return self._number.get(one.mentee.nip) in self._fixed_pairs

    def _is_aside(self, one: FixedPair) -> bool:
        """Tell whether a mentee is kept with somebody who is no candidate today."""
        return one.mentee.nip in self._number and not self._is_candidate(one)

    def keep_cost(self) -> KeepCost | None:
        """What keeping pairs cost."""
        without = self.made.without
        if without is None:
            return None
        forced = [points for one, points in zip(self.made.fixed, self._fixed_points, strict=True) if one.forced]
        free = measure(without.market, without.matching.chosen, least=False)
        own = measure(self.made.remaining.market, self.made.remaining.matching.chosen, least=False)
        total = free.total + _sum(forced) - own.total - _sum(self._fixed_points)
        before, after = self._wishes(without.chosen(), forced=True), self._wishes(self.chosen, forced=False)
        changes = [(before.get(i, _NONE), after.get(i, _NONE)) for i in range(len(self.mentees))]
        return KeepCost(
            free.placed + len(forced) - own.placed - len(self.made.fixed),
            self.amount(total),
            sum(one > other for one, other in changes),
            sum(one < other for one, other in changes),
        )

    def _wishes(self, chosen: list[int], *, forced: bool) -> dict[int, tuple[int, int]]:
        """The points of each mentee who has a mentor; of the fixed ones all, or the forced alone."""
        wishes = self.made.whole.wishes
        found = {i: (1, wishes[pair]) for i, pair in enumerate(chosen) if pair != NOBODY}
        for one, (wish, _) in zip(self.made.fixed, self._fixed_points, strict=True):
            if one.mentee.nip in self._number and (one.forced or not forced):
                found[self._number[one.mentee.nip]] = 1, wish
        return found


_NONE = (0, 0)
"""Somebody without a mentor stands below everybody who has one."""


def _sum(points: list[tuple[int, int]]) -> int:
    return sum(wish + claim for wish, claim in points)


def _by_number(people: tuple[Participant, ...]) -> tuple[Participant, ...]:
    return tuple(sorted(people, key=lambda one: one.nip))


def _in_order(numbers: Iterable[int], people: tuple[Participant, ...]) -> list[int]:
    return sorted(numbers, key=lambda number: people[number].nip)
