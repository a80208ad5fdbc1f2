"""Mapping: from people to their places: screening first, then whether results still count, then the box and its treatment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.figure import FigureValue
from asnpolicy.decisions.mentoring.assignment import Participant
from asnpolicy.decisions.talent.talent import TalentPlace, TalentState, Treatment
from asnpolicy.decisions.verdict import DutyState, Verdict
from asnpolicy.language.rules import Rule, Text
from asnpolicy.people import Agency, Employee
from asnpolicy.people.codes import hyphened
from asnpolicy.problems import PolicyError, Problem, meant
from asnpolicy.text import phrase

SCREENING, VALIDITY, POOL, BOX, TAG = (
    "saringan-talenta",
    "hasil-talenta",
    "kelompok-talenta",
    "kotak_talenta",
    "talenta",
)
"""What a policy calls its talent management: three rules, the figure of the box, the tag of the treatments."""


@dataclass(frozen=True)
class Mapper:
    """Asks a policy where people stand, on one day."""

    rules: tuple[Rule, ...]
    """All of the day."""
    agency: Agency
    decide: Callable[[Employee, str], Decision]
    box_of: Callable[[Employee], FigureValue]

    def __post_init__(self) -> None:
        known = {rule.id for rule in self.rules}
        lacking = [name for name in (SCREENING, VALIDITY, POOL) if name not in known]
        if lacking:
            message = phrase(
                en="the policy has no talent management on this day: there is no rule `{lacking}`",
                id="kebijakan ini tidak punya manajemen talenta pada hari itu: tidak ada aturan `{lacking}`",
                lacking=lacking[0],
            )
            raise PolicyError(
                [
                    Problem(
                        "no-talent",
                        message,
                        help=phrase(
                            en="ask for a later day, or extend `nasional`",
                            id="tanyakan hari yang lebih kemudian, atau perluas `nasional`",
                        ),
                    )
                ]
            )

    @cached_property
    def _treatments(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if TAG in rule.tags and not rule.part)

    @cached_property
    def _unit_names(self) -> dict[str, str]:
        return {unit.code: unit.name for unit in self.agency.units or () if unit.name is not None}

    def unit_name(self, code: str | None) -> str | None:
        """What the agency calls a unit."""
        return self._unit_names.get(code or "")

    def participant(self, person: Employee, lot: str | None = None) -> Participant:
        """Somebody as the map names them."""
        return Participant(person.nip, person.name, person.unit, self.unit_name(person.unit), lot)

    def place(self, person: Employee) -> TalentPlace:
        """Where somebody stands."""
        who = self.participant(person)
        screening = self.decide(person, SCREENING)
        if screening.verdict is Verdict.NOT_APPLICABLE:
            return TalentPlace(who, TalentState.NOT_APPLICABLE)
        if screening.verdict is Verdict.INELIGIBLE:
            return TalentPlace(who, TalentState.SCREENED_OUT, against=_against(screening))
        if screening.verdict is Verdict.UNDETERMINED:
            return TalentPlace(who, TalentState.UNDETERMINED, missing=screening.missing)
        return self._assessed(person, who)

    def _assessed(self, person: Employee, who: Participant) -> TalentPlace:
        """Where somebody who passed the screening stands."""
        validity, box = self.decide(person, VALIDITY), self.box_of(person)
        if box.absent or validity.verdict is Verdict.NOT_APPLICABLE:
            return TalentPlace(who, TalentState.NEVER_ASSESSED)
        if validity.verdict is Verdict.INELIGIBLE:
            return TalentPlace(who, TalentState.EXPIRED, against=_against(validity))
        if validity.verdict is Verdict.UNDETERMINED or (number := _whole(box.value)) is None:
            missing = tuple(dict.fromkeys((*validity.missing, *box.missing)))
            return TalentPlace(
                who, TalentState.UNDETERMINED, low=_whole(box.low), high=_whole(box.high), missing=missing
            )
        warnings = tuple(one.title for one in validity.warnings)
        pool = self.decide(person, POOL)
        treatments = tuple(self._recommended(person))
        return TalentPlace(
            who, TalentState.MAPPED, number, number, number, pool.verdict, (), warnings, pool.missing, treatments
        )

    def _recommended(self, person: Employee) -> Iterator[Treatment]:
        for rule in self._treatments:
            state = self.decide(person, rule.id).state
            if state is not None and state is not DutyState.NOT_APPLICABLE:
                yield Treatment(rule.id, rule.title, rule.basis, state)


def _against(decision: Decision) -> tuple[Text, ...]:
    return tuple(one.title for one in decision.deciding)


def _whole(amount: object) -> int | None:
    return int(amount) if isinstance(amount, int) else None


def of_unit(people: Iterable[Employee], named: str | None, agency: Agency) -> tuple[str | None, list[Employee], int]:
    """Return the code of a unit, the people of it and of those below it, and how many may belong to it; of no unit, all.

    Raises PolicyError for a unit that neither the agency nor anybody has.
    """
    those = list(people)
    if named is None:
        return None, those, 0
    unit = hyphened(named)
    known = {one.code for one in agency.units or ()} | {person.unit for person in those if person.unit is not None}
    if unit not in known:
        raise PolicyError(
            [
                Problem(
                    "unknown-unit",
                    phrase(en="unknown unit `{unit}`", id="unit `{unit}` tidak dikenal", unit=named),
                    help=meant(unit, known),
                )
            ]
        )
    found = [(person, _belongs(person, unit, agency)) for person in those]
    return unit, [person for person, belongs in found if belongs], sum(belongs is None for _, belongs in found)


def _belongs(person: Employee, unit: str, agency: Agency) -> bool | None:
    """Whether somebody is of a unit or one below it; without a tree of units, those of the unit itself are."""
    if person.unit is None:
        return None
    return person.unit == unit if agency.units is None else agency.within(person.unit, unit)
