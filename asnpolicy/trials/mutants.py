"""Mutants: a rule with one thing in it changed, as a slip of the pen would: a threshold, an operator, a window, a day, a standing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, TypeAlias
from typing import Literal as Choice

from asnpolicy.language.nodes import (
    NO,
    YES,
    AllOf,
    Arithmetic,
    AsOf,
    Compare,
    Comparison,
    Cut,
    Fold,
    If,
    Literal,
    Lookup,
    Member,
    Node,
    PlusDays,
    PlusMonths,
    StartOfYear,
    Truth,
    YearOf,
    children,
    rebuild,
    walk,
)
from asnpolicy.language.rules import Branch, ConditionTree, Criterion, Leaf, Program, Rule, RuleLeaf, Standing, YearLeaf
from asnpolicy.people import OPEN
from asnpolicy.people.labels import Label
from asnpolicy.text import Text

MutantKind: TypeAlias = Choice["threshold", "operator", "window", "day", "standing", "criterion", "condition", "table"]
SHIFTED: dict[Comparison, Comparison] = {
    "at_least": "above",
    "above": "at_least",
    "at_most": "below",
    "below": "at_most",
}
"""What an operator becomes by one step."""
SCOPE = "applies_to"
"""What a mutant is in when it is in whom the rule is for."""
DUE = "due"
OTHER: dict[Standing, Standing] = {"in_force": "illustrative", "illustrative": "in_force"}
Change: TypeAlias = tuple[MutantKind, Text, Truth]


@dataclass(frozen=True, eq=False)
class Mutant:
    """A rule with one thing in it changed."""

    rule: Rule
    """As it should be."""
    part: str
    """What was changed: the name of a criterion or a warning, `applies_to` or `due`."""
    kind: MutantKind
    what: Text
    mutated: Rule
    number: int = 0
    before: Mutant | None = None
    """The same change in the rule of the period before, which is made of the same words; None where there is none."""

    @property
    def name(self) -> str:
        """Return what it is called: its rule, its part and its number there."""
        return f"{self.rule.id} › {self.part} › {self.number}"

    @property
    def says_the_same(self) -> bool:
        """Whether only the writing was changed: a condition that asks nothing, among others, was left out."""
        return bool(_asked(self.rule) == _asked(self.mutated))

    def as_data(self) -> dict[str, Any]:
        """Return it for machines."""
        what = {"id": self.what.id, "en": self.what.en}
        return {"rule": self.rule.id, "part": self.part, "kind": self.kind, "what": what, "number": self.number}


def _asked(rule: Rule) -> Any:
    """Return what a rule asks, without conditions that ask nothing."""
    criteria = [
        (
            one.id,
            one.standing,
            _bare(one.holds),
            one.when and _bare(one.when),
            [(e.id, _bare(e.holds)) for e in one.exempt],
        )
        for one in rule.criteria
    ]
    return _bare(rule.applies_to), criteria, rule.due


def _bare(node: Node) -> Node:
    """Return a node in which nothing is one of several that must hold but what asks something."""
    made = rebuild(node, _bare)
    if isinstance(made, If):
        return replace(made, otherwise=_after(made.test, made.otherwise))
    if not isinstance(made, AllOf):
        return made
    parts = [
        part for item in made.items for part in (item.items if isinstance(item, AllOf) else (item,)) if part != YES
    ]
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


_STRICT: dict[Comparison, tuple[Comparison, Comparison]] = {"at_least": ("at_most", "below"), "at_most": ("at_least", "above")}
"""Of a comparison that failed: another one of the same two values, and what that comes to then; with no value both fail."""


def _after(failed: Node, node: Any) -> Any:
    """Return what is asked next once a comparison failed: whether a day is at most one that it is not at least, is whether it is before."""
    if not (isinstance(failed, Compare) and failed.op in _STRICT and isinstance(node, If)):
        return node
    weak, strict = (replace(failed, op=op) for op in _STRICT[failed.op])
    test = strict if node.test == weak else node.test
    return replace(node, test=test, then=_after(failed, node.then), otherwise=_after(failed, node.otherwise))


def mutants_of(
    rule: Rule,
    parts: frozenset[str] | None = None,
    service: frozenset[str] = frozenset(),
    before: Rule | None = None,
) -> Iterator[Mutant]:
    """Return the mutants of a rule; `parts`: those of some of its criteria, of `applies_to` and of `due` alone.

    `service`: the rules of being in the service, which no author wrote. `before`: the rule of the period before, which is
    made of the same words, so that a slip of the pen is in both.

    What the language itself puts around an author's words, such as that whoever has left the service is asked nothing,
    is not changed: its tests are the library's.
    """
    there = {one.number: one for one in mutants_of(before, parts, service)} if before is not None else {}
    for number, (part, kind, what, mutated) in enumerate(_of_rule(rule, service), 1):
        if parts is None or part in parts:
            other = there.get(number)
            same = other is not None and (other.part, other.what) == (part, what)
            yield Mutant(rule, part, kind, what, mutated, number, other if same else None)


def service_of(program: Program) -> frozenset[str]:
    """Return the rules of being in the service, which no author wrote."""
    return frozenset(rule.id for rule in program.rules if rule.kind == "service")


def _of_rule(rule: Rule, service: frozenset[str]) -> Iterator[tuple[str, MutantKind, Text, Rule]]:
    for kind, what, truth in changes(rule.applies_to, rule.whom, service):
        yield SCOPE, kind, what, replace(rule, applies_to=truth)
    for at, one in enumerate(rule.criteria):
        for kind, what, changed in _of_criterion(one):
            others = (*rule.criteria[:at], *([] if changed is None else [changed]), *rule.criteria[at + 1 :])
            yield one.id, kind, what, replace(rule, criteria=others)
        if rule.standing == "in_force":
            flipped = replace(one, standing=OTHER[one.standing])
            others = (*rule.criteria[:at], flipped, *rule.criteria[at + 1 :])
            yield one.id, "standing", _flipped(one.standing), replace(rule, criteria=others)
    if rule.due is not None and rule.strength == "wajib":
        for months in (1, -1):
            what = _said(f"jatuh tempo {_way(months)[0]} 1 bulan", f"due 1 month {_way(months)[1]}")
            yield DUE, "day", what, replace(rule, due=PlusMonths(rule.due, Literal(months)))


def _way(step: int) -> tuple[str, str]:
    return ("lebih lambat", "later") if step > 0 else ("lebih cepat", "earlier")


def _said(id: str, en: str) -> Text:
    return Text(id, en)


def _flipped(standing: Standing) -> Text:
    return _said(f"kedudukan hukumnya `{OTHER[standing]}`", f"its standing is `{OTHER[standing]}`")


def _of_criterion(one: Criterion) -> Iterator[tuple[MutantKind, Text, Criterion | None]]:
    """Return what becomes of a criterion; None where it is left out."""
    yield "criterion", _said("syarat dihapus", "the criterion is left out"), None
    for kind, what, truth in changes(one.holds, one.tree):
        yield kind, what, replace(one, holds=truth)
    if one.when is not None:
        yield "condition", _said("`when` dihapus", "`when` is left out"), replace(one, when=None)
    for at, exemption in enumerate(one.exempt):
        rest = (*one.exempt[:at], *one.exempt[at + 1 :])
        what = _said(f"pembebasan `{exemption.id}` dihapus", f"the exemption `{exemption.id}` is left out")
        yield "criterion", what, replace(one, exempt=rest)
        for kind, what, truth in changes(exemption.holds, exemption.tree):
            changed = replace(exemption, holds=truth)
            yield kind, what, replace(one, exempt=(*one.exempt[:at], changed, *one.exempt[at + 1 :]))


# One condition


def changes(root: Truth, tree: ConditionTree, service: frozenset[str] = frozenset()) -> Iterator[Change]:
    """Return what becomes of a condition by one change in what its author wrote."""
    seen = {root}
    for leaf, neutral in _written(tree, YES):
        if isinstance(leaf, RuleLeaf) and leaf.truth.rule in service:
            continue
        for kind, what, old, new in (*_dropped(leaf, neutral, root), *_in_leaf(leaf)):
            changed: Any = put(root, old, new)
            if changed not in seen:
                seen.add(changed)
                yield kind, what, changed


def put(node: Node, old: Node, new: Node) -> Node:
    """Return a node with another in place of every one that is like a third."""
    return new if node == old else rebuild(node, lambda part: put(part, old, new))


def _written(tree: ConditionTree, neutral: Truth) -> Iterator[tuple[Leaf | YearLeaf | RuleLeaf, Truth]]:
    """Return each comparison that an author wrote, with what it is when it says nothing."""
    if isinstance(tree, (Leaf, YearLeaf, RuleLeaf)):
        yield tree, neutral
    elif isinstance(tree, Branch):
        inner = {"all": YES, "any": NO, "not": NO if neutral is YES else YES}[tree.word]
        for part in tree.parts:
            yield from _written(part, inner)


Swap: TypeAlias = tuple[MutantKind, Text, Node, Node]


def _dropped(leaf: Leaf | YearLeaf | RuleLeaf, neutral: Truth, root: Truth) -> Iterator[Swap]:
    if leaf.truth != root:
        called = _called(leaf)
        yield "condition", _said(f"`{called}` dihapus", f"`{called}` is left out"), leaf.truth, neutral


def _called(leaf: Leaf | YearLeaf | RuleLeaf) -> str:
    match leaf:
        case Leaf():
            return leaf.observation.fact
        case YearLeaf():
            return leaf.history
        case _:
            return leaf.truth.rule


def _in_leaf(leaf: Leaf | YearLeaf | RuleLeaf) -> Iterator[Swap]:
    called = _called(leaf)
    for node in _outside_folds(leaf.truth):
        match node:
            case Compare():
                yield from _compared(node, called)
            case Member():
                yield from _fewer(node, called)
            case Fold():
                yield from _filtered(node, called)
    for node in dict.fromkeys(walk(leaf.truth)):
        if isinstance(node, Lookup):
            yield from _shifted(node, called)


def _outside_folds(node: Node) -> Iterator[Node]:
    """Return a node and those inside it, but nothing of what is inside a fold."""
    yield node
    if not isinstance(node, Fold):
        for child in children(node):
            yield from _outside_folds(child)


def _compared(test: Compare, called: str) -> Iterator[Swap]:
    """Move a comparison by one step: by its operator to one side, by its threshold to both."""
    if test.op not in SHIFTED:
        if test.op == "is" and isinstance(test.right, Literal) and type(test.right.value) is int:
            for op in _ONE_SIDED:
                yield "operator", _became(called, "is", op), test, replace(test, op=op)
        return
    new = SHIFTED[test.op]
    yield "operator", _became(called, test.op, new), test, replace(test, op=new)
    for at, (before, after, moved) in enumerate(_moved(test.right)):
        if not isinstance(test.right, Literal) or at == _BY_OPERATOR[test.op]:
            yield "threshold", _became(called, before, after), test, replace(test, right=moved)


_ONE_SIDED: tuple[Comparison, ...] = ("at_least", "at_most")
_BY_OPERATOR: dict[Comparison, int] = {"at_least": 0, "above": 1, "at_most": 1, "below": 0}
"""On which side of a written value its threshold is moved (0: below, 1: above): the other side is the operator's."""


def _moved(right: Node) -> Iterator[tuple[str, str, Any]]:
    """Return a threshold one step to each side, the lower one first."""
    match right:
        case Literal(value):
            for near in _beside(value):
                yield str(value), str(near), Literal(near)
        case Cut(months=Literal(int() as months)) | PlusMonths(months=Literal(int() as months)):
            for near in (months - 1, months + 1):
                yield f"{months} months", f"{near} months", replace(right, months=Literal(near))
        case PlusDays():
            yield from _counted(right)
        case _:
            return


def _counted(moved: PlusDays) -> Iterator[tuple[str, str, Any]]:
    """Return a number of days one more and one less, the lower threshold first."""
    unit = "days" if moved.holidays is None else "working days"
    for count in (moved.count - 1, moved.count + 1):
        yield f"{abs(moved.count)} {unit}", f"{abs(count)} {unit}", replace(moved, count=count)


def _beside(value: Any) -> Iterator[Any]:
    match value:
        case bool():
            return
        case Label():
            yield from (_step(value, -1), _step(value, 1))
        case int():
            yield from (value - 1, value + 1)
        case date() if value != OPEN:
            yield from (value - timedelta(days=1), value + timedelta(days=1))
        case _:
            return


def _became(called: str, old: str, new: str) -> Text:
    return _said(
        f"`{called}`: {_in_indonesian(new)}, bukan {_in_indonesian(old)}", f"`{called}`: {new} instead of {old}"
    )


_WORDS = {
    "is": "sama dengan", "at_least": "paling sedikit", "above": "lebih dari", "at_most": "paling banyak",
    "below": "kurang dari", "days": "hari", "months": "bulan", "years": "tahun",
}  # fmt: skip


def _in_indonesian(text: str) -> str:
    return " ".join(_WORDS.get(word, word) for word in text.replace("working days", "hari kerja").split(" "))


def _fewer(test: Member, called: str) -> Iterator[Swap]:
    for at, left_out in enumerate(test.among):
        rest = (*test.among[:at], *test.among[at + 1 :])
        what = _said(f"`{called}`: tanpa {left_out}", f"`{called}`: without {left_out}")
        yield "condition", what, test, replace(test, among=rest)


def _filtered(fold: Fold, called: str) -> Iterator[Swap]:
    """Change what a fold counts: its window, and each test of its records."""
    tests = fold.where.items if isinstance(fold.where, AllOf) else (fold.where,)
    inside = [(at, test) for at, test in enumerate(tests) if not _of_window(test)]
    for at, test in inside:
        rest = AllOf((*tests[:at], *tests[at + 1 :]))
        what = _said(f"`{called}`: satu saringan dihapus", f"`{called}`: one filter is left out")
        yield "condition", what, fold, replace(fold, where=rest)
        for node in _outside_folds(test):
            found = _compared(node, called) if isinstance(node, Compare) else ()
            found = _fewer(node, called) if isinstance(node, Member) else found
            for kind, what, old, new in found:
                yield kind, what, fold, put(fold, old, new)
    for node in dict.fromkeys(_written_windows(fold.where)):
        for moved in _lengths(node):
            before, after, changed = moved
            what = _said(
                f"`{called}`: rentang waktu {_in_indonesian(after)}, bukan {_in_indonesian(before)}",
                f"`{called}`: a window of {after} instead of {before}",
            )
            yield "window", what, fold, put(fold, node, changed)


def _written_windows(node: Node) -> Iterator[Node]:
    """Return a filter and what is inside it, but not since when a year's appraisal is due: all rules share that value."""
    yield node
    for child in children(node):
        if not (isinstance(node, YearOf) and isinstance(child, Cut)):
            yield from _written_windows(child)


def _of_window(test: Node) -> bool:
    return any(isinstance(part, (AsOf, Cut, StartOfYear, YearOf, PlusMonths, PlusDays)) for part in walk(test))


def _lengths(node: Node) -> Iterator[tuple[str, str, Node]]:
    match node:
        case Cut(months=Literal(int() as months)):
            for near in (months - 1, months + 1):
                yield f"{months} months", f"{near} months", replace(node, months=Literal(near))
        case PlusDays(day=AsOf()):
            yield from _counted(node)
        case Arithmetic(op="minus", left=YearOf() as year, right=Literal(int() as years)):
            for near in (years - 1, years + 1):
                yield f"{years} years", f"{near} years", Arithmetic("minus", year, Literal(near))
        case _:
            return


def _shifted(table: Lookup, called: str) -> Iterator[Swap]:
    """Move every cell of a table by one step."""
    name = table.table or called
    for step in (-1, 1):
        rows = tuple((wanted, _step(cell, step)) for wanted, cell in table.rows)
        if rows != table.rows:
            word = "naik" if step > 0 else "turun"
            what = _said(
                f"`{called}`: setiap sel `{name}` {word} satu langkah",
                f"`{called}`: every cell of `{name}` one step {'up' if step > 0 else 'down'}",
            )
            yield "table", what, table, replace(table, rows=rows)


def _step(cell: Any, step: int) -> Any:
    if isinstance(cell, bool) or not isinstance(cell, int):
        return cell
    if isinstance(cell, Label):
        kinds: Any = type(cell)
        return next((one for one in kinds if int(one) == int(cell) + step), cell)
    return cell + step
