"""Wording: the words of the explanations, for pages: days, lengths of time, values and what is required of a fact."""

from __future__ import annotations

from dataclasses import replace

from asnpolicy.decisions import words
from asnpolicy.decisions.reasons import Part, Reason, written
from asnpolicy.language.daycount import Days
from asnpolicy.language.nodes import Literal, Type
from asnpolicy.language.rules import Observation, TestWord, Text
from asnpolicy.people.ranks import Rank
from asnpolicy.report.names import spoken

_NOTHING = Literal(0)


def said(part: Part) -> Text:
    """Write a part of an explanation in both languages.

    >>> from datetime import date
    >>> said(date(2026, 10, 1)).id
    '1 Oktober 2026'
    """
    return Text(written(part, "id"), written(part, "en"))


def months(count: int) -> Text:
    """Write a number of months as years and months."""
    return said(words.months(count))


def length(one: int | Days) -> Text:
    """Write a length of time, in years and months or in days."""
    return said(words.length(one))


def value(type_: Type, known: object, unit: Text | None = None) -> Text:
    """Write a value; codes as words."""
    text = said(words.value(replace(type_, places=0), known, unit))
    return Text(spoken(text.id), spoken(text.en))


def required(fact: str, type_: Type, unit: Text | None, word: TestWord, wanted: list[object]) -> Text:
    """Write what is required of a fact, as the explanations do."""
    observation = Observation(fact, Text(fact, fact), replace(type_, places=0), unit, _NOTHING, word)
    text = words.required(observation, wanted)
    return Text(spoken(text.id), spoken(text.en))


def target(type_: Type | None) -> Text:
    """Name the target of a rule."""
    return said(Reason("label.target.rank" if type_ and type_.labels is Rank else "label.target.level"))


def records(history: str) -> Text:
    """Name the records of a history, as they are counted: `jumlah pelatihan`, `number of trainings`."""
    return Text(Reason(f"record.{history}").to("id"), Reason(f"history.{history}").to("en"))
