"""The tab ``Rekap``: this month and this year at a glance, from the same figures as the report.

It changes when a figure does, never because time passes: no moment of printing, no running minutes. Which line stands
in which row depends on the rules alone, never on what is in the book, so the charts over it stay where they are: what
people typed beside the office's own choices is one line, ``Isian lain``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sync.domain.agenda import JudgedBook
from sync.domain.fields.privacy import Privacy, Words, words_of
from sync.domain.finding import BLOCKING
from sync.domain.period import PeriodKind, period_of
from sync.domain.recap import Recap, recap
from sync.domain.recap_counts import BLANK, Tally, tally
from sync.domain.recap_steps import StepFigures
from sync.domain.recap_words import FINDING_NAMES, rounded, share
from sync.domain.rules import Rules
from sync.domain.sop import StepName
from sync.domain.table import NewCell
from sync.domain.wording import MONTHS, period_text

RecapLine = tuple[NewCell, NewCell, NewCell]
PRIVACY = Privacy.MASKED
OTHERS = "Isian lain"
BY_STEP, BY_MONTH, BY_TOPIC, BY_REGENCY = (
    "Sesuai standar waktu (%)",
    "Konsultasi per bulan",
    "Konsultasi menurut topik",
    "Konsultasi menurut kabupaten/kota",
)
_LABEL_LIMIT = 80
_GAP: RecapLine = (None, None, None)
_COUNTS = (
    "Registrasi",
    "Konsultasi (tanpa yang batal)",
    "Konsultasi pada periode sebelumnya",
    "Konsultasi pada periode yang sama tahun lalu",
    "Selesai",
    "Belum selesai",
    "Batal",
    "Orang",
    "Koperasi/instansi",
    "Catatan yang perlu dilengkapi atau diperbaiki",
    "Melewati standar tanpa alasan",
    "Tindak lanjut belum tuntas",
    "Ada waktu di luar jam kerja",
)


@dataclass(frozen=True, slots=True)
class RecapBlock:
    """Lines under a heading of their own. Rows are counted from 1, as people see them; row 1 has the tab's headers."""

    title: str
    heading_row: int
    last_row: int


def charted_blocks(rules: Rules) -> tuple[RecapBlock, ...]:
    """Return where the blocks stand that the tab's charts show, top to bottom."""
    sizes = {
        BY_STEP: len(StepName),
        BY_MONTH: len(MONTHS),
        BY_TOPIC: _tally_size(rules, "topic"),
        BY_REGENCY: _tally_size(rules, "regency"),
    }
    blocks = []
    heading = 1 + 1 + len(_COUNTS) + 2  # headers, period, counts, and a gap before the heading
    for title, size in sizes.items():
        blocks.append(RecapBlock(title, heading, heading + size))
        heading += size + 2
    return tuple(blocks)


def recap_tab_rows(judged: JudgedBook, rules: Rules, now: datetime) -> list[RecapLine]:
    """Return the tab's lines (Uraian, Bulan Ini, Tahun Ini). Numbers are numbers; what has no figure is empty."""
    month = recap(period_of(now.date(), PeriodKind.MONTH), judged.rows, rules)
    year = recap(period_of(now.date(), PeriodKind.YEAR), judged.rows, rules)
    words = words_of(PRIVACY, rules)
    header = rules.columns.recap.header
    this_month, this_year = header("this_month"), header("this_year")
    lines: list[RecapLine] = [("Periode", period_text(month.period), period_text(year.period))]
    lines += list(zip(_COUNTS, _counts(month), _counts(year), strict=True))
    steps = list(zip(month.steps, year.steps, strict=True))
    for title, block in (
        (BY_STEP, [_share_line(*both) for both in steps]),
        (BY_MONTH, _month_lines(month, year)),
        (BY_TOPIC, _tally_lines(month, year, "topic", words)),
        (BY_REGENCY, _tally_lines(month, year, "regency", words)),
        ("Kegiatan menurut SOP", [line for both in steps for line in _step_lines(*both)]),
        ("Temuan", _finding_lines(month, year)),
    ):
        lines += [_GAP, (title, this_month, this_year), *block]
    return lines


def _counts(figures: Recap) -> tuple[int | None, ...]:
    return (
        len(figures.entries),
        figures.total,
        figures.previous,
        figures.year_before,
        figures.finished,
        len(figures.open),
        figures.cancelled,
        figures.people,
        figures.cooperatives,
        len(figures.faulty),
        figures.without_reason,
        len(figures.follow_ups),
        figures.outside_hours,
    )


def _share_line(month: StepFigures, year: StepFigures) -> RecapLine:
    return (
        month.title,
        _number(share(month.within, month.judged)),
        _number(share(year.within, year.judged)),
    )


def _month_lines(month: Recap, year: Recap) -> list[RecapLine]:
    """One line a month of the year; the column of this month says something in its own line only."""
    return [
        (name, span.count if span.start == month.period.start else None, span.count)
        for name, span in zip(MONTHS, year.spans, strict=True)
    ]


def _step_lines(month: StepFigures, year: StepFigures) -> list[RecapLine]:
    return [
        (f"{month.title}: dinilai", month.judged, year.judged),
        (f"{month.title}: melewati standar", month.over, year.over),
        (f"{month.title}: tidak dapat dinilai", month.unjudgeable, year.unjudgeable),
        (f"{month.title}: rata-rata (menit)", _number(month.durations.mean), _number(year.durations.mean)),
    ]


def _finding_lines(month: Recap, year: Recap) -> list[RecapLine]:
    """Every blocking kind of finding, found or not."""
    left, right = ({count.code: count.findings for count in figures.findings} for figures in (month, year))
    return [(name, left.get(code, 0), right.get(code, 0)) for code, name in FINDING_NAMES.items() if code in BLOCKING]


def _tally_lines(month: Recap, year: Recap, field: str, words: Words) -> list[RecapLine]:
    """One line a choice of the office, then what was typed beside them, then what was left blank."""
    left, right = (_gathered(figures.by_choice[field], words) for figures in (month, year))
    return [(label, left[label], count) for label, count in right.items()]


def _gathered(counts: Sequence[Tally], words: Words) -> dict[str, int]:
    gathered = {words.line(item.label, _LABEL_LIMIT): 0 for item in counts if item.listed} | {OTHERS: 0, BLANK: 0}
    for item in counts:
        label = words.line(item.label, _LABEL_LIMIT) if item.listed or item.label == BLANK else OTHERS
        gathered[label] += item.count
    return gathered


def _tally_size(rules: Rules, field: str) -> int:
    return len(_gathered(tally((), rules.choices.get(field, ())), words_of(PRIVACY, rules)))


def _number(figure: Fraction | None) -> float | None:
    return None if figure is None else float(rounded(figure, 1))
