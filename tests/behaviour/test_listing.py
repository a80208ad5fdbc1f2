"""What a policy has is listed for programs: rules, dated values, figures, facts; and loading is told to a logger."""

import logging
from datetime import date

from asnpolicy import Engine
from asnpolicy.decisions.figure import FigureValue
from asnpolicy.language.facts import FACTS
from asnpolicy.policy.cases import typical
from asnpolicy.policy.library import regions
from asnpolicy.problems import Problems
from tests.conformance.shipped import policy

JAKARTA = Engine(policy("jakarta"))


def test_a_dated_value_is_listed_with_every_version():
    """As it is written, half open, with its basis."""
    (periods,) = (one for one in JAKARTA.values if one.name == "periode_kenaikan_pangkat")
    assert [(one.since, one.until) for one in periods.versions] == [
        (date(2000, 11, 10), date(2024, 1, 1)),
        (date(2024, 1, 1), date(2025, 10, 1)),
        (date(2025, 10, 1), None),
    ]
    assert periods.versions[0].value == "04-01, 10-01"
    assert periods.versions[1].basis == "Peraturan BKN 4/2023 tentang Periodisasi Kenaikan Pangkat PNS"
    (hours,) = (one for one in JAKARTA.values if one.name == "jp_minimum")
    assert [one.value for one in hours.versions] == ["20"]


def test_every_value_and_figure_that_a_region_has_is_listed_and_works():
    """Each value has a version that begins where the one before ends; each figure that is listed is worked out."""
    for region in regions():
        engine = Engine(policy(region))
        person = next(iter(typical(engine.policy, Problems()).values()))
        for value in engine.values:
            assert value.versions
            for before, after in zip(value.versions, value.versions[1:], strict=False):
                assert before.until is not None
                assert after.since is not None
                assert before.until <= after.since, value.name
        for figure in engine.figures:
            assert figure.title.id
            assert figure.title.en
            found = engine.figure(person, figure.name, as_of=date(2026, 10, 1))
            assert isinstance(found, FigureValue)
            assert figure.unit == found.unit


def test_every_fact_that_may_be_asked_is_listed():
    """With its name in both languages, and whether it takes a window."""
    assert {one.name for one in JAKARTA.facts} == set(FACTS)
    (hours,) = (one for one in JAKARTA.facts if one.name == "training_hours")
    assert (hours.title.en, hours.kind, hours.windowed) == ("Training hours", "number", True)


def test_loading_is_told_to_a_logger_that_is_silent_by_itself(caplog, capsys):
    """A program that gives it no handler reads nothing; one that does reads which policy came from where."""
    Engine.load("surakarta")
    assert capsys.readouterr() == ("", "")
    with caplog.at_level(logging.INFO, logger="asnpolicy"):
        Engine.load("surakarta")
    assert caplog.messages[-1].startswith("loaded surakarta from ")
