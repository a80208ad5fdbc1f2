"""`asnpolicy test`: runs the authors' cases; writes those that a rule calls for; sees which changes no case notices."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Any

import typer

from asnpolicy.cli.output import FINDING, as_of_date, say, wrong_use
from asnpolicy.decisions.trial import Result, run
from asnpolicy.engine import Engine
from asnpolicy.policy.cases import cases_of
from asnpolicy.policy.library import regions
from asnpolicy.problems import PolicyError, Problems
from asnpolicy.trials.criteria_shown import coverage
from asnpolicy.trials.survival import mutation, own_rules
from asnpolicy.visible import visible_json

LANGUAGES, FORMATS = ("en", "id"), ("text", "json")


def test(
    regions_or_paths: Annotated[
        list[str] | None, typer.Argument(metavar="[REGION|PATH]...", show_default=False)
    ] = None,
    backend: Annotated[str, typer.Option(help="the back end that decides")] = "compiled",
    synthesise: Annotated[bool, typer.Option("--synthesise", help="write the cases that rules call for")] = False,
    mutate: Annotated[bool, typer.Option("--mutate", help="change the rules, and see what no case notices")] = False,
    coverage: Annotated[bool, typer.Option("--coverage", help="see which criteria the cases show both ways")] = False,
    rule: Annotated[list[str] | None, typer.Option(help="with one of these three: some rules alone")] = None,
    as_of: Annotated[
        str | None, typer.Option(help="with one of these three: the rules of this day; of today when not given")
    ] = None,
    format: Annotated[str, typer.Option(help="text or json")] = "text",
    lang: Annotated[str, typer.Option(help="en or id")] = "en",
) -> None:
    """Run the cases that stand beside the rules, write those that are lacking, or see how well they try the rules.

    \b
    --synthesise writes, for each rule: the person for each criterion both ways, each threshold and one step to each
    side, each unknown; ready to be copied under `cases:` once somebody has judged them.
    --mutate changes one threshold, operator, window, day, standing or criterion after another; what no case notices is
    proved to change nothing, or listed with the case that would notice.
    --coverage tells of which criteria no case shows that they hold, that they fail, or that they alone decide.
    Exit status: 0 fine, 1 a case fails, a change is not noticed, or a criterion is not shown.

    \b
    Examples:
      asnpolicy test
      asnpolicy test jakarta
      asnpolicy test policies/my-region
      asnpolicy test jakarta --synthesise --rule pelatihan-kepemimpinan --as-of 2026-10-01
      asnpolicy test jakarta --mutate --as-of 2026-10-01
      asnpolicy test jakarta --coverage --format json
    """
    asked = [name for name, on in (("synthesise", synthesise), ("mutate", mutate), ("coverage", coverage)) if on]
    _check_words(asked, rule or (), as_of, format, lang)
    names, day = regions_or_paths or list(regions()), as_of_date(as_of)
    if not asked:
        _cases(names, backend, format)
        return
    found: dict[str, Any] = {}
    wrong = False
    for name in names:
        engine = Engine.load(name, backend=backend)
        for one in _ASKED[asked[0]](engine, day, tuple(rule or ())):
            found.setdefault(name, []).append(one.as_data())
            wrong = wrong or bool(getattr(one, "survivors", ()) or getattr(one, "lacking", ()))
            if format == "text":
                say(one.text(lang))
    if format == "json":
        say(visible_json(json.dumps(found, ensure_ascii=False)))
    if wrong:
        raise typer.Exit(FINDING)


def _check_words(asked: list[str], rules: Iterable[str], as_of: str | None, format: str, lang: str) -> None:
    if len(asked) > 1:
        raise wrong_use(f"`--{asked[0]}` and `--{asked[1]}` are two questions", "ask one at a time")
    if not asked and (tuple(rules) or as_of is not None):
        raise wrong_use("`--rule` and `--as-of` need a question", "add `--synthesise`, `--mutate` or `--coverage`")
    for word, known, what in ((format, FORMATS, "format"), (lang, LANGUAGES, "language")):
        if word not in known:
            raise wrong_use(f"unknown {what} `{word}`", "choose " + " or ".join(f"`{one}`" for one in known))


def _synthesised(engine: Engine, day: date, rules: tuple[str, ...]) -> Iterator[Any]:
    from asnpolicy.trials.boundary_cases import boundaries  # noqa: PLC0415  # loads the solver

    named = rules or tuple(one.id for one, _ in own_rules(engine.policy, day, ()))
    yield from (boundaries(engine, name, day) for name in named)


def _mutated(engine: Engine, day: date, rules: tuple[str, ...]) -> Iterator[Any]:
    yield mutation(engine, day, rules)


def _covered(engine: Engine, day: date, rules: tuple[str, ...]) -> Iterator[Any]:
    yield coverage(engine, day, rules)


_ASKED = {"synthesise": _synthesised, "mutate": _mutated, "coverage": _covered}


def _cases(names: Iterable[str], backend: str, format: str) -> None:
    failed = 0
    told: dict[str, Any] = {}
    for name in names:
        engine = Engine.load(name, backend=backend)
        problems = Problems(sources=engine.policy.merged.problems.sources)
        cases = cases_of(engine.policy, problems)
        if problems.found:
            raise PolicyError(problems.found)
        results = [run(engine, case) for case in cases]
        wrong = [result for result in results if not result.passed]
        failed += len(wrong)
        told[name] = {
            "cases": len(results),
            "passed": len(results) - len(wrong),
            "failed": [_data(one) for one in wrong],
        }
        if format == "text":
            for result in wrong:
                say(_failure(result))
            say(f"{name}: {len(results) - len(wrong)} of {len(results)} cases passed")
    if format == "json":
        say(visible_json(json.dumps(told, ensure_ascii=False)))
    if failed:
        raise typer.Exit(FINDING)


def _data(result: Result) -> dict[str, Any]:
    differences = [{"word": d.word, "expected": d.expected, "got": d.got} for d in result.differences]
    return {"case": result.case.name, "place": str(result.case.place), "differences": differences}


def _failure(result: Result) -> str:
    lines = [f"{result.case.place}: case `{result.case.name}`"]
    lines += [f"    {d.word}: expected {d.expected}, got {d.got}" for d in result.differences]
    if result.decision.missing:
        lines.append(f"    missing: {', '.join(result.decision.missing)}")
    for criterion in result.decision.deciding:
        lines.append(
            f"    {criterion.status}: {criterion.id}: on record {criterion.seen.en}; required {criterion.required.en}"
        )
    return "\n".join(lines)
