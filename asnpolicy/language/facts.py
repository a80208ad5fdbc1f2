"""Facts: the named, typed things that a criterion may ask, each declared once, and what they mean when records lack."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any
from typing import Literal as Choice

from asnpolicy.language.lengths import back
from asnpolicy.language.nodes import (
    DATE,
    DURATION,
    NUMBER,
    TRUTH,
    AllOf,
    AnyOf,
    Arithmetic,
    Compare,
    CountedMonths,
    Cut,
    Elapsed,
    Expr,
    Field,
    Fold,
    FoldOp,
    If,
    IsNone,
    Key,
    Kind,
    Literal,
    Lookup,
    Member,
    MonthsBetween,
    Node,
    Not,
    PlusMonths,
    RecordField,
    Scope,
    StartOfYear,
    Truth,
    Type,
    Value,
    YearOf,
    rebuild,
)
from asnpolicy.language.reading import fields_of, record_fields, spec
from asnpolicy.language.rules import MadeOf, Text
from asnpolicy.language.windows import AS_OF, EVER, Window, during, running, since, within
from asnpolicy.people import ABSENT, OPEN, Label
from asnpolicy.people.education import EducationLevel
from asnpolicy.people.posts import Category, Echelon, Jenjang, PostKind
from asnpolicy.people.ranks import PppkGrade, Rank
from asnpolicy.people.status import Employment, ServiceStatus

MONTH = 31
WORKING_DAYS = Text("hari kerja", "working days")
_MONTHS = RecordField("months", NUMBER)


@dataclass(frozen=True, slots=True)
class Fact:
    """A named thing that a criterion may ask of a person.

    `years_due` says that each calendar year of a full-years window must have a record for it to hold.
    """

    name: str
    label: Text
    type: Type
    build: Callable[[Window], Expr]
    unit: Text | None = None
    windowed: bool = False
    years_due: str | None = None
    protected: str | None = None
    empty: Text | None = None
    scope: Scope = "employee"
    components: tuple[MadeOf, ...] = ()
    """What it is worked out from, when it is a figure of the policy."""

    def value(self, window: Window = EVER) -> Expr:
        """Give the core expression, looking at a window."""
        return self.build(window)


def fold(
    op: FoldOp,
    history: str,
    field: str | Expr | None = None,
    *,
    where: Iterable[Truth] = (),
    window: Window = EVER,
    nth: int = 1,
    otherwise: Value = 0,
    now: bool = False,
    asks: Expr | None = None,
) -> Fold:
    """Fold over what is seen of a history on the as-of date; `now` looks only at intervals that run on it."""
    kind = spec(history)
    fields = record_fields(history)
    seen = Compare("at_most", RecordField(kind.seen_by, DATE), AS_OF)
    ends = running(kind.ends_by) if now and kind.ends_by else ()
    value = RecordField(field, fields[field]) if isinstance(field, str) else field
    begun = last_day(history, (seen, *ends, *where), window.last) if window.last else None
    last = () if begun is None else (AnyOf((IsNone(begun), Compare("at_least", RecordField(kind.placed_by, DATE), begun))),)
    tests = (seen, *ends, *within(window, kind.placed_by), *where, *last)
    covers = AS_OF if now else begun or window.first
    return Fold(op, "employee", history, AllOf(tests), value, nth, otherwise, covers, asks, window.by)


def on_last_day(history: str, where: Truth, nth: int, window: Window) -> Truth:
    """Say that a record lies on the last day but so many of a window on which there are records that pass."""
    kind = spec(history)
    seen = Compare("at_most", RecordField(kind.seen_by, DATE), AS_OF)
    tests = (seen, *within(window, kind.placed_by), where)
    return Compare("is", RecordField(kind.placed_by, DATE), last_day(history, tests, nth))


def last_day(history: str, where: tuple[Truth, ...], nth: int) -> Expr:
    """Return the last day but so many on which a history has records that pass; absent where it has fewer such days."""
    day = RecordField(spec(history).placed_by, DATE)
    earlier = (Compare("below", day, last_day(history, where, nth - 1)),) if nth > 1 else ()
    return Fold("latest", "employee", history, AllOf((*where, *earlier)), day, otherwise=ABSENT)


def summed(history: str, value: Expr, where: Truth, day: Expr | None) -> Fold:
    """Add up over a history from a day on; of an appraisal that began before it, the months from then on count."""
    if history != "appraisals" or day is None:
        return fold("sum", history, value, where=(where,), window=EVER if day is None else since(day))

    def change(part: Node) -> Node:
        return CountedMonths(day) if part == _MONTHS else rebuild(part, change)

    reaches = Compare("at_least", RecordField("period_end", DATE), day)
    found = fold("sum", history, change(value), where=(reaches, where))  # type: ignore[arg-type]  # still an expression
    return replace(found, covers=StartOfYear(YearOf(day)))


def record_is(history: str, field: str, value: Value) -> Truth:
    """Say that a field of a record is a value."""
    return Compare("is", RecordField(field, record_fields(history)[field]), Literal(value))


def _latest(history: str, field: str) -> Callable[[Window], Expr]:
    return lambda _: fold("latest", history, field, otherwise=ABSENT)


def _held_since(history: str, field: str) -> Callable[[Window], Expr]:
    return lambda _: fold("held_since", history, field, otherwise=ABSENT)


def _field(name: str, scope: Scope = "employee") -> Field:
    return Field(scope, name, fields_of(scope)[name])


DEFINITIVE = AllOf(
    (record_is("posts", "acting", False), Not(record_is("posts", "kind", PostKind.TUGAS_TAMBAHAN))),
)
"""Held in one's own right: neither acting nor an additional duty."""


def _post(field: str) -> Callable[[Window], Expr]:
    """The definitive post that is held on the as-of date."""
    return lambda _: fold("latest", "posts", field, where=(DEFINITIVE,), otherwise=ABSENT, now=True)


def _last_post(field: str) -> Callable[[Window], Expr]:
    """The last definitive post above pelaksana, whether it is still held or not."""
    above = Not(record_is("posts", "kind", PostKind.PELAKSANA))
    return lambda _: fold("latest", "posts", field, where=(DEFINITIVE, above), otherwise=ABSENT)


def until_or_open(history: str) -> Expr:
    """Give the end of an interval record, open when it runs on the as-of date."""
    until = RecordField(spec(history).ends_by or "", DATE)
    return If(Compare("above", until, AS_OF), Literal(OPEN), until)


def span(history: str, window: Window = EVER) -> Expr:
    """Return the time in a window that an interval record has lasted by the as-of date."""
    until = RecordField(spec(history).ends_by or "", DATE)
    begin = RecordField(spec(history).placed_by, DATE)
    end: Expr = If(Compare("above", until, AS_OF), AS_OF, until)
    if window.months is not None:
        return _in_last(begin, end, window.months)
    if window.until is not None:
        end = If(Compare("above", end, window.until), window.until, end)
    begun: Expr = begin if window.first is None else If(Compare("below", begin, window.first), window.first, begin)
    return Elapsed(begun, end)


def _in_last(begin: Expr, end: Expr, months: Expr) -> Expr:
    """Return what of a stretch lies in the last n months; all n of them when it covers them, whatever days they end on."""
    whole = Arithmetic("times", months, Literal(MONTH))
    ago = Elapsed(end, AS_OF)
    cut = If(Compare("above", ago, whole), Literal(0), Arithmetic("minus", whole, ago))
    return If(Compare("at_most", Elapsed(begin, AS_OF), whole), Elapsed(begin, end), cut)


def reach(window: Window) -> Expr | None:
    """Return the first day on which something may lie that counts for added-up time in a window; None: ever."""
    if window.months is None:
        return window.first
    early, late = Cut(AS_OF, window.months, "not_over"), Cut(AS_OF, window.months)
    return If(Compare("below", early, late), early, late)


def _jenjang_since(_: Window) -> Expr:
    same = Compare("is", RecordField("jenjang", Type(Kind.LABEL, Jenjang)), _post("jenjang")(EVER))
    value = until_or_open("posts")
    return replace(fold("unbroken_since", "posts", value, where=(DEFINITIVE, same), otherwise=ABSENT), covers=AS_OF)


def _rank_on_entering(_: Window) -> Expr:
    """The rank that was held when the present level began."""
    held = Compare("at_most", RecordField("since", DATE), _jenjang_since(EVER))
    return fold("latest", "ranks", "rank", where=(held,), otherwise=ABSENT)


def _next(fact: Callable[[Window], Expr], labels: type[Label], last: tuple[Label, ...]) -> Callable[[Window], Expr]:
    members = list(labels)
    rows: tuple[tuple[tuple[Key, ...], Value], ...] = tuple(
        ((one,), other) for one, other in pairwise(members) if one not in last
    )
    return lambda window: Lookup((fact(window),), rows, ABSENT, "next")


def _ratings(window: Window) -> Expr:
    return fold("least", "appraisals", "rating", window=window, otherwise=ABSENT)


def _label(labels: type[Label]) -> Type:
    return Type(Kind.LABEL, labels)


def _plain(name: str, id: str, en: str, unit: Text | None = None, protected: str | None = None) -> Fact:
    return Fact(name, Text(id, en), fields_of("employee")[name], lambda _: _field(name), unit, protected=protected)


_NOT_RATED = Text("tidak ada penilaian", "no appraisal")

_UNDER_CONTRACT = Member(_field("employment"), (Employment.PPPK, Employment.PPPK_PARUH_WAKTU))


def _first_contract() -> Expr:
    return fold("least", "contracts", "since", otherwise=ABSENT)


def _began(window: Window) -> Expr:
    """The day on which the service began: of a PPPK with the first contract."""
    del window
    return If(_UNDER_CONTRACT, _first_contract(), _field("cpns_on"))


def _years_serving(window: Window) -> Expr:
    """So many calendar years have begun since the service did."""
    return Arithmetic("minus", YearOf(AS_OF), YearOf(_began(window)))


def _year_start(back: int) -> Expr:
    year: Expr = YearOf(AS_OF)
    return StartOfYear(year if back == 0 else Arithmetic("minus", year, Literal(back)))


def _leave_days(name: str, back: int, id: str, en: str) -> Fact:
    """Working days of annual leave that began in a calendar year, so many years back."""
    start, end = _year_start(back), None if back == 0 else _year_start(back - 1)
    look, kind = since(start) if end is None else during(start, end), record_is("leaves", "kind", "cuti-tahunan")
    return Fact(
        name, Text(id, en), NUMBER, lambda _: fold("sum", "leaves", "days", where=(kind,), window=look), WORKING_DAYS
    )


_STUDY = record_is("statuses", "status", ServiceStatus.TUGAS_BELAJAR)


def _ended(history: str, which: Truth) -> Callable[[Window], Expr]:
    """The day on which the last of some records that are over ended."""
    over = Compare("at_most", RecordField("until", DATE), AS_OF)
    return lambda _: fold("latest", history, "until", where=(which, over), otherwise=ABSENT)


def _study_months(_: Window) -> Expr:
    """The whole months of the last study assignment that is over, with what it followed without a gap."""
    ended, until = _ended("statuses", _STUDY)(EVER), RecordField("until", DATE)
    value = If(Compare("at_least", until, ended), Literal(OPEN), until)
    return MonthsBetween(fold("unbroken_since", "statuses", value, where=(_STUDY,), otherwise=ABSENT), ended)


_DECLARED = (
    _plain("employment", "Status kepegawaian", "Employment"),
    _plain("service_status", "Kedudukan pegawai", "Service status"),
    _plain("agency", "Instansi", "Agency"),
    _plain("unit", "Unit kerja", "Unit"),
    _plain("field", "Bidang tugas", "Field of work"),
    _plain("interests", "Minat", "Interests"),
    _plain("cpns_on", "TMT CPNS", "Appointed candidate on"),
    _plain("pns_on", "TMT PNS", "Appointed civil servant on"),
    _plain("recruitment_year", "Tahun pengadaan CPNS", "Year of recruitment as candidate"),
    _plain("last_raise_on", "TMT kenaikan gaji berkala terakhir", "Last periodic raise on"),
    _plain("supervisor_rank", "Pangkat atasan langsung", "Rank of the direct superior"),
    _plain("birth_date", "Tanggal lahir", "Date of birth", protected="birth_date"),
    _plain("protected.sex", "Jenis kelamin", "Sex", protected="sex"),
    _plain("protected.religion", "Agama", "Religion", protected="religion"),
    _plain("protected.ethnicity", "Suku", "Ethnicity", protected="ethnicity"),
    _plain("protected.marital_status", "Status perkawinan", "Marital status", protected="marital_status"),
    _plain("protected.disability", "Disabilitas", "Disability", protected="disability"),
    Fact("age", Text("Usia", "Age"), DURATION, lambda _: _field("birth_date"), protected="birth_date"),
    Fact("time_in_service", Text("Masa kerja sejak CPNS", "Time in service"), DURATION, lambda _: _field("cpns_on")),
    Fact("serving_since", Text("Mulai bekerja sebagai pegawai ASN", "Serving since"), DATE, _began),
    Fact("time_serving", Text("Masa kerja sebagai pegawai ASN", "Time as an ASN employee"), DURATION, _began),
    Fact("time_as_pns", Text("Masa kerja sejak PNS", "Time as civil servant"), DURATION, lambda _: _field("pns_on")),
    Fact("time_since_raise", Text("Masa sejak kenaikan gaji berkala terakhir", "Time since the last periodic raise"), DURATION, lambda _: _field("last_raise_on")),
    Fact("time_in_agency", Text("Masa kerja di instansi", "Time in the agency"), DURATION, lambda _: _field("agency_since")),
    Fact("rank", Text("Pangkat", "Rank"), _label(Rank), _latest("ranks", "rank")),
    Fact("rank_since", Text("TMT pangkat", "Rank held since"), DATE, _held_since("ranks", "rank")),
    Fact("time_in_rank", Text("Masa dalam pangkat terakhir", "Time in the present rank"), DURATION, _held_since("ranks", "rank")),
    Fact("next_rank", Text("Pangkat berikutnya", "Next rank"), _label(Rank), _next(_latest("ranks", "rank"), Rank, ())),
    Fact("pppk_grade", Text("Golongan PPPK", "PPPK grade"), _label(PppkGrade), _latest("pppk_grades", "grade")),
    Fact("post_kind", Text("Jenis jabatan", "Kind of post"), _label(PostKind), _post("kind")),
    Fact("post_title", Text("Nama jabatan", "Name of the post"), record_fields("posts")["title"], _post("title")),
    Fact("post_field", Text("Bidang jabatan", "Field of the post"), fields_of("employee")["field"], _post("field")),
    Fact("category", Text("Kategori jabatan fungsional", "Category of the functional post"), _label(Category), _post("category")),
    Fact("jenjang", Text("Jenjang jabatan fungsional", "Level of the functional post"), _label(Jenjang), _post("jenjang")),
    Fact("echelon", Text("Eselon", "Echelon"), _label(Echelon), _post("echelon")),
    Fact("last_jenjang", Text("Jenjang jabatan fungsional terakhir", "Level of the last functional post"), _label(Jenjang), _last_post("jenjang")),
    Fact("last_echelon", Text("Eselon jabatan terakhir", "Echelon of the last post"), _label(Echelon), _last_post("echelon")),
    Fact("post_since", Text("TMT jabatan", "Post held since"), DATE, _post("since")),
    Fact("time_in_post", Text("Masa dalam jabatan terakhir", "Time in the present post"), DURATION, _post("since")),
    Fact("jenjang_since", Text("TMT jenjang", "Level held since"), DATE, _jenjang_since),
    Fact("jenjang_entry_rank", Text("Pangkat saat masuk jenjang", "Rank on entering the level"), _label(Rank), _rank_on_entering),
    Fact("time_in_jenjang", Text("Masa dalam jenjang", "Time in the present level"), DURATION, _jenjang_since),
    Fact(
        "next_jenjang", Text("Jenjang berikutnya", "Next level"), _label(Jenjang),
        _next(_post("jenjang"), Jenjang, (Jenjang.PENYELIA, Jenjang.AHLI_UTAMA)),
    ),
    Fact("post_reports_wealth", Text("Jabatan wajib LHKPN", "Post with a wealth report"), TRUTH, _post("wealth_report")),
    Fact("post_retirement_age", Text("Batas usia menurut norma jabatan", "Retirement age by the post's norm"), record_fields("posts")["retirement_age"], _post("retirement_age")),
    Fact(
        "education_level", Text("Pendidikan tertinggi yang diakui", "Highest recognised education"), _label(EducationLevel),
        lambda _: fold(
            "greatest", "educations", "level", otherwise=ABSENT,
            where=(Compare("at_most", RecordField("recognised_on", DATE), AS_OF),),
        ),
    ),
    Fact(
        "lowest_rating", Text("Predikat kinerja terendah", "Lowest performance rating"), record_fields("appraisals")["rating"],
        _ratings, windowed=True, years_due="appraisals", empty=_NOT_RATED,
    ),
    Fact(
        "latest_rating", Text("Predikat kinerja terakhir", "Latest performance rating"), record_fields("appraisals")["rating"],
        _latest("appraisals", "rating"), empty=_NOT_RATED,
    ),
    Fact(
        "potential_score", Text("Nilai potensi terakhir", "Latest score of potential"), record_fields("assessments")["score"],
        lambda _: fold(
            "latest", "assessments", "score", otherwise=ABSENT,
            where=(record_is("assessments", "kind", "potensi"),),
        ),
    ),
    Fact(
        "training_hours", Text("Jam pelajaran pengembangan kompetensi", "Training hours"), NUMBER,
        lambda window: fold("sum", "trainings", "hours", window=window), unit=Text("JP", "JP"), windowed=True,
    ),
    Fact("year_start", Text("Awal tahun ini", "Start of this year"), DATE, lambda _: StartOfYear(YearOf(AS_OF))),
    Fact("asked_on", Text("Hari ditanyakan", "The day that is asked for"), DATE, lambda _: AS_OF),
    Fact("six_months_ago", Text("Hari ini enam bulan yang lalu", "The day six months ago"), DATE, lambda _: Cut(AS_OF, Literal(6), "lasted")),
    Fact("in_six_months", Text("Hari ini enam bulan lagi", "The day six months from now"), DATE, lambda _: PlusMonths(AS_OF, Literal(6))),
    Fact(
        "unpaid_leave_ended_on", Text("Akhir cuti di luar tanggungan negara terakhir", "End of the last unpaid leave"), DATE,
        _ended("leaves", record_is("leaves", "kind", "cltn")),
    ),
    Fact("time_since_study", Text("Masa sejak tugas belajar terakhir berakhir", "Time since the last study assignment"), DURATION, _ended("statuses", _STUDY)),
    Fact("study_months", Text("Lama tugas belajar terakhir", "Length of the last study assignment"), NUMBER, _study_months, Text("bulan", "months")),
    Fact(
        "absent_days", Text("Hari kerja tidak masuk tanpa alasan yang sah", "Working days of absence without a valid reason"), NUMBER,
        lambda window: fold("sum", "absences", "days", window=window), unit=WORKING_DAYS, windowed=True,
    ),
    Fact("calendar_years_serving", Text("Tahun kalender sejak mulai bekerja", "Calendar years since the service began"), NUMBER, _years_serving),
    *(_leave_days(*one) for one in (
        ("leave_days_this_year", 0, "Hari cuti tahunan yang diambil tahun ini", "Days of annual leave taken this year"),
        ("leave_days_last_year", 1, "Hari cuti tahunan yang diambil tahun lalu", "Days of annual leave taken last year"),
        ("leave_days_two_years_ago", 2, "Hari cuti tahunan yang diambil dua tahun lalu", "Days of annual leave taken two years ago"),
    )),
)  # fmt: skip

FACTS: dict[str, Fact] = {fact.name: fact for fact in _DECLARED}
"""Every fact about a person, by name."""


@cache
def fact_of(scope: Scope, name: str) -> Fact | None:
    """Give a fact about the employee, the mentor or the mentee, or a field of an opening or a pair."""
    if scope in ("opening", "pair"):
        type_ = fields_of(scope).get(name)
        label = _SCOPED.get(f"{scope}.{name}", Text(name, name))
        return None if type_ is None else Fact(f"{scope}.{name}", label, type_, lambda _: Field(scope, name, type_))
    fact = FACTS.get(name)
    if fact is None or scope == "employee":
        return fact
    who = {"mentor": Text("mentor", "mentor"), "mentee": Text("mentee", "mentee")}[scope]
    label = Text(f"{fact.label.id} ({who.id})", f"{fact.label.en} ({who.en})")

    def build(window: Window) -> Expr:
        built: Expr = rescope(fact.build(window), scope)
        return built

    return replace(fact, name=f"{scope}.{name}", label=label, scope=scope, build=build)


def rescope(node: Any, scope: Scope) -> Any:
    """Say of the mentor or the mentee what was said of the employee."""

    def change(part: Node) -> Node:
        part = rebuild(part, change)
        if isinstance(part, (Field, Fold)) and part.scope == "employee":
            return replace(part, scope=scope)
        return part

    return change(node)


def each_year(history: str, window: Window) -> Truth:
    """Say that each full year of service in the window has a record; years before the service began need none.

    The service of a PPPK begins with the first contract.
    """
    return AllOf(tuple(_has_year(history, year, window) for year in window.years))


def _has_year(history: str, year: Expr, window: Window) -> Truth:
    there = Compare("is", RecordField("year", NUMBER), year)
    due = None if window.due_after is None else PlusMonths(_end_of(year), window.due_after)
    found = replace(fold("count", history, where=(there,), asks=year), covers=StartOfYear(year), by=due)
    began_later = (
        Compare("above", _field("cpns_on"), StartOfYear(year)),
        AllOf((_UNDER_CONTRACT, Compare("above", _first_contract(), StartOfYear(year)))),
    )
    return AnyOf((Compare("at_least", found, Literal(1)), *began_later))


def _end_of(year: Expr) -> Expr:
    return StartOfYear(Arithmetic("plus", year, Literal(1)))


_SCOPED = {
    "opening.kind": Text("Jenis jabatan yang lowong", "Kind of the vacant post"),
    "opening.category": Text("Kategori jabatan yang lowong", "Category of the vacant post"),
    "opening.jenjang": Text("Jenjang jabatan yang lowong", "Level of the vacant post"),
    "opening.echelon": Text("Eselon jabatan yang lowong", "Echelon of the vacant post"),
    "opening.unit": Text("Unit kerja jabatan yang lowong", "Unit of the vacant post"),
    "opening.field": Text("Bidang jabatan yang lowong", "Field of the vacant post"),
    "opening.vacancies": Text("Jumlah lowongan", "Vacancies"),
    "opening.lowest_rank": Text("Pangkat terendah menurut standar jabatan", "Lowest rank by the post's standard"),
    "opening.lowest_education": Text(
        "Pendidikan terendah menurut standar jabatan", "Least education by the post's standard"
    ),
    "opening.competency_gaps": Text(
        "Kompetensi yang belum memenuhi standar jabatan", "Competencies below the standard of the post"
    ),
    "opening.candidates_fixed_on": Text("Hari penetapan calon kepala daerah", "Candidates for head of region fixed on"),
    "opening.head_term_ends_on": Text("Akhir masa jabatan kepala daerah", "End of the head of region's term"),
    "opening.head_inaugurated_on": Text("Pelantikan kepala daerah", "Inauguration of the head of region"),
    "opening.replacement_approved_on": Text(
        "Persetujuan tertulis Menteri Dalam Negeri", "Written approval of the minister"
    ),
    "pair.mentor_is_superior": Text("Mentor adalah atasan langsung", "The mentor is the direct superior"),
    "pair.same_field": Text("Bidang tugas sama", "Same field of work"),
    "pair.same_unit": Text("Unit kerja sama", "Same unit"),
    "pair.gaps_covered": Text("Kompetensi yang dapat diajarkan", "Competencies that can be taught"),
}


def compare(op: Any, type_: Type, value: Expr, wanted: Expr) -> Truth:
    """Compare a fact with an operand: a duration as dates, an added-up time in its own unit."""
    if type_.kind is Kind.SPAN:
        months = wanted.value if isinstance(wanted, Literal) else None
        scaled = Literal(months * MONTH) if isinstance(months, int) else _times_month(wanted)
        return Compare(op, value, scaled)
    if type_.kind is not Kind.DURATION:
        return Compare(op, value, wanted)
    match op:
        case "at_least":
            return Compare("at_most", value, _cut(wanted, "lasted"))
        case "below":
            return Compare("above", value, _cut(wanted, "lasted"))
        case "at_most":
            return Compare("at_least", value, _cut(wanted, "not_over"))
        case _:
            return Compare("below", value, _cut(wanted, "not_over"))


def _times_month(wanted: Expr) -> Expr:
    return Arithmetic("times", wanted, Literal(MONTH))


def _cut(length: Expr, edge: Choice["lasted", "not_over"]) -> Expr:
    return back(AS_OF, length, edge)
