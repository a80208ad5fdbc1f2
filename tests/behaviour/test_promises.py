"""What a policy promises of its fairness: its bases' promises with its own, and on what a rule need not keep one."""

from datetime import date

import pytest

from asnpolicy.policy.library import load
from asnpolicy.policy.promises import Promises, promises_of
from asnpolicy.policy.region_schema import region_schema

DAY = date(2026, 10, 1)
BASE, JAKARTA = load("nasional"), load("jakarta")


def test_a_region_promises_what_its_base_does_and_more():
    """Nothing of the base is taken back; that a region is as strict as another is its own."""
    base, region = promises_of(BASE.merged), promises_of(JAKARTA.merged)
    assert set(base.blind_to) <= set(region.blind_to)
    assert set(base.merit_never_hurts) <= set(region.merit_never_hurts)
    assert (base.at_least_as_strict_as, region.at_least_as_strict_as) == (None, "nasional")
    assert all(set(names) <= set(region.descendants[attribute]) for attribute, names in base.descendants.items())
    assert (Promises().any, base.any, region.any) == (False, True, True)


def test_an_exemption_is_by_name_by_the_basis_of_the_rule_or_by_what_it_builds_on():
    """And by nothing else: whoever builds on no exempt rule keeps the promise."""
    program = BASE.program(DAY)
    own = program.rule("kenaikan-pangkat-pengabdian")
    reads = next(one for one in program.rules if one.reads_protected and one.reads_protected.startswith("birth_date: "))
    plain = program.rule("kenaikan-pangkat-reguler")
    assert Promises(exempt={(plain.name, "sex"): "pasal 1"}).exemption(program, plain, "sex") == "pasal 1"
    assert Promises().exemption(program, plain, "sex") is None
    assert (
        Promises().exemption(program, reads, "birth_date")
        == reads.reads_protected.partition(": ")[2].partition("; ")[0]
    )
    built_on = [program.by_id[name] for name in own.builds_on if program.by_id[name].kind != "service"]
    assert built_on
    asked = Promises(exempt={(built_on[0].name, "ethnicity"): "pasal 2"})
    assert asked.exemption(program, own, "ethnicity") == "pasal 2"


def test_that_one_is_still_in_the_service_exempts_no_rule():
    """Every rule asks it, and it looks at the age."""
    program = BASE.program(DAY)
    service = next(one for one in program.rules if one.kind == "service")
    asking = next(one for one in program.rules if service.id in one.builds_on and len(one.builds_on) == 1)
    assert Promises(exempt={(service.name, "sex"): "pasal 3"}).exemption(program, asking, "sex") is None


@pytest.mark.parametrize("policy", [BASE, JAKARTA])
def test_the_schema_of_a_region_knows_what_is_declared_there_and_in_its_base(policy):
    """Its rules, values, tables, people and figures; what is not declared is no key of a condition."""
    made = region_schema(policy)["definitions"]
    assert made["rule-name"]["enum"] == sorted(policy.rules)
    assert "kenaikan-pangkat-reguler" in made["base-rule"]["enum"]
    assert "jp_minimum" in made["value-name"]["enum"]
    assert "angka_kredit_dasar" in made["table-name"]["enum"]
    assert "pelaksana" in made["person-name"]["enum"]
    assert made["basis"]["pattern"].startswith("^(") and "pp-99-2000" in made["basis"]["examples"]
    condition = made["condition"]
    assert "Angka kredit dasar" in condition["properties"]["ak_dasar"]["description"]
    assert condition["additionalProperties"] is False
    assert any("ak_dasar" in pattern for pattern in condition["patternProperties"])
