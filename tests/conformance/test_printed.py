"""Printed tables and worked examples come out as printed, and none is silently dropped."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from asnpolicy import Employee, Engine, PolicyError
from asnpolicy.people.nip import parse
from tests.conformance.printed import credit, posts, promotion, special
from tests.conformance.printed.page import ASKED, HOW, KINDS, PAGE, page, register
from tests.conformance.printed.vectors import ENTRIES, differences

REGISTER = register()
SETTLED = {"repeated-rank", "overlapping-appraisals"}
"""Contradictions that some questions are about."""
assert {promotion, special, posts}  # they enter their questions when they are imported


@pytest.fixture(scope="module")
def engine():
    return Engine.load("nasional")


@pytest.mark.parametrize("id", sorted(ENTRIES))
def test_it_comes_out_as_printed(engine, id):
    """Every question of an id has the printed answer, but for those that the register names."""
    told = [(vector.what, line) for vector in ENTRIES[id].vectors() for line in differences(engine, vector)]
    assert [line for what, line in told if what not in REGISTER[id].differs] == []
    assert set(REGISTER[id].differs) == {what for what, _ in told}, "as printed now: take it off `differs`"


FIGURES = {"angka-kredit": "ak_dalam_jenjang", "kotak": "kotak_talenta"}
"""The figure that a criterion shows."""


@pytest.mark.parametrize(
    "id", ["AK-CONV-TABLE", "AK-CONV-04", "AK-INTEG-TABLE", "PART-YEAR", "TALENT-BOX-02", "YEAR-SPLIT"]
)
def test_the_printed_number_is_the_figure(engine, id):
    """What a criterion shows as text is given as an exact number when the figure is asked on its own."""
    for vector in ENTRIES[id].vectors():
        for criterion, text in vector.sees.items():
            found = engine.figure(vector.person, FIGURES[criterion], as_of=vector.on)
            assert (found.value, found.missing) == (Decimal(text.removesuffix(" AK")), ()), vector.what


@pytest.mark.parametrize(("jenjang", "cells"), [(name, cells) for name, (_, cells) in credit.CONVERSION.items()])
def test_the_credit_of_each_year_can_be_asked(engine, jenjang, cells):
    """The figure of one appraisal gives the printed cell for its year, for all five predicates in a row."""
    rated = [{"year": 2023 + place, "rating": rating} for place, rating in enumerate(credit.PREDICATES)]
    found = engine.figure(credit.appraised(jenjang, rated), "ak_setahun", as_of=date(2028, 3, 1))
    printed = [Decimal(cell).quantize(Decimal("0.01"), ROUND_HALF_UP) for cell in cells]
    assert [amount for _, amount in sorted(found.records)] == printed


def test_the_definition_gives_the_same_statuses(engine):
    """What is asked of compiled code is what the definition says, criterion by criterion; of long tables a part."""
    slow = Engine.load("nasional", backend="definition")
    for id, entry in ENTRIES.items():
        vectors = list(entry.vectors())
        for vector in vectors[:: 1 + len(vectors) // 40]:
            given = {"as_of": vector.on, "target": vector.target, "waivers": vector.waivers}
            one, other = (each.decide(vector.person, vector.rule, **given).statuses for each in (engine, slow))
            assert one == other, (id, vector.what)


@pytest.mark.parametrize("id", sorted(ENTRIES))
def test_both_answers_occur(id):
    """A table that is only ever answered one way would not notice a rule that always says so."""
    answers = {(vector.verdict, vector.because) for vector in ENTRIES[id].vectors()}
    seen = [vector for vector in ENTRIES[id].vectors() if vector.sees or vector.takes_effect]
    assert len(answers) > 1 or seen


def test_every_id_is_asked_or_says_why_not():
    """The ids that are asked are those of the register that say so; all others give a reason."""
    asked = {id for id, row in REGISTER.items() if row.how in ASKED}
    assert asked == set(ENTRIES)
    for row in REGISTER.values():
        assert row.how in HOW and row.kind in KINDS and row.in_force in (True, "changed"), row.id
        assert row.by if row.how in ASKED else row.why, row.id
        assert row.why or row.how != "rule-only", row.id
        assert row.how != "asked" or not row.arithmetic_doubt, row.id


def test_what_it_is_asked_by_is_in_the_policy(engine):
    """The names in the register are those of rules, criteria, figures, tables or values."""
    known = _names(engine)
    for row in REGISTER.values():
        named = set(re.findall(r"[a-z0-9]+(?:[-_][a-z0-9]+)+", row.by)) - {"takes_effect"}
        assert named <= known, (row.id, named - known)


def _names(engine):
    program = engine.policy.program(date(2020, 6, 1)), engine.policy.program(date(2026, 10, 1))
    found = {rule.id for one in program for rule in one.rules}
    for one in program:
        found |= {c.id for rule in one.rules for c in (*rule.criteria, *rule.warnings)}
    for section in ("figures", "tables", "values"):
        found |= set(engine.policy.merged.names(section))
    return found


@pytest.mark.parametrize("id", sorted(ENTRIES))
def test_it_is_asked_inside_the_time_for_which_it_was_in_force(id):
    """No question lies before the day on which what is printed began, nor after it ended."""
    since, until = REGISTER[id].span
    for vector in ENTRIES[id].vectors():
        assert since <= vector.on and (until is None or vector.on < until), (vector.what, vector.on)


def test_questions_of_an_id_have_names_of_their_own():
    """Two questions with one name could hide one another."""
    for id, entry in ENTRIES.items():
        asked = [(vector.what, vector.rule, vector.on) for vector in entry.vectors()]
        assert len(asked) == len(set(asked)), id


def test_nobody_asked_of_is_contradictory():
    """A contradiction would make a field unknown, and the question another one."""
    for id, entry in ENTRIES.items():
        for vector in entry.vectors():
            touched = {finding.code for finding in vector.person.data_findings if finding.unknown}
            assert touched <= SETTLED, (id, vector.what)


def test_the_conversion_of_2023_is_not_asked_of_earlier_days(engine):
    """Functional promotions by conversion are refused as a question before they began."""
    vector = next(credit.conversion())
    with pytest.raises(PolicyError, match="not in force on 2022-12-31"):
        engine.decide(vector.person, vector.rule, as_of=date(2022, 12, 31))


def test_whoever_has_no_appraisal_on_record_is_not_refused(engine):
    """The printed figures are about known people: with an undelivered history the same question stays open."""
    for id in ("AK-CONV-TABLE", "KP-REG-COND", "KP-DIPLOMA-TABLE", "KP-PENGABDIAN-TABLE"):
        vector = next(v for v in ENTRIES[id].vectors() if v.verdict == "eligible" or id == "AK-CONV-TABLE")
        unknown = vector.person.model_copy(update={"appraisals": type(vector.person.appraisals)()})
        decision = engine.decide(unknown, vector.rule, as_of=vector.on, target=vector.target)
        assert decision.verdict.value == "undetermined", (id, vector.what)
        assert any(name.startswith("appraisals") for name in decision.missing), (id, decision.missing)


@pytest.mark.parametrize(
    ("number", "pppk", "born", "sex"),
    [
        ("198609262015051001", False, date(1986, 9, 26), 1),
        ("19860926 201505 1 001", False, date(1986, 9, 26), 1),
        ("199001012022211001", True, date(1990, 1, 1), 1),
    ],
)
def test_printed_employee_numbers_are_read(number, pppk, born, sex):
    """The two printed numbers are a man appointed PNS, and one appointed PPPK."""
    parts = parse(Employee(nip=number).nip)
    assert (parts.is_pppk, parts.birth_date, parts.sex) == (pppk, born, sex)


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("199002302015051001", "not a date"),
        ("198609262015053001", "digit 15"),
        ("198609262015051000", "last three"),
        ("198609262015151001", "neither a month"),
    ],
)
def test_printed_faulty_numbers_are_refused(number, why):
    """Each printed faulty number is refused on the employee, for the printed reason."""
    with pytest.raises(PolicyError, match=why):
        Employee(nip=number)


def test_the_page_says_what_is_asked():
    """docs/reference/printed-examples.md is what the register and the questions say."""
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tests.conformance.test_printed"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
