"""Twins: every person of a workforce beside the same person with a protected attribute, and what follows from it, changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from asnpolicy.decisions import Decision
from asnpolicy.engine import Engine
from asnpolicy.language.dates import plus_months
from asnpolicy.language.fairness import PROTECTED
from asnpolicy.language.nodes import Field, Fold
from asnpolicy.language.rules import Program
from asnpolicy.people import Absent, Agency, Employee
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.people.nip import masked, parse
from asnpolicy.people.status import Sex
from asnpolicy.problems import PolicyError, Problem, meant
from asnpolicy.text import Text, phrase

YEARS = (-10, 10)
"""How many years older and younger twins are."""
OTHER = "lain"
_SEX_DIGIT = 14
_BORN = slice(0, 8)


@dataclass(frozen=True, slots=True)
class TwinDifference:
    """One decision that another attribute would have turned: what changed, both verdicts, and the clause that did it."""

    nip: str
    """The masked number."""
    attribute: str
    one: str
    other: str
    rule: str
    verdict: str
    twin_verdict: str
    clauses: tuple[str, ...]
    """The criteria that come out differently, each with its place; the scope of the rule, where that is it."""
    basis: str | None
    """The law by which the rule may see the attribute; None: there is none."""

    @property
    def text(self) -> Text:
        """The difference as people read it."""
        clauses, by = ", ".join(self.clauses), f" ({self.basis})" if self.basis else ""
        changed = (
            f"{self.nip}: {self.attribute} {self.one} → {self.other}: {self.rule}: {self.verdict} → {self.twin_verdict}"
        )
        return Text(f"{changed}, karena {clauses}{by}", f"{changed}, because of {clauses}{by}")


@dataclass(frozen=True, slots=True)
class Twins:
    """What came of a workforce beside its twins."""

    region: str
    as_of: date
    people: int
    pairs: int
    """How many twins were asked about."""
    differences: tuple[TwinDifference, ...]
    blind: tuple[str, ...]
    """The attributes that no rule asked about looks at, nor at what follows from them: their twins need not be asked."""

    @property
    def unlawful(self) -> tuple[TwinDifference, ...]:
        """The differences that no law allows."""
        return tuple(one for one in self.differences if one.basis is None)

    def as_data(self) -> dict[str, Any]:
        """Return it for machines."""
        names = ("nip", "attribute", "one", "other", "rule", "verdict", "twin_verdict", "clauses", "basis")
        return {
            "region": self.region,
            "as_of": str(self.as_of),
            "people": self.people,
            "pairs": self.pairs,
            "blind": list(self.blind),
            "differences": [{name: getattr(one, name) for name in names} for one in self.differences],
        }

    def lines(self, lang: str = "en") -> Iterator[str]:
        """Return it as lines of text."""
        yield Text(
            f"{self.region} pada {self.as_of}: {self.people} orang, {self.pairs} kembaran, {len(self.differences)} perbedaan, "
            f"{len(self.unlawful)} tanpa dasar hukum",
            f"{self.region} on {self.as_of}: {self.people} people, {self.pairs} twins, {len(self.differences)} differences, "
            f"{len(self.unlawful)} without a basis in law",
        ).to(lang)
        if self.blind:
            yield Text(
                f"tidak dilihat aturan mana pun: {', '.join(self.blind)}", f"no rule looks at: {', '.join(self.blind)}"
            ).to(lang)
        yield from (one.text.to(lang) for one in self.differences)


def twins(
    engine: Engine,
    people: Iterable[Employee],
    *,
    as_of: date,
    attributes: Sequence[str] = tuple(PROTECTED),
    rules: Sequence[str] | None = None,
    agency: Agency = NO_AGENCY,
) -> Twins:
    """Return which decisions about a workforce would be others with another sex, age, religion and so on, and why.

    With an attribute changes what the policy declares to follow from it: leave of mothers is taken away from a man. What
    can't be known of a twin (which leave a woman would have had) is not added. Rules before a vacant post or about a pair
    are not asked.

    Raises PolicyError for an attribute or a rule that is not there.
    """
    for name in attributes:
        if name not in PROTECTED:
            help_ = meant(name, PROTECTED)
            raise PolicyError(
                [
                    Problem(
                        "unknown-attribute",
                        phrase(
                            en="unknown protected attribute `{name}`",
                            id="ciri terlindung `{name}` tidak dikenal",
                            name=name,
                        ),
                        help=help_,
                    )
                ]
            )
    engine.check_asked(as_of, rules)
    comparing = _Comparing(engine, as_of, tuple(rules) if rules is not None else None, agency)
    asked = {name: comparing.rules(name) for name in attributes}
    found: list[TwinDifference] = []
    size = pairs = 0
    for person in people:
        size += 1
        for name, looking in asked.items():
            for twin in _twins(person, name, comparing.follows(name), as_of) if looking else ():
                pairs += 1
                found += comparing.differences(person, twin, name, looking)
    blind = tuple(name for name, looking in asked.items() if not looking)
    return Twins(engine.policy.region, as_of, size, pairs, tuple(found), blind)


@dataclass(frozen=True)
class _Comparing:
    engine: Engine
    as_of: date
    wanted: tuple[str, ...] | None
    agency: Agency

    @property
    def program(self) -> Program:
        return self.engine.policy.program(self.as_of)

    def follows(self, attribute: str) -> tuple[str, ...]:
        return tuple(self.engine.policy.promises.descendants.get(attribute, ()))

    def rules(self, attribute: str) -> tuple[str, ...]:
        """Name the rules that look at an attribute or at what follows from it, themselves or by those that they build on."""
        names = {attribute, f"protected.{attribute}", *(one.partition(":")[0] for one in self.follows(attribute))}
        alone = [rule for rule in self.program.rules if rule.kind != "pair" and not rule.into_post]
        asked = [rule.id for rule in alone if self.wanted is None or rule.id in self.wanted]
        return tuple(rule for rule in asked if _looks(self.program, rule, names))

    def _left(self, person: Employee) -> bool:
        """Whether somebody is known to have left the service."""
        stays = (rule.id for rule in self.program.rules if rule.kind == "service")
        return any(str(self.engine.decide(person, rule, as_of=self.as_of).verdict) == "ineligible" for rule in stays)

    def differences(
        self, person: Employee, twin: Employee, attribute: str, rules: tuple[str, ...]
    ) -> Iterator[TwinDifference]:
        left = self._left(person) != self._left(twin)
        for rule in rules:
            if left and self.program.rule(rule).kind not in ("service", "leaving"):
                continue  # told of once, of the service itself
            mine, its = (self.engine.decide(one, rule, as_of=self.as_of, agency=self.agency) for one in (person, twin))
            if _outcome(mine) != _outcome(its):
                basis = self.engine.policy.promises.exemption(self.program, mine.rule, attribute)
                one, other = (_value(each, attribute) for each in (person, twin))
                yield TwinDifference(
                    masked(person.nip), attribute, one, other, rule, _outcome(mine)[0], _outcome(its)[0],
                    _clauses(mine, its), basis,
                )  # fmt: skip


def _looks(program: Program, rule: str, names: set[str]) -> bool:
    found = program.rule(rule)
    own = any(
        (isinstance(node, Field) and node.name in names) or (isinstance(node, Fold) and node.history in names)
        for node in found.nodes()
    )
    others = [name for name in found.builds_on if program.rule(name).kind != "service" or found.kind == "service"]
    return own or any(_looks(program, other, names) for other in others)


def _outcome(decision: Decision) -> tuple[str, str | None]:
    return str(decision.state or decision.verdict), decision.to if str(decision.verdict) == "eligible" else None


def _clauses(mine: Decision, its: Decision) -> tuple[str, ...]:
    """Name what came out differently: the scope, or the criteria; what the rule leads to, where nothing else did."""
    if mine.statuses.applies != its.statuses.applies:
        return (f"applies_to ({mine.rule.place})",)
    both = zip(mine.rule.criteria, mine.statuses.criteria, its.statuses.criteria, strict=True)
    return tuple(f"{one.id} ({one.place})" for one, a, b in both if a != b) or (f"to ({mine.rule.place})",)


# Making twins


def of_another(person: Employee, attribute: str, as_of: date) -> Iterator[Employee]:
    """Return the same person with another value of an attribute, and nothing else changed."""
    return _twins(person, attribute, (), as_of)


def _twins(person: Employee, attribute: str, follows: tuple[str, ...], as_of: date) -> Iterator[Employee]:
    """Return the same person with another value of an attribute; nobody where it was not delivered."""
    match attribute:
        case "sex":
            if person.protected.sex is not None:
                yield _without(_of_other_sex(person), follows)
        case "birth_date":
            if isinstance(person.birth_date, date):
                yield from _of_other_age(person, person.birth_date, as_of)
        case "disability":
            if person.protected.disability is not None:
                yield _without(_protected(person, disability=not person.protected.disability), follows)
        case _:
            value = getattr(person.protected, attribute)
            if value is not None:
                other = OTHER if value != OTHER else f"{OTHER} lagi"
                yield _without(_protected(person, **{attribute: other}), follows)


def _protected(person: Employee, **changed: Any) -> Employee:
    return person.model_copy(update={"protected": person.protected.model_copy(update=changed)})


def _of_other_sex(person: Employee) -> Employee:
    other = Sex.P if person.protected.sex is Sex.L else Sex.L
    digit = "1" if other is Sex.L else "2"
    number = person.nip
    agrees = number[_SEX_DIGIT] == ("2" if other is Sex.L else "1")
    twin = _protected(person, sex=other)
    return twin.model_copy(update={"nip": number[:_SEX_DIGIT] + digit + number[_SEX_DIGIT + 1 :]}) if agrees else twin


def _of_other_age(person: Employee, born: date, as_of: date) -> Iterator[Employee]:
    """Return the same person born earlier and later, as far as the career allows: not younger than 18 when it began."""
    begun = person.cpns_on if isinstance(person.cpns_on, date) else as_of
    for years in YEARS:
        other = plus_months(born, 12 * years)
        if plus_months(other, 12 * 18) <= begun:
            number = person.nip
            own = f"{other:%Y%m%d}{number[8:]}" if number[_BORN] == f"{born:%Y%m%d}" else number
            if _is_number(own):  # which says when its holder was appointed, too
                yield person.model_copy(update={"birth_date": other, "nip": own})


def _is_number(nip: str) -> bool:
    try:
        parse(nip)
    except ValueError:
        return False
    return True


def _without(person: Employee, follows: tuple[str, ...]) -> Employee:
    """Take away the records that follow from what was changed."""
    update: dict[str, Any] = {}
    for name in follows:
        history, _, kind = name.partition(":")
        if not hasattr(person, history) or not hasattr(getattr(person, history), "records"):
            continue
        records = getattr(person, history).records
        kept = tuple(one for one in records if kind and getattr(one, "kind", None) != kind)
        if len(kept) != len(records):
            update[history] = getattr(person, history).with_records(kept)
    return person.model_copy(update=update) if update else person


def _value(person: Employee, attribute: str) -> str:
    value = getattr(person, attribute) if attribute == "birth_date" else getattr(person.protected, attribute)
    return "none" if isinstance(value, Absent) else str(value)
