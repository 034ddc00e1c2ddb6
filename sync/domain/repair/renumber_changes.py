"""A ledger made again, as one commit: numbers to responses, their rows in the agenda, their documents' rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sync.domain.book import GONE, PRESENT, Book
from sync.domain.cells import read_text
from sync.domain.newrow import new_agenda_cells
from sync.domain.numbers import read_number
from sync.domain.registration import NewRegistration, Response
from sync.domain.remembered import remember
from sync.domain.repair.errors import AssignmentRefused
from sync.domain.repair.renumber import Claim, Renumbering
from sync.domain.repair.restore import agenda_rows, missing_outgoing, outgoing_rows
from sync.domain.rules import Rules
from sync.domain.table import AppendRows, Change, NewCell

NO_RESPONSE = "arsip:"
"""What the response key of a number begins with whose response is not known any more."""
NONE = "none"


def read_assignments(texts: tuple[str, ...], claims: Mapping[str, Claim], book: Book) -> dict[str, Response | None]:
    """Return what a person said, ``NUMBER=ROW`` or ``NUMBER=none``; ROW is the response's row in its tab.

    Raises:
        AssignmentRefused: no such number or row, or one of them is named twice.
    """
    rows = {response.position + 2: response for response in book.responses}
    assigned: dict[str, Response | None] = {}
    keys: set[str] = set()
    for order, text in enumerate(texts, start=1):
        number, equals, row = (part.strip() for part in text.partition("="))
        if not equals or not (row == NONE or (row.isascii() and row.isdigit())):
            raise AssignmentRefused(order, "it is not NUMBER=ROW or NUMBER=none")
        if number not in claims or number in assigned:
            raise AssignmentRefused(order, "the number is not one that has to be restored, or stands here twice")
        response = None if row == NONE else rows.get(int(row))
        if row != NONE and (response is None or response.key in keys):
            raise AssignmentRefused(order, "no response stands in that row, or it is assigned already")
        parts = read_number(number)
        if response is not None and response.moment is not None and parts and parts.year != response.moment.year:
            raise AssignmentRefused(order, "the response is of another year than the number")
        assigned[number] = response
        if response is not None:
            keys.add(response.key)
    return assigned


def renumber_changes(
    renumbering: Renumbering, claims: Mapping[str, Claim], book: Book, rules: Rules, now: datetime
) -> list[Change]:
    """Return the one commit: every number into the ledger, and a row for each that the agenda lacks.

    A number whose response is not known stays given, to nobody, so that it is never given again.
    """
    ledger: list[dict[str, NewCell]] = []
    registrations: list[NewRegistration] = []
    for number, claim in claims.items():
        response = renumbering.given.get(number)
        recorded_at = _recorded_at(claim, response, now)
        if response is not None and not claim.rows:
            registrations.append(NewRegistration(number, response, response.moment or recorded_at))
        ledger.append(
            rules.columns.register.values(
                {
                    "number": number,
                    "response_key": response.key if response else f"{NO_RESPONSE}{number}",
                    "responded_at": response.moment if response else None,
                    "recorded_at": recorded_at,
                    "presence": PRESENT if response or claim.rows else GONE,
                    "remembered": remember(response).write() if response else None,
                }
            )
        )
    changes: list[Change] = [AppendRows(rules.columns.register.tab, tuple(ledger))]
    if registrations:
        changes.append(agenda_rows(registrations, rules))
    outgoing = missing_outgoing(book)
    if outgoing:
        topics = {row.number: row.cells for row in book.agenda if read_text(row.cells.number)}
        topics |= {item.number: new_agenda_cells(item) for item in registrations}
        changes.append(outgoing_rows(outgoing, book.archive, topics, rules))
    return changes


def _recorded_at(claim: Claim, response: Response | None, now: datetime) -> datetime:
    """A number and its receipt were committed together; without a document the response's own moment stands for it."""
    scheduled = [entry.scheduled_at for entry in claim.documents]
    moment = min(scheduled) if scheduled else (response.moment if response else None)
    return (moment or now).replace(microsecond=0)
