"""When a run must not go on: what the book has lost, whose book it is, or a clock that cannot be right.

Each stop names what was seen and the way on: a repair, or a flag for the operator who has looked and knows better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.domain.agenda import JudgedBook
from sync.domain.archive import latest_revisions, read_path
from sync.domain.book import AgendaRow, Book
from sync.domain.cells import read_moment, read_text
from sync.domain.documents import LINKED, OF_REGISTRATION
from sync.domain.numbers import in_number_order, read_number
from sync.domain.registration import NumberFormat
from sync.domain.rules import Rules
from sync.domain.tabs import Tab
from sync.domain.wording import CANCELLED
from sync.errors import AgendaEmptied, ClockWentBack, SafetyStop

CLOCK_TOLERANCE = timedelta(days=1)
"""A clock set back by less mends itself: at worst a few moments count as future until it has caught up."""


class BookOfAnotherOffice(SafetyStop):
    def __init__(self, tab: str, prefix: str, seen: str, foreign: int, total: int) -> None:
        super().__init__(
            f"tab {tab!r}: {foreign} of {total} numbers, the latest too, begin with {seen!r}, but config.yaml says "
            f"{prefix!r} (nomor.awalan): this looks like another office's book; nothing was written. Point `workspace` "
            "to your own book, or give the prefix back; if the prefix was changed on purpose, run once with "
            "--accept-new-prefix."
        )


class LedgerLost(SafetyStop):
    """``missing`` are numbers that only the job can have given, in order; the ledger still has ``known``."""

    def __init__(self, tab: str, seen_in: str, missing: Sequence[str], known: int) -> None:
        self.missing = tuple(missing)
        few = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
        mend = (
            "without a copy, delete its other rows too, and `agenda restore --from-archive` makes them all again."
            if known
            else "`agenda restore --from-archive` gives the responses their numbers again."
        )
        super().__init__(
            f"tab {tab!r} {f'has {known} numbers' if known else 'is empty'}, but tab {seen_in!r} has "
            f"{len(missing)} that it lacks ({few}): rows of the ledger are lost, and a run would give numbers twice; "
            f"nothing was written. Undo the deletion, or put back a copy of the book that has them; {mend}"
        )


class ArchiveListLost(SafetyStop):
    def __init__(self, tab: str, agenda: str, lost: int, shown: int) -> None:
        super().__init__(
            f"tab {tab!r}: {lost} of {shown} documents that tab {agenda!r} shows are not on the list, and a run would "
            "issue them all again; nothing was written. `agenda verify --rebuild` makes the list again from the "
            "archive; if the files are gone too, run once with --accept-missing-documents."
        )


class ArchiveUnlisted(SafetyStop):
    def __init__(self, register: str, tab: str, path: str) -> None:
        super().__init__(
            f"tabs {register!r} and {tab!r} are empty, but {path} lies in the archive: a run would give its number "
            "again; nothing was written. Put the office's own book back, or rebuild it: `agenda verify --rebuild`, "
            "then `agenda restore --from-archive`. Only if the numbers are to begin anew beside those documents, run "
            "once with --accept-missing-documents."
        )


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
    kinds = {kind.value for kind in LINKED}
    listed = Counter(reference for kind, reference in latest_revisions(book.archive) if kind in kinds)
    shown = {row.number: _links(row) for row in book.agenda if row.number in known}
    lost = sum(max(0, count - listed[number]) for number, count in shown.items())
    if lost * 2 > sum(shown.values()):
        raise ArchiveListLost(rules.tab_names[Tab.ARCHIVE], rules.tab_names[Tab.AGENDA], lost, sum(shown.values()))


def _links(row: AgendaRow) -> int:
    """Count the row's own documents that it shows, by number and in whichever column: cells may have moved."""
    cells = (getattr(row.cells, kind.spec.agenda_field) for kind in LINKED)
    texts = (read_text(cell).removesuffix(CANCELLED).rstrip() for cell in cells)
    return sum(text.endswith(f" {row.number}") for text in texts)
