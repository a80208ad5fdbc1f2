"""What a decision says at once is what its definition says."""

from datetime import date
from random import Random

import pytest

from asnpolicy import Agency, Employee, Engine, Waiver
from asnpolicy.language.rules import FAILED, HELD, UNKNOWN
from asnpolicy.policy.library import regions
from tests.conformance.people import day, like
from tests.conformance.shipped import BASE, own, policy, typical_people

PEOPLE = 8
OPENINGS = Agency.model_validate({
    "openings": [{"id": "kadis", "kind": "jpt-pratama", "echelon": "II.b", "vacancies": 1},
                 {"id": "muda", "kind": "fungsional", "jenjang": "Ahli Muda"}],
})  # fmt: skip


SHARE = 8
"""Of the rules that a region inherits word for word each person is asked one in so many, another share each: the base is asked all."""


def decisions(region, unknown):
    """Draw people, and decide for each the region's own rules and a share of those that it inherits, some before an opening."""
    engine, rng = Engine(policy(region)), Random(f"{region} {unknown}")
    for number in range(PEOPLE if region == BASE else 2 * PEOPLE):
        as_of = day(rng)
        person = like(rng, as_of, unknown, typical_people(region))
        agency = OPENINGS if number % 2 else Agency()
        program = policy(region).program(as_of)
        asked = dict.fromkeys((*own(region)[program].rules, *program.rules[number % SHARE :: SHARE]))
        rules = [rule.id for rule in asked if rule.kind != "pair"]
        yield from engine.assess(person, as_of=as_of, agency=agency, rules=rules)


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("unknown", [0.0, 0.05, 0.3])
def test_each_answer_is_that_of_the_definition(region, unknown):
    """Target, due day, deciding criteria, standing and what is missing, first asked of what is fast."""
    met = set()
    for decision in decisions(region, unknown):
        said = (decision.to, decision.due, decision.because, decision.missing)
        late = decision.state == "undetermined" and decision.verdict == "ineligible"  # whether it is late is not known
        assert late or "_defined" not in decision.__dict__, "it was asked of the definition"
        target, due = (decision._value(getattr(decision._bound, of)) for of in ("target", "due"))
        worth = {"eligible": HELD, "undetermined": UNKNOWN, "ineligible": FAILED}.get(decision.verdict.value)
        because = tuple(f.criterion.id for f in decision.outcome.findings if f.status == worth)
        missing = decision.missing  # now that the definition has been asked
        known = str(target) if hasattr(target, "label") else None
        assert said == (known, due if isinstance(due, date) else None, because, missing), decision.rule.id
        met.add(decision.verdict.value)
    assert met == {"eligible", "ineligible", "undetermined", "not_applicable"}


REGION = """
format: 1
region: kota
title: {id: Kota, en: Town}
sources: {s: Sumber}
promotions:
  naik:
    title: {id: Naik, en: Up}
    basis: s
    to: {fact: next_rank}
    require:
      masa: {title: {id: A, en: A}, basis: s, waivable: {by: Wali, basis: s}, time_in_rank: {at_least: 4 years}}
      pns: {title: {id: B, en: B}, basis: s, standing: illustrative, employment: PNS}
"""


def test_a_waiver_changes_what_is_said_at_once(tmp_path):
    """With a waiver the fast answer would be another: what decides and where it leads come from the definition."""
    (tmp_path / "kota").mkdir()
    (tmp_path / "kota" / "kota.yaml").write_text(REGION, encoding="utf-8")
    engine = Engine.load(tmp_path / "kota")
    person = Employee.model_validate({
        "nip": "198609262015051001", "employment": "PNS",
        "ranks": {"records": [{"rank": "III/a", "since": "2025-10-01"}], "complete_since": "all"},
    })  # fmt: skip
    day = date(2026, 10, 1)
    plain = engine.decide(person, "naik", as_of=day)
    assert (plain.verdict, plain.because, plain.to, plain.standing) == ("ineligible", ("masa",), "III/b", "in_force")
    given = Waiver(
        nip=person.nip, rule="naik", criterion="masa", approver="Wali", letter="1", basis="s", since="2026-01-01"
    )
    waived = engine.decide(person, "naik", as_of=day, waivers=[given])
    assert (waived.verdict, waived.because, waived.to) == ("eligible", ("pns",), "III/b")
    assert (waived.standing, waived.conditional_on) == ("in_force", (given,))
