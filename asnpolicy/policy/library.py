"""The library of regions: where policies lie, and how one is loaded whole, checked, for every day."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from asnpolicy.language.nodes import Asks, Truth, walk
from asnpolicy.language.rules import Program, Rule, Text
from asnpolicy.people import OPEN
from asnpolicy.policy.checks import names_mean_one_thing, permissions_ask_something, what_is_said_is_read
from asnpolicy.policy.dated import BEGINNING, span_of
from asnpolicy.policy.documents import FORMAT, PERMISSIONS, RULE_SECTIONS, Declared, Documents, read_documents
from asnpolicy.policy.elaborate.rules import Elaboration
from asnpolicy.policy.merged import Merged
from asnpolicy.policy.source.tree import Mapping as Tree
from asnpolicy.policy.source.tree import Node, Sequence
from asnpolicy.problems import PolicyError, Problems, suggest


@dataclass(frozen=True, slots=True)
class Policy:
    """All that a region's documents say, for every day."""

    region: str
    title: Text
    digest: str
    programs: tuple[Program, ...]
    merged: Merged
    paths: tuple[Path, ...] = ()

    def program(self, day: date) -> Program:
        """Give the rules in force on a day; raises PolicyError before the first version."""
        for program in reversed(self.programs):  # most ask for a late day
            if program.since <= day < program.until:
                return program
        problems = Problems()
        first = self.programs[0].since if self.programs else BEGINNING
        problems.add(
            "before-policy",
            f"`{self.region}` has no rules for {day}",
            None,
            f"the earliest rules are of {first}: ask for that day or a later one",
        )
        raise PolicyError(problems.found)

    @property
    def rules(self) -> tuple[str, ...]:
        """Give the names of all rules that were ever in force."""
        return tuple(sorted({rule.id for program in self.programs for rule in program.rules}))


FOLLOWS = frozenset({
    "unknown-source", "unknown-value-name", "unknown-condition", "unknown-table", "unknown-figure", "unknown-rule",
    "unknown-fact", "not-covered", "not-within", "unknown-typical",
})  # fmt: skip
"""Problems that follow from a file that can't be read, and would only hide the one that matters."""


def shipped() -> Path:
    """Give the folder of the regions that come with the library."""
    packaged = Path(str(files("asnpolicy"))) / "_policies"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "policies"


def regions() -> tuple[str, ...]:
    """Name the regions that come with the library."""
    return tuple(sorted(p.name for p in shipped().iterdir() if p.is_dir() and any(p.glob("*.yaml"))))


def find(region: str | Path) -> Path:
    """Find a region by its name, or take a folder as it is; raises PolicyError with a suggestion."""
    given = Path(region)
    if isinstance(region, str) and region in regions():
        return shipped() / region
    if given.is_dir():
        return given
    problems = Problems()
    close = suggest(str(region), regions())
    help_ = f"did you mean `{close}`?" if close else f"there is: {', '.join(regions())}; or give the path of a folder"
    problems.add("unknown-region", f"unknown region `{region}`", None, help_)
    raise PolicyError(problems.found)


def load(region: str | Path) -> Policy:
    """Load and check a region with all that it extends; raises PolicyError holding every problem."""
    with _nothing_collected():
        return _load(region)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Let the garbage collector wait: what is read here stays, and searching it again and again takes half the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _load(region: str | Path) -> Policy:
    problems = Problems()
    folder = find(region)
    chain, paths = _chain(folder, problems)
    merged = Merged(tuple(chain), problems)
    policy = _policy(merged, paths, problems)
    for check in CHECKS:
        check(policy, problems)
    if not all(documents.whole for documents in chain):
        problems.found = [problem for problem in problems.found if problem.code not in FOLLOWS] or problems.found
    problems.raise_if_any()
    return policy


def _chain(folder: Path, problems: Problems) -> tuple[list[Documents], list[Path]]:
    chain: list[Documents] = []
    paths: list[Path] = []
    seen: list[str] = []
    at: Path | None = folder
    while at is not None:
        name = at.resolve().name
        seen.append(name)
        documents, found = _read(name, tuple(_files(at, problems).items()))
        problems.found += found.found
        problems.sources.update(found.sources)
        chain.append(documents)
        paths.append(at)
        at = _base(at, documents, seen, problems)
    return chain, paths


@lru_cache(maxsize=8)
def _read(region: str, written: tuple[tuple[str, bytes], ...]) -> tuple[Documents, Problems]:
    """Read the files of a region, once for what is written in them: many regions extend one base."""
    problems = Problems()
    return read_documents(region, dict(written), problems), problems


def _files(folder: Path, problems: Problems) -> Mapping[str, bytes]:
    found: dict[str, bytes] = {}
    for path in sorted(folder.glob("*.yaml")):
        shown = f"{folder.resolve().name}/{path.name}"
        try:
            found[shown] = path.read_bytes()
        except OSError:
            problems.add(
                "unreadable", f"the file `{path}` can't be read", None, "check that it is there and may be read"
            )
    if not found:
        problems.add(
            "no-files", f"`{folder}` holds no policy files", None, "a policy is one or more files named *.yaml"
        )
    return found


def _base(folder: Path, documents: Documents, seen: list[str], problems: Problems) -> Path | None:
    if documents.extends is None:
        return None
    name, place = documents.extends
    if name in seen:
        circle = " → ".join([*seen[seen.index(name) :], name])
        problems.add("circle", f"the regions extend each other: {circle}", place, "let one of them stand alone")
        return None
    beside = folder.resolve().parent / name
    if beside.is_dir() and "/" not in name and "\\" not in name:
        return beside
    if name in regions():
        return shipped() / name
    close = suggest(name, regions())
    help_ = f"did you mean `{close}`?" if close else f"there is: {', '.join(regions())}"
    problems.add("unknown-region", f"unknown base `{name}`", place, help_)
    return None


def _policy(merged: Merged, paths: Iterable[Path], problems: Problems) -> Policy:
    days = _days(merged)
    elaboration = Elaboration(merged, problems)
    programs = [
        Program(merged.region, since, until, elaboration.rules(since))
        for since, until in zip(days, [*days[1:], OPEN], strict=True)
    ]
    programs = [program for at, program in enumerate(programs) if program.rules or any(p.rules for p in programs[:at])]
    digest = sha256("".join([str(FORMAT), *(d.digest for d in merged.chain)]).encode()).hexdigest()
    title = merged.chain[0].title or Text(merged.region, merged.region)
    return Policy(merged.region, title, digest, tuple(programs), merged, tuple(paths))


def _days(merged: Merged) -> list[date]:
    """Give every day on which something begins or ends."""
    days: set[date] = set()
    for documents in merged.chain:
        for section in ("values", "tables", *RULE_SECTIONS):
            for declared in documents.sections[section].values():
                days |= set(_dates_in(declared.node, Problems()))
    return sorted(day for day in days if day != OPEN) or [BEGINNING]


def _dates_in(node: Node, problems: Problems) -> Iterable[date]:
    if isinstance(node, Tree):
        if "from" in node.entries or "until" in node.entries:
            span = span_of(node, problems)
            yield from (day for day in (span.since, span.until) if day != BEGINNING)
        for entry in node.entries.values():
            yield from _dates_in(entry.value, problems)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _dates_in(item, problems)


# Checks of a whole policy: named, in one visible list

Check = Callable[[Policy, Problems], None]


def no_circles_among_rules(policy: Policy, problems: Problems) -> None:
    """Rules that build on each other must not go in a circle."""
    for program in policy.programs:
        asked = {rule.id: _asked(rule) for rule in program.rules}
        for rule in program.rules:
            circle = _circle(rule.id, asked, ())
            if circle:
                problems.add(
                    "circle", f"rules build on each other: {' → '.join(circle)}", rule.place, "break the circle"
                )
                return


def _circle(rule: str, asked: Mapping[str, tuple[str, ...]], path: tuple[str, ...]) -> tuple[str, ...]:
    if rule in path:
        return (*path[path.index(rule) :], rule)
    for other in asked.get(rule, ()):
        found = _circle(other, asked, (*path, rule))
        if found:
            return found
    return ()


@lru_cache(maxsize=1024)
def _asked(rule: Rule) -> tuple[str, ...]:
    """Name the rules that a rule builds on."""
    return tuple(sorted({node.rule for truth in _truths(rule) for node in walk(truth) if isinstance(node, Asks)}))


def _truths(rule: Rule) -> list[Truth]:
    parts: list[Truth] = [rule.applies_to]
    for criterion in (*rule.criteria, *rule.warnings):
        parts += [criterion.holds, *(a.holds for a in criterion.exempt)]
        if criterion.when is not None:
            parts.append(criterion.when)
    return parts


def asked_rules_are_in_force(policy: Policy, problems: Problems) -> None:
    """A rule that another builds on must be in force on the same days."""
    for program in policy.programs:
        there = {rule.id for rule in program.rules}
        for rule in program.rules:
            for asked in _asked(rule):
                if asked not in there:
                    problems.add(
                        "not-covered",
                        f"`{rule.id}` builds on `{asked}`, which is not in force on {program.since}",
                        rule.place,
                        "only a duty with `every:` has a previous period"
                        if asked.endswith("@previous")
                        else "let both begin and end on the same days",
                    )


def everything_declared_is_read(policy: Policy, problems: Problems) -> None:
    """Values and tables are checked whether a rule uses them or not."""
    for name in policy.merged.names("values"):
        for version in policy.merged.value_versions(name) or ():
            span_of(version.what, problems)
    for name in policy.merged.names("tables"):
        policy.merged.table(name, problems)
    if policy.programs:
        Elaboration(policy.merged, problems).shared(policy.programs[-1].since)


def sections_are_well_formed(policy: Policy, problems: Problems) -> None:
    """Names must be words in small letters, since they are cited in decisions."""
    for documents in policy.merged.chain:
        for section in ("values", "tables", "conditions", "figures", *RULE_SECTIONS):
            for name, declared in documents.sections[section].items():
                if not all(c.islower() or c.isdigit() or c in "-_" for c in name):
                    problems.add(
                        "name", f"`{name}` is not a name", declared.place, "use small letters, digits, `-` and `_`"
                    )


def regions_stay_within_the_base(policy: Policy, problems: Problems) -> None:
    """A region adds a permission only within one of the base's, or where the base says that regions may add."""
    chain = policy.merged.chain
    if len(chain) < 2:
        return
    may = {word for documents in chain[1:] for word in documents.regions_may_add}
    for section in PERMISSIONS:
        for name, declared in chain[0].sections[section].items():
            if section in may or any(name in d.sections[section] for d in chain[1:]) or _has(declared, "within"):
                continue
            problems.add(
                "not-within",
                f"`{name}` is a permission that the base does not know",
                declared.place,
                "the base must say `regions_may_add: [mentoring]`"
                if section == "mentoring"
                else "name the rule of the base that it lies within: `within: <rule>`",
            )


def _has(declared: Declared, word: str) -> bool:
    return isinstance(declared.node, Tree) and word in declared.node.entries


CHECKS: tuple[Check, ...] = (
    no_circles_among_rules,
    asked_rules_are_in_force,
    everything_declared_is_read,
    sections_are_well_formed,
    regions_stay_within_the_base,
    names_mean_one_thing,
    what_is_said_is_read,
    permissions_ask_something,
)
