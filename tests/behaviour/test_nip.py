"""The employee number: what is refused, what is read, what contradicts other data."""

from datetime import date

import pytest

from asnpolicy.people.employee import Employee
from asnpolicy.people.nip import findings, parse

UNKNOWN = {"birth_date": None, "sex": None, "employment": None, "cpns_on": None}


@pytest.mark.parametrize(
    ("nip", "why"),
    [
        ("19860926201505100", "18 digits"),
        ("19860926201505100a", "18 digits"),
        ("١٩٨٦٠٩٢٦٢٠١٥٠٥١٠٠١", "18 digits"),
        ("199002302015051001", "not a date"),
        ("198609262015053001", "digit 15"),
        ("198609262015051000", "last three"),
        ("198609262015151001", "neither a month"),
        ("198609262015001001", "neither a month"),
        ("198609261985051001", "appointed in 1985"),
        ("200001012015211001", "appointed in 2015"),
    ],
)
def test_a_number_that_cannot_be_one_is_refused_with_the_reason(nip, why):
    """Each structural rule (V1 to V7, V12) has its own sentence."""
    with pytest.raises(ValueError, match=why):
        parse(nip)


def test_a_printed_number_is_read_without_its_spaces():
    """The printed form 8-6-1-3 is accepted and stored without spaces."""
    assert Employee(nip="19860926 201505 1 001").nip == "198609262015051001"


def test_pns_and_pppk_are_told_apart_by_the_code():
    """Digits 13 and 14 are a month for PNS and a code from 21 on for PPPK (V11)."""
    assert parse("198609262015051001").appointed_on == date(2015, 5, 1)
    assert parse("199001012022211001").is_pppk


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"birth_date": date(1986, 9, 27)}, "nip-birth-date"),
        ({"sex": 2}, "nip-sex"),
        ({"cpns_on": date(2015, 6, 1)}, "nip-cpns"),
        ({"employment": "PPPK"}, "nip-employment"),
    ],
)
def test_what_contradicts_the_number_is_a_finding_and_no_error(known, code):
    """V9 and V11: the person is still taken in."""
    assert findings("198609262015051001", **(UNKNOWN | known)) == (code,)


def test_what_is_not_known_contradicts_nothing():
    """An empty column is no finding."""
    assert findings("198609262015051001", **UNKNOWN) == ()


def test_unlikely_ages_and_years_are_findings():
    """V8 and V14: a candidate of 15 or 47, or one of before 1960, is told."""
    assert "nip-age" in findings("200001012015051001", **UNKNOWN)
    assert findings("193001011955051001", **UNKNOWN) == ("nip-year",)
