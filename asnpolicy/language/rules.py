"""Rules as the engine sees them: criteria over core nodes, with the titles and sources that explain them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal as Choice
from typing import TypeAlias

from asnpolicy.language.nodes import Expr, Field, Truth, Type
from asnpolicy.problems import Place

Standing: TypeAlias = Choice["in_force", "illustrative"]
RuleKind: TypeAlias = Choice["promotion", "award", "duty", "mentoring", "mentor", "pair"]

FAILED, UNKNOWN, HELD, WAIVED, NOT_APPLICABLE = range(5)
"""The status of a criterion; its worth is `min(status, 2)`."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text for people, in Indonesian and in English."""

    id: str
    en: str

    def to(self, lang: str) -> str:
        """Give the text in `id` or `en`."""
        return self.en if lang == "en" else self.id


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """What a criterion looked at: the fact, how to read it, and what was required of it."""

    fact: str
    label: Text
    type: Type
    unit: str
    seen: Expr
    words: str = ""
    required: tuple[Expr, ...] = ()
    item: str = ""
    """Which item of a written list it is about, inside `each`."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A named exemption: when it holds, the criterion need not."""

    id: str
    title: Text
    basis: str
    holds: Truth
    observations: tuple[Observation, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Criterion:
    """One named condition of a rule."""

    id: str
    title: Text
    basis: str
    standing: Standing
    place: Place
    holds: Truth
    when: Truth | None = None
    exempt: tuple[Alternative, ...] = ()
    waivable_by: str | None = None
    observations: tuple[Observation, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the year on which promotions take effect, during a span: `since <= day < until`."""

    since: date
    until: date
    days: tuple[tuple[int, int], ...]
    """Month and day of each."""


@dataclass(frozen=True, slots=True)
class Effect:
    """When what a rule grants takes effect: at once, or on the first day of the periods, which may have to be later."""

    periods: tuple[Period, ...] = ()
    after: bool = False
    """Strictly after the as-of date, as a pension begins on the first of the month after the birthday."""


@dataclass(frozen=True, slots=True, eq=False)
class Preference:
    """What counts when mentors are assigned: `weight` points for each unit of an amount. It decides no verdict."""

    observation: Observation
    """The fact that is weighed, as people read it."""
    amount: Expr
    """How much of it there is: yes is one, a length of time counts in whole months, a value by its order."""
    weight: int


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One named decision of a policy, on one piece of its timeline."""

    id: str
    kind: RuleKind
    title: Text
    basis: str
    standing: Standing
    place: Place
    applies_to: Truth
    criteria: tuple[Criterion, ...]
    warnings: tuple[Criterion, ...] = ()
    target: Expr | None = None
    target_type: Type | None = None
    applies_observations: tuple[Observation, ...] = ()
    strength: Choice["wajib", "dianjurkan"] | None = None
    period: tuple[Expr, Expr] | None = None
    due: Expr | None = None
    tags: tuple[str, ...] = ()
    capacity: int | None = None
    mentee_prefers: tuple[Preference, ...] = ()
    mentor_prefers: tuple[Preference, ...] = ()
    reads_protected: str | None = None
    takes_effect: Effect | None = None

    @property
    def into_post(self) -> bool:
        """Tell whether the rule leads into a vacant post."""
        return isinstance(self.target, Field) and self.target.scope == "opening"


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """All rules of a region in force on one piece of its timeline, half open: `since <= day < until`."""

    region: str
    since: date
    until: date
    rules: tuple[Rule, ...]

    def rule(self, key: str) -> Rule:
        """Give a rule by its id; raises KeyError."""
        for rule in self.rules:
            if rule.id == key:
                return rule
        raise KeyError(key)
