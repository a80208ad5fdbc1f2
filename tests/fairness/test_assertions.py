"""Assertions say how they know, and show the people on whom they fail; a witness can be written back as a case."""

from datetime import date

import pytest

from asnpolicy import Engine
from asnpolicy.cli.test import test as run_cases
from asnpolicy.fairness import (
    Equivalent,
    assert_at_least_as_strict,
    assert_blind,
    assert_disparity_within,
    assert_equivalent,
    assert_merit_never_hurts,
    assertions,
    case_text,
    disparity,
)
from tests.fairness.defects import DEFECTS, SOUND, changed, policy, rule
from tests.fairness.test_disparity import person

SINCE = date(2026, 10, 1)


def test_what_is_proved_says_so(tmp_path):
    """In how many milliseconds."""
    sound, same = policy(tmp_path, *changed()), policy(tmp_path, *changed(), name="sama")
    for known in (
        assert_blind(sound, "birth_date", rule="naik"),
        assert_merit_never_hurts(sound, "lowest_rating", rule="naik"),
        assert_at_least_as_strict(sound, str(same), rule="naik"),
        assert_equivalent(sound, str(same), rule="naik"),
    ):
        assert known.how == "proved"
        assert str(known).startswith("proved in ")


def test_a_failure_shows_the_two_people(tmp_path):
    """As the difference of the second from the first."""
    proxy = next(one for one in DEFECTS if one.name.startswith("a hidden proxy"))
    folder = policy(tmp_path, *proxy.rules)
    with pytest.raises(AssertionError, match="the second, who differs from the first in") as error:
        assert_blind(folder, "sex", rule="naik")
    assert "leaves[" in str(error.value)
    with pytest.raises(AssertionError, match="REFUTED"):
        assert_merit_never_hurts(
            policy(tmp_path, *changed(kinerja="latest_rating: Baik"), name="baik"), "lowest_rating", rule="naik"
        )


def test_without_the_solver_it_is_tested_and_says_so(tmp_path, monkeypatch):
    """Never called a proof; what tests can find is found, with the people."""
    monkeypatch.setattr(assertions, "_answer", lambda *_: None)
    sound = policy(tmp_path, *changed())
    known = assert_blind(sound, "sex", rule="naik", examples=15)
    assert (known.how, str(known).startswith("tested on 15 examples, not proved")) == ("tested", True)
    asks = policy(tmp_path, rule({**SOUND, "x": "protected.sex: L"}, reads="sex"), name="kelamin")
    with pytest.raises(AssertionError, match="for two people who differ in"):
        assert_blind(asks, "sex", rule="naik", examples=100)
    with pytest.raises(AssertionError, match="not known"):
        assert_merit_never_hurts(sound, "exams", rule="naik")


def test_a_signal_on_a_workforce_fails(tmp_path):
    """With the whole report; what is allowed does not."""
    engine = Engine.load(policy(tmp_path, *changed()))
    many = [person(n, sex, rank_since="2024-10-01" if sex == "P" else "2020-10-01") for sex in "LP" for n in range(40)]
    found = disparity(engine, many, "naik", as_of=SINCE)
    with pytest.raises(AssertionError, match="sex P: both"):
        assert_disparity_within(found)
    assert_disparity_within(found, allowed=("both",))


@pytest.mark.parametrize(
    "name", ["off by one day", "a needle", "weaker in a corner", "all leave counted, which bites one sex"]
)
def test_a_witness_becomes_a_case(name, tmp_path, capsys):
    """Written into the policy, it passes as it stands."""
    defect = next(one for one in DEFECTS if one.name == name)
    folder = policy(tmp_path, *defect.rules)
    question = defect.question
    if defect.than:
        question = Equivalent("naik", str(policy(tmp_path, *defect.than, name="dasar")))
    shown = Engine.load(folder).prove(question, since=SINCE).witnesses[0]
    file = folder / "uji.yaml"
    file.write_text(f"{file.read_text(encoding='utf-8')}cases:\n{case_text(shown, 'ditemukan')}\n", encoding="utf-8")
    run_cases([str(folder)])
    assert "1 of 1 cases passed" in capsys.readouterr().out
