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
from asnpolicy.cli.table import Cell, drawn, spaced
from asnpolicy.decisions import Decision
from asnpolicy.decisions.explanation import headline
from asnpolicy.decisions.summary.words import KINDS, RESULTS
from asnpolicy.decisions.trees import titled
from asnpolicy.exchange import rows, workbook
from asnpolicy.language.rules import Rule
from asnpolicy.people import Agency, DataFinding
from asnpolicy.people.nip import masked
from asnpolicy.text import Text, phrase
from asnpolicy.visible import visible_json

Part = TypeVar("Part")
"""What one person's decisions come to; it may be made in another process."""
Findings = tuple[DataFinding, ...]
WORDING = rows.Wording("id", Agency())
SHEET, ONE, PEOPLE = Text("Keputusan", "Decisions"), Text("1 pegawai", "1 person"), Text("{people} pegawai", "{people} people")
RULE, CODE = Text("Aturan", "Rule"), Text("Kode", "Code")
FINDING, WARNING = Text("temuan", "finding"), Text("peringatan", "warning")
CONDITIONAL = Text("bersyarat", "conditional on")


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

    def __init__(self, selection: Selection, day: date, wording: rows.Wording = WORDING) -> None:
        self.selection, self.day, self.wording = selection, day, wording

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
        return list(self.wording.rows(self.selection(decisions), found))

    @contextmanager
    def open(self, output: str | None) -> Iterator[Callable[[list[tuple[str, ...]]], object]]:
        """Open the workbook."""
        title, heads = SHEET.to(self.wording.lang), rows.columns(self.wording.lang)
        with written_bytes(str(output)) as file, workbook.workbook(file, title, heads, self.day) as book:

            def write(part: list[tuple[str, ...]]) -> None:
                for row in part:
                    book.write(row)

            yield write


class Asked(NamedTuple):
    """What was asked about, as a table of counts has it: a rule, before an opening where it leads into one."""

    kind: str
    title: str
    opening: str
    rule: str

    @classmethod
    def of(cls, rule: Rule, opening: str | None, wording: rows.Wording) -> Asked:
        """Name a rule, and the vacant post with this id."""
        return cls(rule.kind, titled(rule).to(wording.lang), wording.opening(opening), rule.id)


class Extract(NamedTuple):
    """What a table takes of one person: the first rows, and how often each rule came to each result."""

    rows: list[tuple[Cell, ...]]
    counts: Counter[tuple[Asked, str]]
    people: int = 1


class TextTable(Format[Extract]):
    """For people: the first rows, and the counts of all."""

    heads = (
        Text("Pegawai", "Person"), Text("Aturan", "Rule"), Text("Hasil", "Result"), Text("Tujuan", "Leads to"),
        Text("Syarat penentu dan catatan", "Deciding criteria and notes"),
    )  # fmt: skip

    def __init__(self, selection: Selection, day: date, wording: rows.Wording = WORDING) -> None:
        super().__init__(selection, day, wording)
        self._left = selection.most  # whoever is shown in another process comes before or after all that are here

    def part(self, decisions: Sequence[Decision], found: Findings) -> Extract:
        """Return the rows of one person that may still have room, and the counts."""
        counts = Counter((Asked.of(one.rule, one.opening, self.wording), (one.state or one.verdict).value) for one in decisions)
        shown = self.selection(decisions)
        if not self.selection.results:
            shown = (one for one in shown if one.verdict.value != "not_applicable")
        made: list[tuple[Cell, ...]] = []
        while self._left and (one := next(shown, None)) is not None:
            self._left -= 1
            made.append(self._row(one, found))
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
            lang = self.wording.lang
            first = drawn([one.to(lang) for one in self.heads], whole.rows)
            counted = (ONE if people == 1 else PEOPLE).to(lang).format(people=people)
            out.write(spaced(f"{first}\n{counted}\n{_counted(whole.counts, lang)}"))

    def _row(self, one: Decision, found: Findings) -> tuple[Cell, ...]:
        wording, nip = self.wording, masked(one.employee.nip)
        who = f"{one.employee.name} ({nip})" if one.employee.name else nip
        leads_to = wording.opening(one.opening) or wording.leads_to(one)
        result = headline(one).to(wording.lang)
        return who, titled(one.rule).to(wording.lang), result, leads_to, tuple(self._notes(one, found))

    def _notes(self, one: Decision, found: Findings) -> Iterator[str]:
        """Give the criteria that decide, and below them what else is to be known of the decision: one column fits 80 signs."""
        wording = self.wording
        if deciding := "; ".join(wording.titles(one)):
            yield deciding
        notes = {
            FINDING: wording.findings(found),
            WARNING: wording.warned(one),
            CONDITIONAL: (waiver.letter for waiver in one.conditional_on),
        }
        yield from (f"{word.to(wording.lang)}: {note}" for word, those in notes.items() for note in those)


def _counted(counts: Counter[tuple[Asked, str]], lang: str) -> str:
    """Draw how often each rule came to each result: a table for each kind of rule, which have results of their own."""
    tables = []
    for kind, heading in KINDS.items():
        asked = sorted({one for one, _ in counts if one.kind == kind}, key=lambda one: (one.title.casefold(), one))
        found = {result for one, result in counts if one.kind == kind}
        results = [result for result in RESULTS if result in found]
        lines = [
            (" → ".join(filter(None, (one.title, one.opening))), *(str(counts[one, result]) for result in results), one.rule)
            for one in asked
        ]
        heads = (RULE.to(lang), *(RESULTS[result].to(lang) for result in results), CODE.to(lang))
        tables += [f"\n{heading.to(lang)}\n{drawn(heads, lines, spare=1)}"] if lines else []
    return "".join(tables)


FORMATS: dict[str, type[Format[Any]]] = {
    "table": TextTable, "jsonl": Lines, "csv": Csv, "xlsx": Sheets, "certificates": Certificates,
}  # fmt: skip
