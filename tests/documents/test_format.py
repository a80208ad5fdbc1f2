"""What authors may write: transitions, dated rows, regional cells, columns, bands; and what they are told otherwise."""

from datetime import date

import pytest

from asnpolicy import Employee, Engine, PolicyError

BASE = """format: 1
region: dasar
title: {id: Dasar, en: Base}
sources: {uu: Undang-undang}
values:
  masa:
    - {from: 2000-01-01, is: 4 years, basis: uu, region_may: {at_least: 3 years, at_most: 6 years, basis: uu}}
    - {from: 2025-01-01, is: 5 years, basis: uu, unless: {cpns_on: {below: 2015-01-01}, keep: 2000-01-01}}
tables:
  jam:
    by: rank
    versions:
      - from: 2000-01-01
        basis: uu
        region_may: {at_least: 10, at_most: 40, basis: uu}
        rows:
          III/a: 20
          III/b:
            - {from: 2000-01-01, is: 20, basis: uu}
            - {from: 2025-07-01, is: 30, basis: uu}
          III/c: {from: 2026-01-01, until: 2026-07-01, is: 12, basis: uu}
        otherwise: 15
  kuota:
    by: [rank, record.hours]
    versions:
      - from: 2000-01-01
        rows: {III/a: {..10: {kecil: 1, besar: 2}, 10..: {kecil: 3, besar: 4}}}
        otherwise: 0
promotions:
  naik:
    title: {id: Naik, en: Up}
    from: 2000-01-01
    basis: uu
    to: {fact: next_rank}
    require:
      masa: {title: {id: Masa, en: Time}, time_in_rank: {at_least: {value: masa}}}
duties:
  latih:
    title: {id: Latih, en: Train}
    from: 2000-01-01
    basis: uu
    strength: wajib
    fulfilled_when: {training_hours: {at_least: {table: jam}}}
figures:
  bobot:
    title: {id: Bobot, en: Weight}
    of: trainings
    times: [{table: kuota, column: besar, on: as_of}]
conditions:
  berbobot: {title: {id: Berbobot, en: Weighty}, bobot_semua: {at_least: 1}}
"""
SUM = "  bobot_semua: {title: {id: Semua, en: All}, sum: {of: bobot}}\n"
BASE = BASE.replace("conditions:\n", SUM + "conditions:\n")
HEAD = "format: 1\nregion: daerah\nextends: dasar\ntitle: {id: Daerah, en: Region}\nsources: {perda: Perda}\n"


@pytest.fixture
def write(tmp_path):
    """Write a base and a region beside it, and give the region's folder."""

    def made(region="", base=BASE):
        for name, text in (("dasar", base), ("daerah", HEAD + region)):
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / f"{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path / "daerah"

    return made


def person(rank="III/a", since="2021-06-01", cpns_on="2016-01-01", trainings=()):
    """Make somebody of whom everything is known."""
    return Employee.model_validate({
        "nip": f"19850505{(cpns_on or '2016-01-01')[:7].replace('-', '')}1001", "employment": "PNS", "cpns_on": cpns_on,
        "ranks": {"records": [{"rank": rank, "since": since}], "complete_since": "all"},
        "trainings": {
            "records": [{"code": "a", "hours": h, "completed_on": "2024-01-01"} for h in trainings],
            "complete_since": "all",
        },
    })  # fmt: skip


def verdict(folder, employee, rule, day):
    """Decide by the compiled back end and by the definition, which must agree."""
    given = {
        Engine.load(folder, backend=name).decide(employee, rule, as_of=day).verdict
        for name in ("compiled", "definition")
    }
    assert len(given) == 1
    return given.pop().value


@pytest.mark.parametrize(("cpns_on", "expected"), [("2014-12-31", "eligible"), ("2015-01-01", "ineligible")])
def test_an_older_version_goes_on_for_those_whom_a_transition_names(write, cpns_on, expected):
    """Four years suffice for who was appointed before 2015, also after the five years came."""
    assert verdict(write(), person(cpns_on=cpns_on), "naik", date(2025, 6, 1)) == expected


def test_a_transition_about_something_unknown_leaves_the_verdict_open(write):
    """Not knowing since when somebody serves, neither version may be taken; what both allow is allowed."""
    folder = write()
    decision = Engine.load(folder).decide(person(cpns_on=None), "naik", as_of=date(2025, 6, 1))
    assert (decision.verdict.value, decision.missing) == ("undetermined", ("cpns_on",))
    for since, expected in (("2020-06-02", "undetermined"), ("2020-06-01", "eligible"), ("2021-06-02", "ineligible")):
        assert verdict(folder, person(cpns_on=None, since=since), "naik", date(2025, 6, 1)) == expected


@pytest.mark.parametrize(
    ("rank", "hours", "day", "expected"),
    [
        ("III/b", 20, date(2025, 6, 30), "eligible"),
        ("III/b", 29, date(2025, 7, 1), "ineligible"),
        ("III/b", 30, date(2025, 7, 1), "eligible"),
        ("III/c", 14, date(2025, 12, 31), "ineligible"),
        ("III/c", 12, date(2026, 6, 30), "eligible"),
        ("III/c", 14, date(2026, 7, 1), "ineligible"),
    ],
)
def test_a_row_with_dates_of_its_own_changes_on_its_day(write, rank, hours, day, expected):
    """A row without a version on a day falls to `otherwise`."""
    assert verdict(write(), person(rank, trainings=[hours]), "latih", day) == expected


def test_a_region_changes_a_cell_from_a_day_on_within_the_bounds(write):
    """Other rows, and the days before, stay the base's."""
    folder = write("tables:\n  jam:\n    rows: {III/a: {from: 2026-03-01, is: 24, basis: perda}}\n")
    one = person(trainings=[20])
    assert verdict(folder, one, "latih", date(2026, 2, 28)) == "eligible"
    assert verdict(folder, one, "latih", date(2026, 3, 1)) == "ineligible"
    assert verdict(folder, person("III/b", trainings=[20]), "latih", date(2025, 1, 1)) == "eligible"


def test_a_region_lays_its_value_over_the_base(write):
    """Before and after the region's own span, the base's value and its transition hold."""
    folder = write("values:\n  masa: [{from: 2022-01-01, until: 2024-01-01, is: 6 years, basis: perda}]\n")
    assert verdict(folder, person(since="2018-06-01"), "naik", date(2023, 6, 1)) == "ineligible"
    assert verdict(folder, person(since="2019-06-01"), "naik", date(2024, 6, 1)) == "eligible"
    assert verdict(folder, person(since="2017-06-01"), "naik", date(2021, 12, 31)) == "eligible"


REFUSED = {
    "the region's value is below the bounds": ("values:\n  masa: [{from: 2022-01-01, is: 2 years}]\n", "`2 years` is less than the base lets a region choose"),
    "the region's value is above the bounds": ("values:\n  masa: [{from: 2022-01-01, until: 2023-01-01, is: 7 years}]\n", "`7 years` is more than the base lets a region choose"),
    "the base's later version gives no bounds": ("values:\n  masa: [{from: 2026-01-01, is: 5 years}]\n", "`masa` is not a region's to change"),
    "the cell is beyond the bounds": ("tables:\n  jam:\n    rows: {III/a: {from: 2026-03-01, is: 50}}\n", "`50` is more than the base lets a region choose"),
    "the base has no such row": ("tables:\n  jam:\n    rows: {IV/a: {from: 2026-03-01, is: 20}}\n", "the base's `jam` has no row `IV/a`"),
    "the region's cell has no date": ("tables:\n  jam:\n    rows: {III/a: 20}\n", "the region's `III/a` has no `from`"),
    "a region may not change how a table is keyed": ("tables:\n  jam: {by: rank, rows: {III/a: {from: 2026-03-01, is: 20}}}\n", "unknown word `by` for what a region changes in the table `jam`"),
    "a transition keeps nothing": ("values:\n  lain: [{from: 2020-01-01, is: 1, unless: {employment: PNS}}]\n", "`unless` needs `keep`"),
    "a list is a mapping": ("sources: {a: b}\nregions_may_add: {a: b}\n", None),
    "a value has no `is`": ("values:\n  lain: [{from: 2020-01-01}]\n", "this version of `lain` has no `is`"),
    "a value has no `from`": ("values:\n  lain: {is: 2}\n", "this version of `lain` has no `from`"),
    "a table has no versions": ("tables:\n  lain: {by: rank}\n", "the table `lain` needs `versions`"),
    "a table is by nothing": ("tables:\n  lain: {versions: [{from: 2020-01-01, rows: {III/a: 1}, otherwise: 0}]}\n", "the table `lain` needs `by`"),
    "a version has no rows": ("tables:\n  lain: {by: rank, versions: [{from: 2020-01-01}]}\n", "this version of `lain` has no `rows`"),
    "two rows of one key are active on a day": ("tables:\n  lain: {by: rank, versions: [{from: 2020-01-01, otherwise: 1, rows: {III/a: [{from: 2021-01-01, until: 2023-01-01, is: 1}, {from: 2022-01-01, is: 2}]}}]}\n", "two versions of `lain` `III/a` are active on 2022-01-01, this one and the one in line 7"),
}  # fmt: skip


@pytest.mark.parametrize(("region", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_is_refused_when(write, region, message):
    """One sentence names what is wrong, at its place."""
    if region.startswith("sources"):
        region = region.split("\n", 1)[1]
    with pytest.raises(PolicyError) as caught:
        Engine.load(write(region))
    messages = [problem.message for problem in caught.value.problems]
    assert message in messages if message else len(messages) == 1, messages
    assert all(problem.place is not None and problem.help for problem in caught.value.problems)


BROKEN_BASE = {
    "a transition keeps a version that is not there": ("keep: 2000-01-01", "keep: 2001-01-01", "`masa` has no older version that began on 2001-01-01"),
    "a transition is about an unknown fact": ("unless: {cpns_on:", "unless: {cpns_onn:", "unknown fact `cpns_onn`"),
    "a shared condition that no rule uses is broken": ("bobot_semua: {at_least: 1}", "bobot_semuah: {at_least: 1}", "unknown fact `bobot_semuah`"),
    "a figure that no rule uses is broken": ("sum: {of: bobot}", "sum: {of: bobott}", "unknown history or figure of records `bobott`"),
    "a table that no rule uses has a row too short": ("{..10: {kecil: 1, besar: 2}, 10..: {kecil: 3, besar: 4}}", "3", "this row of `kuota` has 1 key, but the table is by 2"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), BROKEN_BASE.values(), ids=BROKEN_BASE.keys())
def test_is_refused_in_the_base_when(write, old, new, message):
    """What no rule uses yet is checked as well: its author is there now."""
    assert old in BASE
    with pytest.raises(PolicyError) as caught:
        Engine.load(write(base=BASE.replace(old, new)).parent / "dasar")
    assert message in [problem.message for problem in caught.value.problems]
