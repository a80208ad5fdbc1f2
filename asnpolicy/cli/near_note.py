"""Near: the note on codes that no rule asks for, and that are almost one that a rule does ask for."""

from __future__ import annotations

from collections.abc import Sequence

from asnpolicy.people.masking import is_personal
from asnpolicy.people.nip import masked
from asnpolicy.policy.near import NearCode
from asnpolicy.text import Message, Text, phrase
from asnpolicy.visible import visible

MOST = 5
"""So many codes are told in the note."""


def near_note(name: Text, found: Sequence[NearCode], *, listed: bool) -> Message:
    """Return one note on all of them; `listed` says that `asnpolicy findings` lists each for the same people."""
    parts = [_told(one) for one in found[:MOST]]
    more = len(found) - MOST
    if more > 0:
        parts.append(Text(f"dan {more} kode lain", f"and {more} more"))
    codes = Text("; ".join(one.id for one in parts), "; ".join(one.en for one in parts))
    where = Text("; `asnpolicy findings` mendaftarnya", "; `asnpolicy findings` lists them") if listed else Text("", "")
    return phrase(
        en="{name}: codes that no rule asks for, almost one that a rule does: {codes}{where}   [near-code]",
        id="{name}: kode yang tidak ditanyakan aturan mana pun, hampir sama dengan yang ditanyakan: {codes}{where}   [near-code]",
        name=name, codes=codes, where=where,
    )  # fmt: skip


def _told(one: NearCode) -> Text:
    bearers = [(masked(nip), line) for nip, line in one.first]
    who = Text(
        ", ".join(f"{nip} (baris {line})" if line else nip for nip, line in bearers),
        ", ".join(f"{nip} (line {line})" if line else nip for nip, line in bearers),
    )
    what = Text("", "")
    if not is_personal(one.field.split(".")):
        text, near = visible(one.text), one.near
        what = Text(f" `{text}`, mungkin `{near}`,", f" `{text}`, perhaps `{near}`,")
    more = one.people > len(one.first)
    people = "person" if one.people == 1 else "people"
    return Text(
        f"`{one.field}`{what.id} pada {one.people} pegawai, {'antara lain ' if more else ''}{who.id}",
        f"`{one.field}`{what.en} of {one.people} {people}, {'such as ' if more else ''}{who.en}",
    )
