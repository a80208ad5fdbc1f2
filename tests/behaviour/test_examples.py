"""The examples run as they are printed, and the sample workforces are what `synth` makes."""

import runpy
from datetime import date
from pathlib import Path

import pytest

from asnpolicy import Agency, Engine
from asnpolicy.exchange import synth
from asnpolicy.exchange.synth import workforce
from asnpolicy.people import Employee

EXAMPLES = Path(__file__).parents[2] / "examples"
SEEDS = {"nasional": 1, "jakarta": 2, "kota-semarang": 3, "jawa-tengah": 4, "surakarta": 5}
SAID = {
    "decide_one": ["eligible: III/c, earliest 2026-10-01", "not_applicable  Lulus ujian dinas tingkat I"],
    "assess_many": ["kenaikan-pangkat-reguler {'eligible': ", "most often missing: "],
    "explain_refusal": ["Hasil: belum memenuhi syarat", "Result: does not yet meet the requirements"],
    "chain_of_reasons": [
        "4. Pengembangan kompetensi tahunan (periode sebelumnya): kewajiban belum terpenuhi, sudah lewat tenggat (dari 2, 3)",
        "6. Regular rank promotion: does not yet meet the requirements (from 5)",
        "7. “Guidance by a senior for those whose promotion is held up” is for this person (from 1, 6)",
    ],
    "from_tables": ["eligible: 15", "| no `complete_since` | 0 | 0 | 167 | 83 |"],
    "service": [],
    "past_rules": ["2025-05-19: ineligible", "2025-05-20: eligible"],
    "assign_mentors": [
        "stable: 24 of 24 mentees",
        "0 pairs envious",
        "Kompetensi yang dapat diajarkan: ",
        "The direct superior is not known",
    ],
    "keep_mentors": ["11 kept, 3 released:", "The mentor is no longer among the people", "- Hal: Surat penunjukan mentor"],
    "timeline_of_one": [
        "2024-09-01  eligible",
        "4 years since effective date of the rank, 1 September 2020",
        "not yet",
    ],
    "what_if_rated": [
        "no day as things stand; from 2027-02-01 on, if rated Baik each year",
        "rests on what is assumed: True",
    ],
    "path_ahead": [
        "would change it: pass the competency test",
        "Jalur karier: keadaan per 1 Oktober 2026",
    ],
    "career_card": [
        "Kartu karier",
        "bimbingan-kinerja: owed",
        "Pelatihan Orientasi pada Hasil, tingkat 3",
        "Career card",
    ],
    "ladder_to_a_rank": ["III/d: on 2026-10-01", "IV/c: out of reach"],
    "plan_a_period": ["ready ", "leaves ", "one thing is lacking: "],
    "own_region": [
        "Pelatihan layanan wisata: owed, due before 2027-01-01",
        "is less than the base lets a region choose",
    ],
}


def test_every_program_is_tried():
    """A program that is added is run too."""
    assert {path.stem for path in EXAMPLES.glob("*.py")} == set(SAID)


@pytest.mark.parametrize("name", sorted(SAID))
def test_a_program_says_what_it_is_meant_to_show(name, capsys):
    """Run as a reader would run it."""
    runpy.run_path(str(EXAMPLES / f"{name}.py"), run_name="__main__")
    said = capsys.readouterr().out
    assert [words for words in SAID[name] if words not in said] == []


@pytest.mark.parametrize("region", sorted(SEEDS))
def test_a_sample_workforce_is_what_synth_makes(region):
    """250 people, made up by the seed that the page names."""
    made = [
        one.model_dump_json(exclude_none=True) for one in workforce(250, seed=SEEDS[region], as_of=date(2026, 10, 1))
    ]
    assert (EXAMPLES / "workforces" / f"{region}.jsonl").read_text(encoding="utf-8").splitlines() == made


@pytest.mark.parametrize("region", sorted(SEEDS))
def test_a_sample_agency_names_superiors_of_the_sample_workforce(region):
    """Whose superior is whose is written by a program, from the people as they are."""
    written = runpy.run_path(str(EXAMPLES / "agencies" / "superiors.py"))["agency"](region)
    assert (EXAMPLES / "agencies" / f"{region}.json").read_text(encoding="utf-8") == written
    agency = Agency.model_validate_json(written)
    assert len(agency.relations or ()) > 200


@pytest.mark.parametrize("region", sorted(SEEDS))
def test_the_sample_agency_gives_openings_to_ask_about(region):
    """With the agency, every rule that leads into a post is asked of each opening."""
    agency = Agency.model_validate_json((EXAMPLES / "agencies" / f"{region}.json").read_text(encoding="utf-8"))
    lines = (EXAMPLES / "workforces" / f"{region}.jsonl").read_text(encoding="utf-8").splitlines()
    engine = Engine.load(region)
    verdicts = set()
    for line in lines[:60]:
        employee = Employee.model_validate_json(line)
        for rule in ("pengangkatan-pengawas", "pengangkatan-administrator"):
            for opening in agency.openings:
                decided = engine.decide(employee, rule, as_of=date(2026, 10, 1), target=opening.id, agency=agency)
                verdicts.add(decided.verdict.value)
    assert {"ineligible", "not_applicable"} <= verdicts


def test_each_made_up_person_has_a_number_of_its_own(monkeypatch):
    """Those born and appointed alike are told apart, as in the registers, by the last three digits."""
    monkeypatch.setattr(synth._Career, "_nip", lambda _: "199001012015031998")
    numbers = [person.nip for person in synth.workforce(4, seed=8, as_of=date(2026, 10, 1))]
    assert [number[-3:] for number in numbers] == ["998", "999", "001", "002"]
    assert {number[:-3] for number in numbers} == {"199001012015031"}
