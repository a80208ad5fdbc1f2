"""Each kind of finding shows itself on an example, and goes unnoticed when its declaration is taken out."""

import io
import json
import pickle
import re
from datetime import date

import pytest

from asnpolicy import Employee
from asnpolicy.decisions import names
from asnpolicy.decisions.reasons import written
from asnpolicy.exchange.intake import register
from asnpolicy.people import HISTORIES, view
from asnpolicy.people.findings import CATALOGUE, beside
from asnpolicy.people.findings.day import OWN_DAYS
from asnpolicy.people.findings.finding import DataFinding
from tests.behaviour.asked import engine as shipped

DAY = date(2026, 10, 1)
NIP = "199001012015031001"
PPPK = "199001012021211001"


def posts(*records, since="all"):
    plain = {"kind": "pelaksana", "acting": False}
    return {"posts": {"records": [{**plain, **one} for one in records], "complete_since": since}}


def ranks(*records, **more):
    return {"ranks": {"records": [dict(zip(("rank", "since", "kind"), one, strict=False)) for one in records], "complete_since": "all"},
            "sanctions": {"records": [], "complete_since": "all"}, "educations": {"records": [], "complete_since": "all"}, **more}  # fmt: skip


def of(history, *records):
    return {history: {"records": list(records), "complete_since": "all"}}


CHECKED = {"finding": "employment-against-dates", "value": "2016-03-01", "against": ["CPNS"], "by": "Siti", "on": "2026-09-01", "letter": "800/1"}
"""That a candidate was appointed, where the day of it is no longer delivered."""
EXAMPLES = {
    "nip-birth-date": ({"birth_date": "1991-01-01"}, "birth_date"),
    "nip-sex": ({"protected": {"sex": "P"}}, "protected.sex"),
    "nip-cpns": ({"cpns_on": "2016-03-01"}, "cpns_on"),
    "nip-employment": ({"employment": "PPPK", "cpns_on": None, "pns_on": None}, "employment"),
    "nip-age": ({"nip": "199801012015031001"}, None),
    "nip-year": ({"nip": "193001011955031001"}, None),
    "filler-date": (ranks(("III/a", "1970-01-01")), "ranks[1970-01-01].since"),
    "before-birth": (ranks(("III/a", "1985-04-01")), "ranks[1985-04-01].since"),
    "too-young": (ranks(("III/a", "2000-04-01")), "ranks[2000-04-01].since"),
    "rank-before-cpns": (ranks(("III/a", "2010-10-01")), "ranks[2010-10-01].since"),
    "before-cpns": (of("leaves", {"kind": "cltn", "since": "2012-01-01", "until": "2012-06-01"}), None),
    "day-and-month-swapped": (ranks(("III/a", "2022-01-10")), "ranks[2022-01-10].since"),
    "raise-before-cpns": ({"cpns_on": "2015-03-01", "last_raise_on": "2013-03-01"}, "last_raise_on"),
    "not-on-first": (ranks(("III/a", "2022-04-15")), None),
    "double-record": (of("trainings", *[{"code": "a", "hours": 10, "completed_on": "2026-02-01"}] * 2), None),
    "doubles-differ": (of("trainings", {"code": "a", "hours": 10, "completed_on": "2026-02-01"},
                          {"code": "a", "hours": 20, "completed_on": "2026-02-01"}), "trainings[2026-02-01].hours"),
    "may-be-double": (of("trainings", {"code": "a", "hours": 10, "completed_on": "2026-02-01"},
                         {"hours": 10, "completed_on": "2026-02-01"}), None),
    "after-known-on": ({"known_on": "2026-09-01", **of("trainings", {"code": "a", "hours": 10, "completed_on": "2026-09-20"})},
                       "trainings[2026-09-20].completed_on"),
    "pns-before-cpns": ({"cpns_on": "2015-03-01", "pns_on": "2014-03-01"}, "pns_on"),
    "pppk-with-rank": ({"nip": PPPK, "employment": "PPPK", **ranks(("III/a", "2022-04-01"))}, "employment"),
    "employment-against-dates": ({"employment": "CPNS", "cpns_on": "2015-03-01", "pns_on": "2016-03-01"}, "employment"),
    "status-against-dates": ({"service_status": "aktif", **of("statuses", {"status": "pensiun", "since": "2020-01-01"})}, "service_status"),
    "past-every-retirement-age": ({"nip": "194001011965031001", "service_status": "aktif"}, "service_status"),
    "after-death": ({**of("statuses", {"status": "meninggal", "since": "2020-01-01"}),
                     **of("trainings", {"code": "a", "hours": 10, "completed_on": "2022-01-01"})}, "trainings[2022-01-01].completed_on"),
    "after-exit": ({**of("statuses", {"status": "pensiun", "since": "2020-01-01"}),
                    **of("trainings", {"code": "a", "hours": 10, "completed_on": "2022-01-01"})}, None),
    "rank-falls": (ranks(("III/b", "2018-04-01"), ("III/a", "2022-04-01")), "ranks[2022-04-01].rank"),
    "rank-lowered": (ranks(("III/b", "2018-04-01"), ("III/a", "2022-04-01", "penurunan")), None),
    "rank-skips": (ranks(("III/a", "2018-04-01"), ("III/d", "2022-04-01")), "ranks[2022-04-01].rank"),
    "rank-skipped": (ranks(("III/a", "2018-04-01"), ("III/c", "2022-04-01", "penyesuaian-ijazah")), None),
    "repeated-rank": (ranks(("III/a", "2018-04-01", "cpns"), ("III/a", "2019-04-01", "pns")), None),
    "overlapping-posts": (posts({"since": "2015-03-01", "until": "ongoing"}, {"title": "B", "since": "2020-01-01", "until": "ongoing"}),
                          "posts[2020-01-01].kind"),
    "overlapping-contracts": ({"nip": PPPK, **of("contracts", {"since": "2021-01-01", "until": "2023-01-01"},
                                                 {"since": "2022-06-01", "until": "2024-01-01"})}, None),
    "end-is-last-day": (posts({"since": "2015-03-01", "until": "2019-12-31"}, {"title": "B", "since": "2020-01-01", "until": "ongoing"}),
                        "posts[2015-03-01].until"),
    "gap-in-history": (posts({"since": "2015-03-01", "until": "2019-01-01"}, {"title": "B", "since": "2020-01-01", "until": "ongoing"}), None),
    "appraisal-predicate": (of("appraisals", {"year": 2024, "results": "Di bawah ekspektasi", "behaviour": "Di bawah ekspektasi",
                                              "rating": "Baik", "period_start": "2024-01-01", "period_end": "2024-12-31"}),
                            "appraisals[2024-01-01].rating"),
    "overlapping-appraisals": (of("appraisals", *[{"year": 2024, "rating": rating, "period_start": "2024-01-01", "period_end": end}
                                                  for rating, end in (("Baik", "2024-12-31"), ("Kurang", "2024-06-30"))]),
                               "appraisals[2024-01-01].rating"),
    "decided-before-period": (of("appraisals", {"year": 2024, "rating": "Baik", "period_start": "2024-01-01",
                                                "period_end": "2024-12-31", "decided_on": "2024-06-01"}), "appraisals[2024-01-01].decided_on"),
    "two-on-one-day": (ranks(("III/a", "2022-04-01"), ("III/b", "2022-04-01")), "ranks[2022-04-01].rank"),
    "recognised-before-diploma": (of("educations", {"level": "S-1", "graduated_on": "2014-08-01", "recognised_on": "2013-08-01"}),
                                  "educations[2014-08-01].recognised_on"),
    "training-not-passed": (of("trainings", {"code": "a", "hours": 10, "passed": False, "completed_on": "2026-02-01"}), None),
    "unreadable-field": ({"employment": "PNSX"}, "employment"),
    "wrong-encoding": ({"unit": "Dinas Kesehat\N{REPLACEMENT CHARACTER}n", "hobi": "catur"}, "unit"),
    "unreadable-record": ({"ranks": ["III/a"]}, "ranks[#1].rank"),
    "contradicting-fields": (of("leaves", {"kind": "cltn", "since": "2022-01-01", "until": "2021-01-01"}), "leaves[#1].until"),
    "ambiguous-date": ([{"cpns_on": "02/03/2015"}, {"nip": "199001012015031002", "cpns_on": "03/25/2015"}], "cpns_on"),
    "numeric-date": ({"cpns_on": "01/03/2015"}, None),
    "written-otherwise": (ranks(("IIId", "2022-04-01")), None),
    "unknown-key": ({"hobi": "catur"}, None),
    "said-twice": ([{"unit": "a"}, {"unit": "a"}], None),
    "said-differently": ([{"unit": "a"}, {"unit": "b"}], "unit"),
    "misspelt-code": (of("leaves", {"kind": "ctln", "since": "2022-01-01", "until": "2022-06-01"}), "leaves[2022-01-01].kind"),
    "lapsed-confirmation": ({"employment": "CPNS", "confirmed": [CHECKED]}, "employment"),
    "earlier-number": ([{"earlier_nips": [PPPK], **of("sanctions")}, {"nip": PPPK, **of("sanctions", {"level": "berat", "since": "2022-01-01"})}], "sanctions"),
    "unclaimed-record": ([of("sanctions"), {"nip": "x", **of("sanctions", {"level": "berat", "since": "2020-01-01"})}], "sanctions"),
}  # fmt: skip
"""For each kind, somebody of whom it is told, and one thing that it leaves unknown."""


def person(data):
    """Return the first person of a file."""
    people = data if isinstance(data, list) else [data]
    lines = "".join(json.dumps({"nip": NIP, **one}) + "\n" for one in people)
    return next(one for one in register(io.BytesIO(lines.encode())) if isinstance(one, Employee))


def told(one, code):
    """Return the findings of a kind."""
    return [found for found in one.findings(DAY) if found.code == code]


def test_every_kind_has_an_example():
    """A kind that is declared without one is noticed, and so is one that is taken away."""
    assert set(CATALOGUE) == {*EXAMPLES, *(kind.code for kind in beside.KINDS)}


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_it_is_told_with_its_effect(code):
    """What it leaves unknown is named when its effect is `unknown`, and nothing when it is `told`; in both languages."""
    data, unknown = EXAMPLES[code]
    found = told(person(data), code)
    assert found, [one.code for one in person(data).findings(DAY)]
    assert (CATALOGUE[code].effect == "unknown") == (unknown is not None)
    for one in found:
        assert bool(one.unknown) == (unknown is not None)
        sentence = names.finding(one)
        assert written(sentence, "id") != written(sentence, "en")
    if unknown is not None:
        assert unknown in {name for one in found for name in one.unknown}


@pytest.mark.parametrize("code", sorted(set(EXAMPLES) - {"double-record", "doubles-differ"}))
def test_without_its_declaration_nobody_would_notice(code, monkeypatch):
    """Each is told by its own declaration and by no other: taken out, the example tells nothing of it."""
    data, _ = EXAMPLES[code]
    monkeypatch.setattr(view, "BROUGHT", view.BROUGHT - {code})
    for name in ("ANY_DAY", "LAPSES", "BY_AGE", "FIELDS", "RECORDS", "LASTING"):
        monkeypatch.setattr(view, name, tuple(kind for kind in getattr(view, name) if kind.code != code))
    assert told(person(data), code) == []


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_without_the_slip_nothing_is_told(code):
    """The person of the examples alone is in order."""
    assert told(person({}), code) == []


BY_THE_DAY = {
    "day-and-month-swapped", "not-on-first", "end-is-last-day", "two-on-one-day", "double-record", "doubles-differ",
    "overlapping-appraisals", "after-known-on",
}  # fmt: skip
"""Kinds that the month of the example does not show: the day of it may be one that is in order."""


def in_months(data):
    """Return the data of an example with the month of each day, and not the day, but for what says since when and until when."""
    if isinstance(data, dict):
        return {name: one if name in ("known_on", "complete_since", "confirmed") else in_months(one) for name, one in data.items()}
    if isinstance(data, list):
        return [in_months(one) for one in data]
    return data[:7] if isinstance(data, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", data) else data


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_a_month_shows_what_it_surely_contradicts(code):
    """A day that is known in part is no way past a finding, where every day that it may be is contradicted."""
    assert bool(told(person(in_months(EXAMPLES[code][0])), code)) == (code not in BY_THE_DAY)


def field_of(one, name):
    """Return the field that a finding names, as decisions see it."""
    seen, (history, _, rest) = one.view(DAY), name.partition("[")
    if not rest:
        return getattr(seen.protected, name.partition(".")[2]) if name.startswith("protected.") else getattr(seen, name)
    key, _, part = rest.partition("].")
    records = getattr(seen, history).records
    known = [getattr(record, part) for record in records]
    return None if None in known or key.startswith("#") else known


@pytest.mark.parametrize("code", sorted(code for code, (_, unknown) in EXAMPLES.items() if unknown))
def test_what_it_leaves_unknown_is_unknown_to_decisions(code):
    """No decision sees the value that was delivered; of a day, at most the year or the two ends are left."""
    data, unknown = EXAMPLES[code]
    value = field_of(person(data), unknown)
    if code in ("day-and-month-swapped", "end-is-last-day", "ambiguous-date"):
        assert "PartialDay" in repr(value)
    elif code == "unclaimed-record" or unknown in ("ranks", "sanctions"):
        assert value.complete_since is None
    else:
        assert value is None


def test_what_a_reader_found_survives_pickling_and_reaches_decisions():
    """In another process it is told just so, and a decision that rests on it names it."""
    one = person({"employment": "PNSX"})
    again = pickle.loads(pickle.dumps(one))  # noqa: S301  # it is our own
    assert again == one
    assert again.findings(DAY) == one.findings(DAY) != ()
    decision = shipped("nasional").decide(again, "kenaikan-pangkat-reguler", as_of=DAY)
    assert [found.code for found in decision.data_findings] == ["unreadable-field"]
    assert "employment" in decision.missing
    assert [found.line for found in decision.data_findings] == [1]


def test_what_a_reader_found_is_part_of_the_person():
    """A person with a finding is not the same as one without; copies keep it."""
    plain = person({})
    noted = plain.with_intake([DataFinding("unknown-key", "nip")])
    assert noted != plain
    assert noted.model_copy(update={"unit": "a"}).intake == noted.intake == noted.at(DAY).intake


def decide(data, rule="kenaikan-pangkat-reguler"):
    base = {"nip": NIP, "employment": "PNS", "service_status": "aktif", "cpns_on": "2015-03-01", "pns_on": "2016-03-01",
            "birth_date": "1990-01-01", **posts({"since": "2015-03-01", "until": "ongoing"}), **ranks(("III/a", "2022-10-01")),
            **of("educations", {"level": "S-1", "graduated_on": "2014-08-01", "recognised_on": "2015-03-01"}),
            **of("appraisals", {"year": 2024, "rating": "Baik"}, {"year": 2025, "rating": "Baik"}), **of("exams"), **of("trainings"),
            **of("sanctions"), **of("leaves"), **of("statuses")}  # fmt: skip
    return shipped("nasional").decide(person({**base, **data}), rule, as_of=DAY).verdict.value


def test_two_ranks_of_one_day_leave_a_promotion_open():
    """Which of them is the later can't be told (T1)."""
    assert decide({}) == "eligible"
    assert decide({"ranks": ranks(("III/a", "2022-10-01"), ("III/b", "2022-10-01"))["ranks"]}) == "undetermined"


def test_two_definitive_posts_leave_a_promotion_open():
    """Which of them is held can't be told (T2)."""
    both = posts(
        {"since": "2015-03-01", "until": "ongoing"}, {"kind": "pengawas", "since": "2020-01-01", "until": "ongoing"}
    )
    assert decide(both) == "undetermined"


DATED = [(None, name) for name in OWN_DAYS] + [
    (history, name) for history, kind in HISTORIES.items() for name in kind.dated
]


@pytest.mark.parametrize("filler", ["1970-01-01", "1900-01-01", "2038-01-19", "2079-06-06", "2099-12-31"])
@pytest.mark.parametrize(("history", "name"), DATED)
def test_no_dated_field_keeps_a_filler(history, name, filler):
    """Whatever the field, what a register writes where it has no date is not known; the record stays a record."""
    if history is None:
        one = person({name: filler})
        assert getattr(one.view(DAY), name) is None
        return
    record = {name: filler} if name != "until" or filler > "2000" else {name: filler, "since": "1900-01-01"}
    one = person({history: [{"year": 2024, **record} if history == "service_targets" else record]})
    (seen,) = getattr(one.view(DAY), history).records
    assert getattr(seen, name) is None
    assert "filler-date" in {found.code for found in one.findings(DAY)}


@pytest.mark.parametrize("history", sorted(HISTORIES))
def test_a_filler_promises_nothing(history):
    """That a history is complete since the epoch says only that nobody wrote since when; `all` says it."""
    one = person({history: {"records": [], "complete_since": "1970-01-01"}})
    assert getattr(one.view(DAY), history).complete_since is None
    assert [found.unknown for found in told(one, "filler-date")] == [(history,)]
    assert getattr(person(of(history)).view(DAY), history).complete_since is not None


@pytest.mark.parametrize("year", [1960, 2004, 2099])
def test_a_year_that_no_career_has_is_not_known(year):
    """Neither the appraisal nor the target is of a year before the person was grown, or far ahead; they are of some year."""
    one = person(
        {
            **of("appraisals", {"year": year, "rating": "Kurang"}),
            **of("service_targets", {"year": year}),
            "recruitment_year": year,
        }
    )
    seen = one.view(DAY)
    assert seen.recruitment_year is None
    assert [(record.year, record.period_start) for record in seen.appraisals.records] == [(None, None)]
    assert [record.year for record in seen.service_targets.records] == [None]
    assert person({"recruitment_year": 2014}).view(DAY).recruitment_year == 2014


def test_an_appraisal_under_a_wrong_year_refuses_nobody():
    """The year that lacks in a complete history may be the one that was mistyped."""
    for year in (1960, 2099):
        assert (
            decide(of("appraisals", {"year": 2024, "rating": "Baik"}, {"year": year, "rating": "Baik"}))
            == "undetermined"
        )


def test_a_raise_of_the_epoch_gives_no_raise():
    """Nor does one with day and month swapped, nor one from before birth; what a PPPK had before is no slip."""
    kgb = "kenaikan-gaji-berkala"
    assert decide({"last_raise_on": "2025-03-01"}, kgb) == "ineligible"
    for day in ("1970-01-01", "2024-01-10", "1985-03-01", "2013-03-01"):
        assert decide({"last_raise_on": day}, kgb) == "undetermined"
    before = {"last_raise_on": "2013-03-01", "earlier_nips": ["199001012012211001"]}
    assert told(person({"cpns_on": "2015-03-01", **before}), "raise-before-cpns") == []


def test_a_post_that_never_ended_stands_against_each_later_one():
    """Not only against its neighbour: nobody is a pengawas by a third post, while the first goes on."""
    first = {"title": "A", "since": "2015-03-01", "until": "ongoing"}
    between = {"title": "B", "since": "2016-03-01", "until": "2017-03-01"}
    last = {"title": "C", "kind": "pengawas", "echelon": "IV.a", "since": "2020-03-01", "until": "ongoing"}
    assert [found.about for found in told(person(posts(first, between, last)), "overlapping-posts")] == [
        "posts[2016-03-01]",
        "posts[2020-03-01]",
    ]
    assert decide(posts(first, between, last)) == "undetermined"
    assert told(person(posts({**first, "until": "2016-03-01"}, between, last)), "overlapping-posts") == []


def test_a_teacher_who_heads_a_school_holds_one_definitive_post():
    """An additional duty beside it is neither acting nor an overlap, and the promotion goes by the definitive one."""
    teacher = {
        "kind": "fungsional",
        "category": "keahlian",
        "jenjang": "Ahli Muda",
        "title": "Guru",
        "since": "2015-03-01",
        "until": "ongoing",
    }
    head = {"kind": "tugas-tambahan", "title": "Kepala Sekolah", "since": "2021-07-01", "until": "ongoing"}
    one, two = posts(teacher), posts(teacher, head)
    assert told(person(two), "overlapping-posts") == []
    assert told(
        person(posts(teacher, {**head, "kind": "fungsional", "category": "keahlian", "jenjang": "Ahli Muda"})),
        "overlapping-posts",
    )
    for rule in ("kenaikan-pangkat-fungsional", "kenaikan-pangkat-reguler", "pensiun-bup"):
        assert decide(one, rule) == decide(two, rule) != "undetermined", rule


@pytest.mark.parametrize("status", ["mpp", "perpanjangan-cltn", "hilang", "banding", "uang-tunggu"])
def test_a_status_that_exists_can_be_said(status):
    """And keeps from a promotion of who serves."""
    assert decide({"service_status": status, "statuses": {"records": [], "complete_since": None}}) == "not_applicable"


def test_a_part_time_pppk_has_a_kind_of_employment_and_an_earlier_number():
    """Which full-time rules are not for; and a PNS may have been one."""
    part = {"nip": PPPK, "employment": "PPPK paruh waktu", "cpns_on": "none", "pns_on": "none", **of("contracts", {"since": "2025-10-01", "until": "2026-10-02", "part_time": True}),
            "ranks": {"records": [], "complete_since": "all"}}  # fmt: skip
    assert decide(part) == "not_applicable"
    assert str(person(part).view(DAY).employment) == "PPPK paruh waktu"
    assert person({"earlier_nips": [PPPK]}).earlier_nips == (PPPK,)


def test_the_training_of_which_hours_count_was_not_passed_and_says_so():
    """Hours that were taken count, as the regulation counts them; and the duty says on what it rests."""
    failed = of("trainings", {"code": "arsip", "hours": 20, "passed": False, "completed_on": "2026-02-01"})
    assert decide(failed, "jp-tahunan") == "eligible"
    assert told(person(failed), "training-not-passed")


def test_two_contradictions_leave_both_fields_unknown():
    """A number of a civil servant beside PPPK and another birth date: neither is kept (T3)."""
    one = person({"employment": "PPPK", "cpns_on": None, "pns_on": None, "birth_date": "1991-01-01"})
    assert (one.view(DAY).employment, one.view(DAY).birth_date) == (None, None)


@pytest.mark.parametrize("since", ["2199", "2099-12", "1970", "1970-01", "1900"])
def test_the_year_or_the_month_of_a_filler_is_one(since):
    """Somebody whose post begins in 2199 is not without one, and in 1970 it did not begin: nobody knows when it did."""
    data = {"nip": "198609262015051001", "posts": {"records": [{"kind": "pelaksana", "since": since, "until": "ongoing"}], "complete_since": "all"}}
    found = Employee.model_validate(data).findings(DAY)
    assert [(one.code, one.about) for one in found if one.code == "filler-date"] == [("filler-date", f"posts[{since}].since")]
    assert Employee.model_validate(data).view(DAY).posts.records[0].since is None


def test_who_was_born_in_1970_may_say_so_by_the_year():
    """The number confirms it: no filler stands there."""
    data = {"nip": "197005032000011001", "birth_date": "1970"}
    assert [one.code for one in Employee.model_validate(data).findings(DAY)] == []
