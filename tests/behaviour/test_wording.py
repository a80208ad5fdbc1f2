"""What explanations and letters of shipped rules say and leave out, read to the end as an officer does."""

from datetime import date
from functools import cache

import pytest

from asnpolicy import Employee, Engine
from asnpolicy.decisions.lines import Line, once
from asnpolicy.decisions.reasons import Reason
from asnpolicy.decisions.trial import run
from asnpolicy.policy.cases import cases_of
from asnpolicy.problems import Problems
from asnpolicy.report.letters.issuer import NOBODY
from asnpolicy.report.letters.notice import notice
from asnpolicy.report.letters.notice_kind import NoticeKind, kind_of
from asnpolicy.text import Text
from tests.conformance.shipped import policy


@cache
def cases(region):
    engine = Engine(policy(region))
    return {case.name: (engine, case) for case in cases_of(engine.policy, Problems())}


def decided(region, name):
    engine, case = cases(region)[name]
    return run(engine, case).decision


GUIDANCE = "jakarta, kenaikan pangkat tertahan karena JP, belum dibimbing"
OPEN = "jakarta, kenaikan pangkat tidak tertahan, tidak perlu dibimbing"


def test_what_a_rule_must_not_come_to_is_told_with_its_mark():
    """One thing that must not hold is no list, and another rule stands there with what it came to."""
    lines = decided("jakarta", OPEN).explain("id").splitlines()
    at = lines.index("  ✗ Yang berikut disyaratkan tidak terpenuhi:")
    assert lines[at + 1] == "    Menurut aturan “Kenaikan pangkat reguler”: terpenuhi"
    assert "Tidak seluruhnya terpenuhi:" not in "\n".join(lines)
    assert "  ✗ What follows must not hold:" in decided("jakarta", OPEN).explain("en").splitlines()


def test_an_explanation_says_who_owes_a_duty_that_is_not_the_persons():
    """The agency, here; of the person's own duties nothing is said."""
    assert "\nYang harus memenuhinya: instansi\n" in decided("jakarta", GUIDANCE).explain("id")
    assert "\nOwed by: the agency\n" in decided("jakarta", GUIDANCE).explain("en")
    assert "Owed by" not in decided("nasional", "jp, tahun lalu kurang satu JP menunggak").explain("en")


def test_advice_to_an_office_without_a_basis_in_law_says_both():
    """It refuses nobody, so it does not speak of refusals."""
    decision = decided("jakarta", GUIDANCE)
    letter = notice(decision, NOBODY).markdown("id")
    assert kind_of(decision) is NoticeKind.ADVICE
    assert "Hal: Anjuran pengembangan pegawai: Bimbingan senior" in letter
    assert "**Bahan pertimbangan: anjuran ini belum berdasar hukum**" in letter
    assert "penolakan" not in letter
    assert "**For consideration: this advice is not founded in law**" in notice(decision, NOBODY).markdown("en")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_alternatives_that_are_for_others_are_left_out(lang):
    """Nobody who had a raise is told that there should have been none, nor that a sanction is lacking."""
    raised = Engine(policy("nasional"))
    found = next(
        run(raised, case).decision
        for case in cases_of(raised.policy, Problems())
        if case.rule == "kenaikan-gaji-berkala" and run(raised, case).decision.because == ("masa",)
    )
    text = found.explain(lang)
    assert {"id": "hanya bila tidak ada", "en": "only where there is none"}[lang] not in text
    assert {"id": "Belum ada hukuman disiplin", "en": "No disciplinary sanctions that count; there"}[lang] not in text
    since = {"id": "Masa sejak kenaikan gaji berkala terakhir:", "en": "Time since the last periodic raise:"}[lang]
    assert f"\n    {since}" in text


def test_nothing_is_told_once_to_be_there_and_once_to_be_asked_for():
    """No line says that none is required, nor does the same line stand twice."""
    only, no_standard = {"id": "; hanya bila tidak ada", "en": "; only where there is none"}, 0
    for region in ("nasional", "jakarta", "surakarta"):
        asked_none = [name for name in cases(region) if name.startswith("kgb pppk, kenaikan terakhir")]
        for name in (*list(cases(region))[::29], *asked_none):
            decision = decided(region, name)
            for lang, never in (("id", "; disyaratkan tidak ada"), ("en", "; required: none")):
                lines = decision.explain(lang).splitlines()
                assert not [line for line in lines if line.endswith(never)], name
                no_standard += any(only[lang] in line for line in lines)
                whom = [line for line in lines if line.startswith("  ✓ ")]
                assert len(set(whom)) == len(whom), name
    assert no_standard


def described(rule, **fields):
    person = Employee(nip="199001012015051001", **fields)
    decision = Engine(policy("nasional")).decide(person, rule, as_of=date(2026, 10, 1))
    return decision.explain("id"), decision.explain("en")


def test_a_grade_that_any_grade_meets_is_not_told_as_the_lowest_one():
    """Whoever is asked for a rating at all need not read that the worst one is enough."""
    indonesian, english = described("penilaian-kinerja-tahunan", employment="PNS")
    assert "disyaratkan ada, apa pun tingkatnya" in indonesian
    assert "Sangat Kurang" not in indonesian
    assert "Lowest performance rating: not known; required: any\n" in english


def test_whether_somebody_is_still_in_service_is_told_as_a_sentence():
    """The events that are not ruled out stand in it with small letters, one after the other."""
    indonesian, english = described("penilaian-kinerja-tahunan", employment="PNS")
    assert "? Belum diketahui apakah masih dalam dinas; yang belum dapat dipastikan: mencapai batas usia pensiun; pensiun atau diberhentikan; " in indonesian
    assert "? It is not known whether this person is still in service; not ruled out: " in english
    assert "; retirement or dismissal; discharge of somebody disabled by service; death\n" in english


def test_records_of_which_one_must_be_there_are_not_counted_where_nothing_is_known():
    """It is not known whether there are any: nobody reads that at least 1 is required."""
    indonesian, english = described("perpanjangan-pelaksana-tugas", employment="PNS")
    assert "? Belum diketahui apakah ada jabatan yang diperhitungkan; disyaratkan ada\n" in indonesian
    assert "? It is not known whether there are posts that count; there must be one\n" in english


def test_what_an_official_judges_is_cited_in_full_in_a_letter():
    """As all other law in it; the explanation cites it shortly."""
    decision = next(
        one for one in (decided("nasional", name) for name in cases("nasional"))
        if one.not_decided and one.verdict == "ineligible" and one.as_of >= date(2020, 1, 1)
    )  # fmt: skip
    assert "PP 11/2017 jo. PP 17/2020" in decision.explain("id")
    assert "PP 11/2017" not in notice(decision, NOBODY).markdown("id")


def test_where_something_is_not_known_only_what_may_settle_it_is_told():
    """Alternatives that fail whatever comes to light are left out, and those for other posts."""
    found = next(
        one for one in (decided("nasional", name) for name, (_, case) in cases("nasional").items() if case.rule == "pensiun-bup")
        if one.verdict == "undetermined" and one.employee.birth_date is None
    )  # fmt: skip
    text = found.explain("en")
    assert "One of these is enough" not in text
    assert "    Kind of post: pelaksana; required: other than functional\n" in text
    assert "required: functional" not in text


def test_a_line_that_stands_twice_under_headings_stays():
    """Each alternative has its own heading; what stands beside each other is told once."""
    whole, part, ground = Line(1, Reason("line.all"), "✗ "), Line(2, Text("a", "a")), Line(0, Text("dasar", "basis"))
    assert list(once([whole, part, whole, part, ground, ground])) == [whole, part, whole, part, ground]


def test_what_stands_in_brackets_behind_a_source_follows_it_without_a_comma():
    """As people write it."""
    told = decided("nasional", next(name for name, (_, case) in cases("nasional").items() if case.rule == "pensiun-bup"))
    assert "tentang Manajemen PNS, (" not in told.explain("id")
