"""Counting: people are decided, typed or in tables, and only counted; what it comes to is a summary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from asnpolicy.decisions.assessment import ALONE
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.summary.counts import Counts, GroupName, results_of
from asnpolicy.decisions.summary.groups import Grouping, groupings
from asnpolicy.decisions.summary.summary import (
    Breakdown,
    GroupSummary,
    MissingData,
    ResultCount,
    RuleSummary,
    Summary,
    UnclearCriterion,
)
from asnpolicy.decisions.trees import titled
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.rules import Program, Rule
from asnpolicy.people import Agency, Employee
from asnpolicy.version import VERSION

if TYPE_CHECKING:
    from asnpolicy.decisions.decider import Decider
    from asnpolicy.decisions.frame import FrameMaker
    from asnpolicy.decisions.summary.in_tables import TableCounter
    from asnpolicy.engine import Engine
    from asnpolicy.workforce import Workforce


@dataclass
class Counting:
    """Counts what the rules of a day come to: people, or whole tables of them, one after the other, as many as there are.

    In memory are the counts, and the people of one call.
    """

    region: str
    policy: str
    program: Program
    rules: tuple[Rule, ...]
    groupings: tuple[Grouping, ...]
    as_of: date
    decide: Callable[[Employee], Iterable[Decision]]
    meaning: Callable[[Employee], Meaning]
    """The definition at work on a person, who is asked of the facts that groups are made of."""
    maker: Callable[[], FrameMaker]
    counts: Counts = field(default_factory=Counts)

    def add(self, people: Workforce | Iterable[Employee]) -> None:
        """Decide about people and count them; each is given once in all."""
        if hasattr(people, "employees"):
            self.counts.add(self.in_tables.count(people))  # type: ignore[arg-type]  # it is a workforce
            return
        for person in people:
            self.counts.person(self.decide(person), self.groups(person))

    def taken(self) -> Counts:
        """Return what was counted so far, and begin anew: another process adds it to its own."""
        taken, self.counts = self.counts, Counts()
        return taken

    def groups(self, person: Employee) -> Sequence[GroupName]:
        """Return the groups that a person is in."""
        if not self.groupings:
            return ()
        meaning = self.meaning(person)
        return [(one.name, one.group(meaning)) for one in self.groupings]

    @cached_property
    def in_tables(self) -> TableCounter:
        """What counts tables; raises PolicyError where the extra `columns` is not installed."""
        maker = self.maker()
        from asnpolicy.decisions.summary.in_tables import TableCounter  # noqa: PLC0415  # needs an extra

        return TableCounter(maker, self.groupings, lambda one: self.groups(one.employee))

    def summary(self) -> Summary:
        """Return what was counted so far."""
        counts, rules = self.counts, [self._rule(rule) for rule in self.rules]
        decisions: dict[str, int] = {}
        for (_, name), people in counts.lacking.items():
            decisions[name] = decisions.get(name, 0) + people
        missing = [MissingData(name, decisions[name], people) for name, people in counts.lacking_people.items()]
        counted = {rule.id for rule in self.rules}
        posts = (rule.id for rule in self.program.rules if rule.kind in ALONE and rule.into_post)
        return Summary(
            self.region, self.as_of, counts.people, tuple(rules), tuple(map(self._breakdown, self.groupings)),
            _worst_first(missing), tuple(id for id in posts if id not in counted), self.policy, VERSION,
            frozenset(counts.together),
        )  # fmt: skip

    def _rule(self, rule: Rule) -> RuleSummary:
        counts = self.counts
        results = tuple(ResultCount(one, counts.results[rule.id, one]) for one in results_of(rule))
        unclear = [UnclearCriterion(one.id, one.title, counts.unclear[rule.id, one.id]) for one in rule.criteria]
        missing = [MissingData(name, n, n) for (id, name), n in counts.lacking.items() if id == rule.id]
        unclear = sorted((one for one in unclear if one.people), key=lambda one: (-(one.people or 0), one.id))
        return RuleSummary(
            rule.id, rule.kind, titled(rule), rule.standing, results, tuple(unclear), _worst_first(missing)
        )

    def _breakdown(self, one: Grouping) -> Breakdown:
        counts = self.counts
        names = one.in_order(name for fact, name in counts.groups if fact == one.name)
        groups = [
            GroupSummary(
                name, counts.groups[one.name, name],
                tuple(
                    tuple(ResultCount(each, counts.grouped[(one.name, name), rule.id, each]) for each in results_of(rule))
                    for rule in self.rules
                ),
            )
            for name in names
        ]  # fmt: skip
        return Breakdown(one.name, one.title, tuple(groups))


def _worst_first(missing: Iterable[MissingData]) -> tuple[MissingData, ...]:
    return tuple(sorted(missing, key=lambda one: (-(one.decisions or 0), -(one.people or 0), one.name)))


def counting(
    engine: Engine, decider: Decider, as_of: date, by: Iterable[str], asked: Sequence[str] | None, agency: Agency
) -> Counting:
    """Return what counts people by a policy on a day: no vacant post is asked about."""
    program, groups = engine.policy.program(as_of), groupings(by, as_of)
    own, known = counted(program, asked), agency.model_copy(update={"openings": ()})
    ids = frozenset(rule.id for rule in own)
    return Counting(
        engine.policy.region, engine.policy.digest, program, own, groups, as_of,
        lambda person: decider.assess(program, person, as_of, known, ids, ()),
        lambda person: decider.defined(program).meaning(decider.question(person, as_of, None, known, None)),
        lambda: engine.frame_maker(as_of=as_of, agency=known, rules=ids, beside=tuple(one.rule for one in groups)),
    )  # fmt: skip


def counted(program: Program, asked: Sequence[str] | None) -> tuple[Rule, ...]:
    """Return the rules that are counted: those asked for, else all that can be asked of one person without a vacant post."""
    rules = sorted((rule for rule in program.rules if rule.kind in ALONE), key=lambda rule: ALONE.index(rule.kind))
    if asked is not None:
        return tuple(rule for rule in rules if rule.id in asked)
    return tuple(rule for rule in rules if not rule.into_post)
