"""Coding: what records are compared with must be a code as it is read from them, or nobody would ever have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from asnpolicy.language.nodes import Expr, If, Literal
from asnpolicy.people.codes import code_meant, is_code
from asnpolicy.people.titles import as_asked, title_meant
from asnpolicy.policy.elaborate.context import Context
from asnpolicy.policy.surface.names import Name, RawValue
from asnpolicy.policy.surface.requirements import ListTest, OperandTest, Test, TextsTest, UnitTest
from asnpolicy.problems import Place
from asnpolicy.text import phrase

NAMES_OF_POSTS = {("employees", "post_title"), ("posts", "title")}


def held_in(ctx: Context, name: str) -> tuple[str, str]:
    """Return the table and the field that hold a fact, as far as codes stand there: of a record, or of a person."""
    field = name.rpartition(".")[2]
    return (ctx.history, field) if ctx.history else ("employees", {"post_field": "field"}.get(field, field))


def codes_agree(ctx: Context, table: str, field: str, required: Iterable[Expr], test: Test) -> None:
    """Refuse codes and names of posts that nobody's are read as: written otherwise, or but for one letter a known one."""
    if is_code(table, field) or (table, field) in NAMES_OF_POSTS:
        places = {one.text: one.place for one in _written(test)}
        for text in dict.fromkeys(text for one in required for text in _texts(one)):
            code_agrees(ctx, table, field, text, places.get(text, test.place))


def _texts(required: Expr) -> Iterator[str]:
    """Give the texts that something may come to, of a value of the policy in each of its versions."""
    match required:
        case Literal(str() as text):
            yield text
        case If(then=then, otherwise=otherwise):
            yield from (*_texts(then), *_texts(otherwise))
        case _:
            pass


def _written(test: Test) -> tuple[RawValue | Name, ...]:
    match test:
        case ListTest(items=items):
            return items
        case TextsTest(texts=texts):
            return texts
        case OperandTest(operand=RawValue() as one):
            return (one,)
        case UnitTest(unit=unit):
            return (unit,)
        case _:
            return ()


def code_agrees(ctx: Context, table: str, field: str, text: str, place: Place) -> None:
    """Refuse a code or the name of a post that no record is read as."""
    if (table, field) in NAMES_OF_POSTS:
        _title_agrees(ctx, text, place)
    if not is_code(table, field):
        return
    meant = code_meant(table, field, text)
    if meant.slip_of:
        message = phrase(
            en="the code `{text}` is almost the known `{code}`: records that have it are taken for a slip",
            id="kode `{text}` hampir sama dengan `{code}` yang dikenal: catatan yang memuatnya dianggap salah ketik",
            text=text, code=meant.slip_of,
        )  # fmt: skip
        help = phrase(
            en="write `{code}`, or name it by a code that differs by more than a letter",
            id="tulis `{code}`, atau namai dengan kode yang berbeda lebih dari satu huruf", code=meant.slip_of,
        )  # fmt: skip
        ctx.problems.add("misspelt-code", message, place, help)
    elif meant.text != text:
        message = phrase(
            en="a code is small letters and digits joined by hyphens; records with `{text}` are read as `{code}`",
            id="kode berupa huruf kecil dan angka yang disambung tanda hubung; catatan dengan `{text}` dibaca `{code}`",
            text=text, code=meant.text,
        )  # fmt: skip
        help = phrase(en="write `{code}`", id="tulis `{code}`", code=meant.text)
        ctx.problems.add("misspelt-code", message, place, help)


def _title_agrees(ctx: Context, text: str, place: Place) -> None:
    """Refuse the name of a post that no record has: with its level, in other letters, or almost a known one."""
    asked = as_asked(text)
    slip_of = title_meant(asked).slip_of
    if asked == text and slip_of is None:
        return
    if slip_of:
        message = phrase(
            en="the post `{text}` is almost the known `{title}`: records that have it are taken for a slip",
            id="jabatan `{text}` hampir sama dengan `{title}` yang dikenal: catatan yang memuatnya dianggap salah ketik",
            text=text, title=slip_of,
        )  # fmt: skip
    else:
        message = phrase(
            en="records have the name of a post without its level, and those with `{text}` are read as `{title}`",
            id="catatan memuat nama jabatan tanpa jenjangnya, dan yang berisi `{text}` dibaca `{title}`",
            text=text, title=asked,
        )  # fmt: skip
    help = phrase(
        en="write `{title}`; ask for its level by `jenjang`", id="tulis `{title}`; tanyakan jenjangnya dengan `jenjang`",
        title=slip_of or asked,
    )  # fmt: skip
    ctx.problems.add("misspelt-code", message, place, help)
