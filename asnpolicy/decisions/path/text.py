"""Paths as people read them: where one stands, the next steps with their days, what to do, the ladder to a goal."""

from __future__ import annotations

from collections.abc import Iterator

from asnpolicy.decisions.criteria import STATUS_NAMES
from asnpolicy.decisions.explanation import day_before, person, result
from asnpolicy.decisions.path.actions import Action
from asnpolicy.decisions.path.ladder import Ladder
from asnpolicy.decisions.path.path import CareerPath, NextStep, Task
from asnpolicy.decisions.path.remedies import Remedy
from asnpolicy.decisions.reasons import Part, Reason, because, sentence
from asnpolicy.decisions.timeline import Timeline
from asnpolicy.decisions.timeline.text import assumptions
from asnpolicy.decisions.words import months
from asnpolicy.language.dates import months_between
from asnpolicy.language.rules import HELD
from asnpolicy.visible import visible

Lines = Iterator[tuple[int, Reason]]
MOST = 3
"""Of a criterion that looks at more than so many things, what it looks at is told by the explanation of the decision."""
HELD_NAME = STATUS_NAMES[HELD]
"""What is told of a rule or a year that is looked at and holds: nothing is to be done about it."""


def text(one: CareerPath, lang: str) -> str:
    """Write a path for people."""
    return "".join(f"{'  ' * depth}{visible(sentence(said.to(lang)))}\n" for depth, said in _lines(one))


def _lines(one: CareerPath) -> Lines:
    yield 0, because("path.head", day=one.as_of)
    yield 0, person(one.employee)
    if one.leaves is not None:
        yield 0, because("path.leaves", day=day_before(one.leaves))
    yield from _assumed(one)
    if one.goal is not None:
        yield 0, because("text", text="")
        yield from _ladder(one.goal)
    for step in one.steps:
        yield 0, because("text", text="")
        yield from lines_of(step)
    if not one.steps:
        yield 0, Reason("path.none")


def _assumed(one: CareerPath) -> Lines:
    yield 0, Reason("time.unknown_on")
    if one.assumed:
        yield 0, Reason("time.assumed.head")
        yield from ((1, said) for said in assumptions(one.assumed))


def lines_of(step: NextStep) -> Lines:
    """Return the lines of one step."""
    line, decision = step.timeline, step.decision
    name: Part = because("chart.opening", title=line.title, opening=step.post) if step.post else line.title
    yield (
        0,
        because("path.step", title=name, to=decision.to)
        if decision.to and not line.opening
        else because("text", text=name),
    )
    yield 1, because("path.now", result=result(decision))
    yield 1, _earliest(step)
    if step.closes is not None and step.closed_by is not None:
        yield 1, because("path.closes", day=day_before(step.closes), by=step.closed_by)
    yield from ((1, because("path.lapses", day=day_before(one.on), title=one.title)) for one in step.lapses)
    for task in step.tasks:
        yield from _task(task, step)
    yield from _mended(step)


def _earliest(step: NextStep) -> Reason:
    if step.earliest is None:
        return Reason("path.no_day")
    code = "path.earliest.assumed" if step.assumed else "path.earliest"
    return because(code, day=step.earliest, effect=step.takes_effect or step.earliest)


def _task(task: Task, step: NextStep) -> Lines:
    sign = "✗" if task.status == "failed" else "?"
    yield 1, because("path.task", sign=sign, title=task.title)
    looked_at = [one for one in task.looked_at if one.value != HELD_NAME]
    for one in looked_at if len(looked_at) <= MOST else ():
        yield 2, because("path.seen", label=one.label, seen=one.seen, required=one.required)
    if task.on is not None:
        yield 2, because("path.on.assumed" if step.timeline.assumed else "path.on", day=task.on)
    elif not task.actions and not task.deliver:
        yield 2, Reason("path.not_by_waiting")
    for each in task.credit:
        span = None if each.on is None else months(months_between(step.timeline.since, each.on))
        if each.on is None or span is None:
            yield 2, because("path.credit.never", rating=str(each.rating))
        else:
            yield 2, because("path.credit", rating=str(each.rating), day=each.on, span=span)
    yield from ((2, _done(one)) for one in task.actions)
    if task.deliver:
        yield 2, because("path.deliver", missing=task.deliver)
    if task.basis:
        yield 2, because("line.basis", basis=task.basis)


def _done(one: Action) -> Reason:
    courses = tuple(course.title or course.code for course in one.courses)
    return because("path.do.course", what=one.said, courses=courses) if courses else because("path.do", what=one.said)


def _mended(step: NextStep) -> Lines:
    if step.remedies and step.remedied_on is not None:
        yield 1, because("path.remedies", day=step.remedied_on)
        yield from ((2, _remedy(one)) for one in step.remedies)
    if not step.remedies_complete:
        yield 1, Reason("path.remedies.more")


def _remedy(one: Remedy) -> Reason:
    return because("path.remedy", actions=tuple(action.said for action in one.actions))


def _ladder(one: Ladder) -> Lines:
    if one.reached and not one.rungs:
        yield 0, because("path.goal.held", goal=one.goal)
        return
    yield (
        0,
        because("path.goal.reached", goal=one.goal, day=one.on) if one.on else because("path.goal.out", goal=one.goal),
    )
    for number, rung in enumerate(one.rungs, 1):
        code = "path.rung.assumed" if rung.assumed else "path.rung"
        yield (
            1,
            because(code, number=number, to=rung.to, title=rung.title, day=rung.proposed_on, effect=rung.takes_effect),
        )
    if not one.reached:
        yield from _blocked(one)


def _blocked(one: Ladder) -> Lines:
    told = tuple(dict.fromkeys(said for line in one.blocked for said in _in_the_way(line)))
    yield 1, Reason("path.blocked" if told else "path.blocked.none")
    yield from ((2, said) for said in told)


def _in_the_way(line: Timeline) -> Iterator[Reason]:
    last = line.segments[-1].decision
    titles = () if last is None else tuple(each.title for each in last.rule.criteria if each.id in last.because)
    name: Part = because("chart.opening", title=line.title, opening=line.opening) if line.opening else line.title
    if titles:
        yield because("path.blocked.by", title=name, titles=titles)
