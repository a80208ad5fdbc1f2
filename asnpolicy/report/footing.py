"""Footing: the page of what every rule rests on, how it stands in law, and what its authors say is not sure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from asnpolicy.language.rules import Criterion, Rule, Text
from asnpolicy.policy import library
from asnpolicy.policy.citations import SourceUse, bases_of, reading_of, source_uses
from asnpolicy.policy.policy import Policy
from asnpolicy.policy.surface.rules import RULE_SECTIONS
from asnpolicy.problems import Place
from asnpolicy.report.markdown import both, table
from asnpolicy.report.sources import HEADS, SURE, cells
from asnpolicy.text import in_both

_TITLE = Text("Dasar setiap aturan, dan apa yang belum pasti", "What every rule rests on, and what is not sure")
_HEAD = """\
Untuk setiap aturan: dasar hukumnya; syarat yang dapat menolak, dengan dasarnya; syarat yang hanya bahan pertimbangan; dan catatan
penyusun pada berkasnya, tentang apa yang belum terbaca, belum pasti, atau dinilai orang. Versi terakhir setiap aturan.

*For each rule: its basis; the criteria that may refuse, with theirs; those that are for consideration only; and what its authors
note beside it in the file (in Indonesian): what was not read, is not sure, or is judged by people. The last version of each rule.*"""
_COLUMNS = (
    Text("Aturan", "Rule"), Text("Dasar", "Basis"), Text("Keyakinan", "How sure"), Text("Dapat menolak", "May refuse"),
    Text("Bahan pertimbangan", "For consideration"), Text("Catatan", "Notes"),
)  # fmt: skip


_SHARED = Text(
    "Catatan pada nilai, tabel, angka, dan syarat bersama", "Notes on values, tables, figures and shared conditions"
)
_SOURCES = Text("Sumber, keyakinan, dan yang bertumpu padanya", "Sources, how sure, and what rests on them")
_SECTIONS = ("sources", "values", "tables", "conditions", "figures")
_WRITTEN = ("", "mentor", "pair")
"""The parts of a rule that are written of their own."""


def footing_page(policies: Iterable[Policy], written_by: str) -> str:
    """Return the page; `written_by` says where it comes from."""
    lines = [f"# {both(_TITLE)}", "", written_by, "", _HEAD, ""]
    for policy in policies:
        lines += [f"## {both(policy.title)}", "", *table([both(one) for one in _COLUMNS], list(_rows(policy))), ""]
        own = [one for one in source_uses(policy) if one.region == policy.region]
        rows = [[f"`{one.source}`", *_source(one)] for one in own]
        lines += [f"**{both(_SOURCES)}**", "", *table(["", *map(both, HEADS[:5])], rows), ""] if rows else []
        shared = list(_shared(policy.region))
        if shared:
            lines += [f"**{both(_SHARED)}**", "", *(f"- `{name}`: {text}" for name, text in shared), ""]
    return "\n".join(lines).rstrip() + "\n"


def _source(one: SourceUse) -> Iterator[str]:
    """Return the cells of a source, in both languages where they differ."""
    yield from (both(Text(id, en)) for id, en in zip(cells(one, "id"), cells(one, "en"), strict=True))


def _rows(policy: Policy) -> Iterator[list[str]]:
    for rule in _last(policy):
        own = [one for one in rule.criteria if _own(policy, one.place.file)]
        if _own(policy, rule.place.file) or own:
            refusing, told = _by_standing(rule, own)
            first = rule.place if _own(policy, rule.place.file) else own[0].place
            notes = " ".join(_comments(first))
            said = (_said(policy, them) for them in (refusing, told))
            yield [_named(policy, rule), both(in_both(rule.basis)), _sure(policy, rule), *said, notes]


def _last(policy: Policy) -> list[Rule]:
    """Return the rules as they are last written, in the order of their names."""
    found = {
        rule.id: rule
        for program in policy.programs
        for rule in program.rules
        if rule.part in _WRITTEN and rule.kind != "service"
    }
    return [found[name] for name in sorted(found)]


def _own(policy: Policy, file: str) -> bool:
    return file.startswith(f"{policy.region}/")


def _by_standing(rule: Rule, criteria: Sequence[Criterion]) -> tuple[list[Criterion], list[Criterion]]:
    """Tell the criteria that may refuse from those that may not; what fulfils a duty stands as the duty."""
    stands = {
        one.id: "illustrative" if "illustrative" in (one.standing, rule.standing) else "in_force" for one in criteria
    }
    refusing = [one for one in criteria if stands[one.id] == "in_force"]
    return refusing, [one for one in criteria if stands[one.id] != "in_force"]


def _named(policy: Policy, rule: Rule) -> str:
    name = rule.name if rule.part == "" else rule.id
    return f"[{rule.title.id}]({policy.region}.md#{rule.name}) (`{name}`)"


def _said(policy: Policy, criteria: Sequence[Criterion]) -> str:
    """Name criteria by what they rest on, and say where the reading of that is not likely right."""
    bases = dict.fromkeys(one.basis for one in criteria)
    named = {basis: ", ".join(f"`{one.id}`" for one in criteria if one.basis == basis) for basis in bases}
    return "; ".join(f"{names} ({_doubted(policy, basis)})" if basis else names for basis, names in named.items())


def _doubted(policy: Policy, citation: str) -> str:
    doubted = {
        policy.merged.citation(basis): reading_of(policy.merged, basis).confidence
        for documents in policy.merged.chain
        for basis in bases_of(documents)
    }
    said = both(in_both(citation))
    return f"{said}; **{both(SURE['uncertain'])}**" if doubted.get(citation) == "uncertain" else said


def _sure(policy: Policy, rule: Rule) -> str:
    """Say how sure the reading of a rule's basis is; nothing where its author did not say."""
    forms = (policy.merged.declared(section, rule.name) for section in RULE_SECTIONS)
    form = next((one.form for one in forms if one is not None), None)
    given = reading_of(policy.merged, getattr(form, "basis", None)).confidence
    return "" if given is None else both(SURE[given])


def _block(lines: Sequence[str], start: int) -> Iterator[str]:
    """Return the lines from one on that stand deeper than it."""
    depth = _depth(lines[start])
    for line in lines[start + 1 :]:
        if line.strip() and _depth(line) <= depth:
            return
        yield line


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _comments(place: Place) -> Iterator[str]:
    """Return the comments under what is written at a place; they are for people, and no part of the policy."""
    lines = (library.shipped() / place.file).read_text(encoding="utf-8").splitlines()
    texts = (line.strip() for line in _block(lines, place.line - 1))
    return (text.removeprefix("# ") for text in texts if text.startswith("# "))


def _shared(region: str) -> Iterator[tuple[str, str]]:
    """Return what is noted beside what many rules share, by its name."""
    for file in sorted((library.shipped() / region).glob("*.yaml")):
        section, above = "", list[str]()
        lines = file.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            section = line.partition(":")[0] if line[:1].isalpha() else section
            if section in _SECTIONS and _depth(line) == ENTRY and line.strip()[:1].isalpha():
                notes = [*above, *_comments(Place(f"{region}/{file.name}", number + 1, 1))]
                if notes:
                    yield line.strip().partition(":")[0], " ".join(notes)
            above = [*above, line.strip().removeprefix("# ")] if line.startswith("  # ") else []


ENTRY = 2
"""How far the names under a section are indented."""
