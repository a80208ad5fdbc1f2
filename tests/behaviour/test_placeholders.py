"""Placeholders: what stands where nothing was delivered names nothing, in files, in tables and in Python."""

import pytest

from asnpolicy import Agency, Employee, PolicyError
from asnpolicy.people.placeholders import EMPTY
from tests.behaviour.asked import engine as shipped
from tests.behaviour.test_codes import read
from tests.behaviour.test_contradictions import BASE, decide, one
from tests.behaviour.test_findings import DAY, NIP, of

TEXTS = ["-", "NULL", "N/A", "Tidak Ada", "belum diketahui", "0", "???", "0000-00-00", "---"]
COMPARED = [
    ("trainings", "code"), ("trainings", "kind"), ("trainings", "field"), ("leaves", "kind"), ("letters", "code"), ("posts", "title"),
    ("posts", "field"), ("posts", "unit"), ("educations", "field"), ("mentoring", "role"), ("assessments", "kind"),
]  # fmt: skip
OWN = ["unit", "field", "agency"]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(("history", "name"), COMPARED)
def test_a_placeholder_in_a_record_is_not_known_and_told(history, name, text, tmp_path):
    (given,) = read(tmp_path, of(history, {name: text}))
    (record,) = getattr(given, history).records
    assert getattr(record, name) is None
    assert [found.code for found in given.intake] in (["written-otherwise"], ["unreadable-field"])


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", OWN)
def test_a_placeholder_of_a_person_is_not_known(name, text, tmp_path):
    (given,) = read(tmp_path, {name: text})
    assert getattr(given, name) is None
    assert given.intake
    with pytest.raises(PolicyError, match="says nothing"):
        Employee.model_validate({**BASE, name: text})


@pytest.mark.parametrize("text", TEXTS)
def test_a_placeholder_is_refused_in_python_and_by_strict_reading(text, tmp_path):
    with pytest.raises(PolicyError, match="says nothing"):
        one(**of("trainings", {"code": text}))
    with pytest.raises(PolicyError, match="says nothing"):
        read(tmp_path, of("trainings", {"code": text}), strict=True)
    with pytest.raises(PolicyError, match="says nothing"):
        Agency.model_validate({"openings": [{"id": "a", "unit": text}]})


def test_a_name_that_nobody_compares_may_be_any_text(tmp_path):
    """Who is called `-` is decided as everybody else; `NA` is somebody's name, and a vacant post may be called `kosong`."""
    (given,) = read(tmp_path, {"name": "Na"}, strict=True)
    assert given.name == "Na"
    assert one(name="-").name == "-"
    assert Agency.model_validate({"openings": [{"id": "0", "title": "-"}]}).openings[0].id == "0"


def test_a_leave_and_a_duty_whose_code_was_not_delivered_stay_open(tmp_path):
    """A course of the kind `-` was counted as one of another kind, and who had taken it had not."""
    away = {"since": "2024-01-01", "until": "2026-09-01"}
    (given,) = read(tmp_path, of("leaves", {"kind": "-", **away}))
    assert decide(given).verdict.value == "undetermined"
    report = {"dated_on": "2026-01-11"}
    states = []
    for code in ("skp", "0", "lhkpn"):
        (given,) = read(tmp_path, of("letters", {"code": code, **report}))
        states.append(shipped("nasional").decide(given, "skp-tahunan", as_of=DAY).state.value)
    assert states == ["fulfilled", "undetermined", "overdue"]


@pytest.mark.parametrize("text", TEXTS)
def test_tables_read_placeholders_as_files_do(text):
    polars = pytest.importorskip("polars", reason="the extra `columns` is not installed")
    from asnpolicy.workforce import AgencyTables, Workforce

    people = polars.DataFrame({"nip": [NIP], "name": [text], "agency": [text], "unit": [text], "field": [text], "interests": [[text]]})
    rows = {
        "trainings": polars.DataFrame({"nip": [NIP], "code": [text], "kind": [text], "field": [text]}),
        "posts": polars.DataFrame({"nip": [NIP], "title": [text], "unit": [text]}),
    }
    made = Workforce.from_frames(people, **rows)
    (given,) = made
    assert (given.name, given.agency, given.unit, given.field, given.interests) == (text, None, None, None, None)
    (course,), (post,) = given.trainings.records, given.posts.records
    assert (course.code, course.kind, course.field, post.title, post.unit) == (None,) * 5
    assert {(told.code, told.table, told.column) for told in made.amiss} == {
        ("unreadable-cell", table, column)
        for table, columns in {"employees": ("agency", "unit", "field", "interests"), "trainings": ("code", "kind", "field"),
                               "posts": ("title", "unit")}.items()
        for column in columns
    }  # fmt: skip
    agency = AgencyTables.from_frames(
        openings=polars.DataFrame({"id": ["a"], "unit": [text], "field": [text]}),
        units=polars.DataFrame({"code": ["x", "y"], "part_of": ["none", text]}),
    ).agency
    assert (agency.openings[0].unit, agency.openings[0].field) == (None, None)
    assert [str(unit.part_of) for unit in agency.units] == ["none", "None"]


def test_every_placeholder_of_the_list_is_one_in_whatever_letters(tmp_path):
    for text in filter(None, EMPTY):
        (given,) = read(tmp_path, {"unit": f" {text.upper()} "})
        assert given.unit is None, text


# A promise without what it speaks of


@pytest.mark.parametrize("written", [{"complete_since": "all"}, {"records": None, "complete_since": "all"}, {"complete_since": "2020-01-01"}])
def test_a_history_that_lost_its_records_is_not_complete(written, tmp_path):
    """Else whoever lost them had none: no sanction, no course, no appraisal."""
    (given,) = read(tmp_path, {"appraisals": written})
    assert (given.appraisals.records, given.appraisals.complete_since) == ((), None)
    assert [found.about for found in given.intake] == ["appraisals"]
    assert decide(given).verdict.value == "undetermined"
    with pytest.raises(PolicyError):
        one(appraisals=written)
    with pytest.raises(PolicyError):
        read(tmp_path, {"appraisals": written}, strict=True)


def test_that_there_is_no_record_is_said_by_an_empty_list(tmp_path):
    (given,) = read(tmp_path, of("sanctions"))
    assert given.intake == ()
    assert decide(given).verdict.value == "eligible"
