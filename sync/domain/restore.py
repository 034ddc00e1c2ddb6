"""Deleted rows of the agenda, put back from the ledger and the responses: what registration wrote, and nothing else.

What officers had typed is not kept anywhere but in the documents made of it; those are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sync.domain.archive import OF_REGISTRATION, DocumentKind, latest_filed, latest_revisions
from sync.domain.book import PRESENT, ArchiveEntry, Book, LedgerEntry
from sync.domain.fields.telaahan import subject
from sync.domain.newrow import new_agenda_cells
from sync.domain.rebuild import goes_out
from sync.domain.registration import NewRegistration, Response
from sync.domain.rules import Rules
from sync.domain.table import AppendRows, CellError, Change, NewCell, RowUpdate, UpdateRows
from sync.domain.tabs import AgendaCells, Tab
from sync.domain.wording import DOCUMENT_TITLES
from sync.errors_repair import NumberNeverGiven, ResponseGone, RowStands

_NUMBERED = ", nomor "
"""What stands before the clerk's official number in a document's description."""


@dataclass(frozen=True, slots=True)
class RestoredRow:
    """A row to be put back, and the documents that show what officers had typed into it."""

    entry: LedgerEntry
    registration: NewRegistration
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restoration:
    """What is put back, and the numbers whose response is gone."""

    rows: tuple[RestoredRow, ...]
    outgoing: tuple[ArchiveEntry, ...]
    """Documents of the outgoing book whose row is gone."""
    without_response: tuple[LedgerEntry, ...] = ()


def restore_one(book: Book, number: str, rules: Rules) -> Restoration:
    """Return the row of ``number`` as registration made it.

    Raises:
        NumberNeverGiven: the ledger does not have the number.
        RowStands: a row of the agenda bears it.
        ResponseGone: its response is not in the tab of responses as it was registered.
    """
    entry = book.ledger_by_number().get(number)
    if entry is None:
        raise NumberNeverGiven(rules.tab_names[Tab.REGISTER])
    standing = next((row for row in book.agenda if row.number == number), None)
    if standing is not None:
        raise RowStands(rules.tab_names[Tab.AGENDA], number, standing.position + 2)
    response = responses_by_key(book).get(entry.response_key)
    if response is None:
        moment = (entry.responded_at or entry.recorded_at).isoformat(sep=" ", timespec="minutes")
        raise ResponseGone(rules.tab_names[Tab.RESPONSES], number, moment)
    return Restoration((_restored(entry, response, book),), ())


def restore_all(book: Book) -> Restoration:
    """Return every row of the ledger that the agenda lacks, and every row that the outgoing book lacks."""
    standing = {row.number for row in book.agenda}
    responses = responses_by_key(book)
    deleted = [entry for entry in book.ledger if entry.number not in standing]
    rows = [
        _restored(entry, responses[entry.response_key], book) for entry in deleted if entry.response_key in responses
    ]
    gone = tuple(entry for entry in deleted if entry.response_key not in responses)
    return Restoration(tuple(rows), tuple(missing_outgoing(book)), gone)


def restore_changes(restoration: Restoration, book: Book, rules: Rules) -> list[Change]:
    """Return the one commit that puts everything back; empty when there is nothing to."""
    columns = rules.columns
    changes: list[Change] = []
    gone = [row.entry for row in restoration.rows if not row.entry.present]
    if gone:
        presence = columns.register.values({"presence": PRESENT})
        updates = tuple(RowUpdate(entry.position, entry.number, presence) for entry in gone)
        changes.append(UpdateRows(columns.register.tab, columns.register.header("number"), updates))
    if restoration.rows:
        changes.append(agenda_rows([row.registration for row in restoration.rows], rules))
    if restoration.outgoing:
        topics = {row.number: row.cells for row in book.agenda}
        topics |= {row.entry.number: new_agenda_cells(row.registration) for row in restoration.rows}
        changes.append(outgoing_rows(restoration.outgoing, book.archive, topics, rules))
    return changes


def responses_by_key(book: Book) -> dict[str, Response]:
    """Return the responses by key; of several copies the first, as registration takes it."""
    return {response.key: response for response in reversed(book.responses)}


def missing_outgoing(book: Book) -> list[ArchiveEntry]:
    """Return the latest revision of each document that should have a row in the outgoing book and has none."""
    there = {(row.kind, row.reference) for row in book.outgoing}
    return [
        entry
        for entry in latest_revisions(book.archive).values()
        if goes_out(entry) and (DOCUMENT_TITLES[entry.kind], entry.reference) not in there
    ]


def agenda_rows(registrations: Sequence[NewRegistration], rules: Rules) -> AppendRows:
    """Return the rows with what registration writes. The job's other columns are the next run's to derive."""
    columns = rules.columns.agenda
    return AppendRows(columns.tab, tuple(columns.values(_filled(new_agenda_cells(item))) for item in registrations))


def outgoing_rows(
    documents: Iterable[ArchiveEntry],
    archive: Iterable[ArchiveEntry],
    agenda: Mapping[str, AgendaCells],
    rules: Rules,
) -> AppendRows:
    """Return the outgoing book's rows of ``documents``, with the official number where the document itself bears it.

    ``agenda`` has the rows by number: a telaahan is summed up by its topic.
    """
    columns = rules.columns.outgoing
    first: dict[tuple[str, str], ArchiveEntry] = {}
    for entry in archive:
        key = (entry.kind, entry.reference)
        if key not in first or entry.revision < first[key].revision:
            first[key] = entry
    rows: list[dict[str, NewCell]] = []
    for entry in documents:
        title, _, official = entry.description.partition(_NUMBERED)
        cells = agenda.get(entry.reference) if entry.kind == DocumentKind.TELAAHAN.value else None
        rows.append(
            columns.values(
                {
                    "date": first[entry.kind, entry.reference].scheduled_at.date(),
                    "reference": entry.reference,
                    "kind": DOCUMENT_TITLES[entry.kind],
                    "addressee": rules.office(first[entry.kind, entry.reference].scheduled_at).addressee,
                    "summary": subject(cells) if cells else title.rsplit(",", 1)[0],
                    "official_number": official or None,
                }
            )
        )
    return AppendRows(columns.tab, tuple(rows))


def documents_of(book: Book, number: str) -> tuple[str, ...]:
    """Return where the documents of a registration lie, the newest revision of each, receipts left out."""
    filed = latest_filed(book.archive)
    return tuple(
        filed[kind.value, number].path
        for kind in OF_REGISTRATION
        if kind is not DocumentKind.RECEIPT and (kind.value, number) in filed
    )


def _restored(entry: LedgerEntry, response: Response, book: Book) -> RestoredRow:
    moment = entry.responded_at or entry.recorded_at
    return RestoredRow(entry, NewRegistration(entry.number, response, moment), documents_of(book, entry.number))


def _filled(cells: AgendaCells) -> dict[str, NewCell]:
    return {
        field: cell.code if isinstance(cell, CellError) else cell
        for field, cell in zip(AgendaCells._fields, cells, strict=True)
        if cell is not None
    }
