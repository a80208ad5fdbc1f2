"""Objects that users hold: they pickle, compare, hash, copy and print like any other, and say what they want of arguments."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest

import asnpolicy
from asnpolicy import CriterionStatus, Employee, Engine, PolicyError, UnknownNameError, WrongDataError
from tests.conformance.shipped import typical_people

DAY = date(2026, 10, 1)
RULE = "kenaikan-pangkat-reguler"


@cache
def engine() -> Engine:
    """The national policy."""
    return Engine.load("nasional")


def somebody() -> Employee:
    """A typical person."""
    return next(iter(typical_people("nasional")))


def held():
    """All that a user holds of one person."""
    person = somebody()
    return {
        "employee": person,
        "decision": engine().decide(person, RULE, as_of=DAY),
        "assessment": engine().assess(person, as_of=DAY, rules=[RULE, "jp-tahunan"]),
        "engine": engine(),
        "rules": engine().rules,
        "timeline": engine().timeline(person, RULE, since=DAY, until=date(2028, 1, 1)),
        "certificate": engine().decide(person, RULE, as_of=DAY).certificate(),
        "verification": engine().verify(engine().decide(person, RULE, as_of=DAY).certificate()),
        "criterion": engine().decide(person, RULE, as_of=DAY).criteria[0],
        "figure": engine().figure(person, "ak_dalam_jenjang", as_of=DAY),
    }


@pytest.mark.parametrize("name", held())
def test_objects_pickle_copy_and_print_short(name):
    """What comes back is equal, also after it has worked something out; nobody's birth stands in what is printed."""
    one = held()[name]
    if name == "decision":
        assert one.explain("id")
    woken = pickle.loads(pickle.dumps(one))  # noqa: S301
    assert woken == one
    assert copy.deepcopy(one) == one
    if name not in ("timeline", "certificate", "verification"):
        assert hash(woken) == hash(one)
    if name != "rules":
        assert len(repr(one)) < 200
        assert somebody().nip not in repr(one)


def test_decisions_differ_where_something_that_was_asked_differs():
    """Another rule, another day, another person, another policy."""
    person = somebody()
    one = engine().decide(person, RULE, as_of=DAY)
    others = [
        engine().decide(person, "jp-tahunan", as_of=DAY),
        engine().decide(person, RULE, as_of=date(2026, 10, 2)),
        engine().decide(person.model_copy(update={"name": "Lain"}), RULE, as_of=DAY),
        Engine.load("jakarta").decide(person, RULE, as_of=DAY),
    ]
    assert all(one != other for other in others)
    assert one == engine().decide(person, RULE, as_of=DAY)
    assert one != "eligible"


def test_an_engine_stays_as_it_is():
    """What decides is not exchanged under those who share it."""
    engine = Engine.load("nasional")
    with pytest.raises(AttributeError, match="an Engine stays as it is: `policy` can't be set"):
        engine.policy = None
    assert engine.rules is engine.rules


def test_an_engine_refuses_to_wake_up_as_another_policy(tmp_path):
    """Its sources were changed since it was pickled."""
    region = tmp_path / "contoh"
    region.mkdir()
    text = "format: 1\nregion: contoh\ntitle: {id: Contoh, en: Example}\nvalues: {satu: {versions: [{from: 2020-01-01, value: 1}]}}\n"
    path = region / "contoh.yaml"
    rule = (
        "promotions:\n  naik:\n    title: {id: Naik, en: Up}\n    standing: illustrative\n    applies_to: {employment: PNS}\n"
        "    require: {a: {title: {id: A, en: A}, rank: III/a}}\n"
    )
    path.write_text(text.partition("values")[0] + rule)
    kept = pickle.dumps(Engine.load(region))
    assert pickle.loads(kept) == Engine.load(region)  # noqa: S301
    path.write_text(text.partition("values")[0] + rule.replace("III/a", "III/b"))
    with pytest.raises(PolicyError, match="another than the one that was pickled"):
        pickle.loads(kept)  # noqa: S301


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("2026-10-01", "read it with `date.fromisoformat`"),
        (datetime(2026, 10, 1), r"take its day with `.date\(\)`"),
        (None, "not None"),
    ],
)
def test_a_wrong_day_is_told_in_one_sentence(given, told):
    """In every question that takes one."""
    for ask in (
        lambda: engine().decide(somebody(), RULE, as_of=given),
        lambda: engine().assess(somebody(), as_of=given),
        lambda: engine().path(somebody(), as_of=given),
        lambda: engine().timeline(somebody(), RULE, since=given, until=DAY),
    ):
        with pytest.raises(TypeError, match=told):
            ask()


def test_other_wrong_arguments_are_told_in_one_sentence():
    """A dictionary for a person, no rule, one name where several are asked for, a day after the last."""
    with pytest.raises(TypeError, match="`employee` is an `Employee`, not a `dict`"):
        engine().decide({"nip": "1"}, RULE, as_of=DAY)
    with pytest.raises(TypeError, match="`rule` is a text, not None"):
        engine().decide(somebody(), None, as_of=DAY)
    with pytest.raises(TypeError, match="`rules` is a list of names"):
        engine().assess(somebody(), as_of=DAY, rules=RULE)
    with pytest.raises(PolicyError, match="ask for an earlier day"):
        engine().decide(somebody(), RULE, as_of=date.max)


def test_errors_are_told_apart_by_their_class():
    """A name that is not there, and data that can't be so; each is a PolicyError."""
    for ask in (
        lambda: engine().decide(somebody(), "kenaikan", as_of=DAY),
        lambda: engine().timeline(somebody(), "kenaikan", since=DAY, until=date(2027, 1, 1)),
        lambda: engine().decide(somebody(), "pengangkatan-pengawas", as_of=DAY, target="x"),
        lambda: engine().figure(somebody(), "angka", as_of=DAY),
        lambda: Engine.load("jakata"),
        lambda: Engine.load("nasional", backend="cepat"),
    ):
        with pytest.raises(UnknownNameError):
            ask()
    with pytest.raises(WrongDataError, match="did you mean `PNS`"):
        Employee(nip=somebody().nip, employment="PNSS")
    assert issubclass(UnknownNameError, PolicyError)


def test_rules_say_what_they_need_and_read():
    """Enough for a program that offers them: kind, title, basis, span, and what must be given beside the person."""
    rules = {rule.id: rule for rule in engine().rules}
    assert set(rules) == set(engine().policy.rules)
    assert rules["pengangkatan-pengawas"].needs == ("opening",)
    assert rules["kenaikan-pangkat-reguler"].needs == ()
    assert "ranks" in rules["kenaikan-pangkat-reguler"].reads
    assert rules["kenaikan-pangkat-reguler"].until is None
    assert all(rule.title.id and rule.title.en for rule in rules.values())
    pairs = [rule for rule in rules.values() if rule.kind == "pair"]
    assert pairs
    assert all("mentor" in rule.needs for rule in pairs)


def test_statuses_of_criteria_are_an_enum():
    """They compare as the texts that they are."""
    statuses = {one.status for one in engine().decide(somebody(), "jp-tahunan", as_of=DAY).criteria}
    assert statuses <= set(CriterionStatus)
    assert CriterionStatus.HELD == "held"


TYPED = """
from datetime import date

from asnpolicy import COMPLETE, OPEN, Employee, Employment, Engine, History, PostKind, PostRecord, Rank, RankRecord

person = Employee(
    nip="199001012015031001",
    employment=Employment.PNS,
    cpns_on=date(2015, 3, 1),
    ranks=History[RankRecord](records=(RankRecord(rank=Rank.III_A, since=date(2019, 4, 1)),), complete_since=COMPLETE),
    posts=History[PostRecord](records=(PostRecord(kind=PostKind.PELAKSANA, since=date(2015, 3, 1), until=OPEN, acting=False),)),
)
decision = Engine.load("nasional").decide(person, "jp-tahunan", as_of=date(2026, 10, 1))
outcome: str = (decision.state or decision.verdict).value
needs: tuple[str, ...] = Engine.load("nasional").rules[0].needs
"""


def test_a_typed_program_builds_people_without_dictionaries(tmp_path):
    """It runs, and mypy finds nothing in it."""
    program = tmp_path / "program.py"
    program.write_text(TYPED)
    exec(compile(TYPED, str(program), "exec"), {})  # noqa: S102
    root = Path(asnpolicy.__file__).parents[1]
    found = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--follow-imports=silent", str(program)],
        capture_output=True, text=True, check=False, cwd=root, env={"MYPYPATH": str(root), "PATH": "", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert found.returncode == 0, found.stdout


def test_everything_exported_is_there():
    """Each name that `dir` shows can be had."""
    assert all(getattr(asnpolicy, name) is not None for name in dir(asnpolicy))


def test_a_promise_is_written_with_its_records_and_with_no_others():
    """What is written without defaults is read again; who asks for the promise alone gets no empty list of somebody's records."""
    one = Employee.model_validate({"nip": somebody().nip, "ranks": {"records": [], "complete_since": "all"}})
    assert Employee.model_validate_json(one.model_dump_json(exclude_defaults=True)) == one
    served = somebody().model_dump(mode="json", include={"ranks": {"complete_since"}})
    assert somebody().ranks.records
    assert served["ranks"] == {"complete_since": "all"}
