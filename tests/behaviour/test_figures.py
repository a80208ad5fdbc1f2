"""Figures are values of the policy that can be asked for on their own, exactly, with what is missing."""

from datetime import date
from decimal import Decimal

import pytest

from asnpolicy import Employee, Engine, PolicyError
from asnpolicy.policy.surface.people import in_full
from asnpolicy.text import Text

ENGINE = Engine.load("nasional")
AS_OF = date(2026, 4, 1)
RANKS = [{"rank": "III/a", "since": "2022-01-01"}]
POSTS = [{"kind": "fungsional", "jenjang": "Ahli Pertama", "since": "2022-01-01", "until": "ongoing", "acting": False}]


def person(**given):
    histories = {"posts": POSTS, "ranks": RANKS, "appraisals": [], "credits": [], "assessments": []} | given
    written = {name: [in_full(name, record) for record in records] for name, records in histories.items()}
    whole = {name: {"records": records, "complete_since": "all"} for name, records in written.items()}
    return Employee.model_validate({"nip": "198609262015051001", "employment": "PNS"} | whole)


def test_credit_in_the_level_is_an_exact_number():
    """18.75 for a year Sangat Baik, 2.08 for two months Baik."""
    rated = [
        {"year": 2024, "rating": "Sangat Baik"},
        {"year": 2025, "rating": "Baik", "period_start": "2025-01-01", "period_end": "2025-02-28"},
    ]
    figure = ENGINE.figure(person(appraisals=rated), "ak_dalam_jenjang", as_of=AS_OF)
    assert (figure.value, figure.unit, figure.missing) == (Decimal("20.83"), Text("AK", "AK"), ())


def test_a_figure_of_records_has_a_value_for_each():
    """One conversion a year, by the day that the year began."""
    rated = [{"year": 2024, "rating": "Sangat Baik"}, {"year": 2025, "rating": "Butuh Perbaikan"}]
    figure = ENGINE.figure(person(appraisals=rated), "ak_setahun", as_of=AS_OF)
    assert figure.records == ((date(2024, 1, 1), Decimal("18.75")), (date(2025, 1, 1), Decimal("9.38")))


def test_what_is_not_known_is_given_as_bounds_with_what_is_missing():
    """A known credit letter is the least there can be when earlier ones were not delivered."""
    some = person(credits=[{"kind": "integrasi", "amount": "30", "granted_on": "2023-06-30"}])
    partly = some.model_copy(update={"credits": some.credits.model_copy(update={"complete_since": date(2023, 1, 1)})})
    figure = ENGINE.figure(partly, "ak_dalam_jenjang", as_of=AS_OF)
    assert (figure.value, figure.missing) == (None, ("credits",))


def test_the_talent_box_follows_from_predicate_and_potential():
    """Sangat Baik and a potential of 80: box 9; without an assessment there is no box."""
    potential = [{"kind": "potensi", "score": 80, "assessed_on": "2026-01-15"}]
    rated = [{"year": 2025, "rating": "Sangat Baik"}]
    assert ENGINE.figure(person(appraisals=rated, assessments=potential), "kotak_talenta", as_of=AS_OF).value == 9
    assert ENGINE.figure(person(appraisals=rated), "kotak_talenta", as_of=AS_OF).absent


def made_of(person, figure, lang="en"):
    return [(one.depth, one.told.to(lang)) for one in ENGINE.figure(person, figure, as_of=AS_OF).components]


def test_a_figure_is_told_with_what_it_was_worked_out_from():
    """Each appraisal with its predicate, months and credit, each letter: somebody can check them, and object."""
    rated = [
        {"year": 2024, "rating": "Sangat Baik"},
        {"year": 2025, "rating": "Baik", "period_start": "2025-01-01", "period_end": "2025-02-28"},
    ]
    credit = [{"kind": "integrasi", "amount": "30", "granted_on": "2023-06-30"}, {"kind": "integrasi", "amount": "7", "granted_on": "2021-06-30"}]
    one = person(appraisals=rated, credits=credit)
    assert made_of(one, "ak_dalam_jenjang") == [
        (0, "sum of credit converted from one appraisal in the present level: 20.83 AK"),
        (1, "appraisal of 2024, Sangat Baik, 12 months: 18.75 AK"),
        (1, "appraisal of 2025, Baik, 2 months: 2.08 AK"),
        (0, "amount of credit in all, over credit letters that count: 30"),
        (1, "credit letter of 30 June 2023: 30"),
    ]
    assert made_of(one, "ak_dalam_jenjang", "id")[:2] == [
        (0, "jumlah angka kredit hasil konversi satu predikat kinerja dalam jenjang sekarang: 20,83 AK"),
        (1, "penilaian 2024, Sangat Baik, 12 bulan: 18,75 AK"),
    ]
    (seen,) = next(c for c in ENGINE.decide(one, "kenaikan-pangkat-fungsional", as_of=AS_OF).criteria if c.id == "angka-kredit").observations
    assert [(part.depth, part.told.to("en")) for part in seen.components] == made_of(one, "ak_dalam_jenjang")


OTHER = """format: 1
region: hitung
title: {id: Hitung, en: Count}
figures:
  per_jam: {title: {id: Jam satu pelatihan, en: Hours of one training}, of: trainings, plus: [{fact: record.hours}]}
  jam: {title: {id: Jam, en: Hours}, unit: jam, sum: {of: per_jam}}
  sisa: {title: {id: Sisa, en: Left}, unit: jam, minus: [40, {figure: jam}]}
  separuh: {title: {id: Separuh, en: Half}, unit: jam, times: [{figure: jam}], divide: {by: 2, round: 1, half: up}}
  sama: {title: {id: Sama, en: Same}, unit: jam, plus: [{figure: separuh}]}
  bagian: {title: {id: Bagian, en: Share}, times: [{figure: sisa}, 3], divide: {by: 2, round: 0, half: up}}
awards:
  a: {title: {id: A, en: A}, from: 2000-01-01, require: {m: {title: {id: M, en: M}, bagian: {at_least: 5}}}}
"""


def test_what_is_taken_away_multiplied_and_divided_is_told_as_such(tmp_path):
    """In the order written, what stands within a part under it; a training of no hours adds nothing, and is not told."""
    folder = tmp_path / "hitung"
    folder.mkdir()
    (folder / "kebijakan.yaml").write_text(OTHER, encoding="utf-8")
    engine = Engine.load(folder)
    done = [{"code": "a", "hours": 8, "completed_on": "2025-02-01"}, {"code": "b", "hours": 0, "completed_on": "2025-03-01"}]
    decision = engine.decide(person(trainings=done), "a", as_of=AS_OF)
    (seen,) = decision.criteria[0].observations
    assert [(one.depth, one.told.to("en")) for one in seen.components] == [
        (0, "Left: 32 jam"),
        (1, "fixed number: 40"),
        (1, "less Hours: 8 jam"),
        (2, "sum of hours of one training: 8"),
        (3, "training of 1 February 2025: 8"),
        (0, "times fixed number: 3"),
        (0, "divided by 2"),
    ]
    assert seen.value == "48"
    half = engine.figure(person(trainings=done), "sama", as_of=AS_OF)
    assert half.value == Decimal("4.0")
    assert [(one.depth, one.told.to("en")) for one in half.components] == [
        (0, "Hours: 8 jam"),
        (1, "sum of hours of one training: 8"),
        (2, "training of 1 February 2025: 8"),
        (0, "divided by 2"),
    ]
    assert "    Left: 32 jam\n" in decision.explain("en")


def test_an_unknown_figure_is_told_with_the_one_that_was_meant():
    """As everywhere, one sentence and a way out."""
    with pytest.raises(PolicyError, match="did you mean `kotak_talenta`"):
        ENGINE.figure(person(), "kotak_talent", as_of=AS_OF)


CHOSEN = """format: 1
region: pilih
title: {id: Pilih, en: Choose}
figures:
  jam: {title: {id: Jam pelajaran, en: Hours}, unit: JP, sum: {of: trainings, field: hours}}
  separuh: {title: {id: Separuhnya, en: Half of them}, unit: JP, times: [{figure: jam}], divide: {by: 2, round: 0}}
  batas: {title: {id: Batas jam, en: Hours asked}, unit: JP, if: {rank: {at_least: III/c}, employment: PNS}, then: 40, otherwise: {figure: separuh}}
  satu: {title: {id: Nilai satu pelatihan, en: Value of one training}, of: trainings, if: {hours: {at_least: 10}, passed: true}, then: {fact: record.hours}, otherwise: 1}
  nilai: {title: {id: Nilai pelatihan, en: Value of trainings}, sum: {of: satu}}
  sisa: {title: {id: Sisa cuti, en: Leave left}, unit: {id: hari kerja, en: working days}, minus: [13, {fact: leave_days_this_year}]}
  jalur: {title: {id: Jalur, en: Track}, if: {post_kind: pelaksana}, then: umum, otherwise: khusus}
awards:
  a:
    title: {id: A, en: A}
    from: 2000-01-01
    require:
      jam: {title: {id: Jam cukup, en: Hours enough}, jam: {at_least: {fact: batas}}}
      bagian: {title: {id: Sebagian besar, en: Most}, trainings: {share: {of: {any: [{hours: {above: 7}}, {passed: true}]}, at_least: {fact: batas}}}}
      cuti: {title: {id: Cuti, en: Leave}, sisa: {at_least: 1}}
      lebih: {title: {id: Lebih, en: More}, nilai: {at_least: {fact: batas, plus: 5}}}
"""


@pytest.fixture(scope="module")
def choosing(tmp_path_factory):
    """An engine of figures that are one thing or the other."""
    folder = tmp_path_factory.mktemp("figures") / "pilih"
    folder.mkdir()
    (folder / "kebijakan.yaml").write_text(CHOSEN, encoding="utf-8")
    return Engine.load(folder)


TRAINED = [{"code": "a", "hours": 12, "passed": True, "completed_on": "2025-02-01"}, {"code": "b", "hours": 6, "passed": False, "completed_on": "2025-03-01"}]


def told(engine, somebody, figure, lang="en"):
    return [(one.depth, one.told.to(lang)) for one in engine.figure(somebody, figure, as_of=AS_OF).components]


def test_which_of_two_parts_is_taken_is_told_with_what_decides(choosing):
    """What it is worked out from stands under it, and then each condition, with its mark."""
    junior = person(ranks=[{"rank": "III/a", "since": "2020-01-01"}], trainings=TRAINED)
    assert told(choosing, junior, "batas") == [
        (0, "taken: Half of them: 9 JP"),
        (1, "Hours: 18 JP"),
        (2, "training hours in all, over trainings that count: 18"),
        (3, "training of 1 February 2025: 12"),
        (3, "training of 1 March 2025: 6"),
        (1, "divided by 2"),
        (0, "since the following does not hold:"),
        (1, "✗ Rank: Penata Muda (III/a); required: Penata (III/c) or higher"),
        (1, "✓ Employment: PNS; required: PNS"),
    ]
    senior = person(ranks=[{"rank": "III/d", "since": "2020-01-01"}], trainings=TRAINED)
    assert told(choosing, senior, "batas", "id") == [
        (0, "yang dipakai: 40"),
        (0, "karena yang berikut terpenuhi:"),
        (1, "✓ Pangkat: Penata Tingkat I (III/d); disyaratkan paling rendah Penata (III/c)"),
        (1, "✓ Status kepegawaian: PNS; disyaratkan PNS"),
    ]


def test_where_what_decides_is_not_known_both_are_told(choosing):
    """And what is not known of it; a word as a number."""
    unknown = Employee(nip="199001012015021001", employment="PNS", trainings={"records": TRAINED, "complete_since": "all"})
    assert told(choosing, unknown, "batas") == [
        (0, "not known which is taken, 40 or Half of them: 9 JP; what decides it:"),
        (1, "? Rank: not known; required: Penata (III/c) or higher"),
        (1, "✓ Employment: PNS; required: PNS"),
    ]
    assert told(choosing, unknown, "jalur")[0] == (0, "not known which is taken, umum or khusus; what decides it:")


def test_of_each_record_is_told_how_its_value_was_chosen(choosing):
    """By the condition, once for each record."""
    assert told(choosing, person(trainings=TRAINED), "nilai", "id") == [
        (0, "jumlah nilai satu pelatihan: 13"),
        (1, "pelatihan tanggal 1 Februari 2025: 12 (karena memenuhi “jumlah jam pelajaran paling sedikit 10; lulus”)"),
        (1, "pelatihan tanggal 1 Maret 2025: 1 (karena tidak memenuhi “jumlah jam pelajaran paling sedikit 10; lulus”)"),
    ]


def test_a_figure_that_is_required_is_told_with_its_parts(choosing):
    """As one that was seen is, in the text, as data, and where something is added to it."""
    senior = person(ranks=[{"rank": "III/d", "since": "2020-01-01"}], trainings=TRAINED)
    decision = choosing.decide(senior, "a", as_of=AS_OF)
    hours, share, _, more = decision.criteria
    required = [
        (0, "required by Hours asked: 40 JP"),
        (1, "taken: 40"),
        (1, "since the following holds:"),
        (2, "✓ Rank: Penata Tingkat I (III/d); required: Penata (III/c) or higher"),
        (2, "✓ Employment: PNS; required: PNS"),
    ]
    for criterion in (hours, share, more):
        (seen,) = criterion.observations
        assert [(one.depth, one.told.to("en")) for one in seen.required_components] == required
    assert "\n      Required by Hours asked: 40 JP\n        Taken: 40\n" in decision.explain("en")
    assert decision.model_dump()["criteria"][0]["seen"][0]["required_components"][0]["code"] == "component.against"


def test_a_share_is_told_with_what_it_is_of(choosing):
    """In the words of the condition, joined as it was written."""
    text = choosing.decide(person(trainings=TRAINED), "a", as_of=AS_OF).explain("id")
    assert (
        "Persentase yang memenuhi “jumlah jam pelajaran lebih dari 7 atau lulus” "
        "di antara pelatihan yang diperhitungkan: 50 % (1 dari 2)"
    ) in text


def test_a_unit_is_told_in_both_languages(choosing):
    """Of one working day, English has no plural; a unit such as JP is the same in both."""
    decision = choosing.decide(person(leaves=[]), "a", as_of=AS_OF)
    assert "Sisa cuti: 13 hari kerja; disyaratkan paling sedikit 1 hari kerja\n" in decision.explain("id")
    assert "Leave left: 13 working days; required: at least 1 working day\n" in decision.explain("en")
    figures = {one.name: one.unit for one in choosing.figures}
    assert (figures["sisa"], figures["jam"], figures["jalur"]) == (Text("hari kerja", "working days"), Text("JP", "JP"), None)


HALVES = """\
format: 1
region: uji
title: {id: Uji, en: Test}
sources: {usulan: Usulan}
tables: {bobot: {by: [record.kind], versions: [{from: 2020-01-01, rows: {teknis: 2, bimtek: 1}, otherwise: 0.5}]}}
figures:
  bobot: {title: {id: Bobot, en: Weight}, unit: {id: poin, en: points}, of: trainings, times: [{table: bobot}]}
promotions:
  contoh:
    title: {id: Contoh, en: Example}
    from: 2020-01-01
    basis: usulan
    standing: illustrative
    require: {pns: {title: {id: PNS, en: PNS}, employment: PNS}}
"""


def test_what_is_in_no_row_of_whole_numbers_may_have_decimals(tmp_path):
    """A figure is as fine as the finest of what a table gives, its `otherwise` too."""
    (tmp_path / "uji").mkdir()
    (tmp_path / "uji" / "kebijakan.yaml").write_text(HALVES, encoding="utf-8")
    taken = [{"kind": kind, "completed_on": f"2025-0{at}-01", "passed": True} for at, kind in ((1, "teknis"), (2, "lain"))]
    figure = Engine.load(tmp_path / "uji").figure(person(trainings=taken), "bobot", as_of=AS_OF)
    assert [value for _, value in figure.records] == [Decimal(2), Decimal("0.5")]
