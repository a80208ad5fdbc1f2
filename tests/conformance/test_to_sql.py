"""A SELECT over a government's own tables says what decisions say, in DuckDB and in PostgreSQL, or passes the person on."""

from datetime import date, timedelta
from random import Random

import pytest

pytest.importorskip("polars", reason="the extra `columns` is not installed")

import polars

from asnpolicy import Agency, Engine, Opening, PolicyError
from asnpolicy.backends.columns.people import Reads, prepared
from asnpolicy.backends.columns.plan import Plan
from asnpolicy.decisions.assessment import ALONE
from asnpolicy.decisions.frame import with_needed
from asnpolicy.exchange.synth import workforce
from asnpolicy.policy.library import regions
from asnpolicy.workforce import Workforce
from tests.conformance.databases import Duck, deliver, postgres
from tests.conformance.junk import tables
from tests.conformance.people import AGENCY
from tests.conformance.shipped import UNKNOWN
from tests.conformance.test_workforce import (
    DAY,
    MEASURED,
    drawn,
    engine,
    known_since,
    measured,
    one_field,
    with_openings,
)

VACANT = """\
format: 1
region: lowong
title: {id: Lowong, en: Vacant}
sources: {usulan: Usulan}
promotions:
  ke-atas:
    title: {id: Ke atas, en: Upwards}
    from: 2020-01-01
    basis: usulan
    to: opening
    applies_to: {employment: PNS}
    require: {cakap: {title: {id: Cakap, en: Able}, basis: usulan, opening.competency_gaps: 0}}
"""
EACH = 12
"""One rule in so many is asked of people who are drawn."""
AGENCY_WITH_AN_OPENING = Agency.model_validate({"openings": [{"id": "kasi", "kind": "pengawas", "unit": "dinas"}]})


@pytest.fixture(scope="module")
def server():
    """Give a PostgreSQL."""
    with postgres() as started:
        yield started


@pytest.fixture
def duck():
    """Give a DuckDB."""
    return Duck()


def alone(region, as_of):
    """Name the rules of a region that can be asked of one person alone."""
    return [rule.id for rule in engine(region).policy.program(as_of).rules if rule.kind in ALONE]


def told(one):
    """Give what a decision says, by the columns of a query."""
    found = {
        "verdict" if one.state is None else "state": (one.state or one.verdict).value,
        "because": ", ".join(one.because),
    }
    found |= {"to": one.to} if one.rule.target is not None else {}
    found |= {"due": one.due} if one.rule.due is not None else {}
    return found | ({"effect": one.takes_effect} if one.rule.takes_effect is not None else {})


def same(database, region, people, as_of, rules, agency=AGENCY, target=None):
    """Hold queries to decisions made one by one; return the share of rows that were passed on."""
    used = engine(region)
    deliver(database, Workforce.of(people).frames())
    by_number = {one.nip: one for one in people}
    passed = 0
    for rule in rules:
        rows = database.ask(used.to_sql(rule, database.dialect, as_of=as_of, agency=agency, target=target))
        assert [row["nip"] for row in rows] == sorted(by_number)
        for row in rows:
            said = {name: value for name, value in row.items() if name not in ("nip", "passed_on")}
            if row["passed_on"]:
                passed += 1
                assert set(said.values()) == {None}
            else:
                decision = used.decide(by_number[row["nip"]], rule, as_of=as_of, agency=agency, target=target)
                assert said == told(decision), (rule, row)
    return passed / (len(rules) * len(people))


@pytest.mark.parametrize("region", regions())
def test_postgres_says_what_decisions_say(server, region):
    """People who hang together: rule after rule, verdict or state, target, due day, effect and deciding criteria."""
    people = list(workforce(25, seed=5, as_of=DAY))
    assert same(server, region, people, DAY, alone(region, DAY)[regions().index(region) :: 4]) < 0.05


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("unknown", UNKNOWN)
def test_postgres_says_what_decisions_say_whatever_is_unknown(server, region, unknown):
    """People like the typical ones of a region, as they may be delivered."""
    as_of, people = drawn(region, unknown)
    rules = alone(region, as_of)[UNKNOWN.index(unknown) :: EACH]
    assert same(server, region, people, as_of, rules) < 0.9


def into_posts(region, as_of):
    """Name the rules of a region that lead into a vacant post."""
    program = engine(region).policy.program(as_of)
    return [rule for rule in alone(region, as_of) if program.by_id[rule].into_post]


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("which", ["server", "duck"])
def test_an_opening_stands_in_the_query(which, request, region):
    """People before a vacant post: what it asks for, what each lacks of its standard, and what is not known of either."""
    database, rules, rng = request.getfixturevalue(which), into_posts(region, DAY), Random(f"{which} {region}")
    agency = with_openings(rng, DAY, 0.05)
    coherent = list(measured(rng, DAY, 0, workforce(25, seed=5, as_of=DAY)))
    verdicts, used = set(), engine(region)

    def told_apart(rule, opening):
        return {used.decide(one, rule, as_of=DAY, agency=agency, target=opening).verdict for one in coherent}

    for rule in rng.sample(rules, min(len(rules), 5)):
        opening = max(agency.openings, key=lambda each, rule=rule: len(told_apart(rule, each)))
        assert same(database, region, coherent, DAY, [rule], agency, opening.id) < 0.5
        verdicts |= told_apart(rule, opening)
    assert len(verdicts) > 1


@pytest.mark.parametrize("unknown", UNKNOWN)
def test_an_opening_stands_in_the_query_whatever_is_unknown(server, unknown):
    """People and openings as they may be delivered; the opening may be given itself, without an agency."""
    as_of, people = drawn("nasional", unknown)
    rng = Random(f"openings {unknown}")
    rules = into_posts("nasional", as_of)
    for opening in with_openings(rng, as_of, unknown).openings:
        same(server, "nasional", people, as_of, rng.sample(rules, 2), target=opening)


@pytest.mark.parametrize("which", ["server", "duck"])
@pytest.mark.parametrize("many", [None, 0, 1, 2])
def test_what_each_lacks_of_a_standard_is_counted_in_the_query(which, many, request, tmp_path):
    """A level that was found, one below it, one that is not known, a later day, another code, no promise of the whole."""
    (tmp_path / "lowong").mkdir()
    (tmp_path / "lowong" / "kebijakan.yaml").write_text(VACANT, encoding="utf-8")
    used, database = Engine.load(tmp_path / "lowong"), request.getfixturevalue(which)
    people = list(measured(Random(f"lacks {many}"), DAY, 0.3, workforce(80 * (many or 1) ** 2, seed=9, as_of=DAY)))
    standard = None if many is None else [{"code": code, "level": 3 - many} for code in MEASURED[:many]]
    opening = Opening.model_validate({"id": "kasi", "kind": "pengawas", "echelon": "IV.a", "competencies": standard})
    deliver(database, Workforce.of(people).frames())
    by_number, said = {one.nip: one for one in people}, set()
    for row in database.ask(used.to_sql("ke-atas", database.dialect, as_of=DAY, target=opening)):
        if not row.pop("passed_on"):
            decision = used.decide(by_number[row.pop("nip")], "ke-atas", as_of=DAY, target=opening)
            assert row == told(decision)
            said.add(row["verdict"])
    expected = {None: {"undetermined"}, 0: {"eligible"}}.get(many, {"eligible", "ineligible", "undetermined"})
    assert said - {"not_applicable"} == expected


@pytest.mark.parametrize("region", regions())
def test_duckdb_says_what_decisions_say(duck, region):
    """The same in DuckDB, with less of everything."""
    as_of, people = drawn(region, 0.05)
    assert same(duck, region, people, as_of, alone(region, as_of)[7::45]) < 0.9


def test_registers_of_an_earlier_day_are_read_as_of_the_day_asked_for(server):
    """What was known some months before, on the day that is asked for."""
    people = known_since(Random(1), list(workforce(30, seed=11, as_of=DAY - timedelta(days=120))))
    assert same(server, "nasional", people, DAY, alone("nasional", DAY)[3::EACH]) < 0.1


def test_damaged_data_are_decided_alike_or_passed_on(server):
    """Wrong fields in coherent careers; and whomever columns pass on, a query passes on too."""
    rng, rule = Random("damage"), "kenaikan-pangkat-reguler"
    people = [one_field(rng, one_field(rng, one)) for one in workforce(80, seed=13, as_of=DAY)]
    same(server, "nasional", people, DAY, [rule, "jp-tahunan"])
    rows = server.ask(engine("nasional").to_sql(rule, "postgres", as_of=DAY))
    whole = engine("nasional").frame_maker(as_of=DAY).plan
    plan = Plan({name: whole.rules[name] for name in with_needed(whole, [rule])})
    staff = Workforce.of(people)
    out = dict(zip(staff.employees["nip"], prepared(staff, Reads.of(plan), DAY).passed_on, strict=True))
    assert sum(out.values()) > 20
    assert [row["nip"] for row in rows if out[row["nip"]] and not row["passed_on"]] == []


@pytest.mark.parametrize("seed", range(8))
def test_junk_in_the_tables_is_read_as_a_workforce_reads_it(server, duck, seed):
    """Other words, days out of range, blanks, rows of nobody, tables and columns that are not there: alike, or passed on."""
    rng = Random(f"junk {seed}")
    region = rng.choice(regions())
    frames = tables(rng, list(workforce(25, seed=seed, as_of=DAY)), rng.choice((0, 10, 40, 120)))
    rules = rng.sample(alone(region, DAY), 4)
    others = {name: frame for name, frame in frames.items() if name != "employees"}
    staff = Workforce.from_frames(frames["employees"], **others)
    expected = {
        row["nip"]: row for row in engine(region).assess_frame(staff, as_of=DAY, rules=rules).iter_rows(named=True)
    }
    for database in (server, duck) if seed < 2 else (server,):
        deliver(database, frames)
        for rule in rules[:1] if database is duck else rules:
            query = engine(region).to_sql(
                rule, database.dialect, as_of=DAY, tables={n: f.columns for n, f in frames.items()}
            )
            for row in database.ask(query):
                if not row["passed_on"]:
                    for name in set(row) - {"nip", "passed_on"}:
                        there = expected[row["nip"]][rule if name in ("verdict", "state") else f"{rule}:{name}"]
                        assert row[name] == there, (rule, name, row)


OWN = """\
format: 1
region: uji
extends: nasional
title: {id: Uji, en: Test}
sources: {usulan: Usulan}
duties:
  kelas:
    title: {id: Kelas inovasi, en: Innovation class}
    from: 2020-01-01
    basis: usulan
    standing: illustrative
    strength: wajib
    every: calendar_year
    fulfilled_when: {trainings: {where: {code: kelas-inovasi}, during: period, count: {at_least: 1}}}
"""
WRITTEN = {"Kelas Inovasi": "fulfilled", " kelas_inovasi.": None, "KELAS-INOVASI": "fulfilled", "kelas-inovasi": "fulfilled", "Kelas İnovasi": None,
           "lain": "owed"}  # fmt: skip
"""What a register has for a code, and what a query says: nothing of whom it passes on."""


@pytest.mark.parametrize("which", ["server", "duck"])
def test_a_code_of_a_regions_own_is_read_however_it_is_written(which, request, tmp_path):
    """In a query as in decisions: words in small letters, joined by hyphens."""
    (tmp_path / "uji").mkdir()
    (tmp_path / "uji" / "kebijakan.yaml").write_text(OWN, encoding="utf-8")
    used, database = Engine.load(tmp_path / "uji"), request.getfixturevalue(which)
    people = list(workforce(len(WRITTEN), seed=3, as_of=DAY))
    courses = polars.DataFrame({
        "nip": [one.nip for one in people], "code": list(WRITTEN), "completed_on": [DAY - timedelta(days=30)] * len(people),
    })  # fmt: skip
    frames = {**Workforce.of(people).frames(), "trainings": courses}
    deliver(database, frames)
    there = {name: frame.columns for name, frame in frames.items()}
    made = {one.nip: one for one in Workforce.from_frames(**frames)}
    rows = {row["nip"]: row for row in database.ask(used.to_sql("kelas", database.dialect, as_of=DAY, tables=there))}
    for one, expected in zip(people, WRITTEN.values(), strict=True):
        said = used.decide(made[one.nip], "kelas", as_of=DAY).state.value
        row = rows[one.nip]
        assert row["passed_on"] == (expected is None), row
        assert row["passed_on"] or row["state"] == said
        assert said == (expected or "fulfilled")
    assert [one.trainings.records[0].code for one in made.values()][:5] == ["kelas-inovasi"] * 5


LECTURERS = """\
format: 1
region: uji
title: {id: Uji, en: Test}
sources: {usulan: Usulan}
promotions:
  dosen:
    title: {id: Dosen, en: Lecturer}
    from: 2020-01-01
    basis: usulan
    standing: illustrative
    require:
      dosen: {title: {id: Dosen, en: Lecturer}, posts: {where: {title: Dosen}, count: {at_least: 1}}}
      unit: {title: {id: Unit kerja, en: Unit}, unit: {within: dinas-pendidikan}}
"""
NAMED = {
    ("Dosen", "dinas-pendidikan"): "eligible", ("DOSEN", "Dinas Pendidikan"): "eligible", ("Dosen Ahli Madya", "DINAS  PENDIDIKAN"): "eligible",
    ("dosen", "SDN 01"): "eligible", ("Dossen", "dinas-pendidikan"): "undetermined", ("Dosen\tTetap", "dinas pendidikan"): "undetermined",
    ("Perawat", "dinas-pendidikan"): "ineligible", ("Dosen", "Dinas-Kesehatan"): "ineligible", ("Dosen", "Lain"): "undetermined",
}  # fmt: skip
"""What a register has for the name of a post and for a unit, and what is said of whoever holds it there."""


@pytest.mark.parametrize("which", ["server", "duck"])
def test_names_of_posts_and_units_are_read_however_they_are_written(which, request, tmp_path):
    """A unit is found in the tree, and a post by its name, in tables and in a query as in decisions."""
    (tmp_path / "uji").mkdir()
    (tmp_path / "uji" / "kebijakan.yaml").write_text(LECTURERS, encoding="utf-8")
    used, database = Engine.load(tmp_path / "uji"), request.getfixturevalue(which)
    agency = Agency.model_validate({"units": [
        {"code": "Dinas Pendidikan", "part_of": "none"}, {"code": "sdn_01", "part_of": "DINAS PENDIDIKAN"}, {"code": "dinas-kesehatan", "part_of": "none"},
    ]})  # fmt: skip
    frames = Workforce.of(workforce(len(NAMED), seed=3, as_of=DAY)).frames()
    nips = frames["employees"]["nip"].to_list()
    titles, units = zip(*NAMED, strict=True)
    frames["employees"] = frames["employees"].with_columns(
        unit=polars.Series(units), posts_complete_since_is=polars.lit("all")
    )
    frames["posts"] = polars.DataFrame({
        "nip": nips, "title": titles, "kind": ["fungsional"] * len(nips), "jenjang": ["Ahli Madya"] * len(nips),
        "since": [date(2024, 1, 1)] * len(nips), "acting": [False] * len(nips),
    })  # fmt: skip
    deliver(database, frames)
    there = {name: frame.columns for name, frame in frames.items()}
    whole = Workforce.from_frames(frames["employees"], posts=frames["posts"])
    made = {one.nip: one for one in whole}
    table = dict(used.assess_frame(whole, as_of=DAY, rules=["dosen"], agency=agency).select("nip", "dosen").iter_rows())
    query = used.to_sql("dosen", database.dialect, as_of=DAY, tables=there, agency=agency)
    rows = {row["nip"]: row for row in database.ask(query)}
    for nip, expected in zip(nips, NAMED.values(), strict=True):
        assert used.decide(made[nip], "dosen", as_of=DAY, agency=agency).verdict.value == expected
        assert table[nip] == expected
        assert rows[nip]["passed_on"] or rows[nip]["verdict"] == expected, rows[nip]
    assert not all(row["passed_on"] for row in rows.values())


DEADLINES = """\
format: 1
region: tenggat
title: {id: Tenggat, en: Deadlines}
sources: {usulan: Usulan}
holidays:
  2025: {basis: usulan, days: [2025-12-25, 2025-12-26]}
  2026: {basis: usulan, days: [2026-01-01, 2026-03-20, 2026-03-23, 2026-03-24, 2026-08-17]}
promotions:
  sebulan:
    title: {id: Sebulan kerja, en: A month of work}
    from: 2020-01-01
    basis: usulan
    applies_to: {employment: PNS}
    require: {lama: {title: {id: Lama, en: Long}, basis: usulan, time_in_rank: {at_least: 150 working days}}}
duties:
  lapor:
    title: {id: Lapor sesudah naik pangkat, en: Report after a promotion}
    from: 2020-01-01
    basis: usulan
    strength: wajib
    applies_to: {employment: PNS}
    due: {within: 120 working days, of: rank_since}
    fulfilled_when: {training_hours: {in_last: 45 working days, at_least: 20}}
"""


def promoted(person, since):
    """Return somebody who got the last rank on some day; as they were, where they have none."""
    if not person.ranks.records:
        return person
    last = person.ranks.records[-1].model_copy(update={"since": since})
    kept = [each for each in person.ranks.records[:-1] if each.since < since]
    return person.model_copy(update={"ranks": person.ranks.with_records([*kept, last])})


@pytest.mark.parametrize("which", ["server", "duck"])
def test_working_days_are_counted_as_in_decisions(which, request, tmp_path):
    """Over holidays, into years before and after those that are published, for rules, windows and due days."""
    (tmp_path / "tenggat").mkdir()
    (tmp_path / "tenggat" / "kebijakan.yaml").write_text(DEADLINES, encoding="utf-8")
    used, database, rng = Engine.load(tmp_path / "tenggat"), request.getfixturevalue(which), Random(which)
    verdicts = set()
    for as_of in (DAY, DAY.replace(year=2025), DAY.replace(month=1, day=4)):
        people = [promoted(one, as_of - timedelta(days=rng.randrange(330))) for one in workforce(90, seed=21, as_of=as_of)]
        deliver(database, Workforce.of(people).frames())
        by_number, asked = {one.nip: one for one in people}, 0
        for rule in ("sebulan", "lapor"):
            for row in database.ask(used.to_sql(rule, database.dialect, as_of=as_of)):
                if not row.pop("passed_on"):
                    asked += 1
                    decision = used.decide(by_number[row.pop("nip")], rule, as_of=as_of)
                    assert row == told(decision), (rule, as_of)
                    verdicts.add(decision.state or decision.verdict)
        assert asked > 60
    assert {one.value for one in verdicts} >= {"eligible", "ineligible", "undetermined", "owed", "overdue", "fulfilled"}


def test_a_person_who_stands_twice_or_has_no_number_is_passed_on(duck):
    """One row for each number, and none is decided by half of what is said of it."""
    people = list(workforce(3, seed=2, as_of=DAY))
    frames = Workforce.of(people).frames()
    double = frames["employees"].head(1).vstack(frames["employees"])
    odd = frames["employees"].tail(1).with_columns(nip=frames["employees"]["nip"].tail(1).str.replace(r"\d\d$", "xx"))
    deliver(duck, frames | {"employees": double.vstack(odd)})
    rows = duck.ask(engine("nasional").to_sql("jp-tahunan", "duckdb", as_of=DAY))
    first = double["nip"][0]
    assert {row["nip"]: row["passed_on"] for row in rows} == {one.nip: one.nip == first for one in people} | {
        odd["nip"][0]: True
    }


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"rule": "jp-tahunann"}, "unknown-rule"),
        ({"dialect": "oracle"}, "unknown-dialect"),
        ({"tables": {"employees": ["nip"], "rank": ["nip"]}}, "unknown-table"),
        ({"tables": {"employees": ["nip", "born"]}}, "unknown-column"),
        ({"tables": {"employees": ["unit"]}}, "missing-column"),
        ({"tables": {"ranks": ["nip"]}}, "missing-table"),
        ({"rule": "pengangkatan-pengawas", "agency": AGENCY_WITH_AN_OPENING}, "openings"),
        ({"target": "kabid", "agency": AGENCY_WITH_AN_OPENING}, "unknown-opening"),
        ({"rule": "pembimbingan-pengembangan/pair"}, "not-alone"),
    ],
)
def test_what_a_query_cannot_be_made_of_is_refused(given, code):
    """A name that there is not, openings, a rule about two people: each is one clear problem."""
    asked = {"rule": "jp-tahunan", "dialect": "duckdb"} | given
    with pytest.raises(PolicyError) as refused:
        engine("nasional").to_sql(asked.pop("rule"), asked.pop("dialect"), as_of=DAY, **asked)
    assert refused.value.problems[0].code == code


def test_the_same_question_is_the_same_text():
    """A query is a text that can be kept, compared and signed."""
    asked = "kenaikan-pangkat-reguler", "postgres"
    assert engine("jakarta").to_sql(*asked, as_of=DAY) == engine.__wrapped__("jakarta").to_sql(*asked, as_of=DAY)
