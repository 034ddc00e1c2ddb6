"""When a run must not go on: what the book has lost, whose book it is, or a clock that cannot be right.

Each stop names what was seen and the way on: a repair, or a flag for the operator who has looked and knows better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.domain.agenda import JudgedBook
from sync.domain.archive import number_in_name
from sync.domain.book import Book
from sync.domain.cells import read_moment
from sync.domain.documents import OF_REGISTRATION
from sync.domain.listed import listed_documents, own_prefixes, shown_documents
from sync.domain.numbers import in_number_order, read_number
from sync.domain.registration import NumberFormat
from sync.domain.rules import Rules
from sync.domain.stops import (
    ArchiveGone,
    ArchiveListLost,
    ArchiveUnlisted,
    BookCopied,
    BookOfAnotherOffice,
    LedgerLost,
    NumbersInArchive,
)
from sync.domain.tabs import Tab
from sync.errors import AgendaEmptied, ClockWentBack

CLOCK_TOLERANCE = timedelta(days=1)
"""A clock set back by less mends itself: at worst a few moments count as future until it has caught up."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """What the operator has looked at and accepts for this run."""

    missing_rows: bool = False
    clock: bool = False
    new_prefix: bool = False
    missing_documents: bool = False
    other_book: bool = False


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


def check_archive_there(book: Book, holds_documents: bool, rules: Rules) -> None:
    """Stop where the archive is empty or gone while the list has documents in it: a run would begin a new one.

    Raises:
        ArchiveGone.
    """
    filed = sum(entry.filed for entry in book.archive)
    if filed and not holds_documents:
        raise ArchiveGone(rules.tab_names[Tab.ARCHIVE], filed)


def is_number_unknown(path: str, known: Collection[str], rules: Rules) -> bool:
    """Tell whether a document's name bears a number of this office that is not among the ``known`` ones.

    Another prefix is another office's that shares the folder, or of a time before this one: its numbers are not given.
    """
    number = number_in_name(path)
    parts = read_number(number) if number not in known else None
    return parts is not None and parts.prefix == rules.number_prefix


def check_numbers_in_archive(book: Book, found: Iterable[tuple[str, bool]], rules: Rules, accepted: Accepted) -> None:
    """Stop where the archive knows numbers that the ledger lacks: the book is new, or older than its archive.

    ``found`` are (path, whether another book issued it) of documents in the archive.

    Raises:
        ArchiveUnlisted: ledger and archive list are empty, and a document of a registration lies there.
        NumbersInArchive: numbers were given that an older copy of the book, or a copied one, would give again.
        BookCopied: the newest documents were issued from another workbook.
    """
    known = book.ledger_by_number()
    register, tab = rules.tab_names[Tab.REGISTER], rules.tab_names[Tab.ARCHIVE]
    unknown: dict[str, str] = {}
    other_book = ""
    for path, is_other in found:
        if is_number_unknown(path, known, rules):
            unknown.setdefault(number_in_name(path), path)
            if not book.ledger and not book.archive:
                break
        if is_other:
            other_book = other_book or path
    if unknown and not accepted.missing_documents:
        numbers = in_number_order(unknown)
        if not book.ledger and not book.archive:
            raise ArchiveUnlisted(register, tab, unknown[numbers[-1]])
        raise NumbersInArchive(register, numbers, unknown[numbers[-1]].rpartition("/")[2])
    if other_book and not accepted.other_book:
        raise BookCopied(other_book)


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
        own = own_prefixes(book.ledger, rules)
        foreign = sum((read := read_number(number)) is not None and read.prefix not in own for number in missing)
        raise LedgerLost(rules.tab_names[Tab.REGISTER], tab, missing, len(known), foreign)


def _numbers_in_agenda(book: Book, rules: Rules) -> set[str]:
    """Return the numbers in the agenda that only the job can have written: of its form, with a registration moment."""
    form = NumberFormat(rules.number_prefix, rules.number_digits)
    return {
        row.number
        for row in book.agenda
        if form.read(row.number) and isinstance(read_moment(row.cells.registered_at, None, timedelta(0)), datetime)
    }


def _check_list(book: Book, rules: Rules) -> None:
    shown = shown_documents(book)
    lost = len(shown - listed_documents(book))
    if lost * 2 > len(shown):
        raise ArchiveListLost(rules.tab_names[Tab.ARCHIVE], rules.tab_names[Tab.AGENDA], lost, len(shown))
