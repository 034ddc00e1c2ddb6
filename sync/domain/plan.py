"""All of the domain, once: (book, rules, now) → a plan of what to register, file and record.

A plan is a value. ``run`` carries it out, ``run --dry-run`` prints it, and once it is carried out the next plan is
empty. Nothing is addressed by position but as a hint: rows are known by number, documents by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sync.domain.agenda import JudgedBook
from sync.domain.archive import archive_path, fingerprint, latest_revisions
from sync.domain.book import AgendaRow, ArchiveEntry, Book, LedgerEntry
from sync.domain.compliance import Clock
from sync.domain.documents import OF_PERIOD, DocumentKind, document_description, document_fields
from sync.domain.facts import PeriodFacts
from sync.domain.fields import Fields
from sync.domain.life import NEW, Act, Standing, judge_with_documents
from sync.domain.newrow import new_agenda_cells
from sync.domain.passed_over import standing_orders
from sync.domain.period import Period
from sync.domain.registration import NewRegistration, NumberFormat, give_numbers, highest_orders
from sync.domain.remembered import remember
from sync.domain.reports import facts_to_remember, period_of_entry, report_standings
from sync.domain.rules import Rules
from sync.domain.wanted import (
    WantedDocument,
    official_numbers,
    printed_number,
    sent_days,
    wanted_of_period,
    wanted_of_registration,
)
from sync.errors import ReissueUnknown

NOT_ALLOCATED = ""
"""The id of a document that is planned but not yet committed."""


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """A document to be filed: its entry in the archive list, and what it will say."""

    entry: ArchiveEntry
    fields: Fields
    fingerprint: str
    """Of ``fields`` and template now; ``entry.fingerprint`` is what an earlier run meant to file under the same id."""
    act: Act
    numbers: ArchiveEntry | None = None
    """The filed draft that it is the numbered document of: it says what that says, with number and date."""
    dated: date | None = None
    """The day of its official number, which it bears as its date."""


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
    judged: JudgedBook
    """The book as it will be with the registrations in it."""
    book: Book
    requested: tuple[tuple[str, str], ...] = ()
    """Kind and reference of the documents of periods that were asked for."""

    @property
    def needs_filing(self) -> bool:
        return bool(self.registrations or self.schedule or self.resume or self.stranded)


@dataclass(frozen=True, slots=True)
class Request:
    """What this run was asked to do beyond the routine."""

    periods: tuple[tuple[DocumentKind, Period], ...] = ()
    reissue: tuple[str, ...] = ()
    """Registration numbers, periods and kinds whose documents are to be issued again as they would be now."""
    accept_mixed: frozenset[str] = frozenset()
    """Numbers whose rows are taken as they stand, though they hold other rows' cells."""


def decide(
    book: Book, rules: Rules, clock: Clock, now: datetime, templates: Mapping[DocumentKind, str], request: Request
) -> Plan:
    """Return the plan. ``templates`` has the digest of each template.

    Raises:
        PeriodRefused: a period that was asked for has no report to give.
        ReissueUnknown: a name to be issued again is no document's.
    """
    judged, standings = judge_with_documents(book, rules, clock, now, request.accept_mixed)
    registrations = _registrations(book, judged, rules, now)
    if registrations:
        book = _with_registrations(book, registrations, now)
        judged, standings = judge_with_documents(book, rules, clock, now, request.accept_mixed)
    judged = replace(judged, remember={**judged.remember, **facts_to_remember(book, judged)})
    reports, requested = report_standings(book, judged, rules, now, request.periods)
    planner = _Planner(book, judged, rules, now, templates)
    found = [*standings, *reports]
    found += planner.reissued(request.reissue, found)
    broken = {(entry.kind, entry.reference) for entry in book.broken}
    found = [standing for standing in found if standing.wanted.key not in broken]
    planned = [planner.planned(standing) for standing in found if standing.act in (Act.RESUME, *NEW)]
    resume = [item for item in planned if item.act is Act.RESUME]
    resumed = {item.entry.id for item in resume}
    return Plan(
        registrations=tuple(registrations),
        schedule=tuple(item for item in planned if item.act is not Act.RESUME),
        resume=tuple(resume),
        stranded=tuple(entry for entry in book.archive if not entry.filed and entry.id not in resumed),
        judged=judged,
        book=book,
        requested=requested,
    )


class _Planner:
    """Turns what stands into what is to be filed."""

    def __init__(
        self, book: Book, judged: JudgedBook, rules: Rules, now: datetime, templates: Mapping[DocumentKind, str]
    ) -> None:
        self._book, self._judged, self._rules, self._now, self._templates = book, judged, rules, now, templates
        self._numbers, self._sent = official_numbers(book), sent_days(book)

    def planned(self, standing: Standing) -> PlannedDocument:
        wanted, latest = standing.wanted, standing.latest
        draft = self._draft_of(standing)
        entry = latest if standing.act is Act.RESUME else self._new(wanted, latest)
        assert entry is not None, "what is resumed was scheduled"
        fields = self._fields(wanted)
        template = self._templates[wanted.name.kind]
        if draft is None:
            print_now = fingerprint(fields, template)
            named = replace(
                entry,
                description=wanted.description,
                official_number=wanted.official_number,
                draft=wanted.draft,
                facts=wanted.facts,
            )
        else:
            number = entry.official_number if standing.act is Act.RESUME else wanted.official_number
            print_now = fingerprint([draft.fingerprint, number], template)
            named = replace(
                entry,
                description=document_description(wanted.name.kind, wanted.name.reference, number),
                official_number=number,
                draft=False,
                facts=draft.facts or wanted.facts,
            )
        if standing.act is not Act.RESUME:
            named = replace(named, fingerprint=print_now)
        dated = self._sent.get(wanted.key, entry.scheduled_at.date()) if named.official_number else None
        return PlannedDocument(named, fields, print_now, standing.act, draft, dated)

    def _draft_of(self, standing: Standing) -> ArchiveEntry | None:
        """Return the filed draft that is to be numbered, also by a run that was cut off since."""
        latest = standing.latest
        if latest is None:
            return None
        if standing.act is Act.NUMBER:
            return latest
        if standing.act is not Act.RESUME or not latest.official_number:
            return None
        before = [
            entry
            for entry in self._book.archive
            if (entry.kind, entry.reference, entry.revision) == (latest.kind, latest.reference, latest.revision - 1)
        ]
        return next((entry for entry in before if entry.filed and entry.draft), None)

    def _fields(self, wanted: WantedDocument) -> Fields:
        number = printed_number(wanted.name, self._numbers)
        return document_fields(wanted.name.kind, wanted.subject, number, self._book, self._judged, self._rules)

    def _new(self, wanted: WantedDocument, latest: ArchiveEntry | None) -> ArchiveEntry:
        revision = latest.revision + 1 if latest else 1
        return ArchiveEntry(
            position=-1,
            id=NOT_ALLOCATED,
            reference=wanted.name.reference,
            kind=wanted.name.kind.value,
            revision=revision,
            description="",
            path=archive_path(wanted.name, revision, self._rules.archive),
            scheduled_at=self._now.replace(microsecond=0),
            fingerprint="",
            sha256="",
            link="",
            filed=False,
        )

    def reissued(self, names: Sequence[str], found: Sequence[Standing]) -> list[Standing]:
        """Return what is to be issued again of what is filed: by number or period all, by kind what is not closed.

        What would say the same on the same template is left as it is, so asking twice makes no second revision.
        """
        acting = {standing.wanted.key for standing in found if standing.act in (Act.RESUME, *NEW)}
        latest = latest_revisions(self._book.archive)
        kinds = {kind.value for kind in DocumentKind}
        facts = PeriodFacts(self._book, self._judged)
        rows = self._judged.by_number()
        again: dict[tuple[str, str], Standing] = {}
        for name in dict.fromkeys(names):
            chosen = {
                key: entry
                for key, entry in latest.items()
                if name == entry.reference or (name == entry.kind and not entry.closed)
            }
            if not chosen and name not in kinds:
                raise ReissueUnknown(name)
            for key, entry in chosen.items():
                kind = DocumentKind(entry.kind)
                if key in acting or not entry.filed:
                    continue
                if kind in OF_PERIOD:
                    wanted = wanted_of_period(kind, period_of_entry(entry), self._numbers, facts)
                elif entry.reference in rows:
                    wanted = wanted_of_registration(kind, rows[entry.reference], self._numbers)
                else:
                    continue
                if entry.fingerprint != fingerprint(self._fields(wanted), self._templates[kind]):
                    again[key] = Standing(wanted, entry, Act.REISSUE)
        return list(again.values())


def _registrations(book: Book, judged: JudgedBook, rules: Rules, now: datetime) -> list[NewRegistration]:
    form = NumberFormat(rules.number_prefix, rules.number_digits)
    highest = highest_orders((entry.number for entry in book.ledger), form)
    return give_numbers(judged.pending, highest, form, now, standing_orders(book, form))


def _with_registrations(book: Book, registrations: Iterable[NewRegistration], now: datetime) -> Book:
    """Return the book as it will be; the new rows' positions are where they would be appended."""
    ledger, agenda = list(book.ledger), list(book.agenda)
    position = max((row.position for row in agenda), default=-1)
    for registration in registrations:
        position += 1
        response = registration.response
        ledger.append(
            LedgerEntry(
                position=len(ledger),
                number=registration.number,
                response_key=response.key,
                responded_at=response.moment,
                recorded_at=now.replace(microsecond=0),
                present=True,
                remembered=remember(response),
                passed_over=registration.passed_over,
            )
        )
        agenda.append(AgendaRow(position, registration.number, new_agenda_cells(registration)))
    return replace(book, ledger=tuple(ledger), agenda=tuple(agenda))


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
