"""Writes the Python function of a rule: statements in order, each value computed once, unknowns looked at in the leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, assert_never, get_args

from asnpolicy.backends.code import Code, flat, folds_in, free_of_record, is_day_constant, listed
from asnpolicy.language.nodes import (
    AllOf,
    AnyOf,
    Arithmetic,
    Asks,
    AsOf,
    Band,
    Compare,
    Comparison,
    Contains,
    Cut,
    Divide,
    Elapsed,
    Expr,
    Field,
    Figure,
    Fold,
    If,
    IsNone,
    Literal,
    Lookup,
    Member,
    MonthsBetween,
    Node,
    Not,
    PlusMonths,
    RecordField,
    StartOfYear,
    Truth,
    Within,
    YearOf,
    children,
)  # fmt: skip
from asnpolicy.language.reading import may_be, spec
from asnpolicy.language.rules import Criterion, Rule
from asnpolicy.people import ABSENT, COMPLETE

SIGNS: dict[Comparison, str] = {"is": "==", "at_least": ">=", "at_most": "<=", "below": "<", "above": ">"}
OPPOSITE: dict[Comparison, str] = {"at_least": "<", "at_most": ">", "below": ">=", "above": "<="}
ARITHMETIC = {"plus": "+", "minus": "-", "times": "*"}
SCOPES = {"employee": "e", "opening": "o", "mentor": "mentor", "mentee": "mentee", "pair": "pair"}


class RuleWriter:
    """Writes one rule."""

    def __init__(
        self, rule: Rule, names: Mapping[str, str], parameters: dict[Node, int], constants: dict[str, Any]
    ) -> None:
        self.rule = rule
        self.names = names
        self.parameters = parameters
        self.constants = constants
        self.lines: list[str] = []
        self.depth = 1
        self.count = 0
        self.known: list[dict[Node, Any]] = [{}]
        self.scopes: set[str] = set()
        self.history = ""

    def source(self) -> str:
        """Give the source of the function."""
        for node in self._shared():
            self.value(node)
        applies = self.truth(self.rule.applies_to)
        criteria = [self.criterion(one) for one in self.rule.criteria]
        warnings = [self.criterion(one) for one in self.rule.warnings]
        self.write(f"return new(S, ({applies}, ({listed(criteria)}), ({listed(warnings)})))")
        heads = [f"    {SCOPES[scope]} = q.{scope}" for scope in sorted(self.scopes)]
        return "\n".join([f"def {self.names[self.rule.id]}(q, p):", *heads, *self.lines])

    def _shared(self) -> list[Fold]:
        """Give the folds that occur more than once: they are computed first."""
        seen: Counter[Fold] = Counter()
        for root in self.rule.conditions:
            seen.update(folds_in(root))
        return [fold for fold, times in seen.items() if times > 1]

    # Writing

    def write(self, line: str) -> None:
        """Write one statement."""
        self.lines.append("    " * self.depth + line)

    def name(self, prefix: str = "v") -> str:
        """Give a name that is not used yet."""
        self.count += 1
        return f"{prefix}{self.count}"

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Write a block; what is computed in it is not known after it."""
        self.write(head)
        self.depth += 1
        self.known.append({})
        yield
        self.known.pop()
        self.depth -= 1

    def remembered(self, node: Node) -> Any:
        """Give what holds a node, when it has been written where it can still be seen."""
        return next((scope[node] for scope in reversed(self.known) if node in scope), None)

    def constant(self, value: Any) -> str:
        """Give a name for a constant."""
        if value is ABSENT:
            return "A"
        if type(value) in (int, bool):
            return repr(value)
        for name, other in self.constants.items():
            if name.startswith("k") and type(other) is type(value) and other == value:
                return name
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name

    def parameter(self, node: Node) -> str:
        """Give the place of a value that depends on the day alone."""
        return f"p[{self.parameters.setdefault(node, len(self.parameters))}]"

    # Criteria

    def criterion(self, one: Criterion) -> str:
        """Write a criterion: not applicable, else the best of itself and its exemptions."""
        status = self.name("c")
        if one.when is None:
            self.write(f"{status} = {self._best(one)}")
            return status
        when = self.truth(one.when)
        with self.block(f"if {when} == 0:"):
            self.write(f"{status} = 4")
        with self.block("else:"):
            best = self._best(one)
            self.write(f"{status} = {best} if {when} == 2 or {best} == 2 else 1")
        return status

    def _best(self, one: Criterion) -> str:
        return self.truth(AnyOf((one.holds, *(a.holds for a in one.exempt))) if one.exempt else one.holds)

    # Conditions

    def truth(self, node: Truth) -> str:
        """Write a condition; give the name of its status."""
        known = self.remembered(node)
        if known is not None:
            return str(known)
        if is_day_constant(node):
            name = self.name("t")
            self.write(f"{name} = 2 if {self.parameter(node)} else 0")
        else:
            name = self._truth(node)
        if not isinstance(node, Literal):  # as a value it is written in another way
            self.known[-1][node] = name
        return name

    def _truth(self, node: Truth) -> str:
        match node:
            case Literal(value):
                return "2" if value is True else "0"
            case Compare(op, left, right):
                return self._compare(op, self.value(left), self.value(right))
            case IsNone(value):
                return self._is_none(self.value(value))
            case Member(value, among):
                return self._member(self.value(value), among)
            case Contains(texts, text):
                has = self.exact(texts)
                return self._set(f"1 if {has.low} is None else 2 if {self.constant(text)} in {has.low} else 0")
            case Within(unit, code):
                return self._within(self.exact(unit), code)
            case AllOf(items):
                return self._junction(items, "{new} < {all}", "{all}")
            case AnyOf(items):
                return self._junction(items, "{new} > {all}", "{all} != 2")
            case Not(item):
                return self._set(f"2 - {self.truth(item)}")
            case Asks(rule, question):
                return self._asks(rule, question)
            case _:
                assert_never(node)

    def _set(self, code: str) -> str:
        name = self.name("t")
        self.write(f"{name} = {code}")
        return name

    def _junction(self, items: tuple[Truth, ...], better: str, undecided: str) -> str:
        name = self._set(self.truth(items[0]))
        depth, opened = self.depth, 0
        for item in items[1:]:
            self.write(f"if {undecided.format(all=name)}:")
            self.depth += 1
            opened += 1
            self.known.append({})
            other = self.truth(item)
            self.write(f"if {better.format(new=other, all=name)}: {name} = {other}")
        for _ in range(opened):
            self.known.pop()
        self.depth = depth
        return name

    def _compare(self, op: Comparison, left: Code, right: Code) -> str:
        if left.high is not None and right.high is not None:
            return self._set(f"compare({op!r}, {left.low}, {left.high}, {right.low}, {right.high})")
        if right.high is not None:
            turned: dict[Comparison, Comparison] = {
                "is": "is", "at_least": "at_most", "at_most": "at_least", "below": "above", "above": "below",
            }  # fmt: skip
            return self._compare(turned[op], right, left)
        if left.high is not None:
            return self._set(self._bounded(op, left, right))
        return self._set(self._plain(op, left, right))

    @staticmethod
    def _bounded(op: Comparison, left: Code, right: Code) -> str:
        """Compare bounds with one value: decided when all that the bounds allow is on one side."""
        low, high, one = left.low, left.high, right.low
        if op == "is":
            return f"compare({op!r}, {low}, {high}, {one}, {one})"
        low_is, high_is = ("", "") if not left.unknown else (f"{low} is not None and ", f"{high} is not None and ")
        above, below = f"{low_is}{low} {{}} {one}", f"{high_is}{high} {{}} {one}"
        held, failed = {
            "at_least": (above.format(">="), below.format("<")),
            "above": (above.format(">"), below.format("<=")),
            "at_most": (below.format("<="), above.format(">")),
            "below": (below.format("<"), above.format(">=")),
        }[op]
        absent = [f"{c} is A" for c, may in ((low, left.absent), (one, right.absent)) if may]
        code = f"2 if {held} else 0 if {failed} else 1"
        if right.unknown:
            code = f"1 if {one} is None else {code}"
        return f"0 if {' or '.join(absent)} else {code}" if absent else code

    @staticmethod
    def _plain(op: Comparison, left: Code, right: Code) -> str:
        absent = [f"{c.low} is A" for c in (left, right) if c.absent]
        unknown = [f"{c.low} is None" for c in (left, right) if c.unknown]
        code = f"2 if {left.low} {SIGNS[op]} {right.low} else 0"
        if unknown:
            code = f"1 if {' or '.join(unknown)} else {code}"
        return f"0 if {' or '.join(absent)} else {code}" if absent else code

    def _is_none(self, seen: Code) -> str:
        if seen.high is not None:
            return self._set(
                f"2 if {seen.low} is A else 0 if {seen.low} is not None and {seen.low} == {seen.high} else 1"
            )
        code = f"2 if {seen.low} is A else 0"
        return self._set(f"1 if {seen.low} is None else {code}" if seen.unknown else code)

    def _member(self, seen: Code, among: tuple[Any, ...]) -> str:
        if seen.high is not None:
            return self._set(f"member({seen.low}, {seen.high}, {self.constant(among)})")
        code = f"2 if {seen.low} in {self.constant(frozenset(among))} else 0"
        return self._set(f"1 if {seen.low} is None else {code}" if seen.unknown else code)

    def _within(self, unit: Code, code: str) -> str:
        name = self.name("t")
        with self.block(f"if {unit.low} is None or {unit.low} is A:"):
            self.write(f"{name} = 1 if {unit.low} is None else 0")
        with self.block("else:"):
            self.write(f"{name} = q.agency.within({unit.low}, {self.constant(code)})")
            self.write(f"{name} = 1 if {name} is None else 2 if {name} else 0")
        return name

    def _asks(self, rule: str, question: str) -> str:
        asked = self.name("s")
        self.write(f"{asked} = {self.names[rule]}(q, p)")
        holds = f"{asked}.holds"
        if question == "eligible":
            return self._set(f"min({asked}.applies, {holds})")
        return self._set(f"max(2 - {asked}.applies, {holds})")

    # Values

    def exact(self, node: Expr) -> Code:
        """Write an expression as one value: unknown unless its bounds meet."""
        seen = self.value(node)
        if seen.high is None:
            return seen
        name = self.name()
        self.write(f"{name} = {seen.low} if {seen.low} is not None and {seen.low} == {seen.high} else None")
        return Code(name)

    def value(self, node: Expr) -> Code:
        """Write an expression; give the names that hold it."""
        known = self.remembered(node)
        if known is not None:
            return known  # type: ignore[no-any-return]
        if is_day_constant(node) and not isinstance(node, AsOf):
            certain = isinstance(node, (Cut, YearOf, StartOfYear, Arithmetic))
            code = Code(self.parameter(node), unknown=False, absent=not certain)
        else:
            code = self._value(node)
        self.known[-1][node] = code
        return code

    def _value(self, node: Expr) -> Code:
        match node:
            case Literal(value):
                return Code(self.constant(value), unknown=False, absent=value is ABSENT)
            case Field(scope, name):
                self.scopes.add(scope)
                return self._read(f"{SCOPES[scope]}.{name}", node, *may_be(node))
            case RecordField(name):
                return self._read(f"r.{name}", node, *may_be(node, self.history))
            case AsOf():
                return Code(self.parameter(node), unknown=False, absent=False)
            case YearOf(day):
                return self._call("year({})", day)
            case StartOfYear(year):
                return self._call("start({})", year)
            case Arithmetic(op, left, right):
                return self._call(f"{{}} {ARITHMETIC[op]} {{}}", left, right)
            case Divide(value, by, rounding):
                return self._call(f"divide({{}}, {by}, {rounding!r})", value)
            case If():
                return self._if(node)
            case MonthsBetween(start, end):
                return self._call("months_between({}, {})", start, end)
            case PlusMonths(day, months):
                return self._call("plus_months({}, {})", day, months)
            case Cut(day, months, edge):
                return self._call(f"{edge}({{}}, {{}})", day, months)
            case Elapsed(start, end):
                return self._call("elapsed({}, {})", start, end)
            case Lookup():
                return self._look_up(node)
            case Fold():
                return self._fold(node)
            case Figure(_, body):
                return self.value(body)
            case _:
                assert_never(node)

    def _read(self, path: str, node: Field | RecordField, unknown: bool, absent: bool) -> Code:
        name = self.name()
        self.write(f"{name} = {path}")
        if node.type.places:
            self.write(f"if {name} is not None: {name} = scaled({name}, {node.type.places})")
        return Code(name, unknown=unknown, absent=absent)

    def _call(self, pattern: str, *parts: Expr) -> Code:
        """Compute with exact values: unknown when one is, absent when one is and none is unknown."""
        seen = [self.exact(part) for part in parts]
        code = pattern.format(*(s.low for s in seen))
        absent = [f"{s.low} is A" for s in seen if s.absent]
        unknown = [f"{s.low} is None" for s in seen if s.unknown]
        if absent:
            code = f"A if {' or '.join(absent)} else {code}"
        if unknown:
            code = f"None if {' or '.join(unknown)} else {code}"
        name = self.name()
        self.write(f"{name} = {code}")
        return Code(name, unknown=bool(unknown), absent=bool(absent))

    def _if(self, node: If) -> Code:
        test = self.truth(node.test)
        low, high = self.name(), self.name()
        at = len(self.lines)
        bounded = False
        for head, part in ((f"if {test} == 2:", node.then), (f"elif {test} == 0:", node.otherwise)):
            with self.block(head):
                seen = self.value(part)
                bounded = bounded or seen.high is not None
                self.write(f"{low} = {seen.low}")
                self.write(f"{high} = {seen.high or seen.low}")
        with self.block("else:"):
            self.write(f"{low} = {high} = None")
        if bounded:
            return Code(low, high)
        self.lines[at:] = [line for line in self.lines[at:] if not line.strip().startswith(f"{high} = ")]
        self.lines[-1] = self.lines[-1].replace(f"{low} = {high} = None", f"{low} = None")
        return Code(low)

    def _look_up(self, node: Lookup) -> Code:
        keys = [self.exact(key) for key in node.keys]
        names = ", ".join(key.low for key in keys)
        if any(isinstance(part, Band) for wanted, _ in node.rows for part in wanted):
            code = f"rows(({names},), {self.constant(node.rows)}, {self.constant(node.otherwise)})"
        else:
            single = len(keys) == 1
            table = {(wanted[0] if single else wanted): value for wanted, value in reversed(node.rows)}
            key = names if single else f"({names})"
            code = f"{self._table(table)}.get({key}, {self.constant(node.otherwise)})"
        unknown = [f"{key.low} is None" for key in keys if key.unknown]
        name = self.name()
        self.write(f"{name} = " + (f"None if {' or '.join(unknown)} else {code}" if unknown else code))
        absent = node.otherwise is ABSENT or any(value is ABSENT for _, value in node.rows)
        return Code(name, unknown=bool(unknown), absent=absent)

    def _table(self, table: dict[Any, Any]) -> str:
        name = f"table{len(self.constants)}"
        self.constants[name] = table
        return name

    # Folds

    def _fold(self, node: Fold) -> Code:
        self._hoist(node)
        history = self.name("h")
        self.scopes.add(node.scope)
        self.write(f"{history} = {SCOPES[node.scope]}.{node.history}")
        complete = self.name("k_")
        self.write(f"{complete} = {history}.complete_since")
        covered = self._covered(node, complete)
        match node.op:
            case "count" | "sum":
                return self._total(node, history, covered)
            case "least" | "greatest":
                return self._extreme(node, history, covered)
            case "latest":
                return self._latest(node, history, complete, covered)
            case "unbroken_since":
                return self._unbroken(node, history, complete, covered)
            case _:
                assert_never(node.op)

    def _hoist(self, node: Fold) -> None:
        """Compute what is the same for every record before the loop."""
        for root in (node.where, node.value):
            if root is not None:
                self._hoist_in(root)

    def _hoist_in(self, node: Node) -> None:
        if isinstance(node, Literal):
            return
        if free_of_record(node):
            self._either(node)
            return
        for child in children(node):
            self._hoist_in(child)

    def _either(self, node: Node) -> None:
        if isinstance(node, get_args(Truth)):
            self.truth(node)
        else:
            self.value(node)  # type: ignore[arg-type]  # what is no condition is an expression

    def _covered(self, node: Fold, complete: str) -> str:
        name = self.name("f")
        if node.covers is None:
            self.write(f"{name} = {complete} == {self.constant(COMPLETE)}")
        else:
            start = self.exact(node.covers)
            known = [f"{complete} is not None"]
            if start.unknown:
                known.append(f"{start.low} is not None")
            if start.absent:
                known.append(f"{start.low} is not A")
            known.append(f"{complete} <= {start.low}")
            tests = " and ".join(known)
            if start.unknown or start.absent:
                tests = f"{complete} == {self.constant(COMPLETE)} or {tests}"
            self.write(f"{name} = {tests}")
        return name

    @contextmanager
    def _each(self, node: Fold, history: str, order: str = "{}.records") -> Iterator[str | None]:
        """Write a loop over the records that may pass; gives the name of the filter's status, None if always sure."""
        outer, self.history = self.history, node.history
        with self.block(f"for r in {order.format(history)}:"):
            yield self._passes(node.where)
        self.history = outer

    def _passes(self, where: Truth) -> str | None:
        items = where.items if isinstance(where, AllOf) else (where,)
        status: str | None = None
        for item in flat(items):
            simple = self._refuses(item)
            if simple is not None:
                self.write(f"if {simple}: continue")
                continue
            if isinstance(item, Literal) and item.value is True:
                continue
            test = self.truth(item)
            self.write(f"if {test} == 0: continue")
            if status is None:
                status = self._set(test)
            else:
                self.write(f"if {test} == 1: {status} = 1")
        return status

    def _refuses(self, item: Truth) -> str | None:
        """Give the plain test by which a record is passed over, for a comparison that is always known."""
        if not isinstance(item, Compare):
            return None
        left, right = self.value(item.left), self.value(item.right)
        if any(code.high is not None or code.unknown or code.absent for code in (left, right)):
            return None
        sign = "!=" if item.op == "is" else OPPOSITE[item.op]
        return f"{left.low} {sign} {right.low}"

    def _total(self, node: Fold, history: str, covered: str) -> Code:
        low, high = self.name(), self.name()
        self.write(f"{low} = 0")
        self.write(f"{high} = 0 if {covered} else INF")
        with self._each(node, history) as status:
            value = self.exact(node.value) if node.value is not None else Code("1", unknown=False, absent=False)
            if value.unknown:
                self.write(f"if {value.low} is None:")
                self.write(f"    {high} = INF; continue")
            if value.absent:
                self.write(f"if {value.low} is A: continue")
            self.write(f"{high} += {value.low}")
            self.write((f"if {status} == 2: " if status else "") + f"{low} += {value.low}")
        return Code(low, high, unknown=False, absent=False)

    def _extreme(self, node: Fold, history: str, covered: str) -> Code:
        near, far, open_, sure = self.name(), self.name(), self.name(), self.name()
        sign = "<" if node.op == "least" else ">"
        self.write(f"{near} = {far} = None; {open_} = False; {sure} = 0")
        with self._each(node, history) as status:
            value = self.exact(node.value or Literal(1))
            if value.absent:
                self.write(f"if {value.low} is A: continue")
            self.write(f"{sure} |= " + (status or "2"))
            if value.unknown:
                self.write(f"if {value.low} is None:")
                self.write(f"    {open_} = True; continue")
            self.write(f"if {far} is None or {value.low} {sign} {far}: {far} = {value.low}")
            better = f"{near} is None or {value.low} {sign} {near}"
            self.write(f"if {f'{status} == 2 and ({better})' if status else better}: {near} = {value.low}")
        with self.block(f"if not {sure}:"):
            self.write(f"{near} = {far} = {self.constant(node.otherwise)} if {covered} else None")
        with self.block(f"elif {open_} or not {covered} or not {sure} & 2:"):
            self.write(f"{far} = None")
        return Code(far, near) if node.op == "least" else Code(near, far)

    def _latest(self, node: Fold, history: str, complete: str, covered: str) -> Code:
        name, left = self.name(), self.name()
        placed = spec(node.history).placed_by
        if node.nth > 1:
            self.write(f"{left} = {node.nth}")
        with self._each(node, history, "reversed({}.records)") as status:
            doubts = [f"{status} == 1"] if status else []
            doubts.append(f"not ({covered} or ({complete} is not None and {complete} <= r.{placed}))")
            self.write(f"if {' or '.join(doubts)}:")
            self.write(f"    {name} = None; break")
            if node.nth > 1:
                self.write(f"{left} -= 1")
                self.write(f"if {left}: continue")
            value = self.exact(node.value or Literal(1))
            self.write(f"{name} = {value.low}")
            self.write("break")
        with self.block("else:"):
            self.write(f"{name} = {self.constant(node.otherwise)} if {covered} else None")
        return Code(name)

    def _unbroken(self, node: Fold, history: str, complete: str, covered: str) -> Code:
        low, high, spans = self.name(), self.name(), self.name()
        self.write(f"{spans} = []")
        with self._each(node, history) as status:
            value = self.exact(node.value or Literal(1))
            until = f"None if {value.low} is A else {value.low}" if value.absent else value.low
            sure = f"{status} == 2" if status else "True"
            self.write(f"{spans}.append((r.{spec(node.history).placed_by}, {until}, {sure}))")
        self.write(f"{low}, {high} = unbroken({spans}, {complete}, {covered}, {self.constant(node.otherwise)})")
        return Code(low, high)
