"""Assign: from people to an assignment in numbers: candidates, fixed pairs, then the objective for the others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from asnpolicy.decisions.mentoring import fixed_pairs, lottery
from asnpolicy.decisions.mentoring.assignment import Objective
from asnpolicy.decisions.mentoring.candidates import Candidates, Sides, candidates, sides
from asnpolicy.decisions.mentoring.fixed_pairs import FixedPair, ReleasedPair
from asnpolicy.decisions.mentoring.lottery import Lottery
from asnpolicy.decisions.mentoring.market import NOBODY, Market, Matching
from asnpolicy.decisions.mentoring.orders import Orders, check
from asnpolicy.decisions.mentoring.scheme import Scheme
from asnpolicy.decisions.mentoring.stable import stable
from asnpolicy.people import Employee
from asnpolicy.people.nip import masked
from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import phrase

UNLIMITED = 1_000_000
"""So many places has a mentor of whom the rule says no number: more than there are mentees."""


@dataclass(frozen=True, slots=True)
class Request:
    """How mentors are to be assigned."""

    objective: Objective
    seed: str
    orders: Orders
    keys: Mapping[str, str] | None = None

    @classmethod
    def of(cls, objective: str, seed: str, orders: Orders, keys: Mapping[str, str] | None) -> Request:
        """Read the objective; raises PolicyError for one that is not known."""
        if objective not in list(Objective):
            help_ = phrase(
                en="choose one of: {objective}", id="pilih salah satu: {objective}", objective=", ".join(Objective)
            )
            raise PolicyError(
                [
                    Problem(
                        "unknown-objective",
                        phrase(
                            en="unknown objective `{objective}`",
                            id="tujuan `{objective}` tidak dikenal",
                            objective=objective,
                        ),
                        help=help_,
                    )
                ]
            )
        return cls(Objective(objective), seed, orders, keys)


@dataclass(frozen=True, slots=True, eq=False)
class Remainder:
    """The market of those who are not fixed, and its assignment; `pairs` are the same pairs in the whole market."""

    market: Market
    pairs: Sequence[int]
    matching: Matching

    def chosen(self) -> list[int]:
        """The pair of each mentee in the whole market."""
        return [NOBODY if pair == NOBODY else self.pairs[pair] for pair in self.matching.chosen]


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """An assignment in numbers, with all that it came from."""

    scheme: Scheme
    request: Request
    people: Mapping[str, Employee]
    """As given, by NIP."""
    sides: Sides
    lottery: Lottery
    candidates: Candidates
    whole: Market
    """All candidates and all places, as if nothing were fixed."""
    fixed: tuple[FixedPair, ...]
    released: tuple[ReleasedPair, ...]
    remaining: Remainder
    without: Remainder | None
    """The same as if no pair were kept, where some are."""


def assign(scheme: Scheme, people: Iterable[Employee], request: Request) -> Solution:
    """Assign mentors; raises PolicyError for people or orders that can't be, and for what an objective needs."""
    solve = solver(request.objective)
    given = by_number(people)
    check(request.orders, given, scheme.rule.capacity)
    asked = sides(scheme, given.values())
    both = {one.nip for one in (*asked.mentees, *asked.mentors)}
    those = [given[nip] for nip in sorted(both)]
    drawn = lottery.draw(those, seed=request.seed, as_of=scheme.as_of, keys=request.keys)
    mentees, mentors = _in_order(asked.mentees, drawn), _in_order(asked.mentors, drawn)
    found = candidates(scheme, mentees, mentors, request.orders.barred)
    places = _places(scheme, request.orders)
    whole = _market(found, drawn, places, len(mentees) + len(request.orders.people))
    left = places.copy()
    settled = {nip: given[nip].view(scheme.as_of) for nip in request.orders.people if nip in given}
    forced = fixed_pairs.forced(scheme, request.orders, settled, left)
    kept, released = fixed_pairs.kept(scheme, request.orders, settled, left, _most_wanted(scheme, found, drawn))
    remaining = _remaining(whole, found, places, [*forced, *kept], solve)
    without = _remaining(whole, found, places, forced, solve) if kept or released else None
    return Solution(
        scheme, request, given, asked, drawn, found, whole, (*forced, *kept), tuple(released), remaining, without
    )


Solve = Callable[[Market], Matching]


def solver(objective: Objective) -> Solve:
    """What solves an objective; raises PolicyError when it is not installed."""
    if objective is Objective.STABLE:
        return stable
    try:
        from asnpolicy.decisions.mentoring import flow  # noqa: PLC0415  # an extra
    except ImportError:
        help_ = phrase(
            en="pip install 'asnpolicy[mentoring]', or choose `stable`",
            id="pip install 'asnpolicy[mentoring]', atau pilih `stable`",
        )
        raise PolicyError(
            [
                Problem(
                    "missing-extra",
                    phrase(
                        en="`{objective}` needs OR-tools, which is not installed",
                        id="`{objective}` memerlukan OR-tools, yang belum terpasang",
                        objective=objective,
                    ),
                    help=help_,
                )
            ]
        ) from None
    return flow.total if objective is Objective.TOTAL else flow.max_min


def by_number(people: Iterable[Employee]) -> dict[str, Employee]:
    """People by NIP, in order of NIP; raises PolicyError when one number is there twice."""
    those = list(people)
    times = Counter(person.nip for person in those)
    twice = [
        Problem(
            "same-nip",
            phrase(
                en="{count} of the people have the NIP `{nip}`",
                id="{count} orang memiliki NIP `{nip}`",
                count=count,
                nip=masked(nip),
            ),
            help=phrase(en="leave one of them", id="sisakan satu saja"),
        )
        for nip, count in sorted(times.items())
        if count > 1
    ]
    if twice:
        raise PolicyError(twice)
    return {person.nip: person for person in sorted(those, key=lambda person: person.nip)}


def _in_order(people: Iterable[Employee], drawn: Lottery) -> list[Employee]:
    return sorted(people, key=lambda person: (drawn.numbers[person.nip], person.nip))


def _places(scheme: Scheme, orders: Orders) -> defaultdict[str, int]:
    """How many mentees each mentor can take, by NIP."""
    capacity = scheme.rule.capacity
    places: defaultdict[str, int] = defaultdict(lambda: UNLIMITED if capacity is None else capacity)
    places.update(orders.places)
    return places


def _most_wanted(scheme: Scheme, found: Candidates, drawn: Lottery) -> Callable[[FixedPair], tuple[int, int, str]]:
    """Order pairs by the points of their mentor, the most first, then by the lottery."""

    def order(one: FixedPair) -> tuple[int, int, str]:
        points = found.points.each(scheme.weigher(scheme.together(one.mentor, one.mentee)))
        return -found.points.sides(points)[1], drawn.numbers.get(one.mentee.nip, 0), one.mentee.nip

    return order


def _market(found: Candidates, drawn: Lottery, places: Mapping[str, int], most: int) -> Market:
    """All candidates, with the places of each mentor, but not more than there can be mentees."""
    return Market(
        tuple(min(places[mentor.nip], most) for mentor in found.mentors),
        found.mentee_of,
        found.mentor_of,
        found.points.wishes,
        found.points.claims,
        tuple(drawn.numbers[mentee.nip] for mentee in found.mentees),
        tuple(drawn.numbers[mentor.nip] for mentor in found.mentors),
    )


def _remaining(
    whole: Market, found: Candidates, places: Mapping[str, int], settled: Collection[FixedPair], solve: Solve
) -> Remainder:
    """Solve for those who are not fixed, with the places that fixed pairs leave."""
    if not settled:
        return Remainder(whole, range(len(whole.mentee_of)), solve(whole))
    taken, mentees = Counter(one.mentor.nip for one in settled), {one.mentee.nip for one in settled}
    out = {at for at, mentee in enumerate(found.mentees) if mentee.nip in mentees}
    pairs = [pair for pair, mentee in enumerate(whole.mentee_of) if mentee not in out]
    rest = replace(
        whole,
        places=tuple(min(places[one.nip] - taken[one.nip], len(found.mentees)) for one in found.mentors),
        mentee_of=[whole.mentee_of[pair] for pair in pairs],
        mentor_of=[whole.mentor_of[pair] for pair in pairs],
        wishes=[whole.wishes[pair] for pair in pairs],
        claims=[whole.claims[pair] for pair in pairs],
    )
    return Remainder(rest, pairs, solve(rest))
