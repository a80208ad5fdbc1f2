"""The statistics of two groups agree with SciPy and with published values, over many tables."""

from math import isclose
from random import Random

import pytest
from scipy import stats

from asnpolicy.fairness.by_group.statistics import (
    Counts,
    difference_interval,
    exact_test,
    holm,
    power,
    rate_interval,
    ratio_interval,
    shortfall,
    stratified,
)


def table(number, most=60):
    """Draw two groups."""
    rng = Random(f"table {number}")
    one, other = rng.randint(1, most), rng.randint(1, most)
    return Counts(rng.randint(0, one), one), Counts(rng.randint(0, other), other)


@pytest.mark.parametrize("number", range(60))
def test_the_exact_test_is_fishers(number):
    """Two-sided, to the tenth digit; the mid-p is it less half of the tables that are just as likely."""
    one, other = table(number, most=3000 if number % 10 == 0 else 60)
    rows = [[one.favourable, one.people - one.favourable], [other.favourable, other.people - other.favourable]]
    mine = exact_test(one, other)
    assert isclose(mine.fisher, stats.fisher_exact(rows).pvalue, rel_tol=1e-8, abs_tol=1e-12)
    assert 0 <= mine.mid_p <= mine.fisher <= 1
    whole = stats.hypergeom(one.people + other.people, one.favourable + other.favourable, one.people)
    if min(one.people, one.favourable + other.favourable) > max(0, one.favourable + other.favourable - other.people):
        same = sum(
            p for p in map(whole.pmf, range(one.people + 1)) if isclose(p, whole.pmf(one.favourable), rel_tol=1e-7)
        )
        assert isclose(mine.mid_p, max(0.0, stats.fisher_exact(rows).pvalue - same / 2), rel_tol=1e-6, abs_tol=1e-9)


@pytest.mark.parametrize("number", range(30))
def test_intervals_are_wilsons_and_katzs(number):
    """Of a rate and of a ratio of rates."""
    one, other = table(number)
    low, high = stats.binomtest(one.favourable, one.people).proportion_ci(method="wilson")
    assert all(isclose(a, b, abs_tol=1e-9) for a, b in zip(rate_interval(one), (low, high), strict=True))
    if one.favourable and other.favourable:
        found = stats.contingency.relative_risk(one.favourable, one.people, other.favourable, other.people)
        wanted = found.confidence_interval(0.95)
        assert all(
            isclose(a, b, rel_tol=1e-9)
            for a, b in zip(ratio_interval(one, other), (wanted.low, wanted.high), strict=True)
        )


def test_the_interval_of_a_difference_is_newcombes():
    """Method 10 on the example of his paper: 56 of 70 and 48 of 80."""
    low, high = difference_interval(Counts(56, 70), Counts(48, 80))
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


def test_strata_turn_a_paradox_round():
    """Both offices favour the first group, and all together do not: what is told within strata is the truth."""
    offices = [(Counts(18, 20), Counts(64, 80)), (Counts(24, 80), Counts(4, 20))]
    pooled = [Counts(sum(each[at].favourable for each in offices), 100) for at in (0, 1)]
    assert pooled[0].rate < pooled[1].rate
    found = stratified(offices)
    assert found.odds_ratio > 1
    assert found.against == 0
    tables = [[[a.favourable, a.people - a.favourable], [b.favourable, b.people - b.favourable]] for a, b in offices]
    up = sum(t[0][0] * t[1][1] / (sum(t[0]) + sum(t[1])) for t in tables)
    down = sum(t[0][1] * t[1][0] / (sum(t[0]) + sum(t[1])) for t in tables)
    assert isclose(found.odds_ratio, up / down)


def test_one_stratum_is_the_chi_square_of_its_table():
    """With one stratum the probability is that of the (n - 1) chi-square test."""
    one, other = Counts(12, 40), Counts(25, 45)
    chi = stats.chi2_contingency([[12, 28], [25, 20]], correction=False).statistic * 84 / 85
    assert isclose(stratified([(one, other)]).p, stats.chi2.sf(chi, 1), rel_tol=1e-9)
    assert stratified([]).p == 1.0


def test_several_tests_at_once_are_adjusted():
    """Holm: never less than alone, in the same order, never above one."""
    rng = Random("holm")
    drawn = [rng.random() / 5 for _ in range(12)]
    made = holm(drawn)
    assert all(a >= p for a, p in zip(made, drawn, strict=True))
    assert [x for _, x in sorted(zip(drawn, made, strict=True))] == sorted(made)
    assert max(made) <= 1
    assert isclose(min(made), 12 * min(drawn))


def test_power_is_about_how_often_it_would_show():
    """Beside the share of the tables of two groups that the z test would call unlikely."""
    n, base = 200, 0.5
    one, other = stats.binom(n, base * 0.8), stats.binom(n, base)
    shows = 0.0
    for a in range(n + 1):
        for b in range(n + 1):
            pooled = (a + b) / (2 * n)
            spread = (pooled * (1 - pooled) * 2 / n) ** 0.5
            if spread and (b - a) / n / spread > 1.959964:
                shows += one.pmf(a) * other.pmf(b) if abs(a - 80) < 45 and abs(b - 100) < 45 else 0.0
    assert abs(power(n, Counts(100, 200), 0.8, 0.05) - shows) < 0.02
    assert power(0, Counts(1, 2), 0.8, 0.05) == 0.0


def test_a_shortfall_is_how_many_more_would_pass():
    """At the rate of the other group; never below nothing."""
    assert shortfall(Counts(10, 50), Counts(30, 60)) == 15
    assert shortfall(Counts(40, 50), Counts(30, 60)) == 0
