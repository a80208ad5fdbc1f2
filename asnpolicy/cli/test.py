"""`asnpolicy test`: runs the authors' cases."""

from __future__ import annotations

from typing import Annotated

import typer

from asnpolicy.cli.language import Lang, spoken
from asnpolicy.cli.output import FINDING, say
from asnpolicy.decisions.trial import Result, run
from asnpolicy.engine import Engine
from asnpolicy.policy.cases import cases_of, names_of_cases, without_case
from asnpolicy.policy.library import asked
from asnpolicy.policy.policy import Policy
from asnpolicy.problems import PolicyError, Problems
from asnpolicy.text import Message, said


def test(
    regions_or_paths: Annotated[
        list[str] | None, typer.Argument(metavar="[REGION|PATH]...", show_default=False)
    ] = None,
    backend: Annotated[str, typer.Option(help="the back end that decides")] = "compiled",
    lang: Lang = None,
) -> None:
    """Run the cases that stand beside the rules.

    Without a region: those of the folder that one stands in, or of `policies` in it; else those of the library.
    A case that can't be asked has failed, and the others are run; without any case nothing has passed.

    \b
    Examples:
      asnpolicy test
      asnpolicy test jakarta
      asnpolicy test policies/my-region
    """
    del lang
    fine = True
    for name in asked(regions_or_paths):
        text, passed = tested(name, backend, spoken())
        say(text)
        fine = fine and passed
    if not fine:
        raise typer.Exit(FINDING)


def tested(name: str, backend: str, lang: str) -> tuple[str, bool]:
    """Run the cases of a region; return what is said of them, and whether all passed."""
    engine = Engine.load(name, backend=backend)
    problems = Problems(sources=engine.policy.merged.problems.sources)
    results = [run(engine, case) for case in cases_of(engine.policy, problems)]
    names = names_of_cases(engine.policy)
    wrong = [result for result in results if not result.passed]
    amiss = PolicyError(problems.found).problems
    lines = [*(problem.render(lang) for problem in amiss), *(_failure(result, lang) for result in wrong)]
    passed = len(results) - len(wrong)
    lines += [f"{name}: {line.to(lang)}" for line in _counts(engine.policy, passed, len(names))]
    return "\n".join(lines), bool(names) and passed == len(names) and not amiss


def _counts(policy: Policy, passed: int, count: int) -> list[Message]:
    if not count:
        none = said(en="there is no case: write one under `cases:`", id="belum ada kasus: tulis di bawah `cases:`")
        return [none]
    lines = [
        said(
            en="{passed} of {count} cases passed", id="{passed} dari {count} kasus berhasil", passed=passed, count=count
        )
    ]
    lacking = without_case(policy)
    if lacking:
        names = ", ".join(lacking)
        lines.append(said(en="no case is about: {names}", id="belum ada kasus tentang: {names}", names=names))
    return lines


def _failure(result: Result, lang: str) -> str:
    case, decision = result.case, result.decision
    lines = [f"{case.place}: " + said(en="case `{name}`", id="kasus `{name}`", name=case.name).to(lang)]
    lines += [
        "    "
        + said(
            en="{word}: expected {expected}, got {got}", id="{word}: diharapkan {expected}, hasilnya {got}",
            word=one.word, expected=one.expected, got=one.got,
        ).to(lang)
        for one in result.differences
    ]  # fmt: skip
    if decision.missing:
        names = ", ".join(decision.missing)
        lines.append("    " + said(en="missing: {names}", id="belum ada: {names}", names=names).to(lang))
    lines += [
        "    "
        + said(
            en="{status}: {id_}: on record {seen}; required {required}", id="{status}: {id_}: tercatat {seen}; disyaratkan {required}",
            status=criterion.status, id_=criterion.id, seen=criterion.seen, required=criterion.required,
        ).to(lang)
        for criterion in decision.deciding if criterion.status != "held" or len(decision.deciding) == 1
    ]  # fmt: skip
    return "\n".join(lines)
