"""Tables of an assignment, for people: what was reached, pairs with reasons, whoever is left, loads, groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from asnpolicy.cli.table import Cell, drawn, spaced
from asnpolicy.decisions import names
from asnpolicy.decisions.mentoring import Assignment
from asnpolicy.decisions.mentoring.assignment import Participant
from asnpolicy.decisions.mentoring.telling import of_load
from asnpolicy.decisions.reasons import Reason, sentence
from asnpolicy.decisions.texts import pattern
from asnpolicy.people.nip import masked

Row = tuple[Cell, ...]


def tables(made: Assignment, lang: str, *, rows: int, whole_nip: bool) -> str:
    """Return the whole as text: lines first, then a table for each part that is not empty."""
    shown = _Tables(made, lang, whole_nip)
    lines = [f"{sentence(one.to(lang))}\n" for one in made.reasons]
    sources = Reason("note.sources").to(lang)
    return spaced("".join([*lines, *(_section(lang, *part, rows) for part in shown.parts()), f"\n{sources}\n"]))


def _section(lang: str, name: str, heads: tuple[str, ...], body: list[Row], rows: int) -> str:
    if not body:
        return ""
    title = pattern(f"assigned.heading.{name}", lang)
    rest = Reason("assigned.rest", (("count", len(body) - rows),)).to(lang) + "\n" if len(body) > rows else ""
    labels = tuple(pattern(f"column.{head}", lang) for head in heads)
    return f"\n{title} ({len(body)})\n\n{drawn(labels, body[:rows])}{rest}"


class _Tables:
    """The parts of an assignment as rows of words."""

    def __init__(self, made: Assignment, lang: str, whole_nip: bool) -> None:
        self.made, self.lang, self.whole_nip = made, lang, whole_nip

    def parts(self) -> Iterator[tuple[str, tuple[str, ...], list[Row]]]:
        made = self.made
        yield "pairs", *self._pairs()
        yield (
            "unassigned",
            ("mentee", "why"),
            [(self._where(one.mentee), each(one.reasons, self.lang)) for one in made.unassigned],
        )
        yield (
            "released",
            ("mentor", "mentee", "why"),
            [(self._nip(one.pair.mentor), self._nip(one.pair.mentee), one.why.to(self.lang)) for one in made.released],
        )
        yield (
            "undecided",
            ("mentor", "mentee", "missing"),
            [
                (self._anybody(one.mentor), self._anybody(one.mentee), self._missing(one.missing))
                for one in made.undecided
            ],
        )
        yield (
            "undetermined",
            ("person", "side", "missing"),
            [
                (self._who(one.participant), pattern(f"side.{one.side}", self.lang), self._missing(one.missing))
                for one in made.undetermined
            ],
        )
        yield "loads", ("mentor", "places", "more"), list(self._loads())
        yield "groups", ("side", "attribute", "group", "people", "assigned", "share"), list(self._groups())

    def _pairs(self) -> tuple[tuple[str, ...], list[Row]]:
        """The pairs; the points of the mentees only where the rule has preferences of theirs."""
        pointed = any(one.wishes for one in self.made.pairs)
        points = [(str(one.wish),) if pointed else () for one in self.made.pairs]
        rows = [
            (self._where(one.mentor), self._where(one.mentee), *column, each(one.reasons, self.lang))
            for one, column in zip(self.made.pairs, points, strict=True)
        ]
        return ("mentor", "mentee", *(("points",) if pointed else ()), "why"), rows

    def _loads(self) -> Iterator[Row]:
        for one in self.made.loads:
            more = of_load(one)
            if more is not None:
                yield self._who(one.mentor), f"{one.taken}/{one.places}", more.to(self.lang)

    def _groups(self) -> Iterator[Row]:
        for one in self.made.groups:
            names_ = (pattern(f"side.{one.side}", self.lang), pattern(f"attribute.{one.attribute}", self.lang))
            hidden = pattern("talent.hidden.cell", self.lang)
            assigned = (hidden, hidden) if one.assigned is None else (str(one.assigned), f"{100 * one.assigned / one.people:.0f} %")
            yield *names_, one.group.to(self.lang), str(one.people), *assigned

    def _who(self, one: Participant) -> str:
        return f"{one.name} ({self._nip(one.nip)})" if one.name else self._nip(one.nip)

    def _where(self, one: Participant) -> Cell:
        """Name somebody, and below the unit, where it is known."""
        unit = one.unit_name or one.unit
        return self._who(one), *(() if unit is None else (unit,))

    def _anybody(self, one: Participant | None) -> str:
        return pattern("assigned.everybody", self.lang) if one is None else self._who(one)

    def _nip(self, nip: str) -> str:
        return nip if self.whole_nip else masked(nip)

    def _missing(self, missing: Iterable[str]) -> Cell:
        return each(names.all_missing(missing), self.lang)


def each(reasons: Iterable[Reason], lang: str) -> tuple[str, ...]:
    """Write reasons as the lines of a cell."""
    return tuple(sentence(one.to(lang)) for one in reasons)
