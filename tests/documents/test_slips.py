"""Slips of an author: each section under `slips/` changes one region, and shows to the letter what `check` and `test` say.

The region is `slips/kebijakan.yaml`; it is fine, and every one of its cases passes.
"""

import re
from pathlib import Path

import pytest

from asnpolicy.cli.check import problems_of, shown
from asnpolicy.cli.test import tested as of_cases

PAGES = Path(__file__).parent / "slips"
REGION = (PAGES / "kebijakan.yaml").read_text(encoding="utf-8")
LANGUAGES = ("en", "id")
SECTION = r"^## ([^\n]*)\n(.*?)(?=^## |\Z)"
DIFF = r"^```diff *([^\n]*)\n(.*?)^```"
ANSWER = r"^```(id|en)\n(.*?)^```\n"


def slips():
    """Give each section of each page: how the file is written, what is changed, and the answers."""
    for page in sorted(PAGES.glob("*.md")):
        for heading, body in re.findall(SECTION, page.read_text(encoding="utf-8"), re.S | re.M):
            kind, diff = re.search(DIFF, body, re.S | re.M).groups()
            answers = dict(re.findall(ANSWER, body, re.S | re.M))
            yield pytest.param(kind, diff, answers, id=f"{page.stem}: {heading}")


def changed(diff):
    """Return the region as the slip has it; what is taken out must stand where the slip says."""
    lines = REGION.splitlines(keepends=True)
    hunks = re.findall(r"^@@ -(\d+)(?:,(\d+))? .*?\n(.*?)(?=^@@|\Z)", diff, re.S | re.M)
    for start, count, body in reversed(hunks):
        out = [line[1:] for line in body.splitlines(keepends=True) if line.startswith("-")]
        put = [line[1:] for line in body.splitlines(keepends=True) if line.startswith("+")]
        at = int(start) - (count != "0")
        assert lines[at : at + len(out)] == out, (start, out)
        lines[at : at + len(out)] = put
    return "".join(lines)


def write(folder, kind, diff):
    """Write the region with its slip, in the encoding, by the name or beside the file that the slip says."""
    folder.mkdir(exist_ok=True)
    how, _, what = kind.partition(" ")
    path, text = folder / "kebijakan.yaml", changed(diff)
    match how, what:
        case "as", "crlf":
            path.write_bytes(text.replace("\n", "\r\n").encode())
        case "as", encoding:
            path.write_bytes(text.encode(encoding))
        case "called", name:
            (folder / name).write_text(text, encoding="utf-8")
        case "beside", name:
            path.write_text(REGION, encoding="utf-8")
            (folder / name).write_text(text, encoding="utf-8")
        case _:
            path.write_text(text, encoding="utf-8")
    return folder


def said(folder, lang):
    """Return what `check` says of the folder, and, if that is fine, what `test` says."""
    problems = problems_of(str(folder))
    answer = [f"$ asnpolicy check kota-bandung\n{shown(str(folder), problems, lang)}\n"]
    if all(problem.note for problem in problems):
        answer.append(f"$ asnpolicy test kota-bandung\n{of_cases(str(folder), 'compiled', lang)[0]}\n")
    return "".join(answer).replace(str(folder), "kota-bandung")


def test_the_region_itself_is_fine(tmp_path):
    """So that whatever is told below is told of the slip alone."""
    folder = write(tmp_path / "kota-bandung", "", "")
    assert said(folder, "en").endswith(
        "kota-bandung: no problems\n$ asnpolicy test kota-bandung\nkota-bandung: 24 of 24 cases passed\n"
    )


@pytest.mark.parametrize(("kind", "diff", "answers"), list(slips()))
def test_is_told(kind, diff, answers, tmp_path):
    """The place, the words and the way out are those of the page, in both languages."""
    folder = write(tmp_path / "kota-bandung", kind, diff)
    assert {lang: said(folder, lang) for lang in LANGUAGES} == answers
