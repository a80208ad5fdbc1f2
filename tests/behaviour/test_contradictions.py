"""Contradictions that meet: what two findings leave of one field, what follows a wrong value, who is dead, who is both."""

import json
from datetime import date

import pytest

from asnpolicy import Employee, PolicyError, read_employees
from asnpolicy.fairness.thresholds import thresholds_of
from asnpolicy.people.codes import CODES, codes_of
from asnpolicy.people.spelling.days import says_month_first
from asnpolicy.policy.library import load, regions
from tests.behaviour.asked import engine as shipped
from tests.behaviour.test_findings import DAY, NIP, PPPK, of, person, posts, ranks

BASE = {"nip": NIP, "employment": "PNS", "service_status": "aktif", "cpns_on": "2015-03-01", "pns_on": "2016-03-01",
        "birth_date": "1990-01-01", **posts({"since": "2015-03-01", "until": "ongoing"}), **ranks(("III/a", "2022-10-01")),
        **of("educations", {"level": "S-1", "graduated_on": "2014-08-01", "recognised_on": "2015-03-01"}),
        **of("appraisals", {"year": 2024, "rating": "Baik"}, {"year": 2025, "rating": "Baik"}), **of("exams"), **of("trainings"),
        **of("sanctions"), **of("leaves"), **of("statuses"), **of("contracts")}  # fmt: skip


def one(**data):
    """Return the ordinary person with something else, as a programmer gives them."""
    return Employee.model_validate({name: value for name, value in {**BASE, **data}.items() if value != "left out"})


def decide(given, rule="kenaikan-pangkat-reguler", as_of=DAY):
    return shipped("nasional").decide(given, rule, as_of=as_of)


def codes(given, as_of=DAY):
    return [found.code for found in given.findings(as_of)]


# Two findings of one field


@pytest.mark.parametrize("since", ["1980-01-06", "1970-01-10", "2001-01-06", "2014-01-10"])
def test_of_two_findings_of_one_day_the_one_that_leaves_less_decides(since):
    """A rank before birth, whose day and month may be swapped too: not even its year is certain."""
    given = one(**ranks(("III/a", since)))
    assert len(codes(given)) > 1
    assert given.view(DAY).ranks.records[0].since is None
    assert decide(given).verdict.value == "undetermined"


@pytest.mark.parametrize(
    ("field", "value"), [("cpns_on", "1980-01-06"), ("pns_on", "1980-01-06"), ("last_raise_on", "2009-01-03")]
)
def test_so_it_is_with_days_of_the_person(field, value):
    assert getattr(one(**{field: value}).view(DAY), field) is None


# What follows a wrong value


@pytest.mark.parametrize("left_out", [("cpns_on", "pns_on"), ("pns_on",)])
def test_that_a_pppk_has_no_day_as_pns_goes_with_the_employment_that_said_so(left_out):
    """The officer confirms PNS against PPPK: nobody has said then that there are no such days."""
    by = {
        "finding": "nip-employment",
        "value": "PNS",
        "against": ["PPPK"],
        "by": "x",
        "on": "2026-01-02",
        "letter": "SK",
    }
    given = one(employment="PPPK", confirmed=[by], **dict.fromkeys(left_out, "left out"))
    assert [getattr(given.view(DAY), name) for name in left_out] == [None] * len(left_out)
    assert decide(given).verdict.value == "undetermined"


@pytest.mark.parametrize("turned", [False, True])
def test_two_confirmations_that_disagree_settle_nothing(turned):
    """In whatever order they are written."""
    by = [
        {"finding": "nip-birth-date", "value": value, "against": [other], "by": who, "on": "2026-01-02", "letter": "SK"}
        for value, other, who in (("1991-01-01", "1990-01-01", "x"), ("1990-01-01", "1991-01-01", "y"))
    ]
    given = one(birth_date="1991-01-01", confirmed=by[::-1] if turned else by)
    assert "nip-birth-date" in codes(given)
    assert given.view(DAY).birth_date is None


# The dead


@pytest.mark.parametrize("known_on", [None, "2026-10-01"])
@pytest.mark.parametrize("since", [None, "1970-01-01", "2026"])
def test_who_is_dead_on_one_record_and_active_on_another_is_not_decided(since, known_on):
    """Whatever is known of the day of the death."""
    given = one(**of("statuses", {"status": "meninggal", "since": since}), known_on=known_on)
    assert "status-against-dates" in codes(given)
    assert decide(given).verdict.value == "undetermined"


def test_a_death_of_a_later_day_than_the_register_is_one_all_the_same():
    given = one(**of("statuses", {"status": "tewas", "since": "2027-03-01"}), known_on="2026-10-01")
    assert {"after-known-on", "status-against-dates"} <= set(codes(given))
    assert decide(given).verdict.value == "undetermined"


def test_a_death_before_other_records_leaves_the_status_open():
    """The death may be somebody else's, or its day is wrong: nobody is turned away by it."""
    given = one(**of("statuses", {"status": "meninggal", "since": "2020-01-01"}), service_status=None)
    assert "after-death" in codes(given)
    assert decide(given).verdict.value == "undetermined"
    assert (
        decide(one(**of("statuses", {"status": "meninggal", "since": "2026-05-01"}), service_status=None)).verdict.value
        == "not_applicable"
    )


# Both at once


def test_a_contract_made_after_the_appointment_contradicts_it():
    contract = of("contracts", {"since": "2024-01-01", "until": "2029-01-01"})
    assert "employment-against-dates" in codes(one(**contract))
    assert decide(one(**contract)).verdict.value == "undetermined"


def test_a_contract_of_the_time_before_may_run_on_in_the_register():
    """Its end was set when it was made: whoever became PNS meanwhile is one."""
    contract = of("contracts", {"since": "2014-01-01", "until": "2019-01-01"})
    assert decide(one(**contract)).verdict.value == "eligible"
    assert decide(one(**contract), as_of=date(2017, 1, 1)).question.employee.employment is not None


# Days that no career has


@pytest.mark.parametrize("day", ["1990-02-01", "1999-12-01", "2004-12-31"])
def test_a_diploma_is_not_recognised_before_the_age_of_service(day):
    given = one(**of("educations", {"level": "S-1", "graduated_on": day, "recognised_on": day}))
    assert "too-young" in codes(given)
    assert given.view(DAY).educations.records[0].recognised_on is None


def test_a_school_of_children_is_left_at_that_age():
    given = one(**of("educations", {"level": "SD", "graduated_on": "2002-06-01", "recognised_on": "2015-03-01"}))
    assert codes(given) == []


@pytest.mark.parametrize("history", ["trainings", "exams", "awards", "competencies", "assessments"])
def test_nor_is_anything_else_of_a_career(history):
    record = next(iter(Employee.model_validate({"nip": NIP, history: [{}]}).delivered[history]))
    given = one(**of(history, {record.placed_by: "2003-05-02"}))
    assert "too-young" in codes(given)


def test_a_pension_begins_on_a_first_of_a_month():
    """10 January may be 1 October: asked before it, nobody is turned away who has not left yet."""
    asked, meant = (
        one(**of("statuses", {"status": "pensiun", "since": since})) for since in ("2026-01-10", "2026-10-01")
    )
    assert "day-and-month-swapped" in codes(asked, date(2026, 5, 1))
    assert str(asked.view(date(2026, 5, 1)).statuses.records[0].since) == "2026"
    assert decide(asked, as_of=date(2026, 5, 1)).verdict == decide(meant, as_of=date(2026, 5, 1)).verdict


# As it is written


def read(tmp_path, *people):
    file = tmp_path / "pegawai.jsonl"
    file.write_text("\n".join(json.dumps({**BASE, **data}) for data in people), encoding="utf-8")
    return list(read_employees(file))


WRITTEN = {
    ("leaves", "kind"): ("cltn", ["CLTN", "Cltn", "Cuti di Luar Tanggungan Negara", "cltn\u200b"]),
    ("exams", "code"): (
        "ujian-dinas-1",
        ["UJIAN-DINAS-1", "Ujian Dinas Tingkat I", "ujian dinas tk. 1", "ujian-dinas-1\u200b"],
    ),
    ("trainings", "code"): ("pkp", ["PKP", "Pelatihan Kepemimpinan Pengawas"]),
    ("competencies", "code"): ("komunikasi", ["Komunikasi", "komunikasi\u200b"]),
}


@pytest.mark.parametrize(
    ("where", "meant", "text"), [(where, code, text) for where, (code, texts) in WRITTEN.items() for text in texts]
)
def test_a_code_is_read_however_an_office_writes_it_and_told(where, meant, text, tmp_path):
    history, name = where
    (given,) = read(tmp_path, of(history, {name: text}))
    assert getattr(getattr(given, history).records[0], name) == meant
    assert [found.code for found in given.intake] == ["written-otherwise"]


def test_strict_reading_refuses_a_code_that_is_written_otherwise(tmp_path):
    file = tmp_path / "pegawai.jsonl"
    file.write_text(json.dumps({**BASE, **of("leaves", {"kind": "CLTN"})}), encoding="utf-8")
    with pytest.raises(Exception, match=r"`leaves\.kind`: the code is not written as in the list"):
        list(read_employees(file, strict=True))


def test_every_code_that_a_shipped_policy_asks_for_is_known():
    """Else it would be read to the letter, and the one who is away would be there."""
    asked = {
        (history, field, text)
        for region in regions()
        for (history, field), texts in thresholds_of(load(region).programs[-1], DAY).texts.items()
        for text in texts
        if history
        and (
            field in ("code", "role")
            or (field == "kind" and history in ("assessments", "credits", "leaves", "sanctions", "trainings"))
        )
    }
    assert asked
    assert {
        (history, field, text) for history, field, text in asked if text not in CODES.get((history, field), {})
    } == set()
    assert all(
        codes_of(*where)[text.replace("-", "")] == text
        for where, known in CODES.items()
        for text in known
        if "-" in text
    )


@pytest.mark.parametrize(
    "text",
    ["10/25/2026", "'10/25/2026", "TMT 10/25/2026", "10252026", "\u200b10/25/2026", "10–25–2026", "10/25/2026 0:00"],
)
def test_a_date_that_is_month_first_says_so_whatever_is_around_it(text, tmp_path):
    """Then the same field of others is in doubt, in which both may be meant."""
    assert says_month_first(text)
    other = {"nip": "199001012015031002", **of("sanctions", {"level": "sedang", "since": "2025-10-01", "until": text})}
    given, _ = read(tmp_path, of("sanctions", {"level": "sedang", "since": "2025-10-01", "until": "10/01/2026"}), other)
    assert str(given.sanctions.records[0].until) == "2026"


@pytest.mark.parametrize("first", [False, True])
def test_who_stands_in_a_file_under_an_earlier_number_too_loses_no_record(first, tmp_path):
    """A sanction under the number of the contract is not forgotten under the present one."""
    both = [
        {"earlier_nips": [PPPK]},
        {"nip": PPPK, "employment": "PPPK", **of("sanctions", {"level": "berat", "since": "2026-01-01"})},
    ]
    people = {given.nip: given for given in read(tmp_path, *(both[::-1] if first else both))}
    assert "earlier-number" in {found.code for found in people[NIP].intake}
    assert decide(people[NIP]).verdict.value == "undetermined"
    assert "earlier-number" in {found.code for found in people[PPPK].intake}


def test_an_earlier_number_that_nobody_has_changes_nothing(tmp_path):
    (given,) = read(tmp_path, {"earlier_nips": [PPPK]})
    assert given.intake == ()
    assert person({}).intake == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_file_of_two_bytes_a_sign_is_read_without_a_mark_too(encoding, tmp_path):
    """JSON begins with a sign of ASCII, so that the empty byte tells the order."""
    file = tmp_path / "pegawai.jsonl"
    file.write_bytes(json.dumps(BASE).encode(encoding))
    assert [given.nip for given in read_employees(file)] == [NIP]


def test_a_number_that_stands_there_twice_is_told_as_that(tmp_path):
    """Both have 18 digits: which of them it is nobody can say."""
    (tmp_path / "pegawai.jsonl").write_text(f'{{"nip": "{NIP}", "nip": "{PPPK}"}}', encoding="utf-8")
    with pytest.raises(PolicyError, match="stands there more than once"):
        list(read_employees(tmp_path / "pegawai.jsonl"))


def test_a_day_of_the_registers_that_is_said_differently_is_told_on_each_decision(tmp_path):
    """Each of them rests on that day."""
    (given,) = read(tmp_path, {"known_on": "2026-09-01"}, {"known_on": "2026-10-01"})
    assert "said-differently" in {found.code for found in decide(given).data_findings}
