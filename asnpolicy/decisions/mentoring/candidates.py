"""Candidates: who needs a mentor and who may be one, asked once a person, and the pairs that may be, with their points."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from asnpolicy.decisions.mentoring.joins import Join, Partners
from asnpolicy.decisions.mentoring.points import Points
from asnpolicy.decisions.mentoring.scheme import Scheme
from asnpolicy.language.bounds import Missing
from asnpolicy.language.rules import HELD, UNKNOWN
from asnpolicy.people import Employee
from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import phrase

MOST_PAIRS = 10_000_000
"""So many pairs are looked at, at most: some two minutes."""


@dataclass(slots=True)
class Refusals:
    """How many mentors a mentee who has no candidate could not have."""

    by_limits: Counter[tuple[int, ...]] = field(default_factory=Counter)
    """Those who were looked at, by the statuses of the limits."""
    left_out: int = 0
    """Those with whom the mentee does not have in common what must be shared."""
    forbidden: int = 0


@dataclass(frozen=True, slots=True)
class Sides:
    """People as a mentoring rule sees them, each asked once, contradicted data unknown."""

    mentees: tuple[Employee, ...]
    """Who needs a mentor."""
    mentors: tuple[Employee, ...]
    """Who may be one."""
    maybe_mentees: tuple[Employee, ...]
    """Of whom it is not known."""
    maybe_mentors: tuple[Employee, ...]


def sides(scheme: Scheme, people: Iterable[Employee]) -> Sides:
    """Ask everybody whether they need a mentor, and whether they may be one."""
    settled = [person.view(scheme.as_of) for person in people]
    needs = [scheme.needs(person) for person in settled]
    may = [scheme.may_mentor(person) for person in settled]

    def those(found: Sequence[int], wanted: int) -> tuple[Employee, ...]:
        return tuple(person for person, one in zip(settled, found, strict=True) if one == wanted)

    return Sides(those(needs, HELD), those(may, HELD), those(needs, UNKNOWN), those(may, UNKNOWN))


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The pairs that may be, in order of mentee, then of mentor, and why others may not."""

    mentees: tuple[Employee, ...]
    mentors: tuple[Employee, ...]
    mentee_of: Sequence[int]
    mentor_of: Sequence[int]
    points: Points
    undecided: tuple[tuple[int, int], ...]
    """Mentee and mentor of whom a limit is unknown."""
    open_mentees: Mapping[int, Missing]
    """Of whom it is not known what must be shared, so that no pair could be looked at."""
    open_mentors: Mapping[int, Missing]
    refused: Mapping[int, Refusals]
    """Of each mentee who has no candidate."""
    join: Join


def candidates(
    scheme: Scheme,
    mentees: Sequence[Employee],
    mentors: Sequence[Employee],
    forbidden: Collection[tuple[str, str]] = (),
) -> Candidates:
    """Find the pairs that may be; forbidden ones (mentor, mentee) are passed over, and nobody mentors themselves.

    Raises PolicyError when more pairs would have to be looked at than can be.
    """
    join = Join(scheme, mentors)
    partners = [join.partners(mentee) for mentee in mentees]
    _check(sum(len(one.mentors) for one in partners))
    search = _Search(scheme, mentees, mentors, forbidden)
    for at in sorted(range(len(mentees)), key=lambda at: next(iter(partners[at].mentors), 0)):
        search.look(at, partners[at].mentors)  # those who share mentors one after the other: it is twice as fast
    search.settle()
    _count_left_out(search, partners)
    open_mentees = {at: one.missing for at, one in enumerate(partners) if one.missing}
    return Candidates(
        tuple(mentees), tuple(mentors), search.mentee_of, search.mentor_of, search.points, tuple(sorted(search.undecided)),
        open_mentees, join.open, search.refused, join,
    )  # fmt: skip


def _count_left_out(search: _Search, partners: Sequence[Partners]) -> None:
    there = Counter(mentor.nip for mentor in search.mentors)
    for mentee, refused in search.refused.items():
        own = search.mentees[mentee].nip
        looked_at = sum(search.mentors[mentor].nip != own for mentor in partners[mentee].mentors)
        refused.left_out = len(search.mentors) - there[own] - looked_at


def _check(pairs: int) -> None:
    if pairs > MOST_PAIRS:
        raise PolicyError(
            [
                Problem(
                    "too-many-pairs",
                    phrase(
                        en="{what} pairs would have to be looked at",
                        id="{what} pasangan harus diperiksa",
                        what=f"{pairs:,}",
                    ),
                    help=_SHARE,
                )
            ]
        )


_SHARE = phrase(
    en="{what} are the most: assign one office at a time, or let `pair_must` name what both share, such as `pair.same_unit: true`",
    id="paling banyak {what}: bagi per kantor, atau biarkan `pair_must` menyebut kesamaan keduanya, seperti `pair.same_unit: true`",
    what=f"{MOST_PAIRS:,}",
)


class _Search:
    """Asks the limits of pairs, and keeps what comes of it."""

    def __init__(
        self,
        scheme: Scheme,
        mentees: Sequence[Employee],
        mentors: Sequence[Employee],
        forbidden: Collection[tuple[str, str]],
    ) -> None:
        self.scheme, self.mentees, self.mentors, self.forbidden = scheme, mentees, mentors, forbidden
        self.mentee_of, self.mentor_of = array("q"), array("q")
        self.points = Points(scheme.of_pairs, scheme.weigher)
        self.spans: dict[int, tuple[int, int]] = {}
        """Where the pairs of each mentee stand, in the order in which they were looked at."""
        self.undecided: list[tuple[int, int]] = []
        self.refused: dict[int, Refusals] = {}

    def look(self, mentee: int, mentors: Sequence[int]) -> None:
        """Ask about a mentee and each of some mentors."""
        own, before, refused = self.mentees[mentee].nip, len(self.mentee_of), Refusals()
        for mentor in mentors:
            other = self.mentors[mentor].nip
            if self.forbidden and (other, own) in self.forbidden:
                refused.forbidden += 1
            elif other != own:
                self._ask(mentee, mentor, refused)
        self.spans[mentee] = before, len(self.mentee_of)
        if len(self.mentee_of) == before:
            self.refused[mentee] = refused

    def settle(self) -> None:
        """Put the pairs in order of mentee, with their points."""
        self.points.settle()
        columns = [self.mentee_of, self.mentor_of, self.points.wishes, self.points.claims]
        ordered = [array("q") for _ in columns]
        for mentee in range(len(self.mentees)):
            start, end = self.spans[mentee]
            for column, sorted_ in zip(columns, ordered, strict=True):
                sorted_.extend(column[start:end])
        self.mentee_of, self.mentor_of, self.points.wishes, self.points.claims = ordered

    def _ask(self, mentee: int, mentor: int, refused: Refusals) -> None:
        question = self.scheme.together(self.mentors[mentor], self.mentees[mentee])
        statuses = self.scheme.statuses(question)
        holds = statuses.holds
        if holds == HELD:
            self.mentee_of.append(mentee)
            self.mentor_of.append(mentor)
            self.points.add(self.scheme.weigher.parts(question))
        elif holds == UNKNOWN:
            self.undecided.append((mentee, mentor))
        else:
            refused.by_limits[statuses.criteria] += 1
