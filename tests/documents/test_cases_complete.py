"""Every shipped rule is shown by cases: each outcome, and each criterion once as the only one that fails."""

from functools import cache

import pytest

from asnpolicy.policy import library
from asnpolicy.policy.cases import cases_of
from asnpolicy.policy.library import regions
from asnpolicy.problems import Problems

REGIONS = regions()
load = cache(library.load)


NEVER_ALONE = {
    "kenaikan-pangkat-reguler": {"ujian-dinas-2"},  # a diploma that lets anybody reach IV/a is exempt from it
    "promosi-posisi-strategis": {"prestasi"},  # the base rule that it lies within asks the same
    # what is for consideration (no moderate or severe sanction) asks more than the law that refuses
    "pengangkatan-pengawas": {"hukuman-jabatan"},
    "pengangkatan-administrator": {"hukuman-jabatan"},
    "kenaikan-jenjang": {"hukuman-jabatan"},
    "perpindahan-jabatan-fungsional": {"hukuman-jabatan"},
    "pengangkatan-pertama-jabatan-fungsional": {"hukuman-jabatan"},
    "alih-kategori-jabatan-fungsional": {"hukuman-jabatan", "jenjang-tujuan"},
}
"""Criteria that another one of the rule implies: they are stated all the same, for the reader."""


@cache
def own_rules(region):
    """Give the rules that the region itself writes, with the criteria that stand in its own files."""
    policy = load(region)
    mine = {name for section in ("promotions", "awards", "duties", "mentoring")
            for name in policy.merged.chain[0].sections[section]}  # fmt: skip
    rules = {}
    for program in policy.programs:
        for rule in program.rules:
            if rule.id.partition("/")[0] in mine:
                rules.setdefault(rule.id, set()).update(
                    criterion.id for criterion in rule.criteria if criterion.place.file.startswith(f"{region}/")
                )
    return rules


@cache
def outcomes(region):
    """Give for each rule what its cases expect, and which criteria are the only ones to fail in one."""
    found, alone = {}, {}
    for case in cases_of(load(region), Problems()):
        expected = dict(case.expected)
        found.setdefault(case.rule, set()).add(expected.get("verdict") or expected.get("state"))
        because = expected.get("because", [])
        if expected.get("verdict") == "ineligible" and len(because) == 1:
            alone.setdefault(case.rule, set()).update(because)
    return found, alone


PAIRS = [(region, rule) for region in REGIONS for rule in own_rules(region) if not rule.endswith("@previous")]


@pytest.mark.parametrize(("region", "rule"), PAIRS)
def test_each_criterion_fails_alone_in_a_case(region, rule):
    """So that nobody can loosen one without a case that says so."""
    _, alone = outcomes(region)
    assert own_rules(region)[rule] - {"fulfilled_when"} - NEVER_ALONE.get(rule, set()) <= alone.get(rule, set())


@pytest.mark.parametrize(("region", "rule"), PAIRS)
def test_each_outcome_is_shown_by_a_case(region, rule):
    """Granted or fulfilled, refused or owed, undetermined, and not applicable, wherever the rule can come to it."""
    policy = load(region)
    found = outcomes(region)[0].get(rule, set()) | outcomes(region)[0].get(f"{rule}@previous", set())
    kind = next(r.kind for program in policy.programs for r in program.rules if r.id == rule)
    in_base = rule in {name for d in policy.merged.chain[1:] for s in d.sections.values() for name in s}
    wanted = {
        "duty": {"fulfilled", "undetermined", "not_applicable"},
        "mentoring": {"eligible", "undetermined", "not_applicable"},
        "mentor": {"eligible", "ineligible", "undetermined"},
        "pair": {"eligible", "ineligible", "undetermined"},
    }.get(kind, {"eligible", "ineligible", "undetermined", "not_applicable"})
    if in_base:  # the base's cases show the rest; what the region adds must be shown to refuse and to grant
        wanted = {"eligible", "ineligible", "undetermined"} & wanted
    assert wanted <= found
    if kind == "duty":
        assert found & {"owed", "overdue"}
