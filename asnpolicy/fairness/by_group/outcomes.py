"""Outcomes: what a rule came to for each person of a workforce, with the groups that they are in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from asnpolicy.decisions.decision import Decision
from asnpolicy.engine import Engine
from asnpolicy.language.dates import plus_months
from asnpolicy.language.rules import FAILED, HELD, UNKNOWN
from asnpolicy.people import Absent, Agency, Employee
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.people.days import AnyDay, ends
from asnpolicy.problems import PolicyError, Problem, meant
from asnpolicy.text import phrase

if TYPE_CHECKING:
    from asnpolicy.workforce import Workforce

AGES = (30, 40, 50)
NOT_DELIVERED = "?"
"""The group of those of whom an attribute was not delivered."""
PERSONAL = ("sex", "age", "marital_status", "disability", "ethnicity")
"""Protected attributes that may be looked at for audit (UU 20/2023; religion has no audit use)."""
WORK = ("agency", "unit", "field", "employment", "service_status")
"""What else groups or strata may be made of."""
GROUPS = (*PERSONAL, *WORK)
IN_WORDS = ("marital_status", "ethnicity")
"""Attributes that are texts of no list: in letters of another height they are no other group."""


class PersonOutcome(NamedTuple):
    """What a rule came to for one person of those it is, or may be, for: the groups, the verdict, each criterion."""

    groups: tuple[str, ...]
    favourable: bool | None
    """None: undetermined."""
    failed: tuple[bool, ...]
    """Of each criterion, whether it failed."""
    outside: bool = False
    """Whether the rule is not for the person."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The outcomes of a rule on a workforce."""

    rule: str
    as_of: date
    attributes: tuple[str, ...]
    criteria: tuple[str, ...]
    people: tuple[PersonOutcome, ...]
    outside: int
    """How many people the rule is not for."""

    def group(self, outcome: PersonOutcome, attribute: str) -> str:
        """Return the group of a person."""
        return outcome.groups[self.attributes.index(attribute)]


def outcomes(
    engine: Engine,
    people: Iterable[Employee] | Workforce,
    rule: str,
    *,
    as_of: date,
    by: Sequence[str] = ("sex",),
    agency: Agency = NO_AGENCY,
) -> Outcomes:
    """Return what a rule came to for each person, with their groups; a workforce in tables is decided in columns.

    Raises PolicyError for a rule that is not there, an attribute that groups can't be made of, and one that nobody in the
    workforce has.
    """
    check_groups(by)
    engine.check_asked(as_of, [rule])
    found = _found(engine, people, rule, as_of, by, agency)
    return gathered(engine, found, rule, as_of=as_of, by=by)


def _found(
    engine: Engine, people: Iterable[Employee] | Workforce, rule: str, as_of: date, by: Sequence[str], agency: Agency
) -> Iterator[PersonOutcome]:
    if hasattr(people, "histories"):  # tables, which are not looked for where they are not installed
        from asnpolicy.fairness.by_group.in_tables import outcomes_in  # noqa: PLC0415  # needs an extra

        yield from outcomes_in(engine, cast("Workforce", people), rule, as_of=as_of, by=by, agency=agency)
        return
    for person in people:
        yield outcome_of(person, engine.decide(person, rule, as_of=as_of, agency=agency), by)


def outcome_of(person: Employee, decision: Decision, by: Sequence[str]) -> PersonOutcome:
    """Return what a rule came to for one person, with the groups that they were in on the day."""
    groups = tuple(group_of(person, name, decision.asked_on) for name in by)
    statuses = decision.statuses
    failed = tuple(status == FAILED for status in statuses.criteria)
    return PersonOutcome(groups, favourable_of(statuses.applies, statuses.holds), failed, statuses.applies == FAILED)


def favourable_of(applies: int, holds: int) -> bool | None:
    """Return whether an outcome is favourable, by whether the rule applies and whether it holds; None where it is undetermined."""
    return holds == HELD if applies == HELD and holds != UNKNOWN else None


def gathered(engine: Engine, found: Iterable[PersonOutcome], rule: str, *, as_of: date, by: Sequence[str]) -> Outcomes:
    """Put together what a rule came to for each person; raises PolicyError for an attribute that nobody has."""
    within: list[PersonOutcome] = []
    delivered: set[str] = set()
    outside = 0
    for one in found:
        if len(delivered) < len(by):
            delivered |= {name for name, group in zip(by, one.groups, strict=True) if group != NOT_DELIVERED}
        if one.outside:
            outside += 1
        else:
            within.append(one)
    _check_delivered(by, delivered, len(within) + outside)
    criteria = tuple(one.id for one in engine.policy.program(as_of).rule(rule).criteria)
    return Outcomes(rule, as_of, tuple(by), criteria, tuple(within), outside)


def check_groups(names: Iterable[str]) -> None:
    """Raise PolicyError for what groups can't be made of."""
    for name in names:
        if name == "religion":
            message = phrase(
                en="outcomes are not told by `religion`: there is no audit use of it",
                id="hasil tidak diberitakan menurut `religion`: tidak ada kegunaan auditnya",
            )
            raise PolicyError(
                [
                    Problem(
                        "unknown-group",
                        message,
                        help=phrase(
                            en="group by: {personal}",
                            id="kelompokkan menurut: {personal}",
                            personal=", ".join(PERSONAL),
                        ),
                    )
                ]
            )
        if name not in GROUPS:
            raise PolicyError(
                [
                    Problem(
                        "unknown-group",
                        phrase(en="unknown group `{name}`", id="kelompok `{name}` tidak dikenal", name=name),
                        help=meant(name, GROUPS),
                    )
                ]
            )


def _check_delivered(names: Iterable[str], delivered: set[str], size: int) -> None:
    if not size:
        raise PolicyError(
            [
                Problem(
                    "no-people",
                    phrase(en="there is nobody in the workforce", id="tidak ada orang dalam data pegawai ini"),
                    help=phrase(en="give at least one employee", id="beri paling sedikit satu pegawai"),
                )
            ]
        )
    for name in names:
        if name not in delivered:
            message = phrase(
                en="nobody in the workforce has `{name}`",
                id="tidak ada yang memiliki `{name}` dalam data pegawai ini",
                name=name,
            )
            raise PolicyError(
                [
                    Problem(
                        "no-such-data",
                        message,
                        help=phrase(
                            en="deliver it, or group by something else",
                            id="serahkan datanya, atau kelompokkan menurut yang lain",
                        ),
                    )
                ]
            )


def group_of(person: Employee, name: str, as_of: date) -> str:
    """Return the group of a person by an attribute, as text."""
    if name == "age":
        return age_of(person.birth_date, as_of)
    value: Any = getattr(person.protected if name in PERSONAL else person, name)
    if value is None:
        return NOT_DELIVERED
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return "none" if isinstance(value, Absent) else called(name, str(value))


def called(name: str, text: str) -> str:
    """Return what a group is called: of words that offices write as they like, one however they are written.

    >>> called("ethnicity", "BATAK  toba"), called("unit", "unit-01")
    ('Batak Toba', 'unit-01')
    """
    return " ".join(text.split()).title() if name in IN_WORDS else text


def age_of(birth: AnyDay | None, as_of: date) -> str:
    """Name an age by the last bound that it has reached; not delivered where that can't be told."""
    reached = {
        None if born is None else sum(plus_months(born, 12 * age) <= as_of for age in AGES) for born in ends(birth)
    }
    at = reached.pop()
    if reached or at is None:
        return NOT_DELIVERED
    if at == 0:
        return f"< {AGES[0]}"
    return f">= {AGES[-1]}" if at == len(AGES) else f"{AGES[at - 1]}-{AGES[at] - 1}"


def tallied(some: Iterable[PersonOutcome], key: Any) -> Mapping[Any, list[PersonOutcome]]:
    """Return outcomes by a key, in the order in which keys are met first."""
    found: dict[Any, list[PersonOutcome]] = {}
    for one in some:
        found.setdefault(key(one), []).append(one)
    return found
