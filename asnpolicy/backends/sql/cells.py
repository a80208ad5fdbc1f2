"""Cells: the columns of a government's own tables, read as the models of people read them, each cell by itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from asnpolicy.backends.sql.dialect import identifier, ordinal, written
from asnpolicy.backends.sql.ends import any_of, opposite, pick
from asnpolicy.backends.sql.sheet import NO, NULL, Sheet, Sql, number, sql
from asnpolicy.people.codes import is_code, is_compared
from asnpolicy.people.days import EARLIEST, LATEST
from asnpolicy.people.placeholders import EMPTY
from asnpolicy.workforce.cells import MOST
from asnpolicy.workforce.schema import (
    EMPLOYEES,
    IS,
    KEY,
    LAST,
    NONE,
    WORDS,
    ColumnSpec,
    Holds,
    columns_of,
    delivered,
    tables,
    word_of,
)

BLANKS = [*range(9, 14), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
"""Characters that are taken off the ends of a text."""
PLACES = 9
"""More decimal places than any number of the schema has."""
MUCH = 10**9
"""More than any number that the schema gives no limits."""
NO_NUMBER = Sql("CAST(NULL AS BIGINT)")
NUMBER, TEXT, TEXTS = "BIGINT", "VARCHAR", "VARCHAR[]"
"""The types of columns as a plan reads them."""
NOBODY = f"(SELECT CAST(NULL AS VARCHAR) AS {KEY} WHERE FALSE)"


@dataclass(frozen=True, slots=True)
class RawTables:
    """Which tables there are, and which columns each has."""

    tables: Mapping[str, Collection[str]]

    @classmethod
    def whole(cls) -> RawTables:
        """Return all tables of the schema, with all of their columns."""
        return cls({name: frozenset(delivered(name)) for name in tables()})

    def sources(self) -> dict[str, str]:
        """Return what the lines of layers begin with: people once each, and records."""
        people = f"(SELECT e.*, {KEY} AS of, ROW_NUMBER() OVER w AS row_of_one, COUNT(*) OVER w AS rows_of_one FROM {EMPLOYEES} e WINDOW w AS (PARTITION BY {KEY}))"  # fmt: skip
        found = {"": f"{people} e WHERE row_of_one = 1"}
        for name in tables()[1:]:
            table = identifier(name) if name in self.tables else NOBODY
            found[name] = f"(SELECT h.*, {KEY} AS of FROM {table} h) h"
        return found


@dataclass(frozen=True, slots=True)
class TableCells:
    """Reads the cells of one table."""

    sheet: Sheet
    delivered: RawTables
    table: str
    """A history, or nothing: people."""

    @property
    def name(self) -> str:
        """Return the name of the table."""
        return self.table or EMPLOYEES

    def spec(self, name: str) -> ColumnSpec:
        """Return what a column holds."""
        return columns_of(self.name)[name]

    def there(self, name: str) -> bool:
        """Tell whether the table has a column."""
        return name in self.delivered.tables.get(self.name, ())

    def raw(self, name: str, as_: str = "{}") -> Sql:
        """Return a column as it was delivered; nothing where it was not."""
        return sql(as_, self.sheet.read(self.table, name), whole=True) if self.there(name) else NULL

    def text(self, name: str) -> Sql:
        """Return a column as text."""
        return self.raw(name, "CAST({} AS VARCHAR)")

    def keep(self, what: Sql) -> Sql:
        """Keep a piece as a column."""
        return self.sheet.keep(what, self.table)

    def value(self, name: str) -> Sql:
        """Return a column as a plan reads it: labels are codes, days and exact numbers whole numbers, null is unknown."""
        spec = self.spec(name)
        match spec.holds:
            case Holds.LABEL:
                found = self._label(spec)
            case Holds.TRUTH:
                found = (
                    sql("CASE WHEN {0} THEN 1 WHEN NOT {0} THEN 0 END", self.raw(name), whole=True)
                    if self.there(name)
                    else NULL
                )
            case Holds.DAY:
                found = self._worded(spec, self._day(name))
            case Holds.NUMBER:
                found = self._worded(spec, self._number(spec))
            case Holds.EXACT:
                found = self._exact(spec)
            case Holds.TEXTS:
                return self.keep(self.raw(name)) if self.there(name) else self.nothing(TEXTS)
            case _:
                found = self._text(name) if self.there(name) else NULL
                found = self._code(found) if found != NULL and is_code(self.name, name) else found
                return self.nothing(TEXT) if found == NULL else self.keep(found)
        return self.nothing(NUMBER) if found == NULL else self.keep(found)

    def nothing(self, type_: str) -> Sql:
        """Return a column of which nothing is known."""
        return self.sheet.nothing(type_, self.table)

    def odd(self, name: str) -> Sql:
        """Tell which cells the models may read otherwise: days known in part, texts with blanks at their ends or too long."""
        spec = self.spec(name)
        if spec.holds is Holds.DAY and self.there(name + LAST):
            return sql("{} IS NOT NULL", self.raw(name + LAST))
        if name == "supervisor" and self.there(name):
            return sql("{0} <> 'none' AND NOT ({1})", self.text(name), sql(self.sheet.dialect.digits, self.text(name)))
        if spec.holds is Holds.TEXT and self.there(name):
            found = self._odd_text(self.text(name))
            if is_compared(self.name, name):
                found = any_of((found, self._nothing(self.text(name))))
            plain = sql(self.sheet.dialect.is_like("[ -~]*"), self.text(name))
            return any_of((found, opposite(plain))) if is_code(self.name, name) else found
        if spec.holds is Holds.TEXTS and self.there(name):
            return self._odd_list(self.raw(name), coded=is_code(self.name, name))
        return NO

    def _label(self, spec: ColumnSpec) -> Sql:
        if spec.labels is None or not self.there(spec.name):
            return NULL
        codes = {text: int(label) for text, label in spec.labels.texts().items()}
        if spec.may_be_none:
            codes[NONE] = 0
        rows = " ".join(f"WHEN {self.sheet.dialect.quoted(text)} THEN {code}" for text, code in codes.items())
        return sql(f"CASE {{}} {rows} END", self.text(spec.name), whole=True)

    def _day(self, name: str) -> Sql:
        if not self.there(name):
            return NULL
        fits = f"CASE WHEN {{0}} BETWEEN {written(EARLIEST)} AND {written(LATEST)} THEN {ordinal('{0}')} END"
        return sql(fits, self.raw(name), whole=True)

    def _number(self, spec: ColumnSpec) -> Sql:
        if not self.there(spec.name):
            return NULL
        low, high = spec.limits or (-MUCH, MUCH)
        fits = f"CASE WHEN {{0}} BETWEEN {low} AND {high} AND {{0}} = ROUND({{0}}) THEN CAST({{0}} AS BIGINT) END"
        return sql(fits, self.raw(spec.name), whole=True)

    def _exact(self, spec: ColumnSpec) -> Sql:
        if not self.there(spec.name):
            return NULL
        low, high = spec.limits or (-MUCH, MUCH)
        inside = self.keep(sql(f"CASE WHEN {{0}} BETWEEN {low} AND {high} THEN CAST({{0}} AS DECIMAL(24, {PLACES})) * {10**spec.places} END", self.raw(spec.name), whole=True))  # fmt: skip
        return sql("CASE WHEN {0} = ROUND({0}, 0) THEN CAST({0} AS BIGINT) END", inside, whole=True)

    def _worded(self, spec: ColumnSpec, value: Sql) -> Sql:
        """Put what a word says in the place of a day or a number; where both are there, neither is known."""
        word = word_of(spec)
        if word is None or not self.there(spec.name + IS):
            return value
        text = self.text(spec.name + IS)
        listed = ", ".join(f"'{each}'" for each in WORDS.categories)
        spoken = self.keep(sql(f"{{}} IN ({listed}) IS TRUE", text))
        inside = number(word[1] if isinstance(word[1], int) else word[1].toordinal())
        stands = sql(f"{{}} = '{word[0]}' AND {{}} IS NULL", text, value if value != NULL else NO_NUMBER)
        return pick(spoken, pick(stands, inside, NULL), value)

    def _text(self, name: str) -> Sql:
        text = self.text(name)
        collated = sql(self.sheet.dialect.text, text, whole=True)
        if name == "supervisor":
            return sql("CASE WHEN {0} = 'none' THEN '' WHEN {0} <> '' THEN {1} END", text, collated, whole=True)
        return sql("NULLIF({}, '')", collated, whole=True)

    def _code(self, text: Sql) -> Sql:
        """Return a text of plain letters as a code is written: words in small letters, joined by hyphens."""
        delivered = self.keep(text)
        words = sql("REGEXP_REPLACE(LOWER({}), '[^a-z0-9]+', '-', 'g')", delivered, whole=True)
        return sql("COALESCE(NULLIF(REGEXP_REPLACE({}, '^-|-$', '', 'g'), ''), {})", words, delivered, whole=True)

    def _odd_text(self, text: Sql) -> Sql:
        listed = ", ".join(f"CHR({blank})" for blank in BLANKS)
        at_end = any_of(sql(f"{side}({{}}, 1) IN ({listed})", text) for side in ("LEFT", "RIGHT"))
        return any_of((at_end, sql(f"LENGTH({{}}) > {MOST}", text)))

    def _nothing(self, text: Sql) -> Sql:
        """Tell which texts may stand where nothing was delivered: more than need be, as those of other letters."""
        listed = ", ".join(self.sheet.dialect.quoted(word) for word in EMPTY)
        signs = sql(self.sheet.dialect.is_like("[^A-Za-z1-9]*"), text)
        return any_of((sql(f"LOWER({{}}) IN ({listed})", text), signs))

    def _odd_list(self, texts: Sql, *, coded: bool) -> Sql:
        """Tell which lists may hold a text that is empty, long, or with blanks at its ends: more than need be."""
        dialect = self.sheet.dialect
        joined = self.keep(sql("'|' || ARRAY_TO_STRING({}, '|') || '|'", texts))
        blanks = " || ".join(f"CHR({blank})" for blank in BLANKS)
        plain = sql(f"TRANSLATE({{}}, {blanks}, '{' ' * len(BLANKS)}')", joined, whole=True)
        words = [f"|{word}|" for word in EMPTY if word.isalpha()]
        edges = any_of(sql(f"LOWER({{}}) LIKE '%{part}%'", plain) for part in ("| ", " |", "||", "|0", *words))
        some = sql(f"{dialect.size} > 0", texts)
        plain_words = (opposite(sql(dialect.is_like("[-a-z0-9|]*"), joined)), sql("{} LIKE '%--%'", joined)) if coded else ()
        ends = (sql("{} LIKE '%|-%'", joined), sql("{} LIKE '%-|%'", joined)) if coded else ()
        rest = (sql(f"LENGTH({{}}) > {MOST}", joined), sql(dialect.hole, texts))
        return sql("{} AND {}", some, any_of((edges, *plain_words, *ends, *rest)))
