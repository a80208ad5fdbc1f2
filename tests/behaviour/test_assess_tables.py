"""A list of people in tables is the list of the same people in a file, to the letter, in every format."""

import json
import shutil
from datetime import date

import openpyxl
import pytest

from asnpolicy.exchange.intake import read_employees
from asnpolicy.exchange.synth import workforce
from tests.commands import run

pl = pytest.importorskip("polars", reason="the extra `columns` is not installed")

from asnpolicy.exchange.tables import surveyed  # noqa: E402  # need the extra
from asnpolicy.workforce import Workforce  # noqa: E402
from asnpolicy.workforce.source import opened  # noqa: E402

DAY = date(2026, 10, 1)
AS_OF = ("--as-of", "2026-10-01")
SOME = ("--rule", "kenaikan-pangkat-reguler", "--rule", "jp-tahunan", "--rule", "pensiun-bup")
AGENCY = {"openings": [{"id": "kabid", "kind": "administrator", "echelon": "III.a", "vacancies": 1}]}


@pytest.fixture(scope="module")
def staff(tmp_path_factory):
    """Give a file of people sorted by number, and the folder of their tables, in which they are not sorted."""
    folder = tmp_path_factory.mktemp("staff")
    people = sorted(workforce(40, seed=5, as_of=DAY), key=lambda one: one.nip)
    people[3] = people[3].model_copy(update={"name": "=1+1"})
    lines = "".join(one.model_dump_json(exclude_none=True) + "\n" for one in people)
    (folder / "staff.jsonl").write_text(lines, encoding="utf-8")
    Workforce.of(read_employees(folder / "staff.jsonl")).write(folder / "tables")
    for file in (folder / "tables").iterdir():
        frame = pl.read_parquet(file)
        frame.reverse().write_parquet(file) if file.stem == "employees" else None
    return folder


def said(*words, status=0):
    done = run("assess", "jakarta", *words, *AS_OF)
    assert done.returncode == status, done.stderr
    return done.stdout


@pytest.mark.parametrize("format", ["csv", "jsonl", "table", "certificates"])
@pytest.mark.parametrize(
    "choice", [(), ("--applicable",), ("--only", "eligible,owed"), ("--only", "not_applicable", "--rows", "3")]
)
def test_tables_and_a_file_give_the_same_list(staff, format, choice):
    """Whatever is chosen of it."""
    words = (*SOME, *choice, "--format", format)
    of_file, of_tables = said(staff / "staff.jsonl", *words), said(staff / "tables", *words)
    assert of_tables == of_file
    assert len(of_file.splitlines()) > 2


def test_every_rule_is_asked_of_tables_that_is_asked_of_a_file(staff):
    """Also rules that lead into a post, as far as they are asked without one."""
    for words in (("--only", "eligible,owed,overdue"), ("--rule", "pengangkatan-pengawas", "--rows", "5")):
        for format in ("csv", "table"):
            asked = (*words, "--format", format)
            assert said(staff / "tables", *asked) == said(staff / "staff.jsonl", *asked)


def test_openings_and_waivers_are_asked_of_tables_too(staff, tmp_path):
    """Columns say who is shown before an opening; with waivers everybody is decided as a person, also who is eligible by a letter alone."""
    agency, waivers = tmp_path / "agency.json", tmp_path / "waivers.json"
    agency.write_text(json.dumps(AGENCY), encoding="utf-8")
    letter = {"rule": "cuti-besar", "criterion": "masa-kerja", "approver": "PPK", "letter": "S-1", "basis": "pasal 317"}
    letters = [{**letter, "nip": one.nip, "since": "2026-01-01"} for one in read_employees(staff / "staff.jsonl")]
    waivers.write_text(json.dumps(letters), encoding="utf-8")
    for words, seen in (
        (("--agency", agency, "--rule", "pengangkatan-administrator"), "kabid"),
        (("--waivers", waivers, "--rule", "cuti-besar", "--only", "eligible"), "S-1"),
    ):
        for format in ("csv", "table"):
            of_tables = said(staff / "tables", *words, "--format", format)
            assert of_tables == said(staff / "staff.jsonl", *words, "--format", format)
            assert seen in of_tables


def test_no_cell_of_tables_is_a_formula(staff, tmp_path):
    """Neither in CSV nor in a workbook, in which every cell is a text."""
    book = tmp_path / "list.xlsx"
    said(staff / "tables", *SOME, "--format", "xlsx", "-o", book)
    cells = [cell for row in openpyxl.load_workbook(book)["Keputusan"].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "=1+1" in {cell.value for cell in cells}


def test_several_processes_write_the_same(staff):
    """In the same order."""
    words = (staff / "tables", *SOME, "--format", "csv")
    assert said(*words, "--jobs", 2) == said(*words)


@pytest.mark.parametrize("size", [7, 1000])
def test_parts_are_of_everybody_in_order(staff, size):
    """In buckets of whatever size."""
    with opened(staff / "tables") as source:
        survey = surveyed(source, size=size)
        people = [one for part in survey.parts() for one in part]
    assert people == list(read_employees(staff / "staff.jsonl"))
    assert (survey.run.people, survey.single is None) == (40, size == 7)


def test_what_is_amiss_in_tables_is_told_and_costs_everybody_its_completeness(staff, tmp_path):
    """As it does with Parquet: a row of nobody may be anybody's."""
    tables = tmp_path / "tables"
    shutil.copytree(staff / "tables", tables)
    frame = pl.read_parquet(tables / "trainings.parquet")
    stray = frame[:1].with_columns(pl.lit("199001012015031998").alias("nip"))
    pl.concat([frame, stray]).write_parquet(tables / "trainings.parquet")
    words = ("--rule", "jp-tahunan", "--only", "owed", "--format", "csv")
    done = run("assess", "jakarta", tables, *words, *AS_OF)
    assert done.returncode == 1
    assert "trainings.nip: rows of nobody in `employees`" in done.stderr
    assert len(done.stdout.splitlines()) == 1 < len(said(staff / "tables", *words).splitlines())


def test_what_is_refused_says_why_and_the_way_out(staff):
    """Options of files, detail, and a list among the tables that are read."""
    tables = staff / "tables"
    for words, text in (
        (("--strict",), "are for files of people"),
        (("--detail", "--format", "csv"), "`--detail` is for `--format parquet`"),
        (("--format", "csv", "-o", tables / "list.csv"), "would lie among the tables"),
        (("--format", "xlsx"), "a workbook is written to a file"),
        (("--format", "avro"), "unknown format `avro`"),
    ):
        done = run("assess", "jakarta", tables, *words, *AS_OF)
        assert (done.returncode, text in done.stderr, done.stdout) == (2, True, ""), done.stderr


def test_a_certificate_of_a_row_of_tables_is_verified(staff, tmp_path):
    """Decided again from what it holds, it comes to the same; as many are written as rows are asked for."""
    words = ("--rule", "jp-tahunan", "--only", "owed", "--format", "certificates")
    kept = said(staff / "tables", *words)
    assert len(kept.splitlines()) == len(said(staff / "tables", *words[:-1], "csv").splitlines()) - 1 > 0
    (tmp_path / "kept.jsonl").write_text(kept, encoding="utf-8")
    done = run("verify", tmp_path / "kept.jsonl")
    assert done.returncode == 0, done.stderr + done.stdout
