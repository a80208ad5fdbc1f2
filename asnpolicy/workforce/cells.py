"""Cells: a column as it was delivered becomes the column of the schema; a cell that can't be read is not known, and counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from asnpolicy.people import OPEN
from asnpolicy.people.codes import CODED_AS, code_meant, hyphened, is_code, is_compared, key_of, spellings
from asnpolicy.people.days import EARLIEST, LATEST
from asnpolicy.people.placeholders import is_placeholder
from asnpolicy.workforce import numbers
from asnpolicy.workforce.schema import EMPLOYEES, KEY, NONE, ColumnSpec, Holds, enum_of

CLOSE = 1e-6
EPOCH = date(1970, 1, 1)
FIRST, LAST, RUNNING = ((day - EPOCH).days for day in (EARLIEST, LATEST, OPEN))
"""The first day that a cell may hold, the last one, and that of what runs on, as Polars counts days."""
MANY = {"earlier_nips": 20, "interests": 100}
"""The longest lists of texts."""
SOME = 1_000
"""So many texts show whether a column holds few of them."""
MOST = 200
"""The longest text, in characters."""


class WrongTypeError(Exception):
    """A column is of a type that can't hold what it should."""


def read(column: pl.Series, spec: ColumnSpec) -> pl.Series:
    """Return a column as the schema has it; raises WrongTypeError where its type can't hold that.

    A cell that can't be read is null.
    """
    if column.dtype == pl.Null:
        return column.cast(spec.dtype)
    if isinstance(column.dtype, (pl.Categorical, pl.Enum)) and column.dtype != spec.dtype:
        column = column.cast(pl.String)
    return READ[spec.holds](column, spec)


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of texts as it is read, and what came of it."""

    column: pl.Series
    distinct: pl.Series | None
    """The texts that there are, each once, where that is known: to look for them anew costs most of reading a column."""
    lost: int
    """How many cells could not be read."""
    otherwise: int = 0
    """How many hold a known code that is written otherwise."""
    slips: int = 0
    """How many hold what is almost a known code, and are not known."""


def texts(column: pl.Series, table: str, spec: ColumnSpec) -> Texts:
    """Read a column of texts, codes as they are meant; raises WrongTypeError as `read` does."""
    distinct = column.unique() if column.dtype == pl.String and _few(column) else None
    if distinct is None or not _are_bare(distinct):
        made = read(column, spec)
        found = Texts(made, None, lost(column, made))
    else:
        found = Texts(column, distinct, 0)
    return _in_code(_without_placeholders(found, spec) if is_compared(table, spec.name) else found, table, spec.name)


def _without_placeholders(texts: Texts, spec: ColumnSpec) -> Texts:
    """Read what stands where nothing was delivered as not known: it would be a name like any other."""
    distinct = texts.column.unique() if texts.distinct is None else texts.distinct
    nothing = [one for one in distinct.drop_nulls() if is_placeholder(one) and not (spec.may_be_none and one == NONE)]
    if not nothing:
        return Texts(texts.column, distinct, texts.lost)
    cells = texts.column.is_in(nothing)
    kept = pl.select(pl.when(~cells).then(texts.column)).to_series()
    return Texts(kept, distinct.filter(~distinct.is_in(nothing)), texts.lost + int(cells.sum()))


def _in_code(texts: Texts, table: str, name: str) -> Texts:
    """Read codes as they are meant; slips are not known."""
    where = CODED_AS.get((table, name), (table, name))
    if not is_code(*where):
        return texts
    column = texts.column
    distinct = column.unique() if texts.distinct is None else texts.distinct
    meant = {text: code_meant(*where, text) for text in distinct.drop_nulls()}
    slips = [text for text, code in meant.items() if code.slip_of]
    others = {text: code.text for text, code in meant.items() if code.text != text and not code.slip_of}
    told = [text for text in others if meant[text].known]
    wrong, other = (int(column.is_in(texts).sum()) if texts else 0 for texts in (slips, told))
    if slips or others:
        column = column.replace({**others, **dict.fromkeys(slips)})
    return Texts(column, None if slips or others else distinct, texts.lost, other, wrong)


def in_one_spelling(frame: pl.DataFrame, name: str, distinct: pl.Series | None) -> tuple[pl.DataFrame, int]:
    """Return a table in which no person has one code in two spellings, which would count twice, and how many cells changed."""
    texts = (frame[name].unique() if distinct is None else distinct).drop_nulls()
    if not spellings(texts):
        return frame, 0
    whose = numbers.normalised(frame[KEY]).fill_null(frame[KEY])
    alike = frame.with_row_index("at").with_columns(whose.alias(KEY)).select("at", KEY, name).filter(pl.col(name).is_not_null())
    there = alike.with_columns(pl.col(name).replace({text: key_of(text) for text in texts}).alias("plain"))
    several = there.filter(pl.col(name).n_unique().over(KEY, "plain") > 1)
    cells = frame[name].to_list() if several.height else []
    changed = 0
    for _, rows in several.group_by(KEY, "plain"):
        meant = spellings(rows[name])
        for at, text in rows.select("at", name).iter_rows():
            if text in meant:
                cells[at] = meant[text]
                changed += 1
    return (frame.with_columns(pl.Series(name, cells, dtype=pl.String)) if changed else frame), changed


def lost(before: pl.Series, after: pl.Series) -> int:
    """Count the cells that said something before and do not any more."""
    if after.null_count() == before.null_count():
        return 0
    said = before.is_not_null()
    if before.dtype == pl.String:
        said &= before.str.strip_chars() != ""
    return int((said & after.is_null()).sum())


def _text(column: pl.Series, spec: ColumnSpec) -> pl.Series:
    if column.dtype.is_integer() and spec.holds is Holds.NUMBER_OF_PERSON:
        column = column.cast(pl.String)
    if column.dtype != pl.String:
        raise WrongTypeError
    if spec.holds is Holds.NUMBER_OF_PERSON or _are_bare(column.unique() if _few(column) else column):
        return column
    bare = column.str.strip_chars()
    length = bare.str.len_chars()
    return pl.select(pl.when((length > 0) & (length <= MOST)).then(bare)).to_series()


def _few(texts: pl.Series) -> bool:
    """Tell whether texts are likely to be few, as codes are: then each is looked at once."""
    return len(texts) > SOME and texts[:SOME].n_unique() < SOME // 4


def _are_bare(texts: pl.Series) -> bool:
    """Tell whether all texts may stay as they are: none is empty, too long or has blanks around it."""
    size = texts.str.len_bytes()
    shortest, longest = size.min(), size.max()
    if shortest is None:
        return True
    return bool(shortest > 0 and longest <= MOST and size.sum() == texts.str.strip_chars().str.len_bytes().sum())  # type: ignore[operator]  # numbers


def _label(column: pl.Series, spec: ColumnSpec) -> pl.Series:
    labels = spec.labels
    if labels is None or column.dtype not in (pl.String, spec.dtype):
        raise WrongTypeError
    if column.dtype == pl.String:
        also = {text: member.label for text, member in labels.texts().items() if text != member.label}
        column = column.replace(also) if also and column.is_in(list(also)).any() else column
        column = column.cast(enum_of(labels), strict=False)
    if not spec.may_be_none and (none := column == NONE).any():
        column = pl.select(pl.when(~none).then(column)).to_series()
    return column


def _truth(column: pl.Series, spec: ColumnSpec) -> pl.Series:
    del spec
    if column.dtype == pl.String:
        return column.replace_strict({"true": True, "false": False}, default=None, return_dtype=pl.Boolean)
    if column.dtype != pl.Boolean:
        raise WrongTypeError
    return column


def _day(column: pl.Series, spec: ColumnSpec) -> pl.Series:
    if column.dtype == pl.String:
        column = column.str.to_date("%Y-%m-%d", strict=False)
    elif isinstance(column.dtype, pl.Datetime):
        there = column.dt.replace_time_zone(None)  # by the clock of its place: its midnight is another day in Greenwich
        column = pl.select(pl.when(there == there.dt.truncate("1d")).then(there.dt.date())).to_series()
    if column.dtype != pl.Date:
        raise WrongTypeError
    days = column.to_physical()  # as numbers: a file or a database may hold days that Python has not
    lowest, highest = days.min(), days.max()
    if lowest is not None and (lowest < FIRST or highest > LAST):  # type: ignore[operator]  # numbers
        fits = days.is_between(FIRST, LAST)
        if spec.holds is Holds.LAST_DAY:
            fits |= days == RUNNING
        column = pl.select(pl.when(fits).then(column)).to_series()
    return column


def _word(column: pl.Series, spec: ColumnSpec) -> pl.Series:
    if column.dtype not in (pl.String, spec.dtype):
        raise WrongTypeError
    return column.cast(spec.dtype, strict=False)


def _number(column: pl.Series, spec: ColumnSpec) -> pl.Series:
    if column.dtype == pl.String:
        column = column.cast(pl.Int64, strict=False)
    elif column.dtype.is_float():
        column = pl.select(pl.when(column == column.round(0)).then(column)).to_series().cast(pl.Int64, strict=False)
    if not column.dtype.is_integer():
        raise WrongTypeError
    if spec.limits is not None:
        fits = column.is_between(*spec.limits)
        if not fits.all():
            column = pl.select(pl.when(fits).then(column)).to_series()
    return column.cast(pl.Int32, strict=False)


def _exact(column: pl.Series, spec: ColumnSpec) -> pl.Series:
    scale = 10**spec.places
    if column.dtype == pl.String:
        plain = ~column.str.contains("[eE]")  # what a spreadsheet writes so may be rounded
        column = pl.select(pl.when(plain).then(column)).to_series().cast(pl.Decimal(20, 9), strict=False)
    if column.dtype.is_float():
        scaled = (column * scale).round(0)
        near = ((column * scale) - scaled).abs() < CLOSE
        column = pl.select(pl.when(near & scaled.is_finite()).then(scaled.cast(pl.Int64, strict=False))).to_series()
    elif column.dtype.is_integer():
        column = column.cast(pl.Int64) * scale
    elif column.dtype.is_decimal():
        larger = column.cast(pl.Decimal(38, 9)) * scale
        whole = larger.cast(pl.Int64, strict=False)
        column = pl.select(pl.when(larger == whole.cast(pl.Decimal(38, 9))).then(whole)).to_series()
    else:
        raise WrongTypeError
    if spec.limits is not None:
        fits = column.is_between(spec.limits[0] * scale, spec.limits[1] * scale)
        column = column if fits.all() else pl.select(pl.when(fits).then(column)).to_series()
    return _decimal(column, spec.places)


def _decimal(scaled: pl.Series, places: int) -> pl.Series:
    """Return scaled whole numbers as exact numbers."""
    exact: pl.Series = scaled.cast(pl.Decimal(18, places)) / 10**places
    return exact.cast(pl.Decimal(12, places))


def _texts(column: pl.Series, spec: ColumnSpec) -> pl.Series:
    if column.dtype == pl.String:
        made = [None if text is None else _list(text) for text in column]
        column = pl.Series(column.name, made, dtype=spec.dtype)
    if column.dtype == pl.List(pl.Null):  # what libraries take for the type where every list is empty
        column = column.cast(spec.dtype)
    if column.dtype != pl.List(pl.String):
        raise WrongTypeError
    most = MANY.get(spec.name, 0)
    bare = column.list.eval(pl.element().str.strip_chars())
    short = bare.list.eval(pl.element().str.len_chars().is_between(1, MOST)).list.all() & (bare.list.len() <= most)
    if is_code(EMPLOYEES, spec.name):
        texts = bare.explode().unique().drop_nulls()
        nothing = [text for text in texts if is_placeholder(text)]
        if nothing:
            short &= ~bare.list.eval(pl.element().is_in(nothing)).list.any()
        meant = {text: hyphened(text) for text in texts}
        bare = bare.list.eval(pl.element().replace(meant))
    return pl.select(pl.when(short | (bare.list.len() == 0)).then(bare)).to_series()


def _list(text: str) -> list[str] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, list) and all(isinstance(one, str) for one in found) else None


READ: dict[Holds, Callable[[pl.Series, ColumnSpec], pl.Series]] = {
    Holds.NUMBER_OF_PERSON: _text,
    Holds.TEXT: _text,
    Holds.TEXTS: _texts,
    Holds.LABEL: _label,
    Holds.TRUTH: _truth,
    Holds.DAY: _day,
    Holds.LAST_DAY: _day,
    Holds.NUMBER: _number,
    Holds.EXACT: _exact,
    Holds.JSON: _text,
    Holds.WORD: _word,
}


def scaled(column: pl.Series, places: int) -> pl.Series:
    """Return exact numbers as whole numbers of their last places."""
    larger: pl.Series = column.cast(pl.Decimal(38, places)) * 10**places
    return larger.cast(pl.Int64)
