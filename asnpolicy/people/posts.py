"""Posts: their kinds, the levels of functional posts and the echelons of managerial ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from asnpolicy.people.contradiction import ContradictionError
from asnpolicy.people.labels import ABSENT, Label
from asnpolicy.text import Text, phrase


class PostKind(Label):
    """What kind of post it is (UU 20/2023, PP 11/2017)."""

    PELAKSANA = 1, "pelaksana"
    FUNGSIONAL = 2, "fungsional"
    PENGAWAS = 3, "pengawas"
    ADMINISTRATOR = 4, "administrator"
    JPT_PRATAMA = 5, "jpt-pratama"
    JPT_MADYA = 6, "jpt-madya"
    JPT_UTAMA = 7, "jpt-utama"
    TUGAS_TAMBAHAN = 8, "tugas-tambahan"
    """A duty beside a definitive post, such as head of school beside teacher."""

    @classmethod
    def noun(cls) -> Text:
        """Return what one of them is called in a message."""
        return Text("jenis jabatan", "kind of post")

    @classmethod
    def ordered(cls) -> bool:
        """Functional posts stand beside the managerial ladder, so there is no one order."""
        return False


class Category(Label):
    """The two categories of functional posts."""

    KETERAMPILAN = 1, "keterampilan"
    KEAHLIAN = 2, "keahlian"

    @classmethod
    def noun(cls) -> Text:
        """Return what one of them is called in a message."""
        return Text("kategori", "category")

    @classmethod
    def ordered(cls) -> bool:
        """Skilled and expert posts are two ladders."""
        return False


class Jenjang(Label):
    """The levels of functional posts (PermenPANRB 1/2023), skilled before expert."""

    PEMULA = 1, "Pemula"
    TERAMPIL = 2, "Terampil"
    MAHIR = 3, "Mahir"
    PENYELIA = 4, "Penyelia"
    AHLI_PERTAMA = 5, "Ahli Pertama"
    AHLI_MUDA = 6, "Ahli Muda"
    AHLI_MADYA = 7, "Ahli Madya"
    AHLI_UTAMA = 8, "Ahli Utama"

    @classmethod
    def noun(cls) -> Text:
        """Return what one of them is called in a message."""
        return Text("jenjang", "level")

    @property
    def category(self) -> Category:
        """Give the category that the level belongs to."""
        return Category.KETERAMPILAN if self <= Jenjang.PENYELIA else Category.KEAHLIAN


class Echelon(Label):
    """Echelons of managerial posts, lowest first (PP 100/2000, still the measure of rank ranges)."""

    V_A = 1, "V.a"
    IV_B = 2, "IV.b"
    IV_A = 3, "IV.a"
    III_B = 4, "III.b"
    III_A = 5, "III.a"
    II_B = 6, "II.b"
    II_A = 7, "II.a"
    I_B = 8, "I.b"
    I_A = 9, "I.a"

    @classmethod
    def noun(cls) -> Text:
        """Return what one of them is called in a message."""
        return Text("eselon", "echelon")


class Acting(Label):
    """As what somebody acts in a post (SE Kepala BKN 1/SE/I/2021)."""

    PLT = 1, "plt"
    """Pelaksana tugas: the post is vacant, or its holder is away for good."""
    PLH = 2, "plh"
    """Pelaksana harian: its holder is away for a while."""

    @classmethod
    def noun(cls) -> Text:
        """Return what one of them is called in a message."""
        return Text("kedudukan pelaksana tugas", "way of acting")

    @classmethod
    def ordered(cls) -> bool:
        """Neither is more than the other."""
        return False


def acting_as(data: Any) -> Any:
    """Return the data of a post with what follows from whether and as what somebody acts in it.

    Who acts as Plt or Plh acts, and who does not acts as neither; raises ContradictionError when both are given and differ.
    That somebody acts does not tell as what.
    """
    if not isinstance(data, Mapping):
        return data
    acting, way = data.get("acting"), data.get("acting_as")
    if acting is None and way is None:
        return data
    neither = None if way is None else way is ABSENT or way == str(ABSENT)
    if isinstance(acting, bool) and neither is acting:
        raise ContradictionError(
            phrase(
                en="`acting` is {acting}, but `acting_as` is `{way}`",
                id="`acting` adalah {acting}, padahal `acting_as` adalah `{way}`",
                acting=str(acting).lower(),
                way=way,
            ),
            "acting",
            "acting_as",
        )
    if acting is False and way is None:
        return {**data, "acting_as": str(ABSENT)}
    return {**data, "acting": not neither} if acting is None else data


def none_of_the_other_ladder(data: Any) -> Any:
    """Return the data of a post with what its kind can't have said to be none; raises ContradictionError when it is given.

    A post outside the functional ladder has no jenjang; one inside it, and a pelaksana's, no echelon.
    """
    kind = data.get("kind") if isinstance(data, Mapping) else None
    if kind is None or str(kind) == PostKind.TUGAS_TAMBAHAN.label or str(kind) not in PostKind.texts():
        return data  # of a kind that is not known nothing follows, and it is refused itself
    functional = str(kind) == PostKind.FUNGSIONAL.label
    none = ("echelon",) if functional else ("jenjang", "category")
    if str(kind) == PostKind.PELAKSANA.label:
        none = (*none, "echelon")
    wrong = [name for name in none if data.get(name) not in (None, ABSENT, "none")]
    if wrong:
        raise ContradictionError(
            phrase(
                en="a `{kind}` post has no {wrong}, but `{data}` is given",
                id="jabatan `{kind}` tidak punya {wrong}, padahal diberikan `{data}`",
                kind=kind,
                wrong=wrong[0],
                data=data[wrong[0]],
            ),
            "kind",
            *wrong,
        )
    return {**data, **dict.fromkeys(none, str(ABSENT)), **_category(data, functional)}


def _category(data: Mapping[str, Any], functional: bool) -> dict[str, Any]:
    jenjang = data.get("jenjang")
    if not functional or jenjang is None or data.get("category") is not None:
        return {}
    known = {member.label: member for member in Jenjang}.get(str(jenjang))
    return {"category": str(known.category)} if known else {}
