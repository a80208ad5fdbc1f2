"""The page on the five texts is held to the policies: what it names is there, and no regional rule is left out."""

import re
from pathlib import Path

import pytest

from asnpolicy.policy import library
from asnpolicy.policy.cases import cases_of
from asnpolicy.policy.surface.rules import RULE_SECTIONS
from asnpolicy.problems import Problems

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "seeds.md"
TEXT = PAGE.read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([A-Z]\d+) \| (.*) \| (.*) \| (.*) \| (.*) \|$", TEXT, re.M)
POLICIES = {region: library.load(region) for region in library.regions()}
CASES = {case.name: case.rule for policy in POLICIES.values() for case in cases_of(policy, Problems())}
RULE = re.compile(r"\]\(\.\./reference/([a-z-]+)\.md#([a-z0-9-]+)\)")
LATER = set(re.findall(r'^\| <a id="([a-z]+)"></a>', TEXT, re.M))


def own(region):
    """Name what a region itself writes rules about, whether it declares them or adds to them."""
    sections = POLICIES[region].merged.chain[0].sections
    return {name for section in RULE_SECTIONS for name in sections[section]}


def rules_in(text):
    """Give the rules that a cell links to; what is no rule is a value of the region."""
    return [
        (region, name) for region, name in RULE.findall(text) if not name.startswith(("nilai-", "tabel-", "angka-"))
    ]


@pytest.mark.parametrize(("number", "answer"), [(row[0], row[2]) for row in ROWS])
def test_each_statement_is_answered(number, answer):
    """By a rule that is there, by a part to come that is named, or by a page."""
    parts = re.findall(r"\]\(#([a-z]+)\)", answer)
    rules = rules_in(answer)
    assert rules or parts or re.search(r"\]\([a-z./-]+\.md\)|README\.md\)", answer, re.I), number
    assert set(parts) <= LATER, number
    for region, name in rules:
        assert name in own(region), (number, region, name)


@pytest.mark.parametrize(("number", "answer", "cases"), [(row[0], row[2], row[3]) for row in ROWS])
def test_each_rule_of_a_statement_is_shown_by_cases(number, answer, cases):
    """The cases are there, each shows a rule that the statement names, and no rule goes without one."""
    named = re.findall(r"`([^`]+)`", cases)
    assert [case for case in named if case not in CASES] == [], number
    assert {re.split("[@/]", CASES[case])[0] for case in named} == {name for _, name in rules_in(answer)}, number


@pytest.mark.parametrize("region", [region for region, policy in POLICIES.items() if len(policy.merged.chain) > 1])
def test_every_rule_of_a_region_is_on_the_page(region):
    """What a region adds either answers a statement of its text, or is listed as coming from elsewhere."""
    assert own(region) <= {name for place, name in RULE.findall(TEXT) if place == region}


@pytest.mark.parametrize(("number", "answer", "far"), [(row[0], row[2], row[4]) for row in ROWS])
def test_each_statement_says_how_far_it_is_answered(number, answer, far):
    """Wholly, without a part to come; partly, with what is missing in both languages; or not yet, without a rule."""
    parts = re.findall(r"\]\(#([a-z]+)\)", answer)
    if number.startswith("L"):
        assert far == "bukan dari naskah · *not from a text*"
    elif far == "terjawab · *answered*":
        assert rules_in(answer)
        assert not parts
    elif far == "belum · *not yet*":
        assert parts
        assert not rules_in(answer)
    else:
        assert re.fullmatch(r"sebagian: .+ · \*partly: .+\*", far), number


def test_every_part_to_come_answers_a_statement():
    """No part is announced that nothing asks for."""
    assert LATER
    for part in LATER:
        assert f"](#{part})" in TEXT, part


def test_every_link_into_the_reference_has_its_heading():
    """A rule or a value that is renamed is renamed here too."""
    for region, name in RULE.findall(TEXT):
        page = (PAGE.parents[1] / "reference" / f"{region}.md").read_text(encoding="utf-8")
        assert f'<a id="{name}"></a>' in page, (region, name)


def test_numbers_are_given_once():
    """A statement can be cited by its number."""
    numbers = [row[0] for row in ROWS]
    assert len(numbers) == len(set(numbers)) > 0
