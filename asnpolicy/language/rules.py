"""Rules as the engine sees them: criteria over core nodes, with the titles and sources that explain them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import Literal as Choice
from typing import TypeAlias, assert_never

from asnpolicy.language.dates import Period
from asnpolicy.language.nodes import (
    YES,
    AllOf,
    AnyOf,
    Asks,
    Expr,
    Field,
    Fold,
    Kind,
    Node,
    Not,
    Truth,
    Type,
    Within,
    walk,
)
from asnpolicy.problems import Place
from asnpolicy.text import Text as Text  # noqa: PLC0414  # rules are told in it

Standing: TypeAlias = Choice["in_force", "illustrative"]
RuleKind: TypeAlias = Choice["promotion", "award", "duty", "mentoring", "mentor", "pair", "leaving", "service"]

OwedBy: TypeAlias = Choice["pegawai", "atasan-langsung", "pejabat-penilai", "instansi"]
"""Who owes a duty: the person whom it is about, the official who appraises that person, or the agency."""
RulePart: TypeAlias = Choice["", "previous", "mentor", "pair", "left"]
CriterionKind: TypeAlias = Choice["named", "within", "fulfilled_when"]
DATED = frozenset({"birth_date", "cpns_on", "pns_on", "agency_since", "recruitment_year"})
"""Fields that are days or years of what is past: what they say does not change with the day."""

FAILED, UNKNOWN, HELD, WAIVED, NOT_APPLICABLE = range(5)
"""The status of a criterion; its worth is `min(status, 2)`."""


PERCENT = Text("%", "%")
"""The unit of a share."""


# Trees: a condition in the grouping that its author gave it, with what each part looks at; the core is what it comes to

TestWord: TypeAlias = Choice["is", "not", "in", "not_in", "at_least", "at_most", "below", "above", "has", "within"]
"""The words by which a value is tested."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Cited:
    """A value or a cell of the policy that is read, with its own basis; `picked` holds for whom it is the one that counts."""

    name: str
    basis: str
    standing: Standing
    picked: Truth = YES


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Observation:
    """What a condition looks at: the fact, how to read it, and what is required of it."""

    fact: str
    label: Text
    type: Type
    unit: Text | None
    seen: Expr
    word: TestWord
    required: tuple[Expr, ...] = ()
    item: str = ""
    """Which item of a written list it is about, inside `each`."""
    cites: tuple[Cited, ...] = ()
    """The values and cells of the policy that are read here."""
    components: tuple[MadeOf, ...] = ()
    """What a figure is worked out from."""
    against: tuple[Observation, ...] = ()
    """The figures that it is compared with, each with what it is worked out from."""
    each: ConditionTree | None = None
    """What is asked of each record: of a share, of which records it is; of records added up, how the value of each is chosen."""
    over: Expr | None = None
    """How many records what is seen is spread over, where it is told as a mean or a share: a comparison divides nothing."""


@dataclass(frozen=True, slots=True)
class Component:
    """One part that a figure is worked out from, and how it enters."""

    how: Choice["plus", "minus", "times", "divide"]
    part: Observation


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """One part or the other of a figure: `then` where the condition holds, else `otherwise`."""

    test: ConditionTree
    then: Observation
    otherwise: Observation


MadeOf: TypeAlias = Component | Chosen
"""What a figure is worked out from: parts in their order, or one of two."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Leaf:
    """One comparison, with what it looks at."""

    truth: Truth
    observation: Observation


@dataclass(frozen=True, slots=True, eq=False)
class YearLeaf:
    """That a history has a record of a calendar year."""

    truth: Truth
    history: str
    year: Expr


@dataclass(frozen=True, slots=True, eq=False)
class RuleLeaf:
    """What another rule comes to."""

    truth: Asks


@dataclass(frozen=True, slots=True, eq=False)
class TargetLeaf:
    """That there is something to be promoted to."""

    truth: Truth


@dataclass(frozen=True, slots=True, eq=False)
class SilentLeaf:
    """A condition of which nothing is said."""

    truth: Truth


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """Conditions that are joined: all of them, any of them, so many of them, or not what is inside."""

    word: Choice["all", "any", "some", "not"]
    parts: tuple[ConditionTree, ...]
    least: int = 1
    """How many of them must hold at least, where it is some."""

    @property
    def truth(self) -> Truth:
        """Return the condition in core."""
        match self.word:
            case "all":
                return AllOf(tuple(part.truth for part in self.parts))
            case "any":
                return AnyOf(tuple(part.truth for part in self.parts))
            case "some":  # counted so, what is known of each says all that is known of how many hold
                chosen = combinations((part.truth for part in self.parts), self.least)
                return AnyOf(tuple(AllOf(those) for those in chosen))
            case "not":
                return Not(self.parts[0].truth)
            case _:
                assert_never(self.word)


ConditionTree: TypeAlias = Leaf | YearLeaf | RuleLeaf | TargetLeaf | SilentLeaf | Branch

NOTHING_SAID = Branch("all", ())
"""The tree of a condition of which nothing is said."""


def together(parts: list[ConditionTree]) -> ConditionTree:
    """Return the tree of conditions that must all hold."""
    return parts[0] if len(parts) == 1 else Branch("all", tuple(parts))


def leaves(tree: ConditionTree) -> Iterator[Leaf]:
    """Return each comparison, in the order written."""
    if isinstance(tree, Leaf):
        yield tree
    elif isinstance(tree, Branch):
        for part in tree.parts:
            yield from leaves(part)


def observations_of(tree: ConditionTree) -> tuple[Observation, ...]:
    """Return all that is looked at, in the order written."""
    return tuple(leaf.observation for leaf in leaves(tree))


# Criteria


@dataclass(frozen=True, slots=True)
class Alternative:
    """A named exemption: when it holds, the criterion need not."""

    id: str
    title: Text
    basis: str
    holds: Truth
    tree: ConditionTree = NOTHING_SAID
    standing: Standing = "in_force"


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
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
    waivable_basis: str = ""
    tree: ConditionTree = NOTHING_SAID
    """What is said of `holds`, as its author wrote it."""
    kind: CriterionKind = "named"
    """Whether it has a name of its own, asks the rule that this one lies within, or is what fulfils a duty."""
    reading: Text | None = None
    """Which of two readings of an ambiguous text is taken."""

    @property
    def conditions(self) -> tuple[Truth, ...]:
        """Return every condition of the criterion: its own, its exemptions, and when it counts."""
        when = () if self.when is None else (self.when,)
        return (self.holds, *(alternative.holds for alternative in self.exempt), *when)


@dataclass(frozen=True, slots=True)
class Effect:
    """When what a rule grants takes effect: at once, or on the first day of the periods, which may have to be later."""

    periods: tuple[Period, ...] = ()
    after: bool = False
    """Strictly after the as-of date, as a pension begins on the first of the month after the birthday."""
    name: str = ""
    """The value of the policy that holds the periods."""
    month_of: str = ""
    """The event by which it takes effect on the first of the month of the event, not on its day."""


# Rules


@dataclass(frozen=True, slots=True)
class Judgement:
    """A condition of the law that only an official judges: it is told with every verdict, and decides none."""

    text: Text
    basis: str


@dataclass(frozen=True, slots=True, eq=False)
class Preference:
    """What counts when mentors are assigned: `weight` points for each unit of an amount. It decides no verdict."""

    observation: Observation
    """The fact that is weighed, as people read it."""
    amount: Expr
    """How much of it there is: yes is one, a length of time counts in whole months, a value by its order."""
    weight: int


@dataclass(frozen=True, slots=True)
class RuleId:
    """What a rule is called: the name that its author gave it, and which part of what is written there is meant.

    >>> str(RuleId("jp-tahunan", "previous")), RuleId.of("pembimbingan/pair").name
    ('jp-tahunan@previous', 'pembimbingan')
    """

    name: str
    part: RulePart = ""

    def __str__(self) -> str:
        return self.name + _SIGNS[self.part]

    @classmethod
    def of(cls, text: str) -> RuleId:
        """Return what is meant by a rule that is named in a text."""
        for part, sign in _SIGNS.items():
            if sign and text.endswith(sign):
                return cls(text.removesuffix(sign), part)
        return cls(text)


_SIGNS: dict[RulePart, str] = {"": "", "previous": "@previous", "mentor": "/mentor", "pair": "/pair", "left": "/left"}


@dataclass(frozen=True, eq=False, repr=False)
class Rule:
    """One named decision of a policy, on one piece of its timeline; what it reads and builds on, it knows itself."""

    name: str
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
    acting: bool = False
    """Whether a rule that leads into a vacant post names who acts in it (Plt, Plh), and appoints nobody."""
    whom: ConditionTree = NOTHING_SAID
    """What is said of `applies_to`, as its author wrote it."""
    strength: Choice["wajib", "dianjurkan"] | None = None
    owed_by: OwedBy = "pegawai"
    period: tuple[Expr, Expr] | None = None
    due: Expr | None = None
    tags: tuple[str, ...] = ()
    capacity: int | None = None
    mentee_prefers: tuple[Preference, ...] = ()
    mentor_prefers: tuple[Preference, ...] = ()
    reads_protected: str | None = None
    takes_effect: Effect | None = None
    follows: tuple[str, ...] = ()
    """The events of leaving on whose day the rule is asked, whenever that is after it."""
    not_decided: tuple[Judgement, ...] = ()
    """What only an official judges, the base's and the region's."""
    reading: Text | None = None
    """Which of two readings of an ambiguous text is taken."""
    loose: bool = False
    """Whether a value, a cell, an exemption or a rule without a basis in law bears on it, beside its own criteria."""
    part: RulePart = ""
    """Which part of what is written under the name: of a duty the period before, of mentoring the mentor or the pair."""

    def __repr__(self) -> str:
        return f"Rule({self.id}, {self.kind})"

    @cached_property
    def id(self) -> str:
        """Return what the rule is called, its part too."""
        return str(RuleId(self.name, self.part))

    @property
    def roots(self) -> tuple[Node, ...]:
        """The nodes that the rule is made of: its conditions, its target and its due day."""
        parts: list[Node | None] = [self.applies_to, self.target, self.due]
        for one in (*self.criteria, *self.warnings):
            parts += [one.holds, one.when, *(alternative.holds for alternative in one.exempt)]
        return tuple(part for part in parts if part is not None)

    @cached_property
    def into_post(self) -> bool:
        """Tell whether the rule leads into a vacant post."""
        return isinstance(self.target, Field) and self.target.scope == "opening"

    @cached_property
    def asks_the_person(self) -> bool:
        """Tell whether a criterion asks something of somebody, and not of the post alone."""
        nodes = (node for one in self.criteria for truth in one.conditions for node in walk(truth))
        return any(isinstance(n, Asks) or (isinstance(n, (Field, Fold)) and n.scope != "opening") for n in nodes)

    @cached_property
    def conditions(self) -> tuple[Truth, ...]:
        """Return every condition of the rule: whom it is for, and all that its criteria and warnings ask."""
        asked = (truth for one in (*self.criteria, *self.warnings) for truth in one.conditions)
        return (self.applies_to, *asked)

    def nodes(self) -> Iterator[Node]:
        """Return every node of the rule: of its conditions, of its target and of the day that it is due."""
        for root in (*self.conditions, self.target, self.due):
            if root is not None:
                yield from walk(root)

    @cached_property
    def builds_on(self) -> tuple[str, ...]:
        """Name the rules that this one builds on."""
        return tuple(sorted({node.rule for node in self.nodes() if isinstance(node, Asks)}))

    @cached_property
    def reads(self) -> tuple[tuple[str, str], ...]:
        """Name the fields and histories that the rule may read, each with whose it is; `agency.units` when it asks the tree."""
        found: set[tuple[str, str]] = set()
        for node in self.nodes():
            if isinstance(node, Field):
                found.add((node.scope, node.name))
            elif isinstance(node, Fold):
                found.add((node.scope, node.history))
            elif isinstance(node, Within):
                found.add(("agency", "units"))
        return tuple(sorted(found))

    @cached_property
    def assumes(self) -> tuple[str, ...]:
        """Name the undated fields that the rule reads."""
        read = (node for node in self.nodes() if isinstance(node, Field) and node.scope == "employee")
        return tuple(sorted({node.name for node in read if node.type.kind is not Kind.DATE and node.name not in DATED}))


@dataclass(frozen=True, eq=False, repr=False)
class Program:
    """All rules of a region in force on one piece of its timeline, half open: `since <= day < until`."""

    region: str
    since: date
    until: date
    rules: tuple[Rule, ...]

    def __repr__(self) -> str:
        return f"Program({self.region}, {self.since} to {self.until}: {len(self.rules)} rules)"

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """Return the rules by their ids."""
        return {rule.id: rule for rule in self.rules}

    def rule(self, key: str) -> Rule:
        """Return a rule by its id; raises KeyError."""
        return self.by_id[key]
