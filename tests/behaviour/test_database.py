"""A workforce in PostgreSQL is decided as one in files is; the password of its address is in nothing that is said."""

from datetime import date
from urllib.parse import quote

import pytest

from asnpolicy import Engine
from asnpolicy.exchange.synth import workforce
from asnpolicy.people import Agency, PartialDay
from asnpolicy.problems import PolicyError
from tests import postgres
from tests.commands import run

pl = pytest.importorskip("polars", reason="the extra `columns` is not installed")
adbc = pytest.importorskip("adbc_driver_postgresql.dbapi", reason="the extra `database` is not installed")

from asnpolicy.exchange.folders import assess_folder  # noqa: E402  # needs the extras
from asnpolicy.workforce import AgencyTables, Workforce  # noqa: E402
from asnpolicy.workforce.address import shown  # noqa: E402
from asnpolicy.workforce.database import Database  # noqa: E402
from asnpolicy.workforce.source import opened  # noqa: E402

pytestmark = pytest.mark.skipif(bool(postgres.why_not()), reason=postgres.why_not())
DAY = date(2026, 10, 1)
ONE, OTHER = "199001012015031001", "199106152016042002"
RULES = ["kenaikan-pangkat-reguler", "jp-tahunan"]
SECRET = quote(postgres.PASSWORD, safe="")


@pytest.fixture(scope="module")
def server():
    with postgres.server() as found:
        yield found


@pytest.fixture
def database(server):
    """Give the address of a database of its own, and what runs statements in it."""
    host, port, user, _ = server
    name = f"simpeg_{next(NUMBERS)}"
    with adbc.connect(f"postgresql://{user}:{SECRET}@{host}:{port}/postgres", autocommit=True) as first:
        _execute(first, f"create database {name}")
    address = f"postgresql://{user}:{SECRET}@{host}:{port}/{name}"
    with adbc.connect(address, autocommit=True) as own:
        yield address, lambda statement: _execute(own, statement)


NUMBERS = iter(range(1000))


def _execute(connection, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def put(address, frames):
    """Write tables into a database."""
    with adbc.connect(address) as own:
        for name, frame in frames.items():
            words = [head for head, type_ in frame.schema.items() if isinstance(type_, (pl.Enum, pl.Categorical))]
            numbers = [head for head, type_ in frame.schema.items() if type_.is_decimal()]
            plain = frame.with_columns(pl.col(words).cast(pl.String), pl.col(numbers).cast(pl.String))
            with own.cursor() as cursor:
                cursor.adbc_ingest(name, plain.to_arrow(compat_level=pl.CompatLevel.oldest()), mode="create")
                for head in numbers:
                    cursor.execute(
                        f'alter table "{name}" alter "{head}" type numeric(12,3) using "{head}"::numeric(12,3)'
                    )
        own.commit()


def read(folder):
    return pl.read_parquet(folder / "*.parquet").sort("nip")


@pytest.fixture(scope="module")
def staff():
    return Workforce.of(list(workforce(60, seed=31, as_of=DAY)))


def test_a_database_is_read_as_the_same_people(database, staff):
    """Days, exact numbers, lists, words and what is not known come through."""
    address, _ = database
    put(address, staff.frames())
    back = Workforce.read(address)
    assert back.amiss == ()
    assert sorted(back, key=lambda one: one.nip) == sorted(staff, key=lambda one: one.nip)


def test_a_database_is_counted_and_listed_as_files_are(database, staff, tmp_path):
    """A summary, and a list of some results, are those of the same people in a folder; no password is in what is said."""
    address, _ = database
    put(address, staff.frames())
    staff.write(tmp_path / "tables")
    rules = [word for rule in RULES for word in ("--rule", rule)]
    for words in (
        ("summary", "--by", "unit", "--by", "rank", "--format", "csv"),
        ("summary", "--whole", "--by", "employment", "--format", "json"),
        ("assess", "--only", "eligible,owed", "--format", "csv"),
        ("assess", "--format", "table"),
    ):
        of_files, of_database = (
            run(words[0], "nasional", place, "--as-of", DAY, *rules, *words[1:])
            for place in (tmp_path / "tables", address)
        )
        assert (of_database.returncode, of_database.stdout) == (0, of_files.stdout)
        assert len(of_database.stdout) > 100
        assert SECRET not in of_database.stdout + of_database.stderr


def test_an_agency_is_read_from_the_same_database(database, staff):
    """Its tables lie beside those of people, or alone; where there are none that is told without the password."""
    address, _ = database
    data = {
        "units": [{"code": "a", "part_of": "none"}],
        "openings": [{"id": "x", "competencies": [{"code": "c", "level": 2}]}],
    }
    agency = Agency.model_validate({**data, "head_term_ends_on": "none", "head_inaugurated_on": "2025-02-20"})
    with pytest.raises(PolicyError, match="there is no table") as error:
        AgencyTables.read(address)
    assert SECRET not in str(error.value)
    put(address, AgencyTables(agency).frames())
    assert AgencyTables.read(address) == AgencyTables(agency)
    put(address, staff.frames())
    assert len(Workforce.read(address)) == 60


@pytest.mark.parametrize("size", [7, 1000])
@pytest.mark.parametrize("spaced", [False, True])
def test_buckets_of_a_database_do_not_change_the_answers(database, staff, tmp_path, size, spaced):
    """Also where numbers are printed with spaces in one table and without in others."""
    address, execute = database
    put(address, staff.frames())
    if spaced:
        execute(
            "update employees set nip = substr(nip,1,8)||' '||substr(nip,9,6)||' '||substr(nip,15,1)||' '||substr(nip,16)"
        )
    engine = Engine.load("nasional")
    done = assess_folder(engine.frame_maker(as_of=DAY, rules=RULES), address, tmp_path / "out", policy="p", size=size)
    assert (done.people, done.told()) == (60, [])
    assert len(list((tmp_path / "out").iterdir())) == (9 if size == 7 else 1)
    assert read(tmp_path / "out").equals(engine.assess_frame(staff, as_of=DAY, rules=RULES).sort("nip"))


def test_types_of_a_register_are_read(database):
    """Fixed texts, enumerations, numerics, moments, lists; days without end and numbers that are none are not known."""
    address, execute = database
    execute("create type status as enum ('PNS', 'PPPK')")
    execute(
        "create table employees (nip char(18), employment status, agency_since timestamptz, birth_date date, interests varchar[])"
    )
    execute(
        f"insert into employees values ('{ONE}', 'PNS', '2020-01-02 00:00', '1990-01-01', '{{a,b}}'), ('{OTHER}', null, null, 'infinity', null)"  # noqa: S608
    )
    execute("create table trainings (nip varchar, hours numeric(6,2), completed_on timestamp)")
    execute(f"insert into trainings values ('{ONE}', 20.00, '2024-05-06'), ('{ONE}', 20.50, '2024-05-06 07:00')")  # noqa: S608
    execute("create table credits (nip varchar, amount numeric, granted_on date)")
    execute(f"insert into credits values ('{ONE}', 12.345, '2024-05-06'), ('{OTHER}', 'NaN', '2024-05-06')")  # noqa: S608
    execute(f"alter database {address.rsplit('/', 1)[1]} set timezone to 'Asia/Jakarta'")
    execute("set timezone to 'Asia/Jakarta'")
    execute("update employees set agency_since = '2020-01-02 00:00+07' where agency_since is not null")
    made = Workforce.read(address)
    one, other = sorted(made, key=lambda each: each.nip)
    assert (one.employment.label, one.agency_since, one.interests) == ("PNS", date(2020, 1, 2), ("a", "b"))
    assert (other.employment, other.birth_date) == (None, None)
    assert {(record.hours, record.completed_on) for record in one.trainings.records} == {
        (20, date(2024, 5, 6)),
        (None, None),
    }
    assert str(one.credits.records[0].amount) == "12.345"
    assert {(each.table, each.column, each.count) for each in made.amiss} == {
        ("employees", "birth_date", 1), ("trainings", "hours", 1), ("trainings", "completed_on", 1), ("credits", "amount", 1),
    }  # fmt: skip
    assert one.ranks.complete_since is None


def test_days_as_texts_are_read_alike_in_whatever_buckets(database):
    """One row that can only be month first leaves of the others, in other buckets, their year; numbers are read as offices write them."""
    address, execute = database
    execute("create table employees (nip varchar, birth_date text)")
    execute("create table ranks (nip varchar, rank varchar, since varchar)")
    execute(f"insert into employees values ('{ONE}', '1 Januari 1990'), ('{OTHER}', '15-06-1991')")  # noqa: S608
    execute(f"insert into ranks values ('NIP. {ONE}', 'IIIa', '04-01-2020'), ('{OTHER}', 'Penata Muda (III/a)', '10/25/2022')")  # noqa: S608
    for size in (1, 1000):
        with opened(address) as source:
            one, other = sorted((one for bucket in source.buckets(size) for one in bucket.read()), key=lambda each: each.nip)
        assert (one.birth_date, other.birth_date) == (date(1990, 1, 1), date(1991, 6, 15))
        assert [(str(each.rank), each.since) for each in one.ranks.records] == [("III/a", PartialDay.in_year(2020))]
        assert [(str(each.rank), each.since) for each in other.ranks.records] == [("III/a", date(2022, 10, 25))]


def test_all_is_read_as_of_one_moment(database, staff, tmp_path):
    """Who is hired or dismissed while it runs is not in half of the answer."""
    address, execute = database
    put(address, staff.frames())
    engine = Engine.load("nasional")
    with Database.of(address) as there:
        assert there.rows() == 60
        execute("delete from trainings")
        execute("delete from employees where nip > '1980'")
        assess_folder(engine.frame_maker(as_of=DAY, rules=RULES), there, tmp_path / "out", policy="p", size=10)
    assert read(tmp_path / "out").equals(engine.assess_frame(staff, as_of=DAY, rules=RULES).sort("nip"))


def test_what_is_wrong_with_tables_of_a_database_is_told(database):
    """No table of people, a column that there is not, a table that may not be read."""
    address, execute = database
    with pytest.raises(PolicyError, match="there is no table `employees` in"):
        Workforce.read(address)
    execute("create table employees (nip text, unti text)")
    with pytest.raises(PolicyError, match="unknown column `unti` in table `employees`"):
        Workforce.read(address)
    execute("alter table employees drop column unti")
    with pytest.raises(PolicyError, match="has no rows"):
        Workforce.read(address)
    execute("create view ranks as select 1/0 as rank, nip from employees union all select 1/0, 'x'")
    execute(f"insert into employees values ('{ONE}')")  # noqa: S608
    with pytest.raises(PolicyError, match=r"table `ranks` of `postgresql://bkd@127\.0\.0\.1:.* can't be read"):
        Workforce.read(address)


# The password


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://bkd:{}@127.0.0.1:{port}/postgres", "the password or the user is not accepted"),
        ("postgresql://bkd:{}@127.0.0.1:1/postgres", "no server listens"),
        ("postgresql://bkd:{}@nohost.invalid/postgres", "there is no host of that name"),
        ("postgresql://bkd@127.0.0.1:{port}/postgres?password={}", "the password or the user is not accepted"),
        ("postgresql://bkd:ra sia{}@127.0.0.1:{port}/postgres", "can't be read"),
        ("postgresql://bkd:ra/sia{}@127.0.0.1:{port}/postgres", "can't be read"),
        ("postgresql://bkd:ra#sia{}@127.0.0.1:{port}/postgres", "can't be read"),
        ("postgresql://bkd:ra?sia{}@127.0.0.1:{port}/postgres", "can't be read"),
        ("postgresql://bkd:ra%sia{}@127.0.0.1:{port}/postgres", "can't be read"),
        ("postgresql://bkd:ra@sia{}@127.0.0.1:{port}/postgres", "postgresql://"),
        ("postgresql://bkd:ra:sia{}@127.0.0.1:{port}/postgres", "is not accepted"),
        ("postgresql://bkd:{}@127.0.0.1:port/postgres", "can't be read"),
    ],
)
def test_no_error_holds_the_password(server, address, said):
    """However it is written, and whatever is wrong: the error says what to do, and nothing that was secret."""
    given = address.format("t0p5ecret", port=server[1])
    with pytest.raises(PolicyError) as caught:
        Workforce.read(given)
    told = "".join(
        f"{one.code} {one.message.to(lang)} {one.help.to(lang)}"
        for one in caught.value.problems
        for lang in ("en", "id")
    )
    assert said in told
    assert "5ecret" not in told
    assert "sia" not in told.replace("Asia", "")
    assert caught.value.__cause__ is None


def test_an_address_is_shown_without_its_password():
    """And without its options, which may hold one."""
    assert shown("postgres://bkd:x@Host:5433/simpeg?password=y#z") == "postgresql://bkd@host:5433/simpeg"


def test_the_command_line_assesses_a_database(database, staff, tmp_path):
    """To Parquet; what it tells and what it leaves behind has no password in it."""
    address, execute = database
    put(address, staff.frames())
    day = ("--as-of", "2026-10-01", "--rule", RULES[0])
    done = run("assess", "nasional", address, *day, "--format", "parquet", "-o", tmp_path / "out")
    assert (done.returncode, "60 people in" in done.stderr) == (0, True), done.stderr
    expected = Engine.load("nasional").assess_frame(staff, as_of=DAY, rules=RULES[:1])
    assert read(tmp_path / "out").equals(expected.sort("nip"))
    execute("alter table ranks add column rangk text")
    wrong = [
        run("assess", "nasional", address, *day, "--format", "parquet", "-o", tmp_path / "other"),
        run("assess", "nasional", address, *day, "--format", "csv"),
        run("findings", "nasional", address, "--as-of", "2026-10-01"),
        run(
            "assess",
            "nasional",
            address.replace("bkd:", "bkd:x"),
            *day,
            "--format",
            "parquet",
            "-o",
            tmp_path / "other",
        ),
    ]
    for one in (done, *wrong):
        for text in (one.stdout, one.stderr):
            assert postgres.PASSWORD not in text
            assert SECRET not in text
    assert [one.returncode for one in wrong] == [2, 2, 2, 2]
    notes = [file.read_text(encoding="utf-8") for file in (tmp_path / "other.half").glob("*.json")]
    assert all(SECRET not in note for note in notes)
