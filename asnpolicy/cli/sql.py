"""`asnpolicy sql`: one rule as a SELECT, for a database that holds the tables of a workforce."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError

from asnpolicy.cli.asking import agency_of
from asnpolicy.cli.explain import TARGET
from asnpolicy.cli.output import as_of_date, say, wrong_use
from asnpolicy.engine import Engine
from asnpolicy.text import phrase


def sql(
    region: Annotated[str, typer.Argument(help="a shipped region, or the path of a folder")],
    rule: Annotated[str, typer.Option(help="which rule")],
    as_of: Annotated[str | None, typer.Option(help="the day that is asked for, such as 2026-10-01")] = None,
    dialect: Annotated[str, typer.Option(help="duckdb or postgres")] = "duckdb",
    tables: Annotated[
        str | None,
        typer.Option(help="a JSON file with the tables that there are and their columns; without, all of the schema"),
    ] = None,
    agency: Annotated[
        str | None, typer.Option(help="a JSON file, or a folder of tables, with the agency's units and openings")
    ] = None,
    target: Annotated[str | None, TARGET] = None,
) -> None:
    """Write one rule as a SELECT over the tables of a workforce in a database: one row a person.

    Where `passed_on` is true nothing is decided: of such people the tables need more than one look, and `assess` decides.

    \b
    Examples:
      asnpolicy sql jakarta --rule kenaikan-pangkat-reguler --as-of 2026-10-01 --dialect postgres > reguler.sql
      asnpolicy sql jakarta --rule jp-tahunan --as-of 2026-10-01 --tables tables.json | duckdb staff.db
    """
    day, known = as_of_date(as_of), agency_of(agency)
    say(Engine.load(region).to_sql(rule, dialect, as_of=day, agency=known, tables=_tables(tables), target=target))


def _tables(path: str | None) -> dict[str, list[str]] | None:
    """Read which tables there are."""
    if path is None:
        return None
    try:
        return TypeAdapter(dict[str, list[str]]).validate_json(Path(path).read_bytes())
    except ValidationError:
        raise wrong_use(
            phrase(
                en="`{path}` does not list tables with their columns",
                id="`{path}` tidak memuat daftar tabel beserta kolomnya",
                path=path,
            ),
            phrase(
                en='write it like {{"employees": ["nip", "employment"], "ranks": ["nip", "rank", "since"]}}',
                id='tulis seperti {{"employees": ["nip", "employment"], "ranks": ["nip", "rank", "since"]}}',
            ),
        ) from None
