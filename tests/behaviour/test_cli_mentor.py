"""`asnpolicy mentor` as an officer meets it: tables, CSV that can be kept, JSON, letters, and clear answers to slips."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.behaviour.mentees import OPEN, RULE, SUPERIOR, folder, somebody
from tests.behaviour.test_cli import DAY
from tests.commands import run

EXAMPLES = Path(__file__).parents[2] / "examples"
OFFICES = EXAMPLES / "mentoring"
STAFF = [
    somebody(1, name="=Ayu"), somebody(2), somebody(3, unit="dinas-b"), somebody(4, 9), somebody(5, 12), somebody(6, unit=None),
    somebody(7, service_status=None),
]  # fmt: skip


@pytest.fixture(scope="module")
def staff(tmp_path_factory):
    path = tmp_path_factory.mktemp("office") / "staff.jsonl"
    path.write_text("\n".join(one.model_dump_json(exclude_none=True) for one in STAFF), encoding="utf-8")
    return path


def mentor(staff, *words, rule=RULE):
    return run("mentor", folder(), staff, *DAY, "--rule", rule, *words)


def test_the_tables_say_all_that_an_officer_hands_out(staff):
    """What was reached, the pairs with reasons, who is left and why, who can't be told of; numbers masked."""
    done = mentor(staff, "--format", "table")
    assert done.returncode == 0
    for words in (
        "Penugasan mentor: Pembimbingan", "Keadaan per 1 Oktober 2026", "2 dari 4 mentee mendapat mentor. 2 orang dapat menjadi mentor",
        "Cara: penugasan stabil", "Undian", "undian: kota-contoh pembimbingan 2026-10-01", "Pasangan (2)", "Belum mendapat mentor (2)",
        "2 calon mentor tidak memenuhi: Satu unit", "Belum dapat ditentukan, data belum lengkap", "Pasangan yang belum dapat ditawarkan (1)",
        "siapa pun", "Orang yang belum dapat ditentukan (1)", "kedudukan pegawai", "unit kerja",
    ):  # fmt: skip
        assert words.casefold() in " ".join(done.stdout.split()).casefold(), words
    assert not any(one.nip in done.stdout for one in STAFF)
    assert STAFF[0].nip in mentor(staff, "--format", "table", "--whole-nip").stdout
    english = mentor(staff, "--format", "table", "--lang", "en", "--objective", "total", "--rows", "1").stdout
    for words in (
        "With a mentor: 2 of 4",
        "Shown to be best: no assignment exceeds 2 mentees",
        "and 1 more",
        "Without a mentor (2)",
    ):
        assert words in " ".join(english.split()), words


def test_csv_has_a_row_a_pair_and_can_be_kept_the_next_time(staff, tmp_path):
    """What was written is given to `--keep` as it is: the same pairs, now kept."""
    first = tmp_path / "pairs.csv"
    assert mentor(staff, "--format", "csv", "-o", first).returncode == 0
    rows = list(csv.DictReader(io.StringIO(first.read_text(encoding="utf-8"))))
    assert [row["how"] for row in rows] == ["chosen", "chosen", "no_candidate", "unknown"]
    assert [row["mentor"] == "" for row in rows] == [False, False, True, True]
    assert rows[0]["why"].startswith("Pilihan ke-")
    assert rows[3]["missing"] == "mentee: unit kerja"
    assert "'=Ayu" in first.read_text(encoding="utf-8")
    kept = json.loads(mentor(staff, "--keep", first).stdout)
    assert {pair["how"] for pair in kept["pairs"]} == {"kept"}
    again = tmp_path / "again.json"
    again.write_text(json.dumps(kept), encoding="utf-8")
    assert json.loads(mentor(staff, "--keep", again).stdout) == kept


def test_pairs_of_another_office_are_told_and_not_passed_over(tmp_path):
    """Rows of pairs say nothing of those that were to be kept and could not: somebody may have given another region's file."""
    jakarta = [EXAMPLES / "workforces" / "jakarta.jsonl", "--agency", EXAMPLES / "agencies" / "jakarta.json"]
    asked = ("--as-of", "2026-10-01", "--format", "csv")
    strange = tmp_path / "pairs.csv"
    strange.write_text(f"mentor,mentee\n{somebody(4, 9).nip},{somebody(1).nip}\n", encoding="utf-8")
    done = run("mentor", "jakarta", *jakarta, *asked, "--keep", strange)
    assert done.returncode == 0
    assert "pairs.csv: pairs that did not stay: 1; the table and the JSON say why   [released]" in done.stderr


def test_pairs_of_a_spreadsheet_are_read(staff, tmp_path):
    """Semicolons, a byte-order mark, spaces in numbers, capitals in the head, other columns, empty rows."""
    path = tmp_path / "larangan.csv"
    pairs = [
        f"saudara;{four.nip[:8]} {four.nip[8:14]} {four.nip[14]} {four.nip[15:]}; {one.nip} "
        for four in STAFF[3:5]
        for one in STAFF[:1]
    ]
    path.write_bytes("\n".join(["\ufeffKet;Mentor;MENTEE", *pairs, ";;", ""]).encode())
    made = json.loads(mentor(staff, "--forbidden", path).stdout)
    left = next(one for one in made["unassigned"] if one["mentee"]["nip"] == STAFF[0].nip)
    assert left["failed"] == [
        {
            "criterion": "forbidden",
            "title": {"id": "Pasangan itu dilarang", "en": "The pair is forbidden"},
            "mentors": 2,
        }
    ]


def test_forced_pairs_places_and_keys_are_read(staff, tmp_path):
    """Each from its own file."""
    forced, places, keys = (tmp_path / f"{name}.csv" for name in ("forced", "places", "keys"))
    forced.write_text(f"mentor,mentee\n{STAFF[4].nip},{STAFF[0].nip}\n", encoding="utf-8")
    places.write_text(f"mentor,places\n{STAFF[4].nip},1\n{STAFF[3].nip},0\n", encoding="utf-8")
    keys.write_text("nip,key\n" + "".join(f"{one.nip},{at}\n" for at, one in enumerate(STAFF)), encoding="utf-8")
    made = json.loads(mentor(staff, "--forced", forced, "--places", places, "--keys", keys, "--seed", "7 3").stdout)
    assert [(pair["mentor"]["nip"], pair["mentee"]["nip"], pair["how"]) for pair in made["pairs"]] == [
        (STAFF[4].nip, STAFF[0].nip, "forced")
    ]
    assert made["seed"] == "7 3"
    assert {one["limit"] for one in made["unassigned"]} == {"full", "no_candidate", "unknown"}


def test_letters_go_to_every_mentor_and_every_mentee(staff, tmp_path):
    """One file each, in both languages, with what was given of the issuer and with why."""
    office = tmp_path / "office.toml"
    office.write_text('agency = "BKD"\nsigner = {name = "Siti Aminah"}', encoding="utf-8")
    words = ("--letters", tmp_path / "letters", "--letter-format", "md", "--lang", "both", "--office", office, "--deadline", "2026-11-02", "--dated", "2026-10-05")  # fmt: skip
    assert mentor(staff, *words).returncode == 0
    names = sorted(path.name for path in (tmp_path / "letters").iterdir())
    made = json.loads(mentor(staff).stdout)
    mentors = {pair["mentor"]["nip"] for pair in made["pairs"]}
    assert names == sorted(
        [*(f"mentor-{at:05}.md" for at in range(1, len(mentors) + 1)), *(f"mentee-{at:05}.md" for at in range(1, 5))]
    )
    text = "".join((tmp_path / "letters" / name).read_text(encoding="utf-8") for name in names)
    for words in ("**BKD**", "Siti Aminah", "5 Oktober 2026", "Surat penunjukan mentor", "Appointment as mentor", "belum ada mentor bagi Saudara",
                  "2 November 2026", "kota contoh", "Tidak ada atribut pribadi yang dilindungi"):  # fmt: skip
        assert words.casefold() in text.casefold(), words
    html = tmp_path / "html"
    assert mentor(staff, "--letters", html).returncode == 0
    assert (html / "mentor-00001.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_only_rule_of_a_region_needs_no_name():
    """Jakarta has one rule of its own; where there are several, they are named."""
    office = ("--agency", OFFICES / "jakarta-agency.json", *DAY)
    assert (
        json.loads(run("mentor", "jakarta", OFFICES / "jakarta.jsonl", *office).stdout)["rule"]
        == "pembimbingan-pegawai-muda"
    )
    told = run("mentor", "nasional", OFFICES / "nasional.jsonl", *DAY)
    assert told.returncode == 2
    for words in (
        "name one with `--rule`: pembimbingan-kepemimpinan (Mentoring in PKP, PKA and PKN by the direct superior), ",
        ", pembimbingan-pengembangan (Developmental mentoring)",
    ):
        assert words in told.stderr


SLIPS = {
    "there is no column": (f"mentor;mentes\n{STAFF[3].nip};{STAFF[0].nip}", "has no column `mentee`"),
    "a number that a spreadsheet rounded": (
        f"mentor,mentee\n1.98610E+17,{STAFF[0].nip}",
        "is not an NIP: it has 18 digits",
    ),
    "somebody who is not there": (
        f"mentor,mentee\n199001012015031009,{STAFF[0].nip}",
        "nobody has the NIP `********201503*009`",
    ),
    "their own mentor": (f"mentor,mentee\n{STAFF[0].nip},{STAFF[0].nip}", "makes somebody their own mentor"),
    "two mentors": (f"mentor,mentee\n{STAFF[3].nip},{STAFF[0].nip}\n{STAFF[4].nip},{STAFF[0].nip}", "2 mentors: "),
    "no assignment": ('{"pairs": 3}', "is no assignment and no list of pairs"),
    "nothing": ("", "has no column `mentor`"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_a_file_of_pairs_is_told(slip, staff, tmp_path):
    """With the place where there is one, the sentence and the way out."""
    text, words = SLIPS[slip]
    path = tmp_path / "pairs.csv"
    path.write_text(text, encoding="utf-8")
    done = mentor(staff, "--forced", path)
    assert done.returncode == 2
    assert words in done.stderr
    assert "help: " in done.stderr
    assert done.stdout == ""


def test_slips_in_places_and_keys_are_told(staff, tmp_path):
    """A least number is refused with the reason; a number twice, no number, no key, a file that is none."""
    path = tmp_path / "file.csv"
    for option, text, words in (
        ("--places", f"mentor,places\n{STAFF[3].nip},2-3", "mentors have no least number of mentees"),
        ("--places", f"mentor,places\n{STAFF[3].nip},dua", "`dua` is not a number of places"),
        (
            "--places",
            f"mentor,places\n{STAFF[3].nip},1\n{STAFF[3].nip},2",
            "file.csv:3:1: the number stands in the file twice",
        ),
        ("--places", f"mentor,places\n{STAFF[3].nip},9", "can't have 9 places"),
        ("--keys", f"nip,key\n{STAFF[3].nip},", "there is no key"),
        ("--keys", f"nip,key\n{STAFF[3].nip},a", "has no key for the lottery"),
    ):
        path.write_text(text, encoding="utf-8")
        done = mentor(staff, option, path)
        assert (done.returncode, words in done.stderr) == (2, True), done.stderr
    path.write_bytes(b"mentor,places\n\xff\xfe")
    assert "is not written in UTF-8" in mentor(staff, "--places", path).stderr
    assert "there is no file" in mentor(staff, "--keys", tmp_path / "none.csv").stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--objective", "fair"), "unknown objective `fair`"),
        (("--format", "xls"), "unknown format `xls`"),
        (("--lang", "both"), "unknown language `both`"),
        (("--letters", __file__), "is no folder"),
        (("--letters", "x", "--letter-format", "pdf"), "choose `md`, `html` or `docx`"),
        (("--agency", "none.json"), "there is no file `none.json`"),
        (("--as-of", "1950-01-01"), "has no rules for 1950-01-01"),
    ],
)
def test_wrong_use_is_told(words, told, staff):
    """One sentence, a way out, exit status 2."""
    done = mentor(staff, *words)
    assert done.returncode == 2
    assert told in done.stderr


def test_a_bad_line_is_told_and_the_rest_is_assigned(staff, tmp_path):
    """Exit status 1: a finding; the others have their mentors."""
    path = tmp_path / "bad.jsonl"
    path.write_text(staff.read_text(encoding="utf-8") + "\n{", encoding="utf-8")
    done = mentor(path)
    assert done.returncode == 1
    assert "[bad-line]" in done.stderr
    assert len(json.loads(done.stdout)["pairs"]) == 2


def test_a_number_on_two_lines_is_one_person_and_told(staff, tmp_path):
    """What the lines say differently of the person is unknown, here the unit: no mentor is offered, and data are asked for."""
    path, other = tmp_path / "twice.jsonl", STAFF[0].model_copy(update={"unit": "dinas-b"})
    path.write_text(
        f"{staff.read_text(encoding='utf-8')}\n{other.model_dump_json(exclude_none=True)}", encoding="utf-8"
    )
    done = mentor(path)
    assert done.returncode == 1
    assert "[same-nip]" in done.stderr
    (left,) = (one for one in json.loads(done.stdout)["unassigned"] if one["mentee"]["nip"] == STAFF[0].nip)
    assert (left["limit"], left["missing"]) == ("unknown", ["mentee.unit"])


def test_who_has_no_superior_on_record_and_whose_superior_is_elsewhere_is_told(staff):
    """Where the superior must be the mentor, what is with the superior is the reason."""
    done = mentor(staff, "--format", "csv", "--lang", "en", rule=SUPERIOR)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["why"] for row in rows} == {
        "Nobody who may be a mentor meets the limits; The direct superior is not among the people given"
    }


def test_a_rule_without_a_capacity_or_preferences_says_no_points(staff):
    """Nothing is weighed, so nothing is said of points, and no column of the pairs has them."""
    done = mentor(staff, "--format", "table", rule=SUPERIOR)
    assert "Jumlah poin" not in done.stdout
    said = mentor(staff, "--format", "table", rule=OPEN).stdout
    assert "Jumlah poin mentee dan mentor: " in said
    assert "Poin" in said.partition("Pasangan")[2].partition("─")[0].split()  # a head may be broken between words
    surakarta = [EXAMPLES / "workforces" / "surakarta.jsonl", "--agency", EXAMPLES / "agencies" / "surakarta.json"]
    asked = ("--as-of", "2026-10-01", "--rule", "pembimbingan-latsar", "--format", "table")
    latsar = run("mentor", "surakarta", *surakarta, *asked).stdout
    assert "Satu-satunya calon mentor yang memenuhi syarat" in latsar
    assert "oin" not in latsar.partition("Pasangan (6)")[2].partition("\n\n\n")[0]


def test_nobody_no_mentors_no_mentees_and_no_places_are_clear_results(tmp_path):
    """The command ends well, with who is left and why; no message of a solver."""
    staff, places = tmp_path / "staff.jsonl", tmp_path / "places.csv"
    mentee, senior = somebody(1), somebody(4, 9)
    places.write_text(f"mentor,places\n{senior.nip},0\n", encoding="utf-8")
    for people, words, said in (
        ((), (), "tidak ada yang diketahui memerlukan mentor; 0 orang dapat menjadi mentor"),
        ((mentee,), (), "Tidak ada yang dapat menjadi mentor"),
        ((senior,), (), "tidak ada yang diketahui memerlukan mentor; 1 orang dapat menjadi mentor"),
        ((mentee,), (), "1 mentee memerlukan mentor, tetapi menurut data ini tidak ada yang diketahui dapat menjadi mentor"),
        ((mentee, senior), ("--places", places), "0 dari 1 mentee mendapat mentor"),
    ):
        staff.write_text("".join(one.model_dump_json(exclude_none=True) + "\n" for one in people), encoding="utf-8")
        done = mentor(staff, "--format", "table", *words)
        assert done.returncode == 0, said
        assert done.stderr.count("\n") == (not people), said  # one line, where the file has nobody in it
        assert said in " ".join(done.stdout.split())
