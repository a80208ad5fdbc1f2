"""The page on lists of decisions names every column, head and format that there is, and no other."""

import re
from pathlib import Path

import pytest

from asnpolicy.cli.files import PREFIX, SUFFIX
from asnpolicy.cli.formats import FORMATS
from asnpolicy.exchange.rows import CodedRow, columns
from asnpolicy.exchange.workbook import MOST_ROWS

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "lists.md").read_text(encoding="utf-8")


def table(heading):
    part = PAGE.split(heading, 1)[1]
    return re.findall(r"^\| `([a-z_]+)` \|", part.split("\n## ", 1)[0], re.MULTILINE)


def test_every_column_of_csv_is_explained():
    """In the order in which they stand."""
    assert table("## Columns of CSV") == list(CodedRow._fields)


def test_every_format_is_named():
    """In one table."""
    assert sorted(table("# Lists of decisions")) == sorted(FORMATS)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_heads_of_a_workbook_are_named(lang):
    """In the order in which they stand."""
    assert ", ".join(column.head for column in columns(lang)) in " ".join(PAGE.split())


def test_numbers_and_names_are_those_of_the_code():
    """The room of a sheet, and how a file is called that is not ready."""
    assert f"{MOST_ROWS:,}" in PAGE
    assert f"{PREFIX}…{SUFFIX}" in PAGE
