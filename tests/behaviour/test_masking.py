"""What is wrong with a person's data is told without telling the data: a log lives longer than a file."""

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from asnpolicy import Agency, Employee
from asnpolicy.exchange.intake import BadLine, PersonText, Reader
from asnpolicy.exchange.intake.telling import explained
from asnpolicy.people.masking import PERSONAL, shape
from tests.commands import run

NIP = "198609262015051001"
SIGNS = "Q7XZ"
"""Signs that stand in no sentence of the library."""
DAYS = ("19-86-31", "31/12/1986", "1986-13-45", "19860926", "1986-02-30", "0000-00-00", "1986-9-26")


def read(*, strict, **fields):
    return Reader(strict=strict).read(PersonText(1, json.dumps({"nip": NIP, **fields}).encode()))


def told(**fields):
    """Return all that is told of a person: by the strict reader, and of each finding by the lenient one."""
    one, other = read(strict=True, **fields), read(strict=False, **fields)
    assert isinstance(one, BadLine), "it is accepted"
    findings = [part for found in other.intake for part in (str(found.sides), explained(found).en, explained(found).id)]
    return re.sub("(line|baris) 1: ", "", "; ".join([one.reason.en, one.reason.id, *findings]))


def wrong(path, value):
    """Put a value where a personal field stands."""
    return {"protected": {"sex": value}} if path == "sex" else {path: value}


@pytest.mark.parametrize("day", DAYS)
def test_a_wrong_birth_date_is_told_by_how_it_is_written(day):
    """The officer sees which field and how a date is written; no digit of the birth date is in the message."""
    sentence = told(birth_date=day)
    assert "`birth_date`" in sentence
    left = re.sub("2026-10-01|2026-10|2026|1900-01-01|2200-12-31", "", sentence)
    assert re.findall(r"\d", left) == [], sentence
    assert told(cpns_on="31/12/1986") != told(birth_date="31/12/1986")


@pytest.mark.parametrize(
    "fields",
    [
        {"protected": {"religion": SIGNS * 60}}, {"protected": {"religion": 77}}, {"protected": {"sex": SIGNS}},
        {"protected": {"disability": SIGNS}}, {"protected": SIGNS}, {"name": 1}, {"name": ""}, {"name": SIGNS * 60},
        {"supervisor": SIGNS}, {"supervisor": "19860230 201505 1 001"}, {"supervisor": 198602302015051001},
        {"sanctions": [{"level": SIGNS, "since": "2020-01-01"}]}, {"sanctions": [{"since": f"{SIGNS}-01-01"}]},
        {"leaves": [{"kind": 77, "since": "2020-01-01"}]}, {"mentoring": [{"partner": 198602302015051001}]},
        {"birth_date": SIGNS}, {"birth_date": [SIGNS]}, {"birth_date": {"day": SIGNS}}, {"birth_date": 19860230},
    ],
    ids=str,
)  # fmt: skip
def test_a_personal_value_is_not_repeated(fields):
    """Whatever is wrong with it, and however deep it stands."""
    sentence = told(**fields)
    assert SIGNS not in sentence
    assert "77" not in sentence
    assert re.search(r"198602|230201", sentence) is None
    assert "`" in sentence, "the field is named"


@pytest.mark.parametrize(
    "nip", ["198602302015051001", "19860230 201505 1 001", "198609262015131001", "198609262015053001", "198609261986051001",
            "198609262015051000", "1986092620150510", "NIP 198609262015051001", "1.98609E+17", "1986092620150510011"],
)  # fmt: skip
def test_a_wrong_number_does_not_tell_when_somebody_was_born(nip):
    """What is wrong is told, with neither the number nor a year in it."""
    one = read(strict=True, nip=nip)
    assert "is not an NIP" in one.reason.en
    assert re.findall(r"\d{4,}|1986|1\.98", one.reason.en) == []
    other = read(strict=False, nip=nip)
    if isinstance(other, BadLine):
        assert re.findall(r"\d{4,}|1986|1\.98", str(other.reason)) == []
    else:
        assert other.nip == NIP, "it is the same number, with something around it"
    done = run("explain", "nasional", "-", "--nip", nip, "--rule", "jp-tahunan", "--as-of", "2026-10-01", stdin="")
    assert done.returncode == 2
    assert re.findall(r"\d{8,}|1986|1\.98", done.stderr) == []


@given(st.sampled_from(["birth_date", "name", "supervisor", "sex", "sanctions", "leaves"]),
       st.text(st.sampled_from(f"{SIGNS}ÿ0 -/'\"`\\.\n"), min_size=3, max_size=30))  # fmt: skip
@example("birth_date", "`'Q7XZ'`")
@example("supervisor", "Q7XZ" * 10)
@example("sex", "Q7XZ\\")
def test_no_wrong_text_of_a_personal_field_gets_into_a_message(path, value):
    """Quotes, escapes and backticks do not carry it out either."""
    one, other = (read(strict=strict, **wrong(path, value)) for strict in (True, False))
    if isinstance(one, BadLine):
        shown = [one.reason.en, *(part for found in other.intake for part in (str(found.sides), explained(found).id))]
        assert not set(" ".join(shown)) & set("QXZÿ"), shown


def test_a_number_in_the_wrong_place_is_masked_too():
    """As a key, and as the value of a field that is not personal."""
    assert NIP not in told(**{NIP: 1})
    assert NIP not in told(unit=int(NIP))
    assert NIP not in told(ranks=[{"rank": NIP, "since": "2020-01-01"}])


def test_what_is_not_personal_is_shown():
    """A wrong rank is easier to mend when it is seen."""
    assert "`III/z`" in told(ranks=[{"rank": "III/z", "since": "2020-01-01"}])
    assert "unknown key `nam`" in told(nam="x")


def test_the_relations_of_an_agency_are_masked(tmp_path):
    """Whose superior somebody is stands in no message."""
    path = tmp_path / "agency.json"
    for relation in (
        {"kind": "superior", "of": "198602302015051001", "to": NIP},
        {"kind": "superior", "of": NIP, "to": 7},
    ):
        path.write_text(json.dumps({"relations": [relation]}), encoding="utf-8")
        words = ("assess", "nasional", "-", "--as-of", "2026-10-01", "--agency", path)
        done = run(*words, stdin="")
        assert done.returncode == 2
        assert "is not an agency: `relations[0]" in done.stderr
        assert re.findall(r"\d{8,}|1986", done.stderr) == []


def test_every_personal_field_is_one():
    """The list names fields that there are: a new name for one of them would end its protection unseen."""
    relation = Agency.model_json_schema()["$defs"]["Relation"]["properties"]
    assert set(PERSONAL) <= {*Employee.model_fields, *relation}


def test_a_shape_tells_how_a_date_is_written():
    """Of digits where they stand; of words nothing, for there are only two sexes."""
    assert shape("31-12-1990") == "**-**-****"
    assert {shape(word) for word in ("Laki-laki", "Perempuan", "L")} == {"***"}
