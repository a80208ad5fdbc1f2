"""The pytest plugin: what a policy promises and the cases beside its rules, as test items.

Only the folders that `asnpolicy_policies` names are looked at. Nothing is loaded until one of their files is collected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from asnpolicy.engine import Engine
    from asnpolicy.fairness.answer import Answer
    from asnpolicy.fairness.questions import PolicyQuestion
    from asnpolicy.policy.cases import Case

FOLDERS = "asnpolicy_policies"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("asnpolicy", "career policies")
    parser.addini(FOLDERS, "folders of policies, relative to the root; `*` stands for any name", type="linelist")
    group.addoption(
        "--asnpolicy-since", default=None, metavar="DATE", help="prove promises for every day from this one on"
    )
    group.addoption("--asnpolicy-timeout", default=30.0, type=float, metavar="SECONDS", help="for one search")
    group.addoption("--asnpolicy-budget", default=120.0, type=float, metavar="SECONDS", help="for all searches of one question")
    group.addoption("--asnpolicy-strict", action="store_true", help="what is not known fails, and is not skipped")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker, so that strict markers know it; refuse a day that is none."""
    _since(config)
    config.addinivalue_line("markers", "asnpolicy: a promise or a case of a career policy")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a file of a policy that the configuration names."""
    if file_path.suffix != ".yaml" or file_path.parent not in set(_folders(parent.config)):
        return None
    found: pytest.Collector = PolicyFile.from_parent(parent, path=file_path)
    return found


def _folders(config: pytest.Config) -> Iterator[Path]:
    for pattern in config.getini(FOLDERS):
        yield from (path for path in config.rootpath.glob(pattern.rstrip("/")) if path.is_dir())


@lru_cache(maxsize=8)
def _engine(folder: Path) -> Engine:
    from asnpolicy.engine import Engine  # noqa: PLC0415  # only when there is a policy

    return Engine.load(folder)


class PolicyFile(pytest.File):
    """A file of a policy: its cases; the first file of a folder holds the promises too."""

    def collect(self) -> Iterable[pytest.Item]:
        """Return the items: promises by what is promised, cases by name."""
        from asnpolicy.policy.cases import cases_of  # noqa: PLC0415
        from asnpolicy.problems import PolicyError, Problems  # noqa: PLC0415

        try:
            engine = _engine(self.path.parent)
            cases = cases_of(engine.policy, problems := Problems())
            problems.raise_if_any()
        except PolicyError as error:
            raise self.CollectError(str(error)) from None
        if self.path == min(self.path.parent.glob("*.yaml")):
            for name, asked in _promises(engine, _since(self.config)).items():
                yield Promise.from_parent(self, name=name, engine=engine, asked=asked)
        for case in cases:
            if Path(case.place.file).name == self.path.name:
                yield CaseItem.from_parent(self, name=case.name, engine=engine, case=case)


def _since(config: pytest.Config) -> date:
    text = config.getoption("--asnpolicy-since")
    try:
        return date.today() if text is None else date.fromisoformat(text)  # the day of who tests
    except ValueError:
        raise pytest.UsageError(f"`{text}` is not a date: write it like `--asnpolicy-since 2026-10-01`") from None


def _promises(engine: Engine, since: date) -> dict[str, list[PolicyQuestion]]:
    """Return the questions of each promise, by a name that stays the same."""
    from asnpolicy.fairness.promised import Promised  # noqa: PLC0415

    found: dict[str, list[PolicyQuestion]] = {}
    for question in Promised(engine, since).questions():
        what = getattr(question, "to", None) or getattr(question, "fact", None)
        found.setdefault("-".join(filter(None, (question.name, what))), []).append(question)
    return found


class _PolicyItem(pytest.Item):
    """An item of a policy."""

    def __init__(self, *, engine: Engine, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.engine = engine
        self.add_marker("asnpolicy")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:  # type: ignore[override]  # pytest takes a text too
        """Return what is amiss, without the way that led to it."""
        return str(excinfo.value) if isinstance(excinfo.value, AssertionError) else super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the item stands."""
        return self.path, 0, self.name


class Promise(_PolicyItem):
    """What a policy promises, proved for every rule that must keep it."""

    def __init__(self, *, asked: list[PolicyQuestion], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.asked = asked

    def runtest(self) -> None:
        """Prove it: refuted fails; what is not known is skipped, or fails when strict."""
        from asnpolicy.fairness.answer import Status  # noqa: PLC0415
        from asnpolicy.problems import PolicyError  # noqa: PLC0415

        try:
            answers = list(self._answers())
        except PolicyError as error:
            pytest.skip(str(error.problems[0].message))
        refuted = [one.text() for one in answers if one.status is Status.REFUTED]
        if refuted:
            raise AssertionError("\n".join(refuted))
        unknown = [one.text(full=False) for one in answers if one.status is not Status.PROVED]
        if unknown and self.config.getoption("--asnpolicy-strict"):
            raise AssertionError("\n".join(unknown))
        if unknown:
            pytest.skip("not known: " + "; ".join(unknown))
        seconds = sum(one.seconds for one in answers)
        self.user_properties.append(("asnpolicy", f"proved for {len(answers)} rules in {seconds * 1000:.0f} ms"))

    def _answers(self) -> Iterator[Answer]:
        from asnpolicy.fairness.proving import Prover  # noqa: PLC0415  # loads the solver

        timeout, budget = (int(self.config.getoption(f"--asnpolicy-{one}") * 1000) for one in ("timeout", "budget"))
        prover = Prover(self.engine, _since(self.config), timeout=timeout, budget=budget)
        yield from (prover.answer(question) for question in self.asked)


class CaseItem(_PolicyItem):
    """A case that stands beside the rules."""

    def __init__(self, *, case: Case, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.case = case

    def runtest(self) -> None:
        """Decide it, and compare with what is expected."""
        from asnpolicy.decisions.trial import run  # noqa: PLC0415

        result = run(self.engine, self.case)
        if not result.passed:
            told = [f"    {one.word}: expected {one.expected}, got {one.got}" for one in result.differences]
            raise AssertionError("\n".join([f"{self.case.place}: case `{self.case.name}`", *told]))
