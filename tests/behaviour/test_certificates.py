"""Certificates: complete, sealed, of one form, and decided again from themselves alone."""

import json
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from asnpolicy import Employee, Engine, Waiver
from asnpolicy.cli.files import written
from asnpolicy.decisions.certificate import Certificate, certificate_schema, hashes
from asnpolicy.decisions.trial import run
from asnpolicy.policy.cases import cases_of
from asnpolicy.policy.library import regions, shipped
from asnpolicy.problems import PolicyError, Problems
from tests.commands import run as asnpolicy
from tests.conformance.shipped import PEOPLE, UNKNOWN, draws, policy, typical_people

DAY = date(2026, 10, 1)
POLICY = """format: 1
region: kota
title: {id: Kota, en: Town}
sources: {s: Sumber 1/2020}
values:
  masa: {from: 2000-01-01, is: 4 years, basis: s pasal 2}
promotions:
  naik:
    title: {id: Naik, en: Up}
    basis: s pasal 1
    to: {fact: next_rank}
    not_decided: [{id: cakap, en: is able, basis: s}]
    require:
      masa: {title: {id: Masa, en: Time}, basis: s, waivable: {by: Wali, basis: s}, time_in_rank: {at_least: {value: masa}}}
      latih: {title: {id: Latih, en: Train}, basis: s, rule: {id: jam, in: [fulfilled]}}
duties:
  jam:
    title: {id: Jam, en: Hours}
    basis: s
    strength: wajib
    fulfilled_when: {training_hours: {at_least: 20}}
"""


@pytest.fixture
def town(tmp_path):
    """Write a small policy, and load it."""

    def made(text=POLICY, name="kota.yaml", **more):
        folder = tmp_path / f"made-{len(list(tmp_path.iterdir()))}" / "kota"
        folder.mkdir(parents=True)
        for file, content in {name: text, **more}.items():
            (folder / file).write_bytes(content.encode())
        return Engine.load(folder)

    return made


def person(**more):
    """Make somebody of whom everything is known that the small policy asks."""
    return Employee.model_validate({
        "nip": "198505052010011001", "name": "Budi", "employment": "PNS",
        "ranks": {"records": [{"rank": "III/a", "since": "2020-01-01"}], "complete_since": "all"},
        "trainings": {"records": [{"code": "a", "hours": 8, "completed_on": "2026-02-01"}], "complete_since": "all"},
        **more,
    })  # fmt: skip


def certified(engine, employee=None, rule="naik", as_of=DAY, **how):
    return engine.decide(employee or person(), rule, as_of=as_of, **how).certificate()


def sealed(certificate, **changed):
    """Change a certificate, and seal it again, as a forger would."""
    forged = certificate.model_copy(update=changed)
    seal, texts = hashes(forged)
    return forged.model_copy(update={"seal": seal, "texts": texts})


# Decided again


@pytest.mark.parametrize("region", regions())
def test_every_case_is_decided_again_from_its_certificate_alone(region):
    """Written as JSON and read again it is the same, its seal holds, and all that it says comes out again."""
    engine, results = Engine(policy(region)), set()
    cases = list(cases_of(engine.policy, Problems()))
    for case in cases[:: max(len(cases) // PEOPLE, 1)]:
        given = run(engine, case).decision.certificate()
        kept = Certificate.model_validate_json(given.model_dump_json())
        assert kept == given
        assert kept.model_dump_json() == given.model_dump_json()
        assert kept.whole
        assert engine.verify(kept).differing == (), case.name
        results.add(given.state or given.verdict)
    assert {"eligible", "ineligible"} <= results


@pytest.mark.parametrize("unknown", UNKNOWN)
@pytest.mark.parametrize("region", ["nasional", "kota-semarang"])
def test_ugly_people_are_decided_again_too(region, unknown):
    """Days known in part, records twice, months rated twice, contradictions: what was settled stays so."""
    engine, other = Engine(policy(region)), Engine(policy(region), "definition")
    for draw in draws(region, unknown)[:6]:
        for at, asked in enumerate(draw.asked[:4]):
            for rule in draw.program.rules[at::3]:
                person = asked.mentee if rule.kind == "pair" else asked.employee
                given = {"agency": asked.agency, "mentor": asked.mentor if rule.kind == "pair" else None}
                try:
                    one = engine.decide(person, rule.id, as_of=draw.as_of, **given).certificate()
                except PolicyError:
                    continue
                assert other.verify(one).differing == (), (rule.id, person)


def test_a_waiver_is_part_of_what_is_decided_again(town):
    """And the letter that it rests on is named."""
    engine = town()
    waiver = Waiver(
        nip=person().nip, rule="naik", criterion="masa", approver="Wali", letter="1/2026", basis="s", since="2026-01-01"
    )
    late = person(ranks={"records": [{"rank": "III/a", "since": "2025-01-01"}], "complete_since": "all"})
    given = certified(engine, late, waivers=[waiver])
    assert (given.conditional_on, given.criteria[0].status) == (("1/2026",), "waived")
    assert engine.verify(given).reproduced
    assert [one.where for one in engine.verify(sealed(given, waivers=())).differing][:1] == ["conditional_on"]


def test_findings_are_taken_over_and_that_is_said(town):
    """A contradiction left a field unknown; the certificate has the field unknown, and what was found."""
    given = certified(town(), person(cpns_on="2019-01-01"))
    assert [one.code for one in given.findings] == []  # nothing of it was read
    doubled = {"rank": "III/b", "since": "2020-01-01"}
    ranks = {"records": [{"rank": "III/a", "since": "2020-01-01"}, doubled], "complete_since": "all"}
    engine = town()
    given = certified(engine, person(ranks=ranks))
    assert given.findings
    came = engine.verify(given)
    assert (came.reproduced, "findings" in came.taken_over) == (True, True)


# What a forger can't do unseen


@pytest.mark.parametrize(
    "changed",
    [
        {"nip": "198505052010011002"},
        {"as_of": DAY + timedelta(days=1)},
        {"rule": "jam"},
        {"policy": "0" * 64},
        {"library": "9.9"},
        {"verdict": "eligible"},
        {"facts": ()},
        {"because": ()},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_the_seal_is_over_all_that_it_says(town, changed):
    """Person, day, rule, policy, library, facts and result: none can be changed and leave the seal as it is."""
    given = certified(town())
    forged = given.model_copy(update=changed)
    assert not forged.whole
    assert hashes(forged)[1] == given.texts


def plainly(part, texts):
    """Put the texts of plain data aside, in their order."""
    if isinstance(part, dict) and part.keys() == {"id", "en"}:
        texts.append(part)
        return None
    if isinstance(part, dict):
        return {name: plainly(value, texts) for name, value in part.items()}
    return [plainly(one, texts) for one in part] if isinstance(part, list) else part


def digest(data):
    """Hash plain data as the page on keeping decisions says."""
    return sha256(json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


@pytest.mark.parametrize("region", regions())
def test_the_seal_can_be_worked_out_from_the_json_alone(region):
    """Whoever has only the line that is kept comes to the same two hashes: sorted keys, no spaces, texts apart."""
    engine = Engine(policy(region))
    cases = list(cases_of(engine.policy, Problems()))
    for case in cases[:: max(len(cases) // PEOPLE, 1)]:
        given, texts = json.loads(run(engine, case).decision.certificate().model_dump_json()), []
        seal, wording = given.pop("seal"), given.pop("texts")
        assert digest(plainly(given, texts)) == seal, case.name
        assert digest(texts) == wording, case.name


def test_waivers_and_letters_in_any_script_are_sealed_as_json_writes_them(town):
    """Quotes, line ends and signs of other scripts stand in the seal as in the line that is kept."""
    waiver = Waiver(
        nip=person().nip, rule="naik", criterion="masa", approver="Wali", letter='"1"\n\\é\u2028', basis="s", since="2026-01-01",
        until="2027-01-01",
    )  # fmt: skip
    late = person(ranks={"records": [{"rank": "III/a", "since": "2025-01-01"}], "complete_since": "all"})
    given, texts = json.loads(certified(town(), late, waivers=[waiver]).model_dump_json()), []
    seal, wording = given.pop("seal"), given.pop("texts")
    assert (digest(plainly(given, texts)), digest(texts)) == (seal, wording)


def test_what_was_seen_of_one_person_is_not_told_of_another():
    """An engine that has certified many gives each the certificate and the text that a new engine gives."""
    policy_, warm = policy("jakarta"), Engine(policy("jakarta"))
    cases = list(cases_of(policy_, Problems()))
    for case in cases:
        run(warm, case).decision.certificate()
    for case in cases[:: max(len(cases) // 12, 1)]:
        one, other = run(warm, case).decision, run(Engine(policy_), case).decision
        assert one.certificate() == other.certificate(), case.name
        assert one.explain("en") == other.explain("en"), case.name


def test_a_wording_has_a_hash_of_its_own(town):
    """A better title leaves the seal, so that the decision stays the same one; that the text was changed is seen."""
    one, other = certified(town()), certified(town(POLICY.replace("id: Masa,", "id: Masa dalam pangkat,")))
    assert (one.seal, one.policy) == (other.seal, other.policy)
    assert one.texts != other.texts
    assert not one.model_copy(update={"title": other.criteria[0].title}).whole
    came = town(POLICY.replace("id: Masa,", "id: Masa dalam pangkat,")).verify(one)
    assert (came.reproduced, came.texts_differ) == (True, True)


def test_who_seals_anew_is_found_by_deciding_again(town):
    """The seal shows that it is whole, not that it is true: another verdict or another fact does not come out."""
    engine, given = town(), certified(town())
    [other] = engine.verify(sealed(given, verdict="eligible")).differing
    assert (other.where, other.certified, other.now) == ("verdict", "eligible", "ineligible")
    longer = [one.model_copy(update={"value": one.value.replace('"hours":8', '"hours":30')}) for one in given.facts]
    where = [one.where for one in engine.verify(sealed(given, facts=tuple(longer))).differing]
    assert where[:2] == ["verdict", "because"]
    assert "criteria[latih].status" in where


@pytest.mark.parametrize("value", ["{", '"no rank"', '{"records":[{"rank":"X/y"}]}', "[3]"])
def test_facts_that_are_none_are_told(town, value):
    """In one sentence, whatever stands there."""
    given = certified(town())
    facts = [one.model_copy(update={"value": value}) if one.name == "ranks" else one for one in given.facts]
    with pytest.raises(PolicyError, match="the facts of the certificate can't be read"):
        town().verify(given.model_copy(update={"facts": tuple(facts)}))


def test_another_policy_is_told_with_all_that_comes_out_otherwise(town):
    """First that it is another one, then what it changes."""
    given = certified(town())
    differing = town(POLICY.replace("is: 4 years", "is: 9 years")).verify(given).differing
    assert [one.where for one in differing] == [
        "policy", "because", "basis", "criteria[masa].status", "criteria[masa].seen[0].wanted[0]", "criteria[masa].possible_from",
    ]  # fmt: skip


# What it holds


def test_it_holds_what_was_read_and_nothing_else(town):
    """No name, no field that the rule did not ask; what was read has its value."""
    given = certified(town())
    assert {(one.whose, one.name) for one in given.facts} == {("employee", "ranks"), ("employee", "trainings")}
    assert "Budi" not in given.model_dump_json()
    trainings = next(json.loads(one.value) for one in given.facts if one.name == "trainings")
    assert trainings == {"complete_since": "all", "records": [{"code": "a", "completed_on": "2026-02-01", "hours": 8}]}


def test_each_criterion_says_what_it_saw_also_of_another_rule(town):
    """And that rule's own criteria are there too, with what they saw."""
    given = certified(town())
    masa, latih = given.criteria
    assert [(one.fact, one.word, one.value, one.wanted) for one in masa.seen] == [
        ("time_in_rank", "at_least", "2020-01-01", ("48 months",))
    ]
    assert [(one.fact, one.value, one.wanted) for one in latih.seen] == [("jam", "failed", ("held",))]
    assert [(one.basis, one.standing) for one in masa.cites] == [("Sumber 1/2020, pasal 2", "in_force")]
    [jam] = given.built_on
    assert (jam.id, jam.applies, jam.holds) == ("jam", "held", "failed")
    assert [(one.fact, one.value, one.wanted) for one in jam.criteria[0].seen] == [("training_hours", "8", ("20",))]
    assert (given.basis, [one.text.en for one in given.not_decided]) == (("Sumber 1/2020",), ["is able"])


def test_all_certificates_have_one_form(staff_certificates):
    """Frames take them as they are: no key has one type here and another there."""
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(staff_certificates, infer_schema_length=None)
    assert frame.height == len(staff_certificates)
    assert frame["as_of"].dtype == polars.Date
    assert frame["verdict"].to_list() == [one.verdict for one in staff_certificates]
    whole = polars.DataFrame([one.model_dump(mode="json") for one in staff_certificates], infer_schema_length=None)
    assert whole.select(polars.col("criteria").list.len()).to_series().to_list() == [
        len(one.criteria) for one in staff_certificates
    ]


def test_pandas_takes_them_too(staff_certificates):
    """One row each, one column a key."""
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([one.model_dump(mode="json") for one in staff_certificates])
    assert list(frame.columns) == list(Certificate.model_fields)


@pytest.fixture(scope="module")
def staff_certificates():
    """Give the certificates of all rules of a region for some people."""
    engine = Engine(policy("jakarta"))
    file = Path(__file__).parents[2] / "examples" / "workforces" / "jakarta.jsonl"
    people = [Employee.model_validate_json(line) for line in file.read_text(encoding="utf-8").splitlines()[:3]]
    return [one.certificate() for each in people for one in engine.assess(each, as_of=DAY)]


def test_the_schema_that_is_shipped_is_that_of_this_library():
    """`asnpolicy schema certificate` writes it; each key is needed, and none is left out."""
    kept = json.loads((shipped() / "certificate.schema.json").read_text(encoding="utf-8"))
    assert kept == certificate_schema()
    assert set(kept["required"]) == set(kept["properties"]) == set(Certificate.model_fields)


# What a policy is


def test_the_digest_is_of_what_a_policy_means(town):
    """Comments, line ends, spaces, names and number of files, the order of declarations, titles: all of no matter."""
    values, rest = POLICY.partition("promotions:")[0], "promotions:" + POLICY.partition("promotions:")[2]
    head = POLICY.partition("values:")[0]
    rules, duties = rest.partition("duties:")[0], "duties:" + rest.partition("duties:")[2]
    same = [
        town(),
        town(POLICY.replace("\n", "\r\n")),
        town("# catatan\n" + POLICY.replace("basis: s pasal 2", "basis: s pasal 2 ")),
        town(POLICY.replace("en: Town", "en: The town")),
        town(head + duties + rules + values.partition("sources:")[2].partition("\n")[2]),
        town(values, "z.yaml", **{"a.yaml": head + rest}),
    ]
    assert len({one.policy.digest for one in same}) == 1


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("4 years", "5 years"),
        ("s pasal 2", "s pasal 3"),
        ("wajib", "dianjurkan"),
        ("Sumber 1/2020", "Sumber 2/2020"),
        ("at_least: 20", "above: 20"),
        ("by: Wali", "by: PPK"),
        ("in: [fulfilled]", "in: [fulfilled, not_applicable]"),
        ("masa: {title", "lama: {title"),
    ],
)
def test_whatever_it_means_otherwise_has_another_digest(town, was, now):
    """A number, an article, a word, a name."""
    assert town(POLICY.replace(was, now, 1)).policy.digest != town().policy.digest


# The command


def test_the_command_says_what_is_reproduced_and_what_differs(town, tmp_path):
    """By the policy that is named; with status 1 when anything differs or can't be read, 2 when there is nothing."""
    engine = town()
    given, file = certified(engine), tmp_path / "kept.jsonl"
    folder = engine.policy.paths[0]
    with written(str(file)) as out:
        out.write(given.model_dump_json() + "\n")
    done = asnpolicy("verify", file, "--policy", folder)
    assert (done.returncode, done.stderr) == (0, "1 of 1 certificates reproduced\n")
    assert done.stdout == "1: ********201001*001 naik 2026-10-01: ineligible: reproduced\n"
    forged = sealed(given, verdict="eligible").model_dump_json()
    file.write_text(f"{forged}\n\n{{}}\n", encoding="utf-8")
    done = asnpolicy("verify", file, "--policy", folder)
    assert done.returncode == 1
    assert (
        done.stdout
        == "1: ********201001*001 naik 2026-10-01: eligible: differs\n  verdict: certified eligible; now ineligible\n"
    )
    done_in_indonesian = asnpolicy("--lang", "id", "verify", file, "--policy", folder)
    assert done_in_indonesian.stdout.splitlines()[1:] == ["  verdict: tercatat eligible; sekarang ineligible"]
    assert f"{file}:3: `as_of` is missing   [wrong-data]\n" in done.stderr
    assert "0 of 1 certificates reproduced, 1 could not be decided" in done.stderr
    file.write_text("", encoding="utf-8")
    done = asnpolicy("verify", file)
    assert (done.returncode, "there is no certificate" in done.stderr) == (2, True)


def test_certificates_of_a_shipped_region_are_verified_by_its_name(tmp_path):
    """As `assess` writes them; `--quiet` tells only what differs."""
    staff = Path(__file__).parents[2] / "examples" / "workforces" / "surakarta.jsonl"
    one, kept = tmp_path / "one.jsonl", tmp_path / "kept.jsonl"
    one.write_text(staff.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    made = asnpolicy("assess", "surakarta", one, "--as-of", DAY, "--format", "certificates", "-o", kept)
    assert made.returncode == 0, made.stderr
    done = asnpolicy("verify", kept, "--quiet")
    assert (done.returncode, done.stdout) == (0, ""), done.stdout


FIGURES = """format: 1
region: kota
title: {id: Kota, en: Town}
figures:
  per_jam: {title: {id: Nilai satu pelatihan, en: Value of one training}, of: trainings, if: {hours: {at_least: 10}}, then: {fact: record.hours}, otherwise: 1}
  nilai: {title: {id: Nilai, en: Value}, unit: {id: poin, en: points}, sum: {of: per_jam}}
  separuh: {title: {id: Separuh, en: Half}, times: [{figure: nilai}], divide: {by: 2, round: 1}}
  batas: {title: {id: Batas, en: Bar}, if: {rank: {at_least: III/c}}, then: 20.5, otherwise: {figure: separuh}}
promotions:
  naik:
    title: {id: Naik, en: Up}
    to: {fact: next_rank}
    require:
      nilai: {title: {id: Nilai, en: Value}, separuh: {at_least: {fact: batas}}}
"""


def test_a_certificate_holds_what_its_figures_were_worked_out_from(town):
    """Each part and each record, as machines read them, under the seal, and again as texts; they come out again."""
    engine = town(FIGURES)
    trained = [{"code": "a", "hours": 8, "completed_on": "2026-02-01"}, {"code": "b", "hours": 14, "completed_on": "2026-03-01"}]
    kept = certified(engine, person(trainings={"records": trained, "complete_since": "all"}))
    (seen,) = kept.criteria[0].seen
    made_of = [
        (0, "plus", "nilai", "15"),
        (1, "plus", "trainings", "15"),
        (2, "record", "trainings[2026-02-01]", "1"),
        (2, "record", "trainings[2026-03-01]", "14"),
        (0, "divide", "", "2"),
    ]
    assert [(one.depth, one.how, one.of, one.value) for one in seen.parts] == made_of
    assert [(one.depth, one.how, one.of, one.value) for one in seen.required_parts] == [
        (0, "against", "batas", "7.5"),
        (1, "taken", "separuh", "7.5"),
        *((depth + 2, *rest) for depth, *rest in made_of),
        (1, "decided", "", "failed"),
        (2, "test", "", "failed"),
    ]
    assert seen.parts[0].told.en == "Value: 15 points"
    assert Certificate.model_validate_json(kept.model_dump_json()) == kept
    assert engine.verify(kept).reproduced


def test_a_forged_part_of_a_figure_is_found(town):
    """Another value breaks the seal; sealed again, it does not come out again. Another wording is no difference."""
    engine = town(FIGURES)
    kept = certified(engine)
    (criterion,), (seen,) = kept.criteria, kept.criteria[0].seen
    assert [one.value for one in seen.parts] == ["1", "1", "1", "2"]

    def forged(**changed):
        parts = (seen.parts[0].model_copy(update=changed), *seen.parts[1:])
        facts = (seen.model_copy(update={"parts": parts}),)
        return {"criteria": (criterion.model_copy(update={"seen": facts}),)}

    assert not kept.model_copy(update=forged(value="2")).whole
    found = engine.verify(sealed(kept, **forged(value="2")))
    assert [(one.where, one.certified, one.now) for one in found.differing] == [("criteria[nilai].seen[0].parts[0].value", "2", "1")]
    reworded = engine.verify(sealed(kept, **forged(told=seen.parts[1].told)))
    assert (reworded.reproduced, reworded.texts_differ) == (True, True)


def test_what_is_required_of_added_up_time_is_certified_in_whole_months():
    """What was seen is added up in thirty-firsts of a month; what it is held to is written as the policy has it."""
    person = next(iter(typical_people("nasional")))
    written = Engine.load("nasional").decide(person, "kenaikan-pangkat-reguler", as_of=date(2026, 10, 1)).certificate()
    seen = [one for criterion in written.criteria for one in criterion.seen if one.value.endswith("/31 months")]
    assert seen
    assert {one.wanted for one in seen} == {("48 months",)}
