"""Conditions: what authors write under a criterion, desugared into core nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, get_args

from asnpolicy.language.facts import FACTS, Fact, compare, each_year, fold, span, until_or_open
from asnpolicy.language.nodes import (
    DATE,
    DURATION,
    NUMBER,
    SPAN,
    YES,
    AllOf,
    AnyOf,
    Asks,
    Compare,
    Comparison,
    Contains,
    Expr,
    Field,
    Fold,
    IsNone,
    Kind,
    Literal,
    Member,
    Not,
    RecordField,
    Truth,
    Type,
    Value,
    Within,
)
from asnpolicy.language.reading import record_fields, spec
from asnpolicy.language.rules import Observation, Text
from asnpolicy.language.windows import AS_OF, EVER, Window, during, in_last, last_full_years, last_rated, running, since
from asnpolicy.people import ABSENT, HISTORIES
from asnpolicy.policy.context import Built, Context
from asnpolicy.policy.source import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    as_mapping,
    as_sequence,
    as_text,
    as_truth,
    as_whole,
    keys,
)
from asnpolicy.policy.terms import NONE, dated_value, duration, fact, find_fact, literal, operand
from asnpolicy.problems import Place, suggest

COMPARISONS = ("at_least", "at_most", "below", "above")
TESTS = ("is", "not", "in", "not_in", *COMPARISONS, "has", "within")
WINDOWS = ("in_last", "last_full_years", "last_rated", "during", "since")
JUNCTIONS = ("all", "any", "each", "not", "rule", "rules")
ABOUT = ("title", "basis", "standing", "from", "until", "when", "exempt", "waivable", "use")
MEASURES = ("count", "total_time", "unbroken", "longest")
assert set(COMPARISONS) < set(get_args(Comparison))  # noqa: S101  # one list of comparisons, two spellings

HISTORY_LABELS = {
    "ranks": Text("Riwayat pangkat", "Ranks held"),
    "pppk_grades": Text("Riwayat golongan PPPK", "PPPK grades held"),
    "posts": Text("Riwayat jabatan", "Posts held"),
    "educations": Text("Riwayat pendidikan", "Education"),
    "appraisals": Text("Penilaian kinerja", "Appraisals"),
    "credits": Text("Penetapan angka kredit", "Credit letters"),
    "trainings": Text("Riwayat pelatihan", "Trainings"),
    "exams": Text("Riwayat ujian", "Examinations"),
    "competencies": Text("Hasil uji kompetensi", "Measured competencies"),
    "sanctions": Text("Hukuman disiplin", "Disciplinary sanctions"),
    "leaves": Text("Riwayat cuti", "Leaves"),
    "awards": Text("Riwayat penghargaan", "Awards"),
    "service_targets": Text("Target layanan", "Service targets"),
    "mentoring": Text("Riwayat mentoring", "Mentoring"),
    "contracts": Text("Riwayat perjanjian kerja", "Contracts"),
    "assessments": Text("Hasil asesmen", "Assessments"),
}
_MEASURE_LABELS = {
    "count": Text("jumlah", "count"),
    "total_time": Text("masa kumulatif", "total time"),
    "unbroken": Text("masa tanpa putus", "unbroken time"),
    "longest": Text("masa terlama", "longest time"),
}


def condition(ctx: Context, node: Node, skip: Iterable[str] = ()) -> Built:
    """Build a condition: all of what is written holds."""
    mapping = as_mapping(node, ctx.problems)
    if mapping is None:
        return Built(YES)
    entries = [entry for name, entry in mapping.entries.items() if name not in skip]
    if not entries:
        ctx.problems.add("empty-condition", "there is no condition here", mapping.place, "write at least one fact")
        return Built(YES)
    return together([_entry(ctx, entry.key, entry.value) for entry in entries])


def together(parts: list[Built]) -> Built:
    """Join conditions that must all hold."""
    if len(parts) == 1:
        return parts[0]
    return Built(AllOf(tuple(p.truth for p in parts)), tuple(o for p in parts for o in p.observations))


def _entry(ctx: Context, key: Scalar, node: Node) -> Built:
    match key.text:
        case "all" | "any":
            return _junction(ctx, key.text, node)
        case "each":
            return _each(ctx, node)
        case "not":
            inner = condition(ctx, node)
            return Built(Not(inner.truth), inner.observations)
        case "rule" | "rules":
            return _rules(ctx, key, node)
        case _ if ctx.history is not None:
            return _of_record(ctx, key, node)
        case name if name in HISTORIES:
            return _of_history(ctx, key, node)
        case _:
            return _of_fact(ctx, key, node)


def _junction(ctx: Context, word: str, node: Node) -> Built:
    sequence = as_sequence(node, ctx.problems)
    parts = [condition(ctx, item) for item in sequence.items] if sequence else []
    if not parts:
        ctx.problems.add("empty-condition", f"`{word}` is empty", node.place, "list at least one condition")
        return Built(YES)
    kind = AllOf if word == "all" else AnyOf
    return Built(kind(tuple(p.truth for p in parts)), tuple(o for p in parts for o in p.observations))


def _each(ctx: Context, node: Node) -> Built:
    """Unroll a condition over a written list: it must hold for each item, which it names with `fact: each`."""
    mapping = as_mapping(node, ctx.problems)
    if mapping is None or "of" not in mapping.entries:
        if mapping is not None:
            ctx.problems.add(
                "missing-key", "`each` needs `of`", mapping.place, "list the items: `each: {of: [a, b], …}`"
            )
        return Built(YES)
    if ctx.each is not None:
        ctx.problems.add("nested-each", "`each` stands inside another `each`", mapping.place, "write one list at a time")
        return Built(YES)
    items = as_sequence(mapping.entries["of"].value, ctx.problems)
    if items is not None and not items.items:
        ctx.problems.add("empty-condition", "the list of `each` is empty", items.place, "list at least one item")
    if items is None or not items.items:
        return Built(YES)
    return together([_named_after(item, condition(replace(ctx, each=item), mapping, ("of",))) for item in items.items])


def _named_after(item: Node, built: Built) -> Built:
    """Say in what is observed which item of the list it is about."""
    name = item.text if isinstance(item, Scalar) else ""
    return replace(
        built,
        observations=tuple(
            replace(o, label=Text(f"{o.label.id}: {name}", f"{o.label.en}: {name}")) for o in built.observations
        ),
    )


# Other rules

_CLEAR, _ELIGIBLE = {"fulfilled", "not_applicable"}, {"eligible"}


def _rules(ctx: Context, key: Scalar, node: Node) -> Built:
    mapping = as_mapping(node, ctx.problems)
    if mapping is None:
        return Built(YES)
    keys(mapping, ("id" if key.text == "rule" else "tag", "in", "period"), f"`{key.text}`", ctx.problems)
    question = _question(ctx, mapping)
    names = _asked_rules(ctx, key, mapping)
    suffix = "@previous" if "period" in mapping.entries else ""
    if suffix and (as_text(mapping.entries["period"].value, ctx.problems) or "") != "previous":
        ctx.problems.add(
            "wrong-value",
            "`period` is not `previous`",
            mapping.entries["period"].value.place,
            "write `period: previous`",
        )
    asks = tuple(Asks(name + suffix, question) for name in names)
    return Built(asks[0] if len(asks) == 1 else AllOf(asks))


def _question(ctx: Context, mapping: Mapping) -> Any:
    entry = mapping.entries.get("in")
    items = entry.value.items if entry and isinstance(entry.value, Sequence) else ()
    words = {item.text for item in items if isinstance(item, Scalar)}
    if words == _CLEAR:
        return "clear"
    if words in ({"fulfilled"}, _ELIGIBLE):
        return "eligible"
    ctx.problems.add(
        "wrong-value",
        "`in` says what is asked of the rule",
        entry.value.place if entry else mapping.place,
        "write `in: [eligible]`, `in: [fulfilled]` or `in: [fulfilled, not_applicable]`",
    )
    return "clear"


def _asked_rules(ctx: Context, key: Scalar, mapping: Mapping) -> list[str]:
    word = "id" if key.text == "rule" else "tag"
    if word not in mapping.entries:
        ctx.problems.add("missing-key", f"`{key.text}` needs `{word}`", mapping.place, f"write `{word}: …`")
        return []
    node = mapping.entries[word].value
    name = as_text(node, ctx.problems) or ""
    if word == "tag":
        return sorted(ctx.policy.tagged(name))
    if name not in ctx.policy.rule_names():
        ctx.unknown("unknown-rule", name, "rule", node.place, ctx.policy.rule_names())
        return []
    return [name]


# Facts


def _of_fact(ctx: Context, key: Scalar, node: Node) -> Built:
    name = key.text
    if name == "target" or name in ctx.policy.names("figures"):
        typed = fact(ctx, name, key.place)
        if typed is None:
            return Built(YES)
        label = (
            Text("Jenjang atau pangkat yang dituju", "Target") if name == "target" else ctx.policy.figure_label(name)
        )
        found = Fact(name, label, typed.type, lambda _: typed.expr, ctx.policy.figure_unit(name))
    else:
        if name not in FACTS and "." not in name:
            _unknown_word(ctx, key)
            return Built(YES)
        given = find_fact(ctx, name, key.place)
        if given is None:
            return Built(YES)
        found = given
    if isinstance(node, Mapping):
        return _tests(ctx, found, node)
    return _is(ctx, found, found.value(EVER), node)


def _unknown_word(ctx: Context, key: Scalar) -> None:
    known = [*FACTS, *HISTORIES, *ctx.policy.names("figures"), *JUNCTIONS, "target"]
    close = suggest(key.text, known)
    help_ = f"did you mean `{close}`?" if close else "docs/reference/facts.md lists what may be asked"
    ctx.problems.add("unknown-fact", f"unknown fact `{key.text}`", key.place, help_)


def _is(ctx: Context, found: Fact, value: Expr, node: Node) -> Built:
    """A bare value means `is`, a list means one of them."""
    if isinstance(node, Sequence):
        return _leaf(ctx, found, value, "in", node)
    return _leaf(ctx, found, value, "is", node)


def _tests(ctx: Context, found: Fact, node: Mapping) -> Built:
    allowed = (*TESTS, *(WINDOWS if found.windowed else ()))
    keys(node, allowed, f"`{found.name}`", ctx.problems)
    tests = [(word, entry.value) for word, entry in node.entries.items() if word in TESTS]
    if not tests:
        if all(word in allowed for word in node.entries):  # else the unknown word is the mistake
            ctx.problems.add(
                "empty-condition",
                f"`{found.name}` is not compared with anything",
                node.place,
                "add `is`, `at_least`, `at_most`, `below` or `above`",
            )
        return Built(YES)
    window = _window(ctx, node) if found.windowed else EVER
    return together([_windowed(ctx, found, window, word, value) for word, value in tests])


def _windowed(ctx: Context, found: Fact, window: Window, word: str, node: Node) -> Built:
    if window.rated:
        parts = [_leaf(ctx, found, _nth_rating(nth), word, node) for nth in range(1, window.rated + 1)]
        return together(parts)
    leaf = _leaf(ctx, found, found.value(window), word, node)
    if found.years_due and window.years and word in ("is", "at_least", "above", "in"):
        return replace(leaf, truth=AllOf((each_year(found.years_due, window), leaf.truth)))
    return leaf


def _nth_rating(nth: int) -> Expr:
    return fold("latest", "appraisals", "rating", nth=nth, otherwise=ABSENT)


def _window(ctx: Context, node: Mapping) -> Window:
    given = [word for word in WINDOWS if word in node.entries]
    if len(given) > 1:
        ctx.problems.add(
            "two-windows", "a fact looks at one window", node.entries[given[1]].key.place, "keep one of them"
        )
    if not given:
        return EVER
    value = node.entries[given[0]].value
    match given[0]:
        case "in_last":
            months = duration(ctx, value)
            return in_last(months) if months is not None else EVER
        case "last_full_years":
            count = as_whole(value, ctx.problems)
            due = dated_value(ctx, "appraisal_due", value.place, DURATION)
            return last_full_years(count, due) if count and due is not None else EVER
        case "last_rated":
            count = as_whole(value, ctx.problems)
            return last_rated(count) if count else EVER
        case "during":
            return _during(ctx, value)
        case _:
            day = operand(ctx, value, DATE)
            return since(day) if day is not None else EVER


def _during(ctx: Context, value: Node) -> Window:
    if ctx.period is None or not isinstance(value, Scalar) or value.text != "period":
        ctx.problems.add(
            "no-period",
            "`during` has no period here",
            value.place,
            "only duties with `every:` have one: `during: period`",
        )
        return EVER
    return during(*ctx.period)


# One comparison


def _leaf(ctx: Context, found: Fact, value: Expr, word: str, node: Node) -> Built:
    built = _test(ctx, found.name, found.type, value, word, node)
    if built is None:
        return Built(YES)
    truth, required = built
    seen = Observation(found.name, found.label, found.type, found.unit, value, word, required)
    return Built(truth, (seen,))


def _test(
    ctx: Context, name: str, type_: Type, value: Expr, word: str, node: Node
) -> tuple[Truth, tuple[Expr, ...]] | None:
    if word in ("not", "not_in"):
        inner = _test(ctx, name, type_, value, "in" if word == "not_in" else "is", node)
        if inner is None:
            return None
        return AllOf((Not(IsNone(value)), Not(inner[0]))) if not _is_none(node) else Not(inner[0]), inner[1]
    if word == "in":
        return _one_of(ctx, type_, value, node)
    if word == "has":
        return _has(ctx, name, type_, value, node)
    if word == "within":
        text = as_text(node, ctx.problems)
        return (Within(value, text), (Literal(text),)) if text else None
    if word == "is" and _is_none(node):
        return IsNone(value), (Literal(ABSENT),)
    if not _orders(ctx, name, type_, word, node.place):
        return None
    wanted = operand(ctx, node, type_)
    return None if wanted is None else (compare(word, type_, value, wanted), (wanted,))


def _is_none(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text == NONE and not node.quoted


def _orders(ctx: Context, name: str, type_: Type, word: str, place: Place) -> bool:
    if word == "is":
        if type_.kind in (Kind.DURATION, Kind.SPAN):
            ctx.problems.add(
                "exact-duration", f"`{name}` is a length of time, which is never exactly one", place,
                "use `at_least`, `at_most`, `below` or `above`",
            )  # fmt: skip
            return False
        return type_.kind is not Kind.TEXTS or _no_order(ctx, name, place, "use `has`")
    ordered = type_.kind in (Kind.NUMBER, Kind.DATE, Kind.DURATION, Kind.SPAN)
    if ordered or (type_.labels is not None and type_.labels.ordered()):
        return True
    return _no_order(ctx, name, place, "use `is` or a list of values")


def _no_order(ctx: Context, name: str, place: Place, help: str) -> bool:
    ctx.problems.add("no-order", f"the values of `{name}` can't be compared so", place, help)
    return False


def _one_of(ctx: Context, type_: Type, value: Expr, node: Node) -> tuple[Truth, tuple[Expr, ...]] | None:
    sequence = as_sequence(node, ctx.problems)
    if sequence is None:
        return None
    among: list[Value] = []
    for item in sequence.items:
        found = ABSENT if _is_none(item) else literal(item, type_, ctx.problems)
        if found is not None:
            among.append(found)
    if not among:
        return None
    return Member(value, tuple(among)), tuple(Literal(each) for each in among)


def _has(ctx: Context, name: str, type_: Type, value: Expr, node: Node) -> tuple[Truth, tuple[Expr, ...]] | None:
    if type_.kind is not Kind.TEXTS or not isinstance(value, Field):
        _no_order(ctx, name, node.place, "use `is`")
        return None
    nodes = node.items if isinstance(node, Sequence) else (node,)
    texts = [text for text in (as_text(item, ctx.problems) for item in nodes) if text is not None]
    if not texts:
        return None
    each: tuple[Truth, ...] = tuple(Contains(value, text) for text in texts)
    return each[0] if len(each) == 1 else AnyOf(each), tuple(Literal(text) for text in texts)


# Records


def _of_record(ctx: Context, key: Scalar, node: Node) -> Built:
    """Inside `where`: a field of the record, or `running`."""
    history = ctx.history or ""
    fields = record_fields(history)
    ends = spec(history).ends_by
    if key.text == "running" and ends is not None:
        value = as_truth(node, ctx.problems)
        runs = AllOf(running(ends))
        return Built(runs if value else Not(runs))
    if key.text not in fields:
        ctx.unknown(
            "unknown-fact", key.text, f"field of `{history}`", key.place, [*fields, *(("running",) if ends else ())]
        )
        return Built(YES)
    type_ = fields[key.text]
    field = RecordField(key.text, type_)
    pairs: list[tuple[str, Node]]
    if isinstance(node, Mapping):
        keys(node, TESTS, f"`{key.text}`", ctx.problems)
        pairs = [(word, entry.value) for word, entry in node.entries.items() if word in TESTS]
    else:
        pairs = [("in" if isinstance(node, Sequence) else "is", node)]
    tests = [_test(ctx, key.text, type_, field, word, value) for word, value in pairs]
    truths = tuple(test[0] for test in tests if test is not None)
    return Built(truths[0] if len(truths) == 1 else AllOf(truths))


def _of_history(ctx: Context, key: Scalar, node: Node) -> Built:
    """A history as a whole: how many records there are, or how long they last."""
    mapping = as_mapping(node, ctx.problems)
    if mapping is None:
        return Built(YES)
    history = key.text
    intervals = spec(history).ends_by is not None
    measures = MEASURES if intervals else MEASURES[:1]
    allowed = ("where", *(w for w in WINDOWS if not w.startswith("last")), *measures)
    keys(mapping, allowed, f"`{history}`", ctx.problems)
    given = [word for word in measures if word in mapping.entries]
    if not given:
        ctx.problems.add(
            "empty-condition",
            f"`{history}` is not measured",
            key.place,
            "add " + " or ".join(f"`{m}`" for m in measures),
        )
        return Built(YES)
    where = condition(ctx.within(history), mapping.entries["where"].value) if "where" in mapping.entries else Built(YES)
    window = _window(ctx, mapping)
    return together([_measured(ctx, history, word, where.truth, window, mapping.entries[word].value) for word in given])


def _measured(ctx: Context, history: str, word: str, where: Truth, window: Window, node: Node) -> Built:
    expr, type_ = _MEASURED[word](history, where, window)
    if ctx.default != "employee" and isinstance(expr, Fold):
        expr = replace(expr, scope=ctx.default)
    what, how = HISTORY_LABELS[history], _MEASURE_LABELS[word]
    label = Text(f"{what.id} ({how.id})", f"{what.en} ({how.en})")
    found = Fact(history, label, type_, lambda _: expr)
    return _tests(ctx, found, node) if isinstance(node, Mapping) else _is(ctx, found, expr, node)


def _now(history: str, where: Truth) -> bool:
    """Tell whether a filter looks only at intervals that run on the as-of date."""
    ends = spec(history).ends_by
    if ends is None:
        return False
    parts = where.items if isinstance(where, AllOf) else (where,)
    flat = [p for part in parts for p in (part.items if isinstance(part, AllOf) else (part,))]
    return Compare("above", RecordField(ends, DATE), AS_OF) in flat


def _count(history: str, where: Truth, window: Window) -> tuple[Expr, Type]:
    found = fold("count", history, where=(where,), window=window)
    return (replace(found, covers=AS_OF) if _now(history, where) else found), NUMBER


def _total(history: str, where: Truth, window: Window) -> tuple[Expr, Type]:
    return replace(fold("sum", history, span(history, window.first), where=(where,)), covers=window.first), SPAN


def _longest(history: str, where: Truth, window: Window) -> tuple[Expr, Type]:
    return replace(fold("greatest", history, span(history, window.first), where=(where,)), covers=window.first), SPAN


def _unbroken(history: str, where: Truth, window: Window) -> tuple[Expr, Type]:
    del window
    chain = fold("unbroken_since", history, until_or_open(history), where=(where,), otherwise=ABSENT)
    return replace(chain, covers=AS_OF), DURATION


_MEASURED: dict[str, Callable[[str, Truth, Window], tuple[Expr, Type]]] = {
    "count": _count,
    "total_time": _total,
    "longest": _longest,
    "unbroken": _unbroken,
}
