"""The pytest plugin: promises and cases of a policy are items with names that stay, and say why they fail."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fairness.defects import SOUND, changed, policy, rule

pytest_plugins = ("pytester",)
ROOT = Path(__file__).parents[2]
PROMISES = "fairness: {blind_to: [sex, birth_date], merit_never_hurts: [training_hours]}\n"
CASES = """cases:
  naik setelah empat tahun: {like: pelaksana, as_of: 2026-10-01, rule: naik, verdict: eligible}
  belum empat tahun: {like: pelaksana, as_of: 2026-09-30, rule: naik, verdict: ineligible, because: [masa]}
"""


@pytest.fixture
def project(pytester):
    """Give a project whose settings name a folder of policies."""
    pytester.makeini("[pytest]\naddopts = --strict-markers -p no:cacheprovider\nasnpolicy_policies = policies/*\n")
    (pytester.path / "policies").mkdir()
    return pytester


def written(project, *rules, cases=CASES):
    """Write a policy with promises and cases."""
    folder = policy(project.path / "policies", *rules)
    file = folder / "uji.yaml"
    text = file.read_text(encoding="utf-8").replace("promotions:\n", f"{PROMISES}promotions:\n", 1)
    file.write_text(text + cases, encoding="utf-8")
    return folder


def test_promises_and_cases_are_items_with_names_that_stay(project):
    """One for each promise, one for each case; other YAML is left alone."""
    written(project, *changed())
    (project.path / "other.yaml").write_text("a: 1", encoding="utf-8")
    result = project.runpytest_subprocess("-v", "--asnpolicy-since", "2026-10-01")
    result.assert_outcomes(passed=5)
    result.stdout.fnmatch_lines_random([
        "*uji.yaml::blind-sex PASSED*", "*uji.yaml::blind-birth_date PASSED*", "*uji.yaml::merit_never_hurts-training_hours PASSED*",
        "*uji.yaml::naik setelah empat tahun PASSED*", "*uji.yaml::belum empat tahun PASSED*",
    ])  # fmt: skip


def test_a_broken_promise_and_a_failed_case_say_why(project):
    """The person who shows it, without a traceback; the word that came out otherwise."""
    written(
        project,
        *changed(x="training_hours: {at_most: 40}"),
        cases=CASES.replace("verdict: eligible", "verdict: not_applicable"),
    )
    result = project.runpytest_subprocess("--asnpolicy-since", "2026-10-01")
    result.assert_outcomes(passed=3, failed=2)
    told = result.stdout.str()
    assert "REFUTED  uji: `naik`: more `training_hours` never hurts" in told
    assert "verdict: expected not_applicable, got eligible" in told
    assert "Traceback" not in told


def test_what_is_not_known_is_skipped_unless_it_must_be_known(project):
    """No time: skipped by default, failed when strict."""
    written(project, rule({**SOUND, "x": "training_hours: {at_least: 40}"}), cases="")
    words = ("--asnpolicy-since", "2026-10-01", "--asnpolicy-timeout", "0")
    assert project.runpytest_subprocess(*words).parseoutcomes().get("skipped") == 1
    assert project.runpytest_subprocess(*words, "--asnpolicy-strict").parseoutcomes().get("failed") == 1


def test_a_policy_that_can_not_be_read_is_an_error_of_collection(project):
    """With the places of its problems; a day that is none is wrong use."""
    folder = written(project, *changed())
    file = folder / "uji.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("at_least: 4 years", "at_lest: 4 years"), encoding="utf-8")
    result = project.runpytest_subprocess()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*unknown word `at_lest`*"])
    written_again = project.runpytest_subprocess("--asnpolicy-since", "kemarin")
    assert "`kemarin` is not a date" in written_again.stdout.str() + written_again.stderr.str()


def test_the_markers_of_items_are_declared(project):
    """Under strict markers, with and without the plugin's own marker asked for."""
    written(project, *changed())
    result = project.runpytest_subprocess("-m", "asnpolicy", "--asnpolicy-since", "2026-10-01")
    result.assert_outcomes(passed=5)


def test_loading_pytest_loads_no_policy():
    """The plugin and the entry point of Hypothesis load neither the engine nor the solver."""
    code = (
        "import sys, asnpolicy.fairness.plugin, asnpolicy.fairness.hypothesis_entry as entry; entry.setup(); "
        "print(sorted({'asnpolicy.engine', 'asnpolicy.people', 'z3', 'hypothesis', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


TEN_LINES = re.search(
    r"^```python\n(# test_fairness\.py\n.*?)^```",
    (ROOT / "README.md").read_text(encoding="utf-8"),
    re.S | re.M,
)


def test_a_project_of_its_own_tests_fairness_from_the_wheel(tmp_path):
    """The test that the README shows runs where only the built wheel is installed, and finds the policies inside it."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel)],
        check=True, capture_output=True,
    )  # fmt: skip
    project = tmp_path / "project"
    project.mkdir()
    (project / "test_fairness.py").write_text(TEN_LINES[1], encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "test_fairness.py"],
        capture_output=True, text=True, cwd=project, env=env, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(site) in done.stdout


def test_the_examples_of_tests_run_as_they_are():
    """Three files: promises, properties of made people, and cases that notice every change."""
    folder = ROOT / "examples/fairness"
    assert sorted(path.name for path in folder.glob("*.py")) == [
        "test_cases.py",
        "test_promises.py",
        "test_properties.py",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)],
        capture_output=True, text=True, cwd=ROOT, check=False, env={**os.environ, "PYTEST_ADDOPTS": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.split()[0] == "." * 7
