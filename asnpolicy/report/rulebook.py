"""Rulebook: one rule as people read it, with what it asks, its sources, its span and its place in the file."""

from __future__ import annotations

from dataclasses import dataclass, replace

from asnpolicy.decisions.reading import asked
from asnpolicy.language.nodes import DATE, DURATION, NUMBER, Kind, Scope
from asnpolicy.language.rules import Standing, Text
from asnpolicy.policy.conditions import ABOUT
from asnpolicy.policy.criteria import basis, basis_of, standing, title
from asnpolicy.policy.dated import ALWAYS, span_of
from asnpolicy.policy.documents import Declared, text_of, texts_of
from asnpolicy.policy.library import Policy
from asnpolicy.policy.source import Mapping, Node, Scalar
from asnpolicy.problems import Place
from asnpolicy.report.links import Links, anchor
from asnpolicy.report.lookups import BASIS, WRITTEN, span_text
from asnpolicy.report.markdown import Said, anchored, both, bullets, framed, joined, labelled, noted
from asnpolicy.report.names import spoken, value_name
from asnpolicy.report.sentences import READ, Sentences

OPENING: tuple[tuple[str, Scope], ...] = (("opening", "opening"),)
MENTEE: tuple[tuple[str, Scope], ...] = (("mentee", "employee"),)
MENTOR: tuple[tuple[str, Scope], ...] = (("mentor", "employee"),)
PAIR: tuple[tuple[str, Scope], ...] = (("mentor", "mentor"), ("mentee", "mentee"), ("pair", "pair"))

CRITERIA: dict[str, tuple[Text, tuple[tuple[str, Scope], ...]]] = {
    "require": (Text("Syarat", "Criteria"), OPENING),
    "may_mentor": (Text("Siapa yang dapat menjadi mentor", "Who may be a mentor"), MENTOR),
    "pair_must": (Text("Syarat pasangan mentor dan mentee", "What a pair must meet"), PAIR),
    "warn_when": (Text("Peringatan, tidak menghalangi", "Warnings, which do not stand in the way"), OPENING),
}
"""The words under which criteria stand, and whom their facts speak of."""
STANDINGS = {
    "in_force": Text("berdasar hukum", "founded in law"),
    "illustrative": Text("belum berdasar hukum, bahan pertimbangan", "not founded in law, for consideration"),
}
STRENGTHS = {
    "wajib": Text("wajib; yang lewat waktu menunggak", "obligatory; overdue when its time has passed"),
    "dianjurkan": Text(
        "dianjurkan; tidak pernah menunggak dan tidak menghalangi apa pun",
        "recommended; never overdue, stands in the way of nothing",
    ),
}
CHANGED = Text("dengan nilai daerah ini", "with this region's values")
_IN_FORCE = Text("Berlaku", "In force")
_STANDING = Text("Kedudukan hukum", "Standing")
_FOR_WHOM = Text("Bagi siapa", "For whom")
_EVERYBODY = Text("semua pegawai", "everybody")
_NEEDS = Text("Siapa yang memerlukan mentor", "Who needs a mentor")
_LEADS_TO = Text("Menuju", "Leads to")
_OPENING = Text("jabatan lowong (formasi) yang dituju", "the vacant post that is asked for")
_NO_TARGET = Text("{0}; tidak berlaku bila tujuan itu tidak ada", "{0}; not for those for whom there is none")
_EFFECT = Text("Mulai berlaku", "Takes effect")
_EFFECT_ON = Text("pada tanggal berikutnya menurut [nilai {0}]({1})", "on the next date of those set")
_EFFECT_AFTER = Text(
    "pada tanggal pertama sesudahnya menurut [nilai {0}]({1})", "on the first date after that day, of those set"
)
_AT_ONCE = Text("pada hari itu juga", "on that very day")
_PROTECTED = Text("Membaca atribut yang dilindungi", "Reads a protected attribute")
_STRENGTH = Text("Kekuatan", "Strength")
_PERIOD = Text("Periode", "Period")
_PERIODS = {"calendar_year": Text("setiap tahun kalender", "each calendar year")}
_DUE = Text("Batas waktu", "Due")
_END_OF_PERIOD = Text("akhir periode", "the end of the period")
_WITHIN = Text("{0} sejak {1}", "{0} from {1}")
_NO_DUE = Text("tidak ditentukan, sehingga tidak pernah menunggak", "none is set, so it is never overdue")
_TAGS = Text("Tanda", "Tags")
_BUILDS_ON = Text("Bertumpu pada aturan", "Builds on")
_BORNE_BY = Text("Dipakai oleh aturan", "Built upon by")
_FULFILLED = Text("Terpenuhi bila", "Fulfilled when")
_WITHIN_BASE = Text("Memenuhi pula aturan yang memuatnya", "Also meets the rule that it lies within")
_WHEN = Text("Hanya bila", "Only when")
_EXEMPT = Text("Dibebaskan bila salah satu terpenuhi", "Exempt when any of these holds")
_WAIVABLE = Text("Dapat dikecualikan dengan surat oleh", "May be waived by letter of")
_MENTEE_LIKES = Text("Bagi mentee diutamakan, menurut bobot", "Preferred for the mentee, by weight")
_MENTOR_LIKES = Text("Bagi mentor diutamakan, menurut bobot", "Preferred for the mentor, by weight")
_WEIGHT = Text("{0} (bobot {1})", "{0} (weight {1})")
_WEIGHT_A_MONTH = Text("{0} (bobot {1} setiap bulan)", "{0} (weight {1} a month)")
_CAPACITY = Text("Mentee paling banyak bagi setiap mentor", "At most so many mentees for each mentor")
_SHARED = Text("syarat bersama", "shared condition")


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Writes the rules of a policy."""

    policy: Policy
    say: Sentences
    links: Links
    asks: frozenset[tuple[str, str]]
    """Which rule builds on which, as loaded."""

    @classmethod
    def of(cls, policy: Policy, say: Sentences, links: Links) -> Rulebook:
        """Find out which rules of a policy build on which."""
        rules = {rule for program in policy.programs for rule in program.rules}
        return cls(policy, say, links, frozenset((_plain(r.id), _plain(other)) for r in rules for other in asked(r)))

    # A whole rule

    def rule(self, section: str, declared: Declared) -> list[str]:
        """Write a rule in full."""
        mapping = declared.node
        if not isinstance(mapping, Mapping):
            return []
        name, own = declared.name, self._standing(declared)
        say = self._speaker(name).during(span_of(mapping, READ))
        lines = [anchored(anchor(section, name), both(self.say.title(section, name)), 3), ""]
        lines += [f"`{name}` · {self.links.file(declared.place)}", ""]
        lines += [*bullets(self._about(say, name, mapping, own)), ""]
        for word in ("require", "may_mentor", "pair_must"):
            lines += self._criteria(say, mapping, word, own)
        return [*lines, *self._fulfilled(say, mapping), *self._criteria(say, mapping, "warn_when", own)]

    def addition(self, section: str, declared: Declared) -> list[str]:
        """Write what a region adds to a rule of its base."""
        base, mapping = self.say.policy.declared(section, declared.name), declared.node
        if base is None or not isinstance(mapping, Mapping):
            return []
        say = self._speaker(declared.name)
        own = self._standing(base)
        heading = self.say.title(section, declared.name)
        href = f"{base.region}.md#{anchor(section, declared.name)}"
        lines = [anchored(anchor(section, declared.name), both(heading), 3), ""]
        lines += [f"`{declared.name}` · {self.links.file(declared.place)}", ""]
        lines += [f"[Aturan asalnya]({href}) tetap berlaku seluruhnya; daerah ini menambahkan:", ""]
        lines += [f"*[The rule itself]({href}) holds as it is; this region adds:*", ""]
        changed = self.links.changed(declared.name)
        lines += [*bullets([noted(CHANGED, changed)]), ""] if changed else []
        return [*lines, *(line for word in CRITERIA for line in self._criteria(say, mapping, word, own))]

    def _speaker(self, name: str) -> Sentences:
        found = (r.target_type for p in self.policy.programs for r in p.rules if r.id == name)
        return replace(self.say, scopes=OPENING, target=next((t for t in found if t), None))

    def _standing(self, declared: Declared) -> Standing:
        return standing(declared.node, READ) or "in_force" if isinstance(declared.node, Mapping) else "in_force"

    # What stands above the criteria

    def _about(self, say: Sentences, name: str, mapping: Mapping, own: Standing) -> list[Said]:
        entries = mapping.entries
        source = basis_of(say.policy, mapping, READ) or "–"
        said = [
            labelled(_IN_FORCE, [Said(span_text(say.span))]),
            noted(BASIS, source),
            labelled(_STANDING, [Said(STANDINGS[own])]),
            *self._whom(say, mapping),
        ]
        if "to" in entries:
            said.append(labelled(_LEADS_TO, [Said(self._target(say, entries["to"].value))]))
        if "takes_effect" in entries:
            said.append(labelled(_EFFECT, [Said(self._effect(entries["takes_effect"].value))]))
        said += [*self._duty(say, mapping), *self._mentoring(say, mapping), *self._protected(say, mapping)]
        if "tags" in entries:
            tags = ", ".join(spoken(tag) for tag in texts_of(entries["tags"].value, READ))
            said.append(noted(_TAGS, tags))
        return [*said, *self._relations(name)]

    def _whom(self, say: Sentences, mapping: Mapping) -> list[Said]:
        if "needs_mentor" in mapping.entries:
            needs = replace(say, scopes=MENTEE).condition(mapping.entries["needs_mentor"].value)
            return [labelled(_NEEDS, needs)]
        if "applies_to" in mapping.entries:
            return [labelled(_FOR_WHOM, say.condition(mapping.entries["applies_to"].value))]
        return [labelled(_FOR_WHOM, [Said(_EVERYBODY)])]

    def _target(self, say: Sentences, node: Node) -> Text:
        if not isinstance(node, Mapping):
            return _OPENING
        if "rank" in node.entries:
            return framed(_NO_TARGET, say.operand(DATE, "", node.entries["rank"].value))
        return framed(_NO_TARGET, say.named_fact(_text(node.entries["fact"].value)))

    def _effect(self, node: Node) -> Text:
        after = isinstance(node, Mapping)
        name = _text(node.entries["after"].value if isinstance(node, Mapping) else node)
        if name == "as_of":
            return _AT_ONCE
        pattern = _EFFECT_AFTER if after else _EFFECT_ON
        href = self.links.find("values", name)
        return Text(pattern.id.format(value_name(name), href), pattern.en)

    def _duty(self, say: Sentences, mapping: Mapping) -> list[Said]:
        entries = mapping.entries
        if "strength" not in entries:
            return []
        said = [labelled(_STRENGTH, [Said(STRENGTHS[_text(entries["strength"].value)])])]
        if "every" in entries:
            said.append(labelled(_PERIOD, [Said(_PERIODS[_text(entries["every"].value)])]))
        return [*said, labelled(_DUE, [Said(self._due(say, mapping))])]

    def _due(self, say: Sentences, mapping: Mapping) -> Text:
        node = mapping.entries["due"].value if "due" in mapping.entries else None
        if not isinstance(node, Mapping):
            return _END_OF_PERIOD if "every" in mapping.entries else _NO_DUE
        if "end_of" in node.entries:
            return _END_OF_PERIOD
        length = say.operand(DURATION, "", node.entries["within"].value)
        return framed(_WITHIN, length, say.named_fact(_text(node.entries["of"].value)))

    def _mentoring(self, say: Sentences, mapping: Mapping) -> list[Said]:
        said = [
            labelled(label, self._preferences(say, mapping.entries[word].value))
            for word, label in (("mentee_prefers", _MENTEE_LIKES), ("mentor_prefers", _MENTOR_LIKES))
            if word in mapping.entries
        ]
        if "capacity" in mapping.entries:
            said.append(labelled(_CAPACITY, [Said(say.operand(NUMBER, "", mapping.entries["capacity"].value))]))
        return said

    def _preferences(self, say: Sentences, node: Node) -> list[Said]:
        pair = replace(say, scopes=PAIR)
        found = []
        for item in getattr(node, "items", ()):
            for name, entry in item.entries.items() if isinstance(item, Mapping) else ():
                weight = entry.value.entries["weight"].value if isinstance(entry.value, Mapping) else entry.value
                fact = pair.fact(name)
                words = _WEIGHT_A_MONTH if fact.type.kind is Kind.DURATION else _WEIGHT
                found.append(Said(framed(words, fact.label, Text(_text(weight), _text(weight)))))
        return found

    def _protected(self, say: Sentences, mapping: Mapping) -> list[Said]:
        if "protected" not in mapping.entries or not isinstance(mapping.entries["protected"].value, Mapping):
            return []
        found = mapping.entries["protected"].value.entries
        said = []
        for name, entry in found.items():
            source = basis(say.policy, entry.value, READ)
            label = say.fact(name if name == "birth_date" else f"protected.{name}").label
            said.append(Said(framed(Text("{0} ({1})", "{0} ({1})"), label, Text(source, source))))
        return [labelled(_PROTECTED, said)]

    def _relations(self, name: str) -> list[Said]:
        """Say which rules this one builds on, and which build on it."""
        below = sorted({other for rule, other in self.asks if rule == name and other != name})
        above = sorted({rule for rule, other in self.asks if other == name and rule != name})
        pairs = ((_BUILDS_ON, below), (_BORNE_BY, above))
        return [labelled(label, [Said(joined(map(self.say.rule_title, names)))]) for label, names in pairs if names]

    # Criteria

    def _criteria(self, say: Sentences, mapping: Mapping, word: str, own: Standing) -> list[str]:
        label, scopes = CRITERIA[word]
        tree = mapping.entries[word].value if word in mapping.entries else None
        say = replace(say, scopes=scopes)
        said = [
            self._criterion(say, entry.key.text, entry.key.place, entry.value, own)
            for entry in (tree.entries.values() if isinstance(tree, Mapping) else ())
            if isinstance(entry.value, Mapping)
        ]
        if word == "require" and "within" in mapping.entries:
            said.append(self._within(mapping.entries["within"].value))
        return [f"**{label.id}** · *{label.en}*", "", *bullets(said), ""] if said else []

    def _within(self, node: Node) -> Said:
        title_ = self.say.rule_title(_text(node))
        return Said(_bold(_WITHIN_BASE), (Said(title_), noted(WRITTEN, self.links.file(node.place))))

    def _criterion(self, say: Sentences, name: str, place: Place, node: Node, own: Standing) -> Said:
        mapping = node if isinstance(node, Mapping) else Mapping({}, place)
        shared = self._shared(mapping)
        about = shared.node if shared and isinstance(shared.node, Mapping) else mapping
        span = say.span.cut(span_of(mapping, READ)) or ALWAYS
        say = say.during(span)
        said = [*say.condition(about if shared else Mapping({}, place), ABOUT), *say.condition(mapping, ABOUT)]
        if span_of(mapping, READ) != ALWAYS:
            said.append(labelled(_IN_FORCE, [Said(span_text(span))]))
        said += [*self._when(say, mapping), *self._exempt(say, mapping), *self._waivable(mapping)]
        source = basis_of(say.policy, mapping, READ) or basis_of(say.policy, about, READ)
        weak = standing(mapping, READ) or standing(about, READ) or own
        if weak == "illustrative":
            said.append(labelled(_STANDING, [Said(STANDINGS[weak])]))
        said.append(self._sourced(source, place, shared))
        words = title(mapping if "title" in mapping.entries else about, place, READ, name)
        return Said(_bold(words), tuple(said))

    def _shared(self, mapping: Mapping) -> Declared | None:
        if "use" not in mapping.entries:
            return None
        return self.say.policy.declared("conditions", _text(mapping.entries["use"].value))

    def _sourced(self, source: str, place: Place, shared: Declared | None) -> Said:
        """Say the basis, and where it is written; a shared condition is written elsewhere."""
        where = self.links.file(place)
        if shared is not None:
            where += f"; {both(_SHARED)} {self.links.file(shared.place)}"
        return noted(BASIS, f"{source} — {where}") if source else noted(WRITTEN, where)

    def _when(self, say: Sentences, mapping: Mapping) -> list[Said]:
        if "when" not in mapping.entries:
            return []
        return [labelled(_WHEN, say.condition(mapping.entries["when"].value))]

    def _exempt(self, say: Sentences, mapping: Mapping) -> list[Said]:
        tree = mapping.entries["exempt"].value if "exempt" in mapping.entries else None
        if not isinstance(tree, Mapping):
            return []
        inner = [e.value for e in tree.entries.values() if isinstance(e.value, Mapping)]
        return [Said(_EXEMPT, tuple(self._alternative(say, one) for one in inner))]

    def _alternative(self, say: Sentences, mapping: Mapping) -> Said:
        said = say.condition(mapping, ABOUT)
        words = text_of(mapping.entries["title"].value, READ) if "title" in mapping.entries else None
        source = basis_of(say.policy, mapping, READ)
        if source:
            said = (*said, noted(BASIS, source))
        return labelled(words, said) if words else Said(joined([s.text for s in said], "; "))

    def _waivable(self, mapping: Mapping) -> list[Said]:
        tree = mapping.entries["waivable"].value if "waivable" in mapping.entries else None
        if not isinstance(tree, Mapping):
            return []
        by, source = _text(tree.entries["by"].value), basis_of(self.say.policy, tree, READ)
        return [noted(_WAIVABLE, f"{by} ({source})")]

    def _fulfilled(self, say: Sentences, mapping: Mapping) -> list[str]:
        if "fulfilled_when" not in mapping.entries:
            return []
        entry = mapping.entries["fulfilled_when"]
        said = [*say.condition(entry.value), noted(WRITTEN, self.links.file(entry.key.place))]
        return [f"**{_FULFILLED.id}** · *{_FULFILLED.en}*", "", *bullets(said), ""]


def _bold(text: Text) -> Text:
    return Text(f"**{text.id}**", text.en)


def _text(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else ""


def _plain(rule: str) -> str:
    """Give the name of a rule without the year or the side that is asked for."""
    return rule.partition("@")[0].partition("/")[0]
