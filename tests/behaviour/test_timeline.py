"""Timelines as a programmer and an officer meet them: objects, effects, causes, assumptions, and answers to slips."""

from __future__ import annotations

import json
import pickle
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asnpolicy import Assumption, Employee, Engine, PolicyError, Timeline, Waiver
from asnpolicy.decisions.reading import takes_effect
from asnpolicy.decisions.timeline.effects import effects
from asnpolicy.policy.library import regions
from tests.commands import run

FOLDER = Path(__file__).parents[1] / "documents" / "timelines"
SINCE, UNTIL = date(2025, 1, 1), date(2032, 1, 1)
RULE = "kenaikan-pangkat"


@cache
def engine():
    return Engine.load(FOLDER / "contoh")


def person(**update):
    data = json.loads((FOLDER / "person.json").read_text(encoding="utf-8"))
    return Employee.model_validate({**data, **update})


def timeline(rule=RULE, one=None, since=SINCE, until=UNTIL, **given) -> Timeline:
    assume = [Assumption.of(text) for text in given.pop("assume", ())]
    return engine().timeline(one or person(), rule, since=since, until=until, assume=assume, **given)


def because(line, day):
    """Return in English what began the segment of a day."""
    return [one.to("en") for one in line.on(day).causes]


# Objects


def test_a_timeline_pickles_compares_and_says_what_it_is():
    """As all that is handed to users: with all that it explains."""
    line = timeline(assume=["rating=Baik"])
    again = pickle.loads(pickle.dumps(line))  # noqa: S301
    assert again == line
    assert again.explain("en") == line.explain("en")
    assert again.model_dump_json() == line.model_dump_json()
    assert timeline() != line
    assert (
        repr(line)
        == f"Timeline(kenaikan-pangkat, ********201505*001, 2025-01-01 to 2032-01-01, {len(line.segments)} segments)"
    )
    assert repr(line.segments[0]) == "Segment(2025-01-01 to 2026-02-20: ineligible)"
    decision = line.segments[0].decision
    assert repr(decision) == "Decision(kenaikan-pangkat, ********201505*001, 2025-01-01: ineligible)"
    assert pickle.loads(pickle.dumps(decision)).explain() == decision.explain()  # noqa: S301


def test_a_day_has_its_segment_and_the_first_of_a_result_is_found():
    """A day outside has none."""
    line = timeline("pengalaman")
    first = line.first("eligible")
    assert first is not None
    assert line.on(first.since) == line.on(date(2031, 12, 31)) == first
    assert line.first("undetermined") is None
    with pytest.raises(KeyError):
        line.on(UNTIL)


def test_longer_segments_join_what_has_one_result():
    """They cover the same days, and no two neighbours say the same."""
    line = timeline(assume=["rating=last"])
    joined = line.by_result()
    assert [joined[0].since, *(one.until for one in joined)][-1] == UNTIL
    assert len(joined) < len(line.segments)
    for one, other in pairwise(joined):
        assert one.until == other.since
        assert (one.result, one.projected, one.assumed) != (other.result, other.projected, other.assumed)


# Effects

RULES = tuple(
    rule
    for region in regions()
    for program in Engine.load(region).policy.programs
    for rule in program.rules
    if rule.takes_effect is not None
)


@settings(deadline=None)
@given(st.integers(0, len(RULES) - 1), st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(1, 900))
def test_effects_are_what_takes_effect_on_each_day(number, since, days):
    """Step after step, from one promotion period to the next, whatever the version."""
    rule = RULES[number]
    until = since + timedelta(days=days)
    spans = tuple(effects(rule, since, until))
    for ahead in range(days):
        day = since + timedelta(days=ahead)
        found = [one for one in spans if one.since <= day < one.until]
        told = [one.takes_effect or day for one in found]
        expected = takes_effect(rule, day)
        assert told == ([] if expected is None else [expected]), day


def test_a_timeline_tells_when_what_is_granted_takes_effect():
    """Proposed later, it takes effect in a later period; of days on which nothing is granted, nothing is told."""
    line = timeline(assume=["rating=Baik"])
    assert [(str(one.since), str(one.takes_effect)) for one in line.effects[:3]] == [
        ("2027-05-01", "2027-10-01"),
        ("2027-10-02", "2028-04-01"),
        ("2028-04-02", "2028-10-01"),
    ]
    assert timeline().effects == ()
    assert [one.takes_effect for one in timeline("pengalaman").effects] == [None]


# Causes


def test_each_kind_of_day_is_told_by_what_changed():
    """A letter, a training, the end of a sanction, a year that counts, a length of time, a birthday, the rules."""
    line = timeline(assume=["rating=Baik"])
    told = {str(one.since): [each.to("en") for each in one.causes] for one in line.segments[1:]}
    assert told == {
        "2026-02-20": ["the appraisal was decided, 20 February 2026"],
        "2026-03-05": ["a training was completed, 5 March 2026"],
        "2026-05-01": ["start of the sanction, 1 May 2026"],
        "2026-10-02": ["the first day after the registers were known, a projection from here on"],
        "2026-11-01": ["the sanction ended, 1 November 2026"],
        "2027-02-01": ["from here on the result, or the status of a criterion, rests on what is assumed"],
        "2027-05-01": ["4 years since effective date of the rank, 1 May 2023"],
        "2029-06-01": ["past 50 years since date of birth, 31 May 1979"],
        "2030-01-01": ["another version of the rules is in force"],
    }
    assert because(timeline("pelatihan-tahunan"), date(2027, 1, 1)) == ["the calendar year 2027 begins"]
    assert because(timeline("pengalaman"), date(2027, 6, 30)) == ["the time that adds up reaches what is required"]


def test_a_new_year_is_not_told_as_so_long_after_something_that_was_on_its_first_day():
    """An appointment on a 1 January is no cause of what the years that count have changed."""
    born_in_january = person(
        cpns_on="2015-01-01", ranks={"complete_since": "all", "records": [{"rank": "III/b", "since": "2023-01-01"}]}
    )
    line = timeline(one=born_in_january)
    assert because(line, date(2027, 2, 1)) == ["the last full year that counts is now 2026"]
    assert because(line, date(2027, 1, 1)) == ["4 years since effective date of the rank, 1 January 2023"]


def test_a_status_is_told_by_what_began_or_ended():
    """Who goes on leave is told so, and not that some record began."""
    leave = {
        "statuses": {
            "complete_since": "all",
            "records": [{"status": "cltn", "since": "2028-03-01", "until": "2029-03-01"}],
        }
    }
    line = timeline("pengalaman", person(**leave))
    assert line.on(date(2028, 3, 1)).result == "not_applicable"
    assert because(line, date(2028, 3, 1)) == ["first day of the service status, 1 March 2028"]
    assert because(line, date(2029, 3, 1)) == ["the service status ended, 1 March 2029"]


def test_a_duty_that_comes_due_is_told_by_its_due_day_and_the_next_period_by_its_year():
    """Targets that are not fixed by the end of January are overdue since then: no record begins or ends on that day."""
    staff = Path(__file__).parents[2] / "examples" / "workforces" / "nasional.jsonl"
    one = Employee.model_validate_json(staff.read_text(encoding="utf-8").splitlines()[5])
    line = Engine.load("nasional").timeline(one, "skp-tahunan", since=date(2026, 10, 1), until=date(2029, 1, 1))
    assert line.on(date(2027, 2, 1)).result == line.on(date(2028, 2, 1)).result == "overdue"
    assert because(line, date(2027, 2, 1)) == ["the time ran out on 31 January 2027"]
    assert line.on(date(2028, 2, 1)).causes[0].to("id") == "batas waktu 31 Januari 2028 sudah lewat"
    assert because(line, date(2028, 1, 1)) == ["the calendar year 2028 begins"]


def test_a_waiver_starts_and_ends_a_segment_and_is_named():
    """With its letter and its days."""
    waiver = Waiver(
        nip=person().nip, rule=RULE, criterion="usia", approver="Wali Kota", letter="800/7", basis="perwal",
        since=date(2029, 7, 1), until=date(2031, 7, 1),
    )  # fmt: skip
    line = timeline(assume=["rating=Baik"], waivers=[waiver])
    assert line.on(date(2029, 6, 30)).result == "ineligible"
    assert line.on(date(2029, 7, 1)).result == line.on(date(2031, 6, 30)).result == "eligible"
    assert line.on(date(2031, 7, 1)).result == "ineligible"
    told = ["the waiver by 800/7, from 1 July 2029 until before 1 July 2031"]
    assert because(line, date(2029, 7, 1)) == because(line, date(2031, 7, 1)) == told


def test_before_its_first_day_a_rule_is_not_in_force():
    """It is not that it is not for the person."""
    line = Engine.load("nasional").timeline(
        person(), "kenaikan-pangkat-pengabdian", since=date(2015, 1, 1), until=date(2027, 1, 1)
    )
    first, second = line.segments[:2]
    assert (first.result, first.decision, first.verdict) == ("not_in_force", None, None)
    assert [one.to("id") for one in second.causes] == ["peraturan yang berlaku berganti"]
    assert "aturan belum atau tidak berlaku" in line.explain()


def test_the_day_on_which_a_history_becomes_complete_begins_a_segment():
    """From that day on it is known that nothing else was so, and what was found on one day is not taken over it."""
    complete = date(2021, 6, 15)
    data = {"employment": "PNS", "birth_date": "1988-04-10", "cpns_on": "2012-03-01", "pns_on": "2013-03-01",
            "service_status": "aktif", "known_on": "2026-01-10", "statuses": {"records": [], "complete_since": str(complete)},
            "leaves": {"records": [], "complete_since": "all"}}  # fmt: skip
    one = Employee.model_validate({"nip": "198804102012031001", **data})
    line = Engine.load("nasional").timeline(one, "cuti-tahunan", since=date(2021, 1, 1), until=date(2024, 1, 1))
    assert [(str(each.since), each.result) for each in line.segments] == [
        ("2021-01-01", "undetermined"),
        ("2021-06-15", "eligible"),
    ]
    assert because(line, complete) == ["records (history of statuses) are now complete for all of the time looked at"]


# Assumptions


def test_what_is_assumed_is_listed_and_changes_nothing_else():
    """A predicate for each year without one; the person is as given."""
    line = timeline(assume=["rating=Sangat Baik", "training=lain@2027-03-01,hours=20,kind=teknis"])
    years = [one.record.year for one in line.assumed if one.history == "appraisals"]
    assert years == [2026, 2027, 2028, 2029, 2030, 2031]
    assert line.employee == person()
    assert {one["history"] for one in line.model_dump()["assumed"]} == {"appraisals", "trainings"}
    assert line.on(date(2028, 1, 1)).assumed
    assert not line.on(date(2026, 12, 31)).assumed


def test_what_fails_only_for_want_of_coming_records_is_not_yet():
    """It is told apart from what fails on a record, and is no refusal."""
    line = timeline()
    waiting, refused = line.on(date(2028, 1, 1)), line.on(date(2026, 10, 1))
    assert (waiting.result, waiting.not_yet, waiting.decision.refuses) == ("ineligible", True, False)
    assert (refused.result, refused.not_yet) == ("ineligible", False)
    assert "no refusal" in line.explain("en")


@pytest.mark.parametrize(
    ("assume", "said"),
    [
        ("rating=Baikk", "`Baikk` is no predicate"),
        ("rating=", "`rating=` is no assumption"),
        ("salary=2", "`salary=2` is no assumption"),
        ("training=pkp@2027-02-30", "`training=pkp@2027-02-30` is no assumption"),
        ("training=pkp@2027-02-03,tempat=Bogor", "is no assumption"),
        ("training=pkp@2027-02-03,hours=banyak", "is no assumption"),
        ("training=@2027-02-03", "is no assumption"),
        ("training=pkp@2026-09-30", "the training `pkp` can't be assumed for 2026-09-30"),
    ],
)
def test_a_wrong_assumption_is_one_clear_problem(assume, said):
    """Written wrongly, or of a day on which the registers were known."""
    with pytest.raises(PolicyError) as caught:
        timeline(assume=[assume])
    (problem,) = caught.value.problems
    assert (problem.code, said in problem.message, bool(problem.help)) == ("wrong-assumption", True, True)


def test_two_ratings_of_the_same_years_contradict_each_other():
    """What is assumed of the coming years is one thing."""
    with pytest.raises(PolicyError) as caught:
        timeline(assume=["rating=Baik", "rating=last"])
    (problem,) = caught.value.problems
    assert problem.message == "the predicate of coming years is assumed more than once"


def test_an_assumption_that_contradicts_a_record_is_refused():
    """A person with records after the first day asked for, of whom it is not said when the registers were known."""
    with pytest.raises(PolicyError, match="can't be told from when on to assume"):
        timeline(one=person(known_on=None), assume=["rating=Baik"])
    with pytest.raises(PolicyError, match="last predicate is not on record"):
        timeline(one=person(appraisals=[]), assume=["rating=last"])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"until": SINCE}, "there is no day from 2025-01-01 until before 2025-01-01"),
        ({"until": date(2024, 1, 1)}, "there is no day from 2025-01-01 until before 2024-01-01"),
        ({"since": date(1999, 1, 1), "until": date(2019, 1, 1)}, "has no rules for 1999-01-01"),
        ({"until": date(2900, 1, 1)}, "is more than 120 years"),
        ({"rule": "kenaikan-pangkta"}, "unknown rule `kenaikan-pangkta`"),
    ],
)
def test_a_slip_is_one_clear_problem(given, said):
    """No days, too many, days before the policy, a rule that is not there."""
    with pytest.raises(PolicyError) as caught:
        timeline(**given)
    (problem,) = caught.value.problems
    assert said in problem.message
    assert problem.help


def test_of_all_rules_the_policy_has_each_is_asked_and_each_opening():
    """A period that begins before the policy does is begun there."""
    made = engine().timelines(person(), since=date(2019, 1, 1), until=date(2021, 1, 1))
    assert [one.rule for one in made] == [
        "kenaikan-pangkat",
        "pelatihan-tahunan",
        "pelatihan-tahunan@previous",
        "pengalaman",
    ]
    assert {one.segments[0].result for one in made} == {"not_in_force"}


# The command


@pytest.fixture(scope="module")
def staff(tmp_path_factory):
    path = tmp_path_factory.mktemp("staff") / "staff.jsonl"
    path.write_text(person().model_dump_json(exclude_none=True) + "\n", encoding="utf-8")
    return path


def command(staff, *words):
    return run("timeline", FOLDER / "contoh", staff, "--nip", person().nip, *words)


def test_the_command_writes_text_bars_data_and_a_page(staff, tmp_path):
    """From the day on which the registers were known, ten years ahead."""
    text = command(staff, "--rule", RULE, "--format", "text", "--lang", "en", "--assume", "rating=Baik")
    assert text.returncode == 0
    line = timeline(since=date(2026, 10, 1), until=date(2036, 10, 1), assume=["rating=Baik"])
    assert text.stdout == line.explain("en")
    data = json.loads(command(staff).stdout)
    assert [one["rule"] for one in data["timelines"]] == [
        RULE,
        "pelatihan-tahunan",
        "pelatihan-tahunan@previous",
        "pengalaman",
    ]
    assert data["timelines"][0]["since"] == "2026-10-01"
    bars = command(staff, "--format", "bars", "--until", "2030-01-01").stdout
    assert "2028" in bars
    assert "█ Memenuhi syarat untuk diusulkan" in bars
    page = tmp_path / "page.html"
    assert command(staff, "--format", "html", "-o", page).stdout == ""
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "png"), "unknown format `png`"),
        (("--since", "1 Oktober"), "write it like `--since 2026-10-01`"),
        (("--until", "2026-09-01"), "there is no day from 2026-10-01"),
        (("--rule", "mutasi"), "unknown rule `mutasi`"),
        (("--assume", "rating=baik sekali"), "is no predicate"),
        (("--assume", "training=pkp@2020-01-01"), "can't be assumed for 2020-01-01"),
        (("--lang", "jv"), "unknown language `jv`"),
    ],
)
def test_wrong_use_of_the_command_is_told(words, said, staff):
    """One sentence and a way out."""
    done = command(staff, *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "help: " in done.stderr


def test_without_a_day_on_which_the_registers_were_known_a_first_day_is_asked_for(tmp_path):
    """No clock decides what a page shows."""
    path = tmp_path / "staff.jsonl"
    path.write_text(person(known_on=None).model_dump_json(exclude_none=True) + "\nno person\n", encoding="utf-8")
    assert "add `--known-on 2026-10-01`" in command(path).stderr
    done = command(path, "--since", "2026-10-01")
    assert done.returncode == 1  # for the line that is nobody
    assert json.loads(done.stdout)["timelines"]


def test_the_day_on_which_the_registers_were_known_can_be_said_for_a_file_that_does_not(tmp_path):
    """Then later days are projected, and what waits for a record to come is not yet, as when the file says the day itself."""
    path = tmp_path / "staff.jsonl"
    path.write_text(person(known_on=None).model_dump_json(exclude_none=True) + "\n", encoding="utf-8")
    done = command(path, "--known-on", "2026-10-01", "--rule", RULE)
    (line,) = json.loads(done.stdout)["timelines"]
    assert line == timeline(since=date(2026, 10, 1), until=date(2036, 10, 1)).model_dump()
    assert (line["known_on"], line["since"]) == ("2026-10-01", "2026-10-01")
    assert any(one["not_yet"] for one in line["segments"])
    assert "write it like `--known-on 2026-10-01`" in command(path, "--known-on", "1 Oktober").stderr


@pytest.mark.parametrize(
    ("lang", "said", "way_out"),
    [
        ("en", "nobody is their own mentor", "give the number of somebody else with `--mentor`"),
        ("id", "tidak ada yang menjadi mentor bagi dirinya sendiri", "beri NIP orang lain dengan `--mentor`"),
    ],
)
def test_nobody_is_asked_about_as_their_own_mentor(lang, said, way_out, staff):
    """A pair of one is a slip, and no pair that fails."""
    done = command(staff, "--mentor", person().nip, "--rule", RULE, "--lang", lang)
    assert done.returncode == 2
    assert said in done.stderr
    assert way_out in done.stderr
