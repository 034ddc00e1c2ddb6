"""Tanda Registrasi: half a sheet (A5) for the visitor, and the same on the roll of an 80 mm receipt printer.

What a visitor wants to know, in that order: the number, where to go, what comes next and how long it takes. The
standard times are the SOP's (mutu baku). Contact data are masked; the notice on personal data follows UU 27/2022.
"""

from __future__ import annotations

from docx.document import Document as DocumentObject
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.shared import Pt

from sync.documents.making.style import (
    A5,
    ROLL_80,
    Paper,
    cell_text,
    data_table,
    fact_table,
    kop,
    lines_of_tags,
    loop_rows,
    new_document,
    paragraph,
    plain_table,
    set_cell_borders,
)

_NOTICE = (
    "Data pribadi pada pendaftaran ini dipakai untuk pencatatan dan pelaporan layanan konsultasi, dan disimpan sebagai "
    "arsip. "
    "Permintaan melihat, memperbaiki, atau menghapus data: {{ kontak_data_pribadi }}."
)
_FACTS = [
    ("Nama", "{{ nama }}"),
    ("Koperasi/Instansi", "{{ koperasi }}"),
    ("Kabupaten/Kota", "{{ kabupaten }}"),
    ("Telepon", "{{ telepon }}"),
    ("Surel", "{{ surel }}"),
    ("Layanan", "{{ layanan }}"),
    ("Topik konsultasi", "{{ topik }}"),
    ("Hari, tanggal", "{{ hari_tanggal }}"),
    ("Waktu datang", "{{ waktu_datang }}"),
    ("Waktu registrasi", "{{ waktu_registrasi }}"),
]


def half_page() -> DocumentObject:
    """A5, with the kop."""
    document = _document(A5, 21)
    spacing = document.styles["Subtitle"].paragraph_format
    spacing.space_before = spacing.space_after = Pt(3)
    kop(document, A5.text_width, crest_width=17, third_column=False)
    paragraph(document, "TANDA REGISTRASI", "Title")
    frame = plain_table(document, (A5.text_width - 38, 38))
    left, right = frame.rows[0].cells
    lines_of_tags(
        left,
        [
            ("Nomor registrasi Anda", "Isi Tabel Tengah"),
            ("{{ nomor }}", "Nomor Besar"),
            ("Silakan menuju {{ tujuan }},", "Isi Tabel Tengah"),
            ("{{ kop.bidang }}", "Kepala Tabel"),
        ],
    )
    cell_text(right, "{{ qr }}", "Isi Tabel Tengah")
    left.vertical_alignment = right.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    for cell, sides in ((left, ("top", "left", "bottom")), (right, ("top", "right", "bottom"))):
        set_cell_borders(cell, sides)
    paragraph(document, "Simpan tanda registrasi ini sampai konsultasi selesai.", "Subtitle")
    fact_table(document, (33, 4, A5.text_width - 37), _FACTS, "Isi Tabel")
    paragraph(document, "Tahap layanan dan waktu standarnya", "Heading 1")
    steps = data_table(document, (10, 78, 30), ("No.", "Kegiatan", "Waktu standar"))
    loop_rows(
        steps,
        "langkah in tahap",
        [
            ("{{ langkah.nomor }}", "Isi Tabel Tengah"),
            ("{{ langkah.sebutan }}", "Isi Tabel"),
            ("{{ langkah.standar }}", "Isi Tabel Tengah"),
        ],
    )
    paragraph(
        document,
        "Seluruhnya {{ waktu_total }} menurut SOP Nomor {{ sop.nomor }} tentang {{ sop.nama }}.",
        "Catatan Kecil",
    )
    paragraph(document, _NOTICE, "Catatan Kecil")
    return document


def roll() -> DocumentObject:
    """80 mm wide, everything in one column; the printer cuts where the text ends."""
    document = _document(ROLL_80, 18)
    for text, style in (
        ("{{ kop.dinas }}", "Kepala Tabel"),
        ("{{ kop.bidang }}", "Isi Tabel Tengah"),
        ("TANDA REGISTRASI", "Title"),
        ("{{ nomor }}", "Nomor Besar"),
        ("{{ qr }}", "Isi Tabel Tengah"),
        ("{{ nama }}", "Kepala Tabel"),
        ("{{ topik }}", "Isi Tabel Tengah"),
        ("{{ hari_tanggal }}, datang {{ waktu_datang }}, registrasi {{ waktu_registrasi }}", "Isi Tabel Tengah"),
        ("Silakan menuju {{ tujuan }}", "Kepala Tabel"),
    ):
        paragraph(document, text, style)
    steps = plain_table(document, (44, 28), rows=0)
    loop_rows(
        steps,
        "langkah in tahap",
        [("{{ langkah.nomor }}. {{ langkah.sebutan }}", "Isi Tabel"), ("{{ langkah.standar }}", "Angka Tabel")],
    )
    paragraph(document, _NOTICE, "Catatan Kecil")
    return document


def _document(paper: Paper, number_size: float) -> DocumentObject:
    document = new_document(paper)
    document.styles["Nomor Besar"].font.size = int(number_size * 12700)
    document.styles["Kop Dinas"].font.size = 11 * 12700
    document.styles["Kop Pemerintah"].font.size = int(9.5 * 12700)
    document.styles["Kop Bidang"].font.size = 9 * 12700
    document.styles["Kop Alamat"].font.size = 7 * 12700
    document.styles["Heading 1"].font.size = 10 * 12700
    document.styles["Subtitle"].font.size = 9 * 12700
    document.styles["Isi Tabel"].font.size = 9 * 12700
    document.styles["Catatan Kecil"].font.size = 8 * 12700
    return document
