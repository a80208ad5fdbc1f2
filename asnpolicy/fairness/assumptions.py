"""Assumptions: what every proof takes for granted, what some do, and what no proof had to be looked for."""

from __future__ import annotations

from asnpolicy.text import Text

ASSUMED = (
    Text("semua data tentang orangnya diketahui; data yang kurang tidak mengubah putusan yang sudah pasti",
         "everything about the person is known; what is missing never turns a decided verdict"),
    Text("tanpa pengecualian yang diberikan pejabat", "nobody has a waiver"),
)  # fmt: skip
"""What every proof assumes."""
COHERENT = Text(
    "datanya tidak saling bertentangan: paling muda 18 tahun saat diangkat, dalam dinas paling lama sampai 70 tahun, PNS 12 sampai 24 bulan setelah CPNS, pangkat "
    "tidak turun kecuali karena hukuman, tidak ada catatan dinas sebelum diangkat, dan status sesuai dengan tanggalnya",
    "no contradictory records: at least 18 when appointed, in service up to 70 at most, PNS 12 to 24 months after CPNS, ranks fall only by sanction, "
    "nothing of the service before the appointment, and the status fits the dates",
)
"""What a proof assumes where it holds only of people whose records do not contradict each other."""
IN_SERVICE = Text(
    "keduanya masih dalam dinas: berhenti karena umur diatur undang-undang",
    "both are still in the service: that one leaves it by age is the law's",
)
WITHOUT_ILLUSTRATIVE = Text(
    "juga bila semua yang tidak berdasar hukum dihapus: kriteria, pembebasan, nilai, dan sel tabel",
    "also with everything without a basis in law taken away: criteria, exemptions, values and cells",
)
BY_READING = Text(
    "tampak dari bunyinya: tidak ada yang perlu dicari", "seen from what is written: nobody had to be looked for"
)
