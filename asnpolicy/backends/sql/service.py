"""Employment and status of a day in a query, where what the registers say is plain; whoever else it is of is passed on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from asnpolicy.backends.columns.service import ALL, CPNS, FINAL, FULL, PART, PNS
from asnpolicy.backends.columns.values import NO_DAY
from asnpolicy.backends.sql.ends import all_of, any_of, opposite, pick, sure
from asnpolicy.backends.sql.number import Number
from asnpolicy.backends.sql.records import RecordColumns, is_
from asnpolicy.backends.sql.sheet import YES, Sheet, Sql, number, sql
from asnpolicy.people.findings.standing import LATEST_RETIREMENT
from asnpolicy.people.service import LEAVE


@dataclass(frozen=True, slots=True)
class ServiceTests:
    """What employment and status of a day are told by."""

    sheet: Sheet
    fields: Mapping[str, Sql]
    histories: Mapping[str, RecordColumns]
    complete: Mapping[str, Sql]
    nip: Number
    day: int

    def out(self) -> Iterator[Sql]:
        """Give each test of those of whom it takes more than the registers to tell them."""
        keep, fields = self.sheet.keep, self.fields
        known_on = keep(sql("COALESCE({}, {})", fields["known_on"], self.day, whole=True))
        yield sql("{} > {}", known_on, self.day)
        yield from self._status(known_on)
        yield sql("{0} IS NULL OR {0} = 0", fields["employment"])
        turns = sure(sql("{0} > {1} AND {0} <= {2}", fields["pns_on"], known_on, self.day))
        fits = (self._allowed(known_on), self._allowed(number(self.day)))
        yield opposite(sure(all_of(fits)))
        yield turns

    def _status(self, known_on: Sql) -> Iterator[Sql]:
        yield self.histories["statuses"].anybody(YES)
        kind = self.histories["leaves"].fields["kind"]
        yield self.histories["leaves"].anybody(sql(f"{{0}} IS NULL OR {{0}} = '{LEAVE}'", kind))
        status = self.fields["service_status"]
        serving = all_of((sql("{} IS NOT NULL", status), opposite(is_(status, *FINAL))))
        yield all_of((serving, sql("{} - {} > {}", known_on, self.nip.birth, (LATEST_RETIREMENT - 1) * 365)))

    def _allowed(self, day: Sql) -> Sql:
        """Tell for whom the dates allow on a day what the registers say of the employment."""
        candidate, servant = (
            self.sheet.keep(sql(f"{{0}} <= {{1}} AND {{0}} <> {NO_DAY}", self.fields[name], day))
            for name in ("cpns_on", "pns_on")
        )
        no_candidate, no_servant = (sql("{} IS FALSE", one) for one in (candidate, servant))
        is_candidate, is_servant = sure(candidate), sure(servant)
        as_pns = any_of((is_servant, all_of((opposite(no_servant), opposite(no_candidate)))))
        as_cpns = all_of((opposite(is_servant), opposite(no_candidate)))
        free = all_of((opposite(is_servant), opposite(is_candidate)))
        full_time, part_time = self._by_contract(day)
        employment = self.fields["employment"]
        each = {PNS: as_pns, CPNS: as_cpns, FULL: all_of((free, full_time)), PART: all_of((free, part_time))}
        return any_of([all_of((is_(employment, code), fits)) for code, fits in each.items()])

    def _by_contract(self, day: Sql) -> tuple[Sql, Sql]:
        """Tell who may be under a contract on a day, full time and part time."""
        contracts = self.histories["contracts"]
        open_ = opposite(sure(sql("{} <= {}", self.complete["contracts"], day)))
        on = contracts.bring(day)
        since, until, part = (contracts.fields[name] for name in ("since", "until", "part_time"))
        runs = contracts.keep(sure(sql("{} <= {} AND {} < {}", since, on, on, until)))
        maybe = contracts.keep(all_of((sure(sql("{} <= {}", since, on)), sql("{} IS NULL", until))))

        def may_be(code: int) -> Sql:
            kind = contracts.keep(sql("{0} IS NULL OR {0} = {1}", part, code))
            sure_of = contracts.anybody(runs)
            either = any_of((open_, contracts.anybody(all_of((maybe, kind)))))
            surely = all_of((sure_of, contracts.anybody(all_of((runs, kind)))))
            return self.sheet.keep(any_of((surely, all_of((opposite(sure_of), either)))))

        return may_be(0), may_be(1)

    def ranks_complete(self) -> Sql:
        """Return since when ranks are complete: who is under a contract has none, which need not be promised."""
        without = all_of((is_(self.fields["employment"], FULL, PART), opposite(self.histories["ranks"].anybody(YES))))
        return self.sheet.keep(pick(without, number(ALL), self.complete["ranks"]))
