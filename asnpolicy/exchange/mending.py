"""Mending: the findings in the data of many people as records to mend, those first that leave most decisions open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from asnpolicy.decisions import Decision, DutyState, Verdict, names
from asnpolicy.decisions.reasons import written
from asnpolicy.exchange.intake import BadLine
from asnpolicy.exchange.intake.person import shown
from asnpolicy.exchange.intake.telling import explained
from asnpolicy.people import HISTORIES, DataFinding, Employee
from asnpolicy.people.findings import CATALOGUE
from asnpolicy.people.findings.beside import NEAR
from asnpolicy.policy.near import Near
from asnpolicy.text import Text

BAD_LINE = "bad-line"
NOBODY = Text(
    "Baris yang bukan pegawai, atau tanpa nomor yang terbaca", "A line that is no employee, or bears no readable number"
)


@dataclass(frozen=True, slots=True)
class Mend:
    """One record to mend: whose, what is amiss, where it stands, and the rules whose decisions it leaves open."""

    nip: str
    name: str
    unit: str
    code: str
    about: str
    what: Text
    """What is amiss, with what stood there and the way out."""
    line: int | None
    rules: tuple[str, ...] = ()

    @property
    def effect(self) -> str:
        """`unknown` when it leaves something unknown, `told` when nothing."""
        return "unknown" if self.code == BAD_LINE else CATALOGUE[self.code].effect

    @property
    def blocks(self) -> int:
        """How many decisions it leaves open."""
        return len(self.rules)

    @property
    def order(self) -> tuple[int, bool, str, str, str, int]:
        """Its place in a list: those first that leave most decisions open."""
        return (-self.blocks, self.effect == "told", self.code, self.nip, self.about, self.line or 0)


def mends(person: Employee, found: Iterable[DataFinding], decisions: Sequence[Decision]) -> list[Mend]:
    """Return what is to be mended of one person; of the decisions, those that a finding leaves open are named by their rules."""
    left_open = [(one.opening, one.rule.id, one.missing) for one in decisions if _is_open(one)]
    unit, name = person.unit or "", person.name or ""
    return [
        Mend(person.nip, name, unit, one.code, one.about, _what(one), one.line, tuple(_blocked(one, left_open)))
        for one in found
    ]


def nobody(bad: BadLine, rules: Sequence[str]) -> Mend:
    """Return a line that is no employee: every decision about that person is open."""
    return Mend("", "", "", BAD_LINE, "nip", _and(NOBODY, bad.reason), bad.number, tuple(rules))


def beside(person: Employee, line: int, found: Iterable[tuple[str, Near]]) -> list[Mend]:
    """Return the codes of one person that no rule asks for, and that are almost one that a rule does ask for."""
    unit, name = person.unit or "", person.name or ""
    return [Mend(person.nip, name, unit, NEAR, about, _almost(line, one), line) for about, one in found]


def _almost(line: int, one: Near) -> Text:
    """Say what stands there and what may be meant; of what is personal neither."""
    sentence = _sentence(NEAR)
    if one.is_personal:
        return _and(sentence, Text(f"baris {line}", f"line {line}"))
    return _and(
        sentence,
        Text(
            f"baris {line}: `{one.text}`; aturan menanyakan `{one.near}`: perbaiki bila itu yang dimaksud",
            f"line {line}: `{one.text}`; a rule asks for `{one.near}`: mend it if that is meant",
        ),
    )


def is_blocking(found: Iterable[DataFinding]) -> bool:
    """Tell whether any finding leaves something unknown: else no decision need be asked."""
    return any(one.unknown for one in found)


def _is_open(decision: Decision) -> bool:
    return decision.verdict is Verdict.UNDETERMINED or decision.state is DutyState.UNDETERMINED


def _blocked(found: DataFinding, left_open: Iterable[tuple[str | None, str, tuple[str, ...]]]) -> Iterable[str]:
    if not found.unknown:
        return
    whole = found.about if found.about in HISTORIES else None
    leaves = {found.about, *found.leaves}
    for opening, rule, missing in left_open:
        if any(name in leaves or _in_history(name, whole) for name in missing):
            yield f"{rule} → {opening}" if opening else rule


def _in_history(name: str, history: str | None) -> bool:
    """Whether a missing thing may be a record of a history that is not known to be complete: one without a field of its own."""
    return history is not None and re.fullmatch(rf"{history}(\[[^\]]*\])?", name) is not None


def _what(found: DataFinding) -> Text:
    told = names.finding(found)
    sentence = Text(written(told, "id"), written(told, "en"))
    if found.line is None:
        values = _values(found)
        return _and(sentence, Text(values, values))
    return _and(sentence, explained(found))


def _values(found: DataFinding) -> str:
    """Write what contradicts each other, as `confirmed` names it; of what is personal only its shape."""
    sides = [(name, shown(re.findall(r"[a-z_]+", name), value)) for name, value in found.sides]
    return "; ".join(f"{name}: `{value}`" for name, value in sides) if found.unknown else ""


def _and(sentence: Text, more: Text) -> Text:
    return Text(
        f"{sentence.id} ({more.id})" if more.id else sentence.id,
        f"{sentence.en} ({more.en})" if more.en else sentence.en,
    )


# Summaries


@dataclass(frozen=True, slots=True)
class Share:
    """What findings of one kind, in one unit or of one person come to."""

    name: str
    what: Text
    people: int
    findings: int
    blocks: int


def by_kind(found: Iterable[Mend]) -> list[Share]:
    """Return the kinds of findings, those first that leave most decisions open."""
    return _shares((one.code, _sentence(one.code), one) for one in found)


def by_unit(found: Iterable[Mend]) -> list[Share]:
    """Return the units."""
    return _shares((one.unit or "-", Text(one.unit, one.unit), one) for one in found)


def by_person(found: Iterable[Mend]) -> list[Share]:
    """Return the people; a line that is nobody's is none."""
    return _shares((one.nip, Text(one.name, one.name), one) for one in found if one.nip)


def _sentence(code: str) -> Text:
    return NOBODY if code == BAD_LINE else CATALOGUE[code].sentence


def _shares(named: Iterable[tuple[str, Text, Mend]]) -> list[Share]:
    count: Counter[str] = Counter()
    what: dict[str, Text] = {}
    people: dict[str, set[object]] = {}
    open_: dict[str, set[tuple[str, str]]] = {}
    for name, text, one in named:
        who = one.nip or f"line {one.line}"
        count[name] += 1
        what[name] = text
        people.setdefault(name, set()).add(who)
        open_.setdefault(name, set()).update((who, rule) for rule in one.rules)
    shares = [Share(name, what[name], len(people[name]), count[name], len(open_[name])) for name in count]
    return sorted(shares, key=lambda one: (-one.blocks, -one.findings, one.name))
