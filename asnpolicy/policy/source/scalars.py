"""Scalars: texts that mean a date, a number, a length of time, or yes and no; what is meant by a slip is said."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from asnpolicy.language.daycount import NONE_PUBLISHED, Days
from asnpolicy.policy.source.text import MAX_SHOWN, show
from asnpolicy.policy.source.tree import RawNode, Scalar, Sequence, kind_of
from asnpolicy.problems import Problems, suggest, write
from asnpolicy.text import Message, Text, alternatives, phrase

MAX_DIGITS = 18
"""A number with more digits is a slip of the keyboard."""

MAX_MONTHS = 1_200
"""The longest duration: a hundred years."""
MAX_DAYS = 999
"""The longest one in days; what is longer is counted in months."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with a text that should mean something, and the way out."""

    message: Message
    help: Message
    code: str = "wrong-value"


T = TypeVar("T")


def accept(found: T | Slip, node: RawNode, problems: Problems) -> T | None:
    """Return what a node means; a slip is told at its place, and then there is none."""
    if not isinstance(found, Slip):
        return found
    problems.add(found.code, found.message, node.place, compared(node) or found.help)
    return None


_SIGNS = {">=": "at_least", "=>": "at_least", "<=": "at_most", "=<": "at_most", ">": "above", "<": "below"}
_COMPARED = re.compile(r"\s*(>=|=>|<=|=<|>|<|at_least\b|at_most\b|above\b|below\b):?\s*(\S.*)")


def compared(node: RawNode) -> Message | None:
    """Help for `>= 5`, which is a text: more and less are said in words."""
    match = _COMPARED.fullmatch(node.text) if isinstance(node, Scalar) else None
    return write(f"{{{_SIGNS.get(match[1], match[1])}: {match[2]}}}") if match else None


_FROM_TO = re.compile(r"\s*(?:-|[\u2010-\u2015]|\.\.|\bs\.?/?d\.?|\bsampai(?: dengan)?\b|\bhingga\b|\bto\b)\s*")


def ends(text: str) -> list[tuple[str, str]]:
    """Return the two ends that a text may name, at each word or sign between them.

    >>> ends("5-10 years"), ends("III/a sampai III/c")
    ([('5', '10 years')], [('III/a', 'III/c')])
    """
    found = ((text[: match.start()], text[match.end() :]) for match in _FROM_TO.finditer(text))
    return [(low, high) for low, high in found if low and high]


def both_ends(low: str, high: str) -> Message:
    """Help for `5-10`, which is no value: one, or both as bounds."""
    return phrase(
        en="write one of them, or both as bounds: `{{at_least: {low}, at_most: {high}}}`",
        id="tulis salah satunya, atau keduanya sebagai batas: `{{at_least: {low}, at_most: {high}}}`",
        low=low, high=high,
    )  # fmt: skip


def _numbers_between(text: str) -> Message | None:
    for low, high in ends(text):
        if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,6})?", low) and re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,6})?", high):
            return both_ends(low, high)
    return None


def lengths_between(text: str) -> Message | None:
    """Help for `5-10 years`, which is no length of time."""
    for low, high in ends(text):
        last = _length_meant(high)
        unit = last.split(maxsplit=1)[-1] if last else ""
        first = _length_meant(low) or _length_meant(f"{low} {unit}")
        if first and last:
            return both_ends(first, last)
    return None


def _length_meant(text: str) -> str | None:
    return _days_meant(text.strip()) or _duration_meant(text)


def _written(node: RawNode, wanted: Text, example: Text) -> str | Slip:
    if isinstance(node, Scalar) and node.text.strip():
        return node.text
    as_example = phrase(en="write it as {example}", id="tulis seperti {example}", example=example)
    if isinstance(node, Scalar):
        return Slip(phrase(en="{wanted} is missing here", id="di sini belum ada {wanted}", wanted=wanted), as_example)
    message = phrase(
        en="{wanted} is needed here, not {found}", id="di sini diperlukan {wanted}, bukan {found}",
        wanted=wanted, found=kind_of(node),
    )  # fmt: skip
    return Slip(message, _one_of(node) or as_example)


def _one_of(node: RawNode) -> Message | None:
    """Help for `[III/a]` where one text is meant."""
    texts = [item.text for item in node.items if isinstance(item, Scalar)] if isinstance(node, Sequence) else []
    if len(texts) == 1:
        return phrase(en="write `{text}` alone, not as a list", id="tulis `{text}` saja, bukan sebagai daftar", text=texts[0])
    return phrase(en="write one of them: {these}", id="tulis salah satu: {these}", these=alternatives(texts[:9])) if texts else None


_A_TEXT, _KEY_AND_TEXT = Text("teks", "a text"), Text("`kunci: teks`", "`key: text`")
_A_DATE, _SUCH_A_DATE = Text("tanggal", "a date"), Text("`2026-10-01`", "`2026-10-01`")


def text_in(node: RawNode) -> str | Slip:
    """Return a text that says something."""
    return _written(node, _A_TEXT, _KEY_AND_TEXT)


def as_text(node: RawNode, problems: Problems) -> str | None:
    """Read a text that says something."""
    return accept(text_in(node), node, problems)


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. \u2010-\u2015]+([0-9]{1,2})[-/. \u2010-\u2015]+([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. \u2010-\u2015]+([0-9]{1,2}|[A-Za-z]{3,9})[-/. \u2010-\u2015]+([0-9]{4})")
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "mei may", "jun", "jul", "agu aug ags", "sep", "okt oct", "nov", "des dec")


def date_in(node: RawNode) -> date | Slip:
    """Return a day, written as YYYY-MM-DD and not otherwise."""
    text = _written(node, _A_DATE, _SUCH_A_DATE)
    if isinstance(text, Slip):
        return text
    if _DATE.fullmatch(text):
        day = _calendar(text)
        return day or Slip(
            phrase(en="{text} is not in the calendar", id="{text} tidak ada dalam kalender", text=show(text)),
            _in_the_calendar(text),
        )
    meant = _day_meant(text)
    help = write(str(meant)) if meant else _YEAR_MONTH_DAY
    return Slip(
        phrase(en="{text} is not written as a date", id="{text} tidak ditulis sebagai tanggal", text=show(text)), help
    )


_YEAR_MONTH_DAY = phrase(
    en="write year, month and day as in `2026-10-01`", id="tulis tahun, bulan, dan hari seperti `2026-10-01`"
)


def as_date(node: RawNode, problems: Problems) -> date | None:
    """Read a day."""
    return accept(date_in(node), node, problems)


def _calendar(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _in_the_calendar(text: str) -> Message:
    """Help for a day that is written as one, and is none."""
    year, month = int(text[:4]), int(text[5:7])
    if not 1 <= month <= 12 or not year:  # months of a year
        return phrase(en="write a month from `01` to `12`", id="tulis bulan dari `01` sampai `12`")
    last = monthrange(year, month)[1]
    return phrase(
        en="write a day from `{month}-01` to `{month}-{last}`", id="tulis hari dari `{month}-01` sampai `{month}-{last}`",
        month=text[:7], last=last,
    )  # fmt: skip


def _day_meant(text: str) -> date | None:
    if match := _YEAR_FIRST.fullmatch(text.strip()):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(text.strip()):
        day, month, year = match.groups()
    else:
        return None
    number = _month(month[:3].lower()) if month.isalpha() else int(month)
    return _calendar(f"{year}-{number:02}-{int(day):02}")


def _month(name: str) -> int:
    return next((n for n, names in enumerate(_MONTH_NAMES, 1) if name in names.split()), 0)


_WHOLE = re.compile(r"0|-?[1-9][0-9]*")
_GROUPED = re.compile(r"[-+]?[0-9]{1,3}(?:([., _'])[0-9]{3})(?:\1[0-9]{3})*")


def whole_in(node: RawNode) -> int | Slip:
    """Return a whole number, without plus sign, leading zeros or separators."""
    text = _digits(node, Text("bilangan bulat", "a whole number"), "`5`")
    if isinstance(text, Slip):
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    return Slip(_not_whole(text), _whole_help(text))


def _not_whole(text: str) -> Message:
    return phrase(
        en="{text} is not written as a whole number", id="{text} tidak ditulis sebagai bilangan bulat", text=show(text)
    )


def as_whole(node: RawNode, problems: Problems) -> int | None:
    """Read a whole number."""
    return accept(whole_in(node), node, problems)


def _digits(node: RawNode, wanted: Text, example: str) -> str | Slip:
    text = _written(node, wanted, Text(example, example))
    if isinstance(text, Slip) or len(text) <= MAX_DIGITS or not re.fullmatch(r"[-+0-9.,_ ]+", text):
        return text
    return Slip(
        phrase(en="{text} has too many digits", id="angka {text} terlalu panjang", text=show(text)),
        phrase(en="a number has at most {most} signs", id="bilangan paling panjang {most} tanda", most=MAX_DIGITS),
    )


def _whole_help(text: str) -> Message:
    if _GROUPED.fullmatch(text):
        return phrase(
            en="write `{meant}`, without separators between the digits", id="tulis `{meant}`, tanpa pemisah ribuan",
            meant=int(re.sub("[^-0-9]", "", text)),
        )  # fmt: skip
    if re.fullmatch(r"[-+]?[0-9]+", text, re.ASCII):
        return write(str(int(text)))
    unit = _WITH_UNIT.fullmatch(text)
    if unit:
        return without_unit(unit[1], unit[2])
    if between := _numbers_between(text):
        return between
    if parts := re.fullmatch(r"([0-9]{1,9})[.,][0-9]+", text):
        whole = int(parts[1])
        return phrase(en="write a whole number, such as `{less}` or `{more}`", id="tulis bilangan bulat, seperti `{less}` atau `{more}`", less=whole, more=whole + 1)
    if text.strip().lower() in _COUNTED:
        return write(str(_COUNTED.index(text.strip().lower())))
    return phrase(en="write digits only, as in `5`", id="tulis angka saja, seperti `5`")


_COUNTED = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
_WITH_UNIT = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)\s*(%|[A-Za-z]+)")


def without_unit(number: str, unit: str) -> Message:
    """Say that a number stands alone."""
    return phrase(
        en="write `{number}`, without `{unit}`", id="tulis `{number}`, tanpa `{unit}`", number=number, unit=unit
    )


_DECIMAL = re.compile(r"(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?")
_GROUPS = re.compile(r"(?<=[0-9])[. ](?=[0-9]{3}(?![0-9]))")
_DECIMAL_MEANT = re.compile(r"([-+]?)([0-9]*)[.,]?([0-9]*)")


def decimal_in(node: RawNode, places: int) -> int | Slip:
    """Return a number with at most so many decimals; `12.5` with two places is 1250, exactly."""
    text = _digits(node, Text("bilangan", "a number"), "`12.5`")
    if isinstance(text, Slip):
        return text
    match = _DECIMAL.fullmatch(text)
    if not match:
        message = phrase(
            en="{text} is not written as a number", id="{text} tidak ditulis sebagai bilangan", text=show(text)
        )
        return Slip(message, _decimal_help(text))
    sign, whole, decimals = match[1], match[2], match[3] or ""
    if len(decimals) > places:
        if _GROUPED.fullmatch(text) and not match[3].strip("0"):
            return Slip(_not_whole(text), _whole_help(text))
        message = phrase(en="{text} has too many decimals", id="{text} terlalu banyak desimalnya", text=show(text))
        return Slip(message, _fewer(places))
    return int(f"{sign}{whole}{decimals:0<{places}}")


def _fewer(places: int) -> Message:
    if not places:
        return phrase(en="write a whole number", id="tulis bilangan bulat")
    return phrase(en="write at most {places} decimals", id="tulis paling banyak {places} desimal", places=places)


def as_decimal(node: RawNode, problems: Problems, places: int) -> int | None:
    """Read a number with at most so many decimals, in units of the last."""
    return accept(decimal_in(node, places), node, problems)


_FRACTION = re.compile(r"([1-9][0-9]?) ?/ ?([1-9][0-9]?)")


def _decimal_help(text: str) -> Message:
    unit = _WITH_UNIT.fullmatch(text)
    if unit:
        return without_unit(unit[1], unit[2])
    if between := _numbers_between(text):
        return between
    if part := _FRACTION.fullmatch(text):
        return write(f"{int(part[1]) / int(part[2]):g}")
    match = _DECIMAL_MEANT.fullmatch(_GROUPS.sub("", text) if "," in text else text)
    if not match or not (match[2] or match[3]):
        return phrase(
            en="write digits, with a point before the decimals, as in `12.5`",
            id="tulis angka, dengan titik sebelum desimal, seperti `12.5`",
        )
    decimals = f".{match[3]}" if match[3] else ""
    meant = f"{match[1].strip('+')}{int(match[2] or 0)}{decimals}"
    if "," not in text:
        return write(meant)
    return phrase(
        en="write `{meant}`, with a point before the decimals",
        id="tulis `{meant}`, dengan titik sebelum desimal",
        meant=meant,
    )


_DURATION = re.compile(r"(?:(0|[1-9][0-9]{0,3}) years?)? ?(?:(0|[1-9][0-9]{0,3}) months?)?")
_DAYS = re.compile(r"([1-9][0-9]{0,3}) (working )?days?")
_AMOUNT = re.compile(r"([0-9]{1,4}) *([A-Za-z]+)[ ,]*(?:(?:and|dan)\b *)?")
_UNITS = {
    **dict.fromkeys(("year", "years", "tahun", "thn", "th", "yr", "yrs", "y"), "year"),
    **dict.fromkeys(("month", "months", "bulan", "bln", "bl", "mo", "mos", "m"), "month"),
}
_IN_DAYS = re.compile(r"([1-9][0-9]{0,2}) *(?:(working)|(business|work))?[ _-]*(days?|hari)( *kerja)?", re.IGNORECASE)
_IN_WEEKS = re.compile(r"([1-9][0-9]?) *(?:weeks?|minggu|pekan)", re.IGNORECASE)
_MIXED = re.compile(r"\b(day|week|hour|hari|minggu|pekan|jam)", re.IGNORECASE)


def duration_in(node: RawNode) -> int | Days | Slip:
    """Return a duration such as `4 years 6 months`, in months, or one such as `14 days` or `10 working days`, in days.

    What no working day is the policy says; here none but weekends are.
    """
    text = _written(
        node, Text("lama waktu", "a duration"), Text("`4 years` atau `6 months`", "`4 years` or `6 months`")
    )
    if isinstance(text, Slip):
        return text
    days = _DAYS.fullmatch(text)
    if days is not None and int(days[1]) <= MAX_DAYS:
        return Days(int(days[1]), NONE_PUBLISHED if days[2] else None)
    match = _DURATION.fullmatch(text)
    if days is not None:
        most = phrase(en="at most {most} days; count longer ones in months", id="paling banyak {most} hari; yang lebih lama dihitung dalam bulan", most=MAX_DAYS)
        return Slip(phrase(en="{text} is too long", id="{text} terlalu lama", text=show(text)), most)
    if not match or not text[-1].isalpha() or text[0] == " ":
        message = phrase(
            en="{text} is not written as a duration", id="{text} tidak ditulis sebagai lama waktu", text=show(text)
        )
        return Slip(message, _duration_help(text))
    months = int(match[1] or 0) * 12 + int(match[2] or 0)
    if months > MAX_MONTHS:
        return Slip(
            phrase(en="{text} is too long", id="{text} terlalu lama", text=show(text)),
            phrase(
                en="a duration is at most {most} years",
                id="lama waktu paling banyak {most} tahun",
                most=MAX_MONTHS // 12,
            ),
        )
    return months


def months_in(node: RawNode) -> int | Slip:
    """Return a duration in months, where days are not to be told from months."""
    found = duration_in(node)
    if not isinstance(found, Days):
        return found
    message = phrase(en="`{text}` stands where years and months are counted", id="`{text}` berada di tempat yang dihitung dalam tahun dan bulan", text=str(found))
    help_ = phrase(en="write it in months, as in `1 month`", id="tulis dalam bulan, seperti `1 month`")
    return Slip(message, help_)


def as_duration(node: RawNode, problems: Problems) -> int | Days | None:
    """Read a duration, in months or in days."""
    found: int | Days | Slip = duration_in(node)
    return accept(found, node, problems) if isinstance(found, Slip) else found


def _duration_help(text: str) -> Message:
    if re.fullmatch(r"[0-9]{1,4}", text):
        number = int(text)
        return phrase(
            en="say of what: `{years}` or `{months}`", id="sebutkan satuannya: `{years}` (tahun) atau `{months}` (bulan)",
            years=_counted(number, "year"), months=_counted(number, "month"),
        )  # fmt: skip
    meant = _length_meant(text)
    if meant:
        return write(meant)
    if between := lengths_between(text):
        return between
    if _MIXED.search(text):
        return phrase(
            en="count it in years and months, as in `4 years 6 months`, or in days alone: `14 days`, `10 working days`",
            id="hitung dalam tahun dan bulan, seperti `4 years 6 months`, atau dalam hari saja: `14 days` (hari kalender), `10 working days` (hari kerja)",
        )
    return phrase(
        en="write it as `4 years`, `6 months`, `4 years 6 months` or `14 days`",
        id="tulis seperti `4 years`, `6 months`, `4 years 6 months`, atau `14 days`",
    )


def _days_meant(text: str) -> str | None:
    """Return what is meant by days and weeks that are written otherwise."""
    if weeks := _IN_WEEKS.fullmatch(text):
        return _counted(int(weeks[1]) * 7, "day")
    found = _IN_DAYS.fullmatch(text)
    if found is None:
        return None
    working = found[2] or found[3] or found[5]
    return _counted(int(found[1]), "working day" if working else "day")


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _duration_meant(text: str) -> str | None:
    text = text[: 2 * MAX_SHOWN].strip()
    if not re.fullmatch(f"(?:{_AMOUNT.pattern})+", text):
        return None
    amounts: dict[str, int] = {}
    for number, word in _AMOUNT.findall(text):
        unit = _UNITS.get(word.lower()) or _UNITS.get(suggest(word.lower(), _UNITS) or "")
        if unit is None or unit in amounts:
            return None
        amounts[unit] = int(number)
    return " ".join(_counted(amounts[unit], unit) for unit in ("year", "month") if unit in amounts)


_MEANT_TRUE = ("true", "yes", "y", "ya", "on", "benar", "1")
_MEANT_FALSE = ("false", "no", "n", "tidak", "off", "salah", "0")


_TRUE_OR_FALSE = Text("`true` (ya) atau `false` (tidak)", "`true` or `false`")


def truth_in(node: RawNode) -> bool | Slip:
    """Return what `true` or `false` says."""
    text = _written(node, _TRUE_OR_FALSE, _TRUE_OR_FALSE)
    if isinstance(text, Slip):
        return text
    if text in ("true", "false"):
        return text == "true"
    word = text.strip().lower()
    meant = "true" if word in _MEANT_TRUE else "false" if word in _MEANT_FALSE else suggest(word, ("true", "false"))
    either = phrase(en="write {either}", id="tulis {either}", either=_TRUE_OR_FALSE)
    message = phrase(
        en="{text} is neither `true` nor `false`", id="{text} bukan `true` dan bukan `false`", text=show(text)
    )
    return Slip(message, write(meant) if meant else either)


def as_truth(node: RawNode, problems: Problems) -> bool | None:
    """Read `true` or `false`."""
    return accept(truth_in(node), node, problems)
