"""The same years with a predicate assumed for each: what changes, and since when it rests on the assumption."""

from datetime import date
from pathlib import Path

from asnpolicy import Assumption, Employee, Engine

engine = Engine.load("jakarta")
lines = (Path(__file__).parent / "workforces" / "jakarta.jsonl").read_text(encoding="utf-8").splitlines()
since, until = date(2026, 10, 1), date(2036, 10, 1)

for number in range(40):
    officer = Employee.model_validate_json(lines[number]).model_copy(update={"known_on": since})
    plain = engine.timeline(officer, "kenaikan-pangkat-reguler", since=since, until=until)
    rated = engine.timeline(
        officer, "kenaikan-pangkat-reguler", since=since, until=until, assume=[Assumption.of("rating=Baik")]
    )
    first = rated.first("eligible")
    if first is not None and plain.first("eligible") is None:
        print(f"{officer!r}: no day as things stand; from {first.since} on, if rated Baik each year")
        print(f"  takes effect on {first.takes_effect}; rests on what is assumed: {first.assumed}")
