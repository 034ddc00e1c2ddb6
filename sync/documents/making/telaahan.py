"""Telaahan Staf of one consultation.

Head and the six parts are the usual order (kepada, dari, tanggal, nomor, sifat, lampiran, hal; persoalan, praanggapan,
fakta yang mempengaruhi, analisis, simpulan, saran). Sources differ: some write "Kesimpulan", some "memengaruhi"; some
lay it out in two columns with the leader's disposisi at the left. One column is what most offices use, and the box for
the leader stands at the end, where it can be deleted in Word. Paper and font are styles of the template.
"""

from __future__ import annotations

from copy import deepcopy

from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE

from sync.documents.making.style import (
    A4,
    F4,
    Paper,
    data_table,
    fact_table,
    kop,
    lines_of_tags,
    loop_rows,
    new_document,
    number_headings,
    page_footer,
    paragraph,
    plain_table,
    signature,
)

_PARTS = (
    ("Persoalan", "persoalan"),
    ("Praanggapan", "praanggapan"),
    ("Fakta yang Mempengaruhi", "fakta"),
    ("Analisis", "analisis"),
    ("Simpulan", "simpulan"),
    ("Saran", "saran"),
)


_CLOSING = (
    "Demikian telaahan ini disampaikan sebagai bahan pertimbangan. Selanjutnya mohon petunjuk dan arahan Bapak/Ibu "
    "atas hasil konsultasi tersebut."
)
"""Two lines that always stay with the signature, so it never stands alone on a page however long the advice is."""


def a4() -> DocumentObject:
    return _telaahan(A4)


def f4() -> DocumentObject:
    """The same on F4 (215 x 330 mm), which some regional rules prescribe."""
    return _telaahan(F4)


def _telaahan(paper: Paper) -> DocumentObject:
    document = new_document(paper)
    number_headings(document, "roman")
    width = paper.text_width
    page_footer(document, "Telaahan Staf {{ nomor }}{% if konsep %} – KONSEP{% endif %}", width)
    kop(document, width)
    paragraph(document, "{%p if konsep %}", "Body Text")
    paragraph(document, "KONSEP – belum bernomor naskah, belum ditandatangani", "Konsep")
    paragraph(document, "{%p endif %}", "Body Text")
    paragraph(document, "TELAAHAN STAF", "Title")
    number = "{% if konsep %}000.8/……………/{{ kode_unit }}{% else %}{{ nomor_naskah }}{% endif %}"
    day = "{% if konsep %}…… {{ terbit.bulan_tahun }}{% else %}{{ terbit.tanggal }}{% endif %}"
    fact_table(
        document,
        (28, 5, width - 33),
        [
            ("Kepada", "{{ kepada }}"),
            ("Dari", "{{ dari }}"),
            ("Tanggal", day),
            ("Nomor", number),
            ("Sifat", "Biasa"),
            ("Lampiran", "–"),
            ("Hal", "{{ hal }}"),
        ],
    )
    paragraph(document, "", "Kop Garis Tipis")
    _opening(document, width)
    _steps(document, width)
    for title, field in _PARTS:
        paragraph(document, title, "Heading 1")
        paragraph(document, f"{{{{ {field} }}}}", "Isi Menjorok")
    paragraph(document, "{%p if tindak_lanjut %}", "Isi Menjorok")
    paragraph(document, "Tindak lanjut: {{ tindak_lanjut }}.", "Isi Menjorok")
    paragraph(document, "{%p endif %}", "Isi Menjorok")
    signature(document, width, [(_CLOSING, "Isi Terikat")], with_next=True)
    _leader(document, width)
    return document


def _opening(document: DocumentObject, width: float) -> None:
    paragraph(
        document,
        "Berdasarkan SOP Nomor {{ sop.nomor }} tentang {{ sop.nama }}, bersama ini disampaikan telaahan atas "
        "konsultasi berikut.",
    )
    facts = fact_table(
        document,
        (43, 5, width - 48),
        [
            ("Nomor registrasi", "{{ nomor }}"),
            ("Hari, tanggal", "{{ hari_tanggal }}, {{ waktu_registrasi }}"),
            ("Pemohon", "{{ nama }}"),
            ("Bertindak sebagai", "{{ bertindak_sebagai }}"),
            ("Koperasi/Instansi", "{{ koperasi }}"),
            ("Jenis koperasi", "{{ jenis_koperasi }}"),
            ("Kabupaten/Kota", "{{ kabupaten }}"),
            ("Layanan", "{{ layanan }}"),
            ("Topik konsultasi", "{{ topik }}"),
            ("Uraian singkat", "{{ uraian }}"),
            ("Dilayani oleh", "{{ petugas }}"),
            ("Tempat", "{{ ruangan }}"),
            ("Saluran", "{{ saluran }}"),
            ("Disposisi", "{{ disposisi }}"),
            ("Bahan/materi", "{%p for butir in bahan %}"),
        ],
        "Isi Tabel",
    )
    lines = (
        ("{{ butir }}", _numbered_style(document)),
        ("{%p else %}", "Isi Tabel"),
        ("–", "Isi Tabel"),
        ("{%p endfor %}", "Isi Tabel"),
    )
    for text, style in lines:
        paragraph(facts.rows[-1].cells[-1], text, style)


def _numbered_style(document: DocumentObject) -> str:
    """Return the style of the numbered items in the table of facts, which is printed smaller than the text."""
    style = document.styles.add_style("Butir Tabel", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Isi Tabel"]
    numbered = document.styles["List Number"].element.pPr.numPr
    style.element.get_or_add_pPr().append(deepcopy(numbered))
    return "Butir Tabel"


def _steps(document: DocumentObject, width: float) -> None:
    paragraph(document, "Pelaksanaan menurut SOP", "Caption")
    widths = (24, 17, 20, 20, 19, 19, width - 119)
    table = data_table(
        document,
        widths,
        ("Kegiatan", "Standar", "Mulai", "Selesai", "Waktu kerja", "Waktu jam", "Hasil dan alasan"),
        "Kepala Tabel Rapat",
    )
    loop_rows(
        table,
        "langkah in tahap",
        [
            ("{{ langkah.nomor }}. {{ langkah.sebutan }}", "Isi Tabel Rapat"),
            ("{{ langkah.standar }}", "Isi Tabel Rapat"),
            ("{{ langkah.mulai }}", "Isi Tabel Rapat"),
            ("{{ langkah.selesai }}", "Isi Tabel Rapat"),
            ("{{ langkah.waktu_kerja }}", "Isi Tabel Rapat"),
            ("{{ langkah.waktu_jam }}", "Isi Tabel Rapat"),
            (
                "{% if langkah.melewati %}**{{ langkah.hasil }}.** Alasan: {{ langkah.alasan }}"
                "{% else %}{{ langkah.hasil }}{% endif %}",
                "Isi Tabel Rapat",
            ),
        ],
        style="Isi Tabel Rapat",
    )
    paragraph(document, "{%p if alasan_lengkap %}", "Catatan Kecil")
    paragraph(document, "Alasan melewati standar selengkapnya: {{ alasan_lengkap }}", "Catatan Kecil")
    paragraph(document, "{%p endif %}", "Catatan Kecil")


def _leader(document: DocumentObject, width: float) -> None:
    paragraph(document, "Disposisi pimpinan", "Caption")
    cell = plain_table(document, (width,), style="Table Grid").rows[0].cells[0]
    lines_of_tags(
        cell,
        [
            ("☐ Setuju      ☐ Tidak setuju      ☐ Dibicarakan", "Isi Tabel"),
            ("Catatan: …………………………………………………………………………………………………", "Isi Tabel"),
            ("……………………………………………………………………………………………………………", "Isi Tabel"),
            ("Tanggal: ……………………………      Paraf: ……………………………", "Isi Tabel"),
        ],
    )
