"""Conditions as they are written: clauses that must all hold, each about a fact, a history, other rules, or more clauses."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Literal as Choice
from typing import TypeAlias, get_args

from asnpolicy.language.reading import record_fields, spec
from asnpolicy.people import HISTORIES
from asnpolicy.policy.source.scalars import as_text, as_truth, as_whole
from asnpolicy.policy.source.shapes import as_mapping, as_sequence, keys
from asnpolicy.policy.source.tree import Mapping, RawNode, Scalar, Sequence
from asnpolicy.policy.surface.examples import once_more
from asnpolicy.policy.surface.hints import of_records, what_is_asked
from asnpolicy.policy.surface.measures import Measure, measure, measures_of
from asnpolicy.policy.surface.names import Name, RawValue, key_of, name_of
from asnpolicy.policy.surface.operands import ItemTerm
from asnpolicy.policy.surface.requirements import (
    OF_HISTORY,
    Requirement,
    Stretch,
    hold_to,
    requirement,
    stretches_of,
)
from asnpolicy.policy.surface.walk import walk
from asnpolicy.problems import Place, Problems, write
from asnpolicy.text import Message, Text, phrase

ClauseWord: TypeAlias = Choice["all", "any", "at_least", "each", "not", "rule", "rules"]
AboutWord: TypeAlias = Choice[
    "title", "basis", "standing", "from", "until", "when", "exempt", "waivable", "use", "reading"
]  # fmt: skip
JunctionWord: TypeAlias = Choice["all", "any"]
OutcomeWord: TypeAlias = Choice["eligible", "fulfilled", "fulfilled_or_not_applicable"]
CLAUSES: tuple[ClauseWord, ...] = get_args(ClauseWord)
"""The words of clauses; others are names of facts, figures, histories and fields."""
MOST_LISTED = 8
"""Among so many conditions at most some may be chosen: each choice is written out."""
_HOW_MANY = phrase(
    en="write how many, and of which: `at_least: {{2: [{{rank: {{at_least: III/a}}}}, {{education_level: S-1}}, {{post_kind: pelaksana}}]}}`",
    id="tulis berapa, dan dari yang mana: `at_least: {{2: [{{rank: {{at_least: III/a}}}}, {{education_level: S-1}}, {{post_kind: pelaksana}}]}}`",
)
_NAMED = {"id": "kenaikan-pangkat-reguler", "tag": "pengembangan-kompetensi"}
_EACH = "each: {of: [latsar, pim-4], trainings: {where: {code: {is: {fact: each}}}, count: {at_least: 1}}}"
UNCOUNTED = "not_counting"
"""The word that leaves spans out of a length of time."""
INTERVALS = tuple(name for name in HISTORIES if spec(name).ends_by is not None)
"""The histories whose records last for a time."""
ABOUT: tuple[AboutWord, ...] = get_args(AboutWord)
"""What may be said about a condition, beside its clauses."""


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """Clauses that must all hold."""

    clauses: tuple[Clause, ...]
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class JunctionClause:
    """All of some conditions, or any of them."""

    word: JunctionWord
    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SomeClause:
    """So many of some conditions at least."""

    least: int
    items: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, eq=False)
class NotClause:
    """That a condition does not hold."""

    inside: Condition


@dataclass(frozen=True, slots=True, eq=False)
class EachClause:
    """A condition for each item of a list, which it names with `fact: each`."""

    items: tuple[RawValue, ...]
    inside: Condition


@dataclass(frozen=True, slots=True, eq=False)
class RuleClause:
    """What another rule comes to."""

    rule: Name
    outcome: OutcomeWord
    previous: bool


@dataclass(frozen=True, slots=True, eq=False)
class TagClause:
    """What all duties with a tag come to."""

    tag: Name
    outcome: OutcomeWord
    previous: bool


@dataclass(frozen=True, slots=True, eq=False)
class UncountedTime:
    """Spans of a history that are left out of a length of time: those that are meant."""

    history: Name
    where: Condition


@dataclass(frozen=True, slots=True, eq=False)
class FactClause:
    """What is required of a fact, a figure or the target."""

    fact: Name
    required: Requirement
    uncounted: UncountedTime | None = None
    """What is left out of it, where it is a length of time."""


@dataclass(frozen=True, slots=True, eq=False)
class HistoryClause:
    """What is required of a history as a whole, or of those of its records that are meant."""

    history: Name
    where: Condition | None
    stretches: tuple[Stretch, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True, eq=False)
class FieldClause:
    """What is required of a field of a record, inside `where`."""

    history: str
    field: Name
    required: Requirement


@dataclass(frozen=True, slots=True, eq=False)
class RunningClause:
    """Whether a record runs on the day, inside `where`."""

    history: str
    runs: bool


Clause: TypeAlias = (
    JunctionClause | SomeClause | NotClause | EachClause | RuleClause | TagClause | FactClause | HistoryClause | FieldClause
    | RunningClause
)  # fmt: skip


def condition(
    node: RawNode, problems: Problems, skip: Container[str] = (), history: str | None = None, *, each: bool = False
) -> Condition | None:
    """Read a condition; what is written in `skip` is no part of it.

    `history` says whose records it speaks of, inside `where`; `each`, that it stands inside `each`.
    """
    mapping = what_is_asked(node, problems, history)
    if mapping is None:
        return None
    entries = [entry for word, entry in mapping.entries.items() if word not in skip]
    if not entries:
        problems.add(
            "empty-condition",
            phrase(en="there is no condition here", id="di sini belum ada syarat"),
            mapping.place,
            phrase(en="write at least one fact", id="tulis paling sedikit satu fakta"),
        )
    reading = _Reading(problems, history, each)
    found = (reading.clause(entry.key, entry.value) for entry in entries)
    return Condition(tuple(clause for clause in found if clause is not None), mapping.place)


@dataclass(frozen=True, slots=True)
class _Reading:
    problems: Problems
    history: str | None
    each: bool

    def inside(self, node: RawNode) -> Condition | None:
        return condition(node, self.problems, (), self.history, each=self.each)

    def clause(self, key: Scalar, node: RawNode) -> Clause | None:
        match key.text:
            case "all" | "any" as word:
                return self.junction(word, node)
            case "at_least":
                return self.some(node)
            case "each":
                return self.each_of(node)
            case "not":
                inside = self.inside(node)
                return None if inside is None else NotClause(inside)
            case "rule":
                return self.rule(node)
            case "rules":
                return self.rules(node)
            case _ if self.history is not None:
                return self.of_record(self.history, key, node)
            case name if name in HISTORIES:
                return self.of_history(key, node)
            case _:
                return self.of_fact(key, node)

    def junction(self, word: JunctionWord, node: RawNode) -> JunctionClause | None:
        items = self._listed(word, node)
        return None if items is None else JunctionClause(word, items)

    def _listed(self, word: str, node: RawNode) -> tuple[Condition, ...] | None:
        sequence = as_sequence(node, self.problems)
        if sequence is None:
            return None
        if not sequence.items:
            self.tell(
                "empty-condition",
                phrase(en="`{word}` is empty", id="`{word}` kosong", word=word),
                node.place,
                phrase(en="list at least one condition", id="sebutkan paling sedikit satu syarat"),
            )
            return None
        items = (self.inside(item) for item in sequence.items)
        return tuple(item for item in items if item is not None)

    def some(self, node: RawNode) -> SomeClause | None:
        """Read `at_least: {2: […]}`: so many of the conditions that are listed."""
        mapping = as_mapping(node, self.problems, _HOW_MANY)
        if mapping is None:
            return None
        if len(mapping.entries) != 1:
            message = phrase(
                en="`at_least` names one number, with a list of conditions",
                id="`at_least` menyebut satu bilangan, dengan daftar syarat",
            )
            self.tell("wrong-value", message, mapping.place, _HOW_MANY)
            return None
        before = len(self.problems.found)
        (entry,) = mapping.entries.values()
        items, least = self._listed("at_least", entry.value), as_whole(entry.key, self.problems)
        if items is None or least is None or len(self.problems.found) > before:
            return None
        if len(items) > MOST_LISTED:
            message = phrase(
                en="`at_least` can't choose among {count} conditions",
                id="`at_least` tidak dapat memilih dari {count} syarat",
                count=len(items),
            )
            help = phrase(
                en="list at most {most} conditions; name groups of them as shared conditions",
                id="tulis paling banyak {most} syarat; kelompokkan selebihnya sebagai syarat bersama",
                most=MOST_LISTED,
            )
            self.tell("wrong-value", message, entry.value.place, help)
        if not 1 <= least < len(items):
            message = phrase(
                en="`at_least: {least}` of {count} conditions leaves no choice",
                id="`at_least: {least}` dari {count} syarat tidak menyisakan pilihan",
                least=least,
                count=len(items),
            )
            help = phrase(
                en="write `any` for one of them, `all` for all of them, else a number in between",
                id="tulis `any` untuk salah satu, `all` untuk semuanya, atau bilangan di antaranya",
            )
            self.tell("wrong-value", message, entry.key.place, help)
        return SomeClause(least, items) if len(self.problems.found) == before else None

    # For each item of a list

    def each_of(self, node: RawNode) -> EachClause | None:
        mapping = as_mapping(node, self.problems, write(_EACH))
        if mapping is None:
            return None
        if "of" not in mapping.entries:
            self.tell(
                "missing-key",
                phrase(en="`each` needs `of`", id="`each` memerlukan `of`"),
                mapping.place,
                phrase(en="list the items: `of: [latsar, pim-4]`", id="sebutkan butirnya: `of: [latsar, pim-4]`"),
            )
            return None
        if self.each:
            message = phrase(en="`each` stands inside another `each`", id="`each` berada di dalam `each` lain")
            self.tell(
                "nested-each", message, mapping.place, phrase(en="write one list at a time", id="tulis satu daftar saja")
            )
            return None
        items = as_sequence(mapping.entries["of"].value, self.problems)
        if items is None:
            return None
        if not items.items:
            self.tell(
                "empty-condition",
                phrase(en="the list of `each` is empty", id="daftar pada `each` kosong"),
                items.place,
                phrase(en="list at least one item", id="sebutkan paling sedikit satu butir"),
            )
            return None
        return self._each_of(mapping, tuple(map(RawValue, items.items)))

    def _each_of(self, mapping: Mapping, items: tuple[RawValue, ...]) -> EachClause | None:
        before = len(self.problems.found)
        inside = condition(mapping, self.problems, ("of",), self.history, each=True)
        if len(self.problems.found) == before and not any(map(_may_name_item, walk(inside))):
            message = phrase(
                en="what is written under `each` asks nothing of the item",
                id="apa yang ditulis di bawah `each` tidak menanyakan butirnya",
            )
            help = phrase(
                en="name the item with `fact: each`, as in `code: {{is: {{fact: each}}}}`",
                id="sebut butirnya dengan `fact: each`, seperti pada `code: {{is: {{fact: each}}}}`",
            )
            self.tell("no-each", message, mapping.place, help)
        return None if inside is None else EachClause(items, inside)

    # Other rules

    def rule(self, node: RawNode) -> RuleClause | None:
        named = self._asked("rule", "id", node)
        return None if named is None else RuleClause(*named)

    def rules(self, node: RawNode) -> TagClause | None:
        named = self._asked("rules", "tag", node)
        return None if named is None else TagClause(*named)

    def _asked(self, key: str, word: str, node: RawNode) -> tuple[Name, OutcomeWord, bool] | None:
        named = node.text if isinstance(node, Scalar) and node.text else _NAMED[word]
        example = phrase(
            en="write `{{{word}: {named}, in: [eligible]}}`, of duties `in: [fulfilled]`",
            id="tulis `{{{word}: {named}, in: [eligible]}}`, untuk kewajiban `in: [fulfilled]`",
            word=word, named=named,
        )  # fmt: skip
        mapping = as_mapping(node, self.problems, example)
        if mapping is None:
            return None
        keys(mapping, (word, "in", "period"), key, self.problems)
        outcome, previous = self._outcome(mapping), self._previous(mapping)
        if word not in mapping.entries:
            self.tell(
                "missing-key",
                phrase(en="`{key}` needs `{word}`", id="`{key}` memerlukan `{word}`", key=key, word=word),
                mapping.place,
                write(f"{word}: {_NAMED[word]}"),
            )
            return None
        name = name_of(mapping.entries[word].value, self.problems)
        return None if name is None else (name, outcome, previous)

    def _outcome(self, mapping: Mapping) -> OutcomeWord:
        entry = mapping.entries.get("in")
        items = entry.value.items if entry and isinstance(entry.value, Sequence) else ()
        words = {item.text if isinstance(item, Scalar) else "" for item in items}
        if words == {"eligible"}:
            return "eligible"
        if words == {"fulfilled"}:
            return "fulfilled"
        if words != {"fulfilled", "not_applicable"}:
            place = entry.value.place if entry else mapping.place
            help = phrase(
                en="write `in: [eligible]`, `in: [fulfilled]` or `in: [fulfilled, not_applicable]`",
                id="tulis `in: [eligible]`, `in: [fulfilled]`, atau `in: [fulfilled, not_applicable]`",
            )
            self.tell(
                "wrong-value",
                phrase(en="`in` says what is asked of the rule", id="`in` menyatakan hasil yang diminta dari aturan itu"),
                place,
                help,
            )
        return "fulfilled_or_not_applicable"

    def _previous(self, mapping: Mapping) -> bool:
        entry = mapping.entries.get("period")
        if entry is not None and as_text(entry.value, self.problems) not in (None, "previous"):
            help = phrase(en="write `period: previous`, or leave it out", id="tulis `period: previous`, atau hapus")
            self.tell(
                "wrong-value",
                phrase(en="`period` is not `previous`", id="`period` bukan `previous`"),
                entry.value.place,
                help,
            )
        return entry is not None

    # Facts

    def of_fact(self, key: Scalar, node: RawNode) -> FactClause:
        if not isinstance(node, Mapping) or UNCOUNTED not in node.entries:
            return FactClause(key_of(key), requirement(node, self.problems))
        rest = {word: entry for word, entry in node.entries.items() if word != UNCOUNTED}
        required = requirement(Mapping(rest, node.place), self.problems)
        return FactClause(key_of(key), required, self.uncounted(node.entries[UNCOUNTED].value))

    def uncounted(self, node: RawNode) -> UncountedTime | None:
        help = phrase(
            en="write which records: `{word}: {{leaves: {{kind: cltn}}}}`",
            id="tulis catatan yang dimaksud: `{word}: {{leaves: {{kind: cltn}}}}`",
            word=UNCOUNTED,
        )
        mapping = as_mapping(node, self.problems, help)
        if mapping is None:
            return None
        keys(mapping, INTERVALS, UNCOUNTED, self.problems)
        if len(mapping.entries) != 1:
            message = phrase(en="`{word}` names one history", id="`{word}` menyebut satu riwayat", word=UNCOUNTED)
            self.tell("operand", message, mapping.place, help)
        entry = next((entry for word, entry in mapping.entries.items() if word in INTERVALS), None)
        if entry is None:
            return None
        where = condition(entry.value, self.problems, (), entry.key.text, each=self.each)
        return None if where is None else UncountedTime(key_of(entry.key), where)

    # Histories and their records

    def of_history(self, key: Scalar, node: RawNode) -> HistoryClause | None:
        mapping = as_mapping(node, self.problems, lambda: of_records(key.text, node))
        if mapping is None:
            return None
        history = key.text
        measures = measures_of(history)
        allowed = ("where", *OF_HISTORY, *measures)
        self._only(mapping, history, allowed)
        given = [word for word in measures if word in mapping.entries]
        if not given and all(word in allowed for word in mapping.entries):  # else the unknown word is the mistake
            either = Text(
                " atau ".join(f"`{word}`" for word in measures), " or ".join(f"`{word}`" for word in measures)
            )
            help = phrase(en="add {either}", id="tambahkan {either}", either=either)
            self.tell(
                "empty-condition",
                phrase(en="`{history}` is not measured", id="`{history}` tidak diukur", history=history),
                key.place,
                help,
            )
        where = mapping.entries.get("where")

        def meant(records: RawNode) -> Condition | None:
            return condition(records, self.problems, (), history, each=self.each)

        taken = [measure(word, history, mapping.entries[word].value, self.problems, meant) for word in given]
        return HistoryClause(
            key_of(key),
            meant(where.value) if where else None,
            stretches_of(mapping, self.problems),
            tuple(one for one in taken if one is not None),
        )

    def _only(self, mapping: Mapping, history: str, allowed: tuple[str, ...]) -> None:
        """Tell each word that means nothing of a history; a field of its records is meant for `where`."""
        fields = [word for word in mapping.entries if word in record_fields(history) and word not in allowed]
        for word in fields:
            message = phrase(
                en="`{word}` is a field of the records of `{history}`",
                id="`{word}` adalah isian catatan `{history}`",
                word=word,
                history=history,
            )
            help = phrase(
                en="write it under `where`: `{history}: {{where: {{{asked}}}, count: {{at_least: 1}}}}`",
                id="tulis di bawah `where`: `{history}: {{where: {{{asked}}}, count: {{at_least: 1}}}}`",
                history=history,
                asked=once_more(word, mapping.entries[word].value, history),
            )
            self.tell("unknown-key", message, mapping.entries[word].key.place, help)
        rest = {word: entry for word, entry in mapping.entries.items() if word not in fields}
        keys(Mapping(rest, mapping.place), allowed, history, self.problems)

    def of_record(self, history: str, key: Scalar, node: RawNode) -> Clause | None:
        fields, ends = record_fields(history), spec(history).ends_by
        if key.text == "running" and ends is not None:
            runs = as_truth(node, self.problems)
            return None if runs is None else RunningClause(history, runs)
        if key.text not in fields:
            known = [*fields, *(("running",) if ends else ())]
            self.problems.unknown(
                "unknown-fact", key.text, Text(f"isian `{history}`", f"field of `{history}`"), key.place, known
            )
            return None
        required = requirement(node, self.problems)
        hold_to(required, key.text, self.problems, history=history)
        return FieldClause(history, key_of(key), required)

    def tell(self, code: str, message: Message, place: Place, help: Message) -> None:
        self.problems.add(code, message, place, help)


def _may_name_item(part: object) -> bool:
    """Tell whether a part names the item of `each`; under a word that nothing knows it might."""
    return isinstance(part, ItemTerm) or (isinstance(part, Requirement) and bool(part.strange))
