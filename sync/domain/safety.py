"""When a run must not go on: what the book has lost, whose book it is, or a clock that cannot be right.

Each stop names what was seen and the way on: a repair, or a flag for the operator who has looked and knows better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.domain.agenda import JudgedBook
from sync.domain.book import Book
from sync.domain.cells import read_moment, read_text
from sync.domain.documents import LINKED, OF_REGISTRATION
from sync.domain.numbers import in_number_order, read_number
from sync.domain.rebuild import read_path
from sync.domain.registration import NumberFormat
from sync.domain.rules import Rules
from sync.domain.tabs import Tab
from sync.errors import AgendaEmptied, ClockWentBack
from sync.errors_repair import ArchiveListLost, ArchiveUnlisted, BookOfAnotherOffice, LedgerLost

CLOCK_TOLERANCE = timedelta(days=1)
"""A clock set back by less mends itself: at worst a few moments count as future until it has caught up."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What the operator has looked at and accepts for this run."""

    missing_rows: bool = False
    clock: bool = False
    new_prefix: bool = False
    missing_documents: bool = False


def check_safety(book: Book, judged: JudgedBook, rules: Rules, now: datetime, accepted: Accepted) -> None:
    """Stop where going on could cost data or give a number twice.

    Raises:
        BookOfAnotherOffice: the ledger's numbers bear another prefix than the configuration's.
        LedgerLost: numbers that the job has given stand in the agenda or the archive list, but not in the ledger.
        AgendaEmptied: more than half of the rows that stood in the agenda at the last run are gone.
        ArchiveListLost: the agenda shows documents of which the archive list has less than half.
        ClockWentBack: the ledger or the archive list has entries more than a day after ``now``.
    """
    if not accepted.new_prefix:
        _check_prefix(book, rules)
    _check_ledger(book, rules)
    standing = sum(entry.present for entry in book.ledger)
    gone = sum(entry.present for entry in judged.deleted)
    if gone * 2 > standing and not accepted.missing_rows:
        raise AgendaEmptied(rules.tab_names[Tab.AGENDA], gone, standing)
    if not accepted.missing_documents:
        _check_list(book, rules)
    last = max(
        (*(entry.recorded_at for entry in book.ledger), *(entry.scheduled_at for entry in book.archive)),
        default=now,
    )
    if last - now > CLOCK_TOLERANCE and not accepted.clock:
        raise ClockWentBack(now.isoformat(timespec="minutes"), last.isoformat(timespec="minutes"))


def check_new_book(book: Book, files: Iterable[tuple[str, str]], rules: Rules) -> None:
    """Stop where an empty book stands beside an archive of registrations: it would give their numbers again.

    ``files`` are (id, path) of what lies in the archive; nothing is taken from it unless ledger and archive list are
    empty, and nothing after the first document of a registration.

    Raises:
        ArchiveUnlisted: a document of a registration lies there.
    """
    if book.ledger or book.archive:
        return
    for document_id, path in files:
        name = read_path(path)
        if document_id and name is not None and name.kind in OF_REGISTRATION:
            raise ArchiveUnlisted(rules.tab_names[Tab.REGISTER], rules.tab_names[Tab.ARCHIVE], path)


def _check_prefix(book: Book, rules: Rules) -> None:
    """A new prefix that was accepted once has given the latest number since, and needs no flag any more."""
    prefixes = Counter(read.prefix for entry in book.ledger if (read := read_number(entry.number)))
    foreign = prefixes.total() - prefixes[rules.number_prefix]
    if foreign * 2 <= prefixes.total():
        return
    latest = read_number(max(book.ledger, key=lambda entry: (entry.recorded_at, entry.position)).number)
    if latest is not None and latest.prefix != rules.number_prefix:
        raise BookOfAnotherOffice(
            rules.tab_names[Tab.REGISTER], rules.number_prefix, latest.prefix, foreign, prefixes.total()
        )


def _check_ledger(book: Book, rules: Rules) -> None:
    """The ledger and the archive list are committed together: a document of a number it has not is a row it lost."""
    known = {entry.number for entry in book.ledger}
    kinds = {kind.value for kind in OF_REGISTRATION}
    filed = {entry.reference for entry in book.archive if entry.kind in kinds} - known
    missing, tab = in_number_order(filed), rules.tab_names[Tab.ARCHIVE]
    if not missing and not known:
        missing, tab = in_number_order(_numbers_in_agenda(book, rules)), rules.tab_names[Tab.AGENDA]
    if missing:
        raise LedgerLost(rules.tab_names[Tab.REGISTER], tab, missing, len(known))


def _numbers_in_agenda(book: Book, rules: Rules) -> set[str]:
    """Return the numbers in the agenda that only the job can have written: of its form, with a registration moment."""
    form = NumberFormat(rules.number_prefix, rules.number_digits)
    return {
        row.number
        for row in book.agenda
        if form.read(row.number) and isinstance(read_moment(row.cells.registered_at, None, timedelta(0)), datetime)
    }


def _check_list(book: Book, rules: Rules) -> None:
    known = {entry.number for entry in book.ledger}
    listed = {(entry.kind, entry.reference) for entry in book.archive}
    shown = {
        (kind.value, row.number)
        for row in book.agenda
        if row.number in known
        for kind in LINKED
        if read_text(getattr(row.cells, kind.spec.agenda_field)).endswith(f" {row.number}")
    }
    lost = len(shown - listed)
    if lost * 2 > len(shown):
        raise ArchiveListLost(rules.tab_names[Tab.ARCHIVE], rules.tab_names[Tab.AGENDA], lost, len(shown))
