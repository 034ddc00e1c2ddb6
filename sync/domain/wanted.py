"""Which documents should exist, and what they say: of each registration, of each ended period, and on demand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sync.domain.agenda import JudgedBook, Registration
from sync.domain.archive import DocumentName
from sync.domain.book import Book
from sync.domain.cells import read_date
from sync.domain.clean import clean
from sync.domain.compliance import Status
from sync.domain.documents import OF_REGISTRATION, DocumentKind, Due, document_description
from sync.domain.facts import PeriodFacts, registration_facts
from sync.domain.period import Period
from sync.domain.rules import Rules

Numbers = dict[tuple[str, str], str]
"""The clerk's official numbers, by kind and reference."""


@dataclass(frozen=True, slots=True)
class WantedDocument:
    """A document that should be in the archive; ``official_number`` is its own, ``""`` without one."""

    name: DocumentName
    subject: Registration | Period
    official_number: str
    facts: str
    """What it takes from its subject, as :mod:`sync.domain.facts` tells it."""

    @property
    def key(self) -> tuple[str, str]:
        return self.name.kind.value, self.name.reference

    @property
    def draft(self) -> bool:
        return self.name.kind.spec.outgoing and not self.official_number

    @property
    def description(self) -> str:
        """How the archive list describes it; it has no personal data."""
        return document_description(self.name.kind, self.name.reference, self.official_number)


def wanted_of_registrations(book: Book, judged: JudgedBook, rules: Rules, now: datetime) -> Iterator[WantedDocument]:
    """Yield the documents of each registration that is surely one row, in row order.

    A row whose number another row bears too, whose answers stand in each other's columns, or whose cells are another
    row's, is left out until staff have settled what is right, and so is one whose moment is still to come; a cancelled
    one needs no document any more.
    """
    numbers = official_numbers(book)
    for registration in judged.by_number().values():
        if registration.status is Status.CANCELLED or registration.misplaced or registration.is_to_come(now):
            continue
        for kind in _kinds_due(registration, rules):
            yield wanted_of_registration(kind, registration, numbers)


def _kinds_due(registration: Registration, rules: Rules) -> list[DocumentKind]:
    reached = (Due.REGISTRATION, Due.FINISHED) if registration.status is Status.FINISHED else (Due.REGISTRATION,)
    return [kind for kind in OF_REGISTRATION if kind.spec.due in reached and kind.value in rules.issue.kinds]


def wanted_of_registration(kind: DocumentKind, registration: Registration, numbers: Numbers) -> WantedDocument:
    """Return one document of one registration; it is filed under the registration's day."""
    moment = registration.registered_at
    assert moment is not None, "a registration in the ledger has a moment"
    name = DocumentName(kind, registration.number, moment.date())
    # Its own number makes it the numbered document, by another road; a number that it only names is a fact.
    named = "" if kind.spec.outgoing else printed_number(name, numbers)
    return WantedDocument(name, registration, _own_number(name, numbers), registration_facts(kind, registration, named))


def wanted_of_period(kind: DocumentKind, period: Period, numbers: Numbers, facts: PeriodFacts) -> WantedDocument:
    """Return one document of one period; it is filed under the period's last day, or its cut-off."""
    name = DocumentName(kind, period.key, period.last_day)
    return WantedDocument(name, period, _own_number(name, numbers), facts.of(kind, period))


def printed_number(name: DocumentName, numbers: Numbers) -> str:
    """Return the official number that the document prints: its own, or that of the document it goes with."""
    return numbers.get((name.kind.spec.numbered_as or name.kind.value, name.reference), "")


def _own_number(name: DocumentName, numbers: Numbers) -> str:
    return printed_number(name, numbers) if name.kind.spec.outgoing else ""


def official_numbers(book: Book) -> Numbers:
    """Return what the clerk has typed in ``Agenda Keluar`` so far."""
    numbers = {(row.kind, row.reference): clean(row.official_number).strip() for row in book.outgoing}
    return {key: number for key, number in numbers.items() if number}


def sent_days(book: Book) -> dict[tuple[str, str], date]:
    """Return the days that the clerk typed as those of sending, by kind and reference; what is no day is left out."""
    days = {(row.kind, row.reference): read_date(row.cells.sent_on) for row in book.outgoing}
    return {key: day for key, day in days.items() if day is not None}
