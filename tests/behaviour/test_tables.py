"""Tables for people: as wide as there is room for, with whole words."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asnpolicy.cli import table

HEADS = ("Pegawai", "Aturan", "Kotak", "Kekurangan")
ROWS = [
    (("Budi Siregar (********200601*202)", "RSUD Barat"), "Pengangkatan dalam jabatan administrator", "9", "data belum lengkap " * 12),
    (("Fitri Rahayu (********200512*195)", "SMA Negeri 5"), "Kenaikan pangkat reguler", "8", "masih ada kekurangan " * 3),
]  # fmt: skip
WORDS = st.text("abcdefgh", min_size=1, max_size=12)
CELLS = st.lists(WORDS, min_size=1, max_size=20).map(" ".join)


def on_a_terminal(monkeypatch, columns):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", str(columns))


@pytest.mark.parametrize("columns", [80, 100, 132])
def test_a_table_is_no_wider_than_the_terminal_and_breaks_no_word(monkeypatch, columns):
    """A name, a number, a rule: each word stands whole on one line, and rows are lower the more room there is."""
    on_a_terminal(monkeypatch, columns)
    drawn = table.drawn(HEADS, ROWS)
    assert max(map(len, drawn.splitlines())) <= columns
    for word in ("(********200601*202)", "administrator", "kekurangan", "RSUD Barat"):
        assert word in drawn
    on_a_terminal(monkeypatch, columns + 20)
    assert len(table.drawn(HEADS, ROWS).splitlines()) <= len(drawn.splitlines())


def test_spare_columns_are_left_out_where_words_would_be_broken_for_them(monkeypatch):
    """A code behind its title: on a wide screen it is there, on a narrow one the words stay whole."""
    heads, rows = (*HEADS, "Kode"), [(*row, "pengangkatan-administrator-dan-lain-lain-yang-panjang") for row in ROWS]
    on_a_terminal(monkeypatch, 150)
    assert "Kode" in table.drawn(heads, rows, spare=1)
    on_a_terminal(monkeypatch, 90)
    assert table.drawn(heads, rows, spare=1) == table.drawn(HEADS, ROWS)


def test_a_file_has_one_width_everywhere(monkeypatch):
    """What is written to a pipe does not depend on the window it was written from."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: False, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    narrow = table.drawn(HEADS, ROWS)
    monkeypatch.setenv("COLUMNS", "200")
    assert table.drawn(HEADS, ROWS) == narrow
    assert 100 < max(map(len, narrow.splitlines())) <= table.WIDEST


SENTENCES = "Jalur karier\n\n  Dasar: PP 11/2017 jo. PP 17/2020 tentang Manajemen PNS, pasal 107, sepanjang menurut pejabat\n    ya"


@pytest.mark.parametrize("columns", [72, 80])
def test_sentences_are_no_wider_than_the_terminal_and_break_between_words(monkeypatch, columns):
    """What goes on is indented by two more; a line that fits, and one without words, stay as they are."""
    on_a_terminal(monkeypatch, columns)
    found = table.fitted(SENTENCES, sys.stdout)
    assert max(map(len, found.splitlines())) <= columns
    assert [line.split() for line in found.splitlines()[:2]] == [["Jalur", "karier"], []]
    assert found.split() == SENTENCES.split()
    assert found.splitlines()[3].startswith("    ")
    assert found.splitlines()[-1] == "    ya"


def test_sentences_in_a_file_are_not_broken(tmp_path, monkeypatch):
    """Whatever screen the command was typed on."""
    on_a_terminal(monkeypatch, 72)
    with (tmp_path / "out.txt").open("w", encoding="utf-8") as out:
        assert table.fitted(SENTENCES, out) == SENTENCES


def test_a_table_that_fits_is_as_wide_as_what_it_says(monkeypatch):
    """No column is stretched."""
    on_a_terminal(monkeypatch, 100)
    assert table.drawn(("A", "B"), [("satu", "dua")]).splitlines()[1].strip() == "A      B"


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=4), room=st.integers(72, 160))
def test_columns_share_the_room_and_break_no_word(rows, room):
    """Whatever stands in them: they fit together, each has its longest word, and none is wider than what it says."""
    columns = [("kepala", *(row[at] for row in rows)) for at in range(3)]
    widths = table._widths(columns, [False, True, False], room)
    most = [max(map(len, column)) for column in columns]
    least = [max(len(word) for cell in column for word in cell.split()) for column in columns]
    least[1] = most[1]
    if widths == [None] * 3:
        assert sum(most) + 9 <= room or sum(least) + 9 > room
    else:
        assert sum(widths) + 9 == room
        assert all(one <= width <= whole for one, width, whole in zip(least, widths, most, strict=True))
