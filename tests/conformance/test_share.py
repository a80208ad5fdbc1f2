"""A worker's share of the people is decided as the whole is, however it is cut, without any cluster."""

import pickle
import shutil
from collections import defaultdict
from dataclasses import replace
from functools import cache

import pytest

from asnpolicy import Engine
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.policy.library import regions, shipped
from asnpolicy.problems import PolicyError

pl = pytest.importorskip("polars", reason="the extra `columns` is not installed")
pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

from asnpolicy.exchange.spark import share  # noqa: E402  # needs the extras
from asnpolicy.exchange.spark.share import Share  # noqa: E402
from asnpolicy.workforce import Workforce  # noqa: E402
from tests.conformance.registers import DAY, plain, registers  # noqa: E402
from tests.conformance.shipped import own, policy  # noqa: E402

REGULER = "kenaikan-pangkat-reguler"
engine = cache(Engine.load)


def digits(number):
    """Give what people and records are brought together by."""
    return "".join(one for one in number or "" if one.isdigit() and one.isascii())


def batches(frames, size):
    """Give tables as a cluster gives them: a row a person, with a list of rows for each table in any order, in batches."""
    groups = defaultdict(lambda: {name: [] for name in frames})
    for name, frame in frames.items():
        for row in plain(frame).sample(fraction=1, shuffle=True, seed=5).iter_rows(named=True):
            if digits(row["nip"]):
                groups[digits(row["nip"])][name].append(row)
    rows = [one for one in groups.values() if one["employees"]]
    types = {
        name: pa.list_(pa.struct(list(plain(frame).to_arrow().schema.remove_metadata())))
        for name, frame in frames.items()
    }
    columns = {name: pa.array([one[name] for one in rows], type_) for name, type_ in types.items()}
    return pa.table(columns).to_batches(size)


def void(whole):
    """Name the histories with rows of nobody, as one looks them up first."""
    return frozenset(one.table for one in whole.amiss if one.code in ("orphan", "no-person"))


@cache
def own_rules(region):
    """Name the rules that columns decide and a region does not have from its base word for word: those are asked there."""
    named = {rule.id for rule in own(region)[policy(region).program(DAY)].rules}
    return tuple(one.id for one in engine(region).frame_maker(as_of=DAY).layout.rules if one.id in named)


def asked(region, whole, **changes):
    """Give the question as it travels."""
    made = Share(pickle.dumps(engine(region)), DAY, NO_AGENCY, own_rules(region), False, void(whole))
    return replace(made, **changes)


def answers(batches_):
    """Give batches of answers as one frame by number."""
    return pl.concat([pl.from_arrow(one) for one in batches_]).sort("nip")


@cache
def decided(region):
    """Give the people of a register as a cluster gives them, the question, and what the whole comes to."""
    frames = registers(region)
    whole = Workforce.from_frames(**frames)
    expected = plain(engine(region).assess_frame(whole, as_of=DAY, rules=own_rules(region))).sort("nip")
    return batches(frames, 5), asked(region, whole), expected


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("together", [1, 7, 20_000])
def test_a_share_is_decided_as_the_whole(region, together, monkeypatch):
    """Whoever is decided beside whom: damaged, double, unknown and of nobody, each cell is the same."""
    monkeypatch.setattr(share, "SIZE", together)
    given, question, expected = decided(region)
    found = answers(question(given))
    assert [name for name in expected.columns if not found[name].equals(expected[name], null_equal=True)] == []
    assert found.schema == expected.schema


def test_a_policy_is_loaded_once_a_process_for_one_question(monkeypatch):
    """Not once a batch, nor once a partition; another question, or another day, is another."""
    loaded = []
    monkeypatch.setattr(share.pickle, "loads", lambda given: loaded.append(given) or pickle._loads(given))
    share._maker.cache_clear()
    whole = Workforce.from_frames(**registers("nasional"))
    question = asked("nasional", whole, rules=(REGULER,))
    for _ in range(2):
        for batch in batches(registers("nasional"), 10):
            assert answers(question([batch])).height
    assert len(loaded) == 1
    list(replace(question, rules=("jp-tahunan",))(batches(registers("nasional"), 10)[:1]))
    assert len(loaded) == 2


def test_a_worker_with_another_library_refuses():
    """Two versions may decide differently: all of a run are decided by the one where it was asked."""
    whole = Workforce.from_frames(**registers("nasional"))
    share._maker.cache_clear()
    with pytest.raises(PolicyError, match=r"asnpolicy is .* on a worker, and 0\.0\.1 where it was asked"):
        next(asked("nasional", whole, library="0.0.1")(batches(registers("nasional"), 10)))


def test_a_batch_of_nobody_gives_no_answer():
    """Rows whose number can't be one, with their records, are nobody's: the rest of the workforce goes on."""
    frames = {"employees": pl.DataFrame({"nip": ["12"]}), "ranks": pl.DataFrame({"nip": ["12"], "rank": ["III/a"]})}
    whole = Workforce.from_frames(**registers("nasional"))
    assert list(asked("nasional", whole, rules=(REGULER,))(batches(frames, 5))) == []


def test_an_engine_of_a_shipped_policy_pickles_by_its_name_and_another_by_its_place(tmp_path):
    """The library lies elsewhere on another machine; a folder of one's own has to lie where it lay."""
    assert engine("jakarta").__reduce__()[1][0] == "jakarta"
    for name in ("nasional", "jakarta"):
        shutil.copytree(shipped() / name, tmp_path / name)
    own = Engine.load(tmp_path / "jakarta")
    assert own.__reduce__()[1][0] == tmp_path / "jakarta"
    assert pickle.loads(pickle.dumps(own)) == own  # noqa: S301  # it is our own
