"""All of the domain, once: (book, rules, now) → a plan of what to register, file and record.

A plan is a value. ``run`` carries it out, ``run --dry-run`` prints it, and once it is carried out the next plan is
empty. Nothing is addressed by position but as a hint: rows are known by number, documents by id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sync.domain.agenda import JudgedBook, judge_book
from sync.domain.archive import (
    OF_PERIOD,
    DocumentKind,
    archive_path,
    fingerprint,
    latest_revisions,
    same_inputs,
)
from sync.domain.book import AgendaRow, ArchiveEntry, Book, LedgerEntry
from sync.domain.compliance import Clock
from sync.domain.fields import Fields
from sync.domain.newrow import new_agenda_cells
from sync.domain.period import Period, PeriodKind, parse_period, period_of, periods_ended
from sync.domain.registration import NewRegistration, NumberFormat, give_numbers, highest_orders
from sync.domain.rules import Rules
from sync.domain.wanted import (
    WantedDocument,
    official_numbers,
    period_description,
    wanted_of_period,
    wanted_of_registrations,
)

NOT_ALLOCATED = ""
"""The id of a document that is planned but not yet committed."""


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """A document to be filed: its entry in the archive list, and what it will say."""

    entry: ArchiveEntry
    fields: Fields
    fingerprint: str
    """Of ``fields`` and template now; ``entry.fingerprint`` is what an earlier run meant to file under the same id."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one run does, in road order."""

    registrations: tuple[NewRegistration, ...]
    schedule: tuple[PlannedDocument, ...]
    """New documents and revisions; their entries have no id yet."""
    resume: tuple[PlannedDocument, ...]
    """Documents that an earlier run scheduled and did not record."""
    stranded: tuple[ArchiveEntry, ...]
    """Scheduled by an earlier run, but no longer wanted: filed already, or waiting to be wanted again."""
    held: Mapping[str, int]
    """How many documents of each kind wait for ``--reissue`` because only their template changed."""
    judged: JudgedBook
    """The book as it will be with the registrations in it."""
    book: Book

    @property
    def needs_filing(self) -> bool:
        return bool(self.registrations or self.schedule or self.resume or self.stranded)


@dataclass(frozen=True, slots=True)
class Request:
    """What this run was asked to do beyond the routine."""

    periods: tuple[tuple[DocumentKind, Period], ...] = ()
    reissue: bool = False


def decide(
    book: Book, rules: Rules, clock: Clock, now: datetime, templates: Mapping[DocumentKind, str], request: Request
) -> Plan:
    """Return the plan. ``templates`` has the digest of each template."""
    judged = judge_book(book, rules, clock, now)
    registrations = _registrations(book, judged, rules, now)
    if registrations:
        book = _with_registrations(book, registrations, now)
        judged = judge_book(book, rules, clock, now)
    wanted = [*wanted_of_registrations(book, judged, rules), *_wanted_of_periods(book, judged, rules, now, request)]
    latest = latest_revisions(book.archive)
    schedule: list[PlannedDocument] = []
    resume: list[PlannedDocument] = []
    retemplated: list[PlannedDocument] = []
    for document in wanted:
        entry = latest.get((document.name.kind.value, document.name.reference))
        print_now = fingerprint(document.fields, templates[document.name.kind])
        if entry is not None and not entry.filed:
            resume.append(PlannedDocument(replace(entry, description=document.description), document.fields, print_now))
        elif entry is None or not same_inputs(entry.fingerprint, print_now, template_counts=False):
            schedule.append(_planned(document, entry, print_now, rules, now))
        elif entry.fingerprint != print_now:
            retemplated.append(_planned(document, entry, print_now, rules, now))
    reissue = request.reissue or len(retemplated) <= rules.issue.template_reissue_limit
    resumed = {planned.entry.id for planned in resume}
    return Plan(
        registrations=tuple(registrations),
        schedule=tuple(schedule + retemplated if reissue else schedule),
        resume=tuple(resume),
        stranded=tuple(entry for entry in book.archive if not entry.filed and entry.id not in resumed),
        held={} if reissue else dict(Counter(planned.entry.kind for planned in retemplated)),
        judged=judged,
        book=book,
    )


def _registrations(book: Book, judged: JudgedBook, rules: Rules, now: datetime) -> list[NewRegistration]:
    form = NumberFormat(rules.number_prefix, rules.number_digits)
    highest = highest_orders((entry.number for entry in book.ledger), form)
    return give_numbers(judged.pending, highest, form, now)


def _with_registrations(book: Book, registrations: Iterable[NewRegistration], now: datetime) -> Book:
    """Return the book as it will be; the new rows' positions are where they would be appended."""
    ledger, agenda = list(book.ledger), list(book.agenda)
    position = max((row.position for row in agenda), default=-1)
    for registration in registrations:
        position += 1
        response = registration.response
        ledger.append(
            LedgerEntry(
                len(ledger), registration.number, response.key, response.moment, now.replace(microsecond=0), True
            )
        )
        agenda.append(AgendaRow(position, registration.number, new_agenda_cells(registration)))
    return replace(book, ledger=tuple(ledger), agenda=tuple(agenda))


def _wanted_of_periods(
    book: Book, judged: JudgedBook, rules: Rules, now: datetime, request: Request
) -> list[WantedDocument]:
    """Return the documents of periods that ended without one, of interrupted ones, and of those asked for.

    The job issues a period's document once, and its final revision once the clerk has typed the official number.
    Later changes in its rows make a revision only when somebody asks for it: a report that the leadership has read
    does not multiply by itself.
    """
    latest = latest_revisions(book.archive)
    numbers = official_numbers(book)
    due: dict[tuple[DocumentKind, Period], None] = {}
    for period in _periods_to_report(book, judged, rules, now):
        for kind in OF_PERIOD:
            if kind.value in rules.issue.at_period_end and (kind.value, period.key) not in latest:
                due[kind, period] = None
    for (name, reference), entry in latest.items():
        kind = DocumentKind(name)
        if kind in OF_PERIOD:
            period = parse_period(reference)
            official = numbers.get((name, reference), "")
            if not entry.filed or (official and entry.description != period_description(kind, period, official)):
                due[kind, period] = None
    for item in request.periods:
        due[item] = None
    return [
        wanted_of_period(kind, period, numbers.get((kind.value, period.key), ""), book, judged, rules)
        for kind, period in due
    ]


def _planned(
    document: WantedDocument, previous: ArchiveEntry | None, print_now: str, rules: Rules, now: datetime
) -> PlannedDocument:
    revision = previous.revision + 1 if previous else 1
    entry = ArchiveEntry(
        position=-1,
        id=NOT_ALLOCATED,
        reference=document.name.reference,
        kind=document.name.kind.value,
        revision=revision,
        description=document.description,
        path=archive_path(document.name, revision, rules.archive),
        scheduled_at=now.replace(microsecond=0),
        fingerprint=print_now,
        sha256="",
        link="",
        filed=False,
    )
    return PlannedDocument(entry, document.fields, print_now)


def _periods_to_report(book: Book, judged: JudgedBook, rules: Rules, now: datetime) -> list[Period]:
    """Return the ended periods with a registration in them, and those without one since the office keeps this book.

    One response dated years ago by mistake does not make a report of every month since.
    """
    days = {row.registered_at.date() for row in judged.rows if row.known and row.registered_at}
    if not days:
        return []
    kinds = tuple(PeriodKind(name) for name in rules.issue.periods)
    with_registrations = {period_of(day, kind) for day in days for kind in kinds}
    kept_since = min(entry.recorded_at for entry in book.ledger).date()
    return [
        period
        for period in periods_ended(min(days), now, kinds)
        if period in with_registrations or period.end > kept_since
    ]


def allocated(plan: Plan, ids: Sequence[str]) -> Plan:
    """Return the plan with ``ids`` given to its scheduled documents, in their order."""
    schedule = tuple(
        replace(planned, entry=replace(planned.entry, id=document_id))
        for planned, document_id in zip(plan.schedule, ids, strict=True)
    )
    return replace(plan, schedule=schedule)


def filing_order(plan: Plan, now: datetime) -> list[PlannedDocument]:
    """Return what is to be filed, the receipts of today's visitors first: they stand at the desk."""
    moments = {row.number: row.registered_at for row in plan.judged.rows}
    today = {number for number, moment in moments.items() if moment is not None and moment.date() == now.date()}

    def can_wait(item: PlannedDocument) -> bool:
        return item.entry.kind != DocumentKind.RECEIPT.value or item.entry.reference not in today

    return sorted((*plan.resume, *plan.schedule), key=can_wait)
