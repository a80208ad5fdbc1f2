"""`make bench-assess`: a workforce assessed by the command line, today and as it was, and asked in Python, in one run."""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import NamedTuple

from asnpolicy.exchange.synth import workforce

PEOPLE = int(os.environ.get("ASNPOLICY_BENCH_PEOPLE", "60000"))
BEFORE = "0d5f02c"
"""The commit before rows came without the definition."""
AS_OF = date(2026, 10, 1)
ROOT = Path(__file__).parents[1]
IN_PYTHON = """
import sys
from datetime import date
from asnpolicy import Employee, Engine
engine, day, count = Engine.load("jakarta"), date(2026, 10, 1), 0
with open(sys.argv[1], "rb") as file:
    for line in file:
        for one in engine.assess(Employee.model_validate_json(line), as_of=day):
            count += bool((one.verdict, one.to, one.because))
print(count)
"""


class Spent(NamedTuple):
    """What a run took: processor time, and time on the wall."""

    cpu: float
    wall: float


def spent(*command: str | Path, path: Path = ROOT) -> tuple[Spent, str]:
    """Run Python with the library of a folder, and return what it took and what it printed."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    env = {**os.environ, "PYTHONPATH": str(path)}
    done = subprocess.run([sys.executable, *command], cwd=path, env=env, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(cpu, time.perf_counter() - start), done.stdout


def assessed(staff: Path, output: Path, *more: str, path: Path = ROOT) -> Spent:
    """Assess a file of people to CSV."""
    words = ("assess", "jakarta", staff, "--as-of", AS_OF.isoformat(), "--format", "csv", "-o", output)
    return spent("-m", "asnpolicy.cli", *words, *more, path=path)[0]


def as_it_was(folder: Path) -> Path | None:
    """Unpack the library as it was; None where the history of the project is not at hand."""
    archive = folder / "before.tar"
    command = ["git", "archive", "-o", archive, BEFORE]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if made.returncode:
        return None
    with tarfile.open(archive) as opened:
        opened.extractall(folder / "before", filter="data")
    return folder / "before"


SINCE = (
    "statuses",
    "part_time",
    "earlier_nips",
    "recruitment_year",
    "last_raise_on",
    "confirmed",
    "known_on",
    "needed_on_duty",
    "study_permit",
    "still_needed",
    "released",
    "wealth_report",
    "retirement_age",
    "acting_as",
    "absences",
    "letters",
)
"""Keys that the library as it was does not know."""


def as_then(data: object) -> object:
    """Return the data of a person as the library knew them then."""
    if isinstance(data, dict):
        return {key: as_then(value) for key, value in data.items() if key not in SINCE}
    return [as_then(one) for one in data] if isinstance(data, list) else data


def rows_of(table: Path) -> int:
    """Count the decisions in a list."""
    with table.open("rb") as file:
        return sum(1 for _ in file) - 1


def same(one: Path, other: Path) -> int:
    """Count the rows of two lists, which say the same in the columns that both have."""
    with one.open(newline="", encoding="utf-8") as left, other.open(newline="", encoding="utf-8") as right:
        count = -1
        for row, old in zip(csv.reader(left), csv.reader(right), strict=True):
            assert row[: len(old)] == old, (row, old)
            count += 1
    return count


def main() -> None:
    """Run all, check that all say the same, and print the ratios."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        staff = folder / "staff.jsonl"
        with staff.open("w", encoding="utf-8") as file:
            file.writelines(f"{p.model_dump_json(exclude_none=True)}\n" for p in workforce(PEOPLE, seed=1, as_of=AS_OF))
        rounds = [(spent("-c", IN_PYTHON, staff), assessed(staff, folder / "now.csv")) for _ in range(2)]
        asked, now = min(taken for (taken, _), _ in rounds), min(taken for _, taken in rounds)
        two = assessed(staff, folder / "two.csv", "--jobs", "2")
        assert (folder / "now.csv").read_bytes() == (folder / "two.csv").read_bytes()
        old_home = as_it_was(folder)
        then = folder / "then.jsonl"
        with staff.open(encoding="utf-8") as file, then.open("w", encoding="utf-8") as out:
            out.writelines(f"{json.dumps(as_then(json.loads(line)))}\n" for line in file)
        old = assessed(then, folder / "old.csv", path=old_home) if old_home else None
        before = rows_of(folder / "old.csv") if old else 0
        rows = int(rounds[0][0][1])
        assert rows == same(folder / "now.csv", folder / "two.csv")
    print(
        f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, {PEOPLE:,} people, {rows:,} rows of jakarta to CSV\n"
    )
    for name, taken in (
        ("in Python: verdict, target, deciding", asked),
        ("assess", now),
        ("assess --jobs 2", two),
        (f"assess of {BEFORE}", old),
    ):
        if taken:
            ratio = taken.cpu / asked.cpu
            print(f"  {name:38}{taken.cpu:9.1f} s of processor{taken.wall:9.1f} s on the wall{ratio:9.2f}x")
    if old:
        faster = (old.cpu / before) / (now.cpu / rows)
        print(f"\n  {faster:.1f} times as fast as before, by decision: there were {before:,} then")


if __name__ == "__main__":
    main()
