"""A summary counts what decisions come to: the same from people and from tables, and no small count follows from what is published."""

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asnpolicy import Engine, PolicyError, read_employees
from asnpolicy.decisions.reading import put_together
from asnpolicy.decisions.summary import Summary
from asnpolicy.decisions.summary.groups import FIELDS
from asnpolicy.decisions.summary.summary import (
    Breakdown,
    GroupSummary,
    MissingData,
    ResultCount,
    RuleSummary,
)
from asnpolicy.people import Agency
from asnpolicy.policy.library import regions
from asnpolicy.text import Text

DAY = date(2026, 10, 1)
ROOT = Path(__file__).parents[2]
BY = ("unit", "rank", "post_kind", "employment")
engine = cache(Engine.load)


@cache
def staff(region):
    return tuple(read_employees(ROOT / "examples" / "workforces" / f"{region}.jsonl"))


def result(one):
    return (one.state or one.verdict).value


def by_hand(region, people):
    """Count decisions one by one."""
    used = engine(region)
    results, decisions, whose = Counter(), Counter(), {}
    for person in people:
        for one in used.assess(person, as_of=DAY):
            if one.rule.into_post:
                continue
            results[one.rule.id, result(one)] += 1
            for name in put_together(one.missing):
                decisions[name] += 1
                whose.setdefault(name, set()).add(person.nip)
    return results, decisions, {name: len(those) for name, those in whose.items()}


@pytest.mark.parametrize("region", ["nasional", "surakarta"])
def test_it_counts_what_decisions_come_to(region):
    """By rule and result, and what is missing: of how many decisions, of how many people."""
    people = staff(region)[:60]
    made = engine(region).summary(people, as_of=DAY)
    results, decisions, whose = by_hand(region, people)
    assert {(rule.id, one.result): one.people for rule in made.rules for one in rule.results if one.people} == results
    assert {one.name: one.decisions for one in made.missing} == decisions
    assert {one.name: one.people for one in made.missing} == whose
    assert decisions, "nothing was missing of anybody"


def test_groups_are_counted_by_what_is_so_on_the_day():
    """Everybody is in one group of each fact; the results of groups add up to those of all."""
    made = engine("nasional").summary(staff("nasional"), as_of=DAY, by=BY)
    units = Counter(person.unit for person in staff("nasional"))
    assert {one.name: one.people for one in made.by("unit").groups} == units
    for breakdown in made.breakdowns:
        assert sum(one.people for one in breakdown.groups) == made.people
        for at, rule in enumerate(made.rules):
            for place, each in enumerate(rule.results):
                assert sum(one.results[at][place].people for one in breakdown.groups) == each.people
    pns = [name for name in (one.name for one in made.by("rank").groups) if name not in (None, "none")]
    assert pns == sorted(pns, key=lambda name: (["I", "II", "III", "IV"].index(name[:-2]), name))


def test_who_has_none_is_not_who_is_not_known():
    """Somebody without a functional post has no level; somebody whose posts were not delivered has one that is not known."""
    made = engine("nasional").summary(staff("nasional"), as_of=DAY, by=["jenjang"])
    names = [one.name for one in made.by("jenjang").groups]
    assert names[-2:] == ["none", None]


@pytest.mark.parametrize("region", regions())
def test_tables_give_the_same_figures(region):
    """From a workforce in tables as from people one by one, whoever is decided one by one among them."""
    pytest.importorskip("polars", reason="the extra `columns` is not installed")
    from asnpolicy.workforce import Workforce

    people = staff(region)
    used = engine(region)
    assert used.summary(Workforce.of(people), as_of=DAY, by=FIELDS) == used.summary(people, as_of=DAY, by=FIELDS)


def test_damaged_tables_give_the_same_figures():
    """One wrong field in each career: many are passed on."""
    pytest.importorskip("polars", reason="the extra `columns` is not installed")
    from asnpolicy.exchange.synth import workforce
    from asnpolicy.workforce import Workforce
    from tests.conformance.test_workforce import one_field

    rng, used = Random("summary"), engine("nasional")
    people = [one_field(rng, one) for one in workforce(60, seed=21, as_of=DAY)]
    assert used.summary(Workforce.of(people), as_of=DAY, by=FIELDS) == used.summary(people, as_of=DAY, by=FIELDS)


def test_people_may_come_one_table_after_the_other():
    """What was counted of some is added to what was counted of others, typed or not."""
    pytest.importorskip("polars", reason="the extra `columns` is not installed")
    from asnpolicy.workforce import Workforce

    people = staff("jakarta")[:90]
    whole = engine("jakarta").counting(as_of=DAY)
    for part in (Workforce.of(people[:40]), people[40:50], Workforce.of(people[50:])):
        whole.add(part)
    assert whole.summary() == engine("jakarta").summary(people, as_of=DAY)


def test_rules_into_a_post_are_counted_when_they_are_asked_for():
    """Without a post they have no answer: they are named, and drown nothing."""
    used = engine("nasional")
    made = used.summary(staff("nasional")[:20], as_of=DAY)
    assert "pengangkatan-pengawas" in made.into_posts
    assert all(one.name != "opening" for one in made.missing)
    asked = used.summary(staff("nasional")[:20], as_of=DAY, rules=["pengangkatan-pengawas"])
    assert [rule.id for rule in asked.rules] == ["pengangkatan-pengawas"]
    assert asked.missing[0].name == "opening"


def test_no_opening_of_an_agency_is_asked_about():
    """An agency gives its tree of units; its vacant posts do not multiply the counts."""
    agency = Agency.model_validate({"units": [], "openings": [{"id": "kabid-1", "kind": "administrator"}]})
    used, people = engine("nasional"), staff("nasional")[:10]
    assert used.summary(people, as_of=DAY, agency=agency) == used.summary(people, as_of=DAY)


@pytest.mark.parametrize("name", ["sex", "protected.religion", "birth_date", "age", "name", "rnk"])
def test_nobody_is_counted_by_what_is_protected_or_no_word(name):
    """Outcomes by sex are told with tests, by another command; a number or a day makes no group."""
    with pytest.raises(PolicyError) as error:
        engine("nasional").summary([], as_of=DAY, by=[name])
    assert error.value.problems[0].code == "unknown-group"


# What is published


def counts(names, values):
    return tuple(ResultCount(name, values[name]) for name in names)


RESULTS = ("eligible", "ineligible", "undetermined")
LACKING = ("sanctions", "appraisals[2025]")
ONE_PERSON = st.tuples(
    st.sampled_from("abcd"), st.sampled_from("pqr"), st.tuples(*[st.sampled_from(RESULTS)] * 2),
    st.tuples(*[st.sets(st.sampled_from(LACKING))] * 2),
)  # fmt: skip


def summary_of(people):
    """Make the whole summary of made-up people: a unit, a rank, the results of two rules, what is missing for each."""
    names = ("r0", "r1")
    rules = []
    for at, name in enumerate(names):
        lacking = Counter(one for _, _, results, lack in people if results[at] == "undetermined" for one in lack[at])
        missing = tuple(MissingData(one, n, n) for one, n in sorted(lacking.items()))
        own = counts(RESULTS, Counter(one[2][at] for one in people))
        rules.append(RuleSummary(name, "promotion", Text(name, name), "in_force", own, (), missing))
    breakdowns = []
    for place, fact in enumerate(("unit", "rank")):
        groups = []
        for group in sorted({one[place] for one in people}):
            own = [one for one in people if one[place] == group]
            results = tuple(counts(RESULTS, Counter(one[2][at] for one in own)) for at in range(2))
            groups.append(GroupSummary(group, len(own), results))
        breakdowns.append(Breakdown(fact, Text(fact, fact), tuple(groups)))
    whose = {}
    for at, person in enumerate(people):
        for rule in range(2):
            if person[2][rule] == "undetermined":
                for one in person[3][rule]:
                    whose.setdefault(one, []).append(at)
    missing = tuple(MissingData(one, len(those), len(set(those))) for one, those in sorted(whose.items()))
    together = frozenset((("unit", one[0]), ("rank", one[1])) for one in people)
    return Summary("x", DAY, len(people), tuple(rules), tuple(breakdowns), missing, (), "", "", together)


class Reader:
    """Somebody who knows what is published, and how counts add up."""

    def __init__(self, whole, shown):
        import z3

        self.z3, self.solver, self.small = z3, z3.Solver(), []
        number = self.number
        people = [number(whole.people, shown.people, 1)]
        self.rules = []
        for rule, seen in zip(whole.rules, shown.rules, strict=True):
            own = [number(one.people, other.people) for one, other in zip(rule.results, seen.results, strict=True)]
            self.solver.add(z3.Sum(own) == people[0])
            self.rules.append(own)
        for breakdown in shown.breakdowns:
            self.groups(whole.by(breakdown.fact), breakdown, people[0])
        undetermined = dict(zip((rule.id for rule in whole.rules), (own[2] for own in self.rules), strict=True))
        for one, other in zip(whole.missing, shown.missing, strict=True):
            total, those = number(one.decisions, other.decisions, 1), number(one.people, other.people, 1)
            parts = [
                self.of_rule(number(own.people, seen.people, 1), undetermined[rule.id])
                for rule, told in zip(whole.rules, shown.rules, strict=True)
                for own, seen in zip(rule.missing, told.missing, strict=True)
                if own.name == one.name
            ]
            self.solver.add(z3.Sum(parts) == total, *(part <= those for part in parts), those <= total)

    def number(self, true, shown, least=0):
        """Take a count as what is shown of it, else as any number from the least."""
        found = self.z3.Int(f"n{len(self.small)}.{id(object())}.{self.z3.FreshInt()}")
        self.solver.add(found >= least)
        if shown is not None:
            assert shown == true
            self.solver.add(found == shown)
        elif 0 < true < 5:
            self.small.append((found, true))
        return found

    def of_rule(self, missing, undetermined):
        """What is missing is so for some of those whom a rule leaves undetermined."""
        self.solver.add(missing <= undetermined)
        return missing

    def groups(self, whole, shown, people):
        """Take the groups of one fact: their results add up, by row and by column."""
        z3, sizes, cells = self.z3, [], []
        for one, other in zip(whole.groups, shown.groups, strict=True):
            sizes.append(self.number(one.people, other.people, 1))
            cells.append([])
            for own, seen in zip(one.results, other.results, strict=True):
                row = [self.number(a.people, b.people) for a, b in zip(own, seen, strict=True)]
                self.solver.add(z3.Sum(row) == sizes[-1])
                cells[-1].append(row)
        self.solver.add(z3.Sum(sizes) == people)
        for at, rule in enumerate(self.rules):
            for place, total in enumerate(rule):
                self.solver.add(z3.Sum([row[at][place] for row in cells]) == total)

    def finds(self):
        """Return the small counts that can only be what they are."""
        return [true for found, true in self.small if self.solver.check(found != true) == self.z3.unsat]


def told(summary):
    """Return every count that is shown."""
    for rule in summary.rules:
        yield from (one.people for one in (*rule.results, *rule.unclear, *rule.missing))
    for breakdown in summary.breakdowns:
        for group in breakdown.groups:
            yield group.people
            yield from (one.people for results in group.results for one in results)
    for one in summary.missing:
        yield from (one.decisions, one.people)


@settings(max_examples=60, deadline=None)
@given(st.lists(ONE_PERSON, min_size=5, max_size=60))
def test_no_small_count_is_told_nor_follows(people):
    """Whoever reads what is published, and adds and takes away, finds no count of one to four."""
    pytest.importorskip("z3", reason="the extra `prove` is not installed")
    whole = summary_of(people)
    shown = whole.published
    assert all(one is None or one == 0 or one >= 5 for one in told(shown))
    reader = Reader(whole, shown)
    assert str(reader.solver.check()) == "sat"
    assert reader.finds() == []
    assert shown.published is shown


def test_a_reader_finds_what_is_not_protected():
    """The reader of these tests is no blind one: a small count alone in its line is found."""
    pytest.importorskip("z3", reason="the extra `prove` is not installed")
    people = [("a", "p", ("eligible",) * 2, (set(), set()))] * 9 + [("b", "p", ("ineligible",) * 2, (set(), set()))] * 3
    whole = summary_of(people)
    alone = replace(whole.breakdowns[0].groups[1], people=None)
    naive = replace(whole, breakdowns=(replace(whole.breakdowns[0], groups=(whole.breakdowns[0].groups[0], alone)),))
    assert Reader(whole, naive).finds() == [3]


def test_a_few_people_are_not_told_of_at_all():
    """Of fewer than five people nothing is published."""
    shown = engine("nasional").summary(staff("nasional")[:4], as_of=DAY).published
    assert (shown.people, shown.rules, shown.breakdowns, shown.missing) == (None, (), (), ())


def test_what_parts_people_alike_is_not_published_together():
    """Units, and the agencies that they belong to: the people of an agency are those of its units."""
    people = [("a" if at % 2 else "b", "p", ("eligible",) * 2, (set(), set())) for at in range(20)]
    people += [("c" if at % 2 else "d", "q", ("eligible",) * 2, (set(), set())) for at in range(20)]
    shown = summary_of(people).published
    assert [one.fact for one in shown.breakdowns] == ["unit"]
    assert shown.left_out == ("rank",)


def test_most_of_a_large_workforce_is_told():
    """What is kept back is the small: a page of nothing but gaps would pass as private too."""
    shown = engine("nasional").summary(staff("nasional"), as_of=DAY, by=["rank"]).published
    counted = list(told(shown))
    assert sum(one is not None for one in counted) > len(counted) // 3
