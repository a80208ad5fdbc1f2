"""Twins of a workforce: what another attribute would turn is told with the clause that does it, and the law if there is one."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from asnpolicy import Employee, Engine, PolicyError
from asnpolicy.cli.app import app
from asnpolicy.fairness.twin_pairs import of_another, twins
from tests.fairness.defects import LIMIT, SOUND, changed, policy, rule
from tests.fairness.test_disparity import person

AS_OF = date(2026, 10, 1)
MANY = [person(n, sex) for sex in "LP" for n in range(6)]


def test_a_sound_rule_needs_no_twins_asked(tmp_path):
    """What no rule looks at is said, and nobody is decided twice for it."""
    found = twins(Engine.load(policy(tmp_path, *changed())), MANY, as_of=AS_OF)
    assert (found.people, found.pairs, found.differences) == (12, 0, ())
    assert found.blind == ("sex", "religion", "ethnicity", "marital_status", "disability", "birth_date")


def test_a_rule_that_sees_sex_turns_every_twin(tmp_path):
    """Each of twelve people; the clause is named with its place; the law that the rule states stands beside it."""
    folder = policy(tmp_path, rule({**SOUND, "x": "protected.sex: L"}, reads="sex"))
    found = twins(Engine.load(folder), MANY, as_of=AS_OF, attributes=("sex",))
    assert len(found.differences) == 12
    assert {one.clauses[0].partition(" ")[0] for one in found.differences} == {"x"}
    assert {(one.verdict, one.twin_verdict) for one in found.differences} == {
        ("eligible", "ineligible"),
        ("ineligible", "eligible"),
    }
    assert found.unlawful == ()
    assert found.differences[0].basis == "Undang-undang"


def test_what_follows_from_sex_changes_with_it(tmp_path):
    """Leave of mothers is taken away from a man: who is refused for it would not be, and no law allows it."""
    asks = "leaves: {where: {kind: cuti-melahirkan}, in_last: 2 years, count: 0}"
    mother = person(1, "P").model_dump(mode="json")
    mother["leaves"] = {
        "records": [{"kind": "cuti-melahirkan", "since": "2026-01-05", "until": "2026-04-05"}],
        "complete_since": "all",
    }
    mother = type(MANY[0]).model_validate(mother)
    found = twins(Engine.load(policy(tmp_path, *changed(x=asks))), [mother, *MANY], as_of=AS_OF)
    assert [(one.attribute, one.rule, one.twin_verdict) for one in found.unlawful] == [("sex", "naik", "eligible")]


def test_twins_are_older_and_younger_as_far_as_the_career_allows(tmp_path):
    """An age limit turns the older twin; one who would have been a child when it began is not made."""
    found = twins(Engine.load(policy(tmp_path, LIMIT)), [person(1, "L")], as_of=AS_OF, attributes=("birth_date",))
    assert (found.pairs, found.differences) == (1, ())
    old = type(MANY[0]).model_validate(
        {**person(1, "L").model_dump(mode="json"), "nip": "197504102018031001", "birth_date": "1975-04-10"}
    )
    (one,) = twins(Engine.load(tmp_path / "uji"), [old], as_of=AS_OF, attributes=("birth_date",)).differences
    assert (one.one, one.other, one.verdict, one.twin_verdict) == ("1975-04-10", "1965-04-10", "eligible", "ineligible")
    assert one.clauses[0].startswith("usia (uji/uji.yaml:")


def test_a_twin_of_a_contract_employee_is_old_enough_for_the_number(tmp_path):
    """A number says when its holder was appointed: somebody appointed at 25 has no twin who was 15 then."""
    young = Employee(nip="199503012020211001", employment="PPPK", birth_date=date(1995, 3, 1))
    assert [one.birth_date.year for one in of_another(young, "birth_date", AS_OF)] == [1985]
    engine = Engine.load(policy(tmp_path, LIMIT))
    assert twins(engine, [young], as_of=AS_OF, attributes=("birth_date",)).people == 1


def test_the_command_tells_what_no_law_allows(tmp_path):
    """1 when there is something, 0 when not; an attribute that is not there is told."""
    asks = "leaves: {where: {kind: cuti-melahirkan}, in_last: 2 years, count: 0}"
    folder, file = policy(tmp_path, *changed(x=asks)), tmp_path / "staff.jsonl"
    mother = person(1, "P").model_dump(mode="json")
    mother["leaves"] = {
        "records": [{"kind": "cuti-melahirkan", "since": "2026-01-05", "until": "2026-04-05"}],
        "complete_since": "all",
    }
    file.write_text(json.dumps(mother), encoding="utf-8")
    words = ["twins", str(folder), str(file), "--as-of", str(AS_OF)]
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, "1 without a basis in law" in done.stdout) == (1, True)
    told = json.loads(CliRunner().invoke(app, [*words, "--format", "json", "--attribute", "sex"]).stdout)
    assert told["differences"][0]["rule"] == "naik"
    assert "19900410" not in json.dumps(told)
    with pytest.raises(PolicyError, match="unknown protected attribute `sexx`"):
        twins(Engine.load(folder), [], as_of=AS_OF, attributes=("sexx",))
    assert CliRunner().invoke(app, [*words, "--attribute", "religion"]).exit_code == 0
