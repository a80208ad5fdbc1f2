"""In their language: messages and help in Indonesian and English, chosen by the option, the environment or the locale."""

import json
import os
import re
import subprocess
import sys

import pytest
import typer

from asnpolicy.cli.app import app
from asnpolicy.cli.help_id import INDONESIAN, is_example, on_one_line

NO_REGION = {"en": "unknown region `jakata`", "id": "daerah `jakata` tidak dikenal"}


def run(*words, cwd=None, **environment):
    """Run a command with nothing of the environment that chooses a language but what is given."""
    chosen = ("ASNPOLICY_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    env = {**{name: value for name, value in os.environ.items() if name not in chosen}, **environment}
    command = [sys.executable, "-m", "asnpolicy.cli", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, env=env, cwd=cwd, check=False)


@pytest.mark.parametrize(
    ("words", "environment", "lang"),
    [
        ((), {}, "en"),
        ((), {"LANG": "id_ID.UTF-8"}, "id"),
        ((), {"LANG": "id_ID.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ((), {"ASNPOLICY_LANG": "id", "LC_ALL": "C"}, "id"),
        (("--lang", "id"), {"LANG": "C"}, "id"),
        (("--lang", "en"), {"ASNPOLICY_LANG": "id"}, "en"),
    ],
)
def test_the_language_is_chosen(words, environment, lang):
    """The option before the variable, the variable before the locale; English else."""
    done = run("check", "jakata", *words, **environment)
    assert done.returncode == 2
    assert NO_REGION[lang] in done.stderr


def helps(command):
    """Give each paragraph of help and the help of each option, of a command and of those below it."""
    yield from re.split(r"\n\s*\n", command.help or "")
    yield from (option.help for option in command.params if getattr(option, "help", None))
    for below in getattr(command, "commands", {}).values():
        yield from helps(below)


def test_all_help_is_there_in_indonesian():
    """Whoever adds a command or an option adds its Indonesian; what is no longer said is taken out."""
    said = {on_one_line(text) for text in helps(typer.main.get_command(app)) if text and not is_example(text)}
    assert said - set(INDONESIAN) == set()
    assert set(INDONESIAN) - said == set()


SLIPS = {
    ("explain", "jakarta"): "Argumen 'employees' belum diberikan.",
    ("explain", "jakarta", "x"): "Opsi '--nip' belum diberikan.",
    ("chek",): "Perintah 'chek' tidak ada. Apakah maksud Anda 'check', 'schema'?",
    ("check", "--x"): "Opsi --x tidak ada.",
    ("assess", "jakarta", "x", "--as-of"): "Opsi '--as-of' memerlukan nilai.",
    ("assess", "jakarta", "x", "--jobs", "abc"): "Nilai untuk '--jobs' bukan bilangan bulat.",
}


@pytest.mark.parametrize("words", SLIPS, ids=" ".join)
def test_a_slip_in_the_words_of_a_command_is_told_in_indonesian(words):
    """With the usage and where help is; the exit status says wrong use, as in English."""
    told = run(*words, ASNPOLICY_LANG="id")
    assert (told.returncode, run(*words).returncode) == (2, 2)
    lines = told.stderr.splitlines()
    assert lines[-1] == f"Kesalahan: {SLIPS[words]}"
    assert not set(told.stderr.split()) & {"Usage:", "Try", "Error:", "[OPTIONS]", "COMMAND"}


def test_the_list_of_commands_says_what_each_does_to_the_end_of_the_sentence():
    """In both languages, with the headings of the language."""
    for lang, heads in (("en", ("Usage:", "Options:", "Commands:")), ("id", ("Pemakaian:", "Opsi:", "Perintah:"))):
        said = run("--help", ASNPOLICY_LANG=lang).stdout
        assert all(head in said for head in heads)
        assert "..." not in said.replace("[ARGS]...", "").replace("[ARGUMEN]...", "")
    assert "Tampilkan bantuan ini." in said


def test_help_speaks_indonesian():
    """`--help` follows the language too."""
    assert "Periksa kebijakan" in run("check", "--help", ASNPOLICY_LANG="id").stdout
    assert "Check policies" in run("check", "--help").stdout


def test_json_has_codes_and_words_that_no_language_changes(tmp_path):
    """A program that reads the output needs no sentence."""
    folder = tmp_path / "contoh"
    folder.mkdir()
    text = "format: 1\nregion: contoh\nextends: nasional\ntitle: {id: a, en: a}\nvaluess: {}\n"
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    found = {}
    for lang in ("en", "id"):
        [[problem]] = json.loads(run("check", folder, "--format", "json", "--lang", lang).stdout).values()
        found[lang] = problem
    assert found["en"]["message"] != found["id"]["message"]
    assert found["en"]["code"] == found["id"]["code"] == "unknown-key"
    assert found["en"]["words"]["word"] == found["id"]["words"]["word"] == "`valuess`"


# What is written is read


@pytest.fixture
def own(tmp_path):
    """Make a folder of policies with one region."""
    assert run("new", "region", "kota-salatiga", cwd=tmp_path).returncode == 0
    return tmp_path


def test_regions_of_one_s_own_are_found(own):
    """Without arguments in a folder of policies, by name, by path, by file, and by the folder of all."""
    folder = own / "policies"
    for words, cwd in (
        ((), own), ((), folder), ((), folder / "kota-salatiga"), (("kota-salatiga",), own),
        (("policies/kota-salatiga",), own), (("policies/kota-salatiga/kebijakan.yaml",), own), (("policies",), own),
    ):  # fmt: skip
        done = run("check", *words, cwd=cwd)
        assert done.returncode == 0, (words, done.stderr)
        assert "no problems" in done.stdout
        assert "jakarta" not in done.stdout


@pytest.mark.parametrize("name", ["tambahan.yml", "tambahan.YAML", "tambahan.yaml.txt", "arsip/lama.yaml"])
def test_what_is_not_read_is_told(own, name):
    """A file by another ending, or in a folder below, would be missed in silence."""
    path = own / "policies" / "kota-salatiga" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("format: [", encoding="utf-8")
    done = run("check", "kota-salatiga", cwd=own)
    assert done.returncode == 1
    assert f"{name.partition('/')[0]}` is not read" in done.stdout


def edit(own, old, new):
    """Change the file of the region."""
    path = own / "policies" / "kota-salatiga" / "kebijakan.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_case_that_can_t_be_asked_has_failed_and_the_others_run(own):
    """It is told with its place."""
    edit(
        own,
        "as_of: 2026-10-01\n    rule: kenaikan-pangkat-reguler\n    verdict: eligible",
        "as_of: 1990-10-01\n    rule: kenaikan-pangkat-reguler\n    verdict: eligible",
    )
    done = run("test", "kota-salatiga", cwd=own)
    assert done.returncode == 1
    assert "`kenaikan-pangkat-reguler` is not in force on 1990-10-01" in done.stdout
    assert "1 of 2 cases passed" in done.stdout


def test_without_a_case_nothing_has_passed(own):
    """A policy that nobody tested is no success."""
    path = own / "policies" / "kota-salatiga" / "kebijakan.yaml"
    path.write_text(path.read_text(encoding="utf-8").partition("cases:")[0], encoding="utf-8")
    done = run("test", "kota-salatiga", cwd=own)
    assert done.returncode == 1
    assert "there is no case" in done.stdout


def test_a_rule_without_a_case_is_named(own):
    """So that an author sees what is left to try."""
    edit(
        own,
        "# Contoh kasus",
        "awards:\n  teladan:\n    title: {id: Teladan, en: Model}\n    from: 2026-01-01\n    within: satyalancana-karya-satya-x\n    basis: usulan\n    require: {aktif: {title: {id: Aktif, en: Active}, basis: usulan, service_status: aktif}}\n# Contoh kasus",
    )
    done = run("test", "kota-salatiga", cwd=own)
    assert "no case is about: teladan" in done.stdout, done.stdout + done.stderr


def test_a_rule_is_shown_as_it_is_written(own):
    """An officer who installed the library has no file to open."""
    done = run("show", "nasional#kenaikan-pangkat-reguler", cwd=own)
    assert done.returncode == 0
    assert "kenaikan-pangkat.yaml:" in done.stdout
    assert "takes_effect: periode_kenaikan_pangkat" in done.stdout
    assert "did you mean" in run("show", "nasional#kenaikan-pangkat-regulr", cwd=own).stderr


def test_a_page_is_written_for_any_region(own):
    """It shows each name as it must be written."""
    assert run("page", "kota-salatiga", "-o", "docs", cwd=own).returncode == 0
    page = (own / "docs" / "kota-salatiga.md").read_text(encoding="utf-8")
    assert "`pelatihan`" in page
    assert (own / "docs" / "nasional.md").exists()
    html = (own / "docs" / "kota-salatiga.html").read_text(encoding="utf-8")
    assert "<code>pelatihan</code>" in html
    assert '<a href="nasional.html">nasional</a>' in html
    assert (own / "docs" / "nasional.html").exists()


def test_a_new_region_is_ready_for_an_editor(own):
    """Its first line names the schema, which lies beside; its titles are those of a city."""
    text = (own / "policies" / "kota-salatiga" / "kebijakan.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../policy.schema.json\n")
    assert (own / "policies" / "policy.schema.json").exists()
    assert "title: {id: Kebijakan karier ASN Kota Salatiga, en: Career policy of the City of Salatiga}" in text


@pytest.mark.parametrize(
    ("words", "environment", "head"),
    [((), {}, "Sumber"), (("--lang", "id"), {}, "Sumber"), (("--lang", "en"), {}, "Source"), ((), {"ASNPOLICY_LANG": "en"}, "Source")],
)
def test_a_language_named_before_the_command_is_that_of_its_answer(words, environment, head):
    """As is ASNPOLICY_LANG; without either an answer for officers is Indonesian, and `--lang` after the command has the last word."""
    asked = (*words, "sources", "surakarta", "--format", "table")
    assert head in run(*asked, **environment).stdout
    assert "Sumber" in run(*asked, "--lang", "id", **environment).stdout
