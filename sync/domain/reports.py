"""Documents of periods: which are due, which are asked for, and which no longer say what their period's rows say.

The rules are the design's (section 7, *Reports*). Before a period's books are closed a report is an interim one, never
in place of the final; the final is issued by itself once they are; what changes afterwards is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sync.domain.agenda import JudgedBook
from sync.domain.archive import latest_revisions
from sync.domain.book import ArchiveEntry, Book
from sync.domain.compliance import Status
from sync.domain.documents import OF_PERIOD, DocumentKind
from sync.domain.facts import PeriodFacts, changed_parts
from sync.domain.fields.contents import filed_day
from sync.domain.life import Act, Standing
from sync.domain.period import Period, PeriodKind, parse_period, period_of, periods_ended
from sync.domain.recap.figures import counted
from sync.domain.rules import Rules
from sync.domain.wanted import official_numbers, wanted_of_period
from sync.domain.worktime import WorkCalendar
from sync.errors import PeriodRefused

_DONE = (Status.FINISHED, Status.CANCELLED)


@dataclass(frozen=True, slots=True)
class Outdated:
    """A filed final report whose period's rows say something else by now; ``visits`` counts those that do."""

    entry: ArchiveEntry
    visits: int


def closing_moment(period: Period, working_days: int, calendar: WorkCalendar) -> datetime:
    """Return when the books of ``period`` are closed: closing time of the n-th working day after its end.

    With 0, the first moment after the period.
    """
    day, left = period.whole_end, working_days
    if left == 0:
        return datetime.combine(day, datetime.min.time())
    while True:
        hours = calendar.hours(day)
        left -= hours is not None
        if hours is not None and left == 0:
            return datetime.combine(day, hours.closes)
        day += timedelta(days=1)


def is_closed(period: Period, judged: JudgedBook, rules: Rules, now: datetime) -> bool:
    """Tell whether the final may be issued: the period is over, and its visits or the days of grace are, too."""
    if not period.ended(now):
        return False
    if all(row.status in _DONE for row in counted(period, judged.rows)):
        return True
    return now >= closing_moment(period, rules.issue.closing_days, rules.calendar)


def standing_final(history: Iterable[ArchiveEntry], period: Period, now: datetime) -> ArchiveEntry | None:
    """Return the newest revision that was issued after the period's end, and not by a clock that was ahead by days.

    Hours are no matter: of two runs at once the one that began earlier must not take the other's final for none.
    """
    valid = [entry for entry in history if period.whole_end <= entry.scheduled_at.date() <= now.date()]
    return max(valid, key=lambda entry: entry.revision, default=None)


def report_standings(
    book: Book, judged: JudgedBook, rules: Rules, now: datetime, asked: Sequence[tuple[DocumentKind, Period]]
) -> tuple[list[Standing], tuple[tuple[str, str], ...]]:
    """Return how each document of a period stands about which something is to be done, or that was asked for.

    Also the keys of those that were asked for: a period whose books are open gets an interim report instead.

    Raises:
        PeriodRefused: a period that was asked for has not begun, or ended before the first visit.
    """
    reports = _Reports(book, judged, rules, now)
    for kind, period in asked:
        reports.refuse_odd(kind, period)
    found: dict[tuple[str, str], Standing] = {}
    answers = [reports.asked(*item) for item in asked]
    for standing in (*reports.unfinished(), *reports.due(), *answers):
        name = standing.wanted.name
        period = parse_period(name.reference)
        # A numbered report is made of the filed draft, whatever its rows hold by now.
        if standing.act is Act.NUMBER or not mixed_in_period(name.kind, period, judged):
            found.setdefault(standing.wanted.key, standing)
    return list(found.values()), tuple(answer.wanted.key for answer in answers)


def mixed_in_period(kind: DocumentKind, period: Period, judged: JudgedBook) -> list[str]:
    """Return the numbers of the mixed rows that a document of the period would be made of.

    Of the periods it is compared with only the visits are counted: there it matters who is cancelled.
    """
    if kind not in (DocumentKind.RECAP, DocumentKind.AGENDA_IN):
        return []
    compared = (period.previous(), period.year_before()) if kind is DocumentKind.RECAP else ()
    numbers = []
    for row in judged.rows:
        if row.mixed and row.known and row.registered_at is not None:
            cancels = any(told.field == "remarks" for told in row.mixed)
            spans = (period, *compared) if cancels else (period,)
            if any(span.holds(row.registered_at) for span in spans):
                numbers.append(row.number)
    return numbers


def outdated_reports(book: Book, judged: JudgedBook, now: datetime) -> list[Outdated]:
    """Return the filed finals that their period's rows have left behind, in the archive list's order."""
    facts = PeriodFacts(book, judged)
    found = []
    for entry in latest_revisions(book.archive).values():
        kind = DocumentKind(entry.kind)
        if kind not in OF_PERIOD or not kind.spec.outgoing or not entry.filed or not entry.facts:
            continue
        period = parse_period(entry.reference)
        if period.interim or not standing_final([entry], period, now):
            continue
        if visits := changed_parts(entry.facts, facts.of(kind, period)):
            found.append(Outdated(entry, visits))
    return found


def facts_to_remember(book: Book, judged: JudgedBook) -> dict[str, str]:
    """Return the facts, by id, of filed reports of which nobody remembers any: those of version 0.1."""
    facts = PeriodFacts(book, judged)
    return {
        entry.id: facts.of(DocumentKind(entry.kind), period_of_entry(entry))
        for entry in latest_revisions(book.archive).values()
        if DocumentKind(entry.kind) in OF_PERIOD and entry.filed and not entry.facts
    }


def period_of_entry(entry: ArchiveEntry) -> Period:
    """Return what a period's document is about; an interim one's cut-off is the day it is filed under."""
    period = parse_period(entry.reference)
    return period.cut_off(filed_day(entry)) if period.interim else period


class _Reports:
    def __init__(self, book: Book, judged: JudgedBook, rules: Rules, now: datetime) -> None:
        self._book, self._judged, self._rules, self._now = book, judged, rules, now
        self._numbers = official_numbers(book)
        self._facts = PeriodFacts(book, judged)
        self._latest = latest_revisions(book.archive)
        self._days = sorted({row.registered_at.date() for row in judged.rows if row.known and row.registered_at})
        self._closed: dict[Period, bool] = {}

    def unfinished(self) -> Iterator[Standing]:
        """What an earlier run scheduled and did not file, and drafts that the clerk has numbered since."""
        for (name, _), entry in self._latest.items():
            kind = DocumentKind(name)
            if kind not in OF_PERIOD:
                continue
            numbered = entry.draft and (name, entry.reference) in self._numbers
            if not entry.filed or numbered:
                yield self._standing(kind, period_of_entry(entry), Act.NUMBER if entry.filed else Act.RESUME)

    def due(self) -> Iterator[Standing]:
        for period in self._ended():
            for kind in OF_PERIOD:
                if kind.value in self._rules.issue.kinds and not self._final(kind, period) and self._is_closed(period):
                    yield self._standing(kind, period, self._first(kind, period))

    def asked(self, kind: DocumentKind, period: Period) -> Standing:
        """The final if the books are closed, else an interim report of today; nothing new where nothing has changed."""
        wanted = period if self._is_closed(period) else period.cut_off(self._now.date())
        entry = self._latest.get((kind.value, wanted.key))
        stands = entry is not None and (
            filed_day(entry) == wanted.last_day if wanted.interim else bool(self._final(kind, wanted))
        )
        standing = self._standing(kind, wanted, self._first(kind, wanted))
        same = entry is not None and entry.facts in ("", standing.wanted.facts)
        return replace(standing, act=Act.SETTLED) if stands and same else standing

    def refuse_odd(self, kind: DocumentKind, period: Period) -> None:
        if self._now.date() < period.start:
            raise PeriodRefused(period.key, kind.value, f"it begins on {period.start.isoformat()}")
        first = self._days[0] if self._days else None
        if period.ended(self._now) and (first is None or period.whole_end <= first):
            seen = f"the first visit is of {first.isoformat()}" if first else "there is no visit yet"
            raise PeriodRefused(period.key, kind.value, f"it ended before the first visit ({seen})")

    def _standing(self, kind: DocumentKind, period: Period, act: Act) -> Standing:
        wanted = wanted_of_period(kind, period, self._numbers, self._facts)
        return Standing(wanted, self._latest.get(wanted.key), act)

    def _first(self, kind: DocumentKind, period: Period) -> Act:
        return Act.REVISE if (kind.value, period.key) in self._latest else Act.ISSUE

    def _final(self, kind: DocumentKind, period: Period) -> ArchiveEntry | None:
        history = (entry for entry in self._book.archive if (entry.kind, entry.reference) == (kind.value, period.key))
        return standing_final(history, period, self._now)

    def _is_closed(self, period: Period) -> bool:
        if period not in self._closed:
            self._closed[period] = is_closed(period, self._judged, self._rules, self._now)
        return self._closed[period]

    def _ended(self) -> list[Period]:
        """The ended periods with a registration in them, and those without one since the office keeps this book.

        One response dated years ago by mistake does not make a report of every month since.
        """
        if not self._days:
            return []
        kinds = tuple(PeriodKind(name) for name in self._rules.issue.periods)
        with_registrations = {period_of(day, kind) for day in self._days for kind in kinds}
        kept_since: date = min(entry.recorded_at for entry in self._book.ledger).date()
        return [
            period
            for period in periods_ended(self._days[0], self._now, kinds)
            if period in with_registrations or period.whole_end > kept_since
        ]
