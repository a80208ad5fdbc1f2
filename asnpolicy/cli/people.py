"""People: the file of employees that a command reads; what is amiss in it is told as it comes, and counted."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from asnpolicy.arguments import is_address
from asnpolicy.cli.output import tell, wrong_use
from asnpolicy.exchange import intake
from asnpolicy.people import DataFinding, Employee
from asnpolicy.people.findings import CATALOGUE
from asnpolicy.people.nip import masked
from asnpolicy.problems import missing_extra
from asnpolicy.text import Text, phrase
from asnpolicy.visible import visible

MOST_TOLD = 50
LEFT_OUT = Text("dilewati", "left out")
READ_AS_ONE = Text(
    "dibaca sebagai satu orang; yang berbeda di antaranya dianggap tidak diketahui",
    "read as one person, of whom what they say differently is unknown",
)
PEOPLE = (
    "people as JSON Lines, as one JSON array or as objects over several lines; - for standard input; "
    "or a folder of tables, or the address of a database"
)
EMPLOYEES = "people as JSON Lines, as one JSON array or as objects over several lines; - for standard input"
ENCODING = typer.Option(
    help="the encoding of the file of people, such as cp1252; UTF-8, or what its first bytes say, without"
)
STRICT = typer.Option("--strict", help="leave out whoever has anything amiss, instead of taking it as not known")


def no_processes(jobs: int | None) -> None:
    """Refuse `--jobs` where people in tables are decided in columns."""
    if jobs is not None:
        raise wrong_use(
            phrase(en="`--jobs` has no meaning with tables", id="`--jobs` tidak ada artinya untuk tabel"),
            phrase(en="leave it out: columns use all processors", id="hapus saja: kolom memakai semua prosesor"),
        )


class People:
    """The employees of a file, and what was amiss in it."""

    def __init__(self, path: str, encoding: str | None = None, *, strict: bool = False) -> None:
        self.path, self.encoding, self.strict = path, encoding, strict
        self.bad = 0
        self.found: Counter[str] = Counter()
        """How often something was found while it was read, by the code of what it was."""
        self.repeated: dict[str, list[int]] = {}
        """The lines of each number that is on more than one, once all have been read."""

    def __iter__(self) -> Iterator[Employee]:
        with self.open() as register:
            for one in register:
                if isinstance(one, intake.BadLine):
                    self.tell(one)
                else:
                    self.count(one.intake)
                    yield one
            self.repeated = register.repeated()

    @contextmanager
    def open(self) -> Iterator[intake.Register]:
        """Open the file, or standard input for `-`."""
        if self.path == "-":
            yield self._told(intake.register(sys.stdin.buffer, encoding=self.encoding, strict=self.strict))
            return
        if is_address(self.path):  # it is not shown: a password may be in it
            raise wrong_use(
                phrase(en="the address of a database is no file of people", id="alamat database bukan berkas pegawai"),
                phrase(
                    en="a database is read by `asnpolicy assess`", id="database dibaca oleh `asnpolicy assess`"
                ),
            )
        path = Path(self.path)
        if path.is_dir():
            raise wrong_use(
                phrase(en="`{path}` is a folder", id="`{path}` adalah folder", path=self.path),
                phrase(
                    en="give a file of JSON Lines, one employee a line; a folder of tables is read by `asnpolicy assess`",
                    id="beri berkas JSON Lines, satu pegawai setiap baris; folder tabel dibaca oleh `asnpolicy assess`",
                ),
            )
        if not path.exists():
            raise wrong_use(
                phrase(en="there is no file `{path}`", id="tidak ada berkas `{path}`", path=self.path),
                phrase(
                    en="give a file of JSON Lines; `asnpolicy synth` makes one to try with",
                    id="beri berkas JSON Lines; `asnpolicy synth` membuat contohnya",
                ),
            )
        with intake.opened(path, encoding=self.encoding, strict=self.strict) as register:
            yield self._told(register)

    @property
    def in_tables(self) -> bool:
        """Whether the people are in a folder of tables, or in those of a database."""
        return is_address(self.path) or (self.path != "-" and Path(self.path).is_dir())

    def refuse_reading_options(self) -> None:
        """Refuse the options that say how a file is read, where the people are in tables."""
        if self.strict or self.encoding:
            raise wrong_use(
                phrase(
                    en="`--strict` and `--encoding` are for files of people",
                    id="`--strict` dan `--encoding` untuk berkas pegawai",
                ),
                phrase(en="leave them out for tables", id="hapus untuk tabel"),
            )

    def find(self, wanted: Collection[str]) -> dict[str, Employee]:
        """Return the people of some numbers, as far as they are there: of a file, of a folder of tables, of a database."""
        if not self.in_tables:
            return {person.nip: person for person in self if person.nip in wanted}
        self.refuse_reading_options()
        try:
            from asnpolicy.exchange import tables  # noqa: PLC0415  # needs an extra
        except ModuleNotFoundError as error:
            raise missing_extra("a workforce in tables", "columns") from error
        found = tables.find(self.path, wanted)
        for line in found.run.told():
            tell(line)
        self.bad += bool(found.run.amiss)
        return found.people

    @property
    def name(self) -> Text:
        """Return what the file is called in a message; of a database not its address, in which a password may be."""
        if is_address(self.path):
            return Text("basis data", "the database")
        shown = visible(self.path)
        return Text("masukan standar", "standard input") if self.path == "-" else Text(shown, shown)

    def tell(self, bad: intake.BadLine) -> None:
        """Tell a line that is no employee; of very many only the first."""
        self.bad += 1
        if self.bad <= MOST_TOLD:
            reason = Text(visible(bad.reason.id), visible(bad.reason.en))
            tell(
                phrase(
                    en="{name}:{number}: {reason}   [bad-line]",
                    id="{name}:{number}: {reason}   [bad-line]",
                    name=self.name,
                    number=bad.number,
                    reason=reason,
                )
            )
        elif self.bad == MOST_TOLD + 1:
            tell(
                phrase(
                    en="more bad lines are counted, but no longer shown",
                    id="baris rusak yang lain dihitung, tetapi tidak ditampilkan lagi",
                )
            )

    def count(self, found: Iterable[DataFinding]) -> None:
        """Count what was found while somebody was read."""
        self.found.update(one.code for one in found)

    def tell_doubles(self, repeated: dict[str, list[int]]) -> int:
        """Tell the numbers that are on more than one line, and return how many they are."""
        for nip, lines in list(repeated.items())[:MOST_TOLD]:
            tell(
                phrase(
                    en="{name}: NIP {nip} is on lines {first} and {last}: {what}   [same-nip]",
                    id="{name}: NIP {nip} ada pada baris {first} dan {last}: {what}   [same-nip]",
                    name=self.name,
                    nip=masked(nip),
                    first=", ".join(map(str, lines[:-1][:MOST_TOLD])),
                    last=lines[-1],
                    what=LEFT_OUT if self.strict else READ_AS_ONE,
                )
            )
        if (more := len(repeated) - MOST_TOLD) > 0:
            tell(
                phrase(
                    en="{more} more numbers are on several lines",
                    id="{more} nomor lain ada pada beberapa baris",
                    more=more,
                )
            )
        return len(repeated)

    def tell_amiss(self) -> int:
        """Tell all that was amiss, once all have been read, and return how much of it left something out or unknown."""
        return self.tell_rest() + self.tell_doubles(self.repeated)

    def _told(self, register: intake.Register) -> intake.Register:
        """Tell where nobody is in the file: what is worked out of nobody looks as if it were of somebody."""
        if not register.lines:
            tell(
                phrase(
                    en="{name}: there is nobody in it; one employee is written a line, as JSON   [nobody]",
                    id="{name}: tidak memuat seorang pun; satu pegawai ditulis setiap baris, sebagai JSON   [nobody]",
                    name=self.name,
                )
            )
        return register

    def tell_bad(self) -> None:
        """Tell how many lines were no employee, where some were not."""
        if self.bad:
            lines = Text(f"{self.bad} baris", f"{self.bad} bad line{'s' * (self.bad != 1)}")
            tell(phrase(en="{lines} left out", id="{lines} rusak dilewati", lines=lines))

    def tell_rest(self) -> int:
        """Tell how much was amiss in all, and return how much of it left something out or unknown."""
        self.tell_bad()
        lost = sum(count for code, count in self.found.items() if CATALOGUE[code].effect == "unknown")
        if self.found:
            counts = ", ".join(f"{code} {count}" for code, count in self.found.most_common())
            tell(
                phrase(
                    en="{name}: {counts}; `asnpolicy findings` lists them   [intake]",
                    id="{name}: {counts}; `asnpolicy findings` mendaftarnya   [intake]",
                    name=self.name,
                    counts=counts,
                )
            )
        return self.bad + lost
