"""Tables of a workforce as they come: what is wrong is one clear problem, and a bad cell costs that cell."""

from datetime import date, datetime

import pytest

from asnpolicy import Agency, Employee, Engine
from asnpolicy.exchange.synth import workforce
from asnpolicy.people import ABSENT, COMPLETE, OPEN, PartialDay
from asnpolicy.people.days import EARLIEST
from asnpolicy.problems import PolicyError

pl = pytest.importorskip("polars", reason="the extra `columns` is not installed")

from asnpolicy.workforce import Workforce  # noqa: E402  # needs the extra

ONE, OTHER = "199001012015031001", "199106152016042002"
DAY = date(2026, 10, 1)
REGULER = "kenaikan-pangkat-reguler"


def people(**columns):
    """Give a table of two people."""
    return pl.DataFrame({"nip": [ONE, OTHER], **columns})


def problems(*args, **tables):
    """Give the codes and sentences of what is wrong with tables."""
    with pytest.raises(PolicyError) as caught:
        Workforce.from_frames(*args, **tables)
    return [(one.code, one.message) for one in caught.value.problems]


def told(made):
    """Give what was amiss, by code, table, column and how often."""
    return [(one.code, one.table, one.column, one.count) for one in made.amiss]


@pytest.mark.parametrize(
    ("employees", "tables", "code", "named"),
    [
        (pl.DataFrame({"unit": ["bappeda"]}), {}, "missing-column", "`employees` has no column `nip`"),
        (people(unti=["a", "b"]), {}, "unknown-column", "unknown column `unti` in table `employees`"),
        (people(birth_date=[True, False]), {}, "wrong-type", "column `birth_date` of table `employees` is Boolean"),
        (people(unit=[1, 2]), {}, "wrong-type", "column `unit` of table `employees` is Int64"),
        (people(), {"rangks": people()}, "unknown-table", "unknown table `rangks`"),
        (people(), {"ranks": pl.DataFrame({"rank": ["III/a"]})}, "missing-column", "table `ranks` has no column `nip`"),
        (people().clear(), {}, "empty-table", "table `employees` has no rows"),
        ("people", {}, "wrong-type", "table `employees` is no frame"),
    ],
)
def test_a_table_that_is_wrong_is_one_clear_problem(employees, tables, code, named):
    """The table and the column are named."""
    found = problems(employees, **tables)
    assert [each[0] for each in found] == [code]
    assert named in found[0][1]


def test_problems_of_several_tables_are_told_together():
    """One bad table does not hide another's."""
    found = problems(people(unti=["a", "b"]), ranks=people(since=[1.5, 2.5]), posts=people(kind=[1, 2]))
    assert sorted(code for code, _ in found) == ["unknown-column", "wrong-type", "wrong-type"]


def test_a_cell_that_cant_be_read_is_not_known_and_counted():
    """Impossible days, words that there are not, numbers out of range: each costs itself alone."""
    made = Workforce.from_frames(
        people(birth_date=["1990-02-30", "1991-06-15"], employment=["PNS", "PSN"], unit=["bappeda", "  "]),
        trainings=pl.DataFrame({"nip": [ONE, ONE], "hours": [20, 9000], "completed_on": [DAY, date(1000, 1, 1)], "code": ["a", "b"]}),
        credits=pl.DataFrame({"nip": [ONE], "amount": [12.34567], "granted_on": [DAY]}),
    )  # fmt: skip
    assert sorted(told(made)) == [
        ("unreadable-cell", "credits", "amount", 1),
        ("unreadable-cell", "employees", "birth_date", 1),
        ("unreadable-cell", "employees", "employment", 1),
        ("unreadable-cell", "trainings", "completed_on", 1),
        ("unreadable-cell", "trainings", "hours", 1),
    ]
    one, other = made
    assert (one.birth_date, one.employment.label, one.unit) == (None, "PNS", "bappeda")
    assert (other.birth_date, other.employment, other.unit) == (date(1991, 6, 15), None, None)
    assert [record.hours for record in one.trainings.records] in ([20, None], [None, 20])


def test_whatever_stands_in_a_cell_nobody_is_lost_for_it():
    """A supervisor who is nobody, a list with holes, confirmations that are no JSON, records without end."""
    made = Workforce.from_frames(
        people(
            supervisor=["somebody", "19910615 201604 2 002"],
            interests=[["a", " "], [" b "]],
            confirmed=["{", None],
            unit=["x", "y"],
        ),
        trainings=pl.DataFrame(
            {"nip": [ONE] * 2_001, "completed_on": [DAY] * 2_001, "code": [str(n) for n in range(1, 2_002)]}
        ),
    )
    one, other = made
    assert (one.supervisor, one.interests, one.confirmed, one.unit) == (None, None, (), "x")
    assert (other.supervisor, other.interests) == (OTHER, ("b",))
    assert (one.trainings.records, one.trainings.complete_since) == ((), None)
    assert sorted((where, count) for _, _, where, count in told(made)) == [("interests", 1), ("supervisor", 1)]
    frame = Engine.load("nasional").assess_frame(made, as_of=DAY, rules=["jp-tahunan"])
    assert frame["jp-tahunan"].to_list() == ["undetermined", "undetermined"]


def test_days_in_words_and_in_part_are_read_from_text():
    """`ongoing`, `none`, `all`, a year, a month: as in files of JSON Lines."""
    made = Workforce.from_frames(
        people(pns_on=["none", "2017"], ranks_complete_since=["all", "2020-01-01"]),
        posts=pl.DataFrame(
            {"nip": [ONE, OTHER], "since": ["2020-02", "2021-03-01"], "until": ["ongoing", "2022-12-31"]}
        ),
        ranks=pl.DataFrame({"nip": [ONE], "rank": ["III/a"], "since": ["2019-04-01"]}),
    )
    one, other = made
    assert made.amiss == ()
    assert (one.pns_on, one.ranks.complete_since, one.posts.records[0].until) == (ABSENT, COMPLETE, OPEN)
    assert (other.pns_on, other.posts.records[0].until) == (PartialDay.in_year(2017), date(2022, 12, 31))
    assert one.posts.records[0].since == PartialDay.of("2020-02")


def test_two_rows_of_one_person_count_once_and_what_they_say_differently_is_not_known():
    """As two lines of one number in a file of JSON Lines."""
    rows = pl.DataFrame({"nip": [ONE, ONE, OTHER, OTHER], "unit": ["a", "a", "a", "b"], "field": ["x", "x", "x", None]})
    made = Workforce.from_frames(rows)
    one, other = made
    assert (one.unit, one.field, other.unit, other.field) == ("a", "x", None, "x")
    assert told(made) == [("same-nip", "employees", "nip", 1)]


@pytest.mark.parametrize("stranger", [None, "12", "198001012005011009"])
def test_a_row_of_nobody_makes_the_table_complete_for_nobody(stranger):
    """It may be anybody's: a sanction of nobody must not leave somebody clean."""
    sanctions = pl.DataFrame(
        {"nip": [stranger], "level": ["berat"], "since": [DAY]}, schema_overrides={"nip": pl.String}
    )
    made = Workforce.from_frames(people(sanctions_complete_since_is=["all", "all"]), sanctions=sanctions)
    assert [one.sanctions.complete_since for one in made] == [None, None]
    assert [one.sanctions.records for one in made] == [(), ()]
    assert made.amiss[0].count == 1


def test_a_history_without_a_table_is_not_known():
    """Whatever the table of people promises of it."""
    made = Workforce.from_frames(people(ranks_complete_since_is=["all", "all"]))
    assert all(one.ranks.complete_since is None for one in made)


def test_a_number_that_cant_be_one_is_left_out_and_told():
    """Nobody can say whose row it is; one with spaces is read."""
    made = Workforce.from_frames(pl.DataFrame({"nip": ["19900101 201503 1 001", "1990"], "unit": ["a", "b"]}))
    assert [one.nip for one in made] == [ONE]
    assert told(made) == [("bad-nip", "employees", "nip", 1)]


def test_who_is_under_a_contract_has_no_appointment_where_the_table_is_silent():
    """As with typed people: a column that is not there is not a cell that is empty."""
    one, _ = Workforce.from_frames(people(employment=["PPPK", "PNS"]))
    assert (one.cpns_on, one.pns_on) == (ABSENT, ABSENT)
    one, _ = Workforce.from_frames(people(employment=["PPPK", "PNS"], cpns_on=[None, None]))
    assert (one.cpns_on, one.pns_on) == (None, ABSENT)


def test_frames_of_pandas_are_taken():
    """With days as pandas have them."""
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = pd.DataFrame({"nip": [ONE, OTHER], "birth_date": [datetime(1990, 1, 1), None], "unit": ["a", None]})
    one, other = Workforce.from_frames(frame)
    assert (one.birth_date, one.unit, other.birth_date, other.unit) == (date(1990, 1, 1), "a", None, None)


def test_csv_and_parquet_say_the_same(tmp_path):
    """A folder of CSV files, with everything as text, is the same workforce."""
    made = Workforce.of(list(workforce(30, seed=3, as_of=DAY)))
    for name, frame in made.frames().items():
        lists = [head for head, kind in frame.schema.items() if kind == pl.List(pl.String)]
        as_json = [pl.col(h).map_elements(lambda v: __import__("json").dumps(list(v)), pl.String) for h in lists]
        frame.with_columns(as_json).write_csv(tmp_path / f"{name}.csv")
    back = Workforce.read(tmp_path)
    assert told(back) == []
    assert list(back) == list(made)


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ((), "no-tables"),
        (("ranks.parquet",), "no-tables"),
        (("employees.parquet", "employees.csv"), "two-tables"),
        (("employees.parquet", "rank.parquet"), "unknown-table"),
    ],
)
def test_a_folder_of_other_things_is_told(tmp_path, files, code):
    """No tables, two of one name, one that there is not."""
    for name in files:
        frame = people()
        frame.write_csv(tmp_path / name) if name.endswith("csv") else frame.write_parquet(tmp_path / name)
    with pytest.raises(PolicyError) as caught:
        Workforce.read(tmp_path)
    assert [one.code for one in caught.value.problems] == [code]


@pytest.mark.parametrize(
    "file", ["ranks.xlsx", "ranks.csv.gz", "Posts.tsv", "ranks.json", "ranks/part-1.csv", "ranks/part-1.PARQUET"]
)
def test_a_file_named_as_a_table_is_read_or_told(tmp_path, file):
    """Left out without a word, its records would be missing, and nobody would know why people are undetermined."""
    (tmp_path / file).parent.mkdir(exist_ok=True)
    people().write_parquet(tmp_path / "employees.parquet")
    (tmp_path / file).write_text("anything")
    for beside in ("README.md", "ranks_notes.txt", ".ranks.parquet.part"):
        (tmp_path / beside).write_text("anything")
    with pytest.raises(PolicyError) as caught:
        Workforce.read(tmp_path)
    (problem,) = caught.value.problems
    assert problem.code == "table-not-read"
    assert f"`{file}`" in str(problem.message)


def test_capitals_at_the_end_of_a_name_are_no_other_kind_of_file(tmp_path):
    """As some systems write them."""
    people().write_csv(tmp_path / "employees.CSV")
    pl.DataFrame({"nip": [ONE], "rank": ["III/a"], "since": ["2020-04-01"]}).write_parquet(tmp_path / "ranks.PARQUET")
    one, _ = Workforce.read(tmp_path)
    assert [str(each.rank) for each in one.ranks.records] == ["III/a"]


def test_a_file_that_is_no_table_is_told(tmp_path):
    """Whatever is in it."""
    (tmp_path / "employees.parquet").write_text("not a table")
    with pytest.raises(PolicyError) as caught:
        Workforce.read(tmp_path)
    assert caught.value.problems[0].code == "unreadable-table"


def test_two_people_with_one_number_are_refused():
    """Typed people are somebody's: which of the two is meant can't be told."""
    with pytest.raises(PolicyError, match="share their numbers"):
        Workforce.of([Employee(nip=ONE), Employee(nip=ONE)])


def test_the_first_and_the_last_day_of_the_calendar_are_no_words():
    """Registers write them where they know none: nobody is without an appointment, or a history complete, for that."""
    made = Workforce.from_frames(
        people(cpns_on=[date.min, date.min], ranks_complete_since=[date.min, None], recruitment_year=[0, 2015]),
        posts=pl.DataFrame({"nip": [ONE], "since": [DAY], "until": [date.max]}),
        ranks=pl.DataFrame({"nip": [ONE], "rank": ["III/a"], "since": ["0001-01-01"]}),
    )
    one, _ = made
    assert (one.cpns_on, one.ranks.complete_since, one.recruitment_year) == (None, None, None)
    assert (one.posts.records[0].until, one.ranks.records[0].since) == (None, None)
    assert sorted((where, count) for _, _, where, count in told(made)) == [
        ("cpns_on", 2), ("ranks_complete_since", 1), ("recruitment_year", 1), ("since", 1), ("until", 1),
    ]  # fmt: skip


def test_a_word_stands_in_the_place_of_a_day_and_not_beside_it():
    """`cpns_on_is`, `until_is`, `ranks_complete_since_is`; with a day beside it, neither is known."""
    made = Workforce.from_frames(
        people(cpns_on=[None, DAY], cpns_on_is=["none", "none"], pns_on_is=["ongoing", "none"]),
        posts=pl.DataFrame({"nip": [ONE], "since": [DAY], "until_is": ["ongoing"]}),
    )
    one, other = made
    assert (one.cpns_on, one.pns_on, one.posts.records[0].until) == (ABSENT, None, OPEN)
    assert (other.cpns_on, other.pns_on) == (None, ABSENT)
    assert told(made) == [
        ("unreadable-cell", "employees", "cpns_on_is", 1),
        ("unreadable-cell", "employees", "pns_on_is", 1),
    ]


# The door


def test_pieces_do_not_change_the_answer(monkeypatch):
    """The answers stand in the order in which people were given, however they are parted."""
    from asnpolicy.decisions import frame

    engine, staff = Engine.load("nasional"), list(workforce(25, seed=4, as_of=DAY))
    whole = engine.assess_frame(Workforce.of(staff), as_of=DAY, rules=[REGULER])
    monkeypatch.setattr(frame, "SIZE", 7)
    assert engine.assess_frame(Workforce.of(staff), as_of=DAY, rules=[REGULER]).equals(whole)
    assert whole["nip"].to_list() == [one.nip for one in staff]
    assert whole.columns == ["nip", "passed_on", REGULER, f"{REGULER}:to", f"{REGULER}:effect", f"{REGULER}:because"]


def test_one_person_can_be_taken_out_to_be_explained():
    """By number, from the tables alone."""
    staff = list(workforce(5, seed=4, as_of=DAY))
    made = Workforce.of(staff)
    assert made.person(staff[3].nip) == staff[3]
    with pytest.raises(KeyError):
        made.person(OTHER)


def test_what_the_door_does_not_take_is_refused():
    """A rule that there is not; no rules at all are no columns."""
    engine, staff = Engine.load("nasional"), Workforce.of([Employee(nip=ONE)])
    assert engine.assess_frame(staff, as_of=DAY, rules=[], detail=True).columns == ["nip", "passed_on"]
    with pytest.raises(PolicyError, match="unknown rule"):
        engine.assess_frame(staff, as_of=DAY, rules=["kenaikan"])


def test_a_rule_into_a_post_has_its_columns_for_each_opening(monkeypatch):
    """As an assessment lists them; the more openings, the fewer people at once, and the answer is the same."""
    from asnpolicy.decisions import frame

    engine, staff = Engine.load("nasional"), Workforce.of(workforce(9, seed=4, as_of=DAY))
    posts = [{"id": "kabid", "kind": "administrator"}, {"id": "kasi", "kind": "pengawas"}]
    asked = {"as_of": DAY, "agency": Agency.model_validate({"openings": posts}), "rules": ["pengangkatan-administrator", "jp-tahunan"]}
    whole = engine.assess_frame(staff, **asked)
    named = [name for name in whole.columns if ":" not in name and name not in ("nip", "passed_on")]
    assert named == ["pengangkatan-administrator[kabid]", "pengangkatan-administrator[kasi]", "jp-tahunan"]
    assert set(whole["pengangkatan-administrator[kasi]"]) == {"not_applicable"}
    monkeypatch.setattr(frame, "CELLS", 50)
    assert engine.frame_maker(**asked).most < 9
    assert engine.assess_frame(staff, **asked).equals(whole)


def test_a_moment_is_the_day_of_its_own_clock():
    """Midnight in Jakarta is still the day before in Greenwich; a moment that is no midnight is no day."""
    moments = pl.Series([datetime(2026, 10, 1), datetime(2026, 10, 1, 7)]).dt.replace_time_zone("Asia/Jakarta")
    made = Workforce.from_frames(people(agency_since=moments))
    assert [one.agency_since for one in made] == [DAY, None]
    assert told(made) == [("unreadable-cell", "employees", "agency_since", 1)]


def test_a_record_without_a_day_is_decided_as_by_one_and_raises_no_warning():
    """Where spans are strung together as well: who has such a record is passed on."""
    one = next(one for one in workforce(40, seed=2, as_of=DAY) if len(one.posts.records) > 1)
    posts = [record.model_copy(update={"since": None}) for record in one.posts.records]
    person = one.model_copy(update={"posts": one.posts.model_copy(update={"records": tuple(posts)})})
    engine = Engine.load("nasional")
    frame = engine.assess_frame(Workforce.of([person]), as_of=DAY)
    for decision in engine.assess(person, as_of=DAY):
        assert frame[decision.rule.id].to_list() == [(decision.state or decision.verdict).value]
    assert frame["passed_on"].to_list() == [True]


def test_a_last_day_before_the_first_costs_that_day_alone():
    """It is not known; one that is the day itself makes it a whole one, and one without a first says by when it was."""
    days = {
        "since": [date(2022, 5, 1), date(2022, 5, 1), None, date(2022, 5, 1)],
        "since_last": [date(2022, 1, 1), date(2022, 5, 1), date(2023, 1, 1), date(2022, 6, 1)],
    }
    ranks = pl.DataFrame({"nip": [ONE] * 4, "rank": ["III/a", "III/b", "III/c", "III/d"], **days})
    made = Workforce.from_frames(people(), ranks=ranks)
    assert told(made) == [("unreadable-cell", "ranks", "since_last", 1)]
    since = {str(one.rank): str(one.since) for one in next(iter(made)).ranks.records}
    assert since == {
        "III/a": "None", "III/b": "2022-05-01", "III/c": f"{EARLIEST}..2023-01-01", "III/d": "2022-05-01..2022-06-01",
    }  # fmt: skip
    assert next(iter(Workforce.of(made))) == next(iter(made))
    engine = Engine.load("nasional")
    frame = engine.assess_frame(made, as_of=DAY)
    for one in engine.assess(next(iter(made)), as_of=DAY):
        assert frame[one.rule.id][0] == (one.state or one.verdict).value


DATED = """\
format: 1
region: uji
extends: nasional
title: {id: Uji, en: Test}
sources: {usulan: Usulan}
values:
  bidang:
    - {from: 2020-01-01, is: inovasi, standing: illustrative, basis: usulan}
    - {from: 2026-01-01, is: pelayanan, standing: illustrative, basis: usulan}
awards:
  piagam:
    title: {id: Piagam, en: Charter}
    from: 2020-01-01
    standing: illustrative
    basis: usulan
    require:
      kursus: {title: {id: Kursus, en: Course}, trainings: {where: {field: {is: {value: bidang}}}, count: {at_least: 1}}}
"""


def test_a_text_that_begins_on_a_day_is_asked_of_records_without_one(tmp_path):
    """Which of its versions the record is compared with is not known, nor whether there is any."""
    (tmp_path / "uji").mkdir()
    (tmp_path / "uji" / "uji.yaml").write_text(DATED, encoding="utf-8")
    engine = Engine.load(tmp_path / "uji")
    courses = [{"field": "inovasi"}, {"field": "inovasi", "completed_on": "2024-01-01"}, {"field": "pelayanan", "completed_on": "2024-01-01"}]
    staff = [
        Employee(nip=f"19900101201503100{at}", trainings={"records": [one], "complete_since": "all"})
        for at, one in enumerate(courses, 1)
    ]
    frame = engine.assess_frame(Workforce.of(staff), as_of=DAY, rules=["piagam"], detail=True)
    said = [engine.decide(one, "piagam", as_of=DAY).criteria[0].status.value for one in staff]
    assert frame["piagam#kursus"].to_list() == said == ["unknown", "held", "failed"]
