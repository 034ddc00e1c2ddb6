"""The recap's annexes: every registration with its times; of every consultation its persoalan, simpulan and saran."""

from __future__ import annotations

from collections.abc import Mapping

from sync.domain.compliance import Status, StepAssessment, Verdict
from sync.domain.fields import Fields
from sync.domain.fields.privacy import Words
from sync.domain.recap import Recap, registered_on
from sync.domain.recap_steps import elapsed_of, minutes_of
from sync.domain.recap_tables import CELL_TEXT_LIMIT
from sync.domain.recap_words import NOTHING, applicant_text, minutes_text
from sync.domain.wording import STATUSES, number_text, short_date_text

LONG_TEXT_LIMIT = 400
_JUDGED_MARKS = {Verdict.WITHIN: "", Verdict.OVER: " *"}
_OTHER_MARKS = {
    Verdict.NOT_STARTED: NOTHING,
    Verdict.RUNNING: "berjalan",
    Verdict.RUNNING_OVER: "berjalan *",
    Verdict.UNJUDGEABLE: "td",
}


def annex_rows(recap: Recap, words: Words) -> list[Fields]:
    """One row a registration, the cancelled ones too; times in minutes by the standards' clock.

    ``*`` is over the standard, ``td`` *tidak dapat dinilai*; the template explains both.
    """
    return [
        {
            "nomor_urut": number_text(order),
            "nomor": row.number,
            "tanggal": short_date_text(registered_on(row)),
            "pemohon": applicant_text(row.cells, words),
            "kabupaten": words.line(row.cells.regency, 40) or NOTHING,
            "topik": words.line(row.cells.topic, CELL_TEXT_LIMIT) or NOTHING,
            "petugas": words.line(row.cells.officer, 60) or NOTHING,
            "status": STATUSES[row.status.value],
            **{step.step.name.value: _step_cell(step, recap.wall_clock, row.status) for step in row.steps},
        }
        for order, row in enumerate(recap.entries, start=1)
    ]


def _step_cell(assessment: StepAssessment, wall: bool, status: Status) -> str:
    elapsed = elapsed_of(assessment, wall)
    if assessment.verdict in _JUDGED_MARKS and elapsed is not None:
        return minutes_text(minutes_of(elapsed)) + _JUDGED_MARKS[assessment.verdict]
    return NOTHING if status is Status.CANCELLED else _OTHER_MARKS[assessment.verdict]


def telaahan_rows(recap: Recap, words: Words) -> list[Fields]:
    """What was asked, concluded and advised, of every consultation in which an officer wrote any of it."""
    rows: list[Fields] = []
    for row in recap.visits:
        texts = {
            "persoalan": words.line(row.cells.problem, LONG_TEXT_LIMIT),
            "simpulan": words.line(row.cells.conclusion, LONG_TEXT_LIMIT),
            "saran": words.line(row.cells.advice, LONG_TEXT_LIMIT),
        }
        if any(texts.values()):
            shown: Mapping[str, str] = {name: text or NOTHING for name, text in texts.items()}
            rows.append({"nomor": row.number, "pemohon": applicant_text(row.cells, words), **shown})
    return rows
