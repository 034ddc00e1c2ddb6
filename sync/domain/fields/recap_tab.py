"""The tab ``Rekap``: this month and this year at a glance, from the same figures as the report.

It changes when a figure does, never because time passes: no moment of printing, no running minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from sync.domain.agenda import JudgedBook
from sync.domain.cells import name_key
from sync.domain.finding import BLOCKING
from sync.domain.period import PeriodKind, period_of
from sync.domain.recap import Recap, recap
from sync.domain.recap_counts import Tally
from sync.domain.recap_steps import StepFigures
from sync.domain.recap_words import FINDING_NAMES, rounded, share, short_text
from sync.domain.rules import Rules
from sync.domain.table import NewCell
from sync.domain.wording import period_text

RecapLine = tuple[NewCell, NewCell, NewCell]
_LABEL_LIMIT = 80


def recap_tab_rows(judged: JudgedBook, rules: Rules, now: datetime) -> list[RecapLine]:
    """Return the tab's lines (Uraian, Bulan Ini, Tahun Ini). Numbers are numbers; what has no figure is empty."""
    month = recap(period_of(now.date(), PeriodKind.MONTH), judged.rows, rules)
    year = recap(period_of(now.date(), PeriodKind.YEAR), judged.rows, rules)
    lines: list[RecapLine] = [("Periode", period_text(month.period), period_text(year.period))]
    lines += [(name, left, right) for (name, left), (_, right) in zip(_counts(month), _counts(year), strict=True)]
    for left, right in zip(month.steps, year.steps, strict=True):
        lines += _step_lines(left, right)
    lines += _finding_lines(month, year)
    lines += _tally_lines("Topik", month.by_choice["topic"], year.by_choice["topic"])
    lines += _tally_lines("Kabupaten/Kota", month.by_choice["regency"], year.by_choice["regency"])
    return lines


def _counts(figures: Recap) -> list[tuple[str, int | None]]:
    return [
        ("Registrasi", len(figures.entries)),
        ("Konsultasi (tanpa yang batal)", figures.total),
        ("Konsultasi pada periode sebelumnya", figures.previous),
        ("Konsultasi pada periode yang sama tahun lalu", figures.year_before),
        ("Selesai", figures.finished),
        ("Belum selesai", len(figures.open)),
        ("Batal", figures.cancelled),
        ("Orang", figures.people),
        ("Koperasi/instansi", figures.cooperatives),
        ("Catatan yang perlu dilengkapi atau diperbaiki", len(figures.faulty)),
        ("Melewati standar tanpa alasan", figures.without_reason),
        ("Tindak lanjut belum tuntas", len(figures.follow_ups)),
        ("Ada waktu di luar jam kerja", figures.outside_hours),
    ]


def _step_lines(month: StepFigures, year: StepFigures) -> list[RecapLine]:
    return [
        (f"{month.title}: dinilai", month.judged, year.judged),
        (f"{month.title}: rata-rata (menit)", _number(month.durations.mean), _number(year.durations.mean)),
        (
            f"{month.title}: sesuai standar (%)",
            _number(share(month.within, month.judged)),
            _number(share(year.within, year.judged)),
        ),
        (f"{month.title}: melewati standar", month.over, year.over),
        (f"{month.title}: tidak dapat dinilai", month.unjudgeable, year.unjudgeable),
    ]


def _finding_lines(month: Recap, year: Recap) -> list[RecapLine]:
    """Every blocking kind of finding, found or not, so that the lines stay where they are."""
    left, right = ({count.code: count.findings for count in figures.findings} for figures in (month, year))
    codes = [code for code in FINDING_NAMES if code in BLOCKING]
    return [(f"Temuan: {FINDING_NAMES[code]}", left.get(code, 0), right.get(code, 0)) for code in codes]


def _tally_lines(title: str, month: Sequence[Tally], year: Sequence[Tally]) -> list[RecapLine]:
    """One line a value of the year (every month's value is one of them)."""
    counts = {name_key(item.label): item.count for item in month}
    return [
        (f"{title}: {short_text(item.label, _LABEL_LIMIT)}", counts.get(name_key(item.label), 0), item.count)
        for item in year
    ]


def _number(figure: Fraction | None) -> float | None:
    return None if figure is None else float(rounded(figure, 1))
