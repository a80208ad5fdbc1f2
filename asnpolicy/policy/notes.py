"""Notes: what is no mistake, and what an author should look at all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from asnpolicy.language.facts import FACTS
from asnpolicy.policy.cases import Case
from asnpolicy.policy.dated import BEGINNING
from asnpolicy.policy.merged import Merged
from asnpolicy.policy.policy import Policy
from asnpolicy.policy.surface.conditions import FactClause, FieldClause, HistoryClause, RunningClause
from asnpolicy.policy.surface.criteria import CriterionForm
from asnpolicy.policy.surface.examples import in_both
from asnpolicy.policy.surface.figures import FigureForm
from asnpolicy.policy.surface.literals import value_of
from asnpolicy.policy.surface.mentions import mentions
from asnpolicy.policy.surface.names import RawValue
from asnpolicy.policy.surface.requirements import OperandTest
from asnpolicy.policy.surface.rules import PERMISSIONS, RULE_SECTIONS
from asnpolicy.policy.surface.walk import walk
from asnpolicy.problems import FIGURE, TABLE, VALUE, Problems, suggest
from asnpolicy.text import Text, phrase

Note = Callable[[Policy, Sequence[Case], Problems], None]
_SECTIONS = {
    "values": VALUE,
    "tables": TABLE,
    "figures": FIGURE,
    "conditions": Text("syarat bersama", "shared condition"),
}


def notes(policy: Policy, cases: Sequence[Case], problems: Problems) -> None:
    """Note everything that an author should look at."""
    for note in NOTES:
        note(policy, cases, problems)


def what_nothing_uses(policy: Policy, cases: Sequence[Case], problems: Problems) -> None:
    """A value, table, figure or shared condition of the region that nothing names does nothing."""
    del cases
    named = set(_named(policy.merged))
    own, *bases = policy.merged.chain
    for section, what in _SECTIONS.items():
        for name, declared in own.sections[section].items():
            if (section, name) in named or any(name in base.sections[section] for base in bases):
                continue
            message = phrase(
                en="the {what} `{name}` is used by nothing", id="{what} `{name}` tidak dipakai di mana pun",
                what=what, name=name,
            )  # fmt: skip
            help = phrase(en="use it, or take it out", id="pakai, atau hapus")
            problems.add("not-used", message, declared.place, help, note=True)


def _named(merged: Merged) -> Iterator[tuple[str, str]]:
    for documents in merged.chain:
        for declared in (one for section in documents.sections.values() for one in section.values()):
            for part in walk(declared.form):
                yield from mentions(part)


def words_that_no_record_bears(policy: Policy, cases: Sequence[Case], problems: Problems) -> None:
    """A word of a record that nobody of the cases has, but nearly so, may be a slip of the keyboard."""
    for clause in (part for part in _own_parts(policy) if isinstance(part, FieldClause)):
        known = _borne(cases, clause.history, clause.field.text)
        for test in clause.required.tests:
            written = test.operand if isinstance(test, OperandTest) and test.word == "is" else None
            if not isinstance(written, RawValue) or not known or written.text in known:
                continue
            folded = {word.casefold(): word for word in known}
            close = folded.get(written.text.casefold()) or suggest(written.text, known)
            if close is not None:
                message = phrase(
                    en="no record of a case has the {field} `{word}`", id="tidak ada catatan pada kasus dengan {field} `{word}`",
                    field=clause.field.text, word=written.text,
                )  # fmt: skip
                help = phrase(en="did you mean `{meant}`?", id="apakah maksud Anda `{meant}`?", meant=close)
                problems.add("not-borne", message, written.place, help, note=True)


def _borne(cases: Sequence[Case], history: str, field: str) -> set[str]:
    """Return the texts that the records of the people of the cases have in a field."""
    people = (person for case in cases for person in (case.employee, case.mentor) if person is not None)
    histories = (getattr(person, history, None) for person in people)
    records = (record for one in histories for record in getattr(one, "records", None) or ())
    return {value for record in records if isinstance(value := getattr(record, field, None), str)}


def _own_parts(policy: Policy) -> Iterator[object]:
    own = policy.merged.chain[0]
    for declared in (one for section in own.sections.values() for one in section.values()):
        yield from walk(declared.form)


def criteria_that_ask_less(policy: Policy, cases: Sequence[Case], problems: Problems) -> None:
    """A criterion that asks less than the base's rule does anyway adds nothing."""
    del cases
    own = policy.merged.chain[0]
    for section in PERMISSIONS:
        for declared in own.rules(section).values():
            within = getattr(declared.form, "within", None)
            base = within.rule.text if within is not None and within.rule is not None else None
            if base is None or declared.form is None:
                continue
            least = dict(_least(policy.merged, base))
            for criterion in getattr(declared.form, "require", ()):
                for fact, written in _asked(criterion):
                    _note_less(fact, written, least, base, problems)


def _note_less(fact: str, written: RawValue, least: dict[str, RawValue], base: str, problems: Problems) -> None:
    type_ = FACTS[fact].type if fact in FACTS else None
    other = least.get(fact)
    mine, theirs = (None if type_ is None or one is None else value_of(one, type_) for one in (written, other))
    if not isinstance(mine, int) or not isinstance(theirs, int) or mine > theirs or other is None:
        return
    message = phrase(
        en="`{fact}` of at least `{mine}` adds nothing: `{base}` asks for `{theirs}` already",
        id="`{fact}` paling rendah `{mine}` tidak menambah apa pun: `{base}` sudah meminta `{theirs}`",
        fact=fact, mine=written.text, base=base, theirs=other.text,
    )  # fmt: skip
    help = phrase(en="ask for more, or take it out", id="minta lebih, atau hapus")
    problems.add("asks-less", message, written.place, help, note=True)


def _least(merged: Merged, rule: str) -> Iterator[tuple[str, RawValue]]:
    for section in PERMISSIONS:
        declared = merged.declared(section, rule)
        for criterion in getattr(declared.form if declared else None, "require", ()):
            yield from _asked(criterion)


def _asked(criterion: CriterionForm) -> Iterator[tuple[str, RawValue]]:
    """Return what a criterion asks at least of a fact, where it asks that of everybody."""
    if criterion.own is None or criterion.when or criterion.exempt:
        return
    for clause in criterion.own.clauses:
        if isinstance(clause, FactClause):
            for test in clause.required.tests:
                if isinstance(test, OperandTest) and test.word == "at_least" and isinstance(test.operand, RawValue):
                    yield clause.fact.text, test.operand


HELD = ("posts", "contracts", "statuses")
"""Histories of what somebody holds or is; a sanction or a leave is counted by the day on which it was given."""


def windows_of_what_began(policy: Policy, cases: Sequence[Case], problems: Problems) -> None:
    """A post that has run for years did not begin in the last two: who counts posts in a window may mean those held in it."""
    del cases
    for clause in (part for part in _own_parts(policy) if isinstance(part, HistoryClause)):
        counts = any(measure.word == "count" for measure in clause.measures)
        if clause.history.text not in HELD or not counts or not clause.stretches:
            continue
        if any(map(_of_its_days, walk(clause.where))):
            continue
        message = phrase(
            en="in a window `count` counts what began in it, and nothing that has run since before",
            id="dalam rentang waktu, `count` menghitung yang dimulai di dalamnya, bukan yang berjalan sejak sebelumnya",
        )
        help = phrase(
            en="ask for `total_time` in the window, or `where: {{running: true}}` without one, if that is meant",
            id="tanyakan `total_time` dalam rentang itu, atau `where: {{running: true}}` tanpa rentang, kalau itu yang dimaksud",
        )
        problems.add("counts-begun", message, clause.stretches[0].key.place, help, note=True)


def _of_its_days(part: object) -> bool:
    """Whether a condition of a record speaks of when it runs, begins or ends: then its author has thought of it."""
    return isinstance(part, RunningClause) or (isinstance(part, FieldClause) and part.field.text in ("since", "until"))


def rules_without_a_day(policy: Policy, cases: Sequence[Case], problems: Problems) -> None:
    """A rule that does not say when it begins holds for all days, those before its regulation too."""
    del cases
    own = policy.merged.chain[0]
    for section in RULE_SECTIONS:
        for name, declared in own.rules(section).items():
            span = getattr(declared.form, "span", None)
            if span is None or span.since != BEGINNING:
                continue
            message = phrase(
                en="`{name}` does not say when it begins, and holds for all days that went before",
                id="`{name}` tidak menyebut kapan mulai berlaku, sehingga berlaku juga untuk hari-hari yang lampau",
                name=name,
            )
            help = phrase(
                en="write the day of its regulation, as in `from: 2026-01-01`",
                id="tulis hari mulai berlakunya, seperti `from: 2026-01-01`",
            )
            problems.add("no-beginning", message, declared.place, help, note=True)


def units_in_one_language(policy: Policy, cases: Sequence[Case], problems: Problems) -> None:
    """A unit that is a word is said in both languages, as every title is; an abbreviation such as JP is the same in both."""
    del cases
    for name, declared in policy.merged.chain[0].sections["figures"].items():
        unit = declared.form.unit if isinstance(declared.form, FigureForm) else None
        if unit is None or unit.id != unit.en or not any(map(_is_word, unit.id.split())):
            continue
        message = phrase(
            en="the unit of `{name}` is `{unit}` in Indonesian and in English",
            id="satuan `{name}` adalah `{unit}` dalam bahasa Indonesia maupun bahasa Inggris",
            name=name, unit=unit.id,
        )  # fmt: skip
        help = phrase(
            en="write it in both languages, the English after `en`: `unit: {both}`",
            id="tulis dalam kedua bahasa, bahasa Inggrisnya sesudah `en`: `unit: {both}`",
            both=in_both(unit.id),
        )
        problems.add("one-language", message, declared.place, help, note=True)


def _is_word(text: str) -> bool:
    """Whether it is a word of a language, and neither an abbreviation in capitals nor a sign such as Rp or km."""
    return len(text) > 2 and text[1:].islower()


NOTES: tuple[Note, ...] = (
    what_nothing_uses, words_that_no_record_bears, criteria_that_ask_less, windows_of_what_began,
    rules_without_a_day, units_in_one_language,
)  # fmt: skip
"""Every note, in one visible list."""
