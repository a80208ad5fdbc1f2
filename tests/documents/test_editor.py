"""The schema in the real yaml-language-server: nothing marked on what is right, slips marked on their lines, words offered."""

import json
import re

import pytest

from asnpolicy.policy import library
from asnpolicy.policy.region_schema import region_schema
from tests.documents.editor import SERVER, Editor
from tests.documents.test_slips import REGION, changed, slips

pytestmark = pytest.mark.skipif(
    not SERVER.exists(), reason="the yaml-language-server is not installed: `make editor` does, with npm"
)
MARKED = (
    "a word of a rule, misspelt", "a word of a rule, in Indonesian", "a word of the language with a capital",
    "a title in one language", "a word of another language for a bound", "a fact without its underscore", "a rank with a dash",
    "a day with the day first", "a length of time in Indonesian", "yes in Indonesian", "a verdict in Indonesian",
    "a comma in a title inside braces",
)  # fmt: skip
"""Twelve slips that an editor might mark while they are written."""


@pytest.fixture(scope="module")
def general():
    """Open an editor with the schema that is shipped."""
    editor = Editor(library.shipped() / "policy.schema.json")
    yield editor
    editor.close()


@pytest.fixture(scope="module")
def of_region(tmp_path_factory):
    """Open an editor with the schema of the region of the slips."""
    folder = tmp_path_factory.mktemp("policies") / "kota-bandung"
    folder.mkdir()
    (folder / "kebijakan.yaml").write_text(REGION, encoding="utf-8")
    path = folder.parent / "policy.schema.json"
    path.write_text(json.dumps(region_schema(library.load(folder))), encoding="utf-8")
    editor = Editor(path)
    yield editor
    editor.close()


def without_schema_line(text):
    """Give a text without the line that names a schema: the editor has ours, and lines keep their numbers."""
    return re.sub(r"\A# yaml-language-server.*", "#", text)


def test_nothing_is_marked_on_shipped_files(general, of_region):
    """An editor that cries wolf is turned off."""
    for path in sorted(library.shipped().rglob("*.yaml")):
        text = without_schema_line(path.read_text(encoding="utf-8"))
        assert general.open(f"{path.parent.name}-{path.name}", text) == [], path
    assert of_region.open("kota-bandung.yaml", without_schema_line(REGION)) == []


def marked(editor):
    """Give those of the twelve slips that are marked on their line."""
    given = {param.id.partition(": ")[2]: param.values[1] for param in slips()}
    found = set()
    for at, heading in enumerate(MARKED):
        line = int(re.search(r"\+(\d+)", given[heading])[1])
        told = editor.open(f"slip-{at}.yaml", without_schema_line(changed(given[heading])))
        found |= {heading} if line in {where for where, _ in told} else set()
    return found


def test_slips_are_marked_on_their_lines(general, of_region):
    """Ten of twelve by the schema that is shipped; a fact that nobody knows too by that of the region."""
    assert len(marked(general)) >= 10
    assert "a fact without its underscore" in marked(of_region)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("education_level: {at_least: S-1}", "education_level: {at_least: ", "S-2"),
        ("education_level: {at_least: S-1}", "education_level:\n          at_least: ", "D-III"),
        ("within: pengangkatan-pengawas", "within: ", "pengangkatan-pengawas"),
        ("    basis: perwal pasal 5\n", "    basis: ", "perwal"),
        ("verdict: eligible", "verdict: ", "not_applicable"),
        ("state: overdue", "state: ", "overdue"),
        ("    rule: pengawas-bandung\n", "    rule: ", "jp-bidang-pendidikan"),
        ("strength: wajib", "strength: ", "dianjurkan"),
    ],
)
def test_words_are_offered(of_region, old, new, word):
    """Values behind a comparison, rules of the base, sources, and what can come out of a case."""
    text = without_schema_line(REGION)
    at = text.index(old)
    text = (
        text[:at]
        + new
        + ("}" if new.count("{") > new.count("}") else "")
        + ("\n" if old.endswith("\n") else "")
        + text[at + len(old) :]
    )
    end = at + len(new)
    line, column = text.count("\n", 0, end) + 1, end - text.rfind("\n", 0, end)
    assert word in of_region.offered(f"{abs(hash(new))}.yaml", text, line, column)


def test_the_schema_stays_small():
    """An editor reads it at each start."""
    assert (library.shipped() / "policy.schema.json").stat().st_size < 120_000
