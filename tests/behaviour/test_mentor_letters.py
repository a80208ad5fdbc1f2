"""Letters of assignment, to the letter: the mentor is appointed, the mentee is told, or told that there is none yet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from asnpolicy import Agency, Engine, PolicyError
from asnpolicy.report.letters.issuer import Issuer
from asnpolicy.report.letters.mentoring import mentee_letter, mentor_letter
from tests.behaviour.mentees import DAY, OPEN, POLICY, RULE, SUPERIOR, engine, somebody

ISSUER = Issuer(
    agency="Badan Kepegawaian", number="800/1/2026",
    place="Contoh", day=date(2026, 10, 5), objection_to="Kepala Badan", channel="loket 3", deadline=date(2026, 11, 2),
    copies=["Arsip"], signer={"name": "Siti Aminah", "post": "Kepala Badan", "nip": "197001011995032001"},
)  # fmt: skip
BREAK = "  "
MENTEE, MENTOR = somebody(1), somebody(2, 9)


def assigned(*people, rule=RULE):
    return engine().assign_mentors(people, as_of=DAY, rule=rule, seed="7 3")


def test_the_mentor_is_appointed():
    """To the letter, in Indonesian."""
    made = assigned(MENTEE, MENTOR)
    assert (
        mentor_letter(made, MENTOR.nip, ISSUER).markdown()
        == f"""\
**BADAN KEPEGAWAIAN**{BREAK}
........ (alamat){BREAK}

Contoh, 5 Oktober 2026

- Nomor: 800/1/2026
- Sifat: ........
- Lampiran: ........
- Hal: Surat penunjukan mentor: Pembimbingan

Yth. Sdr. Pegawai 2{BREAK}
NIP {MENTOR.nip}{BREAK}

Berdasarkan aturan tersebut di bawah ini, dengan hormat Saudara ditunjuk sebagai mentor bagi pegawai yang namanya tercantum \
dalam surat ini.

### Penugasan

- Ketentuan: Pembimbingan
- Dasar: Peraturan Wali Kota Nomor 1 Tahun 2020
- Keadaan data per: 1 Oktober 2026
- Jumlah mentee: 1 dari 2 tempat

### Pegawai yang dibimbing

1. Pegawai 1 (\\*\\*\\*\\*\\*\\*\\*\\*202403\\*001)
   - Unit kerja: dinas-a
   - Satu-satunya calon mentor yang memenuhi syarat
   - Keinginan mentee – Kompetensi yang dapat diajarkan: 1 (bobot 3, poin 3)
   - Keinginan mentee – Bidang tugas sama: ya (bobot 2, poin 2)
   - Keinginan mentee – Pangkat (mentor): Penata (III/c) (bobot 1, poin 11)
   - Prioritas mentor – Masa kerja sejak CPNS (mentee): 2 tahun 7 bulan (sejak 1 Maret 2024) (bobot -1 setiap bulan, poin -31)
   - Prioritas mentor – Nilai potensi terakhir (mentee): tidak ada (bobot 1, poin 0)

### Benturan kepentingan

Apabila ada hubungan keluarga, atau sebab lain yang membuat pembimbingan ini tidak patut, mohon diberitahukan secara tertulis \
kepada Kepala Badan, melalui loket 3, paling lambat 2 November 2026.

Demikian disampaikan, atas perhatian Saudara diucapkan terima kasih.

Kepala Badan,{BREAK}

Siti Aminah{BREAK}
........ (pangkat){BREAK}
NIP 197001011995032001{BREAK}

Tembusan:

1. Arsip

### Catatan

Pasangan dipilih menurut syarat, pilihan, dan daya tampung yang tertulis dalam aturan. Yang poinnya sama dibedakan dengan undian \
(benih: 7 3).

Tidak ada atribut pribadi yang dilindungi yang ikut menentukan.

Diperiksa berdasarkan kebijakan Kota Contoh; kode verifikasi dokumen kebijakan {made.policy}; asnpolicy {made.library}.
"""
    )


def test_the_mentee_is_told_of_the_mentor():
    """In English: who it is, and why."""
    text = mentee_letter(assigned(MENTEE, MENTOR), MENTEE.nip, ISSUER).markdown("en")
    for words in (
        "Subject: Notice of a mentor", "a mentor has been appointed for you", "### Your mentor", "1. Pegawai 2 (", "The only possible mentor",
        "Competencies that can be taught: 1 (weight 3, points 3)", "### Conflicts of interest", "No protected attribute played a part",
    ):  # fmt: skip
        assert words in text, words


def test_whoever_has_none_is_told_why_and_what_would_help():
    """No refusal: all are full, nobody meets the limits, or the data to send and whither."""
    alone = mentee_letter(assigned(MENTEE), MENTEE.nip, ISSUER).markdown("id")
    assert "Surat ini bukan penolakan." in alone
    assert "1. Tidak ada yang dapat menjadi mentor menurut aturan ini" in alone
    assert "Benturan kepentingan" not in alone
    unknown = somebody(3, unit=None)
    asked = mentee_letter(assigned(unknown, MENTOR), unknown.nip, ISSUER).markdown("id")
    assert "Data yang diperlukan:\n   - Mentee: unit kerja\n" in asked
    assert "Data dapat disampaikan kepada Kepala Badan, melalui loket 3, paling lambat 2 November 2026." in asked


def test_whoever_has_no_superior_on_record_is_told_where_to_say_who_it_is():
    """The superior is the only one who could be the mentor: whom the register does not have can be told."""
    said = mentee_letter(assigned(MENTEE, MENTOR, rule=SUPERIOR), MENTEE.nip, ISSUER).markdown("en")
    wanted = "If the direct superior on record is missing or wrong, please tell Kepala Badan, through loket 3, by 2 November 2026."
    assert wanted in said


def test_a_rule_without_a_basis_says_so_and_one_without_a_capacity_no_places():
    """The heading of what is not founded in law; `1` alone where any number will do."""
    free = mentor_letter(assigned(MENTEE, MENTOR, rule=OPEN), MENTOR.nip).markdown("id")
    assert "**Belum berdasar hukum, bahan pertimbangan**" in free
    below = somebody(4, supervisor=MENTOR.nip)
    superior = mentor_letter(assigned(below, MENTOR, rule=SUPERIOR), MENTOR.nip).markdown("id")
    assert "- Jumlah mentee: 1\n" in superior
    assert "(NAMA INSTANSI)" in superior


def test_numbers_are_masked_unless_the_whole_is_asked_for():
    """UU 27/2022: a letter shows no birth and no sex."""
    made = assigned(MENTEE, MENTOR)
    assert MENTEE.nip not in mentor_letter(made, MENTOR.nip).html("both")
    assert MENTEE.nip in mentor_letter(made, MENTOR.nip, whole_nip=True).html("id")


def test_what_a_rule_reads_of_protected_data_is_not_denied(tmp_path):
    """A rule that states the law for reading the date of birth says so in the letter."""
    allowed = POLICY.replace(
        "    basis: perwal\n", "    basis: perwal\n    protected: {birth_date: perwal pasal 7}\n", 1
    ).replace(
        "needs_mentor: {mentee.service_status: aktif",
        "needs_mentor: {mentee.age: {below: 60 years}, mentee.service_status: aktif",
        1,
    )
    (tmp_path / "kota-contoh").mkdir()
    (tmp_path / "kota-contoh" / "kebijakan.yaml").write_text(allowed, encoding="utf-8")
    made = Engine.load(tmp_path / "kota-contoh").assign_mentors([MENTEE, MENTOR], as_of=DAY, rule=RULE)
    text = mentor_letter(made, MENTOR.nip).markdown("id")
    assert "Aturan ini membaca atribut yang dilindungi, atas dasar: birth\\_date: Perwal 1/2020, pasal 7" in text
    assert "Tidak ada atribut pribadi" not in text


def test_units_are_named_as_the_agency_names_them():
    """The code where there is no name; the sample agencies name all of theirs."""
    agency = Agency.model_validate({"units": [{"code": "dinas-a", "name": "Dinas Pendidikan"}]})
    made = engine().assign_mentors([MENTEE, MENTOR], as_of=DAY, rule=RULE, agency=agency)
    assert "Unit kerja: Dinas Pendidikan" in mentor_letter(made, MENTOR.nip).markdown("id")
    for path in sorted((Path(__file__).parents[2] / "examples" / "agencies").glob("*.json")):
        sample = Agency.model_validate_json(path.read_text(encoding="utf-8"))
        assert all(one.name for one in sample.units), path.name


def test_nobody_else_has_a_letter():
    """Somebody who has no part in the assignment is a problem."""
    made = assigned(MENTEE, MENTOR)
    for write, person in ((mentor_letter, MENTEE), (mentee_letter, MENTOR)):
        with pytest.raises(PolicyError) as refused:
            write(made, person.nip)
        assert refused.value.problems[0].code == "not-assigned"
