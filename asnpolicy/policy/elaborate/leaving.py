"""Leaving: the events by which somebody leaves the service, since when, and the rule that nobody has left by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar, assert_never

from asnpolicy.language.nodes import YES, Asks, AsOf, Expr, LastMonthEnd, Node, Not, Truth, rebuild
from asnpolicy.language.rules import (
    Branch,
    ConditionTree,
    Criterion,
    Leaf,
    Rule,
    RuleLeaf,
    SilentLeaf,
    TargetLeaf,
    Text,
    YearLeaf,
)
from asnpolicy.policy.elaborate.context import HOLDS
from asnpolicy.policy.elaborate.site import IN_SERVICE, Site
from asnpolicy.policy.surface.names import Name
from asnpolicy.policy.surface.rules import LeavingForm

N = TypeVar("N", bound=Node)
_TITLE = Text("Masih dalam dinas", "Still in service")
_NOT = Text("Bukan karena: {0}", "Not by: {0}")


def leaving(site: Site, form: LeavingForm) -> list[Rule]:
    """Build an event, which holds from its day on; where one leaves a month later, a second rule says so."""
    ctx = site.context()
    event = site.rule("leaving", site.applies(ctx), site.criteria(ctx, form.require, ()))
    return [event] if form.leaves == "same_day" else [event, _left(event)]


def _left(event: Rule) -> Rule:
    """The event as it was at the end of the month before: so one leaves on the first of the month after it."""
    return replace(
        event,
        part="left",
        applies_to=_before(event.applies_to),
        whom=_tree(event.whom),
        criteria=tuple(_criterion(one) for one in event.criteria),
    )


def _criterion(one: Criterion) -> Criterion:
    exempt = tuple(replace(each, holds=_before(each.holds), tree=_tree(each.tree)) for each in one.exempt)
    when = None if one.when is None else _before(one.when)
    return replace(one, holds=_before(one.holds), when=when, exempt=exempt, tree=_tree(one.tree))


def _before(node: N) -> N:
    """Put the end of the month before in place of the as-of date."""

    def change(part: Node) -> Node:
        return LastMonthEnd(part) if isinstance(part, AsOf) else rebuild(part, change)

    return change(node)  # type: ignore[return-value]  # the same kind of node, with another day in it


def _tree(tree: ConditionTree) -> ConditionTree:
    """Say the same of what stands in its place."""
    match tree:
        case Branch():
            return Branch(tree.word, tuple(_tree(part) for part in tree.parts))
        case Leaf():
            seen = tree.observation
            required: tuple[Expr, ...] = tuple(_before(one) for one in seen.required)
            return Leaf(_before(tree.truth), replace(seen, seen=_before(seen.seen), required=required))
        case YearLeaf():
            return YearLeaf(_before(tree.truth), tree.history, _before(tree.year))
        case RuleLeaf():
            return tree
        case TargetLeaf():
            return TargetLeaf(_before(tree.truth))
        case SilentLeaf():
            return SilentLeaf(_before(tree.truth))
        case _:
            assert_never(tree)


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
