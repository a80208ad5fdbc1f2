"""Pieces of a timeline: what is built once for several of them is what each would build for itself."""

from datetime import date, timedelta
from random import Random

import pytest

from asnpolicy import PolicyError
from asnpolicy.policy.elaborate.rules import Elaboration
from asnpolicy.policy.library import load, regions
from asnpolicy.policy.merged import Merged
from asnpolicy.problems import Problems


@pytest.mark.parametrize("region", regions())
def test_a_rule_that_stays_is_the_rule_of_each_day(region):
    """A rule kept from an earlier piece of the timeline reads as the one built for the later piece alone."""
    policy = load(region)
    kept = {id(rule) for program in policy.programs for rule in program.rules}
    assert len(kept) < sum(len(program.rules) for program in policy.programs), "nothing is kept"
    for program in policy.programs:
        alone = Elaboration(Merged(policy.merged.chain, Problems()), Problems()).rules(program.since)
        assert [repr(rule) for rule in program.rules] == [repr(rule) for rule in alone], program.since


def dated_policy(rng: Random) -> str:
    """Write a policy in which values, tables, cells, rules, criteria, exemptions and transitions begin on drawn days."""
    days = sorted({date(rng.randrange(2001, 2030), rng.randrange(1, 13), rng.randrange(1, 29)) for _ in range(12)})

    def began(most: int) -> list:
        return [date(1990, 1, 1), *sorted(rng.sample(days, rng.randrange(0, most)))]

    def span() -> str:
        since, until = sorted(rng.sample(days, 2))
        return rng.choice(("", f"from: {since}, ", f"until: {until}, ", f"from: {since}, until: {until}, "))

    def of_rule() -> str:
        since, until = sorted(rng.sample(days, 2))
        return rng.choice(("from: 1990-01-01, ", f"from: {since}, ", f"from: {since}, until: {until}, "))

    def value(_: int) -> str:
        dated = began(4)
        kept = [
            f", unless: {{keep: {dated[0]}, cpns_on: {{below: {rng.choice(days)}}}}}" if n else ""
            for n in range(len(dated))
        ]
        kept = [keep if rng.random() < 0.5 else "" for keep in kept]
        return ", ".join(
            f"{{from: {day}, is: {rng.randrange(1, 60)} months, basis: s{keep}}}"
            for day, keep in zip(dated, kept, strict=True)
        )

    def cell() -> str:
        drawn = [f"{{from: {day}, is: {rng.choice(('III/a', 'III/c', 'IV/a'))}, basis: s}}" for day in began(3)]
        return f"[{', '.join(drawn)}]" if rng.random() < 0.5 else "III/b"

    head = "title: {id: U, en: U}, basis: s, "
    values = "\n".join(f"  v{n}: [{value(n)}]" for n in range(3))
    tables = ", ".join(
        f"{{from: {day}, basis: s, rows: {{S-1: {cell()}, S-2: {cell()}}}, otherwise: none}}" for day in began(3)
    )

    def asks(number: int) -> str:
        return rng.choice((
            f"time_in_rank: {{at_least: {{value: v{number % 3}}}}}", "rank: {at_most: {table: t}}",
            f"trainings: {{in_last: {{value: v{number % 3}}}, count: {{at_least: 1}}}}", "use: c",
        ))  # fmt: skip

    def criterion(number: int) -> str:
        exempt = f"exempt: {{e: {{{span()}{head}employment: CPNS}}}}, " if rng.random() < 0.4 else ""
        return f"k{number}: {{{span() if number else ''}{head}{exempt}{asks(number)}}}"

    def award(number: int) -> str:
        several = ", ".join(criterion(n) for n in range(rng.randrange(1, 4)))
        return f"  a{number}: {{{of_rule()}{head}require: {{{several}}}}}"

    awards = "\n".join(award(n) for n in range(4))
    return f"""format: 1
region: waktu
title: {{id: Waktu, en: Time}}
sources: {{s: Sumber}}
values:
{values}
tables:
  t: {{by: education_level, versions: [{tables}]}}
conditions:
  c: {{{head}time_in_service: {{at_least: {{value: v0}}}}}}
awards:
{awards}
"""


@pytest.mark.parametrize("number", range(25))
def test_rules_kept_between_pieces_are_those_of_every_day(tmp_path, number):
    """Whatever begins or ends whenever: on each such day, and on the days around it, the rules are as if built for it alone."""
    folder = tmp_path / "waktu"
    folder.mkdir()
    (folder / "waktu.yaml").write_text(dated_policy(Random(number)), encoding="utf-8")
    made = load(folder)
    turns = {day for program in made.programs for day in (program.since, program.until)} - {date.max}
    checked = 0
    for day in sorted({turn + timedelta(days=n) for turn in turns for n in (-1, 0, 1)}):
        alone = Elaboration(Merged(made.merged.chain, Problems()), Problems()).rules(day)
        try:
            kept = made.program(day).rules
        except PolicyError:
            assert alone == ()
            continue
        assert [repr(rule) for rule in kept] == [repr(rule) for rule in alone], day
        checked += len(kept)
    assert checked
