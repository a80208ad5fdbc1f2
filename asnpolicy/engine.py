"""Engine: the object users hold; it decides, explains and assesses by one policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asnpolicy.decisions.decider import Decider, unknown_opening, unknown_rule
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.figure import FigureValue, worked_out
from asnpolicy.decisions.waivers import Waiver, check
from asnpolicy.language.lower import Binder
from asnpolicy.people import Agency, Employee, Opening
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.policy import library
from asnpolicy.policy.elaborate.figures import Named, named
from asnpolicy.policy.policy import Policy
from asnpolicy.problems import PolicyError, Problem, meant, refusal
from asnpolicy.version import VERSION

if TYPE_CHECKING:
    from asnpolicy.decisions.certificate import Certificate
    from asnpolicy.decisions.mentoring.assignment import Assignment
    from asnpolicy.decisions.mentoring.orders import Pairing
    from asnpolicy.decisions.mentoring.scheme import Scheme
    from asnpolicy.decisions.path import CareerPath
    from asnpolicy.decisions.plan import PlanEntry
    from asnpolicy.decisions.talent.mapping import Mapper
    from asnpolicy.decisions.talent.succession import SuccessionList
    from asnpolicy.decisions.talent.talent import TalentMap
    from asnpolicy.decisions.timeline import Assumption, Timeline
    from asnpolicy.decisions.verification import Verification
    from asnpolicy.fairness.answer import Answer
    from asnpolicy.fairness.questions import PolicyQuestion


@dataclass(frozen=True, slots=True)
class Assessment:
    """All decisions of one policy about one person on one day."""

    promotions: tuple[Decision, ...]
    recognitions: tuple[Decision, ...]
    duties: tuple[Decision, ...]
    mentoring: tuple[Decision, ...]

    @property
    def talent(self) -> tuple[Decision, ...]:
        """Those of talent management among them: screening, whether results count, the pool, what the box recommends."""
        from asnpolicy.decisions.talent.mapping import POOL, SCREENING, TAG, VALIDITY  # noqa: PLC0415  # wanted by few

        own = (SCREENING, VALIDITY, POOL)
        return tuple(one for one in self if one.rule.id in own or TAG in one.rule.tags)

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
        self._decider = Decider(policy, backend)
        self._figures = lru_cache(maxsize=256)(self._figure)

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
        question = self._decider.question(employee, as_of, target, agency, mentor)
        given = self._decider.own(waivers, employee)
        return self._decider.decide(program, rule, question, employee, given, _id_of(target))

    def verify(self, certificate: Certificate) -> Verification:
        """Decide a certificate again, from itself alone, by this policy: reproduced, or what differs.

        What findings of the data left unknown is taken over from the certificate, and so is the day of an event that the
        rule follows. Raises PolicyError for a rule or a day that the policy does not have.
        """
        from asnpolicy.decisions.verification import verified  # noqa: PLC0415  # wanted by few

        self.check_asked(certificate.as_of, [certificate.rule])
        self.check_waivers(certificate.waivers)
        program = self.policy.program(certificate.as_of)
        return verified(certificate, partial(self._decider.on, program, certificate.rule))

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
        question = self._decider.question(employee, as_of, target, agency, None)
        return worked_out(found, self._decider.defined(program).meaning(question))

    def prove(self, question: PolicyQuestion, *, since: date, timeout: int = 30_000, seed: int = 0) -> Answer:
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
        given = self._decider.own(waivers, employee)
        program = self.policy.program(as_of)
        wanted = None if rules is None else set(rules)
        alone = [(self._decider.question(employee, as_of, None, agency, None), None)]
        before = [
            (self._decider.question(employee, as_of, one, agency, None), one.id) for one in agency.openings
        ] or alone
        kinds: dict[str, list[Decision]] = {"promotion": [], "award": [], "duty": [], "mentoring": [], "mentor": []}
        for rule in program.rules:
            if rule.kind in kinds and (wanted is None or rule.id in wanted):
                asked = before if rule.into_post else alone
                kinds[rule.kind] += [
                    self._decider.decide(program, rule.id, q, employee, given, opening) for q, opening in asked
                ]
        mentoring = kinds["mentoring"] + kinds["mentor"]
        return Assessment(tuple(kinds["promotion"]), tuple(kinds["award"]), tuple(kinds["duty"]), tuple(mentoring))

    def timeline(
        self,
        employee: Employee,
        rule: str,
        *,
        since: date,
        until: date,
        target: str | Opening | None = None,
        agency: Agency = NO_AGENCY,
        mentor: Employee | None = None,
        waivers: Iterable[Waiver] = (),
        assume: Iterable[Assumption] = (),
    ) -> Timeline:
        """Decide one rule for one person on every day of `since <= day < until`, in segments on which nothing changes.

        Days after `employee.known_on` are as things stood then, and with what is assumed: a predicate for each coming year,
        a training on a day. Raises PolicyError as `decide` does, for no days at all, and for a wrong assumption.
        """
        from asnpolicy.decisions.timeline.over_time import OverTime  # noqa: PLC0415  # wanted by few

        own = self._decider.own(waivers, employee)
        asked = OverTime(
            self.policy,
            employee,
            since,
            until,
            self._decider.question,
            self._decider.decide,
            self._decider.prepared,
            agency,
            own,
            tuple(assume),
        )
        return asked.timeline(rule, target, mentor)

    def timelines(
        self,
        employee: Employee,
        *,
        since: date,
        until: date,
        agency: Agency = NO_AGENCY,
        waivers: Iterable[Waiver] = (),
        assume: Iterable[Assumption] = (),
        kinds: Iterable[str] | None = None,
    ) -> tuple[Timeline, ...]:
        """Decide every rule that can be asked of one person alone, and every opening of the agency, on every day.

        `kinds` asks only for rules of some kinds: `promotion`, `award`, `duty`, `mentoring`, `mentor`. Raises PolicyError as `timeline` does.
        """
        from asnpolicy.decisions.timeline.over_time import OverTime  # noqa: PLC0415

        own = self._decider.own(waivers, employee)
        return OverTime(
            self.policy,
            employee,
            since,
            until,
            self._decider.question,
            self._decider.decide,
            self._decider.prepared,
            agency,
            own,
            tuple(assume),
        ).all(None if kinds is None else frozenset(kinds))

    def path(
        self,
        employee: Employee,
        *,
        as_of: date,
        agency: Agency = NO_AGENCY,
        goal: str | None = None,
        assume: Iterable[Assumption] = (),
        waivers: Iterable[Waiver] = (),
    ) -> CareerPath:
        """Return every promotion that may come next for a person: its earliest day, what it needs, what would change a no.

        `goal` is a rank (`IV/a`), a level (`Ahli Madya`), a kind of post (`administrator`) or an opening of the agency: the
        path then has the ladder to it, step after step. Days to come are as things stand, and with what is assumed. Raises
        PolicyError for a day before the policy begins, a goal that there is not, and a wrong assumption.
        """
        from asnpolicy.decisions.path.made import Roadmap  # noqa: PLC0415  # wanted by few

        own = self._decider.own(waivers, employee)
        return Roadmap.of(self, employee, as_of, agency, assume, own).path(goal)

    def plan(
        self,
        people: Iterable[Employee],
        *,
        period: date,
        as_of: date,
        agency: Agency = NO_AGENCY,
        rules: Iterable[str] | None = None,
        assume: Iterable[Assumption] = (),
        waivers: Iterable[Waiver] = (),
    ) -> Iterator[PlanEntry]:
        """Return, person by person, who can be proposed for a promotion period, who lacks what, and who leaves before it.

        `as_of` is the day on which the registers were known, for whoever has no `known_on`. Raises PolicyError for a period
        on which nothing takes effect or which is past, a rule that is no promotion, and a wrong assumption or waiver.
        """
        from asnpolicy.decisions.plan import Planning  # noqa: PLC0415  # wanted by few

        given = tuple(waivers)
        self.check_waivers(given)
        planning = Planning.of(self, period, as_of, agency, rules, assume, given)
        return (entry for person in people for entry in planning.entries(person))

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
        found = program.by_id.get(rule)
        if found is None:
            raise unknown_rule(rule, self.rules, as_of)
        if found.kind != "mentoring":
            raise _not_mentoring(rule, [one.id for one in program.rules if one.kind == "mentoring"])
        by_definition = self.backend == "definition"
        return Scheme(
            found, self._decider.prepared(program), self._decider.defined(program), as_of, agency, by_definition
        )

    def talent(
        self, people: Iterable[Employee], *, as_of: date, agency: Agency = NO_AGENCY, unit: str | None = None
    ) -> TalentMap:
        """Map people into the nine boxes of performance and potential, with what the policy recommends for each box.

        Screening comes first; results that are older than the policy lets them count leave the box unknown. `unit` keeps to
        a unit and those below it. Raises PolicyError for a policy or a day without talent management, a person who is there
        twice, and a unit that is not there. Source: PermenPANRB 3/2020.
        """
        from asnpolicy.decisions.mentoring.assign import by_number  # noqa: PLC0415  # wanted by few
        from asnpolicy.decisions.talent import mapping  # noqa: PLC0415
        from asnpolicy.decisions.talent.talent import TalentMap  # noqa: PLC0415

        mapper = self._mapper(as_of, agency)
        those, unknown = mapping.of_unit(by_number(people).values(), unit, agency)
        return TalentMap(
            self.policy.region, as_of, self.policy.program(as_of).by_id[mapping.POOL].basis, unit, mapper.unit_name(unit),
            self.policy.digest, VERSION, tuple(map(mapper.place, those)), unknown,
        )  # fmt: skip

    def _mapper(self, as_of: date, agency: Agency) -> Mapper:
        from asnpolicy.decisions.talent.mapping import BOX, Mapper  # noqa: PLC0415  # wanted by few

        return Mapper(
            self.policy.program(as_of).rules, agency,
            lambda person, rule: self.decide(person, rule, as_of=as_of, agency=agency),
            lambda person: self.figure(person, BOX, as_of=as_of, agency=agency),
        )  # fmt: skip

    def successors(
        self,
        opening: str | Opening,
        people: Iterable[Employee],
        *,
        as_of: date,
        agency: Agency = NO_AGENCY,
        seed: str | int | None = None,
        keys: Mapping[str, str] | None = None,
    ) -> SuccessionList:
        """List who of the succession pool could follow in a vacant post, and what each still lacks for it.

        The order is published with the list and reads nothing else of a person: readiness, the talent box, how many gaps.
        Equals share a position and stand in the order of a lottery: `seed` and `keys` as for `assign_mentors`. Raises
        PolicyError for an opening that is not there, and as `talent` does.
        """
        from asnpolicy.decisions.mentoring.assign import by_number  # noqa: PLC0415  # wanted by few
        from asnpolicy.decisions.talent.mapping import POOL  # noqa: PLC0415
        from asnpolicy.decisions.talent.succession import Succession, SuccessionList  # noqa: PLC0415

        target = agency.opening(opening) if isinstance(opening, str) else opening
        if target is None:
            raise unknown_opening(str(opening), agency)
        looking = Succession(
            self._mapper(as_of, agency), target,
            lambda person, rule: self.decide(person, rule, as_of=as_of, target=target, agency=agency), as_of,
        )  # fmt: skip
        drawn_by = f"{self.policy.region} {target.id} {as_of}" if seed is None else str(seed)
        found = looking.found(by_number(people).values(), drawn_by, keys)
        return SuccessionList(
            self.policy.region, as_of, target.id, target.title, target.unit, self.policy.program(as_of).by_id[POOL].basis,
            drawn_by, self.policy.digest, VERSION, found.candidates, found.not_applicable, found.outside_pool, found.undetermined,
        )  # fmt: skip

    def check_asked(self, as_of: date, rules: Iterable[str] | None) -> None:
        """Raise PolicyError for a day before the policy begins, or a rule that is not there on it."""
        there = self.policy.program(as_of).by_id
        for name in rules or ():
            if name not in there:
                raise unknown_rule(name, self.rules, as_of)

    def check_waivers(self, waivers: Iterable[Waiver]) -> None:
        """Raise PolicyError for a waiver of a rule or a criterion that is not there, or that nobody may waive."""
        check(waivers, self.policy.programs)


def _id_of(target: str | Opening | None) -> str | None:
    return target.id if isinstance(target, Opening) else target


def _load(path: str, backend: str) -> Engine:
    return Engine.load(Path(path), backend=backend)


def _not_mentoring(rule: str, known: list[str]) -> PolicyError:
    help_ = f"there is: {', '.join(known) or 'none'}"
    return PolicyError([Problem("not-mentoring", f"`{rule}` assigns no mentors", help=help_)])


def _unknown_figure(name: str, known: list[str]) -> PolicyError:
    return PolicyError([Problem("unknown-figure", f"unknown figure `{name}`", help=meant(name, known))])
