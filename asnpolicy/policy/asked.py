"""Asked: whether what a case asks of a rule can come out at all: on its day, with its words, about its post."""

from __future__ import annotations

from asnpolicy.language.rules import Rule
from asnpolicy.policy.policy import Policy
from asnpolicy.policy.surface.cases import OUTCOMES, CaseForm
from asnpolicy.problems import Problems, meant, unknown, write
from asnpolicy.text import Message, Text, phrase

CRITERION = Text("syarat", "criterion")


def check_asked(policy: Policy, form: CaseForm, rule: str, problems: Problems) -> None:
    """Tell what can't come out."""
    if form.as_of is None:
        return
    in_force = [program for program in policy.programs if rule in program.by_id]
    program = next((one for one in in_force if one.since <= form.as_of < one.until), None)
    if program is None:
        message = phrase(
            en="`{rule}` is not in force on {day}", id="`{rule}` tidak berlaku pada {day}", rule=rule, day=form.as_of
        )
        help = phrase(
            en="it begins on {since}: give a day on which it is in force",
            id="aturan itu berlaku sejak {since}: beri hari saat aturan itu berlaku",
            since=in_force[0].since,
        )
        problems.add("not-in-force", message, form.as_of_place, help)
        return
    _check_words(form, program.rule(rule), problems)
    _check_post(form, program.rule(rule), problems)
    _check_criteria(form, program.rule(rule), problems)
    _check_waived(form, program.rule(rule), problems)


def _check_words(form: CaseForm, rule: Rule, problems: Problems) -> None:
    """A duty has a state, everything else a verdict: of a duty that is owed and one that is overdue the verdict is one."""
    given = form.expected_places
    if rule.kind == "duty" and "verdict" in given and "state" not in given:
        message = phrase(
            en="`{rule}` is a duty, and a duty has a `state`", id="`{rule}` adalah kewajiban, dan kewajiban punya `state`",
            rule=rule.id,
        )  # fmt: skip
        problems.add("wrong-outcome", message, given["verdict"], _one_of("state"))
    if rule.kind != "duty" and "state" in given:
        message = phrase(
            en="`{rule}` is no duty: it has a `verdict`", id="`{rule}` bukan kewajiban: hasilnya sebuah `verdict`",
            rule=rule.id,
        )  # fmt: skip
        problems.add("wrong-outcome", message, given["state"], _one_of("verdict"))


def _one_of(word: str) -> Message:
    outcomes = [f"`{one}`" for one in OUTCOMES["state" if word == "state" else "verdict"]]
    known = Text(f"{', '.join(outcomes[:-1])}, atau {outcomes[-1]}", f"{', '.join(outcomes[:-1])} or {outcomes[-1]}")
    return phrase(en="write `{word}:` with {known}", id="tulis `{word}:` dengan {known}", word=word, known=known)


def _check_post(form: CaseForm, rule: Rule, problems: Problems) -> None:
    """A rule that leads into a vacant post is asked about one; without it nothing is met and nothing fails."""
    open_ends = {"undetermined", "not_applicable"}
    if rule.into_post and form.opening is None and dict(form.expected).get("verdict") not in open_ends:
        message = phrase(
            en="`{rule}` leads into a vacant post, and the case names none",
            id="`{rule}` menuju jabatan lowong, padahal kasus ini tidak menyebutnya",
            rule=rule.id,
        )
        problems.add("missing-opening", message, form.name.place, write("opening: {kind: pengawas, echelon: IV.a}"))


def _check_criteria(form: CaseForm, rule: Rule, problems: Problems) -> None:
    """What decides is one of the criteria of the rule."""
    known = {one.id for one in rule.criteria} | {"applies_to"}
    because = dict(form.expected).get("because")
    for name in because if isinstance(because, list) else ():
        if isinstance(name, str) and name not in known:
            place = form.expected_places["because"]
            problems.add("unknown-criterion", unknown(CRITERION, name), place, meant(name, known))


def _check_waived(form: CaseForm, rule: Rule, problems: Problems) -> None:
    """What is waived is a criterion of the rule, and one that somebody may waive."""
    known = {one.id: one for one in rule.criteria}
    for name in form.waived:
        if name.text not in known:
            problems.add("unknown-criterion", unknown(CRITERION, name.text), name.place, meant(name.text, known))
        elif known[name.text].waivable_by is None:
            may = [f"`{one.id}`" for one in rule.criteria if one.waivable_by]
            message = phrase(en="`{name}` takes no waiver", id="`{name}` tidak menerima pengecualian", name=name.text)
            help = phrase(
                en="what may be waived in `{rule}`: {what}", id="yang dapat dikecualikan pada `{rule}`: {what}",
                rule=rule.id, what=", ".join(may) if may else Text("tidak ada", "nothing"),
            )  # fmt: skip
            problems.add("not-waivable", message, name.place, help)
