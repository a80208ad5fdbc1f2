"""What fairness speaks of: attributes that no rule may see, what follows from them, and merits that should never hurt."""

from __future__ import annotations

from asnpolicy.text import Text

PROTECTED: dict[str, Text] = {
    "sex": Text("jenis kelamin", "sex"),
    "religion": Text("agama", "religion"),
    "ethnicity": Text("suku", "ethnicity"),
    "marital_status": Text("status perkawinan", "marital status"),
    "disability": Text("disabilitas", "disability"),
    "birth_date": Text("umur", "age"),
}
"""The protected attributes, by the field that holds each (UU 20/2023, elucidation of the merit principle; UU 8/2016)."""
DESCENDANTS: dict[str, tuple[str, ...]] = {"sex": ("leaves:cuti-melahirkan",)}
"""What follows from a protected attribute and differs with it: a field, a history, or the records of one kind in it."""
MERITS: dict[str, tuple[str, str]] = {
    "lowest_rating": ("appraisals", "rating"),
    "training_hours": ("trainings", "hours"),
    "trainings": ("trainings", "passed"),
    "exams": ("exams", "passed"),
    "education_level": ("educations", "level"),
    "credit": ("credits", "amount"),
    "competencies": ("competencies", "level"),
    "assessments": ("assessments", "score"),
    "service_targets": ("service_targets", "reached"),
}
"""What more of should never hurt: the history, and the field of its records that grows."""
