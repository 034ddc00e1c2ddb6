"""What each kind of document asks of its template: which files it has, and which fields must not be lost from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sync.domain.archive import DocumentKind


@dataclass(frozen=True, slots=True)
class KindSpec:
    """``required`` fields make the document what it is: an officer may move them, a template without one is refused.

    ``variants`` are other papers of the same document: ``{kind}-{variant}.docx``; they are checked where they exist.
    """

    required: tuple[str, ...]
    variants: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


KINDS: Mapping[DocumentKind, KindSpec] = {
    DocumentKind.RECEIPT: KindSpec(("nomor", "nama", "kontak_data_pribadi"), ("80mm",), ("qr",)),
    DocumentKind.TELAAHAN: KindSpec(
        (
            "nomor", "nomor_naskah", "konsep", "nama",
            "persoalan", "praanggapan", "fakta", "analisis", "simpulan", "saran",
            "disposisi", "penanda_tangan.nama",
        ),
        ("f4",),
    ),
    DocumentKind.DISPOSITION: KindSpec(("nomor", "hal")),
    DocumentKind.RECAP: KindSpec(
        ("periode", "nomor_naskah", "konsep", "ringkasan", "kegiatan", "lampiran", "penanda_tangan.nama"),
        pictures=("grafik_waktu", "grafik_kegiatan", "grafik_topik", "grafik_kabupaten"),
    ),
    DocumentKind.AGENDA_IN: KindSpec(("periode", "baris")),
    DocumentKind.AGENDA_OUT: KindSpec(("periode", "baris")),
    DocumentKind.CONTENTS: KindSpec(("periode", "berkas")),
}  # fmt: skip


def file_name(kind: DocumentKind, variant: str = "") -> str:
    """Return the template's file name."""
    return f"{kind.value}-{variant}.docx" if variant else f"{kind.value}.docx"
