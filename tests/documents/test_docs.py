"""The documents are true: each YAML block loads and its cases pass, the programs run and print what is shown."""

import contextlib
import io
import os
import re
import runpy
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from asnpolicy import read_employees
from asnpolicy.cli.check import shown
from asnpolicy.cli.test import tried
from asnpolicy.decisions.trial import run
from asnpolicy.engine import Engine
from asnpolicy.language.facts import FACTS
from asnpolicy.language.reading import record_fields
from asnpolicy.people import HISTORIES
from asnpolicy.policy.cases import cases_of
from asnpolicy.policy.starter import starter
from asnpolicy.problems import PolicyError, Problems

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
AROUND_THE_README = """
format: 1
region: contoh
title: {id: Contoh, en: Example}
sources: {pp-99-2000: PP 99/2000}
values:
  appraisal_due: [{from: 2000-11-10, is: 1 month}]
  masa_pangkat_reguler: [{from: 2000-11-10, is: 4 years}]
conditions:
  baik-dua-tahun:
    title: {id: Baik, en: Good}
    lowest_rating: {last_full_years: 2, at_least: Baik}
typical:
  pelaksana:
    employment: PNS
    posts: {pelaksana: 2018-03-01}
    ranks: {III/a: 2022-10-01}
    appraisals: {2024: Baik, 2025: Baik}
    complete: all
"""


TWICE = {
    "tutorial/first-region.md": "tutorial/daerah-pertama.md",
    "how-to/write-a-rule.md": "how-to/menulis-aturan.md",
    "how-to/try-a-policy.md": "how-to/menguji-kebijakan.md",
}
"""The pages for authors, each with its Indonesian."""
FENCED = re.compile(r"^```(\w+)\n(.*?)^```", re.S | re.M)


def blocks(language):
    """Give each block once, with what stands around it; the same block on the page in the other language is the same test."""
    given = set()
    for page in PAGES:
        if page.name != "problems.md":
            text = page.read_text(encoding="utf-8")
            above = re.search(r"^```text\n(format: .*?)^```", text, re.S | re.M)
            around = above[1] if above else AROUND_THE_README
            for block in re.findall(rf"^```{language}\n(.*?)^```", text, re.S | re.M):
                whole = block if block.startswith("format:") else around + block
                if whole not in given:
                    given.add(whole)
                    yield pytest.param(whole, id=f"{page.name} {' '.join(block.split()[:2])}")


@pytest.mark.parametrize("whole", list(blocks("yaml")))
def test_each_block_of_policy_loads_and_its_cases_pass(whole, tmp_path):
    """Nothing is shown to authors that does not work; a page may say once which lines stand above its blocks."""
    region = re.search(r"^region: (\S+)", whole, re.M)[1]
    (tmp_path / region).mkdir()
    (tmp_path / region / "kebijakan.yaml").write_text(whole, encoding="utf-8")
    engine = Engine.load(tmp_path / region)
    problems = Problems()
    results = [run(engine, case) for case in cases_of(engine.policy, problems)]
    assert problems.found == []
    assert [(r.case.name, r.differences) for r in results if not r.passed] == []


def test_the_program_in_the_readme_prints_what_is_shown():
    """The first thing that a reader tries."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    program = re.search(r"^```python\n(.*?)^```", text, re.S | re.M)[1]
    shown = re.search(r"^```text\n(.*?)^```", text, re.S | re.M)[1]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(program, {})  # noqa: S102
    assert out.getvalue().startswith(shown)


def test_the_tutorial_of_the_years_ahead_prints_what_is_shown():
    """Each program in turn, with the answer below it."""
    text = (ROOT / "docs" / "tutorial" / "the-years-ahead.md").read_text(encoding="utf-8")
    names = {}
    parts = re.findall(r"^```python\n(.*?)^```\n+```text\n(.*?)^```", text, re.S | re.M)
    assert len(parts) == 6
    with contextlib.chdir(ROOT):
        for program, shown in parts:
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(program, names)  # noqa: S102
            assert [line.rstrip() for line in out.getvalue().splitlines()] == shown.splitlines()


def test_the_program_that_assesses_a_government_prints_what_is_shown():
    """Tables in, a table out, and one of its rows explained."""
    pytest.importorskip("polars", reason="the extra `columns` is not installed")
    text = (ROOT / "docs" / "how-to" / "assess-a-government.md").read_text(encoding="utf-8")
    ((program, shown),) = re.findall(r"^```python\n(.*?)^```\n+```text\n(.*?)^```", text, re.S | re.M)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(program, {})  # noqa: S102
    assert out.getvalue() == shown


def test_the_program_that_decides_in_the_database_prints_what_is_shown():
    """A query over files of made-up people, counted by the database."""
    for needed in ("polars", "duckdb"):
        pytest.importorskip(needed, reason=f"{needed} is not installed")
    text = (ROOT / "docs" / "how-to" / "decide-in-the-database.md").read_text(encoding="utf-8")
    ((program, shown),) = re.findall(r"^```python\n(.*?)^```\n+```text\n(.*?)^```", text, re.S | re.M)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(program, {})  # noqa: S102
    assert out.getvalue() == shown


def test_the_page_on_tables_shows_what_its_program_prints():
    """What an omission costs is counted, not guessed."""
    text = (ROOT / "docs" / "how-to" / "from-your-tables.md").read_text(encoding="utf-8")
    shown = re.search(r"^```text\n(.*?)^```", text, re.S | re.M)[1]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        runpy.run_path(str(ROOT / "examples" / "from_tables.py"))
    assert out.getvalue() == shown


def test_the_program_for_workers_counts_as_one_process_does(tmp_path):
    """Run as a file, as processes need it."""
    text = (ROOT / "docs" / "how-to" / "from-your-tables.md").read_text(encoding="utf-8")
    program = tmp_path / "workers.py"
    program.write_text(re.search(r"^```python\n(.*?)^```", text, re.S | re.M)[1], encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(program)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    engine, day = Engine.load("jakarta"), date(2026, 10, 1)
    people = list(read_employees(ROOT / "examples" / "workforces" / "jakarta.jsonl"))
    found = [engine.decide(one, "kenaikan-pangkat-reguler", as_of=day).verdict.value for one in people]
    assert done.stdout == f"{found.count('eligible')} of {len(found)}\n"


@pytest.mark.parametrize("program", ["from_tables.py", "tables/simpeg.py", "service.py"])
def test_what_a_programmer_copies_is_typed(program):
    """`mypy --strict` finds nothing in it."""
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--follow-imports=silent", str(ROOT / "examples" / program)],
        env={**os.environ, "MYPYPATH": str(ROOT / "examples" / "tables")}, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_the_page_of_tables_names_every_column():
    """What a register has to deliver stands on one page."""
    pytest.importorskip("polars", reason="the extra `columns` is not installed")
    from asnpolicy.workforce.schema import AGENCY, delivered, tables

    page = (ROOT / "docs" / "reference" / "tables.md").read_text(encoding="utf-8")
    for name in (*tables(), *AGENCY):
        section = page.partition(f"\n## `{name}`\n")[2].partition("\n## ")[0]
        assert all(f"| `{column}` |" in section for column in delivered(name)), name


@pytest.mark.parametrize(("name", "lang"), [("first-region.md", "en"), ("daerah-pertama.md", "id")])
def test_the_tutorial_shows_the_message_that_a_reader_sees(tmp_path, name, lang):
    """The first mistake that a reader is asked to make is answered as the page says."""
    text = (ROOT / "docs" / "tutorial" / name).read_text(encoding="utf-8")
    policy = re.findall(r"^```yaml\n(.*?)^```", text, re.S | re.M)[1].replace("is: 24", "is: 18")
    shown = re.search(r"^```text\n(kota-salatiga/.*?)^```", text, re.S | re.M)[1]
    (tmp_path / "kota-salatiga").mkdir()
    (tmp_path / "kota-salatiga" / "kebijakan.yaml").write_text(policy, encoding="utf-8")
    with pytest.raises(PolicyError) as refused:
        Engine.load(tmp_path / "kota-salatiga")
    assert refused.value.problems[0].render(lang) + "\n" == shown


@pytest.mark.parametrize(("name", "lang"), [("first-region.md", "en"), ("daerah-pertama.md", "id")])
def test_the_tutorial_shows_what_check_and_test_answer(tmp_path, name, lang):
    """A region that was just begun has no problems, and its cases pass: in the words of the page."""
    text = (ROOT / "docs" / "tutorial" / name).read_text(encoding="utf-8")
    region = tmp_path / "kota-salatiga"
    region.mkdir()
    (region / "kebijakan.yaml").write_text(starter(region.name, "nasional"), encoding="utf-8")
    said = [shown("check", (), lang), tried(str(region), "compiled").text(lang)]
    assert [line.partition(": ")[2] for line in said] == re.findall(
        r"`(?:check|test)` (?:answers|menjawab) `([^`]+)`", text
    )


def shape(text):
    """Give what a page and its translation have alike: headings, rows of tables with their places, items of lists."""
    lines = re.findall(r"^(#+ |- |\|.*\|$)", FENCED.sub("", text), re.M)
    return [line.count("|") or line for line in lines]


@pytest.mark.parametrize(("english", "indonesian"), TWICE.items(), ids=TWICE.values())
def test_neither_language_of_a_guide_goes_on_without_the_other(english, indonesian):
    """The same blocks, headings, rows and items in the same order, and a link to each other."""
    en, id_ = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in (english, indonesian))
    shown = [(kind, body) for kind, body in FENCED.findall(en) if kind in ("yaml", "python")]
    assert [(kind, body) for kind, body in FENCED.findall(id_) if kind in ("yaml", "python")] == shown
    assert [kind for kind, _ in FENCED.findall(id_)] == [kind for kind, _ in FENCED.findall(en)]
    assert shape(id_) == shape(en)
    assert f"]({Path(indonesian).name})" in en.partition("\n## ")[0]
    assert f"]({Path(english).name})" in id_.partition("\n## ")[0]


@pytest.mark.parametrize(("english", "indonesian"), TWICE.items(), ids=TWICE.values())
def test_the_commands_of_a_guide_are_the_same_in_indonesian(english, indonesian):
    """But for the language that they are told to speak."""
    en, id_ = (FENCED.findall((ROOT / "docs" / name).read_text(encoding="utf-8")) for name in (english, indonesian))
    said = [body.replace(" --lang id", "") for kind, body in id_ if kind == "sh"]
    assert said == [body for kind, body in en if kind == "sh"]


@pytest.mark.parametrize(("english", "indonesian"), TWICE.items(), ids=TWICE.values())
def test_an_indonesian_guide_leaves_no_word_of_the_language_out(english, indonesian):
    """Each word that the English page sets as it is written stands in its Indonesian, but what is said in English."""
    en, id_ = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in (english, indonesian))
    told = {"no problems", "2 of 2 cases passed", "--lang en"}
    assert spans(en) - spans(id_) - told == set()


def spans(text):
    """Give what is set as it is written, with the names that only stand for others in English."""
    written = (" ".join(one.split()) for one in re.findall(r"`([^`]+)`", FENCED.sub("", text)))
    return {
        re.sub(r"\bnama\b", "name", one.replace(" --lang id", "").replace("<riwayat>", "<history>")) for one in written
    }


def test_links_between_pages_lead_somewhere():
    """No link to a page that is not there."""
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_links_into_a_page_lead_to_a_heading():
    """No link to a part of a page that is not there."""
    for page in PAGES:
        for target, part in re.findall(r"\]\(([^)#:]*\.md|)#([^)]+)\)", page.read_text(encoding="utf-8")):
            text = (page.parent / target if target else page).read_text(encoding="utf-8")
            assert part in anchors(text), f"{page.name}: {target}#{part}"


def anchors(text):
    """Give the names that links may use: of each heading as it is shown on the web, and those that are written out."""
    heads = re.findall(r"^#+ (.*)$", FENCED.sub("", text), re.M)
    shown = (re.sub(r"<[^>]*>|[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads)
    return {*shown, *re.findall(r'<a id="([^"]+)">', text)}


def test_the_page_of_facts_names_every_fact_and_history():
    """What may be asked stands on one page."""
    page = (ROOT / "docs" / "reference" / "facts.md").read_text(encoding="utf-8")
    for fact in FACTS.values():
        assert f"| `{fact.name}` | {fact.label.id} | {fact.label.en} |" in page
    for history in HISTORIES:
        assert f"| `{history}` |" in page


def test_the_page_of_facts_names_every_value_in_its_order():
    """Authors find what a fact can be without making a mistake first."""
    page = (ROOT / "docs" / "reference" / "facts.md").read_text(encoding="utf-8")
    types = [fact.type for fact in FACTS.values() if not fact.name.startswith("protected.")]
    types += [type_ for history in HISTORIES for type_ in record_fields(history).values()]
    for labels in {type_.labels for type_ in types if type_.labels is not None}:
        values = ", ".join(f"`{member.label}`" for member in labels)
        assert f"| {values} | {'yes' if labels.ordered() else 'no'} |" in page


@pytest.mark.parametrize("name", ["write-a-rule.md", "menulis-aturan.md"])
def test_the_guide_shows_every_word_of_the_language(name):
    """Whoever writes a rule finds each word of the surface in the guide, as it is written."""
    from asnpolicy.policy.surface.words import MEANINGS

    guide = (ROOT / "docs" / "how-to" / name).read_text(encoding="utf-8")
    written = "\n".join(re.findall(r"```yaml.*?```|`[^`\n]+`", guide, re.S))
    lacking = [word for word in MEANINGS if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", written)]
    assert lacking == []


def test_the_page_of_dates_names_the_day_that_places_each_kind_of_record():
    """A history that is added belongs into its table."""
    page = (ROOT / "docs" / "explanation" / "dates-and-windows.md").read_text(encoding="utf-8")
    rows = [row.split("|") for row in page.splitlines() if row.startswith("| ") and row.count("|") == 4]
    for name, kind in HISTORIES.items():
        placed = [row[2] for row in rows if name in row[1].casefold().replace(" ", "_")]
        assert any(f"`{kind.placed_by}`" in cell for cell in placed), name
