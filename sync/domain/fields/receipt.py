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
    sop_identity,
)
from sync.domain.fields.privacy import Words
from sync.domain.rules import Rules
from sync.domain.sop import Step, StepName
from sync.domain.wording import duration_text

LIMIT = 80
"""Characters of one line: a receipt has half a page."""


def receipt_fields(registration: Registration, rules: Rules, words: Words) -> Fields:
    """Return the fields of a receipt."""
    cells, sop = registration.cells, registration.sop
    return {
        "nomor": registration.number,
        "nama": words.line(cells.name, LIMIT) or NOTHING,
        "koperasi": words.line(cells.cooperative, LIMIT) or NOTHING,
        "kabupaten": words.line(cells.regency, LIMIT) or NOTHING,
        "telepon": words.phone(cells.phone),
        "surel": words.email(cells.email),
        "layanan": words.line(cells.service, LIMIT) or NOTHING,
        "topik": words.line(cells.topic, LIMIT) or NOTHING,
        "hari_tanggal": day_or_dash(registration.registered_at),
        "waktu_datang": clock_or_dash(_arrival(registration.steps), rules),
        "waktu_registrasi": clock_or_dash(registration.registered_at, rules),
        "tujuan": clean(sop.step(StepName.CONSULTATION).requirement_text),
        "tahap": [_step(step) for step in sop.steps],
        "waktu_total": duration_text(timedelta(minutes=sum(step.minutes for step in sop.steps))),
        "sop": sop_identity(registration),
    }


def _arrival(steps: tuple[StepAssessment, ...]) -> datetime | None:
    return next((item.start for item in steps if item.step.name is StepName.REGISTRATION), None)


def _step(step: Step) -> dict[str, str | int]:
    return {
        "nomor": step.order,
        "sebutan": clean(step.short),
        "standar": step.standard_text,
    }
