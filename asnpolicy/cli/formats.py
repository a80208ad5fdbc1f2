"""Formats of `assess`: what the decisions about one person come to in each, and how that is put out, person by person."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from asnpolicy.cli.files import written, written_bytes
from asnpolicy.cli.output import wrong_use
from asnpolicy.cli.table import drawn, spaced
from asnpolicy.decisions import Decision
from asnpolicy.decisions.explanation import headline
from asnpolicy.decisions.summary.words import RESULTS
from asnpolicy.exchange import rows, workbook
from asnpolicy.people import DataFinding
from asnpolicy.people.nip import masked
from asnpolicy.text import phrase
from asnpolicy.visible import visible_json

Part = TypeVar("Part")
"""What one person's decisions come to; it may be made in another process."""
Findings = tuple[DataFinding, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows are shown: those with one of some results, those of rules that apply."""

    results: frozenset[str] = frozenset()
    applicable: bool = False
    most: int = 25
    """How many rows a table shows."""

    def __call__(self, decisions: Iterable[Decision]) -> Iterator[Decision]:
        """Return the decisions that are shown."""
        if not self.results and not self.applicable:
            yield from decisions
            return
        for one in decisions:
            result = (one.state or one.verdict).value
            if (not self.results or result in self.results) and not (self.applicable and result == "not_applicable"):
                yield one


class Format(ABC, Generic[Part]):
    """One way to show decisions about many people."""

    streams = False
    """Whether rows are written as they come, and not at the end."""

    def __init__(self, selection: Selection, day: date) -> None:
        self.selection, self.day = selection, day

    def check(self, output: str | None) -> None:
        """Raise PolicyError when it can't be written there, before any work is done."""

    @abstractmethod
    def part(self, decisions: Sequence[Decision], found: Findings) -> Part:
        """Return what is shown of the decisions about one person, whose data have these findings."""

    @abstractmethod
    def open(self, output: str | None) -> AbstractContextManager[Callable[[Part], object]]:
        """Open the output; gives what writes one part to it, and writes what comes last."""


class Lines(Format[str]):
    """One decision a line, as JSON."""

    streams = True

    def part(self, decisions: Sequence[Decision], found: Findings) -> str:
        """Return the lines of one person."""
        del found  # each decision has them
        return "".join(f"{visible_json(one.model_dump_json())}\n" for one in self.selection(decisions))

    @contextmanager
    def open(self, output: str | None) -> Iterator[Callable[[str], object]]:
        """Open the output."""
        with written(output) as out:
            yield out.write


class Certificates(Lines):
    """One certificate a line, as JSON: decisions to be kept, which `asnpolicy verify` decides again."""

    def part(self, decisions: Sequence[Decision], found: Findings) -> str:
        """Return the lines of one person."""
        del found
        return "".join(f"{visible_json(one.certificate().model_dump_json())}\n" for one in self.selection(decisions))


class Csv(Format[str]):
    """One decision a row, in codes."""

    streams = True

    def part(self, decisions: Sequence[Decision], found: Findings) -> str:
        """Return the rows of one person."""
        return rows.as_csv(self.selection(decisions), found)

    @contextmanager
    def open(self, output: str | None) -> Iterator[Callable[[str], object]]:
        """Open the output, and write the head."""
        with written(output) as out:
            out.write(",".join(rows.CodedRow._fields) + "\n")
            yield out.write


class Sheets(Format[list[tuple[str, ...]]]):
    """One decision a row of a workbook, in words."""

    def check(self, output: str | None) -> None:
        """Raise PolicyError without the library, or without a file."""
        workbook.check_installed()
        if output in (None, "-"):
            raise wrong_use(
                phrase(en="a workbook is written to a file", id="buku kerja ditulis ke berkas"),
                phrase(en="add `-o FILE.xlsx`", id="tambahkan `-o BERKAS.xlsx`"),
            )

    def part(self, decisions: Sequence[Decision], found: Findings) -> list[tuple[str, ...]]:
        """Return the rows of one person."""
        return list(rows.in_words(self.selection(decisions), found))

    @contextmanager
    def open(self, output: str | None) -> Iterator[Callable[[list[tuple[str, ...]]], object]]:
        """Open the workbook."""
        with written_bytes(str(output)) as file, workbook.workbook(file, "Keputusan", rows.HEADS, self.day) as book:

            def write(part: list[tuple[str, ...]]) -> None:
                for row in part:
                    book.write(row)

            yield write


class Extract(NamedTuple):
    """What a table takes of one person: the first rows, and how often each rule came to each result."""

    rows: list[tuple[str, ...]]
    counts: Counter[tuple[str, str]]
    people: int = 1


class TextTable(Format[Extract]):
    """For people: the first rows, and the counts of all."""

    heads = ("NIP", "Nama", "Aturan", "Hasil", "Tujuan", "Penentu", "Catatan")

    def __init__(self, selection: Selection, day: date) -> None:
        super().__init__(selection, day)
        self._left = selection.most  # whoever is shown in another process comes before or after all that are here

    def part(self, decisions: Sequence[Decision], found: Findings) -> Extract:
        """Return the rows of one person that may still have room, and the counts."""
        counts = Counter((asked_about(one.rule.id, one.opening), (one.state or one.verdict).value) for one in decisions)
        shown = self.selection(decisions)
        if not self.selection.results:
            shown = (one for one in shown if one.verdict.value != "not_applicable")
        made: list[tuple[str, ...]] = []
        while self._left and (one := next(shown, None)) is not None:
            self._left -= 1
            made.append(_row(one, found))
        return Extract(made, counts)

    @contextmanager
    def open(self, output: str | None) -> Iterator[Callable[[Extract], object]]:
        """Open the output; all is written at the end."""
        with written(output) as out:
            whole, people = Extract([], Counter()), 0

            def take(part: Extract) -> None:
                nonlocal people
                people += part.people
                whole.rows.extend(part.rows[: self.selection.most - len(whole.rows)])
                whole.counts.update(part.counts)

            yield take
            out.write(spaced(f"{drawn(self.heads, whole.rows)}\n{people} pegawai\n{_counted(whole.counts)}"))


def asked_about(rule: str, opening: str | None) -> str:
    """Name what was asked about: a rule, before an opening where it leads into one."""
    return f"{rule} → {opening}" if opening else rule


def _row(one: Decision, found: Findings) -> tuple[str, ...]:
    named = (id for id in one.because if id != rows.OWN)
    why = ", ".join(named) if one.verdict.value != "eligible" else ""
    name, leads_to = one.employee.name or "", one.opening or one.to or ""
    return (masked(one.employee.nip), name, one.rule.id, headline(one).id, leads_to, why, _notes(one, found))


def _notes(one: Decision, found: Findings) -> str:
    notes = {
        "temuan": ", ".join(sorted({each.code for each in found})),
        "peringatan": ", ".join(rows.warnings(one)),
        "bersyarat": ", ".join(waiver.letter for waiver in one.conditional_on),
    }
    return "; ".join(f"{word}: {note}" for word, note in notes.items() if note)


def _counted(counts: Counter[tuple[str, str]]) -> str:
    found = {result for _, result in counts}
    results = [result for result in RESULTS if result in found]
    rules = sorted({rule for rule, _ in counts})
    lines = [(rule, *(str(counts[rule, result]) for result in results)) for rule in rules]
    return drawn(("Aturan", *(RESULTS[result].id for result in results)), lines)


FORMATS: dict[str, type[Format[Any]]] = {
    "table": TextTable, "jsonl": Lines, "csv": Csv, "xlsx": Sheets, "certificates": Certificates,
}  # fmt: skip
