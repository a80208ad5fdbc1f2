"""The entry point for Hypothesis: `st.from_type(Employee)` draws made people; nothing is loaded until somebody draws."""

from __future__ import annotations

import sys
from typing import Any


def setup() -> None:
    """Tell Hypothesis how to make an employee, where employees are known already."""
    people = sys.modules.get("asnpolicy.people")
    if people is None or not hasattr(people, "Employee"):
        return
    from hypothesis import strategies as st  # noqa: PLC0415  # Hypothesis calls this

    def made(_: type[Any]) -> Any:
        from asnpolicy.fairness.strategies import employees  # noqa: PLC0415  # only when somebody draws

        return employees()

    st.register_type_strategy(people.Employee, made)
