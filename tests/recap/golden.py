"""The documents of the sample office as text, to compare with: ``python -m tests.recap.golden`` writes them again."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

from docx import Document
from docx.table import Table

from sync.domain.book import ArchiveEntry, OutgoingRow
from sync.domain.documents import DocumentKind
from sync.domain.fields import Fields
from sync.domain.tabs import OutgoingCells
from tests.recap.office import a_judged_book, fields_of, rendered, sample_office

FOLDER = Path(__file__).parent / "golden_text"


def documents() -> dict[str, tuple[DocumentKind, Fields]]:
    """Each document's kind and fields, by the name of its file here."""
    return {
        "rekap": (
            DocumentKind.RECAP,
            fields_of(DocumentKind.RECAP, sample_office()),
        ),
        "rekap-kosong": (
            DocumentKind.RECAP,
            fields_of(DocumentKind.RECAP, a_judged_book([])),
        ),
        "agenda-masuk": (
            DocumentKind.AGENDA_IN,
            fields_of(DocumentKind.AGENDA_IN, sample_office()),
        ),
        "agenda-keluar": (
            DocumentKind.AGENDA_OUT,
            fields_of(DocumentKind.AGENDA_OUT, outgoing=_outgoing()),
        ),
        "daftar-isi-berkas": (
            DocumentKind.CONTENTS,
            fields_of(DocumentKind.CONTENTS, archive=_archive()),
        ),
    }


def text_of(document: bytes) -> str:
    """What the document says, a paragraph or a table row a line."""
    lines: list[str] = []
    for block in Document(io.BytesIO(document)).iter_inner_content():
        if isinstance(block, Table):
            lines += [" | ".join(cell.text.replace("\n", " / ") for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"


def _outgoing() -> list[OutgoingRow]:
    rows = []
    for order in (1, 2):
        official = "000.8/15/DISKOPUKM.B" if order == 1 else None
        cells = OutgoingCells(
            date=date(2026, 11, order + 2),
            reference=f"KONS-2026-000{order}",
            kind="Telaahan Staf",
            addressee="Kepala Dinas",
            summary="Telaahan konsultasi: Pendirian koperasi",
            official_number=official,
            sent_on=None,
            remarks=None,
            document="telaahan",
        )
        rows.append(OutgoingRow(order, str(cells.reference), "telaahan", official or "", "telaahan", cells))
    return rows


def _archive() -> list[ArchiveEntry]:
    moment = datetime(2026, 11, 3, 9, 0)
    files = {
        "2026/500.3.2.1/11 November/2026-11-03_KONS-2026-0001_telaahan.docx": ("KONS-2026-0001", "telaahan"),
        "2026/500.3.11/11 November/2026-11-30_2026-11_rekap.docx": ("2026-11", "rekap"),
    }
    return [
        ArchiveEntry(0, path, reference, kind, 1, "", path, moment, "sidik", "", "", filed=True)
        for path, (reference, kind) in files.items()
    ]


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, (kind, fields) in documents().items():
        (FOLDER / f"{name}.txt").write_text(text_of(rendered(kind, fields)), encoding="utf-8")
