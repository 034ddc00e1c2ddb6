"""Times of a period: how long each step took against its standard, how long people waited between, and who slipped.

Durations are summed and compared as whole microseconds and handed on as exact fractions of a minute; what is shown is
rounded once. The clock is the one the standards are judged by (working or wall time, as configured).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from sync.domain.agenda import Registration
from sync.domain.compliance import StepAssessment, Verdict
from sync.domain.finding import Code
from sync.domain.sop import Step, StepName
from sync.domain.worktime import WorkCalendar

_MICROSECOND = timedelta(microseconds=1)
_MINUTE = timedelta(minutes=1) // _MICROSECOND
_ENDED = (Verdict.WITHIN, Verdict.OVER)


@dataclass(frozen=True, slots=True)
class DurationFigures:
    """``count`` durations in exact minutes; the figures are None where there are none.

    ``p90`` is by nearest rank: the smallest duration that at least nine in ten do not exceed. The median of an even
    count is the mean of the middle two.
    """

    count: int
    mean: Fraction | None
    median: Fraction | None
    p90: Fraction | None
    longest: Fraction | None


@dataclass(frozen=True, slots=True)
class StepFigures:
    """One step over a period's consultations; every consultation is in exactly one of the counts.

    ``within`` + ``over`` are the judged ones (ended, and judgeable), which alone make the share and the durations.
    """

    name: StepName
    title: str
    standards: tuple[str, ...]
    """As the SOP writes them; more than one where two versions of the SOP met in the period."""
    within: int
    over: int
    running: int
    running_over: int
    unjudgeable: int
    not_started: int
    durations: DurationFigures

    @property
    def judged(self) -> int:
        return self.within + self.over


@dataclass(frozen=True, slots=True)
class WaitFigures:
    """Time from the end of ``after`` to the start of ``before``, where both are readable and in order."""

    after: str
    before: str
    durations: DurationFigures


@dataclass(frozen=True, slots=True)
class Overrun:
    """One step of one consultation over its standard; ``excess`` is None while it still runs."""

    registration: Registration
    assessment: StepAssessment
    excess: timedelta | None


def duration_figures(durations: Sequence[timedelta]) -> DurationFigures:
    """Return the figures of ``durations``, exactly."""
    ordered = sorted(duration // _MICROSECOND for duration in durations)
    count = len(ordered)
    if not count:
        return DurationFigures(0, None, None, None, None)
    middle = ordered[(count - 1) // 2] + ordered[count // 2]
    rank = -(-9 * count // 10)
    return DurationFigures(
        count=count,
        mean=Fraction(sum(ordered), count * _MINUTE),
        median=Fraction(middle, 2 * _MINUTE),
        p90=Fraction(ordered[rank - 1], _MINUTE),
        longest=Fraction(ordered[-1], _MINUTE),
    )


def step_figures(name: StepName, title: str, rows: Sequence[Registration], wall: bool) -> StepFigures:
    """Return the figures of the step ``name`` over ``rows``."""
    assessments = [step_of(row, name) for row in rows]
    verdicts = [assessment.verdict for assessment in assessments]
    ended = [elapsed_of(assessment, wall) for assessment in assessments if assessment.verdict in _ENDED]
    return StepFigures(
        name=name,
        title=title,
        standards=tuple(dict.fromkeys(assessment.step.standard_text for assessment in assessments)),
        within=verdicts.count(Verdict.WITHIN),
        over=verdicts.count(Verdict.OVER),
        running=verdicts.count(Verdict.RUNNING) + verdicts.count(Verdict.RUNNING_OVER),
        running_over=verdicts.count(Verdict.RUNNING_OVER),
        unjudgeable=verdicts.count(Verdict.UNJUDGEABLE),
        not_started=verdicts.count(Verdict.NOT_STARTED),
        durations=duration_figures([elapsed for elapsed in ended if elapsed is not None]),
    )


def wait_figures(
    after: Step, before: Step, rows: Sequence[Registration], calendar: WorkCalendar, wall: bool
) -> WaitFigures:
    """Return the waiting time between two steps over ``rows``."""
    waits = []
    for row in rows:
        end, start = step_of(row, after.name), step_of(row, before.name)
        if end.verdict not in _ENDED or start.verdict is Verdict.UNJUDGEABLE or _starts_in_future(row, start):
            continue
        if end.end is not None and start.start is not None and start.start >= end.end:
            waits.append(start.start - end.end if wall else calendar.elapsed(end.end, start.start))
    return WaitFigures(after.short, before.short, duration_figures(waits))


def overruns(rows: Sequence[Registration], wall: bool) -> tuple[Overrun, ...]:
    """Return every step over its standard, in the order of ``rows``, then of the steps."""
    found = []
    for row in rows:
        for assessment in row.steps:
            if assessment.verdict is Verdict.RUNNING_OVER:
                found.append(Overrun(row, assessment, None))
            elif assessment.verdict is Verdict.OVER and (elapsed := elapsed_of(assessment, wall)) is not None:
                found.append(Overrun(row, assessment, elapsed - timedelta(minutes=assessment.step.minutes)))
    return tuple(found)


def worst(found: Sequence[Overrun], count: int) -> tuple[Overrun, ...]:
    """Return the ``count`` ended overruns that went furthest over their standard, worst first."""
    ended = [(overrun.excess, overrun) for overrun in found if overrun.excess is not None]
    ended.sort(key=lambda item: (-item[0], item[1].registration.number, item[1].assessment.step.order))
    return tuple(overrun for _, overrun in ended[:count])


def step_of(row: Registration, name: StepName) -> StepAssessment:
    """Return the row's assessment of the step ``name``."""
    for assessment in row.steps:
        if assessment.step.name is name:
            return assessment
    raise AssertionError("every SOP has the three steps")


def elapsed_of(assessment: StepAssessment, wall: bool) -> timedelta | None:
    """Return what counts against the standard."""
    return assessment.wall if wall else assessment.working


def minutes_of(duration: timedelta) -> Fraction:
    """Return the duration in exact minutes."""
    return Fraction(duration // _MICROSECOND, _MINUTE)


def _starts_in_future(row: Registration, assessment: StepAssessment) -> bool:
    if not row.findings:
        return False
    field = assessment.step.start_field
    return any(finding.code is Code.FUTURE_TIME and finding.field == field for finding in row.findings)
