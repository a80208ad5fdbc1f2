"""Who can be proposed for a promotion period, who lacks one thing, and who leaves before it."""

from collections import Counter
from datetime import date
from pathlib import Path

from asnpolicy import Assumption, Employee, Engine

engine = Engine.load("surakarta")
lines = (Path(__file__).parent / "workforces" / "surakarta.jsonl").read_text(encoding="utf-8").splitlines()
people = [Employee.model_validate_json(line) for line in lines[:120]]

plan = list(
    engine.plan(
        people, period=date(2027, 4, 1), as_of=date(2026, 10, 1), rules=["kenaikan-pangkat-reguler", "kenaikan-pangkat-fungsional"],
        assume=[Assumption.of("rating=Baik")],
    )
)  # fmt: skip
for group, count in sorted(Counter(one.group.value for one in plan).items()):
    print(f"{group:8} {count}")
print("one thing is lacking:", Counter(name for one in plan if one.group == "one" for name in one.lacks).most_common(3))
