"""Strategies: made people for Hypothesis, coherent by construction and fed with what a policy compares with.

The full domain is kept: every value that can be drawn without a policy can be drawn with one. No distribution is promised.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from hypothesis import event, note
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from asnpolicy.decisions import Decision
from asnpolicy.engine import Engine
from asnpolicy.fairness import twin_pairs as changes
from asnpolicy.fairness.cases import person_text
from asnpolicy.fairness.making import WORDS, Draw, career, mixed
from asnpolicy.fairness.thresholds import Thresholds, thresholds_of
from asnpolicy.language.dates import plus_months
from asnpolicy.language.fairness import DESCENDANTS, PROTECTED
from asnpolicy.language.reading import fields_of, spec
from asnpolicy.people import ABSENT, HISTORIES, Agency, Employee
from asnpolicy.policy.cases import typical
from asnpolicy.problems import PolicyError, Problems


def employees(
    policy: Engine | str | None = None, *, as_of: date = date(2026, 10, 1), unknowns: bool = False
) -> st.SearchStrategy[Employee]:
    """Return people who may be asked about on a day.

    `policy`: a region, a folder or an engine; with one, dates, numbers and words that its rules compare with, and one step to
    each side, are drawn often, and so are people near its typical ones. `unknowns`: some fields and histories are not
    delivered. Nobody's records contradict each other.
    """
    engine = _engine(policy)
    people = _anybody(engine, _thresholds(engine, as_of), as_of)
    return _written(_blurred(people, as_of) if unknowns else people, engine)


def _anybody(engine: Engine | None, near: Thresholds, as_of: date) -> st.SearchStrategy[Employee]:
    people = career(near, as_of)
    if engine is not None and _typical(engine):
        return st.one_of(_edited(engine, near, as_of, 1), _edited(engine, near, as_of, 4), people)
    return people


class _Written:
    """Somebody who was drawn, to be written out where a test fails by them: their own text masks who it is of."""

    def __init__(self, what: str, person: Employee, typical: Mapping[str, Employee]) -> None:
        self._said = what, person, typical

    def __repr__(self) -> str:
        what, person, typical = self._said
        return f"{what}: {person_text(person, typical)}"


def _written(people: st.SearchStrategy[Employee], engine: Engine | None) -> st.SearchStrategy[Employee]:
    """Return people who are written out, as a case would have them, where a test fails by them."""
    typical = {} if engine is None else _typical(engine)

    @st.composite
    def told(draw: Draw[Any]) -> Employee:
        one: Employee = draw(people)
        note(_Written("person", one, typical))
        return one

    return told()


def workforces(
    policy: Engine | str | None = None, *, as_of: date = date(2026, 10, 1), min_size: int = 0, max_size: int = 10
) -> st.SearchStrategy[list[Employee]]:
    """Return lists of people, each with a number of their own."""
    people = employees(policy, as_of=as_of)
    return st.lists(people, min_size=min_size, max_size=max_size, unique_by=lambda one: one.nip)


def agencies(policy: Engine | str | None = None, *, as_of: date = date(2026, 10, 1)) -> st.SearchStrategy[Agency]:
    """Return agencies with a tree of units, those that the policy names among them."""
    named = _thresholds(_engine(policy), as_of).words("", "unit") + WORDS

    def made(parts: list[int]) -> Agency:
        above = [named[min(part, at) - 1] if min(part, at) else ABSENT for at, part in enumerate(parts)]
        units = [{"code": code, "part_of": str(part)} for code, part in zip(named, above, strict=False)]
        return Agency.model_validate({"units": units})

    return st.lists(st.integers(0, len(named)), min_size=len(named), max_size=len(named)).map(made)


def twins(
    policy: Engine | str | None = None,
    *,
    differing_in: Iterable[str] = ("sex",),
    descendants: bool = True,
    as_of: date = date(2026, 10, 1),
) -> st.SearchStrategy[tuple[Employee, Employee]]:
    """Return pairs of people who differ in protected attributes alone, and in what follows from them."""
    names = tuple(differing_in)
    for name in names:
        if name not in PROTECTED:
            raise InvalidArgument(f"{name!r} is no protected attribute: choose from {', '.join(PROTECTED)}")
    engine = _engine(policy)
    declared = DESCENDANTS if engine is None else engine.policy.promises.descendants
    follows = {name: tuple(declared.get(name, ())) if descendants else () for name in names}

    @st.composite
    def pairs(draw: Draw[Any]) -> tuple[Employee, Employee]:
        one = draw(employees(engine, as_of=as_of))
        for name in names:
            one = draw(_with(one, name))
        other = one
        for name in names:
            other = draw(_changed(other, name, follows[name], as_of))
        note(_Written("twin", other, {"the first": one}))
        return one, other

    return pairs()


def eligible_employees(
    policy: Engine | str, rule: str, *, as_of: date = date(2026, 10, 1)
) -> st.SearchStrategy[Employee]:
    """Return people whom a rule finds eligible: somebody whom the solver found, with as much changed as the verdict bears.

    Needs the extra `prove`.
    """
    engine = _known(policy, rule, as_of)
    return st.deferred(
        lambda: _around(engine, _shown(engine, rule, as_of, None), as_of, lambda d: d.verdict == "eligible", rule)
    )


def ineligible_because(
    policy: Engine | str, rule: str, criterion: str, *, as_of: date = date(2026, 10, 1)
) -> st.SearchStrategy[Employee]:
    """Return people whom a rule finds ineligible by one criterion and no other. Needs the extra `prove`."""
    engine = _known(policy, rule, as_of)
    known = [one.id for one in engine.policy.program(as_of).rule(rule).criteria]
    if criterion not in known:
        raise InvalidArgument(f"{rule!r} has no criterion {criterion!r}: it has {', '.join(known)}")

    def alone(decision: Decision) -> bool:
        return decision.verdict == "ineligible" and decision.because == (criterion,)

    return st.deferred(lambda: _around(engine, _shown(engine, rule, as_of, criterion), as_of, alone, rule))


def careers(
    policy: Engine | str | None = None, *, as_of: date = date(2026, 10, 1), min_years: int = 1, max_years: int = 10
) -> st.SearchStrategy[list[tuple[date, Employee]]]:
    """Return one person as the registers knew them, year after year, up to a day: for tests of what happens over time."""

    def years(one: Employee, number: int) -> list[tuple[date, Employee]]:
        days = [plus_months(as_of, -12 * back) for back in reversed(range(number))]
        return [(day, one.at(day)) for day in days]

    return st.builds(years, employees(policy, as_of=as_of), st.integers(min_years, max_years))


def observe(decision: Decision) -> Decision:
    """Record the verdict and the criteria that carry it as events, for statistics and observability; return the decision."""
    event("verdict", str(decision.verdict))
    if str(decision.verdict) == "ineligible":
        for name in decision.because:
            event("criterion failed", name)
    return decision


# Policies


def _engine(policy: Engine | str | None) -> Engine | None:
    return policy if policy is None or isinstance(policy, Engine) else _loaded(str(policy))


@lru_cache(maxsize=8)
def _loaded(policy: str) -> Engine:
    return Engine.load(policy)


def _known(policy: Engine | str, rule: str, as_of: date) -> Engine:
    engine = _engine(policy)
    if engine is None:
        raise InvalidArgument("name the policy that the rule is of")
    try:
        engine.check_asked(as_of, [rule])
    except PolicyError as error:
        raise InvalidArgument(str(error)) from None
    if engine.policy.program(as_of).rule(rule).into_post:
        raise InvalidArgument(f"{rule!r} leads into a vacant post: draw people with employees() and ask with target=")
    return engine


@lru_cache(maxsize=32)
def _thresholds(engine: Engine | None, as_of: date) -> Thresholds:
    return Thresholds() if engine is None else thresholds_of(engine.policy.program(as_of), as_of)


@lru_cache(maxsize=8)
def _typical(engine: Engine) -> dict[str, Employee]:
    return typical(engine.policy, Problems())


@lru_cache(maxsize=64)
def _shown(engine: Engine, rule: str, as_of: date, criterion: str | None) -> Employee:
    from asnpolicy.fairness.proving import witness_on  # noqa: PLC0415  # loads the solver

    found = witness_on(engine, rule, as_of, criterion)
    if found is None:
        what = "passes" if criterion is None else f"fails {criterion!r} alone in"
        raise InvalidArgument(f"nobody {what} {rule!r} on {as_of}")
    return found


# Edits


def _edited(engine: Engine, near: Thresholds, as_of: date, most: int) -> st.SearchStrategy[Employee]:
    """Return typical people with some fields and histories of somebody else: often of those that the rules look at."""
    some, others = st.sampled_from(list(_typical(engine).values())), career(near, as_of)
    looked_at = [name for name in EDITABLE if name in near.reads]
    edits = st.one_of(_edits(looked_at, most), _EDITS[most]) if looked_at else _EDITS[most]

    @st.composite
    def people(draw: Draw[Any]) -> Employee:
        one, other, names = draw(some), draw(others), draw(edits)
        return mixed(one, other, names, as_of)

    return people()


EDITABLE = ("service_status", "agency", "agency_since", "unit", "field", "supervisor_rank", "interests", *HISTORIES)
"""What may be somebody else's without more ado."""


def _edits(names: Sequence[str], most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), max_size=min(most, len(names)), unique=True)


_EDITS = {most: _edits(EDITABLE, most) for most in (1, 4, 8)}


def _around(
    engine: Engine, shown: Employee, as_of: date, keeps: Callable[[Decision], bool], rule: str
) -> st.SearchStrategy[Employee]:
    """Return somebody with as much of somebody else as the verdict bears: nothing is thrown away and drawn again."""
    others = _anybody(engine, _thresholds(engine, as_of), as_of)

    @st.composite
    def people(draw: Draw[Any]) -> Employee:
        person = shown
        other = draw(others)
        for name in draw(_EDITS[8]):
            changed = mixed(person, other, [name], as_of)
            if not any(one.unknown for one in changed.findings(as_of)) and keeps(
                engine.decide(changed, rule, as_of=as_of)
            ):
                person = changed
        return person

    return _written(people(), engine)


def _blurred(people: st.SearchStrategy[Employee], as_of: date) -> st.SearchStrategy[Employee]:
    """Return people of whom some fields and histories are not delivered, or not since long enough."""

    @st.composite
    def blurred(draw: Draw[Any]) -> Employee:
        person = draw(people)
        names = draw(st.lists(st.sampled_from([name for name in fields_of("employee") if "." not in name]), max_size=2))
        update: dict[str, Any] = dict.fromkeys(names)
        for history in draw(st.lists(st.sampled_from(list(HISTORIES)), max_size=3, unique=True)):
            since = draw(st.one_of(st.none(), st.dates(date(2000, 1, 1), as_of)))
            update[history] = getattr(person, history).model_copy(update={"complete_since": since})
        made: Employee = person.model_copy(update=update)
        return made

    return blurred()


# Twins


def _with(person: Employee, attribute: str) -> st.SearchStrategy[Employee]:
    """Return the person with the attribute known."""
    if attribute == "birth_date" or getattr(person.protected, attribute) is not None:
        return st.just(person)
    values: dict[str, list[Any]] = {"sex": ["L", "P"], "disability": [True, False]}
    if attribute == "sex":
        digit = "P" if person.nip[14] == "2" else "L"
        values["sex"] = [digit]
    choices = st.sampled_from(values.get(attribute, ["Jawa", "Sunda"]))

    @st.composite
    def told(draw: Draw[Any]) -> Employee:
        given = {**person.protected.model_dump(), attribute: draw(choices)}
        return person.model_copy(update={"protected": type(person.protected).model_validate(given)})

    return told()


def _changed(person: Employee, attribute: str, follows: tuple[str, ...], as_of: date) -> st.SearchStrategy[Employee]:
    """Return the person with another value of the attribute, with or without records that follow from it."""
    others = list(changes.of_another(person, attribute, as_of)) or [person]

    @st.composite
    def twin(draw: Draw[Any]) -> Employee:
        other = draw(st.sampled_from(others))
        for name in follows:
            history, _, kind = name.partition(":")
            if history in HISTORIES and kind and draw(st.booleans()):
                start = person.cpns_on if isinstance(person.cpns_on, date) else plus_months(as_of, -24)
                day = draw(st.dates(min(start, as_of), as_of))
                ends = spec(history).ends_by
                given = {spec(history).placed_by: day, "kind": kind, **({ends: plus_months(day, 3)} if ends else {})}
                record = HISTORIES[history].model_validate(given)
                kept = [one for one in getattr(other, history).records if one.placed != day]
                ordered = sorted([*kept, record], key=lambda one: str(one.placed))
                other = other.model_copy(update={history: getattr(other, history).with_records(ordered)})
        made: Employee = other
        return made

    return twin()
