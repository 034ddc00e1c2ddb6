"""The figures of a period, once, for the report to the leadership and for the tab ``Rekap``.

A consultation belongs to the period of its registration moment. Only numbers that the ledger knows count; a number
that stands in several rows counts once; cancelled ones are counted apart and are in no other figure. Nothing is
dropped for being incomplete: what cannot be judged is counted as that, and listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from sync.domain.agenda import Registration
from sync.domain.cells import is_filled, name_key
from sync.domain.compliance import Status, Verdict
from sync.domain.finding import BLOCKING, Code
from sync.domain.period import Period, PeriodKind
from sync.domain.recap.counts import BLANK, Tally, cooperatives, line_text, people, tally, tally_officers
from sync.domain.recap.steps import Overrun, StepFigures, WaitFigures, overruns, step_figures, wait_figures, worst
from sync.domain.rules import Rules
from sync.domain.sop import Sop

WORST = 3
FOLLOWED_UP = "Selesai"
"""The choice of ``Tindak Lanjut`` that leaves nothing to do."""

_NOTHING_TO_FOLLOW = ("", name_key(BLANK), name_key(FOLLOWED_UP))

BY_CHOICE = ("topic", "cooperative_kind", "regency", "channel", "service")
"""Agenda fields that are counted by the office's own choices."""


@dataclass(frozen=True, slots=True)
class Span:
    """Consultations registered in [``start``, ``end``): a week of a month (cut at its ends), or a month."""

    start: date
    end: date
    count: int


@dataclass(frozen=True, slots=True)
class FindingCount:
    """How many consultations have findings of ``code``, and how many findings that is."""

    code: Code
    consultations: int
    findings: int


@dataclass(frozen=True, slots=True)
class Recap:
    """All figures of one period. Tuples of registrations are in the order of registration."""

    period: Period
    wall_clock: bool
    entries: tuple[Registration, ...]
    """Every number of the period, the cancelled ones too."""
    visits: tuple[Registration, ...]
    """The entries that are not cancelled: what "consultation" means in every figure below."""
    doubled: tuple[str, ...]
    """Numbers that stand in several rows and count once."""
    previous: int | None
    """Consultations of the period before; None if the book had not begun by its end."""
    year_before: int | None
    sops: tuple[Sop, ...]
    by_status: Mapping[Status, int]
    by_choice: Mapping[str, tuple[Tally, ...]]
    by_officer: tuple[Tally, ...]
    by_follow_up: tuple[Tally, ...]
    people: int
    cooperatives: int
    steps: tuple[StepFigures, ...]
    waits: tuple[WaitFigures, ...]
    overruns: tuple[Overrun, ...]
    worst: tuple[Overrun, ...]
    without_reason: int
    """Consultations over a standard whose reason is not written."""
    faulty: tuple[Registration, ...]
    """Consultations whose entries block their completion, or of which a step cannot be judged."""
    open: tuple[Registration, ...]
    follow_ups: tuple[Registration, ...]
    outside_hours: int
    findings: tuple[FindingCount, ...]
    spans: tuple[Span, ...]

    def compared(self) -> tuple[tuple[Period, int | None], ...]:
        """Return the periods this one is compared with, each once (of a year they are the same), and their counts."""
        before, year_before = self.period.previous(), self.period.year_before()
        pairs = ((before, self.previous), (year_before, self.year_before))
        return pairs[:1] if before == year_before else pairs

    @property
    def total(self) -> int:
        return len(self.visits)

    @property
    def cancelled(self) -> int:
        return self.by_status[Status.CANCELLED]

    @property
    def finished(self) -> int:
        return self.by_status[Status.FINISHED]


def recap(period: Period, rows: Sequence[Registration], rules: Rules) -> Recap:
    """Return the figures of ``period``. Pure; the cost grows with the rows, the order of the rows does not matter."""
    known = [row for row in rows if row.known and row.registered_at is not None]
    entries, doubled = _once(_within(known, period))
    visits = tuple(row for row in entries if row.status is not Status.CANCELLED)
    cells = [row.cells for row in visits]
    sops = _sops(visits, period, rules)
    steps = sops[-1].steps
    found = overruns(visits, rules.wall_clock)
    return Recap(
        period=period,
        wall_clock=rules.wall_clock,
        entries=entries,
        visits=visits,
        doubled=doubled,
        previous=_count_before(known, period.previous()),
        year_before=_count_before(known, period.year_before()),
        sops=sops,
        by_status=_by_status(entries),
        by_choice={
            field: tally([getattr(row, field) for row in cells], rules.choices.get(field, ())) for field in BY_CHOICE
        },
        by_officer=tally_officers(row.officer for row in cells),
        by_follow_up=tally([row.follow_up for row in cells], rules.choices.get("follow_up", ())),
        people=people(cells),
        cooperatives=cooperatives(cells),
        steps=tuple(step_figures(step.name, step.short, visits, rules.wall_clock) for step in steps),
        waits=tuple(
            wait_figures(after, before, visits, rules.calendar, rules.wall_clock) for after, before in pairwise(steps)
        ),
        overruns=found,
        worst=worst(found, WORST),
        without_reason=sum(_has(row, Code.OVERRUN_REASON_MISSING) for row in visits),
        faulty=tuple(row for row in visits if _is_faulty(row)),
        open=tuple(row for row in visits if row.status is not Status.FINISHED),
        follow_ups=tuple(row for row in visits if _follow_up_open(row)),
        outside_hours=sum(_has(row, Code.OUTSIDE_WORKING_HOURS) for row in visits),
        findings=_findings(visits),
        spans=_spans(period, visits),
    )


def counted(period: Period, rows: Iterable[Registration]) -> tuple[Registration, ...]:
    """Return the entries of ``period``, each number once, in the order of registration; the cancelled ones too."""
    return _once(_within((row for row in rows if row.known), period))[0]


def registered_on(row: Registration) -> date:
    """Return the day the row is counted under; only rows with a registration moment are counted."""
    assert row.registered_at is not None, "a row without a registration moment is in no period"
    return row.registered_at.date()


def uncounted(period: Period, rows: Iterable[Registration]) -> tuple[Registration, ...]:
    """Return the rows that by their own moment would lie in ``period`` but whose number the ledger does not know."""
    return tuple(_within((row for row in rows if not row.known), period))


def _within(rows: Iterable[Registration], period: Period) -> list[Registration]:
    start, end = (datetime.combine(day, time()) for day in (period.start, period.end))
    return [row for row in rows if row.registered_at is not None and start <= row.registered_at < end]


def _once(rows: Sequence[Registration]) -> tuple[tuple[Registration, ...], tuple[str, ...]]:
    """Keep one row a number, and the numbers that had several; the fullest row stands for them, wherever it stands."""
    by_number: dict[str, list[Registration]] = {}
    for row in rows:
        by_number.setdefault(row.number, []).append(row)
    kept = [
        group[0] if len(group) == 1 else max(group, key=lambda row: (sum(map(is_filled, row.cells)), repr(row.cells)))
        for group in by_number.values()
    ]
    kept.sort(key=lambda row: (row.registered_at, row.number))
    doubled = sorted(number for number, group in by_number.items() if len(group) > 1)
    return tuple(kept), tuple(doubled)


def _count_before(known: Sequence[Registration], period: Period) -> int | None:
    end = datetime.combine(period.end, time())
    if not any(row.registered_at is not None and row.registered_at < end for row in known):
        return None
    entries, _ = _once(_within(known, period))
    return sum(row.status is not Status.CANCELLED for row in entries)


def _sops(visits: Sequence[Registration], period: Period, rules: Rules) -> tuple[Sop, ...]:
    """Return the versions the visits were judged by, oldest first; without visits the one of the last day."""
    used = {row.sop.effective_from: row.sop for row in visits}
    return tuple(used[day] for day in sorted(used)) or (rules.sop(period.last_day),)


def _by_status(entries: Sequence[Registration]) -> dict[Status, int]:
    statuses = [row.status for row in entries]
    return {status: statuses.count(status) for status in Status}


def _has(row: Registration, code: Code) -> bool:
    return any(finding.code is code for finding in row.findings)


def _is_faulty(row: Registration) -> bool:
    return any(step.verdict is Verdict.UNJUDGEABLE for step in row.steps) or any(
        finding.code in BLOCKING for finding in row.findings
    )


def _follow_up_open(row: Registration) -> bool:
    return row.cells.follow_up is not None and name_key(line_text(row.cells.follow_up)) not in _NOTHING_TO_FOLLOW


def _findings(visits: Sequence[Registration]) -> tuple[FindingCount, ...]:
    consultations: Counter[Code] = Counter()
    findings: Counter[Code] = Counter()
    for row in visits:
        if row.findings:
            codes = [finding.code for finding in row.findings]
            findings.update(codes)
            consultations.update(set(codes))
    return tuple(FindingCount(code, consultations[code], findings[code]) for code in Code if findings[code])


def _spans(period: Period, visits: Sequence[Registration]) -> tuple[Span, ...]:
    days = Counter(registered_on(row) for row in visits)
    return tuple(
        Span(start, end, sum(count for day, count in days.items() if start <= day < end))
        for start, end in _edges(period)
    )


def _edges(period: Period) -> list[tuple[date, date]]:
    if period.kind is not PeriodKind.MONTH:
        return [(month.start, month.end) for month in period.months()]
    edges = []
    start = period.start
    while start < period.end:
        end = min(start + timedelta(days=7 - start.weekday()), period.end)
        edges.append((start, end))
        start = end
    return edges
