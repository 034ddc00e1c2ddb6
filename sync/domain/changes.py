"""A plan as changes to the workbook: first what is given out (numbers, ids), later what has become of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sync.domain.agenda import JudgedBook, Registration
from sync.domain.archive import OUTGOING, DocumentKind, latest_filed
from sync.domain.book import DERIVED_FIELDS, FILED, GONE, PRESENT, SCHEDULED, ArchiveEntry, Book, with_filed
from sync.domain.cells import read_text
from sync.domain.fields.recap_tab import recap_tab_rows
from sync.domain.plan import Plan, PlannedDocument
from sync.domain.rules import Rules
from sync.domain.table import (
    AddColumns,
    AppendRows,
    Cell,
    CellError,
    Change,
    Link,
    NewCell,
    ReplaceRows,
    RowUpdate,
    UpdateRows,
)
from sync.domain.tabs import AgendaCells, RecapCells
from sync.domain.wording import DOCUMENT_TITLES, finding_text, findings_text, revision_text


def schedule_changes(plan: Plan, rules: Rules, now: datetime) -> list[Change]:
    """Return the first commit: registrations into ``Register`` and ``Agenda``, documents into ``Arsip``.

    Every scheduled document has its id by now.
    """
    columns = rules.columns
    changes: list[Change] = []
    if plan.registrations:
        judged = {row.number: row for row in plan.judged.rows}
        rows = [judged[registration.number] for registration in plan.registrations]
        recorded_at = now.replace(microsecond=0)
        changes += [
            AppendRows(
                columns.register.tab,
                tuple(
                    columns.register.values(
                        {
                            "number": registration.number,
                            "response_key": registration.response.key,
                            "responded_at": registration.response.moment,
                            "recorded_at": recorded_at,
                            "presence": PRESENT,
                        }
                    )
                    for registration in plan.registrations
                ),
            ),
            AppendRows(
                columns.agenda.tab,
                tuple(columns.agenda.values(_new_row(row) | _derived(row, {}, rules)) for row in rows),
            ),
        ]
    if plan.schedule:
        changes.append(
            AppendRows(
                columns.archive.tab,
                tuple(columns.archive.values(_archive_row(planned.entry, rules)) for planned in plan.schedule),
            )
        )
    outgoing = _new_outgoing(plan, rules, now)
    if outgoing:
        changes.append(AppendRows(columns.outgoing.tab, tuple(columns.outgoing.values(row) for row in outgoing)))
    return with_columns(changes, plan.book) if changes else []


def with_columns(changes: Sequence[Change], book: Book) -> list[Change]:
    """Return ``changes`` after those that add what the job's columns lack in a book of an earlier version."""
    return [*(AddColumns(tab, headers) for tab, headers in book.lacking.items()), *changes]


def _new_row(row: Registration) -> dict[str, NewCell]:
    return {
        field: _new_cell(cell) for field, cell in zip(AgendaCells._fields, row.cells, strict=True) if cell is not None
    }


def _new_cell(cell: Cell) -> NewCell:
    return cell.code if isinstance(cell, CellError) else cell


def _archive_row(entry: ArchiveEntry, rules: Rules) -> dict[str, NewCell]:
    return {
        "id": entry.id,
        "reference": entry.reference,
        "kind": entry.kind,
        "revision": entry.revision,
        "classification": rules.archive.code_of_kind[entry.kind],
        "description": entry.description,
        "path": entry.path,
        "scheduled_at": entry.scheduled_at,
        "fingerprint": entry.fingerprint,
        "state": SCHEDULED,
    }


def _new_outgoing(plan: Plan, rules: Rules, now: datetime) -> list[dict[str, NewCell]]:
    """Return a row for each document that goes to the leadership for the first time."""
    standing = {(row.kind, row.reference) for row in plan.book.outgoing}
    rows: list[dict[str, NewCell]] = []
    for planned in plan.schedule:
        entry = planned.entry
        title = DOCUMENT_TITLES[entry.kind]
        if DocumentKind(entry.kind) in OUTGOING and entry.revision == 1 and (title, entry.reference) not in standing:
            rows.append(
                {
                    "date": now.date(),
                    "reference": entry.reference,
                    "kind": title,
                    "addressee": rules.office(now).addressee,
                    "summary": _summary(planned),
                }
            )
    return rows


def _summary(planned: PlannedDocument) -> str:
    hal = planned.fields.get("hal")
    return hal if isinstance(hal, str) and hal else planned.entry.description.rsplit(",", 1)[0]


def record_changes(
    book: Book, judged: JudgedBook, rules: Rules, now: datetime, filed: Mapping[str, ArchiveEntry]
) -> list[Change]:
    """Return the second commit: what was filed, and every derived cell that is not what it should be.

    ``filed`` are the entries, by id, of what was filed since ``book`` was read. Empty when there is nothing to write.
    """
    as_read, book = book, with_filed(book, filed)
    changes: list[Change] = []
    _add(
        changes,
        rules.columns.archive.tab,
        rules.columns.archive.header("id"),
        _archive_updates(as_read, rules, now, filed),
    )
    _add(
        changes,
        rules.columns.register.tab,
        rules.columns.register.header("number"),
        _register_updates(book, judged, rules),
    )
    _add(changes, rules.columns.agenda.tab, rules.columns.agenda.header("number"), _agenda_updates(book, judged, rules))
    _add(
        changes,
        rules.columns.outgoing.tab,
        rules.columns.outgoing.header("reference"),
        _outgoing_updates(book, rules),
    )
    recap = recap_tab_rows(judged, rules, now)
    if _as_read(recap) != _as_read(book.recap):
        columns = rules.columns.recap
        changes.append(
            ReplaceRows(
                columns.tab,
                tuple(columns.values(dict(zip(RecapCells._fields, row, strict=True))) for row in recap),
            )
        )
    return with_columns(changes, book)


def _add(changes: list[Change], tab: str, key_header: str, updates: list[RowUpdate]) -> None:
    if updates:
        changes.append(UpdateRows(tab, key_header, tuple(updates)))


def _archive_updates(book: Book, rules: Rules, now: datetime, filed: Mapping[str, ArchiveEntry]) -> list[RowUpdate]:
    """Write of a row what is new, and no more: should it meet another row, that one's own description stands."""
    updates = []
    for entry in book.archive:
        if new := filed.get(entry.id):
            values: dict[str, NewCell] = {"filed_at": now.replace(microsecond=0), "state": FILED}
            for field in ("description", "fingerprint", "sha256", "link"):
                if getattr(new, field) != getattr(entry, field):
                    values[field] = getattr(new, field)
            updates.append(RowUpdate(entry.position, entry.id, rules.columns.archive.values(values)))
    return updates


def _register_updates(book: Book, judged: JudgedBook, rules: Rules) -> list[RowUpdate]:
    deleted = {entry.number for entry in judged.deleted}
    columns = rules.columns.register
    return [
        RowUpdate(
            entry.position, entry.number, columns.values({"presence": GONE if entry.number in deleted else PRESENT})
        )
        for entry in book.ledger
        if entry.present == (entry.number in deleted)
    ]


def _agenda_updates(book: Book, judged: JudgedBook, rules: Rules) -> list[RowUpdate]:
    documents = latest_filed(book.archive)
    updates = []
    for row in judged.rows:
        wanted = _derived(row, documents, rules)
        different = {
            field: value for field, value in wanted.items() if _shown(value) != read_text(getattr(row.cells, field))
        }
        if different:
            updates.append(RowUpdate(row.position, row.number, rules.columns.agenda.values(different)))
    for left in book.leftovers:
        emptied = {field: None for field in DERIVED_FIELDS if getattr(left.cells, field) is not None}
        updates.append(RowUpdate(left.position, left.number, rules.columns.agenda.values(emptied)))
    return updates


def _derived(row: Registration, documents: Mapping[tuple[str, str], ArchiveEntry], rules: Rules) -> dict[str, NewCell]:
    """Return the row's four derived cells as they should be."""
    header = rules.columns.agenda.header
    sentences = [finding_text(finding, header(finding.field) if finding.field else "") for finding in row.findings]
    return {
        "status": row.status.value if row.number else None,
        "findings": findings_text(sentences) or None,
        "receipt": _link(documents.get((DocumentKind.RECEIPT.value, row.number))) if row.known else None,
        "telaahan": _link(documents.get((DocumentKind.TELAAHAN.value, row.number))) if row.known else None,
    }


def _link(entry: ArchiveEntry | None) -> Link | None:
    """The text names its document: a link that a sort in flight left in another row is a wrong text, and is mended."""
    if entry is None:
        return None
    return Link(f"{revision_text(DOCUMENT_TITLES[entry.kind], entry.revision)} {entry.reference}", entry.link)


def _outgoing_updates(book: Book, rules: Rules) -> list[RowUpdate]:
    documents = latest_filed(book.archive)
    kinds = {title: kind for kind, title in DOCUMENT_TITLES.items()}
    updates = []
    for row in book.outgoing:
        link = _link(documents.get((kinds.get(row.kind, ""), row.reference)))
        if link and link.text != row.document:
            updates.append(RowUpdate(row.position, row.reference, rules.columns.outgoing.values({"document": link})))
    return updates


def _shown(value: NewCell) -> str:
    return value.text if isinstance(value, Link) else read_text(value)


def _as_read(rows: Sequence[Sequence[NewCell | CellError]]) -> list[tuple[str | float | None, ...]]:
    """Return rows as they compare whatever stored them: numbers by value, text trimmed, no empty rows at the end."""
    plain = [tuple(_comparable(cell) for cell in row) for row in rows]
    while plain and not any(cell not in (None, "") for cell in plain[-1]):
        plain.pop()
    return plain


def _comparable(cell: NewCell | CellError) -> str | float | None:
    if isinstance(cell, Link):
        return cell.text
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return round(cell, 6)
    return read_text(cell) or None
