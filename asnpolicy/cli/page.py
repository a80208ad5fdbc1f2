"""`asnpolicy page` and `asnpolicy show`: a policy as a document, and a rule as it is written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from asnpolicy.cli.language import Lang
from asnpolicy.cli.output import say, tell
from asnpolicy.policy.library import find, load
from asnpolicy.policy.surface.documents import SECTIONS
from asnpolicy.problems import meant, refused, unknown
from asnpolicy.text import Text, phrase


def page(
    region: Annotated[str, typer.Argument(metavar="REGION|PATH")],
    output: Annotated[Path, typer.Option("--output", "-o", help="the folder to write into")],
    lang: Lang = None,
) -> None:
    """Write the reference page of a region, and those of all that it extends: Markdown and HTML, in both languages.

    Each name stands there as it must be written, with the line that it is written in.

    \b
    Examples:
      asnpolicy page policies/kota-salatiga -o docs
    """
    del lang
    from asnpolicy.report.page_html import page_html  # noqa: PLC0415  # only this command writes pages
    from asnpolicy.report.pages import pages_of  # noqa: PLC0415  # as above

    output.mkdir(parents=True, exist_ok=True)
    found = pages_of(region, output)
    html = {f"{name.removesuffix('.md')}.html": page_html(text, found) for name, text in found.items()}
    for name, text in (found | html).items():
        (output / name).write_text(text, encoding="utf-8")
        tell(phrase(en="{path} is written", id="{path} sudah ditulis", path=output / name))


def show(
    name: Annotated[str, typer.Argument(metavar="REGION|PATH[#NAME]")],
    lang: Lang = None,
) -> None:
    """Print a rule, value, table or typical person as it is written; without a name, where the files lie and what is in them.

    \b
    Examples:
      asnpolicy show nasional#kenaikan-pangkat-reguler
      asnpolicy show nasional
    """
    del lang
    region, _, wanted = name.partition("#")
    folder = find(region)
    load(folder)
    if not wanted:
        for path in sorted(folder.glob("*.yaml")):
            say(str(path))
        say("\n".join(sorted(_written(folder))))
        return
    known = _written(folder)
    if wanted not in known:
        raise refused("unknown-name", unknown(Text("nama", "name"), wanted), meant(wanted, known))
    for path, line, text in known[wanted]:
        say(f"# {path}:{line}\n{text}")


def _written(folder: Path) -> dict[str, list[tuple[Path, int, str]]]:
    """Return what each name of a region stands for, as text, with the line that it begins in."""
    found: dict[str, list[tuple[Path, int, str]]] = {}
    for path in sorted(folder.glob("*.yaml")):
        lines, section = path.read_text(encoding="utf-8-sig").splitlines(), ""
        for at, line in enumerate(lines):
            if line[:1].isalpha():
                section = line.partition(":")[0]
            name = line.strip().partition(":")[0]
            if (
                section in SECTIONS
                and line[:1] == " "
                and _indent(line) == _first_indent(lines, at)
                and name[:1].isalnum()
            ):
                found.setdefault(name, []).append((path, at + 1, _block(lines, at)))
    return found


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _first_indent(lines: list[str], at: int) -> int:
    """Return how far the first name of the section of a line is indented."""
    head = next(n for n in range(at, -1, -1) if lines[n][:1].isalpha())
    return next(_indent(line) for line in lines[head + 1 :] if line.strip() and not line.lstrip().startswith("#"))


def _block(lines: list[str], at: int) -> str:
    """Return a name with all that is indented below it."""
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > _indent(lines[at])):
        end += 1
    return "\n".join(lines[at:end]).rstrip()
