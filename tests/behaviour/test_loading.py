"""Loading an engine: whatever can't be is said then, in one sentence, and not when somebody is decided."""

import sys

import pytest

from asnpolicy import Engine, PolicyError
from asnpolicy.backends.rete import adapter


def told(*given, **how):
    with pytest.raises(PolicyError) as error:
        Engine.load(*given, **how)
    (problem,) = error.value.problems
    return problem


def test_a_name_that_is_too_long_is_one_short_sentence():
    """The system's own words, without five thousand letters of it."""
    problem = told("x" * 5000)
    assert problem.code == "system"
    assert problem.message == f"can't use `{'x' * 60}…`: file name too long"


@pytest.mark.parametrize(
    ("version", "message", "way_out"),
    [((3, 12, 1), "the back end `rete` needs the extra `rete`", "pip install 'asnpolicy[rete]'"),
     ((3, 13, 0), "the back end `rete` does not run on Python 3.13", "choose `compiled`")],
)  # fmt: skip
def test_an_engine_without_its_extra_is_refused_at_once(monkeypatch, version, message, way_out):
    """Before anything is decided or written; where it can't be installed, that is not the advice."""
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    monkeypatch.setattr(adapter.sys, "version_info", version)
    problem = told("nasional", backend="rete")
    assert (problem.code, message in problem.message) == ("missing-extra", True)
    assert problem.help.startswith(way_out)


def test_an_engine_of_another_name_is_refused_with_what_was_meant():
    """An unknown back end is told as before."""
    assert told("nasional", backend="compild").help == "did you mean `compiled`?"
