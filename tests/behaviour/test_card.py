"""The career card: one page for one person, that says what the path and the duties say, and decides nothing."""

from __future__ import annotations

import json
import pickle
from functools import cache
from itertools import takewhile
from pathlib import Path

import pytest

from asnpolicy import Agency, Assumption, Employee, Engine
from asnpolicy.report.letters.card import letter
from tests.behaviour.test_path import AGENCY, ASSUME, DAY, FOLDER, engine, person
from tests.commands import run

EXAMPLES = Path(__file__).parents[2] / "examples"


def card(one=None):
    given = [Assumption.of(text) for text in ASSUME]
    return engine().card(one or person(), as_of=DAY, agency=AGENCY, assume=given)


@cache
def of_sample(region, number):
    agency = Agency.model_validate_json((EXAMPLES / "agencies" / f"{region}.json").read_text(encoding="utf-8"))
    line = (EXAMPLES / "workforces" / f"{region}.jsonl").read_text(encoding="utf-8").splitlines()[number]
    given = [Assumption.of("rating=Baik")]
    return Engine.load(region).card(Employee.model_validate_json(line), as_of=DAY, agency=agency, assume=given)


def test_a_card_has_its_parts_in_the_order_in_which_they_are_read():
    """Who, what is owed, what comes, what closes, what is missing, and where to object."""
    said = of_sample("surakarta", 0).text("id")
    heads = [line for line in said.splitlines() if line and not line.startswith(" ")]
    assert heads[0] == "Kartu karier"
    assert [one for one in heads if one in HEADS] == list(HEADS)
    assert "  Pangkat: Pengatur Tingkat I (II/d), terhitung mulai tanggal 1 Januari 2021" in said
    assert "Sampaikan perbaikan data atau keberatan kepada ........ melalui" in said


HEADS = (
    "Yang tercatat tentang Anda",
    "Kewajiban dan anjuran yang belum dipenuhi",
    "Langkah berikutnya",
    "Yang tertutup menurut waktu",
    "Data yang perlu dilengkapi atau diperbaiki",
    "Bila ada yang tidak sesuai",
)


def test_duties_are_those_that_the_decisions_say_what_is_overdue_first():
    """None that is fulfilled, and none that is not for the person."""
    duties = of_sample("surakarta", 0).duties
    states = [one.state.value for one in duties]
    assert set(states) <= {"overdue", "owed", "undetermined"}
    assert states == sorted(states, key=["overdue", "owed", "undetermined"].index)
    assert "bimbingan-kinerja" in [one.rule.id for one in duties]  # rated below Baik: what is owed to the person


def test_steps_are_those_of_the_path_about_which_something_can_be_done():
    """With their earliest day, or what would change the no; an acting appointment is no step of a career."""
    made = of_sample("surakarta", 0)
    steps = next(one for one in made.sections if one.heading.code == "card.steps")
    told = [entry.said.to("en") for entry in steps.told]
    assert told[0] == "Regular rank promotion, to Penata Muda (III/a)"
    assert not any("acting" in one for one in told)
    inside = " ".join(said.to("en") for said in steps.told[0].inside)
    assert "pass the service examination of level I" in inside


def test_who_has_no_step_ahead_is_told_so():
    """Somebody under contract has duties and an end of the contract, and no promotion."""
    said = of_sample("surakarta", 7).text("en")
    assert "By this policy no step can be named from here" in said
    assert "In the service up to and including 31 January 2028" in said


@pytest.mark.parametrize(
    ("region", "number"), [("jakarta", 0), ("kota-semarang", 2), ("jawa-tengah", 98), ("surakarta", 7)]
)
def test_every_region_gives_cards_in_both_languages(region, number):
    """As text, Markdown and HTML, without a number that tells who it is of, and about one page long."""
    made = of_sample(region, number)
    for lang in ("id", "en"):
        said = made.text(lang)
        assert made.employee.nip not in said + letter(made).markdown(lang) + letter(made).html(lang)
        assert len(said.splitlines()) < 90


def test_a_card_pickles_prints_short_and_is_data():
    """As all that is handed to users."""
    made = card()
    assert pickle.loads(pickle.dumps(made)).model_dump() == made.model_dump()  # noqa: S301
    assert repr(made) == "CareerCard(********201505*001, 2026-10-01)"
    assert made.model_dump()["steps"] == made.path.model_dump()["steps"]


def test_the_command_writes_text_a_page_and_data(tmp_path):
    """What an employee is handed, with where to object; a slip is told."""
    staff, agency = tmp_path / "staff.jsonl", tmp_path / "agency.json"
    staff.write_text(person().model_dump_json(exclude_none=True) + "\n", encoding="utf-8")
    agency.write_text(AGENCY.model_dump_json(exclude_none=True), encoding="utf-8")
    assume = [word for one in ASSUME for word in ("--assume", one)]
    words = ("card", FOLDER, staff, "--nip", person().nip, "--as-of", "2026-10-01", "--agency", agency, *assume)
    assert run(*words).stdout == card().text("id")
    assert json.loads(run(*words, "--format", "json").stdout) == card().model_dump()
    office = tmp_path / "office.toml"
    office.write_text('objection_to = "Kepala <Badan>"\n', encoding="utf-8")
    page = run(*words, "--format", "html", "--office", office, "--whole-nip").stdout
    assert "Kepala &lt;Badan&gt;" in page
    assert person().nip in page
    refused = run(*words, "--format", "pdf")
    assert (refused.returncode, "unknown format `pdf`" in refused.stderr) == (2, True)


def test_an_office_gets_a_card_for_everybody(tmp_path):
    """In the order of the file; what is of one page can't be of many, and somebody has to be named otherwise."""
    lines = (EXAMPLES / "workforces" / "surakarta.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "staff.jsonl").write_text("".join(lines[:3]), encoding="utf-8")
    every = ("card", "surakarta", "staff.jsonl", "--as-of", "2026-10-01", "--assume", "rating=last", "--format", "md")
    done = run(*every, "--folder", "cards", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.name for path in (tmp_path / "cards").iterdir()) == [f"0000{at}-card.md" for at in (1, 2, 3)]
    assert "Kartu karier" in (tmp_path / "cards" / "00002-card.md").read_text(encoding="utf-8")
    assert "`--nip` is of one page" in run(*every, "--folder", "cards", "--nip", "1", cwd=tmp_path).stderr
    assert "nobody is named" in run(*every, cwd=tmp_path).stderr


def test_a_card_says_whose_duty_it_is():
    """The periodic review is owed by the agency: nobody reads it as their own debt."""
    said = of_sample("surakarta", 2).text("id")
    _, _, rest = said.partition("Tinjauan berkala perkembangan karier (periode sebelumnya)")
    assert "Yang harus memenuhinya: instansi" in rest.partition("Dasar")[0]


def test_duties_that_wait_for_the_same_data_are_told_together():
    """Whose leaves were not delivered reads once that they are missing, and under it what can't be told without them."""
    lines = of_sample("jawa-tengah", 20).text("en").splitlines()
    at = lines.index("  Can't be determined without these data: leaves (complete since when?)")
    below = list(takewhile(lambda line: line.startswith("    "), lines[at + 1 :]))
    assert len(below) > 4
    assert all(" – Basis: PP 11/2017" in line for line in below)
    assert not any(line.startswith("  Long leave lasts at most 3 months") for line in lines)


def test_duties_that_wait_for_data_have_a_deadline_beside_them_where_there_is_one():
    """A year's training hours keep their own place: what is missed by a day is not told in a row with others."""
    (line,) = [one for one in of_sample("jawa-tengah", 20).text("en").splitlines() if "development: can't be" in one]
    assert line == "  Yearly competence development: can't be determined yet, data are missing"
