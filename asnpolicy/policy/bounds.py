"""Bounds: what a region writes is held to what its base lets regions choose."""

from __future__ import annotations

from asnpolicy.policy.surface.literals import measure, measure_of
from asnpolicy.policy.surface.names import RawValue
from asnpolicy.policy.surface.values import RegionMay
from asnpolicy.problems import Place, Problems


def within_bound(name: str, value: RawValue, may: RegionMay | None, base: Place, problems: Problems) -> None:
    """Hold what a region writes to the `region_may` of the base's version."""
    if may is None:
        message, help = f"`{name}` is not a region's to change", f"the base ({base}) gives no `region_may` for it"
        problems.add("region-may-not", message, value.place, help)
        return
    for bound, least in ((may.at_least, True), (may.at_most, False)):
        limit = None if bound is None else measure_of(bound)  # what is amiss with it is told where it stands
        number = None if bound is None else measure(value, problems, bound)
        if bound is None or limit is None or number is None or not (number < limit if least else number > limit):
            continue
        problems.add(
            "region-may-not",
            f"`{value.text}` is {'less' if least else 'more'} than the base lets a region choose",
            value.place,
            f"the base ({base}) allows {'at least' if least else 'at most'} `{bound.text}`",
        )
