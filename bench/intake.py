"""`make bench-intake`: people read from JSON Lines, beside the model alone; and what findings cost a decision, in one run."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from unittest.mock import patch

from asnpolicy import Employee, Engine, read_employees
from asnpolicy.exchange.synth import workforce
from asnpolicy.people import view

PEOPLE = int(os.environ.get("ASNPOLICY_BENCH_PEOPLE", "4000"))
DECIDED = min(PEOPLE, 1000)
ROUNDS = int(os.environ.get("ASNPOLICY_BENCH_ROUNDS", "5"))
AS_OF = date(2026, 10, 1)
READ_BAR, FINDINGS_BAR = 4000, 1.10


def seconds(work: Callable[[], object]) -> float:
    """Return what some work takes, in processor time: what else runs on the machine does not count."""
    before = time.process_time()
    work()
    return time.process_time() - before


def side_by_side(*works: Callable[[], object]) -> list[float]:
    """Return the median of each, measured in turns."""
    taken = [[seconds(work) for work in works] for _ in range(ROUNDS)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def reading(path: Path) -> None:
    """Print people a second: by the model alone, by the reader, and by the reader where each date is written day first."""
    lines = path.read_bytes().splitlines()
    otherwise = path.with_name("otherwise.jsonl")
    otherwise.write_text("\n".join(map(day_first, path.read_text(encoding="utf-8").splitlines())), encoding="utf-8")
    alone, reader, slow = side_by_side(
        lambda: [Employee.model_validate_json(line) for line in lines],
        lambda: sum(1 for _ in read_employees(path)),
        lambda: sum(1 for _ in read_employees(otherwise)),
    )
    for name, taken in (
        ("model alone", alone),
        ("read_employees", reader),
        ("read_employees, all dates day first", slow),
    ):
        print(f"{name:40} {len(lines) / taken:8,.0f} people/s   {taken / alone:5.2f}x")
    print(
        f"{'bar: clean people':40} {READ_BAR:8,} people/s   {'met' if len(lines) / reader >= READ_BAR else 'NOT met'}"
    )


def day_first(line: str) -> str:
    """Write the days of ranks and posts as offices do."""
    import re

    return re.sub(r'"since":"(\d{4})-(\d\d)-(\d\d)"', r'"since":"\3-\2-\1"', line)


def deciding(path: Path) -> None:
    """Print what the same decisions take on fresh people with the catalogue of findings, and with an empty one."""
    engine, lines = Engine.load("jakarta"), path.read_bytes().splitlines()[:DECIDED]
    rules = ("kenaikan-pangkat-reguler", "kenaikan-pangkat-fungsional", "jp-tahunan")
    for name, asked in (("3 rules", rules), ("all rules", None)):
        with_, without = cost(engine, lines, asked)
        print(f"{'findings, ' + name:40} {with_ / without:5.3f}x of the same without   bar {FINDINGS_BAR:.2f}x "
              f"{'met' if with_ / without <= FINDINGS_BAR else 'NOT met'}")  # fmt: skip


def cost(engine: Engine, lines: list[bytes], rules: tuple[str, ...] | None) -> tuple[float, float]:
    """Return what deciding takes with findings and without, for people who are made anew each time; making them is not counted."""

    def decided(people: list[Employee]) -> None:
        for person in people:
            for one in engine.assess(person, as_of=AS_OF, rules=rules):
                assert one.verdict

    taken: list[tuple[float, float]] = []
    for _ in range(ROUNDS + 1):
        people = [Employee.model_validate_json(line) for line in lines]
        full = seconds(lambda people=people: decided(people))
        people = [Employee.model_validate_json(line) for line in lines]
        with patch.multiple(view, shows_nothing=lambda _: True, FIELDS=(), RECORDS=(), LASTING=()):
            empty = seconds(lambda people=people: decided(people))
        taken.append((full, empty))
    return statistics.median(full for full, _ in taken[1:]), statistics.median(empty for _, empty in taken[1:])


def main() -> None:
    """Run it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "staff.jsonl"
        people = workforce(PEOPLE, seed=7, as_of=AS_OF)
        path.write_text("\n".join(person.model_dump_json(exclude_none=True) for person in people), encoding="utf-8")
        reading(path)
        deciding(path)


if __name__ == "__main__":
    main()
