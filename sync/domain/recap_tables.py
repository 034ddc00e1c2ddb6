"""The recap's tables and lists as document fields: one function a table, every cell already text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from sync.domain.agenda import Registration
from sync.domain.compliance import Verdict
from sync.domain.fields import Fields
from sync.domain.fields.privacy import Words
from sync.domain.finding import BLOCKING, Code
from sync.domain.recap import Recap, registered_on
from sync.domain.recap_counts import Tally
from sync.domain.recap_steps import DurationFigures, Overrun
from sync.domain.recap_words import (
    FINDING_NAMES,
    NOTHING,
    applicant_text,
    change_text,
    minutes_text,
    precise_text,
    share_text,
    span_text,
)
from sync.domain.wording import STATUSES, number_text, period_text, short_date_text

REASON_LIMIT, CELL_TEXT_LIMIT, FRONT_PAGE_LIMIT = 200, 80, 60
NO_REASON, RUNNING = "Alasan belum diisi", "Masih berjalan"


def tally_rows(counts: Sequence[Tally], total: int, words: Words) -> list[Fields]:
    """One row a value: its name, how many, and its share of all consultations."""
    return [
        {
            "nama": words.line(item.label, CELL_TEXT_LIMIT),
            "jumlah": number_text(item.count),
            "persen": share_text(item.count, total),
        }
        for item in counts
    ]


def status_rows(recap: Recap) -> list[Fields]:
    whole = len(recap.entries)
    return [
        {"nama": STATUSES[status.value], "jumlah": number_text(count), "persen": share_text(count, whole)}
        for status, count in recap.by_status.items()
    ]


def comparison_rows(recap: Recap) -> list[Fields]:
    """This period, the one before, and the same a year before."""
    return [
        {"periode": period_text(recap.period), "jumlah": number_text(recap.total), "perubahan": NOTHING},
        *(
            {
                "periode": period_text(period),
                "jumlah": NOTHING if count is None else number_text(count),
                "perubahan": change_text(recap.total, count),
            }
            for period, count in recap.compared()
        ),
    ]


def step_rows(recap: Recap) -> list[Fields]:
    return [
        {
            "nama": step.title,
            "standar": " / ".join(step.standards) or recap.sops[-1].step(step.name).standard_text,
            "dinilai": number_text(step.judged),
            "sesuai": number_text(step.within),
            "melewati": number_text(step.over),
            "persen": share_text(step.within, step.judged),
            "berjalan": number_text(step.running),
            "tidak_dapat_dinilai": number_text(step.unjudgeable),
            "belum": number_text(step.not_started),
            **_duration_cells(step.durations),
        }
        for step in recap.steps
    ]


def wait_rows(recap: Recap) -> list[Fields]:
    return [
        {
            "antara": f"{wait.after} ke {wait.before}",
            "dihitung": number_text(wait.durations.count),
            **_duration_cells(wait.durations),
        }
        for wait in recap.waits
    ]


def _duration_cells(durations: DurationFigures) -> dict[str, str]:
    return {
        "rata_rata": minutes_text(durations.mean),
        "median": minutes_text(durations.median),
        "p90": minutes_text(durations.p90),
        "terlama": minutes_text(durations.longest),
    }


def overrun_rows(recap: Recap, words: Words) -> list[Fields]:
    """One row a step over its standard; a running one without minutes, since they would change by the minute."""
    return [_overrun_row(overrun, words) for overrun in recap.overruns]


def worst_rows(recap: Recap, words: Words) -> list[Fields]:
    """The worst overruns, short enough for the front page."""
    return [
        {
            "nomor": overrun.registration.number,
            "pemohon": words.line(applicant_text(overrun.registration.cells, words), FRONT_PAGE_LIMIT),
            "kegiatan": overrun.assessment.step.short,
            "lebih": _precise(overrun.excess),
        }
        for overrun in recap.worst
    ]


def _overrun_row(overrun: Overrun, words: Words) -> Fields:
    row, assessment = overrun.registration, overrun.assessment
    ended = overrun.excess is not None
    return {
        "nomor": row.number,
        "pemohon": applicant_text(row.cells, words),
        "kegiatan": assessment.step.short,
        "standar": assessment.step.standard_text,
        "waktu_kerja": _precise(assessment.working) if ended else RUNNING,
        "waktu_jam": _precise(assessment.wall) if ended else NOTHING,
        "alasan": words.line(row.cells.overrun_reason, REASON_LIMIT) or NO_REASON,
    }


def _precise(duration: timedelta | None) -> str:
    return NOTHING if duration is None else precise_text(duration)


def fault_rows(recap: Recap, header: Callable[[str], str], words: Words) -> list[Fields]:
    """One row a consultation whose entries have to be completed or mended; ``header`` names an agenda field."""
    return [
        {
            "nomor": row.number,
            "pemohon": applicant_text(row.cells, words),
            "petugas": words.line(row.cells.officer, CELL_TEXT_LIMIT) or NOTHING,
            "temuan": fault_text(row, header),
        }
        for row in recap.faulty
    ]


def fault_text(row: Registration, header: Callable[[str], str]) -> str:
    """Return what blocks the row, one clause a kind of fault with the columns it is about, and what can't be judged."""
    columns: dict[Code, list[str]] = {}
    for finding in row.findings:
        if finding.code in BLOCKING:
            columns.setdefault(finding.code, []).append(header(finding.field))
    clauses = [f"{FINDING_NAMES[code]}: {', '.join(dict.fromkeys(names))}" for code, names in columns.items()]
    steps = [step.step.short for step in row.steps if step.verdict is Verdict.UNJUDGEABLE]
    if steps:
        clauses.append(f"Tidak dapat dinilai: {', '.join(steps)}")
    return "; ".join(clauses)


def open_rows(recap: Recap, words: Words) -> list[Fields]:
    return [
        {
            "nomor": row.number,
            "tanggal": short_date_text(registered_on(row)),
            "pemohon": applicant_text(row.cells, words),
            "topik": words.line(row.cells.topic, CELL_TEXT_LIMIT) or NOTHING,
            "petugas": words.line(row.cells.officer, CELL_TEXT_LIMIT) or NOTHING,
            "status": STATUSES[row.status.value],
        }
        for row in recap.open
    ]


def follow_up_rows(recap: Recap, words: Words) -> list[Fields]:
    return [
        {
            "nomor": row.number,
            "pemohon": applicant_text(row.cells, words),
            "tindak_lanjut": words.line(row.cells.follow_up, CELL_TEXT_LIMIT),
            "saran": words.line(row.cells.advice, REASON_LIMIT) or NOTHING,
        }
        for row in recap.follow_ups
    ]


def finding_rows(recap: Recap) -> list[Fields]:
    return [
        {
            "nama": FINDING_NAMES[count.code],
            "konsultasi": number_text(count.consultations),
            "temuan": number_text(count.findings),
        }
        for count in recap.findings
    ]


def span_rows(recap: Recap) -> list[Fields]:
    return [
        {
            "nama": span_text(span.start, span.end, recap.period.kind),
            "jumlah": number_text(span.count),
            "persen": share_text(span.count, recap.total),
        }
        for span in recap.spans
    ]


def top_text(counts: Sequence[Tally], limit: int, words: Words) -> list[str]:
    """Return the most frequent values as ``name (count)``, most first; equal ones in the given order; no zeros."""
    most = sorted((item for item in counts if item.count), key=lambda item: -item.count)[:limit]
    return [f"{words.line(item.label, FRONT_PAGE_LIMIT)} ({number_text(item.count)})" for item in most]
