"""Explanations as people read them: exact texts, nothing raw, both languages complete, days that come true."""

import ast
import gc
import os
import re
import weakref
from datetime import date, timedelta
from pathlib import Path
from random import Random
from string import Formatter
from typing import get_args

import pytest

from asnpolicy import DutyState, Engine, Verdict
from asnpolicy.backends.definition import Definition
from asnpolicy.decisions import names, words
from asnpolicy.decisions.memo import Memo
from asnpolicy.decisions.reasons import LateText, Reason, because, either
from asnpolicy.decisions.texts import TEXTS
from asnpolicy.language.facts import FACTS
from asnpolicy.language.lower import Binder
from asnpolicy.language.nodes import YES
from asnpolicy.language.reading import fields_of, record_fields
from asnpolicy.language.rules import Branch, Criterion, Leaf, RuleKind, SilentLeaf, Text
from asnpolicy.people import HISTORIES, Employee
from asnpolicy.policy.cases import cases_of, typical
from asnpolicy.policy.library import load, regions
from asnpolicy.problems import Place, Problems
from tests.behaviour.letters import DAY, POLICY, engine, only, person
from tests.conformance.people import day, question

PEOPLE = int(os.environ.get("ASNPOLICY_PEOPLE", "600"))
LIBRARY = Path(__file__).parents[2] / "asnpolicy"
RANK_II_D = only({"rank": "II/d", "since": "2022-10-02"})


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return engine(tmp_path_factory.mktemp("policy"))


def explained(small, somebody, lang="id", rule="kenaikan"):
    """Give an explanation without its last line, which names the version."""
    text = small.decide(somebody, rule, as_of=DAY).explain(lang)
    return text.rpartition("\nK" if lang == "id" else "\nP")[0] + "\n"


# Texts and codes


def parameters(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_have_every_text_with_the_same_parameters():
    """A code or a parameter that one language lacks would end in an error, or in silence, for half of the readers."""
    assert TEXTS["id"].keys() == TEXTS["en"].keys()
    for code in TEXTS["id"]:
        assert parameters(TEXTS["id"][code]) == parameters(TEXTS["en"][code]), code


def vocabularies():
    """Give the texts whose codes are made from a vocabulary of the field, and the vocabulary."""
    records = {name for history in HISTORIES for name in record_fields(history)}
    employee = {name.removeprefix("protected.") for name in fields_of("employee")} | {"supervisor"}
    yield from ((f"{spoken}.", {member.label for member in labels}) for labels, spoken in words.SPOKEN.items())
    yield "month.", {str(number) for number in range(1, 13)}
    yield from ((f"{family}.", set(HISTORIES)) for family in ("history", "record", "records"))
    apart = {f"{history}.{name}" for history in HISTORIES for name in record_fields(history)}
    own_words = {code.removeprefix("field.") for code in TEXTS["id"]} & apart  # where the word alone says too little
    yield "field.", records | employee | own_words
    yield from ((f"{scope}.", set(fields_of(scope))) for scope in ("opening", "pair"))
    kinds = [kind for kind in get_args(RuleKind) if kind != "duty"]
    yield "verdict.", {f"{kind}.{verdict.value}" for kind in kinds for verdict in Verdict}
    yield "state.", {state.value for state in DutyState}


@pytest.mark.parametrize(("family", "vocabulary"), list(vocabularies()))
def test_every_word_of_a_vocabulary_has_its_text_and_no_other_has(family, vocabulary):
    """A new status, history or field needs its words, and a word without its thing goes."""
    assert {code.removeprefix(family) for code in TEXTS["id"] if code.startswith(family)} == vocabulary


def said_somewhere():
    """Give the texts that the library writes, and a pattern for each that it makes from a family and a name."""
    whole, made = set(), []
    for path in LIBRARY.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if path.parent.name != "texts" else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                parts = [re.escape(p.value) if isinstance(p, ast.Constant) else r"[\w.-]+" for p in node.values]
                made.append(re.compile("".join(parts)))
    return whole, [one for one in made if re.match(r"[a-z_]+\\\.", one.pattern)]


def test_no_text_is_left_that_nothing_says():
    """Each code is written somewhere in the library, whole or as the pattern it is made from."""
    whole, made = said_somewhere()
    families = tuple(family for family, _ in vocabularies())

    def unsaid(code):
        return code not in whole and not code.startswith(families) and not any(one.fullmatch(code) for one in made)

    assert unsaid("line.nobody.says.this")
    assert [code for code in TEXTS["id"] if unsaid(code)] == []


def test_a_reason_is_a_code_with_parameters_for_machines():
    """Machines get what people get, before it is put into words."""
    reason = because("seen.lasted", span=because("unit.years", years=4), day=date(2022, 10, 1))
    assert reason.to("id") == "4 tahun (sejak 1 Oktober 2022)"
    assert reason.to("en") == "4 years (since 1 October 2022)"
    span = {"code": "unit.years", "values": {"years": 4}}
    assert reason.as_data() == {"code": "seen.lasted", "values": {"span": span, "day": "2022-10-01"}}


def test_alternatives_are_joined_as_each_language_does():
    """Two with a word between, more with commas."""
    assert LateText(either(["A", "B"])).id == "A atau B"
    assert LateText(either(["A", "B", "C"])).id == "A, B, atau C"
    assert LateText(either(["A", "B", "C"])).en == "A, B or C"
    assert LateText(either([])) == LateText(Reason("value.none"))


def test_the_data_of_a_decision_carries_codes_that_have_texts(small):
    """Every code in the JSON can be looked up; a time criterion says from when."""
    data = small.decide(person(ranks=RANK_II_D), "kenaikan", as_of=DAY).model_dump()
    time = data["criteria"][0]
    assert time["possible_from"] == "2026-10-02"
    assert time["seen"][0]["required"] == {
        "code": "required.time.at_least", "values": {"value": {"code": "unit.years", "values": {"years": 4}}},
    }  # fmt: skip
    codes = re.findall(r"'code': '([^']+)'", str(data["criteria"]))
    assert len(codes) > 5
    assert set(codes) <= TEXTS["id"].keys()


# Exact texts


def test_a_refusal_says_why_from_when_and_what_would_exempt(small):
    """To the letter, in Indonesian."""
    assert (
        explained(small, person(ranks=RANK_II_D))
        == """\
Kenaikan pangkat
Budi Santoso (********201505*001)
Keadaan per 1 Oktober 2026

Hasil: belum memenuhi syarat
Pangkat yang dituju: Penata Muda (III/a)
Dasar: PP 1/2000, pasal 6

✗ Tidak terpenuhi: Paling singkat 4 tahun dalam pangkat
    Masa dalam pangkat terakhir: 3 tahun 11 bulan (sejak 2 Oktober 2022); disyaratkan paling singkat 4 tahun
    Terpenuhi mulai 2 Oktober 2026, bila data lain tidak berubah
    Dapat dikesampingkan oleh Menteri, berdasarkan PP 1/2000
    Dasar: PP 1/2000, pasal 7
✓ Terpenuhi: Predikat paling rendah Baik
    Predikat kinerja terendah: Baik; disyaratkan paling rendah Baik
    Dasar: PP 1/2000, pasal 7
✗ Tidak terpenuhi: Lulus ujian dinas
    Belum ada ujian yang diperhitungkan; disyaratkan ada
    Dapat dibebaskan apabila: Berijazah S-1; atau Lulus PKP
    Dasar: PP 1/2000, pasal 30
✓ Terpenuhi: Tidak sedang menjalani hukuman
    Tidak ada hukuman disiplin yang diperhitungkan, sesuai yang disyaratkan
    Dasar: Praktik yang lazim (bahan pertimbangan, belum berdasar hukum)

Tidak lazim, tetapi tetap dipakai: pangkat tanggal 2 Oktober 2022: TMT tidak jatuh pada tanggal 1
Data berikut dianggap tidak berubah sampai dengan tanggal tersebut: pangkat atasan langsung
"""
    )


def test_an_undetermined_decision_asks_for_the_data_by_their_names(small):
    """`appraisals[2024]` and `sanctions` are for machines."""
    unknown = person(
        appraisals={"records": [{"year": 2025, "rating": "Baik"}], "complete_since": "2025-01-01"},
        sanctions={"records": [], "complete_since": None},
    )
    assert (
        explained(small, unknown, "en")
        == """\
Rank promotion
Budi Santoso (********201505*001)
As of 1 October 2026

Result: can't be determined yet, data are missing
Rank led to: Penata Muda Tingkat I (III/b)
Basis: PP 1/2000, pasal 6

✓ Met: At least 4 years in rank
    Time in the present rank: 4 years (since 1 October 2022); required: at least 4 years
    Basis: PP 1/2000, pasal 7
? Not known: Rated at least Baik
    Performance appraisals of 2024: not known; required: one
    Lowest performance rating: at most Baik, the rest not known; required: Baik or higher
    Data needed: performance appraisals of 2024
    Basis: PP 1/2000, pasal 7
– Not asked: Passed the service examination
    Basis: PP 1/2000, pasal 30
? Not known: Not serving a sanction
    It is not known whether there are disciplinary sanctions that count; there may be none
    Data needed: disciplinary sanctions (complete since when?)
    Basis: Praktik yang lazim (for consideration, not founded in law)

Data needed: performance appraisals of 2024, disciplinary sanctions (complete since when?)

These data are taken not to have changed up to that day: rank of the direct superior
"""
    )
    assert "penilaian kinerja tahun 2024, riwayat hukuman disiplin (lengkap sejak kapan?)" in explained(small, unknown)


def test_an_illustrative_negative_is_headed_and_names_the_record_in_the_way(small):
    """No law is behind it, and it says so first."""
    sanction = {"level": "ringan", "since": "2026-08-01", "until": "2027-02-01", "final": True}
    text = explained(small, person(sanctions=only(sanction)))
    assert text.split("\n\n")[1] == (
        "Belum berdasar hukum, bahan pertimbangan: "
        "keputusan ini bertumpu pada syarat yang dasar hukumnya belum ditemukan."
    )
    assert (
        """\
✗ Tidak terpenuhi: Tidak sedang menjalani hukuman
    Jumlah hukuman disiplin yang diperhitungkan: 1; disyaratkan tidak ada sama sekali
    Tercatat: hukuman disiplin sejak 1 Agustus 2026, berakhir 1 Februari 2027
    Dasar: Praktik yang lazim (bahan pertimbangan, belum berdasar hukum)
"""
        in text
    )


def test_one_record_that_is_there_is_told_though_there_may_be_more(small):
    """Where the history is not complete, the one that is known refuses: nobody is told that it is not known."""
    sanction = {"level": "ringan", "since": "2026-08-01", "until": "2027-02-01", "final": True}
    text = explained(small, person(sanctions={"records": [sanction]}))
    assert (
        "✗ Tidak terpenuhi: Tidak sedang menjalani hukuman\n    Jumlah hukuman disiplin yang diperhitungkan: sekurang-kurangnya 1"
        in text
    )
    assert "Belum diketahui apakah ada hukuman" not in text


def test_an_eligible_decision_shows_its_exemption_and_its_warning(small):
    """Met, and by what; and what the officer should know beside it."""
    degree = {"level": "S-1", "graduated_on": "2014-08-01", "recognised_on": "2015-05-01"}
    ranks = only({"rank": "II/d", "since": "2022-10-01"})
    text = explained(small, person(ranks=ranks, educations=only(degree), supervisor_rank="II/d"))
    assert (
        """\
Hasil: memenuhi syarat untuk diusulkan
Pangkat yang dituju: Penata Muda (III/a)
Dasar: PP 1/2000, pasal 6
"""
        in text
    )
    assert (
        """\
✓ Terpenuhi: Lulus ujian dinas (dibebaskan karena: Berijazah S-1)
    Belum ada ujian yang diperhitungkan; disyaratkan ada
    Pendidikan tertinggi yang diakui: S-1; disyaratkan paling rendah S-1
    Dasar: PP 1/2000, pasal 30
"""
        in text
    )
    assert text.endswith("""\
Peringatan:
  ! Pangkat akan melampaui atasan langsung (PP 1/2000, pasal 8)

Data berikut dianggap tidak berubah sampai dengan tanggal tersebut: pangkat atasan langsung
""")


BY_A_TABLE = POLICY.replace("training_hours: {during: period, at_least: 20}", "training_hours: {during: period, at_least: {table: jam}}").replace(
    "promotions:\n",
    """tables:
  jam:
    title: {id: Jam wajib, en: Hours owed}
    by: post_kind
    versions: [{from: 2000-01-01, basis: pp-1, rows: {pelaksana: 30, pengawas: 25}, otherwise: none}]
promotions:
""",
    1,
)


@pytest.mark.parametrize(("kind", "wanted"), [("pelaksana", "30"), ("pengawas", "25")])
def test_what_a_table_requires_of_somebody_is_told(kind, wanted, tmp_path):
    """Not of everybody alike: what is required hangs on the person, and each reads the own row."""
    by_table = engine(tmp_path, BY_A_TABLE)
    posts = only({"kind": kind, "echelon": "IV.a" if kind == "pengawas" else "none", "since": "2015-05-01", "until": "ongoing", "acting": False})
    decision = by_table.decide(person(posts=posts), "jp", as_of=DAY)
    (seen,) = [fact for one in decision.criteria for fact in one.observations]
    assert (seen.required.id, seen.required.en) == (f"paling sedikit {wanted} JP", f"at least {wanted} JP")
    assert seen.wanted == (wanted,)
    assert wanted in decision.explain("id")


SOME = """        at_least:
          2: [{education_level: {at_least: S-1}}, {rank: {at_least: III/c}}, {training_hours: {in_last: 1 year, at_least: 20}}]
"""
ANY = """        any:
          - education_level: {at_least: S-1}
          - rank: {at_least: III/c}
"""


@pytest.mark.parametrize(
    ("wanted", "id", "en"),
    [
        (SOME, "paling sedikit 2 dari: paling rendah S-1; paling rendah Penata (III/c); paling sedikit 20 JP",
         "at least 2 of: S-1 or higher; Penata (III/c) or higher; at least 20 JP"),
        (ANY, "paling rendah S-1, atau paling rendah Penata (III/c)", "S-1 or higher, or Penata (III/c) or higher"),
    ],
)  # fmt: skip
def test_of_alternatives_is_said_how_many_are_enough(wanted, id, en, tmp_path):
    """In one line as in the tree: nobody is told that all of it is required."""
    policy = POLICY.replace("        time_in_rank: {at_least: 4 years}\n", wanted)
    decision = engine(tmp_path, policy).decide(person(), "kenaikan", as_of=DAY)
    required = next(one.required for one in decision.criteria if one.id == "masa")
    assert (required.id, required.en) == (id, en)


def test_an_overdue_duty_says_which_period_and_until_when(small):
    """To the letter."""
    trainings = only({"code": "a", "hours": 19, "completed_on": "2025-03-01"})
    assert (
        explained(small, person(trainings=trainings), rule="jp@previous")
        == """\
Paling sedikit 20 JP setahun (periode sebelumnya)
Budi Santoso (********201505*001)
Keadaan per 1 Oktober 2026

Hasil: kewajiban belum terpenuhi, sudah lewat tenggat
Periode: 1 Januari 2025 sampai dengan 31 Desember 2025
Batas waktu: 31 Desember 2025
Dasar: PP 1/2000, pasal 203

✗ Tidak terpenuhi: Paling sedikit 20 JP setahun
    Jam pelajaran pengembangan kompetensi: 19 JP; disyaratkan paling sedikit 20 JP
    Dasar: PP 1/2000, pasal 203

"""
    )


def test_a_rule_for_others_says_for_whom_with_a_mark_for_each_part(small):
    """The part that fails is seen at once."""
    pppk = person(nip="198609262022211001", employment="PPPK", cpns_on="none", pns_on="none", ranks=only())
    assert """\
Sasaran aturan:
  ✗ Status kepegawaian: PPPK; disyaratkan PNS
  ✓ Jenis jabatan: pelaksana; disyaratkan pelaksana
  ✗ Pangkat atau jenjang yang dituju: tidak ada
""" in explained(small, pppk)


# All rules


def silent(tree):
    """Give the parts of a tree of which nothing is said; one beside what is told in its stead says enough when it holds."""
    if isinstance(tree, Branch):
        instead = tree.word == "any" and any(isinstance(part, Leaf) for part in tree.parts)
        if instead:
            return [leaf for part in tree.parts if not isinstance(part, SilentLeaf) for leaf in silent(part)]
        return [leaf for part in tree.parts for leaf in silent(part)]
    return [tree] if isinstance(tree, SilentLeaf) else []


@pytest.mark.parametrize("region", regions())
def test_what_is_told_of_a_condition_is_the_condition(region):
    """Nothing is told of another condition, and nothing is left untold: on the day it was written for, and on any other."""
    for program in load(region).programs:
        bound = Definition(program).bound(program.since)
        for rule in program.rules:
            of_day = bound[rule.id]
            pairs = [(rule.applies_to, rule.whom), (of_day.applies_to, of_day.whom)]
            for criterion in (*rule.criteria, *rule.warnings, *of_day.criteria, *of_day.warnings):
                pairs += [(one.holds, one.tree) for one in (criterion, *criterion.exempt)]
            for truth, tree in pairs:
                assert Binder(program.since).node(tree.truth) == Binder(program.since).node(truth), rule.id
            unsaid = [len(silent(tree)) for _, tree in pairs]
            assert max(unsaid[:2]) <= 1, rule.id  # that there is a rule for whoever it is, or that it had begun
            assert sum(unsaid[2:]) == 0, rule.id


RAW = re.compile(r"_|\[\d|[{}]|\b(opening|pair|mentor|mentee|agency|protected|employee)\.[a-z]|None|True|False")
CODE_WORDS = {*HISTORIES, *FACTS, *Employee.model_fields} - {"nip", "unit", "field", "mentoring", "jenjang"}


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("unknown", [0.05, 0.4])
def test_every_rule_explains_in_both_languages_without_a_raw_word(region, unknown):
    """Whoever comes, whatever is unknown: as many lines in each language, and no code word of the library."""
    engine_ = Engine.load(region)
    people = tuple(typical(engine_.policy, Problems()).values())
    rng = Random(f"{region} {unknown}")
    for _ in range(max(4, PEOPLE // 40)):
        as_of = day(rng)
        asked = question(rng, as_of, unknown, people)
        program = engine_.policy.program(as_of)
        for rule in program.rules:
            decision = engine_._decider.decide(program, rule.id, asked, asked.employee, ())
            indonesian, english = decision.explain("id"), decision.explain("en")
            assert len(indonesian.splitlines()) == len(english.splitlines())
            assert RAW.search(indonesian + english) is None, indonesian + english
            assert not CODE_WORDS & set(re.findall(r"\w+", indonesian)), indonesian
            assert all(
                code in TEXTS["id"]
                for code in re.findall(r"'code': '([a-z_]+\.[^']+)'", str(decision.model_dump()["criteria"]))
            )


@pytest.mark.parametrize("region", regions())
def test_the_day_from_which_time_meets_a_criterion_is_the_first(region):
    """On that day the criterion holds, the day before it does not, as long as the rules are the same."""
    engine_, tried = Engine.load(region), 0
    cases = [case for name in {region, "nasional"} for case in cases_of(load(name), Problems())]
    if region != "nasional":  # all of the base's are asked of the base
        of_base = [case for case in cases if case.place.file.startswith("nasional/")]
        own = [case for case in cases if not case.place.file.startswith("nasional/")]
        cases = [*own, *of_base[::7]]
    for case in cases:
        given = {"target": case.opening, "agency": case.agency, "mentor": case.mentor}
        decision = engine_.decide(case.employee, case.rule, as_of=case.as_of, **given)
        for index, told in enumerate(decision.model_dump()["criteria"]):
            first = date.fromisoformat(told["possible_from"] or "0001-01-01")
            if not case.as_of < first < date(2060, 1, 1):
                continue
            then = engine_.decide(case.employee, case.rule, as_of=first, **given)
            before = engine_.decide(case.employee, case.rule, as_of=first - timedelta(days=1), **given)
            if {c.id for c in then.criteria} != {c.id for c in decision.criteria}:
                continue
            tried += 1
            assert then.criteria[index].status in ("held", "not_applicable"), (case.name, told["id"], first)
            assert before.criteria[index].status in ("failed", "not_applicable"), (case.name, told["id"], first)
    assert tried > 10


def test_each_item_of_a_list_is_told_by_its_name():
    """Who lacks three competencies of nine reads which three."""
    policy = load("nasional")
    somebody = typical(policy, Problems())["pengawas-senior"]
    decision = Engine(policy).decide(somebody, "kesenjangan-kompetensi", as_of=date(2026, 4, 1))
    items = re.findall(r"Belum ada hasil pengukuran kompetensi \((.*?)\)", decision.explain("id"))
    assert items[:3] == ["integritas", "kerja sama", "komunikasi"]
    assert len(set(items)) == len(items) == 9


def test_what_is_missing_is_named_in_words():
    """Records, fields of records, the other person, the post, the unit tree."""
    wanted = {
        "appraisals[2024]": "penilaian kinerja tahun 2024",
        "sanctions": "riwayat hukuman disiplin (lengkap sejak kapan?)",
        "mentor.posts": "mentor: riwayat jabatan (lengkap sejak kapan?)",
        "posts[2020-01-01].field": "bidang jabatan (jabatan tanggal 1 Januari 2020)",
        "posts[2020-01-01].opening.field": "bidang jabatan yang dituju",
        "appraisals[2024-01-01].rating": "predikat kinerja (penilaian kinerja tahun 2024)",
        "protected.sex": "jenis kelamin",
        "agency.units": "susunan unit kerja instansi",
    }
    assert {name: names.missing(name).to("id") for name in wanted} == wanted


@pytest.mark.parametrize("lang", ["id", "en"])
def test_numbers_are_written_as_each_language_does(lang):
    """A decimal comma in Indonesian, no zeros at the end."""
    assert LateText(words.number(12500, 3)).to(lang) == {"id": "12,5", "en": "12.5"}[lang]
    assert LateText(words.number(20000, 3)).to(lang) == "20"


def test_what_is_kept_of_a_thing_is_forgotten_with_it():
    """A policy that nobody holds any more takes no memory."""
    worked = []
    kept = Memo(lambda criterion: worked.append(criterion.id) or criterion.id)
    criterion = Criterion("c", Text("a", "a"), "", "in_force", Place("p", 1, 1), YES)
    assert (kept(criterion), kept(criterion), worked) == ("c", "c", ["c"])
    there = weakref.ref(criterion)
    del criterion
    gc.collect()
    assert there() is None
