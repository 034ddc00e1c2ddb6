"""Which documents should exist, and what they say: of each registration, of each ended period, and on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sync.domain.agenda import JudgedBook, Registration
from sync.domain.archive import OF_REGISTRATION, OUTGOING, DocumentKind, DocumentName
from sync.domain.book import Book
from sync.domain.clean import clean
from sync.domain.compliance import Status
from sync.domain.fields import Fields
from sync.domain.fields.agenda_in import agenda_in_fields
from sync.domain.fields.agenda_out import agenda_out_fields
from sync.domain.fields.contents import contents_fields
from sync.domain.fields.disposition import disposition_fields
from sync.domain.fields.recap import recap_fields
from sync.domain.fields.receipt import receipt_fields
from sync.domain.fields.telaahan import telaahan_fields
from sync.domain.period import Period
from sync.domain.rules import Rules
from sync.domain.wording import DOCUMENT_TITLES, DRAFT, period_text


@dataclass(frozen=True, slots=True)
class WantedDocument:
    """A document that should be in the archive as ``fields`` say. ``description`` has no personal data."""

    name: DocumentName
    description: str
    fields: Fields


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
            # The disposition sheet goes with its telaahan and names that one's number.
            official = numbers.get((DocumentKind.TELAAHAN.value, registration.number), "")
            yield wanted_of_registration(kind, registration, official, book, rules)


def _kinds_due(registration: Registration, rules: Rules) -> list[DocumentKind]:
    due = list(rules.issue.at_registration)
    if registration.status is Status.FINISHED:
        due += rules.issue.when_finished
    return [kind for kind in OF_REGISTRATION if kind.value in due]


def wanted_of_registration(
    kind: DocumentKind, registration: Registration, official_number: str, book: Book, rules: Rules
) -> WantedDocument:
    """Return one document of one registration. ``kind`` is one of :data:`OF_REGISTRATION`."""
    if kind is DocumentKind.RECEIPT:
        fields: Fields = receipt_fields(registration, rules)
    elif kind is DocumentKind.TELAAHAN:
        fields = telaahan_fields(registration, official_number, book.officers, rules)
    else:
        fields = disposition_fields(registration, official_number, book.officers, rules)
    moment = registration.registered_at
    assert moment is not None, "a registration in the ledger has a moment"
    return WantedDocument(
        DocumentName(kind, registration.number, moment.date()),
        _described(kind, f"{DOCUMENT_TITLES[kind.value]} {registration.number}", official_number),
        fields,
    )


def wanted_of_period(
    kind: DocumentKind, period: Period, official_number: str, book: Book, judged: JudgedBook, rules: Rules
) -> WantedDocument:
    """Return one document of one period; it is filed under the period's last day."""
    builders: Mapping[DocumentKind, Callable[[], Fields]] = {
        DocumentKind.RECAP: lambda: recap_fields(period, judged, rules),
        DocumentKind.AGENDA_IN: lambda: agenda_in_fields(period, judged, rules),
        DocumentKind.AGENDA_OUT: lambda: agenda_out_fields(period, book.outgoing, rules),
        DocumentKind.CONTENTS: lambda: contents_fields(period, book.archive, rules),
    }
    fields = builders[kind]()
    if kind in OUTGOING:
        fields = {**fields, "nomor_naskah": clean(official_number), "konsep": not official_number}
    return WantedDocument(
        DocumentName(kind, period.key, period.last_day), period_description(kind, period, official_number), fields
    )


def period_description(kind: DocumentKind, period: Period, official_number: str) -> str:
    """Return how the archive list describes a period's document."""
    return _described(kind, f"{DOCUMENT_TITLES[kind.value]} {period_text(period)}", official_number)


def _described(kind: DocumentKind, text: str, official_number: str) -> str:
    """Say of a document that goes out whether it is a draft; that is how a run knows which number it has."""
    if kind not in OUTGOING:
        return text
    return f"{text}, nomor {clean(official_number)}" if official_number else f"{text}, {DRAFT}"


def official_numbers(book: Book) -> dict[tuple[str, str], str]:
    """Return the clerk's official numbers, by kind and reference (``Agenda Keluar`` shows kinds by their titles)."""
    kinds = {title: kind for kind, title in DOCUMENT_TITLES.items()}
    return {
        (kinds.get(row.kind, row.kind), row.reference): row.official_number
        for row in book.outgoing
        if row.official_number
    }
