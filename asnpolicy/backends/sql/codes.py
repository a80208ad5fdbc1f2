"""Codes in a query: who has one that is not only words joined by hyphens, but may be a known one written otherwise, is passed on.

INVARIANT: each test holds for everybody whose code `asnpolicy.people.codes` reads otherwise. It may hold for more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from asnpolicy.backends.sql.cells import BLANKS
from asnpolicy.backends.sql.ends import any_of
from asnpolicy.backends.sql.records import RecordColumns
from asnpolicy.backends.sql.sheet import Sql, sql
from asnpolicy.people.codes import CODES, SHORTEST_CLOSED, codes_of, folded, shortest
from asnpolicy.people.titles import TITLES

_BLANKS = "".join(map(chr, [*range(0x1C, 0x20), *BLANKS]))
"""What may stand between two words, and is read as one blank."""
FOLDED = "REGEXP_REPLACE(REPLACE(LOWER({0}), 'tingkat', 'tk'), '[^a-z0-9]', '', 'g')"


def mark_codes(records: RecordColumns) -> None:
    """Pass on whoever has a code that is written otherwise, is almost a known one, or stands in two spellings."""
    dialect, history = records.sheet.dialect, records.history
    if history == "posts" and "title" in records.fields:
        records.mark(_called_otherwise(records, records.fields["title"]))
    for name in (one for other, one in CODES if other == history and one in records.fields):
        text = records.fields[name]
        known = ", ".join(dialect.quoted(code) for code in CODES[history, name])
        folded = records.keep(sql(FOLDED, text, whole=True))
        other = records.keep(sql(f"CASE WHEN {{}} NOT IN ({known}) THEN {{}} END", text, folded, whole=True))
        records.mark(sql(dialect.is_like(_read_otherwise(history, name)), other))
        least, most = (
            sql(f"{which}({{}}) OVER (PARTITION BY of, {{}})", text, folded, whole=True) for which in ("MIN", "MAX")
        )
        records.mark(records.keep(sql("{} <> {}", least, most)))


def _called_otherwise(records: RecordColumns, title: Sql) -> Sql:
    """Tell which titles are a known name in other letters, almost one, or one with more words behind it."""
    dialect = records.sheet.dialect
    known = ", ".join(dialect.quoted(name) for name in TITLES)
    text = records.keep(sql(FOLDED, title, whole=True))
    other = records.keep(sql(f"CASE WHEN {{}} NOT IN ({known}) THEN {{}} END", title, text, whole=True))
    names = {folded(text) for name, others in TITLES.items() for text in (name, *others)}
    longer = {f"{re.escape(folded(name))}.*" for name in TITLES}
    blanks = sql(f"{{0}} <> REGEXP_REPLACE({{0}}, '[{_BLANKS}]+', ' ', 'g')", title, whole=True)
    return any_of((sql(dialect.is_like(_almost(names, SHORTEST_CLOSED, longer)), other), blanks))


def _read_otherwise(history: str, name: str) -> str:
    """Return the pattern of what is a known code, or but for one letter, once case and signs are gone."""
    return _almost(codes_of(history, name), shortest(history, name))


def _almost(known: Iterable[str], least: int, more: Iterable[str] = ()) -> str:
    """Return the pattern of texts, of what is one of them but for one letter, and of more."""
    texts = tuple(known)
    near = {
        f"{re.escape(text[:at])}.?.?.?{re.escape(text[at + 2 :])}"
        for text in texts if len(text) >= least for at in range(len(text))
    }  # fmt: skip
    return "|".join(sorted({*map(re.escape, texts), *near, *more}))
