"""Talent: where people stand in the nine boxes, what may leave a unit, and who could follow in a post, blind and in a published order."""

from __future__ import annotations

import json
import pickle
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asnpolicy import Agency, Employee, Engine, PolicyError, TalentMap, Verdict
from asnpolicy.decisions.talent.grid import BOXES, OUTSIDE, ROWS, TalentGrid, counted
from asnpolicy.decisions.talent.succession import Readiness
from asnpolicy.decisions.talent.talent import TalentState
from asnpolicy.policy.library import regions
from asnpolicy.report.talent import grid_svg, page

DAY = date(2026, 10, 1)
EXAMPLES = Path(__file__).parents[2] / "examples"
GOLDEN = Path(__file__).parent / "golden" / "talent-grid.svg"
RATINGS = ("Sangat Baik", "Baik", "Butuh Perbaikan", "Kurang", "Sangat Kurang")
AGENCY = Agency.model_validate({
    "units": [{"code": "dinas", "name": "Dinas A", "part_of": "none"}, {"code": "bidang", "part_of": "dinas"}, {"code": "lain", "part_of": "none"}],
    "openings": [
        {"id": "kasubbag", "title": "Kepala Subbagian", "kind": "pengawas", "echelon": "IV.a", "field": "umum", "vacancies": 1, "unit": "dinas", "lowest_rank": "III/b",
         "lowest_education": "D-III", "competencies": [{"code": "manajerial", "level": 2}]},
        {"id": "analis-muda", "title": "Analis Ahli Muda", "kind": "fungsional", "category": "keahlian", "jenjang": "Ahli Muda", "field": "umum", "vacancies": 1,
         "lowest_rank": "III/c", "lowest_education": "S-1", "competencies": []},
    ],
})  # fmt: skip
SOME = settings(max_examples=40, deadline=None)


@cache
def engine(region: str = "nasional") -> Engine:
    """A shipped policy."""
    return Engine.load(region)


def whole(*records):
    """A history of which every record is there."""
    return {"records": list(records), "complete_since": "all"}


def somebody(serial: int, rating: str | None = "Baik", score: int | None = 80, **given) -> Employee:
    """A civil servant of a unit with a rating of last year and a score of potential; what is given is otherwise."""
    data = {
        "nip": f"198609262015051{serial:03}", "name": f"Pegawai {serial}", "employment": "PNS", "service_status": "aktif", "birth_date": "1986-09-26",
        "cpns_on": "2015-05-01", "pns_on": "2016-05-01", "agency": "pemda", "agency_since": "2015-05-01", "unit": "bidang", "field": "umum",
        "protected": {"sex": "L"},
        "posts": whole({"kind": "pelaksana", "field": "umum", "since": "2018-03-01", "until": "ongoing", "acting": False}),
        "ranks": whole({"rank": "III/b", "since": "2022-10-01"}),
        "educations": whole({"level": "S-1", "field": "umum", "graduated_on": "2014-08-01", "recognised_on": "2015-05-01"}),
        "appraisals": whole(*[{"year": year, "rating": rating, "decided_on": f"{year + 1}-01-15"} for year in (2024, 2025) if rating]),
        "assessments": whole(*([{"kind": "potensi", "score": score, "assessed_on": "2026-02-02"}] if score is not None else [])),
        "competencies": whole({"code": "manajerial", "level": 2, "assessed_on": "2026-02-02"}),
        "sanctions": whole(), "awards": whole(), "mentoring": whole(), "trainings": whole(), "exams": whole(), "leaves": whole(), "statuses": whole(),
    }  # fmt: skip
    return Employee.model_validate(data | given)


def mapped(*people: Employee, **how) -> TalentMap:
    """Map people by the national policy."""
    return engine().talent(people, as_of=DAY, agency=AGENCY, **how)


def place(person: Employee):
    """Where one person stands."""
    return mapped(person).places[0]


# Where somebody stands


@pytest.mark.parametrize("rating", RATINGS)
@pytest.mark.parametrize("score", [0, 59, 60, 79, 80, 100])
def test_the_boxes_are_those_of_the_grid(rating, score):
    """Each rating and each side of each threshold, beside the layout of the ministry's regulation."""
    row = {"Sangat Baik": 0, "Baik": 1}.get(rating, 2)
    column = (score >= 60) + (score >= 80)
    one = place(somebody(1, rating, score))
    assert (one.state, one.box) == (TalentState.MAPPED, ROWS[row][column])
    assert one.in_pool == (one.box >= 7)


def test_screening_comes_first():
    """Somebody who was sanctioned stands in no box, whatever the results, and the criterion says why."""
    sanction = {"level": "sedang", "since": "2025-02-01", "until": "2025-08-01", "final": True}
    one = place(somebody(1, "Sangat Baik", 95, sanctions=whole(sanction)))
    assert (one.state, one.box, one.in_pool, one.treatments) == (TalentState.SCREENED_OUT, None, False, ())
    assert one.reasons[0].to("en").startswith("Does not pass the screening; not met: No moderate or severe sanction")


@pytest.mark.parametrize(
    ("assessed", "state", "warned"),
    [
        ("2024-10-02", TalentState.MAPPED, False),
        ("2024-10-01", TalentState.MAPPED, True),
        ("2023-10-02", TalentState.MAPPED, True),
        ("2023-10-01", TalentState.EXPIRED, False),
    ],
)
def test_results_that_have_aged_are_told_and_then_unknown(assessed, state, warned):
    """Two years to the day: told; three years to the day: the box is unknown, as the policy's own values say."""
    one = place(somebody(1, assessments=whole({"kind": "potensi", "score": 90, "assessed_on": assessed})))
    assert (one.state, bool(one.warnings)) == (state, warned)
    assert (one.box is None) == (state is TalentState.EXPIRED)


def test_a_region_decides_how_long_results_count(tmp_path):
    """Its own value moves the day on which a result no longer counts."""
    folder = tmp_path / "kota-x"
    folder.mkdir()
    (folder / "kebijakan.yaml").write_text(
        "format: 1\nregion: kota-x\nextends: nasional\ntitle: {id: X, en: X}\nsources: {perwal: Perwal 1/2026 (rekaan)}\n"
        "values:\n  asesmen_berlaku:\n    - {from: 2026-01-01, is: 1 year, basis: perwal}\n",
        encoding="utf-8",
    )
    old = somebody(1, assessments=whole({"kind": "potensi", "score": 90, "assessed_on": "2025-10-01"}))
    assert place(old).state is TalentState.MAPPED
    assert Engine.load(folder).talent([old], as_of=DAY).places[0].state is TalentState.EXPIRED


def test_what_was_never_assessed_and_what_is_missing_are_told_apart():
    """Never assessed is known; records that were not delivered leave it open, between the boxes that are possible."""
    assert place(somebody(1, score=None)).state is TalentState.NEVER_ASSESSED
    assert place(somebody(1, rating=None)).state is TalentState.NEVER_ASSESSED
    silent = {"records": [], "complete_since": None}
    one = place(somebody(1, assessments=silent))
    assert (one.state, one.box, one.missing) == (TalentState.UNDETERMINED, None, ("assessments",))
    assert place(somebody(1, sanctions=silent)).missing == ("sanctions",)
    contract = {
        "nip": "198609262022211001",
        "employment": "PPPK",
        "cpns_on": "none",
        "pns_on": "none",
        "ranks": whole(),
    }
    assert place(somebody(1, **contract)).state is TalentState.NOT_APPLICABLE
    assert place(somebody(1, service_status=None)).state is TalentState.UNDETERMINED


def test_what_is_recommended_follows_the_box_and_what_is_on_record():
    """The treatments of the regulation for the box, each with whether it is on record."""
    recommended = {
        1: {"proses-ketentuan"},
        2: {"pengembangan-kompetensi", "bimbingan-kinerja", "penempatan"},
        3: {"pengembangan-kompetensi", "bimbingan-kinerja", "konseling-kinerja", "penempatan"},
        4: {"rotasi", "pengembangan-kompetensi"},
        5: {"pengembangan-kompetensi", "bimbingan-kinerja", "penempatan"},
        6: {"bimbingan-kinerja", "konseling-kinerja", "penempatan"},
        7: {"rotasi", "pengembangan-kompetensi"},
        8: {"rotasi", "bimbingan-kinerja"},
        9: {"penghargaan"},
    }
    for rating in ("Sangat Baik", "Baik", "Kurang"):
        for score in (50, 70, 90):
            one = place(somebody(1, rating, score))
            assert {t.rule.removeprefix("talenta-") for t in one.treatments} == recommended[one.box]
    award = whole({"kind": "teladan", "granted_on": "2026-08-17"})
    (given_,) = place(somebody(1, "Sangat Baik", 90, awards=award)).treatments
    assert given_.state == "fulfilled"


@given(data=st.data())
@SOME
def test_every_place_is_what_the_rules_say(data):
    """On the map exactly when screening and validity hold and the figure is known; nobody is left out."""
    silent = {"records": [], "complete_since": None}
    sanction = {
        "level": data.draw(st.sampled_from(("ringan", "sedang"))),
        "since": "2025-03-01",
        "until": "2025-09-01",
        "final": True,
    }
    odd = {
        "sanctions": data.draw(st.sampled_from((whole(), whole(sanction), silent))),
        "assessments": data.draw(st.sampled_from((
            silent, whole(), whole({"kind": "potensi", "score": None, "assessed_on": "2026-01"}),
            whole({"kind": "potensi", "score": 85, "assessed_on": data.draw(st.sampled_from(("2023", "2024", "2026-02-02", None)))}),
        ))),
        "service_status": data.draw(st.sampled_from(("aktif", "cltn", None))),
    }  # fmt: skip
    person = somebody(1, data.draw(st.sampled_from((*RATINGS, None))), **odd)
    one = place(person)
    screening, validity = (
        engine().decide(person, rule, as_of=DAY).verdict for rule in ("saringan-talenta", "hasil-talenta")
    )
    figure = engine().figure(person, "kotak_talenta", as_of=DAY)
    on_map = screening is validity is Verdict.ELIGIBLE and figure.value is not None
    assert (one.state is TalentState.MAPPED) == on_map
    assert one.box == (figure.value if on_map else None)
    assert bool(one.missing) == (one.state is TalentState.UNDETERMINED)
    assert all(reason.to(lang) for reason in one.reasons for lang in ("id", "en"))


@given(order=st.permutations([somebody(n, RATINGS[n % 3], 50 + 7 * n) for n in range(1, 7)]))
@SOME
def test_the_order_of_people_changes_no_map_and_no_list(order):
    """The same people in another order give the same bytes."""
    ordered = sorted(order, key=lambda one: one.nip)
    assert mapped(*order).model_dump_json() == mapped(*ordered).model_dump_json()
    lists = [
        engine().successors("kasubbag", those, as_of=DAY, agency=AGENCY).model_dump_json() for those in (order, ordered)
    ]
    assert lists[0] == lists[1]


# A unit, and what may leave it


def test_a_unit_has_those_below_it_and_tells_who_may_belong():
    """By the tree of units; whose unit is not known is counted beside it."""
    those = [somebody(1), somebody(2, unit="dinas"), somebody(3, unit="lain"), somebody(4, unit=None)]
    made = mapped(*those, unit="dinas")
    assert [one.person.nip[-3:] for one in made.places] == ["001", "002"]
    assert (made.unit_unknown, made.unit_name) == (1, "Dinas A")
    assert "1 orang" in " ".join(reason.to("id") for reason in made.reasons)
    with pytest.raises(PolicyError, match="did you mean `dinas`"):
        mapped(*those, unit="dinass")


COUNTS = st.lists(st.integers(0, 9), min_size=14, max_size=14)


@given(counts=COUNTS)
def test_no_group_under_five_can_be_read_or_worked_out(counts):
    """Of those hidden there are nobody or five at least; the rest and the total are as they are."""
    grid = TalentGrid(tuple(counts[:9]), tuple(zip(OUTSIDE, counts[9:], strict=True)), sum(counts))
    published = grid.published
    shown = [*published.boxes, *(count for _, count in published.outside)]
    assert all(one is None or one == count >= 5 for one, count in zip(shown, counts, strict=True))
    hidden = sum(count for one, count in zip(shown, counts, strict=True) if one is None)
    if published.people is None:
        assert sum(counts) < 5
        assert set(shown) == {None}
    else:
        assert published.people == sum(counts)
        assert hidden == 0 or hidden >= 5
    assert published.published == published


def test_a_grid_counts_everybody_once():
    """Nine boxes and the states outside come to all people."""
    people = [somebody(n, RATINGS[n % 5], 40 + 4 * n) for n in range(1, 13)] + [somebody(20, score=None)]
    grid = mapped(*people).grid
    assert sum(grid.boxes) + sum(count for _, count in grid.outside) == grid.people == 13
    assert dict(grid.outside)["never_assessed"] == 1


def test_the_picture_is_the_one_that_was_looked_at():
    """The grid as SVG, to the letter; well formed, and no count in it that is hidden."""
    from xml.etree import ElementTree

    grid = counted([box for box in BOXES for _ in range(box + 2)], ["undetermined"] * 3)
    svg = grid_svg(grid.published)
    assert svg == GOLDEN.read_text(encoding="utf-8")
    ElementTree.fromstring(svg)  # noqa: S314  # it is our own
    assert svg.count("tidak ditampilkan</text>") == sum(grid.published.box(box) is None for box in BOXES)


def test_a_page_names_nobody_and_escapes_the_name_of_a_unit():
    """The page has counts alone, in both languages; what a unit is called is data."""
    agency = Agency.model_validate({"units": [{"code": "bidang", "name": "<b>Bidang</b>", "part_of": "none"}]})
    made = engine().talent([somebody(n) for n in range(1, 8)], as_of=DAY, agency=agency, unit="bidang")
    html = page(made, made.grid.published, "both")
    assert "&lt;b&gt;Bidang" in html
    assert "<b>" not in html
    assert "Pegawai 1" not in html
    assert "198609" not in html
    assert html.count("<svg") == 2


# Succession


def successors(opening, *people, **how):
    """List successors by the national policy."""
    return engine().successors(opening, people, as_of=DAY, agency=AGENCY, **how)


def test_candidates_stand_by_readiness_then_box_then_gaps():
    """Ready before lacking, the higher box before the lower, the fewer gaps before the more; equals share a position."""
    low = whole({"code": "manajerial", "level": 1, "assessed_on": "2026-02-02"})
    ready_8, ready_9, twin_8 = somebody(1), somebody(2, "Sangat Baik", 90), somebody(3)
    gap_9, more_9 = (
        somebody(4, "Sangat Baik", 90, competencies=low),
        somebody(5, "Sangat Baik", 90, competencies=low, educations=whole()),
    )
    outside = somebody(6, "Baik", 60)
    made = successors("kasubbag", ready_8, ready_9, twin_8, gap_9, more_9, outside)
    found = [(one.position, one.person.nip[-3:], one.readiness) for one in made.candidates]
    assert found[0] == (1, "002", Readiness.READY)
    assert {one[:2] for one in found[1:3]} == {(2, "001"), (2, "003")}
    assert [one[1] for one in found[3:]] == ["004", "005"]
    assert made.outside_pool == 1
    assert made.candidates[3].reasons[-1].to("id") == "Kompetensi manajerial: tingkat 1; standar jabatan tingkat 2"


def test_gaps_are_those_that_the_definition_finds():
    """Each failed criterion of the rule is a gap, and nobody who may be proposed has one."""
    people = [
        somebody(n, competencies=whole({"code": "manajerial", "level": n % 4, "assessed_on": "2026-02-02"}))
        for n in range(1, 6)
    ]
    for one in successors("kasubbag", *people).candidates:
        person = next(p for p in people if p.nip == one.person.nip)
        decided = Engine.load("nasional", backend="definition").decide(
            person, one.rule, as_of=DAY, target="kasubbag", agency=AGENCY
        )
        assert [gap.criterion for gap in one.gaps] == [c.id for c in decided.criteria if c.status == "failed"]
        assert (one.readiness is Readiness.READY) == (decided.verdict is Verdict.ELIGIBLE)
        assert not (one.gaps and one.readiness is Readiness.READY)


def test_who_may_be_in_the_pool_is_listed_with_what_is_missing():
    """Neither a candidate nor refused: data are missing, or results no longer count."""
    silent = somebody(1, assessments={"records": [], "complete_since": None})
    expired = somebody(2, assessments=whole({"kind": "potensi", "score": 90, "assessed_on": "2020-01-01"}))
    made = successors("kasubbag", silent, expired)
    assert (made.candidates, made.outside_pool) == ((), 0)
    assert {one.state for one in made.undetermined} == {TalentState.UNDETERMINED, TalentState.EXPIRED}
    assert all(one.reasons for one in made.undetermined)


def test_a_rule_for_another_ladder_makes_nobody_a_candidate():
    """A promotion to the next level leads into no managerial post, and into no post of another level."""
    post = {
        "kind": "fungsional",
        "category": "keahlian",
        "jenjang": "Ahli Muda",
        "field": "umum",
        "since": "2018-03-01",
        "until": "ongoing",
        "acting": False,
    }
    expert = somebody(1, posts=whole(post))
    assert {one.rule for one in successors("kasubbag", expert).candidates} <= {"pengangkatan-pengawas"}
    assert "kenaikan-jenjang" not in {one.rule for one in successors("analis-muda", expert).candidates}
    junior = somebody(2, posts=whole(post | {"jenjang": "Ahli Pertama"}))
    assert "kenaikan-jenjang" in {one.rule for one in successors("analis-muda", junior).candidates}


@given(
    at=st.integers(0, 4),
    sex=st.sampled_from(("L", "P")),
    born=st.dates(date(1984, 1, 1), date(1989, 12, 31)),
    opening=st.sampled_from(("kasubbag", "analis-muda")),
)
@SOME
def test_protected_attributes_change_no_place_and_no_position(at, sex, born, opening):
    """A twin of another sex, birth, religion and name, whose number says so, stands where the person stood."""
    people = [somebody(n, RATINGS[n % 2], 70 + 5 * n) for n in range(1, 6)]
    person = people[at]
    number = f"{born:%Y%m%d}{person.nip[8:14]}{1 if sex == 'L' else 2}{person.nip[15:]}"
    protected = {"sex": sex, "religion": "hindu", "ethnicity": "bali", "disability": True, "marital_status": "kawin"}
    data = {
        **person.model_dump(mode="json"),
        "nip": number,
        "name": "Ni Luh",
        "birth_date": born.isoformat(),
        "protected": protected,
    }
    twin = Employee.model_validate(data)
    others = [twin if one is person else one for one in people]

    def seen(those, own):
        places = {
            ("x" if one.person.nip == own else one.person.nip): (one.state, one.box, one.pool)
            for one in mapped(*those).places
        }
        order = [
            (one.position, "x" if one.person.nip == own else one.person.nip, one.readiness, one.person.lot)
            for one in successors(opening, *those, seed=1).candidates
        ]
        return places, order

    assert seen(people, person.nip) == seen(others, number)


def test_a_list_does_not_show_an_age_that_a_law_lets_a_criterion_look_at():
    """The gap is named; how old somebody is, and when they were born, is not."""
    agency = Agency.model_validate(
        {
            "openings": [
                {
                    "id": "kadis",
                    "kind": "jpt-pratama",
                    "echelon": "II.b",
                    "field": "umum",
                    "vacancies": 1,
                    "competencies": [],
                }
            ]
        }
    )
    old = somebody(1, "Sangat Baik", 90, nip="196909262015051001", birth_date="1969-09-26")
    made = engine().successors("kadis", [old], as_of=DAY, agency=agency)
    (one,) = made.candidates
    aged = [gap for gap in one.gaps if gap.seen is None]
    assert len(aged) == 1
    told = " ".join(reason.to(lang) for reason in one.reasons for lang in ("id", "en"))
    assert "1969" not in told
    assert "57" not in told


# Whole and well behaved


def test_results_print_short_compare_pickle_and_are_json():
    """As all that users hold."""
    made, listed = mapped(somebody(1)), successors("kasubbag", somebody(1))
    assert repr(made) == "TalentMap(nasional 2026-10-01: 1 people)"
    assert "19860926" not in repr(made.places) + repr(listed.candidates)
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301
    assert pickle.loads(pickle.dumps(listed)) == listed  # noqa: S301
    assert json.loads(made.model_dump_json())["places"][0]["box"] == 8
    assert json.loads(listed.model_dump_json())["candidates"][0]["readiness"] == "ready"


def test_slips_are_told_in_one_sentence():
    """A number twice, a post that is not there, a policy without talent management, nobody at all."""
    with pytest.raises(PolicyError, match="2 of the people have the NIP"):
        mapped(somebody(1), somebody(1))
    with pytest.raises(PolicyError, match="did you mean `kasubbag`"):
        successors("kasubag", somebody(1))
    with pytest.raises(PolicyError, match="no talent management on this day"):
        engine().talent([somebody(1)], as_of=date(2019, 12, 31))
    assert (mapped().places, successors("kasubbag").candidates) == ((), ())


@pytest.mark.parametrize("region", regions())
def test_every_region_maps_its_sample_workforce(region):
    """Somebody in the pool, candidates for a post, and words for all in both languages."""
    lines = (EXAMPLES / "workforces" / f"{region}.jsonl").read_text(encoding="utf-8").splitlines()
    agency = Agency.model_validate_json((EXAMPLES / "agencies" / f"{region}.json").read_text(encoding="utf-8"))
    people = [Employee.model_validate_json(line) for line in lines[:120]]
    made = engine(region).talent(people, as_of=DAY, agency=agency)
    assert made.pool
    listed = engine(region).successors("kepala-subbagian-umum", people, as_of=DAY, agency=agency)
    assert listed.candidates
    said = (reason for one in (*made.places, *listed.candidates, made, listed) for reason in one.reasons)
    assert all(reason.to(lang).strip() for reason in said for lang in ("id", "en"))


def test_an_assessment_names_what_belongs_to_talent_management():
    """Screening, results, the pool, and what is recommended for a box: among all decisions, each once."""
    one = Employee(nip="198609262015051001", employment="PNS", service_status="aktif")
    made = Engine.load("nasional").assess(one, as_of=date(2026, 10, 1))
    named = [each.rule.id for each in made.talent]
    assert {"saringan-talenta", "hasil-talenta", "kelompok-talenta", "talenta-penghargaan"} <= set(named)
    assert len(named) == len(set(named)) < len(list(made))
    assert "kenaikan-pangkat-reguler" not in named


def test_a_gap_tells_what_stands_in_the_way_and_no_year_that_was_rated():
    """Of two years and a lowest rating, the rating that is too low or the year that is missing, and nothing that is met."""
    text = (EXAMPLES / "agencies" / "kota-semarang.json").read_text(encoding="utf-8")
    lines = (EXAMPLES / "workforces" / "kota-semarang.jsonl").read_text(encoding="utf-8").splitlines()
    made = engine("kota-semarang").successors(
        "kepala-bidang-anggaran",
        map(Employee.model_validate_json, lines),
        as_of=DAY,
        agency=Agency.model_validate_json(text),
    )
    told = [reason.to("en") for one in made.candidates for reason in one.reasons]
    rated = {said for said in told if said.startswith("Rated at least Baik")}
    assert rated == {
        "Rated at least Baik in the last two years – Lowest performance rating: Butuh Perbaikan; required: Baik or higher",
        "Rated at least Baik in the last two years – performance appraisals of 2025: none; required: one",
    }
