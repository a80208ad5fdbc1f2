"""Making: careers made up for tests, record by record, so that nothing in them contradicts anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from hypothesis import strategies as st

from asnpolicy.fairness.thresholds import LAST, Thresholds
from asnpolicy.language.dates import plus_months
from asnpolicy.language.nodes import Kind, RecordField, Type
from asnpolicy.language.ranges import Range, range_of
from asnpolicy.language.reading import record_fields, spec
from asnpolicy.people import ABSENT, COMPLETE, HISTORIES, OPEN, Employee
from asnpolicy.people.posts import PostKind
from asnpolicy.people.ranks import Rank
from asnpolicy.people.status import Employment, ServiceStatus

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[T]], T]
SERVING = tuple(one for one in ServiceStatus if not one.is_final)
WORDS = ("umum", "lain")
BEHIND = {"status-against-dates": ("leaves", "statuses")}
"""The histories that may stand behind a finding about a field."""
KINDS = tuple(one for one in PostKind if one is not PostKind.TUGAS_TAMBAHAN)
MOST = 4
"""The most records of a history, beside those of appraisals and ranks."""


# Values: Hypothesis takes longer to set up what draws than to draw, so that nothing is set up twice

Place = tuple[int, int]
"""A day of some stretch: a first of a month, one that is compared with or any, and how far on."""
_PLACE = st.tuples(st.integers(0, 2), st.integers(0, 2**16))
_FEW, _SOME, _MANY = (st.lists(_PLACE, max_size=most, unique=True) for most in (3, MOST, 5))
_SERIAL = st.integers(1, 999)
_DECIDED = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 31)), min_size=6, max_size=6)


def _at(near: Thresholds, first: date, last: date, place: Place) -> date:
    """Return the day of a stretch at a place; the first places are the first firsts of months."""
    first, last = min(first, last), max(first, last)
    how, far = place
    met = [day for day in near.days if first <= day <= last] if how == 1 else []
    if met:
        return met[far % len(met)]
    day = first + timedelta(days=far % ((last - first).days + 1))
    return day if how == 2 else max(first, day.replace(day=1))


def _day(draw: Draw[Any], near: Thresholds, first: date, last: date) -> date:
    """Return a day of a stretch: those that are compared with often, firsts of months, and any."""
    return _at(near, first, last, draw(_PLACE))


def _month(near: Thresholds, first: date, last: date, place: Place) -> date:
    """Return a first of a month of a stretch."""
    start = first if first.day == 1 else plus_months(first.replace(day=1), 1)
    return max(start, _at(near, start, max(start, last), place).replace(day=1))


@lru_cache(maxsize=4096)
def _one_of(*choices: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(choices)


@lru_cache(maxsize=4096)
def _values(near: Thresholds, history: str, name: str, type_: Type) -> st.SearchStrategy[Any]:
    match type_.kind:
        case Kind.LABEL:
            return st.sampled_from(list(type_.labels or ()))
        case Kind.TRUTH:
            return st.booleans()
        case Kind.TEXT:
            return st.sampled_from((*near.words(history, name), *WORDS))
        case _:
            return _numbers(near, RecordField(name, type_), history)


def _numbers(near: Thresholds, field: RecordField, history: str) -> st.SearchStrategy[Any]:
    """Return the numbers that a field of a record may be, those that are compared with and their neighbours often."""
    may_be, places = range_of(field, history) or Range(0, 0), field.type.places
    around = {one for number in near.numbers for one in (number - 1, number, number + 1)}
    met = sorted(one for one in around if may_be.low <= one <= may_be.high)
    anything = st.integers(may_be.low, may_be.high)
    found = st.one_of(st.sampled_from(met), anything) if met else anything
    return found.map(lambda number: Decimal(number).scaleb(-places)) if places else found


@lru_cache(maxsize=64)
def _interests(near: Thresholds) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from((*near.words("", "interests"), *WORDS)), max_size=2, unique=True)


# Careers


def career(near: Thresholds, as_of: date) -> st.SearchStrategy[Employee]:
    """Return whole careers, made up from birth to a day."""

    @st.composite
    def people(draw: Draw[Any]) -> Employee:
        born = _day(draw, near, plus_months(as_of, -12 * 66), plus_months(as_of, -12 * 20))
        begun = _month(near, plus_months(born, 12 * 18), as_of, draw(_PLACE))
        sworn = plus_months(begun, 12)
        how = draw(_one_of(Employment.PNS, Employment.CPNS, Employment.PPPK))
        if not how.is_pppk:
            how = Employment.PNS if sworn <= as_of else Employment.CPNS
        data = _person(draw, near, how, born, begun, sworn)
        start = begun if not how.is_pppk else max(plus_months(born, 12 * 18), min(begun, as_of))
        for history in HISTORIES:
            records = _records(draw, near, history, how, born, start, as_of)
            data[history] = {"records": records, "complete_since": COMPLETE}
        return repaired(Employee.model_validate(data), as_of)

    return people()


def _person(draw: Draw[Any], near: Thresholds, how: Employment, born: date, begun: date, sworn: date) -> dict[str, Any]:
    sex = draw(_one_of("L", "P"))
    serial = draw(_SERIAL)
    digit = 1 if sex == "L" else 2
    code = f"{born.year + 25}21" if how.is_pppk else f"{begun:%Y%m}"
    data: dict[str, Any] = {
        "nip": f"{born:%Y%m%d}{code}{digit}{serial:03d}",
        "employment": how,
        "service_status": draw(_one_of(ServiceStatus.AKTIF, *SERVING)),
        "birth_date": born,
        "cpns_on": ABSENT if how.is_pppk else begun,
        "pns_on": ABSENT if how.is_pppk else sworn,
        "protected": {
            "sex": sex,
            "religion": draw(_one_of("Islam", "Kristen", "Katolik", "Hindu", "Buddha", "Konghucu")),
            "ethnicity": draw(_one_of("Jawa", "Sunda", "Batak", "Dayak")),
            "marital_status": draw(_one_of("kawin", "belum kawin")),
            "disability": draw(st.booleans()),
        },
        "interests": tuple(draw(_interests(near))),
    }
    for name in ("agency", "unit", "field"):
        data[name] = draw(_one_of(*near.words("", name), *WORDS))
    data["agency_since"] = _day(draw, near, begun, LAST.replace(year=begun.year + 30 if begun.year < 2050 else 2089))
    data["supervisor_rank"] = draw(_one_of(ABSENT, *Rank))
    data["supervisor"] = ABSENT
    return data


def _records(
    draw: Draw[Any], near: Thresholds, history: str, how: Employment, born: date, start: date, as_of: date
) -> list[dict[str, Any]]:
    match history:
        case "ranks":
            return [] if how.is_pppk else _ranks(draw, near, start, as_of)
        case "posts":
            return _posts(draw, near, start, as_of)
        case "appraisals":
            return _appraisals(draw, start, as_of)
        case "contracts":
            return _contracts(draw, near, start, as_of) if how.is_pppk else []
        case "pppk_grades" if not how.is_pppk:
            return []
        case "statuses" | "mentoring":
            return []
        case _:
            first = plus_months(born, 12 * 15) if history == "educations" else start
            return _any_records(draw, near, history, first, as_of)


def _any_records(draw: Draw[Any], near: Thresholds, history: str, first: date, as_of: date) -> list[dict[str, Any]]:
    kind = spec(history)
    days = {_at(near, first, as_of, place) for place in draw(_SOME)}
    return [_record(draw, near, history, kind.placed_by, day, as_of) for day in sorted(days)]


def _record(draw: Draw[Any], near: Thresholds, history: str, placed_by: str, day: date, as_of: date) -> dict[str, Any]:
    made: dict[str, Any] = {placed_by: day}
    for name, type_ in record_fields(history).items():
        if name == placed_by:
            continue
        if name == spec(history).ends_by:
            last = max(day, as_of) + timedelta(days=400)
            made[name] = OPEN if draw(_one_of(True, False)) else _day(draw, near, day, last)
        elif type_.kind is Kind.DATE:
            made[name] = _day(draw, near, day, max(day, as_of))
        elif history == "service_targets" and name == "year":
            made[name] = day.year
        else:
            made[name] = draw(_values(near, history, name, type_))
    return made


def _ranks(draw: Draw[Any], near: Thresholds, start: date, as_of: date) -> list[dict[str, Any]]:
    later = [_month(near, start, as_of, place) for place in draw(_MANY)]
    days = sorted({start, *(day for day in later if start <= day <= as_of)})
    ranks = list(Rank)
    first = draw(_one_of(*range(1, len(ranks) - len(days) + 2)))
    return [{"rank": ranks[first + at - 1], "since": day} for at, day in enumerate(days)]


def _posts(draw: Draw[Any], near: Thresholds, start: date, as_of: date) -> list[dict[str, Any]]:
    """One definitive post after the other, without a gap."""
    later = [_at(near, start, as_of, place) for place in draw(_FEW)]
    days = sorted({start, *(day for day in later if start <= day <= as_of)})
    made = []
    for at, day in enumerate(days):
        kind = draw(_one_of(*KINDS))
        until = days[at + 1] if at + 1 < len(days) else OPEN
        made.append({"kind": kind, "since": day, "until": until, "acting": False, **_ladder(draw, near, kind)})
    return made


def _ladder(draw: Draw[Any], near: Thresholds, kind: PostKind) -> dict[str, Any]:
    types = record_fields("posts")
    names = {"fungsional": ("jenjang",), "pelaksana": ()}.get(str(kind), ("echelon",))
    made = {
        name: draw(_values(near, "posts", name, types[name]))
        for name in (*names, "title", "unit", "field")
    }
    if "jenjang" in made:
        made["category"] = "keterampilan" if int(made["jenjang"]) <= 4 else "keahlian"
    return {"jenjang": ABSENT, "category": ABSENT, "echelon": ABSENT, **made}


def _appraisals(draw: Draw[Any], start: date, as_of: date) -> list[dict[str, Any]]:
    ratings = list(record_fields("appraisals")["rating"].labels or ())
    years = range(max(start.year + 1, as_of.year - 6), as_of.year)
    made = []
    for year, (missing, rating, day) in zip(years, draw(_DECIDED), strict=False):
        if missing > 0:
            made.append({
                "year": year, "period_start": date(year, 1, 1), "period_end": date(year, 12, 31),
                "rating": ratings[rating % len(ratings)], "decided_on": date(year + 1, 1, day),
            })  # fmt: skip
    return made


def _contracts(draw: Draw[Any], near: Thresholds, start: date, as_of: date) -> list[dict[str, Any]]:
    until = OPEN if draw(_one_of(True, False)) else _day(draw, near, as_of + timedelta(days=1), plus_months(as_of, 60))
    return [{"since": min(start, as_of), "until": until, "part_time": False}]


def repaired(person: Employee, as_of: date) -> Employee:
    """Return a person without the histories in which records contradict each other or the rest, on a day."""
    for _ in range(len(HISTORIES)):
        found = [one for one in person.findings(as_of) if one.unknown]
        touched = {name for one in found for name in (*one.data, *BEHIND.get(one.code, ())) if name in HISTORIES}
        touched -= {"contracts"}
        emptied = {name: getattr(person, name).with_records(()) for name in touched if getattr(person, name).records}
        if not emptied:
            break
        person = person.model_copy(update=emptied)
    return person


def mixed(one: Employee, other: Employee, names: Iterable[str], as_of: date) -> Employee:
    """Return somebody with what is somebody else's, as far as it fits: contracts stay their own where the other's do not."""
    taken = {name: getattr(other, name) for name in names}
    changed = repaired(one.model_copy(update=taken), as_of)
    if "contracts" in taken and any(found.unknown for found in changed.findings(as_of)):
        del taken["contracts"]
        return repaired(one.model_copy(update=taken), as_of)
    return changed
