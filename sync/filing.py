"""Filing what a run has scheduled, in portions: what was filed is recorded before much more of it could be lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from sync.domain.book import ArchiveEntry
from sync.domain.clean import clean
from sync.domain.documents import DocumentKind
from sync.domain.fields import Fields
from sync.domain.plan import Plan, PlannedDocument
from sync.errors import AgendaError, Conflict, DocumentStop, LimitReached, Stopped
from sync.events import log_event
from sync.office import Office
from sync.pace import LIMIT, Pace
from sync.workspace.port import Document, DocumentId, Filed


class Record(Protocol):
    """Commits what was filed by now: all that follows from it, or (not ``whole``) its rows in the archive list."""

    def __call__(self, *, whole: bool) -> None: ...


def file_all(
    office: Office,
    plan: Plan,
    order: Sequence[PlannedDocument],
    pace: Pace,
    filed: dict[str, ArchiveEntry],
    record: Record,
) -> AgendaError | None:
    """File ``order``, and find what earlier runs filed and did not record; both go into ``filed``, by id.

    ``record`` is called after each portion but the last, which is the caller's to record, whole.
    What fails for one document leaves the others, what fails for all stops here; either way it is returned, to be
    raised once all is recorded.
    """
    stop: AgendaError | None
    try:
        in_portions = _file_in_portions(office, plan, order, pace, filed, record)
        stranded = _find_stranded(office, plan.stranded, pace, filed)
        stop = in_portions or stranded
    except AgendaError as error:
        stop = error
    if stop is not None:
        log_event("filing-stopped", level="error", kind=type(stop).__name__, filed=len(filed), planned=len(order))
        return stop
    left = sum(item.entry.id not in filed for item in order)
    if not pace.left:
        return None
    return LimitReached(len(filed), left) if pace.left == LIMIT else Stopped(pace.left, len(filed), left)


def _file_in_portions(
    office: Office,
    plan: Plan,
    order: Sequence[PlannedDocument],
    pace: Pace,
    filed: dict[str, ArchiveEntry],
    record: Record,
) -> DocumentStop | None:
    entries = {entry.id: entry for entry in [*(item.entry for item in order), *plan.stranded]}
    earlier = {DocumentId(entry.id): entry.path for entry in [*(item.entry for item in plan.resume), *plan.stranded]}
    for found in office.workspace.find_all(earlier) if earlier else ():
        filed[found.id] = _as_filed(entries[found.id], found)
    missing = [item for item in order if item.entry.id not in filed]
    recorded, done = 0, len(order) - len(missing)
    try:
        for found in office.workspace.file_all(_made(office, missing, pace)):
            filed[found.id] = _as_filed(entries[found.id], found)
            done += 1
            office.progress("documents", done, len(order))
            if done < len(order) and pace.is_portion(len(filed) - recorded):
                recorded = len(filed)
                _record_portion(pace, record)
    except DocumentStop as stop:
        return stop
    return None


def _record_portion(pace: Pace, record: Record) -> None:
    """A clerk who has the book open does not stop the filing: the next record takes this portion along."""
    try:
        whole = pace.is_whole()
        with pace.recording(whole=whole):
            record(whole=whole)
    except Conflict as conflict:
        log_event("portion-not-recorded", level="warning", kind=type(conflict).__name__)


def _find_stranded(
    office: Office, stranded: Iterable[ArchiveEntry], pace: Pace, filed: dict[str, ArchiveEntry]
) -> DocumentStop | None:
    """Ask one by one for what nobody wants any more and no listing showed."""
    stopped: DocumentStop | None = None
    for entry in stranded:
        if entry.id in filed or pace.must_leave():
            continue
        try:
            found = office.workspace.find(DocumentId(entry.id), entry.path)
        except DocumentStop as stop:
            stopped = stopped or stop
            continue
        if found is not None:
            filed[entry.id] = _as_filed(entry, found)
    return stopped


def _made(office: Office, missing: Iterable[PlannedDocument], pace: Pace) -> Iterable[Document]:
    """Make the documents one by one, as the archive takes them, until the run has to leave."""
    for planned in pace.allowed(missing):
        entry = planned.entry
        content = office.documents.make(
            DocumentKind(entry.kind),
            _fields(office, planned),
            document_id=entry.id,
            fingerprint=planned.fingerprint,
            issued_at=entry.scheduled_at,
            revision=entry.revision,
            subject=entry.description,
            dated=planned.dated,
            facts=entry.facts,
        )
        labels = {
            "reference": entry.reference,
            "kind": entry.kind,
            "revision": str(entry.revision),
            "office": office.rules.number_prefix,
        }
        yield Document(DocumentId(entry.id), entry.path, content, planned.fingerprint, labels)


def _fields(office: Office, planned: PlannedDocument) -> Fields:
    """Return what the document says; a numbered one says what the filed draft says, whatever the book says since."""
    draft = planned.numbers
    if draft is None:
        return planned.fields
    carried = office.documents.fields_of(office.workspace.open(DocumentId(draft.id), draft.path))
    if carried is None:
        return planned.fields  # a draft of version 0.1 carries none
    return {**planned.fields, **carried, "nomor_naskah": clean(planned.entry.official_number), "konsep": False}


def _as_filed(entry: ArchiveEntry, filed: Filed) -> ArchiveEntry:
    return replace(
        entry, filed=True, sha256=filed.sha256, fingerprint=filed.fingerprint, link=filed.link, path=filed.path
    )
