"""The Daftar Isi Berkas: what each folder of the archive holds (columns of PerANRI 9/2018), with its retention."""

from __future__ import annotations

from docx.document import Document as DocumentObject

from sync.documents.making.rekap_parts import DENSE, closing, table, tag
from sync.documents.making.style import A4, fact_table, kop, new_document, page_footer, paragraph

WIDTH = A4.text_width


def build() -> DocumentObject:
    """Return the template."""
    document = new_document(A4)
    page_footer(document, "Daftar Isi Berkas {{ periode }}", WIDTH)
    kop(document, WIDTH)
    paragraph(document, "DAFTAR ISI BERKAS", "Title")
    paragraph(document, "Arsip {{ rentang }}", "Subtitle")
    tag(document, "if kosong")
    paragraph(document, "Tidak ada naskah yang diarsipkan pada masa ini.")
    tag(document, "endif")
    tag(document, "for b in berkas")
    paragraph(document, "Berkas {{ b.nomor }}: {{ b.nama }}", "Heading 1")
    facts = (
        ("Kode klasifikasi", "{{ b.kode }}"),
        ("Tempat simpan", "{{ b.folder }}"),
        ("Kurun waktu", "{{ b.kurun_waktu }}"),
        ("Jumlah", "{{ b.jumlah }} naskah"),
        ("Retensi", "{{ b.retensi }}"),
    )
    fact_table(document, (40, 5, WIDTH - 45), facts)
    paragraph(document, "", "Catatan Kecil")
    table(
        document,
        "",
        "i in b.item",
        [
            ("Nomor Item", 14, "{{ i.nomor }}", DENSE),
            ("Kode", 17, "{{ i.kode }}", DENSE),
            ("Uraian", 65, "{{ i.uraian }}", DENSE),
            ("Tanggal", 19, "{{ i.tanggal }}", DENSE),
            ("Jumlah", 17, "{{ i.jumlah }}", DENSE),
            ("Keterangan (retensi)", 28, "{{ i.keterangan }}", DENSE),
        ],
    )
    tag(document, "endfor")
    counts = (
        "Jumlah seluruhnya: {{ jumlah }} naskah, menurut daftar arsip pada {{ terbit.hari_tanggal }}, "
        "{{ terbit.pukul }}."
    )
    closing(document, counts, WIDTH)
    return document
