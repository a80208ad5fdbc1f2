"""Pages: the policy of each region as a document for people, written from the loaded rules."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from asnpolicy.language.rules import Text
from asnpolicy.policy import library
from asnpolicy.policy.cases import typical_places
from asnpolicy.policy.policy import Policy
from asnpolicy.policy.surface.documents import Declared
from asnpolicy.policy.surface.rules import RULE_SECTIONS, AdditionForm, AnyRule, RuleSection
from asnpolicy.policy.surface.words import MEANINGS
from asnpolicy.report.catalogue import catalogue_page
from asnpolicy.report.facts import facts_page
from asnpolicy.report.footing import footing_page
from asnpolicy.report.links import Links
from asnpolicy.report.lookups import WRITTEN, Lookups
from asnpolicy.report.markdown import both, joined, table
from asnpolicy.report.rulebook import CHANGED, Rulebook
from asnpolicy.report.sentences import Sentences
from asnpolicy.report.support import support_page
from asnpolicy.report.tables import tables_page
from asnpolicy.report.wording import said
from asnpolicy.text import in_both

HERE = Path("docs") / "reference"
COMMAND = "python -m asnpolicy.report.pages"
_GENERATED = f"<!-- Ditulis oleh `{COMMAND}` dari berkas kebijakan: jangan disunting di sini. -->"
_OF_THE_LANGUAGE = f"<!-- Ditulis oleh `{COMMAND}` dari bahasa kebijakan: jangan disunting di sini. -->"
_OF_PEOPLE = f"<!-- Ditulis oleh `{COMMAND}` dari katalog temuan: jangan disunting di sini. -->"
_HOW = Text(
    "Halaman ini menuliskan aturan sebagaimana dibaca mesin, pada semua masa berlakunya. Setiap syarat menyebut apa yang "
    "dituntut, dasarnya, dan baris tempat ia tertulis. Semua butir di bawah satu judul harus terpenuhi, kecuali disebut lain. Data yang tidak diserahkan "
    "tidak pernah menjadi ya atau tidak: hasilnya “belum dapat ditentukan”. Hasil yang baik berarti memenuhi syarat untuk "
    "diusulkan, bukan hak.",
    "This page writes out the rules as the engine reads them, for all the time they were in force. Each criterion says what it "
    "asks, its basis, and the line it is written in. All that stands under one heading must hold, unless it says otherwise. Data that were not delivered never "
    "become a yes or a no: the outcome is “undetermined”. A good outcome means that a person may be proposed, and is never a "
    "right.",
)
_REGION = Text(
    "Aturan yang diwarisi berlaku di sini seluruhnya dan tertulis pada halaman asalnya; yang tertulis di sini hanyalah yang "
    "ditambahkan atau diubah daerah ini.",
    "Inherited rules hold here as a whole and are written on the page they come from; only what this region adds or changes "
    "is written here.",
)
_EXTENDS = Text("Berdiri di atas", "Extends")
_MAY_ADD = Text("Daerah boleh menambah aturan sendiri pada", "Regions may add rules of their own to")
_PARTS = {
    "own": Text("Aturan daerah ini sendiri", "Rules of this region's own"),
    "added": Text("Tambahan pada aturan yang diwarisi", "Added to inherited rules"),
    "inherited": Text("Aturan yang diwarisi tanpa tambahan", "Inherited rules without additions"),
    "contents": Text("Isi", "Contents"),
    "sources": Text("Sumber", "Sources"),
    "year": Text("Tahun", "Year"),
    "days": Text("Hari libur", "Days off"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """The page of one region."""

    policy: Policy
    say: Sentences
    links: Links
    rules: Rulebook
    lookups: Lookups

    @classmethod
    def of(cls, policy: Policy, policies: str) -> Page:
        """Make the page of a policy; `policies` is the way from the page to the folder of policies."""
        links = Links.of(policy.merged, policies)
        say = Sentences(policy=policy.merged, find=links.find, scopes=(("opening", "opening"),))
        return cls(policy, say, links, Rulebook.of(policy, say, links), Lookups(say, links))

    def text(self) -> str:
        """Return the page."""
        lines = [f"# {both(self.policy.title)}", "", _GENERATED, "", *self._head(), *self._contents()]
        for rules in RULE_SECTIONS:
            lines += self._rules(rules)
        for section, write in (
            ("values", self.lookups.value), ("tables", self.lookups.table), ("figures", self.lookups.figure),
        ):  # fmt: skip
            names = sorted(self.policy.merged.chain[0].sections[section])
            if names:
                lines += [f"## {both(MEANINGS[section])}", "", *(line for name in names for line in write(name))]
        return "\n".join([*lines, *self._people(), *self._holidays(), *self._sources()]).rstrip() + "\n"

    def _head(self) -> list[str]:
        bases = [d.region for d in self.policy.merged.chain[1:]]
        may = [MEANINGS[section] for d in self.policy.merged.chain[:1] for section in d.regions_may_add]
        said = [_HOW, _REGION] if bases else [_HOW]
        lines = [line for text in said for line in (text.id, "", f"*{text.en}*", "")]
        if bases:
            lines += [f"{both(_EXTENDS)}: {', '.join(f'[{name}]({name}.md)' for name in bases)}", ""]
        return [*lines, f"{both(_MAY_ADD)}: {both(joined(may))}", ""] if may else lines

    # Which rules are whose

    def own(self, section: RuleSection) -> list[Declared[AnyRule]]:
        """Return the rules that this region declares first."""
        return [d for d in self._declared(section) if not isinstance(d.form, AdditionForm)]

    def added(self, section: RuleSection) -> list[Declared[AnyRule]]:
        """Return what this region adds to rules of its base."""
        return [d for d in self._declared(section) if isinstance(d.form, AdditionForm)]

    def _declared(self, section: RuleSection) -> list[Declared[AnyRule]]:
        return list(self.policy.merged.chain[0].rules(section).values())

    def _inherited(self, section: str) -> list[str]:
        own = self.policy.merged.chain[0].sections[section]
        return sorted(self.policy.merged.names(section) - set(own))

    # The parts of the page

    def _contents(self) -> list[str]:
        lines = [f"## {both(_PARTS['contents'])}", ""]
        for section in RULE_SECTIONS:
            declared = [*self.own(section), *self.added(section)]
            if declared:
                lines.append(f"- {both(MEANINGS[section])}")
                lines += [f"  - {self._linked(section, d.name, self.links.here(section, d.name))}" for d in declared]
        return [*lines, ""]

    def _linked(self, section: str, name: str, href: str) -> str:
        title = self.say.title(section, name)
        return f"[{title.id}]({href}) · *{title.en}*"

    def _inherited_line(self, section: str, name: str) -> str:
        """Link to an inherited rule, and name the values and tables of this region that it uses."""
        changed = self.links.changed(name)
        line = f"- {self._linked(section, name, self.links.find(section, name))}"
        return f"{line} — {both(CHANGED)}: {changed}" if changed else line

    def _rules(self, section: RuleSection) -> list[str]:
        lines: list[str] = []
        for kind, declared, write in (
            ("own", self.own(section), self.rules.rule), ("added", self.added(section), self.rules.addition),
        ):  # fmt: skip
            for one in declared:
                lines += [*(self._part(kind) if one is declared[0] else ()), *write(section, one)]
        inherited = self._inherited(section)
        if inherited:
            lines += [*self._part("inherited"), *(self._inherited_line(section, name) for name in inherited), ""]
        return [f"## {both(MEANINGS[section])}", "", *lines] if lines else []

    def _part(self, kind: str) -> list[str]:
        """Tell a region's own rules from those that it inherits; the base has only its own."""
        return [f"**{_PARTS[kind].id}** · *{_PARTS[kind].en}*", ""] if len(self.policy.merged.chain) > 1 else []

    def _people(self) -> list[str]:
        """List the typical people that a case may be `like`, each with the line that says who it is."""
        people = typical_places(self.policy)
        rows = [[f"`{name}`", self.links.file(place)] for name, place in people]
        head = ["", both(WRITTEN)]
        return [f"## {both(MEANINGS['typical'])}", "", *table(head, rows), ""] if rows else []

    def _holidays(self) -> list[str]:
        """List the days off of each year, by which working days are counted."""
        merged = self.policy.merged
        forms = [merged.chain[0].holidays[year] for year in sorted(merged.chain[0].holidays)]
        rows = [[str(one.year), both(joined(map(said, one.days))), both(in_both(merged.citation(one.basis)))] for one in forms]
        head = [*map(both, (_PARTS["year"], _PARTS["days"], MEANINGS["basis"]))]
        return [f"## {both(MEANINGS['holidays'])}", "", *table(head, rows), ""] if rows else []

    def _sources(self) -> list[str]:
        found = self.policy.merged.chain[0].sources
        rows = [[f"`{name}`", both(in_both(form.name))] for name, form in found.items()]
        return [f"## {both(_PARTS['sources'])}", "", *table(["", both(_PARTS["sources"])], rows)] if rows else []


# All pages


def pages(out: Path = HERE, regions: Iterable[str] = ()) -> dict[str, str]:
    """Return the page of each region, the pages of the language, and the index of all reference pages: file names with their texts."""
    loaded = [library.load(name) for name in (tuple(regions) or library.regions())]
    policies = Path(os.path.relpath(library.shipped(), out)).as_posix()
    written = {f"{policy.region}.md": Page.of(policy, policies) for policy in _base_first(loaded)}
    found = {name: page.text() for name, page in written.items()}
    facts = {"facts.md": facts_page(_OF_THE_LANGUAGE), "findings.md": catalogue_page(_OF_PEOPLE)}
    facts["tables.md"] = tables_page(_OF_PEOPLE.replace("katalog temuan", "model pegawai"))
    facts["footing.md"] = footing_page(_base_first(loaded), _GENERATED)
    facts["back-ends.md"] = support_page(_base_first(loaded), _GENERATED)
    return found | facts | {"README.md": _index(out, written, facts)}


def pages_of(region: str | Path, out: Path) -> dict[str, str]:
    """Return the page of one region, and those of all that it extends: file names with their texts."""
    policy = library.load(region)
    found = {}
    for path in policy.paths:
        one = library.load(path)
        found[f"{one.region}.md"] = Page.of(one, Path(os.path.relpath(path.parent, out)).as_posix()).text()
    return found


def _base_first(policies: Sequence[Policy]) -> list[Policy]:
    return sorted(policies, key=lambda policy: (len(policy.merged.chain), policy.region))


def _index(out: Path, written: dict[str, Page], facts: dict[str, str]) -> str:
    """Write the index: the regions, then every other page of the folder by its own heading."""
    rows = [_index_row(name, page) for name, page in written.items()]
    head = ["Kebijakan · *Policy*", *(both(MEANINGS[section]) for section in RULE_SECTIONS)]
    known = {path.name: path.read_text(encoding="utf-8") for path in out.glob("*.md")} | facts
    others = sorted((name, text) for name, text in known.items() if name not in {*written, "README.md"})
    lines = [
        "# Rujukan · *Reference*",
        "",
        _GENERATED,
        "",
        "## Kebijakan sebagai dokumen · *Policies as documents*",
        "",
    ]
    lines += [*table(head, rows), "", _COUNTS, "", "## Halaman lain · *Other pages*", ""]
    lines += [f"- [{_heading(text)}]({name})" for name, text in others]
    return "\n".join([*lines, "", _AGAIN.format(COMMAND)]) + "\n"


_COUNTS = """\
Aturan sendiri + tambahan pada aturan yang diwarisi. *Rules of its own + additions to inherited rules.*"""
_AGAIN = "Halaman kebijakan ditulis ulang dengan · *The pages of policies are written again by*: `{}`"


def _index_row(name: str, page: Page) -> list[str]:
    counts = [(len(page.own(section)), len(page.added(section))) for section in RULE_SECTIONS]
    shown = [f"{own} + {added}" if added else str(own) for own, added in counts]
    return [f"[{page.policy.title.id}]({name}) · *{page.policy.title.en}*", *shown]


def _heading(text: str) -> str:
    return text.splitlines()[0].removeprefix("# ")


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the pages into a folder."""
    parser = argparse.ArgumentParser(prog=COMMAND, description="Write the reference page of each region.")
    parser.add_argument("-o", "--out", type=Path, default=HERE, help="folder to write into (docs/reference)")
    out = parser.parse_args(arguments).out
    out.mkdir(parents=True, exist_ok=True)
    for name, text in pages(out).items():
        (out / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
