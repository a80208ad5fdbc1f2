"""`asnpolicy sources`: what a region stands on, how sure that is, and where nobody has said."""

import copy
import json
from datetime import date

import pytest
from typer.testing import CliRunner

from asnpolicy import Employee, Engine
from asnpolicy.cli.app import app
from asnpolicy.policy.citations import source_uses
from asnpolicy.policy.library import load
from asnpolicy.policy.surface.digest import digest
from asnpolicy.report.letters.letter_markdown import markdown
from asnpolicy.report.letters.notice import notice

POLICY = """\
format: 1
region: {region}
title: {{id: Uji, en: Trial}}
sources:
  perda:
    name: Perda 1/2020
    confidence: likely
    read_on: 2026-11-22
    articles:
      pasal 10: {{words: Setiap pegawai yang, confidence: uncertain}}
      pasal 3: {{read_on: 2026-11-26}}
  uraian: Uraian kebijakan
values:
  masa: [{{from: 2020-01-01, is: 4 years, basis: perda pasal 10}}]
promotions:
  naik:
    title: {{id: Naik, en: Rise}}
    basis: perda pasal 3
    to: {{fact: next_rank}}
    not_decided: [{{id: cakap, en: able, basis: perda}}]
    require:
      lama: {{title: {{id: Lama, en: Long}}, basis: perda pasal 10, time_in_rank: {{at_least: {{value: masa}}}}}}
"""


@pytest.fixture
def region(tmp_path):
    folder = tmp_path / "uji"
    folder.mkdir()
    (folder / "uji.yaml").write_text(POLICY.format(region="uji"), encoding="utf-8")
    return folder


def found(folder):
    return {(one.source, one.article): one for one in source_uses(load(folder))}


def test_each_article_names_what_rests_on_it(region):
    """A rule, a criterion of one and a value, each by its name; what an official judges as its rule."""
    uses = found(region)
    assert list(uses) == [("perda", ""), ("perda", "pasal 3"), ("perda", "pasal 10"), ("uraian", "")]
    assert [one.rests for one in uses.values()] == [("naik",), ("naik",), ("masa", "naik.lama"), ()]


def test_an_article_is_as_sure_as_its_source_unless_it_says_otherwise(region):
    """The day of reading is its own: that the source was read says nothing of each article."""
    uses = found(region)
    assert uses["perda", ""].reading.read_on == date(2026, 11, 22)
    assert uses["perda", "pasal 3"].reading.confidence == "likely"
    assert uses["perda", "pasal 3"].reading.read_on == date(2026, 11, 26)
    assert uses["perda", "pasal 10"].reading.confidence == "uncertain"
    assert uses["perda", "pasal 10"].reading.read_on is None
    assert uses["perda", "pasal 10"].words == "Setiap pegawai yang"
    assert uses["uraian", ""].reading.confidence is None


def test_the_name_alone_decides_what_a_policy_means(region):
    """How sure a reading is and when it was done is for people: a kept decision stays reproducible."""
    plain = POLICY.replace("  perda:\n", "  perda: Perda 1/2020\n")
    start, end = plain.index("    name:"), plain.index("  uraian:")
    before = digest(load(region).merged.chain)
    (region / "uji.yaml").write_text((plain[:start] + plain[end:]).format(region="uji"), encoding="utf-8")
    assert digest(load(region).merged.chain) == before
    (region / "uji.yaml").write_text(
        POLICY.replace("Perda 1/2020", "Perda 2/2020").format(region="uji"), encoding="utf-8"
    )
    assert digest(load(region).merged.chain) != before


@pytest.mark.parametrize(
    ("lang", "sure", "nothing"), [("id", "belum pasti", "tidak ada"), ("en", "uncertain", "nothing")]
)
def test_the_table_says_it_in_both_languages(region, lang, sure, nothing):
    """With the first words, by which an article is found again."""
    said = CliRunner().invoke(app, ["sources", str(region), "--format", "table", "--lang", lang]).output
    row = next(line for line in said.splitlines() if "pasal 10" in line)
    assert sure in row
    assert "Setiap pegawai yang" in row
    assert nothing in next(line for line in said.splitlines() if "Uraian" in line)


def test_a_pipe_gets_json(region):
    """Everything, not the first of what rests on an article."""
    rows = json.loads(CliRunner().invoke(app, ["sources", str(region)]).output)
    assert rows[2] == {
        "region": "uji", "source": "perda", "name": "Perda 1/2020", "name_en": "Perda 1/2020", "article": "pasal 10", "confidence": "uncertain",
        "read_on": None, "words": "Setiap pegawai yang", "rests": ["masa", "naik.lama"],
    }  # fmt: skip


def described(folder):
    """Describe the source in both languages."""
    text = POLICY.replace("name: Perda 1/2020", "name: {{id: Kebiasaan kantor, en: Custom of the office}}")
    (folder / "uji.yaml").write_text(text.format(region="uji"), encoding="utf-8")
    return Engine.load(folder)


def test_what_has_no_name_is_cited_in_the_language_of_the_reader(region):
    """In explanations, letters and tables; the name of a law is the same for all."""
    decision = described(region).decide(Employee(nip="198505052010011001"), "naik", as_of=date(2026, 10, 1))
    assert "Dasar: Kebiasaan kantor, pasal 3\n" in decision.explain("id")
    assert "Basis: Custom of the office, pasal 3\n" in decision.explain("en")
    assert "Kebiasaan" not in decision.explain("en")
    letter = {lang: markdown(notice(decision), (lang,)) for lang in ("id", "en")}
    assert "Pasal 3 Kebiasaan kantor" in letter["id"]
    assert "Pasal 3 Custom of the office" in letter["en"]
    rows = {lang: CliRunner().invoke(app, ["sources", str(region), "--format", "table", "--lang", lang]).output for lang in letter}
    assert "Kebiasaan kantor" in rows["id"]
    assert "Custom of the office" in rows["en"]
    assert json.loads(CliRunner().invoke(app, ["sources", str(region)]).output)[0]["name_en"] == "Custom of the office"


def test_a_kept_decision_knows_a_source_by_its_indonesian_wording(region):
    """The English one is for reading: a better translation changes neither the seal nor what the policy is."""
    engine, person = described(region), Employee(nip="198505052010011001")
    kept = engine.decide(person, "naik", as_of=date(2026, 10, 1)).certificate()
    assert kept.criteria[0].basis == "Kebiasaan kantor, pasal 10"
    file = region / "uji.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("Custom of", "Practice of"), encoding="utf-8")
    other = Engine.load(region).decide(person, "naik", as_of=date(2026, 10, 1))
    assert other.certificate() == kept
    assert "Practice of the office" in copy.deepcopy(other).explain("en")


def test_every_basis_of_the_shipped_regions_has_a_reading():
    """Nothing national is left unsaid; a region's description says for itself what it is."""
    national = [one for one in source_uses(load("nasional")) if one.rests]
    assert all(one.reading.confidence for one in national)
    assert {one.reading.confidence for one in national} == {"sure", "likely", "uncertain"}
