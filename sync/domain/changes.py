"""A plan as changes to the workbook: first what is given out (numbers, ids), later what has become of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sync.domain.agenda import JudgedBook, Registration
from sync.domain.archive import latest_filed
from sync.domain.book import (
    DERIVED_FIELDS,
    DRAFT,
    FILED,
    GONE,
    NUMBERED,
    PRESENT,
    SCHEDULED,
    ArchiveEntry,
    Book,
    with_filed,
)
from sync.domain.compliance import Status
from sync.domain.documents import LINKED, OUTGOING, DocumentKind, document_title
from sync.domain.plan import Plan, PlannedDocument
from sync.domain.recap.tab import recap_tab_rows
from sync.domain.remembered import remember
from sync.domain.reports import outdated_reports
from sync.domain.rules import Rules
from sync.domain.shown import comparable, document_link, shows
from sync.domain.table import (
    AddColumns,
    AppendRows,
    Cell,
    CellError,
    Change,
    NewCell,
    ReplaceRows,
    RowUpdate,
    UpdateRows,
)
from sync.domain.tabs import AgendaCells, RecapCells
from sync.domain.wording import finding_text, findings_text


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
                            "memory": plan.judged.mixture.memories.get(registration.number),
                            "remembered": remember(registration.response).write(),
                        }
                        | ({"passed_over": registration.passed_over} if registration.passed_over else {})
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
        "facts": entry.facts,
        "state": SCHEDULED,
        **stage_cells(entry),
    }


def stage_cells(entry: ArchiveEntry) -> dict[str, NewCell]:
    """Return an entry's cells of ``Arsip`` that say whether it is a draft or numbered; both empty if it never is."""
    if entry.closed:
        return {"official_number": entry.official_number, "stage": NUMBERED}
    return {"official_number": None, "stage": DRAFT if entry.draft else None}


def _new_outgoing(plan: Plan, rules: Rules, now: datetime) -> list[dict[str, NewCell]]:
    """Return a row for each document that goes to the leadership for the first time."""
    standing = {(row.kind, row.reference) for row in plan.book.outgoing}
    rows: list[dict[str, NewCell]] = []
    for planned in plan.schedule:
        entry = planned.entry
        kind = DocumentKind(entry.kind)
        if kind in OUTGOING and entry.revision == 1 and (entry.kind, entry.reference) not in standing:
            rows.append(
                {
                    "date": now.date(),
                    "reference": entry.reference,
                    "kind": kind.spec.title,
                    "addressee": rules.office(now).addressee,
                    "summary": _summary(planned),
                    "kind_key": entry.kind,
                }
            )
    return rows


def _summary(planned: PlannedDocument) -> str:
    hal = planned.fields.get("hal")
    if isinstance(hal, str) and hal:
        return hal
    return document_title(DocumentKind(planned.entry.kind), planned.entry.reference)


def portion_changes(plan: Plan, rules: Rules, now: datetime, filed: Mapping[str, ArchiveEntry]) -> list[Change]:
    """Return what records ``filed`` in the archive list alone: positions are those of the plan, ids say the rest."""
    listed = (*plan.book.archive, *(planned.entry for planned in plan.schedule))
    changes: list[Change] = []
    updates = _archive_updates(replace(plan.book, archive=listed), rules, now, filed, {})
    _add(changes, rules.columns.archive.tab, rules.columns.archive.header("id"), updates)
    return with_columns(changes, plan.book) if changes else []


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
        _archive_updates(as_read, rules, now, filed, judged.remember),
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
        _outgoing_updates(book, judged, rules),
    )
    recap = recap_tab_rows(judged, rules, now, _outdated(book, judged, now))
    if comparable(recap) != comparable(book.recap):
        columns = rules.columns.recap
        changes.append(
            ReplaceRows(
                columns.tab,
                tuple(columns.values(dict(zip(RecapCells._fields, row, strict=True))) for row in recap),
            )
        )
    return with_columns(changes, book)


def _outdated(book: Book, judged: JudgedBook, now: datetime) -> list[tuple[str, int]]:
    found = outdated_reports(book, judged, now)
    return [(document_title(DocumentKind(item.entry.kind), item.entry.reference), item.visits) for item in found]


def _add(changes: list[Change], tab: str, key_header: str, updates: list[RowUpdate]) -> None:
    if updates:
        changes.append(UpdateRows(tab, key_header, tuple(updates)))


def _archive_updates(
    book: Book, rules: Rules, now: datetime, filed: Mapping[str, ArchiveEntry], remember: Mapping[str, str]
) -> list[RowUpdate]:
    """Write of a row what is new, and no more: should it meet another row, that one's own description stands."""
    updates = []
    for entry in book.archive:
        if new := filed.get(entry.id):
            values: dict[str, NewCell] = {"filed_at": now.replace(microsecond=0), "state": FILED}
            for field in ("description", "fingerprint", "sha256", "link", "facts"):
                if getattr(new, field) != getattr(entry, field):
                    values[field] = getattr(new, field)
            if stage_cells(new) != stage_cells(entry):
                values |= stage_cells(new)
            updates.append(RowUpdate(entry.position, entry.id, rules.columns.archive.values(values)))
        elif facts := remember.get(entry.id):
            updates.append(RowUpdate(entry.position, entry.id, rules.columns.archive.values({"facts": facts})))
    return updates


def _register_updates(book: Book, judged: JudgedBook, rules: Rules) -> list[RowUpdate]:
    deleted = {entry.number for entry in judged.deleted}
    columns = rules.columns.register
    updates = []
    for entry in book.ledger:
        values: dict[str, NewCell] = {}
        if entry.present == (entry.number in deleted):
            values["presence"] = GONE if entry.number in deleted else PRESENT
        if (memory := judged.mixture.memories.get(entry.number)) is not None:
            values["memory"] = memory
        if remembered := judged.remembered.get(entry.number):
            values["remembered"] = remembered.write()
        if values:
            updates.append(RowUpdate(entry.position, entry.number, columns.values(values)))
    return updates


def _agenda_updates(book: Book, judged: JudgedBook, rules: Rules) -> list[RowUpdate]:
    documents = latest_filed(book.archive)
    broken = {(entry.kind, entry.reference) for entry in book.broken}
    updates = []
    for row in judged.rows:
        wanted = _derived(row, documents, rules)
        for kind in LINKED:
            if (kind.value, row.number) in broken:
                del wanted[kind.spec.agenda_field]  # its link is not known until the row of the list is mended
        different = {field: value for field, value in wanted.items() if not shows(getattr(row.cells, field), value)}
        if different:
            updates.append(RowUpdate(row.position, row.number, rules.columns.agenda.values(different)))
    for left in book.leftovers:
        emptied = {field: None for field in DERIVED_FIELDS if getattr(left.cells, field) is not None}
        updates.append(RowUpdate(left.position, left.number, rules.columns.agenda.values(emptied)))
    return updates


def _derived(row: Registration, documents: Mapping[tuple[str, str], ArchiveEntry], rules: Rules) -> dict[str, NewCell]:
    """Return the row's four derived cells as they should be."""
    header = rules.columns.agenda.header
    cancelled = row.status is Status.CANCELLED
    sentences = [finding_text(finding, header(finding.field) if finding.field else "") for finding in row.findings]
    return {
        "status": row.status.value if row.number else None,
        "findings": findings_text(sentences) or None,
        **{
            kind.spec.agenda_field: document_link(documents.get((kind.value, row.number)), cancelled)
            if row.known
            else None
            for kind in LINKED
        },
    }


def _outgoing_updates(book: Book, judged: JudgedBook, rules: Rules) -> list[RowUpdate]:
    documents = latest_filed(book.archive)
    cancelled = {row.number for row in judged.rows if row.status is Status.CANCELLED}
    updates = []
    for row in book.outgoing:
        link = document_link(documents.get((row.kind, row.reference)), row.reference in cancelled)
        if link and not shows(row.document, link):
            updates.append(RowUpdate(row.position, row.reference, rules.columns.outgoing.values({"document": link})))
    return updates
