"""Promotions and awards: whom they are for, what they lead to, when they take effect, and what they ask."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from asnpolicy.language.dates import Period
from asnpolicy.language.nodes import YES, Asks, Field, IsNone, Kind, Not, Type
from asnpolicy.language.reading import fields_of
from asnpolicy.language.rules import Branch, Criterion, Effect, Rule, RuleLeaf, TargetLeaf, Text
from asnpolicy.people.ranks import Rank
from asnpolicy.policy.elaborate.context import Typed
from asnpolicy.policy.elaborate.leaving import followed, in_service_on
from asnpolicy.policy.elaborate.site import Site, is_opening
from asnpolicy.policy.elaborate.terms import fact, operand
from asnpolicy.policy.surface.effects import EffectForm
from asnpolicy.policy.surface.literals import days_of_year
from asnpolicy.policy.surface.names import Name
from asnpolicy.policy.surface.operands import FactTerm
from asnpolicy.policy.surface.rules import (
    AwardForm,
    LiesWithin,
    OpeningTarget,
    PromotionForm,
    RankTarget,
    Target,
)
from asnpolicy.problems import VALUE
from asnpolicy.text import phrase


def promotion(site: Site, form: PromotionForm) -> list[Rule]:
    """Build a promotion."""
    target = _target(site, form.to) if form.to else None
    ctx = site.context(target=target)
    whom = site.applies(ctx)
    if form.follows and isinstance(form.to, OpeningTarget):
        message, help = (
            phrase(
                en="`{name}` follows an event, and nobody leaves into a vacant post",
                id="`{name}` mengikuti suatu peristiwa, dan tidak ada yang berhenti menuju jabatan lowong",
                name=site.name,
            ),
            phrase(
                en="name what it leads to: `to: {{fact: next_rank}}`", id="sebut tujuannya: `to: {{fact: next_rank}}`"
            ),
        )
        site.problems.add("wrong-value", message, form.to.place, help)
    effect = _effect(site, form.takes_effect) if form.takes_effect else None
    if effect is not None and effect.periods and not form.follows and site.somebody_leaves_later():
        whom = Branch("all", (whom, RuleLeaf(Asks(in_service_on(effect), "eligible"))))
    if target is not None and not is_opening(target.expr):
        whom = Branch("all", (whom, TargetLeaf(Not(IsNone(target.expr)))))
    require = site.criteria(ctx, form.require, (one for more in site.additions for one in more.require))
    warnings = site.criteria(ctx, form.warn_when, (one for more in site.additions for one in more.warn_when))
    built = site.rule("promotion", whom, (*require, *_within(site, form.within)), warnings)
    return [
        replace(
            built,
            target=target.expr if target else None,
            target_type=target.type if target else None,
            acting=isinstance(form.to, OpeningTarget) and form.to.acting,
            takes_effect=effect,
            follows=followed(site, form.follows),
        )
    ]


def award(site: Site, form: AwardForm) -> list[Rule]:
    """Build an award."""
    ctx = site.context()
    require = site.criteria(ctx, form.require, (one for more in site.additions for one in more.require))
    warnings = site.criteria(ctx, form.warn_when, (one for more in site.additions for one in more.warn_when))
    built = site.rule("award", site.applies(ctx), (*require, *_within(site, form.within)), warnings)
    return [replace(built, follows=followed(site, form.follows))]


def _target(site: Site, target: Target) -> Typed | None:
    match target:
        case OpeningTarget():
            type_ = fields_of("opening")["kind"]
            return Typed(Field("opening", "kind", type_), type_)
        case RankTarget(rank):
            type_ = Type(Kind.LABEL, Rank)
            expr = operand(site.context(), rank, type_)
            return None if expr is None else Typed(expr, type_)
        case FactTerm(name):
            return _level(site, name)
        case _:
            assert_never(target)


def _level(site: Site, name: Name) -> Typed | None:
    typed = fact(site.context(), name)
    if typed is not None and typed.type.kind is not Kind.LABEL:
        message = phrase(en="`{name}` is no rank or level", id="`{name}` bukan pangkat atau jenjang", name=name.text)
        site.problems.add(
            "type-mismatch",
            message,
            name.place,
            phrase(en="name a fact such as `next_rank`", id="sebut fakta seperti `next_rank`"),
        )
        return None
    return typed


def _effect(site: Site, form: EffectForm) -> Effect | None:
    if form.value is None:
        return Effect(month_of=form.month_of.text if form.month_of else "")
    name = form.value
    versions = site.policy.value_versions(name.text)
    if versions is None:
        known = site.policy.names("values")
        site.problems.unknown("unknown-value-name", name.text, VALUE, name.place, known)
        return None
    periods = (Period(v.span.since, v.span.until, days_of_year(v.what.value, site.problems)) for v in versions)
    return Effect(tuple(periods), form.after, name.text)


def _within(site: Site, within: LiesWithin | None) -> tuple[Criterion, ...]:
    """Build the criterion that a rule of the base is met, which this one lies within."""
    if within is None:
        return ()
    known, base = site.policy.names("promotions") | site.policy.names("awards"), within.rule
    if base is not None and base.text not in known:
        site.problems.unknown(
            "unknown-rule", base.text, Text("kenaikan atau penghargaan", "promotion or award"), base.place, known
        )
    if base is None or base.text not in known:
        return (Criterion("within", Text("", ""), "", "in_force", within.key, YES, kind="within"),)
    if site.policy.standing_of_rule(base.text) == "illustrative":
        site.weak.add(base.text)
        if site.policy.lawful:
            return ()
    title, asked = site.policy.title_of_rule(base.text), Asks(base.text, "eligible")
    words = Text(f"Memenuhi aturan: {title.id}", f"Meets the rule: {title.en}")
    return (Criterion("within", words, "", "in_force", base.place, asked, tree=RuleLeaf(asked), kind="within"),)
