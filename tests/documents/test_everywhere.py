"""Whatever stands at whatever place: a policy that uses every word, and each of its places filled with something else."""

import os
from pathlib import Path
from random import Random

import pytest

from asnpolicy.policy.source.events import read
from asnpolicy.policy.source.tree import Mapping, Sequence
from asnpolicy.policy.surface import (
    cases,
    conditions,
    documents,
    figures,
    holidays,
    measures,
    operands,
    requirements,
    rules,
    sources,
    tables,
    values,
)
from asnpolicy.problems import Problems
from tests.documents.test_refused import told

TEXT = Path(__file__).with_name("everything.yaml").read_text(encoding="utf-8")
CHANGES = int(os.environ.get("ASNPOLICY_MUTANTS", "600"))
OTHERS = (
    "", "''", "3", "-1", "12.5", "abc", "none", "unknown", "true", "2024-01-01", "9999-12-31", "4 years", "14 days", "10 working days", "III/a", "each",
    "[]", "[abc]", "[[abc]]", "[{abc: 1}]", "{}", "{abc: def}", "{at_least: 3}", "{is: 3, from: 2000-01-01}", "{value: masa}",
    "{table: kuota}", "{fact: record.hours}", "{fact: rank}", "{period: end}", "{use: baik}", "{target: III/a}",
)  # fmt: skip
TREE = read("everything", TEXT.encode(), Problems())


def places(node, path=()):
    """Give the path to each place of a tree."""
    if path:
        yield path
    entries = node.entries.items() if isinstance(node, Mapping) else ()
    items = enumerate(node.items) if isinstance(node, Sequence) else ()
    for step, inner in (*((name, entry.value) for name, entry in entries), *items):
        yield from places(inner, (*path, step))


def written(node, path, other):
    """Write a tree on one line, with something else at one place; `None` leaves it out."""
    if path == ():
        return other
    at, rest = (path[0], path[1:]) if path else (None, None)
    if isinstance(node, Mapping):
        parts = (
            (name, written(entry.value, rest if name == at else None, other)) for name, entry in node.entries.items()
        )
        return "{" + ", ".join(f"{name}: {text}" for name, text in parts if text is not None) + "}"
    if isinstance(node, Sequence):
        inner = (written(item, rest if number == at else None, other) for number, item in enumerate(node.items))
        return "[" + ", ".join(text for text in inner if text is not None) + "]"
    return f"'{node.text}'" if node.quoted else node.text


def changed(path, other):
    """Write the policy, each section on a line of its own."""
    text = written(TREE, path, other)
    assert text is not None
    return text[1:-1]


def told_of(folder, text):
    """Give what is told of a policy that stands alone."""
    (folder / "semua").mkdir(exist_ok=True)
    (folder / "semua" / "semua.yaml").write_text(f"{{{text}}}\n", encoding="utf-8")
    return told(folder / "semua")


def test_the_policy_that_uses_every_word_is_fine(tmp_path):
    """Every word of the format is in it, so that a place for each is changed below."""
    assert told_of(tmp_path, changed(None, "")) == ()
    words = {
        *documents.TOP, *rules.PROMOTION, *rules.AWARD, *rules.DUTY, *rules.MENTORING, *values.VALUE_WORDS, *tables.TABLE_WORDS, *cases.CASE,
        *sources.SOURCE, *sources.ARTICLE, *holidays.HOLIDAYS, *figures.ABOUT, *figures.FORMS, *conditions.CLAUSES, *conditions.ABOUT, *measures.MEASURES, *requirements.TESTS,
        *requirements.WINDOWS, *operands.OPERANDS, "on", "column", "by", "keep", "where", "each",
    }  # fmt: skip
    there = {step for path in places(TREE) for step in path}
    assert words - there <= {"extends"}, "a region has a base elsewhere"


@pytest.mark.parametrize("seed", range(4))
def test_only_located_problems_come_of_anything_anywhere(seed, tmp_path):
    """No place, filled with anything, raises anything else; each problem has a place and a way out, and speaks of values."""
    rng = Random(seed)
    every = [(path, other) for path in places(TREE) for other in (*OTHERS, None)]
    refused = 0
    for path, other in rng.sample(every, CHANGES // 4):
        problems = told_of(tmp_path, changed(path, other))
        refused += bool(problems)
        for problem in problems:
            assert problem.place is not None, (path, other, problem)
            assert problem.help, (path, other, problem)
            assert "None" not in problem.message, (path, other, problem)
    assert refused > CHANGES // 8, "changes that are all taken test nothing"
