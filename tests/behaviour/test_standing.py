"""How a decision stands in law: it is asked again with everything taken away that has no basis there."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from asnpolicy import Employee, Engine, PolicyError
from asnpolicy.decisions.reading import distinct
from asnpolicy.decisions.standing import InLaw, for_the_same, loosely_founded
from asnpolicy.decisions.trial import run
from asnpolicy.language.bounds import Bounds
from asnpolicy.language.rules import HELD, observations_of
from asnpolicy.people.service import evidence_for
from asnpolicy.policy.cases import cases_of
from asnpolicy.policy.library import regions
from asnpolicy.problems import Problems
from asnpolicy.report.letters.notice import notice
from asnpolicy.report.letters.notice_kind import NoticeKind, kind_of
from tests.conformance.shipped import UNKNOWN, draws, own, policy

DAY = date(2026, 10, 1)
BASE = """
format: 1
region: dasar
title: {id: Dasar, en: Base}
regions_may_add: [awards]
sources: {uu: UU 1/2000, praktik: 'Praktik yang lazim, bukan peraturan'}
values:
  masa: {from: 2000-01-01, is: 3 years, basis: uu pasal 2, region_may: {at_least: 3 years, at_most: 6 years, basis: uu pasal 9}}
tables:
  jam:
    by: rank
    versions:
      - from: 2000-01-01
        basis: uu pasal 3
        region_may: {at_least: 10, at_most: 40, basis: uu pasal 9}
        rows: {III/a: 10, III/b: {is: 20, basis: praktik, standing: illustrative}, III/c: {is: 12, basis: uu pasal 4}}
        otherwise: 10
promotions:
  naik:
    title: {id: Naik, en: Up}
    basis: uu pasal 1
    to: {fact: next_rank}
    not_decided: [{id: berkelakuan baik, en: the person is of good conduct, basis: uu pasal 5}]
    require:
      masa:
        title: {id: Masa dalam pangkat, en: Time in rank}
        basis: uu pasal 1
        time_in_rank: {at_least: {value: masa}}
        reading: {id: dihitung tanpa putus, en: counted unbroken}
duties:
  latih:
    title: {id: Latih, en: Train}
    basis: uu pasal 3
    strength: wajib
    fulfilled_when: {training_hours: {at_least: {table: jam}}}
"""
HEAD = """
format: 1
region: daerah
extends: dasar
title: {id: Daerah, en: Region}
sources: {uraian: 'Uraian kebijakan, bukan peraturan', perda: Perda 1/2020}
"""
FOUR = "values: {masa: {from: 2020-01-01, is: 4 years, basis: uraian, standing: illustrative}}\n"


@pytest.fixture
def load(tmp_path):
    """Write a base and a region beside it, and load the region."""

    def made(region="", base=BASE, name="daerah"):
        for folder, text in (("dasar", base), ("daerah", HEAD + region)):
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / f"{folder}.yaml").write_text(text, encoding="utf-8")
        return Engine.load(tmp_path / name)

    return made


def person(since="2015-01-01", rank="III/a", hours=15, **more):
    """Make somebody of whom everything is known."""
    return Employee.model_validate({
        "nip": "198505052010011001", "employment": "PNS", "service_status": "aktif",
        "ranks": {"records": [{"rank": rank, "since": since}], "complete_since": "all"},
        "trainings": {
            "records": [{"code": "a", "hours": hours, "completed_on": "2026-02-01"}], "complete_since": "all",
        },
        **more,
    })  # fmt: skip


def test_a_number_of_a_region_that_no_law_has_refuses_nobody_whom_the_law_would_pass(load):
    """Three years by law and four by a description: who has served three and a month is not refused in law."""
    decision = load(FOUR).decide(person("2023-09-01"), "naik", as_of=DAY)
    assert (decision.verdict.value, decision.standing, decision.refuses) == ("ineligible", "illustrative", False)
    assert [one.standing for one in decision.deciding] == ["illustrative"]
    assert kind_of(decision) is NoticeKind.CONSIDERATION


BOUND = """values:
  bagian: {from: 2000-01-01, is: 0.1, basis: uu pasal 2, region_may: {at_most: 0.123456, basis: uu pasal 9}}
  masa:"""


@pytest.mark.parametrize(("written", "kept"), [("0.123456", True), ("0.123457", False), ("0.1235", False), ("0.123455", True)])
def test_what_a_region_may_choose_is_bounded_to_the_last_digit(load, written, kept):
    """Six places are compared, and none of them is lost."""
    region = f"values: {{bagian: {{from: 2020-01-01, is: {written}, basis: perda}}}}\n"
    base = BASE.replace("values:\n  masa:", BOUND)
    if kept:
        assert load(region, base).policy.rules
    else:
        with pytest.raises(PolicyError, match="more than the base lets a region choose"):
            load(region, base)


def test_who_does_not_meet_the_law_either_is_refused_in_law(load):
    """Two years are too few with the region's number and without it; the basis of what decided names both."""
    decision = load(FOUR).decide(person("2024-10-01"), "naik", as_of=DAY)
    assert (decision.verdict.value, decision.standing, decision.refuses) == ("ineligible", "in_force", True)
    assert decision.basis == ("UU 1/2000, pasal 1", "Uraian kebijakan, bukan peraturan")


def test_a_number_of_a_region_with_a_law_of_its_own_refuses(load):
    """A perda within what the base leaves to regions is law."""
    engine = load("values: {masa: {from: 2020-01-01, is: 4 years, basis: perda}}\n")
    decision = engine.decide(person("2023-09-01"), "naik", as_of=DAY)
    assert (decision.standing, decision.basis) == ("in_force", ("UU 1/2000, pasal 1", "Perda 1/2020"))


def test_a_number_of_a_region_without_a_basis_has_none_in_law(load):
    """The basis of the base's number is none for another number."""
    decision = load("values: {masa: {from: 2020-01-01, is: 4 years}}\n").decide(person("2023-09-01"), "naik", as_of=DAY)
    assert (decision.verdict.value, decision.standing) == ("ineligible", "illustrative")


def test_the_basis_of_the_number_stands_beside_that_of_the_criterion(load):
    """Whoever reads the refusal sees which number comes from where, in both languages and on the letter."""
    decision = load(FOUR).decide(person("2024-10-01"), "naik", as_of=DAY)
    said = "Dasar nilai yang dipakai: Uraian kebijakan, bukan peraturan (bahan pertimbangan, belum berdasar hukum)"
    assert "    Dasar: UU 1/2000, pasal 1\n    " + said in decision.explain()
    assert "Basis of the value used: Uraian kebijakan, bukan peraturan (for consideration" in decision.explain("en")
    assert said in notice(decision).markdown().replace("\\", "")
    only = load(name="dasar").decide(person("2024-10-01"), "naik", as_of=DAY)
    assert "Dasar nilai yang dipakai: UU 1/2000, pasal 2\n" in only.explain()


@pytest.mark.parametrize(
    ("rank", "hours", "state", "standing"),
    [
        ("III/a", 9, "owed", "in_force"),
        ("III/b", 15, "owed", "illustrative"),
        ("III/b", 30, "fulfilled", "illustrative"),
        ("III/c", 11, "owed", "in_force"),
    ],
)
def test_each_row_of_a_table_stands_by_itself(load, rank, hours, state, standing):
    """Where neither base nor region has a number in law, it is not known what the law would say."""
    decision = load(name="dasar").decide(person(rank=rank, hours=hours), "latih", as_of=DAY)
    assert (decision.state.value, decision.standing) == (state, standing)


def test_the_basis_that_is_cited_is_that_of_the_row_which_counts(load):
    """Of a table with several, no other row's is named."""
    engine = load(name="dasar")
    of = {
        rank: engine.decide(person(rank=rank, hours=1), "latih", as_of=DAY).basis
        for rank in ("III/a", "III/b", "III/c")
    }
    assert of == {
        "III/a": ("UU 1/2000, pasal 3",),
        "III/b": ("UU 1/2000, pasal 3", "Praktik yang lazim, bukan peraturan"),
        "III/c": ("UU 1/2000, pasal 3", "UU 1/2000, pasal 4"),
    }


def test_a_cell_of_a_region_falls_back_to_that_of_the_base(load):
    """Ten hours by law and thirty by a description: twenty are enough in law."""
    cell = "{from: 2020-01-01, is: 30, basis: uraian, standing: illustrative}"
    engine = load(f"tables: {{jam: {{rows: {{III/a: {cell}}}}}}}\n")
    states = [engine.decide(person(hours=hours), "latih", as_of=DAY) for hours in (9, 20, 30)]
    assert [(one.state.value, one.standing) for one in states] == [
        ("owed", "in_force"), ("owed", "illustrative"), ("fulfilled", "in_force"),
    ]  # fmt: skip


def test_an_exemption_without_a_basis_in_law_carries_no_verdict_in_law(load):
    """Who passes by it alone does not pass in law; who needs it not, does."""
    exempt = "exempt: {pns: {title: {id: PNS, en: PNS}, standing: illustrative, employment: PNS}}\n        reading:"
    engine = load(base=BASE.replace("reading:", exempt), name="dasar")
    decided = [engine.decide(person(since), "naik", as_of=DAY) for since in ("2024-10-01", "2015-01-01")]
    assert [(one.verdict.value, one.standing) for one in decided] == [
        ("eligible", "illustrative"), ("eligible", "in_force"),
    ]  # fmt: skip
    assert "Hasil ini bertumpu pula pada bahan pertimbangan" in decided[0].explain()


RELATED = """promotions:
  naik:
    require:
      anjuran:
        title: {id: Anjuran, en: Advice}
        basis: uraian
        standing: STANDING
        ASKS
duties:
  rapat:
    title: {id: Rapat, en: Meeting}
    basis: uraian
    standing: illustrative
    strength: wajib
    tags: [rapat]
    fulfilled_when: {training_hours: {at_least: 100}}
"""


@pytest.mark.parametrize("asks", ["rule: {id: rapat, in: [fulfilled]}", "rules: {tag: rapat, in: [fulfilled]}"])
def test_a_rule_without_a_basis_in_law_founds_nothing_in_law(load, asks):
    """A criterion that says it is in force, and asks such a rule alone, is none in law."""
    engine = load(RELATED.replace("STANDING", "in_force").replace("ASKS", asks))
    decision = engine.decide(person(), "naik", as_of=DAY)
    assert (decision.because, decision.standing) == (("anjuran",), "illustrative")


@pytest.mark.parametrize(
    ("known", "verdict", "standing"),
    [(True, "eligible", "in_force"), (None, "undetermined", "illustrative"), (False, "ineligible", "illustrative")],
)
def test_a_criterion_without_a_basis_in_law_matters_where_it_changes_the_result(load, known, verdict, standing):
    """Met, it changes nothing; failed or not known, the law alone would say something else."""
    engine = load(RELATED.replace("STANDING", "illustrative").replace("ASKS", "interests: {has: a}"))
    interests = {True: ["a"], False: ["b"], None: None}[known]
    decision = engine.decide(person(interests=interests), "naik", as_of=DAY)
    assert (decision.verdict.value, decision.standing) == (verdict, standing)


def test_a_part_that_rests_on_nothing_in_law_is_taken_out_of_what_it_stands_in(load):
    """In `any` an alternative less, under `not` and `when` nothing: neither makes anything hold that would not."""
    asks = "rule: {id: rapat, in: [fulfilled]}"
    either = f"any: [{{{asks}}}, {{interests: {{has: a}}}}]"
    for text, interests, standing in (
        (either, ["b"], "in_force"),
        (f"not: {{{asks}}}", ["b"], "in_force"),
        (f"interests: {{has: a}}\n        when: {{{asks}}}", ["a"], "in_force"),
        (f"interests: {{has: a}}\n        when: {{{asks}}}", ["b"], "illustrative"),
    ):
        engine = load(RELATED.replace("STANDING", "in_force").replace("ASKS", text))
        decision = engine.decide(person(interests=interests), "naik", as_of=DAY)
        assert decision.standing == standing, text


def test_what_lies_within_a_rule_that_is_loosely_founded_is_so_too(load):
    """The region's own rule refuses by the base's, which refuses by a number of the region."""
    own = "promotions: {lanjut: {title: {id: L, en: L}, basis: perda, within: naik}}\n"
    decision = load(FOUR + own).decide(person("2023-09-01"), "lanjut", as_of=DAY)
    assert (decision.because, decision.standing) == (("within",), "illustrative")


# What only an official judges, and how a text is read

ADDED = """promotions:
  naik:
    not_decided:
      - {id: direkomendasikan, en: is recommended, basis: perda pasal 1}
      - {id: lulus wawancara, en: passes an interview, basis: perda pasal 2, until: 2026-01-01}
    require: {aktif: {title: {id: Aktif, en: Active}, basis: perda, service_status: aktif}}
  lanjut: {title: {id: L, en: L}, basis: perda, within: naik, not_decided: [{id: mau, en: is willing, basis: perda}]}
"""


def test_what_only_an_official_judges_is_the_bases_and_the_regions_together(load):
    """Of the day that is asked for; a rule within another takes over what is left open there."""
    engine = load(ADDED)
    left = {
        rule: [str(one.text.en) for one in engine.decide(person(), rule, as_of=DAY).not_decided]
        for rule in ("naik", "lanjut")
    }
    assert left == {
        "naik": ["the person is of good conduct", "is recommended"],
        "lanjut": ["is willing", "the person is of good conduct", "is recommended"],
    }


def test_a_positive_decision_is_said_under_the_condition_of_what_is_left_to_judge(load):
    """`Memenuhi syarat, sepanjang …`: on the explanation and on the letter, in both languages, with the article."""
    decision = load(ADDED).decide(person(), "naik", as_of=DAY)
    said = (
        "memenuhi syarat untuk diusulkan, sepanjang menurut penilaian pejabat yang berwenang: "
        "berkelakuan baik (UU 1/2000, pasal 5); direkomendasikan (Perda 1/2020, pasal 1)"
    )
    assert f"Hasil: {said}\n" in decision.explain()
    listed = (
        "memenuhi syarat untuk diusulkan, sepanjang menurut penilaian pejabat yang berwenang:\n\n"
        "1. Berkelakuan baik (Pasal 5 Undang-Undang Nomor 1 Tahun 2000)\n"
        "2. Direkomendasikan (Pasal 1 Peraturan Daerah Nomor 1 Tahun 2020)"
    )
    assert listed in notice(decision).markdown()
    assert "provided that the competent official finds that the person is of good conduct (UU 1/2000, pasal 5)" in decision.explain(
        "en"
    )


def test_it_changes_no_verdict_and_is_listed_with_every_other_one(load):
    """A refusal says it beside the criteria."""
    decision = load(ADDED).decide(person("2024-10-01"), "naik", as_of=DAY)
    assert decision.verdict.value == "ineligible"
    listed = "Tidak diputus di sini, dinilai oleh pejabat yang berwenang:\n  – Berkelakuan baik (UU 1/2000, pasal 5)\n"
    assert listed in decision.explain()
    assert "dinilai oleh pejabat yang berwenang:\n\n1. Berkelakuan baik (Pasal 5 Undang-Undang Nomor 1 Tahun 2000)" in notice(decision).markdown()


def test_which_reading_is_taken_is_told_with_what_rests_on_it(load):
    """On the decision, the explanation and the letter; a criterion that carries nothing does not speak."""
    refused = load(ADDED).decide(person("2024-10-01"), "naik", as_of=DAY)
    assert [text.en for text in refused.reading] == ["counted unbroken"]
    assert "    Tafsir yang dipakai: dihitung tanpa putus\n" in refused.explain()
    assert "Tafsir yang dipakai: dihitung tanpa putus" in notice(refused).markdown()
    other = load(ADDED).decide(person(service_status="pensiun"), "naik", as_of=DAY)
    assert (other.because, other.reading) == (("aktif",), ())


# What is shipped

NOUGHT = "angka_kredit_dasar"
"""Credit that nobody begins with: its practice is nought, and what adds nothing refuses nobody."""
NO_LAW = ("bukan peraturan", "Rekomendasi", "Praktik yang lazim")
"""What the titles of sources say that are none of law."""


def refusals(region):
    """Give the refusals in law of people drawn to a region, each with its engine."""
    engine = Engine(policy(region))
    cases = (run(engine, case).decision for case in cases_of(engine.policy, Problems()))
    yield from (decision for decision in cases if decision.refuses)
    for draw in (one for unknown in UNKNOWN for one in draws(region, unknown)):
        for asked in draw.asked:
            for rule in draw.program.rules:
                decision = _decided(engine, rule.id, asked)
                if decision.refuses:
                    yield decision


def _decided(engine, rule, asked):
    program = engine.policy.program(asked.as_of)
    return engine._decider.on(program, rule, asked, asked.employee, ())


@pytest.mark.parametrize("region", regions())
def test_compiled_law_says_of_everybody_what_the_definition_says_of_it(region):
    """Many are asked by compiled rules, one alone by the definition: their standing is the same."""
    engine, compared = Engine(policy(region)), set()
    for draw in (one for unknown in UNKNOWN for one in draws(region, unknown)):
        lawful = engine._decider.lawful(draw.program)
        assert lawful.whole
        for asked in draw.asked[:10]:
            for rule in lawful.rules:
                many, one = (InLaw(lawful, asked, at_once=at_once).result(rule) for at_once in (True, False))
                assert many == one, (rule, asked)
                compared.add(many and many[:2])
    assert len(compared) > 3


def test_where_no_number_has_a_basis_in_law_the_definition_alone_is_asked(load):
    """A cell that the law does not give is known to the definition as not known; compiled rules have no word for it."""
    engine = load(name="dasar")
    assert not engine._decider.lawful(engine.policy.program(DAY)).whole


def lacking(decision, day):
    """Give what the definition lacks for the verdict and for the day by which a duty is due, each by what would date it."""
    due = decision._bound.due
    open_ = None if due is None else decision.meaning.value(due)
    names = {*decision.outcome.missing, *(open_.missing if isinstance(open_, Bounds) else ())}
    return set(distinct(each for name in names for each in evidence_for(decision.employee, name, day)))


@pytest.mark.parametrize("region", regions())
def test_what_a_decision_lacks_does_not_hang_on_what_was_asked_before(region):
    """The definition remembers a person from rule to rule: in either order, and alone, the same is missing."""
    engine, undetermined = Engine(policy(region)), 0
    for draw in (one for unknown in UNKNOWN if unknown for one in draws(region, unknown)):
        for asked in draw.asked[:4]:
            ids = [rule.id for rule in draw.program.rules]
            forth = {rule: _decided(engine, rule, asked).missing for rule in ids}
            back = {rule: _decided(engine, rule, asked).missing for rule in reversed(ids)}
            alone = {rule: _decided(engine, rule, replace(asked)).missing for rule in ids}
            assert forth == back == alone
            for rule, missing in forth.items():
                decision = _decided(engine, rule, asked)
                assert decision.missing == missing
                assert [one.criterion.id for one in decision.outcome.findings] == [c.id for c in decision.rule.criteria]
                if missing and decision.verdict.value == "undetermined":
                    undetermined += 1
                    assert set(missing) == lacking(decision, asked.as_of) or decision.contradictions
    assert undetermined


@pytest.mark.parametrize("region", regions())
def test_whatever_is_shipped_without_a_law_behind_it_says_so(region):
    """Criteria, exemptions, values and cells, of every day: what cites a description or a practice is illustrative."""
    found = set()
    for program in Engine(policy(region)).policy.programs:
        for rule in (one for one in program.rules if one.standing == "in_force"):
            for criterion in rule.criteria:
                parts = [criterion, *criterion.exempt, *_cites(criterion)]
                found |= {(rule.id, criterion.id, one.basis) for one in parts if not _weak(one) and _no_law(one.basis)}
    assert not found


def _weak(part):
    return part.standing == "illustrative"


def _cites(criterion):
    trees = (criterion.tree, *(one.tree for one in criterion.exempt))
    return [cited for tree in trees for seen in observations_of(tree) for cited in seen.cites if cited.name != NOUGHT]


def _no_law(basis):
    return any(words in basis for words in NO_LAW)


def _in_law(basis):
    return bool(basis) and not _no_law(basis)


@pytest.mark.parametrize("region", [name for name in regions() if name != "nasional"])
def test_no_refusal_in_law_of_a_shipped_region_rests_on_a_description(region):
    """Each has a criterion with a law behind it and behind its numbers, or one that the national base fails too."""
    national, met = Engine(policy("nasional")), 0
    for decision in refusals(region):
        failed = [one for one in decision.deciding if one.standing == "in_force" and _in_law(one.basis)]
        if not failed and decision.because == ("within",):
            continue  # it is asked of the rule that this one lies within
        plain = [one for one in failed if all(_in_law(cited.basis) for cited in one.cites)]
        if not plain:
            base = _decided(national, decision.rule.id, decision.question)
            assert {one.id for one in failed} & set(base.because), (decision.rule.id, decision.deciding)
        met += 1
    assert met


@pytest.mark.parametrize("region", [name for name in regions() if name != "nasional"])
def test_who_is_plainly_not_meant_needs_no_second_asking(region):
    """Where the law has a rule for the same people, whom it is not for stays so in law: told sooner, and the same."""
    engine, sooner = Engine(policy(region)), 0
    for draw in (one for unknown in UNKNOWN for one in draws(region, unknown)):
        program = engine.policy.program(draw.as_of)
        loose = [rule for rule in loosely_founded(program) if program.by_id[rule].standing == "in_force"]
        for rule, asked in product(sorted(loose), draw.asked[:8]):
            decision = _decided(engine, rule, asked)
            same = decision._in_law.result(rule) == decision._comes_to
            assert decision.standing == ("in_force" if same else "illustrative"), (rule, asked)
            sooner += decision.statuses.applies != HELD and rule in for_the_same(decision.workings.lawful)
    assert sooner


@pytest.mark.parametrize("in_law", [False, True], ids=["as it is", "in law alone"])
@pytest.mark.parametrize("region", [name for name in regions() if name != "nasional"])
def test_a_region_grants_nothing_that_its_base_does_not(region, in_law):
    """On verdicts, and again with everything taken away that has no basis in law; what is owed is owed in the region too."""
    engine, national, granted = Engine(policy(region)), Engine(policy("nasional")), 0
    for rule, asked in questions(region, engine, national):
        here, base = (_holds(one, rule, asked, in_law=in_law) for one in (engine, national))
        assert here <= base, (rule, asked)
        granted += here == HELD
    assert granted


def questions(region, engine, national):
    """Give people, and rules in force that the region has otherwise than its base: from cases of both, and drawn."""
    for one in (engine, national):
        for case in cases_of(one.policy, Problems()):
            asked = run(one, case).decision.question
            changed = own(region)[engine.policy.program(asked.as_of)].by_id
            if case.rule in changed and _shared(national, case.rule, asked.as_of):
                yield case.rule, asked
    for draw in (one for unknown in UNKNOWN for one in draws(region, unknown)):
        for rule in (one.id for one in draw.program.rules if _shared(national, one.id, draw.as_of)):
            yield from ((rule, asked) for asked in draw.asked)


def _shared(national, rule, as_of):
    found = national.policy.program(as_of).by_id.get(rule)
    return found is not None and found.standing == "in_force"


def _holds(engine, rule, asked, *, in_law):
    """Say whether a rule applies and holds; in law alone, by the definition."""
    decision = _decided(engine, rule, asked)
    if not in_law:
        return min(decision.statuses.applies, decision.statuses.holds)
    outcome = decision._in_law.outcome(rule)
    return min(outcome.applies, outcome.holds)
