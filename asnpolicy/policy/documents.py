"""Documents: the files of one region, read into named declarations with their places."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from hashlib import sha256

from asnpolicy.language.rules import Text
from asnpolicy.policy.source.events import read
from asnpolicy.policy.source.scalars import as_text, as_whole
from asnpolicy.policy.source.shapes import as_mapping, keys
from asnpolicy.policy.source.tree import Mapping, Node, Sequence
from asnpolicy.problems import Place, Problems

FORMAT = 1
RULE_SECTIONS = ("promotions", "awards", "duties", "mentoring")
PERMISSIONS = ("promotions", "awards", "mentoring")
"""What grants something: a region adds one only within the base's, or where the base says that it may."""
SECTIONS = ("values", "tables", "conditions", "figures", *RULE_SECTIONS, "typical", "cases")
TOP = ("format", "region", "title", "extends", "sources", "regions_may_add", *SECTIONS)


@dataclass(frozen=True, slots=True)
class Declared:
    """A name with what is written under it, and the region that wrote it."""

    name: str
    node: Node
    place: Place
    region: str


@dataclass(slots=True)
class Documents:
    """All that the files of one region declare."""

    region: str
    title: Text | None = None
    extends: tuple[str, Place] | None = None
    sources: dict[str, str] = field(default_factory=dict)
    regions_may_add: tuple[str, ...] = ()
    sections: dict[str, dict[str, Declared]] = field(default_factory=lambda: {name: {} for name in SECTIONS})
    digest: str = ""
    whole: bool = True
    """False when a file could not be read at all, so that what it declares is missing."""


def read_documents(region: str, files: Lookup[str, bytes], problems: Problems) -> Documents:
    """Read all files of a region; every mistake is noted, and none hides another file's."""
    documents = Documents(region)
    seen = sha256()
    for name in sorted(files):
        seen.update(name.encode() + b"\0" + sha256(files[name]).digest())
        tree = read(name, files[name], problems)
        documents.whole = documents.whole and tree is not None
        if tree is not None:
            _Reading(documents, name, problems).document(tree)
    documents.digest = seen.hexdigest()
    return documents


@dataclass(frozen=True, slots=True)
class _Reading:
    documents: Documents
    file: str
    problems: Problems

    def document(self, tree: Mapping) -> None:
        keys(tree, TOP, "a policy file", self.problems)
        self._format(tree)
        self._region(tree)
        self._title(tree)
        self._extends(tree)
        self._sources(tree)
        for section in SECTIONS:
            if section in tree.entries:
                self._section(section, tree.entries[section].value)

    def _format(self, tree: Mapping) -> None:
        if "format" not in tree.entries:
            self._missing("format", tree.place, f"begin the file with `format: {FORMAT}`")
            return
        node = tree.entries["format"].value
        number = as_whole(node, self.problems)
        if number is not None and number != FORMAT:
            self.problems.add(
                "format", f"format `{number}` is not known to this version", node.place, f"write `format: {FORMAT}`"
            )

    def _region(self, tree: Mapping) -> None:
        if "region" not in tree.entries:
            self._missing("region", tree.place, f"write `region: {self.documents.region}`")
            return
        node = tree.entries["region"].value
        name = as_text(node, self.problems)
        if name is not None and name != self.documents.region:
            self.problems.add(
                "region-name",
                f"the file says it belongs to `{name}`, but it lies in the folder of `{self.documents.region}`",
                node.place,
                f"write `region: {self.documents.region}`, or move the file",
            )

    def _title(self, tree: Mapping) -> None:
        if "title" in tree.entries:
            title = text_of(tree.entries["title"].value, self.problems)
            self.documents.title = self.documents.title or title
        else:
            self._missing("title", tree.place, "write `title: {id: …, en: …}`")

    def _extends(self, tree: Mapping) -> None:
        if "extends" not in tree.entries:
            return
        node = tree.entries["extends"].value
        base = as_text(node, self.problems)
        given = self.documents.extends
        if base is not None and given is not None and given[0] != base:
            self.problems.add(
                "two-bases",
                f"this file extends `{base}`, but {given[1]} extends `{given[0]}`",
                node.place,
                "a region has one base",
            )
        elif base is not None:
            self.documents.extends = (base, node.place)

    def _sources(self, tree: Mapping) -> None:
        if "regions_may_add" in tree.entries:
            self._may_add(tree.entries["regions_may_add"].value)
        if "sources" not in tree.entries:
            return
        mapping = as_mapping(tree.entries["sources"].value, self.problems)
        for name, entry in mapping.entries.items() if mapping else ():
            text = as_text(entry.value, self.problems)
            if text is not None and self.documents.sources.setdefault(name, text) != text:
                self.problems.add(
                    "declared-twice",
                    f"the source `{name}` is another one in another file",
                    entry.key.place,
                    "give one of them another short name, or write the same title",
                )

    def _may_add(self, node: Node) -> None:
        words = texts_of(node, self.problems)
        for word in words:
            if word not in PERMISSIONS:
                self.problems.add(
                    "wrong-value", f"`{word}` is not a section that regions may add to", node.place,
                    f"name one of: {', '.join(PERMISSIONS)}",
                )  # fmt: skip
        self.documents.regions_may_add += words

    def _section(self, section: str, node: Node) -> None:
        mapping = as_mapping(node, self.problems)
        known = self.documents.sections[section]
        for name, entry in mapping.entries.items() if mapping else ():
            other = known.get(name)
            if other is not None:
                self.problems.add(
                    "declared-twice",
                    f"`{name}` is already declared in {other.place}",
                    entry.key.place,
                    "give one of them another name, or make them one",
                )
                continue
            known[name] = Declared(name, entry.value, entry.key.place, self.documents.region)

    def _missing(self, word: str, place: Place, help: str) -> None:
        self.problems.add("missing-key", f"a policy file needs `{word}`", place, help)


def text_of(node: Node, problems: Problems) -> Text | None:
    """Read a text for people in both languages."""
    mapping = as_mapping(node, problems, "write it in both languages: `{id: …, en: …}`")
    if mapping is None:
        return None
    keys(mapping, ("id", "en"), "a text", problems)
    given = {lang: as_text(entry.value, problems) for lang, entry in mapping.entries.items() if lang in ("id", "en")}
    for lang in ("id", "en"):
        if lang not in given:
            problems.add(
                "missing-language",
                f"the text has no `{lang}`",
                mapping.place,
                "give it in Indonesian (`id`) and in English (`en`)",
            )
    return Text(given.get("id") or "", given.get("en") or "") if len(given) == 2 else None


def texts_of(node: Node, problems: Problems) -> tuple[str, ...]:
    """Read a text or a list of texts."""
    items: Iterable[Node] = node.items if isinstance(node, Sequence) else (node,)
    found = (as_text(item, problems) for item in items)
    return tuple(text for text in found if text is not None)
