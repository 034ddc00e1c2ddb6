"""The prints of the agenda books for a period: landscape, the header row on every page, a signature at the end.

The columns of the incoming book are the usual ones (tanggal terima, nomor agenda, diterima dari, isi ringkas,
diteruskan kepada, keterangan); visitors bring no letter, so there is none for a letter's date and number.
"""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document as DocumentObject
from docx.shared import Mm

from sync.documents.making.rekap_parts import DENSE, closing, sentences, table
from sync.documents.making.style import A4, fact_table, kop, new_document, page_footer, paragraph

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
        "Jumlah registrasi: {{ jumlah }}, di antaranya batal: {{ batal }}. Nomor telepon disamarkan demi pelindungan "
        "data pribadi (UU 27/2022)."
    )
    return book_print("BUKU AGENDA MASUK", COLUMNS, counts, "Tidak ada registrasi pada masa ini.")


def book_print(title: str, columns: Sequence[Column], counts: str, empty: str) -> DocumentObject:
    """Return the template of one book's print; its lines are ``baris``."""
    paper = A4.turned()
    document = new_document(paper)
    document.styles["Tanda Tangan"].paragraph_format.left_indent = Mm(paper.text_width - 85)
    page_footer(document, f"{title.title()} {{{{ periode }}}}", paper.text_width)
    kop(document, paper.text_width)
    paragraph(document, title, "Title")
    facts = (("Masa", "{{ rentang }}"), ("Dicetak", "{{ terbit.hari_tanggal }}, {{ terbit.pukul }}"))
    fact_table(document, (30, 5, paper.text_width - 35), facts)
    paragraph(document, "", "Catatan Kecil")
    shown = [(header, width, _text(field), DENSE) for header, width, field in columns]
    table(document, "", "b in baris", shown, empty)
    sentences(document, "butir in catatan")
    closing(document, counts, paper.text_width)
    return document


def _text(field: str) -> str:
    return field if "{{" in field else f"{{{{ b.{field} }}}}"
