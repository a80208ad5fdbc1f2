"""Mentoring: who needs a mentor, who may be one, which pairs fit, and how many mentees a mentor has."""

from __future__ import annotations

from dataclasses import replace

from asnpolicy.language.nodes import NUMBER, Literal
from asnpolicy.language.rules import Rule
from asnpolicy.policy.elaborate.context import HOLDS, Context
from asnpolicy.policy.elaborate.site import Site
from asnpolicy.policy.elaborate.terms import find_fact, operand
from asnpolicy.policy.surface.operands import Operand
from asnpolicy.policy.surface.rules import MentoringForm


def mentoring(site: Site, form: MentoringForm) -> list[Rule]:
    """Build a rule of mentoring: of the mentee, of the mentor, and of the pair."""
    mentee = site.context(scopes=(("mentee", "employee"),))
    mentor = site.context(scopes=(("mentor", "employee"),))
    pair = site.context(scopes=(("mentor", "mentor"), ("mentee", "mentee"), ("pair", "pair")))
    for preference in (*form.mentee_prefers, *form.mentor_prefers):
        find_fact(pair, preference.fact)
    needs = site.condition(mentee, form.needs_mentor)
    may = site.criteria(mentor, form.may_mentor, (one for more in site.additions for one in more.may_mentor))
    must = site.criteria(pair, form.pair_must, (one for more in site.additions for one in more.pair_must))
    rules = [
        site.rule("mentoring", needs),
        replace(site.rule("mentor", HOLDS, may), part="mentor"),
        replace(site.rule("pair", HOLDS, must), part="pair"),
    ]
    capacity = _capacity(mentee, form.capacity) if form.capacity else None
    return [replace(one, capacity=capacity) for one in rules]


def _capacity(ctx: Context, given: Operand) -> int | None:
    found = operand(ctx, given, NUMBER)
    if isinstance(found, Literal) and isinstance(found.value, int) and found.value > 0:
        return found.value
    if found is not None:
        help = "write it, or name a `value` that holds it"
        ctx.problems.add("wrong-value", "a capacity is a number above zero", given.place, help)
    return None
