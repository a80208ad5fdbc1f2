"""The reference pages say what the engine reads: they are current, complete, and lead to the line."""

import ast
import re
from dataclasses import fields
from decimal import Decimal
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest

from asnpolicy.decisions import texts
from asnpolicy.language.nodes import Kind, Literal
from asnpolicy.language.reading import record_fields
from asnpolicy.language.rules import Text, observations_of
from asnpolicy.people import ABSENT, HISTORIES
from asnpolicy.policy import library
from asnpolicy.policy.elaborate.site import ON
from asnpolicy.policy.surface import conditions, criteria, figures, measures, requirements, rules, values
from asnpolicy.policy.surface.rules import RULE_SECTIONS
from asnpolicy.report import lookups, names, rulebook, sentences, wording
from asnpolicy.report.page_html import page_html
from asnpolicy.report.pages import COMMAND, Page, main, pages

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
REGIONS = library.regions()
LINK = re.compile(r"\]\(([^)\s]*)#([^)\s]+)\)")
OWN = """
format: 1
region: induk
title: {id: Kebijakan induk, en: Base policy}
regions_may_add: [mentoring]
sources: {pp-1: PP 1/2000 tentang Contoh, praktik: Praktik yang lazim}
holidays:
  2026: {basis: pp-1 pasal 3, days: [2026-12-25, 2026-08-17]}
values:
  appraisal_due: [{from: 2000-01-01, is: 1 month, basis: pp-1}]
  masa_pangkat:
    - {from: 2000-01-01, is: 4 years, basis: pp-1 pasal 7, region_may: {at_least: 2 years, at_most: 6 years, basis: pp-1}}
    - {from: 2020-01-01, is: 3 years, basis: pp-1 pasal 8, unless: {cpns_on: {below: 2010-01-01}, keep: 2000-01-01}, region_may: {at_least: 3 years, basis: pp-1}}
tables:
  batas_pangkat:
    title: {id: Pangkat tertinggi, en: Highest rank}
    by: [post_kind, jenjang]
    versions:
      - {from: 2000-01-01, basis: pp-1, rows: {pelaksana: {none: III/d}, fungsional: {Ahli Pertama: III/b, Ahli Muda: [{from: 2000-01-01, is: III/c}, {from: 2015-01-01, is: III/d}]}}, otherwise: none}
conditions:
  disiplin:
    title: {id: Tidak dihukum, en: Not sanctioned}
    basis: praktik
    standing: illustrative
    sanctions: {where: {level: {at_least: sedang}, running: false}, in_last: 2 years, count: 0}
figures:
  hari_pelatihan:
    title: {id: Hari pelatihan terakhir, en: Day of the last training}
    basis: pp-1
    latest: {of: trainings, field: completed_on}
promotions:
  naik:
    title: {id: Naik pangkat, en: Rank promotion}
    from: 2000-01-01
    basis: pp-1
    applies_to: {employment: PNS, hari_pelatihan: {at_least: 2000-01-01}, any: [{post_kind: pelaksana}, {not: {jenjang: none, rank: II/a}}]}
    to: {fact: next_rank}
    require:
      masa:
        title: {id: Masa pangkat, en: Time in rank}
        basis: pp-1 pasal 7
        time_in_rank: {at_least: {value: masa_pangkat}}
        when: {rank: {at_least: II/a}}
        exempt:
          ijazah:
            title: {id: Berijazah sarjana, en: Holds a degree}
            education_level: {at_least: S-1}
        waivable: {by: PPK, basis: pp-1 pasal 9}
      disiplin: {use: disiplin}
      atasan:
        title: {id: Di bawah atasan, en: Below the superior}
        until: 2025-05-20
        basis: pp-1
        target: {at_most: {fact: supervisor_rank}}
      batas:
        title: {id: Dalam batas, en: Within the ceiling}
        basis: pp-1
        target: {at_most: {table: batas_pangkat}}
    warn_when:
      atasan-2:
        title: {id: Melampaui atasan, en: Above the superior}
        from: 2025-05-20
        basis: pp-1
        target: {above: {fact: supervisor_rank}}
duties:
  belajar:
    title: {id: Belajar, en: To learn}
    from: 2000-01-01
    basis: pp-1
    strength: wajib
    tags: [pelatihan-bidang]
    applies_to: {rule: {id: naik, in: [eligible]}}
    every: calendar_year
    due: {end_of: period}
    fulfilled_when:
      training_hours: {during: period, at_least: 20}
"""
REGION = """
format: 1
region: anak
extends: induk
title: {id: Kebijakan anak, en: Policy of a region}
sources: {kebijakan: Uraian kebijakan}
values:
  masa_pangkat: [{from: 2022-01-01, is: 5 years, basis: kebijakan}]
promotions:
  naik:
    require:
      jp:
        title: {id: JP tahun lalu, en: Hours of last year}
        basis: kebijakan
        lowest_rating: {last_full_years: 2, at_least: Baik}
"""


@cache
def loaded(region):
    """Load a shipped region once."""
    return library.load(region)


@cache
def shipped():
    """Write the shipped pages once."""
    return pages(REFERENCE)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Give the pages of a little base and of a region on top of it."""
    folder = tmp_path_factory.mktemp("kebijakan")
    found = {}
    for region, text in (("induk", OWN), ("anak", REGION)):
        (folder / region).mkdir()
        (folder / region / "kebijakan.yaml").write_text(text, encoding="utf-8")
        found[region] = Page.of(library.load(folder / region), "../policies").text()
    return found


def section(page, anchor):
    """Give what stands under the heading with an anchor, the heading included."""
    found = re.search(rf'^### <a id="{re.escape(anchor)}"></a>.*?(?=^##|\Z)', page, re.S | re.M)
    assert found, anchor
    return found[0]


# The shipped pages


def test_the_committed_pages_are_what_is_generated():
    """A policy and its page change together."""
    for name, text in shipped().items():
        committed = (REFERENCE / name).read_text(encoding="utf-8") if (REFERENCE / name).exists() else ""
        assert committed == text, f"docs/reference/{name} is not current: run `{COMMAND}` and commit what it writes"


def test_what_is_generated_is_marked_as_such():
    """Whoever reviews a change sees what was written by hand."""
    marked = re.findall(r"^(\S+) linguist-generated$", (ROOT / ".gitattributes").read_text(encoding="utf-8"), re.M)
    assert set(marked) == {
        "policies/policy.schema.json",
        "policies/certificate.schema.json",
        *(f"docs/reference/{name}" for name in shipped()),
    }


@pytest.mark.parametrize("region", REGIONS)
def test_every_rule_that_was_ever_in_force_is_on_the_page(region):
    """In full, or as a link to the page of the region that it comes from."""
    policy = loaded(region)
    page = shipped()[f"{region}.md"]
    for kind in RULE_SECTIONS:
        for name in policy.merged.names(kind):
            own = name in policy.merged.chain[0].sections[kind]
            assert (f'<a id="{name}"></a>' if own else f".md#{name})") in page, name


def looked_at(policy):
    """Give each observation of the loaded rules that was written in the region itself, with its rule and its place."""
    seen = set()
    for program in policy.programs:
        for rule in program.rules:
            name = rule.name.partition(ON)[0]  # of what comes with leaving, the event
            places = [(rule.place, observations_of(rule.whom))]
            for criterion in (*rule.criteria, *rule.warnings):
                places.append((criterion.place, observations_of(criterion.tree)))
                places += [(criterion.place, observations_of(other.tree)) for other in criterion.exempt]
            for place, observations in places:
                for one in observations:
                    if (
                        place.file.startswith(f"{policy.region}/")
                        and (name, place, one.label, one.required) not in seen
                    ):
                        seen.add((name, place, one.label, one.required))
                        yield name, place, one


@pytest.mark.parametrize("region", REGIONS)
def test_what_the_loaded_rules_look_at_is_said(region):
    """The sentences are written from the files; what the engine made of the files must all be in them."""
    policy = loaded(region)
    page = shipped()[f"{region}.md"]
    count = 0
    for name, place, one in looked_at(policy):
        text = section(page, name)
        count += 1
        fact = one.fact.rpartition(".")[2]
        label = wording.records(fact) if fact in HISTORIES else one.label
        if fact == "target":
            label = wording.target(one.type)
        for lang in ("id", "en"):
            assert label.to(lang).partition(":")[0] in text, (place, one.fact)
        for wanted in one.required:
            if isinstance(wanted, Literal):
                value = operand(one, wanted.value)
                assert value.id in text and value.en in text, (place, one.fact, value)
    assert count > 0


def operand(one, value):
    """Write what is required, as a page does; to be other than none is to be there."""
    kind = one.type.kind
    if kind in (Kind.DURATION, Kind.SPAN):
        return wording.months(value)
    if kind is Kind.NUMBER and one.type.places and value is not ABSENT:
        number = f"{Decimal(value).scaleb(-one.type.places).normalize():f}"
        return Text(number.replace(".", ","), number)
    word = "not" if one.word == "not" and value is ABSENT else "is"
    return wording.required(one.fact, one.type, one.unit, word, [value])


@pytest.mark.parametrize("region", REGIONS)
def test_each_criterion_leads_to_the_line_where_it_is_written(region):
    """Whoever asks `where is the four years?` finds the line in one search."""
    policy = loaded(region)
    page = shipped()[f"{region}.md"]
    for program in policy.programs:
        for rule in program.rules:
            for criterion in (*rule.criteria, *rule.warnings):
                place = criterion.place
                if place.file.startswith(f"{region}/"):
                    assert f"(../../policies/{place.file}#L{place.line})" in page, criterion.id
                    line = (ROOT / "policies" / place.file).read_text(encoding="utf-8").splitlines()[place.line - 1]
                    assert criterion.id in line


@pytest.mark.parametrize("name", ["README.md", *(f"{region}.md" for region in REGIONS)])
def test_every_link_leads_to_a_line_or_an_anchor(name):
    """No link into nothing."""
    text = shipped()[name]
    found = LINK.findall(text)
    for target, place in found:
        path = (REFERENCE / target).resolve() if target else REFERENCE / name
        lines = path.read_text(encoding="utf-8")
        if path.suffix == ".yaml":
            assert 0 < int(place.removeprefix("L")) <= len(lines.splitlines()), (target, place)
        else:
            assert f'<a id="{place}"></a>' in lines, (target, place)
    assert found or name == "README.md"


@pytest.mark.parametrize("region", REGIONS)
def test_no_name_of_the_code_stands_where_there_is_a_word(region):
    """An officer reads labels; names with underscores and Python's words are left to those who program."""
    page = shipped()[f"{region}.md"]
    seen = re.sub(r"\]\([^)]*\)|`[^`]*`|<[^>]*>", "", page)
    assert re.findall(r"\b[a-z]+_[a-z_]+\b|\bABSENT\b|\bNone\b|\N{REPLACEMENT CHARACTER}", seen) == []


def test_the_index_names_every_page_of_the_folder():
    """Nothing in the reference is to be found only by chance."""
    index = shipped()["README.md"]
    for path in REFERENCE.glob("*.md"):
        assert path.name == "README.md" or f"({path.name})" in index, path.name


def test_the_command_writes_the_pages_into_a_folder(tmp_path):
    """One command writes them all."""
    main(["-o", str(tmp_path / "pages")])
    assert {path.name for path in (tmp_path / "pages").iterdir()} == {
        "README.md",
        "back-ends.md",
        "facts.md",
        "footing.md",
        "findings.md",
        "tables.md",
        *(f"{r}.md" for r in REGIONS),
    }


# What a page says


@pytest.mark.parametrize(
    "line",
    [
        "Masa dalam pangkat terakhir: paling singkat 4 tahun (sejak 1 Januari 2000), 3 tahun (sejak 1 Januari 2020)",
        "*Time in the present rank: at least 4 years (since 1 January 2000), 3 years (since 1 January 2020)*",
        "[Hari pelatihan terakhir](#angka-hari-pelatihan): paling cepat 1 Januari 2000",
        "Hanya bila: Pangkat: paling rendah Pengatur Muda (II/a) · *Only when: Rank: Pengatur Muda (II/a) or higher*",
        "Berijazah sarjana: Pendidikan tertinggi yang diakui: paling rendah S-1",
        "Dapat dikecualikan dengan surat oleh · *May be waived by letter of*: PPK (PP 1/2000 tentang Contoh, pasal 9)",
        "Jumlah hukuman disiplin (tingkat paling rendah sedang; tidak sedang berjalan) dalam 2 tahun terakhir: tidak ada",
        "Kedudukan hukum: belum berdasar hukum, bahan pertimbangan",
        "Berlaku: sejak 1 Januari 2000 sampai sebelum 20 Mei 2025 · *In force: from 1 January 2000 until before 20 May 2025*",
        "Pangkat yang dituju: paling tinggi pangkat atasan langsung",
        "Pangkat yang dituju: paling tinggi yang disebut tabel [Pangkat tertinggi](#tabel-batas-pangkat)",
        "Pangkat yang dituju: di atas pangkat atasan langsung",
        "Berlaku: sejak 20 Mei 2025",
        "    - tidak semua yang berikut terpenuhi · *not all of the following hold*:\n      - Jenjang jabatan fungsional: tidak ada",
        "Dipakai oleh aturan: [Belajar](#belajar) · *Built upon by: To learn*",
    ],
)
def test_a_rule_says_what_it_asks_and_when(written, line):
    """Every criterion of every span, with its operators, values, conditions, exemptions and standing."""
    assert line in section(written["induk"], "naik")


@pytest.mark.parametrize(
    "line",
    [
        "Kekuatan: wajib; bila belum terpenuhi pada tenggatnya, dicatat lewat tenggat",
        "Periode: setiap tahun kalender",
        "Batas waktu: akhir periode",
        "Tanda · *Tags*: pelatihan bidang",
        "Bagi siapa: [Naik pangkat](#naik): memenuhi syarat · *For whom: Rank promotion: requirements met*",
        "Jam pelajaran pengembangan kompetensi selama periode: paling sedikit 20 JP",
    ],
)
def test_a_duty_says_its_period_its_due_day_and_its_strength(written, line):
    """What is owed, by when, and what follows when it is not."""
    assert line in section(written["induk"], "belajar")


def test_the_holidays_of_each_year_are_listed_with_their_decree(written):
    """Working days are counted by them."""
    assert (
        "| 2026 | 17 Agustus 2026, 25 Desember 2026 · *17 August 2026, 25 December 2026* | PP 1/2000 tentang Contoh, pasal 3 |"
        in written["induk"]
    )


def test_a_value_shows_each_version_what_a_region_may_choose_and_for_whom_the_old_one_goes_on(written):
    """Nobody reads the new number without seeing for whom it does not hold yet."""
    text = section(written["induk"], "nilai-masa-pangkat")
    assert (
        "| sejak 1 Januari 2000 sampai sebelum 1 Januari 2020 · *from 1 January 2000 until before 1 January 2020* | 4 tahun"
        in text
    )
    assert "| 2 tahun sampai 6 tahun · *2 years to 6 years* (" in text
    assert "| sejak 1 Januari 2020 · *since 1 January 2020* | 3 tahun · *3 years* |" in text
    assert "| paling sedikit 3 tahun · *at least 3 years* (" in text
    assert "tetap berlaku versi sejak 1 Januari 2000" in text
    assert "TMT CPNS: sebelum 1 Januari 2010" in text


def test_a_table_is_laid_out_for_each_of_its_spans(written):
    """Cells with dates of their own cut a version into two."""
    text = section(written["induk"], "tabel-batas-pangkat")
    before, after = text.split("sejak 1 Januari 2015")
    assert "Ahli Pertama: III/b; Ahli Muda: III/c" in before
    assert "Ahli Pertama: III/b; Ahli Muda: III/d" in after
    assert "| pelaksana | tanpa jenjang jabatan fungsional: III/d" in text
    assert "selain itu · *otherwise*: tidak ada · *none*" in text


def test_a_region_shows_what_it_adds_and_links_what_it_inherits(written):
    """The page of a region is its own part of the policy; the rest is one link away."""
    page = written["anak"]
    added = section(page, "naik")
    assert "(induk.md#naik)" in added and "JP tahun lalu" in added
    assert "dengan nilai daerah ini · *with this region's values*: [masa pangkat](#nilai-masa-pangkat)" in added
    assert "Di bawah atasan" not in page
    assert "- [Belajar](induk.md#belajar) · *To learn*" in page
    value = section(page, "nilai-masa-pangkat")
    assert "policies/induk/kebijakan.yaml" in value and "policies/anak/kebijakan.yaml" in value
    assert "| sejak 1 Januari 2022 · *since 1 January 2022* | 5 tahun" in value


# Nothing that authors may write goes unsaid


def test_every_field_of_a_record_has_a_name():
    """A filter over a field that has no words would break the page."""
    for history in HISTORIES:
        for field, type_ in record_fields(history).items():
            flag = type_.kind.value == "truth"
            if flag:
                assert texts.known(f"flag.{field}.yes"), field
                assert texts.known(f"flag.{field}.no"), field
            else:
                assert field in names.FIELDS, field


def test_every_measure_and_window_has_words():
    """They are closed lists; the words for them are complete."""
    assert set(names.MEASURES) == set(measures.MEASURES)
    assert set(names.WINDOWS) == set(requirements.WINDOWS)


def spoken_of():
    """Give the names that the pages ask a form for."""
    trees = [ast.parse(Path(module.__file__).read_text(encoding="utf-8")) for module in (rulebook, sentences, lookups)]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)} | {
        name for node in nodes if isinstance(node, ast.MatchClass) for name in fields_of(node)
    }


def fields_of(match):
    """Give the fields that a pattern takes: those it has at the places of its own."""
    kind = getattr(match.cls, "id", "")
    module = next((m for m in (rulebook, sentences, lookups) if hasattr(m, kind)), None)
    return getattr(module, kind).__match_args__[: len(match.patterns)] if module else ()


@pytest.mark.parametrize(
    "form", [*get_args(rules.OwnRule), rules.AdditionForm, criteria.CriterionForm, criteria.SharedForm, criteria.ExemptionForm,
             figures.FigureForm, values.ValueVersion, *get_args(conditions.Clause), *get_args(requirements.Test)],
)  # fmt: skip
def test_everything_that_is_written_is_spoken_of(form):
    """A new word must be given a sentence, or it would silently be left out of the pages."""
    asked_elsewhere = {"place", "whole", "strange", "history", "each", "word"}
    read = spoken_of() | set(rulebook.CRITERIA)
    assert {field.name for field in fields(form)} - asked_elsewhere - read == set(), form.__name__


@pytest.mark.parametrize(
    ("words", "form"), [(rules.PROMOTION, rules.PromotionForm), (rules.AWARD, rules.AwardForm), (rules.DUTY, rules.DutyForm),
                        (rules.MENTORING, rules.MentoringForm), (conditions.ABOUT, criteria.CriterionForm)],
)  # fmt: skip
def test_each_word_of_a_form_is_kept(words, form):
    """What may be written is what is kept of it: no word is taken and forgotten."""
    kept = {field.name for field in fields(form)} | (
        {"from", "until"} if "span" in form.__dataclass_fields__ else set()
    )
    assert set(words) <= kept


def test_the_page_of_footings_tells_law_from_what_is_for_consideration():
    """What may refuse stands apart from what never does, each with its basis, and with what the authors note beside it."""
    page = shipped()["footing.md"]
    row = next(line for line in page.splitlines() if "(`alih-kategori-jabatan-fungsional`)" in line)
    sure, refuses, told, notes = row.split(" | ")[2:]
    assert sure == "sangat mungkin · *likely*"
    assert "`jenjang-tujuan`" in refuses
    assert "`ahli-pertama`" in told
    assert "belum pasti" in notes
    assert "- `tanpa-hukuman-sedang-berat-berjalan`: " in page


def comes_with_leaving(rule):
    """That nobody has left, today and when something takes effect, is asked of what is written under `leaving`."""
    return rule.kind == "service" or ON in rule.name


@pytest.mark.parametrize("region", REGIONS)
def test_every_rule_that_a_region_writes_is_on_the_page_of_footings(region):
    """So is every rule of the base that it adds to."""
    page = shipped()["footing.md"]
    policy = loaded(region)
    last = {rule.name: rule for program in policy.programs for rule in program.rules}
    for rule in last.values():
        files = {rule.place.file, *(one.place.file for one in rule.criteria)}
        if not comes_with_leaving(rule) and any(file.startswith(f"{region}/") for file in files):
            assert f"({region}.md#{rule.name})" in page, rule.name


# In HTML


class Seen(HTMLParser):
    """What a page of HTML has: its tags, its anchors, its links."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.anchors, self.links = set(), set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Note a tag, its anchor and its link."""
        self.tags.add(tag)
        given = dict(attrs)
        self.anchors |= {given["id"]} if "id" in given else set()
        self.links += [given["href"]] if "href" in given else []


def test_every_link_of_the_html_pages_leads_to_an_anchor():
    """Within a page, and to the page of the base beside it: a link to a rule is never dead."""
    found = pages(REFERENCE, ["jakarta", "nasional"])
    seen = {f"{name[:-3]}.html": Seen(page_html(text, found)) for name, text in found.items() if name in ("jakarta.md", "nasional.md")}
    dead = [
        (name, href)
        for name, page in seen.items()
        for href in page.links
        for file, _, anchor in [href.partition("#")]
        if not file or file in seen
        if anchor and anchor not in seen[file or name].anchors
    ]
    assert dead == []
    assert any(href.startswith("nasional.html#") for href in seen["jakarta.html"].links)
    assert {tag for page in seen.values() for tag in page.tags} & {"script", "img", "link", "iframe"} == set()


def test_what_an_author_has_in_a_title_is_text_in_html():
    """Only our own anchors are HTML: nothing that somebody wrote into a policy runs in a reader's browser."""
    page = page_html("# <a id=\"x\"></a>A <img src=x onerror=alert(1)>\n\n<script>alert(1)</script>\n\n[y](javascript:alert(1)) `<b>`\n")
    page += page_html("<!-- for editors -->\n\n- A <!-- b --> c\n")
    assert "for editors" not in page
    assert "A &lt;!-- b --&gt; c" in page
    seen = Seen(page)
    assert seen.anchors == {"x"}
    assert seen.links == []
    assert {"img", "script", "b"} & seen.tags == set()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
