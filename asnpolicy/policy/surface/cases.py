"""Cases as they are written: a person, a day and a rule, with what is expected."""

from __future__ import annotations

from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias, get_args
from typing import Literal as Choice

from asnpolicy.policy.source.events import read
from asnpolicy.policy.source.scalars import as_date, as_text
from asnpolicy.policy.source.shapes import as_mapping, keys
from asnpolicy.policy.source.tree import Mapping, RawEntry, RawNode, Scalar
from asnpolicy.policy.surface.documents import TESTED, Declared, Documents, gather
from asnpolicy.policy.surface.hints import lacking
from asnpolicy.policy.surface.names import Name, RawValue, key_of, name_of, names_of
from asnpolicy.policy.surface.people import PersonForm, person, place_in, plain
from asnpolicy.problems import Place, Problems, meant
from asnpolicy.text import Text, phrase

ExpectedWord: TypeAlias = Choice["verdict", "state", "because", "to", "missing", "warns", "standing", "takes_effect"]
EXPECTED: tuple[ExpectedWord, ...] = get_args(ExpectedWord)
WHO = ("like", "but")
CASE = (*WHO, "as_of", "rule", "opening", "mentor", "units", "waived", *EXPECTED)
OUTCOMES: Lookup[ExpectedWord, tuple[str, ...]] = {
    "verdict": ("eligible", "ineligible", "undetermined", "not_applicable"),
    "state": ("fulfilled", "owed", "overdue", "undetermined", "not_applicable"),
    "standing": ("in_force", "illustrative"),
}


@dataclass(frozen=True, slots=True, eq=False)
class WhoForm:
    """Somebody typical, with what differs."""

    like: Name | None
    but: PersonForm | None


@dataclass(frozen=True, slots=True, eq=False)
class OpeningForm:
    """A vacant post: plain data."""

    written: RawValue

    @property
    def data(self) -> dict[str, Any]:
        """Return the data."""
        found: dict[str, Any] = plain(self.written)
        return found

    def place_of(self, steps: tuple[Any, ...]) -> Place:
        """Return where something of it is written, as near as can be told."""
        return place_in(self.written, steps)


@dataclass(frozen=True, slots=True, eq=False)
class UnitsForm:
    """The units of an agency: each with the one that it is part of, `none` for a top."""

    units: tuple[tuple[str, str | None], ...]
    written: RawValue

    def place_of(self, steps: tuple[Any, ...]) -> Place:
        """Return where something of it is written, as near as can be told."""
        return place_in(self.written, steps)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CaseForm:
    """A case."""

    name: Name
    who: WhoForm
    as_of: date | None
    as_of_place: Place
    rule: Name | None
    opening: OpeningForm | None
    mentor: WhoForm | None
    units: UnitsForm | None
    waived: tuple[Name, ...]
    """The criteria of the rule that are waived for the person."""
    expected: tuple[tuple[ExpectedWord, Any], ...]
    expected_places: Lookup[ExpectedWord, Place]
    whole: bool
    """False when something in it could not be read: then it can't be run."""


@dataclass(slots=True)
class Tests:
    """What a region writes to test its policy: typical people, and cases."""

    __test__ = False
    typical: dict[str, Declared[PersonForm]] = field(default_factory=dict)
    cases: dict[str, CaseForm] = field(default_factory=dict)
    whole: bool = True
    """False when something could not be read at all, so that people may be missing."""


def tests_of(documents: Documents, problems: Problems) -> Tests:
    """Return what a region writes to test its policy."""
    found, told = _read(documents.region, tuple(documents.files.items()))
    problems.found += told.found
    problems.sources.update(told.sources)
    return found


@lru_cache(maxsize=8)
def _read(region: str, written: tuple[tuple[str, bytes], ...]) -> tuple[Tests, Problems]:
    """Read the tests of a region, once for what is written in its files: many regions extend one base."""
    problems = Problems()
    return tests_in(region, dict(written), problems), problems


def tests_in(region: str, files: Lookup[str, bytes], problems: Problems) -> Tests:
    """Read the typical people and the cases that stand in some files of a region."""
    sections: dict[str, dict[str, RawEntry]] = {section: {} for section in TESTED}
    whole = True
    for name in sorted(files):
        tree = read(name, files[name], problems, only=TESTED)
        read_all = tree is not None and gather(tree, sections, problems)
        whole = whole and read_all
    found = Tests(whole=whole)
    for name, entry in sections["typical"].items():
        found.typical[name] = Declared(name, person(entry.value, problems), entry.key.place, region)
    for name, entry in sections["cases"].items():
        form = case(entry, problems)
        if form is not None:
            found.cases[name] = form
    return found


def case(entry: RawEntry, problems: Problems) -> CaseForm | None:
    """Read a case."""
    mapping = as_mapping(entry.value, problems)
    if mapping is None:
        return None
    before = len(problems.found)
    keys(mapping, CASE, Text("kasus", "a case"), problems)
    reading = _Reading(mapping, problems)
    name = key_of(entry.key)
    return CaseForm(
        name=name,
        who=reading.who(name.place),
        as_of=reading.as_of(name.place),
        as_of_place=reading.place_of("as_of") or name.place,
        rule=reading.rule(name.place),
        opening=reading.opening(),
        mentor=reading.mentor(),
        units=reading.units(),
        waived=reading.waived(),
        expected=reading.expected(name.place),
        expected_places={word: place for word in EXPECTED if (place := reading.place_of(word)) is not None},
        whole=len(problems.found) == before,
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    mapping: Mapping
    problems: Problems

    def needed(self, word: str, place: Place) -> RawNode | None:
        if word in self.mapping.entries:
            return self.mapping.entries[word].value
        self.problems.add(
            "missing-key",
            phrase(en="a case needs `{word}`", id="kasus memerlukan `{word}`", word=word),
            place,
            lacking(word),
        )
        return None

    def place_of(self, word: str) -> Place | None:
        entry = self.mapping.entries.get(word)
        return entry.value.place if entry else None

    def inner(self, word: str) -> Mapping | None:
        given = self.mapping.entries.get(word)
        return as_mapping(given.value, self.problems) if given else None

    def who(self, place: Place) -> WhoForm:
        like, but = self.needed("like", place), self.mapping.entries.get("but")
        name = name_of(like, self.problems) if like else None
        return WhoForm(name, person(but.value, self.problems, differs=True) if but else None)

    def as_of(self, place: Place) -> date | None:
        node = self.needed("as_of", place)
        return as_date(node, self.problems) if node else None

    def rule(self, place: Place) -> Name | None:
        node = self.needed("rule", place)
        return name_of(node, self.problems) if node else None

    def mentor(self) -> WhoForm | None:
        inner = self.inner("mentor")
        if inner is None:
            return None
        keys(inner, WHO, Text("mentor", "a mentor"), self.problems)
        return _Reading(inner, self.problems).who(inner.place)

    def opening(self) -> OpeningForm | None:
        inner = self.inner("opening")
        return None if inner is None else OpeningForm(RawValue(inner))

    def units(self) -> UnitsForm | None:
        inner = self.inner("units")
        if inner is None:
            return None
        above = [(code, as_text(entry.value, self.problems)) for code, entry in inner.entries.items()]
        return UnitsForm(tuple(above), RawValue(inner))

    def waived(self) -> tuple[Name, ...]:
        given = self.mapping.entries.get("waived")
        return names_of(given.value, self.problems) if given else ()

    def expected(self, place: Place) -> tuple[tuple[ExpectedWord, Any], ...]:
        """Read what is expected, and hold it to what can come out."""
        entries = self.mapping.entries
        given: list[tuple[ExpectedWord, Any]] = []
        for word in (one for one in EXPECTED if one in entries):
            self.known(word, entries[word].value)
            given.append((word, _value(entries[word].value)))
        if "verdict" not in entries and "state" not in entries:
            self.problems.add(
                "missing-key",
                phrase(en="a case needs `verdict` or `state`", id="kasus memerlukan `verdict` atau `state`"),
                place,
                phrase(
                    en="say what is expected: `verdict: eligible`, of a duty `state: fulfilled`, or another result",
                    id="nyatakan hasil yang diharapkan: `verdict: eligible`, untuk kewajiban `state: fulfilled`, atau hasil lain",
                ),
            )
        return tuple(given)

    def known(self, word: ExpectedWord, node: RawNode) -> None:
        choices = OUTCOMES.get(word)
        text = as_text(node, self.problems) if choices else None
        if choices and text is not None and text not in choices:
            listed = phrase(en="it is one of: {choices}", id="pilihannya: {choices}", choices=", ".join(choices))
            help = meant(text, choices, listed, also=listed)
            self.problems.add(
                "wrong-value",
                phrase(en="`{text}` is no {word}", id="`{text}` bukan {word}", text=text, word=word),
                node.place,
                help,
            )


def _value(node: RawNode) -> Any:
    value = plain(RawValue(node))
    return [value] if isinstance(node, Scalar) and not value else value
