"""`asnpolicy new region`: a folder to begin a region with."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from asnpolicy.cli.files import PREFIX
from asnpolicy.cli.output import say, wrong_use
from asnpolicy.policy.library import find, regions, shipped
from asnpolicy.policy.starter import starter
from asnpolicy.text import phrase

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def new() -> None:
    """Begin something new."""


@app.command("region")
def region(
    name: Annotated[str, typer.Argument(help="small letters, digits and `-`")],
    base: Annotated[str, typer.Option(help="the region that it extends")] = "nasional",
    directory: Annotated[Path, typer.Option(help="where the folder is made")] = Path("policies"),
) -> None:
    """Make a folder with a policy file that loads, and a case that passes.

    \b
    Examples:
      asnpolicy new region kota-salatiga
      asnpolicy new region kota-salatiga --directory my-policies
    """
    if not name or not all(c.islower() or c.isdigit() or c == "-" for c in name) or not name.isascii():
        raise wrong_use(
            phrase(en="`{name}` is not a name for a region", id="`{name}` bukan nama daerah yang sah", name=name[:40]),
            phrase(
                en="use small letters, digits and `-`, such as `kota-salatiga`",
                id="pakai huruf kecil, angka, dan `-`, misalnya `kota-salatiga`",
            ),
        )
    if name in regions():
        raise wrong_use(
            phrase(
                en="`{name}` is a region that comes with the library",
                id="`{name}` adalah daerah yang disertakan bersama pustaka ini",
                name=name,
            ),
            phrase(en="choose another name", id="pilih nama lain"),
        )
    find(base)
    folder = directory / name
    if folder.exists():
        raise wrong_use(
            phrase(en="`{folder}` is already there", id="`{folder}` sudah ada", folder=folder),
            phrase(en="choose another name or directory", id="pilih nama atau folder lain"),
        )
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=directory) as made:
        inner = Path(made) / name
        inner.mkdir()
        (inner / "kebijakan.yaml").write_text(starter(name, base), encoding="utf-8")
        shutil.move(inner, folder)
    _schema_beside(directory)
    say(
        phrase(
            en="{file} is made: read it, then run\n  asnpolicy check {folder}\n  asnpolicy test {folder}",
            id="{file} sudah dibuat: baca, lalu jalankan\n  asnpolicy check {folder}\n  asnpolicy test {folder}",
            file=folder / "kebijakan.yaml",
            folder=folder,
        )
    )


def _schema_beside(directory: Path) -> None:
    """Write the schema that the first line of the file names, for editors, unless one is there."""
    path = directory / "policy.schema.json"
    if not path.exists():
        shutil.copyfile(shipped() / "policy.schema.json", path)
