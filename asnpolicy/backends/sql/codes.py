"""Codes in a query: who has one that is not only words joined by hyphens, but may be a known one written otherwise, is passed on.

INVARIANT: each test holds for everybody whose code `asnpolicy.people.codes` reads otherwise. It may hold for more.
"""

from __future__ import annotations

import re

from asnpolicy.backends.sql.records import RecordColumns
from asnpolicy.backends.sql.sheet import sql
from asnpolicy.people.codes import CODES, codes_of, shortest

FOLDED = "REGEXP_REPLACE(REPLACE(LOWER({0}), 'tingkat', 'tk'), '[^a-z0-9]', '', 'g')"


def mark_codes(records: RecordColumns) -> None:
    """Pass on whoever has a code that is written otherwise, is almost a known one, or stands in two spellings."""
    dialect, history = records.sheet.dialect, records.history
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


def _read_otherwise(history: str, name: str) -> str:
    """Return the pattern of what is a known code, or but for one letter, once case and signs are gone."""
    known, least = codes_of(history, name), shortest(history, name)
    near = {
        f"{re.escape(code[:at])}.?.?.?{re.escape(code[at + 2 :])}"
        for code in known if len(code) >= least for at in range(len(code))
    }  # fmt: skip
    return "|".join(sorted({*map(re.escape, known), *near}))
