"""The schema knows every word that authors may write, and the starter of a region is a policy that passes."""

import json

import pytest

from asnpolicy import Engine
from asnpolicy.decisions.trial import run
from asnpolicy.policy import library
from asnpolicy.policy.cases import cases_of
from asnpolicy.policy.schema import policy_schema
from asnpolicy.policy.starter import starter
from asnpolicy.policy.surface import (
    cases,
    conditions,
    documents,
    figures,
    measures,
    operands,
    requirements,
    rules,
    tables,
    values,
)
from asnpolicy.policy.surface.words import MEANINGS
from asnpolicy.problems import Problems

SCHEMA = policy_schema()


def parts(node):
    """Give every object inside a schema."""
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from parts(inner)


def test_the_schema_that_is_shipped_is_the_one_of_this_library():
    """An editor marks what `check` would refuse."""
    written = json.loads((library.shipped() / "policy.schema.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(SCHEMA))


def test_everything_that_is_referred_to_is_there():
    """No definition is missing."""
    named = {part["$ref"] for part in parts(SCHEMA) if "$ref" in part}
    assert named
    for one in named:
        there = SCHEMA
        for step in one.removeprefix("#/").split("/"):
            there = there[step]


@pytest.mark.parametrize("section", rules.RULE_SECTIONS)
def test_a_rule_s_words_are_described_in_both_languages(section):
    """Completion shows what a word means; no other word is taken."""
    rule = SCHEMA["properties"][section]["additionalProperties"]
    assert set(rule["properties"]) == set(rules.WORDS[section])
    assert not rule["additionalProperties"]
    assert all(" / en: " in part["description"] for part in rule["properties"].values())


def test_every_word_of_the_format_has_a_meaning_in_both_languages():
    """Whatever may be written is said to whoever completes it; fields of people and records say it by their own names."""
    words = {
        *documents.TOP, *(word for of_kind in rules.WORDS.values() for word in of_kind), *conditions.ABOUT, *conditions.CLAUSES,
        *measures.MEASURES, *requirements.TESTS, *requirements.WINDOWS, *operands.OPERANDS, *operands.BESIDE_WORDS, *cases.CASE,
        *values.VALUE_WORDS, *tables.TABLE, *tables.TABLE_WORDS, *tables.CELL_WORDS, *figures.ABOUT, *figures.FORMS,
    }  # fmt: skip
    assert words <= set(MEANINGS)
    assert all(text.id and text.en and text.id != text.en for text in MEANINGS.values())


def test_a_word_of_a_vocabulary_is_completed():
    """The official terms are listed, and `none`."""
    assert {"Baik", "Sangat Baik", "none"} <= set(SCHEMA["definitions"]["Rating-windowed"]["then"]["enum"])
    assert set(requirements.WINDOWS) <= set(SCHEMA["definitions"]["Rating-windowed"]["properties"])


def test_the_first_file_of_a_region_loads_and_its_cases_pass(tmp_path):
    """What `new region` writes is a policy from the first minute."""
    folder = tmp_path / "kabupaten-baru"
    folder.mkdir()
    (folder / "kebijakan.yaml").write_text(starter("kabupaten-baru", "nasional"), encoding="utf-8")
    engine = Engine.load(folder)
    cases = cases_of(engine.policy, Problems())
    assert len(cases) == 2
    assert all(run(engine, case).passed for case in cases)
