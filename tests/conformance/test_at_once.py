"""People of a file who are put into tables at once come to what each of them comes to who is read and decided alone."""

from datetime import date
from functools import cache
from io import BytesIO
from random import Random

import pytest

from asnpolicy import Employee, Engine
from asnpolicy.exchange.intake import BadLine, register
from asnpolicy.exchange.synth import workforce
from asnpolicy.fairness.by_group.outcomes import outcome_of
from asnpolicy.people import HISTORIES, Agency
from asnpolicy.policy.library import regions
from tests.conformance import scrawl
from tests.conformance.registers import numbered_apart
from tests.conformance.shipped import PEOPLE
from tests.conformance.test_workforce import drawn, one_field

pytest.importorskip("polars", reason="the extra `columns` is not installed")
DAY = date(2026, 10, 1)
BY = ("sex", "age", "disability", "unit", "employment", "service_status")
MANY = max(PEOPLE // 8, 40)
UNTOLD = {"unclaimed-record", "earlier-number", "contradicting-fields"}
"""What tables say, too: that a history is not complete, and both of what contradicts each other, which columns pass on."""

engine = cache(Engine.load)


def staff(region, rng):
    """Give people of a region: coherent ones, some with one wrong field, and strange ones."""
    made = list(workforce(MANY, seed=rng.randrange(1000), as_of=DAY))
    return numbered_apart([one_field(rng, one) if rng.random() < 0.2 else one for one in made], drawn(region, 0.05)[1])


def texts(lines):
    """Give what a file of lines says of each person, and its reader."""
    there = register(BytesIO("\n".join(lines).encode("utf-8", errors="replace")))
    return list(there.entries()), there.reader


def held(region, rule, lines):
    """Hold what is said at once to what is said one by one; return how many of how many texts were said at once."""
    from asnpolicy.exchange.outcomes import OutcomesAtOnce

    (entries, reader), used = texts(lines), engine(region)
    at_once = OutcomesAtOnce.of(used, rule, DAY, BY, Agency())
    assert at_once is not None
    found = at_once(reader, entries)
    for place, entry in enumerate(entries):
        person = reader.read(entry)
        if isinstance(person, BadLine):
            assert place not in found, entry
        elif place in found:
            expected = outcome_of(person, used.decide(person, rule, as_of=DAY), BY)
            assert found[place] == expected, (rule, entry.text, person.intake)
    return len(found), len(entries)


def whole():
    """Give all that tables may hold."""
    from asnpolicy.exchange.at_once import Needed
    from asnpolicy.workforce.schema import PROTECTED, columns_of

    names = [name for name in columns_of("employees") if name.removeprefix(PROTECTED) in PERSONAL or name in OWN]
    return Needed(names, HISTORIES)


PERSONAL = Employee.model_fields["protected"].default_factory().__class__.model_fields
OWN = Employee.model_fields.keys() - {"nip", "protected", "confirmed", *HISTORIES}


def in_tables(lines):
    """Give each person of a file as tables say it, None who is odd, beside what the reader says."""
    from asnpolicy.exchange import at_once

    entries, reader = texts(lines)
    made = at_once.in_tables(reader, entries, whole())
    rows = dict(zip(made.places, zip(made.workforce, made.odd.tolist(), strict=True), strict=True))
    for place, entry in enumerate(entries):
        person, odd = rows.get(place, (None, True))
        yield None if odd else person, reader.read(entry)


def asked(region, rng, many):
    """Draw rules that columns can be asked about."""
    rules = [one.id for one in engine(region).policy.program(DAY).rules if one.kind in ("permission", "duty")]
    return rng.sample(rules, min(many, len(rules)))


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize(("share", "rare"), [(0.0, 0.0), (0.6, 0.0), (0.6, 0.1)])
def test_whoever_is_said_at_once_is_said_as_alone(region, share, rare):
    """Clean files, files with slips in every other line, and such with lines of nobody, people twice and numbers of before."""
    rng = Random(f"at once {region} {share} {rare}")
    said = [held(region, rule, scrawl.lines(rng, staff(region, rng), share, rare=rare)) for rule in asked(region, rng, 3)]
    assert all(0 < at_once < whole for at_once, whole in said), said


@pytest.mark.parametrize(("share", "least"), [(0.0, 0), (1.0, 100)])
def test_tables_hold_what_a_reader_reads(share, least):
    """Each field of each person; of whom the reader tells anything that tables do not hold, that person is odd."""
    rng, plain, odd = Random(f"tables at once {share}"), 0, 0
    people = [one for region in regions() for one in staff(region, rng)]
    for one, other in in_tables(scrawl.lines(rng, numbered_apart(people), share, rare=share / 20)):
        odd += one is None
        if one is not None:
            told = {found.code for found in other.intake}
            assert told <= UNTOLD, (other.intake, other.nip)
            if "contradicting-fields" not in told:
                plain += 1
                assert dict(one) == dict(other), other.nip
    assert plain > 50, "nobody was plain: nothing was tried"
    assert (odd > least) == (least > 0)
