"""Folders: a workforce from Parquet or a database to Parquet, bucket by bucket; what is half done never looks whole, and is taken up again."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from asnpolicy.decisions.frame import PASSED_ON, FrameMaker
from asnpolicy.exchange.near_tables import count_near
from asnpolicy.exchange.processes import shared
from asnpolicy.policy.near import Bearer, Near, NearCodes, NearTally
from asnpolicy.problems import PolicyError, Problem
from asnpolicy.text import Message, phrase
from asnpolicy.version import VERSION
from asnpolicy.workforce import Amiss, Workforce
from asnpolicy.workforce.folder import Folder
from asnpolicy.workforce.source import Part, Source, opened
from asnpolicy.workforce.workforce import promised

SIZE = 100_000
"""So many people are in a bucket: what is in memory at one time."""
HALF = ".half"
"""What is added to the name of a folder while it is filled."""
ASKED = "asked.json"
VOIDS = ("orphan", "no-person")
"""What makes a table complete for nobody."""


@dataclass(slots=True)
class Run:
    """What a run came to: how many people, how many of them one by one, and what was amiss."""

    people: int = 0
    passed_on: int = 0
    amiss: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    taken_up: int = 0
    """How many buckets were there already, from a run that was stopped."""
    near: NearTally = field(default_factory=NearTally)
    """Who bears codes that are almost what the policy asks for."""

    def told(self) -> list[Message]:
        """Return what was amiss as lines."""
        return [Amiss(*key, count).sentence for key, count in sorted(self.amiss.items())]


def assess_folder(
    maker: FrameMaker,
    source: str | Path | Source,
    target: str | Path,
    *,
    policy: str,
    codes: NearCodes | None = None,
    size: int | None = None,
    jobs: int = 1,
    advance: Callable[[int], object] = lambda people: None,  # noqa: ARG005  # it tells nobody
) -> Run:
    """Decide about everybody in a folder of tables, or a database, and write the answers to a folder, one Parquet file a bucket.

    The folder appears under its name when all is written. A run that was stopped leaves `<name>.half` beside it, and the
    next one with the same question goes on from there. `policy` is the content hash of what decides; `codes` looks for codes beside those that it asks for. `jobs` processes share
    the buckets, which are as much smaller, so that as many people are in memory; each is begun anew, so a program that asks for
    several stands under `if __name__ == "__main__"`. Raises PolicyError for a folder that is there already, for tables that
    can't be read, and for a database of which several processes are asked.
    """
    target_, size = Path(target), min(size or SIZE // jobs, maker.most)
    if target_.exists():
        raise _problem(
            "exists",
            phrase(en="`{target}` is there already", id="`{target}` sudah ada", target=target_),
            phrase(en="write to another folder, or take it away first", id="tulis ke folder lain, atau pindahkan dulu"),
        )
    half = target_.with_name(target_.name + HALF)
    with opened(source) as source_:
        if jobs > 1 and not isinstance(source_, Folder):
            raise _problem(
                "wrong-use",
                phrase(en="a database is read by one process", id="basis data dibaca oleh satu proses"),
                phrase(en="leave out `--jobs`", id="hapus `--jobs`"),
            )
        run = _filled(_Asked(maker, policy, codes), source_, half, size, advance, jobs)
    (half / ASKED).unlink()
    half.rename(target_)
    return run


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of each bucket."""

    maker: FrameMaker
    policy: str
    codes: NearCodes | None


def _filled(
    asked: _Asked, source: Source, half: Path, size: int, advance: Callable[[int], object], jobs: int
) -> Run:
    """Write the answers about everybody; what turns out to be complete for nobody is taken so for all."""
    state, void = source.state(), set[str]()
    while True:
        run = Run()
        _begin(half, _question(asked, state, size, void))
        found = _buckets(asked, source, half, size, void, run, advance, jobs)
        if found <= void:
            return run
        void |= found  # a row of nobody may be anybody's: all are asked about again, with nothing promised
        shutil.rmtree(half)


def _buckets(
    asked: _Asked, source: Source, half: Path, size: int, void: set[str], run: Run, advance: Callable[[int], object], jobs: int
) -> set[str]:  # fmt: skip
    """Write the answers of each bucket that is not there yet; return the tables that turn out to be complete for nobody."""
    left: list[Part] = []
    for bucket in source.buckets(size):
        note = _note(half, bucket.number)
        if note.exists():
            run.taken_up += 1
            _add(run, _Came(**json.loads(note.read_text(encoding="utf-8"))), advance)
        else:
            left.append(bucket)
    with closing(_answers(partial(_Answering, asked.maker, asked.codes, half, frozenset(void)), left, jobs)) as answers:
        for came in answers:
            if not isinstance(came, _Came):
                return set(came)
            _add(run, came, advance)
    for note in half.glob("*.json"):
        if note.name != ASKED:
            note.unlink()
    return set()


def _answers(
    begin: Callable[[], _Answering], left: Iterable[Part], jobs: int
) -> Generator[_Came | frozenset[str]]:
    if jobs == 1:
        yield from map(begin(), left)
    else:
        yield from shared(begin, left, jobs)


def _note(half: Path, number: int) -> Path:
    """Return where it is written down that a bucket is whole."""
    return half / f"{number:05d}.json"


_NearThere: TypeAlias = tuple[str, str, str, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Came:
    """What a bucket came to, as the note beside its answers says it."""

    people: int
    passed_on: int
    amiss: tuple[tuple[str, str, str, int], ...]
    near: tuple[_NearThere, ...]
    """Codes beside those that the policy asks for: where, what stands there and what is asked for, of how many, and the first of them."""


def _add(run: Run, came: _Came, advance: Callable[[int], object]) -> None:
    run.people += came.people
    run.passed_on += came.passed_on
    run.amiss.update({(code, table, column): count for code, table, column, count in came.amiss})
    for field_, text, near, people, first in came.near:
        run.near.count(Near(field_, text, near), people, map(Bearer, first))
    advance(came.people)


@dataclass(frozen=True)
class _Answering:
    """Writes the answers of a bucket, and then the note that they are whole."""

    maker: FrameMaker
    codes: NearCodes | None
    half: Path
    void: frozenset[str]

    def __call__(self, bucket: Part) -> _Came | frozenset[str]:
        """Return what the bucket came to; the tables that it shows to be complete for nobody, where that was not known."""
        workforce = bucket.read()
        found = frozenset(one.table for one in workforce.amiss if one.code in VOIDS)
        if not found <= self.void:
            return found
        frame = self.maker.frame(replace(workforce, employees=promised(workforce.employees, set(self.void))))
        part = self.half / f".{bucket.number:05d}.part"
        frame.write_parquet(part, statistics=False)
        part.replace(self.half / f"part-{bucket.number:05d}.parquet")
        amiss = tuple((a.code, a.table, a.column, a.count) for a in workforce.amiss)
        came = _Came(frame.height, int(frame[PASSED_ON].sum()), amiss, tuple(self._near(workforce)))
        _written(_note(self.half, bucket.number), json.dumps(asdict(came)))
        return came

    def _near(self, workforce: Workforce) -> Iterator[_NearThere]:
        tally = NearTally()
        if self.codes is not None:
            count_near(self.codes, workforce, tally)
        return ((one.field, one.text, one.near, one.people, tuple(nip for nip, _ in one.first)) for one in tally.told())


def _question(what: _Asked, state: dict[str, Any], size: int, void: set[str]) -> str:
    """Write down what is asked, of what and by what: only the same question is taken up again."""
    maker = what.maker
    asked = {
        "library": VERSION, "policy": what.policy, "as_of": str(maker.as_of), "agency": maker.agency.model_dump(mode="json"),
        "columns": list(maker.layout.schema()), "files": state, "size": size, "void": sorted(void),
    }  # fmt: skip
    return json.dumps(asked, sort_keys=True)


def _begin(half: Path, asked: str) -> None:
    """Take up a run of the same question, or begin anew."""
    note = half / ASKED
    if half.exists() and note.exists() and note.read_text(encoding="utf-8") == asked:
        return
    if half.exists():
        shutil.rmtree(half)
    try:
        half.mkdir(parents=True)
    except OSError as error:
        raise _problem(
            "system",
            phrase(en="can't make `{half}`: {why}", id="`{half}` tidak dapat dibuat: {why}", half=half, why=(error.strerror or "").lower()),
            phrase(en="write elsewhere", id="tulis di tempat lain"),
        ) from None
    _written(note, asked)


def _written(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def _problem(code: str, message: Message, help_: Message) -> PolicyError:
    return PolicyError([Problem(code, message, help=help_)])
