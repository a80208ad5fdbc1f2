"""Cases: an author's tests, and the shorthand in which they and `typical` people are written."""

from __future__ import annotations

from collections.abc import Mapping as Plain
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar, assert_never

from pydantic import BaseModel, ValidationError

from asnpolicy.people import HISTORIES, Agency, Employee, Opening
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.people.posts import Jenjang
from asnpolicy.people.refusals import refusals
from asnpolicy.policy.documents import Declared
from asnpolicy.policy.library import Policy
from asnpolicy.policy.source.scalars import as_date, as_text
from asnpolicy.policy.source.shapes import as_mapping, keys
from asnpolicy.policy.source.tree import Entry, Mapping, Node, Scalar, Sequence
from asnpolicy.problems import Place, Problems, suggest

M = TypeVar("M", bound=BaseModel)
UNKNOWN, NONE = "unknown", "none"
WHO = ("like", "but")
_OUTCOMES = {
    "verdict": ("eligible", "ineligible", "undetermined", "not_applicable"),
    "state": ("fulfilled", "owed", "overdue", "undetermined", "not_applicable"),
    "standing": ("in_force", "illustrative"),
}
EXPECTED = ("verdict", "state", "because", "to", "missing", "warns", "standing", "takes_effect")
CASE = (*WHO, "as_of", "rule", "opening", "mentor", "units", *EXPECTED)
TYPICAL = (
    *(name for name in Employee.model_fields if name not in ("nip", "protected")),
    "nip", "protected", "complete",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A person, a day and a rule, with what is expected."""

    name: str
    place: Place
    employee: Employee
    as_of: date
    rule: str
    expected: tuple[tuple[str, Any], ...]
    opening: Opening | None = None
    mentor: Employee | None = None
    agency: Agency = NO_AGENCY


def typical(policy: Policy, problems: Problems) -> dict[str, Employee]:
    """Give the typical people of a policy, by name."""
    reading = _Reading(policy, problems)
    people = {name: reading.person(name) for name in reading.typical}
    return {name: person for name, person in people.items() if person is not None}


def cases_of(policy: Policy, problems: Problems) -> list[Case]:
    """Read the cases of the region itself; its base's are tested with the base."""
    reading = _Reading(policy, problems)
    declared = policy.merged.chain[0].sections["cases"].values()
    found = [reading.case(one) for one in declared]
    return [case for case in found if case is not None]


class _Reading:
    def __init__(self, policy: Policy, problems: Problems) -> None:
        self.policy = policy
        self.problems = problems
        self.typical: dict[str, Declared] = {}
        for documents in reversed(policy.merged.chain):
            self.typical |= documents.sections["typical"]

    def case(self, declared: Declared) -> Case | None:
        mapping = as_mapping(declared.node, self.problems)
        if mapping is None:
            return None
        keys(mapping, CASE, "a case", self.problems)
        found = len(self.problems.found)
        employee = self.who(mapping, declared.place)
        day = self._needed(mapping, "as_of", declared.place)
        as_of = as_date(day, self.problems) if day else None
        rule = self._rule(mapping, declared.place)
        mentor = self._mentor(mapping)
        opening = self._opening(mapping)
        agency = self._agency(mapping)
        self._known(mapping)
        expected = tuple((word, _expected(mapping.entries[word].value)) for word in EXPECTED if word in mapping.entries)
        if not any(word in ("verdict", "state") for word, _ in expected):
            self.problems.add(
                "missing-key", "a case needs `verdict` or `state`", declared.place, "say what is expected"
            )
        if employee is None or as_of is None or rule is None or len(self.problems.found) > found:
            return None
        return Case(
            declared.name, declared.place, employee, as_of, rule, expected, opening, mentor, agency or NO_AGENCY
        )

    def _rule(self, mapping: Mapping, place: Place) -> str | None:
        node = self._needed(mapping, "rule", place)
        name = as_text(node, self.problems) if node else None
        if node is not None and name is not None and name not in self.policy.rules:
            close = suggest(name, self.policy.rules)
            help_ = f"did you mean `{close}`?" if close else f"there is: {', '.join(self.policy.rules) or 'none'}"
            self.problems.add("unknown-rule", f"unknown rule `{name}`", node.place, help_)
        return name

    def _known(self, mapping: Mapping) -> None:
        """Hold what is expected to what can come out."""
        for word, choices in _OUTCOMES.items():
            node = mapping.entries[word].value if word in mapping.entries else None
            text = as_text(node, self.problems) if node else None
            if node is not None and text is not None and text not in choices:
                self.problems.add(
                    "wrong-value", f"`{text}` is no {word}", node.place, f"it is one of: {', '.join(choices)}"
                )

    def _opening(self, mapping: Mapping) -> Opening | None:
        inner = self._inner(mapping, "opening")
        return self._model(Opening, {"id": "opening", **plain(inner)}, inner) if inner else None

    def _needed(self, mapping: Mapping, word: str, place: Place) -> Node | None:
        if word in mapping.entries:
            return mapping.entries[word].value
        self.problems.add("missing-key", f"a case needs `{word}`", place, f"write `{word}: …`")
        return None

    def _inner(self, mapping: Mapping, word: str) -> Mapping | None:
        return as_mapping(mapping.entries[word].value, self.problems) if word in mapping.entries else None

    def _mentor(self, mapping: Mapping) -> Employee | None:
        inner = self._inner(mapping, "mentor")
        if inner is None:
            return None
        keys(inner, WHO, "a mentor", self.problems)
        return self.who(inner, inner.place)

    def _agency(self, mapping: Mapping) -> Agency | None:
        inner = self._inner(mapping, "units")
        if inner is None:
            return None
        above = {code: as_text(entry.value, self.problems) for code, entry in inner.entries.items()}
        units = [{"code": code, "part_of": unit} for code, unit in above.items()]
        return self._model(Agency, {"units": units}, inner)

    def who(self, mapping: Mapping, place: Place) -> Employee | None:
        """Give the person of a case: somebody typical, with what differs."""
        node = self._needed(mapping, "like", place)
        name = as_text(node, self.problems) if node else None
        if node is None or name is None:
            return None
        if name not in self.typical:
            known = ", ".join(sorted(self.typical)) or "nobody"
            self.problems.add("unknown-typical", f"unknown typical person `{name}`", node.place, f"there is: {known}")
            return None
        return self.person(name, self._inner(mapping, "but"))

    def person(self, name: str, but: Mapping | None = None) -> Employee | None:
        """Give a typical person, with what differs laid over."""
        declared = self.typical[name]
        base = as_mapping(declared.node, self.problems)
        if base is None:
            return None
        entries = dict(base.entries)
        for mapping in filter(None, (base, but)):
            keys(mapping, TYPICAL, "a person", self.problems)
        but = Mapping({name: e for name, e in but.entries.items() if name in TYPICAL}, but.place) if but else None
        entries = {name: entry for name, entry in entries.items() if name in TYPICAL}
        complete = _complete(entries.get("complete"), but.entries.get("complete") if but else None, self.problems)
        entries |= but.entries if but else {}
        return self._model(Employee, _employee(entries, complete), but or base)

    def _model(self, model: type[M], data: Any, mapping: Mapping) -> M | None:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            for steps, sentence in refusals(error, "this").items():
                where = _place(mapping, steps)
                self.problems.add("wrong-person", sentence, where, "correct the value, or write `unknown`")
            return None


def _place(mapping: Mapping, path: tuple[Any, ...]) -> Place:
    node: Node = mapping
    for part in path:
        if isinstance(node, Mapping) and part in node.entries:
            node = node.entries[str(part)].value
        elif isinstance(part, int):
            items = node.items if isinstance(node, Sequence) else _values(node)
            node = items[part] if part < len(items) else node
    return node.place


def _values(node: Node) -> tuple[Node, ...]:
    """Give what is written under each key: the records of a history in shorthand."""
    return tuple(entry.value for entry in node.entries.values()) if isinstance(node, Mapping) else ()


def _expected(node: Node) -> Any:
    value = plain(node)
    return [value] if isinstance(node, Scalar) and not value else value


def plain(node: Node) -> Any:
    """Give a node as plain data, each scalar as the JSON value it looks like."""
    match node:
        case Mapping():
            return {name: plain(entry.value) for name, entry in node.entries.items()}
        case Sequence():
            return [plain(item) for item in node.items]
        case Scalar(text, _, quoted):
            return text if quoted else _scalar(text)
        case _:
            assert_never(node)


def _scalar(text: str) -> Any:
    if text in ("true", "false"):
        return text == "true"
    if text == UNKNOWN:
        return None
    if text.isascii() and text.isdigit() and len(text) < 10 and (text == "0" or text[0] != "0"):
        return int(text)
    return text


# The shorthand


def _complete(base: Entry | None, but: Entry | None, problems: Problems) -> dict[str, Any]:
    """Give since when each history is complete: `all` for all of them, or history by history."""
    given: dict[str, Any] = {}
    for entry in filter(None, (base, but)):
        if isinstance(entry.value, Scalar):
            given = dict.fromkeys(HISTORIES, entry.value.text)
        else:
            mapping = as_mapping(entry.value, problems)
            if mapping is not None:
                keys(mapping, HISTORIES, "complete", problems)
                given |= {name: plain(inner.value) for name, inner in mapping.entries.items()}
    return given


def _employee(entries: Plain[str, Entry], complete: Plain[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, entry in entries.items():
        if name == "complete":
            continue
        if name in HISTORIES:
            if not (isinstance(entry.value, Scalar) and entry.value.text == UNKNOWN):
                records = [in_full(name, record) for record in _records(name, entry.value)]
                data[name] = {"records": records, "complete_since": complete.get(name)}
        else:
            data[name] = plain(entry.value)
    for name in HISTORIES:
        if name not in entries:
            data[name] = {"records": [], "complete_since": complete.get(name)}
    data.setdefault("nip", _nip(data))
    return data


def _nip(data: Plain[str, Any]) -> str:
    """Make up a number that contradicts nothing."""
    born = str(data.get("birth_date") or "1970-01-01").replace("-", "")
    protected = data.get("protected")
    sex = {"L": "1", "P": "2"}.get(str(protected.get("sex") if isinstance(protected, dict) else None), "1")
    if data.get("employment") == "PPPK":
        return f"{born}202221{sex}001"
    begun = data.get("cpns_on")
    begun = begun if isinstance(begun, str) and begun != NONE else "2000-03-01"
    return f"{born}{begun[:4]}{begun[5:7]}{sex}001"


def _records(history: str, node: Node) -> Any:
    if not isinstance(node, Mapping):
        return plain(node)
    return (
        [_SHORT[history](name, plain(entry.value)) for name, entry in node.entries.items()]
        if history in _SHORT
        else plain(node)
    )


def in_full(history: str, record: Any) -> Any:
    """Write out what an author leaves out: a post is held in one's own right, an appraisal is of a whole year."""
    if not isinstance(record, dict):
        return record
    if history == "posts":
        return {"acting": False, **record}
    year = record.get("year")
    if history != "appraisals" or not isinstance(year, int):
        return record
    period = {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
    end = record.get("period_end", period["period_end"])
    return {**period, "decided_on": _day_after(end), **record}


def _day_after(day: Any) -> Any:
    try:
        return str(date.fromisoformat(str(day)) + timedelta(days=1))
    except ValueError:
        return None


def _post(name: str, since: Any) -> dict[str, Any]:
    levels = {member.label for member in Jenjang}
    what = {"kind": "fungsional", "jenjang": name} if name in levels else {"kind": name}
    return {**what, "since": since, "until": "ongoing"}


def _education(level: str, graduated: Any) -> dict[str, Any]:
    return {"level": level, "graduated_on": graduated, "recognised_on": graduated}


_SHORT: dict[str, Any] = {
    "ranks": lambda rank, since: {"rank": rank, "since": since},
    "pppk_grades": lambda grade, since: {"grade": grade, "since": since},
    "posts": _post,
    "educations": _education,
    "appraisals": lambda year, rating: {"year": _scalar(year), "rating": rating},
    "trainings": lambda day, hours: {"completed_on": day, "hours": hours, "passed": True},
}
"""Histories that may be written as a mapping: rank to date, kind or level of post to date, year to predicate, …"""
