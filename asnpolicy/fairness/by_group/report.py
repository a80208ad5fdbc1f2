"""Report: the disparity of a rule on a workforce, by every attribute asked about, as data and as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any

from asnpolicy.engine import Engine
from asnpolicy.fairness.by_group.groups import GroupResult, Signal, Tally, compared, tally
from asnpolicy.fairness.by_group.outcomes import Outcomes, check_groups, outcomes
from asnpolicy.fairness.by_group.privacy import private
from asnpolicy.fairness.by_group.standard import Standard, standard_of
from asnpolicy.people import Agency, Employee
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.text import Text

if TYPE_CHECKING:
    from asnpolicy.workforce import Workforce


@dataclass(frozen=True, slots=True)
class Disparity:
    """Outcomes of a rule by group: how many each group is, how it came out, and whether that is a signal."""

    region: str
    rule: str
    as_of: date
    standard: Standard
    whole: Tally
    outside: int
    """How many people the rule is not for; they are in no rate."""
    stratum: str | None
    groups: tuple[GroupResult, ...]

    @property
    def signals(self) -> tuple[GroupResult, ...]:
        """The groups whose ratio is low and for which chance is unlikely."""
        return tuple(one for one in self.groups if one.signal is Signal.BOTH)

    def as_data(self) -> dict[str, Any]:
        """Return the report for machines."""
        return {
            "region": self.region,
            "rule": self.rule,
            "as_of": str(self.as_of),
            "standard": {**asdict(self.standard), "since": str(self.standard.since)},
            "people": self.whole.people,
            "outside": self.outside,
            "stratum": self.stratum,
            "groups": [_data(one) for one in self.groups],
        }

    def text(self, lang: str = "en") -> str:
        """Return the report as text."""
        return "\n".join(self._lines(lang))

    def _lines(self, lang: str) -> Iterator[str]:
        head = Text(
            f"{self.region}: {self.rule} pada {self.as_of}: {self.whole.people} orang sasaran, {self.outside} di luar sasaran",
            f"{self.region}: {self.rule} on {self.as_of}: for {self.whole.people} people, not for {self.outside} others",
        )
        yield head.to(lang)
        limit = f"{self.standard.ratio:g}, {self.standard.test} < {self.standard.alpha:g}"
        yield f"{self.standard.title.to(lang)} ({self.standard.cite}): {limit}. {NO_LAW.to(lang)}"
        attribute = ""
        for one in self.groups:
            if one.attribute != attribute:
                attribute = one.attribute
                yield f"\n{attribute}"
            yield f"  {_line(one, lang)}"
            if one.parts_at is not None:
                yield f"      {Text('berpisah pada', 'they part at').to(lang)} `{one.parts_at}`"
            if one.strata is not None:
                yield f"      {_in_strata(one, self.stratum or '', lang)}"


NO_LAW = Text("Bukan hukum Indonesia: tanda untuk diperiksa.", "No law of Indonesia: a sign to look into.")


def disparity(
    engine: Engine,
    people: Iterable[Employee] | Workforce,
    rule: str,
    *,
    as_of: date,
    by: Sequence[str] = ("sex",),
    intersections: bool = False,
    stratum: str | None = None,
    reference: str | None = None,
    standard: str = "us-ugesp-1978",
    agency: Agency = NO_AGENCY,
) -> Disparity:
    """Return the outcomes of a rule by group on a workforce, of typed people or of tables (far faster: in columns).

    `by`: attributes; `intersections`: each two of them together too; `stratum`: an attribute within which groups are compared
    as well, such as `unit`; `reference`: the group to compare with, else the one with the highest rate. Who the rule is not
    for is in no rate; undetermined is an outcome of its own, and a signal must hold however it would turn out. Cells of
    fewer than five people are suppressed, and others with them.

    Raises PolicyError for a rule, an attribute or a standard that is not there, and for a workforce without the attribute.
    """
    names = attributes(by, stratum)
    standard_of(standard)
    found = outcomes(engine, people, rule, as_of=as_of, by=names, agency=agency)
    return told_by_group(
        engine.policy.region, found, by, intersections=intersections, stratum=stratum, reference=reference,
        standard=standard,
    )  # fmt: skip


def attributes(by: Sequence[str], stratum: str | None) -> tuple[str, ...]:
    """Return the attributes that are looked at, each once; raises PolicyError for what groups can't be made of."""
    names = tuple(dict.fromkeys([*by, *([stratum] if stratum else [])]))
    check_groups(names)
    return names


def told_by_group(
    region: str, found: Outcomes, by: Sequence[str], *, intersections: bool = False, stratum: str | None = None,
    reference: str | None = None, standard: str = "us-ugesp-1978",
) -> Disparity:  # fmt: skip
    """Return outcomes that are known already by group; raises PolicyError for a standard that is not there."""
    given, names = standard_of(standard), found.attributes
    within = None if stratum is None else names.index(stratum)
    groups: list[GroupResult] = []
    for name in dict.fromkeys(by):
        made = compared(name, found.people, names.index(name), given, found.criteria, within, reference)
        groups += private(made, [range(len(made))])
    for one, other in combinations(dict.fromkeys(by), 2) if intersections else ():
        groups += _crossed(found, one, other, names, given, within)
    return Disparity(region, found.rule, found.as_of, given, tally(found.people), found.outside, stratum, tuple(groups))


def _crossed(
    found: Outcomes, one: str, other: str, names: Sequence[str], standard: Standard, within: int | None
) -> list[GroupResult]:
    """Return the groups of two attributes together; the totals of each row and column are told, so each is protected."""
    at = (names.index(one), names.index(other))
    made = compared(f"{one} × {other}", found.people, at, standard, found.criteria, within)
    lines: dict[tuple[int, str], list[int]] = {}
    for place, group in enumerate(made):
        for side, part in enumerate(group.name.split(" × ")):
            lines.setdefault((side, part), []).append(place)
    return private(made, lines.values())


def _data(one: GroupResult) -> dict[str, Any]:
    found = asdict(one)
    tallied = found.pop("tally")
    found["signal"] = str(one.signal)
    found["favourable"] = tallied and tallied["favourable"]
    found["undetermined"] = tallied and tallied["undetermined"]
    return found


def _line(one: GroupResult, lang: str) -> str:
    size = "…" if one.people is None else str(one.people)
    if one.tally is None:
        hidden = Text("terlalu sedikit untuk ditampilkan", "too few to be shown").to(lang)
        return f"{one.name}: n {size}, {hidden}"
    low, high = one.tally.least.rate, one.tally.most.rate
    rate = f"{low:.1%}" if low == high else f"{low:.1%} … {high:.1%}"
    parts = [f"{one.name}: n {size}, {rate}"]
    if one.ratio is not None and one.adjusted is not None:
        a, b = one.ratio
        parts.append(f"ratio {a:.2f}" if a == b else f"ratio {a:.2f} … {b:.2f}")
        parts.append(f"p {one.adjusted:.2g}")
        parts.append(f"{Text('kurang', 'short of').to(lang)} {one.shortfall}")
        parts.append(f"{Text('daya', 'power').to(lang)} {one.power or 0:.0%}")
    return f"{', '.join(parts)}: {one.signal.text.to(lang)}"


def _in_strata(one: GroupResult, stratum: str, lang: str) -> str:
    told = one.strata
    if told is None or not told.strata:
        return Text(f"tidak dapat dibandingkan di dalam {stratum}", f"can't be compared within {stratum}").to(lang)
    odds = "∞" if told.odds_ratio is None else f"{told.odds_ratio:.2f}"
    return Text(
        f"di dalam {told.strata} {stratum}: rasio odds {odds}, p {told.p:.2g}, lebih rendah di {told.against}",
        f"within {told.strata} of {stratum}: odds ratio {odds}, p {told.p:.2g}, lower in {told.against}",
    ).to(lang)
