"""Reading the workbook's tables as values. A tab that the job alone writes has to be as the job left it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sync.domain.archive_list import job_moment, read_archive
from sync.domain.book import (
    DERIVED_FIELDS,
    GONE,
    AgendaRow,
    Book,
    LedgerEntry,
    OutgoingRow,
)
from sync.domain.cells import is_filled, name_key, read_text
from sync.domain.columns import COLUMNS, LISTED_FIELDS
from sync.domain.documents import DocumentKind
from sync.domain.first_version import kind_titled
from sync.domain.layout import book_layout
from sync.domain.officers import read_officers
from sync.domain.registration import Response, read_responses
from sync.domain.remembered import read_remembered
from sync.domain.renamed import guess_renamed
from sync.domain.response_tab import other_responses, settled
from sync.domain.rules import Rules
from sync.domain.table import Snapshot, Table
from sync.domain.tabs import AgendaCells, OutgoingCells, Tab
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
    archive, broken = read_archive(table(Tab.ARCHIVE), rules)
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
        recorded_at = job_moment(cells.recorded_at)
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
                responded_at=job_moment(cells.responded_at),
                recorded_at=recorded_at,
                present=read_text(cells.presence) != GONE,
                memory=read_text(cells.memory),
                remembered=read_remembered(read_text(cells.remembered)),
                passed_over=read_text(cells.passed_over),
            )
        )
    return tuple(entries)


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
