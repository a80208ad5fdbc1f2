"""Answer: what a question about a policy came to, how it is known, and who shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from asnpolicy.fairness.difference import FieldDifference, differences
from asnpolicy.people import Agency, Employee, Opening
from asnpolicy.text import Text

if TYPE_CHECKING:
    from asnpolicy.decisions import Decision
    from asnpolicy.fairness.questions import PolicyQuestion


class Status(StrEnum):
    """How an answer is known."""

    PROVED = "proved"
    REFUTED = "refuted"
    UNKNOWN = "unknown"
    NOT_MODELLED = "not_modelled"

    @property
    def text(self) -> Text:
        """The status as people read it."""
        return _STATUS[self]


_STATUS = {
    Status.PROVED: Text("TERBUKTI", "PROVED"),
    Status.REFUTED: Text("TERBANTAH", "REFUTED"),
    Status.UNKNOWN: Text("TIDAK DIKETAHUI", "UNKNOWN"),
    Status.NOT_MODELLED: Text("TIDAK DIMODELKAN", "NOT MODELLED"),
}


@dataclass(frozen=True, slots=True)
class Exhibit:
    """Somebody concrete on whom an answer can be seen: what the definition says of them, and whom they are like."""

    what: Text
    """What is seen on them."""
    employee: Employee
    as_of: date
    verdicts: tuple[tuple[str, str], ...]
    """What each rule comes to for them, each with the policy that says so."""
    agency: Agency
    opening: Opening | None = None
    mentor: Employee | None = None
    like: str | None = None
    typical: Employee | None = None
    minimal: bool = True
    decisions: tuple[Decision, ...] = ()
    """The decisions behind the verdicts, with every reason."""

    @property
    def differences(self) -> tuple[FieldDifference, ...]:
        """In what they differ from the typical person whom they are like."""
        return () if self.typical is None else differences(self.typical, self.employee)

    def as_data(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "what": {"id": self.what.id, "en": self.what.en},
            "as_of": str(self.as_of),
            "verdicts": dict(self.verdicts),
            "like": self.like,
            "differences": [one.as_data() for one in self.differences],
            "minimal": self.minimal,
            "employee": json.loads(self.employee.model_dump_json(exclude_defaults=True)),
            "opening": None
            if self.opening is None
            else json.loads(self.opening.model_dump_json(exclude_defaults=True)),
        }

    @property
    def _like(self) -> Text:
        if self.like is not None:
            return Text(f"seperti `{self.like}`, kecuali:", f"like `{self.like}`, but:")
        if self.typical is not None:
            return Text(
                "orang kedua, yang berbeda dari yang pertama dalam:", "the second, who differs from the first in:"
            )
        return Text("seseorang:", "somebody:")

    def lines(self, lang: str) -> Iterator[str]:
        """Return it as lines of text."""
        yield f"{self.as_of}: {self.what.to(lang)}; {self._like.to(lang)}"
        changed = self.differences
        yield from (f"    {one.text.to(lang)}" for one in changed)
        if not changed:
            yield Text("    (tidak ada bedanya)", "    (nothing differs)").to(lang)
        if self.opening is not None:
            asked = self.opening.model_dump(mode="json", exclude_none=True, exclude={"id"})
            yield f"    opening: {', '.join(f'{name}: {value}' for name, value in asked.items() if value not in ('', []))}"
        for rule, verdict in self.verdicts:
            yield f"    {rule}: {verdict}"
        for decision in self.decisions:
            for one in decision.deciding if str(decision.verdict) == "ineligible" else ():
                seen = Text(
                    f"tercatat {one.seen.id}; syarat {one.required.id}",
                    f"on record {one.seen.en}; required {one.required.en}",
                )
                yield f"      {one.id}: {seen.to(lang)}"
        if not self.minimal:
            yield Text(
                "    (waktunya habis sebelum orang yang terdekat ditemukan)",
                "    (time ran out before the nearest such person was found)",
            ).to(lang)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question came to: proved, refuted with a witness, unknown with the reason, or beyond what is modelled."""

    question: PolicyQuestion
    region: str
    status: Status
    reason: Text | None = None
    """Why it is unknown or not modelled; what was found, where no witness can show it."""
    witnesses: tuple[Exhibit, ...] = ()
    """Who refutes the claim; for a claim that somebody exists, who proves it."""
    since: date | None = None
    until: date | None = None
    """The stretch of days that the answer is about; for a refutation, the one in which it was found."""
    assumptions: tuple[Text, ...] = ()
    carried_by: tuple[str, ...] = ()
    """The criteria that carry a proof."""
    relation: str | None = None
    """How two policies compare: equivalent, stricter, looser or incomparable."""
    seconds: float = 0.0

    @property
    def holds(self) -> bool | None:
        """Whether the claim holds; None when that is not known."""
        return {Status.PROVED: True, Status.REFUTED: False}.get(self.status)

    def as_data(self) -> dict[str, Any]:
        """Return the answer for machines."""
        return {
            "question": self.question.name,
            "claim": {"id": self.question.claim.id, "en": self.question.claim.en},
            "region": self.region,
            "status": self.status.value,
            "relation": self.relation,
            "reason": None if self.reason is None else {"id": self.reason.id, "en": self.reason.en},
            "since": None if self.since is None else str(self.since),
            "until": None if self.until is None else str(self.until),
            "witnesses": [one.as_data() for one in self.witnesses],
            "assumptions": [{"id": one.id, "en": one.en} for one in self.assumptions],
            "carried_by": list(self.carried_by),
            "seconds": round(self.seconds, 3),
        }

    def text(self, lang: str = "en", *, full: bool = True) -> str:
        """Return the answer as text; in full with who shows it, else in one line."""
        return "\n".join(self._lines(lang, full=full))

    def _lines(self, lang: str, *, full: bool) -> Iterator[str]:
        relation = f" → {self.relation}" if self.relation else ""
        yield f"{self.status.text.to(lang)}  {self.region}: {self.question.claim.to(lang)}{relation}   ({self.seconds:.2f} s)"
        if self.reason is not None:
            yield f"  {self.reason.to(lang)}"
        if not full:
            return
        if self.status is not Status.PROVED or self.relation:
            for one in self.witnesses:
                yield from (f"  {line}" for line in one.lines(lang))
        if self.carried_by:
            yield f"  {Text('ditopang oleh', 'carried by').to(lang)}: {', '.join(self.carried_by)}"
