"""A letter as an office document (docx), which people edit; all of it is text, so that nothing in a name does anything."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, assert_never
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from asnpolicy.decisions.reasons import Part
from asnpolicy.problems import missing_extra
from asnpolicy.report.letters.letter import (
    Address,
    Annex,
    Block,
    Entry,
    Heading,
    Items,
    Letter,
    Letterhead,
    Paragraph,
    Rows,
    Signature,
    text,
)  # fmt: skip
from asnpolicy.text import Text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as Written

_MADE = (1980, 1, 1, 0, 0, 0)
"""The first time that an archive can bear: the same letter is the same bytes."""
FONT, SIZE, SMALL = "Times New Roman", 11, 9
WIDE, HIGH, MARGIN, LEFT_MARGIN, BOTTOM = 21.0, 29.7, 2.0, 2.5, 1.5
"""A4 and its margins, in centimetres."""
LABEL, SIGN, ENTRY, INSIDE, SIGNED, ROOM = 2.5, 0.2, 0.8, 0.5, 9.0, 3
"""How wide labels are at least, and for each sign; how far entries and what is under them are moved in; where the signature
begins, and its empty lines."""
BETWEEN, AFTER = 6, 10
"""The space after a paragraph, and after an address and a signature, in points."""


def check_installed() -> None:
    """Raise PolicyError when the library that writes office documents is not there."""
    if find_spec("docx") is None:
        raise missing_extra(Text("naskah docx", "a docx document"), "docx")


def docx(letter: Letter, languages: tuple[str, ...]) -> bytes:
    """Return a letter as a document, once in each language."""
    check_installed()
    page = _Page(letter, languages[0])
    for at, lang in enumerate(languages):
        if at:
            page.document.add_paragraph().paragraph_format.page_break_before = True
        page.write(letter.blocks, lang)
    return page.bytes()


class _Page:
    """A document in the making."""

    def __init__(self, letter: Letter, lang: str) -> None:
        from docx import api  # noqa: PLC0415  # an extra
        from docx.shared import Cm, Pt  # noqa: PLC0415

        self.document: Document = api.Document()
        self.copies = False
        """Whether what follows are those who get a copy, which stay together."""
        self.cm, self.pt = Cm, Pt
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(WIDE), Cm(HIGH)
        section.left_margin = Cm(LEFT_MARGIN)
        section.right_margin = section.top_margin = Cm(MARGIN)
        section.bottom_margin = Cm(BOTTOM)
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(SIZE)
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(BETWEEN), 1.0
        about = self.document.core_properties
        about.title, about.author, about.comments = text(letter.title, lang), "", ""
        about.created = about.modified = datetime(*_MADE)  # no zone: it is nobody's time

    def bytes(self) -> bytes:
        """Return the file, without the time at which it was made."""
        made, whole = BytesIO(), BytesIO()
        self.document.save(made)
        with ZipFile(made) as found, ZipFile(whole, "w", ZIP_DEFLATED) as archive:
            for name in found.namelist():
                archive.writestr(ZipInfo(name, _MADE), found.read(name), ZIP_DEFLATED)
        return whole.getvalue()

    def write(self, blocks: Iterable[Block], lang: str) -> None:
        """Write blocks in a language."""
        for block in blocks:
            self._block(block, lang)

    def _block(self, block: Block, lang: str) -> None:
        match block:
            case Letterhead(over, agency, under):
                self._head(over, agency, under, lang)
            case Annex(said):
                self.copies = False
                paragraph = self._line(said, lang, bold=True)
                paragraph.paragraph_format.page_break_before = True
            case Heading(said):
                self._line(said, lang, bold=True).paragraph_format.keep_with_next = True
            case Paragraph(said, weight):
                self._paragraph(said, weight, lang)
            case Rows(rows):
                self._rows([(text(label, lang), text(part, lang)) for label, part in rows])
            case Items(entries):
                for number, entry in enumerate(entries, 1):
                    self._entry(number, entry, lang)
                    self.document.paragraphs[-1].paragraph_format.keep_with_next = self.copies
                self._last_but(BETWEEN)
            case Address(lines):
                self._lines(lines, lang)
                self._last_but(AFTER)
            case Signature(over, under):
                self._signature(over, under, lang)
            case _:
                assert_never(block)

    def _line(self, part: Part, lang: str, *, bold: bool = False) -> Written:
        paragraph = self.document.add_paragraph()
        paragraph.add_run(text(part, lang)).bold = bold
        return paragraph

    def _head(self, over: Part | None, agency: Part, under: tuple[Part, ...], lang: str) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

        lines = [
            *((text(one, lang).upper(), True) for one in (over, agency) if one is not None),
            *((text(one, lang), False) for one in under),
        ]
        for words, bold in lines:
            paragraph = self.document.add_paragraph()
            run = paragraph.add_run(words)
            run.bold, run.font.size = bold, self.pt(13 if bold else SMALL)
            paragraph.alignment, paragraph.paragraph_format.space_after = WD_ALIGN_PARAGRAPH.CENTER, self.pt(0)
        _underline(self.document.paragraphs[-1])

    def _paragraph(self, said: Part, weight: str, lang: str) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

        if weight == "copies":  # they stand on the page of the signature
            self.document.paragraphs[-1].paragraph_format.keep_with_next = self.copies = True
        paragraph = self._line(said, lang, bold=weight == "strong")
        paragraph.paragraph_format.keep_with_next = weight in ("close", "copies")
        if weight == "right":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if weight == "small":
            paragraph.runs[0].font.size = self.pt(SMALL)

    def _rows(self, rows: list[tuple[str, str]]) -> None:
        """Write labels with what belongs to them, the colons below each other."""
        wide = max([LABEL, *(SIGN * len(label) for label, _ in rows)])
        for label, part in rows:
            form = self.document.add_paragraph(f"{label}\t: {part}").paragraph_format
            form.tab_stops.add_tab_stop(self.cm(wide))
            form.left_indent, form.first_line_indent = self.cm(wide + 0.25), self.cm(-wide - 0.25)
            form.space_after = self.pt(0)
        self._last_but(AFTER)

    def _entry(self, number: int, entry: Entry, lang: str) -> None:
        """Write the number as text: it stays what the letter refers to, whoever edits the list."""
        paragraph = self.document.add_paragraph(f"{number}.\t{text(entry.said, lang)}")
        form = paragraph.paragraph_format
        form.left_indent, form.first_line_indent = self.cm(ENTRY), self.cm(-ENTRY)
        form.tab_stops.add_tab_stop(self.cm(ENTRY))
        form.space_after = self.pt(2)
        for line in entry.inside:
            inner = self.document.add_paragraph(f"{line.sign}{text(line.said, lang)}")
            inner.paragraph_format.left_indent = self.cm(ENTRY + INSIDE * (line.depth + 1))
            inner.paragraph_format.space_after = self.pt(0)

    def _lines(self, lines: Iterable[Part], lang: str, *, indent: float = 0) -> None:
        for line in lines:
            form = self._line(line, lang).paragraph_format
            form.left_indent, form.space_after, form.keep_with_next = self.cm(indent), self.pt(0), True

    def _last_but(self, space: float) -> None:
        """Leave space after what was written last: what follows may stand on another page."""
        form = self.document.paragraphs[-1].paragraph_format
        form.space_after, form.keep_with_next = self.pt(space), False

    def _signature(self, over: tuple[Part, ...], under: tuple[Part, ...], lang: str) -> None:
        self._lines(over, lang, indent=SIGNED)
        for _ in range(ROOM):
            form = self.document.add_paragraph().paragraph_format
            form.space_after, form.keep_with_next = self.pt(0), True
        self._lines(under, lang, indent=SIGNED)
        self._last_but(AFTER)


def _underline(paragraph: Written) -> None:
    """Draw the double line under the head."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    border, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, given in (("val", "double"), ("sz", "6"), ("space", "4"), ("color", "111111")):
        line.set(qn(f"w:{name}"), given)
    border.append(line)
    paragraph._p.get_or_add_pPr().append(border)
