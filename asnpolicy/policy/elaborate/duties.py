"""Duties: who owes what, by when, for this period and for the one before."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from asnpolicy.language.lengths import in_days, later
from asnpolicy.language.nodes import DURATION, Compare, Expr, Literal, PlusDays
from asnpolicy.language.rules import Branch, Criterion, Rule, SilentLeaf
from asnpolicy.policy.dated import BEGINNING
from asnpolicy.policy.elaborate.conditions import condition
from asnpolicy.policy.elaborate.context import TAKEN_AWAY, Context
from asnpolicy.policy.elaborate.criteria import citation
from asnpolicy.policy.elaborate.periods import PeriodEnds, period_of
from asnpolicy.policy.elaborate.site import Site
from asnpolicy.policy.elaborate.terms import date_of, operand
from asnpolicy.policy.surface.names import Name
from asnpolicy.policy.surface.periods import SeveralYears
from asnpolicy.policy.surface.rules import DueForm, DueWithin, DutyForm, EndOfPeriod, NeverDue
from asnpolicy.problems import write
from asnpolicy.text import phrase


def duty(site: Site, form: DutyForm) -> list[Rule]:
    """Build a duty; one with a period is two rules, of the period that runs and of the one before."""
    if form.every is None:
        return [_duty(site, form, None)]
    if isinstance(form.every, SeveralYears) and form.span.since == BEGINNING:
        _no_first_year(site, form.every)
        return []
    began = form.span.since.year
    current = _duty(site, form, period_of(form.every, began))
    previous = _duty(site, form, period_of(form.every, began, previous=True), previous=True)
    return [current, replace(previous, part="previous")]


def _no_first_year(site: Site, every: SeveralYears) -> None:
    message = phrase(
        en="`{count} years` are counted from the year in which a duty begins, and this one has no `from`",
        id="`{count} years` dihitung sejak tahun mulai berlakunya kewajiban, padahal kewajiban ini tidak punya `from`",
        count=every.count,
    )
    site.problems.add("missing-key", message, site.place, write("from: 2026-01-01"))


def _duty(site: Site, form: DutyForm, period: PeriodEnds | None, *, previous: bool = False) -> Rule:
    ctx = site.context(period=period)
    whom = site.applies(ctx)
    criteria = _fulfilled(site, form, ctx)
    if period is not None and period.there is not None:
        whom = Branch("all", (whom, SilentLeaf(period.there)))
    if previous and period is not None:  # nobody owes anything for a period that ended before the duty began
        whom = Branch("all", (whom, SilentLeaf(Compare("above", period.end, Literal(form.span.since)))))
    built = site.rule("duty", whom, criteria)
    ends = None if period is None else (period.start, period.end)
    return replace(built, strength=form.strength, owed_by=form.owed_by, period=ends, due=_due(ctx, form.due))


def _fulfilled(site: Site, form: DutyForm, ctx: Context) -> tuple[Criterion, ...]:
    if form.fulfilled_when is None:
        return ()
    tree, basis = condition(ctx, form.fulfilled_when), citation(site.policy, form.basis, site.problems)
    if tree is TAKEN_AWAY:
        return ()
    standing = site.standing_of_criteria() or "illustrative"
    place = form.fulfilled_place
    return (
        Criterion("fulfilled_when", form.title, basis, standing, place, tree.truth, tree=tree, kind="fulfilled_when"),
    )


def _due(ctx: Context, due: DueForm | None) -> Expr | None:
    match due:
        case None:
            return None if ctx.period is None or ctx.period.is_open else ctx.period.end
        case NeverDue():
            return None
        case EndOfPeriod(period):
            return _end_of(ctx, period)
        case DueWithin(length, of):
            months = operand(ctx, length, DURATION) if length else None
            since = _since(ctx, of) if of else None
            return _after(since, months) if since is not None and months is not None else None
        case _:
            assert_never(due)


def _after(since: Expr, length: Expr) -> Expr:
    """The day from which a duty is overdue: the last of so many days is one on which it can still be fulfilled."""
    day = later(since, length)
    return PlusDays(day, 1) if in_days(length) else day


def _since(ctx: Context, of: Name) -> Expr | None:
    """The day from which a duty is given so long: the first of the period, or a date of the person."""
    return ctx.period.start if of.text == "period" and ctx.period is not None else date_of(ctx, of, "`of`")


def _end_of(ctx: Context, period: Name) -> Expr | None:
    if period.text == "period" and ctx.period is not None and not ctx.period.is_open:
        return ctx.period.end
    message = phrase(
        en="there is no `{period}` here that ends", id="di sini tidak ada `{period}` yang berakhir", period=period.text
    )
    held = phrase(en="write `due: {{within: 1 year, of: period}}`", id="tulis `due: {{within: 1 year, of: period}}`")
    none = phrase(
        en="write `every: calendar_year` and `due: {{end_of: period}}`, or `due: {{within: 1 year, of: cpns_on}}`",
        id="tulis `every: calendar_year` dan `due: {{end_of: period}}`, atau `due: {{within: 1 year, of: cpns_on}}`",
    )
    is_held = period.text == "period" and ctx.period is not None
    ctx.problems.add("no-period", message, period.place, held if is_held else none)
    return None
