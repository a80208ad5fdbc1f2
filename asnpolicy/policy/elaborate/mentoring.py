"""Mentoring: who needs a mentor, who may be one, which pairs fit, and how many mentees a mentor has."""

from __future__ import annotations

from dataclasses import replace

from asnpolicy.language.facts import Fact
from asnpolicy.language.nodes import NUMBER, Expr, Kind, Literal, MonthsBetween
from asnpolicy.language.rules import Observation, Preference, Rule
from asnpolicy.language.windows import AS_OF, EVER
from asnpolicy.policy.elaborate.context import HOLDS, Context
from asnpolicy.policy.elaborate.site import Site
from asnpolicy.policy.elaborate.terms import find_fact, operand
from asnpolicy.policy.surface.names import Name
from asnpolicy.policy.surface.operands import Operand
from asnpolicy.policy.surface.rules import MentoringForm, PreferenceForm
from asnpolicy.text import phrase


def mentoring(site: Site, form: MentoringForm) -> list[Rule]:
    """Build a rule of mentoring: of the mentee, of the mentor, and of the pair."""
    mentee = site.context(scopes=(("mentee", "employee"),))
    mentor = site.context(scopes=(("mentor", "employee"),))
    pair = site.context(scopes=(("mentor", "mentor"), ("mentee", "mentee"), ("pair", "pair")))
    needs = site.condition(mentee, form.needs_mentor)
    may = site.criteria(mentor, form.may_mentor, (one for more in site.additions for one in more.may_mentor))
    must = site.criteria(pair, form.pair_must, (one for more in site.additions for one in more.pair_must))
    pairs = replace(
        site.rule("pair", HOLDS, must),
        part="pair",
        mentee_prefers=_preferences(pair, form.mentee_prefers),
        mentor_prefers=_preferences(pair, form.mentor_prefers),
    )
    rules = [site.rule("mentoring", needs), replace(site.rule("mentor", HOLDS, may), part="mentor"), pairs]
    capacity = _capacity(mentee, form.capacity) if form.capacity else None
    return [replace(one, capacity=capacity) for one in rules]


def _preferences(ctx: Context, forms: tuple[PreferenceForm, ...]) -> tuple[Preference, ...]:
    preferences = [_preference(ctx, form) for form in forms]
    return tuple(one for one in preferences if one is not None)


def _preference(ctx: Context, form: PreferenceForm) -> Preference | None:
    fact = find_fact(ctx, form.fact)
    amount = _amount(ctx, fact, form.fact) if fact else None
    if fact is None or amount is None:
        return None
    return Preference(
        Observation(fact.name, fact.label, fact.type, fact.unit, fact.value(EVER), "is"), amount, form.weight
    )


def _amount(ctx: Context, fact: Fact, name: Name) -> Expr | None:
    """Return how much there is of a fact; None, with a problem, for what has no amount."""
    match fact.type.kind:
        case Kind.TRUTH | Kind.NUMBER:
            return fact.value(EVER)
        case Kind.DURATION:
            return MonthsBetween(fact.value(EVER), AS_OF)
        case Kind.LABEL if fact.type.labels is not None and fact.type.labels.ordered():
            return fact.value(EVER)
        case _:
            message = phrase(
                en="`{name}` has no amount that can be weighed",
                id="`{name}` tidak punya besaran yang dapat ditimbang",
                name=name.text,
            )
            help = phrase(
                en="weigh what is so or not, a number, a length of time, or a value with an order",
                id="timbang ya atau tidak, bilangan, lama waktu, atau nilai yang berurutan",
            )
            ctx.problems.add("type-mismatch", message, name.place, help)
            return None


def _capacity(ctx: Context, given: Operand) -> int | None:
    found = operand(ctx, given, NUMBER)
    if isinstance(found, Literal) and isinstance(found.value, int) and found.value > 0:
        return found.value
    if found is not None:
        help = phrase(
            en="write it, or name a `value` that holds it", id="tulis bilangannya, atau sebut `value` yang memuatnya"
        )
        ctx.problems.add(
            "wrong-value",
            phrase(en="a capacity is a number above zero", id="daya tampung adalah bilangan di atas nol"),
            given.place,
            help,
        )
    return None
