"""The command line as a stranger meets it: what it prints, how it ends, and never a traceback."""

import csv
import json
import subprocess
import sys

import pytest

from asnpolicy.policy.library import shipped
from tests.commands import run

DAY = ("--as-of", "2026-10-01")
REGULER = "kenaikan-pangkat-reguler"



@pytest.fixture(scope="module")
def staff(tmp_path_factory):
    path = tmp_path_factory.mktemp("staff") / "staff.jsonl"
    assert run("synth", "jakarta", "-n", "40", "--seed", "1", *DAY, "-o", path).returncode == 0
    return path


def test_check_and_test_pass_on_every_shipped_region():
    """Both commands without arguments speak of all that is shipped."""
    checked, tested = run("check"), run("test")
    assert (checked.returncode, tested.returncode) == (0, 0)
    assert "jakarta: no problems" in checked.stdout
    assert "nasional: no problems" in checked.stdout
    assert "cases passed" in tested.stdout


def test_check_shows_a_slip_with_place_snippet_and_way_out(tmp_path):
    """What an author sees on `at_lest`, to the letter."""
    folder = tmp_path / "contoh"
    folder.mkdir()
    (folder / "a.yaml").write_text(
        "format: 1\nregion: contoh\ntitle: {id: a, en: a}\npromotions:\n  x:\n    title: {id: a, en: a}\n"
        "    from: 2020-01-01\n    to: {fact: next_rank}\n    require:\n      masa:\n        title: {id: a, en: a}\n"
        "        time_in_rank: {at_lest: 4 years}\n",
        encoding="utf-8",
    )
    done = run("check", folder)
    assert done.returncode == 1
    assert done.stdout == (
        "contoh/a.yaml:12:24: unknown word `at_lest` for `time_in_rank`   [unknown-key]\n"
        "   12 |         time_in_rank: {at_lest: 4 years}\n"
        "      |                        ^^^^^^^\n"
        "   help: did you mean `at_least`? time_in_rank takes: is, not, in, not_in, at_least, at_most, below, above, "
        "has, within, not_counting\n"
        f"{folder}: 1 problem\n"
    )
    data = json.loads(run("check", folder, "--format", "json").stdout)
    assert {p["code"] for p in data[str(folder)]} == {"unknown-key"}


def test_a_failing_case_says_what_was_expected_and_what_came_out(tmp_path):
    """A wrong expectation is a finding: exit 1, with the place and the deciding criteria."""
    assert run("new", "region", "contoh", "--directory", tmp_path).returncode == 0
    path = tmp_path / "contoh" / "kebijakan.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("verdict: ineligible", "verdict: eligible"), encoding="utf-8")
    done = run("test", tmp_path / "contoh")
    assert done.returncode == 1
    assert "verdict: expected eligible, got ineligible" in done.stdout
    assert "1 of 2 cases passed" in done.stdout


def test_a_case_that_lacks_data_says_which(tmp_path):
    """An author sees which record the person of the case has not delivered."""
    assert run("new", "region", "contoh", "--directory", tmp_path).returncode == 0
    path = tmp_path / "contoh" / "kebijakan.yaml"
    text = path.read_text(encoding="utf-8").replace("trainings: {2024-10-02: 20}", "posts: unknown")
    path.write_text(text, encoding="utf-8")
    done = run("test", tmp_path / "contoh")
    assert done.returncode == 1
    assert "verdict: expected eligible, got undetermined\n    missing: posts\n" in done.stdout


def test_assess_writes_what_machines_read(staff, tmp_path):
    """JSON Lines in a pipe, CSV on demand, a table for people."""
    lines = run("assess", "jakarta", staff, *DAY, "--rule", REGULER).stdout.splitlines()
    assert len(lines) == 40
    assert {json.loads(line)["rule"] for line in lines} == {REGULER}
    assert (
        run("assess", "jakarta", staff, *DAY, "--rule", REGULER, "--format", "csv", "-o", tmp_path / "a.csv").returncode
        == 0
    )
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["verdict"] for row in rows] == [json.loads(line)["verdict"] for line in lines]
    assert "40 pegawai" in run("assess", "jakarta", staff, *DAY, "--format", "table").stdout


def test_the_same_input_gives_the_same_bytes(staff):
    """Decisions are deterministic to the byte."""
    assert run("assess", "jakarta", staff, *DAY).stdout == run("assess", "jakarta", staff, *DAY).stdout


def test_one_bad_line_in_ten_thousand_is_told_and_the_rest_assessed(staff, tmp_path):
    """The line number, what is wrong, exit 1, and 9,999 decisions."""
    good = staff.read_text(encoding="utf-8").splitlines()[0]
    nip = json.loads(good)["nip"]
    births = [
        f"{year}{month:02}{day:02}" for year in range(1960, 1990) for month in range(1, 13) for day in range(1, 29)
    ]
    lines = [good.replace(nip, f"{birth}2015051{serial:03}") for birth in births for serial in (1, 2)][:10_000]
    lines[7_344] = "{" + lines[7_344]
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    done = run("assess", "nasional", path, *DAY, "--rule", REGULER, "--format", "csv")
    assert done.returncode == 1
    assert f"{path}:7345: the line is not valid JSON" in done.stderr
    assert "1 bad line left out" in done.stderr
    assert len(done.stdout.splitlines()) == 1 + 9_999


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "not valid JSON"),
        ("[1]", "not one employee"),
        ('{"name": "A"}', "`nip` is missing"),
        ('{"nip": "123"}', "18 digits"),
        ('{"nip": "198609262015051001", "nam": "A"}', "unknown key `nam`"),
        ('{"nip": "198609262015051001", "cpns_on": "2015-13-01"}', "cpns_on"),
        (
            '{"nip": "198609262015051001", "posts": [{"kind": "pelaksana", "jenjang": "Mahir", "since": "2020-01-01"}]}',
            "has no jenjang",
        ),
        ("[" * 100_000, "not valid JSON"),
        ('{"nip": "\ud800"}', "18 digits"),
    ],
)
def test_every_bad_line_has_its_sentence(line, why):
    """Nothing of the validator's own words reaches the reader, and nothing ends in a traceback."""
    done = run(
        "assess", "nasional", "-", *DAY, "--strict", stdin=line.encode("utf-8", "replace").decode("utf-8") + "\n"
    )
    assert done.returncode == 1
    assert why in done.stderr
    assert "pydantic" not in done.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("assess", "jakrta", "-"), "did you mean `jakarta`?"),
        (("assess", "jakarta", "-", *DAY, "--rule", "kenaikan-pangkat-regular"), f"did you mean `{REGULER}`?"),
        (("assess", "jakarta", "-", "--as-of", "1945-01-01"), "has no rules for 1945-01-01"),
        (("assess", "jakarta", "-", "--as-of", "1-10-2026"), "write it like `--as-of 2026-10-01`"),
        (("assess", "jakarta", "nowhere.jsonl", *DAY), "there is no file `nowhere.jsonl`"),
        (("assess", "jakarta", "/", *DAY), "there is no table in `/`"),
        (("assess", "jakarta", "-", *DAY, "--format", "xml"), "choose `table`, `jsonl`, `csv`, `xlsx`"),
        (("assess", "jakarta", "-", *DAY, "--format", "xlsx"), "add `-o FILE.xlsx`"),
        (("assess", "jakarta", "-", *DAY, "--waivers", "nowhere.json"), "there is no file `nowhere.json`"),
        (("assess", "x" * 5000, "-", *DAY), f"can't use `{'x' * 60}…`: file name too long   [system]"),
        (("check", "x" * 5000), f"can't use `{'x' * 60}…`: file name too long   [system]"),
        (("test", "x" * 5000), f"can't use `{'x' * 60}…`: file name too long   [system]"),
        (("synth", "jakarta", *DAY, "-o", "x" * 5000), f"can't use `{'x' * 60}…`: file name too long   [system]"),
        (("assess", "jakarta", "x" * 5000, *DAY), f"can't use `{'x' * 60}…`: file name too long   [system]"),
        (("assess", "jakarta", "-", *DAY, "--backend", "compild"), "did you mean `compiled`?"),
        (("assess", "jakarta", "-", *DAY, "-o", "/nowhere/a.csv"), "there is no folder `/nowhere`"),
        (("explain", "jakarta", "-", "--nip", "1", "--rule", REGULER, *DAY), "18 digits"),
        (("schema", "polisi"), "choose `policy`, `employee` or `certificate`"),
        (("new", "region", "Kota Solo"), "small letters"),
        (("new", "region", "jakarta"), "choose another name"),
        (("check", "nowhere"), "unknown region `nowhere`"),
    ],
)
def test_wrong_use_is_one_clear_sentence_and_exit_2(words, sentence, tmp_path):
    """The value, the way out, no traceback."""
    done = run(*words, stdin="", cwd=tmp_path)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) <= 3
    assert len(done.stderr) < 3000


def test_explain_speaks_both_languages(staff):
    """The same decision in Indonesian and in English."""
    nip = json.loads(staff.read_text(encoding="utf-8").splitlines()[3])["nip"]
    words = ("explain", "jakarta", staff, "--nip", nip, "--rule", "jp-tahunan", *DAY)
    assert "Hasil:" in run(*words).stdout
    assert "Result:" in run(*words, "--lang", "en").stdout


def test_nothing_is_left_when_writing_fails(staff, tmp_path):
    """An output file appears whole or not at all."""
    target = tmp_path / "out.csv"
    done = run("assess", "jakarta", staff, *DAY, "--rule", "x", "-o", target)
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_stops_early_is_no_error(staff):
    """`| head -1` ends quietly."""
    command = f"{sys.executable} -m asnpolicy.cli assess jakarta {staff} --as-of 2026-10-01 | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_without_a_day_the_command_line_takes_today_and_says_so(staff):
    """Only the command line may assume a day."""
    assert "(today;" in run("assess", "jakarta", staff, "--rule", REGULER).stderr


def test_every_command_has_help_with_examples():
    """`--help` shows how it is used."""
    commands = ("check", "test", "assess", "explain", "notice", "schema", "synth", "new region")
    for command in commands:
        done = run(*command.split(), "--help")
        assert done.returncode == 0
        assert f"  Examples:\n    asnpolicy {command}" in done.stdout, command
    assert run("--version").stdout.startswith("asnpolicy ")


def test_a_schema_is_written_to_a_file_as_it_is_printed(tmp_path):
    """A shell that writes `>` in another encoding can't be trusted with it."""
    made = run("schema", "policy", "-o", str(tmp_path / "s.json"))
    assert (made.returncode, made.stdout) == (0, "")
    assert (tmp_path / "s.json").read_bytes() == (shipped() / "policy.schema.json").read_bytes()


def test_the_schemas_are_json():
    """Both schemas can be read by programs, and the shipped one is current."""
    made = json.loads(run("schema", "policy").stdout)
    assert made == json.loads((shipped() / "policy.schema.json").read_text(encoding="utf-8"))
    assert "nip" in json.loads(run("schema", "employee").stdout)["properties"]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ("people.jsonl:1: ", "is on lines 2 and 3: read as one person", "1 bad line left out")),
        ("id", ("people.jsonl:1: ", "ada pada baris 2 dan 3: dibaca sebagai satu orang", "1 baris rusak dilewati")),
    ],
)
def test_what_is_amiss_in_a_file_of_people_is_told_in_the_language_that_is_asked_for(lang, told, staff, tmp_path):
    """A line that is nobody, and a number on two: whoever reads Indonesian letters reads their slips so too."""
    people = tmp_path / "people.jsonl"
    one = staff.read_text(encoding="utf-8").splitlines()[0]
    people.write_text(f"nobody\n{one}\n{one}\n", encoding="utf-8")
    for command in ("talent", "assess"):
        done = run("--lang", lang, command, "jakarta", people, *DAY)
        assert done.returncode == 1
        for words in told:
            assert words in done.stderr, words
        assert ("bukan" in done.stderr) == (lang == "id")


@pytest.mark.parametrize(("lang", "told"), [("en", "there is nobody in it"), ("id", "tidak memuat seorang pun")])
def test_a_file_without_people_is_told(lang, told, tmp_path):
    """What is worked out of nobody looks as if it were of somebody; how people are written is said with it."""
    people, agency = tmp_path / "people.jsonl", tmp_path / "agency.json"
    people.write_text("\n", encoding="utf-8")
    agency.write_text('{"openings": [{"id": "kabid", "kind": "administrator"}]}', encoding="utf-8")
    for command in (("talent",), ("assess",), ("mentor",), ("plan", "--period", "2027-04-01"),
                    ("successors", "--agency", agency, "--opening", "kabid")):  # fmt: skip
        done = run("--lang", lang, command[0], "jakarta", people, *DAY, *command[1:])
        assert done.returncode == 0, done.stderr
        assert told in done.stderr
        assert "JSON   [nobody]" in done.stderr


def test_a_file_that_is_no_json_is_told_in_one_language(staff):
    """The reader of JSON says why in English: in Indonesian it is told where."""
    asked = ("mentor", "jakarta", staff, *DAY, "--agency", staff, "--lang")
    assert "bukan JSON yang sah: baris 2, kolom 1" in run(*asked, "id").stderr
    assert "is not valid JSON: trailing characters at line 2 column 1" in run(*asked, "en").stderr
