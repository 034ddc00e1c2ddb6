"""Responses that were edited after they were registered: they keep their number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sync.domain.book import Book, LedgerEntry
from sync.domain.cells import name_key, read_moment, read_phone, read_text
from sync.domain.registration import Response, person_key
from sync.domain.tabs import AgendaCells

_NO_OFFSET = timedelta(0)


def edited_responses(
    book: Book, by_key: Mapping[str, LedgerEntry], responses: Mapping[str, Response]
) -> tuple[dict[str, Response], tuple[Response, ...]]:
    """Tell edited responses from new ones: old content gone, and the same moment with the same name or phone.

    An edit through the form dates its row anew: there the same person, who came on the same day at the same time, is
    no second visit.

    Returns the edited ones by the ledger's key, and the pending ones, each content once, in row order.
    """
    unknown = [response for key, response in responses.items() if key not in by_key]
    gone = (
        [entry for entry in book.ledger if entry.response_key not in responses and entry.responded_at is not None]
        if unknown
        else []
    )
    by_day: dict[date, list[LedgerEntry]] = {}
    for entry in gone:
        by_day.setdefault(_moment(entry).date(), []).append(entry)
    rows = {row.number: row.cells for row in book.agenda} if gone else {}
    edited: dict[str, Response] = {}
    pending: list[Response] = []
    for response in sorted(unknown, key=lambda item: item.position):
        free = [
            (entry, rows[entry.number])
            for entry in (by_day.get(response.moment.date(), ()) if response.moment else ())
            if entry.response_key not in edited and entry.number in rows
        ]
        match = next((entry for entry, row in free if _is_edited_in_its_tab(entry, row, response)), None)
        match = match or next((entry for entry, row in free if _is_sent_again(entry, row, response)), None)
        if match:
            edited[match.response_key] = response
        else:
            pending.append(response)
    return edited, tuple(pending)


def _moment(entry: LedgerEntry) -> datetime:
    assert entry.responded_at is not None
    return entry.responded_at.replace(microsecond=0)


def _is_edited_in_its_tab(entry: LedgerEntry, row: AgendaCells, response: Response) -> bool:
    if response.moment is None or response.moment.replace(microsecond=0) != _moment(entry):
        return False
    phone = read_phone(row.phone)
    same_phone = phone is not None and phone == read_phone(response.cells.phone)
    name = name_key(read_text(row.name))
    return same_phone or (name != "" and name == name_key(read_text(response.cells.name)))


def _is_sent_again(entry: LedgerEntry, row: AgendaCells, response: Response) -> bool:
    """Tell whether a response is that entry's, sent once more the same day. Without an arrival nobody can know."""
    if response.moment is None or response.moment <= _moment(entry):
        return False
    came, comes = (
        read_moment(cell, response.moment.date(), _NO_OFFSET) for cell in (row.arrived, response.cells.arrived)
    )
    person = person_key(row.name, row.phone)
    return (
        isinstance(came, datetime)
        and came == comes
        and person is not None
        and person == person_key(response.cells.name, response.cells.phone)
    )
