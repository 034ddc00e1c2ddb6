"""Repair, in the order of need: compare everything, make a lost list again, put rows back, make a lost ledger again.

Each reads, decides in the domain, and commits once at the revision it was decided on: two at once do the work once,
and a repair that was cut off is simply started again. No file of the archive is ever touched.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sync.domain.agenda import judge_book
from sync.domain.book import Book
from sync.domain.changes import with_columns
from sync.domain.compliance import Clock
from sync.domain.reading import read_book, tabs_to_read
from sync.domain.rebuild import DocumentFacts, RebuiltList, UnlistedDocument, rebuild_changes, rebuilt_list
from sync.domain.registration import Response
from sync.domain.renumber import (
    Claim,
    Renumbering,
    candidates_by_record,
    candidates_by_text,
    claims_of,
    receipt_profiles,
    settle,
)
from sync.domain.renumber_changes import read_assignments, renumber_changes
from sync.domain.restore import Restoration, restore_all, restore_changes, restore_one
from sync.domain.rules import Rules
from sync.domain.table import Change, Revision
from sync.domain.tabs import Tab
from sync.domain.verify import ArchiveComparison, Found, FoundFile, compare_archive
from sync.domain.verify_book import compare_book
from sync.errors import BookOpen, Conflict, DocumentMissing
from sync.errors_repair import LedgerStands, ListIncomplete, NumbersUnsettled
from sync.events import log_event
from sync.job import ATTEMPTS
from sync.office import Progress, no_progress
from sync.workspace.port import ArchivedFile, DocumentId, Workspace

Decision = TypeVar("Decision")


@dataclass(frozen=True)
class Bench:
    """What a repair works with. ``read`` tells what a document says of itself."""

    workspace: Workspace
    rules: Rules
    clock: Clock
    read: Callable[[bytes], DocumentFacts | None]
    pause: Callable[[float], None]
    progress: Progress = no_progress


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything compared: the archive's counts, and all that is off, errors first."""

    archive: ArchiveComparison
    errors: tuple[Found, ...]
    notes: tuple[Found, ...]


def verify(bench: Bench, now: datetime) -> Comparison:
    """Compare the workbook's tabs with each other and with the archive; nothing is written."""
    book, _ = _read(bench)
    judged = judge_book(book, bench.rules, bench.clock, now)
    files = (FoundFile(file.id, file.path, file.sha256) for file in _walk(bench, len(book.archive)))
    archive = compare_archive(book.archive, files)
    found = [*compare_book(book, judged, bench.rules, now), *archive.found]
    return Comparison(
        archive,
        tuple(item for item in found if not item.kind.is_note),
        tuple(item for item in found if item.kind.is_note),
    )


def rebuild(bench: Bench, now: datetime) -> RebuiltList:
    """Add to the archive list every document of the job's that lies in the archive and is not on it."""

    def decide(book: Book) -> tuple[RebuiltList, list[Change]]:
        rebuilt = rebuilt_list(book.archive, _unlisted(bench, book), now)
        return rebuilt, rebuild_changes(rebuilt.entries, bench.rules)

    rebuilt = _committed(bench, decide)
    log_event("list-rebuilt", documents=len(rebuilt.entries), left_out=len(rebuilt.left_out))
    return rebuilt


def list_of_archive(bench: Bench, now: datetime) -> RebuiltList:
    """Return the list that the archive alone makes, for a book that is gone; nothing is written."""
    files = [file for file in _walk(bench, 0) if file.id]
    return rebuilt_list((), _documents(bench, files), now)


def restore(bench: Bench, number: str | None) -> Restoration:
    """Put the row of ``number`` back into the agenda; None puts back every row that was deleted.

    Raises:
        NumberNeverGiven, RowStands, ResponseGone.
    """

    def decide(book: Book) -> tuple[Restoration, list[Change]]:
        restoration = restore_one(book, number, bench.rules) if number else restore_all(book)
        return restoration, restore_changes(restoration, book, bench.rules)

    restoration = _committed(bench, decide)
    for row in restoration.rows:
        log_event("restored", number=row.entry.number)
    return restoration


def renumber(
    bench: Bench,
    now: datetime,
    assignments: Sequence[str],
    *,
    accept_unmatched: bool,
    write: bool,
    show: Callable[[Renumbering], None],
) -> Renumbering:
    """Make a lost ledger again: give each response the number that archive and agenda say it had.

    ``show`` is called with what was found before anything is refused or written.

    Raises:
        LedgerStands: there is a ledger.
        ListIncomplete: documents lie in the archive that the list does not have.
        AssignmentRefused: an assignment names what is not there.
        NumbersUnsettled: a person has to say more; nothing was written.
    """

    def decide(book: Book) -> tuple[Renumbering, list[Change]]:
        register = bench.rules.tab_names[Tab.REGISTER]
        if book.ledger:
            raise LedgerStands(register, len(book.ledger))
        listed = {entry.id for entry in book.archive}
        unlisted = sum(bool(file.id) and file.id not in listed for file in _walk(bench, len(listed)))
        if unlisted:
            raise ListIncomplete(bench.rules.tab_names[Tab.ARCHIVE], unlisted)
        claims = claims_of(book, bench.rules)
        assigned = read_assignments(tuple(assignments), claims, book)
        found = settle(claims, _candidates(bench, book, claims, now), book, assigned)
        show(found)
        unmatched = [number for number in found.lost if number not in assigned]
        if found.unsure or (unmatched and not accept_unmatched):
            raise NumbersUnsettled(len(found.unsure), 0 if accept_unmatched else len(unmatched))
        if not claims or not write:
            return found, []
        return found, renumber_changes(found, claims, book, bench.rules, now)

    found = _committed(bench, decide)
    log_event("ledger-restored", numbers=len(found.given), lost=len(found.lost))
    return found


def _candidates(
    bench: Bench, book: Book, claims: Mapping[str, Claim], now: datetime
) -> dict[str, tuple[Response, ...]]:
    """Documents are opened only for the numbers that the record alone does not tell."""
    found = candidates_by_record(claims, book, bench.rules, bench.clock, now)
    silent = [number for number, responses in found.items() if not responses and claims[number].documents]
    profiles = receipt_profiles(book, bench.rules, bench.clock, now) if silent else []
    for done, number in enumerate(silent):
        bench.progress("documents", done, len(silent))
        found[number] = candidates_by_text(claims[number], _texts(bench, claims[number]), profiles)
    return found


def _texts(bench: Bench, claim: Claim) -> Iterator[tuple[str, ...]]:
    for entry in claim.documents:
        if facts := _facts(bench, entry.id, entry.path):
            yield facts.paragraphs


def _unlisted(bench: Bench, book: Book) -> list[UnlistedDocument]:
    listed = {entry.id for entry in book.archive}
    files = [file for file in _walk(bench, len(listed)) if file.id and file.id not in listed]
    return list(_documents(bench, files))


def _documents(bench: Bench, files: Sequence[ArchivedFile]) -> Iterator[UnlistedDocument]:
    for done, file in enumerate(files):
        bench.progress("documents", done, len(files))
        filed = bench.workspace.find(DocumentId(file.id), file.path)
        if filed is not None:
            facts = _facts(bench, file.id, file.path)
            yield UnlistedDocument(file.id, file.path, filed.sha256, filed.fingerprint, filed.link, facts)


def _facts(bench: Bench, document_id: str, path: str) -> DocumentFacts | None:
    try:
        return bench.read(bench.workspace.open(DocumentId(document_id), path))
    except DocumentMissing:
        return None


def _walk(bench: Bench, expected: int) -> Iterator[ArchivedFile]:
    for done, file in enumerate(bench.workspace.walk(), start=1):
        bench.progress("archive", done, max(done, expected))
        yield file


def _read(bench: Bench) -> tuple[Book, Revision]:
    snapshot = bench.workspace.read(tabs_to_read(bench.rules))
    return read_book(snapshot, bench.rules, bench.clock.utc_offset), snapshot.revision


def _committed(bench: Bench, decide: Callable[[Book], tuple[Decision, list[Change]]]) -> Decision:
    """Read, decide, commit; again after a conflict that reading again can solve."""
    for attempt in range(1, ATTEMPTS + 1):
        book, revision = _read(bench)
        decision, changes = decide(book)
        if not changes:
            return decision
        try:
            bench.workspace.commit(with_columns(changes, book), revision)
        except Conflict as conflict:
            if isinstance(conflict, BookOpen) or attempt == ATTEMPTS:
                raise
            bench.pause(random.uniform(0.05, 0.2) * attempt)  # noqa: S311  # jitter between runners, not a secret
            continue
        return decision
    raise AssertionError("the last attempt commits or raises")
