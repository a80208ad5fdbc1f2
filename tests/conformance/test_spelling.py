"""One reading of cells and of lines: a person in tables is the one of a file, whatever an office wrote in a field."""

from __future__ import annotations

import json
from datetime import date
from random import Random
from typing import Any

import polars as pl
import pytest

from asnpolicy import Employee, read_employees
from asnpolicy.exchange.synth import workforce
from asnpolicy.people import HISTORIES, OPEN, PartialDay
from asnpolicy.workforce import Workforce
from asnpolicy.workforce.folder import Folder
from asnpolicy.workforce.schema import COMPLETE, EMPLOYEES, KEY, PROTECTED, Holds, delivered
from tests.conformance.scrawl import VALUES
from tests.conformance.shipped import PEOPLE

DAY = date(2026, 10, 1)
ONE, OTHER = "199001012015031001", "199002022015031002"
OFFICES = (
    "01-10-2022", "10/25/2022", "25/10/2022", "1 Oktober 2022", "Okt 2022", "10/2022", "2022-10-01 00:00:00", "20221001", "TMT 01-04-2020",
    "0000-00-00", "IIId", "3D", "Penata Tk. I (III/d)", "S1", "Sarjana", "Gol. III/d", "Muda", "8,5", "10 JP", "1.000", "1,234", "1e3", " 12 ",
    "012", "+5", "-1", "8.123456789", "ya", "Y", "T", "lulus", "sekarang", "semua", "plt", "Plh.", "NIP. 19900101 201503 1 001", "tidak-ada",
    "Laki-laki", "Berat", "nu\u200bll",
)  # fmt: skip
TEXTS = tuple(one for one in (*VALUES, *OFFICES) if isinstance(one, str))
PLAIN = (Holds.TEXT, Holds.LABEL, Holds.TRUTH, Holds.DAY, Holds.NUMBER, Holds.EXACT)


def _fields(table: str) -> list[str]:
    return [name for name, spec in delivered(table).items() if spec.holds in PLAIN and name != KEY]


def _scrawled(rng: Random, person: Employee) -> dict[str, Any]:
    """Return the data of somebody with one text in the place of one value."""
    data = person.model_dump(mode="json", exclude_none=True)
    data |= {name: {"records": [], **(data.get(name) or {})} for name in HISTORIES}
    records = [(name, one) for name in HISTORIES for one in data[name]["records"]]
    if records and rng.random() < 0.6:
        name, record = rng.choice(records)
        record[rng.choice(_fields(name))] = rng.choice(TEXTS)
        return data
    field = rng.choice(_fields(EMPLOYEES))
    whose, name = (data, field)
    if field.endswith(COMPLETE):
        whose, name = data[field.removesuffix(COMPLETE)], "complete_since"
    elif field.startswith(PROTECTED):
        whose, name = data.setdefault("protected", {}), field.removeprefix(PROTECTED)
    whose[name] = rng.choice(TEXTS)
    return data


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value) if isinstance(value, (list, dict)) else str(value).lower()


def _rows(people: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the same data as rows of tables, each value as text."""
    rows: dict[str, list[dict[str, Any]]] = {EMPLOYEES: [], **{name: [] for name in HISTORIES}}
    for data in people:
        own = {name: value for name, value in data.items() if name not in (*HISTORIES, "protected", "confirmed")}
        own |= {PROTECTED + name: value for name, value in data.get("protected", {}).items()}
        own |= {name + COMPLETE: data[name].get("complete_since") for name in HISTORIES}
        rows[EMPLOYEES].append(own)
        for name in HISTORIES:
            rows[name] += [{KEY: data[KEY], **record} for record in data[name]["records"]]
    return rows


def _frames(people: list[dict[str, Any]]) -> dict[str, pl.DataFrame]:
    made = {}
    for name, rows in _rows(people).items():
        heads = [head for head in delivered(name) if head == KEY or any(head in row for row in rows)]
        made[name] = pl.DataFrame({head: pl.Series([_text(row.get(head)) for row in rows], dtype=pl.String) for head in heads})
    return made


@pytest.mark.parametrize("seed", range(4))
def test_a_cell_means_what_the_same_text_means_in_a_file(tmp_path, seed):
    """Each field of everybody: the person of the tables is that of the lines, with the same unknown."""
    rng = Random(seed)
    people = [_scrawled(rng, one) for one in workforce(max(PEOPLE * 4, 200), seed=seed, as_of=DAY)]
    file = tmp_path / "people.jsonl"
    file.write_text("\n".join(map(json.dumps, people)), encoding="utf-8")
    of_lines = {one.nip: one for one in read_employees(file, bad=lambda _: None)}
    frames = _frames(people)
    of_tables = {one.nip: one for one in Workforce.from_frames(frames.pop(EMPLOYEES), **frames)}
    assert of_tables.keys() == of_lines.keys()
    apart = {
        name: (getattr(one, name), getattr(of_tables[nip], name))
        for nip, one in of_lines.items() for name in Employee.model_fields if getattr(one, name) != getattr(of_tables[nip], name)
    }  # fmt: skip
    assert apart == {}


def test_cells_are_read_as_offices_write_them_and_told():
    """What is read otherwise than it is written is counted, by column and by why."""
    staff = Workforce.from_frames(
        pl.DataFrame({KEY: [f"'{ONE}", f"NIP. {OTHER}"], "employment": ["Pegawai Negeri Sipil", "P3K"], "supervisor": [None, f"NIP {ONE}"]}),
        ranks=pl.DataFrame({KEY: [ONE, ONE], "rank": ["Penata Tk. I (III/d)", "IIIz"], "since": ["01-04-2020", "1 April 2016"]}),
        trainings=pl.DataFrame({KEY: [ONE], "hours": ["10 JP"], "passed": ["lulus"], "completed_on": ["0000-00-00"]}),
        posts=pl.DataFrame({KEY: [ONE], "until": ["sekarang"], "acting": ["Plt."]}),
    )
    one, other = staff
    assert (str(one.employment), str(other.employment), other.supervisor) == ("PNS", "PPPK", ONE)
    assert [(str(each.rank), each.since) for each in one.ranks.records] == [("None", date(2016, 4, 1)), ("III/d", date(2020, 4, 1))]
    training, post = one.trainings.records[0], one.posts.records[0]
    assert (training.hours, training.passed, training.completed_on) == (10, True, None)
    assert (post.until, post.acting, str(post.acting_as)) == (OPEN, True, "plt")
    assert sorted((each.code, f"{each.table}.{each.column}", each.count) for each in staff.amiss) == [
        ("filler-date", "trainings.completed_on", 1), ("numeric-date", "ranks.since", 1), ("unreadable-cell", "ranks.rank", 1),
        ("written-otherwise", "employees.employment", 2), ("written-otherwise", "posts.acting", 1),
        ("written-otherwise", "posts.until", 1), ("written-otherwise", "ranks.rank", 1), ("written-otherwise", "ranks.since", 1),
        ("written-otherwise", "trainings.hours", 1), ("written-otherwise", "trainings.passed", 1),
    ]  # fmt: skip


def test_days_are_read_alike_in_whatever_parts_a_table_is_read(tmp_path):
    """Where one row of a column can only be month first, days of other parts that may be two keep their year."""
    (tmp_path / "in").mkdir()
    pl.DataFrame({KEY: [ONE, OTHER]}).write_parquet(tmp_path / "in" / "employees.parquet")
    ranks = pl.DataFrame({KEY: [ONE, OTHER], "rank": ["III/a", "III/a"], "since": ["04-01-2020", "10/25/2022"]})
    ranks.write_parquet(tmp_path / "in" / "ranks.parquet")
    for size in (1, 10):
        parts = [one for bucket in Folder.of(tmp_path / "in").buckets(size) for one in bucket.read()]
        assert [one.ranks.records[0].since for one in parts] == [PartialDay.in_year(2020), date(2022, 10, 25)]
    only = ranks.filter(pl.col(KEY) == ONE)
    alone = Workforce.from_frames(pl.DataFrame({KEY: [ONE]}), ranks=only)
    assert next(iter(alone)).ranks.records[0].since == date(2020, 1, 4)


def test_yes_and_no_of_a_database_are_read():
    """0 and 1, of whatever integer type."""
    staff = Workforce.from_frames(pl.DataFrame({KEY: [ONE, OTHER], "protected.disability": pl.Series([1, 0], dtype=pl.Int8)}))
    assert [one.protected.disability for one in staff] == [True, False]


def test_a_word_in_one_column_holds_where_another_says_nothing():
    """`until` may say that a post runs on where an empty `until_is` stands beside it."""
    staff = Workforce.from_frames(
        pl.DataFrame({KEY: [ONE]}), posts=pl.DataFrame({KEY: [ONE], "until": ["ongoing"], "until_is": pl.Series([None], dtype=pl.String)})
    )
    assert next(iter(staff)).posts.records[0].until == OPEN
