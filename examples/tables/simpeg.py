"""A personnel database as offices have it, in SQLite: seven tables with codes, filled from a sample workforce."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

SCHEMA = """
create table pegawai (
    nip text primary key, nama text, tgl_lahir text, kd_status integer, kd_kedudukan integer,
    tmt_cpns text, tmt_pns text, unit_kerja text, pangkat_atasan text);
create table riwayat_pangkat (nip text, kd_golru integer, tmt text);
create table riwayat_jabatan (
    nip text, nama text, kd_jenis integer, jenjang text, eselon text, plt integer, tmt text, tmt_selesai text);
create table riwayat_pendidikan (nip text, tingkat text, tgl_lulus text, tgl_pencantuman text);
create table skp (nip text, tahun integer, predikat text, tgl_penetapan text);
create table hukuman (nip text, tingkat text, mulai text, selesai text);
create table cuti (nip text, jenis text, mulai text, selesai text);
"""
RANKS = [
    f"{group}/{letter}" for group in ("I", "II", "III", "IV") for letter in "abcde" if group == "IV" or letter != "e"
]
STATUSES = {"CPNS": 1, "PNS": 2, "PPPK": 3}
STANDINGS = {"aktif": 1, "tugas-belajar": 2, "cltn": 3}
KINDS = {"pelaksana": 1, "fungsional": 2, "pengawas": 3, "administrator": 4, "jpt-pratama": 5}
NULL = (None, "none", "ongoing")
"""What such a database leaves empty: what is not known, what there is none of, and what goes on."""


def database(people: Path) -> sqlite3.Connection:
    """Return a database in memory with the people of a file."""
    made = sqlite3.connect(":memory:")
    made.row_factory = sqlite3.Row
    made.executescript(SCHEMA)
    for line in people.read_text(encoding="utf-8").splitlines():
        _fill(made, json.loads(line))
    return made


def _fill(made: sqlite3.Connection, one: dict[str, Any]) -> None:
    def rows(table: str, history: str, *values: str | Callable[[dict[str, Any]], object]) -> None:
        for record in one[history]["records"]:
            cells = [value(record) if callable(value) else record.get(value) for value in values]
            marks = ", ".join("?" * (len(cells) + 1))
            kept = [one["nip"], *(None if cell in NULL else cell for cell in cells)]
            made.execute(f"insert into {table} values ({marks})", kept)  # noqa: S608  # names of this file

    own = ("nip", "name", "birth_date")
    codes = (STATUSES[one["employment"]], STANDINGS[one["service_status"]])
    kept = [
        *(one.get(name) for name in own),
        *codes,
        *(one.get(name) for name in ("cpns_on", "pns_on", "unit", "supervisor_rank")),
    ]
    made.execute(
        "insert into pegawai values (?, ?, ?, ?, ?, ?, ?, ?, ?)", [None if cell in NULL else cell for cell in kept]
    )
    rows("riwayat_pangkat", "ranks", lambda r: RANKS.index(r["rank"]) + 1, "since")
    rows(
        "riwayat_jabatan", "posts", "title", lambda r: KINDS[r["kind"]], "jenjang", "echelon",
        lambda r: int(r.get("acting", False)), "since", "until",
    )  # fmt: skip
    rows("riwayat_pendidikan", "educations", "level", "graduated_on", "recognised_on")
    rows("skp", "appraisals", "year", "rating", "decided_on")
    rows("hukuman", "sanctions", "level", "since", "until")
    rows("cuti", "leaves", "kind", "since", "until")
