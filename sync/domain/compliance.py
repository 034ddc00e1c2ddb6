"""One agenda row against the SOP: a verdict for each step, findings, and the row's status. It flags, never rejects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TypeAlias

from sync.domain.cells import UNREADABLE, Unreadable, is_filled, read_moment
from sync.domain.finding import BLOCKING, Code, Finding
from sync.domain.sop import Sop, Step, StepName
from sync.domain.table import Cell
from sync.domain.tabs import AgendaCells
from sync.domain.worktime import WorkCalendar


class Verdict(Enum):
    """What is said of one step's time; the value is fixed (design, section 4)."""

    NOT_STARTED = "belum"
    RUNNING = "berjalan"
    RUNNING_OVER = "berjalan-melewati"
    WITHIN = "sesuai"
    OVER = "melewati"
    UNJUDGEABLE = "tidak-dapat-dinilai"


class Status(Enum):
    """How far a registration has come; the value is fixed (design, section 4)."""

    REGISTERED = "terdaftar"
    CONSULTATION = "konsultasi"
    AWAITING_DOCUMENTATION = "menunggu-dokumentasi"
    DOCUMENTATION = "dokumentasi"
    INCOMPLETE = "belum-lengkap"
    FINISHED = "selesai"
    CANCELLED = "batal"


Moment: TypeAlias = datetime | Unreadable | None
StepMoments: TypeAlias = tuple[tuple[Moment, Moment], tuple[Moment, Moment], tuple[Moment, Moment]]
"""Start and end of the three steps, in the SOP's order."""


@dataclass(frozen=True, slots=True)
class StepAssessment:
    """One step's verdict. Times are None where there is none or it is unreadable; elapsed where it is unjudgeable."""

    step: Step
    verdict: Verdict
    start: datetime | None
    end: datetime | None
    working: timedelta | None
    wall: timedelta | None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is said of one row."""

    status: Status
    steps: tuple[StepAssessment, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """How standard times are counted."""

    calendar: WorkCalendar
    wall: bool
    utc_offset: timedelta


CANCELLED_PREFIX = "BATAL"

_OVER = (Verdict.OVER, Verdict.RUNNING_OVER)
_OUTPUT_FIELDS = ("problem", "facts", "analysis", "conclusion", "advice")


def assess(
    cells: AgendaCells,
    responded_at: datetime | None,
    registered_at: datetime | None,
    sop: Sop,
    clock: Clock,
    now: datetime,
) -> Assessment:
    """Judge one row at ``now``.

    Args:
        responded_at: the response's Timestamp; None if it recorded none that can be read.
        registered_at: gives bare times their day; None (a row nobody registered) leaves bare times unreadable.
        sop: the version in force on the registration day.
    """
    moments = _read_moments(cells, responded_at, registered_at, clock.utc_offset)
    steps = tuple(_judge(step, start, end, clock, now) for step, (start, end) in zip(sop.steps, moments, strict=True))
    if is_cancelled(cells.remarks):
        return Assessment(Status.CANCELLED, steps, ())
    findings = [
        *_time_findings(cells, sop, moments, responded_at, now),
        *_order_findings(cells, steps),
        *_requirement_findings(cells, sop),
        *_over_findings(cells, steps),
    ]
    return Assessment(_status(cells, findings), steps, tuple(findings))


def is_cancelled(remarks: Cell) -> bool:
    return isinstance(remarks, str) and remarks.lstrip()[: len(CANCELLED_PREFIX)].upper() == CANCELLED_PREFIX


def _read_moments(
    cells: AgendaCells, responded_at: datetime | None, registered_at: datetime | None, utc_offset: timedelta
) -> StepMoments:
    day = registered_at.date() if registered_at else None
    fallback: Moment = UNREADABLE if responded_at is None else responded_at
    arrived = read_moment(cells.arrived, day, utc_offset)
    directed = read_moment(cells.directed, day, utc_offset)
    return (
        (fallback if arrived is None else arrived, fallback if directed is None else directed),
        (
            read_moment(cells.consultation_start, day, utc_offset),
            read_moment(cells.consultation_end, day, utc_offset),
        ),
        (
            read_moment(cells.documentation_start, day, utc_offset),
            read_moment(cells.documentation_end, day, utc_offset),
        ),
    )


def _judge(step: Step, start: Moment, end: Moment, clock: Clock, now: datetime) -> StepAssessment:
    known_start = start if isinstance(start, datetime) else None
    known_end = end if isinstance(end, datetime) else None
    if start is None and end is None:
        return StepAssessment(step, Verdict.NOT_STARTED, None, None, None, None)
    unjudgeable = (
        known_start is None
        or (end is not None and known_end is None)
        or (known_end is not None and (known_end < known_start or known_end > now))
    )
    if known_start is None or unjudgeable:
        return StepAssessment(step, Verdict.UNJUDGEABLE, known_start, known_end, None, None)
    until = known_end if known_end is not None else max(now, known_start)
    working, wall = clock.calendar.elapsed(known_start, until), until - known_start
    over = (wall if clock.wall else working) > timedelta(minutes=step.minutes)
    if known_end is None:
        verdict = Verdict.RUNNING_OVER if over else Verdict.RUNNING
    else:
        verdict = Verdict.OVER if over else Verdict.WITHIN
    return StepAssessment(step, verdict, known_start, known_end, working, wall)


def _time_findings(
    cells: AgendaCells, sop: Sop, moments: StepMoments, responded_at: datetime | None, now: datetime
) -> list[Finding]:
    found: dict[tuple[Code, str], Finding] = {}

    def add(code: Code, field: str) -> None:
        column = field if is_filled(getattr(cells, field)) else "registered_at"
        found.setdefault((code, column), Finding(code, column))

    for step, (start, end) in zip(sop.steps, moments, strict=True):
        for field, moment in ((step.start_field, start), (step.end_field, end)):
            if moment is None:
                continue
            if moment is UNREADABLE or not isinstance(moment, datetime):
                add(Code.TIME_UNREADABLE, field)
            elif moment > now:
                add(Code.FUTURE_TIME, field)
    if responded_at is not None and responded_at > now:
        found.setdefault((Code.FUTURE_TIME, "registered_at"), Finding(Code.FUTURE_TIME, "registered_at"))
    return list(found.values())


def _order_findings(cells: AgendaCells, steps: Sequence[StepAssessment]) -> list[Finding]:
    findings = []
    latest_end: datetime | None = None
    for assessment in steps:
        step, start, end = assessment.step, assessment.start, assessment.end
        if start is None and _lacks_start(cells, step):
            findings.append(Finding(Code.STEP_MISSING_TIME, step.start_field, {"step": step.short}))
        if start and end and end < start:
            findings.append(Finding(Code.STEP_OUT_OF_ORDER, step.end_field, {"step": step.short}))
        if start and latest_end and start < latest_end:
            findings.append(Finding(Code.STEP_OUT_OF_ORDER, step.start_field, {"step": step.short}))
        if start and end and end >= start and (latest_end is None or end > latest_end):
            latest_end = end
    return findings


def _lacks_start(cells: AgendaCells, step: Step) -> bool:
    """The registration never does: the response's Timestamp stands in."""
    if step.name is StepName.REGISTRATION:
        return False
    return is_filled(getattr(cells, step.end_field)) and not is_filled(getattr(cells, step.start_field))


def _requirement_findings(cells: AgendaCells, sop: Sop) -> list[Finding]:
    findings = []
    for step in sop.steps:
        if step.requirements and is_filled(getattr(cells, step.end_field)):
            findings += [
                Finding(Code.REQUIREMENT_MISSING, field, {"step": step.short})
                for field in step.requirements
                if not is_filled(getattr(cells, field))
            ]
    if is_filled(cells.documentation_end):
        findings += [
            Finding(Code.OUTPUT_MISSING, field) for field in _OUTPUT_FIELDS if not is_filled(getattr(cells, field))
        ]
    return findings


def _over_findings(cells: AgendaCells, steps: Sequence[StepAssessment]) -> list[Finding]:
    over = [assessment for assessment in steps if assessment.verdict in _OVER]
    findings = [Finding(Code.STEP_OVER_STANDARD, item.step.end_field, _over_facts(item)) for item in over]
    if over and not is_filled(cells.overrun_reason):
        findings.append(Finding(Code.OVERRUN_REASON_MISSING, "overrun_reason"))
    return findings


def _over_facts(assessment: StepAssessment) -> dict[str, str]:
    """Minutes only once they stand still: a running step's would be another number at every run."""
    facts = {"step": assessment.step.short, "standard": assessment.step.standard_text}
    if assessment.verdict is Verdict.OVER and assessment.working is not None and assessment.wall is not None:
        facts["working"] = str(assessment.working // timedelta(seconds=1))
        facts["wall"] = str(assessment.wall // timedelta(seconds=1))
    return facts


def _status(cells: AgendaCells, findings: Sequence[Finding]) -> Status:
    if is_filled(cells.documentation_end):
        blocked = any(finding.code in BLOCKING for finding in findings)
        return Status.INCOMPLETE if blocked else Status.FINISHED
    if is_filled(cells.documentation_start):
        return Status.DOCUMENTATION
    if is_filled(cells.consultation_end):
        return Status.AWAITING_DOCUMENTATION
    if is_filled(cells.consultation_start):
        return Status.CONSULTATION
    return Status.REGISTERED
