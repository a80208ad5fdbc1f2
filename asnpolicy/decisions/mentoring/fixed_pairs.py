"""Fixed pairs: the forced ones, which must meet the rule, and the kept ones, which stay unless a limit breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass

from asnpolicy.decisions import names
from asnpolicy.decisions.mentoring.orders import Orders, Pairing
from asnpolicy.decisions.mentoring.scheme import MENTOR, PAIR, Scheme, named
from asnpolicy.decisions.reasons import Reason, because
from asnpolicy.language.rules import FAILED, HELD
from asnpolicy.people import Employee
from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import Text, phrase


@dataclass(frozen=True, slots=True)
class FixedPair:
    """A pair that is settled before the others; what is missing, where a limit of a kept one is unknown."""

    mentor: Employee
    mentee: Employee
    forced: bool
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleasedPair:
    """A pair that was to be kept and is not, and why."""

    pair: Pairing
    why: Reason


@dataclass(frozen=True, slots=True)
class Objection:
    """What stands against a pair: a limit that fails, or one that is unknown, with what is missing."""

    said: Reason
    failed: bool
    missing: tuple[str, ...]


def objections(scheme: Scheme, mentor: Employee, mentee: Employee) -> Iterator[Objection]:
    """Everything that stands against two people being a pair, by the definition; nothing where they are sound."""
    needs = scheme.outcome("", scheme.alone(mentee))
    if needs.applies != HELD:
        yield Objection(Reason("pairing.no_need"), needs.applies == FAILED, named(needs.missing))
    asked = ((MENTOR, scheme.alone(mentor)), (PAIR, scheme.together(mentor, mentee)))
    for part, question in asked:
        for finding in scheme.outcome(part, question).findings:
            if min(finding.status, HELD) != HELD:
                said = because("pairing.limit", title=finding.criterion.title)
                yield Objection(said, finding.status == FAILED, named(finding.missing))


def forced(
    scheme: Scheme, orders: Orders, people: Mapping[str, Employee], places: MutableMapping[str, int]
) -> list[FixedPair]:
    """The forced pairs, each taking a place of its mentor; raises PolicyError for those that do not meet the rule."""
    found, problems = [], []
    for pair in dict.fromkeys(orders.forced):
        mentor, mentee = people[pair.mentor], people[pair.mentee]
        against = list(objections(scheme, mentor, mentee))
        problems += [_refused(pair, one) for one in against]
        if not against and places[pair.mentor] < 1:
            full = Objection(Reason("pairing.full"), failed=True, missing=())
            problems.append(_refused(pair, full))
        places[pair.mentor] -= 1
        found.append(FixedPair(mentor, mentee, forced=True))
    if problems:
        raise PolicyError(problems)
    return found


def _refused(pair: Pairing, against: Objection) -> Problem:
    why = Text(names.inside(against.said.to("id")), names.inside(against.said.to("en")))
    if against.failed:
        return Problem(
            "wrong-pair",
            phrase(en="`{pair}` is forced, but {why}", id="`{pair}` ditetapkan, padahal {why}", pair=pair, why=why),
            help=phrase(en="take it out of the forced pairs", id="keluarkan dari pasangan yang ditetapkan"),
        )
    lacks = ", ".join(f"`{name}`" for name in against.missing)
    help = (
        phrase(en="deliver what is missing: {lacks}", id="serahkan data yang belum ada: {lacks}", lacks=lacks)
        if lacks
        else phrase(en="deliver what is missing", id="serahkan data yang belum ada")
    )
    message = phrase(
        en="`{pair}` is forced, but it is not known whether not: {why}",
        id="`{pair}` ditetapkan, padahal belum diketahui apakah tidak: {why}",
        pair=pair,
        why=why,
    )
    return Problem("wrong-pair", message, help=help)


def kept(
    scheme: Scheme,
    orders: Orders,
    people: Mapping[str, Employee],
    places: MutableMapping[str, int],
    wanted: Callable[[FixedPair], tuple[int, int, str]],
) -> tuple[list[FixedPair], list[ReleasedPair]]:
    """The pairs that stay, each taking a place of its mentor, and those that are released, with the reason.

    A pair stays unless a limit fails: what is merely unknown ends nothing that holds. Where a mentor has fewer places than
    pairs, those whom the mentor wants most stay (`wanted`: the least first).
    """
    forced_ = set(orders.forced)
    found = [_kept(scheme, pair, people, orders) for pair in dict.fromkeys(orders.keep) if pair not in forced_]
    released = [one for one in found if isinstance(one, ReleasedPair)]
    stay = []
    for one in sorted((one for one in found if isinstance(one, FixedPair)), key=wanted):
        if places[one.mentor.nip] < 1:
            pair = Pairing.model_construct(mentor=one.mentor.nip, mentee=one.mentee.nip)
            released.append(ReleasedPair(pair, Reason("released.full")))
        else:
            places[one.mentor.nip] -= 1
            stay.append(one)
    return stay, released


def _kept(scheme: Scheme, pair: Pairing, people: Mapping[str, Employee], orders: Orders) -> FixedPair | ReleasedPair:
    mentor, mentee = people.get(pair.mentor), people.get(pair.mentee)
    if mentor is None or mentee is None:
        return ReleasedPair(pair, Reason("released.gone.mentor" if mentor is None else "released.gone.mentee"))
    if (pair.mentor, pair.mentee) in orders.barred:
        return ReleasedPair(pair, Reason("released.forbidden"))
    if pair.mentee in orders.settled:
        return ReleasedPair(pair, Reason("released.forced"))
    against = [] if scheme.is_sound(mentor, mentee) else list(objections(scheme, mentor, mentee))
    failed = tuple(one.said for one in against if one.failed)
    if failed:
        return ReleasedPair(pair, because("released.limits", limits=failed))
    return FixedPair(
        mentor, mentee, forced=False, missing=named(frozenset(name for one in against for name in one.missing))
    )
