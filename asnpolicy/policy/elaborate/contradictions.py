"""Contradictions: tests of one thing that no value can meet together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from asnpolicy.language.nodes import Type
from asnpolicy.policy.surface.literals import value_of
from asnpolicy.policy.surface.names import RawValue
from asnpolicy.policy.surface.requirements import ListTest, OperandTest, Test
from asnpolicy.problems import Problems
from asnpolicy.text import Message, joined, phrase

_LEAST, _MOST, _OPEN = ("is", "at_least", "above"), ("is", "at_most", "below"), ("above", "below")


@dataclass(frozen=True, slots=True)
class _Bound:
    """A test with a written value, and the size of that value."""

    test: OperandTest
    text: str
    size: int

    @property
    def written(self) -> str:
        return f"{self.test.word}: {self.text}"


def tests_agree(named: str, type_: Type, tests: tuple[Test, ...], problems: Problems, *, anywhere: bool = False) -> None:
    """Tell two tests of one thing that nothing meets; `anywhere` says that `any` can hold the two apart."""
    if len(tests) <= 1:
        return
    bounds = [bound for test in tests if (bound := _bound(test, type_)) is not None]
    for low in (one for one in bounds if one.test.word in _LEAST):
        for high in (one for one in bounds if one.test.word in _MOST and one is not low):
            if _leaves_nothing(low, high):
                _tell(named, low, high, problems, anywhere=anywhere)
                return
    _lists_agree(named, type_, tests, bounds, problems)


def _bound(test: Test, type_: Type) -> _Bound | None:
    if not isinstance(test, OperandTest) or not isinstance(test.operand, RawValue) or test.operand.is_none:
        return None
    size = _size(test.operand, type_)
    return None if size is None else _Bound(test, test.operand.text, size)


def _size(written: RawValue, type_: Type) -> int | None:
    """Return where a written value stands among others of its kind; a length in days is not held against one in months."""
    value = value_of(written, type_)
    if isinstance(value, date):
        return value.toordinal()
    return int(value) if isinstance(value, int) else None


def _leaves_nothing(low: _Bound, high: _Bound) -> bool:
    open_ = low.test.word in _OPEN or high.test.word in _OPEN
    return high.size < low.size or (open_ and high.size == low.size)


def _tell(named: str, low: _Bound, high: _Bound, problems: Problems, *, anywhere: bool) -> None:
    message = phrase(
        en="nothing is `{low}` and `{high}` at once, so `{name}` never meets both",
        id="tidak ada yang `{low}` sekaligus `{high}`, jadi `{name}` tidak akan pernah memenuhi keduanya",
        low=low.written,
        high=high.written,
        name=named,
    )
    later = max(low, high, key=lambda bound: (bound.test.place.line, bound.test.place.column))
    problems.add("never-holds", message, later.test.place, _apart(named, low, high, anywhere=anywhere))


def _apart(named: str, low: _Bound, high: _Bound, *, anywhere: bool) -> Message:
    """Return the way out: the bounds changed over, or one of the two tests."""
    either = f"any: [{{{named}: {{{high.written}}}}}, {{{named}: {{{low.written}}}}}]"
    one_of_both = phrase(en="for one or the other write `{either}`", id="untuk salah satunya tulis `{either}`", either=either)
    if low.size == high.size or "is" in (low.test.word, high.test.word):
        one = phrase(en="keep one of the two", id="pertahankan salah satu saja")
    else:
        one = phrase(
            en="for what lies between write `{{{low}: {most}, {high}: {least}}}`",
            id="untuk yang di antaranya tulis `{{{low}: {most}, {high}: {least}}}`",
            low=low.test.word, most=high.text, high=high.test.word, least=low.text,
        )  # fmt: skip
    return joined(one, one_of_both, by="; ") if anywhere else one


def _lists_agree(named: str, type_: Type, tests: tuple[Test, ...], bounds: list[_Bound], problems: Problems) -> None:
    """Tell a list of which no item meets what else is asked."""
    for test in tests:
        if not isinstance(test, ListTest) or test.word != "in" or any(item.is_none for item in test.items):
            continue
        sizes = [_size(item, type_) for item in test.items]
        if None in sizes or not sizes:
            continue
        for bound in bounds:
            if not any(size is not None and _meets(size, bound) for size in sizes):
                message = phrase(
                    en="no item of the list is `{bound}`, so `{name}` never meets both",
                    id="tidak ada isi daftar yang `{bound}`, jadi `{name}` tidak akan pernah memenuhi keduanya",
                    bound=bound.written,
                    name=named,
                )
                problems.add("never-holds", message, bound.test.place, phrase(en="keep one of the two", id="pertahankan salah satu saja"))
                return


def _meets(size: int, bound: _Bound) -> bool:
    match bound.test.word:
        case "is":
            return size == bound.size
        case "not":
            return size != bound.size
        case "at_least":
            return size >= bound.size
        case "above":
            return size > bound.size
        case "at_most":
            return size <= bound.size
        case "below":
            return size < bound.size
        case _:
            assert_never(bound.test.word)
