"""Lists of decisions: what stands in each row, in every format, and that nothing in them is run or lost."""

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asnpolicy import Agency, Employee, Engine, PolicyError
from asnpolicy.cli.formats import FORMATS, Selection
from asnpolicy.cli.work import Work, Worker, chunks, results
from asnpolicy.decisions.assessment import ALONE
from asnpolicy.decisions.summary.words import KINDS
from asnpolicy.exchange import rows, workbook
from asnpolicy.exchange.cells import guard, unguard
from asnpolicy.exchange.intake import PersonText, Reader, register, texts
from asnpolicy.exchange.synth import workforce
from tests.commands import run

DAY = date(2026, 10, 1)
AS_OF = ("--as-of", "2026-10-01")
REGULER = "kenaikan-pangkat-reguler"
FORMULA = '=HYPERLINK("http://e";"x")'
AGENCY = {"openings": [{"id": FORMULA, "kind": "administrator", "echelon": "III.a", "vacancies": 1}]}
RISKY = st.text(st.sampled_from("=+-@;,\t\r\n '\"a1\uff1d"), max_size=12)


@pytest.fixture(scope="module")
def staff(tmp_path_factory):
    """Make up 230 people: more than two chunks of lines."""
    path = tmp_path_factory.mktemp("staff") / "staff.jsonl"
    lines = [person.model_dump_json(exclude_none=True) for person in workforce(230, seed=3, as_of=DAY)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def agency(tmp_path):
    path = tmp_path / "agency.json"
    path.write_text(json.dumps(AGENCY), encoding="utf-8")
    return path


def table(text):
    return list(csv.DictReader(io.StringIO(text)))


def words_of(text):
    return " ".join(text.split())


def few(staff, tmp_path, number=12):
    path = tmp_path / "few.jsonl"
    path.write_text("".join(staff.read_text(encoding="utf-8").splitlines(keepends=True)[:number]), encoding="utf-8")
    return path


# What stands in a row


def test_a_row_says_what_the_decision_says(staff, tmp_path):
    """Every column of CSV is the decision's own, for each person and rule, and so are the lines of JSON."""
    path, engine = few(staff, tmp_path), Engine.load("jakarta")
    found = table(run("assess", "jakarta", path, *AS_OF, "--format", "csv").stdout)
    lines = [json.loads(line) for line in run("assess", "jakarta", path, *AS_OF).stdout.splitlines()]
    wanted = []
    for line in path.read_text(encoding="utf-8").splitlines():
        wanted += engine.assess(Employee.model_validate_json(line), as_of=DAY)
    assert len(found) == len(lines) == len(wanted) > 600
    for row, line, decision in zip(found, lines, wanted, strict=True):
        assert (row["nip"], row["rule"]) == (line["nip"], line["rule"]) == (decision.employee.nip, decision.rule.id)
        assert row["verdict"] == line["verdict"] == decision.verdict.value
        assert row["state"] == (decision.state.value if decision.state else "")
        assert row["to"] == (decision.to or "")
        assert row["standing"] == decision.standing
        deciding = [criterion.id for criterion in decision.deciding]
        assert row["deciding"].split() == deciding
        assert row["missing"].split() == list(decision.missing)
        warned = [one.id if one.status == "held" else f"{one.id}?" for one in decision.warnings]
        assert row["warnings"].split() == (warned if decision.verdict != "not_applicable" else [])
        assert row["data_findings"] == " ".join(sorted({finding.code for finding in decision.data_findings}))
        assert row["conditional_on"] == ""


SCREEN = {"nip": "198609262015051001", "name": "Budi [/b] \x1b[31m", "employment": "PNS", "birth_date": "1990-01-01",
          "service_status": "aktif"}  # fmt: skip


def test_findings_of_the_data_are_in_every_format(tmp_path):
    """An officer who reads a list sees that a person's data contradict each other."""
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(SCREEN), encoding="utf-8")
    words = ("assess", "nasional", path, *AS_OF, "--rule", REGULER)
    assert [row["data_findings"] for row in table(run(*words, "--format", "csv").stdout)] == ["nip-birth-date"]
    assert [one["code"] for one in json.loads(run(*words).stdout)["data_findings"]] == ["nip-birth-date"]
    shown = run(*words, "--format", "table").stdout
    assert "temuan: tanggal lahir: tanggal lahir berbeda dari tanggal lahir dalam NIP" in words_of(shown)
    assert "Budi [/b] \N{REPLACEMENT CHARACTER}[31m" in words_of(shown)


WAIVED = """
format: 1
region: kota
title: {id: Kota, en: Town}
sources: {s: Sumber}
promotions:
  naik:
    title: {id: Naik, en: Up}
    basis: s
    to: {fact: next_rank}
    require:
      masa: {title: {id: Masa, en: Time}, basis: s, waivable: {by: Wali, basis: s}, time_in_rank: {at_least: 4 years}}
      status: {title: {id: Status, en: Status}, basis: s, service_status: aktif}
    warn_when:
      atasan: {title: {id: Atasan, en: Superior}, basis: s, target: {above: {fact: supervisor_rank}}}
"""
RANKED = {"nip": "198609262015051001", "employment": "PNS", "service_status": "aktif",
          "ranks": {"records": [{"rank": "III/a", "since": "2025-10-01"}], "complete_since": "all"}}  # fmt: skip
WAIVER = {"nip": "198609262015051001", "rule": "naik", "criterion": "masa", "approver": "Wali", "letter": "=800/1",
          "basis": "s", "since": "2026-01-01"}  # fmt: skip


@pytest.fixture
def kota(tmp_path):
    """Make a region with a criterion that may be waived, somebody, and a letter."""
    (tmp_path / "kota").mkdir()
    (tmp_path / "kota" / "kota.yaml").write_text(WAIVED, encoding="utf-8")
    (tmp_path / "one.jsonl").write_text(json.dumps(RANKED) + "\n", encoding="utf-8")
    (tmp_path / "waivers.json").write_text(json.dumps([WAIVER]), encoding="utf-8")
    return tmp_path


def test_what_a_decision_rests_on_and_warns_of_is_in_every_format(kota):
    """The letter of a waiver, a warning that could not be checked; a letter's number is no formula."""
    words = ("assess", kota / "kota", kota / "one.jsonl", *AS_OF)
    (before,) = table(run(*words, "--format", "csv").stdout)
    assert (before["verdict"], before["deciding"], before["conditional_on"]) == ("ineligible", "masa", "")
    words += ("--waivers", kota / "waivers.json")
    (row,) = table(run(*words, "--format", "csv").stdout)
    assert (row["verdict"], row["conditional_on"], row["warnings"]) == ("eligible", "masa: =800/1", "atasan?")
    assert json.loads(run(*words).stdout)["conditional_on"][0]["letter"] == "=800/1"
    shown = words_of(run(*words, "--format", "table").stdout)
    assert "peringatan: Atasan (belum dapat diperiksa) bersyarat: =800/1" in shown
    english = words_of(run(*words, "--format", "table", "--lang", "en").stdout)
    assert "warning: Superior (could not be checked) conditional on: =800/1" in english
    assert "=800/1" in run("explain", *words[1:], "--nip", RANKED["nip"], "--rule", "naik").stdout
    assert "memenuhi syarat" in run("notice", *words[1:], "--nip", RANKED["nip"], "--rule", "naik").stdout


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"criterion": "mas"}, "did you mean `masa`?"),
        ({"rule": "nak"}, "did you mean `naik`?"),
        ({"criterion": "status"}, "`status` of `naik` takes no waiver"),
        ({"nip": "198602302015051001"}, "is no list of waivers"),
        ({"letter": None}, "is no list of waivers"),
    ],
)
def test_a_waiver_that_fits_nothing_is_told_before_anybody_is_decided(kota, given, sentence):
    """A slip in the data of a letter refuses the run, and shows no number."""
    (kota / "waivers.json").write_text(json.dumps([{**WAIVER, **given}]), encoding="utf-8")
    done = run("assess", kota / "kota", kota / "one.jsonl", *AS_OF, "--waivers", kota / "waivers.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert "19860230" not in done.stderr


# Formulas


@given(RISKY)
def test_no_part_of_a_cell_is_a_formula_and_nothing_is_lost(text):
    """Whatever sign parts the cells, and whatever blanks or quotes stand before; what was guarded comes back."""
    shown = guard(text)
    assert unguard(shown) == text
    for part in re.split(r"[;,\t\r\n]", shown):
        assert part.strip(' "')[:1] not in set("=+-@\uff1d"), shown


@given(st.lists(RISKY, min_size=11, max_size=11))
def test_lines_are_csv(cells):
    """Read back, each cell is the text that was guarded."""
    row = rows.CodedRow("198609262015051001", *cells)
    (read,) = csv.reader(io.StringIO(rows.line(row), newline=""))
    assert read == [row.nip, *map(guard, cells)]
    assert [unguard(cell) for cell in read] == list(row)


def test_a_line_says_what_the_decision_says():
    """Of rules that are for somebody and of others, with findings and without, before an opening too."""
    engine, day = Engine.load("jakarta"), date(2026, 10, 1)
    opening = Agency.model_validate({"openings": [{"id": "=1+1", "kind": "pengawas", "unit": "dinas"}]})
    met = Counter()
    for person in workforce(12, seed=3, as_of=day):
        odd = person.model_copy(update={"birth_date": date(1900, 1, 1)})
        for one in (person, odd):
            decisions = tuple(engine.assess(one, as_of=day, agency=opening))
            found = decisions[0].data_findings
            lines = csv.reader(io.StringIO(rows.as_csv(decisions, found), newline=""))
            for decision, cells in zip(decisions, lines, strict=True):
                met[decision.verdict.value] += 1
                applies = decision.verdict.value != "not_applicable"
                assert [unguard(cell) for cell in cells] == [
                    one.nip, decision.rule.id, decision.opening or "", decision.verdict.value,
                    decision.state.value if decision.state else "", decision.to or "", decision.standing,
                    " ".join(decision.because) if applies else "", " ".join(decision.missing) if applies else "",
                    " ".join(rows.warnings(decision)), " ".join(sorted({each.code for each in found})), "",
                ]  # fmt: skip
    assert len(met) == 4


def test_a_formula_in_the_data_is_guarded_in_csv_and_whole_in_json(staff, agency, tmp_path):
    """The id of an opening is whatever the agency's file says."""
    words = (
        "assess",
        "nasional",
        few(staff, tmp_path, 1),
        *AS_OF,
        "--rule",
        "pengangkatan-administrator",
        "--agency",
        agency,
    )
    (row,) = table(run(*words, "--format", "csv").stdout)
    assert row["opening"] == f"'{FORMULA}"
    assert json.loads(run(*words).stdout)["opening"] == FORMULA


# Workbooks


def sheet(path):
    openpyxl = pytest.importorskip("openpyxl")
    return openpyxl.load_workbook(path)


def test_a_workbook_has_texts_under_a_head_that_stays(staff, agency, tmp_path):
    """Numbers are whole, formulas are text, in Indonesian words; the file is made alike each time."""
    target = tmp_path / "a.xlsx"
    words = ("assess", "nasional", few(staff, tmp_path), *AS_OF, "--agency", agency, "--format", "xlsx", "-o")
    assert run(*words, target).returncode == 0
    book = sheet(target)
    (page,) = book.worksheets
    assert (page.title, page.freeze_panes) == ("Keputusan", "A2")
    read = list(page.iter_rows())
    assert [cell.value for cell in read[0]] == [column.head for column in rows.columns("id")]
    assert {cell.data_type for row in read for cell in row if cell.value is not None} == {"s"}
    assert all(re.fullmatch(r"\d{18}", row[0].value) for row in read[1:])
    assert {row[4].value for row in read[1:]} == {None, FORMULA}
    assert {row[5].value for row in read[1:]} == {None, f"jabatan administrator, eselon III.a ({FORMULA})"}
    assert "memenuhi syarat untuk diusulkan" in {row[6].value for row in read[1:]}
    assert page.column_dimensions["A"].width == pytest.approx(20, abs=1)
    assert run(*words, tmp_path / "b.xlsx").returncode == 0
    assert target.read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.xlsx", "agency.json", "b.xlsx", "few.jsonl"]


OPENINGS = {
    "units": [{"code": "u1", "name": "Dinas Kesehatan", "part_of": "none"}, {"code": "u2", "name": "Dinas Sosial", "part_of": "none"}],
    "openings": [
        {"id": "k-1", "title": "Kepala Bidang", "kind": "administrator", "unit": "u1", "vacancies": 1},
        {"id": "k-2", "title": "Kepala Bidang", "kind": "administrator", "unit": "u2", "vacancies": 1},
        {"id": "k-3", "title": "Kepala Bidang", "kind": "administrator", "unit": "u2", "vacancies": 1},
    ],
}  # fmt: skip


def test_people_read_titles_and_programs_read_codes(staff, tmp_path):
    """In the language asked for: rules, criteria, and openings, told apart by their units, and where that is not enough by their codes."""
    agency = tmp_path / "agency.json"
    agency.write_text(json.dumps(OPENINGS), encoding="utf-8")
    rule, previous = "pengangkatan-administrator", "jp-tahunan@previous"
    asked = ("assess", "nasional", few(staff, tmp_path), *AS_OF, "--agency", agency, "--rule", rule, "--rule", previous)
    shown = words_of(run(*asked, "--format", "table", "--rows", 0).stdout)
    for part in ("administrator → Kepala Bidang, Dinas ", "Kesehatan", "Sosial (k-2)", "Sosial (k-3)", "(periode sebelumnya)"):
        assert part in shown
    assert "k-1" not in shown
    english = run(*asked, "--format", "table", "--lang", "en").stdout
    assert "Yearly competence development (previous period)" in words_of(english)
    for code in (rule, previous):
        assert english.count(code) == (3 if code == rule else 1)  # beside the counts, where it is looked up for `--rule`
    codes = {row["rule"] for row in table(run(*asked, "--format", "csv", "--lang", "en").stdout)}
    assert codes == {rule, previous}
    assert run(*asked, "--format", "csv").stdout == run(*asked, "--format", "csv", "--lang", "en").stdout
    book = tmp_path / "en.xlsx"
    run(*asked, "--format", "xlsx", "--lang", "en", "-o", book)
    (page,) = sheet(book).worksheets
    read = [[cell.value for cell in row] for row in page.iter_rows()]
    assert (page.title, read[0]) == ("Decisions", [column.head for column in rows.columns("en")])
    assert {(row[2], row[3]) for row in read[1:]} >= {(previous, "Yearly competence development (previous period)")}


def test_the_counts_have_a_table_for_every_kind_of_rule_that_is_assessed():
    """None is left out for want of a heading."""
    assert set(KINDS) == set(ALONE)


def test_a_sheet_that_is_full_goes_on_in_the_next(tmp_path, monkeypatch):
    """A province has more rows than a sheet; each sheet has its head."""
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    with (tmp_path / "a.xlsx").open("wb") as file, workbook.workbook(file, "A", [workbook.Column("H", 5)], DAY) as book:
        for number in range(7):
            book.write([str(number)])
    pages = [[row[0].value for row in page.iter_rows()] for page in sheet(tmp_path / "a.xlsx").worksheets]
    assert pages == [["H", "0", "1", "2"], ["H", "3", "4", "5"], ["H", "6"]]


def test_a_cell_says_that_it_was_cut(tmp_path):
    """A spreadsheet has a longest cell; what can't be seen is shown to be there."""
    with (tmp_path / "a.xlsx").open("wb") as file, workbook.workbook(file, "A", [workbook.Column("H", 5)], DAY) as book:
        book.write(["x" * 40_000])
        book.write(["\x1b[1m"])
    values = [row[0].value for row in sheet(tmp_path / "a.xlsx").active.iter_rows()]
    assert values[1:] == ["x" * workbook.LONGEST + "…", "\N{REPLACEMENT CHARACTER}[1m"]


def test_without_the_library_a_workbook_is_refused_before_any_work(tmp_path, monkeypatch):
    """One sentence, with what to install, and no file is begun; nor is one without a name."""
    form = FORMATS["xlsx"](Selection(), DAY)
    with pytest.raises(PolicyError, match=r"add `-o FILE\.xlsx`"):
        form.check(None)
    monkeypatch.setattr(workbook, "find_spec", lambda _: None)
    with pytest.raises(PolicyError, match=r"a workbook needs the extra `xlsx`.*\n.*asnpolicy\[xlsx\]"):
        form.check(str(tmp_path / "a.xlsx"))


# One number on two lines


def test_a_number_on_two_lines_is_told_with_the_lines(staff, tmp_path):
    """The person is decided once, the lines are named, the number is masked, and the exit status says that something is amiss."""
    lines = few(staff, tmp_path, 3).read_text(encoding="utf-8").splitlines()
    path = tmp_path / "twice.jsonl"
    path.write_text("\n".join([lines[0], lines[1], "", lines[0], lines[2], lines[0]]), encoding="utf-8")
    nip = json.loads(lines[0])["nip"]
    for jobs in ("1", "2"):
        done = run("assess", "nasional", path, *AS_OF, "--rule", REGULER, "--format", "csv", "--jobs", jobs)
        assert done.returncode == 1
        assert [row["nip"] for row in table(done.stdout)].count(nip) == 1
        assert f"{path}: NIP ********{nip[8:14]}*{nip[15:]} is on lines 1, 4 and 6: read as one person" in done.stderr
        assert nip not in done.stderr
        assert done.stderr.count("same-nip") == 1


@given(st.lists(st.sampled_from(["198609262015051001", "197001011995031002", "199001012015031001"])))
def test_every_line_of_a_number_that_comes_again_is_known(nips):
    """In the order of the file, and none that comes once; each person is read once."""
    people = register(io.BytesIO(b"".join(b'{"nip": "%s"}\n' % nip.encode() for nip in nips)))
    counts = Counter(nips)
    wanted = {nip: [line for line, one in enumerate(nips, 1) if one == nip] for nip in nips if counts[nip] > 1}
    assert people.repeated() == wanted
    assert list(people.repeated()) == list(wanted)
    assert [person.nip for person in people] == list(counts)


# Which rows


def test_only_takes_several_results(staff, tmp_path):
    """With commas, or given again."""
    path = few(staff, tmp_path, 30)
    words = ("assess", "jakarta", path, *AS_OF, "--format", "csv")
    every = table(run(*words).stdout)
    for asked in (("--only", "eligible,owed, overdue"), ("--only", "eligible", "--only", "owed,overdue")):
        found = table(run(*words, *asked).stdout)
        assert found == [row for row in every if (row["state"] or row["verdict"]) in ("eligible", "owed", "overdue")]
        assert len({row["state"] or row["verdict"] for row in found}) == 3
    done = run(*words, "--only", "eligible,owd")
    assert (done.returncode, done.stdout) == (2, "")
    assert "unknown result `owd`" in done.stderr


def test_rows_of_rules_that_do_not_apply_can_be_left_out(staff, tmp_path):
    """In every format, and nothing else is."""
    path = few(staff, tmp_path)
    words = ("assess", "jakarta", path, *AS_OF)
    every = table(run(*words, "--format", "csv").stdout)
    wanted = [row for row in every if row["verdict"] != "not_applicable"]
    assert 0 < len(wanted) < len(every)
    assert table(run(*words, "--format", "csv", "--applicable").stdout) == wanted
    lines = run(*words, "--applicable").stdout.splitlines()
    assert [(one["nip"], one["rule"]) for one in map(json.loads, lines)] == [
        (row["nip"], row["rule"]) for row in wanted
    ]
    assert run(*words, "--format", "xlsx", "--applicable", "-o", tmp_path / "a.xlsx").returncode == 0
    assert len(list(sheet(tmp_path / "a.xlsx").active.iter_rows())) == 1 + len(wanted)


def test_the_output_never_takes_the_place_of_what_is_read(staff, tmp_path):
    """Not even through a link."""
    path = few(staff, tmp_path, 2)
    (tmp_path / "link").symlink_to(path)
    before = path.read_text(encoding="utf-8")
    done = run("assess", "nasional", path, *AS_OF, "--format", "csv", "-o", tmp_path / "link")
    assert (done.returncode, path.read_text(encoding="utf-8")) == (2, before)
    assert "is what is read" in done.stderr


# Several processes


@pytest.mark.parametrize("format", ["csv", "table"])
def test_several_processes_write_the_same_bytes(staff, tmp_path, format):
    """In the same order, with the same bad lines told at the same numbers."""
    path = tmp_path / "some.jsonl"
    lines = staff.read_text(encoding="utf-8").splitlines()
    lines[150] = "\ufeff" + lines[150]
    path.write_text("\ufeff" + "\n".join([*lines[:120], "{", *lines[120:], lines[0]]), encoding="utf-8")
    words = ("assess", "nasional", path, *AS_OF, "--format", format, "--rule", REGULER, "--rows", "130")
    one, three = run(*words), run(*words, "--jobs", "3")
    assert (three.stdout, three.stderr, three.returncode) == (one.stdout, one.stderr, 1)
    assert f"{path}:121:" in one.stderr
    assert len(one.stdout.splitlines()) > 60


@pytest.mark.parametrize("format", list(FORMATS))
@pytest.mark.parametrize("size", [1, 7, 100])
def test_the_parts_of_chunks_are_those_of_lines(staff, format, size):
    """However the lines are cut, what is written of each person is the same."""
    engine = Engine.load("jakarta")
    asked = (REGULER, "jp-tahunan")
    work = Work(
        "jakarta", engine.policy.digest, "compiled", DAY, asked, Agency(), (), format, Selection(most=30), Reader()
    )
    entries = [PersonText(at, line) for at, line in enumerate(staff.read_bytes().splitlines(keepends=True)[:60], 1)]

    def parts(size):
        worker = Worker(work, engine)
        return [part for chunk in chunks(entries, size) for part in worker(chunk).parts]

    assert parts(size) == parts(13)
    assert len(parts(size)) == 60


def test_a_policy_that_was_changed_decides_nothing():
    """Two processes of one run never decide by two policies."""
    engine = Engine.load("jakarta")
    work = Work("jakarta", "another", "compiled", DAY, None, Agency(), (), "csv", Selection(), Reader())
    with pytest.raises(PolicyError, match="was changed while it was read"):
        Worker(work, engine)


def test_a_process_that_is_ended_is_told(monkeypatch):
    """One sentence, and a way out."""
    from concurrent.futures.process import BrokenProcessPool

    from asnpolicy.exchange import processes as module

    class Pool:
        def __init__(self, *_):
            pass

        def submit(self, *_):
            raise BrokenProcessPool

        def shutdown(self, **_):
            pass

    monkeypatch.setattr(module, "ProcessPoolExecutor", Pool)
    engine = Engine.load("jakarta")
    work = Work("jakarta", engine.policy.digest, "compiled", DAY, None, Agency(), (), "csv", Selection(), Reader())
    with pytest.raises(PolicyError, match="fewer `--jobs`"):
        list(results(work, engine, [PersonText(1, b"{}\n")], 2))


def gone(group):
    """Tell whether no process of a group is left, after some time to end."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize(
    ("number", "jobs"), [(signal.SIGTERM, "1"), (signal.SIGTERM, "2"), (signal.SIGINT, "2"), (signal.SIGKILL, "2")]
)
def test_a_signal_in_the_middle_leaves_nothing_behind(tmp_path, number, jobs):
    """Neither a part of the list, nor a process, nor a traceback; after SIGKILL, which none can heed, no process."""
    (tmp_path / "out").mkdir()
    lines = [person.model_dump_json(exclude_none=True) for person in workforce(4000, seed=3, as_of=DAY)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    words = ["assess", "jakarta", tmp_path / "many.jsonl", *AS_OF, "--format", "csv", "--jobs", jobs]
    command = [sys.executable, "-m", "asnpolicy.cli", *words, "-o", tmp_path / "out" / "a.csv"]
    with (tmp_path / "told").open("w+b") as told:
        started = subprocess.Popen(command, stderr=told, start_new_session=True)
        while not any(path.stat().st_size for path in (tmp_path / "out").iterdir()):
            assert started.poll() is None
        os.kill(started.pid, number)
        assert started.wait(60) == -number
        assert gone(started.pid)
        told.seek(0)
        assert (told.read(), list((tmp_path / "out").iterdir())) == (b"", []) or number == signal.SIGKILL


def test_rows_come_as_they_are_decided(staff, tmp_path):
    """Whoever reads the rows need not wait for the last person."""
    (tmp_path / "many.jsonl").write_bytes(staff.read_bytes())
    command = [
        sys.executable,
        "-u",
        "-m",
        "asnpolicy.cli",
        "assess",
        "nasional",
        tmp_path / "many.jsonl",
        *AS_OF,
        "--format",
        "csv",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as started:
        assert started.stdout.readline().startswith(b"nip,rule,")
        first = json.loads(staff.read_bytes().splitlines()[0])["nip"].encode()
        assert started.stdout.readline().startswith(first)
        assert started.poll() is None, "it is not yet through"
        started.communicate(timeout=60)


def test_standard_input_is_read_as_a_file_is(staff, tmp_path):
    """To its end first, since what stands later may be of the same person: the rows are the same."""
    path = few(staff, tmp_path, 5)
    words = ("--rule", REGULER, "--format", "csv")
    text = path.read_text(encoding="utf-8") * 2
    path.write_text(text, encoding="utf-8")
    assert (
        run("assess", "nasional", "-", *AS_OF, *words, stdin=text).stdout
        == run("assess", "nasional", path, *AS_OF, *words).stdout
    )


# Lines


@given(st.lists(st.integers(0, 12)), st.booleans())
def test_a_line_too_long_is_one_line_however_it_is_read(lengths, ended):
    """What comes after it is read from its own beginning."""
    before = texts.LONGEST
    texts.LONGEST = 5
    try:
        text = b"\n".join(b"x" * length for length in lengths) + b"\n" * ended
        found = [line for line, _ in texts.lines(io.BytesIO(text))]
        wanted = text.splitlines(keepends=True)
        assert [len(line) for line in found] == [min(len(line), 6) for line in wanted]
    finally:
        texts.LONGEST = before


def test_a_line_of_a_whole_file_is_one_bad_line(tmp_path):
    """It is told once, and the next is read."""
    path = tmp_path / "long.jsonl"
    path.write_bytes(b'"' + b"x" * 3_000_000 + b'"\n' + json.dumps(RANKED).encode())
    done = run("assess", "nasional", path, *AS_OF, "--rule", REGULER, "--format", "csv")
    assert "long.jsonl:1: it has more than 1,000,000 bytes" in done.stderr
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 2)
