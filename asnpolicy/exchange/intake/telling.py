"""Telling: what stood in the file, what was expected there and the way out, in the words of an officer."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from pydantic import BaseModel

from asnpolicy.people import HISTORIES, DataFinding, Employee, Label, Protected
from asnpolicy.people.appraisals import Expectation, Rating
from asnpolicy.people.education import EducationLevel
from asnpolicy.people.posts import Acting, Category, Echelon, Jenjang, PostKind
from asnpolicy.people.ranks import PppkGrade, Rank, RankChange
from asnpolicy.people.spelling.field import UNREADABLE, Form, form
from asnpolicy.people.status import Employment, SanctionLevel, ServiceStatus, Sex
from asnpolicy.problems import suggest
from asnpolicy.text import Text

CALLED: dict[type[Label], Text] = {
    Rank: Text("golongan ruang", "a rank"),
    PppkGrade: Text("golongan PPPK", "a PPPK grade"),
    RankChange: Text("jenis kenaikan pangkat", "a kind of promotion"),
    EducationLevel: Text("jenjang pendidikan", "a level of education"),
    Rating: Text("predikat kinerja", "a predicate"),
    Expectation: Text("hasil penilaian", "an expectation"),
    Employment: Text("status kepegawaian", "an employment"),
    ServiceStatus: Text("kedudukan pegawai", "a service status"),
    Sex: Text("jenis kelamin", "a sex"),
    PostKind: Text("jenis jabatan", "a kind of post"),
    Acting: Text("jenis pelaksana tugas", "a kind of acting"),
    Category: Text("kategori jabatan fungsional", "a category of functional posts"),
    Jenjang: Text("jenjang jabatan fungsional", "a level of functional posts"),
    Echelon: Text("eselon", "an echelon"),
    SanctionLevel: Text("tingkat hukuman disiplin", "a level of sanction"),
}
_NAMED = re.compile(r"(?P<history>[a-z_]+)(?:\[[^\]]*\])?(?:\.(?P<field>[a-z_]+))?")


def explained(found: DataFinding) -> Text:
    """Return what stood there and on which line and, where it can't be read, what was expected and the way out.

    >>> explained(DataFinding("unreadable-field", "ranks[2010-10-01].rank", sides=(("", "IIIz"),), line=2)).en
    'line 2: `IIIz`; write a rank such as `III/a`, or leave it out when it is not known'
    """
    values = " / ".join(f"`{value}`" for _, value in found.sides)
    line = (f"baris {found.line}", f"line {found.line}") if found.line is not None else ("", "")
    first, second = (": ".join(part for part in (where, values) if part) for where in line)
    wanted = expected(found) if found.code == UNREADABLE else None
    if wanted is None:
        return Text(first, second)
    return Text(
        f"{first}; tulis {wanted.id}, atau kosongkan bila tidak diketahui",
        f"{second}; write {wanted.en}, or leave it out when it is not known",
    )


def expected(found: DataFinding) -> Text | None:
    """Return what was expected where a finding is; None where no one value was."""
    how = _form(found.about)
    if how is None:
        return None
    given = found.sides[0][1] if found.sides else ""
    if issubclass(how.kind, Label):
        return _label(how.kind, given)
    if how.kind is date:
        return _date(how)
    if how.kind is str and how.numbered:
        return Text("18 angka NIP", "the 18 digits of an NIP")
    if how.kind is int:
        return Text("bilangan bulat seperti `20`", "a whole number such as `20`")
    words: dict[type, Text] = {
        bool: Text("`true` (ya) atau `false` (tidak)", "`true` or `false`"),
        Decimal: Text("angka seperti `12.5`", "a number such as `12.5`"),
        tuple: Text('daftar teks seperti `["a", "b"]`', 'a list of texts such as `["a", "b"]`'),
        str: Text("teks, paling banyak 200 huruf", "a text of at most 200 characters"),
    }
    return words[how.kind]


def _label(labels: type[Label], given: str) -> Text:
    known = [member.label for member in labels]
    close = next((one for one in known if one.casefold() == given.casefold()), None) or suggest(given, known)
    example = next((one for one in known if one == "III/a"), known[0])
    called = CALLED[labels]
    perhaps = Text(f" (mungkin `{close}`?)", f" (perhaps `{close}`?)") if close else Text("", "")
    return Text(f"{called.id} seperti `{example}`{perhaps.id}", f"{called.en} such as `{example}`{perhaps.en}")


def _date(how: Form) -> Text:
    more = (
        " atau `ongoing` (masih berjalan)" if how.ends else " atau `all` (lengkap sejak awal)" if how.promises else ""
    )
    also = " or `ongoing`" if how.ends else " or `all`" if how.promises else ""
    return Text(
        f"tanggal seperti `2026-10-01`, atau `2026-10` atau `2026` bila hanya itu yang diketahui{more}",
        f"a date such as `2026-10-01`, or `2026-10` or `2026` when no more is known{also}",
    )


def _form(about: str) -> Form | None:
    found = _NAMED.fullmatch(about)
    if found is None:
        return None
    name, part = found["history"], found["field"]
    model: type[BaseModel] = Employee
    if part is not None:
        model = Protected if name == "protected" else HISTORIES.get(name, Employee)
        name = part
    plain = name in model.model_fields and name not in (*HISTORIES, "protected", "confirmed")
    return form(model, name) if plain else None
