"""A promotion period planned for an office: who is ready, who lacks what, who leaves before it."""

from __future__ import annotations

import csv
import io
import json
import pickle
from datetime import date

import pytest

from asnpolicy import Assumption, PolicyError, Verdict
from asnpolicy.decisions.plan import PlanGroup
from tests.behaviour.test_path import AGENCY, FOLDER, engine, history, person, under_contract
from tests.commands import run

DAY, PERIOD = date(2026, 10, 1), date(2027, 4, 1)
RULE = "kenaikan-pangkat"
LONG = history({"rank": "III/b", "since": "2022-01-01"})
TRAINED = history({"code": "dasar", "hours": 40, "completed_on": "2025-03-05", "passed": True})


def numbered(number, **update):
    return person(**{"nip": f"19790531201505100{number}", "name": f"Pegawai {number}", **update})


PEOPLE = (
    numbered(1, ranks=LONG, trainings=TRAINED),
    numbered(2, ranks=LONG),
    numbered(3),
    numbered(4, ranks=history({"rank": None, "since": "2022-01-01"}), trainings=TRAINED),
    numbered(
        5,
        birth_date="1968-12-31",
        nip="196812311992031005",
        cpns_on="1992-03-01",
        pns_on="1993-03-01",
        trainings=TRAINED,
    ),
    under_contract(),
)


def plan(people=PEOPLE, rules=(RULE,), **given):
    assume = [Assumption.of("rating=Baik")]
    asked = {"period": PERIOD, "as_of": DAY, "assume": assume, "agency": AGENCY, "rules": rules} | given
    return list(engine().plan(people, **asked))


def test_everybody_is_in_the_group_that_the_decision_of_the_period_says():
    """Ready, one thing lacking and which, several, data missing; whoever leaves before it; and nothing of others."""
    found = {one.employee.name: (one.group, one.lacks) for one in plan()}
    assert found["Pegawai 1"] == (PlanGroup.READY, ())
    assert found["Pegawai 2"] == (PlanGroup.ONE, ("jam",))
    assert found["Pegawai 3"] == (PlanGroup.MORE, ("masa", "ujian", "jam"))
    assert found["Pegawai 4"][0] is PlanGroup.UNKNOWN
    assert found["Pegawai 5"] == (PlanGroup.LEAVES, ())
    assert [one.leaves for one in plan() if one.group is PlanGroup.LEAVES] == [date(2027, 1, 1)]


def test_an_entry_is_what_is_decided_on_the_day_of_the_period():
    """With what is assumed until then; it prints short and pickles."""
    for one in plan():
        if one.decision is not None:
            assert one.decision.as_of == PERIOD
            assert one.decision.takes_effect == PERIOD
            assert (one.group is PlanGroup.READY) == (one.decision.verdict is Verdict.ELIGIBLE)
            assert pickle.loads(pickle.dumps(one)).model_dump() == one.model_dump()  # noqa: S301
    assert repr(plan()[0]) == "PlanEntry(********201505*001 kenaikan-pangkat: ready)"


def test_without_an_assumption_what_lacks_is_said_to_be_still_to_come():
    """The predicate of a year that is not over is on no register yet."""
    (one,) = plan(people=PEOPLE[:1], assume=())
    assert (one.group, one.lacks, one.not_yet) == (PlanGroup.ONE, ("kinerja",), True)


def test_the_last_predicate_again_is_assumed_of_whoever_has_one():
    """One candidate who was never rated does not stop the plan of an office, and is not taken for rated."""
    last = [Assumption.of("rating=last")]
    never = numbered(6, appraisals=history())
    found = {one.employee.name: one.lacks for one in plan((PEOPLE[0], never), assume=last)}
    assert found["Pegawai 1"] == ()
    assert "kinerja" in found["Pegawai 6"]


def test_openings_are_planned_one_by_one():
    """A rule into a post is asked of each opening, where it takes effect on any day."""
    found = plan(rules=("pengangkatan-pengawas",))
    assert {one.opening for one in found if one.group is not PlanGroup.LEAVES} == {"kasubbag"}


@pytest.mark.parametrize(
    ("given", "said", "help_"),
    [
        ({"period": date(2027, 4, 2)}, "2027-04-02 is no promotion period", "the next one is 2027-10-01"),
        ({"period": date(2026, 4, 1)}, "the period 2026-04-01 is before 2026-10-01", "give a later period"),
        ({"rules": ("kenaikan-pangkta",)}, "`kenaikan-pangkta` is no promotion", "did you mean `kenaikan-pangkat`?"),
    ],
)
def test_a_slip_is_one_clear_problem(given, said, help_):
    """A day that is no period, one that is past, a rule that is no promotion."""
    with pytest.raises(PolicyError) as caught:
        plan(**given)
    (problem,) = caught.value.problems
    assert said in problem.message
    assert help_ in problem.help


# The command


@pytest.fixture(scope="module")
def staff(tmp_path_factory):
    path = tmp_path_factory.mktemp("plan") / "staff.jsonl"
    path.write_text("\n".join(one.model_dump_json(exclude_none=True) for one in PEOPLE), encoding="utf-8")
    return path


def command(staff, *words):
    given = ("--period", "2027-04-01", "--as-of", "2026-10-01", "--rule", RULE, "--assume", "rating=Baik")
    return run("plan", FOLDER, staff, *given, *words)


def test_the_table_has_the_first_rows_and_counts_all(staff):
    """For an officer, in words, with numbers masked."""
    done = command(staff, "--format", "table", "--rows", "2")
    said = " ".join(done.stdout.split())
    assert done.returncode == 0
    for words in (
        "Rencana periode 1 April 2027",
        "Register diketahui per 1 Oktober 2026, kecuali yang datanya menyebut hari lain",
        f"Kebijakan: {engine().policy.region.title()} {engine().policy.digest[:12]}",
        "Diandaikan, tidak ada dalam register: predikat kinerja Baik setiap tahun yang akan datang",
        "dapat diusulkan",
        "40 JP pelatihan",
        "dan 3 lagi",
        "5 dari 6 pegawai, menurut aturan atau kelompok yang diminta",
        "meninggalkan dinas",
    ):
        assert words in said, words
    assert not any(one.nip in done.stdout for one in PEOPLE)
    assert not any(rule in done.stdout for rule in engine().policy.rules)  # a rule has a title


def test_the_table_says_how_many_of_all_people_it_is_about(staff):
    """Whoever is in no row is accounted for: no promotion of the period is for them."""
    asked = ("--period", "2027-04-01", "--as-of", "2026-10-01", "--format", "table", "--lang", "en")
    said = " ".join(run("plan", FOLDER, staff, *asked).stdout.split())
    assert "5 of 6 people; for the others there is no promotion in this period that they could be proposed for" in said
    some = " ".join(run("plan", FOLDER, staff, *asked, "--only", "leaves").stdout.split())
    assert "1 of 6 people, by the rules or the groups that were asked for" in some


def test_the_table_says_what_records_to_come_may_still_change(staff):
    """Next year's predicate is on no register yet: that it lacks is no last word."""
    asked = ("--period", "2027-04-01", "--as-of", "2026-10-01", "--rule", RULE, "--format", "table", "--lang", "en")
    said = " ".join(run("plan", FOLDER, staff, *asked).stdout.split())
    assert "(records to come may still change it)" in said


def test_csv_json_and_a_workbook_have_all(staff, tmp_path):
    """In codes for machines, in words for a workbook."""
    rows = list(csv.DictReader(io.StringIO(command(staff, "--format", "csv").stdout)))
    lines = [json.loads(line) for line in command(staff).stdout.splitlines()]
    assert (
        [row["group"] for row in rows]
        == [line["group"] for line in lines]
        == ["ready", "one", "more", "unknown", "leaves"]
    )
    assert [row["lacks"] for row in rows][:3] == ["", "jam", "masa ujian jam"]
    assert [line["nip"] for line in lines] == [one.nip for one in PEOPLE[:5]]
    assert [line["to"] is None for line in lines] == [False, False, False, True, True]  # what is not known is null
    openpyxl = pytest.importorskip("openpyxl")
    book = tmp_path / "plan.xlsx"
    assert command(staff, "--format", "xlsx", "--only", "ready,one", "-o", book).returncode == 0
    sheet = openpyxl.load_workbook(book).active
    assert [[cell.value for cell in row][4] for row in sheet.iter_rows(min_row=2)] == [
        "dapat diusulkan",
        "kurang satu hal",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "pdf"), "unknown format `pdf`"),
        (("--only", "semua"), "unknown group `semua`"),
        (("--format", "xlsx"), "a workbook is written to a file"),
        (("--assume", "rating=Bagus"), "`Bagus` is no predicate"),
        (("--assume", "training=pkp@2026-09-30"), "can't be assumed for 2026-09-30"),
        (("--period", "2026-04-01"), "the period 2026-04-01 is before 2026-10-01"),
    ],
)
def test_wrong_use_is_told(words, said, staff):
    """One sentence and a way out."""
    done = command(staff, *words)
    assert done.returncode == 2
    assert said in done.stderr
