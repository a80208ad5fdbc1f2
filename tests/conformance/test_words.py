"""Every word of the policy language on made-up people: each back end says of each criterion what the definition says."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial
from random import Random

import pytest

from asnpolicy import Engine
from asnpolicy.backends.definition import Definition
from asnpolicy.policy.library import load
from tests.behaviour.test_conditions import BASE, HELD_AND_FAILED
from tests.conformance import shipped
from tests.conformance.in_database import InDuckDb
from tests.conformance.people import day, employee, question
from tests.conformance.test_backends import OTHERS, made_by

PEOPLE = 60 if shipped.PEOPLE >= 200 else 30
"""Of so many people a day each word is asked: of half as many by `make test` as by `make test-long`."""
DAYS = 3
HEAD, RULE = BASE.split("  uji:\n")
WORDS = sorted({criterion for criterion, _, _ in HELD_AND_FAILED.values()})


def policy(tmp):
    """Write a rule for each criterion that the tests of words have."""
    rules = "".join(
        f"  uji-{number}:\n{RULE}" + "\n".join(" " * 8 + line for line in criterion.splitlines()) + "\n"
        for number, criterion in enumerate(WORDS)
    )
    folder = tmp / "kata"
    folder.mkdir()
    (folder / "kata.yaml").write_text(HEAD + rules, encoding="utf-8")
    return load(folder)


@pytest.fixture(scope="module")
def words(tmp_path_factory):
    return policy(tmp_path_factory.mktemp("words"))


def drawn(words, unknown):
    """Draw people for three days, each day with the program, and what the definition says of each rule."""
    rng, found = Random(7), []
    for _ in range(DAYS):
        as_of = day(rng)
        program = words.program(as_of)
        definition = Definition(program)
        asked = [question(rng, as_of, unknown) for _ in range(PEOPLE)]
        rules = (f"uji-{number}" for number in range(len(WORDS)))
        found.append((as_of, program, asked, {rule: [definition.decide(rule, one) for one in asked] for rule in rules}))
    return found


@pytest.fixture(scope="module")
def people(words):
    """Give the people that all back ends are asked about: what the definition says of them is asked once."""
    return cache(partial(drawn, words))


@pytest.mark.parametrize("unknown", [0.0, 0.1])
@pytest.mark.parametrize("name", OTHERS)
def test_a_word_means_on_every_back_end_what_the_definition_says(people, name, unknown):
    """Known whole or in part, on three days; what a back end can't say it names."""
    for as_of, program, asked, expected in people(unknown):
        backend = made_by(name, program)
        for criterion, (rule, statuses) in zip(WORDS, expected.items(), strict=True):
            if not backend.unsupported(rule, as_of):
                assert backend.decide_each(rule, asked) == statuses, f"{criterion} on {as_of}"


@pytest.mark.parametrize("name", ["columns", "queries"])
@pytest.mark.parametrize("number", [n for n, criterion in enumerate(WORDS) if "working days" in criterion])
def test_columns_and_queries_count_working_days(words, number, name):
    """In years whose holidays are published and in others, for days that are known whole or in part."""
    rng, rule, decided = Random(number), f"uji-{number}", set()
    for as_of in (date(2026, 10, 1), date(2026, 1, 5), date(2025, 12, 30), day(rng)):
        program = words.program(as_of)
        backend = InDuckDb(program) if name == "queries" else made_by(name, program)
        definition = Definition(program)
        assert backend.unsupported(rule, as_of) == ()
        asked = [question(rng, as_of, unknown) for unknown in (0.0, 0.1, 0.3) for _ in range(PEOPLE)]
        asked = [replace(one, agency=asked[0].agency) for one in asked]
        expected = [definition.decide(rule, one) for one in asked]
        assert backend.decide_each(rule, asked) == expected, f"{WORDS[number]} on {as_of}"
        decided |= {one.criteria for one in expected}
    assert len(decided) > 1


@pytest.mark.parametrize("unknown", [0.0, 0.1])
def test_a_word_means_in_a_query_what_the_definition_says(words, unknown):
    """People whom a query passes on are counted out, as everywhere."""
    rng = Random(8)
    as_of = day(rng)
    program = words.program(as_of)
    database, definition = InDuckDb(program), Definition(program)
    asked = [question(rng, as_of, unknown) for _ in range(PEOPLE)]
    asked = [replace(one, agency=asked[0].agency) for one in asked]
    rules = {f"uji-{number}": criterion for number, criterion in enumerate(WORDS)}
    assert [rule for rule in rules if database.unsupported(rule, as_of)] == []
    told = database.decide_all(list(rules), asked)
    for rule, criterion in rules.items():
        assert told[rule] == [definition.decide(rule, one) for one in asked], f"{criterion} on {as_of}"


@pytest.mark.parametrize("number", range(8))
def test_over_time_a_word_means_on_each_day_what_it_means_on_that_day(words, number):
    """The first and the last day of every segment, and one between, of people known whole or in part."""
    rng, engine = Random(number), Engine(words)
    person = employee(rng, date(2026, 10, 1), 0.1)
    for asked in rng.sample(range(len(WORDS)), 12):
        rule = f"uji-{asked}"
        for segment in engine.timeline(person, rule, since=date(2024, 1, 1), until=date(2028, 1, 1)).segments:
            length = (segment.until - segment.since).days
            for after in {0, length - 1, rng.randrange(length)}:
                day = segment.since + timedelta(days=after)
                assert engine.decide(person, rule, as_of=day).verdict == segment.verdict, f"{WORDS[asked]} on {day}"
