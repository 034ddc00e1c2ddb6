"""One run, in road order: read, decide, commit, file, record. Started again anywhere, it ends where one run would.

Nothing is kept between runs: the workbook and the archive hold all. Two commits bracket the filing: the first gives
out numbers and document ids, so that whatever is cut off afterwards can be found again under them; the second records
what has become of them. Long filing is recorded in portions, each by a commit like the second.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sync.domain.agenda import JudgedBook
from sync.domain.book import ArchiveEntry, Book, with_filed
from sync.domain.changes import portion_changes, record_changes, schedule_changes
from sync.domain.finding import Code
from sync.domain.life import judge_with_documents
from sync.domain.numbers import in_number_order
from sync.domain.plan import Plan, Request, allocated, decide, filing_order
from sync.domain.reading import read_book, tabs_to_read
from sync.domain.repair.errors import NumberNotStanding, PeriodMixed
from sync.domain.reports import mixed_in_period
from sync.domain.response_tab import Elsewhere
from sync.domain.rules import Rules
from sync.domain.safety import (
    Accepted,
    check_archive_there,
    check_numbers_in_archive,
    check_safety,
    is_number_unknown,
)
from sync.domain.stops import ArchiveUnlisted, BookCopied, NumbersInArchive
from sync.domain.table import Change, Revision, UpdateRows
from sync.domain.tabs import Tab
from sync.errors import AgendaError, ArchiveRowBroken, BookChanged, BookOpen, Conflict
from sync.events import log_event
from sync.filing import file_all
from sync.office import Office
from sync.pace import Pace

ATTEMPTS = 6
"""How often a run reads and decides again after a conflict, before it leaves the work to the next run."""


_BIN_LOOK = timedelta(hours=1)


@dataclass(slots=True)
class RunReport:
    """What a run did."""

    registered: int = 0
    documents_filed: int = 0
    rows_updated: int = 0
    conflicts: int = 0
    findings: dict[str, int] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)
    """Where the filed documents lie in the archive."""
    requested: list[str] = field(default_factory=list)
    """Where the documents lie that this run was asked for, filed now or earlier."""
    elsewhere: tuple[Elsewhere, ...] = ()
    """Tabs in which responses stand that no run reads."""


def plan_run(office: Office, now: datetime, request: Request, accepted: Accepted) -> tuple[Plan, Revision]:
    """Read and decide; nothing is written (on a first use, the local backend makes the empty book).

    The archive is looked into only before numbers are given.
    """
    book, revision = read_office(office)
    plan = decide(book, office.rules, office.clock, now, office.documents.digests(), request)
    check_safety(book, plan.judged, office.rules, now, accepted)
    if unknown := sorted(request.accept_mixed - plan.judged.by_number().keys()):
        raise NumberNotStanding(office.rules.columns.agenda.tab, unknown)
    if not accepted.missing_documents:
        check_archive_there(book, office.workspace.holds_documents(), office.rules)
    if plan.registrations and _is_first_for_long(book, now):
        office.workspace.version()  # stops where the book lies in the bin: it would go on answering until it is gone
    if plan.registrations:
        try:
            _check_numbers(office, book, accepted)
        except (ArchiveUnlisted, NumbersInArchive, BookCopied):
            if read_office(office)[1] == revision:
                raise
            return plan_run(office, now, request, accepted)  # another run was first, and the documents are its own
    return plan, revision


def _check_numbers(office: Office, book: Book, accepted: Accepted) -> None:
    known = book.ledger_by_number()
    found = office.workspace.search(lambda path: is_number_unknown(path, known, office.rules))
    check_numbers_in_archive(book, ((file.path, file.other_book) for file in found), office.rules, accepted)


def _is_first_for_long(book: Book, now: datetime) -> bool:
    """Tell whether numbers were given before, but none in the last hour: often enough for a look at the bin."""
    return bool(book.ledger) and now - max(entry.recorded_at for entry in book.ledger) > _BIN_LOOK


def read_office(office: Office) -> tuple[Book, Revision]:
    """Read the whole workbook."""
    snapshot = office.workspace.read(tabs_to_read(office.rules))
    return read_book(snapshot, office.rules, office.clock.utc_offset), snapshot.revision


def run(office: Office, now: datetime, request: Request, accepted: Accepted) -> RunReport:
    """Do the whole job once.

    Raises:
        AgendaError: the run cannot go on. What was committed and filed until then stands, and the next run goes on.
    """
    report, pace = RunReport(), Pace(office.limits, office.seconds, office.told_to_leave)
    with pace.recording():
        plan, revision = _schedule(office, now, request, accepted, report)
    failure: AgendaError | None = None
    if plan.needs_filing:
        records = _Records(office, now, plan, revision, report, request.accept_mixed)
        failure = file_all(office, plan, filing_order(plan, now), pace, records.filed, records.portion)
        report.documents_filed = len(records.filed)
        report.paths = sorted(entry.path for entry in records.filed.values())
        judged = records.whole()
    else:
        judged, _ = _record(office, now, plan.book, plan.judged, revision, {}, report, request.accept_mixed)
    report.elsewhere = _tell_responses(plan.book, office.rules, now)
    report.findings = count_findings(judged)
    report.requested = _requested_paths(plan)
    _log_mixed(judged)
    if failure is not None:
        raise failure
    for kind, period in request.periods:
        if numbers := mixed_in_period(kind, period, plan.judged):
            raise PeriodMixed(period.key, office.rules.columns.agenda.tab, numbers)
    if plan.book.broken:
        first, *others = plan.book.broken
        raise ArchiveRowBroken(office.rules.columns.archive.tab, first.position + 2, first.why, len(others))
    return report


def _log_mixed(judged: JudgedBook) -> None:
    """Log which registrations hold each other's cells; how many rows, whether they have a number or not."""
    rows = [row for row in judged.rows if row.mixed]
    if rows:
        numbers = in_number_order({row.number for row in rows if row.known})
        log_event(
            "rows-mixed",
            level="warning",
            rows=len(rows),
            numbers=",".join(numbers),
            next_step="agenda restore --unmix --dry-run",
        )


def _tell_responses(book: Book, rules: Rules, now: datetime) -> tuple[Elsewhere, ...]:
    """Log what is odd about the tab of responses, and return the tabs that a form seems to write to instead."""
    tab = rules.tab_names[Tab.RESPONSES]
    for column in book.merged:
        places = ", ".join(map(str, column.columns))
        log_event("columns-merged", level="warning", tab=tab, columns=places, rows_differing=column.differing)
    found = book.elsewhere(now)
    for place in found:
        log_event("responses-elsewhere", level="warning", tab=place.tab, unread=place.unread, next_step="agenda doctor")
    return found


def count_findings(judged: JudgedBook) -> dict[str, int]:
    """Return how often each finding stands, by code in alphabetical order."""
    counts = Counter(finding.code.value for row in judged.rows for finding in row.findings)
    if judged.deleted:
        counts[Code.ROW_DELETED.value] += len(judged.deleted)
    if judged.deleted_and_changed:
        counts[Code.RESPONSE_CHANGED.value] += len(judged.deleted_and_changed)
    return dict(sorted(counts.items()))


def _schedule(
    office: Office, now: datetime, request: Request, accepted: Accepted, report: RunReport
) -> tuple[Plan, Revision]:
    """Read, decide, and commit what is given out."""
    for attempt in range(1, ATTEMPTS + 1):
        plan, revision = plan_run(office, now, request, accepted)
        if plan.schedule:
            plan = allocated(plan, office.workspace.allocate(len(plan.schedule)))
        changes = schedule_changes(plan, office.rules, now)
        committed = _committed(office, changes, revision, attempt, report) if changes else revision
        if committed is not None:
            report.registered = len(plan.registrations)
            for registration in plan.registrations:
                log_event("registered", number=registration.number)
            return plan, committed
    raise AssertionError("the last attempt commits or raises")


class _Records:
    """What a run has filed, and its records: small ones of the archive list alone, whole ones of all that follows."""

    def __init__(
        self,
        office: Office,
        now: datetime,
        plan: Plan,
        revision: Revision,
        report: RunReport,
        accepted: Collection[str],
    ) -> None:
        self._office, self._now, self._plan, self._report, self._accepted = office, now, plan, report, accepted
        self._revision = revision
        self._recorded: set[str] = set()
        self.filed: dict[str, ArchiveEntry] = {}

    def portion(self, *, whole: bool) -> None:
        """Record what was filed since the last record; a small one that meets somebody else's commit becomes whole."""
        new = {key: entry for key, entry in self.filed.items() if key not in self._recorded}
        if not whole:
            changes = portion_changes(self._plan, self._office.rules, self._now, new)
            try:
                self._revision = self._office.workspace.commit(changes, self._revision)
            except BookChanged:
                self._report.conflicts += 1
                whole = True
            else:
                _log_filed(new.values())
        if whole:
            self.whole()
        self._recorded |= new.keys()

    def whole(self) -> JudgedBook:
        """Record all that was filed, in the book as it is by now."""
        book, revision = read_office(self._office)
        office, now, accepted = self._office, self._now, self._accepted
        judged, _ = judge_with_documents(with_filed(book, self.filed), office.rules, office.clock, now, accepted)
        judged, self._revision = _record(office, now, book, judged, revision, self.filed, self._report, accepted)
        return judged


def _record(
    office: Office,
    now: datetime,
    book: Book,
    judged: JudgedBook,
    revision: Revision,
    filed: Mapping[str, ArchiveEntry],
    report: RunReport,
    accepted: Collection[str],
) -> tuple[JudgedBook, Revision]:
    """Commit what was filed and every derived cell that is not right; read again after a conflict."""
    for attempt in range(1, ATTEMPTS + 1):
        unrecorded = {entry.id: filed[entry.id] for entry in book.archive if entry.id in filed and not entry.filed}
        entries = {
            entry.id: replace(unrecorded[entry.id], position=entry.position)
            for entry in book.archive
            if entry.id in unrecorded
        }
        changes = record_changes(book, judged, office.rules, now, entries)
        committed = _committed(office, changes, revision, attempt, report) if changes else revision
        if committed is not None:
            report.rows_updated += _agenda_rows(changes, office.rules)
            _log_filed(entries.values())
            return judged, committed
        book, revision = read_office(office)
        judged, _ = judge_with_documents(book, office.rules, office.clock, now, accepted)
    raise AssertionError("the last attempt commits or raises")


def _log_filed(entries: Iterable[ArchiveEntry]) -> None:
    for entry in entries:
        log_event("filed", kind=entry.kind, reference=entry.reference, revision=entry.revision)


def _committed(
    office: Office, changes: Sequence[Change], revision: Revision, attempt: int, report: RunReport
) -> Revision | None:
    """Commit; None after a conflict that reading again can solve."""
    try:
        return office.workspace.commit(changes, revision)
    except Conflict as conflict:
        report.conflicts += 1
        if isinstance(conflict, BookOpen) or attempt == ATTEMPTS:
            raise
        log_event("conflict", level="warning", attempt=attempt)
        office.pause(random.uniform(0.05, 0.2) * attempt)  # noqa: S311  # jitter between runners, not a secret
        return None


def _agenda_rows(changes: Sequence[Change], rules: Rules) -> int:
    tab = rules.columns.agenda.tab
    return sum(len(change.rows) for change in changes if isinstance(change, UpdateRows) and change.tab == tab)


def _requested_paths(plan: Plan) -> list[str]:
    paths: dict[tuple[str, str], tuple[int, str]] = {}
    for entry in [*plan.book.archive, *(planned.entry for planned in plan.schedule)]:
        key = (entry.kind, entry.reference)
        if key in plan.requested and entry.revision >= paths.get(key, (0, ""))[0]:
            paths[key] = (entry.revision, entry.path)
    return [path for _, path in paths.values()]
