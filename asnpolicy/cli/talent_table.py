"""Talent as tables for people: the nine boxes, whoever stands in them and why, candidates for a post with their gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from asnpolicy.cli.mentor_table import each
from asnpolicy.cli.table import Cell, drawn, spaced
from asnpolicy.decisions.mentoring.assignment import Participant
from asnpolicy.decisions.reasons import Reason, sentence
from asnpolicy.decisions.talent.grid import ROWS, TalentGrid
from asnpolicy.decisions.talent.succession import SuccessionList
from asnpolicy.decisions.talent.talent import TalentMap, TalentPlace
from asnpolicy.decisions.talent.telling import of_grid, of_treatment
from asnpolicy.decisions.texts import pattern
from asnpolicy.people.nip import masked

Row = tuple[Cell, ...]


def map_text(made: TalentMap, grid: TalentGrid, lang: str, *, within: bool = False) -> str:
    """Return a map as text: what it rests on, the nine boxes, who stands in none, by number; `within` the unit alone it says so."""
    notes = (*((Reason("talent.within"),) if within else ()), Reason("talent.brackets"))
    outside = [(sentence(pattern(f"talent.state.{state}", lang)), _count(count, lang)) for state, count in grid.outside]
    return spaced("".join([
        _lines((*made.reasons, *of_grid(grid), *notes), lang),
        f"\n{drawn(_potential(lang), list(_boxes(grid, lang)))}",
        f"\n{pattern('talent.heading.outside', lang)}\n\n{drawn(_heads(lang, 'state', 'count'), outside)}",
    ]))  # fmt: skip


def _lines(reasons: Iterable[Reason], lang: str) -> str:
    return "".join(f"{sentence(one.to(lang))}\n" for one in reasons)


def _heads(lang: str, *names: str) -> tuple[str, ...]:
    return tuple(pattern(f"column.{name}", lang) for name in names)


def _potential(lang: str) -> tuple[str, ...]:
    axis = pattern("talent.axis.potential", lang)
    levels = (f"{axis} {pattern(f'talent.potential.{at}', lang)}" for at in (1, 2, 3))
    return (pattern("talent.axis.performance", lang), *levels)


def _boxes(grid: TalentGrid, lang: str) -> Iterator[Row]:
    for at, row in enumerate(ROWS, 1):
        yield (
            sentence(pattern(f"talent.performance.{at}", lang)),
            *(f"[{box}]  {_count(grid.box(box), lang)}" for box in row),
        )


def _count(count: int | None, lang: str) -> str:
    return pattern("talent.hidden.cell", lang) if count is None else str(count)


def people_text(made: TalentMap, lang: str, *, rows: int, whole_nip: bool) -> str:
    """Return everybody of a map as a table, the highest box first, for the unit itself."""
    ordered = sorted(made.places, key=lambda one: (-(one.box or 0), one.person.nip))
    body = [_place(one, lang, whole_nip=whole_nip) for one in ordered]
    return _section(lang, "talent.heading.people", ("person", "box", "why", "treatments"), body, rows)


def _place(one: TalentPlace, lang: str, *, whole_nip: bool) -> Row:
    box = "" if one.box is None else str(one.box)
    treatments = each(tuple(map(of_treatment, one.treatments)), lang)
    return _who(one.person, whole_nip=whole_nip), box, each(one.reasons, lang), treatments


def list_text(made: SuccessionList, lang: str, *, rows: int, whole_nip: bool) -> str:
    """Return a succession list as text: by what it is ordered, the candidates with their gaps, those who can't be told of."""
    candidates = [
        (
            str(one.position), _who(one.person, whole_nip=whole_nip), str(one.box),
            (pattern(f"succession.{one.readiness}", lang), one.title.to(lang)), each(one.reasons, lang),
        )
        for one in made.candidates
    ]  # fmt: skip
    heads = ("position", "person", "box", "readiness", "gaps")
    unknown = [(_who(one.person, whole_nip=whole_nip), each(one.reasons, lang)) for one in made.undetermined]
    return "".join([
        _lines(made.reasons, lang),
        _section(lang, "succession.heading.candidates", heads, candidates, rows),
        _section(lang, "succession.heading.undetermined", ("person", "why"), unknown, rows),
        f"\n{Reason('note.sources').to(lang)}\n",
    ])  # fmt: skip


def _section(lang: str, title: str, heads: tuple[str, ...], body: Sequence[Row], rows: int) -> str:
    if not body:
        return ""
    rest = Reason("assigned.rest", (("count", len(body) - rows),)).to(lang) + "\n" if len(body) > rows else ""
    return spaced(f"\n{pattern(title, lang)} ({len(body)})\n\n{drawn(_heads(lang, *heads), body[:rows])}{rest}")


def _who(one: Participant, *, whole_nip: bool) -> Cell:
    """Name somebody, and below the unit, where it is known."""
    nip = one.nip if whole_nip else masked(one.nip)
    unit = one.unit_name or one.unit
    return f"{one.name} ({nip})" if one.name else nip, *(() if unit is None else (unit,))
