"""`asnpolicy verify`: stored certificates decided again, from themselves alone."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO, Annotated

import typer

from asnpolicy.cli.output import FINDING, say, tell, wrong_use
from asnpolicy.decisions.certificate import Certificate
from asnpolicy.decisions.verification import Differing, Verification
from asnpolicy.engine import Engine
from asnpolicy.people.nip import masked
from asnpolicy.problems import PolicyError
from asnpolicy.text import Message, Text, joined, phrase
from asnpolicy.visible import visible


def verify(
    certificates: Annotated[str, typer.Argument(help="JSON Lines, one certificate a line; - for standard input")],
    policy: Annotated[
        str | None, typer.Option(help="the folder of the policy; without it, the shipped region that each names")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="tell only what is not reproduced")] = False,
) -> None:
    """Decide stored certificates again, and tell what differs.

    A certificate is decided from what it holds: the facts that were read, and the policy of the same name. It is `reproduced`
    when policy, result, standing and each criterion come out as certified and the seal is that of what is written. Findings
    of the data, and the day of an event of leaving, are taken over. The seal shows that nothing was changed since, not who
    made the certificate: for that, sign the file.

    Exit status: 0 all reproduced, 1 something differs or could not be read, 2 wrong use.

    \b
    Examples:
      asnpolicy assess jakarta staff.jsonl --as-of 2026-10-01 --format certificates -o kept.jsonl
      asnpolicy verify kept.jsonl
      asnpolicy verify kept.jsonl --policy archive/2026/jakarta
    """
    load = lru_cache(maxsize=16)(Engine.load)
    if policy is not None:
        load(policy)  # what is amiss with it is told before anything is decided
    counts: Counter[str] = Counter()
    for number, line in _lines(certificates):
        try:
            came = _came(line, policy, load)
        except PolicyError as error:
            counts["bad"] += 1
            first = error.problems[0]
            tell(
                phrase(
                    en="{file}:{number}: {message}   [{code}]",
                    id="{file}:{number}: {message}   [{code}]",
                    file=visible(certificates),
                    number=number,
                    message=first.message,
                    code=first.code,
                )
            )
            continue
        counts["reproduced" if came.reproduced else "differing"] += 1
        if not (quiet and came.reproduced):
            for sentence in _told(number, came):
                say(sentence)
    _whole(counts)


def _came(line: bytes, policy: str | None, load: Callable[[str], Engine]) -> Verification:
    given = Certificate.model_validate_json(line)
    return load(policy or given.region).verify(given)


def _lines(path: str) -> Iterator[tuple[int, bytes]]:
    """Read the lines of a file that are not empty, with their numbers."""
    with _opened(path) as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, line


@contextmanager
def _opened(path: str) -> Iterator[IO[bytes]]:
    if path == "-":
        yield sys.stdin.buffer
        return
    there = Path(path)
    if not there.is_file():
        raise wrong_use(
            phrase(en="there is no file `{path}`", id="tidak ada berkas `{path}`", path=path),
            phrase(en="give a file of certificates, one a line", id="beri berkas sertifikat, satu setiap baris"),
        )
    with there.open("rb") as file:
        yield file


REPRODUCED, DIFFERS = Text("sama hasilnya", "reproduced"), Text("berbeda", "differs")
TAKEN = {
    "findings": Text("temuan data", "findings of the data"),
    "confirmed": Text("temuan yang sudah ditegaskan", "what officers confirmed"),
    "assumes": Text("yang dianggap tetap", "what is assumed"),
    "event": Text("hari berhenti", "the day of leaving"),
    "missing": Text("data yang diperlukan", "data needed"),
}
"""What a certificate has of the person as delivered, in words."""


def _told(number: int, came: Verification) -> Iterator[Message]:
    given = came.certificate
    opening = f" → {given.opening}" if given.opening else ""
    about = f"{number}: {masked(given.nip)} {given.rule}{opening} {given.as_of}: {given.state or given.verdict}"
    result = REPRODUCED if came.reproduced else DIFFERS
    yield phrase(en="{about}: {result}", id="{about}: {result}", about=about, result=result)
    for one in came.differing:
        yield _difference(one)
    if came.taken_over:
        names = joined(*(phrase(en="{it}", id="{it}", it=TAKEN[name]) for name in came.taken_over), by=", ")
        yield joined(phrase(en="  taken over, not decided again:", id="  diambil alih, tidak diputus ulang:"), names)
    if came.reproduced and came.texts_differ:
        yield phrase(en="  some texts are worded otherwise now", id="  beberapa teks kini berbunyi lain")
    if given.library != came.library:
        yield phrase(
            en="  certified by asnpolicy {then}, decided again by {now}",
            id="  dicatat oleh asnpolicy {then}, diputus ulang oleh {now}",
            then=given.library,
            now=came.library,
        )


def _difference(one: Differing) -> Message:
    if one.where == "seal":
        return phrase(
            en="  seal: not that of what the certificate says: it was changed since",
            id="  segel: bukan segel dari isi sertifikat ini: isinya sudah diubah",
        )
    before, now = (Text("tidak ada", "nothing") if each == "nothing" else each for each in (one.certified, one.now))
    return phrase(
        en="  {where}: certified {before}; now {now}",
        id="  {where}: tercatat {before}; sekarang {now}",
        where=one.where,
        before=before,
        now=now,
    )


def _whole(counts: Counter[str]) -> None:
    done, bad = counts["reproduced"] + counts["differing"], counts["bad"]
    if not done and not bad:
        raise wrong_use(
            phrase(en="there is no certificate", id="tidak ada sertifikat"),
            phrase(
                en="`asnpolicy assess … --format certificates` writes them",
                id="`asnpolicy assess … --format certificates` membuatnya",
            ),
        )
    lost = Text(f", {bad} tidak dapat diputus", f", {bad} could not be decided") if bad else ""
    tell(
        phrase(
            en="{same} of {done} certificates reproduced{lost}",
            id="{same} dari {done} sertifikat sama hasilnya{lost}",
            same=counts["reproduced"],
            done=done,
            lost=lost,
        )
    )
    if counts["differing"] or bad:
        raise typer.Exit(FINDING)
