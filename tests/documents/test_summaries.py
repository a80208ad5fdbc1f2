"""Summaries as they are handed out, to the letter: the page and the table, in both languages, published and whole."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from asnpolicy import Engine, read_employees
from asnpolicy.decisions.summary import words
from asnpolicy.exchange.summary import in_words
from asnpolicy.report.summary import page

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "summaries"
RULES = ("kenaikan-pangkat-reguler", "jp-tahunan@previous", "satyalancana-karya-satya-xxx")
KINDS = ("published.id.html", "published.en.html", "whole.id.txt")


@cache
def summary():
    people = read_employees(ROOT / "examples" / "workforces" / "nasional.jsonl")
    return Engine.load("nasional").summary(people, as_of=date(2026, 10, 1), by=["rank"], rules=RULES)


def shown(name):
    """Return a summary in one way."""
    if name.endswith(".html"):
        return page(summary().published, name.split(".")[1])
    about = [words.title(summary()).id, *(one.id for one in words.about(summary()))]
    return "\n".join([*about, *("; ".join(row) for row in in_words(summary()))]) + "\n"


@pytest.mark.parametrize("name", KINDS)
def test_summaries_are_what_was_read_over(name):
    """To the letter, but for the hash of the policy; `python -m tests.documents.rewrite_summaries` writes them anew."""
    assert shown(name).replace(summary().policy[:12], "…") == (FOLDER / name).read_text(encoding="utf-8")
