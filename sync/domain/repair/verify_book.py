"""The workbook's tabs against each other: numbers, rows, responses, documents, and the columns that the job writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sync.domain.agenda import JudgedBook, Registration
from sync.domain.archive import latest_revisions
from sync.domain.book import Book, LedgerEntry
from sync.domain.changes import record_changes
from sync.domain.documents import OF_REGISTRATION, OUTGOING
from sync.domain.edited import match_responses
from sync.domain.finding import Code
from sync.domain.listed import is_of_registration, own_prefixes
from sync.domain.passed_over import unexplained_gaps
from sync.domain.repair.rebuild import goes_out
from sync.domain.repair.verify import Difference, Found
from sync.domain.reports import outdated_reports
from sync.domain.rules import Rules
from sync.domain.table import AddColumns, ReplaceRows, UpdateRows
from sync.domain.tabs import Tab


def compare_book(book: Book, judged: JudgedBook, rules: Rules, now: datetime) -> tuple[Found, ...]:
    """Return what is off in the workbook, tab by tab. Rows are named by tab and row number, never by what they say."""
    return (
        *_ledger(book, judged, rules, now),
        *_rows(judged, rules),
        *_responses(judged, rules),
        *_elsewhere(book, rules, now),
        *_documents(book, rules),
        *_outgoing(book, rules),
        *_left_behind(book, judged, rules, now),
        *_derived(book, judged, rules, now),
    )


def _ledger(book: Book, judged: JudgedBook, rules: Rules, now: datetime) -> Iterator[Found]:
    tab = rules.tab_names[Tab.REGISTER]
    for number in unexplained_gaps(book, rules):
        step = "the job skips no number: its row was deleted by hand; undo that, or put an older copy back"
        yield Found(Difference.NUMBER_GAP, f"{tab}: {number}", step)
    visits = match_responses(book, now)
    for entry in judged.deleted:
        answered = visits.as_registered(entry.number) is not None
        yield Found(Difference.ROW_DELETED, _entry_place(entry, tab), _way_back(entry, answered))
    for entry in judged.deleted:
        if entry.number in judged.deleted_and_changed:
            step = "its row was deleted, and its response edited since: it stays deleted; compare the two, then decide"
            yield Found(Difference.RESPONSE_CHANGED, _entry_place(entry, tab), step)


def _way_back(entry: LedgerEntry, answered: bool) -> str:
    step = f"if that was a mistake, `agenda restore {entry.number}`"
    return step if answered else f"{step}, once its response is in the tab of responses again"


def _entry_place(entry: LedgerEntry, tab: str) -> str:
    return f"{tab}, row {entry.position + 2}: {entry.number}"


def _rows(judged: JudgedBook, rules: Rules) -> Iterator[Found]:
    tab = rules.tab_names[Tab.AGENDA]
    for row in judged.rows:
        place = _row_place(row, tab)
        if not row.number:
            step = "typed by hand: send the form for it, and the job numbers it"
            yield Found(Difference.ROW_UNNUMBERED, place, step)
        elif row.doubled:
            step = "several rows bear this number: delete the copies, or their number; until then nothing is issued"
            yield Found(Difference.NUMBER_DOUBLED, place, step)
        elif not row.known:
            step = "the ledger never gave this number: put the right one there, or empty the cell"
            yield Found(Difference.NUMBER_UNKNOWN, place, step)
        elif row.mixed:
            yield Found(Difference.ROWS_MIXED, place, _way_to_unmix(row))
        elif row.shifted:
            step = f"answers stand in each other's columns: move them; or delete the row, `agenda restore {row.number}`"
            yield Found(Difference.ANSWERS_SHIFTED, place, step)


def _way_to_unmix(row: Registration) -> str:
    """Name the numbers concerned; which cells they are, the finding in the row says."""
    others = ", ".join(dict.fromkeys(told.number for told in row.mixed if told.number)) or "no number"
    return (
        f"cells moved between this row and {others}: `agenda restore --unmix --dry-run` shows which; without "
        f"--dry-run it puts them back, and `agenda run --accept-mixed {row.number}` takes the row as it stands"
    )


def _row_place(row: Registration, tab: str) -> str:
    place = f"{tab}, row {row.position + 2}"
    return f"{place}: {row.number}" if row.known else place


def _responses(judged: JudgedBook, rules: Rules) -> Iterator[Found]:
    tab, agenda = rules.tab_names[Tab.RESPONSES], rules.tab_names[Tab.AGENDA]
    for response in judged.pending:
        step = "the next `agenda run` registers it"
        yield Found(Difference.RESPONSE_PENDING, f"{tab}, row {response.position + 2}", step)
    for row in judged.by_number().values():
        if row.response is None:
            step = "its response is gone from the tab of responses: undo that, or import the form's export again"
            yield Found(Difference.RESPONSE_GONE, _row_place(row, agenda), step)
    for row in judged.by_number().values():
        if any(finding.code is Code.RESPONSE_CHANGED for finding in row.findings):
            step = "its response was edited after it was registered: compare the two, then undo or correct the row"
            yield Found(Difference.RESPONSE_CHANGED, _row_place(row, agenda), step)


def _elsewhere(book: Book, rules: Rules, now: datetime) -> Iterator[Found]:
    tab = rules.tab_names[Tab.RESPONSES]
    for place in book.elsewhere(now):
        if place.unread:
            step = f"{place.unread} newer responses there have no number: rename {tab!r}, and then this tab to {tab!r}"
            yield Found(Difference.RESPONSES_ELSEWHERE, place.tab, step)


def _documents(book: Book, rules: Rules) -> Iterator[Found]:
    tab = rules.tab_names[Tab.ARCHIVE]
    known = {entry.number for entry in book.ledger}
    kinds = {kind.value for kind in OF_REGISTRATION}
    own = own_prefixes(book.ledger, rules)
    for row in book.broken:
        step = f"{row.why}: undo the edit; or delete the row, then `agenda verify --rebuild`"
        yield Found(Difference.LIST_ROW_BROKEN, f"{tab}, row {row.position + 2}", step)
    for entry in book.archive:
        if entry.kind in kinds and entry.reference not in known and not is_of_registration(entry, own):
            step = "another office's document, by its prefix: delete this row of the list; its file stays"
            yield Found(Difference.DOCUMENT_WITHOUT_NUMBER, f"{tab}, row {entry.position + 2}: {entry.path}", step)
        elif entry.kind in kinds and entry.reference not in known:
            step = "the ledger lacks its number: undo the edit there; if it is empty, `agenda restore --from-archive`"
            yield Found(Difference.DOCUMENT_WITHOUT_NUMBER, f"{tab}, row {entry.position + 2}: {entry.path}", step)


def _outgoing(book: Book, rules: Rules) -> Iterator[Found]:
    tab = rules.tab_names[Tab.OUTGOING]
    outgoing = {key: entry for key, entry in latest_revisions(book.archive).items() if goes_out(entry)}
    kinds = {kind.value for kind in OUTGOING}
    there = set()
    for row in book.outgoing:
        key = (row.kind, row.reference)
        there.add(key)
        if row.kind in kinds and key not in outgoing:
            step = "no document of this kind and reference was issued: correct the row, or keep it as the clerk's own"
            yield Found(Difference.OUTGOING_WITHOUT_DOCUMENT, f"{tab}, row {row.position + 2}", step)
    for key, entry in outgoing.items():
        if key not in there:
            step = "its row is gone from the outgoing book: `agenda restore --all` puts it back"
            yield Found(Difference.DOCUMENT_WITHOUT_OUTGOING, entry.path, step)


def _left_behind(book: Book, judged: JudgedBook, rules: Rules, now: datetime) -> Iterator[Found]:
    """Name the documents whose facts have changed since and that are not issued again by themselves."""
    for report in outdated_reports(book, judged, now):
        again = f"`agenda recap {report.entry.reference}` issues it again, if wanted"
        step = f"visits that differ since: {report.visits}; {again}"
        yield Found(Difference.REPORT_OUTDATED, report.entry.path, step)
    tab = rules.tab_names[Tab.AGENDA]
    for row in judged.rows:
        if any(finding.code is Code.DOCUMENT_CLOSED for finding in row.findings):
            step = f"changed after it was numbered: `agenda run --reissue {row.number}` issues it again, if wanted"
            yield Found(Difference.DOCUMENT_CLOSED, _row_place(row, tab), step)


def _derived(book: Book, judged: JudgedBook, rules: Rules, now: datetime) -> Iterator[Found]:
    """Name every row in which a column of the job is not what it should be: what the next run would write."""
    step = "not what it should be by now: the next `agenda run` writes it"
    remembered = rules.columns.register.header("memory")  # what staff have typed since the last run is no difference
    for change in record_changes(book, judged, rules, now, {}):
        if isinstance(change, UpdateRows):
            for update in change.rows:
                headers = ", ".join(header for header in update.values if header != remembered)
                if not headers:
                    continue
                yield Found(Difference.DERIVED, f"{change.tab}, row {update.position + 2}: {headers}", step)
        elif isinstance(change, ReplaceRows):
            yield Found(Difference.DERIVED, change.tab, step)
        elif isinstance(change, AddColumns):
            yield Found(Difference.DERIVED, f"{change.tab}: {', '.join(change.headers)}", step)
