"""Rules: what is written under promotions, awards, duties and mentoring becomes rules of one day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from asnpolicy.language.facts import FACTS
from asnpolicy.language.nodes import Scope
from asnpolicy.language.rules import Effect, Rule
from asnpolicy.people import OPEN
from asnpolicy.policy.dated import BEGINNING
from asnpolicy.policy.elaborate.conditions import condition
from asnpolicy.policy.elaborate.context import Context
from asnpolicy.policy.elaborate.criteria import check_shared
from asnpolicy.policy.elaborate.duties import duty
from asnpolicy.policy.elaborate.figures import figure
from asnpolicy.policy.elaborate.leaving import in_service, in_service_then, leaving
from asnpolicy.policy.elaborate.mentoring import mentoring
from asnpolicy.policy.elaborate.promotions import award, promotion
from asnpolicy.policy.elaborate.site import Site
from asnpolicy.policy.merged import Merged
from asnpolicy.policy.surface.names import Name
from asnpolicy.policy.surface.rules import (
    RULE_SECTIONS,
    AdditionForm,
    AwardForm,
    DutyForm,
    LeavingForm,
    MentoringForm,
    PromotionForm,
    RuleSection,
)
from asnpolicy.problems import Problems

_EVERYBODY: tuple[tuple[str, Scope], ...] = (
    ("opening", "opening"), ("mentor", "mentor"), ("mentee", "mentee"), ("pair", "pair"),
)  # fmt: skip
_OF_A_RULE = frozenset({"no-target", "no-period", "not-covered"})
"""Problems that a shared condition has only for want of a rule around it."""


@dataclass(slots=True)
class Elaboration:
    """Turns the declarations of a merged policy into rules, one day at a time."""

    policy: Merged
    problems: Problems
    _stays: dict[tuple[str, str], tuple[date, list[Rule]]] = field(default_factory=dict)
    """What a declaration came to, and the day before which it would come to the same again."""
    _service: dict[tuple[tuple[Rule, ...], str | None], list[Rule]] = field(default_factory=dict)
    """The events of leaving, and the rule that nobody has left by one, or will have when something takes effect."""

    def rules(self, day: date) -> tuple[Rule, ...]:
        """Return all rules that are in force on a day."""
        found: list[Rule] = []
        for section in RULE_SECTIONS:
            for name in sorted(self.policy.names(section)):
                site = self._site(section, name, day)
                if site is not None and site.form.span.holds(day) and not self._taken_away(site):
                    found += self._built(section, site)
        events = tuple(rule for rule in found if rule.kind == "leaving")
        if not events:
            return tuple(found)
        later = any(rule.part == "left" for rule in events)
        own = (rule.takes_effect for rule in found if later and rule.takes_effect and not rule.follows)
        effects = {one.name: one for one in own if one.name}
        then = (one for _, one in sorted(effects.items()))
        return (*found, *self._in_service(events), *(rule for one in then for rule in self._in_service(events, one)))

    def _in_service(self, events: tuple[Rule, ...], effect: Effect | None = None) -> list[Rule]:
        """Build the rule of being in service, or return it as it was while its events are the same."""
        key = events, None if effect is None else effect.name
        if key not in self._service:
            self._service[key] = [in_service(events)] if effect is None else in_service_then(events, effect)
        return self._service[key]

    def _site(self, section: RuleSection, name: str, day: date) -> Site | None:
        declared = self.policy.declared(section, name)
        form = declared.form if declared else None
        if declared is None or form is None or isinstance(form, AdditionForm):
            return None
        added = self.policy.additions(section, name)
        return Site(self.policy, self.problems, name, declared.place, form, added, day)

    def _built(self, section: str, site: Site) -> list[Rule]:
        """Build a rule for a day, or return it as it was built for an earlier day when nothing it uses has changed."""
        key = section, site.name
        until, rules = self._stays.get(key, (BEGINNING, []))
        if site.day >= until:
            rules = _rules(site)
            if site.weak:
                rules = [replace(rule, loose=True) for rule in rules]
            until = min((day for day in site.turns if day > site.day), default=OPEN)
            self._stays[key] = until, rules
        return rules

    def _taken_away(self, site: Site) -> bool:
        return self.policy.lawful and site.form.standing == "illustrative"

    def check_shared(self, day: date) -> None:
        """Check shared conditions and figures, used or not; what only a rule can give them is not asked for."""
        found = Problems(sources=self.problems.sources)
        ctx = Context(
            day=day, policy=self.policy, problems=found, figure=figure, condition=condition,
            scopes=_EVERYBODY, allows=frozenset(f.protected for f in FACTS.values() if f.protected),
        )  # fmt: skip
        for name in sorted(self.policy.names("conditions")):
            if (shared := self.policy.shared(name)) is not None:
                check_shared(ctx, shared)
        for name in sorted(self.policy.names("figures")):
            declared, form = self.policy.layers("figures", name)[0], self.policy.figure(name)
            figure(ctx.within(form.of.text if form and form.of else None), Name(name, declared.place))
        self.problems.found += [problem for problem in found.found if problem.code not in _OF_A_RULE]


def _rules(site: Site) -> list[Rule]:
    form = site.form
    match form:
        case PromotionForm():
            return promotion(site, form)
        case AwardForm():
            return award(site, form)
        case DutyForm():
            return duty(site, form)
        case MentoringForm():
            return mentoring(site, form)
        case LeavingForm():
            return leaving(site, form)
        case _:
            assert_never(form)
