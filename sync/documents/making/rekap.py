"""The Rekap Telaahan Laporan: a page a leader reads in half a minute, the report in the form of a Laporan, the annexes.

The SOP calls this output "Rekap Telaahan Laporan"; no regulation knows the name. Its parts are those of a Laporan in
MenPANRB's guideline (pendahuluan, kegiatan, hasil, simpulan dan saran, penutup). The annex of all consultations is
landscape; the section after it is portrait again, so that an empty period, which has no annex, is portrait as a whole.
"""

from __future__ import annotations

from docx.document import Document as DocumentObject

from sync.documents.making.rekap_chapters import activities, conclusions, end, introduction, results
from sync.documents.making.rekap_parts import (
    DENSE,
    MIDDLE,
    NUMBER,
    TEXT,
    add_bound_styles,
    end_style,
    new_section,
    sentences,
    table,
    tag,
    unnumbered_heading,
)
from sync.documents.making.style import (
    A4,
    fact_table,
    kop,
    new_document,
    number_headings,
    page_footer,
    paragraph,
    plain_table,
    set_cell_borders,
)

FOOTER = "Rekap Telaahan Laporan {{ periode }}"
WIDTH = A4.text_width
_NUMBER_TAG = "{% if nomor_naskah %}{{ nomor_naskah }}{% else %}………… / ………… / {{ kode_unit }}{% endif %}"


def build() -> DocumentObject:
    """Return the template."""
    document = new_document(A4)
    number_headings(document, "letter")
    add_bound_styles(document)
    page_footer(document, FOOTER, WIDTH)
    _front_page(document)
    tag(document, "if kosong")
    _empty_report(document)
    tag(document, "else")
    introduction(document)
    activities(document)
    results(document)
    conclusions(document)
    end(document)
    _annexes(document)
    tag(document, "endif")
    return document


def _front_page(document: DocumentObject) -> None:
    kop(document, WIDTH)
    tag(document, "if konsep")
    paragraph(document, "KONSEP – nomor naskah belum diisi agendaris", "Konsep")
    tag(document, "endif")
    paragraph(document, "REKAP TELAAHAN LAPORAN", "Title")
    paragraph(document, "Konsultasi Perijinan dan Kelembagaan Koperasi, {{ periode }}", "Subtitle")
    facts = (
        ("Kepada", "{{ kepada }}"),
        ("Dari", "{{ dari }}"),
        ("Nomor", _NUMBER_TAG),
        ("Tanggal", "{{ terbit.tanggal }}"),
        ("Masa laporan", "{{ rentang }}"),
    )
    fact_table(document, (30, 5, WIDTH - 35), facts)
    unnumbered_heading(document, "RINGKASAN")
    tag(document, "if not kosong")
    _big_numbers(document)
    tag(document, "endif")
    sentences(document, "kalimat in ringkasan")
    tag(document, "if not kosong")
    table(
        document,
        "Ketepatan terhadap standar waktu SOP",
        "k in kegiatan",
        [
            ("Kegiatan", 44, "{{ k.nama }}", TEXT),
            ("Standar", 26, "{{ k.standar }}", MIDDLE),
            ("Dinilai", 22, "{{ k.dinilai }}", NUMBER),
            ("Melewati", 24, "{{ k.melewati }}", NUMBER),
            ("Sesuai standar", 44, "**{{ k.persen }}**", NUMBER),
        ],
    )
    table(
        document,
        "Tiga yang paling jauh melewati standar",
        "t in terburuk",
        [
            ("No. Registrasi", 33, "{{ t.nomor }}", TEXT),
            ("Pemohon", 61, "{{ t.pemohon }}", TEXT),
            ("Kegiatan", 30, "{{ t.kegiatan }}", TEXT),
            ("Melewati standar", 36, "{{ t.lebih }}", TEXT),
        ],
        "Tidak ada kegiatan selesai yang melewati standar.",
    )
    tag(document, "endif")


def _big_numbers(document: DocumentObject) -> None:
    """The four counts, large, in boxes."""
    boxes = {"konsultasi": "Konsultasi", "selesai": "Selesai", "belum_selesai": "Belum selesai", "batal": "Batal"}
    made = plain_table(document, [WIDTH / len(boxes)] * len(boxes))
    for cell, (field, label) in zip(made.rows[0].cells, boxes.items(), strict=True):
        set_cell_borders(cell)
        cell.paragraphs[0].style = "Nomor Besar"
        cell.paragraphs[0].add_run(f"{{{{ angka.{field} }}}}")
        paragraph(cell, label, MIDDLE)
    paragraph(document, "", "Catatan Kecil")


def _empty_report(document: DocumentObject) -> None:
    paragraph(
        document,
        "Laporan ini disusun sesuai SOP Nomor {% for s in sop %}{{ s.nomor }}{% if not loop.last %} dan {% endif %}"
        "{% endfor %}, menurut isi buku agenda pada {{ terbit.hari_tanggal }}, {{ terbit.pukul }}. Karena tidak ada "
        "konsultasi, tidak ada kegiatan yang dinilai.",
    )
    sentences(document, "butir in catatan")
    tag(document, "for butir in saran")
    paragraph(document, "Saran: {{ butir }}")
    tag(document, "endfor")
    end(document)


def _annexes(document: DocumentObject) -> None:
    """All registrations on landscape, then what was asked and advised, on portrait again."""
    wide = A4.turned()
    new_section(document, wide, FOOTER)
    unnumbered_heading(document, "LAMPIRAN I: DAFTAR KONSULTASI")
    paragraph(
        document,
        "Registrasi, konsultasi, dan dokumentasi dalam menit ({{ hitungan }}); * melewati standar, td tidak dapat "
        "dinilai.",
        "Catatan Kecil",
    )
    columns = [
        ("No.", 10, "nomor_urut", DENSE),
        ("No. Registrasi", 29, "nomor", DENSE),
        ("Tanggal", 20, "tanggal", DENSE),
        ("Pemohon", 43, "pemohon", DENSE),
        ("Kabupaten/ Kota", 26, "kabupaten", DENSE),
        ("Topik", 34, "topik", DENSE),
        ("Petugas", 25, "petugas", DENSE),
        ("Status", 22, "status", DENSE),
        ("Reg.", 14, "registrasi", DENSE),
        ("Kons.", 17, "konsultasi", DENSE),
        ("Dok.", 17, "dokumentasi", DENSE),
    ]
    shown = [(header, width, f"{{{{ r.{field} }}}}", style) for header, width, field, style in columns]
    table(document, "", "r in lampiran", shown)
    new_section(document, A4, FOOTER)
    unnumbered_heading(document, "LAMPIRAN II: REKAP TELAAHAN")
    paragraph(document, "Dari setiap konsultasi yang sudah ditelaah; uraian lengkap pada telaahannya.", "Catatan Kecil")
    summaries = [
        ("Konsultasi", 38, "{{ t.nomor }}, {{ t.pemohon }}", DENSE),
        ("Persoalan", 41, "{{ t.persoalan }}", DENSE),
        ("Simpulan", 41, "{{ t.simpulan }}", DENSE),
        ("Saran", 40, "{{ t.saran }}", DENSE),
    ]
    table(document, "", "t in telaahan", summaries, "Belum ada konsultasi yang ditelaah.")
    document.paragraphs[-1].style = end_style(document)
