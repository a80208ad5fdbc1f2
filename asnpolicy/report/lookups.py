"""Values, tables and figures of a policy, with every version, as people read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from asnpolicy.language.nodes import DATE, NUMBER, TEXT, Type
from asnpolicy.language.rules import Text
from asnpolicy.people import OPEN
from asnpolicy.policy.dated import BEGINNING, Span, Version
from asnpolicy.policy.documents import texts_of
from asnpolicy.policy.elaborate.criteria import basis_of
from asnpolicy.policy.elaborate.terms import literal
from asnpolicy.policy.source.tree import Entry, Mapping, Node, Scalar, Sequence
from asnpolicy.policy.tables import TableVersion
from asnpolicy.problems import Place
from asnpolicy.report.links import Links, anchor, units
from asnpolicy.report.markdown import Said, anchored, both, bullets, framed, joined, labelled, lower_first, noted, table
from asnpolicy.report.names import FIELDS, spoken, value_name
from asnpolicy.report.sentences import READ, Sentences
from asnpolicy.report.wording import months, records, said, value

SINCE = Text("sejak {0}", "since {0}")
BEFORE = Text("sebelum {0}", "before {0}")
WITHIN = Text("sejak {0} sampai sebelum {1}", "from {0} until before {1}")
ALWAYS = Text("selalu", "always")
BASIS = Text("Dasar", "Basis")
WRITTEN = Text("Tertulis di", "Written in")
USED_BY = Text("Dipakai oleh", "Used by")
_IN_FORCE = Text("Berlaku", "In force")
_VALUE = Text("Nilai", "Value")
_MAY = Text("Daerah boleh memilih", "A region may choose")
_RANGE = {
    ("at_least", "at_most"): Text("{0} sampai {1}", "{0} to {1}"),
    ("at_least",): Text("paling sedikit {0}", "at least {0}"),
    ("at_most",): Text("paling banyak {0}", "at most {0}"),
}
_OTHERWISE = Text("selain itu", "otherwise")
_NONE = Text("tidak ada", "none")
_BANDS = {
    (False, True): Text("di bawah {1}", "below {1}"),
    (True, True): Text("{0} sampai di bawah {1}", "{0} to below {1}"),
    (True, False): Text("{0} atau lebih", "{0} or more"),
}
_WITHOUT = Text("tanpa {0}", "without {0}")
_KEEPS = Text(
    "Bagi yang berikut ini tetap berlaku versi sejak {0}", "For those of the following, the version since {0} goes on"
)
_SIGNS = {"times": " × ", "plus": " + ", "minus": " − "}
_EACH = Text("Dihitung untuk setiap catatan", "Worked out for each record of")
_SUM = Text("jumlah {0}", "the sum of {0}")
_OF = Text("{0} pada {1}", "{0} in {1}")
_DIVIDED = Text("({0}) ÷ {1}, dibulatkan sampai {2} desimal ({3})", "({0}) ÷ {1}, rounded to {2} decimals ({3})")
_HALF = {"up": Text("setengah ke atas", "half up"), "even": Text("setengah ke genap", "half to even")}


def span_text(span: Span) -> Text:
    """Say when something is in force."""
    since, until = span.since != BEGINNING, span.until != OPEN
    pattern = {(True, True): WITHIN, (True, False): SINCE, (False, False): ALWAYS}.get((since, until), BEFORE)
    days = [said(day) for day, given in ((span.since, since), (span.until, until)) if given]
    return framed(pattern, *days)


@dataclass(frozen=True, slots=True)
class Lookups:
    """Writes the values, tables and figures that a region states."""

    say: Sentences
    links: Links

    # Values

    def value(self, name: str) -> list[str]:
        """Write a value: each version with its span, basis, bounds for regions and place."""
        versions = self.say.policy.value_versions(name) or []
        unit = next((self.say.fact(u).unit for u in sorted(units(self.say.policy, name)) if u), "")
        head = [both(t) for t in (_IN_FORCE, _VALUE, BASIS, _MAY, WRITTEN)]
        rows = [self._value_row(name, version, unit) for version in versions]
        lines = [anchored(anchor("values", name), value_name(name), 3), "", *table(head, rows), ""]
        return [*lines, *self._transitions(versions), *self._used_by("values", name)]

    def _value_row(self, name: str, version: Version[Node], unit: str) -> list[str]:
        written = self._mapping("values", name, version.place)
        basis = basis_of(self.say.policy, written, READ) if written else ""
        may = self._may(written, unit)
        shown = (span_text(version.span), plain(version.what, unit))
        return [*(both(t) for t in shown), basis, may, self.links.file(version.place)]

    def _may(self, written: Mapping | None, unit: str) -> str:
        entry = written.entries.get("region_may") if written else None
        if entry is None or not isinstance(entry.value, Mapping):
            return "–"
        given = tuple(word for word in ("at_least", "at_most") if word in entry.value.entries)
        ends = [plain(entry.value.entries[word].value, unit) for word in given]
        return both(framed(_RANGE[given], *ends)) if given else both(Text("nilai apa pun", "any value"))

    def _mapping(self, section: str, name: str, place: Place) -> Mapping | None:
        """Find the version as it was written."""
        for documents in self.say.policy.chain:
            declared = documents.sections[section].get(name)
            for node in _mappings(declared.node) if declared else ():
                if node.place == place:
                    return node
        return None

    def _transitions(self, versions: Iterable[Version[Any]]) -> list[str]:
        kept = []
        for place, unless in {v.place: v.unless for v in versions if v.unless is not None}.items():
            keep = unless.entries["keep"].value
            since = framed(_KEEPS, plain(keep, ""))
            kept.append(
                Said(Text(f"{since.id} ({self.links.file(place)})", since.en), self.say.condition(unless, ("keep",)))
            )
        return [*bullets(kept), ""] if kept else []

    def _used_by(self, section: str, name: str) -> list[str]:
        rules = [self.say.rule_title(rule).id for rule in self.links.users(section, name)]
        return [f"{both(USED_BY)}: {', '.join(rules)}", ""] if rules else []

    # Tables

    def table(self, name: str) -> list[str]:
        """Write a table laid out as one, for each of its versions."""
        policy = self.say.policy
        found = policy.table(name, READ)
        by = [self._key(key.text) for key in found.by] if found else []
        lines = [anchored(anchor("tables", name), both(self.say.title("tables", name)), 3), ""]
        for version in found.versions if found else ():
            written = self._mapping("tables", name, version.what.place)
            basis = basis_of(policy, written, READ) if written else ""
            about = [both(span_text(version.span)), basis, self.links.file(version.what.place)]
            lines += [" — ".join(part for part in about if part), "", *_laid_out(by, version.what), ""]
        return [*lines, *self._transitions(found.versions if found else ()), *self._used_by("tables", name)]

    def _key(self, name: str) -> tuple[Text, Type]:
        """Name what a table is keyed by, and what its keys are."""
        if name.startswith("record."):
            return FIELDS[name.removeprefix("record.")], TEXT
        fact = self.say.fact(name)
        return fact.label, fact.type

    # Figures

    def figure(self, name: str) -> list[str]:
        """Write how a figure is worked out."""
        policy = self.say.policy
        declared = policy.declared("figures", name)
        if declared is None or not isinstance(declared.node, Mapping):
            return []
        entries = declared.node.entries
        of = entries["of"].value.text if "of" in entries and isinstance(entries["of"].value, Scalar) else None
        lines = [anchored(anchor("figures", name), both(self.say.title("figures", name)), 3), ""]
        told = [Said(self._formula(entries, of))]
        if of:
            told.append(labelled(_EACH, [Said(records(of))]))
        told.append(noted(BASIS, f"{basis_of(policy, declared.node, READ)} — {self.links.file(declared.place)}"))
        return [*lines, *bullets(told), "", *self._used_by("figures", name)]

    def _formula(self, entries: dict[str, Entry], of: str | None) -> Text:
        say = self.say.inside(of) if of else self.say
        word = next(word for word in ("times", "plus", "minus", "sum") if word in entries)
        node = entries[word].value
        parts = node.items if isinstance(node, Sequence) else (node,)
        whole = joined((self._part(say, part, word) for part in parts), _SIGNS.get(word, ""))
        divide = entries["divide"].value if "divide" in entries else None
        if not isinstance(divide, Mapping):
            return whole
        by, places, half = (
            _text(divide.entries[w].value) if w in divide.entries else "up" for w in ("by", "round", "half")
        )
        return framed(_DIVIDED, whole, plain_number(by), Text(places, places), _HALF[half])

    def _part(self, say: Sentences, node: Node, word: str) -> Text:
        if isinstance(node, Scalar):
            return plain_number(node.text)
        if not isinstance(node, Mapping):
            return _NONE
        if word == "sum":
            return self._sum(say, node)
        if "sum" in node.entries and isinstance(node.entries["sum"].value, Mapping):
            return self._sum(say, node.entries["sum"].value)
        if "figure" in node.entries:
            return say.named_fact(_text(node.entries["figure"].value))
        return say.operand(NUMBER, "", node)

    def _sum(self, say: Sentences, node: Mapping) -> Text:
        of = _text(node.entries["of"].value)
        figures = of in say.policy.names("figures")
        inside = say if figures else say.inside(of)
        what = say.named_fact(of) if figures else records(of)
        if "field" in node.entries:
            what = framed(_OF, FIELDS[_text(node.entries["field"].value)], what)
        if "where" in node.entries:
            what = framed(Text("{0} ({1})", "{0} ({1})"), what, inside.where(node.entries["where"].value))
        if "since" in node.entries:
            what = framed(
                Text("{0} {1}", "{0} {1}"), what, framed(SINCE, say.operand(DATE, "", node.entries["since"].value))
            )
        return framed(_SUM, what)


def _mappings(node: Node) -> Iterator[Mapping]:
    if isinstance(node, Mapping):
        yield node
        for entry in node.entries.values():
            yield from _mappings(entry.value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _mappings(item)


def _text(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else ""


def plain_number(text: str) -> Text:
    """Write a number as it was written: a decimal comma in Indonesian, a point in English."""
    return Text(text.replace(".", ","), text)


_LENGTH = re.compile(r"(\d+) (year|month)s?")
_DAY = re.compile(r"\d\d-\d\d")


def plain(node: Node, unit: str) -> Text:
    """Write a value by its looks: a length of time, days of the year, a date, a number, or a word."""
    if isinstance(node, Sequence):
        return joined((_day_of_year(text) for text in texts_of(node, READ)), ", ")
    text = _text(node)
    length = _LENGTH.fullmatch(text)
    if length:
        return months(int(length[1]) * (12 if length[2] == "year" else 1))
    if _DAY.fullmatch(text):
        return _day_of_year(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return said(date.fromisoformat(text))
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return framed(Text(f"{{0}} {unit}".strip(), f"{{0}} {unit}".strip()), plain_number(text))
    return _NONE if text == "none" else Text(spoken(text), spoken(text))


def _day_of_year(text: str) -> Text:
    """Write a day of the year, such as `04-01`."""
    day = said(date.fromisoformat(f"2001-{text}"))
    return Text(day.id.removesuffix(" 2001"), day.en.removesuffix(" 2001"))


# Tables laid out


def _laid_out(by: list[tuple[Text, Type]], version: TableVersion) -> list[str]:
    """Lay out rows: by one key as two columns, by more crosswise, or as lists where most cells would be empty."""
    rows = [(tuple(map(_key, path, by)), plain(node, "")) for path, node in version.rows]
    other = [] if version.otherwise is None else [(both(_OTHERWISE), both(plain(version.otherwise, "")))]
    if all(len(path) == 1 for path, _ in rows):
        return table([both(by[0][0]), both(_VALUE)], [*((both(path[0]), both(cell)) for path, cell in rows), *other])
    outer = list(dict.fromkeys(path[:-1] for path, _ in rows))
    inner = list(dict.fromkeys(path[-1] for path, _ in rows))
    head = " / ".join(both(label) for label, _ in by)
    if len(rows) == len(outer) * len(inner):
        cells = dict(rows)
        crossed = [[both(joined(out)), *(both(cells[(*out, key)]) for key in inner)] for out in outer]
        return [*table([head, *map(both, inner)], crossed), *_below(other)]
    lists = [[both(joined(out)), both(_listed(out, rows))] for out in outer]
    return [*table([head, both(_VALUE)], lists), *_below(other)]


def _listed(out: tuple[Text, ...], rows: list[tuple[tuple[Text, ...], Text]]) -> Text:
    """List the cells of a row that has only a few of them."""
    cells = (framed(Text("{0}: {1}", "{0}: {1}"), path[-1], cell) for path, cell in rows if path[:-1] == out)
    return joined(cells, "; ")


def _below(other: list[tuple[str, str]]) -> list[str]:
    return ["", *(f"{label}: {value}" for label, value in other)] if other else []


def _key(node: Scalar, by: tuple[Text, Type]) -> Text:
    """Write the key of a row; `60..80` is a stretch of values, `none` is to have none."""
    label, type_ = by
    if ".." in node.text:
        low, _, high = (end.strip() for end in node.text.partition(".."))
        return framed(_BANDS[bool(low), bool(high)], plain_number(low), plain_number(high))
    if node.text == "none":
        return framed(_WITHOUT, Text(lower_first(label.id), lower_first(label.en)))
    return value(type_, literal(node, type_, READ)) if type_.labels else plain(node, "")
