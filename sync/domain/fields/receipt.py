"""Tanda Registrasi: what the visitor takes home.

Only what is known at registration stands in it, so a receipt does not change while staff work on the row.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sync.domain.agenda import Registration
from sync.domain.clean import clean
from sync.domain.compliance import StepAssessment
from sync.domain.fields import Fields
from sync.domain.fields.common import (
    NOTHING,
    clock_or_dash,
    day_or_dash,
    shortened,
    sop_identity,
    text,
)
from sync.domain.fields.masking import masked_email, masked_numbers, masked_phone
from sync.domain.rules import Rules
from sync.domain.sop import Step, StepName
from sync.domain.table import Cell
from sync.domain.wording import duration_text

LIMIT = 80
"""Characters of one line: a receipt has half a page."""


def receipt_fields(registration: Registration, rules: Rules) -> Fields:
    """Return the fields of a receipt. Contact and identity numbers are masked: a receipt is easily lost."""
    cells, sop = registration.cells, registration.sop
    return {
        "nomor": registration.number,
        "nama": _typed(cells.name),
        "koperasi": _typed(cells.cooperative),
        "kabupaten": _typed(cells.regency),
        "telepon": masked_phone(cells.phone),
        "surel": masked_email(cells.email),
        "layanan": _typed(cells.service),
        "topik": _typed(cells.topic),
        "hari_tanggal": day_or_dash(registration.registered_at),
        "waktu_datang": clock_or_dash(_arrival(registration.steps), rules),
        "waktu_registrasi": clock_or_dash(registration.registered_at, rules),
        "tujuan": clean(sop.step(StepName.CONSULTATION).requirement_text),
        "tahap": [_step(step) for step in sop.steps],
        "waktu_total": duration_text(timedelta(minutes=sum(step.minutes for step in sop.steps))),
        "sop": sop_identity(registration),
    }


def _typed(cell: Cell) -> str:
    return shortened(masked_numbers(text(cell)), LIMIT) or NOTHING


def _arrival(steps: tuple[StepAssessment, ...]) -> datetime | None:
    return next((item.start for item in steps if item.step.name is StepName.REGISTRATION), None)


def _step(step: Step) -> dict[str, str | int]:
    return {
        "nomor": step.order,
        "sebutan": clean(step.short),
        "standar": step.standard_text,
    }
