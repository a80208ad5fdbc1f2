"""Facts: the page of all that a condition may ask, written from what the language declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from asnpolicy.language.facts import FACTS, fact_of
from asnpolicy.language.history_labels import HISTORY_LABELS
from asnpolicy.language.nodes import Scope
from asnpolicy.language.reading import fields_of, record_fields
from asnpolicy.people import HISTORIES, Label
from asnpolicy.report.markdown import table

_HISTORIES = """\
Histories are measured as a whole, with `where:` over the fields of their records: `count`; for records with an end
`total_time`, `longest`, `unbroken`; and of a field of them (`of:`) its `sum`, where it is a number, the `lowest` and the
`highest`, where it has an order, and the `latest`; its `mean`, where it is a number, and the `share` of the records that are as
`of:` says, in percent."""
_SCOPES = """\
A rule with `to: opening` may ask {opening}. The pair of a mentoring rule may be asked {pair}; `mentor.` and `mentee.` stand before
the facts of either."""
_VALUES = """\
A value is written exactly so. Those that have an order stand from the lowest to the highest, and may be compared with
`at_least`, `at_most`, `above` and `below`."""
_TEXTS = """\
Codes, kinds and fields of trainings, exams, competencies, leaves, awards and assessments, fields of work and units are texts:
they are what your own records say, in small letters joined by hyphens. [The national rules](nasional.md) name those that they read, such as the training `pkp`,
the exam `ujian-dinas-1` or the assessment of the kind `potensi`. The figures of the base, such as `kotak_talenta`, may be
asked like facts."""


def facts_page(written_by: str) -> str:
    """Return the page; `written_by` says where it comes from."""
    lines = ["# What a condition may ask", "", written_by, "", *_facts(), "", _HISTORIES, "", *_histories(), ""]
    lines += [_SCOPES.format(opening=_asked_of("opening"), pair=_asked_of("pair")), ""]
    return "\n".join([*lines, "## The values", "", _VALUES, "", *_values(), "", _TEXTS]) + "\n"


def _facts() -> list[str]:
    head = ("fact", "Indonesia", "English", "kind", "takes a window")
    return table(head, [
        (f"`{one.name}`", one.label.id, one.label.en, one.type.kind.value, "yes" if one.windowed else "") for one in FACTS.values()
    ])  # fmt: skip


def _histories() -> list[str]:
    rows = [
        (f"`{name}`", HISTORY_LABELS[name].id, HISTORY_LABELS[name].en, _listed(record_fields(name)))
        for name in HISTORIES
    ]
    return table(("history", "Indonesia", "English", "fields"), rows)


def _asked_of(scope: Scope) -> str:
    facts = (fact_of(scope, name) for name in fields_of(scope))
    return _listed(fact.name for fact in facts if fact is not None)


def _values() -> list[str]:
    asked: dict[type[Label], list[str]] = {}
    for name, labels in (*_of_facts(), *_of_records()):
        asked.setdefault(labels, []).append(name)
    rows = [
        (_listed(names), _listed(member.label for member in labels), "yes" if labels.ordered() else "no")
        for labels, names in asked.items()
    ]
    return table(("of", "values", "in order"), rows)


def _of_facts() -> Iterator[tuple[str, type[Label]]]:
    asked = ((fact.name, fact.type.labels) for fact in FACTS.values() if not fact.name.startswith("protected."))
    yield from ((name, labels) for name, labels in asked if labels is not None)


def _of_records() -> Iterator[tuple[str, type[Label]]]:
    asked = (
        (f"{history}: {name}", type_.labels) for history in HISTORIES for name, type_ in record_fields(history).items()
    )
    yield from ((name, labels) for name, labels in asked if labels is not None)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
