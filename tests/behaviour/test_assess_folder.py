"""From Parquet to Parquet: bucket by bucket, whole or not at all, taken up where it was stopped."""

from datetime import date

import pytest

from asnpolicy import Engine
from asnpolicy.exchange.synth import careers, workforce
from asnpolicy.problems import PolicyError
from tests.commands import run

pl = pytest.importorskip("polars", reason="the extra `columns` is not installed")

from asnpolicy.exchange import folders, synth_tables  # noqa: E402  # need the extra
from asnpolicy.exchange.folders import assess_folder  # noqa: E402
from asnpolicy.workforce import Workforce  # noqa: E402

DAY = date(2026, 10, 1)
RULES = ["kenaikan-pangkat-reguler", "jp-tahunan"]


@pytest.fixture(scope="module")
def engine():
    return Engine.load("nasional")


@pytest.fixture(scope="module")
def maker(engine):
    return engine.frame_maker(as_of=DAY, rules=RULES)


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables") / "staff"
    Workforce.of(list(workforce(30, seed=2, as_of=DAY))).write(folder)
    return folder


def read(folder):
    return pl.read_parquet(folder / "*.parquet").sort("nip")


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_buckets_do_not_change_the_answers(engine, maker, source, tmp_path, size):
    """They are those of the whole workforce at once."""
    done = assess_folder(maker, source, tmp_path / "out", policy="p", size=size)
    whole = engine.assess_frame(Workforce.read(source), as_of=DAY, rules=RULES)
    assert read(tmp_path / "out").equals(whole.sort("nip"))
    assert (done.people, done.passed_on, done.told()) == (30, int(whole["passed_on"].sum()), [])
    assert {file.suffix for file in (tmp_path / "out").iterdir()} == {".parquet"}
    assert not (tmp_path / "out.half").exists()


class StoppedError(Exception):
    """The run is killed here."""


def stopped_after(buckets):
    """Kill a run after some buckets."""
    count = 0

    def advance(people):
        nonlocal count
        count += people > 0
        if count == buckets:
            raise StoppedError

    return advance


def test_a_run_that_is_stopped_never_looks_whole_and_is_taken_up(maker, source, tmp_path, monkeypatch):
    """The folder has its name only when all is there; what was done is not done again."""
    with pytest.raises(StoppedError):
        assess_folder(maker, source, tmp_path / "out", policy="p", size=10, advance=stopped_after(2))
    assert not (tmp_path / "out").exists()
    made = []
    frame = type(maker).frame
    monkeypatch.setattr(type(maker), "frame", lambda self, part: made.append(len(part)) or frame(self, part))
    done = assess_folder(maker, source, tmp_path / "out", policy="p", size=10)
    assert (made, done.taken_up, done.people) == ([10], 2, 30)
    assert read(tmp_path / "out").height == 30


def test_a_bucket_that_fails_ends_the_run_and_what_was_done_is_kept(maker, source, tmp_path, monkeypatch):
    """The next run goes on from there."""
    frame, made = type(maker).frame, []

    def once(self, part):
        made.append(len(part))
        if len(made) == 2:
            raise StoppedError
        return frame(self, part)

    monkeypatch.setattr(type(maker), "frame", once)
    with pytest.raises(StoppedError):
        assess_folder(maker, source, tmp_path / "out", policy="p", size=10)
    assert not (tmp_path / "out").exists()
    monkeypatch.setattr(type(maker), "frame", frame)
    done = assess_folder(maker, source, tmp_path / "out", policy="p", size=10)
    assert (done.taken_up, done.people) == (1, 30)
    assert read(tmp_path / "out").height == 30


def test_several_processes_write_what_one_does(maker, source, tmp_path):
    """In parts as much smaller, so that as many people are in memory."""
    tables = tmp_path / "tables"
    Workforce.read(source).write(tables)
    one = assess_folder(maker, tables, tmp_path / "one", policy="p", size=7)
    two = assess_folder(maker, tables, tmp_path / "two", policy="p", size=7, jobs=2)
    assert read(tmp_path / "two").equals(read(tmp_path / "one"))
    assert (two.people, two.passed_on, two.told()) == (one.people, one.passed_on, one.told())


def test_a_row_of_nobody_is_heeded_in_several_processes(maker, source, tmp_path):
    """One of them meets it, and all are asked again."""
    tables = tmp_path / "tables"
    made = Workforce.read(source)
    made.write(tables)
    stray = pl.DataFrame({"nip": [f"{int(max(made.employees['nip'])) + 1}"], "code": ["x"]}).cast({"nip": pl.String})
    trainings = pl.concat([pl.read_parquet(tables / "trainings.parquet"), stray], how="diagonal_relaxed").sort("nip")
    trainings.write_parquet(tables / "trainings.parquet")
    done = assess_folder(maker, tables, tmp_path / "out", policy="p", size=10, jobs=2)
    assert (done.people, done.amiss) == (30, {("orphan", "trainings", "nip"): 1})
    assert "owed" not in read(tmp_path / "out")["jp-tahunan"].to_list()


@pytest.mark.parametrize("other", [{"policy": "q"}, {"size": 15}])
def test_another_question_is_not_taken_up(maker, source, tmp_path, other):
    """What was done for another policy or other buckets is thrown away."""
    with pytest.raises(StoppedError):
        assess_folder(maker, source, tmp_path / "out", policy="p", size=10, advance=stopped_after(2))
    done = assess_folder(maker, source, tmp_path / "out", **{"policy": "p", "size": 10, **other})
    assert (done.taken_up, done.people) == (0, 30)


def test_a_table_written_anew_is_not_taken_up(maker, source, tmp_path):
    """Its answers would be of two registers."""
    tables = tmp_path / "tables"
    Workforce.read(source).write(tables)
    with pytest.raises(StoppedError):
        assess_folder(maker, tables, tmp_path / "out", policy="p", size=10, advance=stopped_after(1))
    Workforce.read(source).write(tables)
    assert assess_folder(maker, tables, tmp_path / "out", policy="p", size=10).taken_up == 0


def test_a_row_of_nobody_in_any_bucket_makes_the_table_complete_for_nobody(maker, source, tmp_path):
    """Even for the people of buckets that were done before it was met."""
    tables = tmp_path / "tables"
    made = Workforce.read(source)
    made.write(tables)
    last = max(made.employees["nip"])
    stray = pl.DataFrame({"nip": [f"{int(last) + 1}"], "code": ["x"]}).cast({"nip": pl.String})
    trainings = pl.concat([pl.read_parquet(tables / "trainings.parquet"), stray], how="diagonal_relaxed").sort("nip")
    trainings.write_parquet(tables / "trainings.parquet")
    done = assess_folder(maker, tables, tmp_path / "out", policy="p", size=10)
    assert done.amiss == {("orphan", "trainings", "nip"): 1}
    states = read(tmp_path / "out")["jp-tahunan"].to_list()
    before = maker.frame(made)["jp-tahunan"].to_list()
    assert "owed" in before
    assert "owed" not in states
    assert "overdue" not in states


def test_a_folder_that_is_there_is_left_alone(maker, source, tmp_path):
    """Whatever is in it."""
    (tmp_path / "out").mkdir()
    with pytest.raises(PolicyError, match="is there already"):
        assess_folder(maker, source, tmp_path / "out", policy="p")


def test_many_people_have_numbers_and_days_of_birth_of_their_own(tmp_path, monkeypatch):
    """They are some careers again, coherent, the same for the same seed, in files of so many people each."""
    monkeypatch.setattr(synth_tables, "CAREERS", 20)
    monkeypatch.setattr(synth_tables, "PART", 40)
    for name in ("one", "two"):
        synth_tables.write(tmp_path / name, 100, seed=3, as_of=DAY)
    made, again = Workforce.read(tmp_path / "one"), Workforce.read(tmp_path / "two")
    assert made.employees["nip"].n_unique() == 100
    assert (made.employees.equals(again.employees), made.amiss) == (True, ())
    assert len(list((tmp_path / "one" / "ranks").iterdir())) == 3
    unknown = [one for person in made for one in person.findings(DAY) if one.unknown]
    assert len(unknown) <= 5


def test_the_command_line_goes_from_tables_to_tables(tmp_path):
    """Made up, assessed, and told how many were decided one by one."""
    tables, out = tmp_path / "tables", tmp_path / "out"
    day = ("--as-of", "2026-10-01", "--format", "parquet")
    assert run("synth", "nasional", "-n", 12, *day, "-o", tables).returncode == 0
    done = run("assess", "nasional", tables, *day, "--rule", RULES[0], "-o", out)
    assert (done.returncode, done.stdout) == (0, "")
    assert "12 people in" in done.stderr
    assert read(out).height == 12
    for words, said in (
        (("assess", "nasional", tables, *day), "and none is named"),
        (("assess", "nasional", tables / "ranks.parquet", *day, "-o", tmp_path / "x"), "is no folder"),
        (("assess", "nasional", tables, *day, "--applicable", "-o", tmp_path / "x"), "has no meaning"),
        (("synth", "nasional", "-n", 3, *day), "and none is named"),
        (("synth", "nasional", "-n", 3, "--format", "avro"), "unknown format `avro`"),
    ):
        wrong = run(*words)
        assert (wrong.returncode, said in wrong.stderr) == (2, True), wrong.stderr


def test_a_bucket_is_what_is_in_memory():
    """As many people as the trial of one plan found to cost least."""
    assert 100_000 <= folders.SIZE <= 200_000


@pytest.mark.parametrize("seed", [1, 6])
def test_people_that_are_made_up_in_tables_are_those_that_are_made_up_typed(seed):
    """To each field: they are put into tables without being read first."""
    typed = list(workforce(250, seed=seed, as_of=DAY))
    made = synth_tables.in_tables(careers(250, seed=seed, as_of=DAY))
    assert list(made) == typed
    whole = Workforce.of(typed)
    assert made.employees.equals(whole.employees)
    for name, frame in made.histories.items():
        heads = frame.columns
        assert frame.sort(heads).equals(whole.histories[name].sort(heads)), name
