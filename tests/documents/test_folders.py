"""Where policies lie: regions that ship, folders of one's own, and what is told when there is none, or none yet."""

import gc
from datetime import date

import pytest

from asnpolicy import PolicyError
from asnpolicy.policy.library import find, load, regions, shipped

RULE = """format: 1
region: kota
title: {id: Kota, en: Town}
promotions:
  naik:
    title: {id: Naik, en: Up}
    from: 2024-05-01
    to: {fact: next_rank}
    require: {masa: {title: {id: Masa, en: Time}, time_in_rank: {at_least: 4 years}}}
"""


@pytest.fixture
def kota(tmp_path):
    """Make a region of one's own, with one rule from May 2024."""
    folder = tmp_path / "kota"
    folder.mkdir()
    (folder / "kota.yaml").write_text(RULE, encoding="utf-8")
    return folder


def only(call, *given):
    """Give the one problem that a call raises."""
    with pytest.raises(PolicyError) as caught:
        call(*given)
    assert len(caught.value.problems) == 1, str(caught.value)
    return caught.value.problems[0]


def test_a_region_is_found_by_its_name_or_its_folder(kota):
    """A name that ships comes first; else it is a path."""
    assert find("jakarta") == shipped() / "jakarta"
    assert find(kota) == find(str(kota)) == kota


def test_a_region_that_is_not_there_is_told_with_the_one_that_was_meant():
    """Close to one that ships: that one is named; else all are."""
    assert only(find, "jakata").help == "did you mean `jakarta`?"
    problem = only(find, "bandung")
    assert (problem.code, problem.message) == ("unknown-region", "unknown region `bandung`")
    assert all(name in problem.help for name in regions())


def test_an_empty_folder_holds_no_policy(tmp_path):
    """Files of other kinds are not policy files."""
    (tmp_path / "kota.txt").write_text(RULE, encoding="utf-8")
    problem = only(load, tmp_path)
    assert (problem.code, problem.message) == ("no-files", f"`{tmp_path}` holds no policy files")
    assert problem.help == "a policy is one or more files named *.yaml"


def test_a_file_with_another_ending_of_yaml_is_told(kota):
    """It looks as if it were read."""
    (kota / "lain.yml").write_text(RULE, encoding="utf-8")
    problem = only(load, kota)
    assert (problem.code, problem.message) == ("not-read", f"`{kota / 'lain.yml'}` is not read")
    assert problem.help == "rename it to `lain.yaml`, or move it elsewhere"


def test_a_file_that_can_t_be_read_is_told_and_hides_no_other(kota):
    """A folder that is named like a file is the least that can be wrong with one."""
    (kota / "lain.yaml").mkdir()
    problem = only(load, kota)
    assert (problem.code, problem.message) == ("unreadable", f"the file `{kota / 'lain.yaml'}` can't be read")


def test_a_day_before_the_first_rule_has_no_program(kota):
    """The first day of the earliest rule is named."""
    policy = load(kota)
    assert policy.rules == ("naik",)
    assert policy.program(date(2024, 5, 1)).rule("naik").id == "naik"
    problem = only(policy.program, date(2024, 4, 30))
    assert (problem.code, problem.message) == ("before-policy", "`kota` has no rules for 2024-04-30")
    assert problem.help == "the earliest rules are of 2024-05-01: ask for that day or a later one"


def test_a_policy_without_rules_has_no_program_on_any_day(tmp_path):
    """It loads, since values may be written first."""
    folder = tmp_path / "kota"
    folder.mkdir()
    (folder / "kota.yaml").write_text(RULE[: RULE.index("promotions")], encoding="utf-8")
    assert only(load(folder).program, date(2026, 1, 1)).code == "before-policy"


@pytest.mark.parametrize("collecting", [True, False])
def test_loading_leaves_the_garbage_collector_as_it_was(kota, collecting):
    """A program that has its own plans with it keeps them."""
    before = gc.isenabled()
    (gc.enable if collecting else gc.disable)()
    try:
        load(kota)
        assert gc.isenabled() is collecting
    finally:
        (gc.enable if before else gc.disable)()
