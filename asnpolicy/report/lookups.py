"""Values, tables and figures of a policy, with every version, as people read them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, assert_never

from asnpolicy.language.nodes import NUMBER, TEXT, Kind, Type
from asnpolicy.language.reading import record_fields
from asnpolicy.language.rules import Standing, Text
from asnpolicy.people import HISTORIES, OPEN
from asnpolicy.policy.dated import BEGINNING, Span, Version
from asnpolicy.policy.surface.about import Basis
from asnpolicy.policy.surface.figures import (
    Choose,
    Division,
    FigureForm,
    FigurePart,
    FigureTerm,
    HalfWord,
    ListForm,
    Parts,
    RecordsTerm,
    RecordsWord,
    TimeTerm,
    TimeWord,
)
from asnpolicy.policy.surface.literals import days_in, value_of
from asnpolicy.policy.surface.names import NONE, RawValue
from asnpolicy.policy.surface.operands import FactTerm, TableTerm, ValueTerm
from asnpolicy.policy.surface.values import RegionMay, ValueVersion
from asnpolicy.policy.tables import TableVersion
from asnpolicy.report.links import Links, anchor
from asnpolicy.report.markdown import (
    Sentence,
    anchored,
    both,
    bullets,
    framed,
    joined,
    labelled,
    noted,
    table,
)
from asnpolicy.report.names import FIELDS, spoken, value_name
from asnpolicy.report.sentences import Sentences
from asnpolicy.report.wording import months, records, said, value
from asnpolicy.text import lower_first

SINCE = Text("sejak {0}", "since {0}")
BEFORE = Text("sebelum {0}", "before {0}")
WITHIN = Text("sejak {0} sampai sebelum {1}", "from {0} until before {1}")
ALWAYS = Text("selalu", "always")
BASIS = Text("Dasar", "Basis")
WRITTEN = Text("Tertulis di", "Written in")
USED_BY = Text("Dipakai oleh", "Used by")
STANDINGS = {
    "in_force": Text("berdasar hukum", "founded in law"),
    "illustrative": Text("belum berdasar hukum, bahan pertimbangan", "not founded in law, for consideration"),
}
_IN_FORCE = Text("Berlaku", "In force")
_VALUE = Text("Nilai", "Value")
_MAY = Text("Daerah boleh memilih", "A region may choose")
_RANGE = {
    (True, True): Text("{0} sampai {1}", "{0} to {1}"),
    (True, False): Text("paling sedikit {0}", "at least {0}"),
    (False, True): Text("paling banyak {0}", "at most {0}"),
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
_AMOUNT = Text("{0} {1}", "{0} {1}")
_UNIT = Text("Satuan: {0}", "Unit: {0}")
_EACH = Text("Dihitung untuk setiap catatan", "Worked out for each record of")
_COMES_TO: dict[RecordsWord, Text] = {
    "sum": Text("jumlah {0}", "the sum of {0}"),
    "count": Text("banyaknya {0}", "the number of {0}"),
    "lowest": Text("{0}, yang terendah", "the lowest {0}"),
    "highest": Text("{0}, yang tertinggi", "the highest {0}"),
    "latest": Text("{0}, yang terakhir", "the latest {0}"),
}
_DAYS: dict[RecordsWord, Text] = {
    "lowest": Text("{0}, yang paling awal", "the first {0}"),
    "highest": Text("{0}, yang paling akhir", "the last {0}"),
}
_WHOLE: dict[TimeWord, Text] = {
    "years": Text("{0} dalam tahun penuh", "{0} in whole years"),
    "months": Text("{0} dalam bulan penuh", "{0} in whole months"),
}
_LAST_BUT = Text("{0}, catatan ke-{1} dari yang terakhir", "{0}, number {1} from the last")
_WHERE_NONE = Text("{0} ({1} bila tidak ada)", "{0} ({1} where there is none)")
_CHOSEN = Text(
    "{0} bagi yang memenuhi syarat berikut, {1} bagi yang lain", "{0} for whoever meets this, {1} for everybody else"
)
_OF = Text("{0} pada {1}", "{0} in {1}")
_DIVIDED = Text("({0}) ÷ {1}, dibulatkan sampai {2} desimal ({3})", "({0}) ÷ {1}, rounded to {2} decimals ({3})")
_HALF: dict[HalfWord, Text] = {
    "up": Text("setengah ke atas", "half up"),
    "even": Text("setengah ke genap", "half to even"),
}


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
        unit = next((self.say.fact(u).unit for u in sorted(self.links.units(name)) if u), None)
        head = [both(t) for t in (_IN_FORCE, _VALUE, BASIS, _MAY, WRITTEN)]
        rows = [self._value_row(version, unit) for version in versions]
        lines = [anchored(anchor("values", name), value_name(name), 3), "", f"`{name}`", "", *table(head, rows), ""]
        return [*lines, *self._transitions(versions), *self._used_by("values", name)]

    def _value_row(self, version: Version[ValueVersion], unit: Text | None) -> list[str]:
        said = version.what
        basis, may = self._basis(said.basis, said.standing), self._may(said.region_may, unit)
        shown = (span_text(version.span), plain(said.value, unit))
        return [*(both(t) for t in shown), basis, may, self.links.file(version.place)]

    def _basis(self, basis: Basis | None, standing: Standing | None) -> str:
        """Cite a basis; what has none in law says so."""
        weak = both(STANDINGS["illustrative"]) if standing == "illustrative" else ""
        return "; ".join(filter(None, (self.say.cited(basis), weak)))

    def _may(self, may: RegionMay | None, unit: Text | None) -> str:
        """Say what a region may choose, and by which law."""
        source = self.say.cited(may.basis) if may else ""
        return f"{_range(may, unit)} ({source})" if source else _range(may, unit)

    def _transitions(self, versions: Iterable[Version[Any]]) -> list[str]:
        kept = []
        for place, unless in {v.place: v.unless for v in versions if v.unless is not None}.items():
            since = framed(_KEEPS, said(unless.keep)) if unless.keep else _KEEPS
            text = Text(f"{since.id} ({self.links.file(place)})", since.en)
            kept.append(Sentence(text, self.say.condition(unless.whom)))
        return [*bullets(kept), ""] if kept else []

    def _used_by(self, section: str, name: str) -> list[str]:
        rules = [self.say.rule_title(rule).id for rule in self.links.users(section, name)]
        return [f"{both(USED_BY)}: {', '.join(rules)}", ""] if rules else []

    # Tables

    def table(self, name: str) -> list[str]:
        """Write a table laid out as one, for each of its versions."""
        found = self.say.policy.table(name)
        by = [self._key(key.text) for key in found.by] if found else []
        lines = [anchored(anchor("tables", name), both(self.say.title("tables", name)), 3), "", f"`{name}`", ""]
        for version in found.versions if found else ():
            basis, place = self._basis(version.what.basis, version.what.standing), self.links.file(version.what.place)
            about = [both(span_text(version.span)), basis, place]
            lines += [
                " — ".join(part for part in about if part),
                "",
                *_laid_out(by, version.what),
                "",
                *self._own_bases(by, version.what),
            ]
        return [*lines, *self._transitions(found.versions if found else ()), *self._used_by("tables", name)]

    def _own_bases(self, by: list[tuple[Text, Type]], version: TableVersion) -> list[str]:
        """Cite the rows that have a basis or a standing other than their table's."""
        said = version.basis and version.basis.text, version.standing
        own = [row for row in version.rows if (row.basis and row.basis.text, row.standing) != said]
        told = [noted(joined(map(_key, row.path, by)), self._basis(row.basis, row.standing)) for row in own]
        return [*bullets(told), ""] if told else []

    def _key(self, name: str) -> tuple[Text, Type]:
        """Name what a table is keyed by, and what its keys are."""
        if name.startswith("record."):
            return FIELDS[name.removeprefix("record.")], TEXT
        fact = self.say.fact(name)
        return fact.label, fact.type

    # Figures

    def figure(self, name: str) -> list[str]:
        """Write how a figure is worked out."""
        declared, form = self.say.policy.declared("figures", name), self.say.policy.figure(name)
        if declared is None or form is None:
            return []
        of = form.of.text if form.of else None
        lines = [anchored(anchor("figures", name), both(self.say.title("figures", name)), 3), "", f"`{name}`", ""]
        told = [self._formula(form, of)]
        if form.unit is not None:
            told.append(Sentence(framed(_UNIT, form.unit)))
        if of:
            told.append(labelled(_EACH, [Sentence(records(of))]))
        told.append(noted(BASIS, f"{self.say.cited(form.basis)} — {self.links.file(declared.place)}"))
        return [*lines, *bullets(told), "", *self._used_by("figures", name)]

    def _formula(self, form: FigureForm, of: str | None) -> Sentence:
        say = self.say.inside(of) if of else self.say
        inside: tuple[Sentence, ...] = ()
        match form.formula:
            case Parts(word, parts):
                whole = joined((self._part(say, part) for part in parts), _sign(word))
            case RecordsTerm():
                whole = self._records(say, form.formula)
            case Choose(test, then, otherwise):
                whole = framed(_CHOSEN, self._part(say, then), self._part(say, otherwise))
                inside = say.condition(test) if of is None else (Sentence(say.where(test)),)
            case None:
                return Sentence(_NONE)
            case _:
                assert_never(form.formula)
        return Sentence(whole if form.divide is None else _divided(whole, form.divide), inside)

    def _part(self, say: Sentences, part: FigurePart) -> Text:
        match part:
            case RawValue():
                return plain_number(part.text)
            case FigureTerm(name):
                return say.named_fact(name.text)
            case TimeTerm(word, name):
                return framed(_WHOLE[word], say.named_fact(name.text))
            case RecordsTerm():
                return self._records(say, part)
            case FactTerm() | TableTerm() | ValueTerm():
                return say.operand(NUMBER, None, part)
            case _:
                assert_never(part)

    def _records(self, say: Sentences, term: RecordsTerm) -> Text:
        of = term.of.text
        what = records(of) if of in HISTORIES else say.named_fact(of)
        if term.field is not None:
            what = framed(_OF, FIELDS[term.field.text], what)
        if term.where is not None:
            inside = say.inside(of) if of in HISTORIES else say
            what = framed(Text("{0} ({1})", "{0} ({1})"), what, inside.where(term.where))
        of_days = term.field is not None and record_fields(of)[term.field.text].kind is Kind.DATE
        told = framed((_DAYS if of_days else _COMES_TO).get(term.word, _COMES_TO[term.word]), what)
        if term.nth > 1:
            told = framed(_LAST_BUT, what, Text(str(term.nth), str(term.nth)))
        windows = self.say.windows(term.stretches)
        whole = Text(told.id + windows.id, told.en + windows.en)
        return whole if term.otherwise is None else framed(_WHERE_NONE, whole, plain_number(term.otherwise.text))


def _range(may: RegionMay | None, unit: Text | None) -> str:
    if may is None:
        return "–"
    ends = [None if bound is None else plain(bound, unit) for bound in (may.at_least, may.at_most)]
    given = [end for end in ends if end is not None]
    pattern = _RANGE.get((ends[0] is not None, ends[1] is not None))
    return both(framed(pattern, *given)) if pattern else both(Text("nilai apa pun", "any value"))


def _sign(word: ListForm) -> str:
    match word:
        case "times":
            return " × "
        case "plus":
            return " + "
        case "minus":
            return " − "
        case _:
            assert_never(word)


def _divided(whole: Text, division: Division) -> Text:
    by, places = str(division.by), str(division.places)
    return framed(_DIVIDED, whole, plain_number(by), Text(places, places), _HALF[division.half])


def plain_number(text: str) -> Text:
    """Write a number as it was written: a decimal comma in Indonesian, a point in English."""
    return Text(text.replace(".", ","), text)


_LENGTH = re.compile(r"(\d+) (year|month)s?")
_DAY = re.compile(r"\d\d-\d\d")


def plain(written: RawValue, unit: Text | None) -> Text:
    """Write a value by its looks: a length of time, days of the year, a date, a number, or a word."""
    text = written.text
    if not text:
        return joined((_day_of_year(f"{m:02}-{d:02}") for m, d in days_in(written)), ", ")
    length = _LENGTH.fullmatch(text)
    if length:
        return months(int(length[1]) * (12 if length[2] == "year" else 1))
    if _DAY.fullmatch(text):
        return _day_of_year(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return said(date.fromisoformat(text))
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        number = plain_number(text)
        return number if unit is None else framed(_AMOUNT, number, unit)
    return _NONE if text == "none" else Text(spoken(text), spoken(text))


def _day_of_year(text: str) -> Text:
    """Write a day of the year, such as `04-01`."""
    day = said(date.fromisoformat(f"2001-{text}"))
    return Text(day.id.removesuffix(" 2001"), day.en.removesuffix(" 2001"))


# Tables laid out


def _laid_out(by: list[tuple[Text, Type]], version: TableVersion) -> list[str]:
    """Lay out rows: by one key as two columns, by more crosswise, or as lists where most cells would be empty."""
    rows = [(tuple(map(_key, row.path, by)), plain(row.value, None)) for row in version.rows]
    other = [] if version.otherwise is None else [(both(_OTHERWISE), both(plain(version.otherwise, None)))]
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


def _end(band: RawValue, end: str, type_: Type) -> Text:
    """Write one end of a band; a length of time in years and months."""
    length = value_of(RawValue.at(end, band.place), type_) if type_.kind is Kind.DURATION else None
    return months(length) if isinstance(length, int) else plain_number(end)


def _key(written: RawValue, by: tuple[Text, Type]) -> Text:
    """Write the key of a row; `60..80` is a stretch of values, `none` is to have none."""
    label, type_ = by
    if ".." in written.text:
        low, _, high = (end.strip() for end in written.text.partition(".."))
        return framed(_BANDS[bool(low), bool(high)], _end(written, low, type_), _end(written, high, type_))
    if written.text == NONE:
        return framed(_WITHOUT, Text(lower_first(label.id), lower_first(label.en)))
    return value(type_, value_of(written, type_)) if type_.labels else plain(written, None)
