"""Documents: the files of one region, read into declarations that are typed and placed."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any, Generic, TypeAlias, TypeVar, get_args
from typing import Literal as Choice

from asnpolicy.language.rules import Text
from asnpolicy.people import OPEN
from asnpolicy.policy.dated import BEGINNING, Span
from asnpolicy.policy.source.events import read
from asnpolicy.policy.source.scalars import as_text, as_whole
from asnpolicy.policy.source.shapes import as_mapping, keys
from asnpolicy.policy.source.tree import Mapping, RawEntry, RawNode
from asnpolicy.policy.surface import criteria, figures, tables, values
from asnpolicy.policy.surface.about import text_of
from asnpolicy.policy.surface.criteria import SharedForm
from asnpolicy.policy.surface.examples import titled
from asnpolicy.policy.surface.fairness import FairnessForm, fairness
from asnpolicy.policy.surface.figures import FigureForm
from asnpolicy.policy.surface.holidays import HolidaysForm, holidays
from asnpolicy.policy.surface.names import Name, name_of, names_of
from asnpolicy.policy.surface.rules import (
    PERMISSIONS,
    RULE_SECTIONS,
    AdditionForm,
    AnyRule,
    AwardForm,
    DutyForm,
    LeavingForm,
    MentoringForm,
    PromotionForm,
    RuleSection,
    addition,
    rule,
)
from asnpolicy.policy.surface.sources import SourceForm, source
from asnpolicy.policy.surface.tables import TableChange, TableForm
from asnpolicy.policy.surface.values import ValueForm
from asnpolicy.policy.surface.walk import walk
from asnpolicy.problems import Place, Problems, write
from asnpolicy.text import Message, phrase

FORMAT = 1
TopWord: TypeAlias = Choice[
    "format", "region", "title", "extends", "sources", "regions_may_add", "fairness", "holidays", "values", "tables", "conditions", "figures",
    "promotions", "awards", "duties", "mentoring", "leaving", "typical", "cases",
]  # fmt: skip
TOP: tuple[TopWord, ...] = get_args(TopWord)
TESTED = ("typical", "cases")
"""What only the tests of a policy need: it is read when they are run or checked."""
SECTIONS = TOP[TOP.index("values") :]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Declared(Generic[T]):
    """A name with what is written under it, and the region that wrote it; None where it could not be read."""

    name: str
    form: T | None
    place: Place
    region: str


Section: TypeAlias = dict[str, Declared[T]]


@dataclass(frozen=True, slots=True)
class Inherited:
    """What the bases of a region declare: it decides what a name means in the region's own files."""

    names: frozenset[tuple[str, str]] = frozenset()
    """Section and name of each declaration."""
    histories: tuple[tuple[str, str], ...] = ()
    """The figures that are worked out for the records of a history."""
    law: str = ""
    """A source that they declare."""


NOTHING_INHERITED = Inherited()


@dataclass(slots=True, kw_only=True)
class Documents:
    """All that the files of one region declare."""

    region: str
    title: Text | None
    extends: Name | None
    sources: dict[str, SourceForm]
    regions_may_add: tuple[str, ...]
    fairness: tuple[FairnessForm, ...] = ()
    """What each of the files promises."""
    holidays: dict[int, HolidaysForm] = field(default_factory=dict)
    """The public holidays of each year."""
    files: Lookup[str, bytes]
    whole: bool
    """False when a file could not be read at all, so that what it declares is missing."""
    values: Section[ValueForm] = field(default_factory=dict)
    tables: Section[TableForm | TableChange] = field(default_factory=dict)
    conditions: Section[SharedForm] = field(default_factory=dict)
    figures: Section[FigureForm] = field(default_factory=dict)
    promotions: Section[PromotionForm | AdditionForm] = field(default_factory=dict)
    awards: Section[AwardForm | AdditionForm] = field(default_factory=dict)
    duties: Section[DutyForm | AdditionForm] = field(default_factory=dict)
    mentoring: Section[MentoringForm | AdditionForm] = field(default_factory=dict)
    leaving: Section[LeavingForm | AdditionForm] = field(default_factory=dict)
    histories: tuple[tuple[str, str], ...] = ()
    """The figures that are worked out for the records of a history, those of the bases too."""

    @property
    def sections(self) -> dict[str, dict[str, Declared[Any]]]:
        """Return the declarations of each section, by name."""
        return {section: getattr(self, section) for section in SECTIONS if section not in TESTED}

    def declared(self, section: str) -> dict[str, Declared[Any]]:
        """Return the declarations of one section, by name."""
        found: dict[str, Declared[Any]] = getattr(self, section)
        return found

    def rules(self, section: str) -> dict[str, Declared[AnyRule]]:
        """Return the rules of a section, by name."""
        found: dict[str, Declared[AnyRule]] = getattr(self, section)
        return found

    def inherited(self, below: Inherited) -> Inherited:
        """Return what a region that extends this one inherits."""
        names = {(section, name) for section, declared in self.sections.items() for name in declared}
        return Inherited(below.names | names, self.histories, next(iter(self.sources), below.law))

    def days(self) -> frozenset[date]:
        """Return every day on which a value, a table, a rule or a part of one begins or ends."""
        sections = (self.declared(name) for name in ("values", "tables", *RULE_SECTIONS))
        forms = (declared.form for section in sections for declared in section.values())
        spans = (part for form in forms for part in walk(form) if isinstance(part, Span))
        return frozenset(day for span in spans for day in (span.since, span.until)) - {BEGINNING, OPEN}


# Opening the files of a region


@dataclass(frozen=True, slots=True, eq=False)
class OpenFiles:
    """The files of a region, opened: what stands at their heads is read, what their sections hold is not yet."""

    documents: Documents
    sections: Lookup[str, dict[str, RawEntry]]


def open_files(region: str, files: Lookup[str, bytes], problems: Problems) -> OpenFiles:
    """Open all files of a region; every mistake is noted, and none hides another file's."""
    documents = Documents(
        region=region, title=None, extends=None, sources={}, regions_may_add=(), files=files, whole=True
    )  # fmt: skip
    sections: dict[str, dict[str, RawEntry]] = {section: {} for section in SECTIONS}
    for name in sorted(files):
        tree = read(name, files[name], problems, without=TESTED)
        documents.whole = documents.whole and tree is not None
        if tree is not None:
            problems.law = next(iter(documents.sources), None) or _first_source(tree) or problems.law
            keys(tree, TOP, Text("berkas kebijakan", "a policy file"), problems)
            _Head(documents, problems).read(tree)
            gather(tree, sections, problems)
    return OpenFiles(documents, sections)


def _first_source(tree: Mapping) -> str | None:
    """Return the first source that a file declares."""
    node = tree.entries["sources"].value if "sources" in tree.entries else None
    return next(iter(node.entries), None) if isinstance(node, Mapping) else None


def gather(tree: Mapping, sections: dict[str, dict[str, RawEntry]], problems: Problems) -> bool:
    """Add what a file declares in each section; a name is declared once. Tell whether all could be read."""
    whole = True
    for section, known in sections.items():
        node = tree.entries[section].value if section in tree.entries else None
        mapping = as_mapping(node, problems) if node is not None else None
        whole = whole and (node is None or mapping is not None)
        for name, entry in mapping.entries.items() if mapping else ():
            other = known.setdefault(name, entry)
            if other is not entry:
                message = phrase(
                    en="`{name}` is already declared in {other}",
                    id="`{name}` sudah dinyatakan di {other}",
                    name=name,
                    other=other.key.place,
                )
                help = phrase(
                    en="give one of them another name, or make them one",
                    id="beri salah satunya nama lain, atau jadikan satu",
                )
                problems.add("declared-twice", message, entry.key.place, help)
    return whole


@dataclass(frozen=True, slots=True)
class _Head:
    documents: Documents
    problems: Problems

    def read(self, tree: Mapping) -> None:
        self.format(tree)
        self.region(tree)
        self.title(tree)
        if "extends" in tree.entries:
            self.extends(tree.entries["extends"].value)
        if "regions_may_add" in tree.entries:
            self.may_add(tree.entries["regions_may_add"].value)
        if "fairness" in tree.entries:
            self.documents.fairness += (fairness(tree.entries["fairness"].value, self.problems),)
        if "holidays" in tree.entries:
            self.holidays(tree.entries["holidays"].value)
        if "sources" in tree.entries:
            self.sources(tree.entries["sources"].value)

    def format(self, tree: Mapping) -> None:
        if "format" not in tree.entries:
            self.missing(
                "format",
                tree.place,
                phrase(
                    en="begin the file with `format: {format}`",
                    id="awali berkas dengan `format: {format}`",
                    format=FORMAT,
                ),
            )
            return
        node = tree.entries["format"].value
        number = as_whole(node, self.problems)
        if number is not None and number != FORMAT:
            message = phrase(
                en="format `{number}` is not known to this version",
                id="format `{number}` tidak dikenal oleh versi ini",
                number=number,
            )
            self.problems.add(
                "format",
                message,
                node.place,
                phrase(en="write `format: {format}`", id="tulis `format: {format}`", format=FORMAT),
            )

    def region(self, tree: Mapping) -> None:
        own = self.documents.region
        if "region" not in tree.entries:
            self.missing("region", tree.place, write(f"region: {own}"))
            return
        node = tree.entries["region"].value
        name = as_text(node, self.problems)
        if name is not None and name != own:
            message = phrase(
                en="the file says it belongs to `{name}`, but it lies in the folder of `{own}`",
                id="berkas ini menyatakan milik `{name}`, padahal berada di folder `{own}`",
                name=name,
                own=own,
            )
            self.problems.add(
                "region-name",
                message,
                node.place,
                phrase(
                    en="write `region: {own}`, or move the file",
                    id="tulis `region: {own}`, atau pindahkan berkasnya",
                    own=own,
                ),
            )

    def title(self, tree: Mapping) -> None:
        if "title" in tree.entries:
            title = text_of(tree.entries["title"].value, self.problems)
            self.documents.title = self.documents.title or title
        else:
            self.missing("title", tree.place, write(titled(self.documents.region)))

    def extends(self, node: RawNode) -> None:
        base, given = name_of(node, self.problems), self.documents.extends
        if base is not None and given is not None and given.text != base.text:
            message = phrase(
                en="this file extends `{base}`, but {given} extends `{given2}`",
                id="berkas ini memperluas `{base}`, padahal {given} memperluas `{given2}`",
                base=base.text,
                given=given.place,
                given2=given.text,
            )
            self.problems.add(
                "two-bases",
                message,
                node.place,
                phrase(
                    en="a region has one base: write `extends: {given}` in all of its files", id="satu daerah punya satu aturan dasar: tulis `extends: {given}` di semua berkasnya", given=given.text
                ),
            )
        elif base is not None:
            self.documents.extends = base

    def sources(self, node: RawNode) -> None:
        mapping = as_mapping(node, self.problems)
        for name, entry in mapping.entries.items() if mapping else ():
            form = source(entry.value, self.problems)
            if form is not None and self.documents.sources.setdefault(name, form).name != form.name:
                message = phrase(
                    en="the source `{name}` is another one in another file",
                    id="sumber `{name}` lain bunyinya di berkas lain",
                    name=name,
                )
                help = phrase(
                    en="give one of them another short name, or write the same title",
                    id="beri salah satunya singkatan lain, atau tulis judul yang sama",
                )
                self.problems.add("declared-twice", message, entry.key.place, help)

    def holidays(self, node: RawNode) -> None:
        for form in holidays(node, self.problems):
            other = self.documents.holidays.setdefault(form.year, form)
            if other is not form:
                message = phrase(
                    en="the holidays of {year} are already declared in {other}",
                    id="hari libur {year} sudah dinyatakan di {other}",
                    year=form.year,
                    other=other.place,
                )
                help = phrase(en="write them in one place", id="tulis di satu tempat saja")
                self.problems.add("declared-twice", message, form.place, help)

    def may_add(self, node: RawNode) -> None:
        words = names_of(node, self.problems)
        for word in words:
            if word.text not in PERMISSIONS:
                message = phrase(
                    en="`{word}` is not a section that regions may add to",
                    id="`{word}` bukan bagian yang boleh ditambah daerah",
                    word=word.text,
                )
                self.problems.add(
                    "wrong-value",
                    message,
                    node.place,
                    phrase(
                        en="name one of: {permissions}",
                        id="sebut salah satu: {permissions}",
                        permissions=", ".join(PERMISSIONS),
                    ),
                )
        self.documents.regions_may_add += tuple(word.text for word in words)

    def missing(self, word: str, place: Place, help: Message) -> None:
        self.problems.add(
            "missing-key",
            phrase(en="a policy file needs `{word}`", id="berkas kebijakan memerlukan `{word}`", word=word),
            place,
            help,
        )


# Reading what they declare


def read_documents(opened: OpenFiles, inherited: Inherited, problems: Problems) -> Documents:
    """Read what the opened files of a region declare, on top of what it inherits."""
    own = ((name, figures.history_of(entry.value)) for name, entry in opened.sections["figures"].items())
    histories = dict(inherited.histories) | {name: history for name, history in own if history is not None}
    problems.law = next(iter(opened.documents.sources), None) or inherited.law or problems.law
    reading = _Reading(opened, inherited, histories, problems)
    documents = replace(opened.documents, histories=tuple(histories.items()))
    documents.values = reading.section("values", lambda e: values.value(e.key.text, e.value, problems))
    documents.tables = reading.section("tables", reading.table)
    documents.conditions = reading.section(
        "conditions", lambda e: criteria.shared(e.key.text, e.key.place, e.value, problems)
    )
    documents.figures = reading.section("figures", reading.figure)
    for section in RULE_SECTIONS:
        setattr(documents, section, reading.section(section, partial(reading.rule, section)))
    return documents


@dataclass(frozen=True, slots=True)
class _Reading:
    opened: OpenFiles
    inherited: Inherited
    histories: Lookup[str, str]
    problems: Problems

    def section(self, section: str, read: Callable[[RawEntry], T | None]) -> Section[T]:
        region = self.opened.documents.region
        entries = self.opened.sections[section].items()
        return {name: Declared(name, read(entry), entry.key.place, region) for name, entry in entries}

    def inherits(self, section: str, entry: RawEntry) -> bool:
        return (section, entry.key.text) in self.inherited.names

    def table(self, entry: RawEntry) -> TableForm | TableChange | None:
        read = tables.change if self.inherits("tables", entry) else tables.table
        return read(entry.key.text, entry.value, self.problems)

    def figure(self, entry: RawEntry) -> FigureForm | None:
        return figures.figure(entry.key.text, entry.key.place, entry.value, self.histories, self.problems)

    def rule(self, section: RuleSection, entry: RawEntry) -> AnyRule | None:
        read = addition if self.inherits(section, entry) else rule
        return read(section, entry, self.problems)
