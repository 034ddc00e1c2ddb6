"""Which documents should exist, and what they say: of each registration, of each ended period, and on demand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sync.domain.agenda import JudgedBook, Registration
from sync.domain.archive import DocumentName
from sync.domain.book import Book
from sync.domain.clean import clean
from sync.domain.compliance import Status
from sync.domain.documents import OF_REGISTRATION, DocumentKind, Due, document_description, document_fields
from sync.domain.fields import Fields
from sync.domain.period import Period
from sync.domain.rules import Rules

Numbers = dict[tuple[str, str], str]
"""The clerk's official numbers, by kind and reference."""


@dataclass(frozen=True, slots=True)
class WantedDocument:
    """A document that should be in the archive as ``fields`` say; ``official_number`` is ``""`` without one."""

    name: DocumentName
    official_number: str
    fields: Fields

    @property
    def draft(self) -> bool:
        return self.name.kind.spec.outgoing and not self.official_number

    @property
    def description(self) -> str:
        """How the archive list describes it; it has no personal data."""
        return document_description(self.name.kind, self.name.reference, self.official_number)


def wanted_of_registrations(book: Book, judged: JudgedBook, rules: Rules, now: datetime) -> Iterator[WantedDocument]:
    """Yield the documents of each registration that is surely one row, in row order.

    A row whose number another row bears too, or whose answers stand in each other's columns, is left out until staff
    have settled what is right, and so is one whose moment is still to come; a cancelled one needs no document any more.
    """
    numbers = official_numbers(book)
    for registration in judged.by_number().values():
        if registration.status is Status.CANCELLED or registration.shifted or registration.is_to_come(now):
            continue
        for kind in _kinds_due(registration, rules):
            yield wanted_of_registration(kind, registration, numbers, book, judged, rules)


def _kinds_due(registration: Registration, rules: Rules) -> list[DocumentKind]:
    reached = (Due.REGISTRATION, Due.FINISHED) if registration.status is Status.FINISHED else (Due.REGISTRATION,)
    return [kind for kind in OF_REGISTRATION if kind.spec.due in reached and kind.value in rules.issue.kinds]


def wanted_of_registration(
    kind: DocumentKind, registration: Registration, numbers: Numbers, book: Book, judged: JudgedBook, rules: Rules
) -> WantedDocument:
    """Return one document of one registration; it is filed under the registration's day."""
    moment = registration.registered_at
    assert moment is not None, "a registration in the ledger has a moment"
    name = DocumentName(kind, registration.number, moment.date())
    return _wanted(name, registration, numbers, book, judged, rules)


def wanted_of_period(
    kind: DocumentKind, period: Period, numbers: Numbers, book: Book, judged: JudgedBook, rules: Rules
) -> WantedDocument:
    """Return one document of one period; it is filed under the period's last day."""
    return _wanted(DocumentName(kind, period.key, period.last_day), period, numbers, book, judged, rules)


def _wanted(
    name: DocumentName,
    subject: Registration | Period,
    numbers: Numbers,
    book: Book,
    judged: JudgedBook,
    rules: Rules,
) -> WantedDocument:
    spec = name.kind.spec
    printed = numbers.get((spec.numbered_as or spec.key, name.reference), "")
    fields = document_fields(name.kind, subject, printed, book, judged, rules)
    return WantedDocument(name, printed if spec.outgoing else "", fields)


def official_numbers(book: Book) -> Numbers:
    """Return what the clerk has typed in ``Agenda Keluar`` so far."""
    numbers = {(row.kind, row.reference): clean(row.official_number).strip() for row in book.outgoing}
    return {key: number for key, number in numbers.items() if number}
