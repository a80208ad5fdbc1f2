"""Tables: the page of the schema of a workforce, what each column of each table holds."""

from __future__ import annotations

from asnpolicy.people import HISTORIES
from asnpolicy.report.markdown import table
from asnpolicy.workforce.schema import AGENCY, EMPLOYEES, KEY, ColumnSpec, Holds, delivered, needed, tables, word_of

_HEAD = """\
A workforce is a folder of Parquet or CSV files, or as many frames: `employees` with one row a person, and one table a history with one
row a record. Each row names its person by `nip`. A large table may be a folder of Parquet files, such as `ranks/part-00000.parquet`.
Tables sorted by NIP are read fastest; the order of rows changes no answer. [How to assess a whole government](../how-to/assess-a-government.md)
is another page.

- **A cell that is empty is not known**: neither false nor zero nor none. A column that is not there is empty throughout, but for
  `cpns_on` and `pns_on` of somebody under a contract, who has none. **A table that is not there is a history that is not known**,
  whatever `employees` promises of it.
- **A day** is a date, or text like `2026-10-01`. A day that is known in part is its first day, with the last in the column
  `…_last`; as text also `2022`, `2022-03` or `2022-03-01..2022-03-20`. That there is none, that something runs on, or that a history is
  complete from the beginning is the word in the column `…_is`; as text the word may stand in the column of the day itself. The first and
  the last day of the calendar (`0001-01-01`, `9999-12-31`) are no words: registers write them where they know none, and they are not known.
- **A record reaches from its first day up to, and without, its `until`.**
- **A cell is read as a field of a file is**: `Penata Tk. I (III/d)`, `01-10-2022`, `10 JP`, `NIP. 19900101 201503 1 001` mean
  [what they mean there](../how-to/hand-over-a-register.md#what-is-read-and-what-is-not), and `amiss` says of how many cells. Where a column
  also has days that can only be month first, in whatever part of the table, days that may be two keep their year.
- **A cell that can't be read is not known**, and counted; of a record whose fields contradict each other these are not known; so is a field that two rows of one person say differently. A row without a
  readable number, or of nobody in `employees`, may be anybody's: its table is then taken as complete for nobody in that run.
- Days lie from 1900 to 2200, texts have at most 200 characters, exact numbers so many decimal places as are named here.
"""
_AGENCY = """\
# Tables of the agency

What a decision may need beyond the person: units, vacant posts, courses, relations, the calendar of an election. They are asked for with
`--agency FOLDER` (or a database) in place of a JSON file, and in Python by `AgencyTables.read(folder)`; they may lie beside the tables of
people, or alone. Nothing is asked with them unless they are named, since each opening is asked about for everybody.

- **A table that is not there was not delivered**; of one that is there without rows it is known that there are none. An opening or a course
  whose competencies are not in the table of these has a standard that is not known; that it asks for none is the word `none` in `…_is`.
- A row that does not say of what it is, or is of what is not there, may be of anything: of that table nothing is then taken as known. Of a
  standard with a code or a level that can't be read nothing is known either.
- Two rows that are the same count once; two that say different things of one unit, opening or course are told, and nothing is asked. Days are
  whole.
"""
_KINDS = {
    Holds.NUMBER_OF_PERSON: "the NIP, 18 digits",
    Holds.TEXT: "text",
    Holds.TEXTS: "list of texts; in CSV a JSON array",
    Holds.TRUTH: "true or false",
    Holds.DAY: "day",
    Holds.LAST_DAY: "the last day that it may be",
    Holds.JSON: "JSON: findings that an officer has confirmed",
}


def tables_page(written_by: str) -> str:
    """Return the page; `written_by` says where it comes from."""
    lines = ["# Tables of a workforce", "", written_by, "", _HEAD]
    for name in tables():
        lines += [f"## `{name}`", "", *_placed(name), *_columns(name), ""]
    lines += [_AGENCY.replace("# Tables", "## Tables", 1)]
    for name in AGENCY:
        keys = ", ".join(f"`{key}`" for key in needed(name))
        lines += [f"## `{name}`", "", *([f"Each row has {keys}.", ""] if keys else ["One row.", ""]), *_columns(name), ""]
    return "\n".join(lines).rstrip() + "\n"


def _placed(name: str) -> list[str]:
    if name == EMPLOYEES:
        return []
    return [f"Placed in time by `{HISTORIES[name].placed_by}`.", ""]


def _columns(name: str) -> list[str]:
    rows = [[f"`{spec.name}`", _type(spec), _held(spec)] for spec in delivered(name).values()]
    return table(["Column", "Type", "What it holds"], rows)


def _type(spec: ColumnSpec) -> str:
    if spec.holds in (Holds.LABEL, Holds.WORD):
        return "text or Enum"
    if spec.holds is Holds.EXACT:
        return f"decimal, {spec.places} places"
    names = {
        Holds.TRUTH: "Boolean",
        Holds.DAY: "Date",
        Holds.LAST_DAY: "Date",
        Holds.NUMBER: "integer",
        Holds.TEXTS: "list",
    }
    return names.get(spec.holds, "text")


def _held(spec: ColumnSpec) -> str:
    if spec.labels is not None:
        words = ", ".join(f"`{member.label}`" for member in spec.labels)
        return f"{words}; `none` where there is none" if spec.may_be_none else words
    if spec.name in ("competencies_is", "closes_is"):
        return "`none` where it is known that there are none"
    if spec.holds is Holds.WORD:
        own = spec.name.removesuffix("_is")
        word = next(
            word
            for table_ in (*tables(), *AGENCY)
            for each in delivered(table_).values()
            if each.name == own and (word := word_of(each))
        )
        return f"`{word[0]}`, in the place of `{own}`"
    if spec.limits is not None:
        return f"{spec.limits[0]} to {spec.limits[1]}"
    if spec.holds is Holds.NUMBER_OF_PERSON and spec.name == KEY:
        return _KINDS[spec.holds] + "; the key"
    if spec.holds is Holds.NUMBER:
        return "whole number"
    return _KINDS[spec.holds] + (
        "; `none` where there is none" if spec.may_be_none and spec.holds is Holds.TEXT else ""
    )
