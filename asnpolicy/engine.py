"""Engine: the object users hold; it decides, explains and assesses by one policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asnpolicy.arguments import a_day, names
from asnpolicy.backends import registry
from asnpolicy.people import Agency, Employee, Opening
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.problems import missing_extra, refusal
from asnpolicy.version import VERSION

if TYPE_CHECKING:
    from polars import DataFrame

    from asnpolicy.decisions import Decision, FigureValue, Waiver
    from asnpolicy.decisions.assessment import Assessment
    from asnpolicy.decisions.card import CareerCard
    from asnpolicy.decisions.certificate import Certificate
    from asnpolicy.decisions.frame import FrameMaker
    from asnpolicy.decisions.mentoring.assignment import Assignment
    from asnpolicy.decisions.mentoring.orders import Pairing
    from asnpolicy.decisions.path import CareerPath
    from asnpolicy.decisions.plan import PlanEntry
    from asnpolicy.decisions.summary import Summary
    from asnpolicy.decisions.summary.counting import Counting
    from asnpolicy.decisions.talent.mapping import Mapper
    from asnpolicy.decisions.talent.succession import SuccessionList
    from asnpolicy.decisions.talent.talent import TalentMap
    from asnpolicy.decisions.timeline import Assumption, Timeline
    from asnpolicy.decisions.timeline.over_time import OverTime
    from asnpolicy.decisions.verification import Verification
    from asnpolicy.fairness.answer import Answer
    from asnpolicy.fairness.questions import PolicyQuestion
    from asnpolicy.language.rules import Rule
    from asnpolicy.policy import listing
    from asnpolicy.policy.near import NearCode
    from asnpolicy.policy.policy import Policy
    from asnpolicy.workforce import Workforce


class Engine:
    """A policy ready to decide. Immutable; safe to share between threads; equal to another that decides by the same.

    It pickles by its sources, and refuses to wake up as another policy when they have been changed.

    >>> from datetime import date
    >>> engine = Engine.load("nasional")
    >>> person = Employee(nip="199001012022211001", employment="PPPK")
    >>> engine.decide(person, "kenaikan-pangkat-reguler", as_of=date(2026, 10, 1)).verdict.value
    'not_applicable'
    """

    def __init__(self, policy: Policy, backend: str = "compiled", *, verify: bool = False) -> None:
        from asnpolicy.decisions.decider import Decider  # noqa: PLC0415  # who only names an engine waits for none of it

        self.policy, self.backend = policy, backend
        self._decider = Decider(policy, backend, verify=verify)
        self._columns = lru_cache(maxsize=16)(registry.columns)

    def __setattr__(self, name: str, value: object) -> None:
        if "_columns" in self.__dict__:  # which is set last
            raise AttributeError(f"an Engine stays as it is: `{name}` can't be set")
        super().__setattr__(name, value)

    @classmethod
    def load(cls, region: str | Path, *, backend: str = "compiled", verify: bool = False) -> Engine:
        """Load a shipped region by its name, or any folder of policy files.

        `backend`: one of `asnpolicy.backends.registry.backends()`. `verify`: each decision is held against the definition's,
        and DisagreementError is raised where they differ; slower, and the same answers.

        Raises PolicyError, which holds every problem of the policy with its place; also for a back end that is not
        there or not installed, and for what the system refuses, such as a name that is too long.
        """
        from asnpolicy.policy import library  # noqa: PLC0415  # comes with the first policy

        try:
            return cls(library.load(region), backend, verify=verify)
        except OSError as error:
            raise refusal(error) from None

    def __reduce__(self) -> tuple[Any, ...]:
        return _load, (self.policy.source, self.backend, self.policy.digest, self._decider.verify)

    def __repr__(self) -> str:
        return f"Engine({self.policy.region}, {self.backend}, {self.policy.digest[:12]})"

    def __eq__(self, other: object) -> bool:
        return self._identity == other._identity if isinstance(other, Engine) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._identity)

    @property
    def _identity(self) -> tuple[str, str, str]:
        return self.policy.region, self.policy.digest, self.backend

    @cached_property
    def rules(self) -> tuple[listing.ListedRule, ...]:
        """Every rule of the policy, of whatever day: kind, title, basis, standing, span, what it needs and what it reads.

        >>> [rule.needs for rule in Engine.load("nasional").rules if rule.id == "pengangkatan-pengawas"]
        [('opening',)]
        """
        from asnpolicy.policy import listing  # noqa: PLC0415  # wanted by few

        return listing.listed(self.policy.programs)

    @cached_property
    def values(self) -> tuple[listing.ListedValue, ...]:
        """Every dated value of the policy, with all its versions, their bases and standing."""
        from asnpolicy.policy import listing  # noqa: PLC0415  # wanted by few

        return listing.listed_values(self.policy.merged)

    @cached_property
    def figures(self) -> tuple[listing.ListedFigure, ...]:
        """Every figure of the policy, which `figure` works out for one person."""
        from asnpolicy.policy import listing  # noqa: PLC0415  # wanted by few

        return listing.listed_figures(self.policy.merged)

    @cached_property
    def facts(self) -> tuple[listing.ListedFact, ...]:
        """Every fact that a condition may ask of a person."""
        from asnpolicy.policy import listing  # noqa: PLC0415  # wanted by few

        return listing.listed_facts()

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
        self, employee: Employee, name: str, *, as_of: date, target: str | Opening | None = None, agency: Agency = NO_AGENCY
    ) -> FigureValue:  # fmt: skip
        """Work out one figure of the policy for one person on one day, such as `ak_dalam_jenjang` or `kotak_talenta`.

        Raises PolicyError for a figure or an opening that is not there, and for a day before the policy begins.
        """
        program = self.policy.program(as_of)
        return self._decider.figure(program, name, self._decider.question(employee, as_of, target, agency, None))

    def prove(
        self, question: PolicyQuestion, *, since: date, timeout: int = 30_000, budget: int = 120_000, seed: int = 0
    ) -> Answer:
        """Return the answer to a question about the policy itself, for every day from one on (`asnpolicy.fairness`).

        `timeout`, `budget`: milliseconds for one search, and for the whole question; what takes longer is unknown. `seed`: of
        the solver; no answer depends on it.
        Raises PolicyError for a rule, a criterion or a policy that is not there, and where the extra `prove` is not installed.
        """
        return question.ask(self, since, timeout=timeout, budget=budget, seed=seed)

    def assess(
        self, employee: Employee, *, as_of: date, agency: Agency = NO_AGENCY, rules: Iterable[str] | None = None,
        waivers: Iterable[Waiver] = (),
    ) -> Assessment:  # fmt: skip
        """Decide every rule that can be asked of one person alone, and every opening of the agency.

        Raises PolicyError as `decide` does.
        """
        asked = names(rules, "rules")
        self.check_asked(as_of, asked)
        given = self._decider.own(waivers, employee)
        return self._decider.assess(self.policy.program(as_of), employee, as_of, agency, asked, given)

    def assess_frame(
        self, workforce: Workforce, *, as_of: date, agency: Agency = NO_AGENCY, rules: Iterable[str] | None = None,
        detail: bool = False,
    ) -> DataFrame:  # fmt: skip
        """Decide every rule that can be asked of one person alone for a whole workforce, as a Polars frame: one row a person.

        Each rule has a column of its verdicts, or of the states of a duty, with `<rule>:to`, `<rule>:due`, `<rule>:effect`
        and `<rule>:because` beside it where there is such a thing; `detail` adds the status of each criterion
        (`<rule>#<criterion>`) and what is missing (`<rule>:missing`). The answers are those of `decide`; people whom columns
        can't say are decided one by one, and marked in `passed_on`. A rule that leads into a vacant post is asked before each
        opening of the agency: its columns are those of `<rule>[<opening>]`. Raises PolicyError as `assess` does, and where the extra `columns` is not installed.
        """
        return self.frame_maker(as_of=as_of, agency=agency, rules=rules, detail=detail).frame(workforce)

    def frame_maker(
        self, *, as_of: date, agency: Agency = NO_AGENCY, rules: Iterable[str] | None = None, detail: bool = False,
        beside: tuple[Rule, ...] = (),
    ) -> FrameMaker:  # fmt: skip
        """Return what makes the answers of `assess_frame`, for one workforce after another; `beside` are rules to be worked out too."""
        from asnpolicy.decisions.assessment import ALONE  # noqa: PLC0415  # comes with what decides

        try:
            from asnpolicy.decisions.frame import FrameMaker  # noqa: PLC0415  # wanted by few
        except ModuleNotFoundError as error:
            raise missing_extra("a whole workforce at once", "columns") from error
        self.check_asked(as_of, asked := names(rules, "rules"))
        program = self.policy.program(as_of)
        wanted = tuple(one.id for one in program.rules if one.kind in ALONE and (asked is None or one.id in asked))
        agency = agency.with_each_opening_once()
        again = partial(self.frame_maker, as_of=as_of, agency=agency, rules=asked, detail=detail, beside=beside)
        assess = partial(self.assess, as_of=as_of, agency=agency)
        return FrameMaker(self._columns(program), program, wanted, as_of, agency, assess, again, detail=detail, beside=beside)

    def summary(
        self, workforce: Workforce | Iterable[Employee], *, as_of: date, by: Iterable[str] = ("unit", "rank"),
        rules: Iterable[str] | None = None, agency: Agency = NO_AGENCY,
    ) -> Summary:  # fmt: skip
        """Return what the policy comes to for a whole workforce, in counts: by rule and result, by group, and what is missing.

        `by` names facts that are words, such as `employment`, `post_kind`, `jenjang`. Rules that lead into a vacant post are
        counted only when `rules` names them: no post is asked about. Whole for the office whose people these are;
        `published` is what may leave it. Raises PolicyError as `assess` does, and for a fact that nobody is counted by.
        """
        made = self.counting(as_of=as_of, by=by, rules=rules, agency=agency)
        made.add(workforce)
        return made.summary()

    def counting(
        self, *, as_of: date, by: Iterable[str] = ("unit", "rank"), rules: Iterable[str] | None = None, agency: Agency = NO_AGENCY
    ) -> Counting:  # fmt: skip
        """Return what makes a summary of people who come one after the other, or table by table: `add` them, then `summary()`."""
        from asnpolicy.decisions.summary.counting import counting  # noqa: PLC0415  # wanted by few

        self.check_asked(as_of, asked := names(rules, "rules"))
        return counting(self, self._decider, as_of, by, asked, agency)

    def to_sql(
        self, rule: str, dialect: str, *, as_of: date, agency: Agency = NO_AGENCY, tables: Mapping[str, Iterable[str]] | None = None,
        target: str | Opening | None = None,
    ) -> str:  # fmt: skip
        """Return one rule as a SELECT over the tables of a workforce in a database (`duckdb`, `postgres`): one row a person.

        It says what `decide` says: `nip`, `verdict` (of a duty: `state`), `to`, `due`, `effect` as the rule has them, `because`;
        all null where `passed_on` is true: there `decide` must decide. `tables` names the tables that there are and their columns
        (without: all of the schema); `target` is the opening (or its id in the agency) that a promotion into a post leads to,
        whose fields stand in the query. Raises PolicyError as `assess_frame` does, and for what a query can't say.

        >>> Engine.load("nasional").to_sql("jp-tahunan", "duckdb", as_of=date(2026, 10, 1))[:10]
        'WITH l0 AS'
        """
        self.check_asked(as_of, [rule])
        columns = self._columns(self.policy.program(as_of))
        from asnpolicy.decisions.in_database import select  # noqa: PLC0415  # wanted by few

        return select(columns, rule, dialect, as_of, agency, tables, target)

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
        return self._over_time(employee, since, until, agency, waivers, assume).timeline(rule, target, mentor)

    def timelines(
        self, employee: Employee, *, since: date, until: date, agency: Agency = NO_AGENCY, waivers: Iterable[Waiver] = (),
        assume: Iterable[Assumption] = (), kinds: Iterable[str] | None = None,
    ) -> tuple[Timeline, ...]:  # fmt: skip
        """Decide every rule that can be asked of one person alone, and every opening of the agency, on every day.

        `kinds` asks only for rules of some kinds: `promotion`, `award`, `duty`, `mentoring`, `mentor`. Raises PolicyError as `timeline` does.
        """
        asked = self._over_time(employee, since, until, agency, waivers, assume)
        return asked.all(None if kinds is None else frozenset(kinds))

    def _over_time(
        self, employee: Employee, since: date, until: date, agency: Agency, waivers: Iterable[Waiver],
        assume: Iterable[Assumption],
    ) -> OverTime:  # fmt: skip
        from asnpolicy.decisions.timeline.over_time import OverTime  # noqa: PLC0415  # wanted by few

        decider, own = self._decider, self._decider.own(waivers, employee)
        return OverTime(
            self.policy, employee, since, until, decider.question, decider.decide, decider.prepared, agency, own,
            tuple(assume),
        )  # fmt: skip

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

        a_day(as_of, "as_of")
        own = self._decider.own(waivers, employee)
        return Roadmap.of(self, employee, as_of, agency, assume, own).path(goal)

    def card(
        self,
        employee: Employee,
        *,
        as_of: date,
        agency: Agency = NO_AGENCY,
        assume: Iterable[Assumption] = (),
        waivers: Iterable[Waiver] = (),
    ) -> CareerCard:
        """Return one page for one person: on record, owed, next steps, what closes, what is missing. Raises as `path` does."""
        from asnpolicy.decisions.card import CareerCard, owed  # noqa: PLC0415  # wanted by few

        given = tuple(waivers)
        path = self.path(employee, as_of=as_of, agency=agency, assume=assume, waivers=given)
        return CareerCard(path, owed(self.assess(employee, as_of=as_of, agency=agency, waivers=given).duties))

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

        a_day(period, "period")
        a_day(as_of, "as_of")
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
        from asnpolicy.decisions.mentoring.scheme import scheme  # noqa: PLC0415

        orders = Orders(tuple(keep), tuple(forced), tuple(forbidden), dict(places or {}))
        drawn_by = f"{self.policy.region} {rule} {as_of}" if seed is None else str(seed)
        wanted = Request.of(objective, drawn_by, orders, keys)
        asked = scheme(self.policy, self._decider, rule, as_of, agency, by_definition=self.backend == "definition")
        made = assign(asked, people, wanted)
        return assignment(made, self.policy.region, self.policy.digest)

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
        unit, those, unknown = mapping.of_unit(by_number(people).values(), unit, agency)
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
        from asnpolicy.decisions.decider import opening_of  # noqa: PLC0415  # comes with what decides
        from asnpolicy.decisions.talent.succession import listed  # noqa: PLC0415  # wanted by few

        return listed(self, self._mapper(as_of, agency), opening_of(opening, agency), people, as_of, agency, seed, keys)

    def near_codes(self, people: Iterable[Employee], *, agency: Agency = NO_AGENCY) -> tuple[NearCode, ...]:
        """Return the codes of people that no rule asks for, each but for a slip one that a rule, or a vacant post, asks for."""
        from asnpolicy.policy.near import near_codes  # noqa: PLC0415  # wanted by few

        return near_codes(self.policy, people, agency)

    def check_asked(self, as_of: date, rules: Iterable[str] | None) -> None:
        """Raise PolicyError for a day before the policy begins, or a rule that is not there on it."""
        self._decider.check_asked(as_of, names(rules, "rules") or ())

    def check_waivers(self, waivers: Iterable[Waiver]) -> None:
        """Raise PolicyError for a waiver of a rule or a criterion that is not there, or that nobody may waive."""
        self._decider.check_waivers(waivers)


def _id_of(target: str | Opening | None) -> str | None:
    return target.id if isinstance(target, Opening) else target


def _load(source: str | Path, backend: str, digest: str, verify: bool) -> Engine:
    from asnpolicy.policy import library  # noqa: PLC0415  # comes with the first policy

    return Engine(library.unchanged(source, digest), backend, verify=verify)
