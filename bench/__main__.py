"""`make bench`: decisions a second beside other engines, explanations, imports and loading."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

from asnpolicy import Employee, Engine
from asnpolicy.backends.compiled import Compiled
from asnpolicy.exchange.synth import workforce
from asnpolicy.language.dates import plus_months
from asnpolicy.language.reading import Question
from asnpolicy.people.appraisals import Rating
from asnpolicy.people.days import COMPLETE
from asnpolicy.people.education import EducationLevel
from asnpolicy.people.posts import PostKind
from asnpolicy.people.ranks import Rank
from asnpolicy.people.status import Employment, ServiceStatus
from asnpolicy.policy.library import regions

AS_OF = date(2026, 10, 1)
FROZEN = Path(__file__).with_name("frozen")
"""The policies as they were on 25 November 2026: the bars of loading are for them."""
PEOPLE, ROUNDS = 2_000, 5
FIELDS = ("pendidikan", "kesehatan", "perencanaan")
Answer = tuple[bool, ...]


def best(work: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Give the least seconds of some rounds: what the machine can do when it is left alone."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


# The flat rule


def known(person: Employee) -> bool:
    """Tell whether nothing that the flat rule asks is unknown or absent, which other engines can't say."""
    asked = (person.employment, person.service_status, person.supervisor_rank, person.field, person.unit, person.agency)
    days = (person.cpns_on, person.pns_on, person.agency_since)
    return None not in asked and all(isinstance(day, date) for day in days)


def by_hand(e: Any) -> Answer:
    """The flat rule as a programmer writes it for people of whom all is known."""
    service = e.cpns_on
    return (
        e.employment == Employment.PNS,
        e.service_status == ServiceStatus.AKTIF,
        service <= date(2022, 10, 1),
        e.agency_since <= date(2024, 10, 1),
        e.supervisor_rank >= Rank.III_C,
        e.supervisor_rank < Rank.IV_E,
        e.field in FIELDS,
        e.unit != "unit-13",
        e.agency == "pemerintah-daerah",
        e.pns_on <= date(2024, 1, 1),
        service > date(1990, 1, 1),
        service >= date(1991, 10, 1),
    )


def flattened(person: Any) -> dict[str, Any]:
    """Give a person as plain values, dates as whole numbers: what other engines take."""
    return {
        "employment": str(person.employment),
        "status": str(person.service_status),
        "cpns": person.cpns_on.toordinal(),
        "since": person.agency_since.toordinal(),
        "supervisor": int(person.supervisor_rank),
        "field": person.field,
        "unit": person.unit,
        "agency": person.agency,
        "pns": person.pns_on.toordinal(),
    }


def conditions(same: str = "==") -> list[str]:
    """The flat rule in the expression language that CEL, ZEN and rule-engine share."""

    def day(*parts: int) -> int:
        return date(*parts).toordinal()

    fields = " || ".join(f'field {same} "{one}"' for one in FIELDS)
    return [
        f'employment {same} "PNS"',
        f'status {same} "aktif"',
        f"cpns <= {day(2022, 10, 1)}",
        f"since <= {day(2024, 10, 1)}",
        f"supervisor >= {int(Rank.III_C)}",
        f"supervisor < {int(Rank.IV_E)}",
        f"({fields})",
        'unit != "unit-13"',
        f'agency {same} "pemerintah-daerah"',
        f"pns <= {day(2024, 1, 1)}",
        f"cpns > {day(1990, 1, 1)}",
        f"cpns >= {day(1991, 10, 1)}",
    ]


def cel() -> Callable[[dict[str, Any]], Answer]:
    """CEL in Rust: one program that gives the twelve truth values."""
    import cel as engine

    program = engine.compile(f"[{', '.join(conditions())}]")
    return lambda facts: tuple(program.execute(facts))


def zen() -> Callable[[dict[str, Any]], Answer]:
    """ZEN in Rust: one expression that gives the twelve truth values."""
    import zen as engine

    expression = engine.compile_expression(f"[{', '.join(conditions()).replace('||', 'or')}]")
    return lambda facts: tuple(expression.evaluate(facts))


def rule_engine() -> Callable[[dict[str, Any]], Answer]:
    """rule-engine: twelve rules."""
    import rule_engine as engine

    rules = [engine.Rule(one.replace("||", "or")) for one in conditions()]
    return lambda facts: tuple(rule.matches(facts) for rule in rules)


def durable_rules() -> Callable[[dict[str, Any]], Answer]:
    """durable_rules: its C module on one fact, twelve rules, reset by retraction (as fast as it can be used safely)."""
    import durable_rules_engine as engine

    texts = {"employment": "PNS", "status": "aktif", "agency": "pemerintah-daerah"}
    patterns: list[Any] = [{"employment": "PNS"}, {"status": "aktif"}]
    for one in conditions()[2:6] + conditions()[9:]:
        name, sign, number = one.split()
        patterns.append({{"<=": "$lte", ">=": "$gte", "<": "$lt", ">": "$gt"}[sign]: {name: int(number)}})
    patterns.insert(6, {"$or": [{"field": one} for one in FIELDS]})
    patterns.insert(7, {"$neq": {"unit": "unit-13"}})
    patterns.insert(8, {"agency": texts["agency"]})
    rules: dict[str, Any] = {
        f"r{at}": {"all": [{"m": {"$and": [{"k": "e"}, one]}}], "pri": 1} for at, one in enumerate(patterns)
    }
    rules["guard"] = {"all": [{"m": {"k": "e"}}], "pri": 9}
    handle = engine.create_ruleset("flat", json.dumps(rules))

    def decide(facts: dict[str, Any]) -> Answer:
        fired = set()
        _, state = engine.assert_fact(handle, json.dumps({"sid": "s", "id": "e", "k": "e", **facts}))
        started = engine.start_action_for_state(handle, state)
        message = started[1] if started else None
        while message is not None:
            fired.add(message[2 : message.index('"', 2)])
            message = engine.complete_and_start_action(handle, state)
        engine.retract_fact(handle, '{"sid":"s","id":"e"}')
        return tuple(f"r{at}" in fired for at in range(12))

    return decide


PEERS = {"CEL (Rust)": ("cel", cel), "ZEN (Rust)": ("zen", zen), "rule-engine": ("rule_engine", rule_engine),
         "durable_rules (C)": ("durable_rules_engine", durable_rules)}  # fmt: skip


def flat() -> list[tuple[str, float]]:
    """Measure the flat rule: from a typed employee, verdict and the status of each criterion."""
    people = [p for p in workforce(6 * PEOPLE, seed=7, as_of=AS_OF) if known(p)][:PEOPLE]
    policy = Engine.load(Path(__file__).parent / "flat").policy
    function = Compiled(policy.program(AS_OF)).function("flat", AS_OF)
    questions = [Question(AS_OF, person) for person in people]
    expected = [by_hand(person) for person in people]
    assert [tuple(s == 2 for s in function(q).criteria) for q in questions] == expected, "asnpolicy differs"
    assert any(all(one) for one in expected), "nobody is eligible"
    assert not all(all(one) for one in expected), "everybody is eligible"
    rates = [
        ("by hand, two-valued", len(people) / best(lambda: [by_hand(p) for p in people])),
        ("asnpolicy, compiled", len(people) / best(lambda: [function(q) for q in questions])),
    ]
    rows = [flattened(person) for person in people]
    for name, (module, build) in PEERS.items():
        if find_spec(module) is None:
            continue
        decide = build()
        assert [decide(row) for row in rows] == expected, f"{name} differs"
        rates.append((name, len(people) / best(partial(lambda d: [d(row) for row in rows], decide))))
    return rates


# The real rule


def reguler_by_hand(e: Any) -> tuple[bool, Answer]:
    """The regular promotion as a programmer writes it for people of whom all is known."""
    rank = next((r for r in reversed(e.ranks.records) if r.since <= AS_OF), None)
    post = next((p for p in reversed(e.posts.records) if p.since <= AS_OF < p.until and not p.acting), None)
    level = max((r.level for r in e.educations.records if r.recognised_on <= AS_OF), default=None)
    ratings = {a.year: a.rating for a in e.appraisals.records if a.decided_on <= AS_OF}
    applies = (
        e.employment == Employment.PNS
        and e.service_status in (ServiceStatus.AKTIF, ServiceStatus.TUGAS_BELAJAR, ServiceStatus.DIPERBANTUKAN)
        and post is not None
        and post.kind == PostKind.PELAKSANA
        and rank is not None
        and rank.rank < Rank.IV_E
    )
    if rank is None:
        return False, (False,) * 6
    pns = e.employment != Employment.PPPK
    needed = [year for year in (2025, 2024) if not (isinstance(e.cpns_on, date) and e.cpns_on > date(year, 1, 1))]
    rated = [ratings[year] for year in (2025, 2024) if year in ratings]
    good = all(year in ratings for year in needed) and bool(rated) and min(rated) >= Rating.BAIK
    target = rank.rank + 1
    exams = {x.code for x in e.exams.records if x.passed and x.taken_on <= AS_OF}
    courses = {t.code for t in e.trainings.records if t.passed and t.completed_on <= AS_OF}
    first = rank.rank != Rank.II_D or "ujian-dinas-1" in exams or (level or 0) >= EducationLevel.S_1
    second = rank.rank != Rank.III_D or "ujian-dinas-2" in exams or (level or 0) >= EducationLevel.PROFESI
    return applies, (
        pns and plus_months(rank.since, 48) <= AS_OF,
        good,
        level is not None and target <= 17 and target <= CEILING[level],
        first or bool(courses & {"pkp", "diklatpim-iv"}),
        second or bool(courses & {"pka", "diklatpim-iii"}),
        not any(s.since <= AS_OF < s.until for s in e.sanctions.records),
    )


def told_by_hand(e: Any) -> tuple[bool, list[tuple[str, bool, str, str]]]:
    """What was seen and what is required, as a programmer writes it beside each status, for people of whom all is known."""
    applies, statuses = reguler_by_hand(e)
    rank = next((r for r in reversed(e.ranks.records) if r.since <= AS_OF), None)
    level = max((r.level for r in e.educations.records if r.recognised_on <= AS_OF), default=None)
    ratings = {a.year: a.rating for a in e.appraisals.records if a.decided_on <= AS_OF}
    exams = sorted(x.code for x in e.exams.records if x.passed and x.taken_on <= AS_OF)
    courses = sorted(t.code for t in e.trainings.records if t.passed and t.completed_on <= AS_OF and t.code)
    running = [s.kind for s in e.sanctions.records if s.since <= AS_OF < s.until]
    since = rank.since if rank else None
    seen = (
        f"sejak {since:%d-%m-%Y}" if since else "tidak ada",
        ", ".join(f"{year}: {ratings.get(year)}" for year in (2025, 2024)),
        str(level), *[", ".join((*exams, *courses)) or "tidak ada"] * 2, ", ".join(map(str, running)) or "tidak ada",
    )  # fmt: skip
    required = (
        f"4 tahun, sejak {plus_months(since, 48):%d-%m-%Y}" if since else "4 tahun", "paling rendah Baik",
        f"pangkat paling tinggi menurut ijazah: {Rank(CEILING[level]) if level else 'tidak ada'}",
        "ujian dinas tingkat I", "ujian dinas tingkat II", "tidak sedang dijatuhi hukuman",
    )  # fmt: skip
    return applies, list(zip(TITLES, statuses, seen, required, strict=True))


TITLES = ("Masa dalam pangkat", "Penilaian kinerja", "Pendidikan", "Ujian dinas I", "Ujian dinas II", "Hukuman disiplin")


def text_by_hand(e: Any) -> str:
    """The same as a text."""
    applies, told = told_by_hand(e)
    verdict = "Bukan sasaran" if not applies else "Memenuhi syarat" if all(holds for _, holds, *_ in told) else "Tidak memenuhi syarat"
    lines = [f"{'✓' if holds else '✗'} {title}: {seen}; disyaratkan {required}" for title, holds, seen, required in told]
    return "\n".join([f"Kenaikan pangkat reguler per {AS_OF:%d-%m-%Y}: {verdict}", *lines])


CEILING = {
    EducationLevel.SD: 5, EducationLevel.SMP: 7, EducationLevel.SMP_KEJURUAN: 8, EducationLevel.SMA: 10,
    EducationLevel.D_I: 10, EducationLevel.D_II: 10, EducationLevel.SGPLB: 11, EducationLevel.D_III: 11,
    EducationLevel.S_1: 12, EducationLevel.PROFESI: 13, EducationLevel.S_2: 13, EducationLevel.S_3: 14,
}  # fmt: skip
RULE = "kenaikan-pangkat-reguler"


def all_known(person: Employee) -> bool:
    """Tell whether two-valued code can speak of a person."""
    histories = ("ranks", "posts", "educations", "appraisals", "exams", "trainings", "sanctions")
    complete = all(getattr(person, name).complete_since == COMPLETE for name in histories)
    return complete and None not in (person.employment, person.service_status)


def real() -> list[tuple[str, float]]:
    """Measure the real rule over histories, as it was when the code by hand was written."""
    people = [p for p in workforce(3 * PEOPLE, seed=7, as_of=AS_OF) if all_known(p) and p.ranks.records][:PEOPLE]
    engine = Engine.load(FROZEN / "nasional")
    function = Compiled(engine.policy.program(AS_OF)).function(RULE, AS_OF)
    questions = [Question(AS_OF, person) for person in people]
    for person, question in zip(people, questions, strict=True):
        applies, statuses = reguler_by_hand(person)
        got = function(question)
        assert (got.applies == 2, tuple(s != 0 for s in got.criteria)) == (applies, statuses), person
    return [
        ("by hand, two-valued", len(people) / best(lambda: [reguler_by_hand(p) for p in people])),
        ("asnpolicy, compiled, three-valued", len(people) / best(lambda: [function(q) for q in questions])),
        ("asnpolicy, Engine.decide", len(people) / best(lambda: [engine.decide(p, RULE, as_of=AS_OF) for p in people])),
    ]


def told() -> list[tuple[str, float]]:
    """Measure what it costs a processor to tell the reasons of that rule, the decision included, beside the same by hand."""
    engine, seeds = Engine.load(FROZEN / "nasional"), count(7)

    def each(ask: Callable[[Employee], Any]) -> float:
        return min(once(ask) for _ in range(ROUNDS))

    def once(ask: Callable[[Employee], Any]) -> float:
        people = [p for p in workforce(1_200, seed=next(seeds), as_of=AS_OF) if all_known(p) and reguler_by_hand(p)[0]]
        begun = time.process_time()
        for person in people:
            ask(person)
        return (time.process_time() - begun) / len(people) * 1e6

    return [
        ("by hand: status, seen and required", each(told_by_hand)),
        ("asnpolicy: status and what is missing", each(lambda p: engine.decide(p, RULE, as_of=AS_OF).outcome)),
        ("asnpolicy: status, seen and required", each(lambda p: engine.decide(p, RULE, as_of=AS_OF).criteria)),
        ("by hand: a line for each, in Indonesian", each(text_by_hand)),
        ("asnpolicy: the text in Indonesian", each(lambda p: engine.decide(p, RULE, as_of=AS_OF).explain("id"))),
    ]


# Explanation, import, load


def explanations() -> list[tuple[str, float]]:
    """Measure what an explanation costs a processor, the decision included, for those whom the rule may concern.

    What was seen of one is remembered for others, so that nobody is asked about twice.
    """
    engine, seeds = Engine.load("jakarta"), count(7)

    def each(ask: Callable[[Any], Any]) -> float:
        return min(once(ask) for _ in range(ROUNDS))

    def once(ask: Callable[[Any], Any]) -> float:
        people = [p for p in workforce(400, seed=next(seeds), as_of=AS_OF) if engine.decide(p, RULE, as_of=AS_OF).statuses.applies]
        begun = time.process_time()
        for person in people:
            ask(engine.decide(person, RULE, as_of=AS_OF))
        return (time.process_time() - begun) / len(people) * 1e6

    return [
        ("reasons (the definition: status, missing)", each(lambda d: d.outcome)),
        ("criteria with what was seen and required", each(lambda d: d.criteria)),
        ("the text in Indonesian", each(lambda d: d.explain("id"))),
        ("the certificate, sealed", each(lambda d: d.certificate())),
    ]


def spent(code: str) -> float:
    """Measure a statement in a new process, in milliseconds of a processor."""
    program = f"import time; t = time.process_time(); {code}; print(time.process_time() - t)"

    def once() -> float:
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        return float(done.stdout)

    return min(once() for _ in range(7)) * 1000


def starts() -> list[tuple[str, float]]:
    """Measure imports and loading: each region in a process of its own, and all in one."""
    parts = "from asnpolicy.policy import library; from asnpolicy.decisions import decider"  # come with the first policy
    named = "from asnpolicy import Engine, Employee; "
    ready = f"{named}{parts}; t = time.process_time(); "
    names, frozen = regions(), [str(FROZEN / name) for name in regions()]
    return [
        ("import asnpolicy", spent("import asnpolicy")),
        ("from asnpolicy import Engine, Employee", spent("from asnpolicy import Engine, Employee")),
        ("of which pydantic alone", spent("from pydantic import BaseModel")),
        ("what reads and decides, with the first policy", spent(f"{named}t = time.process_time(); {parts}")),
        *((f"load and check {name}", spent(f"{ready}Engine.load({name!r})")) for name in names),
        ("load and check all of them", spent(f"{ready}[Engine.load(name) for name in {names}]")),
        *((f"load and check {Path(path).name}, frozen", spent(f"{ready}Engine.load({path!r})")) for path in frozen),
        ("load and check all of them, frozen", spent(f"{ready}[Engine.load(path) for path in {frozen}]")),
    ]


def show(title: str, rows: list[tuple[str, float]], unit: str, beside: str | None = None) -> None:
    """Print a table, with the ratio to one of its rows."""
    base = dict(rows).get(beside or "")
    print(f"\n{title}\n")
    for name, value in rows:
        ratio = f"{value / base:10.2f}x" if base else ""
        print(f"  {name:44}{value:>14,.0f} {unit}{ratio}")


def main() -> None:
    """Run all, and print."""
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, {PEOPLE} people, best of {ROUNDS} rounds")
    show("One flat rule of twelve criteria: verdict and the status of each", flat(), "decisions/s", "CEL (Rust)")
    show("The regular promotion, over histories", real(), "decisions/s", "by hand, two-valued")
    show("The regular promotion, with reasons", told(), "µs", "by hand: status, seen and required")
    show("Explanation on demand", explanations(), "µs")
    show("Start", starts(), "ms")


if __name__ == "__main__":
    main()
