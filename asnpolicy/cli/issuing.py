"""Issuing: the options by which a command is told who writes its letters, and where an answer goes."""

from __future__ import annotations

from datetime import date

import typer

from asnpolicy.cli.output import as_of_date
from asnpolicy.report.notice import Issuer

ISSUER = typer.Option(help="the agency that writes the letters")
OFFICIAL = typer.Option(help="who signs")
POST = typer.Option(help="the post of who signs")
OFFICIAL_NIP = typer.Option(help="the NIP of who signs")
NUMBER = typer.Option(help="the number of the letter")
PLACE = typer.Option(help="where it is signed")
DATED = typer.Option(help="when it is signed, such as 2026-10-05")
OBJECTION = typer.Option(help="to whom an objection, a conflict of interest, or the data asked for, is told")
CHANNEL = typer.Option(help="address or channel for that")
DEADLINE = typer.Option(help="until when, a day or words such as `21 hari kerja`")


def issuer_of(*, dated: str | None, deadline: str | None, **given: str | None) -> Issuer:
    """Return who writes a letter, by what was given; raises PolicyError for a day that is none."""
    return Issuer(day=as_of_date(dated) if dated else None, deadline=_deadline(deadline), **given)


def _deadline(text: str | None) -> date | str | None:
    """Read a deadline: a day, or words."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return text
