"""Notices: each decision has its letter, only one kind refuses, and nothing in a name can break the page."""

import json
import re
import tomllib
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from random import Random

import pytest

from asnpolicy import Engine
from asnpolicy.decisions.texts import TEXTS
from asnpolicy.policy.cases import typical
from asnpolicy.policy.library import regions
from asnpolicy.problems import Problems
from asnpolicy.report.letters.issuer import Issuer
from asnpolicy.report.letters.notice import notice
from asnpolicy.report.letters.notice_kind import NoticeKind, kind_of
from tests.behaviour.letters import DAY, NIP, POLICY, engine, only, person
from tests.commands import run
from tests.conformance.people import question

ISSUER = Issuer(
    agency="Badan Kepegawaian Kota Contoh", number="800/1/2026", place="Contoh", day="2026-10-05", objection_to="Kepala Badan",
    channel="loket 3", deadline="2026-11-02", signer={"name": "Siti Aminah", "post": "Kepala Badan", "nip": "197001011995032001"},
)  # fmt: skip
LATE = only({"rank": "III/a", "since": "2022-10-02"})
SANCTION = only({"level": "ringan", "since": "2026-08-01", "until": "2027-02-01", "final": True})
OBJECTION = "keberatan dapat diajukan"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return engine(tmp_path_factory.mktemp("policy"))


def letter(small, somebody, rule="kenaikan", issuer=ISSUER, **given):
    return notice(small.decide(somebody, rule, as_of=DAY), issuer, **given)


def test_grounds_without_a_basis_in_law_never_refuse(small):
    """The letter is a consideration under its heading, and has no section on objections."""
    text = letter(small, person(sanctions=SANCTION)).markdown()
    assert "- Hal: Bahan pertimbangan: " in text
    assert "\n**Pertimbangan internal; tidak menjadi dasar penolakan**\n" in text
    assert "bukan surat penolakan" in text
    assert OBJECTION not in text


def test_missing_data_are_asked_for_and_nobody_is_refused(small):
    """A request, with the data by name and where they go."""
    text = letter(small, person(sanctions={"records": [], "complete_since": None})).markdown()
    assert "- Hal: Permintaan kelengkapan data: " in text
    assert "data berikut:\n\n1. Riwayat hukuman disiplin selengkapnya, dengan keterangan sejak tanggal berapa" in text
    assert "Data dapat disampaikan kepada Kepala Badan, melalui loket 3, paling lambat 2 November 2026." in text
    assert "Surat ini bukan penolakan" in text
    assert OBJECTION not in text


def test_a_positive_letter_gives_no_right(small):
    """Meets the requirements to be proposed; the competent official decides."""
    text = letter(small, person()).markdown()
    assert "Saudara memenuhi syarat untuk diusulkan." in text
    assert "Pemberitahuan ini bukan penetapan dan tidak menimbulkan hak" in text
    assert "gives no right" in letter(small, person()).markdown("en")


def test_a_duty_is_reminded_of_and_a_past_period_can_not_be_made_up_for(small):
    """Owed: what to fulfil, until when; overdue: what to settle."""
    owed, overdue = letter(small, person(), "jp").markdown(), letter(small, person(), "jp@previous").markdown()
    assert "- Hal: Pengingat kewajiban: " in owed
    assert "masih dapat dipenuhi dalam jangka waktunya" in owed
    assert "- Batas waktu: 31 Desember 2026" in owed
    assert "telah melewati batas waktu" in overdue
    assert OBJECTION not in owed + overdue


def test_a_rule_for_others_is_told_as_such(small):
    """No refusal either: with the part of the rule that speaks of others."""
    pppk = person(nip="198609262022211001", employment="PPPK", cpns_on="none", pns_on="none", ranks=only())
    text = letter(small, pppk).markdown()
    assert "- Hal: Keterangan bukan sasaran aturan: " in text
    assert "- ✗ Status kepegawaian: PPPK; disyaratkan PNS" in text
    assert OBJECTION not in text


class Page(HTMLParser):
    """Reads a page strictly: every element is closed in order."""

    VOID = ("meta", "br")

    def __init__(self, text):
        super().__init__()
        self.open, self.seen, self.attributes, self.langs = [], [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        """Open an element."""
        self.seen.append(tag)
        self.attributes += [name for name, _ in attrs]
        self.langs += [value for name, value in attrs if name == "lang"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """Close the element that was opened last."""
        assert self.open.pop() == tag


HOSTILE = "<script>alert('x')</script> \"&amp; \u202e**tebal** [tautan](http://x)\n# judul |"


def test_a_hostile_name_is_only_text(small):
    """In HTML no element, attribute or turned direction comes of it; in Markdown no emphasis, link or heading."""
    issuer = Issuer(agency=HOSTILE, signer={"name": HOSTILE}, number=HOSTILE, channel=HOSTILE, objection_to=HOSTILE)
    written = letter(small, person(name=HOSTILE, ranks=LATE), issuer=issuer)
    page = Page(written.html("both"))
    assert set(page.seen) <= {
        "html", "head", "meta", "title", "style", "body", "article", "p", "h1", "h2", "table", "tr", "th", "td", "ol",
        "li", "div", "br", "b", "span",
    }  # fmt: skip
    assert not [name for name in page.attributes if name.startswith("on") or name in ("src", "href")]
    assert "\u202e" not in written.html() + written.markdown()
    text = written.markdown()
    assert "\\<script\\>" in text
    assert "\\*\\*tebal\\*\\* \\[tautan\\](http://x) \\# judul" in text


def test_the_page_needs_nothing_else_and_names_its_languages(small):
    """No address of anything outside; one article a language, Indonesian first."""
    text = letter(small, person(ranks=LATE)).html("both")
    assert not [word for word in ("http", "src=", "href=", "@import", "url(", "<script", "<link") if word in text]
    page = Page(text)
    assert page.langs == ["id", "id", "en"]
    assert [tag for tag in page.seen if tag in ("h1", "h2")].count("h1") == 2  # the annex of each
    assert text.startswith("<!doctype html>\n")


@pytest.mark.parametrize("region", regions())
def test_every_decision_has_a_letter_in_both_languages(region):
    """Whatever the rule, whoever comes: valid pages, as many lines in each language, and only refusals refuse."""
    engine_, day, met = Engine.load(region), date(2026, 10, 1), set()
    people = tuple(typical(engine_.policy, Problems()).values())
    rng = Random(region)
    for _ in range(6):
        asked = question(rng, day, 0.1, people)
        program = engine_.policy.program(day)
        for rule in program.rules:
            decision = engine_._decider.decide(program, rule.id, asked, asked.employee, ())
            written = notice(decision)
            met.add(kind_of(decision))
            indonesian, english = written.markdown("id"), written.markdown("en")
            assert len(indonesian.splitlines()) == len(english.splitlines())
            assert (OBJECTION in indonesian) == (kind_of(decision) is NoticeKind.REFUSAL)
            assert (kind_of(decision) is NoticeKind.REFUSAL) <= decision.refuses
            Page(written.html("both"))
    assert {NoticeKind.REFUSAL, NoticeKind.CONSIDERATION, NoticeKind.REQUEST, NoticeKind.STATEMENT} <= met


def test_each_kind_has_its_title_and_its_opening():
    """No letter without a word for what it is."""
    openings = {code.removeprefix("notice.open.") for code in TEXTS["id"] if code.startswith("notice.open.")}
    for kind in NoticeKind:
        assert f"notice.title.{kind}" in TEXTS["id"]
        assert kind in openings or kind in (NoticeKind.REMINDER, NoticeKind.OFFICE_DUTY)


# From the command line


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder with a policy, two people and an agency."""
    here = tmp_path_factory.mktemp("desk")
    (here / "kota-contoh").mkdir()
    (here / "kota-contoh" / "a.yaml").write_text(POLICY, encoding="utf-8")
    senior = person(nip="197001011995031002", name="Ani", cpns_on="1995-03-01")
    people = (person(ranks=LATE, supervisor="197001011995031002"), senior)
    (here / "staff.jsonl").write_text("\n".join(p.model_dump_json() for p in people), encoding="utf-8")
    opening = {"id": "kabid", "kind": "pengawas", "echelon": "IV.a", "vacancies": 1, "competencies": []}
    (here / "agency.json").write_text(json.dumps({"openings": [opening]}), encoding="utf-8")
    (here / "bad.json").write_text(json.dumps({"openings": [{"id": "kabid", "kind": "kepala"}]}), encoding="utf-8")
    (here / "office.toml").write_text('agency = "BKPSDM"', encoding="utf-8")
    (here / "office.json").write_text('{"agency": "BKPSDM", "deadline": "21 hari kerja"}', encoding="utf-8")
    (here / "wrong.toml").write_text('agency = "BKPSDM"\nofficial = "Siti"', encoding="utf-8")
    (here / "broken.toml").write_text("agency = BKPSDM", encoding="utf-8")
    (here / "list.json").write_text("[]", encoding="utf-8")
    return here


ASK = ("kota-contoh", "staff.jsonl", "--nip", NIP, "--as-of", "2026-10-01")


def test_the_command_writes_the_letter_to_a_file(desk):
    """HTML in both languages, from what is written on the command line."""
    options = (
        "--format",
        "html",
        "--lang",
        "both",
        "--office",
        "office.toml",
        "--deadline",
        "2026-11-02",
        "-o",
        "n.html",
    )
    done = run("notice", *ASK, "--rule", "kenaikan", *options, cwd=desk)
    assert (done.returncode, done.stdout) == (0, "")
    text = (desk / "n.html").read_text(encoding="utf-8")
    Page(text)
    assert "BKPSDM" in text
    assert "2 November 2026" in text


def test_everybody_gets_a_letter_whom_the_rule_is_for(desk):
    """In the order of the file, named by kind; nobody else gets one, and what is of one letter can't be of many."""
    every = ("notice", *ASK[:2], "--as-of", "2026-10-01", "--rule", "kenaikan", "--folder", "out")
    assert run(*every, "--format", "html", "--office", "office.toml", cwd=desk).returncode == 0
    names = sorted(path.name for path in (desk / "out").iterdir())
    assert names == ["00001-refusal.html", "00002-proposal.html"]
    assert "BKPSDM" in (desk / "out" / names[0]).read_text(encoding="utf-8")
    assert "`--number` is of one page" in run(*every, "--number", "1", cwd=desk).stderr
    assert "add `--nip NIP`" in run(*every[:-2], cwd=desk).stderr


def test_the_command_writes_an_office_document(desk):
    """A file that opens, from an office in JSON."""
    docx = pytest.importorskip("docx")
    assert (
        run(
            "notice",
            *ASK,
            "--rule",
            "kenaikan",
            "--format",
            "docx",
            "--office",
            "office.json",
            "-o",
            "n.docx",
            cwd=desk,
        ).returncode
        == 0
    )
    assert docx.Document(str(desk / "n.docx")).paragraphs[0].text == "BKPSDM"


def test_rules_into_posts_and_about_pairs_are_explained_from_the_command_line(desk):
    """With the agency's file and the target, or with the mentor's number."""
    national = ("nasional", *ASK[1:], "--rule", "pengangkatan-pengawas")
    done = run("explain", *national, "--agency", "agency.json", "--target", "kabid", cwd=desk)
    assert done.returncode == 0
    assert "Jabatan yang dituju: jabatan pengawas, eselon IV.a" in done.stdout
    assert "name it with --agency FILE --target ID" in run("explain", *national, cwd=desk).stderr
    pair = run("explain", *ASK, "--rule", "bimbingan/pair", "--mentor", "197001011995031002", cwd=desk)
    assert "Mentor: Ani (********199503*002)" in pair.stdout
    assert "Hasil: pasangan tidak dapat ditawarkan" in pair.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("notice", *ASK, "--rule", "kenaikan", "--format", "pdf"), "choose `md`, `html` or `docx`"),
        (("notice", *ASK, "--rule", "kenaikan", "--format", "docx"), "add `-o FILE.docx`"),
        (("notice", *ASK, "--rule", "kenaikan", "--kind", "proposal"), "a letter of kind `proposal` contradicts the decision, which is ineligible"),
        (("notice", *ASK, "--rule", "kenaikan", "--office", "nowhere.toml"), "there is no file `nowhere.toml`"),
        (("notice", *ASK, "--rule", "kenaikan", "--office", "wrong.toml"), "`wrong.toml` is no office: unknown key `official`"),
        (("notice", *ASK, "--rule", "kenaikan", "--office", "broken.toml"), "`broken.toml` can't be read: Invalid value"),
        (("notice", *ASK, "--rule", "kenaikan", "--office", "list.json"), "`list.json` is no office"),
        (("notice", *ASK, "--rule", "kenaikan", "--lang", "jv"), "choose `id`, `en` or `both`"),
        (("notice", *ASK, "--rule", "kenaika"), "did you mean `kenaikan`?"),
        (("notice", *ASK, "--rule", "kenaikan", "--dated", "5 Oktober"), "is not a date"),
        (("explain", *ASK, "--rule", "kenaikan", "--target", "kabid"), "add `--agency FILE`"),
        (("explain", *ASK, "--rule", "kenaikan", "--agency", "agency.json", "--target", "kabit"), "did you mean `kabid`?"),
        (("explain", *ASK, "--rule", "kenaikan", "--agency", "nowhere.json"), "there is no file `nowhere.json`"),
        (("explain", *ASK, "--rule", "kenaikan", "--agency", "bad.json"), "`openings[0].kind`: unknown kind of post `kepala`"),
        (("explain", *ASK, "--rule", "kenaikan", "--agency", "kota-contoh/a.yaml"), "is not valid JSON"),
        (("explain", *ASK, "--rule", "bimbingan/pair", "--mentor", "199001012015031001"), "nobody in the file has"),
    ],
)  # fmt: skip
def test_wrong_use_is_one_clear_sentence(words, sentence, desk):
    """Exit status 2, the value, the way out."""
    done = run(*words, cwd=desk)
    assert done.returncode == 2
    assert sentence in done.stderr


def test_the_command_has_help_with_examples(desk):
    """`--help` shows how it is used."""
    assert "Examples:" in run("notice", "--help", cwd=desk).stdout


def test_the_page_on_letters_names_every_kind_and_only_options_that_are_there(desk):
    """What the how-to shows can be done, and the office that it shows can be read."""
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "letters.md").read_text(encoding="utf-8")
    for kind in NoticeKind:
        assert TEXTS["id"][f"notice.title.{kind}"] in page
        assert f"`{kind}`" in page
    Issuer.model_validate(tomllib.loads(re.search(r"```toml\n(.*?)```", page, re.S)[1]))
    told = run("notice", "--help", cwd=desk).stdout
    for option in set(re.findall(r"--[a-z][a-z-]+", page)):
        assert option in told, option
