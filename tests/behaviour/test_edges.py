"""At the edges of what is known: sums that may fall, statuses of other days, last days for ends, and made-up registers."""

from datetime import date
from pathlib import Path

import pytest

from asnpolicy import Employee, Engine
from asnpolicy.language.rules import Branch, Leaf
from tests.behaviour.asked import engine as shipped
from tests.behaviour.test_findings import DAY, of, person, posts, ranks

EXAMPLES = Path(__file__).parents[2] / "examples"
POLICY = """format: 1
region: tepi
title: {id: Tepi, en: Edge}
figures:
  bersih: {title: {id: Bersih, en: Net}, of: trainings, minus: [{fact: record.hours}, 10]}
  jumlah: {title: {id: Jumlah, en: Sum}, sum: {of: bersih, where: {passed: true}}}
awards:
  jam: {title: {id: Jam, en: Hours}, require: {m: {title: {id: M, en: M}, jumlah: {at_least: 5}}}}
  sambung:
    title: {id: Sambung, en: Unbroken}
    require: {m: {title: {id: M, en: M}, posts: {where: {kind: pelaksana}, unbroken: {at_least: 5 years}}}}
  bukan:
    title: {id: Bukan, en: Not}
    require:
      m: {title: {id: M, en: M}, all: [{rank: {not: III/a}}, {jenjang: {not: Ahli Muda}}, {not: {rank: none}}]}
"""


@pytest.fixture(scope="module")
def edge(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tepi") / "tepi"
    folder.mkdir()
    (folder / "kebijakan.yaml").write_text(POLICY, encoding="utf-8")
    return Engine.load(folder)


def asked(engine, rule, data, as_of=DAY):
    return engine.decide(person(data), rule, as_of=as_of)


def hours(*those, since="all"):
    records = [
        {"code": f"k{at}", "hours": hours, "passed": passed, "completed_on": f"2025-0{at}-01"}
        for at, (hours, passed) in enumerate(those, 1)
    ]
    return {"trainings": {"records": records, "complete_since": since}}


def test_a_sum_of_what_may_fall_below_nothing_is_not_decided_too_early(edge):
    """Ten hours too many are taken off by a training that may have been passed, or may not be on record."""
    assert asked(edge, "jam", hours((20, True))).verdict.value == "eligible"
    assert asked(edge, "jam", hours((20, True), (0, True))).verdict.value == "ineligible"
    assert asked(edge, "jam", hours((20, True), (0, None))).verdict.value == "undetermined"
    assert asked(edge, "jam", hours((20, True), since=None)).verdict.value == "undetermined"


def test_an_end_that_is_a_last_day_breaks_no_chain(edge):
    """A gap of one day is no break that refuses: the end may be the last day."""
    held = [{"since": "2015-03-01", "until": until} for until in ("2023-02-28", "2023-03-01", "2023-01-31")]
    verdicts = [
        asked(edge, "sambung", posts(one, {"title": "B", "since": "2023-03-01", "until": "ongoing"})).verdict.value
        for one in held
    ]
    assert verdicts == ["undetermined", "eligible", "ineligible"]


def test_what_is_not_so_is_told_as_one_condition(edge):
    """There is one, and it is another: an officer reads that in one line, and of the bare `not` that there is one."""
    (criterion,) = edge.policy.program(DAY).rule("bukan").criteria
    assert isinstance(criterion.tree, Branch)
    assert all(isinstance(part, Leaf) for part in criterion.tree.parts[:2])
    assert [part.observation.word for part in criterion.tree.parts[:2]] == ["not", "not"]


@pytest.mark.parametrize(
    ("known", "state"), [({"known_on": "2026-09-01"}, "owed"), ({}, "undetermined")], ids=["known", "not known"]
)
def test_a_candidate_of_that_day_is_asked_as_one(known, state):
    """A civil servant of today was a candidate then; of whom nobody says when the register was read, it is told."""
    data = {"nip": "199001012023031001", "employment": "PNS", "service_status": "aktif", "cpns_on": "2023-03-01",
            "pns_on": "2024-03-01", "birth_date": "1990-01-01", **known, **of("trainings"), **of("statuses"), **of("leaves"),
            **of("contracts"), **posts({"since": "2023-03-01", "until": "ongoing"})}  # fmt: skip
    decision = asked(shipped("nasional"), "latsar", data, date(2023, 9, 1))
    assert decision.state.value == state
    assert [found.code for found in decision.data_findings] == ([] if known else ["employment-against-dates"])


FILES = sorted(path for path in EXAMPLES.rglob("*.jsonl"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.relative_to(EXAMPLES).parts))
def test_made_up_people_promise_no_more_appraisals_than_they_have(path):
    """Where all appraisals since a year are promised, they begin in it, or with the service; one year may have been missed."""
    for line in path.read_text(encoding="utf-8").splitlines():
        one = Employee.model_validate_json(line)
        begun, since, records = one.number.appointed_on, one.appraisals.complete_since, one.appraisals.records
        if since is not None and begun is not None and records:
            assert records[0].year <= max(begun.year + 1, since.year) + 1, one.nip


# What is named as missing is what would decide


def needed(one, rule, as_of):
    return shipped("nasional").decide(one, rule, as_of=as_of).missing


def test_what_would_date_an_employment_is_named_and_not_the_employment():
    """Somebody is a civil servant on the day of the register; of an earlier day only the day of the oath tells."""
    data = {"employment": "PNS", "service_status": "aktif", "cpns_on": "2015-03-01", "known_on": "2026-10-01"}
    named = needed(person({**data, **of("statuses")}), "kenaikan-pangkat-reguler", date(2026, 4, 1))
    assert "pns_on" in named
    assert not {"employment", "cpns_on"} & set(named)
    del data["employment"]
    named = needed(person({**data, **of("statuses")}), "kenaikan-pangkat-reguler", date(2026, 4, 1))
    assert {"pns_on", "employment"} <= set(named)


def test_what_tells_until_when_a_duty_runs_is_named_with_what_tells_whether_it_is_fulfilled():
    """Training within a year of becoming a candidate: without the day nobody knows whether it is late."""
    data = {"employment": "CPNS", "service_status": "aktif", **of("statuses"), **of("leaves"), **of("contracts")}
    one = person({"nip": "199001012025031001", **data}).model_copy(update={"cpns_on": None})
    assert {"cpns_on", "trainings"} <= set(needed(one, "latsar", DAY))


def test_of_an_appraisal_the_day_that_is_not_known_is_named():
    """Its months count from its first day to its last: where the last is known by its year, the last is asked for."""
    record = {"year": 2025, "period_start": "2025-01-01", "period_end": "2025", "rating": "Baik"}
    data = {**of("appraisals", record), **of("credits"), **ranks(("III/b", "2022-10-01"))}
    decision = shipped("nasional").decide(person(data), "kenaikan-pangkat-fungsional", as_of=DAY)
    named = next(one.missing for one in decision.criteria if one.id == "angka-kredit")
    assert "appraisals[2025-01-01].period_end" in named
    assert "appraisals[2025-01-01].period_start" not in named
