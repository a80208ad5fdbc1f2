"""Decider: how a policy decides one rule for one person on a day, and on the day of an event where the rule follows one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from asnpolicy.arguments import of_kind
from asnpolicy.backends import registry
from asnpolicy.backends.definition import Definition
from asnpolicy.backends.protocol import BackEnd, Statuses, statuses_of
from asnpolicy.decisions.assessment import ALONE, Assessment
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.figure import FigureValue, unknown_figure, worked_out
from asnpolicy.decisions.waivers import Waiver, check, waiving
from asnpolicy.decisions.workings import Workings
from asnpolicy.language.lower import Binder
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import FAILED, UNKNOWN, Program, Rule
from asnpolicy.people import Agency, Employee, Opening, candidacy, pair
from asnpolicy.people.agency import NO_CANDIDACY
from asnpolicy.policy.elaborate.figures import Named, named
from asnpolicy.policy.policy import Policy
from asnpolicy.problems import PolicyError, Problem, UnknownNameError, meant
from asnpolicy.text import phrase
from asnpolicy.version import VERSION

if TYPE_CHECKING:
    from asnpolicy.decisions.following import Event
    from asnpolicy.decisions.timeline.over_time import OverTime


class Decider:
    """A policy with a back end, prepared as its versions are asked for."""

    def __init__(self, policy: Policy, backend: str, *, verify: bool = False) -> None:
        self.policy, self.backend, self.verify = policy, backend, verify
        self.prepared = lru_cache(maxsize=64)(self._prepare)
        self.defined = lru_cache(maxsize=64)(Definition)
        self.lawful = lru_cache(maxsize=64)(policy.lawful)
        self._workings = lru_cache(maxsize=64)(
            lambda one: Workings(self.defined(one), self.prepared(one), self.lawful(one))
        )
        self._figures = lru_cache(maxsize=256)(self._figure)
        registry.maker(backend)

    def _prepare(self, program: Program) -> BackEnd:
        return registry.prepare(self.backend, program, verify=self.verify)

    def own(self, waivers: Iterable[Waiver], employee: Employee) -> tuple[Waiver, ...]:
        """Return the waivers of a person; raises PolicyError for one of what is not there or can't be waived."""
        given = tuple(waivers)
        self.check_waivers(given)
        return tuple(one for one in given if one.nip == employee.nip)

    def decide(
        self,
        program: Program,
        rule: str,
        question: Question,
        employee: Employee,
        waivers: tuple[Waiver, ...],
        opening: str | None = None,
        over_time: OverTime | None = None,
        statuses: Statuses | None = None,
    ) -> Decision:
        """Decide a rule for a question.

        `over_time` has the days of the person, where they are worked out for more than one; `statuses` are what the back end
        said of the rule already.
        """
        found = program.by_id.get(rule)
        if found is None:
            raise unknown_rule(rule, self.policy.rules, question.as_of)
        been = self._been(found, program, question) if found.follows else ()
        if been:
            days = self._days(question, employee) if over_time is None else over_time
            event = self._event(found, been, question, employee, days)
            if event is not None:
                return self._following(event, rule, question, employee, waivers, days)
        return self.on(program, rule, question, employee, waivers, opening, statuses=statuses)

    def on(
        self,
        program: Program,
        rule: str,
        question: Question,
        employee: Employee,
        waivers: tuple[Waiver, ...],
        opening: str | None = None,
        event: Event | None = None,
        statuses: Statuses | None = None,
    ) -> Decision:
        """Decide a rule as of the day of the question, whatever it follows; `statuses` are what the back end said already."""
        workings = self._workings(program)
        if waivers:
            waives = waiving(waivers, employee.nip, question.as_of)
            statuses = statuses_of(workings.definition.outcome(rule, question, waives))
        elif statuses is None:
            statuses = workings.backend.decide(rule, question)
        return Decision(
            program.by_id[rule], question, statuses, self.policy.region, self.policy.digest, VERSION,
            workings, employee, waivers, opening, event,
        )  # fmt: skip

    def _been(self, rule: Rule, program: Program, question: Question) -> tuple[str, ...]:
        """Return the events that a rule follows and that may hold on the day of a question."""
        backend, there = self.prepared(program), program.by_id
        return tuple(one for one in rule.follows if one in there and _may_have_been(backend.decide(one, question)))

    def _days(self, question: Question, employee: Employee) -> OverTime:
        """Return the day of a question, and those before it as they are asked for."""
        from asnpolicy.decisions.timeline.over_time import OverTime  # noqa: PLC0415  # of few people

        since, until = question.as_of, question.as_of + timedelta(days=1)
        return OverTime(self.policy, employee, since, until, self.question, self.decide, self.prepared, question.agency)

    def _event(
        self, rule: Rule, been: tuple[str, ...], question: Question, employee: Employee, days: OverTime
    ) -> Event | None:
        """Return the first of some events that a rule follows, by the day of a question; None when none has been."""
        from asnpolicy.decisions.following import event_of  # noqa: PLC0415

        begins = min(one.since for one in self.policy.programs if rule.id in one.by_id)
        since = max(self.policy.programs[0].since, begins - timedelta(days=1))
        found = [event_of(days.event(one, employee, since, question.as_of), begins, question.as_of) for one in been]
        return min((one for one in found if one is not None), key=lambda one: (one.day, one.sure), default=None)

    def _following(
        self, event: Event, rule: str, question: Question, employee: Employee, waivers: tuple[Waiver, ...],
        days: OverTime,
    ) -> Decision:  # fmt: skip
        """Decide a rule on the day of an event; where that is not sure it is undetermined, unless it is never for the person."""
        day = event.day if event.sure and not event.before else event.asked_on
        asked = self.question(employee, day, None, question.agency, None)
        one = self.on(self.policy.program(day), rule, asked, employee, waivers, event=event)
        if event.sure and not event.before:
            return one
        never = one.statuses.applies == FAILED and self._never(event, rule, employee, days)  # it is for the person that day
        applies = FAILED if event.before or never else UNKNOWN
        return replace(one, statuses=one.statuses._replace(applies=applies))

    def _never(self, event: Event, rule: str, employee: Employee, days: OverTime) -> bool:
        """Tell whether a rule is not for a person on any day on which an event may have been."""

        def decide(program: Program, rule: str, question: Question, *others: Any) -> Decision:
            return self.on(program, rule, question, *others[:3])  # whatever it follows

        those = days.apart(rule, employee, event.day, event.asked_on, decide)
        return all(one.result in ("not_applicable", "not_in_force") for one in those)

    def assess(
        self, program: Program, employee: Employee, as_of: date, agency: Agency, wanted: Collection[str] | None,
        waivers: tuple[Waiver, ...],
    ) -> Assessment:  # fmt: skip
        """Decide every rule (None), or some, that can be asked of one person alone, and every opening of the agency."""
        alone = [(self.question(employee, as_of, None, agency, None), None)]
        before = [(self.question(employee, as_of, one, agency, None), one.id) for one in agency.openings] or alone
        kinds: dict[str, list[Decision]] = {kind: [] for kind in ALONE}
        for rule in program.rules:
            if rule.kind in kinds and (wanted is None or rule.id in wanted):
                questions, decide = before if rule.into_post else alone, self.decide if rule.follows else self.on
                kinds[rule.kind] += [decide(program, rule.id, q, employee, waivers, opening) for q, opening in questions]
        mentoring = kinds["mentoring"] + kinds["mentor"]
        return Assessment(tuple(kinds["promotion"]), tuple(kinds["award"]), tuple(kinds["duty"]), tuple(mentoring))

    def figure(self, program: Program, name: str, question: Question) -> FigureValue:
        """Work out a figure for a question; raises PolicyError for one that is not there."""
        figure = self._figures(name, question.as_of)
        if figure is None:
            raise unknown_figure(name, sorted(self.policy.merged.names("figures")))
        return worked_out(figure, self.defined(program).meaning(question))

    def _figure(self, name: str, as_of: date) -> Named | None:
        figure = named(self.policy.merged, name, as_of)
        return None if figure is None else replace(figure, value=Binder(as_of).node(figure.value))

    def check_asked(self, as_of: date, rules: Iterable[str]) -> None:
        """Raise PolicyError for a day before the policy begins, or a rule that is not there on it."""
        there = self.policy.program(as_of).by_id
        for name in rules:
            if name not in there:
                raise unknown_rule(name, self.policy.rules, as_of)

    def check_waivers(self, waivers: Iterable[Waiver]) -> None:
        """Raise PolicyError for a waiver of a rule or a criterion that is not there, or that nobody may waive."""
        check(waivers, self.policy.programs)

    def question(
        self, employee: Employee, as_of: date, target: str | Opening | None, agency: Agency, mentor: Employee | None
    ) -> Question:
        """Put somebody before an opening or beside a mentor, as decisions of a day see them."""
        if not isinstance(employee, Employee):
            of_kind(employee, Employee, "employee", ": make one with `Employee.model_validate(…)`")
        person = employee.view(as_of)
        opening = None if target is None else opening_of(target, agency)
        before = candidacy(person, opening, as_of) if opening is not None else NO_CANDIDACY
        if mentor is None:
            return Question(as_of, person, before, agency=agency)
        senior = mentor.view(as_of)
        return Question(as_of, person, before, senior, person, pair(senior, person, agency, as_of), agency)


def _may_have_been(statuses: Statuses) -> bool:
    return FAILED not in (statuses.applies, statuses.holds)


def unknown_rule(rule: str, known: tuple[str, ...], as_of: date) -> PolicyError:
    """Say that there is no such rule, or not on the day."""
    of_kind(rule, str, "rule")
    if rule in known:
        message, help_ = (
            phrase(
                en="`{rule}` is not in force on {as_of}",
                id="`{rule}` tidak berlaku pada {as_of}",
                rule=rule,
                as_of=as_of,
            ),
            phrase(en="ask for a later day", id="tanyakan hari yang lebih kemudian"),
        )
    else:
        message, help_ = (
            phrase(en="unknown rule `{rule}`", id="aturan `{rule}` tidak dikenal", rule=rule),
            meant(rule, known),
        )
    return UnknownNameError([Problem("unknown-rule", message, help=help_)])


def not_in_force(rule: str, since: date) -> UnknownNameError:
    """Say that a rule is in force on no day from one on."""
    message = phrase(
        en="`{rule}` is not in force on {since} or later",
        id="`{rule}` tidak berlaku pada {since} atau sesudahnya",
        rule=rule,
        since=since,
    )
    help_ = phrase(en="ask for an earlier day", id="tanyakan hari yang lebih awal")
    return UnknownNameError([Problem("unknown-rule", message, help=help_)])


def opening_of(target: str | Opening, agency: Agency) -> Opening:
    """Return an opening, or that of an agency with an id; raises PolicyError for one that is not there."""
    opening = agency.opening(target) if isinstance(target, str) else target
    if opening is None:
        raise _unknown_opening(str(target), agency)
    return opening


def _unknown_opening(target: str, agency: Agency) -> PolicyError:
    help_ = meant(target, [opening.id for opening in agency.openings])
    return UnknownNameError(
        [
            Problem(
                "unknown-opening",
                phrase(en="unknown opening `{target}`", id="jabatan lowong `{target}` tidak dikenal", target=target),
                help=help_,
            )
        ]
    )
