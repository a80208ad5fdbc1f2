"""Issuing: how a command is told who writes its letters, and how it writes them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import typer
from pydantic_core import from_json

from asnpolicy.cli.asking import check_format
from asnpolicy.cli.files import written, written_bytes
from asnpolicy.cli.output import day_of, wrong_use
from asnpolicy.problems import PolicyError
from asnpolicy.report.letters.issuer import Issuer
from asnpolicy.report.letters.letter import Letter
from asnpolicy.report.letters.letter_docx import check_installed
from asnpolicy.text import phrase

FORMATS = ("md", "html", "docx")
OFFICE = typer.Option(help="a TOML or JSON file with the office that writes: its head, who signs, where an answer goes")
NUMBER = typer.Option(help="the number of the letter")
DATED = typer.Option(help="when it is signed, such as 2026-10-05")
DEADLINE = typer.Option(help="until when an answer is due, a day or words such as `21 hari kerja`")
LETTER_FORMAT = typer.Option(help="md (Markdown), html or docx")
MOST = 1_000_000
"""No office needs a longer file, in bytes."""


def issuer_of(office: str | None, *, number: str | None, dated: str | None, deadline: str | None) -> Issuer:
    """Return who writes a letter: the office of the file, and what is of this letter alone; raises PolicyError."""
    own = {"number": number, "day": day_of(dated, "--dated") if dated else None, "deadline": deadline}
    given = {} if office is None else _read(office)
    try:
        return Issuer.model_validate(given | {name: one for name, one in own.items() if one is not None})
    except PolicyError as error:
        if office is None:
            raise
        raise wrong_use(
            phrase(
                en="`{office}` is no office: {message}",
                id="`{office}` bukan data kantor: {message}",
                office=office,
                message=error.problems[0].message,
            ),
            phrase(
                en='write it like `agency = "BKPSDM"`; leave out what is to be filled in by hand',
                id='tulis seperti `agency = "BKPSDM"`; hapus yang akan diisi dengan tangan',
            ),
        ) from None


def _read(path: str) -> dict[str, Any]:
    """Read the file of an office: JSON where its name says so, else TOML."""
    file, help_ = Path(path), phrase(en="give a TOML or a JSON file", id="beri berkas TOML atau JSON")
    if not file.is_file():
        raise wrong_use(phrase(en="there is no file `{path}`", id="tidak ada berkas `{path}`", path=path), help_)
    with file.open("rb") as opened:
        text = opened.read(MOST + 1)
    try:
        found = from_json(text) if file.suffix.lower() == ".json" else tomllib.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise wrong_use(
            phrase(
                en="`{path}` can't be read: {error}",
                id="`{path}` tidak dapat dibaca: {error}",
                path=path,
                error=str(error)[:200],
            ),
            help_,
        ) from None
    if not isinstance(found, dict) or len(text) > MOST:
        raise wrong_use(phrase(en="`{path}` is no office", id="`{path}` bukan data kantor", path=path), help_)
    return found


def check_letter(format: str, output: str | None, *, to_folder: bool = False) -> None:
    """Raise PolicyError for a format that is not known, or can't be written there."""
    check_format(format, FORMATS)
    if format != "docx":
        return
    check_installed()
    if output in (None, "-") and not to_folder:
        raise wrong_use(
            phrase(en="a docx document is written to a file", id="naskah docx ditulis ke berkas"),
            phrase(en="add `-o FILE.docx`", id="tambahkan `-o BERKAS.docx`"),
        )


def write_letter(letter: Letter, path: str | None, format: str, lang: str) -> None:
    """Write a letter to a file, or to standard output."""
    if format == "docx":
        with written_bytes(str(path)) as file:
            file.write(letter.docx(lang))
        return
    with written(path) as out:
        out.write(letter.html(lang) if format == "html" else letter.markdown(lang))


def folder_for_letters(path: str) -> Path:
    """Return a folder, made where it is not there; raises PolicyError for what is none."""
    folder = Path(path)
    if folder.exists() and not folder.is_dir():
        raise wrong_use(
            phrase(en="`{path}` is no folder", id="`{path}` bukan folder", path=path),
            phrase(en="give the name of a folder for the letters", id="beri nama folder untuk surat-suratnya"),
        )
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def whose(nip: str | None) -> str:
    """Return the number that was given; raises PolicyError where there is none."""
    if nip is None:
        raise wrong_use(
            phrase(en="nobody is named", id="belum disebut siapa"),
            phrase(en="add `--nip NIP`, or `--folder FOLDER` for everybody", id="tambahkan `--nip NIP`, atau `--folder FOLDER` untuk semua orang"),
        )  # fmt: skip
    return nip


def check_alone(given: dict[str, str | None]) -> None:
    """Raise PolicyError for what is of one letter, and can't be of many."""
    for option, value in given.items():
        if value is not None:
            raise wrong_use(
                phrase(
                    en="`{option}` is of one page, `--folder` writes many",
                    id="`{option}` untuk satu naskah, `--folder` menulis banyak naskah",
                    option=option,
                ),
                phrase(en="leave one of them out", id="hapus salah satunya"),
            )
