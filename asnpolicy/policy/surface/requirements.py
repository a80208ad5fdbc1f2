"""Requirements: what is required of a fact or of a record's field: tests, in a window."""

from __future__ import annotations

import re
from collections.abc import Mapping as Known
from dataclasses import dataclass
from typing import Literal as Choice
from typing import TypeAlias, assert_never, get_args

from asnpolicy.language.facts import FACTS
from asnpolicy.language.nodes import Kind
from asnpolicy.language.rules import TestWord
from asnpolicy.policy.source.scalars import as_whole
from asnpolicy.policy.source.shapes import as_sequence
from asnpolicy.policy.source.tree import Mapping, RawNode, Scalar, Sequence
from asnpolicy.policy.surface.examples import comparison
from asnpolicy.policy.surface.hints import compared_with_nothing
from asnpolicy.policy.surface.names import Name, RawValue, key_of, name_of, names_of, unknown_words
from asnpolicy.policy.surface.operands import Operand, operand
from asnpolicy.problems import Place, Problems
from asnpolicy.text import phrase

OperandWord: TypeAlias = Choice["is", "not", "at_least", "at_most", "below", "above"]
ListWord: TypeAlias = Choice["in", "not_in"]
WindowWord: TypeAlias = Choice["in_last", "last_full_years", "last_rated", "last", "during", "since"]
TESTS: tuple[TestWord, ...] = get_args(TestWord)
WINDOWS: tuple[WindowWord, ...] = get_args(WindowWord)
OF_HISTORY: tuple[WindowWord, ...] = ("in_last", "last", "during", "since")
"""The windows that every history has: years that are rated only appraisals have."""
MOST_YEARS = 20
"""A window of years or of records is at most so long."""


# Tests


@dataclass(frozen=True, slots=True, eq=False)
class OperandTest:
    """A comparison with one thing."""

    word: OperandWord
    operand: Operand
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class ListTest:
    """Being one of a list, or none of it."""

    word: ListWord
    items: tuple[RawValue, ...]
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class TextsTest:
    """Having one of some texts."""

    word: Choice["has"]
    texts: tuple[Name, ...]
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class UnitTest:
    """Being a unit, or standing below it."""

    word: Choice["within"]
    unit: Name
    place: Place


Test: TypeAlias = OperandTest | ListTest | TextsTest | UnitTest

_TESTS: Known[str, TestWord] = {word: word for word in TESTS}


def _test(word: TestWord, node: RawNode, problems: Problems) -> Test | None:
    match word:
        case "is" | "not" | "at_least" | "at_most" | "below" | "above":
            given = operand(node, problems)
            return None if given is None else OperandTest(word, given, node.place)
        case "in" | "not_in":
            items = as_sequence(node, problems)
            return None if items is None else ListTest(word, tuple(map(RawValue, items.items)), node.place)
        case "has":
            texts = names_of(node, problems)
            whole = bool(texts) or (isinstance(node, Sequence) and not node.items)
            return TextsTest(word, texts, node.place) if whole else None
        case "within":
            unit = name_of(node, problems)
            return None if unit is None else UnitTest(word, unit, node.place)
        case _:
            assert_never(word)


# Windows


@dataclass(frozen=True, slots=True, eq=False)
class InLast:
    """The last so many years or months."""

    length: Operand
    key: Name


@dataclass(frozen=True, slots=True, eq=False)
class LastFullYears:
    """The last so many full calendar years."""

    count: int
    place: Place
    key: Name


@dataclass(frozen=True, slots=True, eq=False)
class LastRated:
    """The last so many years that have an appraisal."""

    count: int
    key: Name


@dataclass(frozen=True, slots=True, eq=False)
class LastRecords:
    """The last so many records; those of one day stand together."""

    count: int
    key: Name


@dataclass(frozen=True, slots=True, eq=False)
class DuringPeriod:
    """The period of a duty."""

    period: Name
    key: Name


@dataclass(frozen=True, slots=True, eq=False)
class SinceDay:
    """From a day on."""

    day: Operand
    key: Name


Stretch: TypeAlias = InLast | LastFullYears | LastRated | LastRecords | DuringPeriod | SinceDay
"""A window as it is written."""


def stretches_of(node: Mapping, problems: Problems) -> tuple[Stretch, ...]:
    """Read the windows that are written among other words; there should be one at most."""
    given = (_stretch(word, node, problems) for word in WINDOWS if word in node.entries)
    return tuple(stretch for stretch in given if stretch is not None)


def _stretch(word: WindowWord, mapping: Mapping, problems: Problems) -> Stretch | None:
    key, node = key_of(mapping.entries[word].key), mapping.entries[word].value
    match word:
        case "in_last":
            length = operand(node, problems)
            return None if length is None else InLast(length, key)
        case "last_full_years":
            count = _count(word, node, problems)
            return None if count is None else LastFullYears(count, node.place, key)
        case "last_rated":
            count = _count(word, node, problems)
            return None if count is None else LastRated(count, key)
        case "last":
            if _is_time(node, problems):
                return None
            count = _count(word, node, problems)
            return None if count is None else LastRecords(count, key)
        case "during":
            period = name_of(node, problems)
            return None if period is None else DuringPeriod(period, key)
        case "since":
            day = operand(node, problems)
            return None if day is None else SinceDay(day, key)
        case _:
            assert_never(word)


def _is_time(node: RawNode, problems: Problems) -> bool:
    """Tell a length of time where a number of records is meant: its number alone would be something else."""
    text = node.text.strip() if isinstance(node, Scalar) else ""
    found = _TIME.fullmatch(text)
    if found is None:
        return False
    number, unit = found[1], "years" if found[2][0] in "yt" else "months"
    message = phrase(en="`last: {text}` counts records, not time", id="`last: {text}` menghitung catatan, bukan waktu", text=text)
    help = phrase(
        en="of {number} records write `last: {number}`, of {number} {unit} `in_last: {number} {unit}`",
        id="untuk {number} catatan tulis `last: {number}`, untuk waktu `in_last: {number} {unit}`", number=number, unit=unit,
    )  # fmt: skip
    problems.add("wrong-value", message, node.place, help)
    return True


_TIME = re.compile(r"(\d+)\s*(years?|tahun|months?|bulan)")


def _count(word: str, node: RawNode, problems: Problems) -> int | None:
    """Read how many years or records a window holds."""
    count = as_whole(node, problems)
    if count is None or 1 <= count <= MOST_YEARS:
        return count
    message = phrase(
        en="`{word}: {count}` is no window", id="`{word}: {count}` bukan rentang waktu", word=word, count=count
    )
    problems.add(
        "wrong-value",
        message,
        node.place,
        phrase(
            en="write a number from 1 to {most_years}",
            id="tulis bilangan dari 1 sampai {most_years}",
            most_years=MOST_YEARS,
        ),
    )
    return None


# Together


@dataclass(frozen=True, slots=True, eq=False)
class Requirement:
    """What is required: tests, and the window they look at."""

    tests: tuple[Test, ...]
    stretches: tuple[Stretch, ...]
    place: Place
    strange: tuple[Name, ...] = ()
    """Words that are neither: what a fact takes depends on the fact, so they are told where that is known."""
    whole: bool = True
    """False when something in it could not be read, so that what it lacks is not news."""


def requirement(node: RawNode, problems: Problems) -> Requirement:
    """Read what is required: a bare value means `is`, a list means one of them, else each word a test."""
    if isinstance(node, Scalar) and not node.text and not node.quoted:
        return Requirement((), (), node.place)
    if not isinstance(node, Mapping):
        test = _test("in" if isinstance(node, Sequence) else "is", node, problems)
        return Requirement((test,) if test else (), (), node.place, whole=test is not None)
    given = [_test(_TESTS[word], e.value, problems) for word, e in node.entries.items() if word in _TESTS]
    tests = tuple(test for test in given if test is not None)
    strange = tuple(key_of(e.key) for word, e in node.entries.items() if word not in _TESTS and word not in WINDOWS)
    return Requirement(tests, stretches_of(node, problems), node.place, strange, len(tests) == len(given))


def hold_to(
    required: Requirement, name: str, problems: Problems, *, windowed: bool = False, history: str | None = None
) -> None:
    """Hold a requirement to what can be required of something: no other words, and at least one test."""
    lasts = name in FACTS and FACTS[name].type.kind is Kind.DURATION
    allowed = (*TESTS, *(WINDOWS if windowed else ()), *(("not_counting",) if lasts else ()))
    strange = (*required.strange, *(() if windowed else (stretch.key for stretch in required.stretches)))
    if strange:
        unknown_words(strange, allowed, name, problems)
    elif not required.tests and required.whole:
        help = phrase(
            en="add `is`, `at_least`, `at_most`, `below` or `above`, as in `{example}`",
            id="tambahkan `is`, `at_least`, `at_most`, `below`, atau `above`, seperti `{example}`",
            example=comparison(name, history),
        )
        problems.add(
            "empty-condition",
            compared_with_nothing(name),
            required.place,
            help,
        )
