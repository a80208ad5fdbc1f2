"""Agency in tables: units, openings, courses, relations and the calendar, as frames, files or a database, and as the typed agency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from asnpolicy.arguments import is_address
from asnpolicy.people import Agency
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import phrase
from asnpolicy.workforce import check, numbers, typed
from asnpolicy.workforce.check import Amiss
from asnpolicy.workforce.schema import AGENCY, IS, NONE, Holds, OfAgency, columns_of, needed
from asnpolicy.workforce.workforce import check_names, polars_of

CALENDAR = "calendar"
RELATIONS = "relations"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AgencyTables:
    """An agency that comes as tables, or goes into them; a table that is not there was not delivered.

    >>> import polars as pl
    >>> openings = pl.DataFrame({"id": ["kabid-1"], "kind": ["administrator"], "competencies_is": ["none"]})
    >>> made = AgencyTables.from_frames(openings=openings, units=pl.DataFrame({"code": ["bkd"], "part_of": ["none"]}))
    >>> made.agency.openings[0].competencies, made.agency.within("bkd", "bkd"), made.agency.relations
    ((), True, None)
    """

    agency: Agency
    amiss: tuple[Amiss, ...] = ()
    """What could not be read, and what stands there of nothing."""

    @classmethod
    def from_frames(cls, **tables: Any) -> AgencyTables:
        """Take tables as frames of Polars, pandas or whatever Narwhals knows.

        Raises PolicyError for a table or a column that there is not, a column that is missing or of a wrong type, for two
        rows of one unit, opening or course that differ, and for what the typed agency refuses.
        """
        check_names(tables, tuple(AGENCY))
        return _checked({name: polars_of(frame, name) for name, frame in tables.items()})

    @classmethod
    def read(cls, place: str | Path) -> AgencyTables:
        """Read the tables of an agency in a folder, beside those of people or alone, or in a database.

        Raises PolicyError where there are none, and as `from_frames` does.
        """
        if is_address(place):
            from asnpolicy.workforce.database import Database  # noqa: PLC0415  # needs an extra

            with closing(Database.of(str(place), AGENCY)) as database:
                database.check_heads()
                return _checked({name: database.read(name, "") for name in database.columns})
        from asnpolicy.workforce.folder import Folder  # noqa: PLC0415  # folders give workforces

        folder = Folder.of(place, AGENCY)
        return _checked({name: folder.read(name, folder.scan(name)) for name in folder.files})

    def frames(self) -> dict[str, pl.DataFrame]:
        """Return the tables as `from_frames` takes them, without those of which nothing was delivered."""
        found: dict[str, list[Row]] = {}
        for name in ("units", "openings", "courses", RELATIONS):
            those = getattr(self.agency, name)
            if those or (those is not None and name in ("units", RELATIONS)):
                found[name] = [_given(one, name) for one in dict.fromkeys(those)]
        for name, of in AGENCY.items():
            if of.owner:
                rows = list(_owned_rows(name, of, dict.fromkeys(getattr(self.agency, of.owner))))
                found |= {name: rows} if rows else {}
        calendar = _given(self.agency, CALENDAR)
        found |= {CALENDAR: [calendar]} if any(day is not None for day in calendar.values()) else {}
        return {name: check.outside(_frame(rows, name), name) for name, rows in found.items()}

    def write(self, folder: str | Path) -> None:
        """Write the tables into a folder, as Parquet files."""
        Path(folder).mkdir(parents=True, exist_ok=True)
        for name, frame in self.frames().items():
            frame.write_parquet(Path(folder) / f"{name}.parquet")


def _given(one: Any, name: str) -> Row:
    """Return what a table says of a unit, an opening or the like."""
    return {spec.name: typed.cell(one, spec) for spec in columns_of(name).values() if hasattr(one, spec.name)} | {
        spec.name: _said_to_be_none(one, spec.name) for spec in columns_of(name).values() if spec.holds is Holds.WORD
    }


def _said_to_be_none(one: Any, head: str) -> str | None:
    return NONE if getattr(one, head.removesuffix(IS)) == () else None


def _owned_rows(name: str, of: OfAgency, owners: Iterable[Any]) -> Iterator[Row]:
    for owner in owners:
        for one in dict.fromkeys(getattr(owner, of.field) or ()):
            yield {of.key: getattr(owner, needed(of.owner)[0]), **_given(one, name)}


def _frame(rows: list[Row], name: str) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={spec.name: spec.dtype for spec in columns_of(name).values()}, orient="row")


# From tables


def _checked(frames: Mapping[str, pl.DataFrame]) -> AgencyTables:
    """Return the agency of tables: each is checked by itself, and then how they fit; raises PolicyError."""
    amiss: list[Amiss] = []
    problems: list[Problem] = []
    rows: dict[str, list[Row]] = {}
    void: set[str] = set()
    for name, frame in frames.items():
        try:
            made, found = check.table(frame, name)
        except PolicyError as error:
            problems += error.problems
            continue
        amiss += found
        kept, lost = _keyed(made, name, amiss)
        rows[name] = list(kept.iter_rows(named=True))
        void |= {name} if lost else set()
        problems += _doubles(rows[name], name)
    if problems:
        raise PolicyError(problems)
    for name, of in AGENCY.items():
        if of.owner and name in rows and _strays(rows, name, of, amiss):
            void.add(name)
    return AgencyTables(_agency(rows, void), tuple(amiss))


def _keyed(frame: pl.DataFrame, name: str, amiss: list[Amiss]) -> tuple[pl.DataFrame, bool]:
    """Return the rows, each once, that say of what they are, and whether others were lost."""
    if name == RELATIONS:
        frame = frame.with_columns(numbers.normalised(frame[head]).alias(head) for head in ("of", "to"))
    keys = [AGENCY[name].key] if AGENCY[name].owner else [*needed(name)]
    if not keys:
        return frame.unique(maintain_order=True), False
    without = frame.select(pl.any_horizontal(pl.col(key).is_null() for key in keys).alias("it"))["it"]
    lost = int(without.sum())
    if lost:
        amiss.append(Amiss("no-key", name, keys[0] if len(keys) == 1 else "+".join(keys), lost))
        frame = frame.filter(~without)
    return frame.unique(maintain_order=True), bool(lost)


def _doubles(rows: list[Row], name: str) -> Iterator[Problem]:
    """Tell what stands in a table twice, in two ways."""
    if AGENCY[name].owner or name == RELATIONS:
        return
    keys = Counter(tuple(row[key] for key in needed(name)) for row in rows)
    for key in (key for key, count in keys.items() if count > 1):
        message = phrase(
            en="table `{name}` says of `{key}` two things", id="tabel `{name}` menyebut `{key}` dengan dua isi berbeda",
            name=name, key=key[0] if key else name,
        )  # fmt: skip
        yield Problem("double-key", message, help=phrase(en="keep one row", id="pertahankan satu baris"))


def _strays(rows: dict[str, list[Row]], name: str, of: OfAgency, amiss: list[Amiss]) -> int:
    """Count the rows of what is not there; each may be meant for any that is."""
    known = {row[needed(of.owner)[0]] for row in rows.get(of.owner, [])}
    strays = sum(row[of.key] not in known for row in rows[name])
    if strays:
        amiss.append(Amiss("stray", name, of.key, strays))
    return strays


def _agency(rows: dict[str, list[Row]], void: set[str]) -> Agency:
    given: Row = {
        name: [_data(row, name) for row in rows[name]] for name in ("units", "openings", "courses") if name in rows
    }
    if RELATIONS in rows and RELATIONS not in void:  # a relation that is lost may be anybody's
        given[RELATIONS] = [_data(row, RELATIONS) for row in rows[RELATIONS]]
    for name, of in AGENCY.items():
        if of.owner:
            parts = None if name in void else _parts(rows.get(name, []), name, of)
            for one, row in zip(given.get(of.owner, []), rows.get(of.owner, []), strict=True):
                one[of.field] = None if parts is None else _standard(parts, row, of)
    for row in rows.get(CALENDAR, []):
        given |= _data(row, CALENDAR)
    return Agency.model_validate(given) if given else NO_AGENCY


def _parts(rows: list[Row], name: str, of: OfAgency) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        data = _data(row, name)
        found.setdefault(data.pop(of.key), []).append(data)
    return found


def _standard(parts: dict[str, list[Row]], row: Row, of: OfAgency) -> list[Row] | None:
    """Return the competencies of an opening or a course; None where one of them is not known, or two cells disagree."""
    found = parts.get(row[needed(of.owner)[0]], [])
    none = row[of.field + IS] == NONE
    if any(value is None for one in found for value in one.values()) or none == bool(found):
        return None
    return found


def _data(row: Row, name: str) -> Row:
    """Return the fields of a row as the models read them."""
    return {spec.name: typed.value_of(row, spec) for spec in columns_of(name).values() if spec.holds is not Holds.WORD}
