"""The facts of a document: what its row, or its period's rows, say, apart from the office's frame around them.

Only these decide whether a document needs a revision (design, section 7). Letterhead, signatory, officers' roles, the
SOP's wording, templates and settings are the frame: they hold for what is issued from now on.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from sync.domain.agenda import JudgedBook, Registration
from sync.domain.archive import fields_digest
from sync.domain.book import ArchiveEntry, Book, OutgoingRow
from sync.domain.cells import read_date, read_phone, read_text
from sync.domain.clean import clean
from sync.domain.documents import DocumentKind
from sync.domain.fields.contents import filed_day
from sync.domain.period import Period
from sync.domain.recap.figures import counted
from sync.domain.table import Cell

_TOKEN = 4
"""Characters of one digest in a period's facts: 24 bits, so that of ten thousand changes one may pass unseen."""
_MOST_PARTS = 3500
"""Parts that are told apart: a cell of the archive list holds 32,767 characters. Beyond, only that one changed."""


def registration_facts(kind: DocumentKind, row: Registration, official_number: str) -> str:
    """Return the digest of what a document of ``kind`` takes from its row; ``official_number`` where it prints one."""
    return fields_digest([official_number, *_row_facts(row, kind.spec.facts)])[:32]


class PeriodFacts:
    """What documents of periods take from a book: a short digest of each part. Rows are read once a kind."""

    def __init__(self, book: Book, judged: JudgedBook) -> None:
        self._book, self._judged = book, judged
        self._rows: dict[DocumentKind, dict[str, str]] = {}

    def of(self, kind: DocumentKind, period: Period) -> str:
        """Return the facts of one document, its parts in their order; ``-`` of a period without any."""
        if kind is DocumentKind.AGENDA_OUT:
            parts = _outgoing_parts(self._book.outgoing, period)
        elif kind is DocumentKind.CONTENTS:
            parts = _archive_parts(self._book.archive, period, kind)
        else:
            rows = self._rows.setdefault(kind, {})
            parts = {row.number: _row_part(row, kind, rows) for row in counted(period, self._judged.rows)}
        if len(parts) > _MOST_PARTS:
            return "~" + fields_digest(sorted(parts.items()))[:32]
        return "".join(_short(name) + parts[name] for name in sorted(parts)) or "-"


def _row_part(row: Registration, kind: DocumentKind, known: dict[str, str]) -> str:
    if row.number not in known:
        known[row.number] = _short(fields_digest([row.status.value, *_row_facts(row, kind.spec.facts)]))
    return known[row.number]


def _outgoing_parts(rows: Iterable[OutgoingRow], period: Period) -> dict[str, str]:
    return {
        f"{row.kind or row.position} {row.reference}": _short(fields_digest([_text(cell) for cell in row.cells]))
        for row in rows
        if (day := read_date(row.cells.date)) is not None and period.holds(day)
    }


def _archive_parts(entries: Iterable[ArchiveEntry], period: Period, lists: DocumentKind) -> dict[str, str]:
    inside = (entry for entry in entries if entry.kind != lists.value and period.holds(filed_day(entry)))
    return {entry.path: _short(entry.reference) for entry in inside}


def changed_parts(then: str, now: str) -> int:
    """Return how many parts (visits, for a report) two period's facts differ by: changed, added or gone.

    Where they are too many to be told apart, one.
    """
    if then == now:
        return 0
    if then.startswith("~") or now.startswith("~"):
        return 1
    before, after = _taken_apart(then), _taken_apart(now)
    return sum(before.get(name) != after.get(name) for name in before.keys() | after.keys())


def _taken_apart(facts: str) -> dict[str, str]:
    width = 2 * _TOKEN
    pieces = (facts[start : start + width] for start in range(0, len(facts) - width + 1, width))
    return {piece[:_TOKEN]: piece[_TOKEN:] for piece in pieces}


def _short(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return base64.urlsafe_b64encode(digest[:3]).decode("ascii")


def _row_facts(row: Registration, fields: Iterable[str]) -> list[str]:
    """The cells as text, but moments as what they mean: 09.30 typed as text or as a time is the same fact."""
    facts = [row.number, row.registered_at.isoformat(timespec="seconds") if row.registered_at else ""]
    moments: dict[str, str] = {}
    for step in row.steps:
        for field, moment in ((step.step.start_field, step.start), (step.step.end_field, step.end)):
            moments[field] = moment.isoformat(timespec="seconds") if moment else _text(getattr(row.cells, field))
    return [*facts, *(moments[field] if field in moments else _said(field, row) for field in fields)]


def _said(field: str, row: Registration) -> str:
    """A phone as its number: a sheet that drops the leading zero changes no fact."""
    cell = getattr(row.cells, field)
    return (read_phone(cell) if field == "phone" else None) or _text(cell)


def _text(cell: Cell) -> str:
    return clean(read_text(cell)).strip()
