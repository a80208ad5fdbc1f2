"""The next steps of one person: earliest days, what to do, what would change a no."""

from datetime import date
from pathlib import Path

from asnpolicy import Agency, Assumption, Employee, Engine

here = Path(__file__).parent
engine = Engine.load("nasional")
lines = (here / "workforces" / "nasional.jsonl").read_text(encoding="utf-8").splitlines()
agency = Agency.model_validate_json((here / "agencies" / "nasional.json").read_text(encoding="utf-8"))
officer = Employee.model_validate_json(lines[3])

path = engine.path(officer, as_of=date(2026, 10, 1), agency=agency, assume=[Assumption.of("rating=Baik")])
for step in path.steps:
    print(
        f"{step.rule} {step.timeline.opening or step.decision.to or ''}: earliest {step.earliest}, closes {step.closes}"
    )
    for remedy in step.remedies:
        print("  would change it:", " and ".join(action.said.to("en") for action in remedy.actions))
print(path.explain("id"))
