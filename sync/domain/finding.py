"""Findings (temuan): what is said of one row. Data, never an exception; the run goes on."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Code(Enum):
    """What can be found; the value is fixed and appears in ``check --json``."""

    TIME_UNREADABLE = "time-unreadable"
    FUTURE_TIME = "future-time"
    STEP_OUT_OF_ORDER = "step-out-of-order"
    STEP_MISSING_TIME = "step-missing-time"
    REQUIREMENT_MISSING = "requirement-missing"
    OUTPUT_MISSING = "output-missing"
    STEP_OVER_STANDARD = "step-over-standard"
    OVERRUN_REASON_MISSING = "overrun-reason-missing"
    ACTOR_MISSING = "actor-missing"
    ACTOR_NOT_ALLOWED = "actor-not-allowed"
    PHONE_UNREADABLE = "phone-unreadable"
    CHOICE_UNKNOWN = "choice-unknown"
    APPLICANT_MISSING = "applicant-missing"
    CONSENT_MISSING = "consent-missing"
    DUPLICATE_REGISTRATION = "duplicate-registration"
    RESPONSE_CHANGED = "response-changed"
    TEXT_CLEANED = "text-cleaned"
    ANSWERS_SHIFTED = "answers-shifted"
    OUTSIDE_WORKING_HOURS = "outside-working-hours"
    ROW_WITHOUT_NUMBER = "row-without-number"
    NUMBER_UNKNOWN = "number-unknown"
    NUMBER_DUPLICATE = "number-duplicate"
    ROW_DELETED = "row-deleted"
    DOCUMENT_WAITING = "document-waiting"
    DOCUMENT_CLOSED = "document-closed"
    ROWS_MIXED = "rows-mixed"


BLOCKING = frozenset(
    {
        Code.TIME_UNREADABLE,
        Code.FUTURE_TIME,
        Code.STEP_OUT_OF_ORDER,
        Code.STEP_MISSING_TIME,
        Code.REQUIREMENT_MISSING,
        Code.OUTPUT_MISSING,
        Code.ROWS_MIXED,
    }
)
"""While one of these stands, a consultation is not ``selesai``."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: its code, the agenda field it is about (``""`` if about the row), and the facts for its sentence.

    Facts never change from one run to the next unless the row does: a sentence that counted minutes would be
    rewritten by every run.
    """

    code: Code
    field: str = ""
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)
