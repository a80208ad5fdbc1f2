"""Mentors assigned through the engine: limits, places, order, blindness, kept and forced pairs, and what bound the rest."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from datetime import date
from hashlib import blake2b, sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asnpolicy import Agency, Assignment, Employee, Objective, PolicyError, Verdict
from asnpolicy.decisions.mentoring.assignment import How, Limit
from asnpolicy.decisions.mentoring.groups import shares
from asnpolicy.decisions.mentoring.joins import Join
from asnpolicy.decisions.mentoring.scheme import scheme as scheme_of
from tests.behaviour.mentees import (
    ALIKE,
    DAY,
    OPEN,
    RULE,
    SUPERIOR,
    agencies,
    couples,
    engine,
    folder,
    nip,
    pairing,
    people,
    somebody,
)  # fmt: skip

OBJECTIVES = tuple(Objective)
RULES = (RULE, SUPERIOR, OPEN, ALIKE)
SOME = settings(max_examples=200, deadline=None)
DRAWN = st.data()


def assign(those, rule=RULE, **how) -> Assignment:
    """Assign mentors by the small policy."""
    return engine().assign_mentors(those, as_of=DAY, rule=rule, **how)


def verdict(rule, person, agency, mentor=None) -> Verdict:
    """What the definition says of a person, or of two."""
    decided = engine("definition").decide(person, rule, as_of=DAY, agency=agency, mentor=mentor)
    return decided.verdict


def drawn(data) -> tuple[list[Employee], Agency, str, str]:
    """Draw people, their agency, a rule and an objective."""
    those = data.draw(people())
    return those, data.draw(agencies(those)), data.draw(st.sampled_from(RULES)), data.draw(st.sampled_from(OBJECTIVES))


# What every assignment keeps to


@given(data=DRAWN)
@SOME
def test_every_pair_meets_the_limits_and_no_mentor_has_too_many(data):
    """By the definition: the mentee needs a mentor, the mentor may be one, the two may be a pair, within the capacity."""
    those, agency, rule, objective = drawn(data)
    made = assign(those, rule, agency=agency, objective=objective)
    by_nip = {one.nip: one for one in those}
    for one in made.pairs:
        mentor, mentee = by_nip[one.mentor.nip], by_nip[one.mentee.nip]
        assert mentor.nip != mentee.nip
        assert verdict(rule, mentee, agency) is Verdict.ELIGIBLE
        assert verdict(f"{rule}/mentor", mentor, agency) is Verdict.ELIGIBLE
        assert verdict(f"{rule}/pair", mentee, agency, mentor) is Verdict.ELIGIBLE
    capacity = {RULE: 2, SUPERIOR: len(those), OPEN: 1, ALIKE: 1}[rule]
    assert all(load.taken <= capacity for load in made.loads)
    assert sum(load.taken for load in made.loads) == len(made.pairs) == made.reached.placed


@given(data=DRAWN)
@SOME
def test_everybody_is_told_of_once(data):
    """Whoever needs a mentor has one or is told why not; of whom it is not known, what is missing is told."""
    those, agency, rule, objective = drawn(data)
    made = assign(those, rule, agency=agency, objective=objective)
    told = [one.mentee.nip for one in made.pairs] + [one.mentee.nip for one in made.unassigned]
    needs = {one.nip: verdict(rule, one, agency) for one in those}
    may = {one.nip: verdict(f"{rule}/mentor", one, agency) for one in those}
    assert sorted(told) == sorted(n for n, one in needs.items() if one is Verdict.ELIGIBLE)
    assert {one.mentor.nip for one in made.loads} == {n for n, one in may.items() if one is Verdict.ELIGIBLE}
    unknown = {(one.participant.nip, one.side) for one in made.undetermined}
    assert unknown == {
        (n, side) for side, those_ in (("mentee", needs), ("mentor", may)) for n, one in those_.items() if one is Verdict.UNDETERMINED
    }  # fmt: skip
    assert all(one.missing for one in made.undetermined)


@given(data=DRAWN)
@SOME
def test_a_pair_is_offered_exactly_when_the_definition_says_so(data):
    """Joins leave out nobody who would do, and whatever is not known is told, of the pair or of the person."""
    those, agency, rule, _ = drawn(data)
    made = assign(those, rule, agency=agency)
    mentees = [one for one in those if verdict(rule, one, agency) is Verdict.ELIGIBLE]
    mentors = [one for one in those if verdict(f"{rule}/mentor", one, agency) is Verdict.ELIGIBLE]
    found = {
        (mentor.nip, mentee.nip): verdict(f"{rule}/pair", mentee, agency, mentor)
        for mentee in mentees for mentor in mentors if mentor.nip != mentee.nip
    }  # fmt: skip
    assert made.candidates == sum(one is Verdict.ELIGIBLE for one in found.values())
    for mentor, mentee in (couple for couple, one in found.items() if one is Verdict.UNDETERMINED):
        assert any(
            (one.mentor is None or one.mentor.nip == mentor) and (one.mentee is None or one.mentee.nip == mentee)
            for one in made.undecided
        )
    for one in made.undecided:
        assert one.missing
        if one.mentor is not None and one.mentee is not None:
            assert found[one.mentor.nip, one.mentee.nip] is Verdict.UNDETERMINED


@given(data=DRAWN)
@SOME
def test_the_limit_that_is_named_is_the_one_that_bound(data):
    """Nobody will do, by the definition; or all who will are full; or of somebody it is not known."""
    those, agency, rule, objective = drawn(data)
    made = assign(those, rule, agency=agency, objective=objective)
    by_nip, full = {one.nip: one for one in those}, {one.mentor.nip for one in made.loads if one.taken == one.places}
    for one in made.unassigned:
        mentee = by_nip[one.mentee.nip]
        found = {}
        for mentor in those:
            if mentor.nip != mentee.nip:
                pair = verdict(f"{rule}/pair", mentee, agency, mentor), verdict(f"{rule}/mentor", mentor, agency)
                found[mentor.nip] = _least(pair)
        fit = {n for n, worth in found.items() if worth is Verdict.ELIGIBLE}
        if one.limit is Limit.FULL:
            assert {mentor.nip for mentor in one.mentors} == fit
            assert fit <= full
        else:
            assert not fit
        if one.limit is Limit.NO_CANDIDATE:
            assert set(found.values()) <= {Verdict.INELIGIBLE}
            mentors = [n for n in found if verdict(f"{rule}/mentor", by_nip[n], agency) is Verdict.ELIGIBLE]
            assert all(count.mentors <= len(mentors) for count in one.failed)
            assert bool(one.failed) == bool(mentors)
        if one.limit is Limit.UNKNOWN:
            assert one.missing
        assert all(reason.to(lang) for reason in one.reasons for lang in ("id", "en"))


def _least(verdicts):
    order = (Verdict.INELIGIBLE, Verdict.UNDETERMINED, Verdict.ELIGIBLE)
    return min(verdicts, key=order.index)


@given(data=DRAWN)
@SOME
def test_stable_leaves_nobody_with_a_justified_claim_and_the_best_are_shown_to_be(data):
    """No blocking pair with stable; with the others the bound is what is reached, and no objective places more."""
    those, agency, rule, _ = drawn(data)
    made = {one: assign(those, rule, agency=agency, objective=one) for one in OBJECTIVES}
    assert made["stable"].blocking_pairs == 0
    assert made["stable"].bound is None
    assert made["total"].optimal
    assert made["max-min"].optimal
    assert made["stable"].reached.placed <= made["total"].reached.placed == made["max-min"].reached.placed
    assert made["total"].reached.total >= made["max-min"].reached.total
    points = [one.wish for one in made["total"].pairs]
    assert not points or made["max-min"].reached.least >= min(points)


def test_those_who_have_none_of_what_must_be_shared_are_not_even_looked_at():
    """Two without a rank have no rank in common: a join leaves both out, however many there are."""
    none = {"ranks": {"records": [], "complete_since": "all"}}
    scheme = scheme_of(engine().policy, engine()._decider, ALIKE, DAY, Agency(), by_definition=False)
    mentors = [somebody(1, 9, **none), somebody(2, 9)]
    assert list(Join(scheme, mentors).partners(somebody(3, **none)).mentors) == []
    assert list(Join(scheme, mentors).partners(somebody(3)).mentors) == [1]


def test_what_every_pair_needs_and_nobody_knows_of_a_person_is_told_once():
    """Superiors that were not delivered at all: one line a mentee, none a pair, and nothing is looked at in vain."""
    mentees = [somebody(serial, supervisor=None) for serial in (1, 2, 3)]
    mentors = [somebody(4, 9), somebody(5, 9, unit=None), somebody(6, 9)]
    made = assign([*mentees, *mentors])
    told = {(one.mentee and one.mentee.nip, one.mentor and one.mentor.nip, one.missing) for one in made.undecided}
    assert told == {
        *((one.nip, None, ("mentee.supervisor",)) for one in mentees), (None, mentors[1].nip, ("mentor.unit",)),
    }  # fmt: skip
    assert [one.limit for one in made.unassigned] == [Limit.UNKNOWN] * 3
    known = assign([*mentees, *mentors], agency=Agency(relations=()))
    assert known.reached.placed == 3


def test_a_mentor_who_is_the_wrong_one_leaves_no_doubt():
    """Where the superior must be the mentor, what is not known of anybody else says nothing of a mentee."""
    boss, stranger = somebody(1, 9, service_status="cltn"), somebody(2, 9, service_status=None)
    mentee = somebody(3, supervisor=boss.nip)
    left = assign([boss, stranger, mentee], SUPERIOR).mentor_of(mentee.nip)
    assert left is None
    told = next(one for one in assign([boss, stranger, mentee], SUPERIOR).unassigned if one.mentee.nip == mentee.nip)
    assert told.limit is Limit.NO_CANDIDATE
    assert told.superior.to("en") == "The direct superior may not be a mentor: In active service"
    doubtful = assign([stranger, somebody(4, supervisor=stranger.nip)], SUPERIOR).unassigned[0]
    assert (doubtful.limit, doubtful.missing) == (Limit.UNKNOWN, ("mentor.service_status",))


@given(data=DRAWN)
@SOME
def test_a_place_more_of_a_mentor_hurts_no_mentee(data):
    """With stable, whoever takes two instead of one, nobody has a mentor whom they want less, or none where they had one."""
    those, agency, _, _ = drawn(data)
    mentors = [one.nip for one in those if verdict(f"{RULE}/mentor", one, agency) is Verdict.ELIGIBLE]
    if not mentors:
        return
    one = data.draw(st.sampled_from(mentors))
    fewer, more = (assign(those, agency=agency, places={one: places}) for places in (1, 2))
    for pair in fewer.pairs:
        after = more.mentor_of(pair.mentee.nip)
        assert after is not None
        assert after.wish >= pair.wish


# The order of input, the process, protected attributes


@given(data=DRAWN)
@SOME
def test_the_order_of_people_changes_nothing(data):
    """The same people in another order give the same bytes."""
    those, agency, rule, objective = drawn(data)
    shuffled = data.draw(st.permutations(those))
    one, other = (assign(each, rule, agency=agency, objective=objective) for each in (those, shuffled))
    assert one == other
    assert one.model_dump_json() == other.model_dump_json()


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_the_hash_seed_of_the_process_changes_nothing(objective):
    """Two processes with other hash seeds, and people in another order, give the same bytes."""
    those = [somebody(serial, years) for serial, years in enumerate((1, 1, 2, 2, 3, 9, 9, 12), 1)]
    program = (
        "import sys; from asnpolicy import Engine, Employee; from datetime import date; from pathlib import Path\n"
        "people = [Employee.model_validate_json(line) for line in sys.stdin]\n"
        f"made = Engine.load(Path({str(folder())!r})).assign_mentors(people, as_of=date(2026, 10, 1), rule={RULE!r}, objective={str(objective)!r})\n"
        "print(made.model_dump_json())"
    )

    def run(hash_seed, those):
        text = "\n".join(one.model_dump_json(exclude_none=True) for one in those)
        env = {**os.environ, "PYTHONHASHSEED": hash_seed}
        done = subprocess.run(
            [sys.executable, "-c", program], input=text, capture_output=True, text=True, check=True, env=env
        )
        return done.stdout

    assert run("1", those) == run("77", those[::-1])


@given(data=DRAWN)
@SOME
def test_one_persons_protected_attributes_change_nothing(data):
    """A twin of another sex, birth and religion, whose number says so, gets the same mentor and the same mentees."""
    those, agency, rule, objective = drawn(data)
    if not those:
        return
    at = data.draw(st.integers(0, len(those) - 1))
    person = those[at]
    twin_nip = nip(date(1988, 2, 29), date(int(person.nip[8:12]), int(person.nip[12:14]), 1), 2, int(person.nip[15:]))
    protected = {"sex": "P", "religion": "hindu", "ethnicity": "bali", "disability": True, "marital_status": "kawin"}
    same = {
        "nip": twin_nip, "name": "Ni Luh", "birth_date": "1988-02-29", "protected": protected,
    }  # fmt: skip
    twin = Employee.model_validate({**person.model_dump(mode="json"), **same})
    renamed = [
        twin
        if one is person
        else one.model_copy(update={"supervisor": twin_nip})
        if one.supervisor == person.nip
        else one
        for one in those
    ]
    text = agency.model_dump_json().replace(person.nip, twin_nip)
    before = assign(those, rule, agency=agency, objective=objective, seed=1)
    after = assign(renamed, rule, agency=Agency.model_validate_json(text), objective=objective, seed=1)
    swapped = {tuple(twin_nip if n == person.nip else n for n in couple) for couple in couples(before)}
    assert couples(after) == swapped


def test_nothing_that_tells_of_a_protected_attribute_is_in_the_lottery_key():
    """The number, the name, births, other people's numbers and leaves are not seen; what else is on record is."""
    from asnpolicy.decisions.mentoring.lottery import TELLING, record_key

    person = somebody(
        7, leaves=[{"kind": "melahirkan", "since": "2025-01-01"}], mentoring=[{"partner": "x", "since": "2025-01-01"}]
    )
    key = record_key(person, DAY)
    assert person.nip[:8] not in key
    assert "Pegawai" not in key
    for name in TELLING - {"nip"}:
        assert f'"{name}"' not in key
    assert '"unit":"dinas-a"' in key
    assert record_key(person.model_copy(update={"field": "kesehatan"}), DAY) != key


def test_records_of_later_days_change_no_lot():
    """An assignment asked for again a year later, with what came since on record, draws the same numbers."""
    those = [somebody(1), somebody(2), somebody(3, 9)]
    later = [
        one.model_copy(
            update={"trainings": one.trainings.model_copy(update={"records": (*one.trainings.records, training())})}
        )
        for one in those
    ]
    assert [p.mentee.lot for p in assign(those).pairs] == [p.mentee.lot for p in assign(later).pairs]


def training():
    """A training of a later day."""
    return somebody(1, trainings=[{"hours": 3, "completed_on": "2027-05-01"}]).trainings.records[0]


def test_another_seed_is_another_draw_and_the_same_seed_the_same():
    """Of two who are equal in everything that counts, either may get the place: the seed decides, and is published."""
    one, other = somebody(1), somebody(2)
    mentor = somebody(3, 9)
    who = {
        seed: next(iter(assign([one, other, mentor], seed=seed, places={mentor.nip: 1}).pairs)).mentee.nip
        for seed in range(40)
    }
    assert set(who.values()) == {one.nip, other.nip}
    assert assign([one, other, mentor], seed=5).seed == "5"
    assert assign([one, other, mentor]).seed == f"kota-contoh {RULE} 2026-10-01"


def test_keys_decide_the_lottery_when_they_are_given():
    """With opaque keys nothing on record plays a part, and a person who changes everything but the key keeps the lot."""
    one, other, mentor = somebody(1), somebody(2), somebody(3, 9)
    keys = {one.nip: "a1", other.nip: "b2", mentor.nip: "c3"}
    before = assign([one, other, mentor], keys=keys)
    after = assign([one.model_copy(update={"interests": ("x",)}), other, mentor], keys=keys)
    assert [p.mentee.lot for p in before.pairs] == [p.mentee.lot for p in after.pairs]
    swapped = assign([one, other, mentor], keys={**keys, one.nip: "b2", other.nip: "a1"})
    lots = {p.mentee.nip: p.mentee.lot for p in before.pairs}
    assert {p.mentee.nip: p.mentee.lot for p in swapped.pairs} == {one.nip: lots[other.nip], other.nip: lots[one.nip]}


def test_anybody_can_draw_the_lottery_again():
    """As the page says: a keyed hash of the key, keyed with the hash of the seed."""
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "assign-mentors.md").read_text(encoding="utf-8")
    formula = page[page.index("blake2b(key.encode()") :].split("\n")[0]
    one, mentor = somebody(1), somebody(2, 9)
    pair = assign([one, mentor], seed="7 3", keys={one.nip: "a1", mentor.nip: "b2"}).pairs[0]
    for person, key in ((pair.mentee, "a1"), (pair.mentor, "b2")):
        assert eval(formula, {"blake2b": blake2b, "sha256": sha256, "key": key, "seed": "7 3"}) == person.lot  # noqa: S307


def test_those_whom_only_protected_data_tell_apart_are_told():
    """Two of the same record and serial number, born on other days, are drawn all the same, and named."""
    one = somebody(1)
    born = date(1990, 1, 1)
    other = one.model_copy(update={"nip": nip(born, date(2024, 3, 1), 1, 1), "birth_date": born})
    made = assign([one, other, somebody(3, 9)])
    assert {each.nip for each in made.alike} == {one.nip, other.nip}
    assert len(made.pairs) == 2
    assert made == assign([somebody(3, 9), other, one])
    assert any(reason.code == "assigned.alike" for reason in made.reasons)


# Kept, forced, forbidden


@given(data=DRAWN)
@SOME
def test_what_is_kept_stays_unless_a_limit_fails(data):
    """By the definition: a kept pair is released exactly when a limit fails or there is no place; unknown ends nothing."""
    those, agency, rule, objective = drawn(data)
    if len(those) < 2:
        return
    by_nip = {one.nip: one for one in those}
    keep = {}
    for mentee in data.draw(st.lists(st.sampled_from(those), max_size=4, unique_by=lambda one: one.nip)):
        mentor = data.draw(st.sampled_from([one for one in those if one.nip != mentee.nip]))
        keep[mentee.nip] = pairing(mentor, mentee)
    made = assign(those, rule, agency=agency, objective=objective, keep=keep.values())
    released = {(one.pair.mentor, one.pair.mentee): one.why.code for one in made.released}
    for pair in keep.values():
        mentor, mentee = by_nip[pair.mentor], by_nip[pair.mentee]
        found = (
            verdict(rule, mentee, agency), verdict(f"{rule}/mentor", mentor, agency), verdict(f"{rule}/pair", mentee, agency, mentor),
        )  # fmt: skip
        failed = Verdict.INELIGIBLE in found or Verdict.NOT_APPLICABLE in found
        couple = pair.mentor, pair.mentee
        assert (released.get(couple) == "released.limits") == failed
        if couple not in released:
            kept = made.mentor_of(pair.mentee)
            assert (kept.how, kept.mentor.nip) == (How.KEPT, pair.mentor)
            assert bool(kept.missing) == (Verdict.UNDETERMINED in found)
        elif not failed:
            assert released[couple] == "released.full"
    assert (made.keep_cost is None) == (not keep)
    if keep and objective != "stable":
        cost = made.keep_cost
        fixed_unknown = any(one.missing for one in made.pairs)
        assert fixed_unknown or (cost.placed, cost.total) >= (0, 0)


@given(data=DRAWN)
@SOME
def test_forced_pairs_are_there_and_forbidden_ones_never(data):
    """Any pair that was offered can be forced, or forbidden; the others go on as if it were so anyway."""
    those, agency, rule, objective = drawn(data)
    made = assign(those, rule, agency=agency, objective=objective)
    if not made.pairs:
        return
    one = data.draw(st.sampled_from(made.pairings))
    forced = assign(those, rule, agency=agency, objective=objective, forced=[one])
    assert (one.mentor, one.mentee) in couples(forced)
    assert forced.mentor_of(one.mentee).how is How.FORCED
    without = assign(those, rule, agency=agency, objective=objective, forbidden=[one])
    assert (one.mentor, one.mentee) not in couples(without)
    assert without.candidates == made.candidates - 1


def test_keeping_says_what_it_cost():
    """A kept pair that is not the best costs points, and somebody a mentor whom they prefer."""
    mentees = [somebody(1, field="kesehatan"), somebody(2)]
    mentors = [somebody(3, 9, field="kesehatan"), somebody(4, 9)]
    keep = [pairing(mentors[1], mentees[0]), pairing(mentors[0], mentees[1])]
    made = assign([*mentees, *mentors], objective="total", keep=keep)
    assert made.keep_cost.total == 4
    assert made.keep_cost.placed == 0
    assert (made.keep_cost.better_off, made.keep_cost.worse_off) == (2, 0)
    assert made.blocking_pairs == 2
    assert made.optimal  # given what is fixed
    assert "4 poin lebih banyak" in next(one for one in made.reasons if one.code == "assigned.keep").to("id")


def test_kept_pairs_beyond_the_places_go_to_whom_the_mentor_wants_most():
    """With one place left of two, the mentee with the least time in service stays, as the rule prefers."""
    mentor, young, old = somebody(1, 9), somebody(2, 1), somebody(3, 3)
    made = assign([mentor, young, old], keep=[pairing(mentor, young), pairing(mentor, old)], places={mentor.nip: 1})
    assert couples(made) == {(mentor.nip, young.nip)}
    assert [one.why.code for one in made.released] == ["released.full"]


def test_people_who_left_release_their_pairs():
    """Last year's pairs may name people of today no more; that is told, and is no mistake."""
    mentor, mentee = somebody(1, 9), somebody(2)
    gone = somebody(3)
    made = assign([mentor, mentee], keep=[pairing(mentor, gone), pairing(gone, mentee)])
    assert {one.why.code for one in made.released} == {"released.gone.mentor", "released.gone.mentee"}
    assert couples(made) == {(mentor.nip, mentee.nip)}


def test_a_kept_pair_gives_way_to_a_forced_and_to_a_forbidden_one():
    """What is settled anew goes before what holds."""
    one, other, mentee, second = somebody(1, 9), somebody(2, 9), somebody(3), somebody(4)
    made = assign(
        [one, other, mentee, second], keep=[pairing(one, mentee), pairing(one, second)], forced=[pairing(other, mentee)],
        forbidden=[pairing(one, second)],
    )  # fmt: skip
    assert {(r.pair.mentee, r.why.code) for r in made.released} == {
        (mentee.nip, "released.forced"), (second.nip, "released.forbidden"),
    }  # fmt: skip
    assert couples(made) == {(other.nip, mentee.nip), (other.nip, second.nip)}


def test_a_kept_pair_of_which_a_limit_is_unknown_takes_its_place():
    """A mentor kept by somebody whose unit is not known has one place less, and nobody has a claim to it."""
    mentor, kept, other, third = somebody(1, 9), somebody(2, unit=None), somebody(3), somebody(4)
    made = assign([mentor, kept, other, third], keep=[pairing(mentor, kept)])
    assert made.mentor_of(kept.nip).missing == ("pair.same_unit",)
    assert made.mentor_of(kept.nip).choice is None
    assert made.reached.placed == 2
    assert (made.loads[0].taken, made.loads[0].places) == (2, 2)
    assert made.blocking_pairs == 0
    stranger = somebody(5, 9, unit=None)
    aside = assign([mentor, stranger, other], keep=[pairing(stranger, other)])
    assert aside.mentor_of(other.nip).mentor.nip == stranger.nip
    assert aside.blocking_pairs == 0


# Preferences


def test_what_is_not_known_counts_as_the_least_that_is_known_and_is_told():
    """A mentor whose competencies were not delivered is not preferred for it, and the pair says what is missing."""
    mentee, known, better = somebody(1), somebody(2, 9), somebody(3, 9)
    levels = {"records": [{"code": "k1", "level": 9, "assessed_on": "2026-01-01"}, {"code": "k2", "level": 1, "assessed_on": "2026-01-01"}], "complete_since": "all"}  # fmt: skip
    better = better.model_copy(update={"competencies": somebody(3, competencies=levels).competencies})
    unknown = somebody(4, 9, competencies={"records": [], "complete_since": None})
    made = assign([mentee, known, better, unknown], keep=[pairing(unknown, mentee)])
    pair = made.pairs[0]
    weighed = pair.wishes[0]
    assert (weighed.fact, weighed.points, weighed.missing) == ("pair.gaps_covered", 3, ("pair.gaps_covered",))
    assert pair.choice == 2
    assert assign([mentee, known, better, unknown]).pairs[0].mentor.nip == better.nip
    said = " ".join(reason.to("id") for reason in pair.reasons)
    assert "dihitung dengan poin paling rendah yang mungkin (3)" in said
    assert "hasil pengukuran kompetensi mentor dan mentee" in said


def test_an_amount_within_bounds_counts_at_its_least_favourable_end():
    """Hours that are surely there count, though more may have been taken."""
    some = {"records": [{"hours": 30, "completed_on": "2026-02-01"}], "complete_since": None}
    mentee, sure, maybe = somebody(1), somebody(2, 9), somebody(3, 9, trainings=some)
    pair = assign([mentee, sure, maybe], OPEN).pairs[0]
    assert pair.mentor.nip == maybe.nip
    assert pair.wishes[0].points == 30
    assert pair.wishes[0].missing == ("trainings",) or pair.wishes[0].missing == ("mentor.trainings",)


def test_what_weighs_against_somebody_counts_at_its_worst_when_it_is_not_known():
    """With a weight below zero, hours that may be more count as the most that are known of anybody."""
    known = {"records": [{"hours": 40, "completed_on": "2026-02-01"}], "complete_since": "all"}
    some = {"records": [{"hours": 5, "completed_on": "2026-02-01"}], "complete_since": None}
    mentees = [somebody(1, trainings=known), somebody(2, trainings=some), somebody(3)]
    pairs = assign([*mentees, *(somebody(serial, 9) for serial in (4, 5, 6))], OPEN).pairs
    assert {one.mentee.nip: one.claims[1].points for one in pairs} == {
        mentees[0].nip: -80, mentees[1].nip: -80, mentees[2].nip: 0,
    }  # fmt: skip


def test_points_have_the_decimal_places_of_what_is_weighed():
    """A score of 70.25 counts exactly, beside whole months."""
    scored = {"records": [{"kind": "potensi", "score": "70.25", "assessed_on": "2026-02-01"}], "complete_since": "all"}
    pair = assign([somebody(1, assessments=scored), somebody(2, 9)]).pairs[0]
    assert [str(one.points) for one in pair.claims] == ["-31", "70.25"]
    assert str(pair.claim) == "39.25"


def test_what_there_is_none_of_gives_no_points():
    """A PPPK has no rank: that is known, and counts nothing."""
    pppk = somebody(2, 9, employment="PNS", ranks={"records": [], "complete_since": "all"})
    pair = assign([somebody(1), pppk]).pairs[0]
    assert [(one.fact, one.points) for one in pair.wishes][-1] == ("mentor.rank", 0)


def test_preferences_are_weighed_as_of_the_day():
    """Time in service is counted in whole months up to the day that is asked for."""
    those = [somebody(1), somebody(2, 9)]
    early = engine().assign_mentors(those, as_of=date(2026, 9, 30), rule=RULE).pairs[0]
    assert [early.claims[0].points, assign(those).pairs[0].claims[0].points] == [-30, -31]


def test_the_reasons_of_a_pair_are_words_in_both_languages():
    """Which choice it is, and each preference with what was seen, its weight and its points."""
    pair = assign([somebody(1), somebody(2, 9), somebody(3, 9, field="kesehatan")]).pairs[0]
    assert [reason.to("id") for reason in pair.reasons] == [
        "Pilihan ke-1 bagi mentee dari 2 calon mentor yang memenuhi syarat",
        "Keinginan mentee – Kompetensi yang dapat diajarkan: 1 (bobot 3, poin 3)",
        "Keinginan mentee – Bidang tugas sama: ya (bobot 2, poin 2)",
        "Keinginan mentee – Pangkat (mentor): Penata (III/c) (bobot 1, poin 11)",
        "Prioritas mentor – Masa kerja sejak CPNS (mentee): 2 tahun 7 bulan (sejak 1 Maret 2024) (bobot -1 setiap bulan, poin -31)",
        "Prioritas mentor – Nilai potensi terakhir (mentee): tidak ada (bobot 1, poin 0)",
    ]
    assert pair.reasons[3].to("en") == "The mentee's preference – Rank (mentor): Penata (III/c) (weight 1, points 11)"


# Groups


def test_shares_by_group_stand_beside_those_who_take_part_and_small_groups_stand_together():
    """Six men and two women of eight mentees: the two are not shown by themselves, nor can be told from the rest."""
    men = [somebody(serial) for serial in range(1, 7)]
    women = [
        somebody(serial, protected={"sex": "P"}, nip=nip(date(1999, 5, 17), date(2024, 3, 1), 2, serial))
        for serial in (7, 8)
    ]
    mentors = [somebody(serial, 9) for serial in range(10, 13)]
    made = assign([*men, *women, *mentors])
    groups = [one for one in made.groups if (one.side, one.attribute) == ("mentee", "sex")]
    assert groups == []  # with the two women hidden, the men alone would say how many they are
    more = [
        somebody(serial, protected={"sex": "P"}, nip=nip(date(1999, 5, 17), date(2024, 3, 1), 2, serial))
        for serial in range(20, 25)
    ]
    made = assign([*men, *women, *more, *mentors])
    shown = {
        one.group.to("en"): (one.people, one.assigned)
        for one in made.groups
        if (one.side, one.attribute) == ("mentee", "sex")
    }
    assert set(shown) == {"male", "female"}
    assert shown["male"][0] == 6
    assert shown["female"][0] == 7
    assert not any(one.attribute == "religion" for one in made.groups)


@pytest.mark.parametrize(
    ("men", "women", "told"),
    [
        ((12, 12), (9, 9), [12, 9]),
        ((12, 7), (10, 5), [7, 5]),
        ((12, 11), (9, 9), [None, None]),
        ((12, 0), (9, 2), [None, None]),
    ],
    ids=["all", "many with and many without", "one without", "two with"],
)
def test_no_named_person_is_told_by_the_shares_of_groups(men, women, told):
    """Whoever has no mentor stands in the result by name: that one man of twelve has none would say that it is a man."""
    those = [(sex, at < with_) for sex, (size, with_) in (("L", men), ("P", women)) for at in range(size)]
    people = [somebody(serial, protected={"sex": sex}) for serial, (sex, _) in enumerate(those, 1)]
    assigned = {person.nip for person, (_, given) in zip(people, those, strict=True) if given}
    shown = [one for one in shares("mentee", people, assigned, DAY) if one.attribute == "sex"]
    assert [(one.people, one.assigned) for one in shown] == list(zip((men[0], women[0]), told, strict=True))


def test_ages_are_shown_in_bands_and_the_smallest_take_up_their_neighbours():
    """A band of three is put together with the next smallest, so that it can't be worked out from the total."""
    born = [*[date(2000, 1, 1)] * 6, *[date(1990, 1, 1)] * 3, *[date(1980, 1, 1)] * 5, *[date(1970, 1, 1)] * 5]
    those = [
        somebody(serial, 2, birth_date=day, nip=nip(day, date(2024, 3, 1), 1, serial))
        for serial, day in enumerate(born, 1)
    ]
    made = assign(those)
    shown = {one.group.to("en"): one.people for one in made.groups if one.attribute == "age"}
    assert shown["small groups, together"] == 8
    assert shown["below 30 years"] == 6
    assert len(shown) == 3


# The object


def test_an_assignment_pickles_compares_and_says_what_it_is():
    """It is frozen, equal to its copy, and its JSON names what decided."""
    made = assign([somebody(1), somebody(2, 9)], objective="total")
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301
    assert repr(made) == f"Assignment(kota-contoh {RULE} 2026-10-01 total: 1 of 1 mentees)"
    assert repr(made.pairs) == "(AssignedPair(********201703*002 → ********202403*001, chosen),)"
    assert repr(made.pairs[0].mentor) == "Participant(********201703*002)"
    with pytest.raises(AttributeError):
        made.seed = "x"
    data = json.loads(made.model_dump_json())
    assert data["policy"] == engine().policy.digest
    assert data["objective"] == "total"
    assert data["pairs"][0]["mentor"]["nip"] == somebody(2, 9).nip
    assert data["pairs"][0]["wishes"][0]["fact"] == "pair.gaps_covered"
    assert data["bound"] == data["reached"]


def test_the_back_ends_assign_alike():
    """By the definition alone or by compiled code, the same assignment."""
    those = [somebody(serial, years) for serial, years in enumerate((1, 2, 3, 9, 10), 1)]
    one, other = (engine(name).assign_mentors(those, as_of=DAY, rule=RULE) for name in ("compiled", "definition"))
    assert one == other


# Bad input


def refused(those=(), rule=RULE, as_of=DAY, **how):
    """The problems of an assignment that can't be."""
    with pytest.raises(PolicyError) as raised:
        engine().assign_mentors(those, as_of=as_of, rule=rule, **how)
    return [(one.code, one.message) for one in raised.value.problems]


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_nobody_at_all_no_mentors_and_no_mentees_are_clear_results(objective):
    """No exception from a solver: nobody is assigned, and whoever needs a mentor is told why there is none."""
    assert assign([], objective=objective).pairs == ()
    alone = assign([somebody(1), somebody(2)], objective=objective)
    assert [one.limit for one in alone.unassigned] == [Limit.NO_CANDIDATE] * 2
    assert "Tidak ada yang dapat menjadi mentor" in alone.unassigned[0].reasons[0].to("id")
    idle = assign([somebody(3, 9)], objective=objective)
    assert (idle.mentees, idle.mentors, [one.taken for one in idle.loads]) == (0, 1, [0])
    assert all(reason.to(lang) for made in (alone, idle) for reason in made.reasons for lang in ("id", "en"))


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_no_places_at_all_is_a_clear_result(objective):
    """A mentor who takes nobody is full, and says what a place more would give."""
    mentor = somebody(2, 9)
    made = assign([somebody(1), mentor], objective=objective, places={mentor.nip: 0})
    assert [one.limit for one in made.unassigned] == [Limit.FULL]
    assert [(one.places, one.taken, one.more_placed) for one in made.loads] == [(0, 0, 1)]


def test_wrong_orders_are_told_all_at_once():
    """Each contradiction and each unknown number, before anything is solved."""
    mentor, other, mentee, stranger = somebody(1, 9), somebody(2, 9), somebody(3), somebody(9)
    told = refused(
        [mentor, other, mentee], forced=[pairing(mentor, mentee), pairing(other, mentee), pairing(mentor, mentor)],
        forbidden=[pairing(mentor, mentee), pairing(mentor, stranger)], keep=[pairing(mentor, mentee), pairing(other, mentee)],
        places={mentor.nip: 3, stranger.nip: 1},
    )  # fmt: skip
    assert {code for code, _ in told} == {"wrong-pair", "wrong-places"}
    messages = " ".join(message for _, message in told)
    for words in ("their own mentor", "the forced pairs give", "the keep pairs give", "both forced and forbidden", "of the forbidden pair",
                  "can't have 3 places", "who is given places"):  # fmt: skip
        assert words in messages, words
    assert mentor.nip not in messages


def test_places_are_a_number_from_none_to_what_the_rule_says():
    """Fewer than none and more than the rule lets a mentor have are problems; where the rule names no number, any will do."""
    mentor, mentee = somebody(1, 9), somebody(2)
    assert refused([mentor, mentee], places={mentor.nip: -1})[0][0] == "wrong-places"
    assert refused([mentor, mentee], places={mentor.nip: 3})[0][0] == "wrong-places"
    assert refused([mentor, mentee], rule=SUPERIOR, places={mentor.nip: -1})[0][0] == "wrong-places"
    assert assign([mentor, mentee], SUPERIOR, places={mentor.nip: 50}).loads[0].places == 50


def test_a_forced_pair_must_meet_the_rule():
    """One that fails a limit, one of whom it is not known, and one beyond the places are problems, each with the reason."""
    mentor, mentee = somebody(1, 9), somebody(2)
    elsewhere, unknown = somebody(3, unit="dinas-b"), somebody(4, unit=None)
    told = refused(
        [mentor, mentee, elsewhere, unknown],
        forced=[pairing(mentor, elsewhere), pairing(mentor, unknown), pairing(mentee, mentor)],
    )
    messages = [message for _, message in told]
    assert any("is forced, but not met: The same unit" in one for one in messages)
    assert any("it is not known whether not: not met: The same unit" in one for one in messages)
    assert any("is forced, but the mentee needs no mentor by this rule" in one for one in messages)
    assert any("is forced, but not met: 8 years in service" in one for one in messages)
    three = [somebody(serial) for serial in (5, 6, 7)]
    assert refused([mentor, *three], forced=[pairing(mentor, one) for one in three])[0][1].endswith(
        "the mentor has no place left"
    )


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"rule": "pembimbing"}, "unknown-rule"),
        ({"rule": f"{RULE}/mentor"}, "not-mentoring"),
        ({"as_of": date(1980, 1, 1)}, "before-policy"),
        ({"objective": "fair"}, "unknown-objective"),
        ({"those": [somebody(1), somebody(1), somebody(2, 9)]}, "same-nip"),
        ({"those": [somebody(1)], "keys": {}}, "wrong-key"),
        ({"those": [somebody(1), somebody(2)], "keys": {somebody(1).nip: "a", somebody(2).nip: "a"}}, "wrong-key"),
    ],
)
def test_a_wrong_question_is_a_problem(how, code):
    """The rule, the day, the objective, the people, the keys: a sentence and a way out, never a traceback."""
    assert {found for found, _ in refused(**how)} == {code}


def test_too_many_pairs_are_refused_before_any_is_looked_at(monkeypatch):
    """A rule that names nothing to share puts everybody beside everybody: beyond a limit that is refused, with the way out."""
    monkeypatch.setattr("asnpolicy.decisions.mentoring.candidates.MOST_PAIRS", 5)
    those = [somebody(serial, years) for serial, years in enumerate((1, 1, 1, 9, 9), 1)]
    assert refused(those, OPEN) == [("too-many-pairs", "6 pairs would have to be looked at")]
    assert assign(those[1:], OPEN).reached.placed == 2
    apart = [one.model_copy(update={"unit": f"dinas-{at}"}) for at, one in enumerate(those)]
    assert assign(apart, RULE).candidates == 0  # of the six, none shares a unit


def test_an_objective_whose_library_is_missing_says_how_to_get_it():
    """Without the extra, stable works and the others are a clear problem."""
    program = (
        "import sys; sys.modules['ortools'] = None\n"
        "from asnpolicy import PolicyError; from tests.behaviour.mentees import *\n"
        "those = [somebody(1), somebody(2, 9)]\n"
        "print(engine().assign_mentors(those, as_of=DAY, rule=RULE).reached.placed)\n"
        "try: engine().assign_mentors(those, as_of=DAY, rule=RULE, objective='total')\n"
        "except PolicyError as error: print(error.problems[0].render())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert done.stdout.splitlines() == [
        "1",
        "`total` needs OR-tools, which is not installed   [missing-extra]",
        "   help: pip install 'asnpolicy[mentoring]', or choose `stable`",
    ]
