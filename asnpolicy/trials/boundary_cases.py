"""Boundaries: the cases that a rule calls for: each criterion both ways, each threshold and a step to each side, each unknown."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from asnpolicy.engine import Engine
from asnpolicy.fairness.cases import FIELDS, WrittenCase
from asnpolicy.people import HISTORIES
from asnpolicy.text import Text
from asnpolicy.trials.finding import Finder, Found
from asnpolicy.trials.mutants import Mutant, mutants_of, service_of
from asnpolicy.trials.tried import PassedCase


@dataclass(frozen=True)
class BoundaryCase:
    """A case that was written for a rule: what it shows, and how it stands under `cases:`."""

    name: str
    shows: Text
    text: str
    off: int
    """In how many facts the person differs from the typical one."""

    def as_data(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "name": self.name,
            "shows": {"id": self.shows.id, "en": self.shows.en},
            "case": self.text.strip(),
            "off": self.off,
        }


@dataclass(frozen=True)
class Boundaries:
    """The cases that were written for a rule, and what none was found for."""

    rule: str
    since: date
    cases: tuple[BoundaryCase, ...]
    without: tuple[Text, ...]
    """What nobody shows, or nobody who was found in time."""
    seconds: float = 0.0

    def text(self, lang: str = "en") -> str:
        """Return the cases as they stand in a policy, with what none was found for as comments."""
        lines = [f"  # {self.rule}: {len(self.cases)} {'kasus' if lang == 'id' else 'cases'}   ({self.seconds:.1f} s)"]
        lines += [one.text for one in self.cases]
        none = Text("tidak ada yang memperlihatkannya", "nobody was found who shows it")
        lines += [f"  # {none.to(lang)}: {one.to(lang)}" for one in self.without]
        return "\n".join(lines)

    def as_data(self) -> dict[str, Any]:
        """Return it for machines."""
        without = [{"id": one.id, "en": one.en} for one in self.without]
        cases = [one.as_data() for one in self.cases]
        return {"rule": self.rule, "since": str(self.since), "cases": cases, "without": without}


def boundaries(engine: Engine, rule: str, since: date) -> Boundaries:
    """Write the cases that a rule calls for, as it is in force on a day.

    Each was read back and run. Raises PolicyError for a rule that is not in force.
    """
    begun = time.perf_counter()
    writing = _Writing(Finder(engine, rule, since))
    for shows, found in writing.wanted():
        writing.take(shows, found)
    seconds = time.perf_counter() - begun
    return Boundaries(rule, since, tuple(writing.cases), tuple(writing.without), seconds)


class _Writing:
    """Writes the cases of one rule, and none twice."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self.cases: list[BoundaryCase] = []
        self.without: list[Text] = []
        self._tried: list[PassedCase] = []
        self._bodies: set[str] = set()

    def take(self, shows: Text, found: Found) -> None:
        """Take what was found, if it is a case and none like it was taken."""
        if found.written is None or found.tried is None:
            self.without.append(shows)
            return
        self._tried.append(found.tried)
        body = found.written.text("")
        if body not in self._bodies:
            self._bodies.add(body)
            name = f"{self.finder.rule.id}, {_plain(shows.id)}"
            again = sum(one.name.startswith(name) for one in self.cases)
            name = f"{name} ({again + 1})" if again else name
            self.cases.append(BoundaryCase(name, shows, found.written.text(name), found.written.off))

    def wanted(self) -> Iterator[tuple[Text, Found]]:
        """Look for whom the rule calls for, one after another."""
        rule = self.finder.rule
        passes = self.finder.comes_to("eligible")
        yield Text("semua terpenuhi", "everything holds"), passes
        if passes.written is not None:
            yield from self._unknown(passes.written)
        for one in rule.criteria:
            shows = Text(f"hanya {one.id} tidak terpenuhi", f"only {one.id} fails")
            yield shows, self.finder.fails_alone(one.id)
        for mutant in mutants_of(rule, service=service_of(self.finder.program)):
            if mutant.kind != "standing" and not any(case.notices(mutant) for case in self._tried):
                yield _beside(mutant), self.finder.beside(mutant)

    def _unknown(self, passes: WrittenCase) -> Iterator[tuple[Text, Found]]:
        """Leave out one thing after another that the rule reads."""
        seen: set[tuple[str, ...]] = set()
        read = [name for scope, name in self.finder.reads if scope == "employee"]
        for name in dict.fromkeys(read):
            if name not in (*FIELDS, *HISTORIES):
                continue
            found = self.finder.without(passes, name)
            if found.tried is None or found.tried.decision.verdict.value != "undetermined":
                continue
            missing = found.tried.decision.missing
            if missing not in seen:
                seen.add(missing)
                yield Text(f"{name} tidak diketahui", f"{name} is unknown"), found


def _beside(mutant: Mutant) -> Text:
    return Text(f"{mutant.part}, bila {mutant.what.id}", f"{mutant.part}, if {mutant.what.en}")


def _plain(text: str) -> str:
    return " ".join("".join(letter for letter in text if letter not in "`{}:\"'#").split())
