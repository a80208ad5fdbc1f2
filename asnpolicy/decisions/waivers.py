"""Waivers: exceptions granted to one person by somebody who may, given as input beside the policy; slips are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Annotated

from pydantic import Field

from asnpolicy.language.outcome import Waives
from asnpolicy.language.rules import Criterion, Program, Rule
from asnpolicy.people.days import OPEN, WholeDay, WholeUntil
from asnpolicy.people.model import Model
from asnpolicy.people.nip import NipText
from asnpolicy.problems import RULE, PolicyError, Problem, meant
from asnpolicy.text import Text, phrase

Required = Annotated[str, Field(min_length=1)]


class Waiver(Model):
    """One criterion of one rule waived for one person, half open: `since <= as-of < until`."""

    nip: NipText
    rule: Required
    criterion: Required
    approver: Required
    letter: Required
    basis: Required
    since: WholeDay
    until: WholeUntil = OPEN

    def covers(self, nip: str, rule: str, criterion: str, as_of: date) -> bool:
        """Tell whether it is for this person, rule and criterion on this day."""
        who = (self.nip, self.rule, self.criterion) == (nip, rule, criterion)
        return who and self.since <= as_of < self.until


def waiving(waivers: Iterable[Waiver], nip: str, as_of: date) -> Waives:
    """Say which criteria are waived for a person on a day."""
    given = tuple(waivers)

    def waives(rule: Rule, criterion: Criterion) -> bool:
        return any(waiver.covers(nip, rule.id, criterion.id, as_of) for waiver in given)

    return waives


def check(waivers: Iterable[Waiver], programs: tuple[Program, ...]) -> None:
    """Raise PolicyError for waivers of what no version of the policy has, or lets nobody waive, in the time they are for."""
    found = [problem for waiver in waivers for problem in _slips(waiver, programs)]
    if found:
        raise PolicyError(found)


@lru_cache(maxsize=4096)
def _slips(waiver: Waiver, programs: tuple[Program, ...]) -> tuple[Problem, ...]:
    known = {rule.id for program in programs for rule in program.rules}
    if waiver.rule not in known:
        return (_unknown(RULE, waiver.rule, "", sorted(known), "unknown-rule"),)
    every, then = list(_criteria(waiver, programs)), list(_criteria(waiver, tuple(_meeting(waiver, programs))))
    if waiver.criterion not in {one.id for one in every}:
        names = list(dict.fromkeys(one.id for one in every))
        return (
            _unknown(
                Text("syarat", "criterion"),
                waiver.criterion,
                Text(f" dari `{waiver.rule}`", f" of `{waiver.rule}`"),
                names,
                "unknown-criterion",
            ),
        )
    what = Text(f"`{waiver.criterion}` dari `{waiver.rule}`", f"`{waiver.criterion}` of `{waiver.rule}`")
    if then and waiver.criterion not in {one.id for one in then}:
        message = phrase(
            en="{what} is not in force while the waiver is",
            id="{what} tidak berlaku selama pengecualian itu",
            what=what,
        )
        return (
            Problem(
                "unknown-criterion",
                message,
                help=phrase(en="check its `since` and `until`", id="periksa `since` dan `until`-nya"),
            ),
        )
    if not any(one.waivable_by for one in then or every if one.id == waiver.criterion):
        may = sorted({one.id for one in every if one.waivable_by})
        help_ = phrase(
            en="nobody may waive it; what may be waived there: {what}",
            id="tidak ada yang berwenang mengecualikannya; yang dapat dikecualikan di sana: {what}",
            what=", ".join(may) or "nothing",
        )
        return (
            Problem(
                "not-waivable",
                phrase(en="{what} takes no waiver", id="{what} tidak menerima pengecualian", what=what),
                help=help_,
            ),
        )
    return ()


def _criteria(waiver: Waiver, programs: tuple[Program, ...]) -> Iterator[Criterion]:
    """Return the criteria that the rule of a waiver has in some versions of the policy."""
    for program in programs:
        for rule in program.rules:
            if rule.id == waiver.rule:
                yield from rule.criteria


def _meeting(waiver: Waiver, programs: tuple[Program, ...]) -> Iterator[Program]:
    """Return the versions that are in force on some day of the waiver."""
    return (program for program in programs if program.since < waiver.until and waiver.since < program.until)


def _unknown(what: Text, word: str, where: str | Text, known: list[str], code: str) -> Problem:
    return Problem(
        code,
        phrase(
            en="a waiver names the unknown {what} `{word}`{where}",
            id="pengecualian menyebut {what} `{word}`{where} yang tidak dikenal",
            what=what,
            word=word,
            where=where,
        ),
        help=meant(word, known),
    )
