"""From the tables of a personnel database to typed people, decisions kept in a table, and what each omission would cost."""

import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from asnpolicy import (
    ABSENT,
    COMPLETE,
    OPEN,
    AppraisalRecord,
    Echelon,
    EducationLevel,
    EducationRecord,
    Employee,
    Employment,
    Engine,
    History,
    Jenjang,
    LeaveRecord,
    PostKind,
    PostRecord,
    Rank,
    RankRecord,
    Rating,
    SanctionLevel,
    SanctionRecord,
    ServiceStatus,
)  # fmt: skip

HERE = Path(__file__).parent
sys.path.append(str(HERE / "tables"))
from simpeg import database  # noqa: E402  # the database that stands in for yours

DAY = date(2026, 10, 1)
RULE = "kenaikan-pangkat-reguler"

# 1. Codes of the database, each written out once: an unknown code is an error here, not a silent nothing
EMPLOYMENT = {1: Employment.CPNS, 2: Employment.PNS, 3: Employment.PPPK}
STANDING = {1: ServiceStatus.AKTIF, 2: ServiceStatus.TUGAS_BELAJAR, 3: ServiceStatus.CLTN}
KIND = {
    1: PostKind.PELAKSANA, 2: PostKind.FUNGSIONAL, 3: PostKind.PENGAWAS, 4: PostKind.ADMINISTRATOR, 5: PostKind.JPT_PRATAMA,
}  # fmt: skip
RANK = dict(enumerate(Rank, 1))


@dataclass(frozen=True)
class Mapping:
    """What a mapping says beside the cells; the defaults are right, and each can be left out to see what that costs."""

    open_ends: bool = True
    complete: bool = True
    service_status: bool = True
    recognised: bool = True
    leaves: bool = True

    def day(self, cell: str | None) -> date | None:
        """NULL in a day: not known."""
        return None if cell is None else date.fromisoformat(cell)

    def end(self, cell: str | None) -> date | None:
        """NULL in an end: it goes on, if that is what NULL means in the column."""
        return OPEN if cell is None and self.open_ends else self.day(cell)

    def employee(self, base: sqlite3.Connection, row: sqlite3.Row) -> Employee:
        """Return the person of one row of `pegawai`, with the histories of the other tables."""
        nip, whole = row["nip"], COMPLETE if self.complete else None
        civil = EMPLOYMENT[row["kd_status"]] is not Employment.PPPK  # NULL of a PPPK is none, of a PNS not known

        def of(table: str) -> Iterable[sqlite3.Row]:
            return base.execute(f"select * from {table} where nip = ?", [nip])  # noqa: S608  # names of this file

        return Employee(
            nip=nip,
            name=row["nama"],
            birth_date=self.day(row["tgl_lahir"]),
            employment=EMPLOYMENT[row["kd_status"]],
            service_status=STANDING[row["kd_kedudukan"]] if self.service_status else None,
            cpns_on=self.day(row["tmt_cpns"]) if civil else ABSENT,
            pns_on=self.day(row["tmt_pns"]) if civil else ABSENT,
            unit=row["unit_kerja"],
            supervisor_rank=Rank.of(row["pangkat_atasan"]) if row["pangkat_atasan"] else None,
            ranks=History[RankRecord](records=tuple(map(self.rank, of("riwayat_pangkat"))), complete_since=whole),
            posts=History[PostRecord](records=tuple(map(self.post, of("riwayat_jabatan"))), complete_since=whole),
            educations=History[EducationRecord](
                records=tuple(map(self.education, of("riwayat_pendidikan"))), complete_since=whole
            ),
            appraisals=History[AppraisalRecord](records=tuple(map(self.appraisal, of("skp"))), complete_since=whole),
            sanctions=History[SanctionRecord](records=tuple(map(self.sanction, of("hukuman"))), complete_since=whole),
            leaves=History[LeaveRecord](
                records=tuple(map(self.leave, of("cuti"))), complete_since=whole if self.leaves else None
            ),
        )

    def rank(self, row: sqlite3.Row) -> RankRecord:
        """Return the record of one row of `riwayat_pangkat`."""
        return RankRecord(rank=RANK[row["kd_golru"]], since=self.day(row["tmt"]))

    def education(self, row: sqlite3.Row) -> EducationRecord:
        """Return the record of one row of `riwayat_pendidikan`; a diploma that the service has not recognised has no such day."""
        recognised = self.day(row["tgl_pencantuman"])
        return EducationRecord(
            level=EducationLevel.of(row["tingkat"]),
            graduated_on=self.day(row["tgl_lulus"]),
            recognised_on=(ABSENT if recognised is None else recognised) if self.recognised else None,
        )

    def appraisal(self, row: sqlite3.Row) -> AppraisalRecord:
        """Return the record of one row of `skp`, which speaks of a whole year."""
        return AppraisalRecord(
            rating=Rating.of(row["predikat"]) if row["predikat"] else None,
            period_start=date(row["tahun"], 1, 1),
            period_end=date(row["tahun"], 12, 31),
            decided_on=self.day(row["tgl_penetapan"]),
        )

    def sanction(self, row: sqlite3.Row) -> SanctionRecord:
        """Return the record of one row of `hukuman`, where only what is final is entered."""
        return SanctionRecord(
            level=SanctionLevel.of(row["tingkat"]),
            since=self.day(row["mulai"]),
            until=self.end(row["selesai"]),
            final=True,
        )

    def leave(self, row: sqlite3.Row) -> LeaveRecord:
        """Return the record of one row of `cuti`."""
        return LeaveRecord(kind=row["jenis"], since=self.day(row["mulai"]), until=self.end(row["selesai"]))

    def post(self, row: sqlite3.Row) -> PostRecord:
        """Return the record of one row of `riwayat_jabatan`."""
        return PostRecord(
            title=row["nama"],
            kind=KIND[row["kd_jenis"]],
            jenjang=Jenjang.of(row["jenjang"]) if row["jenjang"] else ABSENT,
            echelon=Echelon.of(row["eselon"]) if row["eselon"] else ABSENT,
            since=self.day(row["tmt"]),
            until=self.end(row["tmt_selesai"]),
            acting=bool(row["plt"]),
        )


def people(base: sqlite3.Connection, mapping: Mapping) -> Iterator[Employee]:
    """Return everybody in the database."""
    return (mapping.employee(base, row) for row in base.execute("select * from pegawai order by nip").fetchall())


base = database(HERE / "workforces" / "kota-semarang.jsonl")
engine = Engine.load("kota-semarang")

# 2. Decide, and keep each decision with the certificate that proves it
base.execute("create table keputusan (nip text, aturan text, tanggal text, hasil text, sertifikat text)")
for person in people(base, Mapping()):
    decision = engine.decide(person, RULE, as_of=DAY)
    kept = [person.nip, RULE, str(DAY), decision.verdict.value, decision.certificate().model_dump_json()]
    base.execute("insert into keputusan values (?, ?, ?, ?, ?)", kept)
for hasil, number in base.execute("select hasil, count(*) from keputusan group by hasil order by hasil"):
    print(f"{hasil}: {number}")

# 3. What each omission costs
VERDICTS = ("eligible", "ineligible", "undetermined", "not_applicable")
OMITTED = {
    "nothing": Mapping(),
    "NULL as the end of a post is taken for not known": Mapping(open_ends=False),
    "no `complete_since`": Mapping(complete=False),
    "no `service_status`": Mapping(service_status=False),
    "no `recognised_on` of diplomas": Mapping(recognised=False),
    "leaves are not delivered": Mapping(leaves=False),
}
print()
print("| left out | " + " | ".join(VERDICTS) + " |")
print("|---|" + "---|" * len(VERDICTS))
for what, mapping in OMITTED.items():
    found = Counter(engine.decide(one, RULE, as_of=DAY).verdict.value for one in people(base, mapping))
    print(f"| {what} | " + " | ".join(str(found[verdict]) for verdict in VERDICTS) + " |")
