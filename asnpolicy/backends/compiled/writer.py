"""Writes the Python function of a rule: statements in order, each value computed once, unknowns looked at in the leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, assert_never

from asnpolicy.backends.compiled import folds
from asnpolicy.backends.compiled.code import Code, is_day_constant
from asnpolicy.backends.compiled.folds import SCOPES
from asnpolicy.backends.compiled.runtime import Banded
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
    CountedMonths,
    Cut,
    Divide,
    Elapsed,
    Expr,
    Field,
    Figure,
    Fold,
    If,
    IsNone,
    Kind,
    LastMonthEnd,
    Literal,
    Lookup,
    Member,
    MonthsBetween,
    Node,
    Not,
    PlusDays,
    PlusMonths,
    RecordField,
    StartOfYear,
    Truth,
    Upcoming,
    Within,
    YearOf,
)  # fmt: skip
from asnpolicy.language.reading import may_be, spec
from asnpolicy.people import ABSENT

SIGNS: dict[Comparison, str] = {"is": "==", "at_least": ">=", "at_most": "<=", "below": "<", "above": ">"}
ARITHMETIC = {"plus": "+", "minus": "-", "times": "*"}


class NodeWriter:
    """Writes conditions and values, one after another, into the body of one function."""

    def __init__(
        self, names: Mapping[str, str], parameters: dict[Node, int], constants: dict[str, Any], *, careful: bool = False
    ) -> None:
        self.careful = careful
        self.names = names
        self.parameters = parameters
        self.constants = constants
        self.lines: list[str] = []
        self.depth = 1
        self.count = 0
        self.known: list[dict[Node, Any]] = [{}]
        self.scopes: set[str] = set()
        self.history = ""

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

    def remembered(self, node: Node) -> Code | None:
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

    def hangs_on_day_alone(self, node: Node) -> bool:
        """Tell whether a node is a parameter of the function: the same for everybody on one day."""
        return is_day_constant(node)

    def day(self) -> Code:
        """Give what holds the as-of date."""
        return Code(self.parameter(AsOf()), unknown=False, absent=False)

    # Conditions

    def truth(self, node: Truth) -> str:
        """Write a condition; give the name of its status."""
        known = self.remembered(node)
        if known is not None:
            return str(known)
        if self.hangs_on_day_alone(node):
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
                return self.set(f"1 if {has.low} is None else 2 if {self.constant(text)} in {has.low} else 0")
            case Within(unit, code):
                return self._within(self.exact(unit), code)
            case AllOf(items):
                return self._junction(items, "{new} < {all}", "{all}")
            case AnyOf(items):
                return self._junction(items, "{new} > {all}", "{all} != 2")
            case Not(item):
                return self.set(f"2 - {self.truth(item)}")
            case Asks(rule, question):
                return self._asks(rule, question)
            case _:
                assert_never(node)

    def set(self, code: str) -> str:
        """Write a status; return its name."""
        name = self.name("t")
        self.write(f"{name} = {code}")
        return name

    def _junction(self, items: tuple[Truth, ...], better: str, undecided: str) -> str:
        name = self.set(self.truth(items[0]))
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
        if left.mostly or right.mostly:
            return self._mostly(op, left, right)
        if left.high is not None and right.high is not None:
            return self.set(f"compare({op!r}, {left.low}, {left.high}, {right.low}, {right.high})")
        if right.high is not None:
            turned: dict[Comparison, Comparison] = {
                "is": "is", "at_least": "at_most", "at_most": "at_least", "below": "above", "above": "below",
            }  # fmt: skip
            return self._compare(turned[op], right, left)
        if left.high is not None:
            return self.set(self._bounded(op, left, right))
        return self.set(self._plain(op, left, right))

    def _mostly(self, op: Comparison, left: Code, right: Code) -> str:
        """Compare values of which each is nearly always one: by their bounds only where they are not."""
        sides = [code for code in (left, right) if code.high is not None]
        general = f"compare({op!r}, {left.low}, {left.high or left.low}, {right.low}, {right.high or right.low})"
        if not all(code.mostly for code in sides):
            return self.set(general)
        exact = " and ".join(f"{code.low} is {code.high}" for code in sides)
        return self.set(f"({self._plain(op, left, right)}) if {exact} else {general}")

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
            return self.set(
                f"2 if {seen.low} is A else 0 if {seen.low} is not None and {seen.low} == {seen.high} else 1"
            )
        code = f"2 if {seen.low} is A else 0"
        return self.set(f"1 if {seen.low} is None else {code}" if seen.unknown else code)

    def _member(self, seen: Code, among: tuple[Any, ...]) -> str:
        general = f"member({seen.low}, {seen.high}, {self.constant(among)})"
        if seen.high is not None and not seen.mostly:
            return self.set(general)
        code = f"2 if {seen.low} in {self.constant(frozenset(among))} else 0"
        code = f"1 if {seen.low} is None else {code}" if seen.unknown else code
        return self.set(f"({code}) if {seen.low} is {seen.high} else {general}" if seen.mostly else code)

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
        self.write(f"{asked} = {self.names[rule]}_once(q, p)")
        holds = f"{asked}.holds"
        if question == "eligible":
            return self.set(f"min({asked}.applies, {holds})")
        return self.set(f"max(2 - {asked}.applies, {holds})")

    # Values

    def exact(self, node: Expr) -> Code:
        """Write an expression as one value: unknown unless its bounds meet."""
        seen = self.value(node)
        if seen.high is None:
            return seen
        name = self.name()
        self.write(f"{name} = {seen.low}")
        self.write(f"if {name} is not {seen.high} and {name} != {seen.high}: {name} = None")
        return Code(name, absent=seen.absent)

    def value(self, node: Expr) -> Code:
        """Write an expression; give the names that hold it."""
        known = self.remembered(node)
        if known is not None:
            return known
        if self.hangs_on_day_alone(node) and not isinstance(node, AsOf):
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
                unknown, absent = may_be(node, self.history)
                return self._read(f"r.{name}", node, unknown and not self._placed(name), absent)
            case AsOf():
                return self.day()
            case YearOf(day):
                return self._call("year", "year({})", day)
            case StartOfYear(year):
                return self._call("start_of_year", "start_of_year({})", year)
            case Arithmetic(op, left, right):
                return self._call(op, f"{{}} {ARITHMETIC[op]} {{}}", left, right)
            case Divide():
                return self._divide(node)
            case If():
                return self._if(node)
            case MonthsBetween(start, end):
                return self._call("months_between", "months_between({}, {})", start, end)
            case PlusMonths(day, months):
                return self._call("plus_months", "plus_months({}, {})", day, months)
            case Cut(day, months, edge):
                return self._call(edge, f"{edge}({{}}, {{}})", day, months)
            case PlusDays(day, count, None):
                return self._call("plus_days", "plus_days({}, {})", day, more=(str(count),))
            case PlusDays(day, count, holidays):
                return self._working(self.value(day), f"{count}, {self.constant(holidays)}")
            case LastMonthEnd(day):
                return self._call("last_month_end", "last_month_end({})", day)
            case Upcoming(day, periods):
                return self._call("upcoming", "upcoming({}, {})", day, more=(self.constant(periods),))
            case CountedMonths(since):
                return self._counted(self.value(since))
            case Elapsed(start, end):
                return self._call("elapsed", "elapsed({}, {})", start, end)
            case Lookup():
                return self._look_up(node)
            case Fold():
                return folds.written(self, node)
            case Figure(_, body):
                return self.value(body)
            case _:
                assert_never(node)

    def _read(self, path: str, node: Field | RecordField, unknown: bool, absent: bool) -> Code:
        name = self.name()
        self.write(f"{name} = {path}")
        if node.type.places:
            self.write(f"if {name} is not None: {name} = scaled({name}, {node.type.places})")
        if not self.careful or node.type.kind is not Kind.DATE:
            return Code(name, unknown=unknown, absent=absent)
        high = self.name()
        self.write(f"{high} = {name}")
        self.write(f"if type({name}) is PartialDay: {name}, {high} = {name}.first, {name}.last")
        return Code(name, high, absent=absent, mostly=True)

    def _placed(self, name: str) -> bool:
        """Whether a field of a record tells when it is placed or seen: in the plain case that is a whole day."""
        kind = spec(self.history)
        return not self.careful and name in (kind.placed_by, kind.seen_by)

    def _call(self, op: str, pattern: str, *parts: Expr, more: tuple[str, ...] = ()) -> Code:
        """Compute: unknown when a part is, absent when one is and none is unknown; of bounds their two ends.

        What is given besides is the same for everybody.
        """
        seen = [self.value(part) for part in parts]
        absent = [f"{s.low} is A" for s in seen if s.absent]
        nothing = [f"{s.low} is None" for s in seen if s.unknown]
        code = pattern.format(*(s.low for s in seen), *more)
        if absent:
            code = f"A if {' or '.join(absent)} else {code}"
        if nothing:
            code = f"None if {' or '.join(nothing)} else {code}"
        ends = "".join(f", {s.low}, {s.high or s.low}" for s in seen) + "".join(f", {one}, {one}" for one in more)
        return self._either(seen, code, f"computed({op!r}{ends})", unknown=bool(nothing), absent=bool(absent))

    def _either(self, parts: list[Code], exact: str, bounded: str, *, unknown: bool, absent: bool) -> Code:
        """Write a computation: of single values in line, else of their bounds."""
        low = self.name()
        sides = [part for part in parts if part.high is not None]
        if not sides:
            self.write(f"{low} = {exact}")
            return Code(low, unknown=unknown, absent=absent)
        high = self.name()
        self.write(f"if {' and '.join(map(self._is_one, sides))}: {low} = {high} = {exact}")
        self.write(f"else: {low}, {high} = {bounded}")
        return Code(low, high, absent=absent, mostly=all(part.mostly for part in sides))

    @staticmethod
    def _is_one(part: Code) -> str:
        """Write whether the ends of a part meet; those that are nearly always one are the same thing."""
        if part.mostly:
            return f"{part.low} is {part.high}"
        return f"{part.low} == {part.high}" + (f" and {part.low} is not None" if part.unknown else "")

    def _divide(self, node: Divide) -> Code:
        seen = self.value(node.value)
        code = f"divide({seen.low}, {node.by}, {node.rounding!r})"
        code = f"A if {seen.low} is A else {code}" if seen.absent else code
        code = f"None if {seen.low} is None else {code}" if seen.unknown else code
        bounded = f"divided({seen.low}, {seen.high}, {node.by}, {node.rounding!r})"
        return self._either([seen], code, bounded, unknown=seen.unknown, absent=seen.absent)

    def _counted(self, since: Code) -> Code:
        low, high, day = self.name(), self.name(), since.low
        plain = ["r.counted is not None", "r.year is not None", *([f"{day} is {since.high}"] if since.high else [])]
        plain += [f"{day} is not None"] if since.unknown else []
        plain += [f"{day} is not A"] if since.absent else []
        self.write(f"if {' and '.join(plain)}: {low} = {high} = months_from(r, {day})")
        self.write(f"else: {low}, {high} = counted(r, {day}, {since.high or day})")
        return Code(low, high, absent=since.absent, mostly=True)

    def _working(self, day: Code, count: str) -> Code:
        low, high = self.name(), self.name()
        self.write(f"{low}, {high} = working({day.low}, {day.high or day.low}, {count})")
        return Code(low, high, absent=day.absent, mostly=True)

    def _if(self, node: If) -> Code:
        test = self.truth(node.test)
        low, high = self.name(), self.name()
        parts = []
        for head, part in ((f"if {test} == 2:", node.then), (f"elif {test} == 0:", node.otherwise)):
            with self.block(head):
                seen = self.value(part)
                parts.append(seen)
                self.write(f"{low} = {seen.low}")
                self.write(f"{high} = {seen.high or seen.low}")
        with self.block("else:"):
            one, other = self.value(node.then), self.value(node.otherwise)
            ends = f"{one.low}, {one.high or one.low}, {other.low}, {other.high or other.low}"
            self.write(f"{low}, {high} = hull({ends})")
        exact = all(seen.high is None or seen.mostly for seen in parts)
        return Code(low, high, absent=any(seen.absent for seen in parts), mostly=exact)

    def _look_up(self, node: Lookup) -> Code:
        keys = [self.exact(key) for key in node.keys]
        names = ", ".join(key.low for key in keys)
        if any(isinstance(part, Band) for wanted, _ in node.rows for part in wanted):
            code = f"{self._table(Banded(node.rows, node.otherwise))}[{names},]"
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

    def _table(self, table: Mapping[Any, Any]) -> str:
        name = f"table{len(self.constants)}"
        self.constants[name] = table
        return name
