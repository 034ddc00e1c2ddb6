"""The archive against its list: what is missing, altered, elsewhere, doubled, or not on it. It names, it never mends.

What it says of the workbook's tabs is in :mod:`sync.domain.repair.verify_book`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from sync.domain.archive import Whereabouts
from sync.domain.book import ArchiveEntry


class Difference(Enum):
    """The value is the word in ``verify --json``.

    Errors are where the record contradicts itself; notes are what is unfinished, or was for people to decide.
    """

    MISSING = "missing"
    ALTERED = "altered"
    MOVED = "wrong-place"
    COPY = "copy"
    UNLISTED = "unlisted"
    ORPHAN = "orphan"
    LISTED_TWICE = "listed-twice"
    REVISION_GAP = "revision-gap"
    LIST_ROW_BROKEN = "list-row-broken"
    UNREADABLE = "unreadable"
    NUMBER_GAP = "number-gap"
    DOCUMENT_WITHOUT_NUMBER = "document-without-number"
    NUMBER_DOUBLED = "number-doubled"
    NUMBER_UNKNOWN = "number-unknown"
    ROW_DELETED = "number-without-row"
    ROW_UNNUMBERED = "row-without-number"
    RESPONSE_PENDING = "response-without-number"
    RESPONSE_CHANGED = "response-changed"
    RESPONSE_GONE = "response-gone"
    ANSWERS_SHIFTED = "answers-shifted"
    ROWS_MIXED = "rows-mixed"
    RESPONSES_ELSEWHERE = "responses-elsewhere"
    DERIVED = "derived"
    PENDING = "pending"
    PENDING_FILED = "pending-filed"
    OUTGOING_WITHOUT_DOCUMENT = "outgoing-without-document"
    DOCUMENT_WITHOUT_OUTGOING = "document-without-outgoing"
    REPORT_OUTDATED = "report-outdated"
    DOCUMENT_CLOSED = "document-closed"
    NOT_REPRODUCED = "not-reproduced"

    @property
    def is_note(self) -> bool:
        return self in _NOTES


_NOTES = frozenset(
    {
        Difference.ROW_DELETED,
        Difference.ROW_UNNUMBERED,
        Difference.RESPONSE_PENDING,
        Difference.RESPONSE_CHANGED,
        Difference.RESPONSE_GONE,
        Difference.ANSWERS_SHIFTED,
        Difference.DERIVED,
        Difference.PENDING,
        Difference.PENDING_FILED,
        Difference.OUTGOING_WITHOUT_DOCUMENT,
        Difference.DOCUMENT_WITHOUT_OUTGOING,
        Difference.REPORT_OUTDATED,
        Difference.DOCUMENT_CLOSED,
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is off, where, and what to do about it (for the operator)."""

    kind: Difference
    path: str
    """A file's path in the archive, or a tab and its row."""
    next_step: str


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that lies in the archive. ``id`` is ``""`` where it does not bear the job's mark."""

    id: str
    path: str
    sha256: str
    fault: str = ""
    """What it is instead of a file that can be read (``a named pipe``); ``""`` for a file."""
    foreign: bool = False
    """Another office's document in a folder that both use."""


@dataclass(frozen=True, slots=True)
class ArchiveComparison:
    """``whole`` counts the documents that are what and where the list says; ``pending`` those not filed yet."""

    whole: int
    pending: int
    found: tuple[Found, ...]
    missing: tuple[ArchiveEntry, ...] = ()
    """The documents of which no file was found, of :data:`Difference.MISSING`."""


def compare_archive(
    entries: Sequence[ArchiveEntry],
    files: Iterable[FoundFile],
    asked: Mapping[str, Whereabouts] | None = None,
) -> ArchiveComparison:
    """Compare the list with what lies in the archive, in path order. ``files`` are taken one by one.

    ``asked`` is where documents are of which no file was found, by id, as far as that was asked.
    """
    by_path: dict[str, list[FoundFile]] = defaultdict(list)
    by_id: dict[str, list[FoundFile]] = defaultdict(list)
    by_hash: dict[str, list[FoundFile]] = defaultdict(list)
    wanted = {entry.sha256 for entry in entries if entry.sha256}
    for file in files:
        by_path[file.path].append(file)
        if file.id:
            by_id[file.id].append(file)
        if file.sha256 in wanted:
            by_hash[file.sha256].append(file)
    found: list[Found] = []
    settled: set[FoundFile] = set()
    missing: list[ArchiveEntry] = []
    whole = pending = 0
    for entry in entries:
        there = _chosen(by_path.get(entry.path, []), entry)
        if not entry.filed:
            pending += 1
            found.append(_pending(entry, there))
        elif there is not None and there.sha256 == entry.sha256:
            whole += 1
        elif elsewhere := _elsewhere([*by_id.get(entry.id, []), *by_hash.get(entry.sha256, [])], entry):
            settled.add(elsewhere)
            found.append(Found(Difference.MOVED, elsewhere.path, f"move it back to {entry.path}"))
        elif there is None:
            missing.append(entry)
        else:
            step = "put the filed version back from a copy of the archive"
            found.append(Found(Difference.ALTERED, entry.path, step))
        if there is not None:
            settled.add(there)
    ids = {entry.id for entry in entries}
    hashes = {entry.sha256 for entry in entries if entry.sha256}
    listed = {entry.path for entry in entries}
    found += [
        _unlisted(file, file.id in ids or file.sha256 in hashes)
        for group in by_path.values()
        for file in group
        if file not in settled and not file.foreign and not _is_pdf_copy(file, listed)
    ]
    found += _listed_twice(entries)
    found += _revision_gaps(entries)
    found += [_missing(entry, (asked or {}).get(entry.id)) for entry in missing]
    return ArchiveComparison(
        whole, pending, tuple(sorted(found, key=lambda item: (item.path, item.kind.value))), tuple(missing)
    )


def _missing(entry: ArchiveEntry, where: Whereabouts | None) -> Found:
    """Return what there is to say of a document that is not where the list has it."""
    if where is Whereabouts.IN_BIN:
        step = "restore it from the bin"
    elif where is Whereabouts.ELSEWHERE:
        step = f"it was moved or renamed, or its folder was: put it back to {entry.path}"
    else:
        step = "put it back from a copy of the archive"
    return Found(Difference.MISSING, entry.path, step)


def _chosen(there: Sequence[FoundFile], entry: ArchiveEntry) -> FoundFile | None:
    """Of several files of one path (a cloud drive has such) take the one that is the entry's."""
    ranked = sorted(there, key=lambda file: (file.id != entry.id, file.sha256 != entry.sha256))
    return ranked[0] if ranked else None


def _elsewhere(files: Iterable[FoundFile], entry: ArchiveEntry) -> FoundFile | None:
    return next((file for file in files if file.path != entry.path), None)


def _pending(entry: ArchiveEntry, there: FoundFile | None) -> Found:
    if there is not None and there.id == entry.id:
        return Found(Difference.PENDING_FILED, entry.path, "it lies there already: the next `agenda run` records it")
    if there is not None:
        return Found(Difference.ORPHAN, entry.path, "a document has to go there: move this file out of the archive")
    step = "the next `agenda run` files it, if its row stands, once and uncancelled"
    return Found(Difference.PENDING, entry.path, step)


def _is_pdf_copy(file: FoundFile, listed: Container[str]) -> bool:
    """Tell whether ``recap --pdf`` made it: a PDF beside a listed Word document of its name."""
    return file.path.endswith(".pdf") and f"{file.path.removesuffix('.pdf')}.docx" in listed


def _unlisted(file: FoundFile, is_copy: bool) -> Found:
    if file.fault:
        step = f"{file.fault}: nothing of the job's; move it out of the archive, or make it readable"
        return Found(Difference.UNREADABLE, file.path, step)
    if is_copy:
        return Found(Difference.COPY, file.path, "a copy of a document on the list: move it out of the archive")
    if file.id:
        return Found(Difference.UNLISTED, file.path, "the job's own: `agenda verify --rebuild` puts it on the list")
    return Found(Difference.ORPHAN, file.path, "not the job's: move it out of the archive")


def _listed_twice(entries: Iterable[ArchiveEntry]) -> list[Found]:
    seen: set[tuple[str, str, int]] = set()
    paths: set[str] = set()
    found = []
    for entry in entries:
        key = (entry.kind, entry.reference, entry.revision)
        if key in seen or entry.path in paths:
            step = f"row {entry.position + 2} of the list repeats it: undo the edit of that tab"
            found.append(Found(Difference.LISTED_TWICE, entry.path, step))
        seen.add(key)
        paths.add(entry.path)
    return found


def _revision_gaps(entries: Iterable[ArchiveEntry]) -> list[Found]:
    revisions: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for entry in entries:
        revisions[entry.kind, entry.reference][entry.revision] = entry.path
    found = []
    for there in revisions.values():
        last = max(there)
        missing = [f"r{revision}" for revision in range(1, last) if revision not in there]
        if missing:
            step = f"the list lacks {', '.join(missing)} of it: undo the edit of that tab, or `agenda verify --rebuild`"
            found.append(Found(Difference.REVISION_GAP, there[last], step))
    return found
