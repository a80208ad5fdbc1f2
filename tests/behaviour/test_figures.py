"""Figures are values of the policy that can be asked for on their own, exactly, with what is missing."""

from datetime import date
from decimal import Decimal

import pytest

from asnpolicy import Employee, Engine, PolicyError
from asnpolicy.policy.surface.people import in_full

ENGINE = Engine.load("nasional")
AS_OF = date(2026, 4, 1)
RANKS = [{"rank": "III/a", "since": "2022-01-01"}]
POSTS = [{"kind": "fungsional", "jenjang": "Ahli Pertama", "since": "2022-01-01", "until": "ongoing", "acting": False}]


def person(**given):
    histories = {"posts": POSTS, "ranks": RANKS, "appraisals": [], "credits": [], "assessments": []} | given
    written = {name: [in_full(name, record) for record in records] for name, records in histories.items()}
    whole = {name: {"records": records, "complete_since": "all"} for name, records in written.items()}
    return Employee.model_validate({"nip": "198609262015051001", "employment": "PNS"} | whole)


def test_credit_in_the_level_is_an_exact_number():
    """18.75 for a year Sangat Baik, 2.08 for two months Baik."""
    rated = [
        {"year": 2024, "rating": "Sangat Baik"},
        {"year": 2025, "rating": "Baik", "period_start": "2025-01-01", "period_end": "2025-02-28"},
    ]
    figure = ENGINE.figure(person(appraisals=rated), "ak_dalam_jenjang", as_of=AS_OF)
    assert (figure.value, figure.unit, figure.missing) == (Decimal("20.83"), "AK", ())


def test_a_figure_of_records_has_a_value_for_each():
    """One conversion a year, by the day that the year began."""
    rated = [{"year": 2024, "rating": "Sangat Baik"}, {"year": 2025, "rating": "Butuh Perbaikan"}]
    figure = ENGINE.figure(person(appraisals=rated), "ak_setahun", as_of=AS_OF)
    assert figure.records == ((date(2024, 1, 1), Decimal("18.75")), (date(2025, 1, 1), Decimal("9.38")))


def test_what_is_not_known_is_given_as_bounds_with_what_is_missing():
    """A known credit letter is the least there can be when earlier ones were not delivered."""
    some = person(credits=[{"kind": "integrasi", "amount": "30", "granted_on": "2023-06-30"}])
    partly = some.model_copy(update={"credits": some.credits.model_copy(update={"complete_since": date(2023, 1, 1)})})
    figure = ENGINE.figure(partly, "ak_dalam_jenjang", as_of=AS_OF)
    assert (figure.value, figure.missing) == (None, ("credits",))


def test_the_talent_box_follows_from_predicate_and_potential():
    """Sangat Baik and a potential of 80: box 9; without an assessment there is no box."""
    potential = [{"kind": "potensi", "score": 80, "assessed_on": "2026-01-15"}]
    rated = [{"year": 2025, "rating": "Sangat Baik"}]
    assert ENGINE.figure(person(appraisals=rated, assessments=potential), "kotak_talenta", as_of=AS_OF).value == 9
    assert ENGINE.figure(person(appraisals=rated), "kotak_talenta", as_of=AS_OF).absent


def test_an_unknown_figure_is_told_with_the_one_that_was_meant():
    """As everywhere, one sentence and a way out."""
    with pytest.raises(PolicyError, match="did you mean `kotak_talenta`"):
        ENGINE.figure(person(), "kotak_talent", as_of=AS_OF)
