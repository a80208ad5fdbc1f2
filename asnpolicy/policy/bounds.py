"""Bounds: what a region writes is held to what its base lets regions choose."""

from __future__ import annotations

from asnpolicy.language.daycount import Days
from asnpolicy.policy.surface.literals import measure, measure_of
from asnpolicy.policy.surface.names import RawValue
from asnpolicy.policy.surface.values import RegionMay
from asnpolicy.problems import AT_LEAST, AT_MOST, LESS, MORE, Place, Problems
from asnpolicy.text import phrase


def _less(one: int | Days, other: int | Days) -> bool:
    """Tell whether a number or a length of time is less than another of its kind."""
    if isinstance(one, int) and isinstance(other, int):
        return one < other
    return isinstance(one, Days) and isinstance(other, Days) and one < other


def within_bound(name: str, value: RawValue, may: RegionMay | None, base: Place, problems: Problems) -> None:
    """Hold what a region writes to the `region_may` of the base's version."""
    if may is None:
        message, help = (
            phrase(
                en="`{name}` is not a region's to change", id="`{name}` bukan wewenang daerah untuk diubah", name=name
            ),
            phrase(
                en="leave it out: a region may change only what the base gives `region_may` for, and {base} gives none",
                id="hapus: daerah hanya boleh mengubah yang diberi `region_may` oleh aturan dasar, dan {base} tidak memberinya",
                base=base,
            ),
        )
        problems.add("region-may-not", message, value.place, help)
        return
    for bound, least in ((may.at_least, True), (may.at_most, False)):
        limit = None if bound is None else measure_of(bound)  # what is amiss with it is told where it stands
        number = None if bound is None else measure(value, problems, bound)
        if bound is None or limit is None or number is None or not (_less(number, limit) if least else _less(limit, number)):
            continue
        problems.add(
            "region-may-not",
            phrase(
                en="`{value}` is {how} than the base lets a region choose",
                id="`{value}` {how} daripada yang boleh dipilih daerah menurut aturan dasar",
                value=value.text,
                how=LESS if least else MORE,
            ),
            value.place,
            phrase(
                en="the base ({base}) allows {how} `{bound}`",
                id="aturan dasar ({base}) membolehkan {how} `{bound}`",
                base=base,
                how=AT_LEAST if least else AT_MOST,
                bound=bound.text,
            ),
        )
