"""The command `summary`: the same figures in every format, from a file and from tables; what is explained from tables is explained alike."""

import csv
import io
import json
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from asnpolicy import read_employees
from tests.browser import BROWSER, as_built
from tests.commands import run

ROOT = Path(__file__).parents[2]
FILE = ROOT / "examples" / "workforces" / "nasional.jsonl"
AS_OF = ("--as-of", "2026-10-01")
REGULER = "kenaikan-pangkat-reguler"
SOME = ("--rule", REGULER, "--rule", "jp-tahunan@previous", "--by", "rank", "--by", "unit")


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    pytest.importorskip("polars", reason="the extra `columns` is not installed")
    from asnpolicy.workforce import Workforce

    folder = tmp_path_factory.mktemp("tables")
    Workforce.of(read_employees(FILE)).write(folder)
    return folder


@pytest.fixture(scope="module")
def as_csv(tables, tmp_path_factory):
    import polars as pl

    folder = tmp_path_factory.mktemp("csv")
    for file in tables.iterdir():
        frame = pl.read_parquet(file)
        lists = [name for name, type_ in frame.schema.items() if type_ == pl.List(pl.String)]
        frame.drop(lists).write_csv(folder / f"{file.stem}.csv")
    return folder


def said(*words):
    done = run(*words)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def rows(*words):
    return list(csv.DictReader(io.StringIO(said("summary", "nasional", *words, *AS_OF, "--format", "csv"))))


def test_tables_and_files_give_the_same_figures(tables, as_csv):
    """JSON Lines, Parquet and CSV; in every format what is published is the default."""
    made = json.loads(said("summary", "nasional", FILE, *AS_OF, *SOME))
    assert json.loads(said("summary", "nasional", tables, *AS_OF, *SOME)) == made
    assert json.loads(said("summary", "nasional", as_csv, *AS_OF, *SOME)) == made
    assert made["is_published"]
    assert any(one["people"] is None for group in made["breakdowns"] for one in group["groups"])


def test_the_whole_of_it_is_asked_for(tables):
    """With small groups, for the office itself; the page says which it is."""
    published, whole = rows(tables, *SOME), rows(tables, *SOME, "--whole")
    assert [one["people"] for one in whole if not one["people"]] == []
    assert any(0 < int(one["people"]) < 5 for one in whole)
    assert all(not one["people"] or int(one["people"]) == 0 or int(one["people"]) >= 5 for one in published)
    assert {tuple(one.values())[:5] for one in published} <= {tuple(one.values())[:5] for one in whole}
    for words, text in (((), "May be passed on outside"), (("--whole",), "Not to be passed on outside")):
        page = said("summary", "nasional", tables, *AS_OF, *SOME, *words, "--format", "html", "--lang", "en")
        assert text in page


def test_several_processes_count_the_same(tables):
    """To the last figure, whole or published; tables are counted in columns, which use all processors."""
    for words in ((), ("--whole", "--by", "unit", "--by", "rank"), ("--by", "rule")):
        asked = ("summary", "nasional", FILE, *AS_OF, *SOME, *words)
        assert said(*asked, "--jobs", 2) == said(*asked)
    refused = run("summary", "nasional", tables, *AS_OF, "--jobs", 2)
    assert (refused.returncode, "`--jobs` has no meaning with tables" in refused.stderr) == (2, True)


def test_rules_alone(tables):
    """`--by rule` leaves out the groups."""
    assert {one["part"] for one in rows(tables, "--by", "rule")} <= {"rule", "criterion", "missing", "missing-by-rule"}


def test_a_workbook_says_the_same_in_words(tables, tmp_path):
    """One row a count, and a sheet that says what it is."""
    file = tmp_path / "summary.xlsx"
    said("summary", "nasional", tables, *AS_OF, *SOME, "--format", "xlsx", "-o", file)
    book = openpyxl.load_workbook(file)
    sheet = [tuple(cell or "" for cell in row) for row in book["Ringkasan"].iter_rows(values_only=True)]
    coded = rows(tables, *SOME)
    assert len(sheet) == len(coded) + 1
    assert [row[5] for row in sheet[1:]] == [one["people"] or "…" for one in coded]
    assert "Kenaikan pangkat reguler" in {row[3] for row in sheet}
    assert "Dapat diteruskan ke luar unit" in str(list(book["Keterangan"].iter_rows(values_only=True)))


def test_what_is_wrong_is_one_clear_problem(tables, tmp_path):
    """A fact that nobody is counted by, a protected one, an option that is for files, a folder without tables."""
    for words, text in (
        ((FILE, "--by", "rnk"), "can't be counted by `rnk`"),
        ((FILE, "--by", "sex"), "protected"),
        ((tables, "--strict"), "are for files of people"),
        ((tmp_path,), "no-tables"),
        (("nowhere.jsonl",), "there is no file"),
    ):
        done = run("summary", "nasional", *words, *AS_OF)
        assert done.returncode == 2
        assert text in done.stderr
        assert len(done.stderr.strip().splitlines()) <= 2


def test_rows_of_nobody_cost_the_completeness_of_their_table(tables, tmp_path):
    """As they do everywhere: whatever bucket they are in, nobody's sanctions are known to be complete."""
    import polars as pl

    folder = tmp_path / "tables"
    shutil.copytree(tables, folder)
    frame = pl.read_parquet(folder / "sanctions.parquet")
    stranger = pl.DataFrame({"nip": ["199001012015031998"]}).select(
        [
            pl.col("nip") if name == "nip" else pl.lit(None, dtype=type_).alias(name)
            for name, type_ in frame.schema.items()
        ]
    )
    pl.concat([frame, stranger]).write_parquet(folder / "sanctions.parquet")
    done = run("summary", "nasional", folder, *AS_OF, "--by", "rule", "--format", "csv")
    assert done.returncode == 1
    assert "sanctions.nip: rows of nobody in `employees`; the table is taken as complete for nobody: 1" in done.stderr
    lacking = {one["what"]: one for one in csv.DictReader(io.StringIO(done.stdout)) if one["part"] == "missing"}
    before = {one["what"]: one for one in rows(tables, "--by", "rule") if one["part"] == "missing"}
    assert int(lacking["sanctions"]["people"]) > int(before["sanctions"]["people"])


def test_buckets_make_no_difference(tables):
    """Few people in memory at a time, and none is counted twice or lost, also where a bucket voids a table."""
    from datetime import date

    from asnpolicy import Engine
    from asnpolicy.exchange.tables import count_tables

    made = []
    for size in (30, 1000):
        counting = Engine.load("nasional").counting(as_of=date(2026, 10, 1))
        run_ = count_tables(counting, tables, size=size)
        assert run_.people == 250
        made.append(counting.summary())
    assert made[0] == made[1]


# Explanations from tables

PERSON = next(
    one.nip for one in read_employees(FILE) if one.posts.records and one.employment and one.employment.label == "PNS"
)


@pytest.mark.parametrize(
    "words",
    [
        ("explain", "--rule", REGULER, "--lang", "id"),
        ("explain", "--rule", "jp-tahunan@previous", "--lang", "en"),
        ("notice", "--rule", REGULER),
        ("path",),
        ("card",),
        ("timeline", "--rule", REGULER, "--since", "2026-10-01", "--until", "2030-01-01"),
    ],
    ids=lambda words: " ".join(words[:3:2]),
)
def test_any_row_is_explained_from_the_tables_alone(tables, as_csv, words):
    """An explanation, a letter, a path, a career card and a timeline say of somebody in tables what they say of the same person in a file."""
    command, *more = words
    more += [] if command == "timeline" else AS_OF
    expected = run(command, "nasional", FILE, "--nip", PERSON, *more)
    assert expected.returncode == 0, expected.stderr
    for place in (tables, as_csv):
        done = run(command, "nasional", place, "--nip", PERSON, *more)
        assert (done.returncode, done.stdout) == (0, expected.stdout)


def test_nobody_of_that_number_is_in_the_tables(tables):
    """One clear problem, with the number masked."""
    done = run("explain", "nasional", tables, "--nip", "197001011995031999", "--rule", REGULER, *AS_OF)
    assert done.returncode == 2
    assert "nobody in the file has the NIP" in done.stderr
    assert "197001011995031999" not in done.stderr


# The page


def test_the_page_needs_nothing_from_elsewhere(tables):
    """No script, no address, and each bar says in words what it shows."""
    page = said("summary", "nasional", tables, *AS_OF, *SOME, "--format", "html")
    assert not re.search(r"<script|https?://|src=|url\(|@import", page)
    for svg in re.findall(r"<svg .*?</svg>", page):
        assert re.search(r'aria-label="[^"]+"', svg)


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed, so that pages are not seen in it")
def test_a_browser_draws_the_bars(tables, tmp_path):
    """Every table that was written is built, and what is open to be read is a heading of its own."""
    page = tmp_path / "summary.html"
    written = said("summary", "nasional", tables, *AS_OF, *SOME, "--format", "html")
    page.write_text(written, encoding="utf-8")
    built = as_built(page, tmp_path)
    for tag in ("<table", "<svg", "<rect", "<details", "<th scope"):
        assert built.count(tag) == written.count(tag) > 0
