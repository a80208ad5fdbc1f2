"""Core nodes: each means in compiled code what it means in the definition, on generated people, and answers in all ways."""

from dataclasses import is_dataclass
from datetime import date
from random import Random
from typing import get_args, get_type_hints

import pytest

from asnpolicy.backends.compiled import Compiled
from asnpolicy.backends.definition import Definition
from asnpolicy.language import nodes
from asnpolicy.language.dates import Period
from asnpolicy.language.daycount import NONE_PUBLISHED, Holidays
from asnpolicy.language.facts import FACTS, fold, record_is, summed
from asnpolicy.language.lower import Binder, bind_rule
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import (
    DATE,
    KINDS,
    NUMBER,
    TEXT,
    YES,
    AllOf,
    AnyOf,
    Arithmetic,
    Asks,
    Band,
    Compare,
    Cut,
    Divide,
    Elapsed,
    Field,
    Figure,
    If,
    IsNone,
    LastMonthEnd,
    Literal,
    Lookup,
    Member,
    MonthsBetween,
    Not,
    PlusDays,
    PlusMonths,
    RecordField,
    StartOfYear,
    Upcoming,
    Within,
    YearOf,
    children,
    rebuild,
)  # fmt: skip
from asnpolicy.language.rules import (
    FAILED,
    HELD,
    UNKNOWN,
    Alternative,
    Criterion,
    Program,
    Rule,
    RuleId,
    RulePart,
    Text,
)
from asnpolicy.language.windows import AS_OF
from asnpolicy.people import ABSENT, OPEN
from asnpolicy.people.education import EducationLevel
from asnpolicy.people.ranks import Rank
from asnpolicy.people.status import Employment
from asnpolicy.problems import Place
from tests.conformance.people import question

DAY = date(2026, 10, 1)
WORDS, PLACE = Text("a", "a"), Place("nodes", 1, 1)
BEGAN, CONFIRMED = Field("employee", "cpns_on", DATE), Field("employee", "pns_on", DATE)
HOURS = fold("sum", "trainings", "hours")
PASSED = fold("count", "trainings", where=(record_is("trainings", "passed", True),))
LEVEL = FACTS["education_level"].value()
FIRST = fold("least", "trainings", RecordField("completed_on", DATE), otherwise=ABSENT)
IS_PNS = Compare("is", FACTS["employment"].value(), Literal(Employment.PNS))
BY_LEVEL = Lookup((FACTS["rank"].value(),), (((Rank.III_A,), 12), ((Rank.III_B,), ABSENT)), 60)
BANDS = Lookup((HOURS,), (((Band(None, 10),), 1), ((Band(10, 20),), 2)), 3)

HOLIDAYS = Holidays(tuple(date(year, month, 1) for year in range(1990, 2031) for month in (1, 5, 6)), tuple(range(1990, 2031)))
PERIODS = (Period(date.min, date(2016, 5, 1), ((4, 1), (10, 1))), Period(date(2016, 5, 1), OPEN, ((12, 31),)))

NODES = {
    "the year of a day": Compare("above", YearOf(BEGAN), Literal(2015)),
    "the first day of a year": Compare("below", StartOfYear(YearOf(BEGAN)), CONFIRMED),
    "whole months between two days": Compare("at_least", MonthsBetween(BEGAN, CONFIRMED), Literal(24)),
    "a day some months later": Compare("below", PlusMonths(BEGAN, Literal(24)), CONFIRMED),
    "a day some days later": Compare("below", PlusDays(BEGAN, 700), CONFIRMED),
    "a day some days back": Compare("at_least", PlusDays(CONFIRMED, -700), BEGAN),
    "a day some working days later, where holidays are published": Compare("below", PlusDays(BEGAN, 490, HOLIDAYS), CONFIRMED),
    "a day some working days back, where holidays are published": Compare("at_least", PlusDays(CONFIRMED, -490, HOLIDAYS), BEGAN),
    "a day some working days later, where none are": AllOf(
        (Compare("at_least", PlusDays(BEGAN, 490, NONE_PUBLISHED), CONFIRMED), Compare("above", YearOf(BEGAN), Literal(2015)))
    ),
    "a day some months back": Compare("at_least", Cut(CONFIRMED, Literal(24)), BEGAN),
    "the length of a span": Compare("at_least", Elapsed(BEGAN, CONFIRMED), Literal(24 * 31)),
    "a half rounded up": Compare("is", Divide(HOURS, 10, "half_up"), Literal(2)),
    "a half rounded to even": Compare("is", Divide(HOURS, 10, "half_even"), Literal(2)),
    "a rest rounded up": Compare("is", Divide(HOURS, 10, "up"), Literal(2)),
    "a rest dropped": Compare("is", Divide(HOURS, 10, "down"), Literal(1)),
    "a difference": Compare("above", Arithmetic("minus", HOURS, PASSED), Literal(15)),
    "one of two sums, as far as it is known": Compare("at_least", If(IS_PNS, HOURS, PASSED), Literal(5)),
    "two bounded numbers": Compare("above", HOURS, PASSED),
    "a number above a bounded one": Compare("above", Literal(2), PASSED),
    "a bounded number among some": Member(HOURS, (0, 20)),
    "a bounded number as it is": Compare("is", HOURS, Literal(20)),
    "a bounded number in bands": Compare("at_least", BANDS, Literal(2)),
    "no level, when not all is known": IsNone(LEVEL),
    "a level among some": Member(LEVEL, (EducationLevel.S_1, EducationLevel.S_2)),
    "a level among some, or none": Member(LEVEL, (EducationLevel.S_1, ABSENT)),
    "the earliest of days that are always known": Compare("below", FIRST, BEGAN),
    "a condition on the day alone beside one on people": AnyOf((Compare("below", AS_OF, Literal(DAY)), IS_PNS)),
    "the opposite of all": Not(AllOf((IS_PNS, Compare("at_least", HOURS, Literal(1))))),
    "the year of each record": Compare(
        "at_least", fold("greatest", "trainings", YearOf(RecordField("completed_on", DATE)), otherwise=0), Literal(2024)
    ),
    "some months back by a choice": Compare("at_least", Cut(AS_OF, If(IS_PNS, Literal(24), Literal(48))), BEGAN),
    "some months back by a figure": Compare("at_least", Cut(AS_OF, Figure("f", BY_LEVEL)), BEGAN),
    "some months back, on one side computed": Compare(
        "at_least", Cut(AS_OF, If(IS_PNS, Arithmetic("plus", BY_LEVEL, Literal(1)), Literal(24))), BEGAN
    ),
    "some months back as computed": Compare(
        "at_least", Cut(AS_OF, Arithmetic("plus", BY_LEVEL, Literal(1)), "not_over"), BEGAN
    ),
    "what another rule comes to, inside a filter": Compare(
        "at_least", fold("count", "trainings", where=(Asks("other", "clear"),)), Literal(1)
    ),
    "the last record but one": Compare(
        "at_least", fold("latest", "trainings", "hours", nth=2, otherwise=ABSENT), Literal(10)
    ),
    "the first day of the last run of a value": Compare(
        "at_most", FACTS["rank_since"].value(), Literal(date(2022, 10, 1))
    ),
    "the end of the month before": Compare("at_least", LastMonthEnd(BEGAN), Literal(date(2020, 1, 31))),
    "the first day of some periods, of one that is due and of one that is not": Compare(
        "below", CONFIRMED, Upcoming(BEGAN, PERIODS)
    ),
    "the months of an appraisal that count": Compare(
        "at_least", summed("appraisals", RecordField("months", NUMBER), YES, BEGAN), Literal(24)
    ),
    "all months that count": Compare(
        "at_least", summed("appraisals", RecordField("months", NUMBER), YES, None), Literal(48)
    ),
    "a sum that may be below zero": Compare(
        "at_least",
        summed("trainings", Arithmetic("minus", RecordField("hours", NUMBER), Literal(10)), YES, None),
        Literal(0),
    ),
    "the last record of those that may count": Compare(
        "at_least",
        fold("latest", "trainings", "hours", where=(record_is("trainings", "code", "pkp"),), otherwise=ABSENT),
        Literal(10),
    ),
    "the last record but one of those that may count": Compare(
        "at_least",
        fold("latest", "trainings", "hours", where=(record_is("trainings", "passed", True),), nth=2, otherwise=0),
        Literal(5),
    ),
    "days compared with the day": Compare("at_least", AS_OF, BEGAN),
    "an open day absorbs arithmetic": Compare(
        "is", PlusMonths(If(IS_PNS, Literal(OPEN), BEGAN), Literal(1)), Literal(OPEN)
    ),
}


def rule(name, node):
    return Rule(name, "promotion", WORDS, "", "in_force", PLACE, IS_PNS, (_criterion(node),))


def _criterion(node):
    return Criterion("c", WORDS, "", "in_force", PLACE, node)


@pytest.mark.parametrize("node", NODES.values(), ids=NODES.keys())
def test_is_the_same_both_ways(node):
    """Equal on 300 people, of whom some fail, some hold, and of some it is not known."""
    program = Program(
        "nodes", date.min, date.max, (rule("other", Compare("at_least", PASSED, Literal(1))), rule("r", node))
    )
    compiled, definition, rng = Compiled(program), Definition(program), Random("nodes")
    met = set()
    for at in range(300):
        asked = question(rng, DAY, (0.0, 0.05, 0.3)[at % 3])
        expected = definition.decide("r", asked)
        assert compiled.decide("r", asked) == expected, asked.employee.model_dump_json(exclude_defaults=True)
        assert compiled.function("r", DAY)(asked) == expected
        met.add(expected.criteria[0])
    assert met == {FAILED, UNKNOWN, HELD}


@pytest.mark.parametrize("node", NODES.values(), ids=NODES.keys())
def test_is_the_same_bound_to_a_day_or_not(node):
    """Binding computes what a day settles, and nothing else changes."""
    other, rng = rule("other", Compare("at_least", PASSED, Literal(1))), Random("bound")
    for at in range(60):
        asked = question(rng, DAY, (0.0, 0.2)[at % 2])
        plain, bound = (
            {r.id: r for r in rules} for rules in ((other, rule("r", node)), map(_bound, (other, rule("r", node))))
        )
        one, two = (Meaning(asked, rules).outcome(rules["r"]).findings[0] for rules in (plain, bound))
        assert (one.status, bool(one.missing)) == (two.status, bool(two.missing))


def _bound(rule_):
    return bind_rule(rule_, Binder(DAY))


@pytest.mark.parametrize("kind", sorted(KINDS, key=lambda kind: kind.__name__))
def test_every_kind_of_node_is_walked_into(kind):
    """Whatever a node holds is found in it and changed in it: none is passed over for want of being listed."""
    inner, other = Field("employee", "unit", DATE), Field("employee", "agency", DATE)
    hints = get_type_hints(kind)
    single = [name for name, hint in hints.items() if KINDS & set(get_args(hint) or (hint,))]
    several = [
        name for name, hint in hints.items() if KINDS & {part for each in get_args(hint) for part in get_args(each)}
    ]
    given = dict.fromkeys(single, inner) | {name: (inner, inner) for name in several if name not in single}
    node = kind(**{name: given.get(name, 0) for name in hints})
    assert list(children(node)) == [inner] * (len(single) + 2 * (len(given) - len(single)))
    assert set(children(rebuild(node, lambda _: other))) == ({other} if given else set())


def test_every_kind_of_node_is_one_of_the_two():
    """A class among the nodes is an expression, a condition, or a part of one that is neither."""
    declared = {
        one
        for one in vars(nodes).values()
        if isinstance(one, type) and is_dataclass(one) and one.__module__ == nodes.__name__
    }
    assert declared - KINDS == {nodes.Type, nodes.Band}


def test_a_rule_that_the_program_has_not_is_a_key_error():
    """Names are checked when a policy loads: here it would be a mistake of the caller."""
    program = Program("nodes", date.min, date.max, (rule("r", IS_PNS),))
    assert program.rule("r").id == "r"
    with pytest.raises(KeyError):
        program.rule("s")


def test_a_number_of_a_table_with_bands_is_found_by_its_band():
    """The first number of a band belongs to it, its last does not."""
    for hours, wanted in ((9, 1), (10, 2), (19, 2), (20, 3)):
        table = Lookup((Literal(hours),), BANDS.rows, BANDS.otherwise)
        program = Program("nodes", date.min, date.max, (rule("r", Compare("is", table, Literal(wanted))),))
        asked = question(Random(1), DAY)
        assert (
            Compiled(program).decide("r", asked).criteria == Definition(program).decide("r", asked).criteria == (HELD,)
        )


def test_a_rule_knows_what_it_asks_builds_on_and_reads():
    """Whatever asks it, it is worked out in one place: exemptions, `when`, warnings, the target and the due day too."""
    field = Field("employee", "unit", TEXT)
    exempt = Alternative("e", WORDS, "", Asks("exemption", "clear"))
    asked = Criterion("c", WORDS, "", "in_force", PLACE, Asks("other", "eligible"), Within(field, "d"), (exempt,))
    warning = Criterion("w", WORDS, "", "in_force", PLACE, Asks("warned", "clear"))
    due = PlusMonths(BEGAN, FACTS["rank"].value())
    made = Rule("r", "duty", WORDS, "", "in_force", PLACE, IS_PNS, (asked,), (warning,), due=due, part="previous")
    assert made.conditions == (IS_PNS, asked.holds, exempt.holds, asked.when, warning.holds)
    assert made.builds_on == ("exemption", "other", "warned")
    assert set(made.reads) == {
        ("agency", "units"), *(("employee", name) for name in ("cpns_on", "employment", "ranks", "unit"))
    }  # fmt: skip
    assert made.assumes == ("employment", "unit"), "dates say what they say on any day, and histories have theirs"
    assert made.id == "r@previous"
    assert RuleId.of(made.id) == RuleId("r", "previous")


@pytest.mark.parametrize("part", get_args(RulePart))
def test_what_a_rule_is_called_says_which_part_is_meant(part):
    """The name and the part can be told from the id, and the id from them."""
    assert RuleId.of(str(RuleId("jp-tahunan", part))) == RuleId("jp-tahunan", part)
