"""What a book made by version 0.1 says in words, and later versions in columns of their own. Read here, nowhere else.

Such a book keeps its rows as they are: what they say is worked out whenever they are read.
"""

from __future__ import annotations

from sync.domain.book import DRAFT
from sync.domain.documents import DocumentKind

_TITLES = {
    "Tanda Registrasi": DocumentKind.RECEIPT,
    "Telaahan Staf": DocumentKind.TELAAHAN,
    "Lembar Disposisi": DocumentKind.DISPOSITION,
    "Rekap Telaahan Laporan": DocumentKind.RECAP,
    "Buku Agenda Masuk": DocumentKind.AGENDA_IN,
    "Buku Agenda Keluar": DocumentKind.AGENDA_OUT,
    "Daftar Isi Berkas": DocumentKind.CONTENTS,
}
"""The titles of 0.1, whatever the kinds are called today."""


def kind_titled(title: str) -> DocumentKind | None:
    """Return the kind that ``title`` is or was the title of: for a row of ``Agenda Keluar`` that bears no key."""
    today = {kind.spec.title: kind for kind in DocumentKind}
    return today.get(title) or _TITLES.get(title)


def retitled(link: str) -> str:
    """Return a link's text with the title that its kind has today: Telaahan Staf r2 KONS-2026-0001."""
    for title, kind in _TITLES.items():
        if link.startswith(f"{title} "):
            return kind.spec.title + link.removeprefix(title)
    return link


def told_number(kind: str, description: str) -> tuple[str, bool]:
    """Return the official number in a description (``""`` without one), and whether it calls the document a draft.

    For a row of ``Arsip`` of 0.1, and for a document whose row is lost: its properties hold its description.
    """
    if not DocumentKind(kind).spec.outgoing:
        return "", False
    _, _, number = description.partition(", nomor ")
    return number, not number and description.endswith(f", {DRAFT}")
