"""Kinds: what a file is that holds no people as JSON, by its first bytes: a workbook, a table, a packed file."""

from __future__ import annotations

import re
from typing import IO

from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import Message, Text, phrase

_AS_TABLES = phrase(
    en="save each table as CSV, such as `employees.csv` and `ranks.csv`, in one folder, and give the folder",
    id="simpan setiap tabel sebagai CSV, misalnya `employees.csv` dan `ranks.csv`, dalam satu folder, lalu beri folder itu",
)
_IN_A_FOLDER = phrase(
    en="give a folder of tables with `employees.parquet` in it", id="beri folder tabel yang memuat `employees.parquet`"
)
_UNPACKED = phrase(en="unpack it first", id="buka kompresinya dahulu")
_EXPORTED = phrase(
    en="let the register write JSON Lines, or tables as CSV in one folder",
    id="minta data dari sistem kepegawaian sebagai JSON Lines, atau tabel CSV dalam satu folder",
)
_WORKBOOK = Text("buku kerja", "a workbook")
KINDS: tuple[tuple[bytes, Text, Message], ...] = (
    (b"\xd0\xcf\x11\xe0", _WORKBOOK, _AS_TABLES),
    (b"PAR1", Text("tabel Parquet", "a table of Parquet"), _IN_A_FOLDER),
    (b"\x1f\x8b", Text("berkas terkompresi", "a packed file"), _UNPACKED),
    (b"%PDF", Text("dokumen PDF", "a PDF"), _EXPORTED),
    (b"SQLite format 3", Text("database SQLite", "a database of SQLite"), _EXPORTED),
    *((begin, Text("halaman HTML atau XML", "a page of HTML or XML"), _EXPORTED) for begin in (b"<?xml", b"<!DOCTYPE", b"<html", b"<table")),
)
"""What a file begins with, what it is, and the way out."""
_ZIP = b"PK\x03\x04"
_HEAD = 4096
"""So many bytes hold the heads of a table."""
_BETWEEN = re.compile(r"[,;\t|]")


def refuse_other_kinds(file: IO[bytes]) -> None:
    """Raise PolicyError for a file that is no JSON at all, once, in place of a problem for each of its lines."""
    file.seek(0)
    first = file.read(_HEAD)
    file.seek(0)
    for begin, what, help_ in KINDS:
        if first.startswith(begin):
            raise _no_people(what, help_)
    if first.startswith(_ZIP):
        packed = Text("berkas terkompresi", "a packed file")
        raise _no_people(*((_WORKBOOK, _AS_TABLES) if b"[Content_Types].xml" in first else (packed, _UNPACKED)))
    if _is_table(first):
        raise _no_people(Text("tabel CSV", "a table of CSV"), _AS_TABLES)


def _is_table(first: bytes) -> bool:
    """Tell whether the first line that says anything has the heads of a table: one of them is the number of a person."""
    text = first.decode("utf-8-sig", errors="replace").lstrip()
    if text.startswith(("{", "[")):
        return False
    heads = [head.strip(" \"'").casefold() for head in _BETWEEN.split(text.partition("\n")[0].rstrip("\r"))]
    return len({head for head in heads if head}) > 1 and any(head.split(" ")[0].strip(".") in ("nip", "nipbaru", "nip_baru") for head in heads)


def _no_people(what: Text, help_: Message) -> PolicyError:
    message = phrase(
        en="the file is {what}, and a file of people is JSON Lines", id="berkas ini {what}, sedangkan berkas pegawai ditulis sebagai JSON Lines",
        what=what,
    )  # fmt: skip
    return PolicyError([Problem("no-json", message, help=help_)])
