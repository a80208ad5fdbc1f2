"""Coverage: whether the cases of a policy see each criterion hold, see it fail, and see it alone decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from asnpolicy.engine import Engine
from asnpolicy.fairness.sameness import said
from asnpolicy.language.rules import FAILED, HELD, Criterion, Rule
from asnpolicy.policy.cases import Case, cases_of
from asnpolicy.problems import Problems
from asnpolicy.text import Text
from asnpolicy.trials.mutants import SCOPE
from asnpolicy.trials.survival import own_rules
from asnpolicy.trials.tried import PassedCase, tried


@dataclass(frozen=True)
class CriterionCoverage:
    """In how many cases a criterion holds, fails, and decides alone: it fails and all others hold."""

    rule: str
    criterion: str
    held: int
    failed: int
    alone: int

    @property
    def lacking(self) -> tuple[Text, ...]:
        """Return what no case shows."""
        parts = (
            (self.held, Text("terpenuhi", "it holds")),
            (self.failed, Text("tidak terpenuhi", "it fails")),
            (self.alone, Text("menentukan sendiri", "it decides alone")),
        )
        return tuple(what for number, what in parts if not number)

    def as_data(self) -> dict[str, Any]:
        """Return it for machines."""
        seen = {"held": self.held, "failed": self.failed, "alone": self.alone}
        return {"rule": self.rule, "criterion": self.criterion, **seen}


@dataclass(frozen=True)
class Coverage:
    """What the cases of a policy see of each criterion that it says itself."""

    region: str
    since: date
    criteria: tuple[CriterionCoverage, ...]

    @property
    def lacking(self) -> tuple[CriterionCoverage, ...]:
        """Return the criteria of which the cases do not see everything."""
        return tuple(one for one in self.criteria if one.lacking)

    def text(self, lang: str = "en") -> str:
        """Return it as text: what is not seen, and the figures."""
        lines = [
            f"{one.rule} › {one.criterion}: {Text('tidak ada kasus yang memperlihatkan', 'no case shows').to(lang)}: "
            + ", ".join(what.to(lang) for what in one.lacking)
            for one in self.lacking
        ]
        whole, number = len(self.criteria) - len(self.lacking), len(self.criteria)
        said_so = Text(
            f"{self.region}: {whole} dari {number} syarat terlihat dari kedua sisi dan menentukan sendiri",
            f"{self.region}: {whole} of {number} criteria are seen both ways, and alone decide",
        )
        return "\n".join([*lines, said_so.to(lang)])

    def as_data(self) -> dict[str, Any]:
        """Return it for machines."""
        criteria = [one.as_data() for one in self.criteria]
        return {"region": self.region, "since": str(self.since), "criteria": criteria}


def coverage(
    engine: Engine, since: date, rules: Iterable[str] = (), *, cases: Iterable[Case] | None = None
) -> Coverage:
    """Return what the cases of a policy see of each criterion that is in force on a day.

    `rules`: some rules alone. `cases`: others than those of the policy. Whom a rule is for counts as a criterion of it,
    `applies_to`. Raises PolicyError for a rule that is not there.
    """
    run = tried(engine, cases_of(engine.policy, Problems()) if cases is None else cases)
    found: list[CriterionCoverage] = []
    for rule, parts in own_rules(engine.policy, since, tuple(rules)):
        found += _of_rule(rule, parts, run.get(rule.id, []))
    return Coverage(engine.policy.region, since, tuple(found))


def _of_rule(rule: Rule, parts: frozenset[str], cases: list[PassedCase]) -> Iterator[CriterionCoverage]:
    if SCOPE in parts:
        same = [one.decision.statuses.applies for one in cases if one.rule.applies_to == rule.applies_to]
        yield CriterionCoverage(rule.id, SCOPE, same.count(HELD), same.count(FAILED), same.count(FAILED))
    for one in rule.criteria:
        if one.id in parts:
            yield _of_criterion(rule, one, cases)


def _of_criterion(rule: Rule, criterion: Criterion, cases: list[PassedCase]) -> CriterionCoverage:
    held = failed = alone = 0
    for case in cases:
        statuses = case.decision.statuses
        at = next((at for at, one in enumerate(case.rule.criteria) if one.id == criterion.id), None)
        if at is None or said(case.rule.criteria[at]) != said(criterion) or statuses.applies != HELD:
            continue
        held += statuses.criteria[at] >= HELD
        failed += statuses.criteria[at] == FAILED
        others = (*statuses.criteria[:at], *statuses.criteria[at + 1 :])
        alone += statuses.criteria[at] == FAILED and min(others, default=HELD) >= HELD
    return CriterionCoverage(rule.id, criterion.id, held, failed, alone)
