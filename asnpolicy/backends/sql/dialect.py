"""Dialects: what the databases say differently; all else is written once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from asnpolicy.problems import PolicyError, Problem, UnknownNameError, meant
from asnpolicy.text import phrase


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one database writes what others write otherwise."""

    name: str
    division: str
    """Whole numbers divided, the rest dropped."""
    text: str
    """A column of texts, compared letter by letter as Python does."""
    nul: bool
    """Whether a text may hold the character NUL."""
    digits: str
    """Whether a text is so many digits."""
    whole: str
    """Whether a whole text has a pattern."""

    has: str
    """Whether a list has a text."""
    size: str
    """How many texts a list has."""
    hole: str
    """Whether a list has a place with nothing in it."""

    def is_like(self, pattern: str) -> str:
        """Return whether a whole text has a pattern, which knows neither braces nor quotes."""
        return self.whole.format("{}", pattern)

    def quoted(self, text: str) -> str:
        """Return a text as it is written; raises PolicyError for one that the database can't hold."""
        if "\x00" in text and not self.nul:
            message = phrase(
                en="{name} holds no text with a NUL, as in `{text}`",
                id="{name} tidak menyimpan teks dengan NUL, seperti pada `{text}`",
                name=self.name, text=text.replace("\x00", "\\0"),
            )  # fmt: skip
            help_ = phrase(en="take it out of the text", id="hilangkan dari teks itu")
            raise PolicyError([Problem("unsupported", message, help=help_)])
        return "'" + text.replace("'", "''") + "'"


DIALECTS = {
    "duckdb": Dialect(
        "duckdb", division="//", text="{}", nul=True, digits="regexp_full_match({}, '[0-9]{{18}}')", whole="regexp_full_match({}, '{}')",
        has="list_contains({}, {})", size="LEN({})", hole="LIST_COUNT({0}) < LEN({0})",
    ),
    "postgres": Dialect(
        "postgres", division="/", text='{} COLLATE "C"', nul=False, digits="{} ~ '^[0-9]{{18}}$'", whole="{} ~ '^({})$'",
        has="{1} = ANY({0})",
        size="CARDINALITY({})", hole="ARRAY_POSITION({}, NULL) IS NOT NULL",
    ),
}  # fmt: skip
LAYER = "AS MATERIALIZED"
"""How a layer is begun: worked out once, where the databases would else write it out again in each that builds on it."""


def dialect_of(name: str) -> Dialect:
    """Return the dialect of a name; raises PolicyError for one that there is not."""
    if name not in DIALECTS:
        message = phrase(en="unknown dialect `{name}`", id="dialek `{name}` tidak dikenal", name=name)
        raise UnknownNameError([Problem("unknown-dialect", message, help=meant(name, DIALECTS))])
    return DIALECTS[name]


def identifier(name: str) -> str:
    """Return a name as both databases write it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def ordinal(column: str) -> str:
    """Return a day of a table as the number that the rules count by."""
    return f"({column} - DATE '0001-01-01' + 1)"


def day(number: str) -> str:
    """Return the day of a number."""
    return f"(DATE '0001-01-01' + CAST({number} - 1 AS INTEGER))"


def written(value: date) -> str:
    """Return a day as it is written."""
    return f"DATE '{value.isoformat()}'"
