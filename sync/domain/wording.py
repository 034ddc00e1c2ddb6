"""Every Indonesian word that people see and that does not stand in a template: dates, numbers, verdicts, findings.

Dates and numbers come from babel's Indonesian data, never from the system's locale.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

from sync.domain.finding import Code, Finding
from sync.domain.memory import Fate
from sync.domain.period import Period, PeriodKind, parse_period
from sync.errors import PeriodUnreadable

LOCALE = "id_ID"
MONTHS = tuple(get_month_names("wide", locale=LOCALE)[month] for month in range(1, 13))
_ROMAN = ("I", "II", "III", "IV")


@lru_cache(maxsize=4096)
def day_text(day: date) -> str:
    """Selasa, 24 November 2026."""
    return format_date(day, "EEEE, d MMMM y", locale=LOCALE)


@lru_cache(maxsize=4096)
def date_text(day: date) -> str:
    """24 November 2026."""
    return format_date(day, "d MMMM y", locale=LOCALE)


def short_date_text(day: date) -> str:
    """24/11/2026."""
    return day.strftime("%d/%m/%Y")


def clock_text(moment: datetime, zone_label: str) -> str:
    """pukul 08.15 WIB."""
    return f"pukul {moment:%H.%M} {zone_label}"


def short_moment_text(moment: datetime) -> str:
    """24/11/2026 08.15."""
    return moment.strftime("%d/%m/%Y %H.%M")


@lru_cache(maxsize=4096)
def number_text(value: float, decimals: int = 0) -> str:
    """1.234,5: dots between thousands, a comma before decimals."""
    return format_decimal(round(value, decimals), format="#,##0." + "#" * decimals, locale=LOCALE)


def duration_text(duration: timedelta) -> str:
    """2 jam 5 menit; under a minute in seconds; whole minutes otherwise, rounded down."""
    seconds = int(duration.total_seconds())
    if seconds < 60:
        return f"{seconds} detik"
    hours, minutes = divmod(seconds // 60, 60)
    parts = [f"{number_text(hours)} jam"] * bool(hours) + [f"{minutes} menit"] * bool(minutes)
    return " ".join(parts)


SEMENTARA = "SEMENTARA"
"""What an interim report calls itself, wherever its figures could be taken for the final's."""


def range_text(period: Period) -> str:
    """1 sampai dengan 30 November 2026 · 1 Oktober sampai dengan 31 Desember 2026."""
    first, last = period.start, period.last_day
    start = str(first.day) if first.month == last.month else f"{first.day} {MONTHS[first.month - 1]}"
    return f"{start} sampai dengan {date_text(last)}"


def period_text(period: Period) -> str:
    """November 2026 · Triwulan IV 2026 · Semester II 2026 · Tahun 2026 · 1 sampai dengan 24 November 2026 (SEMENTARA).

    Of a period that is cut off, its span; what an interim report is compared with is not interim itself.
    """
    if period.interim:
        return span_text(period)
    return range_text(period) if period.until is not None else _whole_period_text(period)


def span_text(period: Period) -> str:
    """1 sampai dengan 30 November 2026 · 1 sampai dengan 24 November 2026 (SEMENTARA)."""
    return f"{range_text(period)} ({SEMENTARA})" if period.interim else range_text(period)


def _whole_period_text(period: Period) -> str:
    return {
        PeriodKind.MONTH: lambda: f"{MONTHS[period.order - 1]} {period.year}",
        PeriodKind.QUARTER: lambda: f"Triwulan {_ROMAN[period.order - 1]} {period.year}",
        PeriodKind.HALF_YEAR: lambda: f"Semester {_ROMAN[period.order - 1]} {period.year}",
        PeriodKind.YEAR: lambda: f"Tahun {period.year}",
    }[period.kind]()


def reference_text(reference: str) -> str:
    """Say what a document is about: a period in words (its key is the program's own); a number as it stands."""
    try:
        return period_text(parse_period(reference))
    except PeriodUnreadable:
        return reference


PROPOSAL_TITLES = {
    "usul pindah": "DAFTAR ARSIP USUL PINDAH",
    "usul musnah": "DAFTAR ARSIP USUL MUSNAH",
    "usul serah": "DAFTAR ARSIP USUL SERAH",
    "dinilai kembali": "DAFTAR ARSIP DINILAI KEMBALI",
}
"""The lists that go with a proposal to the archive, by :class:`~sync.domain.retention.Proposal`."""

PROPOSAL_REMARKS = {
    "usul pindah": "Retensi aktifnya telah habis; diusulkan dipindahkan ke unit kearsipan dengan berita acara "
    "pemindahan arsip.",
    "usul musnah": "Retensi aktif dan inaktifnya telah habis dan nasib akhirnya musnah; pemusnahan hanya setelah "
    "penilaian, persetujuan pejabat yang berwenang, dan dengan berita acara pemusnahan arsip.",
    "usul serah": "Retensi aktif dan inaktifnya telah habis dan nasib akhirnya permanen; diusulkan diserahkan sebagai "
    "arsip statis ke lembaga kearsipan daerah dengan berita acara penyerahan arsip.",
    "dinilai kembali": "Retensi aktif dan inaktifnya telah habis; menurut JRA dinilai kembali sebelum ditetapkan nasib "
    "akhirnya.",
}


def revision_text(title: str, revision: int) -> str:
    """Telaahan Staf · Telaahan Staf r2."""
    return f"{title} r{revision}" if revision > 1 else title


CANCELLED = "(dibatalkan)"
"""What the link to a document ends with whose visit was cancelled after it was issued."""

VERDICTS = {
    "belum": "Belum dimulai",
    "berjalan": "Berjalan",
    "berjalan-melewati": "Berjalan, melewati standar",
    "sesuai": "Sesuai standar",
    "melewati": "Melewati standar",
    "tidak-dapat-dinilai": "Tidak dapat dinilai",
}

STATUSES = {
    "terdaftar": "Terdaftar",
    "konsultasi": "Konsultasi",
    "menunggu-dokumentasi": "Menunggu dokumentasi",
    "dokumentasi": "Dokumentasi",
    "belum-lengkap": "Belum lengkap",
    "selesai": "Selesai",
    "batal": "Batal",
}

_SENTENCES = {
    Code.TIME_UNREADABLE: "{column}: waktu tidak terbaca; tulis misalnya 09.30 atau 24/11/2026 09.30.",
    Code.FUTURE_TIME: "{column}: waktu belum terjadi; periksa tanggal dan jamnya.",
    Code.STEP_OUT_OF_ORDER: "{column}: mendahului waktu sebelumnya; periksa urutan waktu {step}.",
    Code.STEP_MISSING_TIME: "{column}: belum diisi, padahal {step} sudah ditandai selesai.",
    Code.REQUIREMENT_MISSING: "{column}: kelengkapan {step} belum diisi.",
    Code.OUTPUT_MISSING: "{column}: belum diisi, padahal dokumentasi sudah ditandai selesai.",
    Code.OVERRUN_REASON_MISSING: "{column}: belum diisi, padahal ada kegiatan yang melewati standar.",
    Code.ACTOR_MISSING: "{column}: belum diisi, padahal konsultasi sudah dimulai.",
    Code.ACTOR_NOT_ALLOWED: "{column}: tidak ada di tab Petugas, tidak aktif, atau perannya tidak untuk kegiatan ini.",
    Code.PHONE_UNREADABLE: "{column}: bukan nomor telepon Indonesia yang sah.",
    Code.CHOICE_UNKNOWN: "{column}: isinya tidak ada dalam daftar pilihan.",
    Code.APPLICANT_MISSING: "{column}: belum diisi.",
    Code.CONSENT_MISSING: "{column}: belum ada persetujuan pemohon.",
    Code.RESPONSE_CHANGED: "Jawaban formulirnya diubah setelah diregistrasi; bandingkan dengan tab jawaban.",
    Code.TEXT_CLEANED: "{column}: ada karakter yang tidak dapat disimpan; yang asli ada di tab jawaban.",
    Code.ANSWERS_SHIFTED: "Jawaban bergeser ke kolom lain; cocokkan dengan tab jawaban, atau minta operator pulihkan.",
    Code.OUTSIDE_WORKING_HOURS: "{column}: di luar jam kerja.",
    Code.ROW_WITHOUT_NUMBER: "Baris ini tidak bernomor; daftarkan lewat formulir, nomor diberi oleh program.",
    Code.NUMBER_UNKNOWN: (
        "{column}: nomor ini tidak pernah diberikan program; periksa salah ketik, atau kosongkan dan daftarkan lewat "
        "formulir."
    ),
    Code.NUMBER_DUPLICATE: "{column}: dipakai {count} baris; hapus salinannya.",
    Code.DOCUMENT_WAITING: "{title}: perubahan hari ini terbit pada hari kerja berikutnya.",
    Code.DOCUMENT_CLOSED: "{title} sudah bernomor; perubahan sesudahnya tidak ikut terbit.",
    Code.ROW_DELETED: "Baris registrasi ini sudah tidak ada di tab agenda.",
}


def finding_text(finding: Finding, column: str) -> str:
    """Return the finding's sentence; ``column`` is the header of its field as the office has it."""
    facts = finding.facts
    if finding.code is Code.STEP_OVER_STANDARD:
        if "working" not in facts:
            return f"{facts['step']}: masih berjalan dan sudah melewati standar {facts['standard']}."
        working = duration_text(timedelta(seconds=int(facts["working"])))
        wall = duration_text(timedelta(seconds=int(facts["wall"])))
        return f"{facts['step']}: {working} waktu kerja ({wall} waktu jam), melewati standar {facts['standard']}."
    if finding.code is Code.DUPLICATE_REGISTRATION:
        if copies := facts.get("copies"):
            return f"Jawaban yang sama persis ada {copies} kali di tab jawaban; diregistrasi satu kali."
        return "Nama dan nomor HP sama dengan kunjungan beberapa menit sebelumnya; mungkin terkirim dua kali."
    if finding.code is Code.ROWS_MIXED:
        parts = "; ".join(_moved_text(key, headers) for key, headers in facts.items())
        return f"Isi baris tertukar: {parts}. Kembalikan ke barisnya, atau minta operator memulihkan."
    lowered = {key: value if key == "title" else value.lower() for key, value in facts.items()}
    return _SENTENCES[finding.code].format(column=column, **lowered)


def _moved_text(key: str, headers: str) -> str:
    """Nama Lengkap, Saran milik KONS-2026-0003 · Saran kini di KONS-2026-0004 · Surel rusak."""
    fate, number = Fate(key[0]), key[1:]
    if fate is Fate.HOLDS:
        return f"{headers} milik {number}"
    if fate is Fate.LOST:
        return f"{headers} kini di {number or 'baris tanpa nomor'}"
    return f"{headers} berisi galat rumus"


def findings_text(sentences: list[str]) -> str:
    """Return the sentences as one cell holds them: one a line."""
    return "\n".join(sentences)
