"""`asnpolicy talent` and `asnpolicy successors` as an officer meets them: what may leave the unit by default, and clear answers to slips."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.behaviour.test_cli import DAY
from tests.behaviour.test_talent import AGENCY, somebody
from tests.commands import run

STAFF = [
    *(somebody(n, "Baik", 85, name="=Ayu" if n == 1 else f"Pegawai {n}") for n in range(1, 7)),
    somebody(7, "Sangat Baik", 90), somebody(8, score=None), somebody(9, "Kurang", 50), somebody(10, service_status=None), somebody(11, unit=None),
    somebody(12, "Kurang", 85),
]  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    people, agency = folder / "staff.jsonl", folder / "agency.json"
    people.write_text("\n".join(one.model_dump_json(exclude_none=True) for one in STAFF), encoding="utf-8")
    agency.write_text(AGENCY.model_dump_json(exclude_none=True), encoding="utf-8")
    return people, agency


def talent(office, *words):
    return run("talent", "nasional", office[0], *DAY, "--agency", office[1], *words)


def successors(office, *words, opening="kasubbag"):
    return run("successors", "nasional", office[0], *DAY, "--agency", office[1], "--opening", opening, *words)


def joined(text):
    return " ".join(text.split())


def test_the_grid_hides_small_groups_and_names_nobody(office):
    """What is written without `--people` may leave the unit, in every format."""
    table = talent(office, "--format", "table")
    assert table.returncode == 0
    for words in (
        "Peta talenta",
        "Keadaan per 1 Oktober 2026",
        "Belum berdasar hukum",
        "Jumlah pegawai: 12",
        "[8] 7",
        "[9] tidak ditampilkan",
    ):
        assert words in joined(table.stdout), words
    english = talent(office, "--format", "table", "--lang", "en")
    assert "Groups of fewer than 5 people are not shown" in joined(english.stdout)
    data = json.loads(talent(office, "--format", "json").stdout)
    assert data["boxes"] == {**{str(box): None for box in range(1, 10)}, "8": 7}
    assert data["outside"] == dict.fromkeys(("screened_out", "expired", "never_assessed", "undetermined", "not_applicable"))
    assert data["people"] == 12
    rows = list(csv.DictReader(io.StringIO(talent(office, "--format", "csv").stdout)))
    assert [row["people"] for row in rows if row["box"] == "8"] == ["7"]
    html = talent(office, "--format", "html", "--lang", "both").stdout
    assert html.count("<svg") == 2
    for text in (table.stdout, english.stdout, json.dumps(data), str(rows), html):
        assert "Pegawai 2" not in text
        assert "19860926" not in text


def test_for_the_unit_itself_everybody_is_named_with_why_and_what_is_recommended(office):
    """`--people`: exact counts, then a row a person; numbers are masked in the table and whole in CSV."""
    done = talent(office, "--people", "--unit", "dinas", "--format", "table")
    assert "untuk unit ini sendiri, tidak untuk disebarluaskan" in done.stdout
    assert "disebarluaskan" not in talent(office, "--unit", "dinas", "--format", "table").stdout
    for words in (
        "Unit kerja: Dinas A", "[9] 1", "Pegawai (11)", "Tidak termasuk 1 orang", "Masuk kelompok rencana suksesi", "Penghargaan bagi talenta (belum dilaksanakan)",
        "belum pernah dinilai", "Data yang diperlukan: kedudukan pegawai",
    ):  # fmt: skip
        assert words.casefold() in joined(done.stdout).casefold(), words
    assert "19860926" not in done.stdout
    assert STAFF[6].nip in talent(office, "--people", "--format", "table", "--whole-nip").stdout
    rows = list(csv.DictReader(io.StringIO(talent(office, "--people", "--format", "csv").stdout)))
    assert [row["box"] for row in rows if row["nip"] == STAFF[6].nip] == ["9"]
    assert any(row["name"] == "'=Ayu" for row in rows)
    assert len(json.loads(talent(office, "--people", "--format", "json").stdout)["places"]) == 12
    assert "and 10 more" in talent(office, "--people", "--format", "table", "--lang", "en", "--rows", "2").stdout


def test_a_succession_list_says_its_order_and_what_each_lacks(office):
    """The published order, the seed, positions, gaps; CSV and JSON alike."""
    table = successors(office, "--format", "table", "--lang", "en", "--seed", "7 3").stdout
    for words in ("Succession list: Kepala Subbagian", "Order: those who meet all conditions", "its seed: 7 3", "Candidates (8)", "may be proposed",
                  "Not known whether in the succession pool (1)"):  # fmt: skip
        assert words in joined(table), words
    assert "19860926" not in table
    rows = list(csv.DictReader(io.StringIO(successors(office, "--format", "csv").stdout)))
    assert (rows[0]["position"], rows[0]["box"], rows[0]["readiness"]) == ("1", "9", "ready")
    assert {row["position"] for row in rows[1:]} == {"2"}
    assert json.loads(successors(office).stdout)["candidates"][0]["position"] == 1


def test_a_succession_list_says_the_unit_of_the_post_and_of_each_candidate(office):
    """By the name that the agency gives it; by its code where there is none."""
    table = successors(office, "--format", "table", "--lang", "en").stdout
    made = json.loads(successors(office).stdout)
    rows = list(csv.DictReader(io.StringIO(successors(office, "--format", "csv").stdout)))
    assert (made["unit"], made["unit_name"]) == ("dinas", "Dinas A")
    assert "Unit: Dinas A\n" in table
    units = [(one["person"]["unit"], one["person"]["unit_name"]) for one in made["candidates"]]
    assert set(units) == {("bidang", None), (None, None)}  # of one person the unit is not known
    assert [(row["unit"] or None, row["unit_name"] or None) for row in rows] == units
    assert table.split("(1)")[0].count(" bidang") == units.count(("bidang", None))


def test_slips_are_told(office, tmp_path):
    """One sentence, a way out, exit status 2."""
    for done, words in (
        (talent(office, "--format", "pdf"), "unknown format `pdf`"),
        (talent(office, "--lang", "both"), "unknown language `both`"),
        (talent(office, "--people", "--format", "html"), "a page names nobody"),
        (talent(office, "--unit", "dins"), "did you mean `dinas`"),
        (successors(office, opening="kasubag"), "did you mean `kasubbag`"),
        (run("talent", "nasional", tmp_path / "none.jsonl", *DAY), "there is no file"),
    ):
        assert done.returncode == 2, done.stderr
        assert words in done.stderr


def test_a_line_that_is_no_employee_is_a_finding(office, tmp_path):
    """Exit status 1; the others are mapped."""
    bad = tmp_path / "bad.jsonl"
    bad.write_text(office[0].read_text(encoding="utf-8") + "\n{}\n", encoding="utf-8")
    done = run("talent", "nasional", bad, *DAY, "--format", "json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["people"] == 12


def test_a_number_on_two_lines_is_one_person_and_told(office, tmp_path):
    """What the lines say differently of the person is unknown, here the service status: they stand in no box."""
    path, other = tmp_path / "twice.jsonl", STAFF[1].model_copy(update={"service_status": "cltn"})
    text = office[0].read_text(encoding="utf-8")
    path.write_text(f"{text}\n{other.model_dump_json(exclude_none=True)}", encoding="utf-8")
    done = run("talent", "nasional", path, *DAY, "--people", "--format", "csv")
    assert done.returncode == 1
    assert "[same-nip]" in done.stderr
    (row,) = (one for one in csv.DictReader(io.StringIO(done.stdout)) if one["nip"] == STAFF[1].nip)
    assert (row["state"], row["box"]) == ("undetermined", "")
