"""Timelines and paths as people read them: the texts, the picture and the bars of one person, each word as it was agreed."""

import xml.etree.ElementTree as ET
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from asnpolicy import Assumption, Employee, Engine
from asnpolicy.report import chart
from asnpolicy.report.letters.card import letter
from asnpolicy.report.letters.issuer import Issuer
from tests.behaviour.test_card import card
from tests.behaviour.test_path import path

FOLDER = Path(__file__).parent / "timelines"
KINDS = (
    "indonesian.txt",
    "english.txt",
    "chart.svg",
    "page.html",
    "assumed.txt",
    "path-indonesian.txt",
    "path-english.txt",
    "card-indonesian.txt",
    "card-english.md",
    "card-indonesian.html",
)
SVG = "{http://www.w3.org/2000/svg}"


@cache
def lines(*assume):
    engine = Engine.load(FOLDER / "contoh")
    person = Employee.model_validate_json((FOLDER / "person.json").read_text(encoding="utf-8"))
    assumptions = [Assumption.of(one) for one in assume]
    return engine.timelines(person, since=date(2025, 1, 1), until=date(2032, 1, 1), assume=assumptions)


def shown(name):
    """Return what is shown of a kind."""
    match name:
        case "indonesian.txt":
            return "\n".join(one.explain("id") for one in lines())
        case "english.txt":
            return "\n".join(one.explain("en") for one in lines())
        case "assumed.txt":
            return "\n".join(one.explain("id") for one in lines("rating=last", "training=lain@2027-03-01,hours=20"))
        case "path-indonesian.txt":
            return path("kasubbag").explain("id")
        case "path-english.txt":
            return path("kasubbag").explain("en")
        case "card-indonesian.txt":
            return card().text("id")
        case "card-english.md":
            return letter(card()).markdown("en")
        case "card-indonesian.html":
            return letter(card(), Issuer(agency="BKPSDM", objection_to="Kepala Badan", channel="loket 1")).html("id")
        case "chart.svg":
            return chart.svg(lines(), "id")
        case "page.html":
            return chart.page(lines("rating=Baik"), "en")


@pytest.mark.parametrize("name", KINDS)
def test_what_is_ahead_is_shown_as_it_was_agreed(name):
    """What an officer, an employee and a newcomer read, to the letter."""
    assert shown(name) == (FOLDER / name).read_text(encoding="utf-8")


def test_the_picture_can_be_read_aloud_and_without_colours():
    """Each bar has a name, each stretch a text with its days and causes, and what is projected is striped."""
    root = ET.fromstring(chart.svg(lines(), "en"))  # noqa: S314  # we wrote it
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text.startswith("Timelines, 1 January 2025 to 31 December 2031")
    groups = root.findall(f"{SVG}g")
    assert [group.get("aria-label") for group in groups] == [str(one.title.en) for one in lines()]
    for group, line in zip(groups, lines(), strict=True):
        tips = [
            rect.find(f"{SVG}title").text
            for rect in group.findall(f"{SVG}rect")
            if rect.find(f"{SVG}title") is not None
        ]
        assert len(tips) == len(line.by_result())
        striped = [rect for rect in group.findall(f"{SVG}rect") if "projected" in rect.get("fill")]
        assert len(striped) == sum(one.projected for one in line.by_result()) > 0
    assert len({*chart.COLOURS.values()}) == len(chart.COLOURS) - 1  # eligible and fulfilled are one
    assert len({*chart.SIGNS.values()}) == len(chart.SIGNS) - 1


def test_each_cell_of_a_bar_is_the_result_of_its_first_day():
    """However narrow a terminal is."""
    for line in lines():
        for width in (1, 7, 60):
            days = (line.until - line.since).days
            starts = [date.fromordinal(line.since.toordinal() + at * days // width) for at in range(width)]
            assert list(chart.cells(line, width)) == [line.on(day).result for day in starts]


def test_a_name_can_do_no_harm_in_a_picture():
    """Signs of markup in a name or a title are text."""
    engine = Engine.load(FOLDER / "contoh")
    person = Employee(nip="199001012015031001", name="<b>A & B</b>", service_status="aktif", known_on=date(2026, 1, 1))
    made = engine.timelines(person, since=date(2026, 1, 1), until=date(2027, 1, 1))
    page = chart.page(made, "id")
    assert "<b>A" not in page
    assert "&lt;b&gt;A &amp; B" in page
