"""Questions: the closed list of what may be asked of a policy, each a claim that a sound policy keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from asnpolicy.language.fairness import DESCENDANTS, MERITS, PROTECTED
from asnpolicy.problems import PolicyError, Problem, meant
from asnpolicy.text import Text, phrase

if TYPE_CHECKING:
    from datetime import date

    from asnpolicy.engine import Engine
    from asnpolicy.fairness.answer import Answer

VERDICTS = {
    "eligible": "eligible", "fulfilled": "eligible",
    "ineligible": "ineligible", "owed": "ineligible",
    "not_applicable": "not_applicable",
}  # fmt: skip
"""The verdicts that fully known people come to; a duty is fulfilled or owed."""


class _Claim:
    """What every question can do."""

    name: ClassVar[str]

    def ask(self, engine: Engine, since: date, *, timeout: int, budget: int, seed: int) -> Answer:
        """Return the answer of an engine's policy, for every day from one on."""
        from asnpolicy.fairness.proving import Prover  # noqa: PLC0415  # loads the solver

        return Prover(engine, since, timeout=timeout, budget=budget, seed=seed).answer(self)  # type: ignore[arg-type]  # one of the list


@dataclass(frozen=True, slots=True)
class Reachable(_Claim):
    """Somebody comes to a verdict."""

    name: ClassVar[str] = "reachable"
    rule: str
    verdict: str = "eligible"

    def __post_init__(self) -> None:
        check_verdict(self.verdict)

    @property
    def claim(self) -> Text:
        """The claim in words."""
        return Text(
            f"`{self.rule}`: ada yang {_word(self.verdict).id}", f"`{self.rule}`: somebody is {_word(self.verdict).en}"
        )


@dataclass(frozen=True, slots=True)
class Never(_Claim):
    """Nobody comes to a verdict."""

    name: ClassVar[str] = "never"
    rule: str
    verdict: str = "eligible"

    def __post_init__(self) -> None:
        check_verdict(self.verdict)

    @property
    def claim(self) -> Text:
        """The claim in words."""
        word = _word(self.verdict)
        return Text(f"`{self.rule}`: tidak seorang pun {word.id}", f"`{self.rule}`: nobody is {word.en}")


@dataclass(frozen=True, slots=True)
class Always(_Claim):
    """Everybody comes to a verdict: everybody to whom the rule applies, unless it is that it does not."""

    name: ClassVar[str] = "always"
    rule: str
    verdict: str = "eligible"

    def __post_init__(self) -> None:
        check_verdict(self.verdict)

    @property
    def claim(self) -> Text:
        """The claim in words."""
        word = _word(self.verdict)
        return Text(f"`{self.rule}`: semua {word.id}", f"`{self.rule}`: everybody is {word.en}")


@dataclass(frozen=True, slots=True)
class Blind(_Claim):
    """Two people who differ in a protected attribute and what follows from it, and in nothing else, come to the same."""

    name: ClassVar[str] = "blind"
    rule: str
    to: str
    descendants: bool | tuple[str, ...] = True

    def __post_init__(self) -> None:
        if self.to not in PROTECTED:
            help_ = meant(self.to, PROTECTED)
            raise PolicyError(
                [
                    Problem(
                        "unknown-attribute",
                        phrase(
                            en="unknown protected attribute `{to}`",
                            id="ciri terlindung `{to}` tidak dikenal",
                            to=self.to,
                        ),
                        help=help_,
                    )
                ]
            )

    @property
    def follows(self) -> tuple[str, ...]:
        """What differs with the attribute."""
        if isinstance(self.descendants, tuple):
            return self.descendants
        return DESCENDANTS.get(self.to, ()) if self.descendants else ()

    @property
    def claim(self) -> Text:
        """The claim in words."""
        also = f" ({', '.join(self.follows)})" if self.follows else ""
        return Text(f"`{self.rule}` tidak melihat `{self.to}`{also}", f"`{self.rule}` is blind to `{self.to}`{also}")


@dataclass(frozen=True, slots=True)
class MeritNeverHurts(_Claim):
    """Whoever is eligible stays so with more of a merit, all else the same."""

    name: ClassVar[str] = "merit_never_hurts"
    rule: str
    fact: str

    def __post_init__(self) -> None:
        if self.fact not in MERITS:
            help_ = meant(self.fact, MERITS)
            raise PolicyError(
                [
                    Problem(
                        "unknown-merit",
                        phrase(
                            en="`{fact}` is no merit that can grow",
                            id="`{fact}` bukan prestasi yang dapat meningkat",
                            fact=self.fact,
                        ),
                        help=help_,
                    )
                ]
            )

    @property
    def claim(self) -> Text:
        """The claim in words."""
        return Text(
            f"`{self.rule}`: `{self.fact}` yang lebih tinggi tidak merugikan",
            f"`{self.rule}`: more `{self.fact}` never hurts",
        )


@dataclass(frozen=True, slots=True)
class AtLeastAsStrict(_Claim):
    """Whom this policy finds eligible, the other does; what is owed there is owed here, and no later.

    `than`: a region or a folder; None: the base that this policy extends. Asked again with all that is illustrative
    taken away.
    """

    name: ClassVar[str] = "at_least_as_strict"
    rule: str
    than: str | None = None

    @property
    def claim(self) -> Text:
        """The claim in words."""
        than = self.than or "base"
        return Text(
            f"`{self.rule}` paling sedikit seketat `{self.than or 'dasarnya'}`",
            f"`{self.rule}` is at least as strict as `{than}`",
        )


@dataclass(frozen=True, slots=True)
class Redundant(_Claim):
    """No criterion is redundant: for each there is somebody who fails it alone."""

    name: ClassVar[str] = "redundant"
    rule: str
    criterion: str | None = None

    @property
    def claim(self) -> Text:
        """The claim in words."""
        which = f" `{self.criterion}`" if self.criterion else ""
        return Text(
            f"`{self.rule}`: tidak ada kriteria{which} yang berlebih",
            f"`{self.rule}`: no criterion{which} is redundant",
        )


@dataclass(frozen=True, slots=True)
class Dead(_Claim):
    """No part is dead: each criterion fails somebody, each exemption and each alternative lets somebody pass."""

    name: ClassVar[str] = "dead"
    rule: str
    criterion: str | None = None

    @property
    def claim(self) -> Text:
        """The claim in words."""
        which = f" `{self.criterion}`" if self.criterion else ""
        return Text(f"`{self.rule}`: tidak ada bagian{which} yang mati", f"`{self.rule}`: no part{which} is dead")


@dataclass(frozen=True, slots=True)
class Equivalent(_Claim):
    """Everybody comes to the same by another policy, or by another rule of this one."""

    name: ClassVar[str] = "equivalent"
    rule: str
    to: str | None = None
    other_rule: str | None = None

    @property
    def claim(self) -> Text:
        """The claim in words."""
        other = f"`{self.to or ''}#{self.other_rule or self.rule}`"
        return Text(f"`{self.rule}` setara dengan {other}", f"`{self.rule}` is equivalent to {other}")


@dataclass(frozen=True, slots=True)
class ComparePolicies(_Claim):
    """How a rule stands to the same rule of another policy: equivalent, stricter, looser or incomparable."""

    name: ClassVar[str] = "compare"
    rule: str
    to: str

    @property
    def claim(self) -> Text:
        """The claim in words."""
        return Text(f"`{self.rule}` dibandingkan dengan `{self.to}`", f"`{self.rule}` compared with `{self.to}`")


@dataclass(frozen=True, slots=True)
class Gaps(_Claim):
    """To everybody of a described group, one of some rules applies.

    `among`: facts with their values, such as `(("employment", "PNS"), ("service_status", "aktif"))`.
    """

    name: ClassVar[str] = "gaps"
    rules: tuple[str, ...]
    among: tuple[tuple[str, str], ...] = ()

    @property
    def claim(self) -> Text:
        """The claim in words."""
        group = ", ".join(f"{name}: {value}" for name, value in self.among)
        rules = ", ".join(f"`{rule}`" for rule in self.rules)
        return Text(
            f"tidak ada celah: bagi setiap {{{group}}} berlaku salah satu dari {rules}",
            f"no gap: to everybody with {{{group}}} one of {rules} applies",
        )


@dataclass(frozen=True, slots=True)
class Conflicts(_Claim):
    """Nobody is eligible by two of some rules for two different things at once."""

    name: ClassVar[str] = "conflicts"
    rules: tuple[str, ...]

    @property
    def claim(self) -> Text:
        """The claim in words."""
        rules = ", ".join(f"`{rule}`" for rule in self.rules)
        return Text(f"tidak ada pertentangan di antara {rules}", f"no conflict among {rules}")


PolicyQuestion: TypeAlias = (
    Reachable | Never | Always | Blind | MeritNeverHurts | AtLeastAsStrict | Redundant | Dead | Equivalent | ComparePolicies | Gaps
    | Conflicts
)  # fmt: skip
QUESTIONS: dict[str, type[PolicyQuestion]] = {
    kind.name: kind
    for kind in (
        AtLeastAsStrict, Blind, MeritNeverHurts, Reachable, Never, Always, Redundant, Dead, Equivalent, Gaps, Conflicts, ComparePolicies,
    )
}  # fmt: skip
"""The questions by name."""


def check_verdict(verdict: str) -> None:
    """Raise PolicyError for a verdict that nothing is proved of."""
    if verdict not in VERDICTS:
        known = [one for one in VERDICTS if one not in ("fulfilled", "owed")]
        message = phrase(
            en="nothing is proved of the verdict `{verdict}`: it is asked of people of whom everything is known",
            id="tidak ada yang dibuktikan tentang hasil `{verdict}`: pertanyaan ini mengenai orang yang datanya lengkap",
            verdict=verdict,
        )
        raise PolicyError(
            [
                Problem(
                    "unknown-verdict",
                    message,
                    help=phrase(en="choose {known}", id="pilih {known}", known=", ".join(f"`{one}`" for one in known)),
                )
            ]
        )


def _word(verdict: str) -> Text:
    return {
        "eligible": Text("memenuhi syarat", "eligible"),
        "fulfilled": Text("telah memenuhi kewajiban", "found to have fulfilled it"),
        "ineligible": Text("tidak memenuhi syarat", "ineligible"),
        "owed": Text("masih berkewajiban", "found to owe it"),
        "not_applicable": Text("di luar sasarannya", "outside its scope"),
    }[verdict]
