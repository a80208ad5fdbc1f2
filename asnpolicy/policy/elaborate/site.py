"""Site: one rule where it stands: its form, what regions add to it, and the day it is built for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from asnpolicy.language.nodes import Asks, Expr, Field, Scope
from asnpolicy.language.rules import (
    Branch,
    ConditionTree,
    Criterion,
    Judgement,
    Rule,
    RuleKind,
    RuleLeaf,
    Standing,
)
from asnpolicy.policy.elaborate.conditions import condition
from asnpolicy.policy.elaborate.context import HOLDS, TAKEN_AWAY, Context, Typed
from asnpolicy.policy.elaborate.criteria import citation, criterion
from asnpolicy.policy.elaborate.figures import figure
from asnpolicy.policy.elaborate.periods import PeriodEnds
from asnpolicy.policy.merged import Merged
from asnpolicy.policy.surface.conditions import Condition
from asnpolicy.policy.surface.criteria import CriterionForm
from asnpolicy.policy.surface.rules import AdditionForm, OwnRule
from asnpolicy.problems import Place, Problems
from asnpolicy.text import phrase

IN_SERVICE = "dalam-dinas"
"""The rule that somebody has not left the service, which every other rule builds on that follows no event."""
ON = "-pada-"
"""Between a rule of leaving and the value with the days on which it is asked."""


def of_service(rule: str) -> bool:
    """Tell whether a rule comes with the section of leaving, and is written nowhere."""
    return rule == IN_SERVICE or rule.startswith(IN_SERVICE + ON)


@dataclass(slots=True)
class Site:
    """One rule on a day."""

    policy: Merged
    problems: Problems
    name: str
    place: Place
    form: OwnRule
    additions: list[AdditionForm]
    day: date
    turns: set[date] = field(default_factory=set)
    """The days on which something that the rule uses begins or ends."""
    weak: set[str] = field(default_factory=set)
    """What the rule reads without a basis in law, beside its own criteria."""

    def context(
        self,
        *,
        target: Typed | None = None,
        period: PeriodEnds | None = None,
        scopes: tuple[tuple[str, Scope], ...] = (),
    ) -> Context:
        """Return where the conditions of the rule stand."""
        into_post = target is not None and is_opening(target.expr)
        opening: tuple[tuple[str, Scope], ...] = (("opening", "opening"),) if into_post else ()
        return Context(
            day=self.day,
            policy=self.policy,
            problems=self.problems,
            figure=figure,
            condition=condition,
            scopes=(*scopes, *opening),
            target=target,
            period=period,
            allows=frozenset(name for name, _ in self.form.protected),
            turns=self.turns,
            weak=self.weak,
        )

    def rule(
        self,
        kind: RuleKind,
        whom: ConditionTree,
        criteria: tuple[Criterion, ...] = (),
        warnings: tuple[Criterion, ...] = (),
    ) -> Rule:
        """Return the rule, with what is said of it."""
        form = self.form
        if kind not in ("pair", "leaving") and not getattr(form, "follows", ()) and self._someone_may_leave():
            whom = Branch("all", (whom, RuleLeaf(Asks(IN_SERVICE, "eligible"))))
        protected = [f"{name}: {citation(self.policy, basis, self.problems)}" for name, basis in form.protected]
        return Rule(
            name=self.name,
            kind=kind,
            title=form.title,
            basis=citation(self.policy, form.basis, self.problems),
            standing=form.standing or "in_force",
            place=self.place,
            applies_to=whom.truth,
            whom=whom,
            criteria=criteria,
            warnings=warnings,
            tags=tuple(tag.text for tag in form.tags),
            reads_protected="; ".join(protected) or None,
            not_decided=tuple(self._judgements()),
            reading=form.reading,
        )

    def _someone_may_leave(self) -> bool:
        """Tell whether an event of leaving is in force on the day; it notes when that turns."""
        events = self.policy.events()
        spans = [one.span for one in events]
        self.weak.update("leaving" for one in events if one.standing == "illustrative")
        self.turns.update(day for span in spans for day in (span.since, span.until))
        return any(span.holds(self.day) for span in spans)

    def somebody_leaves_later(self) -> bool:
        """Tell whether an event is in force on the day after which one still serves to the end of the month."""
        return any(one.leaves == "next_month" and one.span.holds(self.day) for one in self.policy.events())

    def _judgements(self) -> Iterator[Judgement]:
        """Return what only an official judges, the base's before the regions'."""
        here = self.context()
        for one in (*self.form.not_decided, *(one for more in self.additions for one in more.not_decided)):
            if here.in_force(one.span):
                yield Judgement(one.text, citation(self.policy, one.basis, self.problems))

    def applies(self, ctx: Context) -> ConditionTree:
        """Build whom the rule is for."""
        whom = self.condition(ctx, self.form.applies_to)
        return HOLDS if whom is TAKEN_AWAY else whom

    def condition(self, ctx: Context, written: Condition | None) -> ConditionTree:
        """Build a condition; without one, everybody meets it."""
        return HOLDS if written is None else condition(ctx, written)

    def criteria(
        self, ctx: Context, own: Iterable[CriterionForm], added: Iterable[CriterionForm]
    ) -> tuple[Criterion, ...]:
        """Build the criteria of the rule, and those that regions add to them."""
        found: dict[str, Criterion] = {}
        for form, is_own in (*((one, True) for one in own), *((one, False) for one in added)):
            if form.name.text in found:
                message = phrase(
                    en="`{name}` is a criterion of the base, which a region can't replace",
                    id="`{name}` adalah syarat milik aturan dasar, yang tidak dapat diganti daerah",
                    name=form.name.text,
                )
                help = phrase(
                    en="give the added criterion a name of its own", id="beri syarat tambahan itu nama tersendiri"
                )
                self.problems.add("replaces-base", message, form.name.place, help)
            elif ctx.in_force(form.span):
                built = criterion(ctx, form, self.standing_of_criteria(own=is_own))
                if not self.policy.lawful or (built.standing == "in_force" and built.tree is not TAKEN_AWAY):
                    found[form.name.text] = built
        return tuple(found.values())

    def standing_of_criteria(self, *, own: bool = True) -> Standing | None:
        """Return how criteria stand that do not say so: as the rule says, or in force when it has a basis of its own.

        The basis of the base's rule is none for what a region adds to it.
        """
        return self.form.standing or ("in_force" if own and self.form.basis is not None else None)


def is_opening(expr: Expr) -> bool:
    """Tell whether a target is a vacant post."""
    return isinstance(expr, Field) and expr.scope == "opening"
