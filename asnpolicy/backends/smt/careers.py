"""Careers: what a symbolic person obeys to be somebody whose records contradict nothing, and what most people obey too.

A proof says nothing of these: it is about any records at all. Whoever is shown against a claim obeys them, so that the
definition, which takes what is contradicted for unknown, sees what the solver saw.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import z3

from asnpolicy.backends.smt.people import OPEN_POSITION, YEAR, Person, Slot, Term, definitive, first_of_month, part_of
from asnpolicy.backends.smt.terms import all_of, any_of, negated
from asnpolicy.language import dates
from asnpolicy.language.reading import fields_of, spec
from asnpolicy.people import HISTORIES
from asnpolicy.people.findings.rating import ONE_A_DAY
from asnpolicy.people.posts import PostKind
from asnpolicy.people.ranks import RankChange
from asnpolicy.people.status import Employment, ServiceStatus

ADULT, YOUNGEST_ENTRY, ELDEST_ENTRY, LAST_SERVED, EVER_RETIRED = 18, 20, 40, 69, 70
"""Years of age: the least at an appointment, a usual least and highest, one at which few and one at which none still serve."""
SPOKEN_OF = ("birth_date", "cpns_on", "pns_on", "employment", "service_status")
BEGINS = ("cpns_on", "pns_on", "last_raise_on")
CANDIDATE = (12, 24)
"""Months from candidate to civil servant."""
LAST = dates.position(dates.OPEN) - 1
FAR = (2085 * 12) * dates.MONTH
IN_SERVICE = ("ranks", "pppk_grades", "posts", "statuses", "appraisals", "credits", "sanctions", "leaves", "contracts")


def spell_out(person: Person) -> None:
    """Let a person have the fields that careers speak of, so that they are days like others, and twins are alike in them too."""
    for name in SPOKEN_OF:
        _own(person, name)


def sound(person: Person) -> list[Any]:
    """Return what holds of a person whose records contradict neither each other nor the day."""
    return [
        *_appointed(person),
        *_recruited_and_raised(person),
        *_employed(person),
        *_of_age(person),
        *_ranks(person),
        *_posts(person),
        *_on_leave(person),
        *_told_apart(person),
        *_not_swapped(person),
        *person.real,
    ]


def possible(person: Person) -> list[Any]:
    """Return what holds of such a person whichever of their records are left out: what a proof may assume."""
    return [*_appointed(person), *_sworn(person), *_of_age(person), *_on_leave(person), *_rising(person)]


def usual(person: Person) -> list[Any]:
    """Return what holds of most people beside that: nothing about them would be told as odd."""
    return [*person.usual, *_known_by_the_day(person), *_ordinary(person)]


def _own(person: Person, name: str) -> Term:
    return person.field("employee", name, fields_of("employee")[name])


def _slots(person: Person, history: str) -> list[Slot]:
    return person.histories.get(history, [])


def _is(term: Term, *labels: int) -> Any:
    return all_of(negated(term.absent), any_of([term.value == int(label) for label in labels]))


def _appointed(person: Person) -> list[Any]:
    born, begun, sworn = (_own(person, name) for name in ("birth_date", "cpns_on", "pns_on"))
    after = sworn.value - begun.value
    gone = _is(_own(person, "service_status"), *(status for status in ServiceStatus if status.is_final))
    return [
        any_of(gone, born.value + EVER_RETIRED * YEAR + dates.MONTH > person.day),
        born.value + ADULT * YEAR <= person.day,
        any_of(begun.absent, all_of(begun.value >= born.value + ADULT * YEAR, begun.value <= person.day)),
        any_of(sworn.absent, all_of(after >= CANDIDATE[0] * dates.MONTH, after <= CANDIDATE[1] * dates.MONTH)),
    ]


def _begins(person: Person) -> list[tuple[Any, Any]]:
    """Return the days on which something begins that mostly begins with a month, each with when it is not there."""
    own = [name for name in BEGINS if ("employee", name) in person.fields]
    days = [(_own(person, name).absent, _own(person, name).value) for name in own]
    return [*days, *((negated(slot.there), slot.placed) for slot in _slots(person, "ranks"))]


def _not_swapped(person: Person) -> list[Any]:
    """A day such as 10 January is taken for 1 October, where most begin with a month."""
    return [
        any_of(nothing, first_of_month(day), part_of(day, "day") >= 12, part_of(day, "month") % 12 != 0)
        for nothing, day in _begins(person)
    ]


def _recruited_and_raised(person: Person) -> list[Any]:
    """Nobody is recruited as a child, or given a raise before the appointment."""
    born, begun = _own(person, "birth_date"), _own(person, "cpns_on")
    grown, rules = born.value + ADULT * YEAR, []
    if ("employee", "recruitment_year") in person.fields:
        year = _own(person, "recruitment_year")
        rules.append(any_of(year.absent, all_of(year.value * YEAR >= grown, year.value * YEAR <= person.day)))
    if ("employee", "last_raise_on") in person.fields:
        raised = _own(person, "last_raise_on")
        served = any_of(begun.absent, raised.value >= begun.value)
        rules.append(any_of(raised.absent, all_of(raised.value >= grown, served)))
    return rules


def _told_apart(person: Person) -> list[Any]:
    """Records of one day are not one thing delivered twice; where it matters which is the later, each has a day of its own.

    Those of one day stand in the order of what tells them apart, so that each need only be told from the one before.
    """
    rules = []
    for history, slots in person.histories.items():
        in_order = history in person.in_order or history in ONE_A_DAY
        identity = [name for name in HISTORIES[history].identity if name != spec(history).placed_by and not in_order]
        for before, after in pairwise(slots):
            told = any_of(before.placed < after.placed, _follows(before, after, identity))
            rules.append(z3.Implies(after.there, told))
    return rules


def _follows(before: Slot, after: Slot, names: list[str]) -> Any:
    """Say that what tells records apart is more for one than for another, in the first field in which they differ."""
    found: Any = z3.BoolVal(False)
    for name in reversed(names):
        one, other = before.fields[name], after.fields[name]
        more = any_of(other.value > one.value, all_of(other.value == one.value, found))
        found = all_of(negated(one.absent), negated(other.absent), more)
    return found


def _employed(person: Person) -> list[Any]:
    """A servant has been sworn in by the day, a candidate has not, and a contract of the right kind runs on it or none."""
    how, rules = _own(person, "employment"), _sworn(person)
    contracts = _slots(person, "contracts")
    for kind, part_time in ((Employment.PPPK, 0), (Employment.PPPK_PARUH_WAKTU, 1)):
        running = [all_of(_runs(slot, person.day), slot.fields["part_time"].value == part_time) for slot in contracts]
        if contracts:
            rules.append(z3.Implies(_is(how, kind), any_of(running)))
    if contracts:
        outside = any_of(how.absent, _is(how, Employment.PPPK), _is(how, Employment.PPPK_PARUH_WAKTU))
        rules += [z3.Implies(slot.there, outside) for slot in contracts]
        over = [any_of(negated(slot.there), slot.fields["until"].value <= person.day) for slot in contracts]
        rules.append(z3.Implies(how.absent, all_of(over)))
    return rules


def _sworn(person: Person) -> list[Any]:
    how, sworn = _own(person, "employment"), _own(person, "pns_on")
    return [
        z3.Implies(_is(how, Employment.PNS), sworn.value <= person.day),
        z3.Implies(_is(how, Employment.CPNS), sworn.value > person.day),
    ]


def _runs(slot: Slot, day: Any) -> Any:
    return all_of(slot.there, slot.placed <= day, day < slot.fields["until"].value)


def _of_age(person: Person) -> list[Any]:
    born, begun = _own(person, "birth_date"), _own(person, "cpns_on")
    rules = []
    for history, slots in person.histories.items():
        years = 12 if history == "educations" else ADULT
        for slot in slots:
            early = slot.placed >= born.value + years * YEAR
            served = any_of(begun.absent, slot.placed >= begun.value) if history in IN_SERVICE else z3.BoolVal(True)
            ends = spec(history).ends_by
            near = slot.placed < FAR
            if ends is not None:
                until = slot.fields[ends].value
                near = all_of(near, any_of(until == OPEN_POSITION, until < FAR))
            rules.append(z3.Implies(slot.there, all_of(early, served, near)))
    return rules


def _ranks(person: Person) -> list[Any]:
    """Ranks rise one by one, but for letters that lower, restore or skip."""
    slots, rules = _slots(person, "ranks"), []
    for before, after in pairwise(slots):
        kind, rise = after.fields["kind"].value, after.fields["rank"].value - before.fields["rank"].value
        lowered = all_of(kind == int(RankChange.PENURUNAN), rise < 0)
        skipped = all_of(kind == int(RankChange.PENYESUAIAN_IJAZAH), rise > 1)
        rules.append(z3.Implies(after.there, any_of(rise == 1, lowered, skipped)))
    return rules


def _rising(person: Person) -> list[Any]:
    """Whatever letters are left out, a rank that was not lowered in between is higher than the one before."""
    slots = _slots(person, "ranks")
    lowered = [all_of(slot.there, slot.fields["kind"].value == int(RankChange.PENURUNAN)) for slot in slots]
    rises = [
        z3.Implies(after.there, after.fields["rank"].value > before.fields["rank"].value)
        for before, after in pairwise(slots)
    ]
    return [any_of(*lowered, all_of(rises))]


def _posts(person: Person) -> list[Any]:
    """One definitive post follows the other on the same day: a gap of one day would be taken for a last day."""
    rules = []
    for history in ("posts", "contracts"):
        for before, after in pairwise(_slots(person, history)):
            until = before.fields["until"].value
            follows = any_of(until == OPEN_POSITION, after.placed <= until, after.placed > until + dates.MONTH)
            if history == "posts":
                follows = any_of(follows, negated(definitive(before)), negated(definitive(after)))
            rules.append(z3.Implies(after.there, follows))
    return rules


def _on_leave(person: Person) -> list[Any]:
    """Leave outside the state's charge is a status of its own."""
    status = _own(person, "service_status")
    rules = []
    for slot in _slots(person, "leaves"):
        if "cltn" in person.texts:
            cltn = slot.fields["kind"].value == person.texts.index("cltn")
            rules.append(z3.Implies(all_of(_runs(slot, person.day), cltn), _is(status, ServiceStatus.CLTN)))
    for slot in _slots(person, "statuses"):
        same = all_of(negated(status.absent), status.value == slot.fields["status"].value)
        rules.append(z3.Implies(_runs(slot, person.day), same))
    return rules


def _known_by_the_day(person: Person) -> list[Any]:
    seen = [
        (slot, slot.fields[spec(history).seen_by].value)
        for history, slots in person.histories.items()
        for slot in slots
    ]
    return [z3.Implies(slot.there, day <= person.day) for slot, day in seen]


def _ordinary(person: Person) -> list[Any]:
    born, begun = _own(person, "birth_date"), _own(person, "cpns_on")
    rules = [
        negated(_own(person, "employment").absent),
        *(any_of(nothing, first_of_month(day)) for nothing, day in _begins(person)),
        born.value + LAST_SERVED * YEAR > person.day,
        any_of(
            begun.absent,
            all_of(
                begun.value >= born.value + YOUNGEST_ENTRY * YEAR, begun.value <= born.value + ELDEST_ENTRY * YEAR
            ),
        ),
    ]
    for slot in _slots(person, "posts"):
        main = slot.fields["kind"].value != int(PostKind.TUGAS_TAMBAHAN)
        open_ = slot.fields["until"].value == OPEN_POSITION
        others = [other.placed == slot.fields["until"].value for other in _slots(person, "posts") if other is not slot]
        rules.append(z3.Implies(all_of(slot.there, main), any_of(open_, *others)))
    for slot in _slots(person, "ranks"):
        kind = slot.fields["kind"].value
        rules.append(any_of([kind == int(one) for one in (RankChange.REGULER, RankChange.PILIHAN)]))
    for slot in _slots(person, "trainings"):
        rules.append(z3.Implies(slot.there, slot.fields["passed"].value == 1))
    return rules
