"""Benchmarks start, and what they hold the engine against is right."""

from importlib import import_module
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"
MODULES = sorted(path.stem for path in BENCH.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", MODULES)
def test_a_benchmark_can_be_started(name):
    """Each imports what is there; it runs only when it is asked for."""
    import_module(f"bench.{name}")


@pytest.mark.parametrize("part", ["flat", "real"])
def test_the_rule_by_hand_and_the_engine_say_the_same(part, monkeypatch):
    """A ratio to code that decides otherwise would mean nothing: each part asserts that all of them agree."""
    bench = import_module("bench.__main__")
    monkeypatch.setattr(bench, "PEOPLE", 60)
    monkeypatch.setattr(bench, "ROUNDS", 1)
    monkeypatch.setattr(bench, "PEERS", {})
    rows = getattr(bench, part)()
    assert len(rows) > 1
