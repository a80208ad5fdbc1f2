"""`asnpolicy assess`: decides every rule for every employee of a file."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterable
from typing import IO, Annotated

import typer

from asnpolicy.cli.asking import agency_of
from asnpolicy.cli.output import FINDING, People, as_of_date, progress, written, wrong_use
from asnpolicy.decisions import Decision, DutyState, Verdict
from asnpolicy.decisions.explanation import headline
from asnpolicy.engine import Engine
from asnpolicy.people.nip import masked

FORMATS = ("table", "jsonl", "csv")
RESULTS = tuple(dict.fromkeys([*(v.value for v in Verdict), *(s.value for s in DutyState)]))
COLUMNS = ("nip", "rule", "opening", "verdict", "state", "to", "standing", "deciding", "missing")


def assess(
    region: Annotated[str, typer.Argument(help="a shipped region, or the path of a folder")],
    employees: Annotated[str, typer.Argument(help="JSON Lines, one employee a line; - for standard input")],
    as_of: Annotated[str | None, typer.Option(help="the day that is asked for, such as 2026-10-01")] = None,
    rule: Annotated[list[str] | None, typer.Option(help="only this rule; may be given again")] = None,
    format: Annotated[str | None, typer.Option(help="table, jsonl or csv; a table on a terminal, else jsonl")] = None,
    only: Annotated[str | None, typer.Option(help="only rows with this result, such as eligible or overdue")] = None,
    output: Annotated[str | None, typer.Option("-o", "--output", help="write to this file")] = None,
    agency: Annotated[
        str | None, typer.Option(help="a JSON file with the agency's units and openings: asks about each opening")
    ] = None,
    backend: Annotated[str, typer.Option(help="the back end that decides")] = "compiled",
    rows: Annotated[int, typer.Option(min=0, help="how many rows the table shows")] = 25,
) -> None:
    """Decide every rule for every employee of a file.

    \b
    Examples:
      asnpolicy assess jakarta staff.jsonl --as-of 2026-10-01
      asnpolicy assess jakarta staff.jsonl --as-of 2026-10-01 --rule kenaikan-pangkat-reguler --format csv -o out.csv
      asnpolicy assess jakarta staff.jsonl --as-of 2026-10-01 --rule jp-tahunan@previous --only overdue
      asnpolicy assess jakarta staff.jsonl --as-of 2026-10-01 --agency agency.json --rule pengangkatan-administrator
      asnpolicy synth jakarta -n 100 | asnpolicy assess jakarta - --as-of 2026-10-01 --format jsonl
    """
    day = as_of_date(as_of)
    shown = format or ("table" if sys.stdout.isatty() and output is None else "jsonl")
    if shown not in FORMATS:
        raise wrong_use(f"unknown format `{shown}`", f"choose one of {', '.join(FORMATS)}")
    if only is not None and only not in RESULTS:
        raise wrong_use(f"unknown result `{only}`", f"choose one of {', '.join(RESULTS)}")
    engine = Engine.load(region, backend=backend)
    engine.check_asked(day, rule)
    people, known = People(employees), agency_of(agency)
    with progress("employees assessed") as advance, written(output) as out:
        writer = _writer(shown, out, rows, only)
        for person in people:
            writer.write(engine.assess(person, as_of=day, rules=rule, agency=known))
            advance()
        writer.end()
    if people.bad:
        typer.echo(f"{people.bad} bad line{'s' if people.bad != 1 else ''} left out", err=True)
        raise typer.Exit(FINDING)


def _writer(shown: str, out: IO[str], rows: int, only: str | None) -> _Lines | _Csv | _Table:
    if shown == "table":
        return _Table(out, rows, only)
    return _Csv(out, only) if shown == "csv" else _Lines(out, only)


def _wanted(decisions: Iterable[Decision], only: str | None) -> Iterable[Decision]:
    return (one for one in decisions if only is None or (one.state or one.verdict).value == only)


class _Lines:
    """One decision a line, as JSON."""

    def __init__(self, out: IO[str], only: str | None) -> None:
        self.out, self.only = out, only

    def write(self, decisions: Iterable[Decision]) -> None:
        for decision in _wanted(decisions, self.only):
            self.out.write(decision.model_dump_json() + "\n")

    def end(self) -> None:
        pass


class _Csv:
    """One decision a row; texts that a spreadsheet would take for a formula are quoted."""

    def __init__(self, out: IO[str], only: str | None) -> None:
        self.only = only
        self.csv = csv.writer(out, lineterminator="\n")
        self.csv.writerow(COLUMNS)

    def write(self, decisions: Iterable[Decision]) -> None:
        for decision in _wanted(decisions, self.only):
            self.csv.writerow(
                [
                    decision.employee.nip,
                    decision.rule.id,
                    decision.opening or "",
                    decision.verdict.value,
                    decision.state.value if decision.state else "",
                    decision.to or "",
                    decision.standing,
                    " ".join(criterion.id for criterion in decision.deciding),
                    " ".join(decision.missing),
                ]
            )

    def end(self) -> None:
        pass


class _Table:
    """For people: the first rows, and the counts."""

    def __init__(self, out: IO[str], rows: int, only: str | None) -> None:
        self.out, self.rows, self.only = out, rows, only
        self.kept: list[tuple[str, ...]] = []
        self.counts: dict[str, Counter[str]] = {}
        self.people = 0

    def write(self, decisions: Iterable[Decision]) -> None:
        self.people += 1
        for decision in decisions:
            result = decision.state or decision.verdict
            asked = f"{decision.rule.id} → {decision.opening}" if decision.opening else decision.rule.id
            self.counts.setdefault(asked, Counter())[result.value] += 1
            shown = result.value != "not_applicable" if self.only is None else result.value == self.only
            if len(self.kept) < self.rows and shown:
                named = (c.id for c in decision.deciding if c.id != "fulfilled_when")
                why = ", ".join(named) if decision.verdict.value != "eligible" else ""
                name = decision.employee.name or ""
                row = (
                    masked(decision.employee.nip),
                    name,
                    decision.rule.id,
                    headline(decision).id,
                    decision.opening or decision.to or "",
                    why,
                )
                self.kept.append(row)

    def end(self) -> None:
        heads = ("NIP", "Nama", "Aturan", "Hasil", "Tujuan", "Penentu")
        self.out.write(_drawn(heads, self.kept))
        results = sorted({result for counts in self.counts.values() for result in counts})
        rows = [(rule, *(str(counts[result]) for result in results)) for rule, counts in sorted(self.counts.items())]
        self.out.write(f"\n{self.people} pegawai\n\n" + _drawn(("Aturan", *results), rows))


def _drawn(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415  # only tables need it
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold", no_wrap=head in ("NIP", "Aturan"))
    for row in rows:
        table.add_row(*row)
    text = io.StringIO()
    Console(file=text, width=160, no_color=True).print(table)
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines()) + "\n"
