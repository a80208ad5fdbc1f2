"""The texts on how an answer follows, in Indonesian."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "trace.heading": "Rangkaian penarikan kesimpulan (perantaian maju):",
    "trace.step": "{number}. {what} (dari data)",
    "trace.step.after": "{number}. {what} (dari {after})",
    "trace.applies.held": "“{rule}” berlaku bagi pegawai ini",
    "trace.applies.failed": "“{rule}” tidak berlaku bagi pegawai ini",
    "trace.criterion": "{rule}, syarat “{criterion}”: {status}",
    "trace.warning": "{rule}, peringatan “{criterion}”: {status}",
    "trace.answer": "{rule}: {answer}",
    "trace.unfulfilled": "kewajiban belum terpenuhi",
    "trace.weak": "{what} (bahan pertimbangan, belum berdasar hukum)",
    "trace.open": "Tidak dapat disimpulkan dari data yang ada:",
    "trace.open.applies": "apakah “{rule}” berlaku bagi pegawai ini",
    "trace.open.answer": "{rule}: hasilnya",
    "trace.waived": "Surat pengecualian tidak ikut dirangkaikan; rangkaian ini menunjukkan hasil tanpa surat itu.",
    "trace.fulfilled_when": "{rule}: syarat pemenuhannya {status}",
    "trace.warning.yes": "perlu diperhatikan",
    "trace.warning.no": "tidak perlu",
}
