"""Cases: an author's tests, and the shorthand in which they and `typical` people are written."""

from __future__ import annotations

from collections.abc import Mapping as Plain
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from asnpolicy.people import HISTORIES, Agency, Employee, Opening
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.people.posts import Jenjang
from asnpolicy.policy.documents import Declared
from asnpolicy.policy.library import Policy
from asnpolicy.policy.source import Entry, Mapping, Node, Scalar, Sequence, as_date, as_mapping, as_text, keys
from asnpolicy.problems import Place, Problems

M = TypeVar("M", bound=BaseModel)
UNKNOWN, NONE = "unknown", "none"
WHO = ("like", "but")
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
        as_of = as_date(_get(mapping, "as_of", declared.place), self.problems)
        rule = as_text(_get(mapping, "rule", declared.place), self.problems)
        mentor = self._mentor(mapping)
        opening = (
            self._model(Opening, {"id": "opening", **plain(mapping.entries["opening"].value)}, mapping)
            if "opening" in mapping.entries
            else None
        )
        agency = self._agency(mapping)
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

    def _mentor(self, mapping: Mapping) -> Employee | None:
        if "mentor" not in mapping.entries:
            return None
        inner = as_mapping(mapping.entries["mentor"].value, self.problems)
        return self.who(inner, inner.place) if inner else None

    def _agency(self, mapping: Mapping) -> Agency | None:
        if "units" not in mapping.entries:
            return None
        tree = plain(mapping.entries["units"].value)
        units = [{"code": code, "part_of": None if above == NONE else above} for code, above in tree.items()]
        return self._model(Agency, {"units": units}, mapping)

    def who(self, mapping: Mapping, place: Place) -> Employee | None:
        """Give the person of a case: somebody typical, with what differs."""
        name = as_text(_get(mapping, "like", place), self.problems)
        if name not in self.typical:
            known = ", ".join(sorted(self.typical)) or "nobody"
            where = mapping.entries["like"].value.place if "like" in mapping.entries else place
            self.problems.add("unknown-typical", f"unknown typical person `{name}`", where, f"there is: {known}")
            return None
        but = as_mapping(mapping.entries["but"].value, self.problems) if "but" in mapping.entries else None
        return self.person(name, but)

    def person(self, name: str, but: Mapping | None = None) -> Employee | None:
        """Give a typical person, with what differs laid over."""
        declared = self.typical[name]
        base = as_mapping(declared.node, self.problems)
        if base is None:
            return None
        entries = dict(base.entries)
        for mapping in filter(None, (base, but)):
            keys(mapping, TYPICAL, "a person", self.problems)
        complete = _complete(entries.get("complete"), but.entries.get("complete") if but else None, self.problems)
        entries |= but.entries if but else {}
        return self._model(Employee, _employee(entries, complete), but or base)

    def _model(self, model: type[M], data: Any, mapping: Mapping) -> M | None:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            for one in error.errors():
                where = _place(mapping, one["loc"])
                path = ".".join(str(part) for part in one["loc"])
                message = one["msg"].removeprefix("Value error, ")
                self.problems.add(
                    "wrong-person", f"`{path}`: {message}", where, "correct the value, or write `unknown`"
                )
            return None


def _place(mapping: Mapping, path: tuple[Any, ...]) -> Place:
    node: Node = mapping
    for part in path:
        if isinstance(node, Mapping) and part in node.entries:
            node = node.entries[str(part)].value
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
    return node.place


def _get(mapping: Mapping, word: str, place: Place) -> Node:
    entry = mapping.entries.get(word)
    return entry.value if entry else Scalar("", place, quoted=False)


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
                data[name] = {"records": _records(name, entry.value), "complete_since": complete.get(name)}
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
    sex = {"L": "1", "P": "2"}.get(str((data.get("protected") or {}).get("sex")), "1")
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


def _post(name: str, since: Any) -> dict[str, Any]:
    levels = {member.label for member in Jenjang}
    what = {"kind": "fungsional", "jenjang": name} if name in levels else {"kind": name}
    return {**what, "since": since, "until": "ongoing", "acting": False}


def _education(level: str, graduated: Any) -> dict[str, Any]:
    return {"level": level, "graduated_on": graduated, "recognised_on": graduated}


_SHORT: dict[str, Any] = {
    "ranks": lambda rank, since: {"rank": rank, "since": since},
    "pppk_grades": lambda grade, since: {"grade": grade, "since": since},
    "posts": _post,
    "educations": _education,
    "appraisals": lambda year, rating: {"year": int(year) if year.isdigit() else year, "rating": rating},
    "trainings": lambda day, hours: {"completed_on": day, "hours": hours, "passed": True},
}
"""Histories that may be written as a mapping: rank to date, kind or level of post to date, year to predicate, …"""
