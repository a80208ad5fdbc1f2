"""Generated programs: random rules over facts, histories, other rules and exemptions, for every back end alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from asnpolicy.language.facts import FACTS, compare, each_year, fold, span, until_or_open
from asnpolicy.language.nodes import (
    DURATION,
    NUMBER,
    SPAN,
    AllOf,
    AnyOf,
    Arithmetic,
    Asks,
    AsOf,
    Band,
    Compare,
    Contains,
    Divide,
    Figure,
    If,
    IsNone,
    Kind,
    Literal,
    Lookup,
    Member,
    Not,
    PlusMonths,
    RecordField,
    StartOfYear,
    Within,
    YearOf,
)  # fmt: skip
from asnpolicy.language.reading import record_fields
from asnpolicy.language.rules import Alternative, Criterion, Program, Rule, Text
from asnpolicy.language.windows import EVER, in_last, last_full_years, since
from asnpolicy.people import ABSENT
from asnpolicy.people.education import EducationLevel
from asnpolicy.people.ranks import Rank
from asnpolicy.problems import Place

WORDS = Text("a", "a")
PLACE = Place("generated", 1, 1)
ORDERED = ("at_least", "at_most", "below", "above")
SCALARS = (
    "employment", "service_status", "supervisor_rank", "rank", "time_in_rank", "time_in_service", "next_rank", "post_kind",
    "jenjang", "time_in_post", "jenjang_since", "time_in_jenjang", "education_level", "cpns_on", "unit",
)  # fmt: skip
MONTHS = (0, 12, 23, 24, 36, 48, 60, 120)


def wanted(rng: Random, type_, as_of: date):
    """Draw a literal of a type."""
    match type_.kind:
        case Kind.LABEL:
            return Literal(rng.choice(list(type_.labels)))
        case Kind.DURATION | Kind.SPAN:
            return Literal(rng.choice(MONTHS))
        case Kind.DATE:
            return Literal(as_of.replace(year=as_of.year - rng.randrange(0, 12), day=min(as_of.day, 28)))
        case Kind.TRUTH:
            return Literal(rng.random() < 0.5)
        case Kind.TEXT:
            return Literal(rng.choice(("bappeda", "sdn-01", "pendidikan", "pkp")))
        case _:
            return Literal(rng.choice((0, 1, 2, 5, 20)))


def window(rng: Random, as_of: date):
    """Draw a window."""
    return rng.choice((EVER, in_last(Literal(rng.choice(MONTHS[1:]))), since(Literal(date(as_of.year - 2, 1, 1)))))


def scalar(rng: Random, as_of: date):
    """Draw a condition on one fact."""
    fact = FACTS[rng.choice(SCALARS)]
    value, type_ = fact.value(EVER), fact.type
    if rng.random() < 0.1 and type_ is not DURATION:
        return IsNone(value)
    if type_.labels is not None and rng.random() < 0.3:
        among = rng.sample(list(type_.labels), 2)
        return Member(value, tuple(among) if rng.random() < 0.7 else (*among, ABSENT))
    ordered = type_.kind in (Kind.DURATION, Kind.DATE) or (type_.labels is not None and type_.labels.ordered())
    op = rng.choice(ORDERED) if ordered and (type_ is DURATION or rng.random() < 0.7) else "is"
    if rng.random() < 0.15 and fact.name in ("rank", "supervisor_rank"):
        level = FACTS["education_level"].value(EVER)
        rows = tuple(((one,), rng.choice(list(Rank))) for one in rng.sample(list(EducationLevel), 5))
        return Compare(op, value, Lookup((level,), rows, rng.choice((ABSENT, Rank.III_A)), "t"))
    return compare(op, type_, value, wanted(rng, type_, as_of))


def record_test(rng: Random, history: str, as_of: date):
    """Draw a filter on the records of a history."""
    names = {"trainings": ("code", "hours", "passed"), "exams": ("code", "jenjang", "passed"), "sanctions": ("level",),
             "posts": ("kind", "jenjang", "field", "acting"), "appraisals": ("rating", "year"), "educations": ("level",)}  # fmt: skip
    name = rng.choice(names[history])
    type_ = record_fields(history)[name]
    ordered = type_.kind is Kind.NUMBER or (type_.labels is not None and type_.labels.ordered())
    test = Compare(
        rng.choice(ORDERED) if ordered and rng.random() < 0.6 else "is",
        RecordField(name, type_),
        wanted(rng, type_, as_of),
    )
    return Not(test) if rng.random() < 0.15 else test


def numbered(rng: Random, as_of: date):
    """Draw a condition on a computed number: added up, taken off, multiplied, divided with a rounding, looked up in bands."""
    hours = fold("sum", "trainings", "hours", window=window(rng, as_of))
    taken = fold("count", rng.choice(("exams", "sanctions", "posts", "educations")))
    op = rng.choice(("plus", "minus", "times"))
    value = Arithmetic(op, hours, Literal(rng.choice((2, 3, 7))) if op == "times" else taken)
    if rng.random() < 0.5:
        value = Divide(value, rng.choice((2, 3, 10)), rng.choice(("half_up", "half_even", "down", "up")))
    if rng.random() < 0.3:
        bands = (((Band(None, 1),), 5), ((Band(1, 10),), 1), ((Band(20, None),), 3))
        value = Lookup((value,), bands, rng.choice((0, ABSENT)), "t")
    return Compare(rng.choice((*ORDERED, "is")), Figure("f", value), Literal(rng.choice((0, 1, 3, 5, 20))))


def placed(rng: Random):
    """Draw a condition on where somebody works or what they like."""
    if rng.random() < 0.5:
        return Within(FACTS["unit"].value(EVER), rng.choice(("dinas-pendidikan", "sdn-01", "bappeda")))
    return Contains(FACTS["interests"].value(EVER), rng.choice(("perencanaan", "keuangan")))


def folded(rng: Random, as_of: date):
    """Draw a condition on a history as a whole."""
    history = rng.choice(("trainings", "exams", "sanctions", "posts", "appraisals", "educations"))
    tests = tuple(record_test(rng, history, as_of) for _ in range(rng.randrange(0, 3)))
    where = (AnyOf(tests),) if len(tests) > 1 and rng.random() < 0.3 else tests
    kind = rng.randrange(5)
    if kind == 0 and history == "trainings":
        return Compare(
            rng.choice(ORDERED),
            fold("sum", history, "hours", where=where, window=window(rng, as_of)),
            Literal(rng.choice((1, 19, 20))),
        )
    if kind == 1 and history == "appraisals":
        rated = last_full_years(rng.choice((1, 2, 3)), Literal(1))
        value = fold(rng.choice(("least", "greatest")), history, "rating", where=where, window=rated, otherwise=ABSENT)
        test = compare(
            rng.choice(ORDERED), FACTS["lowest_rating"].type, value, wanted(rng, FACTS["lowest_rating"].type, as_of)
        )
        return AllOf((each_year("appraisals", rated), test)) if rng.random() < 0.5 else test
    if kind == 2 and history in ("posts", "sanctions"):
        measure = rng.choice(("sum", "greatest"))
        measured = replace(fold(measure, history, span(history), where=where), once=measure == "sum")
        return compare(rng.choice(ORDERED), SPAN, measured, Literal(rng.choice(MONTHS)))
    if kind == 3 and history == "posts":
        chain = fold("unbroken_since", history, until_or_open(history), where=where, otherwise=ABSENT)
        return compare(rng.choice(ORDERED), DURATION, chain, Literal(rng.choice(MONTHS)))
    if kind == 4 and history in ("appraisals", "educations"):
        field = "rating" if history == "appraisals" else "level"
        nth = fold("latest", history, field, where=where, nth=rng.choice((1, 2, 3)), otherwise=ABSENT)
        return Compare(rng.choice(ORDERED), nth, wanted(rng, record_fields(history)[field], as_of))
    counted = fold("count", history, where=where, window=window(rng, as_of))
    return compare(rng.choice((*ORDERED, "is")), NUMBER, counted, Literal(rng.choice((0, 1, 2))))


def condition(rng: Random, as_of: date, depth: int, rules: list[str]):
    """Draw a condition."""
    drawn = rng.random()
    if depth and drawn < 0.35:
        inner = tuple(condition(rng, as_of, depth - 1, rules) for _ in range(rng.randrange(2, 4)))
        return rng.choice((AllOf, AnyOf))(inner)
    if depth and drawn < 0.45:
        return Not(condition(rng, as_of, depth - 1, rules))
    if rules and drawn < 0.55:
        return Asks(rng.choice(rules), rng.choice(("eligible", "clear")))
    if drawn < 0.6:
        chosen = If(scalar(rng, as_of), Literal(Rank.III_A), FACTS["rank"].value(EVER))
        return Compare(rng.choice(ORDERED), chosen, Literal(rng.choice(list(Rank))))
    if drawn < 0.65:
        return numbered(rng, as_of)
    if drawn < 0.7:
        return placed(rng)
    return scalar(rng, as_of) if rng.random() < 0.5 else folded(rng, as_of)


def criterion(rng: Random, as_of: date, name: str, rules: list[str]) -> Criterion:
    """Draw a criterion, some with `when` and exemptions."""
    when = condition(rng, as_of, 1, rules) if rng.random() < 0.3 else None
    exempt = tuple(
        Alternative(f"e{n}", WORDS, "", condition(rng, as_of, 1, rules)) for n in range(rng.choice((0, 0, 0, 1, 2)))
    )
    return Criterion(name, WORDS, "", "in_force", PLACE, condition(rng, as_of, 2, rules), when, exempt)


def destination(rng: Random, as_of: date, rules: list[str]):
    """Draw what a rule leads to: a fact, a record of a history, a fact of some, a constant, a computed number; or nothing.

    A choice is between values of one type, as the loader sees to in a policy.
    """
    leads_to = FACTS[rng.choice(("next_rank", "rank", "post_kind", "jenjang_since", "education_level"))]
    fact = leads_to.value(EVER)
    lowest = fold("least", "appraisals", "rating", window=last_full_years(2, Literal(1)), otherwise=ABSENT)
    other = rng.choice((Literal(ABSENT), wanted(rng, leads_to.type, as_of)))
    chosen = If(condition(rng, as_of, 1, rules), fact, other)
    hours = Arithmetic("plus", fold("sum", "trainings", "hours"), Literal(1))
    return rng.choice((None, fact, lowest, chosen, Literal(Rank.III_B), hours))


def due(rng: Random):
    """Draw the day on which something is due: so many months after a date, at the turn of the year, or none."""
    day = FACTS[rng.choice(("cpns_on", "jenjang_since"))].value(EVER)
    return rng.choice((None, PlusMonths(day, Literal(rng.choice(MONTHS))), StartOfYear(YearOf(AsOf()))))


def program(rng: Random, as_of: date) -> Program:
    """Draw a program of a few rules, each building on those before."""
    rules: list[Rule] = []
    for number in range(rng.randrange(1, 4)):
        before = [rule.id for rule in rules]
        criteria = tuple(criterion(rng, as_of, f"c{n}", before) for n in range(rng.randrange(1, 5)))
        warnings = tuple(criterion(rng, as_of, f"w{n}", before) for n in range(rng.choice((0, 0, 1))))
        applies = condition(rng, as_of, 1, before)
        target, day = destination(rng, as_of, before), due(rng)
        rules.append(
            Rule(f"r{number}", "promotion", WORDS, "", "in_force", PLACE, applies, criteria, warnings, target, due=day)
        )
    return Program("generated", date(2000, 1, 1), date.max, tuple(rules))
