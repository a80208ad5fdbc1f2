"""The records to mend: each counts the decisions that it leaves open, the worst come first, and every format says the same."""

import csv
import io
import json
from datetime import date

import openpyxl
import pytest

from asnpolicy.exchange.intake import BadLine, register
from asnpolicy.exchange.mending import by_kind, by_person, by_unit, mends, nobody
from asnpolicy.people.findings import CATALOGUE
from tests.behaviour.asked import engine as shipped
from tests.behaviour.test_intake import NIP, person, ranks
from tests.commands import run

DAY = date(2026, 10, 1)
AS_OF = ("--as-of", "2026-10-01")
REGULER = "kenaikan-pangkat-reguler"
OTHER = "199001012015031002"
STAFF = [
    person(ranks=ranks(("IIIz", "2022-10-01")), unit="dinas-a", name='=HYPERLINK("x") <b>'),
    person(nip=OTHER, employment="P N S", unit="dinas-b", ranks=ranks(("III/a", "1970-01-01"))),
    person(nip="199001012015031003", unit="dinas-a"),
    "oops",
]


def lines(people):
    return "\n".join(one if isinstance(one, str) else json.dumps(one) for one in people)


@pytest.fixture(scope="module")
def staff(tmp_path_factory):
    path = tmp_path_factory.mktemp("staff") / "staff.jsonl"
    path.write_text(lines(STAFF), encoding="utf-8")
    return path


def found(staff, *words):
    done = run("findings", "nasional", staff, *AS_OF, *words)
    assert done.returncode == 1
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_record_counts_the_decisions_that_it_leaves_open():
    """Those that are undetermined, and miss what it leaves unknown."""
    engine = shipped("nasional")
    for one in register(io.BytesIO(lines(STAFF[:2]).encode())):
        decisions = tuple(engine.assess(one, as_of=DAY))
        listed = {each.code: each for each in mends(one, one.findings(DAY), decisions)}
        for code, each in listed.items():
            if CATALOGUE[code].effect == "told":
                assert each.rules == ()
            else:
                left_open = {d.rule.id for d in decisions if each.about in d.missing}
                assert set(each.rules) == left_open
                assert REGULER in left_open


def test_without_a_finding_the_decision_is_no_longer_open():
    """What is said to leave a decision open does: mended, it is decided."""
    engine = shipped("nasional")
    (mended,) = register(io.BytesIO(lines([person(unit="dinas-a")]).encode()))
    assert engine.decide(mended, REGULER, as_of=DAY).verdict.value == "eligible"


def test_those_that_leave_most_open_come_first(staff):
    """And of those that leave none open, what is unknown before what is only told."""
    listed = found(staff)
    blocks = [one["blocks"] for one in listed]
    assert blocks == sorted(blocks, reverse=True)
    assert listed[0]["kind"] == "bad-line"
    assert [(one["nip"], one["kind"], one["line"]) for one in listed if one["nip"] == NIP] == [
        (NIP, "unreadable-field", 1)
    ]
    assert {one["kind"] for one in listed} == {"bad-line", "unreadable-field", "filler-date", "written-otherwise"}
    assert all(one["blocks"] == len(one["rules"]) for one in listed)


def test_it_counts_one_rule_alone(staff):
    """What stands between the staff and a round of promotions."""
    assert {one["blocks"] for one in found(staff, "--rule", REGULER) if one["effect"] == "unknown"} == {1}
    assert {rule for one in found(staff, "--rule", REGULER) for rule in one["rules"]} == {REGULER}


def test_an_officer_reads_what_stood_there_and_the_way_out(staff):
    """In both languages, with the line."""
    (one,) = [one for one in found(staff) if one["kind"] == "unreadable-field"]
    assert "baris 1: `IIIz`; tulis golongan ruang seperti `III/a`" in one["what"]["id"]
    assert "line 1: `IIIz`; write a rank such as `III/a`" in one["what"]["en"]


def test_csv_says_the_same_and_nothing_in_it_is_run(staff):
    """Numbers whole, names guarded."""
    table = list(csv.DictReader(io.StringIO(run("findings", "nasional", staff, *AS_OF, "--format", "csv").stdout)))
    listed = found(staff)
    assert [(row["nip"], row["kind"], row["about"], int(row["blocks"])) for row in table] == [
        (one["nip"], one["kind"], one["about"], one["blocks"]) for one in listed
    ]
    assert [row["effect"] for row in table] == [one["effect"] for one in listed]
    assert next(row for row in table if row["nip"] == NIP)["name"].startswith("'=")


def test_a_workbook_says_the_same_as_texts(staff, tmp_path):
    """No number loses its digits, and no cell is a formula."""
    path = tmp_path / "mend.xlsx"
    assert run("findings", "nasional", staff, *AS_OF, "--format", "xlsx", "-o", path).returncode == 1
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    assert rows[0][:3] == ("NIP", "Nama", "Unit")
    assert [row[0] or "" for row in rows[1:]] == [one["nip"] for one in found(staff)]
    assert all(cell is None or isinstance(cell, str) for row in rows for cell in row)
    assert run("findings", "nasional", staff, *AS_OF, "--format", "xlsx").returncode == 2


def test_a_page_escapes_what_others_wrote(staff, tmp_path):
    """It needs nothing else, and has all tables."""
    path = tmp_path / "mend.html"
    run("findings", "nasional", staff, *AS_OF, "--format", "html", "--lang", "en", "-o", path)
    text = path.read_text(encoding="utf-8")
    assert "&lt;b&gt;" in text
    assert "<b>" not in text
    for head in ("By kind", "By unit", "By person", "Each record"):
        assert f"<h2>{head}</h2>" in text
    assert NIP in text
    assert "http" not in text


def test_a_table_adds_up_and_masks_numbers(staff):
    """By kind, by unit and by person, with the sums of the list."""
    shown = run("findings", "nasional", staff, *AS_OF, "--format", "table", "--lang", "en").stdout
    assert NIP not in shown
    assert "dinas-a" in shown
    assert "********201503*001" in shown


def test_sums_count_each_decision_once():
    """Two findings of one person that leave the same decision open leave one open."""
    (one,) = register(io.BytesIO(lines([person(ranks=ranks(("IIIz", "2022-02-30")), unit="a")]).encode()))
    decisions = tuple(shipped("nasional").assess(one, as_of=DAY, rules=[REGULER]))
    listed = mends(one, one.findings(DAY), decisions)
    assert [each.blocks for each in listed] == [1, 1]
    for shares in (by_kind(listed), by_unit(listed), by_person(listed)):
        assert [(share.people, share.findings, share.blocks) for share in shares] == [(1, 2, 1)]
    lost = nobody(BadLine(3, CATALOGUE["said-twice"].sentence), ["a", "b"])
    assert (lost.blocks, lost.effect, [share.name for share in by_person([lost])]) == (2, "unknown", [])


def test_nothing_to_mend_is_said(tmp_path):
    """With exit status 0; what is only told changes nothing of it."""
    path = tmp_path / "staff.jsonl"
    path.write_text(lines([person()]), encoding="utf-8")
    done = run("findings", "nasional", path, *AS_OF, "--format", "table")
    assert (done.returncode, done.stdout) == (0, "Tidak ada temuan.\n")
    path.write_text(lines([person(employment="Pegawai Negeri Sipil")]), encoding="utf-8")
    done = run("findings", "nasional", path, *AS_OF)
    assert (done.returncode, json.loads(done.stdout)["effect"]) == (0, "told")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(("--format", "xml"), "choose `table`, `csv`, `jsonl`, `xlsx` or `html`"), (("--lang", "su"), "unknown language `su`"),
     (("--rule", "x"), "unknown rule `x`"), (("--encoding", "x"), "unknown encoding `x`")],
)  # fmt: skip
def test_wrong_use_is_one_sentence(staff, words, sentence):
    """And nothing is written."""
    done = run("findings", "nasional", staff, *AS_OF, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr


def test_the_output_never_takes_the_place_of_what_is_read(tmp_path):
    """The register stays."""
    path = tmp_path / "staff.jsonl"
    path.write_text(lines(STAFF), encoding="utf-8")
    assert run("findings", "nasional", path, *AS_OF, "-o", path).returncode == 2
    assert path.read_text(encoding="utf-8") == lines(STAFF)


def test_assess_tells_how_much_was_found_and_decides_alike_in_several_processes(staff):
    """What can't be read ends with status 1; processes know what the file as a whole says."""
    words = ("assess", "nasional", staff, *AS_OF, "--rule", REGULER, "--format", "csv")
    one, two = run(*words), run(*words, "--jobs", "2")
    assert (one.stdout, one.stderr, one.returncode) == (two.stdout, two.stderr, 1)
    assert "unreadable-field 1, written-otherwise 1; `asnpolicy findings` lists them   [intake]" in one.stderr
    assert [row["verdict"] for row in csv.DictReader(io.StringIO(one.stdout))] == [
        "undetermined",
        "undetermined",
        "eligible",
    ]
    strict = run(*words, "--strict")
    assert [row["nip"] for row in csv.DictReader(io.StringIO(strict.stdout))] == [OTHER.replace("002", "003")]
    assert strict.stderr.count("[bad-line]") == 3


def test_an_officer_reads_the_values_that_contradict_each_other(tmp_path):
    """As they are named when one of them is confirmed; birth and leave by their shape alone."""
    path = tmp_path / "staff.jsonl"
    path.write_text(
        lines([person(employment="CPNS", cpns_on="2015-03-01", pns_on="2016-03-01", birth_date="1991-01-01")])
    )
    what = {one["kind"]: one["what"]["en"] for one in found(path, "--rule", REGULER)}
    assert "employment: `CPNS`; pns_on: `2016-03-01`" in what["employment-against-dates"]
    assert "birth_date: `****-**-**`" in what["nip-birth-date"]
    assert not any("1991" in one or "1990" in one for one in what.values())


def test_an_officer_is_told_that_the_encoding_is_another(tmp_path):
    """Bytes that are no text of the file's encoding are named as that, with the way out."""
    path = tmp_path / "staff.jsonl"
    path.write_bytes(lines([person(unit="Dinas Kesehatan caf\u00e9")]).encode().replace(b"\\u00e9", b"\xe9"))
    (one,) = found(path)
    assert (one["kind"], one["about"]) == ("wrong-encoding", "unit")
    assert "--encoding cp1252" in CATALOGUE["wrong-encoding"].why.en
    done = run("findings", "nasional", path, *AS_OF, "--encoding", "cp1252")
    assert (done.returncode, done.stdout) == (0, "")
