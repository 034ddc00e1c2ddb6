"""The print of the outgoing book (buku verbal) for a period: what was issued to whom, and the clerk's numbers."""

from __future__ import annotations

from docx.document import Document as DocumentObject

from sync.documents.making.agenda_masuk import Column, book_print

COLUMNS: tuple[Column, ...] = (
    ("No.", 10, "nomor_urut"),
    ("Tanggal Naskah", 20, "tanggal"),
    ("Nomor Naskah", 39, "nomor"),
    ("Dikirim kepada", 46, "kepada"),
    ("Jenis", 27, "jenis"),
    ("Rujukan", 29, "rujukan"),
    ("Isi Ringkas", 43, "isi"),
    ("Tanggal Kirim", 20, "tanggal_kirim"),
    ("Keterangan", 23, "keterangan"),
)


def build() -> DocumentObject:
    """Return the template."""
    counts = "Jumlah naskah: {{ jumlah }}, di antaranya belum bernomor: {{ belum_bernomor }}."
    return book_print("BUKU AGENDA KELUAR", COLUMNS, counts, "Tidak ada naskah keluar pada masa ini.")
