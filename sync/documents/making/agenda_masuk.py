"""The prints of the agenda books for a period: landscape, the header row on every page, a signature at the end.

The columns of the incoming book are the usual ones (tanggal terima, nomor agenda, diterima dari, isi ringkas,
diteruskan kepada, keterangan); visitors bring no letter, so there is none for a letter's date and number.
"""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as DocumentObject
from docx.shared import Mm

from sync.documents.making.blocks import signature_lines
from sync.documents.making.rekap_parts import DENSE, section_end, sentences, table
from sync.documents.making.style import (
    A4,
    fact_table,
    kop,
    lines_of_tags,
    new_document,
    page_footer,
    paragraph,
    plain_table,
)

_SIGNED_WIDTH = 85
Column = tuple[str, float, str]
"""Header, width in mm, field (or text with tags)."""

COLUMNS: tuple[Column, ...] = (
    ("No.", 10, "nomor_urut"),
    ("Tanggal Terima", 20, "{{ b.tanggal }} {{ b.pukul }}"),
    ("Nomor Agenda", 29, "nomor"),
    ("Diterima dari", 46, "dari"),
    ("Kabupaten/ Kota", 23, "kabupaten"),
    ("Telepon", 24, "telepon"),
    ("Saluran", 18, "saluran"),
    ("Isi Ringkas", 42, "isi"),
    ("Diteruskan kepada", 22, "diteruskan"),
    ("Keterangan", 23, "keterangan"),
)


def build() -> DocumentObject:
    """Return the template of the incoming book's print."""
    counts = (
        "Jumlah registrasi: {{ jumlah }}, di antaranya batal: {{ batal }}. {% if disamarkan %}Nomor telepon disamarkan "
        "demi pelindungan data pribadi (UU 27/2022).{% else %}Memuat nomor telepon lengkap, hanya untuk keperluan "
        "dinas (UU 27/2022).{% endif %}"
    )
    return book_print("BUKU AGENDA MASUK", COLUMNS, counts, "Tidak ada registrasi pada masa ini.")


def book_print(title: str, columns: Sequence[Column], counts: str, empty: str) -> DocumentObject:
    """Return the template of one book's print; its lines are ``baris``."""
    paper = A4.turned()
    document = new_document(paper)
    page_footer(document, f"{title.title()} {{{{ periode }}}}", paper.text_width)
    kop(document, paper.text_width)
    paragraph(document, title, "Title")
    facts = (("Masa", "{{ rentang }}"), ("Dicetak", "{{ terbit.hari_tanggal }}, {{ terbit.pukul }}"))
    fact_table(document, (30, 5, paper.text_width - 35), facts)
    paragraph(document, "", "Catatan Kecil")
    shown = [(header, width, _text(field), DENSE) for header, width, field in columns]
    table(document, "", "b in baris", shown, empty)
    sentences(document, "butir in catatan")
    _closing(document, counts, paper.text_width)
    return document


def _closing(document: DocumentObject, counts: str, width: float) -> None:
    """The counts at the left, the signature at the right, in one row: a landscape page has little height to spend."""
    document.styles["Tanda Tangan"].paragraph_format.left_indent = Mm(0)
    left, right = plain_table(document, [width - _SIGNED_WIDTH, _SIGNED_WIDTH]).rows[0].cells
    left.paragraphs[0].style = "Isi Tabel"
    left.paragraphs[0].add_run(counts)
    lines_of_tags(right, signature_lines([("{{ kota }}, {{ terbit.tanggal }}", "Tanda Tangan")]))
    section_end(document)


def _text(field: str) -> str:
    return field if "{{" in field else f"{{{{ b.{field} }}}}"
