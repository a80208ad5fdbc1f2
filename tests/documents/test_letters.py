"""Letters as offices write them: one of each kind in both languages, to the letter; the same words in each format."""

import io
import re
import subprocess
import tomllib
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from shutil import which

import pytest

from asnpolicy import Engine, PolicyError
from asnpolicy.decisions.texts import LANGUAGES, TEXTS
from asnpolicy.people import Agency
from asnpolicy.people.ranks import Rank
from asnpolicy.report.letters.issuer import NOBODY, Issuer
from asnpolicy.report.letters.notice import notice
from asnpolicy.report.letters.notice_kind import NoticeKind, kind_of, kinds_of
from tests.behaviour.letters import DAY, NIP, only, person
from tests.browser import BROWSER, as_built

FOLDER = Path(__file__).with_name("letters")
LATE = only({"rank": "III/a", "since": "2022-10-02"})
SANCTION = only({"level": "ringan", "since": "2026-08-01", "until": "2027-02-01", "final": True})
LEAVE = only({"kind": "cuti-besar", "since": "2025-01-01", "until": "2025-06-01"})
ACTIVE = {
    "service_status": "aktif", "birth_date": "1986-09-26", "unit": "dinas-a", "leaves": only(),
    "posts": only({"kind": "pelaksana", "title": "Pengolah Data", "since": "2015-05-01", "until": "ongoing", "acting": False}),
}  # fmt: skip
AGENCY = Agency.model_validate({"units": [{"code": "dinas-a", "name": "Dinas Pendidikan", "part_of": "none"}]})
KINDS = {
    "refusal": ("kenaikan", {"ranks": LATE}),
    "consideration": ("kenaikan", {"sanctions": SANCTION}),
    "request": ("kenaikan", {"sanctions": {"records": [], "complete_since": None}}),
    "not_yet": ("kenaikan", {"appraisals": only({"year": 2024, "rating": "Baik"}), "known_on": "2026-01-15"}),
    "proposal": ("kenaikan", {}),
    "result": ("kenaikan", {}),
    "pension": ("pensiun", {"birth_date": "1968-09-20", "nip": "196809202015051001"}),
    "pension-before": ("pensiun", {}),
    "reminder": ("jp", {}),
    "reminder-overdue": ("jp@previous", {}),
    "office_duty": ("cuti-besar", {"leaves": LEAVE}),
    "office_duty-appraiser": ("penilaian", {}),
    "advice": ("lokakarya", {}),
    "fulfilled": ("jp", {"trainings": only({"code": "a", "hours": 20, "completed_on": "2026-03-01", "passed": True})}),
    "statement": ("cuti-besar", {}),
    "blanks": ("kenaikan", {"ranks": LATE, "name": None}),
}
"""What each letter is of: the rule, and what differs in the person."""
LETTERS = [(name, lang) for name in KINDS for lang in LANGUAGES]


@cache
def engine():
    return Engine.load(FOLDER / "kota-contoh")


def office():
    return Issuer.model_validate(tomllib.loads((FOLDER / "kantor.toml").read_text(encoding="utf-8")))


def decided(what, **but):
    rule, differs = KINDS[what]
    return engine().decide(person(**ACTIVE | differs | but), rule, as_of=DAY, agency=AGENCY)


def letter(what, **but):
    issuer = NOBODY if what == "blanks" else office()
    return notice(decided(what, **but), issuer, kind="result" if what == "result" else None)


def shown(name, lang):
    """Return a letter as Markdown, without what changes with the library and the policy."""
    text, decision = letter(name).markdown(lang), decided(name)
    return text.replace(decision.policy, "KODE").replace(f"asnpolicy {decision.library}", "asnpolicy VERSI")


@pytest.mark.parametrize(("name", "lang"), LETTERS)
def test_each_letter_is_written_as_it_was_agreed(name, lang):
    """What the person, the appraiser and the agency read, to the letter."""
    assert shown(name, lang) == (FOLDER / f"{name}.{lang}.md").read_text(encoding="utf-8")


def test_there_is_a_letter_of_every_kind():
    """No kind without an example; each example is of the kind that it is named by."""
    assert {name.partition("-")[0] for name in KINDS} - {"blanks"} == set(NoticeKind)
    for name in KINDS:
        if name not in ("blanks", "result"):
            assert kind_of(decided(name)) == name.partition("-")[0]


def words(markdown):
    """Return the words of Markdown, without its signs."""
    return re.findall(r"[^\W_]+|[✗?✓≈–]", re.sub(r"^---$|\\", "", markdown, flags=re.M))


@pytest.mark.parametrize(("name", "lang"), LETTERS)
def test_every_format_says_the_same(name, lang):
    """The office document, opened again, and the page have the words of the Markdown, in its order."""
    docx = pytest.importorskip("docx")
    written = letter(name)
    expected = words(written.markdown(lang))
    document = docx.Document(io.BytesIO(written.docx(lang)))
    assert words("\n".join(one.text for one in document.paragraphs)) == expected
    page = re.sub(r"(?s)^.*<body>|</body>.*$", "", written.html(lang))
    plain = unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<li>", "<li>№ ", page)))
    kop = words(expected_head(written, lang))
    assert [one.casefold() for one in words(plain.replace("№", ""))][len(kop) :] == [
        one.casefold() for one in numbered_away(written.markdown(lang))
    ][len(kop) :]


def expected_head(written, lang):
    """Return the lines above the place and the day."""
    return written.markdown(lang).partition("\n\n")[0]


def numbered_away(markdown):
    """Return the words without the numbers of lists, which a browser writes itself."""
    return words(re.sub(r"^\d+\. ", "", markdown, flags=re.M))


def test_a_document_is_the_same_bytes_each_time():
    """No time of making stands in it."""
    pytest.importorskip("docx")
    assert letter("refusal").docx("both") == letter("refusal").docx("both")


OFFICE = which("soffice") or which("libreoffice")


@pytest.mark.skipif(OFFICE is None, reason="no office program is installed (LibreOffice Writer)")
def test_an_office_program_makes_pages_of_a_document(tmp_path):
    """One letter, opened by LibreOffice and printed: two pages, the signature on the first, the annex on the second."""
    pytest.importorskip("docx")
    (tmp_path / "surat.docx").write_bytes(letter("pension").docx("id"))
    own = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    asked = [OFFICE, own, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "surat.docx")]
    subprocess.run(asked, check=True, capture_output=True, timeout=120)  # an office program, on our own file
    made = (tmp_path / "surat.pdf").read_bytes()
    assert made.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", made)) == 2
    if (reader := which("pdftotext")) is not None:
        read = subprocess.run([reader, str(tmp_path / "surat.pdf"), "-"], check=True, capture_output=True, text=True)
        first, second, _ = read.stdout.split("\f")
        assert "NIP 197001011995032001" in first
        assert "Tembusan" in first
        assert second.startswith("Lampiran: rincian pemeriksaan")


def test_without_the_extra_the_way_to_it_is_told(monkeypatch):
    """As of the workbook: what it needs, and how to get it."""
    monkeypatch.setattr("asnpolicy.report.letters.letter_docx.find_spec", lambda _: None)
    with pytest.raises(PolicyError, match=r"a docx document needs the extra `docx`.*\n.*asnpolicy\[docx\]"):
        letter("refusal").docx()


# What letters never say


@pytest.mark.parametrize("name", [name for name in KINDS if name not in ("refusal", "blanks")])
def test_only_a_refusal_reads_as_one(name):
    """No objection where nothing is refused; what is not determined asks for data."""
    text = letter(name).markdown("id")
    assert "keberatan dapat diajukan" not in text
    assert "Saudara belum memenuhi syarat" not in text


def test_no_rank_and_no_day_stays_a_code():
    """Ranks are written out, but for what an office wrote itself; days have the name of their month."""
    for name, lang in LETTERS:
        text = letter(name).markdown(lang).replace("800/III/a/2026", "")
        for found in re.finditer(r"(?<=.{30})\b[IV]+/[a-e]", text, re.S):
            title = Rank.of(found[0]).title
            assert text[: found.start()].endswith(f"{title} ("), text[found.start() - 40 :][:60]
        assert not re.search(r"\d{4}-\d{2}-\d{2}", text)


def test_what_the_office_did_not_give_is_a_row_of_dots():
    """Nothing is made up: not a number, not a place, not who signs."""
    text = letter("blanks").markdown("id")
    for line in (
        "**........ (NAMA INSTANSI)**", "........, ........", "- Nomor: ........", "- Sifat: ........", "Yth. Sdr. ........ (nama)",
        "kepada ........, melalui ........, paling lambat ........", "........ (jabatan),", "........ (pangkat)", "NIP ........",
        "1. ........ (tembusan)",
    ):  # fmt: skip
        assert line in text, line


def test_no_copies_are_none():
    """An empty list is an answer."""
    assert "Tembusan" not in notice(decided("refusal"), Issuer(copies=[])).markdown("id")


def test_a_copy_for_others_masks_the_number():
    """UU 27/2022: a number tells birth and sex; the addressee's own letter has it whole."""
    decision = decided("refusal")
    assert NIP in notice(decision).html("both")
    assert NIP not in notice(decision, mask=True).html("both")


@pytest.mark.parametrize("name", list(KINDS))
def test_a_kind_that_contradicts_the_decision_is_refused(name):
    """One sentence, with the kinds that there are."""
    decision = decided(name)
    for kind in NoticeKind:
        if kind in kinds_of(decision):
            notice(decision, kind=kind)
            continue
        with pytest.raises(PolicyError) as refused:
            notice(decision, kind=kind)
        [problem] = refused.value.problems
        assert str(kind) in problem.message and kinds_of(decision)[0] in str(problem.help)
    with pytest.raises(PolicyError, match="did you mean `refusal`"):
        notice(decision, kind="refusl")


def test_an_undetermined_decision_is_never_a_refusal():
    """Not even when it is asked for."""
    with pytest.raises(PolicyError, match="contradicts the decision, which is undetermined"):
        notice(decided("request"), kind="refusal")


# Names that do harm

HOSTILE = (
    "<script>alert('x')</script> & \u202e\x00\x1b[31m **tebal** [tautan](http://x)",
    "# judul\n\n---\n| a |",
    "1. satu",
    "- dua",
    "]]></w:t><w:r/>",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_damaged_name_is_only_text(name):
    """In each format: no element, no heading, no list, no control sign."""
    docx = pytest.importorskip("docx")
    issuer = Issuer(agency=name, number=name, copies=[name], signer={"name": name, "post": name})
    written, clean = (
        notice(decided("refusal", name=one), issuer if one is name else Issuer(agency="A", number="1", copies=["B"]))
        for one in (name, "Budi")
    )
    for text in (written.markdown("id"), written.html("id")):
        assert not [sign for sign in text if sign in "\x00\x1b\u202e"]
    shapes = [[re.match(r"\s*(?:#+|-(?= )|\d+\.|---|\*\*|\|)?", line)[0] for line in one.markdown("id").splitlines()] for one in (written, clean)]  # fmt: skip
    assert shapes[0] == shapes[1]
    tags = [re.findall(r"</?\w+", one.html("id")) for one in (written, clean)]
    assert tags[0] == tags[1]
    opened, plain = (docx.Document(io.BytesIO(one.docx("id"))) for one in (written, clean))
    assert len(opened.paragraphs) == len(plain.paragraphs)
    assert not re.search("[\x00\x1b\u202e]", "".join(one.text for one in opened.paragraphs))


# As a page



@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed, so that pages are not seen in it")
def test_the_page_is_printed_on_two_sheets_of_a4(tmp_path):
    """The letter on the first, the annex on the second; nothing is asked of elsewhere."""
    page, made = tmp_path / "letter.html", tmp_path / "letter.pdf"
    page.write_text(letter("consideration").html("id"), encoding="utf-8")
    command = [
        BROWSER,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--user-data-dir={tmp_path / 'user'}",
    ]
    done = subprocess.run(
        [*command, f"--print-to-pdf={made}", page.as_uri()], capture_output=True, check=False, timeout=120
    )
    assert made.is_file(), done.stderr
    printed = made.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2
    assert all(abs(float(side) - expected) < 2 for side, expected in zip(re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed).groups(), (595, 842), strict=True))  # fmt: skip


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed, so that pages are not seen in it")
def test_a_browser_reads_what_was_written(tmp_path):
    """The page as a browser builds it: the address in lines of its own, no element of a name."""
    page = tmp_path / "letter.html"
    page.write_text(letter("refusal", name=HOSTILE[0]).html("id"), encoding="utf-8")
    built = as_built(page, tmp_path)
    assert "<script" not in built
    assert f"<br>NIP {NIP}<br>Penata Muda (III/a)<br>Pengolah Data, Dinas Pendidikan</p>" in built
    assert built.count('class="kop"') == 1


def test_every_code_of_a_letter_is_used():
    """No wording of a letter for something that is never said."""
    codes = [code.removeprefix("letter.") for code in TEXTS["id"] if code.startswith("letter.")]
    formal = {"line.seen.same", "line.seen.open"}
    assert set(codes) - formal <= set(TEXTS["id"])


def test_today_is_not_asked():
    """A letter without a day has a blank, whatever the day is."""
    assert str(date.today().year + 1) not in letter("blanks").markdown("id").partition("Yth.")[0]
