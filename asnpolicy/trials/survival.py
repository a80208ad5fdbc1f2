"""Survival: the mutants of a policy that its own cases do not notice, each with the case that would, or proved equivalent."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from asnpolicy.decisions.decider import unknown_rule
from asnpolicy.engine import Engine
from asnpolicy.fairness.sameness import said
from asnpolicy.language.rules import Program, Rule, RuleId
from asnpolicy.policy import library
from asnpolicy.policy.cases import Case, cases_of
from asnpolicy.policy.policy import Policy
from asnpolicy.problems import Problems
from asnpolicy.text import Text
from asnpolicy.trials.mutants import DUE, SCOPE, Mutant, mutants_of, service_of
from asnpolicy.trials.tried import PassedCase, tried

if TYPE_CHECKING:
    from asnpolicy.trials.finding import Finder, Found


@dataclass(frozen=True)
class Survivor:
    """A mutant that no case notices and that is not proved equivalent."""

    mutant: Mutant
    case: str = ""
    """The case that would notice it, as it is written under `cases:`; empty where none was found."""
    reason: Text | None = None
    """Why none was found."""

    def lines(self, lang: str) -> Iterator[str]:
        """Return it as lines of text."""
        yield f"{self.mutant.rule.id} › {self.mutant.part}: {self.mutant.what.to(lang)}"
        if self.case:
            yield self.case
        elif self.reason is not None:
            yield f"    {self.reason.to(lang)}"

    def as_data(self) -> dict[str, Any]:
        """Return it for machines."""
        reason = None if self.reason is None else {"id": self.reason.id, "en": self.reason.en}
        return {**self.mutant.as_data(), "case": self.case.strip() or None, "reason": reason}


@dataclass(frozen=True)
class Mutation:
    """What became of the mutants of a policy."""

    region: str
    since: date
    noticed: tuple[Mutant, ...]
    equivalent: tuple[Mutant, ...]
    """Proved to come to the same for everybody."""
    contradicted: tuple[Mutant, ...]
    """Told apart from the rule only by people whose records contradict each other, of whom nothing is decided."""
    survivors: tuple[Survivor, ...]
    seconds: float = 0.0

    def text(self, lang: str = "en") -> str:
        """Return it as text: the survivors, and the figures."""
        told = [line for one in self.survivors for line in one.lines(lang)]
        number = sum(map(len, (self.noticed, self.equivalent, self.contradicted, self.survivors)))
        if self.contradicted:
            told += [
                f"{one.rule.id} › {one.part}: {one.what.to(lang)}: {_CONTRADICTED.to(lang)}"
                for one in self.contradicted
            ]
        told.append(
            Text(
                f"{self.region}: {number} perubahan, {len(self.noticed)} terlihat oleh kasus, "
                f"{len(self.equivalent)} terbukti setara, {len(self.contradicted)} hanya oleh data yang bertentangan, {len(self.survivors)} lolos   ({self.seconds:.1f} detik)",
                f"{self.region}: {number} mutants, {len(self.noticed)} noticed by a case, "
                f"{len(self.equivalent)} proved equivalent, {len(self.contradicted)} by contradictory records alone, {len(self.survivors)} survive   ({self.seconds:.1f} s)",
            ).to(lang)
        )
        return "\n".join(told)

    def as_data(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "region": self.region,
            "since": str(self.since),
            "noticed": len(self.noticed),
            "equivalent": [one.as_data() for one in self.equivalent],
            "contradicted": [one.as_data() for one in self.contradicted],
            "survivors": [one.as_data() for one in self.survivors],
            "seconds": round(self.seconds, 3),
        }


@dataclass(slots=True)
class _Fates:
    noticed: list[Mutant] = field(default_factory=list)
    equivalent: list[Mutant] = field(default_factory=list)
    contradicted: list[Mutant] = field(default_factory=list)
    survivors: list[Survivor] = field(default_factory=list)


def mutation(
    engine: Engine, since: date, rules: Iterable[str] = (), *, cases: Iterable[Case] | None = None
) -> Mutation:
    """Change one thing after another in the rules that are in force on a day, and see which changes no case notices.

    `rules`: some rules alone. `cases`: others than those of the policy. Only what a region says itself is changed: what
    it takes over from its base is tried by the cases of the base. Raises PolicyError for a rule that is not there.
    """
    begun = time.perf_counter()
    run = tried(engine, cases_of(engine.policy, Problems()) if cases is None else cases)
    fates = _Fates()
    program = engine.policy.program(since)
    for rule, parts in own_rules(engine.policy, since, tuple(rules)):
        mutants = list(slips(program, rule, parts))
        _of_rule(engine, since, rule.id, mutants, asked_of(rule, run), fates)
    seconds = time.perf_counter() - begun
    return Mutation(
        engine.policy.region,
        since,
        tuple(fates.noticed),
        tuple(fates.equivalent),
        tuple(fates.contradicted),
        tuple(fates.survivors),
        seconds,
    )


_CONTRADICTED = Text(
    "hanya orang dengan data yang saling bertentangan yang memperlihatkannya",
    "only people whose records contradict each other show it",
)
DERIVED = ("previous", "left")
"""Parts of a rule that the language makes of what its author wrote once: the period before, and the day of leaving."""


def own_rules(policy: Policy, since: date, names: tuple[str, ...]) -> Iterator[tuple[Rule, frozenset[str]]]:
    """Return the rules that a policy says itself, each with the parts in which it differs from its base's."""
    program = policy.program(since)
    for name in names:
        if name not in program.by_id:
            raise unknown_rule(name, policy.rules, since)
    base = library.load(policy.paths[1]).program(since) if len(policy.paths) > 1 else None
    for rule in program.rules:
        if rule.kind == "service" or rule.part in DERIVED or (names and rule.id not in names):
            continue
        parts = _own_parts(rule, None if base is None else base.by_id.get(rule.id))
        if parts:
            yield rule, parts


def slips(program: Program, rule: Rule, parts: frozenset[str]) -> Iterator[Mutant]:
    """Return the mutants of some parts of a rule, each with what the slip makes of the rule of the period before."""
    before = None if rule.part else program.by_id.get(str(RuleId(rule.name, "previous")))
    return mutants_of(rule, parts, service_of(program), before)


def asked_of(rule: Rule, run: Mapping[str, list[PassedCase]]) -> list[PassedCase]:
    """Return the cases that were run of a rule, and of the period before, which is made of the same words."""
    return [*run.get(rule.id, ()), *run.get(str(RuleId(rule.name, "previous")), ())]


def apart(finder: Finder, mutant: Mutant) -> Found:
    """Look for somebody on whom a rule and a mutant of it come apart, in this period or in the one before."""
    found = finder.apart(mutant)
    if mutant.before is None or found.written is not None:
        return found
    other = finder.of(mutant.before.rule.id).apart(mutant.before)
    if found.nobody or other.written is not None:
        return other
    return found if other.nobody or other.contradicted else other


def _own_parts(rule: Rule, base: Rule | None) -> frozenset[str]:
    every = {SCOPE, DUE, *(one.id for one in rule.criteria)}
    if base is None:
        return frozenset(every)
    inherited = {one.id: said(one) for one in base.criteria}
    same = {one.id for one in rule.criteria if inherited.get(one.id) == said(one)}
    same |= {SCOPE} if rule.applies_to == base.applies_to else set()
    same |= {DUE} if rule.due == base.due else set()
    return frozenset(every - same)


def _of_rule(
    engine: Engine, since: date, rule: str, mutants: list[Mutant], cases: list[PassedCase], fates: _Fates
) -> None:
    left: list[Mutant] = []
    for mutant in mutants:
        (fates.noticed if any(case.notices(mutant) for case in cases) else left).append(mutant)
    if not left:
        return
    from asnpolicy.trials.finding import Finder  # noqa: PLC0415  # loads the solver

    finder = Finder(engine, rule, since)
    more: list[tuple[PassedCase, str]] = []
    for mutant in left:
        there = next((text for case, text in more if case.notices(mutant)), "")
        if there:
            fates.survivors.append(Survivor(mutant, there))
            continue
        found = apart(finder, mutant)
        if found.nobody:
            fates.equivalent.append(mutant)
        elif found.contradicted:
            fates.contradicted.append(mutant)
        elif found.tried is None or found.written is None or not found.tried.notices(mutant):
            fates.survivors.append(Survivor(mutant, reason=found.reason or UNSEEN))
        else:
            text = found.written.text(case_name(rule, mutant.part, mutant.what.id, mutant.number))
            more.append((found.tried, text))
            fates.survivors.append(Survivor(mutant, text))


UNSEEN = Text("orang yang ditemukan tidak memperlihatkannya", "whoever was found does not show it as a case")


def case_name(rule: str, part: str, what: str, number: int) -> str:
    """Return a name of a case: of what it is about."""
    plain = "".join(letter for letter in what if letter not in "`{}:\"'#")
    return f"{rule}, {part}, bila {' '.join(plain.split())} ({number})"
