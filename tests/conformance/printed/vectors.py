"""Vectors: one question with the printed answer, and where a decision differs from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from asnpolicy import Engine
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.waivers import Waiver
from asnpolicy.people import Employee, Opening
from asnpolicy.people.records import StatusRecord


@dataclass(frozen=True, slots=True)
class Vector:
    """A person, a rule and a day, with what is printed; a refusal always names the criteria that carry it."""

    what: str
    person: Employee
    rule: str
    on: date
    verdict: str
    because: tuple[str, ...] = ()
    to: str | None = None
    takes_effect: date | None = None
    sees: dict[str, str] = field(default_factory=dict)
    """Text seen by a criterion, in English."""
    warns: tuple[str, ...] | None = None
    target: Opening | None = None
    waivers: tuple[Waiver, ...] = ()

    def __post_init__(self) -> None:
        assert self.verdict != "ineligible" or self.because, f"{self.what}: say why it is refused"
        object.__setattr__(self, "person", _dated(self.person, self.on))


def _dated(person: Employee, day: date) -> Employee:
    """Date a status that begins with an event, where the printed example says nothing of its day: the day it is about."""
    status = person.service_status
    if status is None or str(status) not in EVENTS or person.statuses.records:
        return person
    return person.model_copy(
        update={"statuses": person.statuses.with_records([StatusRecord(status=status, since=day)])}
    )


EVENTS = ("meninggal", "tewas", "cacat-karena-dinas", "pensiun", "diberhentikan")


@dataclass(frozen=True, slots=True)
class Entry:
    """The vectors of one id, with what they show."""

    id: str
    shows: str
    vectors: Callable[[], Iterator[Vector]]


ENTRIES: dict[str, Entry] = {}


def printed(id: str) -> Callable[[Callable[[], Iterator[Vector]]], Callable[[], Iterator[Vector]]]:
    """Enter the vectors of a printed table or example; the docstring says what they show."""

    def enter(vectors: Callable[[], Iterator[Vector]]) -> Callable[[], Iterator[Vector]]:
        assert id not in ENTRIES, f"{id} is entered twice"
        assert vectors.__doc__, f"{id} does not say what it shows"
        ENTRIES[id] = Entry(id, " ".join(vectors.__doc__.split()), vectors)
        return vectors

    return enter


def differences(engine: Engine, vector: Vector) -> list[str]:
    """Say in what a decision differs from print."""
    decision = engine.decide(vector.person, vector.rule, as_of=vector.on, target=vector.target, waivers=vector.waivers)
    pairs = [("verdict", vector.verdict, decision.verdict.value)]
    if vector.because:
        pairs.append(("because", sorted(vector.because), sorted(c.id for c in decision.deciding)))
    if vector.to is not None:
        pairs.append(("to", vector.to, decision.to))
    if vector.takes_effect is not None:
        pairs.append(("takes effect", vector.takes_effect, decision.takes_effect))
    if vector.warns is not None:
        pairs.append(("warns of", sorted(vector.warns), sorted(_fired(decision))))
    pairs += [(f"{name} sees", text, _seen(decision, name)) for name, text in vector.sees.items()]
    where = f"{vector.what} ({vector.rule} on {vector.on})"
    return [f"{where}: {word}: printed {wanted}, got {got}" for word, wanted, got in pairs if wanted != got]


def _seen(decision: Decision, criterion: str) -> str | None:
    """What a criterion saw last: where it asks for years too, these come first."""
    return next((c.observations[-1].seen.en for c in decision.criteria if c.id == criterion and c.observations), None)


def _fired(decision: Decision) -> list[str]:
    return [w.id for w in decision.warnings if w.status == "held"]
