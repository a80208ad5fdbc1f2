"""The path ahead: next steps with their days, what to do, what closes, ladders to goals, and what would change a no."""

from __future__ import annotations

import json
import pickle
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from asnpolicy import Agency, Assumption, Employee, Engine, PolicyError, Verdict
from asnpolicy.decisions.card import CareerCard
from asnpolicy.decisions.path.actions import Situation, actions, combined
from tests.behaviour.test_timeline import person as somebody
from tests.commands import run
from tests.conformance.people import like
from tests.conformance.shipped import PEOPLE, policy, typical_people
from tests.conformance.test_timelines import engine as timed

FOLDER = Path(__file__).parents[1] / "documents" / "timelines" / "jalur"
DAY = date(2026, 10, 1)
AGENCY = Agency.model_validate(
    {
        "openings": [
            {"id": "kasubbag", "title": "Kepala Subbagian", "kind": "pengawas", "echelon": "IV.a", "vacancies": 0,
             "competencies": [{"code": "kerja-sama", "level": 2}]},
        ],
        "courses": [
            {"code": "pkp", "title": "PKP 2027", "hours": 40},
            {"code": "tim", "title": "Bekerja dalam tim", "closes": [{"code": "kerja-sama", "level": 2}]},
        ],
    }
)  # fmt: skip
ASSUME = ("rating=Baik", "training=manajemen@2027-02-01,hours=20")


@cache
def engine():
    return Engine.load(FOLDER)


def history(*records):
    return {"complete_since": "all", "records": list(records)}


def person(**update):
    empty = {name: history() for name in ("exams", "competencies", "credits", "educations")}
    ranks = history({"rank": "III/d", "since": "2023-05-01"})
    return somebody(**{"ranks": ranks, **empty, **update})


def path(goal=None, one=None, assume=ASSUME, agency=AGENCY):
    given = [Assumption.of(text) for text in assume]
    return engine().path(one or person(), as_of=DAY, agency=agency, goal=goal, assume=given)


def told(step):
    """Return what each remedy of a step does, in English."""
    return [[action.said.to("en") for action in one.actions] for one in step.remedies]


def under_contract():
    """Somebody who is no civil servant and has no rank."""
    contract = history({"since": "2024-01-01", "until": "ongoing", "part_time": False})
    return person(
        employment="PPPK", nip="197905312024211001", cpns_on="none", pns_on="none", ranks=history(), contracts=contract
    )


# Next steps


def test_the_earliest_day_is_the_first_on_which_the_decision_is_yes():
    """With what is assumed, and no day before it; what is granted takes effect in the next period."""
    step = path(one=person(exams=history({"code": "ujian-dinas-2", "passed": True, "taken_on": "2024-01-01"}))).step(
        "kenaikan-pangkat"
    )
    assert (step.earliest, step.takes_effect, step.assumed) == (date(2027, 5, 1), date(2027, 10, 1), True)
    assert step.criteria("held", "not_applicable") == ("kinerja", "ujian")
    assert step.criteria("failed") == ("masa", "jam")


def test_each_task_says_from_when_and_what_can_be_done():
    """Things to do come first, then waiting; each with its basis."""
    step = path().step("kenaikan-pangkat")
    tasks = {one.criterion: one for one in step.tasks}
    assert list(tasks) == ["jam", "ujian", "masa"]
    assert tasks["masa"].on == date(2027, 5, 1)
    assert tasks["masa"].actions == ()
    assert tasks["jam"].on == date(2027, 2, 1)
    assert [one.said.to("en") for one in tasks["jam"].actions] == ["complete and pass 16 more hours of training"]
    assert [one.kind for one in tasks["ujian"].actions] == ["exam", "education"]
    assert all(one.basis for one in step.tasks)


def test_credit_is_told_in_years_at_each_predicate():
    """What is still needed, and when it is reached at each predicate a year."""
    (task,) = path(assume=()).step("kredit").tasks
    assert [(str(one.rating), str(one.on)) for one in task.credit] == [
        ("Sangat Baik", "2027-01-01"),
        ("Baik", "2028-01-01"),
        ("Butuh Perbaikan", "2028-01-01"),
    ]
    assert [one.said.to("en") for one in task.actions] == ["gather 18.75 more credit points (AK)"]


def test_courses_of_the_agency_are_named_where_they_help():
    """By their code, or by the competencies that they close."""
    step = path().step("pengangkatan-pengawas", "kasubbag")
    offered = {
        action.said.to("en"): [course.code for course in action.courses]
        for task in step.tasks
        for action in task.actions
    }
    assert offered["close the competency gaps: teamwork at level 2"] == ["tim"]

    assert offered["pass the training PKP (leadership training of supervisors)"] == ["pkp"]
    assert offered["pass the training Diklatpim IV (former leadership training, tier IV)"] == []


@pytest.mark.parametrize("levels", [(3, 1), (1, 3)], ids=["highest first", "highest last"])
def test_gaps_are_those_that_the_rule_counts(levels):
    """The highest level that was measured counts, whichever came last: what is no gap is nothing to do."""
    standard = [{"code": "kerja-sama", "level": 2}, {"code": "integritas", "level": 2}]
    agency = Agency.model_validate(
        {"openings": [{**AGENCY.openings[0].model_dump(mode="json"), "competencies": standard}]}
    )
    measured = [
        {"code": "kerja-sama", "level": level, "assessed_on": f"{2022 + at}-01-01"} for at, level in enumerate(levels)
    ]
    step = path(one=person(competencies=history(*measured)), agency=agency).step("pengangkatan-pengawas", "kasubbag")
    said = [action.said.to("en") for task in step.tasks for action in task.actions if action.kind == "competency"]
    assert said == ["close the competency gaps: integrity at level 2"]


def test_what_is_not_known_is_to_be_delivered():
    """A fact that is missing is named, and is nothing that one has failed."""
    step = path(one=person(exams=[], educations=[])).step("kenaikan-pangkat")
    (task,) = [one for one in step.tasks if one.criterion == "ujian"]
    assert task.status == "unknown"
    assert [one.to("en") for one in task.deliver] == [
        "education (complete since when?)",
        "examinations (complete since when?)",
    ]


def test_an_age_and_the_end_of_the_service_close_a_step():
    """The day from which on nobody can be proposed any more, and why."""
    one = path()
    assert one.leaves == date(2037, 6, 1)
    post, rank = one.step("pengangkatan-pengawas", "kasubbag"), one.step("kenaikan-pangkat")
    assert (post.closes, post.closed_by.en) == (date(2029, 6, 1), "At most 50 years old")
    assert rank.closes is None  # it ends with the service, which is told above
    assert not post.has_closed
    assert "Open only up to and including 31 May 2029, by the requirement: At most 50 years old" in one.explain("en")


def test_a_step_that_closed_before_is_not_said_to_close_the_day_before_it_is_asked_about():
    """Of whoever is too old already it is said so, with no day: which it was is another question."""
    one = path(one=person(birth_date="1970-05-31", nip="197005312015051001"))
    post = one.step("pengangkatan-pengawas", "kasubbag")
    assert post.has_closed
    assert "Closed already, by the requirement: At most 50 years old" in one.explain("en")
    assert "Sudah tertutup, karena syarat: " in one.explain("id")
    assert "Open only" not in one.explain("en")
    assert "closed already" in CareerCard(one, ()).text("en")


def test_a_rule_that_is_never_for_somebody_is_no_step():
    """Who is no PNS has no way here, and is told so."""
    one = path(one=under_contract())
    assert one.steps == ()
    assert "no promotion or appointment is open" in one.explain("en")


def test_a_path_pickles_prints_short_and_is_told_in_two_languages():
    """As all that is handed to users."""
    one = path(goal="IV/b")
    again = pickle.loads(pickle.dumps(one))  # noqa: S301
    assert again.model_dump_json() == one.model_dump_json()
    assert repr(one) == "CareerPath(********201505*001, 2026-10-01, 3 steps)"
    assert one.explain("id").startswith("Jalur karier: keadaan per 1 Oktober 2026")
    assert "Career path, as of 1 October 2026" in one.explain("en")


# Goals


def test_a_ladder_takes_each_step_on_its_first_day_and_asks_again():
    """The rank that comes of a step is on record when the next is asked for."""
    ladder = path(
        "IV/a", person(exams=history({"code": "ujian-dinas-2", "passed": True, "taken_on": "2024-01-01"}))
    ).goal
    assert (ladder.reached, ladder.on) == (True, date(2027, 10, 1))
    assert [(rung.rule, str(rung.proposed_on), rung.to) for rung in ladder.rungs] == [
        ("kenaikan-pangkat", "2027-05-01", "IV/a")
    ]
    higher = path("IV/b", person(
        exams=history({"code": "ujian-dinas-2", "passed": True, "taken_on": "2024-01-01"}), credits=None, appraisals=somebody().appraisals,
    ), assume=("rating=Butuh Perbaikan",)).goal  # fmt: skip
    assert higher.on is None or higher.on > ladder.on


def test_an_appointment_is_on_record_for_the_steps_after_it():
    """A goal that is an opening is reached when it is taken."""
    ready = {
        "trainings": history({"code": "pkp", "hours": 400, "completed_on": "2026-01-01", "passed": True}),
        "competencies": history({"code": "kerja-sama", "level": 3, "assessed_on": "2026-01-01"}),
    }
    open_ = AGENCY.model_copy(update={"openings": (AGENCY.openings[0].model_copy(update={"vacancies": 1}),)})
    for goal in ("kasubbag", "pengawas"):
        ladder = path(goal, person(**ready), agency=open_).goal
        assert [(rung.opening, str(rung.takes_effect)) for rung in ladder.rungs] == [("kasubbag", "2026-10-01")]


def test_a_goal_out_of_reach_says_what_stands_in_the_way():
    """Which rules lead there, and which of their criteria fail to the end."""
    one = path("kasubbag")
    assert not one.goal.reached
    assert one.goal.on is None
    said = one.explain("en")
    assert "Goal Kepala Subbagian: out of reach" in said
    assert (
        "Appointment as supervisor: Kepala Subbagian: Meets the competency standard; A post is vacant; Passed PKP"
        in said
    )


def test_a_goal_that_is_held_needs_no_ladder():
    """Who holds the rank, or a higher one, is told so."""
    assert "The goal rank Penata (III/c) is reached already" in path("III/c").explain("en")


def test_a_wrong_goal_is_one_clear_problem():
    """With what may have been meant."""
    with pytest.raises(PolicyError, match="`kasubag` is no goal") as caught:
        path("kasubag")
    assert caught.value.problems[0].help == "did you mean `kasubbag`?"


# What would change it


def test_who_may_act_in_a_post_does_not_thereby_climb_to_it():
    """An acting appointment opens no way: neither to the post itself nor to anything beyond it."""
    folder = Path(__file__).parents[2] / "examples"
    agency = Agency.model_validate_json((folder / "agencies" / "jawa-tengah.json").read_text(encoding="utf-8"))
    lines = (folder / "workforces" / "jawa-tengah.jsonl").read_text(encoding="utf-8").splitlines()
    shipped = Engine.load("jawa-tengah")
    rules = {rule.id: rule for rule in shipped.policy.program(DAY).rules}
    acts = next(rule.id for rule in rules.values() if rule.acting and rule.asks_the_person)
    people = [Employee.model_validate_json(line) for line in lines[:60]]
    one, opening = next(
        (one, post.id)
        for one in people
        for post in agency.openings
        if shipped.decide(one, acts, as_of=DAY, agency=agency, target=post).verdict is Verdict.ELIGIBLE
    )
    climbed = shipped.path(one, as_of=DAY, agency=agency, goal=opening).goal
    assert not any(rules[rung.rule].acting for rung in climbed.rungs)
    assert not any(rules[line.rule].acting for line in climbed.blocked)


def test_remedies_are_all_smallest_sets():
    """An examination or the diploma that exempts from it; for the post three things at once, one of them in two ways."""
    one = path()
    assert told(one.step("kenaikan-pangkat")) == [
        ["pass the service examination of level II"],
        ["hold a recognised diploma of level S-2 or higher"],
    ]
    assert one.step("kenaikan-pangkat").remedied_on == date(2027, 5, 1)
    sets = [frozenset(each) for each in told(one.step("pengangkatan-pengawas", "kasubbag"))]
    assert len(sets) == 2
    assert all(len(each) == 3 for each in sets)


def test_an_age_is_changed_by_a_waiver_alone():
    """Never by being younger."""
    old = person(nip="197005312015051001", birth_date="1970-05-31")
    step = path(one=old).step("pengangkatan-pengawas", "kasubbag")
    assert all("a waiver by Wali Kota of “At most 50 years old”" in each for each in told(step))
    assert told(step)


@pytest.mark.parametrize("region", ["nasional", "jakarta"])
def test_each_remedy_is_verified_by_the_definition_and_none_contains_another(region):
    """For generated people and all promotions: every set works, and no smaller part of it does."""
    rng = Random(f"{region} remedies")
    fast, slow = timed(region), Engine(policy(region), "definition")
    opening = AGENCY.openings[0]
    found, asked = 0, 0
    while asked < max(2, PEOPLE // 100) or not found:  # who lacks nothing that can be done teaches nothing
        asked += 1
        assert asked < 60
        one = like(rng, DAY, 0.02, typical_people(region)).model_copy(update={"known_on": DAY})
        made = fast.path(one, as_of=DAY, agency=AGENCY)
        for step in made.steps:
            target = opening if step.timeline.opening else None
            sets = [frozenset(id(each) for each in remedy.actions) for remedy in step.remedies]
            assert not any(a < b for a in sets for b in sets)
            for remedy in step.remedies[:6]:
                found += 1
                for size in range(len(remedy.actions) + 1):
                    for those in combinations(remedy.actions, size):
                        done = combined(those, Situation(one, target))
                        decided = slow.decide(
                            done.employee,
                            step.rule,
                            as_of=step.remedied_on,
                            target=done.opening,
                            agency=AGENCY,
                            waivers=done.waivers,
                        )
                        assert (decided.verdict is Verdict.ELIGIBLE) == (size == len(remedy.actions)), (
                            step.rule,
                            one.model_dump_json(),
                        )
    assert found


def test_nothing_protected_and_nothing_past_is_among_what_can_be_done():
    """No action touches a field of the person, a status, a sanction, an appraisal, a rank or a post."""
    rng = Random("actions")
    for _ in range(max(3, PEOPLE // 60)):
        one = like(rng, DAY, 0.05, typical_people("nasional"))
        for rule in ("kenaikan-pangkat-reguler", "kenaikan-pangkat-fungsional", "pengangkatan-pengawas"):
            decision = timed("nasional").decide(one, rule, as_of=DAY, target="kasubbag", agency=AGENCY)
            for action in actions(decision, AGENCY.openings[0], AGENCY):
                changed = action.taken(Situation(one, AGENCY.openings[0])).employee
                kept = set(Employee.model_fields) - {"trainings", "exams", "educations", "credits", "competencies"}
                assert all(getattr(changed, name) == getattr(one, name) for name in kept)
                assert all(record.placed >= DAY for _, record in action.records)


@pytest.mark.parametrize("region", ["nasional", "surakarta"])
def test_the_earliest_day_of_generated_people_is_what_the_decisions_say(region):
    """Yes on it, and on no sampled day before."""
    rng = Random(f"{region} earliest")
    for _ in range(max(2, PEOPLE // 100)):
        one = like(rng, DAY, 0.05, typical_people(region)).model_copy(update={"known_on": DAY})
        for step in timed(region).path(one, as_of=DAY).steps:
            last = step.earliest or date(2036, 10, 1)
            ahead = [DAY + timedelta(days=rng.randrange((last - DAY).days)) for _ in range(12)] if last > DAY else []
            for day in [*ahead, *([step.earliest] if step.earliest else [])]:
                decided = timed(region).decide(one, step.rule, as_of=day)
                assert (decided.verdict is Verdict.ELIGIBLE) == (day == step.earliest), (step.rule, day)


# The command


def test_the_command_writes_text_and_data(tmp_path):
    """What an officer hands out, and what a system reads."""
    staff, agency = tmp_path / "staff.jsonl", tmp_path / "agency.json"
    staff.write_text(person().model_dump_json(exclude_none=True) + "\n", encoding="utf-8")
    agency.write_text(AGENCY.model_dump_json(exclude_none=True), encoding="utf-8")
    words = ("path", FOLDER, staff, "--nip", person().nip, "--as-of", "2026-10-01", "--agency", agency)
    assume = [word for one in ASSUME for word in ("--assume", one)]
    text = run(*words, *assume, "--goal", "IV/b", "--lang", "en", "--format", "text")
    assert text.stdout == path("IV/b").explain("en")
    assert json.loads(run(*words, *assume).stdout) == path().model_dump()
    assert run(*words, "--goal", "gubernur").returncode == 2
    assert "unknown format `pdf`" in run(*words, "--format", "pdf").stderr
    refused = run(*words, "--assume", "training=pkp@2026-09-30")
    assert refused.returncode == 2
    assert "can't be assumed for 2026-09-30" in refused.stderr
