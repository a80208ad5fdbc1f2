"""Leaving: the events by which somebody leaves the service, since when, and the rule that nobody has left by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar, assert_never

from asnpolicy.language.nodes import YES, Asks, AsOf, Expr, Fold, LastMonthEnd, Node, Not, Truth, Upcoming, rebuild
from asnpolicy.language.rules import (
    Branch,
    ConditionTree,
    Criterion,
    Effect,
    Leaf,
    Rule,
    RuleLeaf,
    SilentLeaf,
    TargetLeaf,
    Text,
    YearLeaf,
)
from asnpolicy.policy.elaborate.context import HOLDS
from asnpolicy.policy.elaborate.site import IN_SERVICE, ON, Site
from asnpolicy.policy.surface.names import Name
from asnpolicy.policy.surface.rules import LeavingForm

N = TypeVar("N", bound=Node)
_TITLE = Text("Masih dalam dinas", "Still in service")
_THEN = Text("Masih dalam dinas pada hari mulai berlakunya", "Still in service on the day it takes effect")
_NOT = Text("Bukan karena: {0}", "Not by: {0}")


def leaving(site: Site, form: LeavingForm) -> list[Rule]:
    """Build an event, which holds from its day on; where one leaves a month later, a second rule says so."""
    ctx = site.context()
    event = site.rule("leaving", site.applies(ctx), site.criteria(ctx, form.require, ()))
    return [event] if form.leaves == "same_day" else [event, _left(event)]


def _left(event: Rule) -> Rule:
    """The event as it was at the end of the month before: so one leaves on the first of the month after it."""

    def change(part: Node) -> Node:
        return LastMonthEnd(part) if isinstance(part, AsOf) else rebuild(part, change)

    return _on(event, event.name, change)


def _left_by(event: Rule, effect: Effect) -> Rule:
    """The event as it will be at the end of the month before something takes effect, as far as is known on the as-of date.

    Records are seen as they are on that date: only time goes on.
    """

    def change(part: Node) -> Node:
        if isinstance(part, AsOf):
            return LastMonthEnd(Upcoming(part, effect.periods))
        return part if isinstance(part, Fold) else rebuild(part, change)

    return _on(event, _named(event.name, effect), change)


def _on(event: Rule, name: str, change: Callable[[Node], Node]) -> Rule:
    """The event on another day, which is put in place of the as-of date."""
    other = _OtherDay(change)
    return replace(
        event,
        name=name,
        part="left",
        applies_to=other.put(event.applies_to),
        whom=other.tree(event.whom),
        criteria=tuple(other.criterion(one) for one in event.criteria),
    )


@dataclass(frozen=True, slots=True)
class _OtherDay:
    """What is asked of another day than the as-of date."""

    change: Callable[[Node], Node]

    def put(self, node: N) -> N:
        """Put the day into a node."""
        return self.change(node)  # type: ignore[return-value]  # the same kind of node, with another day in it

    def criterion(self, one: Criterion) -> Criterion:
        """Put the day into a criterion."""
        exempt = tuple(replace(each, holds=self.put(each.holds), tree=self.tree(each.tree)) for each in one.exempt)
        when = None if one.when is None else self.put(one.when)
        return replace(one, holds=self.put(one.holds), when=when, exempt=exempt, tree=self.tree(one.tree))

    def tree(self, tree: ConditionTree) -> ConditionTree:
        """Say the same of what stands in its place."""
        match tree:
            case Branch():
                return Branch(tree.word, tuple(self.tree(part) for part in tree.parts))
            case Leaf():
                seen = tree.observation
                required: tuple[Expr, ...] = tuple(self.put(one) for one in seen.required)
                over = None if seen.over is None else self.put(seen.over)
                return Leaf(self.put(tree.truth), replace(seen, seen=self.put(seen.seen), required=required, over=over))
            case YearLeaf():
                return YearLeaf(self.put(tree.truth), tree.history, self.put(tree.year))
            case RuleLeaf():
                return tree
            case TargetLeaf():
                return TargetLeaf(self.put(tree.truth))
            case SilentLeaf():
                return SilentLeaf(self.put(tree.truth))
            case _:
                assert_never(tree)


def in_service_on(effect: Effect) -> str:
    """Name the rule that somebody is still in service on the day on which something takes effect."""
    return _named(IN_SERVICE, effect)


def _named(name: str, effect: Effect) -> str:
    return name + ON + effect.name.replace("_", "-")


def in_service_then(events: Iterable[Rule], effect: Effect) -> list[Rule]:
    """Build the rule that nobody will have left when something takes effect, and what it asks of each event."""
    later = {rule.name for rule in events if rule.part == "left"}
    left = [_left_by(rule, effect) for rule in events if rule.name in later and not rule.part]
    whole = in_service(left)
    asked = tuple(replace(one, id=one.id.partition(ON)[0]) for one in whole.criteria)
    return [*left, replace(whole, name=in_service_on(effect), title=_THEN, criteria=asked)]


def in_service(events: Iterable[Rule]) -> Rule:
    """Build the rule that nobody has left by one of the events: one criterion for each."""
    those = {rule.name: rule for rule in events}  # of two rules of a name, the later one says since when it is left
    first = next(iter(those.values()))
    return Rule(
        name=IN_SERVICE,
        kind="service",
        title=_TITLE,
        basis="",
        standing="in_force",
        place=first.place,
        applies_to=YES,
        whom=HOLDS,
        criteria=tuple(_stayed(rule) for rule in those.values()),
    )


def _stayed(event: Rule) -> Criterion:
    holds: Truth = Not(Asks(event.id, "eligible"))
    title = Text(_NOT.id.format(event.title.id), _NOT.en.format(event.title.en))
    tree = Branch("not", (RuleLeaf(Asks(event.id, "eligible")),))
    return Criterion(event.name, title, event.basis, event.standing, event.place, holds, tree=tree)


def followed(site: Site, events: tuple[Name, ...]) -> tuple[str, ...]:
    """Name the events that a rule follows; that each is one is checked of the whole policy."""
    known = site.policy.names("leaving")
    return tuple(one.text for one in events if one.text in known)
