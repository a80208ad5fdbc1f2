"""Codes that no rule asks for, beside one that a rule does: told where a policy is known, and altering no verdict."""

import json
from datetime import date

import pytest

from asnpolicy import Agency, Employee, Engine
from asnpolicy.exchange import mending
from asnpolicy.people.findings import beside
from asnpolicy.people.findings.catalogue import CATALOGUE
from asnpolicy.policy.near import NearCodes
from asnpolicy.workforce import Workforce
from tests.commands import run

DAY = date(2026, 10, 1)
NIP, OTHER = "199001012015031001", "199001012015031002"
POLICY = """\
format: 1
region: kota
extends: nasional
title: {id: Kota, en: Town}
sources: {usulan: Usulan}
values:
  bidang-inovasi:
    - {from: 2020-01-01, is: inovasi-daerah, standing: illustrative, basis: usulan}
    - {from: 2026-01-01, is: inovasi-pelayanan, standing: illustrative, basis: usulan}
awards:
  penghargaan-inovasi:
    title: {id: Penghargaan inovasi, en: Innovation award}
    from: 2020-01-01
    standing: illustrative
    basis: usulan
    require:
      kursus:
        title: {id: Kursus, en: Course}
        any:
          - trainings: {where: {code: kelas-inovasi}, count: {at_least: 1}}
          - trainings: {where: {kind: {in: [lokakarya-kota]}}, count: {at_least: 1}}
          - awards: {where: {code: pena-emas}, count: {at_least: 1}}
          - leaves: {where: {kind: cuti-panen-raya}, count: {at_least: 1}}
          - posts: {where: {title: Penata Taman}, count: {at_least: 1}}
          - trainings: {where: {field: {is: {value: bidang-inovasi}}}, count: {at_least: 1}}
          - interests: {has: tata-kelola}
          - unit: {within: dinas-pendidikan}
"""


def of(history, **record):
    return {"nip": NIP, history: {"records": [record], "complete_since": "all"}}


NEAR = [
    (of("trainings", code="Kelas Inovsi"), "trainings.code", "kelas-inovsi", "kelas-inovasi"),
    (of("trainings", code="kelasinovasi"), "trainings.code", "kelasinovasi", "kelas-inovasi"),
    (of("trainings", kind="lokakarya-koat"), "trainings.kind", "lokakarya-koat", "lokakarya-kota"),
    (of("awards", code="pena-emass"), "awards.code", "pena-emass", "pena-emas"),
    (of("leaves", kind="cuti-panen-rayaa"), "leaves.kind", "cuti-panen-rayaa", "cuti-panen-raya"),
    (of("posts", kind="pelaksana", title="Penata Tamn"), "posts.title", "Penata Tamn", "Penata Taman"),
    (of("trainings", field="Inovasi Daearh"), "trainings.field", "inovasi-daearh", "inovasi-daerah"),
    (of("trainings", field="inovasi-pelayanann"), "trainings.field", "inovasi-pelayanann", "inovasi-pelayanan"),
    (of("educations", field="inovasi-daera"), "educations.field", "inovasi-daera", "inovasi-daerah"),
    ({"nip": NIP, "interests": ["komputer", "tata-kelloa"]}, "employees.interests", "tata-kelloa", "tata-kelola"),
    ({"nip": NIP, "interests": ["komputer", "tata-kellola"]}, "employees.interests", "tata-kellola", "tata-kelola"),
    ({"nip": NIP, "unit": "dinas-pendidkan"}, "employees.unit", "dinas-pendidkan", "dinas-pendidikan"),
]
NOT_NEAR = [
    of("trainings", code="kelas-inovasi"), of("trainings", code="kelas-inovasi-2"), of("trainings", code="kelas-memasak"),
    of("trainings", code="diklatpim-iv"), of("trainings", code="manajemen-waktu"), of("awards", code="pena-perak"),
    of("trainings", field="inovasi-daerah"), of("posts", kind="pelaksana", title="Penata Taman"), {"nip": NIP, "unit": "dinas-sosial"},
]  # fmt: skip
AGENCY = {
    "units": [{"code": "dinas-pendidkan"}, {"code": "bappeda-kota"}],
    "openings": [{"id": "a", "field": "kehutanan", "competencies": [{"code": "tata-graha", "level": 2}]}],
}


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kota") / "kota"
    folder.mkdir()
    (folder / "kota.yaml").write_text(POLICY, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def engine(region):
    return Engine.load(region)


def written(folder, *people):
    file = folder / "pegawai.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in people), encoding="utf-8")
    return file


def found(engine, data, **more):
    return [(one.field, one.text, one.near) for one in engine.near_codes([Employee.model_validate(data)], **more)]


@pytest.mark.parametrize(("data", "field", "text", "near"), NEAR)
def test_a_code_one_slip_beside_one_that_is_asked_for_is_told(engine, data, field, text, near):
    assert found(engine, data) == [(field, text, near)]


@pytest.mark.parametrize("data", NOT_NEAR)
def test_a_code_that_is_known_or_like_none_is_not_told(engine, data):
    assert found(engine, data) == []


def test_a_vacant_post_and_the_units_of_the_agency_ask_too(engine):
    """What its posts ask of people is as good as asked by a rule, and a unit that there is, is no slip of another."""
    agency = Agency.model_validate(AGENCY)
    given = {
        "nip": NIP, "field": "kehutann", "unit": "bapeda-kota",
        "competencies": [{"code": "tata-grahaa", "level": 2, "assessed_on": "2025-01-01"}],
    }  # fmt: skip
    assert found(engine, given) == []
    told = found(engine, given, agency=agency)
    assert {near for _, _, near in told} == {"kehutanan", "bappeda-kota", "tata-graha"}
    assert found(engine, {"nip": NIP, "unit": "dinas-pendidkan"}, agency=agency) == []


def test_people_are_counted_and_the_first_of_them_named(engine):
    people = [Employee.model_validate({**NEAR[0][0], "nip": f"19900101201503{number:04}"}) for number in range(1001, 1006)]
    people.append(Employee.model_validate({**NEAR[3][0], "nip": OTHER}))
    most, least = engine.near_codes(people)
    assert (most.field, most.people, len(most.first), least.people) == ("trainings.code", 5, 3, 1)
    assert most.first[0].nip == "199001012015031001"


def test_findings_lists_each_with_its_record_line_and_the_code_that_may_be_meant(region, tmp_path):
    file = written(tmp_path, {"nip": OTHER}, {**of("trainings", code="kelas-inovsi", completed_on="2024-03-01"), "unit": "a"})
    done = run("findings", region, file, "--as-of", "2026-10-01")
    assert done.returncode == 0  # it is only told
    (one,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (one["kind"], one["effect"], one["about"], one["line"]) == ("near-code", "told", "trainings[2024-03-01].code", 2)
    assert (one["nip"], one["blocks"]) == (NIP, 0)
    for said in one["what"].values():
        assert "`kelas-inovsi`" in said
        assert "`kelas-inovasi`" in said
    shown = run("findings", region, file, "--as-of", "2026-10-01", "--format", "table", "--lang", "en")
    assert CATALOGUE["near-code"].sentence.en[:20] in shown.stdout
    assert NIP not in shown.stdout


def test_without_its_kind_nobody_would_be_told(monkeypatch):
    """It is in the catalogue under the code that is told, with the sentence that the page has."""
    (kind,) = beside.KINDS
    assert CATALOGUE[beside.NEAR] is kind
    monkeypatch.delitem(CATALOGUE, beside.NEAR)
    engine = Engine.load("nasional")
    person = Employee.model_validate(of("educations", field="pemerintahn"))
    told = NearCodes.of(engine.policy, Agency()).of_person(person)
    assert told
    with pytest.raises(KeyError):
        mending.beside(person, 1, told)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_assess_tells_them_in_one_note_that_points_to_the_list(region, tmp_path, monkeypatch, jobs):
    people = [{**of("trainings", code="kelas-inovsi"), "nip": f"19900101201503{number:04}"} for number in range(1001, 1006)]
    file = written(tmp_path, {"nip": OTHER, "unit": "dinas-pendidkan"}, *people)
    words = (region, file, "--as-of", "2026-10-01", "--rule", "penghargaan-inovasi", "--format", "csv", "--jobs", jobs)
    said = {}
    for lang in ("en", "id"):
        monkeypatch.setenv("ASNPOLICY_LANG", lang)
        said[lang] = run("assess", *words).stderr
    for text in said.values():
        (note,) = [line for line in text.splitlines() if line.endswith("[near-code]")]
        assert "`trainings.code` `kelas-inovsi`" in note
        assert "`kelas-inovasi`" in note
        assert "`employees.unit` `dinas-pendidkan`" in note
        assert "********201503*001" in note
        assert NIP not in note
        assert "`asnpolicy findings`" in note
    assert "of 5 people" in said["en"]
    assert "pada 5 pegawai" in said["id"]


def test_what_is_personal_is_told_without_saying_what_it_is(region, tmp_path):
    """Of a leave neither the kind that stands there nor the one that may be meant."""
    file = written(tmp_path, of("leaves", kind="cuti-panen-rayaa"))
    done = run("findings", region, file, "--as-of", "2026-10-01")
    note = run("assess", region, file, "--as-of", "2026-10-01", "--rule", "penghargaan-inovasi", "--format", "csv").stderr
    assert "near-code" in done.stdout
    assert "`leaves.kind`" in note
    assert "panen" not in done.stdout + note


def test_tables_tell_the_same(region, engine, tmp_path):
    """Asked row by row, as a table, and to Parquet by two processes; a half that is taken up keeps what it found."""
    people = [{**of("trainings", code="kelas-inovsi"), "nip": f"19900101201503{number:04}"} for number in range(1001, 1006)]
    people.append({"nip": OTHER, "interests": ["tata-kellola"]} | {"nip": "199001012015032001"})
    staff = [Employee.model_validate(one) for one in people]
    Workforce.of(staff).write(tmp_path / "tables")
    said = []
    for form in (("csv",), ("table",), ("parquet", "-o", tmp_path / "out")):
        words = (region, tmp_path / "tables", "--as-of", "2026-10-01", "--rule", "penghargaan-inovasi", "--format", *form)
        done = run("assess", *words)
        said += [line for line in done.stderr.splitlines() if line.endswith("[near-code]")]
    assert len(said) == 3
    assert len(set(said)) == 1
    assert "`kelas-inovsi`, perhaps `kelas-inovasi`, of 5 people" in said[0]
    assert "`tata-kellola`, perhaps `tata-kelola`, of 1 person" in said[0]
    assert {(one.text, one.people) for one in engine.near_codes(staff)} == {("kelas-inovsi", 5), ("tata-kellola", 1)}


def test_nothing_that_is_decided_changes(engine):
    """It is told of the data, and no decision rests on it: the verdict is that of any other code."""
    slip, other = (Employee.model_validate(of("trainings", code=code)) for code in ("kelas-inovsi", "kelas-memasak"))
    verdicts = {engine.decide(one, "penghargaan-inovasi", as_of=DAY).verdict for one in (slip, other)}
    assert len(verdicts) == 1
    assert [one.code for one in slip.findings(DAY)] == []


@pytest.mark.parametrize("shown", ["csv", "parquet"])
def test_tables_that_were_not_delivered_are_looked_for_in_vain(tmp_path, shown):
    """A register gives some of its tables: nobody has a code in the others."""
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "employees.csv").write_text("nip,employment\n199001012015031001,PNS\n", encoding="utf-8")
    done = run("assess", "jakarta", "tables", "--as-of", "2026-10-01", "--rule", "jp-tahunan", "--format", shown, "-o", "out", cwd=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr, "near-code" in done.stderr) == (0, False, False)
