"""What authors are told: each page under `refused/` shows a slip and, to the letter, the answer to it."""

import re
from pathlib import Path

import pytest

from asnpolicy import PolicyError
from asnpolicy.policy.cases import cases_of, typical
from asnpolicy.policy.library import load
from asnpolicy.problems import Problems

PAGES = Path(__file__).parent / "refused"
SLIPS = Path(__file__).parent / "slips"
BASE = (PAGES / "base.yaml").read_text(encoding="utf-8")
HEAD = "format: 1\nregion: contoh\nextends: dasar\ntitle: {id: Contoh, en: Example}\n"


SECTION = r"^## ([^\n]*)\n(.*?)(?=^## |\Z)"
ANSWER = r"^```(text|teks)\n(.*?)^```\n"
YAML = r"^```yaml *([^\n]*)\n(.*?)^```"


def slips():
    """Give each section of each page: its heading, its files and the answer."""
    for page in sorted(PAGES.glob("*.md")):
        for heading, body in re.findall(SECTION, page.read_text(encoding="utf-8"), re.S | re.M):
            files = re.findall(YAML, body, re.S | re.M)
            answers = dict(re.findall(ANSWER, body, re.S | re.M))
            yield pytest.param(files, answers.get("text"), answers.get("teks"), id=f"{page.stem}: {heading}")


def write(root, files):
    """Write the base, and the region beside it: a plain block follows the usual head, others say what they are."""
    written = {"dasar/dasar.yaml": BASE}
    for kind, text in files:
        match kind:
            case "":
                written["contoh/contoh.yaml"] = HEAD + text
            case "base":
                written["dasar/tambahan.yaml"] = BASE[: BASE.index("values:")] + text
            case _:
                written[f"contoh/{kind}"] = text
    for name, text in {"contoh/contoh.yaml": HEAD, **written}.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root / "contoh"


def told(folder):
    """Give what is told of a region, its people and its cases."""
    try:
        policy = load(folder)
        problems = Problems(sources=policy.merged.problems.sources)
        typical(policy, problems)
        cases_of(policy, problems)
        problems.raise_if_any()
    except PolicyError as error:
        return error.problems
    return ()


def test_the_base_and_an_empty_region_are_fine(tmp_path):
    """So that whatever is told below is told of the slip alone."""
    assert told(write(tmp_path, [])) == ()


def shown(problems, lang):
    """Give what is told as it is shown."""
    return "\n".join(problem.render(lang) for problem in problems)


def sentences(problems):
    """Give what is told in Indonesian: the sentences and the ways out, without the lines that they mark."""
    return "\n".join(f"{problem.message.to('id')}\n   {problem.help.to('id')}" for problem in problems)


@pytest.mark.parametrize(("files", "english", "indonesian"), list(slips()))
def test_is_told(files, english, indonesian, tmp_path):
    """The sentence, the place and the way out are those of the page, in both languages; nothing else is told."""
    problems = told(write(tmp_path, files))
    assert f"{shown(problems, 'en')}\n" == english
    assert f"{sentences(problems)}\n" == indonesian
    assert all(problem.help for problem in problems)


@pytest.mark.parametrize("page", sorted([*PAGES.glob("*.md"), *SLIPS.glob("*.md")]), ids=lambda page: page.stem)
def test_a_way_out_can_be_typed_as_it_stands(page):
    """Nothing is left for the author to think up: neither dots nor a word in angle brackets stands for something."""
    ways = re.findall(r"^ +(?:help|saran): (.*)$", page.read_text(encoding="utf-8"), re.M)
    assert ways
    assert [way for way in ways if re.search(r"`[^`]*(?:…|<[a-z])[^`]*`", way)] == []
