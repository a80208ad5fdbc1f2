"""Paths as people read them: where one stands, the next steps with their days, what to do, the ladder to a goal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby

from asnpolicy.decisions.explanation import day_before, footing, founded_on, person, provided
from asnpolicy.decisions.lines import SIGNS
from asnpolicy.decisions.names import approver, by_policy, target
from asnpolicy.decisions.path.actions import Action
from asnpolicy.decisions.path.ladder import Ladder, nearest
from asnpolicy.decisions.path.path import CareerPath, NextStep, Task
from asnpolicy.decisions.path.remedies import Remedy
from asnpolicy.decisions.path.shortened import shortened
from asnpolicy.decisions.reasons import Part, Reason, because, either, sentence, series
from asnpolicy.decisions.telling import Telling
from asnpolicy.decisions.timeline import Timeline
from asnpolicy.decisions.timeline.text import assumptions
from asnpolicy.decisions.words import label, months
from asnpolicy.language.dates import months_between
from asnpolicy.language.rules import FAILED, UNKNOWN, Branch, ConditionTree, Criterion, Leaf, RuleLeaf, Text
from asnpolicy.people import Label
from asnpolicy.visible import visible

Lines = Iterator[tuple[int, Reason]]
MARKS = frozenset(sign.strip() for sign in SIGNS[:3])


def text(one: CareerPath, lang: str) -> str:
    """Write a path for people."""
    return "".join(f"{'  ' * depth}{visible(_begun(said.to(lang)))}\n" for depth, said in _lines(one))


def _begun(line: str) -> str:
    """Begin with a capital letter, behind the mark of a status."""
    mark, blank, rest = line.partition(" ")
    return f"{mark} {sentence(rest)}" if blank and mark in MARKS else sentence(line)


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
    if one.steps:
        yield 0, because("text", text="")
        yield 0, Reason("note.sources")
    else:
        seen = one.employee.view(one.as_of)
        yield 0, because("path.none", employment=_said(seen.employment), status=_said(seen.service_status))
    yield 0, by_policy(one.region, one.policy)


def _said(value: object) -> Part:
    return label(value) if isinstance(value, Label) else Reason("value.unknown")


def _assumed(one: CareerPath) -> Lines:
    yield 0, Reason("time.unknown_on")
    if one.assumed:
        yield 0, Reason("time.assumed.head")
        yield from ((1, said) for said in assumptions(one.assumed))


def lines_of(step: NextStep) -> Lines:
    """Return the lines of one step."""
    decision = step.decision
    yield 0, step.name
    yield 1, because("path.now", result=provided(decision))
    yield from ((1, said) for said in footing(decision))
    yield 1, earliest(step)
    if step.closes is not None and step.closed_by is not None:
        until = because("path.closes", day=day_before(step.closes), by=step.closed_by)
        yield 1, because("path.closed", by=step.closed_by) if step.has_closed else until
    yield from ((1, because("path.lapses", day=day_before(one.on), title=one.title)) for one in step.lapses)
    for task in step.tasks:
        yield from _task(task, step)
    yield from _mended(step)


def earliest(step: NextStep) -> Reason:
    """Say on which day a step can be proposed, or why there is none."""
    if step.earliest is None:
        waits = any(one.not_yet for one in step.timeline.segments) and all(one.on is not None for one in step.tasks)
        return Reason("path.no_day.yet" if waits else "path.no_day")
    code = "path.earliest.assumed" if step.assumed else "path.earliest"
    return because(code, day=step.earliest, effect=step.takes_effect or step.earliest)


def _task(task: Task, step: NextStep) -> Lines:
    sign = "✗" if task.status == "failed" else "?"
    telling = Telling.of(step.decision, unmet=True)
    finding = next(one for one in step.decision.outcome.findings if one.criterion.id == task.criterion)
    yield 1, because("path.task", sign=sign, title=telling.title(finding.criterion))
    for line in shortened(telling.looked_at(finding)):
        said = because("path.task", sign=line.sign.strip(), title=line.said) if line.sign else line.said
        yield 2 + line.depth, because("text", text=said)
    if task.on is not None:
        yield 2, because("path.on.assumed" if task.assumed else "path.on", day=task.on)
    elif not task.actions and not task.deliver:
        yield 2, Reason("path.not_by_waiting")
        yield from (
            (2, because("path.do.this_period", title=title))
            for title in _asked_of_last(telling, finding.criterion.tree)
        )
    yield from ((2, said) for said in _credit(task, step.timeline.since))
    yield from _to_do(task, finding.criterion)
    if task.deliver:
        yield 2, because("path.deliver", missing=task.deliver)
    yield from ((2, because("text", text=said)) for said in founded_on(telling, finding))


def _credit(task: Task, today: date) -> Iterator[Reason]:
    """Say when credit is reached at each predicate: once where the predicate changes nothing."""
    alike = len({each.on for each in task.credit}) == 1
    for each in task.credit[-1:] if alike else task.credit:
        if each.on is None:
            yield Reason("path.credit.never.any") if alike else because("path.credit.never", rating=str(each.rating))
        else:
            span = months(months_between(today, each.on))
            code = "path.credit.any" if alike else "path.credit"
            yield because(code, rating=str(each.rating), day=each.on, span=span)


def _to_do(task: Task, criterion: Criterion) -> Lines:
    """Tell what can be done: one thing on its own line, several under a heading that says whether one of them is enough."""
    ways = list(_ways(tuple(map(_of_this, task.actions))))
    if len(ways) == 1:
        yield 2, because("path.do", what=ways[0])
    elif ways:
        yield 2, Reason("path.do.one_of" if _one_is_enough(criterion) else "path.do.any_of")
        yield from ((3, because("card.way", what=one)) for one in ways)


def _of_this(one: Action) -> Action:
    """Tell of a waiver that it is of the criterion under which it stands, and not its title again."""
    return one if one.waiver is None else replace(one, said=because("action.waiver.this", by=approver(one.waiver.approver)))


def _ways(actions: tuple[Action, ...]) -> Iterator[Reason]:
    """Tell each thing that can be done, and what only an exemption asks for together as one."""
    for exemption, several in groupby(actions, lambda one: one.exemption):
        if exemption is None:
            yield from map(_offered, several)
            continue
        together = [either(map(_offered, those)) for _, those in groupby(several, lambda one: one.part)]
        if len(together) == 1:
            yield because("text", text=together[0])
        else:
            yield because("path.do.exempt", title=exemption, first=series(together[:-1]), last=together[-1])


def _asked_of_last(telling: Telling, tree: ConditionTree) -> Iterator[Text]:
    """Name the duties of which the last period is asked: what is done now counts when the next one begins."""
    if isinstance(tree, Branch) and tree.word != "not":
        for part in tree.parts:
            yield from _asked_of_last(telling, part)
    elif isinstance(tree, RuleLeaf) and telling.meaning.rules[tree.truth.rule].part == "previous":
        yield telling.meaning.rules[tree.truth.rule].title


def _one_is_enough(criterion: Criterion) -> bool:
    """Whether each thing that can be done about a criterion is an alternative of its own."""
    return all(_is_alternative(tree) for tree in (criterion.tree, *(one.tree for one in criterion.exempt)))


def _is_alternative(tree: ConditionTree) -> bool:
    if isinstance(tree, Branch):
        return (tree.word == "any" or len(tree.parts) == 1) and all(map(_is_alternative, tree.parts))
    return isinstance(tree, Leaf)


def _mended(step: NextStep) -> Lines:
    if step.remedies and step.remedied_on is not None:
        yield 1, changes(step, step.remedied_on)
        yield from ((2, remedy(one)) for one in step.remedies)
    if not step.remedies_complete:
        yield 1, Reason("path.remedies.more")


def changes(step: NextStep, day: date) -> Reason:
    """Say over what would change a no on which day that is, where it is not today."""
    several = len(step.remedies) > 1
    if day == step.timeline.since:
        return Reason("path.remedies.now" if several else "path.remedies.one.now")
    return because("path.remedies" if several else "path.remedies.one", day=day)


def remedy(one: Remedy, *, offered: bool = False) -> Reason:
    """Say what together would change a no; with the courses that are offered for it, where that is wanted."""
    *first, last = (_offered(action) if offered else action.said for action in one.actions)
    return because("path.together", first=series(first), last=last) if first else last


def _offered(one: Action) -> Reason:
    courses = tuple(course.title or course.code for course in one.courses)
    return because("path.offered", what=one.said, courses=courses) if courses else one.said


def _ladder(one: Ladder) -> Lines:
    if one.reached and not one.rungs:
        yield 0, because("path.goal.held", goal=one.name)
        return
    yield (
        0,
        because("path.goal.reached", goal=one.name, day=one.on) if one.on else because("path.goal.out", goal=one.name),
    )
    for number, rung in enumerate(one.rungs, 1):
        back = rung.takes_effect < rung.proposed_on  # the law dates it back
        code = "path.rung.back" if back else "path.rung"
        if rung.assumed:
            code = "path.rung.back.assumed" if back else "path.rung.assumed"
        yield (
            1,
            because(
                code,
                number=number,
                to=rung.post or target(rung.to),
                title=rung.title,
                day=rung.proposed_on,
                effect=rung.takes_effect,
            ),
        )
    if not one.reached:
        yield from _blocked(one)


def _blocked(one: Ladder) -> Lines:
    told = tuple(dict.fromkeys(said for line in one.blocked for said in _in_the_way(line)))
    if told:
        yield 1, Reason("path.blocked")
        yield from ((2, said) for said in told)
    else:
        yield 1, Reason("path.blocked.none") if one.can_open else because("path.blocked.no_opening", goal=one.name)


def _in_the_way(line: Timeline) -> Iterator[Reason]:
    decision = nearest(line).decision
    if decision is None:
        return
    those = zip(decision.rule.criteria, decision.statuses.criteria, strict=True)
    told = tuple(_obstacle(one.title, status) for one, status in those if status in (FAILED, UNKNOWN))
    if told:
        yield because("path.blocked.by", title=line.name, titles=series(told))


def _obstacle(title: Text, status: int) -> Part:
    return title if status == FAILED else because("path.blocked.unknown", title=title)
