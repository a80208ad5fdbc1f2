"""The library of regions: where policies lie, and how one is loaded whole, checked, for every day."""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from time import perf_counter
from typing import TypeAlias

from asnpolicy.language.rules import Program
from asnpolicy.people import OPEN
from asnpolicy.policy.checks import CHECKS
from asnpolicy.policy.copies import copies, names_amiss
from asnpolicy.policy.dated import BEGINNING
from asnpolicy.policy.elaborate.rules import Elaboration
from asnpolicy.policy.merged import Merged
from asnpolicy.policy.policy import Policy
from asnpolicy.policy.surface.documents import (
    NOTHING_INHERITED,
    Documents,
    Inherited,
    OpenFiles,
    open_files,
    read_documents,
)
from asnpolicy.problems import BASE, PolicyError, Problem, Problems, UnknownNameError, meant, unknown
from asnpolicy.text import Message, Text, phrase

LOG = logging.getLogger("asnpolicy")
"""What an operator may want to follow; silent until a program gives it a handler."""
LOG.addHandler(logging.NullHandler())
ENDING, POLICIES = ".yaml", "policies"
REGION = Text("daerah", "region")
FOLLOWS = frozenset({
    "unknown-source", "unknown-value-name", "unknown-condition", "unknown-table", "unknown-figure", "unknown-rule",
    "unknown-fact", "not-covered", "not-within", "unknown-typical",
})  # fmt: skip
"""Problems that follow from a file that can't be read, and would only hide the one that matters."""


def shipped() -> Path:
    """Return the folder of the regions that come with the library."""
    packaged = Path(str(files("asnpolicy"))) / "_policies"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "policies"


def regions() -> tuple[str, ...]:
    """Name the regions that come with the library."""
    return tuple(sorted(p.name for p in shipped().iterdir() if p.is_dir() and any(p.glob("*.yaml"))))


def find(region: str | Path) -> Path:
    """Find a region by its name, or take a folder, or the folder of a file; raises PolicyError with a suggestion.

    A name that ships comes first, then a folder, then a folder of that name under `policies`.
    """
    given = Path(region)
    if isinstance(region, str) and region in regions():
        return shipped() / region
    if given.is_dir():
        return given
    if given.is_file() and given.suffix == ENDING:
        return given.parent
    below = Path(POLICIES) / given
    if len(given.parts) == 1 and below.is_dir():
        return below
    there = phrase(
        en="there is: {regions}; or give the path of a folder",
        id="yang ada: {regions}; atau beri lokasi folder",
        regions=", ".join(regions()),
    )
    help = meant(str(region), (*regions(), *beside()), there)
    raise UnknownNameError([Problem("unknown-region", unknown(REGION, str(region)), help=help)])


def beside() -> tuple[str, ...]:
    """Name the regions of one's own: the folder one stands in, those in it, or those under `policies`."""
    if holds_region(Path()):
        return (".",)
    own = [folder for folder in sorted(Path().iterdir()) if holds_region(folder)]
    under = sorted(Path(POLICIES).iterdir()) if Path(POLICIES).is_dir() and not own else []
    return tuple(str(folder) for folder in own or [folder for folder in under if holds_region(folder)])


def asked(names: Iterable[str] | None) -> tuple[str, ...]:
    """Return the regions that are meant: those named, each of a folder of regions, else one's own, else those that ship."""
    if not names:
        return beside() or regions()
    found: list[str] = []
    for name in names:
        given = Path(name)
        alone = name in regions() or not given.is_dir() or any(given.glob("*.y*ml"))
        inside = [] if alone else [str(one) for one in sorted(given.iterdir()) if holds_region(one)]
        found += inside or [name]
    return tuple(found)


def holds_region(folder: Path) -> bool:
    """Tell whether a folder holds a policy file, going by its first words; a file that can't be read might be one."""
    return folder.is_dir() and any(_begins_policy(path) for path in sorted(folder.glob("*.y*ml")))


def _begins_policy(path: Path) -> bool:
    try:
        return any(line.startswith((b"format:", b"region:")) for line in path.read_bytes().splitlines())
    except OSError:
        return False


def load(region: str | Path) -> Policy:
    """Load and check a region with all that it extends; raises PolicyError holding every problem."""
    begun = perf_counter()
    with _nothing_collected():
        policy = _load(region)
    LOG.info("loaded %s from %s in %.0f ms", policy.region, policy.paths[0], 1000 * (perf_counter() - begun))
    return policy


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Let the garbage collector wait: what is read here stays, and searching it again and again takes half the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _load(region: str | Path) -> Policy:
    problems = Problems()
    folder = find(region)
    chain, paths = _chain(folder, problems)
    written = len(problems.found)
    merged = Merged(chain, problems)
    policy = _policy(merged, paths, problems)
    for check in CHECKS:
        check(policy, problems)
    if problems.found:
        _tests(chain[0], problems)
    _leave_what_follows(problems, written, chain)
    problems.raise_if_any()
    return policy


def _leave_what_follows(problems: Problems, written: int, chain: tuple[Documents, ...]) -> None:
    """Leave out what follows from the first `written` problems, which are of what can't be read as it is written."""
    if not all(documents.whole for documents in chain):
        problems.found = [problem for problem in problems.found if problem.code not in FOLLOWS] or problems.found
    elif written:
        amiss = names_amiss(chain, problems.found[:written])
        later = [
            p
            for p in problems.found[written:]
            if p.code != "not-covered" or not amiss & set(map(str, p.message.words.values()))
        ]
        problems.found = problems.found[:written] + later
    problems.found = copies(problems.found)


def _tests(documents: Documents, problems: Problems) -> None:
    """Tell what is amiss with the tests of a policy too, so that it needs not wait for another time."""
    from asnpolicy.policy.surface.cases import tests_of  # noqa: PLC0415  # most policies are right

    tests_of(documents, problems)


def _chain(folder: Path, problems: Problems) -> tuple[tuple[Documents, ...], tuple[Path, ...]]:
    """Read a region and all that it extends, nearest first."""
    found: list[tuple[str, _Written]] = []
    paths: list[Path] = []
    at: Path | None = folder
    while at is not None:
        name, written = at.resolve().name, tuple(_files(at, problems).items())
        found.append((name, written))
        paths.append(at)
        opened, told = _opened(name, written)
        problems.sources.update(told.sources)
        at = _base(at, opened.documents, [region for region, _ in found], problems)
    return tuple(reversed(list(_read(found, problems)))), tuple(paths)


def _read(found: list[tuple[str, _Written]], problems: Problems) -> Iterator[Documents]:
    """Read what the files declare, base first: what a name means depends on what is inherited."""
    inherited = NOTHING_INHERITED
    for region, written in reversed(found):
        documents, told = _documents(region, written, inherited)
        problems.found += told.found
        problems.sources.update(told.sources)
        yield documents
        inherited = documents.inherited(inherited)


_Written: TypeAlias = tuple[tuple[str, bytes], ...]
"""The files of a region: the name of each, and its bytes."""


@lru_cache(maxsize=8)
def _opened(region: str, written: _Written) -> tuple[OpenFiles, Problems]:
    """Open the files of a region, once for what is written in them: many regions extend one base."""
    problems = Problems()
    return open_files(region, dict(written), problems), problems


@lru_cache(maxsize=8)
def _documents(region: str, written: _Written, inherited: Inherited) -> tuple[Documents, Problems]:
    """Read what the files of a region declare, once for what is written in them and for what they inherit."""
    opened, told = _opened(region, written)
    problems = Problems(list(told.found), told.sources)
    return read_documents(opened, inherited, problems), problems


def _files(folder: Path, problems: Problems) -> Mapping[str, bytes]:
    found: dict[str, bytes] = {}
    for path in sorted(folder.glob(f"*{ENDING}")):
        shown = f"{folder.resolve().name}/{path.name}"
        try:
            found[shown] = path.read_bytes()
        except OSError:
            message = phrase(en="the file `{path}` can't be read", id="berkas `{path}` tidak dapat dibaca", path=path)
            problems.add("unreadable", message, None, _CHECK_IT)
    missed = not_read(folder)
    for path, help in missed:
        problems.add("not-read", phrase(en="`{path}` is not read", id="`{path}` tidak dibaca", path=path), None, help)
    if not found and not missed:
        message = phrase(
            en="`{folder}` holds no policy files", id="`{folder}` tidak memuat berkas kebijakan", folder=folder
        )
        problems.add("no-files", message, None, _FILES)
    return found


def not_read(folder: Path) -> list[tuple[Path, Message]]:
    """Return what looks like a part of a policy and is not read, each with the way out."""
    missed: list[tuple[Path, Message]] = []
    for path in sorted(folder.iterdir()):
        stem = _STRAY.sub("", path.name)
        if path.name.startswith(".") or (path.is_file() and path.suffix == ENDING):
            continue
        if path.is_file() and stem != path.name:
            help = phrase(
                en="rename it to `{name}`, or move it elsewhere", id="ubah namanya menjadi `{name}`, atau pindahkan",
                name=stem + ENDING,
            )  # fmt: skip
            missed.append((path, help))
        elif path.is_dir() and any(_STRAY.search(one.name) or one.suffix == ENDING for one in path.glob("**/*")):
            missed.append((path, phrase(
                en="a region is one folder: move its files into `{folder}`, or elsewhere",
                id="satu daerah adalah satu folder: pindahkan berkasnya ke `{folder}`, atau ke tempat lain",
                folder=folder,
            )))  # fmt: skip
    return missed


_STRAY = re.compile(r"(\.yaml|\.yml|\.yaml\.txt|\.yml\.txt)$", re.IGNORECASE)
_CHECK_IT = phrase(en="check that it is there and may be read", id="pastikan berkasnya ada dan boleh dibaca")
_FILES = phrase(
    en="a policy is one or more files named *.yaml",
    id="kebijakan terdiri atas satu atau beberapa berkas bernama *.yaml",
)


def _base(folder: Path, documents: Documents, seen: list[str], problems: Problems) -> Path | None:
    if documents.extends is None:
        return None
    name, place = documents.extends.text, documents.extends.place
    if name in seen:
        circle = " → ".join([*seen[seen.index(name) :], name])
        problems.add(
            "circle",
            phrase(en="the regions extend each other: {circle}", id="daerah saling memperluas: {circle}", circle=circle),
            place,
            phrase(en="let one of them stand alone", id="biarkan salah satunya berdiri sendiri"),
        )
        return None
    beside = folder.resolve().parent / name
    if beside.is_dir() and "/" not in name and "\\" not in name:
        return beside
    if name in regions():
        return shipped() / name
    problems.unknown("unknown-region", name, BASE, place, regions())
    return None


def _policy(merged: Merged, paths: tuple[Path, ...], problems: Problems) -> Policy:
    days = _days(merged)
    elaboration = Elaboration(merged, problems)
    programs = [
        Program(merged.region, since, until, elaboration.rules(since))
        for since, until in zip(days, [*days[1:], OPEN], strict=True)
    ]
    programs = [program for at, program in enumerate(programs) if program.rules or any(p.rules for p in programs[:at])]
    title = merged.chain[0].title or Text(merged.region, merged.region)
    return Policy(merged.region, title, tuple(programs), merged, paths)


def _days(merged: Merged) -> list[date]:
    """Return every day on which something begins or ends."""
    return sorted(frozenset().union(*(documents.days() for documents in merged.chain))) or [BEGINNING]


def unchanged(path: str | Path, digest: str) -> Policy:
    """Load the policy of a path, or of a shipped name, again; raises PolicyError when it means something else than the `digest` says."""
    policy = load(path)
    if policy.digest != digest:
        message = phrase(
            en="the policy at `{path}` is another than the one that was pickled: {found}, not {kept}",
            id="kebijakan di `{path}` bukan yang dulu disimpan: {found}, bukan {kept}",
            path=path, found=policy.digest[:12], kept=digest[:12],
        )  # fmt: skip
        help = phrase(en="load the engine again where it is used", id="muat mesin itu lagi di tempat ia dipakai")
        raise PolicyError([Problem("changed-policy", message, help=help)])
    return policy
