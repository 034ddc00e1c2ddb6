"""Which documents the agenda shows, which the archive list has, and which of them are this office's own."""

from __future__ import annotations

from collections.abc import Container, Iterable

from sync.domain.book import ArchiveEntry, Book, BrokenEntry, LedgerEntry
from sync.domain.cells import read_text
from sync.domain.documents import LINKED, OF_REGISTRATION, DocumentKind
from sync.domain.first_version import retitled
from sync.domain.numbers import read_number
from sync.domain.rules import Rules
from sync.domain.wording import CANCELLED


def own_prefixes(ledger: Iterable[LedgerEntry], rules: Rules) -> frozenset[str]:
    """Return the number prefixes of this office: the configured one, and those under which it ever gave a number."""
    read = (read_number(entry.number) for entry in ledger)
    return frozenset({rules.number_prefix, *(parts.prefix for parts in read if parts)})


def is_of_registration(entry: ArchiveEntry, own: Container[str]) -> bool:
    """Tell whether a row of the list is of a registration of this office; ``own`` are its prefixes.

    Version 0.1 listed another office's documents too where the archive folder was shared.
    """
    parts = read_number(entry.reference)
    return parts is not None and parts.prefix in own and entry.kind in {kind.value for kind in OF_REGISTRATION}


def shown_documents(book: Book) -> set[tuple[str, str]]:
    """Return (kind, number) of the documents that the agenda shows in rows of numbers that were given.

    A link is its row's own where it ends with the row's number, in whichever column: cells may have moved.
    """
    known = book.ledger_by_number()
    return {
        (_kind_shown(text, kind), row.number)
        for row in book.agenda
        if row.number in known
        for kind in LINKED
        if (text := _link_text(read_text(getattr(row.cells, kind.spec.agenda_field)))).endswith(f" {row.number}")
    }


def _link_text(cell: str) -> str:
    return retitled(cell).removesuffix(CANCELLED).rstrip()


def _kind_shown(text: str, column: DocumentKind) -> str:
    """Return the kind that a link's title names; where it names none of today's, that of its column."""
    found: DocumentKind = next((kind for kind in LINKED if text.startswith(kind.spec.title)), column)
    return str(found.value)


def listed_documents(book: Book) -> set[tuple[str, str]]:
    """Return (kind, reference) of every document on the list, in damaged rows too."""
    rows: list[ArchiveEntry | BrokenEntry] = [*book.archive, *book.broken]
    return {(row.kind, row.reference) for row in rows}
