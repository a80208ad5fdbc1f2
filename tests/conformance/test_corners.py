"""Corners: people and days that nobody would think up, and what every back end says of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from asnpolicy.backends.columns import Columns
from asnpolicy.backends.columns import asked as tables_of
from asnpolicy.backends.compiled import Compiled
from asnpolicy.backends.definition import Definition
from asnpolicy.language.facts import FACTS, fold
from asnpolicy.language.nodes import DATE, Arithmetic, Compare, Contains, Divide, Field, IsNone, Literal, RecordField
from asnpolicy.language.rules import Criterion, Program, Rule
from asnpolicy.people import ABSENT, COMPLETE, OPEN, Employee
from asnpolicy.people.appraisals import Rating
from asnpolicy.people.education import EducationLevel
from asnpolicy.people.placeholders import is_placeholder
from asnpolicy.people.posts import Echelon, Jenjang, PostKind
from asnpolicy.people.ranks import PppkGrade, Rank
from asnpolicy.people.status import Employment, SanctionLevel, ServiceStatus
from tests.conformance.people import AGENCY, maybe, question
from tests.conformance.programs import PLACE, WORDS, program
from tests.conformance.shipped import looks_into_the_mentor, policy

DAYS = (date(2024, 2, 29), date(2023, 2, 28), date(2025, 8, 31), date(2026, 1, 1), date(2025, 12, 31), date(2026, 4, 30),
        date(1968, 2, 29), date(1969, 12, 31), date(2100, 2, 28))  # fmt: skip
"""Days asked for: leap days, month ends, turns of the year, before 1970, and a year that is no leap year."""
FAR = (date(1900, 1, 1), date(1969, 12, 31), date(1970, 1, 1), date(2000, 2, 29), date(2200, 12, 31))
TEXTS = ("a|b", "a", "b", "|", "^", "^-", "\x00", "none", "unknown", "'", '"', "%", "A", "é", "sdn-01", "x" * 200)
SAID = tuple(text for text in TEXTS if not is_placeholder(text))
"""Those that a person may have."""
LONG = 90
"""So many records are more than any career has."""


def near(rng: Random, as_of: date) -> date:
    """Draw a day: the day itself, its neighbours, whole months back clipped either way, or far off."""
    if rng.random() < 0.15:
        return rng.choice(FAR)
    years = max(as_of.year - rng.randrange(0, 60), 1900)
    month = rng.choice((2, as_of.month, as_of.month, 12))
    last = (date(years + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    wanted = rng.choice((as_of.day, 28, 29, 31, 1))
    return date(years, month, min(wanted, last)) + timedelta(days=rng.choice((0, 0, 0, 1)))


def odd(rng: Random, as_of: date, unknown: float) -> Employee:
    """Draw somebody whose every history is at odds with how careers go."""

    def m(value):
        return maybe(rng, value, unknown)

    def spans(fields):
        """Give records that overlap, touch, last no time at all, begin together, or end nobody knows when."""
        for _ in range(rng.choice((0, 1, 2, 3, 3))):
            since = near(rng, as_of)
            ends = (since, OPEN, OPEN, as_of, as_of + timedelta(days=1), near(rng, as_of))
            until = rng.choice([day for day in ends if day >= since])
            copies = rng.choice((1, 1, 2))
            yield from ({**fields(), "since": since, "until": m(until)} for _ in range(copies))

    def days(most):
        drawn = [near(rng, as_of) for _ in range(rng.randrange(0, most))]
        return drawn + drawn[:1] * rng.randrange(0, 2)

    def post():
        kind = rng.choice((PostKind.FUNGSIONAL, *PostKind))
        if kind is PostKind.FUNGSIONAL:
            ladder = {"jenjang": m(rng.choice((Jenjang.AHLI_MUDA, *Jenjang)))}
        else:
            ladder = {} if kind is PostKind.PELAKSANA else {"echelon": m(rng.choice(tuple(Echelon)))}
        return {"kind": kind, **ladder, "field": m(rng.choice(SAID)), "acting": m(rng.random() < 0.3)}

    def whole(records):
        return {"records": records, "complete_since": rng.choice((COMPLETE, COMPLETE, None, as_of, near(rng, as_of)))}

    many = rng.random() < 0.1
    data = {
        "nip": "198609262015051001",
        "service_status": m(rng.choice(tuple(ServiceStatus))), "unit": m(rng.choice((*SAID, "bappeda", "dinas-pendidikan"))),
        "field": m(rng.choice(SAID)), "interests": m(tuple(rng.sample(SAID, rng.randrange(4)))),
        "supervisor_rank": m(rng.choice((ABSENT, *Rank))), "birth_date": m(near(rng, as_of)),
        "cpns_on": m(rng.choice((ABSENT, near(rng, as_of), as_of))), "pns_on": m(near(rng, as_of)), "agency_since": m(near(rng, as_of)),
        "ranks": whole([{"rank": m(rng.choice(tuple(Rank))), "since": d} for d in days(4)]),
        "pppk_grades": whole([{"grade": m(rng.choice(tuple(PppkGrade))), "since": d} for d in days(2)]),
        "posts": whole(list(spans(post))),
        "educations": whole([{"level": m(rng.choice(tuple(EducationLevel))), "graduated_on": d,
                              "recognised_on": m(rng.choice((ABSENT, d, near(rng, as_of), as_of)))} for d in days(4)]),
        "appraisals": whole([{"year": y, "rating": m(rng.choice(tuple(Rating))), **part} for y in (as_of.year - 1, as_of.year - 2)
                             for part in rng.choice(([], [{}], [{}, {}], [{"period_start": date(y, 2, 28), "period_end": date(y, 12, 31)}]))]),
        "credits": whole([{"kind": m(rng.choice(("integrasi", *SAID))), "amount": m(rng.choice((Decimal(0), Decimal("0.001"), Decimal(100_000)))),
                           "granted_on": d} for d in days(4)]),
        "trainings": whole([{"code": m(rng.choice(("pkp", *SAID))), "hours": m(rng.choice((0, 1, 5000))), "completed_on": d,
                             "passed": m(rng.random() < 0.8)} for d in days(4) * (LONG // 3 if many else 1)]),
        "exams": whole([{"code": m(rng.choice(("uji-kompetensi", *SAID))), "jenjang": m(rng.choice((ABSENT, *Jenjang))),
                         "passed": m(rng.random() < 0.8), "taken_on": d} for d in days(4)]),
        "sanctions": whole(list(spans(lambda: {"level": m(rng.choice(tuple(SanctionLevel))), "final": m(True)}))),
    }  # fmt: skip
    person = Employee.model_validate(data)
    return person.model_copy(update={"employment": m(rng.choice(tuple(Employment)))})  # a PPPK may have ranks here


def asked(rng: Random, as_of: date, number: int):
    """Draw questions about odd people, in one agency."""
    unknown = rng.choice((0.0, 0.1, 0.3))

    def one():
        person = odd(rng, as_of, unknown)
        return replace(question(rng, as_of, unknown), employee=person, mentee=person, agency=AGENCY)

    return [one() for _ in range(number)]


def rule(id: str, *conditions) -> Rule:
    """Give a rule with a criterion for each condition, for everybody."""
    criteria = tuple(Criterion(f"c{n}", WORDS, "", "in_force", PLACE, each) for n, each in enumerate(conditions))
    return Rule(id, "promotion", WORDS, "", "in_force", PLACE, Literal(True), criteria)


def texts() -> Rule:
    """Ask for every odd text, in a list of texts, as a text, and in records."""
    unit, liked = FACTS["unit"].value(), FACTS["interests"].value()
    code = RecordField("code", FACTS["unit"].type)
    each = [[Contains(liked, text), Compare("is", unit, Literal(text)), _codes(code, text)] for text in TEXTS]
    return rule("texts", IsNone(unit), *(condition for three in each for condition in three))


def _codes(code, text):
    return Compare("at_least", fold("count", "trainings", where=(Compare("is", code, Literal(text)),)), Literal(1))


def numbers() -> Rule:
    """Ask for numbers below zero, halves either way, and sums as large as they get."""
    hours, credit = fold("sum", "trainings", "hours"), fold("sum", "credits", "amount")
    below = Arithmetic("minus", fold("count", "exams"), hours)
    roundings = ("half_up", "half_even", "up", "down")
    halves = [Compare("is", Divide(below, 2, how), Literal(n)) for how in roundings for n in (0, -1, -2, -2500)]
    large = Arithmetic("times", credit, hours)
    return rule("numbers", Compare("below", below, Literal(0)), *halves, Compare("at_least", large, Literal(10**11)))


def days() -> Rule:
    """Ask for days on either side of each other, where one of them may be open, absent or not known."""
    post, born, cpns = FACTS["post_since"].value(), FACTS["birth_date"].value(), FACTS["cpns_on"].value()
    since = Field("employee", "agency_since", DATE)
    pairs = [(one, other) for one in (post, born, cpns, since) for other in (post, born, cpns, since)]
    return rule("days", *(Compare(op, *pair) for op in ("is", "below", "at_most") for pair in pairs))


ODD = Program("odd", date(1900, 1, 1), OPEN, (texts(), numbers(), days()))


def compare(made: Program, as_of: date, people) -> None:
    """Hold the compiled rules and the columns to the definition."""
    definition, compiled, columns, tables = Definition(made), Compiled(made), Columns(made), tables_of(people)
    for one in made.rules:
        if looks_into_the_mentor(made, one):
            continue
        rows = columns.decide_many(one.id, tables, as_of, AGENCY).rows()
        for person, row in zip(people, rows, strict=True):
            expected = definition.decide(one.id, person)
            told = f"{one.id} on {as_of}: {person.employee.model_dump_json(exclude_defaults=True)}"
            assert compiled.decide(one.id, person) == expected, told
            assert row[1:] == (expected.applies, expected.holds, *expected.criteria, *expected.warnings), told


@pytest.mark.parametrize("as_of", DAYS, ids=str)
def test_odd_texts_numbers_and_days_mean_one_thing(as_of):
    """Bars, quotes and zeros in texts, numbers below zero, days that are open: alike wherever the rule runs."""
    compare(ODD, as_of, asked(Random(f"odd {as_of}"), as_of, 40))


@pytest.mark.parametrize("as_of", DAYS, ids=str)
def test_odd_people_before_generated_rules_mean_one_thing(as_of):
    """Random rules on leap days and month ends, of people with overlapping, empty, endless and equal records."""
    rng = Random(f"programs {as_of}")
    for _ in range(3):
        compare(program(rng, as_of), as_of, asked(rng, as_of, 15))


def test_odd_people_before_shipped_rules_mean_one_thing():
    """The rules of the national base, as they are in force on a leap day and on the last day of a year."""
    for as_of in (date(2024, 2, 29), date(2025, 12, 31)):
        compare(policy("nasional").program(as_of), as_of, asked(Random(str(as_of)), as_of, 25))


def test_odd_people_mean_one_thing_by_forward_chaining():
    """The same for the back end that chains."""
    pytest.importorskip("durable_rules_engine", reason="the extra `rete` is not installed")
    from asnpolicy.backends.rete import Rete

    for as_of in DAYS[:3]:
        rng = Random(f"rete {as_of}")
        made = program(rng, as_of)
        definition, rete = Definition(made), Rete(made)
        for one in made.rules:
            for person in asked(rng, as_of, 15):
                assert rete.decide(one.id, person) == definition.decide(one.id, person), (one.id, person)
