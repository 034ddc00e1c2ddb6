"""Reading the workbook's tables as values. A tab that the job alone writes has to be as the job left it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sync.domain.archive import is_reference, read_path
from sync.domain.book import (
    DERIVED_FIELDS,
    DRAFT,
    FILED,
    FOLDER,
    GONE,
    NUMBERED,
    SCHEDULED,
    AgendaRow,
    ArchiveEntry,
    Book,
    BrokenEntry,
    LedgerEntry,
    OutgoingRow,
)
from sync.domain.cells import Unreadable, is_filled, name_key, read_moment, read_text
from sync.domain.columns import COLUMNS, LISTED_FIELDS
from sync.domain.documents import DocumentKind
from sync.domain.first_version import kind_titled, told_number
from sync.domain.layout import book_layout
from sync.domain.officers import read_officers
from sync.domain.registration import Response, read_responses
from sync.domain.remembered import read_remembered
from sync.domain.renamed import guess_renamed
from sync.domain.response_tab import other_responses, settled
from sync.domain.rules import Rules
from sync.domain.table import Cell, Snapshot, Table
from sync.domain.tabs import AgendaCells, ArchiveCells, OutgoingCells, Tab
from sync.errors import HeaderMissing, LedgerBroken, TabMissing

RESPONSE_ID = "ID Respons"
"""The header of a column of response ids, where the source of responses has them (the Forms API does)."""
_NUMBER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,31}-\d{4}-\d{1,9}", re.ASCII)
_NO_DAY = date(1900, 1, 1)
_KIND_KEYS = frozenset(kind.value for kind in DocumentKind)
_REVISIONS = range(1, 10_000)


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
        if names[tab] not in snapshot.tables:
            guess = guess_renamed(_headers(tab, rules), snapshot.unread)
            raise TabMissing(names[tab], (*snapshot.tables, *snapshot.unread), guess)
        return snapshot.table(names[tab])

    agenda, leftovers = _read_agenda(columns.agenda.read(table(Tab.AGENDA)))
    archive, broken = _read_archive(table(Tab.ARCHIVE), rules)
    responses, merged = settled(table(Tab.RESPONSES), columns.responses)
    return Book(
        responses=_read_responses(responses, rules, utc_offset),
        ledger=_read_ledger(table(Tab.REGISTER), rules),
        agenda=agenda,
        archive=archive,
        outgoing=_read_outgoing(columns.outgoing.read(table(Tab.OUTGOING))),
        officers=read_officers(columns.officers.read(table(Tab.OFFICERS))),
        choices=_read_choices(table(Tab.LISTS), rules),
        recap=tuple(tuple(cells) for cells in columns.recap.read(table(Tab.RECAP))),
        leftovers=leftovers,
        lacking=lacking_columns(snapshot, rules, job=True),
        broken=broken,
        merged=merged,
        others=tuple(other_responses(other, columns.responses, utc_offset) for other in snapshot.others),
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


def _headers(tab: Tab, rules: Rules) -> tuple[str, ...]:
    return next(
        (
            tuple(c.header for c in made.columns)
            for made in book_layout(rules).tabs
            if made.name == rules.tab_names[tab]
        ),
        (),
    )


def _read_responses(table: Table, rules: Rules, utc_offset: timedelta) -> tuple[Response, ...]:
    """Return the responses; where the source gives each an id, that is its key, whatever its content becomes."""
    responses = read_responses(rules.columns.responses.read(table), utc_offset)
    if RESPONSE_ID in table.headers:
        column = table.headers.index(RESPONSE_ID)
        ids = [read_text(row.cells[column]) for row in table.rows]
        responses = [
            replace(item, key=ids[item.position], content=item.key) if ids[item.position] else item
            for item in responses
        ]
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
                memory=read_text(cells.memory),
                remembered=read_remembered(read_text(cells.remembered)),
                passed_over=read_text(cells.passed_over),
            )
        )
    return tuple(entries)


def _read_archive(table: Table, rules: Rules) -> tuple[tuple[ArchiveEntry, ...], tuple[BrokenEntry, ...]]:
    """Return the rows, and those that were edited by hand, as far as it can be told which document they are of.

    Raises:
        LedgerBroken: it cannot be told, and so its document would be issued again.
    """
    entries: list[ArchiveEntry] = []
    broken: list[BrokenEntry] = []
    ids: set[str] = set()
    for position, cells in enumerate(rules.columns.archive.read(table)):
        if any(map(is_filled, cells)) and read_text(cells.kind) != FOLDER:
            entry = _archive_entry(position, cells)
            if isinstance(entry, ArchiveEntry) and entry.id in ids:
                entry = BrokenEntry(position, entry.kind, entry.reference, "a document id stands here a second time")
            if isinstance(entry, ArchiveEntry):
                ids.add(entry.id)
                entries.append(entry)
            elif entry.kind:
                broken.append(entry)
            else:
                raise LedgerBroken(table.tab, position + 2, entry.why)
    return _really_filed(entries), tuple(broken)


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


def _archive_entry(position: int, cells: ArchiveCells) -> ArchiveEntry | BrokenEntry:
    """Return the row; a broken one without a kind is one of which not even its document can be told."""
    scheduled_at = _job_moment(cells.scheduled_at)
    revision = cells.revision
    texts = [read_text(cell) for cell in (cells.id, cells.reference, cells.kind, cells.path, cells.fingerprint)]
    state = read_text(cells.state)
    if not is_reference(texts[2], texts[1]):
        name = read_path(texts[3])
        kind, reference = (name.kind.value, name.reference) if name else ("", "")
        return BrokenEntry(position, kind, reference, "a document's kind or reference is not the job's")
    if (
        scheduled_at is None
        or isinstance(revision, bool)
        or not isinstance(revision, int | float)
        or revision not in _REVISIONS
        or not all(texts)
        or state not in (SCHEDULED, FILED)
    ):
        why = "a document's id, path, moment, revision, fingerprint or state is not the job's"
        return BrokenEntry(position, texts[2], texts[1], why)
    official_number, draft = _stage(texts[2], cells)
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
        official_number=official_number,
        draft=draft,
        facts=read_text(cells.facts),
    )


def _stage(kind: str, cells: ArchiveCells) -> tuple[str, bool]:
    """Return the official number that a document bears, and whether it is a draft."""
    stage = read_text(cells.stage)
    if stage in (DRAFT, NUMBERED):
        return read_text(cells.official_number), stage == DRAFT
    return told_number(kind, read_text(cells.description))


def _read_outgoing(rows: Sequence[OutgoingCells]) -> tuple[OutgoingRow, ...]:
    return tuple(
        OutgoingRow(
            position=position,
            reference=read_text(cells.reference),
            kind=_outgoing_kind(cells),
            official_number=read_text(cells.official_number),
            document=read_text(cells.document),
            cells=cells,
        )
        for position, cells in enumerate(rows)
        if any(map(is_filled, cells))
    )


def _outgoing_kind(cells: OutgoingCells) -> str:
    """Return the key of the row's kind; the title counts only in a row without one: of 0.1, or the clerk's own."""
    key = read_text(cells.kind_key)
    if key in _KIND_KEYS:
        return key
    kind = kind_titled(read_text(cells.kind))
    return kind.value if kind else ""


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
