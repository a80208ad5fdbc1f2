"""Names of posts that laws speak of, and other vocabularies: in whatever letters they are told, and a slip is nobody's."""

import re
from pathlib import Path

import pytest

from asnpolicy import Employee, PolicyError, PostRecord, WrongDataError
from asnpolicy.people.spelling.variants import written
from asnpolicy.people.titles import TITLES, as_asked, title_meant
from asnpolicy.report.catalogue import LABELS
from tests.behaviour.test_codes import read
from tests.behaviour.test_contradictions import BASE
from tests.behaviour.test_findings import of

KNOWN = {
    "Guru besar": "Guru Besar", "GURU  BESAR": "Guru Besar", "Profesor": "Guru Besar", "guru": "Guru", "Guru Kelas": "Guru",
    "Widya Iswara": "Widyaiswara", "Pengawas sekolah": "Pengawas Sekolah", "PENGAWAS SEKOLAH AHLI MADYA": "Pengawas Sekolah",
    "Guru\tBesar": "Guru Besar", "Dosen Ahli Madya": "Dosen",
}  # fmt: skip
SLIPS = ["Dossen", "Gutu", "Gru", "Guru Olahraga", "Penelit", "Widyaswara", "Guru Besra", "Dosen Tetap", "Dossen Ahli Madya"]
OTHERS = ["Analis SDM Aparatur", "Pranata Komputer", "Penyuluh Pertanian", "Perawat", "Gurindam", "Penilai Pemerintah"]
POST = {"kind": "fungsional", "jenjang": "Ahli Madya", "since": "2015-01-01", "until": "ongoing", "acting": False}


def held(title, **other):
    return of("posts", {**POST, "title": title, **other})


def title_of(person):
    return person.posts.records[0].title


@pytest.mark.parametrize(("written", "meant"), KNOWN.items())
def test_a_post_that_a_law_speaks_of_is_known_however_it_is_written(written, meant, tmp_path):
    """`Guru besar` would else be pensioned at the age of any other functional post."""
    (given,) = read(tmp_path, held(written))
    made = Employee.model_validate({**BASE, **held(written)})
    assert [title_of(given), title_of(made)] == [meant, meant]
    assert given.intake == ()


@pytest.mark.parametrize("written", SLIPS)
def test_a_slip_of_such_a_name_leaves_it_unknown_and_is_told(written, tmp_path):
    (given,) = read(tmp_path, held(written))
    assert title_of(given) is None
    assert [(found.code, found.unknown) for found in given.intake] == [("misspelt-code", ("posts[2015-01-01].title",))]
    with pytest.raises(PolicyError, match="is almost `"):
        Employee.model_validate({**BASE, **held(written)})


@pytest.mark.parametrize("written", OTHERS)
def test_other_posts_keep_their_names(written, tmp_path):
    (given,) = read(tmp_path, held(written))
    assert title_of(given) == written
    assert given.intake == ()


def test_outside_the_functional_ladder_no_name_is_a_slip(tmp_path):
    """There posts are called as each agency likes."""
    (given,) = read(tmp_path, held("Guru Bantu", kind="pelaksana", jenjang="none"))
    assert title_of(given) == "Guru Bantu"
    assert given.intake == ()


def test_a_name_that_was_read_is_read_again_as_it_is():
    for text in (*KNOWN, *OTHERS, *TITLES):
        once = as_asked(text)
        assert as_asked(once) == once == title_meant(once).text


def test_every_post_that_a_shipped_policy_names_is_known():
    """Else one letter would decide at which age somebody leaves."""
    written = "\n".join(file.read_text(encoding="utf-8") for file in Path("policies").rglob("*.yaml"))
    lists = re.findall(r"post_title: (?:\{not_in: )?\[([^\]]+)\]|post_title: ([A-Z][A-Za-z ]+)[,}\n]", written)
    asked = {text.strip() for many, one in lists for text in (many or one).split(",")}
    tables = re.findall(r"by: \[post_title, jenjang\](.*?)otherwise:", written, re.DOTALL)
    asked |= {text for rows in tables for text in re.findall(r"^ +([A-Z][A-Za-z ]+): \{", rows, re.MULTILINE)}
    assert {"Guru", "Widyaiswara", "Perekayasa"} <= asked
    assert asked <= set(TITLES)


@pytest.mark.parametrize("labels", LABELS, ids=lambda one: one.__name__)
def test_in_python_a_value_in_another_spelling_is_told_with_the_one_expected(labels):
    """However an office writes it, and in letters of any height: what was meant is named, and nothing else is."""
    for text, label in written(labels):
        for other in {text, text.upper(), text.lower()} - labels.texts().keys():
            with pytest.raises(ValueError, match="unknown") as refused:
                labels.of(other)
            assert f"did you mean `{label}`?" in str(refused.value), other


@pytest.mark.parametrize("ladder", [{"jenjang": "Ahli Muda"}, {"echelon": "IV.a"}, {"category": "keahlian"}])
@pytest.mark.parametrize("kind", ["FUNGSIONAL", "Fungsional", "Jabatan Fungsional", "JFT"])
def test_a_kind_in_another_spelling_is_refused_itself_and_not_for_what_stands_beside_it(kind, ladder):
    with pytest.raises(WrongDataError) as refused:
        PostRecord(kind=kind, since="2020-01-01", until="ongoing", **ladder)
    assert str(refused.value).startswith(f"`kind`: unknown kind of post `{kind}`; did you mean `fungsional`?")
    assert len(refused.value.problems) == 1
