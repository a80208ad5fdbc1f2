"""Support: the page of what each back end can decide of the rules of each region, and why it can't decide the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from asnpolicy.backends import registry
from asnpolicy.decisions.assessment import ALONE
from asnpolicy.language.rules import Program, Rule
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.policy import library
from asnpolicy.policy.policy import Policy
from asnpolicy.problems import PolicyError
from asnpolicy.report.markdown import both, joined, table
from asnpolicy.text import Text, in_both

if TYPE_CHECKING:
    from asnpolicy.backends.columns import Columns

AS_OF = date(2026, 10, 1)
"""The day whose rules are asked about."""
_TITLE = Text("Apa yang dapat diputus setiap mesin", "What each back end can decide")
_HEAD = """\
Berapa dari aturan setiap kebijakan, yang berlaku pada 1 Oktober 2026, dapat diputus setiap mesin; aturan yang diwarisi dihitung pada asalnya.
Yang tidak dapat diputus kolom diputus satu per satu, dengan hasil yang sama; yang tidak dapat ditanyakan kepada kueri atau dibuktikan disebut demikian.
Jabatan lowong ditanyakan kepada kolom semuanya sekaligus, kepada kueri satu demi satu.

*How many of the rules of each policy, in force on 1 October 2026, each back end can decide; inherited rules are counted where they come from.
What columns can't decide is decided one by one, with the same result; what queries can't be asked, or can't be proved, is said to be so.
Columns are asked about all openings at once, queries about one each.*"""
_POLICY = Text("Kebijakan", "Policy")
_LEFT = Text("Yang tidak dapat, dan sebabnya", "What is left, and why")
_RULE, _BACK_END, _WHY = Text("Aturan", "Rule"), Text("Mesin", "Back end"), Text("Sebab", "Why")
_NAMES = {
    "definition": Text("definisi", "the definition"), "compiled": Text("`compiled`", "`compiled`"), "rete": Text("`rete`", "`rete`"),
    "columns": Text("`columns` (Polars)", "`columns` (Polars)"), "duckdb": Text("DuckDB (kueri)", "DuckDB (queries)"),
    "postgres": Text("PostgreSQL (kueri)", "PostgreSQL (queries)"), "smt": Text("`smt` (pembuktian)", "`smt` (proofs)"),
}  # fmt: skip
Reasons: TypeAlias = tuple[str, ...]
Ask: TypeAlias = Callable[[Rule], Reasons]
"""Says why a rule can't be decided; nothing where it can."""


def support_page(policies: Iterable[Policy], written_by: str) -> str:
    """Return the page; `written_by` says where it comes from. It needs the extras of all back ends."""
    counts: list[list[str]] = []
    left: dict[tuple[str, str], list[Text]] = {}
    for policy in policies:
        own, told = _told(policy.paths[0], policy.digest)
        counts.append([policy.region, *(f"{own - len(whys)} / {own}" for whys in told.values())])
        for name, whys in told.items():
            for rule, why in whys.items():
                left.setdefault((rule, why), []).append(_NAMES[name])
    head = [both(_POLICY), *map(both, _NAMES.values())]
    lines = [f"# {both(_TITLE)}", "", written_by, "", _HEAD, "", *table(head, counts), "", f"## {both(_LEFT)}", ""]
    rows = [[f"`{rule}`", both(joined(names)), why] for (rule, why), names in left.items()]
    return "\n".join([*lines, *table([both(_RULE), both(_BACK_END), both(_WHY)], rows)]) + "\n"


@cache
def _told(path: Path, digest: str) -> tuple[int, Mapping[str, Mapping[str, str]]]:
    """Return how many rules a policy has of its own, and by back end why it can't decide some; asked once of each policy."""
    del digest  # of another one the files may lie there
    policy = library.load(path)
    own = tuple(_own(policy))
    asked = _back_ends(policy.program(AS_OF)).items()
    return len(own), {name: {rule.id: why for rule in own if (why := _why(ask(rule)))} for name, ask in asked}


def _own(policy: Policy) -> Iterator[Rule]:
    """Give the rules that may be asked for, and that a policy does not inherit."""
    above = [one for one in map(library.load, policy.paths) if one.region != policy.region]
    known = {rule.id for one in above for rule in one.program(AS_OF).rules}
    yield from (one for one in policy.program(AS_OF).rules if one.kind in (*ALONE, "pair") and one.id not in known)


def _back_ends(program: Program) -> dict[str, Ask]:
    """Return each back end by name, with what asks it about a rule."""
    from asnpolicy.backends.smt.search import Smt  # noqa: PLC0415  # loads the solver

    def of(name: str) -> Ask:
        made = registry.maker(name)(program)
        return lambda rule: made.unsupported(rule.id, AS_OF)

    def in_database(dialect: str) -> Ask:
        columns = registry.columns(program)
        return lambda rule: _refused(columns, rule.id, dialect)

    solver = Smt(program, AS_OF)
    found = {name: of(name) for name in ("definition", "compiled", "rete", "columns")}
    found |= {name: in_database(name) for name in ("duckdb", "postgres")}
    return found | {"smt": lambda rule: solver.unsupported(rule.id)}


def _refused(columns: Columns, rule: str, dialect: str) -> Reasons:
    from asnpolicy.decisions.in_database import select  # noqa: PLC0415  # needs an extra

    try:
        select(columns, rule, dialect, AS_OF, NO_AGENCY, None)
    except PolicyError as error:
        return tuple(problem.message for problem in error.problems)
    return ()


def _why(reasons: Reasons) -> str:
    return "; ".join(dict.fromkeys(both(in_both(one)) for one in reasons))
