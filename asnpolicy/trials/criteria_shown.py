"""Coverage: whether the cases of a policy see each criterion hold, see it fail, and see it alone decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from asnpolicy.engine import Engine
from asnpolicy.fairness.sameness import said
from asnpolicy.language.nodes import YES, AllOf, Asks, Truth
from asnpolicy.language.rules import FAILED, HELD, Criterion, Rule
from asnpolicy.policy.cases import Case, cases_of
from asnpolicy.problems import PolicyError, Problems
from asnpolicy.text import Text
from asnpolicy.trials.mutants import SCOPE, service_of
from asnpolicy.trials.survival import own_rules
from asnpolicy.trials.tried import PassedCase, tried


@dataclass(frozen=True)
class CriterionCoverage:
    """In how many cases a criterion holds, fails, and decides alone: it fails and all others hold.

    One that is founded in law decides alone though others fail that are not: with those taken away the decision stays.
    """

    rule: str
    criterion: str
    held: int
    failed: int
    alone: int
    never_alone: bool = False
    """Whether it is proved that it decides alone of nobody: whoever fails it fails another, too."""

    @property
    def lacking(self) -> tuple[Text, ...]:
        """Return what no case shows."""
        parts = (
            (self.held, Text("terpenuhi", "it holds")),
            (self.failed, Text("tidak terpenuhi", "it fails")),
            (self.alone or self.never_alone, Text("menentukan sendiri", "it decides alone")),
        )
        return tuple(what for number, what in parts if not number)

    def as_data(self) -> dict[str, Any]:
        """Return it for machines."""
        seen = {"held": self.held, "failed": self.failed, "alone": self.alone}
        return {"rule": self.rule, "criterion": self.criterion, **seen, "never_alone": self.never_alone}


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
        proved = [one for one in self.criteria if one.never_alone]
        lines += [f"{one.rule} › {one.criterion}: {_NEVER_ALONE.to(lang)}" for one in proved]
        whole, number, never = len(self.criteria) - len(self.lacking), len(self.criteria), len(proved)
        said_so = Text(
            f"{self.region}: {whole} dari {number} syarat terlihat dari kedua sisi dan menentukan sendiri"
            + (f" ({never} terbukti tidak pernah sendiri)" if never else ""),
            f"{self.region}: {whole} of {number} criteria are seen both ways, and alone decide"
            + (f" ({never} proved never to be alone)" if never else ""),
        )
        return "\n".join([*lines, said_so.to(lang)])

    def as_data(self) -> dict[str, Any]:
        """Return it for machines."""
        criteria = [one.as_data() for one in self.criteria]
        return {"region": self.region, "since": str(self.since), "criteria": criteria}


_NEVER_ALONE = Text(
    "terbukti tidak pernah menentukan sendiri: siapa pun yang tidak memenuhinya juga tidak memenuhi syarat lain",
    "proved never to decide alone: whoever fails it fails another criterion, too",
)


def coverage(
    engine: Engine, since: date, rules: Iterable[str] = (), *, cases: Iterable[Case] | None = None
) -> Coverage:
    """Return what the cases of a policy see of each criterion that is in force on a day.

    `rules`: some rules alone. `cases`: others than those of the policy. Whom a rule is for counts as a criterion of it,
    `applies_to`, unless its author left it out. Raises PolicyError for a rule that is not there.
    """
    run = tried(engine, cases_of(engine.policy, Problems()) if cases is None else cases)
    service = service_of(engine.policy.program(since))
    found: list[CriterionCoverage] = []
    for rule, parts in own_rules(engine.policy, since, tuple(rules)):
        mine = list(_of_rule(rule, parts, service, run.get(rule.id, [])))
        found += _proved(engine, since, rule, mine)
    return Coverage(engine.policy.region, since, tuple(found))


def _of_rule(
    rule: Rule, parts: frozenset[str], service: frozenset[str], cases: list[PassedCase]
) -> Iterator[CriterionCoverage]:
    if SCOPE in parts and not _everybody(rule.applies_to, service):
        same = [one.decision.statuses.applies for one in cases if one.rule.applies_to == rule.applies_to]
        yield CriterionCoverage(rule.id, SCOPE, same.count(HELD), same.count(FAILED), same.count(FAILED))
    for one in rule.criteria:
        if one.id in parts:
            yield _of_criterion(rule, one, cases)


def _everybody(scope: Truth, service: frozenset[str]) -> bool:
    """Tell whether a rule says itself of nobody that it is not for them: that they are in the service is the language's."""
    if isinstance(scope, AllOf):
        return all(_everybody(one, service) for one in scope.items)
    return scope == YES or (isinstance(scope, Asks) and scope.rule in service)


def _of_criterion(rule: Rule, criterion: Criterion, cases: list[PassedCase]) -> CriterionCoverage:
    held = failed = alone = 0
    for case in cases:
        statuses = case.decision.statuses
        at = next((at for at, one in enumerate(case.rule.criteria) if one.id == criterion.id), None)
        if at is None or said(case.rule.criteria[at]) != said(criterion) or statuses.applies != HELD:
            continue
        held += statuses.criteria[at] >= HELD
        failed += statuses.criteria[at] == FAILED
        alone += statuses.criteria[at] == FAILED and _rest(case, at) >= HELD
    return CriterionCoverage(rule.id, criterion.id, held, failed, alone)


def _rest(case: PassedCase, at: int) -> int:
    """Return the least that those of the other criteria come to that count."""
    statuses = case.decision.statuses.criteria
    return min((statuses[other] for other in _beside(case.rule, at)), default=HELD)


def _beside(rule: Rule, at: int) -> list[int]:
    """Return the places of the other criteria that count: beside one founded in law those that are not do not."""
    in_law = rule.standing == rule.criteria[at].standing == "in_force"
    return [
        other for other, one in enumerate(rule.criteria) if other != at and (not in_law or one.standing == "in_force")
    ]


def _proved(engine: Engine, since: date, rule: Rule, found: list[CriterionCoverage]) -> list[CriterionCoverage]:
    """Ask of criteria that lack nothing but to decide alone whether they ever can."""
    names = [one.id for one in rule.criteria]
    asked = {
        one.criterion
        for one in found
        if one.criterion in names
        and (one.held and one.failed and not one.alone)
        and len(_beside(rule, names.index(one.criterion))) == len(names) - 1
    }
    if not asked:
        return found
    try:
        from asnpolicy.trials.finding import Finder  # noqa: PLC0415  # loads the solver
    except PolicyError:  # without a solver nothing is proved
        return found
    finder = Finder(engine, rule.id, since)
    return [
        replace(one, never_alone=finder.alone(one.criterion).nobody) if one.criterion in asked else one for one in found
    ]
