"""One run, in road order: read, decide, commit, file, record. Started again anywhere, it ends where one run would.

Nothing is kept between runs: the workbook and the archive hold all. Two commits bracket the filing: the first gives
out numbers and document ids, so that whatever is cut off afterwards can be found again under them; the second records
what has become of them.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sync.domain.agenda import JudgedBook, judge_book
from sync.domain.archive import DocumentKind
from sync.domain.book import ArchiveEntry, Book, with_filed
from sync.domain.changes import record_changes, schedule_changes
from sync.domain.finding import Code
from sync.domain.plan import Plan, PlannedDocument, Request, allocated, decide
from sync.domain.reading import read_book, tabs_to_read
from sync.domain.response_tab import Elsewhere
from sync.domain.rules import Rules
from sync.domain.safety import Accepted, check_new_book, check_safety
from sync.domain.table import Change, Revision, UpdateRows
from sync.domain.tabs import Tab
from sync.errors import AgendaError, BookOpen, Conflict, DocumentStop
from sync.errors_repair import ArchiveUnlisted
from sync.events import log_event
from sync.office import Office
from sync.workspace.port import Document, DocumentId, Filed

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
    held: dict[str, int] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)
    """Where the filed documents lie in the archive."""
    requested: list[str] = field(default_factory=list)
    """Where the documents lie that this run was asked for, filed now or earlier."""
    elsewhere: tuple[Elsewhere, ...] = ()
    """Tabs in which responses stand that no run reads."""


def plan_run(office: Office, now: datetime, request: Request, accepted: Accepted) -> tuple[Plan, Revision]:
    """Read and decide; nothing is written (on a first use, the local backend makes the empty book).

    The archive is walked only before the very first numbers of a book, and not past the first document.
    """
    book, revision = read_office(office)
    plan = decide(book, office.rules, office.clock, now, office.documents.digests(), request)
    check_safety(book, plan.judged, office.rules, now, accepted)
    if plan.registrations and _is_first_for_long(book, now):
        office.workspace.version()  # stops where the book lies in the bin: it would go on answering until it is gone
    if plan.registrations and not accepted.missing_documents:
        try:
            check_new_book(book, ((file.id, file.path) for file in office.workspace.walk()), office.rules)
        except ArchiveUnlisted:
            if read_office(office)[1] == revision:
                raise
            return plan_run(office, now, request, accepted)  # another run was first, and the documents are its own
    return plan, revision


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
    report = RunReport()
    plan, revision = _schedule(office, now, request, accepted, report)
    filed: dict[str, ArchiveEntry] = {}
    failure: AgendaError | None = None
    if plan.needs_filing:
        filed, failure = _file_all(office, plan)
        report.documents_filed = len(filed)
        report.paths = sorted(entry.path for entry in filed.values())
        book, revision = read_office(office)
        judged = judge_book(with_filed(book, filed), office.rules, office.clock, now)
    else:
        book, judged = plan.book, plan.judged
    report.elsewhere = _tell_responses(book, office.rules, now)
    judged = _record(office, now, book, judged, revision, filed, report)
    report.findings = count_findings(judged)
    report.held = dict(plan.held)
    report.requested = _requested_paths(plan, request)
    if failure is not None:
        raise failure
    return report


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
        if not changes or _committed(office, changes, revision, attempt, report):
            report.registered = len(plan.registrations)
            for registration in plan.registrations:
                log_event("registered", number=registration.number)
            for kind, count in plan.held.items():
                log_event(
                    "template-changed", level="warning", kind=kind, documents=count, next_step="agenda run --reissue"
                )
            return plan, revision
    raise AssertionError("the last attempt commits or raises")


def _record(
    office: Office,
    now: datetime,
    book: Book,
    judged: JudgedBook,
    revision: Revision,
    filed: Mapping[str, ArchiveEntry],
    report: RunReport,
) -> JudgedBook:
    """Commit what was filed and every derived cell that is not right; read again after a conflict."""
    for attempt in range(1, ATTEMPTS + 1):
        unrecorded = {entry.id: filed[entry.id] for entry in book.archive if entry.id in filed and not entry.filed}
        entries = {
            entry.id: replace(unrecorded[entry.id], position=entry.position)
            for entry in book.archive
            if entry.id in unrecorded
        }
        changes = record_changes(book, judged, office.rules, now, entries)
        if not changes or _committed(office, changes, revision, attempt, report):
            report.rows_updated = _agenda_rows(changes, office.rules)
            for entry in entries.values():
                log_event("filed", kind=entry.kind, reference=entry.reference, revision=entry.revision)
            return judged
        book, revision = read_office(office)
        judged = judge_book(book, office.rules, office.clock, now)
    raise AssertionError("the last attempt commits or raises")


def _committed(office: Office, changes: Sequence[Change], revision: Revision, attempt: int, report: RunReport) -> bool:
    """Commit; False after a conflict that reading again can solve."""
    try:
        office.workspace.commit(changes, revision)
    except Conflict as conflict:
        report.conflicts += 1
        if isinstance(conflict, BookOpen) or attempt == ATTEMPTS:
            raise
        log_event("conflict", level="warning", attempt=attempt)
        office.pause(random.uniform(0.05, 0.2) * attempt)  # noqa: S311  # jitter between runners, not a secret
        return False
    return True


def _file_all(office: Office, plan: Plan) -> tuple[dict[str, ArchiveEntry], AgendaError | None]:
    """File everything that is scheduled. What fails for one document leaves the others; what fails for all stops here.

    Either way what was filed is returned, to be recorded before the run fails.
    """
    planned = {item.entry.id: item for item in (*plan.resume, *plan.schedule)}
    filed: dict[str, ArchiveEntry] = {}
    stopped: DocumentStop | None = None
    try:
        for entry in plan.stranded:
            try:
                found = office.workspace.find(DocumentId(entry.id), entry.path)
            except DocumentStop as stop:
                stopped = stopped or stop
                continue
            if found is not None:
                filed[entry.id] = _as_filed(entry, found)
        for done, found in enumerate(
            office.workspace.file_all(_made(office, item) for item in planned.values()), start=1
        ):
            filed[found.id] = _as_filed(planned[found.id].entry, found)
            office.progress("documents", done, len(planned))
    except AgendaError as error:
        log_event("filing-stopped", level="error", kind=type(error).__name__, filed=len(filed), planned=len(planned))
        return filed, error
    return filed, stopped


def _made(office: Office, planned: PlannedDocument) -> Document:
    entry = planned.entry
    content = office.documents.make(
        DocumentKind(entry.kind),
        planned.fields,
        document_id=entry.id,
        fingerprint=planned.fingerprint,
        issued_at=entry.scheduled_at,
        revision=entry.revision,
        subject=entry.description,
    )
    labels = {"reference": entry.reference, "kind": entry.kind, "revision": str(entry.revision)}
    return Document(DocumentId(entry.id), entry.path, content, planned.fingerprint, labels)


def _as_filed(entry: ArchiveEntry, filed: Filed) -> ArchiveEntry:
    return replace(
        entry, filed=True, sha256=filed.sha256, fingerprint=filed.fingerprint, link=filed.link, path=filed.path
    )


def _agenda_rows(changes: Sequence[Change], rules: Rules) -> int:
    tab = rules.columns.agenda.tab
    return sum(len(change.rows) for change in changes if isinstance(change, UpdateRows) and change.tab == tab)


def _requested_paths(plan: Plan, request: Request) -> list[str]:
    wanted = {(kind.value, period.key) for kind, period in request.periods}
    paths: dict[tuple[str, str], tuple[int, str]] = {}
    for entry in [*plan.book.archive, *(planned.entry for planned in plan.schedule)]:
        key = (entry.kind, entry.reference)
        if key in wanted and entry.revision >= paths.get(key, (0, ""))[0]:
            paths[key] = (entry.revision, entry.path)
    return [path for _, path in paths.values()]
