"""Work: people of a file decided in chunks, in this process or in several, and put together in order."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from asnpolicy.cli.formats import FORMATS, Format, Selection
from asnpolicy.decisions import Waiver
from asnpolicy.engine import Engine
from asnpolicy.exchange.intake import BadLine, PersonText, Reader
from asnpolicy.exchange.processes import shared
from asnpolicy.exchange.rows import Wording
from asnpolicy.fairness.by_group.outcomes import outcome_of
from asnpolicy.people import Agency, DataFinding, Employee
from asnpolicy.policy.near import Bearer, Near, NearCodes
from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import phrase

if TYPE_CHECKING:
    from asnpolicy.exchange.outcomes import OutcomesAtOnce
    from asnpolicy.workforce import Workforce

TOGETHER = 100
"""People that go to a process at once."""
AT_ONCE = 10_000
"""People whose outcomes are worked out in columns at once."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Some people of tables."""

    people: Workforce
    size: int
    """How many people of the tables were looked at for them."""


Chunk: TypeAlias = tuple[PersonText, ...] | Portion
"""What a file says of some people, or tables do."""


@dataclass(slots=True)
class Done:
    """What a chunk came to: what is to be written of each person, the lines that are no employee, and what was found."""

    size: int
    """Bytes of a file that were read, or people of tables."""
    parts: list[Any] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)
    found: list[DataFinding] = field(default_factory=list)
    """What was found while the people were read."""
    near: list[tuple[Bearer, list[Near]]] = field(default_factory=list)
    """Codes beside those that the policy asks for."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is asked about each person, so that another process can do the same."""

    region: str
    policy: str
    """The content hash of the policy: a process that finds another one must not decide."""
    backend: str
    as_of: date
    rules: tuple[str, ...] | None
    agency: Agency
    waivers: tuple[Waiver, ...]
    format: str
    selection: Selection
    reader: Reader
    by: tuple[str, ...] = ()
    """The attributes by which the outcomes of the one rule are told, in place of decisions."""
    counted_by: tuple[str, ...] | None = None
    """The facts by which people are counted, in place of decisions: each chunk comes to its counts."""
    codes: NearCodes | None = None
    """What looks for codes beside those that the policy asks for."""
    lang: str = "id"
    """The language of what is for people; programs read codes."""

    def form(self) -> Format[Any]:
        """Return what writes the decisions."""
        return FORMATS[self.format](self.selection, self.as_of, self.wording)

    @property
    def wording(self) -> Wording:
        """The words for what is written to people."""
        return Wording(self.lang, self.agency)

    def together(self, jobs: int) -> int:
        """Return how many people are worked on at once."""
        return AT_ONCE if self.by else 1 if jobs == 1 else TOGETHER


class Worker:
    """Decides chunks."""

    def __init__(self, work: Work, engine: Engine) -> None:
        if engine.policy.digest != work.policy:
            message = phrase(
                en="`{region}` was changed while it was read", id="`{region}` berubah selagi dibaca", region=work.region
            )
            raise PolicyError(
                [Problem("policy-changed", message, help=phrase(en="run it again", id="jalankan sekali lagi"))]
            )
        self.work, self.engine = work, engine
        self.format = work.form()
        self.waivers: dict[str, list[Waiver]] = {}
        self.counting = None
        if work.counted_by is not None:
            self.counting = engine.counting(as_of=work.as_of, by=work.counted_by, rules=work.rules, agency=work.agency)
        for waiver in work.waivers:
            self.waivers.setdefault(waiver.nip, []).append(waiver)
        self.at_once = _at_once(work, engine)

    def __call__(self, chunk: Chunk) -> Done:
        """Decide everything for each person of a chunk."""
        if isinstance(chunk, Portion):
            return Done(chunk.size, [self.part(one) for one in chunk.people])
        done = Done(sum(len(entry.text) for entry in chunk))
        known = self.at_once(self.work.reader, chunk) if self.at_once else {}
        for place, entry in enumerate(chunk):
            if place in known:
                done.parts.append(known[place])
                continue
            one = self.work.reader.read(entry)
            if isinstance(one, BadLine):
                done.bad.append(one)
            else:
                done.parts.append(self.part(one))
                done.found += one.intake
                self._look(one, entry.line, done)
        if self.counting is not None:
            done.parts = [self.counting.taken()]
        return done

    def _look(self, person: Employee, line: int, done: Done) -> None:
        """Look for codes beside those that the policy asks for."""
        found = self.work.codes.of_person(person) if self.work.codes is not None else ()
        if found:
            done.near.append((Bearer(person.nip, line), [one for _, one in found]))

    def part(self, person: Employee) -> Any:
        """Return what is to be written of one person."""
        work, waivers = self.work, self.waivers.get(person.nip, ())
        if self.counting is not None:
            self.counting.add([person])
            return None
        if work.by and work.rules:
            decision = self.engine.decide(person, work.rules[0], as_of=work.as_of, agency=work.agency)
            return outcome_of(person, decision, work.by)
        assessment = self.engine.assess(person, as_of=work.as_of, rules=work.rules, agency=work.agency, waivers=waivers)
        decisions = tuple(assessment)
        return self.format.part(decisions, decisions[0].data_findings if decisions else ())


def _at_once(work: Work, engine: Engine) -> OutcomesAtOnce | None:
    """Return what works out outcomes in columns; without the extra they are worked out person by person."""
    if not work.by or not work.rules:
        return None
    try:
        from asnpolicy.exchange.outcomes import OutcomesAtOnce  # noqa: PLC0415  # needs an extra
    except ModuleNotFoundError:
        return None
    return OutcomesAtOnce.of(engine, work.rules[0], work.as_of, work.by, work.agency)


def chunks(entries: Iterable[PersonText], size: int) -> Iterator[tuple[PersonText, ...]]:
    """Cut what a file says of people into chunks."""
    left = iter(entries)
    while taken := tuple(islice(left, size)):
        yield taken


def results(work: Work, engine: Engine, entries: Iterable[PersonText], jobs: int) -> Generator[Done]:
    """Return what the people of a file come to, in its order; close it, and no process is left."""
    return decided(work, engine, chunks(entries, work.together(jobs)), jobs)


def decided(work: Work, engine: Engine, waiting: Iterator[Chunk], jobs: int) -> Generator[Done]:
    """Return what each chunk comes to, in their order; close it, and no process is left."""
    if jobs == 1:
        yield from map(Worker(work, engine), waiting)
    else:
        yield from shared(partial(_worker, work), waiting, jobs)


def _worker(work: Work) -> Worker:
    """Return what decides in a process of its own."""
    return Worker(work, Engine.load(work.region, backend=work.backend))
