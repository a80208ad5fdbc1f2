"""`asnpolicy prove` and `compare`: what is promised and shipped is proved, what is asked wrongly is said in one sentence."""

import json
import os
from datetime import date
from random import Random
from time import perf_counter

import pytest
from typer.testing import CliRunner

from asnpolicy import Engine, PolicyError
from asnpolicy.backends.smt.search import OpenDays, Smt
from asnpolicy.cli.app import app
from asnpolicy.fairness import (
    AtLeastAsStrict,
    Blind,
    ComparePolicies,
    Dead,
    Equivalent,
    Gaps,
    MeritNeverHurts,
    Reachable,
    Redundant,
    Status,
    hunts,
)
from asnpolicy.fairness.promised import Promised
from asnpolicy.fairness.proving import Prover
from asnpolicy.fairness.sameness import implied
from asnpolicy.fairness.standing import in_law
from asnpolicy.policy.library import regions
from tests.conformance.people import day
from tests.conformance.programs import program
from tests.fairness.defects import SOUND, changed, policy, rule

SINCE = date(2026, 10, 1)
PROGRAMS = int(os.environ.get("ASNPOLICY_PROGRAMS", "20"))


def run(*words):
    """Run the command line."""
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.parametrize("region", regions())
def test_every_shipped_policy_keeps_what_it_promises(region):
    """Every promise is proved for every rule; what is exempt has a legal basis."""
    engine = Engine.load(region)
    promised, prover = Promised(engine, SINCE), Prover(engine, SINCE)
    assert promised.promises.any
    assert all(promised.promises.exempt.values())
    answers = [prover.answer(question) for question in promised.questions()]
    assert answers
    assert [one.text() for one in answers if one.status is not Status.PROVED] == []


def test_the_promises_of_a_base_bind_the_regions_that_extend_it():
    """A region is blind to what its base is blind to, and says itself that it is at least as strict."""
    promises = Engine.load("jakarta").policy.promises
    assert "sex" in promises.blind_to
    assert promises.at_least_as_strict_as == "nasional"
    assert promises.exempt["batas-jp-pppk", "training_hours"].startswith("PP 49/2018")


def test_a_rule_that_states_its_basis_is_exempt_and_so_is_what_builds_on_it():
    """Age limits have a law; what asks for them reads age by that law."""
    program_ = Engine.load("nasional").policy.program(SINCE)
    promises = Engine.load("nasional").policy.promises
    assert "pasal 55" in promises.exemption(program_, program_.rule("pensiun-bup"), "birth_date")
    assert promises.exemption(program_, program_.rule("kenaikan-pangkat-pengabdian"), "birth_date")
    assert promises.exemption(program_, program_.rule("jp-tahunan"), "birth_date") is None


def test_an_examination_is_redundant_where_the_diploma_decides():
    """Who goes from III/d to IV/a needs a second degree, and whoever has it is exempt from the examination."""
    answer = Engine.load("nasional").prove(Redundant("kenaikan-pangkat-reguler"), since=SINCE)
    assert answer.status is Status.REFUTED
    assert answer.reason.en == "nobody: only `ujian-dinas-2` fails"


def refuse(*_, **__):
    """Refuse to look for anybody."""
    raise AssertionError("somebody is searched")


CASE = "  {name}: {{like: pelaksana, but: {{{but}}}, as_of: {as_of}, rule: naik, verdict: ineligible}}\n"
FAILING = {"masa": "ranks: {III/a: 2022-12-01}", "kinerja": "appraisals: {2024: Baik, 2025: Kurang}",
           "hukuman": "sanctions: [{level: ringan, since: 2026-09-01, until: 2027-03-01}]"}  # fmt: skip


def with_cases(folder, as_of, **butted):
    """Write the sound policy, with a case for each criterion that fails, and load it."""
    text = "".join(CASE.format(name=name, but=but, as_of=as_of) for name, but in butted.items())
    return Engine.load(policy(folder, *changed(), f"cases:\n{text}"))


@pytest.mark.parametrize("as_of", [SINCE, date(2026, 9, 1)])
def test_whoever_a_case_is_about_shows_that_a_criterion_is_needed(tmp_path, monkeypatch, as_of):
    """Nobody is searched: they are shown under the name of the case, on its day or on the first that is asked about."""
    monkeypatch.setattr(Smt, "find", refuse)
    answer = with_cases(tmp_path, as_of, **FAILING).prove(Redundant("naik"), since=SINCE)
    assert answer.status is Status.PROVED
    assert [(one.like, one.as_of, one.differences) for one in answer.witnesses] == [(name, SINCE, ()) for name in FAILING]
    assert all(verdict == "ineligible" for one in answer.witnesses for _, verdict in one.verdicts)


@pytest.mark.parametrize(
    ("name", "more"),
    [("masa", FAILING["kinerja"]), ("hukuman", "service_status: cuti-besar"), ("kinerja", "sanctions: null")],
)
def test_a_case_that_does_not_show_it_is_not_taken(tmp_path, monkeypatch, name, more):
    """One who fails two criteria, one whom the rule is not for, one of whom another criterion is not known: somebody is searched."""
    engine = with_cases(tmp_path, SINCE, **{**FAILING, name: f"{FAILING[name]}, {more}"})
    found = engine.prove(Redundant("naik"), since=SINCE)
    assert found.status is Status.PROVED
    assert {one.like for one in found.witnesses} & {*FAILING} == FAILING.keys() - {name}
    monkeypatch.setattr(Smt, "find", refuse)
    with pytest.raises(AssertionError, match="somebody is searched"):
        engine.prove(Redundant("naik"), since=SINCE)


def test_a_proof_says_what_it_assumes_and_what_carries_it():
    """Strictness of a region: the criteria of which it takes every one, and the days that it is about."""
    answer = Engine.load("kota-semarang").prove(AtLeastAsStrict("promosi-posisi-strategis"), since=SINCE)
    assert answer.status is Status.PROVED
    assert answer.carried_by == ("within",)
    assert any("waiver" in one.en for one in answer.assumptions)
    assert (answer.since, answer.until) == (SINCE, date(2100, 1, 1))


def test_time_that_runs_out_is_no_proof(tmp_path):
    """A question that can't be settled in time is unknown, and says so."""
    engine = Engine.load(policy(tmp_path, *changed()))
    for question in (
        Reachable("naik"),
        Blind("naik", "birth_date"),
        Dead("naik"),
        MeritNeverHurts("naik", "lowest_rating"),
    ):
        answer = engine.prove(question, since=SINCE, timeout=0)
        assert answer.status in (Status.UNKNOWN, Status.PROVED)
        assert answer.status is Status.UNKNOWN or "what is written" in answer.reason.en
    assert engine.prove(Reachable("naik"), since=SINCE, timeout=0).reason.en == "it took too long to tell"


def test_a_question_as_a_whole_has_a_limit(tmp_path, monkeypatch):
    """However short each search is: what was not looked into is unknown, and the reason says how far it came."""
    engine, run_ = Engine.load(policy(tmp_path, *changed())), hunts.Hunt.run
    asked = (Redundant("naik"), Dead("naik"), ComparePolicies("naik", str(tmp_path / "uji")))
    reasons = {engine.prove(question, since=SINCE, budget=0).reason.en for question in asked}
    assert reasons == {"the time for the whole question was up (0 s) after 0 searches; the rest was not looked into"}
    assert all(Prover(engine, SINCE).answer(one).status is Status.PROVED for one in asked)
    for number, question in enumerate(asked[:2], start=1):
        prover, begun = Prover(engine, SINCE), []

        def run_out(hunt, *, prover=prover, begun=begun, number=number):
            found = run_(hunt)
            begun.extend([found] * (hunt.first is not None))  # the first day alone is tried within it
            if len(begun) == number:
                prover._until = 0
            return found

        monkeypatch.setattr(hunts.Hunt, "run", run_out)
        answer = prover.answer(question)
        assert (answer.status, len(begun)) == (Status.UNKNOWN, number)
        assert f"after {number} searches" in answer.reason.en
        assert answer.assumptions == () and not answer.holds


def test_a_search_that_a_limit_of_the_question_breaks_off_proves_nothing(tmp_path):
    """The last search gets what is left of it; the command line takes it in seconds."""
    folder = policy(tmp_path, *changed())
    told = run("prove", folder, "--since", SINCE, "--question", "never", "--question", "blind", "--to", "birth_date", "--budget", "0.1")
    assert told.exit_code in (1, 3)
    smt = Smt(Engine.load(folder).policy.program(SINCE), OpenDays(SINCE, date(2030, 1, 1)), until=perf_counter())
    assert hunts.comes_to(smt, "naik", "eligible", wanted=True).run().somebody is None


def test_a_count_is_asked_about_where_a_table_has_no_number_for_some(tmp_path):
    """Whoever has no row has nothing to reach: the solver needs records for the numbers alone."""
    table = "tables:\n  lulus: {by: education_level, versions: [{from: 2000-01-01, basis: uu, rows: {S-1: 1, S-2: 2}, otherwise: none}]}\n"
    asks = "exams: {where: {passed: true}, count: {at_least: {table: lulus}}}"
    engine = Engine.load(policy(tmp_path, *changed(x=asks), table))
    answer = engine.prove(Reachable("naik"), since=SINCE)
    assert answer.status is Status.PROVED
    assert answer.witnesses[0].employee.exams.records
    assert engine.prove(Dead("naik"), since=SINCE).status is Status.PROVED


def test_a_part_that_matters_only_where_a_fact_was_not_delivered_is_said_to(tmp_path):
    """A candidate's day of appointment is yet to come, so that no leave lies after it; not delivered, the part decides."""
    leaves = "leaves: {where: {kind: cuti-melahirkan}, since: {fact: pns_on}, count: {at_most: 2}}"
    asks = f"any: [{{employment: CPNS}}, {{{leaves}}}]"
    engine = Engine.load(policy(tmp_path, rule({"x": asks}, applies_to="{employment: [PNS, CPNS]}")))
    answer = engine.prove(Dead("naik", "x"), since=SINCE)
    assert answer.status is Status.PROVED
    said = "`x`: by alternative 1 alone: only for people of whom `pns_on` was not delivered"
    assert answer.reason.en == said
    assert said in answer.text() and "hanya bagi orang yang data `pns_on`-nya belum diserahkan" in answer.text("id")
    (shown,) = [one.employee for one in answer.witnesses if one.what.en == said]
    assert (str(shown.employment), shown.pns_on, len(shown.leaves.records)) == ("CPNS", None, 3)
    (tmp_path / "tanpa").mkdir()
    without = Engine.load(policy(tmp_path / "tanpa", rule({"x": leaves}, applies_to="{employment: [PNS, CPNS]}")))
    assert [one.decide(shown, "naik", as_of=SINCE).verdict for one in (engine, without)] == ["eligible", "undetermined"]
    covered = "any: [{employment: CPNS}, {employment: [CPNS, PNS]}]"
    (tmp_path / "lain").mkdir()
    dead = Engine.load(policy(tmp_path / "lain", rule({"x": covered}, applies_to="{employment: [PNS, CPNS]}")))
    assert dead.prove(Dead("naik", "x"), since=SINCE).status is Status.REFUTED


def test_every_stretch_of_days_is_asked_about(tmp_path):
    """A rule that is to become blind tomorrow is not blind yet; asked from then on, it is."""
    now = rule({**SOUND, "x": "protected.sex: L"}, reads="sex").replace(
        "basis: uu\n        protected.sex", "basis: uu\n        until: 2030-01-01\n        protected.sex"
    )
    engine = Engine.load(policy(tmp_path, now))
    answer = engine.prove(Blind("naik", "sex"), since=SINCE)
    assert answer.status is Status.REFUTED
    assert answer.until == date(2030, 1, 1)
    assert engine.prove(Blind("naik", "sex"), since=date(2030, 1, 1)).status is Status.PROVED


@pytest.mark.parametrize("number", range(PROGRAMS))
def test_whoever_is_shown_is_shown_truly(number):
    """On generated rules, with the day left open: no witness of any verdict fails to replay."""
    rng = Random(f"witness {number}")
    as_of = day(rng)
    made = program(rng, as_of)
    smt = Smt(made, OpenDays(as_of, date(as_of.year + 3, 1, 1)), timeout=2000)
    for each in made.rules:
        if not smt.unsupported(each.id):
            for verdict in ("eligible", "ineligible"):
                found = hunts.comes_to(smt, each.id, verdict, wanted=True).run()
                assert all(hunts.decided(smt, each.id, one.question) == verdict for one in found.people)


# Wrong questions


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: Blind("naik", "sexx"), "unknown protected attribute `sexx`"),
        (lambda: MeritNeverHurts("naik", "height"), "`height` is no merit that can grow"),
        (lambda: Reachable("naik", "undetermined"), "nothing is proved of the verdict `undetermined`"),
    ],
)
def test_a_question_that_makes_no_sense_can_not_be_put(ask, told):
    """The value, and the way out."""
    with pytest.raises(PolicyError, match=told) as error:
        ask()
    assert error.value.problems[0].help


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (Reachable("naik-pangkat"), "unknown rule `naik-pangkat`"),
        (Redundant("naik", "masa-kerja"), "`naik` has no criterion `masa-kerja`"),
        (AtLeastAsStrict("naik"), "`uji` extends no other policy"),
        (Equivalent("naik", "bali"), "unknown region `bali`"),
        (Equivalent("naik", None, "turun"), "unknown rule `turun`"),
        (Gaps(("naik",), (("pangkat", "III/a"),)), "unknown fact `pangkat`"),
        (Gaps(("naik",), (("rank", "IIIa"),)), "`rank` can't be `IIIa`"),
        (Gaps(("naik",), (("time_in_rank", "4 years"),)), "`time_in_rank` can't be `4 years`"),
        (Blind("naik", "sex", ("leave",)), "nothing on record is called `leave`"),
    ],
)
def test_a_question_about_what_is_not_there_is_told(question, told, tmp_path):
    """One sentence, and the way out."""
    engine = Engine.load(policy(tmp_path, *changed()))
    with pytest.raises(PolicyError, match=told) as error:
        engine.prove(question, since=SINCE)
    assert error.value.problems[0].help


# The command line


def test_prove_ends_with_what_was_found(tmp_path):
    """0 when all holds, 1 when something is refuted, 3 when something is not known, 2 for wrong use."""
    folder = policy(tmp_path, *changed(x="training_hours: {at_most: 40}"))
    about = ("prove", folder, "--since", SINCE, "--question")
    assert run(*about, "reachable").exit_code == 0
    refuted = run(*about, "merit_never_hurts", "--fact", "training_hours", "--rule", "naik")
    assert refuted.exit_code == 1
    assert "REFUTED  uji: `naik`: more `training_hours` never hurts" in refuted.stdout
    assert "the second, who differs from the first in:" in refuted.stdout
    assert run(*about, "dead", "--timeout", "0.1").exit_code in (0, 3)
    for words in (
        ("bland",),
        ("reachable", "--format", "xml"),
        ("reachable", "--lang", "jv"),
        ("gaps", "--among", "PNS"),
        ("compare",),
        ("reachable", "--rule", "turun"),
    ):
        assert isinstance(run(*about, *words).exception, PolicyError), words


def test_prove_without_a_question_asks_for_what_is_promised(tmp_path):
    """In one line for each promise; a policy that promises nothing says so."""
    kept = run("prove", "surakarta", "--since", SINCE, "--rule", "kenaikan-pangkat-reguler")
    assert kept.exit_code == 0
    assert "PROVED  surakarta: at_least_as_strict: 1 rules" in kept.stdout
    nothing = run("prove", policy(tmp_path, *changed()), "--since", SINCE)
    assert nothing.exit_code == 0
    assert "promises nothing" in nothing.stderr


def test_answers_are_told_to_machines_and_in_indonesian(tmp_path):
    """The same in JSON, with the whole person; in Indonesian when asked."""
    folder = policy(tmp_path, *changed())
    told = json.loads(run("prove", folder, "--since", SINCE, "--question", "never", "--format", "json").stdout)
    (answer,) = told[str(folder)]
    assert (answer["question"], answer["status"]) == ("never", "refuted")
    assert answer["witnesses"][0]["verdicts"] == {"naik": "eligible"}
    assert answer["witnesses"][0]["employee"]["employment"] == "PNS"
    spoken = run("prove", folder, "--since", SINCE, "--question", "never", "--lang", "id").stdout
    assert "TERBANTAH  uji: `naik`: tidak seorang pun memenuhi syarat" in spoken


def test_two_policies_are_compared_rule_by_rule(tmp_path):
    """Stricter, looser, equivalent or neither, with somebody for each way."""
    one = policy(tmp_path, *changed())
    same, other = (
        policy(tmp_path, *changed(), name="sama"),
        policy(
            tmp_path,
            *changed(masa="time_in_rank: {at_least: 3 years}", x="education_level: {at_least: SMA}"),
            name="lain",
        ),
    )
    equal = run("compare", one, same, "--since", SINCE)
    assert (equal.exit_code, "→ equivalent" in equal.stdout) == (0, True)
    found = run("compare", one, other, "--since", SINCE)
    assert (found.exit_code, "→ incomparable" in found.stdout) == (1, True)
    told = json.loads(run("compare", one, other, "--since", SINCE, "--format", "json").stdout)
    assert len(told[0]["witnesses"]) == 2
    assert isinstance(run("compare", one, other, "--since", SINCE, "--rule", "turun").exception, PolicyError)


# What the law leaves

REGION = """
format: 1
region: kota
extends: nasional
title: {id: Kota, en: Town}
sources: {uraian: Uraian}
values:
  jp_minimum:
    - {from: 2022-01-01, is: 24, basis: uraian, standing: illustrative}
"""


def test_what_has_no_basis_in_law_is_taken_away_with_values_too(tmp_path):
    """A region's number from a description falls back to that of the base; where nothing is weak, nothing is made anew."""
    (tmp_path / "kota").mkdir()
    (tmp_path / "kota" / "kota.yaml").write_text(REGION, encoding="utf-8")
    kota = Engine.load(tmp_path / "kota").policy
    whole, base = kota.program(SINCE), Engine.load("nasional").policy.program(SINCE)
    bare = in_law(kota, whole, "jp-tahunan")
    asked = [Smt(one, OpenDays(SINCE, date(2027, 1, 1))) for one in (whole, bare, base)]
    same = [implied(one.rules, "jp-tahunan", asked[2].rules, "jp-tahunan") for one in asked]
    assert same == [False, True, True]
    assert whole.rule("jp-tahunan") is not bare.rule("jp-tahunan")
    assert in_law(kota, whole, "dalam-dinas") is whole


def test_a_value_that_the_law_does_not_give_is_not_modelled(tmp_path):
    """Where the law says nothing, nothing is proved of it: neither zero nor any other number is put in its place."""
    text = (
        REGION.replace("extends: nasional\n", "").replace("jp_minimum:", "batas:")
        + """
awards:
  baik:
    title: {id: Baik, en: Good}
    basis: uraian
    require:
      jam: {title: {id: Jam, en: Hours}, basis: uraian, trainings: {count: {at_least: {value: batas}}}}
"""
    )
    (tmp_path / "kota").mkdir()
    (tmp_path / "kota" / "kota.yaml").write_text(text, encoding="utf-8")
    kota = Engine.load(tmp_path / "kota").policy
    bare = in_law(kota, kota.program(SINCE), "baik")
    assert Smt(bare, OpenDays(SINCE, date(2027, 1, 1))).unsupported("baik") != ()
