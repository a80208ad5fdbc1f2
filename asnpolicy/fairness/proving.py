"""Proving: answers a question about a policy for every day from one on, stretch by stretch, with the reasons."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, assert_never

from asnpolicy.backends.protocol import BackEnd
from asnpolicy.backends.registry import prepare
from asnpolicy.decisions.decider import not_in_force
from asnpolicy.engine import Engine
from asnpolicy.fairness.answer import Answer, Exhibit, Status
from asnpolicy.fairness.assumptions import ASSUMED, BY_READING, COHERENT, IN_SERVICE, WITHOUT_ILLUSTRATIVE
from asnpolicy.fairness.questions import (
    VERDICTS,
    Always,
    AtLeastAsStrict,
    Blind,
    ComparePolicies,
    Conflicts,
    Dead,
    Equivalent,
    Gaps,
    MeritNeverHurts,
    Never,
    PolicyQuestion,
    Reachable,
    Redundant,
)
from asnpolicy.fairness.sameness import implied, within
from asnpolicy.fairness.standing import in_law
from asnpolicy.language.fairness import MERITS
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import Program
from asnpolicy.people import Employee
from asnpolicy.policy import library
from asnpolicy.policy.cases import Case, cases_about, typical
from asnpolicy.policy.policy import Policy
from asnpolicy.problems import PolicyError, Problem, Problems, meant, missing_extra
from asnpolicy.text import Text, phrase

try:
    from asnpolicy.backends.smt.search import HORIZON, TIMEOUT, Discovery, OpenDays, Smt
    from asnpolicy.fairness import by_case, hunts, parts
    from asnpolicy.fairness.hunts import Hunt
except ModuleNotFoundError as error:  # pragma: no cover - depends on the installation
    raise missing_extra(Text("pembuktian", "a proof"), "prove") from error

if TYPE_CHECKING:
    from asnpolicy.backends.smt.witness import Witness

BUDGET = 120_000
"""Milliseconds for all searches of one question."""


@dataclass(frozen=True, slots=True)
class ProgramDays:
    """A stretch of days on which one program holds."""

    program: Program
    days: OpenDays


class Prover:
    """Answers questions about one engine's policy, for every day from one on."""

    def __init__(
        self, engine: Engine, since: date, *, timeout: int = TIMEOUT, budget: int = BUDGET, seed: int = 0
    ) -> None:
        """`timeout`: milliseconds for one search; `budget`: for all searches of one question.

        `seed`: of the solver; answers and witnesses do not depend on it.
        """
        self.engine, self.since, self.timeout, self.budget, self.seed = engine, since, timeout, budget, seed
        self._until = math.inf
        self._likes: dict[tuple[str, date], tuple[str, Employee] | None] = {}
        self._asked: dict[str, list[Case]] = {}
        self._prepared: dict[Program, BackEnd] = {}
        self._lawful: dict[Program, Program] = {}

    def answer(self, question: PolicyQuestion) -> Answer:
        """Return the answer to a question."""
        begun = time.perf_counter()
        self._until = begun + self.budget / 1000
        try:
            answer = self._answer(question)
        except PolicyError as error:
            if any(problem.code != "unsupported" for problem in error.problems):
                raise
            reason = "; ".join(problem.message for problem in error.problems)
            answer = self._make(question, Status.NOT_MODELLED, Text(reason, reason))
        return replace(answer, seconds=time.perf_counter() - begun)

    def _make(self, question: PolicyQuestion, status: Status, reason: Text | None = None) -> Answer:
        return Answer(question, self.engine.policy.region, status, reason, since=self.since)

    def _answer(self, question: PolicyQuestion) -> Answer:
        if isinstance(question, ComparePolicies):
            return self._compared(question)
        return self._settled(question, self._hunts(question))

    # The hunts of each question

    def _hunts(self, question: PolicyQuestion) -> Iterator[Hunt]:
        match question:
            case Reachable(rule, verdict):
                for smt in self._pieces(rule):
                    yield hunts.on_any_day(smt, partial(hunts.comes_to, rule=rule, verdict=VERDICTS[verdict], wanted=True))
            case Never(rule, verdict):
                for smt in self._pieces(rule):
                    yield hunts.comes_to(smt, rule, VERDICTS[verdict], wanted=False)
            case Always(rule, verdict):
                for smt in self._pieces(rule):
                    yield from hunts.comes_to_another(smt, rule, VERDICTS[verdict])
            case Blind(rule, to):
                yield from _some(hunts.told_apart(smt, rule, to, question.follows) for smt in self._pieces(rule))
            case MeritNeverHurts(rule, fact):
                yield from _some(hunts.hurt(smt, rule, MERITS[fact]) for smt in self._pieces(rule))
            case AtLeastAsStrict(rule, than):
                yield from self._weaker(rule, than)
            case Redundant(rule, criterion):
                yield from self._needed(rule, criterion)
            case Dead(rule, criterion):
                yield from self._alive(rule, criterion)
            case Equivalent(rule, to, other):
                yield from self._differs(rule, to, other)
            case Gaps(rules, among):
                for smt in self._pieces(*rules):
                    yield hunts.in_no_scope(smt, rules, among)
            case Conflicts(rules):
                for smt in self._pieces(*rules):
                    yield from hunts.at_odds(smt, rules)
            case ComparePolicies():
                return
            case _:
                assert_never(question)

    def _needed(self, rule: str, criterion: str | None) -> Iterator[Hunt]:
        for smt in self._pieces(rule):
            self._check_criterion(smt, rule, criterion)
            for at, one in enumerate(smt.rules[rule].criteria):
                if criterion in (None, one.id):
                    yield hunts.on_any_day(smt, partial(parts.fails_alone, rule=rule, at=at))

    def _alive(self, rule: str, criterion: str | None) -> Iterator[Hunt]:
        for smt in self._pieces(rule):
            self._check_criterion(smt, rule, criterion)
            for at, one in enumerate(smt.rules[rule].criteria):
                if criterion in (None, one.id):
                    yield hunts.on_any_day(smt, partial(parts.fails, rule=rule, at=at))
                    for number in range(len(one.exempt)):
                        yield hunts.on_any_day(smt, partial(parts.exempted, rule=rule, at=at, number=number))
                    for make in parts.by_alternative(smt, rule, at):
                        yield hunts.on_any_day(smt, make)

    def _check_criterion(self, smt: Smt, rule: str, criterion: str | None) -> None:
        known = [one.id for one in smt.rules[rule].criteria]
        if criterion is not None and criterion not in known:
            message = phrase(
                en="`{rule}` has no criterion `{criterion}`",
                id="`{rule}` tidak punya syarat `{criterion}`",
                rule=rule,
                criterion=criterion,
            )
            raise PolicyError([Problem("unknown-criterion", message, help=meant(criterion, known))])

    def _weaker(self, rule: str, than: str | None) -> Iterator[Hunt]:
        other, label = self._base(than)
        for here, there in self._shared(other, rule):
            for base_rule in within(here.rules, rule, there.rules):
                if not implied(here.rules, rule, there.rules, base_rule):
                    yield hunts.weaker(here, rule, there, base_rule, label)
                for beyond in (hunts.later, hunts.higher):
                    yield from _some([beyond(here, rule, there, base_rule, label)])
                yield from self._weaker_in_law(here, rule, other, there, base_rule, label)

    def _weaker_in_law(
        self, here: Smt, rule: str, other: Policy, there: Smt, base_rule: str, label: str
    ) -> Iterator[Hunt]:
        """Ask again with everything taken away that has no basis in law, where that takes anything away."""
        bare = self._in_law(self.engine.policy, here.program, rule)
        base = self._in_law(other, there.program, base_rule)
        if bare is here.program and base is there.program:
            return
        mine, its = here.about(bare, here.when), there.about(base, there.when)
        there_too = rule in mine.rules and base_rule in its.rules
        if there_too and not implied(mine.rules, rule, its.rules, base_rule):
            yield hunts.weaker(mine, rule, its, base_rule, label)

    def _differs(self, rule: str, to: str | None, other_rule: str | None) -> Iterator[Hunt]:
        other = self.engine.policy if to is None else _policy(to)
        label = to or self.engine.policy.region
        for here, there in self._shared(other, rule):
            name = other_rule or rule
            if name not in there.rules:
                raise self._unknown_rule(name, tuple(there.rules))
            yield hunts.differs(here, rule, there, name, label)

    def _compared(self, question: ComparePolicies) -> Answer:
        """Ask both ways: who passes here and not there, and the other way round."""
        other = _policy(question.to)
        ours, theirs = list(self._shared(other, question.rule)), []
        for here, there in ours:
            if question.rule not in there.rules:
                raise self._unknown_rule(question.rule, tuple(there.rules))
            theirs.append((there, here))
        rule, region = question.rule, self.engine.policy.region
        looser = self._settled(question, self._looser(ours, rule, question.to))
        stricter = self._settled(question, self._looser(theirs, rule, region, question.to))
        return _relation(looser, stricter)

    def _looser(self, pairs: list[tuple[Smt, Smt]], rule: str, label: str, own: str | None = None) -> Iterator[Hunt]:
        for one, other in pairs:
            yield hunts.weaker(one, rule, other, rule, label, own)
            yield from _some([hunts.higher(one, rule, other, rule, label, own)])

    # Settling

    def _settled(self, question: PolicyQuestion, found: Iterable[Hunt]) -> Answer:
        """Put together what the hunts of a question came to: one refutation is enough, and doubt is no proof."""
        doubt: Answer | None = None
        searches, told = 0, list[Text]()
        examples: list[Exhibit] = []
        carried: dict[str, None] = {}
        asked, coherent = False, False
        for hunt in found:
            asked = True
            known = by_case.known(hunt, self._cases(hunt.rules[0][2])) if hunt.by_case else None
            if known is not None:
                examples.append(self._exhibit(hunt, known.person, True, (known.case, known.person.employee)))
                continue
            if time.perf_counter() >= self._until:
                return self._of(question, Status.UNKNOWN, hunt, _out_of_time(self.budget, searches))
            discovery = hunt.run()
            searches += 1
            coherent = coherent or discovery.coherent
            sure = discovery.somebody is False and discovery.whatever_records
            if discovery.people:
                shown = self._shown(hunt, discovery)
                if not hunt.wanted:
                    return self._of(question, Status.REFUTED, hunt, witnesses=shown)
                examples += shown
            elif hunt.wanted and sure and (lack := hunt.lacking() if hunt.lacking else None) is not None:
                examples.append(replace(self._exhibit(hunt, lack.person, True, None), what=lack.text(hunt.what)))
                told.append(lack.text(hunt.what))
            elif hunt.wanted and sure:
                nobody = Text(f"tidak seorang pun: {hunt.what.id}", f"nobody: {hunt.what.en}")
                refuted = self._of(question, Status.REFUTED, hunt, nobody)
                return replace(refuted, assumptions=(*ASSUMED, *([COHERENT] if discovery.coherent else [])))
            elif not sure:
                up = discovery.somebody is None and time.perf_counter() >= self._until
                why = _out_of_time(self.budget, searches - 1) if up else _why(discovery)
                doubt = doubt or self._of(question, Status.UNKNOWN, hunt, why)
            else:
                carried |= dict.fromkeys(hunt.carried_by())
        if doubt is not None:
            return doubt
        proved = self._make(question, Status.PROVED, _joined(told) if asked else BY_READING)
        assumed = [*ASSUMED, *([COHERENT] if coherent else [])]
        assumed += [IN_SERVICE] if isinstance(question, Blind) else []
        assumed += [WITHOUT_ILLUSTRATIVE] if isinstance(question, AtLeastAsStrict) else []
        return replace(
            proved, witnesses=tuple(examples), until=HORIZON, assumptions=tuple(assumed), carried_by=tuple(carried)
        )

    def _of(
        self,
        question: PolicyQuestion,
        status: Status,
        hunt: Hunt,
        reason: Text | None = None,
        witnesses: tuple[Exhibit, ...] = (),
    ) -> Answer:
        days = hunt.smt.when
        made = replace(self._make(question, status, reason), witnesses=witnesses)
        return replace(made, since=days.since, until=days.until) if isinstance(days, OpenDays) else made

    def _shown(self, hunt: Hunt, discovery: Discovery) -> tuple[Exhibit, ...]:
        like = self._like(hunt.smt)
        first, *twins = [self._exhibit(hunt, one, discovery.minimal, like) for one in discovery.people]
        return (first, *(replace(twin, like=None, typical=first.employee) for twin in twins))

    def _exhibit(self, hunt: Hunt, one: Witness, minimal: bool, like: tuple[str, Employee] | None) -> Exhibit:
        name, person = like or (None, None)
        verdicts = tuple((label, hunts.decided(smt, rule, one.question)) for label, smt, rule in hunt.rules)
        decisions = tuple(
            self.engine.decide(one.employee, rule, as_of=one.as_of, target=one.opening, agency=one.agency)
            for label, smt, rule in hunt.rules
            if label == rule and one.pair is None and smt.program in self.engine.policy.programs
        )
        return Exhibit(
            hunt.what,
            one.employee,
            one.as_of,
            verdicts,
            one.agency,
            one.opening,
            one.mentor,
            name,
            person,
            minimal,
            decisions,
        )

    # Pieces of the timeline

    def _pieces(self, *rules: str) -> Iterator[Smt]:
        """Return the stretches of days on which some rules are all in force."""
        known = self.engine.policy.rules
        for rule in rules:
            if rule not in known:
                raise self._unknown_rule(rule, known)
        found = [
            piece for piece in pieces(self.engine.policy, self.since) if all(r in piece.program.by_id for r in rules)
        ]
        if not found:
            raise not_in_force(rules[0], self.since)
        yield from (self._smt(piece, rules[0]) for piece in found)

    def _smt(self, piece: ProgramDays, rule: str) -> Smt:
        def like() -> Employee | None:
            found = self.liked(rule, piece.days.since)
            return None if found is None else found[1]

        return Smt(piece.program, piece.days, timeout=self.timeout, like=like, seed=self.seed, until=self._until)

    def _shared(self, other: Policy, rule: str) -> Iterator[tuple[Smt, Smt]]:
        """Return the stretches on which both policies have one program each."""
        for here in self._pieces(rule):
            days = here.when
            if not isinstance(days, OpenDays):
                continue
            for program in other.programs:
                since, until = max(days.since, program.since), min(days.until, program.until)
                if since < until:
                    both = OpenDays(since, until)
                    yield here.about(here.program, both), here.about(program, both)

    def _base(self, than: str | None) -> tuple[Policy, str]:
        if than is not None:
            return _policy(than), than
        paths = self.engine.policy.paths
        if len(paths) < 2:
            message = phrase(
                en="`{region}` extends no other policy",
                id="`{region}` tidak memperluas kebijakan lain",
                region=self.engine.policy.region,
            )
            raise PolicyError(
                [
                    Problem(
                        "no-base",
                        message,
                        help=phrase(en="name the policy to compare it with", id="sebut kebijakan pembandingnya"),
                    )
                ]
            )
        return self._base_policy, self.engine.policy.merged.chain[1].region

    @cached_property
    def _base_policy(self) -> Policy:
        return library.load(self.engine.policy.paths[1])

    def _unknown_rule(self, rule: str, known: tuple[str, ...]) -> PolicyError:
        return PolicyError(
            [
                Problem(
                    "unknown-rule",
                    phrase(en="unknown rule `{rule}`", id="aturan `{rule}` tidak dikenal", rule=rule),
                    help=meant(rule, known),
                )
            ]
        )

    # Typical people, and cases

    def _cases(self, rule: str) -> list[Case]:
        if rule not in self._asked:
            self._asked[rule] = cases_about(self.engine.policy, rule)
        return self._asked[rule]

    @cached_property
    def _typical(self) -> dict[str, Employee]:
        return typical(self.engine.policy, Problems())

    def _like(self, smt: Smt) -> tuple[str, Employee] | None:
        return next(((name, one) for name, one in self._typical.items() if one is smt.like), None)

    def liked(self, rule: str, day: date) -> tuple[str, Employee] | None:
        """Return the typical person who comes nearest to passing a rule: whom a witness should be like."""
        key = (rule, day)
        if key not in self._likes:
            ranked = sorted(self._typical.items(), key=lambda item: -self._passes(item[1], rule, day))
            self._likes[key] = ranked[0] if ranked else None
        return self._likes[key]

    def _passes(self, person: Employee, rule: str, day: date) -> int:
        """Tell how near somebody comes to passing a rule on the day itself, whatever event it follows."""
        program = self.engine.policy.program(day)
        if program not in self._prepared:
            self._prepared[program] = prepare("compiled", program)
        question = Question(day, person.view(day))
        return _RANKED.index(hunts.verdict_of(self._prepared[program].decide(rule, question)))

    def _in_law(self, policy: Policy, program: Program, rule: str) -> Program:
        """Return what the law alone leaves of a program, worked out once for those of its rules of which it leaves less."""
        found = in_law(policy, program, rule, self._lawful.get(program))
        if found is not program:
            self._lawful[program] = found
        return found


_RANKED = ("not_applicable", "undetermined", "ineligible", "eligible")


def _some(found: Iterable[Hunt | None]) -> Iterator[Hunt]:
    return (hunt for hunt in found if hunt is not None)


def pieces(policy: Policy, since: date) -> Iterator[ProgramDays]:
    """Return the programs of a policy from a day on, each with its days."""
    for program in policy.programs:
        first, last = max(program.since, since), min(program.until, HORIZON)
        if first < last:
            yield ProgramDays(program, OpenDays(first, last))


def witness_on(engine: Engine, rule: str, as_of: date, criterion: str | None = None) -> Employee | None:
    """Return somebody who passes a rule on a day, or fails one criterion of it alone; None where there is nobody."""
    prover, program = Prover(engine, as_of), engine.policy.program(as_of)
    like = prover.liked(rule, as_of)
    smt = Smt(program, as_of, like=None if like is None else like[1])
    if criterion is None:
        found = hunts.comes_to(smt, rule, "eligible", wanted=True).run()
    else:
        at = [one.id for one in smt.rules[rule].criteria].index(criterion)
        found = parts.fails_alone(smt, rule, at).run()
    return found.people[0].employee if found.people else None


def _policy(name: str) -> Policy:
    return library.load(name)


def _joined(told: list[Text]) -> Text | None:
    return Text("; ".join(one.id for one in told), "; ".join(one.en for one in told)) if told else None


def _out_of_time(budget: int, searches: int) -> Text:
    seconds = f"{budget / 1000:g}"
    return Text(
        f"waktu untuk seluruh pertanyaan ini habis ({seconds} detik) setelah {searches} pencarian; sisanya belum diperiksa",
        f"the time for the whole question was up ({seconds} s) after {searches} searches; the rest was not looked into",
    )


def _why(discovery: Discovery) -> Text:
    if discovery.somebody is None:
        return Text("waktunya habis", "it took too long to tell")
    if discovery.contradicted:
        return Text(
            "hanya orang dengan data yang saling bertentangan yang ditemukan",
            "only people whose records contradict each other were found",
        )
    most = ", ".join(f"{each.history}: {each.most}" for each in discovery.records if not each.enough)
    return Text(
        f"tidak seorang pun di antara orang dengan paling banyak {most} catatan", f"nobody with up to {most} records"
    )


def _relation(looser: Answer, stricter: Answer) -> Answer:
    """Put two one-way answers together."""
    witnesses = (*looser.witnesses, *stricter.witnesses)
    known = {Status.PROVED, Status.REFUTED}
    if looser.status not in known or stricter.status not in known:
        unknown = looser if looser.status not in known else stricter
        return replace(unknown, witnesses=witnesses)
    words = {
        (True, True): "equivalent", (True, False): "stricter", (False, True): "looser", (False, False): "incomparable",
    }  # fmt: skip
    relation = words[bool(looser.holds), bool(stricter.holds)]
    status = Status.PROVED if relation == "equivalent" else Status.REFUTED
    return replace(
        looser, status=status, witnesses=witnesses, relation=relation, since=stricter.since, assumptions=ASSUMED
    )
