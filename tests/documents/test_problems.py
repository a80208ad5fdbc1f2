"""The page of problems is whole and true: each code has a section, each example gives exactly its code."""

import re
from pathlib import Path

import pytest

from asnpolicy.policy.cases import cases_of, typical
from asnpolicy.policy.library import load
from asnpolicy.problems import PolicyError, Problems

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "problems.md").read_text(encoding="utf-8")
HEAD = "format: 1\nregion: contoh\nextends: nasional\ntitle: {id: Contoh, en: Example}\n"
SECTIONS = dict(re.findall(r"^### ([a-z0-9-]+)\n(.*?)(?=^#|\Z)", PAGE, re.S | re.M))
EXAMPLES = [
    (code, kind, text)
    for code, body in SECTIONS.items()
    for kind, text in re.findall(r"^```yaml( document)?\n(.*?)^```", body, re.S | re.M)
]


@pytest.mark.parametrize(("code", "kind", "text"), EXAMPLES, ids=[code for code, _, _ in EXAMPLES])
def test_an_example_gives_its_code_and_can_be_shown(code, kind, text, tmp_path):
    """What the page shows is what an author meets; every problem has a help."""
    folder = tmp_path / "contoh"
    folder.mkdir()
    (folder / "contoh.yaml").write_text(text if kind else HEAD + text, encoding="utf-8")
    problems = Problems()
    try:
        policy = load(folder)
        typical(policy, problems)
        cases_of(policy, problems)
        problems.raise_if_any()
    except PolicyError as error:
        assert {problem.code for problem in error.problems} == {code}, str(error)
        assert all(
            problem.help and problem.place and problem.snippet is not None for problem in error.problems
        ) or code in (
            "empty-file",
            "wrong-person",
            "unknown-typical",
        )
    else:
        pytest.fail("the example is fine")


def test_every_code_has_a_section():
    """No problem is told that this page does not explain."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "asnpolicy").rglob("*.py"))
    calls = r"(?:\.add|\.unknown|Problem|_tell|wrong_use|refused)\(\s*\"([a-z0-9-]+)\"\s*,"
    told = set(re.findall(calls, source)) | {"broken-yaml", "tag", "bad-line", "same-nip", "unknown-criterion"}
    assert told <= set(SECTIONS), told - set(SECTIONS)


def test_every_section_is_in_both_languages():
    """The Indonesian stands behind the English, in italics."""
    lacking = [code for code, body in SECTIONS.items() if not re.search(r"^\*[^*]", body, re.M)]
    assert lacking == []
