"""Finding: the person on whom a rule and a mutant of it come apart, as a case that passes and would notice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from asnpolicy.decisions.decider import unknown_rule
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.trial import run
from asnpolicy.engine import Engine
from asnpolicy.fairness.cases import FIELDS, Expected, WrittenCase
from asnpolicy.language.nodes import AllOf, Asks, Truth
from asnpolicy.language.rules import Criterion, Program, Rule
from asnpolicy.people import HISTORIES, Employee, History
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.policy.cases import cases_in
from asnpolicy.problems import PolicyError, Problems, missing_extra
from asnpolicy.text import Text
from asnpolicy.trials.mutants import DUE, SCOPE, Mutant
from asnpolicy.trials.tried import PassedCase

try:
    import z3

    from asnpolicy.backends.smt.records import bounded, records_for
    from asnpolicy.backends.smt.rules import Translation, reached
    from asnpolicy.backends.smt.search import HORIZON, Discovery, OpenDays, Smt, When
    from asnpolicy.fairness import hunts, parts
    from asnpolicy.fairness.hunts import Hunt
    from asnpolicy.fairness.proving import Prover
except ModuleNotFoundError as error:  # pragma: no cover - depends on the installation
    raise missing_extra("a synthesised case", "prove") from error

if TYPE_CHECKING:
    from asnpolicy.backends.smt.witness import Witness

PATIENCE = 20_000
"""Milliseconds for one search."""


@dataclass(frozen=True)
class Found:
    """What a search came to: somebody, as a case that was run; nobody at all; or neither, and why."""

    written: WrittenCase | None = None
    tried: PassedCase | None = None
    nobody: bool = False
    contradicted: bool = False
    """Whether only people whose records contradict each other show it: of them nothing is decided."""
    reason: Text | None = None


class Finder:
    """Looks for people on whom one rule decides, on any day from one on on which it is in force."""

    def __init__(self, engine: Engine, rule: str, since: date, *, timeout: int = PATIENCE, seed: int = 0) -> None:
        self.engine, self.since, self.timeout, self.seed = engine, since, timeout, seed
        self.program = engine.policy.program(since)
        if rule not in self.program.by_id:
            raise unknown_rule(rule, engine.policy.rules, since)
        self.rule = self.program.rule(rule)
        self._like = Prover(engine, since).liked(rule, since)
        self._own = self._small(self.rule)
        self._kept: dict[tuple[Program, When], Smt] = {}

    def of(self, rule: str) -> Finder:
        """Return what looks for people on whom another rule decides, as long and in the same order."""
        return Finder(self.engine, rule, self.since, timeout=self.timeout, seed=self.seed)

    def _small(self, rule: Rule) -> Program:
        """Return a rule with all that it builds on, and nothing else."""
        rules = self.program.by_id | {rule.id: rule}
        return replace(self.program, rules=tuple(reached(rules, [rule.id])))

    def _over(self, *programs: Program) -> Iterator[tuple[Smt, ...]]:
        """Return programs before the solver: for the first day alone, which is the easier question, then for every day.

        Where that can't be told: for the first days of the last month of the year and of the next year.
        """
        year, until = self.since.year, min(self.program.until, HORIZON)
        days: list[When] = [day for day in (date(year, 12, 1), date(year + 1, 1, 1)) if self.since < day < until]
        for when in (self.since, OpenDays(self.since, until), *days):
            yield tuple(self._smt(one, when) for one in programs)

    def _smt(self, program: Program, when: When) -> Smt:
        kept = self._kept.get((program, when))
        if kept is None:
            person = None if self._like is None else self._like[1]
            kept = Smt(program, when, timeout=self.timeout, like=person, seed=self.seed)
            if program is self._own:
                self._kept[program, when] = kept
        return kept

    # What is looked for

    def comes_to(self, verdict: str) -> Found:
        """Look for somebody who comes to a verdict."""
        rule = self.rule.id
        found = self._first(hunts.comes_to(smt, rule, verdict, wanted=True) for (smt,) in self._over(self._own))
        return self.simple(found, bool)

    def fails_alone(self, criterion: str) -> Found:
        """Look for somebody who fails one criterion and no other; where there is nobody, who fails it with others."""
        found = self.alone(criterion)
        if found.tried is None:
            at = self._place(criterion)
            found = self._first(parts.fails(smt, self.rule.id, at) for (smt,) in self._over(self._own))
        return self.simple(found, lambda case: criterion in case.decision.because)

    def alone(self, criterion: str) -> Found:
        """Look for somebody who fails one criterion and no other; nobody: it never decides alone."""
        at = self._place(criterion)
        return self._first(parts.fails_alone(smt, self.rule.id, at) for (smt,) in self._over(self._own))

    def _place(self, criterion: str) -> int:
        return [one.id for one in self.rule.criteria].index(criterion)

    def apart(self, mutant: Mutant) -> Found:
        """Look for somebody on whom the rule and a mutant of it come apart; nobody: they are equivalent."""
        return self.simple(self._apart(mutant), lambda case: case.notices(mutant))

    def _apart(self, mutant: Mutant) -> Found:
        if mutant.says_the_same:
            return Found(nobody=True)
        if mutant.kind == "standing":
            return self.alone(mutant.part)
        found = self._beside(mutant)
        if found.written is not None or found.reason is not TOO_HARD:
            return found
        by_itself = self._by_itself(mutant)
        if by_itself is not None:
            return by_itself
        rule, both = self.rule.id, (self._own, self._small(mutant.mutated))
        later = islice(self._over(*both), 1, None)
        if mutant.part == DUE:
            return self._first(hunt for here, there in later for hunt in _late(here, there, rule))
        return self._first(hunts.differs(here, rule, there, rule, "mutant") for here, there in later)

    def beside(self, mutant: Mutant) -> Found:
        """Look for somebody on whom the rule and a mutant of it come apart on the first day alone: that nobody does is not sure."""
        return self.simple(self._beside(mutant), lambda case: case.notices(mutant))

    def _beside(self, mutant: Mutant) -> Found:
        rule = self.rule.id
        here, there = next(self._over(self._own, self._small(mutant.mutated)))
        asked = _late(here, there, rule) if mutant.part == DUE else [hunts.differs(here, rule, there, rule, "mutant")]
        return self._first(replace(hunt, wanted=True) for hunt in asked)

    def _by_itself(self, mutant: Mutant) -> Found | None:
        """Return that nobody shows it where nobody does who meets some of the other criteria; None where that is not so.

        First those that look at the same histories as the one that was changed, then all of which can be told.
        """
        if mutant.part == DUE:
            return None
        if mutant.part == SCOPE:
            return self._by_scope(mutant)
        own = next(one for one in self.rule.criteria if one.id == mutant.part)
        changed = tuple(one for one in mutant.mutated.criteria if one.id == mutant.part)
        every = tuple(one for one in self._criteria(self.rule) if one.id != mutant.part and bounded(*one.conditions))
        seen = set(records_for(own.conditions))
        near = tuple(one for one in every if set(records_for(one.conditions)) == seen)
        found = (self._among(own, changed, others) for others in dict.fromkeys((near, every)))
        return next((one for one in found if one.nobody or one.contradicted), None)

    def _by_scope(self, mutant: Mutant) -> Found | None:
        """Return that nobody shows it where nobody does whom the rule is for or not by what was changed in that alone."""
        mine, its = (tuple(_parts(one.applies_to)) for one in (self.rule, mutant.mutated))
        asked, changed = (AllOf(tuple(one for one in said if bounded(one))) for said in (mine, its))
        if [one for one in mine if not bounded(one)] != [one for one in its if not bounded(one)]:
            return None
        bare = replace(self.rule, applies_to=asked, criteria=(), warnings=(), due=None, target=None)
        found = self._differing(bare, replace(bare, applies_to=changed))
        return found if found.nobody or found.contradicted else None

    def _among(self, own: Criterion, changed: tuple[Criterion, ...], others: tuple[Criterion, ...]) -> Found:
        """Look for whom a criterion and what it was changed to tell apart among those who meet some others."""
        scope = AllOf(tuple(one for one in _parts(self.rule.applies_to) if bounded(one)))
        bare = replace(self.rule, applies_to=scope, criteria=(own, *others), warnings=(), due=None, target=None)
        return self._differing(bare, replace(bare, criteria=(*changed, *others)))

    def _differing(self, one: Rule, other: Rule) -> Found:
        """Look for whom two rules of one name tell apart, on whatever day."""
        days = OpenDays(self.since, min(self.program.until, HORIZON))
        here, there = (self._smt(self._small(rule), days) for rule in (one, other))
        return self._first([hunts.differs(here, one.id, there, one.id, "mutant")])

    def _criteria(self, rule: Rule) -> Iterator[Criterion]:
        """Return the criteria of a rule, and those of the rules that it lies within."""
        for one in rule.criteria:
            if one.kind == "within" and isinstance(one.holds, Asks):
                yield from self._criteria(self.program.rule(one.holds.rule))
            else:
                yield one

    def _first(self, asked: Iterable[Hunt]) -> Found:
        """Return the first that is found; nobody only where the search for every day says so of all people."""
        contradicted = False
        for hunt in asked:
            try:
                discovery: Discovery = hunt.run()
            except PolicyError as error:
                told = "; ".join(one.message for one in error.problems)
                return Found(reason=Text(told, told))
            except AssertionError:
                return Found(reason=DISAGREE)
            if discovery.people:
                return self._case(discovery.people[0])
            sure = discovery.somebody is False and discovery.whatever_records
            if sure and isinstance(hunt.smt.when, OpenDays):
                return Found(nobody=True)
            contradicted = contradicted or (discovery.contradicted and isinstance(hunt.smt.when, OpenDays))
        return Found(contradicted=contradicted, reason=TOO_HARD)

    # Cases

    def _case(self, one: Witness) -> Found:
        like, typical = self._like or (None, None)
        needed = one.agency if any(scope == "agency" for scope, _ in self.reads) else NO_AGENCY
        mentor = None if one.mentor is None else Employee.model_validate(dict(one.mentor))
        shown = one.employee, one.as_of, self.rule.id
        return self.written(WrittenCase(*shown, (), like, typical, one.opening, mentor, needed))

    @cached_property
    def reads(self) -> tuple[tuple[str, str], ...]:
        """What the rule and those that it builds on may read, each with whose it is."""
        rules = reached(self.program.by_id, [self.rule.id])
        return tuple(sorted({read for rule in rules for read in rule.reads}))

    def written(self, case: WrittenCase) -> Found:
        """Return a case with what is to be expected of it, read back as it is written, and run."""
        decision = self._decided(case)
        whole = replace(case, expected=expected(decision))
        problems = Problems()
        read = cases_in(self.engine.policy, whole.text("case"), problems)
        if problems.found or len(read) != 1:
            told = "; ".join(one.message for one in problems.found)
            return Found(whole, reason=Text(told, told))
        result = run(self.engine, read[0])
        if not result.passed:
            return Found(whole, reason=NOT_READ_BACK)
        program = self.engine.policy.program(result.decision.question.as_of)
        return Found(whole, PassedCase(read[0], result.decision, program))

    def _decided(self, case: WrittenCase) -> Decision:
        return self.engine.decide(
            case.employee, case.rule, as_of=case.as_of, target=case.opening, agency=case.agency, mentor=case.mentor
        )

    def simple(self, found: Found, shows: Callable[[PassedCase], bool]) -> Found:
        """Make a person more like the typical one, fact by fact, as long as they still show the same."""
        if found.tried is None or found.written is None or self._like is None or not shows(found.tried):
            return found
        best, written, verdict = found, found.written, found.tried.decision.verdict
        for change in self._changes(found.written):
            other = self._changed(written, change)
            if other is None or other.written is None or other.tried is None:
                continue
            if other.tried.decision.verdict is verdict and shows(other.tried):
                best, written = other, other.written
        return best

    def _changed(self, case: WrittenCase, change: Callable[[Employee], Employee]) -> Found | None:
        try:
            person = change(case.employee)
            return None if person == case.employee else self.written(replace(case, employee=person))
        except ValidationError:
            return None

    def _changes(self, case: WrittenCase) -> Iterator[Callable[[Employee], Employee]]:
        """Return what makes a person more like the typical one: a fact, a history, a field of a record that they lack."""
        typical = case.typical
        if typical is None:
            return
        for name in (*HISTORIES, *FIELDS):
            if getattr(case.employee, name) != getattr(typical, name):
                yield partial(_with, name=name, value=getattr(typical, name))
        for name in HISTORIES:
            its = getattr(typical, name)
            said = {part for one in its.records for part, value in dict(one).items() if value is not None}
            if its.records and getattr(case.employee, name) != its:
                more = {part for one in getattr(case.employee, name).records for part in type(one).model_fields} - said
                yield from (partial(_unsaid, history=name, part=part, but=its) for part in sorted(more))

    def without(self, case: WrittenCase, name: str) -> Found:
        """Return a case with one fact or history of its person not delivered."""
        unknown = {"records": (), "complete_since": None} if name in HISTORIES else None
        return self.written(replace(case, employee=_with(case.employee, name=name, value=unknown)))


def _parts(condition: Truth) -> Iterator[Truth]:
    """Return the conditions that must all hold for one to hold."""
    if isinstance(condition, AllOf):
        for one in condition.items:
            yield from _parts(one)
    else:
        yield condition


def _late(here: Smt, there: Smt, rule: str) -> Iterator[Hunt]:
    """Look for who is overdue by one of two rules and not by the other."""
    mine, its = here.rules[rule].due, there.rules[rule].due
    if mine is None or its is None:
        return

    def terms(one: Translation, other: Translation) -> list[Any]:
        a, b, day = one.value(mine), other.value(its), one.person.day
        apart = z3.Or(z3.And(a.value <= day, b.value > day), z3.And(b.value <= day, a.value > day))
        return [one.verdict(rule, "ineligible"), z3.Not(a.absent), z3.Not(b.absent), apart]

    def replay(question: Any) -> bool:
        days = here.definition.due(rule, question), there.definition.due(rule, question)
        past = [isinstance(day, date) and day <= question.as_of for day in days]
        return past[0] != past[1] and hunts.decided(here, rule, question) == "ineligible"

    conditions = [*here.conditions(rule), mine, its]
    yield Hunt(here, conditions, terms, replay, APART, False, ((rule, here, rule),), None, there)


def _with(person: Employee, *, name: str, value: Any) -> Employee:
    """Return a person with another fact or history."""
    return Employee.model_validate({**dict(person), name: value})


def _unsaid(person: Employee, *, history: str, part: str, but: History[Any]) -> Employee:
    """Return a person of whose records of a history one field is not said; `but`: a history that stays as it is."""
    seen: History[Any] = getattr(person, history)
    if seen == but:
        return person
    records = [{k: v for k, v in dict(one).items() if k != part} for one in seen.records]
    return _with(person, name=history, value={"records": records, "complete_since": seen.complete_since})


APART = Text("jatuh temponya berbeda", "overdue by one of the two alone")
DISAGREE = Text("penyelesai dan definisi tidak sependapat", "the solver and the definition do not agree")
TOO_HARD = Text("tidak dapat dipastikan dalam waktunya", "it could not be told in time, or for so many records")
NOT_READ_BACK = Text(
    "orangnya tidak dapat ditulis sebagai kasus", "the person can't be written as a case that says the same"
)


def expected(decision: Decision) -> Expected:
    """Return what a case expects of a decision: the verdict or the state, by what, and how it stands in law."""
    found: list[tuple[str, Any]] = [
        ("state", decision.state.value) if decision.state is not None else ("verdict", decision.verdict.value)
    ]
    if decision.verdict.value in ("ineligible", "undetermined") and decision.rule.kind != "duty" and decision.because:
        found.append(("because", list(decision.because)))
    if decision.missing:
        found.append(("missing", list(decision.missing)))
    if decision.verdict.value in ("eligible", "ineligible"):
        found.append(("standing", decision.standing))
    return tuple(found)
