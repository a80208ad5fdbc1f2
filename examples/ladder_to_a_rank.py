"""Step after step to a rank, each put on record before the next is asked for."""

from datetime import date
from pathlib import Path

from asnpolicy import Assumption, Employee, Engine

engine = Engine.load("nasional")
lines = (Path(__file__).parent / "workforces" / "nasional.jsonl").read_text(encoding="utf-8").splitlines()
officer = Employee.model_validate_json(lines[3])

for goal in ("III/d", "IV/a", "IV/c"):
    ladder = engine.path(officer, as_of=date(2026, 10, 1), goal=goal, assume=[Assumption.of("rating=Sangat Baik")]).goal
    print(f"{goal}: {'on ' + str(ladder.on) if ladder.reached else 'out of reach'}")
    for rung in ladder.rungs:
        print(f"  {rung.to}: {rung.rule}, proposed {rung.proposed_on}, in effect {rung.takes_effect}")
