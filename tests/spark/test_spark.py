"""On a cluster people are decided as in tables on one machine, cell by cell, whatever is damaged, double, unknown or of nobody."""

import doctest
import re
import shutil
from datetime import date
from functools import cache

import polars as pl
import pytest

from asnpolicy import Agency, Engine
from asnpolicy.exchange.spark import SparkWorkforce
from asnpolicy.exchange.synth import workforce
from asnpolicy.policy.library import regions, shipped
from asnpolicy.problems import PolicyError
from asnpolicy.workforce import Workforce
from tests.conformance.registers import CODES, DAY, plain, registers, spaced
from tests.conformance.test_workforce import drawn
from tests.spark.cluster import ROOT, WORKERS

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
ONE, OTHER = "199001012015031001", "199106152016042002"
REGULER = "kenaikan-pangkat-reguler"
PAGE = ROOT / "docs" / "how-to" / "run-on-spark.md"

engine = cache(Engine.load)


def sent(spark, frames, parts=2):
    """Give tables as DataFrames of Spark, in parts that have nothing to do with people."""
    return {name: spark.createDataFrame(plain(frame).to_arrow()).repartition(parts) for name, frame in frames.items()}


def fetched(frame):
    """Give the rows of a DataFrame of Spark by number."""
    return pl.from_arrow(frame.toArrow()).sort("nip")


def same(spark, region, frames, as_of=DAY, **asked):
    """Hold what a cluster says to what one machine says, cell by cell; return both workforces and the answers."""
    here = Workforce.from_frames(**frames)
    there = SparkWorkforce.from_frames(**sent(spark, frames))
    expected = plain(engine(region).assess_frame(here, as_of=as_of, **asked)).sort("nip")
    found = fetched(there.assess(engine(region), as_of=as_of, **asked))
    assert found.schema == expected.schema
    assert [name for name in expected.columns if not found[name].equals(expected[name], null_equal=True)] == []
    return here, there, found


@pytest.mark.parametrize("region", regions())
def test_every_rule_is_decided_on_a_cluster_as_on_one_machine(spark, region):
    """People whose registers are damaged, written in two ways, double, unknown and of nobody, in one workforce."""
    here, there, found = same(spark, region, registers(region))
    assert found.height == len(here)
    assert {one.code for one in here.amiss} == CODES
    assert sorted(map(str, there.amiss)) == sorted(str(one) for one in here.amiss if one.code != "written-otherwise")
    assert found["passed_on"].any()


@pytest.mark.parametrize("region", regions())
def test_a_workforce_in_order_is_decided_on_a_cluster_as_on_one_machine(spark, region):
    """Nothing is amiss, and most is decided: what is equal is not that all is undetermined."""
    people = list(workforce(50, seed=18, as_of=DAY))
    _, there, found = same(spark, region, Workforce.of(people).frames())
    assert there.amiss == ()
    assert found[REGULER].n_unique() >= 3


def test_details_and_single_rules_are_as_on_one_machine(spark):
    """The status of each criterion, and lists of what is missing."""
    as_of, people = drawn("nasional", 0.3)
    _, _, found = same(spark, "nasional", Workforce.of(people).frames(), as_of, rules=[REGULER], detail=True)
    assert found[f"{REGULER}:missing"].list.len().sum() > 0
    assert f"{REGULER}#masa-pangkat" in found.columns


def test_openings_of_an_agency_are_asked_about_on_a_cluster(spark):
    """Each person before each, with what is lacked of its standard."""
    agency = Agency.model_validate_json((ROOT / "examples" / "agencies" / "nasional.json").read_text(encoding="utf-8"))
    people = list(workforce(30, seed=19, as_of=DAY))
    asked = {"agency": agency, "rules": ["pengangkatan-administrator"]}
    _, _, found = same(spark, "nasional", Workforce.of(people).frames(), **asked)
    assert f"pengangkatan-administrator[{agency.openings[0].id}]" in found.columns


# Rows of nobody


def test_a_row_of_nobody_counts_for_everybody_wherever_it_lies(spark):
    """Who is in another partition than the stray sanction is not clean for it either."""
    people = list(workforce(60, seed=19, as_of=DAY))
    frames = {name: plain(frame) for name, frame in Workforce.of(people).frames().items()}
    _, clean, before = same(spark, "nasional", frames, rules=[REGULER])
    stray = pl.DataFrame({"nip": ["198001012005011009"]})
    frames["sanctions"] = pl.concat([frames["sanctions"], stray], how="diagonal")
    _, there, after = same(spark, "nasional", frames, rules=[REGULER])
    assert (clean.void, there.void) == (frozenset(), {"sanctions"})
    assert "eligible" in before[REGULER].to_list()
    assert "eligible" not in after[REGULER].to_list()


def test_people_without_a_number_that_can_be_one_are_nobody(spark):
    """If nobody else is there, it is said before anything runs."""
    nobody = spark.createDataFrame([("12",), (None,)], "nip string")
    with pytest.raises(PolicyError, match="has no rows"):
        SparkWorkforce.from_frames(nobody).assess(engine("nasional"), as_of=DAY)


def test_one_person_written_in_two_ways_is_one(spark):
    """Printed with spaces among people and without among records, or the other way round: each meets their own records."""
    whole = Workforce.of(list(workforce(40, seed=21, as_of=DAY)))
    expected = plain(engine("nasional").assess_frame(whole, as_of=DAY, rules=[REGULER]).sort("nip"))
    assert "eligible" in expected[REGULER].to_list()
    for those in ({"employees"}, set(whole.histories)):
        frames = {
            name: frame.with_columns(pl.col("nip").map_elements(spaced, pl.String)) if name in those else frame
            for name, frame in whole.frames().items()
        }
        staff = SparkWorkforce.from_frames(**sent(spark, frames))
        assert fetched(staff.assess(engine("nasional"), as_of=DAY, rules=[REGULER])).equals(expected)
        assert staff.void == frozenset()


def test_a_midnight_of_jakarta_is_its_own_day(spark):
    """Days that come as moments are read by the clock of the session: not as the day before, which midnight is in Greenwich."""
    whole = Workforce.of(list(workforce(40, seed=22, as_of=DAY)))
    expected = plain(engine("nasional").assess_frame(whole, as_of=DAY, rules=[REGULER]).sort("nip"))
    tables = sent(spark, whole.frames())
    tables["ranks"] = tables["ranks"].withColumn("since", tables["ranks"]["since"].cast("timestamp"))
    staff = SparkWorkforce.from_frames(**tables)
    assert fetched(staff.assess(engine("nasional"), as_of=DAY, rules=[REGULER])).equals(expected)
    assert staff.amiss == ()


# The door


def test_what_is_wrong_with_tables_is_told_before_anything_runs(spark):
    """All of it at once, by table and column, as for tables on one machine."""
    people = spark.createDataFrame([(ONE, 1)], "nip string, unti int")
    ranks = spark.createDataFrame([(ONE, 1.5)], "nip string, since double")
    with pytest.raises(PolicyError) as caught:
        SparkWorkforce.from_frames(people, ranks=ranks)
    assert [one.code for one in caught.value.problems] == ["unknown-column", "wrong-type"]
    with pytest.raises(PolicyError, match="unknown table `rangks`"):
        SparkWorkforce.from_frames(people, rangks=ranks)
    with pytest.raises(PolicyError, match="is no DataFrame of Spark"):
        SparkWorkforce.from_frames(pl.DataFrame({"nip": [ONE]}))
    with pytest.raises(PolicyError, match="unknown rule `kenaikan`"):
        fine = SparkWorkforce.from_frames(people.drop("unti"))
        fine.assess(engine("nasional"), as_of=DAY, rules=["kenaikan"])


def test_a_worker_with_another_policy_refuses(spark, tmp_path):
    """The policy was changed between the question and the answer: nobody is decided by the new one unasked."""
    for name in ("nasional", "jakarta"):
        shutil.copytree(shipped() / name, tmp_path / name)
    own = Engine.load(tmp_path / "jakarta")
    people = spark.createDataFrame([(ONE, "PNS")], ["nip", "employment"])
    answers = SparkWorkforce.from_frames(people).assess(own, as_of=DAY, rules=[REGULER])
    assert answers.count() == 1
    file = next(
        file for file in (tmp_path / "nasional").glob("*.yaml") if "4 years" in file.read_text(encoding="utf-8")
    )
    file.write_text(file.read_text(encoding="utf-8").replace("4 years", "3 years"), encoding="utf-8")
    fresh = SparkWorkforce.from_frames(people).assess(own, as_of=date(2026, 10, 2), rules=[REGULER])
    with pytest.raises(Exception, match="is another than the one that was pickled"):
        fresh.collect()


def test_the_cluster_is_one(spark):
    """A master, and as many executors as workers beside the driver: not threads of this process."""
    seen = spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size()
    assert (spark.sparkContext.master.startswith("spark://127.0.0.1"), seen) == (True, WORKERS + 1)


# What is written


@pytest.mark.usefixtures("spark")
def test_the_example_in_the_documentation_of_the_class_runs():
    """It is skipped where there is no cluster."""
    text = SparkWorkforce.__doc__.replace("# doctest: +SKIP", "")
    example = doctest.DocTestParser().get_doctest(text, {"SparkWorkforce": SparkWorkforce}, "SparkWorkforce", None, 0)
    assert doctest.DocTestRunner().run(example).failed == 0


@pytest.mark.usefixtures("spark")
def test_the_program_on_the_page_prints_what_is_shown(tmp_path, capsys):
    """Tables in, a table out, and what was amiss."""
    text = PAGE.read_text(encoding="utf-8")
    ((program, shown),) = re.findall(r"^```python\n(.*?)^```\n+```text\n(.*?)^```", text, re.S | re.M)
    people = list(workforce(40, seed=20, as_of=DAY))
    Workforce.of(people).write(tmp_path / "tables")
    for name in ("tables/", "answers"):  # the cluster has its own idea of where it stands
        program = program.replace(f'"{name}', f'"{tmp_path}/{name}')
    exec(program, {})  # noqa: S102
    assert capsys.readouterr().out == shown
