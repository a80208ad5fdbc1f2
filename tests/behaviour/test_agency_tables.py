"""An agency in tables is the agency of a file: the two ways give the same, and what is amiss is one clear problem each."""

import json
import os
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asnpolicy.exchange.synth import workforce
from asnpolicy.people import ABSENT, Agency
from asnpolicy.people.agency import Calendar
from asnpolicy.people.codes import hyphened
from asnpolicy.people.labels import Label
from asnpolicy.people.placeholders import is_placeholder
from asnpolicy.people.posts import Category, Echelon, Jenjang, PostKind
from asnpolicy.people.ranks import Rank
from asnpolicy.problems import PolicyError
from tests.commands import run

pl = pytest.importorskip("polars", reason="the extra `columns` is not installed")

from asnpolicy.workforce import AgencyTables, Workforce  # noqa: E402  # need the extra
from asnpolicy.workforce.schema import AGENCY, delivered  # noqa: E402

PEOPLE = int(os.environ.get("ASNPOLICY_PEOPLE", "300"))
DAY = date(2026, 10, 1)
NIPS = [one.nip for one in workforce(5, seed=1, as_of=DAY)]
CODES = st.text("abc-1", min_size=1, max_size=4).filter(lambda text: not is_placeholder(text))
WORDS = st.from_regex(r"[abc1]{1,2}(-[abc1]{1,2})?", fullmatch=True)
"""Codes as they are read."""
MAYBE = {"text": st.none() | st.text("xyz =", min_size=1, max_size=9).map(str.strip).filter(lambda text: text and not is_placeholder(text))}


def whole(one):
    """Give all that is drawn of a part, whatever the order of its keys."""
    return tuple(sorted(one.items()))


def label(kind: type[Label], *, none=True):
    return st.none() | st.sampled_from([one.label for one in kind]) | (st.just("none") if none else st.none())


def days():
    days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
    return {name: st.none() | st.just("none") | days for name in Calendar.model_fields}


STANDARD = st.none() | st.lists(
    st.fixed_dictionaries({"code": WORDS, "level": st.integers(0, 9)}), max_size=3, unique_by=whole
)
POSTS = (
    st.fixed_dictionaries({"kind": st.just(PostKind.FUNGSIONAL.label), "category": label(Category, none=False)}),
    st.fixed_dictionaries({"kind": st.just(PostKind.ADMINISTRATOR.label), "echelon": label(Echelon)}),
    st.fixed_dictionaries({"jenjang": label(Jenjang), "echelon": label(Echelon)}),
)
OPENINGS = st.tuples(
    st.fixed_dictionaries(
        {
            "id": CODES, "title": MAYBE["text"], "unit": MAYBE["text"], "field": MAYBE["text"], "competencies": STANDARD,
            "vacancies": st.none() | st.integers(0, 9), "lowest_rank": label(Rank), **days(),
        }
    ),
    st.one_of(POSTS),
).map(lambda two: {**two[0], **two[1]})  # fmt: skip
COURSES = st.fixed_dictionaries(
    {"code": WORDS, "title": MAYBE["text"], "hours": st.none() | st.integers(0, 900), "closes": STANDARD}
)
UNITS = st.fixed_dictionaries({"code": CODES, "name": MAYBE["text"], "part_of": st.none() | st.just("none")})
RELATIONS = st.fixed_dictionaries({"kind": WORDS, "of": st.sampled_from(NIPS), "to": st.sampled_from(NIPS)})


@st.composite
def agencies(draw):
    """Draw an agency of which anything may be not delivered: those of the public strategies have units alone."""
    data = {
        "openings": draw(st.lists(OPENINGS, max_size=3, unique_by=lambda one: one["id"])),
        "courses": draw(st.lists(COURSES, max_size=3, unique_by=lambda one: one["code"])),
        "units": draw(st.none() | st.lists(UNITS, max_size=3, unique_by=lambda one: hyphened(one["code"]))),
        "relations": draw(st.none() | st.lists(RELATIONS, max_size=3, unique_by=whole)),
        **draw(st.just({}) | st.fixed_dictionaries(days())),
    }
    return Agency.model_validate(data)


@settings(max_examples=max(20, PEOPLE // 2), deadline=None)
@given(agencies())
def test_an_agency_comes_back_from_its_tables(agency):
    """What was not delivered, what is none and what is empty stay apart; nothing is amiss."""
    back = AgencyTables.from_frames(**AgencyTables(agency).frames())
    assert (back.agency, back.amiss) == (agency, ())


def test_files_of_an_agency_lie_beside_those_of_people(tmp_path):
    """Parquet or CSV, in the folder of the people's tables or in one of its own; the people are read without them."""
    agency = Agency.model_validate(WHOLE)
    AgencyTables(agency).write(tmp_path / "both")
    Workforce.of(list(workforce(3, seed=1, as_of=DAY))).write(tmp_path / "both")
    assert AgencyTables.read(tmp_path / "both").agency == agency
    assert len(Workforce.read(tmp_path / "both")) == 3
    (tmp_path / "csv").mkdir()
    for name, frame in AgencyTables(agency).frames().items():
        frame.write_csv(tmp_path / "csv" / f"{name}.csv")
    assert AgencyTables.read(tmp_path / "csv").agency == agency
    assert {file.stem for file in (tmp_path / "csv").iterdir()} == set(AGENCY)


WHOLE = {
    "units": [{"code": "dinas", "part_of": "none"}, {"code": "bidang", "part_of": "dinas", "name": "Bidang"}],
    "openings": [
        {"id": "kabid", "kind": "administrator", "echelon": "III.a", "unit": "bidang", "vacancies": 1, "competencies": [{"code": "integritas", "level": 3}]},
        {"id": "kasi", "kind": "pengawas", "competencies": []},
    ],
    "courses": [{"code": "pka", "hours": 900, "closes": [{"code": "integritas", "level": 3}]}],
    "relations": [{"kind": "superior", "of": NIPS[0], "to": NIPS[1]}],
    "candidates_fixed_on": "2027-09-01", "head_term_ends_on": "none",
}  # fmt: skip


def test_openings_in_tables_are_asked_about(tmp_path):
    """`--agency FOLDER` says what `--agency FILE` does, for a list and for one decision."""
    staff = Workforce.of(list(workforce(6, seed=1, as_of=DAY)))
    staff.write(tmp_path / "tables")
    AgencyTables(Agency.model_validate(WHOLE)).write(tmp_path / "tables")
    (tmp_path / "agency.json").write_text(json.dumps(WHOLE), encoding="utf-8")
    words = (
        "assess",
        "nasional",
        tmp_path / "tables",
        "--as-of",
        DAY,
        "--format",
        "csv",
        "--rule",
        "pengangkatan-administrator",
    )
    of_file, of_tables = (run(*words, "--agency", tmp_path / name) for name in ("agency.json", "tables"))
    assert (of_tables.returncode, of_tables.stdout) == (0, of_file.stdout)
    assert "kabid" in of_tables.stdout
    words = (
        "explain",
        "nasional",
        tmp_path / "tables",
        "--as-of",
        DAY,
        "--rule",
        "pengangkatan-administrator",
        "--target",
        "kabid",
    )
    told = run(*words, "--nip", NIPS[0], "--agency", tmp_path / "tables")
    assert (told.returncode, told.stderr) == (0, "")


def frames(**others):
    given = {name: pl.DataFrame(rows) for name, rows in others.items()}
    return AgencyTables.from_frames(**given)


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        ({"openings": {"title": ["x"]}}, "table `openings` has no column `id`"),
        ({"openings": {"id": ["x"], "titel": ["x"]}}, "unknown column `titel` in table `openings`"),
        ({"openings": {"id": ["x"], "vacancies": [True]}}, "column `vacancies` of table `openings` is Boolean"),
        ({"opening": {"id": ["x"]}}, "unknown table `opening`"),
        ({"units": {"code": ["a", "a"], "name": ["x", "y"]}}, "table `units` says of `a` two things"),
        ({"calendar": {"head_term_ends_on": [date(2027, 1, 1), date(2028, 1, 1)]}}, "table `calendar` says of `calendar` two things"),
        ({"units": {"code": ["a"], "part_of": ["a"]}}, "unit `a` is part of itself"),
        ({"openings": {"id": ["x"], "kind": ["fungsional"], "echelon": ["III.a"]}}, "a `fungsional` post has no echelon"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_table_is_one_clear_problem(tables, problem):
    """With the table and the column, or the row."""
    with pytest.raises(PolicyError, match=problem) as error:
        frames(**tables)
    assert len(error.value.problems) == 1


def test_rows_that_are_the_same_count_once():
    """As they do of people."""
    made = frames(
        units={"code": ["a", "a"]},
        openings={"id": ["x", "x"]},
        relations={"kind": ["superior"] * 2, "of": NIPS[:1] * 2, "to": NIPS[1:2] * 2},
    )
    assert (len(made.agency.units), len(made.agency.openings), len(made.agency.relations), made.amiss) == (1, 1, 1, ())


KABID = {"id": ["kabid", "kasi"]}


@pytest.mark.parametrize(
    ("rows", "known", "amiss"),
    [
        ({"opening": ["kabid"], "code": ["x"], "level": [2]}, [1, None], []),
        ({"opening": ["kabid", "kasi"], "code": ["x", "y"], "level": [2, None]}, [1, None], []),
        ({"opening": ["kabid", "kasi"], "code": ["x", "y"], "level": [2, 77]}, [1, None], ["unreadable-cell"]),
        ({"opening": ["kabid", "kabit"], "code": ["x", "y"], "level": [2, 2]}, [None, None], ["stray"]),
        ({"opening": ["kabid", None], "code": ["x", "y"], "level": [2, 2]}, [None, None], ["no-key"]),
    ],
)
def test_a_standard_that_may_lack_something_is_not_known(rows, known, amiss):
    """Neither of the opening whose row can't be read, nor of any where a row may be anybody's; nobody is found to meet it."""
    made = frames(openings=KABID, opening_competencies=rows)
    assert [one.competencies and len(one.competencies) for one in made.agency.openings] == known
    assert [one.code for one in made.amiss] == amiss


def test_a_standard_that_is_said_to_be_none_and_has_rows_is_not_known():
    """Two cells that disagree settle nothing."""
    openings = {**KABID, "competencies_is": ["none", "none"]}
    made = frames(openings=openings, opening_competencies={"opening": ["kabid"], "code": ["x"], "level": [1]})
    assert [one.competencies for one in made.agency.openings] == [None, ()]


def test_a_relation_that_is_lost_may_be_anybodys():
    """So that nobody is found to be nobody's superior."""
    rows = {"kind": ["superior", "superior"], "of": [NIPS[0], "12"], "to": [NIPS[1], NIPS[2]]}
    made = frames(relations=rows)
    assert (made.agency.relations, [one.code for one in made.amiss]) == (None, ["no-key"])
    assert len(frames(relations={name: cells[:1] for name, cells in rows.items()}).agency.relations) == 1


def test_every_field_of_an_agency_has_a_column():
    """What a table does not hold would be lost without a word."""
    for of in AGENCY.values():
        columns = [
            head for name, one in AGENCY.items() if one.model is of.model or one.owner for head in delivered(name)
        ]
        fields = {name for name in of.model.model_fields if name not in ("competencies", "closes")}
        assert fields <= set(columns)
    assert set(Agency.model_fields) - set(Calendar.model_fields) <= set(AGENCY)


def test_a_folder_without_an_agency_says_which_tables_there_are(tmp_path):
    """And what people are asked of is told where there are none."""
    Workforce.of(list(workforce(1, seed=1, as_of=DAY))).write(tmp_path / "tables")
    done = run("assess", "nasional", tmp_path / "tables", "--as-of", DAY, "--agency", tmp_path / "tables")
    assert done.returncode == 2
    assert "there is no table of an agency in" in done.stderr
    assert "`opening_competencies`" in done.stderr
    AgencyTables(Agency.model_validate(WHOLE)).write(tmp_path / "alone")
    done = run("assess", "nasional", tmp_path / "alone", "--as-of", DAY)
    assert (done.returncode, "there is no table in" in done.stderr) == (2, True)


def test_none_is_told_from_not_known():
    """A unit at the top, a post without an echelon."""
    made = frames(openings={"id": ["x"], "echelon": ["none"]}, units={"code": ["a", "b"], "part_of": ["none", None]})
    assert made.agency.openings[0].echelon is ABSENT
    assert [made.agency.within(unit, "z") for unit in ("a", "b")] == [False, None]
