"""The register of printed tables and examples, and the page that is written from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.conformance.printed.vectors import ENTRIES, Entry

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "reference" / "printed-examples.md"
REGISTER = Path(__file__).with_name("register.yaml")
HOW = {
    "asked": "Asked as printed",
    "rule-only": "The rule is asked, not the figure",
    "later": "Left to a later part",
    "no-rule": "No question of a career policy",
}
KINDS = {"table": "printed table", "example": "worked example", "worked": "worked from the regulation"}
ASKED = ("asked", "rule-only")
HEAD = """# Printed tables and worked examples

Regulations and official guides print tables and work examples. Each one that these rules can answer is asked of the
national policy, on people made for it, at both sides of each boundary and inside the time for which it was in force; the
answer has to be the printed one. `tests/conformance/test_printed.py` asks them and holds this page to what it asks:
write it anew with `python -m tests.conformance.test_printed`.

An id in *italics* has a source whose printed figure does not follow from its own numbers: the rule is asked, not the
figure.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One id of the register."""

    id: str
    kind: str
    source: str
    in_force: Any
    how: str
    by: str = ""
    why: str = ""
    arithmetic_doubt: bool = False
    differs: tuple[str, ...] = ()
    """Questions that are answered otherwise than printed, with the reason in `why`."""
    span: tuple[Any, Any] = (None, None)


def register() -> dict[str, Row]:
    """Read the register."""
    told = yaml.safe_load(REGISTER.read_text(encoding="utf-8"))
    return {id: _row(id, dict(given)) for id, given in told.items()}


def _row(id: str, given: dict[str, Any]) -> Row:
    span = (given.pop("from", None), given.pop("until", None))
    return Row(id, span=span, differs=tuple(given.pop("differs", ())), **given)


def page() -> str:
    """Write the page."""
    rows = register().values()
    parts = [HEAD]
    for how, title in HOW.items():
        chosen = [row for row in rows if row.how == how]
        table = _asked(chosen) if how in ASKED else _left(chosen)
        parts.append(f"## {title}\n\n" + "\n".join(table) + "\n")
    return "\n".join(parts)


def _asked(rows: list[Row]) -> Iterator[str]:
    yield "| id | printed in | in force | what is asked | questions | by |"
    yield "|---|---|---|---|---|---|"
    for row in rows:
        entry = ENTRIES[row.id]
        count = sum(1 for _ in entry.vectors())
        yield f"| {_id(row)} | {row.source} ({KINDS[row.kind]}) | {_force(row)} | {_what(row, entry)} | {count} | {row.by} |"


def _left(rows: list[Row]) -> Iterator[str]:
    yield "| id | printed in | why |"
    yield "|---|---|---|"
    for row in rows:
        yield f"| {_id(row)} | {row.source} ({KINDS[row.kind]}) | {row.why} |"


def _id(row: Row) -> str:
    return f"*{row.id}*" if row.arithmetic_doubt else row.id


def _what(row: Row, entry: Entry) -> str:
    why = f" Note: {row.why}." if row.why else ""
    differs = f" Answered otherwise: {'; '.join(row.differs)}." if row.differs else ""
    return f"{entry.shows}{why}{differs}"


def _force(row: Row) -> str:
    since, until = row.span
    changed = "; changed since" if row.in_force == "changed" else ""
    return f"from {since}" + (f" until {until}" if until else "") + changed
