"""What a file says under a slip of typing never vanishes: it can only leave open what it may be about."""

import io
import json
from datetime import date
from decimal import Decimal

import pytest

from asnpolicy import Employee
from asnpolicy.exchange.intake import BadLine, register
from tests.behaviour.asked import engine as shipped

DAY = date(2026, 10, 1)
NIP = "199001012015031001"
OTHER = "199001012015031002"
REGULER = "kenaikan-pangkat-reguler"


def of(*records):
    return {"records": list(records), "complete_since": "all"}


WHOLE = {
    "nip": NIP, "employment": "PNS", "service_status": "aktif", "cpns_on": "2015-03-01", "pns_on": "2016-03-01",
    "birth_date": "1990-01-01", "ranks": of({"rank": "III/a", "since": "2022-10-01"}),
    "posts": of({"kind": "pelaksana", "title": "Pengolah data", "acting": False, "since": "2015-03-01", "until": "ongoing"}),
    "educations": of({"level": "S-1", "graduated_on": "2014-08-01", "recognised_on": "2015-03-01"}),
    "appraisals": of({"year": 2024, "rating": "Baik"}, {"year": 2025, "rating": "Baik"}),
    **{name: of() for name in ("exams", "trainings", "sanctions", "leaves", "statuses", "contracts")},
}  # fmt: skip
SEVERE = {"level": "berat", "kind": "penurunan-jabatan", "since": "2026-01-01", "until": "2027-01-01", "final": True}


def read(*texts):
    lines = [text if isinstance(text, str) else json.dumps({**WHOLE, **text}) for text in texts]
    return list(register(io.BytesIO("\n".join(lines).encode())))


def verdict(*texts, nip=NIP):
    (one,) = [one for one in read(*texts) if isinstance(one, Employee) and one.nip == nip]
    return shipped("nasional").decide(one, REGULER, as_of=DAY).verdict.value


def without(name):
    return {key: value for key, value in WHOLE.items() if key != name}


def spelt(name, *keys):
    """Write what the whole person says without one field, and that field under other keys."""
    more = ", ".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in keys)
    return f"{json.dumps(without(name))[:-1]}, {more}}}"


def test_the_sanction_of_these_tests_refuses():
    """With everything spelt as it should be, it is decided both ways."""
    assert verdict({}) == "eligible"
    assert verdict({"sanctions": of(SEVERE)}) == "ineligible"


@pytest.mark.parametrize(
    "text",
    [
        {"sanctions": {"recods": [SEVERE], "complete_since": "all"}},
        {"SANCTIONS": [SEVERE]},
        {"sanctions": {"records": [], "Records": [SEVERE], "complete_since": "all"}},
        spelt("sanctions", ("Sanctions", of(SEVERE)), ("SANCTIONS", of())),
        spelt("sanctions", ("Sanctions", of()), ("SANCTIONS", of(SEVERE))),
        {"sanctions": of({"level": "ringan", "LEVEL": "berat", **{k: SEVERE[k] for k in ("kind", "since", "until")}})},
    ],
)
def test_a_record_under_a_slip_of_a_key_leaves_the_history_open(text):
    """Nobody is promoted because the key of the sanction was written otherwise, or twice."""
    assert verdict(text) == "undetermined"


def test_two_keys_of_one_name_are_said_twice():
    """Alike they count once, and what they say differently is unknown."""
    (same,) = read({"Unit": "a", "unit": "a"})
    (other,) = read({"Unit": "a", "unit": "b"})
    assert (same.unit, [found.code for found in same.intake]) == ("a", ["said-twice"])
    assert (other.unit, [found.code for found in other.intake]) == (None, ["said-differently"])


def test_two_numbers_in_one_record_are_nobodys_and_may_be_of_either():
    """Whose sanction it is can't be told; it leaves both open, and nobody else."""
    both = f"{json.dumps({'nip': NIP, 'NIP': OTHER, 'sanctions': [SEVERE]})}"
    third = "198001012005031003"
    staff = (both, {}, {"nip": OTHER}, {"nip": third, "birth_date": "1980-01-01", "cpns_on": "2005-03-01"})
    assert [type(one) for one in read(*staff)] == [BadLine, Employee, Employee, Employee]
    assert [verdict(*staff, nip=nip) for nip in (NIP, OTHER, third)] == ["undetermined", "undetermined", "eligible"]


@pytest.mark.parametrize("value", ["hukuman berat", 7, {"records": "berat", "complete_since": "all"}])
def test_of_two_lines_one_that_cant_be_read_is_not_passed_over(value):
    """The other line alone does not say that there is no sanction."""
    assert verdict({}, {"sanctions": value}) == "undetermined"
    assert verdict({"sanctions": value}, {}) == "undetermined"


def test_a_line_that_was_cut_may_have_said_anything_of_its_number():
    """Of the person on another line nothing is promised any more; everybody else is decided."""
    cut = json.dumps(WHOLE)[:60]
    staff = ({"nip": OTHER}, cut, {})
    assert verdict(*staff) == "undetermined"
    assert verdict(*staff, nip=OTHER) == "eligible"


def test_a_file_whose_first_line_was_cut_has_a_person_on_each_other_line():
    """The rest is not swallowed as one object that never ends."""
    staff = (json.dumps(WHOLE)[:60], {"nip": OTHER}, {"nip": OTHER.replace("002", "003")})
    assert [type(one) for one in read(*staff)] == [BadLine, Employee, Employee]
    spread = json.dumps(WHOLE, indent=1)
    assert [type(one) for one in read(spread, spread.replace(NIP, OTHER))] == [Employee, Employee]


@pytest.mark.parametrize("strict", [False, True])
def test_a_number_is_read_to_its_last_digit(strict):
    """99.99999999999999999 credits are not a hundred."""
    text = json.dumps({**WHOLE, "credits": of({"kind": "x", "amount": 77, "granted_on": "2024-01-01"})})
    exact = text.replace("77", "99.99999999999999999")
    (one,) = register(io.BytesIO(exact.encode()), strict=strict)
    amounts = [record.amount for record in one.credits.records] if isinstance(one, Employee) else []
    assert Decimal(100) not in amounts
    (plain,) = register(io.BytesIO(text.replace("77", "99.5").encode()), strict=strict)
    assert [record.amount for record in plain.credits.records] == [Decimal("99.5")]
