"""A workforce in tables is decided as its people are one by one, cell by cell, and comes back as the same people."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest

from asnpolicy import Agency, Engine, Opening, WrongDataError
from asnpolicy.exchange.synth import COMPETENCIES as MEASURED
from asnpolicy.exchange.synth import workforce
from asnpolicy.people import ABSENT, COMPLETE, OPEN
from asnpolicy.people.agency import CompetencyStandard
from asnpolicy.people.histories import in_order
from asnpolicy.people.posts import PostKind
from asnpolicy.policy.library import regions
from asnpolicy.workforce import Workforce
from tests.behaviour.test_findings import DAY as FINDINGS_DAY
from tests.behaviour.test_findings import EXAMPLES
from tests.behaviour.test_findings import person as shows
from tests.conformance.people import AGENCY, day, employee, like, maybe, near, question
from tests.conformance.shipped import PEOPLE, UNKNOWN, typical_people

pytest.importorskip("polars", reason="the extra `columns` is not installed")
DAY = date(2026, 10, 1)
MANY = max(PEOPLE // 25, 12)
FILLER = date(1970, 1, 1)
SHIPPED = Path(__file__).parents[2] / "examples" / "agencies" / "nasional.json"

engine = cache(Engine.load)


def numbered(people):
    """Give each of some people a number of their own."""
    return [one.model_copy(update={"nip": f"{one.nip[:15]}{at + 1:03d}"}) for at, one in enumerate(people)]


def drawn(region, unknown):
    """Draw people like the typical ones of a region, as they may be delivered, and a day."""
    rng = Random(f"tables {region} {unknown}")
    as_of = day(rng)
    return as_of, numbered(like(rng, as_of, unknown, typical_people(region)) for _ in range(MANY))


def measured(rng, as_of, unknown, people):
    """Give people competencies: of each code and level, around the day, and with parts that are not known."""

    def record():
        return {
            "code": maybe(rng, rng.choice(MEASURED), unknown / 2),
            "level": maybe(rng, rng.randrange(1, 6), unknown / 2),
            "assessed_on": maybe(rng, rng.choice((near(rng, as_of), as_of, as_of + timedelta(days=1))), unknown / 2),
        }

    for one in people:
        records = {str(made["code"]): made for made in (record() for _ in range(rng.randrange(5)))}
        since = maybe(rng, COMPLETE, max(unknown, 0.1))
        data = {"records": list(records.values()), "complete_since": since}
        yield one.model_copy(update={"competencies": type(one.competencies).model_validate(data)})


def opening(rng, at, as_of, unknown):
    """Draw an opening as an agency may deliver it, with a standard of what people are measured by."""
    before = question(rng, as_of, unknown).opening
    if before.kind is PostKind.PELAKSANA:  # a post without a ladder
        before = replace(before, echelon=ABSENT)
    fields = {name: getattr(before, name) for name in Opening.model_fields if hasattr(before, name)}
    asked = [CompetencyStandard(code=rng.choice(MEASURED), level=rng.randrange(1, 5)) for _ in range(rng.randrange(3))]
    standard = maybe(rng, tuple(asked), 0.2)
    return Opening(id=f"{at}: [{before.field}]", title="Kepala", competencies=standard, **fields)


def with_openings(rng, as_of, unknown):
    """Return the agency with some openings, the first of which the law has to say something of."""
    drawn = tuple(opening(rng, at, as_of, unknown) for at in range(3))
    shipped = Agency.model_validate_json(SHIPPED.read_text(encoding="utf-8")).openings
    return AGENCY.model_copy(update={"openings": (*shipped, *drawn)})


def known_since(rng, people):
    """Say of some people on which day their registers were known."""
    return [
        one.model_copy(update={"known_on": DAY - timedelta(days=rng.randrange(120))}) if rng.random() < 0.5 else one
        for one in people
    ]


def one_field(rng, person):
    """Return somebody with one day or one number written wrongly, as registers do."""
    history = rng.choice([name for name in ("ranks", "posts", "appraisals", "contracts", "sanctions", "educations") if getattr(person, name).records] or ["ranks"])  # fmt: skip
    records = list(getattr(person, history).records)
    kind = rng.randrange(4)
    if kind == 0 or not records:
        name = rng.choice(("birth_date", "cpns_on", "pns_on", "agency_since"))
        return person.model_copy(
            update={name: rng.choice((FILLER, near(rng, DAY), date(2099, 1, 1), date(2015, 1, 10)))}
        )
    at = rng.randrange(len(records))
    name = rng.choice(records[at].dated)
    if kind == 1:
        wrong = {name: rng.choice((FILLER, date(2020, 1, 5), date(1990, 3, 1), records[at].placed))}
    elif kind == 2:
        wrong = {records[at].dated[0]: records[at - 1].placed}
    else:
        wrong = {rng.choice([n for n in type(records[at]).model_fields if n not in records[at].dated] or [name]): None}
    records[at] = records[at].model_copy(update=wrong)
    data = person.model_dump(mode="json")
    data[history]["records"] = [one.model_dump(mode="json") for one in records]
    try:
        return type(person).model_validate(data)
    except (ValueError, WrongDataError):  # what contradicts itself within a record is refused where it is read
        return person


def same(region, people, as_of, *, detail=False, agency=AGENCY):
    """Hold the frame to decisions made one by one; return how many were passed on."""
    used = engine(region)
    frame = used.assess_frame(Workforce.of(people), as_of=as_of, agency=agency, detail=detail)
    assert frame["nip"].to_list() == [one.nip for one in people]
    for person, row in zip(people, frame.iter_rows(named=True), strict=True):
        for one in used.assess(person, as_of=as_of, agency=agency):
            name = one.rule.id if one.opening is None else f"{one.rule.id}[{one.opening}]"
            expected = {name: (one.state or one.verdict).value, f"{name}:because": ", ".join(one.because)}
            expected |= {f"{name}:to": one.to} if one.rule.target is not None else {}
            expected |= {f"{name}:due": one.due} if one.rule.due is not None else {}
            expected |= {f"{name}:effect": one.takes_effect} if one.rule.takes_effect is not None else {}
            if detail:
                expected |= {f"{name}:missing": list(one.missing)}
                expected |= {f"{name}#{each.id}": each.status for each in one.criteria}
            assert {key: row[key] for key in expected} == expected, (as_of, person)
    return int(frame["passed_on"].sum())


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("unknown", UNKNOWN)
def test_tables_are_decided_as_people_are_one_by_one(region, unknown):
    """Verdict or state, target, due day, effect and deciding criteria of every rule, for everybody, whatever is unknown."""
    as_of, people = drawn(region, unknown)
    assert same(region, people, as_of) < len(people), "all were passed on: nothing was tried"


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("unknown", UNKNOWN)
def test_each_person_is_decided_before_each_opening_as_by_one(region, unknown):
    """What the post asks, what is lacked of its standard, and what of either is not known; the standing of whoever is passed on."""
    rng = Random(f"openings {region} {unknown}")
    as_of, people = drawn(region, unknown)
    people = list(measured(rng, as_of, unknown, people))
    assert same(region, people, as_of, agency=with_openings(rng, as_of, unknown)) < len(people), "nothing was tried"


def test_openings_of_coherent_people_are_decided_in_columns():
    """Verdicts of either kind come about, and gaps are counted; an opening that is written twice stands once."""
    people = list(measured(Random("plain"), DAY, 0, workforce(80, seed=19, as_of=DAY)))
    agency = with_openings(Random("plain"), DAY, 0.05)
    twice = agency.model_copy(update={"openings": (*agency.openings, agency.openings[0])})
    assert same("nasional", people, DAY, agency=agency, detail=True) <= 8
    made, used = Workforce.of(people), engine("nasional")
    frame = used.assess_frame(made, as_of=DAY, agency=agency)
    assert frame.equals(used.assess_frame(made, as_of=DAY, agency=twice))
    into = [name for name in frame.columns if name.endswith("]")]
    assert {"eligible", "ineligible", "undetermined"} <= {verdict for name in into for verdict in frame[name].unique()}


@pytest.mark.parametrize("known", [False, True])
def test_a_plain_workforce_is_hardly_ever_passed_on(known):
    """Coherent people are decided in columns, on the day of their registers and on a later one."""
    made = DAY - timedelta(days=120) if known else DAY  # nothing on record is later than the day it was known
    people = list(workforce(60, seed=11, as_of=made))
    assert same("nasional", known_since(Random(1), people) if known else people, DAY) <= 6


def test_who_has_no_status_on_record_is_decided_in_columns_where_the_day_says_enough():
    """A rule that follows a death or an age limit is undetermined for civil servants; of others it counts whether it ever was for them."""
    made = workforce(80, seed=20, as_of=DAY - timedelta(days=120))  # nothing on record is later than the day it was known
    people = [one.model_copy(update={"service_status": None}) for one in made]
    others = sum(str(one.employment) != "PNS" for one in people)
    assert 0 < others < 60
    assert same("nasional", known_since(Random(2), people), DAY) <= others + 6


def test_who_may_have_leave_that_is_not_on_record_is_decided_in_columns():
    """Since when a rank counts is then not known, and nobody is passed on for it."""
    made = workforce(80, seed=21, as_of=DAY)
    people = [one.model_copy(update={"leaves": type(one.leaves)()}) for one in made]
    assert same("nasional", people, DAY) <= 6


def test_details_are_those_of_decisions():
    """The status of each criterion, and what is missing."""
    same("nasional", list(workforce(20, seed=12, as_of=DAY)), DAY, detail=True)


def test_damaged_data_are_decided_alike():
    """One wrong field in a coherent career: a filler, a swapped day, a double, a hole."""
    rng = Random("damage")
    same("nasional", [one_field(rng, one) for one in workforce(70, seed=13, as_of=DAY)], DAY)


def test_whoever_has_a_finding_that_leaves_something_unknown_is_passed_on():
    """The tests in columns hold for everybody in whose data people find such a thing, of what the rules read."""
    rng, used = Random("suspects"), engine("nasional")
    people = [one_field(rng, one_field(rng, one)) for one in workforce(400, seed=14, as_of=DAY)]
    rules = [name for name in ("kenaikan-pangkat-reguler", "jp-tahunan", "pensiun-bup") if name in used.policy.rules]
    maker = used.frame_maker(as_of=DAY)
    from asnpolicy.backends.columns.people import prepared

    passed = prepared(Workforce.of(people), maker.reads, DAY).passed_on
    histories = {*maker.reads.histories, "contracts"}
    found = 0
    for person, out in zip(people, passed, strict=True):
        touches = [touch for one in person.findings(DAY) for touch in one.touches]
        if any(touch.history in histories or not touch.history for touch in touches):
            found += 1
            assert out, (person.nip, person.findings(DAY))
    assert found > 100, rules


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_whoever_shows_a_kind_of_finding_is_decided_as_by_one(code):
    """The example of each kind that there is: columns pass it on, or say the same."""
    one = shows(EXAMPLES[code][0])
    if not one.intake:  # what a reader found is in no table
        same("nasional", [one], FINDINGS_DAY)


@pytest.mark.parametrize("unknown", UNKNOWN)
def test_people_come_back_from_tables_as_they_were(unknown):
    """Typed people into tables and back: days known in part, open ends, what is none and what is not known."""
    rng = Random(f"back {unknown}")
    people = numbered(employee(rng, DAY, unknown) for _ in range(60))
    assert list(Workforce.of(people)) == people


def test_a_day_that_runs_on_is_not_a_day(tmp_path):
    """What is written to files and read again is the same workforce, open ends too."""
    people = list(workforce(40, seed=15, as_of=DAY))
    Workforce.of(people).write(tmp_path / "tables")
    back = list(Workforce.read(tmp_path / "tables"))
    assert sorted(back, key=lambda one: one.nip) == sorted(people, key=lambda one: one.nip)
    assert any(post.until == OPEN for one in back for post in one.posts.records)
    assert replace(Workforce.of(people), amiss=()).employees.height == 40


@pytest.mark.parametrize("history", ["posts", "contracts"])
@pytest.mark.parametrize("turned", [False, True])
def test_what_begins_on_one_day_is_decided_alike_in_whatever_order_it_comes(history, turned):
    """A post that ended at once may stand before or after the one that runs on: whether they overlap is not left to the order."""
    person = next(one for one in workforce(300, seed=16, as_of=DAY) if len(getattr(one, history).records) == 1)
    record = getattr(person, history).records[0]
    long = record.model_copy(update={"title": "A"} if history == "posts" else {})
    short = record.model_copy(update={"until": record.since, **({"title": "B"} if history == "posts" else {})})
    both = getattr(person, history).with_records(in_order((short, long)))
    person = person.model_copy(update={history: both})
    made = Workforce.of([person])
    turn = made.histories[history].reverse() if turned else made.histories[history]
    made = replace(made, histories={**made.histories, history: turn})
    used = engine("nasional")
    frame = used.assess_frame(made, as_of=DAY)
    for one in used.assess(person, as_of=DAY):
        assert frame[one.rule.id].to_list() == [(one.state or one.verdict).value], one.rule.id
