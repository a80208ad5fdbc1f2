"""`asnpolicy test`: runs the authors' cases; writes those that a rule calls for; sees which changes no case notices."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import typer

from asnpolicy.cli.asking import check_format
from asnpolicy.cli.language import Lang, spoken
from asnpolicy.cli.output import FINDING, as_of_date, say, wrong_use
from asnpolicy.decisions.explanation import meant
from asnpolicy.decisions.reasons import LateText, Reason
from asnpolicy.decisions.trial import Result, run
from asnpolicy.engine import Engine
from asnpolicy.policy.cases import cases_of, names_of_cases, typical, without_case
from asnpolicy.policy.library import asked
from asnpolicy.problems import PolicyError, Problem, Problems
from asnpolicy.text import Message, phrase
from asnpolicy.trials.criteria_shown import coverage as covered
from asnpolicy.trials.survival import mutation, own_rules
from asnpolicy.visible import visible_json

FORMATS = ("text", "json")


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
    lang: Lang = None,
) -> None:
    """Run the cases that stand beside the rules, write those that are lacking, or see how well they try the rules.

    \b
    --synthesise writes, for each rule: the person for each criterion both ways, each threshold and one step to each
    side, each unknown; ready to be copied under `cases:` once somebody has judged them.
    --mutate changes one threshold, operator, window, day, standing or criterion after another; what no case notices is
    proved to change nothing, or listed with the case that would notice.
    --coverage tells of which criteria no case shows that they hold, that they fail, or that they alone decide.
    Exit status: 0 fine, 1 a case fails, a change is not noticed, or a criterion is not shown.

    Without a region: those of the folder that one stands in, or of `policies` in it; else those of the library.
    A case that can't be asked has failed, and the others are run; without any case nothing has passed.

    \b
    Examples:
      asnpolicy test
      asnpolicy test jakarta
      asnpolicy test policies/my-region
      asnpolicy test jakarta --synthesise --rule pelatihan-kepemimpinan --as-of 2026-10-01
      asnpolicy test jakarta --mutate --as-of 2026-10-01
      asnpolicy test jakarta --coverage --format json
    """
    del lang
    names = asked(regions_or_paths)
    questions = [name for name, on in (("synthesise", synthesise), ("mutate", mutate), ("coverage", coverage)) if on]
    _check_words(questions, rule or (), as_of, format)
    if questions:
        fine = _answered(names, questions[0], tuple(rule or ()), as_of_date(as_of), format)
    else:
        fine = _tried(names, backend, format)
    if not fine:
        raise typer.Exit(FINDING)


def _check_words(questions: list[str], rules: Iterable[str], as_of: str | None, format: str) -> None:
    if len(questions) > 1:
        raise wrong_use(
            phrase(en="`--{one}` and `--{other}` are two questions", id="`--{one}` dan `--{other}` adalah dua pertanyaan",
                 one=questions[0], other=questions[1]),
            phrase(en="ask one at a time", id="tanyakan satu per satu"),
        )  # fmt: skip
    if not questions and (tuple(rules) or as_of is not None):
        raise wrong_use(
            phrase(en="`--rule` and `--as-of` need a question", id="`--rule` dan `--as-of` memerlukan pertanyaan"),
            phrase(en="add `--synthesise`, `--mutate` or `--coverage`", id="tambahkan `--synthesise`, `--mutate`, atau `--coverage`"),
        )
    check_format(format, FORMATS)


# Questions about the rules


def _answered(names: Iterable[str], question: str, rules: tuple[str, ...], day: date, format: str) -> bool:
    found: dict[str, Any] = {}
    fine = True
    for name in names:
        for one in _QUESTIONS[question](Engine.load(name), day, rules):
            found.setdefault(name, []).append(one.as_data())
            fine = fine and not (getattr(one, "survivors", ()) or getattr(one, "lacking", ()))
            if format == "text":
                say(one.text(spoken()))
    if format == "json":
        say(visible_json(json.dumps(found, ensure_ascii=False)))
    return fine


def _synthesised(engine: Engine, day: date, rules: tuple[str, ...]) -> Iterator[Any]:
    from asnpolicy.trials.boundary_cases import boundaries  # noqa: PLC0415  # loads the solver

    _somebody(engine)
    named = rules or tuple(one.id for one, _ in own_rules(engine.policy, day, ()))
    yield from (boundaries(engine, name, day) for name in named)


def _mutated(engine: Engine, day: date, rules: tuple[str, ...]) -> Iterator[Any]:
    _somebody(engine)
    yield mutation(engine, day, rules)


def _somebody(engine: Engine) -> None:
    """Raise PolicyError for a policy in which nobody is typical: no case could be written."""
    if not typical(engine.policy, Problems()):
        message = phrase(
            en="a case is of somebody like a typical person, and `{region}` has none",
            id="kasus menyangkut seseorang yang serupa dengan pegawai contoh, dan `{region}` belum punya satu pun",
            region=engine.policy.region,
        )
        help = phrase(
            en="write one, as in `typical: {{biasa: {{employment: PNS, service_status: aktif, birth_date: 1990-05-10}}}}`",
            id="tulis satu, seperti `typical: {{biasa: {{employment: PNS, service_status: aktif, birth_date: 1990-05-10}}}}`",
        )
        raise PolicyError([Problem("missing-key", message, help=help)])


def _covered(engine: Engine, day: date, rules: tuple[str, ...]) -> Iterator[Any]:
    yield covered(engine, day, rules)


_QUESTIONS = {"synthesise": _synthesised, "mutate": _mutated, "coverage": _covered}


# Cases


@dataclass(frozen=True, slots=True)
class CaseReport:
    """What came of the cases of one region."""

    name: str
    results: tuple[Result, ...]
    amiss: tuple[Problem, ...]
    """What keeps cases from being asked."""
    count: int
    """How many cases are written."""
    lacking: tuple[str, ...]
    """The rules that no case is about."""

    @property
    def failed(self) -> tuple[Result, ...]:
        """The cases that came out otherwise than expected."""
        return tuple(result for result in self.results if not result.passed)

    @property
    def passed(self) -> int:
        """How many came out as expected."""
        return len(self.results) - len(self.failed)

    @property
    def fine(self) -> bool:
        """Whether there is a case, and all of them passed."""
        return bool(self.count) and self.passed == self.count and not self.amiss

    def text(self, lang: str) -> str:
        """Say what came out otherwise, how many passed, and which rules have no case."""
        lines = [*(problem.render(lang) for problem in self.amiss), *(_failure(one, lang) for one in self.failed)]
        return "\n".join([*lines, *(f"{self.name}: {line.to(lang)}" for line in self._counts())])

    def _counts(self) -> Iterator[Message]:
        if not self.count:
            yield phrase(en="there is no case: write one under `cases:`", id="belum ada kasus: tulis di bawah `cases:`")
            return
        yield phrase(
            en="{passed} of {count} cases passed", id="{passed} dari {count} kasus berhasil", passed=self.passed, count=self.count
        )
        if self.lacking:
            names = ", ".join(self.lacking)
            yield phrase(en="no case is about: {names}", id="belum ada kasus tentang: {names}", names=names)

    def as_data(self, lang: str) -> dict[str, Any]:
        """Return the same for machines."""
        return {
            "cases": self.count,
            "passed": self.passed,
            "failed": [_data(one) for one in self.failed],
            "problems": [one.as_data(lang) for one in self.amiss],
            "without_case": list(self.lacking),
        }


def tried(name: str, backend: str) -> CaseReport:
    """Run the cases of a region."""
    engine = Engine.load(name, backend=backend)
    problems = Problems(sources=engine.policy.merged.problems.sources)
    results = tuple(run(engine, case) for case in cases_of(engine.policy, problems))
    amiss = PolicyError(problems.found).problems
    return CaseReport(name, results, amiss, len(names_of_cases(engine.policy)), tuple(without_case(engine.policy)))


def _tried(names: Iterable[str], backend: str, format: str) -> bool:
    told: dict[str, Any] = {}
    fine = True
    for name in names:
        one = tried(name, backend)
        fine = fine and one.fine
        told[name] = one.as_data(spoken())
        if format == "text":
            say(one.text(spoken()))
    if format == "json":
        say(visible_json(json.dumps(told, ensure_ascii=False)))
    return fine


def _data(result: Result) -> dict[str, Any]:
    differences = [{"word": d.word, "expected": d.expected, "got": d.got} for d in result.differences]
    return {"case": result.case.name, "place": str(result.case.place), "differences": differences}


def _failure(result: Result, lang: str) -> str:
    case, decision = result.case, result.decision
    lines = [f"{case.place}: " + phrase(en="case `{name}`", id="kasus `{name}`", name=case.name).to(lang)]
    lines += [
        "    "
        + phrase(
            en="{word}: expected {expected}, got {got}", id="{word}: diharapkan {expected}, hasilnya {got}",
            word=one.word, expected=one.expected, got=one.got,
        ).to(lang)
        for one in result.differences
    ]  # fmt: skip
    if decision.missing:
        names = ", ".join(decision.missing)
        lines.append("    " + phrase(en="missing: {names}", id="belum ada: {names}", names=names).to(lang))
    lines += [
        "    "
        + phrase(
            en="{status}: {id_}: on record {seen}; required {required}", id="{status}: {id_}: tercatat {seen}; disyaratkan {required}",
            status=LateText(Reason(f"status.{criterion.status}")), id_=criterion.id, seen=criterion.seen, required=criterion.required,
        ).to(lang)
        for criterion in [one for one in decision.deciding if one.status != "held"] or decision.deciding
    ]  # fmt: skip
    lines += [f"    {line}" for line in meant(decision, lang)]
    return "\n".join(lines)
