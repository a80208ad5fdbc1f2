"""Broken policies: whatever is written, only PolicyError comes out, and it is located."""

import os
from random import Random

import pytest

from asnpolicy.policy.cases import cases_of, typical
from asnpolicy.policy.library import load, shipped
from asnpolicy.problems import PolicyError, Problems

MUTANTS = int(os.environ.get("ASNPOLICY_MUTANTS", "60"))
FILES = {path.name: path.read_text(encoding="utf-8") for path in sorted((shipped() / "nasional").glob("*.yaml"))}
WORDS = ("none", "at_least", "is", "{value: x}", "{}", "[]", "4 years", "-1", "99999999999", "2026-02-30", "III/z", "'", '"', ": ", "- ",
         "&a", "*a", "!!python/object", "\t", "<<", "?", "|", "{", "}", "[", "]", "#", "é", "\u2028", "\x00", "all", "any", "not", "rule",
         "use", "when", "from", "target", "opening.kind", "record.rating", "unknown")  # fmt: skip


def mutant(rng):
    """Change one shipped file in one to four places."""
    name = rng.choice(list(FILES))
    text = FILES[name]
    for _ in range(rng.randrange(1, 5)):
        at = rng.randrange(len(text))
        kind = rng.randrange(6)
        lines = text.split("\n")
        line = rng.randrange(len(lines))
        if kind == 0:
            text = text[:at] + text[at + rng.randrange(1, 6) :]
        elif kind == 1:
            text = text[:at] + rng.choice(WORDS) + text[at:]
        elif kind == 2:
            lines[line] = lines[rng.randrange(len(lines))]
            text = "\n".join(lines)
        elif kind == 3:
            lines[line] = lines[line][2:] if rng.random() < 0.5 else "  " + lines[line]
            text = "\n".join(lines)
        elif kind == 4:
            words = lines[line].split(" ")
            words[rng.randrange(len(words))] = rng.choice(WORDS)
            lines[line] = " ".join(words)
            text = "\n".join(lines)
        else:
            del lines[line]
            text = "\n".join(lines)
    return name, text


@pytest.mark.parametrize("seed", range(3))
def test_only_policy_errors_come_out_of_mutated_policies(seed, tmp_path):
    """Seeded mutants of the shipped YAML (`make test-long` makes thousands): each loads, or gives located problems that can be rendered."""
    rng = Random(seed)
    folder = tmp_path / "nasional"
    folder.mkdir()
    refused = 0
    for number in range(MUTANTS // 3):
        changed, text = mutant(rng)
        for name, original in FILES.items():
            (folder / name).write_bytes((text if name == changed else original).encode("utf-8", "replace"))
        try:
            policy = load(folder)
            problems = Problems(sources=policy.merged.problems.sources)
            typical(policy, problems)
            cases_of(policy, problems)
        except PolicyError as error:
            refused += 1
            assert error.problems, number
            assert all(problem.render() for problem in error.problems)
            assert any(problem.place for problem in error.problems), (number, str(error))
    assert refused > MUTANTS // 12, "mutants that all load test nothing"
