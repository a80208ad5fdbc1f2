"""Causes: what brought a day about on which an answer changes, of all that coincides on it, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.reasons import Reason, because
from asnpolicy.decisions.timeline.days import Cause, RuleTurns
from asnpolicy.decisions.timeline.reached import counting, told
from asnpolicy.decisions.verdict import DutyState
from asnpolicy.language.lower import Binder
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import AllOf, AnyOf, Asks, Node, Not, Truth, walk
from asnpolicy.language.reading import Question
from asnpolicy.language.turns import Crossing, crossings, is_flow
from asnpolicy.people import OPEN, Employee
from asnpolicy.people.days import ends

DAY = timedelta(days=1)


def causes_of(
    found: Iterable[Cause], changed: frozenset[str], before: Decision | None, now: Decision | None,
    reads: tuple[RuleTurns, ...],
) -> tuple[Reason, ...]:  # fmt: skip
    """Return what brought a day about, in words: of all that coincides, only what turned a condition that changed."""
    those = tuple(found)
    if before is None or now is None or not reads:
        return (Reason("cause.rules"),)
    turned = _Turned(before, now, reads[0], changed)
    return tuple(dict.fromkeys((*_timed(those, turned), *_beside(those)))) or tuple(turned.otherwise(those))


def _timed(found: tuple[Cause, ...], turned: _Turned) -> tuple[Reason, ...]:
    """What time has brought about: of one new year that counts, and of all that is so long ago by it, the year alone."""
    if all(one.reached is None for one in found):
        return ()
    looked_at = turned.crossings()
    reached = [one.reached for one in found if one.reached is not None and one.reached.crossing in looked_at]
    if years := [one for one in reached if counting(one)]:
        return tuple(map(told, years[:1]))
    return tuple(map(told, reached))


def _beside(found: tuple[Cause, ...]) -> Iterator[Reason]:
    for one in found:
        if one.event == "waiver" and one.waiver is not None:
            waiver = one.waiver
            yield because("cause.waiver", letter=waiver.letter, since=waiver.since, until=waiver.until)
        elif one.event == "sum":
            yield Reason("cause.sum")


class _Turned:
    """The conditions of one rule that are otherwise than on the day before."""

    def __init__(self, before: Decision, now: Decision, reads: RuleTurns, changed: frozenset[str]) -> None:
        self._before, self._now, self._changed = before, now, changed
        self._changes = bool(changed) or before.to != now.to
        self._rules = {one.id: one for one in reads.rules}
        self._rule = reads.rules[0]
        self._asked: set[str] = set()

    def crossings(self) -> frozenset[Crossing]:
        """Return the crossings of the smallest conditions that turned; of all that changed, where none did by itself."""
        if not self._changes:
            return frozenset()
        roots = list(self._roots())
        parts = [part for root in roots for part in self._parts(root)]
        turned = [one for one, status in self._statuses(parts) if status]
        return frozenset(each for one in (turned or [*parts, *roots]) for each in crossings(one))

    def otherwise(self, found: tuple[Cause, ...]) -> Iterator[Reason]:
        """Say what else it was: a due day, employment or status, time that added up, the registers, other rules."""
        events = {one.event for one in found}
        if not self._changes and (due := self._due()) is not None:
            yield due
        elif self._changes and "data" in events and (those := tuple(_standing(self._now.employee, self._now.as_of))):
            yield from those
        elif self._changes and any(is_flow(part) for root in self._roots() for part in walk(root)):
            yield Reason("cause.sum")
        elif "rules" in events or "registers" in events:
            yield Reason("cause.rules" if "rules" in events else "cause.registers")
        else:
            yield Reason("cause.data")

    def _due(self) -> Reason | None:
        """Say that a duty has come due, or that another period of it begins; None where its due day is not what changed."""
        before, now = self._before, self._now
        if (before.state, now.state) == (DutyState.OWED, DutyState.OVERDUE) and now.due == now.as_of:
            return because("cause.due", day=now.due - DAY)
        if (before.state, now.state) == (DutyState.OVERDUE, DutyState.OWED) and before.due != now.due:
            begins = (now.as_of.month, now.as_of.day) == (1, 1)
            return because("cause.new_year", year=str(now.as_of.year)) if begins else Reason("cause.new_period")
        return None

    def _roots(self) -> Iterator[Node]:
        """The conditions that changed; what the rule leads to where none did."""
        rule, changed = self._rule, self._changed
        for one in (*rule.criteria, *rule.warnings):
            if one.id in changed:
                yield from one.conditions
        if "" in changed:
            yield rule.applies_to
        if not changed:
            yield from (root for root in (rule.target, rule.due) if root is not None)

    def _parts(self, root: Node) -> Iterator[Node]:
        """Return the smallest conditions of a condition, those of rules that it asks too."""
        match root:
            case AllOf(items) | AnyOf(items):
                for item in items:
                    yield from self._parts(item)
            case Not(item):
                yield from self._parts(item)
            case Asks(rule):
                yield from self._of_rule(rule)
            case _:
                yield root

    def _of_rule(self, name: str) -> Iterator[Node]:
        if name in self._rules and name not in self._asked:
            self._asked.add(name)
            rule = self._rules[name]
            for root in rule.conditions:
                yield from self._parts(root)

    def _statuses(self, parts: list[Node]) -> Iterator[tuple[Node, bool]]:
        """Tell of each condition whether it is otherwise than on the day before."""
        conditions = [part for part in parts if isinstance(part, Truth)]
        yesterday, today = (self._on(day, conditions) for day in (self._now.as_of - DAY, self._now.as_of))
        yield from ((part, one != other) for part, one, other in zip(conditions, yesterday, today, strict=True))

    def _on(self, day: date, parts: list[Truth]) -> list[int]:
        meaning: Meaning = self._now.workings.definition.meaning(_on_day(self._now, day))
        bound = [Binder(day).node(part) for part in parts]  # they live as long as the meaning remembers them
        return [meaning.truth(one).status for one in bound]


def _on_day(decision: Decision, day: date) -> Question:
    """Return the question of a decision on another day, before the same opening."""
    asked = decision.question
    people = {name: getattr(asked, name).view(day) for name in ("mentor", "mentee")}
    return replace(asked, as_of=day, employee=decision.employee.view(day), **people)


def _standing(person: Employee, day: date) -> Iterator[Reason]:
    """Name what begins or ends on a day of that on which employment and status hang."""
    if person.known_on == day:
        yield Reason("cause.known_on")
    for name in ("cpns_on", "pns_on"):
        if getattr(person, name) == day:
            yield because("cause.by", what=Reason(f"field.{name}"), day=day)
    for history in ("contracts", "statuses", "leaves"):
        if getattr(person, history).complete_since == day and history != "leaves":
            yield because("cause.complete", history=Reason(f"history.{history}"))
        for record in getattr(person, history).records:
            for name in ("since", "until"):
                if day in ends(getattr(record, name)) and day != OPEN:
                    yield because("cause.by", what=Reason(f"cause.{history}.{name}"), day=day)
