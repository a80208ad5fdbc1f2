"""Every day on which a verdict changes, and what changed it."""

from datetime import date
from pathlib import Path

from asnpolicy import Employee, Engine

engine = Engine.load("nasional")
lines = (Path(__file__).parent / "workforces" / "nasional.jsonl").read_text(encoding="utf-8").splitlines()
officer = Employee.model_validate_json(lines[3]).model_copy(update={"known_on": date(2026, 10, 1)})

line = engine.timeline(officer, "kenaikan-pangkat-struktural", since=date(2024, 1, 1), until=date(2030, 1, 1))
for segment in line.segments:
    words = ", ".join(cause.to("en") for cause in segment.causes)
    print(f"{segment.since}  {segment.result:12} {'not yet' if segment.not_yet else '':8} {words}")
