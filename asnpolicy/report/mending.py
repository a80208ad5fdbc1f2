"""Mending: the records to mend as one HTML page: by kind, by unit, by person, and each record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from asnpolicy.exchange.mending import Mend, Share, by_kind, by_person, by_unit
from asnpolicy.report.web_page import web_page
from asnpolicy.text import Text
from asnpolicy.visible import visible

TITLE = Text("Catatan yang perlu diperbaiki", "Records to mend")
KINDS = Text("Menurut jenis", "By kind")
UNITS = Text("Menurut unit", "By unit")
PEOPLE = Text("Menurut pegawai", "By person")
EACH = Text("Setiap catatan", "Each record")
HEADS = {
    "kind": Text("Jenis", "Kind"), "what": Text("Keterangan", "What it is"), "people": Text("Pegawai", "People"),
    "findings": Text("Temuan", "Findings"), "blocks": Text("Keputusan terbuka", "Decisions left open"),
    "unit": Text("Unit", "Unit"), "nip": Text("NIP", "NIP"), "name": Text("Nama", "Name"), "about": Text("Isian", "Field"),
    "line": Text("Baris", "Line"), "rules": Text("Aturan", "Rules"), "effect": Text("Akibat", "Effect"),
}  # fmt: skip
EFFECTS = {"unknown": Text("tidak diketahui", "unknown"), "told": Text("diberitahukan", "told")}
NOTHING = Text("Tidak ada temuan.", "There is nothing to mend.")


def heads(names: Sequence[str], lang: str) -> tuple[str, ...]:
    """Return what stands over columns."""
    return tuple(HEADS[name].to(lang) for name in names)


OF_KINDS = ("kind", "what", "people", "findings", "blocks")
OF_UNITS = ("unit", "people", "findings", "blocks")
OF_PEOPLE = ("nip", "name", "findings", "blocks")
OF_EACH = ("nip", "name", "unit", "kind", "effect", "about", "line", "what", "blocks", "rules")


def kinds(found: Iterable[Mend], lang: str) -> list[tuple[str, ...]]:
    """Return a row for each kind of finding."""
    return [(one.name, one.what.to(lang), *_counts(one)) for one in by_kind(found)]


def units(found: Iterable[Mend]) -> list[tuple[str, ...]]:
    """Return a row for each unit."""
    return [(one.name, *_counts(one)) for one in by_unit(found)]


def people(found: Iterable[Mend]) -> list[tuple[str, ...]]:
    """Return a row for each person."""
    return [(one.name, one.what.id, *_counts(one)[1:]) for one in by_person(found)]


def row(one: Mend, lang: str) -> tuple[str, ...]:
    """Return a row for one record."""
    line = "" if one.line is None else str(one.line)
    effect = EFFECTS[one.effect].to(lang)
    return (
        one.nip,
        one.name,
        one.unit,
        one.code,
        effect,
        one.about,
        line,
        one.what.to(lang),
        str(one.blocks),
        ", ".join(one.rules),
    )


def _counts(one: Share) -> tuple[str, ...]:
    return str(one.people), str(one.findings), str(one.blocks)


def page(found: Sequence[Mend], day: date, lang: str) -> str:
    """Return the page, which needs nothing else."""
    title = f"{TITLE.to(lang)}, {day}"
    parts = [f"<h1>{escape(title)}</h1>"]
    if not found:
        parts.append(f"<p>{escape(NOTHING.to(lang))}</p>")
    else:
        parts += _part(KINDS, OF_KINDS, kinds(found, lang), lang)
        parts += _part(UNITS, OF_UNITS, units(found), lang)
        parts += _part(PEOPLE, OF_PEOPLE, people(found), lang)
        parts += _part(EACH, OF_EACH, (row(one, lang) for one in found), lang)
    return web_page(lang, title, _STYLE, "\n".join(parts))


def _part(title: Text, columns: Sequence[str], rows: Iterable[Sequence[str]], lang: str) -> list[str]:
    head = "".join(f"<th>{escape(one)}</th>" for one in heads(columns, lang))
    return [f"<h2>{escape(title.to(lang))}</h2>", f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>",
            *(_line(cells) for cells in rows), "</tbody>\n</table>"]  # fmt: skip


def _line(cells: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<td>{escape(visible(cell))}</td>' for cell in cells)}</tr>"


_STYLE = """
body { font: 10pt/1.4 system-ui, sans-serif; color: #111; background: #fff; margin: 1cm; }
h1 { font-size: 14pt; } h2 { font-size: 11pt; margin-top: 1cm; }
table { border-collapse: collapse; width: 100%; } thead { position: sticky; top: 0; background: #eee; }
th, td { border: 1px solid #ccc; padding: 0.1cm 0.2cm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
@media print { thead { position: static; } tr { break-inside: avoid; } }
"""
