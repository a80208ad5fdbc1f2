"""Outcomes by group: rates are bounds, a signal holds at both ends, small cells are suppressed, and who is outside is outside."""

import json
from datetime import date
from itertools import combinations
from random import Random

import polars as pl
import pytest
from typer.testing import CliRunner

from asnpolicy import Agency, Employee, Engine, PolicyError
from asnpolicy.cli import work
from asnpolicy.cli.app import app
from asnpolicy.exchange import synth
from asnpolicy.fairness.by_group.groups import Signal, Tally, compared
from asnpolicy.fairness.by_group.outcomes import PersonOutcome
from asnpolicy.fairness.by_group.privacy import private
from asnpolicy.fairness.by_group.report import disparity
from asnpolicy.fairness.by_group.standard import UGESP
from asnpolicy.report.outcomes import page
from asnpolicy.workforce import Workforce
from tests.conformance.scrawl import lines
from tests.fairness.defects import changed, policy

AS_OF = date(2026, 10, 1)


def people(group, passed, failed, unknown=0, criteria=1):
    """Give outcomes of a group: so many passed, so many failed the last criterion, so many are undetermined."""
    last = (False,) * (criteria - 1) + (True,)
    none = (False,) * criteria
    return [
        *(PersonOutcome((group,), True, none) for _ in range(passed)),
        *(PersonOutcome((group,), False, last) for _ in range(failed)),
        *(PersonOutcome((group,), None, none) for _ in range(unknown)),
    ]


def signal(*groups):
    """Give what the last group comes to."""
    found = compared("sex", [one for each in groups for one in each], 0, UGESP, ("a",))
    return {one.name: one.signal for one in found}


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ((50, 50), Signal.NO_SIGNAL),
        ((300, 300), Signal.NO_SIGNAL),
        ((35, 65), Signal.BOTH),
        ((14, 16), Signal.RATIO_ONLY),
        ((5, 15), Signal.TOO_SMALL),
        ((0, 100), Signal.BOTH),
    ],
)
def test_a_group_is_told_in_one_word(own, expected):
    """Beside 60 of 100: the ratio, chance, and whether there are enough people."""
    assert signal(people("L", 60, 40), people("P", *own))["P"] is expected


def test_a_small_difference_of_many_is_a_sign_of_the_test_alone():
    """92 % beside 98 % of 5,000: not below four fifths, and not by chance."""
    assert signal(people("L", 4900, 100), people("P", 4600, 400))["P"] is Signal.TEST_ONLY


def test_a_signal_must_hold_however_the_undetermined_turn_out():
    """30 of 100 beside 60 of 100 is a signal; with 40 more of whom it is not known, it is none."""
    assert signal(people("L", 60, 40), people("P", 30, 70))["P"] is Signal.BOTH
    assert signal(people("L", 60, 40), people("P", 30, 30, 40))["P"] is Signal.NO_SIGNAL
    (_, group) = compared("sex", [*people("L", 60, 40), *people("P", 30, 30, 40)], 0, UGESP, ("a",))
    assert [round(each, 2) for each in group.ratio] == [0.5, 1.17]
    assert group.mid_p == 1.0


def test_the_criterion_at_which_groups_part_is_named():
    """And what each criterion adds comes to the whole."""
    many = [*people("L", 60, 40, criteria=3), *people("P", 30, 70, criteria=3)]
    many += [PersonOutcome(("P",), False, (True, False, False)) for _ in range(3)]
    (_, group) = compared("sex", many, 0, UGESP, ("pertama", "kedua", "ketiga"))
    assert group.parts_at == "ketiga"
    assert [one.criterion for one in group.partings if one.adds and one.adds < -0.5] == ["ketiga"]


@pytest.mark.parametrize("number", range(40))
def test_no_small_cell_follows_from_totals(number):
    """In no row and no column is one cell alone kept back, and nothing below five is shown."""
    rng = Random(number)
    names = [(a, b) for a in "abc" for b in "xyz"]
    many = [
        PersonOutcome((f"{a} × {b}",), rng.random() < 0.5, (False,))
        for a, b in names
        for _ in range(rng.choice((0, 2, 6, 40)))
    ]
    made = compared("a × b", many, 0, UGESP, ("k",)) if many else []
    lines = [[at for at, one in enumerate(made) if part in one.name.split(" × ")] for part in "abcxyz"]
    for line in [*lines]:
        kept = [private(made, lines)[at] for at in line]
        assert sum(one.suppressed for one in kept) != 1 or len(kept) == 1
        assert sum(one.people is None for one in kept) != 1 or len(kept) == 1
        for one in kept:
            if one.tally is not None:
                assert all(not 0 < cell < 5 for cell in one.tally.cells)
            assert one.people is None or one.people >= 5
            assert not one.suppressed or (one.ratio is None and one.partings == ())


def person(number, sex, *, rank_since="2020-10-01", status="aktif"):
    """Give somebody whom the sound rule finds eligible, unless the rank is too recent."""
    given = {
        "nip": f"19900410201803{2 if sex == 'P' else 1}{number + 1:03d}",
        "employment": "PNS", "service_status": status, "cpns_on": "2018-03-01", "pns_on": "2019-03-01",
        "birth_date": "1990-04-10", "protected": {"sex": sex} if sex else {},
        "ranks": {"records": [{"rank": "III/a", "since": rank_since}], "complete_since": "all"},
        "appraisals": {"records": [{"year": year, "period_start": f"{year}-01-01", "period_end": f"{year}-12-31", "rating": "Baik", "decided_on": f"{year + 1}-01-01"} for year in (2024, 2025)], "complete_since": "all"},
        "sanctions": {"records": [], "complete_since": "all"},
    }  # fmt: skip
    return Employee.model_validate(given)


@pytest.fixture(scope="module")
def uji(tmp_path_factory):
    """Give the sound policy."""
    return policy(tmp_path_factory.mktemp("uji"), *changed())


def test_people_of_a_workforce_are_counted_once_and_where_they_belong(uji):
    """Who the rule is not for is in no rate; an attribute that was not delivered is a group of its own."""
    many = [
        *(person(n, "L") for n in range(60)),
        *(person(n, "P", rank_since="2024-10-01") for n in range(40)),
        *(person(n, "P") for n in range(40, 60)),
        *(person(n, None) for n in range(70, 80)),
        *(person(n, "L", status="mpp") for n in range(80, 83)),
    ]
    found = disparity(Engine.load(uji), many, "naik", as_of=AS_OF)
    by_name = {one.name: one for one in found.groups}
    assert (found.whole.people, found.outside) == (130, 3)
    assert by_name["P"].tally == Tally(60, 20, 0)
    assert by_name["P"].signal is Signal.BOTH
    assert by_name["P"].parts_at == "masa"
    assert by_name["?"].people == 10
    assert found.signals == (by_name["P"],)
    assert "they part at `masa`" in found.text()
    assert "rasio dan uji" in page(found)
    json.dumps(found.as_data())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"by": ("height",)}, "unknown group `height`"),
        ({"by": ("religion",)}, "outcomes are not told by `religion`"),
        ({"by": ("ethnicity",)}, "nobody in the workforce has `ethnicity`"),
        ({"stratum": "kantor"}, "unknown group `kantor`"),
        ({"standard": "four-fifths"}, "unknown standard `four-fifths`"),
    ],
)
def test_what_can_not_be_told_apart_is_said(uji, words, told):
    """One sentence and the way out."""
    with pytest.raises(PolicyError, match=told) as error:
        disparity(Engine.load(uji), [person(1, "L")], "naik", as_of=AS_OF, **words)
    assert error.value.problems[0].help
    with pytest.raises(PolicyError, match="there is nobody"):
        disparity(Engine.load(uji), [], "naik", as_of=AS_OF)
    with pytest.raises(PolicyError, match="unknown rule `turun`"):
        disparity(Engine.load(uji), [person(1, "L")], "turun", as_of=AS_OF)


def test_the_command_ends_with_what_was_found(uji, tmp_path):
    """1 when there is a signal, 0 when there is none; text, data and a page."""
    file = tmp_path / "staff.jsonl"
    rows = [person(n, sex, rank_since="2024-10-01" if sex == "P" else "2020-10-01") for sex in "LP" for n in range(40)]
    file.write_text("\n".join(one.model_dump_json() for one in rows), encoding="utf-8")
    words = ["disparity", str(uji), str(file), "--rule", "naik", "--as-of", str(AS_OF)]
    run = CliRunner().invoke(app, words)
    assert (run.exit_code, "P: n 40, 0.0%" in run.stdout) == (1, True)
    assert json.loads(CliRunner().invoke(app, [*words, "--format", "json"]).stdout)["groups"][1]["signal"] == "both"
    assert CliRunner().invoke(app, [*words, "--jobs", "2"]).stdout == run.stdout
    page = tmp_path / "page.html"
    CliRunner().invoke(
        app,
        [*words, "--format", "html", "--lang", "id", "-o", str(page), "--by", "sex", "--by", "age", "--intersections"],
    )
    assert "<svg" in page.read_text(encoding="utf-8")
    assert isinstance(CliRunner().invoke(app, [*words, "--format", "pdf"]).exception, PolicyError)


def test_lines_of_two_groups_hide_both():
    """With one too small, the other follows from the total, and is kept back with it."""
    made = compared("sex", [*people("L", 60, 40), *people("P", 1, 2)], 0, UGESP, ("a",))
    assert all(one.suppressed and one.people is None for one in private(made, [range(2)]))
    assert len(list(combinations(made, 2))) == 1


RULES = (
    "kenaikan-pangkat-reguler", "pensiun-bup", "jp-tahunan", "satyalancana-karya-satya-x", "pembimbingan-latsar/mentor",
    "pembimbingan-latsar/pair",
)  # fmt: skip


def worn(person, number):
    """Give somebody as a register has them: of every fourth a day known in part, of every third something not delivered."""
    data = person.model_dump(mode="json")
    if number % 4 == 1:
        data["birth_date"] = data["birth_date"][: 4 + 3 * (number % 8 > 3)] if data["birth_date"] else None
    if number % 3 == 1:
        data["protected"] = {"sex": data["protected"]["sex"], "marital_status": "kawin", "disability": number % 2 == 0}
        data["ranks"]["complete_since"] = None
    if number % 9 == 2:
        data["unit"] = data["appraisals"] = None
    return Employee.model_validate(data)


@pytest.fixture(scope="module")
def registered():
    """Give people of a register, none of them as its clerk would like."""
    return [worn(one, number) for number, one in enumerate(synth.workforce(240, seed=5, as_of=AS_OF))]


@pytest.mark.parametrize("rule", RULES)
def test_tables_come_to_the_same_figures_to_the_digit(rule, registered):
    """In columns or one by one, in whatever order, for every kind of rule, with days known in part and without days."""
    engine, by = Engine.load("nasional"), ("sex", "age", "field", "marital_status", "disability")
    asked = {"as_of": AS_OF, "by": by, "intersections": True, "stratum": "unit"}
    told = disparity(engine, registered, rule, **asked).as_data()
    assert disparity(engine, Workforce.of(reversed(registered)), rule, **asked).as_data() == told
    assert told["people"] > 50


@pytest.mark.parametrize("where", [list, Workforce.of])
def test_a_group_is_one_however_offices_write_it(where):
    """`KAWIN` and `kawin` are no two groups, of which each is half as sure to be a sign."""
    written = ("kawin", "KAWIN", "Belum kawin", "BELUM  KAWIN", "belum kawin")
    people = [
        one.model_copy(update={"protected": one.protected.model_copy(update={"marital_status": written[at % 5]})})
        for at, one in enumerate(synth.workforce(120, seed=5, as_of=AS_OF))
    ]
    made = disparity(Engine.load("nasional"), where(people), RULES[0], as_of=AS_OF, by=("marital_status",))
    assert {group["name"] for group in made.as_data()["groups"]} == {"Kawin", "Belum Kawin"}


def test_people_in_tables_are_decided_in_columns(registered, monkeypatch):
    """And only whom columns can't say one by one; with vacant posts everybody is."""
    engine, staff = Engine.load("nasional"), Workforce.of(registered)
    decided = []
    decide = Engine.decide
    monkeypatch.setattr(Engine, "decide", lambda *given, **asked: decided.append(1) or decide(*given, **asked))
    disparity(engine, staff, RULES[0], as_of=AS_OF)
    passed_on = engine.assess_frame(staff, as_of=AS_OF, rules=[RULES[0]])["passed_on"].sum()
    assert 0 < len(decided) == passed_on < len(staff) / 2
    agency = Agency.model_validate({"openings": [{"id": "kabid", "echelon": "III.b"}]})
    before = len(decided)
    disparity(engine, staff, RULES[0], as_of=AS_OF, agency=agency)
    assert len(decided) - before == len(staff)


def test_a_file_is_told_alike_with_columns_and_without(registered, tmp_path, monkeypatch):
    """Damaged lines, lines of nobody and people twice: in pieces, by several processes, and where the extra is not installed."""
    file, rng = tmp_path / "staff.jsonl", Random(3)
    file.write_text("\n".join(lines(rng, registered, 0.5, rare=0.1)), encoding="utf-8", errors="replace")
    words = ["disparity", "nasional", str(file), "--rule", "jp-tahunan", "--as-of", str(AS_OF), "--by", "sex", "--by", "unit"]
    words += ["--format", "json"]
    told = CliRunner().invoke(app, words)
    assert "left out" in told.stderr
    monkeypatch.setattr(work, "AT_ONCE", 20)
    assert CliRunner().invoke(app, words).output == told.output
    assert CliRunner().invoke(app, [*words, "--jobs", "2"]).output == told.output
    monkeypatch.setattr(work, "_at_once", lambda *_: None)
    assert CliRunner().invoke(app, words).output == told.output


def test_the_command_reads_tables(registered, tmp_path):
    """A folder is told as a file of the same people is; what is amiss in it is told, and ends with 1."""
    file, folder = tmp_path / "staff.jsonl", tmp_path / "tables"
    file.write_text("\n".join(one.model_dump_json() for one in registered), encoding="utf-8")
    Workforce.of(registered).write(folder)
    words = ["--rule", "jp-tahunan", "--as-of", str(AS_OF), "--by", "age", "--format", "json"]
    told = CliRunner().invoke(app, ["disparity", "nasional", str(folder), *words])
    assert told.stdout == CliRunner().invoke(app, ["disparity", "nasional", str(file), *words]).stdout
    refused = CliRunner().invoke(app, ["disparity", "nasional", str(folder), *words, "--jobs", "2"]).exception
    assert "`--jobs` has no meaning with tables" in str(refused)
    ranks = pl.read_parquet(folder / "ranks.parquet").with_columns(nip=pl.lit("198001012005011999"))
    ranks.write_parquet(folder / "ranks.parquet")
    amiss = CliRunner().invoke(app, ["disparity", "nasional", str(folder), *words])
    assert (amiss.exit_code, "ranks" in amiss.stderr) == (1, True)
