"""Rules as they are written: promotions, awards, duties and mentoring, and what a region adds to those of its base."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Known
from dataclasses import dataclass
from typing import Literal as Choice
from typing import TypeAlias, TypedDict, assert_never, get_args

from asnpolicy.language.facts import FACTS
from asnpolicy.language.rules import OwedBy, Standing, Text
from asnpolicy.policy.dated import Span
from asnpolicy.policy.source.scalars import as_text, as_whole
from asnpolicy.policy.source.shapes import as_mapping, as_sequence, keys
from asnpolicy.policy.source.tree import Mapping, RawEntry, RawNode, Scalar
from asnpolicy.policy.surface.about import Basis, basis_of, needed_title, reading_of, span_of, standing_of
from asnpolicy.policy.surface.conditions import Condition, condition
from asnpolicy.policy.surface.criteria import CriterionForm, criteria
from asnpolicy.policy.surface.effects import EffectForm, effect
from asnpolicy.policy.surface.examples import cited, titled
from asnpolicy.policy.surface.hints import DUE, HEAVIEST, RENAME, WEIGHED, WEIGHT, WEIGHTS, lacking, needed
from asnpolicy.policy.surface.judgements import JudgementForm, judgements
from asnpolicy.policy.surface.names import Name, key_of, name_of, names_of
from asnpolicy.policy.surface.operands import FactTerm, Operand, one_of, operand
from asnpolicy.policy.surface.periods import Every, every
from asnpolicy.problems import Place, Problems, either, needs, suggest, write
from asnpolicy.synonyms import synonym
from asnpolicy.text import Message, phrase

RuleSection: TypeAlias = Choice["promotions", "awards", "duties", "mentoring", "leaving"]
Strength: TypeAlias = Choice["wajib", "dianjurkan"]
Leaves: TypeAlias = Choice["same_day", "next_month"]
"""Since when somebody has left: from the day of the event, or from the first of the month after it."""
RuleWord: TypeAlias = Choice[
    "title", "basis", "standing", "from", "until", "applies_to", "protected", "tags", "not_decided", "reading",
    "within", "to", "takes_effect", "follows", "require", "warn_when", "leaves",
    "strength", "owed_by", "every", "due", "fulfilled_when",
    "needs_mentor", "may_mentor", "pair_must", "mentee_prefers", "mentor_prefers", "capacity",
]  # fmt: skip
CriteriaWord: TypeAlias = Choice["require", "warn_when", "may_mentor", "pair_must"]
RULE_SECTIONS: tuple[RuleSection, ...] = get_args(RuleSection)
PERMISSIONS: tuple[RuleSection, ...] = ("promotions", "awards", "mentoring")
"""What grants something: a region adds one only within the base's, or where the base says that it may."""
RULE: tuple[RuleWord, ...] = (
    "title", "basis", "standing", "from", "until", "applies_to", "protected", "tags", "not_decided", "reading",
)  # fmt: skip
PROMOTION: tuple[RuleWord, ...] = (*RULE, "within", "to", "takes_effect", "follows", "require", "warn_when")
AWARD: tuple[RuleWord, ...] = (*RULE, "within", "follows", "require", "warn_when")
DUTY: tuple[RuleWord, ...] = (*RULE, "strength", "owed_by", "every", "due", "fulfilled_when")
MENTORING: tuple[RuleWord, ...] = (
    *RULE, "needs_mentor", "may_mentor", "pair_must", "mentee_prefers", "mentor_prefers", "capacity",
)  # fmt: skip
LEAVING: tuple[RuleWord, ...] = (*RULE, "leaves", "require")
WORDS: Known[RuleSection, tuple[RuleWord, ...]] = {
    "promotions": PROMOTION, "awards": AWARD, "duties": DUTY, "mentoring": MENTORING, "leaving": LEAVING,
}  # fmt: skip
"""The words of each kind of rule."""
ADDED: Known[RuleSection, tuple[CriteriaWord, ...]] = {
    "promotions": ("require", "warn_when"), "awards": ("require", "warn_when"), "mentoring": ("may_mentor", "pair_must"),
}  # fmt: skip
"""The criteria that a region may add to a rule of its base, which join the base's; and what an official judges."""
CRITERIA: tuple[CriteriaWord, ...] = get_args(CriteriaWord)
STRENGTHS: tuple[Strength, ...] = get_args(Strength)
OWED_BY: tuple[OwedBy, ...] = get_args(OwedBy)
OPENING_TARGETS = ("opening", "acting")
"""What a promotion into a vacant post leads to: being appointed to it, or acting in it."""
LEAVES: tuple[Leaves, ...] = get_args(Leaves)
PROTECTED = tuple(sorted({fact.protected for fact in FACTS.values() if fact.protected}))


@dataclass(frozen=True, slots=True, eq=False)
class OpeningTarget:
    """The vacant post that is asked for: to be appointed to, or to act in beside one's own."""

    place: Place
    acting: bool


@dataclass(frozen=True, slots=True, eq=False)
class RankTarget:
    """A rank that is written, or one of the policy that is named."""

    rank: Operand


Target: TypeAlias = OpeningTarget | RankTarget | FactTerm
"""What a promotion leads to."""


@dataclass(frozen=True, slots=True, eq=False)
class LiesWithin:
    """The rule of the base that a rule lies within; None when it could not be read."""

    rule: Name | None
    key: Place


@dataclass(frozen=True, slots=True, eq=False)
class EndOfPeriod:
    """Due when the period ends."""

    period: Name


@dataclass(frozen=True, slots=True, eq=False)
class DueWithin:
    """Due some time after a day; None where it could not be read."""

    length: Operand | None
    of: Name | None


@dataclass(frozen=True, slots=True, eq=False)
class NeverDue:
    """Of a duty of each year that no law gives a last day for."""


DueForm: TypeAlias = EndOfPeriod | DueWithin | NeverDue


@dataclass(frozen=True, slots=True, eq=False)
class PreferenceForm:
    """A fact that is weighed when pairs are chosen."""

    fact: Name
    weight: int


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class RuleForm:
    """What is said of every rule."""

    title: Text
    basis: Basis | None
    standing: Standing | None
    span: Span
    applies_to: Condition | None
    protected: tuple[tuple[str, Basis], ...]
    """Each protected attribute that the rule may read, with the law that allows it."""
    tags: tuple[Name, ...]
    not_decided: tuple[JudgementForm, ...] = ()
    reading: Text | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PromotionForm(RuleForm):
    """A promotion."""

    within: LiesWithin | None
    to: Target | None
    takes_effect: EffectForm | None
    follows: tuple[Name, ...]
    """The events of leaving on whose day the rule is asked."""
    require: tuple[CriterionForm, ...]
    warn_when: tuple[CriterionForm, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class AwardForm(RuleForm):
    """An award."""

    within: LiesWithin | None
    follows: tuple[Name, ...]
    require: tuple[CriterionForm, ...]
    warn_when: tuple[CriterionForm, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class DutyForm(RuleForm):
    """A duty."""

    strength: Strength
    owed_by: OwedBy
    every: Every | None
    due: DueForm | None
    fulfilled_when: Condition | None
    fulfilled_place: Place


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class MentoringForm(RuleForm):
    """A rule of mentoring."""

    needs_mentor: Condition | None
    may_mentor: tuple[CriterionForm, ...]
    pair_must: tuple[CriterionForm, ...]
    mentee_prefers: tuple[PreferenceForm, ...]
    mentor_prefers: tuple[PreferenceForm, ...]
    capacity: Operand | None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class LeavingForm(RuleForm):
    """An event by which somebody leaves the service."""

    leaves: Leaves
    require: tuple[CriterionForm, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class AdditionForm:
    """What a region adds to a rule of its base: criteria, under the same words."""

    require: tuple[CriterionForm, ...]
    warn_when: tuple[CriterionForm, ...]
    may_mentor: tuple[CriterionForm, ...]
    pair_must: tuple[CriterionForm, ...]
    not_decided: tuple[JudgementForm, ...] = ()


class _Head(TypedDict):
    """What is said of every rule, by the words of `RuleForm`."""

    title: Text
    basis: Basis | None
    standing: Standing | None
    span: Span
    applies_to: Condition | None
    protected: tuple[tuple[str, Basis], ...]
    tags: tuple[Name, ...]
    not_decided: tuple[JudgementForm, ...]
    reading: Text | None


OwnRule: TypeAlias = PromotionForm | AwardForm | DutyForm | MentoringForm | LeavingForm
AnyRule: TypeAlias = OwnRule | AdditionForm


def _rule_like(section: RuleSection, name: str, problems: Problems) -> Message:
    """Return the way out of a rule that has nothing in it: the least that it needs."""
    asks = {"duties": ("strength", "fulfilled_when"), "mentoring": ("needs_mentor",)}.get(section, ("require",))
    about = f"{titled(name)}, from: 2024-01-01, {cited(problems)}"
    return write(f"{{{about}, {', '.join(map(needed, asks))}}}")


def rule(section: RuleSection, entry: RawEntry, problems: Problems) -> OwnRule | None:
    """Read a rule that a region declares itself."""
    mapping = as_mapping(entry.value, problems, lambda: _rule_like(section, entry.key.text, problems))
    if mapping is None:
        return None
    reading = _Reading(key_of(entry.key), mapping, problems)
    match section:
        case "promotions":
            return reading.promotion()
        case "awards":
            return reading.award()
        case "duties":
            return reading.duty()
        case "mentoring":
            return reading.mentoring()
        case "leaving":
            return reading.leaving()
        case _:
            assert_never(section)


def addition(section: RuleSection, entry: RawEntry, problems: Problems) -> AdditionForm | None:
    """Read what a region adds to a rule of its base; to a duty it adds nothing."""
    name = key_of(entry.key)
    if section not in ADDED:
        what = Text("kewajiban", "a duty") if section == "duties" else Text("peristiwa", "an event")
        message = phrase(
            en="`{name}` is {what} of the base, which a region can't change",
            id="`{name}` adalah {what} milik aturan dasar, yang tidak dapat diubah daerah",
            name=name.text,
            what=what,
        )
        problems.add("replaces-base", message, name.place, RENAME)
        return None
    mapping = as_mapping(entry.value, problems)
    if mapping is None:
        return None
    added = Text(f"tambahan daerah pada `{name.text}`", f"what a region adds to the base's `{name.text}`")
    keys(mapping, (*ADDED[section], "not_decided"), added, problems)
    reading = _Reading(name, mapping, problems)
    given = {word: reading.criteria(word) if word in ADDED[section] else () for word in CRITERIA}
    return AdditionForm(**given, not_decided=reading.not_decided())


@dataclass(frozen=True, slots=True)
class _Reading:
    name: Name
    mapping: Mapping
    problems: Problems

    def has(self, word: RuleWord) -> bool:
        return word in self.mapping.entries

    def node(self, word: RuleWord) -> RawNode:
        return self.mapping.entries[word].value

    def needs(self, word: RuleWord) -> None:
        written = (synonym(other, (word,)) or suggest(other, (word,)) for other in self.mapping.entries)
        if not self.has(word) and word not in written:
            self.problems.add("missing-key", needs(self.name.text, word), self.name.place, lacking(word))

    def wrong(self, node: RawNode, message: Message, help: Message) -> None:
        self.problems.add("wrong-value", message, node.place, help)

    def only(self, words: Iterable[str]) -> None:
        keys(self.mapping, words, self.name.text, self.problems)

    def head(self) -> _Head:
        return {
            "title": needed_title(self.mapping, self.name.text, self.name.place, self.problems),
            "basis": basis_of(self.mapping, self.problems),
            "standing": standing_of(self.mapping, self.problems),
            "span": span_of(self.mapping, self.problems),
            "applies_to": self.condition("applies_to"),
            "protected": self.protected(),
            "tags": names_of(self.node("tags"), self.problems) if self.has("tags") else (),
            "not_decided": self.not_decided(),
            "reading": reading_of(self.mapping, self.problems),
        }

    def condition(self, word: RuleWord) -> Condition | None:
        return condition(self.node(word), self.problems) if self.has(word) else None

    def criteria(self, word: RuleWord) -> tuple[CriterionForm, ...]:
        return criteria(self.node(word), self.problems) if self.has(word) else ()

    def not_decided(self) -> tuple[JudgementForm, ...]:
        return judgements(self.node("not_decided"), self.problems) if self.has("not_decided") else ()

    def protected(self) -> tuple[tuple[str, Basis], ...]:
        help = write(f"birth_date: {self.problems.law} pasal 1")
        mapping = as_mapping(self.node("protected"), self.problems, help) if self.has("protected") else None
        if mapping is None:
            return ()
        keys(mapping, PROTECTED, "protected", self.problems)
        given = ((word, basis_of(mapping, self.problems, word)) for word in mapping.entries)
        return tuple((word, basis) for word, basis in given if basis is not None)

    # One kind each

    def promotion(self) -> PromotionForm:
        self.only(PROMOTION)
        to = self.target()
        if to is not None or not self.has("within"):
            self.needs("require")
        return PromotionForm(
            **self.head(),
            within=self.within(),
            to=to,
            takes_effect=self.takes_effect(),
            follows=self.follows(),
            require=self.criteria("require"),
            warn_when=self.criteria("warn_when"),
        )

    def award(self) -> AwardForm:
        self.only(AWARD)
        self.needs("require")
        require, warn_when = self.criteria("require"), self.criteria("warn_when")
        return AwardForm(
            **self.head(), within=self.within(), follows=self.follows(), require=require, warn_when=warn_when
        )

    def follows(self) -> tuple[Name, ...]:
        return names_of(self.node("follows"), self.problems) if self.has("follows") else ()

    def leaving(self) -> LeavingForm:
        self.only(LEAVING)
        self.needs("require")
        word = as_text(self.node("leaves"), self.problems) if self.has("leaves") else "same_day"
        if word is not None and word not in LEAVES:
            message = phrase(
                en="`{word}` does not say since when", id="`{word}` tidak menyatakan sejak kapan", word=word
            )
            self.wrong(self.node("leaves"), message, either(*LEAVES))
        leaves: Leaves = next((one for one in LEAVES if one == word), "same_day")
        return LeavingForm(**self.head(), leaves=leaves, require=self.criteria("require"))

    def within(self) -> LiesWithin | None:
        if not self.has("within"):
            return None
        return LiesWithin(name_of(self.node("within"), self.problems), self.mapping.entries["within"].key.place)

    def target(self) -> Target | None:
        if not self.has("to"):
            return None
        node = self.node("to")
        if isinstance(node, Scalar):
            if node.text not in OPENING_TARGETS:
                message = phrase(en="`{word}` is not a target", id="`{word}` bukan tujuan", word=node.text)
                self.wrong(node, message, either("to: opening", "to: acting", "to: {fact: next_rank}"))
            return OpeningTarget(node.place, node.text == "acting")
        mapping = as_mapping(node, self.problems, write("to: {fact: next_rank}"))
        word = one_of(mapping, ("fact", "rank"), Text("`to`", "`to`"), self.problems) if mapping else None
        if mapping is None or word is None:
            return None
        if word == "rank":
            rank = operand(mapping.entries["rank"].value, self.problems)
            return None if rank is None else RankTarget(rank)
        fact = name_of(mapping.entries["fact"].value, self.problems)
        return None if fact is None else FactTerm(fact, mapping.place)

    def takes_effect(self) -> EffectForm | None:
        followed = names_of(self.node("follows"), Problems()) if self.has("follows") else ()
        return effect(self.node("takes_effect"), followed, self.problems) if self.has("takes_effect") else None

    def duty(self) -> DutyForm:
        self.only(DUTY)
        self.needs("fulfilled_when")
        self.needs("strength")
        fulfilled = self.mapping.entries.get("fulfilled_when")
        return DutyForm(
            **self.head(),
            strength=self.strength(),
            owed_by=self.owed_by(),
            every=every(self.node("every"), self.problems) if self.has("every") else None,
            due=self.due(),
            fulfilled_when=self.condition("fulfilled_when"),
            fulfilled_place=fulfilled.key.place if fulfilled else self.name.place,
        )

    def strength(self) -> Strength:
        word = as_text(self.node("strength"), self.problems) if self.has("strength") else None
        if word is not None and word not in STRENGTHS:
            message = phrase(en="`{word}` is not a strength", id="`{word}` bukan kekuatan kewajiban", word=word)
            self.wrong(self.node("strength"), message, either(*STRENGTHS))
        return next((strength for strength in STRENGTHS if strength == word), "wajib")

    def owed_by(self) -> OwedBy:
        word = as_text(self.node("owed_by"), self.problems) if self.has("owed_by") else None
        if word is not None and word not in OWED_BY:
            message = phrase(
                en="`{word}` is nobody who owes a duty", id="`{word}` bukan pemikul kewajiban yang dikenal", word=word
            )
            self.wrong(self.node("owed_by"), message, either(*OWED_BY))
        return next((one for one in OWED_BY if one == word), "pegawai")

    def due(self) -> DueForm | None:
        if not self.has("due"):
            return None
        node = self.node("due")
        if isinstance(node, Scalar) and node.text == "none":
            return NeverDue()
        mapping = as_mapping(node, self.problems, DUE)
        if mapping is None:
            return None
        if "end_of" in mapping.entries:
            keys(mapping, ("end_of",), Text("`due` dengan `end_of`", "`due` with `end_of`"), self.problems)
            period = name_of(mapping.entries["end_of"].value, self.problems)
            return None if period is None else EndOfPeriod(period)
        keys(mapping, ("end_of", "within", "of"), "due", self.problems)
        if not {"within", "of"} <= set(mapping.entries):
            message = phrase(en="`due` needs a date", id="`due` memerlukan tanggal")
            self.problems.add("missing-key", message, mapping.place, write("due: {within: 1 year, of: cpns_on}"))
            return None
        length = operand(mapping.entries["within"].value, self.problems)
        of = name_of(mapping.entries["of"].value, self.problems)
        return DueWithin(length, of)

    def mentoring(self) -> MentoringForm:
        self.only(MENTORING)
        self.needs("needs_mentor")
        return MentoringForm(
            **self.head(),
            needs_mentor=self.condition("needs_mentor"),
            may_mentor=self.criteria("may_mentor"),
            pair_must=self.criteria("pair_must"),
            mentee_prefers=self.preferences("mentee_prefers"),
            mentor_prefers=self.preferences("mentor_prefers"),
            capacity=operand(self.node("capacity"), self.problems) if self.has("capacity") else None,
        )

    def preferences(self, word: RuleWord) -> tuple[PreferenceForm, ...]:
        """Read a list of facts, each with its weight."""
        sequence = as_sequence(self.node(word), self.problems) if self.has(word) else None
        mappings = [as_mapping(item, self.problems, WEIGHED) for item in sequence.items] if sequence else []
        entries = [entry for mapping in mappings if mapping is not None for entry in mapping.entries.values()]
        return tuple(PreferenceForm(key_of(entry.key), self.weight(entry)) for entry in entries)

    def weight(self, entry: RawEntry) -> int:
        given = entry.value.text if isinstance(entry.value, Scalar) and entry.value.text else "2"
        mapping = as_mapping(entry.value, self.problems, write(f"{entry.key.text}: {{weight: {given}}}"))
        if mapping is None:
            return 0
        keys(mapping, ("weight",), entry.key.text, self.problems)
        if "weight" not in mapping.entries:
            self.problems.add("missing-key", needs(entry.key.text, "weight"), mapping.place, WEIGHT)
            return 0
        node = mapping.entries["weight"].value
        weight = as_whole(node, self.problems)
        if weight is None or 0 < abs(weight) <= HEAVIEST:
            return weight or 0
        self.wrong(node, phrase(en="`{weight}` is no weight", id="`{weight}` bukan bobot", weight=weight), WEIGHTS)
        return 0
