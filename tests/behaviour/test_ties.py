"""Ties: of two records of one day no one knows which is the later, and what is named as missing would tell them apart."""

from datetime import date, timedelta
from itertools import product

from hypothesis import assume, example, given
from hypothesis import strategies as st

from asnpolicy.language.facts import fold, on_last_day
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import YES, Compare, Literal
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import UNKNOWN
from asnpolicy.language.windows import EVER
from asnpolicy.people import ABSENT, Employee

AS_OF = date(2026, 1, 1)
ENOUGH = 5
DAYS = ("2025-03-01", "2025-03-02", "2025-06-01", "2025-03", "2025", None)
HOURS = (1, 9, None)
NTH = st.integers(1, 3)


def drawn(days):
    return st.lists(st.tuples(st.sampled_from(days), st.sampled_from(HOURS)), min_size=2, max_size=3)


RECORDS, WHOLE = drawn(DAYS), drawn(DAYS[:3])
TIE = [("2025-03-01", 1), ("2025-03-01", 9)]


def somebody(records):
    """Give somebody all of whose trainings are on record."""
    given_ = [{"code": f"kode-{at}", "completed_on": day, "hours": hours} for at, (day, hours) in enumerate(records)]
    whole = {"records": given_, "complete_since": "all"}
    return Employee.model_validate({"nip": "199001012015031001", "trainings": whole})


def answer(nth, records):
    """Ask whether the last training but so many had enough hours."""
    at = (YES,) if nth == 1 else (YES, on_last_day("trainings", YES, nth, EVER))
    asked = Compare("at_least", fold("latest", "trainings", "hours", where=at, otherwise=ABSENT), Literal(ENOUGH))
    return Meaning(Question(AS_OF, somebody(records)), {}).truth(asked)


def fields(missing, records):
    """Give what is named: of which record, and whether its day or its hours."""
    found = []
    for place, stored in enumerate(somebody(records).trainings.records, 1):
        at = int(stored.code.removeprefix("kode-"))
        key = f"trainings[{records[at][0] or f'#{place}'}]"
        found += [(at, part) for part, name in enumerate(("completed_on", "hours")) if f"{key}.{name}" in missing]
    return found


def could_be(record, part):
    """Give some of what a field of a record may come to be, once somebody looks it up."""
    if part == 1:
        return (1, 9)
    match record[0]:
        case None:
            return ("2025-01-15", "2025-03-01", "2025-12-30")
        case "2025":
            return ("2025-01-15", "2025-04-10", "2025-12-30")
        case "2025-03":
            return ("2025-03-01", "2025-03-15", "2025-03-31")
        case day:
            return (day, str(date.fromisoformat(day) + timedelta(days=1)))


def told(records, named):
    """Give the records as they may be, once all that is named is known."""
    for values in product(*(could_be(records[at], part) for at, part in named)):
        known = [list(record) for record in records]
        for (at, part), value in zip(named, values, strict=True):
            known[at][part] = value
        yield known


@given(nth=NTH, records=RECORDS)
@example(nth=1, records=TIE)
@example(nth=2, records=[*TIE, ("2025-06-01", 9)])
@example(nth=2, records=[*TIE, ("2025-06-01", None)])
@example(nth=2, records=[("2025-03-01", 1), ("2025-03-01", None), ("2025-06-01", 9)])
def test_what_is_named_can_settle_it(nth, records):
    """All trainings are on record: what is named is a day or the hours of one of them, and knowing them may decide."""
    open_ = answer(nth, records)
    assume(open_.status == UNKNOWN)
    named = fields(open_.missing, records)
    assert all("." in name for name in open_.missing), open_.missing
    assert any(answer(nth, known).status != UNKNOWN for known in told(records, named)), (named, open_.missing)


@given(nth=NTH, records=WHOLE)
@example(nth=2, records=[*TIE, ("2025-06-01", None)])
def test_nothing_is_named_that_could_not_matter(nth, records):
    """Where all days are known, each field that is named decides for something that the other ones may come to be."""
    open_ = answer(nth, records)
    assume(open_.status == UNKNOWN)
    named = fields(open_.missing, records)
    for name in {(records[at][0] or at, part) for at, part in named}:
        ours = [one for one in named if (records[one[0]][0] or one[0], one[1]) == name]
        others = [one for one in named if one not in ours]
        assert any(
            answer(nth, known).status == UNKNOWN
            and any(answer(nth, whole).status != UNKNOWN for whole in told(known, ours))
            for known in told(records, others)
        ), (name, open_.missing)
