"""What a Daftar Arsip Usul Pindah, Usul Musnah or Usul Serah says: the list that goes with a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sync.domain.book import ArchiveEntry
from sync.domain.clean import clean
from sync.domain.fields import Fields
from sync.domain.fields.contents import filed_day, retention_text
from sync.domain.retention import ArchiveFile, Proposal
from sync.domain.wording import (
    PROPOSAL_REMARKS,
    PROPOSAL_TITLES,
    date_text,
    number_text,
    revision_text,
    short_date_text,
)


def proposal_fields(proposal: Proposal, files: Sequence[ArchiveFile], today: date) -> Fields:
    """Return the list's fields; ``files`` are those of ``proposal``, one chapter each, and ``today`` the list's day."""
    entries = sum(len(file.entries) for file in files)
    return {
        "judul": PROPOSAL_TITLES[proposal.value],
        "keterangan": PROPOSAL_REMARKS[proposal.value],
        "keadaan": date_text(today),
        "jumlah_berkas": number_text(len(files)),
        "jumlah": number_text(entries),
        "berkas": [_file(order, file) for order, file in enumerate(files, start=1)],
    }


def _file(order: int, file: ArchiveFile) -> Fields:
    first, last = file.days
    return {
        "nomor": number_text(order),
        "kode": file.code or "–",
        "nama": clean(file.name) or "–",
        "tahun": str(file.year),
        "kurun_waktu": date_text(first) if first == last else f"{date_text(first)} sampai dengan {date_text(last)}",
        "jumlah": number_text(len(file.entries)),
        "ditutup": date_text(file.closed),
        "retensi": retention_text(file.classification),
        "aktif_sampai": _until(file.active_until),
        "inaktif_sampai": _until(file.inactive_until),
        "item": [_item(number, entry) for number, entry in enumerate(file.entries, start=1)],
    }


def _until(day: date | None) -> str:
    return "belum ditetapkan" if day is None else date_text(day)


def _item(number: int, entry: ArchiveEntry) -> Fields:
    return {
        "nomor": number_text(number),
        "uraian": revision_text(clean(entry.description), entry.revision),
        "tanggal": short_date_text(filed_day(entry)),
        "jumlah": "1 naskah",
        "berkas": entry.path,
    }
