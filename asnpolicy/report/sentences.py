"""Sentences: what an author wrote under a criterion, said in both languages as the engine reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from asnpolicy.language.facts import FACTS, Fact, fact_of
from asnpolicy.language.nodes import DATE, DURATION, NUMBER, SPAN, TEXT, TRUTH, Kind, Literal, Scope, Type
from asnpolicy.language.reading import record_fields
from asnpolicy.language.rules import Text
from asnpolicy.people import ABSENT, HISTORIES
from asnpolicy.policy.dated import ALWAYS, Span, Version
from asnpolicy.policy.documents import RULE_SECTIONS, text_of
from asnpolicy.policy.elaborate import conditions, terms
from asnpolicy.policy.merged import Merged
from asnpolicy.policy.source.tree import Mapping, Node, Scalar, Sequence
from asnpolicy.problems import Problems
from asnpolicy.report import wording
from asnpolicy.report.markdown import Said, framed, joined, lower_first
from asnpolicy.report.names import EVERY_YEAR, FIELDS, FLAGS, MEASURES, ONE_YEAR, WINDOWS, quoted, spoken, value_name

Find = Callable[[str, str], str]
"""Gives the link to a rule, value, table or figure: by section and name."""

READ = Problems()
"""A policy that is written down has been checked: what reading it again notes is not news."""

_HOLE = "\N{REPLACEMENT CHARACTER}"
_ANY = Text("salah satu dari yang berikut", "any one of the following")
_ALL = Text("semua yang berikut", "all of the following")
_NOT = Text("yang berikut tidak terpenuhi", "the following does not hold")
_NOT_ALL = Text("tidak semua yang berikut terpenuhi", "not all of the following hold")
_EACH = Text("untuk setiap butir dari {0}", "for each item of {0}")
_ITEM = Text("butir itu", "that item")
_SAME = Text("sama dengan {0}", "the same as {0}")
_CLEAR = Text("terpenuhi, atau tidak berlaku baginya", "fulfilled, or not for this person")
_HELD = {"fulfilled": Text("terpenuhi", "fulfilled"), "eligible": Text("memenuhi syarat", "requirements met")}
_PREVIOUS = Text("{0} untuk tahun lalu", "{0} for the year before")
_TAGGED = Text("setiap kewajiban bertanda “{0}” {1}", "each duty tagged “{0}” is {1}")
_THEIR = Text("{0} pegawai itu", "{0} of the person")
_BY = Text("{0} menurut {1}", "{0} by {1}")
_IN_VERSION = Text("{0}, menurut versi {1}", "{0}, in the version {1}")
_VERSION = Text("{0} (sejak {1})", "{0} (since {1})")
_ON = {
    "period_end": Text("pada akhir periode", "at the end of the period"),
    "period_start": Text("pada awal periode", "at the start of the period"),
    "record": Text("pada tanggal catatannya", "on the date of the record"),
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

    def condition(self, node: Node, skip: Iterable[str] = ()) -> tuple[Said, ...]:
        """Say a condition: all of the sentences must hold."""
        if not isinstance(node, Mapping):
            return ()
        return tuple(self._entry(name, e.value) for name, e in node.entries.items() if name not in skip)

    def _entry(self, name: str, node: Node) -> Said:
        match name:
            case "all" | "any":
                return self._junction(name, node)
            case "not":
                inside = self.condition(node)
                return Said(_NOT if len(inside) == 1 else _NOT_ALL, inside)
            case "each":
                return self._each(node)
            case "rule" | "rules":
                return self._rules(node)
            case _ if name in HISTORIES:
                return Said(self._of_history(name, node))
            case _:
                return Said(self._of_fact(name, node))

    def _junction(self, word: str, node: Node) -> Said:
        items = node.items if isinstance(node, Sequence) else ()
        return Said(_ALL if word == "all" else _ANY, tuple(_one(self.condition(item)) for item in items))

    def _each(self, node: Node) -> Said:
        items = node.entries["of"].value if isinstance(node, Mapping) else node
        names = [quoted(i.text) for i in _items(items) if isinstance(i, Scalar)]
        listed = ", ".join(names)
        return Said(framed(_EACH, Text(listed, listed)), self.condition(node, ("of",)))

    # Other rules

    def _rules(self, node: Node) -> Said:
        if not isinstance(node, Mapping):
            return Said(_ALL)
        wanted = {i.text for i in _items(node.entries["in"].value) if isinstance(i, Scalar)}
        outcome = _HELD[next(iter(wanted))] if len(wanted) == 1 else _CLEAR
        last_year = "period" in node.entries
        if "tag" in node.entries:
            tag = _text(node.entries["tag"].value)
            found = tuple(Said(self._linked(name, last_year)) for name in sorted(self.policy.tagged(tag)))
            return Said(framed(_TAGGED, Text(spoken(tag), spoken(tag)), outcome), found)
        title = self._linked(_text(node.entries["id"].value), last_year)
        return Said(framed(Text("{0}: {1}", "{0}: {1}"), title, outcome))

    def _linked(self, rule: str, last_year: bool) -> Text:
        title = self.rule_title(rule)
        return framed(_PREVIOUS, title) if last_year else title

    def rule_title(self, name: str) -> Text:
        """Give the title of a rule as a link to it."""
        section = next((one for one in RULE_SECTIONS if name in self.policy.names(one)), RULE_SECTIONS[0])
        title = self.title(section, name)
        return Text(f"[{title.id}]({self.find(section, name)})", title.en)

    def title(self, section: str, name: str) -> Text:
        """Give the title of something declared."""
        declared = self.policy.declared(section, name)
        node = declared.node if declared else None
        title = node.entries.get("title") if isinstance(node, Mapping) else None
        given = text_of(title.value, READ) if title else None
        return given or Text(spoken(name), spoken(name))

    # Facts

    def fact(self, name: str) -> Fact:
        """Find what a word stands for, as the engine does: its label, its type and its unit."""
        if name == "target":
            return Fact(name, wording.target(self.target), self.target or TEXT, lambda _: Literal(0))
        if name in self.policy.names("figures"):
            return Fact(
                name, self.policy.figure_label(name), NUMBER, lambda _: Literal(0), self.policy.figure_unit(name)
            )
        prefix, dot, rest = name.partition(".")
        scopes = dict(self.scopes)
        found = fact_of(scopes[prefix], rest) if dot and prefix in scopes else fact_of("employee", name)
        return found or Fact(name, Text(spoken(name), spoken(name)), TEXT, lambda _: Literal(0))

    def _of_fact(self, name: str, node: Node) -> Text:
        found = self.fact(name)
        window, required = self._tests(found.name, found.type, found.unit, node)
        if isinstance(node, Mapping) and found.years_due and "last_full_years" in node.entries:
            window = joined([window, EVERY_YEAR], "")
        return framed(Text("{0}{1}: {2}", "{0}{1}: {2}"), self._label(found), window, required)

    def _label(self, found: Fact) -> Text:
        if found.name in self.policy.names("figures"):
            return Text(f"[{found.label.id}]({self.find('figures', found.name)})", found.label.en)
        return found.label

    def _tests(self, name: str, type_: Type, unit: str, node: Node) -> tuple[Text, Text]:
        """Say the window of a fact, and what is required of it."""
        pairs = _pairs(node)
        windows = [self._window(word, value) for word, value in pairs if word in conditions.WINDOWS]
        tests = [self.test(name, type_, unit, word, value) for word, value in pairs if word in conditions.TESTS]
        return joined(windows, ""), joined(tests, "; ")

    def _window(self, word: str, node: Node) -> Text:
        if word == "in_last":
            return framed(WINDOWS[word], self.operand(DURATION, "", node))
        if word == "since":
            return framed(WINDOWS[word], self.operand(DATE, "", node))
        count = _text(node)
        if word == "last_full_years" and count == "1":
            return ONE_YEAR
        return framed(WINDOWS[word], Text(count, count))

    # Histories

    def _of_history(self, name: str, node: Node) -> Text:
        if not isinstance(node, Mapping):
            return wording.records(name)
        return joined((self._measured(name, node, word) for word in MEASURES if word in node.entries), "; ")

    def _measured(self, name: str, node: Mapping, word: str) -> Text:
        """Say what is measured: which records, in which window, and what is required of them."""
        type_ = {"count": NUMBER, "unbroken": DURATION}.get(word, SPAN)
        what = framed(MEASURES[word], wording.records(name))
        if "where" in node.entries:
            what = framed(Text("{0} ({1})", "{0} ({1})"), what, self.inside(name).where(node.entries["where"].value))
        window = joined((self._window(w, v) for w, v in _pairs(node) if w in conditions.WINDOWS), "")
        _, required = self._tests(name, type_, "", node.entries[word].value)
        return framed(Text("{0}{1}: {2}", "{0}{1}: {2}"), what, window, required)

    def where(self, node: Node) -> Text:
        """Say a filter over the records of a history."""
        entries = node.entries.items() if isinstance(node, Mapping) else ()
        return joined((self._filter(name, entry.value) for name, entry in entries), "; ")

    def _filter(self, name: str, node: Node) -> Text:
        match name:
            case "any":
                return joined((self.where(item) for item in _items(node)), " atau ", " or ")
            case "all":
                return joined((self.where(item) for item in _items(node)), " dan ", " and ")
            case "not":
                return framed(Text("bukan ({0})", "not ({0})"), self.where(node))
        type_ = record_fields(self.history or "").get(name, TRUTH)
        if type_.kind is Kind.TRUTH and isinstance(node, Scalar):
            return FLAGS[name, node.text == "true"]
        _, required = self._tests(name, type_, "", node)
        return framed(Text("{0} {1}", "{0} {1}"), FIELDS[name], required)

    # What a fact is compared with

    def test(self, name: str, type_: Type, unit: str, word: Any, node: Node) -> Text:
        """Say one comparison: its operator and what it compares with."""
        if not isinstance(node, Mapping):
            return wording.required(name, type_, unit, word, [self._value(type_, item) for item in _items(node)])
        operand = self.operand(type_, unit, node)
        wanted = framed(_SAME, operand) if word in ("is", "not") else operand
        said = wording.required(name, type_, unit, word, [_HOLE])
        return Text(said.id.replace(_HOLE, wanted.id), said.en.replace(_HOLE, wanted.en))

    def _value(self, type_: Type, node: Node) -> object:
        if _is_none(node):
            return ABSENT
        if type_.kind is Kind.NUMBER:
            type_ = replace(type_, places=0)
        text = _text(node)
        if type_.kind is Kind.TEXT and self.history:
            return quoted(text)
        if type_.kind is Kind.NUMBER and "." in text:
            return text
        return terms.literal(node, type_, READ)

    def operand(self, type_: Type, unit: str, node: Node) -> Text:
        """Say what a fact is compared with: a written value, or one of the policy."""
        if not isinstance(node, Mapping):
            return self.written(type_, unit, node)
        said = self._named(type_, unit, node)
        if "column" in node.entries:
            column = spoken(_text(node.entries["column"].value))
            said = framed(Text("{0}, kolom {1}", "{0}, column {1}"), said, Text(column, column))
        if "by" in node.entries:
            said = framed(_BY, said, joined(self.named_fact(_text(n)) for n in _items(node.entries["by"].value)))
        return self._on(said, node.entries["on"].value) if "on" in node.entries else said

    def _on(self, said: Text, node: Node) -> Text:
        word = _text(node)
        if word == "as_of":
            return said
        day = _ON.get(word) or framed(Text("pada {0}", "on {0}"), self.named_fact(word))
        return framed(_IN_VERSION, said, day)

    def _named(self, type_: Type, unit: str, node: Mapping) -> Text:
        if "value" in node.entries:
            return self._dated(type_, unit, _text(node.entries["value"].value))
        if "table" in node.entries:
            name = _text(node.entries["table"].value)
            title = self.title("tables", name)
            href = self.find("tables", name)
            return Text(f"yang disebut tabel [{title.id}]({href})", f"what the table “{title.en}” gives")
        if "period" in node.entries:
            return _ENDS[_text(node.entries["period"].value)]
        return self.named_fact(_text(node.entries["fact"].value))

    def named_fact(self, name: str) -> Text:
        """Say a fact inside a sentence; `record.` names a field of the record."""
        if name == "each":
            return _ITEM
        if name.startswith("record."):
            return FIELDS[name.removeprefix("record.")]
        label = self._label(self.fact(name))
        said = Text(lower_first(label.id), f"“{label.en}”")
        return framed(_THEIR, said) if self.history and name in FACTS else said

    def _dated(self, type_: Type, unit: str, name: str) -> Text:
        """Say a dated value: each version that was in force in the span, with its beginning when there are several."""
        versions = [v for v in self.policy.value_versions(name) or () if v.span.cut(self.span)]
        said = joined((self._version(type_, unit, v, len(versions) > 1) for v in versions), ", ")
        return Text(f"{said.id} ([nilai {value_name(name)}]({self.find('values', name)}))", said.en)

    def _version(self, type_: Type, unit: str, version: Version[Node], dated: bool) -> Text:
        text = self.written(type_, unit, version.what)
        return framed(_VERSION, text, wording.said(version.span.since)) if dated else text

    def written(self, type_: Type, unit: str, node: Node) -> Text:
        """Say a written value."""
        value = self._value(type_, node)
        if type_.kind in (Kind.DURATION, Kind.SPAN) and isinstance(value, int):
            return wording.months(value)
        if isinstance(value, str) and type_.kind is Kind.NUMBER:
            return Text(f"{value.replace('.', ',')} {unit}".strip(), f"{value} {unit}".strip())
        return wording.value(type_, value, unit)


def _one(sentences: tuple[Said, ...]) -> Said:
    return sentences[0] if len(sentences) == 1 else Said(_ALL, sentences)


def _pairs(node: Node) -> list[tuple[str, Node]]:
    if isinstance(node, Mapping):
        return [(word, entry.value) for word, entry in node.entries.items()]
    return [("in" if isinstance(node, Sequence) else "is", node)]


def _items(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else (node,)


def _text(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _is_none(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text == terms.NONE and not node.quoted
