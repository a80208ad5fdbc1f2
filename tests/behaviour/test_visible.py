"""What others wrote is shown as text: nothing in it moves a cursor, turns the line round or hides."""

import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from asnpolicy import Employee, Engine, PolicyError, Problem
from asnpolicy.cli.table import drawn
from asnpolicy.cli.terminal import Terminal
from asnpolicy.visible import HOLE, visible, visible_json, visible_lines

ROOT = Path(__file__).parents[2]
HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
UGLY = st.text(
    st.sampled_from("aB[]/:\\ \x1b\x9b\x00\n\r\t\x7f\u200b\u202e\u2066\ufeff\u2028\u3164\ufe0f\u00a0\U000e0101é")
)
NAMES = (
    "Budi [/b] S.E.",
    "[bold red]X[/bold red]",
    ":smile:",
    "\x1b[31mRED",
    "\x1b]0;title\x07",
    "Nur\u202eanA",
    "a\nb",
    "\x00",
)


@given(UGLY)
@example("\x1b[2J")
def test_nothing_hidden_is_left_and_all_else_stays(text):
    """One sign for one sign; what could be seen is as it was."""
    shown = visible(text)
    assert len(shown) == len(text)
    assert all(unicodedata.category(sign) not in HIDDEN for sign in shown)
    for before, after in zip(text, shown, strict=True):
        assert after in (before, HOLE) or (after == " " and before.isspace())
    assert visible(shown) == shown


@pytest.mark.parametrize("text", ["Dr. Ir. H. Nur 'Aini, S.H., M.Si.", "Ni Ketut Ayu é ü ñ 漢 ع", "", "😀"])
def test_a_name_is_left_alone(text):
    """Letters of any script are text."""
    assert visible(text) == text == visible_lines(text) == visible_json(text)


@given(st.dictionaries(UGLY, UGLY))
def test_json_says_the_same_and_hides_nothing(data):
    """What can't be seen is an escape: a machine reads what it read before."""
    for indent in (None, 2):
        shown = visible_json(json.dumps(data, ensure_ascii=False, indent=indent))
        assert json.loads(shown) == data
        assert visible_lines(shown) == shown


@given(st.lists(UGLY, min_size=2, max_size=2))
def test_a_cell_is_text_and_no_markup(cells):
    """Whatever a name holds, a table is drawn, on lines of its own, and shows it as it is written."""
    text = drawn(("NIP", "Nama"), [("1", cells[0]), ("2", cells[1])])
    assert visible_lines(text) == text
    assert text.count("\n") >= 4


@pytest.mark.parametrize("name", NAMES)
def test_a_table_shows_markup_as_it_is_written(name):
    """A bracket is a bracket, and a colon makes no picture."""
    assert visible(name).strip() in drawn(("Nama",), [(name,)])


@pytest.mark.parametrize("name", NAMES)
def test_an_explanation_shows_what_can_be_seen(name):
    """The person's name and a text of the data that was seen stand on the line that is theirs."""
    engine = Engine.load("jakarta")
    person = Employee(nip="199001012015031001", name=name, employment="PNS", unit=f"u{name}", service_status="aktif")
    for rule in ("kenaikan-pangkat-reguler", "pembimbingan-pegawai-muda"):
        plain = Employee(nip="199001012015031001", name="x", employment="PNS", unit="u", service_status="aktif")
        given, usual = (engine.decide(one, rule, as_of=date(2026, 10, 1)).explain() for one in (person, plain))
        assert visible_lines(given) == given
        assert given.count("\n") == usual.count("\n")


def test_a_problem_shows_what_can_be_seen():
    """A message with somebody's text in it, on one line."""
    error = PolicyError([Problem("x", "unknown `\x1b[31m\n\u202e`", help="write `\x9b`")])
    assert visible_lines(str(error)) == str(error)
    assert str(error).count("\n") == 2


class Screen:
    """A stream that is a screen."""

    def __init__(self):
        self.text = ""

    def write(self, text):
        """Show text."""
        self.text += text

    def isatty(self):
        """Tell that it is one."""
        return True


@given(UGLY)
def test_whatever_is_written_to_a_terminal_can_be_seen(text):
    """The last door: what no writer thought of does not get through either; lines stay lines."""
    screen = Screen()
    terminal = Terminal(screen)
    assert terminal.write(text) == len(text)
    terminal.writelines([text])
    assert visible_lines(screen.text) == screen.text
    assert screen.text.count("\n") == 2 * text.count("\n")
    assert terminal.isatty()


def test_nothing_is_said_but_through_what_shows_it(capsys):
    """One door for each stream; a line of a bad file is one line."""
    from asnpolicy.cli.output import say, tell
    from asnpolicy.cli.people import People
    from asnpolicy.exchange.intake import BadLine
    from asnpolicy.text import Text

    say("a\x1b\nb")
    tell("c\u202e")
    People("x\x1b.jsonl").tell(BadLine(7, Text("", "unknown key `\n`")))
    shown = capsys.readouterr()
    assert shown.out == f"a{HOLE}\nb\n"
    assert shown.err == f"c{HOLE}\nx{HOLE}.jsonl:7: unknown key ` `   [bad-line]\n"
    echoes = [
        path.name for path in (ROOT / "asnpolicy" / "cli").glob("*.py") if "echo(" in path.read_text(encoding="utf-8")
    ]
    assert echoes == []
