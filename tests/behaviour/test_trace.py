"""A trace tells by which steps an answer follows, and a back end that answers otherwise than the definition is refused."""

import pickle
from dataclasses import replace
from datetime import date

import pytest
from typer.testing import CliRunner

from asnpolicy import DisagreementError, Employee, Engine, PolicyError
from asnpolicy.backends import registry
from asnpolicy.backends.definition import Definition
from asnpolicy.cli.app import app
from asnpolicy.language.rules import FAILED, HELD
from asnpolicy.policy.cases import typical
from asnpolicy.problems import Problems
from tests.conformance.shipped import authors_cases, policy

pytest.importorskip("durable_rules_engine", reason="the extra `rete` is not installed (Python 3.13, or no C compiler)")
DAY = date(2026, 10, 1)
RULE = "kenaikan-pangkat-reguler"
GUIDANCE = "bimbingan-kenaikan-pangkat"
JAKARTA = Engine(policy("jakarta"))
PERSON = typical(policy("jakarta"), Problems())["pelaksana"]


def test_the_chain_of_a_jakarta_employee_is_told_firing_by_firing():
    """Last year's duty is overdue, so the promotion is barred, so guidance by a senior is due, which nobody gives yet."""
    chain = JAKARTA.decide(PERSON, GUIDANCE, as_of=DAY).trace().chain
    assert [(one.rule, one.part, one.criterion, one.status.value, one.after) for one in chain] == [
        ("dalam-dinas", "answer", None, "held", ()),
        ("jp-tahunan@previous", "applies", None, "held", (1,)),
        ("jp-tahunan@previous", "criterion", "fulfilled_when", "failed", ()),
        ("jp-tahunan@previous", "answer", None, "failed", (2, 3)),
        (RULE, "criterion", "pengembangan-kompetensi", "failed", (4,)),
        (RULE, "answer", None, "failed", (5,)),
        (GUIDANCE, "applies", None, "held", (1, 6)),
        (GUIDANCE, "criterion", "fulfilled_when", "failed", ()),
        (GUIDANCE, "answer", None, "failed", (7, 8)),
    ]
    promotion = JAKARTA.decide(PERSON, RULE, as_of=DAY).trace().chain
    assert [replace(one, what=None) for one in promotion] == [replace(one, what=None) for one in chain[:6]]


def test_the_chain_ends_where_its_first_link_does_not_hold():
    """With last year's hours the promotion is open, and nobody has to be guided."""
    trained = Employee.model_validate(
        PERSON.model_dump()
        | {"trainings": {"records": [{"hours": 20, "completed_on": date(2025, 5, 5)}], "complete_since": "all"}}
    )
    chain = JAKARTA.decide(trained, GUIDANCE, as_of=DAY).trace().chain
    assert (RULE, "answer", "held") in {(one.rule, one.part, one.status.value) for one in chain}
    assert [one.to("en").split(". ", 1)[1] for one in chain[-2:]] == [
        f"“Guidance by a senior for those whose promotion is held up” is not for this person (from {len(chain) - 2})",
        "Guidance by a senior for those whose promotion is held up: the duty is not for this person "
        f"(for consideration, not founded in law) (from {len(chain) - 1})",
    ]


def test_a_trace_reads_in_both_languages():
    """The chain as an officer and as a newcomer read it, with what is not law marked; every step on request."""
    trace = JAKARTA.decide(PERSON, GUIDANCE, as_of=DAY).trace()
    guidance = "Bimbingan senior bagi pegawai yang kenaikan pangkatnya tertahan"
    assert trace.text("id").splitlines() == [
        "Rangkaian penarikan kesimpulan (perantaian maju):",
        "  1. Masih dalam dinas (dari data)",
        "  2. “Pengembangan kompetensi tahunan (periode sebelumnya)” berlaku bagi pegawai ini (dari 1)",
        "  3. Pengembangan kompetensi tahunan (periode sebelumnya): syarat pemenuhannya tidak terpenuhi (dari data)",
        "  4. Pengembangan kompetensi tahunan (periode sebelumnya): kewajiban belum terpenuhi, sudah lewat tenggat (dari 2, 3)",
        "  5. Kenaikan pangkat reguler, syarat “Kewajiban JP tahun lalu”: tidak terpenuhi "
        "(bahan pertimbangan, belum berdasar hukum) (dari 4)",
        "  6. Kenaikan pangkat reguler: belum memenuhi syarat (dari 5)",
        f"  7. “{guidance}” berlaku bagi pegawai ini (dari 1, 6)",
        f"  8. {guidance}: syarat pemenuhannya tidak terpenuhi (dari data)",
        f"  9. {guidance}: anjuran belum diikuti (bahan pertimbangan, belum berdasar hukum) (dari 7, 8)",
    ]
    assert [line.strip() for line in trace.text("en").splitlines()[-4:]] == [
        "6. Regular rank promotion: does not yet meet the requirements (from 5)",
        "7. “Guidance by a senior for those whose promotion is held up” is for this person (from 1, 6)",
        "8. Guidance by a senior for those whose promotion is held up: what fulfils it is not met (from the data)",
        "9. Guidance by a senior for those whose promotion is held up: the advice was not followed yet "
        "(for consideration, not founded in law) (from 7, 8)",
    ]
    assert len(trace.text("en", whole=True).splitlines()) == len(trace) + 1 > len(trace.chain) + 20
    assert pickle.loads(pickle.dumps(trace)) == trace  # noqa: S301  # its own


def test_what_the_data_leave_open_is_listed():
    """Of somebody of whom nothing is known there is no answer, and the trace says so."""
    trace = JAKARTA.decide(Employee(nip="198609262015051001"), RULE, as_of=DAY).trace()
    assert all(step.part != "answer" or step.rule != RULE for step in trace)
    assert "Kenaikan pangkat reguler: hasilnya" in [one.to("id") for one in trace.open]
    assert "What the data leave open:" in trace.text("en")


def test_steps_follow_only_from_earlier_ones_and_end_as_the_decision_does():
    """For the cases of the authors, the answer of the trace is the verdict, and no step rests on a later one."""
    answers = set()
    for case in authors_cases("jakarta"):
        given = {"as_of": case.as_of, "target": case.opening, "agency": case.agency, "mentor": case.mentor}
        decision = JAKARTA.decide(case.employee, case.rule, **given)
        trace = decision.trace()
        assert all(max(step.after, default=0) < step.number for step in (*trace, *trace.chain))
        answer = [one.status.value for one in trace if one.rule == decision.rule.id and one.part == "answer"]
        held = {"eligible", "fulfilled", *(["not_applicable"] if decision.rule.kind == "duty" else [])}
        result = (decision.state or decision.verdict).value
        assert answer == ([] if decision.verdict == "undetermined" else ["held" if result in held else "failed"]), case
        answers.add(*answer or ["none"])
    assert answers == {"held", "failed", "none"}


def test_the_command_line_tells_the_chain(tmp_path):
    """`explain --trace` prints it under the explanation."""
    people = tmp_path / "people.jsonl"
    people.write_text(PERSON.model_dump_json(exclude_none=True), encoding="utf-8")
    asked = ("explain", "jakarta", str(people), "--nip", PERSON.nip, "--rule", RULE, "--as-of", str(DAY))
    plain, told = CliRunner().invoke(app, asked), CliRunner().invoke(app, [*asked, "--trace"])
    assert plain.exit_code == told.exit_code == 0
    assert told.output == plain.output + "\n" + JAKARTA.decide(PERSON, RULE, as_of=DAY).trace().text("id")


class Wrong(Definition):
    """A back end that takes every failed criterion for held."""

    def decide(self, rule, question):
        """Decide wrongly."""
        statuses = super().decide(rule, question)
        return statuses._replace(criteria=tuple(HELD if one == FAILED else one for one in statuses.criteria))


def test_another_package_brings_a_back_end_and_verification_finds_it_wrong(monkeypatch):
    """What is named under the entry point decides; where it differs from the definition nothing is answered."""

    class Brought:
        name = "wrong"

        def load(self):
            return Wrong

    monkeypatch.setattr(registry, "_brought", lambda: {"wrong": Brought()})
    assert registry.backends()[-1] == "wrong"
    assert Engine(policy("jakarta"), "wrong").decide(PERSON, RULE, as_of=DAY).verdict == "eligible"
    verified = Engine(policy("jakarta"), "wrong", verify=True)
    with pytest.raises(
        DisagreementError, match=r"the back end `wrong` answers Statuses.* to `kenaikan-pangkat-reguler`"
    ):
        verified.decide(PERSON, RULE, as_of=DAY)
    assert verified.decide(PERSON, "dalam-dinas", as_of=DAY).verdict == "eligible"


def test_a_verified_engine_stays_one_when_it_is_pickled():
    """And decides the same."""
    engine = pickle.loads(pickle.dumps(Engine.load("jakarta", backend="rete", verify=True)))  # noqa: S301  # its own
    assert engine.decide(PERSON, RULE, as_of=DAY).because == ("pengembangan-kompetensi",)
    assert engine._decider.verify


def test_a_back_end_that_is_not_there_is_told_with_those_that_are():
    """The names are those of the registry."""
    with pytest.raises(PolicyError, match="unknown back end `kolom`"):
        Engine.load("jakarta", backend="kolom")
