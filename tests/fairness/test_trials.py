"""Cases that a rule calls for, changes that no case notices, and what cases show: `asnpolicy test` beyond running them."""

import json
from datetime import date
from time import process_time

import pytest
from typer.testing import CliRunner

from asnpolicy import Engine, PolicyError
from asnpolicy.cli.app import app
from asnpolicy.decisions.trial import run
from asnpolicy.policy.cases import cases_in, cases_of
from asnpolicy.policy.library import regions
from asnpolicy.problems import Problems
from asnpolicy.trials import boundaries, coverage, mutation
from asnpolicy.trials.finding import Finder
from asnpolicy.trials.mutants import MutantKind, mutants_of
from asnpolicy.trials.survival import asked_of, own_rules, slips
from asnpolicy.trials.tried import tried
from tests.fairness.defects import FOR, SOUND, UP, policy, rule

SINCE = date(2026, 10, 1)
PASSES = "  lolos: {like: pelaksana, as_of: 2026-10-01, rule: naik, verdict: eligible}\n"


def asked(*words):
    """Run the command line."""
    return CliRunner().invoke(app, ["test", *map(str, words)])


def holding(folder, *cases):
    """Write cases into a policy, and load it."""
    (folder / "kasus.yaml").write_text(
        "format: 1\nregion: uji\ntitle: {id: Uji, en: Trial}\ncases:\n" + "".join(cases), encoding="utf-8"
    )
    return Engine.load(folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A policy of one sound rule, with one case."""
    made = policy(tmp_path_factory.mktemp("uji"), rule(SOUND))
    holding(made, PASSES)
    return made


@pytest.fixture(scope="module")
def left(folder):
    """What became of the mutants of the policy with one case."""
    return mutation(Engine.load(folder), SINCE)


# Changes that no case notices


LONELY = """\
format: 1
region: sepi
title: {id: Sepi, en: Lonely}
sources: {usulan: Usulan}
promotions:
  contoh:
    title: {id: Contoh, en: Example}
    from: 2020-01-01
    basis: usulan
    standing: illustrative
    require: {pns: {title: {id: PNS, en: PNS}, employment: PNS}}
"""


def test_a_change_of_the_writing_alone_is_told_without_a_search():
    """A filter that asks nothing was left out, or a day is asked about again that was: nobody can show it, and no solver is asked."""
    engine = Engine.load("nasional")
    own = [one for one, _ in own_rules(engine.policy, SINCE, ("kenaikan-pangkat-fungsional",))]
    mutants = [mutant for one in own for mutant in mutants_of(one)]
    same = [mutant for mutant in mutants if mutant.says_the_same]
    assert {(mutant.part, mutant.what.en) for mutant in same} == {
        ("angka-kredit", f"`{figure}`: {what}")
        for figure in ("ak_dalam_jenjang", "ak_dengan_ijazah")
        for what in ("one filter is left out", "at_most instead of below")  # of who is not in it since that day or later
    }
    finder = Finder(engine, own[0].id, SINCE, timeout=1)
    assert all(finder.apart(mutant).nobody for mutant in same)
    cases = [case for case in cases_of(engine.policy, Problems()) if case.rule == own[0].id]
    assert len(cases) > 20
    assert not any(case.notices(mutant) for case in tried(engine, cases)[own[0].id] for mutant in same)
    assert sum(mutant.kind == "condition" for mutant in mutants) > 2 * len(same)


OPEN = {
    "kenaikan-gaji-berkala › di-luar-cltn › 63",
    "kenaikan-gaji-berkala › di-luar-cltn-sesudah-penundaan › 74",
    "pensiun-bup › usia › 84",
    "pensiun-bup › usia › 85",
}
"""Changes that change nothing, which the solver does not settle in time since it speaks of every day of a month.

Of the raise, whoever has the days without leave has the months with it; those of the age were proved of days 1 to 28.
"""
SECONDS = 600
"""So long a share of the changes may take; all of the base took under 180 while proofs spoke of days 1 to 28 alone."""
SHARES = 4
"""The changes of the base are shared out, rule by rule: processes share the tests among them."""


@pytest.mark.parametrize(
    ("region", "share"), [(name, at) for name in regions() for at in range(SHARES if name == "nasional" else 1)]
)
def test_the_cases_of_a_shipped_policy_notice_every_change_that_matters(region, share):
    """Whatever is changed in a rule of the region, or of the base, a case of it fails, or the change is proved to change nothing."""
    begun = process_time()  # others may share the processor
    engine = Engine.load(region)
    rules = [rule.id for rule, _ in own_rules(engine.policy, SINCE, ())]
    found = mutation(engine, SINCE, rules[share :: SHARES] if region == "nasional" else ())
    assert found.noticed
    assert {one.mutant.name for one in found.survivors} <= OPEN
    assert process_time() - begun < SECONDS


def test_one_case_notices_little_and_the_cases_that_are_shown_notice_the_rest(left, folder):
    """Each survivor comes with a case; with all of them in the policy, nothing survives."""
    assert {one.mutant.part for one in left.survivors} == {"applies_to", "masa", "kinerja", "hukuman"}
    assert [one.mutant.name for one in left.survivors if not one.case] == []
    cases = dict.fromkeys(one.case for one in left.survivors)
    engine = Engine.load(folder)
    read = cases_in(engine.policy, "\n".join(cases), Problems())
    assert [one.name for one in read if not run(engine, one).passed] == []
    again = mutation(engine, SINCE, cases=[*cases_of(engine.policy, Problems()), *read])
    assert (again.survivors, len(again.equivalent)) == ((), len(left.equivalent))
    assert len(again.noticed) == len(left.noticed) + len(left.survivors)


def test_a_case_of_the_period_before_notices_a_slip_in_the_duty_too():
    """Both are made of the same words: a whole year of unpaid leave shows only once it is over."""
    engine = Engine.load("nasional")
    program, cases = engine.policy.program(SINCE), cases_of(engine.policy, Problems())
    duty = program.rule("jp-tahunan")
    by_case = tried(engine, [one for one in cases if one.rule.startswith("jp-tahunan")])
    (longer,) = [one for one in slips(program, duty, frozenset({"applies_to"})) if one.what.en == "`leaves`: above instead of at_least"]
    assert longer.before.rule.id == "jp-tahunan@previous"
    assert not any(case.notices(longer) for case in by_case["jp-tahunan"])
    assert any(case.notices(longer) for case in asked_of(duty, by_case))
    assert Finder(engine, "jp-tahunan@previous", SINCE).apart(longer.before).written.rule == "jp-tahunan@previous"


def test_a_change_that_changes_nothing_is_proved_equivalent(tmp_path):
    """A criterion that another one covers may be left out: no case can notice, and none is asked for."""
    made = policy(tmp_path, rule({"masa": SOUND["masa"], "lagi": "time_in_rank: {at_least: 3 years}"}))
    found = mutation(holding(made, PASSES), SINCE)
    assert "lagi" in {one.part for one in found.equivalent if one.kind == "criterion"}
    assert {one.mutant.part for one in found.survivors} <= {"applies_to", "masa"}


def test_everything_that_an_author_writes_is_changed():
    """Thresholds, operators, windows, days, standings, criteria, conditions and tables of the shipped rules."""
    program = Engine.load("nasional").policy.program(SINCE)
    kinds = {mutant.kind for one in program.rules for mutant in mutants_of(one)}
    assert kinds == set(MutantKind.__args__)


def test_a_mutant_is_never_the_rule_itself():
    """Each differs from its rule in what it says or how it stands, and none is made twice."""
    program = Engine.load("jakarta").policy.program(SINCE)
    for one in program.rules:
        made = [mutant for mutant in mutants_of(one) if mutant.kind not in ("standing", "day", "criterion")]
        assert all(_said(mutant.mutated) != _said(one) for mutant in made)


def _said(one):
    return one.applies_to, [(part.id, part.holds, part.when, [e.holds for e in part.exempt]) for part in one.criteria]


# Cases that a rule calls for


def test_a_rule_calls_for_both_sides_of_each_threshold(folder):
    """Four years to the day and a month less; a rating on each side; each unknown; all of it passes, and is near somebody."""
    engine = Engine.load(folder)
    found = boundaries(engine, "naik", SINCE)
    read = cases_in(engine.policy, "\n".join(one.text for one in found.cases), problems := Problems())
    assert problems.found == []
    assert len(read) == len(found.cases) == len({one.name for one in found.cases})
    assert [one.name for one in read if not run(engine, one).passed] == []
    assert max(one.off for one in found.cases) <= 6
    since = {
        (str(one.employee.ranks.records[0].since), dict(one.expected).get("verdict"))
        for one in read
        if one.employee.ranks.records
    }
    assert {("2022-10-01", "eligible"), ("2022-11-01", "ineligible")} <= since
    missing = [name for one in read for name in dict(one.expected).get("missing", ())]
    assert {"ranks", "sanctions", "service_status"} <= set(missing)
    alone = [dict(one.expected).get("because") for one in read]
    assert all([criterion] in alone for criterion in SOUND)


def test_written_cases_notice_almost_every_change(folder):
    """What survives the cases that a rule calls for shows on other days alone, or changes how it stands in law."""
    engine = Engine.load(folder)
    read = cases_in(engine.policy, "\n".join(one.text for one in boundaries(engine, "naik", SINCE).cases), Problems())
    found = mutation(engine, SINCE, cases=read)
    assert len(found.survivors) <= len(found.noticed) / 10


# What cases show


def test_coverage_names_what_no_case_shows(folder):
    """One case shows that each criterion holds, and no more."""
    found = coverage(Engine.load(folder), SINCE)
    assert {(one.criterion, one.held, one.failed, one.alone) for one in found.criteria} == {
        ("applies_to", 1, 0, 0), *((name, 1, 0, 0) for name in SOUND),
    }  # fmt: skip
    assert all(one.lacking for one in found.criteria)


def test_a_criterion_is_covered_when_it_is_seen_both_ways_and_alone_decides(tmp_path):
    """Failing together with another is not enough."""
    made = policy(tmp_path, rule(SOUND))
    both = "  dua: {like: pelaksana, but: {ranks: {III/a: 2024-10-01}, appraisals: {2024: Kurang, 2025: Baik}}, as_of: 2026-10-01, rule: naik, verdict: ineligible}\n"
    one = "  satu: {like: pelaksana, but: {ranks: {III/a: 2024-10-01}}, as_of: 2026-10-01, rule: naik, verdict: ineligible}\n"
    found = coverage(holding(made, PASSES, both, one), SINCE)
    seen = {each.criterion: (each.held, each.failed, each.alone) for each in found.criteria}
    assert seen["masa"] == (1, 2, 1)
    assert seen["kinerja"] == (2, 1, 0)
    assert "masa" not in {each.criterion for each in found.lacking}


FAILS_MORE = "  kurang: {like: pelaksana, but: {ranks: {III/a: 2024-10-01}}, as_of: 2026-10-01, rule: naik, verdict: ineligible}\n"


def test_that_a_criterion_never_decides_alone_is_proved_and_said(tmp_path):
    """Whoever has been four years in the rank has been two; without the proof the two would lack a case for ever."""
    made = policy(tmp_path, rule(SOUND | {"separuh": "time_in_rank: {at_least: 2 years}"}))
    found = coverage(holding(made, PASSES, FAILS_MORE), SINCE)
    seen = {one.criterion: one.never_alone for one in found.criteria}
    assert seen == {"applies_to": False, "masa": False, "kinerja": False, "hukuman": False, "separuh": False}
    less = FAILS_MORE.replace("kurang", "separuh").replace("2024-10-01", "2025-10-01")
    found = coverage(holding(made, PASSES, FAILS_MORE, less), SINCE)
    assert [one.criterion for one in found.criteria if one.never_alone] == ["separuh"]
    assert "masa" not in {one.criterion for one in found.lacking}
    assert "naik › separuh: proved never to decide alone" in found.text("en")
    assert "2 of 5 criteria are seen both ways, and alone decide (1 proved never to be alone)" in found.text("en")


def test_what_is_not_founded_in_law_does_not_keep_a_criterion_from_deciding_alone(tmp_path):
    """The decision in law is the criterion's alone; the one without basis is alone only where nothing else fails."""
    plain = rule(SOUND | {"separuh": "time_in_rank: {at_least: 3 years}"})
    for standing, alone in (("in_force", 0), ("illustrative", 1)):
        head, _, tail = plain.rpartition("        basis: uu\n")
        folder = tmp_path / standing
        folder.mkdir()
        made = policy(folder, f"{head}        basis: uu\n        standing: {standing}\n{tail}")
        found = {one.criterion: one for one in coverage(holding(made, PASSES, FAILS_MORE), SINCE).criteria}
        assert (found["masa"].failed, found["masa"].alone) == (1, alone)
        assert (found["separuh"].failed, found["separuh"].alone) == (1, 0)


def test_whom_a_rule_is_for_counts_only_where_its_author_said_it(tmp_path):
    """A rule for everybody has nobody whom it is not for; whoever left the service is the language's affair."""
    everybody = rule(SOUND).replace(f"    applies_to: {FOR}\n    to: {UP}\n", "")
    found = coverage(holding(policy(tmp_path, everybody), PASSES), SINCE)
    assert {one.criterion for one in found.criteria} == set(SOUND)


# The command


def test_the_command_tells_people_and_machines(folder):
    """Survivors are a finding; JSON says the same."""
    done = asked(folder, "--coverage", "--as-of", SINCE, "--lang", "id")
    assert done.exit_code == 1
    assert "0 dari 4 syarat" in done.stdout
    done = asked(folder, "--mutate", "--rule", "naik", "--as-of", SINCE, "--format", "json")
    (told,) = json.loads(done.stdout)[str(folder)]
    assert done.exit_code == 1
    assert told["survivors"][0]["case"]
    done = asked(folder, "--synthesise", "--rule", "naik", "--as-of", SINCE)
    assert done.exit_code == 0
    assert done.stdout.startswith("  # naik: ")
    assert json.loads(asked(folder, "--format", "json").stdout) == {
        str(folder): {"cases": 1, "passed": 1, "failed": [], "problems": [], "without_case": []}
    }


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--mutate", "--coverage"), "are two questions"),
        (("--rule", "naik"), "need a question"),
        (("--mutate", "--format", "yaml"), "unknown format `yaml`"),
        (("--mutate", "--rule", "naek", "--as-of", SINCE), "unknown rule `naek`"),
        (("--synthesise", "--rule", "naek", "--as-of", SINCE), "unknown rule `naek`"),
        (("--coverage", "--as-of", "2001-01-01"), "has no rules for 2001-01-01"),
    ],
)
def test_what_can_not_be_asked_is_told(words, told, folder):
    """One sentence with the value; nothing is asked."""
    done = asked(folder, *words)
    assert done.exit_code != 0
    assert told in (
        done.stderr if done.exception is None or isinstance(done.exception, SystemExit) else str(done.exception)
    )


def test_a_rule_that_is_not_there_is_told(folder):
    """From Python, too."""
    with pytest.raises(PolicyError, match="naek"):
        mutation(Engine.load(folder), SINCE, ["naek"])


@pytest.mark.parametrize("question", ["--synthesise", "--mutate"])
def test_a_policy_in_which_nobody_is_typical_is_told_how_to_get_one(question, tmp_path):
    """It was told that nobody shows it, or that a case needs `like`, once for each."""
    (tmp_path / "sepi").mkdir()
    (tmp_path / "sepi" / "kebijakan.yaml").write_text(LONELY, encoding="utf-8")
    done = asked(tmp_path / "sepi", question)
    assert done.exit_code != 0
    assert "`sepi` has none" in str(done.exception)
    assert "`typical: {biasa: {employment: PNS" in str(done.exception)
