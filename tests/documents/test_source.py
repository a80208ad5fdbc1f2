"""Reading text: every scalar stays text, every mistake is told at its place, nothing is raised."""

import time
from datetime import date

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from asnpolicy.policy.source import events, faults, scalars, shapes
from asnpolicy.policy.source import text as texts
from asnpolicy.policy.source.events import read
from asnpolicy.policy.source.tree import Mapping, RawNode, Scalar, Sequence
from asnpolicy.problems import Place, Problem, Problems

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]
JARGON = ("while ", "expected", "token", "scalar", "block", "flow", "stream", "node", "mapping", "<", "Error")
VALID = """\
title: Kenaikan pangkat 😀
from: 2026-10-01
rules:
  - name: 'reguler'
    when: {time_in_rank: 4 years, grade: [III/a, III/b]}
    text: |
      Untuk é semua
  - name: "pilihan"
    is: NO
"""


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__)
def loader(request, monkeypatch):
    """Read with each of the two parsers."""
    monkeypatch.setattr(events, "LOADER", request.param)


def reading(text: str | bytes) -> tuple[Mapping | None, list[Problem]]:
    problems = Problems()
    tree = read("p.yaml", text if isinstance(text, bytes) else text.encode(), problems)
    return tree, problems.found


def only(text: str | bytes) -> Problem:
    _, found = reading(text)
    assert len(found) == 1, found
    return found[0]


def value(text: str) -> RawNode:
    tree, found = reading(f"key: {text}\n")
    assert tree is not None, found
    return tree.entries["key"].value


def spot(problem: Problem) -> tuple[str, int, int, int]:
    assert problem.place is not None
    return problem.code, problem.place.line, problem.place.column, problem.place.length


def nodes(node: RawNode):
    yield node
    if isinstance(node, Sequence):
        for item in node.items:
            yield from nodes(item)
    if isinstance(node, Mapping):
        for entry in node.entries.values():
            yield entry.key
            yield from nodes(entry.value)


KEPT = [
    ("a: &x 1\n", ("alias", 1, 4, 2)),
    ("a: *x\n", ("alias", 1, 4, 2)),
    ("é: 1\n*x : 2\n", ("alias", 2, 1, 2)),
    ("a: &x\n  b: 1\n", ("alias", 1, 4, 2)),
    ("😀: !!int 1\n", ("tag", 1, 4, 5)),
    ("a: !python/object:os.system [1]\n", ("tag", 1, 4, 24)),
    ("a: 1\nb: 2\na: 3\n", ("duplicate-key", 3, 1, 1)),
    ("é: {aé: 1, aé: 2}\n", ("duplicate-key", 1, 12, 2)),
    ("a: 1\n[b]: 2\n", ("complex-key", 2, 1, 1)),
    ("a: 1\n? {b: 1}\n: 2\n", ("complex-key", 2, 3, 1)),
    ("a: 1\n'b': 2\n", ("complex-key", 2, 1, 3)),
    ("a: 1\n?\n: 2\n", ("complex-key", 2, 2, 0)),
    ("a: 1\n? b\n  c\n: 2\n", ("complex-key", 2, 3, 1)),
    ("a: {<<: {c: 1}, b: 2}\n", ("merge-key", 1, 5, 2)),
    ("a: 1\n---\nb: 2\n", ("several-documents", 2, 1, 3)),
    ('a: 1\nb: "x\\0"\n', ("control-character", 2, 4, 5)),
]


@pytest.mark.parametrize(("text", "expected"), KEPT)
@pytest.mark.usefixtures("loader")
def test_a_small_mistake_is_told_and_the_rest_stays_usable(text, expected):
    """The problem stands at its exact place, and the file can still be used."""
    tree, found = reading(text)
    assert [spot(p) for p in found] == [expected]
    assert tree is not None
    assert len(tree.entries) >= 1


LOST = [
    ("", ("empty-file", 1, 1, 1)),
    ("# only a comment\n", ("empty-file", 1, 1, 1)),
    ("---\n", ("empty-file", 1, 1, 1)),
    ("\n- a\n", ("not-a-mapping", 2, 1, 1)),
    ("title\n", ("not-a-mapping", 1, 1, 5)),
    ("''\n", ("not-a-mapping", 1, 1, 2)),
    ("a:1\n", ("not-a-mapping", 1, 1, 3)),
    (b"a: 1\n\xc3\xa9\xc3\xa9 \xff: 2\n", ("not-utf8", 2, 4, 1)),
    (b"\xef\xbb\xbfa: \xc3", ("not-utf8", 1, 4, 1)),
    ("a: 1".encode("utf-16"), ("not-utf8", 1, 1, 1)),
    ("a: 1".encode("utf-16-le"), ("not-utf8", 1, 1, 1)),
    ("a: 1".encode("utf-16-be"), ("not-utf8", 1, 1, 1)),
    ("a: 1\né: x\x07y\n", ("control-character", 2, 5, 1)),
    ("a: 1\r\nb: \u2028\n", ("control-character", 2, 4, 1)),
    ("a: 1\n\ufeffb: 2\n", ("control-character", 2, 1, 1)),
    (b"a: 1\nb: \0\n", ("control-character", 2, 4, 1)),
    ("a: " + "[" * 39 + "\n", ("broken-yaml", 1, 42, 1)),
    ("a: " + "[" * 40 + "\n", ("too-deep", 1, 43, 1)),
    ("".join(f"{' ' * n}a:\n" for n in range(41)), ("too-deep", 41, 41, 1)),
]


@pytest.mark.parametrize(("text", "expected"), LOST)
@pytest.mark.usefixtures("loader")
def test_a_file_without_anything_usable_says_where_and_why(text, expected):
    """Nothing is given back, and one problem tells the reason at its exact place."""
    tree, found = reading(text)
    assert tree is None
    assert [spot(p) for p in found] == [expected]


BROKEN = [
    ("a:\n\tb: 1\n", 2, 1, "a tab is used"),
    ("a:\n  b: 1\n\tc: 2\n", 3, 1, "a tab is used"),
    ("a: 1\nfoo bar\nb: 2\n", 2, 1, "a colon is missing after `foo bar`"),
    ("foo\nbar: 1\n", 1, 1, "a colon is missing after `foo`"),
    ("a: 1\nb:2\nc: 3\n", 2, 1, "a space is missing after the colon in `b:2`"),
    ("a: 1\nb:\xa02\nc: 3\n", 2, 3, "a no-break space"),
    ("a: 1\n-b: 2\n  c: 3\n", 2, 1, "a space is missing after the dash"),
    ("é: b: c\n", 1, 5, "a second colon"),
    ("a: 1\n\n  b: 2\n", 3, 3, "this line is indented further"),
    ("a: 1\n  b: 2\n", 2, 3, "this line is indented further"),
    ("a:\n    b: 1\n  c: 2\n", 3, 3, "the indentation of this line"),
    (" a: 1\nb: 2\n", 2, 1, "the indentation of this line"),
    ("a: 1\nb: [1, 2\nc: 3\n", 2, 4, "the bracket opened here"),
    ("a: {x: 1\n\n", 1, 4, "the bracket opened here"),
    ('a: 1\n😀: "foo\nb: 2\n', 2, 4, "the quotation mark opened here"),
    ("a: 'foo\n", 1, 4, "the quotation mark opened here"),
    ("a: 'it's'\n", 1, 8, "text follows the closing quotation mark"),
    ("a: [b] c\n", 1, 8, "text follows the closing bracket"),
    ("a: - b\n", 1, 4, "a list cannot begin on the line of its key"),
    ("a: 1\n: 2\n", 2, 1, "a key is missing before the colon"),
    ("a: 1\n- b\n", 2, 1, "an item of a list"),
    ("a:\n  - b\n  c: 1\n", 3, 3, "this line belongs neither"),
    ("a: @x\n", 1, 4, "a value cannot begin with `@`"),
    ("a: `x\n", 1, 4, "a value cannot begin with a backtick"),
    ("a: *important*\n", 1, 4, "a value cannot begin with `*`"),
    ("a: | text\n  x\n", 1, 4, "after `|` or `>`"),
    ("a: [1,,2]\n", 1, 7, "a value is missing before `,`"),
    ("%YAML 2.0\n---\na: 1\n", 1, 1, "a line cannot begin with `%`"),
    ("a: ? b\n", 1, 4, "`?` cannot begin"),
]


@pytest.mark.parametrize(("text", "line", "column", "sentence"), BROKEN)
@pytest.mark.usefixtures("loader")
def test_broken_yaml_is_told_in_words_for_authors(text, line, column, sentence):
    """The usual slips have sentences of their own, at the place to mend, without the parser's jargon."""
    tree, found = reading(text)
    assert tree is None
    assert [spot(p)[:3] for p in found] == [("broken-yaml", line, column)]
    assert found[0].message.startswith(sentence)
    assert found[0].help
    assert found[0].snippet is not None
    assert not any(word in found[0].message for word in JARGON)


@pytest.mark.usefixtures("loader")
def test_what_follows_an_alias_is_told_beside_it():
    """The alias is the mistake to mend; what the parser stumbles over comes after it."""
    tree, found = reading("a: *b c\n")
    assert tree is None
    assert [(p.code, p.place.column) for p in found] == [("alias", 4), ("broken-yaml", 7)]


def test_a_complaint_of_a_later_parser_is_told_too():
    """A parser may learn new complaints: the place is kept, and the sentence is for authors."""
    error = yaml.MarkedYAMLError(problem="something new", problem_mark=yaml.Mark("p", 0, 1, 2, None, None))
    fault = faults.fault_of(("a: 1", "b: 2"), error)
    assert (fault.code, fault.line, fault.column, fault.message) == ("broken-yaml", 1, 2, "this cannot be read")


@pytest.mark.usefixtures("loader")
def test_escapes_beyond_unicode_are_told():
    """Backslash sequences that are no character end in a problem with either parser."""
    for text in ('a: "\\UFFFFFFFF"', 'a: "\\uD800"', 'a: "\\q"', "a: !x%FF y", "a: !e!f x"):
        assert only(text).place.line == 1


def test_messages_are_one_sentence_that_shows_the_value_in_backticks():
    """A duplicate key names itself and the line of the first; aliases have a way out."""
    assert only("a: 1\nb: 2\na: 3\n").message == "`a` is written twice, first on line 1"
    alias = only("a: *x\n")
    assert alias.message == "anchors and aliases are not used here: `*x`"
    assert alias.help == "write the value again, or use a shared condition"


def test_the_first_of_two_equal_keys_is_kept():
    """A key written twice keeps its first value."""
    tree, _ = reading("a: 1\na: 2\n")
    assert tree.entries["a"].value.text == "1"


def test_a_quoted_key_keeps_its_value():
    """A key in quotation marks is refused, but its value is not lost to later checks."""
    tree, _ = reading("'a': 1\n")
    assert tree.entries["a"].value.text == "1"


def test_problems_before_the_break_are_told_too():
    """What was found before the file breaks is not hidden."""
    assert [p.code for p in reading("a: 1\na: *x\nb: [\n")[1]] == ["alias", "duplicate-key", "broken-yaml"]


@pytest.mark.parametrize("opener", ["[", "{a: ", "- ", "? ", "[{a: "])
@pytest.mark.usefixtures("loader")
def test_nesting_without_end_is_refused_quickly(opener):
    """Two hundred thousand levels are stopped at the forty-first."""
    start = time.perf_counter()
    assert "too-deep" in [p.code for p in reading(opener * 200_000)[1]]
    assert time.perf_counter() - start < 5


def test_an_alias_bomb_does_not_grow():
    """Aliases are never followed, and of very many only the first are told."""
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 2000)]
    start = time.perf_counter()
    tree, found = reading("\n".join(lines))
    assert tree is not None
    assert {p.code for p in found} == {"alias"}
    assert len(found) == texts.MAX_PROBLEMS
    assert time.perf_counter() - start < 5


def test_a_file_too_large_is_not_parsed():
    """Ten megabytes are refused at once, at the top of the file."""
    data = b"a: [" * 2_500_000
    start = time.perf_counter()
    assert spot(only(data)) == ("too-large", 1, 1, 1)
    assert time.perf_counter() - start < 0.2


def test_the_largest_file_is_read():
    """Two megabytes are the limit, and the limit is allowed."""
    data = b"a: " + b"x" * (texts.MAX_BYTES - 3)
    assert reading(data)[1] == []
    assert only(data + b"x").code == "too-large"


def test_the_source_lines_are_registered():
    """Problems of later checks can show the line they stand in."""
    problems = Problems()
    read("p.yaml", b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", problems)
    assert problems.sources["p.yaml"] == ("a: 1", "b: 2")


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r"])
def test_a_byte_order_mark_and_any_line_ends_are_accepted(breaks):
    """Windows' ways of writing a file change neither texts nor places."""
    tree, found = reading(("\ufeffa: 1\nbé: 2\n").replace("\n", breaks))
    assert found == []
    assert tree.entries["bé"].value == Scalar("2", Place("p.yaml", 2, 5, 1), False)


MISREAD = [
    "NO",
    "no",
    "yes",
    "on",
    "01",
    "0o7",
    "1_000",
    "12:30",
    "=",
    "null",
    "~",
    "2026-10-01",
    "1e3",
    ".inf",
    "true",
]


@pytest.mark.parametrize("text", MISREAD)
@pytest.mark.usefixtures("loader")
def test_scalars_stay_as_written(text):
    """What other readers of YAML take for truths, numbers, times or nothing is text here."""
    node = value(text)
    assert node == Scalar(text, Place("p.yaml", 1, 6, len(text)), False)


@pytest.mark.usefixtures("loader")
def test_empty_values_stand_at_the_end_of_their_key():
    """A key with nothing is an empty text, not a quoted one."""
    tree, _ = reading("é:   # nothing\nb: {c, d: }\ne: ''\n")
    assert tree.entries["é"].value == Scalar("", Place("p.yaml", 1, 2, 0), False)
    inner = tree.entries["b"].value
    assert inner.entries["c"].value == Scalar("", Place("p.yaml", 2, 6, 0), False)
    assert tree.entries["e"].value == Scalar("", Place("p.yaml", 3, 4, 2), True)


@pytest.mark.usefixtures("loader")
def test_places_of_lists_keys_and_long_texts():
    """A block of keys stands at its first key; a text of several lines is as long as its first one."""
    tree, _ = reading("a:\n  b: one\n     two\n  c: |-  \n    x\n  d: [1]\n  e:\n    - {f: 'g\n      h'}\n")
    block = tree.entries["a"].value
    at = {word: (e.value.place.line, e.value.place.column, e.value.place.length) for word, e in block.entries.items()}
    assert (block.place.line, block.place.column, block.place.length) == (2, 3, 1)
    assert at == {"b": (2, 6, 3), "c": (4, 6, 2), "d": (6, 6, 1), "e": (8, 5, 1)}
    item = block.entries["e"].value.items[0]
    assert (item.place.column, item.entries["f"].value.place.length) == (7, 2)
    assert block.entries["b"].value.text == "one two"
    assert block.entries["c"].value.quoted


words = st.text(st.sampled_from("aZ9é😀漢ñ_"), min_size=1, max_size=6)
trees = st.recursive(
    words,
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(words, inner, min_size=1, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(words, trees, min_size=1, max_size=4), st.booleans())
def test_places_point_to_the_text(data, flow):
    """The characters at the place of a plain text are the text, whatever stands before it."""
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, width=10_000)
    tree, found = reading(text)
    assert {p.code for p in found} <= {"complex-key"}
    lines = text.split("\n")
    for node in nodes(tree):
        if isinstance(node, Scalar) and not node.quoted:
            start = node.place.column - 1
            assert lines[node.place.line - 1][start : start + node.place.length] == node.text


def survive(data: bytes) -> None:
    for loader in LOADERS:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(events, "LOADER", loader)
            problems = Problems()
            tree = read("p.yaml", data, problems)
        assert tree is not None or problems.found
        for problem in problems.found:
            assert problem.place is not None
            assert problem.place.line >= 1 and problem.place.column >= 1
            assert problem.render()


@given(st.binary(max_size=200))
@example(b"\xff\xfea\0")
def test_random_bytes_never_raise(data):
    """Any bytes end in a tree or in problems with places."""
    survive(data)


signs = st.text(st.sampled_from(list("ab1é😀 \t\n\r\"'\\:-[]{},&*!|>%@`?#<=~.U\x07\x85\u2028\ufeff")), max_size=60)


@settings(deadline=None)
@given(signs | st.text(max_size=60))
@example('"\\U')
@example("? ")
@example("a: |\n\n")
@example("&a !b")
def test_random_text_never_raises(text):
    """Any text, and any heap of YAML's own signs, ends in a tree or in problems with places."""
    survive(text.encode("utf-8", "surrogatepass"))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(VALID)), st.integers(0, 3), signs.map(lambda t: t[:3])), max_size=5))
def test_mutated_policies_never_raise(cuts):
    """A good file with some slips of the keyboard ends in a tree or in problems with places."""
    text = VALID
    for at, length, put in cuts:
        text = text[:at] + put + text[at + length :]
    survive(text.encode())


def test_a_long_policy_is_read_fast():
    """Fifteen hundred lines take a few milliseconds; the bound here leaves room for slow machines."""
    rule = "  - rule: r%d\n    because: 'PP 11/2017'\n    when:\n      rank: {is: III/a, below: 4 years}\n"
    rule += "      in:\n        - a\n"
    data = ("rules:\n" + "".join(rule % n for n in range(250))).encode()
    best = 9.0
    for _ in range(5):
        start = time.perf_counter()
        assert reading(data)[1] == []
        best = min(best, time.perf_counter() - start)
    assert best < 0.15


# Typed readers


def given_by(reader, text, *more):
    problems = Problems()
    return reader(value(text), problems, *more), [(p.code, p.help) for p in problems.found], problems.found


GOOD = [
    (scalars.as_text, "NO", "NO"),
    (scalars.as_date, "2026-10-01", date(2026, 10, 1)),
    (scalars.as_date, "'2024-02-29'", date(2024, 2, 29)),
    (scalars.as_whole, "0", 0),
    (scalars.as_whole, "-12", -12),
    (scalars.as_whole, "120", 120),
    (scalars.as_duration, "4 years", 48),
    (scalars.as_duration, "1 year", 12),
    (scalars.as_duration, "6 months", 6),
    (scalars.as_duration, "1 month", 1),
    (scalars.as_duration, "4 years 6 months", 54),
    (scalars.as_duration, "100 years", 1200),
    (scalars.as_truth, "true", True),
    (scalars.as_truth, "false", False),
]


@pytest.mark.parametrize(("reader", "text", "expected"), GOOD)
def test_values_written_well_have_their_meaning(reader, text, expected):
    """Each typed reader gives exactly what was written."""
    result, told, _ = given_by(reader, text)
    assert (result, told) == (expected, [])
    assert type(result) is type(expected)


BAD = [
    (scalars.as_text, "", "write it as"),
    (scalars.as_text, "' '", "write it as"),
    (scalars.as_text, "[a]", "write `a` alone"),
    (scalars.as_date, "1-10-2026", "write `2026-10-01`"),
    (scalars.as_date, "01/10/2026", "write `2026-10-01`"),
    (scalars.as_date, "2026/10/1", "write `2026-10-01`"),
    (scalars.as_date, "1 Oktober 2026", "write `2026-10-01`"),
    (scalars.as_date, "2026-10-1", "write `2026-10-01`"),
    (scalars.as_date, "31-31-2026", "write year, month and day"),
    (scalars.as_date, "2026-02-30", "write a day from `2026-02-01` to `2026-02-28`"),
    (scalars.as_date, "２０２６-10-01", "write year, month and day"),
    (scalars.as_date, "20261001", "write year, month and day"),
    (scalars.as_date, "{a: 1}", "write it as"),
    (scalars.as_whole, "+5", "write `5`"),
    (scalars.as_whole, "007", "write `7`"),
    (scalars.as_whole, "-0", "write `0`"),
    (scalars.as_whole, "1.000", "write `1000`, without separators"),
    (scalars.as_whole, "'1,000,000'", "write `1000000`, without separators"),
    (scalars.as_whole, "1_000", "write `1000`, without separators"),
    (scalars.as_whole, "-1 000", "write `-1000`, without separators"),
    (scalars.as_whole, "five", "write digits only"),
    (scalars.as_whole, "٣", "write digits only"),
    (scalars.as_whole, "1.5", "write a whole number, such as `1` or `2`"),
    (scalars.as_whole, "9" * 5000, "a number has at most"),
    (scalars.as_duration, "4 tahun", "write `4 years`"),
    (scalars.as_duration, "1 tahun", "write `1 year`"),
    (scalars.as_duration, "6 bulan", "write `6 months`"),
    (scalars.as_duration, "4 tahun 6 bulan", "write `4 years 6 months`"),
    (scalars.as_duration, "4 years and 6 months", "write `4 years 6 months`"),
    (scalars.as_duration, "6 months 4 years", "write `4 years 6 months`"),
    (scalars.as_duration, "4years", "write `4 years`"),
    (scalars.as_duration, "4 yaers", "write `4 years`"),
    (scalars.as_duration, "04 years", "write `4 years`"),
    (scalars.as_duration, "4", "say of what: `4 years` or `4 months`"),
    (scalars.as_duration, "1", "say of what: `1 year` or `1 month`"),
    (scalars.as_duration, "30 hari", "write `30 days`"),
    (scalars.as_duration, "10 hari kerja", "write `10 working days`"),
    (scalars.as_duration, "1 hari", "write `1 day`"),
    (scalars.as_duration, "10 business days", "write `10 working days`"),
    (scalars.as_duration, "2 weeks", "write `14 days`"),
    (scalars.as_duration, "2 minggu", "write `14 days`"),
    (scalars.as_duration, "1 month 10 days", "count it in years"),
    (scalars.as_duration, "3 hours", "count it in years"),
    (scalars.as_duration, "0 days", "count it in years"),
    (scalars.as_duration, "1000 days", "at most 999 days"),
    (scalars.as_duration, "4.5 years", "write it as"),
    (scalars.as_duration, "-4 years", "write it as"),
    (scalars.as_duration, "101 years", "a duration is at most"),
    (scalars.as_duration, "' '", "write it as"),
    (scalars.as_duration, "long", "write it as"),
    (scalars.as_truth, "yes", "write `true`"),
    (scalars.as_truth, "ya", "write `true`"),
    (scalars.as_truth, "NO", "write `false`"),
    (scalars.as_truth, "tidak", "write `false`"),
    (scalars.as_truth, "True", "write `true`"),
    (scalars.as_truth, "flase", "write `false`"),
    (scalars.as_truth, "perhaps", "write `true` or `false`"),
    (shapes.as_mapping, "a", "write `key: value`"),
    (shapes.as_mapping, "", "write `key: value`"),
    (shapes.as_mapping, "a:4 years", "put a space after the colon: `a: 4 years`"),
    (shapes.as_sequence, "a", "write `[a]`"),
    (shapes.as_sequence, "{a: 1}", "write `[{a: 1}]`"),
]


@pytest.mark.parametrize(("reader", "text", "help"), BAD)
def test_values_written_otherwise_are_refused_with_the_way_out(reader, text, help):
    """A wrong value is no value, and the help says what to write."""
    result, told, found = given_by(reader, text)
    assert result is None
    assert [code for code, _ in told] == ["wrong-value"]
    assert told[0][1].startswith(help)
    assert found[0].place == value(text).place
    assert not found[0].message.endswith(".")
    assert not any(name in found[0].message for name in ("Scalar", "Mapping", "Sequence", "str", "int", "None"))


@pytest.mark.parametrize(
    ("text", "places", "expected"),
    [("12.5", 2, 1250), ("12.50", 2, 1250), ("-0.5", 1, -5), ("7", 0, 7), ("7", 3, 7000), ("0.01", 2, 1)],
)
def test_decimals_are_exact(text, places, expected):
    """A number with decimals becomes a whole number of its smallest unit."""
    assert given_by(scalars.as_decimal, text, places)[:2] == (expected, [])


@pytest.mark.parametrize(
    ("text", "places", "help"),
    [
        ("12,5", 2, "write `12.5`, with a point"),
        ("12.555", 2, "write at most 2 decimals"),
        ("12.5", 0, "write a whole number"),
        (".5", 1, "write `0.5`"),
        ("5.", 1, "write `5`"),
        ("+5", 1, "write `5`"),
        ("1e3", 1, "write digits"),
        ("50%", 1, "write `50`, without `%`"),
        ("9" * 5000, 1, "a number has at most"),
        ("[1]", 1, "write `1` alone"),
    ],
)
def test_decimals_written_otherwise_are_refused(text, places, help):
    """A comma, a missing digit or too many decimals end in a problem with the way out."""
    result, told, _ = given_by(scalars.as_decimal, text, places)
    assert result is None
    assert [code for code, _ in told] == ["wrong-value"]
    assert told[0][1].startswith(help)


def test_lists_and_keys_are_given_back_as_they_are():
    """The readers of lists and keys give the node itself."""
    assert isinstance(shapes.as_sequence(value("[a]"), Problems()), Sequence)
    assert isinstance(shapes.as_mapping(value("{a: 1}"), Problems()), Mapping)


@given(st.text(max_size=30), st.integers(0, 4))
def test_typed_readers_never_raise(text, places):
    """Any text has a meaning or ends in one problem."""
    node = Scalar(text, Place("p.yaml", 1, 1), True)
    readers = [scalars.as_text, scalars.as_date, scalars.as_whole, scalars.as_duration, scalars.as_truth]
    for reader in [*readers, shapes.as_mapping, shapes.as_sequence, lambda n, p: scalars.as_decimal(n, p, places)]:
        problems = Problems()
        result = reader(node, problems)
        assert (result is None) == (len(problems.found) == 1)


@given(st.from_regex(r"[-+]?[0-9.,]{0,25}( ?(years?|tahun|months?|bulan))?", fullmatch=True))
def test_what_the_help_proposes_is_accepted(text):
    """Who follows the help of a duration succeeds."""
    problems = Problems()
    scalars.as_duration(Scalar(text, Place("p.yaml", 1, 1), False), problems)
    for problem in problems.found:
        proposed = problem.help.removeprefix("write `").removesuffix("`")
        if problem.help.startswith("write `"):
            again = Problems()
            scalars.as_duration(Scalar(proposed, Place("p.yaml", 1, 1), False), again)
            assert all("too long" in p.message for p in again.found)


def test_unknown_keys_are_told_with_the_likeliest_word():
    """Every unknown key is told at its place, with a suggestion when one is close."""
    problems = Problems()
    tree, _ = reading("is: 1\nat_lest: 2\nzzz: 3\nbelow:4: 5\n")
    shapes.keys(tree, ["is", "at_least", "below"], "time_in_rank", problems)
    assert [(p.code, p.message, p.help, p.place.line) for p in problems.found] == [
        (
            "unknown-key",
            "unknown word `at_lest` for `time_in_rank`",
            "did you mean `at_least`? time_in_rank takes: is, at_least, below",
            2,
        ),
        ("unknown-key", "unknown word `zzz` for `time_in_rank`", "time_in_rank takes: is, at_least, below", 3),
        ("unknown-key", "unknown word `below:4` for `time_in_rank`", "put a space after the colon: `below: 4`", 4),
    ]


def test_long_and_strange_values_are_shown_short():
    """A message stays one short line whatever the author pasted."""
    problems = Problems()
    scalars.as_truth(Scalar("`a\n\x07" + "x" * 5000, Place("p.yaml", 1, 1), False), problems)
    assert len(problems.found[0].message) < 90
    assert "\n" not in problems.found[0].message


PARTS = "title: a\ncases:\n  satu: {like: b, like: c}\n  dua: [1, {x: y}]\nvalues: {v: 1}\ncases: 3\n"


@pytest.mark.usefixtures("loader")
def test_a_part_is_left_out_until_it_is_wanted():
    """What is passed over is neither built nor checked; a key written twice is told either way."""
    problems = Problems()
    tree = read("p.yaml", PARTS.encode(), problems, without=("cases",))
    assert list(tree.entries) == ["title", "values"]
    assert [(p.code, p.place.line) for p in problems.found] == [("duplicate-key", 6)]
    problems = Problems()
    tree = read("p.yaml", PARTS.encode(), problems, only=("cases",))
    assert list(tree.entries) == ["cases"]
    assert tree.entries["cases"].value.entries["dua"].value.items[1].entries["x"].value.text == "y"
    assert [(p.code, p.place.line) for p in problems.found] == [("duplicate-key", 3), ("duplicate-key", 6)]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(
    ("part", "code"), [("{a: 1", "broken-yaml"), ("[" * 45 + "]" * 45, "too-deep"), ("[*x, &y 1, !z 2]", None)]
)
def test_what_the_parser_stumbles_over_is_told_of_a_part_left_out(part, code):
    """Nothing after it could be read."""
    problems = Problems()
    tree = read("p.yaml", f"a: 1\ncases: {part}\nb: 2\n".encode(), problems, without=("cases",))
    assert [p.code for p in problems.found] == ([code] if code else [])
    assert tree is None if code else list(tree.entries) == ["a", "b"]
