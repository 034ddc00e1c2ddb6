"""The print of the outgoing book (buku verbal) for a period: what was issued to whom, and the clerk's numbers."""

from __future__ import annotations

from docx.document import Document as DocumentObject

from sync.documents.making.agenda_masuk import Column, book_print

COLUMNS: tuple[Column, ...] = (
    ("No.", 10, "nomor_urut"),
    ("Tanggal Naskah", 19, "tanggal"),
    ("Nomor Naskah", 35, "nomor"),
    ("Dikirim kepada", 61, "kepada"),
    ("Jenis", 23, "jenis"),
    ("Rujukan", 28, "rujukan"),
    ("Isi Ringkas", 41, "isi"),
    ("Tanggal Kirim", 19, "tanggal_kirim"),
    ("Keterangan", 21, "keterangan"),
)


def build() -> DocumentObject:
    """Return the template."""
    counts = "Jumlah naskah: {{ jumlah }}, di antaranya belum bernomor: {{ belum_bernomor }}."
    return book_print("BUKU AGENDA KELUAR", COLUMNS, counts, "Tidak ada naskah keluar pada masa ini.")
