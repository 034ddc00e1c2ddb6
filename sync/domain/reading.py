"""Reading the workbook's tables as values. A tab that the job alone writes has to be as the job left it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sync.domain.book import (
    DERIVED_FIELDS,
    FILED,
    FOLDER,
    GONE,
    SCHEDULED,
    AgendaRow,
    ArchiveEntry,
    Book,
    LedgerEntry,
    OutgoingRow,
)
from sync.domain.cells import Unreadable, is_filled, name_key, read_moment, read_text
from sync.domain.columns import COLUMNS, LISTED_FIELDS
from sync.domain.officers import read_officers
from sync.domain.registration import Response, read_responses
from sync.domain.rules import Rules
from sync.domain.table import Cell, Snapshot, Table
from sync.domain.tabs import AgendaCells, ArchiveCells, OutgoingCells, Tab
from sync.errors import HeaderMissing, LedgerBroken

RESPONSE_ID = "ID Respons"
"""The header of a column of response ids, where the source of responses has them (the Forms API does)."""
_NUMBER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,31}-\d{4}-\d{1,9}", re.ASCII)
_NO_DAY = date(1900, 1, 1)


def tabs_to_read(rules: Rules) -> tuple[str, ...]:
    """Return the names of all eight tabs."""
    return tuple(rules.tab_names[tab] for tab in Tab)


def read_book(snapshot: Snapshot, rules: Rules, utc_offset: timedelta) -> Book:
    """Return the workbook's content as values.

    Raises:
        TabMissing, HeaderMissing, HeaderDoubled: the workbook is not whole.
        LedgerBroken: a tab that the job alone writes was edited by hand.
    """
    columns, names = rules.columns, rules.tab_names

    def table(tab: Tab) -> Table:
        return snapshot.table(names[tab])

    agenda, leftovers = _read_agenda(columns.agenda.read(table(Tab.AGENDA)))
    return Book(
        responses=_read_responses(table(Tab.RESPONSES), rules, utc_offset),
        ledger=_read_ledger(table(Tab.REGISTER), rules),
        agenda=agenda,
        archive=_read_archive(table(Tab.ARCHIVE), rules),
        outgoing=_read_outgoing(columns.outgoing.read(table(Tab.OUTGOING))),
        officers=read_officers(columns.officers.read(table(Tab.OFFICERS))),
        choices=_read_choices(table(Tab.LISTS), rules),
        recap=tuple(tuple(cells) for cells in columns.recap.read(table(Tab.RECAP))),
        leftovers=leftovers,
        lacking=lacking_columns(snapshot, rules, job=True),
    )


def lacking_columns(snapshot: Snapshot, rules: Rules, *, job: bool) -> dict[str, tuple[str, ...]]:
    """Return the headers that a book of an earlier version lacks, by tab: the job's own, or those of staff."""
    lacking: dict[str, tuple[str, ...]] = {}
    for tab, specs in COLUMNS.items():
        headers = rules.columns.headers(tab)
        later = [headers[spec.field] for spec in specs if spec.later and spec.job is job]
        table = snapshot.table(rules.tab_names[tab]) if later else None
        missing = tuple(header for header in later if table and not table.has(header))
        if missing:
            lacking[rules.tab_names[tab]] = missing
    return lacking


def _read_responses(table: Table, rules: Rules, utc_offset: timedelta) -> tuple[Response, ...]:
    """Return the responses; where the source gives each an id, that is its key, whatever its content becomes."""
    responses = read_responses(rules.columns.responses.read(table), utc_offset)
    if RESPONSE_ID in table.headers:
        column = table.headers.index(RESPONSE_ID)
        ids = [read_text(row.cells[column]) for row in table.rows]
        responses = [replace(item, key=ids[item.position] or item.key) for item in responses]
    return tuple(responses)


_OWN = tuple(index for index, field in enumerate(AgendaCells._fields) if field not in DERIVED_FIELDS)


def _read_agenda(rows: Sequence[AgendaCells]) -> tuple[tuple[AgendaRow, ...], tuple[AgendaRow, ...]]:
    """Return the filled rows, and those in which nothing but the job's own derived cells is left."""
    filled, leftovers = [], []
    for position, cells in enumerate(rows):
        number = read_text(cells.number)
        if number or any(is_filled(cells[index]) for index in _OWN):
            filled.append(AgendaRow(position, number, cells))
        elif any(map(is_filled, cells)):
            leftovers.append(AgendaRow(position, number, cells))
    return tuple(filled), tuple(leftovers)


def _read_ledger(table: Table, rules: Rules) -> tuple[LedgerEntry, ...]:
    entries: list[LedgerEntry] = []
    numbers: set[str] = set()
    keys: set[str] = set()
    for position, cells in enumerate(rules.columns.register.read(table)):
        if not any(map(is_filled, cells)):
            continue
        number, key = read_text(cells.number), read_text(cells.response_key)
        recorded_at = _job_moment(cells.recorded_at)
        if not _NUMBER.fullmatch(number):
            raise LedgerBroken(table.tab, position + 2, "no registration number, or one the job never wrote")
        if number in numbers:
            raise LedgerBroken(table.tab, position + 2, f"{number} stands here a second time")
        if not key or key in keys or recorded_at is None:
            raise LedgerBroken(table.tab, position + 2, f"the response key or the moment of {number} is not the job's")
        numbers.add(number)
        keys.add(key)
        entries.append(
            LedgerEntry(
                position=position,
                number=number,
                response_key=key,
                responded_at=_job_moment(cells.responded_at),
                recorded_at=recorded_at,
                present=read_text(cells.presence) != GONE,
            )
        )
    return tuple(entries)


def _read_archive(table: Table, rules: Rules) -> tuple[ArchiveEntry, ...]:
    entries: list[ArchiveEntry] = []
    ids: set[str] = set()
    for position, cells in enumerate(rules.columns.archive.read(table)):
        if any(map(is_filled, cells)) and read_text(cells.kind) != FOLDER:
            entry = _archive_entry(table.tab, position, cells)
            if entry.id in ids:
                raise LedgerBroken(table.tab, position + 2, "a document id stands here a second time")
            ids.add(entry.id)
            entries.append(entry)
    return _really_filed(entries)


def _really_filed(entries: Sequence[ArchiveEntry]) -> tuple[ArchiveEntry, ...]:
    """Take an entry for filed only with digest and link, and not with a link that leads to another one's document.

    Rows that somebody sorted while they were recorded can bear each other's: what is where, the archive knows.
    """
    ids = {entry.id for entry in entries}
    paths = {entry.path for entry in entries}
    return tuple(
        replace(entry, filed=False)
        if entry.filed and not (entry.sha256 and entry.link and _leads_to(entry, ids, paths))
        else entry
        for entry in entries
    )


def _leads_to(entry: ArchiveEntry, ids: Collection[str], paths: Collection[str]) -> bool:
    """Tell whether the link is the entry's own, as far as links tell: by the id in it, or by the path at its end."""
    if entry.id in entry.link or entry.link.endswith(entry.path):
        return True
    parts = re.split(r"[/?&=#]", entry.link)
    ends = ("/".join(entry.link.split("/")[at:]) for at in range(entry.link.count("/") + 1))
    return not any(part in ids for part in parts) and not any(end in paths for end in ends)


def _archive_entry(tab: str, position: int, cells: ArchiveCells) -> ArchiveEntry:
    scheduled_at = _job_moment(cells.scheduled_at)
    revision = cells.revision
    texts = [read_text(cell) for cell in (cells.id, cells.reference, cells.kind, cells.path, cells.fingerprint)]
    state = read_text(cells.state)
    if (
        scheduled_at is None
        or not isinstance(revision, int | float)
        or not all(texts)
        or state not in (SCHEDULED, FILED)
    ):
        raise LedgerBroken(tab, position + 2, "a document's id, path, moment, revision or state is not the job's")
    return ArchiveEntry(
        position=position,
        id=texts[0],
        reference=texts[1],
        kind=texts[2],
        revision=int(revision),
        description=read_text(cells.description),
        path=texts[3],
        scheduled_at=scheduled_at,
        fingerprint=texts[4],
        sha256=read_text(cells.sha256),
        link=read_text(cells.link),
        filed=state == FILED,
    )


def _read_outgoing(rows: Sequence[OutgoingCells]) -> tuple[OutgoingRow, ...]:
    return tuple(
        OutgoingRow(
            position=position,
            reference=read_text(cells.reference),
            kind=read_text(cells.kind),
            official_number=read_text(cells.official_number),
            document=read_text(cells.document),
            cells=cells,
        )
        for position, cells in enumerate(rows)
        if any(map(is_filled, cells))
    )


def _read_choices(table: Table, rules: Rules) -> dict[str, frozenset[str]]:
    """Return the lists; one that the tab lost falls back on the form's own choices."""
    choices = {field: frozenset(map(name_key, items)) for field, items in rules.choices.items()}
    for field in LISTED_FIELDS:
        try:
            column = table.column(rules.columns.agenda.header(field))
        except HeaderMissing:
            continue
        items = frozenset(name_key(text) for row in table.rows if (text := read_text(row.cells[column])))
        if items:
            choices[field] = items
    return choices


def _job_moment(cell: Cell) -> datetime | None:
    moment = read_moment(cell, _NO_DAY, timedelta(0))
    return None if isinstance(moment, Unreadable) else moment
