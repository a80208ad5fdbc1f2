"""Merged: a region's declarations joined to its base's, within the bounds that the base sets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from asnpolicy.language.daycount import Holidays
from asnpolicy.language.rules import Standing, Text
from asnpolicy.policy.bounds import within_bound
from asnpolicy.policy.dated import Span, Version
from asnpolicy.policy.surface.about import Basis
from asnpolicy.policy.surface.criteria import SharedForm
from asnpolicy.policy.surface.documents import Declared, Documents
from asnpolicy.policy.surface.figures import FigureForm
from asnpolicy.policy.surface.literals import decimals
from asnpolicy.policy.surface.rules import RULE_SECTIONS, AdditionForm, LeavingForm
from asnpolicy.policy.surface.sources import SourceForm
from asnpolicy.policy.surface.tables import TableChange, TableForm
from asnpolicy.policy.surface.values import ValueVersion
from asnpolicy.policy.tables import Table, laid_over
from asnpolicy.problems import Problems
from asnpolicy.text import Citation, in_both


@dataclass(slots=True)
class Merged:
    """The documents of a region and of all that it extends, nearest first."""

    chain: tuple[Documents, ...]
    problems: Problems
    lawful: bool = False
    """Whether what has no basis in law is left out: regions' values and cells fall back to the base's."""
    _values: dict[str, list[Version[ValueVersion]]] = field(default_factory=dict)
    _tables: dict[str, Table] = field(default_factory=dict)
    _names: dict[str, frozenset[str]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Merged({' on '.join(one.region for one in self.chain)})"

    @property
    def region(self) -> str:
        """Return the name of the region itself."""
        return self.chain[0].region

    def names(self, section: str) -> frozenset[str]:
        """Return all names that a section declares, here or in the base."""
        if section not in self._names:
            self._names[section] = frozenset(name for d in self.chain for name in d.declared(section))
        return self._names[section]

    def layers(self, section: str, name: str) -> list[Declared[Any]]:
        """Return what each region declares under a name, base-most first."""
        found = (d.declared(section).get(name) for d in reversed(self.chain))
        return [one for one in found if one is not None]

    def declared(self, section: str, name: str) -> Declared[Any] | None:
        """Return the base-most declaration of a name: what a region adds comes on top of it."""
        return next(iter(self.layers(section, name)), None)

    def source(self, id: str) -> str | None:
        """Return the name of a source by its short name."""
        found = self.source_form(id)
        return None if found is None else found.name

    def source_form(self, id: str) -> SourceForm | None:
        """Return what is said of a source, by its short name."""
        return next((d.sources[id] for d in self.chain if id in d.sources), None)

    def source_names(self) -> list[str]:
        """Return the short names of the sources, the region's own first."""
        return list(dict.fromkeys(name for d in self.chain for name in d.sources))

    @property
    def holidays(self) -> Holidays:
        """Return the holidays of the years that are published, of the bases too."""
        forms = [form for d in self.chain for form in d.holidays.values()]
        days = {day for form in forms for day in form.days}
        return Holidays(tuple(sorted(days)), tuple(sorted({form.year for form in forms})))

    def citation(self, basis: Basis | None) -> str:
        """Return a legal basis as people cite it: the title of the source, and the article."""
        source = self.source(basis.short) if basis else None
        if basis is None or source is None:
            return basis.text if basis else ""
        if not basis.article:
            return source
        between, named = " " if basis.article.startswith("(") else ", ", in_both(source)
        return Citation.of(f"{named.id}{between}{basis.article}", f"{named.en}{between}{basis.article}")

    # Rules

    def rule_names(self) -> frozenset[str]:
        """Return the names of all rules."""
        return frozenset().union(*(self.names(section) for section in RULE_SECTIONS))

    def events(self) -> list[LeavingForm]:
        """Return the events by which somebody leaves the service."""
        found = (self.declared("leaving", name) for name in sorted(self.names("leaving")))
        forms = [one.form for one in found if one is not None and isinstance(one.form, LeavingForm)]
        return [form for form in forms if not (self.lawful and form.standing == "illustrative")]

    def standing_of_rule(self, name: str) -> Standing:
        """Return how a rule stands in law."""
        declared = next((found for section in RULE_SECTIONS if (found := self.declared(section, name))), None)
        form = declared.form if declared else None
        return getattr(form, "standing", None) or "in_force"

    def title_of_rule(self, name: str) -> Text:
        """Return what a rule is called; its name where it has no title."""
        declared = next((found for section in RULE_SECTIONS if (found := self.declared(section, name))), None)
        title = getattr(declared.form, "title", None) if declared else None
        return title if isinstance(title, Text) else Text(name, name)

    def additions(self, section: str, name: str) -> list[AdditionForm]:
        """Return what regions add to a rule of their base, base-most first."""
        return [one.form for one in self.layers(section, name) if isinstance(one.form, AdditionForm)]

    def tagged(self, tag: str) -> list[str]:
        """Return the duties that carry a tag."""
        return [name for name in self.names("duties") if tag in self._tags(name)]

    def tags(self) -> frozenset[str]:
        """Return the tags that duties carry."""
        return frozenset(tag for name in self.names("duties") for tag in self._tags(name))

    def _tags(self, name: str) -> tuple[str, ...]:
        declared = self.declared("duties", name)
        form = declared.form if declared else None
        return tuple(tag.text for tag in form.tags) if form is not None else ()

    # Shared conditions and figures

    def shared(self, name: str) -> SharedForm | None:
        """Return a shared condition; None when there is none of that name, or it could not be read."""
        declared = self.declared("conditions", name)
        form: SharedForm | None = declared.form if declared else None
        return form

    def figure(self, name: str) -> FigureForm | None:
        """Return a figure; None when there is none of that name, or it could not be read."""
        declared = self.declared("figures", name)
        form: FigureForm | None = declared.form if declared else None
        return form

    def figure_label(self, name: str) -> Text:
        """Return the title of a figure."""
        form = self.figure(name)
        return form.title if form else Text(name, name)

    def figure_unit(self, name: str) -> Text | None:
        """Return the unit of a figure; None when it has none."""
        form = self.figure(name)
        return form.unit if form else None

    # Values

    def value_versions(self, name: str) -> list[Version[ValueVersion]] | None:
        """Return the versions of a value, the region's own laid over the base's; None when there is no such value."""
        if name not in self.names("values"):
            return None
        if name not in self._values:
            self._values[name] = self._value_versions(name)
        return self._values[name]

    def _value_versions(self, name: str) -> list[Version[ValueVersion]]:
        result: list[Version[ValueVersion]] = []
        for documents in reversed(self.chain):
            declared = documents.values.get(name)
            if declared is not None and declared.form is not None:
                own = (
                    [_standing(version) for version in declared.form.versions]
                    if result
                    else list(declared.form.versions)
                )
                _within_bounds(name, own, result, self.problems)
                kept = [one for one in own if one.what.standing != "illustrative"] if self.lawful and result else own
                result = _over(kept, result)
        return result

    def decimals_of_value(self, name: str) -> int:
        """Return the decimal places that a value is written with."""
        return max((decimals(version.what.value) for version in self.value_versions(name) or ()), default=0)

    # Tables

    def table(self, name: str) -> Table | None:
        """Return a table with its versions; None when there is no such table."""
        if name not in self.names("tables"):
            return None
        if name not in self._tables:
            self._tables[name] = self._table(name)
        return self._tables[name]

    def _table(self, name: str) -> Table:
        first, *others = [declared.form for declared in self.layers("tables", name)]
        changes = [form for form in others if isinstance(form, TableChange)]
        return (
            laid_over(name, first, changes, self.problems, lawful=self.lawful)
            if isinstance(first, TableForm)
            else Table((), [])
        )

    def decimals_of_table(self, name: str) -> int:
        """Return the decimal places that the cells of a table are written with."""
        found = self.table(name)
        versions = [version.what for version in found.versions] if found else []
        cells = [row.value for version in versions for row in version.cells(None)]
        cells += [version.otherwise for version in versions if version.otherwise is not None]
        return max(map(decimals, cells), default=0)


def _standing(own: Version[ValueVersion]) -> Version[ValueVersion]:
    """Return a region's version of a value with its standing: one without a basis of its own has none in law."""
    said = own.what
    standing = said.standing or ("in_force" if said.basis is not None else "illustrative")
    return replace(own, what=replace(said, standing=standing))


def _over(own: list[Version[ValueVersion]], base: list[Version[ValueVersion]]) -> list[Version[ValueVersion]]:
    """Lay a region's versions over the base's."""
    left = list(base)
    for version in own:
        kept: list[Version[ValueVersion]] = []
        for old in left:
            before = old.span.cut(Span(date.min, version.span.since))
            after = old.span.cut(Span(version.span.until, date.max))
            kept += [replace(old, span=part) for part in (before, after) if part]
        left = kept
    return sorted([*left, *own], key=lambda v: v.span.since)


def _within_bounds(
    name: str, own: list[Version[ValueVersion]], base: list[Version[ValueVersion]], problems: Problems
) -> None:
    """Hold a region's value to what the base lets regions choose."""
    for mine in own:
        for theirs in base:
            if mine.span.cut(theirs.span):
                within_bound(name, mine.what.value, theirs.what.region_may, theirs.place, problems)
