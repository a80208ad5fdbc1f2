"""Codes as registers have them: spelt otherwise, with a slip of typing, or in two spellings; in JSON and in tables alike."""

import json

import pytest

from asnpolicy import Agency, Employee, PolicyError, read_employees
from asnpolicy.people import codes
from tests.behaviour.test_contradictions import BASE, decide
from tests.behaviour.test_findings import DAY, NIP, of

SLIPS = [
    ("leaves", "kind", "ctln"), ("leaves", "kind", "cltm"), ("leaves", "kind", "CLTNN"), ("leaves", "kind", "Cuti Besr"),
    ("sanctions", "kind", "penundan-kgb"), ("exams", "code", "ujian-dinsa-1"), ("trainings", "code", "latasr"),
    ("leaves", "kind", "cln"), ("trainings", "kind", "bimte"),
    ("trainings", "code", "konselng-kinerja"), ("exams", "code", "Ujian Dinas Tingkat l"), ("awards", "code", "satyalancana-karya-satia-x"),
]  # fmt: skip
NOT_SLIPS = [
    ("trainings", "code", "pkb"), ("trainings", "code", "pka"), ("exams", "code", "ujian-dinas-3"), ("trainings", "code", "pkn-iii"),
    ("trainings", "code", "kelas-inovasi"), ("trainings", "kind", "klasikal"), ("leaves", "kind", "cuti-bersama"),
    ("exams", "code", "ujian-dinas-tingkat-ix"), ("awards", "code", "satyalancana-karya-satya-xxv"), ("competencies", "code", "integritas-utama"),
]  # fmt: skip


def read(tmp_path, *people, **how):
    file = tmp_path / "pegawai.jsonl"
    file.write_text("\n".join(json.dumps({**BASE, **data}) for data in people), encoding="utf-8")
    return list(read_employees(file, **how))


def text_of(given, history, name):
    return getattr(getattr(given, history).records[0], name)


@pytest.mark.parametrize(("history", "name", "text"), SLIPS)
def test_a_slip_in_a_code_leaves_it_unknown_and_is_told(history, name, text, tmp_path):
    (given,) = read(tmp_path, of(history, {name: text}))
    assert text_of(given, history, name) is None
    assert [found.code for found in given.intake] == ["misspelt-code"]
    assert given.intake[0].unknown == (f"{history}[#1].{name}",)


@pytest.mark.parametrize(("history", "name", "text"), NOT_SLIPS)
def test_another_code_is_no_slip(history, name, text, tmp_path):
    (given,) = read(tmp_path, of(history, {name: text}))
    assert (text_of(given, history, name), given.intake) == (text, ())


def test_a_leave_is_not_lost_through_a_slip(tmp_path):
    """Who is on leave without pay is not promoted; whether somebody is, nobody knows where its kind is misspelt."""
    away = of("leaves", {"kind": "cltn", "since": "2024-01-01", "until": "2026-09-01"})
    slip = of("leaves", {"kind": "ctln", "since": "2024-01-01", "until": "2026-09-01"})
    other = of("leaves", {"kind": "cuti-besar", "since": "2024-01-01", "until": "2026-09-01"})
    verdicts = [decide(read(tmp_path, one)[0]).verdict.value for one in (away, slip, other)]
    assert verdicts == ["ineligible", "undetermined", "eligible"]


@pytest.mark.parametrize(("history", "name", "text"), SLIPS)
def test_strict_reading_refuses_a_slip(history, name, text, tmp_path):
    with pytest.raises(PolicyError, match=rf"`{history}(\[0\])?\.{name}`"):
        read(tmp_path, of(history, {name: text}), strict=True)


def test_one_code_in_two_spellings_counts_once(tmp_path):
    """A region's own code, which no list has, from two sources."""
    course = {"completed_on": "2026-03-01", "hours": 10}
    (given,) = read(tmp_path, of("trainings", {"code": "kelasinovasi", **course}, {"code": "kelas-inovasi", **course}))
    assert [record.code for record in given.trainings.records] == ["kelas-inovasi"] * 2
    assert [found.code for found in given.intake] == ["written-otherwise"]
    assert len(given.view(DAY).trainings.records) == 1
    with pytest.raises(PolicyError, match="`kelasinovasi` is written `kelas-inovasi`"):
        read(tmp_path, of("trainings", {"code": "kelasinovasi", **course}, {"code": "kelas-inovasi", **course}), strict=True)


@pytest.mark.parametrize("text", ["Kelas Inovasi", "KELAS-INOVASI", "kelas_inovasi", " Kelas  Inovasi. ", "kelas-inovasi"])
def test_a_code_is_words_joined_by_hyphens_whoever_delivers_it(text, tmp_path):
    """Else a course of a region's own counted as not attended wherever a register writes it in capitals."""
    data = of("trainings", {"code": text})
    (given,) = read(tmp_path, data)
    made = Employee.model_validate({**BASE, **data})
    assert [one.trainings.records[0].code for one in (given, made)] == ["kelas-inovasi"] * 2
    assert given.intake == ()


def test_what_is_read_of_a_code_is_read_again_as_it_is():
    for history, name in codes.CODES:
        for text in ("Kelas Inovasi (2)", "CLTN", "İ/b", "℡ Ⅳ ﬁ", "***", "a" * 200):
            once = codes.code_meant(history, name, text).text
            assert codes.code_meant(history, name, once).text == once


@pytest.mark.parametrize(("history", "name", "text"), SLIPS)
def test_a_slip_is_refused_in_python(history, name, text):
    """Nobody can tell there which is meant; which leave or sanction it may be is not shown."""
    with pytest.raises(PolicyError, match="almost") as raised:
        Employee.model_validate({**BASE, **of(history, {name: text})})
    if history in ("leaves", "sanctions"):
        assert "cltn" not in str(raised.value)
        assert "penundaan" not in str(raised.value)


def test_standards_and_courses_of_an_agency_have_codes_like_people():
    given = Agency.model_validate({
        "openings": [{"id": "a", "competencies": [{"code": "Pelayanan Publik", "level": 2}]}],
        "relations": [{"kind": "Atasan Langsung", "of": NIP, "to": "199001012015031002"}],
        "courses": [{"code": "Kelas Inovasi", "kind": "Bimbingan Teknis", "closes": [{"code": "KOMUNIKASI", "level": 1}]}],
    })  # fmt: skip
    (course,) = given.courses
    assert given.relations[0].kind == "superior"  # else nobody's superior was kept from mentoring them
    assert given.openings[0].competencies[0].code == "pelayanan-publik"
    assert (course.code, course.kind, course.closes[0].code) == ("kelas-inovasi", "bimtek", "komunikasi")


WRITTEN = [
    ("leaves", "kind", ["CLTN", "ctln", "Cuti Besar", "cuti-bersama"]),
    ("trainings", "code", ["PKP", "latasr", "Kelas A", "kelas-a", "kelasa", "Pelatihan Dasar CPNS", "pkb", "kelas-a\N{ZERO WIDTH SPACE}"]),
    ("exams", "code", ["UD I", "ujian-dinsa-1", "ujian-dinas-3", None]),
]


@pytest.mark.parametrize(("history", "name", "texts"), WRITTEN)
def test_tables_read_codes_as_json_does(history, name, texts, tmp_path):
    polars = pytest.importorskip("polars", reason="the extra `columns` is not installed")
    from asnpolicy.workforce import Workforce

    (typed,) = read(tmp_path, of(history, *({name: text} for text in texts)))
    tables = {
        "employees": polars.DataFrame({"nip": [NIP]}),
        history: polars.DataFrame({"nip": [NIP] * len(texts), name: texts}),
    }
    made = Workforce.from_frames(**tables)
    (same,) = made
    assert [getattr(one, name) for one in getattr(same, history).records] == [getattr(one, name) for one in getattr(typed, history).records]
    assert {one.code for one in made.amiss} == {found.code for found in typed.intake}


def test_what_is_told_of_codes_in_a_table_is_told_once_with_how_often():
    polars = pytest.importorskip("polars", reason="the extra `columns` is not installed")
    from asnpolicy.workforce import Workforce

    codes = ["PKP", "kelasa", "kelas-a", "latasr"]
    rows = polars.DataFrame({"nip": [NIP] * len(codes), "code": codes})
    made = Workforce.from_frames(polars.DataFrame({"nip": [NIP]}), trainings=rows)
    assert [(one.code, one.column, one.count) for one in made.amiss] == [
        ("written-otherwise", "code", 2),
        ("misspelt-code", "code", 1),
    ]


PERSONAL = [
    ({"birth_date": "01-13-1990x"}, "1990"), ({"supervisor_rank": "1990-05-01"}, "1990"), ({"unit": {"lahir": "1990-05-01"}}, "1990"),
    ({"rank": "1990-05-01"}, "1990"), ({"employment": "01-05-1990"}, "1990"),
    (of("ranks", {"rank": "1990-05-01", "since": "2020-01-01"}), "1990"), (of("leaves", {"kind": "CLTN"}), "CLTN"),
    (of("posts", {"kind": "01/05/1990"}), "1990"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "value"), PERSONAL)
@pytest.mark.parametrize("strict", [True, False])
def test_no_message_shows_a_day_that_stands_in_a_wrong_field(data, value, strict, tmp_path):
    """It may be somebody's birth date, in a column that slipped by one."""
    try:
        people = read(tmp_path, data, strict=strict)
    except PolicyError as error:
        assert strict
        told = str(error)
    else:
        assert not strict
        told = str([found.sides for one in people for found in one.intake])
    assert value not in told
    assert told


def test_two_spellings_are_one_code_however_many_codes_a_file_has(tmp_path, monkeypatch):
    """What is remembered of other people's codes changes nothing that is said of one."""
    monkeypatch.setattr(codes, "MOST", 0)
    course = {"completed_on": "2026-03-01", "hours": 10}
    (given,) = read(tmp_path, of("trainings", {"code": "kelaslain-lagi", **course}, {"code": "kelas-lain-lagi", **course}))
    assert [found.code for found in given.intake] == ["written-otherwise"]
    assert len(given.view(DAY).trainings.records) == 1


def test_codes_in_the_tables_of_an_agency_are_read_alike_and_a_slip_costs_itself():
    """A relation of a kind that nobody knows may be that of a superior: it is told, and nobody is refused for it."""
    polars = pytest.importorskip("polars", reason="the extra `columns` is not installed")
    from asnpolicy.workforce.agency import AgencyTables

    made = AgencyTables.from_frames(
        openings=polars.DataFrame({"id": ["a", "b"]}),
        opening_competencies=polars.DataFrame({"opening": ["a", "b"], "code": ["Pelayanan Publik", "komunikas"], "level": [2, 3]}),
        courses=polars.DataFrame({"code": ["Kelas Inovasi"], "kind": ["Bimbingan Teknis"]}),
        relations=polars.DataFrame({
            "kind": ["Atasan", "mitrakerja", "mitra-kerja"], "of": [NIP] * 3, "to": ["199001012015031002"] * 3,
        }),
    )  # fmt: skip
    one, other = made.agency.openings
    assert one.competencies[0].code == "pelayanan-publik"
    assert other.competencies is None
    assert (made.agency.courses[0].code, made.agency.courses[0].kind) == ("kelas-inovasi", "bimtek")
    assert "superior" in {relation.kind for relation in made.agency.relations}
    assert ("misspelt-code", "opening_competencies", "code") in {(a.code, a.table, a.column) for a in made.amiss}


def test_what_is_amiss_in_tables_is_told_in_both_languages_with_how_often():
    polars = pytest.importorskip("polars", reason="the extra `columns` is not installed")
    from asnpolicy.workforce import Workforce

    rows = polars.DataFrame({"nip": [NIP], "kind": ["ctln"]})
    (one,) = Workforce.from_frames(polars.DataFrame({"nip": [NIP]}), leaves=rows).amiss
    assert str(one) == "leaves.kind: codes that are almost a known one, and are not known: 1   [misspelt-code]"
    assert one.sentence.to("id") == (
        "leaves.kind: kode yang hampir sama dengan kode yang dikenal, dianggap belum diketahui: 1   [misspelt-code]"
    )
