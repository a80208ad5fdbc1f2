"""Loads a region of one's own from a folder, decides by it, and shows what the loader says to a rule that goes too far."""

import tempfile
from datetime import date
from pathlib import Path

from asnpolicy import Employee, Engine, PolicyError

OWN = Path(__file__).parent / "kota-contoh"

engine = Engine.load(OWN)
intern = Employee.model_validate({
    "nip": "199001012022211001", "employment": "PPPK", "service_status": "aktif", "birth_date": "1990-01-01", "field": "pariwisata",
    "trainings": {"records": [], "complete_since": "all"},
})  # fmt: skip
decision = engine.decide(intern, "pelatihan-layanan-wisata", as_of=date(2026, 10, 1))
print(f"{decision.rule.title.id}: {decision.state.value}, due before {decision.due}")

with tempfile.TemporaryDirectory() as folder:
    bold = Path(folder) / "kota-contoh"
    bold.mkdir()
    text = (OWN / "kebijakan.yaml").read_text(encoding="utf-8")
    (bold / "kebijakan.yaml").write_text(text.replace("is: 24", "is: 12"), encoding="utf-8")
    try:
        Engine.load(bold)
    except PolicyError as error:
        print(error)
