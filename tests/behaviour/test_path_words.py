"""The words of the path ahead: names and no codes, each thing once, nothing that nobody can do."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from asnpolicy import Agency, Assumption, Employee, Engine
from asnpolicy.decisions.names import coded, missing, vacancy
from asnpolicy.decisions.reasons import written
from asnpolicy.people import Opening
from tests.behaviour.test_path import AGENCY, history, path, person

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = date(2026, 10, 1)
LIKE_A_CODE = re.compile(r"\b[a-z]+(?:-[a-z0-9]+)+\b")
WORDS = {"hari-hari", "setinggi-tingginya", "sekurang-kurangnya", "terus-menerus", "undang-undang", "masing-masing"}
"""Indonesian words with a hyphen, which are no codes."""


@cache
def shipped(region):
    agency = Agency.model_validate_json((EXAMPLES / "agencies" / f"{region}.json").read_text(encoding="utf-8"))
    return Engine.load(region), agency


def of_sample(region, number, **asked):
    """The path of somebody of a sample workforce, by the number of the line."""
    engine, agency = shipped(region)
    lines = (EXAMPLES / "workforces" / f"{region}.jsonl").read_text(encoding="utf-8").splitlines()
    given = [Assumption.of("rating=Baik")]
    return engine.path(
        Employee.model_validate_json(lines[number]), as_of=DAY, agency=agency, **{"assume": given, **asked}
    )


def obstacles(said):
    """Give the lines under what stands in the way."""
    _, _, rest = said.partition("What stands in the way of the next step:\n")
    return [line.strip() for line in rest.split("\n\n")[0].splitlines()]


@pytest.mark.parametrize(("region", "number"), [("jakarta", 99), ("kota-semarang", 99)])
def test_ways_to_change_a_no_are_told_once(region, number):
    """Credit may be granted by letters of several kinds: to gather it is one way."""
    steps = [one for one in of_sample(region, number).steps if one.remedies]
    assert any(action.kind == "credit" for step in steps for one in step.remedies for action in one.actions)
    for step in steps:
        ways = [tuple(action.said.to("id") for action in one.actions) for one in step.remedies]
        assert len(ways) == len(set(ways))


def test_trainings_of_which_one_exempts_are_alternatives():
    """PKP, or the training that was before it: nobody is told to do both."""
    said = of_sample("surakarta", 0).explain("en")
    (line,) = {line.strip() for line in said.splitlines() if "Diklatpim IV" in line and "offered" in line}
    assert " or pass the training " in line
    assert " and pass " not in said


def test_the_same_thing_is_not_to_be_done_twice():
    """A credit letter of one kind and one of another, of 25 each, is no smaller way than one of 37.5."""
    steps = of_sample("jakarta", 7).steps
    ways = [[action.said for action in one.actions] for step in steps for one in step.remedies]
    assert any(len(way) > 1 for way in ways)
    assert all(len(way) == len(set(way)) for way in ways)
    credit = next(one for one in steps if one.rule == "kenaikan-pangkat-fungsional")
    assert credit.remedies and not credit.remedies_complete  # which diploma would do can't be tried


def test_only_what_looks_at_an_assumption_is_said_to_rest_on_it():
    """The time in a rank goes by whatever the predicate is."""
    said = path(assume=("rating=Baik",)).explain("en")
    assert "Met from 1 May 2027 on, as things stand" in said
    rated = of_sample("surakarta", 0).explain("en")
    assert "Met from 1 February 2028 on, with what is assumed above" in rated


def test_a_bound_that_says_nothing_is_not_told():
    """That no predicate is above the best of all is known of everybody."""
    said = of_sample("jakarta", 2).explain("en")
    assert "Lowest performance rating: not known; required: Baik or higher" in said
    assert "at most Sangat Baik" not in said


# Goals


def test_what_stands_in_the_way_of_a_post_are_the_rules_that_lead_into_it():
    """Of all promotions of Jakarta, of which most lead elsewhere, the one into an administrator's post."""
    (line,) = obstacles(of_sample("jakarta", 2, goal="administrator").explain("en"))
    assert line.startswith("Appointment as administrator: Kepala Bidang Anggaran: ")
    assert "Meets the competency standard of the post" in line


def test_a_ban_that_appoints_nobody_is_no_step_and_its_calendar_nothing_to_deliver():
    """When a head of region may replace officials hangs on an election, which is no matter of the person's."""
    found = of_sample("jakarta", 2)
    assert not [one for one in found.steps if one.rule == "penggantian-pejabat"]
    assert "election" not in found.explain("en")


def test_a_criterion_that_fails_only_for_an_age_to_come_does_not_stand_in_the_way():
    """Somebody of 35 years is not held up by the age limit of 56, but by what fails on the best of all days."""
    (line,) = obstacles(of_sample("jakarta", 2, goal="jpt-pratama").explain("en"))
    assert "Rank meets the standard of the post" in line
    assert "56 years" not in line


def test_a_rank_given_on_leaving_is_no_rung_to_a_higher_one_and_waiting_no_obstacle():
    """Towards IV/a the rank of a retiring III/c leads nowhere; the yearly hours bar the way, not the years in the rank."""
    found = of_sample("jakarta", 3, goal="IV/a")
    assert [one.to for one in found.goal.rungs] == ["III/c"]
    assert obstacles(found.explain("en")) == ["Regular rank promotion: Last year's training hours"]
    assert of_sample("jakarta", 3, goal="III/d").goal.rungs[-1].rule == "kenaikan-pangkat-pengabdian"


def test_a_kind_of_post_that_the_agency_has_none_of_is_told():
    """No rule can lead there."""
    said = path("jpt-madya").explain("id")
    assert "Dalam data instansi tidak ada jabatan pimpinan tinggi madya yang lowong" in said


def test_goals_and_rungs_are_named_as_people_do():
    """Openings by their title, without one by their kind; ranks and levels as such."""
    ready = {
        "trainings": history({"code": "pkp", "hours": 400, "completed_on": "2026-01-01", "passed": True}),
        "competencies": history({"code": "kerja-sama", "level": 3, "assessed_on": "2026-01-01"}),
    }
    open_ = AGENCY.model_copy(update={"openings": (AGENCY.openings[0].model_copy(update={"vacancies": 1}),)})
    said = path("kasubbag", person(**ready), agency=open_).explain("id")
    assert "Tujuan Kepala Subbagian: paling cepat 1 Oktober 2026" in said
    assert "  1. Kepala Subbagian: Pengangkatan pengawas, diusulkan 1 Oktober 2026" in said
    assert "Goal rank Pembina Utama Madya (IV/d)" in path("IV/d").explain("en")
    assert "Tujuan jenjang Ahli Utama" in path("Ahli Utama").explain("id")
    assert (
        written(vacancy(Opening(id="x", kind="administrator", echelon="III.a")), "id")
        == "jabatan administrator, eselon III.a"
    )


def test_nobody_climbs_two_ranks_on_one_day():
    """What is granted on a day is on record from it on, and the next is asked for on the day after."""
    ladder = path("kasubbag").goal
    days = [rung.takes_effect for rung in ladder.rungs]
    assert len(days) == len(set(days)) == 2


# What is told of a step


@pytest.mark.parametrize(("region", "number"), [("jakarta", 60), ("surakarta", 0), ("kota-semarang", 29)])
@pytest.mark.parametrize("lang", ["id", "en"])
def test_no_code_is_left_in_a_path(region, number, lang):
    """Rules, openings, examinations, trainings and competencies by their names."""
    said = _path(region, number).explain(lang)
    found = {word for word in LIKE_A_CODE.findall(said) if word not in WORDS}
    assert found <= {"socio-cultural", "ten-year", "decision-making"}
    assert "None" not in said


@cache
def _path(region, number):
    return of_sample(region, number, goal="IV/a")


def test_a_region_names_the_rule_that_its_own_lies_within():
    """By its title, and not by its id."""
    said = _path("surakarta", 0).explain("id")
    assert "Memenuhi aturan nasional: Pengangkatan dalam jabatan pengawas" in said


def test_a_promotion_to_a_functional_level_is_no_way_into_a_managerial_post():
    """It is not for somebody before such an opening."""
    steps = _path("jakarta", 7).steps
    into = {one.timeline.opening for one in steps if one.rule == "kenaikan-jenjang"}
    assert into == {"guru-ahli-muda"}


def test_amounts_are_written_out():
    """A hundred is no `1E+2`."""
    assert written(Decimal("1E+2"), "id") == "100"
    assert written(Decimal("37.50"), "id") == "37,50"


def test_credit_that_hangs_on_no_predicate_is_told_once():
    """Whatever the rating, it is not reached in time."""
    late = person(nip="197105312015051001", birth_date="1971-05-31", appraisals=history())
    said = [line.strip() for line in path(one=late, assume=()).explain("en").splitlines()]
    assert sum("each year" in line or "Whatever the rating" in line for line in said) in (1, 3)


def test_one_way_to_change_a_no_is_not_one_of_several():
    """And things that are done together are joined as such."""
    exams = history({"code": "ujian-dinas-2", "passed": True, "taken_on": "2024-01-01"})
    said = path(one=person(exams=exams, trainings=history()), assume=("rating=Baik",)).explain("en")
    assert "What would change it on 1 May 2027:\n" in said
    together = path().explain("en")
    assert "What would change it, one of:\n" in together  # today, which stands at the top
    assert "; the agency opens a post; and pass the training PKP" in together


def test_a_standard_that_asks_for_no_rank_is_nothing_to_be_done():
    """That the post has a lowest rank is no fault of the person's."""
    said = of_sample("jakarta", 2).explain("en")
    assert "Rank: Penata Muda Tingkat I (III/b); required: Pembina (IV/a) or higher" in said
    assert "only where there is none" not in said


def test_a_diploma_that_counts_is_not_any_diploma():
    """Which records count is asked inside a filter: its own comparison is nothing to reach."""
    said = of_sample("jawa-tengah", 46).explain("en")
    assert "level SD" not in said
    assert "hold the diploma that is required" in said


def test_waiting_that_hangs_on_coming_records_says_so():
    """The one criterion that fails is met in time, and the rating of coming years is not there yet."""
    said = of_sample("jawa-tengah", 46, assume=()).explain("en")
    _, _, rest = said.partition("Rank promotion of a holder of a structural (managerial) post, to Penata Muda Tingkat I (III/b)\n")
    step = rest.partition("\n\n")[0]
    assert "The day can't be told yet: it depends on records that do not exist yet" in step


def test_a_field_of_a_record_is_named_without_saying_the_record_twice():
    """The post of a post, the diploma of a diploma."""
    assert missing("posts[2024-03-01].title").to("en") == "name of the post (post of 1 March 2024)"


def test_a_succession_list_names_competencies_and_only_what_can_be_done():
    """Not their codes; and that a post has a lowest rank is no gap of the candidate's."""
    engine, agency = shipped("kota-semarang")
    lines = (EXAMPLES / "workforces" / "kota-semarang.jsonl").read_text(encoding="utf-8").splitlines()
    people = [Employee.model_validate_json(line) for line in lines]
    made = engine.successors("kepala-dinas-perencanaan", people, as_of=DAY, agency=agency)
    said = "\n".join(reason.to("en") for one in made.candidates for reason in one.reasons)
    assert "Competency decision-making: " in said
    assert "Rank meets the standard of the post – Rank: Penata Tingkat I (III/d); required: Pembina (IV/a) or higher" in said


def test_a_path_says_what_has_no_basis_in_law():
    """A step that rests on practice, and a criterion of it, are for consideration; so the reader is told."""
    said = of_sample("kota-semarang", 0).explain("en")
    assert "Pelaksana Harian dan Pelaksana Tugas (for consideration, not founded in law)" in said
    assert "By the rule “Appointment as administrator”: not met" in said
    assert "a waiver by the President" in said


def test_things_to_do_are_told_once_and_as_alternatives():
    """Credit is told once, whatever it is gathered from; of several ways it is said that one of them is enough."""
    said = of_sample("kota-semarang", 0).explain("id")
    assert said.count("mengumpulkan 174,2 angka kredit lagi") == 1
    assert "Yang dapat dilakukan, salah satu dari:" in of_sample("kota-semarang", 8).explain("id")


def test_what_is_met_is_not_told_of_a_criterion_that_is_not():
    """Of two years and a lowest rating, the year that is missing is told, and not the rating that is enough."""
    said = of_sample("jawa-tengah", 33).explain("en")
    _, _, rest = said.partition("Rated at least Baik in the last two years\n")
    assert rest.splitlines()[0].strip() == "Performance appraisals of 2024: none; required: one"
    assert "Lowest performance rating" not in rest.partition("Basis")[0]


def test_of_many_alternatives_the_nearest_are_told_and_no_heading_stands_above_nothing():
    """Who may act in a post may hold many others: those are told that the vacant post leaves open, and never none."""
    for region, number in (("jakarta", 3), ("jawa-tengah", 3), ("surakarta", 0), ("kota-semarang", 5)):
        lines = of_sample(region, number).explain("en").splitlines()
        depths = [len(line) - len(line.lstrip()) for line in lines]
        headings = [at for at, line in enumerate(lines[:-1]) if line.endswith((" enough:", " of:"))]
        assert all(depths[at + 1] > depths[at] for at in headings)
    _, _, rest = of_sample("jakarta", 3).explain("en").partition("✗ Of the level of the post or one below\n")
    assert [line.strip() for line in rest.splitlines()[:3]] == [
        "One of these is enough:",
        "✗ Kind of post: pelaksana; required: administrator or pengawas (supervisor)",
        "✗ Level of the functional post: none; required: Ahli Muda or Ahli Madya",
    ]


def test_hours_of_last_year_are_not_made_up_for_by_a_training_of_today():
    """Nothing can be done about the year that is over: it is met when the present one is, or by what is done in that."""
    step = of_sample("jakarta", 3).step("kenaikan-pangkat-reguler")
    (task,) = [one for one in step.tasks if one.criterion == "pengembangan-kompetensi"]
    assert (task.actions, task.on) == ((), date(2027, 1, 1))
    engine, _ = shipped("jakarta")
    line = (EXAMPLES / "workforces" / "jakarta.jsonl").read_text(encoding="utf-8").splitlines()[3]
    untrained = Employee.model_validate({**json.loads(line), "trainings": history()})
    said = engine.path(untrained, as_of=DAY).explain("en")
    assert "complete and pass" not in said.partition("Last year's training hours")[2].partition("Basis")[0]
    assert "What can be done: fulfil “Yearly competence development” in the present period" in said


def test_trainings_and_gaps_are_told_so_that_a_newcomer_knows_what_they_are():
    """Abbreviations and Indonesian names are glossed in English; of gaps it is said what is counted."""
    english, indonesian = (of_sample("surakarta", 27).explain(lang) for lang in ("en", "id"))
    assert "PKA (leadership training of administrators)" in coded("training", "pka").to("en")
    assert "lulus pelatihan manajemen proyek" in indonesian
    assert "pass the training manajemen proyek (project management)" in english
    assert "Competencies below the standard of the post: 1; all must meet it" in english
    assert "Kompetensi yang belum memenuhi standar jabatan: 1; semuanya harus memenuhi" in indonesian


def test_nobody_is_left_without_an_answer():
    """Somebody for whom no step is open reads as what the register has them, which is why."""
    said = of_sample("jakarta", 10).explain("id")
    assert "status kepegawaian: PPPK; kedudukan: aktif" in said
