"""The Indonesian of the recap: figures, changes, spans of time, and the short names of findings. Rounds once, here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from babel.dates import get_month_names
from babel.numbers import format_decimal

from sync.domain.fields.privacy import Words
from sync.domain.finding import Code
from sync.domain.period import Period, PeriodKind
from sync.domain.tabs import AgendaCells
from sync.domain.wording import LOCALE, MONTHS, date_text, number_text

NOTHING = "–"
_SHORT_MONTHS = get_month_names("abbreviated", locale=LOCALE)

FINDING_NAMES = {
    Code.TIME_UNREADABLE: "Waktu tidak terbaca",
    Code.FUTURE_TIME: "Waktu belum terjadi",
    Code.STEP_OUT_OF_ORDER: "Urutan waktu terbalik",
    Code.STEP_MISSING_TIME: "Waktu mulai belum diisi",
    Code.REQUIREMENT_MISSING: "Kelengkapan belum diisi",
    Code.OUTPUT_MISSING: "Bagian telaahan belum diisi",
    Code.STEP_OVER_STANDARD: "Melewati standar waktu",
    Code.OVERRUN_REASON_MISSING: "Alasan melewati standar belum diisi",
    Code.ACTOR_MISSING: "Petugas belum diisi",
    Code.ACTOR_NOT_ALLOWED: "Petugas tidak terdaftar untuk kegiatannya",
    Code.PHONE_UNREADABLE: "Nomor telepon tidak sah",
    Code.CHOICE_UNKNOWN: "Isian di luar daftar pilihan",
    Code.APPLICANT_MISSING: "Nama pemohon belum diisi",
    Code.CONSENT_MISSING: "Persetujuan pemohon belum ada",
    Code.DUPLICATE_REGISTRATION: "Kemungkinan terdaftar dua kali",
    Code.RESPONSE_CHANGED: "Jawaban formulir diubah setelah registrasi",
    Code.TEXT_CLEANED: "Karakter yang tidak dapat disimpan",
    Code.ANSWERS_SHIFTED: "Jawaban formulir bergeser ke kolom lain",
    Code.OUTSIDE_WORKING_HOURS: "Di luar jam kerja",
    Code.ROW_WITHOUT_NUMBER: "Baris tanpa nomor registrasi",
    Code.NUMBER_UNKNOWN: "Nomor registrasi tidak dikenal",
    Code.NUMBER_DUPLICATE: "Nomor registrasi dipakai beberapa baris",
    Code.ROW_DELETED: "Baris registrasi hilang dari buku agenda",
}


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Round half up (away from zero), exactly."""
    scale = 10**decimals
    units = int(abs(value) * scale + Fraction(1, 2))
    return Fraction(units if value >= 0 else -units, scale)


def minutes_text(minutes: Fraction | None) -> str:
    """12,5 for twelve and a half minutes, always with one decimal; a dash where there is no figure."""
    return NOTHING if minutes is None else _one_decimal(minutes)


def share(part: int, whole: int) -> Fraction | None:
    """Return the percentage to one decimal, None of nothing; 100 only for all and 0 only for none, however near."""
    if not whole:
        return None
    percent = rounded(Fraction(100 * part, whole), 1)
    if 0 < part < whole:
        return min(max(percent, Fraction(1, 10)), Fraction(999, 10))
    return percent


def share_text(part: int, whole: int) -> str:
    """87,5 %, 60,0 %; 0 % and 100 % are exact; a dash where there is nothing to divide by."""
    percent = share(part, whole)
    if percent is None:
        return NOTHING
    return f"{percent} %" if percent in (0, 100) else f"{_one_decimal(percent)} %"


def _one_decimal(value: Fraction) -> str:
    return str(format_decimal(float(rounded(value, 1)), format="#,##0.0", locale=LOCALE))


def change_text(count: int, before: int | None) -> str:
    """Say how ``count`` compares with ``before``; None is a time of which nothing is known."""
    if before is None:
        return "tidak ada pembanding"
    if count == before:
        return "tidak berubah"
    verb, by = ("naik", count - before) if count > before else ("turun", before - count)
    return f"{verb} {number_text(by)} ({share_of_change(by, before)})" if before else f"naik {number_text(by)} dari nol"


def share_of_change(by: int, before: int) -> str:
    """Return a change as a percentage of ``before`` (> 0); it may be over a hundred."""
    return f"{_one_decimal(Fraction(100 * by, before))} %"


def joined(parts: Sequence[str]) -> str:
    """a, b, dan c."""
    if len(parts) <= 2:
        return " dan ".join(parts)
    return f"{', '.join(parts[:-1])}, dan {parts[-1]}"


def precise_text(duration: timedelta) -> str:
    """3 jam 5 menit 20 detik: for times shown beside the standard they just miss."""
    seconds = duration // timedelta(seconds=1)
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = ((hours, "jam"), (minutes, "menit"), (seconds, "detik"))
    return " ".join(f"{number_text(amount)} {unit}" for amount, unit in parts if amount) or "kurang dari 1 detik"


def applicant_text(cells: AgendaCells, words: Words) -> str:
    """Name and cooperative, the only things the leadership is told of a visitor."""
    name, cooperative = words.line(cells.name, 60), words.line(cells.cooperative, 80)
    return ", ".join(filter(None, (name or "Tanpa nama", cooperative)))


def range_text(period: Period) -> str:
    """1 sampai dengan 30 November 2026 · 1 Oktober sampai dengan 31 Desember 2026."""
    first, last = period.start, period.last_day
    start = str(first.day) if first.month == last.month else f"{first.day} {MONTHS[first.month - 1]}"
    return f"{start} sampai dengan {date_text(last)}"


def span_text(start: date, end: date, kind: PeriodKind) -> str:
    """Name a week of a month (2–8 Nov) or a month (Nov) within its period; ``end`` is the day after."""
    month = _SHORT_MONTHS[start.month]
    if kind is not PeriodKind.MONTH:
        return str(month)
    last = end - timedelta(days=1)
    return f"{start.day} {month}" if last == start else f"{start.day}–{last.day} {month}"
