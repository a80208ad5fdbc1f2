"""Trees: what is said of a condition, from its tree: what each part saw and required, and what a figure is worked out from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from asnpolicy.decisions import grounds, words
from asnpolicy.decisions.lines import SIGNS, STATUSES, Line
from asnpolicy.decisions.makeup import NOTHING, MakeUp, SeenComponent
from asnpolicy.decisions.memo import Memo
from asnpolicy.decisions.observations import label_of, record, seen_of, value_of
from asnpolicy.decisions.reasons import LateText, Part, Reason, because, reason_of, series, written
from asnpolicy.language.bounds import Bounds, ends_of
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import Asks, Fold, Kind, Literal, Not, Value
from asnpolicy.language.outcome import Finding, Outcome
from asnpolicy.language.rules import (
    FAILED,
    HELD,
    UNKNOWN,
    Branch,
    ConditionTree,
    Criterion,
    Leaf,
    MadeOf,
    Observation,
    Rule,
    RuleLeaf,
    SilentLeaf,
    TargetLeaf,
    TestWord,
    Text,
    YearLeaf,
)  # fmt: skip
from asnpolicy.people import ABSENT, HISTORIES
from asnpolicy.text import lower_first

NOT_KNOWN = Reason("required.unknown")
"""What is required, where the policy or the post has a value that was not delivered."""
MOST_RECORDS = 3
"""So many records are named; an officer looks up the rest."""


def titled(rule: Rule) -> Text:
    """Give the title of a rule, and which side of it is meant."""
    if rule.part == "previous":
        return LateText(because("rule.previous", rule=rule.title))
    if rule.kind in ("mentor", "pair"):
        return LateText(because(f"rule.{rule.kind}", rule=rule.title))
    return rule.title


@dataclass(frozen=True, slots=True)
class TreeTelling:
    """Tells of conditions for one person and day, with the definition at hand to ask for values."""

    meaning: Meaning
    as_of: date
    unmet: bool = False
    """Whether only that is told of a criterion which stands in its way: what a step still needs, not what was looked at."""

    def title(self, criterion: Criterion) -> Text:
        """Give the title of a criterion; one that asks a rule of the base names it."""
        asked = criterion.holds
        if criterion.kind == "within" and isinstance(asked, Asks) and asked.rule in self.meaning.rules:
            return LateText(because("rule.within", rule=titled(self.meaning.rules[asked.rule])))
        return criterion.title

    def looked_at(self, finding: Finding) -> list[Line]:
        """Tell what a criterion looked at: what was seen of it, and what is required."""
        criterion = finding.criterion
        if finding.status == HELD and finding.by is None and isinstance(criterion.tree, Leaf):
            told = [Line(0, self._seen(criterion.tree))]  # most are: nothing stands in the way
            seen = criterion.tree.observation
            return [*told, *self._worked_out(criterion.tree, 1)] if seen.components or seen.against else told
        told = list(self.tree(criterion.tree, 0))
        if finding.by is not None:
            told += self.tree(finding.by.tree, 0)
        return told

    def whom(self, rule: Rule, depth: int) -> Iterator[Line]:
        """Tell whom a rule is for, part by part, with the mark of each."""
        yield from self.tree(rule.whom, depth, marked=True)

    # A tree

    def tree(self, tree: ConditionTree, depth: int, *, marked: bool = False) -> Iterator[Line]:
        """Tell a condition, part by part; `marked`: with the status of each."""
        match tree:
            case Leaf():
                yield Line(depth, self._seen(tree), SIGNS[self._state(tree)] if marked else "")
                yield from self._recorded(tree, depth + marked)
                yield from self._worked_out(tree, depth + 1)
            case Branch():
                yield from self._branch(tree, depth, marked=marked)
            case YearLeaf():
                yield from self._year(tree, depth)
            case RuleLeaf():
                yield from self._asked(tree.truth, depth, SIGNS[self._state(tree)] if marked else "")
            case TargetLeaf():
                if self._state(tree) == FAILED:
                    yield Line(depth, Reason("line.no_target"), SIGNS[FAILED] if marked else "")
            case SilentLeaf():
                pass
            case _:
                assert_never(tree)

    def _branch(self, branch: Branch, depth: int, *, marked: bool) -> Iterator[Line]:
        if branch.word == "not":
            yield from self._not(branch, depth, marked=marked)
        elif branch.word == "some":
            yield from self._listed(self._told(branch), because("line.some", count=branch.least), depth)
        elif branch.word == "any" and len(branch.parts) > 1:
            yield from self._any(branch, depth, marked=marked)
        else:
            for part in self._told(branch):
                yield from self.tree(part, depth, marked=marked)

    def _told(self, branch: Branch) -> Iterator[ConditionTree]:
        """Return the parts that are told: where only what is unmet is, neither what holds nor what nobody can bring about."""
        for part in branch.parts:
            if not self.unmet or (self._state(part) < HELD and not _asks_for_none(part)):
                yield part

    def _any(self, branch: Branch, depth: int, *, marked: bool) -> Iterator[Line]:
        """Tell the alternatives; once one holds, that one alone."""
        held = next((part for part in branch.parts if self._state(part) == HELD), None)
        if held is not None:
            yield from self.tree(held, depth, marked=marked)
            return
        told = list(self._told(branch))
        if self._state(branch) == UNKNOWN:  # what fails anyhow settles nothing
            told = [part for part in told if self._state(part) == UNKNOWN]
        near = [part for part in told if not self._beside(part)] or told
        spoken = [part for part in near if any(True for _ in self.tree(part, 0))]
        if len(spoken) == 1:  # the others say nothing of themselves
            yield from self.tree(spoken[0], depth, marked=marked)
        else:
            yield from self._listed(near, Reason("line.any"), depth)

    def _beside(self, part: ConditionTree) -> bool:
        """Tell whether an alternative is not for this person: it asks for another post, that something was not, or for a sanction.

        What speaks of the vacancy says for which ones it is: of this one, the post that is held is what is required for it.
        """
        several = isinstance(part, Branch) and part.word == "all"
        parts = part.parts if isinstance(part, Branch) and several else (part,)
        vacancy = [self._state(one) for one in parts if _is_of_vacancy(one)]
        if several and FAILED in vacancy:
            return True
        of_whom = several and not vacancy
        return any(
            self._state(one) == FAILED and (_asks_for_none(one) or _asks_for_fault(one) or (of_whom and _is_of_whom(one)))
            for one in parts
        )

    def _listed(self, parts: Iterable[ConditionTree], heading: Reason, depth: int) -> Iterator[Line]:
        """Tell each part under a heading, with the mark of each."""
        told = [(part, list(self.tree(part, 0, marked=True))) for part in parts]
        if any(group for _, group in told):
            yield Line(depth, heading)
        for part, group in told:
            if len(group) > 1:
                yield Line(depth + 1, Reason("line.all"), SIGNS[self._state(part)])
            deeper = depth + 1 + (len(group) > 1)
            yield from (Line(deeper + line.depth, line.said, line.sign) for line in group)

    def _not(self, branch: Branch, depth: int, *, marked: bool) -> Iterator[Line]:
        if (leaf := _turned(branch)) is not None:
            yield from self.tree(leaf, depth, marked=marked)
            return
        whole = replace(self, unmet=False)  # what holds inside is what stands in the way
        told = [line for part in branch.parts for line in whole.tree(part, depth + 1)]
        if told:
            one = sum(line.depth == depth + 1 for line in told) == 1
            sign = SIGNS[self._state(branch)] if marked else ""
            yield Line(depth, Reason("line.none.one" if one else "line.none"), sign)
            yield from told

    def _state(self, tree: ConditionTree) -> int:
        """Give the status of a part of a tree."""
        if not isinstance(tree, Branch):
            return self.meaning.truth(tree.truth).status
        states = [self._state(part) for part in tree.parts]
        match tree.word:
            case "all":
                return min(states, default=HELD)
            case "any":
                return max(states, default=FAILED)
            case "some":
                return sorted(states)[-tree.least]
            case "not":
                return HELD - min(states, default=HELD)

    def _seen(self, leaf: Leaf) -> Reason:
        observation = leaf.observation
        value = value_of(observation, self.meaning)
        seen = seen_of(observation, value, self.meaning, self.as_of)
        if (records := _wants_none(leaf)) is not None:
            least, most = ends_of(value)
            code = "counted.some" if least else "counted.none" if most == 0 else "counted.unknown"
            return because(code, seen=seen, records=records)
        if (wanted := _wants_one(leaf)) is not None and (said := self._there(leaf, value, wanted)) is not None:
            return said
        required = _required(leaf) or words.required(observation, [self.meaning.value(e) for e in observation.required])
        if reason_of(required) == NOT_KNOWN:
            return because("line.seen.open", label=_label(leaf), seen=seen)
        if required == _NONE:
            return self._of_none(leaf, value, seen)
        nothing = value in NOTHING and written(seen, "id") == written(required, "id")
        return because("line.seen.none" if nothing else "line.seen", label=_label(leaf), seen=seen, required=required)

    def _of_none(self, leaf: Leaf, value: Value | Bounds, seen: Part) -> Reason:
        """Say what is there where there may be nothing: nobody reads that none is required."""
        if leaf.observation.fact == "opening.competency_gaps":
            least, most = ends_of(value)
            return because("gaps.some" if least else "gaps.none" if most == 0 else "gaps.unknown", seen=seen)
        return because("line.seen.none" if value in NOTHING else "line.seen.only_none", label=_label(leaf), seen=seen)

    def _there(self, leaf: Leaf, value: Value | Bounds, records: Text) -> Reason | None:
        """Say which records there are where one is asked for, or that there is none; None where it is not known."""
        least, most = ends_of(value)
        fold = leaf.observation.seen
        if not least:
            code = "counted.lacking" if most == 0 else "counted.lacking.unknown"
            return because(code, label=_label_of_item(leaf, records))
        if not isinstance(fold, Fold):
            return None
        named = tuple(record(fold.history, one) for one in grounds.counted(self.meaning, fold)[-MOST_RECORDS:])
        if not named:
            return None
        there = because("counted.there", records=named)
        item = leaf.observation.item
        return because("measure.of", measure=there, who=item.replace("-", " ")) if item else there

    def _recorded(self, leaf: Leaf, depth: int) -> Iterator[Line]:
        """Name the records that stand in the way, when there are some that should not be there."""
        observation = leaf.observation
        if observation.fact not in HISTORIES or _wants_more(observation.word):
            return
        fold = observation.seen
        if isinstance(fold, Fold) and fold.op == "count" and self._state(leaf) == FAILED:
            records = grounds.counted(self.meaning, fold)[-MOST_RECORDS:]
            told = tuple(record(fold.history, one) for one in records)
            if told:
                yield Line(depth, because("line.recorded", records=told))

    # What a figure is worked out from

    def _worked_out(self, leaf: Leaf, depth: int) -> Iterator[Line]:
        """Tell what a figure is worked out from, and one that it is compared with."""
        for one in (*MakeUp(self).made_of(leaf.observation.components), *MakeUp(self).compared(leaf.observation.against)):
            yield Line(depth + one.depth, one.told)

    def _year(self, leaf: YearLeaf, depth: int) -> Iterator[Line]:
        status, year = self._state(leaf), self.meaning.value(leaf.year)
        if status != HELD and isinstance(year, int):
            code = "line.year" if status == FAILED else "line.year.unknown"
            yield Line(depth, because(code, history=Reason(f"history.{leaf.history}"), year=year))

    # Another rule

    def _asked(self, asked: Asks, depth: int, sign: str) -> Iterator[Line]:
        """Say what another rule comes to, and which of its criteria stand in the way."""
        rule = self.meaning.rules.get(asked.rule)
        if rule is None:
            return
        outcome = self.meaning.outcome(rule)
        if rule.kind == "service":
            yield self._served(outcome, depth)
            return
        said = because("line.asked", rule=titled(rule), status=comes_to(outcome.applies, outcome.holds))
        yield Line(depth, said, sign)
        if outcome.applies == FAILED or outcome.holds == HELD:
            return
        for finding in outcome.findings:
            if finding.status in (FAILED, UNKNOWN):
                heading = because(
                    "line.criterion", status=STATUSES[finding.status], title=self.title(finding.criterion)
                )
                yield Line(depth + 1, heading, SIGNS[finding.status])
                yield from (Line(depth + 2 + line.depth, line.said, line.sign) for line in self.looked_at(finding))

    def _served(self, outcome: Outcome, depth: int) -> Line:
        """Tell whether somebody is still in service, and by which event not: how that stands is told by the event itself."""
        status = outcome.holds
        titles = [self.meaning.rules[one.criterion.id].title for one in outcome.findings if one.status == status]
        if status == HELD:
            return Line(depth, outcome.rule.title, SIGNS[status])
        code = "line.service.left" if status == FAILED else "line.service.unknown"
        return Line(depth, because(code, events=series(Text(lower_first(one.id), lower_first(one.en)) for one in titles)), SIGNS[status])


def _asks_for_none(part: ConditionTree) -> bool:
    """Tell whether a part asks only that something is not there, such as a lowest rank of the post."""
    if not isinstance(part, Leaf) or part.observation.word != "is":
        return False
    wanted = part.observation.required
    return len(wanted) == 1 and isinstance(wanted[0], Literal) and wanted[0].value is ABSENT


def _is_of_whom(part: ConditionTree) -> bool:
    """Tell whether a part says for whom what stands beside it is: those of an employment or of a kind of post."""
    if isinstance(part, Branch):
        return part.word == "not" and all(_is_of_whom(one) for one in part.parts)
    return isinstance(part, Leaf) and part.observation.fact in ("employment", "post_kind", "post_title", "category")


def _is_of_vacancy(part: ConditionTree) -> bool:
    """Tell whether a part speaks of the vacant post alone."""
    return isinstance(part, Leaf) and part.observation.fact.startswith("opening.")


def _asks_for_fault(part: ConditionTree) -> bool:
    """Tell whether a part asks that there is a sanction or an absence, which nobody strives for."""
    if not isinstance(part, Leaf) or part.observation.fact not in ("sanctions", "absences"):
        return False
    return _wants_more(part.observation.word)


def _wants_more(word: TestWord) -> bool:
    """Tell whether more records could meet a test, so that those that are there do not stand in its way."""
    match word:
        case "at_least" | "above":
            return True
        case "is" | "not" | "in" | "not_in" | "at_most" | "below" | "has" | "within":
            return False
        case _:
            assert_never(word)


def comes_to(applies: int, holds: int) -> Reason:
    """Say what another rule came to."""
    if applies != HELD:
        return Reason("verdict.promotion.not_applicable") if applies == FAILED else STATUSES[UNKNOWN]
    return STATUSES[holds]


# What is the same for everybody is written once.


def fixed(reason: Part) -> Text:
    """Write in both languages, to be used again."""
    return Text(written(reason, "id"), written(reason, "en"))


@Memo
def _label(leaf: Leaf) -> Text:
    return fixed(label_of(leaf.observation))


_NONE = fixed(because("required.is", value=words.NONE))
"""That there is none, as it is required."""
_OPPOSITE: dict[TestWord, TestWord] = {"is": "not", "not": "is", "in": "not_in", "not_in": "in"}


def _turned(branch: Branch) -> Leaf | None:
    """Say one test the other way round, where a branch denies just that."""
    part = branch.parts[0] if len(branch.parts) == 1 else None
    if not isinstance(part, Leaf) or part.observation.word not in _OPPOSITE:
        return None
    if part.observation.type.kind not in (Kind.LABEL, Kind.TEXT):
        return None
    return Leaf(Not(part.truth), replace(part.observation, word=_OPPOSITE[part.observation.word]))


@Memo
def _wants_one(leaf: Leaf) -> Text | None:
    """Name the records of which there must be one, where a leaf asks just that of the person."""
    observation = leaf.observation
    fold, wanted = observation.seen, observation.required
    if (
        observation.fact not in HISTORIES
        or not isinstance(fold, Fold)
        or fold.scope != "employee"
        or fold.op != "count"
    ):
        return None
    one = len(wanted) == 1 and isinstance(wanted[0], Literal) and wanted[0].value == 1
    return fixed(Reason(f"records.{observation.fact}")) if one and observation.word == "at_least" else None


def _label_of_item(leaf: Leaf, records: Text) -> Part:
    item = leaf.observation.item
    return because("measure.of", measure=records, who=item.replace("-", " ")) if item else records


@Memo
def _wants_none(leaf: Leaf) -> Text | None:
    """Name the records of which there may be none, where a leaf asks just that of the person."""
    observation = leaf.observation
    fold, wanted = observation.seen, observation.required
    if observation.fact not in HISTORIES or observation.item or not isinstance(fold, Fold) or fold.scope != "employee":
        return None
    none = len(wanted) == 1 and isinstance(wanted[0], Literal) and wanted[0].value == 0
    asked = none and fold.op == "count" and observation.word in ("is", "at_most")
    return fixed(Reason(f"records.{observation.fact}")) if asked else None


@Memo
def _required(leaf: Leaf) -> Text | None:
    """Give what is required, when it is the same whoever is asked."""
    observation = leaf.observation
    if not all(isinstance(one, Literal) for one in observation.required):
        return None
    wanted = [one.value for one in observation.required if isinstance(one, Literal)]
    return fixed(words.required(observation, wanted))


# Figures


def components_of(parts: Iterable[MadeOf], meaning: Meaning, as_of: date) -> tuple[SeenComponent, ...]:
    """Tell what a figure is worked out from."""
    return tuple(MakeUp(TreeTelling(meaning, as_of)).made_of(parts))


def components_against(figures: Iterable[Observation], meaning: Meaning, as_of: date) -> tuple[SeenComponent, ...]:
    """Tell the figures that something is compared with, and what they are worked out from."""
    return tuple(MakeUp(TreeTelling(meaning, as_of)).compared(figures))
