"""Suspects in a query: who may have a finding that leaves something unknown, a record twice, or one that the models read otherwise.

INVARIANT: each test holds for everybody for whom that of `columns.suspects` holds. It may hold for more: those are only
decided elsewhere, one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from asnpolicy.backends.columns.suspects import FAR, FILLER_DAYS, LAST_FILLER_DAY, LATE_FILLER_DAY, placed_by
from asnpolicy.backends.columns.values import NO_DAY
from asnpolicy.backends.sql.codes import mark_codes
from asnpolicy.backends.sql.days import RUNNING, DayArithmetic
from asnpolicy.backends.sql.ends import all_of, any_of, opposite, sure
from asnpolicy.backends.sql.records import RecordColumns, is_
from asnpolicy.backends.sql.sheet import NO, Sql, sql
from asnpolicy.people import COMPLETE, HISTORIES
from asnpolicy.people.findings.day import ANY_DAY_OF_THE_MONTH, FAR_FUTURE, LEAST_AGE, SERVICE
from asnpolicy.people.findings.rank import SKIPS
from asnpolicy.people.findings.rating import ONE_A_DAY
from asnpolicy.people.findings.register import PAST
from asnpolicy.people.posts import PostKind
from asnpolicy.people.ranks import RankChange
from asnpolicy.people.status import Employment, ServiceStatus
from asnpolicy.workforce.schema import columns_of

if TYPE_CHECKING:
    from asnpolicy.backends.sql.number import Number

PPPK = (Employment.PPPK, Employment.PPPK_PARUH_WAKTU)
BEFORE = "OVER (PARTITION BY of ORDER BY {} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"


class Suspects:
    """Marks people and records; `read` names the histories that the rules read."""

    def __init__(
        self,
        fields: Mapping[str, Sql],
        histories: Mapping[str, RecordColumns],
        nip: Number,
        read: Collection[str],
        days: DayArithmetic,
    ) -> None:
        self.fields, self.histories, self.nip, self.read, self.days = fields, histories, nip, read, days

    def people(self) -> Iterator[Sql]:
        """Give each test of people themselves."""
        yield from self._own_fields()
        yield from self._years()

    def mark(self) -> None:
        """Mark records."""
        for name, records in self.histories.items():
            mark_codes(records)
            if name in self.read:
                self._days(name, records)
                _doubles(name, records)
                self._past(name, records)
            self._record_years(name, records)
        self._ranks()
        self._serving()
        for name, first, last in (
            ("appraisals", "decided_on", "period_end"),
            ("educations", "recognised_on", "graduated_on"),
        ):
            if name in self.read and name in self.histories:
                fields = self.histories[name].fields
                self.histories[name].mark(all_of((sql("{} < {}", fields[first], fields[last]), _is_day(fields[first]))))
        for name in ("posts", "contracts"):
            if name in self.histories:
                _posting(name, self.histories[name])

    def _own_fields(self) -> Iterator[Sql]:
        fields, nip, days = self.fields, self.nip, self.days
        employment, born = fields["employment"], fields["birth_date"]
        cpns, pns, raised = (self._real(name) for name in ("cpns_on", "pns_on", "last_raise_on"))
        since = self._real("agency_since")
        yield sql("{} <> {}", born, nip.birth)
        yield sql("{} <> {}", fields["protected.sex"], nip.sex)
        yield any_of(
            (sql("{} <> {}", days.part("YEAR", cpns), nip.year), sql("{} <> {}", days.part("MONTH", cpns), nip.month))
        )
        yield all_of((sql("{} > 0", employment), sql("{} <> {}", is_(employment, *PPPK), sql("{} IS NULL", nip.month))))
        yield from (is_filler(each) for each in (since, cpns, pns, raised))
        yield all_of((is_filler(born), sql("{} <> {}", born, nip.birth)))
        yield sql("{} <= {}", since, nip.birth)
        yield any_of((sql("{} < {}", pns, cpns), sql("{} < {}", raised, cpns), sql("{} < {}", raised, nip.appointed)))
        for day in (cpns, pns, raised):
            yield self._swapped(day, days)
            yield sql("{} <= {}", day, nip.birth)
            yield sql(f"{{}} <= {{}} + {LEAST_AGE}", days.part("YEAR", day), nip.birth_year)

    def _real(self, name: str) -> Sql:
        """Return a day of people without the one that stands for none."""
        return self.days.keep(sql(f"NULLIF({{}}, {NO_DAY})", self.fields[name], whole=True))

    @staticmethod
    def _swapped(day: Sql, days: DayArithmetic) -> Sql:
        return all_of((sql("{} = 1", days.part("MONTH", day)), sql("{} BETWEEN 2 AND 12", days.part("DAY", day))))

    def _years(self) -> Iterator[Sql]:
        if "recruitment_year" in self.fields:
            year = self.fields["recruitment_year"]
            yield all_of((sql("{} <> 0", year), self._odd_year(year, self.nip.birth_year, self._known_year())))

    def _known_year(self) -> Sql:
        return self.days.part("YEAR", self.fields["known_on"])

    @staticmethod
    def _odd_year(year: Sql, birth_year: Sql, known: Sql) -> Sql:
        return any_of(
            (
                sql(f"{{}} >= {FAR_FUTURE}", year),
                sql(f"{{}} <= {{}} + {LEAST_AGE}", year, birth_year),
                sql("{} > {}", year, known),
            )
        )

    def _record_years(self, name: str, records: RecordColumns) -> None:
        if name in ("appraisals", "service_targets") and "year" in records.fields:
            ends = records.bring(self.nip.birth_year), records.bring(self._known_year())
            records.mark(self._odd_year(records.fields["year"], *ends))

    def _days(self, name: str, records: RecordColumns) -> None:
        """Whole days of records: none that is a filler, before birth or before the age of service, and each that places one known."""
        record, fields = HISTORIES[name], records.fields
        born = records.bring(self.nip.birth)
        for each in record.dated:
            real = records.keep(sql(f"NULLIF({{}}, {NO_DAY})", fields[each], whole=True))
            records.mark(sql("{} <= {}", real, born), is_filler(real))
        if name == "educations":
            grown = records.bring(self.nip.grown)
            for each in record.dated:
                records.mark(all_of((_is_day(fields[each]), sql("{} < {}", fields[each], grown))))
        if name in SERVICE:
            records.mark(sql("{} < {}", fields["placed"], records.bring(self.nip.grown)))
        for each in (record.placed_by, record.seen_by):
            records.mark(sql("{} IS NULL", fields[each]))

    def _past(self, name: str, records: RecordColumns) -> None:
        """Days of what is past, after the day on which the registers were known."""
        for each in PAST.get(name, ()):
            day = records.fields[each]
            records.mark(all_of((_is_day(day), sql("{} > {}", day, records.bring(self.fields["known_on"])))))

    def _serving(self) -> None:
        """Pensions of the twelfth of January or before, but the first; contracts made after the appointment as PNS."""
        if "statuses" in self.histories:
            records = self.histories["statuses"]
            swapped = self._swapped(records.fields["since"], DayArithmetic(records.sheet, records.history))
            records.mark(all_of((swapped, is_(records.fields["status"], ServiceStatus.PENSIUN))))
        if "contracts" in self.histories:
            records = self.histories["contracts"]
            records.mark(sql("{} > {}", records.fields["since"], records.bring(self._real("pns_on"))))

    # Ranks

    def _ranks(self) -> None:
        records = self.histories["ranks"]
        fields, days = records.fields, DayArithmetic(records.sheet, records.history)
        since, kind = fields["since"], fields["kind"]
        records.mark(records.bring(is_(self.fields["employment"], *PPPK)))
        for first in (self.nip.appointed, self._real("cpns_on")):
            records.mark(sql("{} < {}", since, records.bring(first)))
        records.mark(all_of((self._swapped(since, days), opposite(is_(kind, *ANY_DAY_OF_THE_MONTH)))))
        self._steps(records)

    def _steps(self, records: RecordColumns) -> None:
        """Ranks that fall, and those that skip without a diploma before: others may explain them, one by one."""
        rank, kind, since = (records.fields[name] for name in ("rank", "kind", "since"))
        before = records.before("rank")
        records.mark(sql("{} < {}", rank, before))
        skips = sql("{} > {} + 1", rank, before)
        educations, diploma = self.histories.get("educations"), NO
        if educations is not None:
            placed = sql(f"MIN(COALESCE({{}}, {RUNNING}))", educations.fields["placed"], whole=True)
            first = records.bring(records.sheet.fold(placed, "educations"))
            diploma = sure(sql("{} <= {}", first, since))
        plain = any_of((sql("{} IS NULL", kind), is_(kind, RankChange.PNS)))
        explained = any_of((all_of((plain, diploma)), all_of((opposite(plain), is_(kind, *SKIPS)))))
        records.mark(all_of((skips, opposite(explained))))


def is_filler(day: Sql) -> Sql:
    """Tell where a day is one that registers write where they have none."""
    listed = ", ".join(map(str, FILLER_DAYS))
    return sql(f"(({{0}} <= {LAST_FILLER_DAY} OR {{0}} >= {LATE_FILLER_DAY}) AND {{0}} IN ({listed})) OR ({{0}} >= {FAR} AND {{0}} <> {RUNNING})", day)


def complete_since(day: Sql) -> Sql:
    """Tell where a history is complete since a filler."""
    return sql(f"{{}} IN ({', '.join(str(each) for each in FILLER_DAYS if each != COMPLETE.toordinal())})", day)


def _is_day(day: Sql) -> Sql:
    return sql(f"{{}} <> {NO_DAY}", day)


def _doubles(name: str, records: RecordColumns) -> None:
    """Records of one day that may be one: equal in all that identifies them, or with some of it not known."""
    placed = records.fields["placed"]
    tied = records.keep(sql("COUNT(*) OVER (PARTITION BY of, {}) > 1", placed))
    if name in ONE_A_DAY:
        records.mark(tied)
        return
    named = [each for each in HISTORIES[name].identity if each != placed_by(name) and each in columns_of(name)]
    parts = [records.fields[each] for each in named]
    listed = ", ".join("{}" for _ in (placed, *parts))
    equal = records.keep(sql(f"COUNT(*) OVER (PARTITION BY of, {listed}) > 1", placed, *parts))
    records.mark(equal, all_of((tied, any_of([sql("{} IS NULL", part) for part in parts]))))


def _posting(name: str, records: RecordColumns) -> None:
    """Definitive posts or contracts that overlap, or of which one ends on the day before the next."""
    fields, beside = records.fields, NO
    since, until, seq = fields["since"], fields["until"], fields["seq"]
    if name == "posts":
        beside = records.keep(any_of((is_(fields["acting"], 1), is_(fields["kind"], PostKind.TUGAS_TAMBAHAN))))
    here = opposite(beside)
    rows = "OVER (PARTITION BY of, {} ORDER BY {})"
    ended, began = (records.keep(sql(f"LAG({{}}) {rows}", each, beside, seq, whole=True)) for each in (until, since))
    records.mark(all_of((here, any_of((sql("{} + 1 = {}", ended, since), sql("{} = {}", began, since))))))
    if name == "posts":
        longest = f"MAX({{}}) FILTER (WHERE {{}}) {BEFORE.format('{}')}"
        records.mark(all_of((here, sql("{} > {}", records.keep(sql(longest, until, here, seq, whole=True)), since))))
