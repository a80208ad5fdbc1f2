"""Talent: people in the nine boxes of performance and potential on one day, and why somebody stands in none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from asnpolicy.decisions.mentoring.assignment import Participant
from asnpolicy.decisions.reasons import Reason
from asnpolicy.decisions.talent.grid import TalentGrid, counted
from asnpolicy.decisions.verdict import DutyState, Verdict
from asnpolicy.language.rules import Text
from asnpolicy.people.nip import masked


class TalentState(StrEnum):
    """What the map says of somebody."""

    MAPPED = "mapped"
    """In one of the nine boxes."""
    SCREENED_OUT = "screened_out"
    """Does not pass the screening, which comes first."""
    EXPIRED = "expired"
    """The results are older than the policy lets them count: the box is unknown."""
    NEVER_ASSESSED = "never_assessed"
    """There is no result of performance or of potential: not mapped yet."""
    UNDETERMINED = "undetermined"
    """Data are missing."""
    NOT_APPLICABLE = "not_applicable"
    """The map is not for them."""


@dataclass(frozen=True, slots=True)
class Treatment:
    """What the policy recommends for somebody of a box, and whether it is on record."""

    rule: str
    title: Text
    basis: str
    state: DutyState


@dataclass(frozen=True, slots=True, repr=False)
class TalentPlace:
    """Where somebody stands on the map."""

    person: Participant
    state: TalentState
    box: int | None = None
    """1 to 9; None where there is none, or it is not known."""
    low: int | None = None
    high: int | None = None
    """The lowest and the highest box that it may be, where the data leave several."""
    pool: Verdict = Verdict.NOT_APPLICABLE
    """Whether somebody on the map is in the succession pool."""
    against: tuple[Text, ...] = ()
    """The criteria of screening or of validity that are not met."""
    warnings: tuple[Text, ...] = ()
    """What is told of results that count, such as that they have aged."""
    missing: tuple[str, ...] = ()
    treatments: tuple[Treatment, ...] = ()

    def __repr__(self) -> str:
        return f"TalentPlace({masked(self.person.nip)}: {self.box or self.state})"

    @property
    def in_pool(self) -> bool:
        """Whether somebody is in the succession pool."""
        return self.state is TalentState.MAPPED and self.pool is Verdict.ELIGIBLE

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why somebody stands here, in words."""
        from asnpolicy.decisions.talent.telling import of_place  # noqa: PLC0415  # wanted by few

        return of_place(self)


@dataclass(frozen=True, repr=False)
class TalentMap:
    """The people of a government or a unit in the nine boxes, by one policy on one day, whatever order they came in."""

    region: str
    as_of: date
    basis: str
    unit: str | None
    unit_name: str | None
    policy: str
    """The content hash of the policy."""
    library: str
    places: tuple[TalentPlace, ...]
    """In order of NIP."""
    unit_unknown: int = 0
    """So many people are left out since it is not known whether they belong to the unit."""

    def __repr__(self) -> str:
        where = f" {self.unit}" if self.unit is not None else ""
        return f"TalentMap({self.region}{where} {self.as_of}: {len(self.places)} people)"

    def place_of(self, nip: str) -> TalentPlace | None:
        """Where somebody stands, by NIP; None for somebody who was not given."""
        return self._by_nip.get(nip)

    @cached_property
    def _by_nip(self) -> Mapping[str, TalentPlace]:
        return {one.person.nip: one for one in self.places}

    @property
    def pool(self) -> tuple[TalentPlace, ...]:
        """Those in the succession pool, the highest box first."""
        return tuple(sorted((one for one in self.places if one.in_pool), key=lambda one: -(one.box or 0)))

    @cached_property
    def grid(self) -> TalentGrid:
        """How many stand in each box, for the unit itself: `grid.published` is what may leave it."""
        outside = [one.state for one in self.places if one.state is not TalentState.MAPPED]
        return counted([one.box for one in self.places if one.box is not None], outside)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What the map is and rests on, line by line."""
        from asnpolicy.decisions.talent.telling import of_map  # noqa: PLC0415  # wanted by few

        return of_map(self)

    def model_dump(self) -> Mapping[str, Any]:
        """The map with everybody in it, as plain data for the unit itself: codes and parameters, not texts of a language."""
        from asnpolicy.decisions.plain import as_data  # noqa: PLC0415  # wanted by few

        return as_data(self)

    def model_dump_json(self, *, indent: int | None = None) -> str:
        """The map with everybody in it, as JSON."""
        return json.dumps(self.model_dump(), ensure_ascii=False, indent=indent)
