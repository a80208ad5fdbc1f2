"""What is missing is what the definition names: by open conditions alone, and in columns, records put together."""

from random import Random

import pytest

pytest.importorskip("polars", reason="the extra `columns` is not installed")

from asnpolicy.backends.columns.lack import Lack as LackInColumns
from asnpolicy.decisions.lack import Lack
from asnpolicy.decisions.reading import distinct, put_together
from asnpolicy.exchange.synth import workforce
from asnpolicy.policy.library import regions
from asnpolicy.workforce import Workforce
from tests.conformance.people import AGENCY
from tests.conformance.shipped import UNKNOWN
from tests.conformance.test_workforce import DAY, drawn, engine, one_field


def compared(region, people, as_of):
    """Hold what columns say is missing to decisions made one by one; return how many undecided ones were looked at."""
    used = engine(region)
    maker = used.frame_maker(as_of=as_of, agency=AGENCY)
    said = maker.said(Workforce.of(people))
    lack, looked_at = LackInColumns(said.piece), 0
    missing = {rule.id: lack.of(rule) for rule in maker.layout.rules}
    for row, person in enumerate(people):
        if said.out[row] or said.after[row]:
            continue
        for one in used.assess(person, as_of=as_of, agency=AGENCY):
            if (one.state or one.verdict).value == "undetermined":
                looked_at += 1
                told = {name for name, whose in missing[one.rule.id].items() if whose[row]}
                assert told == put_together(one.missing), (as_of, one, person)
    return looked_at


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("unknown", UNKNOWN[1:])
def test_columns_name_what_the_definition_names(region, unknown):
    """For everybody of whom columns say anything, and each rule that is undetermined."""
    as_of, people = drawn(region, unknown)
    assert compared(region, people, as_of) > 20


def test_damaged_data_miss_the_same():
    """One wrong field in a coherent career, and two."""
    rng = Random("lack of damaged")
    people = [one_field(rng, one) for one in workforce(60, seed=15, as_of=DAY)]
    people += [one_field(rng, one_field(rng, one)) for one in workforce(120, seed=16, as_of=DAY)][60:]
    assert compared("nasional", people, DAY) > 100


@pytest.mark.parametrize("region", regions())
def test_open_conditions_lack_what_the_whole_rule_lacks(region):
    """Compiled code tells which conditions are open: of criteria, of whom a rule is for, of rules inside others."""
    asked = 0
    for unknown in UNKNOWN[1:]:
        as_of, people = drawn(region, unknown)
        used, lacks = engine(region), {}
        for person in people:
            for one in used.assess(person, as_of=as_of, agency=AGENCY):
                if one.event is not None or 1 not in (one.statuses.applies, one.statuses.holds):
                    continue
                by = one.workings
                lack = lacks.setdefault(by, Lack(by.definition, by.backend, often=0))
                told = lack.missing(one.rule.id, one.statuses, one.question)
                assert told == distinct(by.definition.outcome(one.rule.id, one.question).missing), (as_of, one, person)
                asked += 1
    assert asked > 100
