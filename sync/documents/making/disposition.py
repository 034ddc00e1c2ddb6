"""Lembar Disposisi, half a sheet: goes to the leader with the telaahan.

Its lines are those of the regional tata naskah dinas in the style of Permendagri 54/2009: surat dari, nomor, tanggal,
diterima, nomor agenda, sifat, hal, diteruskan kepada, dengan hormat harap, catatan. What is left open is filled in by
hand. Offices use half a folio; A5 is the half of A4.
"""

from __future__ import annotations

from docx.document import Document as DocumentObject

from sync.documents.making.style import (
    A5,
    cell_text,
    fact_table,
    kop,
    lines_of_tags,
    new_document,
    paragraph,
    plain_table,
)

_FORWARD = ("Sekretaris", "Kepala Bidang …………………", "Pejabat fungsional ……………", "………………………………")
_REQUESTS = (
    "Tanggapan dan saran",
    "Proses lebih lanjut",
    "Koordinasikan/konfirmasikan",
    "Laporkan hasilnya",
    "Untuk diketahui",
    "………………………………",
)


def half_page() -> DocumentObject:
    """A5, with the kop."""
    document = new_document(A5)
    for style, size in (
        ("Kop Dinas", 11),
        ("Kop Pemerintah", 9.5),
        ("Kop Bidang", 9),
        ("Kop Alamat", 7),
        ("Title", 12),
        ("Isi Tabel", 9),
    ):
        document.styles[style].font.size = int(size * 12700)
    width = A5.text_width
    kop(document, width, crest_width=17, division=False, third_column=False)
    paragraph(document, "LEMBAR DISPOSISI", "Title")
    table = plain_table(document, (width / 2, width / 2), rows=4, style="Table Grid")
    number = "{% if konsep %}……………………………{% else %}{{ nomor_naskah }}{% endif %}"
    rows = (
        ("Surat dari: {{ dari }}", "Diterima tanggal: ……………………"),
        (f"Nomor surat: {number}", "Nomor agenda: **{{ nomor }}**"),
        ("Tanggal surat: {% if konsep %}…………………{% else %}{{ terbit.tanggal }}{% endif %}", "Kode: {{ kode }}"),
        ("Sifat:  ☐ Sangat segera   ☐ Segera   ☐ Rahasia", ""),
    )
    for row, texts in zip(table.rows, rows, strict=True):
        if texts[1]:
            for cell, text in zip(row.cells, texts, strict=True):
                cell_text(cell, text, "Isi Tabel")
        else:
            cell_text(row.cells[0].merge(row.cells[1]), texts[0], "Isi Tabel")
    paragraph(document, "", "Catatan Kecil")
    fact_table(
        document,
        (36, 4, width - 40),
        [
            ("Hal", "{{ hal }}"),
            ("Koperasi/Instansi", "{{ koperasi }}"),
            ("Tanggal konsultasi", "{{ hari_tanggal }}"),
            ("Dilayani oleh", "{{ petugas }}"),
            ("Disposisi sebelumnya", "{{ disposisi }}"),
        ],
        "Isi Tabel",
    )
    paragraph(document, "", "Catatan Kecil")
    choices = plain_table(document, (width / 2, width / 2), style="Table Grid")
    left, right = choices.rows[0].cells
    lines_of_tags(left, [("Diteruskan kepada Sdr.:", "Isi Tabel"), *((f"☐ {text}", "Isi Tabel") for text in _FORWARD)])
    lines_of_tags(right, [("Dengan hormat harap:", "Isi Tabel"), *((f"☐ {text}", "Isi Tabel") for text in _REQUESTS)])
    paragraph(document, "", "Catatan Kecil")
    notes = plain_table(document, (width * 0.5, 5, width * 0.5 - 5))
    left, _, right = notes.rows[0].cells
    lines_of_tags(left, [("Catatan:", "Isi Tabel"), *([("……………………………………………", "Isi Tabel")] * 4)])
    lines_of_tags(
        right,
        [
            ("{{ kepada }},", "Isi Tabel"),
            ("", "Ruang Paraf"),
            ("………………………………", "Isi Tabel"),
            ("Tanggal: ………………………", "Isi Tabel"),
        ],
    )
    return document
