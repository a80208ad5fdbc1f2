"""A register is read as it is: any shape and encoding; slips are told where they stand, and nobody is lost or promoted by one."""

import copy
import io
import json
import pickle
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asnpolicy import DataFinding, Employee, PolicyError, read_employees
from asnpolicy.exchange.intake import BadLine, PersonText, Reader, opened, register
from asnpolicy.exchange.intake.telling import CALLED, explained
from asnpolicy.exchange.intake.texts import objects
from asnpolicy.exchange.intake.unclaimed import Unclaimed
from asnpolicy.exchange.synth import workforce
from asnpolicy.people import ABSENT, HISTORIES, OPEN, Label, PartialDay
from asnpolicy.people.employee import Protected
from asnpolicy.people.masking import PERSONAL
from asnpolicy.people.ranks import PppkGrade, Rank
from asnpolicy.people.spelling import variants
from asnpolicy.people.spelling.days import read_day
from asnpolicy.people.spelling.field import form, number
from tests.behaviour.asked import engine as shipped

DAY = date(2026, 10, 1)
NIP = "199001012015031001"
REGULER = "kenaikan-pangkat-reguler"


def person(**fields):
    """Return the data of somebody who is eligible for a regular promotion."""
    whole = {"exams": [], "trainings": [], "sanctions": [], "leaves": [], "statuses": [],
             "posts": [{"kind": "pelaksana", "since": "2015-03-01", "until": "ongoing", "acting": False}],
             "ranks": [{"rank": "III/a", "since": "2022-10-01"}],
             "educations": [{"level": "S-1", "graduated_on": "2014-08-01", "recognised_on": "2015-03-01"}],
             "appraisals": [{"year": 2024, "rating": "Baik"}, {"year": 2025, "rating": "Baik"}]}  # fmt: skip
    histories = {name: {"records": records, "complete_since": "all"} for name, records in whole.items()}
    return {"nip": NIP, "employment": "PNS", "service_status": "aktif", "cpns_on": "2015-03-01", "pns_on": "2016-03-01",
            "birth_date": "1990-01-01", **histories, **fields}  # fmt: skip


def ranks(*records):
    return {"records": [dict(zip(("rank", "since"), one, strict=True)) for one in records], "complete_since": "all"}


def read(*people, strict=False):
    """Return what a file of these people comes to."""
    lines = "".join(f"{one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)}\n" for one in people)
    return list(register(io.BytesIO(lines.encode("utf-8", "surrogatepass")), strict=strict))


def only(*people):
    (one,) = read(*people)
    assert isinstance(one, Employee), one
    return one


def codes(one):
    return sorted(found.code for found in one.intake)


def verdict(one):
    return shipped("nasional").decide(one, REGULER, as_of=DAY).verdict.value


# Shapes and encodings


def shapes(people):
    """Give each way to write the same people, with the encoding that must be named."""
    lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in people)
    yield lines.encode(), None
    yield lines.replace("\n", "\r\n\r\n").encode() + b"\r\n", None
    yield b"\xef\xbb\xbf" + lines.encode(), None
    yield lines.encode("utf-16"), None
    yield lines.encode("utf-32"), None
    yield lines.encode("cp1252"), "cp1252"
    for indent in (None, 1, 4):
        array = json.dumps(people, ensure_ascii=False, indent=indent)
        yield array.encode(), None
        yield b"\xef\xbb\xbf \n" + array.encode(), None
        yield array.encode("utf-16"), "utf-8"
        yield array.encode("cp1252"), "windows-1252"
    yield "\n".join(json.dumps(one, ensure_ascii=False, indent=2) for one in people).encode(), None


PEOPLE = [
    person(name='René {[“x”]} \\ "y"', unit="a, b"),
    person(nip="199001012015031002", name="}{"),
    person(nip="199001012015031003"),
]


@pytest.mark.parametrize(("text", "encoding"), list(shapes(PEOPLE)))
def test_every_shape_and_encoding_gives_the_same_people(text, encoding, tmp_path):
    """From a file or a pipe; brackets and quotes in names part nothing."""
    wanted = [Employee.model_validate(one) for one in PEOPLE]
    assert list(register(io.BytesIO(text), encoding=encoding)) == wanted
    path = tmp_path / "staff"
    path.write_bytes(text)
    assert list(read_employees(path, encoding=encoding)) == wanted

    class Pipe(io.BytesIO):
        def seekable(self):
            return False

    assert list(register(Pipe(text), encoding=encoding)) == wanted


def test_a_line_of_another_encoding_loses_one_field():
    """The name can't be read, the person is decided, and the finding says on which line."""
    text = json.dumps(person(name="X"), ensure_ascii=False).encode().replace(b"X", b"Ren\xe9")
    (one,) = register(io.BytesIO(b"\n" + text))
    assert (one.name, verdict(one)) == (None, "eligible")
    assert [(found.code, found.about, found.line) for found in one.intake] == [("wrong-encoding", "name", 2)]


def test_the_line_of_somebody_is_where_the_object_begins():
    """In an array that is spread over lines."""
    text = json.dumps([person(), person(nip="199001012015031002", unit=1.5)], indent=1)
    second = list(register(io.BytesIO(text.encode())))[1]
    assert text.splitlines()[second.intake[0].line - 1].strip() == "{"
    assert second.intake[0].line > 50


@pytest.mark.parametrize("end", ["", ",", '{"nip": "1'])
def test_a_file_that_was_cut_is_told(end):
    """Whoever stood behind is lost, and that is said."""
    found = list(register(io.BytesIO(f"[{json.dumps(person())}\n, {end}".encode())))
    assert [type(one) for one in found] == [Employee, BadLine]


def test_an_empty_file_and_an_empty_array_hold_nobody():
    """That is no slip."""
    for text in (b"", b"\n \n", b"[]", b"\xef\xbb\xbf[\n]\n"):
        assert list(register(io.BytesIO(text))) == []


def test_an_unknown_encoding_is_told_with_a_way_out():
    """One sentence."""
    with pytest.raises(PolicyError, match=r"unknown encoding `cp125`.*\n.*cp1252"):
        register(io.BytesIO(b"{}"), encoding="cp125")


@given(st.lists(st.recursive(st.none() | st.text(max_size=5), lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=5), one, max_size=3)).filter(lambda one: isinstance(one, dict)), max_size=4),
       st.sampled_from([None, 0, 3]))  # fmt: skip
def test_objects_are_found_however_they_are_spread(data, indent):
    """Each comes once, whole, in the order of the file."""
    text = json.dumps(data, indent=indent, ensure_ascii=False).encode("utf-8", "surrogatepass")
    assert [
        json.loads(part.decode("utf-8", "surrogatepass")) for _, part in objects(text.splitlines(keepends=True))
    ] == data


# What is written otherwise


@pytest.mark.parametrize(
    ("fields", "code", "wanted"),
    [
        ({"ranks": ranks(("IIId", "2010-10-01"), ("IV/a", "2022-10-01")), "cpns_on": "2009-03-01", "nip": "198001012009031001", "birth_date": "1980-01-01"},
         "written-otherwise", "III/d"),
        ({"ranks": ranks(("Penata Tk. I (III/d)", "2022-10-01"))}, "written-otherwise", "III/d"),
        ({"ranks": ranks(("III/a", "0000-00-00"))}, "filler-date", "III/a"),
        ({"ranks": ranks(("III/a", "01-10-2022"))}, "numeric-date", "III/a"),
        ({"ranks": ranks(("III/a", "2022-10-01T00:00:00+07:00"))}, "written-otherwise", "III/a"),
        ({"ranks": ranks(("III/a", "2022-02-30"))}, "unreadable-field", "III/a"),
        ({"ranks": ranks(("IIIz", "2022-10-01"))}, "unreadable-field", "None"),
    ],
    ids=str,
)  # fmt: skip
def test_a_slip_in_one_field_loses_nobody(fields, code, wanted):
    """The person is decided as far as the rest carries; what was meant is read where it can be only one thing."""
    one = only(person(**fields))
    assert codes(one) == [code]
    assert str(one.ranks.records[0].rank) == wanted
    assert one.ranks.records[0].since is None or code not in ("filler-date", "unreadable-field") or wanted == "None"
    assert verdict(one) in ("eligible", "undetermined", "ineligible")
    assert (verdict(one) == "undetermined") == (code in ("filler-date", "unreadable-field"))


@pytest.mark.parametrize(
    "nip", ["'199001012015031001", "NIP. 199001012015031001", "199001012015031001\u200b", "\ufeff199001012015031001",
            "19900101.201503.1.001", "19900101 201503 1 001", 199001012015031001, "NIP : 19900101-201503-1-001", "`199001012015031001"],
)  # fmt: skip
def test_noise_around_a_number_is_taken_off(nip):
    """Apostrophes, dots, spaces, what can't be seen, a number without quotes."""
    assert only(person(nip=nip)).nip == NIP


@pytest.mark.parametrize("nip", ["1.99001012015031E+17", 1.99001012015031e17, "1,99E+17"])
def test_a_number_that_a_spreadsheet_has_destroyed_is_named_so(nip):
    """Its last digits are gone; nobody guesses them."""
    (one,) = read(person(nip=nip))
    assert "destroyed by a spreadsheet" in one.reason.en
    assert "rusak oleh lembar kerja" in one.reason.id
    assert "1990" not in one.reason.en


@pytest.mark.parametrize("labels", list(CALLED), ids=lambda labels: labels.__name__)
def test_each_variant_means_one_thing(labels):
    """As the table writes it, in capitals, in small letters and with other signs between; the official text too."""
    for text, label in variants.written(labels):
        for written in (
            text,
            text.upper(),
            text.lower(),
            f" {text} ",
            text.replace(" ", "-"),
            text.replace("/", " / "),
        ):
            assert variants.meant(labels, written) is labels.of(label), written


def test_every_vocabulary_of_people_has_a_name_in_both_languages():
    """One that is added needs one, for what was expected in its place."""
    models = (Employee, Protected, *HISTORIES.values())
    kinds = {
        form(model, name).kind
        for model in models
        for name in model.model_fields
        if name not in (*HISTORIES, "protected", "confirmed")
    }
    assert {kind for kind in kinds if issubclass(kind, Label)} == set(CALLED)


@pytest.mark.parametrize(
    ("history", "field", "text", "value"),
    [
        ("trainings", "hours", "20 JP", 20), ("trainings", "hours", "20,0", 20), ("trainings", "hours", 20.0, 20),
        ("credits", "amount", "12,5", Decimal("12.5")), ("credits", "amount", "1.234,5", Decimal("1234.5")),
        ("trainings", "passed", "Ya", True), ("trainings", "passed", "tidak lulus", False), ("trainings", "passed", 1, True),
        ("posts", "acting", "Plt.", True), ("posts", "until", "s.d. sekarang", OPEN), ("appraisals", "year", "Tahun 2024", 2024),
        ("pppk_grades", "grade", "Golongan IX", PppkGrade.IX), ("pppk_grades", "grade", 9, PppkGrade.IX),
        ("posts", "echelon", "Eselon III/a", form(HISTORIES["posts"], "echelon").kind.of("III.a")),
    ],
)  # fmt: skip
def test_numbers_and_words_as_offices_write_them(history, field, text, value):
    """Each can mean one thing only, and is told."""
    found = form(HISTORIES[history], field).read(text)
    assert (found.value, found.code) == (value, "written-otherwise")


@pytest.mark.parametrize(
    ("history", "field", "text"),
    [
        ("credits", "amount", "1,234"), ("trainings", "passed", "T"), ("ranks", "rank", "Penata (III/d)"), ("ranks", "rank", "III"),
        ("ranks", "since", "01-10-22"), ("ranks", "since", 44835), ("ranks", "since", "44835"), ("trainings", "hours", "dua puluh"),
        ("trainings", "hours", True), ("trainings", "hours", -1), ("trainings", "hours", Decimal("1e999999")), ("ranks", "since", "2022-13-01"),
        ("ranks", "since", "1 Oktober 2022 2023"), ("trainings", "passed", "Plt"), ("posts", "acting", "lulus"), ("ranks", "rank", "I/e"),
        ("trainings", "code", "x" * 300), ("trainings", "code", 1.5), ("trainings", "code", ["x"]),
    ],
)  # fmt: skip
def test_what_may_mean_two_things_is_not_read(history, field, text):
    """It is unknown, never guessed."""
    assert form(HISTORIES[history], field).read(text) == (None, "unreadable-field")


@pytest.mark.parametrize("text", ["", " ", "-", "n/a", "NULL", "None", "tidak ada", "nihil"])
def test_an_empty_cell_is_unknown_and_never_none(text):
    """That there is none is written `none`, to the letter: it decides."""
    jenjang = form(HISTORIES["posts"], "jenjang")
    assert jenjang.read(text).value is None
    assert jenjang.read("none").value is ABSENT


@pytest.mark.parametrize(
    ("given", "acting", "way", "told"),
    [
        ({"acting": True}, True, None, []),
        ({"acting": False}, False, "none", []),
        ({"acting_as": "plh"}, True, "plh", []),
        ({"acting_as": "none"}, False, "none", []),
        ({"acting": "Plt."}, True, "plt", ["written-otherwise"]),
        ({"acting_as": "Pelaksana Harian"}, True, "plh", ["written-otherwise"]),
        ({"acting": "Plt", "acting_as": "plh"}, True, None, ["contradicting-fields", "written-otherwise"]),
        ({"acting": False, "acting_as": "plt"}, None, None, ["contradicting-fields"]),
        ({"acting": True, "acting_as": "none"}, None, None, ["contradicting-fields"]),
        ({"acting_as": "pjs"}, None, None, ["unreadable-field"]),
    ],
)
def test_as_what_somebody_acts_says_that_they_do_and_is_never_guessed(given, acting, way, told):
    """That somebody acts does not tell as Plt or as Plh; an office that writes `Plt` in the one field has said both."""
    one = only(person(posts=[{"kind": "pengawas", "since": "2026-01-05", **given}]))
    (post,) = one.posts.records
    assert (post.acting, None if post.acting_as is None else str(post.acting_as)) == (acting, way)
    assert sorted(found.code for found in one.intake) == told


WAYS = ("{d:02}-{m:02}-{y}", "{d}/{m}/{y}", "{d}.{m}.{y}", "{y}/{m}/{d}", "{d} {id} {y}", "{d}-{id3}-{y}", "{en} {d}, {y}", "{d:02}{m:02}{y}",
        "TMT {d}-{m}-{y}", "{y}-{m:02}-{d:02} 00:00:00", "{d:02}/{m:02}/{y} 00:00", "{y}-{m:02}-{d:02}T08:30:00+07:00")  # fmt: skip


@given(st.dates(date(1950, 1, 1), date(2080, 12, 31)), st.sampled_from(WAYS))
def test_a_day_is_read_however_it_is_written(day, way):
    """Day first; where the file writes month first too, a day that may be two keeps its year."""
    names = variants.MONTHS[day.month]
    text = way.format(d=day.day, m=day.month, y=day.year, id=names[0].title(), en=names[1].title(), id3=names[-1])
    found = read_day(text, month_first=False)
    assert found is not None
    assert found.day == day
    doubtful = read_day(text, month_first=True)
    if found.code == "numeric-date":
        assert day.day <= 12
        assert (doubtful.day, doubtful.code) == (PartialDay.in_year(day.year), "ambiguous-date")
    else:
        assert doubtful == found


@given(st.datetimes(), st.integers(-12, 14))
def test_a_time_of_another_zone_is_the_day_in_indonesia(moment, hours):
    """Between its western and its eastern zone; where these differ, the day is one of the two."""
    if not 1951 < moment.year < 2080:
        return
    found = read_day(f"{moment:%Y-%m-%dT%H:%M}:00{hours:+03d}:00", month_first=False).day
    there = {(moment - timedelta(hours=hours) + timedelta(hours=zone)).date() for zone in (7, 8, 9)}
    if hours in (7, 8, 9):
        assert found == moment.date()
    else:
        assert ({found} if isinstance(found, date) else {found.first, found.last}) == there


def test_one_date_that_is_month_first_leaves_the_others_of_its_field_in_doubt():
    """Wherever in the file it stands; other fields are read as before."""
    doubtful = person(ranks=ranks(("III/a", "10/01/2022")), cpns_on="01/03/2015")
    other = person(nip="199001012015031002", ranks=ranks(("III/a", "10/25/2022")))
    for people in ((doubtful, other), (other, doubtful)):
        one = next(one for one in read(*people) if one.nip == NIP)
        assert one.ranks.records[0].since == PartialDay.in_year(2022)
        assert one.cpns_on == date(2015, 3, 1)
        assert codes(one) == ["ambiguous-date", "numeric-date"]
    alone = only(doubtful)
    assert alone.ranks.records[0].since == date(2022, 1, 10)


# What stands there twice


def test_identical_lines_count_once():
    """And that is told, once."""
    one = only(person(), person(), person())
    assert codes(one) == ["said-twice"]
    assert verdict(one) == "eligible"


@settings(deadline=None)
@given(st.permutations([{"unit": "a"}, {"unit": "b"}, {"ranks": ranks(("III/a", "2020-10-01"))}]))
def test_what_lines_say_differently_is_unknown_in_any_order(changes):
    """No line is more right for standing first, and nobody is promoted by one of them."""
    one = only(*(person(**change) for change in changes))
    assert one.unit is None
    assert (one.ranks.records, one.ranks.complete_since) == ((), None)
    assert verdict(one) == "undetermined"
    assert {found.about for found in one.intake if found.code == "said-differently"} == {"unit", "ranks"}


def test_what_only_one_line_says_holds():
    """The other says nothing about it."""
    first, second = person(), person(unit="a")
    del first["trainings"]
    one = only(first, second)
    assert (one.unit, verdict(one)) == ("a", "eligible")
    assert one.trainings.complete_since is not None


def test_a_key_that_stands_twice_is_told():
    """With the same value it counts; with two it is unknown."""
    plain = json.dumps(person())
    same, other = (
        plain.replace('"employment": "PNS"', f'"employment": "PNS", "employment": "{word}"') for word in ("PNS", "CPNS")
    )
    assert (codes(only(same)), str(only(same).employment)) == (["said-twice"], "PNS")
    assert (codes(only(other)), only(other).employment) == (["said-differently"], None)
    twice = plain.replace('"rank": "III/a"', '"rank": "III/a", "rank": "III/b"')
    assert only(twice).ranks.records[0].rank is None
    ranks_twice = plain[:-1] + ', "ranks": []}'
    assert (only(ranks_twice).ranks.records, only(ranks_twice).ranks.complete_since) == ((), None)


def test_a_text_that_looks_like_a_key_is_no_double():
    """Nor is a blank before a colon."""
    assert only(person(name='x": y')).intake == ()
    assert only(json.dumps(person(), separators=(",", " :"))).intake == ()


# Whose a record is


HEAVY = {"records": [{"level": "berat", "since": "2026-01-01", "until": "2027-01-01"}], "complete_since": "all"}


@pytest.mark.parametrize(
    ("nip", "touched"),
    [("19900101201503100", True), ("1990010120150310011", True), ("199001012015031091", True), ("1.99001012015031E+17", True),
     (None, True), ("abc", True), ("198501012009121001", False), ("1.98501012009121E+17", False), ("1985010120091210", False)],
)  # fmt: skip
def test_a_record_that_nobody_claims_may_be_of_whom_its_number_fits(nip, touched):
    """Nobody is promoted while the sanction on the line that can't be read may be theirs; nobody else is held up."""
    lost = (
        {**person(sanctions=HEAVY), "nip": nip}
        if nip is None or len(str(nip)) != 18
        else {**person(sanctions=HEAVY), "nip": nip.replace("1201503", "1201513").replace("12009121", "12009131")}
    )
    one = next(one for one in read(person(), lost) if isinstance(one, Employee) and one.nip == NIP)
    assert (verdict(one) == "undetermined") is touched
    assert ("unclaimed-record" in codes(one)) is touched


def test_a_line_that_is_no_json_may_hold_a_record_of_the_number_in_it():
    """The other line of the same person is no longer complete; those of others are."""
    broken = json.dumps(person(sanctions=HEAVY))[:-1]
    found = read(person(), person(nip="199001012015031002"), broken)
    assert [verdict(one) for one in found if isinstance(one, Employee)] == ["undetermined", "eligible"]


def test_a_line_without_records_holds_nobody_up():
    """It may be of anybody, and says nothing."""
    assert verdict(next(iter(read(person(), '{"nip": "x"}', "oops")))) == "eligible"


@given(st.integers(0, 17), st.integers(0, 9), st.sampled_from(["change", "drop", "add", "swap"]))
def test_a_slip_of_typing_leads_back(at, digit, how):
    """One digit changed, lacking or too many, or two swapped: it may be the one."""
    slip = {"change": NIP[:at] + str(digit) + NIP[at + 1 :], "drop": NIP[:at] + NIP[at + 1 :], "add": NIP[:at] + str(digit) + NIP[at:],
            "swap": NIP[: max(at - 1, 0)] + NIP[max(at - 1, 0) : at + 1][::-1] + NIP[at + 1 :]}[how]  # fmt: skip
    assert Unclaimed(1, frozenset(), slip).may_be_of(NIP)
    assert not Unclaimed(1, frozenset(), slip).may_be_of("197512311999121007")


# Records


def test_an_unreadable_record_stays():
    """With nothing known of it: the count is at least what is readable, and the rank is open."""
    one = only(person(ranks={"records": [{"rank": "III/a", "since": "2022-10-01"}, "III/b"], "complete_since": "all"}))
    assert len(one.ranks.records) == 2
    assert verdict(one) == "undetermined"
    assert codes(one) == ["unreadable-record"]


def test_fields_that_contradict_each_other_are_unknown():
    """A pelaksana with a level, an end before its begin: which is wrong can't be told."""
    one = only(person(posts=[{"kind": "pelaksana", "jenjang": "Mahir", "since": "2020-01-01", "until": "2019-01-01"}]))
    record = one.posts.records[0]
    assert (record.kind, record.jenjang, record.until, record.since) == (None, None, None, None)
    assert set(codes(one)) == {"contradicting-fields"}
    assert {name for found in one.intake for name, _ in found.sides} == {
        f"posts[#1].{part}" for part in ("kind", "jenjang", "since", "until")
    }


def test_a_history_that_is_null_promises_nothing():
    """And is no slip."""
    one = only(person(ranks=None))
    assert (one.ranks.complete_since, one.intake, verdict(one)) == (None, (), "undetermined")


@pytest.mark.parametrize(
    "value", [1, "x", True, {"records": 3}, [[]], {"record": []}, [None], {"records": {"rank": "III/a"}}, [1] * 3000]
)
def test_a_history_of_another_shape_is_told(value):
    """And the rest of the person is read."""
    one = only(person(ranks=value))
    assert one.intake
    assert one.posts.records
    assert verdict(one) == "undetermined"


def test_the_name_of_a_field_is_read_in_any_case():
    """What is no name of a field is told, and not read."""
    one = only({"NIP": NIP, "Birth Date": "1990-01-01", "hobi": "catur", "ranks": [{"Rank": "III/a", "x": 1}]})
    assert (one.birth_date, str(one.ranks.records[0].rank)) == (date(1990, 1, 1), "III/a")
    assert codes(one) == ["unknown-key", "unknown-key"]


# Never a crash, always a place

LEAF = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), st.just("x" * 500),
    st.sampled_from(["", "-", "III/a", "IIId", "01-02-2020", "13/25/2020", "0000-00-00", "ya", "3,5", NIP, f"'{NIP}", "none", "ongoing", "\ud800", "2020"]),
)  # fmt: skip
JSON = st.recursive(LEAF, lambda one: st.lists(one, max_size=4) | st.dictionaries(st.sampled_from(
    ["records", "complete_since", "rank", "since", "until", "kind", "x", "Rank", "level", "year", "rating", "period_start"]), one, max_size=4))  # fmt: skip


@given(st.dictionaries(st.sampled_from([*Employee.model_fields, "x", "NIP"]), JSON, max_size=8))
def test_whatever_stands_in_a_field_is_read_or_told_with_its_place(fields):
    """Never a crash; each finding has its line, names a field, and is told in both languages without a word of Python."""
    (one,) = read(json.dumps({"nip": NIP, **fields}))
    if isinstance(one, BadLine):
        assert one.number == 1
        assert one.reason.id
        return
    for found in (*one.intake, *one.findings(DAY)):
        shown = explained(found)
        for text in (shown.id, shown.en):
            assert not any(
                word in text for word in ("Traceback", "NoneType", "<class", "Decimal(", "union", "validator")
            )
    assert {found.line for found in one.intake} <= {1}
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301  # it is our own
    again = only(one.model_dump_json())
    assert again.model_dump() == one.model_dump(), "what was read is written as the models write it"


@given(
    st.binary(max_size=200)
    | st.lists(
        st.sampled_from([b"{", b"}", b"[", b"]", b'"nip"', b":", b",", b'"', b"\n", NIP.encode(), b"\xff", b"\\"])
    ).map(b"".join)
)
def test_whatever_bytes_a_file_has_it_is_read(text):
    """In UTF-8, or in what its first bytes say; what is no JSON at all is told as a whole."""
    for strict in (False, True):
        try:
            assert all(isinstance(one, (BadLine, Employee)) for one in register(io.BytesIO(text), strict=strict))
        except PolicyError as error:
            assert [one.code for one in error.problems] == ["no-json"]  # either is right


def leaves(data, path=()):
    """Give the way to each value of JSON."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, (dict, list)):
            yield from leaves(value, (*path, key))
        elif value is not None and (*path, key) != ("nip",):
            yield (*path, key)


def is_text(way):
    """Whether any text may stand there, so that none is garbled."""
    if len(way) == 2:
        return way[0] in ("interests", "confirmed") or (way[0] == "protected" and form(Protected, way[1]).kind is str)
    model = HISTORIES[way[0]] if len(way) > 2 else Employee
    return form(model, way[-1]).kind is str


GARBLED = ["???", 1.5, "", None, [], "32-13-2020", "0000-00-00", {"a": 1}, "1.234,567,8"]


@settings(deadline=None)
@given(st.data())
def test_a_field_that_can_not_be_read_never_turns_a_verdict(data):
    """Whatever stood in it, a decided verdict or state stays what it was or is open, through every rule."""
    before = data.draw(st.sampled_from(STAFF))
    garbled = copy.deepcopy(before)
    for _ in range(data.draw(st.integers(1, 2))):
        *way, last = data.draw(st.sampled_from([one for one in sorted(leaves(before), key=str) if not is_text(one)]))
        inside = garbled
        for step in way:
            inside = inside[step]
        inside[last] = data.draw(st.sampled_from(GARBLED))
    for sure, now in zip(decided(before), decided(garbled), strict=True):
        assert now in (sure, "undetermined") or sure == "undetermined", (sure, now)


STAFF = [json.loads(one.model_dump_json(exclude_none=True)) for one in workforce(30, seed=11, as_of=DAY)]
ENGINE = shipped("nasional")


def decided(data):
    return [
        (one.state or one.verdict).value if one.verdict.value != "undetermined" else "undetermined"
        for one in ENGINE.assess(only(data), as_of=DAY)
    ]


@settings(deadline=None)
@given(st.sampled_from(STAFF))
def test_what_is_whole_is_read_as_the_model_reads_it(data):
    """The reader tells nothing of it, strict or not."""
    wanted = Employee.model_validate(data)
    assert only(data) == wanted
    assert read(data, strict=True) == [wanted]


# What is told


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (DataFinding("unreadable-field", "ranks[#1].rank", sides=(("", "IIIz"),), line=3),
         "baris 3: `IIIz`; tulis golongan ruang seperti `III/a`, atau kosongkan bila tidak diketahui"),
        (DataFinding("unreadable-field", "posts[2020-01-01].until", sides=(("", "x"),), line=1),
         "baris 1: `x`; tulis tanggal seperti `2026-10-01`, atau `2026-10` atau `2026` bila hanya itu yang diketahui atau `ongoing` "
         "(masih berjalan), atau kosongkan bila tidak diketahui"),
        (DataFinding("numeric-date", "cpns_on", sides=(("", "01-10-2022"),), line=9), "baris 9: `01-10-2022`"),
    ],
)  # fmt: skip
def test_an_officer_reads_what_was_expected_and_the_way_out(found, wanted):
    """In words of the office."""
    assert explained(found).id == wanted


def test_letters_that_differ_in_case_only_are_what_was_meant():
    """`III/B` is no `III/d`."""
    with pytest.raises(PolicyError, match=r"unknown rank `III/B`; did you mean `III/b`\?"):
        Employee.model_validate({"nip": NIP, "supervisor_rank": "III/B"})


def test_in_python_wrong_data_is_one_sentence_a_field():
    """One typed error, which pickles, and names no type of Python."""
    with pytest.raises(PolicyError) as caught:
        Employee.model_validate(
            {"nip": NIP, "cpns_on": "kemarin", "employment": "PNSS", "ranks": [{"rank": 3}], "supervisor": 7}
        )
    assert [problem.code for problem in caught.value.problems] == ["wrong-data"] * 4
    assert all(problem.help for problem in caught.value.problems)
    assert "union" not in str(caught.value)
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems  # noqa: S301  # it is our own


def test_a_slip_in_a_key_is_told_with_the_key_that_was_meant():
    """At the top and in a record; a key that is like none is told alone."""
    data = {"nip": NIP, "rnks": [], "posts": [{"knd": "pelaksana", "since": "2020-01-01"}], "hobi": "catur"}
    with pytest.raises(PolicyError) as caught:
        Employee.model_validate(data)
    assert {problem.message for problem in caught.value.problems} == {
        "unknown key `rnks`; did you mean `ranks`?",
        "unknown key `posts[0].knd`; did you mean `kind`?",
        "unknown key `hobi`",
    }
    with pytest.raises(PolicyError, match=r"`trainings\[0\]\.hours`: `-1` is less than 0"):
        Employee.model_validate({"nip": NIP, "trainings": [{"hours": -1, "completed_on": "2020-01-01"}]})


def test_a_strict_reader_tells_in_the_language_that_is_asked_for(tmp_path):
    """What a model refuses too."""
    path = tmp_path / "staff.jsonl"
    path.write_text(json.dumps(person(rnks=[])), encoding="utf-8")
    problems = []
    assert not list(read_employees(path, strict=True, bad=problems.append))
    assert "kunci `rnks` tidak dikenal; apakah maksud Anda `ranks`?" in problems[0].message.to("id")


def test_nothing_personal_is_told():
    """Neither on the person nor on the line."""
    secret = "Q7XZ"  # noqa: S105  # it is none
    wrong = {
        name: secret for name in PERSONAL if name in Employee.model_fields and name not in (*HISTORIES, "nip", "name")
    }
    one = only(person(**wrong, sanctions=[{"level": secret, "since": secret}], leaves=[secret]))
    assert one.intake
    assert not any(secret in str(found) or secret in explained(found).en for found in one.intake)


# In a program


def test_whoever_can_not_be_read_goes_to_the_caller_or_is_raised_at_the_end(tmp_path):
    """With file and line; all others come first."""
    path = tmp_path / "staff.jsonl"
    path.write_text("\n".join(["oops", json.dumps(person()), '{"nip": "x"}']), encoding="utf-8")
    problems = []
    assert [one.nip for one in read_employees(path, bad=problems.append)] == [NIP]
    assert [(one.code, one.place.line, one.place.file) for one in problems] == [
        ("bad-line", 1, str(path)),
        ("bad-line", 3, str(path)),
    ]
    seen = []
    with pytest.raises(PolicyError) as caught:
        seen.extend(read_employees(path))
    assert caught.value.problems == tuple(problems)


def test_a_strict_reader_takes_nothing_amiss(tmp_path):
    """Neither another way of writing, nor a key or a person that stands there twice."""
    path = tmp_path / "staff.jsonl"
    twice = json.dumps(person(nip="199001012015031004"))
    path.write_text("\n".join([
        json.dumps(person()), json.dumps(person(nip="199001012015031002", unit=7)),
        json.dumps(person(nip="199001012015031003")).replace('"PNS"', '"PNS", "employment": "PNS"'), twice, twice,
    ]), encoding="utf-8")  # fmt: skip
    problems = []
    assert [one.nip for one in read_employees(path, strict=True, bad=problems.append)] == [NIP]
    assert [one.place.line for one in problems] == [2, 3, 4]


def test_a_reader_pickles_and_reads_alike_in_another_process():
    """It knows what the file as a whole says."""
    with_doubt = register(
        io.BytesIO(
            (
                json.dumps(person(cpns_on="01/03/2015"))
                + "\n"
                + json.dumps(person(nip="199001012015031002", cpns_on="03/25/2015"))
            ).encode()
        )
    )
    again = pickle.loads(pickle.dumps(with_doubt.reader))  # noqa: S301  # it is our own
    assert [again.read(entry) for entry in with_doubt.entries()] == list(with_doubt)
    assert again.month_first == {"cpns_on"}


def test_a_register_can_be_read_again(tmp_path):
    """While it is open."""
    path = tmp_path / "staff.jsonl"
    path.write_text(json.dumps(person()), encoding="utf-8")
    with opened(path) as people:
        assert list(people) == list(people) == [Employee.model_validate(person())]


def test_a_number_is_read_only_when_it_is_whole():
    """Neither too few digits, nor what is no number of a person."""
    assert number(NIP) == NIP
    assert [
        number(one)
        for one in ("1990", "199001012015131001", True, 1.9e17, "199001012015031001 / 2", "A199001012015031001")
    ] == [None] * 6


def test_what_is_too_long_is_one_bad_line():
    """It is not read into memory more than shows that it is."""
    one = Reader().read(PersonText(1, b'{"name": "' + b"x" * 1_000_001))
    assert "1,000,000 bytes" in one.reason.en
    assert Rank.of("III/a")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"PK\x03\x04....[Content_Types].xml....", "a workbook"), (b"PK\x03\x04....a.csv", "a packed file"), (b"PAR1....", "a table of Parquet"),
        (b"\x1f\x8b\x08....", "a packed file"), (b"%PDF-1.7\n", "a PDF"), (b"\xd0\xcf\x11\xe0....", "a workbook"), (b"<?xml version", "a page of HTML"),
        (b"nip,name\n199001012015031001,Budi\n", "a table of CSV"), (b'\xef\xbb\xbf"No";"NIP Baru";"Nama"\r\n1;2;3\r\n', "a table of CSV"),
        (b"Nama\tNIP.\n", "a table of CSV"), (b"SQLite format 3\x00", "a database of SQLite"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_json_is_told_once(tmp_path, content, what):
    """What it is and the way out, and not a problem for each of its lines."""
    file = tmp_path / "staff"
    file.write_bytes(content)
    with pytest.raises(PolicyError, match=what) as caught:
        list(read_employees(file))
    assert [one.code for one in caught.value.problems] == ["no-json"]


@pytest.mark.parametrize("first", ["<<<<<<< HEAD", '"nip": "199001012015031002", "name": "x"', "# nip, name", "PK"])
def test_one_broken_line_at_the_top_costs_no_other(tmp_path, first):
    """Whoever stands below it is decided."""
    file = tmp_path / "staff.jsonl"
    file.write_text(f'{first}\n{{"nip": "{NIP}"}}\n', encoding="utf-8")
    bad = []
    assert [one.nip for one in read_employees(file, bad=bad.append)] == [NIP]
    assert [one.code for one in bad] == ["bad-line"]
