"""Writes folds: loops over the records of a history; in the plain case in line, else by the definition's own folding."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, assert_never, get_args

from asnpolicy.backends.compiled.code import Code, flat, free_of_record
from asnpolicy.language.nodes import AllOf, Compare, Comparison, Fold, Literal, Node, Truth, children
from asnpolicy.language.ranges import range_of
from asnpolicy.language.reading import spec
from asnpolicy.people import ABSENT, COMPLETE

if TYPE_CHECKING:
    from asnpolicy.backends.compiled.writer import NodeWriter

OPPOSITE: dict[Comparison, str] = {"at_least": "<", "at_most": ">", "below": ">=", "above": "<="}
SCOPES = {"employee": "e", "opening": "o", "mentor": "mentor", "mentee": "mentee", "pair": "pair"}


def written(w: NodeWriter, node: Fold) -> Code:
    """Write a fold; return the names that hold what it comes to."""
    _hoist(w, node)
    history, complete = w.name("h"), w.name("k_")
    w.scopes.add(node.scope)
    w.write(f"{history} = {SCOPES[node.scope]}.{node.history}")
    w.write(f"{complete} = {history}.complete_since")
    covered = _covered(w, node, complete)
    if w.careful or _signed(node):
        return _collected(w, node, history, covered)
    if node.once:
        return _total_once(w, node, history, covered)
    match node.op:
        case "count" | "sum":
            return _total(w, node, history, covered)
        case "least" | "greatest":
            return _extreme(w, node, history, covered)
        case "latest":
            return _latest(w, node, history, complete, covered)
        case "held_since":
            return _held_since(w, node, history, complete, covered)
        case "unbroken_since":
            return _unbroken(w, node, history, complete, covered)
        case _:
            assert_never(node.op)


def _signed(node: Fold) -> bool:
    """Whether a sum may go down: then what is missing may lower it."""
    least = range_of(node.value, node.history) if node.op == "sum" and node.value is not None else None
    return least is not None and least.low < 0


# Before the loop


def _hoist(w: NodeWriter, node: Fold) -> None:
    """Compute what is the same for every record before the loop."""
    for root in (node.where, node.value):
        if root is not None:
            _hoist_in(w, root)


def _hoist_in(w: NodeWriter, node: Node) -> None:
    if isinstance(node, Literal):
        return
    if not free_of_record(node):
        for child in children(node):
            _hoist_in(w, child)
    elif isinstance(node, get_args(Truth)):
        w.truth(node)
    else:
        w.value(node)  # type: ignore[arg-type]  # what is no condition is an expression


def _covered(w: NodeWriter, node: Fold, complete: str) -> str:
    name = w.name("f")
    if node.covers is None:
        w.write(f"{name} = {complete} == {w.constant(COMPLETE)}")
        return name
    start = w.exact(node.covers)
    known = [f"{complete} is not None"]
    if start.unknown:
        known.append(f"{start.low} is not None")
    if start.absent:
        known.append(f"{start.low} is not A")
    tests = " and ".join([*known, f"{complete} <= {start.low}"])
    if start.unknown or start.absent:
        tests = f"{complete} == {w.constant(COMPLETE)} or {tests}"
    w.write(f"{name} = {tests}")
    return name


# The loop


@contextmanager
def _each(w: NodeWriter, node: Fold, records: str) -> Iterator[str | None]:
    """Write a loop over the records that may pass; gives the name of the filter's status, None if always sure."""
    outer, w.history = w.history, node.history
    with w.block(f"for r in {records}:"):
        yield _passes(w, node.where)
    w.history = outer


def _passes(w: NodeWriter, where: Truth) -> str | None:
    items = where.items if isinstance(where, AllOf) else (where,)
    status: str | None = None
    for item in flat(items):
        simple = _refuses(w, item)
        if simple is not None:
            w.write(f"if {simple}: continue")
            continue
        if isinstance(item, Literal) and item.value is True:
            continue
        test = w.truth(item)
        w.write(f"if {test} == 0: continue")
        if status is None:
            status = w.set(test)
        else:
            w.write(f"if {test} == 1: {status} = 1")
    return status


def _refuses(w: NodeWriter, item: Truth) -> str | None:
    """Give the plain test by which a record is passed over, for a comparison that is always known."""
    if not isinstance(item, Compare):
        return None
    left, right = w.value(item.left), w.value(item.right)
    if any(code.high is not None or code.unknown or code.absent for code in (left, right)):
        return None
    sign = "!=" if item.op == "is" else OPPOSITE[item.op]
    return f"{left.low} {sign} {right.low}"


def _value(w: NodeWriter, node: Fold) -> Code:
    return w.value(node.value) if node.value is not None else Code("1", unknown=False, absent=False)


# Any fold, by the definition's own folding


def _collected(w: NodeWriter, node: Fold, history: str, covered: str) -> Code:
    """Collect the records that may count, each as far as it is known, and fold them as the definition does."""
    found, low, high = w.name(), w.name(), w.name()
    w.write(f"{found} = []")
    with _each(w, node, f"{history}.records") as status:
        value = _value(w, node)
        sure = f"{status} == 2" if status else "True"
        w.write(f"{found}.append(record(r, {sure}, {value.low}, {value.high or value.low}))")
    measured = f", {_measured(w, node)}" if node.once else ""
    w.write(f"{low}, {high} = fold({w.constant(node)}, {history}, {covered}, {found}{measured})")
    return Code(low, high, mostly=node.op in ("latest", "held_since"))


def _measured(w: NodeWriter, node: Fold) -> str:
    """Write a function that gives the value of one record; return its name."""
    name, outer = w.name(), w.history
    w.history = node.history
    with w.block(f"def {name}(r):"):
        value = _value(w, node)
        w.write(f"return {value.low}, {value.high or value.low}")
    w.history = outer
    return name


# The plain case


def _total(w: NodeWriter, node: Fold, history: str, covered: str) -> Code:
    low, high = w.name(), w.name()
    w.write(f"{low} = 0")
    w.write(f"{high} = 0 if {covered} else INF")
    with _each(w, node, f"{history}.records") as status:
        value = _value(w, node)
        most = value.high or value.low
        if value.absent:
            w.write(f"if {value.low} is A: continue")
        w.write(f"{high} = INF if {most} is None else {high} + {most}" if value.unknown else f"{high} += {most}")
        tests = [*([f"{status} == 2"] if status else []), *([f"{value.low} is not None"] if value.unknown else [])]
        w.write((f"if {' and '.join(tests)}: " if tests else "") + f"{low} += {value.low}")
    return Code(low, high, unknown=False, absent=False)


def _total_once(w: NodeWriter, node: Fold, history: str, covered: str) -> Code:
    """Add up; where two records run at the same time, as the definition does."""
    kind, reach, until, together = spec(node.history), w.name(), w.name(), w.name()
    added = _total(w, node, history, covered)
    w.write(f"{reach} = {w.constant(date.min)}; {together} = False")
    with _each(w, node, f"{history}.records"):
        w.write(f"{until} = r.{kind.ends_by}")
        with w.block(f"if {until} is None or r.{kind.placed_by} is None or r.{kind.placed_by} < {reach}:"):
            w.write(f"{together} = True; break")
        w.write(f"if {until} > {reach}: {reach} = {until}")
    with w.block(f"if {together}:"):
        folded = _collected(w, node, history, covered)
        w.write(f"{added.low}, {added.high} = {folded.low}, INF if {folded.high} is None else {folded.high}")
    return added


def _extreme(w: NodeWriter, node: Fold, history: str, covered: str) -> Code:
    near, far, open_, sure = w.name(), w.name(), w.name(), w.name()
    sign = "<" if node.op == "least" else ">"
    w.write(f"{near} = {far} = None; {open_} = False; {sure} = 0")
    with _each(w, node, f"{history}.records") as status:
        value = w.exact(node.value or Literal(1))
        if value.absent:
            w.write(f"if {value.low} is A: continue")
        w.write(f"{sure} |= " + (status or "2"))
        if value.unknown:
            w.write(f"if {value.low} is None:")
            w.write(f"    {open_} = True; continue")
        w.write(f"if {far} is None or {value.low} {sign} {far}: {far} = {value.low}")
        better = f"{near} is None or {value.low} {sign} {near}"
        w.write(f"if {f'{status} == 2 and ({better})' if status else better}: {near} = {value.low}")
    with w.block(f"if not {sure}:"):
        w.write(f"{near} = {far} = {w.constant(node.otherwise)} if {covered} else None")
    with w.block(f"elif {open_} or not {covered} or not {sure} & 2:"):
        w.write(f"{far} = None")
    return Code(far, near) if node.op == "least" else Code(near, far)


def _latest(w: NodeWriter, node: Fold, history: str, complete: str, covered: str) -> Code:
    """Go back from the last record to the sure one that is wanted; what may stand in its place gives bounds."""
    low, high, sure, maybe = w.name(), w.name(), w.name(), w.name()
    placed = spec(node.history).placed_by
    w.write(f"{low} = U; {sure} = {maybe} = 0")
    with _each(w, node, f"reversed({history}.records)") as status:
        value = _value(w, node)
        if node.nth == 1:
            _joined(w, low, high, value)
        else:
            with w.block(f"if {sure} < {node.nth} <= {sure} + {maybe} + 1:"):
                _joined(w, low, high, value)
        if status:
            w.write(f"if {status} != 2: {maybe} += 1; continue")
        w.write(f"{sure} += 1")
        if node.nth > 1:
            w.write(f"if {sure} < {node.nth}: continue")
        w.write(f"if not ({covered} or ({complete} is not None and {complete} <= r.{placed})): {low} = {high} = None")
        w.write("break")
    with w.block("else:"):
        otherwise = Code(w.constant(node.otherwise), unknown=False)
        with w.block(f"if {covered}:"):
            _joined(w, low, high, otherwise)
        w.write(f"if not {covered}: {low} = {high} = None")
    return Code(low, high, absent=node.otherwise is ABSENT or _value_may_be_absent(w, node), mostly=True)


def _joined(w: NodeWriter, low: str, high: str, value: Code) -> None:
    """Write that a value is one more of those that may be meant."""
    w.write(f"if {low} is U: {low} = {value.low}; {high} = {value.high or value.low}")
    w.write(f"else: {low}, {high} = hull({low}, {high}, {value.low}, {value.high or value.low})")


def _value_may_be_absent(w: NodeWriter, node: Fold) -> bool:
    del w
    return node.value is not None


def _held_since(w: NodeWriter, node: Fold, history: str, complete: str, covered: str) -> Code:
    """Go back through the run of the last value while all is sure and known; anything else is folded as defined."""
    since, run, slow, high = w.name(), w.name(), w.name(), w.name()
    placed = spec(node.history).placed_by
    w.write(f"{since} = {run} = None; {slow} = True")
    with _each(w, node, f"reversed({history}.records)") as status:
        value = w.exact(node.value or Literal(1))
        doubts = [*([f"{status} != 2"] if status else []), f"{value.low} is None"]
        w.write(f"if {' or '.join(doubts)}: break")
        reached = f"{covered} or ({complete} is not None and {complete} <= r.{placed})"
        with w.block(f"if {run} is None:"):
            w.write(f"if not ({reached}): break")
            w.write(f"{run} = {value.low}")
        with w.block(f"elif {value.low} != {run}:"):
            w.write(f"{slow} = not ({reached})")
            w.write("break")
        w.write(f"elif not ({reached}): break")
        w.write(f"{since} = r.{placed}")
    with w.block("else:"):
        w.write(f"{slow} = not {covered}")
        w.write(f"if {run} is None: {since} = {w.constant(node.otherwise)}")
    w.write(f"{high} = {since}")
    with w.block(f"if {slow}:"):
        folded = _collected(w, node, history, covered)
        w.write(f"{since}, {high} = {folded.low}, {folded.high}")
    return Code(since, high, mostly=True)


def _unbroken(w: NodeWriter, node: Fold, history: str, complete: str, covered: str) -> Code:
    low, high, spans = w.name(), w.name(), w.name()
    placed = spec(node.history).placed_by
    w.write(f"{spans} = []")
    with _each(w, node, f"{history}.records") as status:
        value = _value(w, node)
        until, last = value.low, value.high or value.low
        if value.absent:
            until, last = (f"(None if {end} is A else {end})" for end in (until, last))
        sure = f"{status} == 2" if status else "True"
        w.write(f"{spans}.append(new(Span, (r.{placed}, r.{placed}, {until}, {last}, {sure})))")
    w.write(f"{low}, {high} = unbroken({spans}, {complete}, {covered}, {w.constant(node.otherwise)})")
    return Code(low, high)
