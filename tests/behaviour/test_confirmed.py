"""Confirmed: an officer has checked a contradiction against the letter; one delivered value holds, until a side changes."""

import pytest

from asnpolicy.people.findings import CATALOGUE
from tests.behaviour.asked import engine as shipped
from tests.behaviour.test_findings import DAY, EXAMPLES, decide, of, person, posts, ranks, told

LOST = {"unreadable-field", "wrong-encoding", "unreadable-record", "contradicting-fields", "ambiguous-date", "said-differently", "unclaimed-record", "earlier-number", "misspelt-code"}  # fmt: skip
"""What a reader found: the value is gone, and the file is mended instead."""
OFFICER = {"by": "Siti Aminah", "on": "2026-09-01", "letter": "800/12/2026"}
KINDS = sorted(code for code, kind in CATALOGUE.items() if kind.effect == "unknown" and code not in {*LOST, "lapsed-confirmation"})


def confirmed(found, value):
    against = sorted({given for _, given in found.sides} - {value})
    return {**OFFICER, "finding": found.code, "value": value, "against": against}


def first_told(code):
    data, _ = EXAMPLES[code]
    return data, told(person(data), code)[0]


def values(one, side):
    """Give what decisions see in the place of a side."""
    seen, (history, _, rest) = one.view(DAY), side.partition("[")
    if not rest:
        return [
            getattr(seen.protected, side.partition(".")[2]) if side.startswith("protected.") else getattr(seen, side)
        ]
    return [getattr(record, rest.rpartition(".")[2]) for record in getattr(seen, history).records]


@pytest.mark.parametrize("code", KINDS)
def test_every_contradiction_can_be_settled_either_way(code):
    """The value that was confirmed is seen, and each decision can say on what it rests."""
    data, found = first_told(code)
    assert found.sides, "nobody could say which value is right"
    for side, value in found.sides:
        others = [each for each in person(data).findings(DAY) if (side, value) in each.sides]
        one = person({**data, "confirmed": [confirmed(each, value) for each in others]})
        assert {by.finding for by in one.settled_by(DAY)} == {each.code for each in others} >= {code}
        if side != "nip":
            assert value in map(str, values(one, side))


@pytest.mark.parametrize("code", KINDS)
def test_the_other_side_is_not_known(code):
    """What was found to be wrong counts as not delivered, wherever it stands; the number alone stays what it is."""
    data, found = first_told(code)
    for right in found.stands:
        one = person({**data, "confirmed": [confirmed(found, right.side[1])]})
        for wrong in found.stands:
            if wrong.side[1] != right.side[1] and wrong.place is not None:
                record = bool(wrong.place.history)
                seen = values(one, wrong.side[0])
                assert wrong.side[1] not in map(str, [seen[wrong.place.record]] if record else seen)


@pytest.mark.parametrize("code", KINDS)
def test_it_lapses_when_a_side_is_delivered_otherwise(code):
    """It is about these values and no others, and never brings one of its own."""
    data, found = first_told(code)
    _, value = found.sides[0]
    right = confirmed(found, value)
    for wrong in ({**right, "value": "2021-12-31"}, {**right, "against": [*right["against"], "2021-12-31"]}, {**right, "finding": "nip-age"}):  # fmt: skip
        one = person({**data, "confirmed": [wrong]})
        assert told(one, code)[0] == found
        assert one.settled_by(DAY) == ()


@pytest.mark.parametrize("code", sorted(LOST))
def test_what_a_reader_could_not_read_is_not_settled_by_a_word(code):
    """The file is mended, and the finding is gone then."""
    data, found = first_told(code)
    values_ = [value for _, value in found.sides] or ["x"]
    first = data[0] if isinstance(data, list) else data
    one = {**first, "confirmed": [confirmed(found, values_[0])]}
    assert told(person([one, *data[1:]] if isinstance(data, list) else one), code)


def test_a_birth_date_that_the_number_has_right_is_known():
    """Of the two one is right: the pension is decided, whichever it is."""
    data = {"nip": "196801012015031001", "birth_date": "1968-02-01"}
    letter = {**OFFICER, "finding": "nip-birth-date"}
    day = {"value": "1968-01-01", "against": "1968-02-01"}, {"value": "1968-02-01", "against": "1968-01-01"}
    assert decide(data, "pensiun-bup") == "undetermined"
    for one in day:
        rested = person({**data, "confirmed": [{**letter, **one}]})
        assert str(rested.view(DAY).birth_date) == one["value"]
        assert decide({**data, "confirmed": [{**letter, **one}]}, "pensiun-bup") == "eligible"


def test_a_stale_status_is_settled_by_the_letter_of_appointment():
    """`CPNS` beside an appointment as PNS: the letter makes a PNS; where the register is right, a candidate."""
    data = {"employment": "CPNS", "cpns_on": "2015-03-01", "pns_on": "2016-03-01"}
    letter = {**OFFICER, "finding": "employment-against-dates"}
    assert decide(data) == "undetermined"
    assert decide({**data, "confirmed": [{**letter, "value": "2016-03-01", "against": "CPNS"}]}) == "eligible"
    assert decide({**data, "confirmed": [{**letter, "value": "CPNS", "against": "2016-03-01"}]}) == "not_applicable"


def test_a_status_that_is_confirmed_is_that_of_the_day():
    """Active beside a pension on record, either way."""
    data = {**of("statuses", {"status": "pensiun", "since": "2020-01-01"}), "service_status": "aktif"}
    letter = {**OFFICER, "finding": "status-against-dates"}
    assert decide(data) == "undetermined"
    active = person({**data, "confirmed": [{**letter, "value": "aktif", "against": "pensiun"}]})
    left = person({**data, "confirmed": [{**letter, "value": "pensiun", "against": "aktif"}]})
    assert [str(one.view(DAY).service_status) for one in (active, left)] == ["aktif", "pensiun"]


def test_of_two_doubles_the_confirmed_one_counts():
    """Ten hours or twenty: as the certificate says."""
    data, found = first_told("doubles-differ")
    for hours in ("10", "20"):
        one = person({**data, "confirmed": [confirmed(found, hours)]})
        assert [record.hours for record in one.view(DAY).trainings.records] == [int(hours)]


def test_of_two_ranks_of_one_day_the_confirmed_one_is_held():
    """Both stand under one name, and only the wrong one is unknown."""
    both = {"ranks": ranks(("III/a", "2022-10-01"), ("III/b", "2022-10-01"))["ranks"]}
    letter = {**OFFICER, "finding": "two-on-one-day", "value": "III/b", "against": "III/a"}
    one = person({**both, "confirmed": [letter]})
    assert {record.rank and str(record.rank) for record in one.view(DAY).ranks.records} == {"III/b", None}


def test_a_decision_lists_what_it_rests_on():
    """And a promotion that a confirmation has opened says so."""
    both = posts({"since": "2015-03-01", "until": "ongoing"}, {"title": "B", "since": "2020-01-01", "until": "ongoing"})
    letter = {**OFFICER, "finding": "overlapping-posts", "value": "ongoing", "against": "2020-01-01"}
    found = told(person(both), "overlapping-posts")[0]
    one = person({**both, "confirmed": [{**letter, "value": found.sides[1][1], "against": found.sides[0][1]}]})
    decision = shipped("nasional").decide(one, "kenaikan-pangkat-reguler", as_of=DAY)
    assert [by.letter for by in decision.confirmed] == ["800/12/2026"]


def test_what_follows_from_a_wrong_year_is_not_known_either():
    """Once the birth date is confirmed, the year of an early appraisal is gone, and with it the months that it was said to be about."""
    data = of("appraisals", {"year": 1999, "rating": "Baik"})
    (found,) = told(person(data), "too-young")
    one = person({**data, "confirmed": [confirmed(found, "1990-01-01")]})
    (seen,) = one.view(DAY).appraisals.records
    assert (seen.year, seen.period_start, seen.period_end, seen.decided_on) == (None, None, None, None)
    assert one.settled_by(DAY)
