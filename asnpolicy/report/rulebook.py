"""Rulebook: one rule as people read it, with what it asks, its sources, its span and its place in the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import assert_never

from asnpolicy.language.nodes import DATE, DURATION, NUMBER, Kind, Scope
from asnpolicy.language.rules import RuleId, Standing, Text
from asnpolicy.policy.dated import ALWAYS
from asnpolicy.policy.elaborate.site import of_service
from asnpolicy.policy.policy import Policy
from asnpolicy.policy.surface.criteria import CriterionForm, ExemptionForm, SharedForm
from asnpolicy.policy.surface.documents import Declared
from asnpolicy.policy.surface.effects import EffectForm
from asnpolicy.policy.surface.names import Name
from asnpolicy.policy.surface.operands import FactTerm
from asnpolicy.policy.surface.periods import Every, PeriodWord, SeveralYears
from asnpolicy.policy.surface.rules import (
    AdditionForm,
    AnyRule,
    AwardForm,
    CriteriaWord,
    DueWithin,
    DutyForm,
    EndOfPeriod,
    Leaves,
    LeavingForm,
    LiesWithin,
    MentoringForm,
    NeverDue,
    OpeningTarget,
    OwnRule,
    PreferenceForm,
    PromotionForm,
    RankTarget,
    Target,
)
from asnpolicy.report.links import Links, anchor
from asnpolicy.report.lookups import BASIS, STANDINGS, WRITTEN, span_text
from asnpolicy.report.markdown import Sentence, anchored, both, bullets, framed, joined, labelled, noted
from asnpolicy.report.names import spoken, value_name
from asnpolicy.report.sentences import Sentences

OPENING: tuple[tuple[str, Scope], ...] = (("opening", "opening"),)
MENTEE: tuple[tuple[str, Scope], ...] = (("mentee", "employee"),)
MENTOR: tuple[tuple[str, Scope], ...] = (("mentor", "employee"),)
PAIR: tuple[tuple[str, Scope], ...] = (("mentor", "mentor"), ("mentee", "mentee"), ("pair", "pair"))

CRITERIA: dict[CriteriaWord, tuple[Text, tuple[tuple[str, Scope], ...]]] = {
    "require": (Text("Syarat", "Criteria"), OPENING),
    "may_mentor": (Text("Siapa yang dapat menjadi mentor", "Who may be a mentor"), MENTOR),
    "pair_must": (Text("Syarat pasangan mentor dan mentee", "What a pair must meet"), PAIR),
    "warn_when": (Text("Peringatan, tidak menghalangi", "Warnings, which do not stand in the way"), OPENING),
}
"""The words under which criteria stand, and whom their facts speak of."""
OWING = {
    "atasan-langsung": Text("atasan langsung", "the direct superior"),
    "pejabat-penilai": Text("pejabat penilai kinerja", "the official who appraises the person"),
    "instansi": Text("instansi", "the agency"),
}
STRENGTHS = {
    "wajib": Text("wajib; bila belum terpenuhi pada tenggatnya, dicatat lewat tenggat", "obligatory; overdue when its time has passed"),
    "dianjurkan": Text(
        "dianjurkan; tidak pernah lewat tenggat dan tidak menghalangi apa pun",
        "recommended; never overdue, stands in the way of nothing",
    ),
}
CHANGED = Text("dengan nilai daerah ini", "with this region's values")
_IN_FORCE = Text("Berlaku", "In force")
_STANDING = Text("Kedudukan hukum", "Standing")
_FOR_WHOM = Text("Bagi siapa", "For whom")
_EVERYBODY = Text("semua pegawai", "everybody")
_NEEDS = Text("Siapa yang memerlukan mentor", "Who needs a mentor")
_LEADS_TO = Text("Menuju", "Leads to")
_OPENING = Text("jabatan lowong (formasi) yang dituju", "the vacant post that is asked for")
_ACTING = Text("pelaksana tugas (Plt atau Plh) jabatan lowong", "acting (Plt or Plh) in the vacant post")
_NO_TARGET = Text("{0}; tidak berlaku bila tujuan itu tidak ada", "{0}; not for those for whom there is none")
_EFFECT = Text("Mulai berlaku", "Takes effect")
_EFFECT_ON = Text("pada tanggal berikutnya menurut [nilai {0}]({1})", "on the next date of those set")
_EFFECT_AFTER = Text(
    "pada tanggal pertama sesudahnya menurut [nilai {0}]({1})", "on the first date after that day, of those set"
)
_AT_ONCE = Text("pada hari itu juga", "on that very day")
_MONTH_OF = Text(
    "pada tanggal 1 bulan itu bila karena {0}; selain itu pada harinya",
    "on the first of that month when it is {0}; else on the day itself",
)
_NOT_DECIDED = Text(
    "Tidak diputus di sini, dinilai oleh pejabat yang berwenang", "Not decided here, for the competent official"
)
_READING = Text("Tafsir yang dipakai", "Reading taken")
_JUDGEMENT = Text("{0} ({1})", "{0} ({1})")
_PROTECTED = Text("Membaca atribut yang dilindungi", "Reads a protected attribute")
_STRENGTH = Text("Kekuatan", "Strength")
_OWED_BY = Text("Yang memikul kewajiban", "Who owes it")
_PERIOD = Text("Periode", "Period")
_PERIODS: dict[PeriodWord, Text] = {
    "calendar_year": Text("setiap tahun kalender", "each calendar year"),
    "half_year": Text("setiap semester", "each half of a year"),
    "rank": Text("sekali dalam setiap pangkat", "once in each rank"),
    "post": Text("sekali dalam setiap jabatan", "once in each post"),
}
_SEVERAL_YEARS = Text("setiap {0} tahun kalender, sejak tahun berlakunya", "each {0} calendar years, from the year in which it began")
_DUE = Text("Batas waktu", "Due")
_END_OF_PERIOD = Text("akhir periode", "the end of the period")
_PERIOD_START = Text("awal periode", "the start of the period")
_WITHIN = Text("{0} sejak {1}", "{0} from {1}")
_WHEN_OVER = Text("tidak ditentukan selama masih dipegang; sesudahnya lewat tenggat", "none while it is held; overdue when that is over")
_NO_DUE = Text("tidak ditentukan, sehingga tidak pernah lewat tenggat", "none is set, so it is never overdue")
_TAGS = Text("Tanda", "Tags")
_BUILDS_ON = Text("Bertumpu pada aturan", "Builds on")
_BORNE_BY = Text("Dipakai oleh aturan", "Built upon by")
_FULFILLED = Text("Terpenuhi bila", "Fulfilled when")
_WITHIN_BASE = Text("Memenuhi pula aturan yang memuatnya", "Also meets the rule that it lies within")
_WHEN = Text("Hanya bila", "Only when")
_EXEMPT = Text("Dibebaskan bila salah satu terpenuhi", "Exempt when any of these holds")
_WAIVABLE = Text("Dapat dikecualikan dengan surat oleh", "May be waived by letter of")
_MENTEE_LIKES = Text("Bagi mentee diutamakan, menurut bobot", "Preferred for the mentee, by weight")
_MENTOR_LIKES = Text("Bagi mentor diutamakan, menurut bobot", "Preferred for the mentor, by weight")
_WEIGHT = Text("{0} (bobot {1})", "{0} (weight {1})")
_WEIGHT_A_MONTH = Text("{0} (bobot {1} setiap bulan)", "{0} (weight {1} a month)")
_CAPACITY = Text("Mentee paling banyak bagi setiap mentor", "At most so many mentees for each mentor")
_FOLLOWS = Text("Ditanyakan pada hari", "Asked on the day of")
_LEAVES = Text("Meninggalkan dinas", "Leaves the service")
_LEFT: dict[Leaves, Text] = {
    "same_day": Text("sejak hari peristiwa itu", "from the day of the event"),
    "next_month": Text("sejak tanggal 1 bulan berikutnya", "from the first of the month after it"),
}
_SHARED = Text("syarat bersama", "shared condition")


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Writes the rules of a policy."""

    policy: Policy
    say: Sentences
    links: Links
    asks: frozenset[tuple[str, str]]
    """Which rule builds on which, as loaded."""

    @classmethod
    def of(cls, policy: Policy, say: Sentences, links: Links) -> Rulebook:
        """Find out which rules of a policy build on which."""
        rules = {rule for program in policy.programs for rule in program.rules}
        return cls(
            policy, say, links, frozenset((r.name, RuleId.of(other).name) for r in rules for other in r.builds_on)
        )

    # A whole rule

    def rule(self, section: str, declared: Declared[AnyRule]) -> list[str]:
        """Write a rule in full."""
        form = declared.form
        if form is None or isinstance(form, AdditionForm):
            return []
        name, own = declared.name, form.standing or "in_force"
        say = self._speaker(name).during(form.span)
        lines = [anchored(anchor(section, name), both(self.say.title(section, name)), 3), ""]
        lines += [f"`{name}` · {self.links.file(declared.place)}", ""]
        lines += [*bullets(self._about(say, name, form, own)), ""]
        return lines + self._asked(say, form, own)

    def _asked(self, say: Sentences, form: OwnRule, own: Standing) -> list[str]:
        """Write what a rule asks, and its warnings."""
        match form:
            case PromotionForm() | AwardForm():
                required = self._criteria(say, "require", form.require, own, form.within)
                return [*required, *self._criteria(say, "warn_when", form.warn_when, own)]
            case LeavingForm():
                return self._criteria(say, "require", form.require, own)
            case DutyForm():
                return self._fulfilled(say, form)
            case MentoringForm():
                may = self._criteria(say, "may_mentor", form.may_mentor, own)
                return [*may, *self._criteria(say, "pair_must", form.pair_must, own)]
            case _:
                assert_never(form)

    def addition(self, section: str, declared: Declared[AnyRule]) -> list[str]:
        """Write what a region adds to a rule of its base."""
        base, form, name = self.say.policy.declared(section, declared.name), declared.form, declared.name
        if base is None or base.form is None or not isinstance(form, AdditionForm):
            return []
        own: Standing = base.form.standing or "in_force"
        say = self._speaker(name)
        href = f"{base.region}.md#{anchor(section, name)}"
        lines = [anchored(anchor(section, name), both(self.say.title(section, name)), 3), ""]
        lines += [f"`{name}` · {self.links.file(declared.place)}", ""]
        lines += [f"[Aturan asalnya]({href}) tetap berlaku seluruhnya; daerah ini menambahkan:", ""]
        lines += [f"*[The rule itself]({href}) holds as it is; this region adds:*", ""]
        changed = self.links.changed(name)
        lines += [*bullets([noted(CHANGED, changed)]), ""] if changed else []
        left = self._left_open(say, form)
        lines += [*bullets(left), ""] if left else []
        return [*lines, *(line for word in CRITERIA for line in self._criteria(say, word, getattr(form, word), own))]

    def _speaker(self, name: str) -> Sentences:
        found = (r.target_type for p in self.policy.programs for r in p.rules if r.id == name)
        return replace(self.say, scopes=OPENING, target=next((t for t in found if t), None))

    # What stands above the criteria

    def _about(self, say: Sentences, name: str, form: OwnRule, own: Standing) -> list[Sentence]:
        said = [
            labelled(_IN_FORCE, [Sentence(span_text(say.span))]),
            noted(BASIS, say.cited(form.basis) or "–"),
            labelled(_STANDING, [Sentence(STANDINGS[own])]),
            *self._whom(say, form),
            *self._of_kind(say, form),
            *self._protected(say, form),
            *self._left_open(say, form),
        ]
        if form.reading is not None:
            said.append(labelled(_READING, [Sentence(form.reading)]))
        if form.tags:
            said.append(noted(_TAGS, ", ".join(spoken(tag.text) for tag in form.tags)))
        return [*said, *self._relations(name)]

    def _of_kind(self, say: Sentences, form: OwnRule) -> list[Sentence]:
        match form:
            case PromotionForm():
                return self._leads_to(say, form)
            case AwardForm():
                return self._follows(form.follows)
            case LeavingForm():
                return [labelled(_LEAVES, [Sentence(_LEFT[form.leaves])])]
            case DutyForm():
                return self._duty(say, form)
            case MentoringForm():
                return self._mentoring(say, form)
            case _:
                assert_never(form)

    def _whom(self, say: Sentences, form: OwnRule) -> list[Sentence]:
        if isinstance(form, MentoringForm) and form.needs_mentor is not None:
            return [labelled(_NEEDS, replace(say, scopes=MENTEE).condition(form.needs_mentor))]
        if form.applies_to is not None:
            return [labelled(_FOR_WHOM, say.condition(form.applies_to))]
        return [labelled(_FOR_WHOM, [Sentence(_EVERYBODY)])]

    def _leads_to(self, say: Sentences, form: PromotionForm) -> list[Sentence]:
        said = []
        if form.to is not None:
            said.append(labelled(_LEADS_TO, [Sentence(self._target(say, form.to))]))
        if form.takes_effect is not None:
            said.append(labelled(_EFFECT, [Sentence(self._effect(form.takes_effect))]))
        return [*said, *self._follows(form.follows)]

    def _follows(self, events: tuple[Name, ...]) -> list[Sentence]:
        return (
            [labelled(_FOLLOWS, [Sentence(joined(self.say.rule_title(one.text) for one in events))])] if events else []
        )

    def _target(self, say: Sentences, target: Target) -> Text:
        match target:
            case OpeningTarget(acting=acting):
                return _ACTING if acting else _OPENING
            case RankTarget(rank):
                return framed(_NO_TARGET, say.operand(DATE, None, rank))
            case FactTerm(name):
                return framed(_NO_TARGET, say.named_fact(name.text))
            case _:
                assert_never(target)

    def _effect(self, effect: EffectForm) -> Text:
        if effect.month_of is not None:
            return framed(_MONTH_OF, self.say.rule_title(effect.month_of.text))
        if effect.value is None:
            return _AT_ONCE
        pattern, name = _EFFECT_AFTER if effect.after else _EFFECT_ON, effect.value.text
        return Text(pattern.id.format(value_name(name), self.links.find("values", name)), pattern.en)

    def _duty(self, say: Sentences, form: DutyForm) -> list[Sentence]:
        said = [labelled(_STRENGTH, [Sentence(STRENGTHS[form.strength])])]
        if form.owed_by != "pegawai":
            said.append(labelled(_OWED_BY, [Sentence(OWING[form.owed_by])]))
        if form.every is not None:
            said.append(labelled(_PERIOD, [Sentence(_every(form.every))]))
        return [*said, labelled(_DUE, [Sentence(self._due(say, form))])]

    def _due(self, say: Sentences, form: DutyForm) -> Text:
        match form.due:
            case None:
                if form.every in ("rank", "post"):
                    return _WHEN_OVER
                return _END_OF_PERIOD if form.every is not None else _NO_DUE
            case NeverDue():
                return _NO_DUE
            case EndOfPeriod():
                return _END_OF_PERIOD
            case DueWithin(length, of):
                lasts = say.operand(DURATION, None, length) if length else _NO_DUE
                since = _PERIOD_START if of and of.text == "period" else say.named_fact(of.text) if of else None
                return framed(_WITHIN, lasts, since) if since else lasts
            case _:
                assert_never(form.due)

    def _mentoring(self, say: Sentences, form: MentoringForm) -> list[Sentence]:
        likes = ((form.mentee_prefers, _MENTEE_LIKES), (form.mentor_prefers, _MENTOR_LIKES))
        said = [labelled(label, self._preferences(say, given)) for given, label in likes if given]
        if form.capacity is not None:
            said.append(labelled(_CAPACITY, [Sentence(say.operand(NUMBER, None, form.capacity))]))
        return said

    def _preferences(self, say: Sentences, preferences: Iterable[PreferenceForm]) -> list[Sentence]:
        pair = replace(say, scopes=PAIR)
        said = []
        for one in preferences:
            fact, weight = pair.fact(one.fact.text), str(one.weight)
            words = _WEIGHT_A_MONTH if fact.type.kind is Kind.DURATION else _WEIGHT
            said.append(Sentence(framed(words, fact.label, Text(weight, weight))))
        return said

    def _protected(self, say: Sentences, form: OwnRule) -> list[Sentence]:
        said = []
        for name, basis in form.protected:
            source = say.citation(basis)
            label = say.fact(name if name == "birth_date" else f"protected.{name}").label
            said.append(Sentence(framed(Text("{0} ({1})", "{0} ({1})"), label, source)))
        return [labelled(_PROTECTED, said)] if said else []

    def _left_open(self, say: Sentences, form: OwnRule | AdditionForm) -> list[Sentence]:
        """Say what only an official judges, each with its article and its days."""
        said = []
        for one in form.not_decided:
            source = say.citation(one.basis)
            text = framed(_JUDGEMENT, one.text, source)
            said.append(
                Sentence(text, () if one.span == ALWAYS else (labelled(_IN_FORCE, [Sentence(span_text(one.span))]),))
            )
        return [Sentence(_NOT_DECIDED, tuple(said))] if said else []

    def _relations(self, name: str) -> list[Sentence]:
        """Say which rules this one builds on, and which build on it."""
        below = sorted({other for rule, other in self.asks if rule == name and other != name and not of_service(other)})
        above = sorted({rule for rule, other in self.asks if other == name and rule != name and not of_service(rule)})
        pairs = ((_BUILDS_ON, below), (_BORNE_BY, above))
        return [labelled(label, [Sentence(joined(map(self.say.rule_title, names)))]) for label, names in pairs if names]

    # Criteria

    def _criteria(
        self,
        say: Sentences,
        word: CriteriaWord,
        forms: Iterable[CriterionForm],
        own: Standing,
        within: LiesWithin | None = None,
    ) -> list[str]:
        label, scopes = CRITERIA[word]
        say = replace(say, scopes=scopes)
        said = [self._criterion(say, form, own) for form in forms]
        if within is not None and within.rule is not None:
            said.append(self._within(within.rule))
        return [f"**{label.id}** · *{label.en}*", "", *bullets(said), ""] if said else []

    def _within(self, rule: Name) -> Sentence:
        title = self.say.rule_title(rule.text)
        return Sentence(_bold(_WITHIN_BASE), (Sentence(title), noted(WRITTEN, self.links.file(rule.place))))

    def _criterion(self, say: Sentences, form: CriterionForm, own: Standing) -> Sentence:
        shared = self.say.policy.shared(form.use.text) if form.use else None
        span = say.span.cut(form.span) or ALWAYS
        say = say.during(span)
        said = [*say.condition(shared.condition if shared else None), *say.condition(form.own)]
        if form.span != ALWAYS:
            said.append(labelled(_IN_FORCE, [Sentence(span_text(span))]))
        if form.when is not None:
            said.append(labelled(_WHEN, say.condition(form.when)))
        if form.exempt:
            said.append(Sentence(_EXEMPT, tuple(self._alternative(say, one) for one in form.exempt)))
        if form.waivable is not None:
            said.append(noted(_WAIVABLE, f"{form.waivable.by} ({say.cited(form.waivable.basis)})"))
        weak = form.standing or (shared.standing if shared else None) or own
        if weak == "illustrative":
            said.append(labelled(_STANDING, [Sentence(STANDINGS[weak])]))
        reading = form.reading or (shared.reading if shared else None)
        if reading is not None:
            said.append(labelled(_READING, [Sentence(reading)]))
        said.append(self._sourced(say, form, shared))
        name = form.name.text
        title = form.title or (shared.title if shared else Text(name, name))
        return Sentence(Text(f"**{title.id}** (`{name}`)", title.en), tuple(said))

    def _sourced(self, say: Sentences, form: CriterionForm, shared: SharedForm | None) -> Sentence:
        """Say the basis, and where it is written; a shared condition is written elsewhere."""
        source = say.cited(form.basis) or (say.cited(shared.basis) if shared else "")
        where = self.links.file(form.name.place)
        declared = say.policy.declared("conditions", form.use.text) if form.use else None
        if declared is not None:
            where += f"; {both(_SHARED)} {self.links.file(declared.place)}"
        return noted(BASIS, f"{source} — {where}") if source else noted(WRITTEN, where)

    def _alternative(self, say: Sentences, form: ExemptionForm) -> Sentence:
        said, source = say.condition(form.condition), say.cited(form.basis)
        if source:
            said = (*said, noted(BASIS, source))
        if form.standing == "illustrative":
            said = (*said, labelled(_STANDING, [Sentence(STANDINGS[form.standing])]))
        return labelled(form.title, said) if form.title else Sentence(joined([s.text for s in said], "; "))

    def _fulfilled(self, say: Sentences, form: DutyForm) -> list[str]:
        if form.fulfilled_when is None:
            return []
        said = [*say.condition(form.fulfilled_when), noted(WRITTEN, self.links.file(form.fulfilled_place))]
        return [f"**{_FULFILLED.id}** · *{_FULFILLED.en}*", "", *bullets(said), ""]


def _bold(text: Text) -> Text:
    return Text(f"**{text.id}**", text.en)


def _every(period: Every) -> Text:
    """Say how often a duty is owed."""
    if isinstance(period, SeveralYears):
        return framed(_SEVERAL_YEARS, Text(str(period.count), str(period.count)))
    return _PERIODS[period]
