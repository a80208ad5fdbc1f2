"""Engine: the object users hold; it decides, explains and assesses by one policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asnpolicy.backends import registry
from asnpolicy.backends.definition import Definition
from asnpolicy.backends.statuses import BackEnd, statuses_of
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.figure import FigureValue, worked_out
from asnpolicy.decisions.waivers import Waiver, check, waiving
from asnpolicy.language.lower import Binder
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import Program
from asnpolicy.people import Agency, Employee, Opening, candidacy, pair
from asnpolicy.people.agency import NO_AGENCY, NO_CANDIDACY
from asnpolicy.policy import library
from asnpolicy.policy.elaborate.figures import Named, named
from asnpolicy.policy.policy import Policy
from asnpolicy.problems import PolicyError, Problem, refusal, suggest
from asnpolicy.version import VERSION

if TYPE_CHECKING:
    from asnpolicy.decisions.mentoring.assignment import Assignment
    from asnpolicy.decisions.mentoring.orders import Pairing
    from asnpolicy.decisions.mentoring.scheme import Scheme
    from asnpolicy.fairness.answer import Answer
    from asnpolicy.fairness.questions import PolicyQuestion


@dataclass(frozen=True, slots=True)
class Assessment:
    """All decisions of one policy about one person on one day."""

    promotions: tuple[Decision, ...]
    recognitions: tuple[Decision, ...]
    duties: tuple[Decision, ...]
    mentoring: tuple[Decision, ...]

    def __iter__(self) -> Any:
        return iter((*self.promotions, *self.recognitions, *self.duties, *self.mentoring))


class Engine:
    """A policy ready to decide. Immutable; safe to share between threads; pickles by its sources.

    >>> from datetime import date
    >>> engine = Engine.load("nasional")
    >>> person = Employee(nip="199001012022211001", employment="PPPK")
    >>> engine.decide(person, "kenaikan-pangkat-reguler", as_of=date(2026, 10, 1)).verdict.value
    'not_applicable'
    """

    def __init__(self, policy: Policy, backend: str = "compiled") -> None:
        self.policy = policy
        self.backend = backend
        self._prepared = lru_cache(maxsize=64)(self._prepare)
        self._defined = lru_cache(maxsize=64)(Definition)
        self._figures = lru_cache(maxsize=256)(self._figure)
        registry.check(backend)

    @classmethod
    def load(cls, region: str | Path, *, backend: str = "compiled") -> Engine:
        """Load a shipped region by its name, or any folder of policy files.

        Raises PolicyError, which holds every problem of the policy with its place; also for a back end that is not
        there or not installed, and for what the system refuses, such as a name that is too long.
        """
        try:
            return cls(library.load(region), backend)
        except OSError as error:
            raise refusal(error) from None

    def __reduce__(self) -> tuple[Any, ...]:
        return _load, (str(self.policy.paths[0]), self.backend)

    def _prepare(self, program: Program) -> BackEnd:
        return registry.prepare(self.backend, program)

    @property
    def rules(self) -> tuple[str, ...]:
        """Name every rule of the policy, of whatever day."""
        return self.policy.rules

    def decide(
        self,
        employee: Employee,
        rule: str,
        *,
        as_of: date,
        target: str | Opening | None = None,
        agency: Agency = NO_AGENCY,
        mentor: Employee | None = None,
        waivers: Iterable[Waiver] = (),
    ) -> Decision:
        """Decide one rule for one person on one day.

        `target` is the opening (or its id in the agency) that a promotion into a post leads to; `mentor` is the
        partner of a pair rule, whose mentee is `employee`. Raises PolicyError for a rule or an opening that is not
        there, for a day before the policy begins, and for a waiver of what is not there or can't be waived.
        """
        program = self.policy.program(as_of)
        question = self._question(employee, as_of, target, agency, mentor)
        given = self._own(waivers, employee)
        return self._decide(program, rule, question, employee, given, _id_of(target))

    def _own(self, waivers: Iterable[Waiver], employee: Employee) -> tuple[Waiver, ...]:
        given = tuple(waivers)
        self.check_waivers(given)
        return tuple(one for one in given if one.nip == employee.nip)

    def _decide(
        self,
        program: Program,
        rule: str,
        question: Question,
        employee: Employee,
        waivers: tuple[Waiver, ...],
        opening: str | None = None,
    ) -> Decision:
        found = _rules_of(program).get(rule)
        if found is None:
            raise _unknown_rule(rule, self.rules, question.as_of)
        definition, backend = self._defined(program), self._prepared(program)
        if waivers:
            waives = waiving(waivers, employee.nip, question.as_of)
            statuses = statuses_of(definition.outcome(rule, question, waives))
        else:
            statuses = backend.decide(rule, question)
        return Decision(
            found, question, statuses, self.policy.region, self.policy.digest, VERSION,
            definition, backend, employee, waivers, opening,
        )  # fmt: skip

    def _question(
        self, employee: Employee, as_of: date, target: str | Opening | None, agency: Agency, mentor: Employee | None
    ) -> Question:
        person = employee.view(as_of)
        opening = agency.opening(target) if isinstance(target, str) else target
        if isinstance(target, str) and opening is None:
            raise _unknown_opening(target, agency)
        before = candidacy(person, opening, as_of) if opening is not None else NO_CANDIDACY
        if mentor is None:
            return Question(as_of, person, before, agency=agency)
        senior = mentor.view(as_of)
        return Question(as_of, person, before, senior, person, pair(senior, person, agency, as_of), agency)

    def figure(
        self,
        employee: Employee,
        name: str,
        *,
        as_of: date,
        target: str | Opening | None = None,
        agency: Agency = NO_AGENCY,
    ) -> FigureValue:
        """Work out one figure of the policy for one person on one day, such as `ak_dalam_jenjang` or `kotak_talenta`.

        Raises PolicyError for a figure or an opening that is not there, and for a day before the policy begins.
        """
        program = self.policy.program(as_of)
        found = self._figures(name, as_of)
        if found is None:
            raise _unknown_figure(name, sorted(self.policy.merged.names("figures")))
        question = self._question(employee, as_of, target, agency, None)
        return worked_out(found, self._defined(program).meaning(question))

    def prove(self, question: PolicyQuestion, *, since: date, timeout: int = 10_000, seed: int = 0) -> Answer:
        """Return the answer to a question about the policy itself, for every day from one on (`asnpolicy.fairness`).

        `timeout`: milliseconds for one search; what takes longer is unknown. `seed`: of the solver; no answer depends on it.
        Raises PolicyError for a rule, a criterion or a policy that is not there, and where the extra `prove` is not installed.
        """
        return question.ask(self, since, timeout=timeout, seed=seed)

    def _figure(self, name: str, as_of: date) -> Named | None:
        found = named(self.policy.merged, name, as_of)
        return None if found is None else replace(found, value=Binder(as_of).node(found.value))

    def assess(
        self,
        employee: Employee,
        *,
        as_of: date,
        agency: Agency = NO_AGENCY,
        rules: Iterable[str] | None = None,
        waivers: Iterable[Waiver] = (),
    ) -> Assessment:
        """Decide every rule that can be asked of one person alone, and every opening of the agency.

        Raises PolicyError as `decide` does.
        """
        self.check_asked(as_of, rules)
        given = self._own(waivers, employee)
        program = self.policy.program(as_of)
        wanted = None if rules is None else set(rules)
        alone = [(self._question(employee, as_of, None, agency, None), None)]
        before = [(self._question(employee, as_of, one, agency, None), one.id) for one in agency.openings] or alone
        kinds: dict[str, list[Decision]] = {"promotion": [], "award": [], "duty": [], "mentoring": [], "mentor": []}
        for rule in program.rules:
            if rule.kind in kinds and (wanted is None or rule.id in wanted):
                asked = before if rule.into_post else alone
                kinds[rule.kind] += [
                    self._decide(program, rule.id, q, employee, given, opening) for q, opening in asked
                ]
        mentoring = kinds["mentoring"] + kinds["mentor"]
        return Assessment(tuple(kinds["promotion"]), tuple(kinds["award"]), tuple(kinds["duty"]), tuple(mentoring))

    def assign_mentors(
        self,
        people: Iterable[Employee],
        *,
        as_of: date,
        rule: str,
        agency: Agency = NO_AGENCY,
        objective: str = "stable",
        seed: str | int | None = None,
        keep: Iterable[Pairing] = (),
        forced: Iterable[Pairing] = (),
        forbidden: Iterable[Pairing] = (),
        places: Mapping[str, int] | None = None,
        keys: Mapping[str, str] | None = None,
    ) -> Assignment:
        """Assign mentors among people by a mentoring rule of the policy, with the reasons for each pair.

        `objective` is `stable`, `total` or `max-min`; the last two need the extra `mentoring`. Those who are equal are told
        apart by a lottery: `seed` is published with the result, and is by default the region, the rule and the day; `keys`
        may give each NIP an opaque key, without which what is on record serves, but for protected data. Pairs in `keep` stay
        unless a limit breaks, `forced` ones must meet every limit; `places` gives single mentors fewer places than the rule.

        Raises PolicyError for a rule that is not there or assigns nobody, a day before the policy begins, a person who is
        there twice, pairs that contradict themselves or name nobody, and an objective whose extra is not installed.
        """
        from asnpolicy.decisions.mentoring.assign import Request, assign  # noqa: PLC0415  # wanted by few
        from asnpolicy.decisions.mentoring.orders import Orders  # noqa: PLC0415
        from asnpolicy.decisions.mentoring.result import assignment  # noqa: PLC0415

        orders = Orders(tuple(keep), tuple(forced), tuple(forbidden), dict(places or {}))
        drawn_by = f"{self.policy.region} {rule} {as_of}" if seed is None else str(seed)
        wanted = Request.of(objective, drawn_by, orders, keys)
        made = assign(self._scheme(rule, as_of, agency), people, wanted)
        return assignment(made, self.policy.region, self.policy.digest)

    def _scheme(self, rule: str, as_of: date, agency: Agency) -> Scheme:
        from asnpolicy.decisions.mentoring.scheme import Scheme  # noqa: PLC0415

        program = self.policy.program(as_of)
        found = _rules_of(program).get(rule)
        if found is None:
            raise _unknown_rule(rule, self.rules, as_of)
        if found.kind != "mentoring":
            raise _not_mentoring(rule, [one.id for one in program.rules if one.kind == "mentoring"])
        by_definition = self.backend == "definition"
        return Scheme(found, self._prepared(program), self._defined(program), as_of, agency, by_definition)

    def check_asked(self, as_of: date, rules: Iterable[str] | None) -> None:
        """Raise PolicyError for a day before the policy begins, or a rule that is not there on it."""
        there = _rules_of(self.policy.program(as_of))
        for name in rules or ():
            if name not in there:
                raise _unknown_rule(name, self.rules, as_of)

    def check_waivers(self, waivers: Iterable[Waiver]) -> None:
        """Raise PolicyError for a waiver of a rule or a criterion that is not there, or that nobody may waive."""
        check(waivers, self.policy.programs)


def _id_of(target: str | Opening | None) -> str | None:
    return target.id if isinstance(target, Opening) else target


@lru_cache(maxsize=256)
def _rules_of(program: Program) -> Mapping[str, Any]:
    return {rule.id: rule for rule in program.rules}


def _load(path: str, backend: str) -> Engine:
    return Engine.load(Path(path), backend=backend)


def _unknown_rule(rule: str, known: tuple[str, ...], as_of: date) -> PolicyError:
    if rule in known:
        message, help_ = f"`{rule}` is not in force on {as_of}", "ask for a later day"
    else:
        close = suggest(rule, known)
        message = f"unknown rule `{rule}`"
        help_ = f"did you mean `{close}`?" if close else f"there is: {', '.join(known)}"
    return PolicyError([Problem("unknown-rule", message, help=help_)])


def _not_mentoring(rule: str, known: list[str]) -> PolicyError:
    help_ = f"there is: {', '.join(known) or 'none'}"
    return PolicyError([Problem("not-mentoring", f"`{rule}` assigns no mentors", help=help_)])


def _unknown_figure(name: str, known: list[str]) -> PolicyError:
    close = suggest(name, known)
    help_ = f"did you mean `{close}`?" if close else f"there is: {', '.join(known) or 'none'}"
    return PolicyError([Problem("unknown-figure", f"unknown figure `{name}`", help=help_)])


def _unknown_opening(target: str, agency: Agency) -> PolicyError:
    known = [opening.id for opening in agency.openings]
    close = suggest(target, known)
    help_ = f"did you mean `{close}`?" if close else f"the agency has: {', '.join(known) or 'none'}"
    return PolicyError([Problem("unknown-opening", f"unknown opening `{target}`", help=help_)])
