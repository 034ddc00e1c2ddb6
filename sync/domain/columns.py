"""Every column of every tab: its default header (fixed by design), who writes it, and how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sync.domain.tabs import Tab


class Kind(Enum):
    """How a column looks and what is offered in it; never what is accepted (everything is)."""

    TEXT = "text"
    LONG = "long text"
    MOMENT = "date and time"
    DATE = "date"
    DIGITS = "digits kept as text"
    CHOICE = "one of a list"
    LINK = "link"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: its field, default header, look, width in characters, and whether the job alone writes it."""

    field: str
    header: str
    kind: Kind = Kind.TEXT
    width: int = 18
    job: bool = False
    later: bool = False
    """A version after 0.1 brought it: a book made earlier lacks it until the job (or, where it is not the job's,
    ``agenda setup``) adds it."""


C = ColumnSpec
_RESPONSE_COLUMNS = (
    C("arrived", "Waktu Datang", Kind.MOMENT, 17),
    C("name", "Nama Lengkap", width=24),
    C("acting_as", "Bertindak Sebagai", Kind.CHOICE, 20),
    C("cooperative", "Nama Koperasi/Instansi", width=28),
    C("cooperative_kind", "Jenis Koperasi", Kind.CHOICE, 18),
    C("regency", "Kabupaten/Kota", Kind.CHOICE, 18),
    C("phone", "Nomor HP/WhatsApp", Kind.DIGITS, 18),
    C("email", "Surel", width=24),
    C("service", "Bidang Layanan", Kind.CHOICE, 16),
    C("topic", "Topik Konsultasi", Kind.CHOICE, 28),
    C("summary", "Uraian Singkat", Kind.LONG, 36),
    C("channel", "Saluran", Kind.CHOICE, 14),
    C("consent", "Persetujuan", width=18),
)

COLUMNS: Mapping[Tab, tuple[ColumnSpec, ...]] = {
    Tab.RESPONSES: (C("timestamp", "Timestamp", Kind.MOMENT, 19), *_RESPONSE_COLUMNS),
    Tab.AGENDA: (
        C("number", "No. Registrasi", width=17, job=True),
        C("registered_at", "Waktu Registrasi", Kind.MOMENT, 17, job=True),
        *_RESPONSE_COLUMNS,
        C("directed", "Diarahkan", Kind.MOMENT, 17),
        C("officer", "Petugas", Kind.CHOICE, 22),
        C("room", "Ruangan Pelayanan", Kind.CHOICE, 20),
        C("consultation_start", "Mulai Konsultasi", Kind.MOMENT, 17),
        C("consultation_end", "Selesai Konsultasi", Kind.MOMENT, 17),
        C("disposition", "Disposisi", Kind.LONG, 28),
        C("materials", "Bahan/Materi", Kind.LONG, 28),
        C("documentation_start", "Mulai Dokumentasi", Kind.MOMENT, 17),
        C("documentation_end", "Selesai Dokumentasi", Kind.MOMENT, 17),
        C("problem", "Persoalan", Kind.LONG, 36),
        C("presumption", "Praanggapan", Kind.LONG, 36),
        C("facts", "Fakta yang Mempengaruhi", Kind.LONG, 36),
        C("analysis", "Analisis", Kind.LONG, 36),
        C("conclusion", "Simpulan", Kind.LONG, 36),
        C("advice", "Saran", Kind.LONG, 36),
        C("follow_up", "Tindak Lanjut", Kind.CHOICE, 22),
        C("overrun_reason", "Alasan Melewati Standar", Kind.LONG, 28),
        C("remarks", "Keterangan", Kind.LONG, 24),
        C("status", "Status", width=22, job=True),
        C("findings", "Temuan", Kind.LONG, 48, job=True),
        C("receipt", "Tanda Registrasi", Kind.LINK, 24, job=True),
        C("telaahan", "Telaahan", Kind.LINK, 24, job=True),
    ),
    Tab.OUTGOING: (
        C("date", "Tanggal", Kind.DATE, 14, job=True),
        C("reference", "Rujukan", width=18, job=True),
        C("kind", "Jenis", width=26, job=True),
        C("addressee", "Kepada", width=28, job=True),
        C("summary", "Isi Ringkas", Kind.LONG, 40, job=True),
        C("official_number", "Nomor Naskah", width=32),
        C("sent_on", "Tanggal Kirim", Kind.DATE, 14),
        C("remarks", "Keterangan", Kind.LONG, 24),
        C("document", "Berkas", Kind.LINK, 40, job=True),
    ),
    Tab.REGISTER: (
        C("number", "No. Registrasi", width=17, job=True),
        C("response_key", "Kunci Respons", width=36, job=True),
        C("responded_at", "Waktu Respons", Kind.MOMENT, 19, job=True),
        C("recorded_at", "Dicatat", Kind.MOMENT, 19, job=True),
        C("presence", "Keadaan", width=14, job=True),
    ),
    Tab.ARCHIVE: (
        C("id", "ID Dokumen", width=36, job=True),
        C("reference", "Rujukan", width=18, job=True),
        C("kind", "Jenis", width=18, job=True),
        C("revision", "Revisi", Kind.NUMBER, 8, job=True),
        C("classification", "Kode Klasifikasi", width=16, job=True),
        C("description", "Uraian", Kind.LONG, 40, job=True),
        C("path", "Berkas", width=60, job=True),
        C("scheduled_at", "Dijadwalkan", Kind.MOMENT, 19, job=True),
        C("filed_at", "Diarsipkan", Kind.MOMENT, 19, job=True),
        C("fingerprint", "Sidik Masukan", width=24, job=True),
        C("sha256", "SHA-256", width=24, job=True),
        C("link", "Tautan", width=24, job=True),
        C("state", "Keadaan", width=14, job=True),
    ),
    Tab.RECAP: (
        C("subject", "Uraian", width=52, job=True),
        C("this_month", "Bulan Ini", Kind.NUMBER, 16, job=True),
        C("this_year", "Tahun Ini", Kind.NUMBER, 16, job=True),
    ),
    Tab.OFFICERS: (
        C("name", "Nama", width=28),
        C("employee_number", "NIP", Kind.DIGITS, 24),
        C("role", "Peran", Kind.CHOICE, 18),
        C("active", "Aktif", Kind.CHOICE, 10),
        C("valid_from", "Berlaku Sejak", Kind.DATE, 15, later=True),
        C("valid_until", "Berlaku Sampai", Kind.DATE, 15, later=True),
    ),
    Tab.LISTS: (),
}
"""Every tab's columns, left to right. ``Referensi`` has one column a list, from config.yaml."""

LOCKED = (Tab.REGISTER, Tab.ARCHIVE, Tab.RECAP)
"""Tabs that the job alone writes: locked against accident, without a password."""

LISTED_FIELDS = ("acting_as", "cooperative_kind", "regency", "service", "topic", "channel", "room", "follow_up")
"""Agenda fields whose drop-down list stands in ``Referensi``, under the header of the column it serves."""
