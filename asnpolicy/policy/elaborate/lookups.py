"""Look-ups: the rows of one version of a table, read as what the table is keyed by and as what it gives."""

from __future__ import annotations

from itertools import pairwise
from math import inf, prod
from typing import Any, TypeAlias

from asnpolicy.language.bounds import matches
from asnpolicy.language.facts import compare
from asnpolicy.language.nodes import (
    DURATION,
    YES,
    AllOf,
    Band,
    Compare,
    Expr,
    If,
    IsNone,
    Key,
    Kind,
    Literal,
    Lookup,
    Truth,
    Type,
    Value,
)
from asnpolicy.language.rules import Standing
from asnpolicy.people import ABSENT
from asnpolicy.policy.elaborate.coding import code_agrees, held_in
from asnpolicy.policy.elaborate.context import UNSAID, Context, Typed
from asnpolicy.policy.surface.about import Basis
from asnpolicy.policy.surface.literals import cell, row_key
from asnpolicy.policy.surface.names import Name
from asnpolicy.policy.tables import TableRow, TableVersion
from asnpolicy.problems import Place
from asnpolicy.text import Text, phrase


def look_up(
    ctx: Context,
    name: Name,
    version: TableVersion,
    by: list[Typed],
    type_: Type,
    column: Name | None,
    picked: Truth = YES,
) -> Expr | None:
    """Return the rows of a version, each key read as what it is looked up by; None, with a problem, when one is amiss."""
    if not _right_column(ctx, name, version, column):
        return None
    rows: _Rows = []
    places: list[Place] = []
    whole = True
    cells = list(version.cells(column.text if column else None))
    for row in cells:
        key = tuple(row_key(one, typed.type, ctx.problems) for one, typed in zip(row.path, by, strict=False))
        value = cell(row.value, type_, ctx.problems)
        for text, typed, one in zip(key, by, row.path, strict=False):
            if isinstance(text, str):
                code_agrees(ctx, *held_in(ctx, typed.name), text, one.place)
        if len(row.path) == len(by) and None not in key and value is not None:
            rows.append((key, _lawful(ctx, value, row.standing)))  # type: ignore[arg-type]  # no None is left
            places.append(row.path[-1].place)
        else:
            whole = False
    if not whole:  # what is amiss is told
        return None
    keys = [key for key, _ in rows]
    _no_two(ctx, name.text, keys, places)
    for at, typed in enumerate(by):
        _no_crack(ctx, name.text, _bands_beside(keys, places, at), 10**typed.type.places)
    otherwise = _lawful(ctx, _otherwise(ctx, name.text, version, by, rows, type_), version.standing)
    rows, asked = _by_bands(rows, by)
    keys = [key for key, _ in rows]
    _cite(ctx, name.text, version, list(zip(keys, cells, strict=True)), asked, picked)
    return Lookup(asked, tuple(rows), otherwise, name.text)


_Rows: TypeAlias = list[tuple[tuple[Key, ...], Value]]


def _by_bands(rows: _Rows, by: list[Typed]) -> tuple[_Rows, tuple[Expr, ...]]:
    """Number the bands of each length of time: which one somebody is in is compared to the day, as everywhere."""
    asked = [typed.expr for typed in by]
    for at, typed in enumerate(by):
        if typed.type.kind is not Kind.DURATION:
            continue
        bands = [band for band in (key[at] for key, _ in rows) if isinstance(band, Band)]
        ends = sorted({end for band in bands for end in (band.low, band.high) if end is not None})
        rows = [((*key[:at], _numbered(key[at], ends), *key[at + 1 :]), value) for key, value in rows]
        asked[at] = _band_of(typed.expr, ends)
    return rows, tuple(asked)


def _numbered(key: Key, ends: list[int]) -> Key:
    if not isinstance(key, Band):
        return key
    low, high = (None if end is None else ends.index(end) + 1 for end in (key.low, key.high))
    return Band(low, high)


def _band_of(since: Expr, ends: list[int]) -> Expr:
    """Count the ends that have been reached since a day; where there is no such day, none."""
    found: Expr = Literal(0)
    for number, end in enumerate(ends, 1):
        found = If(compare("at_least", DURATION, since, Literal(end)), Literal(number), found)
    return If(IsNone(since), Literal(ABSENT), found)


def _lawful(ctx: Context, value: Value, standing: Standing) -> Value:
    """Return a cell; one without a basis in law is not known where only those with one are asked for."""
    return UNSAID if ctx.policy.lawful and standing == "illustrative" else value


def _cite(
    ctx: Context,
    name: str,
    version: TableVersion,
    cells: list[tuple[tuple[Key, ...], TableRow]],
    asked: tuple[Expr, ...],
    picked: Truth,
) -> None:
    """Note the basis of the version, and that of each cell that has another."""
    of_cells = [(key, _ground(row.basis, row.standing)) for key, row in cells]
    said = _ground(version.basis, version.standing)
    grounds = {said: version.basis} | {_ground(row.basis, row.standing): row.basis for _, row in cells}
    for ground, basis in grounds.items():
        if len(grounds) == 1:
            ctx.cite(name, basis, ground[1], picked)
            continue
        there = tuple((key, int(own == ground)) for key, own in of_cells)
        row_is = Compare("is", Lookup(asked, there, int(ground == said), name), Literal(1))
        ctx.cite(name, basis, ground[1], AllOf((picked, row_is)))


def _ground(basis: Basis | None, standing: Standing) -> tuple[str, Standing]:
    """Return on what a cell stands: its basis as written, and its standing."""
    return basis.text if basis else "", standing


def _right_column(ctx: Context, name: Name, version: TableVersion, column: Name | None) -> bool:
    columns = version.columns
    if column is None and not columns:
        return True
    if column is None:
        choices = " or ".join(f"`column: {one}`" for one in columns)
        message = phrase(
            en="the table `{name}` has columns, and none is named",
            id="tabel `{name}` punya kolom, tetapi tidak ada yang disebut",
            name=name.text,
        )
        ctx.problems.add(
            "table-shape", message, name.place, phrase(en="write {choices}", id="tulis {choices}", choices=choices)
        )
        return False
    if not columns:
        message = phrase(en="the table `{name}` has no columns", id="tabel `{name}` tidak punya kolom", name=name.text)
        ctx.problems.add("table-shape", message, column.place, phrase(en="leave `column` out", id="hapus `column`"))
    elif column.text not in columns:
        what = Text(f"kolom tabel `{name.text}`", f"column of the table `{name.text}`")
        ctx.problems.unknown("table-shape", column.text, what, column.place, columns)
    return column.text in columns


def _no_two(ctx: Context, name: str, keys: list[tuple[Key, ...]], places: list[Place]) -> None:
    """Report two rows that hold for one key."""
    bands = any(isinstance(part, Band) for key in keys for part in key)
    first: dict[tuple[Key, ...], int] = {}
    for at, (key, place) in enumerate(zip(keys, places, strict=True)):
        other = next((n for n in range(at) if all(map(meet, key, keys[n]))), None) if bands else first.get(key)
        first[key] = at
        if other is not None:
            ctx.problems.add(
                "table-overlap",
                phrase(
                    en="two rows of `{name}` hold for one key, this one and the one in line {line}",
                    id="dua baris `{name}` berlaku untuk satu kunci: yang ini dan yang di baris {line}",
                    name=name,
                    line=places[other].line,
                ),
                place,
                phrase(
                    en="let a band end where the next begins, as in `..10`, `10..20`, `20..`",
                    id="akhiri rentang di tempat rentang berikutnya dimulai, seperti `..10`, `10..20`, `20..`",
                )
                if bands
                else phrase(en="keep one of them", id="pertahankan salah satu saja"),
            )


_Bands: TypeAlias = list[tuple[float, float, Place]]


def _bands_beside(keys: list[tuple[Key, ...]], places: list[Place], at: int) -> list[_Bands]:
    """Return the bands at one level of keys, in order, those together that share all other keys."""
    beside: dict[tuple[Key, ...], _Bands] = {}
    for key, place in zip(keys, places, strict=True):
        if isinstance(key[at], Band):
            beside.setdefault((*key[:at], *key[at + 1 :]), []).append((*_ends(key[at]), place))
    return [sorted(bands) for bands in beside.values()]


def _no_crack(ctx: Context, name: str, beside: list[_Bands], one: int) -> None:
    """Report bands that leave a single number out: who writes `..20` and `21..` means 20 to be in one of them."""
    for (_, high, _), (low, _, place) in (pair for bands in beside for pair in pairwise(bands)):
        if 0 < low - high <= one:
            ctx.problems.add(
                "table-gap",
                phrase(
                    en="between this band of `{name}` and the one before it a number is left out",
                    id="di antara rentang `{name}` ini dan rentang sebelumnya ada bilangan yang terlewat",
                    name=name,
                ),
                place,
                phrase(
                    en="a band ends before its last number: let the next begin there, as in `..10`, `10..20`, `20..`",
                    id="rentang berakhir sebelum bilangan terakhirnya: mulai rentang berikutnya di sana, seperti `..10`, `10..20`, `20..`",
                ),
            )


def meet(one: Key, other: Key) -> bool:
    """Tell whether two keys hold for one value."""
    if not isinstance(one, Band) and not isinstance(other, Band):
        return matches(one, other)
    if ABSENT in (one, other):
        return False
    (low, high), (other_low, other_high) = _ends(one), _ends(other)
    return low < other_high and other_low < high


def _ends(key: Any) -> tuple[float, float]:
    if not isinstance(key, Band):
        return key, key + 1
    return -inf if key.low is None else key.low, inf if key.high is None else key.high


def _covers_all(keys: list[Key]) -> bool:
    """Tell whether bands leave no value out, from the lowest to the highest."""
    bands = sorted(_ends(key) for key in keys if isinstance(key, Band))
    joined = all(high == low for (_, high), (low, _) in pairwise(bands))
    return bool(bands) and joined and bands[0][0] == -inf and bands[-1][1] == inf


def _otherwise(ctx: Context, name: str, version: TableVersion, by: list[Typed], rows: Any, type_: Type) -> Value:
    if version.otherwise is not None:
        value = cell(version.otherwise, type_, ctx.problems)
        return ABSENT if value is None else value
    if len(by) == 1 and _covers_all([key[0] for key, _ in rows]):
        return ABSENT  # which is for those who have no such thing
    wanted = prod(len(typed.type.labels) if typed.type.labels else 10**9 for typed in by)
    if len(rows) < wanted:
        ctx.problems.add(
            "table-not-total",
            phrase(
                en="the table `{name}` does not say what holds for the keys without a row",
                id="tabel `{name}` tidak menyatakan apa yang berlaku bagi kunci tanpa baris",
                name=name,
            ),
            version.place,
            phrase(
                en="add `otherwise:` with a value, or `otherwise: none`",
                id="tambahkan `otherwise:` dengan nilai, atau `otherwise: none`",
            ),
        )
    return ABSENT
