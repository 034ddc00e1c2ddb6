"""The life of a document: what a run does about it, by what stands in the archive and what its row says now.

A document says what was true of its subject when it was issued (design, section 7). Only changed facts make a revision
by themselves, and at most one a day; the clerk's official number makes the numbered document of the filed draft; after
that it is closed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from sync.domain.agenda import JudgedBook, Registration, judge_book
from sync.domain.archive import fields_digest, latest_revisions
from sync.domain.book import ArchiveEntry, Book
from sync.domain.compliance import Clock, Status
from sync.domain.documents import document_fields
from sync.domain.finding import Code, Finding
from sync.domain.rules import Rules
from sync.domain.wanted import Numbers, WantedDocument, official_numbers, printed_number, wanted_of_registrations
from sync.domain.worktime import WorkCalendar


class Act(Enum):
    """What is to be done about one document."""

    ISSUE = "first issue"
    RESUME = "scheduled by an earlier run"
    REVISE = "its facts changed"
    NUMBER = "the clerk typed its official number"
    REISSUE = "asked for"
    WAIT = "its facts changed, and it was issued today"
    CLOSED = "its facts changed, and it is numbered"
    SETTLED = "it says what is so"


NEW = (Act.ISSUE, Act.REVISE, Act.NUMBER, Act.REISSUE)
"""What makes a new revision."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One document that should be there: what stands, and what is to be done."""

    wanted: WantedDocument
    latest: ArchiveEntry | None
    act: Act


def next_act(
    latest: ArchiveEntry | None, wanted: WantedDocument, facts_then: str, now: datetime, calendar: WorkCalendar
) -> Act:
    """Return what is to be done about a document of which ``latest`` is the newest revision.

    ``facts_then`` are those it was issued with, as they compare with ``wanted.facts``.
    """
    if latest is None:
        return Act.ISSUE
    if not latest.filed:
        return Act.RESUME
    if wanted.official_number and latest.draft:
        return Act.NUMBER
    if facts_then == wanted.facts:
        return Act.SETTLED
    if latest.closed:
        return Act.CLOSED
    return Act.REVISE if may_revise(latest.scheduled_at, now, calendar) else Act.WAIT


def may_revise(issued_at: datetime, now: datetime, calendar: WorkCalendar) -> bool:
    """Tell whether a document issued at ``issued_at`` may be revised: at most once a day, on a working day."""
    return now.date() > issued_at.date() and calendar.hours(now.date()) is not None


def judge_with_documents(
    book: Book, rules: Rules, clock: Clock, now: datetime, accepted: Collection[str] = ()
) -> tuple[JudgedBook, tuple[Standing, ...]]:
    """Judge every row, and what its documents say of it; return also how each registration's document stands.

    ``accepted`` are the numbers whose rows are taken as they stand, though they hold other rows' cells.
    """
    judged = judge_book(book, rules, clock, now, accepted)
    numbers = official_numbers(book)
    latest = latest_revisions(book.archive)
    standings, remember = [], {}
    for wanted in wanted_of_registrations(book, judged, rules, now):
        entry = latest.get(wanted.key)
        then = wanted.facts if entry is None else facts_of(entry, wanted, numbers, book, judged, rules)
        if entry is not None and entry.filed and not entry.facts and then == wanted.facts:
            remember[entry.id] = wanted.facts
        standings.append(Standing(wanted, entry, next_act(entry, wanted, then, now, rules.calendar)))
    return replace(_told(judged, standings), remember=remember), tuple(standings)


def facts_of(
    entry: ArchiveEntry, wanted: WantedDocument, numbers: Numbers, book: Book, judged: JudgedBook, rules: Rules
) -> str:
    """Return the facts that ``entry`` was issued with.

    Version 0.1 (and a list made again from the archive) knows a digest of all fields alone: where it is that of the
    fields as they would be now, nothing has changed. Where it is not, a numbered document is taken as it is, since
    nobody can tell whether facts or frame have changed; a draft is issued once more.
    """
    if entry.facts or entry.closed:
        return entry.facts or wanted.facts
    printed = printed_number(wanted.name, numbers)
    fields = document_fields(wanted.name.kind, wanted.subject, printed, book, judged, rules)
    return wanted.facts if entry.fingerprint.split("-")[0] == fields_digest(fields)[:32] else ""


def _told(judged: JudgedBook, standings: Iterable[Standing]) -> JudgedBook:
    """Say in each row what its documents do not say of it yet, or any more."""
    codes = {Act.WAIT: Code.DOCUMENT_WAITING, Act.CLOSED: Code.DOCUMENT_CLOSED}
    findings: dict[str, list[Finding]] = {}
    for standing in standings:
        if code := codes.get(standing.act):
            name = standing.wanted.name
            findings.setdefault(name.reference, []).append(Finding(code, "", {"title": name.kind.spec.title}))
    if not findings:
        return judged
    rows = tuple(
        replace(row, findings=(*row.findings, *findings.get(row.number, ()))) if row.number in findings else row
        for row in judged.rows
    )
    return replace(judged, rows=rows)


def cancelled_numbers(rows: Sequence[Registration]) -> frozenset[str]:
    """Return the numbers of cancelled visits: what was issued for them is marked so wherever it is linked."""
    return frozenset(row.number for row in rows if row.status is Status.CANCELLED)


def by_key(standings: Iterable[Standing]) -> Mapping[tuple[str, str], Standing]:
    return {standing.wanted.key: standing for standing in standings}
