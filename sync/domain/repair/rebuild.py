"""A lost archive list, made again from the archive itself: each file's path and the identity in it say what it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sync.domain.archive import FiledName, number_in_name, read_path
from sync.domain.book import FILED, ArchiveEntry, Book, BrokenEntry
from sync.domain.changes import stage_cells
from sync.domain.documents import OUTGOING, DocumentKind, document_title
from sync.domain.first_version import told_number
from sync.domain.listed import listed_documents, shown_documents
from sync.domain.numbers import read_number
from sync.domain.rules import Rules
from sync.domain.table import AppendRows, Change, NewCell

_NUMBERS_SAID = re.compile(r"\b([A-Za-z][A-Za-z0-9-]{0,31}-\d{4}-\d{1,9})\b", re.ASCII)


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a document says of itself; ``paragraphs`` are the texts of its body, table cells among them."""

    description: str
    issued_at: datetime | None
    revision: int | None
    paragraphs: tuple[str, ...]
    facts: str = ""
    """The digest of what it takes from its subject, if it carries one."""


@dataclass(frozen=True, slots=True)
class UnlistedDocument:
    """A document of the job's that the list does not have. ``facts`` is None where its content cannot be read."""

    id: str
    path: str
    sha256: str
    fingerprint: str
    link: str
    facts: DocumentFacts | None
    office: str = ""
    """The number prefix of the office that issued it, as its mark says; ``""`` where it says nothing."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document of the job's that could not be listed, and what to do about it (for the operator)."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class RebuiltList:
    """The rows to add to the list, in path order, what could not be added, and what is another office's."""

    entries: tuple[ArchiveEntry, ...]
    left_out: tuple[LeftOut, ...]
    foreign: tuple[str, ...] = ()
    """Paths of documents that bear another office's prefix: they are not this book's to list."""
    lacking: int = 0
    """How many documents that the agenda shows are on the list neither before nor after."""


def lacking_documents(book: Book, added: Iterable[ArchiveEntry]) -> int:
    """Return how many documents the agenda shows of which the list has nothing, with what is to be ``added`` to it.

    Where the list stays empty though numbers were given, each number counts: it has a receipt, as a rule.
    """
    listed = listed_documents(book) | {(entry.kind, entry.reference) for entry in added}
    lacking = len(shown_documents(book) - listed)
    return lacking if listed else max(lacking, len(book.ledger))


def issuing_office(path: str, mark: str, paragraphs: Iterable[str] = ()) -> str:
    """Return the number prefix of the office that issued a document; ``""`` where it cannot be told.

    A registration's is in its name. A period's is its ``mark``; one of version 0.1 has none, and is told by most of the
    numbers in its text. One of those without a number is nobody's for sure, and taken for this office's own.
    """
    if number := number_in_name(path):
        parts = read_number(number)
        return parts.prefix if parts else ""
    said = (read_number(number) for text in paragraphs for number in _NUMBERS_SAID.findall(text))
    prefixes = Counter(parts.prefix for parts in said if parts)
    return mark or (prefixes.most_common(1)[0][0] if prefixes else "")


def rebuilt_list(
    entries: Sequence[ArchiveEntry],
    found: Iterable[UnlistedDocument],
    now: datetime,
    own: Collection[str] = (),
    broken: Iterable[BrokenEntry] = (),
) -> RebuiltList:
    """Return the rows that the list lacks. ``entries`` are those that stand: they are neither changed nor doubled.

    A file whose name and content disagree, or that exists twice, is left out and named: nobody guesses which is right.
    One that bears another prefix than the ``own`` ones is another office's (none given: all are this one's). One whose
    row stands, but was ``broken``, waits until people have mended or deleted that row.
    """
    damaged = {(entry.kind, entry.reference) for entry in broken}
    foreign: list[str] = []
    standing = {(entry.kind, entry.reference, entry.revision) for entry in entries}
    taken = {entry.path for entry in entries}
    unlisted = sorted(found, key=lambda document: document.path)
    copies = Counter(document.id for document in unlisted)
    rows: list[ArchiveEntry] = []
    left_out: list[LeftOut] = []
    for document in unlisted:
        name = read_path(document.path)
        office = issuing_office(document.path, document.office, document.facts.paragraphs if document.facts else ())
        if own and office and office not in own:
            foreign.append(document.path)
        elif name is not None and (name.kind.value, name.reference) in damaged:
            left_out.append(LeftOut(document.path, "its row of the list was edited: undo that, or delete the row"))
        elif name is None:
            left_out.append(LeftOut(document.path, "no place or name the job gives: move it back where it was filed"))
        elif document.path in taken or (name.kind.value, name.reference, name.revision) in standing:
            left_out.append(LeftOut(document.path, "the list has another document of this name: move one of them out"))
        elif copies[document.id] > 1:
            left_out.append(LeftOut(document.path, "the same document lies here more than once: move the copies out"))
        elif not _agrees(name, document.facts):
            left_out.append(LeftOut(document.path, "its content is another document's: give it its own name back"))
        else:
            rows.append(_entry(name, document, now))
    return RebuiltList(tuple(rows), tuple(left_out), tuple(foreign))


def _agrees(name: FiledName, facts: DocumentFacts | None) -> bool:
    """Tell whether the document itself says that it is what its name says; one that cannot be read does not object."""
    if facts is None or not facts.description:
        return True
    same = facts.description.endswith(f" {name.about}") or f" {name.about}, " in facts.description
    return same and facts.revision in (None, name.revision)


def _entry(name: FiledName, document: UnlistedDocument, now: datetime) -> ArchiveEntry:
    facts = document.facts
    issued_at = facts.issued_at if facts else None
    description = (facts.description if facts else "") or document_title(name.kind, name.reference)
    official_number, draft = told_number(name.kind.value, description)
    return ArchiveEntry(
        position=-1,
        id=document.id,
        reference=name.reference,
        kind=name.kind.value,
        revision=name.revision,
        description=description,
        path=document.path,
        # A period's document is filed under its last day, which may be still to come.
        scheduled_at=issued_at or min(datetime.combine(name.day, time()), now.replace(microsecond=0)),
        fingerprint=document.fingerprint,
        sha256=document.sha256,
        link=document.link,
        filed=True,
        facts=document.facts.facts if document.facts else "",
        official_number=official_number,
        draft=draft,
    )


def rebuild_changes(entries: Iterable[ArchiveEntry], rules: Rules) -> list[Change]:
    """Return the one change that adds the rows; empty when there are none.

    When each was filed is not known any more: the moment of its issue, which is in the document, stands for it.
    """
    columns = rules.columns.archive
    rows: list[dict[str, NewCell]] = []
    for entry in entries:
        name = read_path(entry.path)
        rows.append(
            columns.values(
                {
                    "id": entry.id,
                    "reference": entry.reference,
                    "kind": entry.kind,
                    "revision": entry.revision,
                    "classification": name.classification if name else rules.archive.code_of_kind[entry.kind],
                    "description": entry.description,
                    "path": entry.path,
                    "scheduled_at": entry.scheduled_at,
                    "filed_at": entry.scheduled_at,
                    "fingerprint": entry.fingerprint,
                    "sha256": entry.sha256,
                    "link": entry.link,
                    "state": FILED,
                    **stage_cells(entry),
                    "facts": entry.facts or None,
                }
            )
        )
    return [AppendRows(columns.tab, tuple(rows))] if rows else []


def goes_out(entry: ArchiveEntry) -> bool:
    """Tell whether a document is one that the outgoing book has a row for."""
    return DocumentKind(entry.kind) in OUTGOING
