"""What a rule reads of a person, and when what it grants takes effect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from asnpolicy.language.dates import Period, upcoming
from asnpolicy.language.nodes import Asks
from asnpolicy.language.reading import Question
from asnpolicy.language.rules import Rule

BEHIND = {
    "employment": ("cpns_on", "pns_on", "contracts"),
    "service_status": ("statuses", "leaves", "birth_date"),
    "ranks": ("employment",),
}
"""What a field follows from, beside what is delivered for it."""
PEOPLE = ("employee", "mentor", "mentee")
"""The scopes that are people."""
HORIZON = 800
"""So many days ahead a period must come: two years are enough for any."""


def built_on(rule: Rule, rules: Mapping[str, Rule]) -> tuple[Rule, ...]:
    """Give a rule and all that it builds on, however far down."""
    found = {rule.id: rule}
    waiting = [rule]
    while waiting:
        more = [rules[name] for name in waiting.pop().builds_on if name not in found]
        found |= {one.id: one for one in more}
        waiting += more
    return tuple(found.values())


def lies_within(rule: Rule, rules: Mapping[str, Rule]) -> tuple[Rule, ...]:
    """Give a rule and those of its base that it lies within."""
    found = [rule]
    for one in found:
        within = (c.holds.rule for c in one.criteria if c.kind == "within" and isinstance(c.holds, Asks))
        found += [rules[name] for name in within if name in rules]
    return tuple(found)


def data_of(rule: Rule, rules: Mapping[str, Rule]) -> frozenset[str]:
    """Name the fields and histories of the person that a rule rests on, with all that it builds on."""
    read = {name for one in built_on(rule, rules) for scope, name in one.reads if scope == "employee"}
    return frozenset(read).union(*(BEHIND.get(name, ()) for name in read))


def distinct(missing: Iterable[str]) -> tuple[str, ...]:
    """Name what is missing once: `appraisals[2024]` says more than `appraisals`; a field of a record does not."""
    return _distinct(frozenset(missing))


@lru_cache(maxsize=4096)
def _distinct(names: frozenset[str]) -> tuple[str, ...]:
    precise = {name.partition("[")[0] for name in names if name.endswith("]")}
    return tuple(sorted(names - precise))


_OF_RECORD = re.compile(r"(?P<history>[a-z_.]+)\[[^\]]*\]\.(?P<field>.+)")
_RECORD = re.compile(r"(?P<history>[a-z_.]+)\[(?!\d{4}\])[^\]]*\]")


def put_together(missing: Iterable[str]) -> frozenset[str]:
    """Name what is missing without single records, to be counted over many people; of a vacant post all is one.

    >>> sorted(put_together(["educations[2009-08-01].field", "appraisals[2024]", "opening.kind"]))
    ['appraisals[2024]', 'educations.field', 'opening']
    """
    return frozenset(map(_without_record, missing))


def _without_record(name: str) -> str:
    if name.startswith("opening."):
        return "opening"
    of_record = _OF_RECORD.fullmatch(name)
    if of_record is not None:
        return f"{of_record['history']}.{of_record['field']}"
    record = _RECORD.fullmatch(name)
    return name if record is None else record["history"]


def read_set(rules: Iterable[Rule], question: Question) -> dict[str, Any]:
    """Give what some rules may read of a question, with what that follows from, as plain data."""
    names: dict[str, set[str]] = {}
    for scope, name in {field for rule in rules for field in rule.reads}:
        behind = BEHIND.get(name, ()) if scope in PEOPLE else ()
        names.setdefault(scope, set()).update((name, *behind))
    return {scope: _read(getattr(question, scope), names[scope]) for scope in sorted(names)}


def _read(subject: Any, names: set[str]) -> dict[str, Any]:
    if not isinstance(subject, BaseModel):  # an opening or a pair
        return {name: getattr(subject, name) for name in sorted(names)}
    protected = {name.removeprefix("protected.") for name in names if name.startswith("protected.")}
    include: dict[str, Any] = {name: True for name in names if not name.startswith("protected.")}
    return subject.model_dump(mode="json", include=include | ({"protected": protected} if protected else {}))


def takes_effect(rule: Rule, as_of: date) -> date | None:
    """Give the first day on (or after) as-of on which the rule takes effect by the version of that day."""
    effect = rule.takes_effect
    if effect is None or not effect.periods:
        return None if effect is None else as_of
    return _effective(effect.periods, effect.after, as_of)


@lru_cache(maxsize=1024)
def _effective(periods: tuple[Period, ...], after: int, as_of: date) -> date | None:
    """Give that day, the same for all who are asked about as of one."""
    day = upcoming(as_of + timedelta(days=after), periods, years=4)
    return day if (day - as_of).days < HORIZON else None
