"""Assertions of fairness for tests: each says how it knows, and shows somebody when it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from typing import Literal as Choice

from asnpolicy.engine import Engine
from asnpolicy.fairness.answer import Answer, Status
from asnpolicy.fairness.by_group.groups import Signal
from asnpolicy.fairness.by_group.report import Disparity
from asnpolicy.fairness.difference import differences
from asnpolicy.fairness.questions import AtLeastAsStrict, Blind, Equivalent, MeritNeverHurts, PolicyQuestion
from asnpolicy.people import Employee
from asnpolicy.problems import PolicyError

DAY = date(2026, 10, 1)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """How something is known: `proved` in so many milliseconds, or `tested` on so many examples and not proved."""

    how: Choice["proved", "tested"]
    text: str

    def __str__(self) -> str:
        return self.text


def assert_blind(
    policy: Engine | str, to: str, *, rule: str, descendants: bool = True, since: date = DAY, examples: int = 200
) -> Knowledge:
    """Assert that a rule does not see a protected attribute, nor what follows from it; return how that is known.

    Proved where the solver can; else tested on pairs of made people. Raises AssertionError with the two people who differ.
    """
    engine = _engine(policy)
    question = Blind(rule, to, _follows(engine, to) if descendants else False)

    def test() -> None:
        from asnpolicy.fairness.strategies import twins  # noqa: PLC0415  # loads Hypothesis

        pairs = twins(engine, differing_in=(to,), descendants=descendants, as_of=since)
        _tested(pairs, lambda pair: _alike(engine, rule, since, *pair), examples)

    return _known(engine, question, since, test, examples)


def assert_merit_never_hurts(policy: Engine | str, fact: str, *, rule: str, since: date = DAY) -> Knowledge:
    """Assert that more of a merit never fails anybody who passes a rule; return how that is known."""
    return _known(_engine(policy), MeritNeverHurts(rule, fact), since)


def assert_at_least_as_strict(
    policy: Engine | str, than: str | None = None, *, rule: str, since: date = DAY
) -> Knowledge:
    """Assert that whoever passes a rule passes the base's, or another policy's; return how that is known."""
    return _known(_engine(policy), AtLeastAsStrict(rule, than), since)


def assert_equivalent(policy: Engine | str, to: str, *, rule: str, since: date = DAY, examples: int = 200) -> Knowledge:
    """Assert that a rule says of everybody what the same rule of another policy says; return how that is known."""
    engine, other = _engine(policy), _engine(to)

    def test() -> None:
        from asnpolicy.fairness.strategies import employees  # noqa: PLC0415  # loads Hypothesis

        def same(person: Employee) -> None:
            mine, its = (each.decide(person, rule, as_of=since).verdict for each in (engine, other))
            if mine != its:
                raise AssertionError(
                    f"{mine} by the one and {its} by the other: {person.model_dump_json(exclude_defaults=True)}"
                )

        _tested(employees(engine, as_of=since), same, examples)

    return _known(engine, Equivalent(rule, to), since, test, examples)


def assert_disparity_within(
    found: Disparity, *, allowed: Iterable[str] = (Signal.RATIO_ONLY, Signal.TEST_ONLY)
) -> None:
    """Assert that no group on a workforce is signalled, but by what is allowed; too few people are no signal."""
    fine = {Signal.NO_SIGNAL, Signal.REFERENCE, Signal.TOO_SMALL, *map(Signal, allowed)}
    wrong = [one for one in found.groups if one.signal not in fine]
    if wrong:
        names = ", ".join(f"{one.attribute} {one.name}: {one.signal}" for one in wrong)
        raise AssertionError(f"{names}\n{found.text()}")


# How it is known


def _engine(policy: Engine | str) -> Engine:
    return policy if isinstance(policy, Engine) else Engine.load(policy)


def _follows(engine: Engine, attribute: str) -> tuple[str, ...]:
    return tuple(engine.policy.promises.descendants.get(attribute, ()))


def _known(
    engine: Engine, question: PolicyQuestion, since: date, test: Callable[[], None] | None = None, examples: int = 0
) -> Knowledge:
    answer = _answer(engine, question, since)
    if answer is not None and answer.status is Status.PROVED:
        return Knowledge("proved", f"proved in {answer.seconds * 1000:.0f} ms: {question.claim.en}")
    if answer is not None and answer.status is Status.REFUTED:
        raise AssertionError(answer.text())
    if test is None:
        raise AssertionError(answer.text() if answer is not None else "not known: install the extra `prove`")
    test()
    return Knowledge("tested", f"tested on {examples} examples, not proved: {question.claim.en}")


def _answer(engine: Engine, question: PolicyQuestion, since: date) -> Answer | None:
    """Return the answer of the solver; None where it is not installed."""
    try:
        return engine.prove(question, since=since)
    except PolicyError as error:
        if [problem.code for problem in error.problems] == ["missing-extra"]:
            return None
        raise


def _tested(strategy: Any, check: Callable[[Any], None], examples: int) -> None:
    from hypothesis import HealthCheck, given, settings  # noqa: PLC0415  # only for tests

    wanted = settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))

    def each(drawn: Any) -> None:
        check(drawn)

    run: Callable[[], None] = wanted(given(drawn=strategy)(each))
    run()


def _alike(engine: Engine, rule: str, as_of: date, one: Employee, other: Employee) -> None:
    mine, its = (engine.decide(each, rule, as_of=as_of) for each in (one, other))
    if mine.verdict != its.verdict:
        told = "\n".join(f"  {each.text.en}" for each in differences(one, other))
        raise AssertionError(f"{rule}: {mine.verdict} and {its.verdict} for two people who differ in:\n{told}")
