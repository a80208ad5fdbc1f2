"""How far an answer of the solver goes: for people with any number of records, or only for those with so few."""

import os
from dataclasses import replace
from datetime import date
from itertools import product
from random import Random

import pytest
import z3

from asnpolicy.backends.definition import Definition
from asnpolicy.backends.smt import calendar
from asnpolicy.backends.smt.people import OPEN_POSITION
from asnpolicy.backends.smt.records import MOST, records_for
from asnpolicy.backends.smt.search import Extent, Smt
from asnpolicy.fairness import hunts
from asnpolicy.language import dates
from asnpolicy.language.facts import FACTS, compare, fact_of, fold, record_is, span, until_or_open
from asnpolicy.language.nodes import (
    DURATION,
    SPAN,
    YES,
    Arithmetic,
    Compare,
    Fold,
    Literal,
    Lookup,
    Not,
    PlusMonths,
    RecordField,
    Within,
    walk,
)  # fmt: skip
from asnpolicy.language.reading import record_fields
from asnpolicy.language.rules import Criterion, Program, Rule
from asnpolicy.language.windows import EVER
from asnpolicy.people import ABSENT, HISTORIES, OPEN
from asnpolicy.people.ranks import Rank
from asnpolicy.problems import PolicyError
from tests.conformance.people import AGENCY, employee, question
from tests.conformance.programs import PLACE, WORDS, program
from tests.conformance.terms import fully_known, spoken_of

PROGRAMS = int(os.environ.get("ASNPOLICY_PROGRAMS", "60"))
AS_OF = date(2026, 10, 1)


def asking(*conditions):
    """Give the questions about one rule with these criteria."""
    criteria = tuple(
        Criterion(f"c{at}", WORDS, "", "in_force", PLACE, condition) for at, condition in enumerate(conditions)
    )
    rule = Rule("r", "promotion", WORDS, "", "in_force", PLACE, YES, criteria)
    return Smt(Program("made", date(2000, 1, 1), date.max, (rule,)), AS_OF)


def reachable(smt, verdict="eligible"):
    """Look for somebody who comes to a verdict."""
    return hunts.comes_to(smt, "r", verdict, wanted=True).run()


def count(history, *where):
    return fold("count", history, where=where)


def at_least(value, number):
    return Compare("at_least", value, Literal(number))


def without(asked, history, at):
    """Give the same question without one record."""
    records = getattr(asked.employee, history).records
    kept = getattr(asked.employee, history).model_copy(update={"records": (*records[:at], *records[at + 1 :])})
    person = asked.employee.model_copy(update={history: kept})
    return replace(asked, employee=person, mentee=person)


def lessened(definition, rule, asked, histories):
    """Let go of one record after the other, as long as every criterion comes out as before."""
    expected = definition.decide(rule, asked)
    for history in histories:
        for at in reversed(range(len(getattr(asked.employee, history).records))):
            less = without(asked, history, at)
            if definition.decide(rule, less) == expected:
                asked = less
    return asked


@pytest.mark.parametrize("number", range(PROGRAMS))
def test_whoever_there_is_somebody_with_few_records_comes_to_the_same(number):
    """The number of records that is called enough is: of anybody's records, no more need be kept (random rules, people)."""
    rng = Random(f"records {number}")
    made = program(rng, AS_OF)
    smt, definition = Smt(made, AS_OF, agency=AGENCY), Definition(made)
    drawn = [fully_known(question(rng, AS_OF, 0.0), employee(rng, AS_OF, 0.0)) for _ in range(6)]
    people = [one for one in drawn if spoken_of(one)]
    for rule in made.rules:
        conditions = smt.conditions(rule.id)
        totals = {n.history for c in conditions for n in walk(c) if isinstance(n, Fold) and n.op == "sum"}
        needs = {name: each for name, each in records_for(conditions).items() if each.enough and name not in totals}
        unread = [name for name in HISTORIES if name not in records_for(conditions)]
        for one in people:
            less = lessened(definition, rule.id, one, [*needs, *unread])
            assert not any(getattr(less.employee, name).records for name in unread)
            for name, each in needs.items():
                assert len(getattr(less.employee, name).records) <= each.most, (rule, name, less)


def test_as_many_different_records_as_a_rule_asks_for_at_once():
    """Nine competencies at once need nine records, and a person has them."""
    answer = asking(*(at_least(count("competencies", record_is("competencies", "code", f"k{n}")), 1) for n in range(9)))
    found = reachable(answer)
    assert len(found.people[0].employee.competencies.records) == 9


@pytest.mark.parametrize("number", [1, 3, MOST, MOST + 1])
def test_as_many_records_as_are_counted(number):
    """Where a rule asks for some number of trainings, the witness has so many."""
    found = reachable(asking(at_least(count("trainings"), number)))
    assert len(found.people[0].employee.trainings.records) >= number


def test_nobody_among_people_with_few_records_is_not_nobody():
    """More than a witness may have: the answer is no, and says among whom."""
    for claim in (
        at_least(count("trainings"), MOST + 4),
        Compare("at_least", count("trainings"), Arithmetic("plus", count("exams"), Literal(9))),
    ):
        answer = reachable(asking(claim))
        assert answer.somebody is False
        assert not answer.whatever_records
        assert any(not each.enough for each in answer.records)


def test_what_contradicts_itself_is_impossible_whatever_the_records():
    """Totals, chains and counts that can't be both ways: nobody, with however many records."""
    hours, chain = (
        fold("sum", "trainings", "hours"),
        fold("unbroken_since", "posts", until_or_open("posts"), otherwise=ABSENT),
    )
    total = fold("sum", "posts", span("posts"))
    for one, other in (
        (at_least(hours, 20), Compare("below", hours, Literal(20))),
        (compare("at_least", DURATION, chain, Literal(24)), compare("below", DURATION, chain, Literal(12))),
        (compare("at_least", SPAN, total, Literal(24)), compare("below", SPAN, total, Literal(12))),
    ):
        answer = reachable(asking(one, other))
        assert answer.somebody is False
        assert answer.whatever_records


def test_a_witness_shows_what_it_shows_however_few_records_people_have():
    """An answer with a witness needs no number of records to be enough."""
    answer = reachable(asking(compare("at_least", SPAN, fold("sum", "posts", span("posts")), Literal(24))))
    assert answer.whatever_records
    assert not all(each.enough for each in answer.records)


def test_twins_are_told_apart_by_what_each_makes_of_the_same_records():
    """A fold that reads the attribute comes out twice; a post from the age of 25 on for the one, not for the other."""
    grown = PlusMonths(FACTS["birth_date"].value(EVER), Literal(25 * 12))
    later = Compare("at_least", fold("least", "posts", "since", otherwise=ABSENT), grown)
    rank = Compare("at_least", FACTS["rank"].value(EVER), Literal(Rank.III_A))
    assert hunts.told_apart(asking(rank), "r", "birth_date", ()) is None
    found = hunts.told_apart(asking(later, rank), "r", "birth_date", ()).run()
    first, second = (one.employee for one in found.people)
    assert first.birth_date < second.birth_date


def test_what_the_solver_can_not_be_asked_about_is_declared():
    """A mentor's records: the reason is data, and no answer is given."""
    smt = asking(Compare("is", fact_of("mentor", "rank").value(EVER), Literal(Rank.III_A)))
    assert smt.unsupported("r") == ("the solver can't be asked about `Fold of the mentor`",)
    with pytest.raises(PolicyError, match="Fold of the mentor"):
        reachable(smt)


DAYS = [date(2023, 2, 28), date(2024, 2, 28), date(2024, 2, 29), date(2025, 1, 31), date(2025, 4, 30), date(2025, 5, 1)]


@pytest.mark.parametrize("late", [False, True])
def test_months_are_counted_as_on_the_calendar(late):
    """Added, taken off to each edge and counted: the solver's arithmetic is the definition's, days 29 to 31 too."""
    days = [*DAYS, OPEN] if late else [day for day in DAYS if day.day <= 28]
    for day, other in product(days, days):
        one, two = (z3.IntVal(dates.position(each)) for each in (day, other))
        assert worth(calendar.months_between(late)(one, two)) == dates.months_between(day, other), (day, other)
        for months in (0, 1, 12, 25):
            assert worth(calendar.plus_months(late)(one, months)) == dates.position(dates.plus_months(day, months))
            for edge, back in dates.CUT.items():
                mine, real = worth(calendar.cut(edge, late)(one, months)), dates.position(back(day, months))
                near = list(map(dates.position, days))
                assert [at <= mine for at in near] == [at <= real for at in near], (day, months, edge)
        assert worth(calendar.last_month_end(one)) == dates.position(dates.last_month_end(day))


PERIODS = (
    dates.Period(date.min, date(2024, 1, 1), ((4, 1), (10, 1))),
    dates.Period(date(2024, 1, 1), date(2025, 10, 1), ((2, 1), (12, 1))),
    dates.Period(date(2025, 10, 1), date(2027, 1, 1), ((1, 1), (2, 29), (7, 1))),
)


@pytest.mark.parametrize(
    "day", ["2023-04-01", "2023-10-01", "2023-10-02", "2024-12-01", "2024-12-02", "2026-07-02", "2026-12-31"]
)
def test_the_next_period_is_found_as_on_the_calendar(day):
    """Across versions of the periods too, and never where none comes; the solver and the definition find the same one."""
    at = date.fromisoformat(day)
    found = dates.upcoming(at, PERIODS)
    assert worth(calendar.upcoming(PERIODS)(z3.IntVal(dates.position(at)))) == (
        OPEN_POSITION if found == OPEN else dates.position(found)
    )
    before = dates.passed(found, PERIODS) if found < OPEN else None
    assert before is None or before < at <= found


def worth(term):
    """Give the number that a term without unknowns comes to."""
    return z3.simplify(term).as_long()


def test_units_stand_in_any_tree_that_can_be():
    """Whoever works in one unit may stand in another above it; two units can't stand in one another."""
    unit = FACTS["unit"].value(EVER)
    inside = reachable(asking(Compare("is", unit, Literal("sdn-01")), Within(unit, "dinas-pendidikan")))
    assert inside.people[0].agency.within("sdn-01", "dinas-pendidikan")
    both = reachable(asking(Within(unit, "satu"), Within(unit, "dua"), Compare("is", unit, Literal("tiga"))))
    agency = both.people[0].agency
    assert agency.within("satu", "dua") or agency.within("dua", "satu")
    round_ = asking(Within(unit, "satu"), Not(Within(unit, "dua")), Compare("is", unit, Literal("dua")))
    assert reachable(round_).somebody is False


def test_an_appraisal_of_a_part_of_a_year_is_found_where_only_it_will_do():
    """Known within its year only when it is of a part; else the witness has whole years, known on the day after."""
    usual = reachable(asking(at_least(count("appraisals"), 2))).people[0].employee.appraisals.records
    assert [(one.months, one.decided_on) for one in usual] == [(12, date(one.year + 1, 1, 1)) for one in usual]
    this_year = Compare("is", RecordField("year", record_fields("appraisals")["year"]), Literal(AS_OF.year))
    (part,) = reachable(asking(at_least(count("appraisals", this_year), 1))).people[0].employee.appraisals.records
    assert part.months < 12
    assert part.period_end.replace(day=1) <= part.decided_on <= AS_OF


@pytest.mark.parametrize("number", range(PROGRAMS // 3))
def test_what_holds_whatever_is_made_of_records_holds_of_everybody(number):
    """No verdict that some random person comes to is impossible when folds may come to anything that they can."""
    rng = Random(f"whatever {number}")
    made = program(rng, AS_OF)
    smt = Smt(made, AS_OF)
    drawn = [fully_known(question(rng, AS_OF, 0.0), employee(rng, AS_OF, 0.0)) for _ in range(8)]
    for rule in made.rules:
        if smt.unsupported(rule.id):
            continue
        for verdict in {hunts.decided(smt, rule.id, one) for one in drawn if spoken_of(one)} - {"undetermined"}:
            hunt = hunts.comes_to(smt, rule.id, verdict, wanted=False)
            assert smt.solver(hunt.claims(Extent(None))).check() != z3.unsat, (rule, verdict)


def test_a_count_against_a_table_that_may_have_nothing_needs_as_many_records_as_its_largest_number():
    """A row may say that there is no number: nothing is counted up to it."""
    counted = fold("count", "exams")
    table = Lookup((FACTS["rank"].value(EVER),), (((Rank.III_A,), 2), ((Rank.III_B,), ABSENT)), ABSENT, "t")
    limits = records_for([Compare("at_least", counted, table)])
    assert limits["exams"] == records_for([Compare("at_least", counted, Literal(2))])["exams"]
    assert reachable(asking(Compare("at_least", counted, table))).somebody
