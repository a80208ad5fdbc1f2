"""Frame: what the rules come to for a whole workforce, as a table of one row a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from asnpolicy.backends.columns import calendar
from asnpolicy.backends.columns.columns import Columns, status
from asnpolicy.backends.columns.openings import Asking, BeforeOpening
from asnpolicy.backends.columns.people import Reads, prepared
from asnpolicy.backends.columns.piece import Piece
from asnpolicy.backends.columns.plan import Plan
from asnpolicy.backends.columns.tables import Mask, Rows
from asnpolicy.backends.columns.values import Truths, Value, full, pick, sure
from asnpolicy.decisions import reading
from asnpolicy.decisions.criteria import STATUS_NAMES
from asnpolicy.decisions.decision import Decision
from asnpolicy.decisions.verdict import DutyState, Verdict
from asnpolicy.language.nodes import Kind
from asnpolicy.language.rules import FAILED, HELD, UNKNOWN, Program, Rule
from asnpolicy.people import Agency, Employee, Opening
from asnpolicy.workforce import Workforce
from asnpolicy.workforce.schema import KEY

SIZE = 100_000
"""So many people are worked on at once."""
CELLS = 60_000_000
"""So many cells an answer has at most, so that many openings need no more memory than one."""
VERDICTS = pl.Enum([verdict.value for verdict in Verdict])
STATES = pl.Enum([state.value for state in DutyState])
STATUSES = pl.Enum([STATUS_NAMES[code].value for code in range(len(STATUS_NAMES))])
TEXTS = pl.Categorical
"""Of texts that are few: they cost what codes cost, to make and to write."""
PASSED_ON = "passed_on"
Marks = npt.NDArray[Any]
NEVER = 9
"""A status that no criterion has."""


class Assess(Protocol):
    """Decides some rules for one person."""

    def __call__(self, employee: Employee, *, rules: tuple[str, ...]) -> Iterable[Decision]:
        """Return the decisions."""


Tell = Callable[[tuple[Decision, ...]], object]
"""Is told the decisions about somebody who is decided one by one: all of them, or those of rules that follow an event."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule that is asked, before an opening where it leads into one of the agency."""

    rule: Rule
    opening: Opening | None = None

    @property
    def name(self) -> str:
        """The column of what it comes to, with which those beside it begin."""
        return self.rule.id if self.opening is None else f"{self.rule.id}[{self.opening.id}]"


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns an answer has: for each rule, and each opening it leads into, what it comes to and what else is asked for."""

    rules: tuple[Rule, ...]
    detail: bool
    openings: tuple[Opening, ...] = ()

    @property
    def asked(self) -> tuple[Asked, ...]:
        """What is asked, in the order in which an assessment has it."""
        alone: tuple[Opening | None, ...] = (None,)
        return tuple(
            Asked(rule, opening) for rule in self.rules for opening in (rule.into_post and self.openings) or alone
        )

    def schema(self) -> dict[str, Any]:
        """Return the columns of the answer with their types."""
        found: dict[str, Any] = {KEY: pl.String, PASSED_ON: pl.Boolean}
        for one in self.asked:
            rule, name = one.rule, one.name
            found[name] = STATES if rule.kind == "duty" else VERDICTS
            if rule.target is not None:
                found[f"{name}:to"] = TEXTS
            if rule.due is not None:
                found[f"{name}:due"] = pl.Date
            if rule.takes_effect is not None:
                found[f"{name}:effect"] = pl.Date
            found[f"{name}:because"] = TEXTS
            if self.detail:
                found |= {f"{name}#{each.id}": STATUSES for each in (*rule.criteria, *rule.warnings)}
                found[f"{name}:missing"] = pl.List(pl.String)
        return found


@dataclass(frozen=True, slots=True)
class Said:
    """What columns say of some people, and who is decided one by one: about all rules, or about those that follow an event."""

    workforce: Workforce
    piece: Piece
    columns: dict[str, pl.Series]
    out: Mask
    after: Mask


class FrameMaker:
    """Works out the answers of some rules for a workforce, piece by piece; who is passed on is decided one by one."""

    def __init__(
        self,
        columns: Columns,
        program: Program,
        asked: tuple[str, ...],
        as_of: date,
        agency: Agency,
        assess: Assess,
        again: Callable[[], FrameMaker],
        *,
        detail: bool,
        beside: tuple[Rule, ...] = (),
    ) -> None:
        whole = columns.plan(as_of)
        needed = with_needed(whole, asked)
        own = {name: whole.rules[name] for name in needed} | {rule.id: rule for rule in beside}
        self.plan = whole if len(own) == len(whole.rules) else Plan(own)
        self.layout = Layout(tuple(self.plan.rules[name] for name in asked), detail, agency.openings)
        self.most = max(CELLS // len(self.layout.schema()), 1)
        """So many people are worked on at once, at most."""
        self.openings = tuple(dict.fromkeys(one.opening for one in self.layout.asked if one.opening is not None))
        measured = any(one.competencies is not None for one in self.openings)
        self.reads = Reads.of(self.plan).with_competencies() if measured else Reads.of(self.plan)
        self._asking = Asking(self.plan)
        self.as_of, self.agency, self.assess, self._again = as_of, agency, assess, again
        self.effects = {rule.id: reading.takes_effect(program.by_id[rule.id], as_of) for rule in self.layout.rules}

    def __reduce__(self) -> tuple[Callable[[], FrameMaker], tuple[()]]:
        return self._again, ()

    def frame(self, workforce: Workforce) -> pl.DataFrame:
        """Return one row a person, in the order of the workforce."""
        made = [self.piece(part) for part in workforce.pieces(min(SIZE, self.most))]
        if len(made) == 1:
            return made[0]
        order = workforce.employees.select(KEY)
        return order.join(pl.concat(made), on=KEY, how="left", maintain_order="left")

    def piece(self, workforce: Workforce) -> pl.DataFrame:
        """Return the answers for some people at once."""
        return self.whole(self.said(workforce))

    def said(self, workforce: Workforce, *, missing: bool = False) -> Said:
        """Return what columns say of some people at once; `missing`: of whom all that is missing is asked as well."""
        people = prepared(workforce, self.reads, self.as_of)
        piece = Piece(self.plan, people.tables, self.agency)
        columns: dict[str, pl.Series] = {KEY: workforce.employees[KEY], PASSED_ON: pl.Series(people.passed_on)}
        asked = self.layout.asked
        for opening in (None, *self.openings):
            there = piece if opening is None else BeforeOpening(piece, opening, self._asking, self.as_of)
            for one in asked:
                if one.opening is opening:
                    columns |= self._asked(there, one)
        after = self.followed(piece)
        if after.any() and not (missing or self.layout.detail):
            after = self._settled(piece, columns)
        out = people.passed_on | piece.beyond
        return Said(workforce, piece, columns, out, after & ~out)

    def whole(self, said: Said, tell: Tell = lambda decisions: None) -> pl.DataFrame:  # noqa: ARG005  # it tells nobody
        """Return the answers about everybody: who is to be is decided one by one, and `tell` hears of it."""
        workforce, columns, out, after = said.workforce, dict(said.columns), said.out, said.after
        columns[PASSED_ON] = pl.Series(out | after)
        schema = self.layout.schema()
        if self.layout.detail:
            nothing = pl.Series([[]], dtype=pl.List(pl.String)).new_from_index(0, len(workforce))
            columns |= {name: nothing for name in schema if name not in columns}
            out, after = out | after | self._undetermined(columns, len(workforce)), np.zeros_like(after)
        made = pl.DataFrame(columns).select(list(schema))
        made = self._one_by_one(made, workforce, out, self.layout.rules, tell)
        following = tuple(rule for rule in self.layout.rules if rule.follows)
        return self._one_by_one(made, workforce, after, following, tell)

    @staticmethod
    def _undetermined(columns: dict[str, pl.Series], size: int) -> Mask:
        """Tell of whom something is undetermined: what is missing only the definition names."""
        masks = [(one == "undetermined").to_numpy() for one in columns.values() if one.dtype in (VERDICTS, STATES)]
        found: Mask = np.logical_or.reduce([np.zeros(size, dtype=bool), *masks])
        return found

    def followed(self, piece: Piece) -> Mask:
        """Tell for whom an event may have been that a rule follows: the rule is asked on the day of it."""
        after = np.zeros(piece.tables.size, dtype=bool)
        for name in {name for rule in self.layout.rules for name in rule.follows if name in self.plan.rules}:
            applies, holds = piece.outcome(self.plan.rules[name])
            after |= (~(sure(~applies) | sure(~holds))).to_numpy()
        return after

    def _settled(self, piece: Piece, columns: dict[str, pl.Series]) -> Mask:
        """Say what a rule comes to where it is not known whether an event has been by the day; return for whom that takes more.

        The day of the event is then not known either. A rule that may be for somebody on the day that is asked for is
        undetermined, with its criteria as they are on that day; else it counts whether it ever was for them.
        """
        after = np.zeros(piece.tables.size, dtype=bool)
        for one in self.layout.asked:
            events = [piece.outcome(self.plan.rules[name]) for name in one.rule.follows if name in self.plan.rules]
            if not events:
                continue
            been = reduce(or_, (sure(applies) & sure(holds) for applies, holds in events))
            may_have_been = reduce(or_, (~(sure(~applies) | sure(~holds)) for applies, holds in events))
            applies = piece.outcome(one.rule)[0]
            open_ = may_have_been & ~been & ~sure(~applies)
            if one.opening is not None:
                open_ &= False
            after |= (may_have_been & ~open_).to_numpy()
            if open_.any():
                columns |= self._asked(piece, one, pick(open_, None, applies))
                if one.rule.takes_effect is not None:
                    columns[f"{one.name}:effect"] = pick(open_, None, columns[f"{one.name}:effect"])
        return after

    # One rule

    def _asked(self, piece: Piece, one: Asked, for_whom: Truths | None = None) -> dict[str, pl.Series]:
        """Return what a rule comes to; `for_whom`: to whom it applies, where its own condition does not say it."""
        size, rule, name = piece.tables.size, one.rule, one.name
        applies, holds = piece.outcome(rule)
        applies = applies if for_whom is None else for_whom
        verdict = _verdict(applies, holds)
        due = None if rule.due is None else piece.value(rule.due)
        found = {name: self._state(rule, verdict, due, size) if rule.kind == "duty" else verdict}
        if rule.target is not None:
            found[f"{name}:to"] = _told(rule, piece.value(rule.target), size)
        if due is not None:
            found[f"{name}:due"] = _day(due, size)
        if rule.takes_effect is not None:
            found[f"{name}:effect"] = full(self.effects[rule.id], size, pl.Date)
        if (verdict == Verdict.NOT_APPLICABLE).all() and not self.layout.detail:
            found[f"{name}:because"] = _same("", size)
            return found
        statuses = [(own, status(piece, own)) for own in rule.criteria]
        found[f"{name}:because"] = _because(verdict, statuses, size)
        if self.layout.detail:
            statuses += [(own, status(piece, own)) for own in rule.warnings]
            found |= {f"{name}#{own.id}": _named(each) for own, each in statuses}
        return found

    def _state(self, rule: Rule, verdict: pl.Series, due: Value | None, size: int) -> pl.Series:
        """Return the states of a duty: one that is not fulfilled is overdue once its day has come."""
        states = pl.Series([_STATE.index(state) for state in ("fulfilled", "owed", "undetermined", "not_applicable")])
        code = states[verdict.to_physical()]
        if rule.strength == "wajib" and due is not None:
            day = self.as_of.toordinal()
            held = sure(full(due.high, size) <= day)
            failed = sure(full(due.low, size) > day)
            if due.absent is not None:
                absent = full(due.absent, size)
                held, failed = held & ~absent, failed | absent
            past = pick(held, _STATE.index("overdue"), pick(failed, _STATE.index("owed"), _STATE.index("undetermined")))
            code = pick(verdict == "ineligible", past, code)
        return _words(code, STATES)

    # One by one

    def _one_by_one(
        self, made: pl.DataFrame, workforce: Workforce, who: Mask, rules: tuple[Rule, ...], tell: Tell
    ) -> pl.DataFrame:
        """Put what some rules come to for some people, decided one by one, in the place of what columns said."""
        if not rules or not who.any():
            return made
        part = Layout(rules, self.layout.detail, self.layout.openings)
        schema = {name: type_ for name, type_ in part.schema().items() if name not in (KEY, PASSED_ON)}
        rows = list(self._rows(workforce.where(who), part, tell))
        others = pl.DataFrame(rows, schema=schema, orient="row")
        at = np.arange(made.height)
        at[who] = made.height + np.arange(len(rows))
        whole = pl.concat([made.select(list(schema)), others])[at]
        return made.with_columns(whole.get_columns())

    def _rows(self, workforce: Workforce, part: Layout, tell: Tell) -> Iterator[tuple[Any, ...]]:
        names, asked = tuple(rule.id for rule in part.rules), part.asked
        for person in workforce:
            decisions: dict[str, list[Decision]] = {name: [] for name in names}
            for one in self.assess(person, rules=names):
                decisions[one.rule.id].append(one)
            own = [one for name in names for one in decisions[name]]  # before each opening in the order of the agency
            tell(tuple(own))
            yield tuple(cell for each, one in zip(asked, own, strict=True) for cell in self._cells(each.rule, one))

    def _cells(self, rule: Rule, one: Decision) -> Iterator[Any]:
        yield (one.state or one.verdict).value
        if rule.target is not None:
            yield one.to
        if rule.due is not None:
            yield one.due
        if rule.takes_effect is not None:
            yield one.takes_effect
        yield ", ".join(one.because)
        if self.layout.detail:
            yield from (STATUS_NAMES[each] for each in (*one.statuses.criteria, *one.statuses.warnings))
            yield list(one.missing)


_STATE = [state.value for state in DutyState]
_UNDETERMINED, _NOT_APPLICABLE = (list(Verdict).index(one) for one in (Verdict.UNDETERMINED, Verdict.NOT_APPLICABLE))


def with_needed(plan: Plan, asked: Iterable[str]) -> list[str]:
    """Return rules with all that they build on, and the events that they follow."""
    waiting, found = list(asked), dict[str, None]()
    while waiting:
        name = waiting.pop()
        if name not in found and name in plan.rules:
            found[name] = None
            waiting += [*plan.rules[name].builds_on, *plan.rules[name].follows]
    return list(found)


def _verdict(applies: pl.Series, holds: pl.Series) -> pl.Series:
    """Return verdicts: whether the rule applies first, then whether all criteria hold."""
    code = pick(applies, (~holds).cast(pl.Int8), None)
    code = pick(~applies, _NOT_APPLICABLE, code)
    return _words(code.fill_null(_UNDETERMINED) if code.null_count() else code, VERDICTS)


def _named(statuses: pl.Series) -> pl.Series:
    """Return statuses by their names."""
    return _words(statuses, STATUSES)


def _words(codes: pl.Series, words: pl.Enum) -> pl.Series:
    """Return codes as the words that they stand for."""
    return pl.Series(words.categories, dtype=words)[codes.cast(pl.UInt32)]


def _because(verdict: pl.Series, statuses: list[tuple[Any, pl.Series]], size: int) -> pl.Series:
    """Name the criteria that carry each verdict: the failed ones, or the unknown ones, or all that held."""
    if not statuses or not size:
        return _same("", size)
    deciding = pl.Series([HELD, FAILED, UNKNOWN, NEVER], dtype=pl.Int8)[verdict.to_physical()]
    marks: Marks = np.zeros(size, dtype=np.uint16 if len(statuses) <= FEW else np.int64)
    for at, (_, each) in enumerate(statuses):
        marks |= np.left_shift((each == deciding).to_numpy(), at, dtype=marks.dtype)
    ids = [one.id for one, _ in statuses]
    known, at_known = _distinct(marks, len(ids))
    texts = [", ".join(id for at, id in enumerate(ids) if mark >> at & 1) for mark in known.tolist()]
    return (
        _same(texts[0], size)
        if len(known) == 1
        else pl.Series(texts, dtype=TEXTS)[pl.Series(at_known.astype(np.uint32))]
    )


def _same(text: str, size: int) -> pl.Series:
    return pl.Series([text], dtype=TEXTS).new_from_index(0, size)


FEW = 16
"""So many criteria have few enough combinations to be counted in a list."""


def _distinct(marks: Marks, bits: int) -> tuple[Rows, Rows]:
    """Return the distinct marks, and which of them each is."""
    if bits > FEW:
        return np.unique(marks, return_inverse=True)
    known = np.flatnonzero(np.bincount(marks, minlength=1))
    places = np.zeros(int(known[-1]) + 1 if len(known) else 1, dtype=np.int64)
    places[known] = np.arange(len(known))
    return known, places[marks]


def _known(seen: Value, size: int) -> pl.Series:
    """Return values where they are known and there are any."""
    low, high = full(seen.low, size), full(seen.high, size)
    value = low if seen.exact else pick(sure(low == high), low, None)
    return value if seen.absent is None else pick(full(seen.absent, size), None, value)


def _told(rule: Rule, seen: Value, size: int) -> pl.Series:
    """Return targets as text."""
    value, type_ = _known(seen, size), rule.target_type
    if type_ is not None and type_.labels is not None:
        texts = pl.Series([None, *(member.label for member in type_.labels)], dtype=TEXTS)
        return texts[value.cast(pl.UInt32)]
    if type_ is not None and type_.kind in (Kind.DATE, Kind.DURATION):
        return calendar.days(value).cast(pl.String).cast(TEXTS)
    return value.cast(pl.String).cast(TEXTS)


def _day(seen: Value, size: int) -> pl.Series:
    return calendar.days(_known(seen, size).cast(pl.Int64))
