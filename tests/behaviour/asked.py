"""Asked: what a decision may need, drawn: a region, a day, a person, a mentor, a vacant post and an agency."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from random import Random

from hypothesis import strategies as st

from asnpolicy import Engine
from asnpolicy.exchange.synth import COMPETENCIES, workforce
from asnpolicy.language.rules import HELD, UNKNOWN
from asnpolicy.people import ABSENT, Agency, Employee, Opening
from asnpolicy.people.posts import Echelon, Jenjang, PostKind
from asnpolicy.policy.library import regions
from tests.conformance.knowledge import forget
from tests.conformance.people import UNITS, day, like, maybe
from tests.conformance.shipped import policy, typical_people

SEEDS = st.integers(0, 2**32)
RULES = 12
"""How many rules each person is asked about."""


@cache
def engine(region: str) -> Engine:
    return Engine(policy(region))


@dataclass(frozen=True)
class Asked:
    """Everything that a decision may need: of one person, before an opening, beside a mentor, in an agency."""

    region: str
    as_of: date
    person: Employee
    mentor: Employee
    opening: Opening
    agency: Agency

    def decide(self, rule):
        """Decide a rule: before the opening or with the mentor, where it is about one."""
        mentor = self.mentor if rule.kind == "pair" else None
        target = self.opening if rule.into_post else None
        given = {"as_of": self.as_of, "target": target, "agency": self.agency, "mentor": mentor}
        return engine(self.region).decide(self.person, rule.id, **given)


def somebody(rng: Random, region: str, as_of: date, unknown: float) -> Employee:
    """Draw a person: made up whole, or typical of a rule of the region with some of it drawn anew."""
    if rng.random() < 0.4:
        return next(workforce(1, seed=rng.randrange(10**6), as_of=as_of))
    return like(rng, as_of, unknown, typical_people(region))


def drawn(seed: int, unknown: float = 0.0) -> tuple[Random, Asked]:
    rng = Random(seed)
    region, as_of = rng.choice(regions()), day(rng)
    person, mentor = (somebody(rng, region, as_of, unknown) for _ in range(2))
    person = person.model_copy(update={"supervisor": rng.choice((ABSENT, mentor.nip, person.nip))})
    superior = [{"kind": "superior", "of": mentor.nip, "to": person.nip}] if person.supervisor == mentor.nip else []
    tops = {UNITS[1]: UNITS[0]}
    units = [{"code": unit, "part_of": tops.get(unit, "none")} for unit in UNITS[:3]]
    agency = Agency.model_validate({"units": units, "relations": superior})
    return rng, Asked(region, as_of, person, mentor, vacancy(rng), agency)


def vacancy(rng: Random) -> Opening:
    kind = rng.choice((PostKind.FUNGSIONAL, PostKind.PENGAWAS, PostKind.ADMINISTRATOR, PostKind.JPT_PRATAMA))
    functional = kind is PostKind.FUNGSIONAL
    ladder = {"jenjang": rng.choice(tuple(Jenjang))} if functional else {"echelon": rng.choice(tuple(Echelon))}
    standard = [{"code": code, "level": rng.randrange(1, 4)} for code in rng.sample(COMPETENCIES, 2)]
    return Opening.model_validate({
        "id": "kosong", "kind": kind, **ladder, "unit": rng.choice(UNITS), "field": "keuangan", "vacancies": rng.choice((0, 1, 1)),
        "lowest_rank": rng.choice(("none", "III/a", "III/c")), "lowest_education": "S-1",
        "competencies": rng.choice(([], standard)),
    })  # fmt: skip


def rules(rng: Random, asked: Asked):
    """Draw some rules that are in force on the day."""
    there = policy(asked.region).program(asked.as_of).rules
    return rng.sample(there, min(RULES, len(there)))


def forgotten(rng: Random, asked: Asked) -> Asked:
    """Give the same question with fields, records, promises, parts of the opening and of the agency not delivered."""
    chance = rng.choice((0.02, 0.1, 0.4))
    fields = [name for name in Opening.model_fields if name != "id" and rng.random() < chance]
    agency = asked.agency.model_copy(update={
        "units": maybe(rng, tuple(unit for unit in asked.agency.units if rng.random() > chance), chance),
        "relations": maybe(rng, asked.agency.relations, chance),
    })  # fmt: skip
    return replace(
        asked,
        person=forget(rng, asked.person, chance),
        mentor=forget(rng, asked.mentor, chance),
        opening=asked.opening.model_copy(update=dict.fromkeys(fields)),
        agency=Agency.model_validate(agency.model_dump(mode="json")),
    )


def contradictions(asked: Asked) -> set[tuple[str, str, str]]:
    """Name what is found to leave something unknown by the day, each with whose it is."""
    both = {"person": asked.person, "mentor": asked.mentor}
    found = ((one, whose) for whose, person in both.items() for one in person.findings(asked.as_of) if one.unknown)
    return {(one.code, one.about, whose) for one, whose in found}


def statuses(decision) -> list[int]:
    given = decision.statuses
    return [given.applies, *(min(status, HELD) for status in (*given.criteria, *given.warnings))]


def turned(before, after, found: bool) -> bool:
    """Tell whether what was decided came out otherwise: into undetermined only by something found in the data."""
    pairs = [*zip(statuses(before), statuses(after), strict=True)]
    if any(one not in (UNKNOWN, other) and not (found and other == UNKNOWN) for one, other in pairs):
        return True
    states = [decision.state and decision.state.value for decision in (before, after)]
    return states[0] not in ("undetermined", states[1]) and not (found and states[1] == "undetermined")
