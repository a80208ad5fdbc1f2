"""Performance appraisal: expectations, predicates and the matrix that joins them."""

from __future__ import annotations

from asnpolicy.people.labels import Label
from asnpolicy.text import Text


class Expectation(Label):
    """How results or behaviour stand against what was expected."""

    BELOW = 1, "Di bawah ekspektasi"
    MEETS = 2, "Sesuai ekspektasi"
    ABOVE = 3, "Di atas ekspektasi"

    @classmethod
    def noun(cls) -> Text:
        """Return what one of them is called in a message."""
        return Text("ekspektasi", "expectation")


class Rating(Label):
    """The yearly predicate, lowest first."""

    SANGAT_KURANG = 1, "Sangat Kurang"
    KURANG = 2, "Kurang"
    BUTUH_PERBAIKAN = 3, "Butuh Perbaikan"
    BAIK = 4, "Baik"
    SANGAT_BAIK = 5, "Sangat Baik"

    @classmethod
    def noun(cls) -> Text:
        """Return what one of them is called in a message."""
        return Text("predikat", "predicate")

    @classmethod
    def aliases(cls) -> dict[str, str]:
        """Give the name of the older scale."""
        return {"Cukup": "Butuh Perbaikan"}


def rating_of(results: Expectation, behaviour: Expectation) -> Rating:
    """Give the predicate of a pair of expectations (PermenPANRB 6/2022).

    >>> str(rating_of(Expectation.ABOVE, Expectation.BELOW))
    'Kurang'
    """
    if behaviour is Expectation.BELOW:
        return Rating.SANGAT_KURANG if results is Expectation.BELOW else Rating.KURANG
    if results is Expectation.BELOW:
        return Rating.BUTUH_PERBAIKAN
    both_above = results is behaviour is Expectation.ABOVE
    return Rating.SANGAT_BAIK if both_above else Rating.BAIK
