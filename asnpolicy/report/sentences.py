"""Sentences: what an author wrote under a criterion, said in both languages as the engine reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from asnpolicy.language.daycount import Days
from asnpolicy.language.facts import FACTS, Fact, fact_of
from asnpolicy.language.nodes import DATE, DURATION, NUMBER, SPAN, TEXT, TRUTH, Kind, Literal, Scope, Type
from asnpolicy.language.numbers import FINER
from asnpolicy.language.reading import record_fields
from asnpolicy.language.rules import PERCENT, Text
from asnpolicy.language.uncounted import without
from asnpolicy.people import ABSENT
from asnpolicy.policy.dated import ALWAYS, Span, Version
from asnpolicy.policy.merged import Merged
from asnpolicy.policy.surface.about import Basis
from asnpolicy.policy.surface.conditions import (
    Clause,
    Condition,
    EachClause,
    FactClause,
    FieldClause,
    HistoryClause,
    JunctionClause,
    NotClause,
    OutcomeWord,
    RuleClause,
    RunningClause,
    SomeClause,
    TagClause,
    UncountedTime,
)
from asnpolicy.policy.surface.figures import RecordsTerm
from asnpolicy.policy.surface.literals import value_of
from asnpolicy.policy.surface.measures import Measure
from asnpolicy.policy.surface.names import Name, RawValue
from asnpolicy.policy.surface.operands import (
    FactTerm,
    ItemTerm,
    OffsetTerm,
    OffsetWord,
    Operand,
    PeriodTerm,
    TableTerm,
    ValueTerm,
)
from asnpolicy.policy.surface.requirements import (
    DuringPeriod,
    InLast,
    LastFullYears,
    LastRated,
    LastRecords,
    ListTest,
    OperandTest,
    Requirement,
    SinceDay,
    Stretch,
    Test,
    TextsTest,
    UnitTest,
)
from asnpolicy.policy.surface.rules import RULE_SECTIONS
from asnpolicy.policy.surface.values import ValueVersion
from asnpolicy.report import wording
from asnpolicy.report.markdown import Sentence, both, framed, joined
from asnpolicy.report.names import (
    EVERY_YEAR,
    FIELDS,
    MEASURES,
    ONE_RECORD,
    ONE_YEAR,
    WINDOWS,
    flag,
    quoted,
    spoken,
    value_name,
)
from asnpolicy.text import in_both, lower_first

Find = Callable[[str, str], str]
"""Gives the link to a rule, value, table or figure: by section and name."""

_HOLE = "\N{REPLACEMENT CHARACTER}"
_ANY = Text("salah satu dari yang berikut", "any one of the following")
_SOME = Text("paling sedikit {0} dari yang berikut", "at least {0} of the following")
_ALL = Text("semua yang berikut", "all of the following")
_NOT = Text("yang berikut tidak terpenuhi", "the following does not hold")
_NOT_ALL = Text("tidak semua yang berikut terpenuhi", "not all of the following hold")
_EACH = Text("untuk setiap butir dari {0}", "for each item of {0}")
_ITEM = Text("butir itu", "that item")
_SAME = Text("sama dengan {0}", "the same as {0}")
_OUTCOMES: dict[OutcomeWord, Text] = {
    "fulfilled": Text("terpenuhi", "fulfilled"),
    "eligible": Text("memenuhi syarat", "requirements met"),
    "fulfilled_or_not_applicable": Text("terpenuhi, atau tidak berlaku baginya", "fulfilled, or not for this person"),
}
_PREVIOUS = Text("{0} untuk tahun lalu", "{0} for the year before")
_TAGGED = Text("setiap kewajiban bertanda “{0}” {1}", "each duty tagged “{0}” is {1}")
_THEIR = Text("{0} pegawai itu", "{0} of the person")
_BY = Text("{0} menurut {1}", "{0} by {1}")
_COLUMN = Text("{0}, kolom {1}", "{0}, column {1}")
_IN_VERSION = Text("{0}, menurut versi {1}", "{0}, in the version {1}")
_VERSION = Text("{0} (sejak {1})", "{0} (since {1})")
_COLON = Text("{0}: {1}", "{0}: {1}")
_REQUIRED = Text("{0}{1}: {2}", "{0}{1}: {2}")
_NOT_COUNTING = Text(", yakni {0} ({1})", ", namely {0} ({1})")
_AMOUNT = Text("{0} {1}", "{0} {1}")
_BRACKETS = Text("{0} ({1})", "{0} ({1})")
_ON = {
    "period_end": Text("pada akhir periode", "at the end of the period"),
    "period_start": Text("pada awal periode", "at the start of the period"),
    "record": Text("pada tanggal catatannya", "on the date of the record"),
}
_MOVED: dict[OffsetWord, Text] = {
    "plus": Text("{0}, ditambah {1}", "{0} plus {1}"),
    "minus": Text("{0}, dikurangi {1}", "{0} minus {1}"),
}
_AROUND: dict[OffsetWord, Text] = {
    "plus": Text("{1} setelah {0}", "{1} after {0}"),
    "minus": Text("{1} sebelum {0}", "{1} before {0}"),
}
_ENDS = {
    "end": Text("akhir periode", "the end of the period"),
    "start": Text("awal periode", "the start of the period"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """Says conditions of a policy, where they stand."""

    policy: Merged
    find: Find
    scopes: tuple[tuple[str, Scope], ...] = ()
    target: Type | None = None
    span: Span = ALWAYS
    """When what is said is in force: so the values of that time are said."""
    history: str | None = None

    def during(self, span: Span) -> Sentences:
        """Say what is in force during a span."""
        return replace(self, span=span)

    def inside(self, history: str) -> Sentences:
        """Say what speaks of the records of a history."""
        return replace(self, history=history)

    def condition(self, condition: Condition | None) -> tuple[Sentence, ...]:
        """Say a condition: all of the sentences must hold."""
        return tuple(self._clause(clause) for clause in condition.clauses) if condition else ()

    def _clause(self, clause: Clause) -> Sentence:
        match clause:
            case JunctionClause(word, items):
                return Sentence(_ALL if word == "all" else _ANY, tuple(_one(self.condition(item)) for item in items))
            case SomeClause(least, items):
                heading = framed(_SOME, Text(str(least), str(least)))
                return Sentence(heading, tuple(_one(self.condition(item)) for item in items))
            case NotClause():
                inside = self.condition(clause.inside)
                return Sentence(_NOT if len(inside) == 1 else _NOT_ALL, inside)
            case EachClause(items):
                listed = ", ".join(quoted(item.text) for item in items if item.text)
                return Sentence(framed(_EACH, Text(listed, listed)), self.condition(clause.inside))
            case RuleClause(rule, outcome, previous):
                return Sentence(framed(_COLON, self._linked(rule.text, last_year=previous), _OUTCOMES[outcome]))
            case TagClause(tag, outcome, previous):
                names = sorted(self.policy.tagged(tag.text))
                found = tuple(Sentence(self._linked(name, last_year=previous)) for name in names)
                return Sentence(framed(_TAGGED, Text(spoken(tag.text), spoken(tag.text)), _OUTCOMES[outcome]), found)
            case FactClause():
                return Sentence(self._of_fact(clause))
            case HistoryClause():
                return Sentence(joined((self._measured(clause, measure) for measure in clause.measures), "; "))
            case FieldClause() | RunningClause():
                return Sentence(self._filter(clause))
            case _:
                assert_never(clause)

    # Other rules

    def _linked(self, rule: str, *, last_year: bool) -> Text:
        title = self.rule_title(rule)
        return framed(_PREVIOUS, title) if last_year else title

    def rule_title(self, name: str) -> Text:
        """Return the title of a rule as a link to it."""
        section = next((one for one in RULE_SECTIONS if name in self.policy.names(one)), RULE_SECTIONS[0])
        title = self.title(section, name)
        return Text(f"[{title.id}]({self.find(section, name)})", title.en)

    def title(self, section: str, name: str) -> Text:
        """Return the title of something declared."""
        declared = self.policy.declared(section, name)
        title: Text | None = getattr(declared.form, "title", None) if declared else None
        return title or Text(spoken(name), spoken(name))

    def citation(self, basis: Basis | None) -> Text:
        """Return a legal basis as people cite it."""
        return in_both(self.policy.citation(basis))

    def cited(self, basis: Basis | None) -> str:
        """Write a legal basis in both languages: mostly it is the name of a law, and the same."""
        return both(self.citation(basis))

    # Facts

    def fact(self, name: str) -> Fact:
        """Find what a word stands for, as the engine does: its label, its type and its unit."""
        if name == "target":
            return Fact(name, wording.target(self.target), self.target or TEXT, lambda _: Literal(0))
        if name in self.policy.names("figures"):
            label, unit = self.policy.figure_label(name), self.policy.figure_unit(name)
            return Fact(name, label, self._of_figure(name), lambda _: Literal(0), unit)
        prefix, dot, rest = name.partition(".")
        scopes = dict(self.scopes)
        found = fact_of(scopes[prefix], rest) if dot and prefix in scopes else fact_of("employee", name)
        return found or Fact(name, Text(spoken(name), spoken(name)), TEXT, lambda _: Literal(0))

    def _of_figure(self, name: str) -> Type:
        """Return what a figure is: a number, or what a field of the records is whose lowest, highest or latest it is."""
        form = self.policy.figure(name)
        formula = form.formula if form else None
        if isinstance(formula, RecordsTerm) and formula.field and formula.word in ("lowest", "highest", "latest"):
            return record_fields(formula.of.text).get(formula.field.text, NUMBER)
        return NUMBER

    def _of_fact(self, clause: FactClause) -> Text:
        found, stretches = self.fact(clause.fact.text), clause.required.stretches
        window = self.windows(stretches)
        if found.years_due and any(isinstance(stretch, LastFullYears) for stretch in stretches):
            window = joined([window, EVERY_YEAR], "")
        if clause.uncounted is not None:
            found = replace(found, label=without(found.label))
            window = joined([window, self._uncounted(clause.uncounted)], "")
        required = self._required(found.name, found.type, found.unit, clause.required)
        return framed(_REQUIRED, self._label(found), window, required)

    def _uncounted(self, spans: UncountedTime) -> Text:
        name = spans.history.text
        return framed(_NOT_COUNTING, wording.records(name), self.inside(name).where(spans.where))

    def _label(self, found: Fact) -> Text:
        if found.name in self.policy.names("figures"):
            return Text(f"[{found.label.id}]({self.find('figures', found.name)})", found.label.en)
        return found.label

    def _required(self, name: str, type_: Type, unit: Text | None, required: Requirement) -> Text:
        return joined((self.test(name, type_, unit, test) for test in required.tests), "; ")

    def windows(self, stretches: tuple[Stretch, ...]) -> Text:
        """Say the windows that records are looked for in."""
        return joined((self._window(stretch) for stretch in stretches), "")

    def _window(self, stretch: Stretch) -> Text:
        match stretch:
            case InLast(length):
                return framed(WINDOWS["in_last"], self.operand(DURATION, None, length))
            case SinceDay(day):
                return framed(WINDOWS["since"], self.operand(DATE, None, day))
            case LastFullYears(1):
                return ONE_YEAR
            case LastFullYears(count):
                return framed(WINDOWS["last_full_years"], Text(str(count), str(count)))
            case LastRated(count):
                return framed(WINDOWS["last_rated"], Text(str(count), str(count)))
            case LastRecords(1):
                return ONE_RECORD
            case LastRecords(count):
                return framed(WINDOWS["last"], Text(str(count), str(count)))
            case DuringPeriod():
                return WINDOWS["during"]
            case _:
                assert_never(stretch)

    # Histories

    def _measured(self, clause: HistoryClause, measure: Measure) -> Text:
        """Say what is measured: which records, in which window, and what is required of them."""
        name = clause.history.text
        field = FIELDS[measure.field.text] if measure.field is not None else _ALL
        if measure.part is not None:
            field = self.inside(name).where(measure.part)
        what = _begun(framed(MEASURES[measure.word], wording.records(name), field))
        if clause.where is not None:
            what = framed(_BRACKETS, what, self.inside(name).where(clause.where))
        unit = PERCENT if measure.word == "share" else None
        required = self._required(name, _measured_in(measure, name), unit, measure.required)
        return framed(_REQUIRED, what, self.windows(clause.stretches), required)

    def where(self, condition: Condition) -> Text:
        """Say a filter over the records of a history."""
        return joined((self._filter(clause) for clause in condition.clauses), "; ")

    def _filter(self, clause: Clause) -> Text:
        match clause:
            case JunctionClause("any", items):
                return joined((self.where(item) for item in items), " atau ", " or ")
            case JunctionClause(_, items):
                return joined((self.where(item) for item in items), " dan ", " and ")
            case SomeClause(least, items):
                number, listed = Text(str(least), str(least)), joined((self.where(item) for item in items), "; ")
                return framed(Text("paling sedikit {0} dari ({1})", "at least {0} of ({1})"), number, listed)
            case NotClause(inside):
                return framed(Text("bukan ({0})", "not ({0})"), self.where(inside))
            case RunningClause(_, runs):
                return flag("running", yes=runs)
            case FieldClause(history, field, required):
                return self._of_field(history, field.text, required)
            case EachClause() | RuleClause() | TagClause() | FactClause() | HistoryClause():
                said = self._clause(clause)
                return said.text
            case _:
                assert_never(clause)

    def _of_field(self, history: str, name: str, required: Requirement) -> Text:
        type_ = record_fields(history).get(name, TRUTH)
        match required.tests:
            case (OperandTest("is", RawValue() as given),) if type_.kind is Kind.TRUTH and not given.is_none:
                return flag(name, yes=given.text == "true")
            case _:
                return framed(Text("{0} {1}", "{0} {1}"), FIELDS[name], self._required(name, type_, None, required))

    # What a fact is compared with

    def test(self, name: str, type_: Type, unit: Text | None, test: Test) -> Text:
        """Say one comparison: its operator and what it compares with."""
        match test:
            case OperandTest(word, RawValue() as given) if not _has_decimals(type_, given):
                return wording.required(name, type_, unit, word, [self._value(type_, given)])
            case OperandTest(word, given):
                operand = self.operand(type_, unit, given)
                wanted = framed(_SAME, operand) if word in ("is", "not") else operand
                said = wording.required(name, type_, unit, word, [_HOLE])
                return Text(said.id.replace(_HOLE, wanted.id), said.en.replace(_HOLE, wanted.en))
            case ListTest(word, items):
                return wording.required(name, type_, unit, word, [self._value(type_, item) for item in items])
            case TextsTest(word, texts):
                return wording.required(name, type_, unit, word, [text.text for text in texts])
            case UnitTest(word, code):
                return wording.required(name, type_, unit, word, [quoted(code.text) if self.history else code.text])
            case _:
                assert_never(test)

    def _value(self, type_: Type, written: RawValue) -> object:
        if written.is_none:
            return ABSENT
        if type_.kind is Kind.NUMBER:
            type_ = replace(type_, places=0)
        if type_.kind is Kind.TEXT and self.history:
            return quoted(written.text)
        if _has_decimals(type_, written):
            return written.text
        return value_of(written, type_)

    def operand(self, type_: Type, unit: Text | None, given: Operand) -> Text:
        """Say what a fact is compared with: a written value, or one of the policy."""
        match given:
            case RawValue():
                return self.written(type_, unit, given)
            case ValueTerm(name):
                return self._in_version(self._dated(type_, unit, name.text), given.on)
            case TableTerm():
                return self._in_version(self._table(given), given.on)
            case FactTerm(name):
                return self.named_fact(name.text)
            case ItemTerm():
                return _ITEM
            case PeriodTerm(edge):
                return _ENDS[edge.text]
            case OffsetTerm(term, word, amount):
                moved = _AROUND if type_.kind is Kind.DATE else _MOVED
                by = DURATION if type_.kind is Kind.DATE else type_
                return framed(moved[word], self.operand(type_, unit, term), self.written(by, unit, amount))
            case _:
                assert_never(given)

    def _in_version(self, said: Text, on: Name | None) -> Text:
        if on is None or on.text == "as_of":
            return said
        day = _ON.get(on.text) or framed(Text("pada {0}", "on {0}"), self.named_fact(on.text))
        return framed(_IN_VERSION, said, day)

    def _table(self, term: TableTerm) -> Text:
        title, href = self.title("tables", term.name.text), self.find("tables", term.name.text)
        said = Text(f"yang disebut tabel [{title.id}]({href})", f"what the table “{title.en}” gives")
        if term.column is not None:
            column = spoken(term.column.text)
            said = framed(_COLUMN, said, Text(column, column))
        return framed(_BY, said, joined(self.named_fact(one.text) for one in term.by)) if term.by else said

    def named_fact(self, name: str) -> Text:
        """Say a fact inside a sentence; `record.` names a field of the record."""
        if name.startswith("record."):
            return FIELDS[name.removeprefix("record.")]
        label = self._label(self.fact(name))
        said = Text(lower_first(label.id), f"“{label.en}”")
        return framed(_THEIR, said) if self.history and name in FACTS else said

    def _dated(self, type_: Type, unit: Text | None, name: str) -> Text:
        """Say a dated value: each version that was in force in the span, with its beginning when there are several."""
        versions = [v for v in self.policy.value_versions(name) or () if v.span.cut(self.span)]
        said = joined((self._version(type_, unit, v, dated=len(versions) > 1) for v in versions), ", ")
        return Text(f"{said.id} ([nilai {value_name(name)}]({self.find('values', name)}))", said.en)

    def _version(self, type_: Type, unit: Text | None, version: Version[ValueVersion], *, dated: bool) -> Text:
        text = self.written(type_, unit, version.what.value)
        return framed(_VERSION, text, wording.said(version.span.since)) if dated else text

    def written(self, type_: Type, unit: Text | None, written: RawValue) -> Text:
        """Say a written value."""
        value = self._value(type_, written)
        if type_.kind in (Kind.DURATION, Kind.SPAN) and isinstance(value, (int, Days)):
            return wording.length(value)
        if isinstance(value, str) and type_.kind is Kind.NUMBER:
            return framed(_AMOUNT, Text(value.replace(".", ","), value), unit) if unit else Text(value.replace(".", ","), value)
        return wording.value(type_, value, unit)


def _has_decimals(type_: Type, written: RawValue) -> bool:
    return type_.kind is Kind.NUMBER and "." in written.text


def _measured_in(measure: Measure, history: str) -> Type:
    match measure.word:
        case "count":
            return NUMBER
        case "unbroken":
            return DURATION
        case "total_time" | "longest":
            return SPAN
        case "share":
            return replace(NUMBER, places=FINER)
        case "mean":
            return _finer(record_fields(history)[measure.field.text]) if measure.field is not None else NUMBER
        case "sum" | "lowest" | "highest" | "latest":
            return record_fields(history)[measure.field.text] if measure.field is not None else NUMBER
        case _:
            assert_never(measure.word)


def _finer(type_: Type) -> Type:
    return replace(type_, places=type_.places + FINER)


def _begun(text: Text) -> Text:
    """Begin with a capital letter: the name of a field may stand first."""
    return Text(text.id[:1].upper() + text.id[1:], text.en[:1].upper() + text.en[1:])


def _one(sentences: tuple[Sentence, ...]) -> Sentence:
    return sentences[0] if len(sentences) == 1 else Sentence(_ALL, sentences)
