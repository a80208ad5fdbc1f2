"""Each seeded defect is found, and shown on somebody on whom the engine says the same; the sound rule has none."""

from dataclasses import replace
from datetime import date

import pytest

from asnpolicy import Engine
from asnpolicy.fairness import Status
from tests.fairness.defects import DEFECTS, SOUND_QUESTIONS, THAN, changed, policy
from tests.fairness.drawn import drawn, share

SINCE = date(2026, 10, 1)


def asked(question, other):
    """Name the folder of the other policy in a question."""
    names = {name: str(other) for name in ("than", "to") if getattr(question, name, None) == THAN}
    return replace(question, **names) if names else question


@pytest.mark.parametrize("defect", DEFECTS, ids=[one.name for one in DEFECTS])
def test_a_defect_is_found_and_shown(defect, tmp_path):
    """Refuted; who shows it is like the typical person but for a few things, and is decided so by the engine itself."""
    engine = Engine.load(policy(tmp_path, *defect.rules))
    other = policy(tmp_path, *defect.than, name="dasar") if defect.than else tmp_path
    answer = engine.prove(asked(defect.question, other), since=SINCE)
    assert answer.status is Status.REFUTED, answer.text()
    assert bool(answer.witnesses) is not defect.nobody
    assert answer.reason is not None if defect.nobody else True
    for shown in answer.witnesses:
        for name, verdict in shown.verdicts:
            by = engine if name.partition("#")[0] in (name, "uji") else Engine.load(other)
            decision = by.decide(shown.employee, name.rpartition("#")[2], as_of=shown.as_of, agency=shown.agency)
            assert decision.verdict == verdict
        assert not any(finding.unknown for finding in shown.employee.findings(shown.as_of))
        assert len(shown.differences) <= 12, answer.text()


@pytest.mark.parametrize("question", SOUND_QUESTIONS[:-1], ids=lambda question: str(question.claim.en))
def test_of_the_sound_rule_everything_is_proved(question, tmp_path):
    """No question cries wolf."""
    engine = Engine.load(policy(tmp_path, *changed()))
    answer = engine.prove(asked(question, policy(tmp_path, *changed(), name="dasar")), since=SINCE)
    assert answer.status is Status.PROVED, answer.text()


def test_a_rule_does_not_apply_to_everybody(tmp_path):
    """Who is outside the scope of a rule can be shown too."""
    answer = Engine.load(policy(tmp_path, *changed())).prove(SOUND_QUESTIONS[-1], since=SINCE)
    assert answer.status is Status.REFUTED
    assert dict(answer.witnesses[0].verdicts) == {"naik": "not_applicable"}


def test_without_what_follows_from_it_a_hidden_proxy_is_not_seen(tmp_path):
    """Changing sex alone changes nothing: only with leave of mothers does it show."""
    defect = next(one for one in DEFECTS if one.name.startswith("a hidden proxy"))
    engine = Engine.load(policy(tmp_path, *defect.rules))
    assert engine.prove(replace(defect.question, descendants=False), since=SINCE).status is Status.PROVED
    assert engine.prove(defect.question, since=SINCE).status is Status.REFUTED


@pytest.mark.parametrize("defect", DEFECTS[3:12:3], ids=lambda one: one.name)
def test_a_witness_is_the_same_whatever_the_solver_happens_to_find(defect, tmp_path):
    """Over seeds of the solver."""
    engine = Engine.load(policy(tmp_path, *defect.rules))
    other = policy(tmp_path, *defect.than, name="dasar") if defect.than else tmp_path
    found = [engine.prove(asked(defect.question, other), since=SINCE, seed=seed).witnesses for seed in (0, 1, 7)]
    assert len({tuple((one.employee, one.as_of) for one in some) for some in found}) == 1


def test_people_drawn_with_the_policy_show_what_others_do_not(tmp_path):
    """They are near the typical ones and meet its thresholds; what is proved of nobody is shown by none."""
    by_name = {one.name: one for one in DEFECTS}
    asked = drawn(by_name["off by one day"], tmp_path)
    assert asked is not None
    assert share(asked.plain, asked.shows, 60, 7) < share(asked.aware, asked.shows, 60, 7)
    nobody = tmp_path / "nobody"
    nobody.mkdir()
    assert drawn(by_name["a redundant criterion"], nobody) is None
