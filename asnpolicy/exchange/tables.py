"""Tables: the people of a folder or a database, counted, found by their numbers, or surveyed and given part by part."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from asnpolicy.decisions.summary.counting import Counting
from asnpolicy.decisions.summary.counts import Counts
from asnpolicy.exchange.folders import SIZE, VOIDS, Run
from asnpolicy.people import Employee
from asnpolicy.workforce import Workforce
from asnpolicy.workforce.source import Source, opened
from asnpolicy.workforce.workforce import promised

Advance = Callable[[int], object]


def count_tables(
    counting: Counting,
    source: str | Path | Source,
    *,
    size: int = SIZE,
    advance: Advance = lambda people: None,  # noqa: ARG005  # it tells nobody
) -> Run:
    """Count everybody in a folder of tables, or a database; return how many, and what was amiss.

    In memory at one time are `size` people. Raises PolicyError for tables that can't be read.
    """
    void: set[str] = set()
    with opened(source) as there:
        while True:
            run, counting.counts, before = Run(), Counts(), set(void)
            for part in _parts(there, size, void, run):
                counting.add(part)
                run.people += len(part)
                advance(len(part))
            if void == before:
                return run


@dataclass(slots=True)
class Found:
    """Who was looked for in tables, and what was amiss in these."""

    people: dict[str, Employee] = field(default_factory=dict)
    run: Run = field(default_factory=Run)


def find(source: str | Path | Source, wanted: Collection[str], *, size: int = SIZE) -> Found:
    """Return the people of some numbers as typed employees: those whom an assessment of all of the tables would decide about.

    All is read, since a row of nobody makes its table complete for nobody. Raises PolicyError for tables that can't be read.
    """
    void: set[str] = set()
    kept: list[Workforce] = []
    run = Run()
    with opened(source) as there:
        for bucket in there.buckets(size):
            workforce = bucket.read()
            _told(workforce, run)
            void |= _void(workforce)
            kept.append(workforce.only(wanted))
    those = (replace(one, employees=promised(one.employees, void)) for one in kept if len(one))
    return Found({person.nip: person for one in those for person in one}, run)


@dataclass(frozen=True, slots=True)
class Survey:
    """All tables of a source looked over once: what is amiss in them, before anything is said of anybody."""

    source: Source
    size: int
    run: Run
    void: frozenset[str]
    """The tables that are complete for nobody."""
    single: Workforce | None
    """Everybody, where one part holds them."""

    def parts(self) -> Iterator[Workforce]:
        """Return the people in parts, sorted by NIP, with nothing promised of what is complete for nobody."""
        read = (bucket.read() for bucket in self.source.buckets(self.size)) if self.single is None else [self.single]
        for part in read:
            made = part.sorted()
            yield replace(made, employees=promised(made.employees, self.void | _void(part)))


def surveyed(source: Source, *, size: int = SIZE) -> Survey:
    """Look over all tables of a source; raises PolicyError for tables that can't be read."""
    run, void, single = Run(), set[str](), None
    for count, bucket in enumerate(source.buckets(size)):
        part = bucket.read()
        _told(part, run)
        void |= _void(part)
        run.people += len(part)
        single = None if count else part
    return Survey(source, size, run, frozenset(void), single)


def _parts(source: Source, size: int, void: set[str], run: Run) -> Iterator[Workforce]:
    """Return the people in parts, with nothing promised of what is complete for nobody; stop where more turns out to be so."""
    known = set(void)
    for bucket in source.buckets(size):
        workforce = bucket.read()
        _told(workforce, run)
        void |= _void(workforce)
        if void != known:
            return  # a row of nobody may be anybody's: all are asked about again
        yield replace(workforce, employees=promised(workforce.employees, void))


def _void(workforce: Workforce) -> set[str]:
    """Name the tables that are complete for nobody."""
    return {one.table for one in workforce.amiss if one.code in VOIDS}


def _told(workforce: Workforce, run: Run) -> None:
    run.amiss.update({(one.code, one.table, one.column): one.count for one in workforce.amiss})
